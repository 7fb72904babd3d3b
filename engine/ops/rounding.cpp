// Sign and whole numbers: abs, sign, sgn, floor, ceil, round, trunc, frac. Their slopes are constant between the jumps.
#include <cmath>

#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

/// Rounds floats with f; integers are whole already; bools have no kernel.
template <class F>
Tensor rounded(Call& c, const char* kernel_name, F) {
  const Tensor x = c.tensor(0);
  if (x->dtype == DType::bool_) not_implemented_for(kernel_name, x->dtype);
  return is_floating(x->dtype) ? unary(c, kUnaryFloat<F>) : copy_as(x);
}

const Gradient kFlat = gradient([](const Backward& b) { return zeros_like(b.g); }, "0");

/// Half to even, as nearbyint in the default mode.
struct HalfToEven {
  template <class T>
  T operator()(T x) const {
    return std::nearbyint(x);
  }
};

}  // namespace

const OpDef kAbs{
    .name = "abs",
    .signatures = {{"abs(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"absolute"},
    .doc = "The absolute value of each element.",
    .latex = "|x|",
    .forward =
        [](Call& c) {
          if (c.tensor(0)->dtype == DType::bool_) not_implemented_for("abs_cpu", DType::bool_);
          constexpr auto f = [](auto x) {
            if constexpr (std::is_floating_point_v<decltype(x)>) return std::fabs(x);
            else return static_cast<decltype(x)>(x < 0 ? 0 - static_cast<std::uint64_t>(x) : x);
          };
          return unary(c, kUnary<decltype(f)>);
        },
    .gradients = {gradient([](const Backward& b) { return b.g * apply(*find_op("sgn"), b.x()); }, R"(g \operatorname{sign} x)")},
    .slopes = slopes([](auto& s) { s.gx = s.g * ((s.x > 0) - (s.x < 0)); }),
    .samples = {"f(2, 3)", "f()"},
};

const OpDef kSign{
    .name = "sign",
    .signatures = {{"sign(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "-1, 0 or 1 by the sign of each element.",
    .latex = R"(\operatorname{sign} x)",
    .forward =
        [](Call& c) {
          constexpr auto f = [](auto x) { return static_cast<decltype(x)>((x > 0) - (x < 0)); };
          return unary(c, kUnary<decltype(f)>);
        },
    .gradients = {kFlat},
    .method_in_place = true,
    .samples = {"f(2, 3)"},
};

const OpDef kSgn{
    .name = "sgn",
    .signatures = {{"sgn(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The same as sign for real numbers.",
    .latex = R"(\operatorname{sign} x)",
    .forward = kSign.forward,
    .gradients = {gradient(
        [](const Backward& b) {
          (void)b.x(), (void)b.out();  // PyTorch keeps them
          return zeros_like(b.g);
        },
        "0")},
    .reads_output = true,
    .method_in_place = true,
    .samples = {"f(2, 3)"},
};

const OpDef kFloor{
    .name = "floor",
    .signatures = {{"floor(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Rounds down.",
    .latex = R"(\lfloor x \rfloor)",
    .forward = [](Call& c) { return rounded(c, "floor_vml_cpu", [](auto x) { return std::floor(x); }); },
    .gradients = {kFlat},
    .samples = {"f(2, 3)"},
    .failures = {{"torch.tensor([True]).floor()", "RuntimeError: \"floor_vml_cpu\" not implemented for 'Bool'"}},
};

const OpDef kCeil{
    .name = "ceil",
    .signatures = {{"ceil(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Rounds up.",
    .latex = R"(\lceil x \rceil)",
    .forward = [](Call& c) { return rounded(c, "ceil_vml_cpu", [](auto x) { return std::ceil(x); }); },
    .gradients = {kFlat},
    .samples = {"f(2, 3)"},
};

const OpDef kTrunc{
    .name = "trunc",
    .signatures = {{"trunc(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"fix"},
    .doc = "Rounds towards zero.",
    .latex = R"(\operatorname{trunc} x)",
    .forward = [](Call& c) { return rounded(c, "trunc_vml_cpu", [](auto x) { return std::trunc(x); }); },
    .gradients = {kFlat},
    .samples = {"f(2, 3)"},
};

const OpDef kRound{
    .name = "round",
    .signatures = {{"round(Tensor input)", "RoundBackward0"}, {"round(Tensor input, *, int decimals)", "RoundBackward1"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Rounds to the nearest whole number, halves to the even one; with decimals, to that many digits.",
    .latex = R"(\operatorname{round} x)",
    .forward =
        [](Call& c) {
          const std::int64_t decimals = c.integer(1);
          if (c.signature == 0) return rounded(c, "round_vml_cpu", HalfToEven{});
          if (!is_floating(c.tensor(0)->dtype)) not_implemented_for(decimals == 0 ? "round_vml_cpu" : "round_cpu", c.tensor(0)->dtype);
          // As PyTorch: scaled, rounded and scaled back, each step in the type of the elements.
          const double scale = std::pow(10.0, std::abs(static_cast<double>(decimals)));
          Call scaled(c.def);
          scaled.count = 2;
          scaled.args[0] = c[0];
          scaled.args[1] = Arg(scale);
          constexpr auto times = [](auto x, auto y) { return x * y; };
          constexpr auto over = [](auto x, auto y) { return x / y; };
          const DType type = c.tensor(0)->dtype;
          const Kernel &there = decimals > 0 ? kBinaryFloat<decltype(times)> : kBinaryFloat<decltype(over)>,
                       &back = decimals > 0 ? kBinaryFloat<decltype(over)> : kBinaryFloat<decltype(times)>;
          scaled.args[0] = Arg(binary(scaled, there, type));
          scaled.args[0] = Arg(unary(scaled, kUnaryFloat<HalfToEven>));
          return binary(scaled, back, type);
        },
    .gradients = {kFlat},
    .samples = {"f(2, 3)", "f(2, 3), decimals=1"},
};

const OpDef kSpecialRound{  // always with decimals, as its node tells
    .name = "special_round",
    .signatures = {{"special_round(Tensor input, *, int decimals=0)"}},
    .spellings = kTorch,
    .doc = "Rounds to so many digits behind the point.",
    .latex = R"(\operatorname{round} x)",
    .forward =
        [](Call& c) {
          Call round(*find_op("round"), 1);
          take_arguments(round, c[0], Arg(c.integer(1)));
          return run(round);
        },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3), decimals=1"},
};

const OpDef kFrac{
    .name = "frac",
    .signatures = {{"frac(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "What is left when the whole part is taken away.",
    .latex = R"(x - \operatorname{trunc} x)",
    .forward =
        [](Call& c) {
          if (!is_floating(c.tensor(0)->dtype)) not_implemented_for("frac_cpu", c.tensor(0)->dtype);
          return unary(c, kUnaryFloat<decltype([](auto x) { return x - std::trunc(x); })>);
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g")},
    .tangent = auto_element_wise,
    .samples = {"f(2, 3)"},
};

const std::vector<const OpDef*>& rounding_ops() {
  static const std::vector<const OpDef*> ops{&kAbs, &kSign, &kSgn, &kFloor, &kCeil, &kTrunc, &kRound, &kSpecialRound, &kFrac};
  return ops;
}

Tensor sign(const Tensor& x) { return apply(kSign, x); }

}  // namespace nabla
