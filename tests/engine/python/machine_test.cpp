// The machine: slices, limits, recursion, generators, and that a run gives everything back.
#include <doctest/doctest.h>

#include "python_program.h"

using namespace nabla;

namespace {

constexpr const char* kMixed = R"py(
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def numbers(n):
    for i in range(n):
        try:
            got = yield i
            if got:
                print("got", got)
        finally:
            print("after", i)

class Point:
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        return Point(self.x + other.x)
    def __repr__(self):
        return f"Point({self.x})"

print(fib(10))
g = numbers(3)
print(next(g), g.send("hello"), list(g))
print(Point(1) + Point(2), sorted([3, 1, 2], key=lambda v: -v), [v * v for v in range(4)])
def passes_on():
    result = yield from numbers(2)
    return result
print(list(passes_on()))
try:
    [1][5]
except IndexError as error:
    print("caught", error)
class Five:
    def __enter__(self): return 5
    def __exit__(self, *details): print("left")
with Five() as five:
    print(five)
)py";

}  // namespace

TEST_CASE("machine: a program gives the same result however it is cut into slices") {
  const Ran whole = run_program(kMixed);
  REQUIRE(whole.error == "");
  CHECK(whole.output.find("Point(3) [3, 2, 1] [0, 1, 4, 9]") != std::string::npos);
  for (const std::uint64_t slice : {1, 2, 3, 7, 100}) {
    CAPTURE(slice);
    const Ran sliced = run_program(kMixed, slice);
    CHECK(sliced.error == "");
    CHECK(sliced.output == whole.output);
  }
}

TEST_CASE("machine: the number of steps does not depend on the slices") {
  const char* loop = "s = 0\nfor i in range(1000):\n    s += i\n";
  CHECK(run_program(loop, 1).steps == run_program(loop, 1'000'000).steps);
}

TEST_CASE("machine: an endless loop ends at the step limit, with the line in the traceback") {
  const Ran ran = run_program("x = 0\nwhile True:\n    x += 1\n", 1000, 50'000);
  CHECK(ran.error.find("line 3") != std::string::npos);
  CHECK(ran.error.find("StepLimitError: the program was stopped after 50,000 steps") != std::string::npos);
  CHECK(ran.steps == 50'000);
}

TEST_CASE("machine: nothing in the program catches the step limit, and no finally runs on") {
  const Ran ran = run_program("try:\n    while True: pass\nexcept BaseException:\n    print('caught')\nfinally:\n    print('finally')\n", 1000, 10'000);
  CHECK(ran.output == "");
  CHECK(ran.error.find("StepLimitError") != std::string::npos);
}

TEST_CASE("machine: code that native code calls counts for the step limit too") {
  const Ran ran = run_program("def slow(v):\n    for i in range(10**9): pass\nsorted([2, 1], key=slow)\n", 1000, 20'000);
  CHECK(ran.error.find("StepLimitError") != std::string::npos);
  CHECK(ran.error.find("in slow") != std::string::npos);
}

TEST_CASE("machine: endless recursion is a RecursionError, and the program can go on") {
  const Ran ran = run_program("def f(n): return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError as error:\n    print(error)\nprint('on')\n");
  CHECK(ran.output == "maximum recursion depth exceeded\non\n");
}

TEST_CASE("machine: recursion through native code ends before the stack does") {
  const Ran ran = run_program(R"py(
class A:
    def __repr__(self): return repr([self])
    def __add__(self, other): return self + other
    def __getattr__(self, name): return getattr(self, name + "x")
for attempt in (lambda: repr(A()), lambda: A() + 1, lambda: A().y, lambda: sorted([1, 2], key=lambda v: attempt())):
    try:
        attempt()
    except RecursionError:
        print("RecursionError")
)py");
  CHECK(ran.error == "");
  CHECK(ran.output == "RecursionError\nRecursionError\nRecursionError\nRecursionError\n");
}

TEST_CASE("machine: deep structures are freed") {
  const Ran ran = run_program(R"py(
chain = None
for i in range(300000):
    chain = [chain]
chain = None
class Link:
    def __init__(self, next): self.next = next
for i in range(100000):
    chain = Link(chain)
del chain
print("freed")
)py");
  CHECK(ran.error == "");
  CHECK(ran.output == "freed\n");
}

TEST_CASE("machine: a run gives back all that it took, cycles and suspended generators included") {
  constexpr const char* kCycles = R"py(
class Node:
    def __init__(self): self.me = self
    def method(self): return Node
a = [Node()]
a.append(a)
d = {"a": a}
d["d"] = d
def outer():
    def inner(): return inner
    return inner
f = outer()
def numbers():
    try:
        yield 1
        yield f
    finally:
        pass
g = numbers()
next(g)
s = {1, 2, (3, "x" * 100)}
try:
    1 / 0
except ZeroDivisionError as error:
    kept = error
class L(list): pass
l = L([1]); l.append(l)
)py";
  run_program(kCycles);  // interned names and types made on first use stay
  const std::size_t before = live_bytes();
  for (int i = 0; i < 3; ++i) {
    const Ran ran = run_program(kCycles);
    CHECK(ran.error == "");
    CHECK(live_bytes() == before);
  }
}

TEST_CASE("machine: a run that is dropped half way gives back all too") {
  const auto start = [] {
    Machine machine;
    Diagnostics diagnostics;
    const Ref<Code> code = compile("def g():\n    while True:\n        yield [1]\nfor x in g():\n    y = [x]\n", "test.py", 0, Mode::script, false, diagnostics);
    machine.start(code);
    CHECK(machine.run(5000) == RunState::running);
  };
  start();
  const std::size_t before = live_bytes();
  start();
  CHECK(live_bytes() == before);
}

TEST_CASE("machine: __main__ lasts from cell to cell, and echo shows the last expression of each") {
  Machine machine;
  std::string shown;
  machine.context = &shown;
  machine.on_result = [](void* context, const Value& value) { *static_cast<std::string*>(context) += repr(value) + "|"; };
  std::uint32_t cell = 0;
  for (const char* source : {"x = [1, 2]\nx", "x.append(3)", "x;", "# nothing", "None", "def f(): return x\nf()  # a comment", "for i in range(2): i"}) {
    Diagnostics diagnostics;
    const Ref<Code> code = compile(source, "<cell>", cell++, Mode::notebook, false, diagnostics);
    REQUIRE(code);
    machine.start(code);
    CHECK(machine.run(1000) == RunState::finished);
  }
  CHECK(shown == "[1, 2]|[1, 2, 3]|");
}

TEST_CASE("machine: a notebook cell runs up to its syntax error") {
  Diagnostics diagnostics;
  const Ref<Code> code = compile("x = 1\ny = = 2\n", "<cell 1>", 0, Mode::notebook, false, diagnostics);
  REQUIRE(code);
  CHECK(diagnostics.runs_first);
  Machine machine;
  machine.start(code);
  CHECK(machine.run(1000) == RunState::finished);
  CHECK(machine.globals().find(intern("x")));
  machine.set_error(diagnostics.error);
  CHECK(format_traceback(*machine.error()) == "  File \"<cell 1>\", line 2\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n");
}

TEST_CASE("machine: lines of IPython are blanked out, with a note") {
  Diagnostics diagnostics;
  const Ref<Code> code = compile("%matplotlib inline\nx = '''\n%kept\n'''\n!pip install torch\n", "<cell 1>", 4, Mode::notebook, false, diagnostics);
  REQUIRE(code);
  REQUIRE(diagnostics.notes.size() == 2);
  CHECK(diagnostics.notes[0].text == "line 1: %matplotlib inline is ignored");
  CHECK(diagnostics.notes[1].line == 5);
  CHECK(diagnostics.notes[1].cell == 4);
}

TEST_CASE("machine: stores are reported in code compiled with recording, module level and local apart") {
  Machine machine;
  std::string stored;
  machine.context = &stored;
  machine.on_store = [](void* context, Str* name, const Value& value, bool module_level) {
    *static_cast<std::string*>(context) += cat(name->text, module_level ? "=" : ":", repr(value), "@", Machine::current().span().line, " ");
  };
  Diagnostics diagnostics;
  const Ref<Code> code = compile("def f(a):\n    b = a + 1\n    return b\nx = f(1)\nfor i in [7]:\n    x += i\n", "t.py", 0, Mode::script, true, diagnostics);
  machine.start(code);
  CHECK(machine.run(10'000) == RunState::finished);
  CHECK(stored.find("b:2@2 x=2@4 i=7@5 x=9@6") != std::string::npos);
}

TEST_CASE("machine: a place in the program has one call path, and each way to it another") {
  Machine machine;
  static std::vector<std::uint64_t> paths;
  static std::vector<SourceSpan> spans;
  paths.clear();
  spans.clear();
  machine.globals().set(intern("here"), native("here()", [](const Value*) {
                          paths.push_back(Machine::current().call_path());
                          spans.push_back(Machine::current().span());
                          return Value::none();
                        }));
  Diagnostics diagnostics;
  const Ref<Code> code = compile("def f():\n    here()\nfor i in range(2):\n    f()\nf()\ns = '😀'; here()\n", "t.py", 3, Mode::script, false, diagnostics);
  machine.start(code);
  CHECK(machine.run(10'000) == RunState::finished);
  REQUIRE(paths.size() == 4);
  CHECK(paths[0] == paths[1]);
  CHECK(paths[0] != paths[2]);
  CHECK(spans[0].line == 2);
  CHECK(spans[0].column == 4);
  CHECK(spans[0].end_column == 10);
  CHECK(spans[0].cell == 3);
  CHECK(spans[3].column == 10);  // UTF-16: the emoji counts twice
}

TEST_CASE("Cycles that nobody holds do not pile up while a program runs") {
  constexpr const char* kRounds = R"py(
class Value:
    def __init__(self, children=()):
        self.children = set(children)
        self.backward = lambda: self

def walk(value):
    def visit(v):
        return 1 + sum(visit(child) for child in v.children)
    return visit(value)

kept = [Value() for _ in range(100)]
for _ in range(ROUNDS):
    total = walk(Value([Value([Value()]), Value()]))
print(total, all(value.backward() is value for value in kept))
)py";
  const auto most = [&](const char* rounds) {
    std::string source = kRounds;
    source.replace(source.find("ROUNDS"), 6, rounds);
    const std::size_t before = live_bytes();
    const std::size_t limit = set_memory_limit(before + 8'000'000);
    const Ran ran = run_program(source);
    set_memory_limit(limit);
    CHECK(ran.error == "");
    return ran.output;
  };
  CHECK(most("100") == "4 True\n");
  CHECK(most("20000") == "4 True\n");  // some 40 MB of cycles
}
