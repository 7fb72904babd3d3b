// The product of two matrices: packed panels, and a kernel that keeps a tile of the result in registers. See Note [Tiles].
#include "ops/gemm.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nabla {
namespace {

// Note [Tiles]
// A tile of 4 rows and 8 columns is eight vectors of four floats: as many accumulators as V8 keeps in registers. Both factors are
// copied first into panels in the order in which the kernel reads them (4 rows of a, 8 columns of b for each k), padded with
// zeros, so that one kernel serves every size and every stride. LLVM's wasm target does not unroll loops of constant length, so
// the template below does; and the kernel is called through a pointer, else V8 would never optimise it.
constexpr int kRows = 4, kColumns = 8;
constexpr std::int64_t kDepth = 256;   // of a panel: 256 * 8 floats of b stay in the first-level cache
constexpr std::int64_t kHeight = 64;   // rows of a packed at a time

using Vector [[gnu::vector_size(16)]] = float;

template <int... Is>
inline void accumulate(Vector (&sums)[8], const float* a, Vector left, Vector right, std::integer_sequence<int, Is...>) {
  ((sums[2 * Is] += Vector{a[Is], a[Is], a[Is], a[Is]} * left, sums[2 * Is + 1] += Vector{a[Is], a[Is], a[Is], a[Is]} * right), ...);
}

/// out[4][8] += panel of a times panel of b, over `depth`.
void tile(const float* a, const float* b, float* out, std::int64_t depth) {
  Vector sums[8];
  __builtin_memcpy(sums, out, sizeof sums);
  for (std::int64_t k = 0; k < depth; ++k, a += kRows, b += kColumns) {
    Vector left, right;
    __builtin_memcpy(&left, b, sizeof left);
    __builtin_memcpy(&right, b + 4, sizeof right);
    accumulate(sums, a, left, right, std::make_integer_sequence<int, kRows>());
  }
  __builtin_memcpy(out, sums, sizeof sums);
}
void (*volatile tile_kernel)(const float*, const float*, float*, std::int64_t) = tile;

/// Copies `count` rows of `x` (rows of a, or columns of b), interleaved by `Width`, padded with zeros.
template <int Width>
void pack(const float* x, std::int64_t stride, std::int64_t step, std::int64_t count, std::int64_t depth, float* out) {
  for (std::int64_t i = 0; i < count; i += Width) {
    const std::int64_t width = std::min<std::int64_t>(Width, count - i);
    for (std::int64_t k = 0; k < depth; ++k) {
      for (std::int64_t w = 0; w < width; ++w) out[w] = x[(i + w) * stride + k * step];
      for (std::int64_t w = width; w < Width; ++w) out[w] = 0;
      out += Width;
    }
  }
}

/// Small or unusual products: no packing.
template <class T>
void multiply_plain(Matrix<const T> a, Matrix<const T> b, Matrix<T> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto) {
  for (std::int64_t i = 0; i < m; ++i) {
    T* row = out.data + i * out.row;
    if (!onto) std::fill_n(row, n, T{});
    for (std::int64_t p = 0; p < k; ++p) {
      const T factor = a.data[i * a.row + p * a.column];
      const T* from = b.data + p * b.row;
      if (b.column == 1) {
        for (std::int64_t j = 0; j < n; ++j) row[j] += factor * from[j];
      } else {
        for (std::int64_t j = 0; j < n; ++j) row[j] += factor * from[j * b.column];
      }
    }
  }
}

std::int64_t round_up(std::int64_t n, std::int64_t to) { return (n + to - 1) / to * to; }

}  // namespace

void multiply(Matrix<const float> a, Matrix<const float> b, Matrix<float> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto) {
  if (m * n * k < 4096 || m < kRows || n < kColumns) return multiply_plain<float>(a, b, out, m, n, k, onto);
  const std::int64_t deep = std::min(k, kDepth);
  std::vector<float> packed_a(round_up(std::min(m, kHeight), kRows) * deep), packed_b(round_up(n, kColumns) * deep);
  alignas(16) float result[kRows * kColumns] = {};
  for (std::int64_t i = 0; i < m && !onto; ++i) std::fill_n(out.data + i * out.row, n, 0.0f);
  for (std::int64_t p = 0; p < k; p += kDepth) {
    const std::int64_t depth = std::min(kDepth, k - p);
    pack<kColumns>(b.data + p * b.row, b.column, b.row, n, depth, packed_b.data());
    for (std::int64_t top = 0; top < m; top += kHeight) {
      const std::int64_t height = std::min(kHeight, m - top);
      pack<kRows>(a.data + top * a.row + p * a.column, a.row, a.column, height, depth, packed_a.data());
      for (std::int64_t j = 0; j < n; j += kColumns) {
        const std::int64_t columns = std::min<std::int64_t>(kColumns, n - j);
        for (std::int64_t i = 0; i < height; i += kRows) {
          const std::int64_t rows = std::min<std::int64_t>(kRows, height - i);
          float* const corner = out.data + (top + i) * out.row + j;
          for (std::int64_t r = 0; r < rows; ++r) std::copy_n(corner + r * out.row, columns, result + r * kColumns);
          tile_kernel(packed_a.data() + i * depth, packed_b.data() + j * depth, result, depth);
          for (std::int64_t r = 0; r < rows; ++r) std::copy_n(result + r * kColumns, columns, corner + r * out.row);
        }
      }
    }
  }
}

void multiply(Matrix<const double> a, Matrix<const double> b, Matrix<double> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto) {
  multiply_plain<double>(a, b, out, m, n, k, onto);
}

void multiply(Matrix<const std::int64_t> a, Matrix<const std::int64_t> b, Matrix<std::int64_t> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto) {
  multiply_plain<std::int64_t>(a, b, out, m, n, k, onto);
}

}  // namespace nabla
