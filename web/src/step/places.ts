// How rules are read that only put elements elsewhere: indexing, gathering, joining, repeating, turning. From the arguments of the call it is
// worked out which element of which operand each element of the result is: forward that element is read, and backward the gradients of all that
// it became are summed. That it is so shows where the reading gives the recorded numbers.
import type { Operation, Preview } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";
import { elementCount } from "../tensor/text.ts";
import { placeIn } from "./element.tsx";
import type { Reading } from "./readings.ts";
import { letter, overAll, reading } from "./windows.ts";
import type { Rule } from "./worked.ts";

/** An element of the result: the place in the operand of that number among the tensors; null where it is none of them (0). */
type Source = { tensor: number; place: number } | null;

/** From the index of an element of the result to that of the element of the operand. */
type Move = (index: number[]) => number[] | null;

/** Larger results are not gone through. */
const MOST = 20_000;
/** More gradients than these are only summed in numbers. */
const MOST_LETTERS = 4;

class Call {
  operation: Operation;
  tensors: { argument: number; value: Preview | null }[];
  /** Shapes of the operand and of the result. */
  shape: number[];
  out: number[];
  /** The second result, as sort and topk have one: where the elements came from. */
  second: Preview | null;

  constructor({ operation, valueOf, result, g }: Rule, operand: number) {
    this.operation = operation;
    this.tensors = operation.inputs.flatMap((input) => ("tensor" in input ? [{ argument: input.argument, value: valueOf(input.tensor) }] : []));
    this.shape = (g ? result.shape : this.tensors[operand]?.value?.shape) ?? [];
    this.out = g?.shape ?? result.shape;
    this.second = operation.outputs[1] === undefined ? null : valueOf(operation.outputs[1], true);
  }

  /** The whole numbers given for an argument. */
  numbers(argument: number): number[] | null {
    const input = this.operation.inputs.find((input) => "text" in input && input.argument === argument);
    return input && "text" in input ? (input.text.replace(/^\w+=/, "").match(/-?\d+/g)?.map(Number) ?? null) : null;
  }

  number(argument: number, otherwise: number): number {
    return this.numbers(argument)?.[0] ?? otherwise;
  }

  axis(argument: number, otherwise = 0, rank = this.shape.length): number {
    const given = this.number(argument, otherwise);
    return given < 0 ? given + rank : given;
  }

  tensor(argument: number): Preview | null {
    return this.tensors.find((one) => one.argument === argument)?.value ?? null;
  }
}

const placeOf = (index: number[], shape: number[]) => index.reduce((sum, one, axis) => sum * shape[axis]! + one, 0);
const putIn = (index: number[], axis: number, value: number) => [...index.slice(0, axis), value, ...index.slice(axis)];
const inPlaceOf = (index: number[], axis: number, value: number) => index.map((one, i) => (i === axis ? value : one));
const whole = (value: unknown, size: number): number => (Number(value) < 0 ? Number(value) + size : Number(value));

/** In the same order: views of another shape, copies. */
const inOrder = ({ shape, out }: Call): Move => (index) => indexOf(placeOf(index, out), shape);

const repeated = ({ shape, out }: Call): Move => (index) => {
  const place = placeIn(shape, out, placeOf(index, out));
  return place === null ? null : indexOf(place, shape);
};

function alongTensor(axis: number, where: Preview | null, size: number): Move | null {
  return where && ((index) => inPlaceOf(index, axis, whole(where.values[placeOf(index, where.shape)], size)));
}

const moves: Record<string, (call: Call) => Move | null> = {
  select: (call) => {
    const axis = call.axis(1);
    const at = whole(call.number(2, 0), call.shape[axis]!);
    return (index) => putIn(index, axis, at);
  },
  slice: (call) => {
    const axis = call.axis(1);
    const start = Math.min(Math.max(whole(call.number(2, 0), call.shape[axis]!), 0), call.shape[axis]!);
    const step = call.number(4, 1);
    return (index) => inPlaceOf(index, axis, start + step * index[axis]!);
  },
  permute: (call) => {
    const axes = call.numbers(1)?.map((axis) => whole(axis, call.shape.length));
    return axes ? (index) => call.shape.map((_, axis) => index[axes.indexOf(axis)]!) : null;
  },
  t: () => (index) => [...index].reverse(),
  transpose: (call) => {
    const [a, b] = [call.axis(1), call.axis(2)];
    return (index) => inPlaceOf(inPlaceOf(index, a, index[b]!), b, index[a]!);
  },
  expand: repeated,
  repeat: ({ shape, out }) => (index) => index.slice(out.length - shape.length).map((one, axis) => one % shape[axis]!),
  flip: (call) => {
    const axes = call.numbers(1)?.map((axis) => whole(axis, call.shape.length)) ?? [];
    return (index) => index.map((one, axis) => (axes.includes(axis) ? call.shape[axis]! - 1 - one : one));
  },
  roll: (call) => {
    const axes = call.numbers(2)?.map((axis) => whole(axis, call.shape.length));
    const by = call.numbers(1);
    if (!by) return null;
    const back = (one: number, size: number, by: number) => (((one - by) % size) + size) % size;
    if (axes) return (index) => index.map((one, axis) => (axes.includes(axis) ? back(one, call.shape[axis]!, by[axes.indexOf(axis)]!) : one));
    return (index) => indexOf(back(placeOf(index, call.out), elementCount(call.out), by[0]!), call.shape);
  },
  diagonal: (call) => {
    const offset = call.number(1, 0);
    return call.shape.length === 2 ? ([k]) => [k! + Math.max(0, -offset), k! + Math.max(0, offset)] : null;
  },
  tril: (call) => (index) => (index.at(-1)! <= index.at(-2)! + call.number(1, 0) ? index : null),
  triu: (call) => (index) => (index.at(-1)! >= index.at(-2)! + call.number(1, 0) ? index : null),
  gather: (call) => alongTensor(call.axis(1), call.tensor(2), call.shape[call.axis(1)]!),
  sort: (call) => alongTensor(call.axis(1, -1), call.second, call.shape[call.axis(1, -1)]!),
  topk: (call) => alongTensor(call.axis(2, -1), call.second, call.shape[call.axis(2, -1)]!),
  index_select: (call) => {
    const axis = call.axis(1);
    const where = call.tensor(2);
    return where && ((index) => inPlaceOf(index, axis, whole(where.values[index[axis]!], call.shape[axis]!)));
  },
  embedding: (call) => {
    const rows = call.tensor(0);
    return rows && ((index) => [whole(rows.values[placeOf(index.slice(0, -1), rows.shape)], call.shape[0]!), index.at(-1)!]);
  },
  take: (call) => {
    const where = call.tensor(1);
    return where && ((index) => indexOf(whole(where.values[placeOf(index, call.out)], elementCount(call.shape)), call.shape));
  },
  index: (call) => byTensors(call)?.move ?? null,
};

/** Where a mask is true, as one list of indices for each of its axes. */
function placesOfMask(mask: Preview): Preview[] {
  const found = mask.values.flatMap((value, at) => (value ? [indexOf(at, mask.shape)] : []));
  return mask.shape.map((_, axis) => ({ shape: [found.length], dtype: "int64", values: found.map((index) => index[axis]!) }));
}

/** x[i], x[:, i], x[i, j], x[mask]: a tensor without a value stands for a colon. And the shape of what is picked. */
function byTensors(call: Call): { move: Move; picked: number[] } | null {
  const given = call.tensors.filter(({ argument }) => argument === 1).map(({ value }) => value);
  if (!given.length || given.some((one) => one !== null && elementCount(one.shape) > one.values.length && one.shape.length > 0)) return null;
  const lists = given.flatMap((one): (Preview | null)[] => (!one || one.values.length < elementCount(one.shape) ? [null] : /bool|uint8/.test(one.dtype) ? placesOfMask(one) : [one]));
  while (lists.length < call.shape.length) lists.push(null);
  const chosen = lists.flatMap((list, axis) => (list ? [axis] : []));
  const shapes = chosen.map((axis) => lists[axis]!.shape);
  const rank = Math.max(...shapes.map(({ length }) => length));
  // All the lists go along together; their axes stand where the first of them did, or ahead of all if something stood between them.
  const isTogether = chosen.every((axis, i) => i === 0 || axis === chosen[i - 1]! + 1);
  const at = isTogether ? chosen[0]! : 0;
  const together = Array.from({ length: rank }, (_, i) => Math.max(...shapes.map((shape) => shape[i - rank + shape.length] ?? 1)));
  const others = call.shape.filter((_, axis) => !lists[axis]);
  const move: Move = (index) => {
    const rest = [...index.slice(0, at), ...index.slice(at + rank)];
    const place = placeOf(index.slice(at, at + rank), together);
    return lists.map((list, axis) => {
      if (!list) return rest.shift()!;
      const where = placeIn(list.shape, together, place);
      return where === null ? NaN : whole(list.values[where], call.shape[axis]!);
    });
  };
  return { move, picked: [...others.slice(0, at), ...together, ...others.slice(at)] };
}

/** x[i] = v: the elements that are put in come from the last tensor, the others from the first. */
function putting(call: Call): ((at: number) => Source) | null {
  const last = call.tensors.length - 1;
  const value = call.tensors[last]?.value;
  call.shape = call.out;
  const places = byTensors(call);
  if (!value || !places || elementCount(places.picked) > MOST) return null;
  const put = new Map<number, number>();
  for (let k = 0; k < elementCount(places.picked); k++) {
    const index = places.move(indexOf(k, places.picked));
    const from = placeIn(value.shape, places.picked, k);
    if (index && from !== null) put.set(placeOf(index, call.out), from);
  }
  return (at) => ({ tensor: put.has(at) ? last : 0, place: put.get(at) ?? at });
}

/** Of which tensor each element of a result is that several were joined into, and the index there. */
function joining(call: Call): ((index: number[]) => { tensor: number; index: number[] } | null) | null {
  const { op } = call.operation;
  if (op === "stack") {
    const axis = call.axis(1, 0, call.out.length);
    return (index) => ({ tensor: index[axis]!, index: index.filter((_, i) => i !== axis) });
  }
  if (op !== "cat" || call.tensors.some(({ value }) => !value)) return null;
  const axis = call.axis(1, 0, call.out.length);
  const sizes = call.tensors.map(({ value }) => (value!.shape.length === call.out.length ? value!.shape[axis]! : 0));
  return (index) => {
    let at = index[axis]!;
    const tensor = sizes.findIndex((size) => at < size || ((at -= size), false));
    return tensor < 0 ? null : { tensor, index: inPlaceOf(index, axis, at) };
  };
}

/** The place in the whole tensor of an element of piece `k`, which has this shape. */
type Cut = (k: number, shape: number[], at: number) => number;

/** For an operation that cuts a tensor into pieces. */
function cutting(call: Call): Cut | null {
  const { op } = call.operation;
  if (!/^(split|split_with_sizes|unbind)$/.test(op)) return null;
  const axis = call.axis(op === "unbind" ? 1 : 2);
  if (op === "unbind") return (k, shape, at) => placeOf(putIn(indexOf(at, shape), axis, k), call.shape);
  const sizes = call.numbers(1) ?? [];
  const start = (k: number) => (sizes.length > 1 ? sizes.slice(0, k).reduce((sum, size) => sum + size, 0) : k * sizes[0]!);
  return (k, shape, at) => {
    const index = indexOf(at, shape);
    return placeOf(inPlaceOf(index, axis, index[axis]! + start(k)), call.shape);
  };
}

/** Backward each piece's gradient goes to where it was cut from; of a piece without one that is 0. */
function pieces(placed: Cut, gradients: (Preview | null)[]): Reading {
  const from = new Map<number, { k: number; at: number }>();
  gradients.forEach((grad, k) => {
    for (let at = 0; grad && at < elementCount(grad.shape); at++) from.set(placed(k, grad.shape, at), { k, at });
  });
  return (place) => {
    const found = from.get(place);
    const grad = found && gradients[found.k];
    if (!found || !grad) return reading(letter("x"), 0, {});
    const read = reading(overAll(letter("g")), 1, { g: () => grad.values[found.at] });
    return read && { ...read, letters: grad.shape.length ? named(`(g_{${found.k + 1}})`, found.at, grad.shape) : `g_{${found.k + 1}}` };
  };
}

/** Rules that hand elements on as they are. */
const HANDS_ON = /^(x|\\sum g|g|\\beta g)$/;

function sourcesOf(call: Call, rule: Rule, operand: number): ((at: number) => Source) | null {
  const { op, latex } = call.operation;
  if (/^index_put_?$/.test(op)) return putting(call);
  const joined = joining(call);
  if (joined) {
    return (at) => {
      const found = joined(indexOf(at, call.out));
      const shape = found && call.tensors[found.tensor]?.value?.shape;
      return found && shape ? { tensor: found.tensor, place: placeOf(found.index, shape) } : null;
    };
  }
  const placed = rule.g ? null : cutting(call);
  if (placed) return (at) => ({ tensor: operand, place: placed(0, call.out, at) });  // the first piece
  const isSame = elementCount(call.shape) === elementCount(call.out);
  let move: Move | null = null;
  if (Object.hasOwn(moves, op)) move = moves[op]!(call);
  else if (isSame && latex === "x") move = inOrder(call);
  else if (rule.g && op === "native_batch_norm" && rule.tex === "\\sum g") move = (index) => [index[1]!];
  // An operand that was repeated, as the bias of a layer is.
  else if (rule.g && !rule.repeatedTo && elementCount(call.shape) < elementCount(call.out) && HANDS_ON.test(rule.tex)) move = repeated(call);
  if (!move) return null;
  return (at) => {
    const index = move(indexOf(at, call.out));
    return index && { tensor: operand, place: placeOf(index, call.shape) };
  };
}

/** The tensor that is moved: an embedding takes rows of its second. */
const operandOf = ({ op }: Operation): number => (op === "embedding" ? 1 : 0);

const named = (name: string, at: number, shape: number[]) => (shape.length ? `${name}_{${indexOf(at, shape).join(", ")}}` : name);

/** Null where the operation does more than that. */
export function placesReading(rule: Rule): Reading | null {
  const { operation, g } = rule;
  const operand = rule.operand ?? operandOf(operation);
  const call = new Call(rule, operand);
  const count = elementCount(call.out);
  const placed = rule.gradients && elementCount(call.shape) <= MOST ? cutting(call) : null;
  if (rule.gradients && placed) return pieces(placed, rule.gradients);
  const sources = count <= MOST ? sourcesOf(call, rule, operand) : null;
  if (!sources) return null;
  if (!g) {
    const isJoined = operation.op === "cat" || operation.op === "stack";
    const nameOf = (tensor: number) => (isJoined ? `(x_{${tensor + 1}})` : operation.op === "embedding" ? "w" : tensor > 0 ? "v" : "x");
    return (at) => {
      const source = sources(at);
      if (!source) return reading(letter("x"), 0, {});
      const value = call.tensors[source.tensor]?.value;
      const read = reading(overAll(letter("x")), 1, { x: () => value?.values[source.place] });
      return read && value ? { ...read, letters: named(nameOf(source.tensor), source.place, value.shape) } : null;
    };
  }
  const became = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const source = sources(at);
    if (source?.tensor === operand) became.set(source.place, [...(became.get(source.place) ?? []), at]);
  }
  return (at) => {
    const places = became.get(at) ?? [];
    const read = reading(overAll(letter("g")), places.length, { g: (k) => g.values[places[k]!] });
    return read && places.length > 0 && places.length <= MOST_LETTERS ? { ...read, letters: places.map((place) => named("g", place, g.shape)).join(" + ") } : read;
  };
}
