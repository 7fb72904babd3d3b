// A link carries the whole document; a broken one says so; nobody's own work is touched. Files go in and out.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { openPage, outputsOf, settled, sourceOf, write } from "./page.mjs";

const allowed = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

async function share(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  assert.match(await page.getByRole("dialog", { name: "Share" }).innerText(), /Link copied[\s\S]*[\d,]+ characters/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await page.keyboard.press("Escape");
  return link;
}

pageTest("a shared link restores the whole document in another browser", async ({ page, address, browser }) => {
  await openPage(page, address);
  await write(page, 4, "print('π ≈ 3.14159 🎈')");
  const link = await share(page);
  const other = await browser.newContext();
  const there = await other.newPage();
  await openPage(there, link);
  assert.equal(await sourceOf(there, 4), "print('π ≈ 3.14159 🎈')");
  assert.equal(await there.locator(".cell").count(), await page.locator(".cell").count());
  assert.deepEqual(await outputsOf(there, 4), [{ kind: "stdout", text: "π ≈ 3.14159 🎈" }]);
  await other.close();
}, allowed);

pageTest("a shared link leaves one's own document alone, and there is a way back", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "'shared'");
  const link = await share(page);
  await write(page, 4, "'mine'");
  await settled(page);
  await page.goto("about:blank");
  await openPage(page, link);
  assert.equal(await sourceOf(page, 4), "'shared'");
  await write(page, 4, "'shared and changed'");
  await page.reload();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "'shared and changed'");
  await page.getByRole("button", { name: "Back to my document" }).click();
  assert.equal(await sourceOf(page, 4), "'mine'");
  await page.reload();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "'mine'");
}, allowed);

pageTest("a broken link says so and leaves the work as it was", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "'mine'");
  const link = await share(page);
  for (const broken of [link.slice(0, -40), `${address}#!!!`, `${address}#AQ`, `${address}#AgAA`]) {
    await page.goto("about:blank");
    await openPage(page, broken);
    assert.match(await page.locator(".banner").first().innerText(), /This link cannot be opened: .+ Your own work is below, unchanged\./);
    assert.equal(await sourceOf(page, 4), "'mine'");
  }
}, allowed);

pageTest("a notebook and a script are opened, and exported again", async ({ page, address }) => {
  await openPage(page, address);
  const open = async (name, text) => {
    await page.getByRole("button", { name: "Menu" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /Open a file/ }).click();
    await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.waitForFunction((name) => document.querySelector(".notice")?.textContent.includes(name), name);
    await settled(page);
  };
  const cells = [
    { cell_type: "markdown", metadata: {}, source: ["# Mine\n", "text"] },
    { cell_type: "code", metadata: {}, source: ["a = 2\n", "a * 3"], outputs: [], execution_count: null },
  ];
  await open("mine.ipynb", JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "6" }]);
  assert.equal(await page.title(), "Mine · nabla");

  await page.getByRole("button", { name: "Menu" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as .ipynb" }).click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), "mine.ipynb");
  const notebook = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(notebook.cells.map(({ source }) => source.join("")), ["# Mine\ntext", "a = 2\na * 3"]);

  await open("plain.py", "import torch\nprint(torch.ones(2))\ntorch.zeros(2)\n");
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "tensor([1., 1.])" }]);
});
