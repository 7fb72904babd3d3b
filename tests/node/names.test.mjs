// The table of PyTorch's names says what nabla has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parityFiles } from "../../scripts/parity.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("parity", () => {
  const files = parityFiles();
  for (const [path, text] of Object.entries(files)) {
    test(`${path} is as \`npm run parity\` writes it`, () => assert.equal(readFileSync(join(ROOT, path), "utf8"), text));
  }

  test("the names that the engine knows as PyTorch's are those of the table", () => {
    const known = readFileSync(join(ROOT, "engine/torch/pytorch_names.inc"), "utf8");
    const { version, ...places } = JSON.parse(readFileSync(join(ROOT, "tests/parity/pytorch.json"), "utf8"));
    assert.ok(known.includes(`PyTorch ${version}:`));
    for (const [place, names] of Object.entries(places)) {
      const list = known.match(new RegExp(`^"${place.replaceAll(".", "\\.")}: (.*) `, "m"))[1].split(" ");
      for (const name of Object.keys(names)) assert.ok(list.includes(name), `${place}.${name}`);
    }
  });
});
