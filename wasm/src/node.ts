// The engine in node: the wasm file is read from the build tree.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadEngine, type Engine } from "./engine.ts";

/** Beside this package in the build tree. */
export const WASM_FILE = fileURLToPath(new URL("../wasm/nabla.wasm", import.meta.url));

export async function loadEngineInNode(file: string = WASM_FILE): Promise<Engine> {
  return loadEngine({ wasmBinary: await readFile(file) });
}
