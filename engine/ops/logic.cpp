// Truth values and bits: logical_and, logical_or, logical_xor, logical_not, where; bitwise operators and shifts.
#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/indexing.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

const Gradient kNone = not_differentiable("a truth value has no slope");
const Gradient kWhole = not_differentiable("whole numbers have no slope");

template <class F>
Tensor bitwise(Call& c, const char* kernel_name, F) {
  const DType type = c.result_type();
  if (is_floating(type) || (type == DType::bool_ && std::string_view(kernel_name).ends_with("shift_cpu"))) not_implemented_for(kernel_name, type);
  return binary(c, Kernel{{nullptr, nullptr, binary_loop<std::int64_t, std::int64_t, F>}}, type);
}

// Counts are taken modulo 64, as x86 does and so PyTorch.
struct ShiftLeft {
  std::int64_t operator()(std::int64_t x, std::int64_t count) const { return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << (count & 63)); }
};
struct ShiftRight {
  std::int64_t operator()(std::int64_t x, std::int64_t count) const { return x >> (count & 63); }
};

template <class T>
void where_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const bool chosen = *reinterpret_cast<const bool*>(data[1] + i * strides[1]);
    const char* from = chosen ? data[2] + i * strides[2] : data[3] + i * strides[3];
    *reinterpret_cast<T*>(data[0] + i * strides[0]) = *reinterpret_cast<const T*>(from);
  }
}

/// An argument of where() as a tensor of the common type.
Tensor choice(const Call& c, int i, DType type) { return cast(c.operand(i), type); }

Tensor choose(Call& c) {
  const Tensor condition = c.operand(0);
  if (condition->dtype != DType::bool_) {
    if (condition->dtype != DType::uint8) {
      fail("RuntimeError", "where expected condition to be a boolean tensor, but got a tensor with dtype ", legacy_name(condition->dtype));
    }
    warn("UserWarning", "where received a uint8 condition tensor. This behavior is deprecated and will be removed in a future version of "
                        "PyTorch. Use a boolean condition instead.");
  }
  ResultType result;
  for (int i = 1; i < 3; ++i) {
    if (c[i].is_tensor()) result.add_tensor(c[i].impl()->dtype, c[i].impl()->dim() == 0);
    else result.add_number(c.scalar(i).kind);
  }
  const DType type = result.get();
  for (int i = 1; i < 3; ++i) {
    if (c[i].is_number()) need_fit(c.scalar(i), type);
  }
  const Tensor flags = cast(condition, DType::bool_), x = choice(c, 1, type), y = choice(c, 2, type);
  const TensorImpl* const inputs[] = {flags.get(), c[1].is_tensor() ? x.get() : nullptr, c[2].is_tensor() ? y.get() : nullptr};
  const Tensor out = empty_for(broadcast(broadcast(flags->sizes, x->sizes), y->sizes), type, inputs);
  static constexpr Loop kLoops[] = {where_loop<std::int8_t>, where_loop<std::int16_t>, where_loop<std::int32_t>, where_loop<std::int64_t>};
  const std::int64_t size = item_size(type);
  for_each(out, {flags, x, y}, kLoops[size == 8 ? 3 : size == 4 ? 2 : size == 2 ? 1 : 0]);
  return out;
}

}  // namespace

const OpDef kLogicalAnd{
    .name = "logical_and",
    .signatures = {{"logical_and(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Are both elements true (not zero)?",
    .latex = R"(x \land y)",
    .forward = [](Call& c) { return compare(c, kPredicate<decltype([](auto x, auto y) { return x && y; })>); },
    .gradients = {kNone, kNone},
    .batch_rule = BatchRule::arithmetic,
    .samples = {"b(2, 3), b(3)", "f(2), f(2)"},
};

const OpDef kLogicalOr{
    .name = "logical_or",
    .signatures = {{"logical_or(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Is at least one of the elements true (not zero)?",
    .latex = R"(x \lor y)",
    .forward = [](Call& c) { return compare(c, kPredicate<decltype([](auto x, auto y) { return x || y; })>); },
    .gradients = {kNone, kNone},
    .samples = {"b(2, 3), b(3)"},
};

const OpDef kLogicalXor{
    .name = "logical_xor",
    .signatures = {{"logical_xor(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Is exactly one of the elements true (not zero)?",
    .latex = R"(x \oplus y)",
    .forward = [](Call& c) { return compare(c, kPredicate<decltype([](auto x, auto y) { return (x != 0) != (y != 0); })>); },
    .gradients = {kNone, kNone},
    .samples = {"b(2, 3), b(3)"},
};

const OpDef kLogicalNot{
    .name = "logical_not",
    .signatures = {{"logical_not(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Is each element false (zero)?",
    .latex = R"(\lnot x)",
    .forward = [](Call& c) { return predicate_map(c.tensor(0), kUnaryPredicate<decltype([](auto x) { return x == 0; })>); },
    .gradients = {kNone},
    .method_in_place = true,
    .samples = {"b(2, 3)", "f(2)"},
};

const OpDef kBitwiseAnd{
    .name = "bitwise_and",
    .signatures = {{"bitwise_and(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "&",
    .doc = "The bits that both whole numbers have; of truth values, whether both are true.",
    .latex = R"(x \mathbin{\&} y)",
    .forward = [](Call& c) { return bitwise(c, "bitwise_and_cpu", [](auto x, auto y) { return x & y; }); },
    .gradients = {kWhole, kWhole},
    .numbers = true,
    .samples = {"i(2, 3), i(3)", "b(3), b(3)"},
    .failures = {{"torch.ones(1) & 1", "RuntimeError: \"bitwise_and_cpu\" not implemented for 'Float'"}},
};

const OpDef kBitwiseOr{
    .name = "bitwise_or",
    .signatures = {{"bitwise_or(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "|",
    .doc = "The bits that at least one whole number has; of truth values, whether one is true.",
    .latex = R"(x \mathbin{|} y)",
    .forward = [](Call& c) { return bitwise(c, "bitwise_or_cpu", [](auto x, auto y) { return x | y; }); },
    .gradients = {kWhole, kWhole},
    .numbers = true,
    .samples = {"i(2, 3), i(3)", "b(3), b(3)"},
};

const OpDef kBitwiseXor{
    .name = "bitwise_xor",
    .signatures = {{"bitwise_xor(Tensor input, Tensor other)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "^",
    .doc = "The bits that exactly one whole number has; of truth values, whether exactly one is true.",
    .latex = R"(x \oplus y)",
    .forward = [](Call& c) { return bitwise(c, "bitwise_xor_cpu", [](auto x, auto y) { return x ^ y; }); },
    .gradients = {kWhole, kWhole},
    .numbers = true,
    .samples = {"i(2, 3), i(3)", "b(3), b(3)"},
};

const OpDef kBitwiseNot{
    .name = "bitwise_not",
    .signatures = {{"bitwise_not(Tensor input)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .sign = "~",
    .doc = "All bits turned over; of truth values, the opposite.",
    .latex = R"(\mathop{\sim} x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dtype == DType::bool_) return kLogicalNot.forward(c);
          if (is_floating(x->dtype)) not_implemented_for("bitwise_not_cpu", x->dtype);
          return unary(c, Kernel{{nullptr, nullptr, unary_loop<std::int64_t, std::int64_t, decltype([](auto v) { return ~v; })>}});
        },
    .gradients = {kWhole},
    .method_in_place = true,
    .samples = {"i(2, 3)", "b(3)"},
};

const OpDef kLshift{
    .name = "__lshift__",
    .signatures = {{"__lshift__(Tensor input, Tensor other)"}},
    .spellings = kMethod,
    .sign = "<<",
    .doc = "Shifts the bits of whole numbers to the left.",
    .latex = "x 2^{y}",
    .forward = [](Call& c) { return bitwise(c, "lshift_cpu", ShiftLeft{}); },
    .gradients = {kWhole, kWhole},
    .numbers = true,
    .samples = {"i(2, 3), 1"},
    .failures = {{"torch.ones(1) << 1", "RuntimeError: \"lshift_cpu\" not implemented for 'Float'"}},
};

const OpDef kRshift{
    .name = "__rshift__",
    .signatures = {{"__rshift__(Tensor input, Tensor other)"}},
    .spellings = kMethod,
    .sign = ">>",
    .doc = "Shifts the bits of whole numbers to the right.",
    .latex = R"(\left\lfloor x / 2^{y} \right\rfloor)",
    .forward = [](Call& c) { return bitwise(c, "rshift_cpu", ShiftRight{}); },
    .gradients = {kWhole, kWhole},
    .numbers = true,
    .samples = {"i(2, 3), 1"},
};

const OpDef kWhere{
    .name = "where",
    .signatures = {{"where(Tensor condition, Tensor input, Tensor other)"}, {.text = "where(Tensor condition)", .many = true, .composite = true}},
    .spellings = kTorch,
    .doc = "Elements of input where condition is true, of other elsewhere; of a condition alone, where it is true.",
    .latex = R"(y \text{ if } x \text{ else } z)",
    .forward = choose,
    .forward_many =
        [](Call& c) {
          Call call(*find_op("nonzero"), 1);
          call.count = 2;
          call.args[0] = c[0];
          call.args[1] = Arg(true);
          return run_many(call);
        },
    .gradients = {not_differentiable("a truth value has no slope"),
                  gradient([](const Backward& b) { return where(b.input(0), b.g, 0.0); }, R"(g\, [x])"),
                  gradient([](const Backward& b) { return where(b.input(0), 0.0, b.g); }, R"(g\, [\lnot x])")},
    .tangent = [](const Forward& f) -> Tensor { return where(f.call.tensor(0), f.t(1).value, f.t(2).value); },
    .numbers = true,
    .samples = {"b(2, 3), f(2, 3), f(3)", "b(2, 3), f(2, 3), 0.5", "b(2), 1.5, f(2)"},
    .failures = {{"torch.where(torch.tensor([1]), torch.ones(1), torch.ones(1))",
                  "RuntimeError: where expected condition to be a boolean tensor, but got a tensor with dtype Long"}},
};

const OpDef kWhereMethod{
    .name = "where",
    .signatures = {{"where(Tensor input, Tensor condition, Tensor other)"}},
    .spellings = kMethod,
    .doc = "The elements where condition is true, those of other elsewhere.",
    .latex = R"(x \text{ if } y \text{ else } z)",
    .forward = [](Call& c) { return where(c.operand(1), c[0], c[2]); },
    .composite = true,
    .samples = {"f(2, 3), b(2, 3), f(3)"},
};

const OpDef kMaskedFill{
    .name = "masked_fill",
    .signatures = {{"masked_fill(Tensor input, Tensor mask, Tensor value)", "MaskedFillBackward1"},
                   {"masked_fill(Tensor input, Tensor mask, Number value)", "MaskedFillBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "A value where mask is true, the elements of input elsewhere.",
    .latex = R"(z \text{ if } y \text{ else } x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), mask = c.tensor(1);
          if (c[2].is_tensor() && c[2].impl()->dim() > 0) {
            fail("RuntimeError", "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ", c[2].impl()->dim(), " dimension(s).");
          }
          (void)broadcast(mask->sizes, x->sizes);
          need_fit(c.scalar(2), x->dtype);
          Call chosen(c.def);
          chosen.count = 3;
          chosen.args[0] = Arg(mask->dtype == DType::bool_ ? mask : read_mask(mask, "masked_fill_"));
          chosen.args[1] = Arg(cast(c.operand(2), x->dtype));
          chosen.args[2] = c[0];
          return contiguous(choose(chosen));
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        Call call(b.node.def, 1);
                        for (const Arg& arg : {Arg(b.g), Arg(b.input(1)), Arg(0)}) call.args[call.count++] = arg;
                        return run(call);
                      },
                      R"(g\, [\lnot y])"),
                  not_differentiable("a truth value has no slope"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor mask = b.input(1);
                        // PyTorch always selects, which knows no masks but these; under vmap each element would select another number.
                        return mask->dtype == DType::bool_ ? where(mask, b.g, 0.0) : sum(apply(*find_op("masked_select"), b.g, mask));
                      },
                      R"(g\, [y])")},
    .changes_tangent = true,
    .reads_first = true,
    .apart = "mask] = scalar",
    .batch_rule = BatchRule::arithmetic,
    .samples = {"f(2, 3), b(2, 3), 0.5", "f(2, 3), b(3), f()"},
};

const std::vector<const OpDef*>& logic_ops() {
  static const std::vector<const OpDef*> ops{&kLogicalAnd, &kLogicalOr,  &kLogicalXor, &kLogicalNot, &kBitwiseAnd, &kBitwiseOr,
                                             &kBitwiseXor, &kBitwiseNot, &kLshift,     &kRshift,     &kWhere,      &kWhereMethod, &kMaskedFill};
  return ops;
}

Tensor where(const Tensor& condition, const Arg& x, const Arg& y) { return apply(kWhere, condition, x, y); }
Tensor logical_and(const Tensor& x, const Tensor& y) { return apply(kLogicalAnd, x, y); }

}  // namespace nabla
