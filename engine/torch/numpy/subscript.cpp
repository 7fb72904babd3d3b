// Subscripts of arrays: a view where only integers, slices, None and ... stand, else a copy, through the operators that tensors use.
#include <algorithm>

#include "base/error.h"
#include "ops/indexing.h"
#include "tensor/loops.h"
#include "torch/numpy/numpy.h"

namespace nabla {
namespace {

/// A subscript taken apart: `view` shows x with its slices, integers and new axes applied; where there are arrays, the dimensions that
/// they index are whole in `view`, and `index` indexes it.
struct Subscript {
  Tensor view;
  Ref<Index> index;     // null: the view is all
  bool scalar = false;  // integers for all dimensions
};

[[noreturn]] void no_index() {
  fail("IndexError", "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices");
}

/// The array in a part of a subscript; null when it is an integer, a slice, None or an ellipsis.
Tensor array_part(const Value& part) {
  Tensor out;
  if (part.is_bool()) return scalar_tensor(Scalar::of(part.is_true()), DType::bool_);
  if (TensorImpl* x = as_array(part)) {
    if (x->dim() == 0 && is_integral(x->dtype)) return {};
    out = tensor_of_array(*x);
  } else if (TensorImpl* tensor = as_tensor(part)) {
    if (tensor->dim() == 0 && is_integral(tensor->dtype)) return {};
    out = numpy_of_tensor(*tensor);
  } else if (as<List>(part) || as<Tuple>(part) || as<Range>(part)) {
    out = array_from(part, nullptr);
    if (out->numel == 0) out = cast(out, DType::int64);
  } else {
    return {};
  }
  if (out->dim() == 0 && out->dtype != DType::bool_) no_index();
  if (is_floating(out->dtype)) fail("IndexError", "arrays used as indices must be of integer (or boolean) type");
  return out->dtype == DType::bool_ ? out : cast(out, DType::int64);
}

bool is_integer(const Value& part) { return is_int(part) || as_array(part) || as_tensor(part) || find_attribute(part, intern("__index__")).is_object(); }

std::int64_t bounded(std::int64_t at, std::int64_t axis, std::int64_t size) {
  if (at >= size || at < -size) fail("IndexError", "index ", at, " is out of bounds for axis ", axis, " with size ", size);
  return at < 0 ? at + size : at;
}

struct Bounds {
  std::int64_t start, step, count;
};
Bounds bounds_of(const Slice& slice, std::int64_t size) {
  const std::int64_t step = slice.step.is_none() ? 1 : to_index(slice.step);
  if (step == 0) fail("ValueError", "slice step cannot be zero");
  const auto clamp = [&](const Value& at, std::int64_t otherwise) {
    if (at.is_none()) return otherwise;
    std::int64_t i = to_index(at);
    if (i < 0) i += size;
    return std::clamp<std::int64_t>(i, step < 0 ? -1 : 0, step < 0 ? size - 1 : size);
  };
  const std::int64_t start = clamp(slice.start, step < 0 ? size - 1 : 0), stop = clamp(slice.stop, step < 0 ? -1 : size);
  const std::int64_t span = step < 0 ? start - stop : stop - start, pace = std::abs(step);
  return {start, step, span <= 0 ? 0 : (span + pace - 1) / pace};
}

void check_array(const Tensor& part, const TensorImpl& x, std::size_t axis) {
  if (part->dtype == DType::bool_) {
    for (std::size_t d = 0; d < part->dim(); ++d) {
      if (part->sizes[d] == x.sizes[axis + d]) continue;
      fail("IndexError", "boolean index did not match indexed array along dimension ", axis + d, "; dimension is ", x.sizes[axis + d],
           " but corresponding boolean dimension is ", part->sizes[d]);
    }
    return;
  }
  for (std::int64_t i = 0; i < part->numel; ++i) bounded(element(*part, offset_of(*part, i)).integer, static_cast<std::int64_t>(axis), x.sizes[axis]);
}

Subscript take_apart(TensorImpl& x, const Value& key) {
  std::vector<Value> parts;
  if (const auto* tuple = as<Tuple>(key)) parts = tuple->items;
  else parts.push_back(key);
  std::vector<Tensor> arrays;
  std::size_t used = 0, ellipses = 0;
  for (const Value& part : parts) {
    const Tensor array = array_part(part);
    arrays.push_back(array);
    if (part.is_ellipsis()) ++ellipses;
    else if (!part.is_none()) used += array && array->dtype == DType::bool_ ? array->dim() : 1;
  }
  if (ellipses > 1) fail("IndexError", "an index can only have a single ellipsis ('...')");
  if (used > x.dim()) {
    fail("IndexError", "too many indices for array: array is ", x.dim(), "-dimensional, but ", used, " were indexed");
  }
  if (ellipses == 0 && used < x.dim()) {
    parts.push_back(Value::ellipsis());
    arrays.emplace_back();
  }
  const bool advanced = std::any_of(arrays.begin(), arrays.end(), [](const Tensor& array) { return bool(array); });
  Subscript out;
  out.scalar = !advanced && ellipses == 0 && used == x.dim() && x.dim() > 0;
  Ref<Index> index = make<Index>();
  Dims sizes, strides;
  std::int64_t start = 0;
  std::size_t axis = 0;
  const auto whole = [&](std::int64_t size, std::int64_t stride) {
    sizes.push_back(size);
    strides.push_back(stride);
  };
  const auto step = [&](IndexItem::Kind kind, std::int64_t at = 0, const Tensor& array = {}) {
    IndexItem item{};
    item.kind = kind;
    item.start = at;
    item.tensor = array;
    index->items.push_back(std::move(item));
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Value& part = parts[i];
    if (arrays[i]) {
      if (arrays[i]->dim() > 0) check_array(arrays[i], x, axis);
      step(IndexItem::Kind::tensor, 0, arrays[i]);
      const std::size_t dims = arrays[i]->dtype == DType::bool_ ? arrays[i]->dim() : 1;
      for (std::size_t d = 0; d < dims; ++d, ++axis) whole(x.sizes[axis], x.strides[axis]);
    } else if (part.is_none()) {
      out.scalar = false;
      whole(1, 0);
      step(IndexItem::Kind::slice);
    } else if (part.is_ellipsis()) {
      for (std::size_t count = x.dim() - used; count > 0; --count, ++axis) {
        whole(x.sizes[axis], x.strides[axis]);
        step(IndexItem::Kind::slice);
      }
    } else if (const auto* slice = as<Slice>(part)) {
      const Bounds bounds = bounds_of(*slice, x.sizes[axis]);
      if (bounds.count > 0) start += bounds.start * x.strides[axis];
      whole(bounds.count, x.strides[axis] * bounds.step);
      step(IndexItem::Kind::slice);
      out.scalar = false;
      ++axis;
    } else {
      if (text_of(part) || part.is_float() || !is_integer(part)) no_index();
      const TensorImpl* boxed = as_array(part) ? as_array(part) : as_tensor(part);
      const std::int64_t at = bounded(boxed ? element(*boxed, 0).integer : to_index(part), static_cast<std::int64_t>(axis), x.sizes[axis]);
      if (advanced) {
        whole(x.sizes[axis], x.strides[axis]);
        step(IndexItem::Kind::integer, at);
      } else {
        start += at * x.strides[axis];
      }
      ++axis;
    }
  }
  out.view = alias(Tensor(&x));
  out.view->numel = count_elements(sizes);
  out.view->sizes = std::move(sizes);
  out.view->strides = std::move(strides);
  out.view->advance(start);
  out.view->type = known_tensor_type;
  if (advanced) out.index = index;
  return out;
}

}  // namespace

Value array_get_item(const Value& self, const Value& key) {
  TensorImpl& x = *as_array(self);
  if (is_numpy_scalar(self) && !(as<Tuple>(key) && as<Tuple>(key)->items.empty()) && !key.is_none() && !key.is_ellipsis()) {
    fail("IndexError", "invalid index to scalar variable.");
  }
  const Aside aside;
  const Subscript subscript = take_apart(x, key);
  if (subscript.index) return array_of(index(tensor_of_array(*subscript.view), *subscript.index));
  if (subscript.scalar || (x.dim() == 0 && as<Tuple>(key) && as<Tuple>(key)->items.empty())) return result_of(copy(subscript.view));
  return array_of(subscript.view);
}

void array_set_item(const Value& self, const Value& key, const Value& value) {
  if (value.is_undefined()) fail("ValueError", "cannot delete array elements");
  TensorImpl& x = *as_array(self);
  const Aside aside;
  const Subscript subscript = take_apart(x, key);
  Tensor from = array_from(value, nullptr);
  if (is_floating(from->dtype) && is_integral(x.dtype)) {
    for (std::int64_t i = 0; i < from->numel; ++i) {
      if (element(*from, i).real != element(*from, i).real) fail("ValueError", "cannot convert float NaN to integer");
    }
  }
  from = cast(from, x.dtype);
  if (!subscript.index) {
    while (from->dim() > subscript.view->dim() && from->sizes[0] == 1) from = select(from, 0, 0);
    if (subscript.scalar && from->dim() > 0) fail("ValueError", "setting an array element with a sequence.");
    if (!is_expandable(from->sizes, subscript.view->sizes)) {
      fail("ValueError", "could not broadcast input array from shape ", shape_text(from->sizes), " into shape ", shape_text(subscript.view->sizes));
    }
    copy_into(subscript.view, from);
    return;
  }
  const Tensor place = index(tensor_of_array(*subscript.view), *subscript.index);
  if (!is_expandable(from->sizes, place->sizes)) {
    fail("ValueError", "shape mismatch: value array of shape ", shape_text(from->sizes), " could not be broadcast to indexing result of shape ", shape_text(place->sizes));
  }
  set_index(subscript.view, *subscript.index, Arg(from));
}

}  // namespace nabla
