// Matrices as products of simpler ones: cholesky, qr, svd, svdvals, eigh, eigvalsh; and what follows from them: pinv, lstsq,
// matrix_rank, cond. The numbers come from factors.h; the gradients are formulas in tensor operators.
#include <cmath>
#include <limits>

#include "base/format.h"
#include "ops/factors.h"
#include "ops/families.h"
#include "ops/linalg.h"

namespace nabla {
namespace {

Dense matrix_at(const Tensor& wide, std::int64_t i) {
  Dense out(row_count(wide), column_count(wide));
  const double* from = wide->data_as<double>() + i * out.rows * out.columns;
  std::copy_n(from, out.items.size(), out.items.begin());
  return out;
}
void store(const Tensor& wide, std::int64_t i, const std::vector<double>& items) {
  std::copy(items.begin(), items.end(), wide->data_as<double>() + i * static_cast<std::int64_t>(items.size()));
}
Tensor as_double(const Tensor& a) { return contiguous(cast(a, DType::float64)); }

std::string batch_text(const Tensor& a, std::int64_t i) { return a->dim() > 2 ? cat("(Batch element ", i, "): ") : std::string(); }
Tensor as_row(const Tensor& x) { return unsqueeze_at(x, -2); }
Tensor skew(const Tensor& x) { return x - transpose_last(x); }
Tensor middle(const Tensor& x, std::int64_t dim, std::int64_t length) { return slice_of(x, wrap_dim(dim, x->dim()), 0, length); }

/// One over the differences of the elements, zero on the diagonal.
Tensor inverse_differences(const Tensor& values) {
  const Tensor differences = as_row(values) - unsqueeze_at(values, -1), diagonal = identity_like(differences);
  return where(eq(diagonal, 1), 0.0, 1.0 / where(eq(diagonal, 1), 1.0, differences));
}

// ---- cholesky ----

/// In the order of LAPACK's potrf2, which divides by the diagonal only where the upper triangle is asked for.
Tensor lower_factor(const Tensor& a, std::string_view name, bool upper = false) {
  if (name == "cholesky" && a->numel == 0) return copy(a);
  need_square(a, name);
  if (name == "cholesky" && !is_floating(a->dtype)) not_implemented_for("cholesky_cpu", a->dtype);
  need_floats(a, name);
  const Tensor from = contiguous(a), out = zeros(a->sizes, a->dtype);
  const std::int64_t n = row_count(a);
  with_floats(a->dtype, [&]<class T>(T*) {
    for (std::int64_t b = 0; b < batch_count(a); ++b) {
      const T* m = from->data_as<T>() + b * n * n;
      T* l = out->data_as<T>() + b * n * n;
      for (std::int64_t j = 0; j < n; ++j) {
        T rest = m[j * n + j];
        for (std::int64_t k = 0; k < j; ++k) rest -= l[j * n + k] * l[j * n + k];
        if (!(rest > 0)) {
          fail("_LinAlgError", name, ": ", batch_text(a, b), "The factorization could not be completed because the input is not positive-definite (the leading minor of order ",
               j + 1, " is not positive-definite).");
        }
        const T root = l[j * n + j] = std::sqrt(rest), scale = 1 / root;
        for (std::int64_t i = j + 1; i < n; ++i) {
          T sum = m[i * n + j];
          for (std::int64_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
          l[i * n + j] = upper ? sum / root : sum * scale;
        }
      }
    }
  });
  return column_major(out);
}

/// A = L L^T: the gradient is L^-T phi(L^T g) L^-1 halved, where phi mirrors the lower triangle.
Tensor cholesky_gradient(const Backward& b, bool upper) {
  if (b.g->dim() < 2) fail("RuntimeError", "tensor.mH is only supported on matrices or batches of matrices. Got ", b.g->dim(), "-D tensor.");
  const Tensor l = upper ? transpose_last(b.out()) : b.out(), g = upper ? transpose_last(b.g) : b.g;
  const Tensor product = matmul(transpose_last(l), g), phi = triangle(product, false) + transpose_last(triangle(product, false, -1));
  const Tensor half = solve_triangular(transpose_last(l), phi, true, true);
  return solve_triangular(l, half, false, false) * 0.5;
}
bool is_set(const Arg& arg) { return !arg.is_none() && arg.integer() != 0; }

// ---- qr ----

/// mode: reduced, complete or r.
std::vector<Tensor> qr_of(const Tensor& a, const std::string& mode) {
  need_matrix(a, "linalg.qr");
  need_floats(a, "linalg.qr");
  if (mode != "reduced" && mode != "complete" && mode != "r") {
    fail("RuntimeError", "qr received unrecognized mode '", mode, "' but expected one of 'reduced' (default), 'r', or 'complete'");
  }
  const std::int64_t m = row_count(a), n = column_count(a), k = mode == "complete" ? m : std::min(m, n);
  const Tensor from = contiguous(a), q = empty(batch_sizes(a, {m, k}), a->dtype), r = empty(batch_sizes(a, {k, n}), a->dtype);
  with_floats(a->dtype, [&]<class T>(T*) {
    for (std::int64_t i = 0; i < batch_count(a); ++i) {
      DenseOf<T> one(m, n);
      std::copy_n(from->data_as<T>() + i * m * n, m * n, one.items.begin());
      const DenseOf<T> factor = factor_qr(one, k);
      std::copy_n(factor.items.begin(), m * k, q->data_as<T>() + i * m * k);
      std::copy_n(one.items.begin(), k * n, r->data_as<T>() + i * k * n);
    }
  });
  return {mode == "r" ? empty({0}, a->dtype) : column_major(q), column_major(r)};
}

/// For a square or tall matrix: (gQ + Q sym(triu(gR R^T - Q^T gQ))) R^-T.
Tensor tall_qr_gradient(const Tensor& q, const Tensor& r, const Tensor& gq, const Tensor& gr) {
  Tensor inner;
  if (gr) inner = matmul(gr, transpose_last(r));
  if (gq) inner = inner ? inner - matmul(transpose_last(q), gq) : -matmul(transpose_last(q), gq);
  const Tensor upper = triangle(inner, true);
  Tensor out = matmul(q, upper + transpose_last(upper) - diagonal_matrices(diagonal_of(upper)));
  if (gq) out = out + gq;
  return solve_triangular(transpose_last(r), out, false, false);
}

Tensor qr_gradient(const Backward& b, const std::string& mode) {
  const std::int64_t rank = static_cast<std::int64_t>(b.sizes().size()), m = b.sizes()[rank - 2], n = b.sizes()[rank - 1];
  if (mode == "r") {
    fail("RuntimeError", "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to require gradients");
  }
  if (mode == "complete" && m > n) fail("RuntimeError", "The QR decomposition is not differentiable when mode='complete' and nrows > ncols.");
  const Tensor q = b.out(0), r = b.out(1), gq = b.gradients[0], gr = b.gradients[1];
  if (m >= n) return tall_qr_gradient(q, r, gq, gr);
  // A = (A1 A2) = Q (R1 R2): R2 = Q^T A2 hands its gradient to A2 and Q.
  const Tensor rest = slice_of(b.x(), rank - 1, m, n - m);
  Tensor to_q = gq, g_left, g_rest = zeros_like(rest);
  if (gr) {
    g_left = slice_of(gr, rank - 1, 0, m);
    const Tensor g_right = slice_of(gr, rank - 1, m, n - m), part = matmul(rest, transpose_last(g_right));
    to_q = to_q ? to_q + part : part;
    g_rest = matmul(q, g_right);
  }
  return concatenate({tall_qr_gradient(q, slice_of(r, rank - 1, 0, m), to_q, g_left), g_rest}, rank - 1);
}

std::string mode_of(const Arg& arg) { return arg.is_none() ? "reduced" : arg.text(); }
std::string some_of(const Arg& arg) { return flag_or_true(arg) ? "reduced" : "complete"; }

// ---- svd ----

[[noreturn]] void no_convergence(const char* name, const Tensor& a, std::int64_t i) {
  fail("_LinAlgError", name, ": ", batch_text(a, i), "The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated singular values (error code: 1).");
}

std::vector<Tensor> svd_of(const Tensor& a, bool full) {
  need_matrix(a, "linalg.svd");
  need_floats(a, "linalg.svd");
  const auto has_nan = [](const Dense& m) { return std::any_of(m.items.begin(), m.items.end(), [](double x) { return std::isnan(x); }); };
  const auto has_infinity = [](const Dense& m) { return std::any_of(m.items.begin(), m.items.end(), [](double x) { return std::isinf(x); }); };
  const std::int64_t m = row_count(a), n = column_count(a), k = std::min(m, n);
  const Tensor from = as_double(a), s = empty(batch_sizes(a, {k}), DType::float64);
  const Tensor u = empty(batch_sizes(a, {m, full ? m : k}), DType::float64), vh = empty(batch_sizes(a, {full ? n : k, n}), DType::float64);
  for (std::int64_t i = 0; i < batch_count(a); ++i) {
    Dense left(0, 0), right(0, 0);
    std::vector<double> values;
    const Dense one = matrix_at(from, i);
    if (has_nan(one)) {
      fail("_LinAlgError", "linalg.svd: ", batch_text(a, i), "The algorithm failed to converge because the input matrix contained non-finite values.");
    }
    if (!factor_singular(one, left, values, right, full)) no_convergence("linalg.svd", a, i);
    if (has_infinity(one)) std::fill(values.begin(), values.end(), std::numeric_limits<double>::quiet_NaN());
    store(u, i, left.items);
    store(s, i, values);
    store(vh, i, right.items);
  }
  return {column_major(cast(u, a->dtype)), cast(s, a->dtype), column_major(cast(vh, a->dtype))};
}

void no_driver(const Arg& driver) {
  if (!driver.is_none()) fail("RuntimeError", "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend.");
}

/// U ((skew(U^T gU) / E) S + S (skew(V^T gV) / E) + gS) V^T, and for the side that is not square its part outside.
/// E_ij = S_j^2 - S_i^2. Source: Townsend, Differentiating the singular value decomposition.
Tensor svd_gradient(const Tensor& u_whole, const Tensor& s, const Tensor& vh_whole, const Tensor& gu_whole, const Tensor& gs, const Tensor& gvh_whole) {
  const std::int64_t k = s->sizes.back();
  const Tensor u = middle(u_whole, -1, k), vh = middle(vh_whole, -2, k);
  const Tensor gu = gu_whole ? middle(gu_whole, -1, k) : Tensor(), gvh = gvh_whole ? middle(gvh_whole, -2, k) : Tensor();
  const Tensor row = as_row(s), column = unsqueeze_at(s, -1), e = inverse_differences(s * s);
  Tensor core;
  const auto add = [&core](const Tensor& part) { core = core ? core + part : part; };
  if (gs) add(diagonal_matrices(gs));
  if (gu) add(skew(matmul(transpose_last(u), gu)) * e * row);
  if (gvh) add(skew(matmul(vh, transpose_last(gvh))) * e * column);
  const std::int64_t m = row_count(u), n = column_count(vh);
  Tensor out = matmul(matmul(u, core), vh);
  if (gu && m > k) {
    const Tensor scaled = gu / row, outside = scaled - matmul(u, matmul(transpose_last(u), scaled));
    out = out + matmul(outside, vh);
  }
  if (gvh && n > k) {
    const Tensor scaled = gvh / column, outside = scaled - matmul(matmul(scaled, transpose_last(vh)), vh);
    out = out + matmul(u, outside);
  }
  return out;
}

std::vector<Tensor> run_svd(const Tensor& a, bool full) { return apply_many(*find_op("linalg_svd"), {Arg(a), Arg(full)}); }

// ---- eigh ----

bool is_upper(const Arg& arg) {
  if (arg.is_none()) return false;
  const std::string& text = arg.text();
  if (text != "L" && text != "U" && text != "l" && text != "u") fail("RuntimeError", "Expected UPLO argument to be 'L' or 'U', but got ", text);
  return text == "U" || text == "u";
}

std::vector<Tensor> eigh_of(const Tensor& a, const Arg& uplo) {
  const char* const name = "linalg.eigh";
  need_square(a, name);
  const bool upper = is_upper(uplo);
  if (!is_floating(a->dtype)) not_implemented_for("linalg_eigh_cpu", a->dtype);
  const std::int64_t n = row_count(a);
  const Tensor from = as_double(a), values = empty(batch_sizes(a, {n}), DType::float64), vectors = empty(a->sizes, DType::float64);
  for (std::int64_t i = 0; i < batch_count(a); ++i) {
    Dense one = upper ? matrix_at(from, i).transposed() : matrix_at(from, i);
    std::vector<double> found;
    if (!factor_symmetric(one, found)) no_convergence(name, a, i);
    store(values, i, found);
    store(vectors, i, one.items);
  }
  return {cast(values, a->dtype), column_major(cast(vectors, a->dtype))};
}

/// V (gL + skew-free part of V^T gV over the differences of eigenvalues) V^T.
Tensor eigh_gradient(const Tensor& values, const Tensor& vectors, const Tensor& gl, const Tensor& gv) {
  Tensor core;
  if (gl) core = diagonal_matrices(gl);
  if (gv) {
    const Tensor part = skew(matmul(transpose_last(vectors), gv)) * 0.5 * inverse_differences(values);
    core = core ? core + part : part;
  }
  return matmul(matmul(vectors, core), transpose_last(vectors));
}

// ---- pinv, lstsq ----

double relative_tolerance(const Tensor& a, const Arg& rtol) {
  const double eps = a->dtype == DType::float32 ? 0x1p-23 : 0x1p-52;
  return rtol.is_none() ? eps * static_cast<double>(std::max(row_count(a), column_count(a))) : rtol.real();
}

Tensor pinv_gradient(const Tensor& g, const Tensor& p, const Tensor& a) {
  const std::int64_t m = row_count(a), n = column_count(a);
  const Tensor turned = transpose_last(p), gh = transpose_last(g);
  if (m <= n) {
    const Tensor k = matmul(gh, p), kt = matmul(k, turned);
    return -transpose_last(matmul(p, k)) + kt - matmul(matmul(a, p), kt) + matmul(matmul(turned, p), gh - matmul(k, a));
  }
  const Tensor k = matmul(p, gh), tk = matmul(turned, k);
  return -transpose_last(matmul(k, p)) + matmul(matmul(gh - matmul(a, k), p), turned) + tk - matmul(matmul(tk, p), a);
}

/// A symmetric matrix from what stands on and below the diagonal, which is all that eigh looks at.
Tensor mirrored(const Tensor& a) {
  const Tensor below = apply(*find_op("tril"), a, -1);
  return apply(*find_op("tril"), a) + transpose_last(below);
}

Tensor pinv_of(const Tensor& a) { return apply(*find_op("linalg_pinv"), a); }

Tensor rank_of(const Tensor& a, const Arg& atol, const Arg& rtol) {
  const GradMode off(false);
  const Tensor s = svd_of(a, false)[1], out = zeros(batch_sizes(a), DType::int64);
  const std::int64_t k = s->sizes.back();
  const double absolute = atol.is_none() ? 0 : atol.real(), relative = !atol.is_none() && absolute > 0 && rtol.is_none() ? 0 : relative_tolerance(a, rtol);
  for (std::int64_t i = 0; i < out->numel; ++i) {
    for (std::int64_t j = 0; j < k; ++j) {
      out->data_as<std::int64_t>()[i] += element(*s, i * k + j).to_double() > std::max(absolute, relative * element(*s, i * k).to_double());
    }
  }
  return out;
}

/// The part of A that its longest column spans: of an rcond of 1 and more LAPACK's gelsy leaves that.
Tensor spanned_by_longest(const Tensor& a) {
  const auto rows = static_cast<std::int64_t>(a->dim()) - 2;
  const Tensor lengths = apply(*find_op("linalg_vector_norm"), a, 2, Dims{rows}, true);
  const Tensor column = apply(*find_op("take_along_dim"), a, apply(*find_op("argmax"), lengths, rows + 1, true), rows + 1);
  const Tensor unit = column / apply(*find_op("linalg_vector_norm"), column, 2, Dims{rows}, true);
  return matmul(unit, matmul(transpose_last(unit), a));
}

}  // namespace

const OpDef kLinalgCholesky{
    .name = "linalg_cholesky",
    .signatures = {{"linalg_cholesky(Tensor input, *, bool upper=False)", "LinalgCholeskyExBackward0"}},
    .spellings = kTorch,
    .doc = "The triangle L of a symmetric positive matrix, which is L times its transpose.",
    .latex = "A = L L^{T}",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0);
          if (!c.flag(1)) return lower_factor(a, "linalg.cholesky");
          const auto turn = [](const Tensor& x) { return transpose(x, static_cast<std::int64_t>(x->dim()) - 2, static_cast<std::int64_t>(x->dim()) - 1); };
          need_square(a, "linalg.cholesky");
          return contiguous(turn(lower_factor(turn(a), "linalg.cholesky", true)));
        },
    .gradients = {gradient([](const Backward& b) { return cholesky_gradient(b, is_set(b.arg(1))); }, R"(L^{-T} \Phi(L^{T} g) L^{-1})")},
    .reads_output = true,
    .samples = {},
    .failures = {{"torch.linalg.cholesky(torch.zeros(2, 2))",
                  "torch._C._LinAlgError: linalg.cholesky: The factorization could not be completed because the input is not positive-definite (the leading minor of order 1 is "
                  "not positive-definite)."}},
};

const OpDef kCholesky{
    .name = "cholesky",
    .signatures = {{"cholesky(Tensor input, bool upper=False)"}},
    .doc = "The triangle L of a symmetric positive matrix, which is L times its transpose.",
    .latex = "A = L L^{T}",
    .forward =
        [](Call& c) {
          warn_once("UserWarning",
                    "torch.cholesky is deprecated in favor of torch.linalg.cholesky and will be removed in a future PyTorch release.\nL = torch.cholesky(A)\nshould be replaced "
                    "with\nL = torch.linalg.cholesky(A)\nand\nU = torch.cholesky(A, upper=True)\nshould be replaced with\nU = torch.linalg.cholesky(A).mH().\nThis transform will "
                    "produce equivalent results for all valid (symmetric positive definite) inputs.");
          if (!c.flag(1) || c[0].impl()->numel == 0) return lower_factor(c.tensor(0), "cholesky");
          return contiguous(transpose(lower_factor(c.tensor(0), "cholesky"), static_cast<std::int64_t>(c.tensor(0)->dim()) - 2, static_cast<std::int64_t>(c.tensor(0)->dim()) - 1));
        },
    .gradients = {gradient([](const Backward& b) { return cholesky_gradient(b, is_set(b.arg(1))); }, R"(L^{-T} \Phi(L^{T} g) L^{-1})")},
    .reads_output = true,
    .samples = {},
};

const OpDef kLinalgQr{
    .name = "linalg_qr",
    .signatures = {{"linalg_qr(Tensor A, str mode='reduced')"}},
    .spellings = kTorch,
    .doc = "An orthogonal matrix Q and a triangle R whose product is A.",
    .latex = "A = Q R",
    .forward_many = [](Call& c) { return qr_of(c.tensor(0), mode_of(c[1])); },
    .results = {"Q", "R"},
    .gradients = {gradient([](const Backward& b) { return qr_gradient(b, mode_of(b.arg(1))); },
                           R"((g_Q + Q \operatorname{sym}(\operatorname{triu}(g_R R^{T} - Q^{T} g_Q))) R^{-T})")},
    .reads_output = true,
    .samples = {"f(3, 2)", "f(2, 2)", "f(2, 3)", "f(2, 3, 2)"},
    .failures = {{"torch.linalg.qr(torch.ones(2, 2), mode='x')",
                  "RuntimeError: qr received unrecognized mode 'x' but expected one of 'reduced' (default), 'r', or 'complete'"}},
};

const OpDef kQr{
    .name = "qr",
    .signatures = {{"qr(Tensor input, bool some=True)", "LinalgQrBackward0"}},
    .doc = "An orthogonal matrix Q and a triangle R whose product is the input.",
    .latex = "A = Q R",
    .forward_many =
        [](Call& c) {
          warn_once("UserWarning",
                    "torch.qr is deprecated in favor of torch.linalg.qr and will be removed in a future PyTorch release.\nThe boolean parameter 'some' has been replaced with a "
                    "string parameter 'mode'.\nQ, R = torch.qr(A, some)\nshould be replaced with\nQ, R = torch.linalg.qr(A, 'reduced' if some else 'complete')");
          return qr_of(c.tensor(0), some_of(c[1]));
        },
    .results = {"Q", "R"},
    .gradients = {gradient([](const Backward& b) { return qr_gradient(b, some_of(b.arg(1))); },
                           R"((g_Q + Q \operatorname{sym}(\operatorname{triu}(g_R R^{T} - Q^{T} g_Q))) R^{-T})")},
    .reads_output = true,
    .samples = {"f(3, 2)"},
};

const OpDef kLinalgSvd{
    .name = "linalg_svd",
    .signatures = {{"linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None)"}},
    .spellings = kTorch,
    .doc = "Orthogonal matrices U and V and singular values S, the largest first, with A = U diag(S) V^T.",
    .latex = R"(A = U \operatorname{diag}(S) V^{T})",
    .forward_many =
        [](Call& c) {
          if (c[0].impl()->numel) no_driver(c[2]);
          return svd_of(c.tensor(0), flag_or_true(c[1]));
        },
    .results = {"U", "S", "Vh"},
    .gradients = {gradient([](const Backward& b) { return svd_gradient(b.out(0), b.out(1), b.out(2), b.gradients[0], b.gradients[1], b.gradients[2]); },
                           R"(U \left(\frac{\operatorname{skew}(U^{T} g_U)}{E} S + S \frac{\operatorname{skew}(V^{T} g_V)}{E} + g_S\right) V^{T})")},
    .reads_output = true,
    .samples = {"f(2, 2), False", "f(3, 2), False", "f(2, 4), False", "f(2, 2, 3), False"},
};

const OpDef kSvd{
    .name = "svd",
    .signatures = {{"svd(Tensor input, bool some=True, bool compute_uv=True)"}},
    .doc = "Orthogonal matrices U and V and singular values S, the largest first, with input = U diag(S) V^T.",
    .latex = R"(A = U \operatorname{diag}(S) V^{T})",
    .forward_many =
        [](Call& c) {
          if (c[0].impl()->dim() < 2) {
            fail("RuntimeError", "linalg.svd: input should have at least 2 dimensions, but has ", c[0].impl()->dim(), " dimensions instead");
          }
          if (!flag_or_true(c[2])) {
            const Tensor a = c.tensor(0), s = apply(*find_op("linalg_svdvals"), a);
            return std::vector<Tensor>{zeros(batch_sizes(a, {row_count(a), row_count(a)}), a->dtype), s, column_major(zeros(batch_sizes(a, {column_count(a), column_count(a)}), a->dtype))};
          }
          std::vector<Tensor> parts = run_svd(c.tensor(0), !flag_or_true(c[1]));
          parts[2] = transpose_last(parts[2]);
          return parts;
        },
    .results = {"U", "S", "V"},
    .composite = true,
    .copies_out = true,
    .samples = {"f(3, 2)"},
};

const OpDef kSvdvals{
    .name = "linalg_svdvals",
    .signatures = {{"linalg_svdvals(Tensor A, *, str? driver=None)", "LinalgSvdBackward0"}},
    .spellings = kTorch,
    .doc = "The singular values of each matrix, the largest first.",
    .latex = R"(\sigma_i(A))",
    .forward =
        [](Call& c) {
          need_matrix(c.tensor(0), "linalg.svd");
          if (c[0].impl()->numel) no_driver(c[1]);
          return svd_of(c.tensor(0), false)[1];
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const std::vector<Tensor> parts = run_svd(b.x(), false);
          return matmul(parts[0] * as_row(b.g), parts[2]);
        },
        R"(U \operatorname{diag}(g) V^{T})")},
    .samples = {"f(3, 2)", "f(2, 2, 2)"},
};

const OpDef kLinalgEigh{
    .name = "linalg_eigh",
    .signatures = {{"linalg_eigh(Tensor input, str UPLO='L')"}},
    .spellings = kTorch,
    .doc = "The eigenvalues of a symmetric matrix in rising order, and its eigenvectors as columns.",
    .latex = R"(A = V \operatorname{diag}(\lambda) V^{T})",
    .forward_many = [](Call& c) { return eigh_of(c.tensor(0), c[1]); },
    .results = {"eigenvalues", "eigenvectors"},
    .gradients = {gradient([](const Backward& b) { return eigh_gradient(b.out(0), b.out(1), b.gradients[0], b.gradients[1]); },
                           R"(V \left(g_\lambda + \frac{\operatorname{skew}(V^{T} g_V)}{2 E}\right) V^{T})")},
    .reads_output = true,
    .samples = {},
    .failures = {{"torch.linalg.eigh(torch.ones(2, 3))", "RuntimeError: linalg.eigh: A must be batches of square matrices, but they are 2 by 3 matrices"},
                 {"torch.linalg.eigh(torch.tensor([[1, 2], [2, 1]]))", "RuntimeError: \"linalg_eigh_cpu\" not implemented for 'Long'"}},
};

const OpDef kLinalgEigvalsh{
    .name = "linalg_eigvalsh",
    .signatures = {{"linalg_eigvalsh(Tensor input, str UPLO='L')", "LinalgEighBackward0"}},
    .spellings = kTorch,
    .doc = "The eigenvalues of a symmetric matrix in rising order.",
    .latex = R"(\lambda_i(A))",
    .forward = [](Call& c) { return eigh_of(c.tensor(0), c[1])[0]; },
    .gradients = {gradient(
        [](const Backward& b) {
          const std::vector<Tensor> parts = apply_many(kLinalgEigh, {Arg(b.x()), b.arg(1)});
          return eigh_gradient(parts[0], parts[1], b.g, {});
        },
        R"(V g V^{T})")},
    .samples = {},
};

const OpDef kLinalgPinv{
    .name = "linalg_pinv",
    .signatures = {{"linalg_pinv(Tensor input, *, float? atol=None, float? rtol=None, bool hermitian=False)"},
                   {.text = "linalg_pinv(Tensor input, float rcond, bool hermitian=False)", .composite = true}},
    .spellings = kTorch,
    .doc = "The matrix that comes nearest to being an inverse.",
    .latex = "A^{+}",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0);
          if (c.signature == 1) return apply(c.def, a, Arg(), c[1], c[2]);
          if (!is_floating(a->dtype) && c.has(1)) fail("RuntimeError", "This function doesn't handle types other than float and double");
          if (a->dim() < 2 || !is_floating(a->dtype)) {
            fail("RuntimeError", "linalg.pinv(", legacy_name(a->dtype), "{", a->sizes, "}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types");
          }
          if (a->numel == 0) return empty(batch_sizes(a, {column_count(a), row_count(a)}), a->dtype);
          if (c.flag(3)) need_square(a, "linalg.eigh");
          const GradMode off(false);
          const std::vector<Tensor> parts = svd_of(cast(c.flag(3) ? mirrored(a) : a, DType::float64), false);
          const Tensor most = parts[1]->sizes.back() ? slice_of(parts[1], static_cast<std::int64_t>(parts[1]->dim()) - 1, 0, 1) : parts[1];
          const double absolute = c.has(1) ? c[1].real() : 0, relative = c.has(1) && absolute > 0 && !c.has(2) ? 0 : relative_tolerance(a, c[2]);
          const Tensor limit = apply(*find_op("clamp_min"), most * relative, absolute);
          const Tensor turned = where(gt(parts[1], limit), 1.0 / parts[1], 0.0);
          return cast(matmul(transpose_last(parts[2]), unsqueeze_at(turned, -1) * transpose_last(parts[0])), a->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return pinv_gradient(b.g, b.out(), b.x()); }, R"(-A^{+ T} g A^{+ T} + \dots)")},
    .reads_output = true,
    .copies_out = true,
    .samples = {"f(2, 2)", "f(3, 2)", "f(2, 3)"},
};

const OpDef kPinverse{
    .name = "pinverse",
    .signatures = {{"pinverse(Tensor input, float rcond=1e-15)"}},
    .doc = "The matrix that comes nearest to being an inverse.",
    .latex = "A^{+}",
    .forward = [](Call& c) { return apply(kLinalgPinv, c.tensor(0), Arg(), c.has(1) ? c[1] : Arg(1e-15)); },
    .composite = true,
    .samples = {"f(3, 2)"},
};

const OpDef kLstsqSolution{
    .name = "_lstsq_solution",
    .signatures = {{"_lstsq_solution(Tensor input, Tensor b, float? rcond)", "LinalgLstsqBackward0"}},
    .spellings = 0,
    .doc = "The X for which A X comes nearest to B.",
    .latex = R"(\operatorname{argmin}_X \|A X - B\|)",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0), b = c.tensor(1);
          const bool longest = c.has(2) && c[2].real() >= 1 && a->numel != 0;
          const Tensor wide = longest ? spanned_by_longest(cast(a, DType::float64)) : cast(a, DType::float64);
          if (b->dim() > a->dim() || b->dim() + 1 < a->dim()) {
            fail("RuntimeError", "torch.linalg.lstsq: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1");
          }
          const bool vector = a->dim() - 1 == b->dim();
          const Tensor x = matmul(c.has(2) && !longest ? apply(kLinalgPinv, wide, Arg(), c[2]) : pinv_of(wide), cast(vector ? unsqueeze(b, static_cast<std::int64_t>(b->dim())) : b, DType::float64));
          // LAPACK leaves the solution in the first rows of what held B.
          const std::int64_t most = std::max(row_count(a), column_count(a)), last = static_cast<std::int64_t>(x->dim()) - 1;
          const Tensor room = transpose(empty(batch_sizes(x, {column_count(x), most}), a->dtype), last - 1, last), place = slice(room, last - 1, 0, column_count(a), 1);
          copy_into(place, cast(x, a->dtype));
          return vector ? select(place, last, 0) : place;
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor a = b.x(), y = b.y(), g = b.g;
                        const bool vector = a->dim() - 1 == y->dim();
                        const Tensor p = pinv_of(a);
                        const Tensor gp = vector ? unsqueeze_at(g, -1) * as_row(y) : matmul(g, transpose_last(y));
                        return pinv_gradient(gp, p, a);
                      },
                      R"(\text{as of } A^{+} B)"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor g = b.g;
                        const bool vector = b.sizes(0).size() - 1 == b.sizes(1).size();
                        const Tensor turned = transpose_last(pinv_of(b.x()));
                        if (!vector) return matmul(turned, g);
                        return apply(*find_op("squeeze"), matmul(turned, unsqueeze_at(g, -1)));
                      },
                      R"(A^{+ T} g)")},
    .samples = {"f(3, 2), f(3, 2), None"},
};

const OpDef kLinalgLstsq{
    .name = "linalg_lstsq",
    .signatures = {{"linalg_lstsq(Tensor input, Tensor b, float? rcond=None, *, str? driver=None)"}},
    .spellings = kTorch,
    .doc = "The X for which A X comes nearest to B; also the squares missed, and the rank.",
    .latex = R"(\operatorname{argmin}_X \|A X - B\|)",
    .forward_many =
        [](Call& c) {
          const Tensor a = c.tensor(0), b = c.tensor(1);
          if (a->dim() < 2) fail("RuntimeError", "torch.linalg.lstsq: input must have at least 2 dimensions.");
          if (b->dim() < 1) fail("RuntimeError", "torch.linalg.lstsq: other must have at least 1 dimension.");
          if (a->dtype != b->dtype) {
            fail("RuntimeError", "torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype ", legacy_name(a->dtype), " and other's dtype ",
                 legacy_name(b->dtype));
          }
          const bool vector = a->dim() - 1 == b->dim();
          if (b->sizes[vector ? b->dim() - 1 : b->dim() - 2] != row_count(a)) {
            fail("RuntimeError", "torch.linalg.lstsq: input.size(-2) should match ", vector ? "other.size(-1)" : "other.size(-2)");
          }
          if (c.has(3) && c[3].text() != "gels" && c[3].text() != "gelsy" && c[3].text() != "gelsd" && c[3].text() != "gelss") {
            fail("RuntimeError", "torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)");
          }
          // One singular value over rcond of the largest counts; less than 0 asks for the machine's precision.
          const bool usual = !c.has(3) || c[3].text() == "gelsy";
          const Arg cut = c.has(2) && c[2].real() >= 0 && (usual || c[2].real() < 1) ? c[2] : Arg();
          const Tensor x = apply(kLstsqSolution, c[0], c[1], cut);
          const GradMode off(false);
          const bool longest = !cut.is_none() && cut.real() >= 1;
          const Tensor rank = longest ? apply_form(*find_op("clamp_max"), 1, rank_of(a, {}, 0.0), 1) : rank_of(a, {}, cut);
          const std::int64_t m = row_count(a), n = column_count(a);
          bool regular = m > n && c.has(3) && c[3].text() != "gelsy";  // PyTorch's usual driver does not say what was missed
          for (std::int64_t i = 0; i < rank->numel; ++i) regular = regular && rank->data_as<std::int64_t>()[i] == n;
          Tensor missed = empty({0}, a->dtype);
          if (regular) {
            const auto columns = [&](const Tensor& of) { return cast(vector ? unsqueeze(of, static_cast<std::int64_t>(of->dim())) : of, DType::float64); };
            const Tensor miss = matmul(cast(a, DType::float64), columns(x)) - columns(b);
            std::vector<bool> rows(miss->dim(), false);
            rows[miss->dim() - 2] = true;
            missed = cast(sum(miss * miss, rows, false), a->dtype);
          }
          const bool counted = !(c.has(3) && c[3].text() == "gels");  // that driver takes the rank for full
          return std::vector<Tensor>{x, missed, counted ? rank : empty({0}, DType::int64), empty({0}, a->dtype)};
        },
    .results = {"solution", "residuals", "rank", "singular_values"},
    .composite = true,
    .samples = {},
};

const OpDef kLinalgMatrixRank{
    .name = "linalg_matrix_rank",
    .signatures = {{"linalg_matrix_rank(Tensor input, *, float? atol=None, float? rtol=None, bool hermitian=False)"},
                   {"linalg_matrix_rank(Tensor input, float tol, bool hermitian=False)"}},
    .spellings = kTorch,
    .doc = "How many singular values are not nearly zero.",
    .latex = R"(\operatorname{rank} A)",
    .forward =
        [](Call& c) {
          if (c.signature == 1 && c[0].impl()->dim() > 1 && c[0].impl()->numel == 0) return zeros(batch_sizes(c.tensor(0)), DType::int64);
          if (c.signature == 1) return apply(c.def, c[0], c[1], 0.0, c[2]);
          if (c[0].impl()->dim() < 2) fail("RuntimeError", "torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.");
          if (!is_floating(c[0].impl()->dtype)) fail("RuntimeError", "This function doesn't handle types other than float and double");
          if (c.flag(3)) need_square(c.tensor(0), "linalg.eigh");
          return rank_of(c.flag(3) ? mirrored(c.tensor(0)) : c.tensor(0), c[1], c[2]);
        },
    .gradients = {not_differentiable("a rank is a whole number")},
    .samples = {"f(3, 2)"},
};

const OpDef kLinalgCond{
    .name = "linalg_cond",
    .signatures = {{"linalg_cond(Tensor input, Number? p=None)"}, {"linalg_cond(Tensor input, str p)"}},
    .spellings = kTorch,
    .doc = "How much a matrix magnifies errors: the norm of it times that of its inverse.",
    .latex = R"(\|A\| \|A^{-1}\|)",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0);
          const bool text = c[1].kind() == Arg::Kind::text;
          if (!text && (!c.has(1) || std::fabs(c[1].real()) == 2)) {
            if (a->dim() < 2) fail("RuntimeError", "linalg.cond: The input tensor must have at least 2 dimensions.");
            Dims batch;
            for (std::size_t i = 0; i + 2 < a->dim(); ++i) batch.push_back(a->sizes[i]);
            if (a->numel == 0) return zeros(batch, a->dtype);
            const Tensor s = apply(kSvdvals, a);
            const auto last = static_cast<std::int64_t>(s->dim()) - 1;
            const Tensor most = slice_of(s, last, 0, 1), least = slice_of(s, last, s->sizes.back() - 1, 1);
            Call squeeze(*find_op("squeeze"), 1);
            squeeze.count = 2;
            squeeze.args[0] = Arg(c.has(1) && c[1].real() < 0 ? least / most : most / least);
            squeeze.args[1] = Arg(-1);
            return run(squeeze);
          }
          const double p = text ? 0 : c[1].real();
          need_square(a, cat("linalg.cond(ord=", text ? c[1].text() : general(p, 6), ")"));
          if (text ? c[1].text() != "fro" && c[1].text() != "nuc" : std::fabs(p) != 1 && !std::isinf(p)) {
            fail("RuntimeError", "linalg.cond got an invalid norm type: ", text ? c[1].text() : general(p, 6));
          }
          if (a->numel == 0) return zeros(batch_sizes(a), a->dtype);
          Call norm(*find_op("linalg_matrix_norm"), text ? 1 : 0);
          norm.count = 5;
          norm.args[0] = Arg(a);
          norm.args[1] = c[1];
          norm.args[2] = Arg(Dims{-2, -1});
          Call other = norm;
          const std::vector<Tensor> inverse = apply_many(*find_op("linalg_inv_ex"), {Arg(a), Arg(false)});
          const Tensor singular = gt(unsqueeze_at(unsqueeze_at(inverse[1], -1), -1), 0);
          other.args[0] = Arg(item(apply(*find_op("any"), singular)).to_bool() ? where(singular, std::numeric_limits<double>::infinity(), inverse[0]) : inverse[0]);
          const Tensor product = run(norm) * run(other);
          constexpr double kInfinity = std::numeric_limits<double>::infinity();
          return apply(*find_op("nan_to_num"), product, kInfinity, kInfinity, -kInfinity);
        },
    .composite = true,
    .copies_out = true,
    .samples = {"f(2, 2)", "f(2, 2), 'fro'", "f(2, 2), 1"},
};

const std::vector<const OpDef*>& decomposition_ops() {
  static const std::vector<const OpDef*> ops{&kLinalgCholesky, &kCholesky, &kLinalgQr,   &kQr,       &kLinalgSvd,   &kSvd,              &kSvdvals,  &kLinalgEigh,
                                             &kLinalgEigvalsh, &kLinalgPinv, &kPinverse, &kLstsqSolution, &kLinalgLstsq, &kLinalgMatrixRank, &kLinalgCond};
  return ops;
}

}  // namespace nabla
