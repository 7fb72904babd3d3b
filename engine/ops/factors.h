// Matrices taken apart, one at a time: Q R in their own type, in float64 the eigenvalues of a symmetric one, singular values.
// Signs and order are LAPACK's (dgeqrf, dsyevd, dgesdd for small matrices), which are PyTorch's.
#pragma once
#include <cstdint>
#include <vector>

namespace nabla {

/// A small dense matrix, row-major.
template <class T>
struct DenseOf {
  std::int64_t rows, columns;
  std::vector<T> items;
  DenseOf(std::int64_t rows, std::int64_t columns) : rows(rows), columns(columns), items(static_cast<std::size_t>(rows * columns)) {}
  static DenseOf identity(std::int64_t n);
  T& operator()(std::int64_t i, std::int64_t j) { return items[i * columns + j]; }
  T operator()(std::int64_t i, std::int64_t j) const { return items[i * columns + j]; }
  DenseOf transposed() const;
};
using Dense = DenseOf<double>;

/// a becomes R (with zeros below the diagonal); Q with as many columns as asked for.
template <class T>
DenseOf<T> factor_qr(DenseOf<T>& a, std::int64_t q_columns);

/// Of the symmetric matrix whose lower triangle a shows: eigenvalues in rising order; a becomes the eigenvectors, as columns. False when
/// the iteration does not converge.
bool factor_symmetric(Dense& a, std::vector<double>& values);

/// a = u diag(values) vt, values falling. u has rows x k, vt k x columns, k the smaller side; or both are square when `full`.
bool factor_singular(const Dense& a, Dense& u, std::vector<double>& values, Dense& vt, bool full);

}  // namespace nabla
