// What the files of linear algebra share: checks in PyTorch's words, stacks of matrices in memory, and formulas on matrices.
#pragma once
#include <string_view>

#include "ops/support.h"

namespace nabla {

/// RuntimeErrors for what is no matrix, not square, or not of floats: "linalg.inv: A must be batches of square matrices, ...".
void need_matrix(const Tensor& a, std::string_view function);
void need_square(const Tensor& a, std::string_view function);
void need_floats(const Tensor& a, std::string_view function);

/// go(static_cast<T*>(nullptr)) for the float type that dtype is.
template <class Go>
auto with_floats(DType dtype, Go go) {
  return dtype == DType::float32 ? go(static_cast<float*>(nullptr)) : go(static_cast<double*>(nullptr));
}

/// out = beta out + alpha a b for one matrix each, all of one compute type, out row-major; added up as PyTorch does over the reference BLAS,
/// or with `plainly` in its own loops (those of small stacks): product by product onto out.
void multiply_onto(const Tensor& out, const Tensor& a, const Tensor& b, double beta, double alpha, bool plainly = false);

/// x's sizes without the last two, followed by others.
Dims batch_sizes(const Tensor& x, std::initializer_list<std::int64_t> then = {});
std::int64_t batch_count(const Tensor& x);
inline std::int64_t row_count(const Tensor& x) { return x->sizes[x->dim() - 2]; }
inline std::int64_t column_count(const Tensor& x) { return x->sizes[x->dim() - 1]; }

/// The same matrices, lying in memory column by column, as LAPACK leaves them.
Tensor column_major(const Tensor& matrices);

// Tensor operators on stacks of matrices, differentiable.
Tensor identity_like(const Tensor& matrices);           // ones on the diagonal, zeros elsewhere; no gradient
Tensor diagonal_of(const Tensor& matrices);             // as vectors
Tensor diagonal_matrices(const Tensor& vectors);
Tensor triangle(const Tensor& matrices, bool upper, std::int64_t shift = 0);
Tensor inverse_of(const Tensor& a);
Tensor solve_matrices(const Tensor& a, const Tensor& b);  // X of A X = B
Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left);
/// The results of an operator with several.
std::vector<Tensor> apply_many(const OpDef& def, std::initializer_list<Arg> args, int signature = 0);

}  // namespace nabla
