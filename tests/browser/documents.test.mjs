// Several documents: begun, renamed, duplicated, deleted and brought back; and two tabs on the same one.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { isAccessible, openCode, openPage, settled, sourceOf, until, write } from "./page.mjs";

async function openDocuments(page) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Documents" }).click();
  const sheet = page.getByRole("dialog", { name: "Documents" });
  await sheet.waitFor();
  return sheet;
}

/** In whatever order: those that were changed last come first. */
async function hasTitles(sheet, wanted) {
  await until(async () => assert.deepEqual((await sheet.locator(".document-title").allTextContents()).sort(), wanted));
}

pageTest("a new document is empty, ready to type in, and kept beside the others", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "'tutorial'");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "New document" }).click();
  await page.locator(".cm-focused").waitFor();
  await page.keyboard.type("6 * 7");
  await settled(page);
  const sheet = await openDocuments(page);
  await hasTitles(sheet, ["6 * 7", "Gradient descent and backpropagation"]);
  await sheet.getByRole("button", { name: /^Gradient descent/ }).first().click();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "'tutorial'");
});

pageTest("documents are renamed, duplicated, deleted and brought back", async ({ page, address }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  let sheet = await openDocuments(page);
  await isAccessible(page);
  await sheet.getByRole("button", { name: "Rename test.ipynb" }).click();
  await page.keyboard.type("My thoughts");
  await page.keyboard.press("Enter");
  await hasTitles(sheet, ["My thoughts"]);
  assert.equal(await page.title(), "My thoughts · nabla");

  await sheet.getByRole("button", { name: "Duplicate My thoughts" }).click();
  await page.keyboard.type("Second thoughts");
  await page.keyboard.press("Escape"); // the copy keeps the name that it was given, and the sheet stays
  await hasTitles(sheet, ["My thoughts", "My thoughts (copy)"]);
  await sheet.getByRole("button", { name: "Delete My thoughts", exact: true }).click();
  await sheet.getByText("Deleted My thoughts").waitFor();
  await isAccessible(page);
  await page.keyboard.press("Escape");
  await settled(page);
  assert.equal(await page.title(), "My thoughts (copy) · nabla", "the next one takes the place of the open one");
  await write(page, 0, "a = 2");

  sheet = await openDocuments(page);
  await sheet.getByRole("button", { name: "Undo" }).click();
  await sheet.getByRole("button", { name: "Open My thoughts", exact: true }).or(sheet.locator(".document-open", { hasText: /^My thoughts(?! \()/ })).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), "a = 1");
});

pageTest("two tabs on one document show the same, and neither loses what the other wrote", async ({ page, address, context }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  const other = await context.newPage();
  await openPage(other, address);
  await write(other, 0, "a = 22");
  // Not by frames: of a tab behind another one a browser draws none.
  const shows = (tab, text) => tab.waitForFunction((text) => document.querySelector(".cm-line")?.textContent.startsWith(text), text, { polling: 100 });
  await shows(page, "a = 22");
  await write(page, 0, "a = 333");
  await shows(other, "a = 333");
  await other.keyboard.press("Control+End");
  await other.keyboard.type("3");
  await other.reload();
  await settled(other);
  assert.equal(await sourceOf(other, 0), "a = 3333");
});

pageTest("undo in a cell reaches back over all runs since it was opened", async ({ page, address }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  for (const text of ["a = 2", "a = (", "b = 3"]) {
    await write(page, 0, text);
    await settled(page);
    await page.waitForTimeout(600); // apart for the history
  }
  for (let i = 0; i < 12 && (await sourceOf(page, 0)) !== "a = 1"; i++) await page.keyboard.press("Control+z");
  assert.equal(await sourceOf(page, 0), "a = 1");
});
