// What is not drawn one by one: a call of a torch.nn module is one card until it is opened, a chain of indices is one index, and what a
// library does to a parameter before the program begins is left out.
import { signal } from "@preact/signals";
import type { Graph, ModuleCall, Operation, TensorNode } from "../../../wasm/src/trace.ts";

/** A call of a module; or, of no type, of a function that computes derivatives: "grad", "backward", "jacobian". */
export interface Group {
  /** The names that lead to it, with a number from the second call on: "net#2/fc1". */
  key: string;
  /** The same without the numbers. */
  module: string;
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

/**
 * The calls in which each operation ran, the outermost first. A module that was left and is entered again is called anew; so is one of
 * torch.nn whose operations stem from another place in the program.
 */
function callsIn(operations: Operation[]): Map<Operation, Group[]> {
  const found = new Map<Operation, Group[]>();
  const counts = new Map<string, number>();
  const placeOf = ({ span }: Operation) => (span ? `${span.cell} ${span.line} ${span.column} ${span.endLine} ${span.endColumn}` : "");
  let open: { group: Group; place: string }[] = [];
  for (const operation of operations) {
    const calls = operation.modules;
    const place = placeOf(operation);
    let depth = 0;
    for (; depth < Math.min(calls.length, open.length); depth++) {
      const { group, place: at } = open[depth]!;
      if (group.name !== calls[depth]!.name || group.type !== calls[depth]!.type) break;
      if (at !== place && calls.slice(depth).every(({ library }) => library)) break;
    }
    open = open.slice(0, depth);
    for (const { name, type } of calls.slice(depth)) {
      const parent = open.at(-1)?.group;
      const path = parent ? `${parent.key}/${name}` : name;
      const count = (counts.get(path) ?? 0) + 1;
      counts.set(path, count);
      open.push({ group: { key: count > 1 ? `${path}#${count}` : path, module: parent ? `${parent.module}/${name}` : name, name, type }, place });
    }
    found.set(operation, open.map(({ group }) => group));
  }
  return found;
}

/** Does the program name the tensor, or autograd track it? So one does of which the trace says nothing. */
const isKnown = (tensor: TensorNode | undefined) => !tensor || tensor.requiresGrad || tensor.names.length > 0;

/**
 * What a library computes for itself, and of which the program sees nothing: results without a name or a gradient that are used for nothing
 * else. Returns those operations.
 */
export function insideLibraries(operations: readonly Operation[], tensors: ReadonlyMap<number, TensorNode>): Set<Operation> {
  const used = new Set<number>();
  const inside = new Set<Operation>();
  for (const operation of [...operations].reverse()) {
    const isSeen = (id: number) => used.has(id) || isKnown(tensors.get(id));
    if (operation.library && !operation.modules.length && !operation.outputs.some(isSeen)) inside.add(operation);
    else for (const id of tensorsOf(operation)) used.add(id);
  }
  return inside;
}

/**
 * Results that nobody sees: without a name or a gradient, and used for nothing, beside one that is more (the indices of max_pool2d). The rest of
 * the operation stands for them.
 */
function withoutUnseen(operations: Operation[], tensors: ReadonlyMap<number, TensorNode>, standIn: Map<number, number>): Operation[] {
  const used = new Set(operations.flatMap(tensorsOf));
  const isSeen = (id: number) => used.has(id) || isKnown(tensors.get(id));
  return operations.map((operation) => {
    const outputs = operation.outputs.filter(isSeen);
    if (!outputs.length || outputs.length === operation.outputs.length) return operation;
    for (const id of operation.outputs) if (!outputs.includes(id)) standIn.set(id, outputs[0]!);
    return { ...operation, label: operation.label.replace(/_with_indices$/, ""), outputs };
  });
}

/** Adds to the list under a key. */
export function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** A graph as it is folded: what has been found so far, and what comes of it. */
interface Folding {
  operations: Operation[];
  tensors: ReadonlyMap<number, TensorNode>;
  /** The closed call that an operation is part of. */
  groupOf: Map<Operation, Group>;
  /** The operations of each closed call. */
  members: Operation[][];
  standIn: Map<number, number>;
  /** Of calls that are one card: the last operation, and what is drawn instead of it; all of their operations are gone. */
  instead: Map<Operation, Operation>;
  folded: Map<number, Group>;
  gone: Set<Operation>;
}

/** The operations of a call go; unless it has no results that count, one that takes `inputs` and gives `outputs` stands for them. */
function close({ instead, folded, gone }: Folding, operations: Operation[], group: Group, inputs: number[], outputs: number[]): void {
  for (const operation of operations) gone.add(operation);
  if (!outputs.length) return;
  const last = operations.at(-1)!;
  const operands = inputs.map((tensor, argument) => ({ tensor, argument, gradient: null, why: "", broadcast: false }));
  instead.set(last, { ...last, op: group.type || group.name, label: group.name, inputs: operands, outputs, view: false });
  folded.set(last.id, group);
}

/** A closed module is one card, which takes what comes from outside of it, its parameters left out, and gives what is used outside or has a name. */
function foldModules(folding: Folding): void {
  const { operations, tensors, groupOf, members, standIn } = folding;
  // What computes a derivative reads values inside of modules; these stay closed for that.
  const users = new Map<number, Operation[]>();
  for (const operation of operations) if (!operation.ofPass) for (const id of tensorsOf(operation)) append(users, id, operation);
  for (const list of members) {
    const group = groupOf.get(list[0]!)!;
    if (!group.type) continue;
    const here = new Set(list);
    const made = new Set(list.flatMap(({ outputs }) => outputs));
    const isLet = (id: number) => (users.get(id) ?? []).every((user) => here.has(user));
    const outputs = [...made].filter((id) => !isLet(id) || !users.has(id) || tensors.get(id)?.names.some((name) => !name.includes(".")));
    const taken = [...new Set(list.flatMap(tensorsOf))].filter((id) => !made.has(id));
    // A parameter is the module's own also where the module is called more than once.
    const isOwn = (id: number) => users.get(id)!.every((user) => groupOf.get(user)?.module === group.module);
    const own = taken.filter((id) => tensors.get(id)?.isLeaf && tensors.get(id)!.names.at(-1)?.includes(".") && isOwn(id));
    // One operator without parameters is as short as its module would be.
    if (list.length < 2 && !own.length) continue;
    if (!outputs.length) outputs.push(...list.at(-1)!.outputs);
    for (const id of [...own, ...[...made].filter((id) => !outputs.includes(id))]) standIn.set(id, outputs[0]!);
    close(folding, list, group, taken.filter((id) => !own.includes(id)), outputs);
  }
}

/** Of a derivative only what the program holds or goes on with is to be seen; without that it is not drawn at all. */
function foldDerivatives(folding: Folding, bound: ReadonlySet<number>): void {
  const { operations, tensors, groupOf, members, standIn } = folding;
  const outside = operations.filter((operation) => groupOf.get(operation)?.type !== "");
  const usedOutside = new Set(outside.flatMap(tensorsOf));
  const madeOutside = new Set(outside.flatMap(({ outputs }) => outputs));
  const isSeed = (id: number) => !usedOutside.has(id) && !madeOutside.has(id) && !tensors.get(id)?.names.length;
  // One call comes in pieces, by the lines that it runs; the last has the result, and is made of what all of them took.
  const madeOf = new Map<number, number[]>();
  for (const list of members) {
    const group = groupOf.get(list[0]!)!;
    if (group.type) continue;
    const made = new Set(list.flatMap(({ outputs }) => outputs));
    const outputs = [...made].filter((id) => bound.has(id) || usedOutside.has(id));
    const known = list.flatMap(tensorsOf).flatMap((id) => madeOf.get(id) ?? standIn.get(id) ?? id);
    const taken = [...new Set(known)].filter((id) => !made.has(id));
    const inputs = taken.filter((id) => !isSeed(id));
    const result = outputs[0] ?? inputs[0];
    for (const id of [...made, ...taken.filter(isSeed)]) if (!outputs.includes(id) && result !== undefined) standIn.set(id, result);
    close(folding, list, group, inputs, outputs);
    if (!outputs.length) for (const id of made) madeOf.set(id, inputs);
  }
  for (const operation of operations) {
    if (folding.gone.has(operation) || !operation.ofPass) continue;
    folding.instead.set(operation, { ...operation, inputs: operation.inputs.map((input) => ("tensor" in input ? { ...input, tensor: standIn.get(input.tensor) ?? input.tensor } : input)) });
  }
}

/** The plain part of a dual tensor, which `unpack_dual` makes beside the tangent: not drawn where the program goes on with the tangent alone. */
function withoutUnusedParts(operations: Operation[], tensors: ReadonlyMap<number, TensorNode>, standIn: Map<number, number>): Operation[] {
  const used = new Set(operations.flatMap(tensorsOf));
  return operations.flatMap((operation) => {
    if (operation.op !== "alias") return operation;
    const [part] = operation.outputs;
    if (used.has(part!) || tensors.get(part!)?.names.length) return { ...operation, label: "unpack_dual" };
    standIn.set(part!, tensorsOf(operation)[0]!);
    return [];
  });
}

/** `bound`: the tensors that the program's variables hold. */
export function fold({ tensors, operations, nonFinite }: Graph, bound: ReadonlySet<number>): FoldedGraph {
  const byId = new Map(tensors.map((tensor) => [tensor.id, tensor]));
  const standIn = new Map<number, number>();
  const inside = insideLibraries(operations, byId);
  const listed = withoutUnusedParts(operations.filter((operation) => !isInitialisation(operation) && !inside.has(operation)), byId, standIn);
  const shown = joinIndices(withoutUnseen(listed, byId, standIn), byId, standIn);

  const groupOf = new Map<Operation, Group>();
  const within = new Map<number, Group[]>();
  const members = new Map<string, Operation[]>();
  const callOf = callsIn(shown);
  for (const operation of shown) {
    const path: Group[] = [];
    operation.modules.some((call, depth) => {
      const group = callOf.get(operation)![depth]!;
      const isOpen = openByHand.value.get(group.key) ?? opensItself(call);
      if (isOpen) {
        path.push(group);
      } else {
        groupOf.set(operation, group);
        append(members, group.key, operation);
      }
      return !isOpen;
    });
    within.set(operation.id, path);
  }

  const folding: Folding = { operations: shown, tensors: byId, groupOf, members: [...members.values()], standIn, instead: new Map(), folded: new Map(), gone: new Set() };
  foldModules(folding);
  foldDerivatives(folding, bound);
  const { instead, folded, gone } = folding;
  const left = shown.filter((operation) => !gone.has(operation) || instead.has(operation)).map((operation) => instead.get(operation) ?? operation);
  const seen = new Set(shown.flatMap((operation) => [...tensorsOf(operation), ...operation.outputs]));
  const isInside = new Set([...inside].flatMap((operation) => [...tensorsOf(operation), ...operation.outputs]));
  const isDrawn = ({ id, names, requiresGrad }: TensorNode) => !standIn.has(id) && (!isInside.has(id) || seen.has(id) || names.length > 0 || requiresGrad);
  return { graph: { tensors: tensors.filter(isDrawn), operations: left, nonFinite }, folded, within, standIn };
}
