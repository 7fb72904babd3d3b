// Files in memory: what torch.save() wrote in one run, torch.load() reads in the next, within one engine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";

test("what one run saved, a later run loads; a third may remove it", async () => {
  const engine = await loadEngineInNode();
  const printed = (source) => {
    let out = "";
    engine.run(readScript("a.py", source), { onOutput: ({ text }) => (out += text) });
    return out;
  };
  printed("import torch\ntorch.save({'w': torch.tensor([1., 2.])}, 'model.pt')");
  assert.equal(printed("import torch\nprint(torch.load('model.pt')['w'].sum())"), "tensor(3.)\n");
  assert.equal(printed("import os\nprint(os.listdir('.'))\nos.remove('model.pt')\nprint(os.path.exists('model.pt'))"), "['model.pt']\nFalse\n");
  assert.match(printed("import torch\ntorch.load('model.pt')"), /FileNotFoundError: \[Errno 2\] No such file or directory: 'model.pt'/);
  engine.close();
});
