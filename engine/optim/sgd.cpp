// Stochastic gradient descent with momentum. Source of the rule: PyTorch's documentation of torch.optim.SGD, which differs from
// Sutskever et al. in where the learning rate stands.
#include "optim/elements.h"

namespace nabla {
namespace {

enum Option { kLr, kMomentum, kDampening, kWeightDecay, kNesterov, kMaximize };
enum Quantity { kDirection = kFirstOwn, kFirst };

void check(const double* o, const std::string* shown) {
  if (o[kLr] < 0) fail("ValueError", "Invalid learning rate: ", shown[kLr]);
  if (o[kMomentum] < 0) fail("ValueError", "Invalid momentum value: ", shown[kMomentum]);
  if (o[kWeightDecay] < 0) fail("ValueError", "Invalid weight_decay value: ", shown[kWeightDecay]);
  if (o[kNesterov] != 0 && (o[kMomentum] <= 0 || o[kDampening] != 0)) {
    fail("ValueError", "Nesterov momentum requires a momentum and zero dampening");
  }
}

/// One pass over contiguous memory. `velocity` is null without momentum; `first`: it holds nothing yet; `told`: where to leave the gradient
/// as turned and decayed, and the direction.
template <bool is_told, class T>
void step(T* p, const T* gradient, T* velocity, bool first, std::int64_t count, const double* o, T* const* told = nullptr) {
  const T lr = static_cast<T>(-o[kLr]), sign = o[kMaximize] != 0 ? T(-1) : T(1);
  const T momentum = static_cast<T>(o[kMomentum]), fresh = static_cast<T>(1 - o[kDampening]), decay = static_cast<T>(o[kWeightDecay]);
  for (std::int64_t i = 0; i < count; ++i) {
    T g = sign * gradient[i];
    if constexpr (is_told) told[kAscent][i] = g;
    if (decay != 0) g = fused(decay, p[i], g);
    if constexpr (is_told) told[kDecayed][i] = g;
    if (velocity) {
      velocity[i] = first ? g : fused(fresh, g, momentum * velocity[i]);
      g = o[kNesterov] != 0 ? fused(momentum, velocity[i], g) : velocity[i];
    }
    if constexpr (is_told) told[kDirection][i] = g;
    p[i] = fused(lr, g, p[i]);
  }
}

template <class T>
void step(const Update& u, const Tensor& parameter, const Tensor& gradient, bool first) {
  T* const p = parameter->data_as<T>();
  const T* const g = gradient->data_as<T>();
  T* const velocity = u.options[kMomentum] != 0 ? u.state[0]->data_as<T>() : nullptr;
  if (!u.told) return step<false>(p, g, velocity, first, parameter->numel, u.options);
  T* told[3];
  for (int i = 0; i < 3; ++i) told[i] = (u.told->quantities[i] = empty(parameter->sizes, parameter->dtype))->template data_as<T>();
  tell(u, kFirst, first);
  step<true>(p, g, velocity, first, parameter->numel, u.options, told);
}

void update(const Update& u) {
  const Tensor parameter = contiguous(u.parameter);
  const Tensor gradient = contiguous(u.gradient);
  const bool first = u.options[kMomentum] != 0 && !u.state[0];
  if (first) u.state[0] = empty(parameter->sizes, parameter->dtype);
  if (parameter->dtype == DType::float64) step<double>(u, parameter, gradient, first);
  else step<float>(u, parameter, gradient, first);
  if (!(parameter == u.parameter)) copy_into(u.parameter, parameter);
}

}  // namespace

const OptimizerDef kSgd{
    .name = "SGD",
    .doc = "Stochastic gradient descent, optionally with momentum.",
    .options = {{.name = "lr", .required = true, .tex = R"(\gamma)"},
                {.name = "momentum", .tex = R"(\mu)"},
                {.name = "dampening", .tex = R"(\tau)"},
                weight_decay(),
                {.name = "nesterov", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                {.name = "foreach", .kind = OptionDef::Kind::inert, .keyword_only = true, .shown_as_none = true},
                {.name = "differentiable", .kind = OptionDef::Kind::inert, .keyword_only = true}},
    .state = {{.name = "momentum_buffer", .tex = "v", .otherwise = "decayed"}},
    .quantities = {kAscentDef, kDecayedDef, {.name = "direction", .tex = "d", .otherwise = "momentum_buffer"}, {.name = "first"}},
    .rule = {kAscends, kDecays,
             {"momentum_buffer", "<decayed>", "momentum first"},
             {"momentum_buffer", "<momentum> <momentum_buffer> + <decayed>", "momentum !first !dampening"},
             {"momentum_buffer", "<momentum> <momentum_buffer> + (1 - <dampening>) <decayed>", "momentum !first dampening"},
             {"direction", "<decayed> + <momentum> <momentum_buffer>", "nesterov"},
             {"param", "<param> - <lr> <direction>"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
