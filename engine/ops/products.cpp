// More products: baddbmm, addbmm, addmv, addr, vdot, inner, tensordot, kron, cross, multi_dot, bilinear; vander, cov, corrcoef. Made of
// the same steps as PyTorch's, so that the graph has the same nodes.
#include <cmath>
#include <limits>

#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

double number_or_one(const Arg& arg) { return arg.is_none() ? 1 : arg.real(); }
Tensor scaled(const Tensor& x, const Arg& by) { return number_or_one(by) == 1 ? x : x * by; }
Tensor op(const char* name, const Arg& x) { return apply(*find_op(name), x); }
Tensor op(const char* name, const Arg& x, const Arg& y) { return apply(*find_op(name), x, y); }

/// Factors of whole numbers are whole themselves.
Arg factor(const Tensor& x, const Arg& by) { return is_floating(x->dtype) || by.kind() != Arg::Kind::real ? by : Arg(by.scalar().to_int()); }

/// beta x + alpha product, where x is expanded to the product.
Tensor added(const Tensor& x, const Tensor& product, const Arg& beta, const Arg& alpha) {
  const Tensor wide = expand(x, product->sizes);
  if (!is_floating(product->dtype)) return scaled(product, factor(product, alpha)) + scaled(wide, factor(product, beta));
  return scaled(product, alpha) + scaled(wide, beta);
}

/// What is asked of input and stacks a, b before anything is multiplied: in PyTorch's order, input is expanded first.
void need_batches(const Tensor& x, const Tensor& a, const Tensor& b, bool summed) {
  Dims sizes{a->sizes[wrap_dim(1, a->dim())], b->sizes[wrap_dim(2, b->dim())]};
  if (!summed) sizes.insert(0, a->sizes[wrap_dim(0, a->dim())]);
  (void)expand(x, sizes);
  if (a->dim() != 3) fail("RuntimeError", "batch1 must be a 3D tensor");
  if (b->dim() != 3) fail("RuntimeError", "batch2 must be a 3D tensor");
  if (summed && a->sizes[0] == b->sizes[0] && a->sizes[2] != b->sizes[1]) {
    fail("RuntimeError", "Incompatible matrix sizes for bmm (", a->sizes[1], "x", a->sizes[2], " and ", b->sizes[1], "x", b->sizes[2], ")");
  }
  if (summed && a->dtype == DType::bool_) fail("RuntimeError", "\"addmm_impl_cpu_\" not implemented for 'Bool'");
}

// baddbmm: PyTorch multiplies small stacks in loops of its own, the others one by one as addmm does.
Tensor added_in_batches(const Call& c) {
  const Tensor x = c.tensor(0), a = c.tensor(1), b = c.tensor(2);
  if (!is_floating(a->dtype) || a->dtype != b->dtype || a->sizes[0] != b->sizes[0] || a->sizes[2] != b->sizes[1]) return added(x, op("bmm", a, b), c[3], c[4]);
  constexpr std::int64_t kSmall = 400;
  const bool small = a->sizes[1] * a->sizes[2] * b->sizes[2] < kSmall;
  const Tensor out = copy(expand(cast(x, a->dtype), {a->sizes[0], a->sizes[1], b->sizes[2]}));
  for (std::int64_t i = 0; i < a->sizes[0]; ++i) {
    multiply_onto(select(out, 0, i), select(a, 0, i), select(b, 0, i), number_or_one(c[3]), number_or_one(c[4]), small);
  }
  return out;
}

const Gradient kScaledByBeta = gradient([](const Backward& b) { return scaled(b.g, b.arg(3)); }, R"(\beta g)");

/// Sizes of the dimensions, joined.
Tensor folded(const Tensor& x, const Dims& order, std::int64_t rows, std::int64_t columns) { return reshape_to(permute_to(x, order), {rows, columns}); }

std::int64_t cross_dim(const Call& c) {
  const Tensor x = c.tensor(0);
  if (c.has(2)) return c.integer(2);
  for (std::size_t i = 0; i < x->dim(); ++i) {
    if (x->sizes[i] == 3) return static_cast<std::int64_t>(i);
  }
  fail("RuntimeError", "no dimension of size 3 in input");
}

Tensor cross_of(const Arg& x, const Arg& y, const Arg& dim) { return apply(*find_op("linalg_cross"), x, y, dim); }

/// The best order of a chain of products: where to cut each stretch. Source: dynamic programming over stretches.
Tensor chained(const std::vector<Tensor>& list) {
  const std::size_t n = list.size();
  std::vector<std::vector<double>> cost(n, std::vector<double>(n, 0));
  std::vector<std::vector<std::size_t>> cut(n, std::vector<std::size_t>(n, 0));
  for (std::size_t length = 1; length < n; ++length) {
    for (std::size_t i = 0; i + length < n; ++i) {
      const std::size_t j = i + length;
      cost[i][j] = std::numeric_limits<double>::infinity();
      for (std::size_t k = i; k < j; ++k) {
        const double here = cost[i][k] + cost[k + 1][j] + static_cast<double>(list[i]->sizes[0]) * static_cast<double>(list[k]->sizes[1]) * static_cast<double>(list[j]->sizes[1]);
        if (here >= cost[i][j]) continue;
        cost[i][j] = here;
        cut[i][j] = k;
      }
    }
  }
  const auto product = [&](auto self, std::size_t i, std::size_t j) -> Tensor {
    if (i == j) return list[i];
    const std::size_t k = cut[i][j];
    const Tensor left = self(self, i, k), right = self(self, k + 1, j);
    return op("mm", left, right);
  };
  return product(product, 0, n - 1);
}

Tensor multi_dot(const std::vector<Tensor>& given) {
  if (given.size() < 2) fail("RuntimeError", "multi_dot(): expected at least 2 tensors but got ", given.size());
  std::vector<Tensor> list = given;
  Dims sizes;
  for (const Tensor& x : {given.front(), given.back()}) {
    if (x->dim() != 1 && x->dim() != 2) fail("RuntimeError", "multi_dot(): the ", x == given.front() ? "first" : "last", " tensor must be 1D or 2D but got ", x->dim(), "D");
  }
  if (list.front()->dim() == 1) list.front() = unsqueeze_at(list.front(), 0);
  else sizes.push_back(list.front()->sizes[0]);
  if (list.back()->dim() == 1) list.back() = unsqueeze_at(list.back(), -1);
  else sizes.push_back(list.back()->sizes.back());
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]->dim() != 2) fail("RuntimeError", "multi_dot(): tensor ", i, " must be 2D but got ", list[i]->dim(), "D");
  }
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    if (list[i]->sizes[1] == list[i + 1]->sizes[0]) continue;
    fail("RuntimeError", "multi_dot(): tensors ", i, " and ", i + 1, " with shapes ", given[i]->sizes, " and ", given[i + 1]->sizes, " cannot be multiplied");
  }
  return op("view", chained(list), sizes);
}

/// Powers of a vector's elements as columns, of rising order.
Tensor powers(const Tensor& x, std::int64_t count) {
  Dims line = x->sizes;
  line.push_back(1);
  const DType type = is_floating(x->dtype) ? x->dtype : DType::int64;
  std::vector<Tensor> columns{full(line, Scalar::of(1), type)};
  const Tensor column = to_dtype(unsqueeze_at(x, -1), type);
  for (std::int64_t i = 1; i < count; ++i) columns.push_back(i == 1 ? column : columns.back() * column);
  if (count == 0) return empty({x->numel, 0}, type);
  return concatenate(std::move(columns), static_cast<std::int64_t>(x->dim()));
}

// cov: input, correction, fweights, aweights.
Tensor covariance(const Tensor& given, const Arg& correction, const Arg& counts, const Arg& weights) {
  if (given->dim() > 2) fail("RuntimeError", "cov(): expected input to have two or fewer dimensions but got an input with ", given->dim(), " dimensions");
  if (given->dtype == DType::bool_) fail("RuntimeError", "cov(): bool dtype is not supported for input");
  Tensor x = given->dim() < 2 ? reshape_to(given, {1, -1}) : given;
  if (!is_floating(x->dtype)) x = to_dtype(x, default_dtype());
  const std::int64_t n = x->sizes[1];
  const auto check = [&](const Arg& arg, const char* name, bool whole) {
    if (!arg.is_tensor()) return;
    const TensorImpl& w = *arg.impl();
    const bool of_type = is_floating(w.dtype) != whole && w.dtype != DType::bool_;
    if (w.dim() > 1) fail("RuntimeError", "cov(): expected ", name, " to have one or fewer dimensions but got ", name, " with ", w.dim(), " dimensions");
    if (!of_type) {
      fail("RuntimeError", "cov(): expected ", name, " to have ", whole ? "integral" : "floating point", " dtype but got ", name, " with ", legacy_name(w.dtype), " dtype");
    }
    if (w.numel != n) fail("RuntimeError", "cov(): expected ", name, " to have the same numel as there are observations in the input but got ", w.numel, " != ", n);
    for (std::int64_t i = 0; i < n; ++i) {
      if (element(w, offset_of(w, i)).to_double() < 0) fail("RuntimeError", "cov(): ", name, " cannot be negative");
    }
  };
  check(counts, "fweights", true);
  check(weights, "aweights", false);
  Tensor w;
  if (counts.is_tensor()) w = to_dtype(counts.tensor(), x->dtype);
  if (weights.is_tensor()) w = w ? w * weights.tensor() : to_dtype(weights.tensor(), x->dtype);
  const double c = correction.is_none() ? 1 : static_cast<double>(correction.integer());
  double total = static_cast<double>(n), squares = 1;
  if (w) {
    total = item(sum(detach(w))).to_double();
    if (total == 0) fail("RuntimeError", "cov(): weights sum to zero, can't be normalized");
    if (weights.is_tensor()) squares = item(sum(detach(w) * detach(weights.tensor()))).to_double() / total;
  }
  const Tensor mean = unsqueeze_at(sum(w ? x * w : x, {false, true}, false) / total, 1);
  const Tensor centred = x - mean;
  double divisor = w ? weights.is_tensor() ? total - c * squares : total - c : total - c;
  if (divisor <= 0) {
    warn("UserWarning", "cov(): degrees of freedom is <= 0");
    divisor = 0;
  }
  const Tensor turned = op("t", w ? centred * w : centred);
  return op("squeeze", op("mm", centred, turned) / full({}, Scalar::of(divisor), x->dtype));
}

}  // namespace

const OpDef kBaddbmm{
    .name = "baddbmm",
    .signatures = {{"baddbmm(Tensor input, Tensor batch1, Tensor batch2, *, Number beta=1, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The products of two stacks of matrices added to input.",
    .latex = R"(\beta x_i + \alpha A_i B_i)",
    .forward =
        [](Call& c) {
          need_batches(c.tensor(0), c.tensor(1), c.tensor(2), false);
          const GradMode off(false);
          Call batches = c;  // what is added is converted, whatever it is
          batches.args[0] = Arg(cast(c.tensor(0), c[2].impl()->dtype));
          return added_in_batches(batches);
        },
    .gradients = {kScaledByBeta,
                  gradient([](const Backward& b) { return scaled(op("bmm", b.g, transpose_last(b.input(2))), b.arg(4)); }, R"(\alpha g_i B_i^{T})"),
                  gradient([](const Backward& b) { return scaled(op("bmm", transpose_last(b.input(1)), b.g), b.arg(4)); }, R"(\alpha A_i^{T} g_i)")},
    .tangent = [](const Forward& f) -> Tensor { return with_product(f, "bmm"); },
    .reads_first = true,
    .cast_words = CastWords::call,
    .samples = {"f(2, 2, 2), f(2, 2, 3), f(2, 3, 2)", "f(2), f(2, 2, 3), f(2, 3, 2), beta=0.5, alpha=2.0"},
};

const OpDef kAddbmm{
    .name = "addbmm",
    .signatures = {{"addbmm(Tensor input, Tensor batch1, Tensor batch2, *, Number beta=1, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The sum of the products of two stacks of matrices added to input.",
    .latex = R"(\beta x + \alpha \sum_i A_i B_i)",
    .forward =
        [](Call& c) {
          need_batches(c.tensor(0), c.tensor(1), c.tensor(2), true);
          const GradMode off(false);
          for (const int i : {0, 2}) {
            if (c[i].impl()->dtype != c[1].impl()->dtype) fail("RuntimeError", "self and mat2 must have the same dtype");
          }
          const Tensor a = c.tensor(1), b = c.tensor(2);
          if (!is_floating(a->dtype) || a->sizes[0] != b->sizes[0] || a->sizes[2] != b->sizes[1] || a->sizes[0] == 0) {
            return added(c.tensor(0), cast(sum(op("bmm", c[1], c[2]), {true, false, false}, false), a->dtype), c[3], c[4]);
          }
          const Tensor out = copy(expand(c.tensor(0), {a->sizes[1], b->sizes[2]}));
          for (std::int64_t i = 0; i < a->sizes[0]; ++i) multiply_onto(out, select(a, 0, i), select(b, 0, i), i ? 1 : number_or_one(c[3]), number_or_one(c[4]));
          return out;
        },
    .gradients = {kScaledByBeta,
                  gradient([](const Backward& b) { return scaled(matmul(b.g, transpose_last(b.input(2))), b.arg(4)); }, R"(\alpha g B_i^{T})"),
                  gradient([](const Backward& b) { return scaled(matmul(transpose_last(b.input(1)), b.g), b.arg(4)); }, R"(\alpha A_i^{T} g)")},
    .tangent =
        [](const Forward& f) -> Tensor {
          const auto bmm = [&](const Arg& x, const Arg& y, bool zero) { return f.scaled(Tangent(total(apply(*find_op("bmm"), x, y), {true, false, false}, false), zero), 4); };
          const Tangent t = f.t(1), u = f.t(2);
          return f.scaled(f.t(0), 3) + bmm(t.value, f.p(2), t.zero) + bmm(f.p(1), u.value, u.zero);
        },
    .reads_first = true,
    .samples = {"f(2, 2), f(2, 2, 3), f(2, 3, 2)"},
};

const OpDef kAddmv{
    .name = "addmv",
    .signatures = {{"addmv(Tensor input, Tensor mat, Tensor vec, *, Number beta=1, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The product of a matrix and a vector added to input.",
    .latex = R"(\beta x + \alpha A v)",
    .forward =
        [](Call& c) {
          const TensorImpl &m = *c[1].impl(), &v = *c[2].impl();
          if (m.dim() != 2 || v.dim() != 1 || c[0].impl()->dim() > 1) {
            fail("RuntimeError", "vector + matrix @ vector expected, got ", c[0].impl()->dim(), ", ", m.dim(), ", ", v.dim());
          }
          const GradMode off(false);
          const Tensor a = c.tensor(1), b = c.tensor(2), x = cast(c.tensor(0), b->dtype);  // the vector's type is the result's
          if (!is_floating(a->dtype) || a->dtype != b->dtype || a->sizes[1] != b->sizes[0]) return added(x, op("mv", a, b), c[3], c[4]);
          const Tensor out = copy(expand(x, {a->sizes[0]}));
          multiply_onto(unsqueeze(out, 1), a, unsqueeze(b, 1), number_or_one(c[3]), number_or_one(c[4]));
          return out;
        },
    .gradients = {kScaledByBeta,
                  gradient([](const Backward& b) { return scaled(unsqueeze_at(b.g, 1) * b.input(2), b.arg(4)); }, R"(\alpha g v^{T})"),
                  gradient([](const Backward& b) { return scaled(op("mv", transpose_last(b.input(1)), b.g), b.arg(4)); }, R"(\alpha A^{T} g)")},
    .tangent = [](const Forward& f) -> Tensor { return with_product(f, "mv"); },
    .reads_first = true,
    .samples = {"f(2), f(2, 3), f(3)", "f(), f(2, 3), f(3), beta=0.5, alpha=2.0"},
};

const OpDef kAddr{
    .name = "addr",
    .signatures = {{"addr(Tensor input, Tensor vec1, Tensor vec2, *, Number beta=1, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The outer product of two vectors added to input.",
    .latex = R"(\beta x + \alpha u v^{T})",
    .forward =
        [](Call& c) {
          for (int i : {1, 2}) {
            if (c[i].impl()->dim() != 1) fail("RuntimeError", "addr: Expected 1-D argument vec", i, ", but got ", c[i].impl()->dim(), "-D");
          }
          const GradMode off(false);
          const Tensor x = c.tensor(0), product = op("outer", c[1], c[2]);
          for (int i : {3, 4}) {  // beta, alpha
            const DType type = promote(x->dtype, product->dtype);
            const char* const name = i == 3 ? "beta" : "alpha";
            if (c[i].kind() == Arg::Kind::boolean && type != DType::bool_) fail("RuntimeError", "Boolean ", name, " only supported for Boolean results.");
            if (c[i].kind() == Arg::Kind::real && is_integral(type)) {
              fail("RuntimeError", "For integral input tensors, argument ", name, " must not be a floating point number.");
            }
          }
          if (is_floating(x->dtype) && (x->dtype == product->dtype || !is_floating(product->dtype))) {
            const Tensor out = contiguous(expand(x, product->sizes)), parts = op("outer", scaled(cast(c.tensor(1), x->dtype), c[4]), cast(c.tensor(2), x->dtype));
            const Tensor sums = number_or_one(c[3]) != 0 ? fused_sum(parts, out, number_or_one(c[3]), x->dtype) : parts;
            return x->sizes == sums->sizes ? laid_out(sums, *x) : sums;
          }
          const DType type = promote(x->dtype, product->dtype);
          const Tensor out = added(cast(x, type), cast(product, type), c[3], c[4]);
          return x->sizes == out->sizes ? laid_out(out, *x) : out;
        },
    .gradients = {kScaledByBeta, gradient([](const Backward& b) { return scaled(op("mv", b.g, b.input(2)), b.arg(4)); }, R"(\alpha g v)"),
                  gradient([](const Backward& b) { return scaled(op("mv", transpose_last(b.g), b.input(1)), b.arg(4)); }, R"(\alpha g^{T} u)")},
    .tangent = [](const Forward& f) -> Tensor { return with_product(f, "outer"); },
    .samples = {"f(2, 3), f(2), f(3)"},
};

const OpDef kVdot{
    .name = "vdot",
    .signatures = {{"vdot(Tensor input, Tensor other)"}},
    .doc = "The sum of the products of two vectors' elements.",
    .latex = R"(\sum_i x_i y_i)",
    .forward = [](Call& c) { return find_op("dot")->forward(c); },
    .gradients = {gradient([](const Backward& b) { return b.g * b.y(); }, "g y"), gradient([](const Backward& b) { return b.g * b.x(); }, "g x")},
    .tangent = product_rule,
    .samples = {"f(3), f(3)"},
};

const OpDef kTensordotOp{
    .name = "_tensordot",
    .signatures = {{"_tensordot(Tensor a, Tensor b, ints dims_a, ints dims_b)"}},
    .spellings = 0,
    .doc = "Sums the products over pairs of dimensions.",
    .latex = R"(\sum_k x_{i k} y_{k j})",
    .forward =
        [](Call& c) {
          const Dims &left = c[2].ints(), &right = c[3].ints();
          if (left.size() != right.size()) fail("RuntimeError", "both dimension lists should have same length");
          Tensor a = c.tensor(0), b = c.tensor(1);
          for (std::size_t i = 0; i < left.size(); ++i) {  // a dimension of size 1 stretches: the other's is summed first
            if (a->dim() == 0 || b->dim() == 0) fail("IndexError", "Dimension specified as ", a->dim() == 0 ? left[i] : right[i], " but tensor has no dimensions");
            const std::int64_t p = wrap_dim(left[i], a->dim()), q = wrap_dim(right[i], b->dim());
            const auto folded = [](const Tensor& x, std::int64_t dim) {
              std::vector<bool> dims(x->dim(), false);
              dims[dim] = true;
              return sum(x, dims, true);
            };
            if (a->sizes[p] == 1 && b->sizes[q] > 1) b = folded(b, q);
            else if (b->sizes[q] == 1 && a->sizes[p] > 1) a = folded(a, p);
            else if (b->sizes[q] == 1 && a->sizes[p] == 1 && !is_floating(a->dtype) && a->dtype != DType::int64) {  // PyTorch sums one of them, as int64
              fail("RuntimeError", "expected scalar type Long but found ", legacy_name(b->dtype));
            }
          }
          std::vector<bool> in_a(a->dim(), false), in_b(b->dim(), false);
          std::int64_t inner = 1;
          for (std::size_t i = 0; i < left.size(); ++i) {
            const std::int64_t p = wrap_dim(left[i], a->dim()), q = wrap_dim(right[i], b->dim());
            if (a->sizes[p] != b->sizes[q]) {
              fail("RuntimeError", "contracted dimensions need to match, but first has size ", a->sizes[p], " in dim ", left[i], " and second has size ", b->sizes[q],
                   " in dim ", right[i]);
            }
            in_a[p] = in_b[q] = true;
            inner *= a->sizes[p];
          }
          Dims order_a, order_b, sizes;
          std::int64_t rows = 1, columns = 1;
          for (std::size_t i = 0; i < a->dim(); ++i) {
            if (in_a[i]) continue;
            order_a.push_back(static_cast<std::int64_t>(i));
            sizes.push_back(a->sizes[i]);
            rows *= a->sizes[i];
          }
          for (std::size_t i = 0; i < left.size(); ++i) {
            order_a.push_back(wrap_dim(left[i], a->dim()));
            order_b.push_back(wrap_dim(right[i], b->dim()));
          }
          for (std::size_t i = 0; i < b->dim(); ++i) {
            if (in_b[i]) continue;
            order_b.push_back(static_cast<std::int64_t>(i));
            sizes.push_back(b->sizes[i]);
            columns *= b->sizes[i];
          }
          return reshape_to(op("mm", folded(a, order_a, rows, inner), folded(b, order_b, inner, columns)), sizes);
        },
    .composite = true,
    .samples = {"f(2, 3), f(3, 2), (1,), (0,)"},
};

const OpDef kTensordot{
    .name = "tensordot",
    .signatures = {{"tensordot(Tensor a, Tensor b, int dims=2)"}, {"tensordot(Tensor a, Tensor b, pairs dims)"}},
    .spellings = kTorch,
    .doc = "Sums the products over the last dimensions of a and the first of b, or over given pairs.",
    .latex = R"(\sum_k x_{i k} y_{k j})",
    .forward =
        [](Call& c) {
          Dims left, right;
          if (c.signature == 0) {
            const std::int64_t count = c.integer(2, 2);
            if (count < 0) fail("RuntimeError", "tensordot expects dims >= 0, but got dims=", count);
            for (std::int64_t i = 0; i < count; ++i) {
              left.push_back(i - count);
              right.push_back(i);
            }
          } else {
            const Dims& pairs = c[2].ints();
            for (std::size_t i = 0; i < pairs.size() / 2; ++i) {
              left.push_back(pairs[i]);
              right.push_back(pairs[pairs.size() / 2 + i]);
            }
          }
          return apply(kTensordotOp, c.tensor(0), c.tensor(1), left, right);
        },
    .composite = true,
    .in_python = true,
    .samples = {"f(2, 3), f(3, 2), 1", "f(2, 3), f(2, 3)"},
};

const OpDef kInner{
    .name = "inner",
    .signatures = {{"inner(Tensor input, Tensor other)"}},
    .doc = "The products of vectors: sums over the last dimensions.",
    .latex = R"(\sum_k x_{i k} y_{j k})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          if (x->dim() == 0 || y->dim() == 0) return x * y;
          if (x->sizes.back() != y->sizes.back()) {
            fail("RuntimeError", "inner() the last dimension must match on both input tensors but got shapes ", x->sizes, " and ", y->sizes);
          }
          return apply(kTensordotOp, x, y, Dims{-1}, Dims{-1});
        },
    .composite = true,
    .samples = {"f(3), f(3)", "f(2, 3), f(4, 3)", "f(), f(2)"},
};

const OpDef kKron{
    .name = "kron",
    .signatures = {{"kron(Tensor input, Tensor other)"}},
    .doc = "Every element of input times all of other.",
    .latex = R"(x \otimes y)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const std::size_t rank = std::max(x->dim(), y->dim());
          Dims left, right, sizes;
          for (std::size_t i = 0; i < rank; ++i) {
            const std::int64_t a = i + x->dim() < rank ? 1 : x->sizes[i + x->dim() - rank], b = i + y->dim() < rank ? 1 : y->sizes[i + y->dim() - rank];
            for (std::int64_t size : {a, std::int64_t{1}}) left.push_back(size);
            for (std::int64_t size : {std::int64_t{1}, b}) right.push_back(size);
            sizes.push_back(a * b);
          }
          const OpDef& view = *find_op("_unsafe_view");
          return apply(view, apply(view, apply(*find_op("contiguous"), x), left) * apply(view, apply(*find_op("contiguous"), y), right), sizes);
        },
    .composite = true,
    .samples = {"f(2, 2), f(2, 3)", "f(2), f(2, 2)"},
};

const OpDef kLinalgCross{
    .name = "linalg_cross",
    .signatures = {{"linalg_cross(Tensor input, Tensor other, *, int dim=-1)"}},
    .spellings = kTorch,
    .doc = "The vector at right angles to both.",
    .latex = R"(x \times y)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const std::int64_t given = c.integer(2, -1);
          if (x->dim() != y->dim()) fail("RuntimeError", "linalg.cross: inputs must have the same number of dimensions.");
          if (x->dim() == 0) fail("IndexError", "Dimension specified as ", given, " but tensor has no dimensions");
          const std::int64_t dim = wrap_dim(given, x->dim());
          const auto length = [&](const Tensor& t) { return t->sizes[dim]; };
          if (length(x) != 3 || length(y) != 3) {
            fail("RuntimeError", "linalg.cross: inputs dimension ", given, " must have length 3. Got ", length(x), " and ", length(y));
          }
          const Dims sizes = broadcast(x->sizes, y->sizes);
          if (x->dtype != y->dtype) fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name(y->dtype));
          if (x->dtype == DType::bool_) not_implemented_for("cross", x->dtype);
          const GradMode off(false);
          const Tensor a = expand(x, sizes), b = expand(y, sizes);
          const auto part = [&](const Tensor& t, int i) { return slice(t, dim, i, 1, 1); };
          // The first product is fused with the difference, as in PyTorch's kernel: v x v is not quite zero.
          const auto minor = [&](int i, int j) {
            const Tensor second = part(a, j) * part(b, i);
            return is_floating(x->dtype) ? fused_sum(-second, part(a, i), part(b, j), x->dtype) : part(a, i) * part(b, j) - second;
          };
          return concatenate({minor(1, 2), minor(2, 0), minor(0, 1)}, dim);
        },
    .gradients = {gradient([](const Backward& b) { return cross_of(b.y(), b.g, b.arg(2)); }, R"(y \times g)"),
                  gradient([](const Backward& b) { return cross_of(b.g, b.x(), b.arg(2)); }, R"(g \times x)")},
    .tangent =
        [](const Forward& f) -> Tensor {
          const auto cross = [&](const Arg& x, const Arg& y) { return f.call.count > 2 ? apply(*find_op("linalg_cross"), x, y, f.call[2]) : apply(*find_op("linalg_cross"), x, y); };
          return product_rule(f, cross);
        },
    .samples = {"f(2, 3), f(2, 3)", "f(3, 2), f(3, 2), dim=0", "f(2, 3), f(1, 3)"},
    .failures = {{"torch.linalg.cross(torch.ones(3, 2), torch.ones(3, 2))", "RuntimeError: linalg.cross: inputs dimension -1 must have length 3. Got 2 and 2"}},
};

const OpDef kCross{
    .name = "cross",
    .signatures = {{"cross(Tensor input, Tensor other, int? dim=None)"}},
    .doc = "The vector at right angles to both, along the first dimension of size 3.",
    .latex = R"(x \times y)",
    .forward = [](Call& c) { return cross_of(c[0], c[1], Arg(cross_dim(c))); },
    .composite = true,
    .samples = {"f(3), f(3)", "f(2, 3), f(2, 3), 1"},
    .failures = {{"torch.cross(torch.ones(2), torch.ones(2))", "RuntimeError: no dimension of size 3 in input"}},
};

const OpDef kMultiDot{
    .name = "linalg_multi_dot",
    .signatures = {{"linalg_multi_dot(tensors tensors)"}},
    .spellings = kTorch,
    .doc = "The product of several matrices, in the order that costs least.",
    .latex = R"(A_1 A_2 \cdots A_n)",
    .forward = [](Call& c) { return multi_dot(c[0].tensors()); },
    .composite = true,
    .samples = {"[f(2, 3), f(3, 2), f(2, 4)]", "[f(3), f(3, 2)]"},
    .failures = {{"torch.linalg.multi_dot([torch.ones(2, 2)])", "RuntimeError: multi_dot(): expected at least 2 tensors but got 1"}},
};

const OpDef kChainMatmul{
    .name = "chain_matmul",
    .signatures = {{"chain_matmul(tensors... matrices)"}},
    .spellings = kTorch,
    .doc = "The product of several matrices, in the order that costs least.",
    .latex = R"(A_1 A_2 \cdots A_n)",
    .forward =
        [](Call& c) {
          warn_once("UserWarning",
                    "torch.chain_matmul is deprecated and will be removed in a future PyTorch release. Use torch.linalg.multi_dot instead, which accepts a list of two or more "
                    "tensors rather than multiple parameters.");
          if (c[0].tensors().empty()) fail("RuntimeError", "chain_matmul(): Expected one or more matrices");
          for (const Tensor& x : c[0].tensors()) {
            if (x->dim() != 2) fail("RuntimeError", "Tensor dimension is ", x->dim(), ", expected 2 instead.");
          }
          return c[0].tensors().size() == 1 ? apply(*find_op("clone"), c[0].tensors()[0]) : multi_dot(c[0].tensors());
        },
    .composite = true,
    .spread_alone = true,
    .samples = {"[f(2, 3), f(3, 2)]"},
};

const OpDef kLinalgVecdot{
    .name = "linalg_vecdot",
    .signatures = {{"linalg_vecdot(Tensor x, Tensor y, *, int dim=-1)"}},
    .spellings = kTorch,
    .doc = "The products of vectors along a dimension.",
    .latex = R"(\sum_i x_i y_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          need_floats(x, "linalg.vecdot");
          if (x->dtype != y->dtype) {
            fail("RuntimeError", "linalg.vecdot: Expected x and y to have the same dtype, but found x of type ", legacy_name(x->dtype), " and y of type ", legacy_name(y->dtype),
                 " instead");
          }
          if (x->dim() == 1 && y->dim() == 1) return op("vdot", x, y);
          const Tensor product = x * y;
          const std::int64_t dim = wrap_dim(c.integer(2, -1), product->dim());
          return apply_form(*find_op("sum"), 1, product, Dims{dim}, false);
        },
    .composite = true,
    .samples = {"f(2, 3), f(2, 3)"},
};

const OpDef kLinalgDiagonal{
    .name = "linalg_diagonal",
    .signatures = {{"linalg_diagonal(Tensor A, *, int offset=0, int dim1=-2, int dim2=-1)"}},
    .spellings = kTorch,
    .doc = "The diagonal of each matrix.",
    .latex = "x_{ii}",
    .forward = [](Call& c) { return apply(*find_op("diagonal"), c.tensor(0), c.integer(1), c.integer(2, -2), c.integer(3, -1)); },
    .composite = true,
    .samples = {"f(2, 3, 3)"},
};

const OpDef kTrilinear{
    .name = "_trilinear",
    .signatures = {{"_trilinear(Tensor input1, Tensor weight, Tensor input2)"}},
    .spellings = 0,
    .doc = "What bilinear comes to.",
    .latex = R"(\sum_{i j} x_{n i} w_{o i j} y_{n j})",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const Tensor x = c.tensor(0), w = c.tensor(1), y = c.tensor(2);
          const Tensor left = matmul(x, reshape_to(permute_to(w, {1, 0, 2}), {w->sizes[1], w->sizes[0] * w->sizes[2]}));
          return sum(reshape_to(left, {x->sizes[0], w->sizes[0], w->sizes[2]}) * unsqueeze_at(y, 1), {false, false, true}, false);
        },
    .gradients = {gradient(
                      [](const Backward& b) {  // sum_o g_no (w_o y_n)_i
                        const Tensor wy = matmul(b.input(1), transpose_last(b.input(2)));  // o i n
                        return sum(permute_to(wy, {2, 0, 1}) * unsqueeze_at(b.g, 2), {false, true, false}, false);
                      },
                      R"(\sum_o g_o W_o y)"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor pairs = unsqueeze_at(b.input(0), 2) * unsqueeze_at(b.input(2), 1);  // n i j
                        const Dims sizes = b.sizes(1);
                        return reshape_to(matmul(transpose_last(b.g), reshape_to(pairs, {b.g->sizes[0], sizes[1] * sizes[2]})), sizes);
                      },
                      R"(g_o x y^{T})"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor xw = matmul(b.input(0), b.input(1));  // o n j
                        return sum(permute_to(xw, {1, 0, 2}) * unsqueeze_at(b.g, 2), {false, true, false}, false);
                      },
                      R"(\sum_o g_o W_o^{T} x)")},
    .samples = {"f(2, 3), f(4, 3, 2), f(2, 2)"},
};

const OpDef kBilinear{
    .name = "bilinear",
    .signatures = {{"bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None)"}},
    .spellings = kTorch | kFunctional,
    .doc = "For each output a matrix between both inputs, plus the bias.",
    .latex = "x^{T} W_o y + b_o",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1), w = c.tensor(2);
          if (x->dim() != y->dim()) fail("RuntimeError", "bilinear(): input dimensions do not match: got ", x->dim(), " and ", y->dim());
          if (x->dim() == 0) fail("IndexError", "Dimension specified as -1 but tensor has no dimensions");
          for (std::size_t i = 0; i + 1 < x->dim(); ++i) {
            if (x->sizes[i] == y->sizes[i]) continue;
            fail("RuntimeError", "bilinear(): input batch dimensions do not match at dim ", i, ": got ", x->sizes[i], " and ", y->sizes[i]);
          }
          if (w->dim() == 0) fail("IndexError", "Dimension specified as 1 but tensor has no dimensions");
          (void)wrap_dim(1, w->dim());
          if (x->sizes.back() != w->sizes[1]) {
            fail("RuntimeError", "bilinear(): input1 size does not match weight size: got ", x->sizes.back(), " but expected ", w->sizes[1]);
          }
          (void)wrap_dim(2, w->dim());
          if (y->sizes.back() != w->sizes[2]) {
            fail("RuntimeError", "bilinear(): input2 size does not match weight size: got ", y->sizes.back(), " but expected ", w->sizes[2]);
          }
          if (c.has(3) && c.tensor(3)->dim() == 0) fail("IndexError", "Dimension specified as 0 but tensor has no dimensions");
          if (c.has(3) && c.tensor(3)->sizes[0] != w->sizes[0]) {
            fail("RuntimeError", "bilinear(): bias size does not match weight size: got ", c.tensor(3)->sizes[0], " but expected ", w->sizes[0]);
          }
          if (x->dtype == DType::bool_) fail("RuntimeError", "\"bmm\" not implemented for 'Bool'");
          if (x->dtype != y->dtype || x->dtype != w->dtype) {
            fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name((x->dtype != w->dtype ? w : y)->dtype));
          }
          Dims sizes = x->sizes;
          sizes[sizes.size() - 1] = w->sizes[0];
          const Tensor flat = apply(kTrilinear, reshape_to(x, {-1, w->sizes[1]}), w, reshape_to(y, {-1, w->sizes[2]}));
          const Tensor out = reshape_to(to_dtype(flat, x->dtype), sizes);
          return c.has(3) ? out + c.tensor(3) : out;
        },
    .composite = true,
    .in_c = true,
    .samples = {"f(2, 3), f(2, 2), f(4, 3, 2), f(4)", "f(3), f(2), f(4, 3, 2)"},
};

const OpDef kVander{
    .name = "vander",
    .signatures = {{"vander(Tensor x, int? N=None, bool increasing=False)"}},
    .spellings = kTorch,
    .doc = "The powers of a vector's elements, as columns.",
    .latex = "x_i^{j}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() != 1) fail("RuntimeError", "x must be a one-dimensional tensor.");
          const std::int64_t count = c.integer(1, x->sizes[0]);
          if (count < 0) fail("RuntimeError", "N must be non-negative.");
          const Tensor out = powers(x, count);
          return c.flag(2) ? out : op("flip", out, Dims{1});
        },
    .composite = true,
    .samples = {"f(3)", "f(3), 2, True"},
};

const OpDef kLinalgVander{
    .name = "linalg_vander",
    .signatures = {{"linalg_vander(Tensor x, *, int? N=None)"}},
    .spellings = kTorch,
    .doc = "The powers of a vector's elements, as columns of rising order.",
    .latex = "x_i^{j}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0)->dim() ? c.tensor(0) : reshape_to(c.tensor(0), {1});
          if (x->dtype == DType::bool_) fail("RuntimeError", "linalg.vander supports floating point, complex, and integer tensors, but got Bool");
          const std::int64_t count = c.integer(1, x->sizes.back());
          if (count <= 1) fail("RuntimeError", "N must be greater than 1.");
          return powers(x, count);
        },
    .composite = true,
    .samples = {"f(3)", "f(2, 3), N=2"},
};

const OpDef kCov{
    .name = "cov",
    .signatures = {{"cov(Tensor input, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None)"}},
    .doc = "The covariances of the rows, whose columns are observations.",
    .latex = R"(\frac{1}{n - 1} (x - \bar{x}) (x - \bar{x})^{T})",
    .forward = [](Call& c) { return covariance(c.tensor(0), c[1], c[2], c[3]); },
    .composite = true,
    .samples = {"f(2, 4)", "f(4)", "f(2, 3), correction=0"},
    .failures = {{"torch.cov(torch.ones(2, 2, 2))",
                  "RuntimeError: cov(): expected input to have two or fewer dimensions but got an input with 3 dimensions"}},
};

const OpDef kCorrcoef{
    .name = "corrcoef",
    .signatures = {{"corrcoef(Tensor input)"}},
    .doc = "The correlations of the rows, whose columns are observations.",
    .latex = R"(\frac{c_{ij}}{\sqrt{c_{ii} c_{jj}}})",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dim() > 2) {
            fail("RuntimeError", "corrcoef(): expected input to have two or fewer dimensions but got an input with ", c.tensor(0)->dim(), " dimensions");
          }
          const Tensor cov = covariance(c.tensor(0), {}, {}, {});
          if (cov->dim() == 0) return cov / cov;
          const Tensor deviation = sqrt(op("diag", cov));
          const Tensor out = cov / op("view", deviation, Dims{-1, 1}) / op("view", deviation, Dims{1, -1});
          Call clamp(*find_op("clamp"), 1);
          clamp.count = 3;
          clamp.args[0] = Arg(out);
          clamp.args[1] = Arg(-1);
          clamp.args[2] = Arg(1);
          return run(clamp);
        },
    .composite = true,
    .samples = {},
};

const std::vector<const OpDef*>& product_ops() {
  static const std::vector<const OpDef*> ops{&kBaddbmm,  &kAddbmm,      &kAddmv,        &kAddr,           &kVdot,      &kTensordotOp, &kTensordot, &kInner,        &kKron, &kLinalgCross, &kCross,
                                             &kMultiDot, &kChainMatmul, &kLinalgVecdot, &kLinalgDiagonal, &kTrilinear, &kBilinear,    &kVander,    &kLinalgVander, &kCov,  &kCorrcoef};
  return ops;
}

}  // namespace nabla
