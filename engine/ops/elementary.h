// Exponentials, logarithms, sine and cosine to PyTorch's last digit (Note [Elementary]).
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

/// Of doubles, in elementary_wide.cpp.
namespace wide {
double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double sin(double x);
double cos(double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double tan(double x);
double atan(double x);
double log2(double x);
double log10(double x);
double erf(double x);
double erfc(double x);
double asin(double x);
double acos(double x);
double atan2(double y, double x);
double pow(double x, double y);
double hypot(double x, double y);
}  // namespace wide

/// Is it numpy that computes? Its functions of doubles are the C library's.
inline bool for_numpy = false;
inline double exp(double x) { return for_numpy ? std::exp(x) : wide::exp(x); }
inline double expm1(double x) { return for_numpy ? std::expm1(x) : wide::expm1(x); }
inline double log(double x) { return for_numpy ? std::log(x) : wide::log(x); }
inline double log1p(double x) { return for_numpy ? std::log1p(x) : wide::log1p(x); }
inline double sin(double x) { return for_numpy ? std::sin(x) : wide::sin(x); }
inline double cos(double x) { return for_numpy ? std::cos(x) : wide::cos(x); }
inline double sinh(double x) { return for_numpy ? std::sinh(x) : wide::sinh(x); }
inline double cosh(double x) { return for_numpy ? std::cosh(x) : wide::cosh(x); }
inline double tanh(double x) { return for_numpy ? std::tanh(x) : wide::tanh(x); }
inline double tan(double x) { return for_numpy ? std::tan(x) : wide::tan(x); }
inline double atan(double x) { return for_numpy ? std::atan(x) : wide::atan(x); }
inline double log2(double x) { return for_numpy ? std::log2(x) : wide::log2(x); }
inline double log10(double x) { return for_numpy ? std::log10(x) : wide::log10(x); }
inline double erf(double x) { return for_numpy ? std::erf(x) : wide::erf(x); }
inline double erfc(double x) { return for_numpy ? std::erfc(x) : wide::erfc(x); }
inline double asin(double x) { return for_numpy ? std::asin(x) : wide::asin(x); }
inline double acos(double x) { return for_numpy ? std::acos(x) : wide::acos(x); }
inline double atan2(double y, double x) { return for_numpy ? std::atan2(y, x) : wide::atan2(y, x); }
inline double pow(double x, double y) { return for_numpy ? std::pow(x, y) : wide::pow(x, y); }
inline double lgamma(double x) { return std::lgamma(x); }

/// f in double, rounded: the nearest float in all but a few of a million cases, for functions whose own way to the last digit is not followed.
template <class F>
constexpr auto rounded(F) {
  return [](auto x) { return static_cast<decltype(x)>(F{}(static_cast<double>(x))); };
}

/// The functions above, and those of the C library, for kernels that need both: see Note [In vectors].
struct Vectorial {
  template <class T>
  static T exp(T x) { return elementary::exp(x); }
  template <class T>
  static T log(T x) { return elementary::log(x); }
  template <class T>
  static T log2(T x) { return elementary::log2(x); }
  template <class T>
  static T log1p(T x) { return elementary::log1p(x); }
  template <class T>
  static T erf(T x) { return elementary::erf(x); }
  template <class T>
  static T tanh(T x) { return elementary::tanh(x); }
  template <class T>
  static T sinh(T x) { return elementary::sinh(x); }
  template <class T>
  static T cosh(T x) { return elementary::cosh(x); }
  template <class T>
  static T atan2(T y, T x) { return elementary::atan2(y, x); }
  template <class T>
  static T pow(T x, T y) { return elementary::pow(x, y); }
  static float hypot(float x, float y) { return std::hypot(x, y); }
  static double hypot(double x, double y) { return for_numpy ? std::hypot(x, y) : wide::hypot(x, y); }
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
  template <class T>
  static T hypot(T x, T y) { return std::hypot(x, y); }
};

// Note [In vectors]
// Kernels that PyTorch writes in vectors go over contiguous numbers two vectors (16 floats, 8 doubles) at a time, with Sleef's functions; what is
// left over goes through the C library, as does what is not contiguous.
/// How many go in vectors.
template <class T>
constexpr std::int64_t in_whole_vectors(std::int64_t count) {
  return count - count % static_cast<std::int64_t>(64 / sizeof(T));
}
/// out[i] = f(functions, in[i], constants...)
template <class T, class F, class... Constants>
void in_vectors(T* out, const T* in, std::int64_t count, F f, Constants... constants) {
  std::int64_t i = 0;
  for (const std::int64_t whole = in_whole_vectors<T>(count); i < whole; ++i) out[i] = f(Vectorial{}, in[i], static_cast<T>(constants)...);
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
  const std::int64_t whole = dense ? in_whole_vectors<T>(count) : 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const T x = *reinterpret_cast<const T*>(data[1] + i * strides[1]), y = *reinterpret_cast<const T*>(data[2] + i * strides[2]);
    T& to = *reinterpret_cast<T*>(data[0] + i * strides[0]);
    to = i < whole ? f(Vectorial{}, x, y) : f(Scalar{}, x, y);
  }
}

}  // namespace elementary
}  // namespace nabla
