// What calls to try: drawn from the list of operators that build/native/list_ops prints, so that a new operator is drawn with no further
// work. A call comes from one of its samples, changed here and there, or from one of its signatures, by the types of its parameters.
// It is kept as a small tree, so that a failing one can be made smaller; `textOf` writes it as Python over the makers of prelude.py.
//
// Makers: f d l i h c u b (the dtypes) with sizes and letters: g requires grad, n not a leaf, p positive, m larger, r round values
// with ties, w wild ones (nan, inf, the ends of the type), k only 0 and 1; t transposed, s with gaps, e expanded, o at an offset.

const SIGNS = {
  "+": "iadd", "-": "isub", "*": "imul", "/": "itruediv", "//": "ifloordiv", "%": "imod", "**": "ipow",
  "&": "iand", "|": "ior", "^": "ixor", "<<": "ilshift", ">>": "irshift",
};
const DTYPES = ["float32", "float64", "int64", "int32", "int16", "int8", "uint8", "bool"];
const SKIPPED_PARAMETERS = new Set(["_stacklevel"]); // names a frame of Python's stack
const PYTHON_KEYWORDS = new Set(["from"]); // no names of arguments

/** A generator of numbers in [0, 1): the same for the same text. */
export function randomOf(text) {
  let state = 2166136261;
  for (const c of text) state = Math.imul(state ^ c.codePointAt(0), 16777619) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// --- trees ---------------------------------------------------------------------------------------------------------------------------

const text = (value) => ({ kind: "text", text: String(value) });
const maker = (name, sizes, flags = "") => ({ kind: "maker", name, sizes, flags });

function write(node) {
  switch (node.kind) {
    case "text": return node.text;
    case "maker": return `${node.name}(${[...node.sizes, ...(node.flags ? [`"${node.flags}"`] : [])].join(", ")})`;
    case "list": return node.open === "[" ? `[${node.items.map(write).join(", ")}]` : `(${node.items.map(write).join(", ")}${node.items.length === 1 ? "," : ""})`;
    case "sum": return `${write(node.left)} ${node.sign} ${write(node.right)}`;
    case "minus": return `-${write(node.of)}`;
  }
}

function clone(node) {
  return structuredClone(node);
}

/** Every maker in a tree. */
function makersIn(node) {
  switch (node.kind) {
    case "maker": return [node];
    case "list": return node.items.flatMap(makersIn);
    case "sum": return [...makersIn(node.left), ...makersIn(node.right)];
    case "minus": return makersIn(node.of);
    default: return [];
  }
}

/** The arguments of a sample: "f(2, 3), dim=1". */
export function readSample(source) {
  const tokens = source.match(/'[^']*'|\d+\.?\d*(?:e-?\d+)?|\w+|\S/g) ?? [];
  let at = 0;
  const take = (token) => tokens[at] === token && (at++, true);
  const list = (end) => {
    const items = [];
    while (!take(end)) {
      items.push(expression());
      take(",");
    }
    return items;
  };
  const primary = () => {
    if (take("-")) return { kind: "minus", of: primary() };
    if (take("(")) return { kind: "list", open: "(", items: list(")") };
    if (take("[")) return { kind: "list", open: "[", items: list("]") };
    const word = tokens[at++];
    if (!/^[a-z]$/.test(word) || !take("(")) return text(word);
    const sizes = list(")").map((size) => Number(size.text));
    if (word === "i") return maker("l", sizes, "k");
    return word === "p" ? maker("f", sizes, "p") : maker(word, sizes);
  };
  const expression = () => {
    let left = primary();
    while (tokens[at] === "*" || tokens[at] === "+") left = { kind: "sum", sign: tokens[at++], left, right: primary() };
    return left;
  };
  const args = [];
  while (at < tokens.length) {
    const name = tokens[at + 1] === "=" ? tokens[at] : undefined;
    if (name) at += 2;
    args.push({ name, value: expression() });
    take(",");
  }
  return args;
}

/** The parameters of a signature: [{type, spread, optional, name, fallback, keywordOnly}]. */
export function readSignature(source) {
  const inside = source.slice(source.indexOf("(") + 1, -1);
  const parameters = [];
  let keywordOnly = false;
  for (const part of inside.match(/(?:[^,(]|\([^)]*\))+/g) ?? []) {
    const [declared, fallback] = part.trim().split("=");
    if (declared === "*") {
      keywordOnly = true;
      continue;
    }
    const [type, name] = declared.split(" ");
    parameters.push({ type: type.replace(/[?]|[.]{3}/g, ""), spread: type.endsWith("..."), optional: type.endsWith("?"), name, fallback, keywordOnly });
  }
  return parameters;
}

// --- drawing -------------------------------------------------------------------------------------------------------------------------

class Draw {
  constructor(op, random, words) {
    this.op = op;
    this.random = random;
    this.words = words;
    this.dtype = this.weighted({ f: 62, d: 14, l: 9, i: 3, h: 2, c: 2, u: 3, b: 5 });
    this.shape = this.oneOf([[2, 3], [3], [2, 2], [3, 2], [2, 3, 2], [], [4], [1, 3], [2, 1], [0], [2, 0], [1], [5], [3, 3], [2, 1, 2, 2]]);
    this.gradients = this.chance(0.7);
  }

  chance(p) { return this.random() < p; }
  below(n) { return Math.floor(this.random() * n); }
  oneOf(list) { return list[this.below(list.length)]; }
  weighted(weights) {
    let at = this.random() * Object.values(weights).reduce((a, b) => a + b);
    for (const [name, weight] of Object.entries(weights)) if ((at -= weight) < 0) return name;
  }

  letters(name, plain = "") {
    let flags = plain;
    const real = name === "f" || name === "d";
    if (real && this.gradients && this.chance(0.85)) flags += "g";
    if (!plain) {
      if (real) flags += this.weighted({ "": 70, m: 10, p: 6, r: 10, w: 4 });
      else if (name !== "b") flags += this.weighted({ "": 80, k: 10, w: 10 });
    }
    return flags + this.weighted({ "": 62, t: 14, s: 10, e: 6, o: 8 });
  }

  tensor(shape = this.related()) {
    const name = this.chance(0.82) ? this.dtype : this.oneOf([..."fdlihcub"]);
    return maker(name, shape, this.letters(name));
  }

  /** A shape that goes with the call's, or seldom one that does not. */
  related() {
    let shape = [...this.shape];
    if (this.chance(0.12)) shape = shape.slice(1);
    if (this.chance(0.1) && shape.length) shape[this.below(shape.length)] = 1;
    if (this.chance(0.06)) shape = this.oneOf([[], [2], [3], [4, 2], [0, 3], [2, 3, 1], [1]]);
    return shape;
  }

  integer() { return this.oneOf([0, 0, 1, 1, 1, 2, 2, -1, -1, -2, 3, -3, 4, 5]); }
  real() { return this.oneOf(["0.5", "2.0", "-1.5", "0.25", "1.0", "0.0", "-0.75", "3.5", "0.125", "2.5"]); }

  /** A value of this parameter's type. */
  argument(parameter) {
    const { type } = parameter;
    if (parameter.optional && this.chance(0.15)) return text("None");
    switch (type) {
      case "Tensor": return this.op.numbers && this.chance(0.2) ? this.argument({ type: "Number" }) : this.tensor();
      case "Number": return text(this.weighted({ i: 4, r: 5, b: 1 }).replace("i", this.integer()).replace("r", this.real()).replace("b", this.oneOf(["True", "False"])));
      case "int": return text(this.integer());
      case "float": return text(this.chance(0.8) ? this.real() : this.integer());
      case "bool": return text(this.oneOf(["True", "False"]));
      case "ints":
      case "size": {
        if (this.chance(0.3)) return text(this.integer());
        const items = Array.from({ length: this.below(4) }, () => text(/size|shape|repeats/.test(parameter.name) ? this.below(4) : this.integer()));
        return { kind: "list", open: this.chance(0.7) ? "(" : "[", items };
      }
      case "tensors": {
        const shape = this.related();
        return { kind: "list", open: this.chance(0.7) ? "[" : "(", items: Array.from({ length: 1 + this.below(3) }, () => this.tensor(this.chance(0.8) ? shape : this.related())) };
      }
      case "dtype": return text(`torch.${this.oneOf(DTYPES)}`);
      case "str": return text(this.oneOf([...(this.words.get(parameter.name) ?? []), "'up'"]));
      default: return text("None");
    }
  }

  fromSignature() {
    this.signature = readSignature(this.oneOf(this.op.signatures));
    const args = [];
    let positional = true;
    for (const parameter of this.signature) {
      const needed = parameter.fallback === undefined && !(parameter.keywordOnly && parameter.optional);
      if (SKIPPED_PARAMETERS.has(parameter.name) || (!needed && !this.chance(0.4))) {
        positional = false;
        continue;
      }
      const named = parameter.keywordOnly || !positional || (args.length > 0 && this.chance(0.15));
      if (named) positional = false;
      if (named && PYTHON_KEYWORDS.has(parameter.name)) continue;
      args.push({ name: named ? parameter.name : undefined, value: this.argument(parameter) });
    }
    return args;
  }

  fromSample() {
    const args = readSample(this.oneOf(this.op.samples));
    this.signature = readSignature(this.oneOf(this.op.signatures));
    const makers = args.flatMap((arg) => makersIn(arg.value));
    const rename = new Map();
    const change = this.chance(0.5);
    for (const made of makers) {
      if (made.flags === "k") {
        if (this.chance(0.1)) made.name = this.oneOf([..."fdihcub"]);
      } else if (made.name === "b" ? this.chance(0.1) : this.chance(0.88)) {
        made.name = this.dtype;
      }
      made.flags = this.letters(made.name, made.flags);
      made.sizes = made.sizes.map((size) => {
        if (this.chance(0.03)) return this.oneOf([0, 1, 2, 3]);
        if (!change || size < 2) return size;
        if (!rename.has(size)) rename.set(size, this.oneOf([1, 2, 2, 3, 3, 4]));
        return rename.get(size);
      });
      if (this.chance(0.04)) made.sizes = [this.oneOf([1, 2]), ...made.sizes];
      if (this.chance(0.03)) made.sizes = made.sizes.slice(1);
    }
    for (const arg of args) arg.value = this.changed(arg.value);
    if (this.chance(0.3)) {
      const missing = this.signature.filter((p, at) => p.fallback !== undefined && at >= args.length && !args.some((arg) => arg.name === p.name) && !SKIPPED_PARAMETERS.has(p.name));
      if (missing.length) {
        const parameter = this.oneOf(missing);
        args.push({ name: parameter.name, value: this.argument(parameter) });
      }
    }
    return args;
  }

  /** Another number here and there. */
  changed(node) {
    if (node.kind === "list") return { ...node, items: node.items.map((item) => this.changed(item)) };
    if (node.kind !== "text" || !this.chance(0.25)) return node;
    if (/^\d+$/.test(node.text)) return this.chance(0.85) ? text(this.integer()) : this.oneOf([text(this.real()), text("True"), text("None"), maker("l", [], "")]);
    if (/^\d/.test(node.text)) return this.chance(0.85) ? text(this.real()) : this.oneOf([text(this.integer()), text("inf"), text("nan"), text("True"), maker("d", [], "")]);
    return node;
  }

  /** Mistakes: an argument too many or too few, of a wrong type, or of an unknown name. */
  spoilt(args) {
    const out = [...args];
    const at = this.below(out.length || 1);
    switch (this.weighted({ drop: 3, add: 2, type: 6, name: 1, twice: 1 })) {
      case "drop": out.splice(at, 1); break;
      case "add": out.splice(out.findIndex((arg) => arg.name) < 0 ? out.length : out.findIndex((arg) => arg.name), 0, { value: text(this.oneOf(["1", "2.5", "True", "'a'", "f(2)"])) }); break;
      case "type": if (out.length) out[at] = { ...out[at], value: text(this.oneOf(["'a'", "None", "[]", "(1.5,)", "torch.float32", "1.5", "True", "3", "[1, 2]", "f(2)", "{}"])) }; break;
      case "name": out.push({ name: "extra", value: text("1") }); break;
      case "twice": if (this.signature[0] && !out.some((arg) => arg.name === this.signature[0].name)) out.push({ name: this.signature[0].name, value: text("1") }); break;
    }
    return out;
  }

  /** Positional arguments by their names, now and then. */
  named(args) {
    if (!this.chance(0.1)) return args;
    const from = 1 + this.below(args.length);
    return args.map((arg, at) => (at >= from && !arg.name && this.signature[at] && !this.signature.some((p) => PYTHON_KEYWORDS.has(p.name)) ? { ...arg, name: this.signature[at].name } : arg));
  }

  call() {
    let args = this.op.samples.length && this.chance(0.65) ? this.fromSample() : this.fromSignature();
    if (this.signature[0]?.spread && args[0]?.value.kind === "list" && this.chance(0.9)) {
      args = [...args[0].value.items.map((value) => ({ value })), ...args.slice(1)];
    } else {
      args = this.named(args);
    }
    if (this.chance(0.1)) args = this.spoilt(args);
    args = [...args.filter((arg) => !arg.name), ...args.filter((arg) => arg.name)];
    let name = this.chance(0.85) || !this.op.aliases.length ? this.op.name : this.oneOf(this.op.aliases);
    const places = this.op.places.map((place) => ({ place }));
    const onTensor = args.length > 0 && !args[0].name && makersIn(args[0].value).length > 0 && args[0].value.kind !== "list";
    const plain = args.every((arg) => !arg.name);
    if (this.op.sign && plain && args.length <= 2 && args.length > 0) {
      if (args.length === (this.op.sign === "~" ? 1 : 2)) places.push({ place: "sign" });
      if (args.length === 2 && SIGNS[this.op.sign] && this.op.places.includes("inPlace")) places.push({ place: "inPlaceSign" });
    }
    const possible = places.filter(({ place }) => place === "torch" || place === "functional" || place === "sign" || place === "inPlaceSign" || onTensor);
    if (!possible.length) return null;
    const { place } = this.oneOf(possible);
    if ((place === "inPlace" || place === "inPlaceSign") && this.chance(0.85)) for (const made of makersIn(args[0].value)) made.flags += "n";
    return { op: this.op.name, name, place, sign: this.op.sign, args, seed: 1 + this.below(99) };
  }
}

/** The same calls in forms that are met more seldom: with out=, all by keywords, numbers from numpy, operands laid out in memory in all ways. */
class DrawForms extends Draw {
  form(call) {
    const makers = call.args.flatMap((arg) => makersIn(arg.value));
    const numbers = call.args.filter((arg) => /^-?\d/.test(write(arg.value)));
    const plain = call.place === "torch" || call.place === "functional";
    const possible = { out: plain && call.place === "torch" && !this.op.view ? 6 : 0, keywords: call.args.length ? 3 : 0, numpy: numbers.length ? 3 : 0, layouts: makers.length ? 4 : 0, factory: this.op.factory && plain ? 12 : 0 };
    switch (this.weighted(possible)) {
      case "out":
        if (!this.chance(0.2)) for (const made of makers) made.flags = made.flags.replace(/[gn]/g, "");
        call.into = this.weighted({ same: 4, empty: 2, longer: 2, double: 2, whole: 1, turned: 2, gaps: 2, tracked: 1 });
        break;
      case "keywords": {
        const from = plain ? this.below(Math.min(2, call.args.length)) : 1;
        call.args.forEach((arg, at) => {
          const parameter = this.signature[at];
          const taken = parameter && call.args.some((other) => other.name === parameter.name);
          if (at >= from && !arg.name && parameter && !taken && !parameter.spread && !PYTHON_KEYWORDS.has(parameter.name)) arg.name = parameter.name;
        });
        if (["sign", "inPlaceSign"].includes(call.place) || call.args.some((arg, at) => !arg.name && at > 0 && call.args[at - 1].name)) return null;
        break;
      }
      case "numpy": {
        const arg = this.oneOf(numbers), digits = write(arg.value);
        const type = this.oneOf(/[.]/.test(digits) ? ["float64", "float32"] : ["int64", "int32", "float64", "bool_"]);
        arg.value = text(`np.${type}(${digits})`);
        break;
      }
      case "layouts":
        for (const made of makers) made.flags = made.flags.replace(/[tseo]/g, "") + this.oneOf([..."tseo"]);
        break;
      case "factory":
        for (const [name, values] of Object.entries({ dtype: DTYPES.map((dtype) => `torch.${dtype}`).concat("None"), requires_grad: ["True", "False"], device: ["'cpu'", "None", "torch.device('cpu')"] })) {
          if (this.chance(0.5) && !call.args.some((arg) => arg.name === name)) call.args.push({ name, value: text(this.oneOf(values)) });
        }
        break;
      default: return null;
    }
    return call;
  }

  call() {
    const call = super.call();
    return call && this.form(call);
  }
}

/** The same calls as learners write them by habit: lists and numpy's arrays for tensors, numbers of other kinds, sizes spread or gathered, numpy's names of arguments. */
class DrawHabits extends Draw {
  habit(call) {
    const rest = call.args.slice(["method", "inPlace", "property"].includes(call.place) ? 1 : 0), names = call.args.filter((arg) => arg.name); // a tensor stays before its method
    const whole = (words) => /^-?\d+$/.test(words);
    const of = (test) => rest.filter((arg) => test(arg.value, write(arg.value)));
    const tensors = of((value) => value.kind === "maker"), ints = of((_, words) => whole(words)), numbers = of((_, words) => /^-?[\d.]+$/.test(words));
    const lists = of((value) => value.kind === "list" && value.items.length > 0 && value.items.every((item) => whole(write(item)))), loose = lists.filter((arg) => !arg.name);
    const flags = of((_, words) => words === "True" || words === "False"), dtypes = of((_, words) => words.startsWith("torch."));
    const numpys = { dim: "axis", keepdim: "keepdims", input: "x", other: "x2" }, renamed = names.filter((arg) => arg.name in numpys);
    const rows = (sizes) => (sizes.length ? `[${Array.from({ length: sizes[0] }, () => rows(sizes.slice(1))).join(", ")}]` : this.chance(0.5) ? this.real() : String(this.integer()));
    const change = (list, edit) => {
      const arg = this.oneOf(list);
      arg.value = text(edit(arg.value, write(arg.value)));
    };
    const habits = [
      [2, tensors, () => change(tensors, (made) => rows(made.sizes))],
      [3, tensors, () => change(tensors, (_, words) => `${words}.detach().numpy()`)],
      [2, tensors, () => change(tensors, (made) => write(maker("b", made.sizes)))],
      [4, ints, () => change(ints, (_, words) => `torch.tensor(${this.oneOf([words, words, `[${words}]`, `${words}.0`])})`)],
      [2, ints, () => change(ints, (_, words) => `${words}.0`)],
      [2, ints, () => change(ints, (_, words) => this.oneOf([`(${words},)`, `[${words}]`, `[${words}, ${this.integer()}]`, `torch.Size([${words}])`]))],
      [1, numbers, () => change(numbers, (_, words) => `'${words}'`)],
      [1, numbers, () => change(numbers, () => this.oneOf(["True", "False"]))],
      [3, loose, () => { const at = call.args.indexOf(this.oneOf(loose)); call.args.splice(at, 1, ...call.args[at].value.items.map((value) => ({ value }))); }],
      [2, lists, () => change(lists, (list) => { const items = list.items.map(write).join(", "); return this.oneOf([`torch.Size([${items}])`, `torch.tensor([${items}])`, `np.array([${items}])`, "range(2)"]); })],
      [3, lists, () => change(lists, (list) => `[${list.items.map(write).map((item) => (this.chance(0.5) ? item : this.oneOf([`torch.tensor(${item})`, `np.int64(${item})`, `${item}.0`, "True", "None"]))).join(", ")}]`)],
      [3, flags, () => change(flags, () => this.oneOf(["1", "0", "None", "1.0", "'True'", "torch.tensor(True)"]))],
      [3, rest, () => change(rest, () => "None")],
      [4, dtypes, () => change(dtypes, () => this.oneOf(["float", "int", "bool", "'float32'", "np.float32", "torch.FloatTensor", "np.dtype('int64')"]))],
      [4, renamed, () => { const arg = this.oneOf(renamed); arg.name = numpys[arg.name]; }],
      [3, names.slice(1), () => { call.args = [...call.args.filter((arg) => !arg.name), ...names.reverse()]; }],
    ].filter(([, where]) => where.length);
    if (!habits.length) return null;
    habits[Number(this.weighted(Object.fromEntries(habits.map(([weight], at) => [at, weight]))))][2]();
    const misplaced = call.args.some((arg, at) => !arg.name && at > 0 && call.args[at - 1].name);
    return misplaced || (["sign", "inPlaceSign"].includes(call.place) && call.args.length > 2) ? null : call;
  }

  call() {
    const call = super.call();
    return call && this.habit(call);
  }
}

/** The operator behind `x[...]`, which has no name to call it by. */
class DrawSubscript extends Draw {
  part() {
    const kind = this.weighted({ integer: 25, slice: 30, none: 8, dots: 8, list: 8, tensor: 14, mask: 7 });
    const bound = () => (this.chance(0.4) ? "" : String(this.integer()));
    switch (kind) {
      case "integer": return String(this.integer());
      case "slice": return `${bound()}:${bound()}${this.chance(0.3) ? `:${this.oneOf([1, 2, 3, 1, -1])}` : ""}`;
      case "none": return "None";
      case "dots": return "...";
      case "list": return this.oneOf(["[0, 1]", "[1]", "[0, -1, 0]", "[True, False]", "True", "[]"]);
      case "tensor": return write(maker(this.weighted({ l: 8, u: 1, i: 1, f: 1 }), this.oneOf([[], [2], [3], [2, 2], [1]]), "k"));
      default: return write(maker("b", this.chance(0.6) ? this.shape : this.shape.slice(0, 1)));
    }
  }

  call() {
    const x = this.tensor(this.shape.length ? this.shape : [2, 3]);
    const parts = Array.from({ length: this.oneOf([1, 1, 1, 2, 2, 3]) }, () => this.part());
    const key = parts.join(", ");
    if (this.chance(0.65)) return { op: "index", text: `${write(x)}[${key}]`, seed: 1 + this.below(99) };
    x.flags += "n";
    const value = this.chance(0.5) ? this.real() : write(this.tensor(this.oneOf([[], [1], [2], [3], [2, 3]])));
    const at = parts.map((part) => (/^-?\d*:/.test(part) ? `slice(${part.split(":").map((bound) => bound || "None").join(", ")})` : part));
    return { op: "index", text: `put(${write(x)}, ${at.length > 1 ? `(${at.join(", ")})` : at[0]}, ${value})`, seed: 1 + this.below(99) };
  }
}

// --- calls as text ---------------------------------------------------------------------------------------------------------------------

function written(arg) {
  return arg.name ? `${arg.name}=${write(arg.value)}` : write(arg.value);
}

function operand(node) {
  return node.kind === "sum" || node.kind === "minus" || (node.kind === "text" && node.text.startsWith("-")) ? `(${write(node)})` : write(node);
}

export function textOf(call) {
  if (!call.args) return call.text; // to print
  const args = call.args.map(written);
  if (call.into) args.push("out=out");
  const rest = args.slice(1).join(", ");
  let out;
  switch (call.place) {
    case "torch": out = `torch.${call.name.replace(/^(linalg|special)_/, "$1.")}(${args.join(", ")})`; break;
    case "functional": out = `F.${call.name}(${args.join(", ")})`; break;
    case "method": out = `${operand(call.args[0].value)}.${call.name}(${rest})`; break;
    case "inPlace": out = `${operand(call.args[0].value)}.${call.name}_(${rest})`; break;
    case "property": out = `${operand(call.args[0].value)}.${call.name}`; break;
    case "inPlaceSign": out = `${SIGNS[call.sign]}(${args.join(", ")})`; break;
    case "sign": out = call.args.length === 1 ? `${call.sign}${operand(call.args[0].value)}` : `${operand(call.args[0].value)} ${call.sign} ${operand(call.args[1].value)}`; break;
  }
  if (call.into) out = `stored("${call.into}", lambda out: ${out})`;
  return /^empty|^new_empty/.test(call.name) ? `shape_only(${out})` : out;
}

/** Calls that are one step simpler. */
export function simpler(call) {
  const out = [];
  const change = (edit) => {
    const copy = clone(call);
    if (edit(copy) !== false) out.push(copy);
  };
  call.args?.forEach((arg, at) => {
    if (at > 0 && !/sign/i.test(call.place)) change((copy) => void copy.args.splice(at, 1));
    if (arg.name) return;
    makersIn(arg.value).forEach((made, k) => {
      const edited = (edit) => change((copy) => edit(makersIn(copy.args[at].value)[k]));
      for (const letter of made.flags) edited((m) => void (m.flags = m.flags.replace(letter, "")));
      made.sizes.forEach((size, s) => {
        if (size > 1) edited((m) => void (m.sizes[s] = 1));
        if (size > 2) edited((m) => void (m.sizes[s] = 2));
        edited((m) => void m.sizes.splice(s, 1));
      });
      if (made.name !== "f") edited((m) => void (m.name = "f"));
    });
  });
  return out;
}

/** The calls to try: `count` for each operator and half as many in other forms and a quarter as habits have it, from its name and `seed` alone, so that a new operator changes no other's calls. */
export function drawCalls(ops, { seed = 1, count = 20, only = null }) {
  const words = new Map();
  for (const op of ops) {
    for (const sample of op.samples) for (const arg of readSample(sample)) if (arg.name && arg.value.text?.startsWith("'")) {
      words.set(arg.name, [...new Set([...(words.get(arg.name) ?? []), arg.value.text])]);
    }
  }
  const calls = [];
  for (const op of ops) {
    if (only && op.name !== only && !op.aliases.includes(only)) continue;
    if (!op.places.length && op.name !== "index") continue;
    const seen = new Set();
    const draw = (Drawer, count, kind = "") => {
      for (let k = 0, before = seen.size; k < 2 * count && seen.size - before < count; ++k) {
        const call = new Drawer(op, randomOf(`${seed} ${op.places.includes("functional") ? "F." : ""}${op.name}${op.places} ${k}${kind}`), words).call();
        if (!call || seen.has(textOf(call))) continue;
        seen.add(textOf(call));
        calls.push(call);
      }
    };
    draw(op.name === "index" ? DrawSubscript : Draw, count);
    if (op.name === "index") continue;
    draw(DrawForms, Math.ceil(count / 2), " form");
    draw(DrawHabits, Math.ceil(count / 4), " habit");
  }
  return calls;
}
