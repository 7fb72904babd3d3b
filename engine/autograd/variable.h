// What autograd knows of a tensor: is it a leaf, where its gradient goes, what its history becomes when it is changed in place.
#pragma once
#include <string>
#include <vector>

#include "autograd/node.h"
#include "base/function_ref.h"

namespace nabla {

/// Of an element of vmap's batches: for each of these the same tensor in the other elements.
struct Lanes final : Object {
  struct Batch {
    int vmap;                    // 0: the outermost
    std::vector<Tensor> others;  // of the elements after the first, which the tensor is of
    Tensor whole;                // what it was taken out of, if it was, along the dimension `dim`
    int dim = 0;
  };
  std::vector<Batch> batches;
  Batch& of(int vmap);
};

/// Until the node of this number, a tensor had the sizes, strides and type of `was`.
struct Shape {
  std::uint64_t until;
  Tensor was;
};

/// How a view was made; all but `plainly` forbid to change it in place while a graph is built. An input that a program's own Function gave back is `in_function`.
enum class Made : std::uint8_t { plainly, in_function, of_many, without_grad, in_inference };

/// What few tensors have: the base of a view, the hooks on a gradient. Also those whose history an in-place change made.
struct VariableExtra final : Object, Listed<VariableExtra> {
  TensorImpl* owner;          // whose it is
  explicit VariableExtra(TensorImpl* owner) : owner(owner) {}
  Tensor base;                // for a view of a tensor that autograd may track: the tensor that owns the memory
  std::uint32_t version = 0;  // of the storage when grad_fn was last made to agree with the base
  std::vector<Ref<GradientHook>> hooks;  // a leaf's; those of other tensors lie in the node that made them
  Ref<Object> retained;                  // what tells a retain_grad hook that this tensor has died
  Made made = Made::plainly;
  bool inference = false;          // made in inference mode: tracks no changes
  Ref<Lanes> lanes;                // an element of vmap's batch, or made of one
  Tensor tangent;                  // in forward mode (ops/forward.h)
  bool tangent_alone = false;      // made dual: its tangent is no part of its base's
  bool of_transform = false;       // a leaf that one of torch.func's transforms made, not the program
  Tensor tangent_base;             // of whose tangent its own is a part, where that is not `base`
  Ref<Object> attributes;          // what the program set on it: Python's dict
  Ref<Node> kept_sink;             // a leaf's AccumulateGrad, where a hook on it must outlive the graph
  std::vector<Shape> shapes;       // that it had before, where `.data` gave it others
};
VariableExtra* extra(const TensorImpl& x) noexcept;  // null when there is none
VariableExtra& make_extra(const Tensor& x);

/// To be called before `.data` gives x memory of another shape or type: the graph that there is goes on as it was made.
void keep_shape(const Tensor& x, bool other_type);
const TensorImpl& former_shape(const TensorImpl& x, std::uint64_t sequence) noexcept;
/// x as to its sizes, strides, offset and type, when the node of that number was made.
inline const TensorImpl& shape_then(const TensorImpl& x, std::uint64_t sequence) noexcept { return x.view ? former_shape(x, sequence) : x; }
/// `to` stands for x: what x was, `to` was.
void share_shapes(const Tensor& to, const TensorImpl& x);

/// The vmaps of whose batches x is an element, a bit for each, the outermost's first.
std::uint32_t batched_as(const TensorImpl& x) noexcept;
/// Makes `to` an element of the batches that x is one of: in the other elements it is what `make` gives for x there.
void follow_lanes(const Tensor& to, const TensorImpl& x, FunctionRef<Tensor(const Tensor& other)> make);
/// make(from), and in the other elements of the batches that these belong to the same of those: for what no operator computes.
Tensor in_lanes(const std::vector<Tensor>& from, FunctionRef<Tensor(const std::vector<Tensor>& from)> make);
/// x in another element, the first of which is 1; x itself where it belongs to no batch.
Tensor in_lane(const Tensor& x, int vmap, std::size_t element);

/// `to` shows the same values as x, and its lanes are x's.
void share_lanes(const Tensor& to, const TensorImpl& x);
/// Makes `to` an element of the batches of x, with copies for the others.
void follow_lanes(const Tensor& to, const TensorImpl& x);

/// Is x a view of a tensor that requires grad?
bool views_tracked(const TensorImpl& x) noexcept;
inline bool is_view(const TensorImpl& x) noexcept { return x.view && extra(x)->base; }
/// requires_grad as Python sees it: set on the leaf, or true because there is a history, or for a view made in no_grad mode because its base has it
/// (no gradient flows there).
inline bool requires_grad(const TensorImpl& x) noexcept { return x.requires_grad || x.grad_fn || (x.view && views_tracked(x)); }
inline bool requires_grad(const Tensor& x) noexcept { return requires_grad(*x); }
inline bool is_leaf(const TensorImpl& x) noexcept { return !x.grad_fn; }
/// Was it made in inference mode?
inline bool is_inference(const TensorImpl& x) noexcept { return x.view && extra(x)->inference; }

/// What gradients that take this edge, which is x's, must look like: as x was when its node was made.
const TensorImpl& expected(const Edge& edge, const TensorImpl& x) noexcept;
/// Makes the gradient that `node` gives along its edge of that number like `wanted`: broadcasting undone, and of its type. RuntimeError where it can't.
void fit(Tensor& gradient, const Dims& sizes, DType dtype, const Node* node, std::size_t edge);
/// Off while a program calls a node itself, and sees what its formulas give.
inline bool fits_gradients = true;
inline void fit(Tensor& gradient, const TensorImpl& wanted, const Node* node, std::size_t edge) { fit(gradient, wanted.sizes, wanted.dtype, node, edge); }

/// The node that made x; null for a leaf. Brings a view's history up to date when its base was changed in place.
Ref<Node> grad_fn(const Tensor& x);
/// Where x's gradient goes: its grad_fn, or for a leaf that requires grad its AccumulateGrad node.
void find_gradient_edge(TensorImpl& x, Edge& out);
/// The same where x is no view and `out` is empty.
inline void find_plain_edge(TensorImpl& x, Edge& out) {
  if (x.grad_fn) {
    out.node = Ref<Node>(static_cast<Node*>(x.grad_fn.get()));
    out.number = x.output_number;
  } else if (x.requires_grad) {
    auto* const sink = static_cast<AccumulateGrad*>(x.accumulator);
    if (!sink || !sink->variable) return find_gradient_edge(x, out);
    out.node = Ref<Node>(sink);
    out.number = 0;
  }
}
inline Edge gradient_edge(const Tensor& x) {
  Edge edge;
  find_gradient_edge(*x, edge);
  return edge;
}

/// x.requires_grad = value. RuntimeError for integers and for non-leaves.
void set_requires_grad(const Tensor& x, bool value);
/// Was there a hook on a leaf, or on its AccumulateGrad, in this run? Note [Order of leaf hooks] in backward.cpp.
inline bool leaf_hooks_exist = false;
/// Adds a hook on the gradient of x. RuntimeError when x does not require grad.
void add_hook(const Tensor& x, Ref<GradientHook> hook);
/// x.retain_grad()
void retain_grad(const Tensor& x);
/// A new tensor over the same memory and version, without history.
Tensor detach(const Tensor& x);

/// Says that `node` made x, as its output `number`.
void set_history(const Tensor& x, Ref<Node> node, std::uint32_t number = 0);
/// Says that `out` shows memory of `base`, so that in-place changes of one reach the history of the other. `of_many`: the same operator
/// made other views too.
void mark_view(const Tensor& out, const Tensor& base, bool of_many = false);

/// Raises when x may not be changed in place now (a leaf that requires grad, or a view of one, while grad mode is on; an inference tensor
/// outside of inference mode). `tracked`: does the change extend the graph?
void check_in_place(const Tensor& x, bool tracked = false);
/// RuntimeError for an inference tensor outside of inference mode.
void check_inference_change(const TensorImpl& x);
/// RuntimeError where two elements of x lie in one place.
void check_distinct(const TensorImpl& x);
/// RuntimeError where some, but not all of what is read lies where the result is written.
void check_overlap(const TensorImpl& written, const TensorImpl& read);
/// To be called after x's memory was overwritten: raises the version. RuntimeError for an inference tensor outside of inference mode.
void count_change(TensorImpl& x);
/// Makes `node` the history of x, which was changed in place, and for a view the base's too (CopySlices).
void rebase_history(const Tensor& x, const Ref<Node>& node, std::uint32_t number = 0);
/// Both; a null node leaves the history.
void changed_in_place(const Tensor& x, const Ref<Node>& node);
/// x.detach_()
void cut_off(TensorImpl& x) noexcept;

/// "torch.FloatTensor [2, 3]", as PyTorch's messages describe a tensor.
std::string describe(const TensorImpl& x);

}  // namespace nabla
