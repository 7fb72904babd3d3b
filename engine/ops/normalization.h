// The plain gradients of batch_norm, layer_norm and group_norm, where no graph is made of them: to PyTorch's last digit.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// Of native_batch_norm: `of` is 0 (input), 1 (weight) or 2 (bias).
Tensor batch_norm_slope(const Backward& b, int of);
/// Of layer_norm: `of` is 0 (input), 2 (weight) or 3 (bias).
Tensor layer_norm_slope(const Backward& b, int of);
/// Of group_norm: `of` is 0 (input), 2 (weight) or 3 (bias).
Tensor group_norm_slope(const Backward& b, int of);

}  // namespace nabla
