// The page's workers, each with an engine of its own. This file is a script of its own, ahead of the page's (vite.config.ts): it starts the
// first worker at once, so that the engine loads while the page's code does.
import type { WorkerPort } from "../../../wasm/src/client.ts";

const start = (): Worker => new Worker(new URL("../../../wasm/src/worker.ts", import.meta.url), { type: "module", name: "nabla" });

let early: WorkerPort | null = startEarly();

/** A worker that keeps what it says until someone listens. */
function startEarly(): WorkerPort {
  const worker = start();
  const missed: MessageEvent[] = [];
  const keep = (event: MessageEvent) => void missed.push(event);
  worker.addEventListener("message", keep);
  return {
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
