// What the trace tells of backward passes, optimizer steps, cuts of the graph, and the first NaN or infinity.
#include <doctest/doctest.h>

#include "program.h"

using namespace nabla;
using program::Result;
using program::run;
using program::script;

namespace {

using Numbers = std::vector<double>;

/// The step that ends at the leaf of this name.
const json::Value& arrival(const Result& result, std::size_t pass, std::string_view name) {
  for (const json::Value& step : result.trace["passes"][pass]["steps"].items) {
    if (step["operation"].is_null() && step["tensor"].number == result.tensor(name)["id"].number) return step;
  }
  FAIL("no gradient arrives at ", name);
  return result.trace;
}

}  // namespace

TEST_CASE("trace: a backward pass step by step, with what comes in and what goes out") {
  const Result result = run(script(
      "import torch\nx = torch.tensor(2.)\nw = torch.tensor(3., requires_grad=True)\ny = w * x + w\ny.backward()\n"));
  REQUIRE(result.trace["passes"].size() == 1);
  const auto& pass = result.trace["passes"][0];
  CHECK(pass["span"]["line"].number == 5);
  CHECK(pass["count"].number == 1);
  REQUIRE(pass["steps"].size() == 3);
  const auto& add = pass["steps"][0];
  CHECK(add["tensor"].number == result.tensor("y")["id"].number);
  CHECK(add["grad"]["values"].numbers() == Numbers{1});
  CHECK(add["out"].size() == 2);
  const auto& mul = pass["steps"][1];
  CHECK(mul["operation"].number == result.operation("*")["id"].number);
  REQUIRE(mul["out"].size() == 1);  // x asks for none
  CHECK(mul["out"][0]["input"].number == 0);
  CHECK(mul["out"][0]["grad"]["values"].numbers() == Numbers{2});
  CHECK(arrival(result, 0, "w")["grad"]["values"].numbers() == Numbers{3});
  CHECK(arrival(result, 0, "w")["before"].is_null());
  CHECK(arrival(result, 0, "w")["stored"].is_true());
}

TEST_CASE("trace: passes from several places are all told, each with its last run") {
  const Result result = run(script(
      "import torch\nw = torch.tensor([1., 2.], requires_grad=True)\nfor i in range(3):\n    (w * w).sum().backward()\n"
      "v = w.prod()\nv.backward()\ng, = torch.autograd.grad((w * 4).sum(), w)\n"));
  REQUIRE(result.trace["passes"].size() == 3);
  CHECK(result.trace["passes"][0]["count"].number == 3);
  CHECK(arrival(result, 0, "w")["before"]["values"].numbers() == Numbers{4, 8});
  CHECK(arrival(result, 1, "w")["before"]["values"].numbers() == Numbers{6, 12});
  CHECK(arrival(result, 1, "w")["grad"]["values"].numbers() == Numbers{2, 1});
  CHECK(!arrival(result, 2, "w")["stored"].is_true());  // handed back
  CHECK(result.tensor("w")["accumulated"].number == 4);
}

TEST_CASE("trace: .grad that was emptied or set to zero begins anew") {
  const Result result = run(script(
      "import torch\na = torch.tensor(1., requires_grad=True)\nb = torch.tensor(1., requires_grad=True)\n"
      "for i in range(3):\n    (a * b).backward()\n    a.grad.zero_()\n    b.grad = None\n(a * b).backward()\n(a * b).backward()\n"));
  CHECK(result.tensor("a")["accumulated"].number == 2);
  CHECK(result.tensor("b")["accumulated"].number == 2);
}

TEST_CASE("trace: a graph through several runs of one line tells its steps, marked as earlier") {
  const Result result = run(script(
      "import torch\nx = torch.tensor(2., requires_grad=True)\ny = x\nfor i in range(3):\n    y = y * x\ny.backward()\n"));
  std::vector<bool> earlier;
  for (const auto& step : result.trace["passes"][0]["steps"].items) {
    if (!step["operation"].is_null()) earlier.push_back(step["earlier"].is_true());
  }
  CHECK(earlier == std::vector<bool>{false, true, true});
}

TEST_CASE("trace: the formulas of gradients, and why there is none") {
  const Result result = run(script(
      "import torch\nw = torch.tensor([1., 2.], requires_grad=True)\ny = w * 3\ni = torch.argmax(w)\nv = w.detach() + 1\n"));
  CHECK(result.operation("*")["inputs"][0]["gradient"].text == "g y");
  CHECK(result.operation("*")["inputs"][0]["argument"].number == 0);
  CHECK(result.operation("*")["inputs"][1]["argument"].number == 1);
  CHECK(result.operation("argmax")["inputs"][0]["gradient"].is_null());
  CHECK(!result.operation("argmax")["inputs"][0]["why"].text.empty());
  CHECK(result.operation("detach")["inputs"][0]["tensor"].number == result.tensor("w")["id"].number);
  CHECK(result.operation("detach")["outputs"][0].number == result.operation("+")["inputs"][0]["tensor"].number);
}

TEST_CASE("trace: an optimizer's step: rule, options, state, before and after") {
  const Result result = run(script(
      "import torch\nw = torch.tensor([1.0], requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.5, momentum=0.5)\n"
      "for i in range(2):\n    opt.zero_grad()\n    (w * w).sum().backward()\n    opt.step()\n"));
  REQUIRE(result.trace["optimizerSteps"].size() == 1);
  const auto& step = result.trace["optimizerSteps"][0];
  CHECK(step["optimizer"].text == "SGD");
  CHECK(!step["latex"].text.empty());
  CHECK(step["count"].number == 2);
  CHECK(step["span"]["line"].number == 7);
  REQUIRE(step["changes"].size() == 1);
  const auto& change = step["changes"][0];
  CHECK(change["tensor"].number == result.tensor("w")["id"].number);
  CHECK(change["before"]["values"].numbers() == Numbers{0});
  CHECK(change["grad"]["values"].numbers() == Numbers{0});
  CHECK(change["state"][0]["name"].text == "momentum_buffer");
  CHECK(change["state"][0]["before"]["values"].numbers() == Numbers{2});
  CHECK(change["state"][0]["after"]["values"].numbers() == Numbers{1});
  CHECK(change["after"]["values"].numbers() == Numbers{-0.5});
  CHECK(change["options"][0]["name"].text == "lr");
  CHECK(change["options"][0]["value"].number == 0.5);
}

TEST_CASE("trace: a step of LBFGS, each of its iterations from where it began to where it ended") {
  const Result result = run(script(
      "import torch\nw = torch.tensor([1.0], requires_grad=True)\nopt = torch.optim.LBFGS([w], max_iter=1)\n"
      "def closure():\n    opt.zero_grad()\n    loss = (w * w).sum()\n    loss.backward()\n    return loss\nopt.step(closure)\n"));
  REQUIRE(result.trace["optimizerSteps"].size() == 1);
  const auto& step = result.trace["optimizerSteps"][0];
  CHECK(step["optimizer"].text == "LBFGS");
  CHECK(step["span"]["line"].number == 9);
  const auto& change = step["changes"][0];
  CHECK(change["before"]["values"].numbers() == Numbers{1});
  CHECK(change["grad"]["values"].numbers() == Numbers{2});
  CHECK(change["state"][0]["after"]["values"].numbers() == Numbers{-2});
  CHECK(change["state"][1]["after"]["values"].numbers() == Numbers{0.5});
  CHECK(change["after"]["values"].numbers() == Numbers{0});
}

TEST_CASE("trace: time runs over operations, passes and optimizer steps") {
  const Result result = run(script(
      "import torch\nw = torch.tensor(1., requires_grad=True)\nopt = torch.optim.SGD([w], lr=0.5)\ny = w * 2\ny.backward()\nopt.step()\nz = w + 1\n"));
  const double mul = result.operation("*")["at"].number, pass = result.trace["passes"][0]["at"].number;
  const double step = result.trace["optimizerSteps"][0]["at"].number, add = result.operation("+")["at"].number;
  CHECK((mul < pass && pass < step && step < add));
}

TEST_CASE("trace: grad mode, freed graphs, versions and broadcasts") {
  const Result result = run(script(
      "import torch\na = torch.ones(3, 1, requires_grad=True)\nb = torch.ones(3)\nc = a * b\nc.sum().backward()\n"
      "with torch.no_grad():\n    d = a + a\n    d += 1\ne = a @ b[None]\nf = a.exp()\n"));
  const auto& mul = result.operation("*");
  CHECK(mul["inputs"][0]["broadcast"].is_true());
  CHECK(mul["inputs"][1]["broadcast"].is_true());
  CHECK(mul["gradMode"].is_true());
  CHECK(!result.operation("+")["gradMode"].is_true());
  CHECK(!result.operation("mm")["inputs"][0]["broadcast"].is_true());
  CHECK(result.tensor("d")["version"].number == 1);
  CHECK(result.tensor("c")["graphFreed"].is_true());
  CHECK(!result.tensor("f")["graphFreed"].is_true());
}

TEST_CASE("trace: the first operator that makes NaN or infinity of finite numbers") {
  const Result forward = run(script(
      "import torch\nx = torch.tensor([2., 1., 0.])\nfor i in range(3):\n    x = x - 1\n    y = torch.log(x + 1) * 2\n"));
  const auto& found = forward.trace["graph"]["nonFinite"];
  REQUIRE(!found.is_null());
  CHECK(found["operation"].number == forward.operation("log")["id"].number);
  CHECK(found["run"].number == 1);
  CHECK(found["value"].text == "-inf");
  CHECK(!found["backward"].is_true());
  CHECK(found["operands"][0]["values"].numbers() == Numbers{2, 1, 0});

  const Result backward = run(script("import torch\nx = torch.tensor(0., requires_grad=True)\ny = torch.sqrt(x)\n(y * 2).backward()\n"));
  const auto& gradient = backward.trace["graph"]["nonFinite"];
  REQUIRE(!gradient.is_null());
  CHECK(gradient["backward"].is_true());
  CHECK(gradient["operation"].number == backward.operation("sqrt")["id"].number);
  CHECK(gradient["gradient"]["values"].numbers() == Numbers{2});
  CHECK(gradient["input"].number == 0);

  const Result given = run(script("import torch\nx = torch.tensor([float('inf'), 1.])\ny = x * 2\nz = y * float('nan')\n"));
  CHECK(given.trace["graph"]["nonFinite"].is_null());
}

TEST_CASE("trace: long passes and many parameters are cut, and the cut is told") {
  const Result result = run(script(
      "import torch\nx = torch.tensor(1., requires_grad=True)\ny = x\nfor i in range(1000):\n    y = y * 1.001\ny.backward()\n"
      "ps = [torch.ones(1, requires_grad=True) for i in range(100)]\nsum(ps).backward()\ntorch.optim.SGD(ps, lr=0.1).step()\n"));
  const auto& pass = result.trace["passes"][0];
  CHECK(pass["steps"].size() == 300);
  CHECK(pass["left"].number == 701);
  CHECK(result.trace["optimizerSteps"][0]["changes"].size() == 64);
  CHECK(result.trace["optimizerSteps"][0]["left"].number == 36);
}

TEST_CASE("trace: the layers of a Sequential are told apart, and a training loop keeps each one place") {
  const Result result = run(script(
      "import torch\nfrom torch import nn\nmodel = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 1))\n"
      "x = torch.ones(4, 2)\nfor i in range(5):\n    loss = model(x).sum()\n    loss.backward()\n"));
  REQUIRE(result.status == Status::done);
  std::vector<double> linear, tanh;
  for (const auto& operation : result.operations()) {
    if (operation["op"].text == "addmm") linear.push_back(operation["count"].number);
    if (operation["op"].text == "tanh") tanh.push_back(operation["count"].number);
  }
  CHECK(linear == Numbers{5, 5, 5});
  CHECK(tanh == Numbers{5, 5});
  for (const auto& step : result.trace["passes"][0]["steps"].items) CHECK(!step["earlier"].is_true());
  // Each layer works on what the one before gave.
  const auto& operations = result.operations();
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (operations[i]["op"].text == "tanh") CHECK(operations[i]["inputs"][0]["tensor"].number == operations[i - 1]["outputs"][0].number);
  }
}

TEST_CASE("trace: cells alike are places of their own") {
  std::vector<std::string> cells{"import torch\nw = torch.tensor(1., requires_grad=True)\no = torch.optim.SGD([w], lr=0.1)"};
  for (int i = 0; i < 8; ++i) cells.push_back("for i in range(" + std::to_string(10 + i) + "):\n    (w * 2).backward()\n    o.step()");
  const Result result = run(program::notebook(cells));
  REQUIRE(result.trace["optimizerSteps"].size() == 8);
  REQUIRE(result.trace["passes"].size() == 8);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(result.trace["optimizerSteps"][i]["count"].number == 10.0 + static_cast<double>(i));
    CHECK(result.trace["passes"][i]["count"].number == 10.0 + static_cast<double>(i));
  }
}
