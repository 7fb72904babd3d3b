// The types set and frozenset: their operators and methods. The table, and the order in which they are walked: python/set.cpp.
#include "python/builtins/support.h"

namespace nabla {
namespace {

Set& own(const Value& value) { return self_as<Set>(value); }

bool is_frozen(const Set& set) { return set.type->is_subtype_of(frozenset_type()); }

/// A set, or frozenset (which is no subtype of set); null for anything else.
Set* set_of(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type* type = value.as_object()->type;
  const bool is_set = type && !type->has_dict && (type->is_subtype_of(Set::class_type()) || type->is_subtype_of(frozenset_type()));
  return is_set ? static_cast<Set*>(value.as_object()) : nullptr;
}

/// `other` as a set: itself, or made from an iterable.
Ref<Set> as_set(const Value& other) {
  if (Set* set = set_of(other)) return Ref<Set>(set);
  return make_set(other, Set::class_type());
}

/// A new set of the same items: a frozenset if `set` is one, else a set, as CPython gives for derived classes too.
Ref<Set> as_base(Ref<Set> made, const Set& set) {
  if (is_frozen(set)) made->type = frozenset_type();
  return made;
}

bool is_subset(const Set& part, Set& whole) {
  if (part.count > whole.count) return false;
  std::size_t position = 0;
  for (Value item; item = part.next(position), !item.is_undefined();) {
    if (!whole.contains(item)) return false;
  }
  return true;
}

/// The items of `other`, any iterable, that are in `set`.
Ref<Set> intersection(Set& set, const Value& other) {
  if (Set* theirs = set_of(other)) return set.intersection(*theirs);
  auto made = make<Set>();
  Walk walk(other);
  for (Value item; walk.next(item);) {
    if (set.contains(item)) made->add(item);
  }
  return made;
}
void remove_all(Set& set, const Value& other) {
  if (Set* theirs = set_of(other)) return set.remove_all(*theirs);
  Walk walk(other);
  for (Value item; walk.next(item);) set.erase(item);
  set.drop_deleted();
}
Ref<Set> difference(Set& set, const Value& other) {
  const Dict* dict = type_of(other) == Dict::class_type() ? as<Dict>(other) : nullptr;
  if (Set* theirs = set_of(other)) return set.difference(*theirs);
  if (dict && set.count >> 2 <= dict->count) return set.difference(*as_set(other));
  auto made = set.copy();
  remove_all(*made, other);
  return made;
}
Ref<Set> symmetric(Set& set, const Value& other) {
  auto made = make_set(other, Set::class_type());
  made->toggle_all(set);
  return made;
}

/// set op other. None of the sets is changed.
Ref<Set> combine(Binary op, Set& set, const Value& other) {
  if (op == Binary::bit_and) return intersection(set, other);
  if (op == Binary::sub) return difference(set, other);
  if (op == Binary::bit_xor) return symmetric(set, other);
  auto made = set.copy();
  if (set_of(other) != &set) set_update(*made, other);
  return made;
}
void apply(Binary op, Set& set, const Value& other) {
  if (op == Binary::bit_or) set_update(set, other);
  else if (op == Binary::bit_and) set.swap(*intersection(set, other));
  else if (op == Binary::sub) remove_all(set, other);
  else if (type_of(other) != Dict::class_type()) set.toggle_all(*as_set(other));
  else {
    for (const Value& key : to_vector(other)) {
      if (!set.erase(key)) set.add(key);
    }
  }
}

Value set_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  Set *left = set_of(a), *right = set_of(b);
  const bool known = op == Binary::bit_or || op == Binary::bit_and || op == Binary::sub || op == Binary::bit_xor;
  if (!known || !left || !right) return Value::not_implemented();
  if (in_place && !is_frozen(*left)) {
    apply(op, *left, b);
    return a;
  }
  return as_base(combine(op, *left, b), *left);
}

Value set_compare(Compare op, const Value& a, const Value& b) {
  Set *left = set_of(a), *right = set_of(b);
  if (!left || !right) return Value::not_implemented();
  const std::size_t m = left->count, n = right->count;
  switch (op) {
    case Compare::eq: return Value::boolean(m == n && is_subset(*left, *right));
    case Compare::ne: return Value::boolean(m != n || !is_subset(*left, *right));
    case Compare::le: return Value::boolean(is_subset(*left, *right));
    case Compare::lt: return Value::boolean(m < n && is_subset(*left, *right));
    case Compare::ge: return Value::boolean(is_subset(*right, *left));
    case Compare::gt: return Value::boolean(n < m && is_subset(*right, *left));
  }
  return Value::not_implemented();
}

std::string set_repr(const Value& self) {
  const Set& set = slot_self<Set>(self);
  const bool plain = set.type == Set::class_type();
  const std::string& name = set.type->name;
  if (set.count == 0) return name + "()";
  const Printing guard(&set);
  if (guard.again()) return name + "(...)";
  const std::string items = cat("{", join_reprs(set_items(set)), "}");
  return plain ? items : cat(name, "(", items, ")");
}

/// As CPython's: the same for any order.
std::uint64_t set_hash(const Value& self) {
  const Set& set = slot_self<Set>(self);
  std::uint64_t sum = 0;
  std::size_t position = 0;
  while (!set.next(position).is_undefined()) {
    const std::uint64_t hash = set.hash_before(position);
    sum ^= ((hash ^ 89869747u) ^ (hash << 16)) * 3644798167u;
  }
  if (set.is_loose()) hashed_at_random = true;
  sum ^= (std::uint64_t{set.count} + 1) * 1927868237u;
  sum ^= (sum >> 11) ^ (sum >> 25);
  sum = sum * 69069u + 907133923u;
  return sum == ~std::uint64_t{0} ? 590923713u : sum;
}

struct SetIterator final : Object {
  Ref<Set> set;
  const std::size_t count;
  std::size_t position = 0;
  explicit SetIterator(Ref<Set> set) : Object(class_type()), set(std::move(set)), count(this->set->count) {}
  static Type* class_type() {
    static Type* const type = make_type("set_iterator", [](Type& t) {
      t.slots.iterate = [](const Value& self) { return self; };
      t.slots.next = [](const Value& self) {
        auto& it = slot_self<SetIterator>(self);
        if (!it.set) return Value();
        if (it.set->count != it.count) fail("RuntimeError", "Set changed size during iteration");
        Value item = it.set->next(it.position);
        if (item.is_undefined()) it.set = nullptr;
        return item;
      };
    });
    return type;
  }
};

Value construct_any_set(Type* cls, Args args) {
  const char* name = cls->is_subtype_of(frozenset_type()) ? "frozenset" : "set";
  if (!cls->is_heap) no_keywords(name, args);
  check_count(name, args, 0, 1);
  if (!args.positional) return of_class(make<Set>(), cls);
  if (cls == frozenset_type() && type_of(args[0]) == cls) return args[0];
  return make_set(args[0], cls);
}

/// A set cannot be a key; to look one up among sets, it is taken as frozen.
Value as_key(const Value& item) {
  Set* set = set_of(item);
  return set && !is_frozen(*set) ? Value(make_set(item, frozenset_type())) : item;
}

// ----------------------------------------------------------------------------------------------------------- methods

Value add_method(const Value* p) {
  own(p[0]).add(p[1]);
  return Value::none();
}
Value discard(const Value* p) {
  own(p[0]).erase(as_key(p[1]));
  return Value::none();
}
Value remove(const Value* p) {
  if (!own(p[0]).erase(as_key(p[1]))) raise("KeyError", {p[1]});
  return Value::none();
}
Value pop(const Value* p) {
  Value first = own(p[0]).pop();
  if (first.is_undefined()) raise("KeyError", {string("pop from an empty set")});
  return first;
}
Value clear(const Value* p) {
  own(p[0]).clear();
  return Value::none();
}
Set& any(const Value& value) { return *set_of(value); }
Value copy(const Value* p) { return type_of(p[0]) == frozenset_type() ? p[0] : Value(as_base(any(p[0]).copy(), any(p[0]))); }

/// union(), intersection(), ...: a new set, from any number of iterables.
template <Binary op>
Value combined(Args args) {
  Set& self = any(args[0]);
  Ref<Set> made;
  for (std::uint32_t i = 1; i < args.positional; ++i) {
    if (i == 1) made = combine(op, self, args[i]);
    else if (op != Binary::bit_or || set_of(args[i]) != &self) apply(op, *made, args[i]);
  }
  return as_base(made ? made : self.copy(), self);
}
/// update(), intersection_update(), ...: the same in place.
template <Binary op>
Value update(Args args) {
  Set& self = own(args[0]);
  if (op == Binary::bit_and && args.positional > 1) {
    const Value made = combined<op>(args);
    self.swap(*set_of(made));
  } else {
    for (std::uint32_t i = 1; i < args.positional; ++i) apply(op, self, args[i]);
  }
  return Value::none();
}
Value symmetric_difference(const Value* p) {
  const Value both[] = {p[0], p[1]};
  return combined<Binary::bit_xor>(Args{both, 2, nullptr});
}
Value symmetric_difference_update(const Value* p) {
  apply(Binary::bit_xor, own(p[0]), p[1]);
  return Value::none();
}
Value issubset(const Value* p) { return Value::boolean(is_subset(any(p[0]), *as_set(p[1]))); }
Value issuperset(const Value* p) { return Value::boolean(is_subset(*as_set(p[1]), any(p[0]))); }
Value isdisjoint(const Value* p) {
  Set& self = any(p[0]);
  Walk walk(p[1]);
  for (Value item; walk.next(item);) {
    if (self.contains(item)) return Value::boolean(false);
  }
  return Value::boolean(true);
}

constexpr Method kMethods[] = {
    {"copy(self, /)", copy},
    {"symmetric_difference(self, other, /)", symmetric_difference},
    {"issubset(self, other, /)", issubset},
    {"issuperset(self, other, /)", issuperset},
    {"isdisjoint(self, other, /)", isdisjoint},
};
constexpr RawMethod kRawMethods[] = {
    {"union", combined<Binary::bit_or>},
    {"intersection", combined<Binary::bit_and>},
    {"difference", combined<Binary::sub>},
};
constexpr Method kChangingMethods[] = {
    {"add(self, object, /)", add_method},
    {"discard(self, object, /)", discard},
    {"remove(self, object, /)", remove},
    {"pop(self, /)", pop},
    {"clear(self, /)", clear},
    {"symmetric_difference_update(self, other, /)", symmetric_difference_update},
};
constexpr RawMethod kRawChangingMethods[] = {
    {"update", update<Binary::bit_or>},
    {"intersection_update", update<Binary::bit_and>},
    {"difference_update", update<Binary::sub>},
};

void fill_both(Type& type) {
  type.construct = construct_any_set;
  type.slots.binary = set_binary;
  type.slots.compare = set_compare;
  type.slots.contains = [](const Value& self, const Value& item) { return slot_self<Set>(self).contains(as_key(item)); };
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<Set>(self).count); };
  type.slots.truth = [](const Value& self) { return slot_self<Set>(self).count != 0; };
  type.slots.iterate = [](const Value& self) -> Value { return make<SetIterator>(Ref<Set>(&slot_self<Set>(self))); };
  type.slots.repr = set_repr;
}

}  // namespace

void set_update(Set& set, const Value& iterable) {
  if (Set* other = set_of(iterable)) return set.merge(*other);
  if (type_of(iterable) == Dict::class_type()) set.reserve_for(as<Dict>(iterable)->count);
  Walk walk(iterable);
  for (Value item; walk.next(item);) set.add(item);
}

Ref<Set> make_set(const Value& iterable, Type* type) {
  auto made = of_class(make<Set>(), type);
  set_update(*made, iterable);
  return made;
}

std::vector<Value> set_items(const Set& set) {
  std::vector<Value> items;
  items.reserve(set.count);
  std::size_t position = 0;
  for (Value item; item = set.next(position), !item.is_undefined();) items.push_back(std::move(item));
  return items;
}

void fill_set(Type& type) {
  fill_both(type);
  type.slots.hash = nullptr;
}

void fill_frozenset(Type& type) {
  fill_both(type);
  type.slots.hash = set_hash;
}

void add_set_methods() {
  for (Type* type : {Set::class_type(), frozenset_type()}) {
    add_methods(type, kMethods);
    add_methods(type, kRawMethods);
  }
  add_methods(Set::class_type(), kChangingMethods);
  add_methods(Set::class_type(), kRawChangingMethods);
}

}  // namespace nabla
