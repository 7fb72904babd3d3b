// A link carries the whole document and how it is looked at; a broken one says so; nobody's own work is touched. Files go in and out.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pageTest } from "./harness.mjs";
import { deflateRawSync } from "node:zlib";
import { codeCell, isAccessible, openPage, outputsOf, settled, sourceOf, write } from "./page.mjs";

const allowed = { context: { permissions: ["clipboard-read", "clipboard-write"] } };

async function share(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Share" });
  await panel.getByText("Link copied").waitFor();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  assert.match(await panel.innerText(), new RegExp(`${link.length.toLocaleString("en")} characters`));
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
  await settled(page);
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

  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "File" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as .ipynb" }).click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), "mine.ipynb");
  const notebook = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(notebook.cells.map(({ source }) => source.join("")), ["# Mine\ntext", "a = 2\na * 3"]);

  const savedMarkdown = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as .md" }).click();
  const markdown = await readFile(await (await savedMarkdown).path(), "utf8");
  assert.equal(markdown, "# Mine\ntext\n\n```python\na = 2\na * 3\n```\n");
  await page.keyboard.press("Escape");
  await open("again.md", markdown);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "6" }]);

  await open("plain.py", "import torch\nprint(torch.ones(2))\ntorch.zeros(2)\n");
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "tensor([1., 1.])" }]);
});

pageTest("the tutorial's link is short, and carries what one looks at", async ({ page, address, browser }) => {
  await openPage(page, address);
  const plain = await share(page);
  assert.ok(plain.length - address.length <= 280, plain);

  await codeCell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("treeitem", { name: /^w2, leaf/ }).click();
  await page.getByRole("button", { name: "Step back" }).click();
  await page.getByRole("button", { name: "Step back" }).click();
  const step = await page.getByRole("slider", { name: "Step" }).inputValue();
  const link = await share(page);
  assert.ok(link.length - address.length <= 280, link);

  const other = await browser.newContext();
  const there = await other.newPage();
  await openPage(there, link);
  await there.waitForFunction((step) => document.querySelector(".timeline input")?.value === step, step);
  await there.locator(".cm-focused").waitFor();
  await there.keyboard.type("#");
  assert.equal(await sourceOf(there, 1), "# Compute backpropagation\ny.backward(#)");
  await other.close();

  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("checkbox", { name: "Open it where I am now" }).uncheck();
  await page.waitForFunction((plain) => document.querySelector(".share-panel input").value === plain, plain);
}, allowed);

pageTest("links made by the first nabla open still", async ({ page, address }) => {
  const packed = JSON.stringify([0, "old.ipynb", "m# Old", "cprint('old')"]);
  const fragment = Buffer.concat([Buffer.from([1]), deflateRawSync(packed)]).toString("base64url");
  await openPage(page, `${address}#${fragment}`);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "old" }]);
  assert.equal(await page.title(), "Old · nabla");
});

const jsqr = await readFile(createRequire(import.meta.url).resolve("jsqr"), "utf8");

/** What a camera would read in a picture of an element. */
async function readCode(page, element) {
  const picture = (await element.screenshot()).toString("base64");
  await page.evaluate(jsqr);
  return page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    const { data, width, height } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    return globalThis.jsQR(data, width, height)?.data;
  }, picture);
}

for (const colorScheme of ["light", "dark"]) {
  pageTest(`the link is a QR code, too, which a camera reads, ${colorScheme}`, async ({ page, address }) => {
    await openPage(page, address);
    const code = page.getByRole("img", { name: "The link as a QR code" });
    for (const text of ["", Array.from({ length: 60 }, (_, i) => `a${(i * 7919) % 1000} = ${(i * 104729) % 99991}`).join("\n")]) {
      if (text) await write(page, 4, text);
      await page.getByRole("button", { name: "Share", exact: true }).click();
      await page.getByRole("button", { name: "QR code" }).click();
      await code.waitFor();
      const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
      assert.ok(text === "" || link.length > 500, `${link.length} characters`);
      assert.equal(await readCode(page, code), link);
      await isAccessible(page);
      await page.keyboard.press("Escape");
    }
  }, { context: { ...allowed.context, colorScheme } });
}

pageTest("a document that is too long for a code, or even for a link, says so, and what to do instead", async ({ page, address }) => {
  await openPage(page, address);
  await page.keyboard.press("Escape");
  await write(page, 4, Array.from({ length: 400 }, (_, i) => `a${(i * 7919) % 1000} = ${(i * 104729) % 99991}`).join("\n"));
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "QR code" }).click();
  await page.getByText("too long for a code").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Menu" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /Open a file/ }).click();
  await (await chooser).setFiles({ name: "large.py", mimeType: "text/plain", buffer: Buffer.from(`x = """\n${`${"0123456789".repeat(10)}\n`.repeat(44_000)}"""\n`) });
  await page.getByText("Opened large.py").waitFor();
  await settled(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Share" });
  await panel.getByText("This one has 4.2 MB").waitFor();
  assert.equal(await panel.getByRole("textbox").count(), 0);
  await isAccessible(page);
  const saved = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Export as .py" }).click();
  assert.equal((await saved).suggestedFilename(), "large.py");
}, allowed);

pageTest("embedded in another page: read only, without panes, and with the way to a page of its own", async ({ page, address, context }) => {
  await openPage(page, address);
  await write(page, 4, "'embedded'");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Embed" }).click();
  await page.getByRole("checkbox", { name: "Read only" }).check();
  await page.getByRole("checkbox", { name: "Without the values" }).check();
  await page.getByRole("button", { name: "Copy the code" }).click();
  const snippet = await page.evaluate(() => navigator.clipboard.readText());
  await write(page, 4, "'mine'");

  const host = await context.newPage();
  await host.route(`${address}host.html`, (route) => route.fulfill({ contentType: "text/html", body: `<title>Host</title>${snippet}` }));
  await host.goto(`${address}host.html`);
  const frame = host.frameLocator("iframe");
  await frame.locator(".output-result", { hasText: "'embedded'" }).waitFor();
  assert.equal(await frame.locator(".readout").isVisible(), false);
  assert.equal(await frame.getByRole("button", { name: "Share" }).count(), 0);
  await frame.locator(".cell-code").nth(4).click();
  await frame.locator(".cm-content").nth(4).click();
  await host.keyboard.type("nothing");
  await host.waitForTimeout(200);
  assert.match(await frame.locator(".cm-content").nth(4).textContent(), /^'embedded'/);
  const opened = context.waitForEvent("page");
  await frame.getByRole("link", { name: "Open in nabla" }).click();
  const own = await opened;
  await settled(own);
  assert.equal(await sourceOf(own, 4), "'embedded'");
  await page.reload();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "'mine'");
}, allowed);

pageTest("a notebook's text opens wherever it is pasted, Python where nothing else takes it, and code stays code", async ({ page, address }) => {
  await openPage(page, address);
  const paste = async (text) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("Control+V");
    await settled(page);
  };
  const cell = (source) => ({ cell_type: "code", metadata: {}, source, outputs: [], execution_count: null });
  await codeCell(page, 4).locator(".cm-content").click();
  await paste("'just code'");
  assert.match(await sourceOf(page, 4), /'just code'/);
  await paste(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell("6 * 7")] }));
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "42" }]);
  await page.locator("#document").focus();
  await paste("# Pasted\n\n```python\n1 + 1\n```\n");
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "2" }]);
  assert.equal(await page.title(), "Pasted · nabla");
  await page.locator("#document").focus();
  await paste("print('from the clipboard')");
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "from the clipboard" }]);
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await page.title(), "Pasted · nabla");
}, allowed);

pageTest("exported as a page of its own, the document opens from a file, without a network", async ({ page, address, browser }) => {
  await openPage(page, address);
  await write(page, 4, "import itertools\nlist(itertools.chain('ab', 'c'))");
  await settled(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "File" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export as a page of its own" }).click();
  const folder = await mkdtemp(join(tmpdir(), "nabla-"));
  const file = join(folder, (await saved).suggestedFilename());
  await (await saved).saveAs(file);
  assert.match(file, /\.html$/);

  const alone = await browser.newContext();
  await alone.setOffline(true);
  const there = await alone.newPage();
  const complaints = [];
  alone.on("weberror", (event) => complaints.push(String(event.error())));
  await openPage(there, pathToFileURL(file).href);
  assert.deepEqual(await outputsOf(there, 4), [{ kind: "result", text: "['a', 'b', 'c']" }]);
  await write(there, 4, "y.grad_fn");
  await settled(there);
  assert.match((await outputsOf(there, 4))[0].text, /AddBackward0/);
  await there.getByRole("button", { name: "Menu" }).click();
  await there.getByRole("button", { name: "Lessons" }).click();
  await there.getByRole("button", { name: /Momentum/ }).click();
  await there.locator(".formula-display math").first().waitFor();
  await settled(there);
  assert.deepEqual(complaints, []);
  await alone.close();
  await rm(folder, { recursive: true });
}, { context: allowed.context, allowErrors: [] });
