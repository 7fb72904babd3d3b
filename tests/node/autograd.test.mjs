// The recorded slice of the autograd fuzzer (tests/fuzz/autograd.mjs): drawn programs with what PyTorch printed and how their statements failed,
// through the wasm package. `npm run fuzz -- --autograd --record` writes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { autogradProgram } from "../fuzz/autograd.mjs";
import { AUTOGRAD_FILE, readRecorded } from "../fuzz/recorded.mjs";
import { differencesOf } from "./drawn.mjs";

const cases = readRecorded(AUTOGRAD_FILE);

test("there are at least 250 drawn programs of autograd", () => assert.ok(cases.length >= 250, `only ${cases.length}`));

test("drawn programs of autograd print what PyTorch prints, and fail as there", async () => {
  const wrong = await differencesOf(cases, autogradProgram, "PyTorch");
  assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 3).join("\n\n")}`);
});
