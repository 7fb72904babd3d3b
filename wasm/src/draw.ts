// Draws a figure as SVG with Observable Plot: one plot for each axes, put into one picture. The same code in the page and, with a small DOM,
// in node. Here: the layout of the figure, and one axes; the folder draw holds its marks, ticks, texts, legend and colour bar.
import * as Plot from "@observablehq/plot";
import { colourBar, drawLegend } from "./draw/legend.ts";
import { drawMark } from "./draw/marks.ts";
import type { Create } from "./draw/shared.ts";
import { ticksOf, tickRoom } from "./draw/ticks.ts";
import { lines } from "./draw/words.ts";
import type { Axes, Figure } from "./figure.ts";

export interface DrawOptions {
  document: Document;
  /** The room that there is; the figure is made smaller, never larger than it asked for. */
  width?: number;
  /** Colours of its own, for a file that stands alone. */
  alone?: boolean;
}

const SVG = "http://www.w3.org/2000/svg";
/** Axes narrower than this are put under one another. */
const NARROW = 230;
const TITLE = 28;

export function drawFigure(figure: Figure, { document, width = figure.width, alone = false }: DrawOptions): SVGSVGElement {
  const create: Create = (name, attributes = {}, text) => {
    const element = document.createElementNS(SVG, name) as SVGElement;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const wide = Math.min(width, figure.width);
  const top = figure.title ? TITLE : 0;
  const cells = layout(figure, wide, top);
  const high = Math.ceil(Math.max(top, ...cells.map(({ y, height }) => y + height)));
  const svg = create("svg", { xmlns: SVG, viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": describe(figure), "font-family": "system-ui, sans-serif", "font-size": 11, fill: "currentColor" });
  if (alone) {
    svg.setAttribute("style", "color: #1f1e1b; background: #fff");
    svg.append(create("rect", { width: wide, height: high, fill: "#fff" }));
  }
  if (figure.title) svg.append(create("text", { x: wide / 2, y: 19, "text-anchor": "middle", "font-size": 15, "font-weight": 600 }, figure.title));
  figure.axes.forEach((axes, i) => {
    const { x, y, width, height } = cells[i]!;
    const base = figure.axes[beneath(figure.axes, i)]!;
    const plot = drawAxes(axes, base, figure.axes.filter((_, k) => k !== i && beneath(figure.axes, k) === i), width, height, document, create);
    plot.setAttribute("x", x.toFixed(1));
    plot.setAttribute("y", y.toFixed(1));
    svg.append(plot);
  });
  // The picture has one name; what Plot calls its parts is no name for a reader.
  for (const part of svg.querySelectorAll("[aria-label]")) {
    part.setAttribute("data-mark", part.getAttribute("aria-label")!);
    part.removeAttribute("aria-label");
  }
  return svg as SVGSVGElement;
}

function describe({ title, axes }: Figure): string {
  const words = [title, ...axes.map(({ title, xlabel, ylabel }) => [title, ylabel && xlabel ? `${ylabel} over ${xlabel}` : ylabel || xlabel].filter(Boolean).join(": "))];
  return `Figure${words.filter(Boolean).length ? `: ${words.filter(Boolean).join("; ")}` : ""}`;
}

/** The axes over which these lie, when they are twins; else they themselves. */
function beneath(axes: Axes[], i: number): number {
  return axes[i]!.twin ? axes.findIndex(({ twin, place }) => !twin && String(place) === String(axes[i]!.place)) : i;
}

interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
}

function layout({ axes, width, height }: Figure, wide: number, top: number): Cell[] {
  const columns = Math.max(1, ...axes.map(({ place }) => place[1]));
  const stacked = columns > 1 && wide / columns < NARROW;
  if (stacked) {
    let y = top;
    const cells: Cell[] = [];
    axes.forEach(({ place: [rows, columns, , , rowSpan, columnSpan] }, i) => {
      if (beneath(axes, i) !== i) {
        cells.push(cells[beneath(axes, i)]!);
        return;
      }
      const shape = (height * rowSpan) / rows / ((width * columnSpan) / columns);
      const cell = { x: 0, y, width: wide, height: Math.max(wide * Math.min(shape, 1.1), 170) };
      y += cell.height;
      cells.push(cell);
    });
    return cells;
  }
  const tall = Math.max(height * (wide / width), 180 * Math.max(1, ...axes.map(({ place }) => place[0]))) - (wide < width ? 0 : top);
  return axes.map(({ place: [rows, columns, row, column, rowSpan, columnSpan] }) => ({
    x: (wide * column) / columns,
    y: top + (tall * row) / rows,
    width: (wide * columnSpan) / columns,
    height: (tall * rowSpan) / rows,
  }));
}

// ------------------------------------------------------------------------------------------------------------------ one axes

/** `base` is what these axes lie over, or they themselves; `over` are the twins that lie on them. */
function drawAxes(axes: Axes, base: Axes, over: Axes[], width: number, height: number, document: Document, create: Create): SVGElement {
  const margin = marginsOf(base, base === axes ? over : [axes], height);
  if (base.equal) square(base, width, height, margin);
  const [x, y] = (["x", "y"] as const).map((axis) => ({ type: axes[`${axis}scale`], domain: axes[`${axis}lim`], label: null, axis: null }));
  const marks: Plot.Markish[] = axes.marks.flatMap((mark) => drawMark(mark, create));
  const plot = Plot.plot({
    document,
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    style: { overflow: "visible", background: "none", fontFamily: "inherit", fontSize: "inherit" },
    x: x as Plot.ScaleOptions,
    y: y as Plot.ScaleOptions,
    marks: [...(axes.off ? [] : frame(axes, width - margin.left - margin.right, height - margin.top - margin.bottom, height)), ...marks],
  }) as unknown as SVGElement & Plot.Plot;
  const middle = margin.left + (width - margin.left - margin.right) / 2;
  if (axes.title) plot.append(...lines(axes.title, create, { x: middle, y: margin.top - 10, "text-anchor": "middle", "font-size": 13, fill: "currentColor" }));
  if (axes.colorbar) plot.append(colourBar(axes.colorbar, width - margin.right + 12, margin.top, height - margin.bottom, create));
  if (axes.legend) {
    const legend = drawLegend(axes, plot, { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom }, create);
    if (legend) plot.append(legend);
  }
  return plot;
}

function marginsOf(axes: Axes, over: Axes[], height: number) {
  const right = Math.max(0, ...over.filter(({ twin }) => twin === "x").map((twin) => tickRoom(twin, height) + (twin.ylabel ? 20 : 0)));
  const above = Math.max(0, ...over.filter(({ twin }) => twin === "y").map((twin) => (twin.xlabel ? 38 : 22)));
  return {
    top: (axes.title || over.some(({ title }) => title) ? 30 : 14) + above,
    right: Math.max(axes.colorbar ? (axes.colorbar.label ? 88 : 72) : 16, right),
    bottom: axes.off ? 12 : axes.xlabel ? 46 : 30,
    left: axes.off ? 12 : tickRoom(axes, height) + (axes.ylabel ? 20 : 0),
  };
}

/** Makes a unit as long on y as on x, by giving the longer side wider margins. */
function square({ xlim, ylim }: Axes, width: number, height: number, margin: { top: number; right: number; bottom: number; left: number }) {
  const [w, h] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  const shape = Math.abs(xlim[1] - xlim[0]) / (Math.abs(ylim[1] - ylim[0]) || 1);
  if (!(shape > 0) || w <= 0 || h <= 0) return;
  if (w / h > shape) {
    const spare = (w - h * shape) / 2;
    margin.left += spare;
    margin.right += spare;
  } else {
    const spare = (h - w / shape) / 2;
    margin.top += spare;
    margin.bottom += spare;
  }
}

function frame(axes: Axes, width: number, height: number, whole: number): Plot.Markish[] {
  const marks: Plot.Markish[] = [];
  const quiet = { stroke: "currentColor", strokeOpacity: 0.13 };
  const grid = axes.grid;
  const xs = ticksOf(axes, "x", width), ys = ticksOf(axes, "y", height);
  if (grid === true || grid === "x") marks.push(Plot.gridX({ ...quiet, ticks: xs.ticks as number[] }));
  if (grid === true || grid === "y") marks.push(Plot.gridY({ ...quiet, ticks: ys.ticks as number[] }));
  const shared = { labelArrow: "none", color: "currentColor", tickSize: 4, fontSize: 11 } as const;
  if (axes.twin === "x") return [...marks, Plot.axisY({ ...shared, ...ys, anchor: "right", label: axes.ylabel || null, labelAnchor: "center", labelOffset: tickRoom(axes, whole) + 8 })];
  if (axes.twin === "y") return [...marks, Plot.axisX({ ...shared, ...xs, anchor: "top", label: axes.xlabel || null, labelAnchor: "center", labelOffset: 32 })];
  marks.push(Plot.frame({ stroke: "currentColor", strokeOpacity: 0.35 }));
  marks.push(Plot.axisX({ ...shared, ...xs, anchor: "bottom", label: axes.xlabel || null, labelAnchor: "center", labelOffset: 36 }));
  marks.push(Plot.axisY({ ...shared, ...ys, anchor: "left", label: axes.ylabel || null, labelAnchor: "center", labelOffset: tickRoom(axes, whole) + 8 }));
  return marks;
}
