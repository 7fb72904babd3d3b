// A look at what operators are about to be applied to, for the runtime.
#pragma once
#include "tensor/tensor.h"

namespace nabla {

/// Called for each tensor that an operator is about to be applied to, composite ones included; `overwritten`: in place. It may change the
/// elements. Null when off.
using OperandObserver = void (*)(TensorImpl& x, bool overwritten);
extern OperandObserver operand_observer;

}  // namespace nabla
