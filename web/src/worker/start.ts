// The page's workers, each with an engine of its own. The first is started by early.ts, while the page's own code still loads.
import type { WorkerPort } from "../../../wasm/src/client.ts";

const start = (): Worker => new Worker(new URL("../../../wasm/src/worker.ts", import.meta.url), { type: "module", name: "nabla" });

let early: WorkerPort | null = null;

/** Starts the first worker, and keeps what it says until someone listens. */
export function startEarly(): void {
  const worker = start();
  const missed: MessageEvent[] = [];
  const keep = (event: MessageEvent) => void missed.push(event);
  worker.addEventListener("message", keep);
  early = {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
    addEventListener(type, listener) {
      worker.removeEventListener("message", keep);
      worker.addEventListener(type, listener);
      queueMicrotask(() => missed.splice(0).forEach(listener));
    },
  };
}

export function startWorker(): WorkerPort {
  const worker = early ?? start();
  early = null;
  return worker;
}
