// Arithmetic on elements: add, sub, rsub, mul, div, floor_divide, remainder, fmod, pow, neg, reciprocal. In that order; each
// operator's kernels, formulas and definition together.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

struct Add {
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) return static_cast<T>(static_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(y));
    else return x + y;
  }
};
struct Sub {
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) return static_cast<T>(static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(y));
    else return x - y;
  }
};
struct Rsub {
  template <class T>
  T operator()(T x, T y) const {
    return y - x;
  }
};
struct Mul {
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) return static_cast<T>(static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(y));
    else return x * y;
  }
};
struct Div {
  template <class T>
  T operator()(T x, T y) const {
    return x / y;
  }
};
struct FloorDiv {
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) {
      if (y == 0) fail("RuntimeError", "ZeroDivisionError");
      if (y == -1) return static_cast<T>(0 - static_cast<std::uint64_t>(x));
      return x / y - ((x % y != 0) && ((x < 0) != (y < 0)));
    } else {
      if (y == 0) return x / y;
      // Exact where std::floor(x / y) would round up: source, CPython's float_floor_div.
      const T mod = std::fmod(x, y);
      T quotient = (x - mod) / y;
      if (mod != 0 && ((y < 0) != (mod < 0))) quotient -= 1;
      if (quotient == 0) return std::copysign(T(0), x / y);
      const T floored = std::floor(quotient);
      return quotient - floored > T(0.5) ? floored + 1 : floored;
    }
  }
};
struct TruncDiv {
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) {
      if (y == 0) fail("RuntimeError", "ZeroDivisionError");
      return y == -1 ? static_cast<T>(0 - static_cast<std::uint64_t>(x)) : x / y;
    } else {
      return std::trunc(x / y);
    }
  }
};
struct Remainder {  // the sign of the divisor, as Python's %
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) {
      if (y == 0) fail("RuntimeError", "ZeroDivisionError");
      if (y == -1) return 0;
      const T mod = x % y;
      return mod != 0 && ((mod < 0) != (y < 0)) ? mod + y : mod;
    } else {
      const T mod = std::fmod(x, y);
      return mod != 0 && ((mod < 0) != (y < 0)) ? mod + y : mod;
    }
  }
};
struct Fmod {  // the sign of the dividend, as C's
  template <class T>
  T operator()(T x, T y) const {
    if constexpr (std::is_integral_v<T>) {
      if (y == 0) fail("RuntimeError", "ZeroDivisionError");
      return y == -1 ? 0 : x % y;
    } else {
      return std::fmod(x, y);
    }
  }
};
/// With the power function of `functions`: see Note [In vectors].
struct Pow {
  template <class T>
  T operator()(T x, T y) const { return (*this)(elementary::Scalar{}, x, y); }
  template <class Functions, class T>
  T operator()(Functions functions, T x, T y) const {
    if constexpr (std::is_integral_v<T>) {
      if (y < 0) return x == 1 ? 1 : x == -1 ? (y % 2 ? -1 : 1) : 0;
      std::uint64_t result = 1, base = static_cast<std::uint64_t>(x);
      for (auto n = static_cast<std::uint64_t>(y); n; n >>= 1, base *= base) {
        if (n & 1) result *= base;
      }
      return static_cast<T>(result);
    } else {
      if (y == 2) return x * x;
      if (y == 3) return x * x * x;
      if (y == 1) return x;
      if (y == T(0.5)) return std::sqrt(x);
      if (y == T(-0.5)) return 1 / std::sqrt(x);
      if (y == -1) return 1 / x;
      if (y == -2) return 1 / (x * x);
      return functions.pow(x, y);
    }
  }
};
/// The same where the exponents are a tensor's: none of them is told apart.
struct PowOfTensor {
  template <class Functions, class T>
  T operator()(Functions functions, T x, T y) const { return functions.pow(x, y); }
};
/// What PyTorch's vectors leave over is raised in double, where the exponent is none of those that Pow knows.
void raise_rest(const TensorImpl& x, const TensorImpl& out, double exponent) {
  constexpr double kKnown[] = {2, 3, 1, 0.5, -0.5, -1, -2, 0};
  if (x.dtype != DType::float32 || std::find(std::begin(kKnown), std::end(kKnown), exponent) != std::end(kKnown)) return;
  for (std::int64_t i = out.numel - out.numel % 16; i < out.numel; ++i) out.data_as<float>()[i] = static_cast<float>(std::pow(static_cast<double>(x.data_as<float>()[i]), exponent));
}
struct Neg {
  template <class T>
  T operator()(T x) const {
    if constexpr (std::is_integral_v<T>) return static_cast<T>(0 - static_cast<std::uint64_t>(x));
    else return -x;
  }
};

[[noreturn]] void refuse_bool_difference() {
  fail("RuntimeError",
       "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or "
       "`logical_not()` operator instead.");
}

void refuse_bools(const Call& call, DType type) {
  const auto is_bool = [&](int i) { return call[i].is_tensor() ? call[i].impl()->dtype == DType::bool_ : call[i].kind() == Arg::Kind::boolean; };
  if (type == DType::bool_) {
    fail("RuntimeError",
         "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.");
  }
  if (is_bool(0) || is_bool(1)) refuse_bool_difference();
}

void check_alpha(const Call& call, DType type) {
  if (!call.has(2)) return;
  if (call[2].kind() == Arg::Kind::boolean && type != DType::bool_) fail("RuntimeError", "Boolean alpha only supported for Boolean results.");
  if (call[2].kind() == Arg::Kind::real && !is_floating(type)) {
    fail("RuntimeError", "For integral input tensors, argument alpha must not be a floating point number.");
  }
}

/// Operators that compute bools as whole numbers elsewhere have no kernel for them.
DType but_bool(DType type, const char* kernel) {
  if (type == DType::bool_) not_implemented_for(kernel, type);
  return type;
}

bool has_alpha(const Call& call) { return call.has(2) && !(call[2].kind() == Arg::Kind::integer && call[2].integer() == 1); }

/// x + alpha * y, or x - alpha * y.
Tensor add_scaled(Call& call, const Kernel& kernel, DType type) {
  check_alpha(call, type);
  if (!has_alpha(call)) return binary(call, kernel, type);
  if (is_floating(type)) return fused_sum(call[0], Arg(&kernel == &kBinary<Sub> ? -call[2].real() : call[2].real()), call[1], type);
  Call scaled(call.def);
  scaled.count = 2;
  scaled.args[0] = call[1];
  scaled.args[1] = call[2];
  Call rest(call.def);
  rest.count = 2;
  rest.args[0] = call[0];
  rest.args[1] = Arg(binary(scaled, kBinary<Mul>, type));
  return binary(rest, kernel, type);
}

Tensor scaled(const Tensor& g, const Arg& alpha) {
  return alpha.is_none() || (alpha.kind() == Arg::Kind::integer && alpha.integer() == 1) ? g : g * alpha;
}

}  // namespace

const OpDef kAdd{
    .name = "add",
    .signatures = {{"add(Tensor input, Tensor other, *, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "+",
    .doc = "Adds other, scaled by alpha, to input.",
    .latex = R"(x + \alpha y)",
    .forward = [](Call& c) { return add_scaled(c, kBinary<Add>, c.operands_type()); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient([](const Backward& b) { return scaled(b.g, b.arg(2)); }, R"(\alpha g)")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(0) + f.scaled(f.t(1), 2); },
    .slopes = slopes([](auto& s) { s.gx = s.g, s.gy = s.g * s.z; }),
    .single = single_of_two<Add>(),
    .numbers = true,
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), f(2, 3)", "f(2, 3), f(3)", "f(2, 1), f(3), alpha=2.5", "f(), 2", "f(0, 2), f(2)"},
    .failures = {{"torch.add(torch.ones(2), torch.ones(3))",
                  "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0"},
                 {"torch.add(torch.ones(2), 'a')", "TypeError: add(): argument 'other' (position 2) must be Tensor, not str"}},
};

const OpDef kSub{
    .name = "sub",
    .signatures = {{"sub(Tensor input, Tensor other, *, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"subtract"},
    .sign = "-",
    .doc = "Subtracts other, scaled by alpha, from input.",
    .latex = R"(x - \alpha y)",
    .forward =
        [](Call& c) {
          const DType type = c.operands_type();
          refuse_bools(c, type);
          return add_scaled(c, kBinary<Sub>, type);
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient([](const Backward& b) { return scaled(-b.g, b.arg(2)); }, R"(-\alpha g)")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(0) - f.scaled(f.t(1), 2); },
    .slopes = slopes([](auto& s) { s.gx = s.g, s.gy = -s.g * s.z; }),
    .single = single_of_two<Sub>(),
    .numbers = true,
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(2, 3)", "f(2), 1.5, alpha=2"},
    .failures = {{"torch.tensor([True]) - torch.tensor([True])",
                  "RuntimeError: Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
                  "`logical_xor()` operator instead."}},
};

const OpDef kRsub{
    .name = "rsub",
    .signatures = {{"rsub(Tensor input, Tensor other, *, Number alpha=1)", "RsubBackward0"},
                   {"rsub(Tensor input, Number other, Number alpha=1)", "RsubBackward1"}},
    .spellings = kTorch,
    .doc = "Subtracts input, scaled by alpha, from other: what a number minus a tensor does.",
    .latex = R"(y - \alpha x)",
    .forward =
        [](Call& c) {
          const DType type = c.operands_type();
          refuse_bools(c, type);
          Call swapped(c.def);
          swapped.count = 3;
          swapped.args[0] = c[1];
          swapped.args[1] = c[0];
          swapped.args[2] = c[2];
          return add_scaled(swapped, kBinary<Sub>, type);
        },
    .gradients = {gradient([](const Backward& b) { return scaled(-b.g, b.arg(2)); }, R"(-\alpha g)"),
                  gradient([](const Backward& b) { return b.g; }, "g")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 1 ? f.slope() : -f.scaled(f.t(0), 2) + f.t(1); },
    .slopes = slopes([](auto& s) { s.gx = -s.g * s.z, s.gy = s.g; }),
    .single = single_of_two<Rsub>(),
    .samples = {"f(2, 3), f(3)", "f(2, 3), 2.0"},
};

const OpDef kMul{
    .name = "mul",
    .signatures = {{"mul(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"multiply"},
    .sign = "*",
    .doc = "Multiplies input by other, element by element.",
    .latex = "x y",
    .forward = [](Call& c) { return binary(c, kBinary<Mul>, c.result_type()); },
    .gradients = {gradient([](const Backward& b) { return b.g * b.operand(1); }, "g y"),
                  gradient([](const Backward& b) { return b.g * b.operand(0); }, "g x")},
    .tangent = [](const Forward& f) -> Tensor { return f.t(1) * f.p(0) + f.t(0) * f.p(1); },
    .slopes = slopes([](auto& s) { s.gx = s.g * s.y, s.gy = s.g * s.x; }),
    .single = single_of_two<Mul>(),
    .numbers = true,
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), f(2, 3)", "f(2, 1), f(3)", "f(2), 3", "f(), f(2)"},
    .failures = {{"torch.mul(torch.ones(2))", "TypeError: mul() missing 1 required positional arguments: \"other\""}},
};

const OpDef kDiv{
    .name = "div",
    .signatures = {{"div(Tensor input, Tensor other)", "DivBackward0"},
                   {"div(Tensor input, Tensor other, *, str? rounding_mode)", "DivBackward2"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"divide", "true_divide"},
    .sign = "/",
    .doc = "Divides input by other; integers give floats unless rounding_mode is 'trunc' or 'floor'.",
    .latex = R"(\frac{x}{y})",
    .forward =
        [](Call& c) {
          const DType type = c.result_type();
          if (!c.has(2)) return binary(c, kBinaryFloat<Div>, float_type(type));
          const std::string& mode = c[2].text();
          if (mode == "floor") return binary(c, kBinary<FloorDiv>, type);
          if (mode == "trunc") return binary(c, kBinary<TruncDiv>, type);
          fail("RuntimeError", "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '", mode, "'");
        },
    .gradients = {gradient(
                      [](const Backward& b) { return b.arg(2).is_none() ? b.g / b.operand(1) : zeros_like(b.g); }, R"(\frac{g}{y})"),
                  gradient(
                      [](const Backward& b) {
                        return b.arg(2).is_none() ? -b.g * ((b.operand(0) / b.operand(1)) / b.operand(1)) : zeros_like(b.g);
                      },
                      R"(-\frac{g x}{y^2})")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 1 && f.has(2) ? f.flat() : (f.t(0) - f.t(1) * f.out()) / f.p(1); },
    .slopes = slopes([](auto& s) { s.gx = s.g / s.y, s.gy = -s.g * ((s.x / s.y) / s.y); }),
    .single = single_of_two<Div>(),
    .numbers = true,
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), p(2, 3)", "f(3), p(2, 1)", "f(2), 4"},
    .failures = {{"torch.div(torch.ones(1), 2, rounding_mode='up')",
                  "RuntimeError: div expected rounding_mode to be one of None, 'trunc', or 'floor' but found 'up'"}},
};

// What PyTorch's C++ adds, multiplies and divides by plain numbers: nodes of their own.

const OpDef kAddNumber{
    .name = "_add_number",
    .signatures = {{"_add_number(Tensor input, Number other)", "AddBackward1"}, {"_add_number(Tensor input, Number other)", "SubBackward1"}},
    .spellings = 0,
    .doc = "A tensor plus or minus a number, within another operator.",
    .latex = R"(x \pm y)",
    .forward = [](Call& c) { return c.signature == 0 ? binary(c, kBinary<Add>, c.operands_type()) : binary(c, kBinary<Sub>, c.operands_type()); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g")},
    .tangent = auto_element_wise,
    .slopes = slopes([](auto& s) { s.gx = s.g; }),
    .samples = {"f(2, 3), 1.5"},
};

/// A number as PyTorch's gradients of these take it: a tensor of its own type, float64, whose product with a 0-d tensor is float64 too.
Tensor own_number(const Arg& y) { return scalar_tensor(y.scalar(), y.kind() == Arg::Kind::real ? DType::float64 : DType::int64); }

const OpDef kMulNumber{
    .name = "_mul_number",
    .signatures = {{"_mul_number(Tensor input, Number other)", "MulBackward1"}},
    .spellings = 0,
    .doc = "A tensor times a number, within another operator.",
    .latex = "x y",
    .forward = [](Call& c) { return binary(c, kBinary<Mul>, c.operands_type()); },
    .gradients = {gradient([](const Backward& b) { return b.g * own_number(b.arg(1)); }, "g y")},
    .tangent = [](const Forward& f) -> Tensor { return with_number('*', f.t(0).value, f.call[1].scalar()); },
    .samples = {"f(2, 3), 1.5"},
};

const OpDef kDivNumber{
    .name = "_div_number",
    .signatures = {{"_div_number(Tensor input, Number other)", "DivBackward1"}},
    .spellings = 0,
    .doc = "A tensor divided by a number, within another operator.",
    .latex = R"(\frac{x}{y})",
    .forward = [](Call& c) { return binary(c, kBinaryFloat<Div>, float_type(c.operands_type())); },
    .gradients = {gradient([](const Backward& b) { return b.g / own_number(b.arg(1)); }, R"(\frac{g}{y})")},
    .tangent = [](const Forward& f) -> Tensor { return with_number('/', f.t(0).value, f.call[1].scalar()); },
    .samples = {"f(2, 3), 1.5"},
};

const OpDef kFloorDivide{
    .name = "floor_divide",
    .signatures = {{"floor_divide(Tensor input, Tensor other)", "NotImplemented"},
                   {"floor_divide(Tensor input, Number other)", "NotImplemented"},
                   {"floor_divide(Number self, Tensor other)", "NotImplemented"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "//",
    .doc = "Divides and rounds down, as Python's //.",
    .latex = R"(\left\lfloor \frac{x}{y} \right\rfloor)",
    .forward = [](Call& c) { return binary(c, kBinary<FloorDiv>, but_bool(c.result_type(), "div_floor_cpu")); },
    .gradients = {not_implemented(), not_implemented()},
    .samples = {"f(2, 3), p(3)"},
    .failures = {{"torch.tensor([5]) // 0", "RuntimeError: ZeroDivisionError"}},
};

/// x / y, rounded.
Tensor divided(const Backward& b, const char* mode) {
  return apply_form(kDiv, 1, b.operand(0), b.operand(1), std::string(mode));
}

const OpDef kRemainder{
    .name = "remainder",
    .signatures = {{"remainder(Tensor input, Tensor other)", "RemainderBackward1"},
                   {"remainder(Tensor input, Number other)", "RemainderBackward0"},
                   {"remainder(Number self, Tensor other)", "NotImplemented"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "%",
    .doc = "The remainder of a division, with the sign of the divisor, as Python's %.",
    .latex = R"(x - y \left\lfloor \frac{x}{y} \right\rfloor)",
    .forward = [](Call& c) { return binary(c, kBinary<Remainder>, but_bool(c.result_type(), "remainder_cpu")); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient(
                      [](const Backward& b) {
                        if (b.signature() == 2) fail("RuntimeError", "derivative for aten::remainder is not implemented");
                        return -b.g * divided(b, "floor");
                      },
                      R"(-g \left\lfloor \frac{x}{y} \right\rfloor)")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 1 ? f.slope() : f.t(0) - f.t(1) * apply_form(kDiv, 1, f.p(0), f.p(1), std::string("floor")); },
    .samples = {"f(2, 3), 0.7", "f(2, 3), p(3)"},
};

const OpDef kFmod{
    .name = "fmod",
    .signatures = {{"fmod(Tensor input, Tensor other)", "FmodBackward1"}, {"fmod(Tensor input, Number other)", "FmodBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The remainder of a division, with the sign of the dividend, as C's fmod.",
    .latex = R"(x - y \operatorname{trunc}\frac{x}{y})",
    .forward = [](Call& c) { return binary(c, kBinary<Fmod>, but_bool(c.result_type(), "fmod_cpu")); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"),
                  gradient(
                      [](const Backward& b) {
                        return -b.g * divided(b, "trunc");
                      },
                      R"(-g \operatorname{trunc}\frac{x}{y})")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 1 ? f.slope() : f.t(0) - f.t(1) * apply_form(kDiv, 1, f.p(0), f.p(1), std::string("trunc")); },
    .samples = {"f(2, 3), 0.7", "f(2, 3), p(3)"},
};

const OpDef kPow{
    .name = "pow",
    .signatures = {{"pow(Tensor input, Tensor exponent)", "PowBackward1"},
                   {"pow(Number self, Tensor exponent)", "PowBackward2"},
                   {.text = "pow(Tensor input, Number exponent)", .node = "PowBackward0", .reads_output = false}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "**",
    .doc = "Raises input to the power of exponent, element by element.",
    .latex = "x^{y}",
    .forward =
        [](Call& c) {
          const DType type = c.result_type();
          if (type == DType::bool_) not_implemented_for("pow", type);
          if (c.signature == 2 && !is_floating(type) && c.scalar(1).to_int() < 0) {
            fail("RuntimeError", "Integers to negative integer powers are not allowed.");
          }
          if (c.signature == 2 && !is_floating(type)) need_fit(c.scalar(1), type);
          constexpr Kernel kOfNumber{{elementary::vector_loop_of_two<float, Pow>, elementary::vector_loop_of_two<double, Pow>, kBinary<Pow>.loops[2]}};
          constexpr Kernel kOfTensor{{elementary::vector_loop_of_two<float, PowOfTensor>, elementary::vector_loop_of_two<double, PowOfTensor>, kBinary<Pow>.loops[2]}};
          const Tensor out = binary(c, c.signature == 2 ? kOfNumber : kOfTensor, type);
          if (c.signature == 2 && type == DType::float32 && c[0].impl()->is_contiguous() && out->numel % 16) raise_rest(*c[0].impl(), *out, c.scalar(1).to_double());
          if (c.signature == 2 && c[0].impl()->is_contiguous()) out->strides = contiguous_strides(out->sizes);  // of one operand alone
          return c.signature == 1 ? contiguous(out) : out;
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        if (b.signature() == 2) {
                          const Tensor x = b.x();
                          const double n = b.arg(1).real();
                          return n == 0 ? zeros_like(b.g) : b.g * (pow(x, n - 1) * n);
                        }
                        const Tensor y = b.y();
                        if (y->dtype == DType::bool_) refuse_bool_difference();
                        return where(eq(y, 0), Arg(0.0), b.g * (y * pow(b.x(), y - 1)));
                      },
                      R"(g\, y\, x^{y-1})"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor out = b.out(), y = b.y();
                        const Arg x = b.operand(0);
                        if (!x.is_tensor()) {
                          const Tensor slope = out * std::log(x.real());
                          return b.g * (x.real() == 0 ? where(ge(y, 0), Arg(0.0), slope) : slope);
                        }
                        // 0^y has slope 0 for y >= 0, where log(0) would give nan.
                        const Tensor flat = logical_and(eq(x, 0), ge(y, 0));
                        return b.g * where(flat, Arg(0.0), out * log(x.tensor()));
                      },
                      R"(g\, x^{y} \ln x)")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? f.slope(0) + f.slope(1) : f.slope(); },
    .slopes = slopes([](auto& s) {
      s.gx = s.y == 0 ? 0 : s.g * (Pow{}(s.x, s.y - 1) * s.y);
      if (s.needs_y) s.gy = s.x == 0 && s.y >= 0 ? 0 : s.g * (s.out * std::log(s.x));
    }),
    .single = single_of_two<Pow>(),
    .reads_output = true,
    .cast_words = CastWords::found,
    .samples = {"f(2, 3), 2", "f(2, 3), 3", "p(2, 3), 0.5", "p(2, 3), -1.5", "f(2), 0", "p(2, 3), f(3)", "1.7, f(2, 3)"},
    .failures = {{"torch.tensor([1, 2]) ** -1", "RuntimeError: Integers to negative integer powers are not allowed."}},
};

const OpDef kNeg{
    .name = "neg",
    .signatures = {{"neg(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"negative"},
    .doc = "Changes the sign.",
    .latex = "-x",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dtype == DType::bool_) {
            fail("RuntimeError",
                 "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or "
                 "`logical_not()` operator instead.");
          }
          return unary(c, kUnary<Neg>);
        },
    .gradients = {gradient([](const Backward& b) { return -b.g; }, "-g")},
    .tangent = auto_linear,
    .slopes = slopes([](auto& s) { s.gx = -s.g; }),
    .single = single_of_one(Neg{}),
    .samples = {"f(2, 3)", "f()"},
};

const std::vector<const OpDef*>& arithmetic_ops() {
  static const std::vector<const OpDef*> ops{&kAdd, &kSub, &kRsub, &kMul, &kDiv, &kAddNumber, &kMulNumber, &kDivNumber, &kFloorDivide, &kRemainder, &kFmod, &kPow, &kNeg};
  return ops;
}

Tensor operator+(const Arg& x, const Arg& y) { return apply(kAdd, x, y); }
Tensor operator-(const Arg& x, const Arg& y) { return apply(kSub, x, y); }
Tensor operator*(const Arg& x, const Arg& y) { return apply(kMul, x, y); }
Tensor operator/(const Arg& x, const Arg& y) { return apply(kDiv, x, y); }
const OpDef* sign_of_number(const Call& call) {
  if (&call.def == &kAddNumber) return call.signature == 0 ? &kAdd : &kSub;
  return &call.def == &kMulNumber ? &kMul : &call.def == &kDivNumber ? &kDiv : nullptr;
}
Tensor with_number(char sign, const Tensor& x, Scalar y) {
  if (sign == 'r') return apply(kSub, y, x);  // as PyTorch's C++ does: a tensor filled with y, minus x
  Call call(sign == '*' ? kMulNumber : sign == '/' ? kDivNumber : kAddNumber, sign == '-' ? 1 : 0);
  call.count = 2;
  call.args[0] = Arg(x);
  call.args[1] = Arg(y);
  return run(call);
}
Tensor operator-(const Tensor& x) { return apply(kNeg, x); }

Tensor pow(const Arg& x, const Arg& y) {
  Call call(kPow, !x.is_tensor() ? 1 : y.is_tensor() ? 0 : 2);
  call.count = 2;
  call.args[0] = x;
  call.args[1] = y;
  return run(call);
}

}  // namespace nabla
