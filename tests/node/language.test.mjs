// The recorded slices of the language fuzzers (tests/fuzz/language.mjs): drawn Python programs with what CPython printed and the exception that
// ended them, through the wasm package. `npm run fuzz -- --language --record`, `-- --regex --record` and `-- --numpy --record` write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sameText } from "../fuzz/compare.mjs";
import { languageProgram } from "../fuzz/language.mjs";
import { LANGUAGE_FILE, NUMPY_FILE, REGEX_FILE, SETS_FILE, readRecorded } from "../fuzz/recorded.mjs";
import { differencesOf } from "./drawn.mjs";

for (const [about, file, least, same] of [
  ["the language", LANGUAGE_FILE, 290],
  ["regular expressions", REGEX_FILE, 490],
  ["sets", SETS_FILE, 95],
  ["numpy", NUMPY_FILE, 500, sameText],
]) {
  const cases = readRecorded(file);

  test(`there are at least ${least} drawn programs about ${about}`, () => assert.ok(cases.length >= least, `only ${cases.length}`));

  test(`drawn programs about ${about} print what CPython prints, and end as there`, async () => {
    const wrong = await differencesOf(cases, languageProgram, "CPython", same);
    assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
  });
}
