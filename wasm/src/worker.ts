// The entry of the page's worker, a module worker made from this file's address.

import { loadEngine } from "./engine.ts";
import { serveEngine } from "./host.ts";
import type { Port } from "./protocol.ts";

serveEngine(self as unknown as Port, () => loadEngine());
