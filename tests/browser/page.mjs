// What the browser tests do to the page, in its own words: type into a cell, read what a cell printed, wait for a run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Opens the page (with a fragment, if given) and waits for the first run. */
export async function openPage(page, address, fragment = "") {
  await page.goto(address + fragment);
  await settled(page);
}

/**
 * What is now written has been run and drawn, and nothing is being opened or loaded any more (the page says so itself, see shell/busy.ts);
 * and the editor, which comes with the first move, is there.
 */
export async function settled(page) {
  await atRest(page);
  if ((await page.locator(".static-code").count()) > 0) {
    await page.mouse.move(2, 2);
    await page.locator(".static-code").first().waitFor({ state: "detached" });
    await atRest(page);
  }
  await page.waitForFunction(() => /^(Ran in|Error|Waits)/.test(document.querySelector(".run-line")?.textContent ?? ""));
}

/** The page is at rest, and has been for two frames: what effects still had to draw is drawn. */
export async function atRest(page) {
  for (let isAtRest = false; !isAtRest; ) {
    await page.waitForFunction(() => "settled" in document.documentElement.dataset);
    await drawn(page);
    isAtRest = await page.evaluate(() => "settled" in document.documentElement.dataset);
  }
}

/** Whatever was to be drawn is drawn. */
export const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

const PATIENCE_MS = 60_000;

/** Tries an assertion until it holds; when it never does, its last complaint is thrown. */
export async function until(check) {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await check();
    } catch (error) {
      if (error.code !== "ERR_ASSERTION" || Date.now() > end) throw error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Presses the pointer on an element, in its middle, and moves it by each of the `ways` in turn; `between` is awaited after each but the last. */
export async function drag(page, element, ways, between = () => {}) {
  await element.hover(); // waits until it lies still
  const { x, y, width, height } = await element.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (const [i, [right, down]] of ways.entries()) {
    await page.mouse.move(x + width / 2 + right, y + height / 2 + down, { steps: 6 });
    if (i < ways.length - 1) await between(i);
  }
  await page.mouse.up();
}

export const codeCell = (page, index) => page.locator(".cell-code").nth(index);

/** Everything that a code cell printed: `[{ kind, text }]`. */
export function outputsOf(page, index) {
  return codeCell(page, index)
    .locator(".output")
    .evaluateAll((outputs) =>
      outputs.map((output) => ({
        kind: output.className.replace("output output-", ""),
        text: output.querySelector("pre").textContent,
      })),
    );
}

export const sourceOf = (page, index) =>
  codeCell(page, index)
    .locator(".cm-line")
    .evaluateAll((lines) =>
      lines
        .map((line) => {
          const written = line.cloneNode(true);
          for (const value of written.querySelectorAll(".line-value")) value.remove(); // beside it, not in it
          return written.textContent;
        })
        .join("\n"),
    );

/** Puts text in place of all that a code cell holds. */
export async function write(page, index, text) {
  const content = codeCell(page, index).locator(".cm-content");
  await content.click();
  await page.keyboard.press("Control+A");
  // As one paste: typing would add the editor's own indentation.
  await page.keyboard.insertText(text);
}

/** Opens a page whose document is this one code cell. */
export async function openCode(page, address, code) {
  await page.addInitScript(
    ([key, value]) => {
      if (localStorage.getItem("nabla.current")) return;
      localStorage.setItem(key, value);
      localStorage.setItem("nabla.current", "test");
    },
    [
      "nabla.document.test",
      JSON.stringify({
        id: "test",
        origin: { kind: "file" },
        changed: 1,
        document: { kind: "notebook", name: "test.ipynb", cells: [{ kind: "code", source: code }] },
      }),
    ],
  );
  await page.goto(address);
}

/** The rows of the table of tensors, as the text of their cells. */
export const tableOf = (page) =>
  page
    .locator(".tensor-table tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

export async function hasNoOverflow(page) {
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }));
  assert.ok(wide <= seen, `the page is ${wide} wide, the window ${seen}`);
}

/**
 * axe finds nothing to object to, or nothing by those of its `rules`. It looks at colours: what fades in or out is let come to its end, and where the
 * theme has just changed under it, it looks again. What is wrong with the page at rest, it finds each time.
 */
export async function isAccessible(page, rules = null) {
  let found = [];
  for (let looks = 0; looks < 3; ++looks) {
    found = await findingsOfAxe(page, rules);
    if (!found.length) break;
  }
  assert.deepEqual(found, []);
}

async function findingsOfAxe(page, rules) {
  await drawn(page);
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map(({ finished }) => finished.catch(() => {})));
  });
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  // The list of completions scrolls with the option that the keyboard, which stays in the text, has come to.
  const { violations } = await page.evaluate((rules) => globalThis.axe.run({ exclude: [".cm-tooltip-autocomplete > ul"] }, { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) }), rules);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
