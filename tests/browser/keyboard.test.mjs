// The page by keyboard alone: from the address bar on, nothing but keys. Wherever the keyboard comes to can be seen and has a name; what closes gives it back.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { atRest, codeCell, openCode, openPage, outputsOf, settled, sourceOf, until } from "./page.mjs";
import { LONG_LOOP, valley } from "./programs.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const TRAINING = valley(3);

/** What has the focus: its role and name; "nothing" where it was lost. */
const here = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "nothing";
    const named = [at.getAttribute("aria-label"), at.labels?.[0]?.textContent, document.getElementById(at.getAttribute("aria-labelledby"))?.textContent, at.textContent, at.getAttribute("title")];
    return (named.find((text) => text?.trim()) ?? "").trim().replace(/\s+/g, " ");
  });

/** It can be seen that the keyboard stands there: the element lies in the window, and is outlined, or has a cursor in it. */
async function isMarked(page) {
  const { name, seen, marked } = await page.evaluate(() => {
    const at = document.activeElement;
    const { left, right, top, bottom, width, height } = at.getBoundingClientRect();
    const style = (element) => getComputedStyle(element);
    const isOutlined = (element) => style(element).outlineStyle !== "none" && parseFloat(style(element).outlineWidth) > 0;
    // A card or a handle in a drawing has its own edge drawn thick; the track of the time line its thumb.
    const drawn = at.closest(".node, .lab-start");
    const around = at.closest(".sheet-search, .editor");
    return {
      name: at.outerHTML.slice(0, 120),
      seen: width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
      marked: isOutlined(at) || (around !== null && (isOutlined(around) || style(around).boxShadow !== "none")) || (drawn !== null && [...drawn.querySelectorAll("*")].some((part) => style(part).stroke !== "none" && parseFloat(style(part).strokeWidth) >= 2)) || at.matches("main, aside, .timeline input"),
    };
  });
  assert.ok(seen && marked, `${name}: ${seen ? "is not marked" : "is out of the window"}`);
}

/** Tab until the keyboard stands on something whose name matches; on the way everything has a name and is marked. */
async function tabTo(page, name, { key = "Tab", most = 150 } = {}) {
  const seen = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const now = await here(page);
    if (now === "nothing") continue; // past the end, the browser's own bar
    seen.push(now);
    assert.ok(now.length > 0, `without a name: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160))}`);
    await isMarked(page);
    if (name.test(now)) return;
  }
  assert.fail(`not met: ${name}; but ${seen.join(" | ")}`);
}

/** Out of what helps while typing, if it is open, and then out of the text, on the cell of that name. */
async function leaveText(page, label) {
  for (let i = 0; i < 3 && (await here(page)) !== label; i++) await page.keyboard.press("Escape");
  assert.equal(await here(page), label);
}

const toGraph = async (page) => {
  await page.evaluate(() => document.activeElement.blur());
  await page.locator(".skip-link").nth(1).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "graph");
};

pageTest("an answer is written in a check, its verdict is told; a text cell is come to and left", async ({ page, address }) => {
  await openPage(page, address);
  await toGraph(page);
  await tabTo(page, /^w1$/);
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "The selected tensor" }).waitFor();
  await tabTo(page, /^Check by hand$/, { key: "Shift+Tab" }); // the card stands before the table
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".check-field"));
  assert.match(await here(page), /^Your formula for d y \/ d w1$/);
  await page.keyboard.type("x");
  const verdict = page.locator('.check-verdict[role=status][aria-busy="false"]').first();
  await verdict.locator(".check-words").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("x**2");
  await until(async () => assert.match(await verdict.textContent(), /Right|Nearly|Not yet|Only/));
  assert.match(await here(page), /^Your formula/, "the keyboard stays in the field");
}, { context: desktop });

pageTest("an exercise is solved from the editor; its verdict is told; undo goes back across the runs", async ({ page, address }) => {
  await openPage(page, address);
  await tabTo(page, /^Skip to the document$/, { most: 3 });
  await page.keyboard.press("Enter");
  const index = 4;
  const label = await codeCell(page, index).getAttribute("aria-label");
  await tabTo(page, new RegExp(`^Python, ${label}`));
  const before = await sourceOf(page, index);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nu = v ** 3\n");
  const exercise = page.locator(".challenge", { hasText: "the vector" });
  await exercise.getByText("v.grad is None: no gradient has been kept there.").waitFor();
  await page.keyboard.type("u.backward(torch.ones(3))");
  await exercise.locator("[role=status]").getByText("Solved", { exact: true }).waitFor();
  await settled(page);
  await leaveText(page, label);
  await page.keyboard.press("Enter");
  for (let i = 0; i < 20 && (await sourceOf(page, index)) !== before; i++) await page.keyboard.press("Control+Z");
  assert.equal(await sourceOf(page, index), before);
  await settled(page);
}, { context: desktop });

pageTest("a number is turned by keys, and the outputs follow", async ({ page, address }) => {
  await openCode(page, address, "x = 2.5\nprint(x * 2)");
  await settled(page);
  await tabTo(page, /^Python, Code cell 1/);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("Alt+ArrowUp");
  await until(async () => assert.deepEqual(await outputsOf(page, 0), [{ kind: "stdout", text: "5.2" }]));
}, { context: desktop });

pageTest("another document is opened by the menu, and the sheet gives the keyboard back", async ({ page, address }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  await tabTo(page, /^Menu$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Documents$/, { most: 8 });
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Documents" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await here(page), "Menu");
  await page.keyboard.press("Enter");
  await tabTo(page, /^New document$/, { most: 8 });
  await page.keyboard.press("Enter");
  await settled(page);
  await page.waitForFunction(() => document.activeElement?.matches(".cm-content"));
  await page.keyboard.type("6 * 7");
  await until(async () => assert.deepEqual(await outputsOf(page, 0), [{ kind: "result", text: "42" }]));
}, { context: desktop });

pageTest("the run is walked through, and the graph; what is closed gives the keyboard back", async ({ page, address }) => {
  await openCode(page, address, TRAINING);
  await settled(page);
  await toGraph(page);
  await tabTo(page, /^Find$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".graph-search input"));
  await page.keyboard.type("loss");
  await page.keyboard.press("Escape");
  assert.equal(await here(page), "Find");
  await tabTo(page, /^Save the graph$/, { most: 6 });
  await page.keyboard.press("Enter");
  await tabTo(page, /^SVG$/, { most: 2 });
  await page.keyboard.press("Escape");
  assert.equal(await here(page), "Save the graph");
  await tabTo(page, /^Step$/, { most: 12 });
  await page.keyboard.press("Home");
  await page.locator(".explain").waitFor();
  await page.keyboard.press("ArrowRight");
  await tabTo(page, /^Show the whole run$/, { most: 4 });
  await page.keyboard.press("Enter");
  await page.locator(".explain").waitFor({ state: "detached" });
  assert.equal(await here(page), "Step");
  await toGraph(page);
  await tabTo(page, /^(w|loss|intermediate|\w+), /);
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: "The selected tensor" });
  await card.waitFor();
  const name = await here(page);
  await tabTo(page, /^Close$/, { most: 40 });
  await page.keyboard.press("Enter");
  await card.waitFor({ state: "detached" });
  assert.equal(await here(page), name);
}, { context: desktop });

pageTest("the lab is opened, its start moved, and closed again", async ({ page, address }) => {
  await openCode(page, address, TRAINING);
  await settled(page);
  await toGraph(page);
  await tabTo(page, /^Optimizer lab$/, { most: 3 });
  await page.keyboard.press("Enter");
  await page.locator('.lab-racers[aria-busy="false"]').waitFor();
  const start = () => page.getByLabel("Start of w[0]").inputValue();
  const before = await start();
  await tabTo(page, /^Start/, { most: 12 });
  await page.keyboard.press("ArrowRight");
  await until(async () => assert.notEqual(await start(), before));
  await tabTo(page, /^Back to the program's$/, { most: 12 });
  await page.keyboard.press("Enter");
  await until(async () => assert.equal(await start(), before));
  await until(async () => assert.notEqual(await here(page), "nothing"));
  await page.keyboard.press("Escape");
  await page.locator(".lab").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.textContent === "Optimizer lab");
}, { context: desktop });

pageTest("a link is shared, and the panel gives the keyboard back", async ({ page, address }) => {
  await openCode(page, address, "a = 1");
  await settled(page);
  await tabTo(page, /^Share$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".share-panel input"));
  await tabTo(page, /^QR code$/, { most: 4 });
  await page.keyboard.press("Enter");
  await page.locator(".share-qr").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".share-panel").waitFor({ state: "detached" });
  assert.equal(await here(page), "Share");
}, { context: desktop });

pageTest("where a button goes away with what it did, the keyboard stands beside it", async ({ page, address }) => {
  await openCode(page, address, LONG_LOOP);
  await page.getByRole("button", { name: "Stop" }).waitFor();
  await tabTo(page, /^Stop$/);
  await page.keyboard.press("Enter");
  await page.locator(".run-stopped").waitFor();
  await until(async () => assert.equal(await here(page), "Go on"));
  await tabTo(page, /^Python, Code cell 1/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("n = 0");
  await settled(page);
  await leaveText(page, await codeCell(page, 0).getAttribute("aria-label"));
  await tabTo(page, /^Delete$/, { most: 6 });
  await page.keyboard.press("Enter");
  await until(async () => assert.equal(await sourceOf(page, 0), ""));
  await until(async () => assert.notEqual(await here(page), "nothing"));
  await tabTo(page, /^Undo$/);
  await page.keyboard.press("Enter");
  await until(async () => assert.equal(await sourceOf(page, 0), "n = 0"));
  await atRest(page);
  await until(async () => assert.notEqual(await here(page), "nothing"));
}, { context: desktop });
