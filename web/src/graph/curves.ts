// The lines of the graph: smooth curves that leave a card downwards and enter a sign from above. A straight swing where the way is free,
// else along the bends that the layout found around other cards.
import type { Way } from "./layers.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

const CLEAR = 5;

/** `bends` are used only if the direct curve would cross one of the `obstacles`. */
export function curveBetween(start: Point, end: Point, bends: Point[], obstacles: Box[]): string {
  const direct = [start, end];
  if (!bends.length || !crosses(direct, obstacles)) return pathThrough(direct);
  return pathThrough([start, ...bends.filter(({ y }) => y > start.y + 6 && y < end.y - 6), end]);
}

const TURN = 24;

/** Along the way that layers.ts found; from the foot of one column to the head of the next through the gap between them. */
export function curveAlong(start: Point, way: Way | undefined, end: Point): string {
  if (!way) return pathThrough([start, end]);
  const last = way.runs.length - 1;
  const pieces = way.runs
    .map(({ points, column }, i) => ({ column, points: [...(i === 0 && !way.branches ? [start] : []), ...points, ...(i === last ? [end] : [])] }))
    .filter(({ points }) => points.length > 0);
  let path = "";
  let gap = 0;
  pieces.forEach(({ points, column: { top, bottom } }, i) => {
    const [head, foot] = [points[0]!, points.at(-1)!];
    if (i > 0) path += `L${round({ x: gap, y: top })}C${round({ x: gap, y: top - TURN })} ${round({ x: head.x, y: top - TURN })} ${round(head)}`;
    path += i > 0 ? pathThrough(points).replace(/^[^C]*/, "") : pathThrough(points);
    if (i === pieces.length - 1) return;
    gap = pieces[i + 1]!.column.left - TURN - (Math.abs(Math.round(start.x + start.y)) % 4) * 5;
    path += `L${round({ x: foot.x, y: bottom })}C${round({ x: foot.x, y: bottom + TURN })} ${round({ x: gap, y: bottom + TURN })} ${round({ x: gap, y: bottom - TURN })}`;
  });
  return path;
}

/** From an in-place operation back up to what it changed, around the side on which it stands. */
export function curveBack(from: Box, to: Box): string {
  const isLeft = from.x + from.width / 2 < to.x + to.width / 2;
  const edge = (box: Box) => (isLeft ? box.x : box.x + box.width);
  const side = isLeft ? Math.min(from.x, to.x) - 30 : Math.max(edge(from), edge(to)) + 30;
  const [start, end] = [from, to].map(({ y, height }) => y + height / 2) as [number, number];
  return `M${round({ x: edge(from), y: start })}C${round({ x: side, y: start })} ${round({ x: side, y: end })} ${round({ x: edge(to) + (isLeft ? -3 : 3), y: end })}`;
}

/** The path with x and y in each other's place: of a graph that runs to the right. */
export const turned = (path: string): string => path.replace(/(-?[\d.]+) (-?[\d.]+)/g, "$2 $1");

/** Slopes (dx/dy) at the points: upright at both ends, the mean of both sides between, none where the curve turns back. */
function slopes(points: Point[]): number[] {
  const between = points.slice(1).map((point, i) => (point.x - points[i]!.x) / Math.max(point.y - points[i]!.y, 1));
  return points.map((_, i) => {
    const [before, after] = [between[i - 1], between[i]];
    if (before === undefined || after === undefined || before * after <= 0) return 0;
    return (2 * before * after) / (before + after);
  });
}

/** The two control points of the piece that ends at point i. */
function controls(points: Point[], slope: number[], i: number): [Point, Point] {
  const [a, b] = [points[i - 1]!, points[i]!];
  const reach = (b.y - a.y) * (points.length === 2 ? 0.5 : 0.4);
  return [
    { x: a.x + slope[i - 1]! * reach, y: a.y + reach },
    { x: b.x - slope[i]! * reach, y: b.y - reach },
  ];
}

function pathThrough(points: Point[]): string {
  const slope = slopes(points);
  let path = `M${round(points[0]!)}`;
  for (let i = 1; i < points.length; i++) {
    const [c, d] = controls(points, slope, i);
    path += `C${round(c)} ${round(d)} ${round(points[i]!)}`;
  }
  return path;
}

const round = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

function crosses(points: Point[], obstacles: Box[]): boolean {
  const [c, d] = controls(points, slopes(points), 1);
  const [a, b] = points as [Point, Point];
  for (let t = 0.05; t < 1; t += 0.05) {
    const u = 1 - t;
    const mix = (axis: "x" | "y") =>
      u * u * u * a[axis] + 3 * u * u * t * c[axis] + 3 * u * t * t * d[axis] + t * t * t * b[axis];
    const [x, y] = [mix("x"), mix("y")];
    for (const box of obstacles) {
      if (x > box.x - CLEAR && x < box.x + box.width + CLEAR && y > box.y - CLEAR && y < box.y + box.height + CLEAR) return true;
    }
  }
  return false;
}
