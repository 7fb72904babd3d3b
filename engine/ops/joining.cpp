// Several tensors from one and one from several: cat, stack, vstack, hstack; split, chunk, unbind.
#include <numeric>

#include "ops/families.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

DType common_type(const std::vector<Tensor>& list) {
  ResultType type;
  for (const Tensor& x : list) type.add_tensor(x->dtype, x->dim() == 0);
  return type.get();
}

/// An empty 1-d tensor, which cat has always skipped.
bool is_skipped(const Tensor& x) { return x->dim() == 1 && x->numel == 0; }

/// The list's first tensor that counts; the first of all when every one is skipped.
const Tensor& model_of(const std::vector<Tensor>& list) {
  for (const Tensor& x : list) {
    if (!is_skipped(x)) return x;
  }
  return list.front();
}

Tensor joined(Call& c) {
  const std::vector<Tensor>& list = c[0].tensors();
  if (list.empty()) fail("RuntimeError", "torch.cat(): expected a non-empty list of Tensors");
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i]->dim() == 0) fail("RuntimeError", "zero-dimensional tensor (at position ", i, ") cannot be concatenated");
  }
  const Tensor& model = model_of(list);
  if (is_skipped(model)) return empty({0}, common_type(list));  // all are; then any dimension will do
  const std::int64_t dim = wrap_dim(c.integer(1), model->dim());
  Dims sizes = model->sizes;
  sizes[dim] = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Tensor& x = list[i];
    if (is_skipped(x)) continue;
    if (x->dim() != model->dim()) {
      fail("RuntimeError", "Tensors must have same number of dimensions: got ", model->dim(), " and ", x->dim());
    }
    for (std::size_t d = 0; d < x->dim(); ++d) {
      if (static_cast<std::int64_t>(d) == dim || x->sizes[d] == model->sizes[d]) continue;
      fail("RuntimeError", "Sizes of tensors must match except in dimension ", dim, ". Expected size ", model->sizes[d], " but got size ",
           x->sizes[d], " for tensor number ", i, " in the list.");
    }
    sizes[dim] += x->sizes[dim];
  }
  const Tensor out = empty(sizes, common_type(list));
  std::int64_t at = 0;
  for (const Tensor& x : list) {
    if (is_skipped(x)) continue;
    copy_into(slice(out, dim, at, x->sizes[dim], 1), x);
    at += x->sizes[dim];
  }
  return out;
}

/// g of a cat, cut into the parts that were joined.
std::vector<Tensor> cut(const Backward& b) {
  const auto& list = b.arg(0).tensors();
  std::vector<Tensor> out;
  std::int64_t at = 0;
  for (const Tensor& x : list) {
    if (is_skipped(x)) {
      out.push_back(zeros_like(x));
      continue;
    }
    const std::int64_t dim = wrap_dim(b.arg(1).is_none() ? 0 : b.arg(1).integer(), b.g->dim());
    out.push_back(slice_of(b.g, dim, at, x->sizes[dim]));
    at += x->sizes[dim];
  }
  return out;
}

/// The parts of a tensor with these sizes along dim, as views.
std::vector<Tensor> parts_of(const Tensor& x, std::int64_t dim, const Dims& lengths) {
  std::vector<Tensor> out;
  std::int64_t at = 0;
  for (std::int64_t length : lengths) {
    out.push_back(slice(x, dim, at, length, 1));
    at += length;
  }
  return out;
}

Dims even_lengths(std::int64_t size, std::int64_t length) {
  Dims out;
  if (length == 0) return {0};
  for (std::int64_t at = 0; at < size; at += length) out.push_back(std::min(length, size - at));
  if (out.empty()) out.push_back(0);
  return out;
}

/// The lengths of split's parts, checked in PyTorch's words.
Dims split_lengths(const Arg& wanted, const Dims& sizes, std::int64_t dim, std::int64_t named) {
  const std::int64_t size = sizes[dim];
  if (wanted.kind() == Arg::Kind::ints) {
    const Dims& lengths = wanted.ints();
    for (std::int64_t length : lengths) {
      if (length < 0) fail("RuntimeError", "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=", lengths);
    }
    if (std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}) != size) {
      fail("RuntimeError", "split_with_sizes expects split_sizes to sum exactly to ", size, " (input tensor's size at dimension ", named,
           "), but got split_sizes=", lengths);
    }
    return lengths;
  }
  const std::int64_t length = wanted.integer();
  if (length < 0) fail("RuntimeError", "split expects split_size be non-negative, but got split_size=", length);
  if (length == 0 && size != 0) fail("RuntimeError", "split_size can only be 0 if dimension size is 0, but got dimension size of ", size);
  return even_lengths(size, length);
}

void need_dimensions(const Call& c, const char* name) {
  if (c.tensor(0)->dim() == 0) fail("RuntimeError", name, " expects at least a 1-dimensional tensor");
}

std::vector<Tensor> split_parts(Call& c) {
  need_dimensions(c, "split");
  if (c[1].kind() != Arg::Kind::ints) (void)split_lengths(c[1], {0}, 0, 0);  // a negative length comes first
  const std::int64_t dim = dimension(c, 2);
  return parts_of(c.tensor(0), dim, split_lengths(c[1], c.tensor(0)->sizes, dim, c.integer(2)));
}

/// The gradients of all parts, joined again; zeros for parts that nobody used.
Tensor rejoined(const Backward& b) {
  const Dims& sizes = b.sizes();
  const std::int64_t dim = wrap_dim(b.arg(2).is_none() ? 0 : b.arg(2).integer(), sizes.size());
  const Dims lengths = split_lengths(b.arg(1), sizes, dim, dim);
  std::vector<Tensor> parts;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    Dims part = sizes;
    part[dim] = lengths[i];
    parts.push_back(b.gradients[i] ? b.gradients[i] : zeros(part, b.dtype()));
  }
  return concatenate(std::move(parts), dim);
}

/// cat of the tensors, each first made at least `rank`-dimensional.
Tensor stacked_along(Call& c, std::size_t rank, std::int64_t dim) {
  std::vector<Tensor> list = c[0].tensors();
  for (Tensor& x : list) {
    if (x->dim() == 0) x = reshape_to(x, {1});
    if (x->dim() < rank) x = unsqueeze_at(x, 0);
  }
  if (dim < 0) dim = list.empty() || list[0]->dim() == 1 ? 0 : 1;
  return concatenate(std::move(list), dim);
}

}  // namespace

const OpDef kCat{
    .name = "cat",
    .signatures = {{"cat(tensors tensors, int dim=0)"}},
    .spellings = kTorch,
    .aliases = {"concat", "concatenate"},
    .doc = "Joins tensors along a dimension that they have.",
    .latex = "[x_1, x_2, \\dots]",
    .forward = joined,
    .gradients = {gradients(cut, "g_i")},
    .tangent = auto_linear,
    .samples = {"[f(2, 3), f(1, 3)]", "[f(2, 3), f(2, 1)], 1", "[f(3)]", "[f(0), f(2, 2)]"},
    .failures = {{"torch.cat([])", "RuntimeError: torch.cat(): expected a non-empty list of Tensors"},
                 {"torch.cat([torch.ones(2), torch.tensor(1.)])",
                  "RuntimeError: zero-dimensional tensor (at position 1) cannot be concatenated"}},
};

const OpDef kStack{
    .name = "stack",
    .signatures = {{"stack(tensors tensors, int dim=0)"}},
    .spellings = kTorch,
    .doc = "Joins tensors of equal size along a new dimension.",
    .latex = "[x_1, x_2, \\dots]",
    .forward =
        [](Call& c) {
          const std::vector<Tensor>& list = c[0].tensors();
          if (list.empty()) fail("RuntimeError", "stack expects a non-empty TensorList");
          const std::int64_t dim = wrap_dim(c.integer(1), list[0]->dim() + 1);
          for (std::size_t i = 1; i < list.size(); ++i) {
            if (list[i]->sizes == list[0]->sizes) continue;
            fail("RuntimeError", "stack expects each tensor to be equal size, but got ", list[0]->sizes, " at entry 0 and ", list[i]->sizes,
                 " at entry ", i);
          }
          Dims sizes = list[0]->sizes;
          sizes.insert(dim, static_cast<std::int64_t>(list.size()));
          const Tensor out = empty(sizes, common_type(list));
          for (std::size_t i = 0; i < list.size(); ++i) copy_into(select(out, dim, static_cast<std::int64_t>(i)), list[i]);
          return out;
        },
    .gradients = {gradients(
        [](const Backward& b) {
          const std::int64_t dim = wrap_dim(b.arg(1).is_none() ? 0 : b.arg(1).integer(), b.g->dim());
          std::vector<Tensor> out;
          for (std::size_t i = 0; i < b.arg(0).tensors().size(); ++i) {
            out.push_back(apply(*find_op("select"), b.g, dim, static_cast<std::int64_t>(i)));
          }
          return out;
        },
        "g_i")},
    .tangent = auto_linear,
    .samples = {"[f(2, 3), f(2, 3)]", "[f(3), f(3)], 1", "[f(), f()]"},
    .failures = {{"torch.stack([])", "RuntimeError: stack expects a non-empty TensorList"},
                 {"torch.stack([torch.ones(2), torch.ones(2, 2)])",
                  "RuntimeError: stack expects each tensor to be equal size, but got [2] at entry 0 and [2, 2] at entry 1"}},
};

const OpDef kVstack{
    .name = "vstack",
    .signatures = {{"vstack(tensors tensors)"}},
    .spellings = kTorch,
    .aliases = {"row_stack"},
    .doc = "Puts tensors below one another; vectors become rows.",
    .latex = "[x_1; x_2; \\dots]",
    .forward = [](Call& c) { return stacked_along(c, 2, 0); },
    .composite = true,
    .samples = {"[f(2, 3), f(3)]", "[f(), f()]"},
};

const OpDef kHstack{
    .name = "hstack",
    .signatures = {{"hstack(tensors tensors)"}},
    .spellings = kTorch,
    .doc = "Puts tensors side by side.",
    .latex = "[x_1, x_2, \\dots]",
    .forward = [](Call& c) { return stacked_along(c, 1, -1); },
    .composite = true,
    .samples = {"[f(2, 3), f(2, 1)]", "[f(), f(2)]"},
};

const OpDef kSplit{
    .name = "split",
    .signatures = {{"split(Tensor tensor, int split_size_or_sections, int dim=0)", "SplitBackward0"},
                   {"split(Tensor tensor, ints split_size_or_sections, int dim=0)", "SplitWithSizesBackward0"},
                   {"split(Tensor self, int split_size, int dim=0)", "SplitBackward0"},
                   {"split(Tensor self, ints split_size, int dim=0)", "SplitWithSizesBackward0"}},
    .doc = "Parts of a given length, or of given lengths, along a dimension.",
    .latex = "x_{i:j}",
    .forward_many = split_parts,
    .gradients = {gradient(rejoined, "[g_1, g_2, \\dots]")},
    .view = true,
    .own_names = true,
    .samples = {"f(4, 3), 2", "f(5), 2", "f(2, 4), (1, 3), 1"},
    .failures = {{"torch.ones(2, 2).split([1, 2])",
                  "RuntimeError: split_with_sizes expects split_sizes to sum exactly to 2 (input tensor's size at dimension 0), but got "
                  "split_sizes=[1, 2]"}},
};

/// The same memory, but what is changed in one part is not counted in the others: PyTorch's "unsafe".
std::vector<Tensor> counted_apart(std::vector<Tensor> parts) {
  for (const Tensor& part : parts) part->set_storage(make<Storage>(part->storage()), part->offset, part->dtype);
  return parts;
}

const OpDef kUnsafeSplit{
    .name = "unsafe_split",
    .signatures = {{"unsafe_split(Tensor input, int split_size, int dim=0)"}},
    .doc = "Parts of a given length along a dimension, which autograd does not watch as views.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return counted_apart(split_parts(c)); },
    .gradients = {gradient(rejoined, "[g_1, g_2, \\dots]")},
    .no_out = true,
    .samples = {"f(4, 3), 2", "f(5), 2"},
};

const OpDef kUnsafeSplitWithSizes{
    .name = "unsafe_split_with_sizes",
    .signatures = {{"unsafe_split_with_sizes(Tensor input, size split_sizes, int dim=0)"}},
    .doc = "Parts of given lengths along a dimension, which autograd does not watch as views.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return counted_apart(split_parts(c)); },
    .gradients = {gradient(rejoined, "[g_1, g_2, \\dots]")},
    .no_out = true,
    .samples = {"f(4), (1, 3)", "f(2, 4), (1, 3), 1"},
};

/// Split by one length; an empty dimension by several that are zero.
std::vector<Tensor> chunks(const Call& c, const OpDef& split, const OpDef& with_sizes, int form) {
  need_dimensions(c, "chunk");
  const std::int64_t count = c.integer(1);
  if (count <= 0) fail("RuntimeError", "chunk expects `chunks` to be greater than 0, got: ", count);
  const std::int64_t dim = dimension(c, 2), size = c.tensor(0)->sizes[dim];
  Call call(size == 0 ? with_sizes : split, size == 0 ? form : 0);
  call.count = 3;
  call.args[0] = c[0];
  call.args[1] = size == 0 ? Arg(Dims(static_cast<std::size_t>(count), 0)) : Arg((size + count - 1) / count);
  call.args[2] = Arg(c.integer(2, 0));
  return run_many(call);
}

const OpDef kChunk{
    .name = "chunk",
    .signatures = {{"chunk(Tensor input, int chunks, int dim=0)"}},
    .doc = "At most so many parts of equal length along a dimension.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return chunks(c, kSplit, kSplit, 1); },
    .composite = true,
    .samples = {"f(4, 3), 2", "f(5), 3"},
};

const OpDef kUnsafeChunk{
    .name = "unsafe_chunk",
    .signatures = {{"unsafe_chunk(Tensor input, int chunks, int dim=0)"}},
    .doc = "At most so many parts of equal length along a dimension, which autograd does not watch as views.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return chunks(c, kUnsafeSplit, kUnsafeSplitWithSizes, 0); },
    .composite = true,
    .no_out = true,
    .samples = {"f(4, 3), 2", "f(5), 3"},
};

const OpDef kUnbind{
    .name = "unbind",
    .signatures = {{"unbind(Tensor input, int dim=0)"}},
    .doc = "All positions of a dimension, one tensor each.",
    .latex = "x_i",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() == 0) fail("IndexError", "Dimension specified as 0 but tensor has no dimensions");
          const std::int64_t dim = dimension(c, 1);
          std::vector<Tensor> out;
          for (std::int64_t i = 0; i < x->sizes[dim]; ++i) out.push_back(select(x, dim, i));
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Dims& sizes = b.sizes();
          const std::int64_t dim = wrap_dim(b.arg(1).is_none() ? 0 : b.arg(1).integer(), sizes.size());
          Dims part = sizes;
          part.erase(dim);
          std::vector<Tensor> parts;
          for (std::int64_t i = 0; i < sizes[dim]; ++i) {
            parts.push_back(b.gradients[i] ? b.gradients[i] : zeros(part, b.dtype()));
          }
          return parts.empty() ? zeros(sizes, b.dtype()) : apply(kStack, std::move(parts), dim);
        },
        "[g_1, g_2, \\dots]")},
    .view = true,
    .samples = {"f(2, 3)", "f(2, 3), 1"},
};

const std::vector<const OpDef*>& joining_ops() {
  static const std::vector<const OpDef*> ops{&kCat, &kStack, &kVstack, &kHstack, &kSplit, &kUnsafeSplit, &kUnsafeSplitWithSizes, &kChunk, &kUnsafeChunk, &kUnbind};
  return ops;
}

Tensor concatenate(std::vector<Tensor> parts, std::int64_t dim) { return apply(kCat, std::move(parts), dim); }

}  // namespace nabla
