// Formulas of operators with something else in place of their letters: numbers, or the names of the learner's own variables.
import { isKept } from "./norms.ts";
import type { Num, Operation, Preview } from "../../../wasm/src/trace.ts";

/** A number in TeX, short enough to read; of bool, a truth value. */
export function texOf(value: Num, dtype = ""): string {
  if (dtype === "bool") return `\\text{${value ? "True" : "False"}}`;
  if (value === "nan") return "\\text{nan}";
  if (typeof value !== "number") return value === "inf" ? "\\infty" : "-\\infty";
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(5));
  if (size === 0 || (size >= 1e-4 && size < 1e7)) return String(rounded);
  const [digits, power] = rounded.toExponential().split("e");
  return `${digits === "1" ? "" : digits === "-1" ? "-" : `${digits} \\cdot `}10^{${Number(power)}}`;
}

/** A name as it stands in the code. */
export const texName = (name: string) => `\\mathtt{${name.replace(/[_#$%&{}]/g, "\\$&").replace(/\^/g, "\\hat{}").replace(/ /g, "\\ ")}}`;

export function singleOf(preview: Preview | null | undefined): Num | null {
  return preview && preview.values.length === 1 && preview.shape.every((size) => size === 1) ? preview.values[0]! : null;
}

/**
 * A formula as it is for this call: without alpha, beta, weight and bias where it was given none, divided by n where not by n - 1, and a loss
 * that is summed, or left as it is, not divided by n.
 */
export function plainly(tex: string, operation: Operation): string {
  const { inputs, op } = operation;
  const given = lettersOfOptions[op] ?? [];
  // What the losses call d.
  if (/_loss$/.test(op)) tex = tex.replace(/(?<![\\a-zA-Z])d_i(?![a-zA-Z])/g, "x_i - y_i").replace(/\\frac\{x_i - y_i\^2\}/g, "\\frac{(x_i - y_i)^2}").replace(/(?<![\\a-zA-Z])d \/ (\\beta)/g, "(x - y) / $1").replace(/(?<![\\a-zA-Z])d(?=, )/g, "x - y");
  // By the mean and variance that were kept in training nothing goes back.
  if (isKept(operation)) tex = tex.replace(/ \(g - .*\)$/, "\\, g");
  const says = (option: RegExp) => inputs.some((input) => "text" in input && option.test(input.text));
  for (const name of ["alpha", "beta"]) {
    if (!given.includes(`\\${name}`) && !says(new RegExp(`^${name}=`))) tex = tex.replace(new RegExp(`(?<![<>/{]\\s*)\\\\${name}\\s*(\\\\[,;])?\\s*(?=[a-zA-Z\\\\])(?!\\\\text)`, "g"), "");
  }
  if (/^(var|std)/.test(operation.op)) {
    if (says(/^(unbiased=)?False$|^correction=0$/)) tex = tex.replace(/\(n - 1\)|n - 1/g, "n");
    const other = inputs.flatMap((input) => ("text" in input ? (/^correction=(\d+)$/.exec(input.text)?.[1] ?? []) : []))[0];
    if (other !== undefined && other !== "0") tex = tex.replace(/n - 1/g, `n - ${other}`);
  }
  if (says(/^reduction='(sum|none)'$/)) {
    tex = tex.replace(/\\frac\{1\}\{n\} /, "").replace(/\\frac\{((?:2 )?g)\}\{n\}/, "$1");
    if (says(/^reduction='none'$/)) tex = tex.replace(/^-\\sum_i (.* \+ .*)$/, "-($1)").replace(/^(-?)\\sum_i /, "$1");
  }
  const names = namesOf(operation);
  const has = (name: string) => inputs.some(({ argument }) => names[argument] === name);
  if (/\bw\b/.test(operation.latex) && !has("w")) tex = tex.replace(/^w /, "").replace(/\{w\}/g, "{1}").replace(/ w\b/g, "");
  // Bounds of which one is not given.
  if (/\\min\(\\max\(x, a\), b\)/.test(operation.latex)) {
    if (!has("a")) tex = tex.replace("\\max(x, a)", "x").replace("a \\le x", "x");
    if (!has("b")) tex = tex.replace(/\\min\((\\max\(x, a\)|x), b\)/, "$1").replace("x \\le b", "x");
  }
  if (/\+ b$/.test(operation.latex) && !has("b")) tex = tex.replace(/ \+ b$/, "");
  return tex;
}

/** Letters that stand for the other arguments, in their order, in rules without a y. */
const OTHERS = /^[abiw]$/;

/** The letters of the arguments after the first, where they are not to be told from the rule. */
const lettersOfOptions: Record<string, string[]> = { lerp: ["y", "w"], _leaky_relu: ["\\alpha"], _elu: ["\\alpha", "s", "r"], celu: ["\\alpha"] };

/** What its arguments are called in an operator's formulas: x, y, z, or in a product of matrices its letters as they come; w and b, a and b, i. */
export function namesOf({ op, latex, inputs }: Operation): string[] {
  if (Object.hasOwn(lettersOfOptions, op)) return ["x", ...lettersOfOptions[op]!];
  const letters = [...new Set(latex.replace(/\\(text|mathrm|operatorname)\{[^}]*\}|\\[a-zA-Z]+/g, " ").match(/[a-zA-Z]/g) ?? [])];
  if (/(^|[^a-zA-Z\\{])[AB]([^a-zA-Z]|$)/.test(latex)) {
    return [...new Set(latex.replace(/_\w|_\{[^}]*\}|\\[a-zA-Z]+/g, " ").match(/[a-zA-Z]/g) ?? [])].filter((letter) => letter !== "T");
  }
  const names = ["x", "y", "z"];
  const others = letters.filter((letter) => OTHERS.test(letter));
  if (letters.includes("y") || !letters.includes("x") || !others.length) return names;
  // A weight is a tensor; bounds may be numbers.
  const given = inputs.filter((input) => input.argument > 0 && ("tensor" in input || others[0] === "a"));
  const isBounds = others[0] === "a";
  for (const [k, { argument }] of given.entries()) {
    const name = isBounds ? others[argument - 1] : others[k];
    if (name) names[argument] = name;
  }
  return names;
}

/** What the letters of an operator's formulas stand for; null for those that have no single number. Of an operator in place operand and result are one tensor. */
export function lettersOf(operation: Operation, numberOf: (tensor: number, isResult: boolean) => Num | null): Map<string, Num | null> {
  const letters = new Map<string, Num | null>([["\\alpha", 1], ["\\beta", 1], ["\\delta", 1]]);
  const names = namesOf(operation);
  for (const input of operation.inputs) {
    const named = "text" in input ? /^(\w+)=(.*)$/.exec(input.text) : null;
    const value = "tensor" in input ? numberOf(input.tensor, false) : numberIn(named?.[2] ?? input.text);
    const name = named ? (/^(alpha|beta|delta)$/.test(named[1]!) ? `\\${named[1]}` : named[1]) : names[input.argument];
    if (name) letters.set(name, value);
    // A bound may be given by name: min=0.
    if (named && OTHERS.test(names[input.argument] ?? "")) letters.set(names[input.argument]!, value);
  }
  const out = operation.outputs[0];
  if (out !== undefined) letters.set("out", numberOf(out, true));
  return letters;
}

const numberIn = (text: string): Num | null => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null);

/** The pieces of a formula: letters, symbols as <name>, commands, numbers. */
export const TOKENS = /<[a-z_]\w*(?:\[\d\])?>|\\(?:text|mathrm|operatorname|mathbf|begin|end)\s*\{[^}]*\}|\\[a-zA-Z]+|\\.|out|[a-zA-Z]|\d+(?:\.\d+)?|\s+|[^a-zA-Z\\\d\s]/g;

/** The formula with values for its letters; null if it has a letter without one. */
export function plug(tex: string, letters: ReadonlyMap<string, string | null>): string | null {
  let result = "";
  let afterFactor = false;
  const tokens = tex.match(TOKENS) ?? [];
  for (const [i, token] of tokens.entries()) {
    if (/^\s+$/.test(token) || token === "\\,") {
      result += afterFactor ? "" : token;
      continue;
    }
    const isOut = /^(out|\\(mathrm|text|operatorname)\{out\})$/.test(token);
    const letter = isOut ? "out" : token;
    const isEuler = token === "e" && tokens[i + 1] === "^" && !letters.has("e");
    const isLetter = isOut || letters.has(letter) || (/^[a-zA-Z]$/.test(token) && !isEuler);
    if (isLetter) {
      const value = letters.get(letter);
      if (value === undefined || value === null) return null;
      const isPower = tokens[i + 1] === "^" && value.includes("10^");
      const isEnclosed = result.endsWith("(") && tokens[i + 1] === ")";
      result += `${afterFactor ? " \\cdot " : ""}{${!isEnclosed && (value.startsWith("-") || isPower) ? `(${value})` : value}}`;
      afterFactor = true;
      continue;
    }
    const opens = /^(\d|\(|\[|\\[a-zA-Z]+$|\\operatorname\{|e$)/.test(token) && !/^\\(cdot|times|le|ge|lt|gt|ll|gg|right|quad|dots|in)$/.test(token);
    if (afterFactor && opens) result += " \\cdot ";
    result += /^\\[a-zA-Z]+$/.test(token) ? `${token} ` : token;
    afterFactor = /^[\d)\]}]/.test(token);
    // The two parts of a fraction and exponents follow at once: no sign between them.
    if (token === "}" && tokens[i + 1] === "{") afterFactor = false;
  }
  return result;
}

/** The same with numbers; null where some letter has none. `truths`: letters that stand for truth values. */
export function plugNumbers(tex: string, letters: ReadonlyMap<string, Num | null>, truths: ReadonlySet<string> = new Set()): string | null {
  return plug(tex, new Map([...letters].map(([letter, value]) => [letter, value === null ? null : texOf(value, truths.has(letter) ? "bool" : "")])));
}

/** The letters of tensors of bool. */
export function truthsOf(operation: Operation, valueOf: (tensor: number) => Preview | null): Set<string> {
  const names = namesOf(operation);
  return new Set(operation.inputs.flatMap((input) => ("tensor" in input && valueOf(input.tensor)?.dtype === "bool" ? (names[input.argument] ?? []) : [])));
}

/** A side of an equation, cut before each plus sign that stands in no brackets. */
export function termsOf(tex: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of tex.matchAll(/\\left\b.|\\right\b.|[{}()[\]|]|\+/g)) {
    if (token.startsWith("\\left") || /[{([]/.test(token)) depth++;
    else if (token.startsWith("\\right") || /[})\]]/.test(token)) depth--;
    else if (token === "+" && depth === 0 && tex.slice(from, index).trim() !== "") {
      terms.push(tex.slice(from, index));
      from = index;
    }
  }
  return [...terms, tex.slice(from)].map((term, i) => (i ? `{}${term}` : term));
}
