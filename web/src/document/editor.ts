// One CodeMirror editor: Python or Markdown text, marks for errors, the piece of code that is lit, and what each line gave. Knows nothing of the page;
// what happens in it is told through callbacks.
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, diagnosticCount, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
import { h, render } from "preact";
import type { Span } from "../../../wasm/src/trace.ts";
import { assistance } from "./assist.ts";
import { LineValueView } from "./line-value.tsx";
import type { LineValue } from "./line-values.ts";
import { turnableNumbers } from "./numbers.ts";
import { isReadOnly } from "../share/embed.ts";
import { theme } from "./theme.ts";
import "../styles/print.css"; // nobody prints before they move a pointer or press a key, either

export interface Mark {
  span: Span;
  severity: "error" | "warning";
  message: string;
}

/** A line, from 1, and a column, from 0. */
interface Place {
  line: number;
  column: number;
}

export interface EditorHandlers {
  onChange(source: string): void;
  /** Escape, or Shift+Enter: the keyboard wants out. */
  onLeave(): void;
  /** The line and column under the pointer, or null when it left. */
  onPoint?(at: Place | null): void;
  /** Where the cursor stands now, or null when the keyboard is elsewhere. */
  onCursor?(at: Place | null): void;
}

const setLit = StateEffect.define<{ from: number; to: number } | null>();
const litMark = Decoration.mark({ class: "cm-lit" });

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLit)) continue;
      const range = effect.value;
      marks = range && range.from < range.to ? Decoration.set(litMark.range(range.from, range.to)) : Decoration.none;
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A line's value, behind its end. */
class ValueWidget extends WidgetType {
  #line: LineValue;
  #key: string;

  constructor(line: LineValue) {
    super();
    this.#line = line;
    this.#key = JSON.stringify({ ...line, line: 0 });
  }

  override eq(other: ValueWidget): boolean {
    return other.#key === this.#key;
  }

  override toDOM(): HTMLElement {
    const host = document.createElement("span");
    render(h(LineValueView, { line: this.#line }), host);
    return host;
  }

  override destroy(host: HTMLElement): void {
    render(null, host);
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const setValues = StateEffect.define<LineValue[]>();

/** Moves with the text while a newer run is on its way. */
const values = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setValues)) continue;
      const { doc } = transaction.state;
      const shown = effect.value.filter(({ line }) => line <= doc.lines);
      marks = Decoration.set(shown.map((line) => Decoration.widget({ widget: new ValueWidget(line), side: 1 }).range(doc.line(line.line).to)));
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function languageOf(kind: "code" | "markdown"): Extension {
  if (kind === "markdown") return EditorView.lineWrapping;
  return [python(), assistance, isReadOnly ? [] : turnableNumbers, indentUnit.of("    "), indentOnInput(), bracketMatching(), lineNumbers(), lintGutter(), highlightActiveLineGutter()];
}

function placeOf({ doc }: EditorState, at: number): Place {
  const line = doc.lineAt(at);
  return { line: line.number, column: at - line.from };
}

/**
 * Text typed in place of several lines. Browsers would take the values beside the last of them for text and keep it; CodeMirror mends that
 * afterwards, but only where it comes to it within 50 ms, which slow machines do not. So the change is made here, before the browser's.
 */
function typeOverLines(event: InputEvent, view: EditorView): boolean {
  const { state } = view;
  const { from, to } = state.selection.main;
  if (event.inputType !== "insertText" || !event.data || state.readOnly || to <= state.doc.lineAt(from).to) return false;
  event.preventDefault();
  view.dispatch({ ...state.replaceSelection(event.data), userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** Where the cursor stands in the editor within an element. */
export function cursorIn(element: HTMLElement): number | undefined {
  return viewIn(element)?.state.selection.main.head;
}

export function putCursorIn(element: HTMLElement, at: number): void {
  const view = viewIn(element);
  view?.dispatch({ selection: { anchor: Math.max(0, Math.min(at, view.state.doc.length)) } });
  view?.focus();
}

function viewIn(element: HTMLElement): EditorView | null {
  const host = element.querySelector<HTMLElement>(".cm-editor");
  return host && EditorView.findFromDOM(host);
}

/** What was pressed last, anywhere: a key, or for the pointer nothing. */
let lastPressed = "";
addEventListener("keydown", ({ key }) => (lastPressed = key), { capture: true });
addEventListener("pointerdown", () => (lastPressed = ""), { capture: true });

/** Whoever comes in by Tab goes on by Tab, until something else is done: then it indents. */
const tabGoesOn = EditorView.domEventHandlers({
  focus: (_, view) => view.setTabFocusMode(lastPressed === "Tab"),
  keydown({ key }, view) {
    if (!/^(Tab|Shift|Control|Alt|Meta|Escape)$/.test(key)) view.setTabFocusMode(false);
  },
  mousedown: (_, view) => view.setTabFocusMode(false),
});

export class Editor {
  #view: EditorView;
  #silent = false;
  /** The values that stand beside the lines, and of which text. */
  #shown: { doc: Text; key: string } | null = null;

  constructor(parent: HTMLElement, source: string, kind: "code" | "markdown", label: string, handlers: EditorHandlers) {
    const leave = () => {
      handlers.onLeave();
      return true;
    };
    const extensions: Extension[] = [
      keymap.of([
        { key: "Escape", run: leave },
        { key: "Shift-Enter", run: leave },
        { key: "Mod-Enter", run: leave },
        indentWithTab,
        ...defaultKeymap,
        ...historyKeymap,
      ]),
      tabGoesOn,
      history(),
      drawSelection(),
      highlightSpecialChars(),
      languageOf(kind),
      lit,
      values,
      theme,
      EditorState.readOnly.of(isReadOnly),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-description": "Once you have typed, Tab indents, and Escape leaves.", tabindex: "0", autocapitalize: "off", autocorrect: "off", spellcheck: String(kind === "markdown") }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#silent) handlers.onChange(update.state.doc.toString());
        if (update.selectionSet || update.docChanged || update.focusChanged) handlers.onCursor?.(update.view.hasFocus ? placeOf(update.state, update.state.selection.main.head) : null);
      }),
      EditorView.domEventHandlers({
        mousemove: (event, view) => {
          const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
          if (at === null) return handlers.onPoint?.(null);
          const place = placeOf(view.state, at);
          // Beside the text it is the line that is meant, not its last word.
          const isBeside = event.clientX > (view.coordsAtPos(at, -1)?.right ?? Infinity) + 3;
          handlers.onPoint?.(isBeside ? { ...place, column: place.column + 1 } : place);
        },
        mouseleave: () => handlers.onPoint?.(null),
        beforeinput: typeOverLines,
      }),
    ];
    this.#view = new EditorView({ parent, state: EditorState.create({ doc: source, extensions }) });
  }

  /** Shows another text, if it is another. */
  setSource(source: string): void {
    const now = this.#view.state.doc.toString();
    if (now === source) return;
    let from = 0;
    while (from < Math.min(now.length, source.length) && now[from] === source[from]) from++;
    let same = 0;
    while (same < Math.min(now.length, source.length) - from && now.at(-1 - same) === source.at(-1 - same)) same++;
    this.#silent = true;
    // Undone by itself, also when something was typed just before.
    this.#view.dispatch({ changes: { from, to: now.length - same, insert: source.slice(from, source.length - same) }, annotations: isolateHistory.of("full") });
    this.#silent = false;
  }

  setMarks(marks: Mark[]): void {
    const diagnostics: Diagnostic[] = marks.map(({ span, severity, message }) => {
      const { from, to } = this.#range(span);
      return { from, to, severity, message };
    });
    // Each run sets them in every cell, and in most there was nothing and is nothing.
    if (diagnostics.length || diagnosticCount(this.#view.state)) this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  setLit(span: Span | null): void {
    if (span || this.#view.state.field(lit, false)?.size) this.#view.dispatch({ effects: setLit.of(span && this.#range(span)) });
  }

  setValues(lines: LineValue[]): void {
    const { doc } = this.#view.state;
    const key = JSON.stringify(lines);
    if (this.#shown?.doc === doc && this.#shown.key === key) return;
    this.#shown = { doc, key };
    this.#view.dispatch({ effects: setValues.of(lines) });
  }

  reveal(span: Span): void {
    const { top } = this.#view.coordsAtPos(this.#range(span).from) ?? this.#view.dom.getBoundingClientRect();
    const margin = 140;
    if (top < margin || top > innerHeight - margin) scrollTo({ top: scrollY + top - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }

  /** Puts the cursor into the text: where a click was, else where it last stood. */
  focus(at: { x: number; y: number } | null = null): void {
    const anchor = at && this.#view.posAtCoords(at);
    if (anchor !== null) this.#view.dispatch({ selection: { anchor } });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  /** A span as offsets, kept within the text: the trace may be older than what is written. An empty one covers a character. */
  #range({ line, column, endLine, endColumn }: Span): { from: number; to: number } {
    const { doc } = this.#view.state;
    const offset = (line: number, column: number) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return line > doc.lines ? to : Math.min(from + column, to);
    };
    const from = offset(line, column);
    const to = Math.max(from, offset(endLine, endColumn));
    if (to > from) return { from, to };
    return to < doc.length ? { from, to: to + 1 } : { from: Math.max(0, from - 1), to };
  }
}
