// A cell that plots shows its figure, in the room that there is, in both themes.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, hasNoOverflow, openCode, settled, write } from "./page.mjs";

const code = "import numpy as np\nimport matplotlib.pyplot as plt\nx = np.linspace(0, 6, 50)\nfig, (a, b) = plt.subplots(1, 2, figsize=(9, 4))\na.plot(x, np.sin(x), 'k', label='sin')\na.legend()\nb.hist(np.sin(x))\nfig.suptitle('Two');";

pageTest("a plotted cell shows its figure, and an edit draws it anew", async ({ page, address }) => {
  await openCode(page, address, code);
  const figure = codeCell(page, 0).locator(".figure > svg");
  await figure.waitFor();
  assert.match(await figure.getAttribute("aria-label"), /^Figure: Two/);
  assert.equal(await figure.locator("svg").count(), 2);
  await settled(page);
  await write(page, 0, code.replace("'Two'", "'Three'"));
  await codeCell(page, 0).locator('.figure > svg[aria-label^="Figure: Three"]').waitFor();
});

pageTest("on a phone subplots stand under one another, and nothing is wider than the page", async ({ page, address }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openCode(page, address, code);
  const figure = codeCell(page, 0).locator(".figure > svg");
  await figure.waitFor();
  const [first, second] = await figure.locator("svg").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  assert.ok(second.top >= first.bottom - 1);
  await hasNoOverflow(page);
});
