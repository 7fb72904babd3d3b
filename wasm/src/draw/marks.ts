// The marks of an axes, by kind.
import * as Plot from "@observablehq/plot";
import { contours } from "d3-contour";
import { colouring, css, mapOf, parts } from "../colours.ts";
import type { Arrows, Bars, Contour, Faces, Line, Mark, Picture, Points } from "../figure.ts";
import { custom } from "./custom.ts";
import { dashes, POINT, type Create } from "./shared.ts";
import { drawWords } from "./words.ts";

export function drawMark(mark: Mark, create: Create): Plot.Markish[] {
  const opacity = mark.alpha ?? 1;
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
