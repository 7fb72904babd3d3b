// Writing and taking by position, beyond indexing.cpp: take, take_along_dim, put, index_add, index_copy, index_fill, masked_scatter,
// scatter_reduce; the *_scatter operators, which put a part back into a whole; argwhere, sum_to_size, adjoint.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/families.h"
#include "ops/fitting.h"
#include "ops/indexing.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

const Gradient kNoPosition = not_differentiable("a position is a whole number");
const Gradient kNoDimension = not_differentiable("a dimension is a whole number");
const Gradient kNoTruth = not_differentiable("a truth value has no slope");

Tensor op(const char* name, const Arg& x) { return apply(*find_op(name), x); }

/// The positions of an index argument, each within `size`; negative ones count from the end.
std::vector<std::int64_t> positions(const Tensor& index, std::int64_t size) {
  const Tensor wide = contiguous(cast(index, DType::int64));
  std::vector<std::int64_t> out;
  for (std::int64_t i = 0; i < wide->numel; ++i) {
    std::int64_t at = wide->data_as<std::int64_t>()[i];
    if (at < -size || at >= size) {
      fail("IndexError", "out of range: tried to access index ", at, " on a tensor of ", size, " elements.");
    }
    out.push_back(at < 0 ? at + size : at);
  }
  return out;
}

// index_add, index_copy, index_fill: input, dim, index, ...

void check_source(const Call& c, std::int64_t dim, std::int64_t given) {
  const Tensor x = c.tensor(0), source = c.tensor(3);
  const bool adds = c.def.name[6] == 'a';
  if (!adds && x->dim() && source->dim() && x->dim() != source->dim()) {
    fail("IndexError", "index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality (", source->dim(),
         "), destination dimensionality (", x->dim(), ")");
  }
  if (x->dtype != source->dtype) {
    if (adds) fail("RuntimeError", "index_add_(): self (", legacy_name(x->dtype), ") and source (", legacy_name(source->dtype), ") must have the same scalar type");
    fail("RuntimeError", "index_copy_(): self and source expected to have the same dtype, but got (self) ", legacy_name(x->dtype), " and (source) ", legacy_name(source->dtype));
  }
  const std::int64_t count = source->dim() ? source->sizes[wrap_dim(dim, source->dim())] : 1;
  if (given != count) {
    if (adds) fail("RuntimeError", "index_add_(): Number of indices (", given, ") should be equal to source.size(dim): (", count, "), for dim: ", dim);
    fail("IndexError", "index_copy_(): Number of indices (", given, ") should be equal to source.size(dim) (", count, ")");
  }
  if (x->dim() < 2 || source->dim() < 2) return;
  Dims to = x->sizes, from = source->sizes;
  to.erase(static_cast<std::size_t>(dim));
  from.erase(static_cast<std::size_t>(wrap_dim(dim, source->dim())));
  if (adds) {
    const Dims both = broadcast(to, from);
    if (given && !(both == to)) fail("RuntimeError", "output with shape ", to, " doesn't match the broadcast shape ", both);
  } else if (!(to == from)) {
    const auto listed = [](const Dims& sizes) {
      std::string out;
      for (std::int64_t size : sizes) out += cat(out.empty() ? "" : " ", size);
      return out;
    };
    fail("RuntimeError", "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: ", listed(to), " at dimension ", dim,
         " and source slice shape: ", listed(from), " at dimension 0.");
  }
}

struct Slices {
  Tensor out;
  std::int64_t dim;
  std::vector<std::int64_t> at;
  explicit Slices(const Call& c) : out(copy(c.tensor(0))) {
    const Tensor index = c.tensor(2);
    const char kind = c.def.name[6];  // index_add, index_copy, index_fill
    if (kind == 'f' && index->dtype != DType::int64) fail("IndexError", "index_fill_(): Expected dtype int64 for index.");
    dim = dimension(c, 1);
    if (kind == 'a' && index->dim() > 1) {
      fail("IndexError", "index_add_(): Index is supposed to be a vector, but got dim: ", index->dim(), " with type: ", legacy_name(index->dtype), " and size: ", index->sizes);
    }
    if (kind == 'c' && index->dim() > 1) fail("IndexError", "index_copy_(): Index should have dimension 1 or 0 (got ", index->dim(), ")");
    if (index->dtype != DType::int64 && (kind != 'a' || index->dtype != DType::int32)) {
      if (kind == 'a') fail("RuntimeError", "index_add_(): Expected dtype int32/int64 for index but got: ", legacy_name(index->dtype));
      if (kind == 'c') fail("RuntimeError", "index_copy_(): Expected a long tensor for index, but got ", legacy_name(index->dtype));
      fail("IndexError", "index_fill_(): Expected dtype int64 for index.");
    }
    if (kind == 'f' && index->dim() > 1) fail("RuntimeError", "Index has to be a vector/scalar");
    if (index->dim() > 1) fail("IndexError", c.def.name, "_(): Index should have dimension 1 or 0 (got ", index->dim(), ")");
    if (kind != 'f') check_source(c, dim, index->numel);
    const std::int64_t size = out->dim() ? out->sizes[dim] : 1;
    const Tensor wide = contiguous(cast(index, DType::int64));
    for (std::int64_t i = 0; i < wide->numel; ++i) {
      const std::int64_t k = wide->data_as<std::int64_t>()[i];
      if (k < (kind == 'f' ? -size : 0) || k >= size) {
        if (kind == 'a') fail("IndexError", "index out of range in self");
        fail("IndexError", kind == 'c' ? "index_copy_(): " : "", "index ", k, " is out of bounds for dimension ", dim, " with size ", size);
      }
      at.push_back(k < 0 ? k + size : k);
    }
  }
  Tensor part(std::size_t i) const { return out->dim() ? select(out, dim, at[i]) : out; }
};

Tensor source_part(const Tensor& source, std::int64_t dim, std::size_t i) { return source->dim() ? select(source, dim, static_cast<std::int64_t>(i)) : source; }

Tensor index_select(const Tensor& x, const Arg& dim, const Arg& index) { return apply(*find_op("index_select"), x, dim, index); }
Tensor index_fill(const Tensor& x, const Arg& dim, const Arg& index, double value) {
  Call call(*find_op("index_fill"), 1);
  call.count = 4;
  call.args[0] = Arg(x);
  call.args[1] = dim;
  call.args[2] = index;
  call.args[3] = Arg(value);
  return run(call);
}

// ---- scatter_reduce: input, dim, index, src, reduce, include_self ----

enum class Fold { sum, prod, mean, amax, amin };
Fold fold_of(const std::string& word) {
  constexpr const char* kWords[] = {"sum", "prod", "mean", "amax", "amin"};
  for (int i = 0; i < 5; ++i) {
    if (word == kWords[i]) return static_cast<Fold>(i);
  }
  fail("RuntimeError", "reduce argument must be either sum, prod, mean, amax or amin.");
}

/// Calls go(where in a contiguous x, where in src) for each index.
template <class Go>
void each_place(const Dims& sizes, std::int64_t dim, const Tensor& index, Go go) {
  const Tensor wanted = contiguous(index);
  const Dims strides = contiguous_strides(sizes);
  Dims position(index->dim(), 0);
  for (std::int64_t i = 0; i < wanted->numel; ++i) {
    const std::int64_t at = wanted->data_as<std::int64_t>()[i], size = sizes.empty() ? 1 : sizes[dim];
    if (at < 0 || at >= size) fail("RuntimeError", "index ", at, " is out of bounds for dimension ", dim, " with size ", size);
    std::int64_t to = 0;
    if (index->dim() == 0 && !sizes.empty()) to = at;  // sizes are of rank 1: the two go together
    for (std::size_t d = 0; d < index->dim() && !sizes.empty(); ++d) to += (static_cast<std::int64_t>(d) == dim ? at : position[d]) * strides[d];
    go(to, position);
    for (std::size_t d = index->dim(); d-- > 0 && ++position[d] == index->sizes[d];) position[d] = 0;
  }
}

std::int64_t offset_at(const TensorImpl& x, const Dims& position) {
  std::int64_t out = 0;
  for (std::size_t d = 0; d < x.dim(); ++d) out += position[d] * x.strides[d];
  return out;
}

Tensor reduce_into(Call& c) {
  warn_once("UserWarning", "scatter_reduce() is in beta and the API may change at any time.");
  const Tensor x = c.tensor(0), index = c.tensor(2), source = c.tensor(3);
  const std::int64_t dim = dimension(c, 1);
  const Fold fold = fold_of(c[4].text());
  check_scatter(x, dim, index, source.get());
  const bool with_self = flag_or_true(c[5]);
  const Tensor out = copy(x);
  std::vector<double> counts(static_cast<std::size_t>(x->numel), with_self ? 1 : 0);
  each_place(x->sizes, dim, index, [&](std::int64_t to, const Dims& from) {
    const Scalar value = element(*source, offset_at(*source, from)), had = element(*out, to);
    const double v = value.to_double(), h = had.to_double();
    if (counts[to]++ == 0) return set_element(*out, to, value);
    double folded = fold == Fold::prod ? h * v : fold == Fold::amax ? (std::isnan(h) || h > v ? h : v) : fold == Fold::amin ? (std::isnan(h) || h < v ? h : v) : h + v;
    if (is_floating(x->dtype)) set_element(*out, to, Scalar::of(folded));
    else set_element(*out, to, Scalar::of(static_cast<std::int64_t>(folded)));
  });
  for (std::int64_t i = 0; fold == Fold::mean && i < out->numel; ++i) {
    if (counts[i] <= 1) continue;
    const double mean = element(*out, i).to_double() / counts[i];
    set_element(*out, i, is_floating(x->dtype) ? Scalar::of(mean) : Scalar::of(static_cast<std::int64_t>(std::floor(mean))));
  }
  return out;
}

/// What comes to x (or to src) of the gradient: which share of each result it has.
Tensor reduce_gradient(const Backward& b, bool to_source) {
  const Arg &dim = b.arg(1), index = b.operand(2);
  const Tensor x = b.x(), source = b.input(3), out = b.out();
  const Fold fold = fold_of(b.arg(4).text());
  const bool with_self = flag_or_true(b.arg(5));
  const OpDef& gather = *find_op("gather");
  const Dims& sizes = b.sizes(0);
  // How many elements meet at each place, as constants.
  const Tensor ones = full(index.impl()->sizes, Scalar::of(1), b.dtype(0));
  const Tensor count = apply(*find_op("scatter_add"), with_self ? full(sizes, Scalar::of(1), b.dtype(0)) : zeros(sizes, b.dtype(0)), dim, index, ones);
  const Tensor touched = gt(apply(*find_op("scatter_add"), zeros(sizes, b.dtype(0)), dim, index, ones), 0);
  const auto own = [&](const Tensor& g) { return with_self ? g : where(touched, 0.0, g); };
  if (fold == Fold::sum) return to_source ? apply(gather, b.g, dim, index) : own(b.g);
  if (fold == Fold::mean) {
    const Tensor g = b.g / where(eq(count, 0), 1.0, count);
    return to_source ? apply(gather, g, dim, index) : own(g);
  }
  if (fold == Fold::prod) {
    if (to_source) return apply(gather, b.g * out, dim, index) / source;
    return own(b.g * out / x);
  }
  const Tensor hits = to_dtype(eq(source, apply(gather, out, dim, index)), b.dtype(0)), mine = to_dtype(eq(x, out), b.dtype(0));
  const Tensor shares = apply(*find_op("scatter_add"), with_self ? mine : where(touched, 0.0, mine), dim, index, hits);
  const Tensor g = b.g / where(eq(shares, 0), 1.0, shares);
  return to_source ? apply(gather, g, dim, index) * hits : own(g * mine);
}

// ---- a part put back ----

/// The whole with `src` where the view operator would look.
Tensor put_back(Call& c, const char* view, std::initializer_list<Arg> args) {
  const Tensor out = copy(c.tensor(0));
  Call call(*find_op(view));
  call.args[call.count++] = Arg(out);
  for (const Arg& arg : args) call.args[call.count++] = arg;
  const Tensor part = call.def.forward(call), source = c.tensor(1);
  if (!(part->sizes == source->sizes)) {
    fail("RuntimeError", "expected src to have a size equal to the slice of self. src size = ", source->sizes, ", slice size = ", part->sizes);
  }
  copy_into(part, source);
  return laid_out(out, *c[0].impl());
}

Tensor view_of(const char* view, const Tensor& g, const Backward& b) {
  Call call(*find_op(view));
  call.args[call.count++] = Arg(g);
  for (int i = 2; i < b.node.count; ++i) call.args[call.count++] = b.arg(i);
  return run(call);
}
/// The same call with zeros for src.
Tensor without_part(const Backward& b, const Dims& part) {
  Call call(b.node.def);
  call.count = b.node.count;
  call.args[0] = Arg(b.g);
  call.args[1] = Arg(zeros(part, b.g->dtype));
  for (int i = 2; i < b.node.count; ++i) call.args[i] = b.arg(i);
  return run(call);
}

}  // namespace

const OpDef kTake{
    .name = "take",
    .signatures = {{"take(Tensor input, Tensor index)"}},
    .doc = "The elements at positions in the flattened tensor.",
    .latex = "x_{i}",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0)), index = c.tensor(1);
          if (index->dtype != DType::int64) fail("RuntimeError", "take(): Expected a long tensor for index, but got ", legacy_name(index->dtype));
          if (x->numel == 0 && index->numel) fail("IndexError", "take(): tried to take from an empty tensor");
          const std::vector<std::int64_t> at = positions(index, x->numel);
          const Tensor out = empty(index->sizes, x->dtype);
          for (std::size_t i = 0; i < at.size(); ++i) set_element(*out, static_cast<std::int64_t>(i), element(*x, at[i]));
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          (void)b.x();  // PyTorch keeps it
          return apply(*find_op("put"), zeros(b.sizes(), b.dtype()), b.operand(1), b.g, true);
        },
        "g"), kNoPosition},
    .tangent = auto_linear,
    .samples = {"f(2, 3), i(4)", "f(4), i(2, 2)"},
    .failures = {{"torch.take(torch.ones(2), torch.tensor([5]))", "IndexError: out of range: tried to access index 5 on a tensor of 2 elements."}},
};

const OpDef kPut{
    .name = "put",
    .signatures = {{"put(Tensor input, Tensor index, Tensor source, bool accumulate=False)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes source to positions in the flattened tensor, or adds it there.",
    .latex = R"(x \text{ with } x_i = y)",
    .forward =
        [](Call& c) {
          const Tensor out = copy(c.tensor(0)), index = c.tensor(1), source = contiguous(c.tensor(2));
          if (index->dtype != DType::int64) fail("RuntimeError", "put_(): Expected a long tensor for index, but got ", legacy_name(index->dtype));
          if (out->dtype != source->dtype) {
            fail("RuntimeError", "put_(): self and source expected to have the same dtype, but got self.dtype = ", legacy_name(out->dtype), " and source.dtype = ", legacy_name(source->dtype));
          }
          if (index->numel != source->numel) {
            fail("IndexError", "put_(): Expected source and index to have the same number of elements, but got source.numel() = ", source->numel, ", index.numel() = ", index->numel);
          }
          const std::vector<std::int64_t> at = positions(index, out->numel);
          for (std::size_t i = 0; i < at.size(); ++i) {
            const Scalar value = element(*source, static_cast<std::int64_t>(i)), had = element(*out, at[i]);
            if (!c.flag(3)) set_element(*out, at[i], value);
            else set_element(*out, at[i], value.is_real() ? Scalar::of(had.to_double() + value.to_double()) : Scalar::of(had.to_int() + value.to_int()));
          }
          return laid_out(out, *c[0].impl());
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        if (!b.arg(3).is_none() && b.arg(3).integer()) return b.g;
                        return apply(kPut, b.g, b.operand(1), zeros(b.sizes(2), b.g->dtype), false);
                      },
                      R"(g \text{ with } g_i = 0)"),
                  kNoPosition, gradient([](const Backward& b) { return reshape_to(apply(kTake, b.g, b.operand(1)), b.input(2)->sizes); }, "g_i")},
    .tangent = auto_linear,
    .own_memory = true,
    .samples = {"f(2, 3), i(1), f(1)", "f(2, 3), i(4), f(4), True"},
};

const OpDef kTakeAlongDim{
    .name = "take_along_dim",
    .signatures = {{"take_along_dim(Tensor input, Tensor indices, int? dim=None)"}},
    .doc = "gather, with both tensors broadcast to one another but along dim.",
    .latex = "x_{i_k k}",
    .forward =
        [](Call& c) {
          Tensor x = c.tensor(0), index = c.tensor(1);
          if (index->dtype != DType::int64 && !c.has(2) && index->numel) fail("RuntimeError", "gather(): Expected dtype int64 for index");
          if (!c.has(2)) return apply(*find_op("gather"), apply(*find_op("view"), x, Dims{-1}), 0,
                                         apply(*find_op("view"), index->numel ? index : cast(index, DType::int64), Dims{-1}));
          if (x->dim() != index->dim()) {
            fail("RuntimeError", "torch.take_along_dim(): input and indices should have the same number of dimensions, but got ", x->dim(), " dimensions for input, and ",
                 index->dim(), " dimensions for indices");
          }
          if (index->dtype != DType::int64) fail("RuntimeError", "torch.take_along_dim(): dtype of indices should be Long but got ", legacy_name(index->dtype));
          const std::int64_t dim = dimension(c, 2);
          Dims mine = x->sizes, its = index->sizes;
          mine[dim] = its[dim] = 1;
          const Dims common = broadcast(mine, its);
          mine = its = common;
          mine[dim] = x->sizes[dim];
          its[dim] = index->sizes[dim];
          const OpDef& wide = *find_op("broadcast_to");
          return apply(*find_op("gather"), apply(wide, x, mine), dim, apply(wide, index, its));
        },
    .composite = true,
    .samples = {"f(2, 3), i(2, 1), 1", "f(2, 3), i(1, 3), 0", "f(4), i(2)"},
};

const OpDef kIndexAdd{
    .name = "index_add",
    .signatures = {{"index_add(Tensor input, int dim, Tensor index, Tensor source, *, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Adds the slices of source to the positions of a dimension that index names.",
    .latex = R"(x \text{ with } x_{i_k} \mathrel{+}= \alpha y_k)",
    .forward =
        [](Call& c) {
          const Slices s(c);
          if (s.out->dim() < 2 && c[3].impl()->dim() > 1) {
            fail("RuntimeError", "source.dim() (", c[3].impl()->dim(), ") must one or zero for given self.dim() (", s.out->dim(), ")");
          }
          const GradMode off(false);
          for (std::size_t i = 0; i < s.at.size(); ++i) {
            Tensor part = source_part(c.tensor(3), s.dim, i);
            if (c.has(4) && c[4].real() != 1) part = part * (is_floating(s.out->dtype) ? c[4] : Arg(s.out->dtype == DType::bool_ ? std::int64_t{c[4].real() != 0} : c.scalar(4).to_int()));
            copy_into(s.part(i), s.part(i) + part);
          }
          return s.out;
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"), kNoDimension, kNoPosition,
                  gradient(
                      [](const Backward& b) {
                        const Tensor g = apply(*find_op("expand"), index_select(b.g, b.arg(1), b.operand(2)), b.input(3)->sizes);
                        return b.arg(4).is_none() || b.arg(4).real() == 1 ? g : g * b.arg(4);
                      },
                      R"(\alpha g_{i_k})")},
    .tangent =
        [](const Forward& f) -> Tensor {
          Call on = f.on_tangents();
          if (on.count > 4) {
            on.args[3] = Arg(f.scaled(f.t(3), 4).value);
            on.args[4] = Arg();
            on.count = 4;
          }
          return run(on);
        },
    .own_memory = true,
    .samples = {"f(3, 2), 0, i(4), f(4, 2)", "f(2, 3), 1, i(2), f(2, 2), alpha=0.5"},
    .failures = {{"torch.ones(2).index_add(0, torch.tensor([3]), torch.ones(1))", "IndexError: index out of range in self"}},
};

const OpDef kIndexCopy{
    .name = "index_copy",
    .signatures = {{"index_copy(Tensor input, int dim, Tensor index, Tensor source)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes the slices of source to the positions of a dimension that index names.",
    .latex = R"(x \text{ with } x_{i_k} = y_k)",
    .forward =
        [](Call& c) {
          const Slices s(c);
          for (std::size_t i = 0; i < s.at.size(); ++i) copy_into(s.part(i), source_part(c.tensor(3), s.dim, i));
          return s.out;
        },
    .gradients = {gradient([](const Backward& b) { return index_fill(b.g, b.arg(1), b.operand(2), 0); }, R"(g \text{ with } g_{i_k} = 0)"), kNoDimension, kNoPosition,
                  gradient([](const Backward& b) { return expand_to(index_select(b.g, b.arg(1), b.operand(2)), b.input(3)->sizes); }, "g_{i_k}")},
    .tangent = auto_linear,
    .own_memory = true,
    .samples = {"f(3, 2), 0, i(1), f(1, 2)"},
};

const OpDef kIndexFill{
    .name = "index_fill",
    .signatures = {{"index_fill(Tensor input, int dim, Tensor index, Tensor value)", "IndexFillBackward1"},
                   {"index_fill(Tensor input, int dim, Tensor index, Number value)", "IndexFillBackward0"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes one value to the positions of a dimension that index names.",
    .latex = R"(x \text{ with } x_{i_k} = v)",
    .forward =
        [](Call& c) {
          if (c[3].is_tensor() && c[3].impl()->dim() > 0) {
            fail("RuntimeError", "index_fill_ only supports a 0-dimensional value tensor, but got tensor with ", c[3].impl()->dim(), " dimension(s).");
          }
          const Slices s(c);
          need_fit(c.scalar(3), s.out->dtype);
          const Tensor value = full({}, c.scalar(3), s.out->dtype);
          for (std::size_t i = 0; i < s.at.size(); ++i) copy_into(s.part(i), value);
          return laid_out(s.out, *c[0].impl());
        },
    .gradients = {gradient([](const Backward& b) { return index_fill(b.g, b.arg(1), b.operand(2), 0); }, R"(g \text{ with } g_{i_k} = 0)"), kNoDimension, kNoPosition,
                  gradient([](const Backward& b) { return sum(index_select(b.g, b.arg(1), b.operand(2))); }, R"(\sum g_{i_k})")},
    .tangent = auto_linear,
    .changes_tangent = true,
    .reads_first = true,
    .apart = "mask] = scalar",
    .samples = {"f(3, 2), 0, i(2), 0.5", "f(3, 2), 1, i(1), f()"},
};

const OpDef kMaskedScatter{
    .name = "masked_scatter",
    .signatures = {{"masked_scatter(Tensor input, Tensor mask, Tensor source)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes the elements of source, one after the other, to where mask is true.",
    .latex = R"(x \text{ with } x_m = y)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), mask = c.tensor(1), source = contiguous(c.tensor(2));
          if (x->dtype != source->dtype) fail("RuntimeError", "masked_scatter: expected self and source to have same dtypes but got", legacy_name(x->dtype), " and ", legacy_name(source->dtype));
          const Dims sizes = broadcast(x->sizes, mask->sizes);
          const Tensor out = copy(expand(x, sizes)), flags = contiguous(expand(read_mask(mask, "masked_scatter_"), sizes));
          std::int64_t next = 0;
          for (std::int64_t i = 0; i < out->numel; ++i) {
            if (!element(*flags, i).to_bool()) continue;
            if (next >= source->numel) fail("RuntimeError", "Number of elements of source < number of ones in mask");
            set_element(*out, i, element(*source, next++));
          }
          return out;
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("masked_fill"), b.g, b.input(1), 0); }, "g\\,[\\lnot m]"), kNoTruth,
                  gradient(
                      [](const Backward& b) {
                        const Tensor taken = apply(*find_op("masked_select"), b.g, b.operand(1));
                        const std::int64_t left = count_elements(b.sizes(2)) - taken->numel;
                        const Tensor all = left ? concatenate({taken, zeros({left}, taken->dtype)}, 0) : taken;
                        return reshape_to(all, b.sizes(2));
                      },
                      "g_m")},
    .tangent = auto_linear,
    .changes_tangent = true,
    .reads_first = true,
    .samples = {"f(2, 3), b(2, 3), f(2, 3)", "f(2, 3), b(3), f(8)"},
};

const OpDef kScatterReduce{
    .name = "scatter_reduce",
    .signatures = {{"scatter_reduce(Tensor input, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Folds src into the positions along dim that index names: by sum, prod, mean, amax or amin.",
    .latex = R"(x_{i_k k} \circ y_k)",
    .forward = reduce_into,
    .gradients = {gradient([](const Backward& b) { return reduce_gradient(b, false); }, "g"), kNoDimension, kNoPosition,
                  gradient([](const Backward& b) { return reduce_gradient(b, true); }, "g_{i_k k}")},
    .reads_output = true,
    .own_memory = true,
    .samples = {"f(3, 2), 0, i(2, 2), f(2, 2), 'sum'", "f(3, 2), 0, i(2, 2), f(2, 2), 'mean'", "p(3, 2), 0, i(2, 2), p(2, 2), 'prod'", "f(3, 2), 0, i(2, 2), f(2, 2), 'amax'",
                "f(3, 2), 0, i(2, 2), f(2, 2), 'amin', include_self=False"},
    .failures = {{"torch.ones(2).scatter_reduce(0, torch.tensor([[0]]), torch.ones(1, 1), 'sum')",
                  "RuntimeError: Index tensor must have the same number of dimensions as self tensor"},
                 {"torch.ones(2).scatter_reduce(0, torch.tensor([0]), torch.ones(1), 'x')",
                  "RuntimeError: reduce argument must be either sum, prod, mean, amax or amin."}},
};

const OpDef kSelectScatter{
    .name = "select_scatter",
    .signatures = {{"select_scatter(Tensor input, Tensor src, int dim, int index)"}},
    .doc = "The tensor with src at one position of a dimension.",
    .latex = R"(x \text{ with } x_i = y)",
    .forward = [](Call& c) { return put_back(c, "select", {c[2], c[3]}); },
    .gradients = {gradient([](const Backward& b) { return without_part(b, b.sizes(1)); }, R"(g \text{ with } g_i = 0)"),
                  gradient([](const Backward& b) { return view_of("select", b.g, b); }, "g_i")},
    .tangent = auto_linear,
    .samples = {"f(2, 3), f(3), 0, 1"},
};

const OpDef kSliceScatter{
    .name = "slice_scatter",
    .signatures = {{"slice_scatter(Tensor input, Tensor src, int dim=0, int? start=None, int? end=None, int step=1)"}},
    .doc = "The tensor with src in a slice of a dimension.",
    .latex = R"(x \text{ with } x_{i:j} = y)",
    .forward = [](Call& c) { return put_back(c, "slice", {c[2], c[3], c[4], c[5]}); },
    .gradients = {gradient([](const Backward& b) { return without_part(b, b.sizes(1)); }, R"(g \text{ with } g_{i:j} = 0)"),
                  gradient([](const Backward& b) { return view_of("slice", b.g, b); }, "g_{i:j}")},
    .tangent = auto_linear,
    .samples = {"f(4, 2), f(2, 2), 0, 1, 3"},
};

const OpDef kDiagonalScatter{
    .name = "diagonal_scatter",
    .signatures = {{"diagonal_scatter(Tensor input, Tensor src, int offset=0, int dim1=0, int dim2=1)"}},
    .doc = "The tensor with src on its diagonal.",
    .latex = R"(x \text{ with } x_{ii} = y)",
    .forward = [](Call& c) { return put_back(c, "diagonal", {c[2], c[3], c[4]}); },
    .gradients = {gradient([](const Backward& b) { return without_part(b, b.sizes(1)); }, R"(g \text{ with } g_{ii} = 0)"),
                  gradient([](const Backward& b) { return view_of("diagonal", b.g, b); }, "g_{ii}")},
    .tangent = auto_linear,
    .samples = {"f(3, 3), f(3)", "f(3, 3), f(2), 1"},
};

const OpDef kArgwhere{
    .name = "argwhere",
    .signatures = {{"argwhere(Tensor input)"}},
    .doc = "The positions of the elements that are not zero, one row each.",
    .latex = R"(\{i : x_i \ne 0\})",
    .forward = [](Call& c) { return op("nonzero", detach(c.tensor(0))); },
    .gradients = {kNoPosition},
    .refuse_batch = [](const Call&) { refuse_sizes_in_batch("nonzero"); },
    .samples = {"b(2, 3)"},
};

const OpDef kSumToSize{
    .name = "sum_to_size",
    .signatures = {{"sum_to_size(Tensor input, size size)"}},
    .spellings = kMethod,
    .doc = "Sums until the tensor has these sizes, from which it could be broadcast.",
    .latex = R"(\sum x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (!is_expandable(c[1].ints(), x->sizes)) fail("RuntimeError", "size {", c[1].ints(), "} is not expandable to size {", x->sizes, "}.");
          return c[1].ints().empty() ? sum(x) : sum_to_size(x, c[1].ints());
        },
    .composite = true,
    .samples = {"f(2, 3), (1, 3)", "f(2, 3), (3,)"},
};

const OpDef kAdjoint{
    .name = "adjoint",
    .signatures = {{"adjoint(Tensor input)"}},
    .doc = "The last two dimensions swapped.",
    .latex = "x^{T}",
    .forward =
        [](Call& c) {
          if (c[0].impl()->dim() == 1) fail("RuntimeError", "tensor.adjoint() is only supported on matrices or batches of matrices. Got 1-D tensor.");
          return transpose_last(c.tensor(0));
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

Tensor read_mask(const Tensor& mask, std::string_view name) {
  if (mask->dtype == DType::bool_) return mask;
  if (mask->dtype == DType::uint8) warn("UserWarning", cat(name, " received a mask with dtype torch.uint8, this behavior is now deprecated,please use a mask with dtype torch.bool instead."));
  const Tensor from = contiguous(mask), out = empty(mask->sizes, DType::bool_);
  const char* const bytes = from->data();
  for (std::int64_t i = 0; i < out->numel; ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i * item_size(mask->dtype)]);
    if (byte > 1) fail("RuntimeError", "Mask tensor can take 0 and 1 values only");
    out->data_as<bool>()[i] = byte;
  }
  return out;
}

const std::vector<const OpDef*>& placing_ops() {
  static const std::vector<const OpDef*> ops{&kTake,          &kPut,           &kTakeAlongDim, &kIndexAdd,     &kIndexCopy,       &kIndexFill, &kMaskedScatter,
                                             &kScatterReduce, &kSelectScatter, &kSliceScatter, &kDiagonalScatter, &kArgwhere,  &kSumToSize, &kAdjoint};
  return ops;
}

}  // namespace nabla
