// The types set and frozenset.
//
// Note [Order of sets]
// CPython walks a set in the order of its hash table, which for integers looks sorted ({3, 1, 2} prints as {1, 2, 3}) and is part
// of what people see. Our sets keep the order of insertion; to walk one that holds only numbers (and None), its items are put
// into a table as CPython would have put them, and read off. Sets with texts keep the order of insertion: CPython's order
// changes from run to run there.
#include <algorithm>

#include "python/builtins/support.h"

namespace nabla {
namespace {

Set& own(const Value& value) { return self_as<Set>(value); }

bool is_frozen(const Set& set) { return set.type->is_subtype_of(frozenset_type()); }

/// A set, or frozenset (which is no subtype of set); null for anything else.
Set* set_of(const Value& value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type* type = value.as_object()->type;
  const bool is_set = type && (type->is_subtype_of(Set::class_type()) || type->is_subtype_of(frozenset_type()));
  return is_set ? static_cast<Set*>(value.as_object()) : nullptr;
}

/// `other` as a set: itself, or made from an iterable.
Ref<Set> as_set(const Value& other) {
  if (Set* set = set_of(other)) return Ref<Set>(set);
  return make_set(other, Set::class_type());
}

Ref<Set> copy_of(const Set& set, Type* type) {
  auto made = of_class(make<Set>(), type);
  made->dict = copy_dict(*set.dict);
  return made;
}

template <class Each>
void for_each(const Set& set, Each each) {
  for (std::size_t i = 0; i < set.dict->entries.size(); ++i) {
    const Value item = set.dict->entries[i].key;
    if (!item.is_undefined()) each(item);
  }
}

void add(Set& set, const Value& item) { set.dict->set(item, Value::none()); }
void add_all(Set& set, const Set& other) {
  for_each(other, [&](const Value& item) { add(set, item); });
}
void keep_only(Set& set, Set& other) {
  std::vector<Value> gone;
  for_each(set, [&](const Value& item) {
    if (!other.dict->find(item)) gone.push_back(item);
  });
  for (const Value& item : gone) set.dict->erase(item);
}
void remove_all(Set& set, const Set& other) {
  if (&set == &other) return set.dict->clear();
  for_each(other, [&](const Value& item) { set.dict->erase(item); });
}
void toggle_all(Set& set, const Set& other) {
  for_each(*copy_of(other, Set::class_type()), [&](const Value& item) {
    if (!set.dict->erase(item)) set.dict->set(item, Value::none());
  });
}
bool is_subset(const Set& part, Set& whole) {
  if (part.dict->count > whole.dict->count) return false;
  bool all = true;
  for_each(part, [&](const Value& item) { all = all && whole.dict->find(item); });
  return all;
}

void apply(Binary op, Set& set, Set& other) {
  if (op == Binary::bit_or) add_all(set, other);
  else if (op == Binary::bit_and) keep_only(set, other);
  else if (op == Binary::sub) remove_all(set, other);
  else toggle_all(set, other);
}

Value set_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  Set *left = set_of(a), *right = set_of(b);
  const bool known = op == Binary::bit_or || op == Binary::bit_and || op == Binary::sub || op == Binary::bit_xor;
  if (!known || !left || !right) return Value::not_implemented();
  if (in_place && !is_frozen(*left)) {
    apply(op, *left, *right);
    return a;
  }
  auto made = copy_of(*left, is_frozen(*left) ? frozenset_type() : Set::class_type());
  apply(op, *made, *right);
  return made;
}

Value set_compare(Compare op, const Value& a, const Value& b) {
  Set *left = set_of(a), *right = set_of(b);
  if (!left || !right) return Value::not_implemented();
  const std::size_t m = left->dict->count, n = right->dict->count;
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
  if (set.dict->count == 0) return name + "()";
  const Printing guard(&set);
  if (guard.again()) return name + "(...)";
  const std::string items = cat("{", join_reprs(set_items(set)), "}");
  return plain ? items : cat(name, "(", items, ")");
}

/// As CPython's: the same for any order.
std::uint64_t set_hash(const Value& self) {
  const Set& set = slot_self<Set>(self);
  std::uint64_t sum = 0;
  for (const Dict::Entry& entry : set.dict->entries)
    if (!entry.key.is_undefined()) sum ^= ((entry.hash ^ 89869747u) ^ (entry.hash << 16)) * 3644798167u;
  sum ^= (set.dict->count + 1) * 1927868237u;
  sum ^= (sum >> 11) ^ (sum >> 25);
  sum = sum * 69069u + 907133923u;
  return sum == ~std::uint64_t{0} ? 590923713u : sum;
}

struct SetIterator final : Object {
  Ref<Set> set;
  std::vector<Value> items;
  std::size_t position = 0;
  explicit SetIterator(Ref<Set> set) : Object(class_type()), set(std::move(set)), items(set_items(*this->set)) {}
  static Type* class_type() {
    static Type* const type = make_type("set_iterator", [](Type& t) {
      t.slots.iterate = [](const Value& self) { return self; };
      t.slots.next = [](const Value& self) {
        auto& it = slot_self<SetIterator>(self);
        if (it.position >= it.items.size()) return Value();
        if (it.set->dict->count != it.items.size()) fail("RuntimeError", "Set changed size during iteration");
        return it.items[it.position++];
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
  return set && !is_frozen(*set) ? Value(copy_of(*set, frozenset_type())) : item;
}

// ----------------------------------------------------------------------------------------------------------- methods

Value add_method(const Value* p) {
  add(own(p[0]), p[1]);
  return Value::none();
}
Value discard(const Value* p) {
  own(p[0]).dict->erase(as_key(p[1]));
  return Value::none();
}
Value remove(const Value* p) {
  if (!own(p[0]).dict->erase(as_key(p[1]))) raise("KeyError", {p[1]});
  return Value::none();
}
Value pop(const Value* p) {
  Set& set = own(p[0]);
  if (set.dict->count == 0) raise("KeyError", {string("pop from an empty set")});
  Value first = set_items(set).front();
  set.dict->erase(first);
  return first;
}
Value clear(const Value* p) {
  own(p[0]).dict->clear();
  return Value::none();
}
Set& any(const Value& value) { return *set_of(value); }
Value copy(const Value* p) { return copy_of(any(p[0]), any(p[0]).type); }

/// union(), intersection(), ...: a new set, from any number of iterables.
template <Binary op>
Value combined(Args args) {
  const Set& self = any(args[0]);
  Ref<Set> made = copy_of(self, is_frozen(self) ? frozenset_type() : Set::class_type());
  for (std::uint32_t i = 1; i < args.positional; ++i) apply(op, *made, *as_set(args[i]));
  return made;
}
/// update(), intersection_update(), ...: the same in place.
template <Binary op>
Value update(Args args) {
  for (std::uint32_t i = 1; i < args.positional; ++i) apply(op, own(args[0]), *as_set(args[i]));
  return Value::none();
}
Value symmetric_difference(const Value* p) {
  const Value both[] = {p[0], p[1]};
  return combined<Binary::bit_xor>(Args{both, 2, nullptr});
}
Value symmetric_difference_update(const Value* p) {
  toggle_all(own(p[0]), *as_set(p[1]));
  return Value::none();
}
Value issubset(const Value* p) { return Value::boolean(is_subset(any(p[0]), *as_set(p[1]))); }
Value issuperset(const Value* p) { return Value::boolean(is_subset(*as_set(p[1]), any(p[0]))); }
Value isdisjoint(const Value* p) {
  bool none = true;
  for_each(*as_set(p[1]), [&](const Value& item) { none = none && !any(p[0]).dict->find(item); });
  return Value::boolean(none);
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
  type.slots.contains = [](const Value& self, const Value& item) { return slot_self<Set>(self).dict->find(as_key(item)) != nullptr; };
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<Set>(self).dict->count); };
  type.slots.truth = [](const Value& self) { return slot_self<Set>(self).dict->count != 0; };
  type.slots.iterate = [](const Value& self) -> Value { return make<SetIterator>(Ref<Set>(&slot_self<Set>(self))); };
  type.slots.repr = set_repr;
}

// ----------------------------------------------------------------------------------------------------- CPython's order

/// The table of CPython's setobject.c: open addressing, a short linear probe, then a jump.
class Table {
 public:
  void insert(std::size_t item, std::uint64_t hash) {
    place(item, hash);
    hashes_.push_back(hash);
    items_.push_back(item);
    if (items_.size() * 5 < (slots_.size() - 1) * 3) return;
    const std::size_t wanted = items_.size() > 50000 ? items_.size() * 2 : items_.size() * 4;
    std::size_t size = 8;
    while (size <= wanted) size *= 2;
    // What is moved comes in the order of the old table, and so does what is inserted from then on.
    const std::vector<std::size_t> old = std::exchange(slots_, std::vector<std::size_t>(size, kFree));
    for (const std::size_t slot : old)
      if (slot != kFree) place(slot, hashes_[slot]);
  }
  /// The items in the order of the table.
  std::vector<std::size_t> order() const {
    std::vector<std::size_t> out;
    for (const std::size_t slot : slots_)
      if (slot != kFree) out.push_back(slot);
    return out;
  }

 private:
  static constexpr std::size_t kFree = ~std::size_t{0};
  void place(std::size_t item, std::uint64_t hash) {
    constexpr std::size_t kProbes = 9;
    const std::size_t mask = slots_.size() - 1;
    std::uint64_t perturb = hash;
    for (std::size_t i = hash & mask;;) {
      const std::size_t probes = i + kProbes <= mask ? kProbes : 0;
      for (std::size_t j = 0; j <= probes; ++j) {
        if (slots_[i + j] != kFree) continue;
        slots_[i + j] = item;
        return;
      }
      perturb >>= 5;
      i = (i * 5 + 1 + perturb) & mask;
    }
  }
  std::vector<std::size_t> slots_ = std::vector<std::size_t>(8, kFree);
  std::vector<std::uint64_t> hashes_;
  std::vector<std::size_t> items_;
};

}  // namespace

Ref<Set> make_set(const Value& iterable, Type* type) {
  if (Set* set = set_of(iterable)) return copy_of(*set, type);
  auto made = of_class(make<Set>(), type);
  Walk walk(iterable);
  for (Value item; walk.next(item);) add(*made, item);
  return made;
}

std::vector<Value> set_items(const Set& set) {
  std::vector<Value> items;
  std::vector<std::uint64_t> hashes;
  bool numbers = true;
  for (const Dict::Entry& entry : set.dict->entries) {
    if (entry.key.is_undefined()) continue;
    numbers = numbers && is_number(entry.key);
    items.push_back(entry.key);
    hashes.push_back(entry.key.is_float() ? hash_double(entry.key.as_float()) : is_wide(entry.key) ? big_hash(entry.key) : is_int(entry.key) ? hash_int(int_of(entry.key)) : 0);
  }
  if (!numbers) return items;
  Table table;
  for (std::size_t i = 0; i < items.size(); ++i) table.insert(i, hashes[i]);
  std::vector<Value> ordered;
  ordered.reserve(items.size());
  for (const std::size_t i : table.order()) ordered.push_back(std::move(items[i]));
  return ordered;
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
