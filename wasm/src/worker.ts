// The entry of the page's worker, a module worker made from this file's address.

import { serveEngine } from "./host.ts";
import { fetchedParts } from "./parts.ts";
import type { Port } from "./protocol.ts";

serveEngine(self as unknown as Port, fetchedParts());
