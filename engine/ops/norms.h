// The slope of a p-norm, for all operators that are one.
#pragma once
#include "ops/support.h"

namespace nabla {

/// Of x, whose norm along `dims` is `out` (with those dimensions kept) and receives the gradient g; made of operators.
Tensor norm_slope(const Tensor& x, const Tensor& g, const Tensor& out, const std::vector<bool>& dims, double p);

}  // namespace nabla
