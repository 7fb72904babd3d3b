// The check of a derivative worked out by hand: what is typed, what comes of it, and where it is kept.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { hasNoOverflow, isAccessible, openCode, openPage, settled, write } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const field = (page, of) => page.getByLabel(`Your formula for ${of}`);
const verdictOf = (page, of) => page.getByRole("group", { name: `Check ${of}` }).locator(".check-verdict");

/** What the page says of a formula. */
async function verdict(page, of, formula) {
  await field(page, of).fill(formula);
  await answered(page, of);
  const place = verdictOf(page, of);
  return (await place.locator(".check-words").innerText()).replace(/\s+/g, " ").trim();
}

const answered = (page, of) => verdictOf(page, of).and(page.locator('[aria-busy="false"]')).locator(".check-words").waitFor();

const cellsOf = (page, of) => page.getByRole("group", { name: `Check ${of}` }).locator("tbody td").evaluateAll((all) => all.map((cell) => cell.firstChild.textContent.trim()));

pageTest("in the tutorial a formula typed in Python or as in a book is compared with autograd and with differences", async ({ page, address }) => {
  await openPage(page, address);
  await field(page, "d y / d w1").click();
  await page.keyboard.type("x^2", { delay: 20 });
  assert.equal(await field(page, "d y / d w1").inputValue(), "x^2");
  await answered(page, "d y / d w1");
  assert.match(await verdictOf(page, "d y / d w1").innerText(), /^Right, and at other values too/);
  assert.deepEqual(await cellsOf(page, "d y / d w1"), ["4", "4", "4"]);
  for (const formula of ["x**2", "dy/dw1 = x²", "x * x", "torch.pow(x, 2)", "x x", "exp(2 ln x)"]) {
    assert.match(await verdict(page, "d y / d w1", formula), /^Right/, formula);
  }
  assert.match(await verdict(page, "d y / d w2", "x"), /^Right/);
  assert.match(await verdict(page, "d y / d b", "1"), /^Right/);
}, { context: desktop });

pageTest("it says what is off: a sign, a factor, a term, a number that only happens to fit", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor(2.0)
w = torch.tensor(3.0, requires_grad=True)
y = w**2 * x + torch.sin(w)
y.backward()
`);
  await settled(page);
  await page.getByRole("treeitem", { name: /^w, leaf/ }).click();
  await page.getByRole("button", { name: "Check by hand" }).click();
  const of = "d y / d w";
  assert.ok(await field(page, of).evaluate((input) => input === document.activeElement));
  assert.match(await verdict(page, of, "2 w x + cos(w)"), /^Right/);
  assert.match(await verdict(page, of, "-2 w x - cos(w)"), /^Only the sign is off/);
  assert.match(await verdict(page, of, "w x + cos(w) / 2"), /^Nearly: a factor of 2 is missing/);
  assert.match(await verdict(page, of, "4 w x + 2 cos(w)"), /^Nearly: a factor of 2 is too many/);
  assert.match(await verdict(page, of, "cos(w)"), /^Nearly: a term is missing, 2 \* w \* x/);
  assert.match(await verdict(page, of, "-2 w x + cos(w)"), /^Nearly: one sign is off, the − before 2 w x/);
  assert.match(await verdict(page, of, "2 w x + cos(w) + 1"), /^Nearly: there is 1 too much/);
  assert.match(await verdict(page, of, "2 w x - w + cos(w)"), /^Nearly: a term is missing, w/);
  assert.match(await verdict(page, of, "12 + cos(w)"), /^The number is right for these values, but the rule is not/);
  assert.match(await verdict(page, of, "w"), /^Not yet. Compare/);
  assert.match(await verdict(page, of, "2 u x"), /^u is not a name in the program/);
  assert.match(await verdict(page, of, "2 * ("), /^Not a whole formula yet/);
  assert.match(await verdict(page, of, "'😀'"), /^Python says: gives a str/);
}, { context: desktop });

pageTest("the usual slips are told by their place: a function, an exponent, a name, a dimension, a transpose, a sum left out, a class left out", async ({ page, address }) => {
  const cases = [
    ["x = torch.tensor(1.5, requires_grad=True)\ny = torch.sin(x**2)\ny.backward()", "dy/dx", {
      "2x sin(x^2)": /^Nearly: it would be right with cos in place of sin\.$/,
      "2x cos(x)": /^Nearly: it would be right with x\*\*2 in place of x\.$/,
      "2x cos(x^3)": /^Nearly: it would be right with x\*\*2 in place of x\*\*3\.$/,
    }],
    ["x = torch.tensor(1.2)\nv = torch.tensor(0.5, requires_grad=True)\nu = torch.tensor(-0.8, requires_grad=True)\nh = torch.tanh(v * x)\ny = u * h\ny.backward()", "dy/dv", {
      "v (1 - h^2) x": /in place of v\.$/,
      "u (1 + h^2) x": /^Nearly: one sign is off, the \+ before h\*\*2\.$/,
      "u x": /^Nearly: a factor of \(1 - h\*\*2\) is missing\.$/,
    }],
    ["A = torch.tensor([[2.0, 1.0], [0.0, 3.0]])\nx = torch.tensor([1.0, -2.0], requires_grad=True)\ny = x @ A @ x\ny.backward()", "dy/dx", {
      "A x + A^T x": /^Right, in every element.*read as a product of matrices/,
      "A x + A x": /^Nearly: it would be right with A\.T in place of A\./,
    }],
    ["W = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\nx = torch.tensor([0.5, -1.0])\nout = W @ x\nloss = (out**2).sum()\nloss.backward()", "dloss/dW", {
      "2 out x^T": /^Right, in every element.*read as an outer product/,
      "2 outer(x, out)": /^Nearly: it is the transpose/,
    }],
    ["x = torch.tensor([1.0, 2.0, 3.0])\nw = torch.tensor(1.5, requires_grad=True)\nd = w * x - 2\nloss = (d**2).mean()\nloss.backward()", "dloss/dw", {
      "2 d x": /^Nearly: it would be right averaged, with \.mean\(\) behind all of it\.$/,
      "d.sum() x": /Is something to be summed up, since w takes part in all of it\?$/,
    }],
    ["z = torch.tensor([[1.0, 2.0, 0.5], [0.0, 1.0, 3.0]], requires_grad=True)\nt = torch.tensor([1, 2])\nloss = torch.nn.functional.cross_entropy(z, t, reduction='sum')\nloss.backward()", "dloss/dz", {
      "softmax(z)": /^Nearly: in \[0, 1\] and \[1, 2\] there is 1 too much; the other elements are right\./,
      "softmax(z, 0) - one_hot(t, 3)": /^Nearly: it would be right with dimension 1 in place of dimension 0\./,
      "softmax(z) - [[0, 1, 0], [0, 0, 1]]": /^Right/,
    }],
  ];
  await openPage(page, address);
  for (const [code, title, formulas] of cases) {
    await page.evaluate(([cells]) => {
      localStorage.setItem("nabla.document.test", JSON.stringify({ id: "test", origin: { kind: "file" }, changed: 1, document: { kind: "notebook", name: "test.ipynb", cells } }));
      localStorage.setItem("nabla.current", "test");
    }, [[{ kind: "code", source: `import torch\n${code}` }, ...Object.keys(formulas).map((formula) => ({ kind: "markdown", source: `\`\`\`check ${title}\n${formula}\n\`\`\`` }))]]);
    await page.reload();
    await settled(page);
    for (const [i, [formula, expected]] of Object.entries(formulas).entries()) {
      const verdict = page.locator(".check").nth(i).locator('.check-verdict[aria-busy="false"]');
      await verdict.locator(".check-words").waitFor();
      const said = await verdict.locator(".check-words, .check-note").allInnerTexts();
      assert.match(said.join(" ").replace(/\s+/g, " ").trim(), expected, formula);
    }
  }
}, { context: desktop });

pageTest("a rule that leans on its data, as p - t does on targets whose sum is 1, is right with them; x^T is a transpose", async ({ page, address }) => {
  await openCode(page, address, `import torch
z = torch.tensor([1.0, 2.0, 0.5], requires_grad=True)
t = torch.tensor([0.0, 1.0, 0.0])
p = torch.softmax(z, 0)
loss = -(t * torch.log(p)).sum()
loss.backward()
`);
  await settled(page);
  await page.getByRole("treeitem", { name: /^z, leaf/ }).click();
  await page.getByRole("button", { name: "Check by hand" }).click();
  const of = "d loss / d z";
  assert.equal(await verdict(page, of, "p - t"), "Right, with t as it is: for other numbers there the rule is another.");
  assert.match(await verdict(page, of, "softmax(z) - t"), /^Right, with t as it is/);
  assert.match(await verdict(page, of, "p sum(t) - t"), /^Right, in every element and at other values too/);
  assert.match(await verdict(page, of, "t - p"), /^Only the sign is off/);
  assert.match(await verdict(page, of, "p"), /^Not yet|^Nearly/);
  assert.match(await verdict(page, of, "p^T - t"), /^Right, with t as it is/);
}, { context: desktop });

pageTest("tensors are compared element by element, in a training at its last step, and shapes are told", async ({ page, address }) => {
  const source = `import torch
x = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])
w = torch.tensor([[0.5, -1.0]], requires_grad=True)
for i in range(20):
    loss = ((x @ w.T) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad = None
`;
  await openCode(page, address, source);
  await settled(page);
  await page.getByRole("treeitem", { name: /^w, leaf/ }).click();
  await page.getByRole("button", { name: "Check by hand" }).click();
  const of = "d loss / d w";
  assert.match(await verdict(page, of, "2 * (x @ w.T).T @ x / 3"), /^Right, in every element/);
  assert.match(await verdict(page, of, "2 * (x @ w.T).T @ x"), /^Nearly: a factor of 3 is too many/);
  assert.match(await verdict(page, of, "2 * x.T @ (x @ w.T) / 3"), /^Nearly: it is the transpose/);
  assert.match(await verdict(page, of, "x"), /^Your formula has the shape 3×2; the gradient has that of w, 1×2/);
  assert.match(await verdict(page, of, "w"), /^Not yet/);
  const rows = await page.locator(".check-table tbody tr").evaluateAll((all) => all.map((row) => [row.className, row.querySelector("th").textContent]));
  assert.deepEqual(rows, [["is-off", "[0, 0]"], ["is-off", "[0, 1]"]]);
  // Autograd and differences tell the same, though this is the twentieth time round.
  const [, autograd, differences] = await cellsOf(page, of);
  assert.ok(Math.abs(Number(autograd) - Number(differences)) < 1e-5 * Math.abs(Number(autograd)), `${autograd} ${differences}`);
}, { context: desktop });

pageTest("the formula follows the code, is there after a reload, and travels in the link", async ({ page, address, browser }) => {
  await openPage(page, address);
  assert.match(await verdict(page, "d y / d w2", "x"), /^Right/);
  await write(page, 0, "import torch\nx = torch.tensor([2.0])\nw1 = torch.tensor([1.0], requires_grad=True)\nw2 = torch.tensor([3.0], requires_grad=True)\nb = torch.tensor([4.0], requires_grad=True)\nz = w1 * torch.pow(x, 2) + w2 * x * 3\ny = z + b\n");
  await settled(page);
  await page.getByText("Nearly: a factor of 3 is missing").waitFor();
  await page.reload();
  await settled(page);
  assert.equal(await field(page, "d y / d w2").inputValue(), "x");
  await page.getByText("Nearly: a factor of 3 is missing").waitFor();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await openPage(other, link);
  assert.equal(await field(other, "d y / d w2").inputValue(), "x");
  await other.getByText("Nearly: a factor of 3 is missing").waitFor();
  await elsewhere.close();
}, { context: { ...desktop, permissions: ["clipboard-read", "clipboard-write"] } });

pageTest("what is no leaf, what tracks no gradient, what autograd does not see, and what is not there", async ({ page, address }) => {
  await openCode(page, address, `import torch
x = torch.tensor(2.0)
w = torch.tensor(3.0, requires_grad=True)
z = w * x
y = z * z.detach()
y.backward()
`);
  await settled(page);
  await page.getByRole("treeitem", { name: /^z, from/ }).click();
  await page.getByRole("button", { name: "Check by hand" }).click();
  assert.match(await verdict(page, "d y / d z", "z"), /^Right/);
  await page.getByText("part of the way is hidden from autograd").waitFor();
  await page.locator(".add-button", { hasText: "Text" }).last().click();
  await page.keyboard.insertText("```check dy/dx\n2 w * w x\n```\n\n```check dq/dw\n1\n```");
  await page.keyboard.press("Escape");
  await page.getByText("Autograd has nothing to compare with: x does not track gradients").waitFor();
  assert.match(await verdictOf(page, "d y / d x").innerText(), /^Right/);
  await page.getByText("The program has no tensor q").waitFor();
}, { context: desktop });

for (const colorScheme of ["light", "dark"]) {
  pageTest(`on a phone, ${colorScheme}, a check fits, and axe finds nothing to object to`, async ({ page, address }) => {
    await openPage(page, address);
    await verdict(page, "d y / d w1", "4");
    await verdict(page, "d y / d w2", "x + 1");
    await page.mouse.move(2, 2);
    await hasNoOverflow(page);
    await isAccessible(page);
  }, { context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme } });
}
