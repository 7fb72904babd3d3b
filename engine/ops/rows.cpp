// Laying tensors out in rows.
#include "ops/rows.h"

#include "tensor/loops.h"

namespace nabla {

Rows to_rows(const Tensor& x, const std::vector<bool>& dims, bool keepdim, DType dtype) {
  Rows rows{.count = 1, .length = 1};
  Dims order;
  for (std::size_t i = 0; i < x->dim(); ++i) {
    if (!dims[i]) {
      order.push_back(static_cast<std::int64_t>(i));
      rows.count *= x->sizes[i];
    }
    if (!dims[i] || keepdim) rows.out_sizes.push_back(dims[i] ? 1 : x->sizes[i]);
  }
  for (std::size_t i = 0; i < x->dim(); ++i) {
    if (!dims[i]) continue;
    order.push_back(static_cast<std::int64_t>(i));
    rows.length *= x->sizes[i];
  }
  rows.data = contiguous(permute(cast(x, dtype), order));
  return rows;
}

Rows to_rows(const Tensor& x, std::int64_t dim, DType dtype) {
  std::vector<bool> dims(x->dim(), false);
  if (x->dim()) dims[dim] = true;
  return to_rows(x, dims, false, dtype);
}

Tensor from_rows(const Tensor& rows, const Tensor& x, std::int64_t dim) {
  if (x->dim() == 0 || dim + 1 == static_cast<std::int64_t>(x->dim())) return rows;
  Dims order;
  for (std::size_t i = 0; i + 1 < x->dim(); ++i) {
    if (static_cast<std::int64_t>(i) == dim) order.push_back(static_cast<std::int64_t>(x->dim()) - 1);
    order.push_back(static_cast<std::int64_t>(i));
  }
  const Tensor out = contiguous(permute(rows, order));
  out->strides = contiguous_strides(out->sizes);  // where dimensions of size 1 were moved, those of the rows are left
  return out;
}

}  // namespace nabla
