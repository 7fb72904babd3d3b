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

/// Raises, in PyTorch's words, when these roots and seeds can't be gone back from.
void check_roots(std::span<const Tensor> roots, std::span<const Tensor> seeds);

/// Back-propagates from `roots` with the gradients `seeds` (a null seed: ones, allowed for one-element roots only).
/// Returns the gradients of `inputs` when collecting, else nothing. RuntimeErrors in PyTorch's words: roots without history,
/// non-scalar roots without a seed, mismatched shapes, a graph used twice, values changed in place, unused inputs.
std::vector<Tensor> run_backward(std::span<const Tensor> roots, std::span<const Tensor> seeds, const BackwardOptions& options);

/// Operators that autograd itself needs; set once by ops/, which stands above it.
struct GradientOps {
  void (*accumulate)(const Tensor& into, const Tensor& x);  // adds in place
  // These are differentiable:
  Tensor (*add)(const Tensor&, const Tensor&);              // where paths meet
  Tensor (*clone)(const Tensor&);                           // row-major
  Tensor (*as_strided)(const Tensor&, const Dims& sizes, const Dims& strides, std::int64_t offset);
  void (*copy_)(const Tensor& into, const Tensor& from);    // in place
  Tensor (*cast)(const Tensor&, DType to);
  Tensor (*sum_to_size)(const Tensor&, const Dims& sizes);
  /// The node of that view of x; nothing is computed.
  Ref<Node> (*view_node)(const Tensor& x, const Dims& sizes, const Dims& strides, std::int64_t offset);
};
GradientOps& gradient_ops();

/// torch.autograd.detect_anomaly: nodes remember where they were made (NodeExtra::origin), and a gradient with a NaN ends the pass.
struct Anomaly {
  bool enabled = false;
  bool check_nan = true;
  void (*report)(const Node& node) = nullptr;  // warns that this node failed, and where it was made
};
extern Anomaly anomaly;

/// One node that backward went through. For a leaf's sink: what it is about to add to `.grad`.
struct BackwardStep {
  const Node& node;
  std::uint32_t pass, order;       // passes count from 1, nodes from 0 in each
  std::uint32_t output = 0;        // whose gradient came in: the first that has one; those of the further outputs follow it in memory
  const Tensor* gradient = nullptr;  // null: it is `number`, for a single node
  double number = 0;
  const Tensor* outs = nullptr;    // what goes out, one for each edge, null where nothing does; or, in numbers:
  const double* numbers = nullptr;
  bool stores = false;             // a leaf's sink: does it go into .grad?
};
/// Called for each step; set by the recorder, null when off.
using BackwardObserver = void (*)(const BackwardStep& step);
extern BackwardObserver backward_observer;
/// Called before a pass begins, with its roots and seeds, as they came: what has no seed stands for ones. Set by the runtime, null when off.
using PassObserver = void (*)(std::span<const Tensor> roots, std::span<const Tensor> seeds);
extern PassObserver pass_observer;
/// Called when the program cuts `from` off from its graph: `out` is what `from.detach()` gave, or `from.data` if `by_data`. Set as above.
using DetachObserver = void (*)(const Tensor& out, const Tensor& from, bool by_data);
extern DetachObserver detach_observer;
/// Called when forward mode begins or ends: make_dual(x, tangent) gave `outs`, or unpack_dual(x), where `tangent` is null. Set as above.
using DualObserver = void (*)(const Tensor& x, const Tensor& tangent, const std::vector<Tensor>& outs);
extern DualObserver dual_observer;
/// Called when an autograd.Function of the program's own was applied, with a name that stays; `node` is null where nothing is tracked. Set as above.
using FunctionObserver = void (*)(const std::string& name, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outs, Node* node);
extern FunctionObserver function_observer;
/// How many of their forwards run, inside one another: to autograd each is one operator, and what it computes by is not seen.
extern int forwards_running;

/// The gradient of a leaf as its hooks leave it.
Tensor run_leaf_hooks(const TensorImpl& leaf, Tensor gradient);

}  // namespace nabla
