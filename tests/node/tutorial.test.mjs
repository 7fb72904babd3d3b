// The code cells of the tutorial, in order, give to the letter the outputs that the tutorial shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";
import { CELLS } from "../tutorial.mjs";

let engine;
before(async () => {
  engine = await loadEngineInNode();
});
after(() => engine.close());

test("every code cell of the tutorial gives the outputs that the tutorial shows", () => {
  const cells = CELLS.flatMap(({ source }, index) => [
    { kind: "markdown", source: `# Part ${index}` },
    { kind: "code", source },
  ]);
  const trace = engine.run({ kind: "notebook", name: "tutorial", cells });
  assert.equal(trace.error, null);
  assert.equal(trace.status, "done");
  CELLS.forEach((cell, index) => {
    assert.equal(trace.cells[2 * index].status, "markdown");
    const { status, outputs } = trace.cells[2 * index + 1];
    assert.equal(status, "done");
    const text = (kind) => outputs.filter((output) => output.kind === kind).map((output) => output.text).join("");
    assert.equal(text("stdout"), cell.stdout ?? "");
    assert.equal(text("result"), cell.result ?? "");
    // Before the words stands the place, as in "<cell 8>:1: ".
    assert.equal(text("warning").replace(/^\S+.*?:\d+: /, ""), cell.warning ?? "");
    assert.equal(text("error") + text("note"), "");
  });
});

test("the tutorial's gradients are in the trace", () => {
  const trace = engine.run({ kind: "notebook", name: "tutorial", cells: CELLS.map(({ source }) => ({ kind: "code", source })) });
  const tensorNamed = (name) => trace.graph.tensors.find((tensor) => tensor.names.includes(name));
  for (const [name, value, gradient] of [["w1", 1, 4], ["w2", 3, 2], ["b", 4, 1]]) {
    const tensor = tensorNamed(name);
    assert.deepEqual(tensor.value, { shape: [1], dtype: "float32", values: [value] });
    assert.deepEqual(tensor.grad?.values, [gradient]);
    assert.ok(tensor.isLeaf && tensor.requiresGrad && tensor.gradIsKept);
  }
  const z = tensorNamed("z");
  assert.ok(!z.isLeaf && !z.gradIsKept);
  assert.equal(z.gradFn, "AddBackward0");
  assert.deepEqual(z.grad?.values, [1], "the gradient that flowed through z is shown, though .grad is None");
  assert.deepEqual(trace.graph.operations.map(({ label }) => label).sort(), ["*", "*", "+", "+", "pow"]);
});
