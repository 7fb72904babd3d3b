// What CPython has and nabla has not (engine/python/lib/_absent.py, written by scripts/cpython_names.py) is said by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { readScript } from "../../build/package/formats.js";

const PROGRAM = `
import _absent

count = 0
for module in _absent.MODULES.split():
    try:
        exec("import " + module)
        print("it is there:", module)
    except ModuleNotFoundError:
        count += 1
for module, names in _absent.NAMES.items():
    space = {}
    exec(f"import {module} as m", space)
    for name in names.split():
        try:
            getattr(space["m"], name)
            print("it is there:", module, name)
        except AttributeError as error:
            count += str(error) == f"{module}.{name} is not part of nabla yet"
print(count > 450)
`;

test("a module or a name of CPython's that nabla has not is said to be just that", async () => {
  const engine = await loadEngineInNode();
  const shown = (source) => {
    let out = "";
    engine.run(readScript("absent.py", source), { record: false, onOutput: ({ text }) => (out += text) });
    return out;
  };
  assert.equal(shown(PROGRAM), "True\n");
  assert.match(shown("import pandas"), /No module named 'pandas'\n.*pandas is not part of nabla yet/);
  assert.doesNotMatch(shown("import no_such_module"), /not part of nabla/);
  engine.close();
});
