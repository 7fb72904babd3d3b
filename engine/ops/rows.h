// Rows: a tensor laid out so that what is reduced together lies together, for kernels that walk one row after the other.
#pragma once
#include <vector>

#include "tensor/tensor.h"

namespace nabla {

/// In what order a row has its elements: row-major, or as they lie in memory (that of PyTorch's reductions, where the order tells).
enum class RowOrder : bool { by_index, in_memory };

struct Rows {
  Tensor data;           // contiguous, the marked dimensions last
  std::int64_t count;    // rows, one for each element of the result
  std::int64_t length;   // elements in a row
  Dims out_sizes;        // of the result
  bool runs = false;     // did each row lie in x, whose dtype it has, as one run?
};

/// x as `dtype` with the marked dimensions in rows; no copy when they are the last ones already. `keepdim` decides whether the
/// result keeps them with size 1.
Rows to_rows(const Tensor& x, const std::vector<bool>& dims, bool keepdim, DType dtype, RowOrder order = RowOrder::by_index);

/// The same for kernels that give a row for a row (softmax, cumsum): one dimension, wrapped.
Rows to_rows(const Tensor& x, std::int64_t dim, DType dtype);
/// Such rows' results (laid out as to_rows gave them) as a tensor of x's shape.
Tensor from_rows(const Tensor& rows, const Tensor& x, std::int64_t dim);

}  // namespace nabla
