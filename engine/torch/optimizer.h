// What the files of torch.optim share: the Python object of an optimizer, and how its attributes are read.
// optimizer.cpp steps, lbfgs.cpp has the step of LBFGS, optimizer_options.cpp makes optimizers and their groups, optimizer_state.cpp saves, loads and prints them.
#pragma once
#include <vector>

#include "base/error.h"
#include "optim/optimizer.h"
#include "torch/torch.h"

namespace nabla::optimizers {

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
inline const Names& names() {
  static const Names n;
  return n;
}

/// `def` is null where a learner wrote the class below Optimizer itself.
struct OptimizerObject final : Instance {
  const OptimizerDef* def;
  std::vector<Key> option_names;
  std::vector<Key> state_names;
  std::int64_t steps = 0;  // schedulers warn when they are stepped first
  OptimizerObject(Type* type, const OptimizerDef* def) : Instance(type), def(def) {
    if (!def) return;
    for (const OptionDef& option : def->options) option_names.emplace_back(option.name);
    for (const StateDef& state : def->state) state_names.emplace_back(state.name);
  }
};
inline OptimizerObject& self_of(const Value& value) { return *static_cast<OptimizerObject*>(value.as_object()); }

/// The attributes, of the types that they must have; AttributeError or TypeError else.
const Value& attribute(OptimizerObject& self, const Key& key);
Dict& dict_attribute(OptimizerObject& self, const Key& key);
std::vector<Value>& groups_of(OptimizerObject& self);
Dict& group_dict(const Value& group);
const std::vector<Value>& parameters_of(const Value& group);

/// The options of a group as numbers, in the order of the definition.
void read_options(OptimizerObject& self, const Value& group, double* out);
inline constexpr std::size_t kMaxOptions = 16;

/// torch.optim.optimizer.required: the default of an option that has none.
const Value& required();

/// What `state` begins as: a defaultdict(dict).
Value new_state();

Type* optimizer_type();
/// The class of each definition.
struct OptimizerClass {
  const OptimizerDef* def;
  Type* type;
};
const std::vector<OptimizerClass>& optimizer_classes();

/// An optimizer without attributes yet, of a class below Optimizer.
Ref<Instance> bare_optimizer(Type* type);

// Optimizer's methods, as native functions take them.
Value construct(Type* type, Args args);
Value initialize(Args args);  // __init__
/// Gives the parameters the state that they have before their first step (OptimizerDef::begin).
void begin_state(OptimizerObject& self);
Value add_param_group(const Value* p);
Value deep_copy(const Value* p);
Value state_dict(const Value* p);
Value load_state_dict(const Value* p);
std::string optimizer_repr(const Value& value);

// The step of LBFGS (lbfgs.cpp), for lib/lbfgs.py.
extern const Method kMakeSearch[1];
void make_search_type();

}  // namespace nabla::optimizers
