// torch.optim: one Python class for each OptimizerDef, all below Optimizer. What Python code may read and change lives in Python
// objects (param_groups, state, defaults); a step reads the options from there and applies the definition's rule.
#include "optim/optimizer.h"

#include <algorithm>
#include <cctype>

#include "autograd/variable.h"
#include "base/error.h"
#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Type* optimizer_type() {
  static Type* const type = make_torch_type("Optimizer", nullptr, "torch.optim.optimizer");
  return type;
}

/// A key of dicts that are mostly laid out alike.
struct Key {
  Str* name;
  explicit Key(const char* text) : name(intern(text)) {}
  Value* in(Dict& dict) const { return dict.find(name, guess_); }

 private:
  mutable std::uint32_t guess_ = 0;
};

/// The attributes that every optimizer has, as names.
struct Names {
  Key params{"params"}, param_groups{"param_groups"}, state{"state"}, defaults{"defaults"};
};
const Names& names() {
  static const Names n;
  return n;
}

struct OptimizerObject final : Instance {
  const OptimizerDef& def;
  std::vector<Key> option_names;
  std::vector<Key> state_names;
  OptimizerObject(Type* type, const OptimizerDef& def) : Instance(type), def(def) {
    for (const OptionDef& option : def.options) option_names.emplace_back(option.name);
    for (const StateDef& state : def.state) state_names.emplace_back(state.name);
  }
};

OptimizerObject& self_of(const Value& value) { return *static_cast<OptimizerObject*>(value.as_object()); }

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
  if (!list) fail("KeyError", "'params'");
  return list->items;
}

Value default_value(const OptionDef& option) {
  using Kind = OptionDef::Kind;
  if (option.shown_as_none) return Value::none();
  if (option.kind == Kind::flag || option.kind == Kind::inert) return Value::boolean(option.value != 0);
  const auto number = [&](double x) {
    return x == static_cast<std::int64_t>(x) && !option.is_float ? integer(static_cast<std::int64_t>(x)) : Value::number(x);
  };
  return option.kind == Kind::pair ? tuple({number(option.value), number(option.second)}) : number(option.value);
}

double option_value(const OptionDef& option, const Value& value) {
  if (is_number(value)) return to_double(value);
  if (const TensorImpl* x = as_tensor(value); x && x->numel == 1) return element(*x, 0).to_double();
  if (option.kind != OptionDef::Kind::number) return truth(value);
  fail("TypeError", "'<' not supported between instances of '", type_of(value)->name, "' and 'float'");
}

/// An option as one number, or a pair as two; `shown`, if given, gets them as Python prints them. Returns how many.
std::size_t read_option(const OptionDef& option, const Value& value, double* out, std::string* shown) {
  if (option.kind == OptionDef::Kind::inert) {
    *out = 0;
    return 1;
  }
  if (option.kind != OptionDef::Kind::pair) {
    *out = option_value(option, value);
    if (shown) *shown = str(value);
    return 1;
  }
  const std::vector<Value> two = to_vector(value);
  if (two.size() != 2) fail("ValueError", two.size() < 2 ? "not enough" : "too many", " values to unpack (expected 2", two.size() < 2 ? cat(", got ", two.size()) : "", ")");
  for (std::size_t i = 0; i < 2; ++i) {
    out[i] = option_value(option, two[i]);
    if (shown) shown[i] = str(two[i]);
  }
  return 2;
}

/// The options of a group as numbers, in the order of the definition.
void read_options(OptimizerObject& self, const Value& group, double* out) {
  Dict& dict = group_dict(group);
  for (std::size_t i = 0; i < self.option_names.size(); ++i) {
    const Value* value = self.option_names[i].in(dict);
    if (!value) throw Error{"KeyError", cat("'", self.def.options[i].name, "'"), {}};
    out += read_option(self.def.options[i], *value, out, nullptr);
  }
}

constexpr std::size_t kMaxOptions = 16, kMaxState = 8;

// -------------------------------------------------------------------------------------------------------------- parameters

void add_group(OptimizerObject& self, const Value& given) {
  Dict& group = group_dict(given);
  Value* params = names().params.in(group);
  if (!params) fail("KeyError", "'params'");
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
    if (!x) fail("TypeError", "optimizer can only optimize Tensors, but one of the params is ", type_of(item)->name);
    if (!is_leaf(*x) && !x->retains_grad) fail("ValueError", "can't optimize a non-leaf Tensor");
  }
  Dict& defaults = dict_attribute(self, names().defaults);
  for (const Key& key : self.option_names) {
    if (!key.in(group) && !key.in(defaults)) {
      fail("ValueError", "parameter group didn't specify a value of required optimization parameter ", key.name->text);
    }
  }
  const std::vector<Dict::Entry> entries = defaults.entries;
  for (const Dict::Entry& entry : entries) {
    if (!entry.key.is_undefined() && !group.find(entry.key)) group.set(entry.key, entry.value);
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

Value construct(const OptimizerDef& def, Type* type, Args args) {
  auto self = make<OptimizerObject>(type, def);
  Value params;
  std::vector<Value> given(def.options.size());
  std::size_t positional = 1;
  for (const OptionDef& option : def.options) positional += !option.keyword_only;
  if (args.positional > positional) {
    fail("TypeError", def.name, ".__init__() takes from 2 to ", positional + 1, " positional arguments but ", args.positional + 1, " were given");
  }
  for (std::uint32_t i = 0; i < args.positional; ++i) (i == 0 ? params : given[i - 1]) = args[i];
  for (std::uint32_t k = 0; k < args.keyword_count(); ++k) {
    Str* name = args.keyword_name(k);
    Value* slot = name->text == "params" ? &params : nullptr;
    for (std::size_t i = 0; i < self->option_names.size(); ++i) {
      if (self->option_names[i].name->text == name->text) slot = &given[i];
    }
    if (!slot) fail("TypeError", def.name, ".__init__() got an unexpected keyword argument '", name->text, "'");
    if (!slot->is_undefined()) fail("TypeError", def.name, ".__init__() got multiple values for argument '", name->text, "'");
    *slot = args.keyword_value(k);
  }
  if (params.is_undefined()) fail("TypeError", def.name, ".__init__() missing 1 required positional argument: 'params'");

  double numbers[kMaxOptions] = {};
  std::string shown[kMaxOptions];
  std::size_t at = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const OptionDef& option = def.options[i];
    if (given[i].is_undefined() && option.required) {  // a group may still say
      ++at;
      continue;
    }
    if (given[i].is_undefined()) given[i] = default_value(option);
    at += read_option(option, given[i], numbers + at, shown + at);
  }
  def.check(numbers, shown);
  auto defaults = make<Dict>();
  const auto set_default = [&](std::size_t i) {
    if (!given[i].is_undefined()) defaults->set(self->option_names[i].name, given[i]);
  };
  for (const char* name : def.group_order) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (std::string_view(name) == def.options[i].name) set_default(i);
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) set_default(i);
  if (TensorImpl* x = as_tensor(params)) {
    fail("TypeError", "params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.", legacy_name(x->dtype), "Tensor");
  }
  std::vector<Value> items = to_vector(params);
  if (items.empty()) fail("ValueError", "optimizer got an empty parameter list");
  Dict& attributes = self->attributes();
  attributes.set(names().defaults.name, defaults);
  attributes.set(names().state.name, make<Dict>());
  attributes.set(names().param_groups.name, list({}));
  if (as<Dict>(items[0])) {
    for (const Value& item : items) {
      auto group = make<Dict>();
      for (const auto& entry : group_dict(item).entries) {
        if (!entry.key.is_undefined()) group->set(entry.key, entry.value);
      }
      add_group(*self, group);
    }
  } else {
    auto group = make<Dict>();
    group->set(names().params.name, list(std::move(items)));
    add_group(*self, group);
  }
  return self;
}

// --------------------------------------------------------------------------------------------------------------- methods

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
  bool is_integer(std::size_t i) const { return self_.def.state[i].kind == StateDef::Kind::integer; }
  OptimizerObject& self_;
};

Value step(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  Value loss = Value::none();
  if (!p[1].is_none()) {
    const GradMode on(true);
    loss = call(p[1], {});
  }
  Dict& state = dict_attribute(self, names().state);
  for (const Value& group : groups_of(self)) {
    double options[kMaxOptions];
    read_options(self, group, options);
    for (const Value& parameter : parameters_of(group)) {
      const Tensor x(as_tensor(parameter));
      if (!x || !x->grad) continue;
      if (!(x->grad->sizes == x->sizes)) {
        fail("RuntimeError", "The size of the gradient ", x->grad->sizes, " must match the size of the parameter ", x->sizes);
      }
      StateOf of(self, state, parameter);
      const Update update{x, cast(x->grad, x->dtype), of.tensors, options};
      if (update_observer) update_observer(self.def, update, false);
      self.def.update(update);
      if (update_observer) update_observer(self.def, update, true);
      x->raise_version();
      of.store(state, parameter);
    }
  }
  return loss;
}

// Since PyTorch 2.0 gradients are let go of, not set to zero: nabla follows 2.x here (docs/parity.md).
Value zero_grad(const Value* p) {
  const bool to_none = truth(p[1]);
  for (const Value& group : groups_of(self_of(p[0]))) {
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

Value add_param_group(const Value* p) {
  add_group(self_of(p[0]), p[1]);
  return Value::none();
}

/// Parameters by number in the order of the groups, as state_dict() names them.
std::vector<Value> all_parameters(OptimizerObject& self) {
  std::vector<Value> out;
  for (const Value& group : groups_of(self)) {
    for (const Value& parameter : parameters_of(group)) out.push_back(parameter);
  }
  return out;
}

Value state_dict(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  Dict& state = dict_attribute(self, names().state);
  auto packed = make<Dict>();
  std::int64_t number = 0;
  for (const Value& parameter : all_parameters(self)) {
    if (const Value* found = state.find(parameter)) packed->set(integer(number), *found);
    ++number;
  }
  std::vector<Value> groups;
  number = 0;
  for (const Value& group : groups_of(self)) {
    auto out = make<Dict>();
    for (const auto& entry : group_dict(group).entries) {
      if (entry.key.is_undefined() || (text_of(entry.key) && *text_of(entry.key) == "params")) continue;
      out->set(entry.key, entry.value);
    }
    std::vector<Value> numbers;
    for (std::size_t i = 0; i < parameters_of(group).size(); ++i) numbers.push_back(integer(number++));
    out->set(names().params.name, list(std::move(numbers)));
    groups.push_back(out);
  }
  auto out = make<Dict>();
  out->set(names().state.name, packed);
  out->set(names().param_groups.name, list(std::move(groups)));
  return out;
}

Value load_state_dict(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  const Value saved_groups = get_item(p[1], Value::object(names().param_groups.name));
  const Value saved_state = get_item(p[1], Value::object(names().state.name));
  const std::vector<Value> given = to_vector(saved_groups);
  auto& groups = groups_of(self);
  if (given.size() != groups.size()) fail("ValueError", "loaded state dict has a different number of parameter groups");
  std::vector<Value> numbers;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::vector<Value> items = to_vector(get_item(given[i], Value::object(names().params.name)));
    if (items.size() != parameters_of(groups[i]).size()) {
      fail("ValueError", "loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
    }
    numbers.insert(numbers.end(), items.begin(), items.end());
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const auto& entry : group_dict(given[i]).entries) {
      if (!entry.key.is_undefined() && !(text_of(entry.key) && *text_of(entry.key) == "params")) group_dict(groups[i]).set(entry.key, entry.value);
    }
  }
  auto state = make<Dict>();
  const std::vector<Value> parameters = all_parameters(self);
  Dict* saved = as<Dict>(saved_state);
  for (std::size_t i = 0; saved && i < parameters.size(); ++i) {
    const Value* found = saved->find(numbers[i]);
    const Dict* from = found ? as<Dict>(*found) : nullptr;
    if (!from) continue;
    auto copied = make<Dict>();
    for (const auto& entry : from->entries) {
      if (entry.key.is_undefined()) continue;
      TensorImpl* x = as_tensor(entry.value);
      copied->set(entry.key, x ? wrap(copy(Tensor(x))) : entry.value);
    }
    state->set(parameters[i], copied);
  }
  self.attributes().set(names().state.name, state);
  return Value::none();
}

std::string optimizer_repr(const Value& value) {
  OptimizerObject& self = self_of(value);
  std::string out = cat(self.type->name, " (");
  std::size_t number = 0;
  for (const Value& group : groups_of(self)) {
    out += cat("\nParameter Group ", number++, "\n");
    std::vector<std::pair<std::string, Value>> rows;
    for (const auto& entry : group_dict(group).entries) {
      if (!entry.key.is_undefined() && str(entry.key) != "params") rows.emplace_back(str(entry.key), entry.value);
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [name, value_of] : rows) out += cat("    ", name, ": ", str(value_of), "\n");
  }
  return out + ")";
}

constexpr Method kMethods[] = {
    {"step(self, closure=None)", step},
    {"zero_grad(self, set_to_none=True)", zero_grad},
    {"add_param_group(self, param_group)", add_param_group},
    {"state_dict(self)", state_dict},
    {"load_state_dict(self, state_dict)", load_state_dict},
};

struct OptimizerClass {
  const OptimizerDef* def;
  Type* type;
};
std::vector<OptimizerClass>& classes() {
  static std::vector<OptimizerClass> list;
  return list;
}

}  // namespace

void make_optimizer_types() {
  Type* base = optimizer_type();
  base->has_dict = true;
  base->slots.repr = optimizer_repr;
  add_methods(base, kMethods);
  for (const OptimizerDef* def : all_optimizers()) {
    std::string module = cat("torch.optim.", def->name);
    for (char& c : module) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    Type* type = make_torch_type(def->name, base, module.c_str());
    classes().push_back({def, type});
    type->construct = [](Type* made, Args args) -> Value {
      for (const OptimizerClass& one : classes()) {
        if (made->is_subtype_of(one.type)) return construct(*one.def, made, args);
      }
      fail("TypeError", "cannot create '", made->name, "' instances");
    };
  }
}

void add_optimizers(Dict& optim) {
  optim.set(intern("Optimizer"), Value::object(optimizer_type()));
  for (const OptimizerClass& one : classes()) optim.set(intern(one.def->name), Value::object(one.type));
}

}  // namespace nabla
