// Rprop: by the signs of the gradient alone; each element's step grows while the sign stays, and shrinks when it turns. Source: Riedmiller
// and Braun, as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kEtaMinus, kEtaPlus, kSmallest, kLargest, kForeachOption, kMaximize };
enum State { kStep, kPrevious, kStepSize };

void check(const double* o, const std::string* shown) {
  check_not_negative(o[kLr], "learning rate", shown[kLr]);
  if (!(0 < o[kEtaMinus] && o[kEtaMinus] < 1 && 1 < o[kEtaPlus])) {
    fail("ValueError", "Invalid eta values: ", shown[kEtaMinus], ", ", shown[kEtaPlus]);
  }
}

void update(const Update& u) {
  const double* o = u.options;
  count_step(u, kStep, DType::int64);
  ensure(u, kPrevious);
  ensure(u, kStepSize, o[kLr]);
  on_elements(u, {kPrevious, kStepSize}, 0, o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    const T agreement = g * s[0][i];
    const T factor = agreement > 0 ? static_cast<T>(o[kEtaPlus]) : agreement < 0 ? static_cast<T>(o[kEtaMinus]) : T(1);
    s[1][i] = std::min(std::max(s[1][i] * factor, static_cast<T>(o[kSmallest])), static_cast<T>(o[kLargest]));
    if (agreement < 0) g = 0;
    p -= static_cast<T>((g > 0) - (g < 0)) * s[1][i];
    s[0][i] = g;
  });
}

}  // namespace

const OptimizerDef kRprop{
    .name = "Rprop",
    .doc = "By the signs of the gradient alone: each element's step grows while the sign stays, and shrinks when it turns.",
    .latex = R"(\begin{aligned} \Delta &\leftarrow \Delta \cdot \begin{cases} \eta_+ & g\, g_{\text{prev}} > 0 \\ \eta_- & g\, g_{\text{prev}} < 0 \\ 1 & \text{else} \end{cases} \\ \theta &\leftarrow \theta - \operatorname{sign}(g) \Delta \end{aligned})",
    .options = {{.name = "lr", .value = 1e-2},
                {.name = "etas", .kind = OptionDef::Kind::pair, .value = 0.5, .second = 1.2},
                {.name = "step_sizes", .kind = OptionDef::Kind::pair, .value = 1e-6, .second = 50},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag}},
    .state = {{"step", StateDef::Kind::integer}, {"prev"}, {"step_size"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
