// For the browser tests: serves the built page, drives headless Chromium, and hands each test a fresh page. A test that leaves an
// uncaught exception, a console error or a failed request in its page fails.
//
//   import { pageTest } from "./harness.mjs";
//   pageTest("a sentence in the present", async ({ page, address }) => { await page.goto(address); ... });
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { launch } from "./chromium.mjs";

/** NABLA_SLOW=6 makes the pages' main thread six times slower: what a test waits for must be states, not times. */
const SLOW = Number(process.env.NABLA_SLOW ?? 1);

/** How long one test may take, and how long one thing in it may be waited for: many times what they take, for slow machines. */
const TEST_MS = 180_000 * Math.max(1, SLOW / 2);
const WAIT_MS = TEST_MS / 2;

let site;
let browser;

before(async () => {
  site = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

async function slowDown(page) {
  if (SLOW === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW });
}

/**
 * Runs `body({ page, address, context, browser })` with a page of its own; `page.goto(address)` is left to the body. Options:
 * `context` (as for Playwright's newContext; service workers are off unless it says otherwise), `allowErrors` (patterns of complaints that the test expects),
 * `ms` (how long it may take).
 */
export function pageTest(name, body, { context: contextOptions = {}, allowErrors = [], ms = TEST_MS } = {}) {
  test(name, { timeout: ms }, async () => {
    const context = await browser.newContext({ serviceWorkers: "block", ...contextOptions });
    try {
      context.setDefaultTimeout(WAIT_MS);
      context.on("page", (page) => slowDown(page).catch(() => {})); // closed before it came to that
      const complaints = [];
      context.on("weberror", (event) => complaints.push(`uncaught: ${event.error().stack ?? event.error()}`));
      context.on("console", (message) => {
        if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("requestfailed", (request) => {
        const why = request.failure()?.errorText;
        if (why !== "net::ERR_ABORTED") complaints.push(`request: ${request.url()}: ${why}`);
      });
      const page = await context.newPage();
      await body({ page, address: site.address, context, browser });
      const unexpected = complaints.filter((text) => !allowErrors.some((pattern) => pattern.test(text)));
      assert.deepEqual(unexpected, [], "the page complained");
    } finally {
      await context.close();
    }
  });
}
