// Puts the questions of a check to the open program, and gathers what comes back.
import { signal, type Signal } from "@preact/signals";
import type { Document } from "../../../wasm/src/document.ts";
import type { Num } from "../../../wasm/src/trace.ts";
import { bindings, codeOf, inquirer } from "../worker/inquirer.ts";
import driver from "../worker/driver.py?raw";
import lastPass from "../worker/last_pass.py?raw";
import questions from "./check.py?raw";
import type { Point } from "./diagnose.ts";
import { pythonOf } from "./formula.ts";
import type { CheckPart } from "./syntax.ts";
import { type Variant, variantsOf } from "./variants.ts";

export interface Elements {
  shape: number[];
  values: Num[];
}

/** What is known so far. */
export interface Report {
  state: "asking" | "done";
  /** The formula and the code that it is about. */
  about: string;
  /** float64, which makes differences exact enough to tell six digits. */
  wide: boolean;
  /** Why there is no answer. */
  failed?: string;
  /** Names that the program does not have there. */
  missing?: string[];
  /** What Python says of the formula. */
  wrong?: { kind: string; text: string };
  formula?: Elements;
  autograd?: Elements | null;
  /** Why autograd has nothing to say. */
  why?: string;
  result?: number[];
  shape?: number[];
  weighted?: boolean;
  unfit?: number[];
  /** What would give it the right shape: a transpose, a sum or mean. */
  hint?: "turned" | "reduce" | null;
  /** Formulas with one place changed that are right where it is not. */
  variants?: Variant[];
  /** How products without a sign were read. */
  reading?: "elements" | "matrices" | "outer";
  names?: Record<string, number[]>;
  differences?: (number | null)[] | null;
  points: Point[];
}

/** Asks anew; `report` is filled as answers come in. `asker` stands for the check: what it asked before is given up. */
export function ask(asker: unknown, document: Document, { result, leaf, formula }: CheckPart, tensors: ReadonlySet<string>, about: string, report: Signal<Report>): void {
  const text = pythonOf(formula, tensors);
  const variants = variantsOf(text, [leaf, ...[...tensors].filter((name) => name !== leaf).sort((a, b) => a.length - b.length)]);
  const head = bindings({ RESULT: result || null, LEAF: leaf, FORMULA: text, VARIANTS: variants.map(({ text }) => text) });
  const put = async (wide: boolean): Promise<void> => {
    const now: Report = { state: "asking", about, wide, points: [] };
    const outcome = await inquirer.inquire(asker, codeOf(document), { text: head + driver + lastPass + questions, wide }, (answer) => {
      const part = answer as Omit<Partial<Report>, "wrong" | "variants"> & { point?: Point; wrong?: string; text?: string; variants?: number[] };
      if (part.point) now.points.push(part.point);
      else if (part.variants) now.variants = part.variants.map((i) => variants[i]!);
      else if (part.wrong) now.wrong = { kind: part.wrong, text: part.text ?? "" };
      else Object.assign(now, part);
    });
    if (outcome.kind === "dropped") return;
    if (outcome.kind === "failed") now.failed ??= outcome.text;
    const isLong = outcome.kind === "failed" && /\bsteps\b/.test(outcome.text);
    if (wide && now.failed !== undefined && !isLong) return put(false); // perhaps it is float64 that the program can't take
    report.value = { ...now, state: "done" };
  };
  void put(true);
}

export const newReport = (): Signal<Report> => signal<Report>({ state: "asking", about: "", wide: true, points: [] });
export const forget = (asker: unknown): void => inquirer.forget(asker);
