// What is off with a formula: told from its values and autograd's at several points, so that a number that happens to fit is not taken for a
// rule that holds. Variants of the formula that are right at all of them (variants.ts) tell the rest.
import type { Variant } from "./variants.ts";

/** Values at one point; `names` are the numbers that a missing piece could be made of. */
export interface Point {
  formula: number[];
  autograd: number[];
  names: Record<string, number[]>;
  /** The names of tensors without a gradient that stayed as they are in the program, where they did. */
  kept?: string[] | null;
}

export type Finding =
  | { kind: "right" }
  /** Right as long as these tensors, which require no gradient, stay as they are: p - t needs a t whose sum is 1. */
  | { kind: "leans"; on: string[] }
  /** Right for the program's values, but not for others. */
  | { kind: "here"; at: Point }
  | { kind: "sign" }
  /** The formula times `factor` (a text) is right; `missing` false: divided by it. */
  | { kind: "factor"; factor: string; missing: boolean }
  /** The formula plus this term is right; `flipped`: it may stand there with the wrong sign. `constant`: it is a number that depends on the data, seen with these kept. */
  | { kind: "term"; term: string; negative: boolean; flipped: boolean; constant?: boolean }
  /** The formula is right but for these elements, in all of which the same number is missing. */
  | { kind: "spots"; spots: number[]; term: string; negative: boolean }
  /** It would be right with one place changed. */
  | { kind: "variant"; variant: Variant }
  | { kind: "zero" }
  | { kind: "wrong" };

const TOLERANCE = 1e-6;
/** So few points say nothing about a rule. */
const FEWEST = 3;

export function close(a: number, b: number, tolerance = TOLERANCE): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)) + tolerance * 1e-3;
}

const agree = ({ formula, autograd }: Point, tolerance: number) =>
  formula.length === autograd.length && formula.every((value, i) => close(value, autograd[i]!, tolerance));

/** The number that all of these are; null if they are not one. */
function constantOf(values: number[]): number | null {
  if (values.length < FEWEST || !values.every(Number.isFinite)) return null;
  return values.every((value) => close(value, values[0]!) || Math.abs(value - values[0]!) < 1e-12) ? values[0]! : null;
}

/** 2, 0.5, 1/3, 12, …: what could stand in a formula. */
function niceText(value: number): string | null {
  const size = Math.abs(value);
  const sign = value < 0 ? "-" : "";
  if (size < 1e-9) return null;
  for (let bottom = 1; bottom <= 12; bottom++) {
    const top = Math.round(size * bottom);
    if (top >= 1 && top <= 1000 && close(top / bottom, size)) return sign + (bottom === 1 ? String(top) : bottom === 2 || bottom === 4 || bottom === 5 || bottom === 10 ? String(top / bottom) : `${top}/${bottom}`);
  }
  const inverse = Math.round(1 / size);
  if (inverse <= 10_000 && close(1 / inverse, size)) return `${sign}1/${inverse}`;
  const short = Number(size.toPrecision(3));
  return close(short, size, 1e-9) ? sign + String(short) : null;
}

interface Candidate {
  text: string;
  /** At each point, for each element. */
  values: number[][];
}

function candidatesOf(points: Point[], leaf: string): Candidate[] {
  const count = points[0]!.autograd.length;
  const single: Candidate[] = [];
  for (const name of Object.keys(points[0]!.names)) {
    const all = points.map(({ names }) => names[name]);
    if (!all.every((values) => values && (values.length === 1 || values.length === count))) continue;
    const values = all.map((values) => Array.from({ length: count }, (_, i) => values![values!.length === 1 ? 0 : i]!));
    const varies = values.some((row) => !close(row[0]!, values[0]![0]!));
    if (varies) single.push({ text: name, values });
  }
  // What is short and what the derivative is taken by come first.
  single.sort((a, b) => Number(b.text === leaf) - Number(a.text === leaf) || a.text.length - b.text.length);
  const first = single.slice(0, 12);
  const products = first.flatMap((a, i) => first.slice(i).map((b) => product(a, b)));
  const triples = first.slice(0, 7).flatMap((a, i) => first.slice(i + 1, 7).flatMap((b, j) => first.slice(i + j + 2, 7).map((c) => product(product(a, b), c))));
  return [...single, ...products, ...triples];
}

function product(a: Candidate, b: Candidate): Candidate {
  return { text: a === b ? `${a.text}**2` : `${a.text} * ${b.text}`, values: a.values.map((row, p) => row.map((value, k) => value * b.values[p]![k]!)) };
}

/** What derivatives have as factors besides: slopes of the common functions in terms of what they gave. */
const SLOPES: [(name: string) => string, (x: number) => number][] = [
  [(name) => `(1 - ${name}**2)`, (x) => 1 - x * x],
  [(name) => `(1 - ${name})`, (x) => 1 - x],
  [(name) => `${name} * (1 - ${name})`, (x) => x * (1 - x)],
  [(name) => `(${name} > 0)`, (x) => (x > 0 ? 1 : 0)],
  [(name) => `log(${name})`, Math.log],
  [(name) => `exp(${name})`, Math.exp],
  [(name) => `exp(-${name})`, (x) => Math.exp(-x)],
  [(name) => `cos(${name})`, Math.cos],
  [(name) => `sin(${name})`, Math.sin],
  [(name) => `sqrt(${name})`, Math.sqrt],
];

const slopesOf = (candidates: Candidate[]): Candidate[] =>
  SLOPES.flatMap(([text, of]) => candidates.filter(({ text }) => !text.includes("*")).map((one) => ({ text: text(one.text), values: one.values.map((row) => row.map(of)) })));

const times = (factor: string, text: string) => (factor === "1" ? text : factor === "-1" ? `-${text}` : `${factor} * ${text}`);

const namesIn = (text: string) => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];

/** What one piece says better than the other: a slip of the pen in one place, unless a sign, a number or one name as a factor or term tells it all. */
export function preferred(finding: Finding, variants: Variant[]): Finding {
  const variant = variants.find(({ kind }) => kind === "sign") ?? variants[0];
  if (!variant) return finding;
  const isSimple = finding.kind === "factor" || finding.kind === "term" ? !/[*(]/.test(finding.kind === "factor" ? finding.factor : finding.term) && !(finding.kind === "term" && (variant.kind === "sign" || finding.constant)) : finding.kind !== "wrong";
  return isSimple ? finding : { kind: "variant", variant };
}

/** `points`: the program's own values first. `leaf`: what the derivative is taken by. `formula`: as it was written. */
export function diagnose([here, ...elsewhere]: [Point, ...Point[]], leaf: string, formula: string, tolerance = TOLERANCE): Finding {
  const kept = elsewhere.filter(({ kept }) => kept);
  const moved = elsewhere.filter(({ kept }) => !kept);
  if (agree(here, tolerance)) {
    const other = kept.find((point) => !agree(point, tolerance)) ?? moved.find((point) => !agree(point, tolerance));
    if (other && kept.length && kept.every((point) => agree(point, tolerance))) return { kind: "leans", on: kept[0]!.kept! };
    return other ? { kind: "here", at: other } : { kind: "right" };
  }
  const found = fault([here, ...moved], leaf, formula);
  if (found.kind !== "wrong" || !kept.length) return found;
  const leaning = fault([here, ...kept], leaf, formula);
  return leaning.kind === "term" && !/[\p{L}_]/u.test(leaning.term) ? { ...leaning, constant: true } : leaning;
}

function spotsOf(points: Point[]): Finding | null {
  const gaps = points[0]!.autograd.map((_, k) => constantOf(points.map(({ formula, autograd }) => autograd[k]! - formula[k]!)));
  const isRight = (gap: number) => Math.abs(gap) < 1e-9;
  if (!gaps.every((gap): gap is number => gap !== null)) return null;
  const spots = gaps.flatMap((gap, k) => (isRight(gap) ? [] : [k]));
  const first = gaps[spots[0]!];
  if (first === undefined || spots.length === gaps.length || !spots.every((k) => close(gaps[k]!, first))) return null;
  const term = niceText(Math.abs(first));
  return term === null ? null : { kind: "spots", spots, term, negative: first < 0 };
}

/** What is off with a formula that gives another number than autograd. */
function fault(points: Point[], leaf: string, formula: string): Finding {
  const inFormula = new Set(namesIn(formula));
  const flat = points.flatMap(({ formula, autograd }, p) => autograd.map((a, k) => ({ f: formula[k]!, a, p, k })));
  if (flat.every(({ a }) => Math.abs(a) < 1e-12)) return { kind: "zero" };
  if (points.length < FEWEST) return { kind: "wrong" };

  const used = flat.filter(({ f, a }) => Math.abs(f) > 1e-12 || Math.abs(a) > 1e-12);
  const ratio = constantOf(used.map(({ f, a }) => a / f));
  if (ratio !== null) {
    if (close(ratio, -1)) return { kind: "sign" };
    const missing = Math.abs(ratio) >= 1;
    const factor = missing ? ratio : 1 / ratio;
    return { kind: "factor", factor: niceText(factor) ?? String(Number(factor.toPrecision(5))), missing };
  }
  const candidates = candidatesOf(points, leaf);
  for (const { text, values } of [...candidates, ...slopesOf(candidates)]) {
    // Where the factor is 0, so must be the derivative; there is no ratio then.
    const there = used.filter(({ a, p, k }) => !(a === 0 && values[p]![k] === 0));
    const missing = constantOf(there.map(({ f, a, p, k }) => a / (f * values[p]![k]!)));
    const factor = missing === null ? null : niceText(missing);
    if (factor) return { kind: "factor", factor: times(factor, text), missing: true };
    const extra = constantOf(used.map(({ f, a, p, k }) => (a * values[p]![k]!) / f));
    if (extra !== null && close(extra, 1)) return { kind: "factor", factor: text, missing: false };
  }
  const spots = spotsOf(points);
  if (spots) return spots;
  const gap = constantOf(flat.map(({ f, a }) => a - f));
  const constant = gap === null ? null : niceText(Math.abs(gap));
  if (constant) return { kind: "term", term: constant, negative: gap! < 0, flipped: false };
  for (const { text, values } of candidates) {
    const share = constantOf(flat.map(({ f, a, p, k }) => (a - f) / values[p]![k]!));
    const factor = share === null ? null : niceText(Math.abs(share));
    if (factor) return { kind: "term", term: times(factor, text), negative: share! < 0, flipped: close(Math.abs(share!) % 2, 0) && namesIn(text).every((name) => inFormula.has(name)) };
  }
  return { kind: "wrong" };
}
