// Exponentials, logarithms, sine and cosine of floats to PyTorch's last digit (Note [Elementary]); of doubles, those of the C library.
#pragma once
#include <cmath>
#include <cstdint>

#include "tensor/fused.h"

namespace nabla {
namespace elementary {

float exp(float x);
float expm1(float x);
float log(float x);
float log1p(float x);
float sin(float x);
float cos(float x);
float sinh(float x);
float cosh(float x);
float tanh(float x);
float tan(float x);
float atan(float x);
float atan2(float y, float x);
float pow(float x, float y);
// In elementary_rare.cpp.
float log2(float x);
float log10(float x);
float erf(float x);
float erfc(float x);
float asin(float x);
float acos(float x);
float lgamma(float x);

inline double exp(double x) { return std::exp(x); }
inline double expm1(double x) { return std::expm1(x); }
inline double log(double x) { return std::log(x); }
inline double log1p(double x) { return std::log1p(x); }
inline double sin(double x) { return std::sin(x); }
inline double cos(double x) { return std::cos(x); }
inline double sinh(double x) { return std::sinh(x); }
inline double cosh(double x) { return std::cosh(x); }
inline double tanh(double x) { return std::tanh(x); }
inline double tan(double x) { return std::tan(x); }
inline double atan(double x) { return std::atan(x); }
inline double log2(double x) { return std::log2(x); }
inline double log10(double x) { return std::log10(x); }
inline double erf(double x) { return std::erf(x); }
inline double erfc(double x) { return std::erfc(x); }
inline double asin(double x) { return std::asin(x); }
inline double acos(double x) { return std::acos(x); }
inline double lgamma(double x) { return std::lgamma(x); }

/// f in double, rounded: the nearest float in all but a few of a million cases, for functions whose own way to the last digit is not followed.
template <class F>
constexpr auto rounded(F) {
  return [](auto x) { return static_cast<decltype(x)>(F{}(static_cast<double>(x))); };
}

/// The functions above, and those of the C library, for kernels that need both: see Note [In vectors].
struct Vectorial {
  static float exp(float x) { return elementary::exp(x); }
  static float log(float x) { return elementary::log(x); }
  static float log2(float x) { return elementary::log2(x); }
  static float log1p(float x) { return elementary::log1p(x); }
  static float erf(float x) { return elementary::erf(x); }
  static float tanh(float x) { return elementary::tanh(x); }
  static float sinh(float x) { return elementary::sinh(x); }
  static float cosh(float x) { return elementary::cosh(x); }
  static float atan2(float y, float x) { return elementary::atan2(y, x); }
  static float pow(float x, float y) { return elementary::pow(x, y); }
};
struct Scalar {
  template <class T>
  static T exp(T x) { return std::exp(x); }
  template <class T>
  static T log(T x) { return std::log(x); }
  template <class T>
  static T log2(T x) { return std::log2(x); }
  template <class T>
  static T log1p(T x) { return std::log1p(x); }
  template <class T>
  static T erf(T x) { return std::erf(x); }
  template <class T>
  static T tanh(T x) { return std::tanh(x); }
  template <class T>
  static T sinh(T x) { return std::sinh(x); }
  template <class T>
  static T cosh(T x) { return std::cosh(x); }
  template <class T>
  static T atan2(T y, T x) { return std::atan2(y, x); }
  template <class T>
  static T pow(T x, T y) { return std::pow(x, y); }
};

// Note [In vectors]
// Kernels that PyTorch writes in vectors go over contiguous floats two vectors (16 elements) at a time, with Sleef's functions; what is
// left over goes through the C library, as does what is not contiguous. Where the C library's double functions serve, both are the same.
/// out[i] = f(functions, in[i], constants...)
template <class T, class F, class... Constants>
void in_vectors(T* out, const T* in, std::int64_t count, F f, Constants... constants) {
  std::int64_t i = 0;
  if constexpr (sizeof(T) == sizeof(float)) {
    for (const std::int64_t whole = count - count % 16; i < whole; ++i) out[i] = f(Vectorial{}, in[i], static_cast<T>(constants)...);
  }
  for (; i < count; ++i) out[i] = f(Scalar{}, in[i], static_cast<T>(constants)...);
}

/// The loops of such a function of one or two operands, for a Kernel.
template <class T, class F>
void vector_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  const F f{};
  if (strides[0] == sizeof(T) && strides[1] == sizeof(T)) return in_vectors(reinterpret_cast<T*>(data[0]), reinterpret_cast<const T*>(data[1]), count, f);
  for (std::int64_t i = 0; i < count; ++i) *reinterpret_cast<T*>(data[0] + i * strides[0]) = f(Scalar{}, *reinterpret_cast<const T*>(data[1] + i * strides[1]));
}
template <class T, class F>
void vector_loop_of_two(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  const F f{};
  constexpr std::ptrdiff_t kStep = sizeof(T);
  const bool dense = strides[0] == kStep && (strides[1] == kStep || strides[1] == 0) && (strides[2] == kStep || strides[2] == 0) && strides[1] + strides[2] != 0;
  const std::int64_t whole = sizeof(T) == sizeof(float) && dense ? count - count % 16 : 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const T x = *reinterpret_cast<const T*>(data[1] + i * strides[1]), y = *reinterpret_cast<const T*>(data[2] + i * strides[2]);
    T& to = *reinterpret_cast<T*>(data[0] + i * strides[0]);
    if constexpr (sizeof(T) == sizeof(float)) to = i < whole ? f(Vectorial{}, x, y) : f(Scalar{}, x, y);
    else to = f(Scalar{}, x, y);
  }
}

}  // namespace elementary
}  // namespace nabla
