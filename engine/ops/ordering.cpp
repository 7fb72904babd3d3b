// Elements in order: sort, argsort, topk, median; and where elements are not zero: nonzero, count_nonzero. nan counts as the
// largest. A gradient goes back to the places that the elements came from.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ops/families.h"
#include "ops/formula.h"
#include "ops/rows.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

const Gradient kNoSlope = not_differentiable("a position is a whole number");

template <class T>
bool less(T x, T y) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
  }
  return x < y;
}

/// For each row the positions of its first `keep` elements in order.
template <class T>
void order_rows(const Rows& rows, std::int64_t keep, bool descending, std::int64_t* out) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(rows.length));
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r, x += rows.length) {
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return descending ? less(x[b], x[a]) : less(x[a], x[b]); });
    out = std::copy_n(order.begin(), keep, out);
  }
}

struct Ordered {
  Tensor values, positions;
};

/// The first `keep` elements along dim in order, and where they stood.
Ordered order_along(const Tensor& x, std::int64_t dim, std::int64_t keep, bool descending) {
  if (x->dim() == 0) return {copy(x), zeros({}, DType::int64)};
  const Compute type = compute_type(x->dtype);
  const Rows rows = to_rows(x, dim, dtype_of(type));
  Dims sizes = rows.data->sizes;
  sizes[sizes.size() - 1] = keep;
  const Tensor positions = empty(sizes, DType::int64), values = empty(sizes, dtype_of(type));
  auto* at = positions->data_as<std::int64_t>();
  if (type == Compute::float32) order_rows<float>(rows, keep, descending, at);
  else if (type == Compute::float64) order_rows<double>(rows, keep, descending, at);
  else order_rows<std::int64_t>(rows, keep, descending, at);
  for (std::int64_t i = 0; i < values->numel; ++i) set_element(*values, i, element(*rows.data, i / keep * rows.length + at[i]));
  const auto back = [&](const Tensor& t) { return from_rows(t, x, dim); };
  return {cast(back(values), x->dtype), back(positions)};
}

/// A result that lies in memory as x does.
Tensor laid_as(const Tensor& x, const Tensor& result) {
  if (x->is_contiguous()) return result;
  const Tensor out = empty_as(*x, result->dtype);
  copy_into(out, result);
  return out;
}

/// Of sort and topk: g at the places that out(1) names.
Tensor to_places(const Backward& b, std::int64_t dim) {
  const Tensor places = b.out(1);
  return b.sizes().empty() ? b.g : apply(*find_op("scatter"), zeros(b.sizes(), b.dtype()), dim, places, b.g);
}

/// The positions of the elements that are not zero, one row each.
Tensor nonzero_positions(const Tensor& x) {
  const Tensor flags = contiguous(cast(x, DType::bool_));
  const auto* flag = flags->data_as<bool>();
  const auto rank = static_cast<std::int64_t>(x->dim());
  const std::int64_t count = std::count(flag, flag + flags->numel, true);
  const Tensor out = empty({rank, count}, DType::int64);  // as PyTorch: the positions of one dimension lie together
  std::int64_t row = 0;
  for (std::int64_t i = 0; i < flags->numel; ++i) {
    if (!flag[i]) continue;
    std::int64_t rest = i;
    for (std::int64_t d = rank; d-- > 0; rest /= x->sizes[d]) out->data_as<std::int64_t>()[d * count + row] = rest % x->sizes[d];
    ++row;
  }
  return transpose(out, 0, 1);
}

}  // namespace

const OpDef kSort{
    .name = "sort",
    .signatures = {{"sort(Tensor input, int dim=-1, bool descending=False)"}, {"sort(Tensor input, *, bool stable, int dim=-1, bool descending=False)", "SortBackward1"}},
    .doc = "The elements along a dimension in order, and where they stood.",
    .latex = R"(x_{\pi(i)})",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const int at = c.signature + 1;  // every sort here is stable
          const std::int64_t dim = dimension(c, at, -1);
          const Ordered ordered = order_along(x, dim, x->dim() ? x->sizes[dim] : 1, c.flag(at + 1));
          return std::vector<Tensor>{laid_as(x, ordered.values), laid_as(x, ordered.positions)};
        },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return to_places(b, b.arg(b.signature() + 1).integer()); }, R"(g_{\pi^{-1}(i)})")},
    .reads_output = true,
    .samples = {"f(4)", "f(2, 3), 0, True", "f()", "f(2, 3), stable=True, dim=0"},
};

const OpDef kArgsort{
    .name = "argsort",
    .signatures = {{"argsort(Tensor input, int dim=-1, bool descending=False)"}, {"argsort(Tensor input, *, bool stable, int dim=-1, bool descending=False)"}},
    .doc = "Where the elements stand that are first, second, ... in order.",
    .latex = R"(\pi(i))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const int at = c.signature + 1;
          const std::int64_t dim = dimension(c, at, -1);
          return laid_as(x, order_along(x, dim, x->dim() ? x->sizes[dim] : 1, c.flag(at + 1)).positions);
        },
    .gradients = {kNoSlope},
    .samples = {"f(4)", "f(2, 3), 0"},
};

const OpDef kTopk{
    .name = "topk",
    .signatures = {{"topk(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True)"}},
    .doc = "The k largest (or smallest) elements along a dimension, and where they stood.",
    .latex = R"(x_{\pi(i)},\ i \le k)",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 2, -1), k = c.integer(1);
          if (k < 0 || k > (x->dim() ? x->sizes[dim] : 1)) fail("RuntimeError", "selected index k out of range");
          if (x->dtype == DType::bool_ && x->dim()) not_implemented_for("topk_cpu", x->dtype);
          Ordered ordered = order_along(x, dim, k, flag_or_true(c[3]));
          return std::vector<Tensor>{ordered.values, ordered.positions};
        },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return to_places(b, b.arg(2).integer()); }, R"(g_{\pi^{-1}(i)})")},
    .reads_output = true,
    .samples = {"f(4), 2", "f(2, 3), 1, 0, False"},
    .failures = {{"torch.ones(2).topk(3)", "RuntimeError: selected index k out of range"}},
};

const OpDef kMedian{
    .name = "median",
    .signatures = {{"median(Tensor input)", "MedianBackward0"},
                   {.text = "median(Tensor input, int dim, bool keepdim=False)", .node = "MedianBackward1", .many = true}},
    .doc = "The middle element, the lower of two; along a dimension, the middle ones and where they stand.",
    .latex = R"(\operatorname{median} x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dtype == DType::bool_) not_implemented_for("median_cpu", x->dtype);
          if (x->numel == 0) return full({}, Scalar::of(is_floating(x->dtype) ? NAN : 0.0), x->dtype);
          Call all(c.def, 1);
          all.count = 2;
          all.args[0] = Arg(as_strided(contiguous(x), {x->numel}, {1}, x->is_contiguous() ? x->offset : 0));
          all.args[1] = Arg(0);
          return c.def.forward_many(all)[0];
        },
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 1), size = x->dim() ? x->sizes[dim] : 1;
          if (size == 0) fail("IndexError", "median(): Expected reduction dim ", dim, " to have non-zero size.");
          if (x->dtype == DType::bool_) not_implemented_for("median_out", x->dtype);
          const Ordered ordered = order_along(x, dim, size, false);
          if (x->dim() == 0) return std::vector<Tensor>{ordered.values, ordered.positions};
          const Tensor largest = select(ordered.values, dim, size - 1), middle = select(ordered.values, dim, (size - 1) / 2);
          const Tensor values = copy(middle), positions = copy(select(ordered.positions, dim, (size - 1) / 2));
          const Tensor last = select(ordered.positions, dim, size - 1);
          for (std::int64_t i = 0; i < values->numel; ++i) {
            const Scalar most = element(*largest, offset_of(*largest, i));
            if (!std::isnan(most.to_double())) continue;  // one nan makes the median nan
            set_element(*values, i, most);
            set_element(*positions, i, element(*last, offset_of(*last, i)));
          }
          if (!c.flag(2)) return std::vector<Tensor>{values, positions};
          return std::vector<Tensor>{unsqueeze(values, dim), unsqueeze(positions, dim)};
        },
    .results = {"values", "indices"},
    .gradients = {gradient(
        [](const Backward& b) {
          if (b.signature() == 0) {
            const Tensor out = b.out();
            const bool is_nan = std::isnan(item(out).to_double());
            const Tensor hit = to_dtype(is_nan ? apply(*find_op("isnan"), b.x()) : eq(b.x(), out), b.dtype());
            return b.g * (hit / sum(hit));
          }
          const Tensor found = b.out(1);
          if (b.sizes().empty()) return b.g;
          const std::int64_t dim = wrap_dim(b.arg(1).integer(), b.sizes().size());
          const bool kept = b.arg(2).integer() != 0;
          const Tensor g = kept ? b.g : unsqueeze_at(b.g, dim), places = kept ? found : unsqueeze_at(found, dim);
          return apply(*find_op("scatter"), zeros(b.sizes(), b.dtype()), dim, places, g);
        },
        R"(g\,[x_i = \operatorname{median} x])")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? evenly_read(f) : Tensor(); },
    .reads_output = true,
    .samples = {"f(5)", "f(2, 3), 1", "f(4, 2), 0, True"},
};

const OpDef kNonzero{
    .name = "nonzero",
    .signatures = {{"nonzero(Tensor input)"}, {.text = "nonzero(Tensor input, *, bool as_tuple)", .many = true}},
    .doc = "The positions of the elements that are not zero, one row each; with as_tuple, one tensor for each dimension.",
    .latex = R"(\{i : x_i \ne 0\})",
    .forward = [](Call& c) { return nonzero_positions(c.tensor(0)); },
    .forward_many =
        [](Call& c) {
          if (!c.flag(1)) return std::vector<Tensor>{nonzero_positions(c.tensor(0))};
          const Tensor x = c.tensor(0)->dim() ? c.tensor(0) : unsqueeze(c.tensor(0), 0);
          const Tensor rows = nonzero_positions(x);
          std::vector<Tensor> out;
          for (std::size_t d = 0; d < x->dim(); ++d) out.push_back(copy(select(rows, 1, static_cast<std::int64_t>(d))));
          return out;
        },
    .gradients = {kNoSlope},
    .refuse_batch = [](const Call&) { refuse_sizes_in_batch("nonzero"); },
    .samples = {"b(2, 3)", "f(2)"},
};

const OpDef kCountNonzero{
    .name = "count_nonzero",
    .signatures = {{"count_nonzero(Tensor input, size dim)"}, {"count_nonzero(Tensor input, int? dim=None)"}},
    .doc = "How many elements are not zero, of all or along dimensions.",
    .latex = R"(|\{i : x_i \ne 0\}|)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const Arg dims = c[1].kind() == Arg::Kind::integer ? Arg(Dims{c[1].integer()}) : c[1];
          return sum(to_dtype(apply(*find_op("ne"), c.tensor(0), 0), DType::int64), dimension_mask(dims, c[0].impl()->dim()), false);
        },
    .gradients = {kNoSlope},
    .samples = {"b(2, 3)", "f(2, 3), 0", "i(2, 3), (0, 1)"},
};

const std::vector<const OpDef*>& ordering_ops() {
  static const std::vector<const OpDef*> ops{&kSort, &kArgsort, &kTopk, &kMedian, &kNonzero, &kCountNonzero};
  return ops;
}

}  // namespace nabla
