// The trace of whole programs: what is in it, and how large it grows.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "program.h"

using namespace nabla;
using program::notebook;
using program::Result;
using program::run;
using program::script;

namespace {

const char* const kFormula =
    "import torch\nx = torch.tensor([2.0])\nw1 = torch.tensor([1.0], requires_grad=True)\nw2 = torch.tensor([3.0], requires_grad=True)\n"
    "b = torch.tensor([4.0], requires_grad=True)\nz = w1 * torch.pow(x, 2) + w2 * x\ny = z + b\ny.backward()\n";

using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("trace: the formula's operations, with their operands, signs, order and places") {
  const Result result = run(script(kFormula));
  std::vector<std::string> labels;
  for (const auto& operation : result.operations()) labels.push_back(operation["label"].text);
  CHECK(labels == std::vector<std::string>{"pow", "*", "*", "+", "+"});
  const auto& pow = result.operations()[0];
  CHECK(pow["inputs"][0]["tensor"].number == result.tensor("x")["id"].number);
  CHECK(pow["inputs"][1]["text"].text == "2");
  CHECK(pow["latex"].text == "x^{y}");
  CHECK(pow["backwardOrder"].is_null());  // nothing there requires grad
  CHECK(pow["span"]["line"].number == 6);
  CHECK(pow["span"]["column"].number == 9);
  CHECK(pow["span"]["endColumn"].number == 24);
  const auto& last = result.operations()[4];
  CHECK(last["backwardOrder"].number == 0);
  CHECK(last["outputs"][0].number == result.tensor("y")["id"].number);
  CHECK(last["inputs"][0]["tensor"].number == result.tensor("z")["id"].number);
  CHECK(result.operations()[3]["backwardOrder"].number == 1);
}

TEST_CASE("trace: values, gradients and flags of leaves, constants and results") {
  const Result result = run(script(kFormula));
  const auto& w1 = result.tensor("w1");
  CHECK(w1["value"]["values"].numbers() == Numbers{1});
  CHECK(w1["value"]["shape"].numbers() == Numbers{1});
  CHECK(w1["value"]["dtype"].text == "float32");
  CHECK(w1["grad"]["values"].numbers() == Numbers{4});
  CHECK((w1["gradIsKept"].is_true() && w1["isLeaf"].is_true() && w1["requiresGrad"].is_true()));
  CHECK(w1["gradFn"].is_null());
  const auto& x = result.tensor("x");
  CHECK((x["grad"].is_null() && x["isLeaf"].is_true() && !x["requiresGrad"].is_true()));
  const auto& z = result.tensor("z");
  CHECK(z["grad"]["values"].numbers() == Numbers{1});
  CHECK((!z["gradIsKept"].is_true() && !z["isLeaf"].is_true()));
  CHECK(z["gradFn"].text == "AddBackward0");
  CHECK(z["span"]["line"].number == 6);
}

TEST_CASE("trace: retain_grad keeps what else only flows through") {
  const Result result = run(script("import torch\nx = torch.tensor(3.0, requires_grad=True)\ny = x * x\ny.retain_grad()\nz = y * 2\nz.backward()\n"));
  const auto& y = result.tensor("y");
  CHECK((y["retainsGrad"].is_true() && y["gradIsKept"].is_true()));
  CHECK(y["grad"]["values"].numbers() == Numbers{2});
}

TEST_CASE("trace: variables stand in order of binding, without modules, functions, classes and private names") {
  const Result result = run(script("import torch, math\nfrom torch import nn\n_a = 1\nb = 'text'\ndef f(): pass\nclass C: pass\nc = C()\nd = torch.ones(2)\nb = [1, 2]\ng = f\n"));
  std::vector<std::string> names;
  for (const auto& variable : result.trace["variables"].items) names.push_back(variable["name"].text);
  CHECK(names == std::vector<std::string>{"b", "c", "d"});
  CHECK(result.variable("b")["repr"].text == "[1, 2]");
  CHECK(result.variable("b")["type"].text == "list");
  CHECK(result.variable("b")["span"]["line"].number == 9);
  CHECK(result.variable("b")["tensor"].is_null());
  CHECK(result.variable("c")["type"].text == "C");
  CHECK(result.variable("d")["repr"].text == "tensor([1., 1.])");
  CHECK(result.variable("d")["tensor"].number == result.tensor("d")["id"].number);
}

TEST_CASE("trace: reprs are cut, and run none of the program's code") {
  const Result result = run(script("class A:\n    def __repr__(self): print('ran'); return 'A'\na = [A()]\nb = list(range(100000))\nc = []\nc.append(c)\nd = '😀' * 1000\n"));
  CHECK(result.out == "");
  CHECK(result.variable("a")["repr"].text == "[<__main__.A object>]");
  CHECK(result.variable("b")["repr"].text.size() < 400);
  CHECK(result.variable("b")["repr"].text.ends_with("…"));
  CHECK(result.variable("c")["repr"].text.starts_with("[["));
  CHECK(result.variable("d")["repr"].text.ends_with("😀…"));
}

TEST_CASE("trace: a training loop is rolled up, and its numbers leave a history") {
  const Result result = run(script(
      "import torch\nw = torch.tensor(0.0, requires_grad=True)\nfor i in range(100):\n    loss = (w - 3) ** 2\n    loss.backward()\n"
      "    with torch.no_grad():\n        w -= 0.1 * w.grad\n    w.grad = None\n    value = loss.item()\n"));
  CHECK(result.trace["omitted"].size() == 0);
  CHECK(result.operations().size() == 4);
  for (const auto& operation : result.operations()) CHECK(operation["count"].number == 100);
  CHECK(result.operation("-=")["outputs"][0].number == result.tensor("w")["id"].number);
  CHECK(result.tensor("w")["value"]["values"][0].number == doctest::Approx(3));
  const auto& product = result.operation("*");
  CHECK(product["inputs"][1]["text"].text == "0.1");  // PyTorch multiplies w.grad by 0.1, whatever the order in the text
  CHECK(result.trace["graph"]["tensors"].find("names", "w.grad"));
  // i only counts, which is no news.
  std::vector<std::string> names;
  for (const auto& history : result.trace["histories"].items) {
    names.push_back(history["name"].text);
    CHECK(history["count"].number == 100);
    CHECK(history["values"].size() == 100);
  }
  CHECK(names == std::vector<std::string>{"loss", "w", "value"});
  CHECK(result.trace["histories"][0]["values"][0].number == 9);
}

TEST_CASE("trace: the same function called from two places is two places") {
  const Result result = run(script("import torch\ndef square(t):\n    return t * t\na = square(torch.tensor(2.0))\nb = square(torch.tensor(3.0))\n"));
  CHECK(result.operations().size() == 2);
  CHECK(result.tensor("a")["value"]["values"].numbers() == Numbers{4});
  CHECK(result.tensor("b")["value"]["values"].numbers() == Numbers{9});
}

TEST_CASE("trace: arguments are text: numbers, sizes, keywords, indices") {
  const Result result = run(script("import torch\nx = torch.arange(6.0)\ny = x.reshape(2, 3)\nz = y.sum(dim=1, keepdim=True)\nv = y[0, 1:]\nm = y[y > 2]\nr = 2 - x\n"));
  const auto texts = [&](std::string_view name) {
    const double id = result.tensor(name)["id"].number;
    std::vector<std::string> out;
    for (const auto& operation : result.operations()) {
      if (operation["outputs"][0].number != id) continue;
      for (const auto& input : operation["inputs"].items) out.push_back(input.keys[0] == "text" ? input["text"].text : "tensor");
    }
    return out;
  };
  using Texts = std::vector<std::string>;
  CHECK(texts("y") == Texts{"tensor", "(2, 3)"});
  CHECK(texts("z") == Texts{"tensor", "(1,)", "keepdim=True"});
  CHECK(texts("v") == Texts{"tensor", "start=1"});
  CHECK(texts("m") == Texts{"tensor", "tensor"});
  CHECK(texts("r") == Texts{"2", "tensor"});
  CHECK(result.trace["graph"]["operations"].find("label", "reshape"));
  CHECK(result.trace["graph"]["operations"].find("label", "-"));
}

TEST_CASE("trace: tensors that show one memory say where their elements lie; what reshape had to copy shows its own") {
  const Result result = run(script("import torch\nx = torch.zeros(2, 3)\nt = x.t()\nrow = x[1]\nflat = x.reshape(6)\ncopied = t.reshape(6)\ny = x + 1\n"));
  const auto lies = [&](std::string_view name) {
    Numbers out{result.tensor(name)["memory"]["offset"].number};
    for (const double stride : result.tensor(name)["memory"]["strides"].numbers()) out.push_back(stride);
    return out;
  };
  CHECK(lies("x") == Numbers{0, 3, 1});
  CHECK(lies("t") == Numbers{0, 1, 3});
  CHECK(lies("row") == Numbers{3, 1});
  CHECK(lies("flat") == Numbers{0, 1});
  CHECK(result.tensor("copied")["memory"].is_null());
  CHECK(result.tensor("y")["memory"].is_null());
}

TEST_CASE("trace: a parameter shows its present value after an optimizer's step, which itself is not drawn") {
  const Result result = run(script("import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.5)\nloss = (w * w).sum()\nloss.backward()\nopt.step()\n"));
  CHECK(result.tensor("w")["value"]["values"].numbers() == Numbers{0, 0});
  CHECK(result.tensor("w")["grad"]["values"].numbers() == Numbers{2, 4});
  CHECK(result.operations().size() == 2);
}

TEST_CASE("trace: nan and infinities travel as words, bools as 0 and 1") {
  const Result result = run(script("import torch\nx = torch.tensor([0.0, 1.0, -1.0]) / 0\nb = torch.tensor([True, False])\n"));
  const auto& values = result.tensor("x")["value"]["values"];
  CHECK(values[0].text == "nan");
  CHECK(values[1].text == "inf");
  CHECK(values[2].text == "-inf");
  CHECK(result.tensor("b")["value"]["values"].numbers() == Numbers{1, 0});
}

TEST_CASE("trace: warnings and notes have their places") {
  const Result result = run(notebook({"%matplotlib inline\nimport torch\nx = torch.ones(1, requires_grad=True)\ny = x * 2\ny.grad"}));
  const auto& outputs = result.trace["cells"][0]["outputs"];
  REQUIRE(outputs.find("kind", "note"));
  CHECK((*outputs.find("kind", "note"))["span"]["line"].number == 1);
  REQUIRE(outputs.find("kind", "warning"));
  CHECK((*outputs.find("kind", "warning"))["span"]["line"].number == 5);
}

TEST_CASE("trace: a hundred thousand iterations leave less than 100 kB") {
  const Result result = run(script(
      "import torch\nx = torch.ones(1, requires_grad=True)\ny = x\nkept = []\nfor i in range(100000):\n    y = y * 1.00001 + 0.5\n    v = y.item()\n    if i % 100 == 0: kept.append(y)\ny.backward()\n"));
  CHECK(result.trace["error"].is_null());
  CHECK(result.text.size() < 100'000);
}

TEST_CASE("trace: a program with more places than the trace holds says what is left out") {
  std::string source = "import torch\nx = torch.ones(1)\n";
  for (int i = 0; i < 4200; ++i) source += "y = x + " + std::to_string(i) + "\n";
  const Result result = run(script(source));
  CHECK(result.operations().size() == 4000);
  REQUIRE(result.trace["omitted"].size() >= 1);
  CHECK(result.trace["omitted"][0].text == "200 of 4200 operations are not drawn: the trace holds 4000 places in the code");
}

TEST_CASE("trace: a call that applies more operators than are told apart says that the rest is rolled up") {
  const Result whole = run(script("import torch\nx = torch.ones(1)\ny = sum([x] * 32)\n"));
  CHECK(whole.operations().size() == 32);
  CHECK(whole.trace["omitted"].size() == 0);
  const Result result = run(script("import torch\nx = torch.ones(1)\ny = sum([x] * 40)\n"));
  CHECK(result.operations().size() == 32);
  REQUIRE(result.trace["omitted"].size() == 1);
  CHECK(result.trace["omitted"][0].text == "8 operations are drawn as one with the one before: of what a single call applies, 32 operations are told apart");
}

TEST_CASE("trace: a snapshot of a large program takes milliseconds") {
  std::string source = "import torch\nx = torch.ones(10, 10, requires_grad=True)\n";
  for (int i = 0; i < 500; ++i) source += "y" + std::to_string(i % 50) + " = x * " + std::to_string(i) + ".5\n";
  Runtime runtime;
  runtime.open(script(source));
  while (runtime.step(1'000'000) == Status::running) {
  }
  const auto begin = std::chrono::steady_clock::now();
  runtime.snapshot();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  CHECK(taken.count() < 0.25);  // a few milliseconds, on a machine that does nothing else
}

TEST_CASE("trace: with recording off a program prints the same, and nothing is drawn") {
  const Result on = run(script(kFormula)), off = run(script(kFormula), {}, false);
  CHECK(off.out == on.out);
  CHECK(off.operations().empty());
  CHECK(off.tensor("y")["value"]["values"].numbers() == Numbers{14});
}
