// Averaged stochastic gradient descent. Source: Polyak and Juditsky, as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kLambd, kAlpha, kT0, kWeightDecay, kForeachOption, kMaximize };
enum State { kStep, kEta, kMu, kAverage };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  check_not_negative(o[kWeightDecay], "weight_decay value", shown[kWeightDecay]);
}

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  if (!u.state[kEta]) u.state[kEta] = full({}, Scalar::of(o[kLr]), DType::float32);
  if (!u.state[kMu]) u.state[kMu] = full({}, Scalar::of(1.0), DType::float32);
  ensure(u, kAverage);
  const double eta = item(u.state[kEta]).to_double(), mu = item(u.state[kMu]).to_double();
  on_elements(u, {kAverage}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    p *= static_cast<T>(1 - o[kLambd] * eta);
    p += static_cast<T>(-eta) * g;
    s[0][i] = mu == 1 ? p : s[0][i] + (p - s[0][i]) * static_cast<T>(mu);
  });
  set_element(*u.state[kEta], 0, Scalar::of(o[kLr] / std::pow(1 + o[kLambd] * o[kLr] * step, o[kAlpha])));
  set_element(*u.state[kMu], 0, Scalar::of(1 / std::max(1.0, step - o[kT0])));
}

}  // namespace

const OptimizerDef kAsgd{
    .name = "ASGD",
    .doc = "Stochastic gradient descent that also keeps the average of the places it went through.",
    .latex = R"(\begin{aligned} \theta &\leftarrow (1 - \lambda \eta) \theta - \eta g \\ a &\leftarrow a + \mu (\theta - a) \\ \eta &\leftarrow \frac{\gamma}{(1 + \lambda \gamma t)^{\alpha}} \end{aligned})",
    .options = {{.name = "lr", .value = 1e-2},
                {.name = "lambd", .value = 1e-4},
                {.name = "alpha", .value = 0.75},
                {.name = "t0", .value = 1e6, .is_float = true},
                {.name = "weight_decay"},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag}},
    .state = {{"step"}, {"eta"}, {"mu"}, {"ax"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
