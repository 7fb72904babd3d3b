// The engine as it is sent first: at most 350 kB with brotli. (The whole first load is held in tests/browser/size.test.mjs.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { FIRST, REST } from "../../build/package/parts.js";

const MOST = 350_000;

const size = (file) => brotliCompressSync(readFileSync(file)).length; // quality 11 unless told

test("nabla.wasm is at most 350 kB with brotli", (context) => {
  const bytes = size(FIRST);
  context.diagnostic(`with brotli: nabla.wasm ${bytes} bytes, nabla-rest.wasm ${size(REST)} bytes`);
  assert.ok(bytes <= MOST, `nabla.wasm is ${bytes} bytes with brotli, more than ${MOST}`);
});
