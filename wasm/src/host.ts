// The worker's side: runs documents in slices, so that messages get through while a program runs, and reports its traces.

import type { Engine } from "./engine.ts";
import type { Port, Reply, Request } from "./protocol.ts";

/** How long a slice should take; a stop or a newer document waits no longer than this. */
const SLICE_MS = 12;
const FIRST_BUDGET = 200_000;
const LEAST_BUDGET = 1_000;
const MOST_BUDGET = 20_000_000;

/** A trace at most this often while a program runs, and never so often that tracing takes more than a fifth of the time. */
const PROGRESS_MS = 100;
const PROGRESS_SHARE = 5;

export function serveEngine(port: Port, load: () => Promise<Engine>): void {
  const turns = new Turns();
  let engine: Promise<Engine> | null = null;
  let current = 0; // the id of the newest run
  let held = false;
  let advance: (() => void) | null = null; // runs the next slice of the current run

  const send = (reply: Reply) => port.postMessage(reply);

  const ready = () =>
    (engine ??= load().then((loaded) => {
      send({ type: "ready" });
      return loaded;
    }));

  const fail = (id: number, error: unknown) => {
    engine = null;
    advance = null;
    send({ type: "failure", id, message: error instanceof Error ? error.message : String(error) });
  };

  async function start({ id, document, options }: Extract<Request, { type: "run" }>): Promise<void> {
    current = id;
    held = false;
    advance = null;
    // One turn later: by then newer documents that were waiting in the queue have come in.
    await turns.next();
    if (id !== current) return;
    try {
      const loaded = await ready();
      if (id !== current) return;
      send({ type: "started", id });
      loaded.open(document, options);
      advance = slices(loaded, id);
      if (held) report(loaded, id, true, 0);
      else advance();
    } catch (error) {
      fail(id, error);
    }
  }

  /** Returns the function that runs the next slice, reports, and books the one after. */
  function slices(loaded: Engine, id: number): () => void {
    let budget = FIRST_BUDGET;
    let spent = 0;
    let nextReport = performance.now() + PROGRESS_MS;
    const slice = () => {
      if (id !== current || held) return;
      try {
        const begin = performance.now();
        const status = loaded.step(budget);
        const end = performance.now();
        spent += end - begin;
        loaded.takeOutput(); // the trace has it all; nothing must pile up here
        if (status !== "running") {
          advance = null;
          report(loaded, id, true, spent);
          return;
        }
        // Towards slices of SLICE_MS, by no more than a factor of four at a time.
        const factor = Math.min(4, Math.max(0.25, SLICE_MS / Math.max(end - begin, 0.1)));
        budget = Math.min(MOST_BUDGET, Math.max(LEAST_BUDGET, Math.round(budget * factor)));
        if (end >= nextReport) {
          report(loaded, id, false, spent);
          const cost = performance.now() - end;
          nextReport = end + cost + Math.max(PROGRESS_MS, PROGRESS_SHARE * cost);
        }
        void turns.next().then(slice);
      } catch (error) {
        fail(id, error);
      }
    };
    return slice;
  }

  function report(loaded: Engine, id: number, final: boolean, milliseconds: number): void {
    send({ type: "trace", id, json: loaded.traceText(), final, stopped: held, milliseconds });
  }

  async function stop(): Promise<void> {
    const id = current;
    if (held) return;
    held = true;
    if (advance === null) return; // not begun (start() looks at `held`), or over
    try {
      const loaded = await ready();
      if (id === current && held) report(loaded, id, true, 0);
    } catch (error) {
      fail(id, error);
    }
  }

  port.addEventListener("message", ({ data }: { data: Request }) => {
    if (data.type === "run") void start(data);
    else if (data.type === "stop") void stop();
    else if (held) {
      held = false;
      advance?.();
    }
  });
  ready().catch((error: unknown) => fail(current, error));
}

/** Turns of the event loop. A message to oneself comes sooner than a timer, which browsers hold back. */
class Turns {
  #channel = new MessageChannel();
  #waiting: (() => void)[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    };
    // In node an open port keeps the process alive.
    (this.#channel.port1 as { unref?: () => void }).unref?.();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#channel.port2.postMessage(null);
    });
  }
}
