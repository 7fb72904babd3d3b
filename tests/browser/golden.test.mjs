// The page looks as it was last looked at: its main states at three widths in both themes, against the pictures kept in golden/kept.
// `npm run golden` keeps them anew.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { pageTest } from "./harness.mjs";
import { compare, nameOfFile, namesOf, shotsOf } from "./golden/pictures.mjs";
import { STATES } from "./states.mjs";

for (const state of STATES.filter(({ isKept }) => isKept)) {
  pageTest(`${state.name}: it looks as it did`, async ({ page, address, context }) => {
    page.setDefaultTimeout(100_000);
    const desk = await context.newPage();
    const wrong = [];
    for await (const shot of shotsOf(page, address, state)) {
      const { name, why } = await compare(desk, shot);
      if (why) wrong.push(`${name}: ${why}`);
    }
    assert.deepEqual(wrong, [], "look at the pictures; if they are as they should be, `npm run golden` keeps them");
  }, { ms: 300_000 });
}

test("every kept picture is one of a state", () => {
  const names = STATES.filter(({ isKept }) => isKept).flatMap(namesOf).map(nameOfFile);
  assert.deepEqual(readdirSync(new URL("golden/kept", import.meta.url)).sort(), names.sort());
});
