// What layers that normalize take from their input: mean, variance and what they make of a value, along the axes that they go over, or as they
// were kept in training. And how the gradient of their weight is read, which is a sum over all that it was multiplied with.
import type { Num, Operation, Preview } from "../../../wasm/src/trace.ts";
import { indexOf } from "../tensor/indices.ts";
import { elementCount } from "../tensor/text.ts";
import type { Reading } from "./readings.ts";
import { overAll, product, reading } from "./windows.ts";
import type { Rule } from "./worked.ts";

export interface Numbers {
  mean: number;
  variance: number;
}

export const isNormalizing = ({ latex }: Operation): boolean => latex.includes("\\sigma^2 + \\epsilon");

/** Where the arguments stand that have no letter. */
const EPSILON: Record<string, number> = { native_batch_norm: 7, layer_norm: 4 };
const [MEAN, VARIANCE, IS_TRAINING] = [3, 4, 5];

/** It goes by the mean and variance that were kept, not by those of its input. */
export const isKept = ({ op, inputs }: Operation): boolean => op === "native_batch_norm" && inputs.some((input) => "text" in input && input.argument === IS_TRAINING && /False$/.test(input.text));

export function epsilonOf({ op, inputs }: Operation): number {
  const given = inputs.find((input) => "text" in input && (/^eps=/.test(input.text) || input.argument === EPSILON[op]));
  return given && "text" in given ? Number(given.text.replace(/^eps=/, "")) : 1e-5;
}

export function meanOf(values: (number | null)[]): number | null {
  if (values.some((value) => value === null)) return null;
  return (values as number[]).reduce((sum, one) => sum + one, 0) / values.length;
}

/** Of the values of a lane, which lies in that channel. */
export function numbersOf({ operation, valueOf }: Pick<Rule, "operation" | "valueOf">, lane: (number | null)[], channel: number): Numbers | null {
  if (isKept(operation)) {
    const kept = (argument: number): number | null => {
      const input = operation.inputs.find((input) => "tensor" in input && input.argument === argument);
      return input && "tensor" in input ? numberOf(valueOf(input.tensor)?.values[channel]) : null;
    };
    const [mean, variance] = [kept(MEAN), kept(VARIANCE)];
    return mean === null || variance === null ? null : { mean, variance };
  }
  const mean = meanOf(lane);
  const variance = mean === null ? null : meanOf(lane.map((value) => (value! - mean) ** 2));
  return mean === null || variance === null ? null : { mean, variance };
}

/** What becomes of a value, before the weight and the bias. */
export const normalized = (value: number | null, numbers: Numbers | null, epsilon: number): number | null => (value === null || !numbers ? null : (value - numbers.mean) / Math.sqrt(numbers.variance + epsilon));

const numberOf = (value: Num | undefined): number | null => (value === undefined ? null : Number(value === "inf" ? Infinity : value === "-inf" ? -Infinity : value));

export function weightReading(rule: Rule): Reading | null {
  const { tex, operation, result, g, valueOf } = rule;
  const input = operation.inputs.find((input) => "tensor" in input && input.argument === 0);
  const x: Preview | null = input && "tensor" in input ? valueOf(input.tensor) : null;
  if (!g || !x || tex !== "\\sum g \\hat{x}" || !isNormalizing(operation) || elementCount(x.shape) > x.values.length) return null;
  const isOfLayer = operation.op === "layer_norm";
  const isOfWeight = (axis: number) => (isOfLayer ? axis >= x.shape.length - result.shape.length : axis === 1);
  // A layer normalizes along the axes of its weight, a batch along all the others.
  const lanes = grouped(x, (axis) => isOfWeight(axis) !== isOfLayer);
  const met = grouped(x, isOfWeight);
  const hat = (place: number) => {
    const lane = lanes.get(keyOf(x, place, (axis) => isOfWeight(axis) !== isOfLayer))!;
    const numbers = numbersOf(rule, lane.map((one) => numberOf(x.values[one])), indexOf(place, x.shape)[1]!);
    return normalized(numberOf(x.values[place]), numbers, epsilonOf(operation)) ?? undefined;
  };
  return (at) => {
    const places = met.get(indexOf(at, result.shape).join()) ?? [];
    return reading(overAll(product("g", "h")), places.length, { g: (k) => g.values[places[k]!], h: (k) => hat(places[k]!) });
  };
}

const keyOf = ({ shape }: Preview, place: number, isIn: (axis: number) => boolean) => indexOf(place, shape).filter((_, axis) => isIn(axis)).join();

function grouped(x: Preview, isIn: (axis: number) => boolean): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const place of x.values.keys()) {
    const key = keyOf(x, place, isIn);
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return groups;
}
