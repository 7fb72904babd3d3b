// Numbers in code that can be turned: dragged sideways, or stepped with Alt and the arrow keys. A step fits the number's size, and the
// number keeps its form: 2.0 stays a decimal, 1e-3 in powers of ten, 7 whole. A whole drag is one step to undo.
import { syntaxTree } from "@codemirror/language";
import { type Extension, Prec, type Range, Transaction } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";

interface Place {
  from: number;
  to: number;
}

/** `text`, a Python literal with or without a sign, `steps` further; `scale` makes the steps smaller or larger. Null for other forms. */
export function turned(text: string, steps: number, scale = 1): string | null {
  const match = /^(-?)(\d[\d_]*)?(\.\d*)?(e[+-]?\d+)?$/i.exec(text);
  if (!match || (match[2] === undefined && (match[3] ?? ".") === ".")) return null;
  const [, sign, whole = "", fraction, exponent = ""] = match;
  const value = Number(`${sign}${whole.replaceAll("_", "") || "0"}${fraction ?? ""}`);
  if (fraction === undefined && exponent === "") return String(value + Math.round(steps * Math.max(scale, 1)));
  const size = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const step = Math.min(size - 1 + Math.log10(scale), exponent ? -1 : 0);
  const decimals = Math.max((fraction ?? ".").length - 1, Math.ceil(-step - 1e-9), 0);
  const next = (value + steps * 10 ** step).toFixed(Math.min(decimals, 12));
  return (Number(next) === 0 ? next.replace("-", "") : next) + (fraction === "." && !next.includes(".") ? "." : "") + exponent;
}

/** Where a number ends: the grammar leaves out the point of `2.`. */
function endOf({ state }: EditorView, to: number): number {
  return /^\.(?![\w.])/.test(state.sliceDoc(to, to + 2)) ? to + 1 : to;
}

/** The number at a position, with a minus that belongs to it. */
function numberAt(view: EditorView, at: number): Place | null {
  for (const pos of [at, Math.max(at - 1, 0)]) {
    for (const side of [-1, 1] as const) {
      const node = syntaxTree(view.state).resolveInner(pos, side);
      if (node.name !== "Number" || endOf(view, node.to) < at) continue;
      const unary = node.parent?.name === "UnaryExpression" && view.state.sliceDoc(node.parent.from, node.from) === "-";
      return { from: unary ? node.parent!.from : node.from, to: endOf(view, node.to) };
    }
  }
  return null;
}

/** Replaces the number; gives where it stands now. */
function put(view: EditorView, { from, to }: Place, text: string, undoable: boolean): Place {
  view.dispatch({
    changes: { from, to, insert: text },
    userEvent: "input.number",
    annotations: Transaction.addToHistory.of(undoable),
  });
  return { from, to: from + text.length };
}

function stepBy(steps: number) {
  return (view: EditorView): boolean => {
    const place = numberAt(view, view.state.selection.main.head);
    const text = place && turned(view.state.sliceDoc(place.from, place.to), steps);
    if (!place || text === null) return false;
    const { to } = put(view, place, text, true);
    view.dispatch({ selection: { anchor: to } });
    return true;
  };
}

const PIXELS_A_STEP = 6;
const BEGINS_AT = 4;

/** Follows a press on a number until it is let go. */
function drag(view: EditorView, event: PointerEvent): boolean {
  if (event.button !== 0 || event.shiftKey || event.metaKey || event.ctrlKey) return false;
  if (!(event.target as Element).closest(".cm-turnable")) return false;
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
  let place = at === null ? null : numberAt(view, at);
  const original = place && view.state.sliceDoc(place.from, place.to);
  if (!place || original === null || turned(original, 1) === null) return false;
  let moved = false;
  let shown = original;
  const move = (now: PointerEvent) => {
    const way = now.clientX - event.clientX;
    if (!moved && Math.abs(way) < BEGINS_AT) return;
    if (!moved) {
      moved = true;
      document.documentElement.classList.add("is-turning");
      view.dispatch({ selection: { anchor: place!.to } });
    }
    now.preventDefault();
    const next = turned(original, Math.round(way / PIXELS_A_STEP), now.altKey ? 0.1 : 1);
    if (next === null || next === shown) return;
    shown = next;
    place = put(view, place!, next, false);
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    document.documentElement.classList.remove("is-turning");
    if (!moved || shown === original) return;
    // Once more as a single change, which is what undo takes back.
    place = put(view, place!, original, false);
    put(view, place, shown, true);
  };
  // The editor's own selecting by drag would go on beside it.
  const noSelecting = (now: MouseEvent) => moved && now.stopImmediatePropagation();
  view.contentDOM.ownerDocument.addEventListener("mousemove", noSelecting, { capture: true });
  addEventListener("pointerup", () => view.contentDOM.ownerDocument.removeEventListener("mousemove", noSelecting, { capture: true }), { once: true });
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  return false;
}

const mark = Decoration.mark({ class: "cm-turnable" });

function marksOf(view: EditorView): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if (node.name !== "Number") return;
        const end = endOf(view, node.to);
        if (turned(view.state.sliceDoc(node.from, end), 1) !== null) marks.push(mark.range(node.from, end));
      },
    });
  }
  return Decoration.set(marks);
}

const marked = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;

    constructor(view: EditorView) {
      this.marks = marksOf(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) this.marks = marksOf(update.view);
    }
  },
  { decorations: ({ marks }) => marks },
);

export const turnableNumbers: Extension = [
  marked,
  Prec.high(
    keymap.of([
      { key: "Alt-ArrowUp", run: stepBy(1) },
      { key: "Alt-ArrowDown", run: stepBy(-1) },
      { key: "Shift-Alt-ArrowUp", run: stepBy(10) },
      { key: "Shift-Alt-ArrowDown", run: stepBy(-10) },
    ]),
  ),
  EditorView.domEventHandlers({ pointerdown: (event, view) => drag(view, event) }),
];
