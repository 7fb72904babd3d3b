// The layers of docs/architecture.md, held to: who may include or import whom.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Each layer of the engine, and those right below it. It may use whatever can be reached from there. */
const BELOW = {
  base: [],
  tensor: ["base"],
  autograd: ["tensor"],
  ops: ["autograd"],
  optim: ["ops"],
  python: ["base"],
  torch: ["optim", "python"],
  runtime: ["torch"],
};

/** The engine has no console and no files, and these are heavy besides. */
const BANNED = new Set(["iostream", "fstream", "filesystem", "regex", "ranges", "thread", "format"]);

function reach(layer) {
  const found = new Set([layer]);
  for (const below of BELOW[layer]) for (const one of reach(below)) found.add(one);
  return found;
}

function files(folder, endings) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => endings.test(name))
    .sort();
}

/** Everything that is included, with its line: `{ angled, name, at }`. */
function includes(file) {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const match = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
    return match ? [{ angled: match[1] === "<", name: match[2], at: `${file}:${index + 1}` }] : [];
  });
}

/** Everything that is imported or exported from elsewhere, with its file; `new URL("x", import.meta.url)` counts too. */
function imports(file) {
  const text = readFileSync(join(ROOT, file), "utf8");
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)["']([^"']+)["']/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

const engine = files("engine", /\.(cpp|h|inc)$/);
const wasm = files("wasm/src", /\.ts$/);
const page = files("web/src", /\.tsx?$/);

test("every folder of the engine is a layer", () => {
  const folders = readdirSync(join(ROOT, "engine"), { withFileTypes: true }).map((entry) => entry.name);
  assert.deepEqual(folders.filter((name) => !(name in BELOW)), []);
});

test("the engine's layers include only what they stand on, by its path from engine/", () => {
  const wrong = [];
  for (const file of engine) {
    const layer = file.split("/")[1];
    const allowed = reach(layer);
    for (const { angled, name, at } of includes(file)) {
      if (!angled && !allowed.has(name.split("/")[0])) wrong.push(`${at}: ${layer} must not include "${name}"`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("the engine includes no console, no files, no Emscripten", () => {
  const wrong = engine.flatMap((file) =>
    includes(file)
      .filter(({ name }) => BANNED.has(name) || name.startsWith("emscripten"))
      .map(({ name, at }) => `${at}: <${name}>`),
  );
  assert.deepEqual(wrong, []);
});

test("only the Python layer includes tree-sitter", () => {
  const wrong = engine.filter((file) => !file.startsWith("engine/python/") && includes(file).some(({ name }) => name.startsWith("tree_sitter")));
  assert.deepEqual(wrong, []);
});

test("bindings.cpp is the only C++ of wasm/, and knows the runtime alone", () => {
  assert.deepEqual(files("wasm", /\.(cpp|h)$/), ["wasm/bindings.cpp"]);
  const quoted = includes("wasm/bindings.cpp").filter(({ angled }) => !angled);
  assert.deepEqual(quoted.map(({ name }) => name), ["runtime/runtime.h"]);
});

test("the package imports itself, for the command line node, and for figures what draws them", () => {
  const inNode = new Set(["wasm/src/node.ts", "wasm/src/node-worker.ts", "wasm/src/cli.ts", "wasm/src/figures.ts"]);
  const plot = ["@observablehq/plot", "d3-contour"];
  const drawing = { "wasm/src/draw.ts": plot, "wasm/src/draw": plot, "wasm/src/colours.ts": ["d3-scale-chromatic"], "wasm/src/figures.ts": ["linkedom"] };
  const wrong = [];
  for (const file of wasm) {
    for (const name of imports(file)) {
      const good =
        (name.startsWith(".") && join(dirname(file), name).startsWith("wasm/src/")) ||
        (name.startsWith("node:") && inNode.has(file)) ||
        (name === "#nabla-wasm" && file === "wasm/src/parts.ts") ||
        (drawing[file] ?? drawing[dirname(file)])?.includes(name);
      if (!good) wrong.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("what runs in a page imports nothing that needs node", () => {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of imports(file)) {
      assert.ok(!name.startsWith("node:"), `${file} imports ${name}`);
      if (name.startsWith("./")) visit(join(dirname(file), name));
    }
  };
  visit("wasm/src/index.ts");
  visit("wasm/src/worker.ts");
  assert.ok(seen.has("wasm/src/engine.ts"));
});

test("the page reaches the engine through the package's client and worker alone", () => {
  const engineSide = ["engine.ts", "host.ts", "node.ts", "node-worker.ts", "cli.ts", "index.ts"].map((name) => `wasm/src/${name}`);
  const wrong = [];
  for (const file of page) {
    const text = readFileSync(join(ROOT, file), "utf8");
    for (const name of imports(file)) {
      if (!name.startsWith(".")) continue;
      const target = relative(ROOT, resolve(ROOT, dirname(file), name));
      const typeOnly = new RegExp(`import type [^;]*["']${name.replace(/[.\\/]/g, "\\$&")}["']`).test(text);
      const inside = target.startsWith("web/") || (target.startsWith("wasm/src/") && (typeOnly || !engineSide.includes(target)));
      if (!inside) wrong.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(page.length > 0);
});
