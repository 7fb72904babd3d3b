// Angles and hyperbolas: sin, cos, tan, their inverses, atan2, sinh, cosh, tanh, their inverses. Integers and bools are computed as
// floats.
#include <cmath>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/slopes.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// f, of the functions to use and an element: see Note [In vectors].
template <class F>
Tensor vectorial(const Call& c, F) {
  return unary(c, {{elementary::vector_loop<float, F>, elementary::vector_loop<double, F>, nullptr}}, true);
}

Tensor over_root(const Tensor& x) { return apply(*find_op("rsqrt"), x); }

}  // namespace

constexpr auto sin_of = [](auto x) { return elementary::sin(x); };
const OpDef kSin{
    .name = "sin",
    .signatures = {{"sin(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The sine of each element, in radians.",
    .latex = R"(\sin x)",
    .forward = [](Call& c) { return on_floats(c, sin_of); },
    .gradients = {gradient([](const Backward& b) { return b.g * cos(b.x()); }, R"(g \cos x)")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * elementary::cos(s.x); }),
    .single = single_of_one(sin_of),
    .samples = {"f(2, 3)", "f()"},
};

constexpr auto cos_of = [](auto x) { return elementary::cos(x); };
const OpDef kCos{
    .name = "cos",
    .signatures = {{"cos(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The cosine of each element, in radians.",
    .latex = R"(\cos x)",
    .forward = [](Call& c) { return on_floats(c, cos_of); },
    .gradients = {gradient([](const Backward& b) { return b.g * -sin(b.x()); }, R"(-g \sin x)")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * -elementary::sin(s.x); }),
    .single = single_of_one(cos_of),
    .samples = {"f(2, 3)"},
};

const OpDef kTan{
    .name = "tan",
    .signatures = {{"tan(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The tangent of each element, in radians.",
    .latex = R"(\tan x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::tan(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * (1 + pow(b.out(), 2)); }, R"(g (1 + \tan^2 x))")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kAsin{
    .name = "asin",
    .signatures = {{"asin(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arcsin"},
    .doc = "The angle with this sine.",
    .latex = R"(\arcsin x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::asin(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * over_root(-b.x() * b.x() + 1); }, R"(\frac{g}{\sqrt{1 - x^2}})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3) * 0.9"},
};

const OpDef kAcos{
    .name = "acos",
    .signatures = {{"acos(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arccos"},
    .doc = "The angle with this cosine.",
    .latex = R"(\arccos x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::acos(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * -over_root(-b.x() * b.x() + 1); }, R"(-\frac{g}{\sqrt{1 - x^2}})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3) * 0.9"},
};

const OpDef kAtan{
    .name = "atan",
    .signatures = {{"atan(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arctan"},
    .doc = "The angle with this tangent.",
    .latex = R"(\arctan x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::atan(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g / (b.x() * b.x() + 1); }, R"(\frac{g}{1 + x^2})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kAtan2{
    .name = "atan2",
    .signatures = {{"atan2(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arctan2"},
    .doc = "The angle of the point (other, input), in the right quadrant.",
    .latex = R"(\operatorname{atan2}(x, y))",
    .forward =
        [](Call& c) {
          constexpr auto f = [](auto m, auto y, auto x) { return m.atan2(y, x); };
          using F = decltype(f);
          return binary(c, {{elementary::vector_loop_of_two<float, F>, elementary::vector_loop_of_two<double, F>, nullptr}}, float_type(c.result_type()));
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor x = b.x(), y = b.y();
                        return b.g * y * apply(*find_op("reciprocal"), x * x + y * y);
                      },
                      R"(\frac{g y}{x^2 + y^2})"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor x = b.x(), y = b.y();
                        return b.g * -x * apply(*find_op("reciprocal"), x * x + y * y);
                      },
                      R"(-\frac{g x}{x^2 + y^2})")},
    .tangent = [](const Forward& f) -> Tensor { return (Arg(-f.x()) * f.t(1) + f.p(1) * f.t(0)) / (pow(f.p(0), 2) + pow(f.p(1), 2)); },
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(2, 1)"},
};

const OpDef kSinh{
    .name = "sinh",
    .signatures = {{"sinh(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The hyperbolic sine.",
    .latex = R"(\sinh x)",
    .forward = [](Call& c) { return vectorial(c, [](auto m, auto x) { return m.sinh(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(*find_op("cosh"), b.x()); }, R"(g \cosh x)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kCosh{
    .name = "cosh",
    .signatures = {{"cosh(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The hyperbolic cosine.",
    .latex = R"(\cosh x)",
    .forward = [](Call& c) { return vectorial(c, [](auto m, auto x) { return m.cosh(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(kSinh, b.x()); }, R"(g \sinh x)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

constexpr auto tanh_of = [](auto x) { return elementary::tanh(x); };
const OpDef kTanh{
    .name = "tanh",
    .signatures = {{"tanh(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace | kFunctional,
    .doc = "The hyperbolic tangent: squeezes each element into -1 to 1.",
    .latex = R"(\tanh x)",
    .forward = [](Call& c) { return on_floats(c, tanh_of); },
    .gradients = {gradient([](const Backward& b) { return slope_of(SlopeOf::tanh, b.g, b.out()); }, R"(g (1 - \tanh^2 x))")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * fused(-s.out, s.out, decltype(s.g)(1)); }),
    .single = single_of_one(tanh_of),
    .reads_output = true,
    .samples = {"f(2, 3)", "f()"},
};

const OpDef kAsinh{
    .name = "asinh",
    .signatures = {{"asinh(Tensor input)"}, {.text = "asinh(Tensor input)", .node = "AsinhBackward1", .in_place = true}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arcsinh"},
    .doc = "The inverse of the hyperbolic sine.",
    .latex = R"(\operatorname{arsinh} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return std::asinh(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * over_root(pow(b.x(), 2) + 1); }, R"(\frac{g}{\sqrt{x^2 + 1}})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kAcosh{
    .name = "acosh",
    .signatures = {{"acosh(Tensor input)"}, {.text = "acosh(Tensor input)", .node = "AcoshBackward1", .in_place = true}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arccosh"},
    .doc = "The inverse of the hyperbolic cosine.",
    .latex = R"(\operatorname{arcosh} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return std::acosh(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * over_root(pow(b.x(), 2) - 1); }, R"(\frac{g}{\sqrt{x^2 - 1}})")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3) + 1"},
};

const OpDef kAtanh{
    .name = "atanh",
    .signatures = {{"atanh(Tensor input)"}, {.text = "atanh(Tensor input)", .node = "AtanhBackward1", .in_place = true}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"arctanh"},
    .doc = "The inverse of the hyperbolic tangent.",
    .latex = R"(\operatorname{artanh} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return std::atanh(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * 1 / (1 - pow(b.x(), 2)); }, R"(\frac{g}{1 - x^2})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3) * 0.9"},
};

const std::vector<const OpDef*>& trigonometric_ops() {
  static const std::vector<const OpDef*> ops{&kSin,  &kCos,  &kTan,  &kAsin,  &kAcos,  &kAtan, &kAtan2,
                                             &kSinh, &kCosh, &kTanh, &kAsinh, &kAcosh, &kAtanh};
  return ops;
}

Tensor sin(const Tensor& x) { return apply(kSin, x); }
Tensor cos(const Tensor& x) { return apply(kCos, x); }

}  // namespace nabla
