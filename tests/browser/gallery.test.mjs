// The gallery: tested programs in groups, found by words, opened in the place of the document, which stays one press away.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { openPage, settled, sourceOf } from "./page.mjs";

async function openGallery(page) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Examples" }).click();
  return page.getByRole("dialog", { name: "Examples" });
}

pageTest("the gallery has at least forty programs in groups, and words find them", async ({ page, address }) => {
  await openPage(page, address);
  const gallery = await openGallery(page);
  await gallery.getByRole("heading", { name: "Whole trainings" }).waitFor();
  assert.ok((await gallery.locator(".gallery-item").count()) >= 40);
  await gallery.getByRole("searchbox").fill("xor adam");
  assert.deepEqual(await gallery.locator(".gallery-name").allTextContents(), ["xor"]);
  await gallery.getByRole("searchbox").fill("no such thing");
  await gallery.getByText("No program has that in it.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await gallery.waitFor({ state: "hidden" });
});

pageTest("a program from the gallery runs, and the document before it comes back", async ({ page, address }) => {
  await openPage(page, address);
  const before = await sourceOf(page, 4);
  const gallery = await openGallery(page);
  await gallery.getByRole("searchbox").fill("straight line nn.Linear");
  await gallery.getByRole("button", { name: /linear regression/i }).click();
  await page.getByText("epoch 100: loss 0.0001").waitFor();
  assert.match(await sourceOf(page, 0), /^# A straight line.*model\.bias\.item\(\):\.4f\}"\)$/s);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Start over from the tutorial" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 4), before);
});
