// Loops in the trace, holding a run at the end of a round, what each line bound last, and the modules in which operators ran.
#include <doctest/doctest.h>

#include "program.h"

using namespace nabla;
using program::run;
using program::script;

namespace {

const char* const kDescent =
    "import torch\nw = torch.tensor(1.0, requires_grad=True)\nfor epoch in range(10):\n    loss = (w - 3) ** 2\n    loss.backward()\n"
    "    with torch.no_grad():\n        w -= 0.1 * w.grad\n    w.grad.zero_()\nprint(round(w.item(), 4))\n";

}  // namespace

TEST_CASE("trace: loops stand in the order in which they are come to, with their rounds") {
  const auto result = run(script("for i in range(3):\n    for c in 'ab':\n        pass\nk = 4\nwhile k:\n    k -= 1\nfor x in [1, 2, 3, 4]:\n    if x == 2: break\n"));
  const auto& loops = result.trace["loops"].items;
  REQUIRE(loops.size() == 4);
  const auto says = [&](int i, double line, double rounds) {
    CHECK(loops[i]["span"]["line"].number == line);
    CHECK(loops[i]["rounds"].number == rounds);
  };
  says(0, 1, 3);
  says(1, 2, 6);
  says(2, 5, 4);
  says(3, 7, 2);
  CHECK(loops[0]["round"].number == 3);
  CHECK(loops[1]["round"].is_null());
  CHECK(loops[3]["round"].number == 2);
  CHECK(loops[0]["of"].number == 3);
  CHECK(loops[1]["of"].is_null());
  CHECK(loops[2]["of"].is_null());
  CHECK(loops[3]["of"].number == 4);
}

TEST_CASE("a run is held at the end of a round, as it was then, and goes on to the same end") {
  Runtime runtime;
  runtime.open(script(kDescent));
  runtime.hold_at(0, 4);
  while (runtime.step(7) == Status::running && !runtime.held()) {}
  REQUIRE(runtime.held());
  const auto trace = json::parse(runtime.snapshot());
  CHECK(trace["status"].text == "running");
  CHECK((*trace["variables"].find("name", "epoch"))["repr"].text == "3");
  CHECK(trace["passes"][0]["count"].number == 4);
  CHECK(trace["position"]["line"].number == 3);
  runtime.hold_at(-1, 0);
  program::Result held;
  program::finish(runtime, held);
  CHECK(held.out == run(script(kDescent)).out);
  CHECK(held.trace["position"].is_null());
}

TEST_CASE("a run that never comes so far is not held") {
  Runtime runtime;
  runtime.open(script(kDescent));
  runtime.hold_at(0, 10);
  while (runtime.step(1000) == Status::running) CHECK(!runtime.held());
  CHECK(!runtime.held());
}

TEST_CASE("trace: each line knows what it bound last, also when the name was bound elsewhere since, and in functions") {
  const auto result = run(script("import torch\nx = torch.tensor(1.0)\nx = x + 1\nn = 3\nn = n / 2\ndef f(a):\n    b = a * 2\n    return b\nf(x)\n"));
  const auto& bindings = result.trace["bindings"].items;
  const auto at = [&](double line) -> const json::Value& {
    for (const auto& binding : bindings) {
      if (binding["span"]["line"].number == line) return binding;
    }
    FAIL("nothing was bound at line ", line);
    return bindings[0];
  };
  CHECK(at(4)["text"].text == "3");
  CHECK(at(5)["text"].text == "1.5");
  CHECK(at(3)["tensor"].number == result.tensor("x")["id"].number);
  CHECK(!at(2)["tensor"].is_null());
  CHECK(at(2)["tensor"].number != at(3)["tensor"].number);
  CHECK(at(7)["name"].text == "b");
}

TEST_CASE("trace: parameters are named by attribute, and operators know the modules in which they ran") {
  const auto result = run(script(
      "import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc1 = nn.Linear(2, 3)\n"
      "        self.rest = nn.Sequential(nn.ReLU(), nn.Linear(3, 1))\n    def forward(self, x):\n        return self.rest(self.fc1(x))\n"
      "net = Net()\ny = net(torch.ones(1, 2))\ny.sum().backward()\n"));
  CHECK(result.tensor("fc1.weight")["grad"]["shape"].numbers() == std::vector<double>{3, 2});
  CHECK(result.tensor("rest.1.bias")["isLeaf"].is_true());
  const auto& relu = result.operation("relu");
  REQUIRE(relu["modules"].size() == 3);
  CHECK(relu["modules"][0]["name"].text == "net");
  CHECK(relu["modules"][0]["type"].text == "Net");
  CHECK(!relu["modules"][0]["library"].is_true());
  CHECK(relu["modules"][1]["name"].text == "rest");
  CHECK(relu["modules"][2]["name"].text == "0");
  CHECK(relu["modules"][2]["library"].is_true());
  CHECK(result.operation("uniform_")["library"].is_true());
  CHECK(!result.operation("sum")["library"].is_true());
}

TEST_CASE("trace: with two models in sight, parameters carry the variable's name") {
  const auto result = run(script("import torch\nfrom torch import nn\na = nn.Linear(1, 1)\nb = nn.Sequential(nn.Linear(1, 1))\ny = b(a(torch.ones(1, 1)))\n"));
  result.tensor("a.weight");
  result.tensor("b.0.bias");
}
