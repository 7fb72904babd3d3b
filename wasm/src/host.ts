// The worker's side: runs documents in slices, so that messages get through while a program runs, and reports its traces.

import type { Description } from "./description.ts";
import { loadEngine, type Engine, type RoundOf } from "./engine.ts";
import type { Parts } from "./parts.ts";
import type { Port, Reply, Request } from "./protocol.ts";

/** How long a slice should take; a stop or a newer document waits no longer than this. */
const SLICE_MS = 12;
const FIRST_BUDGET = 200_000;
const LEAST_BUDGET = 1_000;
const MOST_BUDGET = 20_000_000;

/** A trace at most this often while a program runs, and never so often that tracing takes more than a fifth of the time. */
const PROGRESS_MS = 100;
const PROGRESS_SHARE = 5;

/** A run under way. */
interface Run {
  id: number;
  engine: Engine;
  inquires: boolean;
  /** Instructions for the next slice. */
  budget: number;
  /** Milliseconds spent in slices. */
  spent: number;
  /** When the next trace is due. */
  due: number;
  /** The next slice is on its way. */
  booked: boolean;
}

export function serveEngine(port: Port, parts: Parts): void {
  const turns = new Turns();
  let engine: Promise<Engine> | null = null;
  let newest = 0; // the id of the newest request to run
  let run: Run | null = null;
  let held = false;
  let whole = false; // the page asked for the rest of the engine

  const send = (reply: Reply) => port.postMessage(reply);

  /** The worker answers nothing while it waits for the rest of the engine: the page must know. */
  function restNow(): WebAssembly.Module {
    send({ type: "loading" });
    try {
      return parts.restNow!();
    } finally {
      send({ type: "ready" });
    }
  }

  const announced = parts.restNow ? { ...parts, restNow } : parts;

  function ready(): Promise<Engine> {
    if (engine === null) {
      engine = loadEngine(announced).then((loaded) => {
        send({ type: "ready" });
        return loaded;
      });
      if (whole) complete();
    }
    return engine;
  }

  /** If the rest does not come now, it may when it is needed. */
  function complete(): void {
    whole = true;
    engine?.then((loaded) => loaded.complete()).catch(() => {});
  }

  function fail(id: number, error: unknown): void {
    engine = null;
    run = null;
    send({ type: "failure", id, message: error instanceof Error ? error.message : String(error) });
  }

  async function start(request: Extract<Request, { type: "run" | "inquire" }>): Promise<void> {
    const { id, document } = request;
    newest = id;
    run = null;
    held = false;
    // One turn later: by then newer documents that were waiting in the queue have come in.
    await turns.next();
    if (id !== newest) return;
    try {
      const loaded = await ready();
      if (id !== newest) return;
      send({ type: "started", id });
      if (request.type === "run") loaded.open(document, request.options);
      else loaded.inquire(document, request.questions, request.limits);
      run = { id, engine: loaded, inquires: request.type === "inquire", budget: FIRST_BUDGET, spent: 0, due: performance.now() + PROGRESS_MS, booked: false };
      if (held) report(run, true);
      else slice(run);
    } catch (error) {
      fail(id, error);
    }
  }

  /** Runs a slice, reports if it is time, and books the next. */
  function slice(current: Run): void {
    if (current !== run || held) return;
    try {
      const begin = performance.now();
      const status = current.engine.step(current.budget);
      const end = performance.now();
      current.spent += end - begin;
      const output = current.engine.takeOutput(); // of a plain run the trace has it all; nothing must pile up here
      if (current.inquires && output.length) send({ type: "answers", id: current.id, text: output.map(({ text }) => text).join("") });
      if (status !== "running") {
        run = null;
        report(current, true);
        return;
      }
      if (current.engine.held()) {
        held = true;
        report(current, true);
        return;
      }
      // Towards slices of SLICE_MS, by no more than a factor of four at a time.
      const factor = Math.min(4, Math.max(0.25, SLICE_MS / Math.max(end - begin, 0.1)));
      current.budget = Math.min(MOST_BUDGET, Math.max(LEAST_BUDGET, Math.round(current.budget * factor)));
      if (end >= current.due && !current.inquires) {
        report(current, false);
        const now = performance.now();
        current.due = now + Math.max(PROGRESS_MS, PROGRESS_SHARE * (now - end));
      }
      book(current);
    } catch (error) {
      fail(current.id, error);
    }
  }

  function book(current: Run): void {
    if (current.booked) return;
    current.booked = true;
    void turns.next().then(() => {
      current.booked = false;
      slice(current);
    });
  }

  function report({ id, engine: loaded, spent }: Run, final: boolean): void {
    send({ type: "trace", id, json: loaded.traceText(), final, stopped: held, milliseconds: spent });
  }

  function stop(): void {
    if (held) return;
    held = true; // a run that has not begun sees it when it does
    if (run === null) return;
    try {
      report(run, true);
    } catch (error) {
      fail(run.id, error);
    }
  }

  function resume(until: RoundOf | null): void {
    if (!held) return;
    held = false;
    if (run === null) return;
    run.engine.holdAt(until);
    book(run);
  }

  async function describe({ ask, path }: Extract<Request, { type: "describe" }>): Promise<void> {
    let description: Description | null = null;
    try {
      description = (await ready()).describe(path);
    } catch {
      // Then nothing is known of it; what is wrong with the engine is told when it next runs.
    }
    send({ type: "description", ask, description });
  }

  port.addEventListener("message", ({ data }: { data: Request }) => {
    if (data.type === "run" || data.type === "inquire") void start(data);
    else if (data.type === "stop") stop();
    else if (data.type === "resume") resume(data.until);
    else if (data.type === "describe") void describe(data);
    else complete();
  });
  ready().catch((error: unknown) => fail(newest, error));
}

/**
 * Turns of the event loop, between which messages come in. A message to oneself comes sooner than a timer, which browsers hold
 * back; in node it would be the other way round: a port is emptied a thousand messages at a time, the other ports waiting.
 */
class Turns {
  #channel = typeof setImmediate === "function" ? null : new MessageChannel();
  #waiting: (() => void)[] = [];

  constructor() {
    if (this.#channel) this.#channel.port1.onmessage = () => this.#take();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length > 1) return;
      if (this.#channel) this.#channel.port2.postMessage(null);
      else setImmediate(() => this.#take());
    });
  }

  #take(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
