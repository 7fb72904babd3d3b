// The rule of Adam and of AdamW, which differ in what weight decay does. Source: PyTorch's documentation of torch.optim.Adam and AdamW.
#pragma once
#include "optim/elements.h"

namespace nabla::adam {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay, kAmsgrad, kMaximize };
enum Quantity { kMean = kFirstOwn, kSquare, kShrunk };
enum State { kStep, kExpAvg, kExpAvgSq, kMaxExpAvgSq };

inline const std::vector<StateDef> kState = {{.name = "step", .tex = "t"},
                                             {.name = "exp_avg", .tex = "m"},
                                             {.name = "exp_avg_sq", .tex = "v"},
                                             {.name = "max_exp_avg_sq", .tex = R"(v^{\max})", .otherwise = "exp_avg_sq"}};
inline constexpr QuantityDef kMeanDef{.name = "mean", .tex = R"(\hat m)"}, kSquareDef{.name = "square", .tex = R"(\hat v)"};
inline constexpr RuleLine kMoves{"param", R"(<shrunk> - <lr> \frac{<mean>}{\sqrt{<square>} + <eps>})"};
inline constexpr RuleLine kLargest{"max_exp_avg_sq", R"(\max(<max_exp_avg_sq>, <exp_avg_sq>))", "amsgrad"};
inline constexpr RuleLine kCorrectsMean{"mean", R"(\frac{<exp_avg>}{1 - <betas[0]>^{<step>}})"};
inline constexpr RuleLine kCorrectsSquare{"square", R"(\frac{<max_exp_avg_sq>}{1 - <betas[1]>^{<step>}})"};

/// `decoupled`: AdamW shrinks the parameter itself instead of adding to the gradient.
inline void update(const Update& u, bool decoupled) {
  const double* o = u.options;
  const bool amsgrad = o[kAmsgrad] != 0;
  const double step = count_step(u, kStep);
  ensure(u, kExpAvg);
  ensure(u, kExpAvgSq);
  if (amsgrad) ensure(u, kMaxExpAvgSq);
  const double mean_correction = 1 - std::pow(o[kBeta1], step), square_correction = 1 - std::pow(o[kBeta2], step);
  const double step_size = o[kLr] / mean_correction, correction = std::sqrt(square_correction);
  const double shrink = decoupled ? 1 - o[kLr] * o[kWeightDecay] : 1;
  const auto rule = [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    p *= static_cast<T>(shrink);
    s[0][i] = fused(static_cast<T>(1 - o[kBeta1]), g, s[0][i] * static_cast<T>(o[kBeta1]));
    s[1][i] = fused(static_cast<T>(1 - o[kBeta2]) * g, g, s[1][i] * static_cast<T>(o[kBeta2]));
    T second = s[1][i];
    if (amsgrad) second = s[2][i] = std::max(s[2][i], second);
    if (e) {
      e[0][i] = s[0][i] / static_cast<T>(mean_correction);
      e[1][i] = second / static_cast<T>(square_correction);
      e[2][i] = p;
    }
    p += static_cast<T>(-step_size) * s[0][i] / (std::sqrt(second) / static_cast<T>(correction) + static_cast<T>(o[kEps]));
  };
  const double decay = decoupled ? 0 : o[kWeightDecay];
  if (amsgrad) on_elements(u, {kExpAvg, kExpAvgSq, kMaxExpAvgSq}, {kMean, kSquare, kShrunk}, decay, o[kMaximize] != 0, rule);
  else on_elements(u, {kExpAvg, kExpAvgSq}, {kMean, kSquare, kShrunk}, decay, o[kMaximize] != 0, rule);
}

}  // namespace nabla::adam
