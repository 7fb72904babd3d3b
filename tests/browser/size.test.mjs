// The whole first load, as the browser asks for it until the tutorial's results are shown, compressed with brotli: at most 500 kB.
import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { pageTest } from "./harness.mjs";

const MOST = 500_000;

pageTest("the first load is at most 500 kB", async ({ page, address, context }) => {
  const loads = new Map();
  context.on("response", (response) => {
    if (response.status() === 200) loads.set(response.url(), response.body().catch((error) => error)); // what comes after the test has no body
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator(".run-line", { hasText: "Ran in" }).waitFor();
  const sizes = [];
  for (const [url, body] of loads) sizes.push({ url: url.slice(address.length) || "index.html", bytes: brotliCompressSync(await body).length });
  sizes.sort((a, b) => b.bytes - a.bytes);

  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const list = sizes.map(({ url, bytes }) => `${String(bytes).padStart(8)}  ${url}`).join("\n");
  console.log(`first load, brotli:\n${list}\n${String(total).padStart(8)}  in all`);
  const engine = sizes.filter(({ url }) => url.endsWith(".wasm")).map(({ url }) => url);
  assert.equal(engine.length, 1, `the engine's first file, and that alone: ${engine}`);
  assert.ok(total <= MOST, `the first load is ${total} bytes, more than ${MOST}`);
});
