// The recorded slices of the autograd fuzzers (tests/fuzz/autograd.mjs): drawn programs with what PyTorch printed and how their statements failed,
// through the wasm package. `npm run fuzz -- --autograd --record` and `-- --views --record` write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { autogradProgram } from "../fuzz/autograd.mjs";
import { AUTOGRAD_FILE, VIEWS_FILE, readRecorded } from "../fuzz/recorded.mjs";
import { differencesOf } from "./drawn.mjs";

for (const [about, file] of [["autograd", AUTOGRAD_FILE], ["chains of views", VIEWS_FILE]]) {
  const cases = readRecorded(file);

  test(`there are at least 250 drawn programs of ${about}`, () => assert.ok(cases.length >= 250, `only ${cases.length}`));

  test(`drawn programs of ${about} print what PyTorch prints, and fail as there`, async () => {
    const wrong = await differencesOf(cases, autogradProgram, "PyTorch");
    assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
  });
}
