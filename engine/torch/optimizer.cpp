// torch.optim: one Python class for each OptimizerDef, all below Optimizer. What Python code may read and change lives in Python
// objects (param_groups, state, defaults); a step reads the options from there and applies the definition's rule.
#include "torch/optimizer.h"

#include <cctype>

#include "autograd/variable.h"
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "tensor/loops.h"

namespace nabla {
namespace optimizers {
namespace {

/// The state tensors of a parameter, from and to its dict.
struct StateOf {
  Dict* dict = nullptr;
  Tensor tensors[kMaxState];
  TensorImpl* before[kMaxState] = {};  // the step

  StateOf(OptimizerObject& self, Dict& all, const Value& parameter) : self_(self) {
    if (Value* found = all.count ? all.find(parameter) : nullptr) dict = as<Dict>(*found);
    for (std::size_t i = 0; dict && i < self.state_names.size(); ++i) {
      if (const Value* value = self.state_names[i].in(*dict)) tensors[i] = is_integer(i) ? scalar_tensor(to_scalar(*value), DType::int64) : Tensor(before[i] = as_tensor(*value));
    }
  }
  void store(Dict& all, const Value& parameter) {
    for (std::size_t i = 0; i < self_.state_names.size(); ++i) {
      if (tensors[i].get() == before[i]) continue;
      if (!dict) {
        auto made = make<Dict>();
        dict = made.get();
        all.set(parameter, made);
      }
      dict->set(self_.state_names[i].name, is_integer(i) ? wrap(item(tensors[i])) : wrap(tensors[i]));
    }
  }

 private:
  bool is_integer(std::size_t i) const { return self_.def->state[i].kind == StateDef::Kind::integer; }
  OptimizerObject& self_;
};

/// apply(x, state tensors, options) for every parameter with which takes(x); what it makes of the state is kept.
template <class Takes, class Apply>
void each_parameter(OptimizerObject& self, Takes takes, Apply apply) {
  Dict& state = dict_attribute(self, names().state);
  for (const Value& group : groups_of(self)) {
    double options[kMaxOptions];
    read_options(self, group, options);
    for (const Value& parameter : parameters_of(group)) {
      const Tensor x(as_tensor(parameter));
      if (!x || !takes(*x)) continue;
      StateOf of(self, state, parameter);
      apply(x, of.tensors, options);
      of.store(state, parameter);
    }
  }
}

}  // namespace

void begin_state(OptimizerObject& self) {
  if (!self.def || !self.def->begin) return;
  each_parameter(self, [](const TensorImpl&) { return true; }, [&](const Tensor& x, Tensor* state, const double* options) { self.def->begin({x, x, state, options}); });
}

namespace {

Value step(const Value& optimizer, const Value& closure) {
  OptimizerObject& self = self_of(optimizer);
  if (!self.def) raise("NotImplementedError", {});
  ++self.steps;
  Value loss = Value::none();
  if (!closure.is_none()) {
    const GradMode on(true);
    loss = call(closure, {});
  }
  const auto takes = [](const TensorImpl& x) {
    if (x.grad && !(x.grad->sizes == x.sizes)) fail("RuntimeError", "The size of the gradient ", x.grad->sizes, " must match the size of the parameter ", x.sizes);
    return x.grad != nullptr;
  };
  each_parameter(self, takes, [&](const Tensor& x, Tensor* state, const double* options) {
    const Update update{x, cast(x->grad, x->dtype), state, options};
    if (update_observer) update_observer(*self.def, update, false);
    self.def->update(update);
    if (update_observer) update_observer(*self.def, update, true);
    x->raise_version();
  });
  return loss;
}
Value step(const Value* p) { return step(p[0], p[1]); }

// Since PyTorch 2.0 gradients are let go of, not set to zero: nabla follows 2.x here (docs/parity.md).
Value zero_grad(const Value& optimizer, bool to_none) {
  for (const Value& group : groups_of(self_of(optimizer))) {
    for (const Value& parameter : parameters_of(group)) {
      TensorImpl* x = as_tensor(parameter);
      if (!x || !x->grad) continue;
      if (to_none) {
        x->grad = nullptr;
      } else {
        x->grad->grad_fn = nullptr;
        copy_into(x->grad, scalar_tensor(Scalar::of(0), x->dtype));
        x->grad->raise_version();
      }
    }
  }
  return Value::none();
}
Value zero_grad(const Value* p) { return zero_grad(p[0], truth(p[1])); }

constexpr Method kMethods[] = {
    {"def step(self, closure=None)", step, [](const Value& self) { return step(self, Value::none()); }},
    {"def zero_grad(self, set_to_none=True)", zero_grad, [](const Value& self) { return zero_grad(self, true); }},
    {"add_param_group(self, param_group)", add_param_group},
    {"state_dict(self)", state_dict},
    {"load_state_dict(self, state_dict)", load_state_dict},
    {"__deepcopy__(self, memo)", deep_copy},
};
constexpr RawMethod kInit[] = {{"__init__", initialize}};
constexpr Property kProperties[] = {
    {"_step_count", [](const Value& self) { return integer(self_of(self).steps); }, [](const Value& self, const Value& value) { self_of(self).steps = to_index(value); }},
    // Is step() that of this file, which counts? A step written in Python is counted by the scheduler.
    {"_counts_steps", [](const Value& self) { return Value::boolean(!as<Function>(self.as_object()->type->lookup(intern("step")))); }},
};

std::vector<OptimizerClass>& classes() {
  static std::vector<OptimizerClass> list;
  return list;
}

}  // namespace

Type* optimizer_type() {
  static Type* const type = make_torch_type("Optimizer", nullptr, "torch.optim.optimizer");
  return type;
}
const std::vector<OptimizerClass>& optimizer_classes() { return classes(); }

}  // namespace optimizers

void make_optimizer_types() {
  using namespace optimizers;
  Type* base = optimizer_type();
  base->has_dict = true;
  base->slots.repr = optimizer_repr;
  base->construct = construct;
  add_methods(base, kMethods);
  add_methods(base, kInit);
  add_properties(base, kProperties);
  make_search_type();
  for (const OptimizerDef* def : all_optimizers()) {
    std::string module = cat("torch.optim.", def->name);
    for (char& c : module) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    classes().push_back({def, make_torch_type(def->name, base, module.c_str())});
    if (!def->update) add_methods(classes().back().type, kMakeSearch);
  }
}

// An optimizer that calls the closure again and again (lib/lbfgs.py) has its class there, below that of its definition.
void add_optimizers(Dict& optim) {
  using namespace optimizers;
  optim.set(intern("Optimizer"), Value::object(optimizer_type()));
  for (const OptimizerClass& one : optimizer_classes()) optim.set(intern(cat(one.def->update ? "" : "_", one.def->name)), Value::object(one.type));
}
Value required_option() { return optimizers::required(); }

}  // namespace nabla
