// Rprop: by the signs of the gradient alone; each element's step grows while the sign stays, and shrinks when it turns. Source: Riedmiller
// and Braun, as PyTorch documents it.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kEtaMinus, kEtaPlus, kSmallest, kLargest, kForeachOption, kMaximize };
enum Quantity { kFactor = kFirstOwn, kKept };
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
  on_elements(u, {kPrevious, kStepSize}, {kFactor, kKept}, 0, o[kMaximize] != 0, [&](auto& p, auto g, auto* const* s, auto* const* e, std::int64_t i) {
    using T = std::remove_cvref_t<decltype(p)>;
    const T agreement = g * s[0][i];
    const T factor = agreement > 0 ? static_cast<T>(o[kEtaPlus]) : agreement < 0 ? static_cast<T>(o[kEtaMinus]) : T(1);
    s[1][i] = std::min(std::max(s[1][i] * factor, static_cast<T>(o[kSmallest])), static_cast<T>(o[kLargest]));
    if (agreement < 0) g = 0;
    if (e) e[0][i] = factor, e[1][i] = g;
    p -= static_cast<T>((g > 0) - (g < 0)) * s[1][i];
    s[0][i] = g;
  });
}

}  // namespace

const OptimizerDef kRprop{
    .name = "Rprop",
    .doc = "By the signs of the gradient alone: each element's step grows while the sign stays, and shrinks when it turns.",
    .options = {learning_rate(1e-2),
                {.name = "etas", .kind = OptionDef::Kind::pair, .value = 0.5, .second = 1.2, .tex = R"(\eta_-)", .second_tex = R"(\eta_+)"},
                {.name = "step_sizes", .kind = OptionDef::Kind::pair, .value = 1e-6, .second = 50, .tex = R"(\Delta_{\min})", .second_tex = R"(\Delta_{\max})"},
                kForeach,
                {.name = "maximize", .kind = OptionDef::Kind::flag}},
    .state = {{.name = "step", .kind = StateDef::Kind::integer, .tex = "t"}, {.name = "prev", .tex = R"(g_{\text{prev}})"}, {.name = "step_size", .tex = R"(\Delta)"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "factor", .tex = R"(\eta)"}, {.name = "kept", .tex = R"(\hat g)"}},
    .rule = {kAscends,
             {"factor", R"(\begin{cases} <etas[1]> & <ascent> <prev> \gt 0 \\ <etas[0]> & <ascent> <prev> \lt 0 \\ 1 & \text{else} \end{cases})"},
             {"kept", R"(\begin{cases} 0 & <ascent> <prev> \lt 0 \\ <ascent> & \text{else} \end{cases})"},
             {"step_size", R"(\min(\max(<step_size> <factor>, <step_sizes[0]>), <step_sizes[1]>))"},
             {"prev", "<kept>"},
             {"param", R"(<param> - \operatorname{sign}(<kept>) <step_size>)"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
