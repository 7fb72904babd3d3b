// Mean and variance as the normalizing layers take them, to PyTorch's last digit. Templates, for float and double.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "ops/elementary.h"

namespace nabla {

template <class T>
struct Moments {
  std::int64_t count = 0;
  T mean = 0, squares = 0;  // the sum of squared distances from the mean

  void add(std::int64_t n, T other_mean, T other_squares) {
    const std::int64_t total = count + n;
    const T share = total ? static_cast<T>(n) / static_cast<T>(total) : 0, apart = other_mean - mean;
    mean += share * apart;
    squares += other_squares + apart * apart * share * static_cast<T>(count);
    count = total;
  }
  void add(const Moments& other) { add(other.count, other.mean, other.squares); }
  void add(T x) {
    const T apart = x - mean;
    mean += apart / static_cast<T>(++count);
    squares += apart * (x - mean);
  }
};

/// Of a row, as layer_norm and group_norm do: in lanes of 32 bytes, by chunks of 16 vectors that are joined two by two, then what is left
/// over, then the lanes.
template <class T>
Moments<T> moments_of(const T* x, std::int64_t count) {
  constexpr std::int64_t kLanes = 32 / sizeof(T), kChunk = 16;
  const std::int64_t vectors = count / kLanes, chunks = (vectors + kChunk - 1) / kChunk;
  const int depth = std::max<int>(1, std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(chunks, 1) - 1)));
  Moments<T> all;
  for (std::int64_t i = vectors * kLanes; i < count; ++i) all.add(x[i]);
  std::vector<Moments<T>> stack(depth);
  for (std::int64_t lane = 0; lane < kLanes; ++lane) {
    std::fill(stack.begin(), stack.end(), Moments<T>());
    for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
      T mean = 0, squares = 0;
      const std::int64_t length = std::min(kChunk, vectors - chunk * kChunk);
      for (std::int64_t j = 0; j < length; ++j) {
        const T value = x[(chunk * kChunk + j) * kLanes + lane], apart = value - mean;
        mean += apart * (T(1) / static_cast<T>(j + 1));
        squares += apart * (value - mean);
      }
      stack[0].add(length, mean, squares);
      for (int level = 1; level < depth && (chunk + 1) % (std::int64_t{1} << level) == 0; ++level) {
        stack[level].add(stack[level - 1]);
        stack[level - 1] = {};
      }
    }
    for (int level = 1; level < depth; ++level) stack[0].add(stack[level]);
    if (vectors) all.add(stack[0]);
  }
  return all;
}

/// Of channel k of a batch that is not contiguous (x is a copy that is): squared distances are added in double, and the mean is given.
template <class T>
struct SpreadMoments {
  T mean;
  double squares = 0;
  T scale(std::int64_t count, double eps) const { return squares == 0 && eps == 0 ? T(0) : static_cast<T>(1 / std::sqrt(squares / static_cast<double>(count) + eps)); }
  SpreadMoments(const T* x, std::int64_t items, std::int64_t channels, std::int64_t inner, std::int64_t k, T mean) : mean(mean) {
    for (std::int64_t n = 0; n < items; ++n) {
      for (std::int64_t i = 0; i < inner; ++i) {
        const double apart = static_cast<double>(x[(n * channels + k) * inner + i]) - static_cast<double>(mean);
        squares += apart * apart;
      }
    }
  }
};

/// Of channel k of a batch, as batch_norm does: added in double; where a channel has one element an item, in turn in T.
template <class T>
struct BatchMoments {
  T mean, squares;
  /// One over the deviation of so many elements; 0 where there is none.
  T scale(T count, double eps) const { return squares == 0 && eps == 0 ? T(0) : static_cast<T>(1 / std::sqrt(static_cast<double>(squares / count) + eps)); }
  BatchMoments(T given_mean, T given_squares) : mean(given_mean), squares(given_squares) {}
  BatchMoments(const T* x, std::int64_t items, std::int64_t channels, std::int64_t inner, std::int64_t k) {
    const auto each = [&](auto f) {
      for (std::int64_t n = 0; n < items; ++n) {
        for (std::int64_t i = 0; i < inner; ++i) f(x[(n * channels + k) * inner + i]);
      }
    };
    const T count = static_cast<T>(items * inner);
    double wide = 0, wide_squares = 0;
    T narrow = 0, narrow_squares = 0;
    each([&](T v) { wide += v, narrow += v; });
    mean = inner == 1 ? narrow / count : static_cast<T>(wide / static_cast<double>(items * inner));
    each([&](T v) {
      const T apart = v - mean, square = apart * apart;
      wide_squares += square;
      narrow_squares = fused(apart, apart, narrow_squares);
    });
    squares = inner == 1 ? narrow_squares : static_cast<T>(wide_squares);
  }
};

}  // namespace nabla
