// What the pointer, the cursor and the keyboard point at, seen from everywhere: the graph, the table and the code light up together.
// Tensors are named by their id in the shown trace, code by cell and line.
import { computed, signal } from "@preact/signals";
import type { Operation, Span, TensorNode, Trace } from "../../wasm/src/trace.ts";
import { isStale, type Run, shownRun } from "./worker/session.ts";

export interface CodeLine {
  cellId: string;
  line: number;
  /** The name or the operation that stands just there is meant, if there is one. */
  column: number;
}

/** The tensor under the pointer or the keyboard focus, in the graph or the table. */
export const hovered = signal<number | null>(null);
/** The tensor that was clicked; stays until the next click. */
export const selected = signal<number | null>(null);
/** What the time line stands on; null while it stands on nothing. */
const stepped = signal<{ tensors: number[]; span: Span | null } | null>(null);
/** The line under the pointer. */
export const hoveredLine = signal<CodeLine | null>(null);
/** The line with the cursor, while the keyboard is in the code and until something else is picked out. */
export const cursorLine = signal<CodeLine | null>(null);

/** Where a tensor was made: the place of the operation that gave it, else its own. */
export function spanOf(trace: Trace, tensor: TensorNode): Span | null {
  return makersOf(trace).get(tensor.id)?.span ?? tensor.span;
}

const makers = new WeakMap<Trace, Map<number, Operation>>();

/** The last operation that gave each tensor. */
function makersOf(trace: Trace): Map<number, Operation> {
  let known = makers.get(trace);
  if (!known) makers.set(trace, (known = new Map(trace.graph.operations.flatMap((operation) => operation.outputs.map((id) => [id, operation] as const)))));
  return known;
}

const pointedAt = computed(() => hovered.value ?? selected.value);

/** The tensors to light. */
export const litTensors = computed<ReadonlySet<number>>(() => {
  const run = shownRun.value;
  if (!run) return new Set();
  if (hovered.value === null && !isStale.value) {
    for (const place of [hoveredLine.value, cursorLine.value]) {
      const there = place ? tensorsAt(run, place) : [];
      if (there.length) return new Set(there);
    }
  }
  if (hovered.value === null && stepped.value) return new Set(stepped.value.tensors);
  return new Set(pointedAt.value === null ? [] : [pointedAt.value]);
});

/** What a place in the code is about: the tensor whose name stands there, else what the operation there gave, else what its line made. */
function tensorsAt(run: Run, place: CodeLine): number[] {
  const named = namedAt(run, place);
  if (named !== null) return [named];
  const there = operationAt(run, place);
  if (there) return there.outputs;
  const made = run.trace.graph.tensors.filter((tensor) => {
    const span = spanOf(run.trace, tensor);
    return span && run.cellIds[span.cell] === place.cellId && span.line <= place.line && place.line <= span.endLine;
  });
  return made.map(({ id }) => id);
}

/** The tensor whose name stands there: as it is bound in that very line, else as it was bound last. Of `w.grad` it is `w`. */
function namedAt({ trace, cellIds, cells }: Run, { cellId, line, column }: CodeLine): number | null {
  const cell = cellIds.indexOf(cellId);
  const text = cells[cell]?.source.split("\n")[line - 1] ?? "";
  const word = [...text.matchAll(/[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*/gu)].find(({ 0: { length }, index }) => index <= column && column <= index + length);
  if (!word) return null;
  const known = new Set(trace.graph.tensors.map(({ id }) => id));
  const rest = word[0].slice(column - word.index).search(/\./);
  const parts = (rest < 0 ? word[0] : word[0].slice(0, column - word.index + rest)).split(".");
  for (let count = parts.length; count > 0; count--) {
    const name = parts.slice(0, count).join(".");
    const bound = trace.bindings.filter((binding) => binding.name === name && binding.tensor !== null).sort((a, b) => a.at - b.at);
    const found =
      bound.find(({ span }) => span.cell === cell && span.line === line)?.tensor ??
      trace.variables.find((variable) => variable.name === name)?.tensor ??
      bound.at(-1)?.tensor ??
      trace.graph.tensors.findLast(({ names }) => names.includes(name))?.id;
    if (found != null && known.has(found)) return found;
  }
  return null;
}

/** The innermost operation whose code lies there. */
function operationAt({ trace, cellIds }: Run, { cellId, line, column }: CodeLine): Operation | null {
  const isAfter = (l: number, c: number) => line > l || (line === l && column >= c);
  let best: Operation | null = null;
  const size = ({ line, column, endLine, endColumn }: Span) => (endLine - line) * 1000 + endColumn - column;
  for (const operation of trace.graph.operations) {
    const { span } = operation;
    if (!span || cellIds[span.cell] !== cellId || !isAfter(span.line, span.column) || isAfter(span.endLine, span.endColumn)) continue;
    if (!best || size(span) <= size(best.span!)) best = operation;
  }
  return best;
}

/** The code to light. */
export const litSpan = computed<{ cellId: string; span: Span } | null>(() => {
  const run = shownRun.value;
  const tensor = run?.trace.graph.tensors.find(({ id }) => id === pointedAt.value);
  const isStepped = stepped.value !== null && hovered.value === null;
  const span = isStepped ? stepped.value!.span : run && tensor ? spanOf(run.trace, tensor) : null;
  const cellId = span ? run!.cellIds[span.cell] : undefined;
  return span && cellId !== undefined ? { cellId, span } : null;
});

/** Scrolls to the code that made a tensor. */
export const wantsScroll = signal(0);

export function pointAt(what: { tensors: number[]; span: Span | null } | null): void {
  stepped.value = what;
  if (!what) return;
  cursorLine.value = null;
  wantsScroll.value++;
}

export function select(id: number | null): void {
  selected.value = id;
  if (id === null) return;
  cursorLine.value = null;
  wantsScroll.value++;
}
