// What is not drawn one by one: a call of a torch.nn module is one card until it is opened, a chain of indices is one index, and what a
// library does to a parameter before the program begins is left out.
import { signal } from "@preact/signals";
import type { Graph, ModuleCall, Operation, TensorNode } from "../../../wasm/src/trace.ts";

/** A call of a module, by the names that lead to it: "net/fc1". */
export interface Group {
  key: string;
  name: string;
  type: string;
}

export interface FoldedGraph {
  graph: Graph;
  /** The module that an operation stands for, by its id. */
  folded: Map<number, Group>;
  /** In which open modules an operation stands, the outermost first. */
  within: Map<number, Group[]>;
  /** The tensor that stands for one that is not drawn. */
  standIn: Map<number, number>;
}

/** What was opened or closed by hand; all others are as they are by themselves. */
export const openByHand = signal<ReadonlyMap<string, boolean>>(new Map());

export function setOpen(key: string, isOpen: boolean): void {
  openByHand.value = new Map([...openByHand.peek(), [key, isOpen]]);
}

/** Layers of torch.nn are closed; what only holds others, and the learner's own classes, are open. */
const holders = new Set(["Sequential", "ModuleList", "ModuleDict"]);
const opensItself = ({ library, type }: ModuleCall) => !library || holders.has(type);

/** Parameters are drawn random numbers when they are made: no part of what the program computes. */
export function isInitialisation({ library, gradMode, inputs, outputs }: Operation): boolean {
  const [first] = inputs;
  return library && !gradMode && first !== undefined && "tensor" in first && first.tensor === outputs[0];
}

const tensorsOf = ({ inputs }: Operation): number[] => inputs.flatMap((input) => ("tensor" in input ? [input.tensor] : []));

/** `x[:, 1:]` takes two steps, one for each axis, with the same words: the last stands for all. */
function joinIndices(operations: Operation[], tensors: ReadonlyMap<number, TensorNode>, standIn: Map<number, number>): Operation[] {
  const uses = new Map<number, number>();
  for (const operation of operations) for (const id of tensorsOf(operation)) uses.set(id, (uses.get(id) ?? 0) + 1);
  const madeBy = new Map(operations.flatMap((operation) => operation.outputs.map((id) => [id, operation])));
  const gone = new Set<Operation>();
  const joined = new Map<Operation, Operation>();
  for (const operation of operations) {
    const [first, ...more] = tensorsOf(operation);
    const before = first === undefined ? undefined : madeBy.get(first);
    const isOne = before && !more.length && operation.label.startsWith("[") && before.label === operation.label && before.span?.line === operation.span?.line && before.span?.endColumn === operation.span?.endColumn;
    if (!isOne || uses.get(first!) !== 1 || tensors.get(first!)?.names.length) continue;
    gone.add(before);
    standIn.set(first!, operation.outputs[0]!);
    joined.set(operation, { ...operation, inputs: (joined.get(before) ?? before).inputs });
  }
  return operations.filter((operation) => !gone.has(operation)).map((operation) => joined.get(operation) ?? operation);
}

/** Adds to the list under a key. */
export function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

export function fold({ tensors, operations, nonFinite }: Graph): FoldedGraph {
  const byId = new Map(tensors.map((tensor) => [tensor.id, tensor]));
  const standIn = new Map<number, number>();
  const shown = joinIndices(operations.filter((operation) => !isInitialisation(operation)), byId, standIn);

  const groupOf = new Map<Operation, Group>();
  const within = new Map<number, Group[]>();
  for (const operation of shown) {
    const path: Group[] = [];
    for (const call of operation.modules) {
      const key = [...path.map(({ name }) => name), call.name].join("/");
      const group = { key, name: call.name, type: call.type };
      if (openByHand.value.get(key) ?? opensItself(call)) {
        path.push(group);
        continue;
      }
      groupOf.set(operation, group);
      break;
    }
    within.set(operation.id, path);
  }

  const users = new Map<number, Operation[]>();
  for (const operation of shown) for (const id of tensorsOf(operation)) append(users, id, operation);
  const members = new Map<string, Operation[]>();
  for (const [operation, { key }] of groupOf) append(members, key, operation);

  const folded = new Map<number, Group>();
  const gone = new Set<Operation>();
  const instead = new Map<Operation, Operation>();
  for (const list of members.values()) {
    const group = groupOf.get(list[0]!)!;
    const inside = new Set(list);
    const made = new Set(list.flatMap(({ outputs }) => outputs));
    const isLet = (id: number) => (users.get(id) ?? []).every((user) => inside.has(user));
    const outputs = [...made].filter((id) => !isLet(id) || !users.has(id) || byId.get(id)?.names.some((name) => !name.includes(".")));
    const taken = [...new Set(list.flatMap(tensorsOf))].filter((id) => !made.has(id));
    const own = taken.filter((id) => byId.get(id)?.isLeaf && byId.get(id)!.names.at(-1)?.includes(".") && isLet(id));
    // One operator without parameters is as short as its module would be.
    if (list.length < 2 && !own.length) continue;
    const last = list.at(-1)!;
    const result = outputs[0] ?? last.outputs[0]!;
    for (const id of [...own, ...[...made].filter((id) => !outputs.includes(id))]) standIn.set(id, result);
    for (const operation of list) gone.add(operation);
    const inputs = taken.filter((id) => !own.includes(id)).map((tensor, argument) => ({ tensor, argument, gradient: null, why: "", broadcast: false }));
    instead.set(last, { ...last, op: group.type, label: group.name, inputs, outputs: outputs.length ? outputs : last.outputs, view: false });
    folded.set(last.id, group);
  }
  const left = shown.filter((operation) => !gone.has(operation) || instead.has(operation)).map((operation) => instead.get(operation) ?? operation);
  return { graph: { tensors: tensors.filter(({ id }) => !standIn.has(id)), operations: left, nonFinite }, folded, within, standIn };
}
