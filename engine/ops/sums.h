// Sums of floats to PyTorch's last digit: the order in which elements are added. See Note [Sums].
#pragma once
#include "tensor/tensor.h"

namespace nabla {

/// out += x, where `out` has x's sizes and dtype (float32 or float64), with stride 0 in the dimensions that are summed over.
void add_up(const Tensor& out, const Tensor& x);

}  // namespace nabla
