// The operators' rules, which are TeX, as trees: arithmetic, powers, roots, fractions, the common functions, sums, products and extremes over
// an index, [x > 0] for one or nothing, and "a if b else c". Null for whatever else stands in a rule.
import { TOKENS } from "./plug.ts";

export type Node =
  | { kind: "number"; value: number }
  /** A letter, with its indices: x, g_k, x_{i, y_i}; "\bar x", "\| x". */
  | { kind: "name"; name: string; indices: Node[] }
  | { kind: "sum"; terms: { isMinus: boolean; node: Node }[] }
  | { kind: "product"; factors: Node[] }
  | { kind: "quotient"; over: Node; under: Node }
  | { kind: "power"; base: Node; exponent: Node }
  | { kind: "call"; name: string; argument: Node; exponent: Node | null }
  | { kind: "absolute" | "root"; of: Node }
  | { kind: "iverson"; condition: Condition }
  | { kind: "choice"; then: Node; condition: Condition; otherwise: Node | null }
  | { kind: "extreme"; name: "\\max" | "\\min"; of: Node[] }
  /** Over all values of an index that fulfil the condition. Without an index of its own (`\max x`): over all that a letter stands for. */
  | { kind: "big"; name: "\\sum" | "\\prod" | "\\max" | "\\min"; index: string; condition: Condition | null; body: Node };

/** With no sign of comparison: that it is not 0. */
export interface Condition {
  first: Node;
  isNot?: boolean;
  rest: { sign: string; node: Node }[];
}

/** The index of `\max x`, which has none. */
export const ALL = "all";

export const FUNCTIONS: Record<string, (x: number) => number> = {
  "\\ln": Math.log,
  "\\exp": Math.exp,
  "\\sin": Math.sin,
  "\\cos": Math.cos,
  "\\tan": Math.tan,
  "\\sinh": Math.sinh,
  "\\cosh": Math.cosh,
  "\\tanh": Math.tanh,
  "\\sigma": (x) => 1 / (1 + Math.exp(-x)),
  sign: Math.sign,
  sgn: Math.sign,
  "\\Phi": (x) => (1 + erf(x / Math.SQRT2)) / 2,
  "\\varphi": (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  round: Math.round,
  trunc: Math.trunc,
};

/** To 1.5e-7: Abramowitz and Stegun, 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592].reduce((sum, one) => (sum + one) * t, 0);
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

export const COMPARISONS: Record<string, (x: number, y: number) => boolean> = {
  "<": (x, y) => x < y,
  ">": (x, y) => x > y,
  "=": (x, y) => x === y,
  "\\lt": (x, y) => x < y,
  "\\gt": (x, y) => x > y,
  "\\le": (x, y) => x <= y,
  "\\ge": (x, y) => x >= y,
  "\\ne": (x, y) => x !== y,
};

/** Thrown at what it does not know; never leaves this file. */
class Unknown extends Error {}

const known = new Map<string, Node | null>();

/** `isFar`: what a sum is over goes on to the end of the rule, not only to the next plus sign, which mathematics leaves open. */
export function parse(tex: string, isFar = false): Node | null {
  const key = `${isFar ? "far" : "near"} ${tex}`;
  let tree = known.get(key);
  if (tree === undefined) {
    try {
      tree = new Reader(tex, isFar).whole();
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      tree = null;
    }
    known.set(key, tree);
  }
  return tree;
}

class Reader {
  #tokens: string[];
  #at = 0;
  /** How many bars are open: one more ends the innermost. */
  #bars = 0;

  #isFar: boolean;

  constructor(tex: string, isFar: boolean) {
    this.#isFar = isFar;
    this.#tokens = (tex.match(TOKENS) ?? [])
      .map((token) => token.trim().replace(/^\\(operatorname|mathrm)\s*\{(.*)\}$/, "$2").replace(/^\\text\s*\{\s*(.*?)\s*\}$/, "$1"))
      .filter((token) => token !== "" && !/^\\(,|;|!|left|right|quad|displaystyle)$/.test(token));
  }

  whole(): Node {
    let tree = this.#choice();
    if ((this.#peek() ?? "") in COMPARISONS) {
      this.#at = 0;
      tree = { kind: "iverson", condition: this.#condition() };
    }
    if (this.#peek() !== undefined) throw new Unknown();
    return tree;
  }

  #choice(): Node {
    const then = this.#sum();
    if (!this.#takes("if")) return then;
    const condition = this.#condition();
    return { kind: "choice", then, condition, otherwise: this.#takes("else") ? this.#sum() : null };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) throw new Unknown();
  }

  #sum(): Node {
    const terms = [{ isMinus: this.#takes("-"), node: this.#product() }];
    for (;;) {
      const isMinus = this.#takes("-");
      if (!isMinus && !this.#takes("+")) break;
      terms.push({ isMinus, node: this.#product() });
    }
    return terms.length === 1 && !terms[0]!.isMinus ? terms[0]!.node : { kind: "sum", terms };
  }

  #product(): Node {
    const factors = [this.#power()];
    for (;;) {
      if (this.#takes("/")) factors.push({ kind: "quotient", over: joined(factors.splice(0)), under: this.#power() });
      else if (this.#takes("\\cdot") || this.#takes("\\times") || this.#beginsFactor()) factors.push(this.#power());
      else return joined(factors);
    }
  }

  #beginsFactor(): boolean {
    const token = this.#peek();
    if (token === undefined || token === "if" || token === "else") return false;
    return /^[\w([{]/.test(token) || (token === "|" && this.#bars === 0) || (token.startsWith("\\") && !(token in COMPARISONS) && /^\\[a-z]/i.test(token));
  }

  #power(): Node {
    const base = this.#atom();
    return this.#takes("^") ? { kind: "power", base, exponent: this.#atom() } : base;
  }

  #atom(): Node {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Unknown();
    if (/^\d/.test(token)) return { kind: "number", value: Number(token) };
    if (token === "{") return this.#until("}");
    if (token === "(") return this.#until(")");
    if (token === "|") return { kind: "absolute", of: this.#between("|") };
    if (token === "\\|") return { kind: "name", name: `\\| ${this.#letter("\\|")}`, indices: [] };
    if (token === "\\bar" || token === "\\hat") {
      this.#expect("{");
      return { kind: "name", name: `${token} ${this.#letter("}")}`, indices: [] };
    }
    // A mean over all k, which its letters leave out.
    if (token === "\\overline") {
      this.#expect("{");
      return { kind: "quotient", over: { kind: "big", name: "\\sum", index: "k", condition: null, body: withIndex(this.#until("}")) }, under: { kind: "name", name: "n", indices: [] } };
    }
    if (token === "clip") {
      this.#expect("(");
      const of = this.#sum();
      const bound: Node = this.#takes(",") ? this.#sum() : { kind: "number", value: 1 };
      this.#expect(")");
      return { kind: "extreme", name: "\\max", of: [{ kind: "sum", terms: [{ isMinus: true, node: bound }] }, { kind: "extreme", name: "\\min", of: [bound, of] }] };
    }
    if (token === "[") {
      const condition = this.#condition();
      this.#expect("]");
      return { kind: "iverson", condition };
    }
    if (token === "\\frac") return { kind: "quotient", over: this.#atom(), under: this.#atom() };
    if (token === "\\sqrt") return { kind: "root", of: this.#atom() };
    if (token === "\\pi") return { kind: "number", value: Math.PI };
    if (token === "\\sum" || token === "\\prod") return this.#big(token);
    if (token === "\\max" || token === "\\min") {
      if (this.#peek() === "_") return this.#big(token);
      if (!this.#takes("(")) return { kind: "big", name: token, index: ALL, condition: null, body: this.#name(this.#tokens[this.#at++], [{ kind: "name", name: ALL, indices: [] }]) };
      const first = this.#sum();
      this.#expect(",");
      return { kind: "extreme", name: token, of: [first, this.#until(")")] };
    }
    if (token === "e" && this.#peek() === "^") return { kind: "number", value: Math.E };
    // A sigma alone is a standard deviation.
    if (Object.hasOwn(FUNCTIONS, token) && !(token === "\\sigma" && this.#peek() !== "(")) {
      const exponent = this.#takes("^") ? this.#atom() : null; // \tanh^2 x
      return { kind: "call", name: token, argument: this.#power(), exponent };
    }
    return this.#name(token, this.#takes("_") ? this.#indices() : []);
  }

  #name(token: string | undefined, indices: Node[]): Node {
    if (token === undefined || !/^(\w+|\\[a-z]+)$/.test(token) || token === "\\dots" || token === "\\cdots") throw new Unknown();
    return { kind: "name", name: token, indices };
  }

  #letter(end: string): string {
    const letter = this.#tokens[this.#at++] ?? "";
    this.#expect(end);
    return letter;
  }

  #indices(): Node[] {
    if (!this.#takes("{")) return [this.#atom()];
    const indices = [this.#sum()];
    while (this.#takes(",")) indices.push(this.#sum());
    this.#expect("}");
    return indices;
  }

  #big(name: "\\sum" | "\\prod" | "\\max" | "\\min"): Node {
    this.#expect("_");
    const isGroup = this.#takes("{");
    const index = this.#tokens[this.#at] ?? "";
    if (!/^[a-z]$/.test(index)) throw new Unknown();
    let condition: Condition | null = null;
    if (isGroup && this.#tokens[this.#at + 1] !== "}") condition = this.#condition();
    else this.#at++;
    if (isGroup) this.#expect("}");
    return { kind: "big", name, index, condition, body: this.#isFar ? this.#choice() : this.#product() };
  }

  #between(bar: string): Node {
    this.#bars++;
    const tree = this.#until(bar);
    this.#bars--;
    return tree;
  }

  #until(end: string): Node {
    const bars = this.#bars;
    if (end !== "|") this.#bars = 0;
    const tree = this.#sum();
    this.#expect(end);
    this.#bars = bars;
    return tree;
  }

  /** One comparison, a chain of them, or a truth value. */
  #condition(): Condition {
    const isNot = this.#takes("\\lnot");
    const first = this.#sum();
    const rest: Condition["rest"] = [];
    while ((this.#peek() ?? "") in COMPARISONS) rest.push({ sign: this.#tokens[this.#at++]!, node: this.#sum() });
    return { first, rest, isNot };
  }
}

/** A product of letters, with the index k. */
function withIndex(node: Node): Node {
  if (node.kind === "product") return { ...node, factors: node.factors.map(withIndex) };
  if (node.kind === "name" && !node.indices.length) return { ...node, indices: [{ kind: "name", name: "k", indices: [] }] };
  throw new Unknown();
}

const joined = (factors: Node[]): Node => (factors.length === 1 ? factors[0]! : { kind: "product", factors });
