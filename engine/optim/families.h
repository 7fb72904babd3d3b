// The optimizers, one file each: what all_optimizers.cpp joins.
#pragma once
#include "optim/optimizer.h"

namespace nabla {

extern const OptimizerDef kSgd, kAdam, kAdamW, kAdamax, kNAdam, kRAdam, kAdagrad, kAdadelta, kRMSprop, kRprop, kAsgd, kLbfgs;

}  // namespace nabla
