// What neural networks put between their layers: sigmoid, relu, silu, gelu, softplus, logsigmoid, hardtanh.
#include <cmath>
#include <numbers>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/slopes.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {


/// f, of an element and the numbers alpha and beta, applied to floats.
template <class F>
Tensor on_each(const Tensor& x, double alpha, double beta, F) {
  const auto loop = []<class T>(T* out, const T* in, std::int64_t count, double alpha, double beta) {
    const F f{};
    if constexpr (std::is_invocable_v<F, elementary::Scalar, T, T, T>) return elementary::in_vectors(out, in, count, f, alpha, beta);
    else for (std::int64_t i = 0; i < count; ++i) out[i] = f(in[i], static_cast<T>(alpha), static_cast<T>(beta));
  };
  const Tensor in = copy_as(x);  // without gaps: both lie alike
  Tensor out = empty_as(*in, x->dtype);
  if (x->dtype == DType::float32) loop(out->data_as<float>(), in->data_as<float>(), x->numel, alpha, beta);
  else loop(out->data_as<double>(), in->data_as<double>(), x->numel, alpha, beta);
  return out;
}

/// The same for the first argument; other types have no such kernel.
template <class F>
Tensor with_constants(const Call& call, const char* kernel_name, double alpha, double beta, F f) {
  const Tensor x = call.tensor(0);
  if (!is_floating(x->dtype)) not_implemented_for(kernel_name, x->dtype);
  return on_each(x, alpha, beta, f);
}

double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

}  // namespace

constexpr auto sigmoid_of = [](auto m, auto x) { return 1 / (1 + m.exp(-x)); };
const OpDef kSigmoid{
    .name = "sigmoid",
    .signatures = {{"sigmoid(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace | kFunctional,
    .aliases = {"special_expit"},
    .doc = "The logistic function: squeezes each element into 0 to 1.",
    .latex = R"(\sigma(x) = \frac{1}{1 + e^{-x}})",
    .forward = [](Call& c) { return unary(c, {{elementary::vector_loop<float, decltype(sigmoid_of)>, elementary::vector_loop<double, decltype(sigmoid_of)>, nullptr}}, true); },
    .gradients = {gradient(
        [](const Backward& b) {
          return slope_of(SlopeOf::sigmoid, b.g, b.out());
        },
        R"(g\, \sigma(x) (1 - \sigma(x)))")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g * (1 - s.out) * s.out; }),
    .single = single_of_one([](auto x) { return sigmoid_of(elementary::Scalar{}, x); }),
    .reads_output = true,
    .samples = {"f(2, 3)", "f()"},
};

const OpDef kRelu{
    .name = "relu",
    .signatures = {{"relu(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The positive part: negative elements become zero.",
    .latex = R"(\max(x, 0))",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dtype == DType::bool_) fail("RuntimeError", "Boolean inputs not supported for relu");
          constexpr auto f = [](auto x) { return x < 0 ? decltype(x){} : x; };  // nan stays
          return unary(c, kUnary<decltype(f)>);
        },
    .gradients = {gradient([](const Backward& b) { return made_at(Maker::threshold, where(ge(0, b.out()), 0.0, b.g), b.out()); }, R"(g\,[x > 0])")},  // passes where x is nan
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.out <= 0 ? 0 : s.g; }),
    .reads_output = true,
    .samples = {"f(2, 3)", "f()"},
};

const OpDef kFunctionalRelu{
    .name = "relu",
    .signatures = {{"relu(Tensor input, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "The positive part: negative elements become zero.",
    .latex = R"(\max(x, 0))",
    .forward =
        [](Call& c) {
          Call call(kRelu);
          call.count = 1;
          call.args[0] = c[0];
          return c.flag(1) ? run_in_place(call) : run(call);
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kSilu{
    .name = "silu",
    .signatures = {{"silu(Tensor input)"}},
    .spellings = 0,
    .doc = "Each element times its sigmoid.",
    .latex = R"(x\, \sigma(x))",
    .forward = [](Call& c) { return with_constants(c, "silu_cpu", 0, 0, [](auto m, auto x, auto, auto) { return x / (1 + m.exp(-x)); }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), s = apply(kSigmoid, x);
          return b.g * s * (grad_enabled() ? 1 + x * (1 - s) : fused_sum(1.0, x, 1 - s, b.g->dtype));
        },
        R"(g\, \sigma(x) (1 + x (1 - \sigma(x))))")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

/// What gelu's argument `approximate` says: is it the tanh form?
bool by_tanh(const Arg& approximate) {
  const std::string& how = approximate.is_none() ? "none" : approximate.text();
  if (how != "none" && how != "tanh") fail("RuntimeError", "approximate argument must be either none or tanh.");
  return how == "tanh";
}
constexpr double kGeluScale = 0.7978845608028654, kGeluCubic = 0.044715;  // sqrt(2 / pi)

// Note [Gelu]
// PyTorch leaves gelu of contiguous floats (but not of one alone) to oneDNN, which makes the error function from a polynomial of Abramowitz
// and Stegun (Handbook of Mathematical Functions, 7.1.26) and an exponential of its own. The steps here are the same, to the bit.

/// 1 / sqrt(2), which turns x into what the error function is of.
constexpr float kHalfRoot = 0.707106769084930419921875f;

/// e^x, for x <= 0.
float dnn_exp(float x) {
  constexpr float kLeast = -87.336544036865234375f;
  if (x < kLeast) return 0;
  const float whole = std::floor(x * std::numbers::log2e_v<float> + 0.5f), rest = fused(-whole, std::numbers::ln2_v<float>, x);
  float y = 0.00828929059207439422607421875f;
  for (const float c : {0.0418978221714496612548828125f, 0.1666765213012695312500000000f, 0.4999915063381195068359375f, 0.999999701976776123046875f, 1.0f}) y = fused(y, rest, c);
  return y * __builtin_bit_cast(float, static_cast<std::uint32_t>(static_cast<int>(whole) + 126) << 23) * 2;
}

/// erf(r), where e = exp(-r^2).
float dnn_erf(float r, float e) {
  const float t = 1 / fused(0.3275910913944244384765625f, std::fabs(r), 1.0f);
  float y = 1.061405420303344726562500f;
  for (const float c : {-1.453152060508728027343750f, 1.421413779258728027343750f, -0.28449672460556030273437500f, 0.25482958555221557617187500f}) y = fused(y, t, c);
  return std::copysign(fused(-e * t, y, 1.0f), r);
}

bool by_dnn(const Tensor& x) { return x->dtype == DType::float32 && x->is_contiguous() && x->numel != 1; }

/// f of each element of a contiguous float tensor.
template <class F>
Tensor of_each(const Tensor& x, F f) {
  const Tensor out = empty(x->sizes, x->dtype);
  for (std::int64_t i = 0; i < x->numel; ++i) out->data_as<float>()[i] = f(x->data_as<float>()[i]);
  return out;
}

float dnn_gelu(float x) {
  const float r = x * kHalfRoot, half = x * 0.5f;
  return fused(dnn_erf(r, dnn_exp(-(r * r))), half, half);
}
float dnn_gelu_slope(float x) {
  const float r = x * kHalfRoot, e = dnn_exp(-(r * r));
  return fused(dnn_erf(r, e), 0.5f, r * 0.56418955326080322265625f * e + 0.5f);  // 1 / sqrt(pi), as oneDNN rounds it
}

constexpr auto gelu_plain_slope = [](auto m, auto x, auto root, auto density) {
  using T = decltype(x);
  return fused(x, density * m.exp(x * x * T(-0.5)), T(0.5) * (1 + m.erf(x * root)));
};
constexpr auto gelu_tanh_slope = [](auto m, auto x, auto scale, auto cubic) {
  using T = decltype(x);
  const T t = m.tanh(scale * fused(cubic, x * x * x, x));
  return fused(T(0.5), 1 + t, T(0.5) * x * fused(-t, t, T(1)) * (scale * fused(3 * cubic, x * x, T(1))));
};

Tensor gelu_slope(const Tensor& g, const Tensor& x) {
  if (by_dnn(x) && g->dtype == x->dtype) return g * of_each(x, dnn_gelu_slope);
  return g * on_each(x, std::numbers::sqrt2 / 2, std::numbers::inv_sqrtpi * std::numbers::sqrt2 / 2, gelu_plain_slope);
}

const OpDef kGelu{
    .name = "gelu",
    .signatures = {{"gelu(Tensor input, *, str approximate='none')"}},
    .spellings = kFunctional,
    .doc = "Each element times the probability that a standard normal number is smaller.",
    .latex = R"(x\, \Phi(x))",
    .forward =
        [](Call& c) {
          if (by_tanh(c[1])) {
            return with_constants(c, "GeluKernelImpl", kGeluScale, kGeluCubic, [](auto m, auto x, auto s, auto k) { return x / 2 * (1 + m.tanh(s * fused(k, x * x * x, x))); });
          }
          if (by_dnn(c.tensor(0))) return of_each(c.tensor(0), dnn_gelu);
          return with_constants(c, "GeluKernelImpl", std::numbers::sqrt2 / 2, 0, [](auto m, auto x, auto r, auto) { return x * (1 + m.erf(x * r)) / 2; });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x();
          if (!by_tanh(b.arg(1))) return slope_of(SlopeOf::gelu, b.g, x);
          const auto digits = [&] { return b.g * on_each(x, kGeluScale, kGeluCubic, gelu_tanh_slope); };
          if (!grad_enabled()) return digits();
          const Tensor t = apply(*find_op("tanh"), (x + x * x * x * kGeluCubic) * kGeluScale);
          return made_by(Maker::gelu, b.g * ((t + 1) * 0.5 + x * 0.5 * (1 - t * t) * ((1 + x * x * (3 * kGeluCubic)) * kGeluScale)), digits);
        },
        R"(g (\Phi(x) + x\, \varphi(x)))")},
    .tangent = auto_element_wise,
    .in_c = true,
    .samples = {"f(2, 3)", "f(2, 3), approximate='tanh'"},
};

const OpDef kSoftplus{
    .name = "softplus",
    .signatures = {{"softplus(Tensor input, Number beta=1, Number threshold=20)"}},
    .spellings = kFunctional,
    .doc = "A smooth relu; above the threshold the identity.",
    .latex = R"(\frac{1}{\beta} \ln(1 + e^{\beta x}))",
    .forward =
        [](Call& c) {
          return with_constants(c, "softplus_cpu", real_or(c[1], 1), real_or(c[2], 20), [](auto m, auto x, auto beta, auto threshold) {
            return x * beta > threshold ? x : m.log1p(m.exp(x * beta)) / beta;
          });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          return slope_of(SlopeOf::softplus, b.g, b.x(), {}, b.arg(1), b.arg(2));
        },
        R"(g\, \sigma(\beta x))")},
    .tangent = auto_element_wise,
    .in_c = true,
    .samples = {"f(2, 3)", "f(2, 3), 2"},
    .failures = {{"torch.nn.functional.softplus(torch.tensor([1]))", "RuntimeError: \"softplus_cpu\" not implemented for 'Long'"}},
};

const OpDef kLogSigmoid{
    .name = "logsigmoid",
    .signatures = {{"logsigmoid(Tensor input)", "LogSigmoidBackward0"}},
    .spellings = kFunctional,
    .doc = "The logarithm of the sigmoid, exact also far from zero.",
    .latex = R"(\ln \sigma(x))",
    .forward =
        [](Call& c) {
          Call in_rows = c;
          in_rows.args[0] = Arg(contiguous(c.tensor(0)));
          return with_constants(in_rows, "log_sigmoid_cpu", 0, 0,
                                [](auto x, auto zero, auto) { return std::min(x, zero) - elementary::log1p(elementary::exp(-std::abs(x))); });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          return slope_of(SlopeOf::log_sigmoid, b.g, b.x());
        },
        R"(g\, \sigma(-x))")},
    .tangent = auto_element_wise,
    .in_c = true,
    .samples = {"f(2, 3)"},
};

const OpDef kHardtanh{
    .name = "hardtanh",
    .signatures = {{"hardtanh(Tensor input, float min_val=-1.0, float max_val=1.0)"}},
    .spellings = 0,
    .doc = "Clamps each element to min_val and max_val.",
    .latex = R"(\min(\max(x, a), b))",
    .forward =
        [](Call& c) {
          const DType dtype = c.tensor(0)->dtype;
          if (dtype == DType::bool_) fail("RuntimeError", "Bool inputs not supported for hardtanh");
          const double low = real_or(c[1], -1), high = real_or(c[2], 1);
          if (dtype == DType::uint8 && (std::trunc(low) < 0 || std::trunc(high) < 0)) fail("RuntimeError", "cannot do hardtanh on an unsigned type with negative limits");
          if (!is_floating(dtype)) return cast(apply(*find_op("clamp"), c.tensor(0), std::trunc(low), std::trunc(high)), dtype);
          return with_constants(c, "hardtanh_cpu", low, high, [](auto x, auto low, auto high) { return x != x ? x : low != low || high != high ? low + high : std::min(std::max(x, low), high); });
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor inner = where(ge(real_or(b.arg(1), -1), b.x()), 0.0, b.g);
          const Tensor x = b.x(), out = made_at(Maker::hardtanh, where(ge(x, real_or(b.arg(2), 1)), 0.0, inner), x);
          if (x->is_contiguous() && out->is_contiguous()) {  // Note [In vectors]: there a nan is out of bounds
            with_floats(x->dtype, [&]<class T>(T*) {
              for (std::int64_t i = 0, whole = elementary::in_whole_vectors<T>(x->numel); i < whole; ++i) {
                if (x->data_as<T>()[i] != x->data_as<T>()[i]) out->data_as<T>()[i] = 0;
              }
            });
          }
          return out;
        },
        R"(g\,[a < x < b])")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)", "f(2, 3), -0.3, 0.4"},
};

const std::vector<const OpDef*>& activation_ops() {
  static const std::vector<const OpDef*> ops{&kSigmoid,  &kRelu,       &kFunctionalRelu, &kSilu, &kGelu,
                                             &kSoftplus, &kLogSigmoid, &kHardtanh};
  return ops;
}

}  // namespace nabla
