// The explicit list of families: statics that register themselves would be dropped from a static library.
#include "autograd/backward.h"
#include "ops/families.h"
#include "ops/support.h"

namespace nabla {
namespace {

std::vector<const OpDef*> join() {
  std::vector<const OpDef*> ops;
  for (const auto* family :
       {&arithmetic_ops(), &exponential_ops(), &trigonometric_ops(), &activation_ops(), &rounding_ops(), &extremal_ops(), &comparison_ops(),
        &logic_ops(), &reduction_ops(), &statistics_ops(), &softmax_ops(), &view_ops(), &reshaping_ops(), &joining_ops(), &copying_ops(),
        &indexing_ops(), &matrix_ops(), &ordering_ops(), &creation_ops(), &sampling_ops(), &loss_ops(), &classification_ops(), &special_ops(), &pair_ops(), &arranging_ops(), &splitting_ops(), &views_in_place_ops(), &convolution_ops(), &pooling_ops(), &resampling_ops(), &resizing_ops(), &grid_ops(), &normalization_ops(), &rectifying_ops(), &margin_ops(), &norm_ops(), &product_ops(), &einsum_ops(), &inverse_ops(), &decomposition_ops(), &ranking_ops(), &placing_ops(), &counting_ops(), &attention_ops(), &slope_ops()}) {
    ops.insert(ops.end(), family->begin(), family->end());
  }
  return ops;
}

void accumulate(const Tensor& into, const Tensor& x) {
  if (!(into->sizes == x->sizes)) return (void)apply_in_place(*find_op("add"), into, x);
  constexpr auto add = [](auto a, auto b) { return a + b; };
  const Compute type = compute_type(into->dtype);
  for_each(into, {into, cast(x, into->dtype)}, kBinaryFloat<decltype(add)>.loops[static_cast<int>(type)]);
  into->raise_version();
}

Ref<Node> view_node(const Tensor& x, const Dims& sizes, const Dims& strides, std::int64_t offset) {
  Call call(*find_op("as_strided"));
  take_arguments(call, x, sizes, strides, offset);
  return make<OpNode>(call, nullptr);
}

}  // namespace

std::span<const OpDef* const> all_ops() {
  static const std::vector<const OpDef*> ops = join();
  return ops;
}

void init_ops() {
  GradientOps& ops = gradient_ops();
  ops.accumulate = accumulate;
  ops.add = [](const Tensor& x, const Tensor& y) { return x + y; };
  ops.clone = clone;
  ops.as_strided = [](const Tensor& x, const Dims& sizes, const Dims& strides, std::int64_t offset) {
    return apply(*find_op("as_strided"), x, sizes, strides, offset);
  };
  ops.copy_ = [](const Tensor& into, const Tensor& from) { copy_in_place(into, from); };
  ops.cast = to_dtype;
  ops.sum_to_size = sum_to_size;
  ops.view_node = view_node;
}

}  // namespace nabla
