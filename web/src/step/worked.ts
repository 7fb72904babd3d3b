// A rule worked out with the numbers of one element: "1 · 4 = 4". Only where the rule, read element by element, as a product of matrices or
// along axes, gives what was recorded in every element: so an operator that was applied in place gets no equation that would not hold.
import type { Num, Operation, Preview } from "../../../wasm/src/trace.ts";
import { elementCount } from "../tensor/text.ts";
import { elementAt, placeIn } from "./element.tsx";
import { evaluate, plainScope, written } from "./evaluate.ts";
import { parse } from "./parse.ts";
import { isOfMatrices, readingsOf } from "./readings.ts";
import { lettersOf, plugNumbers, texOf, truthsOf } from "./plug.ts";

export interface Rule {
  tex: string;
  operation: Operation;
  /** `isResult`: as the operation left it; else as it met it. */
  valueOf(tensor: number, isResult?: boolean): Preview | null;
  /** What came in, for the rule of a gradient. */
  g?: Preview;
  /** Of an operation with several results: what came in at each, null where nothing did. */
  gradients?: (Preview | null)[];
  result: Preview;
  /** Of the rule of a gradient: the tensor it goes to, counted among the operation's. */
  operand?: number;
  /** The operand was repeated to this shape, over which its gradient is summed. */
  repeatedTo?: number[];
}

/** Sums of more terms are not written out. */
const MOST_TERMS = 4;

/** Of a larger repetition the trace does not have all elements anyhow. */
const MOST_REPEATED = 4096;

/** The rule with the numbers of element `at` of its result, as the sides of an equation; null where it does not give them. */
export function workedOut(rule: Rule, at: number): string[] | null {
  const { result } = rule;
  if (at >= result.values.length) return null;
  if (rule.repeatedTo && elementCount(rule.repeatedTo) > MOST_REPEATED) return null;
  return (isOfMatrices(rule.tex) ? null : byElements(rule, at)) ?? (rule.repeatedTo ? null : byReading(rule, at));
}

function byElements(rule: Rule, at: number): string[] | null {
  const { result } = rule;
  if (elementCount(result.shape) === 1 && !rule.repeatedTo) return equationOf(rule, at, false);
  for (let i = 0; i < result.values.length; i++) if (equationOf(rule, i, true) === null) return null;
  return equationOf(rule, at, true);
}

/** As a product of matrices, or along axes: the first way that gives all that is known of the result. */
function byReading(rule: Rule, at: number): string[] | null {
  const { values } = rule.result;
  const reading = readingsOf(rule).find((reading) =>
    values.every((value, i) => {
      const read = reading(i);
      const found = read && evaluate(read.tree, read.scope);
      return found !== null && (typeof value === "number" ? isNear(found, value) : texOf(value) === texOf(toNum(found)));
    }),
  );
  const read = reading?.(at);
  const tex = read ? written(read.tree, read.scope) : null;
  if (!read || tex === null) return null;
  return [...(read.letters ? [`= ${read.letters}`] : []), ...equation(tex, values[at]!, rule.result.dtype)];
}

/** `surely`: also a formula that can't be evaluated is turned down. */
function equationOf(rule: Rule, at: number, surely: boolean): string[] | null {
  const { result, repeatedTo } = rule;
  const shape = repeatedTo ?? result.shape;
  const places = repeatedTo ? placesOf(repeatedTo, result.shape, at) : [at];
  if (!places.length) return null;
  const expected = result.values[at]!;
  const tree = parse(rule.tex);
  const truths = truthsOf(rule.operation, rule.valueOf);
  let sum = 0;
  const terms: string[] = [];
  for (const place of places) {
    const letters = lettersOf(rule.operation, (tensor, isResult) => elementAt(rule.valueOf(tensor, isResult), shape, place));
    if (rule.g) letters.set("g", elementAt(rule.g, shape, place));
    const value = tree && evaluate(tree, plainScope(asNumbers(letters)));
    if (value === null && surely) return null;
    sum += value ?? NaN;
    const plugged = places.length > MOST_TERMS ? null : plugNumbers(rule.tex, letters, truths);
    if (plugged !== null) terms.push(plugged);
    else if (places.length <= MOST_TERMS) return null;
  }
  if (!Number.isNaN(sum) && typeof expected === "number" && !isNear(sum, expected)) return null;
  if (terms.length === places.length && terms.length > 0) return equation(terms.map((term, i) => (i > 0 && /^\s*[{(]*-/.test(term) ? `(${term})` : term)).join(" + "), expected, result.dtype);
  return ["\\textstyle\\sum", `= ${texOf(expected)}`];
}

/** "4 = 4" says nothing more than "4". */
export function equation(plugged: string, result: Num, dtype = ""): string[] {
  const text = texOf(result, dtype);
  return plugged.replace(/[{}()]/g, "").trim() === text ? [`= ${text}`] : [`= ${plugged}`, `= ${text}`];
}

/** The elements of `shape` in which element `at` of the smaller `of` is repeated. */
const placesOf = (shape: number[], of: number[], at: number): number[] => Array.from({ length: elementCount(shape) }, (_, i) => i).filter((i) => placeIn(of, shape, i) === at);

const asNumbers = (letters: ReadonlyMap<string, Num | null>): Map<string, number | null> =>
  new Map([...letters].map(([letter, value]) => [letter, value === null ? null : value === "inf" ? Infinity : value === "-inf" ? -Infinity : value === "nan" ? NaN : value]));

const toNum = (value: number): Num => (Number.isNaN(value) ? "nan" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : value);

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * Math.max(Math.abs(a), Math.abs(b)) + 1e-6;
