// Exponentials, logarithms, roots and reciprocals: exp, exp2, expm1, log, log2, log10, log1p, sqrt, rsqrt, square, reciprocal, erf,
// erfc. Integers and bools are computed as floats.
#include <cmath>
#include <numbers>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {

constexpr auto exp_of = [](auto x) { return elementary::exp(x); };
const OpDef kExp{
    .name = "exp",
    .signatures = {{"exp(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The exponential function of each element.",
    .latex = "e^{x}",
    .forward = [](Call& c) { return on_floats(c, exp_of); },
    .gradients = {gradient([](const Backward& b) { return b.g * b.out(); }, R"(g\, e^{x})")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * s.out; }),
    .single = single_of_one(exp_of),
    .reads_output = true,
    .samples = {"f(2, 3)", "f()", "f(0, 3)"},
    .failures = {{"torch.exp(2)", "TypeError: exp(): argument 'input' (position 1) must be Tensor, not int"}},
};

const OpDef kExp2{
    .name = "exp2",
    .signatures = {{"exp2(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_exp2"},
    .doc = "Two to the power of each element.",
    .latex = "2^{x}",
    .forward = [](Call& c) { return on_floats(c, elementary::rounded([](double x) { return std::exp2(x); })); },
    .gradients = {gradient([](const Backward& b) { return b.g * b.out() * std::numbers::ln2; }, R"(g\, 2^{x} \ln 2)")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kExpm1{
    .name = "expm1",
    .signatures = {{"expm1(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_expm1"},
    .doc = "The exponential minus one, exact also near zero.",
    .latex = "e^{x} - 1",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::expm1(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * (b.out() + 1); }, "g e^{x}")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

constexpr auto log_of = [](auto x) { return elementary::log(x); };
const OpDef kLog{
    .name = "log",
    .signatures = {{"log(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The natural logarithm of each element.",
    .latex = R"(\ln x)",
    .forward = [](Call& c) { return on_floats(c, log_of); },
    .gradients = {gradient([](const Backward& b) { return b.g / b.x(); }, R"(\frac{g}{x})")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g / s.x; }),
    .single = single_of_one(log_of),
    .samples = {"p(2, 3)", "p()"},
};

const OpDef kLog2{
    .name = "log2",
    .signatures = {{"log2(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The logarithm to base 2.",
    .latex = R"(\log_2 x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::log2(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g / (b.x() * std::numbers::ln2); }, R"(\frac{g}{x \ln 2})")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3)"},
};

const OpDef kLog10{
    .name = "log10",
    .signatures = {{"log10(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The logarithm to base 10.",
    .latex = R"(\log_{10} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::log10(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g / (b.x() * 2.3025850929940456); }, R"(\frac{g}{x \ln 10})")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3)"},
};

const OpDef kLog1p{
    .name = "log1p",
    .signatures = {{"log1p(Tensor input)", "Log1PBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_log1p"},
    .doc = "The natural logarithm of one plus each element, exact also near zero.",
    .latex = R"(\ln(1 + x))",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::log1p(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g / (b.x() + 1); }, R"(\frac{g}{1 + x})")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3)"},
};

constexpr auto sqrt_of = [](auto x) { return std::sqrt(x); };
const OpDef kSqrt{
    .name = "sqrt",
    .signatures = {{"sqrt(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The square root of each element.",
    .latex = R"(\sqrt{x})",
    .forward = [](Call& c) { return on_floats(c, sqrt_of); },
    .gradients = {gradient([](const Backward& b) { return b.g / (b.out() * 2); }, R"(\frac{g}{2 \sqrt{x}})")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g / (s.out * 2); }),
    .single = single_of_one(sqrt_of),
    .reads_output = true,
    .samples = {"p(2, 3)", "p()"},
    .failures = {{"torch.sqrt(4.0)", "TypeError: sqrt(): argument 'input' (position 1) must be Tensor, not float"}},
};

const OpDef kRsqrt{
    .name = "rsqrt",
    .signatures = {{"rsqrt(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "One over the square root of each element.",
    .latex = R"(\frac{1}{\sqrt{x}})",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return 1 / std::sqrt(x); }); },
    .gradients = {gradient([](const Backward& b) { return -0.5 * b.g * pow(b.out(), 3); }, R"(-\frac{g}{2 x^{3/2}})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"p(2, 3)"},
};

const OpDef kSquare{
    .name = "square",
    .signatures = {{"square(Tensor input)", "PowBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The square of each element.",
    .latex = "x^{2}",
    .forward =
        [](Call& c) {
          Call power(*find_op("pow"), 2);
          power.count = 2;
          power.args[0] = c[0];
          power.args[1] = Arg(2);
          return power.def.forward(power);
        },
    .gradients = {gradient([](const Backward& b) { return b.g * ((grad_enabled() ? pow(b.x(), 1) : b.x()) * 2.0); }, "2 g x")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * (2 * s.x); }),
    .cast_words = CastWords::found,
    .samples = {"f(2, 3)"},
};

const OpDef kReciprocal{
    .name = "reciprocal",
    .signatures = {{"reciprocal(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "One over each element.",
    .latex = R"(\frac{1}{x})",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return 1 / x; }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor out = b.out();
          return -b.g * (out * out);
        },
        R"(-\frac{g}{x^2})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"p(2, 3)"},
};

const OpDef kErf{
    .name = "erf",
    .signatures = {{"erf(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_erf"},
    .doc = "The error function.",
    .latex = R"(\operatorname{erf} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::erf(x); }); },
    .gradients = {gradient([](const Backward& b) { return 2 * std::numbers::inv_sqrtpi * exp(-pow(b.x(), 2)) * b.g; },
                           R"(g \frac{2}{\sqrt{\pi}} e^{-x^2})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kErfc{
    .name = "erfc",
    .signatures = {{"erfc(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_erfc"},
    .doc = "One minus the error function.",
    .latex = R"(1 - \operatorname{erf} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::erfc(x); }); },
    .gradients = {gradient([](const Backward& b) { return -2 * std::numbers::inv_sqrtpi * exp(-pow(b.x(), 2)) * b.g; },
                           R"(-g \frac{2}{\sqrt{\pi}} e^{-x^2})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const std::vector<const OpDef*>& exponential_ops() {
  static const std::vector<const OpDef*> ops{&kExp,  &kExp2,  &kExpm1,  &kLog,        &kLog2, &kLog10, &kLog1p,
                                             &kSqrt, &kRsqrt, &kSquare, &kReciprocal, &kErf,  &kErfc};
  return ops;
}

Tensor exp(const Tensor& x) { return apply(kExp, x); }
Tensor log(const Tensor& x) { return apply(kLog, x); }
Tensor sqrt(const Tensor& x) { return apply(kSqrt, x); }

}  // namespace nabla
