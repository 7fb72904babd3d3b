// The page's side of the worker: hand over a document, get traces back. Only the newest run is heard, and a worker that no longer
// answers is replaced.

import type { Description } from "./description.ts";
import type { Document } from "./document.ts";
import type { Limits, Questions, RoundOf, RunOptions } from "./engine.ts";
import type { Port, Reply, Request } from "./protocol.ts";
import type { Trace } from "./trace.ts";

export interface RunReport {
  /** What `run` returned. */
  id: number;
  trace: Trace;
  /** Nothing follows unless asked: the run has ended, or was stopped. */
  final: boolean;
  /** Held by `stop`; `resume` goes on. */
  stopped: boolean;
  /** Time spent running. */
  milliseconds: number;
}

export interface ClientHandlers {
  /** A trace: the last one of a run, and while it goes on about every 100 ms. */
  onReport(report: RunReport): void;
  /** What an inquiry answered, in order. */
  onAnswers?(answers: unknown[], id: number): void;
  /** The engine is loaded. */
  onReady?(): void;
  /** The engine broke down, or could not be loaded. The next `run` starts it anew. */
  onFailure?(message: string, id: number): void;
}

export interface WorkerPort extends Port {
  terminate?(): void;
  /** Hears when the worker's own script could not be loaded: such a worker never says anything. */
  onLost?(listener: () => void): void;
}

/**
 * A worker that leaves a request unanswered for so long is stuck inside one operator, and is replaced. A request that was put to its
 * successor has twice the time, and so on: the machine may be slow, or the operator the very one that is asked for.
 */
const STUCK_MS = 3_000;

export class EngineClient {
  #create: () => WorkerPort;
  #handlers: ClientHandlers;
  #worker: WorkerPort;
  #id = 0;
  #running = false;
  #ready = false;
  #whole = false;
  #lost = false;
  #unanswered: Request | null = null;
  #patience = STUCK_MS;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #askers = new Map<number, (description: Description | null) => void>();

  constructor(create: () => WorkerPort, handlers: ClientHandlers) {
    this.#create = create;
    this.#handlers = handlers;
    this.#worker = this.#start();
  }

  /** Runs a document from the top and drops the run before. Returns the id that its reports carry. */
  run(document: Document, options: RunOptions = {}): number {
    this.#id += 1;
    this.#running = true;
    this.#ask({ type: "run", id: this.#id, document, options });
    return this.#id;
  }

  /** Asks questions of a document, and drops the run before. Answers come to `onAnswers`; a final report ends them. */
  inquire(document: Document, questions: Questions, limits: Partial<Limits> = {}): number {
    this.#id += 1;
    this.#running = true;
    this.#ask({ type: "inquire", id: this.#id, document, questions, limits });
    return this.#id;
  }

  /** Holds the run. Its state stays; a last report comes with `stopped` set. */
  stop(): void {
    if (this.#running) this.#ask({ type: "stop" });
  }

  /** Goes on with a run that was stopped, to its end or until it is to be held again. */
  resume(until: RoundOf | null = null): void {
    this.#running = true;
    this.#worker.postMessage({ type: "resume", until } satisfies Request);
  }

  /** What a dotted name means in the program as far as it ran; null when it means nothing. "" stands for all names in sight. */
  describe(path: string): Promise<Description | null> {
    const ask = ++this.#asked;
    this.#worker.postMessage({ type: "describe", ask, path } satisfies Request);
    return new Promise((resolve) => this.#askers.set(ask, resolve));
  }

  /** Has all of the engine loaded before it is needed: of use once somebody is there to edit. */
  complete(): void {
    this.#whole = true;
    this.#worker.postMessage({ type: "complete" } satisfies Request);
  }

  close(): void {
    this.#id += 1;
    this.#answered();
    this.#worker.terminate?.();
  }

  #start(): WorkerPort {
    const worker = this.#create();
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.#worker) this.#receive(data as Reply);
    });
    worker.onLost?.(() => {
      if (worker === this.#worker) this.#lose();
    });
    this.#ready = false;
    this.#lost = false;
    for (const answer of this.#askers.values()) answer(null); // by a worker that is no more
    this.#askers.clear();
    if (this.#whole) worker.postMessage({ type: "complete" } satisfies Request);
    return worker;
  }

  #receive(reply: Reply): void {
    if (reply.type === "ready" || reply.type === "loading") {
      this.#ready = reply.type === "ready";
      if (this.#ready) this.#handlers.onReady?.();
      this.#watch();
      return;
    }
    if (reply.type === "description") {
      this.#askers.get(reply.ask)?.(reply.description);
      this.#askers.delete(reply.ask);
      return;
    }
    if (reply.id !== this.#id) {
      this.#watch(); // late news of a run that was dropped, but a sign of life
      return;
    }
    this.#answered();
    if (reply.type === "failure") {
      this.#running = false;
      this.#handlers.onFailure?.(reply.message, reply.id);
    } else if (reply.type === "answers") {
      const lines = reply.text.trimEnd().split("\n");
      this.#handlers.onAnswers?.(lines.map((line) => JSON.parse(line) as unknown), reply.id);
    } else if (reply.type === "trace") {
      const { id, json, final, stopped, milliseconds } = reply;
      if (final) this.#running = false;
      this.#handlers.onReport({ id, trace: JSON.parse(json) as Trace, final, stopped, milliseconds });
    }
  }

  /** Nothing will come of this worker; the next request is put to another. */
  #lose(): void {
    this.#lost = true;
    if (this.#unanswered !== null) this.#fail("the engine could not be loaded (is there a network?)");
  }

  #fail(message: string): void {
    this.#answered();
    this.#running = false;
    this.#handlers.onFailure?.(message, this.#id);
  }

  #ask(request: Request): void {
    if (this.#lost) this.#worker = this.#start();
    this.#unanswered = request;
    this.#worker.postMessage(request);
    this.#watch();
  }

  #answered(): void {
    this.#unanswered = null;
    this.#patience = STUCK_MS;
    clearTimeout(this.#watchdog);
  }

  /** While the engine loads, only the network is slow: the watchdog waits for a worker that was ready. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#unanswered !== null && this.#ready) this.#watchdog = setTimeout(() => this.#replace(), this.#patience);
  }

  #replace(): void {
    const request = this.#unanswered;
    const patience = 2 * this.#patience;
    this.#answered();
    this.#patience = patience;
    this.#worker.terminate?.();
    this.#worker = this.#start();
    if (request?.type === "run" || request?.type === "inquire") {
      this.#ask(request);
    } else {
      this.#fail("the program was inside one long operation and had to be dropped");
    }
  }
}
