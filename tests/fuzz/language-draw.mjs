// Draws Python programs for `npm run fuzz -- --language`: statements and expressions from a small grammar with types, so that most of them run,
// and with a wrong type, index or name now and then, so that many end in an exception.
import { randomOf } from "./draw.mjs";
import { SHAPES } from "./language-shapes.mjs";

const WORDS = ["", "a", "ab", "Hello", "x y z", "0", "12", "-3.5", "é∇", "tab\\there", "A,b;C", "  pad ", "aaa"];
const NUMBERS = ["0", "1", "-1", "2", "3", "7", "10", "255", "1000003", "2**31", "2**64", "-(2**70)", "10**25"];
const REALS = ["0.0", "1.5", "-2.25", "0.1", "1e16", "1e-7", "3.0", "1e300", "-0.0", "123456.789", "float('inf')", "float('nan')"];
const SPECS = ["", "5", "<6", ">8", "^9", "+", "05", ",", "x", "b", "e", ".2f", ".3e", ".4g", "10.2f", "%", "_", "#x", "*^12", " "];
const TYPES = ["int", "float", "str", "bool", "list", "tuple", "dict", "set"];

class Program {
  constructor(random) {
    this.random = random;
    this.lines = [];
    this.depth = 0;
    this.names = { int: [], float: [], str: [], bool: [], list: [], tuple: [], dict: [], set: [] };
    this.functions = [];
    this.fresh = 0;
    this.looping = 0; // loops around: in them nothing may double itself
  }
  chance(p) {
    return this.random() < p;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  below(n) {
    return Math.floor(this.random() * n);
  }
  emit(line) {
    this.lines.push("    ".repeat(this.depth) + line);
  }
  name(type) {
    return `${type[0]}${++this.fresh}`;
  }
  known(type) {
    if (this.literal) return null;
    return this.names[type].length && this.chance(0.6) ? this.pick(this.names[type]) : null;
  }

  /** An expression; seldom of another type than asked for. */
  expression(type, deep = 3) {
    if (this.chance(0.02)) type = this.pick(TYPES);
    const known = this.known(type);
    if (known && (deep <= 0 || this.chance(0.4))) return known;
    return this[type](deep - 1);
  }
  items(deep, types = ["int", "str", "float", "bool"]) {
    const type = this.chance(0.8) ? this.pick(types) : null;
    return Array.from({ length: this.below(5) }, () => this.expression(type ?? this.pick(types), deep - 1));
  }

  int(deep) {
    if (deep <= 0) return this.pick(NUMBERS);
    const e = (type = "int") => this.expression(type, deep);
    return this.pick([
      () => this.pick(NUMBERS),
      () => `(${e()} ${this.pick(["+", "-", "*", "//", "%", "&", "|", "^"])} ${e()})`,
      () => `(${e()} ${this.pick(["<<", ">>"])} ${this.below(9)})`,
      () => `${this.pick(["-", "+", "~"])}${e()}`,
      () => `(${e()} ** ${this.below(5)})`,
      () => `len(${e(this.pick(["list", "str", "dict", "tuple", "set"]))})`,
      () => `${this.pick(["abs", "int", "round"])}(${e(this.pick(["int", "float", "bool"]))})`,
      () => `hash(${e("int")})`,
      () => `${this.pick(["max", "min"])}(${e()}, ${e()}, ${e()})`,
      () => `sum([${this.items(deep, ["int"]).join(", ")}])`,
      () => `int(${e("str")})`,
      () => `${e("str")}.${this.pick(["count", "find", "index", "rfind"])}(${e("str")})`,
      () => `(${e()} if ${e("bool")} else ${e()})`,
      () => `divmod(${e()}, ${e()})[${this.below(2)}]`,
      () => `pow(${e()}, ${this.below(6)}, ${this.pick(["7", "1000", "-5", "0"])})`,
      () => `(${e()}).bit_length()`,
      () => `${e("list")}[${this.below(4) - 2}]`,
      () => `(lambda a, b=2: a * b)(${e()})`,
    ])();
  }
  float(deep) {
    if (deep <= 0) return this.pick(REALS);
    const e = (type = "float") => this.expression(type, deep);
    return this.pick([
      () => this.pick(REALS),
      () => `(${e()} ${this.pick(["+", "-", "*", "/", "//", "%"])} ${e(this.pick(["float", "int"]))})`,
      () => `(${e("int")} / ${e("int")})`,
      () => `float(${e(this.pick(["int", "str", "bool"]))})`,
      () => `round(${e()}, ${this.below(5) - 1})`,
      () => `abs(${e()})`,
      () => `-${e()}`,
      () => `(${e("int")} ** -${1 + this.below(3)})`,
    ])();
  }
  bool(deep) {
    if (deep <= 0) return this.pick(["True", "False"]);
    const e = (type) => this.expression(type ?? this.pick(["int", "float", "str"]), deep);
    return this.pick([
      () => this.pick(["True", "False"]),
      () => {
        const type = this.pick(TYPES);
        return `(${e(type)} ${this.pick(["==", "!=", "<", "<=", ">", ">="])} ${e(this.chance(0.9) ? type : this.pick(TYPES))})`;
      },
      () => `(${e("bool")} ${this.pick(["and", "or"])} ${e("bool")})`,
      () => `(not ${e(this.pick(TYPES))})`,
      () => `(${e("str")} ${this.pick(["in", "not in"])} ${e(this.pick(["str", "list", "dict"]))})`,
      () => `isinstance(${e(this.pick(TYPES))}, ${this.pick(TYPES)})`,
      () => `${this.pick(["any", "all"])}(${e("list")})`,
      () => `${e("str")}.${this.pick(["isdigit", "isalpha", "isupper", "isspace", "isidentifier", "islower", "istitle"])}()`,
      () => `(${e("int")} < ${e("int")} <= ${e("float")})`,
      () => `${e("str")}.${this.pick(["startswith", "endswith"])}(${e("str")})`,
    ])();
  }
  str(deep) {
    const word = () => `${this.pick(["'", '"'])}`;
    const literal = () => {
      const quote = word();
      return `${quote}${this.pick(WORDS)}${quote}`;
    };
    if (deep <= 0) return literal();
    const e = (type = "str") => this.expression(type, deep);
    const any = () => this.expression(this.pick(TYPES), deep);
    return this.pick([
      literal,
      () => `(${e()} + ${e()})`,
      () => `(${e()} * ${this.below(4)})`,
      () => `${this.pick(["str", "repr", "ascii"])}(${any()})`,
      () => `${e()}.${this.pick(["upper", "lower", "strip", "title", "swapcase", "capitalize", "lstrip", "casefold"])}()`,
      () => `${e()}.replace(${e()}, ${e()})`,
      () => `${e()}.${this.pick(["center", "ljust", "rjust", "zfill"])}(${this.below(12)})`,
      () => `${e()}[${this.slice(deep)}]`,
      () => `${e()}.join([${this.items(deep, ["str"]).join(", ")}])`,
      () => `format(${e(this.pick(["int", "float", "str"]))}, '${this.pick(SPECS)}')`,
      () => `'{0:${this.pick(SPECS)}} {1!r}'.format(${any()}, ${any()})`,
      () => `('%${this.pick(["d", "5d", "-6d|", "s", "r", "x", "05d", ".2f", "e", "g", "+d", "10s|", "%"])}' % (${any()},))`,
      () => `${this.pick(["hex", "bin", "oct"])}(${e("int")})`,
      () => `chr(${40 + this.below(300)})`,
      () => {
        const inner = this.expression(this.pick(["int", "float", "str", "list"]), 0);
        return inner.includes("'") || inner.includes("\\") || inner.includes('"') ? literal() : `f'<{${inner}${this.pick(["", "!r", "!s", ":>8", "=", ":.3"])}}>'`;
      },
    ])();
  }
  slice(deep) {
    const part = () => (this.chance(0.4) ? "" : this.chance(0.8) ? String(this.below(7) - 3) : this.expression("int", deep - 1));
    return `${part()}:${part()}${this.chance(0.3) ? `:${this.pick(["2", "-1", "-2", "1", "0"])}` : ""}`;
  }
  list(deep) {
    if (deep <= 0) return `[${this.items(0).join(", ")}]`;
    const e = (type = "list") => this.expression(type, deep);
    return this.pick([
      () => `[${this.items(deep).join(", ")}]`,
      () => `[${this.items(deep, ["list", "tuple", "int"]).join(", ")}]`,
      () => `(${e()} + ${e()})`,
      () => `(${e()} * ${this.below(3)})`,
      () => `${e()}[${this.slice(deep)}]`,
      () => `list(${e(this.pick(["str", "tuple", "dict"]))})`,
      () => `list(range(${this.below(8)}))`,
      () => `sorted(${e(this.pick(["list", "tuple", "set"]))}${this.pick(["", ", reverse=True", ", key=str", ", key=lambda q: (str(q), 1)"])})`,
      () => `[${this.pick(["q", "q * 2", "str(q)", "(q, q)", "[q]"])} for q in ${e(this.pick(["list", "tuple", "str"]))}${this.pick(["", " if q", " if q != 'a'"])}]`,
      () => `[p * q for p in range(${this.below(4)}) for q in range(p)]`,
      () => `${e("str")}.split(${this.pick(["", "','", "' '", "'a'"])})`,
      () => `list(${this.pick(["zip", "enumerate"])}(${e(this.pick(["list", "str"]))}))`,
      () => `list(map(${this.pick(["str", "len", "repr", "lambda q: q", "bool"])}, ${e()}))`,
      () => `list(reversed(${e(this.pick(["list", "tuple"]))}))`,
      () => `[*${e(this.pick(["list", "tuple", "str"]))}, ${e("int")}]`,
      () => `sorted(${e("dict")}.${this.pick(["items", "keys", "values"])}(), key=repr)`,
    ])();
  }
  tuple(deep) {
    if (deep <= 0) return `(${this.items(0).map((item) => `${item}, `).join("")})`;
    const e = (type = "tuple") => this.expression(type, deep);
    return this.pick([
      () => `(${this.items(deep).map((item) => `${item}, `).join("")})`,
      () => `(${e()} + ${e()})`,
      () => `tuple(${e(this.pick(["list", "str", "dict"]))})`,
      () => `${e()}[${this.slice(deep)}]`,
      () => `${e("str")}.partition(${e("str")})`,
      () => `divmod(${e("int")}, ${e("int")})`,
    ])();
  }
  dict(deep) {
    const entry = () => `${this.expression(this.pick(["str", "int", "bool"]), deep - 1)}: ${this.expression(this.pick(["int", "str", "list"]), deep - 1)}`;
    const plain = () => `{${Array.from({ length: this.below(4) }, entry).join(", ")}}`;
    if (deep <= 0) return plain();
    const e = (type = "dict") => this.expression(type, deep);
    return this.pick([
      plain,
      () => `{q: ${this.pick(["1", "str(q)", "q * 2"])} for q in ${e(this.pick(["list", "str", "tuple"]))}}`,
      () => `dict(zip(${e("str")}, ${e("list")}))`,
      () => `{**${e()}, ${entry()}}`,
      () => `(${e()} | ${e()})`,
      () => `dict.fromkeys(${e("str")}, ${e("int")})`,
    ])();
  }
  set(deep) {
    const items = () => Array.from({ length: 1 + this.below(4) }, () => String(this.below(12))); // of others the order is CPython's business
    if (deep <= 0) return `{${items().join(", ")}}`;
    return this.pick([
      () => `{${items().join(", ")}}`,
      () => `(${this.expression("set", deep)} ${this.pick(["|", "&", "-", "^"])} ${this.expression("set", deep)})`,
      () => `set(range(${this.below(6)}))`,
    ])();
  }

  /** Sets are printed sorted: their order is CPython's business only for small integers. */
  shown(type) {
    return type === "set" ? `sorted(${this.expression(type)}, key=repr)` : this.expression(type);
  }

  block(count = 1 + this.below(3)) {
    ++this.depth;
    const kept = structuredClone(this.names);
    for (let i = 0; i < count; ++i) this.statement();
    this.names = kept; // what a branch or a function set may not be there
    --this.depth;
  }

  statement() {
    if (this.lines.length > 40) return this.emit(`print(${this.shown(this.pick(TYPES))})`);
    const nested = this.depth < 3;
    const kinds = [this.assign, this.assign, this.print, this.print, this.augment, this.change, this.unpack];
    if (this.depth === 0 && this.chance(0.25)) return this.pick(SHAPES)(this);
    if (nested) kinds.push(this.branch, this.loop, this.attempt, this.define, this.makeClass, this.matching, this.generator);
    this.pick(kinds).call(this);
  }
  assign() {
    const type = this.pick(TYPES);
    const name = !this.looping && this.chance(0.3) && this.names[type].length ? this.pick(this.names[type]) : this.name(type);
    this.emit(`${name} = ${this.expression(type)}`);
    if (!this.names[type].includes(name)) this.names[type].push(name);
  }
  print() {
    const count = 1 + this.below(3);
    this.emit(`print(${Array.from({ length: count }, () => this.shown(this.pick(TYPES))).join(", ")})`);
  }
  /** Where a loop may run it many times, without names, so that no value grows on itself. */
  careful(action) {
    const before = this.literal;
    this.literal = this.looping > 0;
    action.call(this);
    this.literal = before;
  }
  augment() {
    this.careful(this.augmentNow);
  }
  augmentNow() {
    const type = this.pick(["int", "float", "str", "list"]);
    if (!this.names[type].length) return this.assign();
    const sign = { int: ["+=", "-=", "*=", "//=", "%=", "|="], float: ["+=", "*=", "/="], str: ["+=", "*="], list: ["+=", "*="] }[type];
    const chosen = this.pick(this.looping ? sign.filter((one) => one !== "*=") : sign);
    this.emit(`${this.pick(this.names[type])} ${chosen} ${chosen === "*=" && type !== "float" && type !== "int" ? this.below(3) : this.expression(type, 1)}`);
  }
  change() {
    this.careful(this.changeNow);
  }
  changeNow() {
    const type = this.pick(["list", "dict", "set"]);
    if (!this.names[type].length) return this.assign();
    const name = this.pick(this.names[type]), e = (kind) => this.expression(kind, 1);
    const ways = {
      list: [`append(${e("int")})`, `insert(${this.below(3)}, ${e("str")})`, "pop()", `extend(${e("list")})`, "reverse()", `remove(${e("int")})`, "sort()", "sort(key=str)", "copy()", `index(${e("int")})`, "clear()"],
      dict: [`setdefault(${e("str")}, ${e("int")})`, `update(${e("dict")})`, `pop(${e("str")}, None)`, `get(${e("str")})`, "popitem()", `pop(${e("int")})`],
      set: [`add(${e("int")})`, `discard(${e("int")})`, `remove(${e("int")})`, `update(${e("set")})`],
    }[type];
    if (type === "list" && this.chance(0.3)) return this.emit(`${name}[${this.chance(0.5) ? this.below(4) - 2 : this.slice(1)}] = ${e("list")}`);
    if (type === "dict" && this.chance(0.3)) return this.emit(`${name}[${e(this.pick(["str", "int", "tuple"]))}] = ${e("int")}`);
    if (this.chance(0.1)) return this.emit(`del ${name}[${this.below(3)}]`);
    this.emit(`print(${name}.${this.pick(ways)})`);
  }
  unpack() {
    const type = this.pick(["list", "tuple", "str"]);
    const a = this.name("int"), b = this.name("list");
    this.emit(`${this.pick([`${a}, *${b}`, `*${b}, ${a}`, `${a}, (*${b},)`, `${a}, ${b}`])} = ${this.expression(type)}`);
    this.emit(`print(${a}, ${b})`);
  }
  branch() {
    this.emit(`if ${this.expression("bool")}:`);
    this.block();
    if (this.chance(0.3)) {
      this.emit(`elif ${this.expression(this.pick(TYPES))}:`);
      this.block();
    }
    if (this.chance(0.5)) {
      this.emit("else:");
      this.block();
    }
  }
  loop() {
    ++this.looping;
    this.loopNow();
    --this.looping;
  }
  loopNow() {
    if (this.chance(0.3)) {
      const n = this.name("int");
      this.emit(`${n} = ${this.below(4)}`);
      this.emit(`while ${n} > 0:`);
      this.emit(`    ${n} -= 1`);
    } else {
      const [target, source] = this.pick([
        [this.name("x"), `${this.expression("list")}[:6]`],
        [this.name("x"), `${this.expression("str")}[:6]`],
        [`${this.name("x")}, ${this.name("y")}`, `enumerate(${this.expression("list")}[:6])`],
        [`${this.name("x")}, ${this.name("y")}`, `list(${this.expression("dict")}.items())[:6]`],
        [this.name("x"), `range(${this.below(4)})`],
      ]);
      this.emit(`for ${target} in ${source}:`);
      this.emit(`    print(${target})`);
    }
    this.block(1 + this.below(2));
    if (this.chance(0.2)) this.emit(`    ${this.pick(["break", "continue"])}`);
    if (this.chance(0.2)) {
      this.emit("else:");
      this.block(1);
    }
  }
  attempt() {
    this.emit("try:");
    this.block();
    if (this.chance(0.2)) this.emit(`    raise ${this.pick(["ValueError('v')", "KeyError('k')", "RuntimeError('r', 1)", "ZeroDivisionError"])}`);
    const error = this.name("e");
    this.emit(`except ${this.pick(["Exception", "(ValueError, TypeError)", "ZeroDivisionError", "LookupError", "ArithmeticError"])} as ${error}:`);
    this.emit(`    print(type(${error}).__name__, ${error})`);
    if (this.chance(0.3)) {
      this.emit("else:");
      this.block(1);
    }
    if (this.chance(0.3)) {
      this.emit("finally:");
      this.block(1);
    }
  }
  define() {
    const name = `f${++this.fresh}`;
    const kept = structuredClone(this.names);
    this.emit(`def ${name}(a, b=${this.expression("int", 0)}, *args, key=${this.expression("str", 0)}, **options):`);
    this.names.int.push("a", "b");
    this.names.tuple.push("args");
    this.names.str.push("key");
    this.names.dict.push("options");
    this.block();
    ++this.depth;
    this.emit(`return ${this.expression(this.pick(TYPES))}`);
    --this.depth;
    this.names = kept;
    const e = (type) => this.expression(type, 1);
    const call = this.pick([`${e("int")}`, `${e("int")}, ${e("int")}`, `a=${e("int")}, key=${e("str")}`, `*${e("tuple")}`, `${e("int")}, 2, 3, z=${e("int")}`, `${e("int")}, **${e("dict")}`, ""]);
    this.emit(`print(repr(${name}(${call})))`);
  }
  generator() {
    const name = `g${++this.fresh}`;
    this.emit(`def ${name}(n):`);
    this.emit("    for i in range(n):");
    this.emit(`        got = yield ${this.pick(["i", "i * i", "str(i)", "(i, n)"])}`);
    this.emit("        if got:");
    this.emit("            print('got', got)");
    this.emit(`    return ${this.expression("int", 1)}`);
    this.emit(this.pick([`print(list(${name}(${this.below(5)})))`, `it = ${name}(3); print(next(it), it.send('s'), list(it))`, `print(sum(len(str(v)) for v in ${name}(4)))`, `print([*${name}(2)], dict(enumerate(${name}(2))))`]));
  }
  makeClass() {
    const name = `C${++this.fresh}`;
    const lines = [`class ${name}${this.pick(["", "(list)", "(dict)", "(Exception)", "(int)"])}:`, "    label = 'c'"];
    const own = this.pick(["self.v", "1", "self.label"]);
    lines.push("    def __init__(self, v=1):", "        self.v = v");
    const methods = [
      ["__repr__(self)", `return f'${name}<{self.v}>'`],
      ["__add__(self, other)", `return ${name}(self.v + (other.v if isinstance(other, ${name}) else other))`],
      ["__radd__(self, other)", "return ('r', other)"],
      ["__eq__(self, other)", `return isinstance(other, ${name}) and self.v == other.v`],
      ["__lt__(self, other)", "return self.v < other.v"],
      ["__len__(self)", "return 3"],
      ["__getitem__(self, i)", `return (i, ${own}) if i != 3 else [][i]`],
      ["__contains__(self, x)", "return x == self.v"],
      ["__call__(self, *a)", "return a + (self.v,)"],
      ["__bool__(self)", "return self.v != 0"],
      ["__getattr__(self, n)", "return n.upper() if not n.startswith('_') else object.__getattribute__(self, n)"],
      ["__format__(self, spec)", "return f'[{spec}]'"],
      ["__iter__(self)", "return iter([self.v, 2])"],
      ["__hash__(self)", "return 7"],
    ].filter(() => this.chance(0.45));
    for (const [head, body] of methods) lines.push(`    def ${head}:`, `        ${body}`);
    lines.forEach((line) => this.emit(line));
    const c = `c${this.fresh}`;
    this.emit(`${c} = ${name}(${this.expression("int", 1)})`);
    const uses = [`${c}`, `${c} + 1`, `1 + ${c}`, `${c} == ${name}(1)`, `len(${c})`, `${c}[0]`, `2 in ${c}`, `${c}(5)`, `bool(${c})`, `${c}.label`, `${c}.missing`, `f'{${c}:>4}'`, `list(${c})`, `sorted([${c}, ${name}(0)])`, `{${c}: 1}`, `max(${c}, ${name}(2))`, `isinstance(${c}, ${name})`];
    for (let i = 0; i < 3; ++i) {
      this.emit("try:");
      this.emit(`    print(repr(${this.pick(uses)}).split(' at 0x')[0])`);
      this.emit("except Exception as error:");
      this.emit("    print(type(error).__name__, error)");
    }
  }
  matching() {
    this.emit(`match ${this.expression(this.pick(TYPES))}:`);
    const patterns = ["0 | 1", "int(n) if n > 5", "[]", "[x]", "[x, *rest]", "(x, y)", "{'a': v}", "{**rest}", "str() as s", "'a' | 'ab'", "float()", "None", "True", "list() | tuple()", "[int(), str() as s]"];
    for (let i = 0; i < 2; ++i) {
      this.emit(`    case ${this.pick(patterns)}:`);
      this.emit(`        print('case ${i}')`);
    }
    this.emit("    case _:");
    this.emit("        print('other')");
  }
}

/** `count` programs: [{seed, text}]. The same seed gives the same program. */
export function drawPrograms({ seed = 1, count = 100 }) {
  return Array.from({ length: count }, (_, i) => {
    const program = new Program(randomOf(`language ${seed} ${i}`));
    const length = 3 + program.below(7);
    for (let n = 0; n < length; ++n) program.statement();
    return { seed: `${seed}.${i}`, lines: program.lines };
  });
}
