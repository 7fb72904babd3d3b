// What an optimizer is: its options, its state, its checks and its update rule, as data. One file an optimizer; the Python class,
// its printed form and the page's explanation of a step derive from the definition.
#pragma once
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/tensor.h"

namespace nabla {

/// An option of a parameter group. Flags are 0 or 1 here, True or False in Python.
struct OptionDef {
  enum class Kind : std::uint8_t { number, flag, pair, inert };  // inert: accepted and shown as PyTorch does, without effect
  const char* name;
  Kind kind = Kind::number;
  double value = 0;             // the default
  double second = 0;            // of a pair
  bool required = false;        // no default
  bool keyword_only = false;
  bool shown_as_none = false;   // an inert option whose default is None
  bool is_float = false;        // a whole number that Python shows as a float
  const char* tex = nullptr;    // its letter in the rule
  const char* second_tex = nullptr;

  /// How many numbers it stands for.
  std::size_t size() const { return kind == Kind::pair ? 2 : 1; }
};

/// What is kept of a parameter from step to step.
struct StateDef {
  enum class Kind : std::uint8_t { tensor, integer };  // integer: a Python int in state_dict(), a 0-d int64 tensor for the rule
  const char* name;
  Kind kind = Kind::tensor;
  const char* tex = nullptr;        // its letter in the rule
  const char* otherwise = nullptr;  // the symbol that stands in its place where no line sets it
};

/// What a rule works out on the way, of the parameter's shape or 0-d; a flag where it has no letter.
struct QuantityDef {
  const char* name;
  const char* tex = nullptr;
  const char* otherwise = nullptr;
  bool usual = false;               // a flag: how the rule in general has it
};

/// A line of the rule: `sets` becomes what `tex` says, in which every symbol stands as <name>: an option ("lr", "betas[0]"), a state
/// tensor, a quantity, "grad" or "param". A symbol that an earlier line has set is meant as it is then. `when`: the line takes part if these
/// options and flags are on, those with a ! off ("momentum !first").
struct RuleLine {
  const char* sets;
  const char* tex;
  const char* when = "";
};

inline constexpr std::size_t kMaxState = 8, kMaxQuantities = 8;

/// What an update tells of itself when it is asked: state as it began, where the update made it, and the quantities.
struct Told {
  Tensor initial[kMaxState];
  Tensor quantities[kMaxQuantities];
};

/// What the rule works on: one parameter, its gradient, its state tensors (null until the rule makes them), the options in
/// the order of OptimizerDef::options, a pair as two numbers.
struct Update {
  const Tensor& parameter;
  const Tensor& gradient;
  Tensor* state;
  const double* options;
  Told* told = nullptr;  // null when nobody asks
};

struct OptimizerDef {
  const char* name;                     // "SGD"
  const char* doc;                      // one sentence
  const char* latex = nullptr;          // the update rule as text, where `rule` does not hold all of it
  std::vector<OptionDef> options;       // in the order of the constructor's parameters
  std::vector<const char*> group_order = {};  // in the order of the group's dict, where that is another
  std::vector<StateDef> state;          // in the order of state_dict()
  std::vector<QuantityDef> quantities = {};
  std::vector<RuleLine> rule;           // in the order of the computation (optim/rule.h reads it)
  /// ValueError in PyTorch's words for options out of range; `shown` has them as Python prints them (a pair as two).
  void (*check)(const double* options, const std::string* shown);
  /// Changes the parameter (and state) in place. Does not touch versions. Null where a step is more than a rule for each parameter
  /// (LBFGS: optim/lbfgs.h).
  void (*update)(const Update& update);
  /// Makes the state that a parameter has before its first step; null for those that begin it with the step.
  void (*begin)(const Update& update) = nullptr;

  /// How many numbers Update::options holds.
  std::size_t number_count() const {
    std::size_t count = 0;
    for (const OptionDef& option : options) count += option.size();
    return count;
  }
};

/// Called before and after each update, with `told` where the definition has no `update`; set by the recorder, null when off.
using UpdateObserver = void (*)(const OptimizerDef& def, const Update& update, bool done);
extern UpdateObserver update_observer;

/// Every optimizer, from the explicit list in all_optimizers.cpp.
std::span<const OptimizerDef* const> all_optimizers();

}  // namespace nabla
