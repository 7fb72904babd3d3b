// What the graph pane draws, made from a trace. A tensor is a card. The operation that made it sits on the card's upper edge, so that
// inputs flow into the sign and the value stands below it. An operation with several results, with none, or with a result that is
// also one of its inputs (in-place) is a node of its own.
import type { Operation, Preview, TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { tensorText } from "../tensor/text.ts";
import { fold, type Group } from "./fold.ts";
import { savedBy } from "./saved.ts";

export interface GraphNode {
  key: string;
  tensor: TensorNode | null;
  /** What made the tensor, drawn on its card; or, without a tensor, the node itself. */
  operation: Operation | null;
  /** Nothing further is made of it. */
  isResult: boolean;
  /** The operation keeps it for its own backward pass. */
  isSaved: boolean;
  /** The module that the operation stands for, folded. */
  module: Group | null;
  /** The open modules in which it stands, the outermost first. */
  within: Group[];
}

export interface GraphEdge {
  key: string;
  from: string;
  to: string;
  /** Its place among the tensors that flow into the same operation. */
  port: number;
  ports: number;
  /** A gradient flows back along it. */
  tracked: boolean;
  /** Its tensor is repeated to the size of the result. */
  broadcast: boolean;
  /** The operation keeps its tensor's value for the backward pass. */
  saved: boolean;
  /** Its index among all tensors of the operation; -1 for a result. */
  input: number;
  /** It closes a circle: the result of an in-place operation. */
  back: boolean;
}

export interface GraphModel {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Tensors of the trace for which there was no room. */
  left: number;
  /** The tensor that stands for one that is folded away. */
  standIn: ReadonlyMap<number, number>;
}

/** The trace holds fewer, but for operations with many results. */
const MOST_TENSORS = 6000;

/** The tensors to draw: those bound to a name, the newest first, and what they were made of, as far as there is room. */
function drawn({ variables, graph: { tensors, operations } }: Trace): TensorNode[] {
  if (tensors.length <= MOST_TENSORS) return tensors;
  const made = new Map(operations.flatMap((operation) => operation.outputs.map((id) => [id, operation])));
  const queue = [...variables.flatMap(({ tensor }) => tensor ?? []).reverse(), ...tensors.map(({ id }) => id).reverse()];
  const taken = new Set<number>();
  for (const id of queue) {
    // Depth first: rather one name with all that it hangs on than a little of each.
    const next = [id];
    while (next.length && taken.size < MOST_TENSORS) {
      const at = next.pop()!;
      if (taken.has(at)) continue;
      taken.add(at);
      for (const input of made.get(at)?.inputs ?? []) if ("tensor" in input) next.push(input.tensor);
    }
  }
  return tensors.filter(({ id }) => taken.has(id));
}

export function modelOf(whole: Trace): GraphModel {
  const { graph, folded, within, standIn } = fold(whole.graph, new Set(whole.variables.flatMap(({ tensor }) => tensor ?? [])));
  const trace = { ...whole, graph };
  const tensors = drawn(trace);
  const known = new Map(tensors.map((tensor) => [tensor.id, tensor]));
  const tensorKey = (id: number) => `t${id}`;
  const isTracked = (id: number) => known.get(id)?.requiresGrad ?? false;

  const operations = trace.graph.operations.filter(({ outputs }) => !outputs.length || outputs.some((id) => known.has(id)));
  const madeBy = new Map<number, Operation>();
  const alone: Operation[] = [];
  for (const operation of operations) {
    const [output, ...more] = operation.outputs;
    const inPlace = operation.inputs.some((input) => "tensor" in input && input.tensor === output);
    if (output !== undefined && !more.length && !inPlace && known.has(output)) madeBy.set(output, operation);
    else alone.push(operation);
  }

  const used = new Set(operations.flatMap(({ inputs }) => inputs.flatMap((input) => ("tensor" in input ? [input.tensor] : []))));
  const nodes: GraphNode[] = tensors.map((tensor) => ({
    key: tensorKey(tensor.id),
    tensor,
    operation: madeBy.get(tensor.id) ?? null,
    isResult: !used.has(tensor.id) && tensor.gradFn !== null,
    isSaved: tensor.gradFn !== null && madeBy.has(tensor.id) && savedBy(madeBy.get(tensor.id)!, isTracked).out,
    module: folded.get(madeBy.get(tensor.id)?.id ?? -1) ?? null,
    within: within.get(madeBy.get(tensor.id)?.id ?? -1) ?? [],
  }));
  for (const operation of alone) {
    nodes.push({ key: `o${operation.id}`, tensor: null, operation, isResult: false, isSaved: false, module: folded.get(operation.id) ?? null, within: within.get(operation.id) ?? [] });
  }
  // A parameter stands in the module that alone uses it.
  for (const node of nodes) {
    const id = node.tensor?.id;
    if (id === undefined || node.operation || !node.tensor!.names.at(-1)?.includes(".")) continue;
    const paths = operations.flatMap((operation) => (operation.inputs.some((input) => "tensor" in input && input.tensor === id) ? [within.get(operation.id) ?? []] : []));
    if (paths.length && paths.every((path) => path.at(-1)?.key === paths[0]!.at(-1)?.key)) node.within = paths[0]!;
  }

  const edges: GraphEdge[] = [];
  const connect = (operation: Operation, to: string) => {
    const all = operation.inputs.flatMap((input) => ("tensor" in input ? [input] : [])).map((operand, input) => ({ ...operand, input }));
    const sources = all.filter(({ tensor }) => known.has(tensor));
    const tracks = operation.outputs.some((id) => known.get(id)?.gradFn);
    const saved = tracks ? savedBy(operation, isTracked).inputs : new Set();
    sources.forEach(({ tensor: id, broadcast, input }, port) => {
      const tracked = tracks && known.get(id)!.requiresGrad;
      edges.push({ key: `${to}<${port}<${id}`, from: tensorKey(id), to, port, ports: sources.length, tracked, broadcast, saved: saved.has(input), input, back: false });
    });
  };
  for (const [id, operation] of madeBy) connect(operation, tensorKey(id));
  for (const operation of alone) {
    const key = `o${operation.id}`;
    connect(operation, key);
    operation.outputs.forEach((id, i) => {
      const tensor = known.get(id);
      if (!tensor) return;
      const back = operation.inputs.some((input) => "tensor" in input && input.tensor === id);
      edges.push({ key: `${key}>${i}`, from: key, to: tensorKey(id), port: 0, ports: 1, tracked: tensor.gradFn !== null, broadcast: false, saved: false, input: -1, back });
    });
  }
  return { nodes, edges, left: trace.graph.tensors.length - tensors.length, standIn };
}

/** "×" for "*", else the operator's name. */
export const operationSign = ({ label }: Operation): string => signs[label] ?? label;

/** The operation with its operands that are not tensors: "×", "pow(·, 2)", "· × 3". */
export function operationText(operation: Operation): string {
  const { op, label, inputs } = operation;
  const isSign = !/\w/.test(label);
  if (label.startsWith("[")) return label.length <= 22 ? label : "[…]";
  const sign = operationSign(operation);
  const hasText = inputs.some((input) => "text" in input);
  if (!hasText) return isSign ? sign : label;
  const operands = inputs.map((input) => ("text" in input ? input.text : "·"));
  if (isSign && operands.length === 2) return `${operands[0]} ${sign} ${operands[1]}`;
  const text = `${isSign ? op : label}(${operands.join(", ")})`;
  return text.length <= 22 ? text : isSign ? sign : label;
}

const signs: Record<string, string> = { "*": "×", "-": "−", "/": "÷" };

/** Whether the tensor, one of its names or its operator is what someone looks for. */
export function matches({ tensor, operation }: GraphNode, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const words = [...(tensor?.names ?? []), operation?.op ?? "", operation?.label ?? ""];
  const gradFn = tensor?.gradFn?.toLowerCase() ?? "";
  return wanted !== "" && (gradFn.startsWith(wanted) || words.some((word) => word.toLowerCase().includes(wanted)));
}

/** What a card shows below the value: the gradient, or where there is none and forward mode was at work, the tangent. */
export function slopeOf({ grad, gradIsKept, tangent }: TensorNode): { word: string; value: Preview; isPassing: boolean } | null {
  if (grad) return { word: "grad", value: grad, isPassing: !gradIsKept };
  return tangent ? { word: "tangent", value: tangent, isPassing: false } : null;
}

/** A node in one sentence, for those who listen to the graph. */
export function sentenceOf({ tensor, operation, module }: GraphNode): string {
  const folded = module && (module.type ? `module ${module.name}, a ${module.type}` : `the graph of ${module.name}()`);
  if (!tensor) return folded ? `${folded[0]!.toUpperCase()}${folded.slice(1)}` : `Operation ${operation!.op}`;
  const parts = [tensor.names.at(-1) ?? "intermediate result"];
  if (folded) parts.push(`from ${folded}, folded`);
  else if (operation) parts.push(`from ${operation.op}`);
  else if (tensor.isLeaf) parts.push(tensor.requiresGrad ? "leaf" : "constant");
  parts.push(`value ${tensorText(tensor.value)}`);
  const slope = slopeOf(tensor);
  if (slope) parts.push(`${slope.word === "grad" ? "gradient" : slope.word} ${tensorText(slope.value)}${slope.isPassing ? ", passed through, not kept" : ""}`);
  if (operation && operation.count > 1) parts.push(`ran ${operation.count} times`);
  return parts.join(", ");
}
