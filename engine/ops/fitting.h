// Which numbers a type can hold.
#pragma once
#include "tensor/dtype.h"

namespace nabla {

/// RuntimeError where the type cannot hold the number. Whole numbers below zero wrap in uint8, as in PyTorch; bools hold everything.
void need_fit(Scalar value, DType type);

}  // namespace nabla
