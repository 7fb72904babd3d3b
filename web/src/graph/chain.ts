// The chain rule written out for one result and one tensor: a product of local derivatives along each path of a backward pass, and the
// sum over the paths. Only where all are single numbers and the paths are few.
import type { BackwardStep, Num, Pass, TensorOperand, Trace } from "../../../wasm/src/trace.ts";
import { singleOf, texName, texOf } from "../step/plug.ts";

export interface Chain {
  /** d result / d tensor as products of derivatives. */
  symbols: string;
  /** The same with numbers. */
  numbers: string;
  /** The letters that stand for results without a name, and the code of each. */
  letters: { letter: string; id: number }[];
  paths: number;
}

/** Why there is none. */
export type NoChain = { why: "too large" | "too long"; paths: number };

const MOST_PATHS = 6;
const MOST_FACTORS = 36;

interface Edge {
  to: number;
  factor: Num | null;
}

/** The last pass in which a gradient arrived at this tensor. */
export function passOf({ passes }: Trace, id: number): Pass | undefined {
  return passes.filter(({ steps }) => steps.some(({ tensor }) => tensor === id)).sort((a, b) => b.at - a.at)[0];
}

export function chainOf(trace: Trace, pass: Pass, id: number): Chain | NoChain | null {
  const root = pass.steps[0]?.tensor;
  if (root === null || root === undefined || root === id) return null;
  const operations = new Map(trace.graph.operations.map((operation) => [operation.id, operation]));
  const edges = new Map<number, Edge[]>();
  for (const step of pass.steps) {
    const operation = step.operation === null ? undefined : operations.get(step.operation);
    if (!operation) continue;
    const tensors = operation.inputs.filter((input): input is TensorOperand => "tensor" in input);
    const sent = step.out.flatMap(({ input, grad }) => (tensors[input] ? [{ to: tensors[input].tensor, factor: quotient(step, singleOf(grad)) }] : []));
    for (const { tensor } of [step, ...step.others]) if (tensor !== null) edges.set(tensor, sent);
  }
  // A part of the way that is not in the trace (earlier runs of a loop's body) would be missing in the sum.
  if (pass.left || pass.steps.some(({ earlier }) => earlier)) return { why: "too long", paths: 0 };

  const counts = new Map<number, number>();
  const count = (at: number): number => {
    if (at === id) return 1;
    if (!counts.has(at)) counts.set(at, (edges.get(at) ?? []).reduce((sum, { to }) => sum + count(to), 0));
    return counts.get(at)!;
  };
  const paths = count(root);
  if (paths === 0) return null;
  if (paths > MOST_PATHS) return { why: "too long", paths };

  const found: Edge[][] = [];
  const walk = (at: number, path: Edge[]) => {
    if (at === id) return void found.push(path);
    for (const edge of edges.get(at) ?? []) if (count(edge.to)) walk(edge.to, [...path, edge]);
  };
  walk(root, []);
  if (found.flat().length > MOST_FACTORS) return { why: "too long", paths };
  if (found.flat().some(({ factor }) => factor === null)) return { why: "too large", paths };
  return written(trace, pass, root, id, found);
}

/** What a step multiplies by; null where it is no single number, or cannot be told: of several results each has its own. */
function quotient(step: BackwardStep, out: Num | null): Num | null {
  const g = step.others.length ? null : singleOf(step.grad);
  if (typeof g !== "number" || typeof out !== "number" || g === 0) return null;
  return Number((out / g).toPrecision(7));
}

function written(trace: Trace, pass: Pass, root: number, id: number, found: Edge[][]): Chain {
  const letters: Chain["letters"] = [];
  const symbolOf = (tensor: number): string => {
    const name = trace.graph.tensors.find(({ id }) => id === tensor)?.names.at(-1);
    if (name) return texName(name);
    let at = letters.findIndex(({ id }) => id === tensor);
    if (at < 0) at = letters.push({ letter: "", id: tensor }) - 1;
    letters[at]!.letter = `u_{${at + 1}}`;
    return letters[at]!.letter;
  };
  const derivative = (of: number, by: number) => `\\frac{\\partial ${symbolOf(of)}}{\\partial ${symbolOf(by)}}`;
  const whole = derivative(root, id);
  const symbols = found.map((path) => path.map(({ to }, i) => derivative(i ? path[i - 1]!.to : root, to)).join("\\,"));
  const inBrackets = (factor: Num) => (texOf(factor).startsWith("-") ? `(${texOf(factor)})` : texOf(factor));
  const products = found.map((path) => path.map(({ factor }) => inBrackets(factor!)).join(" \\cdot "));
  const seed = singleOf(pass.steps[0]!.grad) as number;
  const total = found.reduce((sum, path) => sum + path.reduce((product, { factor }) => product * (factor as number), 1), 0);
  const values = found.map((path) => path.reduce((product, { factor }) => product * (factor as number), 1));
  const isSum = found.length > 1;
  const terms = values.map((value, i) => (i && value < 0 ? `(${texOf(value)})` : texOf(value)));
  const sums = isSum ? `= ${terms.join(" + ")} ` : "";
  const weighted = seed === 1 ? "" : `,\\quad ${inBrackets(seed)} \\cdot ${inBrackets(total)} = ${texOf(seed * total)}`;
  const isOne = !isSum && found[0]!.length === 1;
  return {
    symbols: isOne ? whole : `${whole} = ${symbols.join(" + ")}`,
    numbers: isOne ? `= ${texOf(total)}${weighted}` : `= ${products.join(" + ")} ${sums}= ${texOf(total)}${weighted}`,
    letters,
    paths: found.length,
  };
}
