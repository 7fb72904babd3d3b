// What losses share: their reduction.
#pragma once
#include "ops/opdef.h"

namespace nabla {

enum class Reduction : std::uint8_t { none, mean, sum };

/// From the arguments size_average and reduce (deprecated, with a warning) and reduction. ValueError for another word.
Reduction reduction_from(const Arg& size_average, const Arg& reduce, const Arg& reduction);

/// The losses as they are, their mean or their sum; without autograd.
Tensor reduced(const Tensor& losses, Reduction reduction);

}  // namespace nabla
