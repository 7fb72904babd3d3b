// Texts in a figure: mathematics made readable, lines, and annotations with their arrows.
import type * as Plot from "@observablehq/plot";
import { css } from "../colours.ts";
import type { Words } from "../figure.ts";
import { custom } from "./custom.ts";
import { POINT, type Create, type Room } from "./shared.ts";

export function drawWords(mark: Words, opacity: number, create: Create): Plot.Markish {
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
export function lines(text: string, create: Create, attributes: Record<string, string | number>): SVGElement[] {
  const size = Number(attributes["font-size"] ?? 11);
  return readable(text).split("\n").map((line, i) => create("text", { ...attributes, y: Number(attributes.y) + i * size * 1.2 }, line));
}

const GREEK: Record<string, string> = { alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", eta: "η", theta: "θ", lambda: "λ", mu: "μ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", omega: "ω", nabla: "∇", partial: "∂", cdot: "·", times: "×", infty: "∞", Delta: "Δ", Sigma: "Σ", sum: "∑", pm: "±", leq: "≤", geq: "≥", approx: "≈" };
const UP: Record<string, string> = { "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "-": "⁻", n: "ⁿ", T: "ᵀ" };
const DOWN: Record<string, string> = { "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉", i: "ᵢ", t: "ₜ", n: "ₙ" };

export function readable(text: string): string {
  return text.replace(/\$([^$]+)\$/g, (_, math: string) =>
    math
      .replace(/\\(?:mathrm|mathbf|text)\{([^}]*)\}/g, "$1")
      .replace(/\\([A-Za-z]+) ?/g, (all, name: string) => GREEK[name] ?? (["left", "right"].includes(name) ? "" : ["sin", "cos", "tan", "exp", "log", "tanh"].includes(name) ? name : all))
      .replace(/\^\{?([-0-9nT]+)\}?/g, (_, up: string) => [...up].map((c) => UP[c] ?? c).join(""))
      .replace(/_\{?([0-9itn]+)\}?/g, (_, down: string) => [...down].map((c) => DOWN[c] ?? c).join(""))
      .replace(/[{}]/g, ""),
  );
}
