// The page's workers, each with an engine of its own. The first one was started ahead of the page's code (web/first/worker.js), so that the
// engine loads while that does.
import type { WorkerPort } from "../../../wasm/src/client.ts";

declare global {
  /** The early worker; where the page was not built (or its head was not run) there is none. */
  var nablaEarly: { worker: Worker; missed: Event[]; keep(event: Event): void } | undefined;
}

const start = (): Worker => new Worker(new URL("../../../wasm/src/worker.ts", import.meta.url), { type: "module", name: "nabla" });

/** A worker, new or early. What an early one has said is heard by the first who listens. */
export function startWorker(): WorkerPort {
  const early = globalThis.nablaEarly;
  globalThis.nablaEarly = undefined;
  const worker = early?.worker ?? start();
  const listen = (type: "message" | "error", listener: (event: any) => void) => {
    if (early) worker.removeEventListener(type, early.keep);
    worker.addEventListener(type, listener);
    queueMicrotask(() => early?.missed.filter((event) => event.type === type).forEach(listener));
  };
  return {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
    addEventListener: listen,
    // An exception within the worker is an ErrorEvent; a script that cannot be had is a plain one.
    onLost: (listener) => listen("error", (event: Event) => event instanceof ErrorEvent || listener()),
  };
}
