// What the graph pane draws of a run (web/src/graph/model.ts): which tensors have a card, what stands on it, and what hangs on what.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";
import { pageModules } from "./page-modules.mjs";

const { modelOf, operationText, openByHand, setOpen } = await pageModules("graph/model.ts", "graph/fold.ts");
const engine = await loadEngineInNode();
after(() => engine.close());
afterEach(() => void (openByHand.value = new Map()));

/** Each node as "name = operation(name, ...)", a tensor without a name as its value, in the order of the program. */
function drawn(code) {
  engine.open(readScript("drawn.py", code), { record: true });
  while (engine.step(1_000_000) === "running");
  const trace = engine.trace();
  assert.equal(trace.error, null, JSON.stringify(trace.error));
  const { nodes, edges } = modelOf(trace);
  const nameOf = ({ tensor, operation }) => (tensor ? (tensor.names.at(-1) ?? JSON.stringify(tensor.value.values.map((value) => Number(value.toFixed(3))))) : operation.label);
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  return nodes.map((node) => {
    const from = edges.filter(({ to }) => to === node.key).map(({ from }) => nameOf(byKey.get(from)));
    const sign = node.module ? `${node.module.name}+` : node.operation && operationText(node.operation);
    return node.tensor && sign ? `${nameOf(node)} = ${sign} of ${from}` : from.length ? `${nameOf(node)} of ${from}` : nameOf(node);
  });
}

test("a gradient with a graph hangs on what it was made of; opened, it shows how", () => {
  const code = `import torch
x = torch.tensor(2., requires_grad=True)
y = x ** 3
g, = torch.autograd.grad(y, x, create_graph=True)
h, = torch.autograd.grad(g, x)`;
  assert.deepEqual(drawn(code), ["x", "y = · ** 3 of x", "g = grad+ of x", "h"]);
  setOpen("grad", true);
  assert.deepEqual(drawn(code), ["x", "y = · ** 3 of x", "[4] = pow(·, 2.0) of x", "[12] = mul(·, 3.0) of [4]", "g = mul of [1],[12]", "[1]", "h"]);
});

test("the .grad of backward(create_graph=True) does too, where the program goes on with it", () => {
  const code = `import torch
a = torch.tensor(2., requires_grad=True)
b = a ** 3
b.backward(create_graph=True)`;
  assert.deepEqual(drawn(code), ["a", "b = · ** 3 of a"]);
  assert.deepEqual(drawn(`${code}\nc = a.grad + 1`), ["a", "b = · ** 3 of a", "a.grad = backward+ of a", "c = · + 1 of a.grad"]);
});

test("layers stay closed where a gradient with a graph reads what is inside of them", () => {
  const lines = drawn(`import torch
net = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1))
x = torch.ones(3, 1, requires_grad=True)
u = net(x)
u_x, = torch.autograd.grad(u.sum(), x, create_graph=True)
u_xx, = torch.autograd.grad(u_x.sum(), x, create_graph=True)
loss = (u_xx ** 2).mean()
loss.backward()`);
  assert.deepEqual(lines.filter((line) => / = (0|2|grad)\+/.test(line)).map((line) => line.replace(/^\[.*?\]/, "…").replace(/\[.*?\]/g, "…")),
    ["… = 0+ of x", "u = 2+ of …", "u_x = grad+ of u,…,…,x", "u_xx = grad+ of u_x,…,…,x"]);
  assert.equal(lines.length, 10, lines.join("\n"));
});

test("an autograd.Function is one operator, and backward goes through it", () => {
  assert.deepEqual(drawn(`import torch
class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        s = torch.sigmoid(x)
        ctx.save_for_backward(x, s)
        return x * s
    @staticmethod
    def backward(ctx, g):
        x, s = ctx.saved_tensors
        return g * (s + x * s * (1 - s))
a = torch.tensor([1., 2.], requires_grad=True)
h = a * 3
b = Swish.apply(h)
c = Swish.apply(a)
b.sum().backward()`), ["a", "h = · × 3 of a", "b = Swish of h", "c = Swish of a", "[8.843] = sum of b"]);
  const { passes, graph } = engine.trace();
  const step = passes[0].steps.find(({ operation }) => graph.operations.find(({ id }) => id === operation)?.op === "Swish");
  assert.deepEqual(step.grad.values, [1, 1]);
  assert.deepEqual(step.out.map(({ input }) => input), [0]);
});

test("an autograd.Function whose forward fails leaves the operators after it in sight", () => {
  assert.deepEqual(drawn(`import torch
class Broken(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.view(7)
a = torch.ones(2, requires_grad=True)
try:
    Broken.apply(a)
except RuntimeError:
    pass
b = a * 2`), ["a", "b = · × 2 of a"]);
});

test("functions that compute derivatives are one node each", () => {
  assert.deepEqual(drawn(`import torch
from torch.autograd.functional import jacobian, hessian
from torch.func import grad, vmap
def f(x):
    y = x ** 2
    return y.sum()
x = torch.tensor([1., 2.])
J = jacobian(torch.sin, x)
H = hessian(f, x)
g = grad(f)(x)
each = vmap(grad(f))(x.view(2, 1))
def product(w, x):
    return (w * x).sum()
w = torch.tensor(3.)
slopes = vmap(grad(product), in_dims=(None, 0))(w, x)`).map((line) => line.replace(/\[.*?\]/g, "…")), ["x", "J = jacobian+ of x", "H = hessian+ of x", "g = grad+ of x", "… = view(·, (2, 1)) of x", "each = vmap+ of …", "w", "slopes = vmap+ of x,w"]);
});

test("of a result that nobody sees there is no card", () => {
  assert.deepEqual(drawn(`import torch
x = torch.tensor([[[1., 4.], [2., 3.]]], requires_grad=True)
y = torch.nn.functional.max_pool2d(x, 2)
z = x.max(1).values
v, i = x.max(1)`), ["x", "y = max_pool2d(·, (2,)) of x", "z = max(·, 1) of x", "v of max", "i of max", "max of x"]);
});

test("a tensor is called what the program calls it, whatever the functions say that it is given to", () => {
  assert.deepEqual(drawn(`import torch
def loss_of(prediction, target):
    mine = prediction
    return (mine - target) ** 2
p = torch.tensor(2., requires_grad=True)
t = torch.tensor(1.)
loss = loss_of(p, t)`), ["p", "t", "[1] = − of p,t", "loss = · ** 2 of [1]"]);
});

test("forward mode: a dual tensor hangs on both parts, carries its tangent on, and gives it back", () => {
  const code = `import torch
import torch.autograd.forward_ad as fwAD
x, v = torch.tensor([1., 2.]), torch.tensor([1., 0.])
with fwAD.dual_level():
    d = fwAD.make_dual(x, v)
    z = (d ** 2).sum()
    t = fwAD.unpack_dual(z).tangent
    u = fwAD.unpack_dual(d).tangent`;
  assert.deepEqual(drawn(code), ["x", "u", "d = make_dual of x,u", "[1,4] = · ** 2 of d", "z = sum of [1,4]", "t = unpack_dual of z"]);
  const tangents = engine.trace().graph.tensors.flatMap(({ names, tangent }) => (names.length ? [[names.at(-1), tangent?.values]] : []));
  assert.deepEqual(tangents, [["x", undefined], ["u", undefined], ["d", [1, 0]], ["z", [2]], ["t", undefined]]);
  const docs = engine.trace().graph.operations.flatMap(({ op, doc }) => (op.endsWith("_dual") ? [doc] : []));
  assert.match(docs.join(" "), /^The same numbers, with a direction .* their derivative along the direction\.$/);
});

test("forward over reverse: the plain part of a dual tensor is drawn only where it is used", () => {
  const code = (last) => `import torch
import torch.autograd.forward_ad as fwAD
x, v = torch.tensor([1., 2.], requires_grad=True), torch.tensor([1., 0.])
with fwAD.dual_level():
    z = fwAD.make_dual(x, v) ** 2
    ${last}`;
  const until = ["x", "v", "[1,2] = make_dual of x,v", "z = · ** 2 of [1,2]"];
  assert.deepEqual(drawn(code("t = fwAD.unpack_dual(z).tangent")), [...until, "t = unpack_dual of z"]);
  assert.deepEqual(drawn(code("p, t = fwAD.unpack_dual(z)")), [...until, "p = unpack_dual of z", "t = unpack_dual of z"]);
});
