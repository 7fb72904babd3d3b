// The time line: forward operations, backward steps and optimizer steps, one after the other, with numbers plugged into the rules.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { hasNoOverflow, isAccessible, openCode, openPage, settled, until } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };

const slider = (page) => page.getByRole("slider", { name: "Step" });
const panel = (page) => page.getByRole("region", { name: "This step" });
const goTo = (page, index) => slider(page).fill(String(index));
const heading = (page) => panel(page).locator("strong").textContent();

/** What a row of the explanation says, formulas as text without spaces. */
const row = async (page, label) => {
  const formula = panel(page).locator(".explain-row", { hasText: label }).locator("dd");
  await formula.locator("math").first().waitFor();
  return formula.evaluate((dd) => {
    const copy = dd.cloneNode(true);
    for (const annotation of copy.querySelectorAll("annotation")) annotation.remove();
    return copy.textContent.replace(/[\s\u2061\u2062]/g, "");
  });
};

pageTest("the tutorial's time line goes forward and then backward, with the numbers of each step", async ({ page, address }) => {
  await openPage(page, address);
  assert.equal(await slider(page).getAttribute("max"), "12"); // 5 operations, 4 of them backwards, 3 leaves
  await goTo(page, 0);
  assert.equal(await heading(page), "Forward: torch.pow(x, 2)");
  assert.equal(await row(page, "pow"), "xy=22=4");
  await goTo(page, 5);
  assert.equal(await heading(page), "Backward through z + b");
  assert.match(await row(page, "comes in"), /^g=1/);
  await goTo(page, 8);
  assert.equal(await heading(page), "Backward through w1 * torch.pow(x, 2)");
  assert.equal(await row(page, "w1"), "gy=1⋅4=4");
}, { context: desktop });

pageTest("what the walk has not reached is faint, and gradients appear as it reaches them", async ({ page, address }) => {
  await openPage(page, address);
  const ahead = () => page.locator(".node.is-ahead").count();
  const gradients = () => page.locator(".node .grad-value").count();
  assert.equal(await ahead(), 0);
  assert.equal(await gradients(), 7);
  await goTo(page, 0);
  assert.equal(await ahead(), 4);
  assert.equal(await gradients(), 0);
  await goTo(page, 5);
  assert.equal(await ahead(), 0);
  assert.equal(await gradients(), 1);
  await goTo(page, 12);
  assert.equal(await panel(page).count(), 0);
  assert.equal(await gradients(), 7);
}, { context: desktop });

pageTest("keys: arrows step, Space plays, Escape shows the whole run", async ({ page, address }) => {
  await openPage(page, address);
  await page.getByRole("button", { name: "Next step" }).click();
  await slider(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal(await slider(page).inputValue(), "2");
  assert.match(await slider(page).getAttribute("aria-valuetext"), /^Forward: ×/);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await slider(page).inputValue(), "1");
  await page.keyboard.press(" ");
  await page.waitForFunction(() => Number(document.querySelector(".timeline input").value) >= 3);
  await page.keyboard.press(" ");
  const stopped = await slider(page).inputValue();
  await page.waitForTimeout(1100);
  assert.equal(await slider(page).inputValue(), stopped);
  await page.keyboard.press("Escape");
  assert.equal(await panel(page).count(), 0);
}, { context: desktop });

pageTest("a click on a tensor goes to where it was made, a line of the menu to its first step, and the code lights up", async ({ page, address }) => {
  await openPage(page, address);
  await goTo(page, 0);
  await page.getByRole("treeitem", { name: /^y, from add/ }).click();
  assert.equal(await heading(page), "Forward: z + b");
  await page.getByLabel("Jump to a line").selectOption({ label: "line 11" });
  assert.equal(await heading(page), "Forward: torch.pow(x, 2)");
  await page.mouse.move(2, 400);
  assert.equal(await page.locator(".cm-lit").first().textContent(), "torch.pow(x, 2)");
}, { context: desktop });

pageTest("where paths meet, the sum is written out; at a leaf, what was there before", async ({ page, address }) => {
  await openCode(page, address, `import torch
a = torch.tensor(3.0, requires_grad=True)
y = a * a + a
y.backward()
(5 * a).backward()
`);
  await settled(page);
  const texts = [];
  for (let i = 0; i < Number(await slider(page).getAttribute("max")); i++) {
    await goTo(page, i);
    if (!(await heading(page)).startsWith("The gradient arrives")) continue;
    texts.push([await row(page, "comes in"), await row(page, ".grad")]);
  }
  assert.equal(texts.length, 2);
  assert.match(texts[0][0], /^g=1\+3\+3=7/);
  assert.match(texts[0][1], /^wasNone,isnow7/);
  assert.match(texts[1][1], /^7\+5=12/);
}, { context: desktop });

pageTest("an optimizer's step shows its rule, its state and the parameter before and after", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1, momentum=0.5)
for i in range(2):
    opt.zero_grad()
    (w * w).sum().backward()
    opt.step()
`);
  await settled(page);
  await goTo(page, Number(await slider(page).getAttribute("max")) - 1);
  assert.equal(await heading(page), "SGD takes a step");
  await panel(page).locator("math").first().waitFor();
  assert.match(await panel(page).locator("small").first().textContent(), /line 7, the last of 2 steps/);
  await panel(page).locator("tbody math").first().waitFor();
  const cells = await panel(page).locator("tbody tr").first().locator("th, td").evaluateAll((all) =>
    all.map((cell) => {
      for (const annotation of cell.querySelectorAll("annotation")) annotation.remove();
      return cell.textContent.replace(/\s/g, "");
    }),
  );
  // v = 0.5 · 2 + 1.6, and w = 0.8 − 0.1 v
  assert.deepEqual(cells, ["w", "0.8", "1.6", "2→2.6", "0.54"]);
}, { context: desktop });

/** The text of a formula, without spaces. */
const plain = (all) =>
  all.map((one) => {
    const copy = one.cloneNode(true);
    for (const annotation of copy.querySelectorAll("annotation")) annotation.remove();
    return copy.textContent.replace(/[\s\u2061\u2062]/g, "");
  });

pageTest("an optimizer's rule stands line by line, with the numbers of the parameter and element that one picks", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0, 3.0], requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
opt = torch.optim.SGD([w, b], lr=0.1, momentum=0.5)
for i in range(2):
    opt.zero_grad()
    ((w * w).sum() + b).backward()
    opt.step()
`);
  await settled(page);
  await goTo(page, Number(await slider(page).getAttribute("max")) - 1);
  const lines = page.locator(".rule-lines li");
  await lines.locator("math").nth(1).waitFor();
  await settled(page);
  assert.deepEqual(await lines.evaluateAll(plain), ["v←μv+g=0.5⋅2+1.6=2.6", "θ←θ−γv=0.8−0.1⋅2.6=0.54"]);
  await page.getByRole("slider", { name: "Element of w" }).fill("1");
  await until(async () => assert.deepEqual(await lines.evaluateAll(plain), ["v←μv+g=0.5⋅6+4.8=7.8", "θ←θ−γv=2.4−0.1⋅7.8=1.62"]));
  await panel(page).getByRole("button", { name: "b", exact: true }).click();
  await until(async () => assert.deepEqual(await lines.evaluateAll(plain), ["v←μv+g=0.5⋅1+1=1.5", "θ←θ−γv=0.9−0.1⋅1.5=0.75"]));
  assert.equal(await page.getByRole("slider", { name: /Element of/ }).count(), 0);
  await isAccessible(page);
}, { context: desktop });

pageTest("of larger tensors any element is worked out, and a broadcast's gradient as the sum that it is; only where the rule gives it", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
w = torch.tensor([0.5, 2.0], requires_grad=True)
h = x * w
v = x + 1
v.mul_(2)
y = (h @ x).sum()
y.backward()
`);
  await settled(page);
  const worked = () => panel(page).locator(".of-element").evaluateAll(plain);
  const at = async (title) => {
    for (let i = 0; i < Number(await slider(page).getAttribute("max")); i++) {
      await goTo(page, i);
      await settled(page);
      if ((await heading(page)) === title) return;
    }
    assert.fail(`There is no step "${title}"`);
  };
  await at("Forward: x * w");
  await page.getByRole("slider", { name: "Element of" }).fill("3");
  await until(async () => assert.deepEqual(await worked(), ["h[1,1]=4⋅2=8"]));
  await at("Forward: h @ x");
  await until(async () => assert.deepEqual(await worked(), ["(h@x)[1,1]=∑kA1,kBk,1=1.5⋅2+8⋅4=35"]));
  await at("Forward: x + 1");
  await until(async () => assert.deepEqual(await worked(), ["v[1,1]=4+1=5"], "what it gave was changed since"));
  await at("Forward: v.mul_(2)");
  await until(async () => assert.deepEqual(await worked(), ["v[1,1]=5⋅2=10"]));
  await at("Backward through x * w");
  await until(async () => assert.deepEqual(await worked(), ["[1]=7⋅2+7⋅4=42"]));
  await isAccessible(page);
}, { context: desktop });

/** Goes to the step of that name. */
async function toStep(page, title) {
  for (let i = 0; i < Number(await slider(page).getAttribute("max")); i++) {
    await goTo(page, i);
    await settled(page);
    if ((await heading(page)) === title) return;
  }
  assert.fail(`There is no step "${title}"`);
}

/** The equations of a step, one for each row that is worked out. */
const workedOut = (page) => panel(page).locator(".worked").evaluateAll(plain);

pageTest("products of matrices and reductions are worked out for an element: rows times columns, sums, shares", async ({ page, address }) => {
  await openCode(page, address, `import torch
import torch.nn.functional as F
x = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
W = torch.tensor([[0.5, 1.0], [1.0, -1.0]], requires_grad=True)
b = torch.tensor([1.0, 2.0], requires_grad=True)
h = F.linear(x, W, b)
m = h.mean(1)
s = torch.softmax(m, 0)
loss = F.cross_entropy(h, torch.tensor([0, 1, 1])) + s.max() + m.norm() + (W @ b).sum()
loss.backward()
`);
  await settled(page);
  const told = async (title) => {
    await toStep(page, title);
    await until(async () => assert.notDeepEqual(await workedOut(page), []));
    return workedOut(page);
  };
  await toStep(page, "Forward: F.linear(x, W, b)");
  await goTo(page, 1);
  await until(async () => assert.deepEqual(await workedOut(page), ["=x0+∑kA0,kBk,0=1+1⋅0.5+2⋅1=3.5"]));
  assert.deepEqual(await told("Forward: h.mean(1)"), ["=12⋅(3.5+1)=2.25"]);
  assert.match((await told("Forward: torch.softmax(m, 0)"))[0], /^=e2\.25e2\.25\+e3\.75\+e5\.25=0\.039113$/);
  assert.match((await told("Forward: s.max()"))[0], /^=max\(0\.039113,.*=0\.7856$/);
  assert.match((await told("Backward through torch.softmax(m, 0)"))[0], /^=0\.039113⋅\(0−\(0⋅0\.039113\+0⋅0\.17529\+1⋅0\.7856\)\)=/);
  assert.match((await told("Backward through h.mean(1)")).at(-1), /^=0\.298572=0\.149/); // a half of what came in
  await page.getByRole("slider", { name: /^Element of/ }).first().fill("3");
  await toStep(page, "Backward through W @ b");
  await until(async () => assert.deepEqual(await workedOut(page), ["=1⋅2=2", "=∑kAk,1gk=1⋅1+(−1⋅1)=0"]));
  await isAccessible(page);
}, { context: desktop });

pageTest("a reduction along one axis of a square is not taken for one along the other", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor([[1.0, 2.0], [2.0, 5.0]], requires_grad=True)\ny = x.sum(1)\nz = x.cumsum(0)\n(y * y).sum().backward()\n");
  await settled(page);
  await toStep(page, "Forward: x.sum(1)");
  await page.getByRole("slider", { name: "Element of y" }).fill("1");
  await until(async () => assert.deepEqual(await workedOut(page), ["=2+5=7"]));
  await toStep(page, "Forward: x.cumsum(0)");
  await page.getByRole("slider", { name: "Element of z" }).fill("2");
  await until(async () => assert.deepEqual(await workedOut(page), ["=1+2=3"]));
  await toStep(page, "Backward through x.sum(1)");
  await until(async () => assert.deepEqual(await workedOut(page), ["=7+7=14", "=14"]));
}, { context: desktop });

pageTest("gradient descent by hand: each step shows the parameter and its gradient as they were then, though they are changed in place after it", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor([1.0, 2.0])
w = torch.tensor(0.5, requires_grad=True)
for i in range(2):
    loss = (w * x).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.25 * w.grad
    w.grad.zero_()
`);
  await settled(page);
  await toStep(page, "Forward: w * x");
  await until(async () => assert.deepEqual(await workedOut(page), ["=(−0.25)⋅1=−0.25"]));
  await toStep(page, "Forward: 0.25 * w.grad");
  await until(async () => assert.deepEqual(await workedOut(page), ["=3⋅0.25=0.75"]));
  await toStep(page, "Forward: w -= 0.25 * w.grad");
  await until(async () => assert.deepEqual(await workedOut(page), ["=(−0.25)−0.75=−1"]));
}, { context: desktop });

pageTest("what goes through windows, is normalized, chosen, bounded or divided by n is worked out; its letters are those of the arguments that it was given", async ({ page, address }) => {
  await openCode(page, address, `import torch
import torch.nn.functional as F
i = torch.tensor([[[1.0, 2.0, 4.0, 3.0]]], requires_grad=True)
k = torch.tensor([[[1.0, -1.0]]], requires_grad=True)
c = F.conv1d(i, k, torch.tensor([0.5]), stride=2, padding=1)
m = torch.tensor([[[[1.0, 2.0], [4.0, 3.0]]]], requires_grad=True)
p = F.max_pool2d(m, (1, 2))
x = torch.tensor([1.0, 3.0, 2.0], requires_grad=True)
n = F.layer_norm(x, (3,))
s = x.var(unbiased=False)
h = torch.where(x > 1.5, x, -x)
t = x.clamp(min=2.5)
(c.sum() + p.sum()).backward()
`);
  await settled(page);
  const tex = () => panel(page).locator("dl annotation").evaluateAll((all) => all.map(({ textContent }) => textContent));
  const element = page.getByRole("slider", { name: "Element of" });
  await toStep(page, "Forward: F.conv1d(i, k, torch.tensor([0.5]), stride=2, padding=1)");
  await element.fill("1");
  await until(async () => assert.deepEqual(await workedOut(page), ["=2⋅1+4⋅(−1)+0.5=−1.5"]));
  assert.ok((await tex()).includes("w") && (await tex()).includes("b"), "its letters");
  await toStep(page, "Forward: F.max_pool2d(m, (1, 2))");
  await until(async () => assert.deepEqual(await workedOut(page), ["=max(4,3)=4"]));
  await toStep(page, "Forward: F.layer_norm(x, (3,))");
  await element.fill("2");
  assert.equal((await tex())[0], "\\frac{x - \\bar{x}}{\\sqrt{\\sigma^2 + \\epsilon}}");
  await until(async () => assert.deepEqual(await workedOut(page), ["=2−20.81652+10−5=0"]));
  await toStep(page, "Forward: torch.where(x > 1.5, x, -x)");
  await until(async () => assert.deepEqual(await workedOut(page), ["=2ifTrueelse(−2)=2"]));
  await toStep(page, "Forward: x.clamp(min=2.5)");
  await until(async () => assert.deepEqual(await workedOut(page), ["=max(2,2.5)=2.5"]));
  await toStep(page, "Backward through F.max_pool2d(m, (1, 2))");
  await element.fill("2");
  await until(async () => assert.deepEqual(await workedOut(page), ["=1"]));
  await toStep(page, "Backward through F.conv1d(i, k, torch.tensor([0.5]), stride=2, padding=1)");
  await element.fill("2");
  await until(async () => assert.deepEqual(await workedOut(page), ["=1⋅(−1)=−1", "=1⋅1+4⋅1=5"]));
}, { context: desktop });

pageTest("a loss that is summed, or left as it is, is not divided by n", async ({ page, address }) => {
  await openCode(page, address, `import torch
import torch.nn.functional as F
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.tensor([0.0, 5.0])
a = F.mse_loss(x, y, reduction="sum")
p = torch.tensor([0.25, 0.5])
b = F.binary_cross_entropy(p, torch.tensor([1.0, 0.0]), reduction="none")
a.backward()
`);
  await settled(page);
  const tex = () => panel(page).locator("dl annotation").evaluateAll((all) => all.map(({ textContent }) => textContent));
  await toStep(page, 'Forward: F.mse_loss(x, y, reduction="sum")');
  await until(async () => assert.equal((await tex())[0], "\\sum_i (x_i - y_i)^2"));
  await toStep(page, 'Forward: F.binary_cross_entropy(p, torch.tensor([1.0, 0.0]), reduction="none")');
  await until(async () => assert.equal((await tex())[0], "-(y_i \\ln x_i + (1 - y_i) \\ln(1 - x_i))"));
  await toStep(page, 'Backward through F.mse_loss(x, y, reduction="sum")');
  await page.getByRole("slider", { name: "Element of" }).fill("2");
  await until(async () => assert.deepEqual(await workedOut(page), ["=2⋅1⋅(2−5)=−6"]));
}, { context: desktop });

pageTest("pieces of a tensor: each shows the gradient that came in there, and backward they are put together again", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor([1., 2., 3.], requires_grad=True)\na, b, c = x.unbind()\np, q = x.split([1, 2])\nloss = a * b + p.sum() * (q ** 2).sum()\nloss.backward()\n");
  await settled(page);
  const gradientOf = (name) => page.locator(".node", { hasText: new RegExp(`^${name}`) }).locator(".grad-value").textContent();
  assert.deepEqual([await gradientOf("a"), await gradientOf("b"), await gradientOf("p"), await gradientOf("q")], ["2.", "1.", "13.", "[4., 6.]"]);
  const last = Number(await slider(page).getAttribute("max"));
  const found = {};
  for (let index = last - 1; index > 0 && Object.keys(found).length < 2; index--) {
    await goTo(page, index);
    const title = await heading(page);
    const piece = /^Backward through x[.](unbind|split)/.exec(title)?.[1];
    if (piece) found[piece] = await row(page, "to x");
  }
  assert.match(found.unbind, /=\[2[.],1[.],0[.]\]\[0\]=g1=2$/);
  assert.match(found.split, /=\[13[.],4[.],6[.]\]\[0\]=\(g1\)0=13$/);
}, { context: desktop });

pageTest("LBFGS: its iterations are told apart, each with its rule in numbers; flags are written as in Python", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([2.0, 1.0], requires_grad=True)
opt = torch.optim.LBFGS([w], lr=0.5, max_iter=3)
def closure():
    opt.zero_grad()
    loss = (w[0] - 1) ** 2 + 3 * (w[1] + 1) ** 2
    loss.backward()
    return loss
opt.step(closure)
sgd = torch.optim.SGD([w], lr=0.01, momentum=0.9, nesterov=True)
closure()
sgd.step()
`);
  await settled(page);
  await toStep(page, "LBFGS takes a step of 2 iterations");
  const rows = panel(page).locator("tbody tr");
  assert.equal(await rows.count(), 2);
  assert.deepEqual(await rows.locator("td:nth-child(2)").allTextContents(), ["1", "2"]);
  const lines = page.locator(".rule-lines li");
  await lines.locator("math").nth(1).waitFor();
  // the gradient at (2, 1) is (2, 12), and 1/14 is less than 1
  await until(async () => assert.deepEqual(await lines.evaluateAll(plain), ["d←−g=−2", "t←min(1,1∥∇L∥1)γ=min(1,114)⋅0.5=0.035714", "θ←θ+td=2+0.035714⋅(−2)=1.9286"]));
  // PyTorch calls it as often
  assert.deepEqual(await panel(page).locator(".explain-note").allTextContents(), ["The closure was called 3 times in this step."]);
  await until(async () => assert.deepEqual(await rows.locator("td:nth-child(7)").evaluateAll(plain), ["1→2", "2→3"]));
  await panel(page).getByRole("button", { name: "w, iteration 2" }).click();
  await until(async () => assert.match((await lines.evaluateAll(plain))[0], /^d←−Hg=−?\d/));
  assert.match((await lines.evaluateAll(plain))[1], /^t←γ=0\.5$/);
  await isAccessible(page);
  await toStep(page, "SGD takes a step");
  assert.deepEqual((await panel(page).locator(".option").allTextContents()).map((text) => text.trim()), ["lr=0.01", "momentum=0.9", "nesterov=True"]);
}, { context: desktop });

for (const width of [360, 820, 1440]) {
  pageTest(`at ${width} pixels no name on the time line is cut`, async ({ page, address }) => {
    await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
v = torch.tensor([1.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
((w * w) * 2).sum().backward()
opt.step()
(v * 2 + 1).sum().backward()
(v * 3).sum().backward()
`);
    await settled(page);
    if (width < 640) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Graph" }).click();
    const names = () => page.locator(".stretch span").evaluateAll((all) => all.filter((one) => one.offsetParent).map((one) => ({ text: one.textContent, room: one.parentElement.clientWidth, needs: one.scrollWidth, height: one.offsetHeight })));
    for (const step of [null, 0, 4]) {
      if (step !== null) await goTo(page, step);
      await settled(page);
      const shown = await names();
      for (const { text, room, needs } of shown) assert.ok(needs <= room, `${text} needs ${needs} of ${room}`);
      if (step !== null) assert.ok(shown.some(({ text }) => text === "forward" || text === "fwd"), JSON.stringify(shown));
    }
  }, { context: { viewport: { width, height: 740 } } });
}

for (const colorScheme of ["light", "dark"]) {
  pageTest(`on a phone, ${colorScheme}, the time line and its explanation fit, and axe finds nothing to object to`, async ({ page, address }) => {
    await openCode(page, address, "import torch\nw = torch.tensor([1.0], requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1)\n(w * w).sum().backward()\nopt.step()\n");
    await settled(page);
    await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Graph" }).click();
    for (const index of [0, 2, 5]) {
      await goTo(page, index);
      await panel(page).locator("math").first().waitFor();
      await hasNoOverflow(page);
      await isAccessible(page);
    }
    await page.keyboard.press("Escape");
    await goTo(page, 6);
    await page.getByRole("treeitem", { name: /^w, leaf/ }).click();
    await page.getByRole("region", { name: "The selected tensor" }).waitFor();
    await hasNoOverflow(page);
    await isAccessible(page);
  }, { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme } });
}
