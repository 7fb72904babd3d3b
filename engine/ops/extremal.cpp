// Largest and smallest: maximum, minimum, clamp between tensors; max, min, amax, amin, argmax, argmin of one. nan wins over all
// numbers, as in PyTorch.
#include <cmath>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/rows.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

template <class T>
bool is_nan(T x) {
  if constexpr (std::is_floating_point_v<T>) return std::isnan(x);
  return false;
}
struct Larger {
  template <class T>
  T operator()(T x, T y) const {
    return is_nan(x) || x > y ? x : y;
  }
};
struct Smaller {
  template <class T>
  T operator()(T x, T y) const {
    return is_nan(x) || x < y ? x : y;
  }
};
// Bounds: of two zeros the element's own stays, with its sign.
struct AtLeast {
  template <class T>
  T operator()(T x, T low) const {
    return is_nan(x) || x >= low ? x : low;
  }
};
struct AtMost {
  template <class T>
  T operator()(T x, T high) const {
    return is_nan(x) || x <= high ? x : high;
  }
};
// Which of two zeros maximum and minimum take depends on whether they go in vectors: Note [In vectors].
template <class Order>
struct InVectors {
  template <class Functions, class T>
  T operator()(Functions, T x, T y) const {
    if (x == y) return std::is_same_v<Functions, elementary::Vectorial> ? y : x;
    return Order{}(x, y);
  }
};
template <class Order>
constexpr Kernel kExtremal{{elementary::vector_loop_of_two<float, InVectors<Order>>, elementary::vector_loop_of_two<double, InVectors<Order>>, kBinary<Order>.loops[2]}};

// ---- of each row ----

/// Finds the first extreme element of each row: Better{}(a, b) gives the one of the two that is kept.
template <class T, class Better>
void find_in_rows(const Rows& rows, T* values, std::int64_t* positions) {
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r, x += rows.length) {
    std::int64_t best = 0;
    for (std::int64_t i = 1; i < rows.length && !is_nan(x[best]); ++i) {
      if (is_nan(x[i]) || (x[i] != x[best] && Better{}(x[i], x[best]) == x[i])) best = i;
    }
    if (values) values[r] = x[best];
    if (positions) positions[r] = best;
  }
}

struct Found {
  Tensor values, positions;
};

template <class Better>
Found find(const Tensor& x, const std::vector<bool>& dims, bool keepdim) {
  const Compute type = compute_type(x->dtype);
  const Rows rows = to_rows(x, dims, keepdim, dtype_of(type));
  Found out{empty(rows.out_sizes, dtype_of(type)), empty(rows.out_sizes, DType::int64)};
  auto* positions = out.positions->data_as<std::int64_t>();
  switch (type) {
    case Compute::float32: find_in_rows<float, Better>(rows, out.values->data_as<float>(), positions); break;
    case Compute::float64: find_in_rows<double, Better>(rows, out.values->data_as<double>(), positions); break;
    case Compute::int64: find_in_rows<std::int64_t, Better>(rows, out.values->data_as<std::int64_t>(), positions); break;
  }
  out.values = cast(out.values, x->dtype);
  return out;
}

/// The extreme element of all.
template <class Better>
Tensor of_all(const Call& c) {
  const Tensor x = c.tensor(0);
  if (x->numel == 0) {
    fail("RuntimeError", c.def.name, "(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.");
  }
  return find<Better>(x, std::vector<bool>(x->dim(), true), false).values;
}

/// Along one dimension: values and positions.
template <class Better>
std::vector<Tensor> along(const Call& c) {
  const Tensor x = c.tensor(0);
  const std::int64_t dim = dimension(c, 1);
  if (x->dim() && x->sizes[dim] == 0) fail("IndexError", c.def.name, "(): Expected reduction dim ", dim, " to have non-zero size.");
  std::vector<bool> dims(x->dim(), false);
  if (x->dim()) dims[dim] = true;
  Found found = find<Better>(x, dims, c.flag(2));
  return {found.values, found.positions};
}

/// Over several dimensions, values only.
template <class Better>
Tensor over(const Call& c) {
  const Tensor x = c.tensor(0);
  if (x->numel == 0 && (!c.has(1) || c[1].ints().empty())) {
    fail("RuntimeError", c.def.name, "(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.");
  }
  for (std::size_t i = 0; x->numel == 0 && i < c[1].ints().size(); ++i) {  // one by one, before any is found twice
    const std::int64_t dim = c[1].ints()[i];
    if (x->sizes[wrap_dim(dim, x->dim())] == 0) fail("IndexError", c.def.name, "(): Expected reduction dim ", dim, " to have non-zero size.");
  }
  const std::vector<bool> dims = dimension_mask(c[1], x->dim());
  return find<Better>(x, dims, c.flag(2)).values;
}

template <class Better>
Tensor position(const Call& c) {
  const Tensor x = c.tensor(0);
  std::vector<bool> dims(x->dim(), !c.has(1));
  if (c.has(1)) {
    const std::int64_t dim = dimension(c, 1);
    if (x->dim()) dims[dim] = true;
    if (x->dim() && x->sizes[dim] == 0) fail("IndexError", c.def.name, "(): Expected reduction dim ", dim, " to have non-zero size.");
  } else if (x->numel == 0) {
    fail("IndexError", c.def.name, "(): Expected reduction dim to be specified for input.numel() == 0.");
  }
  const bool alone = x->dim() && c.has(1) && x->sizes[dimension(c, 1)] == 1;  // there is nothing to compare
  if (x->dtype == DType::bool_ && !alone) not_implemented_for(cat(c.def.name, "_cpu"), x->dtype);
  return find<Better>(x, dims, c.flag(2)).positions;
}

// ---- gradients ----

/// Of max() and amax(): shared evenly by all elements that are as large.
Tensor share(const Backward& b) {
  const bool whole = b.arg(1).kind() != Arg::Kind::ints;
  const std::vector<bool> dims = dimension_mask(whole ? Arg() : b.arg(1), b.sizes().size());
  const bool kept = !whole && b.arg(2).integer() != 0;
  Dims shape = b.sizes();
  for (std::size_t d = 0; d < shape.size(); ++d) shape[d] = dims[d] ? 1 : shape[d];
  const auto restore = [&](const Tensor& t) { return kept ? t : reshape_to(t, shape); };
  const Tensor out = b.out();
  // max() of nan goes to the nans; amax() finds no element equal to nan, and divides by none. max() leaves zeros, amax() what it multiplies by zero.
  const bool fills = whole && b.node.def.name[0] == 'm', is_nan = fills && std::isnan(item(out).to_double());
  const Tensor found = is_nan ? apply(*find_op("isnan"), b.x()) : eq(b.x(), restore(out)), mask = to_dtype(found, b.g->dtype);
  if (fills) return where(found, restore(b.g) / sum(mask, dims, true), 0.0);
  return restore(b.g) / sum(mask, dims, true) * mask;
}

/// Of max(dim): all to the element that was found.
Tensor to_found(const Backward& b) {
  const Dims& sizes = b.sizes();
  const bool kept = b.arg(2).integer() != 0;
  const Tensor found = b.out(1);
  if (sizes.empty()) return b.g;
  const std::int64_t dim = wrap_dim(b.arg(1).integer(), sizes.size());
  const auto restore = [&](const Tensor& t) { return kept ? t : unsqueeze_at(t, dim); };
  return apply(*find_op("scatter"), zeros(sizes, b.g->dtype), dim, restore(found), restore(b.g));
}

/// Of maximum(x, y): to the larger, halved where both are equal; to both where one is no number.
Tensor to_winner(const Tensor& g, const Tensor& mine, const Tensor& other) {
  return where(gt(other, mine), 0.0, where(eq(mine, other), g / 2, g));
}

bool has_bounds(const Arg& low, const Arg& high) { return !low.is_none() || !high.is_none(); }

/// A tangent of the larger (or smaller) of two: all of its, or half of each where they are equal.
Tensor of_two(const Forward& f, bool larger) {
  const Arg &x = f.p(0), &y = f.p(1);
  const Tangent t = f.t(0), u = f.t(1);
  return u + where(eq(x, y), 0.5, to_dtype(larger ? gt(x, y) : gt(y, x), f.out()->dtype)) * (t - u);
}

Tensor shared_tangent(const Forward& f) {
  const bool kept = f.has(2) && f.call.flag(2);
  const Tensor mask = eq(f.x(), kept ? f.out() : restore_dims(f.out(), f.dims(1)));
  return total(where(mask, f.t(0).value, 0.0), f.dims(1), kept) / total(mask, f.dims(1), kept);
}

/// clamp_min or clamp_max: of truth values, a number has no kernel.
Tensor bounded(Call& c, const Kernel& kernel, const char* name) {
  const DType type = c.result_type();
  if (type == DType::bool_ && c.signature) not_implemented_for(name, type);
  return binary(c, kernel, type);
}

Tensor clamped(const Forward& f) {
  const Arg& x = f.p(0);
  if (!f.call[1].is_tensor()) return where(gt(f.p(2), x), f.t(0).value, f.t(2).value);
  if (!f.has(2) || !f.call[2].is_tensor()) return where(gt(x, f.p(1)), f.t(0).value, f.t(1).value);
  return where(gt(f.p(1), f.p(2)), f.t(2).value, where(gt(f.p(1), x), f.t(1).value, where(gt(x, f.p(2)), f.t(2).value, f.t(0).value)));
}

}  // namespace

const OpDef kMaximum{
    .name = "maximum",
    .signatures = {{"maximum(Tensor input, Tensor other)"}},
    .doc = "The larger of the two elements.",
    .latex = R"(\max(x, y))",
    .forward = [](Call& c) { return binary(c, kExtremal<Larger>, c.result_type()); },
    .gradients = {gradient([](const Backward& b) { return to_winner(b.g, b.x(), b.y()); }, R"(g\,[x > y])"),
                  gradient([](const Backward& b) { return to_winner(b.g, b.y(), b.x()); }, R"(g\,[y > x])")},
    .tangent = [](const Forward& f) -> Tensor { return of_two(f, true); },
    .samples = {"f(2, 3), f(2, 3)", "f(2, 3), f(3)"},
    .failures = {{"torch.maximum(torch.ones(2), 2)", "TypeError: maximum(): argument 'other' (position 2) must be Tensor, not int"}},
};

const OpDef kMinimum{
    .name = "minimum",
    .signatures = {{"minimum(Tensor input, Tensor other)"}},
    .doc = "The smaller of the two elements.",
    .latex = R"(\min(x, y))",
    .forward = [](Call& c) { return binary(c, kExtremal<Smaller>, c.result_type()); },
    .gradients = {gradient([](const Backward& b) { return to_winner(b.g, b.y(), b.x()); }, R"(g\,[x < y])"),
                  gradient([](const Backward& b) { return to_winner(b.g, b.x(), b.y()); }, R"(g\,[y < x])")},
    .tangent = [](const Forward& f) -> Tensor { return of_two(f, false); },
    .samples = {"f(2, 3), f(2, 3)", "f(2, 3), f(3)"},
};

const OpDef kClamp{
    .name = "clamp",
    .signatures = {{"clamp(Tensor input, Tensor? min=None, Tensor? max=None)", "ClampBackward0"},
                   {"clamp(Tensor input, Number? min=None, Number? max=None)", "ClampBackward1"}},
    .spellings = kTorch | kMethod | kInPlace,
    .aliases = {"clip"},
    .doc = "Raises elements to at least min and lowers them to at most max.",
    .latex = R"(\min(\max(x, a), b))",
    .forward =
        [](Call& c) {
          if (!has_bounds(c[1], c[2])) fail("RuntimeError", "torch.clamp: At least one of 'min' or 'max' must not be None");
          const DType type = c.result_type();
          if (type == DType::bool_ && (c.signature || (c.has(1) && c.has(2)))) {
            not_implemented_for(!c.signature ? "clamp_cpu" : !c.has(2) ? "clamp_min_cpu" : !c.has(1) ? "clamp_max_scalar_cpu" : "clamp_scalar_cpu", type);
          }
          for (int i : {1, 2}) {
            if (c[i].is_number()) need_fit(c.scalar(i), type);
            if (c[i].is_number() && std::isnan(c[i].real())) return c.has(3 - i) ? full(c[0].impl()->sizes, c.scalar(i), type) : cast(copy_as(c.tensor(0)), type);
          }
          Call step(c.def);
          step.count = 2;
          step.args[0] = c[0];
          if (c.has(1)) {
            step.args[1] = c[1];
            step.args[0] = Arg(binary(step, kBinary<AtLeast>, type));
          }
          if (c.has(2)) {
            step.args[1] = c[2];
            step.args[0] = Arg(binary(step, kBinary<AtMost>, type));
          }
          return step.tensor(0);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        Tensor within;
                        if (!b.arg(1).is_none()) within = ge(b.x(), b.operand(1));
                        if (!b.arg(2).is_none()) {
                          const Tensor below = ge(b.operand(2), b.x());
                          within = within ? apply(*find_op("logical_and"), within, below) : below;
                        }
                        return where(within, b.g, 0.0);
                      },
                      R"(g\,[a \le x \le b])"),
                  gradient(
                      [](const Backward& b) {
                        Tensor g = where(gt(b.input(1), b.x()), b.g, 0.0);
                        if (!b.arg(2).is_none()) g = where(gt(b.input(2), b.input(1)), g, 0.0);
                        return g;
                      },
                      R"(g\,[x < a < b])"),
                  gradient(
                      [](const Backward& b) {
                        Tensor past = gt(b.x(), b.input(2));
                        if (!b.arg(1).is_none()) past = apply(*find_op("logical_or"), past, gt(b.input(1), b.input(2)));
                        return where(past, b.g, 0.0);
                      },
                      R"(g\,[x > b \text{ or } a > b])")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? clamped(f) : f.slope(); },
    .cast_words = CastWords::in_c,
    .samples = {"f(2, 3), -0.3, 0.4", "f(2, 3), min=0.0", "f(2, 3), max=0.25", "f(2, 3), f(3)", "f(2, 3), -p(3), p(3)"},
    .failures = {{"torch.clamp(torch.ones(2))", "RuntimeError: torch.clamp: At least one of 'min' or 'max' must not be None"}},
};

const OpDef kClampMin{
    .name = "clamp_min",
    .signatures = {{"clamp_min(Tensor input, Tensor min)", "ClampMinBackward1"}, {"clamp_min(Tensor input, Number min)", "ClampMinBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Raises elements to at least min.",
    .latex = R"(\max(x, a))",
    .forward = [](Call& c) { return bounded(c, kBinary<AtLeast>, "clamp_min_cpu"); },
    .gradients = {gradient([](const Backward& b) { return where(ge(b.x(), b.operand(1)), b.g, 0.0); }, R"(g\,[x \ge a])"),
                  gradient([](const Backward& b) { return where(gt(b.y(), b.x()), b.g, 0.0); }, R"(g\,[x < a])")},
    .cast_words = CastWords::in_c,
    .samples = {"f(2, 3), 0.1"},
};

const OpDef kClampMax{
    .name = "clamp_max",
    .signatures = {{"clamp_max(Tensor input, Tensor max)", "ClampMaxBackward1"}, {"clamp_max(Tensor input, Number max)", "ClampMaxBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Lowers elements to at most max.",
    .latex = R"(\min(x, b))",
    .forward = [](Call& c) { return bounded(c, kBinary<AtMost>, "clamp_max_scalar_cpu"); },
    .gradients = {gradient([](const Backward& b) { return where(ge(b.operand(1), b.x()), b.g, 0.0); }, R"(g\,[x \le b])"),
                  gradient([](const Backward& b) { return where(gt(b.x(), b.y()), b.g, 0.0); }, R"(g\,[x > b])")},
    .cast_words = CastWords::in_c,
    .samples = {"f(2, 3), 0.1"},
};

const OpDef kMax{
    .name = "max",
    .signatures = {{"max(Tensor input)", "MaxBackward1"},
                   {.text = "max(Tensor input, Tensor other)", .composite = true},
                   {.text = "max(Tensor input, int dim, bool keepdim=False)", .node = "MaxBackward0", .many = true}},
    .doc = "The largest element; along a dimension, the largest ones and where they stand; of two tensors, as maximum.",
    .latex = R"(\max_i x_i)",
    .forward = [](Call& c) { return c.signature == 1 ? apply(kMaximum, c.tensor(0), c.tensor(1)) : of_all<Larger>(c); },
    .forward_many = [](Call& c) { return along<Larger>(c); },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return b.signature() == 0 ? share(b) : to_found(b); }, R"(g\,[x_i = \max x])")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? evenly_read(f) : f.signature() == 1 ? of_two(f, true) : Tensor(); },
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 0, True", "f()", "f(2, 3), f(2, 3)"},
    .failures = {{"torch.zeros(0).max()",
                  "RuntimeError: max(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the "
                  "'dim' argument."},
                 {"torch.ones(2).max(5)", "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 5)"}},
};

const OpDef kMin{
    .name = "min",
    .signatures = {{"min(Tensor input)", "MinBackward1"},
                   {.text = "min(Tensor input, Tensor other)", .composite = true},
                   {.text = "min(Tensor input, int dim, bool keepdim=False)", .node = "MinBackward0", .many = true}},
    .doc = "The smallest element; along a dimension, the smallest ones and where they stand; of two tensors, as minimum.",
    .latex = R"(\min_i x_i)",
    .forward = [](Call& c) { return c.signature == 1 ? apply(kMinimum, c.tensor(0), c.tensor(1)) : of_all<Smaller>(c); },
    .forward_many = [](Call& c) { return along<Smaller>(c); },
    .results = {"values", "indices"},
    .gradients = {gradient([](const Backward& b) { return b.signature() == 0 ? share(b) : to_found(b); }, R"(g\,[x_i = \min x])")},
    .tangent = [](const Forward& f) -> Tensor { return f.signature() == 0 ? evenly_read(f) : f.signature() == 1 ? of_two(f, false) : Tensor(); },
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 0, True"},
};

const OpDef kAmax{
    .name = "amax",
    .signatures = {{"amax(Tensor input, ints? dim=(), bool keepdim=False)"}},
    .doc = "The largest element over some or all dimensions; its gradient is shared evenly.",
    .latex = R"(\max_i x_i)",
    .forward = [](Call& c) { return over<Larger>(c); },
    .gradients = {gradient(share, R"(g\,[x_i = \max x])")},
    .tangent = shared_tangent,
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3, 2), (0, 2), True"},
};

const OpDef kAmin{
    .name = "amin",
    .signatures = {{"amin(Tensor input, ints? dim=(), bool keepdim=False)"}},
    .doc = "The smallest element over some or all dimensions; its gradient is shared evenly.",
    .latex = R"(\min_i x_i)",
    .forward = [](Call& c) { return over<Smaller>(c); },
    .gradients = {gradient(share, R"(g\,[x_i = \min x])")},
    .tangent = shared_tangent,
    .reads_output = true,
    .samples = {"f(2, 3)", "f(2, 3), 1"},
};

const OpDef kArgmax{
    .name = "argmax",
    .signatures = {{"argmax(Tensor input, int? dim=None, bool keepdim=False)"}},
    .doc = "Where the largest element stands, in the flattened tensor or along a dimension.",
    .latex = R"(\operatorname{argmax}_i x_i)",
    .forward = [](Call& c) { return position<Larger>(c); },
    .gradients = {not_differentiable("a position is a whole number")},
    .samples = {"f(2, 3)", "f(2, 3), 1", "f(2, 3), 0, True"},
    .failures = {{"torch.zeros(0).argmax()", "IndexError: argmax(): Expected reduction dim to be specified for input.numel() == 0."}},
};

const OpDef kArgmin{
    .name = "argmin",
    .signatures = {{"argmin(Tensor input, int? dim=None, bool keepdim=False)"}},
    .doc = "Where the smallest element stands, in the flattened tensor or along a dimension.",
    .latex = R"(\operatorname{argmin}_i x_i)",
    .forward = [](Call& c) { return position<Smaller>(c); },
    .gradients = {not_differentiable("a position is a whole number")},
    .samples = {"f(2, 3)", "f(2, 3), 1"},
};

const std::vector<const OpDef*>& extremal_ops() {
  static const std::vector<const OpDef*> ops{&kMaximum, &kMinimum, &kClamp, &kClampMin, &kClampMax, &kMax,
                                             &kMin,     &kAmax,    &kAmin,  &kArgmax,   &kArgmin};
  return ops;
}

}  // namespace nabla
