// Which dimension of a result is innermost: dimensions are sorted by the strides of the inputs, the first input deciding first.
#include "tensor/layout.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "tensor/loops.h"

namespace nabla {
namespace {

/// x's stride in dimension d of `sizes`, which it may be broadcast to; 0 where it is.
std::int64_t stride_in(const TensorImpl& x, const Dims& sizes, std::size_t d) {
  const std::size_t missing = sizes.size() - x.dim();
  if (d < missing || (x.sizes[d - missing] == 1 && sizes[d] != 1)) return 0;
  return x.strides[d - missing];
}

/// 1 when dimension a should lie outside of b, -1 when inside, 0 when the operands leave it open.
int compare(const Dims& sizes, std::span<const TensorImpl* const> operands, bool reduction, std::size_t a, std::size_t b) {
  for (const TensorImpl* x : operands) {
    if (!x) continue;
    const std::int64_t p = stride_in(*x, sizes, a), q = stride_in(*x, sizes, b);
    if (reduction && x == operands[0] && (p == 0) != (q == 0)) return q == 0 ? 1 : -1;
    if (p == 0 || q == 0) continue;
    if (p != q) return p < q ? -1 : 1;
    if (sizes[a] > sizes[b]) return 1;
  }
  return 0;
}

Tensor with_strides(const Dims& sizes, DType dtype, const Dims& strides) {
  Tensor out = empty(sizes, dtype);
  if (out->strides == strides) return out;
  (void)out->storage();  // no longer plain
  out->strides = strides;
  return out;
}

/// Are the strides those of a new tensor? Of a dimension of one element they need not be.
bool is_usual(const TensorImpl& x) {
  std::int64_t expected = 1;
  for (std::size_t i = x.dim(); i-- > 0;) {
    if (x.strides[i] != expected) return false;
    expected *= std::max<std::int64_t>(x.sizes[i], 1);
  }
  return true;
}

/// The strides of images whose channels are innermost.
Dims image_strides(const Dims& sizes) { return {sizes[1] * sizes[2] * sizes[3], 1, sizes[1] * sizes[3], sizes[1]}; }

}  // namespace

bool is_dense(const TensorImpl& x) {
  if (x.numel == 0) return true;
  std::vector<std::size_t> order(x.dim());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (x.sizes[a] < 2) return false;
    return x.sizes[b] < 2 || x.strides[a] < x.strides[b];
  });
  std::int64_t expected = 1;
  for (const std::size_t d : order) {
    if (x.sizes[d] < 2) return true;
    if (x.strides[d] != expected) return false;
    expected *= x.sizes[d];
  }
  return true;
}

std::vector<std::size_t> walking_order(const Dims& sizes, std::span<const TensorImpl* const> operands, bool reduction) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.rbegin(), order.rend(), 0);
  for (std::size_t i = 1; i < order.size(); ++i) {
    for (std::size_t at = i, other = i; other-- > 0;) {
      const int way = compare(sizes, operands, reduction, order[other], order[at]);
      if (way < 0) break;
      if (way == 0) continue;
      std::swap(order[other], order[at]);
      at = other;
    }
  }
  return order;
}

Tensor empty_for(const Dims& sizes, DType dtype, std::span<const TensorImpl* const> inputs) {
  bool plain = true, usual = true, alike = true;
  const TensorImpl* first = inputs[0];
  for (const TensorImpl* x : inputs) {
    plain = plain && (!x || x->is_contiguous());
    alike = alike && x && x->sizes == sizes;
    usual = usual && plain && (!x || is_usual(*x));
  }
  if (plain && (usual || alike)) return empty(sizes, dtype);
  if (alike && sizes.size() == 4) {
    const Dims strides = image_strides(sizes);
    const auto of_images = [&](const TensorImpl* x) {
      for (std::size_t d = 0; d < 4; ++d) {
        if (sizes[d] != 1 && x->strides[d] != strides[d]) return false;
      }
      return true;
    };
    if (std::all_of(inputs.begin(), inputs.end(), of_images)) return with_strides(sizes, dtype, strides);
  }
  alike = alike && std::all_of(inputs.begin(), inputs.end(), [&](const TensorImpl* x) { return x->strides == first->strides; });
  if (alike && first->numel != 0 && is_dense(*first)) return with_strides(sizes, dtype, first->strides);
  Dims strides(sizes.size(), 1);
  std::int64_t next = 1;
  const std::vector<std::size_t> order = walking_order(sizes, inputs);
  if (std::is_sorted(order.rbegin(), order.rend())) return empty(sizes, dtype);
  for (const std::size_t d : order) {
    strides[d] = next;
    next *= sizes[d];
  }
  return with_strides(sizes, dtype, strides);
}

bool overlaps(const Dims& sizes, const Dims& strides) {
  std::vector<std::size_t> axes;
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    if (sizes[d] > 1) axes.push_back(d);
  }
  std::sort(axes.begin(), axes.end(), [&](std::size_t a, std::size_t b) { return strides[a] < strides[b]; });
  std::int64_t last = 0;
  for (const std::size_t d : axes) {
    if (strides[d] <= last) return true;
    last += strides[d] * (sizes[d] - 1);
  }
  return false;
}

Tensor empty_as(const TensorImpl& x, DType dtype) {
  if (is_dense(x)) return with_strides(x.sizes, dtype, x.strides);
  const TensorImpl* const inputs[] = {&x};
  return empty_for(x.sizes, dtype, inputs);
}

Tensor copy_as(const Tensor& x) {
  Tensor out = empty_as(*x, x->dtype);
  copy_into(out, x);
  return out;
}

}  // namespace nabla
