// Indexing as Python writes it: x[1], x[:, ::2], x[None, ...], x[mask], x[[0, 2]], and assignment to such places.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// x[index]: a view where only integers, slices, None and ... are used, else a copy. IndexErrors in PyTorch's words.
Tensor index(const Tensor& x, const Index& index);

/// x[index] = value; a number or a tensor that broadcasts to the place.
void set_index(const Tensor& x, const Index& index, const Arg& value);

}  // namespace nabla
