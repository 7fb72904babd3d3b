// RAdam: Adam that goes without the adaptive part while too little is known of the variance. Source: Liu et al., "On the variance of the
// adaptive learning rate and beyond", as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay };
enum Quantity { kMean = kFirstOwn, kLongest, kLength, kRectified, kAdaptive };
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
  tell(u, kLongest, longest);
  tell(u, kLength, length);
  tell(u, kRectified, rectified);
  tell(u, kAdaptive, adaptive);
  const double root = std::sqrt(second);
  on_elements(u, {kExpAvg, kExpAvgSq}, {kMean}, o[kWeightDecay], false, [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = fused(static_cast<T>(1 - o[kBeta1]), g, s[0][i] * static_cast<T>(o[kBeta1]));
    s[1][i] = fused(static_cast<T>(1 - o[kBeta2]) * g, g, s[1][i] * static_cast<T>(o[kBeta2]));
    if (e) e[0][i] = s[0][i] / static_cast<T>(first);
    T move = s[0][i] / static_cast<T>(first) * static_cast<T>(o[kLr]);
    if (adaptive) move = move * (1 / (std::sqrt(s[1][i]) + static_cast<T>(o[kEps])) * static_cast<T>(root)) * static_cast<T>(rectified);
    p -= move;
  });
}

}  // namespace

const OptimizerDef kRAdam{
    .name = "RAdam",
    .doc = "Adam that goes without the adaptive part while too little is known of the variance.",
    .options = {learning_rate(1e-3),
                kMoments,
                epsilon(1e-8),
                weight_decay(),
                kForeach},
    .state = {{.name = "step", .tex = "t"}, {.name = "exp_avg", .tex = "m"}, {.name = "exp_avg_sq", .tex = "v"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "mean", .tex = R"(\hat m)"}, {.name = "longest", .tex = R"(\rho_\infty)"}, {.name = "length", .tex = R"(\rho)"},
                   {.name = "rectified", .tex = "r"}, {.name = "adaptive", .usual = true}},
    .rule = {kCounts, kDecays,
             {"exp_avg", "<betas[0]> <exp_avg> + (1 - <betas[0]>) <decayed>"},
             {"exp_avg_sq", "<betas[1]> <exp_avg_sq> + (1 - <betas[1]>) <decayed>^2"},
             {"mean", R"(\frac{<exp_avg>}{1 - <betas[0]>^{<step>}})"},
             {"longest", R"(\frac{2}{1 - <betas[1]>} - 1)"},
             {"length", R"(<longest> - \frac{2 <step> <betas[1]>^{<step>}}{1 - <betas[1]>^{<step>}})"},
             {"rectified", R"(\sqrt{\frac{(<length> - 4) (<length> - 2) <longest>}{(<longest> - 4) (<longest> - 2) <length>}})", "adaptive"},
             {"param", R"(<param> - <lr> <mean> <rectified> \frac{\sqrt{1 - <betas[1]>^{<step>}}}{\sqrt{<exp_avg_sq>} + <eps>})", "adaptive"},
             {"param", "<param> - <lr> <mean>", "!adaptive"}},
    .check = check_moments,
    .update = update,
};

}  // namespace nabla
