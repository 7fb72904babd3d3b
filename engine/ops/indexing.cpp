// Taking elements by position: the operators index, index_put, index_select, gather, scatter, scatter_add,
// masked_select, take. A gradient goes back to where its element came from, added up where one was taken twice.
#include "ops/families.h"
#include "ops/indexing.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

const Gradient kNoPosition = not_differentiable("a position is a whole number");
const Gradient kNoDimension = not_differentiable("a dimension is a whole number");

// ---- index arrays ----

/// A bool index as the int64 indices of its true elements, one for each of its dimensions.
std::vector<Tensor> positions_of(const Tensor& mask) {
  const Tensor flags = contiguous(cast(mask, DType::bool_));
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < flags->numel; ++i) count += flags->data_as<bool>()[i];
  std::vector<Tensor> out;
  for (std::size_t d = 0; d < mask->dim(); ++d) out.push_back(empty({count}, DType::int64));
  std::int64_t at = 0;
  for (std::int64_t i = 0; i < flags->numel; ++i) {
    if (!flags->data_as<bool>()[i]) continue;
    std::int64_t rest = i;
    for (std::size_t d = mask->dim(); d-- > 0; rest /= mask->sizes[d]) out[d]->data_as<std::int64_t>()[at] = rest % mask->sizes[d];
    ++at;
  }
  return out;
}

/// Where x[indices] takes its elements: offsets into x in elements, in the shape of the result. A null index stands for a whole
/// dimension. Source: NumPy's rule, that the indices' common shape stands where the first of them stood if they are adjacent,
/// else in front.
Tensor find_places(const TensorImpl& x, const std::vector<Tensor>& given) {
  std::vector<Tensor> indices;
  for (const Tensor& index : given) {
    if (!index || (index->dtype != DType::bool_ && index->dtype != DType::uint8)) {
      indices.push_back(index);
      continue;
    }
    for (std::size_t d = 0; d < index->dim(); ++d) {
      const std::size_t at = indices.size() + d;
      if (index->sizes[d] != x.sizes[wrap_dim(static_cast<std::int64_t>(at), x.dim())]) {
        fail("IndexError", "The shape of the mask ", index->sizes, " at index ", d, " does not match the shape of the indexed tensor ", x.sizes,
             " at index ", at);
      }
    }
    for (Tensor& positions : positions_of(index)) indices.push_back(std::move(positions));
  }
  if (indices.size() > x.dim()) fail("IndexError", "too many indices for tensor of dimension ", x.dim(), " (got ", indices.size(), ")");
  indices.resize(x.dim());

  Dims common;
  bool any = false, adjacent = true;
  std::size_t first = 0, last = 0;
  try {
    for (std::size_t d = 0; d < indices.size(); ++d) {
      if (!indices[d]) continue;
      common = any ? broadcast(common, indices[d]->sizes) : indices[d]->sizes;
      if (any && d != last + 1) adjacent = false;
      if (!any) first = d;
      last = d;
      any = true;
    }
  } catch (const Error&) {
    std::string shapes;
    for (const Tensor& index : indices) {
      if (index) shapes += cat(shapes.empty() ? "" : ", ", index->sizes);
    }
    fail("IndexError", "shape mismatch: indexing tensors could not be broadcast together with shapes ", shapes);
  }

  // The dimensions of the result: those of `common` at their place among the whole ones.
  const std::size_t place = adjacent ? first : 0;
  Dims sizes;
  std::vector<std::int64_t> steps;  // in x, for each dimension of the result; 0 in the common part
  for (std::size_t d = 0;; ++d) {
    if (sizes.size() == place && (!adjacent ? d == 0 : d == first)) {
      for (std::int64_t size : common) {
        sizes.push_back(size);
        steps.push_back(0);
      }
    }
    if (d >= x.dim()) break;
    if (indices[d]) continue;
    sizes.push_back(x.sizes[d]);
    steps.push_back(x.strides[d]);
  }

  const std::int64_t common_count = count_elements(common);
  std::vector<std::int64_t> at(static_cast<std::size_t>(common_count), 0);
  std::size_t which = 0;  // PyTorch's message counts the index tensors, not the dimensions
  for (std::size_t d = 0; d < indices.size(); ++d) {
    if (!indices[d]) continue;
    const Tensor index = contiguous(expand(cast(indices[d], DType::int64), common));
    for (std::int64_t i = 0; i < common_count; ++i) {
      const std::int64_t wanted = index->data_as<std::int64_t>()[i], size = x.sizes[d];
      if (size == 0) fail("IndexError", "index is out of bounds for dimension with size 0");
      if (wanted < -size || wanted >= size) fail("IndexError", "index ", wanted, " is out of bounds for dimension ", which, " with size ", size);
      at[i] += (wanted < 0 ? wanted + size : wanted) * x.strides[d];
    }
    ++which;
  }
  const Dims common_strides = contiguous_strides(common);
  Tensor offsets = empty(sizes, DType::int64);
  Dims position(sizes.size(), 0);
  for (std::int64_t i = 0; i < offsets->numel; ++i) {
    std::int64_t offset = 0, in_common = 0;
    for (std::size_t d = 0; d < sizes.size(); ++d) {
      offset += position[d] * steps[d];
      if (d >= place && d < place + common.size()) in_common += position[d] * common_strides[d - place];
    }
    offsets->data_as<std::int64_t>()[i] = offset + at[in_common];
    for (std::size_t d = sizes.size(); d-- > 0 && ++position[d] == sizes[d];) position[d] = 0;
  }
  return offsets;
}

template <class Do>
void with_item_type(DType dtype, Do go) {
  switch (item_size(dtype)) {
    case 8: return go(static_cast<std::int64_t*>(nullptr));
    case 4: return go(static_cast<std::int32_t*>(nullptr));
    case 2: return go(static_cast<std::int16_t*>(nullptr));
    default: return go(static_cast<std::int8_t*>(nullptr));
  }
}

Tensor take_at(const Tensor& x, const Tensor& offsets) {
  const Tensor out = empty(offsets->sizes, x->dtype);
  with_item_type(x->dtype, [&]<class T>(T*) {
    const auto* from = offsets->data_as<std::int64_t>();
    for (std::int64_t i = 0; i < out->numel; ++i) out->data_as<T>()[i] = x->data_as<T>()[from[i]];
  });
  return out;
}

/// Writes `values`, broadcast and cast, to the offsets; or adds them.
void put_at(const Tensor& x, const Tensor& offsets, const Tensor& values, bool add) {
  const Tensor from = contiguous(expand(cast(values, x->dtype), offsets->sizes));
  const auto* to = offsets->data_as<std::int64_t>();
  if (!add) {
    with_item_type(x->dtype, [&]<class T>(T*) {
      for (std::int64_t i = 0; i < offsets->numel; ++i) x->data_as<T>()[to[i]] = from->data_as<T>()[i];
    });
    return;
  }
  for (std::int64_t i = 0; i < offsets->numel; ++i) {
    if (x->dtype == DType::float32) x->data_as<float>()[to[i]] += from->data_as<float>()[i];
    else if (x->dtype == DType::float64) x->data_as<double>()[to[i]] += from->data_as<double>()[i];
    else set_element(*x, to[i], Scalar::of(element(*x, to[i]).to_int() + element(*from, i).to_int()));
  }
}

/// Offsets for operators that take positions along one dimension: index has x's sizes but along dim.
Tensor offsets_along(const Tensor& x, std::int64_t dim, const Tensor& index, const char* error_kind) {
  const Tensor wanted = contiguous(index);
  const Tensor offsets = empty(index->sizes, DType::int64);
  Dims position(index->dim(), 0);
  for (std::int64_t i = 0; i < offsets->numel; ++i) {
    const std::int64_t at = wanted->data_as<std::int64_t>()[i], size = x->dim() ? x->sizes[dim] : 1;
    if (at < 0 || at >= size) fail(error_kind, "index ", at, " is out of bounds for dimension ", dim, " with size ", size);
    std::int64_t offset = 0;
    for (std::size_t d = 0; d < index->dim(); ++d) {
      if (x->dim()) offset += (static_cast<std::int64_t>(d) == dim ? at : position[d]) * x->strides[d];
    }
    offsets->data_as<std::int64_t>()[i] = offset;
    for (std::size_t d = index->dim(); d-- > 0 && ++position[d] == index->sizes[d];) position[d] = 0;
  }
  return offsets;
}

void check_gather(const Call& c, const Tensor& x, std::int64_t dim, const Tensor& index) {
  if (index->numel == 0) return;
  if (index->dtype != DType::int64) fail("RuntimeError", c.def.name, "(): Expected dtype int64 for index");
  if (std::max<std::size_t>(x->dim(), 1) != std::max<std::size_t>(index->dim(), 1)) {
    fail("RuntimeError", "Index tensor must have the same number of dimensions as ", c.def.name[0] == 'g' ? "input" : "self", " tensor");
  }
  for (std::size_t d = 0; d < x->dim() && d < index->dim(); ++d) {
    if (static_cast<std::int64_t>(d) != dim && index->sizes[d] > x->sizes[d]) {
      fail("RuntimeError", "Size does not match at dimension ", d, " expected index ", index->sizes, " to be smaller than self ", x->sizes,
           " apart from dimension ", dim);
    }
  }
}

}  // namespace

void check_scatter(const Tensor& x, std::int64_t dim, const Tensor& index, const TensorImpl* from) {
  if (index->numel && index->dtype != DType::int64) fail("RuntimeError", "scatter(): Expected dtype int64 for index");
  if (from && from->dtype != x->dtype) fail("RuntimeError", "scatter(): Expected self.dtype to be equal to src.dtype");
  if (index->numel == 0) return;
  const std::size_t rank = std::max<std::size_t>(index->dim(), 1);
  if (std::max<std::size_t>(x->dim(), 1) != rank) fail("RuntimeError", "Index tensor must have the same number of dimensions as self tensor");
  const auto size_of = [](const TensorImpl& t, std::size_t d) { return t.dim() ? t.sizes[wrap_dim(static_cast<std::int64_t>(d), t.dim())] : 1; };
  bool fits = true;
  for (std::size_t d = 0; d < rank; ++d) {
    const std::int64_t size = size_of(*index, d);
    fits = fits && (static_cast<std::int64_t>(d) == dim || size <= size_of(*x, d));
  }
  for (std::size_t d = 0; fits && from && d < rank; ++d) fits = size_of(*index, d) <= size_of(*from, d);
  if (from && std::max<std::size_t>(from->dim(), 1) != rank) {
    fail("RuntimeError", "Index tensor must have the same number of dimensions as src tensor");
  }
  if (fits) return;
  const std::string expected = cat("Expected index ", index->sizes, " to be smaller than self ", x->sizes, " apart from dimension ", dim);
  if (from) fail("RuntimeError", expected, " and to be smaller size than src ", from->sizes);
  fail("RuntimeError", expected);
}

namespace {

/// zeros(sizes) with `g` added at the places of the index: the gradient of taking.
Tensor scattered(const Tensor& g, const Dims& sizes, const Arg& dim, const Arg& index) {
  return apply(*find_op("scatter_add"), zeros(sizes, g->dtype), dim, index, g);
}

constexpr const char* kPutForm = "index_put(Tensor input, tensors indices, Tensor values, bool accumulate=False)";

Tensor put(Call& c) {
  const Tensor x = copy(c.tensor(0));
  Tensor values = c.tensor(2);
  const auto& given = c[1].tensors();
  const auto is_mask = [](const Tensor& index) { return index && (index->dtype == DType::bool_ || index->dtype == DType::uint8); };
  // One mask alone and one value: PyTorch fills, whatever the value's type.
  if (given.size() == 1 && is_mask(given[0]) && values->numel == 1 && !c.flag(3)) values = cast(values, x->dtype);
  if (given.size() > x->dim()) fail("IndexError", "too many indices for tensor of dimension ", x->dim(), " (got ", given.size(), ")");
  for (const Tensor& index : given) {
    if (index && index->dtype != DType::int64 && index->dtype != DType::uint8 && index->dtype != DType::bool_) {
      fail("IndexError", "tensors used as indices must be long, byte or bool tensors");
    }
  }
  const Tensor offsets = find_places(*x, c[1].tensors());
  if (!is_expandable(values->sizes, offsets->sizes)) {
    fail("RuntimeError", "shape mismatch: value tensor of shape ", values->sizes, " cannot be broadcast to indexing result of shape ", offsets->sizes);
  }
  if (values->dtype != x->dtype) {
    fail("RuntimeError", "Index put requires the source and destination dtypes match, got ", legacy_name(x->dtype), " for the destination and ",
         legacy_name(values->dtype), " for the source.");
  }
  put_at(x, offsets, values, c.flag(3));
  return x;
}

}  // namespace

const OpDef kIndex{
    .name = "index",
    .signatures = {{"index(Tensor input, tensors indices)", "IndexBackward0"}},
    .spellings = 0,
    .doc = "The elements at positions given by tensors of indices, or where masks are true.",
    .latex = "x_{i}",
    .forward = [](Call& c) { return take_at(c.tensor(0), find_places(*c[0].impl(), c[1].tensors())); },
    .gradients = {gradient(
        [](const Backward& b) {
          Call call(*find_op("index_put"), 1);
          call.count = 4;
          call.args[0] = Arg(zeros(b.sizes(), b.dtype()));
          call.args[1] = Arg(b.inputs(1));
          call.args[2] = Arg(b.g);
          call.args[3] = Arg(true);
          return run(call);
        },
        "g"), kNoPosition},
    .refuse_batch =
        [](const Call& c) {
          for (const Tensor& at : c[1].tensors()) {
            if (!at || !batched_as(*at) || (at->dtype != DType::bool_ && at->dtype != DType::uint8)) continue;
            fail("RuntimeError", "vmap: We do not support batching operators that can support dynamic shape. Attempting to batch over indexing with a boolean mask.");
          }
        },
    .samples = {},
};

const OpDef kIndexPut{
    .name = "index_put",
    .signatures = {{kPutForm, "IndexPutBackward0"}, {kPutForm, "IndexPutImplBackward0"}},  // the second: the gradient of index
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes values to positions given by tensors of indices.",
    .latex = R"(x \text{ with } x_i = v)",
    .forward = put,
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Arg indices(b.inputs(1));
                        if (!b.arg(3).is_none() && b.arg(3).integer()) return b.g;
                        return apply(*find_op("index_put"), b.g, indices, scalar_tensor(Scalar::of(0), b.g->dtype));
                      },
                      R"(g \text{ with } g_i = 0)"),
                  kNoPosition,
                  gradient([](const Backward& b) { return apply(kIndex, b.g, b.inputs(1)); }, "g_i")},
    .own_memory = true,
    .apart = "indices] = tensor",
    .batch_rule = BatchRule::own,
    .samples = {},
};

const OpDef kIndexSelect{
    .name = "index_select",
    .signatures = {{"index_select(Tensor input, int dim, Tensor index)"}},
    .doc = "The positions of a dimension that index names.",
    .latex = "x_{i}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), index = c.tensor(2);
          const std::int64_t dim = dimension(c, 1);
          if (index->dim() > 1) fail("IndexError", "index_select(): Index is supposed to be a vector");
          if (index->dtype != DType::int64 && index->dtype != DType::int32) fail("RuntimeError", "index_select(): Expected dtype int32 or int64 for index");
          std::vector<Tensor> indices(x->dim());
          if (indices.empty()) {
            for (std::int64_t i = 0; i < index->numel; ++i) {
              if (element(*index, i).to_int() != 0) fail("IndexError", "index out of range in self");
            }
            return copy(x);
          }
          indices[dim] = index->dim() ? index : as_strided(index, {1}, {1}, index->offset);
          const Tensor wanted = contiguous(cast(indices[dim], DType::int64));
          for (std::int64_t i = 0; i < wanted->numel; ++i) {
            const std::int64_t at = wanted->data_as<std::int64_t>()[i];
            if (at < 0 || at >= x->sizes[dim]) fail("IndexError", "index out of range in self");
          }
          return take_at(x, find_places(*x, indices));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor index = b.input(2);
          return b.sizes().empty() ? b.g : apply(*find_op("index_add"), zeros(b.sizes(), b.dtype()), b.arg(1), index, b.g);
        },
        "g"), kNoDimension, kNoPosition},
    .tangent = auto_linear,
    .samples = {"f(3, 2), 0, i(4)", "f(2, 3), 1, i(2)"},
};

const OpDef kGather{
    .name = "gather",
    .signatures = {{"gather(Tensor input, int dim, Tensor index)"}},
    .doc = "At each place, the element whose position along dim is named by index.",
    .latex = "x_{i_k k}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), index = c.tensor(2);
          const std::int64_t dim = dimension(c, 1);
          check_gather(c, x, dim, index);
          return take_at(x, offsets_along(x, dim, index, "RuntimeError"));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          (void)b.x();  // PyTorch keeps it
          return scattered(b.g, b.sizes(), b.arg(1), b.operand(2));
        },
        "g"), kNoDimension, kNoPosition},
    .tangent = auto_linear,
    .samples = {"f(3, 2), 0, i(2, 2)", "f(2, 3), 1, i(2, 4)"},
};

const OpDef kScatter{
    .name = "scatter",
    .signatures = {{"scatter(Tensor input, int dim, Tensor index, Tensor src)", "ScatterBackward0"},
                   {"scatter(Tensor input, int dim, Tensor index, Number value)", "ScatterBackward1"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Writes src to the positions along dim that index names.",
    .latex = R"(x \text{ with } x_{i_k k} = y_k)",
    .forward =
        [](Call& c) {
          const Tensor x = copy(c.tensor(0)), index = c.tensor(2);
          const std::int64_t dim = dimension(c, 1);
          check_scatter(x, dim, index, c[3].is_tensor() ? c[3].impl() : nullptr);
          if (index->numel == 0) return x;
          Tensor values = c.operand(3);
          if (c[3].is_tensor() && index->dim() && values->dim()) values = as_strided(values, index->sizes, values->strides, values->offset);
          put_at(x, offsets_along(x, dim, index, "RuntimeError"), values, false);
          return x;
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        Call call(b.node.def, 1);
                        call.count = 4;
                        call.args[0] = Arg(b.g);
                        call.args[1] = b.arg(1);
                        call.args[2] = b.operand(2);
                        call.args[3] = Arg(0);
                        return run(call);
                      },
                      R"(g \text{ with } g_{i_k k} = 0)"),
                  kNoDimension, kNoPosition,
                  gradient([](const Backward& b) { return apply(kGather, b.g, b.arg(1), b.operand(2)); }, "g_{i_k k}")},
    .tangent = auto_linear,
    .own_memory = true,
    .samples = {"f(3, 2), 0, i(1, 2), f(1, 2)", "f(3, 2), 1, i(3, 1), 0.5"},
};

const OpDef kScatterAdd{
    .name = "scatter_add",
    .signatures = {{"scatter_add(Tensor input, int dim, Tensor index, Tensor src)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Adds src at the positions along dim that index names.",
    .latex = R"(x \text{ with } x_{i_k k} \mathrel{+}= y_k)",
    .forward =
        [](Call& c) {
          const Tensor x = copy(c.tensor(0)), index = c.tensor(2), from = c.tensor(3);
          const std::int64_t dim = dimension(c, 1);
          check_scatter(x, dim, index, from.get());
          if (index->numel == 0) return x;
          const Tensor values = index->dim() && from->dim() ? as_strided(from, index->sizes, from->strides, from->offset) : from;
          put_at(x, offsets_along(x, dim, index, "RuntimeError"), values, true);
          return x;
        },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"), kNoDimension,
                  kNoPosition,
                  gradient([](const Backward& b) { return apply(kGather, b.g, b.arg(1), b.operand(2)); }, "g_{i_k k}")},
    .tangent = auto_linear,
    .own_memory = true,
    .samples = {"f(3, 2), 0, i(2, 2), f(2, 2)"},
};

const OpDef kMaskedSelect{
    .name = "masked_select",
    .signatures = {{"masked_select(Tensor input, Tensor mask)"}},
    .doc = "The elements where mask is true, in one dimension.",
    .latex = "x_m",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), mask = c.tensor(1);
          if (mask->dtype != DType::bool_ && mask->dtype != DType::uint8) {
            fail("RuntimeError", "masked_select: expected BoolTensor or ByteTensor for mask");
          }
          const Dims sizes = broadcast(mask->sizes, x->sizes);
          const Tensor flags = mask->dtype == DType::bool_ ? mask : read_mask(mask, "masked_select");
          const Tensor from = expand(x, sizes), chosen = expand(flags, sizes);
          if (sizes.empty()) return element(*flags, 0).to_bool() ? copy(as_strided(x, {1}, {1}, x->offset)) : empty({0}, x->dtype);
          return take_at(from, find_places(*from, {chosen}));
        },
    .gradients = {gradient(
        [](const Backward& b) {
          (void)b.x();  // PyTorch keeps it
          const Dims sizes = broadcast(b.sizes(0), b.sizes(1));
          const Tensor mask = expand(b.input(1), sizes);
          if (sizes.empty()) return sum(b.g);
          return apply(*find_op("masked_scatter"), zeros(sizes, b.dtype()), mask, b.g);
        },
        "g"), not_differentiable("a truth value has no slope")},
    .tangent = auto_linear,
    .refuse_batch =
        [](const Call&) {
          fail("RuntimeError", "vmap: Attempted to vmap over `mask` in torch.masked_select(self, mask) We cannot support this because for each batch this would return a differently shaped "
                               "Tensor. Please voice your support in https://github.com/pytorch/functorch/issues/256");
        },
    .samples = {"f(2, 3), b(2, 3)", "f(3), b(2, 3)"},
};

const std::vector<const OpDef*>& indexing_ops() {
  static const std::vector<const OpDef*> ops{&kIndex, &kIndexPut, &kIndexSelect, &kGather, &kScatter, &kScatterAdd, &kMaskedSelect};
  return ops;
}

}  // namespace nabla
