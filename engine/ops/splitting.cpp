// Cutting a tensor into parts that are views: tensor_split, hsplit, vsplit, dsplit, split_with_sizes.
#include "ops/families.h"
#include "ops/support.h"

namespace nabla {
namespace {

std::vector<Tensor> split_at(const Tensor& x, std::int64_t dim, const Dims& places) {
  std::vector<Tensor> out;
  std::int64_t from = 0;
  for (std::int64_t place : places) {
    out.push_back(slice_of(x, dim, from, place - from));
    from = place;
  }
  out.push_back(apply(*find_op("slice"), x, dim, from, x->sizes[dim]));
  return out;
}

/// The places between `count` parts that are as equal as can be, the longer ones first.
Dims even_places(std::int64_t size, std::int64_t count) {
  Dims out;
  for (std::int64_t i = 1; i < count; ++i) out.push_back(i * (size / count) + std::min(i, size % count));
  return out;
}

std::vector<Tensor> tensor_split(const Tensor& x, const Arg& wanted, std::int64_t dim) {
  if (x->dim() == 0) fail("RuntimeError", "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
  dim = wrap_dim(dim, x->dim());
  if (wanted.kind() == Arg::Kind::ints) return split_at(x, dim, wanted.ints());
  if (wanted.integer() <= 0) fail("RuntimeError", "number of sections must be larger than 0, got ", wanted.integer());
  return split_at(x, dim, even_places(x->sizes[dim], wanted.integer()));
}

/// hsplit, vsplit and dsplit: tensor_split along a fixed dimension, whose size must divide evenly.
std::vector<Tensor> fixed_split(const Call& c, std::size_t rank, std::int64_t dim) {
  const Tensor x = c.tensor(0);
  const char* const name = c.def.name;
  if (x->dim() < rank) {
    fail("RuntimeError", "torch.", name, " requires a tensor with at least ", rank, " dimension, but got a tensor with ", x->dim(),
         " dimensions!");
  }
  if (c[1].kind() != Arg::Kind::ints) {
    const std::int64_t parts = c[1].integer(), size = x->sizes[dim];
    if (parts == 0 || size % parts != 0) {
      fail("RuntimeError", "torch.", name, " attempted to split along dimension ", dim, ", but the size of the dimension ", size,
           " is not divisible by the split_size ", parts, "!");
    }
  }
  return tensor_split(x, c[1], dim);
}

}  // namespace

const OpDef kTensorSplit{
    .name = "tensor_split",
    .signatures = {{"tensor_split(Tensor input, int sections, int dim=0)"}, {"tensor_split(Tensor input, size indices, int dim=0)"}},
    .doc = "Parts that are as equal as can be, or that begin at given places.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return tensor_split(c.tensor(0), c[1], c.integer(2)); },
    .composite = true,
    .samples = {"f(5, 2), 3", "f(2, 4), (1, 3), 1"},
};

const OpDef kHsplit{
    .name = "hsplit",
    .signatures = {{"hsplit(Tensor input, int sections)"}, {"hsplit(Tensor input, size indices)"}},
    .doc = "Splits into parts side by side.",
    .latex = "x_{:, i:j}",
    .forward_many = [](Call& c) { return fixed_split(c, 1, c.tensor(0)->dim() == 1 ? 0 : 1); },
    .composite = true,
    .samples = {"f(2, 4), 2", "f(4), (1, 3)"},
};

const OpDef kVsplit{
    .name = "vsplit",
    .signatures = {{"vsplit(Tensor input, int sections)"}, {"vsplit(Tensor input, size indices)"}},
    .doc = "Splits into parts below one another.",
    .latex = "x_{i:j}",
    .forward_many = [](Call& c) { return fixed_split(c, 2, 0); },
    .composite = true,
    .samples = {"f(4, 2), 2"},
    .failures = {{"torch.vsplit(torch.ones(3, 2), 2)",
                  "RuntimeError: torch.vsplit attempted to split along dimension 0, but the size of the dimension 3 is not divisible by the split_size 2!"}},
};

const OpDef kDsplit{
    .name = "dsplit",
    .signatures = {{"dsplit(Tensor input, int sections)"}, {"dsplit(Tensor input, size indices)"}},
    .doc = "Splits into parts behind one another.",
    .latex = "x_{:, :, i:j}",
    .forward_many = [](Call& c) { return fixed_split(c, 3, 2); },
    .composite = true,
    .samples = {"f(2, 2, 4), 2"},
};

const OpDef kSplitWithSizes{
    .name = "split_with_sizes",
    .signatures = {{"split_with_sizes(Tensor input, size split_sizes, int dim=0)"}},
    .doc = "Parts of given lengths along a dimension.",
    .latex = "x_{i:j}",
    .forward_many =
        [](Call& c) {
          Call call(*find_op("split"), 1);
          call.count = 3;
          for (int i = 0; i < 3; ++i) call.args[i] = c[i];
          return run_many(call);
        },
    .composite = true,
    .samples = {"f(4), (1, 3)"},
};

const std::vector<const OpDef*>& splitting_ops() {
  static const std::vector<const OpDef*> ops{&kTensorSplit, &kHsplit, &kVsplit, &kDsplit, &kSplitWithSizes};
  return ops;
}

}  // namespace nabla
