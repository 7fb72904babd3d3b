// The build, in steps that each do only what is out of date:
//   native   engine tests, nabla_native and list_ops  build/native
//   asked    the last two alone, for the fuzzer       build/native
//   wasm     nabla.wasm, nabla-rest.wasm, nabla.js    build/wasm
//   package  wasm/src compiled to JavaScript          build/package
//   page     web/ with the package in it              build/web
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, giveUp, run, setUp } from "./setup.mjs";

const STEPS = { native: buildNative, asked: buildAsked, wasm: buildWasm, package: buildPackage, page: buildPage };

/** Builds the named steps in order. Ends the process at the first that fails. */
export function build(...names) {
  for (const name of names) {
    const begin = performance.now();
    if (!STEPS[name]()) giveUp(`\nBuilding "${name}" failed.`);
    console.log(`Built: ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  }
}

function buildNative() {
  return buildAsked() && ninja("native", "engine_tests");
}

function buildAsked() {
  return configure("native", []) && ninja("native", "nabla_native", "list_ops");
}

function buildWasm() {
  // An emscripten that came or went since the last time: start anew.
  const toolchain = join(emscriptenRoot(), "cmake/Modules/Platform/Emscripten.cmake");
  const cache = join(ROOT, "build/wasm/CMakeCache.txt");
  if (existsSync(cache) && !readFileSync(cache, "utf8").includes(`=${toolchain}\n`)) rmSync(join(ROOT, "build/wasm"), { recursive: true });
  return configure("wasm", [`-DCMAKE_TOOLCHAIN_FILE=${toolchain}`]) && ninja("wasm", "nabla_wasm");
}

function emscriptenRoot() {
  return execFileSync("em-config", ["EMSCRIPTEN_ROOT"], { encoding: "utf8" }).trim();
}

function configure(name, options) {
  const folder = join("build", name);
  if (existsSync(join(ROOT, folder, "build.ninja"))) return true;
  return run("cmake", "-G", "Ninja", "-S", ".", "-B", folder, "-DCMAKE_BUILD_TYPE=Release", ...options);
}

function ninja(name, ...targets) {
  return run("ninja", "-C", join("build", name), "-j", String(availableParallelism()), ...targets);
}

function buildPackage() {
  return run("node_modules/.bin/tsc", "-p", "wasm");
}

function buildPage() {
  const inputs = ["web", "wasm/src", "tests/programs", "build/wasm/nabla.js", "build/wasm/nabla.wasm", "build/wasm/nabla-rest.wasm", "package.json", "package-lock.json"];
  const page = join(ROOT, "build/web/offline.html"); // made last
  if (existsSync(page) && inputs.every((input) => newest(join(ROOT, input)) < statSync(page).mtimeMs)) return true;
  const vite = (...words) => run("node_modules/.bin/vite", "build", "web", "--logLevel", "warn", ...words);
  return vite() && vite("--config", "web/vite.offline.config.ts");
}

/** When the newest file in there was changed; folders count too, so that a deleted file is noticed. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export function sourcesIn(folder, ending) {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in STEPS));
  if (unknown) giveUp(`There is no step "${unknown}"; the steps are ${Object.keys(STEPS).join(", ")}.`);
  setUp();
  build(...(names.length > 0 ? names : ["wasm", "package", "page"]));
}
