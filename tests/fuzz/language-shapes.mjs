// The larger shapes that the language fuzzer draws: classes that inherit, generators that are sent to and closed, context managers, closures,
// arguments with stars, patterns with guards, formats. Each takes a Program of language-draw.mjs and emits statements.

const all = (p, list, chance) => list.filter(() => p.chance(chance));

/** Emits lines one level deeper than they are written. */
function emitAll(p, lines) {
  for (const line of lines) p.emit(line);
}

/** An attempt to print some expressions, with the exception that each ends in. */
function attempt(p, expressions) {
  for (const expression of expressions) {
    p.emit("try:");
    p.emit(`    print(${expression})`);
    p.emit("except Exception as error:");
    p.emit("    print(type(error).__name__, error)");
  }
}

function inheritance(p) {
  const n = ++p.fresh;
  const [A, B, C, D] = ["A", "B", "C", "D"].map((letter) => letter + n);
  const value = () => p.expression(p.pick(["int", "str", "float"]), 1);
  emitAll(p, [
    `class ${A}:`,
    `    kind = ${value()}`,
    "    count = 0",
    "    def __init__(self, x, *rest, scale=1):",
    "        self.x, self.rest, self.scale = x, rest, scale",
    "        type(self).count += 1",
    "    def who(self): return ['A']",
    ...all(p, ["    @property", "    def double(self): return self.x * 2"], 1),
    ...(p.chance(0.5) ? ["    @double.setter", "    def double(self, v): self.x = v / 2"] : []),
    ...(p.chance(0.5) ? ["    @classmethod", "    def make(cls, *a, **k): return cls(*a, **k)"] : []),
    ...(p.chance(0.5) ? ["    @staticmethod", "    def plus(a, b=3): return a + b"] : []),
    ...(p.chance(0.4) ? ["    def __getattr__(self, name):", "        if name.startswith('z'): return name", "        raise AttributeError(f'no {name}')"] : []),
    ...(p.chance(0.3) ? ["    def __setattr__(self, name, v):", "        object.__setattr__(self, name, (v, 's') if name == 'tag' else v)"] : []),
    ...(p.chance(0.3) ? ["    __slots__ = ('x', 'rest', 'scale')"] : []),
    `class ${B}(${A}):`,
    `    def who(self): return ${p.pick(["['B'] + super().who()", `['B'] + super(${B}, self).who()`, `${A}.who(self) + ['B']`])}`,
    ...(p.chance(0.4) ? ["    def __init__(self, x, y=0, **k):", "        super().__init__(x, y, **k)", "        self.y = y"] : []),
    `class ${C}(${p.pick([A, A, B])}):`,
    "    def who(self): return ['C'] + super().who()",
    ...(p.chance(0.5) ? ["    def __eq__(self, other): return isinstance(other, type(self)) and self.x == other.x"] : []),
    ...(p.chance(0.5) ? ["    def __repr__(self): return f'{type(self).__name__}({self.x!r})'"] : []),
    "try:",
    `    class ${D}(${p.pick([`${B}, ${C}`, `${C}, ${B}`, `${B}, ${A}`, `${A}, ${B}`, `${C}`])}):`,
    "        def who(self): return ['D'] + super().who()",
    "except TypeError as error:",
    `    print(error); ${D} = ${C}`,
    `print([k.__name__ for k in ${D}.__mro__])`,
    "try:",
    `    o = ${p.pick([A, B, C, D])}(${p.pick([value(), `${value()}, ${value()}`, `${value()}, scale=${value()}`, `x=${value()}`, "", `${value()}, wrong=1`])})`,
    "except TypeError as error:",
    `    print(error); o = ${A}(5)`,
  ]);
  const uses = ["o.who()", "o.x, o.rest, o.scale", "o.double", "o.kind", `${A}.count, ${D}.count`, "o.missing", "o.zebra", "o.make(2).x", "o.plus(1)", `${D}.plus(1, b=2)`, `o == ${C}(5)`, "repr(o).split(' at ')[0]",
    `isinstance(o, ${B}), issubclass(${D}, ${A})`, "o.y", `hash(o) == hash(o)`, `${A}.who(o)`, `${A}.who()`, "setattr(o, 'double', 8), o.x", "setattr(o, 'tag', 1), o.tag", "hasattr(o, 'zoo'), hasattr(o, 'who'), getattr(o, 'q', None)",
    "delattr(o, 'x'), o.x", "o.count", "callable(o), callable(o.who)", `${D}.__name__, ${D}.__bases__[0].__name__`];
  attempt(p, Array.from({ length: 6 }, () => p.pick(uses)));
}

function generators(p) {
  const g = `g${++p.fresh}`;
  const stop = p.pick(["return n", "return", "raise ValueError('end')", "raise StopIteration(3)", "pass"]);
  emitAll(p, [
    `def inner${g}(n):`,
    "    total = 0",
    "    try:",
    "        for n in range(n, 0, -1):",
    `            got = yield ${p.pick(["n", "total", "(n, total)"])}`,
    "            total += got if isinstance(got, int) else 1",
    p.pick(["    except ValueError as error:", "    except (KeyError, ValueError) as error:", "    except GeneratorExit as error:"]),
    "        print('caught', type(error).__name__)",
    `        ${p.pick(["yield 'again'", "raise", "raise KeyError('new') from error", "pass"])}`,
    "    finally:",
    "        print('closed', n)",
    `    ${stop}`,
    `def ${g}(n):`,
    "    yield 'start'",
    `    result = ${p.pick([`yield from inner${g}(n)`, `yield from list(inner${g}(n))`, `yield from inner${g}(n - 1)`])}`,
    "    print('result', result)",
    "    yield result",
    `it = ${p.pick([g, `inner${g}`])}(${p.below(5)})`,
  ]);
  const uses = ["next(it)", "it.send(5)", "it.send(None)", "it.throw(ValueError('v'))", "it.throw(KeyError('k'))", "it.close()", "list(it)", "next(it, 'none')", "[x for x in it]", "sum(1 for _ in it)"];
  for (let i = 0; i < 5; ++i) {
    p.emit("try:");
    p.emit(`    print(${p.pick(uses)})`);
    p.emit("except (Exception, StopIteration) as error:");
    p.emit("    print(type(error).__name__, error, type(error.__cause__).__name__, type(error.__context__).__name__)");
  }
}

function managers(p) {
  const n = ++p.fresh;
  emitAll(p, [
    `class M${n}:`,
    "    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow",
    "    def __enter__(self):",
    "        print('enter', self.name)",
    `        ${p.pick(["return self", "return self.name", "pass", "raise RuntimeError('in enter') if self.name == 'b' else KeyError('e')"])}`,
    "    def __exit__(self, kind, error, trace):",
    "        print('exit', self.name, kind.__name__ if kind else None, error)",
    `        ${p.pick(["return self.swallow", "return kind is ZeroDivisionError", "return None", "raise ValueError('in exit')"])}`,
    `def f${n}(n):`,
    "    for i in range(3):",
    "        try:",
    `            with M${n}('a', ${p.pick(["True", "False"])}) as a, M${n}('b') as b:`,
    `                print('body', i, isinstance(a, M${n}), type(b).__name__)`,
    `                ${p.pick(["if i == n: break", "if i == n: continue", "if i == n: return 'out'", "1 / (i - n)", "raise KeyError(i)", "pass"])}`,
    "        except (ZeroDivisionError, KeyError) as error:",
    "            print('caught', type(error).__name__, error)",
    `            ${p.pick(["pass", "raise TypeError('t') from error", "raise", "continue", "break"])}`,
    "        else:",
    "            print('else')",
    "        finally:",
    `            print('finally', i)`,
    `            ${p.pick(["pass", "pass", "pass", "if i == 1: break", "if i == 2: return 'from finally'"])}`,
    "    else:",
    "        print('loop else')",
    "    return 'end'",
  ]);
  attempt(p, [`f${n}(${p.below(4)})`, `f${n}(${p.below(3)})`]);
}

function closures(p) {
  const n = ++p.fresh;
  emitAll(p, [
    `def outer${n}(start=${p.expression("int", 1)}, *, step=${p.pick(["1", "2", "-1"])}):`,
    "    count, log = start, []",
    "    def up(by=step):",
    `        ${p.pick(["nonlocal count", "nonlocal count", "global count", "pass"])}`,
    "        count = count + by",
    "        log.append(count)",
    "        return count",
    `    ${p.pick(["def show(): return count, log", "show = lambda: (count, log)", "show = lambda c=count: (c, log)"])}`,
    `    ${p.pick(["del log", "pass", "pass", "pass"])}`,
    "    return up, show",
    `fs${n} = ${p.pick(["[lambda: i for i in range(3)]", "[lambda i=i: i for i in range(3)]", "[(lambda k: lambda: k)(i) for i in range(3)]"])}`,
  ]);
  attempt(p, [`[f() for f in fs${n}]`, `[f() for f in outer${n}(${p.pick(["", "5", "step=3", "1, 2", "'a'"])})]`, `(lambda up, show: (up(), up(10), show()))(*outer${n}())`, `outer${n}.__defaults__, outer${n}.__kwdefaults__, outer${n}.__name__`]);
}

function stars(p) {
  const n = ++p.fresh;
  const parameters = p.pick(["a, b=2, *args, c, d=4, **more", "a, /, b, *, c=3", "*args, **more", "a, b, c=3", "a, b=1, /, **more", "*, c, d=2"]);
  const shown = ["a", "b", "args", "c", "d", "more"].filter((name) => new RegExp(`\\b${name}\\b`).test(parameters));
  p.emit(`def s${n}(${parameters}): return (${shown.join(", ")},)`);
  const argument = () => p.pick(["1", "2", "*[1, 2]", "*'ab'", "**{'c': 7}", "**{'a': 0}", "b=5", "c=6", "d=7", "*range(3)", "z=9", "*()", "**{}"]);
  const inOrder = (list) => [...list.filter((x) => !/^\*\*|=/.test(x)), ...list.filter((x) => /^\w=/.test(x)), ...list.filter((x) => x.startsWith("**"))].filter((x, i, a) => !/^\w=/.test(x) || a.indexOf(x) === i);
  attempt(p, Array.from({ length: 4 }, () => `s${n}(${inOrder(Array.from({ length: p.below(5) }, argument)).join(", ")})`));
  const target = p.pick(["a, *b", "*a, b", "a, *b, c", "a, (b, *c)", "[a, b], c", "a, b", "(a), b", "*a,", "a, *b, c, d"]);
  const names = [...new Set(target.match(/[a-d]/g))].join(", ");
  p.emit("try:");
  p.emit(`    ${target} = ${p.pick(["1, 2, 3", "'xyz'", "[1, [2, 3]]", "range(4)", "(1, 'ab')", "{1: 2, 3: 4}", "5", "[]", "[[1, 2], 3]", "iter('ab')"])}`);
  p.emit(`    print(${names})`);
  p.emit("except Exception as error:");
  p.emit("    print(type(error).__name__, error)");
}

function patterns(p) {
  const n = ++p.fresh;
  const subject = p.pick([`P${n}(1, 2)`, `P${n}(1, [2, 3])`, `P${n}(y=4, x='s')`, "[1, [2, 3], {'k': 5}]", "{'op': 'add', 'args': [1, 2]}", "('go', 'north', 3)", "'text'", "3.5", "None", "[1, 2, 3, 4]", "{}", "(True, False)", "range(3)", p.expression(p.pick(["list", "dict", "tuple", "str"]), 1)]);
  const pattern = () => p.pick([`P${n}(x=0)`, `P${n}(1, y)`, `P${n}(x, [a, *_])`, `P${n}() as whole`, "[1, [a, b], {'k': c}]", "{'op': str(op), 'args': [*xs]}", "{'op': 'add', **rest}", "('go', ('north' | 'south') as d, int(k))", "str(s)", "int() | float()", "None", "[first, *middle, last]", "[_, _]",
    "[]", "(True, b)", "{'k': _}", "{}", "[x, y] if x == y", "x if isinstance(x, str) and len(x) > 2", "-1 | 3.5", "'a' 'b'", `P${n}.ORIGIN`, "list([a])", "dict()", "tuple((a, b))"]);
  emitAll(p, [
    `class P${n}:`,
    "    __match_args__ = ('x', 'y')",
    "    ORIGIN = 'text'",
    "    def __init__(self, x=0, y=0): self.x, self.y = x, y",
    `def m${n}(subject):`,
    "    match subject:",
    ...Array.from({ length: 4 }, (_, i) => [`        case ${pattern()}:`, `            return ${i}, sorted((k, v) for k, v in locals().items() if k not in ('subject', 'whole'))`]).flat(),
    ...(p.chance(0.5) ? ["        case _:", "            return 'other'"] : []),
  ]);
  attempt(p, [`m${n}(${subject})`, `m${n}(${p.pick(["[1, 2]", "'ab'", `P${n}()`, "{'op': 'add'}", "(True, 1)"])})`]);
}

function formats(p) {
  const value = () => p.expression(p.pick(["int", "float", "str", "bool"]), 0);
  const spec = () => `${p.pick(["", "", "*", "0", " "])}${p.pick(["", "<", ">", "^", "="])}${p.pick(["", "+", "-", " "])}${p.pick(["", "", "#"])}${p.pick(["", "0"])}${p.pick(["", "8", "12", "3"])}${p.pick(["", ",", "_", ""])}${p.pick(["", ".0", ".1", ".3", ".10"])}${p.pick(["", "d", "f", "e", "g", "s", "%", "x", "X", "b", "o", "c", "n", "E", "G", "F"])}`;
  const percent = () => `%${p.pick(["", "-", "0", "+", " ", "#"])}${p.pick(["", "5", "10"])}${p.pick(["", ".2", ".0", ".5"])}${p.pick(["d", "s", "r", "f", "e", "g", "x", "o", "c", "i", "X", "a"])}`;
  attempt(p, [
    `format(${value()}, ${JSON.stringify(spec())})`,
    `format(${value()}, ${JSON.stringify(spec())})`,
    `${JSON.stringify(`[{:${spec()}}] [{0}]`)}.format(${value()})`,
    `${JSON.stringify(`[{a:${spec()}}] [{b!r:>9}] [{0[0]}] {c.real}`)}.format(${p.pick(["'xyz'", "[1]", "{0: 5}"])}, a=${value()}, b=${value()}, c=${p.pick(["3", "2.5", "True"])})`,
    `${JSON.stringify(`<${percent()}> <${percent()}>`)} % (${value()}, ${value()})`,
    `${JSON.stringify(`%(k)${percent().slice(1)}|%%`)} % {'k': ${value()}}`,
    `f"{${value().replaceAll('"', "'").replaceAll("\\", "")}:{${p.pick(["5", "10", "'>8'"])}}}"`,
  ]);
}

/** Every shape draws about as much as ten statements. */
export const SHAPES = [inheritance, generators, managers, closures, stars, patterns, formats];
