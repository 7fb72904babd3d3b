// Functions of two or three numbers: logaddexp, logaddexp2, hypot, copysign, heaviside, nextafter, ldexp, float_power, xlogy, xlog1py, fmax,
// fmin, gcd, lcm, the shifts; addcmul, addcdiv, lerp; and of one: deg2rad, rad2deg, nan_to_num, positive, signbit, isposinf, isneginf, isreal.
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/formula.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

/// f of both arguments, where whole numbers are computed as floats.
template <class F>
Tensor float_pair(const Call& c, F) {
  return binary(c, kBinaryFloat<F>, float_type(c.operands_type()));
}
/// f, of the functions to use (Note [In vectors]) and both arguments in their common type; other types have no such kernel.
template <class F>
Tensor vector_pair(const Call& c, const char* kernel, F) {
  const DType type = c.operands_type();
  if (!is_floating(type)) not_implemented_for(kernel, type);
  return binary(c, {{elementary::vector_loop_of_two<float, F>, elementary::vector_loop_of_two<double, F>, nullptr}}, type);
}
/// f of both arguments in their common type; other types have no such kernel.
template <class F>
Tensor only_floats(const Call& c, const char* kernel, F) {
  const DType type = c.operands_type();
  if (!is_floating(type)) not_implemented_for(kernel, type);
  return binary(c, kBinaryFloat<F>, type);
}
template <class F>
Tensor only_integers(const Call& c, const char* kernel, F) {
  const DType type = c.operands_type();
  if (!is_integral(type)) not_implemented_for(kernel, type);
  return binary(c, Kernel{{nullptr, nullptr, binary_loop<std::int64_t, std::int64_t, F>}}, type);
}

/// One step of an operator with three arguments, without autograd.
template <class F>
Tensor step(const Call& c, DType type, const Arg& x, const Arg& y, F) {
  Call pair(c.def);
  pair.count = 2;
  pair.args[0] = x;
  pair.args[1] = y;
  return binary(pair, kBinary<F>, type);
}

constexpr auto kPlus = [](auto x, auto y) { return x + y; };
constexpr auto kTimes = [](auto x, auto y) { return x * y; };

Tensor is_nan(const Tensor& x) { return apply(*find_op("isnan"), x); }
bool is_one(const Arg& value) { return value.is_none() || (value.is_number() && value.real() == 1); }
Tensor scaled(const Tensor& x, const Arg& value) { return is_one(value) ? x : x * value; }
Tensor times_value(const Tensor& x, const Arg& value) {
  return value.is_none() ? x * 1 : value.is_tensor() ? x * value : with_number('*', x, value.scalar());
}

/// What is shifted: a number becomes a tensor of the type that the bits have.
Arg shifted(const Call& c, const char* kernel) {
  if (c[0].is_tensor()) return c[0];
  if (c[0].kind() == Arg::Kind::real) not_implemented_for(kernel, default_dtype());
  const DType type = c[1].impl()->dtype;
  return Arg(full({}, c.scalar(0), type == DType::bool_ ? DType::int64 : type));
}

/// Of fmax and fmin: who wins where neither is nan; nan loses.
Tensor keeps_first(const Backward& b, bool larger) {
  return apply(*find_op("logical_or"), larger ? ge(b.x(), b.y()) : ge(b.y(), b.x()), is_nan(b.y()));
}

/// Of fmax and fmin: as of maximum and minimum, but that a nan counts less than any number.
Tensor tangent_of_two(const Forward& f, bool larger) {
  const Tangent t = f.t(0), u = f.t(1);
  const Tensor first = larger ? gt(f.p(0), f.p(1)) : ge(f.p(1), f.p(0));
  return u + to_dtype(apply(*find_op("logical_or"), first, apply(*find_op("isnan"), f.p(1))), DType::bool_) * (t - u);
}

/// Of x log(y) and its like where one of them is a number; x log(y) is zero up to `least`.
Tensor tangent_of_x_log(const Forward& f, double least) {
  if (f.signature() == 1) return f.slope();
  const Tensor t = apply_form(f.call.def, 2, f.t(0).value, f.call[1]);
  return f.call[1].real() > least ? t : masked_fill_in_place(t, eq(f.x(), 0));
}

}  // namespace

const OpDef kLogaddexp{
    .name = "logaddexp",
    .signatures = {{"logaddexp(Tensor input, Tensor other)"}},
    .doc = "The logarithm of the sum of both exponentials, without overflow.",
    .latex = R"(\ln(e^{x} + e^{y}))",
    .forward =
        [](Call& c) {
          return vector_pair(c, "logaddexp_cpu", [](auto m, auto x, auto y) {
            if (std::isinf(x) && x == y) return x;
            return std::max(x, y) + m.log(1 + m.exp(-std::fabs(x - y)));
          });
        },
    .gradients = {gradient([](const Backward& b) { return b.g / (1 + exp(b.y() - b.x())); }, R"(\frac{g}{1 + e^{y - x}})"),
                  gradient([](const Backward& b) { return b.g / (1 + exp(b.x() - b.y())); }, R"(\frac{g}{1 + e^{x - y}})")},
    .tangent = [](const Forward& f) -> Tensor { return f.slope(0) + f.slope(1); },
    .samples = {"f(2, 3), f(3)"},
    .failures = {{"torch.logaddexp(torch.tensor([1]), torch.tensor([1]))", "RuntimeError: \"logaddexp_cpu\" not implemented for 'Long'"}},
};

const OpDef kLogaddexp2{
    .name = "logaddexp2",
    .signatures = {{"logaddexp2(Tensor input, Tensor other)"}},
    .doc = "The logarithm to base 2 of the sum of both powers of 2.",
    .latex = R"(\log_2(2^{x} + 2^{y}))",
    .forward =
        [](Call& c) {
          return vector_pair(c, "logaddexp2_cpu", [](auto m, auto x, auto y) {
            if (std::isinf(x) && x == y) return x;
            return std::max(x, y) + m.log2(1 + std::exp2(-std::fabs(x - y)));
          });
        },
    .gradients = {gradient([](const Backward& b) { return b.g / (1 + pow(2.0, b.y() - b.x())); }, R"(\frac{g}{1 + 2^{y - x}})"),
                  gradient([](const Backward& b) { return b.g / (1 + pow(2.0, b.x() - b.y())); }, R"(\frac{g}{1 + 2^{x - y}})")},
    .tangent = [](const Forward& f) -> Tensor { return f.slope(0) + f.slope(1); },
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kHypot{
    .name = "hypot",
    .signatures = {{"hypot(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The long side of a right triangle.",
    .latex = R"(\sqrt{x^2 + y^2})",
    .forward = [](Call& c) { return vector_pair(c, "hypot_cpu", [](auto m, auto x, auto y) { return m.hypot(x, y); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * b.x() / b.out(); }, R"(\frac{g x}{\operatorname{out}})"),
                  gradient([](const Backward& b) { return b.g * b.y() / b.out(); }, R"(\frac{g y}{\operatorname{out}})")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(0) * f.p(0) / f.out() + f.t(1) * f.p(1) / f.out(); },
    .reads_output = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kCopysign{
    .name = "copysign",
    .signatures = {{"copysign(Tensor input, Tensor other)", "CopysignBackward0"}, {"copysign(Tensor input, Number other)", "CopysignBackward1"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The size of input with the sign of other.",
    .latex = R"(|x| \operatorname{sgn} y)",
    .forward = [](Call& c) { return float_pair(c, [](auto x, auto y) { return std::copysign(x, y); }); },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor x = b.x();
                        return b.g * where(eq(x, 0), 0.0, b.out() / x);  // its own derivative is nan at 0, as in PyTorch
                      },
                      R"(g \frac{\operatorname{out}}{x})"),
                  gradient([](const Backward& b) { return zeros_like(b.g); }, "0")},
    .tangent = [](const Forward& f) -> Tensor { return f.raw(0) ? f.slope(0) : f.none(); },
    .reads_output = true,
    .samples = {"f(2, 3), f(3)", "f(3), 2.0"},
};

const OpDef kHeaviside{
    .name = "heaviside",
    .signatures = {{"heaviside(Tensor input, Tensor values)", "NotImplemented"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "0 for negative elements, 1 for positive ones, values at zero.",
    .latex = "[x > 0] + y\\,[x = 0]",
    .forward =
        [](Call& c) {
          if (c[0].impl()->dtype != c[1].impl()->dtype) fail("RuntimeError", "heaviside is not yet implemented for tensors with different dtypes.");
          return binary(c, kBinary<decltype([](auto x, auto y) { return x == 0 ? y : static_cast<decltype(x)>(x > 0); })>, c.operands_type());
        },
    .gradients = {not_implemented(), not_implemented()},
    .samples = {"f(2, 3), f(3)"},
    .failures = {{"torch.heaviside(torch.ones(1), torch.tensor([1]))",
                  "RuntimeError: heaviside is not yet implemented for tensors with different dtypes."}},
};

const OpDef kNextafter{
    .name = "nextafter",
    .signatures = {{"nextafter(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The next number that the type can hold, towards other.",
    .latex = R"(\operatorname{next}(x, y))",
    .forward = [](Call& c) { return only_floats(c, "nextafter_cpu", [](auto x, auto y) { return std::nextafter(x, y); }); },
    .gradients = {not_implemented(), not_implemented()},
    .tangent = no_forward_mode,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kLdexp{
    .name = "ldexp",
    .signatures = {{"ldexp(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "input times 2 to the power of other.",
    .latex = "x\\, 2^{y}",
    .forward = [](Call& c) { return c.tensor(0) * pow(2.0, c.tensor(1)); },
    .composite = true,
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kFloatPower{
    .name = "float_power",
    .signatures = {{"float_power(Tensor input, Tensor exponent)"},
                   {"float_power(Number self, Tensor exponent)"},
                   {"float_power(Tensor input, Number exponent)"}},
    .doc = "pow, computed in float64.",
    .latex = "x^{y}",
    .forward =
        [](Call& c) {
          const auto wide = [](const Arg& x) { return x.is_tensor() ? Arg(to_dtype(x.tensor(), DType::float64)) : Arg(x.real()); };
          return pow(wide(c[0]), wide(c[1]));
        },
    .composite = true,
    .samples = {"p(2, 3), 2", "p(2, 3), f(3)", "2.0, f(3)"},
};

const OpDef kXlogy{
    .name = "xlogy",
    .signatures = {{"xlogy(Tensor input, Tensor other)", "XlogyBackward0"},
                   {"xlogy(Number self, Tensor other)", "XlogyBackward1"},
                   {"xlogy(Tensor input, Number other)", "XlogyBackward2"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"special_xlogy"},
    .doc = "x ln(y), and 0 where x is 0.",
    .latex = R"(x \ln y)",
    .forward = [](Call& c) { return float_pair(c, [](auto x, auto y) { return std::isnan(y) ? y : x == 0 ? x * 0 : x * std::log(y); }); },
    .gradients = {gradient(
                      [](const Backward& b) {
                        return where(logical_and(eq(b.x(), 0), ge(0.0, b.operand(1))), 0.0, apply(kXlogy, b.g, b.operand(1)));
                      },
                      R"(g \ln y)"),
                  gradient([](const Backward& b) { return times_value(b.g, b.operand(0)) / b.y(); }, R"(\frac{g x}{y})")},
    .tangent =
        [](const Forward& f) -> Tensor {
          if (f.signature() != 0) return tangent_of_x_log(f, 0);
          return f.t(0) * apply(f.call.def, apply(*find_op("ne"), f.p(0), 0), f.p(1)) + f.t(1) * f.p(0) / f.p(1);
        },
    .samples = {"f(2, 3), p(3)", "2.0, p(3)", "f(3), 0.5"},
};

const OpDef kXlog1py{
    .name = "special_xlog1py",
    .signatures = {{"special_xlog1py(Tensor input, Tensor other)", "SpecialXlog1PyBackward0"},
                   {"special_xlog1py(Number self, Tensor other)", "SpecialXlog1PyBackward1"},
                   {"special_xlog1py(Tensor input, Number other)", "SpecialXlog1PyBackward2"}},
    .spellings = kTorch,
    .doc = "x ln(1 + y), and 0 where x is 0.",
    .latex = R"(x \ln(1 + y))",
    .forward = [](Call& c) { return float_pair(c, [](auto x, auto y) { return std::isnan(y) ? y : x == 0 ? x * 0 : x * std::log1p(y); }); },
    .gradients = {gradient(
                      [](const Backward& b) {
                        return where(logical_and(eq(b.x(), 0), ge(-1.0, b.operand(1))), 0.0, apply(kXlog1py, b.g, b.operand(1)));
                      },
                      R"(g \ln(1 + y))"),
                  gradient([](const Backward& b) { return times_value(b.g, b.operand(0)) / (b.y() + 1); }, R"(\frac{g x}{1 + y})")},
    .tangent =
        [](const Forward& f) -> Tensor {
          if (f.signature() != 0) return tangent_of_x_log(f, -1);
          return f.t(0) * apply(*find_op("log1p"), f.p(1)) + f.t(1) * f.p(0) / (f.p(1) + Arg(1));
        },
    .samples = {"f(2, 3), p(3)", "2.0, p(3)", "f(3), 0.5"},
};

const OpDef kFmax{
    .name = "fmax",
    .signatures = {{"fmax(Tensor input, Tensor other)"}},
    .doc = "The larger of the two elements; nan loses against a number.",
    .latex = R"(\max(x, y))",
    .forward =
        [](Call& c) {
          return binary(c, kBinary<decltype([](auto x, auto y) { return x != x ? y : y != y ? x : x >= y ? x : y; })>, c.operands_type());
        },
    .gradients = {gradient([](const Backward& b) { return where(keeps_first(b, true), b.g, 0.0); }, R"(g\,[x \ge y])"),
                  gradient([](const Backward& b) { return where(keeps_first(b, true), 0.0, b.g); }, R"(g\,[x < y])")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_two(f, true); },
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kFmin{
    .name = "fmin",
    .signatures = {{"fmin(Tensor input, Tensor other)"}},
    .doc = "The smaller of the two elements; nan loses against a number.",
    .latex = R"(\min(x, y))",
    .forward =
        [](Call& c) {
          return binary(c, kBinary<decltype([](auto x, auto y) { return x != x ? y : y != y ? x : x <= y ? x : y; })>, c.operands_type());
        },
    .gradients = {gradient([](const Backward& b) { return where(keeps_first(b, false), b.g, 0.0); }, R"(g\,[x \le y])"),
                  gradient([](const Backward& b) { return where(keeps_first(b, false), 0.0, b.g); }, R"(g\,[x > y])")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_two(f, false); },
    .samples = {"f(2, 3), f(3)"},
};

const OpDef kGcd{
    .name = "gcd",
    .signatures = {{"gcd(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The greatest common divisor.",
    .latex = R"(\gcd(x, y))",
    .forward = [](Call& c) { return only_integers(c, "gcd_cpu", [](std::int64_t x, std::int64_t y) { return std::gcd(x, y); }); },
    .gradients = {not_differentiable("whole numbers have no slope"), not_differentiable("whole numbers have no slope")},
    .samples = {"i(3), i(3)"},
    .failures = {{"torch.gcd(torch.ones(1), torch.ones(1))", "RuntimeError: \"gcd_cpu\" not implemented for 'Float'"}},
};

const OpDef kLcm{
    .name = "lcm",
    .signatures = {{"lcm(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The least common multiple.",
    .latex = R"(\operatorname{lcm}(x, y))",
    .forward = [](Call& c) { return only_integers(c, "lcm_cpu", [](std::int64_t x, std::int64_t y) { return std::lcm(x, y); }); },
    .gradients = {not_differentiable("whole numbers have no slope"), not_differentiable("whole numbers have no slope")},
    .samples = {"i(3), i(3)"},
};

const OpDef kLeftShift{
    .name = "bitwise_left_shift",
    .signatures = {{"bitwise_left_shift(Tensor input, Tensor other)"}, {"bitwise_left_shift(Tensor input, Number other)"}, {"bitwise_left_shift(Number self, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The bits moved up by so many places.",
    .latex = "x \\ll y",
    .forward = [](Call& c) { return apply(*find_op("__lshift__"), shifted(c, "lshift_cpu"), c[1]); },
    .composite = true,
    .samples = {"i(3), i(3)", "i(3), 2"},
};

const OpDef kRightShift{
    .name = "bitwise_right_shift",
    .signatures = {{"bitwise_right_shift(Tensor input, Tensor other)"}, {"bitwise_right_shift(Tensor input, Number other)"}, {"bitwise_right_shift(Number self, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The bits moved down by so many places.",
    .latex = "x \\gg y",
    .forward = [](Call& c) { return apply(*find_op("__rshift__"), shifted(c, "rshift_cpu"), c[1]); },
    .composite = true,
    .samples = {"i(3), i(3)", "i(3), 2"},
};

const OpDef kAddcmul{
    .name = "addcmul",
    .signatures = {{"addcmul(Tensor input, Tensor tensor1, Tensor tensor2, *, Number value=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Adds the product of two tensors, scaled by value, to input.",
    .latex = "x + v\\, y z",
    .forward =
        [](Call& c) {
          ResultType result;
          for (int i = 0; i < 3; ++i) result.add_tensor(c[i].impl()->dtype, c[i].impl()->dim() == 0);
          const DType type = result.get();
          if (type == DType::bool_) not_implemented_for("addcmul_cpu_out", type);
          const Arg first = is_one(c[3]) ? c[1] : Arg(step(c, type, c[1], c[3], kTimes));
          if (is_floating(type)) return fused_sum(c[0], first, c[2], type);
          return step(c, type, c[0], Arg(step(c, type, first, c[2], kTimes)), kPlus);
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient([](const Backward& b) { return b.g * times_value(b.input(2), b.arg(3)); }, "g\\, v z"),
                  gradient([](const Backward& b) { return b.g * times_value(b.input(1), b.arg(3)); }, "g\\, v y")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(0) + f.scaled(f.t(1) * f.p(2), 3) + f.scaled(f.t(2) * f.p(1), 3); },
    .samples = {"f(2, 3), f(3), f(2, 1)", "f(3), f(3), f(3), value=0.5"},
};

const OpDef kAddcdiv{
    .name = "addcdiv",
    .signatures = {{"addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, *, Number value=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Adds the quotient of two tensors, scaled by value, to input.",
    .latex = R"(x + v \frac{y}{z})",
    .forward =
        [](Call& c) {
          if (!is_floating(c[1].impl()->dtype) && !is_floating(c[2].impl()->dtype)) {
            fail("RuntimeError",
                 "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 "
                 "and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) "
                 "for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter "
                 "implementation: (input + value * tensor1 / tensor2), for all dtypes.");
          }
          ResultType result;
          for (int i = 0; i < 3; ++i) result.add_tensor(c[i].impl()->dtype, c[i].impl()->dim() == 0);
          const DType type = result.get();
          const Tensor above = is_one(c[3]) ? cast(c.tensor(1), type) : step(c, type, c[1], c[3], kTimes);
          return step(c, type, c[0], Arg(step(c, type, above, c[2], [](auto x, auto y) { return x / y; })), kPlus);
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient([](const Backward& b) { return b.g * ((is_one(b.arg(3)) ? Arg(1.0) : b.arg(3)) / b.input(2)); }, R"(\frac{g v}{z})"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor z = b.input(2);
                        return -b.g * (scaled(b.input(1), b.arg(3)) / (z * z));
                      },
                      R"(-\frac{g v y}{z^2})")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(0) + f.scaled(f.t(1) / f.p(2), 3) - f.scaled(f.t(2) * (f.p(1) / f.p(2)) / f.p(2), 3); },
    .samples = {"f(2, 3), f(3), p(2, 1)", "f(3), f(3), p(3), value=0.5"},
};

const OpDef kLerp{
    .name = "lerp",
    .signatures = {{"lerp(Tensor input, Tensor end, Tensor weight)", "LerpBackward1"}, {"lerp(Tensor input, Tensor end, Number weight)", "LerpBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The point between input and end that weight says.",
    .latex = "x + w (y - x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const auto need = [&](const char* name, const Tensor& other) {
            if (other->dtype != x->dtype) fail("RuntimeError", "expected dtype ", c_name(x->dtype), " for `", name, "` but got dtype ", c_name(other->dtype));
          };
          need("end", y);
          if (c[2].is_tensor()) need("weight", c.tensor(2));
          if (!is_floating(x->dtype)) not_implemented_for(c[2].is_tensor() ? "lerp_kernel_tensor" : "lerp_kernel_scalar", x->dtype);
          const Tensor w = c[2].is_tensor() ? c.tensor(2) : full({}, c.scalar(2), x->dtype);
          const Dims sizes = broadcast(broadcast(x->sizes, y->sizes), w->sizes);
          const Tensor from = contiguous(expand(x, sizes)), to = contiguous(expand(y, sizes)), by = contiguous(expand(w, sizes));
          const TensorImpl* const inputs[] = {x.get(), y.get(), c[2].is_tensor() ? w.get() : nullptr};
          const Tensor rows = empty(sizes, x->dtype), out = empty_for(sizes, x->dtype, inputs);
          const bool by_tensor = c[2].is_tensor();
          const auto loop = [&]<class T>(T*) {
            for (std::int64_t i = 0; i < rows->numel; ++i) {
              const T a = from->data_as<T>()[i], b = to->data_as<T>()[i], t = by->data_as<T>()[i];
              rows->data_as<T>()[i] = (by_tensor ? t : std::fabs(t)) < T(0.5) ? fused(t, b - a, a) : fused(a - b, 1 - t, b);
            }
          };
          if (x->dtype == DType::float32) loop(static_cast<float*>(nullptr));
          else loop(static_cast<double*>(nullptr));
          copy_into(out, rows);
          return out;
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Arg w = b.operand(2);
                        return w.is_tensor() ? b.g * (1 - w) : b.g * (1 - w.real());
                      },
                      "g (1 - w)"),
                  gradient([](const Backward& b) { return b.g * b.operand(2); }, "g w"),
                  gradient([](const Backward& b) { return b.g * (b.y() - b.x()); }, "g (y - x)")},
    .tangent =
        [](const Forward& f) -> Tensor {
          const Tangent t = f.t(0), u = f.t(1);
          if (f.signature() == 1) return apply_form(f.call.def, 1, t.value, u.value, f.call[2]);
          return Tangent(apply(f.call.def, t.value, u.value, f.p(2)), t.zero && u.zero) + f.t(2) * (f.p(1) - f.p(0));
        },
    .samples = {"f(2, 3), f(2, 3), 0.3", "f(2, 3), f(3), p(2, 1)"},
};

const OpDef kDeg2rad{
    .name = "deg2rad",
    .signatures = {{"deg2rad(Tensor input)", "Deg2RadBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Degrees as radians.",
    .latex = R"(\frac{\pi}{180} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return x * static_cast<decltype(x)>(std::numbers::pi / 180); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * Arg(std::numbers::pi / 180); }, R"(\frac{\pi}{180} g)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kRad2deg{
    .name = "rad2deg",
    .signatures = {{"rad2deg(Tensor input)", "Rad2DegBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Radians as degrees.",
    .latex = R"(\frac{180}{\pi} x)",
    .forward = [](Call& c) { return on_floats(c, [](auto x) { return x * static_cast<decltype(x)>(180 / std::numbers::pi); }); },
    .gradients = {gradient([](const Backward& b) { return b.g * Arg(180 / std::numbers::pi); }, R"(\frac{180}{\pi} g)")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kNanToNum{
    .name = "nan_to_num",
    .signatures = {{"nan_to_num(Tensor input, float? nan=None, float? posinf=None, float? neginf=None)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Replaces nan by 0 and infinities by the largest numbers of the type, or by what is given.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), out = copy_as(x);  // without gaps
          const auto loop = [&]<class T>(T* data) {
            const auto number = [&](int i, T otherwise) { return c.has(i) ? static_cast<T>(c[i].real()) : otherwise; };
            const T nan = number(1, 0), most = number(2, std::numeric_limits<T>::max()), least = number(3, std::numeric_limits<T>::lowest());
            for (std::int64_t i = 0; i < out->numel; ++i) {
              if (std::isnan(data[i])) data[i] = nan;
              else if (std::isinf(data[i])) data[i] = data[i] > 0 ? most : least;
            }
          };
          if (x->dtype == DType::float32) loop(out->data_as<float>());
          else if (x->dtype == DType::float64) loop(out->data_as<double>());
          return laid_out(out, *x);
        },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(*find_op("isfinite"), b.x()); }, R"(g\,[x \text{ is finite}])")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const OpDef kPositive{
    .name = "positive",
    .signatures = {{"positive(Tensor input)"}},
    .doc = "The tensor itself: what the sign + does.",
    .latex = "x",
    .forward =
        [](Call& c) {
          if (c[0].impl()->dtype == DType::bool_) fail("RuntimeError", "The `+` operator, on a bool tensor is not supported.");
          return c.tensor(0);
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kSignbit{
    .name = "signbit",
    .signatures = {{"signbit(Tensor input)"}},
    .doc = "Is the element negative, -0.0 included?",
    .latex = "[x < 0]",
    .forward =
        [](Call& c) {
          return predicate_map(c.tensor(0), kUnaryPredicate<decltype([](auto x) {
                                 if constexpr (std::is_floating_point_v<decltype(x)>) return std::signbit(x);
                                 else return x < 0;
                               })>);
        },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"f(3)"},
};

const OpDef kIsposinf{
    .name = "isposinf",
    .signatures = {{"isposinf(Tensor input)"}},
    .doc = "Is the element infinite and positive?",
    .latex = R"([x = \infty])",
    .forward =
        [](Call& c) {
          return predicate_map(c.tensor(0), kUnaryPredicate<decltype([](auto x) {
                                 if constexpr (std::is_floating_point_v<decltype(x)>) return std::isinf(x) && x > 0;
                                 else return false;
                               })>);
        },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"f(3)"},
};

const OpDef kIsneginf{
    .name = "isneginf",
    .signatures = {{"isneginf(Tensor input)"}},
    .doc = "Is the element infinite and negative?",
    .latex = R"([x = -\infty])",
    .forward =
        [](Call& c) {
          return predicate_map(c.tensor(0), kUnaryPredicate<decltype([](auto x) {
                                 if constexpr (std::is_floating_point_v<decltype(x)>) return std::isinf(x) && x < 0;
                                 else return false;
                               })>);
        },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"f(3)"},
};

const OpDef kIsreal{
    .name = "isreal",
    .signatures = {{"isreal(Tensor input)"}},
    .doc = "Is the element a real number? Always, without complex types.",
    .latex = R"([x \in \mathbb{R}])",
    .forward = [](Call& c) { return laid_out(full(c.tensor(0)->sizes, Scalar::of(true), DType::bool_), *c[0].impl()); },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"f(3)"},
};

const std::vector<const OpDef*>& pair_ops() {
  static const std::vector<const OpDef*> ops{&kLogaddexp, &kLogaddexp2, &kHypot,     &kCopysign, &kHeaviside, &kNextafter, &kLdexp,    &kFloatPower, &kXlogy,
                                             &kXlog1py,   &kFmax,       &kFmin,      &kGcd,      &kLcm,       &kLeftShift, &kRightShift, &kAddcmul,  &kAddcdiv,
                                             &kLerp,      &kDeg2rad,    &kRad2deg,   &kNanToNum, &kPositive,  &kSignbit,   &kIsposinf, &kIsneginf,   &kIsreal};
  return ops;
}

}  // namespace nabla
