// Along the time line, tensors that show one memory: what is changed through one of them was otherwise in all of them before.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { atRest, openCode, settled } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };

/** The values of tensors in the graph after a step of the time line, the first of which is 0. */
async function valuesAt(page, step, names) {
  await page.getByRole("slider", { name: "Step", exact: true }).fill(String(step));
  await atRest(page);
  const labels = await page.getByRole("treeitem").evaluateAll((items) => items.map((item) => item.getAttribute("aria-label")));
  return names.map((name) => /value (.*?)(, (gradient|made|goes).*)?$/.exec(labels.find((label) => label.startsWith(`${name}, `)))[1]);
}

pageTest("a base that is changed through a view, and views of a base that is changed, show what they were then", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.zeros(2, 3)
row = x[0]
t = x.t()
row += 1
x[1] = 7
t[0].mul_(5)
`);
  await settled(page);
  const names = ["x", "row", "t"];
  const [zeros, ones, sevens, last] = [
    ["[[0., 0., 0.], [0., 0., 0.]]", "[0., 0., 0.]", "[[0., 0.], [0., 0.], [0., 0.]]"],
    ["[[1., 1., 1.], [0., 0., 0.]]", "[1., 1., 1.]", "[[1., 0.], [1., 0.], [1., 0.]]"],
    ["[[1., 1., 1.], [7., 7., 7.]]", "[1., 1., 1.]", "[[1., 7.], [1., 7.], [1., 7.]]"],
    ["[[5., 1., 1.], [35., 7., 7.]]", "[5., 1., 1.]", "[[5., 35.], [1., 7.], [1., 7.]]"],
  ];
  const steps = Number(await page.getByRole("slider", { name: "Step", exact: true }).getAttribute("max"));
  const heads = [];
  for (let step = 0; step < steps; step++) {
    const values = await valuesAt(page, step, names);
    heads.push(await page.locator(".explain-head code").textContent());
    const expected = heads.at(-1) === "t[0].mul_(5)" ? last : heads.includes("row += 1") ? (heads.filter((head) => head === "x[1]").length > 1 ? sevens : ones) : zeros;
    if (heads.at(-1) === "x[1]") continue; // it selects, then it writes
    assert.deepEqual(values, expected, heads.at(-1));
  }
  assert.ok(["x[0]", "x.t()", "row += 1", "t[0].mul_(5)"].every((head) => heads.includes(head)), heads.join(" | "));
}, { context: desktop });

pageTest("a leaf that is changed through .data was another before; a reshape that copies is no view", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
w.data -= 0.5 * w.grad
m = torch.ones(2, 2)
flat = m.t().reshape(4)
flat.add_(8)
`);
  await settled(page);
  assert.deepEqual(await valuesAt(page, 0, ["w", "m", "flat"]), ["[1., 2.]", "[[1., 1.], [1., 1.]]", "[1., 1., 1., 1.]"]);
  const steps = Number(await page.getByRole("slider", { name: "Step", exact: true }).getAttribute("max"));
  assert.deepEqual(await valuesAt(page, steps - 1, ["w", "m", "flat"]), ["[0., 0.]", "[[1., 1.], [1., 1.]]", "[9., 9., 9., 9.]"]);
}, { context: desktop });
