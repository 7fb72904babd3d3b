// NAdam: Adam with Nesterov's look ahead. Source: Dozat, "Incorporating Nesterov momentum into Adam", as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay, kMomentumDecay };
enum State { kStep, kMuProduct, kExpAvg, kExpAvgSq };

void check(const double* o, const std::string* shown) {
  check_moments(o, shown);
  check_not_negative(o[kMomentumDecay], "momentum_decay value", shown[kMomentumDecay]);
}

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  if (!u.state[kMuProduct]) u.state[kMuProduct] = full({}, Scalar::of(1.0), DType::float32);
  ensure(u, kExpAvg);
  ensure(u, kExpAvgSq);
  const auto momentum = [&](double t) { return o[kBeta1] * (1 - 0.5 * std::pow(0.96, t * o[kMomentumDecay])); };
  const double mu = momentum(step), next = momentum(step + 1);
  set_element(*u.state[kMuProduct], 0, Scalar::of(static_cast<double>(static_cast<float>(item(u.state[kMuProduct]).to_double()) * static_cast<float>(mu))));
  const double product = item(u.state[kMuProduct]).to_double();
  // PyTorch 1.13 multiplies by mu once more here.
  const double further = static_cast<float>(product) * static_cast<float>(mu) * static_cast<float>(next);
  const double correction = 1 - std::pow(o[kBeta2], step);
  const double by_gradient = -o[kLr] * (1 - mu) / (1 - product), by_mean = -o[kLr] * next / (1 - further);
  on_elements(u, {kExpAvg, kExpAvgSq}, o[kWeightDecay], false, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = s[0][i] * static_cast<T>(o[kBeta1]) + static_cast<T>(1 - o[kBeta1]) * g;
    s[1][i] = s[1][i] * static_cast<T>(o[kBeta2]) + static_cast<T>(1 - o[kBeta2]) * g * g;
    const T root = std::sqrt(s[1][i] / static_cast<T>(correction)) + static_cast<T>(o[kEps]);
    p += static_cast<T>(by_gradient) * g / root;
    p += static_cast<T>(by_mean) * s[0][i] / root;
  });
}

}  // namespace

const OptimizerDef kNAdam{
    .name = "NAdam",
    .doc = "Adam with Nesterov's look ahead.",
    .latex = R"(\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1) g \\ v &\leftarrow \beta_2 v + (1 - \beta_2) g^2 \\ \hat m &= \frac{\mu_{t+1} m}{1 - \prod_{i \le t+1} \mu_i} + \frac{(1 - \mu_t) g}{1 - \prod_{i \le t} \mu_i} \\ \theta &\leftarrow \theta - \frac{\gamma \hat m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon} \end{aligned})",
    .options = {{.name = "lr", .value = 2e-3},
                {.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999},
                {.name = "eps", .value = 1e-8},
                {.name = "weight_decay"},
                {.name = "momentum_decay", .value = 4e-3},
                kForeach},
    .state = {{"step"}, {"mu_product"}, {"exp_avg"}, {"exp_avg_sq"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
