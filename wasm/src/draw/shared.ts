// What the parts of a drawing share: elements, rooms, points, dashes.
import type { Dash } from "../figure.ts";

/** Pixels to a point: 100 pixels to an inch of 72 points. */
export const POINT = 100 / 72;

/** Makes an element of SVG. */
export type Create = (name: string, attributes?: Record<string, string | number>, text?: string) => SVGElement;

export interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function dashes(dash: Dash, width: number): string | undefined {
  const w = Math.max(width, 0.5) * POINT;
  const pattern = { dashed: [3.7, 1.6], dashdot: [6.4, 1.6, 1, 1.6], dotted: [1, 1.65], solid: null, none: null }[dash];
  return pattern?.map((part) => (part * w).toFixed(1)).join(" ");
}
