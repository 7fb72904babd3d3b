// Matrix products on raw memory.
#pragma once
#include <cstdint>

namespace nabla {

/// A matrix in memory: element (i, j) is at data[i * row + j * column].
template <class T>
struct Matrix {
  T* data;
  std::int64_t row, column;
};

/// out (m x n, zeroed or not) = a (m x k) * b (k x n), or with `onto` out += it; out is row-major with `out.column` 1. Each element is
/// added up in the order of k, starting from what it was, as in the reference BLAS.
void multiply(Matrix<const float> a, Matrix<const float> b, Matrix<float> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto = false);
void multiply(Matrix<const double> a, Matrix<const double> b, Matrix<double> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto = false);
void multiply(Matrix<const std::int64_t> a, Matrix<const std::int64_t> b, Matrix<std::int64_t> out, std::int64_t m, std::int64_t n, std::int64_t k, bool onto = false);

}  // namespace nabla
