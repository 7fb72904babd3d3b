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

/** Instructions that an inquiry may take. */
const STEPS = 4e9;

let client: EngineClient | null = null;
let current: Inquiry | null = null;
const waiting: Inquiry[] = [];

function start(): EngineClient {
  return new EngineClient(startWorker, {
    onAnswers(answers) {
      for (const answer of answers) current?.onAnswer(answer);
    },
    onReport({ trace, final }: RunReport) {
      if (final) finish(trace.status === "error" ? { kind: "failed", text: trace.error?.message ?? "" } : { kind: "done" });
    },
    onFailure: (text) => finish({ kind: "failed", text }),
  });
}

function finish(outcome: Outcome): void {
  const ended = current;
  current = null;
  ended?.end(outcome);
  next();
}

function next(): void {
  if (current) return;
  current = waiting.shift() ?? null;
  if (!current) return;
  client ??= start();
  client.inquire(current.document, current.questions, { steps: STEPS });
}

/** Gives up what this asker has asked. */
export function forget(asker: unknown): void {
  for (let i = waiting.length - 1; i >= 0; i--) {
    if (waiting[i]!.asker === asker) waiting.splice(i, 1)[0]!.end({ kind: "dropped" });
  }
  if (current && current.asker === asker) {
    const { end } = current;
    current = null;
    end({ kind: "dropped" });
    if (waiting.length) next();
    else client?.inquire({ kind: "script", name: "", cells: [] }, { text: "" }); // in its place, nothing
  }
}

export function inquire(asker: unknown, document: Document, questions: Questions, onAnswer: (answer: unknown) => void): Promise<Outcome> {
  forget(asker);
  return new Promise((end) => {
    waiting.push({ asker, document, questions, onAnswer, end });
    next();
  });
}
