// torch.optim: making optimizers: their arguments, options and groups of parameters.
#include "autograd/variable.h"
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "python/machine.h"
#include "python/modules/collections.h"
#include "tensor/loops.h"
#include "torch/optimizer.h"

namespace nabla::optimizers {

const Value& attribute(OptimizerObject& self, const Key& key) {
  const Value* found = key.in(self.attributes());
  if (!found) fail("AttributeError", "'", self.type->name, "' object has no attribute '", key.name->text, "'");
  return *found;
}
Dict& dict_attribute(OptimizerObject& self, const Key& key) {
  Dict* dict = as<Dict>(attribute(self, key));
  if (!dict) fail("TypeError", key.name->text, " must be a dict");
  return *dict;
}
std::vector<Value>& groups_of(OptimizerObject& self) {
  List* list = as<List>(attribute(self, names().param_groups));
  if (!list) fail("TypeError", "param_groups must be a list");
  return list->items;
}
Dict& group_dict(const Value& group) {
  Dict* dict = as<Dict>(group);
  if (!dict) fail("AssertionError", "param group must be a dict");
  return *dict;
}
const std::vector<Value>& parameters_of(const Value& group) {
  const Value* params = names().params.in(group_dict(group));
  const List* list = params ? as<List>(*params) : nullptr;
  if (!list) raise("KeyError", {string("params")});
  return list->items;
}

Value new_state() {
  const Value factory = Value::object(Dict::class_type());
  return defaultdict_type()->construct(defaultdict_type(), Args{&factory, 1, nullptr});
}

const Value& required() {
  static const Value value = [] {
    Type* const type = make_torch_type("_RequiredParameter", nullptr, "torch.optim.optimizer");
    type->slots.repr = [](const Value&) -> std::string { return "<required parameter>"; };
    struct Required final : Object {
      using Object::Object;
    };
    return Value(make<Required>(type));
  }();
  return value;
}

namespace {

Value default_value(const OptionDef& option) {
  using Kind = OptionDef::Kind;
  if (option.shown_as_none) return Value::none();
  if (option.kind == Kind::flag || option.kind == Kind::inert) return Value::boolean(option.value != 0);
  const auto number = [&](double x) {
    return x == static_cast<std::int64_t>(x) && !option.is_float ? integer(static_cast<std::int64_t>(x)) : Value::number(x);
  };
  return option.kind == Kind::pair ? tuple({number(option.value), number(option.second)}) : number(option.value);
}

double option_value(const OptionDef& option, const Value& value, bool is_sgd) {
  if (value.is_float()) return value.as_float();
  if (is_number(value)) return to_double(value);
  if (const TensorImpl* x = as_tensor(value); x && x->numel == 1) return element(*x, 0).to_double();
  if (option.kind != OptionDef::Kind::number) return truth(value);
  // PyTorch's SGD asks whether lr < 0.0, the others whether 0.0 <= lr.
  if (is_sgd) fail("TypeError", "'<' not supported between instances of '", type_of(value)->name, "' and 'float'");
  fail("TypeError", "'<=' not supported between instances of 'float' and '", type_of(value)->name, "'");
}

/// An option as one number, or a pair as two; `shown`, if given, gets them as Python prints them. Returns how many.
std::size_t read_option(const OptionDef& option, const Value& value, double* out, std::string* shown, bool is_sgd) {
  if (option.kind == OptionDef::Kind::inert) {
    *out = 0;
    return 1;
  }
  if (option.kind != OptionDef::Kind::pair) {
    *out = option_value(option, value, is_sgd);
    if (shown) *shown = str(value);
    return 1;
  }
  if (!as<List>(value) && !as<Tuple>(value)) fail("TypeError", "'", type_of(value)->name, "' object is not subscriptable");
  const std::vector<Value> two = to_vector(value);
  if (two.size() < 2) fail("IndexError", as<List>(value) ? "list" : "tuple", " index out of range");
  if (two.size() > 2) fail("ValueError", "too many values to unpack (expected 2)");
  for (std::size_t i = 0; i < 2; ++i) {
    out[i] = option_value(option, two[i], is_sgd);
    if (shown) shown[i] = str(two[i]);
  }
  return 2;
}

}  // namespace

void read_options(OptimizerObject& self, const Value& group, double* out) {
  Dict& dict = group_dict(group);
  for (std::size_t i = 0; i < self.option_names.size(); ++i) {
    const Value* value = self.option_names[i].in(dict);
    if (!value) raise("KeyError", {string(self.def->options[i].name)});
    out += read_option(self.def->options[i], *value, out, nullptr, false);
  }
}

namespace {

/// What PyTorch's typename() says of a value that should have been a tensor.
std::string typename_of(const Value& value) {
  if (TensorImpl* x = as_tensor(value)) return cat("torch.", legacy_name(x->dtype), "Tensor");
  const Type* type = type_of(value);
  return type->module == "builtins" ? type->name : cat(type->module, ".", type->name);
}

/// add_param_group(): what the group does not say it takes from the defaults.
void add_group(OptimizerObject& self, const Value& given) {
  Dict& group = group_dict(given);
  Value* params = names().params.in(group);
  if (!params) raise("KeyError", {string("params")});
  std::vector<Value> list_of;
  if (as_tensor(*params)) {
    list_of.push_back(*params);
  } else if (as<Set>(*params)) {
    fail("TypeError", "optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will "
                      "change between runs. Please use a list instead.");
  } else {
    list_of = to_vector(*params);
  }
  for (const Value& item : list_of) {
    TensorImpl* x = as_tensor(item);
    if (!x) fail("TypeError", "optimizer can only optimize Tensors, but one of the params is ", typename_of(item));
    if (!is_leaf(*x) && !x->retains_grad) fail("ValueError", "can't optimize a non-leaf Tensor");
  }
  const std::vector<Dict::Entry> defaults = dict_attribute(self, names().defaults).entries;
  for (const Dict::Entry& entry : defaults) {
    if (entry.key.is_undefined() || group.find(entry.key)) continue;
    if (entry.value == required()) fail("ValueError", "parameter group didn't specify a value of required optimization parameter ", str(entry.key));
    group.set(entry.key, entry.value);
  }
  for (std::size_t i = 0; i < list_of.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (list_of[i] == list_of[k]) {
        warn("UserWarning", "optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see "
                            "github.com/pytorch/pytorch/issues/40967 for more information");
      }
    }
    for (const Value& other : groups_of(self)) {
      for (const Value& parameter : parameters_of(other)) {
        if (parameter == list_of[i]) fail("ValueError", "some parameters appear in more than one parameter group");
      }
    }
  }
  group.set(names().params.name, list(std::move(list_of)));
  groups_of(self).push_back(given);
}

/// Optimizer.__init__(params, defaults).
void set_up(OptimizerObject& self, const Value& params, const Value& defaults) {
  Dict& attributes = self.attributes();
  attributes.set(names().defaults.name, defaults);
  if (as_tensor(params)) {
    fail("TypeError", "params argument given to the optimizer should be an iterable of Tensors or dicts, but got ", typename_of(params));
  }
  attributes.set(names().state.name, new_state());
  attributes.set(names().param_groups.name, list({}));
  std::vector<Value> items = to_vector(params);
  if (items.empty()) fail("ValueError", "optimizer got an empty parameter list");
  const bool are_groups = as<Dict>(items[0]) != nullptr;
  if (!are_groups) {
    auto group = make<Dict>();
    group->set(names().params.name, list(std::move(items)));
    add_group(self, group);
    return;
  }
  for (const Value& item : items) add_group(self, item);
}

/// The arguments of a class's constructor as the dict `defaults`, checked; the parameters.
Ref<Dict> read_arguments(OptimizerObject& self, Args args, Value* params) {
  const OptimizerDef& def = *self.def;
  std::vector<Value> given(def.options.size());
  std::size_t positional = 1;
  for (const OptionDef& option : def.options) positional += !option.keyword_only;
  if (args.positional > positional) {
    fail("TypeError", def.name, ".__init__() takes from 2 to ", positional + 1, " positional arguments but ", args.positional + 1, " were given");
  }
  for (std::uint32_t i = 0; i < args.positional; ++i) (i == 0 ? *params : given[i - 1]) = args[i];
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    Str* name = args.keyword_name(k);
    Value* slot = name->text == "params" ? params : nullptr;
    for (std::size_t i = 0; i < self.option_names.size(); ++i) {
      if (self.option_names[i].name->text == name->text) slot = &given[i];
    }
    if (!slot) fail("TypeError", def.name, ".__init__() got an unexpected keyword argument '", name->text, "'");
    if (!slot->is_undefined()) fail("TypeError", def.name, ".__init__() got multiple values for argument '", name->text, "'");
    *slot = args.keyword_value(k);
  }
  if (params->is_undefined()) fail("TypeError", def.name, ".__init__() missing 1 required positional argument: 'params'");

  double numbers[kMaxOptions] = {};
  std::string shown[kMaxOptions];
  std::size_t at = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const OptionDef& option = def.options[i];
    if (given[i].is_undefined() && option.required) {  // a group may still say
      given[i] = required();
      ++at;
      continue;
    }
    if (given[i].is_undefined()) given[i] = default_value(option);
    at += read_option(option, given[i], numbers + at, shown + at, std::string_view(def.name) == "SGD");
  }
  def.check(numbers, shown);
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (std::string_view(def.options[i].name) == "fused" && truth(given[i])) fail("RuntimeError", "FusedAdam requires all the params to be CUDA, floating point");
  }
  auto defaults = make<Dict>();
  const auto set_default = [&](std::size_t i) { defaults->set(self.option_names[i].name, given[i]); };
  for (const char* name : def.group_order) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (std::string_view(name) == def.options[i].name) set_default(i);
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) set_default(i);
  return defaults;
}

}  // namespace

/// Optimizer.__init__ takes (params, defaults), that of a class with a definition its options.
Value initialize(Args args) {
  if (!args.positional || !type_of(args[0])->is_subtype_of(optimizer_type())) fail("TypeError", "descriptor '__init__' requires an optimizer");
  OptimizerObject& self = self_of(args[0]);
  args = args.rest();
  Value params, defaults;
  if (self.def) {
    defaults = read_arguments(self, args, &params);
  } else {
    const auto take = [&](Value& into, const char* name, std::uint32_t position) {
      if (position < args.positional) into = args[position];
      for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
        if (args.keyword_name(k)->text == name) into = args.keyword_value(k);
      }
      return into.is_undefined();
    };
    const bool no_params = take(params, "params", 0), no_defaults = take(defaults, "defaults", 1);
    if (no_params || no_defaults) {
      fail("TypeError", "Optimizer.__init__() missing ", no_params + no_defaults, " required positional argument", no_params && no_defaults ? "s" : "",
           ": ", no_params ? "'params'" : "", no_params && no_defaults ? " and " : "", no_defaults ? "'defaults'" : "");
    }
    if (args.positional + args.keyword_count() > 2) {
      fail("TypeError", "Optimizer.__init__() takes 3 positional arguments but ", args.positional + args.keyword_count() + 1, " were given");
    }
    if (!as<Dict>(defaults)) fail("TypeError", "defaults must be a dict, not ", type_of(defaults)->name);
  }
  set_up(self, params, defaults);
  begin_state(self);
  return Value::none();
}

Ref<Instance> bare_optimizer(Type* type) {
  const OptimizerDef* def = nullptr;
  for (const OptimizerClass& one : optimizer_classes()) {
    if (type->is_subtype_of(one.type)) def = one.def;
  }
  return make<OptimizerObject>(type, def);
}

Value deep_copy(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  const Ref<Instance> made = bare_optimizer(self.type);
  static_cast<OptimizerObject&>(*made).steps = self.steps;
  const Value attributes = Value::object(&self.attributes());
  made->dict = Ref<Dict>(as<Dict>(call(get_attribute(import_module("copy"), intern("deepcopy")), {attributes, p[1]})));
  return made;
}

Value construct(Type* type, Args args) {
  const Value self = bare_optimizer(type);
  static Str* const init = intern("__init__");
  if (as<Function>(type->lookup(init))) return self;  // written in Python: it is called next
  std::vector<Value> values{self};
  values.insert(values.end(), args.values, args.values + args.positional + args.keyword_count());
  initialize(Args{values.data(), args.positional + 1, args.keywords});
  return self;
}

Value add_param_group(const Value* p) {
  add_group(self_of(p[0]), p[1]);
  return Value::none();
}

}  // namespace nabla::optimizers
