// The entry of the page's worker: `new Worker(new URL("../wasm/src/worker.ts", import.meta.url), { type: "module" })`.

import { loadEngine } from "./engine.ts";
import { serveEngine } from "./host.ts";
import type { Port } from "./protocol.ts";

serveEngine(self as unknown as Port, () => loadEngine());
