// What helps while writing Python: completion, hover texts, signatures of calls. All that it knows it asks of the program itself as it
// last ran (knowledge.ts), so a new operator or the learner's own class needs nothing here.
import { autocompletion, type Completion, type CompletionContext, type CompletionResult, acceptCompletion } from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import { type EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { h, render } from "preact";
import type { Description, Member } from "../../../wasm/src/description.ts";
import { Meaning } from "./meaning.tsx";
import { meaningOf, meaningOfRest, parameterName, parametersOf } from "./knowledge.ts";

// ---- completion

const KEYWORDS =
  "and as assert break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield".split(" ");

/** Kinds as CodeMirror names them; they choose the mark beside the word. */
const TYPES: Record<Member["kind"], string> = { module: "namespace", class: "class", function: "function", property: "property", value: "variable" };

const isQuiet = (state: EditorState, at: number) => /String|Comment/.test(syntaxTree(state).resolveInner(at, -1).name);

function optionsOf(members: Member[], base: string): Completion[] {
  return members.map(({ name, kind, detail }) => ({
    label: name,
    type: TYPES[kind],
    detail,
    boost: name.endsWith("_") ? -1 : 0,
    info: async () => {
      const meaning = await meaningOf(base ? `${base}.${name}` : name);
      return meaning && pictureOf(name, meaning);
    },
  }));
}

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  if (isQuiet(context.state, context.pos)) return null;
  const word = context.matchBefore(/\w*/)!;
  const { text, from: lineStart } = context.state.doc.lineAt(context.pos);
  const before = text.slice(0, word.from - lineStart);
  if (/\d$/.test(before) || /^\d/.test(word.text)) return null; // 2.5
  const imported = /^\s*from\s+([\w.]+)\s+import\s+(?:\w+\s*,\s*)*$/.exec(before)?.[1];
  let options: Completion[];
  if (imported || before.endsWith(".")) {
    const base = imported ?? /[A-Za-z_][\w.]*(?=\.$)/.exec(before)?.[0] ?? "";
    const isPlain = imported !== undefined || before.slice(0, -1).endsWith(base);
    const root = /([A-Za-z_][\w.]*)[([][^=]*[)\]]\.$/.exec(before)?.[1];
    const meaning = base && isPlain ? await meaningOf(base) : root ? await meaningOfRest(root) : null;
    if (!meaning) return null;
    options = optionsOf(meaning.members, isPlain ? base : "torch.Tensor");
  } else {
    if (!context.explicit && word.text.length < 2) return null;
    if (/(^|\s)(def|class|import|as)\s+$/.test(before)) return null;
    const [all, local, given] = await Promise.all([meaningOf(""), localCompletionSource(context), argumentsAt(context.state, context.pos)]);
    const members = all?.members ?? [];
    const known = new Set(members.map(({ name }) => name));
    const locals = (local?.options ?? []).filter(({ label }) => !known.has(label));
    options = [...given, ...optionsOf(members, ""), ...locals, ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -2 }))];
  }
  const labels = new Set(options.map(({ label }) => label));
  // A word that is complete is not offered once more: Enter is to end the line.
  if (!context.explicit && labels.has(word.text)) return null;
  return { from: word.from, options, validFor: (text) => /^\w*$/.test(text) && (context.explicit || !labels.has(text)) };
}

/** Names by which arguments of the call around can be given. */
async function argumentsAt(state: EditorState, at: number): Promise<Completion[]> {
  const call = callAt(state, at);
  const meaning = call && (await meaningOf(call.path));
  const names = new Set((meaning?.signatures ?? []).flatMap(parametersOf).map((parameter) => (parameter.startsWith("*") ? "" : parameterName(parameter))));
  return [...names].filter(Boolean).map((name) => ({ label: `${name}=`, type: "property", boost: 1 }));
}

// ---- a word about something

function pictureOf(name: string, meaning: Description, argument: number | string | null = null): HTMLElement {
  const host = document.createElement("div");
  render(h(Meaning, { name, meaning, argument }), host);
  return host;
}

const isWorthTelling = ({ kind, signatures, doc, repr }: Description) => kind === "value" ? repr !== "" : kind === "module" || signatures.length > 0 || doc !== "";

/** The dotted name around a position, up to the part that is pointed at. */
function pathAt(state: EditorState, at: number, side: -1 | 1): { path: string; from: number; to: number } | null {
  const node = syntaxTree(state).resolveInner(at, side);
  if (node.name !== "VariableName" && node.name !== "PropertyName") return null;
  const from = node.name === "PropertyName" && node.parent ? node.parent.from : node.from;
  const path = state.sliceDoc(from, node.to);
  return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(path) ? { path, from: node.from, to: node.to } : null;
}

async function hover(view: EditorView, at: number, side: -1 | 1): Promise<Tooltip | null> {
  const place = pathAt(view.state, at, side);
  const meaning = place && (await meaningOf(place.path));
  if (!place || !meaning || !isWorthTelling(meaning)) return null;
  return { pos: place.from, end: place.to, above: true, create: () => ({ dom: pictureOf(place.path, meaning) }) };
}

// ---- the call that is being written

interface CallPlace {
  path: string;
  /** Where the parentheses open. */
  from: number;
  argument: number | string;
}

/** The innermost call whose arguments hold a position. */
function callAt(state: EditorState, at: number): CallPlace | null {
  // What follows an argument list that is not closed yet does not belong to it: one space would end it.
  const last = state.sliceDoc(0, at).trimEnd().length;
  for (let node = syntaxTree(state).resolveInner(last, -1) as ReturnType<typeof syntaxTree>["topNode"] | null; node; node = node.parent) {
    if (node.name === "Body" || node.name === "Script") return null;
    const isInside = node.name === "ArgList" && last > node.from && (at < node.to || state.sliceDoc(node.to - 1, node.to) !== ")");
    const callee = isInside ? node.parent?.firstChild : null;
    if (!callee || node.parent!.name !== "CallExpression") continue;
    const path = state.sliceDoc(callee.from, callee.to);
    if (!/^[\w.]+$/.test(path)) return null;
    const argument = argumentAt(state.sliceDoc(node.from + 1, at));
    return { path, from: node.from, argument };
  }
  return null;
}

/** Which argument follows on the text from the opening parenthesis: by name if it is named, else by number. */
function argumentAt(text: string): number | string {
  const parts = parametersOf(`(${text})`);
  const last = /,\s*$/.test(text) ? "" : (parts.at(-1) ?? "");
  const named = /^(\w+)\s*=(?!=)/.exec(last)?.[1];
  return named ?? Math.max(0, parts.length - (last === "" ? 0 : 1));
}

const setHelp = StateEffect.define<Tooltip | null>();
const help = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    return tooltip && transaction.docChanged ? { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) } : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

const signatures = ViewPlugin.fromClass(
  class {
    #view: EditorView;
    #turn = 0;
    #shown = "";

    constructor(view: EditorView) {
      this.#view = view;
    }

    update(update: ViewUpdate): void {
      if (!update.docChanged && !update.selectionSet && !update.focusChanged) return;
      const isOpen = update.state.field(help) !== null;
      const typed = update.transactions.some((one) => one.isUserEvent("input.type") || one.isUserEvent("input.complete"));
      if (isOpen || (typed && callAt(update.state, update.state.selection.main.head))) void this.show();
    }

    /** What was asked and is not there yet is not wanted any more. */
    cancel(): void {
      this.#turn++;
    }

    /** Shows the signature of the call around the cursor, or lets the one that is shown go. */
    async show(): Promise<boolean> {
      const turn = ++this.#turn;
      const call = this.#view.hasFocus ? callAt(this.#view.state, this.#view.state.selection.main.head) : null;
      const meaning = call && (await meaningOf(call.path));
      await null; // not in the middle of an update
      if (turn !== this.#turn) return false;
      const wanted = meaning?.signatures.length ? `${call!.path} ${call!.from} ${call!.argument}` : "";
      const isOpen = this.#view.state.field(help) !== null;
      if (wanted === "" ? isOpen : !isOpen || wanted !== this.#shown) {
        const tooltip: Tooltip | null = wanted === "" ? null : { pos: call!.from, above: true, create: () => ({ dom: pictureOf(call!.path, { ...meaning!, kind: "function" }, call!.argument) }) };
        this.#view.dispatch({ effects: setHelp.of(tooltip) });
      }
      this.#shown = wanted;
      return wanted !== "";
    }
  },
);

/** What is under the cursor, by key. */
function tell(view: EditorView): boolean {
  const at = view.state.selection.main.head;
  void Promise.resolve(hover(view, at, -1)).then(async (tooltip) => {
    tooltip ??= await hover(view, at, 1);
    if (tooltip) view.dispatch({ effects: setHelp.of(tooltip) });
    else void view.plugin(signatures)?.show();
  });
  return true;
}

let lastPointer = "";

/** By a finger that stays on a word: what pointing at it tells. */
const longPress = EditorView.domEventHandlers({
  pointerdown: ({ pointerType }) => void (lastPointer = pointerType),
  contextmenu(event, view) {
    if (lastPointer !== "touch" || view.dom.ownerDocument.querySelector(".cm-tooltip-hover")) return;
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
    if (at === null) return;
    void hover(view, at, 1).then((tooltip) => tooltip && view.dispatch({ effects: setHelp.of(tooltip) }));
  },
});

function closeHelp(view: EditorView): boolean {
  view.plugin(signatures)?.cancel();
  if (view.state.field(help) === null) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
}

export const assistance: Extension = [
  autocompletion({ override: [complete], icons: false, maxRenderedOptions: 60 }),
  hoverTooltip(hover, { hoverTime: 350 }),
  help,
  longPress,
  signatures,
  Prec.high(
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      { key: "F1", run: tell },
      { key: "Escape", run: closeHelp },
    ]),
  ),
];
