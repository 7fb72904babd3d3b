// Every program under tests/programs prints what PyTorch printed (its .out file, recorded by scripts/record.py), through the wasm
// package and with the native engine.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";

const PROGRAMS = fileURLToPath(new URL("../programs", import.meta.url));
const NATIVE = fileURLToPath(new URL("../../build/native/nabla_native", import.meta.url));

const programs = readdirSync(PROGRAMS, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith(".py"))
  .sort();

/** The form of the .out files. */
function account(stdout, stderr, status) {
  return stdout + (stderr && `--- stderr ---\n${stderr}`) + (status === 0 ? "" : `--- exit ${status} ---\n`);
}

function expected(program) {
  return readFileSync(join(PROGRAMS, program.replace(/\.py$/, ".out")), "utf8");
}

test("there are at least 60 programs", () => assert.ok(programs.length >= 60));

describe("wasm", () => {
  let engine;
  before(async () => {
    engine = await loadEngineInNode();
  });
  after(() => engine.close());

  for (const program of programs) {
    test(program, async () => {
      const text = { stdout: "", stderr: "" };
      const document = readScript(basename(program), readFileSync(join(PROGRAMS, program), "utf8"));
      const onOutput = ({ kind, text: piece }) => kind !== "figure" && (text[kind === "stdout" ? "stdout" : "stderr"] += piece);
      try {
        engine.run(document, { onOutput });
      } catch (failure) {
        engine = await loadEngineInNode(); // for the programs that follow
        throw failure;
      }
      assert.equal(account(text.stdout, text.stderr, engine.exitStatus()), expected(program));
    });
  }
});

describe("native", () => {
  for (const program of programs) {
    test(program, () => {
      const { stdout, stderr, status, signal } = spawnSync(NATIVE, [basename(program)], {
        cwd: join(PROGRAMS, program, ".."),
        encoding: "utf8",
      });
      assert.equal(signal, null, `the engine was ended by ${signal}`);
      assert.equal(account(stdout, stderr, status), expected(program));
    });
  }
});
