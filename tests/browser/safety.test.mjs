// The page outlives whatever is typed into it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pageTest } from "./harness.mjs";
import { LONG_LOOP } from "./programs.mjs";
import { codeCell, openCode, openPage, outputsOf, settled, sourceOf, write } from "./page.mjs";

pageTest("a loop without an end in sight: the page stays alive, Stop works, and editing goes on", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, LONG_LOOP);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.locator(".run-stopped").waitFor();
  await write(page, 4, "print('still here')");
  await settled(page);
  assert.deepEqual(await outputsOf(page, 4), [{ kind: "stdout", text: "still here" }]);
});

pageTest("an endless loop ends by itself with an error that names the line", async ({ page, address }) => {
  await openCode(page, address, "n = 0\nwhile True:\n    n += 1");
  await page.locator(".run-error").waitFor();
  const error = (await outputsOf(page, 0)).find(({ kind }) => kind === "error");
  assert.match(error.text, /line [23]/);
  assert.match(error.text, /StepLimitError/);
  assert.equal(await codeCell(page, 0).locator(".cm-lintRange-error").count() > 0, true);
});

pageTest("a document that took the page down is not run by itself", async ({ page, address }) => {
  await openCode(page, address, "print('ran')");
  await settled(page);
  // As a crash leaves it: marked as running by a page that is gone, and no farewell. A mark of another page is not taken away by one that
  // leaves in good order, whenever it does so.
  await page.addInitScript(() => localStorage.setItem("nabla.running.test", "another page"));
  await page.reload();
  await page.locator(".banner", { hasText: "did not finish" }).waitFor();
  assert.equal(await sourceOf(page, 0), "print('ran')");
  assert.deepEqual(await outputsOf(page, 0), []);
  await page.getByRole("button", { name: "Run it" }).click();
  await settled(page);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "ran" }]);
});

pageTest("nothing in a document becomes script or markup of the page", async ({ page, address }) => {
  await openCode(page, address, "print('<img src=x onerror=alert(1)>')");
  await settled(page);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "<img src=x onerror=alert(1)>" }]);
  assert.equal(await page.locator("main img").count(), 0);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  // Files of its own, and the scripts in its head: of each its hash, so that no other runs.
  const inline = [...(await (await page.request.get(address)).text()).matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  assert.deepEqual(/script-src ([^;]*);/.exec(policy)[1].split(" "), ["'self'", "'wasm-unsafe-eval'", ...inline]);
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "globalThis.intruder = true" })));
  assert.equal(await page.evaluate(() => "intruder" in globalThis), false);
}, { allowErrors: [/Content Security Policy/] });
