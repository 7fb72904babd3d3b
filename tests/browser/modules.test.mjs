// Networks in the graph: modules fold and open, parameters are named by attribute; what a backward pass keeps, sums back and sends is drawn.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { atRest, drawn, isAccessible, openCode, settled, until } from "./page.mjs";
import { NET } from "./programs.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const TRAINED = `${NET}loss = net(x).mean()
loss.backward()
`;
const names = (page) => page.locator(".node .name").allTextContents();
const signs = (page) => page.locator(".node .sign-text").allTextContents();

pageTest("a layer is one card with its name, in a frame of the network; parameters and their first random numbers are not in the way", async ({ page, address }) => {
  await openCode(page, address, TRAINED);
  await settled(page);
  assert.deepEqual((await signs(page)).sort(), ["fc1 · Linear +", "fc2 · Linear +", "mean", "tanh"]);
  assert.match(await page.locator(".frame-title").textContent(), /net ?Net/);
  assert.ok(!(await names(page)).some((name) => name.includes("weight")));
  await isAccessible(page);
}, { context: desktop });

pageTest("a module opens by a click on its name or with plus, and folds with minus or by its frame", async ({ page, address }) => {
  await openCode(page, address, TRAINED);
  await settled(page);
  await page.locator(".opener").first().click();
  await page.locator(".name", { hasText: "fc1.weight" }).waitFor();
  assert.ok((await signs(page)).includes("addmm"));
  assert.ok(!(await signs(page)).some((sign) => sign.startsWith("uniform_")));
  assert.equal(await page.locator(".frame").count(), 2);
  await page.locator(".frame-title", { hasText: "fc1" }).click();
  await page.locator(".name", { hasText: "fc1.weight" }).waitFor({ state: "detached" });
  await page.getByRole("treeitem", { name: /module fc2/ }).focus();
  await page.keyboard.press("+");
  await page.locator(".name", { hasText: "fc2.weight" }).waitFor();
  await page.keyboard.press("-");
  await page.locator(".name", { hasText: "fc2.weight" }).waitFor({ state: "detached" });
  // The whole network as one card.
  await page.locator(".frame-title", { hasText: "net" }).click();
  await page.getByRole("treeitem", { name: /module net, a Net, folded/ }).waitFor();
}, { context: desktop });

pageTest("the keyboard walks from a result to what it is made of, and to its other operands, and says so", async ({ page, address }) => {
  await openCode(page, address, "import torch\na = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(3.0, requires_grad=True)\nc = a * b\nd = c + 1\n");
  await settled(page);
  const here = () => page.locator(".hit:focus").getAttribute("aria-label");
  await page.getByRole("treeitem", { name: /^d, from add/ }).focus();
  assert.match(await here(), /made of c$/);
  await page.keyboard.press("ArrowUp");
  assert.match(await here(), /^c, from mul.*made of a and b, goes into d$/);
  await page.keyboard.press("ArrowUp");
  assert.match(await here(), /^a, leaf/);
  await page.keyboard.press("ArrowRight");
  assert.match(await here(), /^b, leaf/);
  await page.keyboard.press("ArrowDown");
  assert.match(await here(), /^c/);
  assert.equal(await page.locator(".hit:focus").getAttribute("aria-level"), "2");
}, { context: desktop });

const low = { viewport: { width: 1366, height: 700 } };

pageTest("in a low pane a tall graph runs from left to right and is read; the arrow keys follow it, and words below it do not turn it back", async ({ page, address }) => {
  await openCode(page, address, `import torch
a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
c = (a * b).sin().exp() * b
c.backward()
`);
  await settled(page);
  const cards = () => page.locator(".graph .node:not(.is-operation) .card").evaluateAll((all) => all.map((card) => card.getBoundingClientRect()));
  await atRest(page);
  const lying = await cards();
  assert.ok(lying.at(-1).left > lying[0].right && lying.every(({ height }) => height > 30), JSON.stringify(lying));
  const ends = await page.locator(".edge").evaluateAll((all) => all.map((path) => [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())]).map(([from, to]) => to.x - from.x));
  assert.ok(ends.length === 6 && ends.every((along) => along > 0), String(ends));
  const here = () => page.locator(".hit:focus").getAttribute("aria-label");
  await page.getByRole("treeitem", { name: /^c, from mul/ }).focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await here(), /from exp/);
  await page.keyboard.press("ArrowDown");
  assert.match(await here(), /^b, leaf/);
  await page.keyboard.press("ArrowUp");
  assert.match(await here(), /^a, leaf/);
  await page.keyboard.press("ArrowRight");
  assert.match(await here(), /from mul.*made of a and b/);
  assert.match(await page.getByRole("tree").getAttribute("aria-label"), /Arrow left goes to what a node was made of/);
  await page.keyboard.press("Enter");
  await page.locator(".details").waitFor();
  await atRest(page);
  const still = await cards();
  assert.ok(still.at(-1).left > still[0].right, "it still lies");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1366, height: 1400 });
  await until(async () => {
    const upright = await cards();
    assert.ok(upright.at(-1).top > upright[0].bottom, "in a high pane it stands");
  });
}, { context: low });

pageTest("values kept for the backward pass are marked, a broadcast's gradient is summed back, and a step sends gradients along the edges", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor([1., 2., 3.])\nw = torch.tensor(0.5, requires_grad=True)\nb = torch.tensor(1.0, requires_grad=True)\nh = x * w\ny = (h + b).sum()\ny.backward()\n");
  await settled(page);
  assert.equal(await page.locator(".edge-marks .saved").count(), 1); // x, for the gradient of w
  assert.equal(await page.locator(".sum-sign").count(), 2); // of w and b
  const step = page.getByRole("slider", { name: "Step" });
  await step.focus();
  await page.keyboard.press("End");
  const flowing = page.locator(".is-flowing .flow");
  const seen = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("ArrowLeft");
    await drawn(page);
    seen.push((await flowing.allTextContents()).join(" "));
  }
  assert.ok(seen.some((text) => text.includes("[1., 1., 1.]") && text.includes("3.")), seen.join(" | "));
  assert.ok(seen.includes("6."), seen.join(" | "));
}, { context: desktop });

pageTest("a network that is called twice is drawn twice, each call with its own layers", async ({ page, address }) => {
  await openCode(page, address, `import torch
from torch import nn
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
x = torch.ones(4, 2)
loss = net(x).mean()
loss.backward()
right = net(x) > 0
`);
  await settled(page);
  assert.deepEqual((await signs(page)).sort(), ["0 · Linear +", "0 · Linear +", "2 · Linear +", "2 · Linear +", "mean", "tanh", "tanh", "· > 0"]);
  assert.equal(await page.locator(".frame").count(), 2);
  assert.ok(!(await names(page)).some((name) => name.includes("weight")));
}, { context: desktop });

pageTest("what a library computes for itself is not in the graph", async ({ page, address }) => {
  await openCode(page, address, `import numpy as np
import matplotlib.pyplot as plt
import torch
points = np.linspace(0, 1, 20)
plt.plot(points, points ** 2)
w = torch.tensor(2.0, requires_grad=True)
y = w * 3
`);
  await settled(page);
  assert.deepEqual(await signs(page), ["· × 3"]);
}, { context: desktop });
