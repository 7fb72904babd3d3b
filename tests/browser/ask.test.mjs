// Why a tensor is as it is: one sentence from the trace, with the line that made it so and a change of the code where one helps.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, isAccessible, openCode, openPage, settled, sourceOf, tableOf, write } from "./page.mjs";

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

for (const [width, height] of [[1440, 900], [820, 1180], [360, 740]]) {
  pageTest(`at ${width} pixels the notice of a change lies over nothing, and goes when something else is typed`, async ({ page, address }) => {
    await openCode(page, address, "import torch\nx = torch.tensor(2.0)\nw = torch.tensor(3.0, requires_grad=True)\ny = w * x\ny.backward()\n");
    await settled(page);
    const pane = async (name) => {
      const button = page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name, exact: true });
      if (await button.isVisible()) await button.click();
    };
    await pane("Graph");
    await page.getByRole("treeitem", { name: /^x, constant/ }).click();
    await page.getByRole("button", { name: "Write requires_grad=True" }).click();
    await page.locator(".notice", { hasText: "Written" }).waitFor();
    await settled(page);
    const { notice, bar, beside } = await page.evaluate(() => {
      const box = (element) => element.getBoundingClientRect();
      return {
        notice: box(document.querySelector(".notice")).toJSON(),
        bar: box(document.querySelector(".header")).bottom,
        beside: [...document.querySelectorAll(".wordmark, .run-line, .header-actions")].map((part) => box(part).toJSON()),
      };
    });
    assert.ok(notice.bottom <= bar, `the notice ends at ${notice.bottom}, the bar at ${bar}`);
    for (const part of beside) assert.ok(part.right <= notice.left || part.left >= notice.right || part.bottom <= notice.top, "it covers a part of the bar");
    assert.ok(notice.left >= 0 && notice.right <= width);
    await pane("Code");
    await codeCell(page, 0).locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("z = 1");
    await page.locator(".notice").waitFor({ state: "detached" });
  }, { context: { viewport: { width, height } } });
}

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

pageTest("below an error of the graph stands what brought it about, with the click that mends it; below others nothing", async ({ page, address }) => {
  const help = page.locator(".output-error .why");
  await openCode(page, address, "import torch\nx = torch.tensor([1, 2], requires_grad=True)\ny = (x * x).sum()\ny.backward()\n");
  await settled(page);
  assert.match(await help.textContent(), /Whole numbers can have no gradient/);
  await isAccessible(page);
  await help.getByRole("button", { name: "Write" }).click();
  await settled(page);
  assert.match(await sourceOf(page, 0), /^x = torch\.tensor\(\[1\., 2\.\], requires_grad=True\)$/m);
  assert.match(await page.locator(".run-line").textContent(), /^Ran in/);
  assert.equal(await help.count(), 0);
  for (const [code, words, after] of [
    ["w = torch.ones(2, requires_grad=True)\ny = w.exp()\ny.mul_(2)\ny.sum().backward()\n", /Changed in place by mul_/, /^y = y\.mul\(2\)$/m],
    ["w = torch.ones(2, requires_grad=True)\ny = (w * w).sum()\ny.backward()\ny.backward()\n", /graph was freed by backward\(\) in line 4/, /^y\.backward\(retain_graph=True\)$/m],
    ["x = torch.ones(2)\ny = (x * x).sum()\ny.backward()\n", /x, of which it is made|does not require/, /^x = torch\.ones\(2, requires_grad=True\)$/m],
    ["x = torch.ones(2, requires_grad=True)\ny = x * x\ny.backward()\n", /gradient= says how much each element counts/, /^y\.backward\(gradient=torch\.ones_like\(y\)\)$/m],
  ]) {
    await write(page, 0, `import torch\n${code}`);
    await settled(page);
    assert.match(await help.textContent(), words, code);
    await help.getByRole("button", { name: "Write" }).click();
    await settled(page);
    assert.match(await sourceOf(page, 0), after);
    assert.match(await page.locator(".run-line").textContent(), /^Ran in/, code);
  }
  for (const code of ["x = undefined_name\n", "import torch\nx = torch.ones(2) @ torch.ones(3)\n", "x = (1,\n", "1/0\n"]) {
    await write(page, 0, code);
    await settled(page);
    assert.equal(await help.count(), 0, code);
  }
}, { context: desktop, ms: 600_000 });

// ---- one-click changes: each is pressed, lands where it belongs, is done with by one undo, and the program then runs without the complaint

const W = "w = torch.tensor([1.0, 2.0], requires_grad=True)";

/** What is complained of, in groups: `[name, complaint, button, before, after]`; `after` stands in the place of `before` in the program's last lines. */
const MENDED = {
  "a graph that was not recorded": [
    ["q", /Made under no_grad/, "Move out of no_grad: q = w * 2", `${W}\nwith torch.no_grad():\n    q = w * 2\nloss = (q * w).sum()`, `${W}\nq = w * 2\nloss = (q * w).sum()`],
    ["q", /Made under no_grad/, "Move out of no_grad: q = w * 2", `${W}\nwith torch.no_grad():\n    v = w + 1\n    q = w * 2\n    print(v)`, `${W}\nwith torch.no_grad():\n    v = w + 1\nq = w * 2\nwith torch.no_grad():\n    print(v)`],
    ["q", /Made under no_grad/, "Remove @torch.no_grad()", `${W}\n@torch.no_grad()\ndef f(x):\n    return x * 2\nq = f(w)`, `${W}\ndef f(x):\n    return x * 2\nq = f(w)`],
    ["q", /Made under no_grad/, "Remove torch.set_grad_enabled(False)", `${W}\ntorch.set_grad_enabled(False)\nq = w * 2\ntorch.set_grad_enabled(True)`, `${W}\nq = w * 2\ntorch.set_grad_enabled(True)`],
    ["w", /but no_grad in .* cut its way/, "Move out of no_grad: q = w * 2", `${W}\nb = torch.tensor(1.0, requires_grad=True)\nwith torch.inference_mode(False), torch.no_grad():\n    pass\nwith torch.no_grad():\n    q = w * 2\n(q * b).sum().backward()`, `${W}\nb = torch.tensor(1.0, requires_grad=True)\nwith torch.inference_mode(False), torch.no_grad():\n    pass\nq = w * 2\n(q * b).sum().backward()`],
    ["d", /detach\(\) in .* cut/, "Write w", `${W}\nd = w.detach() * 2\n(d * w).sum().backward()`, `${W}\nd = w * 2\n(d * w).sum().backward()`],
  ],
  "numbers taken out of tensors": [
    ["w", /w\.item\(\) in .* made a plain number/, "Write w * b", "w = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(1.0, requires_grad=True)\nloss = w.item() * b\nloss.backward()", "w = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(1.0, requires_grad=True)\nloss = w * b\nloss.backward()"],
    ["w", /float\(w\) in .* made a plain number/, "Write w * b", "w = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(1.0, requires_grad=True)\nloss = float(w) * b\nloss.backward()", "w = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(1.0, requires_grad=True)\nloss = w * b\nloss.backward()"],
    ["y", /A constant: torch\.tensor\(…\) in .* copied the numbers of w/, "Write w * 2", `${W}\ny = torch.tensor(w * 2)\ny.sum().backward()`, `${W}\ny = w * 2\ny.sum().backward()`],
    ["y", /A new leaf: torch\.tensor\(…\) in .* copied the numbers of w/, "Write w[0] ** 2", `${W}\ny = torch.tensor(float(w[0]) ** 2, requires_grad=True)\ny.backward()`, `${W}\ny = w[0] ** 2\ny.backward()`],
    ["y", /copied the numbers of a and b/, "Write torch.stack([a, b])", "a = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(3.0, requires_grad=True)\ny = torch.tensor([a, b])\ny.sum().backward()", "a = torch.tensor(2.0, requires_grad=True)\nb = torch.tensor(3.0, requires_grad=True)\ny = torch.stack([a, b])\ny.sum().backward()"],
    ["k", /int64 numbers can have no gradient/, "Write torch.tensor([1., 20.])", "k = torch.tensor([1, 20])\ny = k * 2", "k = torch.tensor([1., 20.])\ny = k * 2"],
    ["m", /int64 numbers can have no gradient/, "Write dtype=torch.float32", "k = torch.arange(\n    4,\n)\nm = k * 2", "k = torch.arange(\n    4, dtype=torch.float32)\nm = k * 2"],
  ],
  "shapes, and numbers that are none": [
    ["e", /Silently broadcast: output 3×1 and target \[3\]/, "Write target.unsqueeze(1)", "target = torch.ones(3)\noutput = torch.ones(3, 1, requires_grad=True)\ne = output - target", "target = torch.ones(3)\noutput = torch.ones(3, 1, requires_grad=True)\ne = output - target.unsqueeze(1)"],
    ["e", /Silently broadcast: x @ w 3×1 and y \[3\]/, "Write (x @ w).squeeze(1)", "x = torch.ones(3, 2)\nw = torch.ones(2, 1)\ny = torch.ones(3)\ne = x @ w - y", "x = torch.ones(3, 2)\nw = torch.ones(2, 1)\ny = torch.ones(3)\ne = (x @ w).squeeze(1) - y"],
    ["loss", /Silently broadcast: output 4×1 and target \[4\] were both repeated to 4×4/, "Write target.unsqueeze(1)", "target = torch.ones(4)\noutput = torch.ones(4, 1, requires_grad=True)\nloss = torch.nn.functional.mse_loss(output, target)", "target = torch.ones(4)\noutput = torch.ones(4, 1, requires_grad=True)\nloss = torch.nn.functional.mse_loss(output, target.unsqueeze(1))"],
    ["y", /The first -inf came from log/, "Write torch.log(x.clamp(min=1e-8))", "x = torch.tensor([0.0, 1.0])\ny = -torch.log(x)", "x = torch.tensor([0.0, 1.0])\ny = -torch.log(x.clamp(min=1e-8))"],
    ["x", /The first inf came backward out of sqrt/, "Write (x ** 2 + 1e-8).sqrt()", "x = torch.tensor([0.0, 3.0], requires_grad=True)\nd = (x ** 2).sqrt()\nd.sum().backward()", "x = torch.tensor([0.0, 3.0], requires_grad=True)\nd = (x ** 2 + 1e-8).sqrt()\nd.sum().backward()"],
    ["b", /The first nan came from div/, "Write a / (a.abs() + 1e-8)", "a = torch.tensor([0.0, 1.0])\nb = a / a.abs()", "a = torch.tensor([0.0, 1.0])\nb = a / (a.abs() + 1e-8)"],
    ["b", /The first inf came from reciprocal/, "Write 1 / (a + 1e-8)", "a = torch.tensor([0.0, 1.0])\nb = 1 / a", "a = torch.tensor([0.0, 1.0])\nb = 1 / (a + 1e-8)"],
  ],
  "changes in place, and graphs that are gone": [
    ["y", /Changed in place by mul_/, "Write y = y.mul(2)", `${W}\ny = w.exp()\ny.mul_(2)\ny.sum().backward()`, `${W}\ny = w.exp()\ny = y.mul(2)\ny.sum().backward()`],
    ["y", /Changed in place by \[0\] =.*needs what was there/, "Write y = y.clone()", `${W}\ny = w.exp()\ny[0] = 5\ny.sum().backward()`, `${W}\ny = w.exp()\ny = y.clone()\ny[0] = 5\ny.sum().backward()`],
    ["z", /Changed in place by relu/, "Write torch.relu(y)", `${W}\ny = w.exp()\nz = torch.relu_(y)\nz.sum().backward()`, `${W}\ny = w.exp()\nz = torch.relu(y)\nz.sum().backward()`],
    ["y", /graph was freed by backward\(\) in .*, so it cannot/, "Write y.backward(torch.ones(2), retain_graph=True)", `${W}\ny = w * w\ny.backward(torch.ones(2))\ny.sum().backward()`, `${W}\ny = w * w\ny.backward(torch.ones(2), retain_graph=True)\ny.sum().backward()`],
    ["h", /graph was freed by backward\(\)/, "Write loss.backward(retain_graph=True)", `${W}\nh = (w * w).sum()\nfor i in range(2):\n    loss = h * 2\n    loss.backward()`, `${W}\nh = (w * w).sum()\nfor i in range(2):\n    loss = h * 2\n    loss.backward(retain_graph=True)`],
    ["g", /made no graph of how it got them/, "Write create_graph=True", "w = torch.tensor(2.0, requires_grad=True)\ng, = torch.autograd.grad(w ** 3, w)\ng.backward()", "w = torch.tensor(2.0, requires_grad=True)\ng, = torch.autograd.grad(w ** 3, w, create_graph=True)\ng.backward()"],
  ],
};

for (const [group, cases] of Object.entries(MENDED)) {
  pageTest(`one click mends, and one undo takes it back: ${group}`, async ({ page, address }) => {
    await openCode(page, address, "import torch\n");
    await settled(page);
    for (const [name, complaint, button, before, after] of cases) {
      const program = `import torch\n${before}\n`;
      await write(page, 0, program);
      await settled(page);
      assert.match((await ask(page, name)).join(" "), complaint, before);
      await fixOf(page).filter({ hasText: button }).click();
      await settled(page);
      assert.equal(await sourceOf(page, 0), `import torch\n${after}\n`);
      assert.match(await page.locator(".run-line").textContent(), /^Ran in/, after);
      assert.doesNotMatch((await ask(page, name)).join(" "), complaint, after);
      await codeCell(page, 0).locator(".cm-content").click();
      await page.keyboard.press("Control+z");
      await settled(page);
      assert.equal(await sourceOf(page, 0), program);
    }
  }, { context: desktop, ms: 600_000 });
}
