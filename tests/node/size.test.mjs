// The engine as it is sent: at most 350 kB with brotli. (The whole first load is held in tests/browser/size.test.mjs.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { WASM_FILE } from "../../build/package/node.js";

const MOST = 350_000;

test("nabla.wasm is at most 350 kB with brotli", (context) => {
  const size = brotliCompressSync(readFileSync(WASM_FILE)).length; // quality 11 unless told
  context.diagnostic(`nabla.wasm: ${size} bytes with brotli`);
  assert.ok(size <= MOST, `nabla.wasm is ${size} bytes with brotli, more than ${MOST}`);
});
