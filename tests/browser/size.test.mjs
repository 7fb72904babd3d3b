// The whole first load, as the browser asks for it, compressed with brotli: the limit is 500 kB, which is not met yet.
import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { pageTest } from "./harness.mjs";

const MOST = 500_000;
/** Until the limit is met (docs/architecture.md, Known gaps), the load may at least not grow: lower this as it shrinks. */
const NOW = 610_000;

pageTest("the first load is at most 500 kB, or at least no more than it is", async ({ page, address, context }) => {
  const loads = new Map();
  context.on("response", (response) => {
    if (response.status() === 200) loads.set(response.url(), response.body());
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const sizes = [];
  for (const [url, body] of loads) sizes.push({ url: url.slice(address.length) || "index.html", bytes: brotliCompressSync(await body).length });
  sizes.sort((a, b) => b.bytes - a.bytes);

  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const list = sizes.map(({ url, bytes }) => `${String(bytes).padStart(8)}  ${url}`).join("\n");
  console.log(`first load, brotli:\n${list}\n${String(total).padStart(8)}  in all`);
  assert.ok(sizes.some(({ url }) => url.endsWith(".wasm")), "the engine is part of the first load");
  if (total > MOST) console.log(`THE LIMIT IS NOT MET YET: the first load is ${total} bytes, more than ${MOST}`);
  assert.ok(total <= NOW, `the first load is ${total} bytes, more than ${NOW}`);
});
