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
  begin(u, kEta, [&] { return full({}, Scalar::of(o[kLr]), DType::float32); });
  begin(u, kMu, [] { return full({}, Scalar::of(1.0), DType::float32); });
  ensure(u, kAverage);
  const double eta = item(u.state[kEta]).to_double(), mu = item(u.state[kMu]).to_double();
  on_elements(u, {kAverage}, {}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const*, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    p *= static_cast<T>(1 - o[kLambd] * eta);
    p = fused(static_cast<T>(-eta), g, p);
    s[0][i] = mu == 1 ? p : s[0][i] + (p - s[0][i]) * static_cast<T>(mu);
  });
  set_element(*u.state[kEta], 0, Scalar::of(o[kLr] / std::pow(1 + o[kLambd] * o[kLr] * step, o[kAlpha])));
  set_element(*u.state[kMu], 0, Scalar::of(1 / std::max(1.0, step - o[kT0])));
}

}  // namespace

const OptimizerDef kAsgd{
    .name = "ASGD",
    .doc = "Stochastic gradient descent that also keeps the average of the places it went through.",
    .options = {learning_rate(1e-2),
                {.name = "lambd", .value = 1e-4, .tex = R"(\kappa)"},
                {.name = "alpha", .value = 0.75, .tex = R"(\alpha)"},
                {.name = "t0", .value = 1e6, .is_float = true, .tex = "t_0"},
                weight_decay(),
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag}},
    .state = {{.name = "step", .tex = "t"}, {.name = "eta", .tex = R"(\eta)"}, {.name = "mu", .tex = R"(\mu)"}, {.name = "ax", .tex = "a"}},
    .quantities = {kAscentDef, kDecayedDef},
    .rule = {kCounts, kAscends, kDecays,
             {"param", "(1 - <lambd> <eta>) <param> - <eta> <decayed>"},
             {"ax", "<ax> + <mu> (<param> - <ax>)"},
             {"eta", R"(\frac{<lr>}{(1 + <lambd> <lr> <step>)^{<alpha>}})"},
             {"mu", R"(\frac{1}{\max(1, <step> - <t0>)})"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
