// What a name means in a program that ran: values, operators, classes, and what is within them.
#include <doctest/doctest.h>

#include "program.h"

using namespace nabla;

namespace {

struct Described {
  Runtime runtime;
  explicit Described(const char* source) {
    runtime.open(program::script(source));
    while (runtime.step(program::kSlice) == Status::running) {}
  }
  json::Value operator()(std::string_view path) { return json::parse(runtime.describe(path)); }
};

const char* const kNet =
    "import torch\nfrom torch import nn\nx = torch.ones(2, 3, requires_grad=True)\ndef f(a, b=2, *c, d=None, **e):\n    'Says what f does.'\n"
    "class Net(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n        self.fc = nn.Linear(3, size)\n    def forward(self, x):\n        return self.fc(x)\n"
    "net = Net(4)\ny = net(x)\n";

}  // namespace

TEST_CASE("describe: a tensor with its shape, dtype and methods; a number with its text") {
  Described describe(kNet);
  const auto x = describe("x");
  CHECK(x["kind"].text == "value");
  CHECK(x["type"].text == "Tensor");
  CHECK(x["shape"].numbers() == std::vector<double>{2, 3});
  CHECK(x["dtype"].text == "float32");
  CHECK(x["requiresGrad"].is_true());
  CHECK(x["members"].find("name", "matmul"));
  CHECK((*x["members"].find("name", "grad"))["kind"].text == "property");
  CHECK(describe("torch.pi")["repr"].text.starts_with("3.14159"));
}

TEST_CASE("describe: an operator with its signatures, rule and documentation; as a method without its first parameter") {
  Described describe(kNet);
  CHECK(describe("torch.sum")["signatures"][0].text.starts_with("(Tensor input"));
  CHECK(!describe("x.sum")["signatures"][0].text.starts_with("(Tensor input"));
  CHECK(describe("torch.tanh")["latex"].text == "\\tanh x");
  CHECK(!describe("torch.tanh")["doc"].text.empty());
  CHECK(describe("torch.optim.SGD")["signatures"][0].text.starts_with("(params, lr, momentum=0.0"));
}

TEST_CASE("describe: functions and classes of the program, with defaults; methods without self") {
  Described describe(kNet);
  CHECK(describe("f")["signatures"][0].text == "(a, b=2, *c, d=None, **e)");
  CHECK(describe("f")["doc"].text == "Says what f does.");
  CHECK(describe("Net")["signatures"][0].text == "(size)");
  CHECK(describe("net.forward")["signatures"][0].text == "(x)");
  CHECK(describe("Net.forward")["signatures"][0].text == "(self, x)");
  CHECK(describe("nn.Linear")["signatures"][0].text.starts_with("(in_features, out_features, bias=True"));
}

TEST_CASE("describe: what a module of torch.nn holds is reached by attribute, and the names of a library are known before they are used") {
  Described describe(kNet);
  CHECK(describe("net.fc.weight")["shape"].numbers() == std::vector<double>{4, 3});
  CHECK((*describe("net")["members"].find("name", "fc"))["detail"].text == "Linear");
  Described fresh("from torch import nn\n");
  CHECK(fresh("nn")["members"].find("name", "Conv2d"));
}

TEST_CASE("describe: the empty name stands for all names in sight; what means nothing is null") {
  Described describe(kNet);
  const auto all = describe("");
  CHECK((*all["members"].find("name", "x"))["detail"].text == "float32 [2, 3]");
  CHECK(all["members"].find("name", "range"));
  for (const char* path : {"nothing", "x.nothing", "torch..sum", ".", "x.", "🙂", "x.grad.nothing"}) {
    CAPTURE(path);
    CHECK(describe(path).is_null());
  }
}

TEST_CASE("describe: asking changes nothing, also in the middle of a run and after an error") {
  Runtime runtime;
  runtime.open(program::script("import torch\nx = torch.ones(3)\nfor i in range(1000):\n    x = x * 2 / 2\nprint(x, undefined)\n"));
  runtime.step(3000);
  CHECK(json::parse(runtime.describe("x"))["shape"].numbers() == std::vector<double>{3});
  CHECK(!json::parse(runtime.describe("x.T")).is_null());
  program::Result result;
  program::finish(runtime, result);
  CHECK(result.trace["error"]["kind"].text == "NameError");
  CHECK(json::parse(runtime.describe("x"))["type"].text == "Tensor");
  CHECK(result.operations().size() == 2);
}
