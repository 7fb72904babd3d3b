// The engine's files in the page. The second is fetched with the first sign of somebody there, or brought in by a run that needs it sooner; what was
// out of reach is told of, and asked for again.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { openCode, openPage, outputsOf, settled, until } from "./page.mjs";

const REST = "**/nabla-rest-*.wasm";
const NEEDS_REST = "import itertools\nprint(list(itertools.chain('ab', 'c')))";
const ANSWER = [{ kind: "stdout", text: "['a', 'b', 'c']" }];

/** How a request was made: by fetch, ahead of need, or by XMLHttpRequest in the middle of a run. */
const kindOf = (request) => request.resourceType();

pageTest("the rest of the engine is fetched once somebody is there, and not before", async ({ page, address, context }) => {
  const asked = [];
  context.on("request", (request) => request.url().includes("nabla-rest") && asked.push(kindOf(request)));
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator(".run-line", { hasText: "Ran in" }).waitFor();
  assert.deepEqual(asked, []);
  const coming = context.waitForEvent("response", (response) => response.url().includes("nabla-rest"));
  await page.mouse.move(2, 2);
  await coming;
  assert.deepEqual(asked, ["fetch"]);
});

pageTest("a run that needs the rest sooner waits for it", async ({ page, address, context }) => {
  const asked = [];
  await context.route(REST, (route) => {
    asked.push(kindOf(route.request()));
    return kindOf(route.request()) === "fetch" ? route.abort("aborted") : route.continue();
  });
  await openCode(page, address, NEEDS_REST);
  await settled(page);
  assert.deepEqual(await outputsOf(page, 0), ANSWER);
  assert.ok(asked.includes("xhr"), String(asked));
}, { allowErrors: [/nabla-rest/] });

pageTest("a syntax error and what it says come from the rest, or through it", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = (1 +");
  await settled(page);
  const [error] = await outputsOf(page, 0);
  assert.match(error.text, /SyntaxError: '\(' was never closed/);
});

pageTest("without a network the run says so, and the next one asks again", async ({ page, address, context }) => {
  let asked = 0;
  await context.route(REST, (route) => {
    if (kindOf(route.request()) === "xhr") asked++;
    return route.abort("aborted");
  });
  await openCode(page, address, NEEDS_REST);
  await page.locator(".banner", { hasText: "a part of the engine could not be loaded: there is no network" }).waitFor();
  const before = asked;
  await page.getByRole("button", { name: "Run again" }).click();
  await until(() => assert.ok(asked > before, "it asks again"));
  await page.locator(".banner", { hasText: "a part of the engine could not be loaded: there is no network" }).waitFor();
  await context.unroute(REST);
  await page.getByRole("button", { name: "Run again" }).click();
  await settled(page);
  assert.deepEqual(await outputsOf(page, 0), ANSWER);
}, { allowErrors: [/nabla-rest/] });

for (const [what, files, said] of [
  ["the worker", /\/worker-[^/]*\.js$/, "the engine could not be loaded (is there a network?)"],
  ["the engine's first file", /\/nabla-(?!rest)[^/]*\.wasm$/, "the engine could not be loaded: the server answered 503"],
]) {
  pageTest(`without ${what} the document is there, the page says so, and each run asks again`, async ({ page, address, context }) => {
    let asked = 0;
    await context.route(files, (route) => {
      asked++;
      return route.fulfill({ status: 503, body: "" });
    });
    const banner = page.locator(".banner", { hasText: said });
    await page.goto(address);
    await banner.waitFor();
    await page.getByRole("heading", { name: "Gradient descent and backpropagation" }).waitFor();
    const before = asked;
    await page.getByRole("button", { name: "Run again" }).click();
    await until(() => assert.ok(asked > before, "it asks again"));
    await banner.waitFor();
    await context.unroute(files);
    await page.getByRole("button", { name: "Run again" }).click();
    await page.locator(".tensor-table .grad-kept").first().waitFor();
    assert.equal(await page.locator(".banner").count(), 0);
  }, { allowErrors: [/503/, /worker-.*ERR_FAILED/] });
}
