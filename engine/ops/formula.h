// The operators that gradient formulas are written in, as C++ functions and signs. All of them are differentiable, so that
// a gradient can be differentiated again. A Python number may stand on either side of a sign.
#pragma once
#include <concepts>

#include "ops/opdef.h"

namespace nabla {

Tensor operator+(const Arg& x, const Arg& y);
Tensor operator-(const Arg& x, const Arg& y);
Tensor operator*(const Arg& x, const Arg& y);
Tensor operator/(const Arg& x, const Arg& y);
Tensor operator-(const Tensor& x);
// With a plain number: what PyTorch's C++ has in its formulas, nodes of their own (MulBackward1, DivBackward1, AddBackward1, SubBackward1, RsubBackward1).
/// x + y, x - y, x * y, x / y for these signs, and y - x for 'r'.
Tensor with_number(char sign, const Tensor& x, Scalar y);
template <class N>
concept PlainNumber = std::is_arithmetic_v<N>;
inline Scalar plain_number(std::floating_point auto y) { return Scalar::of(static_cast<double>(y)); }
inline Scalar plain_number(std::integral auto y) { return Scalar::of(static_cast<std::int64_t>(y)); }
Tensor operator+(const Tensor& x, PlainNumber auto y) { return with_number('+', x, plain_number(y)); }
Tensor operator-(const Tensor& x, PlainNumber auto y) { return with_number('-', x, plain_number(y)); }
Tensor operator-(PlainNumber auto x, const Tensor& y) { return with_number('r', y, plain_number(x)); }
Tensor operator*(const Tensor& x, PlainNumber auto y) { return with_number('*', x, plain_number(y)); }
Tensor operator/(const Tensor& x, PlainNumber auto y) { return with_number('/', x, plain_number(y)); }
/// The operator that a call of one of these stands for: add, sub, mul or div; null for any other.
const OpDef* sign_of_number(const Call& call);
Tensor operator+(PlainNumber auto x, const Tensor& y) { return y + x; }
Tensor operator*(PlainNumber auto x, const Tensor& y) { return y * x; }
Tensor operator/(PlainNumber auto x, const Tensor& y) { return Arg(plain_number(x)) / Arg(y); }

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
Tensor restore_dims(Tensor x, const std::vector<bool>& dims);
/// Sums x until it has these sizes, to which it could be broadcast from: undoes a broadcast.
Tensor sum_to_size(const Tensor& x, const Dims& sizes);
Tensor expand_to(const Tensor& x, const Dims& sizes);
Tensor matmul(const Tensor& x, const Tensor& y);
Tensor transpose_last(const Tensor& x);  // of the last two dimensions; 0-d and 1-d stay
Tensor permute_to(const Tensor& x, const Dims& order);
Tensor unsqueeze_at(const Tensor& x, std::int64_t dim);
/// C++'s name of a type, which some of PyTorch's messages use.
const char* c_name(DType dtype) noexcept;
/// Drops the dimension if its size is 1.
Tensor squeeze_at(const Tensor& x, std::int64_t dim);
/// Zeros of these sizes with g at the places that select, slice, diagonal or unfold shows: undoes the view. `args` are those of the view after the tensor.
Tensor placed(const Tensor& g, const Dims& sizes, const OpDef& view, const Arg* args);
Tensor placed(const Backward& b);
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
