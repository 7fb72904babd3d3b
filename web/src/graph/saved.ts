// Which values an operation keeps for its backward pass: those that its rules read, told from the rules themselves.
import type { Operation } from "../../../wasm/src/trace.ts";
import { namesOf, TOKENS } from "../step/plug.ts";

/** The same few formulas come again and again. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 1_000;

function tokensOf(formula: string): readonly string[] {
  let tokens = known.get(formula);
  if (!tokens) {
    if (known.size === MOST_KNOWN) known.clear();
    known.set(formula, (tokens = formula.match(TOKENS) ?? []));
  }
  return tokens;
}

/** Indices of the operation's tensors whose values are kept, and whether its result is. `isTracked`: does a gradient go to this tensor? */
export function savedBy(operation: Operation, isTracked: (tensor: number) => boolean): { inputs: Set<number>; out: boolean } {
  const { inputs, keepsResult } = operation;
  const names = namesOf(operation);
  const tensors = inputs.flatMap((input) => ("tensor" in input ? [input] : []));
  const read = new Set(tensors.flatMap(({ tensor, gradient }) => (gradient && isTracked(tensor) ? tokensOf(gradient) : [])));
  const saysResult = [...read].some((token) => /^(out|\\(mathrm|text|operatorname)\{out\})$/.test(token));
  // A rule of one letter that reads the result but does not say so writes it out: e^x is what exp gave.
  if (keepsResult && !saysResult && tensors.length === 1) return { inputs: new Set(), out: read.size > 0 };
  const isRead = (argument: number) => names[argument] !== undefined && read.has(names[argument]!);
  return {
    inputs: new Set(tensors.flatMap(({ argument }, i) => (isRead(argument) ? [i] : []))),
    out: saysResult || (keepsResult && read.size > 0),
  };
}
