// torch.optim: an optimizer's state as a dict, and its printed form.
#include <algorithm>

#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/optimizer.h"

namespace nabla::optimizers {
namespace {

/// Parameters by number in the order of the groups, as state_dict() names them.
std::vector<Value> all_parameters(OptimizerObject& self) {
  std::vector<Value> out;
  for (const Value& group : groups_of(self)) {
    for (const Value& parameter : parameters_of(group)) out.push_back(parameter);
  }
  return out;
}

}  // namespace

Value state_dict(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  Dict& state = dict_attribute(self, names().state);
  const std::vector<Value> parameters = all_parameters(self);
  auto packed = make<Dict>();
  for (const auto& entry : state.entries) {
    if (entry.key.is_undefined()) continue;
    const auto at = std::find(parameters.begin(), parameters.end(), entry.key) - parameters.begin();
    packed->set(at < static_cast<std::ptrdiff_t>(parameters.size()) ? integer(at) : entry.key, entry.value);
  }
  std::vector<Value> groups;
  std::int64_t number = 0;
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

namespace {

/// A copy of what was saved of a parameter: its tensors in the parameter's dtype, but for the step.
Value copied(const Value& value, DType dtype, bool is_step = false) {
  if (TensorImpl* x = as_tensor(value)) {
    const bool casts = !is_step && is_floating(dtype) && x->dtype != dtype;
    return wrap(casts ? cast(Tensor(x), dtype) : copy(Tensor(x)));
  }
  if (const Dict* dict = as<Dict>(value)) {
    auto out = make<Dict>();
    for (const auto& entry : dict->entries) {
      if (!entry.key.is_undefined()) out->set(entry.key, copied(entry.value, dtype, text_of(entry.key) && *text_of(entry.key) == "step"));
    }
    return out;
  }
  if (!as<List>(value) && !as<Tuple>(value)) return value;
  std::vector<Value> items = to_vector(value);
  for (Value& item : items) item = copied(item, dtype);
  return as<List>(value) ? list(std::move(items)) : tuple(std::move(items));
}

}  // namespace

Value load_state_dict(const Value* p) {
  OptimizerObject& self = self_of(p[0]);
  const std::vector<Value> saved = to_vector(get_item(p[1], Value::object(names().param_groups.name)));
  const Value saved_state = get_item(p[1], Value::object(names().state.name));
  auto& groups = groups_of(self);
  if (saved.size() != groups.size()) fail("ValueError", "loaded state dict has a different number of parameter groups");
  std::vector<Value> numbers, loaded;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::vector<Value> items = to_vector(get_item(saved[i], Value::object(names().params.name)));
    if (items.size() != parameters_of(groups[i]).size()) {
      fail("ValueError", "loaded state dict contains a parameter group that doesn't match the size of optimizer's group");
    }
    numbers.insert(numbers.end(), items.begin(), items.end());
    auto group = make<Dict>();
    for (const auto& entry : group_dict(saved[i]).entries) {
      if (!entry.key.is_undefined()) group->set(entry.key, entry.value);
    }
    group->set(names().params.name, list(std::vector<Value>(parameters_of(groups[i]))));
    loaded.push_back(group);
  }
  const std::vector<Value> parameters = all_parameters(self);
  const Value state = new_state();
  for (const auto& entry : group_dict(saved_state).entries) {
    if (entry.key.is_undefined()) continue;
    const auto at = std::find(numbers.begin(), numbers.end(), entry.key) - numbers.begin();
    const bool is_known = at < static_cast<std::ptrdiff_t>(parameters.size());
    as<Dict>(state)->set(is_known ? parameters[at] : entry.key, is_known ? copied(entry.value, as_tensor(parameters[at])->dtype) : entry.value);
  }
  groups = loaded;
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

}  // namespace nabla::optimizers
