// Laying tensors out in rows.
#include "ops/rows.h"

#include <algorithm>

#include "tensor/layout.h"
#include "tensor/loops.h"

namespace nabla {

Rows to_rows(const Tensor& x, const std::vector<bool>& dims, bool keepdim, DType dtype, RowOrder row_order) {
  Rows rows{.count = 1, .length = 1};
  Dims order;
  for (std::size_t i = 0; i < x->dim(); ++i) {
    if (!dims[i]) {
      order.push_back(static_cast<std::int64_t>(i));
      rows.count *= x->sizes[i];
    }
    if (!dims[i] || keepdim) rows.out_sizes.push_back(dims[i] ? 1 : x->sizes[i]);
  }
  const TensorImpl* const operands[] = {x.get()};
  std::vector<std::size_t> walk = walking_order(x->sizes, operands);
  if (row_order == RowOrder::by_index) std::sort(walk.rbegin(), walk.rend());
  rows.runs = x->dtype == dtype;
  for (const std::size_t i : walk) {  // the innermost first
    if (!dims[i]) continue;
    rows.runs = rows.runs && (x->sizes[i] == 1 || x->strides[i] == rows.length);
    rows.length *= x->sizes[i];
  }
  for (auto i = walk.rbegin(); i != walk.rend(); ++i) {
    if (dims[*i]) order.push_back(static_cast<std::int64_t>(*i));
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
