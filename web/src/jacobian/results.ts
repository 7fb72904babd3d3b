// Which results the Jacobian by a tensor can be asked of.
import type { Trace } from "../../../wasm/src/trace.ts";

const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

/** Names of what was made of the tensor and tracks gradients, the latest first; where backward() was called on one, that comes first. */
export function resultsOf({ graph, passes }: Trace, id: number): string[] {
  const reached = new Set([id]);
  for (const { inputs, outputs } of graph.operations) {
    if (inputs.some((input) => "tensor" in input && reached.has(input.tensor))) for (const out of outputs) reached.add(out);
  }
  reached.delete(id);
  const roots = new Set(passes.flatMap(({ steps }) => steps[0]?.tensor ?? []));
  const named = graph.tensors.filter((tensor) => reached.has(tensor.id) && tensor.requiresGrad && tensor.names.length && count(tensor.value.shape) > 0).reverse();
  return [...named.filter((tensor) => roots.has(tensor.id)), ...named.filter((tensor) => !roots.has(tensor.id))].map(({ names }) => names.at(-1)!);
}

/** Is there more to see than one number? */
export function hasJacobian(trace: Trace, id: number): boolean {
  const tensor = trace.graph.tensors.find((tensor) => tensor.id === id);
  if (!tensor?.requiresGrad || !tensor.names.length) return false;
  const results = resultsOf(trace, id);
  const sizes = results.map((name) => count(trace.graph.tensors.findLast(({ names }) => names.at(-1) === name)!.value.shape));
  return results.length > 0 && (count(tensor.value.shape) > 1 || sizes.some((size) => size > 1));
}
