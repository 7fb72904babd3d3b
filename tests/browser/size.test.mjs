// The whole first load, as the browser asks for it, compressed with brotli: at most 500 kB.
import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { pageTest } from "./harness.mjs";

const MOST = 500_000;
/** Until the limit is met (docs/architecture.md, Known gaps), the load may at least not grow: lower this as it shrinks. */
const NOW = 610_000;

let measured;

/** The bytes of everything that opening the page transfers. Compressing takes seconds, so that it is done once. */
async function firstLoad({ page, address, context }) {
  if (measured) return measured;
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
  return (measured = total);
}

pageTest("the first load does not grow past what it is", async (browser) => {
  const total = await firstLoad(browser);
  assert.ok(total <= NOW, `the first load is ${total} bytes, more than ${NOW}`);
});

pageTest(
  "the first load is at most 500 kB",
  async (browser) => {
    const total = await firstLoad(browser);
    assert.ok(total <= MOST, `the first load is ${total} bytes, more than ${MOST}`);
  },
  { todo: "the limit is not met yet" },
);
