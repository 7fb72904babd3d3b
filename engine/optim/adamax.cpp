// Adamax: Adam with the largest gradient seen, slowly forgotten, in the place of the root of the mean square.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay, kForeachOption, kMaximize };
enum State { kStep, kExpAvg, kExpInf };

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  ensure(u, kExpAvg);
  ensure(u, kExpInf);
  const double step_size = o[kLr] / (1 - std::pow(o[kBeta1], step));
  on_elements(u, {kExpAvg, kExpInf}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = s[0][i] * static_cast<T>(o[kBeta1]) + static_cast<T>(1 - o[kBeta1]) * g;
    s[1][i] = std::max(s[1][i] * static_cast<T>(o[kBeta2]), std::fabs(g) + static_cast<T>(o[kEps]));
    p += static_cast<T>(-step_size) * s[0][i] / s[1][i];
  });
}

}  // namespace

const OptimizerDef kAdamax{
    .name = "Adamax",
    .doc = "Adam with the largest gradient seen, slowly forgotten, in the place of the root of the mean square.",
    .latex = R"(\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1) g \\ u &\leftarrow \max(\beta_2 u, |g| + \epsilon) \\ \theta &\leftarrow \theta - \frac{\gamma m}{(1 - \beta_1^t) u} \end{aligned})",
    .options = {{.name = "lr", .value = 2e-3},
                {.name = "betas", .kind = OptionDef::Kind::pair, .value = 0.9, .second = 0.999},
                {.name = "eps", .value = 1e-8},
                {.name = "weight_decay"},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true}},
    .state = {{"step"}, {"exp_avg"}, {"exp_inf"}},
    .check = check_moments,
    .update = update,
};

}  // namespace nabla
