// RMSprop: the gradient over the root of a running mean of its square. Source: Hinton's lecture, as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kAlpha, kEps, kWeightDecay, kMomentum, kCentered, kForeachOption, kMaximize };
enum Quantity { kVariance = kFirstOwn };
enum State { kStep, kSquareAvg, kBuffer, kGradAvg };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  check_not_negative(o[kEps], "epsilon value", shown[kEps]);
  check_not_negative(o[kMomentum], "momentum value", shown[kMomentum]);
  check_not_negative(o[kWeightDecay], "weight_decay value", shown[kWeightDecay]);
  check_not_negative(o[kAlpha], "alpha value", shown[kAlpha]);
}

void update(const Update& u) {
  const double* o = u.options;
  const bool centered = o[kCentered] != 0, moves = o[kMomentum] > 0;
  count_step(u, kStep, DType::int64);
  ensure(u, kSquareAvg);
  if (moves) ensure(u, kBuffer);
  if (centered) ensure(u, kGradAvg);
  // What is not in use stands for itself, untouched.
  const int buffer = moves ? kBuffer : kSquareAvg, mean = centered ? kGradAvg : kSquareAvg;
  on_elements(u, {kSquareAvg, buffer, mean}, {kVariance}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    const T alpha = static_cast<T>(o[kAlpha]), rest = static_cast<T>(1 - o[kAlpha]);
    s[0][i] = fused(rest * g, g, s[0][i] * alpha);
    T square = s[0][i];
    if (centered) {
      s[2][i] = fused(rest, g, s[2][i] * alpha);
      square = fused(-s[2][i], s[2][i], square);
    }
    if (e) e[0][i] = square;
    const T root = std::sqrt(square) + static_cast<T>(o[kEps]);
    if (moves) {
      s[1][i] = s[1][i] * static_cast<T>(o[kMomentum]) + g / root;
      p = fused(static_cast<T>(-o[kLr]), s[1][i], p);
    } else {
      p += static_cast<T>(-o[kLr]) * g / root;
    }
  });
}

}  // namespace

const OptimizerDef kRMSprop{
    .name = "RMSprop",
    .doc = "The gradient over the root of a running mean of its square.",
    .options = {learning_rate(1e-2),
                {.name = "alpha", .value = 0.99, .tex = R"(\alpha)"},
                epsilon(1e-8),
                weight_decay(),
                {.name = "momentum", .tex = R"(\mu)"},
                {.name = "centered", .kind = OptionDef::Kind::flag},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag},
                {.name = "differentiable", .kind = OptionDef::Kind::inert}},
    .group_order = {"lr", "momentum", "alpha", "eps", "centered", "weight_decay", "foreach", "maximize", "differentiable"},
    .state = {{.name = "step", .kind = StateDef::Kind::integer, .tex = "t"}, {.name = "square_avg", .tex = "v"}, {.name = "momentum_buffer", .tex = "b"}, {.name = "grad_avg", .tex = "m"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "variance", .tex = R"(\tilde v)", .otherwise = "square_avg"}},
    .rule = {kAscends, kDecays,
             {"square_avg", "<alpha> <square_avg> + (1 - <alpha>) <decayed>^2"},
             {"grad_avg", "<alpha> <grad_avg> + (1 - <alpha>) <decayed>", "centered"},
             {"variance", "<square_avg> - <grad_avg>^2", "centered"},
             {"momentum_buffer", R"(<momentum> <momentum_buffer> + \frac{<decayed>}{\sqrt{<variance>} + <eps>})", "momentum"},
             {"param", "<param> - <lr> <momentum_buffer>", "momentum"},
             {"param", R"(<param> - <lr> \frac{<decayed>}{\sqrt{<variance>} + <eps>})", "!momentum"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
