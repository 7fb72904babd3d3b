// See match.h.
#include "python/match.h"

#include "python/builtins/builtins.h"
#include "python/function.h"

namespace nabla {
namespace {

Value match_sequence(Args args) {
  const Value& subject = args[0];
  const auto* found_list = as<List>(subject);
  const auto* found_tuple = as<Tuple>(subject);
  if (!found_list && !found_tuple && !as<Range>(subject)) return Value::none();
  std::vector<Value> items = to_vector(subject);
  const auto count = static_cast<std::size_t>(args[1].as_small());
  const std::int64_t star = args[2].as_small();
  if (star < 0) return items.size() == count ? tuple(std::move(items)) : Value::none();
  if (items.size() + 1 < count) return Value::none();
  const auto before = static_cast<std::size_t>(star);
  const std::size_t after = count - before - 1;
  std::vector<Value> parts(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(before));
  parts.push_back(list(std::vector<Value>(items.begin() + static_cast<std::ptrdiff_t>(before), items.end() - static_cast<std::ptrdiff_t>(after))));
  parts.insert(parts.end(), items.end() - static_cast<std::ptrdiff_t>(after), items.end());
  return tuple(std::move(parts));
}

Value match_mapping(Args args) {
  auto* dict = as<Dict>(args[0]);
  if (!dict) return Value::none();
  const auto& keys = as<Tuple>(args[1])->items;
  std::vector<Value> parts;
  for (const Value& key : keys) {
    const Value* found = dict->find(key);
    if (!found) return Value::none();
    parts.push_back(*found);
  }
  if (args[2].is_true()) {
    auto rest = make<Dict>();
    for (const Dict::Entry& entry : dict->entries) {
      if (!entry.key.is_undefined()) rest->set(entry.key, entry.value);
    }
    for (const Value& key : keys) rest->erase(key);
    parts.push_back(std::move(rest));
  }
  return tuple(std::move(parts));
}

/// A class that, written with one pattern by position, means its subject as a whole: int(x), str(s).
bool matches_itself(const Type* type) {
  for (const Type* one : {int_type(), float_type(), bool_type(), Str::class_type(), List::class_type(), Tuple::class_type(), Dict::class_type(), Set::class_type(), frozenset_type()}) {
    if (type->is_subtype_of(one)) return true;
  }
  return false;
}

Value match_class(Args args) {
  const Value& subject = args[0];
  auto* type = as<Type>(args[1]);
  if (!type) fail("TypeError", "called match pattern must be a class");
  if (!is_instance(subject, type)) return Value::none();
  const auto positional = static_cast<std::size_t>(args[2].as_small());
  std::vector<Value> parts;
  static Str* const match_args = intern("__match_args__");
  if (positional > 0) {
    const Value names = type->lookup(match_args);
    if (names.is_undefined() && matches_itself(type)) {
      if (positional > 1) fail("TypeError", type->name, "() accepts 1 positional sub-pattern (", positional, " given)");
      parts.push_back(subject);
    } else {
      const auto* list = as<Tuple>(names);
      const std::size_t allowed = list ? list->items.size() : 0;
      if (positional > allowed) fail("TypeError", type->name, "() accepts ", allowed, " positional sub-pattern", allowed == 1 ? "" : "s", " (", positional, " given)");
      for (std::size_t i = 0; i < positional; ++i) {
        parts.push_back(find_attribute(subject, intern(*text_of(list->items[i]))));
        if (parts.back().is_undefined()) return Value::none();
      }
    }
  }
  for (const Value& name : as<Tuple>(args[3])->items) {
    parts.push_back(find_attribute(subject, intern(*text_of(name))));
    if (parts.back().is_undefined()) return Value::none();
  }
  return tuple(std::move(parts));
}

}  // namespace

Value match_sequence_function() {
  static const Value function = native_raw("match_sequence", match_sequence);
  return function;
}
Value match_mapping_function() {
  static const Value function = native_raw("match_mapping", match_mapping);
  return function;
}
Value match_class_function() {
  static const Value function = native_raw("match_class", match_class);
  return function;
}

}  // namespace nabla
