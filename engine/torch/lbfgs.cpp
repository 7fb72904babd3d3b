// torch.optim.LBFGS: the search of optim/lbfgs.h as a Python object, and its state in the optimizer's dict. The loop that calls the
// learner's closure is lib/lbfgs.py, so that a run can stop between two of its instructions.
#include "optim/lbfgs.h"

#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/optimizer.h"

namespace nabla::optimizers {
namespace {

struct SearchObject final : Object {
  Ref<Dict> state;  // of the first parameter
  Value rate;       // the learning rate, as the learner gave it
  double options[kMaxOptions];
  LbfgsSearch search;

  SearchObject(Type* type, Ref<Dict> state, Value rate, const double* given, std::vector<Tensor> parameters, LbfgsSearch::Settings settings, LbfgsState kept)
      : Object(type), state(std::move(state)), rate(std::move(rate)), search(std::move(parameters), (std::copy(given, given + kMaxOptions, options), settings.options = options, settings), std::move(kept)) {}
};
Type* search_type() {
  static Type* const type = make_torch_type("_LbfgsSearch", nullptr, "torch.optim.lbfgs");
  return type;
}

// ---- the state, from and to Python ----

Value* found(Dict& dict, const char* name) {
  Value* value = dict.find(Value::object(intern(name)));
  return value && !value->is_none() ? value : nullptr;
}
Measure measure_of(const Value& value) {
  if (const TensorImpl* x = as_tensor(value)) return {element(*x, 0).to_double(), x->dtype == DType::float64 ? Measure::Kind::float64 : Measure::Kind::float32};
  return to_double(value);
}
Value value_of(const Measure& m) {
  if (m.kind == Measure::Kind::number) return Value::number(m.value);
  return wrap(scalar_tensor(Scalar::of(m.value), m.kind == Measure::Kind::float64 ? DType::float64 : DType::float32));
}
template <class T, class F>
Value list_of(const std::vector<T>& items, F f) {
  std::vector<Value> out;
  for (const T& item : items) out.push_back(f(item));
  return list(std::move(out));
}
Tensor flat_tensor(const Value& value) { return contiguous(Tensor(as_tensor(value))); }

LbfgsState read_state(Dict& dict) {
  LbfgsState out;
  if (const Value* value = found(dict, "func_evals")) out.evaluations = to_index(*value);
  if (const Value* value = found(dict, "n_iter")) out.iterations = to_index(*value);
  if (const Value* value = found(dict, "d")) out.direction = flat_tensor(*value);
  if (const Value* value = found(dict, "t")) out.t = measure_of(*value);
  if (const Value* value = found(dict, "H_diag")) out.scale = measure_of(*value);
  if (const Value* value = found(dict, "prev_flat_grad")) out.last_gradient = flat_tensor(*value);
  if (const Value* value = found(dict, "prev_loss")) out.last_loss = to_double(*value);
  const auto each = [&](const char* name, auto f) {
    if (const Value* value = found(dict, name)) {
      for (const Value& item : to_vector(*value)) f(item);
    }
  };
  each("old_dirs", [&](const Value& item) { out.gradients.push_back(flat_tensor(item)); });
  each("old_stps", [&](const Value& item) { out.steps.push_back(flat_tensor(item)); });
  each("ro", [&](const Value& item) { out.inverse.push_back(measure_of(item)); });
  return out;
}

void write_state(SearchObject& self, bool is_over) {
  const LbfgsState& s = self.search.state();
  Dict& dict = *self.state;
  const auto set = [&](const char* name, Value value) { dict.set(intern(name), std::move(value)); };
  set("func_evals", integer(s.evaluations));
  set("n_iter", integer(s.iterations));
  if (!is_over || !self.search.is_moved()) return;
  if (!s.alphas.empty()) set("al", list_of(s.alphas, [](const std::optional<Measure>& a) { return a ? value_of(*a) : Value::none(); }));
  set("d", wrap(s.direction));
  const bool is_rate = s.t.kind == Measure::Kind::number && s.iterations > 1 && s.t.value == to_double(self.rate);
  const bool is_start = s.t.kind == Measure::Kind::number && s.t.value == 0;  // where a search found nothing better: an int in PyTorch
  set("t", is_rate ? self.rate : is_start ? integer(0) : value_of(s.t));
  set("old_dirs", list_of(s.gradients, [](const Tensor& x) { return wrap(x); }));
  set("old_stps", list_of(s.steps, [](const Tensor& x) { return wrap(x); }));
  set("ro", list_of(s.inverse, value_of));
  set("H_diag", s.scale.kind == Measure::Kind::number ? integer(1) : value_of(s.scale));
  set("prev_flat_grad", wrap(s.last_gradient));
  set("prev_loss", Value::number(s.last_loss));
}

// ---- what lib/lbfgs.py calls ----

SearchObject& search_of(const Value& value) { return *static_cast<SearchObject*>(value.as_object()); }

/// The search of a step that begins now.
Value make_search(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  Dict& group = group_dict(groups_of(self).at(0));
  const std::vector<Value>& parameters = parameters_of(groups_of(self).at(0));
  double options[kMaxOptions] = {};
  read_options(self, groups_of(self).at(0), options);
  LbfgsSearch::Settings settings{options[0], options[1], options[2], options[3], options[4], static_cast<std::size_t>(options[5]), false, nullptr};
  if (const Value* search = found(group, "line_search_fn")) {
    const Str* name = as<Str>(*search);
    if (!name || name->text != "strong_wolfe") fail("RuntimeError", "only 'strong_wolfe' is supported");
    settings.line_search = true;
  }
  std::vector<Tensor> tensors;
  for (const Value& parameter : parameters) tensors.emplace_back(as_tensor(parameter));
  Dict& all = dict_attribute(self, names().state);
  Value* kept = all.find(parameters.at(0));
  if (!kept) {
    all.set(parameters[0], make<Dict>());
    kept = all.find(parameters[0]);
  }
  Ref<Dict> state(as<Dict>(*kept));
  return make<SearchObject>(search_type(), state, *group.find(Value::object(intern("lr"))), options, std::move(tensors), settings, read_state(*state));
}

/// begin(loss), go_on(loss): is another evaluation wanted?
template <bool (LbfgsSearch::*next)(double)>
Value search_step(const Value* p) {
  SearchObject& self = search_of(p[0]);
  const bool more = (self.search.*next)(to_double(p[1]));
  write_state(self, !more);
  return Value::boolean(more);
}

constexpr Method kSearch[] = {{"begin(self, loss)", search_step<&LbfgsSearch::begin>}, {"go_on(self, loss)", search_step<&LbfgsSearch::go_on>}};

}  // namespace

const Method kMakeSearch[] = {{"_search(self)", make_search}};

void make_search_type() { add_methods(search_type(), kSearch); }

}  // namespace nabla::optimizers
