// Running and ranked values: cummax, cummin, logcumsumexp, diff, trapezoid, cumulative_trapezoid; mode, kthvalue, quantile, nanquantile,
// nanmedian, msort, aminmax; nansum, nanmean, var_mean, std_mean.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "ops/families.h"
#include "ops/rows.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

Tensor op(const char* name, const Arg& x) { return apply(*find_op(name), x); }
std::vector<bool> only(std::size_t rank, std::int64_t dim) {
  std::vector<bool> dims(rank, false);
  if (rank) dims[wrap_dim(dim, rank)] = true;
  return dims;
}
std::vector<Tensor> run_with(const OpDef& def, int signature, std::initializer_list<Arg> args) {
  Call call(def, signature);
  for (const Arg& arg : args) call.args[call.count++] = arg;
  return def.gives_many(signature) ? run_many(call) : std::vector<Tensor>{run(call)};
}

/// g at the places that out(1) names along dim, where a dimension was dropped unless `kept`. `named_again`: may a place be named more than once?
Tensor to_places(const Backward& b, std::int64_t dim, bool kept, bool named_again = false) {
  const Tensor found = b.out(1);
  if (b.sizes().empty()) return b.g;
  const Tensor g = kept ? b.g : unsqueeze_at(b.g, dim), places = kept ? found : unsqueeze_at(found, dim);
  return apply(*find_op(named_again ? "scatter_add" : "scatter"), zeros(b.sizes(), b.dtype()), dim, places, g);
}

// ---- running extremes ----

std::vector<Tensor> running(const Call& c, bool larger) {
  const Tensor x = c.tensor(0);
  if (x->numel == 0) return {empty(x->sizes, x->dtype), empty(x->sizes, DType::int64)};
  const std::int64_t dim = x->dim() ? dimension(c, 1) : 0;  // of a single element any will do
  const Rows rows = to_rows(x, dim, x->dtype);
  const Tensor values = empty(rows.data->sizes, x->dtype), places = empty(rows.data->sizes, DType::int64);
  for (std::int64_t r = 0; r < rows.count; ++r) {
    std::int64_t best = 0;
    for (std::int64_t i = 0; i < rows.length; ++i) {
      const std::int64_t at = r * rows.length;
      const double v = element(*rows.data, at + i).to_double(), most = element(*rows.data, at + best).to_double();
      if (std::isnan(v) || (!std::isnan(most) && (larger ? v >= most : v <= most))) best = i;
      set_element(*values, at + i, element(*rows.data, at + best));
      places->data_as<std::int64_t>()[at + i] = best;
    }
  }
  return {from_rows(values, x, dim), from_rows(places, x, dim)};
}
const Gradient kToRunning = gradient(
    [](const Backward& b) {
      if (count_elements(b.sizes()) == 0) return b.g;
      (void)b.x();  // PyTorch keeps it
      return to_places(b, wrap_dim(b.arg(1).integer(), b.sizes().size()), true, true);
    },
    R"(\sum_{i_k = i} g_k)");

/// Sums from each element to the end.
Tensor sums_behind(const Tensor& x, std::int64_t dim) {
  if (x->dim() == 0) return x;
  const OpDef& flip = *find_op("flip");
  return apply(flip, apply(*find_op("cumsum"), apply(flip, x, Dims{dim}), dim), Dims{dim});
}

Tensor part(const Tensor& x, std::int64_t dim, std::int64_t from, std::int64_t to) { return slice_of(x, dim, from, to - from); }

// ---- order ----

/// Positions in the order of a row's elements; nan counts as the largest.
std::vector<std::int64_t> order_of(const Tensor& rows, std::int64_t from, std::int64_t length) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(length));
  for (std::int64_t i = 0; i < length; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    const double x = element(*rows, from + a).to_double(), y = element(*rows, from + b).to_double();
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return x < y;
  });
  return order;
}

/// The order in which mode sees a short row: insertion, where a nan is below nothing and nothing below it. A longer one as order_of.
std::vector<std::int64_t> mode_order(const Tensor& rows, std::int64_t from, std::int64_t length) {
  constexpr std::int64_t kShort = 16;
  if (length > kShort) return order_of(rows, from, length);
  std::vector<std::int64_t> order;
  const auto at = [&](std::int64_t i) { return element(*rows, from + i).to_double(); };
  for (std::int64_t i = 0; i < length; ++i) {
    std::size_t place = order.size();
    if (place && at(i) < at(order[0])) place = 0;
    while (place && at(i) < at(order[place - 1])) --place;
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(place), i);
  }
  return order;
}

/// One position of each row along dim, chosen by `choose(order, first element)`: the values there and the positions.
template <class Choose>
std::vector<Tensor> chosen(const Tensor& x, std::int64_t dim, bool keepdim, Choose choose) {
  const Rows rows = to_rows(x, only(x->dim(), dim), keepdim, x->dtype);
  const Tensor values = empty(rows.out_sizes, x->dtype), places = empty(rows.out_sizes, DType::int64);
  for (std::int64_t r = 0; r < rows.count; ++r) {
    const std::int64_t at = choose(rows.data, r * rows.length, rows.length);
    set_element(*values, r, element(*rows.data, r * rows.length + at));
    places->data_as<std::int64_t>()[r] = at;
  }
  return {values, places};
}

std::int64_t middle_without_nan(const Tensor& rows, std::int64_t from, std::int64_t length) {
  const std::vector<std::int64_t> order = order_of(rows, from, length);
  std::int64_t count = 0;
  while (count < length && !std::isnan(element(*rows, from + order[count]).to_double())) ++count;
  return order[count ? (count - 1) / 2 : 0];
}

// quantile: input, q, dim, keepdim, interpolation.
Tensor quantiles(const Call& c, bool skip_nan) {
  const Tensor x = c.tensor(0);
  constexpr const char* name = "quantile";  // of nanquantile too
  if (!c[1].is_tensor() && !(c[1].real() >= 0 && c[1].real() <= 1)) fail("RuntimeError", name, "() q must be in the range [0, 1] but got ", general(c[1].real(), 6));
  const std::string& mode = c[4].text();
  if (mode != "linear" && mode != "lower" && mode != "higher" && mode != "midpoint" && mode != "nearest") {
    fail("RuntimeError", name, "() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ", mode);
  }
  const bool many = c[1].is_tensor() && c[1].impl()->dim() > 0;
  if (x->numel == 0) fail("RuntimeError", name, "() input tensor must be non-empty");
  if (c[1].is_tensor() && c[1].impl()->dim() > 1) fail("RuntimeError", name, "() q must be a scalar or 1D tensor");
  if (!is_floating(x->dtype)) fail("RuntimeError", name, "() input tensor must be either float or double dtype");
  if (c[1].is_tensor() && c[1].impl()->dtype != x->dtype) fail("RuntimeError", name, "() q tensor must be same dtype as the input tensor");
  if (c.has(2)) (void)dimension(c, 2);
  std::vector<double> wanted;
  const Tensor q = c[1].is_tensor() ? contiguous(c.tensor(1)) : full({}, Scalar::of(c[1].real()), x->dtype);
  for (std::int64_t i = 0; i < q->numel; ++i) {
    wanted.push_back(element(*q, i).to_double());
    if (!(wanted.back() >= 0 && wanted.back() <= 1)) {
      fail("RuntimeError", name, "() q values must be in the range [0, 1]");
    }
  }
  // The elements of each row in order, as the last dimension.
  Tensor lines = x;
  const bool whole = !c.has(2);
  const std::int64_t dim = whole ? 0 : dimension(c, 2);
  if (whole) lines = apply(*find_op("flatten"), x);
  else if (x->dim() == 0) lines = unsqueeze_at(x, 0);
  else if (dim + 1 != static_cast<std::int64_t>(x->dim())) lines = apply(*find_op("transpose"), unsqueeze_at(x, -1), dim, -1);
  const Tensor sorted = run_with(*find_op("sort"), 0, {Arg(lines), Arg(-1), Arg(false)})[0];
  Dims shape;  // of a quantile, then the elements that it is of
  for (std::size_t i = 0; i < x->dim(); ++i) {
    const bool reduced = whole || static_cast<std::int64_t>(i) == dim;
    if (!reduced || c.flag(3)) shape.push_back(reduced ? 1 : x->sizes[i]);
  }
  shape.push_back(sorted->sizes.back());
  const Tensor ordered = apply(*find_op("view"), sorted, shape);
  const std::int64_t n = ordered->sizes.back(), rows = ordered->numel / n, count = static_cast<std::int64_t>(wanted.size());
  Dims sizes = ordered->sizes;
  sizes[sizes.size() - 1] = count;
  const Tensor below = empty(sizes, DType::int64), above = empty(sizes, DType::int64), weights = empty(sizes, x->dtype), steps = empty(sizes, x->dtype);
  const Tensor flat = contiguous(ordered);
  for (std::int64_t r = 0; r < rows; ++r) {
    std::int64_t used = n;
    while (skip_nan && used > 0 && std::isnan(element(*flat, r * n + used - 1).to_double())) --used;
    const bool has_nan = !skip_nan && std::isnan(element(*flat, r * n + n - 1).to_double());
    for (std::int64_t k = 0; k < count; ++k) {
      double rank = wanted[k] * static_cast<double>(std::max<std::int64_t>(used - 1, 0));
      if (x->dtype == DType::float32) rank = static_cast<float>(wanted[k]) * static_cast<float>(std::max<std::int64_t>(used - 1, 0));
      set_element(*steps, r * count + k, Scalar::of(static_cast<double>(has_nan || used == 0 ? 0 : used - 1)));
      if (has_nan || used == 0) rank = static_cast<double>(n - 1);
      if (mode == "lower") rank = std::floor(rank);
      if (mode == "higher") rank = std::ceil(rank);
      if (mode == "nearest") rank = std::nearbyint(rank);
      const auto low = static_cast<std::int64_t>(rank);
      below->data_as<std::int64_t>()[r * count + k] = low;
      above->data_as<std::int64_t>()[r * count + k] = static_cast<std::int64_t>(std::ceil(rank));
      set_element(*weights, r * count + k, Scalar::of(mode == "midpoint" ? 0.5 : rank - static_cast<double>(low)));
    }
  }
  const OpDef& gather = *find_op("gather");
  Tensor out = apply(gather, ordered, -1, below);
  Tensor between = weights;
  if (mode == "linear" && c[1].is_tensor() && requires_grad(c.tensor(1))) {  // weights have the slope of the ranks
    const Tensor ranks = c.tensor(1) * steps;
    between = weights + (ranks - detach(ranks));
  }
  if (mode == "linear" || mode == "midpoint") out = apply(*find_op("lerp"), out, apply(gather, ordered, -1, above), between);
  Call squeeze(*find_op("_squeezed"), 1);
  squeeze.count = 2;
  squeeze.args[1] = Arg(-1);
  if (!many) {
    squeeze.args[0] = Arg(out);
    return run(squeeze);
  }
  Call turn(*find_op("_transposed"), 0);  // as PyTorch: a new last dimension, swapped with the first, and dropped
  const Tensor wide = apply(*find_op("_unsqueezed"), out, 0);
  turn.count = 3;
  turn.args[0] = Arg(wide);
  turn.args[1] = Arg(0);
  turn.args[2] = Arg(-1);
  squeeze.args[0] = Arg(run(turn));
  return run(squeeze);
}

// ---- without nan ----

DType sum_type(const Call& c, int i) { return c.has(i) ? c[i].dtype() : is_floating(c[0].impl()->dtype) ? c[0].impl()->dtype : DType::int64; }
Tensor is_nan(const Tensor& x) { return op("isnan", x); }

// ---- two moments: the forms of var and std ----

std::vector<Tensor> with_mean(Call& c, const char* spread) {
  const GradMode off(false);
  const Tensor x = c.tensor(0);
  if (!is_floating(x->dtype)) fail("RuntimeError", c.def.name, " only support floating point and complex dtypes");
  const std::vector<bool> dims = dimension_mask(c.signature == 0 ? Arg() : c[1], x->dim());
  const bool kept = c.signature != 0 && c.flag(3);
  // The mean of Welford's recurrence (Note [Variance]).
  const Rows rows = to_rows(x, dims, kept, DType::float64, RowOrder::in_memory);
  const Tensor means = empty(rows.out_sizes, DType::float64);
  const double* from = rows.data->data_as<double>();
  for (std::int64_t r = 0; r < rows.count; ++r) {
    double mean = rows.length ? 0 : std::numeric_limits<double>::quiet_NaN();
    for (std::int64_t i = 0; i < rows.length; ++i) mean += (*from++ - mean) / static_cast<double>(i + 1);
    means->data_as<double>()[r] = mean;
  }
  return {find_op(spread)->forward(c), cast(means, x->dtype)};
}

Tensor moments_gradient(const Backward& b, const char* spread) {
  const Dims& sizes = b.sizes();
  const std::vector<bool> dims = dimension_mask(b.signature() == 0 ? Arg() : b.arg(1), sizes.size());
  const bool kept = b.signature() != 0 && !b.arg(3).is_none() && b.arg(3).integer() != 0;
  Tensor out;
  if (b.gradients[0]) out = find_op(spread)->gradient_of(0).formula(Backward{b.node, b.gradients[0], b.gradients});
  if (b.gradients[1]) {
    double count = 1;
    for (std::size_t i = 0; i < dims.size(); ++i) count *= dims[i] ? static_cast<double>(sizes[i]) : 1;
    const Tensor g = expand_to(kept ? b.gradients[1] : restore_dims(b.gradients[1], dims), sizes) / count;
    out = out ? out + g : g;
  }
  return out;
}

/// Of trapezoid and cumulative_trapezoid.
void no_bools(const Call& c) {
  if (c.signature == 1 && c[1].kind() == Arg::Kind::boolean) fail("RuntimeError", c.def.name, ": Currently, we only support dx as a real number.");
  const bool x = c.signature == 0 && c[1].impl()->dtype == DType::bool_;
  if (x || c[0].impl()->dtype == DType::bool_) {
    fail("RuntimeError", c.def.name, ": received a bool input for ", c.signature == 0 ? "`x` or `y`" : "`y`", ", but bool is not supported");
  }
}

/// The widths of trapezoids: x is seen in as many dimensions as y has.
Tensor steps_along(const Call& c, std::int64_t dim) {
  const Tensor y = c.tensor(0);
  Tensor x = c.tensor(1);
  if (x->dim() == 1 && x->sizes[0] != y->sizes[dim]) fail("RuntimeError", c.def.name, ": There must be one `x` value for each sample point");
  if (x->dim() == 1 || x->dim() < y->dim()) {
    Dims sizes(y->dim(), 1);
    for (std::size_t i = 0; i < x->dim(); ++i) sizes[x->dim() == 1 ? dim : static_cast<std::int64_t>(y->dim() - x->dim() + i)] = x->sizes[i];
    x = apply(*find_op("view"), x, sizes);
  }
  const std::int64_t n = x->sizes[dim];
  return part(x, dim, std::min<std::int64_t>(n, 1), n) - part(x, dim, 0, std::max<std::int64_t>(n - 1, 0));
}

}  // namespace

const OpDef kCummax{
    .name = "cummax",
    .signatures = {{"cummax(Tensor input, int dim)"}},
    .doc = "The largest element so far along a dimension, and where it stands.",
    .latex = R"(\max_{k \le i} x_k)",
    .forward_many = [](Call& c) { return running(c, true); },
    .results = {"values", "indices"},
    .gradients = {kToRunning},
    .reads_output = true,
    .samples = {"f(4), 0", "f(2, 3), 1", "f(3, 2), 0"},
};

const OpDef kCummin{
    .name = "cummin",
    .signatures = {{"cummin(Tensor input, int dim)"}},
    .doc = "The smallest element so far along a dimension, and where it stands.",
    .latex = R"(\min_{k \le i} x_k)",
    .forward_many = [](Call& c) { return running(c, false); },
    .results = {"values", "indices"},
    .gradients = {kToRunning},
    .reads_output = true,
    .samples = {"f(4), 0", "f(2, 3), 1"},
};

const OpDef kLogcumsumexp{
    .name = "logcumsumexp",
    .signatures = {{"logcumsumexp(Tensor input, int dim)"}},
    .doc = "The logarithm of the running sum of exponentials, without overflow.",
    .latex = R"(\ln \sum_{k \le i} e^{x_k})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 1);
          if (!is_floating(x->dtype)) not_implemented_for("logcumsumexp_out_cpu", x->dtype);
          const Rows rows = to_rows(x, dim, DType::float64);
          const Tensor out = empty(rows.data->sizes, DType::float64);
          const double* in = rows.data->data_as<double>();
          double* to = out->data_as<double>();
          for (std::int64_t r = 0; r < rows.count; ++r) {
            double total = -std::numeric_limits<double>::infinity();
            for (std::int64_t i = 0; i < rows.length; ++i, ++in) {
              const double most = std::isnan(*in) ? *in : std::max(*in, total);  // nan stays
              total = std::isnan(most) || std::isnan(total) ? std::nan("") : std::isinf(most) ? most : most + std::log1p(std::exp(-std::fabs(total - *in)));
              *to++ = total;
            }
          }
          return cast(from_rows(out, x, dim), x->dtype);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          if (grad_enabled()) return exp(b.x()) * sums_behind(b.g * exp(-b.out()), b.arg(1).integer());  // linear in g
          const Tensor x = b.x(), out = b.out(), sizes = log(apply(*find_op("abs"), b.g));
          if (x->dim() == 0 || x->numel == 0) return b.g;
          const double least = x->dtype == DType::float32 ? std::numeric_limits<float>::lowest() : std::numeric_limits<double>::lowest();
          const Dims dim{b.arg(1).integer()};
          const auto part = [&](const Tensor& counts) {  // of the gradients of one sign, as logarithms
            const Tensor turned = apply(*find_op("flip"), where(counts, sizes, least) - out, dim);
            return exp(apply(*find_op("flip"), apply(*find_op("logcumsumexp"), turned, b.arg(1)), dim) + x);
          };
          return part(gt(b.g, 0)) - part(gt(0, b.g));
        },
        R"(\sum_{k \ge i} g_k e^{x_i - \operatorname{out}_k})")},
    .reads_output = true,
    .samples = {"f(4), 0", "f(2, 3), 1"},
};

const OpDef kDiff{
    .name = "diff",
    .signatures = {{"diff(Tensor input, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None)"}},
    .doc = "The differences of neighbours along a dimension, n times over.",
    .latex = "x_{i+1} - x_i",
    .forward =
        [](Call& c) {
          Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("RuntimeError", "diff expects input to be at least one-dimensional");
          if (c.integer(1, 1) == 0 && !c.has(3) && !c.has(4)) c.args[2] = Arg();  // whatever it is
          const std::int64_t dim = dimension(c, 2, -1);
          for (const int side : {3, 4}) {
            if (!c.has(side)) continue;
            const Tensor more = c.tensor(side);
            if (more->dim() != x->dim()) fail("RuntimeError", "diff expects prepend or append to be the same dimension as input");
            for (std::int64_t i = 0; i < static_cast<std::int64_t>(x->dim()); ++i) {
              if (i == dim || more->sizes[i] == x->sizes[i]) continue;
              fail("RuntimeError", "diff expects the shape of tensor to prepend or append to match that of input except along the differencing dimension; input.size(", i, ") = ",
                   x->sizes[i], ", but got tensor.size(", i, ") = ", more->sizes[i]);
            }
          }
          if (c.integer(1, 1) == 0) {  // whatever comes before or behind
            const Tensor out = zeros(x->sizes, x->dtype);
            copy_in_place(out, Arg(x));
            return out;
          }
          std::vector<Tensor> parts;
          if (c.has(3)) parts.push_back(c.tensor(3));
          parts.push_back(x);
          if (c.has(4)) parts.push_back(c.tensor(4));
          if (parts.size() > 1) x = concatenate(std::move(parts), dim);
          for (std::int64_t n = std::min(c.integer(1, 1), x->sizes[dim]); n > 0; --n) {
            const std::int64_t size = x->sizes[dim];
            const Tensor later = part(x, dim, 1, size), earlier = part(x, dim, 0, size - 1);
            x = x->dtype == DType::bool_ ? apply(*find_op("logical_xor"), later, earlier) : later - earlier;
          }
          return x;
        },
    .composite = true,
    .samples = {"f(4)", "f(2, 4), 2", "f(3, 2), 1, 0, f(1, 2)"},
};

const OpDef kTrapezoid{
    .name = "trapezoid",
    .signatures = {{"trapezoid(Tensor y, Tensor x, *, int dim=-1)"}, {"trapezoid(Tensor y, *, Number dx=1, int dim=-1)"}},
    .spellings = kTorch,
    .aliases = {"trapz"},
    .doc = "The area under a curve, by trapezoids.",
    .latex = R"(\sum_i \frac{y_i + y_{i+1}}{2} \Delta x_i)",
    .forward =
        [](Call& c) {
          const Tensor y = c.tensor(0);
          no_bools(c);
          if (y->dim() == 0) fail("IndexError", "Dimension specified as ", c.signature == 0 ? 0 : c.integer(2, -1), " but tensor has no dimensions");
          const std::int64_t dim = wrap_dim(c.integer(2, -1), y->dim()), n = y->sizes[dim];
          if (n == 0) {
            Dims sizes = y->sizes;
            sizes.erase(static_cast<std::size_t>(dim));
            return zeros(sizes, y->dtype);
          }
          const std::vector<bool> dims = only(y->dim(), dim);
          if (c.signature == 0) {
            const Tensor pairs = part(y, dim, 0, n - 1) + part(y, dim, 1, n);
            return sum(pairs * steps_along(c, dim), dims, false) / 2.0;
          }
          const OpDef& select = *find_op("select");
          const Tensor ends = apply(select, y, dim, 0) + apply(select, y, dim, -1);
          return (sum(y, dims, false) - ends * 0.5) * (c.has(1) ? c[1].real() : 1.0);
        },
    .composite = true,
    .samples = {"f(4)", "f(2, 3), f(3)", "f(3, 2), dx=0.5, dim=0"},
};

const OpDef kCumulativeTrapezoid{
    .name = "cumulative_trapezoid",
    .signatures = {{"cumulative_trapezoid(Tensor y, Tensor x, *, int dim=-1)"}, {"cumulative_trapezoid(Tensor y, *, Number dx=1, int dim=-1)"}},
    .spellings = kTorch,
    .doc = "The area under a curve up to each point, by trapezoids.",
    .latex = R"(\sum_{k \le i} \frac{y_k + y_{k+1}}{2} \Delta x_k)",
    .forward =
        [](Call& c) {
          const Tensor y = c.tensor(0);
          no_bools(c);
          const std::int64_t dim = wrap_dim(c.integer(2, -1), y->dim());
          if (y->dim() == 0) fail("IndexError", "slice() cannot be applied to a 0-dim tensor.");
          const std::int64_t n = y->sizes[dim];
          const Tensor pairs = part(y, dim, 1, n) + part(y, dim, 0, n - 1);
          if (c.signature == 1) return apply(*find_op("cumsum"), pairs * (c.has(1) ? c[1].real() / 2 : 0.5), dim);
          return apply(*find_op("cumsum"), pairs * steps_along(c, dim), dim) / 2.0;
        },
    .composite = true,
    .samples = {"f(4)", "f(2, 3), f(3)"},
};

const OpDef kMode{
    .name = "mode",
    .signatures = {{"mode(Tensor input, int dim=-1, bool keepdim=False)"}},
    .doc = "The element that occurs most often along a dimension (the smallest of several), and where it stands last.",
    .latex = R"(\operatorname{mode} x)",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 1, -1);
          if (x->dim() && x->sizes[dim] == 0) fail("IndexError", "mode(): Expected reduction dim ", dim, " to have non-zero size.");
          return chosen(x, dim, c.flag(2), [](const Tensor& rows, std::int64_t from, std::int64_t length) {
            const std::vector<std::int64_t> order = mode_order(rows, from, length);
            std::int64_t best = order[0], most = 0, run = 0;
            for (std::int64_t i = 0; i < length; ++i) {
              const bool same = i && element(*rows, from + order[i]).to_double() == element(*rows, from + order[i - 1]).to_double();
              run = same ? run + 1 : 1;
              if (run > most) most = run, best = order[i];
            }
            return best;
          });
        },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return to_places(b, b.arg(1).integer(), b.arg(2).integer() != 0); }, R"(g\,[i = \operatorname{mode}])")},
    .reads_output = true,
    .samples = {"f(4)", "f(2, 3), 0, True"},
};

const OpDef kKthvalue{
    .name = "kthvalue",
    .signatures = {{"kthvalue(Tensor input, int k, int dim=-1, bool keepdim=False)"}},
    .doc = "The k-th smallest element along a dimension, and where it stands.",
    .latex = "x_{(k)}",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 2, -1), k = c.integer(1);
          if (x->dim() && x->sizes[dim] == 0) fail("IndexError", "kthvalue(): Expected reduction dim ", dim, " to have non-zero size.");
          if (k < 1 || k > (x->dim() ? x->sizes[dim] : 1)) fail("RuntimeError", "kthvalue(): selected number k out of range for dimension ", dim);
          if (x->dtype == DType::bool_ && x->dim()) not_implemented_for("kthvalue_cpu", x->dtype);
          return chosen(x, dim, c.flag(3), [k](const Tensor& rows, std::int64_t from, std::int64_t length) { return order_of(rows, from, length)[k - 1]; });
        },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return to_places(b, b.arg(2).integer(), b.arg(3).integer() != 0); }, "g\\,[i = (k)]")},
    .reads_output = true,
    .samples = {"f(4), 2", "f(2, 3), 1, 0, True"},
    .failures = {{"torch.ones(2).kthvalue(3)", "RuntimeError: kthvalue(): selected number k out of range for dimension 0"}},
};

const OpDef kQuantile{
    .name = "quantile",
    .signatures = {{"quantile(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')"},
                   {"quantile(Tensor input, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear')"}},
    .doc = "The value below which the part q of the elements lies, between neighbours linearly.",
    .latex = "x_{(q (n - 1))}",
    .forward = [](Call& c) { return quantiles(c, false); },
    .composite = true,
    .copies_out = true,
    .samples = {"f(5), 0.3", "f(2, 4), 0.6, 1, True"},
};

const OpDef kNanquantile{
    .name = "nanquantile",
    .signatures = {{"nanquantile(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')"},
                   {"nanquantile(Tensor input, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear')"}},
    .doc = "quantile of the elements that are not nan.",
    .latex = "x_{(q (n - 1))}",
    .forward = [](Call& c) { return quantiles(c, true); },
    .composite = true,
    .copies_out = true,
    .samples = {"f(5), 0.3"},
};

const OpDef kNanmedian{
    .name = "nanmedian",
    .signatures = {{"nanmedian(Tensor input)", "NanmedianBackward0"}, {.text = "nanmedian(Tensor input, int dim, bool keepdim=False)", .node = "NanmedianBackward1", .many = true}},
    .doc = "The middle one of the elements that are not nan.",
    .latex = R"(\operatorname{median} x)",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0));
          if (x->dtype == DType::bool_) not_implemented_for("median_cpu", x->dtype);
          if (x->numel == 0) return full({}, Scalar::of(std::numeric_limits<double>::quiet_NaN()), x->dtype);
          return full({}, element(*x, middle_without_nan(x, 0, x->numel)), x->dtype);
        },
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = dimension(c, 1);
          if (x->dim() && x->sizes[dim] == 0) fail("IndexError", "median(): Expected reduction dim ", dim, " to have non-zero size.");
          if (x->dtype == DType::bool_) not_implemented_for("median_out", x->dtype);
          return chosen(x, dim, c.flag(2), middle_without_nan);
        },
    .results = {"values", "indices"},
    .gradients = {gradient(
        [](const Backward& b) {
          if (b.signature() == 1) return to_places(b, b.arg(1).integer(), b.arg(2).integer() != 0);
          const Tensor hit = to_dtype(eq(b.x(), b.out()), b.dtype());
          return b.g * (hit / sum(hit));
        },
        R"(g\,[x_i = \operatorname{median} x])")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? evenly_read(f) : Tensor(); },
    .reads_output = true,
    .samples = {"f(5)", "f(2, 3), 1"},
    .failures = {{"torch.zeros(0, 2).nanmedian(0)", "IndexError: median(): Expected reduction dim 0 to have non-zero size."}},
};

const OpDef kMsort{
    .name = "msort",
    .signatures = {{"msort(Tensor input)"}},
    .doc = "The elements along the first dimension in order.",
    .latex = R"(x_{\pi(i)})",
    .forward = [](Call& c) { return run_with(*find_op("sort"), 0, {c[0], Arg(0), Arg(false)})[0]; },
    .composite = true,
    .samples = {"f(4)", "f(3, 2)"},
};

const OpDef kAminmax{
    .name = "aminmax",
    .signatures = {{"aminmax(Tensor input, *, int? dim=None, bool keepdim=False)", "NotImplemented"}},
    .doc = "The smallest and the largest element.",
    .latex = R"(\min_i x_i,\ \max_i x_i)",
    .forward_many =
        [](Call& c) {
          const GradMode off(false);
          const Arg dims = c.has(1) ? Arg(Dims{c.integer(1)}) : Arg(Dims{});
          return std::vector<Tensor>{apply(*find_op("amin"), c[0], dims, c.flag(2)), apply(*find_op("amax"), c[0], dims, c.flag(2))};
        },
    .results = {"min", "max"},
    .gradients = {not_implemented()},
    .samples = {"f(2, 3)"},
};

const OpDef kNansum{
    .name = "nansum",
    .signatures = {{"nansum(Tensor input, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)"}},
    .doc = "The sum of the elements that are not nan.",
    .latex = R"(\sum_i x_i)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const DType type = sum_type(c, 3);
          if (c[0].impl()->dim() == 0) (void)dimension_mask(c[1], 0);
          if (c[0].impl()->numel && is_floating(c.tensor(0)->dtype) && !is_floating(type)) not_implemented_for("nansum_cpu", type);
          const Tensor x = cast(c.tensor(0), type);
          const Tensor kept = is_floating(x->dtype) ? where(is_nan(x), 0.0, x) : x;
          return x->dim() ? cast(sum(kept, dimension_mask(c[1], x->dim()), c.flag(2)), type) : kept;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const std::vector<bool> dims = dimension_mask(b.arg(1), b.sizes().size());
          const bool kept = !b.arg(2).is_none() && b.arg(2).integer() != 0;
          return expand_to(kept ? b.g : restore_dims(b.g, dims), b.sizes()) * op("logical_not", is_nan(b.x()));
        },
        R"(g\,[x \ne \text{nan}])")},
    .tangent = [](const Forward& f) -> Tensor { return total(where(apply(*find_op("isnan"), f.x()), 0.0, f.t(0).value), f.dims(1), f.call.flag(2)); },
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), (0, 1), True"},
};

const OpDef kNanmean{
    .name = "nanmean",
    .signatures = {{"nanmean(Tensor input, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)"}},
    .doc = "The average of the elements that are not nan.",
    .latex = R"(\frac{1}{n} \sum_i x_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (!is_floating(x->dtype)) fail("RuntimeError", "nanmean(): expected input to have floating point dtype but got ", legacy_name(x->dtype));
          const Tensor counted = op("logical_not", is_nan(detach(x)));
          const Tensor count = x->dim() ? sum(to_dtype(counted, x->dtype), dimension_mask(c[1], x->dim()), c.flag(2)) : to_dtype(counted, x->dtype);
          return apply(kNansum, c[0], c[1], c.flag(2), c[3]) / count;
        },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), 1"},
};

const OpDef kVarMean{
    .name = "var_mean",
    .signatures = {{"var_mean(Tensor input, bool unbiased=True)", "VarMeanBackward0"},
                   {"var_mean(Tensor input, ints? dim, bool unbiased=True, bool keepdim=False)", "VarMeanBackward0"},
                   {"var_mean(Tensor input, ints? dim, *, int? correction, bool keepdim=False)", "VarMeanBackward0"}},
    .spellings = kTorch,
    .doc = "Variance and mean.",
    .latex = R"(\sigma^2,\ \bar{x})",
    .forward_many = [](Call& c) { return with_mean(c, "var"); },
    .gradients = {gradient([](const Backward& b) { return moments_gradient(b, "var"); }, R"(\frac{2 g_1}{n - 1} (x - \bar{x}) + \frac{g_2}{n})")},
    .tangent = [](const Forward& f) -> Tensor { return f.number == 0 ? tangent_of_variance(f) : tangent_of_mean(f); },
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 0, False, True"},
};

const OpDef kStdMean{
    .name = "std_mean",
    .signatures = {{"std_mean(Tensor input, bool unbiased=True)", "StdMeanBackward0"},
                   {"std_mean(Tensor input, ints? dim, bool unbiased=True, bool keepdim=False)", "StdMeanBackward0"},
                   {"std_mean(Tensor input, ints? dim, *, int? correction, bool keepdim=False)", "StdMeanBackward0"}},
    .spellings = kTorch,
    .doc = "Standard deviation and mean.",
    .latex = R"(\sigma,\ \bar{x})",
    .forward_many = [](Call& c) { return with_mean(c, "std"); },
    .gradients = {gradient([](const Backward& b) { return moments_gradient(b, "std"); }, R"(\frac{g_1 (x - \bar{x})}{(n - 1) \sigma} + \frac{g_2}{n})")},
    .tangent = [](const Forward& f) -> Tensor { return f.number == 0 ? masked_fill_in_place(tangent_of_variance(f) / (f.out() * 2), eq(f.out(), 0)) : tangent_of_mean(f); },
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1"},
};

const std::vector<const OpDef*>& ranking_ops() {
  static const std::vector<const OpDef*> ops{&kCummax,   &kCummin,      &kLogcumsumexp, &kDiff,  &kTrapezoid, &kCumulativeTrapezoid, &kMode,    &kKthvalue, &kQuantile,
                                             &kNanquantile, &kNanmedian, &kMsort,        &kAminmax, &kNansum,    &kNanmean,            &kVarMean, &kStdMean};
  return ops;
}

}  // namespace nabla
