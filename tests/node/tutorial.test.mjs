// The code cells of the tutorial, in order, give to the letter the outputs that the tutorial shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { loadEngineInNode } from "../../build/package/node.js";

const WARNING =
  "UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be populated " +
  "during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the " +
  "non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See " +
  "github.com/pytorch/pytorch/pull/30531 for more informations.\n  print(z.grad)  # dy/dz\n";

const CELLS = [
  {
    source: `import torch

x = torch.tensor([2.0])

# Identify the parameters that you need to compute gradients for
# and set requires_grad=True
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([4.0], requires_grad=True)
# You will see why we used an intermediate variable z here.
z = w1 * torch.pow(x, 2) + w2 * x
y = z + b
y`,
    result: "tensor([14.], grad_fn=<AddBackward0>)\n",
  },
  { source: "# Compute backpropagation\ny.backward()" },
  {
    source: `# Gradient w.r.t. w1, w2, and b are stored in .grad of the tensors
print(w1.grad)  # dy/dw1
print(w2.grad)  # dy/dw2
print(b.grad)    # dy/db`,
    stdout: "tensor([4.])\ntensor([2.])\ntensor([1.])\n",
  },
  { source: "print(z.grad)  # dy/dz", stdout: "None\n", warning: WARNING },
  { source: "# === Your code here ===" },
];

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
