// Colours of figures: matplotlib's names for maps, over d3's.
import * as chromatic from "d3-scale-chromatic";
import type { ColorMap } from "./figure.ts";

type Map = (at: number) => string;

const d3: Record<string, Map> = {
  viridis: chromatic.interpolateViridis,
  plasma: chromatic.interpolatePlasma,
  inferno: chromatic.interpolateInferno,
  magma: chromatic.interpolateMagma,
  cividis: chromatic.interpolateCividis,
  turbo: chromatic.interpolateTurbo,
  hsv: chromatic.interpolateSinebow,
  twilight: chromatic.interpolateRainbow,
  RdBu: chromatic.interpolateRdBu,
  RdYlBu: chromatic.interpolateRdYlBu,
  RdYlGn: chromatic.interpolateRdYlGn,
  Spectral: chromatic.interpolateSpectral,
  PiYG: chromatic.interpolatePiYG,
  PRGn: chromatic.interpolatePRGn,
  BrBG: chromatic.interpolateBrBG,
  PuOr: chromatic.interpolatePuOr,
  Blues: chromatic.interpolateBlues,
  Greens: chromatic.interpolateGreens,
  Reds: chromatic.interpolateReds,
  Oranges: chromatic.interpolateOranges,
  Purples: chromatic.interpolatePurples,
  YlGn: chromatic.interpolateYlGn,
  YlGnBu: chromatic.interpolateYlGnBu,
  YlOrRd: chromatic.interpolateYlOrRd,
  YlOrBr: chromatic.interpolateYlOrBr,
  BuGn: chromatic.interpolateBuGn,
  BuPu: chromatic.interpolateBuPu,
  GnBu: chromatic.interpolateGnBu,
  OrRd: chromatic.interpolateOrRd,
  PuBu: chromatic.interpolatePuBu,
  PuRd: chromatic.interpolatePuRd,
};

/** Maps that are straight lines between a few colours. */
const stops: Record<string, string> = {
  jet: "#000080 #0000ff #0080ff #00ffff #80ff80 #ffff00 #ff8000 #ff0000 #800000",
  rainbow: "#8000ff #00b5eb #80ffb4 #ffb360 #ff0000",
  coolwarm: "#3b4cc0 #6788ee #9abbff #c9d7f0 #edd1c2 #f7a889 #e26952 #b40426",
  bwr: "#0000ff #ffffff #ff0000",
  seismic: "#00004c #0000ff #ffffff #ff0000 #800000",
  gray: "#000000 #ffffff",
  Greys: "#ffffff #bfbfbf #737373 #000000",
  binary: "#ffffff #000000",
  bone: "#000000 #383855 #728f9f #c5d5d5 #ffffff",
  hot: "#0b0000 #ff0000 #ffff00 #ffffff",
  cool: "#00ffff #ff00ff",
  spring: "#ff00ff #ffff00",
  summer: "#008066 #ffff66",
  autumn: "#ff0000 #ffff00",
  winter: "#0000ff #00ff80",
  copper: "#000000 #ff9f65 #ffc77f",
};

const sets: Record<string, readonly string[]> = {
  tab10: "#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf".split(" "),
  tab20: "#1f77b4 #aec7e8 #ff7f0e #ffbb78 #2ca02c #98df8a #d62728 #ff9896 #9467bd #c5b0d5 #8c564b #c49c94 #e377c2 #f7b6d2 #7f7f7f #c7c7c7 #bcbd22 #dbdb8d #17becf #9edae5".split(" "),
  Set1: chromatic.schemeSet1,
  Set2: chromatic.schemeSet2,
  Set3: chromatic.schemeSet3,
  Paired: chromatic.schemePaired,
  Accent: chromatic.schemeAccent,
  Dark2: chromatic.schemeDark2,
  Pastel1: chromatic.schemePastel1,
  Pastel2: chromatic.schemePastel2,
};

const pick = (list: readonly string[]): Map => (at) => list[Math.min(Math.floor(at * list.length), list.length - 1)]!;

function between(list: string[]): Map {
  return (at) => {
    const place = at * (list.length - 1);
    const i = Math.min(Math.floor(place), list.length - 2);
    const [from, to] = [parts(list[i]!), parts(list[i + 1]!)];
    return toHex(from.map((part, k) => part + (to[k]! - part) * (place - i)));
  };
}

export function mapOf(cmap: ColorMap): Map {
  if (typeof cmap !== "string") return pick(cmap.map(plain));
  const reversed = cmap.endsWith("_r");
  const name = reversed ? cmap.slice(0, -2) : cmap;
  const map = d3[name] ?? (stops[name] ? between(stops[name].split(" ")) : sets[name] ? pick(sets[name]) : d3.viridis!);
  return reversed ? (at) => map(1 - at) : map;
}

/** The colour of a value between low and high; null for none. */
export function colouring(cmap: ColorMap, low: number, high: number): (value: number | null | undefined) => string | null {
  const map = mapOf(cmap);
  const range = high - low || 1;
  return (value) => (value === null || value === undefined ? null : map(Math.min(Math.max((value - low) / range, 0), 1)));
}

/** What can be hard to see on a dark page, and what stands for it there. */
const dim: Record<string, string> = { "#0000ff": "#7d8dff", blue: "#7d8dff", darkblue: "#8d9cf0", navy: "#8d9cf0", mediumblue: "#7d8dff", midnightblue: "#8d9cf0", "#008000": "#3fae4b", green: "#3fae4b", darkgreen: "#54a85c", indigo: "#a888e0", purple: "#c07fd0", maroon: "#d0757b", darkred: "#e0716b" };

/** A figure's colour as CSS. */
export function css(color: string): string {
  if (color === "ink") return "currentColor";
  if (color === "paper") return "var(--figure-paper, #fff)";
  if (color.includes("@")) return mapOf(color.slice(0, color.indexOf("@")))(Number(color.slice(color.indexOf("@") + 1)));
  return dim[color] ? `var(--figure-${color.replace("#", "")}, light-dark(${color}, ${dim[color]}))` : color; // Plot takes var(...) for a colour
}

const plain = (color: string) => (color === "ink" ? "#000000" : color === "paper" ? "#ffffff" : color);

/** Red, green and blue, 0 to 255, of "#rrggbb" or "rgb(r, g, b)". */
export function parts(color: string): number[] {
  if (color.startsWith("#")) return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return (color.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map(Number);
}

const toHex = (rgb: number[]) => "#" + rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
