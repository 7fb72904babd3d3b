// Does a challenge hold? Asked of the trace, and of the code for what it uses. The answer is the first thing that does not hold, in words
// that say what is off and leave the rest to the learner. Knows nothing of the page.
import type { Cell } from "../../../wasm/src/document.ts";
import type { Num, Preview, TensorNode, Trace } from "../../../wasm/src/trace.ts";
import { elementCount } from "../tensor/text.ts";
import { type Challenge, type Condition, type Expected, holdsChallenge } from "./challenge-syntax.ts";

/** `says` may hold code between backticks. */
export type Verdict = { state: "solved" } | { state: "open"; says: string; hint: string } | { state: "running" };

/** The code cells of the challenge in a Markdown cell: the next ones, up to the text after them. */
export function codeOfChallenge(cells: readonly Cell[], at: number): number[] {
  const found: number[] = [];
  for (let i = at + 1; i < cells.length; i++) {
    if (cells[i]!.kind === "code") found.push(i);
    else if (found.length || holdsChallenge(cells[i]!.source)) break;
  }
  return found;
}

export function check(challenge: Challenge, trace: Trace, cells: readonly Cell[], code: number[]): Verdict {
  const last = code.at(-1);
  if (last === undefined) return { state: "open", says: "There is no code cell for this. Add one below.", hint: "" };
  const { error } = trace;
  const stopped = error?.span ? error.span.cell : null;
  if (error && (stopped === null || stopped <= last)) {
    const where = stopped === null ? "" : code.includes(stopped) ? `in line ${error.span!.line}` : `in cell ${stopped + 1}, before it comes here`;
    const says = code.includes(stopped ?? -1) ? `The program stops here: ${error.kind}, ${where}.` : `The program stops ${where}: ${error.kind}.`;
    return { state: "open", says, hint: "" };
  }
  if (trace.cells[last]?.status !== "done") return { state: "running" };
  const facts = new Facts(trace, new Set(code), code.map((i) => cells[i]!.source).join("\n"));
  for (const condition of challenge.conditions) {
    const says = facts.objection(condition);
    if (says !== null) return { state: "open", says, hint: condition.hint };
  }
  return { state: "solved" };
}

/** Python without its strings and comments. */
const bare = (source: string) => source.replace(/("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g, " ");

const compact = (text: string) => text.replace(/\s+/g, "");

class Facts {
  #trace: Trace;
  #code: Set<number>;
  #source: string;

  constructor(trace: Trace, code: Set<number>, source: string) {
    this.#trace = trace;
    this.#code = code;
    this.#source = bare(source);
  }

  /** What is wrong, or null. */
  objection(condition: Condition): string | null {
    const { kind, subject } = condition;
    if (kind === "uses") return this.#uses(subject) ? null : `${code(subject)} is not used yet.`;
    if (kind === "avoids") return this.#names(subject) ? `Do it without ${code(subject)}.` : null;
    if (subject === "steps") return this.#counted(condition, this.#steps(), (n) => `The optimizer took ${n === 1 ? "one step" : `${n} steps`} here.`);
    if (subject === "gradients") {
      return this.#counted(condition, this.#gradients(), (n) => `There is ${n === 0 ? "no gradient" : n === 1 ? "1 gradient" : `only ${n} gradients`} so far.`);
    }
    return this.#value(condition);
  }

  #counted({ relation, value }: Condition, count: number, says: (count: number) => string): string | null {
    return compare(count, relation, value as number, 0) ? null : says(count);
  }

  #inCode = ({ span }: { span: { cell: number } | null }) => span !== null && this.#code.has(span.cell);

  #steps(): number {
    return this.#trace.optimizerSteps.filter(this.#inCode).reduce((sum, { count }) => sum + count, 0);
  }

  #gradients(): number {
    return this.#trace.graph.tensors.filter((tensor) => tensor.isLeaf && tensor.gradIsKept && tensor.grad && this.#inCode(tensor)).length;
  }

  /** A dotted name is looked for by its last part, so that it may be imported in any way. */
  #names(subject: string): boolean {
    const name = subject.split(".").at(-1)!;
    return /^\w+$/.test(name) ? new RegExp(`\\b${name}\\b`).test(this.#source) : compact(this.#source).includes(compact(subject));
  }

  #uses(subject: string): boolean {
    const name = subject.split(".").at(-1)!;
    const here = this.#trace.graph.operations.filter(this.#inCode);
    if (name === "no_grad") return this.#names(subject) && here.some(({ gradMode }) => !gradMode);
    return this.#names(subject) || here.some(({ op }) => op === name.toLowerCase());
  }

  #value(condition: Condition): string | null {
    const [name, attribute = null] = condition.subject.split(".") as [string, string?];
    const variable = this.#trace.variables.findLast((one) => one.name === name);
    if (!variable) return `There is no ${code(name)} yet.`;
    const tensor = this.#trace.graph.tensors.find(({ id }) => id === variable.tensor);
    if (!tensor) {
      const plain = attribute === null && !Array.isArray(condition.value) ? pythonValue(variable.repr) : undefined;
      if (plain !== undefined && typeof plain === typeof condition.value) return judge(condition, plain);
      return `${code(name)} should be a tensor, and is ${variable.type === "NoneType" ? "None" : `of type ${code(variable.type)}`}.`;
    }
    if (attribute === null) return ofPreview(condition, tensor.value);
    if (attribute === "grad") return ofGrad(condition, tensor);
    const value = attributeOf(tensor, attribute);
    return value === undefined ? `${code(condition.subject)} is nothing that can be checked.` : judge(condition, value);
  }
}

const code = (text: string) => `\`${text}\``;

function pythonValue(repr: string): Expected | undefined {
  if (repr === "True" || repr === "False") return repr === "True";
  if (repr === "None") return null;
  const number = Number(repr);
  return Number.isNaN(number) ? undefined : number;
}

function attributeOf(tensor: TensorNode, name: string): Expected | undefined {
  switch (name) {
    case "shape":
      return tensor.value.shape;
    case "dtype":
      return tensor.value.dtype;
    case "requires_grad":
      return tensor.requiresGrad;
    case "is_leaf":
      return tensor.isLeaf;
    case "grad_fn":
      return tensor.gradFn;
    case "accumulated":
      return tensor.accumulated;
    default:
      return undefined;
  }
}

function python(value: Expected): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return Array.isArray(value) ? `[${value.map(python).join(", ")}]` : typeof value === "number" ? round(value) : value;
}

const round = (value: number) => String(Number(value.toPrecision(4)));

const near = (value: number, wanted: number, tolerance: number) => Math.abs(value - wanted) <= tolerance + 1e-4 * Math.abs(wanted);

function compare(value: number, relation: Condition["relation"], wanted: number, tolerance: number): boolean {
  switch (relation) {
    case "=":
      return near(value, wanted, tolerance);
    case "<":
      return value < wanted;
    case "<=":
      return value <= wanted;
    case ">":
      return value > wanted;
    case ">=":
      return value >= wanted;
  }
}

const asked: Record<Condition["relation"], string> = { "=": "should be", "<": "should be below", "<=": "should be at most", ">": "should be above", ">=": "should be at least" };

function judge({ subject, relation, value: wanted, tolerance }: Condition, value: Expected): string | null {
  const good = typeof value === "number" && typeof wanted === "number" ? compare(value, relation, wanted, tolerance) : JSON.stringify(value) === JSON.stringify(wanted);
  if (good) return null;
  if (subject.endsWith(".accumulated")) {
    const grad = code(subject.replace(".accumulated", ".grad"));
    return value === 0 ? `No backward pass has reached ${grad} yet.` : `${value as number} backward passes are added up in ${grad}.`;
  }
  return `${code(subject)} is ${python(value)}, and ${asked[relation]} ${python(wanted)}.`;
}

function ofGrad(condition: Condition, { grad, gradIsKept }: TensorNode): string | null {
  const { subject, value: wanted } = condition;
  const kept = gradIsKept ? grad : null;
  if (wanted === null) return kept ? `${code(subject)} should be None, and is not.` : null;
  return kept ? ofPreview(condition, kept) : `${code(subject)} is None: no gradient has been kept there.`;
}

const numbers = (count: number) => (count === 1 ? "one number" : `${count} numbers`);
const ordinals = ["first", "second", "third", "fourth", "fifth"];

function ofPreview(condition: Condition, { shape, values }: Preview): string | null {
  const { subject, relation, value: wanted, tolerance } = condition;
  const name = code(subject);
  const flat = flatten(wanted);
  const count = elementCount(shape);
  if (count !== flat.length) return `${name} has ${numbers(count)}, and should have ${flat.length}.`;
  const wantedShape = shapeOf(wanted);
  if (count > 1 && JSON.stringify(shape) !== JSON.stringify(wantedShape)) return `${name} has the shape ${python(shape)}, and should have ${python(wantedShape)}.`;
  const seen = values.map(asNumber);
  const wrong = flat.flatMap((one, i) => (seen[i] === undefined || compare(seen[i], relation, one, tolerance) ? [] : [i]));
  if (!wrong.length) return null;
  const bad = values.find((value) => typeof value !== "number");
  if (bad !== undefined) return `${name} holds ${bad}.`;
  if (relation !== "=") return `${name} is ${round(seen[0]!)}, and ${asked[relation]} ${round(flat[0]!)}.`;
  return difference(name, seen, flat, wrong);
}

const asNumber = (value: Num) => (typeof value === "number" ? value : value === "nan" ? NaN : value === "inf" ? Infinity : -Infinity);

function flatten(value: Expected): number[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [Number(value)];
}

function shapeOf(value: Expected): number[] {
  return Array.isArray(value) ? [value.length, ...(value.length ? shapeOf(value[0]!) : [])] : [];
}

/** What the values have too much or too little of, if that is the same for all. */
function difference(name: string, seen: number[], wanted: number[], wrong: number[]): string {
  if (seen.every((value) => value === 0)) return `${name} is zero.`;
  const ratios = wanted.map((one, i) => (one === 0 ? (near(seen[i]!, 0, 1e-6) ? null : NaN) : seen[i]! / one)).filter((ratio) => ratio !== null);
  const ratio = ratios[0] ?? NaN;
  const isConstant = ratios.every((one) => near(one, ratio, 1e-4));
  const isOne = (value: number) => near(value, Math.round(value), 1e-3);
  if (isConstant && near(ratio, -1, 1e-4)) return `${name} has the wrong sign.`;
  if (isConstant && Math.abs(ratio) > 1.5 && isOne(ratio)) return `${name} is ${Math.round(ratio)} times what it should be.`;
  if (isConstant && Math.abs(ratio) < 0.7 && isOne(1 / ratio)) return `${name} is ${ratio < 0 ? "-" : ""}1/${Math.round(Math.abs(1 / ratio))} of what it should be.`;
  if (isConstant && seen.length > 1) return `${name} is ${round(ratio)} times what it should be.`;
  const gaps = seen.map((value, i) => value - wanted[i]!);
  if (gaps.every((gap) => near(gap, gaps[0]!, 1e-4))) return `${name} is too ${gaps[0]! > 0 ? "large" : "small"} by ${round(Math.abs(gaps[0]!))}.`;
  const [at] = wrong as [number];
  const others = wrong.length - 1;
  return `${name} is off in its ${ordinals[at] ?? `${at + 1}th`} entry${others ? ` and in ${others} more` : ""}.`;
}
