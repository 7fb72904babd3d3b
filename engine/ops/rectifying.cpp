// More activations: threshold, celu, selu, mish, hardswish, hardsigmoid, hardshrink, softshrink, tanhshrink, softsign, prelu, rrelu, glu,
// softmin, gumbel_softmax; and the forms of torch.nn.functional that may work in place.
#include <cmath>
#include <limits>
#include <type_traits>

#include "base/format.h"
#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/slopes.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/random.h"

namespace nabla {
namespace {

/// f, of an element and the numbers a, b and c, applied to floats.
template <class F>
Tensor on_elements(const Tensor& given, double a, double b, double c, F f) {
  const Tensor x = contiguous(given);
  const Tensor out = empty(x->sizes, x->dtype);
  const auto loop = [&]<class T>(T*) {
    if constexpr (std::is_invocable_v<F, elementary::Scalar, T, T, T, T>) return elementary::in_vectors(out->data_as<T>(), x->data_as<T>(), x->numel, f, a, b, c);
    else for (std::int64_t i = 0; i < x->numel; ++i) out->data_as<T>()[i] = f(x->data_as<T>()[i], static_cast<T>(a), static_cast<T>(b), static_cast<T>(c));
  };
  if (x->dtype == DType::float32) loop(static_cast<float*>(nullptr));
  else loop(static_cast<double*>(nullptr));
  return laid_out(out, *given);
}
/// The same for the first argument; other types have no such kernel.
template <class F>
Tensor on_elements(const Call& call, const char* kernel, double a, double b, double c, F f) {
  if (!is_floating(call[0].impl()->dtype)) not_implemented_for(kernel, call[0].impl()->dtype);
  return on_elements(call.tensor(0), a, b, c, f);
}

double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

/// The operator itself, or in place where the argument after its own says so.
Tensor perhaps_in_place(Call& c, const OpDef& base) {
  const auto count = static_cast<std::uint8_t>(base.parsed()[0].parameters.size());
  const bool in_place = c.flag(count);
  Call call(base, in_place && base.signatures.size() > 1 ? 1 : 0);
  call.count = count;
  for (int i = 0; i < count; ++i) call.args[i] = c[i];
  return in_place ? run_in_place(call) : run(call);
}

constexpr double kSeluAlpha = 1.6732632423543772848170429916717, kSeluScale = 1.0507009873554804934193349852946;

/// elu with its negative part scaled too. Arguments: input, alpha, scale, input_scale. In the form that works in place the formula reads
/// the result, whose sign is the input's.
Tensor elu_slope(const Backward& b) {
  const double alpha = real_or(b.arg(1), 1), scale = real_or(b.arg(2), 1), inner = real_or(b.arg(3), 1);
  if (b.signature() == 1) {
    const Tensor out = b.out();
    return made_by(Maker::elu, where(gt(out, 0), b.g * scale, b.g * ((out + alpha * scale) * inner)));
  }
  // At zero itself PyTorch's second derivative is zero; where x is nan, g passes.
  const Tensor x = b.x(), negative = gt(0, x);
  const Tensor slope = b.g * inner * (alpha * scale);
  const Tensor power = grad_enabled() ? exp(where(negative, x, 0.0) * inner) : exp_in_vectors(x * inner);
  const Tensor below = where(negative, slope * power, slope);
  return made_by(Maker::elu, where(ge(0, x), below, b.g * scale));
}

Tensor prelu_tangent(const Forward& f) {
  const Tensor x = f.x();
  const auto spread = [&](const Tensor& w) {
    Dims sizes, strides;
    for (std::size_t d = 0; d < x->dim(); ++d) {
      sizes.push_back(d == 1 && w->dim() == 1 ? w->sizes[0] : 1);
      strides.push_back(d == 1 && w->dim() == 1 ? w->strides[0] : 0);
    }
    return apply(*find_op("as_strided"), w, sizes, strides);
  };
  const Tangent t = f.t(0), u = f.t(1), w = Tangent(spread(u), u.zero);
  return where(ge(x, 0), t.value, (spread(f.p(1).tensor()) * t + w * x).value);
}

}  // namespace

const OpDef kEluScaled{
    .name = "_elu",
    .signatures = {{.text = "_elu(Tensor input, Number alpha, Number scale, Number input_scale)", .node = "EluBackward0", .reads_output = false},
                   {"_elu(Tensor input, Number alpha, Number scale, Number input_scale)", "EluBackward1"}},
    .spellings = 0,
    .doc = "What elu and selu come to.",
    .latex = R"(s x \text{ if } x > 0 \text{ else } s \alpha (e^{r x} - 1))",
    .forward =
        [](Call& c) {
          return on_elements(c, "elu_cpu", c[1].real() * c[2].real(), c[2].real(), c[3].real(),
                             [](auto m, auto x, auto below, auto above, auto inner) { return x <= 0 ? (m.exp(x * inner) - 1) * below : x * above; });
        },
    .gradients = {gradient(elu_slope, R"(s g \text{ if } x > 0 \text{ else } s \alpha r g e^{r x})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3), 1.0, 1.0, 1.0", "f(2, 3), 1.5, 1.1, 0.5"},
};

namespace {

Tensor run_elu(const Call& c, double alpha, double scale, double inner, bool in_place) {
  Call call(kEluScaled, in_place ? 1 : 0);
  call.count = 4;
  call.args[0] = c[0];
  call.args[1] = Arg(alpha);
  call.args[2] = Arg(scale);
  call.args[3] = Arg(inner);
  return in_place ? run_in_place(call) : run(call);
}

}  // namespace

const OpDef kFunctionalElu{
    .name = "elu",
    .signatures = {{"elu(Tensor input, float alpha=1.0, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Like relu, but negative elements approach -alpha smoothly.",
    .latex = R"(x \text{ if } x > 0 \text{ else } \alpha (e^{x} - 1))",
    .forward = [](Call& c) { return run_elu(c, real_or(c[1], 1), 1, 1, c.flag(2)); },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), 0.5"},
};

const OpDef kSelu{
    .name = "selu",
    .signatures = {{"selu(Tensor input, bool inplace=False)"}},
    .spellings = kTorch | kFunctional,
    .doc = "elu with constants that keep mean and variance from layer to layer.",
    .latex = R"(s x \text{ if } x > 0 \text{ else } s \alpha (e^{x} - 1))",
    .forward = [](Call& c) { return run_elu(c, kSeluAlpha, kSeluScale, 1, c.flag(1)); },
    .composite = true,
    .samples = {"f(2, 3)"},
    .failures = {{"torch.selu(torch.tensor([1]))", "RuntimeError: \"elu_cpu\" not implemented for 'Long'"}},
};

const OpDef kCeluOp{
    .name = "_celu",
    .signatures = {{.text = "_celu(Tensor input, Number alpha)", .node = "CeluBackward0", .reads_output = false}, {"_celu(Tensor input, Number alpha)", "CeluBackward1"}},
    .spellings = 0,
    .doc = "What celu comes to.",
    .latex = R"(x \text{ if } x > 0 \text{ else } \alpha (e^{x / \alpha} - 1))",
    .forward =
        [](Call& c) {
          const double alpha = c[1].real();
          if (alpha == 0) fail("RuntimeError", "ZeroDivisionError: alpha cannot be 0 for CELU");
          return on_elements(c, "elu_cpu", alpha, 1 / alpha, 0, [](auto m, auto x, auto below, auto inner, auto) { return x > 0 ? x : (m.exp(x * inner) - 1) * below; });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const double alpha = b.arg(1).real();
          if (b.signature() == 1) return made_by(Maker::elu, where(ge(0, b.out()), b.g * (b.out() / alpha + 1), b.g));
          // At zero itself PyTorch's second derivative is zero; where x is nan, g passes.
          const Tensor x = b.x(), negative = gt(0, x);
          const Tensor power = grad_enabled() ? exp(where(negative, x, 0.0) * (1 / alpha)) : exp_in_vectors(x * (1 / alpha));
          return made_by(Maker::elu, where(negative, b.g * (1 / alpha) * alpha * power, b.g));
        },
        R"(g \text{ if } x > 0 \text{ else } g e^{x / \alpha})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3), 0.7"},
};

const OpDef kCelu{
    .name = "celu",
    .signatures = {{"celu(Tensor input, float alpha=1.0, bool inplace=False)"}},
    .spellings = kTorch | kFunctional,
    .doc = "A smooth relu that approaches -alpha.",
    .latex = R"(x \text{ if } x > 0 \text{ else } \alpha (e^{x / \alpha} - 1))",
    .forward = [](Call& c) { return perhaps_in_place(c, kCeluOp); },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), 0.5"},
    .failures = {{"torch.celu(torch.ones(2), 0)", "RuntimeError: ZeroDivisionError: alpha cannot be 0 for CELU"}},
};

const OpDef kLeakyReluOp{
    .name = "_leaky_relu",
    .signatures = {{.text = "_leaky_relu(Tensor input, Number negative_slope)", .node = "LeakyReluBackward0", .reads_output = false},
                   {"_leaky_relu(Tensor input, Number negative_slope)", "LeakyReluBackward1"}},
    .spellings = 0,
    .doc = "What leaky_relu comes to.",
    .latex = R"(x \text{ if } x > 0 \text{ else } \alpha x)",
    .forward = [](Call& c) { return on_elements(c, "leaky_relu_cpu", c[1].real(), 0, 0, [](auto x, auto slope, auto, auto) { return x > 0 ? x : x * slope; }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const double slope = b.arg(1).real();
          if (b.signature() == 1 && slope < 0) {
            fail("RuntimeError",
                 "In-place leakyReLu backward calculation is triggered with a negative slope which is not supported. This is caused by calling in-place forward function "
                 "with a negative slope, please call out-of-place version instead. File an issue at https://github.com/pytorch/pytorch if you do require supporting "
                 "in-place leakRelu backward calculation with negative slope");
          }
          const Tensor at = b.signature() == 1 ? b.out() : b.x();
          return made_at(Maker::leaky_relu, where(gt(at, 0), b.g, b.g * slope), at);
        },
        R"(g \text{ if } x > 0 \text{ else } \alpha g)")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3), 0.2"},
};

const OpDef kFunctionalLeakyRelu{
    .name = "leaky_relu",
    .signatures = {{"leaky_relu(Tensor input, float negative_slope=0.01, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Like relu, but negative elements are only scaled down.",
    .latex = R"(x \text{ if } x > 0 \text{ else } \alpha x)",
    .forward = [](Call& c) { return perhaps_in_place(c, kLeakyReluOp); },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), 0.2"},
    .failures = {{"torch.nn.functional.leaky_relu(torch.tensor([1]))", "RuntimeError: \"leaky_relu_cpu\" not implemented for 'Long'"}},
};

const OpDef kThresholdOp{
    .name = "_threshold",
    .signatures = {{"_threshold(Tensor input, Number threshold, Number value)", "ThresholdBackward0"}, {"_threshold(Tensor input, Number threshold, Number value)", "ThresholdBackward1"}},
    .spellings = 0,
    .doc = "What threshold comes to.",
    .latex = R"(x \text{ if } x > t \text{ else } v)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), out = copy(x);
          if (x->dtype == DType::bool_) not_implemented_for("threshold_cpu", x->dtype);
          const Scalar limit = element(*full({}, c.scalar(1), x->dtype), 0);  // -1 among bytes is 255
          for (std::int64_t i = 0; i < out->numel; ++i) {
            if (element(*out, i).to_double() <= limit.to_double()) set_element(*out, i, c.scalar(2));
          }
          return laid_out(out, *x);
        },
    .gradients = {gradient([](const Backward& b) { return made_at(Maker::threshold, where(ge(b.arg(1).real(), b.x()), 0.0, b.g), b.x()); }, R"(g\,[x > t])")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3), 0.1, 0.5"},
};

const OpDef kThreshold{
    .name = "threshold",
    .signatures = {{"threshold(Tensor input, Number threshold, Number value, bool inplace=False)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Elements above the threshold stay, the others become value.",
    .latex = R"(x \text{ if } x > t \text{ else } v)",
    .forward = [](Call& c) { return perhaps_in_place(c, kThresholdOp); },
    .composite = true,
    .samples = {"f(2, 3), 0.1, 0.5"},
};

const OpDef kFunctionalHardtanh{
    .name = "hardtanh",
    .signatures = {{"hardtanh(Tensor input, float min_val=-1.0, float max_val=1.0, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Clamps each element to min_val and max_val.",
    .latex = R"(\min(\max(x, a), b))",
    .forward = [](Call& c) { return perhaps_in_place(c, *find_op("hardtanh")); },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), -0.3, 0.4"},
};

const OpDef kFunctionalRelu6{
    .name = "relu6",
    .signatures = {{"relu6(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Clamps each element to 0 and 6.",
    .latex = R"(\min(\max(x, 0), 6))",
    .forward =
        [](Call& c) {
          Call call(*find_op("hardtanh"));
          call.count = 3;
          call.args[0] = c[0];
          call.args[1] = Arg(0.0);
          call.args[2] = Arg(6.0);
          return c.flag(1) ? run_in_place(call) : run(call);
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kFunctionalSilu{
    .name = "silu",
    .signatures = {{"silu(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Each element times its sigmoid.",
    .latex = R"(x\, \sigma(x))",
    .forward = [](Call& c) { return perhaps_in_place(c, *find_op("silu")); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

constexpr auto mish_slope = [](auto m, auto x, auto, auto, auto) {
  const auto s = 1 / (1 + m.exp(-x)), t = m.tanh(m.log1p(m.exp(x)));
  return fused(x * s, fused(-t, t, decltype(x)(1)), t);
};
const OpDef kMishOp{
    .name = "_mish",
    .signatures = {{"_mish(Tensor input)", "MishBackward0"}},
    .spellings = 0,
    .doc = "What mish comes to.",
    .latex = R"(x \tanh(\ln(1 + e^{x})))",
    .forward = [](Call& c) { return on_elements(c, "mish_cpu", 0, 0, 0, [](auto m, auto x, auto, auto, auto) { return x * m.tanh(m.log1p(m.exp(x))); }); },
    .gradients = {gradient(
        [](const Backward& b) {
          if (!grad_enabled()) return b.g * on_elements(b.x(), 0, 0, 0, mish_slope);
          const Tensor x = b.x(), inner = apply(*find_op("tanh"), apply(*find_op("softplus"), x, 1, 20)), s = apply(*find_op("sigmoid"), x);
          return b.g * (inner + x * s * (1 - inner * inner));
        },
        R"(g (t + x\, \sigma(x) (1 - t^2)),\ t = \tanh(\ln(1 + e^x)))")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kMish{
    .name = "mish",
    .signatures = {{"mish(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Each element times the tanh of its softplus.",
    .latex = R"(x \tanh(\ln(1 + e^{x})))",
    .forward = [](Call& c) { return perhaps_in_place(c, kMishOp); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kHardsigmoidOp{
    .name = "_hardsigmoid",
    .signatures = {{"_hardsigmoid(Tensor input)", "HardsigmoidBackward0"}},
    .spellings = 0,
    .doc = "What hardsigmoid comes to.",
    .latex = R"(\min(\max(\frac{x + 3}{6}, 0), 1))",
    .forward =
        [](Call& c) {
          return on_elements(c, "hardsigmoid_cpu", 0, 3, 6, [](auto x, auto zero, auto three, auto six) { return std::min(std::max(x + three, zero), six) / six; });
        },
    .gradients = {gradient([](const Backward& b) { return where(logical_and(gt(b.x(), -3.0), gt(3.0, b.x())), b.g * (1.0 / 6), 0.0); }, R"(\frac{g}{6}\,[|x| < 3])")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)", "f(2, 3) * 5"},
};

const OpDef kHardsigmoid{
    .name = "hardsigmoid",
    .signatures = {{"hardsigmoid(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "A sigmoid of straight lines.",
    .latex = R"(\min(\max(\frac{x + 3}{6}, 0), 1))",
    .forward = [](Call& c) { return perhaps_in_place(c, kHardsigmoidOp); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kHardswishOp{
    .name = "_hardswish",
    .signatures = {{"_hardswish(Tensor input)", "HardswishBackward0"}},
    .spellings = 0,
    .doc = "What hardswish comes to.",
    .latex = R"(x \min(\max(\frac{x + 3}{6}, 0), 1))",
    .forward =
        [](Call& c) {
          return on_elements(c, "hardswish_cpu", 0, 3, 6, [](auto x, auto zero, auto three, auto six) { return x * std::min(std::max(x + three, zero), six) / six; });
        },
    .gradients = {gradient([](const Backward& b) { return made_by(Maker::hardswish, where(gt(-3.0, b.x()), 0.0, where(ge(3.0, b.x()), b.g * (b.x() / 3 + 0.5), b.g))); },
                           R"(g \left(\frac{x}{3} + \frac{1}{2}\right) \text{ if } |x| \le 3)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)", "f(2, 3) * 5"},
};

const OpDef kHardswish{
    .name = "hardswish",
    .signatures = {{"hardswish(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Each element times its hardsigmoid.",
    .latex = R"(x \min(\max(\frac{x + 3}{6}, 0), 1))",
    .forward = [](Call& c) { return perhaps_in_place(c, kHardswishOp); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kHardshrink{
    .name = "hardshrink",
    .signatures = {{"hardshrink(Tensor input, Number lambd=0.5)"}},
    .spellings = kTorch | kMethod | kFunctional,
    .doc = "Elements that are no larger than lambd become zero.",
    .latex = R"(x\,[|x| > \lambda])",
    .forward =
        [](Call& c) { return on_elements(c, "hardshrink_cpu", real_or(c[1], 0.5), 0, 0, [](auto x, auto l, auto zero, auto) { return x >= -l && x <= l ? zero : x; }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const double l = real_or(b.arg(1), 0.5);
          return made_at(Maker::hardshrink, where(logical_and(ge(b.x(), -l), ge(l, b.x())), 0.0, b.g), b.x());
        },
        R"(g\,[|x| > \lambda])")},
    .tangent = auto_element_wise,
    .in_c = true,
    .samples = {"f(2, 3)", "f(2, 3), 0.2"},
    .failures = {{"torch.hardshrink(torch.tensor([1]))", "RuntimeError: \"hardshrink_cpu\" not implemented for 'Long'"}},
};

const OpDef kSoftshrink{
    .name = "softshrink",
    .signatures = {{"softshrink(Tensor input, Number lambd=0.5)"}},
    .spellings = kFunctional,
    .doc = "Moves elements towards zero by lambd.",
    .latex = R"(\operatorname{sgn}(x) \max(|x| - \lambda, 0))",
    .forward =
        [](Call& c) {
          const double l = real_or(c[1], 0.5);
          if (!(l >= 0)) fail("RuntimeError", "lambda must be greater or equal to 0, but found to be ", general(l, 6), ".");
          return on_elements(c, "softshrink_cpu", l, 0, 0, [](auto x, auto l, auto zero, auto) { return x > l ? x - l : x < -l ? x + l : zero; });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const double l = real_or(b.arg(1), 0.5);
          return made_at(Maker::softshrink, where(logical_and(ge(b.x(), -l), ge(l, b.x())), 0.0, b.g), b.x());
        },
        R"(g\,[|x| > \lambda])")},
    .tangent = auto_element_wise,
    .in_c = true,
    .samples = {"f(2, 3)", "f(2, 3), 0.2"},
};

const OpDef kTanhshrink{
    .name = "tanhshrink",
    .signatures = {{"tanhshrink(Tensor input)"}},
    .spellings = kFunctional,
    .doc = "Each element less its tanh.",
    .latex = R"(x - \tanh x)",
    .forward = [](Call& c) { return c.tensor(0) - apply(*find_op("tanh"), c.tensor(0)); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kSoftsign{
    .name = "softsign",
    .signatures = {{"softsign(Tensor input)"}},
    .spellings = kFunctional,
    .doc = "Each element over one more than its size.",
    .latex = R"(\frac{x}{1 + |x|})",
    .forward = [](Call& c) { return c.tensor(0) / (apply(*find_op("abs"), c.tensor(0)) + Arg(1)); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kPrelu{
    .name = "prelu",
    .signatures = {{"prelu(Tensor input, Tensor weight)"}},
    .spellings = kTorch | kMethod | kFunctional,
    .doc = "leaky_relu with slopes that are learned, one or one for each channel.",
    .latex = R"(x \text{ if } x > 0 \text{ else } w x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), w = c.tensor(1);
          const std::int64_t channels = x->dim() > 1 ? x->sizes[1] : 1;
          if (w->numel != 1 && w->numel != channels) {
            fail("RuntimeError", "Mismatch of parameter numbers and input channel size. Found parameter numbers = ", w->numel, " and channel size = ", channels, ".");
          }
          if (w->dim() > 1) fail("RuntimeError", "prelu: Expected `weight` to be a scalar or 1D tensor, but got ndim = ", w->dim());
          if (!is_floating(x->dtype)) not_implemented_for("prelu_cpu", x->dtype);
          if (x->dtype != w->dtype) fail("RuntimeError", "Found dtype ", legacy_name(w->dtype), " but expected ", legacy_name(x->dtype));
          const GradMode off(false);
          Dims line(x->dim(), 1);
          if (w->numel != 1) line[1] = w->numel;
          return contiguous(where(gt(x, 0), x, x * (w->numel == 1 ? reshape_to(w, {}) : reshape_to(w, line))));
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        Dims line(b.sizes().size(), 1);
                        const Tensor w = b.y();
                        if (w->numel != 1) line[1] = w->numel;
                        return made_at(Maker::prelu, where(gt(b.x(), 0), b.g, b.g * reshape_to(w, line)), b.x());
                      },
                      R"(g \text{ if } x > 0 \text{ else } w g)"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor part = where(gt(b.x(), 0), 0.0, b.g * b.x());
                        if (count_elements(b.sizes(1)) == 1) return reshape_to(sum(part), b.sizes(1));
                        std::vector<bool> dims(part->dim(), true);
                        dims[1] = false;
                        return reshape_to(sum(part, dims, false), b.sizes(1));
                      },
                      R"(\sum g x\,[x \le 0])")},
    .tangent = prelu_tangent,
    .in_c = true,
    .samples = {"f(2, 3), p(3)", "f(2, 3), p(1)", "f(4), p(1)"},
    .failures = {{"torch.prelu(torch.ones(2, 3), torch.ones(2))",
                  "RuntimeError: Mismatch of parameter numbers and input channel size. Found parameter numbers = 2 and channel size = 3."}},
};

const OpDef kRreluOp{
    .name = "rrelu_with_noise",
    .signatures = {{"rrelu_with_noise(Tensor input, Tensor slopes)"}},
    .spellings = 0,
    .doc = "leaky_relu with a slope of its own for each element.",
    .latex = R"(x \text{ if } x > 0 \text{ else } n x)",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          return contiguous(where(gt(c.tensor(0), 0), c[0], c.tensor(0) * c.tensor(1)));
        },
    .gradients = {gradient([](const Backward& b) { return made_at(Maker::rrelu, where(gt(b.x(), 0), b.g, b.g * b.y()), b.x()); }, R"(g \text{ if } x > 0 \text{ else } n g)"),
                  not_differentiable("noise is a constant")},
    .tangent = auto_element_wise,
    .samples = {},
};

const OpDef kRrelu{
    .name = "rrelu",
    .signatures = {{"rrelu(Tensor input, float lower=0.125, float upper=0.3333333333333333, bool training=False, bool inplace=False)"}},
    .spellings = kTorch | kFunctional,
    .doc = "leaky_relu with random slopes while training, and their average otherwise.",
    .latex = R"(x \text{ if } x > 0 \text{ else } n x,\ n \sim U(a, b))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const double lower = real_or(c[1], 0.125), upper = real_or(c[2], 1.0 / 3);
          if (lower > upper) fail("RuntimeError", "Lower bound should be less than or equal to the upper bound");
          if (!is_floating(x->dtype)) not_implemented_for(c.flag(3) ? "rrelu_with_noise_out_cpu" : "leaky_relu_cpu", x->dtype);
          const Tensor slopes = full(x->sizes, Scalar::of((lower + upper) / 2), x->dtype);
          for (std::int64_t i = 0; c.flag(3) && i < x->numel; ++i) {
            if (element(*x, offset_of(*x, i)).to_double() <= 0) set_element(*slopes, i, Scalar::of(default_generator().uniform_double() * (upper - lower) + lower));
          }
          Call call(kRreluOp);
          call.count = 2;
          call.args[0] = c[0];
          call.args[1] = Arg(slopes);
          return c.flag(4) ? run_in_place(call) : run(call);
        },
    .composite = true,
    .draws = true,
    .samples = {"f(2, 3)"},
};

const OpDef kGlu{
    .name = "glu",
    .signatures = {{"glu(Tensor input, int dim=-1)"}},
    .spellings = kFunctional,
    .doc = "The first half times the sigmoid of the second.",
    .latex = R"(a\, \sigma(b))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("RuntimeError", "glu does not support scalars because halving size must be even");
          const std::int64_t dim = dimension(c, 1, -1), half = x->sizes[dim] / 2;
          if (x->sizes[dim] % 2) fail("RuntimeError", "Halving dimension must be even, but dimension ", dim, " is size ", x->sizes[dim]);
          if (!is_floating(x->dtype)) not_implemented_for("glu_cpu", x->dtype);
          const GradMode off(false);
          return slice(x, dim, 0, half, 1) * apply(*find_op("sigmoid"), slice(x, dim, half, half, 1));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x();
          const std::int64_t dim = wrap_dim(b.arg(1).is_none() ? -1 : b.arg(1).integer(), x->dim()), half = x->sizes[dim] / 2;
          const Tensor first = slice_of(x, dim, 0, half), s = apply(*find_op("sigmoid"), slice_of(x, dim, half, half));
          return made_by(Maker::glu, concatenate({b.g * s, (1 - s) * s * first * b.g}, dim));
        },
        R"([g\, \sigma(b),\ g\, a\, \sigma(b) (1 - \sigma(b))])")},
    .samples = {"f(2, 4)", "f(4, 3), 0"},
    .failures = {{"torch.nn.functional.glu(torch.ones(3))", "RuntimeError: Halving dimension must be even, but dimension 0 is size 3"}},
};

const OpDef kSoftmin{
    .name = "softmin",
    .signatures = {{"softmin(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None)"}},
    .spellings = kFunctional,
    .doc = "softmax of the negated input.",
    .latex = R"(\frac{e^{-x_i}}{\sum_k e^{-x_k}})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          std::int64_t dim = c.integer(1);
          if (!c.has(1)) {
            warn("UserWarning", "Implicit dimension choice for softmin has been deprecated. Change the call to include dim=X as an argument.", static_cast<int>(c.integer(2, 3)) - 3);
            dim = x->dim() == 0 || x->dim() == 1 || x->dim() == 3 ? 0 : 1;
          }
          return apply(*find_op("softmax"), -x, dim, c[3]);
        },
    .composite = true,
    .samples = {"f(2, 3), 1"},
};

const OpDef kGumbelSoftmax{
    .name = "gumbel_softmax",
    .signatures = {{"gumbel_softmax(Tensor logits, float tau=1, bool hard=False, float eps=1e-10, int dim=-1)"}},
    .spellings = kFunctional,
    .doc = "softmax of scores with random noise: nearly a random choice, but with a gradient; hard makes it a choice.",
    .latex = R"(\operatorname{softmax}\frac{x + n}{\tau})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t dim = c.integer(4, -1);
          Call noise(*find_op("exponential"));
          noise.count = 2;
          noise.args[0] = Arg(contiguous(x));
          const Tensor gumbels = -log(noise.def.forward(noise));
          const Tensor soft = apply(*find_op("softmax"), (x + gumbels) / real_or(c[1], 1), dim);
          if (!c.flag(2)) return soft;
          Call find(*find_op("max"), 2);
          find.count = 3;
          find.args[0] = Arg(soft);
          find.args[1] = Arg(dim);
          find.args[2] = Arg(true);
          const Tensor place = run_many(find)[1];
          Call scatter(*find_op("scatter"), 1);
          scatter.count = 4;
          scatter.args[0] = Arg(zeros(x->sizes, x->dtype));
          scatter.args[1] = Arg(dim);
          scatter.args[2] = Arg(place);
          scatter.args[3] = Arg(1.0);
          return run(scatter) - detach(soft) + soft;
        },
    .composite = true,
    .samples = {},
};

const std::vector<const OpDef*>& rectifying_ops() {
  static const std::vector<const OpDef*> ops{
      &kEluScaled,       &kFunctionalElu,  &kSelu,       &kCeluOp,     &kCelu,       &kLeakyReluOp, &kFunctionalLeakyRelu, &kThresholdOp, &kThreshold, &kFunctionalHardtanh,
      &kFunctionalRelu6, &kFunctionalSilu, &kMishOp,     &kMish,       &kHardsigmoidOp, &kHardsigmoid, &kHardswishOp,       &kHardswish,   &kHardshrink, &kSoftshrink,
      &kTanhshrink,      &kSoftsign,       &kPrelu,      &kRreluOp,    &kRrelu,      &kGlu,         &kSoftmin,             &kGumbelSoftmax};
  return ops;
}

}  // namespace nabla
