// A figure as plain data: what a program drew with matplotlib (engine/torch/lib/matplotlib_*.py write it), and what draw.ts draws.
// Colours are "#rrggbb", CSS names, "ink" and "paper" (black and white, which follow the theme), or "viridis@0.5" (a map and a place in it).

/** Null stands for what is no finite number. */
export type Maybe = number | null;

export interface Figure {
  id: number;
  /** In CSS pixels, at 100 to matplotlib's inch. */
  width: number;
  height: number;
  title: string;
  /** What the program saved it as. */
  name: string | null;
  axes: Axes[];
}

export interface Axes {
  /** In a grid of rows and columns: row, column, and how many it spans. */
  place: [rows: number, columns: number, row: number, column: number, rowSpan: number, columnSpan: number];
  /** Lies over the axes before it at the same place and shares their x (or y) axis; its other axis stands at the right (or on top). */
  twin: "x" | "y" | null;
  title: string;
  xlabel: string;
  ylabel: string;
  xscale: Scale;
  yscale: Scale;
  xlim: [number, number];
  ylim: [number, number];
  xticks: Ticks | null;
  yticks: Ticks | null;
  grid: boolean | "x" | "y";
  /** Where the legend stands; null: there is none. */
  legend: string | null;
  off: boolean;
  /** One unit is as long on x as on y. */
  equal: boolean;
  colorbar: { cmap: ColorMap; low: number; high: number; label: string } | null;
  marks: Mark[];
}

export type Scale = "linear" | "log" | "symlog";
export type Ticks = [at: number[], labels: string[] | null];
export type Dash = "solid" | "dashed" | "dashdot" | "dotted" | "none";
/** By name (with "_r" reversed), or a list of colours. */
export type ColorMap = string | string[];

export type Mark = Line | Points | Bars | Area | Polygon | Faces | Segments | Arrows | Rule | Span | Contour | Picture | Words;

interface Shared {
  alpha: number | null;
  label?: string | null;
}

export interface Line extends Shared {
  kind: "line";
  x: Maybe[];
  y: Maybe[];
  color: string;
  width: number;
  dash: Dash;
  marker: string | null;
  size: number;
  face: string | null;
  edge: string | null;
}

export interface Points extends Shared {
  kind: "points";
  x: Maybe[];
  y: Maybe[];
  marker: string;
  /** Null: by `values` and `cmap`. */
  color: string | string[] | null;
  values?: Maybe[];
  cmap?: ColorMap;
  low?: number;
  high?: number;
  /** Area in square points, as matplotlib counts. */
  size: number | number[];
  edge: string | null;
  width: number | null;
}

export interface Bars extends Shared {
  kind: "bars";
  x0: Maybe[];
  x1: Maybe[];
  y0: Maybe[];
  y1: Maybe[];
  color: string | string[];
  edge: string | null;
  width: number;
}

export interface Area extends Shared {
  kind: "area";
  x: Maybe[];
  low: Maybe[];
  high: Maybe[];
  color: string;
}

export interface Polygon extends Shared {
  kind: "polygon";
  x: Maybe[];
  y: Maybe[];
  color: string;
  edge?: string | null;
  width?: number;
}

/** Quadrilaterals, four corners each, drawn in their order. */
export interface Faces extends Shared {
  kind: "faces";
  x: number[];
  y: number[];
  /** One for all or one for each; else by `values` and `cmap`. */
  color?: string | string[];
  values?: Maybe[];
  cmap?: ColorMap;
  low?: number;
  high?: number;
  edge: string | null;
  width: number;
}

export interface Segments extends Shared {
  kind: "segments";
  x1: Maybe[];
  y1: Maybe[];
  x2: Maybe[];
  y2: Maybe[];
  color: string;
  width: number;
  dash: Dash;
  head: boolean;
}

export interface Arrows extends Shared {
  kind: "arrows";
  x: Maybe[];
  y: Maybe[];
  dx: Maybe[];
  dy: Maybe[];
  color: string;
  /** Do dx and dy count in the units of the axes? Else only their direction on the page and their lengths against one another matter. */
  exact: boolean;
}

export interface Rule extends Shared {
  kind: "rule";
  axis: "x" | "y";
  at: number;
  color: string;
  dash: Dash;
  width: number;
}

export interface Span extends Shared {
  kind: "span";
  axis: "x" | "y";
  low: number;
  high: number;
  color: string;
}

export interface Contour extends Shared {
  kind: "contour";
  x: number[];
  y: number[];
  /** Row after row, from y[0] on. */
  values: Maybe[];
  levels: number[];
  filled: boolean;
  cmap: ColorMap;
  /** Instead of the map. */
  colors: string[] | null;
  low: number;
  high: number;
  width: number;
  dash: Dash;
  labelled?: boolean;
}

export interface Picture extends Shared {
  kind: "image";
  rows: number;
  columns: number;
  /** The top row first; with `rgb` that many numbers between 0 and 1 for each cell. */
  values: Maybe[];
  rgb: number | false;
  /** left, right, bottom, top */
  box: [number, number, number, number];
  cmap: ColorMap;
  low: number;
  high: number;
}

export interface Words extends Shared {
  kind: "text";
  x: number;
  y: number;
  text: string;
  color: string;
  size: number;
  anchor: string;
  base: string;
  /** Is the place a fraction of the axes? */
  inside: boolean;
  shift?: [number, number] | null;
  /** An arrow from the text to a place; widths in points, `head` 0 for a line without one. */
  arrow?: { x: number; y: number; color: string; width: number; head: number };
}
