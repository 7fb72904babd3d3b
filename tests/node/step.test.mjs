// The numbers of the steps, as web/src/step works them out of the trace: what operators that pick, join, repeat, turn and normalize show of one
// element, forward and backward. (That a number is shown at all means that the trace recorded the same: see worked.ts. The page's own test of
// steps is tests/browser/step.test.mjs.)
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";
import { pageModules } from "./page-modules.mjs";

const { workedOut, plainly, momentsOf, stageAt } = await pageModules("step/worked.ts", "step/plug.ts", "step/moments.ts");
const engine = await loadEngineInNode();
after(() => engine.close());

/** What its step shows of elements of an operator's result, and of the gradients to its tensors, by their number. */
function stepsOf(op, code) {
  engine.open(readScript("steps.py", code), { record: true });
  while (engine.step(1_000_000) === "running");
  const trace = engine.trace();
  assert.equal(trace.error, null, JSON.stringify(trace.error));
  const moments = momentsOf(trace);
  const find = (kind) => moments.findLast((moment) => moment.kind === kind && moment.operation?.op === op);
  const valuesAt = (moment) => {
    const { values } = stageAt(trace, moments, moments.indexOf(moment));
    const { before, outputs } = moment.operation;
    const now = (id) => values.get(id) ?? trace.graph.tensors.find((tensor) => tensor.id === id)?.value ?? null;
    return (id, isResult = false) => (!isResult && before && id === outputs[0] ? before : now(id));
  };
  return {
    forward(at) {
      const moment = find("forward");
      const { operation } = moment;
      const valueOf = valuesAt(moment);
      return workedOut({ tex: plainly(operation.latex, operation).split("=").at(-1), operation, valueOf, result: valueOf(operation.outputs[0], true) }, at);
    },
    backward(at, operand = 0) {
      const moment = find("backward");
      const { operation, step } = moment;
      const tensor = operation.inputs.filter((input) => "tensor" in input)[operand];
      const { grad } = step.out.find(({ input }) => input === operand);
      return workedOut({ tex: plainly(tensor.gradient, operation), operation, valueOf: valuesAt(moment), g: step.grad, result: grad, operand, repeatedTo: tensor.broadcast ? step.grad.shape : undefined }, at);
    },
  };
}

/** In each, `x` is [[1, 2, 3], [4, 5, 6]], `w` is [1, 2, 3], and the gradient that comes in counts 1, 2, 3, ...: no two of its elements are alike. */
const program = (expression) => `import torch
import torch.nn.functional as F
x = torch.tensor([[1., 2., 3.], [4., 5., 6.]], requires_grad=True)
w = torch.tensor([1., 2., 3.], requires_grad=True)
y = ${expression}
y.backward(torch.arange(1., y.numel() + 1).reshape(y.shape))
`;

/** Operator and expression; an element of the result and what is shown of it; the same of the gradient to a tensor of the call. */
const cases = [
  ["select", "x[1]", [2, ["= x_{1, 2}", "= 6"]], [5, ["= g_{2}", "= 3"]], [0, ["= 0"]]],
  ["select", "x[:, 0]", [1, ["= x_{1, 0}", "= 4"]], [3, ["= g_{1}", "= 2"]]],
  ["slice", "w[::2]", [1, ["= x_{2}", "= 3"]], [2, ["= g_{1}", "= 2"]], [1, ["= 0"]]],
  ["index", "x[torch.tensor([1, 1, 0])]", [1, ["= x_{1, 1}", "= 5"]], [3, ["= g_{0, 0} + g_{1, 0}", "= 1 + 4", "= 5"]]],
  ["index", "x[:, torch.tensor([2, 0])]", [2, ["= x_{1, 2}", "= 6"]], [0, ["= g_{0, 1}", "= 2"]], [1, ["= 0"]]],
  ["index", "x[torch.tensor([0, 1]), torch.tensor([2, -3])]", [1, ["= x_{1, 0}", "= 4"]], [3, ["= g_{1}", "= 2"]]],
  ["index", "x[x > 2]", [1, ["= x_{1, 0}", "= 4"]], [3, ["= g_{1}", "= 2"]], [0, ["= 0"]]],
  ["gather", "x.gather(1, torch.tensor([[2, 2], [0, 1]]))", [1, ["= x_{0, 2}", "= 3"]], [2, ["= g_{0, 0} + g_{0, 1}", "= 1 + 2", "= 3"]]],
  ["index_select", "x.index_select(1, torch.tensor([1, 1]))", [2, ["= x_{1, 1}", "= 5"]], [4, ["= g_{1, 0} + g_{1, 1}", "= 3 + 4", "= 7"]]],
  ["embedding", "F.embedding(torch.tensor([1, 0, 1]), x)", [2, ["= w_{1, 2}", "= 6"]], [3, ["= g_{0, 0} + g_{2, 0}", "= 1 + 7", "= 8"], 1]],
  ["cat", "torch.cat([x, w[None]])", [7, ["= (x_{2})_{0, 1}", "= 2"]], [1, ["= g_{2, 1}", "= 8"], 1], [4, ["= g_{1, 1}", "= 5"]]],
  ["cat", "torch.cat((x, x), dim=-1)", [10, ["= (x_{2})_{1, 1}", "= 5"]], [4, ["= g_{1, 4}", "= 11"], 1]],
  ["stack", "torch.stack([w, w * 2], dim=1)", [3, ["= (x_{2})_{1}", "= 4"]], [1, ["= g_{1, 1}", "= 4"], 1]],
  ["repeat", "w.repeat(2, 2)", [10, ["= x_{1}", "= 2"]], [1, ["= g_{0, 1} + g_{0, 4} + g_{1, 1} + g_{1, 4}", "= 2 + 5 + 8 + 11", "= 26"]]],
  ["expand", "w.expand(2, 3)", [4, ["= 2"]], [1, ["= g_{0, 1} + g_{1, 1}", "= 2 + 5", "= 7"]]],
  ["permute", "x.permute(1, 0)", [1, ["= x_{1, 0}", "= 4"]], [3, ["= g_{0, 1}", "= 2"]]],
  ["view", "x.view(3, 2)", [3, ["= x_{1, 0}", "= 4"]], [3, ["= g_{1, 1}", "= 4"]]],
  ["unsqueeze", "x.unsqueeze(0)", [3, ["= 4"]], [3, ["= g_{0, 1, 0}", "= 4"]]],
  ["flip", "x.flip(1)", [0, ["= x_{0, 2}", "= 3"]], [0, ["= g_{0, 2}", "= 3"]]],
  ["roll", "x.roll(1, 1)", [0, ["= x_{0, 2}", "= 3"]], [2, ["= g_{0, 0}", "= 1"]]],
  ["topk", "x.topk(2)[0]", [3, ["= x_{1, 1}", "= 5"]], [4, ["= g_{1, 1}", "= 4"]], [3, ["= 0"]]],
  ["addmm", "F.linear(x, torch.ones(2, 3), w[:2])", [0, ["=  x_{0} + \\textstyle\\sum_{k} A_{0, k}\\,B_{k, 0}", "= 1 + 1 \\cdot 1 + 2 \\cdot 1 + 3 \\cdot 1", "= 7"]], [1, ["= g_{0, 1} + g_{1, 1}", "= 2 + 4", "= 6"]]],
  ["layer_norm", "F.layer_norm(x, (3,), w, w)", null, [0, ["= 1 \\cdot \\left(-1.2247\\right) + 4 \\cdot \\left(-1.2247\\right)", "= -6.1237"], 1], [1, ["= g_{0, 1} + g_{1, 1}", "= 2 + 5", "= 7"], 2]],
  ["native_batch_norm", "F.batch_norm(x, None, None, w, w, True, eps=0.75)", [1, ["= 2 \\cdot \\frac{2 - 3.5}{\\sqrt{1.5^{2} + 0.75}} + 2", "= 0.26795"]], [2, ["= g_{0, 2} + g_{1, 2}", "= 3 + 6", "= 9"], 2]],
  ["native_batch_norm", "F.batch_norm(x, w.detach(), w.detach() ** 2, w, w, eps=0.)", [3, ["= 1 \\cdot \\frac{4 - 1}{\\sqrt{1^{2} + 0}} + 1", "= 4"]], [4, ["= \\frac{2}{2} \\cdot 5", "= 5"]], [0, ["= 1 \\cdot 0 + 4 \\cdot 3", "= 12"], 1]],
  ["smooth_l1_loss", "F.smooth_l1_loss(x, 2 * x.detach() - 2.5, reduction='sum')", null, [3, ["= {1} \\cdot \\operatorname{clip}(({4}- {5.5})/ {1})", "= -1"]]],
  ["huber_loss", "F.huber_loss(w, torch.tensor([0., 2.5, 3.]), delta=0.75)", null, [0, ["= \\frac{1}{3} \\cdot \\max(-0.75, \\min(0.75, 1 - 0))", "= 0.25"]], [1, ["= \\frac{1}{3} \\cdot \\max(-0.75, \\min(0.75, 2 - 2.5))", "= -0.16667"]]],
  ["_leaky_relu", "F.leaky_relu(x - 3, 0.5)", [0, ["= {(-2)}\\text{ if } {(-2)}> 0\\text{ else } {0.5} \\cdot {(-2)}", "= -1"]], [1, ["= {2}\\text{ if } {(-1)}> 0\\text{ else } {0.5} \\cdot {2}", "= 1"]]],
  ["lerp", "torch.lerp(w, x[1], 0.5)", [0, ["= {1}+ {0.5} \\cdot ({4}- {1})", "= 2.5"]]],
];

for (const [op, expression, forward, ...backward] of cases) {
  test(`${expression}: an element of it, and of its gradient`, () => {
    const steps = stepsOf(op, program(expression));
    if (forward) assert.deepEqual(steps.forward(forward[0]), forward[1]);
    for (const [at, sides, operand] of backward) assert.deepEqual(steps.backward(at, operand), sides);
  });
}

test("x[i] = v: what was put in comes from v, and its gradient goes there", () => {
  const steps = stepsOf("index_put_", program("x * 1").replace("y.backward", "y[torch.tensor([1, 0])] = w\ny.backward"));
  assert.deepEqual(steps.forward(4), ["= v_{1}", "= 2"]);
  assert.deepEqual(steps.backward(0), ["= 0"]);
  assert.deepEqual(steps.backward(1, 2), ["= g_{0, 1} + g_{1, 1}", "= 2 + 5", "= 7"]);
});

test("a mean over a batch, going back: a layer that normalizes shows the two means that it takes away", () => {
  const steps = stepsOf("native_batch_norm", program("F.batch_norm(x, None, None, w, w, True, eps=0.)"));
  assert.deepEqual(steps.backward(5), ["= \\frac{3}{1.5} \\cdot \\left(6 - 4.5 - 1 \\cdot \\frac{3 \\cdot \\left(-1\\right) + 6 \\cdot 1}{2}\\right)", "= 0"]);
});

test("where the trace does not have all that is needed, no numbers are shown", () => {
  const steps = stepsOf("index_select", program("torch.cat([x] * 4000).index_select(0, torch.tensor([7999]))"));
  assert.equal(steps.forward(0), null);
});
