// Views: new sizes and strides over the same memory. as_strided, alias, expand, permute, transpose, t, T, mT, unsqueeze, squeeze, select,
// slice, narrow, diagonal. Each gradient puts the memory back where it was.
#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

Dims inverse(const Dims& order) {
  Dims out(order.size(), 0);
  for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = static_cast<std::int64_t>(i);
  return out;
}

Dims wrapped_order(const Dims& dims, std::size_t rank) {
  if (dims.size() != rank) {
    fail("RuntimeError",
         "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions "
         "i.e. input.dim() = ",
         rank, " is not equal to len(dims) = ", dims.size());
  }
  Dims order = dims;
  std::vector<bool> seen(rank, false);
  for (std::int64_t& dim : order) {
    dim = wrap_dim(dim, rank);
    if (seen[dim]) fail("RuntimeError", "permute(): duplicate dims are not allowed.");
    seen[dim] = true;
  }
  return order;
}

Dims reversed(std::size_t rank) {
  Dims order;
  for (std::size_t i = rank; i-- > 0;) order.push_back(static_cast<std::int64_t>(i));
  return order;
}

/// The positions that a slice with these bounds takes; PyTorch's clamping.
struct Range {
  std::int64_t start, length, step;
};
Range to_range(const Call& c, std::int64_t size) {
  std::int64_t start = c.integer(2, 0), end = c.integer(3, size);
  const std::int64_t step = c.integer(4, 1);
  if (step <= 0) fail("RuntimeError", "slice step must be positive");
  if (start < 0) start += size;
  if (end < 0) end += size;
  start = std::clamp<std::int64_t>(start, 0, size);
  end = std::clamp<std::int64_t>(end, start, size);
  return {start, (end - start + step - 1) / step, step};
}

Tensor squeeze_marked(const Tensor& x, const std::vector<bool>& dims) {
  Dims sizes, strides;
  for (std::size_t i = 0; i < x->dim(); ++i) {
    if (dims[i] && x->sizes[i] == 1) continue;
    sizes.push_back(x->sizes[i]);
    strides.push_back(x->strides[i]);
  }
  return as_strided(x, sizes, strides, x->offset);
}

Tensor squeezed(Call& c) {
  const Tensor x = c.tensor(0);
  std::vector<bool> dims(x->dim(), c.signature == 0);
  if (c.signature != 0) {
    const std::int64_t dim = dimension(c, 1);
    if (x->dim()) dims[dim] = true;
  }
  return squeeze_marked(x, dims);
}

/// The gradient of squeeze: the dimensions of size 1 (or the one that was named) come back, one after the other.
Tensor unsqueezed(const Backward& b) {
  const Dims& sizes = b.sizes();
  Tensor g = b.g;
  const std::int64_t only = b.signature() == 0 || sizes.empty() ? -1 : wrap_dim(b.arg(1).integer(), sizes.size());
  for (std::int64_t d = 0; d < static_cast<std::int64_t>(sizes.size()); ++d) {
    if (sizes[d] == 1 && (only < 0 || d == only)) g = unsqueeze_at(g, d);
  }
  return g;
}

/// The views whose gradient is _place, in the order of its forms.
const OpDef& placed_view(int form) {
  static const OpDef* const views[] = {find_op("select"), find_op("slice"), find_op("diagonal"), find_op("unfold")};
  return *views[form];
}

constexpr int kUnfoldForm = 3;

/// Sizes and strides without the dimensions that show nothing more: of size 1, and where asked, of stride 0.
struct Geometry {
  Dims sizes, strides;
  bool overlaps() const { return nabla::overlaps(sizes, strides); }
  std::int64_t extent(std::int64_t offset) const {
    std::int64_t last = offset;
    for (std::size_t d = 0; d < sizes.size(); ++d) last += (sizes[d] - 1) * strides[d];
    return last + 1;
  }
  /// The places in memory of the elements, in their order.
  Tensor places(std::int64_t offset) const {
    const Tensor all = empty({extent(offset)}, DType::int64);
    for (std::int64_t i = 0; i < all->numel; ++i) all->data_as<std::int64_t>()[i] = i;
    return reshape_to(copy(as_strided(all, sizes, strides, offset)), {-1});
  }
};

/// As PyTorch's own code makes them; the filling counts as a change.
Tensor filled_with_zeros(const Dims& sizes, DType dtype) {
  const Tensor out = zeros(sizes, dtype);
  out->raise_version();
  return out;
}

/// The gradient of as_strided: the one that comes in goes to its places in zeros that stand for the memory, added up where places are shown twice; the result
/// shows these as the input does, divided where it shows a place more than once itself. The steps, and so the nodes, are those of PyTorch's as_strided_backward.
Tensor strided_back(const Backward& b) {
  const TensorImpl& x = b.shape();
  Tensor g = b.g;
  Geometry out, in;
  for (std::size_t d = g->dim(); d-- > 0;) {
    const std::int64_t size = b.arg(1).ints()[d], stride = b.arg(2).ints()[d];
    if (size == 0) return filled_with_zeros(x.sizes, g->dtype);
    if (size == 1) {
      g = squeeze_at(g, static_cast<std::int64_t>(d));
    } else if (stride == 0) {
      std::vector<bool> dims(g->dim(), false);
      dims[d] = true;
      g = sum(g, dims, false);
    } else {
      out.sizes.insert(0, size);
      out.strides.insert(0, stride);
    }
  }
  for (std::size_t d = 0; d < x.dim(); ++d) {
    if (x.sizes[d] == 0) return filled_with_zeros(x.sizes, g->dtype);
    if (x.sizes[d] == 1) continue;
    in.sizes.push_back(x.sizes[d]);
    in.strides.push_back(x.strides[d]);
  }
  const std::int64_t from = b.arg(3).is_none() ? x.offset : b.arg(3).integer(), shared = std::min(from, x.offset);
  Tensor memory = filled_with_zeros({std::max(out.extent(from - shared), in.extent(x.offset - shared))}, g->dtype);
  const auto added = [](const Tensor& into, const Tensor& places, const Tensor& y) { return apply_in_place(*find_op("index_add"), into, 0, places, y); };
  if (out.overlaps()) memory = added(memory, out.places(from - shared), reshape_to(g, {-1}));
  else copy_in_place(apply(*find_op("as_strided"), memory, out.sizes, out.strides, from - shared), Arg(g));
  if (in.overlaps()) {
    const Tensor places = in.places(x.offset - shared);
    apply_in_place(*find_op("div"), memory, added(zeros_like(memory), places, full(places->sizes, Scalar::of(1.0), g->dtype)));
  }
  return apply(*find_op("as_strided"), memory, x.sizes, x.strides, x.offset - shared);
}

constexpr const char* kPlaceForm = "_place(Tensor input, ints whole, int a, int b, int? c=None, int? d=None)";

}  // namespace

// The gradients of select, slice, diagonal and unfold, whose arguments a, b, c and d are: not for Python.
const OpDef kPlace{
    .name = "_place",
    .signatures = {{kPlaceForm, "SelectBackwardBackward0"}, {kPlaceForm, "SliceBackwardBackward0"}, {kPlaceForm, "DiagonalBackwardBackward0"},
                   {kPlaceForm, "UnfoldBackwardBackward0"}},
    .spellings = 0,
    .doc = "Zeros, with input at the places that a view would show.",
    .latex = R"(\text{zeros with } x)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Tensor out = zeros(c[1].ints(), x->dtype);
          Call seen(placed_view(c.signature));
          seen.args[0] = Arg(out);
          for (int i = 1; i < 5; ++i) seen.args[i] = c[i + 1];
          const Tensor part = seen.def.forward(seen);
          if (c.signature != kUnfoldForm || c.integer(4) >= c.integer(3)) {
            copy_into(part, x);
            return out;
          }
          // Elements are shown more than once, so they are added one after the other.
          constexpr auto add = [](auto a, auto b) { return a + b; };
          const Compute type = compute_type(x->dtype);
          for_each(part, {part, x}, kBinary<decltype(add)>.loops[static_cast<int>(type)]);
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          Call call(placed_view(b.signature()));
          call.count = static_cast<std::uint8_t>(call.def.parsed()[0].parameters.size());
          call.args[0] = Arg(b.g);
          for (int i = 1; i < call.count; ++i) call.args[i] = b.arg(i + 1);
          return run(call);
        },
        "g")},
    .samples = {},
};

const OpDef kAsStrided{
    .name = "as_strided",
    .signatures = {{"as_strided(Tensor input, size size, size stride, int? storage_offset=None)"}},
    .doc = "Shows the memory with these sizes and strides.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims &sizes = c[1].ints(), &strides = c[2].ints();
          const std::int64_t offset = c.integer(3, x->offset);
          if (sizes.size() != strides.size()) fail("RuntimeError", "mismatch in length of strides and shape");
          if (offset < 0) fail("RuntimeError", "Tensor: invalid storage offset ", offset);
          for (const std::int64_t stride : strides) {
            if (stride < 0) fail("RuntimeError", "as_strided: Negative strides are not supported at the moment, got strides: ", strides);
          }
          std::int64_t last = offset;
          for (std::size_t i = 0; i < sizes.size(); ++i) last += (sizes[i] - 1) * strides[i];
          const std::int64_t bytes = count_elements(sizes) ? (last + 1) * item_size(x->dtype) : 0;
          if (bytes > x->storage()->bytes) {
            fail("RuntimeError", "setStorage: sizes ", sizes, ", strides ", strides, ", storage offset ", offset, ", and itemsize ",
                 item_size(x->dtype), " requiring a storage size of ", bytes, " are out of bounds for storage of size ", x->storage()->bytes);
          }
          return as_strided(x, sizes, strides, offset);
        },
    .gradients = {gradient(strided_back, "g")},
    .refuse_batch =
        [](const Call& c) {
          if (requires_grad(*c[0].impl())) fail("NotImplementedError", "as_strided() inside of vmap: its gradient is not part of nabla yet");
        },
    .view = true,
    .symbolic_sizes = true,
    .samples = {"f(2, 3), (2, 2), (3, 1)", "f(6), (2, 3), (2, 1), 1"},
};

const OpDef kAlias{
    .name = "alias",
    .signatures = {{"alias(Tensor input)"}, {"alias(Tensor input)", "Identity"}},  // the second: the primal of a dual tensor
    .spellings = 0,
    .doc = "The same tensor under another identity: x[...].",
    .latex = "x",
    .forward = [](Call& c) { return alias(c.tensor(0)); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g")},
    .view = true,
    .samples = {"f(2, 3)"},
};

const OpDef kExpand{
    .name = "expand",
    .signatures = {{"expand(Tensor input, size size, *, bool implicit=False)"}},
    .spellings = kMethod,
    .doc = "Repeats dimensions of size 1 without copying.",
    .latex = "x",
    .forward = [](Call& c) { return expand(c.tensor(0), c[1].ints()); },
    .gradients = {gradient([](const Backward& b) { return b.sizes().empty() ? sum(b.g) : sum_to_size(b.g, b.sizes()); }, R"(\sum g)")},
    .view = true,
    .symbolic_sizes = true,
    .samples = {"f(3), (2, 3)", "f(2, 1), (2, 3)", "f(2, 1), (-1, 4)"},
    .failures = {{"torch.ones(2).expand(3)",
                  "RuntimeError: The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 0.  Target "
                  "sizes: [3].  Tensor sizes: [2]"}},
};

const OpDef kExpandAs{
    .name = "expand_as",
    .signatures = {{"expand_as(Tensor input, Tensor other)"}},
    .spellings = kMethod,
    .doc = "Expands to the sizes of another tensor.",
    .latex = "x",
    .forward = [](Call& c) { return apply(*find_op("expand"), c.tensor(0), c.tensor(1)->sizes); },
    .composite = true,
    .samples = {"f(3), f(2, 3)"},
};

const OpDef kPermute{
    .name = "permute",
    .signatures = {{"permute(Tensor input, size dims)"}},
    .doc = "Puts the dimensions into another order.",
    .latex = "x",
    .forward = [](Call& c) { return permute(c.tensor(0), wrapped_order(c[1].ints(), c.tensor(0)->dim())); },
    .gradients = {gradient([](const Backward& b) { return permute_to(b.g, inverse(wrapped_order(b.arg(1).ints(), b.sizes().size()))); }, "g")},
    .view = true,
    .samples = {"f(2, 3, 4), (2, 0, 1)", "f(2, 3), (1, 0)"},
    .failures = {{"torch.ones(2, 3).permute(0, 0)", "RuntimeError: permute(): duplicate dims are not allowed."}},
};

const OpDef kTranspose{
    .name = "transpose",
    .signatures = {{"transpose(Tensor input, int dim0, int dim1)"}},
    .aliases = {"swapdims"},
    .doc = "Swaps two dimensions.",
    .latex = "x^{T}",
    .forward =
        [](Call& c) {
          const std::int64_t a = dimension(c, 1), b = dimension(c, 2);
          return transpose(c.tensor(0), a, b);
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("transpose"), b.g, b.arg(1), b.arg(2)); }, "g^{T}")},
    .view = true,
    .samples = {"f(2, 3), 0, 1", "f(2, 3, 4), 0, -1"},
};

const OpDef kSwapaxes{
    .name = "swapaxes",
    .signatures = {{"swapaxes(Tensor input, int axis0, int axis1)"}},
    .doc = "Swaps two dimensions.",
    .latex = "x^{T}",
    .forward = [](Call& c) { return apply(kTranspose, c[0], c[1], c[2]); },
    .composite = true,
    .samples = {"f(2, 3), 0, 1"},
};

const OpDef kT{
    .name = "t",
    .signatures = {{"t(Tensor input)", "TBackward0"}},
    .doc = "The transpose of a matrix; vectors stay.",
    .latex = "x^{T}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() > 2) fail("RuntimeError", "t() expects a tensor with <= 2 dimensions, but self is ", x->dim(), "D");
          return x->dim() == 2 ? transpose(x, 0, 1) : alias(x);
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("t"), b.g); }, "g^{T}")},
    .view = true,
    .samples = {"f(2, 3)", "f(3)", "f()"},
    .failures = {{"torch.ones(2, 2, 2).t()", "RuntimeError: t() expects a tensor with <= 2 dimensions, but self is 3D"}},
};

const OpDef kBigT{
    .name = "T",
    .signatures = {{"T(Tensor input)"}},
    .spellings = kProperty,
    .doc = "All dimensions in reverse order.",
    .latex = "x^{T}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() != 2) {
            warn_once("UserWarning",
                 "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will throw an error in "
                 "a future release. Consider `x.mT` to transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to "
                 "reverse the dimensions of a tensor.");
          }
          return permute_to(x, reversed(x->dim()));
        },
    .composite = true,
    .samples = {"f(2, 3)"},
};

/// mT, mH.
Tensor matrices_turned(Call& c) {
  const Tensor x = c.tensor(0);
  if (x->dim() == 1) fail("RuntimeError", "tensor.", c.def.name, " is only supported on matrices or batches of matrices. Got 1-D tensor.");
  return transpose_last(x);
}

const OpDef kMT{
    .name = "mT",
    .signatures = {{"mT(Tensor input)"}},
    .spellings = kProperty,
    .doc = "The last two dimensions swapped: each matrix transposed.",
    .latex = "x^{T}",
    .forward = matrices_turned,
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3, 4)"},
};

const OpDef kMH{
    .name = "mH",
    .signatures = {{"mH(Tensor input)"}},
    .spellings = kProperty,
    .doc = "The last two dimensions swapped: each matrix transposed (and conjugated, which real numbers are already).",
    .latex = "x^{T}",
    .forward = matrices_turned,
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kUnsqueeze{
    .name = "unsqueeze",
    .signatures = {{"unsqueeze(Tensor input, int dim)"}},
    .doc = "Adds a dimension of size 1.",
    .latex = "x",
    .forward = [](Call& c) { return unsqueeze(c.tensor(0), wrap_dim(c.integer(1), c.tensor(0)->dim() + 1)); },
    .gradients = {gradient([](const Backward& b) { return squeeze_at(b.g, b.arg(1).integer()); }, "g")},
    .view = true,
    .samples = {"f(2, 3), 1", "f(), 0", "f(3), -1"},
    .failures = {{"torch.ones(2).unsqueeze(3)", "IndexError: Dimension out of range (expected to be in range of [-2, 1], but got 3)"}},
};

const OpDef kSqueeze{
    .name = "squeeze",
    .signatures = {{"squeeze(Tensor input)", "SqueezeBackward0"}, {"squeeze(Tensor input, int dim)", "SqueezeBackward1"}},
    .doc = "Drops dimensions of size 1.",
    .latex = "x",
    .forward = squeezed,
    .gradients = {gradient(unsqueezed, "g")},
    .view = true,
    .samples = {"f(2, 1, 3)", "f(2, 1, 3), 1", "f(2, 1), 0"},
};

// What matmul of a vector and a matrix ends with: PyTorch squeezes its result in place there, hence the name of the node.
const OpDef kSqueezeResult{
    .name = "_squeeze_result",
    .signatures = {{"_squeeze_result(Tensor input)"}, {"_squeeze_result(Tensor input, int dim)", "SqueezeBackward3"}},
    .spellings = 0,
    .doc = "Drops a dimension of size 1.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor out = squeezed(c);
          out->raise_version();
          return out;
        },
    .gradients = {gradient(unsqueezed, "g")},
    .tangent = auto_linear,
    .samples = {},
};

const OpDef kSelect{
    .name = "select",
    .signatures = {{"select(Tensor input, int dim, int index)"}},
    .doc = "One position of a dimension, which is dropped.",
    .latex = "x_i",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("IndexError", "select() cannot be applied to a 0-dim tensor.");
          const std::int64_t dim = dimension(c, 1), index = c.integer(2), size = x->sizes[dim];
          if (index < -size || index >= size) {
            fail("IndexError", "select(): index ", index, " out of range for tensor of size ", x->sizes, " at dimension ", dim);
          }
          return select(x, dim, index < 0 ? index + size : index);
        },
    .gradients = {gradient(placed, "g")},
    .view = true,
    .samples = {"f(2, 3), 0, 1", "f(2, 3), 1, -1", "f(3), 0, 0"},
};

const OpDef kSlice{
    .name = "slice",
    .signatures = {{"slice(Tensor input, int dim=0, int? start=None, int? end=None, int step=1)"}},
    .spellings = 0,
    .doc = "Every step-th position of a dimension from start up to end.",
    .latex = "x_{i:j:k}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("IndexError", "slice() cannot be applied to a 0-dim tensor.");
          const std::int64_t dim = dimension(c, 1);
          const Range range = to_range(c, x->sizes[dim]);
          return slice(x, dim, range.start, range.length, range.step);
        },
    .gradients = {gradient(placed, "g")},
    .view = true,
    .samples = {"f(4, 3), 0, 1, 3", "f(2, 5), 1, None, None, 2", "f(3), 0, -2"},
};

const OpDef kNarrow{
    .name = "narrow",
    .signatures = {{"narrow(Tensor input, int dim, int start, int length)"}},
    .doc = "Length positions of a dimension from start.",
    .latex = "x_{i:i+n}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("RuntimeError", "narrow() cannot be applied to a 0-dim tensor.");
          const std::int64_t dim = dimension(c, 1), length = c.integer(3), size = x->sizes[dim];
          std::int64_t start = c.integer(2);
          if (start != size) start = size == 0 ? wrap_dim(start, 0) : wrap_dim(start, static_cast<std::size_t>(size));
          if (length < 0 || start + length > size) fail("RuntimeError", "start (", start, ") + length (", length, ") exceeds dimension size (", size, ").");
          return slice_of(x, dim, start, length);
        },
    .composite = true,
    .samples = {"f(4, 3), 0, 1, 2"},
};

const OpDef kDiagonal{
    .name = "diagonal",
    .signatures = {{"diagonal(Tensor input, int offset=0, int dim1=0, int dim2=1)"}},
    .doc = "The diagonal of each matrix, as the last dimension.",
    .latex = "x_{ii}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t a = dimension(c, 2, 0), b = dimension(c, 3, 1), shift = c.integer(1);
          if (a == b) fail("RuntimeError", "diagonal dimensions cannot be identical ", c.integer(2, 0), ", ", c.integer(3, 1));
          const std::int64_t length = std::max<std::int64_t>(
              0, shift >= 0 ? std::min(x->sizes[a], x->sizes[b] - shift) : std::min(x->sizes[a] + shift, x->sizes[b]));
          Tensor out = alias(x);
          if (length) out->advance(shift >= 0 ? shift * x->strides[b] : -shift * x->strides[a]);
          for (const std::int64_t dim : {std::max(a, b), std::min(a, b)}) {
            out->sizes.erase(dim);
            out->strides.erase(dim);
          }
          out->sizes.push_back(length);
          out->strides.push_back(x->strides[a] + x->strides[b]);
          out->numel = count_elements(out->sizes);
          return out;
        },
    .gradients = {gradient(placed, "g")},
    .view = true,
    .samples = {"f(3, 3)", "f(2, 3), 1", "f(3, 2), -1"},
};

const std::vector<const OpDef*>& view_ops() {
  static const std::vector<const OpDef*> ops{&kPlace, &kAsStrided, &kAlias,   &kExpand,        &kExpandAs, &kPermute, &kTranspose, &kSwapaxes, &kT,      &kBigT,
                                             &kMT, &kMH,    &kUnsqueeze, &kSqueeze, &kSqueezeResult, &kSelect,   &kSlice,   &kNarrow,    &kDiagonal};
  return ops;
}

Tensor expand_to(const Tensor& x, const Dims& sizes) { return x->sizes == sizes ? x : apply(kExpand, x, sizes); }
Tensor permute_to(const Tensor& x, const Dims& order) { return apply(kPermute, x, order); }
Tensor unsqueeze_at(const Tensor& x, std::int64_t dim) { return apply(kUnsqueeze, x, dim); }
Tensor transpose_last(const Tensor& x) { return x->dim() < 2 ? x : apply(kTranspose, x, -2, -1); }
Tensor squeeze_at(const Tensor& x, std::int64_t dim) {
  Call call(kSqueeze, 1);
  call.count = 2;
  call.args[0] = Arg(x);
  call.args[1] = Arg(dim);
  return run(call);
}
Tensor placed(const Tensor& g, const Dims& sizes, const OpDef& view, const Arg* args) {
  int form = 0;
  while (&placed_view(form) != &view) ++form;
  Call call(kPlace, form);
  call.count = 6;
  call.args[0] = Arg(g);
  call.args[1] = Arg(sizes);
  const std::size_t given = view.parsed()[0].parameters.size() - 1;
  for (std::size_t i = 0; i < given; ++i) call.args[i + 2] = args[i];
  return run(call);
}
Tensor placed(const Backward& b) {
  const Arg args[] = {b.arg(1), b.arg(2), b.arg(3), b.arg(4)};
  return placed(b.g, b.sizes(), b.node.def, args);
}
Tensor slice_of(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length) {
  return apply(kSlice, x, dim, start, start + length);
}

}  // namespace nabla
