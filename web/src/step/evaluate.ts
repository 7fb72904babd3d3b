// The value of a rule's tree where its letters have numbers, and the rule with those numbers in their places.
import type { Num } from "../../../wasm/src/trace.ts";
import { ALL, COMPARISONS, type Condition, FUNCTIONS, type Node } from "./parse.ts";
import { texOf } from "./plug.ts";

/** What the letters of a rule stand for. */
export interface Scope {
  /** Null where it is not known. */
  value(name: string, indices: number[]): number | null;
  /** How many values an index goes through. */
  range(index: string): number | null;
}

/** A scope in which letters have no indices. */
export const plainScope = (letters: ReadonlyMap<string, number | null>): Scope => ({
  value: (name, indices) => (indices.length ? null : (letters.get(name) ?? null)),
  range: () => null,
});

/** Thrown where something is not known; never leaves this file. */
class Unknown extends Error {}

function known<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

export const evaluate = (tree: Node, scope: Scope): number | null => known(() => new Worker(scope).value(tree));

/** TeX; null where a number is missing. */
export const written = (tree: Node, scope: Scope): string | null => known(() => new Worker(scope).write(tree).tex);

/** How tightly a piece of TeX holds together: a sum, a product, a negative number, anything that needs no brackets. */
const enum Level {
  sum,
  product,
  negative,
  whole,
}

interface Piece {
  tex: string;
  level: Level;
}

/** Sums of more terms are written with dots. */
const MOST_TERMS = 6;
const SHOWN = 3;

class Worker {
  #scope: Scope;
  #indices = new Map<string, number>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  value(node: Node): number {
    const value = (node: Node) => this.value(node);
    switch (node.kind) {
      case "number":
        return node.value;
      case "name":
        return this.#named(node);
      case "sum":
        return node.terms.reduce((sum, { isMinus, node }) => sum + (isMinus ? -value(node) : value(node)), 0);
      case "product":
        return node.factors.reduce((product, factor) => product * value(factor), 1);
      case "quotient":
        return value(node.over) / value(node.under);
      case "power":
        return value(node.base) ** value(node.exponent);
      case "call":
        return FUNCTIONS[node.name]!(value(node.argument)) ** (node.exponent ? value(node.exponent) : 1);
      case "absolute":
        return Math.abs(value(node.of));
      case "root":
        return Math.sqrt(value(node.of));
      case "iverson":
        return this.#holds(node.condition) ? 1 : 0;
      case "choice":
        return this.#holds(node.condition) ? value(node.then) : node.otherwise ? value(node.otherwise) : 0;
      case "extreme":
        return node.name === "\\max" ? Math.max(...node.of.map(value)) : Math.min(...node.of.map(value));
      case "big": {
        const all = this.#each(node, () => value(node.body));
        if (node.name === "\\sum") return all.reduce((sum, one) => sum + one, 0);
        if (node.name === "\\prod") return all.reduce((product, one) => product * one, 1);
        return node.name === "\\max" ? Math.max(...all) : Math.min(...all);
      }
    }
  }

  write(node: Node): Piece {
    switch (node.kind) {
      case "number":
        return { tex: node.value === Math.E ? "e" : node.value === Math.PI ? "\\pi" : String(node.value), level: Level.whole };
      case "name":
        return numberPiece(this.#named(node));
      case "sum":
        return summed(node.terms.map(({ isMinus, node }) => ({ isMinus, piece: this.write(node) })));
      case "product":
        return multiplied(node.factors.map((factor) => this.write(factor)));
      case "quotient":
        return { tex: `\\frac{${this.write(node.over).tex}}{${this.write(node.under).tex}}`, level: Level.whole };
      case "power":
        return { tex: `${enclosed(this.write(node.base), Level.whole)}^{${this.write(node.exponent).tex}}`, level: Level.whole };
      case "call": {
        const name = /^\\/.test(node.name) ? node.name : `\\operatorname{${node.name}}`;
        const argument = this.write(node.argument);
        return { tex: `${name}${node.exponent ? `^{${this.write(node.exponent).tex}}` : ""} ${argument.tex.startsWith("\\frac") ? argument.tex : bracketed(argument.tex)}`, level: Level.whole };
      }
      case "absolute":
        return { tex: `|${this.write(node.of).tex}|`, level: Level.whole };
      case "root":
        return { tex: `\\sqrt{${this.write(node.of).tex}}`, level: Level.whole };
      case "iverson": {
        const { first, rest, isNot } = node.condition;
        if (!rest.length) return { tex: `[${isNot ? "\\lnot " : ""}${texOf(this.value(first), "bool")}]`, level: Level.whole };
        return { tex: `[${this.write(first).tex} ${rest.map(({ sign, node }) => `${sign} ${this.write(node).tex}`).join(" ")}]`, level: Level.whole };
      }
      case "choice":
        return this.#holds(node.condition) ? this.write(node.then) : node.otherwise ? this.write(node.otherwise) : numberPiece(0);
      case "extreme":
        return { tex: `${node.name}(${node.of.map((one) => this.write(one).tex).join(", ")})`, level: Level.whole };
      case "big": {
        if (node.index === ALL) return numberPiece(this.value(node));
        const pieces = this.#each(node, () => this.write(node.body));
        const some = pieces.length > MOST_TERMS ? [...pieces.slice(0, SHOWN), DOTS, pieces.at(-1)!] : pieces;
        if (node.name === "\\sum") return some.length ? summed(some.map((piece) => ({ isMinus: false, piece }))) : numberPiece(0);
        if (node.name === "\\prod") return some.length ? multiplied(some) : numberPiece(1);
        return { tex: `${node.name}(${some.map(({ tex }) => tex).join(", ")})`, level: Level.whole };
      }
    }
  }

  #named({ name, indices }: Node & { kind: "name" }): number {
    const value = (indices.length ? undefined : this.#indices.get(name)) ?? this.#scope.value(name, indices.map((index) => this.value(index)));
    if (value === null) throw new Unknown();
    return value;
  }

  /** Every value of the index in turn, where the condition holds. */
  #each<T>({ index, condition }: Node & { kind: "big" }, work: () => T): T[] {
    const count = this.#scope.range(index);
    if (count === null) throw new Unknown();
    const before = this.#indices.get(index);
    const found: T[] = [];
    for (let i = 0; i < count; i++) {
      this.#indices.set(index, i);
      if (!condition || this.#holds(condition)) found.push(work());
    }
    if (before === undefined) this.#indices.delete(index);
    else this.#indices.set(index, before);
    return found;
  }

  #holds({ first, rest, isNot }: Condition): boolean {
    let left = this.value(first);
    if (!rest.length) return (left !== 0) !== (isNot ?? false);
    return rest.every(({ sign, node }) => {
      const right = this.value(node);
      const holds = COMPARISONS[sign]!(left, right);
      left = right;
      return holds;
    });
  }
}

const DOTS: Piece = { tex: "\\dots", level: Level.whole };

function numberPiece(value: number): Piece {
  const number: Num = Number.isNaN(value) ? "nan" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : value;
  const tex = texOf(number);
  return { tex, level: tex.startsWith("-") ? Level.negative : tex.includes("10^") ? Level.product : Level.whole };
}

const bracketed = (tex: string) => `\\left(${tex}\\right)`;
const enclosed = ({ tex, level }: Piece, needed: Level) => (level < needed ? bracketed(tex) : tex);

function summed(terms: { isMinus: boolean; piece: Piece }[]): Piece {
  const tex = terms.map(({ isMinus, piece }, i) => {
    const isOpen = piece.level === Level.negative || piece.tex.startsWith("-") || (isMinus && piece.level === Level.sum);
    const text = isOpen && (i > 0 || isMinus) ? bracketed(piece.tex) : piece.tex;
    return i === 0 ? (isMinus ? `-${text}` : text) : `${isMinus ? "-" : "+"} ${text}`;
  });
  return { tex: tex.join(" "), level: terms.length > 1 ? Level.sum : terms[0]!.isMinus ? Level.negative : terms[0]!.piece.level };
}

function multiplied(factors: Piece[]): Piece {
  if (factors.length === 1) return factors[0]!;
  return { tex: factors.map((piece, i) => (piece.level === Level.sum || (i > 0 && piece.level === Level.negative) ? bracketed(piece.tex) : piece.tex)).join(" \\cdot "), level: Level.product };
}
