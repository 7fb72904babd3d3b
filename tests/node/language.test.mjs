// The recorded slice of the language fuzzer (tests/fuzz/language.mjs): drawn Python programs with what CPython printed and the exception that
// ended them, through the wasm package. `npm run fuzz -- --language --record` writes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";
import { languageProgram } from "../fuzz/language.mjs";
import { LANGUAGE_FILE, readRecorded, shortened } from "../fuzz/recorded.mjs";

const cases = readRecorded(LANGUAGE_FILE);

test("there are at least 290 drawn programs", () => assert.ok(cases.length >= 290, `only ${cases.length}`));

test("drawn programs print what CPython prints, and end as there", async () => {
  const engine = await loadEngineInNode();
  const wrong = [];
  for (let at = 0; at < cases.length; at += 100) {
    const part = cases.slice(at, at + 100);
    let out = "";
    engine.run(readScript("cases.py", languageProgram(part)), { record: false, onOutput: ({ kind, text }) => kind === "stdout" && (out += text) });
    const answers = out.split("\n");
    part.forEach(({ text, answer }, i) => {
      if (shortened(answers[i] ?? "") !== answer) wrong.push(`${JSON.parse(text)}\n  CPython  ${answer}\n  nabla    ${answers[i]}`);
    });
  }
  engine.close();
  assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
});
