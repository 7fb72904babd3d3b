// From the request of the page to the first gradient in its table, with an empty cache and the page's own thread slowed down. Over the browser's
// debugging pipe, with nothing attached but that: what Playwright puts into a page and listens to takes the slowed thread a quarter of a second.
// (Workers cannot be slowed; the engine's share of a load is some 120 ms of its own thread, beside the page's.)
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findChromium } from "../../scripts/setup.mjs";

/** Notes when the table shows a gradient, at the beginning of the frame after the one that made it. */
const LOOK = `(function look() {
  if (document.querySelector(".tensor-table .grad-kept")) globalThis.seen = performance.now();
  else requestAnimationFrame(look);
})()`;

/** Milliseconds of `count` loads. */
export async function firstGradients(address, count, slower) {
  const profile = await mkdtemp(join(tmpdir(), "nabla-bench-"));
  const browser = openBrowser(["--headless", "--no-sandbox", "--no-first-run", `--user-data-dir=${profile}`, "about:blank"]);
  const times = [];
  try {
    for (let i = 0; i < count; i++) {
      const { browserContextId } = await browser.send("Target.createBrowserContext");
      const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", browserContextId, width: 1440, height: 900 });
      const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
      const ask = (method, params = {}) => browser.send(method, params, sessionId);
      await ask("Page.enable");
      await ask("Page.addScriptToEvaluateOnNewDocument", { source: LOOK });
      await ask("Emulation.setCPUThrottlingRate", { rate: slower });
      await ask("Page.navigate", { url: address });
      let seen;
      while (seen === undefined) {
        await sleep(100);
        seen = (await ask("Runtime.evaluate", { expression: "globalThis.seen" })).result?.value;
      }
      times.push(seen);
      await browser.send("Target.disposeBrowserContext", { browserContextId });
    }
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return times;
}

/** Messages are JSON, each ended by a zero byte. */
function openBrowser(flags) {
  const child = spawn(findChromium(), ["--remote-debugging-pipe", ...flags], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const [, , , out, back] = child.stdio;
  const waiting = new Map();
  let asked = 0;
  let text = "";
  back.setEncoding("utf8").on("data", (more) => {
    const messages = (text + more).split("\0");
    text = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const [resolve, reject] = waiting.get(id) ?? [];
      waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  });
  const send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, [resolve, reject]);
      out.write(`${JSON.stringify({ id: asked, method, params, sessionId })}\0`);
    });
  return {
    send,
    async close() {
      send("Browser.close").catch(() => {});
      await ended;
    },
  };
}
