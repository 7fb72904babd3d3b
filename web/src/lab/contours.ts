// Lines of equal loss over the grid, and the places where the loss is no number.
import { contours } from "d3-contour";
import type { Grid } from "./state.ts";

export interface Band {
  level: number;
  /** In units of the grid's axes, 0 to 1. */
  path: (x: (part: number) => number, y: (part: number) => number) => string;
}

const BANDS = 14;
/** Beyond this share of the values everything is one band: a loss can grow without end. */
const SHARE = 0.97;

/** The part of the grid that is known so far. */
export function known({ xs, ys, values, stride }: Grid): { columns: number; rows: number; values: number[] } {
  const columns = Math.floor((xs.length - 1) / stride) + 1;
  const rows = Math.floor((ys.length - 1) / stride) + 1;
  const out: number[] = [];
  for (let j = 0; j < rows; j++) for (let i = 0; i < columns; i++) out.push(values[j * stride * xs.length + i * stride]!);
  return { columns, rows, values: out };
}

export function bandsOf(grid: Grid): Band[] {
  const { columns, rows, values } = known(grid);
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (finite.length < 2) return [];
  const low = finite[0]!;
  const high = finite[Math.floor((finite.length - 1) * SHARE)]!;
  if (!(high > low)) return [];
  // Closer together near the bottom, where the valleys are.
  const levels = Array.from({ length: BANDS }, (_, k) => low + (high - low) * (k / BANDS) ** 2);
  const most = finite.at(-1)! + (high - low);
  const filled = values.map((value) => (Number.isFinite(value) ? value : value === -Infinity ? low - (high - low) : most));
  return contours()
    .size([columns, rows])
    .thresholds(levels)(filled)
    .map(({ value, coordinates }) => ({
      level: value,
      path: (x, y) =>
        coordinates
          .flat()
          .map((ring) => "M" + ring.map(([i, j]) => `${x((i! - 0.5) / (columns - 1)).toFixed(1)} ${y((j! - 0.5) / (rows - 1)).toFixed(1)}`).join("L") + "Z")
          .join(""),
    }));
}

/** Cells around points where the loss is no finite number, 0 to 1. */
export function holesOf(grid: Grid): { x: number; y: number; width: number; height: number }[] {
  const { columns, rows, values } = known(grid);
  const width = 1 / (columns - 1);
  const height = rows > 1 ? 1 / (rows - 1) : 1;
  return values.flatMap((value, at) => (Number.isFinite(value) ? [] : [{ x: (at % columns) * width - width / 2, y: rows > 1 ? Math.floor(at / columns) * height - height / 2 : 0, width, height }]));
}
