// What the trace tells of an optimizer's step line by line: every line, with its numbers put in, gives the number that it sets.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/format.h"
#include "optim/optimizer.h"
#include "optim/rule.h"
#include "program.h"
#include "tex_value.h"

using namespace nabla;

namespace {

double element_of(const json::Value& preview, std::size_t i) {
  const json::Value& values = preview["values"];
  return values[preview["shape"].size() ? i : 0].number;
}

/// The lines of one change at element i.
void check_lines(const json::Value& change, std::size_t i) {
  std::vector<std::string> set;
  const auto symbol = [&](std::string_view name) -> const json::Value& {
    const json::Value* found = change["symbols"].find("name", name);
    REQUIRE_MESSAGE(found, "no symbol ", std::string(name));
    CHECK(!(*found)["tex"].text.empty());
    return *found;
  };
  REQUIRE(change["rule"].size() > 0);
  for (const json::Value& line : change["rule"].items) {
    const auto says = [&](std::string_view words) { return line["tex"].text.find(words) != std::string::npos; };
    if (says("-H ") || says("by line search")) {  // LBFGS: what no formula of numbers holds
      set.push_back(line["sets"].text);
      continue;
    }
    std::string text;
    std::string_view rest = line["tex"].text;
    for (std::size_t open; (open = rest.find('<')) != rest.npos;) {
      const std::string_view name = rest.substr(open + 1, rest.find('>') - open - 1);
      const bool is_set = std::find(set.begin(), set.end(), name) != set.end();
      const json::Value& preview = symbol(name)[is_set ? "after" : "before"];
      REQUIRE_MESSAGE(!preview.is_null(), "no value of ", std::string(name));
      text += cat(rest.substr(0, open), "(", shortest(element_of(preview, i)), ")");
      rest.remove_prefix(rest.find('>') + 1);
    }
    text += rest;
    const double wanted = element_of(symbol(line["sets"].text)["after"], i), got = tex::value(text);
    CAPTURE(line["sets"].text);
    CAPTURE(text);
    CHECK(std::fabs(wanted - got) <= 2e-6 * std::fabs(wanted) + 1e-9);
    set.push_back(line["sets"].text);
  }
  CHECK(set.end() != std::find(set.begin(), set.end(), "param"));
}

json::Value last_step(const std::string& optimizer, int steps) {
  const auto result = program::run(program::script(cat(
      "import torch\nw = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64, requires_grad=True)\nb = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)\n"
      "opt = torch.optim.", optimizer, "\ndef closure():\n    opt.zero_grad()\n    loss = ((w * w + 0.3 * w).sum() * b - b.cos()) ** 2 / 50\n    loss.backward()\n    return loss\n"
      "for i in range(", steps, "):\n    opt.step(closure)\n")));
  CHECK(result.err.empty());
  CHECK(result.trace["optimizerSteps"].size() == 1);
  return result.trace["optimizerSteps"][0];
}

const std::vector<std::string> kOptimizers = {
    "SGD([w, b], lr=0.1)", "SGD([w, b], lr=0.1, weight_decay=0.2, maximize=True)", "SGD([w, b], lr=0.02, momentum=0.9)",
    "SGD([w, b], lr=0.02, momentum=0.9, dampening=0.3, weight_decay=0.1)", "SGD([w, b], lr=0.001, momentum=0.9, nesterov=True, maximize=True)",
    "Adam([w, b], lr=0.1)", "Adam([w, b], lr=0.1, betas=(0.5, 0.8), weight_decay=0.1, amsgrad=True, maximize=True)", "AdamW([w, b], lr=0.1)",
    "AdamW([w, b], lr=0.1, weight_decay=0, amsgrad=True, maximize=True)", "Adamax([w, b])", "Adamax([w, b], betas=(0.3, 0.5), weight_decay=0.2, maximize=True)",
    "NAdam([w, b], lr=0.1)", "NAdam([w, b], lr=0.1, momentum_decay=0.4, weight_decay=0.1)", "RAdam([w, b], lr=0.1)", "RAdam([w, b], lr=0.1, betas=(0.8, 0.9), weight_decay=0.1)",
    "Adagrad([w, b], lr=0.1)", "Adagrad([w, b], lr=0.1, lr_decay=0.3, weight_decay=0.1, initial_accumulator_value=0.5, maximize=True)", "Adadelta([w, b])",
    "Adadelta([w, b], lr=3, rho=0.5, eps=0.01, weight_decay=0.1, maximize=True)", "RMSprop([w, b], lr=0.1)",
    "RMSprop([w, b], lr=0.01, momentum=0.5, centered=True, weight_decay=0.1, maximize=True)", "Rprop([w, b], lr=0.3)", "Rprop([w, b], lr=0.5, etas=(0.2, 3), step_sizes=(0.3, 0.6), maximize=True)",
    "LBFGS([w, b], lr=0.1, max_iter=3)", "LBFGS([w, b], max_iter=3, line_search_fn='strong_wolfe')", "ASGD([w, b], lr=0.05)", "ASGD([w, b], lr=0.05, lambd=0.1, alpha=0.5, t0=1, weight_decay=0.1, maximize=True)",
};

}  // namespace

TEST_CASE("rules: every line of every optimizer's step gives the number that it sets") {
  for (const std::string& optimizer : kOptimizers) {
    for (const int steps : {1, 2, 3, 9}) {
      CAPTURE(optimizer);
      CAPTURE(steps);
      const json::Value step = last_step(optimizer, steps);
      REQUIRE(step["changes"].size() >= 2);
      for (std::size_t k = 0; k < step["changes"].size(); ++k) {  // w and b in turn
        for (std::size_t i = 0; i < (k % 2 ? 1 : 3); ++i) check_lines(step["changes"][k], i);
      }
    }
  }
}

TEST_CASE("rules: what a line of a definition sets is set in some step that was looked at; the rule in general has letters only") {
  for (const OptimizerDef* def : all_optimizers()) {
    CAPTURE(def->name);
    CHECK(!latex_of(*def).empty());
    CHECK(latex_of(*def).find('<') == std::string::npos);
    const auto is_of = [&](const std::string& text) { return text.starts_with(cat(def->name, "(")); };
    CHECK(std::count_if(kOptimizers.begin(), kOptimizers.end(), is_of) >= 2);
    for (const RuleLine& line : def->rule) {
      bool seen = false;
      for (const std::string& optimizer : kOptimizers) {
        if (seen || !is_of(optimizer)) continue;
        for (const int steps : {1, 9}) {
          const json::Value step = last_step(optimizer, steps);
          for (const json::Value& one : step["changes"][0]["rule"].items) {
            seen = seen || one["sets"].text == line.sets;
          }
        }
      }
      CAPTURE(line.sets);
      CHECK(seen);
    }
  }
}

TEST_CASE("rules: what is off is not told, and what stands in its place is") {
  const json::Value plain = last_step("SGD([w, b], lr=0.1)", 1)["changes"][0];
  REQUIRE(plain["rule"].size() == 1);
  CHECK(plain["rule"][0]["tex"].text == "<param> - <lr> <grad>");
  const json::Value first = last_step("SGD([w, b], lr=0.1, momentum=0.9)", 1)["changes"][0];
  CHECK(first["rule"][0]["tex"].text == "<grad>");
  const json::Value second = last_step("SGD([w, b], lr=0.1, momentum=0.9)", 2)["changes"][0];
  CHECK(second["rule"][0]["tex"].text == "<momentum> <momentum_buffer> + <grad>");
  CHECK(second["rule"][0]["keeps"].is_true());
}
