// The update rules of optimizers, held to what PyTorch 1.13 computes, and their checks.
#include <doctest/doctest.h>

#include "base/error.h"
#include "base/format.h"
#include "optim/optimizer.h"

using namespace nabla;

namespace {

const OptimizerDef& sgd() { return *all_optimizers()[0]; }

/// The options in the order of the definition; those not named keep their defaults.
std::vector<double> options(std::initializer_list<std::pair<std::string_view, double>> given) {
  std::vector<double> out;
  for (const OptionDef& option : sgd().options) {
    out.push_back(option.value);
    for (const auto& [name, value] : given) {
      if (name == option.name) out.back() = value;
    }
  }
  return out;
}

/// Three steps on the sum of p^2 / 2 + p.
std::vector<double> three_steps(const std::vector<double>& o) {
  const Tensor p = empty({3}, DType::float64), g = empty({3}, DType::float64);
  const double start[] = {1, -2, 3};
  for (int i = 0; i < 3; ++i) p->data_as<double>()[i] = start[i];
  Tensor state[1];
  for (int step = 0; step < 3; ++step) {
    for (int i = 0; i < 3; ++i) g->data_as<double>()[i] = p->data_as<double>()[i] + 1;
    sgd().update({p, g, state, o.data()});
  }
  return {p->data_as<double>()[0], p->data_as<double>()[1], p->data_as<double>()[2]};
}

void check(const std::vector<double>& got, const std::vector<double>& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(got[i] == doctest::Approx(expected[i]).epsilon(1e-14));
}

std::string message_of(const std::vector<double>& o) {
  try {
    std::vector<std::string> shown;
    for (double option : o) shown.push_back(shortest(option));
    sgd().check(o.data(), shown.data());
  } catch (const Error& error) {
    return error.kind + ": " + error.message;
  }
  return "";
}

}  // namespace

TEST_CASE("SGD: plain, with momentum, dampening, Nesterov, weight decay and maximize") {
  check(three_steps(options({{"lr", .1}})), {0.458, -1.729, 1.916});
  check(three_steps(options({{"lr", .1}, {"momentum", .9}})), {-0.028, -1.486, 0.944});
  check(three_steps(options({{"lr", .1}, {"momentum", .9}, {"dampening", .5}})), {0.2105, -1.60525, 1.421});
  check(three_steps(options({{"lr", .1}, {"momentum", .9}, {"nesterov", 1}})), {-0.345358, -1.327321, 0.309284});
  check(three_steps(options({{"lr", .1}, {"weight_decay", .01}})), {0.4558525990, -1.723865498, 1.908997997});
  check(three_steps(options({{"lr", .1}, {"momentum", .5}, {"weight_decay", .1}, {"maximize", 1}})), {1.877439, -2.369448, 4.708697});
}

TEST_CASE("SGD: options out of range are refused in PyTorch's words") {
  CHECK(message_of(options({{"lr", -1.5}})) == "ValueError: Invalid learning rate: -1.5");
  CHECK(message_of(options({{"lr", .1}, {"momentum", -.5}})) == "ValueError: Invalid momentum value: -0.5");
  CHECK(message_of(options({{"lr", .1}, {"weight_decay", -.5}})) == "ValueError: Invalid weight_decay value: -0.5");
  CHECK(message_of(options({{"lr", .1}, {"nesterov", 1}})) == "ValueError: Nesterov momentum requires a momentum and zero dampening");
  CHECK(message_of(options({{"lr", .1}})) == "");
}
