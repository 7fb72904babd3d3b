// The list of all optimizers. An explicit one: a linker drops objects of a static library that nobody names.
#include "optim/families.h"

namespace nabla {

UpdateObserver update_observer = nullptr;

std::span<const OptimizerDef* const> all_optimizers() {
  static const OptimizerDef* const list[] = {&kSgd, &kAdam, &kAdamW, &kAdamax, &kNAdam, &kRAdam, &kAdagrad, &kAdadelta, &kRMSprop, &kRprop, &kAsgd, &kLbfgs};
  return list;
}

}  // namespace nabla
