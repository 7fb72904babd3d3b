// The rule of Adam and of AdamW, which differ in what weight decay does. Source: PyTorch's documentation of torch.optim.Adam and AdamW.
#pragma once
#include "optim/elements.h"

namespace nabla::adam {

enum Option { kLr, kBeta1, kBeta2, kEps, kWeightDecay, kAmsgrad, kMaximize };
enum State { kStep, kExpAvg, kExpAvgSq, kMaxExpAvgSq };

/// `decoupled`: AdamW shrinks the parameter itself instead of adding to the gradient.
inline void update(const Update& u, bool decoupled) {
  const double* o = u.options;
  const bool amsgrad = o[kAmsgrad] != 0;
  const double step = count_step(u, kStep);
  ensure(u, kExpAvg);
  ensure(u, kExpAvgSq);
  if (amsgrad) ensure(u, kMaxExpAvgSq);
  const double step_size = o[kLr] / (1 - std::pow(o[kBeta1], step));
  const double correction = std::sqrt(1 - std::pow(o[kBeta2], step));
  const double shrink = decoupled ? 1 - o[kLr] * o[kWeightDecay] : 1;
  const auto rule = [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    p *= static_cast<T>(shrink);
    s[0][i] = s[0][i] * static_cast<T>(o[kBeta1]) + static_cast<T>(1 - o[kBeta1]) * g;
    s[1][i] = s[1][i] * static_cast<T>(o[kBeta2]) + static_cast<T>(1 - o[kBeta2]) * g * g;
    T second = s[1][i];
    if (amsgrad) second = s[2][i] = std::max(s[2][i], second);
    p += static_cast<T>(-step_size) * s[0][i] / (std::sqrt(second) / static_cast<T>(correction) + static_cast<T>(o[kEps]));
  };
  const double decay = decoupled ? 0 : o[kWeightDecay];
  if (amsgrad) on_elements(u, {kExpAvg, kExpAvgSq, kMaxExpAvgSq}, decay, o[kMaximize] != 0, rule);
  else on_elements(u, {kExpAvg, kExpAvgSq}, decay, o[kMaximize] != 0, rule);
}

}  // namespace nabla::adam
