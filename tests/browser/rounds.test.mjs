// The rounds of a loop: any of them is shown as it was, with its gradients and steps, by running up to there again.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, openCode, openPage, settled, write } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const DESCENT =
  "import torch\nw = torch.tensor(1.0, requires_grad=True)\nfor epoch in range(10):\n    loss = (w - 3) ** 2\n    loss.backward()\n    with torch.no_grad():\n        w -= 0.25 * w.grad\n    w.grad.zero_()\n";

const count = (page) => page.locator(".rounds-count").textContent();
const valueOf = (page, name) => page.locator(".tensor-table tr", { has: page.getByRole("button", { name, exact: true }) }).locator("td").first().textContent();

pageTest("a loop has a slider over its rounds; each shows the values of its end, in code, graph and table", async ({ page, address }) => {
  await openCode(page, address, DESCENT);
  await settled(page);
  assert.equal(await page.locator("code.rounds-loop").textContent(), "for epoch in range(10)");
  assert.equal(await count(page), "10 of 10");
  const slider = page.getByRole("slider", { name: "Round", exact: true });
  await slider.focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelector(".tensor-table tbody td").textContent === "2.");
  assert.equal(await count(page), "1 of 10");
  assert.equal(await valueOf(page, "loss"), "4.");
  assert.ok((await page.locator(".graph .value").allTextContents()).includes("4."));
  assert.equal(await codeCell(page, 0).locator(".cm-line", { hasText: "loss =" }).locator(".line-value").textContent(), "4.");
  await page.getByRole("button", { name: "Next round" }).click();
  await page.waitForFunction(() => document.querySelector(".tensor-table tbody td").textContent === "2.5000");
  await page.getByRole("button", { name: "Round before" }).click();
  await page.waitForFunction(() => document.querySelector(".tensor-table tbody td").textContent === "2.");
  await slider.focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => /^10/.test(document.querySelector(".rounds-count").textContent));
  assert.equal(await page.locator(".rounds.is-picked").count(), 0);
}, { context: desktop });

pageTest("an edit goes back to the whole run; a round of an inner loop can be picked too", async ({ page, address }) => {
  await openCode(page, address, DESCENT);
  await settled(page);
  await page.getByRole("button", { name: "Round before" }).click();
  await page.locator(".rounds.is-picked").waitFor();
  await write(page, 0, "import torch\nx = torch.tensor(0.0)\nfor i in range(3):\n    for j in range(4):\n        x = x + 1\n");
  await settled(page);
  await page.waitForFunction(() => /of 3/.test(document.querySelector(".rounds-count").textContent));
  assert.equal(await page.locator(".rounds.is-picked").count(), 0);
  await page.getByRole("combobox", { name: "Loop" }).selectOption({ label: "for j in range(4)" });
  await page.waitForFunction(() => document.querySelector(".tensor-table tbody td").textContent === "11.");
  assert.equal(await count(page), "11 of 12");
}, { context: desktop });

pageTest("without a loop there is no slider", async ({ page, address }) => {
  await openPage(page, address);
  await openCode(page, address, "import torch\nx = torch.ones(2)\n");
  await settled(page);
  assert.equal(await page.locator(".rounds").count(), 0);
}, { context: desktop });

pageTest("a long run tells the round it is in, draws its curve as it goes, and keeps all when stopped", async ({ page, address }) => {
  await openCode(page, address, "import torch\nw = torch.tensor(1.0, requires_grad=True)\nx = torch.ones(30000)\nfor epoch in range(2000000000):\n    loss = ((w - 3 - epoch) ** 2 * x).mean()\n    loss.backward()\n    w.grad.zero_()\n");
  await page.mouse.move(3, 3);
  await page.locator(".run-progress progress").waitFor();
  const rounds = async () => Number(await page.locator(".run-progress progress").getAttribute("value"));
  const first = await rounds();
  await page.waitForFunction((before) => Number(document.querySelector(".run-progress progress").getAttribute("value")) > before, first);
  assert.match(await page.locator(".run-progress").textContent(), /^round [\d,]+ of 2,000,000,000$/);
  await page.locator(".sparkline path").first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Go on" }).waitFor();
  assert.equal(await valueOf(page, "w"), "1.");
  const held = await page.locator(".series small").first().textContent();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForFunction((before) => document.querySelector(".series small").textContent !== before, held);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
}, { context: desktop });
