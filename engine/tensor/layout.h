// Layout: how a new tensor lies in memory when it comes from others. As in PyTorch, a result keeps the order of its inputs' dimensions.
#pragma once
#include <span>
#include <vector>

#include "tensor/tensor.h"

namespace nabla {

/// Do the elements fill their memory, without gaps and without two in one place?
bool is_dense(const TensorImpl& x);
/// May two elements lie in one place? PyTorch's rule, which also says so of some that do not.
bool overlaps(const Dims& sizes, const Dims& strides);
/// Uninitialised memory for the result of an element-wise operator on these inputs (nulls stand for numbers).
/// Source of the rule: PyTorch's TensorIterator, by its observed behaviour.
Tensor empty_for(const Dims& sizes, DType dtype, std::span<const TensorImpl* const> inputs);
/// For a copy of x, and what is like x: PyTorch's "preserve format".
Tensor empty_as(const TensorImpl& x, DType dtype);
/// A new tensor with its own memory that lies as x does.
Tensor copy_as(const Tensor& x);

/// The dimensions of `sizes` as PyTorch walks them, the innermost first: sorted by the strides of the operands, the first operand
/// deciding first. In a reduction that is the output, and the dimensions in which it has stride 0 come before all others.
std::vector<std::size_t> walking_order(const Dims& sizes, std::span<const TensorImpl* const> operands, bool reduction = false);

}  // namespace nabla
