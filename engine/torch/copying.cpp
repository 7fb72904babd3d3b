// What lib/copying.py needs to put tensors together again: the parts of a copied tensor are not the program's operations, so no trace shows them.
#include <algorithm>

#include "autograd/variable.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Dims dims_of(const Value& values) {
  Dims out;
  for (const Value& one : to_vector(values)) out.push_back(to_index(one));
  return out;
}

/// A tensor over the memory of `flat`, with a count of changes of its own, which begins at 1 as after PyTorch's set_.
Value placed(const Value* p) {
  const Tensor flat(as_tensor(p[0])), out = alias(flat);
  out->sizes = dims_of(p[1]);
  out->strides = dims_of(p[2]);
  out->numel = 1;
  for (const std::int64_t size : out->sizes) out->numel *= size;
  out->set_storage(make<Storage>(flat->storage()), to_index(p[3]), flat->dtype);
  if (inference_mode()) mark_inference(out);
  else out->raise_version();
  return wrap(out);
}

/// The tensor itself, of that size in rows.
Value resized(const Value* p) {
  const Dims sizes = dims_of(p[1]);
  if (std::any_of(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; })) fail("RuntimeError", "numel: integer multiplication overflow");
  (void)resize(*as_tensor(p[0]), sizes, contiguous_strides(sizes));
  return p[0];
}

/// The history of a tensor that was given the memory of another: no gradient finds the way back.
struct Replaced final : Node {
  std::string name() const override { return "NotImplemented"; }
  void backward(const Tensor*, Tensor*) override { fail("RuntimeError", "derivative for set_ is not implemented"); }
};

/// _replaced(tensor, source): checks that the memory of a tensor may be replaced by that of another (or by none); its history from then on, or None.
Value replaced(const Value* p) {
  const Tensor x(as_tensor(p[0])), source(as_tensor(p[1]));
  const bool tracked = grad_enabled() && (requires_grad(x) || (source && requires_grad(source)));
  check_in_place(x, tracked);
  if (!tracked) return Value::none();
  const auto node = make<Replaced>();
  node->edges.push_back(gradient_edge(x));
  if (source) node->edges.push_back(gradient_edge(source));
  node->follow_edges();
  return Value::object(node.get());
}

/// _changed(tensor, node): counts the change, and makes the node its history.
Value changed(const Value* p) {
  const Tensor x(as_tensor(p[0]));
  changed_in_place(x, p[1].is_none() ? Ref<Node>() : Ref<Node>(static_cast<Node*>(p[1].as_object())));
  return Value::none();
}

Value copied(const Value* p) { return wrap(copy(Tensor(as_tensor(p[0])))); }

}  // namespace

void add_copying_tools(Dict& module) {
  // For set_ and resize_, which are no operators.
  module.set(intern("_replaced"), native("_replaced(tensor, source)", replaced));
  module.set(intern("_changed"), native("_changed(tensor, node)", changed));
  module.set(intern("_resize"), native("_resize(tensor, size)", resized));
  module.set(intern("_placed"), native("_placed(flat, size, stride, offset)", placed));
  module.set(intern("_copied"), native("_copied(tensor)", copied));
}

}  // namespace nabla
