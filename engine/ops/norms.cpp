// Lengths and distances: torch.linalg's norm, vector_norm and matrix_norm; dist, cdist, renorm.
#include "base/format.h"
#include "ops/norms.h"

#include <cmath>
#include <limits>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

Tensor vector_norm(const Tensor& x, const Arg& order, const Arg& dim, bool keepdim) {
  return apply(*find_op("linalg_vector_norm"), x, order.is_none() ? Arg(2.0) : order, dim, keepdim);
}

/// A reduction (amax, amin, sum) over one dimension.
Tensor along(const char* name, const Tensor& x, std::int64_t dim, bool keepdim) {
  Call call(*find_op(name), name == std::string_view("sum") ? 1 : 0);
  call.count = static_cast<std::uint8_t>(call.def.parsed()[call.signature].parameters.size());
  call.args[0] = Arg(x);
  call.args[1] = Arg(Dims{dim});
  call.args[2] = Arg(keepdim);
  return run(call);
}

constexpr const char* kMatrixNorm = "linalg.matrix_norm";

/// x in the type that was asked for: floats in one as wide.
Tensor with_type(const Tensor& x, const Arg& dtype, const char* function) {
  if (dtype.is_none()) return x;
  need_floats(x, function);
  if (is_floating(dtype.dtype()) && item_size(dtype.dtype()) < item_size(x->dtype)) {
    fail("RuntimeError", function, ": the dtype of the input (", legacy_name(x->dtype), ") should be convertible without narrowing to the specified dtype (",
         legacy_name(dtype.dtype()), ")");
  }
  return to_dtype(x, dtype.dtype());
}

/// "1, 2"
std::string dim_list(const Dims& dim) {
  std::string out;
  for (const std::int64_t d : dim) out += cat(out.empty() ? "" : ", ", d);
  return out;
}

/// order: a number, or 'fro' or 'nuc'.
Tensor matrix_norm(const Tensor& x, const Arg& order, const Dims& dim, bool keepdim) {
  const bool text = order.kind() == Arg::Kind::text;
  const double p = text ? 0 : order.real();
  if (text ? order.text() != "nuc" && order.text() != "fro" : std::fabs(p) != 1 && std::fabs(p) != 2 && !std::isinf(p)) {
    fail("RuntimeError", kMatrixNorm, ": Order ", text ? order.text() : general(p, 6), " not supported.");
  }
  need_matrix(x, kMatrixNorm);
  need_floats(x, kMatrixNorm);
  if (dim.size() != 2) fail("RuntimeError", kMatrixNorm, ": dim must be a 2-tuple. Got ", dim_list(dim));
  std::int64_t row = wrap_dim(dim[0], x->dim()), column = wrap_dim(dim[1], x->dim());
  if (row == column) fail("RuntimeError", kMatrixNorm, ": dims must be different. Got (", dim[0], ", ", dim[1], ")");
  if (text && order.text() == "fro") return vector_norm(x, 2, dim, keepdim);
  if (text || std::fabs(p) == 2) {  // from the singular values
    Dims order_of_dims;
    for (std::int64_t d = 0; d < static_cast<std::int64_t>(x->dim()); ++d) {
      if (d != row && d != column) order_of_dims.push_back(d);
    }
    order_of_dims.push_back(row);
    order_of_dims.push_back(column);
    const Tensor values = apply(*find_op("linalg_svdvals"), permute_to(x, order_of_dims));
    const Tensor out = along(text ? "sum" : p > 0 ? "amax" : "amin", values, -1, keepdim);
    if (!keepdim) return out;
    Dims back(order_of_dims.size(), 0);
    for (std::size_t i = 0; i < order_of_dims.size(); ++i) back[static_cast<std::size_t>(order_of_dims[i])] = static_cast<std::int64_t>(i);
    return permute_to(unsqueeze_at(out, -1), back);
  }
  // Sums of rows or columns; the largest or smallest of them.
  if (std::isinf(p)) std::swap(row, column);
  const Tensor sums = vector_norm(x, 1, Dims{row}, keepdim);
  return along(p > 0 ? "amax" : "amin", sums, !keepdim && column > row ? column - 1 : column, keepdim);
}

// linalg_norm: input, ord, dim, keepdim, dtype.
Tensor any_norm(Call& c) {
  const bool of_matrix = c.has(1) && (c[1].kind() == Arg::Kind::text || (c.has(2) ? c[2].ints().size() : c[0].impl()->dim()) == 2);
  const Tensor x = with_type(c.tensor(0), c[4], of_matrix ? kMatrixNorm : "linalg.vector_norm");
  const bool text = c[1].kind() == Arg::Kind::text, keepdim = c.flag(3);
  if (c.has(2) && !c.has(1) && c[2].ints().size() != 1 && c[2].ints().size() != 2) {
    fail("RuntimeError", "linalg.norm: If dim is specified, it must be of length 1 or 2. Got ", c[2].ints());
  }
  if (c.has(1)) {
    if (!c.has(2) && x->dim() != 1 && x->dim() != 2) {
      fail("RuntimeError", "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ", x->dim(), "D.");
    }
    if (c.has(2) && c[2].ints().size() != 1 && c[2].ints().size() != 2) {
      fail("RuntimeError", "linalg.norm: If dim is specified, it ", c[2].ints().empty() ? "must" : "mut", " be of length 1 or 2. Got ", c[2].ints());
    }
    const Dims dim = c.has(2) ? c[2].ints() : x->dim() == 2 || text ? Dims{0, 1} : Dims{0};
    if (text || dim.size() == 2) {
      return matrix_norm(x, c[1], dim, keepdim);
    }
    return vector_norm(x, c[1], c[2], keepdim);
  }
  return vector_norm(x, 2, c[2], keepdim);
}

/// Every difference of a row of x and a row of y.
Tensor differences(const Tensor& x, const Tensor& y) { return unsqueeze_at(x, -2) - unsqueeze_at(y, -3); }

/// Of cdist, for every pair of rows.
Tensor pair_slope(const Backward& b) {
  const double p = b.arg(2).is_none() ? 2 : b.arg(2).real();
  const Tensor d = differences(b.x(), b.y());
  std::vector<bool> last(d->dim(), false);
  last.back() = true;
  return norm_slope(d, unsqueeze_at(b.g, -1), unsqueeze_at(b.out(), -1), last, p);
}
Tensor sum_of_dim(const Tensor& x, std::int64_t dim) {
  std::vector<bool> dims(x->dim(), false);
  dims[wrap_dim(dim, x->dim())] = true;
  return sum(x, dims, false);
}

Dims joined(Dims sizes, std::int64_t rows, std::int64_t columns) {
  sizes.push_back(rows);
  sizes.push_back(columns);
  return sizes;
}

template <class T>
void find_distances(const TensorImpl& x, const TensorImpl& y, const TensorImpl& out, T p) {
  const std::int64_t columns = x.sizes.back(), rows = x.sizes[x.dim() - 2], others = y.sizes[y.dim() - 2];
  T* to = out.data_as<T>();
  const std::int64_t apart = columns - columns % (16 / static_cast<std::int64_t>(sizeof(T)));  // what PyTorch's compiler squares in vectors; the rest it fuses with the sum
  for (std::int64_t i = 0; i < out.numel; ++i) {
    const T *a = x.data_as<T>() + (i / others) * columns, *b = y.data_as<T>() + (i / (rows * others) * others + i % others) * columns;
    T sum = 0;
    for (std::int64_t k = 0; k < columns; ++k) {
      const T d = std::fabs(a[k] - b[k]);
      if (p == 0) sum += d != 0 ? T(1) : d;
      else if (p == 1) sum += d;
      else if (p == 2) sum = k < apart ? sum + d * d : fused(d, d, sum);
      else if (std::isinf(p)) sum = d > sum || std::isnan(d) ? d : sum;
      else sum += elementary::Scalar::pow(d, p);
    }
    to[i] = p == 2 ? std::sqrt(sum) : p == 0 || p == 1 || std::isinf(p) ? sum : static_cast<T>(std::pow(static_cast<double>(sum), 1.0 / static_cast<double>(p)));
  }
}

/// The gradient of the first of cdist's arguments, in PyTorch's order: for each row what the other rows give, one after the other.
Tensor pair_gradient(const Tensor& came, const Tensor& given, const Tensor& others, const Tensor& distances, double p, const Dims& sizes) {
  const Dims batch = broadcast(batch_sizes(given), batch_sizes(others));
  const std::int64_t rows = row_count(given), count = row_count(others), columns = column_count(given);
  const Tensor x = contiguous(expand(given, joined(batch, rows, columns))), y = contiguous(expand(others, joined(batch, count, columns)));
  const Tensor g = contiguous(came), size = contiguous(distances), out = zeros(x->sizes, x->dtype);
  with_floats(x->dtype, [&]<class T>(T*) {
    for (std::int64_t i = 0; p != 0 && i < g->numel; ++i) {
      const T *a = x->data_as<T>() + i / count * columns, *b = y->data_as<T>() + (i / (rows * count) * count + i % count) * columns;
      const T slope = g->data_as<T>()[i], distance = size->data_as<T>()[i], power = static_cast<T>(p);
      T* const to = out->data_as<T>() + i / count * columns;
      for (std::int64_t k = 0; k < columns; ++k) {
        const T d = a[k] - b[k], side = std::isnan(d) ? d : static_cast<T>((d > 0) - (d < 0)), length = std::fabs(d);
        if (p == 1) to[k] += slope * side;
        else if (std::isinf(p)) to[k] += slope * side * (1 - std::min(T(1), std::ceil(std::fabs(length - distance))));
        else if (distance == 0 || (p < 1 && d == 0)) continue;
        else if (p == 2) to[k] += slope * d / distance;
        else if (p < 2) to[k] += side * elementary::pow(length, power - 1) * slope / elementary::pow(distance, power - 1);
        else to[k] += d * elementary::pow(length, power - 2) * slope / elementary::pow(distance, power - 1);
      }
    }
  });
  return sum_to_size(out, sizes);
}

/// g over the distances, zero where there is none.
Tensor ratio_of(const Backward& b) { return where(eq(b.out(), 0), 0.0, b.g / b.out()); }
Tensor euclidean_gradient(const Backward&, const Tensor& ratio, const Tensor& mine, const Tensor& others) {
  std::vector<bool> last(ratio->dim(), false);
  last.back() = true;
  return mine * sum(ratio, last, true) - matmul(ratio, others);
}

std::vector<bool> all_but(std::size_t rank, std::int64_t dim) {
  std::vector<bool> dims(rank, true);
  dims[wrap_dim(dim, rank)] = false;
  return dims;
}
Tensor norms_of(const Tensor& x, double p, const std::vector<bool>& dims) {
  Dims list;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) list.push_back(static_cast<std::int64_t>(i));
  }
  return apply(*find_op("norm"), x, p, list, true);
}

}  // namespace

const OpDef kVectorNorm{
    .name = "linalg_vector_norm",
    .signatures = {{"linalg_vector_norm(Tensor input, Number ord=2, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "The length of a vector: the p-th root of the sum of the p-th powers of the elements' sizes.",
    .latex = R"(\left(\sum_i |x_i|^p\right)^{1/p})",
    .forward =
        [](Call& c) {
          need_floats(c.tensor(0), "linalg.vector_norm");
          if (c.has(4) && !is_floating(c[4].dtype())) {
            fail("RuntimeError", "linalg.vector_norm: dtype should be floating point or complex, but got ", legacy_name(c[4].dtype()));
          }
          c.args[0] = Arg(with_type(c.tensor(0), c[4], "linalg.vector_norm"));
          const double order = c.has(1) ? c[1].real() : 2;
          for (std::size_t d = 0; c.has(2) && d < c[2].ints().size() && (order < 0 || order == INFINITY); ++d) {
            const std::int64_t dim = wrap_dim(c[2].ints()[d], c[0].impl()->dim());
            if (c[0].impl()->dim() == 0 || c[0].impl()->sizes[dim]) continue;
            fail("RuntimeError", "linalg.vector_norm cannot compute the ", general(order, 6), " norm on the dimension ", dim, "because this dimension is empty and the operation does not have an identity");
          }
          if (c[0].impl()->numel == 0 && (!c.has(2) || c[2].ints().empty()) && (order < 0 || order == INFINITY)) {
            fail("RuntimeError", "linalg.vector_norm cannot compute the ", general(order, 6), " norm on an empty tensor because the operation does not have an identity");
          }
          return find_op("norm")->forward(c);
        },
    .gradients = {gradient([](const Backward& b) { return find_op("norm")->gradient_of(0).formula(b); }, R"(g\, \frac{x |x|^{p-2}}{\|x\|^{p-1}})")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_norm(f.x(), f.t(0), norm_order(f.call[1]), f.out(), f.dims(2), f.has(3) && f.call.flag(3)); },
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 3, 1", "f(2, 3), 1, (0, 1), True"},
    .failures = {{"torch.linalg.vector_norm(torch.tensor([1]))", "RuntimeError: linalg.vector_norm: Expected a floating point or complex tensor as input. Got Long"}},
};

const OpDef kLinalgMatrixNorm{
    .name = "linalg_matrix_norm",
    .signatures = {{"linalg_matrix_norm(Tensor input, Number ord, size dim=(-2,-1), bool keepdim=False, *, dtype? dtype=None)"},
                   {"linalg_matrix_norm(Tensor input, str ord='fro', size dim=(-2,-1), bool keepdim=False, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "The size of each matrix: of its elements ('fro'), its singular values ('nuc', 2, -2), its columns (1, -1) or rows (inf, -inf).",
    .latex = R"(\|A\|)",
    .forward =
        [](Call& c) {
          if (c.has(4) && !is_floating(c[4].dtype()) && c[0].impl()->dim() >= 2) {
            fail("RuntimeError", kMatrixNorm, ": dtype should be floating point or complex, but got ", legacy_name(c[4].dtype()));
          }
          return matrix_norm(with_type(c.tensor(0), c[4], kMatrixNorm), c[1], c[2].ints(), c.flag(3));
        },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 2", "f(3, 2), 'nuc'", "f(2, 3, 2), -2, (0, 2), True", "f(2, 3, 2), -1, (0, 2), True"},
    .failures = {{"torch.linalg.matrix_norm(torch.ones(2, 2), 3)", "RuntimeError: linalg.matrix_norm: Order 3 not supported."},
                 {"torch.linalg.matrix_norm(torch.ones(2))", "RuntimeError: linalg.matrix_norm: The input tensor A must have at least 2 dimensions."}},
};

const OpDef kLinalgNorm{
    .name = "linalg_norm",
    .signatures = {{"linalg_norm(Tensor input, Number? ord=None, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)"},
                   {"linalg_norm(Tensor input, str ord, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "The norm of a vector, or with an order of a matrix.",
    .latex = R"(\|x\|)",
    .forward = any_norm,
    .composite = true,
    .copies_out = true,
    .samples = {"f(2, 3)", "f(3), 3", "f(2, 2), 1", "f(2, 3), dim=1", "f(2, 2), 'fro'"},
    .failures = {{"torch.linalg.norm(torch.ones(2, 2, 2), 2)",
                  "RuntimeError: linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got 3D."}},
};

const OpDef kDist{
    .name = "dist",
    .signatures = {{"dist(Tensor input, Tensor other, Number p=2)"}},
    .doc = "The p-norm of the difference.",
    .latex = R"(\|x - y\|_p)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          if (c[2].kind() == Arg::Kind::boolean) fail("RuntimeError", "norm_kernel_tensor_iterator_impl expects norm to be integer or float");
          return apply(*find_op("norm"), c.tensor(0) - c.tensor(1), c.has(2) ? c[2].real() : 2.0);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor d = b.x() - b.y();
                        if (!b.arg(2).is_none() && b.arg(2).real() == 0) return Tensor();
                        return norm_slope(d, b.g, b.out(), std::vector<bool>(d->dim(), true), b.arg(2).is_none() ? 2 : b.arg(2).real());
                      },
                      R"(g\, \frac{d |d|^{p-2}}{\|d\|^{p-1}})"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor d = b.x() - b.y();
                        return -norm_slope(d, b.g, b.out(), std::vector<bool>(d->dim(), true), b.arg(2).is_none() ? 2 : b.arg(2).real());
                      },
                      R"(-g\, \frac{d |d|^{p-2}}{\|d\|^{p-1}})")},
    .tangent =
        [](const Forward& f) -> Tensor {
          const Tensor apart = f.x() - f.p(1);
          return tangent_of_norm(apart, f.t(0) - f.t(1), norm_order(f.call[2]), f.out(), std::vector<bool>(apart->dim(), true), false);
        },
    .reads_output = true,
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), 1", "f(2, 3), f(3), 3"},
};

const OpDef kCdistForward{
    .name = "_cdist_forward",
    .signatures = {{"_cdist_forward(Tensor x1, Tensor x2, float p)", "CdistBackward0"}},
    .spellings = 0,
    .doc = "The distance of every row of x1 from every row of x2.",
    .latex = R"(\|x_i - y_j\|_p)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const Dims sizes = broadcast(batch_sizes(x), batch_sizes(y));
          const Tensor a = contiguous(expand(x, joined(sizes, row_count(x), column_count(x)))), b = contiguous(expand(y, joined(sizes, row_count(y), column_count(x))));
          const Tensor out = empty(joined(sizes, row_count(x), row_count(y)), x->dtype);
          with_floats(x->dtype, [&]<class T>(T*) { find_distances<T>(*a, *b, *out, static_cast<T>(c[2].real())); });
          return out;
        },
    .gradients = {gradient([](const Backward& b) { return grad_enabled() ? sum_of_dim(pair_slope(b), -2) : pair_gradient(b.g, b.x(), b.y(), b.out(), b.arg(2).real(), b.sizes(0)); },
                           R"(\sum_j g_{ij} \frac{d |d|^{p-2}}{\|d\|^{p-1}})"),
                  gradient(
                      [](const Backward& b) {
                        if (grad_enabled()) return -sum_of_dim(pair_slope(b), -3);
                        return pair_gradient(transpose_last(b.g), b.y(), b.x(), transpose_last(b.out()), b.arg(2).real(), b.sizes(1));
                      },
                      R"(-\sum_i g_{ij} \frac{d |d|^{p-2}}{\|d\|^{p-1}})")},
    .tangent = no_forward_mode,
    .reads_output = true,
    .samples = {},
};

// For many rows: |x - y|^2 as |x|^2 - 2 x y + |y|^2, in one product of matrices.
const OpDef kEuclideanDist{
    .name = "_euclidean_dist",
    .signatures = {{"_euclidean_dist(Tensor x1, Tensor x2)"}},
    .spellings = 0,
    .doc = "The distance of every row of x1 from every row of x2.",
    .latex = R"(\|x_i - y_j\|)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const Tensor x = c.tensor(0), y = c.tensor(1);
          std::vector<bool> last(x->dim(), false);
          last.back() = true;
          const auto squares = [&](const Tensor& rows) { return sum(rows * rows, last, true); };
          const auto cat_of = [](std::vector<Tensor> parts) { return apply(*find_op("cat"), Arg(std::move(parts)), Arg(-1)); };
          const Tensor xx = squares(x), yy = squares(y);
          const Tensor all = matmul(cat_of({x * -2, xx, ones_like(xx)}), transpose_last(cat_of({y, ones_like(yy), yy})));
          return apply(*find_op("sqrt"), apply(*find_op("clamp_min"), all, 0));
        },
    .gradients = {gradient([](const Backward& b) { return euclidean_gradient(b, ratio_of(b), b.x(), b.y()); }, R"(\sum_j g_{ij} \frac{x_i - y_j}{\|x_i - y_j\|})"),
                  gradient([](const Backward& b) { return euclidean_gradient(b, transpose_last(ratio_of(b)), b.y(), b.x()); }, R"(\sum_i g_{ij} \frac{y_j - x_i}{\|x_i - y_j\|})")},
    .tangent = no_forward_mode,
    .reads_output = true,
    .samples = {},
};

const OpDef kCdist{
    .name = "cdist",
    .signatures = {{"cdist(Tensor x1, Tensor x2, float p=2.0, str compute_mode='use_mm_for_euclid_dist_if_necessary')"}},
    .spellings = kTorch,
    .doc = "The distance of every row of x1 from every row of x2.",
    .latex = R"(\|x_i - y_j\|_p)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          if (c.has(3) && !c[3].text().ends_with("use_mm_for_euclid_dist") && c[3].text() != "use_mm_for_euclid_dist_if_necessary") {
            fail("ValueError", c[3].text(), " is not a valid value for compute_mode");
          }
          if (x->dim() < 2) fail("RuntimeError", "cdist only supports at least 2D tensors, X1 got: ", x->dim(), "D");
          if (y->dim() < 2) fail("RuntimeError", "cdist only supports at least 2D tensors, X2 got: ", y->dim(), "D");
          if (column_count(x) != column_count(y)) {
            fail("RuntimeError", "X1 and X2 must have the same number of columns. X1: ", column_count(x), " X2: ", column_count(y));
          }
          for (const Tensor& rows : {x, y}) {
            if (!is_floating(rows->dtype)) fail("RuntimeError", "cdist only supports floating-point dtypes, X", rows == x ? 1 : 2, " got: ", legacy_name(rows->dtype));
          }
          if (x->dtype != y->dtype) fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name(y->dtype));
          const double p = c.has(2) ? c[2].real() : 2;
          if (!(p >= 0)) fail("RuntimeError", "cdist only supports non-negative p values");
          const std::int64_t rows = row_count(x), other_rows = row_count(y);
          const std::string mode = c.has(3) ? c[3].text() : "use_mm_for_euclid_dist_if_necessary";
          constexpr std::int64_t kFew = 25;
          const bool multiplies = mode == "use_mm_for_euclid_dist" || (mode == "use_mm_for_euclid_dist_if_necessary" && (rows > kFew || other_rows > kFew));
          if (p != 2 || !multiplies || x->numel == 0 || y->numel == 0) return apply(kCdistForward, x, y, p);
          const Dims sizes = broadcast(batch_sizes(x), batch_sizes(y));
          const std::int64_t count = count_elements(sizes);
          const auto stacked = [&](const Tensor& z) { return reshape_to(expand_to(z, joined(sizes, row_count(z), column_count(z))), {count, row_count(z), column_count(z)}); };
          return apply(*find_op("view"), apply(kEuclideanDist, stacked(x), stacked(y)), joined(sizes, rows, other_rows));
        },
    .composite = true,
    .no_out = true,
    .in_python = true,
    .samples = {"f(2, 3), f(4, 3)", "f(2, 2, 3), f(2, 3), 1.0", "f(2, 3), f(2, 3), 3.0", "f(2, 3), f(4, 3), 1.5", "f(2, 3), f(4, 3), compute_mode='use_mm_for_euclid_dist'"},
    .failures = {{"torch.cdist(torch.ones(2, 3), torch.ones(2, 2))", "RuntimeError: X1 and X2 must have the same number of columns. X1: 3 X2: 2"}},
};

const OpDef kRenorm{
    .name = "renorm",
    .signatures = {{"renorm(Tensor input, Number p, int dim, Number maxnorm)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Shortens the parts along a dimension whose p-norm is larger than maxnorm.",
    .latex = R"(x \min\left(1, \frac{m}{\|x\|_p}\right))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c[1].real() <= 0) fail("RuntimeError", "renorm: non-positive-norm not supported");
          if (!(c[3].real() >= 0)) fail("RuntimeError", "renorm: expected maxnorm to be >= 0 but got ", general(c[3].real(), 6));
          if (x->dim() < 2) fail("RuntimeError", "renorm: input needs at least 2 dimensions, got ", x->dim(), " dimensions");
          const GradMode off(false);
          const Tensor length = norms_of(x, c[1].real(), all_but(x->dim(), c.integer(2)));
          return contiguous(x * where(gt(length, c[3].real()), c[3].real() / (length + 1e-7), full({}, Scalar::of(1), x->dtype)));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x();
          const double p = b.arg(1).real(), most = b.arg(3).real();
          const std::vector<bool> dims = all_but(x->dim(), b.arg(2).integer());
          const Tensor length = norms_of(x, p, dims), past = gt(length, most), scale = most / (length + 1e-7);
          const Tensor pull = sum(b.g * x, dims, true) * (-scale / (length + 1e-7));
          return where(past, b.g * scale + norm_slope(x, pull, length, dims, p), b.g);
        },
        R"(g \frac{m}{\|x\|} - \dots)")},
    .tangent = no_forward_mode,
    .samples = {"f(2, 3), 2, 0, 0.5", "f(2, 3), 1, 1, 0.9"},
    .failures = {{"torch.renorm(torch.ones(2), 1, 0, 1)", "RuntimeError: renorm: input needs at least 2 dimensions, got 1 dimensions"}},
};

const std::vector<const OpDef*>& norm_ops() {
  static const std::vector<const OpDef*> ops{&kVectorNorm, &kLinalgMatrixNorm, &kLinalgNorm, &kDist, &kCdistForward, &kEuclideanDist, &kCdist, &kRenorm};
  return ops;
}

}  // namespace nabla
