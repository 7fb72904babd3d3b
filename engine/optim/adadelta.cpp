// Adadelta: steps in proportion to the root of the mean square of earlier steps over that of the gradients. Source: Zeiler, as PyTorch
// documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kRho, kEps, kWeightDecay, kForeachOption, kMaximize };
enum Quantity { kDelta = kFirstOwn };
enum State { kStep, kSquareAvg, kAccDelta };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  if (!(o[kRho] >= 0 && o[kRho] <= 1)) fail("ValueError", "Invalid rho value: ", shown[kRho]);
  check_not_negative(o[kEps], "epsilon value", shown[kEps]);
  check_not_negative(o[kWeightDecay], "weight_decay value", shown[kWeightDecay]);
}

void update(const Update& u) {
  const double* o = u.options;
  count_step(u, kStep, DType::int64);
  ensure(u, kSquareAvg);
  ensure(u, kAccDelta);
  on_elements(u, {kSquareAvg, kAccDelta}, {kDelta}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    const T rho = static_cast<T>(o[kRho]), rest = static_cast<T>(1 - o[kRho]), eps = static_cast<T>(o[kEps]);
    s[0][i] = fused(rest * g, g, s[0][i] * rho);
    const T delta = std::sqrt(s[1][i] + eps) / std::sqrt(s[0][i] + eps) * g;
    if (e) e[0][i] = delta;
    s[1][i] = fused(rest * delta, delta, s[1][i] * rho);
    p = fused(static_cast<T>(-o[kLr]), delta, p);
  });
}

}  // namespace

const OptimizerDef kAdadelta{
    .name = "Adadelta",
    .doc = "Steps in proportion to the root of the mean square of earlier steps over that of the gradients.",
    .options = {{.name = "lr", .value = 1, .is_float = true, .tex = R"(\gamma)"},
                {.name = "rho", .value = 0.9, .tex = R"(\rho)"},
                epsilon(1e-6),
                weight_decay(),
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true}},
    .group_order = {"lr", "rho", "eps", "weight_decay", "maximize", "foreach"},
    .state = {{.name = "step", .kind = StateDef::Kind::integer, .tex = "t"}, {.name = "square_avg", .tex = "v"}, {.name = "acc_delta", .tex = "u"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "delta", .tex = R"(\Delta)"}},
    .rule = {kAscends, kDecays,
             {"square_avg", "<rho> <square_avg> + (1 - <rho>) <decayed>^2"},
             {"delta", R"(\sqrt{\frac{<acc_delta> + <eps>}{<square_avg> + <eps>}} <decayed>)"},
             {"acc_delta", "<rho> <acc_delta> + (1 - <rho>) <delta>^2"},
             {"param", "<param> - <lr> <delta>"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
