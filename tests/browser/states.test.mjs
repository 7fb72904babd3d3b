// Every state that the page can be in, at three widths, the widest and the narrowest in both themes: axe finds nothing to object to, and nothing is wider than the window.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { hasNoOverflow, isAccessible } from "./page.mjs";
import { STATES } from "./states.mjs";

const SIZES = [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 360, height: 740 }];
/** All that a theme changes. */
const OF_COLOURS = ["color-contrast"];

for (const { name, address: behind = "", open, look, widths, allowed = [] } of STATES) {
  pageTest(`${name}: axe finds nothing to object to`, async ({ page, address }) => {
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    await page.setViewportSize(SIZES[0]);
    await open(page, address + behind);
    const found = [];
    for (const size of SIZES.filter(({ width }) => !widths || widths.includes(width))) {
      await page.setViewportSize(size);
      for (const colorScheme of size.width === 820 ? ["light"] : ["light", "dark"]) {
        await page.emulateMedia({ reducedMotion: "reduce", colorScheme });
        await look(page);
        for (const holds of [(page) => isAccessible(page, colorScheme === "dark" ? OF_COLOURS : null), hasNoOverflow]) {
          await holds(page).catch((error) => {
            if (error.code !== "ERR_ASSERTION") throw error;
            found.push(`${size.width} ${colorScheme}: ${error.actual ?? error.message}`);
          });
        }
      }
    }
    assert.deepEqual(found, []);
  }, { allowErrors: allowed });
}
