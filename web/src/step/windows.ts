// How rules are read in which a window goes over the input: convolutions, and pools that take the largest or the mean. Which elements meet in
// which window is worked out from the options of the call; that it is so shows where the reading gives the recorded numbers.
import type { Num, Operation, Preview } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";
import { elementCount } from "../tensor/text.ts";
import type { Node } from "./parse.ts";
import type { Reading } from "./readings.ts";
import type { Rule } from "./worked.ts";

/** An element of the result, one of the input in its window, and the weight that they meet in. */
interface Link {
  out: number;
  x: number;
  w: number;
}

/** More than these are not gone through. */
const MOST_LINKS = 60_000;

const CONVOLUTION = "x * w + b";
const POOL = /^(\\max|\\frac\{1\}\{n\} \\sum)_\{k(, [lm])*\} x_\{s /;

export const isOfWindows = ({ latex }: Operation): boolean => latex === CONVOLUTION || POOL.test(latex);

export function windowReading(rule: Rule): Reading | null {
  const { operation, valueOf, g, tex } = rule;
  const tensor = (argument: number): Preview | null => {
    const input = operation.inputs.find((input) => "tensor" in input && input.argument === argument);
    return input && "tensor" in input ? valueOf(input.tensor) : null;
  };
  const [x, w, b] = [tensor(0), tensor(1), tensor(2)];
  const out = operation.outputs[0] === undefined ? null : valueOf(operation.outputs[0], true);
  if (!x || !out) return null;
  const isConvolution = operation.latex === CONVOLUTION;
  const links = isConvolution ? (w ? convolution(operation, x, w, out) : null) : pool(operation, x, out);
  if (!links) return null;
  if (!isConvolution) return operation.latex.startsWith("\\max") ? largest(links, x, g) : mean(links, x, g, optionOf(operation, 1));
  if (!g) {
    const of = by(links.list, "out");
    const channel = (at: number) => indexOf(at, out.shape)[1]!;
    return (at) => {
      const met = of(at);
      return reading(b ? sum(overAll(product("x", "w")), { kind: "name", name: "b", indices: [] }) : overAll(product("x", "w")), met.length, {
        x: (k) => x.values[met[k]!.x],
        w: (k) => w!.values[met[k]!.w],
        b: () => b?.values[channel(at)],
      });
    };
  }
  if (tex === "\\sum g") {
    return (at) => {
      const places = g.values.flatMap((_, place) => (indexOf(place, out.shape)[1] === at ? [place] : []));
      return reading(overAll(letter("g")), places.length, { g: (k) => g.values[places[k]!] });
    };
  }
  const isToInput = tex.startsWith("g");
  const of = by(links.list, isToInput ? "x" : "w");
  return (at) => {
    const met = of(at);
    return reading(overAll(isToInput ? product("g", "w") : product("x", "g")), met.length, {
      g: (k) => g.values[met[k]!.out],
      w: (k) => w!.values[met[k]!.w],
      x: (k) => x.values[met[k]!.x],
    });
  };
}

// ---- trees over an index k that counts what meets

export const letter = (name: string): Node => ({ kind: "name", name, indices: [{ kind: "name", name: "k", indices: [] }] });
export const product = (a: string, b: string): Node => ({ kind: "product", factors: [letter(a), letter(b)] });
export const overAll = (body: Node, name: "\\sum" | "\\max" = "\\sum"): Node => ({ kind: "big", name, index: "k", condition: null, body });
const sum = (...nodes: Node[]): Node => ({ kind: "sum", terms: nodes.map((node) => ({ isMinus: false, node })) });

export function reading(tree: Node, count: number, letters: Record<string, (k: number) => Num | undefined>): ReturnType<Reading> {
  if (count === 0) return { tree: { kind: "number", value: 0 }, scope: { value: () => null, range: () => 0 } };
  return {
    tree,
    scope: {
      value(name, [k]) {
        const value = letters[name]?.(k ?? 0);
        return value === undefined ? null : Number(value === "inf" ? Infinity : value === "-inf" ? -Infinity : value);
      },
      range: (index) => (index === "k" ? count : null),
    },
  };
}

function largest({ list }: Links, x: Preview, g: Preview | undefined): Reading {
  const windows = by(list, "out");
  if (!g) {
    return (at) => {
      const met = windows(at);
      return reading(overAll(letter("x"), "\\max"), met.length, { x: (k) => x.values[met[k]!.x] });
    };
  }
  const ofInput = by(list, "x");
  const first = (out: number) => windows(out).reduce((best, link) => (Number(x.values[link.x]) > Number(x.values[best.x]) ? link : best));
  return (at) => {
    const met = ofInput(at).filter(({ out }) => first(out).x === at);
    return reading(overAll(letter("g")), met.length, { g: (k) => g.values[met[k]!.out] });
  };
}

function mean({ list }: Links, x: Preview, g: Preview | undefined, kernel: number[] | null): Reading {
  const rank = x.shape.length;
  const sizes = kernel && kernel.length === 1 ? Array.from({ length: Math.max(1, rank - 2) }, () => kernel[0]!) : (kernel ?? []);
  const count = sizes.reduce((product, size) => product * size, 1);
  const of = by(list, g ? "x" : "out");
  const tree: Node = { kind: "quotient", over: overAll(letter(g ? "g" : "x")), under: { kind: "number", value: count } };
  return (at) => {
    const met = of(at);
    return reading(tree, met.length, { x: (k) => x.values[met[k]!.x], g: (k) => g?.values[met[k]!.out] });
  };
}

// ---- what meets

interface Links {
  list: Link[];
}

function by(links: Link[], key: keyof Link): (at: number) => Link[] {
  const groups = new Map<number, Link[]>();
  for (const link of links) {
    const group = groups.get(link[key]);
    if (group) group.push(link);
    else groups.set(link[key], [link]);
  }
  return (at) => groups.get(at) ?? [];
}

/** An option that is a number or several, by the place of its argument. */
function optionOf({ inputs }: Operation, argument: number): number[] | null {
  const input = inputs.find((input) => "text" in input && input.argument === argument);
  const digits = input && "text" in input ? input.text.replace(/^\w+=/, "").match(/-?\d+/g) : null;
  return digits && digits.map(Number);
}

const each = (values: number[] | null, count: number, otherwise: number): number[] => Array.from({ length: count }, (_, i) => (values ? (values[i] ?? values[0]!) : otherwise));

/** Every index of that shape. */
function* indices(shape: number[]): Generator<number[]> {
  for (let at = 0, count = elementCount(shape); at < count; at++) yield indexOf(at, shape);
}

const placeOf = (index: number[], shape: number[]) => index.reduce((sum, one, axis) => sum * shape[axis]! + one, 0);

interface Window {
  kernel: number[];
  stride: number[];
  padding: number[];
  dilation: number[];
}

/** Where in the input the window of a result's place lies, element by element of the window; what lies in the padding is left out. */
function* inWindow(place: number[], sizes: number[], { kernel, stride, padding, dilation }: Window): Generator<{ from: number[]; within: number[] }> {
  for (const within of indices(kernel)) {
    const from = within.map((k, axis) => place[axis]! * stride[axis]! - padding[axis]! + k * dilation[axis]!);
    if (from.every((one, axis) => one >= 0 && one < sizes[axis]!)) yield { from, within };
  }
}

function convolution(operation: Operation, x: Preview, w: Preview, out: Preview): Links | null {
  const rank = w.shape.length - 2;
  const isTransposed = operation.inputs.some((input) => "text" in input && input.argument === 6 && input.text.endsWith("True"));
  if (rank < 1 || isTransposed || x.shape.length !== rank + 2 || out.shape.length !== rank + 2) return null;
  const [, channels, ...kernel] = w.shape as [number, number, ...number[]];
  if (elementCount(out.shape) * channels * elementCount(kernel) > MOST_LINKS) return null;
  const window: Window = { kernel, stride: each(optionOf(operation, 3), rank, 1), padding: each(optionOf(operation, 4), rank, 0), dilation: each(optionOf(operation, 5), rank, 1) };
  const groups = x.shape[1]! / channels;
  const list: Link[] = [];
  for (const [n, o, ...place] of indices(out.shape) as Iterable<[number, number, ...number[]]>) {
    const first = Math.floor((o * groups) / out.shape[1]!) * channels;
    for (let c = 0; c < channels; c++) {
      for (const { from, within } of inWindow(place, x.shape.slice(2), window)) {
        list.push({ out: placeOf([n, o, ...place], out.shape), x: placeOf([n, first + c, ...from], x.shape), w: placeOf([o, c, ...within], w.shape) });
      }
    }
  }
  return { list };
}

function pool(operation: Operation, x: Preview, out: Preview): Links | null {
  const rank = Number(/pool(\d)d/.exec(operation.op)?.[1]);
  const ahead = x.shape.length - rank;
  const size = optionOf(operation, 1);
  if (!(ahead >= 0) || !size || out.shape.length !== x.shape.length) return null;
  const kernel = each(size, rank, 1);
  if (elementCount(out.shape) * elementCount(kernel) > MOST_LINKS) return null;
  const isMax = operation.latex.startsWith("\\max");
  const window: Window = { kernel, stride: each(optionOf(operation, 2) ?? size, rank, 1), padding: each(optionOf(operation, 3), rank, 0), dilation: each(isMax ? optionOf(operation, 4) : null, rank, 1) };
  const list: Link[] = [];
  for (const index of indices(out.shape)) {
    for (const { from } of inWindow(index.slice(ahead), x.shape.slice(ahead), window)) {
      list.push({ out: placeOf(index, out.shape), x: placeOf([...index.slice(0, ahead), ...from], x.shape), w: 0 });
    }
  }
  return { list };
}
