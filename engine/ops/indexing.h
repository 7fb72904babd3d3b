// Indexing as Python writes it: x[1], x[:, ::2], x[None, ...], x[mask], x[[0, 2]], and assignment to such places.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// x[index]: a view where only integers, slices, None and ... are used, else a copy. IndexErrors in PyTorch's words.
Tensor index(const Tensor& x, const Index& index);

/// x[index] = value; a number or a tensor that broadcasts to the place.
void set_index(const Tensor& x, const Index& index, const Arg& value);

/// What scatter, scatter_add and scatter_reduce ask of their arguments: an int64 index of x's rank, in no other dimension than `dim` larger than x,
/// and nowhere than `from` (null where numbers are placed), which has x's dtype. RuntimeErrors in PyTorch's words.
void check_scatter(const Tensor& x, std::int64_t dim, const Tensor& index, const TensorImpl* from);

/// A mask as the kernels of masked_fill and its kin read it: the first byte of each element, 0 or 1 (RuntimeError else), whatever its dtype; a uint8 mask is warned of.
Tensor read_mask(const Tensor& mask, std::string_view name);

}  // namespace nabla
