// Spread and size of many elements: var, std, norm, logsumexp.
#include <cmath>
#include <limits>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/formula.h"
#include "ops/linalg.h"
#include "ops/norms.h"
#include "ops/rows.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// What a call of var or std asks for, whichever form it has.
struct Spread {
  std::vector<bool> dims;
  double correction = 1;
  bool keepdim = false;
};

// Forms: 0 (input, unbiased=True), 1 (input, dim, unbiased=True, keepdim=False), 2 (input, dim=None, *, correction, keepdim=False).
template <class Source>
Spread spread_of(const Source& c, int signature, std::size_t rank) {
  Spread out;
  out.dims = dimension_mask(signature == 0 ? Arg() : c.arg(1), rank);
  if (signature == 2) {
    out.correction = c.arg(2).is_none() ? 1 : static_cast<double>(c.arg(2).integer());
  } else {
    out.correction = flag_or_true(c.arg(signature == 0 ? 1 : 2)) ? 1 : 0;
  }
  out.keepdim = signature != 0 && !c.arg(3).is_none() && c.arg(3).integer() != 0;
  return out;
}
struct CallSource {
  const Call& call;
  const Arg& arg(int i) const { return call[i]; }
};

double count_of(const std::vector<bool>& dims, const Dims& sizes) {
  double count = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) count *= static_cast<double>(sizes[i]);
  }
  return count;
}

/// One number for each row, from `f(row, length, runs)` in x's own type; in the order of PyTorch's reductions.
template <class F>
Tensor for_rows(const Tensor& x, const std::vector<bool>& dims, bool keepdim, F f) {
  const Rows rows = to_rows(x, dims, keepdim, x->dtype, RowOrder::in_memory);
  const Tensor out = empty(rows.out_sizes, x->dtype);
  with_floats(x->dtype, [&]<class T>(T*) {
    const T* row = rows.data->data_as<T>();
    for (std::int64_t r = 0; r < rows.count; ++r, row += rows.length) out->data_as<T>()[r] = static_cast<T>(f(row, rows.length, rows.runs));
  });
  return out;
}

// Note [Variance]
// As in PyTorch, in double: of all elements around their mean (a float's mean is a float), else by Welford's recurrence.
Tensor variance(const Call& c, bool root) {
  const Tensor x = c.tensor(0);
  if (!is_floating(x->dtype)) fail("RuntimeError", "std and var only support floating point and complex dtypes");
  const Spread spread = spread_of(CallSource{c}, c.signature, x->dim());
  const double whole = static_cast<double>(x->numel), count = count_of(spread.dims, x->sizes);
  const bool one_result = count == whole && x->numel && !std::string_view(c.def.name).ends_with("_mean");
  const double middle = one_result ? item(apply(*find_op("mean"), x)).to_double() : 0;
  return for_rows(x, spread.dims, spread.keepdim, [&](const auto* row, std::int64_t n, bool) {
    double squares = 0, mean = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const double from = row[i] - (one_result ? middle : mean);
      mean += from / static_cast<double>(i + 1);
      squares = one_result ? squares + from * from : std::fma(from, row[i] - mean, squares);
    }
    const double result = n ? squares / std::max(0.0, static_cast<double>(n) - spread.correction) : std::numeric_limits<double>::quiet_NaN();
    return root ? std::sqrt(result) : result;
  });
}

Tensor variance_gradient(const Backward& b, const Tensor& g) {
  const Spread spread = spread_of(b, b.signature(), b.sizes().size());
  const Tensor x = b.x();
  const double count = count_of(spread.dims, b.sizes());
  const bool whole = b.signature() == 0 || b.arg(1).is_none() || b.sizes().empty();
  if (whole && count == spread.correction) return expand_to(spread.keepdim ? g : restore_dims(g, spread.dims), b.sizes()) * std::numeric_limits<double>::infinity();
  const Tensor mean = sum(x, spread.dims, true) / count;
  return (spread.keepdim ? g : restore_dims(g, spread.dims)) * (2 / (count - spread.correction)) * (x - mean);
}

/// In turn; floats that lie in one run in eight lanes, which are added before what is left over. Of that, PyTorch's compiler squares four at once.
template <class T>
T sum_of_squares(const T* x, std::int64_t count, bool runs) {
  constexpr std::int64_t kLanes = 8;
  T total = 0;
  std::int64_t i = 0;
  if (runs && sizeof(T) == sizeof(float)) {
    T lanes[kLanes] = {};
    for (; i + kLanes <= count; i += kLanes) {
      for (int k = 0; k < kLanes; ++k) lanes[k] = fused(x[i + k], x[i + k], lanes[k]);
    }
    total = lanes[0];
    for (int k = 1; k < kLanes; ++k) total += lanes[k];
  }
  if (runs && sizeof(T) == sizeof(float) && i + 4 <= count) {
    for (const std::int64_t end = i + 4; i < end; ++i) {
      const T square = x[i] * x[i];
      total += square;
    }
  }
  for (; i < count; ++i) total = fused(x[i], x[i], total);
  return total;
}

/// torch.norm by name: of the elements ('fro'), of the singular values of a matrix ('nuc'). Made of other operators, as in PyTorch.
Tensor named_norm(const Call& c) {
  const Tensor x = c.tensor(0);
  const std::string order = c[1].text();
  const bool all = !c.has(2), keepdim = c.flag(3);
  if (order != "fro" && order != "nuc") fail("RuntimeError", "only valid string values are 'fro' and 'nuc', found ", order);
  Dims dims = all ? Dims{} : c[2].ints();
  if (order == "fro") {
    if (dims.size() > 2) fail("RuntimeError", "Expected at most 2 dimensions, but got ", dims.size(), " dimensions instead.");
    if (dims.size() < 2) return apply(*find_op("norm"), x, 2, c[2], keepdim);
  } else if (all) {
    if (x->dim() != 2) fail("RuntimeError", "Expected a tensor with 2 dimensions, but got a tensor with ", x->dim(), " dimension", x->dim() == 1 ? "" : "s", " instead.");
    dims = {-2, -1};
  } else if (dims.size() != 2) {
    fail("RuntimeError", "nuclear norm requires a 'dim' argument of size 2");
  }
  const bool same = wrap_dim(dims[0], x->dim()) == wrap_dim(dims[1], x->dim());
  if (order == "nuc") {
    if (same) fail("RuntimeError", "duplicate or invalid dimensions");
    if (!is_floating(x->dtype)) fail("RuntimeError", "linalg.svd: Expected a floating point or complex tensor as input. Got ", legacy_name(x->dtype));
    return apply(*find_op("linalg_matrix_norm"), x, Arg(std::string("nuc")), dims, keepdim);
  }
  if (same) fail("RuntimeError", "Expected dims to be different, got [", dims[0], ", ", dims[1], "] instead");
  return sqrt(sum(x * x, dimension_mask(c[2], x->dim()), keepdim));
}

Tensor norm_forward(Call& c) {
  const bool own = &c.def == find_op("norm");
  if (own && c.has(4) && (c.signature == 1 || !c.has(1))) fail("ValueError", "dtype argument is not supported in frobenius norm");
  if (own && c.signature == 1) return named_norm(c);
  const Tensor x = own && c.has(4) ? cast(c.tensor(0), c[4].dtype()) : c.tensor(0);
  if (!is_floating(x->dtype)) {
    fail("RuntimeError", "norm(): input dtype should be either floating point or complex. Got ", legacy_name(x->dtype), " instead.");
  }
  if (own && c[1].kind() == Arg::Kind::boolean && !dimension_mask(c[2], x->dim()).empty()) fail("RuntimeError", "norm_kernel_tensor_iterator_impl expects norm to be integer or float");
  const double p = norm_order(c[1]);
  return for_rows(x, dimension_mask(c[2], x->dim()), c.flag(3), [p]<class T>(const T* row, std::int64_t n, bool runs) {
    if (p == 2) return std::sqrt(sum_of_squares(row, n, runs));
    if (n == 0) return T(0);
    T total = p == -std::numeric_limits<double>::infinity() ? std::numeric_limits<T>::infinity() : 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const T size = std::fabs(row[i]);
      if (std::isinf(p)) total = p > 0 ? std::max(total, size) : std::min(total, size);
      else if (p == 0) total += size != 0;
      else total += p == 1 ? size : std::pow(size, static_cast<T>(p));
    }
    return std::isinf(p) || p == 0 || p == 1 ? total : std::pow(total, T(1) / static_cast<T>(p));
  });
}

Tensor norm_gradient(const Backward& b) {
  const double p = norm_order(b.arg(1));
  const Tensor x = b.x();
  const std::vector<bool> dims = dimension_mask(b.arg(2), x->dim());
  const bool kept = !b.arg(3).is_none() && b.arg(3).integer();
  const auto restore = [&](const Tensor& t) { return kept ? t : restore_dims(t, dims); };
  if (p == 0) return Tensor();
  return norm_slope(x, restore(b.g), restore(b.out()), dims, p);
}

}  // namespace

Tensor norm_slope(const Tensor& x, const Tensor& g, const Tensor& out, const std::vector<bool>& dims, double p) {
  if (p == 0) return zeros_like(x);
  if (p == 1) return g * sign(x);
  const Tensor zero = eq(out, 0);  // the slope at zero is taken as zero
  if (std::isinf(p)) {
    const Tensor hit = to_dtype(eq(x * sign(x), out), x->dtype);
    return sign(x) * hit * (g / sum(hit, dims, true));
  }
  if (p == 2) return g * where(zero, 0.0, x / out);
  const Tensor size = x * sign(x);
  const Tensor slope = p < 2 ? where(eq(x, 0), 0.0, pow(size, p - 1)) : pow(size, p - 1);
  return where(zero, 0.0, sign(x) * slope * (g / pow(out, p - 1)));
}

const OpDef kVar{
    .name = "var",
    .signatures = {{"var(Tensor input, bool unbiased=True)", "VarBackward0"},
                   {"var(Tensor input, ints? dim, bool unbiased=True, bool keepdim=False)", "VarBackward0"},
                   {"var(Tensor input, ints? dim, *, int? correction, bool keepdim=False)", "VarBackward0"}},
    .doc = "The mean squared distance from the mean; unbiased divides by one less than the number of elements.",
    .latex = R"(\frac{1}{n - 1} \sum_i (x_i - \bar{x})^2)",
    .forward = [](Call& c) { return variance(c, false); },
    .gradients = {gradient([](const Backward& b) { return variance_gradient(b, b.g); }, R"(\frac{2 g}{n - 1} (x - \bar{x}))")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_variance(f); },
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 0, False, True", "f(4), False"},
    .failures = {{"torch.tensor([1, 2]).var()", "RuntimeError: std and var only support floating point and complex dtypes"}},
};

const OpDef kStd{
    .name = "std",
    .signatures = {{"std(Tensor input, bool unbiased=True)", "StdBackward0"},
                   {"std(Tensor input, ints? dim, bool unbiased=True, bool keepdim=False)", "StdBackward0"},
                   {"std(Tensor input, ints? dim, *, int? correction, bool keepdim=False)", "StdBackward0"}},
    .doc = "The square root of the variance.",
    .latex = R"(\sqrt{\frac{1}{n - 1} \sum_i (x_i - \bar{x})^2})",
    .forward = [](Call& c) { return variance(c, true); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor out = b.out();
          return variance_gradient(b, where(eq(out, 0), 0.0, b.g / (out * 2)));
        },
        R"(\frac{g (x - \bar{x})}{(n - 1) \sigma})")},
    .tangent = [](const Forward& f) -> Tensor { return masked_fill_in_place(tangent_of_variance(f) / (f.out() * 2), eq(f.out(), 0)); },
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(4), False"},
    .failures = {{"torch.tensor([1, 2]).std()", "RuntimeError: std and var only support floating point and complex dtypes"}},
};

const OpDef kNorm{
    .name = "norm",
    .signatures = {{"norm(Tensor input, Number? p, ints? dim=None, bool keepdim=False)", "NormBackward1"},
                   {.text = "norm(Tensor input, str p='fro', ints? dim=None, bool keepdim=False, *, dtype? dtype=None)", .composite = true},
                   {"norm(Tensor input, Number? p, ints? dim=None, bool keepdim=False, *, dtype dtype)", "NormBackward3"},
                   {"norm(Tensor input, Number? p, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)", "NormBackward1"}},
    .doc = "The length of a vector: the p-th root of the sum of the p-th powers of the elements' sizes.",
    .latex = R"(\left(\sum_i |x_i|^p\right)^{1/p})",
    .forward = norm_forward,
    .gradients = {gradient(norm_gradient, R"(g\, \frac{x |x|^{p-2}}{\|x\|^{p-1}})")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_norm(f.x(), f.t(0), norm_order(f.call[1]), f.out(), f.dims(2), f.has(3) && f.call.flag(3)); },
    .reads_output = true,
    .own_names = true,
    .samples = {"f(2, 3)", "f(2, 3), 2, 1", "f(3), 1", "f(2, 3), 3, 0, True", "f(3), 1.5", "f(2, 3), 'fro', (0, 1)", "f(2, 3), 'nuc', (0, 1), True"},
    .failures = {{"torch.tensor([1, 2]).norm()", "RuntimeError: norm(): input dtype should be either floating point or complex. Got Long instead."}},
};

const OpDef kLogsumexp{
    .name = "logsumexp",
    .signatures = {{"logsumexp(Tensor input, ints dim, bool keepdim=False)"}},
    .aliases = {"special_logsumexp"},
    .doc = "The logarithm of the sum of the exponentials, without overflow.",
    .latex = R"(\ln \sum_i e^{x_i})",
    .forward =
        [](Call& c) {
          const Tensor x = cast(c.tensor(0), float_type(c.tensor(0)->dtype));
          const std::vector<bool> dims = dimension_mask(c[1], x->dim());
          const GradMode off(false);
          const bool keepdim = c.flag(2);
          if (x->numel == 0) return log(sum(exp(x), dims, keepdim));
          if (!keepdim && x->dim() && c[1].kind() == Arg::Kind::ints && c[1].ints().empty()) {
            fail("RuntimeError", "output with shape [] doesn't match the broadcast shape ", Dims(x->dim(), 1));
          }
          Tensor most = for_rows(x, dims, true, [](const auto* row, std::int64_t n, bool) {
            auto most = row[0];
            for (std::int64_t i = 0; i < n; ++i) most = row[i] <= most ? most : row[i];  // a nan stays
            return std::isinf(most) ? 0 : most;
          });
          const Tensor total = sum(exp(x - most), dims, keepdim);
          return log(total) + as_strided(most, total->sizes, total->strides, most->offset);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const std::vector<bool> dims = dimension_mask(b.arg(1), b.sizes().size());
          const bool kept = !b.arg(2).is_none() && b.arg(2).integer();
          const auto restore = [&](const Tensor& t) { return kept ? t : restore_dims(t, dims); };
          return restore(b.g) * exp(b.x() - restore(b.out()));
        },
        R"(g\, e^{x - \operatorname{out}})")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_logsumexp(f.x(), f.t(0), f.dims(1), f.call.flag(2)); },
    .reads_output = true,
    .samples = {"f(3), 0", "f(2, 3), 1, True", "f(2, 3), (0, 1)"},
};

const std::vector<const OpDef*>& statistics_ops() {
  static const std::vector<const OpDef*> ops{&kVar, &kStd, &kNorm, &kLogsumexp};
  return ops;
}

}  // namespace nabla
