// a * b + c with one rounding: what PyTorch's kernels compute where their compiler fuses a product and a sum. wasm has no instruction for it.
#pragma once
#include <cmath>

namespace nabla {

/// For floats through double, where the product is exact; a double rounding of the sum is rarer than 2^-29.
inline float fused(float a, float b, float c) { return static_cast<float>(static_cast<double>(a) * b + c); }
inline double fused(double a, double b, double c) { return std::fma(a, b, c); }

/// The polynomial in x whose coefficients are given from the highest down.
template <class... Rest>
float polynomial(float x, float first, Rest... rest) {
  ((first = fused(first, x, static_cast<float>(rest))), ...);
  return first;
}

}  // namespace nabla
