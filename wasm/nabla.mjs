#!/usr/bin/env node
// The command `nabla`. All of it is in src/cli.ts; this file only finds what was built from it, or says how to build it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../build/package/cli.js", import.meta.url);
const wasm = new URL("../build/wasm/nabla.wasm", import.meta.url);

if (existsSync(built) && existsSync(wasm)) {
  const { main } = await import(built.href);
  await main(process.argv.slice(2));
} else {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  process.stderr.write(`nabla: not built yet. Run "npm run build" in ${folder}\n`);
  process.exitCode = 2;
}
