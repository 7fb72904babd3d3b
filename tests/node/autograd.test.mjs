// The recorded slice of the autograd fuzzer (tests/fuzz/autograd.mjs): drawn programs with what PyTorch printed and how their statements failed,
// through the wasm package. `npm run fuzz -- --autograd --record` writes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";
import { autogradProgram } from "../fuzz/autograd.mjs";
import { AUTOGRAD_FILE, readRecorded, shortened } from "../fuzz/recorded.mjs";

const cases = readRecorded(AUTOGRAD_FILE);

test("there are at least 250 drawn programs of autograd", () => assert.ok(cases.length >= 250, `only ${cases.length}`));

test("drawn programs of autograd print what PyTorch prints, and fail as there", async () => {
  const engine = await loadEngineInNode();
  const wrong = [];
  for (let at = 0; at < cases.length; at += 100) {
    const part = cases.slice(at, at + 100);
    let out = "";
    engine.run(readScript("cases.py", autogradProgram(part)), { record: false, onOutput: ({ kind, text }) => kind === "stdout" && (out += text) });
    const answers = out.split("\n");
    part.forEach(({ text, answer }, i) => {
      if (shortened(answers[i] ?? "") !== answer) wrong.push(`${JSON.parse(text)}\n  PyTorch  ${answer}\n  nabla    ${answers[i]}`);
    });
  }
  engine.close();
  assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
});
