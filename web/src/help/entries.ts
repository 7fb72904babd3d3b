// What every part of the screen is for: the one list that the help is made of. A test holds that nothing on the screen that can be
// pressed lies outside of all parts. `part` is a selector; the innermost part that something lies in explains it.

export interface Entry {
  part: string;
  title: string;
  text: string;
  keys?: [keys: string, does: string][];
}

export interface Chapter {
  title: string;
  entries: Entry[];
}

export const chapters: Chapter[] = [
  {
    title: "The document",
    entries: [
      {
        part: ".cell-code .editor",
        title: "Code",
        text: "Python with PyTorch, as in a notebook. Every change runs the whole document from the top, so what you see never depends on what you ran before. A cell that ends in an expression shows its value.",
        keys: [
          ["Esc", "out of the code, to the cell"],
          ["Ctrl Z", "undo, over any number of runs"],
        ],
      },
      {
        part: ".line-value",
        title: "Beside a line",
        text: "What the line gave: its value, and in blue after ∂ its gradient. In a loop, a curve of all the values it went through.",
      },
      {
        part: ".cm-turnable",
        title: "A number",
        text: "Drag it sideways and everything follows. With Alt held it moves in finer steps.",
        keys: [
          ["Alt ↑ ↓", "turn the number at the cursor"],
          ["Shift Alt ↑ ↓", "in tens"],
        ],
      },
      { part: ".outputs", title: "Output", text: "What the cell printed, in PyTorch's own words. Warnings and errors are marked in the code as well, where they come from. Below an error that has to do with gradients stands what brought it about, and a click that mends it." },
      {
        part: ".cell-markdown",
        title: "Text",
        text: "Markdown, with formulas between dollar signs. Click it twice to edit it.",
        keys: [["Enter", "edit the cell, or its code"]],
      },
      { part: ".challenge", title: "Exercise", text: "Solve it in the code below. While you type it says the first thing that is off; a hint comes only when you ask." },
      {
        part: ".cell-tools",
        title: "A cell's tools",
        text: "Move the cell, turn code into text or back, delete it. Deleting can be undone.",
        keys: [["↑ ↓", "from cell to cell"]],
      },
      { part: ".add-here", title: "A new cell", text: "Between any two cells, and at the end." },
      { part: ".lesson-nav", title: "Before and next", text: "From lesson to lesson, or from example to example. What you typed stays in each." },
      { part: ".banner", title: "A note about this document", text: "Where it came from, or why it has not run." },
    ],
  },
  {
    title: "The graph",
    entries: [
      {
        part: ".graph-pane",
        title: "Graph",
        text: "How each result came about: leaves on top, operators as circles, results below. Blue is what gradients flow through. Point at a node and the line that made it lights up; point at code, or move the cursor there, and its nodes do.",
      },
      {
        part: ".graph",
        title: "A node",
        text: "Name, value and gradient; a larger tensor as a picture. Press it to read why it is as it is. Drag the ground to move, scroll to zoom.",
        keys: [
          ["↑ ↓ ← →", "from node to node"],
          ["Enter", "select a node"],
        ],
      },
      { part: ".graph-tools", title: "The graph's tools", text: "Find a tensor, zoom, fit the whole graph, save it as SVG, PNG or DOT." },
      { part: ".legend", title: "Legend", text: "A gradient is kept on leaves; on other tensors it only passes through, unless you call retain_grad()." },
      { part: ".lab-button", title: "Optimizer lab", text: "A map of your own loss over any one or two numbers of it, with the way your program went. Here once the program has a backward pass." },
      {
        part: ".lab",
        title: "In the lab",
        text: "Choose what the axes are, drag the start, and let optimizers and learning rates race from there. One that diverges is shown doing so. What you choose stays with the document, and goes along in its link.",
        keys: [["Esc", "back to the graph"]],
      },
      { part: ".check", title: "Check", text: "Your own formula for a derivative, beside autograd's and that of small differences, entry by entry." },
      { part: ".jacobian", title: "Jacobian", text: "Every entry of a result by every entry of a leaf. What you hand to backward() weighs its rows." },
      { part: ".details", title: "Why?", text: "Why the selected tensor is as it is, the line that made it so, and a change of the code where one helps. Below it the chain rule, with numbers." },
    ],
  },
  {
    title: "Time",
    entries: [
      {
        part: ".timeline",
        title: "Time line",
        text: "The run in steps: forward, each backward pass, each step of an optimizer (fwd, back, opt where there is little room). Play it, or drag along it.",
        keys: [
          ["← →", "a step back, a step on"],
          ["Space", "play, pause"],
          ["Esc", "the whole run again"],
        ],
      },
      { part: ".rounds", title: "Rounds of a loop", text: "Which round of a loop you look at. The document runs again up to its end: graph, values, gradients and steps are then those of that round." },
      { part: ".explain", title: "This step", text: "The gradient that comes in, the rule, and what goes out, first in letters and then in numbers. Of a larger tensor you choose the element. At an optimizer's step: its rule line by line, with the numbers of the parameter that you choose." },
    ],
  },
  {
    title: "The values",
    entries: [
      { part: ".readout", title: "Values", text: "Every tensor that has a name, in Python's words. Below them the other names, and the curves of numbers that a loop went through." },
      {
        part: ".divider",
        title: "Between the panes",
        text: "Drag the line to give one pane more room. It stays so in this browser.",
        keys: [
          ["← → ↑ ↓", "move the line"],
          ["Enter, double click", "back to its usual place"],
        ],
      },
    ],
  },
  {
    title: "The bar on top",
    entries: [
      { part: ".run-line", title: "The run", text: "How long it took, or that it failed. A run that goes on for long can be stopped and gone on with; nothing is lost." },
      { part: ".menu", title: "Menu", text: "Lessons, examples and your documents; open a file, or drop or paste one anywhere; start over from the original." },
      { part: ".share", title: "Share", text: "A link that holds the whole document, and needs no server. Also a QR code, a frame for your own page, and files." },
      { part: ".theme-button", title: "Theme", text: "Light or dark. Back on what your system says, it follows the system again." },
      { part: ".help-button", title: "Help", text: "This list. While it is open, point at anything to read about it.", keys: [["?", "open and close"]] },
      { part: ".wordmark", title: "nabla", text: "All of it runs in this page. What you type is saved as you type it, in this browser alone." },
      { part: ".tabs", title: "Panes", text: "Where there is no room for all three: code, graph or values." },
      { part: ".notices", title: "A short message", text: "What just happened, and the way to undo it." },
      { part: ".skip-link", title: "For the keyboard", text: "The first presses of Tab offer the ways past the bar: to the document, to the graph." },
    ],
  },
];

export const allEntries = chapters.flatMap(({ entries }) => entries);

/** The entry of the innermost part that an element lies in. */
export function entryOf(element: Element): Entry | null {
  let found: { entry: Entry; part: Element } | null = null;
  for (const entry of allEntries) {
    const part = element.closest(entry.part);
    if (part && (!found || found.part.contains(part))) found = { entry, part };
  }
  return found?.entry ?? null;
}
