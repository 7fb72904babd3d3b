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
  /** Where it stands, while it runs. */
  position: Span | null;
  /** One for each cell of the document, Markdown cells included. */
  cells: CellTrace[];
  /** The uncaught exception that ended the run. */
  error: RunError | null;
  /** The names bound at module level, in order of binding; modules, functions and names with a leading underscore left out. */
  variables: Variable[];
  graph: Graph;
  /** One for each place that starts backward passes: the last of them. */
  passes: Pass[];
  /** One for each place where an optimizer takes steps: the last of them. */
  optimizerSteps: OptimizerStep[];
  /** Numbers and one-element tensors bound to the same name at the same place again and again: one series a place. */
  histories: History[];
  /** One for each place that binds a tensor or a number to a name: the last time, also when the name was bound elsewhere since. */
  bindings: Binding[];
  /** One for each loop, in the order in which they were first come to, which is the same in every run. */
  loops: Loop[];
  /** What the limits of the trace left out, in words ("3 of 20003 operations are drawn"); empty when it is whole. */
  omitted: string[];
}

export interface CellTrace {
  status: "markdown" | "waiting" | "running" | "done" | "error";
  outputs: Output[];
}

/** Neighbouring pieces of the same kind are joined. "result" is the echo of a cell's last expression. */
export interface Output {
  kind: "stdout" | "result" | "warning" | "error" | "note" | "figure";
  /** For a figure: JSON, a Figure (figure.ts). */
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
  /** The first operator that made NaN or infinity of finite numbers. */
  nonFinite: NonFinite | null;
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
  /** In forward mode: the derivative along the direction that make_dual() was given, as it was while the level was open. */
  tangent?: Preview;
  requiresGrad: boolean;
  isLeaf: boolean;
  retainsGrad: boolean;
  /** The printed name of grad_fn, e.g. "MulBackward0". */
  gradFn: string | null;
  /** How often its memory was changed in place. */
  version: number;
  /** Its grad_fn was gone through by a backward pass that did not retain the graph. */
  graphFreed: boolean;
  /** For a leaf: how many backward passes were added up in `.grad` since it was last empty or zero. */
  accumulated: number;
  /** Where it was made. */
  span: Span | null;
  /** Of one that a view shows, or that is one: where its elements lie in the memory, both counted in elements. */
  memory: { offset: number; strides: number[] } | null;
}

export interface Operation {
  id: number;
  /** The operator's Python name, e.g. "mul". */
  op: string;
  /** As a sign where there is one ("*"), as an index where it is one ("[0]"), else the name. */
  label: string;
  /** Operands in order: a tensor by id, anything else as its printed text. */
  inputs: (TensorOperand | TextOperand)[];
  /** What was overwritten, where it works in place: its first operand as it was before. */
  before: Preview | null;
  /** Ids of the results. */
  outputs: number[];
  /** The rule as LaTeX and one sentence of documentation, from the operator's definition. */
  latex: string;
  doc: string;
  span: Span | null;
  /** How often this place ran; the values are those of the last time. */
  count: number;
  /** When it ran last; grows with time, on one clock with passes and optimizer steps. */
  at: number;
  /** A library applies it on behalf of the program, whose own code `span` is. */
  library: boolean;
  /** A backward pass that builds a graph applies it (`create_graph=True`). */
  ofPass: boolean;
  /** The calls in which it ran, the outermost first. */
  modules: ModuleCall[];
  /** Was a graph being built when it ran last? */
  gradMode: boolean;
  /** Its rules of backward read the result, which is kept for them. */
  keepsResult: boolean;
  /** The results show the memory of the first operand (they did when it ran last: reshape() may copy). */
  view: boolean;
  /** Its place in the last backward pass, from 0; null when that pass did not go through it. */
  backwardOrder: number | null;
}

/** Of a torch.nn module, or of a function that computes derivatives ("grad", "backward", "jacobian"). */
export interface ModuleCall {
  /** By which its parent has it, "fc1"; of the outermost one the variable's name. */
  name: string;
  /** Its class, "Linear"; empty for a function. */
  type: string;
  /** Is that one of torch.nn's own? */
  library: boolean;
}

export interface TensorOperand {
  tensor: number;
  /** Its index among the operator's arguments: 0 is the x of the formulas, 1 the y. */
  argument: number;
  /** The formula of its gradient as LaTeX, of g, x, y, out; null where there is none, and then `why` may say why. */
  gradient: string | null;
  why: string;
  /** It is repeated to the size of the result, so its gradient is summed back. */
  broadcast: boolean;
}

export interface TextOperand {
  text: string;
  argument: number;
}

export interface Pass {
  /** Where it was started. */
  span: Span | null;
  at: number;
  /** How many passes this place started. */
  count: number;
  steps: BackwardStep[];
  /** How many further steps were left out. */
  left: number;
}

/** One node of a backward pass. */
export interface BackwardStep {
  /** Null when the gradient arrives at a leaf. */
  operation: number | null;
  /** The result of that operation, or the leaf; null when its tensor is no longer the one in the graph. */
  tensor: number | null;
  /** The operation ran again since: what the graph shows of it is of a later run. */
  earlier: boolean;
  /** For a leaf: it was added to `.grad`. */
  stored: boolean;
  /** The gradient that came in, all paths added up. */
  grad: Preview;
  /** Which of the operation's results that is. */
  output: number;
  /** Of an operation with several results: the gradients that came in at further ones. */
  others: { output: number; tensor: number | null; grad: Preview }[];
  /** For a leaf: its `.grad` before. */
  before: Preview | null;
  /** What went out; `input` counts the tensors among the operation's inputs. */
  out: { input: number; grad: Preview }[];
}

export interface OptimizerStep {
  optimizer: string;
  doc: string;
  latex: string;
  span: Span | null;
  at: number;
  count: number;
  /** One for each parameter; where the optimizer takes several iterations in a step, all of them for each. */
  changes: ParameterChange[];
  left: number;
}

export interface ParameterChange {
  tensor: number | null;
  before: Preview;
  after: Preview | null;
  grad: Preview;
  state: { name: string; before: Preview | null; after: Preview | null }[];
  options: { name: string; value: Num | boolean; isDefault: boolean }[];
  /** The lines of the optimizer's rule that took part, in order. */
  rule: RuleLine[];
  /** What stands in them: options, state, "grad", "param", and quantities worked out on the way. */
  symbols: RuleSymbol[];
}

/** One line: `sets` becomes what `tex` says, in which each symbol stands as <name>. A symbol that an earlier line has set is meant as it is then. */
export interface RuleLine {
  sets: string;
  tex: string;
  /** It changes state or the parameter; else it only names a quantity. */
  keeps: boolean;
}

/** A symbol of a rule: its letter, and its value before the step (null for a quantity) and after it; 0-d where it is one number for all elements. */
export interface RuleSymbol {
  name: string;
  tex: string;
  before: Preview | null;
  after: Preview | null;
}

export interface NonFinite {
  operation: number;
  /** In which run of that operation, from 1. */
  run: number;
  backward: boolean;
  value: Num;
  /** Backward: which of the operation's tensors the bad gradient went to, and the gradient that came in. */
  input: number | null;
  gradient: Preview | null;
  /** Forward: the tensors that it was applied to, then. */
  operands: Preview[];
}

export interface History {
  name: string;
  span: Span;
  /** Evenly thinned out when long; `count` tells how many there were. */
  values: Num[];
  count: number;
}

export interface Binding {
  name: string;
  /** When it was bound last, on the clock of the operations. */
  at: number;
  span: Span;
  /** A number's repr(). */
  text: string | null;
  /** A tensor's id in graph.tensors, or if it is not among them its value. */
  tensor: number | null;
  value: Preview | null;
}

export interface Loop {
  span: Span;
  /** Rounds that began, all times together that the loop was run. */
  rounds: number;
  /** In the last of those times: which round began last, from 1, and of how many; null where what it goes through does not know. */
  round: number | null;
  of: number | null;
}
