// a * b + c with one rounding: what PyTorch's kernels compute where their compiler fuses a product and a sum. wasm has no instruction for it.
#pragma once
#include <cmath>

namespace nabla {

/// For floats through double, where the product is exact; a double rounding of the sum is rarer than 2^-29.
inline float fused(float a, float b, float c) { return static_cast<float>(static_cast<double>(a) * b + c); }
inline double fused(double a, double b, double c) { return std::fma(a, b, c); }

}  // namespace nabla
