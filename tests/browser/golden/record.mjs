// `npm run golden`: keeps pictures of the page as it is now, those alone that look different. `-- all` keeps each anew, `-- lab step` only
// those states. Look at what it writes.
import { build } from "../../../scripts/build.mjs";
import { serve } from "../../../scripts/serve.mjs";
import { setUp } from "../../../scripts/setup.mjs";
import { launch } from "../chromium.mjs";
import { compare, keep, shotsOf, TOLERANCE } from "./pictures.mjs";
import { STATES } from "../states.mjs";

const words = process.argv.slice(2);
const all = words.includes("all");
const names = words.filter((word) => word !== "all");
setUp({ tests: true });
build("wasm", "package", "page");
const site = await serve();
const browser = await launch();
for (const state of STATES.filter(({ isKept }) => isKept)) {
  if (names.length && !names.includes(state.name)) continue;
  const context = await browser.newContext({ serviceWorkers: "block" });
  const [page, desk] = [await context.newPage(), await context.newPage()];
  page.setDefaultTimeout(100_000);
  for await (const shot of shotsOf(page, site.address, state)) {
    const { name, off } = await compare(desk, shot);
    if (!all && off <= TOLERANCE) continue;
    await keep(desk, shot);
    console.log(`kept: ${name}`);
  }
  await context.close();
}
await browser.close();
await site.close();
