// Running the graph backwards.
#pragma once
#include <span>
#include <vector>

#include "autograd/node.h"

namespace nabla {

struct BackwardOptions {
  bool retain_graph = false;
  bool create_graph = false;
  /// Gradients wanted, for autograd.grad or backward(inputs=...); empty: all leaves.
  std::span<const Tensor> inputs = {};
  /// Give the gradients of `inputs` back instead of adding them to `.grad`.
  bool collect = false;
  bool allow_unused = false;
};

/// Back-propagates from `roots` with the gradients `seeds` (a null seed: ones, allowed for one-element roots only).
/// Returns the gradients of `inputs` when collecting, else nothing. RuntimeErrors in PyTorch's words: roots without history,
/// non-scalar roots without a seed, mismatched shapes, a graph used twice, values changed in place, unused inputs.
std::vector<Tensor> run_backward(std::span<const Tensor> roots, std::span<const Tensor> seeds, const BackwardOptions& options);

/// Operators that autograd itself needs; set once by ops/, which stands above it.
struct GradientOps {
  void (*accumulate)(const Tensor& into, const Tensor& x);  // adds in place, without history
  // These are differentiable:
  Tensor (*add)(const Tensor&, const Tensor&);              // where paths meet
  Tensor (*clone)(const Tensor&);
  Tensor (*as_strided)(const Tensor&, const Dims& sizes, const Dims& strides, std::int64_t offset);
  void (*copy_)(const Tensor& into, const Tensor& from);    // in place
};
GradientOps& gradient_ops();

/// Called for each node that backward goes through, with the gradient of its first output (null: it is `number`, for a single node); set by
/// the recorder, null when off. `order` counts from 0 in each pass; `pass` counts backward passes.
using BackwardObserver = void (*)(const Node& node, const Tensor& gradient, double number, std::uint32_t pass, std::uint32_t order);
extern BackwardObserver backward_observer;

}  // namespace nabla
