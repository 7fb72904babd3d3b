// Hot loops: whatever is recorded of a loop and run in its place, the program prints what it prints without.
#include <doctest/doctest.h>

#include "program.h"
#include "python/hot_loop.h"
#include "torch/hot/hot_loop.h"

using namespace nabla;
using program::script;

namespace {

/// Loops are recorded after so many back edges while this lives.
struct After {
  std::int32_t before;
  explicit After(std::int32_t after) : before(std::exchange(hot_loops.after, after)) {}
  ~After() { hot_loops.after = before; }
};

struct Outcome {
  std::string out, err;
  Status status;
  std::uint64_t rounds;  // that ran on slots
};

Outcome outcome(const std::string& source, std::int32_t after, const Limits& limits = {}, std::uint64_t slice = program::kSlice) {
  const After set(after);
  const hot::Stats before = hot::stats;
  const auto result = program::run(script(source), limits, false, slice);
  CHECK(hot::stats.mistaken == before.mistaken);
  return {result.out, result.err, result.status, hot::stats.rounds - before.rounds};
}

/// Runs it without and with, in slices of several lengths; gives the rounds that ran on slots in the longest.
std::uint64_t rounds_of(const std::string& source, const Limits& limits = {}) {
  CAPTURE(source);
  const Outcome plain = outcome(source, 0, limits);
  CHECK(plain.rounds == 0);
  std::uint64_t rounds = 0;
  for (const std::uint64_t slice : {std::uint64_t{97}, std::uint64_t{1001}, program::kSlice}) {
    for (const std::int32_t after : {1, 3}) {
      const Outcome hot = outcome(source, after, limits, slice);
      CHECK(hot.out == plain.out);
      CHECK(hot.err == plain.err);
      CHECK(hot.status == plain.status);
      rounds = hot.rounds;
    }
  }
  return rounds;
}

const std::string kFormula =
    "import torch\nx = torch.tensor([2.0])\nw = torch.tensor([1.0], requires_grad=True)\nb = torch.tensor(4.0, requires_grad=True)\n";
const std::string kShow = "print(w, w.grad, w._version, b, b.grad, b._version)\n";

/// `body` in a loop of 200 rounds over the formula's tensors.
std::string loop(const std::string& body, const std::string& before = "", const std::string& after = "") {
  std::string text = kFormula + before + "for i in range(200):\n";
  std::string line = "    ";
  for (const char c : body) {
    line += c;
    if (c == '\n') {
      text += line;
      line = "    ";
    }
  }
  return text + line + "\n" + after + kShow;
}

}  // namespace

TEST_CASE("a loop over tensors of one element runs on slots") {
  CHECK(rounds_of(loop("w.grad = None\nb.grad = None\ny = w * torch.pow(x, 2) + b\ny.backward()", "", "print(y, y.grad_fn, i)\n")) > 150);
  CHECK(rounds_of(loop("loss = (w * x - b).tanh() ** 2\nloss.backward()\nwith torch.no_grad():\n    w -= 0.1 * w.grad\n    b -= 0.1 * b.grad\nw.grad.zero_()\nb.grad.zero_()")) > 150);
  CHECK(rounds_of(loop("((w * x - 3) ** 2).mean().backward()\nw.data -= 0.05 * w.grad.data\nw.grad.data.zero_()")) > 150);
  CHECK(rounds_of(loop("((w - 3) ** 2).sum().backward()\nw.data = w.data - 0.05 * w.grad\nw.grad = None")) > 150);
  CHECK(rounds_of(loop("z = 2 / (1 + w * w) - torch.exp(b / 9)\nz.backward()\nif w.grad is not None:\n    w.data.sub_(w.grad * 0.1)\nb.grad = None")) == 0);
}

TEST_CASE("optimizers step on slots") {
  const std::string body = "opt.zero_grad()\nloss = f(w) + (b - 2) ** 2\nloss.backward()\nopt.step()\nlosses.append(loss.item())";
  const std::string rest = "print(len(losses), losses[:3], losses[-3:])\nprint(opt.state_dict())\n";
  const std::string function = "losses = []\ndef f(v, scale=2.0):\n    u = v * scale - 1\n    return u * u\n";
  for (const std::string make : {"SGD([w, b], lr=0.01)", "SGD([w, b], lr=0.01, momentum=0.9)", "SGD([w, b], lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.1)",
                           "Adam([w, b], lr=0.05)", "Adam([w, b], amsgrad=True)", "AdamW([{'params': [w], 'lr': 0.1}, {'params': [b]}])", "RMSprop([w, b], lr=0.01, momentum=0.5)", "Adagrad([w, b])"}) {
    CAPTURE(make);
    CHECK(rounds_of(loop(body, function + "opt = torch.optim." + make + "\n", rest)) > 150);
  }
}

TEST_CASE("numbers travel from round to round, ints beyond 48 bits and changes of type end it") {
  CHECK(rounds_of("a, b = 0, 1.5\nfor i in range(300):\n    a, b = a + i % 7, b * 0.5 + a\nprint(a, b, i)\n") > 250);
  CHECK(rounds_of("n = 1\nk = 0\nwhile k < 60:\n    n = n * 3\n    k += 1\nprint(n, k)\n") > 10);
  CHECK(rounds_of("n = 27\nsteps = 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n    steps += 1\nprint(steps)\n") < 111);
  rounds_of("s = 0\nfor i in range(100):\n    s = s + 1 if i < 50 else s + 0.5\nprint(s)\n");
  rounds_of("x = 2.0\nfor i in range(3000):\n    x = x * x\nprint(x)\n");
  rounds_of("x = 0.5\nfor i in range(30):\n    x = x ** -1.5\nprint(x)\n");
  rounds_of("s = 0.0\nfor i in range(-20, 50):\n    s += 1 / i\nprint(s)\n");
  rounds_of("def f(n):\n    s = 0\n    for i in range(n):\n        if i == 70: return s\n        s += i\n    return -s\nprint(f(50), f(100), f(60))\n");
}

TEST_CASE("loops inside loops, zip and enumerate are gone through") {
  CHECK(rounds_of(loop("for x, y in zip([1.0, 2.0], (3.0, 5.0)):\n    loss = (w * x + b - y) ** 2\n    loss.backward()\nwith torch.no_grad():\n    for k, p in enumerate([w, b]):\n        p -= 0.01 * p.grad\n"
                       "        p.grad.zero_()")) == 0);  // a list made in the round
  CHECK(rounds_of(loop("for x, y in zip(xs, (3.0, 5.0)):\n    loss = (w * x + b - y) ** 2\n    loss.backward()\nwith torch.no_grad():\n    for k, p in enumerate(ps):\n        p -= 0.01 * p.grad\n"
                       "        p.grad.zero_()", "xs = [1.0, 2.0]\nps = [w, b]\n")) > 150);
}

TEST_CASE("a round that is out of the ordinary is the machine's") {
  CHECK(rounds_of(loop("loss = (w * x - 3) ** 2\nloss.backward()\nw.data -= 0.01 * w.grad\nif i % 50 == 20: print(i, loss, w.grad)\nw.grad = None")) > 100);
  CHECK(rounds_of(loop("loss = (w * x - 3) ** 2\nloss.backward()\nw.data -= 0.01 * w.grad\nw.grad = None\nif loss.item() < 0.01: break\nif loss < 0.1: continue\nb.data += 1")) > 10);
  CHECK(rounds_of(loop("loss = (w * x) ** 2\nloss.backward()\nif i == 100: raise ValueError(loss.item())\nw.grad = None")) > 90);
  CHECK(rounds_of(loop("loss = 1 / (i - 100)\nw.data += loss")) > 90);
  CHECK(rounds_of(loop("w.data = w.data * 1e3\nloss = w * x - w\nloss.backward()\nb.data = b.data - w.grad[0]")) == 0);
}

TEST_CASE("infinities and nan are what they are without") {
  rounds_of(loop("loss = (w * x) ** 3\nloss.backward()\nw.data -= 10 * w.grad\nw.grad = None\nif loss.item() != loss.item(): print('nan', i)", "", "print(loss)\n"));
  rounds_of(loop("loss = torch.exp(w * 9) * w\nloss.backward()\nwith torch.no_grad():\n    w += w.grad"));
}

TEST_CASE("the limit of steps ends a hot loop at the same instruction, and a slice may end anywhere") {
  const std::string source = loop("w.grad = None\ny = w * x + b\ny.backward()\nk = k + 1", "k = 0\n");
  for (std::uint64_t steps = 1500; steps < 1540; ++steps) rounds_of(source, {.steps = steps});
  CHECK(rounds_of("k = 0\nwhile True:\n    k = k + 1\n", {.steps = 100'003}) > 20'000);
}

TEST_CASE("what somebody else holds, or watches, is not recorded") {
  rounds_of(loop("loss = (w * x) ** 2\nloss.backward()\nsnapshot = w.data\nw.data -= 0.01 * w.grad\nkept = w.grad\nw.grad = None", "", "print(snapshot, kept)\n"));
  rounds_of(loop("loss = (w * x) ** 2\nloss.backward()\nif i == 5: first = w.grad\nw.grad.zero_()", "", "print(first)\n"));
  rounds_of(loop("g = w.grad\nw.grad = None\n(w * x).backward()\nif i == 100: print(g)"));
  rounds_of(loop("(w * i).backward()\ngrads.append(w.grad)\nw.grad = None", "grads = []\n", "print(len(grads), grads[3], grads[-1])\n"));
  rounds_of(loop("(w * x).backward()\nw.data *= 0.9", "pair = torch.zeros(2)\nw.data = pair[:1]\n", "print(pair)\n"));
  rounds_of(loop("(w * x).backward()\nw.data *= 0.9", "array = w.detach().numpy()\n", "print(array)\n"));
  CHECK(rounds_of(loop("(w * x).backward()", "w.register_hook(lambda g: print(g) if g > 1 else None)\n")) == 0);
  CHECK(rounds_of(loop("h = torch.tanh(h * w)", "h = torch.tensor([0.5])\n", "h.backward()\nprint(h)\n")) == 0);
  const After set(1);
  const std::uint64_t before = hot::stats.rounds;
  program::run(script(loop("(w * x).backward()")));  // with a trace
  CHECK(hot::stats.rounds == before);
}

TEST_CASE("errors of graphs are PyTorch's in hot loops too") {
  rounds_of(loop("if i < 150: y = w * x\ny.backward()"));
  rounds_of(loop("y = torch.exp(w)\nwith torch.no_grad():\n    if i > 120: y *= 2\ny.backward()"));
  rounds_of(loop("z = w * b\nif i == 130:\n    b.data.add_(1)\n    w.add_(1)\nz.backward()"));
  rounds_of(loop("t = x * 2\nu = w * t\nif i == 130: t.add_(1)\nu.backward()"));
}

TEST_CASE("attributes of objects and global variables of functions are variables too") {
  CHECK(rounds_of(loop("m.step()\nm.total += m.loss(x).item()", "class Model:\n    def __init__(self):\n        self.w = w\n        self.total = 0.0\n        self.n = 0\n    def loss(self, v):\n        return (self.w * v) ** 2\n"
                       "    def step(self):\n        global b\n        self.n += 1\n        l = self.loss(x)\n        l.backward()\n        self.w.data -= 0.01 * self.w.grad\n        self.w.grad = None\nm = Model()\n",
                       "print(m.total, m.n)\n")) > 150);
}
