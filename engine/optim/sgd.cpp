// Stochastic gradient descent with momentum. Source of the rule: PyTorch's documentation of torch.optim.SGD, which differs from
// Sutskever et al. in where the learning rate stands.
#include "base/error.h"
#include "optim/families.h"
#include "tensor/loops.h"

namespace nabla {
namespace {

enum Option { kLr, kMomentum, kDampening, kWeightDecay, kNesterov, kMaximize };

void check(const double* o, const std::string* shown) {
  if (o[kLr] < 0) fail("ValueError", "Invalid learning rate: ", shown[kLr]);
  if (o[kMomentum] < 0) fail("ValueError", "Invalid momentum value: ", shown[kMomentum]);
  if (o[kWeightDecay] < 0) fail("ValueError", "Invalid weight_decay value: ", shown[kWeightDecay]);
  if (o[kNesterov] != 0 && (o[kMomentum] <= 0 || o[kDampening] != 0)) {
    fail("ValueError", "Nesterov momentum requires a momentum and zero dampening");
  }
}

/// One pass over contiguous memory. `velocity` is null without momentum; `first`: it holds nothing yet.
template <class T>
void step(T* p, const T* gradient, T* velocity, bool first, std::int64_t count, const double* o) {
  const T lr = static_cast<T>(-o[kLr]), sign = o[kMaximize] != 0 ? T(-1) : T(1);
  const T momentum = static_cast<T>(o[kMomentum]), fresh = static_cast<T>(1 - o[kDampening]), decay = static_cast<T>(o[kWeightDecay]);
  for (std::int64_t i = 0; i < count; ++i) {
    T g = sign * gradient[i];
    if (decay != 0) g += decay * p[i];
    if (velocity) {
      velocity[i] = first ? g : momentum * velocity[i] + fresh * g;
      g = o[kNesterov] != 0 ? g + momentum * velocity[i] : velocity[i];
    }
    p[i] += lr * g;
  }
}

void update(const Update& u) {
  const Tensor parameter = contiguous(u.parameter);
  const Tensor gradient = contiguous(u.gradient);
  Tensor& velocity = u.state[0];
  const bool first = u.options[kMomentum] != 0 && !velocity;
  if (first) velocity = empty(parameter->sizes, parameter->dtype);
  const bool moves = u.options[kMomentum] != 0;
  if (parameter->dtype == DType::float64) {
    step(parameter->data_as<double>(), gradient->data_as<double>(), moves ? velocity->data_as<double>() : nullptr, first, parameter->numel, u.options);
  } else {
    step(parameter->data_as<float>(), gradient->data_as<float>(), moves ? velocity->data_as<float>() : nullptr, first, parameter->numel, u.options);
  }
  if (!(parameter == u.parameter)) copy_into(u.parameter, parameter);
}

}  // namespace

const OptimizerDef kSgd{
    .name = "SGD",
    .doc = "Stochastic gradient descent, optionally with momentum.",
    .latex = R"(\begin{aligned} g &\leftarrow \nabla_\theta L + \lambda \theta \\ v &\leftarrow \mu v + (1 - \tau) g \\ \theta &\leftarrow \theta - \gamma v \end{aligned})",
    .options = {{.name = "lr", .required = true},
                {.name = "momentum"},
                {.name = "dampening"},
                {.name = "weight_decay"},
                {.name = "nesterov", .kind = OptionDef::Kind::flag},
                {.name = "maximize", .kind = OptionDef::Kind::flag, .keyword_only = true},
                {.name = "foreach", .kind = OptionDef::Kind::inert, .keyword_only = true, .shown_as_none = true},
                {.name = "differentiable", .kind = OptionDef::Kind::inert, .keyword_only = true}},
    .state = {{"momentum_buffer"}},
    .check = check,
    .update = update,
};

}  // namespace nabla
