// A run that broke off, and behind it what the last good run had below the break: so that a half-typed line does not take the rest away.
import type { Trace } from "../../../wasm/src/trace.ts";
import type { Run } from "./session.ts";

export interface Old {
  tensors: ReadonlySet<number>;
  operations: ReadonlySet<number>;
  variables: ReadonlySet<string>;
}

/** The broken run with what the good one has more; null if above the break they are not the same program. */
export function continued(broken: Run, good: Run): Run | null {
  if (broken.cellIds.join() !== good.cellIds.join()) return null;
  const { trace: now } = broken;
  const { trace: then } = good;
  const before = new Map(then.graph.operations.map((operation) => [operation.id, operation]));
  for (const { id, op, span } of now.graph.operations) {
    const same = before.get(id);
    if (!same || same.op !== op || same.span?.cell !== span?.cell || same.span?.line !== span?.line) return null;
  }
  const were = new Map(then.graph.tensors.map((tensor) => [tensor.id, tensor]));
  for (const { id, names, span } of now.graph.tensors) {
    const same = were.get(id);
    if (same && (same.span?.line !== span?.line || (names.length > 0 && !same.names.includes(names.at(-1)!)))) return null;
  }
  const tensors = new Map(now.graph.tensors.map((tensor) => [tensor.id, tensor]));
  const operations = new Map(now.graph.operations.map((operation) => [operation.id, operation]));
  const names = new Set(now.variables.map(({ name }) => name));
  // What an earlier run of a line made may stand for something else in each run.
  const oldTensors = then.graph.tensors.filter(({ id }) => !tensors.has(id));
  const oldOperations = then.graph.operations.filter(({ id }) => !operations.has(id));
  const oldVariables = then.variables.filter(({ name }) => !names.has(name));
  const known = new Set([...tensors.keys(), ...oldTensors.map(({ id }) => id)]);
  const trace: Trace = {
    ...now,
    variables: [...now.variables, ...oldVariables.map((one) => ({ ...one, tensor: one.tensor !== null && known.has(one.tensor) ? one.tensor : null }))],
    graph: {
      ...now.graph,
      tensors: [...now.graph.tensors, ...oldTensors].sort((a, b) => a.id - b.id),
      operations: then.graph.operations.map((operation) => operations.get(operation.id) ?? operation),
    },
  };
  const old: Old = {
    tensors: new Set(oldTensors.map(({ id }) => id)),
    operations: new Set(oldOperations.map(({ id }) => id)),
    variables: new Set(oldVariables.map(({ name }) => name)),
  };
  return { ...broken, trace, old };
}
