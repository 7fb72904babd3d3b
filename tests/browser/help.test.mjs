// Everything on the screen has help: each part has an entry, the list finds the part and the part finds its entry.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pageTest } from "./harness.mjs";
import { codeCell, hasNoOverflow, openPage, settled, until, write } from "./page.mjs";

const parts = [...readFileSync(new URL("../../web/src/help/entries.ts", import.meta.url), "utf8").matchAll(/part: "([^"]+)"/g)].map(([, part]) => part);

/** What can be pressed, typed into or focused and lies outside of all parts that the help explains. */
const unexplained = (page) =>
  page.evaluate((parts) => {
    const all = document.querySelectorAll("button, a, input, select, textarea, [role=button], [tabindex='0']");
    return [...all]
      .filter((one) => one.getClientRects().length && !one.closest(".help, dialog") && !parts.some((part) => one.closest(part)))
      .map((one) => one.outerHTML.slice(0, 120));
  }, parts);

pageTest("everything that can be pressed lies in a part that the help explains", async ({ page, address }) => {
  await openPage(page, address);
  assert.ok(parts.length > 20);
  assert.deepEqual(await unexplained(page), []);
  await page.getByRole("button", { name: "Menu" }).click();
  assert.deepEqual(await unexplained(page), []);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Embed" }).click();
  assert.deepEqual(await unexplained(page), []);
  await page.keyboard.press("Escape");
  await page.getByRole("treeitem", { name: /^w2, leaf/ }).click();
  await page.locator(".details").waitFor();
  assert.deepEqual(await unexplained(page), []);
  await page.getByRole("button", { name: "Next step" }).click();
  await page.locator(".explain").waitFor();
  assert.deepEqual(await unexplained(page), []);
  await write(page, 4, "o = torch.optim.SGD([w1], lr=0.1)\nfor i in range(5):\n    o.step()\n    n = i\nz.grad +");
  await settled(page);
  await codeCell(page, 1).locator(".cm-content").click();
  assert.deepEqual(await unexplained(page), []);
});

pageTest("the help opens with a question mark, rings what an entry is about, and finds the entry of what is pointed at", async ({ page, address }) => {
  await openPage(page, address);
  await page.locator("#document").focus();
  await page.keyboard.press("?");
  const help = page.getByRole("complementary", { name: "Help" });
  await help.waitFor();
  await help.locator(".help-entry", { hasText: "Time line" }).hover();
  await page.locator(".help-ring").waitFor();
  await until(async () => {
    const [ring, part] = await Promise.all([page.locator(".help-ring").boundingBox(), page.locator(".timeline").boundingBox()]);
    assert.ok(Math.abs(ring.x - part.x) < 12 && Math.abs(ring.y - part.y) < 12, JSON.stringify([ring, part]));
  });
  for (const [where, title] of [[".readout", "Values"], [".menu", "Menu"], [".cell-code .cm-turnable", "A number"], [".cell-code .cm-line", "Code"]]) {
    await page.locator(where).first().hover();
    await help.locator(".is-pointed h4", { hasText: new RegExp(`^${title}$`) }).waitFor();
  }
  await help.getByRole("button", { name: "Close help" }).click();
  await help.waitFor({ state: "detached" });
  await codeCell(page, 4).locator(".cm-content").click();
  await page.keyboard.type("?");
  assert.equal(await help.count(), 0, "a question mark that is typed is typed");
}, { context: { viewport: { width: 1440, height: 900 } } });

for (const [name, width] of [["phone", 360], ["tablet", 820]]) {
  pageTest(`${name}: the help fits, and the header too`, async ({ page, address }) => {
    await openPage(page, address);
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("complementary", { name: "Help" }).waitFor();
    await hasNoOverflow(page);
    const lines = await page.locator(".run-line > span").evaluate((line) => line.getBoundingClientRect().height);
    assert.ok(lines < 30, `the state of the run takes ${lines} pixels`);
  }, { context: { viewport: { width, height: 740 }, hasTouch: true } });
}
