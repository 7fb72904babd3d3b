// The ways in which a rule can be read that is not meant element by element: as a product of matrices, as what is done along some axes
// (a sum, a mean, a softmax, a norm), or as what is done with the class of each row; windows.ts has one more. A reading gives for each element of the result a tree
// without matrices, and what its letters stand for there. Whether it is the right one shows where it is worked out.
import type { Num, Operation, Preview } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";
import { elementCount } from "../tensor/text.ts";
import { elementAt } from "./element.tsx";
import type { Scope } from "./evaluate.ts";
import { ALL, type Node, parse } from "./parse.ts";
import { lettersOf, namesOf } from "./plug.ts";
import { type Numbers, epsilonOf, isNormalizing, meanOf, normalized, numbersOf, weightReading } from "./norms.ts";
import { placesReading } from "./places.ts";
import { isOfWindows, windowReading } from "./windows.ts";
import type { Rule } from "./worked.ts";

/** Of element `at` of the result; null where it can't be read so. `letters`: with indices in place of numbers, as TeX. */
export type Reading = (at: number) => { tree: Node; scope: Scope; letters?: string } | null;

export function readingsOf(rule: Rule): Reading[] {
  if (isOfWindows(rule.operation)) {
    const read = windowReading(rule);
    return read ? [read] : [];
  }
  const own = placesReading(rule) ?? weightReading(rule);
  const tree = parse(rule.tex);
  if (own || !tree) return own ? [own] : [];
  const previews = previewsOf(rule);
  if (isOfMatrices(rule.tex)) return [productReading(rule, tree, previews)];
  const far = rule.tex.includes("\\sum") ? parse(rule.tex, true) : null;
  return [tree, ...(far ? [far] : [])].flatMap((tree) => [...laneReadings(rule, tree, previews), ...classReadings(rule, tree, previews)]);
}

/** Such rules have capital letters, or something transposed. */
export const isOfMatrices = (tex: string): boolean => /(^|[^a-zA-Z\\])[A-Z]([^a-zA-Z]|$)/.test(tex.replace(/\\[a-zA-Z]+/g, "\\"));

type Previews = ReadonlyMap<string, Preview>;

function previewsOf({ operation, valueOf, g }: Rule): Previews {
  const names = namesOf(operation);
  const found = new Map<string, Preview>();
  for (const input of operation.inputs) {
    const preview = "tensor" in input ? valueOf(input.tensor) : null;
    if (preview && names[input.argument]) found.set(names[input.argument]!, preview);
  }
  const out = operation.outputs[0] === undefined ? null : valueOf(operation.outputs[0], true);
  if (out) found.set("out", out);
  if (g) found.set("g", g);
  return found;
}

const numberOf = (value: Num | null | undefined): number | null =>
  value === null || value === undefined ? null : value === "inf" ? Infinity : value === "-inf" ? -Infinity : value === "nan" ? NaN : value;

/** The numbers that the operation was given beside tensors: alpha, a power. */
const optionsOf = (operation: Operation) => lettersOf(operation, () => null);

// ---- products of matrices

type Index = Node & { kind: "name" | "number" };

const at = (value: number): Index => ({ kind: "number", value });

function productReading({ operation, result }: Rule, tree: Node, previews: Previews): Reading {
  const options = optionsOf(operation);
  return (place) => {
    const index = indexOf(place, result.shape).map(at);
    if (index.length > 3) return null;
    const batch = index.length === 3 ? index[0]! : null;
    const [row, column] = batch ? index.slice(1) : index;
    const product = new Product(previews, batch, row && column ? [row, column] : [row ?? at(0), at(0)]);
    const element = product.element(tree, ...product.place);
    if (!element) return null;
    const scope: Scope = {
      value(name, indices) {
        const preview = previews.get(name);
        if (!preview) return numberOf(options.get(name));
        return numberOf(preview.values[indices.reduce((sum, one, axis) => sum * preview.shape[axis]! + (preview.shape[axis] === 1 ? 0 : one), 0)]);
      },
      range: () => product.inner,
    };
    return { tree: element, scope, letters: product.inner > 1 ? inLetters(element) : undefined };
  };
}

/** One element of what is written in matrices; a vector is a column. */
class Product {
  inner = 1;
  place: [Index, Index];
  #previews: Previews;
  #batch: Index | null;

  constructor(previews: Previews, batch: Index | null, place: [Index, Index]) {
    this.#previews = previews;
    this.#batch = batch;
    this.place = place;
  }

  element(node: Node, row: Index, column: Index): Node | null {
    if (node.kind === "name") return this.#letter(node.name, row, column);
    if (isTransposed(node)) return this.element(node.base, column, row);
    if (node.kind === "sum") {
      const terms = node.terms.map(({ isMinus, node }) => ({ isMinus, node: node.kind === "name" ? this.#repeated(node.name, row, column) : this.element(node, row, column) }));
      return terms.every((term): term is { isMinus: boolean; node: Node } => term.node !== null) ? { kind: "sum", terms } : null;
    }
    if (node.kind !== "product") return null;
    const matrices = node.factors.filter((factor) => this.#shape(factor));
    const numbers = node.factors.filter((factor) => !this.#shape(factor));
    const [left, right] = matrices;
    if (!left || matrices.length > 2) return null;
    if (!right) return joined([...numbers, this.element(left, row, column)]);
    const inner = this.#shape(left)![1];
    if (inner !== this.#shape(right)![0]) return null;
    this.inner = inner;
    const between: Index = inner === 1 ? at(0) : { kind: "name", name: "k", indices: [] };
    const product = joined([this.element(left, row, between), this.element(right, between, column)]);
    return product && joined([...numbers, inner === 1 ? product : { kind: "big", name: "\\sum", index: "k", condition: null, body: product }]);
  }

  #sizes(name: string): number[] | null {
    const shape = this.#previews.get(name)?.shape;
    return shape ? shape.slice(this.#batch && shape.length === 3 ? 1 : 0) : null;
  }

  /** Rows and columns; null for a number. */
  #shape(node: Node): [number, number] | null {
    if (isTransposed(node)) {
      const of = this.#shape(node.base);
      return of && [of[1], of[0]];
    }
    const sizes = node.kind === "name" ? this.#sizes(node.name) : null;
    return sizes && sizes.length > 0 && sizes.length < 3 ? [sizes[0]!, sizes[1] ?? 1] : null;
  }

  #letter(name: string, row: Index, column: Index): Node | null {
    const sizes = this.#sizes(name);
    if (!sizes || sizes.length === 0) return { kind: "name", name, indices: [] };
    if (sizes.length > 2) return null;
    const isBatched = this.#batch && this.#previews.get(name)!.shape.length === 3;
    return { kind: "name", name, indices: [...(isBatched ? [this.#batch!] : []), row, ...(sizes.length === 2 ? [column] : [])] };
  }

  /** A term of a sum is repeated along the first axis where it has one less. */
  #repeated(name: string, row: Index, column: Index): Node | null {
    const isRow = this.#sizes(name)?.length === 1 && [...this.#previews].some(([other, { shape }]) => other !== name && shape.length > 1 && other !== "g") && this.#previews.get("out")?.shape.length !== 1;
    return isRow ? { kind: "name", name, indices: [column] } : this.#letter(name, row, column);
  }
}

const isTransposed = (node: Node): node is Node & { kind: "power" } => node.kind === "power" && node.exponent.kind === "name" && node.exponent.name === "T";

const joined = (factors: (Node | null)[]): Node | null => {
  if (factors.some((factor) => factor === null)) return null;
  const all = (factors as Node[]).flatMap((factor) => (factor.kind === "product" ? factor.factors : [factor]));
  return all.length === 1 ? all[0]! : { kind: "product", factors: all };
};

function inLetters(node: Node): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "name":
      return node.indices.length ? `${node.name}_{${node.indices.map(inLetters).join(", ")}}` : node.name;
    case "product":
      return node.factors.map(inLetters).join("\\,");
    case "sum":
      return node.terms.map(({ isMinus, node }, i) => `${isMinus ? "-" : i ? "+" : ""} ${inLetters(node)}`).join(" ");
    case "big":
      return `\\textstyle\\sum_{${node.index}} ${inLetters(node.body)}`;
    default:
      return "";
  }
}

// ---- along axes

function laneReadings(rule: Rule, tree: Node, previews: Previews): Reading[] {
  const { tex, operation, result, valueOf, g } = rule;
  const first = operation.inputs.find((input) => "tensor" in input && input.argument === 0);
  const operand = first && "tensor" in first ? valueOf(first.tensor) : null;
  const out = previews.get("out");
  if (!operand || !out || elementCount(operand.shape) > operand.values.length) return [];
  const isSameShape = same(operand.shape, out.shape);
  // Forward the result is the operation's, backward it has the shape of the operand.
  if (g && !same(result.shape, operand.shape)) return [];
  const isNormalized = isNormalizing(operation);
  const epsilon = epsilonOf(operation);
  const mentionsP = /(^|[^a-zA-Z\\])p([^a-zA-Z]|$)/.test(tex);
  const readings: Reading[] = [];
  for (const axes of axesOf(operation, operand.shape, out.shape)) {
    const reduced = (place: number) => indexOf(place, operand.shape).reduce((sum, one, axis) => (axes.includes(axis) ? sum : sum * operand.shape[axis]! + one), 0);
    const lanes = new Map<number, number[]>();
    for (let place = 0; place < operand.values.length; place++) lanes.set(reduced(place), [...(lanes.get(reduced(place)) ?? []), place]);
    const options = optionsOf(operation);
    const isInOperand = g !== undefined || isSameShape;
    for (const power of mentionsP ? powersOf(operation) : [null]) {
      readings.push((at) => {
        const to = isInOperand ? reduced(at) : at;
        const lane = lanes.get(to);
        if (!lane) return null;
        const of = (preview: Preview | undefined, index: number | undefined): number | null => {
          if (!preview) return null;
          if (same(preview.shape, operand.shape)) return numberOf(preview.values[index === undefined ? (isInOperand ? at : -1) : (lane[index] ?? -1)]);
          if (isNormalized && operation.op === "layer_norm") return numberOf(elementAt(preview, operand.shape, index === undefined ? at : (lane[index] ?? -1)));
          if (index !== undefined && !isNormalized) return null;
          if (elementCount(preview.shape) === lanes.size) return numberOf(preview.values[to]);
          return numberOf(isInOperand ? elementAt(preview, operand.shape, at) : null);
        };
        const numbers = (): Numbers | null => numbersOf(rule, lane.map((_, k) => of(operand, k)), indexOf(lane[0]!, operand.shape)[1]!);
        const scope: Scope = {
          value(name, indices) {
            const [index] = indices;
            if (indices.length > 1) return null;
            const preview = previews.get(name);
            if (preview) return of(preview, index);
            if (name === "\\hat x" && isNormalized) return normalized(of(operand, index), numbers(), epsilon);
            if (name === "p" && power) return typeof power === "number" ? power : power((k) => of(out, k), index);
            if (index !== undefined) return null;
            if (name === "n") return lane.length;
            if (name === "\\bar x" && isNormalized) return numbers()?.mean ?? null;
            if (name.startsWith("\\bar ")) return meanOf(lane.map((_, k) => of(previews.get(name.slice(5)), k)));
            // Forward the rule has an epsilon of its own.
            if (name === "\\sigma" && isNormalized) return root(numbers()?.variance, g ? epsilon : 0);
            if (name === "\\epsilon") return epsilon;
            if (name.startsWith("\\| ") || name === "\\sigma") return of(out, undefined);
            // The weight of the positive class, where none is given.
            if (name === "q" && options.get("q") === undefined) return 1;
            if (/^[ijk]$/.test(name)) return isInOperand ? lane.indexOf(at) : null;
            return numberOf(options.get(name));
          },
          range: (index) => (/^[ijk]$/.test(index) || index === ALL ? lane.length : null),
        };
        return { tree, scope };
      });
    }
  }
  return readings;
}

const root = (variance: number | undefined, epsilon: number) => (variance === undefined ? null : Math.sqrt(variance + epsilon));

const same = (a: number[], b: number[]) => a.length === b.length && a.every((size, i) => size === b[i]);

/** The axes along which an operation goes: as it was told, else all that its shapes allow. */
function axesOf(operation: Operation, shape: number[], out: number[]): number[][] {
  const isAllowed = (axes: number[]) => {
    if (axes.some((axis) => !(axis >= 0 && axis < shape.length))) return false;
    return same(out, shape) || same(out, shape.filter((_, axis) => !axes.includes(axis))) || same(out, shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
  };
  const each = shape.map((_, axis) => axis);
  if (operation.op === "native_batch_norm") return [each.filter((axis) => axis !== 1)];
  if (operation.op === "layer_norm") {
    const normalizedShape = operation.inputs.find((input) => "text" in input && input.argument === 1);
    return [each.slice(-(normalizedShape && "text" in normalizedShape ? (normalizedShape.text.match(/\d+/g)?.length ?? 1) : 1))];
  }
  for (const input of operation.inputs) {
    if (!("text" in input)) continue;
    const named = /^(\w+)=(.*)$/.exec(input.text);
    if (named && !/^(dim|axis)$/.test(named[1]!)) continue;
    const text = (named?.[2] ?? input.text).trim();
    if (!/^[([]?\s*-?\d+(\s*,\s*-?\d+)*\s*,?\s*[)\]]?$/.test(text)) continue;
    const axes = [...text.matchAll(/-?\d+/g)].map(([digits]) => (Number(digits) < 0 ? Number(digits) + shape.length : Number(digits)));
    if (isAllowed(axes)) return [axes];
  }
  const single = shape.length > 1 ? each.map((axis) => [axis]) : [];
  return [each, ...single, ...(shape.length > 2 ? [each.filter((axis) => axis !== 1), each.slice(1)] : [])].filter(isAllowed);
}

type Power = number | ((out: (index: number | undefined) => number | null, index: number | undefined) => number | null);

/** What the letter p may be: the power of a norm, else a probability, which is what softmax gave, or what log_softmax gave the logarithm of. */
function powersOf({ inputs }: Operation): Power[] {
  const given = inputs.flatMap((input) => {
    const text = "text" in input && (input.argument === 1 || /^(p|ord)=/.test(input.text)) ? input.text.replace(/^(p|ord)=/, "") : "";
    return text !== "" && Number.isFinite(Number(text)) ? [Number(text)] : [];
  });
  return [
    ...given,
    2,
    (out, index) => out(index),
    (out, index) => {
      const logarithm = out(index);
      return logarithm === null ? null : Math.exp(logarithm);
    },
  ];
}

// ---- the class of each row

function classReadings({ result, g }: Rule, tree: Node, previews: Previews): Reading[] {
  const x = previews.get("x");
  const y = previews.get("y");
  if (!x || !y || x.shape.length !== 2 || y.shape.length !== 1 || x.shape[0] !== y.shape[0]) return [];
  if (g && !same(result.shape, x.shape)) return [];
  const [rows, classes] = x.shape as [number, number];
  return [
    (at) => ({
      tree,
      scope: {
        value(name, indices) {
          if (name === "x") return indices.length === 2 ? numberOf(x.values[indices[0]! * classes + indices[1]!]) : null;
          if (name === "y") return indices.length === 1 ? numberOf(y.values[indices[0]!]) : null;
          if (indices.length) return null;
          if (name === "n") return rows;
          if (name === "i" && g) return Math.floor(at / classes);
          if (name === "k" && g) return at % classes;
          const preview = previews.get(name);
          return preview && elementCount(preview.shape) === 1 ? numberOf(preview.values[0]) : null;
        },
        range: (index) => (index === "i" ? rows : null),
      },
    }),
  ];
}
