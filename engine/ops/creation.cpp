// New tensors with values that are known: zeros, ones, full, empty, their _like forms, arange, linspace, logspace, eye.
#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/support.h"
#include "tensor/fused.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

DType dtype_or_default(const Arg& arg) { return arg.is_none() ? default_dtype() : arg.dtype(); }

/// The dtype asked for by a _like operator.
DType dtype_like(const Call& c, int i) { return c.has(i) ? c[i].dtype() : c.tensor(0)->dtype; }

DType dtype_of_number(Scalar s) {
  return s.kind == Scalar::Kind::boolean ? DType::bool_ : s.is_real() ? default_dtype() : DType::int64;
}

/// Writes `at(i)` for each i, as PyTorch's kernels do: two vectors at a time, in which only the first element is at(i) and the j-th behind it next(it, j); then one by one.
template <class T, class At, class Next>
void write_in_vectors(T* out, std::int64_t count, At at, Next next) {
  constexpr std::int64_t kLanes = 32 / sizeof(T);
  const std::int64_t vectors = count - count % (2 * kLanes);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t lane = i % kLanes;
    out[i] = i < vectors && lane ? next(out[i - lane], lane) : at(i);
  }
}

/// start, start + step, ... of floats, computed in double.
template <class T>
void progress(T* out, std::int64_t count, double start, double step) {
  write_in_vectors(
      out, count, [&](std::int64_t i) { return static_cast<T>(std::fma(step, static_cast<double>(i), start)); },
      [&](T first, std::int64_t lane) { return static_cast<T>(std::fma(step, static_cast<double>(lane), static_cast<double>(first))); });
}

/// start, start + step, ... as `count` elements.
Tensor progression(Scalar start, Scalar step, std::int64_t count, DType dtype) {
  const bool whole = !start.is_real() && !step.is_real();
  if (is_floating(dtype)) {
    const Tensor out = empty({count}, dtype);
    if (dtype == DType::float32) progress(out->data_as<float>(), count, start.to_double(), step.to_double());
    else progress(out->data_as<double>(), count, start.to_double(), step.to_double());
    return out;
  }
  const Tensor out = empty({count}, whole ? DType::int64 : DType::float64);
  for (std::int64_t i = 0; i < count; ++i) {
    if (whole) out->data_as<std::int64_t>()[i] = start.integer + step.integer * i;
    else out->data_as<double>()[i] = start.to_double() + step.to_double() * static_cast<double>(i);
  }
  return cast(out, dtype);
}

// Forms: (end), (start, end), (start, end, step).
Tensor counted(Call& c) {
  const Scalar start = c.signature == 0 ? Scalar::of(0) : c.scalar(0);
  const Scalar end = c.scalar(c.signature == 0 ? 0 : 1);
  const Scalar step = c.signature == 2 ? c.scalar(2) : Scalar::of(1);
  const Arg& dtype = c[c.signature + 1];
  const bool real = start.is_real() || end.is_real() || step.is_real();
  const DType type = dtype.is_none() ? (real ? default_dtype() : DType::int64) : dtype.dtype();
  if (type == DType::bool_) not_implemented_for("arange_cpu", type);
  // Whole numbers are counted in whole steps, as many as the real ones would be; for int64 those too are whole.
  const bool cut = real && is_integral(type);
  const Scalar first = cut ? Scalar::of(start.to_int()) : start, last = cut ? Scalar::of(end.to_int()) : end, by = cut ? Scalar::of(step.to_int()) : step;
  const double from = first.to_double(), to = last.to_double();
  if (!(std::fabs(by.to_double()) > 0)) fail("RuntimeError", "step must be nonzero");
  if (!std::isfinite(start.to_double()) || !std::isfinite(end.to_double())) fail("RuntimeError", "unsupported range: ", general(start.to_double(), 6), " -> ", general(end.to_double(), 6));
  if (by.to_double() > 0 ? from > to : from < to) fail("RuntimeError", "upper bound and larger bound inconsistent with step sign");
  std::int64_t count;
  if (real) {
    count = static_cast<std::int64_t>(type == DType::int64 ? std::ceil((to - from) / by.to_double()) : std::ceil((end.to_double() - start.to_double()) / step.to_double()));
  } else {
    const std::int64_t span = end.to_int() - start.to_int(), stride = step.to_int();
    count = (span + stride - (stride > 0 ? 1 : -1)) / stride;
  }
  return progression(first, by, std::max<std::int64_t>(count, 0), type);
}

/// Evenly spaced from both ends, so that the last is exactly `end`.
template <class T>
void space(T* out, double start, double end, std::int64_t steps, bool vectors) {
  const T first = static_cast<T>(start), last = static_cast<T>(end);
  const T step = steps > 1 ? (last - first) / static_cast<T>(steps - 1) : T(0);
  const auto at = [&](std::int64_t i) {
    return steps == 1 || i < steps / 2 ? fused(step, static_cast<T>(i), first) : fused(-step, static_cast<T>(steps - 1 - i), last);
  };
  if (vectors) return write_in_vectors(out, steps, at, [&](T from, std::int64_t lane) { return from + step * static_cast<T>(lane); });
  for (std::int64_t i = 0; i < steps; ++i) out[i] = at(i);
}

Tensor spaced(double start, double end, std::int64_t steps, DType dtype) {
  if (steps < 0) fail("RuntimeError", "number of steps must be non-negative");
  if (dtype == DType::bool_ && steps > 1) not_implemented_for("linspace_cpu", dtype);
  const bool single = dtype == DType::float32;
  if (is_integral(dtype)) {  // the ends have the result's type
    const auto in_type = [dtype](double x) { return item(cast(full({}, Scalar::of(x), DType::float64), dtype)).to_double(); };
    start = in_type(start);
    end = in_type(end);
  }
  const Tensor out = empty({steps}, single ? dtype : DType::float64);
  if (single) space(out->data_as<float>(), start, end, steps, true);
  else space(out->data_as<double>(), start, end, steps, dtype == DType::float64);
  return cast(out, dtype);
}

/// base to the powers that are evenly spaced from start to end. The ends have the result's type; all else is computed in double.
Tensor power_spaced(double start, double end, std::int64_t steps, double base, DType dtype) {
  if (steps < 0) fail("RuntimeError", "number of steps must be non-negative");
  if (dtype == DType::bool_ && steps > 1) not_implemented_for("logspace_cpu", dtype);
  const Tensor out = empty({steps}, DType::float64);
  double* powers = out->data_as<double>();
  if (steps == 1) {
    powers[0] = std::pow(base, start);
    return cast(out, dtype);
  }
  const auto in_type = [&](double x) { return dtype == DType::float32 ? static_cast<float>(x) : is_integral(dtype) ? std::trunc(x) : x; };
  start = in_type(start);
  end = in_type(end);
  const double step = in_type(end - start) / static_cast<double>(steps - 1);
  for (std::int64_t i = 0; i < steps; ++i) {
    powers[i] = std::pow(base, i < steps / 2 ? start + step * static_cast<double>(i) : end - step * static_cast<double>(steps - 1 - i));
  }
  return cast(out, dtype);
}

/// One value everywhere, in a tensor that lies in memory as x does.
Tensor filled_as(const TensorImpl& x, Scalar value, DType dtype) {
  const Tensor out = empty_as(x, dtype);
  copy_into(out, full({}, value, dtype));
  return out;
}

}  // namespace

const OpDef kZeros{
    .name = "zeros",
    .signatures = {{"zeros(size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor of zeros.",
    .latex = "0",
    .forward = [](Call& c) { return zeros(c[0].ints(), dtype_or_default(c[1])); },
    .factory = true,
    .symbolic_sizes = true,
    .samples = {"(2, 3)"},
    .failures = {{"torch.zeros(-1)", "RuntimeError: Trying to create tensor with negative dimension -1: [-1]"}},
};

const OpDef kOnes{
    .name = "ones",
    .signatures = {{"ones(size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor of ones.",
    .latex = "1",
    .forward = [](Call& c) { return full(c[0].ints(), Scalar::of(1), dtype_or_default(c[1])); },
    .factory = true,
    .symbolic_sizes = true,
    .samples = {"(2, 3)"},
};

const OpDef kEmpty{
    .name = "empty",
    .signatures = {{"empty(size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor whose elements nobody has set; here they are zeros.",
    .latex = "?",
    .forward = [](Call& c) { return zeros(c[0].ints(), dtype_or_default(c[1])); },
    .factory = true,
    .resizes_out = true,
    .symbolic_sizes = true,
    .samples = {"(2, 3)"},
};

const OpDef kFull{
    .name = "full",
    .signatures = {{"full(size size, Number fill_value, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor with one value everywhere.",
    .latex = "v",
    .forward =
        [](Call& c) {
          const DType type = c.has(2) ? c[2].dtype() : dtype_of_number(c.scalar(1));
          need_fit(c.scalar(1), type);
          return full(c[0].ints(), c.scalar(1), type);
        },
    .factory = true,
    .symbolic_sizes = true,
    .samples = {"(2, 3), 2.5"},
};

const OpDef kZerosLike{
    .name = "zeros_like",
    .signatures = {{"zeros_like(Tensor input, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Zeros in the size and dtype of another tensor.",
    .latex = "0",
    .forward = [](Call& c) { return filled_as(*c[0].impl(), Scalar::of(0), dtype_like(c, 1)); },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .samples = {"f(2, 3)"},
};

const OpDef kOnesLike{
    .name = "ones_like",
    .signatures = {{"ones_like(Tensor input, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Ones in the size and dtype of another tensor.",
    .latex = "1",
    .forward = [](Call& c) { return filled_as(*c[0].impl(), Scalar::of(1), dtype_like(c, 1)); },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .samples = {"f(2, 3)"},
};

const OpDef kEmptyLike{
    .name = "empty_like",
    .signatures = {{"empty_like(Tensor input, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor of the size and dtype of another; here of zeros.",
    .latex = "?",
    .forward = [](Call& c) { return filled_as(*c[0].impl(), Scalar::of(0), dtype_like(c, 1)); },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .samples = {"f(2, 3)"},
};

const OpDef kFullLike{
    .name = "full_like",
    .signatures = {{"full_like(Tensor input, Number fill_value, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "One value everywhere, in the size and dtype of another tensor.",
    .latex = "v",
    .forward =
        [](Call& c) {
          need_fit(c.scalar(1), dtype_like(c, 2));
          return filled_as(*c[0].impl(), c.scalar(1), dtype_like(c, 2));
        },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .samples = {"f(2, 3), 2"},
};

const OpDef kArange{
    .name = "arange",
    .signatures = {{"arange(Number end, *, dtype? dtype=None)"},
                   {"arange(Number start, Number end, *, dtype? dtype=None)"},
                   {"arange(Number start, Number end, Number step, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Numbers from start up to, not including, end, step apart.",
    .latex = "a, a + s, a + 2s, \\dots",
    .forward = counted,
    .factory = true,
    .may_round = true,
    .samples = {"5", "1, 4", "0, 1, 0.25", "5, 0, -2"},
    .failures = {{"torch.arange(0, 5, 0)", "RuntimeError: step must be nonzero"},
                 {"torch.arange(5, 0)", "RuntimeError: upper bound and larger bound inconsistent with step sign"}},
};

const OpDef kLinspace{
    .name = "linspace",
    .signatures = {{"linspace(Number start, Number end, int steps, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "So many numbers evenly spaced from start to end, both included.",
    .latex = "a, \\dots, b",
    .forward = [](Call& c) { return spaced(c[0].real(), c[1].real(), c.integer(2), dtype_or_default(c[3])); },
    .factory = true,
    .samples = {"0, 1, 5", "3, -2, 4"},
    .failures = {{"torch.linspace(0, 1, -1)", "RuntimeError: number of steps must be non-negative"}},
};

const OpDef kLogspace{
    .name = "logspace",
    .signatures = {{"logspace(Number start, Number end, int steps, float base=10.0, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Powers of base, whose exponents are evenly spaced from start to end.",
    .latex = "c^{a}, \\dots, c^{b}",
    .forward = [](Call& c) { return power_spaced(c[0].real(), c[1].real(), c.integer(2), c.has(3) ? c[3].real() : 10, dtype_or_default(c[4])); },
    .factory = true,
    .samples = {"0, 2, 3"},
};

const OpDef kEye{
    .name = "eye",
    .signatures = {{"eye(int n, *, dtype? dtype=None)"}, {"eye(int n, int m, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "The matrix with ones on the diagonal and zeros elsewhere.",
    .latex = "I",
    .forward =
        [](Call& c) {
          const std::int64_t n = c.integer(0), m = c.signature == 0 ? n : c.integer(1);
          if (n < 0) fail("RuntimeError", "n must be greater or equal to 0, got ", n);
          if (m < 0) fail("RuntimeError", "m must be greater or equal to 0, got ", m);
          const Tensor out = zeros({n, m}, dtype_or_default(c[c.signature + 1]));
          for (std::int64_t i = 0; i < std::min(n, m); ++i) set_element(*out, i * m + i, Scalar::of(1));
          return out;
        },
    .factory = true,
    .samples = {"3", "2, 3"},
};

const std::vector<const OpDef*>& creation_ops() {
  static const std::vector<const OpDef*> ops{&kZeros,    &kOnes,     &kEmpty,  &kFull,     &kZerosLike, &kOnesLike,
                                             &kEmptyLike, &kFullLike, &kArange, &kLinspace, &kLogspace,  &kEye};
  return ops;
}

}  // namespace nabla
