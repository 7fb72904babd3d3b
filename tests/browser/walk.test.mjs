// One program of each group of the gallery, opened, run and stepped to its end, wide and narrow: nothing sticks out of the window, and nothing shows
// what a mistake of the page's own would ("undefined", "NaN%").
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { pageTest } from "./harness.mjs";
import { atRest, openPage, settled } from "./page.mjs";

const PROGRAMS = new URL("../programs/", import.meta.url);
const WIDTHS = [{ width: 1440, height: 900 }, { width: 360, height: 740 }];
const MOST_STEPS = 5;

/** The one in the middle of each folder. */
const chosen = readdirSync(PROGRAMS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name: folder }) => {
    const programs = readdirSync(new URL(`${folder}/`, PROGRAMS)).filter((name) => name.endsWith(".py")).sort();
    return `${folder}/${programs[programs.length >> 1].replace(/\.py$/, "")}`;
  });

/** What is wrong with the page as it now looks; see above. */
const faults = (page) =>
  page.evaluate(() => {
    const found = [];
    const isClipped = (element) => {
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX !== "visible") return true;
      }
      return false;
    };
    for (const element of document.querySelectorAll("body *")) {
      if (element.closest("svg, .katex, .cm-editor")) continue;
      const { width, height, right } = element.getBoundingClientRect();
      if (width > 0 && height > 0 && right > innerWidth + 1 && !isClipped(element)) found.push(`sticks out: ${element.outerHTML.slice(0, 100)}`);
    }
    const words = [...document.querySelectorAll(".side")].map((side) => side.innerText).join("\n");
    found.push(...(words.match(/.*(\bundefined\b|NaN%|\[object ).*/g) ?? []));
    for (const shape of document.querySelectorAll("svg *")) {
      for (const { name, value } of shape.attributes) if (/^(d|x|y|[xy][12]|cx|cy|r|width|height|transform|points)$/.test(name) && /NaN|undefined/.test(value)) found.push(`${name}="${value.slice(0, 60)}"`);
    }
    return found;
  });

pageTest("a walk through the gallery meets nothing that is off", async ({ page, address }) => {
  await openPage(page, address);
  for (const example of chosen) {
    await page.setViewportSize(WIDTHS[0]);
    await page.evaluate((name) => localStorage.setItem("nabla.current", `example:${name}`), example);
    await page.reload();
    await settled(page);
    assert.equal(await page.title(), `${example.split("/")[1]}.py · nabla`);
    assert.deepEqual(await faults(page), [], example);
    const slider = page.getByLabel("Step", { exact: true });
    const steps = (await slider.count()) === 0 ? 0 : Number(await slider.getAttribute("max"));
    for (let i = 1; i <= Math.min(steps, MOST_STEPS); i++) {
      await slider.fill(String(Math.round((steps * i) / MOST_STEPS)));
      await atRest(page);
      assert.deepEqual(await faults(page), [], `${example}, step ${i} of ${MOST_STEPS}`);
    }
    await page.setViewportSize(WIDTHS[1]);
    await atRest(page);
    assert.deepEqual(await faults(page), [], `${example}, narrow`);
  }
}, { ms: 600_000 });
