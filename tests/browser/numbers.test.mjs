// Numbers in code are dragged sideways and stepped with keys: everything follows, their form stays, and one undo takes a drag back.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { codeCell, drag, openCode, outputsOf, settled, sourceOf } from "./page.mjs";

pageTest("a number is dragged, the output follows, and one undo takes it back", async ({ page, address }) => {
  await openCode(page, address, "x = 2.0\nprint(x * 3)");
  await settled(page);
  await drag(page, codeCell(page, 0).locator(".cm-turnable", { hasText: "2.0" }), [[60, 0]]);
  await settled(page);
  assert.equal(await sourceOf(page, 0), "x = 3.0\nprint(x * 3)");
  assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "9.0" }]);
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal(await sourceOf(page, 0), "x = 2.0\nprint(x * 3)");
});

pageTest("each form of number keeps its form, and steps fit its size", async ({ page, address }) => {
  await openCode(page, address, "a = [7, 0.001, 1e-3, 2., -1.5, 150.0]  # 9\nb = '5'");
  await settled(page);
  const press = async (text, key) => {
    const number = codeCell(page, 0).locator(".cm-turnable", { hasText: text }).first();
    await number.click();
    await page.keyboard.press(key);
  };
  await press("7", "Alt+ArrowUp");
  await press("0.001", "Alt+ArrowDown");
  await press("1e-3", "Alt+ArrowUp");
  await press("2.", "Alt+ArrowUp");
  await press("1.5", "Alt+ArrowDown");
  await press("150.0", "Alt+Shift+ArrowUp");
  assert.equal(await sourceOf(page, 0), "a = [8, 0.0009, 1.1e-3, 2.1, -1.6, 160.0]  # 9\nb = '5'");
  assert.equal(await codeCell(page, 0).locator(".cm-turnable").count(), 6);
});

pageTest("a press without a drag only puts the cursor there", async ({ page, address }) => {
  await openCode(page, address, "x = 25");
  await settled(page);
  await codeCell(page, 0).locator(".cm-turnable").click();
  await page.keyboard.type("0");
  assert.match(await sourceOf(page, 0), /^x = (250|205|025)$/);
});
