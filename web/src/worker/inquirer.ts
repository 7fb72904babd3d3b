// Questions to a program, in a worker of their own, so that the run which the page shows is never held up. One at a time, in order of
// asking; an asker who asks again gives up what he asked before. The worker is started with the first question.
import { EngineClient, type RunReport } from "../../../wasm/src/client.ts";
import type { Document } from "../../../wasm/src/document.ts";
import type { Questions } from "../../../wasm/src/engine.ts";
import { startWorker } from "./start.ts";

/** How an inquiry ended: "done", given up for a newer question of the same asker, or with what went wrong. */
export type Outcome = { kind: "done" } | { kind: "dropped" } | { kind: "failed"; text: string };

interface Inquiry {
  asker: unknown;
  document: Document;
  questions: Questions;
  onAnswer(answer: unknown): void;
  end(outcome: Outcome): void;
}

export class Inquirer {
  #steps: number;
  #client: EngineClient | null = null;
  #current: Inquiry | null = null;
  #waiting: Inquiry[] = [];

  /** `steps`: instructions that an inquiry may take. */
  constructor(steps: number) {
    this.#steps = steps;
  }

  inquire(asker: unknown, document: Document, questions: Questions, onAnswer: (answer: unknown) => void): Promise<Outcome> {
    this.forget(asker);
    return new Promise((end) => {
      this.#waiting.push({ asker, document, questions, onAnswer, end });
      this.#next();
    });
  }

  /** Gives up what this asker has asked. */
  forget(asker: unknown): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      if (this.#waiting[i]!.asker === asker) this.#waiting.splice(i, 1)[0]!.end({ kind: "dropped" });
    }
    if (this.#current?.asker !== asker) return;
    const { end } = this.#current!;
    this.#current = null;
    end({ kind: "dropped" });
    if (this.#waiting.length) this.#next();
    else this.#client?.inquire({ kind: "script", name: "", cells: [] }, { text: "" }); // in its place, nothing
  }

  #start(): EngineClient {
    return new EngineClient(startWorker, {
      onAnswers: (answers) => {
        for (const answer of answers) this.#current?.onAnswer(answer);
      },
      onReport: ({ trace, final }: RunReport) => {
        if (final) this.#finish(trace.status === "error" ? { kind: "failed", text: trace.error?.message ?? "" } : { kind: "done" });
      },
      onFailure: (text) => this.#finish({ kind: "failed", text }),
    });
  }

  #finish(outcome: Outcome): void {
    const ended = this.#current;
    this.#current = null;
    ended?.end(outcome);
    this.#next();
  }

  #next(): void {
    if (this.#current) return;
    this.#current = this.#waiting.shift() ?? null;
    if (!this.#current) return;
    this.#client ??= this.#start();
    this.#client.inquire(this.#current.document, this.#current.questions, { steps: this.#steps });
  }
}

/** For what is soon answered. */
export const inquirer = new Inquirer(5e8);
/** For what takes its time. */
export const patientInquirer = new Inquirer(5e9);

/** The document without its prose, which the engine does not read. */
export const codeOf = (document: Document): Document => ({
  ...document,
  cells: document.cells.map((cell) => (cell.kind === "code" ? cell : { ...cell, source: "" })),
});

/** A value as Python text. */
export function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return !Number.isFinite(value) ? `float("${value}")` : Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  return JSON.stringify(value);
}

/** Names bound to values, as lines of Python. */
export const bindings = (names: Record<string, unknown>): string => Object.entries(names).map(([name, value]) => `${name} = ${python(value)}\n`).join("");
