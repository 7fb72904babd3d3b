// The operators that gradient formulas are written in, as C++ functions and signs. All of them are differentiable, so that
// a gradient can be differentiated again. A Python number may stand on either side of a sign.
#pragma once
#include "ops/opdef.h"

namespace nabla {

Tensor operator+(const Arg& x, const Arg& y);
Tensor operator-(const Arg& x, const Arg& y);
Tensor operator*(const Arg& x, const Arg& y);
Tensor operator/(const Arg& x, const Arg& y);
Tensor operator-(const Tensor& x);

Tensor pow(const Arg& x, const Arg& y);
Tensor exp(const Tensor& x);
Tensor log(const Tensor& x);
Tensor sqrt(const Tensor& x);
Tensor sin(const Tensor& x);
Tensor cos(const Tensor& x);
Tensor sign(const Tensor& x);
Tensor where(const Tensor& condition, const Arg& x, const Arg& y);

Tensor sum(const Tensor& x);
/// Sums x until it has these sizes, to which it could be broadcast from: undoes a broadcast.
Tensor sum_to_size(const Tensor& x, const Dims& sizes);
Tensor expand_to(const Tensor& x, const Dims& sizes);
Tensor matmul(const Tensor& x, const Tensor& y);
Tensor transpose_last(const Tensor& x);  // of the last two dimensions; 0-d and 1-d stay
Tensor reshape_to(const Tensor& x, const Dims& sizes);
Tensor to_dtype(const Tensor& x, DType dtype);
Tensor zeros_like(const Tensor& x);
Tensor ones_like(const Tensor& x);

}  // namespace nabla
