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
  on_elements(u, {kExpAvg, kExpInf}, {}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const*, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = fused(static_cast<T>(1 - o[kBeta1]), g, s[0][i] * static_cast<T>(o[kBeta1]));
    s[1][i] = std::max(s[1][i] * static_cast<T>(o[kBeta2]), std::fabs(g) + static_cast<T>(o[kEps]));
    p += static_cast<T>(-step_size) * s[0][i] / s[1][i];
  });
}

}  // namespace

const OptimizerDef kAdamax{
    .name = "Adamax",
    .doc = "Adam with the largest gradient seen, slowly forgotten, in the place of the root of the mean square.",
    .options = {learning_rate(2e-3),
                kMoments,
                epsilon(1e-8),
                weight_decay(),
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true}},
    .state = {{.name = "step", .tex = "t"}, {.name = "exp_avg", .tex = "m"}, {.name = "exp_inf", .tex = "u"}},
    .quantities = {kAscentDef, kDecayedDef},
    .rule = {kCounts, kAscends, kDecays,
             {"exp_avg", "<betas[0]> <exp_avg> + (1 - <betas[0]>) <decayed>"},
             {"exp_inf", R"(\max(<betas[1]> <exp_inf>, |<decayed>| + <eps>))"},
             {"param", R"(<param> - \frac{<lr>}{1 - <betas[0]>^{<step>}} \frac{<exp_avg>}{<exp_inf>})"}},
    .check = check_moments,
    .update = update,
};

}  // namespace nabla
