// The engine as it is sent: at most 350 kB with brotli. (The whole first load is held in tests/browser/size.test.mjs.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { WASM_FILE } from "../../build/package/node.js";

const MOST = 350_000;
/** Until the limit is met (docs/architecture.md, Known gaps), the file may at least not grow: lower this as it shrinks. */
const NOW = 490_000;

const size = () => brotliCompressSync(readFileSync(WASM_FILE)).length; // quality 11 unless told

test("nabla.wasm is at most 350 kB with brotli", { todo: "the limit is not met yet" }, (context) => {
  const bytes = size();
  context.diagnostic(`nabla.wasm: ${bytes} bytes with brotli`);
  assert.ok(bytes <= MOST, `nabla.wasm is ${bytes} bytes with brotli, more than ${MOST}`);
});

test("nabla.wasm does not grow past what it is", () => {
  const bytes = size();
  assert.ok(bytes <= NOW, `nabla.wasm is ${bytes} bytes with brotli, more than ${NOW}`);
});
