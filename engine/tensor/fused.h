// a * b + c with one rounding: what PyTorch's kernels compute where their compiler fuses a product and a sum. wasm has no instruction for it.
#pragma once
#include <cmath>

namespace nabla {

/// For floats through double, where the product is exact; a double rounding of the sum is rarer than 2^-29.
inline float fused(float a, float b, float c) { return static_cast<float>(static_cast<double>(a) * b + c); }
#ifdef __wasm__
double fused(double a, double b, double c);
#else
inline double fused(double a, double b, double c) { return std::fma(a, b, c); }
#endif

/// a * b - near, exact: near is the rounded product, or a number as near. For doubles, sizes below 2^900.
inline float rest_of_product(float a, float b, float near) { return fused(a, b, -near); }
inline double rest_of_product(double a, double b, double near) {
#ifdef __wasm__
  // Source: T. J. Dekker, A floating-point technique for extending the available precision (1971): products of halves are exact.
  const double kHalves = 0x1p27 + 1, s = kHalves * a, t = kHalves * b, a1 = s - (s - a), b1 = t - (t - b), a2 = a - a1, b2 = b - b1;
  return ((a1 * b1 - near) + a1 * b2 + a2 * b1) + a2 * b2;
#else
  return std::fma(a, b, -near);
#endif
}

/// fused, but for a few of 2^50 cases, of sizes far from the limits: the steps of a function of doubles. In wasm a third of the work.
inline float fused_within(float a, float b, float c) { return fused(a, b, c); }
inline double fused_within(double a, double b, double c) {
#ifdef __wasm__
  const double p = a * b, s = p + c, v = s - p;
  return s + (((p - (s - v)) + (c - v)) + rest_of_product(a, b, p));
#else
  return std::fma(a, b, c);
#endif
}

/// The polynomial in x whose coefficients are given from the highest down.
template <class... Rest>
float polynomial(float x, float first, Rest... rest) {
  ((first = fused(first, x, static_cast<float>(rest))), ...);
  return first;
}

}  // namespace nabla
