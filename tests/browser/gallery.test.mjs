// The gallery: tested programs in groups, found by words, opened in the place of the document, which stays one press away.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { openPage, settled, sourceOf, until, write } from "./page.mjs";

async function openGallery(page) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Examples" }).click();
  return page.getByRole("dialog", { name: "Examples" });
}

pageTest("the gallery has at least forty programs in groups, and words find them", async ({ page, address }) => {
  await openPage(page, address);
  const gallery = await openGallery(page);
  await gallery.getByText("Whole trainings").waitFor();
  assert.ok((await gallery.locator("details .gallery-item").count()) >= 40);
  await gallery.getByRole("searchbox").fill("xor adam");
  await until(async () => assert.deepEqual(await gallery.locator(".gallery-name").allTextContents(), ["xor"]));
  await gallery.getByRole("searchbox").fill("qzx no such word");
  await gallery.getByText("No program has that in it.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await gallery.waitFor({ state: "hidden" });
});

pageTest("those to begin with come first, each with a picture of its graph or its figure, and follow one another", async ({ page, address }) => {
  await openPage(page, address);
  const gallery = await openGallery(page);
  const first = gallery.locator(".is-pictured .gallery-item");
  await first.first().waitFor();
  assert.ok((await first.count()) >= 24);
  const parts = await first.evaluateAll((all) => all.map((item) => item.querySelectorAll(".gallery-picture svg :is(rect, path)").length));
  assert.deepEqual(parts.filter((count) => count < 2), []);
  const names = await first.locator(".gallery-name").allTextContents();
  await first.nth(0).click();
  await page.getByRole("navigation", { name: "Examples" }).getByRole("button", { name: `Next example ${names[1]}` }).waitFor();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^# The chain rule/);
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
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Backpropagation/ }).click();
  await page.getByRole("heading", { name: "1. Backpropagation" }).waitFor();
  await settled(page);
  assert.equal(await sourceOf(page, 4), before);
});

pageTest("one goes from example to example; one that was changed is kept, and starts over", async ({ page, address }) => {
  await openPage(page, address);
  const gallery = await openGallery(page);
  await gallery.getByText("Autograd", { exact: false }).filter({ has: page.locator("small") }).click();
  await gallery.getByRole("button", { name: /^Accumulation/i }).click();
  await settled(page);
  const first = await sourceOf(page, 0);
  const examples = page.getByRole("navigation", { name: "Examples" });
  await examples.getByRole("button", { name: /Next example/ }).click();
  await settled(page);
  assert.notEqual(await sourceOf(page, 0), first);
  await page.reload();
  await settled(page);
  await examples.getByRole("button", { name: /Before/ }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), first);
  await write(page, 0, "print('changed')");
  await settled(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Start this example over" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), first);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Documents" }).click();
  const kept = page.getByRole("dialog", { name: "Documents" }).locator(".document-open");
  await kept.first().waitFor();
  assert.equal(await kept.count(), 1, "examples that were only looked at are not kept");
  await kept.click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), "print('changed')");
});
