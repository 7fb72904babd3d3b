// A small curve through a series of numbers; what is no number breaks it.
import type { Num } from "../../../wasm/src/trace.ts";

export interface Curve {
  /** For an SVG path. */
  path: string;
  /** Where it ends; null when the last value is no number. */
  end: { x: number; y: number } | null;
}

export function curveThrough(values: Num[], width: number, height: number, pad: number): Curve {
  const numbers = values.filter((value): value is number => typeof value === "number");
  const low = Math.min(...numbers);
  const range = Math.max(...numbers) - low || 1;
  let path = "";
  let end: Curve["end"] = null;
  values.forEach((value, i) => {
    if (typeof value !== "number") {
      end = null;
      return;
    }
    const x = pad + (i / Math.max(values.length - 1, 1)) * (width - 2 * pad);
    const y = height - pad - ((value - low) / range) * (height - 2 * pad);
    path += `${end ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    end = { x, y };
  });
  return { path, end };
}
