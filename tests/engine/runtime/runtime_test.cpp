// Runs from the door: output, cells, errors, limits, and that nothing is left behind.
#include "runtime/runtime.h"

#include <doctest/doctest.h>

#include "base/object.h"
#include "ops/opdef.h"
#include "program.h"

using namespace nabla;
using program::notebook;
using program::Result;
using program::run;
using program::script;

namespace {

std::string line_of(const Result& result) { return std::to_string(static_cast<int>(result.trace["error"]["span"]["line"].number)); }

}  // namespace

TEST_CASE("runtime: the tutorial's cells give the outputs that the tutorial shows") {
  const Result result = run(notebook({
      "import torch\n\nx = torch.tensor([2.0])\n\n# Identify the parameters that you need to compute gradients for\n# and set requires_grad=True\n"
      "w1 = torch.tensor([1.0], requires_grad=True)\nw2 = torch.tensor([3.0], requires_grad=True)\nb = torch.tensor([4.0], requires_grad=True)\n"
      "# You will see why we used an intermediate variable z here.\nz = w1 * torch.pow(x, 2) + w2 * x\ny = z + b\ny",
      "# Compute backpropagation\ny.backward()",
      "# Gradient w.r.t. w1, w2, and b are stored in .grad of the tensors\nprint(w1.grad)  # dy/dw1\nprint(w2.grad)  # dy/dw2\nprint(b.grad)    # dy/db",
      "print(z.grad)  # dy/dz",
      "# === Your code here ===",
  }));
  CHECK(result.status == Status::done);
  const auto outputs = [&](int cell) {
    std::vector<std::string> out;
    for (const auto& output : result.trace["cells"][cell]["outputs"].items) out.push_back(output["kind"].text + ": " + output["text"].text);
    return out;
  };
  using Texts = std::vector<std::string>;
  CHECK(outputs(0) == Texts{"result: tensor([14.], grad_fn=<AddBackward0>)\n"});
  CHECK(outputs(1) == Texts{});
  CHECK(outputs(2) == Texts{"stdout: tensor([4.])\ntensor([2.])\ntensor([1.])\n"});
  const Texts last = outputs(3);
  REQUIRE(last.size() == 2);
  CHECK(last[0] ==
        "warning: <cell 4>:1: UserWarning: The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute "
        "won't be populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, use "
        ".retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor "
        "instead. See github.com/pytorch/pytorch/pull/30531 for more informations.\n  print(z.grad)  # dy/dz\n");
  CHECK(last[1] == "stdout: None\n");
  CHECK(outputs(4) == Texts{});
}

TEST_CASE("runtime: a script prints and does not echo; an error in its syntax stops it before it starts") {
  CHECK(run(script("1 + 1\nprint('a')\n")).out == "a\n");
  const Result broken = run(script("print('a')\nx = (\n"));
  CHECK(broken.out == "");
  CHECK(broken.status == Status::error);
  CHECK(broken.trace["error"]["kind"].text == "SyntaxError");
  CHECK(line_of(broken) == "2");
  CHECK(broken.trace["cells"][0]["status"].text == "error");
}

TEST_CASE("runtime: while someone writes at a script, what stands above a mistake in its syntax runs, and no more") {
  Document document = script("print('a')\nx = 2\nif x:\n    print('b')\ny = (\nprint('never')\n");
  document.live = true;
  const Result broken = run(document);
  CHECK(broken.out == "a\nb\n");
  CHECK(broken.status == Status::error);
  CHECK(broken.trace["error"]["kind"].text == "SyntaxError");
  CHECK(line_of(broken) == "5");
  document.cells[0].source = "1 + 1\nprint('a')\n";
  CHECK(run(document).out == "a\n");
  document.cells[0].source = "print('a')\nfor i in range(2):\n    print(f'{i')\n";
  CHECK(run(document).out == "a\n");
}

TEST_CASE("runtime: a broken cell keeps the results of those before it, and those after it wait") {
  const Result result = run(notebook({"import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny", "1 / 0", "print('never')"}));
  CHECK(result.out == "tensor(4., grad_fn=<MulBackward0>)\n");
  CHECK(result.trace["cells"][0]["status"].text == "done");
  CHECK(result.trace["cells"][1]["status"].text == "error");
  CHECK(result.trace["cells"][2]["status"].text == "waiting");
  CHECK(result.tensor("y")["value"]["values"].numbers() == std::vector<double>{4});
}

TEST_CASE("runtime: Markdown cells are counted, and not run") {
  Document document = notebook({"# Not Python: ∇", "'😀' + missing"});
  document.cells[0].kind = Document::Cell::Kind::markdown;
  const Result result = run(document);
  CHECK(result.trace["cells"][0]["status"].text == "markdown");
  CHECK(result.trace["error"]["traceback"].text ==
        "Traceback (most recent call last):\n  File \"<cell 2>\", line 1, in <module>\n    '😀' + missing\n          ^^^^^^^\nNameError: name 'missing' is not defined\n");
  const auto& span = result.trace["error"]["span"];
  CHECK(span["cell"].number == 1);
  CHECK(span["column"].number == 7);  // in UTF-16 units: the face counts twice
  CHECK(span["endColumn"].number == 14);
}

TEST_CASE("runtime: an error names its class, message, place and traceback") {
  const Result result = run(script("import torch\ndef f(x):\n    return x @ x\nf(torch.ones(2, 3))\n"));
  const auto& error = result.trace["error"];
  CHECK(error["kind"].text == "RuntimeError");
  CHECK(error["message"].text == "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
  CHECK(line_of(result) == "3");
  CHECK(result.err == error["traceback"].text);
  CHECK(error["traceback"].text ==
        "Traceback (most recent call last):\n  File \"a.py\", line 4, in <module>\n    f(torch.ones(2, 3))\n  File \"a.py\", line 3, in f\n"
        "    return x @ x\n           ~~^~~\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)\n");
}

TEST_CASE("runtime: sys.exit() ends a run, well or with a status") {
  CHECK(run(script("import sys\nprint(1)\nsys.exit()\nprint(2)\n")).status == Status::done);
  Runtime runtime;
  runtime.open(script("import sys\nsys.exit(3)\n"));
  CHECK(runtime.step(1000) == Status::error);
  CHECK(runtime.exit_status() == 3);
  CHECK(runtime.take_output().empty());
  const Result text = run(script("import sys\nsys.exit('no data')\n"));
  CHECK(text.err == "no data\n");
}

// ---------------------------------------------------------------------------------------------------------------- limits

TEST_CASE("limits: an endless loop ends as StepLimitError at its line") {
  const Result result = run(script("x = 1\nwhile True:\n    try:\n        x = x + 1\n    except:\n        pass\n"), {.steps = 10'000});
  CHECK(result.trace["error"]["kind"].text == "StepLimitError");
  CHECK(result.trace["error"]["span"]["line"].number >= 2);
  CHECK(result.trace["error"]["span"]["line"].number <= 4);
  CHECK(result.trace["steps"].number >= 10'000);
  CHECK(result.trace["steps"].number < 10'100);
}

TEST_CASE("limits: a loop inside native code is counted too") {
  const Result result = run(script("sorted(range(100), key=lambda x: [None for i in range(10**9)])\n"), {.steps = 50'000});
  CHECK(result.trace["error"]["kind"].text == "StepLimitError");
}

TEST_CASE("limits: memory, of objects and of tensors, ends as MemoryError at its line") {
  for (const char* source : {"x = []\nwhile True:\n    x.append([1, 2, 3])\n", "import torch\nx = []\nwhile True: x.append(torch.zeros(1000))\n",
                             "x = 'a'\nwhile True:\n    x = x + x\n", "x = [0]\nwhile True:\n    x = x + x\n"}) {
    CAPTURE(source);
    const Result result = run(script(source), {.memory = 8 * 1024 * 1024});
    CHECK(result.trace["error"]["kind"].text == "MemoryError");
    CHECK(result.trace["error"]["span"]["line"].number >= 2);
    CHECK(result.trace["error"]["span"]["line"].number <= 3);
  }
  const Result big = run(script("import torch\ntorch.zeros(10000, 10000)\n"), {.memory = 8 * 1024 * 1024});
  CHECK(line_of(big) == "2");
}

TEST_CASE("limits: recursion ends as RecursionError, which the program may catch") {
  const Result deep = run(script("def f(n):\n    return f(n + 1)\nf(0)\n"));
  CHECK(deep.trace["error"]["kind"].text == "RecursionError");
  CHECK(deep.trace["error"]["message"].text == "maximum recursion depth exceeded");
  CHECK(line_of(deep) == "2");
  CHECK(run(script("def f(n): return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError:\n    print('caught')\n")).out == "caught\n");
  const Result low = run(script("def f(n): return n and f(n - 1)\nf(40)\nprint('forty')\nf(60)\n"), {.recursion = 50});
  CHECK(low.out == "forty\n");
  CHECK(low.trace["error"]["kind"].text == "RecursionError");
}

TEST_CASE("limits: recursion through native code does not overflow the stack") {
  for (const char* source : {"class A:\n    def __repr__(self): return repr(self)\nrepr(A())\n", "x = []\nx.append(x)\nprint(x)\nf = lambda x: sorted([1], key=f)\nf(1)\n",
                             "class A:\n    def __add__(self, other): return self + other\nA() + A()\n", "x = []\nfor i in range(100000): x = [x]\nprint(x)\n",
                             "x = ()\nfor i in range(100000): x = (x,)\nhash(x)\n"}) {
    CAPTURE(source);
    CHECK(run(script(source), {.recursion = 100'000}).trace["error"]["kind"].text == "RecursionError");
  }
}

TEST_CASE("limits: output ends as OutputLimitError, after just as much as is allowed") {
  const Result result = run(script("while True:\n    try:\n        print('é' * 50)\n    except:\n        pass\n"), {.output = 1000});
  CHECK(result.trace["error"]["kind"].text == "OutputLimitError");
  CHECK(line_of(result) == "3");
  CHECK(result.out.size() <= 1000);
  CHECK(result.out.size() > 990);
  CHECK(run(notebook({"'x' * 2000"}), {.output = 1000}).trace["error"]["kind"].text == "OutputLimitError");
}

// ------------------------------------------------------------------------------------------------- one run after the other

TEST_CASE("runtime: in small slices a program does the same as in one, and leaves the same trace") {
  const char* source =
      "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\ndef f(x):\n    t = x * w\n    return (t * t).sum()\n"
      "for i in range(5):\n    loss = f(torch.tensor([i, 1.0]))\n    loss.backward()\n    with torch.no_grad():\n        w -= 0.1 * w.grad\n"
      "        w.grad.zero_()\n    print(i, loss.item())\nwords = sorted(['b', 'a'], key=lambda s: s)\n1 / 0\n";
  const Result whole = run(script(source));
  REQUIRE(whole.trace["error"]["kind"].text == "ZeroDivisionError");
  for (const std::uint64_t slice : {1, 2, 7}) {
    CAPTURE(slice);
    const Result sliced = run(script(source), {}, true, slice);
    CHECK(sliced.out == whole.out);
    CHECK(sliced.err == whole.err);
    CHECK(sliced.text == whole.text);
  }
}

TEST_CASE("runtime: a trace can be taken after every instruction") {
  Runtime runtime;
  runtime.open(script("import torch\nx = torch.ones(2, requires_grad=True)\nfor i in range(3):\n    y = (x * x).sum()\n    y.backward()\n    z = [y, {'a': x}]\ndel y, z\n"));
  while (runtime.step(1) == Status::running) json::parse(runtime.snapshot());
  CHECK(runtime.step(1) == Status::done);
}

TEST_CASE("runtime: nothing is left over, however often a document is opened") {
  const Document documents[] = {
      script("import torch\nx = torch.ones(50, 50, requires_grad=True)\ny = (x @ x).sum()\ny.backward()\nkeep = [x, y]\nkeep.append(keep)\n"),
      script("import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x ** 3\ny.backward(create_graph=True)\nx.grad.backward(create_graph=True)\n"),
      script("import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.retain_grad()\nz = y * y\nz.backward(create_graph=True)\n"),
      script("import torch\nx = torch.tensor(2.0, requires_grad=True)\ndef hook(g, x=x, y=[]): y.append(x)\nx.register_hook(hook)\n(x * x).backward()\n"),
      script("import torch\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.register_hook(lambda g, y=y: y * 2)\n"),
      script("import torch\nw = torch.ones(3, requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.1, momentum=0.9)\nfor i in range(3):\n    opt.zero_grad()\n"
             "    (w * w).sum().backward()\n    opt.step()\n"),
      script("import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\ny[0] = 5.0\ny[1] = y[0] * 2\ny += y ** 2\nv = y[1:]\nv.mul_(2)\ny.sum().backward()\n"),
      script("class A:\n    def __init__(self): self.me = self\n    def f(self):\n        yield self\na = A()\nit = a.f()\nnext(it)\n1 / 0\n"),
      script("def f(n):\n    def g(): return f(n - 1) if n else h\n    return g()\nf(5)\n"),
      script("x = [i for i in range(1000)]\nwhile True: pass\n"),
      notebook({"import torch\nx = torch.ones(2)", "x + torch.ones(3)", "x"}),
  };
  Runtime runtime;
  const auto all = [&](bool to_the_end) {
    for (const Document& document : documents) {
      runtime.open(document, {.steps = 20'000});
      while (runtime.step(500) == Status::running && to_the_end) {
      }
      runtime.snapshot();
    }
    runtime.open({});
  };
  all(true);
  all(false);
  const std::size_t before = live_bytes();
  for (int i = 0; i < 100; ++i) all(i % 2 == 0);
  CHECK(live_bytes() == before);
}

TEST_CASE("runtime: a run starts from nothing: names, seeds, print options and grad mode") {
  const char* source =
      "import torch, random\nprint('left' in globals(), torch.rand(1), random.random(), torch.is_grad_enabled(), torch.get_default_dtype(), torch.tensor(1 / 3))\n"
      "left = 1\ntorch.set_grad_enabled(False)\ntorch.set_default_dtype(torch.float64)\ntorch.set_printoptions(precision=2)\n";
  const Result first = run(script(source));
  CHECK(first.trace["error"].is_null());
  CHECK(run(script(source)).out == first.out);
}

TEST_CASE("runtime: opening another run ends the first, which keeps its trace") {
  Runtime first, second;
  first.open(script("print('first')\nx = 3\nwhile True: pass\n"));
  first.step(1000);
  second.open(script("print('second')\n"));
  CHECK(first.step(1000) == Status::error);
  const json::Value trace = json::parse(first.snapshot());
  CHECK(trace["error"]["kind"].text == "Interrupted");
  CHECK(trace["variables"].find("name", "x"));
  CHECK(second.step(1000) == Status::done);
  CHECK(second.take_output()[0].text == "second\n");
  first.open(script("print('again')\n"));
  CHECK(first.step(1000) == Status::done);
  CHECK(json::parse(second.snapshot())["status"].text == "done");
}

TEST_CASE("runtime: a recorded run that is broken off inside of vmap, grad and forward mode leaves no watcher behind") {
  const char* const source =
      "import torch, torch.autograd.forward_ad as fw\nfrom torch.func import grad, vmap\n"
      "def f(a):\n    a = a * 1\n    with fw.dual_level():\n        while True:\n            a.mul_(1)\n    return a\n"
      "vmap(grad(f))(torch.ones(3))\n";
  CHECK(run(script(source), {.steps = 20'000}).trace["error"]["kind"].text == "StepLimitError");
  CHECK(!before_in_place);
  CHECK(run(script("import torch\nx = torch.ones(2)\nx.mul_(3)\nx[0] = 1\nprint(x)\n"), {}, false).out == "tensor([1., 3.])\n");
}

TEST_CASE("runtime: before anything is opened there is an empty trace") {
  Runtime runtime;
  CHECK(runtime.step(10) == Status::done);
  CHECK(json::parse(runtime.snapshot())["cells"].size() == 0);
  runtime.open({});
  CHECK(runtime.step(10) == Status::done);
}
