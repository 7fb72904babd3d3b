// Applying loops over tensors of any strides; casts and copies.
#include "tensor/loops.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <span>
#include <type_traits>

#include "tensor/layout.h"

namespace nabla {
namespace {

/// Byte strides of all operands over a common shape, dimensions that can be walked as one merged, the innermost first.
struct Walk {
  int operands;
  int rank = 0;
  std::int64_t sizes[64];
  std::ptrdiff_t strides[64][kMaxOperands];
};

std::ptrdiff_t byte_stride(const TensorImpl& x, std::size_t rank, std::size_t dim) {
  const std::size_t missing = rank - x.dim();
  if (dim < missing || x.sizes[dim - missing] == 1) return 0;
  return static_cast<std::ptrdiff_t>(x.strides[dim - missing] * item_size(x.dtype));
}

bool can_merge(const Walk& walk, const std::ptrdiff_t* outer) {
  const int inner = walk.rank - 1;
  for (int k = 0; k < walk.operands; ++k) {
    if (outer[k] != walk.strides[inner][k] * static_cast<std::ptrdiff_t>(walk.sizes[inner])) return false;
  }
  return true;
}

template <class To, class From>
void cast_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  char* out = data[0];
  const char* in = data[1];
  for (std::int64_t i = 0; i < count; ++i, out += strides[0], in += strides[1]) {
    const From value = *reinterpret_cast<const From*>(in);
    if constexpr (std::is_same_v<To, bool>) {
      *reinterpret_cast<std::uint8_t*>(out) = value != From{};
    } else if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
      *reinterpret_cast<To*>(out) = static_cast<To>(Scalar::of(static_cast<double>(value)).to_int());
    } else {
      *reinterpret_cast<To*>(out) = static_cast<To>(value);
    }
  }
}

template <class From>
constexpr Loop kCastFrom[kDTypeCount] = {cast_loop<bool, From>,         cast_loop<std::uint8_t, From>, cast_loop<std::int8_t, From>,
                                         cast_loop<std::int16_t, From>, cast_loop<std::int32_t, From>, cast_loop<std::int64_t, From>,
                                         cast_loop<float, From>,        cast_loop<double, From>};
constexpr const Loop* kCast[kDTypeCount] = {kCastFrom<std::uint8_t>, kCastFrom<std::uint8_t>, kCastFrom<std::int8_t>, kCastFrom<std::int16_t>,
                                            kCastFrom<std::int32_t>, kCastFrom<std::int64_t>, kCastFrom<float>,       kCastFrom<double>};

bool same_layout(const TensorImpl& a, const TensorImpl& b) { return a.sizes == b.sizes && a.is_contiguous() && b.is_contiguous(); }

}  // namespace

void for_each(const Tensor& out, std::initializer_list<Operand> inputs, Loop loop) {
  if (out->numel == 0) return;
  char* data[kMaxOperands] = {out->data()};
  const TensorImpl* operands[kMaxOperands] = {out.get()};
  Walk walk;
  walk.operands = 1;
  for (const Operand& input : inputs) {
    data[walk.operands] = const_cast<char*>(input.data);  // loops write to data[0] alone
    operands[walk.operands++] = input.layout;
  }
  if (out->numel == 1) {
    constexpr std::ptrdiff_t kStill[kMaxOperands] = {};
    loop(data, kStill, 1);
    return;
  }
  const std::size_t rank = out->dim();
  std::size_t order[64];  // as the elements of the result follow each other in memory
  for (std::size_t i = 0; i < rank; ++i) order[i] = rank - 1 - i;
  if (!out->is_contiguous()) {
    std::stable_sort(order, order + rank, [&](std::size_t a, std::size_t b) { return std::abs(out->strides[a]) < std::abs(out->strides[b]); });
  }
  for (const std::size_t d : std::span(order, rank)) {
    const std::int64_t size = out->sizes[d];
    if (size == 1) continue;
    std::ptrdiff_t outer[kMaxOperands];
    for (int k = 0; k < walk.operands; ++k) outer[k] = operands[k] ? byte_stride(*operands[k], rank, d) : 0;
    if (walk.rank && can_merge(walk, outer)) {
      walk.sizes[walk.rank - 1] *= size;
      continue;
    }
    walk.sizes[walk.rank] = size;
    std::copy(outer, outer + walk.operands, walk.strides[walk.rank]);
    ++walk.rank;
  }
  std::int64_t index[64] = {};
  for (;;) {
    loop(data, walk.strides[0], walk.sizes[0]);
    int d = 1;
    for (; d < walk.rank; ++d) {
      for (int k = 0; k < walk.operands; ++k) data[k] += walk.strides[d][k];
      if (++index[d] < walk.sizes[d]) break;
      for (int k = 0; k < walk.operands; ++k) data[k] -= walk.strides[d][k] * static_cast<std::ptrdiff_t>(walk.sizes[d]);
      index[d] = 0;
    }
    if (d >= walk.rank) return;
  }
}

Tensor map(const Tensor& x, const Kernel& kernel, DType dtype) {
  const Compute type = compute_type(dtype);
  const Tensor in = cast(x, dtype_of(type));
  const TensorImpl* const inputs[] = {x.get()};
  const Tensor out = empty_for(x->sizes, dtype_of(type), inputs);
  for_each(out, {in}, kernel.loops[static_cast<int>(type)]);
  return cast(out, dtype);
}

Tensor map(const Tensor& x, const Tensor& y, const Kernel& kernel, DType dtype) {
  const Compute type = compute_type(dtype);
  const Tensor a = cast(x, dtype_of(type));
  const Tensor b = cast(y, dtype_of(type));
  const TensorImpl* const inputs[] = {x->dtype == dtype ? x.get() : a.get(), y->dtype == dtype ? y.get() : b.get()};  // what is converted is copied first
  const Tensor out = empty_for(x->sizes == y->sizes ? x->sizes : broadcast(x->sizes, y->sizes), dtype_of(type), inputs);
  for_each(out, {a, b}, kernel.loops[static_cast<int>(type)]);
  return cast(out, dtype);
}

Tensor compare_map(const Tensor& x, const Tensor& y, const Kernel& kernel, DType computed_in) {
  const Compute type = compute_type(computed_in);
  const Tensor a = cast(x, dtype_of(type));
  const Tensor b = cast(y, dtype_of(type));
  const TensorImpl* const inputs[] = {x.get(), y.get()};
  const Tensor out = empty_for(broadcast(x->sizes, y->sizes), DType::bool_, inputs);
  for_each(out, {a, b}, kernel.loops[static_cast<int>(type)]);
  return out;
}

Tensor predicate_map(const Tensor& x, const Kernel& kernel) {
  const Compute type = compute_type(x->dtype);
  const Tensor in = cast(x, dtype_of(type));
  const TensorImpl* const inputs[] = {x.get()};
  const Tensor out = empty_for(x->sizes, DType::bool_, inputs);
  for_each(out, {in}, kernel.loops[static_cast<int>(type)]);
  return out;
}

void copy_into(const Tensor& to, const Tensor& from) {
  if (to->dtype == from->dtype && same_layout(*to, *from)) {
    std::memmove(to->data(), from->data(), static_cast<std::size_t>(to->numel * item_size(to->dtype)));
    return;
  }
  for_each(to, {from}, kCast[static_cast<int>(from->dtype)][static_cast<int>(to->dtype)]);
}

Tensor cast(const Tensor& x, DType dtype) {
  if (x->dtype == dtype) return x;
  Tensor out = empty_as(*x, dtype);
  copy_into(out, x);
  return out;
}

Tensor contiguous(const Tensor& x) { return x->is_contiguous() ? x : copy(x); }

Tensor copy(const Tensor& x) {
  Tensor out = empty(x->sizes, x->dtype);
  copy_into(out, x);
  return out;
}

}  // namespace nabla
