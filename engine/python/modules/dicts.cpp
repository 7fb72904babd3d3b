// The dicts of collections: OrderedDict, defaultdict, Counter; and the module itself.
#include <algorithm>

#include "python/modules/collections.h"
#include "python/modules/modules.h"
#include "python/type_name.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;

Dict& own(const Value* p) { return self_as<Dict>(p[0]); }

/// update(): the positional argument and the keywords of a constructor.
void take_arguments(const Value& dict, Args args) {
  if (args.positional) dict_update(*as<Dict>(dict), args[0]);
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) as<Dict>(dict)->set(args.keyword_name(i), args.keyword_value(i));
}

Value plain_copy(const Value* p) {
  Dict& dict = own(p);
  auto made = of_class(make<Dict>(), dict.type);
  dict_update(*made, p[0]);
  return made;
}

Value merged(Binary op, const Value& a, const Value& b, bool in_place) {
  if (op != Binary::bit_or || !as<Dict>(a) || !as<Dict>(b)) return Value::not_implemented();
  const Value target = in_place ? a : call(get_attribute(a, intern("copy")), {});
  dict_update(*as<Dict>(target), b);
  return target;
}

std::string name_with(const Value& dict, const std::string& inside) { return cat(type_of(dict)->name, "(", inside, ")"); }

// ------------------------------------------------------------------------------------------------------- OrderedDict

Value construct_ordered(Type* cls, Args args) {
  check_count("OrderedDict", args, 0, 1);
  Value made = of_class(make<Dict>(), cls);
  take_arguments(made, args);
  return made;
}

std::string ordered_repr(const Value& self) {
  const Dict& dict = slot_self<Dict>(self);
  if (dict.count == 0) return name_with(self, "");
  const Printing guard(&dict);
  if (guard.again()) return "...";
  Values pairs;
  for (const Dict::Entry& entry : dict.entries)
    if (!entry.key.is_undefined()) pairs.push_back(tuple({entry.key, entry.value}));
  return name_with(self, cat("[", join_reprs(pairs), "]"));
}

Value ordered_compare(Compare op, const Value& a, const Value& b) {
  const bool both = is_instance(a, ordered_dict_type()) && is_instance(b, ordered_dict_type());
  if (!both || (op != Compare::eq && op != Compare::ne)) return Dict::class_type()->slots.compare(op, a, b);
  const Value left = list(to_vector(a)), right = list(to_vector(b));  // of keys: their order counts
  const bool same = equal(left, right) && Dict::class_type()->slots.compare(Compare::eq, a, b).is_true();
  return Value::boolean(same == (op == Compare::eq));
}

Value move_to_end(const Value* p) {
  Dict& dict = own(p);
  const Value* found = dict.find(p[1]);
  if (!found) raise("KeyError", {p[1]});
  const Value value = *found;
  dict.erase(p[1]);
  if (truth(p[2])) {
    dict.set(p[1], value);
    return Value::none();
  }
  const std::vector<Dict::Entry> rest = dict.entries;
  dict.clear();
  dict.set(p[1], value);
  for (const Dict::Entry& entry : rest)
    if (!entry.key.is_undefined()) dict.set(entry.key, entry.value);
  return Value::none();
}

Value popitem(const Value* p) {
  Dict& dict = own(p);
  if (dict.count == 0) raise("KeyError", {string("dictionary is empty")});
  const bool last = truth(p[1]);
  const auto living = [](const Dict::Entry& entry) { return !entry.key.is_undefined(); };
  const Dict::Entry entry = last ? *std::find_if(dict.entries.rbegin(), dict.entries.rend(), living)
                                 : *std::find_if(dict.entries.begin(), dict.entries.end(), living);
  dict.erase(entry.key);
  return tuple({entry.key, entry.value});
}

constexpr Method kOrderedMethods[] = {
    {"move_to_end(self, key, last=True)", move_to_end},
    {"popitem(self, last=True)", popitem},
    {"copy(self)", plain_copy},
};

// ------------------------------------------------------------------------------------------------------- defaultdict

struct DefaultDict final : Dict {
  Value factory;
};

Value construct_default(Type* cls, Args args) {
  auto made = of_class(make<DefaultDict>(), cls);
  if (args.positional) {
    if (!args[0].is_none() && !is_callable(args[0])) fail("TypeError", "first argument must be callable or None");
    made->factory = args[0];
  } else {
    made->factory = Value::none();
  }
  if (args.positional > 2) fail("TypeError", "defaultdict expected at most 2 arguments, got ", args.positional);
  take_arguments(made, args.positional ? args.rest() : args);
  return made;
}

DefaultDict& default_self(const Value& self) { return static_cast<DefaultDict&>(slot_self<Dict>(self)); }

Value missing(const Value* p) {
  DefaultDict& dict = default_self(p[0]);
  if (dict.factory.is_none() || dict.factory.is_undefined()) raise("KeyError", {p[1]});
  Value made = call(Value(dict.factory), {});
  dict.set(p[1], made);
  return made;
}

std::string default_repr(const Value& self) {
  DefaultDict& dict = default_self(self);
  return name_with(self, cat(repr(dict.factory), ", ", Dict::class_type()->slots.repr(self)));
}

Value copy_default(const Value* p) {
  DefaultDict& dict = default_self(p[0]);
  auto made = of_class(make<DefaultDict>(), dict.type);
  made->factory = dict.factory;
  dict_update(*made, p[0]);
  return made;
}

constexpr Method kDefaultMethods[] = {
    {"__missing__(self, key, /)", missing},
    {"copy(self)", copy_default},
};
constexpr Property kDefaultProperties[] = {
    {"default_factory", [](const Value& self) { return default_self(self).factory; },
     [](const Value& self, const Value& value) { default_self(self).factory = value.is_undefined() ? Value::none() : value; }},
};

// ----------------------------------------------------------------------------------------------------------- Counter

Value count_of(Dict& counts, const Value& key) {
  const Value* found = counts.find(key);
  return found ? *found : integer(0);
}

/// Adds (or takes away) what an iterable or a mapping counts.
void count_in(Dict& counts, const Value& other, Binary op) {
  if (const Dict* mapping = as<Dict>(other)) {
    for (const Dict::Entry& entry : std::vector<Dict::Entry>(mapping->entries))
      if (!entry.key.is_undefined()) counts.set(entry.key, binary(op, count_of(counts, entry.key), entry.value));
    return;
  }
  Walk walk(other);
  for (Value item; walk.next(item);) counts.set(item, binary(op, count_of(counts, item), integer(1)));
}
void count_arguments(Dict& counts, Args args, Binary op) {
  check_count("Counter", args, 0, 1);
  if (args.positional && !args[0].is_none()) count_in(counts, args[0], op);
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) {
    const Value name = Value::object(args.keyword_name(i));
    counts.set(name, binary(op, count_of(counts, name), args.keyword_value(i)));
  }
}

Value construct_counter(Type* cls, Args args) {
  auto made = of_class(make<Dict>(), cls);
  count_arguments(*made, args, Binary::add);
  return made;
}

/// The pairs, the most common first; equal counts stay in order.
Values most_common_pairs(const Dict& counts) {
  Values keys, totals;
  for (const Dict::Entry& entry : counts.entries) {
    if (entry.key.is_undefined()) continue;
    keys.push_back(tuple({entry.key, entry.value}));
  }
  static const Value second = native("second(pair, /)", [](const Value* p) { return as<Tuple>(p[0])->items[1]; });
  sort_items(keys, second, true);
  return keys;
}

std::string counter_repr(const Value& self) {
  const Dict& counts = slot_self<Dict>(self);
  if (counts.count == 0) return name_with(self, "");
  const Printing guard(&counts);
  if (guard.again()) return "...";
  std::string out = "{";
  for (const Value& pair : most_common_pairs(counts)) {
    const Values& parts = as<Tuple>(pair)->items;
    out += cat(out.size() > 1 ? ", " : "", repr(parts[0]), ": ", repr(parts[1]));
  }
  return name_with(self, out + "}");
}

Value most_common(const Value* p) {
  Values pairs = most_common_pairs(own(p));
  if (!p[1].is_none()) pairs.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(to_index(p[1]), 0, static_cast<std::int64_t>(pairs.size()))));
  return list(std::move(pairs));
}
Value elements(const Value* p) {
  Values items;
  for (const Dict::Entry& entry : own(p).entries)
    if (!entry.key.is_undefined()) items.insert(items.end(), static_cast<std::size_t>(std::max<std::int64_t>(to_index(entry.value), 0)), entry.key);
  return iterate(list(std::move(items)));
}
Value total(const Value* p) {
  Value sum = integer(0);
  for (const Dict::Entry& entry : own(p).entries)
    if (!entry.key.is_undefined()) sum = binary(Binary::add, sum, entry.value);
  return sum;
}
template <Binary op>
Value update_counter(Args args) { return count_arguments(self_as<Dict>(args[0]), args.rest(), op), Value::none(); }

/// c + d, c - d, c & d, c | d: only counts above zero stay.
Value counter_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  const bool known = op == Binary::add || op == Binary::sub || op == Binary::bit_and || op == Binary::bit_or;
  if (!known || !is_instance(a, counter_type()) || !is_instance(b, counter_type())) return Value::not_implemented();
  Dict &left = *as<Dict>(a), &right = *as<Dict>(b);
  auto made = make<Dict>();
  made->type = counter_type();
  const auto put = [&](const Value& key) {
    const Value x = count_of(left, key), y = count_of(right, key);
    Value count;
    if (op == Binary::add || op == Binary::sub) count = binary(op, x, y);
    else count = truth(compare(Compare::lt, x, y)) == (op == Binary::bit_and) ? x : y;
    if (truth(compare(Compare::gt, count, integer(0)))) made->set(key, count);
  };
  for (const Dict* one : {&left, &right})
    for (const Dict::Entry& entry : std::vector<Dict::Entry>(one->entries))
      if (!entry.key.is_undefined() && (one == &left || !left.find(entry.key))) put(entry.key);
  if (!in_place) return made;
  left.clear();
  dict_update(left, made);
  return a;
}

constexpr Method kCounterMethods[] = {
    {"__missing__(self, key, /)", [](const Value*) { return integer(0); }},
    {"most_common(self, n=None)", most_common},
    {"elements(self)", elements},
    {"total(self)", total},
    {"copy(self)", plain_copy},
};
constexpr RawMethod kRawCounterMethods[] = {
    {"update", update_counter<Binary::add>},
    {"subtract", update_counter<Binary::sub>},
};

}  // namespace

Type* ordered_dict_type() {
  static Type* const type = [] {
    Type* made = make_type("OrderedDict", [](Type& t) {
      t.module = "collections";
      name_with_module(&t);
      t.construct = construct_ordered;
      t.slots.repr = ordered_repr;
      t.slots.compare = ordered_compare;
      t.slots.binary = merged;
    }, Dict::class_type());
    add_methods(made, kOrderedMethods);
    return made;
  }();
  return type;
}

Type* defaultdict_type() {
  static Type* const type = [] {
    Type* made = make_type("defaultdict", [](Type& t) {
      t.module = "collections";
      name_with_module(&t);
      t.construct = construct_default;
      t.slots.repr = default_repr;
      t.slots.binary = merged;
    }, Dict::class_type());
    add_methods(made, kDefaultMethods);
    add_properties(made, kDefaultProperties);
    return made;
  }();
  return type;
}

Type* counter_type() {
  static Type* const type = [] {
    Type* made = make_type("Counter", [](Type& t) {
      t.module = "collections";
      t.construct = construct_counter;
      t.slots.repr = counter_repr;
      t.slots.binary = counter_binary;
    }, Dict::class_type());
    add_methods(made, kCounterMethods);
    add_methods(made, kRawCounterMethods);
    return made;
  }();
  return type;
}

void fill_collections(Dict& names) {
  for (Type* type : {ordered_dict_type(), defaultdict_type(), counter_type(), deque_type()}) add_value(names, type->name, Value::object(type));
  add_value(names, "namedtuple", native_raw("namedtuple", namedtuple));
}

}  // namespace nabla
