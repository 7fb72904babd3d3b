// torch.autograd: grad_fn objects, backward() and grad() as functions.
#include <map>

#include "autograd/backward.h"
#include "base/error.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Type* node_type() {
  static Type* const type = make_torch_type("Node", nullptr, "torch.autograd");
  return type;
}

Node& node_of(const Value& value) { return *static_cast<Node*>(value.as_object()); }

Value next_functions(const Value& self) {
  const Node& node = node_of(self);
  std::vector<Value> items;
  for (std::size_t i = 0; i < node.edges.size(); ++i) {
    items.push_back(tuple({wrap_node(node.edges[i].node), integer(node.edges[i].number)}));
  }
  return tuple(std::move(items));
}

/// The nodes of the engine itself have a longer name in C++.
Value name_of_node(const Value* p) {
  const Node& node = node_of(p[0]);
  const std::string name = node.name();
  const bool engine_own = name == "AccumulateGrad" || name == "CopySlices" || name == "NotImplemented" || name == "CopyBackwards";
  return string(cat(engine_own ? "torch::autograd::" : "", name));
}

Value variable(const Value& self) {
  auto* sink = dynamic_cast<AccumulateGrad*>(&node_of(self));
  if (!sink) fail("AttributeError", "'", node_of(self).name(), "' object has no attribute 'variable'");
  return wrap(sink->variable);
}

std::vector<Tensor> seeds_of(const Value& value, std::size_t count) {
  std::vector<Tensor> out;
  if (value.is_none()) return out;
  if (TensorImpl* x = as_tensor(value)) {
    out.emplace_back(x);
  } else {
    for (const Value& item : to_vector(value)) {
      TensorImpl* x = as_tensor(item);
      if (!x && !item.is_none()) fail("TypeError", "gradients can be either Tensors or None, but got ", type_of(item)->name);
      out.emplace_back(x);
    }
  }
  if (out.size() != count) fail("RuntimeError", "got ", count, " tensors and ", out.size(), " gradients");
  return out;
}

Value autograd_backward(const Value* p) { return backward_from(to_tensors(p[0], "backward", "tensors", 1), p[1], p[2], p[3], p[4]); }

Value autograd_grad(const Value* p) {
  const std::vector<Tensor> roots = to_tensors(p[0], "grad", "outputs", 1);
  const std::vector<Tensor> inputs = to_tensors(p[1], "grad", "inputs", 2);
  const std::vector<Tensor> seeds = seeds_of(p[2], roots.size());
  BackwardOptions options;
  options.create_graph = truth(p[4]);
  options.retain_graph = p[3].is_none() ? options.create_graph : truth(p[3]);
  options.inputs = inputs;
  options.collect = true;
  options.allow_unused = truth(p[6]);
  std::vector<Value> out;
  for (const Tensor& gradient : run_backward(roots, seeds, options)) out.push_back(wrap(gradient));
  return tuple(std::move(out));
}

}  // namespace

Value backward_from(std::span<const Tensor> roots, const Value& gradients, const Value& retain_graph, const Value& create_graph, const Value& only) {
  const std::vector<Tensor> seeds = seeds_of(gradients, roots.size());
  BackwardOptions options;
  options.create_graph = truth(create_graph);
  options.retain_graph = retain_graph.is_none() ? options.create_graph : truth(retain_graph);
  std::vector<Tensor> inputs;
  if (!only.is_none()) {
    inputs = to_tensors(only, "backward", "inputs", 5);
    if (inputs.empty()) fail("RuntimeError", "'inputs' argument to backward() cannot be empty.");
    options.inputs = inputs;
  }
  run_backward(roots, seeds, options);
  return Value::none();
}

Value wrap_node(const Ref<Node>& node) {
  if (!node) return Value::none();
  static std::map<std::string, Type*> types;
  if (node->type == node_type() || !node->type) {
    Type*& type = types[node->name()];
    if (!type) {
      type = make_torch_type(node->name().c_str(), node_type(), "builtins");
      type->slots.repr = [](const Value& self) {
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string address;
        for (auto bits = reinterpret_cast<std::uintptr_t>(self.as_object()); bits; bits /= 16) address.insert(address.begin(), kDigits[bits % 16]);
        return cat("<", type_of(self)->name, " object at 0x", std::string(12 - std::min<std::size_t>(12, address.size()), '0'), address, ">");
      };
    }
    node->type = type;
  }
  return Value::object(node.get());
}

void make_autograd_types() {
  set_node_type(node_type());
  static constexpr Property kNode[] = {
      {"next_functions", next_functions},
      {"variable", variable},
      {"metadata", [](const Value&) -> Value { return make<Dict>(); }},
  };
  static constexpr Method kNodeMethods[] = {{"name(self)", name_of_node}};
  add_properties(node_type(), kNode);
  add_methods(node_type(), kNodeMethods);
}

void add_autograd(Dict& autograd) {
  autograd.set(intern("backward"), native("backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, inputs=None)", autograd_backward));
  autograd.set(intern("grad"),
               native("grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=False)", autograd_grad));
  autograd.set(intern("Variable"), native("Variable(data, requires_grad=False)", [](const Value* p) -> Value {
                 TensorImpl* x = as_tensor(p[0]);
                 if (!x) fail("TypeError", "Variable data has to be a tensor, but got ", type_of(p[0])->name);
                 const Tensor out = detach(Tensor(x));
                 if (truth(p[1])) set_requires_grad(out, true);
                 return wrap(out);
               }));
}

}  // namespace nabla
