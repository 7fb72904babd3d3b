// Draws a figure as SVG with Observable Plot: one plot for each axes, put into one picture. The same code in the page and, with a small DOM,
// in node. Order: the layout of the figure, one axes, its marks by kind, legend and colour bar, small helpers.
import * as Plot from "@observablehq/plot";
import { contours } from "d3-contour";
import { colouring, css, mapOf, parts } from "./colours.ts";
import type { Arrows, Axes, Bars, Contour, Dash, Faces, Figure, Line, Mark, Picture, Points, Words } from "./figure.ts";

export interface DrawOptions {
  document: Document;
  /** The room that there is; the figure is made smaller, never larger than it asked for. */
  width?: number;
  /** Colours of its own, for a file that stands alone. */
  alone?: boolean;
}

const SVG = "http://www.w3.org/2000/svg";
/** Pixels to a point: 100 pixels to an inch of 72 points. */
const POINT = 100 / 72;
/** Axes narrower than this are put under one another. */
const NARROW = 230;
const TITLE = 28;

type Create = (name: string, attributes?: Record<string, string | number>, text?: string) => SVGElement;

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

function ticksOf(axes: Axes, axis: "x" | "y", room: number): { ticks: number[] | number; tickFormat?: (value: number, i: number) => string } {
  const given = axes[`${axis}ticks`];
  if (given) {
    const [low, high] = [...axes[`${axis}lim`]].sort((a, b) => a - b) as [number, number];
    const kept = given[0].map((at, i) => [at, given[1] ? (given[1][i] ?? "") : short(at)] as const).filter(([at]) => at >= low && at <= high);
    const each = axis === "x" ? Math.ceil(Math.max(...kept.map(([, label]) => label.length), 1) * 7 * kept.length / Math.max(room, 1)) : 1;
    return { ticks: kept.map(([at]) => at), tickFormat: (value, i) => (i % Math.max(each, 1) ? "" : (kept.find(([at]) => at === value)?.[1] ?? "")) };
  }
  const [low, high] = [...axes[`${axis}lim`]].sort((a, b) => a - b) as [number, number];
  if (axes[`${axis}scale`] === "log" && low > 0) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const step = Math.max(1, Math.ceil((last - first) / Math.max(room / 45, 1)));
    const ticks: number[] = [];
    for (let power = first; power <= last; power += step) ticks.push(10 ** power);
    if (ticks.length >= 2) return { ticks, tickFormat: (value) => `10${raised(Math.round(Math.log10(value)))}` };
  }
  if (axes[`${axis}scale`] !== "linear") return { ticks: Math.max(2, Math.round(room / (axis === "x" ? 65 : 45))), tickFormat: short };
  const round = roundNumbers(low, high, Math.max(2, Math.round(room / (axis === "x" ? 65 : 45))));
  return { ticks: round.at, tickFormat: (value) => round.text(value) };
}

/** Multiples of 1, 2 or 5 from low to high, about so many, and how they are written: all with as many digits. */
function roundNumbers(low: number, high: number, count: number): { at: number[]; text: (value: number) => string } {
  const each = (high - low) / count || 1;
  const scale = 10 ** Math.floor(Math.log10(each));
  const step = scale * ([1, 2, 5].find((_, i) => each / scale < [Math.sqrt(2), Math.sqrt(10), Math.sqrt(50)][i]!) ?? 10);
  const at: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= Math.floor(high / step + 1e-9) && at.length < 60; ++i) at.push(Number((i * step).toPrecision(12)));
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return { at, text: (value) => (digits > 6 || largest >= 1e6 ? short(value) : minus(value.toFixed(digits))) };
}

/** How wide the numbers beside the y axis are, with their ticks; `height` is that of the axes with its margins. */
function tickRoom(axes: Axes, height: number): number {
  const round = roundNumbers(Math.min(...axes.ylim), Math.max(...axes.ylim), Math.max(2, Math.round((height - 44) / 45)));
  const labels = axes.yticks ? (axes.yticks[1] ?? axes.yticks[0].map(short)) : axes.yscale === "log" ? ["10⁻¹⁰"] : round.at.map(round.text);
  return Math.min(Math.max(...labels.map((label) => label.length), 1) * 6.6 + 14, 130);
}

const minus = (text: string) => text.replace(/^-/, "−").replace("e-", "e−").replace("e+", "e");

function short(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return minus(size >= 1e6 || size < 1e-4 ? String(Number(value.toPrecision(4)).toExponential()) : String(Number(value.toPrecision(7))));
}

const raised = (power: number) => minus(String(power)).replace(/./g, (c) => (c === "−" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]!));

// --------------------------------------------------------------------------------------------------------------------- marks

function drawMark(mark: Mark, create: Create): Plot.Markish[] {
  const opacity = mark.alpha ?? 1;
  const label = mark.label ?? undefined;
  switch (mark.kind) {
    case "line":
      return drawLine(mark, opacity);
    case "points":
      return [drawPoints(mark, opacity)];
    case "bars":
      return [drawBars(mark, opacity)];
    case "area":
      return [Plot.areaY(indices(mark.x), { x: at(mark.x), y1: at(mark.low), y2: at(mark.high), fill: css(mark.color), fillOpacity: opacity, clip: true })];
    case "polygon":
      return [Plot.line(indices(mark.x), { x: at(mark.x), y: at(mark.y), curve: "linear-closed", fill: css(mark.color), stroke: mark.edge ? css(mark.edge) : "none", strokeWidth: (mark.width ?? 1) * POINT, fillOpacity: opacity, clip: true })];
    case "faces":
      return [drawFaces(mark, opacity, create)];
    case "segments":
      return [Plot.link(indices(mark.x1), { x1: at(mark.x1), y1: at(mark.y1), x2: at(mark.x2), y2: at(mark.y2), stroke: css(mark.color), strokeWidth: mark.width * POINT, strokeDasharray: dashes(mark.dash, mark.width), strokeOpacity: opacity, markerEnd: mark.head ? "arrow" : undefined, clip: !mark.head })];
    case "arrows":
      return [drawArrows(mark, opacity)];
    case "rule":
      return [(mark.axis === "x" ? Plot.ruleX : Plot.ruleY)([mark.at], { stroke: css(mark.color), strokeWidth: mark.width * POINT, strokeDasharray: dashes(mark.dash, mark.width), strokeOpacity: opacity, clip: true })];
    case "span":
      return [mark.axis === "x" ? Plot.rectX([mark], { x1: mark.low, x2: mark.high, fill: css(mark.color), fillOpacity: opacity, clip: true }) : Plot.rectY([mark], { y1: mark.low, y2: mark.high, fill: css(mark.color), fillOpacity: opacity, clip: true })];
    case "contour":
      return [drawContour(mark, opacity, create)];
    case "image":
      return [drawPicture(mark, opacity, create)];
    case "text":
      return [drawWords(mark, opacity, create)];
    default:
      return label ? [] : [];
  }
}

const indices = (list: readonly unknown[]) => list.map((_, i) => i);
const at = (list: readonly (number | null)[]) => (i: number) => list[i];
const one = (color: string | string[], i: number) => css(typeof color === "string" ? color : color[i]!);

function drawLine(mark: Line, opacity: number): Plot.Markish[] {
  const marks: Plot.Markish[] = [];
  const [x, y] = [at(mark.x), at(mark.y)];
  if (mark.dash !== "none" && mark.width > 0) {
    marks.push(Plot.line(indices(mark.x), { x, y, stroke: css(mark.color), strokeWidth: mark.width * POINT, strokeDasharray: dashes(mark.dash, mark.width), strokeOpacity: opacity, strokeLinejoin: "round", clip: true }));
  }
  if (mark.marker) {
    const stroked = "+x1234|_".includes(mark.marker);
    const color = css(mark.color), edge = css(mark.edge ?? mark.color);
    const r = (mark.size / 2) * POINT * (mark.marker === "." ? 0.5 : mark.marker === "," ? 0.15 : 1);
    marks.push(Plot.dot(indices(mark.x), { x, y, r, symbol: symbol(mark.marker), rotate: turned(mark.marker), fill: stroked ? "none" : css(mark.face ?? mark.color), stroke: stroked ? color : edge, strokeWidth: 1.2, opacity, clip: true }));
  }
  return marks;
}

function drawPoints(mark: Points, opacity: number): Plot.Markish {
  const stroked = "+x1234|_".includes(mark.marker);
  const shade = mark.color === null ? colouring(mark.cmap ?? "viridis", mark.low ?? 0, mark.high ?? 1) : null;
  const color = shade ? (i: number) => shade(mark.values?.[i]) : (i: number) => one(mark.color!, i);
  const small = mark.marker === "." ? 0.5 : mark.marker === "," ? 0.15 : 1;
  const r = (i: number) => (Math.sqrt(typeof mark.size === "number" ? mark.size : (mark.size[i] ?? 0)) / 2) * POINT * small;
  const edge = mark.edge ? css(mark.edge) : "none";
  return Plot.dot(indices(mark.x), {
    x: at(mark.x),
    y: at(mark.y),
    r: { value: r, scale: null } as unknown as Plot.ChannelValue,
    symbol: symbol(mark.marker),
    rotate: turned(mark.marker),
    fill: stroked ? "none" : ({ value: color, scale: null } as unknown as Plot.ChannelValue),
    stroke: stroked ? ({ value: color, scale: null } as unknown as Plot.ChannelValue) : edge,
    strokeWidth: (mark.width ?? 1) * POINT,
    opacity,
    sort: null,
    clip: true,
  });
}

function symbol(marker: string): Plot.SymbolType {
  const known: Record<string, Plot.SymbolType> = { s: "square", "^": "triangle", v: "triangle", "<": "triangle", ">": "triangle", D: "diamond", d: "diamond", "*": "star", "+": "plus", "|": "plus", _: "plus", P: "cross", x: "times", X: "times", h: "hexagon", H: "hexagon", p: "hexagon", "8": "circle" };
  return known[marker] ?? "circle";
}

const turned = (marker: string) => ({ v: 180, "<": -90, ">": 90 })[marker] ?? 0;

function drawBars(mark: Bars, opacity: number): Plot.Markish {
  return Plot.rect(indices(mark.x0), {
    x1: at(mark.x0),
    x2: at(mark.x1),
    y1: at(mark.y0),
    y2: at(mark.y1),
    fill: { value: (i: number) => one(mark.color, i), scale: null } as unknown as Plot.ChannelValue,
    fillOpacity: opacity,
    stroke: mark.edge ? css(mark.edge) : "none",
    strokeWidth: mark.width,
    clip: true,
  });
}

function drawArrows(mark: Arrows, opacity: number): Plot.Markish {
  const color = css(mark.color);
  if (mark.exact) {
    return Plot.arrow(indices(mark.x), { x1: at(mark.x), y1: at(mark.y), x2: (i: number) => mark.x[i]! + mark.dx[i]!, y2: (i: number) => mark.y[i]! + mark.dy[i]!, stroke: color, strokeWidth: 2.2, headLength: 7, strokeOpacity: opacity });
  }
  const lengths = mark.dx.map((dx, i) => Math.hypot(dx ?? 0, mark.dy[i] ?? 0));
  const longest = Math.max(...lengths, 1e-300);
  const room = Math.min(60, 330 / Math.sqrt(Math.max(lengths.length, 1)) + 6);
  return Plot.vector(indices(mark.x), {
    x: at(mark.x),
    y: at(mark.y),
    length: { value: (i: number) => (lengths[i]! / longest) * room, scale: null } as unknown as Plot.ChannelValue,
    rotate: (i: number) => (Math.atan2(mark.dx[i] ?? 0, mark.dy[i] ?? 0) * 180) / Math.PI,
    anchor: "start",
    stroke: color,
    strokeOpacity: opacity,
    r: 2.5,
    clip: true,
  });
}

function dashes(dash: Dash, width: number): string | undefined {
  const w = Math.max(width, 0.5) * POINT;
  const pattern = { dashed: [3.7, 1.6], dashdot: [6.4, 1.6, 1, 1.6], dotted: [1, 1.65], solid: null, none: null }[dash];
  return pattern?.map((part) => (part * w).toFixed(1)).join(" ");
}

type Scales = { x: (value: number) => number; y: (value: number) => number };

/** A mark of our own: draws with the scales of the plot. */
function custom(draw: (scales: Scales, room: { left: number; right: number; top: number; bottom: number }) => SVGElement[], create: Create, clip: boolean): Plot.Markish {
  return (_index, scales, _channels, dimensions) => {
    const group = create("g");
    const room = { left: dimensions.marginLeft, right: dimensions.width - dimensions.marginRight, top: dimensions.marginTop, bottom: dimensions.height - dimensions.marginBottom };
    if (clip) {
      const id = `figure-clip-${++clips}`;
      const path = create("clipPath", { id });
      path.append(create("rect", { x: room.left, y: room.top, width: room.right - room.left, height: room.bottom - room.top }));
      group.append(path);
      group.setAttribute("clip-path", `url(#${id})`);
    }
    group.append(...draw(scales as unknown as Scales, room));
    return group;
  };
}
let clips = 0;

function drawContour(mark: Contour, opacity: number, create: Create): Plot.Markish {
  const [columns, rows] = [mark.x.length, mark.y.length];
  const shade = colouring(mark.cmap, mark.low, mark.high);
  const values = mark.values.map((value) => value ?? NaN);
  return custom(
    ({ x, y }) => {
      const place = (list: number[], index: number) => {
        const clamped = Math.min(Math.max(index - 0.5, 0), list.length - 1);
        const i = Math.min(Math.floor(clamped), list.length - 2);
        return list[i]! + (list[i + 1]! - list[i]!) * (clamped - i);
      };
      const onEdge = (a: number, b: number, size: number) => a === b && (a <= 0.5 || a >= size - 0.5);
      const shapes = contours().size([columns, rows]).smooth(true);
      const out: SVGElement[] = [];
      mark.levels.forEach((level, i) => {
        if (mark.filled && i === mark.levels.length - 1) return;
        const { coordinates } = shapes.contour(values, level);
        let path = "";
        for (const polygon of coordinates) {
          for (const ring of polygon) {
            let pen = "M";
            ring.forEach(([gx, gy], k) => {
              const before = ring[k - 1];
              const hidden = !mark.filled && before && (onEdge(before[0]!, gx!, columns) || onEdge(before[1]!, gy!, rows));
              path += `${hidden ? "M" : pen}${x(place(mark.x, gx!)).toFixed(1)} ${y(place(mark.y, gy!)).toFixed(1)}`;
              pen = "L";
            });
            if (mark.filled) path += "Z";
          }
        }
        if (!path) return;
        const middle = mark.filled ? (level + mark.levels[i + 1]!) / 2 : level;
        const color = mark.colors ? css(mark.colors[i % mark.colors.length]!) : shade(middle)!;
        out.push(mark.filled ? create("path", { d: path, fill: color, "fill-opacity": opacity, stroke: color, "stroke-width": 0.4, "stroke-opacity": opacity }) : create("path", { d: path, fill: "none", stroke: color, "stroke-width": mark.width * POINT, "stroke-opacity": opacity, ...(dashes(mark.dash, mark.width) ? { "stroke-dasharray": dashes(mark.dash, mark.width)! } : {}) }));
      });
      return out;
    },
    create,
    true,
  );
}

function drawFaces(mark: Faces, opacity: number, create: Create): Plot.Markish {
  const shade = mark.cmap === undefined ? null : colouring(mark.cmap, mark.low ?? 0, mark.high ?? 1);
  return custom(
    ({ x, y }) =>
      Array.from({ length: mark.x.length / 4 }, (_, i) => {
        const corners = [0, 1, 2, 3].map((k) => `${x(mark.x[4 * i + k]!).toFixed(1)} ${y(mark.y[4 * i + k]!).toFixed(1)}`);
        const color = shade ? (shade(mark.values?.[i]) ?? "none") : one(mark.color ?? "currentColor", i);
        // Without edges a thin stroke of the same colour closes the seams; a transparent face would show it.
        const seam = opacity < 1 ? "none" : color;
        return create("path", { d: `M${corners.join("L")}Z`, fill: color, "fill-opacity": opacity, stroke: mark.edge ? css(mark.edge) : seam, "stroke-width": mark.edge ? mark.width * POINT : 0.5, "stroke-linejoin": "round" });
      }),
    create,
    false,
  );
}

function drawPicture(mark: Picture, opacity: number, create: Create): Plot.Markish {
  const [left, right, bottom, top] = mark.box;
  return custom(
    ({ x, y }) => {
      const [x1, x2, y1, y2] = [x(left), x(right), y(top), y(bottom)];
      const flip = `${x1 > x2 ? `translate(${x1 + x2} 0) scale(-1 1)` : ""}${y1 > y2 ? `translate(0 ${y1 + y2}) scale(1 -1)` : ""}`;
      return [create("image", { href: bitmap(mark), x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1), preserveAspectRatio: "none", opacity, style: "image-rendering: pixelated", ...(flip ? { transform: flip } : {}) })];
    },
    create,
    true,
  );
}

/** The cells as a BMP, which needs no compression and no canvas. */
function bitmap({ rows, columns, values, rgb, cmap, low, high }: Picture): string {
  const stride = Math.ceil((columns * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + stride * rows).fill(255, 54);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, columns, true);
  view.setInt32(22, rows, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  const map = mapOf(cmap);
  const table = Array.from({ length: 256 }, (_, i) => parts(map(i / 255)));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      let color: number[] | undefined;
      if (rgb) color = [0, 1, 2].map((k) => Math.round(Math.min(Math.max(values[cell * rgb + k] ?? 1, 0), 1) * 255));
      else if (values[cell] !== null) color = table[Math.round(Math.min(Math.max((values[cell]! - low) / (high - low || 1), 0), 1) * 255)];
      if (color) bytes.set([color[2]!, color[1]!, color[0]!], 54 + (rows - 1 - row) * stride + column * 3);
    }
  }
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return `data:image/bmp;base64,${btoa(text)}`;
}

function drawWords(mark: Words, opacity: number, create: Create): Plot.Markish {
  const anchor = { left: "start", center: "middle", right: "end" }[mark.anchor] ?? "start";
  const baseline = { top: "hanging", center: "central", center_baseline: "central", bottom: "auto", baseline: "auto" }[mark.base] ?? "auto";
  return custom(
    ({ x, y }, room) => {
      const [px, py] = mark.inside ? [room.left + mark.x * (room.right - room.left), room.bottom - mark.y * (room.bottom - room.top)] : [x(mark.x), y(mark.y)];
      if (!Number.isFinite(px) || !Number.isFinite(py)) return [];
      const [dx, dy] = mark.shift ?? [0, 0];
      const place = { x: px + dx * POINT, y: py - dy * POINT };
      const arrow = mark.arrow ? drawArrow(mark.arrow, [x(mark.arrow.x), y(mark.arrow.y)], boxOf(mark, place), opacity, create) : [];
      return [...arrow, ...lines(mark.text, create, { ...place, fill: css(mark.color), "fill-opacity": opacity, "font-size": mark.size * 1.15, "text-anchor": anchor, "dominant-baseline": baseline })];
    },
    create,
    false,
  );
}

/** About the room that a text takes. */
function boxOf(mark: Words, { x, y }: { x: number; y: number }): Room {
  const rows = readable(mark.text).split("\n"), size = mark.size * 1.15;
  const width = Math.max(...rows.map((row) => row.length)) * size * 0.55, height = size * 1.2 * rows.length;
  const left = x - ({ center: width / 2, right: width }[mark.anchor] ?? 0);
  const top = y - ({ top: 0, center: size * 0.6, center_baseline: size * 0.6 }[mark.base] ?? size);
  return { left: left - 3, right: left + width + 3, top: top - 2, bottom: top + height + 2 };
}

/** From the edge of a text's box to just before its end. */
function drawArrow({ color, width, head }: NonNullable<Words["arrow"]>, [x, y]: [number, number], box: Room, opacity: number, create: Create): SVGElement[] {
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const;
  const [dx, dy] = [x - middle[0], y - middle[1]];
  const length = Math.hypot(dx, dy);
  const out = Math.min(dx ? (box.right - box.left) / 2 / Math.abs(dx) : Infinity, dy ? (box.bottom - box.top) / 2 / Math.abs(dy) : Infinity);
  if (!(out < 1) || !(length > 0)) return [];
  const [ux, uy] = [dx / length, dy / length];
  const [tipX, tipY] = [x - 2 * POINT * ux, y - 2 * POINT * uy];
  const long = head * POINT * (width > 2 ? 1 : 0.9), half = (head * POINT) / (width > 2 ? 2 : 2.6);
  const [backX, backY] = [tipX - long * ux, tipY - long * uy];
  const paint = { stroke: css(color), "stroke-opacity": opacity, fill: "none" };
  const shaft = create("path", { ...paint, d: `M${(middle[0] + out * dx).toFixed(1)} ${(middle[1] + out * dy).toFixed(1)}L${(head && width > 2 ? backX : tipX).toFixed(1)} ${(head && width > 2 ? backY : tipY).toFixed(1)}`, "stroke-width": (width * POINT).toFixed(1) });
  if (!head) return [shaft];
  const barbs = `M${(backX - half * uy).toFixed(1)} ${(backY + half * ux).toFixed(1)}L${tipX.toFixed(1)} ${tipY.toFixed(1)}L${(backX + half * uy).toFixed(1)} ${(backY - half * ux).toFixed(1)}`;
  return [shaft, create("path", width > 2 ? { d: `${barbs}Z`, fill: css(color), "fill-opacity": opacity } : { ...paint, d: barbs, "stroke-width": (width * POINT).toFixed(1) })];
}

/** A text of one or several lines; mathematics between dollars is shown without them. */
function lines(text: string, create: Create, attributes: Record<string, string | number>): SVGElement[] {
  const size = Number(attributes["font-size"] ?? 11);
  return readable(text).split("\n").map((line, i) => create("text", { ...attributes, y: Number(attributes.y) + i * size * 1.2 }, line));
}

const GREEK: Record<string, string> = { alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", eta: "η", theta: "θ", lambda: "λ", mu: "μ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", omega: "ω", nabla: "∇", partial: "∂", cdot: "·", times: "×", infty: "∞", Delta: "Δ", Sigma: "Σ", sum: "∑", pm: "±", leq: "≤", geq: "≥", approx: "≈" };
const UP: Record<string, string> = { "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "-": "⁻", n: "ⁿ", T: "ᵀ" };
const DOWN: Record<string, string> = { "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉", i: "ᵢ", t: "ₜ", n: "ₙ" };

function readable(text: string): string {
  return text.replace(/\$([^$]+)\$/g, (_, math: string) =>
    math
      .replace(/\\(?:mathrm|mathbf|text)\{([^}]*)\}/g, "$1")
      .replace(/\\([A-Za-z]+) ?/g, (all, name: string) => GREEK[name] ?? (["left", "right"].includes(name) ? "" : ["sin", "cos", "tan", "exp", "log", "tanh"].includes(name) ? name : all))
      .replace(/\^\{?([-0-9nT]+)\}?/g, (_, up: string) => [...up].map((c) => UP[c] ?? c).join(""))
      .replace(/_\{?([0-9itn]+)\}?/g, (_, down: string) => [...down].map((c) => DOWN[c] ?? c).join(""))
      .replace(/[{}]/g, ""),
  );
}

// ---------------------------------------------------------------------------------------------------- legend and colour bar

interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function drawLegend(axes: Axes, plot: Plot.Plot, room: Room, create: Create): SVGElement | null {
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

function colourBar({ cmap, low, high, label }: NonNullable<Axes["colorbar"]>, x: number, top: number, bottom: number, create: Create): SVGElement {
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
