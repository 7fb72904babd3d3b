// Adagrad: each element's step shrinks with the sum of its squared gradients. Source: Duchi et al., as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kLrDecay, kWeightDecay, kInitial, kEps, kForeachOption, kMaximize };
enum State { kStep, kSum };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  check_not_negative(o[kLrDecay], "lr_decay value", shown[kLrDecay]);
  check_not_negative(o[kWeightDecay], "weight_decay value", shown[kWeightDecay]);
  check_not_negative(o[kInitial], "initial_accumulator_value value", shown[kInitial]);
  check_not_negative(o[kEps], "epsilon value", shown[kEps]);
}

void update(const Update& u) {
  const double* o = u.options;
  const double step = count_step(u, kStep);
  ensure(u, kSum, o[kInitial]);
  const double rate = o[kLr] / (1 + (step - 1) * o[kLrDecay]);
  on_elements(u, {kSum}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] += g * g;
    p += static_cast<T>(-rate) * g / (std::sqrt(s[0][i]) + static_cast<T>(o[kEps]));
  });
}

}  // namespace

const OptimizerDef kAdagrad{
    .name = "Adagrad",
    .doc = "Each element's step shrinks with the sum of its squared gradients.",
    .latex = R"(\begin{aligned} s &\leftarrow s + g^2 \\ \theta &\leftarrow \theta - \frac{\gamma}{1 + (t - 1)\eta} \frac{g}{\sqrt{s} + \epsilon} \end{aligned})",
    .options = {{.name = "lr", .value = 1e-2},
                {.name = "lr_decay"},
                {.name = "weight_decay"},
                {.name = "initial_accumulator_value"},
                {.name = "eps", .value = 1e-10},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true}},
    .group_order = {"lr", "lr_decay", "eps", "weight_decay", "initial_accumulator_value", "foreach", "maximize"},
    .state = {{"step"}, {"sum"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
