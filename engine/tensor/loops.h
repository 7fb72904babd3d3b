// Element-wise loops: how a kernel for a run of elements is applied to whole tensors of any strides, with broadcasting.
// Kernels are reached through function pointers and exist for three types (float, double, int64); other dtypes are computed in
// one of these and cast. See Note [Compute types].
#pragma once
#include <cstddef>

#include "tensor/tensor.h"

namespace nabla {

/// Computes `count` elements. data[0] is the output, the others the inputs; strides are in bytes, 0 repeats one element.
using Loop = void (*)(char* const* data, const std::ptrdiff_t* strides, std::int64_t count);

inline constexpr int kMaxOperands = 4;

/// An input of a loop: a tensor, or one element that stands for all.
struct Operand {
  const char* data;
  const TensorImpl* layout;  // null: the one element
  Operand(const Tensor& x) : data(x->data()), layout(x.get()) {}
  explicit Operand(const void* element) : data(static_cast<const char*>(element)), layout(nullptr) {}
};

/// Applies `loop` to an output and inputs that are broadcast to its sizes (expanded here: an input may have fewer dimensions).
/// The dtypes are the loop's business.
void for_each(const Tensor& out, std::initializer_list<Operand> inputs, Loop loop);

// Note [Compute types]
// A kernel is compiled for float32, float64 and int64. bool and the narrow integers are computed in int64 and cast back, which
// wraps as the narrow type would; comparison and logic write bool from any of the three.
enum class Compute : std::uint8_t { float32, float64, int64 };
constexpr Compute compute_type(DType t) {
  return t == DType::float32 ? Compute::float32 : t == DType::float64 ? Compute::float64 : Compute::int64;
}
constexpr DType dtype_of(Compute c) {
  return c == Compute::float32 ? DType::float32 : c == Compute::float64 ? DType::float64 : DType::int64;
}

/// One kernel in its three types; a null entry is a type the operator does not have.
struct Kernel {
  Loop loops[3];
};

/// out[i] = F(a[i]): F is a stateless functor.
template <class Out, class A, class F>
void unary_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  const F f{};
  if (strides[0] == sizeof(Out) && strides[1] == sizeof(A)) {
    auto* out = reinterpret_cast<Out*>(data[0]);
    const auto* a = reinterpret_cast<const A*>(data[1]);
    for (std::int64_t i = 0; i < count; ++i) out[i] = static_cast<Out>(f(a[i]));
    return;
  }
  char* out = data[0];
  const char* a = data[1];
  for (std::int64_t i = 0; i < count; ++i, out += strides[0], a += strides[1]) {
    *reinterpret_cast<Out*>(out) = static_cast<Out>(f(*reinterpret_cast<const A*>(a)));
  }
}

/// out[i] = F(a[i], b[i]).
template <class Out, class A, class F>
void binary_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  const F f{};
  constexpr std::ptrdiff_t kSize = sizeof(A);
  if (strides[0] == static_cast<std::ptrdiff_t>(sizeof(Out)) && (strides[1] == kSize || strides[1] == 0) &&
      (strides[2] == kSize || strides[2] == 0)) {
    auto* out = reinterpret_cast<Out*>(data[0]);
    const auto* a = reinterpret_cast<const A*>(data[1]);
    const auto* b = reinterpret_cast<const A*>(data[2]);
    if (strides[1] && strides[2]) {
      for (std::int64_t i = 0; i < count; ++i) out[i] = static_cast<Out>(f(a[i], b[i]));
    } else if (strides[1]) {
      const A only = *b;
      for (std::int64_t i = 0; i < count; ++i) out[i] = static_cast<Out>(f(a[i], only));
    } else {
      const A only = *a;
      for (std::int64_t i = 0; i < count; ++i) out[i] = static_cast<Out>(f(only, b[i * (strides[2] != 0)]));
    }
    return;
  }
  char* out = data[0];
  const char* a = data[1];
  const char* b = data[2];
  for (std::int64_t i = 0; i < count; ++i, out += strides[0], a += strides[1], b += strides[2]) {
    *reinterpret_cast<Out*>(out) = static_cast<Out>(f(*reinterpret_cast<const A*>(a), *reinterpret_cast<const A*>(b)));
  }
}

template <class F>
inline constexpr Kernel kUnary{{unary_loop<float, float, F>, unary_loop<double, double, F>, unary_loop<std::int64_t, std::int64_t, F>}};
template <class F>
inline constexpr Kernel kUnaryFloat{{unary_loop<float, float, F>, unary_loop<double, double, F>, nullptr}};
template <class F>
inline constexpr Kernel kBinary{{binary_loop<float, float, F>, binary_loop<double, double, F>, binary_loop<std::int64_t, std::int64_t, F>}};
template <class F>
inline constexpr Kernel kBinaryFloat{{binary_loop<float, float, F>, binary_loop<double, double, F>, nullptr}};
/// Comparisons and logic: the output is bool.
template <class F>
inline constexpr Kernel kPredicate{{binary_loop<std::uint8_t, float, F>, binary_loop<std::uint8_t, double, F>, binary_loop<std::uint8_t, std::int64_t, F>}};
template <class F>
inline constexpr Kernel kUnaryPredicate{{unary_loop<std::uint8_t, float, F>, unary_loop<std::uint8_t, double, F>, unary_loop<std::uint8_t, std::int64_t, F>}};

/// A new tensor of `dtype` with f applied to x, computed in `dtype`'s compute type (predicates: in x's own, `dtype` is bool).
Tensor map(const Tensor& x, const Kernel& kernel, DType dtype);
Tensor map(const Tensor& x, const Tensor& y, const Kernel& kernel, DType dtype);
Tensor compare_map(const Tensor& x, const Tensor& y, const Kernel& kernel, DType computed_in);
Tensor predicate_map(const Tensor& x, const Kernel& kernel);

/// Writes `from`, broadcast and cast, into `to`. Does not touch versions or autograd.
void copy_into(const Tensor& to, const Tensor& from);
/// x as `dtype`: x itself when it is that already.
Tensor cast(const Tensor& x, DType dtype);
/// x with row-major strides: x itself when it has them.
Tensor contiguous(const Tensor& x);
/// A new tensor with its own memory, row-major.
Tensor copy(const Tensor& x);

}  // namespace nabla
