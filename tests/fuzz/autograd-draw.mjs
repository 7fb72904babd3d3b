// Draws small autograd programs for `npm run fuzz -- --autograd`: leaves and what is made of them, views, changes in place, grad modes, hooks,
// passes backward with their arguments, and looks at what came of it. Statements are kept apart: one that fails does not end its program.
import { randomOf } from "./draw.mjs";

const SHAPES = ["2,3", "2,3", "2,3", "2,3", "3", "3", "", "2,1", "1,3", "3,2", "2,2", "0"];
const UNARY = ["sin()", "exp()", "tanh()", "sigmoid()", "relu()", "square()", "abs()", "cos()", "neg()", "pow(2)", "pow(3)", "clamp(-1, 1)", "clone()", "mul(2)", "softmax(-1)", "cumsum(-1)", "sqrt()", "log()", "reciprocal()", "to(torch.float64)", "float()", "contiguous()", "type(torch.float64)", "sign()", "floor()", "log_softmax(0)", "std()", "var()", "logsumexp(-1)", "triu()", "flip(0)", "roll(1)", "erf()"];
const REDUCE = ["sum()", "mean()", "sum(0)", "mean(-1)", "sum(-1, keepdim=True)", "prod()", "max()", "min()", "norm()", "max(-1)[0]", "sum(dim=0)", "amax(0)", "median()", "cumprod(0)", "mean(0, True)"];
const VIEWS = ["[0]", "[-1]", "[:, 1]", "[..., 0]", "[1:]", "[None]", ".t()", ".T", ".view(-1)", ".reshape(-1)", ".unsqueeze(0)", ".squeeze()", ".flatten()", ".detach()", ".data", ".expand(2, 3)", ".expand_as(a)", ".transpose(0, -1)", ".permute(1, 0)", ".narrow(0, 0, 1)", ".select(0, 0)", ".diagonal()", ".unbind()[0]", ".split(1)[0]", ".chunk(2)[1]", ".chunk(2, -1)[0]", ".view_as(a)", "[::2]", ".view(3, 2)", ".unfold(0, 2, 1)", ".as_strided((2,), (1,))", ".movedim(0, -1)", ".swapaxes(0, 1)"];
const IN_PLACE = ["add_(1)", "mul_(2)", "zero_()", "relu_()", "sin_()", "exp_()", "tanh_()", "sigmoid_()", "fill_(3.)", "clamp_(0, 1)", "neg_()", "square_()", "pow_(2)", "sub_(0.5)", "div_(2)", "detach_()", "requires_grad_()", "requires_grad_(False)", "t_()", "unsqueeze_(0)", "squeeze_()", "abs_()", "sqrt_()", "add_(a)", "mul_(a)", "copy_(a)", "transpose_(0, 1)", "masked_fill_(a > 0, 0.)", "index_fill_(0, torch.tensor([0]), 2.)", "add_(a, alpha=2)", "addcmul_(a, a)", "lerp_(a, 0.5)", "floor_()", "sign_()"];
const SIGNS = ["+", "+", "-", "*", "*", "/", "**", "@", "%", "//"];

export class AutogradProgram {
  constructor(random) {
    this.random = random;
    this.statements = [];
    this.names = [];
    this.handles = [];
    this.graphs = 0;
  }
  chance(p) { return this.random() < p; }
  below(n) { return Math.floor(this.random() * n); }
  pick(list) { return list[this.below(list.length)]; }
  fresh() { return "abcdefghijklmnopqrstuvwxyz"[this.names.length] ?? `z${this.names.length}`; }
  emit(text) { this.statements.push(text); }
  /** A known tensor; those made last come more often. */
  known() { return this.chance(0.5) ? this.names[this.names.length - 1 - this.below(Math.min(3, this.names.length))] : this.pick(this.names); }
  number() { return this.pick(["2", "0.5", "-1", "3.0", "1", "-2.5", "0", "True"]); }

  leaf() {
    const shape = this.pick(SHAPES).split(",").filter(Boolean).map(Number);
    const count = shape.reduce((x, y) => x * y, 1);
    const whole = this.chance(0.08);
    const value = () => (whole ? String(this.below(7) - 3) : this.pick(["0.5", "1.0", "-1.0", "2.0", "-0.5", "1.5", "-2.0", "0.25", "3.0", "0.75"]));
    const fill = (at) => (at === shape.length ? value() : `[${Array.from({ length: shape[at] }, () => fill(at + 1)).join(", ")}]`);
    const options = [whole ? "" : this.chance(0.1) ? "dtype=torch.float64" : count === 0 ? "dtype=torch.float32" : "", this.chance(whole ? 0.1 : 0.75) ? "requires_grad=True" : ""].filter(Boolean);
    this.bind(`torch.tensor(${[fill(0), ...options].join(", ")})`);
  }
  bind(expression, before = "") {
    const name = this.fresh();
    this.emit(`${before}${name} = ${expression}`);
    this.names.push(name);
  }

  expression() {
    const x = this.known();
    switch (this.pick(["unary", "unary", "sign", "sign", "sign", "number", "reduce", "view", "view", "call"])) {
      case "unary": return `${x}.${this.pick(UNARY)}`;
      case "sign": return `${x} ${this.pick(SIGNS)} ${this.known()}`;
      case "number": return this.chance(0.5) ? `${x} ${this.pick(SIGNS)} ${this.number()}` : `${this.number()} ${this.pick(SIGNS)} ${x}`;
      case "reduce": return `${x}.${this.pick(REDUCE)}`;
      case "view": return `${x}${this.pick(VIEWS)}`;
      default: return this.pick([
        () => `torch.cat([${x}, ${this.known()}])`,
        () => `torch.stack([${x}, ${x}])`,
        () => `torch.where(${x} > 0, ${x}, ${this.known()})`,
        () => `torch.maximum(${x}, ${this.known()})`,
        () => `${x}[torch.tensor([0, 0])]`,
        () => `${x}[${x} > 0]`,
        () => `torch.matmul(${x}, ${this.known()})`,
        () => `Cube.apply(${x})`,
        () => `Both.apply(${x}, ${this.known()})[${this.pick(["0", "0", "1"])}]`,
        () => `Scale.apply(${x}, ${this.known()})`,
        () => `Sine.apply(${x})`,
        () => `Once.apply(${x})`,
        () => `${this.pick(["half_tracked", "untracked", "wave"])}(${x})`,
        () => `along(${x})[${this.pick(["0", "1"])}]`,
        () => `torch.autograd.grad(wave(${x}).sum(), ${x}, create_graph=True${this.chance(0.2) ? ", allow_unused=True" : ""})[0]`,
        () => `torch.autograd.grad(wave(${x}), ${x}, torch.ones_like(torch.stack([${x}, ${x}])), is_grads_batched=True)[0]`,
        () => `torch.nn.functional.mse_loss(${x}, ${this.known()})`,
        () => `torch.zeros_like(${x}${this.chance(0.3) ? ", requires_grad=True" : ""})`,
        () => `torch.tensor(${x}.tolist(), requires_grad=True)`,
        () => `${x}.sort()[0]`,
        () => `torch.einsum('...i->...', ${x})`,
        () => `${x}.repeat(2, 1)`,
        () => `${x}.gather(0, torch.zeros_like(${x}, dtype=torch.int64))`,
        () => `torch.outer(a.flatten(), a.flatten())`,
      ])();
    }
  }

  change() {
    const x = this.known();
    return this.pick([
      () => `${x}.${this.pick(IN_PLACE)}`,
      () => `${x}.${this.pick(IN_PLACE)}`,
      () => `${x} ${this.pick(["+=", "-=", "*=", "/="])} ${this.chance(0.5) ? this.number() : this.known()}`,
      () => `${x}[${this.pick(["0", "-1", ":, 1", "1:", "...", "torch.tensor([0])", "0, 0"])}] = ${this.chance(0.5) ? this.number() : this.known()}`,
      () => `${x}[${x} > 0] = ${this.number()}`,
      () => `${x}[0] ${this.pick(["+=", "*="])} ${this.number()}`,
      () => `${x}.data${this.pick([".mul_(2)", ".zero_()", ` = ${this.known()}`, ".add_(1)", "[0] = 5"])}`,
      () => `${x}.detach().mul_(2)`,
      () => `${x}.requires_grad = ${this.pick(["True", "False"])}`,
      () => `${x}${this.pick(VIEWS)}.${this.pick(IN_PLACE)}`,
      () => `torch.${this.pick(["sin", "relu", "neg"])}_(${x})`,
      () => `torch.${this.pick(["add", "mul"])}(${x}, ${this.known()}, out=${this.known()})`,
    ])();
  }

  backward() {
    const x = this.known();
    const whole = this.chance(0.8) ? `${x}.sum()` : x;
    const keep = this.chance(0.3) ? this.pick(["retain_graph=True", "create_graph=True"]) : "";
    const inputs = this.chance(0.2) ? `inputs=${this.pick([`[${this.known()}]`, this.known(), `[${this.known()}, ${this.known()}]`, "[]"])}` : "";
    const gradient = whole === x && this.chance(0.6) ? this.pick([`torch.ones_like(${x})`, `gradient=torch.full_like(${x}, 2.)`, "torch.tensor(1.)", "torch.tensor([1., 2., 3.])", "2.0", "None"]) : "";
    const args = [gradient, keep, inputs].filter(Boolean).join(", ");
    if (this.chance(0.6)) return `${whole}.backward(${args})`;
    const grads = gradient.includes("like") ? `grad_outputs=${gradient.replace("gradient=", "")}` : "";
    const others = [grads, keep, this.chance(0.3) ? "allow_unused=True" : ""].filter(Boolean).join(", ");
    const of = this.chance(0.7) ? this.known() : `[${this.known()}, ${this.known()}]`;
    return `print(torch.autograd.grad(${whole}, ${of}${others ? `, ${others}` : ""}))`;
  }

  look() {
    const x = this.known();
    return this.pick([
      () => `print(${x})`,
      () => `print(${x}.grad)`,
      () => `print(graph(${x}.grad_fn))`,
      () => `print(${x}.requires_grad, ${x}.is_leaf, ${x}._version, ${x}.retains_grad, ${x}._is_view())`,
      () => `print(${x}.grad_fn.next_functions[0][0].name())`,
      () => `print(${x}.item())`,
      () => `print(${x}.numpy())`,
      () => `print(${x}.tolist(), ${x}.shape, ${x}.dtype)`,
      () => `print(${x}._base is ${this.known()}, ${x}.output_nr)`,
      () => `print(${x}.grad is ${this.known()}.grad)`,
      () => `print([n for n in dir(${x}.grad_fn) if n.startswith('_saved')])`,
      () => `print([(n, getattr(${x}.grad_fn, n)) for n in dir(${x}.grad_fn) if n.startswith('_saved')])`,
    ])();
  }

  other() {
    const x = this.known();
    return this.pick([
      () => `${x}.retain_grad()`,
      () => `${x}.grad = ${this.pick(["None", "None", this.known(), `torch.ones_like(${x})`, "1"])}`,
      () => `${x}.grad.zero_()`,
      () => { const h = `handle${this.handles.length}`; this.handles.push(h); return `${h} = ${x}.register_hook(${this.pick(["lambda g: g * 2", "lambda g: print('hook', g)", "lambda g: torch.zeros_like(g)", "print", "lambda g: g.sum()", "lambda g: 1"])})`; },
      () => (this.handles.length ? `${this.pick(this.handles)}.remove()` : `${x}.retain_grad()`),
      () => `torch.set_grad_enabled(${this.pick(["True", "True", "False"])})`,
      () => `${x}.grad_fn.register_hook(lambda gi, go: print('node', gi, go))`,
    ])();
  }

  /** What torch.autograd.functional and the Jacobians give, and what is kept for a pass backward. */
  tool() {
    const x = this.known(), of = "torch.autograd.functional";
    return this.pick([
      () => `print(${of}.jacobian(${this.pick(["wave", "lambda t: t * 2", "lambda t: t.sum()", "Cube.apply", "torch.sin", "untracked"])}, ${x}${this.chance(0.3) ? this.pick([", create_graph=True", ", strict=True", ", vectorize=True"]) : ""}))`,
      () => `print(${of}.hessian(lambda t: ${this.pick(["wave(t).sum()", "(t ** 3).sum()", "t.sum()", "wave(t)"])}, ${x}))`,
      () => `print(${of}.${this.pick(["vjp", "jvp"])}(wave, ${x}${this.chance(0.7) ? `, torch.ones_like(${x})` : ""}))`,
      () => `print(${of}.${this.pick(["vhp", "hvp"])}(lambda t: wave(t).sum(), ${x}, torch.ones_like(${x})))`,
      () => `print(along(${x}))`,
      () => { const other = this.known(), name = this.fresh(); this.names.push(name); return `with torch.autograd.graph.saved_tensors_hooks(pack, unpack):\n    ${name} = ${x} * ${other}`; },
      () => `print(${x}.grad_fn._saved_${this.pick(["self", "other", "result"])})`,
      () => `${x}.sum().backward(retain_graph=True); ${x}.sum().backward(${this.pick(["", "retain_graph=True"])})`,
    ])();
  }

  block() {
    const mode = this.pick(["torch.no_grad()", "torch.no_grad()", "torch.enable_grad()", "torch.set_grad_enabled(False)", "torch.inference_mode()"]);
    if (this.chance(0.5)) this.bind(this.expression(), `with ${mode}:\n    `);
    else this.emit(`with ${mode}:\n    ${this.change()}`);
  }

  draw() {
    for (let n = 1 + this.below(3); n > 0; --n) this.leaf();
    for (let n = 5 + this.below(9); n > 0; --n) {
      const at = this.random();
      if (at < 0.42) this.bind(this.expression());
      else if (at < 0.6) this.emit(this.change());
      else if (at < 0.78) this.emit(this.backward());
      else if (at < 0.86) this.emit(this.look());
      else if (at < 0.92) this.emit(this.other());
      else if (at < 0.96) this.emit(this.tool());
      else this.block();
    }
    return this.statements;
  }
}

export function drawAutograd({ seed = 1, count = 300 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new AutogradProgram(randomOf(`autograd ${seed} ${k}`)).draw() }));
}
