// A tensor as a small picture: its last axis across, all others down, each element a square. Blue is negative, ochre positive, both
// stronger with size, so that it reads without telling red from green; what is not a number is crossed out.
import type { Num, Preview } from "../../../wasm/src/trace.ts";

export interface HeatCell {
  x: number;
  y: number;
  /** -1 … 1 of the largest size shown; null for nan, inf and -inf. */
  level: number | null;
  text: string;
}

export interface Heat {
  columns: number;
  rows: number;
  cells: HeatCell[];
  /** Not all of the tensor is in the picture. */
  isCut: boolean;
}

export function heatOf({ shape, values }: Preview, most = 12): Heat {
  const width = shape.at(-1) ?? 1;
  const height = width === 0 ? 0 : shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const columns = Math.min(width, most);
  const rows = Math.min(height, most);
  const at = (x: number, y: number): Num | undefined => values[y * width + x];
  let largest = 0;
  const cells: HeatCell[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const value = at(x, y);
      if (value === undefined) continue;
      if (typeof value === "number") largest = Math.max(largest, Math.abs(value));
      cells.push({ x, y, level: typeof value === "number" ? value : null, text: String(value) });
    }
  }
  if (largest > 0) for (const cell of cells) if (cell.level !== null) cell.level /= largest;
  return { columns, rows, cells, isCut: columns < width || rows < height || cells.length < columns * rows };
}

/** Squares of tall pictures are smaller, so that a column of numbers is not a tower. */
export function squareSize({ rows }: Heat, largest: number): number {
  return Math.max(4, Math.min(largest, Math.floor(40 / Math.max(rows, 1))));
}
