// Says how much of PyTorch nabla has, name by name: `npm run parity` writes docs/parity.md (below what is written there by hand) and web/src/help/names.json, which the page
// shows. What PyTorch has stands in tests/parity/pytorch.json (scripts/pytorch_names.py); what nabla has, its engine is asked. Needs a build.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NATIVE = join(ROOT, "build/native");
const MARK = "<!-- What follows is written by `npm run parity`. -->";
/** copy_'s `src` is called `other`, whatever PyTorch's documentation says. Parameters that do nothing here: for other devices, layouts and named dimensions, or of forms that only TorchScript has. */
const EMPTY_WORDS = new Set(["layout", "pin_memory", "memory_format", "non_blocking", "self", "input", "names", "size_average", "reduce", "_stacklevel", "inplace", "device", "requires_grad",
  "outdim", "out_dim", "dims", "sparse_grad", "cudnn_enable", "cudnn_enabled", "reverse", "a", "b", "tensor", "tensor_indices_or_sections", "scale", "input_scale"]);
const SHOWN = { torch: "torch", Tensor: "Tensor", "torch.nn.functional": "F", "torch.nn": "nn", "torch.nn.init": "nn.init", "torch.autograd": "autograd", "torch.optim": "optim",
  "torch.optim.lr_scheduler": "optim.lr_scheduler", "torch.linalg": "linalg", "torch.special": "special" };

const pytorch = JSON.parse(readFileSync(join(ROOT, "tests/parity/pytorch.json"), "utf8"));
const places = Object.keys(pytorch).filter((place) => place !== "version");

/** Of each place: which of PyTorch's names nabla has. */
function namesThere() {
  const lines = ["import torch, torch.nn, torch.nn.functional, torch.nn.init, torch.autograd, torch.optim, torch.optim.lr_scheduler, torch.linalg, torch.special"];
  for (const place of places) {
    const object = place === "Tensor" ? "torch.Tensor" : place;
    lines.push(`thing = ${object}`, `print(${JSON.stringify(place)}, *[name for name in ${JSON.stringify(Object.keys(pytorch[place]).join(" "))}.split() if hasattr(thing, name)])`);
  }
  const folder = mkdtempSync(join(tmpdir(), "nabla-"));
  const file = join(folder, "names.py");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { stdout, stderr, status } = spawnSync(join(NATIVE, "nabla_native"), [file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`nabla_native: ${stderr}`);
  return new Map(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([place, ...names]) => [place, new Set(names)]),
  );
}

/** Of each operator, under each of its names: the parameters that it takes; null for names that are no operator's. */
function parametersOf() {
  const operators = JSON.parse(spawnSync(join(NATIVE, "list_ops"), { encoding: "utf8", maxBuffer: 1 << 26 }).stdout);
  const table = new Map();
  for (const { name, aliases, signatures, factory, draws, view, places: spelled } of operators) {
    const own = new Set(signatures.flatMap((text) => [...text.matchAll(/(\w+)(?=[,)=])/g)].map(([word]) => word)));
    if (factory) for (const word of ["dtype", "layout", "device", "requires_grad", "pin_memory", "memory_format"]) own.add(word);
    if (draws) own.add("generator");
    for (const one of [name, ...aliases]) {
      for (const place of spelled) {
        const all = new Set([...own, ...(place === "torch" && !view ? ["out"] : [])]);
        if (place === "torch" && /^(linalg|special)_/.test(one)) table.set(`torch.${one.replace("_", ".")}`, all);
        else if (place === "torch") table.set(`torch.${one}`, all);
        else if (place === "functional") table.set(`torch.nn.functional.${one}`, all);
        else if (place === "inPlace") table.set(`Tensor.${one}_`, all);
        else table.set(`Tensor.${one}`, all);
      }
    }
  }
  return table;
}

/** Of each place: its names with "yes", "no", or what is missing. */
function compare() {
  const there = namesThere();
  const takes = parametersOf();
  return new Map(
    places.map((place) => [
      place,
      Object.entries(pytorch[place]).map(([name, parameters]) => {
        if (!there.get(place).has(name)) return { name, state: "no" };
        const own = takes.get(`${place}.${name}`);
        const missing = own && parameters ? parameters.filter((word) => !own.has(word) && !EMPTY_WORDS.has(word) && !(name === "copy_" && word === "src")) : [];
        return missing.length === 0 ? { name, state: "yes" } : { name, state: "partly", missing };
      }),
    ]),
  );
}

const count = (names, state) => names.filter((one) => one.state === state).length;

function markdown(table) {
  const out = [`## Name by name`, "", `PyTorch ${pytorch.version}'s public names, and whether nabla has them. *Partly*: without the parameters in parentheses.`, "",
    "| place | names | yes | partly | no |", "|---|---|---|---|---|"];
  const all = [...table.values()].flat();
  for (const [place, names] of [...table, ["all", all]]) out.push(`| ${place} | ${names.length} | ${count(names, "yes")} | ${count(names, "partly")} | ${count(names, "no")} |`);
  for (const [place, names] of table) {
    const list = (state) => names.filter((one) => one.state === state).map(({ name, missing }) => (missing ? `\`${name}\` (${missing.join(", ")})` : `\`${name}\``)).join(", ") || "none";
    out.push("", `### ${place}`, "", `**Yes:** ${list("yes")}`, "", `**Partly:** ${list("partly")}`, "", `**No:** ${list("no")}`);
  }
  return `${out.join("\n")}\n`;
}

/** For the page: of each place its names, each with what is missing ("" for nothing, "-" for all). */
function data(table) {
  const places = [...table].map(([place, names]) => ({
    place: SHOWN[place] ?? place,
    names: Object.fromEntries(names.map(({ name, state, missing }) => [name, state === "no" ? "-" : (missing ?? []).join(" ")])),
  }));
  return `${JSON.stringify({ version: pytorch.version, places }).replaceAll('{"place"', '\n{"place"')}\n`;
}

/** The files as they should be: path from the root, and text. */
export function parityFiles() {
  const table = compare();
  const before = readFileSync(join(ROOT, "docs/parity.md"), "utf8");
  const byHand = before.split(MARK)[0].trimEnd();
  return { "docs/parity.md": `${byHand}\n\n${MARK}\n\n${markdown(table)}`, "web/src/help/names.json": data(table) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(parityFiles())) writeFileSync(join(ROOT, path), text);
}
