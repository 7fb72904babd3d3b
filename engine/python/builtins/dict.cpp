// The type dict and its views. The table itself is in python/dict.cpp.
#include "python/modules/collections.h"
#include "python/builtins/support.h"

namespace nabla {
namespace {

enum : int { kKeys, kValues, kItems };

Dict& own(const Value& value) { return self_as<Dict>(value); }

// --------------------------------------------------------------------------------------------------------- iterators

/// What one entry is to an iterator over keys, values or items.
Value of_entry(const Dict::Entry& entry, int what) {
  return what == kKeys ? entry.key : what == kValues ? entry.value : tuple({entry.key, entry.value});
}

struct DictIterator final : Object {
  Ref<Dict> dict;
  std::size_t position;  // of the next entry; backward: one behind it
  std::size_t count;     // entries when it was made
  int what;
  bool backward;

  DictIterator(Ref<Dict> dict, int what, bool backward)
      : Object(class_type(what, backward)), dict(std::move(dict)), count(this->dict->count), what(what), backward(backward) {
    position = backward ? this->dict->entries.size() : 0;
  }

  Value next() {
    if (!dict) return {};
    if (dict->count != count) {
      count = ~std::size_t{0};  // it stays broken
      fail("RuntimeError", "dictionary changed size during iteration");
    }
    while (backward ? position > 0 : position < dict->entries.size()) {
      const Dict::Entry& entry = dict->entries[backward ? --position : position++];
      if (!entry.key.is_undefined()) return of_entry(entry, what);
    }
    dict = nullptr;
    return {};
  }

  static Type* class_type(int what, bool backward) {
    constexpr auto fill = [](Type& type) {
      type.slots.iterate = [](const Value& self) { return self; };
      type.slots.next = [](const Value& self) { return slot_self<DictIterator>(self).next(); };
    };
    static Type* const types[] = {make_type("dict_keyiterator", fill),         make_type("dict_valueiterator", fill),
                                  make_type("dict_itemiterator", fill),        make_type("dict_reversekeyiterator", fill),
                                  make_type("dict_reversevalueiterator", fill), make_type("dict_reverseitemiterator", fill)};
    return types[what + (backward ? 3 : 0)];
  }
};

// ------------------------------------------------------------------------------------------------------------- views

struct DictView final : Object {
  Ref<Dict> dict;
  int what;
  DictView(Ref<Dict> dict, int what) : Object(class_type(what, is_ordered(*dict))), dict(std::move(dict)), what(what) {}
  static bool is_ordered(const Dict& dict) { return dict.type != Dict::class_type() && dict.type->is_subtype_of(ordered_dict_type()); }
  static Type* class_type(int what, bool ordered);
};

std::vector<Value> listed(const Dict& dict, int what) {
  std::vector<Value> items;
  items.reserve(dict.count);
  for (const Dict::Entry& entry : dict.entries)
    if (!entry.key.is_undefined()) items.push_back(of_entry(entry, what));
  return items;
}

bool view_contains(const Value& self, const Value& item) {
  const auto& view = slot_self<DictView>(self);
  if (view.what == kKeys) return view.dict->find(item) != nullptr;
  if (view.what == kItems) {
    const Tuple* pair = as<Tuple>(item);
    if (!pair || pair->items.size() != 2) return false;
    const Value* found = view.dict->find(pair->items[0]);
    return found && same_or_equal(Value(*found), pair->items[1]);
  }
  for (const Value& value : listed(*view.dict, kValues))
    if (same_or_equal(value, item)) return true;
  return false;
}

std::string view_repr(const Value& self) {
  auto& view = slot_self<DictView>(self);
  const Printing guard(&view);
  if (guard.again()) return "...";
  return cat(view.type->name, "([", join_reprs(listed(*view.dict, view.what)), "])");
}

/// keys() and items() are sets to Python: the work is done by set.
Value view_binary(Binary op, const Value& a, const Value& b, bool) {
  if (op != Binary::bit_and && op != Binary::bit_or && op != Binary::bit_xor && op != Binary::sub) return Value::not_implemented();
  return binary(op, make_set(a, Set::class_type()), make_set(b, Set::class_type()));
}

Value view_compare(Compare op, const Value& a, const Value& b) {
  const auto is_view = [](const Value& value) {
    const Type* type = type_of(value);
    return type->slots.compare == view_compare;
  };
  if (!(is_view(a) || as<Set>(a)) || !(is_view(b) || as<Set>(b))) return Value::not_implemented();
  return compare(op, make_set(a, Set::class_type()), make_set(b, Set::class_type()));
}

Value view_reversed(const Value* p) {
  const auto& view = *static_cast<DictView*>(p[0].as_object());
  return make<DictIterator>(view.dict, view.what, true);
}
Value view_isdisjoint(const Value* p) {
  Walk walk(p[1]);
  for (Value item; walk.next(item);)
    if (view_contains(p[0], item)) return Value::boolean(false);
  return Value::boolean(true);
}
constexpr Method kViewMethods[] = {{"__reversed__(self, /)", view_reversed}};
constexpr Method kSetViewMethods[] = {{"isdisjoint(self, other, /)", view_isdisjoint}};
constexpr Property kViewProperties[] = {
    {"mapping", [](const Value& self) -> Value { return slot_self<DictView>(self).dict; }},
};

Type* make_view_type(const char* name, bool is_set) {
  Type* type = make_type(name, [](Type& t) {
    t.slots.iterate = [](const Value& self) -> Value {
      const auto& view = slot_self<DictView>(self);
      return make<DictIterator>(view.dict, view.what, false);
    };
    t.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<DictView>(self).dict->count); };
    t.slots.truth = [](const Value& self) { return slot_self<DictView>(self).dict->count != 0; };
    t.slots.contains = view_contains;
    t.slots.repr = view_repr;
  });
  add_methods(type, kViewMethods);
  add_properties(type, kViewProperties);
  if (is_set) {
    type->slots.binary = view_binary;
    type->slots.compare = view_compare;
    type->slots.hash = nullptr;
    add_methods(type, kSetViewMethods);
  }
  return type;
}

Type* DictView::class_type(int what, bool ordered) {
  static constexpr const char* kNames[] = {"dict_keys", "dict_values", "dict_items", "odict_keys", "odict_values", "odict_items"};
  static Type* types[std::size(kNames)] = {};
  const int i = what + (ordered ? 3 : 0);
  if (!types[i]) types[i] = make_view_type(kNames[i], what != kValues);
  return types[i];
}

Value view(const Value& dict, int what) { return make<DictView>(Ref<Dict>(&own(dict)), what); }

// -------------------------------------------------------------------------------------------------------------- dict

Value dict_get_item(const Value& self, const Value& key) {
  Dict& dict = slot_self<Dict>(self);
  if (const Value* found = dict.find(key)) return *found;
  if (dict.type != Dict::class_type()) {
    Value made = call_special(self, "__missing__", {key});
    if (!made.is_undefined()) return made;
  }
  raise("KeyError", {key});
}

void dict_set_item(const Value& self, const Value& key, const Value& value) {
  Dict& dict = slot_self<Dict>(self);
  if (!value.is_undefined()) return dict.set(key, value);
  if (!dict.erase(key)) raise("KeyError", {key});
}

Value dict_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  if (op != Binary::bit_or) return Value::not_implemented();
  Dict* left = as<Dict>(a);
  if (in_place && left) {
    dict_update(*left, b);
    return a;
  }
  const Dict* right = as<Dict>(b);
  if (!left || !right) return Value::not_implemented();
  Ref<Dict> merged = copy_dict(*left);
  dict_update(*merged, b);
  return merged;
}

Value dict_compare(Compare op, const Value& a, const Value& b) {
  Dict *left = as<Dict>(a), *right = as<Dict>(b);
  if (!left || !right || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
  const Comparing guard;
  bool same = left->count == right->count;
  for (std::size_t i = 0; same && i < left->entries.size(); ++i) {
    const Dict::Entry entry = left->entries[i];
    if (entry.key.is_undefined()) continue;
    const Value* found = right->find(entry.key);
    same = found && same_or_equal(entry.value, Value(*found));
  }
  return Value::boolean(same == (op == Compare::eq));
}

std::string dict_repr(const Value& self) {
  const Dict& dict = slot_self<Dict>(self);
  const Printing guard(&dict);
  if (guard.again()) return "{...}";
  std::string out = "{";
  for (std::size_t i = 0; i < dict.entries.size(); ++i) {
    const Dict::Entry entry = dict.entries[i];
    if (entry.key.is_undefined()) continue;
    if (out.size() > 1) out += ", ";
    out.append(repr(entry.key)).append(": ").append(repr(entry.value));
  }
  return out += '}';
}

void add_keywords(Dict& dict, Args args) {
  for (std::uint32_t i = 0; i < args.keyword_count(); ++i) dict.set(args.keyword_name(i), args.keyword_value(i));
}

Value construct_dict(Type* cls, Args args) {
  check_count("dict", args, 0, 1);
  auto made = of_class(make<Dict>(), cls);
  if (args.positional) dict_update(*made, args[0]);
  add_keywords(*made, args);
  return made;
}

Value get(const Value* p) {
  const Value* found = own(p[0]).find(p[1]);
  return found ? *found : p[2];
}
Value pop(Args args) {
  check_count("pop", args.rest(), 1, 2);
  Dict& dict = own(args[0]);
  if (const Value* found = dict.find(args[1])) {
    Value popped = *found;
    dict.erase(args[1]);
    return popped;
  }
  if (args.positional == 2) raise("KeyError", {args[1]});
  return args[2];
}
Value popitem(const Value* p) {
  Dict& dict = own(p[0]);
  for (std::size_t i = dict.entries.size(); i-- > 0;) {
    const Dict::Entry entry = dict.entries[i];
    if (entry.key.is_undefined()) continue;
    dict.erase(entry.key);
    return tuple({entry.key, entry.value});
  }
  raise("KeyError", {string("popitem(): dictionary is empty")});
}
Value setdefault(const Value* p) {
  Dict& dict = own(p[0]);
  if (const Value* found = dict.find(p[1])) return *found;
  dict.set(p[1], p[2]);
  return p[2];
}
Value update(Args args) {
  check_count("update", args.rest(), 0, 1);
  Dict& dict = own(args[0]);
  if (args.positional == 2) dict_update(dict, args[1]);
  add_keywords(dict, args);
  return Value::none();
}
Value copy(const Value* p) { return copy_dict(own(p[0])); }
Value clear(const Value* p) {
  own(p[0]).clear();
  return Value::none();
}
Value fromkeys(const Value* p) {
  const Value made = call(p[0], {});
  Walk walk(p[1]);
  for (Value key; walk.next(key);) set_item(made, key, p[2]);
  return made;
}

constexpr Method kMethods[] = {
    {"get(self, key, default=None, /)", get},
    {"keys(self, /)", [](const Value* p) { return view(p[0], kKeys); }},
    {"values(self, /)", [](const Value* p) { return view(p[0], kValues); }},
    {"items(self, /)", [](const Value* p) { return view(p[0], kItems); }},
    {"popitem(self, /)", popitem},
    {"setdefault(self, key, default=None, /)", setdefault},
    {"copy(self, /)", copy},
    {"clear(self, /)", clear},
    {"__reversed__(self, /)", [](const Value* p) { return dict_iterator(p[0], kKeys, true); }},
};
constexpr RawMethod kRawMethods[] = {{"pop", pop}, {"update", update}};

}  // namespace

Value dict_iterator(const Value& dict, int what, bool backward) { return make<DictIterator>(Ref<Dict>(&own(dict)), what, backward); }

Ref<Dict> copy_dict(const Dict& dict) {
  auto made = make<Dict>();
  for (const Dict::Entry& entry : dict.entries)
    if (!entry.key.is_undefined()) made->set(entry.key, entry.value);
  return made;
}

void dict_update(Dict& dict, const Value& other) {
  if (const Dict* source = as<Dict>(other)) {
    for (std::size_t i = 0; i < source->entries.size(); ++i) {
      const Dict::Entry entry = source->entries[i];
      if (!entry.key.is_undefined()) dict.set(entry.key, entry.value);
    }
    return;
  }
  if (const Value keys = find_attribute(other, intern("keys")); !keys.is_undefined()) {
    const Value names = call(keys, {});
    Walk walk(names);
    for (Value key; walk.next(key);) dict.set(key, get_item(other, key));
    return;
  }
  Walk walk(other);
  std::size_t n = 0;
  for (Value item; walk.next(item); ++n) {
    if (!items_of(item) && !type_of(item)->slots.iterate)
      fail("TypeError", "cannot convert dictionary update sequence element #", n, " to a sequence");
    const std::vector<Value> pair = to_vector(item);
    if (pair.size() != 2) fail("ValueError", "dictionary update sequence element #", n, " has length ", pair.size(), "; 2 is required");
    dict.set(pair[0], pair[1]);
  }
}

void fill_dict(Type& type) {
  type.construct = construct_dict;
  type.slots.binary = dict_binary;
  type.slots.compare = dict_compare;
  type.slots.get_item = dict_get_item;
  type.slots.set_item = dict_set_item;
  type.slots.contains = [](const Value& self, const Value& key) { return slot_self<Dict>(self).find(key) != nullptr; };
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<Dict>(self).count); };
  type.slots.truth = [](const Value& self) { return slot_self<Dict>(self).count != 0; };
  type.slots.hash = nullptr;
  type.slots.iterate = [](const Value& self) { return dict_iterator(self, kKeys); };
  type.slots.repr = dict_repr;
}

void add_dict_methods() {
  add_methods(Dict::class_type(), kMethods);
  add_methods(Dict::class_type(), kRawMethods);
  add_class_method(Dict::class_type(), "fromkeys(cls, iterable, value=None, /)", fromkeys);
}

}  // namespace nabla
