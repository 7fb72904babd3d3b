// The Jacobian as a picture, and what backward(gradient=...) does with it.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { hasNoOverflow, isAccessible, openCode, settled, sourceOf } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const table = (page) => page.locator(".jacobian-table");
const numbers = (page) => table(page).locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td:not(.jacobian-weight)")].map((cell) => cell.textContent)));

async function pick(page, name) {
  await page.getByRole("treeitem", { name: new RegExp(`^${name}, (leaf|from)`) }).click();
}

pageTest("a vector result: each row a slope, weighed by the gradient that backward was given", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x[:2] * x[1:]
y.backward(gradient=torch.tensor([1.0, 10.0]))
`);
  await settled(page);
  await pick(page, "x");
  await page.getByRole("button", { name: "Jacobian" }).click();
  await table(page).waitFor();
  assert.deepEqual(await numbers(page), [["2", "1", "0"], ["0", "3", "2"]]);
  assert.deepEqual(await table(page).locator("tbody .jacobian-weight").allTextContents(), ["1", "10"]);
  assert.deepEqual(await table(page).locator("tfoot td:not(.jacobian-weight)").allTextContents(), ["2", "31", "20"]);
  assert.match(await page.locator(".jacobian-note").textContent(), /weighs each row by its element of v/);
  await pick(page, "y");
  assert.match(await page.getByRole("region", { name: "The selected tensor" }).innerText(), /was given a gradient, one weight for each of its 2 elements: \[1\., 10\.\]/);
}, { context: desktop });

pageTest("backward on a vector fails, and why is told, with the change that mends it", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x ** 2\ny.backward()\n");
  await settled(page);
  const details = page.getByRole("region", { name: "The selected tensor" });
  if (await page.getByRole("button", { name: "Show up to the error" }).count()) await page.getByRole("button", { name: "Show up to the error" }).click();
  await pick(page, "y");
  assert.match(await details.innerText(), /y has 2 elements, each with a slope of its own, and backward\(\) in line 4 sends back one/);
  await pick(page, "x");
  await page.getByRole("button", { name: "Jacobian" }).click();
  await table(page).waitFor();
  assert.deepEqual(await numbers(page), [["2", "0"], ["0", "4"]]);
  await pick(page, "y");
  await details.locator(".fix", { hasText: "gradient=torch.ones_like(y)" }).click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^y\.backward\(gradient=torch\.ones_like\(y\)\)$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
}, { context: desktop });

pageTest("where numbers have no room there are squares; another result can be chosen; a phone has room for it", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.ones(4, 3, requires_grad=True)
h = torch.tanh(torch.arange(4.0) @ w)
loss = (h * h).sum()
loss.backward()
`);
  await settled(page);
  await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Graph" }).click();
  await pick(page, "w");
  await page.getByRole("button", { name: "Jacobian" }).click();
  await table(page).waitFor();
  assert.match(await page.locator(".jacobian-note").textContent(), /^loss is one number, so the Jacobian is one row/);
  await page.getByLabel("Of which result").selectOption("h");
  await page.waitForFunction(() => document.querySelectorAll(".jacobian-table tbody tr").length === 3);
  const rows = await numbers(page);
  assert.equal(rows[0].length, 12);
  // h[1] depends on the second column of w alone.
  assert.ok(rows[1].every((text, j) => (Number(text) !== 0) === (j % 3 === 1 && j > 2)), rows[1].join());
  await hasNoOverflow(page);
  await isAccessible(page);
}, { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } });
