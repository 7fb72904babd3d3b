// Typing runs the document without a button; what breaks is marked where it broke; nothing typed is lost.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { atRest, codeCell, openCode, openPage, outputsOf, settled, sourceOf, tableOf, until, write } from "./page.mjs";

pageTest("typing runs the document again", async ({ page, address }) => {
  await openPage(page, address);
  const content = codeCell(page, 0).locator(".cm-line", { hasText: "x = torch.tensor" });
  await content.click();
  await page.keyboard.press("End");
  for (const key of ["ArrowLeft", "ArrowLeft", "Backspace", "Backspace", "Backspace"]) await page.keyboard.press(key);
  await page.keyboard.type("3.0");
  await settled(page);
  assert.match(await sourceOf(page, 0), /x = torch\.tensor\(\[3\.0\]\)/);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "tensor([22.], grad_fn=<AddBackward0>)" }]);
  assert.equal((await outputsOf(page, 2))[0].text, "tensor([9.])\ntensor([3.])\ntensor([1.])");
  const row = (await tableOf(page)).find(([name]) => name === "y");
  assert.equal(row[1], "[22.]");
});

pageTest("the editor is loaded with the first move, and the cursor is where the click was", async ({ page, address }) => {
  await page.goto(address);
  const line = page.locator(".static-line", { hasText: "y = z + b" });
  await page.locator(".tensor-table").waitFor();
  await atRest(page);
  await page.evaluate(() => document.fonts.ready);
  assert.equal(await page.locator(".cm-editor").count(), 0);
  await line.scrollIntoViewIfNeeded();
  const before = await line.evaluate((element) => element.getBoundingClientRect().top);
  const box = await line.boundingBox();
  const width = await line.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    range.setStartAfter(element.firstChild);
    return range.getBoundingClientRect().width;
  });
  const start = await line.evaluate((element) => element.firstChild.getBoundingClientRect().right);
  await page.mouse.click(start + width + 20, box.y + box.height / 2);
  await page.locator(".cm-focused").waitFor();
  await page.keyboard.type(" * 2");
  const live = codeCell(page, 0).locator(".cm-line", { hasText: "y = z + b * 2" });
  assert.equal(await live.count(), 1);
  // What was drawn before stood in the same place.
  const after = await live.boundingBox();
  const text = await live.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().left;
  });
  assert.ok(Math.abs(after.y - before) < 1, `${after.y} is not ${before}`);
  assert.ok(Math.abs(text - start) < 1, `${text} is not ${start}`);
});

pageTest("an error is marked at its place, and what runs stays", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "z + undefined_name");
  await settled(page);
  assert.equal(await codeCell(page, 4).locator(".cm-lintRange-error").textContent(), "undefined_name");
  assert.equal(await codeCell(page, 4).locator(".cm-lint-marker-error").count(), 1);
  const [error] = await outputsOf(page, 4);
  assert.equal(error.kind, "error");
  assert.match(error.text, /^Traceback \(most recent call last\):/);
  assert.match(error.text, /NameError: name 'undefined_name' is not defined$/);
  assert.equal((await tableOf(page)).length, 6);
  assert.equal(await page.locator(".node.is-ahead").count(), 0);
  await write(page, 4, "z + 1");
  await settled(page);
  assert.equal(await page.locator(".cm-lintRange-error").count(), 0);
  assert.deepEqual(await outputsOf(page, 4), [{ kind: "result", text: "tensor([11.], grad_fn=<AddBackward0>)" }]);
});

pageTest("while the code is broken, the graph stands up to the failing line, and the rest stays where it was, dimmed", async ({ page, address }) => {
  const code = "import torch\nx = torch.tensor(5.0)\nw = torch.tensor(1.0, requires_grad=True)\nz = w * x\ny = z + 1";
  await openCode(page, address, code);
  await settled(page);
  const places = () => page.locator(".graph .node").evaluateAll((nodes) => nodes.map((node) => node.style.transform));
  const before = await places();
  await write(page, 0, code.replace("z + 1", "z + (1"));
  await settled(page);
  assert.deepEqual(await page.locator(".node.is-ahead .name").allTextContents(), ["y"]);
  assert.deepEqual(await page.locator(".tensor-table tr.is-old .row-name").allTextContents(), ["y"]);
  assert.deepEqual(await places(), before);
  await write(page, 0, code.replace("w * x", "w * oops"));
  await settled(page);
  assert.deepEqual(await page.locator(".node.is-ahead .name").allTextContents(), ["z", "y"]);
  // With another program above the break, only that is drawn.
  await write(page, 0, "import torch\na = torch.tensor(2.0)\nb = a.exp(\n");
  await settled(page);
  assert.deepEqual(await page.locator(".node .name").allTextContents(), ["a"]);
}, { context: { viewport: { width: 1440, height: 900 } } });

pageTest("what was typed is there after a reload, and the tutorial is one press away, and back", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "print('mine')");
  await page.reload();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "print('mine')");
  assert.deepEqual(await outputsOf(page, 4), [{ kind: "stdout", text: "mine" }]);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Start over from the tutorial" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "# === Your code here ===");
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "print('mine')");
});

pageTest("cells are added, moved, turned into text, deleted and brought back", async ({ page, address }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  const add = page.locator(".add-here").last();
  await add.getByRole("button", { name: "Code" }).click();
  await page.keyboard.insertText("a + 1");
  await settled(page);
  assert.deepEqual(await outputsOf(page, 1), [{ kind: "result", text: "2" }]);
  await codeCell(page, 1).hover();
  await codeCell(page, 1).getByRole("button", { name: "Move up" }).click();
  await settled(page);
  assert.match((await outputsOf(page, 0))[0].text, /NameError: name 'a' is not defined$/);
  await codeCell(page, 0).getByRole("button", { name: "Delete" }).click();
  await settled(page);
  assert.equal(await page.locator(".cell").count(), 1);
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), "a + 1");
  await codeCell(page, 0).hover();
  await codeCell(page, 0).getByRole("button", { name: "Turn into text" }).click();
  assert.equal(await page.locator(".cell-markdown .prose").textContent(), "a + 1");
});

pageTest("Markdown is edited with Enter and left with Escape, and a new formula is typeset", async ({ page, address }) => {
  await openPage(page, address);
  const cell = page.locator(".cell-markdown").nth(1);
  await cell.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("Twice $e^{x}$, **bold**, <b>not bold</b> and [no script](javascript:alert(1)).");
  await page.keyboard.press("Escape");
  await cell.locator("math msup").waitFor();
  assert.equal(await cell.locator("strong").textContent(), "bold");
  assert.equal(await cell.locator("b, a").count(), 0);
  assert.match(await cell.locator(".prose").innerText(), /<b>not bold<\/b> and no script/);
  assert.equal(await page.evaluate(() => document.activeElement.matches(".cell-markdown")), true);
});

pageTest("Tab indents, and Escape lets the keyboard go on", async ({ page, address }) => {
  await openCode(page, address, "x = 1");
  await settled(page);
  await codeCell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  assert.equal(await sourceOf(page, 0), "    x = 1");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await sourceOf(page, 0), "x = 1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".cm-editor")), null);
});

pageTest("Tab goes through code and out of it again without changing it, and past the bar there are ways to the document and the graph", async ({ page, address }) => {
  await openCode(page, address, "a = 1\nb = 2");
  await settled(page);
  const focused = () => page.evaluate(() => document.activeElement.className);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "document");
  const passed = [];
  for (let i = 0; i < 20 && !passed.includes("cell-tools"); i++) {
    await page.keyboard.press("Tab");
    passed.push(await page.evaluate(() => (document.activeElement.closest(".cell-tools") ? "cell-tools" : document.activeElement.closest(".cm-content") ? "code" : "")));
  }
  assert.ok(passed.includes("code") && passed.includes("cell-tools"), passed.join());
  assert.equal(await sourceOf(page, 0), "a = 1\nb = 2");
  for (let i = 0; i < 20 && !/cm-content/.test(await focused()); i++) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("#");
  await page.keyboard.press("Tab");
  assert.equal(await sourceOf(page, 0), "    #a = 1\nb = 2");
  await page.getByRole("link", { name: "Skip to the graph" }).press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "graph");
}, { context: { viewport: { width: 1440, height: 900 } } });

pageTest("graph, table and code light up together", async ({ page, address }) => {
  await openPage(page, address);
  await page.getByRole("treeitem", { name: /^z, from add/ }).hover();
  await codeCell(page, 0).locator(".cm-lit").first().waitFor();
  assert.equal(await codeCell(page, 0).locator(".cm-lit").first().evaluate((mark) => mark.closest(".cm-line").textContent.slice(0, 4)), "z = ");
  assert.equal(await page.locator(".tensor-table tr.is-lit th").textContent(), "z");
  await page.locator(".tensor-table tr", { hasText: "w1" }).hover();
  await page.locator('.node.is-lit .hit[aria-label^="w1, leaf"]').waitFor();
  await codeCell(page, 0).locator(".cm-line", { hasText: "y = z + b" }).hover();
  await page.locator(".tensor-table tr.is-lit", { hasText: "y" }).waitFor();
  await page.mouse.move(2, 2);
  await page.getByRole("treeitem", { name: /^w1, leaf/ }).focus();
  await page.keyboard.press("ArrowDown");
  assert.match(await page.locator(".hit:focus").getAttribute("aria-label"), /from mul/);
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".details").innerText(), /^w1 \* torch\.pow\(x, 2\)/); // it has no name: the code that made it stands for one
}, { context: { viewport: { width: 1440, height: 900 } } });

pageTest("the cursor alone lights up the name, the operation or the line that it is in; a node lights up its code", async ({ page, address }) => {
  await openPage(page, address);
  const lit = async () => (await page.locator(".tensor-table tr.is-lit th").allTextContents()).join();
  const nodes = () => page.locator(".node.is-lit .hit").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label").split(",")[0]).join());
  await page.mouse.move(2, 2);
  await codeCell(page, 0).locator(".cm-content").focus();
  const go = async (line, column) => {
    await page.keyboard.press("Control+Home");
    for (let i = 1; i < line; i++) await page.keyboard.press("ArrowDown");
    for (let i = 0; i < column; i++) await page.keyboard.press("ArrowRight");
  };
  await go(7, 0); // w1 = torch.tensor(...)
  await until(async () => assert.equal(await lit(), "w1"));
  assert.equal(await nodes(), "w1");
  await go(11, 5); // z = |w1 * torch.pow(x, 2) + w2 * x
  await until(async () => assert.equal(await lit(), "w1"));
  await go(11, 12); // in torch.pow(x, 2)
  await until(async () => assert.match((await page.locator(".node.is-lit").allTextContents()).join(), /pow/));
  await go(12, 0);
  await until(async () => assert.equal(await lit(), "y"));
  // A node that is picked takes the light, and gives it to its code.
  await page.getByRole("treeitem", { name: /^w2, leaf/ }).click();
  await page.mouse.move(2, 2);
  await until(async () => assert.equal(await lit(), "w2"));
  assert.match(await codeCell(page, 0).locator(".cm-lit").first().evaluate((mark) => mark.closest(".cm-line").textContent), /^w2 = /);
}, { context: { viewport: { width: 1440, height: 900 } } });

pageTest("typing over lines that have values beside them leaves none of these in the code", async ({ page, address }) => {
  await openCode(page, address, "a = 1\nb = a + 1\nc = b + 1");
  await settled(page);
  await codeCell(page, 0).locator(".line-value").nth(2).waitFor();
  await codeCell(page, 0).locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.type("0");
  await settled(page);
  assert.equal(await sourceOf(page, 0), "a = 1\nb = a + 10");
});
