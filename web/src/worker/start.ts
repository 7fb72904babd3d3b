// The page's workers, each with an engine of its own.
export const startWorker = (): Worker => new Worker(new URL("../../../wasm/src/worker.ts", import.meta.url), { type: "module", name: "nabla" });
