// What losses share: their reduction.
#pragma once
#include "ops/opdef.h"

namespace nabla {

enum class Reduction : std::uint8_t { none, mean, sum };

/// From the arguments size_average and reduce (deprecated, with a warning) and reduction. ValueError for another word.
Reduction reduction_from(const Arg& size_average, const Arg& reduce, const Arg& reduction);

/// The losses as they are, their mean or their sum; without autograd.
Tensor reduced(const Tensor& losses, Reduction reduction);

/// RuntimeError when an argument requires a gradient that there is none of.
inline void refuse_gradient(const Arg& arg, const char* function, const char* argument) {
  if (!arg.is_tensor() || !grad_enabled() || !requires_grad(*arg.impl())) return;
  fail("RuntimeError", "The function '", function, "' is not differentiable with respect to argument '", argument,
       "'. This input cannot have requires_grad True.");
}

}  // namespace nabla
