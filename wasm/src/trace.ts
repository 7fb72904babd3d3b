// What a run leaves behind: plain JSON, the same in the page, in `nabla run --json` and in tests. The engine writes it
// (engine/runtime/trace.cpp); everything that draws reads only this. Field names are this file's to decide: change both together.

export const TRACE_VERSION = 1;

/** A piece of source text. Lines count from 1, columns from 0 in UTF-16 code units (what editors use); the end is exclusive. */
export interface Span {
  /** Index of the cell in the document. */
  cell: number;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export type RunStatus = "running" | "done" | "error";

export interface Trace {
  version: typeof TRACE_VERSION;
  status: RunStatus;
  /** Instructions executed so far: the deterministic clock of a run. */
  steps: number;
  /** One for each cell of the document, Markdown cells included. */
  cells: CellTrace[];
  /** The uncaught exception that ended the run. */
  error: RunError | null;
  /** The names bound at module level, in order of binding; modules, functions and names with a leading underscore left out. */
  variables: Variable[];
  graph: Graph;
  /** Numbers and one-element tensors bound to the same name at the same place again and again: one series a place. */
  histories: History[];
  /** What the limits of the trace left out, in words ("3 of 20003 operations are drawn"); empty when it is whole. */
  omitted: string[];
}

export interface CellTrace {
  status: "markdown" | "waiting" | "running" | "done" | "error";
  outputs: Output[];
}

/** Neighbouring pieces of the same kind are joined. "result" is the echo of a cell's last expression. */
export interface Output {
  kind: "stdout" | "result" | "warning" | "error" | "note";
  text: string;
  /** For warning, error and note: where it came from. */
  span: Span | null;
}

export interface RunError {
  /** The exception class, e.g. "RuntimeError". */
  kind: string;
  message: string;
  /** Hints of nabla's own, not part of the message. */
  notes: string[];
  /** As CPython prints it, ending in a newline. */
  traceback: string;
  span: Span | null;
}

/** JSON has no word for these numbers, so they travel as strings. */
export type Num = number | "nan" | "inf" | "-inf";

/** The first elements of a tensor in row-major order; `values` is shorter than the tensor when it was cut. bool is 0 and 1. */
export interface Preview {
  shape: number[];
  dtype: string;
  values: Num[];
}

export interface Variable {
  name: string;
  /** Python's type name: "Tensor", "float", "list", "SGD", ... */
  type: string;
  /** repr() of the value, cut after some hundred characters. */
  repr: string;
  /** Where it was bound last. */
  span: Span | null;
  /** For a tensor: its id in graph.tensors. */
  tensor: number | null;
}

export interface Graph {
  tensors: TensorNode[];
  operations: Operation[];
}

export interface TensorNode {
  id: number;
  /** The names bound to it, newest last; empty for an intermediate result. */
  names: string[];
  value: Preview;
  /** `.grad` for a leaf or a tensor that retains it; for others the gradient that last flowed through, which PyTorch drops. */
  grad: Preview | null;
  /** True when `grad` is what `.grad` gives; false when it only flowed through. */
  gradIsKept: boolean;
  requiresGrad: boolean;
  isLeaf: boolean;
  retainsGrad: boolean;
  /** The printed name of grad_fn, e.g. "MulBackward0". */
  gradFn: string | null;
  /** Where it was made. */
  span: Span | null;
}

export interface Operation {
  id: number;
  /** The operator's Python name, e.g. "mul". */
  op: string;
  /** As a sign where there is one ("*"), else the name. */
  label: string;
  /** Operands in order: a tensor by id, anything else as its printed text. */
  inputs: ({ tensor: number } | { text: string })[];
  /** Ids of the results. */
  outputs: number[];
  /** The rule as LaTeX and one sentence of documentation, from the operator's definition. */
  latex: string;
  doc: string;
  span: Span | null;
  /** How often this place ran; the values are those of the last time. */
  count: number;
  /** Its place in the last backward pass, from 0; null when that pass did not go through it. */
  backwardOrder: number | null;
}

export interface History {
  name: string;
  span: Span;
  /** Evenly thinned out when long; `count` tells how many there were. */
  values: Num[];
  count: number;
}
