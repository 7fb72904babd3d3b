// The recorded slice of the parity fuzzer (tests/fuzz): calls of every operator with PyTorch's values, gradients, second derivatives and
// errors, and printed tensors, through the wasm package. `npm run fuzz -- --record` writes it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";
import { same } from "../fuzz/compare.mjs";
import { comparable, knownNames } from "../fuzz/known.mjs";
import { OPS_FILE, PRINT_FILE, readRecorded, shortened } from "../fuzz/recorded.mjs";
import { listOps, programOf } from "../fuzz/sides.mjs";

const BATCH = 250; // calls in one program
const SHOWN = Number(process.env.SHOWN ?? 5); // of what differs

let engine;
before(async () => {
  engine = await loadEngineInNode();
});
after(() => engine.close());

function answersOf(cases) {
  let out = "";
  engine.run(readScript("cases.py", programOf(cases)), { record: false, onOutput: ({ kind, text }) => kind === "stdout" && (out += text) });
  return out.split("\n").slice(0, -1);
}

function check(cases, agree) {
  const wrong = [];
  for (let at = 0; at < cases.length; at += BATCH) {
    const part = cases.slice(at, at + BATCH);
    const answers = answersOf(part);
    part.forEach(({ seed, text, options, answer }, k) => {
      if (!agree(answer, answers[k])) wrong.push(`${seed} ${text} ${options ?? ""}\n  PyTorch  ${answer}\n  nabla    ${answers[k]}`);
    });
  }
  assert.equal(wrong.length, 0, `${wrong.length} of ${cases.length} differ:\n${wrong.slice(0, SHOWN).join("\n")}`);
}

describe("calls of every operator give what PyTorch gives", () => {
  const cases = readRecorded(OPS_FILE);
  test("there are at least 5,000", () => assert.ok(cases.length >= 5000, `only ${cases.length}`));
  test("there are some of every operator", () => {
    const recorded = new Set(cases.map(({ op }) => op)).add("scaled_dot_product_attention"); // PyTorch 1.13 has not got that one
    const missing = listOps().filter((op) => (op.places.length || op.name === "index") && !recorded.has(op.name));
    assert.deepEqual(missing.map((op) => op.name), [], "record them with: npm run fuzz -- --record");
  });
  test("they agree", () => check(cases, (wanted, got) => same(comparable(wanted), comparable(got ?? ""))));
});

describe("tensors print as PyTorch prints them", () => {
  const cases = readRecorded(PRINT_FILE);
  test("there are at least 1,950", () => assert.ok(cases.length >= 1950, `only ${cases.length}`));
  test("they agree", () => check(cases, (wanted, got) => got !== undefined && wanted === shortened(got)));
});

test("what the fuzzer passes over stands in docs/parity.md", () => {
  const table = readFileSync(new URL("../../docs/parity.md", import.meta.url), "utf8");
  assert.deepEqual(knownNames.filter((name) => !table.includes(`\n| ${name} |`)), []);
});
