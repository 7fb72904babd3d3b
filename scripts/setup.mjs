// Set-up: what `npm start`, `npm test` and `npm run build` do before anything else. Looks for the tools and libraries that nabla is
// built with, installs what is missing with apt where it may, and says what to install where it may not; then the npm packages.
// Needs nothing but node. When all is there it takes some ten milliseconds.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Debian's package for each thing, and how to tell whether it is there. */
const NEEDS = [
  { debian: "emscripten", found: () => findProgram("em++") },
  { debian: "binaryen", found: findWasmSplit },
  { debian: "cmake", found: () => findProgram("cmake") },
  { debian: "ninja-build", found: () => findProgram("ninja") },
  { debian: "g++", found: () => findProgram("g++") },
  { debian: "doctest-dev", found: () => findHeader("doctest/doctest.h") },
  { debian: "libhwy-dev", found: () => findHeader("hwy/highway.h") },
  { debian: "libfmt-dev", found: () => findHeader("fmt/format.h") },
  { debian: "libboost-dev", found: () => findHeader("boost/multiprecision/cpp_int.hpp") },
];
const TEST_NEEDS = [{ debian: "chromium-headless-shell", found: findChromium }];

/** Makes everything ready that a build needs, and with `tests` what the tests need too. Ends the process when it cannot. */
export function setUp({ tests = false } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 10)) giveUp(`nabla needs node 20.10 or newer; this is ${process.version}.`);
  preferEmsdk();
  installTools(tests ? [...NEEDS, ...TEST_NEEDS] : NEEDS);
  helpDebianEmscripten();
  installPackages();
}

/** The path of a program on the PATH, or null. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here
    }
  }
  return null;
}

/** Chromium's headless shell, which runs no tabs and menus beside the page; or Chromium, or a browser like it. The variable CHROMIUM names another one. */
export function findChromium() {
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return process.env.CHROMIUM || names.map(findProgram).find((path) => path !== null) || null;
}

/** A tool of binaryen, which em++ stands on: an emsdk has it in the folder bin beside em++'s own. */
function findWasmSplit() {
  const compiler = findProgram("em++");
  const beside = compiler && join(dirname(realpathSync(compiler)), "../bin/wasm-split");
  return beside && existsSync(beside) ? beside : findProgram("wasm-split");
}

function findHeader(header) {
  return ["/usr/include", "/usr/local/include"].map((folder) => join(folder, header)).find(existsSync) ?? null;
}

/** An emsdk that was activated (or only named by EMSDK) goes before Debian's emscripten. */
function preferEmsdk() {
  const folder = process.env.EMSDK && join(process.env.EMSDK, "upstream/emscripten");
  if (folder && existsSync(join(folder, "em++"))) process.env.PATH = folder + delimiter + process.env.PATH;
}

/** Debian's em++ looks for acorn among the modules of Debian's node; with another node it must be told. */
function helpDebianEmscripten() {
  if (!realpathSync(findProgram("em++")).startsWith("/usr/share/emscripten/")) return;
  const paths = (process.env.NODE_PATH ?? "").split(delimiter).filter(Boolean);
  if (!paths.includes("/usr/share/nodejs")) process.env.NODE_PATH = [...paths, "/usr/share/nodejs"].join(delimiter);
}

function installTools(needs) {
  const missing = needs.filter((need) => !need.found()).map((need) => need.debian);
  if (missing.length === 0) return;

  const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...missing];
  const byHand = `  apt-get update && ${install.join(" ")}`;
  if (!findProgram("apt-get")) {
    giveUp(`These are missing (by their names in Debian 12): ${missing.join(", ")}.\nPlease install them, then try again.`);
  }
  const sudo = process.getuid() === 0 ? [] : passwordlessSudo() ? ["sudo", "-n"] : null;
  if (sudo === null) giveUp(`These Debian packages are missing: ${missing.join(", ")}.\nPlease run as root, then try again:\n${byHand}`);

  console.log(`Set-up: installing ${missing.join(", ")}`);
  const apt = (words) => run(...sudo, "env", "DEBIAN_FRONTEND=noninteractive", ...words);
  apt(["apt-get", "update"]);
  if (!apt(install)) giveUp(`Installing failed. Please install them by hand, as root, then try again:\n${byHand}`);

  const still = needs.filter((need) => !need.found()).map((need) => need.debian);
  if (still.length > 0) giveUp(`Installed, but not found afterwards: ${still.join(", ")}.`);
}

function passwordlessSudo() {
  return findProgram("sudo") !== null && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
}

/** `npm ci` when node_modules is not what package-lock.json says. */
function installPackages() {
  if (packagesAreCurrent()) return;
  console.log("Set-up: npm ci");
  if (!run("npm", "ci", "--no-audit", "--no-fund")) giveUp("npm could not install the packages (its own words are above).");
}

function packagesAreCurrent() {
  const read = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8")).packages;
  let installed;
  try {
    installed = read("node_modules/.package-lock.json");
  } catch {
    return false;
  }
  return Object.entries(read("package-lock.json")).every(
    ([path, { version, optional }]) =>
      path === "" || (installed[path]?.version === version && existsSync(join(ROOT, path))) || (!installed[path] && optional),
  );
}

/** Runs a program in the repository's folder; true when it went well. */
export function run(program, ...words) {
  const { status, error } = spawnSync(program, words, { cwd: ROOT, stdio: "inherit" });
  if (error) console.error(`${program}: ${error.message}`);
  return status === 0;
}

export function giveUp(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp({ tests: process.argv.includes("--tests") });
  console.log("Set-up: all is there.");
}
