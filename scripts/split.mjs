// Splits the linked nabla.wasm in two (docs/architecture.md, "Two files"): nabla.wasm keeps every function that runs while the page
// opens on the tutorial, while the programs of the bench train, and while two in pure Python run, but for what only compiles these and
// makes their classes (what sorts and splits may lie in the other file: it does much in a call); nabla-rest.wasm takes the others, and
// the strings that only those read. Which functions are which is measured: an instrumented copy runs those programs first. CMake calls it:
//
//   node scripts/split.mjs WASM_SPLIT LINKED_FOLDER OUTPUT_FOLDER
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { findLateStrings, placeOf } from "./late-strings.mjs";
import { dataOf, moveData } from "./segments.mjs";
import { ROOT } from "./setup.mjs";

/** What em++ uses in C++ code, or is told to. */
const FEATURES = ["exception-handling", "simd", "bulk-memory", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "multivalue"];
const ENABLED = FEATURES.map((name) => `--enable-${name}`);

const TUTORIAL = "web/src/lessons/gradient-descent.md";
const TRAINING = ["tests/bench/formula.py", "tests/bench/rosenbrock.py"];
const PYTHON = ["fibonacci", "micrograd"].map((name) => `tests/bench/python/${name}.py`);
/** With a trace, as in the page, and without: then too few for hot loops (engine/torch/hot), which the page never needs. */
const ITERATIONS = [
  { record: true, count: 20_000 },
  { record: false, count: 50 },
];

/** The texts in Python, which go to the second file, from where to where: em++ puts these symbols (CMakeLists.txt) on the module object. */
const LATE = ["___start_nabla_late", "___stop_nabla_late"];

/** A table of the grammar that only tree-sitter's queries read, of which there are none. */
const UNREAD = "ts_primary_state_ids";

/** Instructions: few, so that runs are held in the middle and asked for their traces, as in the page. */
const SLICE = 10_000;
const LONG_SLICE = 10_000_000;

/** Bytes for the profile. */
const ROOM = 262_144;
const HEAD = 8; // of these, the hash

const [wasmSplit, linked, output] = process.argv.slice(2);
const whole = join(linked, "nabla.wasm");
const instrumented = join(linked, "instrumented.wasm");
const profile = join(linked, "profile");
const first = join(output, "nabla.wasm");
const rest = join(output, "nabla-rest.wasm");

split("--instrument", whole, "-o", instrumented);
const { ran, late } = await takeProfile();
writeFileSync(profile, ran);
split(whole, `--profile=${profile}`, "-o1", first, "-o2", rest);
const code = execFileSync(join(dirname(wasmSplit), "wasm-dis"), [...ENABLED, first], { encoding: "utf8", maxBuffer: 2 ** 28 });
const map = readFileSync(join(linked, "nabla.map"), "utf8");
const parts = moveData(readFileSync(first), readFileSync(rest), [...findLateStrings(code, map, dataOf(readFileSync(first))), late, placeOf(UNREAD, map)]);
writeFileSync(first, parts.first);
writeFileSync(rest, parts.rest);

const addresses = Object.entries({ FIRST: "nabla.wasm", REST: "nabla-rest.wasm" })
  .map(([name, file]) => `export const ${name} = new URL("${file}", import.meta.url);\n`)
  .join("");
writeFileSync(join(output, "nabla.js"), `${readFileSync(join(linked, "nabla.js"), "utf8")}\n${addresses}`);

function split(...words) {
  execFileSync(wasmSplit, [...ENABLED, ...words], { stdio: "inherit" });
}

/** `ran`: which functions, in wasm-split's own form, from the module's start to the end of its Runtime. `late`: the addresses. */
async function takeProfile() {
  const { default: create } = await import(pathToFileURL(join(linked, "nabla.js")));
  let exports;
  const module = await create({
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(instrumented)), imports);
      exports = instance.exports;
      done(instance);
      return exports;
    },
  });

  let runtime = new module.Runtime();
  const lesson = readFileSync(join(ROOT, TUTORIAL), "utf8");
  runProgram(runtime, [...lesson.matchAll(/^```python\n(.*?)^```$/gms)].map(([, source]) => source), { isScript: false, record: true });
  for (const file of TRAINING) {
    const text = readFileSync(join(ROOT, file), "utf8");
    for (const { record, count } of ITERATIONS) runProgram(runtime, [`count = ${count}\n${text}`], { isScript: true, record });
  }
  runtime.delete();
  const ran = writeProfile(exports, module);
  runtime = new module.Runtime();
  const options = { isScript: true, record: true, slice: LONG_SLICE }; // recorded: without hot loops
  const texts = PYTHON.map((file) => readFileSync(join(ROOT, file), "utf8"));
  for (const text of texts) runProgram(runtime, [`def never():\n${text.replace(/^/gm, " ")}\nclass Empty:\n __add__ = never`], options);
  const compiled = writeProfile(exports, module);
  for (const text of texts) runProgram(runtime, [text], options);
  const all = writeProfile(exports, module);
  for (let i = HEAD; i < all.length; i += 4) {
    if (called(all, i) && !called(compiled, i)) ran.set(all.subarray(i, i + 4), i);
  }
  runtime.delete();
  return { ran, late: LATE.map((name) => module[name]) };
}

/** wasm-split's profile: a hash of eight bytes, then four for each function, all 0 when it was not called. */
function writeProfile(exports, module) {
  const address = module._malloc(ROOM);
  const length = exports.__write_profile(address, ROOM);
  if (length > ROOM) throw new Error(`the profile takes ${length} bytes`);
  const memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
  return new Uint8Array(memory.buffer, address, length).slice();
}

function called(profile, at) {
  return profile.subarray(at, at + 4).some((byte) => byte !== 0);
}

function runProgram(runtime, cells, { isScript, record, slice = SLICE }) {
  for (const source of cells) runtime.addCell(true, source);
  runtime.open(isScript, "profile", -1, -1, -1, -1, record, false);
  let status;
  do {
    status = runtime.step(slice);
    runtime.takeOutput();
    runtime.snapshot();
  } while (status === 0);
  if (runtime.exitStatus() !== 0 || cells.length === 0) throw new Error(`a program of the profile failed:\n${cells.join("\n")}`);
}
