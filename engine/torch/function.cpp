// What torch.autograd.Function (lib/function.py) needs of the engine: a node whose backward is a Python function.
#include <algorithm>

#include "autograd/backward.h"
#include "autograd/variable.h"
#include "base/error.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "python/builtins/builtins.h"
#include "torch/levels.h"
#include "torch/torch.h"

namespace nabla {
namespace {

/// Runs `backward(node, gradients)`, which gives a tuple with a gradient or None for each argument of forward.
struct PythonNode final : Node, Listed<PythonNode> {
  std::string called;       // "ExpBackward"
  Value backward_function;
  Value context;            // the ctx object; told when it is freed
  std::vector<int> edge_of; // of each argument: its edge, or -1 where it is no tensor
  struct Output {
    Dims sizes;
    DType dtype;
    bool is_tensor = true;
  };
  std::vector<Output> inputs, results;

  std::string name() const override { return called; }

  void backward(const Tensor* in, Tensor* out) override {
    std::vector<Value> gradients;
    const bool materialize = truth(get_attribute(context, intern("_materialize")));
    for (std::size_t i = 0; i < results.size(); ++i) {
      gradients.push_back(in[i] || !materialize || !results[i].is_tensor ? wrap(in[i]) : wrap(zeros(results[i].sizes, results[i].dtype)));
    }
    const Value given = call(backward_function, {Value::object(this), tuple(std::move(gradients))});
    const Value gradient_tuple = as<Tuple>(given) ? given : tuple({given});
    const std::vector<Value>& items = as<Tuple>(gradient_tuple)->items;
    for (std::size_t i = edge_of.size(); i < items.size(); ++i) {
      if (!items[i].is_none()) wrong_count(items.size());
    }
    if (items.size() < edge_of.size()) wrong_count(items.size());
    for (std::size_t i = 0; i < edge_of.size(); ++i) {
      if (items[i].is_none()) continue;
      TensorImpl* x = as_tensor(items[i]);
      if (!x) fail("RuntimeError", "expected Variable or None (got ", type_of(items[i])->name, ")");
      if (edge_of[i] < 0) {
        fail("RuntimeError", "function ", called, " returned a gradient different than None at position ", i + 1,
             ", but the corresponding forward input was not a Variable");
      }
      Tensor gradient(x);
      fit(gradient, inputs[edge_of[i]].sizes, inputs[edge_of[i]].dtype, this, i);
      out[edge_of[i]] = gradient;  // a hook sees it even where it goes nowhere
    }
  }

  void release_saved() override {
    freed = true;
    set_attribute(context, intern("_freed"), Value::boolean(true));
  }

 private:
  [[noreturn]] void wrong_count(std::size_t got) {
    fail("RuntimeError", "function ", called, " returned an incorrect number of gradients (expected ", edge_of.size(), ", got ", got, ")");
  }
};

/// A view of all of x, made as in the forward: without gradients.
Tensor shown_again(const Tensor& x) {
  const GradMode off(false);
  const Tensor out = alias(x);
  (void)view_strides(x, x->sizes, &out->strides);
  share_lanes(out, *x);
  mark_view(out, x);
  return out;
}

/// The history of one output of a Function, and that output as the program gets it. Source: PyTorch's custom_function.cpp.
Tensor with_history(const Tensor& x, const Ref<PythonNode>& node, std::uint32_t number, bool is_input, bool changed, bool follows) {
  if (!follows) {
    if (!requires_grad(x)) return is_input && !changed ? shown_again(x) : x;
    if (is_input) return detach(x);
    if (!is_view(*x)) cut_off(*x);
    return x;
  }
  if (changed) {
    if (requires_grad(x) && is_leaf(*x)) fail("RuntimeError", "a leaf Variable that requires grad has been used in an in-place operation.");
    if (!is_input) {
      warn("UserWarning", "Only input Tensors should be given to ctx.mark_dirty(). If a Tensor is not an input, there is no need to pass it to mark_dirty().");
    }
    if (is_view(*x) && node->outputs > 1) {
      fail("RuntimeError", "If your Function modifies inplace an input that is a view of another Tensor, your Function cannot return more than one Tensor. This is not supported by the "
                           "current autograd engine. You should either make sure the input is not a view (using .clone() for example) or make your Function only return one Tensor "
                           "(potentially splitting it into two Functions: one doing the inplace that returns a single Tensor and a second one that does the other operations). You can "
                           "ask on the forum https://discuss.pytorch.org/ if you need help to do this change.");
    }
    if (is_view(*x) && extra(*x)->made != Made::plainly) check_in_place(x);
    x->grad = nullptr;
    rebase_history(x, node, number);
    return x;
  }
  const Tensor out = is_input ? shown_again(x) : x;
  set_history(out, node, number);
  if (VariableExtra* more = extra(*out)) more->version = out->version();
  return out;
}

/// A node of that name for a Function of these inputs; `nones`: with an edge that leads nowhere for each None.
Ref<PythonNode> begun(const std::string& name, const std::vector<Value>& inputs, bool nones = false) {
  auto node = make<PythonNode>();
  node->called = name;
  for (const Value& input : inputs) {
    TensorImpl* x = as_tensor(input);
    node->edge_of.push_back(x ? static_cast<int>(node->edges.size()) : -1);
    if (!x && nones && input.is_none()) {
      node->edges.add();
      node->inputs.push_back({{}, DType::float32});
    }
    if (!x) continue;
    Edge& edge = node->edges.add();
    find_gradient_edge(*x, edge);
    const TensorImpl& wanted = edge.node ? expected(edge, *x) : *x;
    node->inputs.push_back({wanted.sizes, wanted.dtype});
  }
  node->follow_edges();
  return node;
}

/// _attach(node, backward, context, inputs, outputs, dirty, constant): the outputs, with that node, or one of that name, as their history. Outputs among the inputs
/// become views, unless they are dirty (changed in place); `constant` ones get no history.
Value attach(const Value* p) {
  const std::vector<Value> inputs = to_vector(p[3]), outputs = to_vector(p[4]), dirty = to_vector(p[5]), constant = to_vector(p[6]);
  const auto contains = [](const std::vector<Value>& list, const Value& value) { return std::find(list.begin(), list.end(), value) != list.end(); };
  const Ref<PythonNode> node = text_of(p[0]) ? begun(*text_of(p[0]), inputs, true) : Ref<PythonNode>(static_cast<PythonNode*>(p[0].as_object()));
  bool tracked = false;
  for (const Value& input : inputs) tracked = tracked || (as_tensor(input) && requires_grad(*as_tensor(input)));
  node->backward_function = p[1];
  node->context = p[2];
  node->outputs = static_cast<std::uint32_t>(outputs.size());
  tracked = tracked && grad_enabled();
  if (tracked && anomaly.enabled) note_origin(*node);
  std::vector<Value> out;
  std::uint32_t followed = 0;
  for (std::uint32_t i = 0; i < outputs.size(); ++i) {
    TensorImpl* x = as_tensor(outputs[i]);
    if (!x) {
      node->results.push_back({{}, DType::float32, false});
      out.push_back(outputs[i]);
      continue;
    }
    const bool is_input = contains(inputs, outputs[i]), changed = contains(dirty, outputs[i]), follows = tracked && is_floating(x->dtype) && !contains(constant, outputs[i]);
    const Tensor result = with_history(Tensor(x), node, i, is_input, changed, follows);
    if (is_view(*result) && !(is_input && changed)) extra(*result)->made = Made::in_function;
    followed += follows;
    node->results.push_back({x->sizes, x->dtype});
    out.push_back(wrap(result));
  }
  for (const Value& one : out) {
    TensorImpl* const x = as_tensor(one);
    if (followed > 1 && x && is_view(*x)) extra(*x)->made = Made::of_many;
  }
  if (function_observer) {
    const auto tensors_of = [](const std::vector<Value>& values) {
      std::vector<Tensor> tensors;
      for (const Value& value : values) {
        if (TensorImpl* x = as_tensor(value)) tensors.emplace_back(x);
      }
      return tensors;
    };
    function_observer(intern(node->called)->text, tensors_of(inputs), tensors_of(out), tracked ? node.get() : nullptr);
  }
  return tuple(std::move(out));
}

/// _of_output(x, node, number): a saved output, with the history it had when it was saved.
Value of_output(const Value* p) {
  const Tensor out = alias(Tensor(as_tensor(p[0])));
  share_lanes(out, *as_tensor(p[0]));
  set_history(out, Ref<Node>(static_cast<Node*>(p[1].as_object())), static_cast<std::uint32_t>(to_index(p[2])));
  return wrap(out);
}

/// _edge_of(x): where the gradient of a tensor, or of None, goes: a node, and the number of its output.
Value edge_of(const Value* p) {
  TensorImpl* x = as_tensor(p[0]);
  const Edge edge = x ? gradient_edge(Tensor(x)) : Edge();
  return tuple({wrap_node(edge.node), integer(edge.number)});
}

}  // namespace

void add_function_tools(Dict& module) {
  module.set(intern("_attach"), native("_attach(node, backward, context, inputs, outputs, dirty, constant)", attach));
  module.set(intern("_count_changes"), native("_count_changes(dirty)", [](const Value* p) {
    for (const Value& one : to_vector(p[0])) count_change(*as_tensor(one));
    return Value::none();
  }));
  module.set(intern("_begin"), native("_begin(name, inputs)", [](const Value* p) { return Value::object(begun(*text_of(p[0]), to_vector(p[1])).get()); }));
  module.set(intern("_forward_begins"), native("_forward_begins()", [](const Value*) { return ++forwards_running, Value::none(); }));
  module.set(intern("_forward_ends"), native("_forward_ends()", [](const Value*) { return --forwards_running, Value::none(); }));
  module.set(intern("_is_dual_level_open"), native("_is_dual_level_open()", [](const Value*) { return Value::boolean(dual_level_open()); }));
  module.set(intern("_pack_saved"), native("_pack_saved(x)", pack_saved));
  module.set(intern("_in_transform"), native("_in_transform()", [](const Value*) { return Value::boolean(in_transform()); }));
  module.set(intern("_share_lanes"), native("_share_lanes(to, x)", [](const Value* p) {
    share_lanes(Tensor(as_tensor(p[0])), *as_tensor(p[1]));
    return p[0];
  }));
  module.set(intern("_set_tangent"), native("_set_tangent(x, tangent)", [](const Value* p) {
    const Tensor x(as_tensor(p[0])), tangent(as_tensor(p[1]));
    if (tangent_of(*x) != tangent) set_tangent(x, tangent);
    return Value::none();
  }));
  module.set(intern("_edge_of"), native("_edge_of(x)", edge_of));
  module.set(intern("_of_output"), native("_of_output(x, node, number)", of_output));
}

Value context_of_node(Node& node) {
  const auto* own = dynamic_cast<PythonNode*>(&node);
  return own ? own->context : Value();
}

void clear_python_nodes() {
  std::vector<Ref<PythonNode>> all;
  for (PythonNode* node = PythonNode::first(); node; node = node->next()) all.emplace_back(node);
  for (const auto& node : all) node->backward_function = node->context = Value::none();
}

}  // namespace nabla
