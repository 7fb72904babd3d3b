// The entry of a worker thread in node, and the port through which EngineClient talks to one.

import { Worker, isMainThread, parentPort } from "node:worker_threads";
import type { WorkerPort } from "./client.ts";
import { serveEngine } from "./host.ts";
import { nodeParts } from "./node.ts";
import type { Port } from "./protocol.ts";

if (!isMainThread && parentPort !== null) serveEngine(parentPort as unknown as Port, nodeParts);

/** A new worker thread, for `new EngineClient(startWorkerThread, handlers)`. */
export function startWorkerThread(): WorkerPort {
  const worker = new Worker(new URL(import.meta.url));
  return {
    postMessage: (message) => worker.postMessage(message),
    addEventListener: (type, listener) => void worker.on(type, (data) => listener({ data })),
    terminate: () => void worker.terminate(),
  };
}
