// The recorded slices of the language fuzzers (tests/fuzz/language.mjs): drawn Python programs with what CPython printed and the exception that
// ended them, through the wasm package. `npm run fuzz -- --language --record`, `-- --regex --record` and `-- --numpy --record` write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";
import { sameText } from "../fuzz/compare.mjs";
import { languageProgram } from "../fuzz/language.mjs";
import { LANGUAGE_FILE, NUMPY_FILE, REGEX_FILE, readRecorded, shortened } from "../fuzz/recorded.mjs";

const exactly = (a, b) => a === b;
for (const [about, file, least, same] of [
  ["the language", LANGUAGE_FILE, 290, exactly],
  ["regular expressions", REGEX_FILE, 490, exactly],
  ["numpy", NUMPY_FILE, 500, sameText],
]) {
  const cases = readRecorded(file);

  test(`there are at least ${least} drawn programs about ${about}`, () => assert.ok(cases.length >= least, `only ${cases.length}`));

  test(`drawn programs about ${about} print what CPython prints, and end as there`, async () => {
    const engine = await loadEngineInNode();
    const wrong = [];
    for (let at = 0; at < cases.length; at += 100) {
      const part = cases.slice(at, at + 100);
      let out = "";
      engine.run(readScript("cases.py", languageProgram(part)), { record: false, onOutput: ({ kind, text }) => kind === "stdout" && (out += text) });
      const answers = out.split("\n");
      part.forEach(({ text, answer }, i) => {
        if (!same(shortened(answers[i] ?? ""), answer)) wrong.push(`${JSON.parse(text)}\n  CPython  ${answer}\n  nabla    ${answers[i]}`);
      });
    }
    engine.close();
    assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
  });
}
