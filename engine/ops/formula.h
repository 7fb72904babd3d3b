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
// Comparisons give bools, which have no gradient.
Tensor eq(const Arg& x, const Arg& y);
Tensor gt(const Arg& x, const Arg& y);
Tensor ge(const Arg& x, const Arg& y);
Tensor logical_and(const Tensor& x, const Tensor& y);

Tensor sum(const Tensor& x);
/// Sums over the dimensions that are marked.
Tensor sum(const Tensor& x, const std::vector<bool>& dims, bool keepdim);
/// A reduction's result, whose marked dimensions were dropped, with size 1 there again: broadcasts against the input.
Tensor restore_dims(const Tensor& x, const std::vector<bool>& dims);
/// Sums x until it has these sizes, to which it could be broadcast from: undoes a broadcast.
/// x * y and x / y as PyTorch's C++ has them for plain numbers: MulBackward1, DivBackward1.
Tensor times_number(const Tensor& x, double y);
Tensor over_number(const Tensor& x, double y);
Tensor sum_to_size(const Tensor& x, const Dims& sizes);
Tensor expand_to(const Tensor& x, const Dims& sizes);
Tensor matmul(const Tensor& x, const Tensor& y);
Tensor transpose_last(const Tensor& x);  // of the last two dimensions; 0-d and 1-d stay
Tensor permute_to(const Tensor& x, const Dims& order);
Tensor unsqueeze_at(const Tensor& x, std::int64_t dim);
/// C++'s name of a type, which some of PyTorch's messages use.
const char* c_name(DType dtype) noexcept;
/// Zeros of these sizes with g at the places that `part`, a view of such a tensor from offset 0, shows: undoes a view.
Tensor placed(const Tensor& g, const Dims& sizes, const Tensor& part);
Tensor concatenate(std::vector<Tensor> parts, std::int64_t dim);
Tensor slice_of(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length);
Tensor reshape_to(const Tensor& x, const Dims& sizes);
Tensor clone(const Tensor& x);
Tensor to_dtype(const Tensor& x, DType dtype);
Tensor zeros_like(const Tensor& x);
Tensor ones_like(const Tensor& x);
/// Overwrites `into`, with autograd's rules for changes in place.
void copy_in_place(const Tensor& into, const Arg& from);

}  // namespace nabla
