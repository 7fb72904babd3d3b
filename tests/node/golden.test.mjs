// The programs under tests/golden compute what PyTorch computed (their .out files), to four significant digits; all that is not a number of
// theirs is the same to the letter. Through the wasm package and with the native engine.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";

const GOLDEN = fileURLToPath(new URL("../golden", import.meta.url));
const NATIVE = fileURLToPath(new URL("../../build/native/nabla_native", import.meta.url));
const RELATIVE = 5e-5; // half a unit of the fourth digit at worst
const ABSOLUTE = 2e-6; // sums that cancel
const NUMBER = /(?<![\w.])-?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan)(?![\w.])/g;

function near(a, b) {
  if (a === b) return true;
  const [x, y] = [Number(a), Number(b)];
  return Math.abs(x - y) <= RELATIVE * Math.max(Math.abs(x), Math.abs(y)) + ABSOLUTE;
}

/** The lines that differ. */
function differences(wanted, got) {
  const [lines, others] = [wanted.split("\n"), got.split("\n")];
  const wrong = lines.flatMap((line, i) => {
    const other = others[i] ?? "";
    const numbers = other.match(NUMBER) ?? [];
    const same = line.replace(NUMBER, "#") === other.replace(NUMBER, "#") && (line.match(NUMBER) ?? []).every((number, k) => near(number, numbers[k]));
    return same ? [] : [`line ${i + 1}\n  PyTorch  ${line}\n  nabla    ${other}`];
  });
  return others.length > lines.length ? [...wrong, `more lines: ${others.length}, not ${lines.length}`] : wrong;
}

test("numbers differ when their fourth digit does, and words always do", () => {
  assert.deepEqual(differences("a 1.2345 b", "a 1.23452 b"), []);
  assert.equal(differences("a 1.2345 b", "a 1.2356 b").length, 1);
  assert.equal(differences("a 1.2345 b", "a 1.2345 c").length, 1);
  assert.equal(differences("a 1 b", "a nan b").length, 1);
  assert.equal(differences("a\nb", "a").length, 1);
});

const programs = readdirSync(GOLDEN).filter((name) => name.endsWith(".py"));
const check = (program, got) => {
  const wrong = differences(readFileSync(join(GOLDEN, program.replace(/\.py$/, ".out")), "utf8"), got);
  assert.equal(wrong.length, 0, `${wrong.length} lines differ:\n${wrong.slice(0, 5).join("\n")}`);
};

describe("wasm", () => {
  for (const program of programs) {
    test(program, async () => {
      const engine = await loadEngineInNode();
      let out = "";
      engine.run(readScript(basename(program), readFileSync(join(GOLDEN, program), "utf8")), { record: false, onOutput: ({ text }) => (out += text) });
      engine.close();
      check(program, out);
    });
  }
});

describe("native", () => {
  for (const program of programs) {
    test(program, () => {
      const { stdout, stderr } = spawnSync(NATIVE, [program], { cwd: GOLDEN, encoding: "utf8" });
      check(program, stdout + stderr);
    });
  }
});
