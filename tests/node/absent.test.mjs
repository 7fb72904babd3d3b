// What CPython and matplotlib have and nabla has not (engine/python/lib/_absent.py, written by scripts/cpython_names.py) is said by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";

const PROGRAM = `
import _absent
import matplotlib.pyplot as plt

count = 0
for module in _absent.MODULES.split():
    try:
        exec("import " + module)
    except ModuleNotFoundError:
        count += 1
for module, names in _absent.NAMES.items():
    space = {"plt": plt}
    exec({"matplotlib.axes.Axes": "m = plt.gca()", "matplotlib.figure.Figure": "m = plt.gcf()"}.get(module, f"import {module} as m"), space)
    for name in names.split():
        try:
            getattr(space["m"], name)
        except AttributeError as error:
            told = str(error) == f"{module}.{name} is not part of nabla yet"
            count += told
            if not told:
                print(error)
print(count > 800)
`;

test("a module or a name that CPython or matplotlib has, and nabla has not, is said to be just that", async () => {
  const engine = await loadEngineInNode();
  let out = "";
  engine.run(readScript("absent.py", PROGRAM), { record: false, onOutput: ({ text }) => (out += text) });
  assert.equal(out, "True\n");
  const notesOf = (source) => engine.run(readScript("absent.py", source), { onOutput: () => {} }).error.notes;
  assert.deepEqual(notesOf("import pandas"), ["pandas is not part of nabla yet"]);
  assert.deepEqual(notesOf("import no_such_module"), []);
  engine.close();
});
