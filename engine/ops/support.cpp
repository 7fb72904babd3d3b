// Applying kernels to the arguments of a call.
#include <cmath>
#include <limits>

#include "ops/support.h"

#include "ops/elementary.h"
#include "ops/fitting.h"
#include "tensor/layout.h"

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

/// A whole number as small integers hold it: what is too large for them goes round.
std::int64_t wrapped(std::int64_t n, DType type) {
  switch (type) {
    case DType::uint8: return static_cast<std::uint8_t>(n);
    case DType::int8: return static_cast<std::int8_t>(n);
    case DType::int16: return static_cast<std::int16_t>(n);
    case DType::int32: return static_cast<std::int32_t>(n);
    default: return n;
  }
}

constexpr struct {
  const char* name;
  double least, most;
} kRanges[] = {{"uint8_t", -255, 255}, {"int8_t", -128, 127}, {"int16_t", -32768, 32767}, {"int", -2147483648.0, 2147483647.0}};

/// `common`: the type in which the operands meet, before they are computed with in a wider one.
Tensor apply_binary(const Call& call, const Kernel& kernel, DType common, DType out_type, int i, int j) {
  const Compute type = compute_type(common);
  const auto meet = [common](const Arg& arg) -> Arg {
    if (is_floating(common) || common == DType::bool_ || common == DType::int64) return arg;
    if (arg.is_number()) return Arg(wrapped(arg.scalar().to_int(), common));
    return arg.impl()->dtype == common ? arg : Arg(cast(arg.tensor(), common));
  };
  const Prepared a(meet(call[i]), type), b(meet(call[j]), type);
  const bool alike = !b.tensor || a.sizes() == b.sizes();
  const auto laid_as = [&](int k, const Prepared& p) -> const TensorImpl* {  // what is converted is copied first
    return !call[k].is_tensor() ? nullptr : call[k].impl()->dtype == common ? call[k].impl() : p.tensor.get();
  };
  const TensorImpl* const inputs[] = {laid_as(i, a), laid_as(j, b)};
  const Tensor out = empty_for(alike ? a.sizes() : broadcast(a.sizes(), b.sizes()), out_type, inputs);
  const Loop loop = kernel.loops[static_cast<int>(type)];
  for_each(out, {a.operand(), b.operand()}, loop);
  return out;
}

template <class T>
void fused_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  const auto at = [&](int k, std::int64_t i) -> T& { return *reinterpret_cast<T*>(data[k] + i * strides[k]); };
  for (std::int64_t i = 0; i < count; ++i) at(0, i) = fused(at(2, i), at(3, i), at(1, i));
}

}  // namespace

Tensor exp_in_vectors(const Tensor& x) {
  constexpr auto f = [](auto m, auto v) { return m.exp(v); };
  using F = decltype(f);
  return map(x, {{elementary::vector_loop<float, F>, elementary::vector_loop<double, F>, nullptr}}, x->dtype);
}

void need_fit(Scalar value, DType type) {
  const bool real = value.kind == Scalar::Kind::real;
  const double x = value.to_double();
  const char* name = nullptr;
  if (type == DType::float32) {
    if (std::fabs(x) > std::numeric_limits<float>::max() && !std::isinf(x)) name = "float";
  } else if (type == DType::int64) {
    if (real && !(x >= -0x1p63 && x <= 0x1p63)) name = "int64_t";
  } else if (type != DType::bool_ && type != DType::float64) {
    const auto& range = kRanges[type == DType::uint8 ? 0 : type == DType::int8 ? 1 : type == DType::int16 ? 2 : 3];
    if (!(x >= (real && type == DType::uint8 ? 0 : range.least) && x <= range.most)) name = range.name;
  }
  if (name) fail("RuntimeError", "value cannot be converted to type ", name, " without overflow");
}

Tensor fused_sum(const Arg& x, const Arg& y, const Arg& z, DType dtype) {
  const Compute type = compute_type(dtype);
  const Prepared a(x, type), b(y, type), c(z, type);
  const auto impl = [](const Arg& arg) -> const TensorImpl* { return arg.is_tensor() ? arg.impl() : nullptr; };
  const TensorImpl* const inputs[] = {impl(x), impl(y), impl(z)};
  const Tensor out = empty_for(broadcast(broadcast(a.sizes(), b.sizes()), c.sizes()), dtype, inputs);
  for_each(out, {a.operand(), b.operand(), c.operand()}, dtype == DType::float32 ? fused_loop<float> : fused_loop<double>);
  return out;
}

Tensor laid_out(const Tensor& out, const TensorImpl& x) {
  if (x.is_contiguous()) return out;
  const Tensor like = empty_as(x, out->dtype);
  copy_into(like, out);
  return like;
}

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
  const TensorImpl& x = *call[0].impl();
  const DType dtype = to_float ? float_type(x.dtype) : x.dtype;
  if (x.numel != 1 || !is_floating(x.dtype)) return map(call.tensor(0), kernel, dtype);
  Tensor out = empty_one(x, dtype);
  char* const data[] = {out->data(), x.data()};
  constexpr std::ptrdiff_t kStill[2] = {};
  kernel.loops[static_cast<int>(compute_type(dtype))](data, kStill, 1);
  return out;
}

namespace {

/// A number in the type of the computation.
union Immediate {
  float f32;
  double f64;
  std::int64_t i64;
  Immediate(const Arg& arg, DType dtype) {
    if (dtype == DType::float32) f32 = static_cast<float>(arg.real());
    else if (dtype == DType::float64) f64 = arg.real();
    else i64 = arg.scalar().to_int();
  }
};

Tensor of_one(const TensorImpl& model, Loop loop, char* x, char* y) {
  Tensor out = empty_one(model, model.dtype);
  char* const data[] = {out->data(), x, y};
  constexpr std::ptrdiff_t kStill[3] = {};
  loop(data, kStill, 1);
  return out;
}

bool is_one(const Arg& arg, DType dtype) { return arg.is_tensor() && arg.impl()->numel == 1 && arg.impl()->dtype == dtype; }

}  // namespace

Tensor binary(const Call& call, const Kernel& kernel, DType dtype, int i, int j) {
  const Arg &a = call[i], &b = call[j];
  const Compute type = compute_type(dtype);
  // The common case of small graphs: one element each, of the type that is computed in; or one such tensor and a number.
  if (dtype == dtype_of(type)) {
    const Loop loop = kernel.loops[static_cast<int>(type)];
    if (is_one(a, dtype)) {
      TensorImpl& x = *a.impl();
      if (is_one(b, dtype)) return of_one(b.impl()->dim() > x.dim() ? *b.impl() : x, loop, x.data(), b.impl()->data());
      if (b.is_number()) {
        Immediate number(b, dtype);
        return of_one(x, loop, x.data(), reinterpret_cast<char*>(&number));
      }
    } else if (is_one(b, dtype) && a.is_number()) {
      Immediate number(a, dtype);
      return of_one(*b.impl(), loop, reinterpret_cast<char*>(&number), b.impl()->data());
    }
  }
  return cast(apply_binary(call, kernel, dtype, dtype_of(type), i, j), dtype);
}

Tensor compare(const Call& call, const Kernel& kernel) {
  return apply_binary(call, kernel, call.result_type(), DType::bool_, 0, 1);
}

const char* c_name(DType dtype) noexcept {
  constexpr const char* kNames[] = {"bool", "unsigned char", "signed char", "short int", "int", "long int", "float", "double"};
  return kNames[static_cast<int>(dtype)];
}

}  // namespace nabla
