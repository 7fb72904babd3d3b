// Linear equations: det, slogdet, logdet, inv, solve, solve_triangular, matrix_power, matrix_exp. Matrices are factored into triangles
// (P A = L U with the largest pivot of each column) in their own precision, as LAPACK does.
#include <cmath>
#include <limits>
#include <span>

#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/tangents.h"
#include "tensor/fused.h"
#include "tensor/layout.h"

namespace nabla {

void need_matrix(const Tensor& a, std::string_view function) {
  if (a->dim() < 2) fail("RuntimeError", function, ": The input tensor A must have at least 2 dimensions.");
}
void need_square(const Tensor& a, std::string_view function) {
  need_matrix(a, function);
  if (row_count(a) != column_count(a)) {
    fail("RuntimeError", function, ": A must be batches of square matrices, but they are ", row_count(a), " by ", column_count(a), " matrices");
  }
}
void need_floats(const Tensor& a, std::string_view function) {
  if (!is_floating(a->dtype)) fail("RuntimeError", function, ": Expected a floating point or complex tensor as input. Got ", legacy_name(a->dtype));
}

Dims batch_sizes(const Tensor& x, std::initializer_list<std::int64_t> then) {
  Dims out = x->sizes;
  out.resize(x->dim() - 2);
  for (std::int64_t size : then) out.push_back(size);
  return out;
}
std::int64_t batch_count(const Tensor& x) { return count_elements(batch_sizes(x)); }

Tensor column_major(const Tensor& matrices) {
  const auto last = static_cast<std::int64_t>(matrices->dim()) - 1;
  return transpose(contiguous(transpose(matrices, last - 1, last)), last - 1, last);
}

Tensor identity_like(const Tensor& matrices) {
  const Tensor out = zeros(matrices->sizes, matrices->dtype);
  const std::int64_t rows = row_count(out), columns = column_count(out);
  for (std::int64_t b = 0; b < batch_count(out); ++b) {
    for (std::int64_t i = 0; i < std::min(rows, columns); ++i) set_element(*out, (b * rows + i) * columns + i, Scalar::of(1));
  }
  return out;
}
Tensor diagonal_of(const Tensor& matrices) { return apply(*find_op("diagonal"), matrices, 0, -2, -1); }
Tensor diagonal_matrices(const Tensor& vectors) { return apply(*find_op("diag_embed"), vectors, 0, -2, -1); }
Tensor triangle(const Tensor& matrices, bool upper, std::int64_t shift) { return apply(*find_op(upper ? "triu" : "tril"), matrices, shift); }

std::vector<Tensor> apply_many(const OpDef& def, std::initializer_list<Arg> args, int signature) {
  Call call(def, signature);
  for (const Arg& arg : args) call.args[call.count++] = arg;
  return run_many(call);
}

namespace {

/// One matrix factored in place: L below the diagonal, U on and above it.
template <class T>
struct Factored {
  std::vector<T> lu;
  std::vector<std::int64_t> order;  // row i of the factors is row order[i] of the matrix
  std::int64_t n;
  bool odd = false;            // was an odd number of rows swapped?
  std::int64_t zero_pivot = 0;  // the first zero on U's diagonal, counted from 1

  Factored(const T* a, std::int64_t n) : lu(a, a + n * n), n(n) {
    for (std::int64_t i = 0; i < n; ++i) order.push_back(i);
    for (std::int64_t k = 0; k < n; ++k) {
      std::int64_t best = k;
      for (std::int64_t i = k + 1; i < n; ++i) {
        if (std::fabs(at(i, k)) > std::fabs(at(best, k))) best = i;
      }
      if (at(best, k) == 0) {
        if (!zero_pivot) zero_pivot = k + 1;
        continue;
      }
      if (best != k) {
        for (std::int64_t j = 0; j < n; ++j) std::swap(at(k, j), at(best, j));
        std::swap(order[k], order[best]);
        odd = !odd;
      }
      const T scale = 1 / at(k, k);
      for (std::int64_t i = k + 1; i < n; ++i) {
        at(i, k) *= scale;
        for (std::int64_t j = k + 1; j < n; ++j) at(i, j) -= at(i, k) * at(k, j);
      }
    }
  }
  T& at(std::int64_t i, std::int64_t j) { return lu[i * n + j]; }

  /// x (n x columns) = A^-1 b, in the order of LAPACK's getrs.
  void solve(const T* b, T* x, std::int64_t columns) {
    for (std::int64_t c = 0; c < columns; ++c) {
      for (std::int64_t i = 0; i < n; ++i) {
        T sum = b[order[i] * columns + c];
        for (std::int64_t k = 0; k < i; ++k) sum -= at(i, k) * x[k * columns + c];
        x[i * columns + c] = sum;
      }
      for (std::int64_t k = n; k-- > 0;) {
        const T found = x[k * columns + c] /= at(k, k);
        for (std::int64_t i = 0; i < k; ++i) x[i * columns + c] -= found * at(i, k);
      }
    }
  }
  /// x = A^-T b.
  void solve_turned(const T* b, T* x, std::int64_t columns) {
    std::vector<T> y(static_cast<std::size_t>(n));
    for (std::int64_t c = 0; c < columns; ++c) {
      for (std::int64_t i = 0; i < n; ++i) {
        T sum = b[i * columns + c];
        for (std::int64_t k = 0; k < i; ++k) sum -= at(k, i) * y[k];
        y[i] = sum / at(i, i);
      }
      for (std::int64_t i = n; i-- > 0;) {
        for (std::int64_t k = i + 1; k < n; ++k) y[i] -= at(k, i) * y[k];
        x[order[i] * columns + c] = y[i];
      }
    }
  }
};

/// go(matrix as Factored, its number) for each of a stack. As in PyTorch, what is factored is the transposed matrix where `turned`.
template <class Go>
void factor_each(const Tensor& a, bool turned, Go go) {
  const Tensor from = contiguous(turned ? transpose_last(a) : a);
  const std::int64_t n = row_count(a);
  with_floats(a->dtype, [&]<class T>(T*) {
    for (std::int64_t i = 0; i < batch_count(a); ++i) {
      Factored<T> factored(from->data_as<T>() + i * n * n, n);
      go(factored, i);
    }
  });
}

std::string batch_text(const Tensor& a, std::int64_t i) { return a->dim() > 2 ? cat("(Batch element ", i, "): ") : std::string(); }

Tensor determinant(Call& c) {
  const Tensor a = c.tensor(0);
  need_square(a, "linalg.det");
  need_floats(a, "linalg.det");
  const Tensor out = empty(batch_sizes(a), a->dtype);
  factor_each(a, a->is_contiguous(), [&]<class T>(Factored<T>& f, std::int64_t i) {
    T product = 1;
    for (std::int64_t k = 0; k < f.n; ++k) product *= f.at(k, k);
    out->data_as<T>()[i] = f.odd ? -product : product;
  });
  return out;
}

bool any_zero(const Tensor& x) {
  for (std::int64_t i = 0; i < x->numel; ++i) {
    if (element(*x, offset_of(*x, i)).to_double() == 0) return true;
  }
  return false;
}

/// g times the cofactors. Of a regular matrix they are det(A) A^-T; else they come from the singular values, each left out in turn. As in
/// PyTorch that is so only where the gradient shall have a graph: otherwise a singular matrix gets zeros.
Tensor determinant_gradient(const Backward& b) {
  const Tensor a = b.x(), out = b.out();
  const auto as_matrix = [](const Tensor& x) { return unsqueeze_at(unsqueeze_at(x, -1), -1); };
  if (!any_zero(out)) return solve_matrices(transpose_last(a), as_matrix(b.g * out) * identity_like(a));
  if (!grad_enabled()) {
    const Tensor regular = where(eq(as_matrix(out), 0), identity_like(a), a);
    return solve_matrices(transpose_last(regular), as_matrix(b.g * out) * identity_like(a));
  }
  const std::vector<Tensor> parts = apply_many(*find_op("linalg_svd"), {Arg(a), Arg(false)});
  const Tensor &u = parts[0], &s = parts[1], &vh = parts[2];
  const auto last = static_cast<std::int64_t>(s->dim()) - 1;
  std::vector<Tensor> others;
  for (std::int64_t i = 0; i < s->sizes[last]; ++i) {
    Tensor product = ones_like(slice_of(s, last, i, 1));
    for (std::int64_t k = 0; k < s->sizes[last]; ++k) {
      if (k != i) product = product * slice_of(s, last, k, 1);
    }
    others.push_back(product);
  }
  const Tensor sign = apply(*find_op("linalg_det"), matmul(detach(u), detach(vh)));
  return as_matrix(b.g * sign) * matmul(u * unsqueeze_at(concatenate(std::move(others), last), -2), vh);
}

std::vector<Tensor> sign_and_log(Call& c) {
  const Tensor a = c.tensor(0);
  need_square(a, "linalg.slogdet");
  need_floats(a, "linalg.slogdet");
  const Tensor sign = empty(batch_sizes(a), a->dtype), size = empty(batch_sizes(a), a->dtype);
  factor_each(a, a->is_contiguous(), [&]<class T>(Factored<T>& f, std::int64_t i) {
    T sum = 0, way = f.odd ? -1 : 1;
    for (std::int64_t k = 0; k < f.n; ++k) {
      const T d = f.at(k, k);
      sum += std::log(std::fabs(d));
      way *= static_cast<T>((d > 0) - (d < 0));
    }
    sign->data_as<T>()[i] = way;
    size->data_as<T>()[i] = sum;
  });
  return {sign, size};
}

const Gradient kSlogdetGradient = gradient(
    [](const Backward& b) {
      if (!b.gradients[1]) return zeros(b.sizes(), b.dtype());
      return solve_matrices(transpose_last(b.x()), unsqueeze_at(unsqueeze_at(b.gradients[1], -1), -1) * identity_like(b.x()));
    },
    "g A^{-T}");

/// A^-1, and for each matrix where its first zero pivot stood (0 when it is regular).
std::vector<Tensor> inverted(const Tensor& a, std::string_view function) {
  need_square(a, function);
  need_floats(a, function);
  const Tensor out = empty(a->sizes, a->dtype), info = zeros(batch_sizes(a), DType::int32);
  const bool turned = a->is_contiguous();
  factor_each(a, turned, [&]<class T>(Factored<T>& f, std::int64_t i) {
    info->data_as<std::int32_t>()[i] = static_cast<std::int32_t>(f.zero_pivot);
    std::vector<T> unit(static_cast<std::size_t>(f.n * f.n));
    for (std::int64_t k = 0; k < f.n; ++k) unit[k * f.n + k] = 1;
    (f.*(turned ? &Factored<T>::solve_turned : &Factored<T>::solve))(unit.data(), out->data_as<T>() + i * f.n * f.n, f.n);
  });
  return {column_major(out), info};
}

void check_inverted(const Tensor& a, const Tensor& info, const char* function) {
  for (std::int64_t i = 0; i < info->numel; ++i) {
    if (const auto pivot = info->data_as<std::int32_t>()[i]) {
      fail("_LinAlgError", function, ": ", batch_text(a, i), "The diagonal element ", pivot,
           " is zero, the inversion could not be completed because the input matrix is singular.");
    }
  }
}

Tensor inverse_gradient(const Backward& b) {
  const Tensor turned = transpose_last(b.out());
  return -matmul(turned, matmul(b.g, turned));
}

// ---- solve ----

/// Is B a vector (or a stack of them), not a matrix, beside A?
bool is_vector(const Tensor& a, const Tensor& b) {
  return b->dim() == 1 || (a->dim() - 1 == b->dim() && b->sizes == batch_sizes(a, {row_count(a)}));
}

Tensor solved(const Tensor& a_given, const Tensor& b_given, bool left) {
  const char* const name = "linalg.solve";
  need_floats(a_given, name);
  if (a_given->dtype != b_given->dtype) {
    fail("RuntimeError", name, ": Expected A and B to have the same dtype, but found A of type ", legacy_name(a_given->dtype), " and B of type ",
         legacy_name(b_given->dtype), " instead");
  }
  need_square(a_given, name);
  const bool vector = is_vector(a_given, b_given);
  if (!vector && b_given->dim() < 2) fail("RuntimeError", name, ": The input tensor B must have at least 2 dimensions.");
  if (!left && vector) {
    fail("RuntimeError", name, ": Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)");
  }
  const Tensor b = vector ? unsqueeze(b_given, static_cast<std::int64_t>(b_given->dim())) : b_given;
  const std::int64_t n = row_count(a_given);
  if ((left ? row_count(b) : column_count(b)) != n) {
    fail("RuntimeError", name, ": Incompatible shapes of A and B for the equation ", left ? "AX = B" : "XA = B", " (", n, "x", n, " and ",
         row_count(b), "x", column_count(b), ")");
  }
  if (!left) {
    const auto turn = [](const Tensor& x) { return transpose(x, static_cast<std::int64_t>(x->dim()) - 2, static_cast<std::int64_t>(x->dim()) - 1); };
    return contiguous(turn(solved(turn(a_given), turn(b), true)));
  }
  const Dims batch = broadcast(batch_sizes(a_given), batch_sizes(b));
  const auto with = [&](std::int64_t rows, std::int64_t columns) {
    Dims out = batch;
    out.push_back(rows);
    out.push_back(columns);
    return out;
  };
  const std::int64_t columns = column_count(b);
  const Tensor a = expand(a_given, with(n, n)), right = contiguous(expand(b, with(n, columns))), out = empty(with(n, columns), a->dtype);
  const bool turned = a_given->is_contiguous();
  factor_each(a, turned, [&]<class T>(Factored<T>& f, std::int64_t i) {
    if (f.zero_pivot) fail("_LinAlgError", "torch.linalg.solve: ", batch_text(a, i), "The solver failed because the input matrix is singular.");
    (f.*(turned ? &Factored<T>::solve_turned : &Factored<T>::solve))(right->data_as<T>() + i * n * columns, out->data_as<T>() + i * n * columns, columns);
  });
  if (!vector) return column_major(out);
  Dims sizes = batch;
  sizes.push_back(n);
  const Tensor rows = as_strided(out, sizes, contiguous_strides(sizes), 0);
  return sizes.size() > 1 ? column_major(rows) : rows;  // PyTorch lays the vectors out as a matrix
}

/// Of B, the right side: what solves the transposed equation.
Tensor right_side(const Backward& b) { return apply(*find_op("linalg_solve"), transpose_last(b.x()), b.g, b.arg(2)); }

Tensor matrix_side(const Backward& b) {
  const Tensor gb = right_side(b), out = b.out();
  const bool left = flag_or_true(b.arg(2));
  if (is_vector(b.arg(0).tensor(), b.arg(1).tensor())) return -(unsqueeze_at(gb, -1) * unsqueeze_at(out, -2));
  return left ? -matmul(gb, transpose_last(out)) : -matmul(transpose_last(out), gb);
}

// Arguments: A, B, upper, left, unitriangular.
struct Triangular {
  bool upper, left, unit;
  template <class Source>
  explicit Triangular(const Source& arg) : upper(arg(2)), left(arg(3)), unit(arg(4)) {}
};

Tensor solved_triangular(Call& c) {
  const char* const name = "linalg.solve_triangular";
  const Triangular form([&](int i) { return i == 3 ? flag_or_true(c[3]) : c.flag(i); });
  Tensor a = c.tensor(0), b = c.tensor(1);
  need_matrix(a, name);
  if (b->dim() < 2) fail("RuntimeError", name, ": The input tensor B must have at least 2 dimensions.");
  need_square(a, name);
  need_floats(a, name);
  b = cast(b, a->dtype);
  const std::int64_t n = row_count(a);
  if ((form.left ? row_count(b) : column_count(b)) != n) {
    fail("RuntimeError", name, ": Incompatible shapes of A and B for the equation ", form.left ? "AX = B" : "XA = B", " (", n, "x", n, " and ",
         row_count(b), "x", column_count(b), ")");
  }
  const auto turn = [](const Tensor& x) { return transpose(x, static_cast<std::int64_t>(x->dim()) - 2, static_cast<std::int64_t>(x->dim()) - 1); };
  if (!form.left) {
    a = turn(a);
    b = turn(b);
  }
  const bool upper = form.upper == form.left;
  const Dims batch = broadcast(batch_sizes(a), batch_sizes(b));
  const std::int64_t columns = column_count(b);
  Dims a_sizes = batch, b_sizes = batch;
  for (std::int64_t size : {n, n}) a_sizes.push_back(size);
  for (std::int64_t size : {n, columns}) b_sizes.push_back(size);
  const Tensor from = contiguous(expand(a, a_sizes)), out = copy(expand(b, b_sizes));
  with_floats(a->dtype, [&]<class T>(T*) {
    for (std::int64_t k = 0; k < count_elements(batch); ++k) {
      const T* m = from->data_as<T>() + k * n * n;
      T* x = out->data_as<T>() + k * n * columns;
      for (std::int64_t step = 0; step < n; ++step) {
        const std::int64_t i = upper ? n - 1 - step : step;
        for (std::int64_t j = 0; j < columns; ++j) {
          T sum = x[i * columns + j];
          for (std::int64_t p = upper ? i + 1 : 0; p < (upper ? n : i); ++p) sum -= m[i * n + p] * x[p * columns + j];
          x[i * columns + j] = form.unit ? sum : sum / m[i * n + i];
        }
      }
    }
  });
  return column_major(form.left ? out : turn(out));
}

Tensor triangular_right_side(const Backward& b) {
  const bool upper = b.arg(2).integer() != 0;
  return apply(*find_op("linalg_solve_triangular"), transpose_last(b.x()), b.g, !upper, flag_or_true(b.arg(3)), b.arg(4));
}

// ---- powers and the exponential ----

/// factors[0] terms[0] + factors[1] terms[1] + ...
Tensor combination(std::span<const Tensor> terms, std::initializer_list<double> factors) {
  const Tensor out = zeros(terms[0]->sizes, terms[0]->dtype);
  with_floats(out->dtype, [&]<class T>(T*) {
    auto term = terms.begin();
    for (const double factor : factors) {
      const T *x = (*term++)->template data_as<T>(), by = static_cast<T>(factor);
      for (std::int64_t i = 0; i < out->numel; ++i) out->template data_as<T>()[i] = fused(x[i], by, out->template data_as<T>()[i]);
    }
  });
  return out;
}

/// The exponential of one matrix (1 x n x n) of this norm. Source: Bader, Blanes, Casas: Computing the Matrix Exponential with an Optimized Taylor Polynomial
/// Approximation (2019), with PyTorch's bounds for each degree.
template <class T>
Tensor exponential(Tensor a, T norm) {
  constexpr bool kSingle = sizeof(T) == 4;
  constexpr T kMost[] = {kSingle ? 1.192092800768788e-07 : 2.220446049250313e-16, kSingle ? 5.978858893805233e-04 : 2.580956802971767e-08,
                         kSingle ? 5.116619363445086e-02 : 3.397168839976962e-04, kSingle ? 5.800524627688768e-01 : 4.991228871115323e-02,
                         kSingle ? 1.461661507209034e+00 : 2.996158913811580e-01, kSingle ? 3.010066362817634e+00 : 1.090863719290036e+00};
  const auto product = [](const Tensor& x, const Tensor& y) { return apply(*find_op("bmm"), x, y); };
  const bool large = norm >= kMost[4];
  const int halvings = large ? std::max(0, static_cast<int>(std::ceil(std::log2(norm / kMost[5])))) : 0;
  if (halvings) a = a / std::ldexp(1.0, halvings);
  std::vector<Tensor> x{contiguous(identity_like(a)), a};
  if (norm <= kMost[0]) return x[0] + a;
  x.push_back(product(a, a));
  if (norm <= kMost[1]) return x[0] + a + x[2] / 2;
  const auto of = [&](std::size_t from, std::initializer_list<double> factors) { return combination(std::span(x).subspan(from), factors); };
  if (norm <= kMost[2]) {
    x.push_back(product(x[2], of(0, {1 / 2.0, 1 / 6.0, 1 / 24.0})));
    return of(0, {1, 1, 0, 1});
  }
  if (norm <= kMost[3]) {
    constexpr T kRoot = static_cast<T>(13.30413469565007072504), x3 = static_cast<T>(2. / 3.), x1 = x3 * ((1. + kRoot) / 88.), x2 = x3 * ((1. + kRoot) / 352.);
    constexpr T x4 = (-271. + 29. * kRoot) / (315. * x3), x5 = (-11. + 11. * kRoot) / (1260. * x3), x6 = (-99. + 11. * kRoot) / (5040. * x3), x7 = (89. - kRoot) / (5040. * x3);
    constexpr T y2 = (857. - 58. * kRoot) / 630.;
    x.push_back(product(x[2], of(1, {x1, x2})));
    x.push_back(product(of(2, {x3, 1}), of(0, {x4, x5, x6, x7})));
    return of(0, {1, 1, y2, 0, 1});
  }
  x.push_back(product(a, x[2]));
  if (!large) {
    const Tensor b3 = of(0, {-2.0861320e-13, -0.13181061013830184015, -0.02027855540589259079, -0.00675951846863086359});
    const Tensor b2 = of(0, {0.18188869982170434744, 0.05502798439925399070, 0.09351590770535414968, 0.00610700528898058230}) + product(b3, b3);
    const Tensor b1 = of(0, {5.31597895759871264183, 1.19926790417132231573, 0.01179296240992997031, 0.01108844528519167989});
    return of(0, {9.0198e-16, 0.46932117595418237389, -0.20099424927047284052, -0.04623946134063071740}) + product(b1 + b2, b2);
  }
  x.push_back(product(x[3], x[3]));
  const Tensor b0 = of(0, {0., -1.00365581030144618291e-01, -8.02924648241156932449e-03, -8.92138498045729985177e-04, 0.});
  const Tensor b4 = of(0, {0., 0., -9.23364619367118555360e-02, -1.69364939002081722752e-02, -1.40086798182036094347e-05});
  const Tensor b3 = of(0, {-9.04316832390810593223e-02, -6.76404519071381882256e-02, 6.75961301770459654925e-02, 2.95552570429315521194e-02, -1.39180257516060693404e-05}) + product(b0, b4);
  const Tensor b2 = of(0, {-1.09676396052962061844e+01, 1.68015813878906206114e+00, 5.71779846478865511061e-02, -6.98210122488052056106e-03, 3.34975017086070470649e-05}) + b3;
  Tensor out = of(0, {0., 3.97849749499645077844e-01, 1.36783778460411720168e+00, 4.98289622525382669416e-01, -6.37898194594723280150e-04}) + product(b2, b3);
  out = select(out, 0, 0);
  for (int k = 0; k < halvings; ++k) out = apply(*find_op("mm"), out, out);
  return out;
}

}  // namespace

const OpDef kLinalgDet{
    .name = "linalg_det",
    .signatures = {{"linalg_det(Tensor A)"}},
    .spellings = kTorch,
    .doc = "The determinant of each matrix.",
    .latex = R"(\det A)",
    .forward = determinant,
    .gradients = {gradient(determinant_gradient, R"(g \det(A)\, A^{-T})")},
    .reads_output = true,
    .samples = {"f(2, 2)", "f(3, 3)", "f(2, 2, 2)"},
    .failures = {{"torch.linalg.det(torch.ones(2, 3))",
                  "RuntimeError: linalg.det: A must be batches of square matrices, but they are 2 by 3 matrices"}},
};

const OpDef kDet{
    .name = "det",
    .signatures = {{"det(Tensor input)"}},
    .doc = "The determinant of each matrix.",
    .latex = R"(\det A)",
    .forward = [](Call& c) { return apply(kLinalgDet, c.tensor(0)); },
    .composite = true,
    .samples = {"f(3, 3)"},
    .failures = {{"torch.det(torch.tensor([[1, 2], [3, 4]]))", "RuntimeError: linalg.det: Expected a floating point or complex tensor as input. Got Long"}},
};

const OpDef kLinalgSlogdet{
    .name = "linalg_slogdet",
    .signatures = {{"linalg_slogdet(Tensor A)"}},
    .spellings = kTorch,
    .doc = "The sign and the logarithm of the size of the determinant.",
    .latex = R"(\operatorname{sgn} \det A,\ \ln |\det A|)",
    .forward_many = sign_and_log,
    .results = {"sign", "logabsdet"},
    .gradients = {kSlogdetGradient},
    .samples = {"f(2, 2)", "f(2, 3, 3)"},
};

const OpDef kSlogdet{
    .name = "slogdet",
    .signatures = {{"slogdet(Tensor input)", "LinalgSlogdetBackward0"}},
    .doc = "The sign and the logarithm of the size of the determinant.",
    .latex = R"(\operatorname{sgn} \det A,\ \ln |\det A|)",
    .forward_many = sign_and_log,
    .results = {"sign", "logabsdet"},
    .gradients = {kSlogdetGradient},
    .samples = {"f(2, 2)"},
};

const OpDef kLogdet{
    .name = "logdet",
    .signatures = {{"logdet(Tensor input)"}},
    .doc = "The logarithm of the determinant; nan where it is negative.",
    .latex = R"(\ln \det A)",
    .forward =
        [](Call& c) {
          need_square(c.tensor(0), "logdet");
          const std::vector<Tensor> parts = apply_many(kLinalgSlogdet, {c[0]});
          return where(eq(parts[0], -1.0), std::numeric_limits<double>::quiet_NaN(), parts[1]);
        },
    .composite = true,
    .samples = {},
};

const OpDef kLinalgInv{
    .name = "linalg_inv",
    .signatures = {{"linalg_inv(Tensor A)", "LinalgInvExBackward0"}},
    .spellings = kTorch,
    .doc = "The inverse of each matrix.",
    .latex = "A^{-1}",
    .forward =
        [](Call& c) {
          const std::vector<Tensor> parts = inverted(c.tensor(0), "linalg.inv");
          check_inverted(c.tensor(0), parts[1], "linalg.inv");
          return parts[0];
        },
    .gradients = {gradient(inverse_gradient, "-A^{-T} g A^{-T}")},
    .tangent = [](const Forward& f) -> Tensor { return -matmul(matmul(f.out(), f.t(0)), f.out()); },
    .reads_output = true,
    .samples = {"f(2, 2)", "f(2, 3, 3)"},
    .failures = {{"torch.linalg.inv(torch.zeros(2, 2))",
                  "torch._C._LinAlgError: linalg.inv: The diagonal element 1 is zero, the inversion could not be completed because the input "
                  "matrix is singular."},
                 {"torch.linalg.inv(torch.ones(3))", "RuntimeError: linalg.inv: The input tensor A must have at least 2 dimensions."},
                 {"torch.linalg.inv('a')", "TypeError: linalg_inv(): argument 'A' (position 1) must be Tensor, not str"}},
};

const OpDef kInverse{
    .name = "inverse",
    .signatures = {{"inverse(Tensor input)"}},
    .doc = "The inverse of each matrix.",
    .latex = "A^{-1}",
    .forward = [](Call& c) { return apply(kLinalgInv, c.tensor(0)); },
    .composite = true,
    .samples = {"f(3, 3)"},
};

const OpDef kLinalgInvEx{
    .name = "linalg_inv_ex",
    .signatures = {{"linalg_inv_ex(Tensor A, *, bool check_errors=False)"}},
    .spellings = kTorch,
    .doc = "The inverse of each matrix, and whether there is one (0) or which pivot was zero.",
    .latex = "A^{-1}",
    .forward_many =
        [](Call& c) {
          std::vector<Tensor> parts = inverted(c.tensor(0), "linalg.inv");
          if (c.flag(1)) check_inverted(c.tensor(0), parts[1], "linalg.inv_ex");
          return parts;
        },
    .results = {"inverse", "info"},
    .gradients = {gradient(inverse_gradient, "-A^{-T} g A^{-T}")},
    .tangent = [](const Forward& f) -> Tensor { return -matmul(matmul(f.out(), f.t(0)), f.out()); },
    .reads_output = true,
    .samples = {"f(2, 2)"},
};

const OpDef kLinalgSolve{
    .name = "linalg_solve",
    .signatures = {{"linalg_solve(Tensor A, Tensor B, *, bool left=True)", "LinalgSolveExBackward0"}},
    .spellings = kTorch,
    .doc = "The X for which A X is B.",
    .latex = "A^{-1} B",
    .forward = [](Call& c) { return solved(c.tensor(0), c.tensor(1), flag_or_true(c[2])); },
    .gradients = {gradient(matrix_side, "-A^{-T} g X^{T}"), gradient(right_side, "A^{-T} g")},
    .reads_output = true,
    .samples = {"f(2, 2), f(2, 3)", "f(2, 2), f(2)", "f(2, 2, 2), f(2, 2)", "f(2, 2), f(3, 2, 1)", "f(2, 2), f(3, 2), left=False"},
    .failures = {{"torch.linalg.solve(torch.zeros(2, 2), torch.ones(2))",
                  "torch._C._LinAlgError: torch.linalg.solve: The solver failed because the input matrix is singular."},
                 {"torch.linalg.solve(torch.eye(2), torch.ones(3, 1))",
                  "RuntimeError: linalg.solve: Incompatible shapes of A and B for the equation AX = B (2x2 and 3x1)"}},
};

const OpDef kLinalgSolveTriangular{
    .name = "linalg_solve_triangular",
    .signatures = {{"linalg_solve_triangular(Tensor input, Tensor B, *, bool upper, bool left=True, bool unitriangular=False)"}},
    .spellings = kTorch,
    .doc = "The X for which A X is B, where A is a triangle.",
    .latex = "A^{-1} B",
    .forward = solved_triangular,
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor gb = triangular_right_side(b), out = b.out();
                        const bool unit = !b.arg(4).is_none() && b.arg(4).integer(), upper = b.arg(2).integer() != 0;
                        const Tensor whole = flag_or_true(b.arg(3)) ? matmul(gb, transpose_last(out)) : matmul(transpose_last(out), gb);
                        return -triangle(whole, upper, unit ? (upper ? 1 : -1) : 0);
                      },
                      R"(-\operatorname{tri}(A^{-T} g X^{T}))"),
                  gradient(triangular_right_side, "A^{-T} g")},
    .reads_output = true,
    .samples = {"p(2, 2), f(2, 3), upper=True", "p(3, 3), f(2, 3), upper=False, left=False", "p(2, 2), f(2, 2), upper=True, unitriangular=True"},
};

const OpDef kLinalgMatrixPower{
    .name = "linalg_matrix_power",
    .signatures = {{"linalg_matrix_power(Tensor input, int n)"}},
    .spellings = kTorch,
    .doc = "Each matrix multiplied n times with itself; for negative n its inverse.",
    .latex = "A^{n}",
    .forward =
        [](Call& c) {
          Tensor a = c.tensor(0);
          need_square(a, "linalg.matrix_power");
          std::int64_t n = c.integer(1);
          if (n == 0) {
            const Tensor out = clone(a);
            copy_in_place(out, Arg(identity_like(a)));
            return out;
          }
          if (n < 0) {
            a = inverse_of(a);
            n = -n;
          }
          if (n == 1) return c.integer(1) == 1 ? clone(a) : a;
          if (n == 3) return matmul(matmul(a, a), a);
          Tensor power, out;
          for (; n > 0; n /= 2) {
            power = power ? matmul(power, power) : a;
            if (n % 2) out = out ? matmul(out, power) : power;
          }
          return out;
        },
    .composite = true,
    .samples = {"f(2, 2), 3", "f(2, 2), 5", "f(2, 2), -2", "f(2, 2), 1"},
};

const OpDef kMatrixPower{
    .name = "matrix_power",
    .signatures = {{"matrix_power(Tensor input, int n)"}},
    .doc = "Each matrix multiplied n times with itself; for negative n its inverse.",
    .latex = "A^{n}",
    .forward = [](Call& c) { return apply(kLinalgMatrixPower, c[0], c[1]); },
    .composite = true,
    .samples = {"f(2, 2), 2"},
};

const OpDef kMatrixExp{
    .name = "matrix_exp",
    .signatures = {{"matrix_exp(Tensor input)", "LinalgMatrixExpBackward0"}},
    .aliases = {"linalg_matrix_exp"},
    .doc = "The exponential of each matrix: its power series.",
    .latex = R"(\sum_k \frac{A^k}{k!})",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0);
          need_square(a, "linalg.matrix_exp");
          need_floats(a, "matrix_exp");
          if (column_count(a) == 1) return exp(a);
          const GradMode off(false);
          const Tensor pages = apply(*find_op("view"), a, Dims{a->numel ? -1 : batch_count(a), row_count(a), column_count(a)}), out = empty_as(*pages, a->dtype);
          with_floats(a->dtype, [&]<class T>(T*) {
            for (std::int64_t k = 0; k < pages->sizes[0]; ++k) {
              const Tensor page = contiguous(select(pages, 0, k));
              T norm = 0;
              for (std::int64_t j = 0, n = column_count(a); j < n; ++j) {
                T column = 0;
                for (std::int64_t i = 0; i < n; ++i) column += std::fabs(page->data_as<T>()[i * n + j]);
                norm = column > norm || column != column ? column : norm;
              }
              const Tensor to = select(out, 0, k);
              if (std::isfinite(norm)) copy_into(to, reshape_to(exponential<T>(unsqueeze(page, 0), norm), page->sizes));
              else copy_into(to, full(page->sizes, Scalar::of(std::numeric_limits<double>::quiet_NaN()), a->dtype));
            }
          });
          return apply(*find_op("view"), out, a->sizes);
        },
    // The upper right part of the exponential of [[A^T, g], [0, A^T]].
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor turned = transpose_last(b.x());
          const auto last = static_cast<std::int64_t>(turned->dim()) - 1;
          const std::int64_t n = column_count(turned);
          const Tensor above = concatenate({turned, b.g}, last), below = concatenate({zeros_like(turned), turned}, last);
          const Tensor whole = apply(*find_op("matrix_exp"), concatenate({above, below}, last - 1));
          return slice_of(slice_of(whole, last - 1, 0, n), last, n, n);
        },
        R"(\int_0^1 e^{t A^T} g\, e^{(1 - t) A^T} dt)")},
    .samples = {"f(2, 2)", "f(2, 3, 3)"},
};

const std::vector<const OpDef*>& inverse_ops() {
  static const std::vector<const OpDef*> ops{&kLinalgDet,   &kDet,         &kLinalgSlogdet,         &kSlogdet,           &kLogdet,      &kLinalgInv, &kInverse,
                                             &kLinalgInvEx, &kLinalgSolve, &kLinalgSolveTriangular, &kLinalgMatrixPower, &kMatrixPower, &kMatrixExp};
  return ops;
}

Tensor inverse_of(const Tensor& a) { return apply(kLinalgInv, a); }
Tensor solve_matrices(const Tensor& a, const Tensor& b) { return apply(kLinalgSolve, a, b); }
Tensor solve_triangular(const Tensor& a, const Tensor& b, bool upper, bool left) { return apply(kLinalgSolveTriangular, a, b, upper, left); }

}  // namespace nabla
