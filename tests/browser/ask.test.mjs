// Why a tensor is as it is: one sentence from the trace, with the line that made it so and a change of the code where one helps.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, openCode, openPage, settled, sourceOf, tableOf, write } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const details = (page) => page.getByRole("region", { name: "The selected tensor" });

async function ask(page, name) {
  await page.mouse.move(2, 300);
  const row = page.locator(".row-name", { hasText: new RegExp(`^${name}$`) });
  if ((await row.getAttribute("aria-pressed")) === "false") await row.click();
  await details(page).locator("strong", { hasText: new RegExp(`^${name}$`) }).waitFor();
  return details(page).locator(".why").evaluateAll((all) =>
    all.map((why) => {
      const copy = why.cloneNode(true);
      for (const fix of copy.querySelectorAll(".fix")) fix.remove();
      return copy.textContent;
    }),
  );
}

/** Asks for each name, and looks for the words in what is answered. */
async function answers(page, wanted) {
  for (const [name, ...words] of wanted) {
    const text = (await ask(page, name)).join(" ");
    for (const word of words) assert.match(text, word, name);
  }
}

const fixOf = (page) => details(page).locator(".fix");

pageTest("leaves, results, constants and what was cut off say why .grad is as it is", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor([2.0])
w = torch.tensor([1.0], requires_grad=True)
v = torch.tensor([3.0], requires_grad=True)
u = torch.tensor([3.0], requires_grad=True)
z = w * x
y = z + v.detach()
d = v.detach()
y.backward()
with torch.no_grad():
    q = w * 2
k = torch.tensor([1, 2])
a = torch.argmax(w)
c = x + 1
r = w * 5
r.retain_grad()
n = torch.zeros(2)
n += 1
`);
  await settled(page);
  await answers(page, [
    ["x", /made without requires_grad=True, line 2/],
    ["w", /A leaf that requires a gradient: backward\(\) in line 9 left it in \.grad/],
    ["v", /detach\(\) in line 7 cut its way to the result/],
    ["u", /\.grad is None: nothing that backward\(\) was called on depends on it/],
    ["z", /Not a leaf \(made by mul, line 6\): its gradient passed through and was dropped/, /freed by backward\(\) in line 9/],
    ["d", /The same numbers as v, cut off from its graph by detach\(\), line 8/],
    ["q", /Made under no_grad, line 11: w would ask for a gradient/],
    ["k", /int64 numbers can have no gradient/],
    ["a", /No gradient: .+ argmax, line 13/],
    ["c", /No gradient is tracked: x, of which it is made, does not require one/],
    ["r", /retain_grad\(\) was called: the next backward\(\)/],
    ["n", /Changed in place by \+=, line 18. Its version is now 1/],
  ]);
}, { context: desktop });

pageTest("one click writes retain_grad() after the line that made the tensor, and Undo takes it back", async ({ page, address }) => {
  await openPage(page, address);
  const before = await sourceOf(page, 0);
  await ask(page, "z");
  await fixOf(page).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), before.replace("w2 * x\n", "w2 * x\nz.retain_grad()\n"));
  assert.deepEqual((await tableOf(page)).find(([name]) => name === "z").slice(1, 3), ["[10.]", "[1.]"]);
  assert.match((await ask(page, "z")).join(" "), /retain_grad\(\) was called, so \.grad is kept/);
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 0), before);
}, { context: desktop });

pageTest("one click lets a constant require a gradient; the editor's own undo takes it back", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor([2.0, (1.0)])  # data\ny = (x * x).sum()\n");
  await settled(page);
  await ask(page, "x");
  await fixOf(page).click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^x = torch\.tensor\(\[2\.0, \(1\.0\)\], requires_grad=True\) {2}# data$/m);
  await ask(page, "x");
  assert.equal(await fixOf(page).textContent(), "Write y.backward()");
  await fixOf(page).click();
  await settled(page);
  assert.equal((await tableOf(page))[0][2], "[4., 2.]");
  await codeCell(page, 0).locator(".cm-content").click();
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal((await tableOf(page))[0][2], "None");
}, { context: desktop });

pageTest("gradients that pile up are counted, and zero_grad() is written where it is missing", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.01)
for i in range(5):
    loss = (w * w).sum()
    loss.backward()
    opt.step()
`);
  await settled(page);
  assert.match((await ask(page, "w")).join(" "), /the sum of 5 backward passes, the last in line 6/);
  await fixOf(page).click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /sum\(\)\n {4}opt\.zero_grad\(\)\n {4}loss\.backward/);
  assert.doesNotMatch((await ask(page, "w")).join(" "), /the sum of/);
}, { context: desktop });

pageTest("errors of the graph: a second backward, and a change in place, are explained and mended", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
y = w * w
y.backward()
y.backward()
`);
  await settled(page);
  assert.match((await ask(page, "y")).join(" "), /freed by backward\(\) in line 4, so it cannot be gone through again/);
  await fixOf(page).last().click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^y\.backward\(retain_graph=True\)\ny\.backward\(\)$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
}, { context: desktop });

pageTest("a change in place that backward needs is mended out of place", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
y = w.exp()
y *= 2
y.backward()
`);
  await settled(page);
  assert.match((await ask(page, "y")).join(" "), /Changed in place by \*=, line 4: backward\(\) needs what was there before/);
  await fixOf(page).last().click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^y = y \* 2$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
}, { context: desktop });

pageTest("silent broadcasting, and the first NaN or infinity, are traced to their operator", async ({ page, address }) => {
  await openCode(page, address, `import torch
target = torch.ones(3)
output = torch.ones(3, 1, requires_grad=True)
error = output - target
x = torch.tensor(0., requires_grad=True)
bad = torch.log(x)
worse = bad * 0
s = torch.tensor(0., requires_grad=True)
t = torch.sqrt(s)
`);
  await settled(page);
  await answers(page, [
    ["error", /Silently broadcast: output 3×1 and target \[3\] were both repeated to 3×3, line 4/],
    ["bad", /The first -inf came from log in line 6: x = 0\./],
    ["worse", /The first -inf came from log in line 6/],
  ]);
}, { context: desktop });

pageTest("a leaf whose name went to a new tensor is told of, and mended by a change in place under no_grad", async ({ page, address }) => {
  await openCode(page, address, `import torch
w = torch.tensor([1.0], requires_grad=True)
for i in range(3):
    loss = ((w - 3) ** 2).sum()
    loss.backward()
    w = w - 0.1 * w.grad
`);
  await settled(page);
  assert.match((await ask(page, "w")).join(" "), /w is no longer the leaf of line 2: in line 6 its name went to a new tensor/);
  await fixOf(page).first().click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /backward\(\)\n {4}with torch\.no_grad\(\):\n {8}w -= 0\.1 \* w\.grad$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
  assert.match((await ask(page, "w")).join(" "), /the sum of 3 backward passes/);
}, { context: desktop });

pageTest("a leaf can't be changed in place while a graph is recorded; a change through an index is one, too", async ({ page, address }) => {
  await openCode(page, address, "import torch\nw = torch.ones(2, requires_grad=True)\nw += 1\n");
  await settled(page);
  assert.match((await ask(page, "w")).join(" "), /can't be changed in place, as line 3 does, while a graph is recorded/);
  await fixOf(page).first().click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^with torch\.no_grad\(\):\n {4}w \+= 1$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
  await write(page, 0, "import torch\na = torch.ones(3, requires_grad=True)\nb = a.sigmoid()\nb[0] = 5.0\nb.sum().backward()\nc = torch.ones(2, requires_grad=True)\n");
  await settled(page);
  assert.match((await ask(page, "b")).join(" "), /Changed in place by \[0\] =, line 4: backward\(\) needs what was there before/);
}, { context: desktop });

pageTest("each NaN is traced to where its own tensor got it; a gradient that was switched off is told", async ({ page, address }) => {
  await openCode(page, address, `import torch
a = torch.tensor([0.0, 1.0], requires_grad=True)
b = a / a
x = torch.tensor([-1.0])
l = torch.log(x) + 1
w = torch.ones(2, requires_grad=True)
w.requires_grad_(False)
`);
  await settled(page);
  await answers(page, [
    ["b", /The first nan came from div in line 3/],
    ["l", /The first nan came from log in line 5: x = \[-1\.\]/],
    ["w", /made to require a gradient, line 6, and this was switched off since/],
  ]);
}, { context: desktop });

pageTest("an infinity made by a gradient's formula is told as such", async ({ page, address }) => {
  await openCode(page, address, "import torch\ns = torch.tensor(0., requires_grad=True)\nt = torch.sqrt(s)\nt.backward()\n");
  await settled(page);
  assert.match((await ask(page, "s")).join(" "), /The first inf came backward out of sqrt in line 3: a gradient of 1\. came in, with s = 0\., and inf went to s/);
}, { context: desktop });

pageTest("the chain rule is written out, summed over its paths", async ({ page, address }) => {
  await openCode(page, address, "import torch\na = torch.tensor(3.0, requires_grad=True)\nb = a * 2\ny = a * b + b\ny.backward()\n");
  await settled(page);
  await ask(page, "a");
  const chain = page.getByRole("group", { name: "Chain rule" });
  await chain.locator("math").first().waitFor();
  const text = await chain.locator("math").first().evaluate((math) => {
    for (const annotation of math.querySelectorAll("annotation")) annotation.remove();
    return math.textContent.replace(/[\s\u2061\u2062]/g, "");
  });
  // by way of a * b directly, of b in a * b, and of b itself: 6 + 3 * 2 + 2
  assert.match(text, /^∂y∂a=.*=1⋅6\+1⋅3⋅2\+1⋅2=6\+6\+2=14$/);
  assert.match(await chain.locator("small").textContent(), /= ?a \* b/);
}, { context: desktop });
