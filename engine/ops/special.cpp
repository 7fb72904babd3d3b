// Special functions of one number: the gamma family, Bessel functions, inverses of the error function, and what is made of them.
// lgamma, digamma, polygamma, mvlgamma; i0, i0e, i1, i1e; erfinv, erfcx, ndtr, ndtri, log_ndtr; entr, logit, sinc.
#include <cmath>
#include <limits>
#include <numbers>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/special_functions.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kSqrtPi = 1.7724538509055159;

/// f, on doubles, of every element.
template <class F>
Tensor in_double(const Call& c, F) {
  return on_floats(c, [](auto x) { return static_cast<decltype(x)>(F{}(static_cast<double>(x))); });
}

// ---- the error function's relatives ----

double erfcx_of_double(double x) {
  if (x < 25) return std::exp(x * x) * std::erfc(x);
  const double r = 1 / (2 * x * x);
  return std::numbers::inv_sqrtpi / x * (1 - r * (1 - 3 * r * (1 - 5 * r * (1 - 7 * r * (1 - 9 * r)))));
}

/// erfcx where y is 400 / (4 + x): PyTorch has a polynomial for each whole number of y, in how far y is from there. What floats round in it is kept.
template <class T>
T erfcx_at(T y) {
  const int step = static_cast<int>(y);
  if (step >= 100) return 1;
  const T rest = 2 * y - static_cast<T>(2 * step + 1);
  return static_cast<T>(erfcx_of_double(800 / (static_cast<double>(rest) + 2 * step + 1) - 4));
}

template <class T>
T erfcx(T x) {
  if (x != x) return x;
  if (x < -26.7) return std::numeric_limits<T>::infinity();
  if (x < -6.1) return 2 * std::exp(x * x);
  if (x < 0) return 2 * std::exp(x * x) - erfcx_at(400 / (4 - x));
  if (x <= 50) return erfcx_at(400 / (4 + x));
  const T scale = static_cast<T>(std::numbers::inv_sqrtpi), square = x * x;
  return x > 5e7 ? scale / x : static_cast<T>(scale * (square * (square + 4.5) + 2) / (x * (square * (square + 5) + 3.75)));
}

template <class T>
T log_ndtr(T x) {
  const T t = x * static_cast<T>(std::numbers::sqrt2 / 2);
  return x < -1 ? std::log(erfcx(-t) / 2) - t * t : std::log1p(-std::erfc(t) / 2);
}

/// -i / 2, for i from p - 1 down.
double half_steps(std::int64_t p, std::int64_t i) { return 0.5 * static_cast<double>(i - p + 1); }
/// What a number must be larger than so that one can divide by it: the distance from 1 to the next number.
double smallest(const Tensor& x) { return x->dtype == DType::float32 ? std::numeric_limits<float>::epsilon() : std::numeric_limits<double>::epsilon(); }

Tensor op(const char* name, const Tensor& x) { return apply(*find_op(name), x); }

}  // namespace

const OpDef kPolygammaMethod{
    .name = "polygamma",
    .signatures = {{"polygamma(Tensor input, int n)"}},
    .spellings = kMethod,
    .doc = "The n-th derivative of digamma.",
    .latex = R"(\psi^{(n)}(x))",
    .forward =
        [](Call& c) {
          const std::int64_t n = c.integer(1);
          if (n < 0) fail("RuntimeError", "polygamma(n, x) does not support negative n.");
          const Tensor x = contiguous(cast(c.tensor(0), float_type(c.tensor(0)->dtype))), out = empty(x->sizes, x->dtype);
          for (std::int64_t i = 0; i < x->numel; ++i) {
            const double at = element(*x, i).to_double();
            set_element(*out, i, Scalar::of(x->dtype == DType::float64 ? special::polygamma(static_cast<int>(n), at) : special::polygamma(static_cast<int>(n), static_cast<float>(at))));
          }
          return laid_out(out, *c[0].impl());
        },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(kPolygammaMethod, b.x(), b.arg(1).integer() + 1); },
                           R"(g\, \psi^{(n + 1)}(x))")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3), 1", "p(3), 2", "p(3), 0"},
    .failures = {{"torch.ones(2).polygamma(-1)", "RuntimeError: polygamma(n, x) does not support negative n."}},
};

const OpDef kPolygammaInPlace{
    .name = "polygamma",
    .signatures = {{"polygamma(Tensor input, int n)", "PolygammaBackward1"}},
    .spellings = kInPlace,
    .doc = kPolygammaMethod.doc,
    .latex = kPolygammaMethod.latex,
    .forward = kPolygammaMethod.forward,
    .gradients = kPolygammaMethod.gradients,
    .tangent = auto_element_wise,
    .samples = {"p(2, 3), 1", "p(3), 2"},
};

const OpDef kLgamma{
    .name = "lgamma",
    .signatures = {{"lgamma(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_gammaln"},
    .doc = "The logarithm of the gamma function's size.",
    .latex = R"(\ln |\Gamma(x)|)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return elementary::lgamma(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * op("digamma", b.x()); }, R"(g\, \psi(x))")},
    .tangent = auto_element_wise,
    .method_in_place = true,
    .samples = {"p(2, 3)", "f(3)"},
};

const OpDef kDigamma{
    .name = "digamma",
    .signatures = {{"digamma(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_digamma", "special_psi"},
    .doc = "The slope of lgamma.",
    .latex = R"(\psi(x) = \frac{\Gamma'(x)}{\Gamma(x)})",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::digamma(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(kPolygammaMethod, b.x(), 1); }, R"(g\, \psi^{(1)}(x))")},
    .tangent = auto_element_wise,
    .method_in_place = true,
    .samples = {"p(2, 3)"},
};

const OpDef kPolygamma{
    .name = "polygamma",
    .signatures = {{"polygamma(int n, Tensor input)"}},
    .spellings = kTorch,
    .aliases = {"special_polygamma"},
    .doc = kPolygammaMethod.doc,
    .latex = kPolygammaMethod.latex,
    .forward = [](Call& c) { return apply(kPolygammaMethod, c.tensor(1), c.integer(0)); },
    .composite = true,
    .samples = {"1, p(3)"},
};

const OpDef kMvlgamma{
    .name = "mvlgamma",
    .signatures = {{"mvlgamma(Tensor input, int p)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_multigammaln"},
    .doc = "The logarithm of the gamma function of p dimensions.",
    .latex = R"(\frac{p (p - 1)}{4} \ln \pi + \sum_{i=0}^{p-1} \ln \Gamma\left(x - \frac{i}{2}\right))",
    .forward =
        [](Call& c) {
          const std::int64_t p = c.integer(1);
          if (c[0].impl()->dtype == DType::bool_) fail("RuntimeError", "The input tensor may not be a boolean tensor.");
          const Tensor x = contiguous(cast(c.tensor(0), float_type(c.tensor(0)->dtype))), out = empty(x->sizes, x->dtype);
          if (p < 1) fail("RuntimeError", "p has to be greater than or equal to 1");
          Dims sizes = x->sizes;
          sizes.push_back(p);
          const Tensor terms = empty(sizes, x->dtype);
          with_floats(x->dtype, [&]<class T>(T*) {
            for (std::int64_t i = 0; i < terms->numel; ++i) {
              terms->data_as<T>()[i] = elementary::lgamma(static_cast<T>(half_steps(p, i % p)) + x->data_as<T>()[i / p]);
            }
            std::vector<bool> last(sizes.size());
            last.back() = true;
            copy_into(out, sum(terms, last, false));
            for (std::int64_t i = 0; i < out->numel; ++i) out->data_as<T>()[i] += static_cast<T>(static_cast<double>(p * (p - 1)) / 4 * std::log(std::numbers::pi));
          });
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const std::int64_t p = b.arg(1).integer();
          const Tensor steps = empty({p}, b.dtype());
          for (std::int64_t i = 0; i < p; ++i) set_element(*steps, i, Scalar::of(half_steps(p, i)));
          const Tensor x = b.x();
          std::vector<bool> last(x->sizes.size() + 1);
          last.back() = true;
          return b.g * sum(op("digamma", steps + unsqueeze_at(x, static_cast<std::int64_t>(x->sizes.size()))), last, false);
        },
        R"(g \sum_i \psi\left(x - \frac{i}{2}\right))")},
    .tangent = auto_element_wise,
    .samples = {"p(3) + 2.0, 3"},
};

const OpDef kErfinv{
    .name = "erfinv",
    .signatures = {{"erfinv(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_erfinv"},
    .doc = "The inverse of the error function.",
    .latex = R"(\operatorname{erf}^{-1} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::erfinv(x); }); },
    .gradients = {gradient([](const Backward& b) { return kSqrtPi / 2 * exp(pow(op("erfinv", b.x()), 2)) * b.g; },
                           R"(g \frac{\sqrt{\pi}}{2} e^{\operatorname{out}^2})")},
    .tangent = auto_element_wise,
    .method_in_place = true,
    .samples = {"f(2, 3)"},
};

const OpDef kErfcx{
    .name = "special_erfcx",
    .signatures = {{"special_erfcx(Tensor input)"}},
    .spellings = kTorch,
    .doc = "erfc, scaled by the exponential of the square.",
    .latex = R"(e^{x^2} \operatorname{erfc} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return erfcx(x); }); },
    .gradients = {gradient([](const Backward& b) { return (2 * b.x() * b.out() - 2 * std::numbers::inv_sqrtpi) * b.g; },
                           R"(g \left(2 x \operatorname{out} - \frac{2}{\sqrt{\pi}}\right))")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kNdtr{
    .name = "special_ndtr",
    .signatures = {{"special_ndtr(Tensor input)"}},
    .spellings = kTorch,
    .doc = "The probability that a standard normal number is smaller.",
    .latex = R"(\Phi(x))",
    .forward = [](Call& c) { return (op("erf", c.tensor(0) * (std::numbers::sqrt2 / 2)) + 1) * 0.5; },
    .composite = true,
    .copies_out = true,
    .samples = {"f(2, 3)"},
};

const OpDef kNdtri{
    .name = "special_ndtri",
    .signatures = {{"special_ndtri(Tensor input)"}},
    .spellings = kTorch,
    .doc = "The inverse of ndtr.",
    .latex = R"(\Phi^{-1}(x))",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::ndtri(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * std::sqrt(2 * std::numbers::pi) * exp(pow(b.out(), 2) / 2); },
                           R"(g \sqrt{2 \pi}\, e^{\operatorname{out}^2 / 2})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"p(2, 3) * 0.5"},
};

const OpDef kLogNdtr{
    .name = "special_log_ndtr",
    .signatures = {{"special_log_ndtr(Tensor input)"}},
    .spellings = kTorch,
    .doc = "The logarithm of ndtr, exact also far below zero.",
    .latex = R"(\ln \Phi(x))",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return log_ndtr(x); }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), out = b.out();
          return b.g / std::sqrt(2 * std::numbers::pi) * exp(-(out + pow(x, 2) / 2));
        },
        R"(\frac{g\, \varphi(x)}{\Phi(x)})")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kEntr{
    .name = "special_entr",
    .signatures = {{"special_entr(Tensor input)"}},
    .spellings = kTorch,
    .doc = "Each element's part of an entropy.",
    .latex = R"(-x \ln x)",
    .forward =
        [](Call& c) {
          return on_floats(c, [](auto x) { return std::isnan(x) ? x : x > 0 ? -x * std::log(x) : x == 0 ? 0 : -special::kInfinity<decltype(x)>; });
        },
    .gradients = {gradient([](const Backward& b) { return b.g * -(log(b.x()) + 1); }, R"(-g (\ln x + 1))")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3)"},
};

const OpDef kI0{
    .name = "i0",
    .signatures = {{"i0(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_i0"},
    .doc = "The modified Bessel function of order 0.",
    .latex = "I_0(x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::i0(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * op("special_i1", b.x()); }, "g I_1(x)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kI0e{
    .name = "special_i0e",
    .signatures = {{"special_i0e(Tensor input)", "SpecialI0EBackward0"}},
    .spellings = kTorch,
    .doc = "i0, scaled down by the exponential of the size.",
    .latex = "e^{-|x|} I_0(x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::i0e(x); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * (op("special_i1e", b.x()) - op("sgn", b.x()) * b.out()); },
                           R"(g (e^{-|x|} I_1(x) - \operatorname{sgn}(x) \operatorname{out}))")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kI1{
    .name = "special_i1",
    .signatures = {{"special_i1(Tensor input)"}},
    .spellings = kTorch,
    .doc = "The modified Bessel function of order 1.",
    .latex = "I_1(x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::i1(x); }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), sound = gt(op("abs", x), smallest(x)), safe = where(sound, x, smallest(x));
          return b.g * where(sound, op("i0", safe) - b.out() * op("reciprocal", safe), 0.5);
        },
        R"(g \left(I_0(x) - \frac{I_1(x)}{x}\right))")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kI1e{
    .name = "special_i1e",
    .signatures = {{"special_i1e(Tensor input)", "SpecialI1EBackward0"}},
    .spellings = kTorch,
    .doc = "i1, scaled down by the exponential of the size.",
    .latex = "e^{-|x|} I_1(x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return special::i1e(x); }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), sound = gt(op("abs", x), smallest(x)), safe = where(sound, x, smallest(x));
          return b.g * where(sound, op("special_i0e", safe) - b.out() * (sign(safe) + op("reciprocal", safe)), 0.5);  // nan too has the limit at 0
        },
        R"(g \left(e^{-|x|} I_0(x) - \operatorname{out} \left(\operatorname{sgn} x + \frac{1}{x}\right)\right))")},
    .tangent = auto_element_wise,
    .reads_output = true,
    .samples = {"f(2, 3)"},
};

const OpDef kSinc{
    .name = "sinc",
    .signatures = {{"sinc(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_sinc"},
    .doc = "The sine of pi x over pi x, and 1 at zero.",
    .latex = R"(\frac{\sin \pi x}{\pi x})",
    .forward =
        [](Call& c) {
          return on_floats(c, [](auto x) {
            const auto turned = x * std::numbers::pi_v<decltype(x)>;
            return x == 0 ? 1 : std::sin(turned) / turned;
          });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), turned = x * std::numbers::pi, squared = x * x * std::numbers::pi;
          return where(eq(squared, 0), 0.0, b.g * ((turned * cos(turned) - sin(turned)) / squared));
        },
        R"(g \frac{\pi x \cos \pi x - \sin \pi x}{\pi x^2})")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kLogit{
    .name = "logit",
    .signatures = {{"logit(Tensor input, float? eps=None)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_logit"},
    .doc = "The inverse of the sigmoid; with eps, of elements clamped to eps and 1 - eps.",
    .latex = R"(\ln \frac{x}{1 - x})",
    .forward =
        [](Call& c) {
          const Tensor x = copy_as(cast(c.tensor(0), float_type(c.tensor(0)->dtype))), out = empty_as(*x, x->dtype);
          const double eps = c.has(1) ? c[1].real() : 0;
          const bool has_eps = c.has(1), dense = c[0].impl()->strides == x->strides;
          const auto loop = [&]<class T>(T*) {
            const auto f = [](auto m, T v) { return v == 1 ? std::numeric_limits<T>::infinity() : m.log(v / (1 - v)); };
            T* const data = x->data_as<T>();
            const T low = static_cast<T>(eps), high = static_cast<T>(1 - eps);
            const std::int64_t whole = dense ? elementary::in_whole_vectors<T>(x->numel) : 0;
            for (std::int64_t i = 0; has_eps && i < x->numel; ++i) {  // where low is above high, a vector takes high
              T& v = data[i];
              v = i < whole && v < low ? std::min(low, high) : v < low ? low : v > high ? high : v;
            }
            if (dense) elementary::in_vectors(out->data_as<T>(), data, x->numel, f);
            else for (std::int64_t i = 0; i < x->numel; ++i) out->data_as<T>()[i] = f(elementary::Scalar{}, data[i]);
          };
          if (x->dtype == DType::float32) loop(static_cast<float*>(nullptr));
          else loop(static_cast<double*>(nullptr));
          return laid_out(out, *c[0].impl());
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), slope = b.g / (x * (1 - x));
          if (b.arg(1).is_none()) return where(logical_and(ge(x, 0.0), ge(1.0, x)), slope, kNan);
          const double eps = b.arg(1).real();
          return where(logical_and(ge(x, eps), ge(1 - eps, x)), slope, 0.0);
        },
        R"(\frac{g}{x (1 - x)})")},
    .tangent = auto_element_wise,
    .samples = {"p(2, 3) * 0.5", "p(2, 3), 0.1"},
};

const std::vector<const OpDef*>& special_ops() {
  static const std::vector<const OpDef*> ops{&kLgamma, &kDigamma, &kPolygamma, &kPolygammaMethod, &kPolygammaInPlace, &kMvlgamma, &kErfinv, &kErfcx, &kNdtr, &kNdtri,
                                             &kLogNdtr,         &kEntr,   &kI0,      &kI0e,       &kI1,       &kI1e,    &kSinc,  &kLogit};
  return ops;
}

}  // namespace nabla
