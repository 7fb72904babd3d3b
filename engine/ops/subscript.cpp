// Python's x[...] as a chain of operators, the same as PyTorch's: integers select, slices slice, None unsqueezes; what tensors of
// indices and masks are left goes to `index` or `index_put` in one step.
#include "ops/fitting.h"
#include "ops/families.h"
#include "ops/indexing.h"
#include "ops/support.h"

namespace nabla {
namespace {

using Kind = IndexItem::Kind;

/// How many dimensions of x an item uses up.
std::int64_t dimensions_of(const IndexItem& item) {
  switch (item.kind) {
    case Kind::integer:
    case Kind::slice: return 1;
    case Kind::new_axis:
    case Kind::ellipsis: return 0;
    case Kind::tensor: return item.tensor->dtype == DType::bool_ || item.tensor->dtype == DType::uint8 ? static_cast<std::int64_t>(item.tensor->dim()) : 1;
  }
  return 0;
}

std::int64_t dimensions_of(const Index& index) {
  std::int64_t count = 0;
  for (const IndexItem& item : index.items) count += dimensions_of(item);
  return count;
}

/// `place` is that of the number among the parts of the index: PyTorch's message takes it for the dimension.
Tensor take_one(const Tensor& x, std::int64_t dim, std::int64_t at, std::int64_t place) {
  if (x->dim() == 0 && at != 0) fail("IndexError", "index ", at, " is out of bounds for dimension ", place, " with size 0");
  if (x->dim() == 0) {
    fail("IndexError",
         "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
  }
  const std::int64_t size = x->sizes[dim];
  if (at < -size || at >= size) fail("IndexError", "index ", at, " is out of bounds for dimension ", place, " with size ", size);
  return apply(*find_op("select"), x, dim, at);
}

Tensor take_slice(const Tensor& x, std::int64_t dim, const IndexItem& item, bool keep_whole) {
  if (x->dim() == 0) fail("IndexError", "slice() cannot be applied to a 0-dim tensor.");
  if (item.step == 0) fail("ValueError", "slice step cannot be zero");
  if (item.step < 0) fail("ValueError", "step must be greater than zero");
  const bool whole = (!item.has_start || item.start == 0) && item.has_stop && item.stop == x->sizes[dim] && item.step == 1;
  if (whole && !keep_whole) return x;
  Call call(*find_op("slice"));
  call.count = 5;
  call.args[0] = Arg(x);
  call.args[1] = Arg(dim);
  if (item.has_start) call.args[2] = Arg(item.start);
  if (item.has_stop) call.args[3] = Arg(item.stop);
  call.args[4] = Arg(item.step);
  return run(call);
}

/// An index tensor of Python's True or False, or of any 0-d bool: all or nothing of a new dimension.
Tensor as_positions(const Tensor& flag) {
  return element(*flag, 0).to_bool() ? zeros({1}, DType::int64) : empty({0}, DType::int64);
}

/// What is left when all but index tensors are applied.
struct Sliced {
  Tensor x;
  std::vector<Tensor> indices;  // null: the whole dimension; empty list: nothing left to do
};

Sliced apply_views(const Tensor& self, const Index& index) {
  const std::int64_t used = dimensions_of(index);
  if (index.items.size() > 1 || (!index.items.empty() && index.items[0].kind == Kind::tensor)) {
    if (used > static_cast<std::int64_t>(self->dim())) fail("IndexError", "too many indices for tensor of dimension ", self->dim());
  }
  const bool alone = index.items.size() == 1;
  Sliced out{self, {}};
  std::int64_t dim = 0, place = -1;
  const auto keep = [&](const Tensor& positions) {
    if (out.indices.size() <= static_cast<std::size_t>(dim)) out.indices.resize(dim + 1);
    out.indices[dim] = positions;
  };
  for (const IndexItem& item : index.items) {
    ++place;
    switch (item.kind) {
      case Kind::integer: out.x = take_one(out.x, dim, item.start, place); break;
      case Kind::slice:
        out.x = take_slice(out.x, dim, item, alone);
        ++dim;
        break;
      case Kind::ellipsis: dim += static_cast<std::int64_t>(self->dim()) - used; break;
      case Kind::new_axis: out.x = unsqueeze_at(out.x, dim++); break;
      case Kind::tensor: {
        const Tensor& at = item.tensor;
        const bool narrow = is_integral(at->dtype) && at->dtype != DType::int64 && at->dtype != DType::uint8;
        if (is_floating(at->dtype) || (narrow && at->dim() > 0)) fail("IndexError", "tensors used as indices must be long, byte or bool tensors");
        const bool mask = at->dtype == DType::bool_ || at->dtype == DType::uint8;
        if (at->dim() == 0 && !mask) {
          out.x = take_one(out.x, dim, element(*at, 0).to_int(), place);
          break;
        }
        if (at->dim() == 0) {
          out.x = unsqueeze_at(out.x, dim);
          keep(as_positions(at));
          ++dim;
          break;
        }
        keep(at);
        dim += dimensions_of(item);
        if (mask) dim -= dimensions_of(item) - 1;  // one entry of the list stands for all dimensions of a mask
        break;
      }
    }
  }
  return out;
}

/// A value without its leading dimensions of size 1, which an assignment ignores.
Tensor without_leading_ones(const Tensor& value, bool always_view = false) {
  Dims sizes = value->sizes;
  while (!sizes.empty() && sizes[0] == 1) sizes.erase(0);
  return sizes.size() == value->dim() && !always_view ? value : apply(*find_op("view"), value, sizes);
}

}  // namespace

Tensor index(const Tensor& x, const Index& index) {
  const Sliced sliced = apply_views(x, index);
  if (!sliced.indices.empty()) return apply(*find_op("index"), sliced.x, sliced.indices);
  return sliced.x == x ? apply(*find_op("alias"), x) : sliced.x;
}

void set_index(const Tensor& x, const Index& index, const Arg& value) {
  Sliced sliced = apply_views(x, index);
  if (!value.is_tensor()) need_fit(value.scalar(), sliced.x->dtype);
  Tensor from = value.is_tensor() ? value.tensor() : scalar_tensor(value.scalar(), sliced.x->dtype);
  if (!sliced.indices.empty()) {
    apply_in_place(*find_op("index_put"), sliced.x, sliced.indices, value.is_tensor() ? without_leading_ones(from) : from);
    return;
  }
  if (from->dim() == 0 && sliced.x->dim() != 0) {
    apply_in_place(*find_op("fill"), sliced.x, from);
    return;
  }
  if (!(from->sizes == sliced.x->sizes)) from = without_leading_ones(from, true);
  if (!(from->sizes == sliced.x->sizes)) from = apply(*find_op("expand"), from, sliced.x->sizes);
  copy_in_place(sliced.x, from);
}

}  // namespace nabla
