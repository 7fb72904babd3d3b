// Graphs of a thousand and of three thousand operators: all of it is drawn, and it is walked through as a small one is.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { openCode, settled } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 }, acceptDownloads: true };

/** Three operators a line, some of whose operands were made long before. */
const long = (lines) => {
  const text = ["import torch", "x0 = torch.tensor(1.0, requires_grad=True)", "w = torch.tensor(0.5, requires_grad=True)"];
  for (let i = 1; i <= lines; i++) text.push(`x${i} = x${i - 1} * w + x${Math.max(0, i - 7)}.sin()`);
  return text.join("\n");
};

const shown = (page) => page.locator(".node .name").allTextContents();
const place = (page) => page.locator(".graph > g").getAttribute("transform");

for (const [operators, lines] of [[1000, 334], [3000, 1000]]) {
  pageTest(`${operators} operators: all are there; one pans, zooms, finds and walks`, async ({ page, address }) => {
    page.setDefaultTimeout(120_000);
    await openCode(page, address, long(lines));
    await settled(page);
    // It opens at its beginning, in a size that can be read.
    await page.locator(".node", { hasText: "x0" }).first().waitFor();
    assert.ok((await page.locator(".node").count()) < 300, "only what is in view is drawn card by card");
    assert.doesNotMatch(await page.locator(".legend").textContent(), /drawn/);

    const waiting = page.waitForEvent("download");
    await page.locator(".graph-export summary").click();
    await page.getByRole("button", { name: "DOT", exact: true }).click();
    const dot = await readFile(await (await waiting).path(), "utf8");
    assert.equal(dot.match(/\[label=/g).length, 3 * lines + 2);

    // From afar there are shapes without text; coming nearer, the cards are back.
    await page.getByRole("button", { name: "Fit" }).click();
    await page.locator(".map-tracked").first().waitFor({ state: "attached" });
    await page.waitForFunction(() => document.querySelectorAll(".node").length <= 1); // what the keyboard would enter
    assert.equal(await page.getByRole("button", { name: "Fit" }).isDisabled(), true);
    for (let i = 0; i < 12 && (await shown(page)).length < 4; i++) await page.getByRole("button", { name: "Zoom in" }).click();
    assert.ok((await shown(page)).length >= 4, "cards");
    assert.equal(await page.locator(".map-tracked").count(), 0);

    const before = await place(page);
    const box = await page.locator(".graph").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2 - 150, { steps: 5 });
    await page.mouse.up();
    assert.notEqual(await place(page), before);

    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.waitForFunction(() => document.activeElement?.closest(".graph-search"));
    await page.keyboard.type(`x${lines - 1}`);
    await page.keyboard.press("Enter");
    const found = page.locator(".node.is-selected");
    await found.waitFor();
    assert.match(await found.locator(".name").textContent(), new RegExp(`x${lines - 1}`));
    await page.keyboard.press("Escape");

    const label = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    await found.locator(".hit").focus();
    const seen = [await label()];
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowUp", "ArrowRight"]) {
      await page.keyboard.press(key);
      await page.waitForFunction((last) => ![null, "", last].includes(document.activeElement?.getAttribute("aria-label")), seen.at(-1));
      seen.push(await label());
    }
    assert.match(seen[0], new RegExp(`^x${lines - 1}, from add`));
    assert.match(seen[1], /from mul/);
    assert.match(seen[2], new RegExp(`^x${lines - 2}, from add`));
    assert.match(seen[6], /from sin/);
  }, { context: desktop, ms: 300_000 });
}
