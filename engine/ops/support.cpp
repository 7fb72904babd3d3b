// Applying kernels to the arguments of a call.
#include "ops/support.h"

namespace nabla {
namespace {

/// A tensor cast to the type of the computation, or a number in that type.
struct Prepared {
  Tensor tensor;
  union {
    float f32;
    double f64;
    std::int64_t i64;
  };

  Prepared(const Arg& arg, Compute type) {
    if (arg.is_tensor()) {
      tensor = arg.impl()->dtype == dtype_of(type) ? arg.tensor() : cast(arg.tensor(), dtype_of(type));
      return;
    }
    const Scalar s = arg.scalar();
    if (type == Compute::float32) f32 = static_cast<float>(s.to_double());
    else if (type == Compute::float64) f64 = s.to_double();
    else i64 = s.to_int();
  }
  Operand operand() const { return tensor ? Operand(tensor) : Operand(&i64); }
  const Dims& sizes() const {
    static const Dims none;
    return tensor ? tensor->sizes : none;
  }
};

Tensor apply_binary(const Call& call, const Kernel& kernel, Compute type, DType out_type, int i, int j) {
  const Prepared a(call[i], type), b(call[j], type);
  const bool alike = !b.tensor || a.sizes() == b.sizes();
  const Tensor out = empty(alike ? a.sizes() : broadcast(a.sizes(), b.sizes()), out_type);
  const Loop loop = kernel.loops[static_cast<int>(type)];
  for_each(out, {a.operand(), b.operand()}, loop);
  return out;
}

}  // namespace

std::vector<bool> dimension_mask(const Arg& dims, std::size_t rank) {
  if (dims.is_none() || (dims.kind() == Arg::Kind::ints && dims.ints().empty())) return std::vector<bool>(rank, true);
  std::vector<bool> mask(std::max<std::size_t>(rank, 1), false);
  const auto mark = [&](std::int64_t dim) {
    const std::int64_t at = wrap_dim(dim, rank);
    if (mask[at]) fail("RuntimeError", "dim ", at, " appears multiple times in the list of dims");
    mask[at] = true;
  };
  if (dims.kind() == Arg::Kind::ints) {
    for (std::int64_t dim : dims.ints()) mark(dim);
  } else {
    mark(dims.integer());
  }
  mask.resize(rank);
  return mask;
}

Tensor unary(const Call& call, const Kernel& kernel, bool to_float) {
  const Tensor x = call.tensor(0);
  return map(x, kernel, to_float ? float_type(x->dtype) : x->dtype);
}

namespace {

/// The common case of small graphs: one element each, of the type that is computed in; or such a tensor and a number. Null when
/// it is not this case.
Tensor binary_of_one(const Call& call, Loop loop, DType dtype, int i, int j) {
  const Arg &a = call[i], &b = call[j];
  const TensorImpl* model = a.is_tensor() ? a.impl() : b.is_tensor() ? b.impl() : nullptr;
  if (!model || model->numel != 1 || model->dtype != dtype) return {};
  union {
    float f32;
    double f64;
    std::int64_t i64;
  } number;
  char* data[3];
  for (int k = 1; k < 3; ++k) {
    const Arg& arg = k == 1 ? a : b;
    if (arg.is_tensor()) {
      const TensorImpl* x = arg.impl();
      if (x != model && (x->numel != 1 || x->dtype != dtype || x->sizes.size() != model->sizes.size())) return {};
      data[k] = x->data();
    } else {
      if (dtype == DType::float32) number.f32 = static_cast<float>(arg.real());
      else if (dtype == DType::float64) number.f64 = arg.real();
      else number.i64 = arg.scalar().to_int();
      data[k] = reinterpret_cast<char*>(&number);
    }
  }
  Tensor out = empty_one(*model, dtype);
  data[0] = out->data();
  constexpr std::ptrdiff_t kStill[3] = {};
  loop(data, kStill, 1);
  return out;
}

}  // namespace

Tensor binary(const Call& call, const Kernel& kernel, DType dtype, int i, int j) {
  if (dtype == DType::float32 || dtype == DType::float64 || dtype == DType::int64) {
    if (Tensor out = binary_of_one(call, kernel.loops[static_cast<int>(compute_type(dtype))], dtype, i, j)) return out;
  }
  const Compute type = compute_type(dtype);
  return cast(apply_binary(call, kernel, type, dtype_of(type), i, j), dtype);
}

Tensor compare(const Call& call, const Kernel& kernel) {
  return apply_binary(call, kernel, compute_type(call.result_type()), DType::bool_, 0, 1);
}

}  // namespace nabla
