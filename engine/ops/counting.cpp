// Counting and looking up: unique, unique_consecutive, bincount, histc, bucketize, searchsorted, isin.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

const Gradient kWhole = not_differentiable("a count has no slope");

double value_at(const Tensor& x, std::int64_t i) { return element(*x, i).to_double(); }
bool below(double a, double b) { return a < b || (std::isnan(a) && !std::isnan(b)); }  // nan first, as unique sorts

Tensor of_list(const std::vector<std::int64_t>& items, const Dims& sizes) {
  const Tensor out = empty(sizes, DType::int64);
  std::copy(items.begin(), items.end(), out->data_as<std::int64_t>());
  return out;
}

/// What unique and unique_consecutive give: the distinct slices along a dimension (or elements), which one each slice is, how many.
std::vector<Tensor> distinct(const Tensor& given, const Arg& dim_arg, bool ordered, bool inverse, bool counts) {
  const bool whole = dim_arg.is_none();
  const std::int64_t dim = whole ? 0 : wrap_dim(dim_arg.integer(), given->dim());
  Tensor x = contiguous(given);
  if (!whole && dim != 0) {
    x = contiguous(transpose(x, 0, dim));
  }
  const std::int64_t n = whole ? x->numel : x->sizes[0], width = n ? x->numel / n : 0;
  std::vector<std::int64_t> order(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) order[i] = i;
  const auto compare = [&](std::int64_t a, std::int64_t b) {
    for (std::int64_t k = 0; k < width; ++k) {
      const double p = value_at(x, a * width + k), q = value_at(x, b * width + k);
      if (below(p, q)) return -1;
      if (below(q, p)) return 1;
      if (p != q) return -1;  // nan is never the same as nan
    }
    return 0;
  };
  if (ordered) std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    for (std::int64_t k = 0; k < width; ++k) {
      const double p = value_at(x, a * width + k), q = value_at(x, b * width + k);
      if (below(p, q) || below(q, p)) return below(p, q);
    }
    return false;
  });
  std::vector<std::int64_t> firsts, which(static_cast<std::size_t>(n)), sizes;
  for (std::int64_t i = 0; i < n; ++i) {
    if (i == 0 || compare(order[i - 1], order[i]) != 0) {
      firsts.push_back(order[i]);
      sizes.push_back(0);
    }
    which[order[i]] = static_cast<std::int64_t>(firsts.size()) - 1;
    ++sizes.back();
  }
  const auto count = static_cast<std::int64_t>(firsts.size());
  Dims out_sizes = whole ? Dims{count} : x->sizes;
  out_sizes[0] = count;
  Tensor values = empty(out_sizes, x->dtype);
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t k = 0; k < width; ++k) set_element(*values, i * width + k, element(*x, firsts[i] * width + k));
  }
  if (!whole && dim != 0) {
    values = transpose(values, 0, dim);
  }
  std::vector<Tensor> out{values};
  if (inverse) out.push_back(of_list(which, whole ? given->sizes : Dims{n}));
  if (counts) out.push_back(of_list(sizes, {count}));
  return out;
}

/// Where `value` would go among the sorted run: before equal ones, or behind them.
std::int64_t place_in(const Tensor& sorted, std::int64_t from, std::int64_t length, double value, bool right) {
  std::int64_t low = 0, high = length;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const double at = value_at(sorted, from + middle);
    if (right ? !(at > value) : !(at >= value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Arguments after the two tensors: out_int32, right, side (searchsorted alone).
Tensor search(const Tensor& sorted_given, const Tensor& values_given, bool narrow, bool right) {
  if (sorted_given->dim() == 0) fail("RuntimeError", "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 dimension");
  const Tensor sorted = contiguous(sorted_given), values = contiguous(values_given);
  const std::int64_t length = sorted->dim() ? sorted->sizes.back() : 1, per_row = sorted->dim() > 1 ? values->sizes.back() : std::max<std::int64_t>(values->numel, 1);
  const Tensor out = empty(values->sizes, narrow ? DType::int32 : DType::int64);
  for (std::int64_t i = 0; i < values->numel; ++i) {
    set_element(*out, i, Scalar::of(place_in(sorted, sorted->dim() > 1 ? i / per_row * length : 0, length, value_at(values, i), right)));
  }
  return out;
}

Tensor value_tensor(const Call& c, int i) { return c[i].is_tensor() ? c.tensor(i) : full({}, c.scalar(i), c.scalar(i).is_real() ? default_dtype() : DType::int64); }
/// A value to be sought among others, in the type of both: a whole number alone has theirs.
Tensor sought(const Call& c, int i, const Tensor& among) {
  const Tensor value = value_tensor(c, i);
  return value->dim() == 0 && is_integral(value->dtype) && is_integral(among->dtype) ? cast(value, among->dtype) : value;
}

}  // namespace

const OpDef kUnique{
    .name = "unique",
    .signatures = {{.text = "unique(Tensor input, bool sorted=True, bool return_inverse=False, bool return_counts=False, int? dim=None)", .node = "Unique2Backward0", .lone = true}},
    .doc = "The different elements (or slices) in order; where each element went, and how often each occurs.",
    .latex = R"(\{x_i\})",
    .forward_many =
        [](Call& c) {
          if (c.has(4) && c[0].impl()->dim() == 0) fail("IndexError", "Dimension specified as 0 but tensor has no dimensions");
          return distinct(c.tensor(0), c[4], true, c.flag(2), c.flag(3));
        },
    .gradients = {not_implemented()},
    .tangent = [](const Forward& f) -> Tensor { return f.refuse("_unique2"); },
    .refuse_batch = [](const Call&) { refuse_sizes_in_batch("_unique2"); },
    .no_out = true,
    .own_names = true,
    .samples = {"i(2, 3)", "f(4)"},
};

const OpDef kUniqueConsecutive{
    .name = "unique_consecutive",
    .signatures = {{.text = "unique_consecutive(Tensor input, bool return_inverse=False, bool return_counts=False, int? dim=None)", .lone = true}},
    .doc = "The elements (or slices), each run of equal ones as one.",
    .latex = R"(\{x_i\})",
    .forward_many =
        [](Call& c) {
          if (c.has(3) && c[0].impl()->dim() == 0) fail("IndexError", "Dimension specified as 0 but tensor has no dimensions");
          return distinct(c.tensor(0), c[3], false, c.flag(1), c.flag(2));
        },
    .gradients = {not_implemented()},
    .tangent = no_forward_mode,
    .refuse_batch = [](const Call&) { refuse_sizes_in_batch("unique_consecutive"); },
    .no_out = true,
    .own_names = true,
    .samples = {"i(6)", "f(4)"},
};

const OpDef kBincount{
    .name = "bincount",
    .signatures = {{"bincount(Tensor input, Tensor? weights=None, int minlength=0)", "NotImplemented"}},
    .doc = "How often each number from 0 on occurs, or the sum of its weights.",
    .latex = R"(|\{i : x_i = k\}|)",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0));
          if (c.integer(2) < 0) fail("RuntimeError", "minlength should be >= 0");
          if (!is_integral(x->dtype)) not_implemented_for("bincount_cpu", x->dtype);
          std::int64_t most = -1;
          bool fits = x->dim() == 1;
          for (std::int64_t i = 0; fits && i < x->numel; ++i) {
            const std::int64_t k = element(*x, i).to_int();
            fits = k >= 0;
            most = std::max(most, k);
          }
          if (!fits) fail("RuntimeError", "bincount only supports 1-d non-negative integral inputs.");
          const Tensor weights = c.has(1) ? contiguous(c.tensor(1)) : Tensor();
          if (weights && (weights->dim() != 1 || weights->numel != x->numel)) fail("RuntimeError", "weights should be 1-d and have the same length as input");
          const Tensor out = zeros({std::max(most + 1, c.integer(2))}, !weights ? DType::int64 : weights->dtype == DType::float32 ? DType::float32 : DType::float64);
          for (std::int64_t i = 0; i < x->numel; ++i) {
            const std::int64_t k = element(*x, i).to_int();
            if (weights) set_element(*out, k, Scalar::of(value_at(out, k) + value_at(weights, i)));
            else ++out->data_as<std::int64_t>()[k];
          }
          return out;
        },
    .gradients = {kWhole, not_implemented()},
    .samples = {"i(5)"},
    .failures = {{"torch.bincount(torch.tensor([-1]))", "RuntimeError: bincount only supports 1-d non-negative integral inputs."}},
};

const OpDef kHistc{
    .name = "histc",
    .signatures = {{"histc(Tensor input, int bins=100, Number min=0, Number max=0)"}},
    .doc = "How many elements fall into each of so many equal stretches from min to max.",
    .latex = R"(|\{i : x_i \in b_k\}|)",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0));
          const std::int64_t bins = c.integer(1, 100);
          if (bins <= 0) fail("RuntimeError", "torch.histogram(): bins must be > 0, but got ", bins, " for dimension 0");
          if (!is_floating(x->dtype)) not_implemented_for("histogram_cpu", x->dtype);
          double low = c[2].is_none() ? 0 : c[2].real(), high = c[3].is_none() ? 0 : c[3].real();
          if (low == high && x->numel) {
            low = std::numeric_limits<double>::infinity();
            high = -low;
            for (std::int64_t i = 0; i < x->numel; ++i) {
              const double v = value_at(x, i);
              low = std::isnan(v) ? v : std::min(low, v);
              high = std::isnan(v) ? v : std::max(high, v);
              if (std::isnan(v)) break;
            }
          }
          if (!std::isfinite(low) || !std::isfinite(high)) {
            const auto shown = [&x](double v) { return std::isnan(v) ? std::string(x->numel == 1 && !std::signbit(v) ? "nan" : "-nan") : general(v, 6); };
            fail("RuntimeError", "torch.histc: range of [", shown(low), ", ", shown(high), "] is not finite");
          }
          if (low == high) {
            low -= 1;
            high += 1;
          }
          if (low > high) fail("RuntimeError", "torch.histc: max must be larger than min");
          const Tensor out = zeros({bins}, x->dtype);
          for (std::int64_t i = 0; i < x->numel; ++i) {
            const double v = value_at(x, i);
            if (!(v >= low && v <= high)) continue;
            const auto place = [&]<class T>(T*) {  // in the type of the elements
              return static_cast<std::int64_t>((static_cast<T>(v) - static_cast<T>(low)) * static_cast<T>(bins) / (static_cast<T>(high) - static_cast<T>(low)));
            };
            const auto at = std::min(x->dtype == DType::float32 ? place(static_cast<float*>(nullptr)) : place(static_cast<double*>(nullptr)), bins - 1);
            set_element(*out, at, Scalar::of(value_at(out, at) + 1));
          }
          return out;
        },
    .gradients = {kWhole},
    .samples = {"f(5), 4"},
};

const OpDef kSearchsorted{
    .name = "searchsorted",
    .signatures = {{"searchsorted(Tensor sorted_sequence, Tensor input, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None)"},
                   {"searchsorted(Tensor sorted_sequence, Number self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None)"}},
    .spellings = kTorch,
    .doc = "Where each value would go in a sorted sequence.",
    .latex = R"(|\{k : s_k < x_i\}|)",
    .forward =
        [](Call& c) {
          Tensor sorted = c.tensor(0);
          const Tensor values = sought(c, 1, sorted);
          if (c.has(4) && c[4].text() != "left" && c[4].text() != "right") {
            fail("RuntimeError", "torch.searchsorted(): side can only be 'left' or 'right' but got ", c[4].text());
          }
          if (c.has(5)) {
            const TensorImpl& sorter = *c[5].impl();
            if (!(sorter.sizes == sorted->sizes)) {
              fail("RuntimeError", "torch.searchsorted(): boundary and sorter must have the same size, but got boundary tensor ", sorted->sizes, "and got sorter tensor ", sorter.sizes);
            }
            if (sorter.dtype != DType::int64) fail("RuntimeError", "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype ", legacy_name(sorter.dtype));
          }
          if (c.signature == 1 && sorted->dim() > 1) {
            fail("RuntimeError", "torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got boundaries tensor dim(", sorted->dim(),
                 ") and input value's dim(0) numel(1)");
          }
          if (c.has(5)) sorted = apply(*find_op("gather"), detach(sorted), -1, c.tensor(5));
          if (sorted->dim() > 1 && (sorted->dim() != values->dim() || !std::equal(sorted->sizes.begin(), sorted->sizes.end() - 1, values->sizes.begin()))) {
            fail("RuntimeError", "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got "
                 "boundaries tensor ", sorted->sizes, " and input value tensor ", values->sizes);
          }
          return search(sorted, values, c.flag(2), c.flag(3) || (c.has(4) && c[4].text() == "right"));
        },
    .gradients = {kWhole, kWhole, kWhole, kWhole, kWhole, kWhole},
    .samples = {"i(4), i(2, 3)"},
};

const OpDef kBucketize{
    .name = "bucketize",
    .signatures = {{"bucketize(Tensor input, Tensor boundaries, *, bool out_int32=False, bool right=False)"},
                   {"bucketize(Number self, Tensor boundaries, *, bool out_int32=False, bool right=False)"}},
    .spellings = kTorch,
    .doc = "Between which boundaries each value lies.",
    .latex = R"(|\{k : b_k < x_i\}|)",
    .forward =
        [](Call& c) {
          if (c[1].impl()->dim() != 1) fail("RuntimeError", "boundaries tensor must be 1 dimension, but got dim(", c[1].impl()->dim(), ")");
          return search(c.tensor(1), sought(c, 0, c.tensor(1)), c.flag(2), c.flag(3));
        },
    .gradients = {kWhole, kWhole},
    .samples = {"f(2, 3), i(3)"},
};

const OpDef kIsin{
    .name = "isin",
    .signatures = {{"isin(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False)"},
                   {"isin(Tensor elements, Number test_element, *, bool assume_unique=False, bool invert=False)"},
                   {"isin(Number element, Tensor test_elements, *, bool assume_unique=False, bool invert=False)"}},
    .spellings = kTorch,
    .doc = "Is each element among the others?",
    .latex = R"(x_i \in S)",
    .forward =
        [](Call& c) {
          for (int i : {0, 1}) {
            if (c[i].is_tensor() ? c[i].impl()->dtype == DType::bool_ : c[i].kind() == Arg::Kind::boolean) fail("RuntimeError", "Unsupported input type encountered for isin(): Bool");
          }
          const Tensor x = contiguous(value_tensor(c, 0)), others = contiguous(value_tensor(c, 1)), out = empty(x->sizes, DType::bool_);
          for (std::int64_t i = 0; i < x->numel; ++i) {
            bool found = false;
            for (std::int64_t k = 0; k < others->numel && !found; ++k) found = value_at(x, i) == value_at(others, k);
            out->data_as<bool>()[i] = found != c.flag(3);
          }
          return out;
        },
    .gradients = {kWhole, kWhole},
    .samples = {"i(3), i(2)"},
};

const std::vector<const OpDef*>& counting_ops() {
  static const std::vector<const OpDef*> ops{&kUnique, &kUniqueConsecutive, &kBincount, &kHistc, &kSearchsorted, &kBucketize, &kIsin};
  return ops;
}

}  // namespace nabla
