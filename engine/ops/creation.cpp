// New tensors with values that are known: zeros, ones, full, empty, their _like forms, arange, linspace, logspace, eye.
#include <cmath>

#include "ops/families.h"
#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

DType dtype_or_default(const Arg& arg) { return arg.is_none() ? default_dtype() : arg.dtype(); }

/// The dtype asked for by a _like operator.
DType dtype_like(const Call& c, int i) { return c.has(i) ? c[i].dtype() : c.tensor(0)->dtype; }

DType dtype_of_number(Scalar s) {
  return s.kind == Scalar::Kind::boolean ? DType::bool_ : s.is_real() ? default_dtype() : DType::int64;
}

/// start, start + step, ... as `count` elements; floats computed in double, as PyTorch does.
Tensor progression(Scalar start, Scalar step, std::int64_t count, DType dtype) {
  if (dtype == DType::bool_) not_implemented_for("arange_cpu", dtype);
  const bool whole = !start.is_real() && !step.is_real();
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
  const double from = start.to_double(), to = end.to_double(), by = step.to_double();
  if (by == 0) fail("RuntimeError", "step must be nonzero");
  if (!std::isfinite(from) || !std::isfinite(to)) fail("RuntimeError", "unsupported range: ", start.to_int(), " -> ", end.to_int());
  if (by > 0 ? from > to : from < to) fail("RuntimeError", "upper bound and larger bound inconsistent with step sign");
  std::int64_t count;
  if (real) {
    count = static_cast<std::int64_t>(std::ceil((to - from) / by));
  } else {
    const std::int64_t span = end.to_int() - start.to_int(), stride = step.to_int();
    count = (span + stride - (stride > 0 ? 1 : -1)) / stride;
  }
  const DType type = dtype.is_none() ? (real ? default_dtype() : DType::int64) : dtype.dtype();
  if (is_floating(type) || !real) return progression(start, step, count, type);
  // Whole numbers are counted in whole steps, as many as the real ones would be; for int64 those too are whole.
  const Scalar first = Scalar::of(start.to_int()), stride = Scalar::of(step.to_int());
  if (stride.integer == 0) fail("RuntimeError", "step must be nonzero");
  if (type == DType::int64) {
    const double span = static_cast<double>(end.to_int() - first.integer);
    count = static_cast<std::int64_t>(std::ceil(span / static_cast<double>(stride.integer)));
  }
  return progression(first, stride, count, type);
}

/// Evenly spaced from both ends, so that the last is exactly `end`.
template <class T>
void space(T* out, double start, double end, std::int64_t steps) {
  const T first = static_cast<T>(start), last = static_cast<T>(end);
  const T step = steps > 1 ? (last - first) / static_cast<T>(steps - 1) : T(0);
  for (std::int64_t i = 0; i < steps; ++i) {
    out[i] = i < steps / 2 ? first + step * static_cast<T>(i) : last - step * static_cast<T>(steps - 1 - i);
  }
  if (steps == 1) out[0] = first;
}

Tensor spaced(double start, double end, std::int64_t steps, DType dtype) {
  if (steps < 0) fail("RuntimeError", "number of steps must be non-negative");
  const bool single = dtype == DType::float32;
  if (is_integral(dtype)) {
    start = std::trunc(start);
    end = std::trunc(end);
  }
  const Tensor out = empty({steps}, single ? dtype : DType::float64);
  if (single) space(out->data_as<float>(), start, end, steps);
  else space(out->data_as<double>(), start, end, steps);
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
    .samples = {"(2, 3)"},
};

const OpDef kFull{
    .name = "full",
    .signatures = {{"full(size size, Number fill_value, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "A tensor with one value everywhere.",
    .latex = "v",
    .forward = [](Call& c) { return full(c[0].ints(), c.scalar(1), c.has(2) ? c[2].dtype() : dtype_of_number(c.scalar(1))); },
    .factory = true,
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
    .forward = [](Call& c) { return filled_as(*c[0].impl(), c.scalar(1), dtype_like(c, 2)); },
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
    .forward =
        [](Call& c) {
          if (c.has(4) && c[4].dtype() == DType::bool_) not_implemented_for("logspace_cpu", DType::bool_);
          const Tensor exponents = spaced(c[0].real(), c[1].real(), c.integer(2), DType::float64);
          const double base = c.has(3) ? c[3].real() : 10;
          for (std::int64_t i = 0; i < exponents->numel; ++i) exponents->data_as<double>()[i] = std::pow(base, exponents->data_as<double>()[i]);
          return cast(exponents, dtype_or_default(c[4]));
        },
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
