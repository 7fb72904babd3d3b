// Other sizes for the same elements: view, reshape, flatten, ravel, view_as, reshape_as, unflatten, movedim; and copies in another
// order: repeat, tile, flip, roll, tril, triu, diag.
#include <algorithm>

#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

/// The wanted sizes with -1 filled in. RuntimeErrors in PyTorch's words.
Dims infer_sizes(const Dims& wanted, std::int64_t numel) {
  Dims sizes = wanted;
  std::int64_t known = 1, unknown = -1;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i] == -1) {
      if (unknown >= 0) fail("RuntimeError", "only one dimension can be inferred");
      unknown = static_cast<std::int64_t>(i);
    } else if (sizes[i] < 0) {
      fail("RuntimeError", "invalid shape dimension ", sizes[i]);
    } else {
      known *= sizes[i];
    }
  }
  if (numel != known && (unknown < 0 || known == 0 || numel % known != 0)) {
    fail("RuntimeError", "shape '", wanted, "' is invalid for input of size ", numel);
  }
  if (unknown >= 0) {
    if (known == 0) {
      fail("RuntimeError", "cannot reshape tensor of 0 elements into shape ", wanted,
           " because the unspecified dimension size -1 can be any value and is ambiguous");
    }
    sizes[unknown] = numel / known;
  }
  return sizes;
}

/// The same memory read as another type: a last dimension of one piece is cut, or joined, where the elements differ in size.
Tensor read_as(const Tensor& x, DType to) {
  const std::int64_t from_size = item_size(x->dtype), to_size = item_size(to);
  Dims sizes = x->sizes, strides = x->strides;
  std::int64_t offset = x->offset;
  if (from_size != to_size) {
    const std::string what = cat(" to view ", legacy_name(x->dtype), " as ", legacy_name(to), " (different element sizes)");
    if (sizes.empty()) fail("RuntimeError", "self.dim() cannot be 0", what);
    if (strides.back() != 1) fail("RuntimeError", "self.stride(-1) must be 1", what, ", but got ", strides.back());
    if (to_size > from_size) {
      const std::int64_t ratio = to_size / from_size;
      const auto whole = [&](std::int64_t n, std::string_view name) {
        if (n % ratio != 0) fail("RuntimeError", "self.", name, " must be divisible by ", ratio, what, ", but got ", n);
        return n / ratio;
      };
      sizes[sizes.size() - 1] = whole(sizes.back(), "size(-1)");
      offset = whole(offset, "storage_offset()");
      for (std::size_t i = 0; i + 1 < strides.size(); ++i) strides[i] = whole(strides[i], cat("stride(", i, ")"));
    } else {
      const std::int64_t ratio = from_size / to_size;
      sizes[sizes.size() - 1] *= ratio;
      offset *= ratio;
      for (std::size_t i = 0; i + 1 < strides.size(); ++i) strides[i] *= ratio;
    }
  }
  const Tensor out = alias(x);
  out->set_storage(x->storage(), offset, to);
  out->sizes = sizes;
  out->strides = strides;
  out->numel = count_elements(sizes);
  return out;
}

Tensor viewed(Call& c) {
  const Tensor x = c.tensor(0);
  const Dims sizes = infer_sizes(c[1].ints(), x->numel);
  Dims strides;
  if (!view_strides(x, sizes, &strides)) {
    fail("RuntimeError",
         "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous "
         "subspaces). Use .reshape(...) instead.");
  }
  return as_strided(x, sizes, strides, x->offset);
}

Tensor reshape_back(const Backward& b) { return reshape_to(b.g, b.sizes()); }

/// The flattened result of flatten(start, end).
Dims flattened(const Tensor& x, std::int64_t start, std::int64_t end) {
  Dims sizes;
  std::int64_t joined = 1;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(x->dim()); ++i) {
    if (i < start || i > end) {
      sizes.push_back(x->sizes[i]);
      continue;
    }
    joined *= x->sizes[i];
    if (i == end) sizes.push_back(joined);
  }
  return sizes;
}

/// x with `mask` of its last two dimensions kept: those elements with column - row <= diagonal, or >= when upper.
Tensor triangle(const Call& c, bool upper) {
  const Tensor x = c.tensor(0);
  if (x->dim() == 0) fail("IndexError", "Dimension specified as -2 but tensor has no dimensions");
  if (x->dim() == 1 && x->numel == 0) return copy(x);
  (void)wrap_dim(-2, x->dim());
  const std::int64_t shift = c.integer(1), rows = x->sizes[x->dim() - 2], columns = x->sizes[x->dim() - 1];
  const Tensor out = copy(x);
  const std::int64_t size = item_size(x->dtype);
  for (std::int64_t at = 0; at < out->numel; ++at) {
    const std::int64_t column = at % columns, row = at / columns % rows;
    if (upper ? column - row < shift : column - row > shift) std::fill_n(out->data() + at * size, size, 0);
  }
  return out;
}

/// Each element of the result is taken from the place that `source` gives for its index.
template <class F>
Tensor gather_by(const Tensor& x, F source) {
  Tensor out = empty_as(*x, x->dtype);
  const std::size_t rank = x->dim();
  Dims index(rank, 0);
  for (std::int64_t at = 0; at < out->numel; ++at) {
    std::int64_t from = 0;
    for (std::size_t d = 0; d < rank; ++d) from += source(d, index[d]) * x->strides[d];
    set_element(*out, offset_of(*out, at), element(*x, from));
    for (std::size_t d = rank; d-- > 0 && ++index[d] == x->sizes[d];) index[d] = 0;
  }
  return out;
}

}  // namespace

const OpDef kView{
    .name = "view",
    .signatures = {{"view(Tensor input, size size)"}, {.text = "view(Tensor input, dtype dtype)", .composite = true}},
    .spellings = kMethod,
    .doc = "The same memory with other sizes; one of them may be -1.",
    .latex = "x",
    .forward = [](Call& c) { return c.signature == 1 ? read_as(c.tensor(0), c[1].dtype()) : viewed(c); },
    .gradients = {gradient(reshape_back, "g")},
    .view = true,
    .symbolic_sizes = true,
    .samples = {"f(2, 3), (3, 2)", "f(2, 3), (-1,)", "f(1), ()"},
    .failures = {{"torch.ones(2, 3).view(4)", "RuntimeError: shape '[4]' is invalid for input of size 6"},
                 {"torch.ones(2, 3).view(-1, -1)", "RuntimeError: only one dimension can be inferred"},
                 {"torch.ones(2, 3).t().view(6)",
                  "RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two "
                  "contiguous subspaces). Use .reshape(...) instead."}},
};

const OpDef kReshapeAlias{
    .name = "_reshape_alias",
    .signatures = {{"_reshape_alias(Tensor input, ints size)"}},
    .spellings = 0,
    .doc = "What reshape does where no copy is needed.",
    .latex = "x",
    .forward = viewed,
    .gradients = {gradient(reshape_back, "g")},
    .view = true,
    .samples = {"f(2, 3), (3, 2)"},
};

const OpDef kUnsafeView{
    .name = "_unsafe_view",
    .signatures = {{"_unsafe_view(Tensor input, ints size)"}},
    .spellings = 0,
    .doc = "A view of a tensor that nobody else sees.",
    .latex = "x",
    .forward = viewed,
    .gradients = {gradient(reshape_back, "g")},
    .tangent = auto_linear,
    .samples = {"f(2, 3), (3, 2)"},
};

const OpDef kReshape{
    .name = "reshape",
    .signatures = {{"reshape(Tensor input, size shape)"}},
    .doc = "The same elements with other sizes; copies only where it must.",
    .latex = "x",
    .forward = [](Call& c) { return reshape_to(c.tensor(0), c[1].ints()); },
    .composite = true,
    .symbolic_sizes = true,
    .samples = {"f(2, 3), (3, 2)", "f(2, 3), (-1,)", "f(), (1, 1)"},
    .failures = {{"torch.ones(2, 3).reshape(4)", "RuntimeError: shape '[4]' is invalid for input of size 6"}},
};

const OpDef kViewAs{
    .name = "view_as",
    .signatures = {{"view_as(Tensor input, Tensor other)"}},
    .spellings = kMethod,
    .doc = "A view with the sizes of another tensor.",
    .latex = "x",
    .forward = [](Call& c) { return apply(kView, c.tensor(0), c.tensor(1)->sizes); },
    .composite = true,
    .samples = {"f(2, 3), f(3, 2)"},
};

const OpDef kReshapeAs{
    .name = "reshape_as",
    .signatures = {{"reshape_as(Tensor input, Tensor other)"}},
    .spellings = kMethod,
    .doc = "Reshaped to the sizes of another tensor.",
    .latex = "x",
    .forward = [](Call& c) { return reshape_to(c.tensor(0), c.tensor(1)->sizes); },
    .composite = true,
    .samples = {"f(2, 3), f(3, 2)"},
};

const OpDef kFlatten{
    .name = "flatten",
    .signatures = {{"flatten(Tensor input, int start_dim=0, int end_dim=-1)"}},
    .doc = "Joins the dimensions from start_dim to end_dim into one.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t start = dimension(c, 1), end = dimension(c, 2, -1);
          if (start > end) fail("RuntimeError", "flatten() has invalid args: start_dim cannot come after end_dim");
          if (x->dim() == 0) return reshape_to(x, {1});
          return start == end ? x : reshape_to(x, flattened(x, start, end));
        },
    .composite = true,
    .samples = {"f(2, 3)", "f(2, 3, 2), 1", "f()"},
};

const OpDef kRavel{
    .name = "ravel",
    .signatures = {{"ravel(Tensor input)"}},
    .doc = "All elements in one dimension.",
    .latex = "x",
    .forward = [](Call& c) { return apply(kView, apply(*find_op("contiguous"), c.tensor(0)), Dims{-1}); },
    .composite = true,
    .samples = {"f(2, 3)"},
};

const OpDef kUnflatten{
    .name = "unflatten",
    .signatures = {{"unflatten(Tensor input, int dim, size sizes)"}},
    .spellings = kMethod,
    .doc = "Splits a dimension into several.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c[2].ints().empty()) fail("RuntimeError", "unflatten: sizes must be non-empty");
          const std::int64_t dim = dimension(c, 1);
          if (x->dim() == 0) fail("RuntimeError", "unflatten: the input has no dimension to split");
          std::int64_t product = 1;
          for (const std::int64_t part : c[2].ints()) product *= part;
          if (product >= 0 && product != x->sizes[dim]) {
            fail("RuntimeError", "unflatten: Provided sizes ", c[2].ints(), " don't multiply up to the size of dim ", dim, " (", x->sizes[dim],
                 ") in the input tensor");
          }
          Dims sizes = x->sizes;
          sizes.erase(dim);
          const Dims parts = infer_sizes(c[2].ints(), x->sizes[dim]);
          for (std::size_t i = 0; i < parts.size(); ++i) sizes.insert(dim + i, parts[i]);
          return apply(kView, x, sizes);
        },
    .composite = true,
    .samples = {"f(2, 6), 1, (2, 3)"},
};

const OpDef kMovedim{
    .name = "movedim",
    .signatures = {{"movedim(Tensor input, int source, int destination)"}, {"movedim(Tensor input, size source, size destination)"}},
    .aliases = {"moveaxis"},
    .doc = "Moves dimensions to other places.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const auto dims_of = [](const Arg& arg) { return arg.kind() == Arg::Kind::ints ? arg.ints() : Dims{arg.integer()}; };
          Dims from = dims_of(c[1]), to = dims_of(c[2]);
          if (from.size() != to.size()) {
            fail("RuntimeError", "movedim: Invalid source or destination dims: source (", from, " dims) should contain the same number of dims as destination (", to, " dims)");
          }
          Dims order(x->dim(), -1);
          std::vector<bool> moved(x->dim() + 1);
          for (std::int64_t& dim : from) dim = wrap_dim(dim, x->dim());
          for (std::int64_t& dim : to) dim = wrap_dim(dim, x->dim());
          const auto repeats = [](const Dims& dims) {
            return std::any_of(dims.begin(), dims.end(), [&](std::int64_t dim) { return std::count(dims.begin(), dims.end(), dim) > 1; });
          };
          if (repeats(from)) fail("RuntimeError", "movedim: repeated dim in `source` (", dims_of(c[1]), ")");
          if (repeats(to)) fail("RuntimeError", "movedim: repeated dim in `destination` (", dims_of(c[2]), ")");
          if (order.empty()) return apply(*find_op("alias"), x);
          for (std::size_t i = 0; i < from.size(); ++i) {
            order[to[i]] = from[i];
            moved[from[i]] = true;
          }
          std::int64_t next = 0;
          for (std::int64_t& dim : order) {
            if (dim >= 0) continue;
            while (moved[next]) ++next;
            dim = next++;
          }
          return permute_to(x, order);
        },
    .composite = true,
    .samples = {"f(2, 3, 4), 0, 2", "f(2, 3, 4), (0, 1), (1, 2)"},
};

const OpDef kRepeat{
    .name = "repeat",
    .signatures = {{"repeat(Tensor input, size repeats)"}},
    .spellings = kMethod,
    .doc = "Copies of the tensor side by side, so many along each dimension.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims& repeats = c[1].ints();
          if (repeats.size() < x->dim()) {
            fail("RuntimeError", "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor");
          }
          const std::size_t added = repeats.size() - x->dim();
          // (repeat, size) pairs of the result, shown as the input with stride 0 for every repeat.
          Dims pairs, strides, sizes;
          for (std::size_t i = 0; i < repeats.size(); ++i) {
            const std::int64_t size = i < added ? 1 : x->sizes[i - added];
            pairs.push_back(repeats[i]);
            pairs.push_back(size);
            strides.push_back(0);
            strides.push_back(i < added ? 0 : x->strides[i - added]);
            sizes.push_back(repeats[i] * size);
          }
          const bool negative = std::any_of(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; });
          if (negative || count_elements(sizes) == 0) return empty(sizes, x->dtype);
          const Tensor shown = copy(as_strided(x, pairs, strides, x->offset));
          return as_strided(shown, sizes, contiguous_strides(sizes), 0);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Dims &repeats = b.arg(1).ints(), &sizes = b.sizes();
          const std::size_t added = repeats.size() - sizes.size();
          Dims pairs;
          std::vector<bool> dims;
          for (std::size_t i = 0; i < repeats.size(); ++i) {
            pairs.push_back(repeats[i]);
            pairs.push_back(i < added ? 1 : sizes[i - added]);
            dims.push_back(true);
            dims.push_back(false);
          }
          return reshape_to(sum(reshape_to(b.g, pairs), dims, false), sizes);
        },
        R"(\sum g)")},
    .tangent = auto_linear,
    .symbolic_sizes = true,
    .samples = {"f(2, 3), (2, 2)", "f(3), (2, 1)", "f(2), (3,)"},
    .failures = {{"torch.ones(2, 2).repeat(2)",
                  "RuntimeError: Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"}},
};

const OpDef kTile{
    .name = "tile",
    .signatures = {{"tile(Tensor input, size dims)"}},
    .doc = "As repeat, with ones added to dims in front where it is short.",
    .latex = "x",
    .forward =
        [](Call& c) {
          Dims repeats = c[1].ints();
          while (repeats.size() < c.tensor(0)->dim()) repeats.insert(0, 1);
          return apply(kRepeat, c.tensor(0), repeats);
        },
    .composite = true,
    .samples = {"f(2, 3), (2,)"},
};

const OpDef kFlip{
    .name = "flip",
    .signatures = {{"flip(Tensor input, size dims)"}},
    .doc = "Reverses the order along some dimensions.",
    .latex = "x_{n-i}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          std::vector<bool> turned(x->dim(), false);
          if (!c[1].ints().empty()) turned = dimension_mask(c[1], x->dim());
          return gather_by(x, [&](std::size_t d, std::int64_t i) { return turned[d] ? x->sizes[d] - 1 - i : i; });
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("flip"), b.g, b.arg(1)); }, "g_{n-i}")},
    .tangent = auto_linear,
    .samples = {"f(2, 3), (0, 1)", "f(3), 0"},
};

const OpDef kRoll{
    .name = "roll",
    .signatures = {{"roll(Tensor input, ints shifts, ints? dims=())"}},
    .doc = "Shifts the elements round a dimension, or round the flattened tensor.",
    .latex = R"(x_{(i - s) \bmod n})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c[1].ints().empty()) fail("RuntimeError", "`shifts` required");
          const std::size_t dims = c.has(2) ? c[2].ints().size() : 0;
          if (dims != c[1].ints().size() && (dims || c[1].ints().size() != 1)) {
            fail("RuntimeError", "shifts and dimensions must align. shifts: ", c[1].ints().size(), ", dims:", dims);
          }
          if (x->numel == 0) return copy(x);
          if (dims && x->dim() == 0) fail("IndexError", "Dimension specified as ", c[2].ints()[0], " but tensor has no dimensions");
          if (dims == 0) {
            const Tensor flat = contiguous(x), out = empty(x->sizes, x->dtype);
            const std::int64_t shift = ((c[1].ints()[0] % x->numel) + x->numel) % x->numel, size = item_size(x->dtype);
            std::copy_n(flat->data(), (x->numel - shift) * size, out->data() + shift * size);
            std::copy_n(flat->data() + (x->numel - shift) * size, shift * size, out->data());
            return out;
          }
          Dims shifts(x->dim(), 0);
          for (std::size_t i = 0; i < c[2].ints().size(); ++i) shifts[wrap_dim(c[2].ints()[i], x->dim())] += c[1].ints()[i];
          return contiguous(gather_by(x, [&](std::size_t d, std::int64_t i) {
            const std::int64_t n = x->sizes[d];
            return (((i - shifts[d]) % n) + n) % n;
          }));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          Dims back = b.arg(1).ints();
          for (std::int64_t& shift : back) shift = -shift;
          return apply(*find_op("roll"), b.g, back, b.arg(2));
        },
        R"(g_{(i + s) \bmod n})")},
    .tangent = auto_linear,
    .samples = {"f(2, 3), 1", "f(2, 3), 2, 1"},
};

const OpDef kTril{
    .name = "tril",
    .signatures = {{"tril(Tensor input, int diagonal=0)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The lower triangle of each matrix, zeros elsewhere.",
    .latex = R"(x_{ij}\,[j \le i + d])",
    .forward = [](Call& c) { return triangle(c, false); },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("tril"), b.g, b.arg(1)); }, R"(g_{ij}\,[j \le i + d])")},
    .tangent = auto_linear,
    .samples = {"f(3, 3)", "f(2, 3), 1"},
};

const OpDef kTriu{
    .name = "triu",
    .signatures = {{"triu(Tensor input, int diagonal=0)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The upper triangle of each matrix, zeros elsewhere.",
    .latex = R"(x_{ij}\,[j \ge i + d])",
    .forward = [](Call& c) { return triangle(c, true); },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("triu"), b.g, b.arg(1)); }, R"(g_{ij}\,[j \ge i + d])")},
    .tangent = auto_linear,
    .samples = {"f(3, 3)", "f(2, 3), 1"},
};

const OpDef kDiag{
    .name = "diag",
    .signatures = {{"diag(Tensor input, int diagonal=0)"}},
    .doc = "The diagonal of a matrix, or the matrix with this diagonal.",
    .latex = "x_{ii}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t shift = c.integer(1);
          if (x->dim() != 1 && x->dim() != 2) fail("RuntimeError", "matrix or a vector expected");
          Call call(*find_op("diagonal"));
          call.args[1] = Arg(shift);
          if (x->dim() == 2) {
            call.args[0] = c[0];
            return copy(call.def.forward(call));
          }
          const std::int64_t size = x->numel + std::abs(shift);
          const Tensor out = zeros({size, size}, x->dtype);
          call.args[0] = Arg(out);
          copy_into(call.def.forward(call), x);
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Dims& sizes = b.sizes();
          if (sizes.size() == 1 || sizes[0] == sizes[1]) return apply(*find_op("diag"), b.g, b.arg(1));
          const Arg args[] = {b.arg(1), Arg(0), Arg(1)};
          return placed(b.g, sizes, *find_op("diagonal"), args);
        },
        R"(\operatorname{diag} g)")},
    .samples = {"f(3)", "f(3, 3)", "f(2, 3), 1", "f(2), 1"},
};

const std::vector<const OpDef*>& reshaping_ops() {
  static const std::vector<const OpDef*> ops{&kView,      &kReshapeAlias, &kUnsafeView, &kReshape, &kViewAs, &kReshapeAs, &kFlatten, &kRavel,
                                             &kUnflatten, &kMovedim,      &kRepeat,     &kTile,    &kFlip,   &kRoll,      &kTril,    &kTriu,
                                             &kDiag};
  return ops;
}

Tensor reshape_to(const Tensor& x, const Dims& wanted) {
  const Dims sizes = infer_sizes(wanted, x->numel);
  Dims strides;
  if (view_strides(x, sizes, &strides)) return apply(kReshapeAlias, x, sizes);
  return apply(kUnsafeView, clone(x), sizes);
}

Tensor restore_dims(Tensor x, const std::vector<bool>& dims) {
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (dims[d]) x = unsqueeze_at(x, static_cast<std::int64_t>(d));
  }
  return x;
}

}  // namespace nabla
