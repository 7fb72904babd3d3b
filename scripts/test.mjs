// `npm test`: set up, build everything, run every suite, and say at the end how each went. `npm test -- engine node` runs only those.
import { availableParallelism } from "node:os";
import { build, sourcesIn } from "./build.mjs";
import { giveUp, run, setUp } from "./setup.mjs";

const SUITES = {
  engine: { needs: ["native"], run: () => run("ctest", "--test-dir", "build/native", "--output-on-failure", "--no-tests=error") },
  types: { needs: ["package"], run: () => run("node_modules/.bin/tsc", "-p", "web") },
  node: { needs: ["native", "wasm", "package", "page"], run: () => nodeTests("tests/node") },
  browser: { needs: ["wasm", "package", "page"], run: () => nodeTests("tests/browser") },
};

function nodeTests(folder) {
  const files = sourcesIn(folder, ".test.mjs");
  if (files.length === 0) {
    console.error(`There are no tests in ${folder}.`);
    return false;
  }
  // A file waits much of its time, for a browser or for its own processes: as many at once as there are cores.
  return run(process.execPath, "--test", "--test-reporter", "spec", `--test-concurrency=${availableParallelism()}`, ...files);
}

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in SUITES));
if (unknown) giveUp(`There is no suite "${unknown}"; the suites are ${Object.keys(SUITES).join(", ")}.`);
const names = chosen.length > 0 ? chosen : Object.keys(SUITES);

setUp({ tests: names.includes("browser") });
const steps = new Set(names.flatMap((name) => SUITES[name].needs));
build(...["native", "wasm", "package", "page"].filter((step) => steps.has(step)));

const results = names.map((name) => {
  console.log(`\n==== ${name}`);
  const begin = performance.now();
  const passed = SUITES[name].run();
  return { name, passed, seconds: (performance.now() - begin) / 1000 };
});

console.log("\n==== summary");
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? "passed" : "FAILED"}  ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s`);
}
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
