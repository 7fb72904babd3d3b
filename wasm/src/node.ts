// The engine in node: its files are read from the build tree.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { loadEngine, type Engine } from "./engine.ts";
import { FIRST, REST, type Parts } from "./parts.ts";

export const nodeParts: Parts = {
  first: async () => WebAssembly.compile(await readFile(FIRST)),
  rest: async () => WebAssembly.compile(await readFile(REST)),
  restNow: () => new WebAssembly.Module(readFileSync(REST)),
};

export async function loadEngineInNode(): Promise<Engine> {
  return loadEngine(nodeParts);
}
