// The engine as a plain class: open a document, step it, read its output and its trace. Works unchanged in a page, in a worker
// and in node; parts.ts puts it together from its two files.

import type { Description } from "./description.ts";
import type { Document } from "./document.ts";
import { assemble, fetchedParts, type Assembly, type Parts, type WasmRuntime } from "./parts.ts";
import type { Output, RunStatus, Trace } from "./trace.ts";

/** What a run may use; each has a default in engine/runtime/runtime.h, and ends the run with an exception that names the line. */
export interface Limits {
  /** Instructions. */
  steps: number;
  /** Bytes of tensors and objects. */
  memory: number;
  /** Python calls inside one another. */
  recursion: number;
  /** Bytes printed. */
  output: number;
}

export interface RunOptions {
  /** Keep a trace of every operator; true unless told. */
  record?: boolean;
  limits?: Partial<Limits>;
  /** The lines that input() reads, one a call. A program that asks for more ends with an EOFError. */
  input?: readonly string[];
  /** Someone is writing at it: what stands above a script's syntax error runs, as in a notebook. */
  live?: boolean;
  /** Hold the run when it has come so far; only while recording. */
  until?: RoundOf;
}

/** The end of a round of a loop. */
export interface RoundOf {
  /** Index in the trace's `loops`. */
  loop: number;
  /** From 1, all times together that the loop is run. */
  rounds: number;
}

/** Python text that runs beside a program and asks it questions: Note [Inquiries] in engine/runtime/inquiry.h. */
export interface Questions {
  text: string;
  /** float32 is float64, with the same random numbers. */
  wide?: boolean;
}

export interface OutputChunk {
  kind: Output["kind"];
  /** Index of the cell that printed it. */
  cell: number;
  text: string;
}

/** The engine broke down or could not be loaded: never a fault of the program. The engine is of no further use; load a new one. */
export class EngineFailure extends Error {
  override name = "EngineFailure";
}

/** Loads what is needed first; the rest comes with the first call that needs it, or with `complete`. */
export async function loadEngine(parts: Parts = fetchedParts()): Promise<Engine> {
  try {
    return new Engine(await assemble(parts));
  } catch (cause) {
    throw notLoaded("the engine", cause);
  }
}

function notLoaded(what: string, cause: unknown): EngineFailure {
  return new EngineFailure(`${what} could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

const PART = "a part of the engine";

const STATUS: readonly RunStatus[] = ["running", "done", "error"];

/** Instructions between two looks at the output in `run`. */
const RUN_SLICE = 5_000_000;

export class Engine {
  #runtime: WasmRuntime | null;
  #assembly: Assembly;

  constructor(assembly: Assembly) {
    this.#runtime = assembly.runtime;
    this.#assembly = assembly;
  }

  /** Loads the second file ahead of need. That it cannot be loaded does no harm yet. */
  async complete(): Promise<void> {
    try {
      await this.#assembly.complete();
    } catch (cause) {
      throw notLoaded(PART, cause);
    }
  }

  /** Drops the run before, and readies this document. Nothing of it has run yet. */
  open(document: Document, { record = true, limits = {}, until, input = [], live = false }: RunOptions = {}): void {
    this.#call((runtime) => {
      for (const cell of document.cells) runtime.addCell(cell.kind === "code", wellFormed(cell.source));
      for (const line of input) runtime.addInput(wellFormed(line));
      const { steps = -1, memory = -1, recursion = -1, output = -1 } = limits;
      runtime.open(document.kind === "script", wellFormed(document.name), steps, memory, recursion, output, record, live);
    });
    if (until) this.holdAt(until);
  }

  /** From now on the run is held there; null: nowhere. */
  holdAt(until: RoundOf | null): void {
    this.#call((runtime) => runtime.holdAt(until?.loop ?? -1, until?.rounds ?? 0));
  }

  /** Did the last step come to the place where the run is to be held? */
  held(): boolean {
    return this.#call((runtime) => runtime.held());
  }

  /** What a dotted name means in the program as far as it ran; null when it means nothing. "" stands for all names in sight. */
  describe(path: string): Description | null {
    return JSON.parse(this.#call((runtime) => runtime.describe(wellFormed(path)))) as Description | null;
  }

  /** The same without a trace; the output is what the questions answer, a line of JSON each. */
  inquire(document: Document, { text, wide = false }: Questions, { steps = -1, memory = -1 }: Partial<Limits> = {}): void {
    this.#call((runtime) => {
      for (const cell of document.cells) runtime.addCell(cell.kind === "code", wellFormed(cell.source));
      runtime.inquire(document.kind === "script", wellFormed(document.name), wellFormed(text), wide, steps, memory);
    });
  }

  /** Runs at most about `budget` instructions, and says how things stand. After done or error it does nothing. */
  step(budget: number): RunStatus {
    return this.#call((runtime) => STATUS[runtime.step(budget)]!);
  }

  /** What Python would exit with: 0, 1 after an uncaught exception, or what the program gave to sys.exit. */
  exitStatus(): number {
    return this.#call((runtime) => runtime.exitStatus());
  }

  /** What was printed since the last call. */
  takeOutput(): OutputChunk[] {
    return this.#call((runtime) => runtime.takeOutput());
  }

  /** What the run has left behind so far. May be asked at any time, also in the middle of a run. */
  trace(): Trace {
    return JSON.parse(this.traceText()) as Trace;
  }

  /** The trace as it travels: JSON. */
  traceText(): string {
    return this.#call((runtime) => runtime.snapshot());
  }

  /** Runs a whole document, hands on its output as it comes, and returns its trace. */
  run(document: Document, options: RunOptions & { onOutput?: (chunk: OutputChunk) => void } = {}): Trace {
    this.open(document, options);
    let status: RunStatus;
    do {
      status = this.step(RUN_SLICE);
      for (const chunk of this.takeOutput()) options.onOutput?.(chunk);
    } while (status === "running");
    return this.trace();
  }

  /** Frees the engine. */
  close(): void {
    this.#runtime?.delete();
    this.#runtime = null;
  }

  /** The engine throws nothing: whatever comes through here is a trap or a fault of ours, after which its memory is not to be trusted. */
  #call<Result>(work: (runtime: WasmRuntime) => Result): Result {
    if (this.#runtime === null) throw new EngineFailure("the engine is closed");
    let cause: unknown;
    try {
      const result = work(this.#runtime);
      if (this.#assembly.missing() === null) return result;
    } catch (error) {
      cause = error;
    }
    this.#runtime = null;
    const missing = this.#assembly.missing();
    if (missing !== null) throw notLoaded(PART, missing);
    const why = cause instanceof Error ? cause.message : "a C++ exception came through";
    throw new EngineFailure(`the engine broke down, which is a fault of nabla: ${why}`, { cause });
  }
}

/** Half a surrogate pair has no UTF-8; as in a file it becomes the replacement character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
