// torch.autograd: grad_fn objects, backward() and grad() as functions.
#include <map>

#include "autograd/backward.h"
#include "autograd/variable.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "python/machine.h"
#include "torch/levels.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Type* node_type() {
  static Type* const type = make_torch_type("Node", nullptr, "torch.autograd");
  return type;
}

Node& node_of(const Value& value) { return *static_cast<Node*>(value.as_object()); }

/// Operators that have no derivative get edges from PyTorch for what requires grad alone (views made in no_grad do, and lead nowhere).
bool is_left_out(const Node& node, int edge) {
  const auto* of = dynamic_cast<const OpNode*>(&node);
  if (!of || of->name() != "NotImplemented") return false;
  for (int i = 0; i < of->count; ++i) {
    const Arg& kept = of->arg(i);
    if (of->edge_of(i) == edge && kept.is_tensor()) return !requires_grad(kept.tensor()) || kept.version != kept.impl()->version();
  }
  return true;
}

Value next_functions(const Value& self) {
  const Node& node = node_of(self);
  std::vector<Value> items;
  for (std::size_t i = 0; i < node.edges.size(); ++i) {
    if (!node.edges[i].node && is_left_out(node, static_cast<int>(i))) continue;
    items.push_back(tuple({wrap_node(node.edges[i].node), integer(node.edges[i].number)}));
  }
  return tuple(std::move(items));
}

Value name_of_node(const Value* p) { return string(node_of(p[0]).full_name()); }

Value variable(const Value& self) {
  auto* sink = dynamic_cast<AccumulateGrad*>(&node_of(self));
  if (!sink) fail("AttributeError", "'", node_of(self).name(), "' object has no attribute 'variable'");
  return wrap(sink->variable);
}

// ------------------------------------------------------------------------------------------------------ hooks, and what was saved

Value as_tuple(std::span<const Tensor> tensors) {
  std::vector<Value> items;
  for (const Tensor& x : tensors) items.push_back(wrap(x));
  return tuple(std::move(items));
}

struct PythonNodeHook final : NodeHook {
  Hooks functions;
  bool after;
  explicit PythonNodeHook(bool after) : after(after) {}
  void clear() override { functions.clear(); }
  void run(std::span<Tensor> changed, std::span<const Tensor> came) override {
    functions.for_each([&](const Value& function) {
      const Value given = after ? call(function, {as_tuple(changed), as_tuple(came)}) : call(function, {as_tuple(changed)});
      if (given.is_none()) return;
      if (!as<Tuple>(given)) fail("TypeError", "expected tuple, but hook returned '", type_of(given)->name, "'");
      const std::vector<Value> items = to_vector(given);
      if (items.size() != changed.size()) {
        fail("RuntimeError", "hook '", str(get_attribute(function, intern("__name__"))), "' has returned an incorrect number of values (got ", items.size(),
             ", but expected ", changed.size(), ")");
      }
      for (std::size_t i = 0; i < items.size(); ++i) {
        (void)replaced_gradient(function, changed[i], items[i]);
        changed[i] = Tensor(as_tensor(items[i]));
      }
    });
  }
};

Value add_node_hook(const Value* p, bool after) {
  Node& node = node_of(p[0]);
  auto& hooks = after ? node.make_more().after : node.make_more().before;
  if (node.sequence == 0) leaf_hooks_exist = true;
  for (const auto& one : hooks) {
    if (auto* const hook = dynamic_cast<PythonNodeHook*>(one.get())) return hook->functions.add(p[1]);
  }
  auto hook = make<PythonNodeHook>(after);
  hooks.push_back(hook);
  return hook->functions.add(p[1]);
}

// What nodes keep, for lib/saved.py, which has the names: an argument by its place, or output k as -1 - k.

OpNode& saving_node(const Value& value) { return static_cast<OpNode&>(node_of(value)); }
int place_of(const Value& value) { return static_cast<int>(to_scalar(value).integer); }

Value names_of_arguments(const Value* p) {
  const OpNode& node = saving_node(p[0]);
  std::vector<Value> names;
  const auto& parameters = node.def.parsed()[node.signature].parameters;
  for (int i = 0; i < node.count; ++i) names.push_back(string(parameters[i].name));
  return tuple(std::move(names));
}
Value names_of_results(const Value* p) {
  std::vector<Value> names;
  for (const char* name : saving_node(p[0]).def.results) names.push_back(string(name));
  return tuple(std::move(names));
}

/// Does a formula that is asked for read the tensor there?
bool is_kept(const OpNode& node, int which) {
  const OpNode::Reads found = node.reads();
  return which < 0 ? found.outs >> (-1 - which) & 1 : found.values >> which & 1;
}

Value as_tuple(const Dims& items) {
  std::vector<Value> out;
  for (const std::int64_t i : items) out.push_back(integer(i));
  return tuple(std::move(out));
}

Value saved_value(const Value* p) {
  const OpNode& node = saving_node(p[0]);
  const int which = place_of(p[1]);
  if (which < 0) return wrap(node.saved_output(static_cast<std::uint32_t>(-1 - which)));
  const ParameterDef& parameter = node.def.parsed()[node.signature].parameters[which];
  const Arg& arg = node.arg(which).is_none() && parameter.has_default ? parameter.default_value : node.arg(which);
  switch (arg.kind()) {
    case Arg::Kind::tensor: return wrap(node.saved(which));
    case Arg::Kind::boolean:
    case Arg::Kind::integer:
    case Arg::Kind::real: return wrap(arg.scalar());
    case Arg::Kind::dtype: return dtype_object(arg.dtype());
    case Arg::Kind::text: return string(arg.text());
    case Arg::Kind::ints: return as_tuple(arg.ints());
    case Arg::Kind::tensors: return as_tuple(std::span<const Tensor>(arg.tensors()));
    case Arg::Kind::index: {
      std::vector<Value> items;
      for (const IndexItem& item : arg.index().items) items.push_back(wrap(item.tensor));
      return tuple(std::move(items));
    }
    default: return Value::none();
  }
}

/// Sizes or strides of a tensor; None of anything else.
Value saved_dims(const Value* p, Dims TensorImpl::*dims) {
  const OpNode& node = saving_node(p[0]);
  const Arg& arg = node.arg(place_of(p[1]));
  return arg.is_tensor() ? as_tuple(shape_then(*arg.impl(), node.sequence).*dims) : Value::none();
}

constexpr Method kSaved[] = {
    {"_arguments(node)", names_of_arguments},
    {"_results(node)", names_of_results},
    {"_value(node, place)", saved_value},
    {"_sizes(node, place)", [](const Value* p) { return saved_dims(p, &TensorImpl::sizes); }},
    {"_strides(node, place)", [](const Value* p) { return saved_dims(p, &TensorImpl::strides); }},
    {"_fail_if_freed(node)", [](const Value* p) {
       if (saving_node(p[0]).freed) (void)saving_node(p[0]).saved(0);
       return Value::none();
     }},
    {"_is_kept(node, place)", [](const Value* p) { return Value::boolean(is_kept(saving_node(p[0]), place_of(p[1]))); }},
    {"_is_freed(node)", [](const Value* p) { return Value::boolean(saving_node(p[0]).freed); }},
    {"_place(node, place)", [](const Value* p) { return saved_place(saving_node(p[0]), place_of(p[1])); }},
};

Value node_attribute(const Value& self, Str* name) {
  const std::string_view text = name->text;
  if (const Value context = context_of_node(node_of(self)); !context.is_undefined() && !context.is_none()) {
    if (text != "saved_tensors" && text != "saved_variables") return get_attribute(context, name);
    const Value before = get_attribute(context, intern("_node"));
    set_attribute(context, intern("_node"), self);  // saved outputs come with their history
    struct Restore {
      const Value &context, &before;
      ~Restore() { set_attribute(context, intern("_node"), before); }
    } const restore{context, before};
    return get_attribute(context, name);
  }
  if (!text.starts_with("_saved_") && !text.starts_with("_raw_saved_")) return Value();
  if (!dynamic_cast<OpNode*>(&node_of(self))) return Value();
  const Value found = ask_saved("find", {self, Value::object(name)});
  return as<Tuple>(found) ? to_vector(found)[0] : Value();
}

/// What dir() lists: the methods, and what nodes of this name save.
Value node_names(const Value* p) {
  auto names = make<Dict>();
  for (const Type* each : type_of(p[0])->mro) {
    for (const Value& name : to_vector(Value::object(each->attributes.get()))) names->set(name, Value::none());
  }
  if (!dynamic_cast<AccumulateGrad*>(&node_of(p[0]))) names->erase(Value::object(intern("variable")));
  if (dynamic_cast<OpNode*>(&node_of(p[0]))) {
    for (const Value& name : to_vector(ask_saved("names", {p[0]}))) names->set(name, Value::none());
  }
  return list(to_vector(Value::object(names.get())));
}

/// grad_fn(g): the gradients of its inputs.
Value call_node(const Value& self, Args args) {
  Node& node = node_of(self);
  if (!context_of_node(node).is_undefined()) fail("TypeError", "'", node.name(), "' object is not callable");
  std::vector<Tensor> in, out(node.edges.size());
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    if (!as_tensor(args[i]) && !args[i].is_none()) fail("TypeError", "argument ", i, " is not a Variable");
    in.emplace_back(as_tensor(args[i]));
  }
  if (in.size() != node.outputs) fail("TypeError", "expected ", node.outputs, " arguments, got ", in.size(), " instead");
  const Internal internal;
  struct AsTheyAre {
    AsTheyAre() { fits_gradients = false; }
    ~AsTheyAre() { fits_gradients = true; }
  } const as_they_are;
  node.backward(in.data(), out.data());
  return out.size() == 1 ? wrap(out[0]) : as_tuple(out);
}

Value metadata(const Value& self) {
  NodeExtra& more = node_of(self).make_more();
  if (!more.metadata) more.metadata = make<Dict>();
  auto& dict = *static_cast<Dict*>(more.metadata.get());
  if (!more.origin.empty() && !dict.find(intern("traceback_"))) dict.set(intern("traceback_"), list({string(more.origin)}));
  return Value::object(&dict);
}

// ------------------------------------------------------------------------------------------------------------- backward and grad

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
  if (out.size() > count) out.resize(count);  // PyTorch does not look at the rest
  if (out.size() != count) fail("RuntimeError", "got ", count, " tensors and ", out.size(), " gradients");
  return out;
}


/// As PyTorch does in Python: anything but a tensor is walked.
std::vector<Tensor> tensors_of(const Value& value, int position) {
  if (const TensorImpl* x = as_tensor(value)) return {Tensor(const_cast<TensorImpl*>(x))};
  const std::vector<Value> items = to_vector(value);
  for (const Value& item : items) {
    if (as_tensor(item)) continue;
    if (position == 1) fail("AttributeError", "'", type_of(item)->name, "' object has no attribute 'requires_grad'");
    fail("RuntimeError", "all inputs have to be Tensors, but got ", type_of(item)->name);
  }
  return to_tensors(tuple(items), "grad", "", position);
}

Value autograd_backward(const Value* p) {
  if (!p[4].is_none()) {
    warn("UserWarning", "'grad_variables' is deprecated. Use 'grad_tensors' instead.");
    if (!p[1].is_none()) {
      fail("RuntimeError", "'grad_tensors' and 'grad_variables' (deprecated) arguments both passed to backward(). Please only use 'grad_tensors'.");
    }
  }
  return backward_from(tensors_of(p[0], 1), p[4].is_none() ? p[1] : p[4], p[2], p[3], p[5]);
}

/// A gradient for each row of the seeds, stacked.
std::vector<Tensor> batched(std::span<const Tensor> roots, std::span<const Tensor> seeds, BackwardOptions options) {
  const bool retain = options.retain_graph;
  std::vector<std::vector<Tensor>> rows(options.inputs.size());
  std::int64_t count = 0;
  for (const Tensor& seed : seeds) {
    if (!seed || seed->dim() == 0) continue;
    count = seed->sizes[0];
    if (count == 0) fail("IndexError", "index 0 is out of bounds for dimension 0 with size 0");
  }
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    const Tensor& seed = seeds[i];
    Dims given;
    for (std::size_t d = 1; seed && d < seed->dim(); ++d) given.push_back(seed->sizes[d]);
    if (!seed || given == roots[i]->sizes) continue;
    given = {};
    for (std::size_t d = 2; d < seed->dim(); ++d) given.push_back(seed->sizes[d]);  // PyTorch tells the shape of a row's row
    fail("RuntimeError", "If `is_grads_batched=True`, we interpret the first dimension of each grad_output as the batch dimension. The sizes of the remaining dimensions are "
                         "expected to match the shape of corresponding output, but a mismatch was detected: grad_output[", i, "] has a shape of torch.Size(", given,
         ") and output[", i, "] has a shape of torch.Size(", roots[i]->sizes, "). If you only want some tensors in `grad_output` to be considered batched, consider using vmap.");
  }
  for (std::int64_t row = 0; row < count; ++row) {
    std::vector<Tensor> own;
    for (const Tensor& seed : seeds) own.push_back(seed ? apply(*find_op("select"), seed, Arg(0), Arg(row)) : Tensor());
    options.retain_graph = retain || row + 1 < count;
    const std::vector<Tensor> found = run_backward(roots, own, options);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (found[i]) rows[i].push_back(found[i]);
    }
  }
  std::vector<Tensor> out;
  for (const auto& parts : rows) out.push_back(parts.empty() ? Tensor() : apply(*find_op("stack"), Arg(parts), Arg(0)));
  return out;
}

/// A flag as PyTorch's engine takes it. TypeError for what is no int.
bool flag_of(const Value& value) {
  if (!value.is_bool() && !is_int(value)) fail("TypeError", "'", type_of(value)->name, "' object cannot be interpreted as an integer");
  return truth(value);
}

Value autograd_grad(const Value* p) {
  const std::vector<Tensor> roots = tensors_of(p[0], 1);
  const std::vector<Tensor> inputs = tensors_of(p[1], 2);
  if (!truth(p[5])) {
    warn("UserWarning", "only_inputs argument is deprecated and is ignored now (defaults to True). To accumulate gradient for other parts of the graph, please use "
                        "torch.autograd.backward.");
  }
  const std::vector<Tensor> seeds = seeds_of(p[2], roots.size());
  if (inputs.empty()) fail("ValueError", "grad requires non-empty inputs.");
  BackwardOptions options;
  options.create_graph = flag_of(p[4]);
  options.retain_graph = p[3].is_none() ? options.create_graph : flag_of(p[3]);
  const bool apart = in_transform() && !options.create_graph;  // vmap: what belongs to a batch goes through operators
  options.create_graph = options.create_graph || apart;
  options.inputs = inputs;
  options.collect = true;
  const bool fill = truth(p[8]);
  options.allow_unused = p[6].is_none() ? fill : truth(p[6]);
  if (fill && !options.allow_unused) fail("ValueError", "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.");
  std::vector<Tensor> found = truth(p[7]) && !seeds.empty() ? batched(roots, seeds, options) : run_backward(roots, seeds, options);
  std::vector<Value> out;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (apart && found[i]) found[i] = detach(found[i]);
    out.push_back(wrap(found[i] || !fill ? found[i] : zeros(inputs[i]->sizes, inputs[i]->dtype)));
  }
  return tuple(std::move(out));
}

}  // namespace

Value backward_from(std::span<const Tensor> roots, const Value& gradients, const Value& retain_graph, const Value& create_graph, const Value& only) {
  if (in_transform()) {
    fail("RuntimeError", "backward() called inside a functorch transform. This is not supported, please use functorch.grad or functorch.vjp instead or call backward() outside of "
                         "functorch transforms.");
  }
  std::vector<Tensor> inputs;
  if (!only.is_none()) {
    if (const TensorImpl* x = as_tensor(only); x && x->dim() == 0) fail("TypeError", "len() of a 0-d tensor");
    if (!as_tensor(only)) {
      if (is_number(only)) fail("TypeError", "object of type '", type_of(only)->name, "' has no len()");
      for (const Value& item : to_vector(only)) {
        if (!as_tensor(item)) fail("RuntimeError", "all inputs have to be Tensors, but got ", type_of(item)->name);
      }
    }
    inputs = to_tensors(only, "backward", "inputs", 5);
    if (inputs.empty() || (as_tensor(only) && inputs[0]->sizes[0] == 0)) fail("RuntimeError", "'inputs' argument to backward() cannot be empty.");
  }
  const std::vector<Tensor> seeds = seeds_of(gradients, roots.size());
  BackwardOptions options;
  options.create_graph = flag_of(create_graph);
  options.retain_graph = retain_graph.is_none() ? options.create_graph : flag_of(retain_graph);
  if (!only.is_none()) {
    options.inputs = inputs;
    check_roots(roots, seeds);
    for (const Tensor& input : inputs) retain_grad(input);
  }
  if (options.create_graph) {
    warn_once("UserWarning",
         "Using backward() with create_graph=True will create a reference cycle between the parameter and its gradient which can cause a memory leak. We "
         "recommend using autograd.grad when creating the graph to avoid this. If you have to use this function, make sure to reset the .grad fields of your "
         "parameters to None after use to break the cycle and avoid the leak.");
  }
  run_backward(roots, seeds, options);
  return Value::none();
}

Value ask_saved(const char* what, std::initializer_list<Value> args) {
  return call(get_attribute(import_module("torch.autograd._saved"), intern(what)), args);
}

Value wrap_node(const Ref<Node>& node) {
  if (!node) return Value::none();
  static std::map<std::string, Type*> types;
  if (node->type == node_type() || !node->type) {
    Type*& type = types[node->name()];
    if (!type) {
      const bool own = !context_of_node(*node).is_undefined() && node->name() != "Error";  // which only once_differentiable makes
      type = make_torch_type(node->name().c_str(), node_type(), own ? "torch.autograd.function" : "builtins");
      type->slots.repr = [](const Value& self) {
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string address;
        for (auto bits = reinterpret_cast<std::uintptr_t>(self.as_object()); bits; bits /= 16) address.insert(address.begin(), kDigits[bits % 16]);
        const std::string& module = type_of(self)->module;
        return cat("<", module == "builtins" ? "" : module + ".", type_of(self)->name, " object at 0x", std::string(12 - std::min<std::size_t>(12, address.size()), '0'), address, ">");
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
      {"metadata", metadata},
      {"requires_grad", [](const Value&) { return Value::boolean(true); }},
  };
  static constexpr Method kNodeMethods[] = {
      {"name(self)", name_of_node},
      {"__dir__(self)", node_names},
      {"register_hook(self, fn)", [](const Value* p) { return add_node_hook(p, true); }},
      {"register_prehook(self, fn)", [](const Value* p) { return add_node_hook(p, false); }},
  };
  node_type()->slots.get_attribute = node_attribute;
  node_type()->slots.call = call_node;
  add_properties(node_type(), kNode);
  add_methods(node_type(), kNodeMethods);
}

void add_saved_tools(Dict& module) {
  for (const Method& one : kSaved) module.set(intern(one.signature.substr(0, one.signature.find('('))), native(one.signature, one.function));
}

void add_autograd(Dict& autograd) {
  autograd.set(intern("backward"), native("def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None)", autograd_backward));
  autograd.set(intern("grad"),
               native("def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=None, is_grads_batched=False, "
                      "materialize_grads=False)",
                      autograd_grad));
}

}  // namespace nabla
