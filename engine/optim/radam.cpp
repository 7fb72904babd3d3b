// RAdam: Adam that goes without the adaptive part while too little is known of the variance. Source: Liu et al., "On the variance of the
// adaptive learning rate and beyond", as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay };
enum State { kStep, kExpAvg, kExpAvgSq };

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  ensure(u, kExpAvg);
  ensure(u, kExpAvgSq);
  const double first = 1 - std::pow(o[kBeta1], step), power = std::pow(o[kBeta2], step), second = 1 - power;
  const double longest = 2 / (1 - o[kBeta2]) - 1, length = longest - 2 * step * power / second;
  const bool adaptive = length > 5;
  const double rectified = adaptive ? std::sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) : 1;
  const double root = std::sqrt(second);
  on_elements(u, {kExpAvg, kExpAvgSq}, o[kWeightDecay], false, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = s[0][i] * static_cast<T>(o[kBeta1]) + static_cast<T>(1 - o[kBeta1]) * g;
    s[1][i] = s[1][i] * static_cast<T>(o[kBeta2]) + static_cast<T>(1 - o[kBeta2]) * g * g;
    T move = s[0][i] / static_cast<T>(first) * static_cast<T>(o[kLr]);
    if (adaptive) move = move * (static_cast<T>(root) / (std::sqrt(s[1][i]) + static_cast<T>(o[kEps]))) * static_cast<T>(rectified);
    p -= move;
  });
}

}  // namespace

const OptimizerDef kRAdam{
    .name = "RAdam",
    .doc = "Adam that goes without the adaptive part while too little is known of the variance.",
    .latex = R"(\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1) g \\ v &\leftarrow \beta_2 v + (1 - \beta_2) g^2 \\ \theta &\leftarrow \theta - \frac{\gamma m}{1 - \beta_1^t} \cdot \begin{cases} r_t \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v} + \epsilon} & \rho_t > 5 \\ 1 & \text{else} \end{cases} \end{aligned})",
    .options = {{.name = "lr", .value = 1e-3},
                {.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999},
                {.name = "eps", .value = 1e-8},
                {.name = "weight_decay"},
                kForeach},
    .state = {{"step"}, {"exp_avg"}, {"exp_avg_sq"}},
    .check = check_moments,
    .update = update,
};

}  // namespace nabla
