// Types in annotations: int | None (types.UnionType) and list[int] (types.GenericAlias). They say something to readers; at run time a union
// can be asked for with isinstance(), and an alias makes what its class makes.
#include <algorithm>

#include "python/builtins/support.h"

namespace nabla {
namespace {

struct Union final : Object {
  std::vector<Value> members;  // classes, aliases and None
  explicit Union(std::vector<Value> members) : Object(class_type()), members(std::move(members)) {}
  static Type* class_type();
};

struct Alias final : Object {
  Value origin, parameters;  // parameters: a tuple
  Alias(Value origin, Value parameters) : Object(class_type()), origin(std::move(origin)), parameters(std::move(parameters)) {}
  static Type* class_type();
};

bool same(const Value& a, const Value& b) { return a == b || (as<Alias>(a) && as<Alias>(b) && equal(a, b)); }

bool can_join(const Value& value) { return value.is_none() || as<Type>(value) || as<Union>(value) || as<Alias>(value); }

void add_member(std::vector<Value>& members, const Value& value) {
  if (const Union* more = as<Union>(value)) {
    for (const Value& one : more->members) add_member(members, one);
    return;
  }
  for (const Value& one : members) {
    if (same(one, value)) return;
  }
  members.push_back(value);
}

Value parameters_of(const Value& self) { return slot_self<Alias>(self).parameters; }

Type* Union::class_type() {
  static Type* const type = [] {
    Type* made = make_type("UnionType", [](Type& t) {
      t.module = "types";
      t.slots.binary = join_types;
      t.slots.repr = [](const Value& self) {
        std::string out;
        for (const Value& one : slot_self<Union>(self).members) out += (out.empty() ? "" : " | ") + type_words(one);
        return out;
      };
      t.slots.compare = [](Compare op, const Value& a, const Value& b) -> Value {
        const Union *left = as<Union>(a), *right = as<Union>(b);
        if (!left || !right || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
        bool all = left->members.size() == right->members.size();
        for (const Value& one : left->members) all = all && std::any_of(right->members.begin(), right->members.end(), [&](const Value& other) { return same(one, other); });
        return Value::boolean(all == (op == Compare::eq));
      };
    });
    static constexpr Property kProperties[] = {{"__args__", [](const Value& self) { return tuple(slot_self<Union>(self).members); }}};
    add_properties(made, kProperties);
    return made;
  }();
  return type;
}

Type* Alias::class_type() {
  static Type* const type = [] {
    Type* made = make_type("GenericAlias", [](Type& t) {
      t.module = "types";
      t.slots.binary = join_types;
      t.slots.call = [](const Value& self, Args args) { return call(slot_self<Alias>(self).origin, args); };
      t.slots.get_attribute = [](const Value& self, Str* name) { return find_attribute(slot_self<Alias>(self).origin, name); };
      t.slots.repr = [](const Value& self) { return type_words(self); };
      t.slots.hash = [](const Value& self) { return hash(slot_self<Alias>(self).parameters); };
      t.slots.compare = [](Compare op, const Value& a, const Value& b) -> Value {
        const Alias *left = as<Alias>(a), *right = as<Alias>(b);
        if (!left || !right || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
        return Value::boolean((left->origin == right->origin && equal(left->parameters, right->parameters)) == (op == Compare::eq));
      };
    });
    static constexpr Property kProperties[] = {{"__origin__", [](const Value& self) { return slot_self<Alias>(self).origin; }}, {"__args__", parameters_of}};
    static constexpr Method kMethods[] = {{"__mro_entries__(self, bases, /)", [](const Value* p) { return tuple({slot_self<Alias>(p[0]).origin}); }}};
    add_properties(made, kProperties);
    add_methods(made, kMethods);
    return made;
  }();
  return type;
}

}  // namespace

std::string type_words(const Value& value) {
  if (value.is_none()) return "None";
  if (value.is_ellipsis()) return "...";
  if (const Type* type = as<Type>(value)) return type->module == "builtins" ? type->name : cat(type->module, ".", type->name);
  const auto listed = [](const std::vector<Value>& items) {
    std::string out;
    for (const Value& item : items) out += (out.empty() ? "" : ", ") + type_words(item);
    return out;
  };
  if (const Alias* alias = as<Alias>(value)) {
    const auto& parameters = as<Tuple>(alias->parameters)->items;
    return cat(type_words(alias->origin), "[", parameters.empty() ? "()" : listed(parameters), "]");
  }
  if (const List* list = as<List>(value)) return cat("[", listed(list->items), "]");
  if (const Tuple* tuple = as<Tuple>(value)) return listed(tuple->items);
  return repr(value);
}

Value join_types(Binary op, const Value& a, const Value& b, bool) {
  if (op != Binary::bit_or || !can_join(a) || !can_join(b)) return Value::not_implemented();
  std::vector<Value> members;
  add_member(members, a);
  add_member(members, b);
  return members.size() == 1 ? members[0] : Value(make<Union>(std::move(members)));
}

Value subscript_type(const Value& type, const Value& key) {
  for (const Type* plain : {int_type(), bool_type(), float_type(), Str::class_type(), bytes_type(), object_type(), none_type(), Slice::class_type()}) {
    if (as<Type>(type) == plain) fail("TypeError", "type '", plain->name, "' is not subscriptable");
  }
  return make<Alias>(type, as<Tuple>(key) ? key : tuple({key}));
}

const std::vector<Value>* union_members(const Value& value) noexcept {
  const Union* found = as<Union>(value);
  return found ? &found->members : nullptr;
}
bool is_alias(const Value& value) noexcept { return as<Alias>(value); }

}  // namespace nabla
