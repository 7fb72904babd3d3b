// From values to pixels and back, and round numbers along an axis.
import { ticks } from "d3-array";

export interface Scale {
  (value: number): number;
  back(pixel: number): number;
  ticks: number[];
}

export function scale([low, high]: [number, number], from: number, to: number, count = 5): Scale {
  const at = (value: number) => from + ((value - low) / (high - low || 1)) * (to - from);
  return Object.assign(at, { back: (pixel: number) => low + ((pixel - from) / (to - from)) * (high - low), ticks: ticks(low, high, count) });
}

/** For the loss over the steps: in powers where it spans many. */
export function lossScale(values: number[], from: number, to: number): Scale & { isLog: boolean } {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  if (finite.length && low > 0 && high / low > 50) {
    const inner = scale([Math.log10(low), Math.log10(high)], from, to, 3);
    const marks = ticks(Math.log10(low), Math.log10(high), 3).filter(Number.isInteger).map((power) => 10 ** power);
    return Object.assign((value: number) => inner(Math.log10(value)), { back: (pixel: number) => 10 ** inner.back(pixel), ticks: marks, isLog: true });
  }
  return Object.assign(scale(finite.length ? [low, high === low ? low + 1 : high] : [0, 1], from, to, 3), { isLog: false });
}

export function short(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const rounded = Number(value.toPrecision(4));
  const text = Math.abs(rounded) >= 1e6 ? rounded.toExponential() : String(rounded);
  return text.replace(/e\+?(-?\d+)/, "e$1").replace(/^-/, "−");
}
