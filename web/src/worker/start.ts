// The page's workers, each with an engine of its own. The first one was started ahead of the page's code (web/first/worker.js), so that the
// engine loads while that does.
import type { WorkerPort } from "../../../wasm/src/client.ts";

declare global {
  /** The early worker; where the page was not built (or its head was not run) there is none. */
  var nablaEarly: { worker: Worker; missed: Event[]; keep(event: Event): void } | undefined;
}

const start = (): Worker => new Worker(new URL("../../../wasm/src/worker.ts", import.meta.url), { type: "module", name: "nabla" });

/** The early worker, and whatever it has said. */
function takeEarly(): WorkerPort | null {
  const early = globalThis.nablaEarly;
  if (!early) return null;
  globalThis.nablaEarly = undefined;
  const { worker, missed, keep } = early;
  return {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
    addEventListener(type: string, listener: (event: any) => void) {
      worker.removeEventListener(type, keep);
      worker.addEventListener(type, listener);
      queueMicrotask(() => missed.filter((event) => event.type === type).forEach(listener));
    },
  };
}

export const startWorker = (): WorkerPort => takeEarly() ?? start();
