// Adagrad: each element's step shrinks with the sum of its squared gradients. Source: Duchi et al., as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kLrDecay, kWeightDecay, kInitial, kEps, kForeachOption, kMaximize };
enum Quantity { kRate = kFirstOwn };
enum State { kStep, kSum };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  check_not_negative(o[kLrDecay], "lr_decay value", shown[kLrDecay]);
  check_not_negative(o[kWeightDecay], "weight_decay value", shown[kWeightDecay]);
  check_not_negative(o[kInitial], "initial_accumulator_value value", shown[kInitial]);
  check_not_negative(o[kEps], "epsilon value", shown[kEps]);
}

void begin(const Update& u) {
  begin(u, kStep, [] { return zeros({}, DType::float32); });
  ensure(u, kSum, u.options[kInitial]);
}

void update(const Update& u) {
  const double* o = u.options;
  begin(u);  // groups added later have none yet
  const double step = count_step(u, kStep);
  const double rate = o[kLr] / (1 + (step - 1) * o[kLrDecay]);
  tell(u, kRate, rate);
  on_elements(u, {kSum}, {}, o[kWeightDecay], o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const*, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    s[0][i] = fused(g, g, s[0][i]);
    p += static_cast<T>(-rate) * g / (std::sqrt(s[0][i]) + static_cast<T>(o[kEps]));
  });
}

}  // namespace

const OptimizerDef kAdagrad{
    .name = "Adagrad",
    .doc = "Each element's step shrinks with the sum of its squared gradients.",
    .options = {learning_rate(1e-2),
                {.name = "lr_decay", .tex = R"(\eta)"},
                weight_decay(),
                {.name = "initial_accumulator_value"},
                epsilon(1e-10),
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true}},
    .group_order = {"lr", "lr_decay", "eps", "weight_decay", "initial_accumulator_value", "foreach", "maximize"},
    .state = {{.name = "step", .tex = "t"}, {.name = "sum", .tex = "s"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "rate", .tex = R"(\tilde\gamma)", .otherwise = "lr"}},
    .rule = {kCounts, kAscends, kDecays,
             {"sum", "<sum> + <decayed>^2"},
             {"rate", R"(\frac{<lr>}{1 + (<step> - 1) <lr_decay>})", "lr_decay"},
             {"param", R"(<param> - <rate> \frac{<decayed>}{\sqrt{<sum>} + <eps>})"}},
    .check = check,
    .update = update,
    .begin = begin,
};

}  // namespace nabla
