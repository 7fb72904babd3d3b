// The value of a formula in TeX, as far as the operators' rules go: arithmetic, powers, roots, fractions, the common functions, [x > 0] for
// one or nothing, and "a if b else c". Null for whatever else stands in it. With it a rule is shown with the numbers of one element only
// where they give that element: a rule that is not meant element by element (a product of matrices) shows itself so.
import { TOKENS } from "./plug.ts";

type Letters = ReadonlyMap<string, number | null>;

const FUNCTIONS: Record<string, (x: number) => number> = {
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
  round: Math.round,
  trunc: Math.trunc,
};

const COMPARISONS: Record<string, (x: number, y: number) => boolean> = {
  "<": (x, y) => x < y,
  ">": (x, y) => x > y,
  "=": (x, y) => x === y,
  "\\lt": (x, y) => x < y,
  "\\gt": (x, y) => x > y,
  "\\le": (x, y) => x <= y,
  "\\ge": (x, y) => x >= y,
};

/** Thrown at what it does not know; never leaves this file. */
class Unknown extends Error {}

export function evaluate(tex: string, letters: Letters): number | null {
  try {
    return new Reader(tex, letters).whole();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

class Reader {
  #tokens: string[];
  #at = 0;
  #letters: Letters;

  constructor(tex: string, letters: Letters) {
    this.#tokens = (tex.match(TOKENS) ?? [])
      .map((token) => token.trim().replace(/^\\(operatorname|mathrm)\s*\{(.*)\}$/, "$2").replace(/^\\text\s*\{\s*(.*?)\s*\}$/, "$1"))
      .filter((token) => token !== "" && !/^\\(,|;|!|left|right|quad|displaystyle)$/.test(token));
    this.#letters = letters;
  }

  whole(): number {
    let value = this.#sum();
    if (this.#takes("if")) {
      const holds = this.#condition();
      const other = this.#takes("else") ? this.#sum() : 0;
      if (!holds) value = other;
    }
    if (this.#peek() !== undefined) throw new Unknown();
    return value;
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

  #sum(): number {
    let value = this.#takes("-") ? -this.#product() : this.#product();
    for (;;) {
      if (this.#takes("+")) value += this.#product();
      else if (this.#takes("-")) value -= this.#product();
      else return value;
    }
  }

  #product(): number {
    let value = this.#power();
    for (;;) {
      if (this.#takes("/")) value /= this.#power();
      else if (this.#takes("\\cdot") || this.#takes("\\times") || this.#beginsFactor()) value *= this.#power();
      else return value;
    }
  }

  #beginsFactor(): boolean {
    const token = this.#peek();
    return token !== undefined && token !== "if" && token !== "else" && (/^[\w([{]/.test(token) || (token.startsWith("\\") && !(token in COMPARISONS) && /^\\[a-z]/i.test(token)));
  }

  #power(): number {
    const base = this.#atom();
    return this.#takes("^") ? base ** this.#atom() : base;
  }

  #atom(): number {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Unknown();
    if (/^\d/.test(token)) return Number(token);
    if (token === "{") return this.#until("}");
    if (token === "(") return this.#until(")");
    if (token === "|") return Math.abs(this.#until("|"));
    if (token === "[") {
      const holds = this.#condition();
      this.#expect("]");
      return holds ? 1 : 0;
    }
    if (token === "\\frac") return this.#atom() / this.#atom();
    if (token === "\\sqrt") return Math.sqrt(this.#atom());
    if (token === "\\pi") return Math.PI;
    if (token === "\\max" || token === "\\min") {
      this.#expect("(");
      const first = this.#sum();
      this.#expect(",");
      const second = this.#until(")");
      return token === "\\max" ? Math.max(first, second) : Math.min(first, second);
    }
    const letter = this.#letters.get(token);
    if (letter !== undefined && letter !== null) return letter;
    if (this.#letters.has(token)) throw new Unknown();
    if (token === "e" && this.#peek() === "^") return Math.E;
    const apply = Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token]! : null;
    if (!apply) throw new Unknown();
    const exponent = this.#takes("^") ? this.#atom() : 1; // \tanh^2 x
    return apply(this.#power()) ** exponent;
  }

  #until(end: string): number {
    const value = this.#sum();
    this.#expect(end);
    return value;
  }

  /** One comparison, or a chain of them. */
  #condition(): boolean {
    let holds = true;
    let left = this.#sum();
    let isAny = false;
    for (;;) {
      const compare = COMPARISONS[this.#peek() ?? ""];
      if (!compare) break;
      this.#at++;
      const right = this.#sum();
      holds &&= compare(left, right);
      left = right;
      isAny = true;
    }
    if (!isAny) throw new Unknown();
    return holds;
  }
}
