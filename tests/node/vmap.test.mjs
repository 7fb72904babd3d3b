// vmap runs each operator for all elements at once: for every operator, on its own samples, that gives what a loop gives.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const native = (name, ...words) => spawnSync(path(`../../build/native/${name}`), words, { encoding: "utf8", maxBuffer: 2 ** 26 });

/** How the operator is called, as functions of what its samples hold. */
function spellings({ name, places }) {
  const [, group, rest] = /^(linalg|special)_(.*)/.exec(name) ?? [];
  const calls = [];
  if (group) calls.push(`torch.${group}.${rest}`);
  else if (places.includes("torch")) calls.push(`torch.${name}`);
  else if (places.includes("functional")) calls.push(`torch.nn.functional.${name}`);
  else if (places.includes("method")) calls.push(`lambda x, *args, **kwargs: x.${name}(*args, **kwargs)`);
  else if (places.includes("property")) calls.push(`lambda x: x.${name}`);
  if (places.includes("inPlace")) calls.push(`lambda x, *args, **kwargs: x.clone().${name}_(*args, **kwargs)`);
  return calls;
}

test("every operator, with its derivatives and its tangent, is the same under vmap as in a loop", () => {
  const calls = JSON.parse(native("list_ops").stdout).filter(({ draws }) => !draws).flatMap((op) =>
    op.samples.flatMap((sample) => spellings(op).map((call) => `check(${JSON.stringify(`${op.name}(${sample})`)}, ${call}, lambda: sample(${sample}))`)));
  const folder = mkdtempSync(join(tmpdir(), "vmap-"));
  const program = join(folder, "vmap.py");
  writeFileSync(program, `${readFileSync(path("vmap-prelude.py"), "utf8")}\n${calls.join("\n")}\nprint(counts['agree'], counts['refused'])\n`);
  const { stdout, stderr } = native("nabla_native", program);
  rmSync(folder, { recursive: true });
  assert.equal(stderr, "");
  const lines = stdout.trimEnd().split("\n");
  const [agree, refused] = lines.pop().split(" ").map(Number);
  assert.deepEqual(lines, []);
  assert.ok(agree > 3000 && refused < 60, `${agree} agree, ${refused} are refused`);
});
