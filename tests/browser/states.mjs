// The states that the page can be in, every panel in each of its conditions: how each is reached, and what of it to bring into view. axe looks
// at all of them (states.test.mjs), and those that are `isKept` are kept as pictures (golden). Nothing in them may depend on the time, or on
// how quick the machine is.
import { readFileSync } from "node:fs";
import { atRest, codeCell, openCode, openPage, settled, write } from "./page.mjs";
import { LONG_LOOP, NET, valley } from "./programs.mjs";

const program = (path) => readFileSync(new URL(`../programs/${path}.py`, import.meta.url), "utf8");

const SCALED = `${NET}scale = torch.tensor(2.0, requires_grad=True)
loss = (net(x) * scale).mean()
loss.backward()
`;

const VALLEY = valley(20);

const MISTAKE = `import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 2).sum()
y.backward()
print(x.grad)
y.backward()
print("never")
`;

const LONG = ["import torch", "x0 = torch.tensor(1.0, requires_grad=True)", ...Array.from({ length: 120 }, (_, i) => `x${i + 1} = x${i} * 0.99 + x${Math.max(0, i - 6)}.sin()`)].join("\n");

const CHAIN = `import torch
x = torch.tensor(1.5, requires_grad=True)
y = torch.sin(x**2)
y.backward()
print(x.grad)
`;

const VECTOR = `import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x[:2] * x[1:]
y.backward(gradient=torch.tensor([1.0, 10.0]))
`;

/** On a narrow page one pane is seen at a time. */
const pane = (name) => async (page) => {
  const button = page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name, exact: true });
  if (await button.isVisible()) await button.click();
};

const inView = (selector) => async (page) => {
  await pane("Code")(page);
  await page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
};

async function openMenu(page, item) {
  await press(page, "Menu");
  await press(page, item);
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** What is placed by script is where it belongs in the window as it now is: nothing lies over it. */
const isOnTop = (selector) => (page) =>
  page.waitForFunction((selector) => {
    const part = document.querySelector(selector);
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return left >= 0 && right <= innerWidth && [top + 4, bottom - 4].every((y) => part.contains(document.elementFromPoint((left + right) / 2, y)));
  }, selector);

const asItIs = async () => {};

async function openRun(page, address, code) {
  await openCode(page, address, code);
  await settled(page);
}

/** Walks along the time line by keys. */
async function goTo(page, ...keys) {
  await page.getByRole("slider", { name: "Step", exact: true }).focus();
  for (const key of keys) await page.keyboard.press(key);
  await page.locator(".explain").waitFor();
}

async function openLab(page) {
  await press(page, "Optimizer lab");
  await page.locator('.lab-racers[aria-busy="false"]').waitFor();
}

async function typeAtEnd(page, text) {
  await codeCell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text, { delay: 15 });
}

/** Puts a text cell above the first one. */
async function addText(page, text, isLeft = true) {
  await page.getByRole("button", { name: "Text", exact: true }).first().click();
  const editor = page.locator(".cell-markdown .cm-content").first();
  await editor.waitFor();
  await page.keyboard.insertText(text);
  if (isLeft) await page.keyboard.press("Escape");
}

/**
 * `open` reaches the state in a wide window, `look` brings it into view; that is done again for each width, or each of `widths`. `address` is what stands
 * behind the page's address, `allowed` complaints of the page that belong to it.
 */
export const STATES = [
  { name: "tutorial", isKept: true, open: openPage, look: pane("Code") },
  { name: "values", isKept: true, open: openPage, look: pane("Values"), widths: [820, 360] },
  {
    name: "graph", isKept: true,
    async open(page, address) {
      await openRun(page, address, SCALED);
      await page.getByRole("treeitem", { name: /^scale, leaf/ }).press("Enter");
      await page.locator(".details").first().waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "large graph", isKept: true,
    async open(page, address) {
      await openRun(page, address, LONG);
      await page.getByRole("button", { name: "Fit" }).click();
      await page.locator(".map-tracked").first().waitFor({ state: "attached" });
    },
    look: pane("Graph"),
  },
  {
    name: "step", isKept: true,
    async open(page, address) {
      await openPage(page, address);
      await page.getByRole("slider", { name: "Step" }).focus();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.locator(".explain").first().waitFor();
    },
    async look(page) {
      await pane("Graph")(page);
      // The document follows the step; how far it had to scroll depends on what was measured before.
      await page.evaluate(() => [document.scrollingElement, document.getElementById("document")].forEach((one) => one.scrollTo(0, 0)));
    },
  },
  {
    name: "exercise", isKept: true,
    async open(page, address) {
      await openPage(page, address);
      await write(page, 4, "v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nu = v ** 3\n");
      await page.getByText("v.grad is None: no gradient has been kept there.").waitFor();
      await page.locator(".challenge", { hasText: "the vector" }).getByRole("button", { name: "Hint" }).click();
    },
    look: inView(".challenge"),
  },
  {
    name: "check", isKept: true,
    async open(page, address) {
      await openPage(page, address);
      await page.getByLabel("Your formula for d y / d w1").fill("-x**2");
      await page.locator('.check-verdict[aria-busy="false"] .check-words').first().waitFor();
    },
    look: inView(".check"),
  },
  {
    name: "lab", isKept: true,
    async open(page, address) {
      await openRun(page, address, VALLEY);
      await page.getByRole("button", { name: "Optimizer lab" }).click();
      await page.locator(".lab-picture .lab-band").nth(8).waitFor();
      await page.waitForFunction(() => [...document.querySelectorAll(".lab-racers .lab-number")].every((cell) => !cell.textContent.endsWith("…")));
    },
    look: pane("Graph"),
  },
  {
    name: "gallery", isKept: true,
    async open(page, address) {
      await openPage(page, address);
      await openMenu(page, "Examples");
      await page.locator(".gallery-item").first().waitFor();
    },
    look: async () => {},
  },
  {
    name: "figure", isKept: true,
    async open(page, address) {
      await openRun(page, address, program("plots/subplots"));
      await codeCell(page, 0).locator(".figure > svg").first().waitFor();
    },
    look: inView(".figure"),
  },
  { name: "error", isKept: true, open: (page, address) => openRun(page, address, MISTAKE), look: pane("Code") },
  { name: "training", isKept: true, open: (page, address) => openRun(page, address, program("training/xor")), look: pane("Code") },
  { name: "network", open: (page, address) => openRun(page, address, SCALED), look: pane("Values") },
  {
    name: "step forward",
    async open(page, address) {
      await openRun(page, address, SCALED);
      await goTo(page, "Home");
    },
    look: pane("Graph"),
  },
  {
    name: "step of an optimizer",
    async open(page, address) {
      await openRun(page, address, VALLEY);
      await goTo(page, "End", "ArrowLeft");
      await page.locator(".explain-head .explain-update").waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "round of a loop",
    async open(page, address) {
      await openRun(page, address, VALLEY);
      await page.getByRole("slider", { name: /^Round/ }).press("Home");
      await settled(page);
    },
    look: pane("Graph"),
  },
  {
    name: "chain rule",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await page.getByRole("treeitem", { name: /^x, leaf/ }).press("Enter");
      await page.locator(".chain").waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "Jacobian",
    async open(page, address) {
      await openRun(page, address, VECTOR);
      await page.getByRole("treeitem", { name: /^x, leaf/ }).press("Enter");
      await press(page, "Jacobian");
      await page.locator(".jacobian-table").waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "find",
    async open(page, address) {
      await openRun(page, address, SCALED);
      await pane("Graph")(page);
      await press(page, "Find");
      await page.getByLabel("Find in the graph").fill("scale");
      await page.keyboard.press("Enter");
      await page.locator(".details").waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "graph as a file",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await page.locator("summary", { has: page.locator("svg") }).click();
      await page.getByRole("button", { name: "DOT" }).waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "check empty",
    open: openPage,
    look: inView(".check"),
  },
  {
    name: "check right",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await addText(page, "```check dy/dx\ncos(x**2) * 2 * x\n```");
      await page.locator(".check-words.is-right").waitFor();
    },
    look: inView(".check"),
  },
  {
    name: "exercise solved",
    async open(page, address) {
      await openPage(page, address);
      await write(page, 4, "v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nu = v ** 3\nu.backward(torch.ones(3))\n");
      await page.locator(".challenge").getByText("Solved", { exact: true }).first().waitFor();
    },
    look: inView(".challenge"),
  },
  {
    name: "lab slice",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await openLab(page);
      await page.locator(".lab-slice").waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "lab diverged",
    async open(page, address) {
      await openRun(page, address, VALLEY);
      await openLab(page);
      await page.getByLabel("Options of SGD, racer 1").fill("lr=0.6");
      await page.getByText(/diverges at step/).first().waitFor();
      await press(page, "State of SGD, racer 1");
    },
    look: pane("Graph"),
  },
  ...[["lessons", "Lessons"], ["documents", "Documents"], ["names", "What nabla knows"]].map(([name, item]) => ({
    name,
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await openMenu(page, item);
      await page.getByRole("dialog").waitFor();
    },
    look: asItIs,
  })),
  {
    name: "menu",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await press(page, "Menu");
    },
    look: asItIs,
  },
  {
    name: "help",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await press(page, "Help");
      await page.locator(".help-entry").first().hover();
      await page.locator(".help-ring").waitFor();
    },
    look: asItIs,
  },
  ...["QR code", "Embed", "File"].map((section) => ({
    name: `share, ${section}`,
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await press(page, "Share");
      await press(page, section);
    },
    look: asItIs,
  })),
  {
    name: "running",
    async open(page, address) {
      await openCode(page, address, LONG_LOOP);
      await page.getByRole("button", { name: "Stop" }).waitFor();
    },
    look: asItIs,
  },
  {
    name: "stopped",
    async open(page, address) {
      await openCode(page, address, LONG_LOOP);
      await press(page, "Stop");
      await page.locator(".run-stopped").waitFor();
    },
    look: asItIs,
  },
  {
    name: "broken code",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await write(page, 0, `${CHAIN}z = (y +`);
      await page.locator(".run-error").waitFor();
    },
    look: pane("Code"),
  },
  {
    name: "not run",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await page.addInitScript(() => localStorage.setItem("nabla.running.test", "another page"));
      await page.reload();
      await page.locator(".banner", { hasText: "did not finish" }).waitFor();
    },
    look: asItIs,
  },
  {
    name: "broken link",
    address: "#n0=%%%",
    async open(page, address) {
      await page.goto(address);
      await page.locator(".banner", { hasText: "cannot be opened" }).waitFor();
      await atRest(page);
    },
    look: asItIs,
  },
  {
    name: "notice",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await page.locator(".cell-code").first().hover();
      await press(page, "Delete");
      await page.locator(".notice").getByRole("button", { name: "Undo" }).hover(); // and so it stays
    },
    look: (page) => page.locator(".notice").getByRole("button", { name: "Undo" }).hover(),
  },
  {
    name: "notice that there is no network",
    allowed: [/Failed to fetch dynamically imported module/, /ERR_FAILED/, /Failed to load resource/],
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await page.route(/\/help-[^/]*\.js$/, (route) => route.abort());
      await press(page, "Help");
      await page.locator(".notice", { hasText: "could not be loaded" }).hover();
    },
    look: (page) => page.locator(".notice").hover(),
  },
  {
    name: "input",
    async open(page, address) {
      await openCode(page, address, 'a = input("a? ")\nb = input("b? ")');
      await page.getByLabel("input() waits for a line").fill("1");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Start over" }).waitFor();
    },
    look: inView(".input-box"),
  },
  {
    name: "completion",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await typeAtEnd(page, "torch.sig");
      await page.locator(".cm-completionInfo .meaning").waitFor();
    },
    look: isOnTop(".cm-completionInfo .meaning"),
  },
  {
    name: "signature",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await typeAtEnd(page, "torch.sum(");
      await page.locator(".meaning-signature strong").first().waitFor();
    },
    look: isOnTop(".meaning"),
  },
  {
    name: "text being edited",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await addText(page, "# A title\n\nand $x^2$", false);
    },
    look: asItIs,
  },
  {
    name: "new document",
    async open(page, address) {
      await openRun(page, address, CHAIN);
      await openMenu(page, "New document");
      await settled(page);
    },
    look: pane("Code"),
  },
  { name: "embedded", address: "?embed", open: openPage, look: pane("Code") },
  { name: "embedded to be read", address: "?embed&readonly&hide=values", open: openPage, look: pane("Graph") },
];
