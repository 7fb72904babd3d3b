// The page opens on the tutorial, and every code cell of it shows, to the letter, what the tutorial shows.
import assert from "node:assert/strict";
import { CELLS, WARNING } from "../tutorial.mjs";
import { pageTest } from "./harness.mjs";
import { openPage, outputsOf, sourceOf, tableOf } from "./page.mjs";

pageTest("the tutorial's code cells are there, in order", async ({ page, address }) => {
  await openPage(page, address);
  for (const [i, { source }] of CELLS.entries()) assert.equal(await sourceOf(page, i), source);
  assert.equal(await page.locator(".cell-code").count(), CELLS.length);
});

pageTest("the tutorial's outputs are PyTorch's, to the letter", async ({ page, address }) => {
  await openPage(page, address);
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "tensor([14.], grad_fn=<AddBackward0>)" }]);
  assert.deepEqual(await outputsOf(page, 1), []);
  assert.deepEqual(await outputsOf(page, 2), [{ kind: "stdout", text: "tensor([4.])\ntensor([2.])\ntensor([1.])" }]);
  const last = await outputsOf(page, 3);
  const warning = last.find(({ kind }) => kind === "warning");
  assert.deepEqual(last.find(({ kind }) => kind === "stdout"), { kind: "stdout", text: "None" });
  assert.ok(warning?.text.endsWith(WARNING.trimEnd()), warning?.text);
  assert.deepEqual(await outputsOf(page, 4), []);
});

pageTest("formulas are typeset", async ({ page, address }) => {
  await openPage(page, address);
  assert.equal(await page.locator(".formula-display math msup").count(), 1);
  assert.ok((await page.locator("math mfrac").count()) >= 4);
  assert.equal(await page.locator(".prose", { hasText: "$" }).count(), 0);
});

pageTest("the table answers in Python's words", async ({ page, address }) => {
  await openPage(page, address);
  assert.deepEqual(await tableOf(page), [
    ["x", "[2.]", "None", "False", "True", "None"],
    ["w1", "[1.]", "[4.]", "True", "True", "None"],
    ["w2", "[3.]", "[2.]", "True", "True", "None"],
    ["b", "[4.]", "[1.]", "True", "True", "None"],
    ["z", "[10.]", "None", "True", "False", "<AddBackward0>"],
    ["y", "[14.]", "None", "True", "False", "<AddBackward0>"],
  ]);
});

pageTest("the graph shows leaves, operators, values and gradients", async ({ page, address }) => {
  await openPage(page, address);
  const graph = page.getByRole("tree", { name: /Computation graph/ });
  const labels = await graph.getByRole("treeitem").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("aria-label")));
  for (const label of [
    "x, constant, value [2.], goes into pow and *",
    "w1, leaf, value [1.], gradient [4.], goes into *",
    "w2, leaf, value [3.], gradient [2.], goes into *",
    "b, leaf, value [4.], gradient [1.], goes into y",
    "z, from add, value [10.], gradient [1.], passed through, not kept, made of *, goes into y",
    "y, from add, value [14.], gradient [1.], passed through, not kept, made of z and b",
  ]) {
    assert.ok(labels.includes(label), `${label} is not among ${labels.join(" | ")}`);
  }
  const signs = await graph.locator(".sign-text").allTextContents();
  assert.deepEqual(signs.sort(), ["+", "+", "pow(·, 2)", "×", "×"]);
  const edges = await graph.locator(".edge").count();
  assert.equal(edges, 9);
});
