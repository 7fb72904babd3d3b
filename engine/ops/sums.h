// Sums of floats to PyTorch's last digit: the order in which elements are added. See Note [Sums].
#pragma once
#include <algorithm>

#include "ops/elementary.h"
#include "tensor/tensor.h"

namespace nabla {

/// out += x, where `out` has x's sizes and dtype (float32 or float64), with stride 0 in the dimensions that are summed over.
void add_up(const Tensor& out, const Tensor& x);

// ---- PyTorch's other sum, of kernels that take a row as a whole (softmax, layer_norm): one vector of 32 bytes runs along it ----

template <class T>
constexpr std::int64_t kLanes = 32 / sizeof(T);

/// The sum of a row in lanes, which are added at the end: of floats in halves, of doubles in turn, as of less than a vector.
template <class T>
T sum_of_row(const T* x, std::int64_t count) {
  constexpr std::int64_t kWidth = kLanes<T>;
  T total = x[0];
  if (count < kWidth) {
    for (std::int64_t i = 1; i < count; ++i) total += x[i];
    return total;
  }
  T lanes[kWidth];
  std::copy_n(x, kWidth, lanes);
  for (std::int64_t i = kWidth; i < count; ++i) lanes[i % kWidth] += x[i];
  if constexpr (sizeof(T) == sizeof(double)) return ((lanes[0] + lanes[1]) + lanes[2]) + lanes[3];
  for (std::int64_t half = kWidth / 2; half; half /= 2) {
    for (std::int64_t k = 0; k < half; ++k) lanes[k] += lanes[k + half];
  }
  return lanes[0];
}

/// The same of x y, or x y z; what is added to a lane is fused.
template <class T>
T sum_of_products(const T* x, const T* y, std::int64_t count, const T* z = nullptr) {
  constexpr std::int64_t kWidth = kLanes<T>;
  T lanes[kWidth];
  for (std::int64_t i = 0; i < count; ++i) {
    T& lane = lanes[i % kWidth];
    const T left = z ? x[i] * y[i] : x[i], right = z ? z[i] : y[i];
    lane = i < kWidth ? left * right : fused(left, right, lane);
  }
  return sum_of_row(lanes, std::min(count, kWidth));
}

}  // namespace nabla
