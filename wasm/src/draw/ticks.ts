// Where the ticks of an axis are and what is written beside them.
import type { Axes } from "../figure.ts";

export function ticksOf(axes: Axes, axis: "x" | "y", room: number): { ticks: number[] | number; tickFormat?: (value: number, i: number) => string } {
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
export function roundNumbers(low: number, high: number, count: number): { at: number[]; text: (value: number) => string } {
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
export function tickRoom(axes: Axes, height: number): number {
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
