// What explains the marks of an axes: the legend and the colour bar.
import type * as Plot from "@observablehq/plot";
import { css, mapOf } from "../colours.ts";
import type { Axes, Mark } from "../figure.ts";
import { dashes, POINT, type Create, type Room } from "./shared.ts";
import { roundNumbers } from "./ticks.ts";
import { readable } from "./words.ts";

export function drawLegend(axes: Axes, plot: Plot.Plot, room: Room, create: Create): SVGElement | null {
  const shown = axes.marks.filter(({ label }) => label && !label.startsWith("_"));
  if (!shown.length) return null;
  const texts = shown.map(({ label }) => readable(label!));
  const [line, pad] = [17, 8];
  const width = Math.max(...texts.map((text) => text.length)) * 6.3 + 34 + pad * 2;
  const height = shown.length * line + pad * 1.2;
  const { x, y } = corner(axes, plot, room, width, height);
  const group = create("g", { class: "figure-legend", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  group.append(create("rect", { width: width.toFixed(1), height: height.toFixed(1), rx: 4, fill: "var(--figure-paper, #fff)", "fill-opacity": 0.85, stroke: "currentColor", "stroke-opacity": 0.2 }));
  shown.forEach((mark, i) => {
    const middle = pad * 0.6 + line * (i + 0.5);
    group.append(...swatch(mark, pad, middle, create), create("text", { x: pad + 32, y: middle, "text-anchor": "start", "dominant-baseline": "central", fill: "currentColor" }, texts[i]));
  });
  return group;
}

function swatch(mark: Mark, x: number, y: number, create: Create): SVGElement[] {
  const opacity = mark.alpha ?? 1;
  const color = "color" in mark && mark.color ? css(typeof mark.color === "string" ? mark.color : mark.color[0]!) : "colors" in mark && mark.colors ? css(mark.colors[0]!) : "cmap" in mark && mark.cmap ? mapOf(mark.cmap)(0.5) : "currentColor";
  if (mark.kind === "bars" || mark.kind === "area" || mark.kind === "faces" || mark.kind === "polygon" || mark.kind === "span") return [create("rect", { x, y: y - 5, width: 24, height: 10, fill: color, "fill-opacity": opacity })];
  const out: SVGElement[] = [];
  if (mark.kind !== "points" && !(mark.kind === "line" && mark.dash === "none")) {
    const width = "width" in mark && mark.width ? mark.width : 1.5;
    const dash = "dash" in mark ? dashes(mark.dash, width) : undefined;
    out.push(create("line", { x1: x, x2: x + 24, y1: y, y2: y, stroke: color, "stroke-width": Math.min(width * POINT, 5), "stroke-opacity": opacity, ...(dash ? { "stroke-dasharray": dash } : {}) }));
  }
  if (mark.kind === "points" || (mark.kind === "line" && mark.marker)) out.push(create("circle", { cx: x + 12, cy: y, r: mark.kind === "line" && mark.marker === "." ? 2.5 : 4, fill: color, "fill-opacity": opacity }));
  return out;
}

/** The place that was asked for, or for "best" the corner in which fewest points lie. */
function corner(axes: Axes, plot: Plot.Plot, room: Room, width: number, height: number): { x: number; y: number } {
  const gap = 8;
  const xs: Record<string, number> = { left: room.left + gap, right: room.right - width - gap, center: (room.left + room.right - width) / 2 };
  const ys: Record<string, number> = { upper: room.top + gap, lower: room.bottom - height - gap, center: (room.top + room.bottom - height) / 2 };
  const place = (name: string) => {
    const words = name === "center" ? ["center", "center"] : name === "right" ? ["center", "right"] : name.split(" ");
    return { x: xs[words[1]!] ?? xs.right!, y: ys[words[0]!] ?? ys.upper! };
  };
  if (axes.legend !== "best") return place(axes.legend!);
  const [sx, sy] = [plot.scale("x"), plot.scale("y")];
  const points = axes.marks.flatMap((mark) => {
    const list = mark.kind === "bars" ? [mark.x1, mark.y1] : mark.kind === "line" || mark.kind === "points" ? [mark.x, mark.y] : [];
    return (list[0] ?? []).map((x, i) => [x, list[1]![i]] as const);
  });
  const crowd = (name: string) => {
    const { x, y } = place(name);
    return points.filter(([px, py]) => {
      if (px == null || py == null) return false;
      const [u, v] = [sx?.apply(px) ?? NaN, sy?.apply(py) ?? NaN];
      return u > x - 4 && u < x + width + 4 && v > y - 4 && v < y + height + 4;
    }).length;
  };
  const names = ["upper right", "upper left", "lower left", "lower right", "center right", "center left", "lower center", "upper center", "center"];
  const counts = names.map(crowd);
  return place(names[counts.indexOf(Math.min(...counts))]!);
}

export function colourBar({ cmap, low, high, label }: NonNullable<Axes["colorbar"]>, x: number, top: number, bottom: number, create: Create): SVGElement {
  const group = create("g", { class: "figure-colorbar" });
  const map = mapOf(cmap);
  const steps = typeof cmap === "string" ? 48 : cmap.length;
  const each = (bottom - top) / steps;
  for (let i = 0; i < steps; i++) group.append(create("rect", { x, y: (bottom - (i + 1) * each).toFixed(2), width: 14, height: (each + 0.5).toFixed(2), fill: map(steps === 1 ? 0 : i / (steps - 1)) }));
  const round = roundNumbers(low, high, 5);
  for (const value of round.at) group.append(create("text", { x: x + 19, "text-anchor": "start", y: (bottom - ((bottom - top) * (value - low)) / (high - low || 1)).toFixed(1), "dominant-baseline": "central", fill: "currentColor" }, round.text(value)));
  if (label) group.append(create("text", { transform: `translate(${x + 70} ${(top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle", fill: "currentColor" }, readable(label)));
  return group;
}
