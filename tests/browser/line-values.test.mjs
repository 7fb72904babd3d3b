// Beside each line what it gave: its value, its gradient once there is one, the course of a loop; what a broken run did not reach stays, dimmed.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, openCode, settled, write } from "./page.mjs";

/** The values beside the lines of a code cell: `{ line: text }`, dimmed ones in parentheses. */
const valuesOf = (page, index, lines = ".cm-line") =>
  codeCell(page, index)
    .locator(lines)
    .evaluateAll((all) =>
      Object.fromEntries(
        all.flatMap((line, i) => {
          const value = line.querySelector(".line-value");
          const text = value && [...value.children].map((part) => part.textContent || "~").join(" ");
          return value ? [[i + 1, value.classList.contains("is-old") ? `(${text})` : text]] : [];
        }),
      ),
    );

pageTest("the tutorial's lines show their values and gradients, before the editor is there and after", async ({ page, address }) => {
  await page.goto(address);
  await page.locator(".static-code .line-grad").first().waitFor();
  const expected = { 3: "2.", 7: "1. ∂ 4.", 8: "3. ∂ 2.", 9: "4. ∂ 1.", 11: "10.", 12: "14." };
  assert.deepEqual(await valuesOf(page, 0, ".static-line"), expected);
  await settled(page);
  assert.deepEqual(await valuesOf(page, 0), expected);
  assert.deepEqual(await valuesOf(page, 1), { 2: "∂ b, w2, w1" });
});

pageTest("a loop shows its last value and the course of all", async ({ page, address }) => {
  await openCode(page, address, "total = 0\nfor i in range(5):\n    total = total + i * i\nname = 'a' * 3\na, b = 1, 2\nbig = list(range(99))");
  await settled(page);
  assert.deepEqual(await valuesOf(page, 0), { 1: "0", 2: "4", 3: "~ 30", 4: "'aaa'", 5: "a 1, b 2", 6: "[0, 1, 2, 3, 4, 5, 6, 7, …" });
  assert.match(await page.locator(".line-curve path").first().getAttribute("d"), /^M1\.0 11\.0L/);
});

pageTest("what a comprehension binds for itself is not told; a value whose name is not plain has it beside it", async ({ page, address }) => {
  await openCode(page, address, "xs = [n * n for n in range(4)]\nprint([[i * j for i in xs] for j in xs])\nif (half := xs[3] / 2) > 1:\n    from math import pi\nfor (a, b) in zip(xs, 'ab'):\n    pass\nimport numpy as np\nv = np.arange(3)");
  await settled(page);
  assert.deepEqual(await valuesOf(page, 0), { 1: "[0, 1, 4, 9]", 3: "half 4.5", 4: "pi 3.141592653589793", 5: "a 1, b 'b'", 8: "[0, 1, 2]" });
});

pageTest("while the code is broken, what runs shows, and the rest keeps its last good value, dimmed", async ({ page, address }) => {
  await openCode(page, address, "a = 1\nb = a + 1\nc = b + 1");
  await settled(page);
  await write(page, 0, "a = 5\nb = a + None\nc = b + 1");
  await settled(page);
  assert.deepEqual(await valuesOf(page, 0), { 1: "5", 2: "(2)", 3: "(3)" });
});

pageTest("a line whose name is bound again further down, or in a function, shows what it gave itself", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.tensor(1.0)\nx = x + 1\nn = 3\nn = n / 2\ndef f(a):\n    b = a * 2\n    return b\ny = f(x)");
  await settled(page);
  assert.deepEqual(await valuesOf(page, 0), { 2: "1.", 3: "2.", 4: "3", 5: "1.5", 7: "4.", 9: "4." });
});
