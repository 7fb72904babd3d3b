// Inquiries: Python text beside a program that looks at its backward passes and runs it again with elements moved.
#include <doctest/doctest.h>

#include "program.h"

namespace {

program::Result inquire(nabla::Document document, std::string text, bool wide = false, const nabla::Limits& limits = {}) {
  nabla::Runtime runtime;
  runtime.inquire(std::move(document), {std::move(text), wide}, limits);
  program::Result result;
  program::finish(runtime, result);
  return result;
}

const char* const kTutorial = R"(import torch
print("not to be heard")
x = torch.tensor([2.0])
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
z = w1 * torch.pow(x, 2) + w2 * x
y = z + 4
y.backward()
)";

}  // namespace

TEST_CASE("inquiry: before a pass it sees the roots and the names there, and what it answers is all that is heard") {
  const auto result = inquire(program::script(kTutorial), "def before_pass(number, roots, seeds, names):\n    answer([number, roots, seeds, names['w1'].item()])\n");
  CHECK(result.status == nabla::Status::done);
  CHECK(result.out == "[1,[{\"shape\":[1],\"values\":[14]}],null,1]\n");
  CHECK(result.err == "");
}

TEST_CASE("inquiry: the program runs again with an element moved, also of a tensor in the middle of a computation") {
  const auto result = inquire(program::notebook({kTutorial}), R"(
values = []
def before_pass(number, roots, seeds, names):
    values.append(roots[0].item())
    if len(values) == 1:
        global uses
        uses = [first_use(names[name]) for name in ('w1', 'z', 'x')]
        again([(uses[0], 0, 2.0)])
    elif len(values) == 2:
        again([(uses[1], 0, 0.5)])
    elif len(values) == 3:
        again([(uses[2], 0, 3.0), (uses[0], 0, 0.0)])
    else:
        answer(values)
        finish()
)");
  CHECK(result.status == nabla::Status::done);
  CHECK(result.out == "[14,18,4.5,13]\n");
}

TEST_CASE("inquiry: first_use counts from the last change, by an operator, through .data or by an optimizer") {
  const auto result = inquire(program::script(R"(import torch
a = torch.ones(1, requires_grad=True)
b = torch.ones(1, requires_grad=True)
c = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([c], lr=1.0)
for i in range(2):
    loss = a * b * c
    loss.backward()
    with torch.no_grad():
        a -= a.grad
    b.data -= b.grad
    opt.step()
)"),
                              R"(
first = []
def before_pass(number, roots, seeds, names):
    now = [first_use(names[name]) for name in 'abc']
    if number == 1:
        first.extend(now)
    else:
        answer([after > before for before, after in zip(first, now)])
        answer(first_use(names['loss']))
)");
  CHECK(result.out == "[true,true,true]\nnull\n");
}

TEST_CASE("inquiry: wide runs compute in float64, with the random numbers of float32") {
  const std::string source = "import torch\ntorch.manual_seed(3)\nw = torch.rand(2, 2).float()\nv = torch.empty(20).normal_()\nu = torch.zeros(1, dtype=torch.float32) + 0.1\n";
  const std::string text = "def at_end(names):\n    answer([str(names['w'].dtype), names['w'].sum().item(), names['v'].sum().item(), names['u'].item()])\n";
  const auto narrow = inquire(program::script(source), text), wide = inquire(program::script(source), text, true);
  CHECK(narrow.out.starts_with("[\"torch.float32\","));
  CHECK(wide.out.starts_with("[\"torch.float64\","));
  const json::Value a = json::parse(narrow.out.substr(0, narrow.out.size() - 1)), b = json::parse(wide.out.substr(0, wide.out.size() - 1));
  CHECK(std::abs(a.items[1].number - b.items[1].number) < 1e-6);
  CHECK(std::abs(a.items[2].number - b.items[2].number) < 1e-5);
  CHECK(b.items[3].number == 0.1);
  CHECK(program::run(program::script("import torch\nprint(torch.rand(1).dtype)\n")).out == "torch.float32\n");
}

TEST_CASE("inquiry: it breaks a program off that catches everything, and goes through one that fails") {
  const auto caught = inquire(program::script("import torch\nw = torch.ones(1, requires_grad=True)\ntry:\n    (w * 2).backward()\nexcept:\n    w = None\n    while True: pass\n"),
                              "def before_pass(number, roots, seeds, names):\n    answer('here')\n    finish()\n");
  CHECK(caught.status == nabla::Status::done);
  CHECK(caught.out == "\"here\"\n");
  const auto failing = inquire(program::script("x = 1\ny = nothing\n"), "def at_error(text, names):\n    answer(text)\n    finish()\n");
  CHECK(failing.status == nabla::Status::done);
  CHECK(failing.out == "\"NameError: name 'nothing' is not defined\\n\"\n");
}

TEST_CASE("inquiry: expressions are evaluated with the names of the function that calls backward") {
  const auto result = inquire(program::script("import torch\nk = 3\ndef train(w):\n    inner = 5\n    (w * inner).backward()\ntrain(torch.ones(1, requires_grad=True))\n"), R"(
def before_pass(number, roots, seeds, names):
    answer(evaluate('k * inner * w', names))
    try:
        evaluate('k * (', names)
    except SyntaxError as error:
        answer('no')
    try:
        evaluate('missing', names)
    except NameError as error:
        answer(str(error))
)");
  CHECK(result.out == "{\"shape\":[1],\"values\":[15]}\n\"no\"\n\"name 'missing' is not defined\"\n");
}

TEST_CASE("inquiry: a fault of its own ends the run, and an endless program ends at its limit") {
  const auto faulty = inquire(program::script(kTutorial), "def before_pass(number, roots, seeds, names):\n    1 / 0\n");
  CHECK(faulty.status == nabla::Status::error);
  CHECK(faulty.trace["error"]["kind"].text == "ZeroDivisionError");
  nabla::Limits limits;
  limits.steps = 10'000;
  const auto endless = inquire(program::script("while True: pass\n"), "def at_error(text, names):\n    again()\n", false, limits);
  CHECK(endless.status == nabla::Status::error);
  CHECK(endless.trace["error"]["kind"].text == "StepLimitError");
}

TEST_CASE("inquiry: a hundred restarts leave nothing behind but the answer") {
  const auto result = inquire(program::script(kTutorial), R"(
count = 0
def before_pass(number, roots, seeds, names):
    global count
    count += 1
    if count == 100:
        answer(count)
        finish()
    else:
        again()
)");
  CHECK(result.out == "100\n");
  CHECK(result.status == nabla::Status::done);
}
