// Comparing elements: eq, ne, lt, le, gt, ge; isnan, isinf, isfinite; isclose, and allclose and equal of whole tensors.
#include <cmath>

#include "base/format.h"
#include "ops/families.h"
#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

const Gradient kNone = not_differentiable("a truth value has no slope");
/// Of a comparison: only in place does the result stay a float, with slope zero.
const Gradient kFlat = gradient([](const Backward& b) { return zeros_like(b.g); }, "0");

template <class F>
Tensor compared(Call& c, F) {
  return compare(c, kPredicate<F>);
}

template <class F>
Tensor tested(Call& c, F) {
  return predicate_map(c.tensor(0), kUnaryPredicate<F>);
}

/// |x - y| <= atol + rtol * |y|, or equal (also infinities).
bool close(double x, double y, double rtol, double atol, bool equal_nan) {
  if (x == y) return true;
  if (std::isnan(x) || std::isnan(y)) return equal_nan && std::isnan(x) && std::isnan(y);
  return std::isfinite(x) && std::isfinite(y) && std::fabs(x - y) <= atol + rtol * std::fabs(y);
}

Tensor closeness(Call& c) {
  const Tensor x = c.tensor(0), y = c.tensor(1);
  if (x->dtype != y->dtype) fail("RuntimeError", legacy_name(x->dtype), " did not match ", legacy_name(y->dtype));
  const double rtol = c.has(2) ? c[2].real() : 1e-5, atol = c.has(3) ? c[3].real() : 1e-8;
  if (!(rtol >= 0)) fail("RuntimeError", "rtol must be greater than or equal to zero, but got ", general(rtol, 6));
  if (!(atol >= 0)) fail("RuntimeError", "atol must be greater than or equal to zero, but got ", general(atol, 6));
  const Dims sizes = broadcast(x->sizes, y->sizes);
  const Tensor a = contiguous(expand(cast(x, DType::float64), sizes)), b = contiguous(expand(cast(y, DType::float64), sizes));
  const TensorImpl* const inputs[] = {x.get(), y.get()};
  const Tensor close_ones = empty(sizes, DType::bool_), out = empty_for(sizes, DType::bool_, inputs);
  for (std::int64_t i = 0; i < out->numel; ++i) close_ones->data_as<bool>()[i] = close(a->data_as<double>()[i], b->data_as<double>()[i], rtol, atol, c.flag(4));
  copy_into(out, close_ones);
  return out;
}

/// Are all elements of a bool tensor true?
bool all_true(const Tensor& given) {
  const Tensor flags = contiguous(given);
  for (std::int64_t i = 0; i < flags->numel; ++i) {
    if (!flags->data_as<bool>()[i]) return false;
  }
  return true;
}

}  // namespace

const OpDef kEq{
    .name = "eq",
    .signatures = {{"eq(Tensor input, Tensor other)", "EqBackward1"}, {"eq(Tensor input, Number other)", "EqBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "==",
    .doc = "Are the elements equal?",
    .latex = "x = y",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x == y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)", "f(2), 1"},
};

const OpDef kNe{
    .name = "ne",
    .signatures = {{"ne(Tensor input, Tensor other)", "NeBackward1"}, {"ne(Tensor input, Number other)", "NeBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"not_equal"},
    .sign = "!=",
    .doc = "Are the elements different?",
    .latex = R"(x \ne y)",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x != y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kLt{
    .name = "lt",
    .signatures = {{"lt(Tensor input, Tensor other)", "LtBackward1"}, {"lt(Tensor input, Number other)", "LtBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"less"},
    .sign = "<",
    .doc = "Is each element less than the other?",
    .latex = "x < y",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x < y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kLe{
    .name = "le",
    .signatures = {{"le(Tensor input, Tensor other)", "LeBackward1"}, {"le(Tensor input, Number other)", "LeBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"less_equal"},
    .sign = "<=",
    .doc = "Is each element less than the other, or equal?",
    .latex = R"(x \le y)",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x <= y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kGt{
    .name = "gt",
    .signatures = {{"gt(Tensor input, Tensor other)", "GtBackward1"}, {"gt(Tensor input, Number other)", "GtBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"greater"},
    .sign = ">",
    .doc = "Is each element greater than the other?",
    .latex = "x > y",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x > y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kGe{
    .name = "ge",
    .signatures = {{"ge(Tensor input, Tensor other)", "GeBackward1"}, {"ge(Tensor input, Number other)", "GeBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"greater_equal"},
    .sign = ">=",
    .doc = "Is each element greater than the other, or equal?",
    .latex = R"(x \ge y)",
    .forward = [](Call& c) { return compared(c, [](auto x, auto y) { return x >= y; }); },
    .gradients = {kFlat, kFlat},
    .clears_tangent = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kIsnan{
    .name = "isnan",
    .signatures = {{"isnan(Tensor input)"}},
    .doc = "Is each element not a number?",
    .latex = R"(x \ne x)",
    .forward = [](Call& c) { return tested(c, [](auto x) { return x != x; }); },
    .gradients = {kNone},
    .samples = {"f(2, 3)", "i(2)"},
};

const OpDef kIsinf{
    .name = "isinf",
    .signatures = {{"isinf(Tensor input)"}},
    .doc = "Is each element infinite?",
    .latex = R"(|x| = \infty)",
    .forward = [](Call& c) { return tested(c, [](auto x) { return std::isinf(static_cast<double>(x)); }); },
    .gradients = {kNone},
    .samples = {"f(2, 3)", "i(2)"},
};

const OpDef kIsfinite{
    .name = "isfinite",
    .signatures = {{"isfinite(Tensor input)"}},
    .doc = "Is each element a finite number?",
    .latex = R"(|x| < \infty)",
    .forward = [](Call& c) { return tested(c, [](auto x) { return std::isfinite(static_cast<double>(x)); }); },
    .gradients = {kNone},
    .samples = {"f(2, 3)", "i(2)"},
};

const OpDef kIsclose{
    .name = "isclose",
    .signatures = {{"isclose(Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)"}},
    .doc = "Are the elements equal up to a tolerance?",
    .latex = R"(|x - y| \le \text{atol} + \text{rtol}\,|y|)",
    .forward = closeness,
    .gradients = {kNone, kNone},
    .samples = {"f(2, 3), f(2, 3)"},
};

const OpDef kAllclose{
    .name = "allclose",
    .signatures = {{"allclose(Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)"}},
    .doc = "Are all elements equal up to a tolerance? Gives a Python bool.",
    .latex = R"(\forall i: |x_i - y_i| \le \text{atol} + \text{rtol}\,|y_i|)",
    .forward = [](Call& c) { return scalar_tensor(Scalar::of(all_true(closeness(c))), DType::bool_); },
    .gradients = {kNone, kNone},
    .refuse_batch =
        [](const Call&) {
          fail("RuntimeError", "vmap over torch.allclose isn't supported yet. Please voice your support over at github.com/pytorch/functorch/issues/275");
        },
    .truth = true,
    .samples = {"f(2, 3), f(2, 3)"},
};

const OpDef kEqual{
    .name = "equal",
    .signatures = {{"equal(Tensor input, Tensor other)"}},
    .doc = "Have the tensors the same size and the same elements? Gives a Python bool.",
    .latex = R"(\forall i: x_i = y_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          return scalar_tensor(Scalar::of(x->sizes == y->sizes && all_true(kEq.forward(c))), DType::bool_);
        },
    .gradients = {kNone, kNone},
    .refuse_batch = [](const Call&) { fail("RuntimeError", "Batching rule not implemented for aten::equal. We could not generate a fallback."); },
    .truth = true,
    .samples = {"f(2, 3), f(2, 3)"},
};

const std::vector<const OpDef*>& comparison_ops() {
  static const std::vector<const OpDef*> ops{&kEq,    &kNe,    &kLt,       &kLe,      &kGt,       &kGe,
                                             &kIsnan, &kIsinf, &kIsfinite, &kIsclose, &kAllclose, &kEqual};
  return ops;
}

Tensor eq(const Arg& x, const Arg& y) { return apply(kEq, x, y); }
Tensor gt(const Arg& x, const Arg& y) { return apply(kGt, x, y); }
Tensor ge(const Arg& x, const Arg& y) { return apply(kGe, x, y); }

}  // namespace nabla
