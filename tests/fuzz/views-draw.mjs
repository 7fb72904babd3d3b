// Draws programs about chains of views for `npm run fuzz -- --views`: a base, contiguous or not, views of views of it, changes in place of some, a function of
// what they show, its gradient with a graph, and the gradient of that. Sizes are known while drawing, so nearly every statement runs; numbers are quarters
// and functions are products, so that results are exact.
import { randomOf } from "./draw.mjs";

const SHAPES = [[2, 3, 4], [4, 6], [3, 3], [12], [2, 2, 3], [6, 4], [2, 3, 2, 2], [1, 4, 2], [4, 1, 3], [3, 5], [0, 3], []];
const count = (shape) => shape.reduce((x, y) => x * y, 1);
const sized = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
const without = (shape, dim) => shape.filter((_, at) => at !== dim);
const replaced = (shape, dim, size) => shape.map((one, at) => (at === dim ? size : one));
const swapped = (shape, a, b) => shape.map((one, at) => (at === a ? shape[b] : at === b ? shape[a] : one));
const put = (shape, dim, size) => [...shape.slice(0, dim), size, ...shape.slice(dim)];

class ViewProgram {
  constructor(random) {
    this.random = random;
    this.statements = [];
    this.tensors = []; // {name, shape}
  }
  chance(p) { return this.random() < p; }
  below(n) { return Math.floor(this.random() * n); }
  pick(list) { return list[this.below(list.length)]; }
  emit(text) { this.statements.push(text); }
  bind(text, shape) {
    const one = { name: "abcdefghijklmnopqrstuvwxyz"[this.tensors.length], shape };
    this.emit(`${one.name} = ${text}`);
    this.tensors.push(one);
    return one;
  }
  known() { return this.chance(0.6) ? this.tensors[this.tensors.length - 1 - this.below(Math.min(3, this.tensors.length))] : this.pick(this.tensors); }
  number() { return this.pick(["2", "0.5", "-1", "3", "0.25", "-1.5"]); }
  /** A dimension as programs write it: from either end. */
  dim(at, rank) { return this.chance(0.3) ? at - rank : at; }

  /** A view of one of this shape: [what is written behind the tensor, the shape of it]; null where there is none of that kind. */
  view(shape) {
    const rank = shape.length, at = this.below(Math.max(1, rank)), other = this.below(Math.max(1, rank)), size = shape[at] ?? 0, d = this.dim(at, rank);
    const place = () => (this.chance(0.3) ? -1 - this.below(size) : this.below(size));
    const colons = ":, ".repeat(at);
    const start = this.below(size + 1), end = start + this.below(size - start + 1), step = 1 + this.below(2), taken = Math.ceil((end - start) / step);
    const pieces = 1 + this.below(3), piece = this.below(Math.ceil(size / pieces) || 1), length = Math.min(pieces, size - piece * pieces);
    const off = this.below(3) - 1;
    const factor = [2, 3, 4, 6].find((one) => size % one === 0 && size > one) ?? 1;
    if (rank === 0) return this.pick([() => ["[None]", [1]], () => [".unsqueeze(0)", [1]], () => [".expand(2, 2)", [2, 2]], () => [".view(1, 1)", [1, 1]], () => [".reshape(-1)", [1]], () => ["[...]", []], () => [".squeeze()", []]])();
    return this.pick([
      () => size && [`.select(${d}, ${place()})`, without(shape, at)],
      () => size && [`[${colons}${place()}]`, without(shape, at)],
      () => size && [`[..., ${this.below(shape.at(-1) || 1)}]`, shape.at(-1) ? shape.slice(0, -1) : null],
      () => [`[${colons}${start}:${end}:${step}]`, replaced(shape, at, taken)],
      () => [`[${colons}::2]`, replaced(shape, at, Math.ceil(size / 2))],
      () => [`[${colons}1:]`, replaced(shape, at, Math.max(0, size - 1))],
      () => [`[..., :2]`, replaced(shape, rank - 1, Math.min(2, shape.at(-1)))],
      () => [`[${colons}None]`, put(shape, at, 1)],
      () => [`[..., None]`, [...shape, 1]],
      () => [`.narrow(${d}, ${start}, ${end - start})`, replaced(shape, at, end - start)],
      () => size && [`.unbind(${d})[${this.below(size)}]`, without(shape, at)],
      () => size && [`.split(${pieces}, ${d})[${piece}]`, replaced(shape, at, length)],
      () => size && [`.chunk(2, ${d})[0]`, replaced(shape, at, Math.ceil(size / 2))],
      () => size && [`.tensor_split(2, ${d})[1]`, replaced(shape, at, Math.floor(size / 2))],
      () => at !== other && [`.diagonal(${off}, ${at}, ${other})`, [...shape.filter((_, i) => i !== at && i !== other), Math.max(0, Math.min(size + Math.min(off, 0), shape[other] - Math.max(off, 0)))]],
      () => [`.transpose(${d}, ${other})`, swapped(shape, at, other)],
      () => [`.swapaxes(${d}, ${other})`, swapped(shape, at, other)],
      () => rank === 2 && [this.pick([".t()", ".T", ".mT"]), [...shape].reverse()],
      () => [`.permute(${shape.map((_, i) => (i + 1) % rank).join(", ")})`, shape.map((_, i) => shape[(i + 1) % rank])],
      () => [`.movedim(${at}, ${other})`, put(without(shape, at), other, size)],
      () => shape.includes(1) && [`.expand(${shape.map((one) => (one === 1 ? 2 : one)).join(", ")})`, shape.map((one) => (one === 1 ? 2 : one))],
      () => [`.expand(2, ${shape.join(", ")})`, [2, ...shape]],
      () => size > 1 && [`.unfold(${d}, 2, ${step})`, [...replaced(shape, at, Math.floor((size - 2) / step) + 1), 2]],
      () => [".squeeze()", shape.filter((one) => one !== 1)],
      () => [`.squeeze(${d})`, size === 1 ? without(shape, at) : shape],
      () => [`.unsqueeze(${at})`, put(shape, at, 1)],
      () => [`.reshape(${factor}, -1)`, count(shape) && count(shape) % factor === 0 ? [factor, count(shape) / factor] : null],
      () => size && [`.reshape(-1, ${size})`, count(shape) ? [count(shape) / size, size] : null],
      () => [".view(-1)", [count(shape)]],
      () => [`.view(${[...shape, 1].join(", ")})`, [...shape, 1]],
      () => factor > 1 && [`.view(${[...shape.slice(0, at), factor, size / factor, ...shape.slice(at + 1)].join(", ")})`, [...shape.slice(0, at), factor, size / factor, ...shape.slice(at + 1)]],
      () => factor > 1 && [`.unflatten(${at}, (${factor}, -1))`, [...shape.slice(0, at), factor, size / factor, ...shape.slice(at + 1)]],
      () => [".flatten()", [count(shape)]],
      () => rank > 1 && [".flatten(0, 1)", [shape[0] * shape[1], ...shape.slice(2)]],
      () => [`.as_strided((2, 2), (${this.below(3)}, ${1 + this.below(2)})${this.chance(0.5) ? `, ${this.below(3)}` : ""})`, [2, 2]],
      () => [`.as_strided((3,), (${1 + this.below(2)},))`, [3]],
      () => ["[...]", shape],
    ])() || null;
  }
  /** A chain of views of a tensor: [text, shape]. */
  chain({ name, shape }, least, most) {
    let text = name;
    for (let left = least + this.below(most - least + 1); left > 0; ) {
      const next = this.view(shape);
      if (!next?.[1]) continue;
      text += next[0];
      shape = next[1];
      --left;
    }
    return [text, shape];
  }

  leaf() {
    const shape = this.pick(SHAPES), n = count(shape);
    const [lies, sizes] = this.pick([
      () => ["", shape], () => ["", shape], () => ["", shape],
      () => (shape.length > 1 ? [".transpose(0, -1)", swapped(shape, 0, shape.length - 1)] : ["", shape]),
      () => (shape.length ? ["[..., ::2]", replaced(shape, shape.length - 1, Math.ceil(shape.at(-1) / 2))] : ["", shape]),
      () => (shape.length ? ["[1:]", replaced(shape, 0, Math.max(0, shape[0] - 1))] : ["", shape]),
    ])();
    return this.bind(`torch.arange(${n}.).sub(${this.below(8)}).mul(0.25).reshape(${sized(shape)})${lies}.requires_grad_()`, sizes);
  }

  change() {
    const x = this.known(), alike = this.tensors.filter(({ name, shape }) => name !== x.name && String(shape) === String(x.shape)).map(({ name }) => name);
    const other = alike.length && this.chance(0.5) ? this.pick(alike) : this.number();
    const [view] = this.chain(x, 1, 2);
    return this.pick([
      () => `${x.name}.${this.pick(["mul_", "add_", "sub_"])}(${other})`,
      () => `${alike.length ? `${x.name}.copy_(${this.pick(alike)})` : `${x.name}.fill_(${this.number()})`}`,
      () => `${this.pick([x.name, view])}.${this.pick(["zero_()", "fill_(0.5)", "square_()", "neg_()", "pow_(3)", "clamp_(-1, 1)", "mul_(2)", "add_(0.5)", "mul_(a.sum())"])}`,
      () => `${x.name}[${this.pick(["0", "-1", "..., 0", "1:", "::2", "..."])}] ${this.pick(["=", "=", "*=", "+="])} ${this.number()}`,
      () => `${x.name}[${this.pick(["0", "-1", "..."])}] = ${x.name}[${this.pick(["0", "..."])}] * ${this.known().name}.sum()`,
    ])();
  }

  /** A number made of some of the tensors. */
  scalar() {
    const x = this.known(), y = this.known(), same = String(x.shape) === String(y.shape);
    const [v] = this.chain(x, 2, 4), [w] = this.chain(y, 2, 4);
    return this.pick([
      `(${v}.sum() * ${w}.sum())`, `(${v} * ${v}).sum()`, `(${v} ** 3).sum()`, `(${v} * ${w}.sum()).sum()`, `(${v} * ${w}.flatten()[:1]).sum()`,
      same ? `(${x.name} * ${y.name} * ${x.name}).sum()` : `(${w} ** 2).sum()`, `(${v} * ${v}.detach() * ${v}).sum()`, `${v}.prod()`, `torch.stack([${v}, ${v} ** 2]).sum()`,
    ]);
  }

  draw() {
    const a = this.leaf();
    const made = this.chance(0.75) ? this.bind(this.pick([`${a.name} * 2`, `${a.name}.clone()`, `${a.name} * ${a.name}`, `${a.name} + 0.5`]), a.shape) : a;
    for (let n = 1 + this.below(3); n > 0; --n) this.bind(...this.chain(this.chance(0.7) ? made : this.known(), 2, 4));
    if (this.chance(0.6)) {
      for (let n = 1 + this.below(2); n > 0; --n) this.emit(this.change());
      if (this.chance(0.5)) this.bind(...this.chain(this.known(), 1, 3));
    }
    this.emit(`y = ${[this.scalar(), this.scalar()].slice(this.below(2)).join(" + ")}`);
    const of = this.chance(0.7) ? a : this.known();
    this.emit(this.chance(0.85) ? `g = torch.autograd.grad(y, ${of.name}, create_graph=True, allow_unused=True)[0]` : `y.backward(create_graph=True); g = ${a.name}.grad`);
    this.emit(`h = torch.autograd.grad(${this.pick(["(g * g).sum()", "g.sum()", "(g ** 3).sum()", `${this.chain({ name: "g", shape: of.shape }, 1, 2)[0]}.pow(2).sum()`])}, ${this.chance(0.7) ? a.name : `[${a.name}, ${this.known().name}]`}, allow_unused=True, create_graph=True)[0]`);
    if (this.chance(0.3)) this.emit(`i = torch.autograd.grad((h * h).sum(), ${a.name}, allow_unused=True)[0]`);
    return this.statements;
  }
}

export function drawViews({ seed = 1, count = 300 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new ViewProgram(randomOf(`views ${seed} ${k}`)).draw() }));
}
