// The time line of a trace: forward operations, steps of backward passes and steps of optimizers, in the order in which they ran; and
// what was there at each of them. Of a loop the last time round is told.
import type { BackwardStep, Operation, OptimizerStep, Pass, Preview, Span, Trace } from "../../../wasm/src/trace.ts";
import { insideLibraries, isInitialisation } from "../graph/fold.ts";
import type { Memories } from "./memory.ts";

export type Moment = { at: number; span: Span | null } & (
  | { kind: "forward"; operation: Operation }
  | { kind: "backward"; pass: Pass; step: BackwardStep; index: number; operation: Operation | null }
  | { kind: "update"; update: OptimizerStep }
);

export function momentsOf({ graph, passes, optimizerSteps }: Trace): Moment[] {
  const operations = new Map(graph.operations.map((operation) => [operation.id, operation]));
  const inside = insideLibraries(graph.operations, new Map(graph.tensors.map((tensor) => [tensor.id, tensor])));
  const computed = graph.operations.filter((operation) => !isInitialisation(operation) && !operation.ofPass && !inside.has(operation));
  const leaves = new Map(graph.tensors.map((tensor) => [tensor.id, tensor.span]));
  const moments: Moment[] = computed.map((operation) => ({ kind: "forward", at: operation.at, span: operation.span, operation }));
  for (const pass of passes) {
    pass.steps.forEach((step, index) => {
      const operation = step.operation === null ? null : (operations.get(step.operation) ?? null);
      const span = operation?.span ?? (step.tensor === null ? null : (leaves.get(step.tensor) ?? null));
      moments.push({ kind: "backward", at: pass.at, span, pass, step, index, operation });
    });
  }
  for (const update of optimizerSteps) moments.push({ kind: "update", at: update.at, span: update.span, update });
  // The sort is stable: the steps of a pass keep their order.
  return moments.sort((a, b) => a.at - b.at);
}

/** The tensors that a moment is about. */
export function subjectsOf(moment: Moment): number[] {
  if (moment.kind === "forward") return moment.operation.outputs;
  if (moment.kind === "backward") return [moment.step, ...moment.step.others].flatMap(({ tensor }) => tensor ?? []);
  return moment.update.changes.flatMap(({ tensor }) => tensor ?? []);
}

/** What there is right after a moment. */
export interface Stage {
  /** The tensors that exist. */
  reached: Set<number>;
  /** The gradients that have arrived. */
  grads: Map<number, Preview>;
  /** Values that an optimizer, or an operator in place, changes later. */
  values: Map<number, Preview>;
}

/** `memories` is of the same graph; without it what is changed through a view shows in that view alone. */
export function stageAt({ graph, passes }: Trace, moments: Moment[], position: number, memories: Memories | null): Stage {
  const made = new Set(graph.operations.flatMap(({ outputs, inputs }) => outputs.filter((id) => !inputs.some((input) => "tensor" in input && input.tensor === id))));
  const stage: Stage = { reached: new Set(graph.tensors.flatMap(({ id }) => (made.has(id) ? [] : [id]))), grads: new Map(), values: new Map() };
  // What the steps of a pass compute a gradient by is there with the pass.
  const now = moments[position]?.at ?? -1;
  for (const { ofPass, at, outputs } of graph.operations) {
    if (ofPass && !passes.some((pass) => now < pass.at && pass.at < at)) for (const id of outputs) stage.reached.add(id);
  }
  moments.forEach((moment, i) => {
    if (i > position) {
      for (const { tensor, before } of overwrittenBy(moment)) {
        if (tensor === null) continue;
        if (!stage.values.has(tensor)) stage.values.set(tensor, before);
        memories?.takeBack(tensor, before);
      }
    } else if (moment.kind === "forward") {
      for (const id of moment.operation.outputs) stage.reached.add(id);
    } else if (moment.kind === "backward") {
      for (const { tensor, grad } of [moment.step, ...moment.step.others]) if (tensor !== null) stage.grads.set(tensor, sumOf(moment.step.before, grad));
    }
  });
  for (const [tensor, value] of memories?.changed() ?? []) stage.values.set(tensor, value);
  return stage;
}

function overwrittenBy(moment: Moment): { tensor: number | null; before: Preview }[] {
  if (moment.kind === "update") return moment.update.changes;
  const before = moment.kind === "forward" && moment.operation.before;
  return before ? [{ tensor: moment.operation.outputs[0] ?? null, before }] : [];
}

/** Element by element, rounded as the tensors are. */
export function sumOf(a: Preview | null, b: Preview): Preview {
  if (!a || a.values.length !== b.values.length) return b;
  const round = b.dtype === "float32" ? Math.fround : (value: number) => value;
  const values = b.values.map((value, i) => {
    const other = a.values[i]!;
    return typeof value === "number" && typeof other === "number" ? round(value + other) : typeof value === "number" ? other : value;
  });
  return { ...b, values };
}

/** What the gradient that comes into this step, at this tensor, is made of: the parts that earlier steps of the pass sent, in order. */
export function partsOf(pass: Pass, index: number, operations: ReadonlyMap<number, Operation>, tensor = pass.steps[index]!.tensor): { from: Operation; grad: Preview }[] {
  if (tensor === null) return [];
  return pass.steps.slice(0, index).flatMap((step) => {
    const from = step.operation === null || step.earlier ? undefined : operations.get(step.operation);
    if (!from) return [];
    const tensors = from.inputs.flatMap((input) => ("tensor" in input ? [input.tensor] : []));
    return step.out.flatMap(({ input, grad }) => (tensors[input] === tensor ? [{ from, grad }] : []));
  });
}
