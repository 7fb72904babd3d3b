// The type list: slots, construction, methods. Sorting is in sort.cpp.
#include <algorithm>

#include "python/builtins/support.h"

namespace nabla {
namespace {

using Items = std::vector<Value>;

constexpr const char* kAssign = "list assignment index";

Items repeat(const Items& unit, std::int64_t times) {
  if (static_cast<double>(unit.size()) * static_cast<double>(times) > 1e8) fail("MemoryError", "");
  Items out;
  out.reserve(unit.size() * static_cast<std::size_t>(times));
  for (std::int64_t i = 0; i < times; ++i) out.insert(out.end(), unit.begin(), unit.end());
  return out;
}

void extend(List& self, const Value& more) {
  if (const Items* items = items_of(more)) {
    if (items == &self.items) {
      const Items copy = *items;
      self.items.insert(self.items.end(), copy.begin(), copy.end());
    } else {
      self.items.insert(self.items.end(), items->begin(), items->end());
    }
    return;
  }
  Walk walk(more);
  for (Value item; walk.next(item);) self.items.push_back(std::move(item));
}

Value list_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  List* left = as<List>(a);
  if (op == Binary::add && left) {
    if (in_place) {
      extend(*left, b);
      return a;
    }
    if (const List* right = as<List>(b)) {
      Items joined;
      joined.reserve(left->items.size() + right->items.size());
      joined.insert(joined.end(), left->items.begin(), left->items.end());
      joined.insert(joined.end(), right->items.begin(), right->items.end());
      return list(std::move(joined));
    }
    Value result = ask_other(op, a, b);
    if (!result.is_undefined()) return result;
    fail("TypeError", "can only concatenate list (not \"", type_name(b), "\") to list");
  }
  if (op == Binary::mul) {
    const Value& other = left ? b : a;
    if (left && !is_int(other)) {
      Value result = ask_other(op, a, b);
      if (!result.is_undefined()) return result;
    }
    List& self = left ? *left : *as<List>(b);
    Items repeated = repeat(self.items, repeat_count(other));
    if (!in_place || !left) return list(std::move(repeated));
    self.items = std::move(repeated);
    return a;
  }
  return Value::not_implemented();
}

Value list_compare(Compare op, const Value& a, const Value& b) {
  const List *left = as<List>(a), *right = as<List>(b);
  if (!left || !right) return Value::not_implemented();
  return compare_items(op, left->items, right->items);
}

Value list_get_item(const Value& self, const Value& key) {
  const Items& items = slot_self<List>(self).items;
  if (const Slice* slice = as<Slice>(key)) return list(take(items, span_of(*slice, static_cast<std::int64_t>(items.size()))));
  return items[position(sequence_index(key, "list"), items.size(), "list index")];
}

/// self[slice] = values; an undefined value deletes.
void assign_slice(List& self, const Slice& slice, const Value& value) {
  Items fresh;
  if (!value.is_undefined()) {
    if (!items_of(value) && !type_of(value)->slots.iterate) fail("TypeError", "can only assign an iterable");
    fresh = to_vector(value);
  }
  const Span span = span_of(slice, static_cast<std::int64_t>(self.items.size()));
  Items dropped;  // freed at the end: freeing may run code that looks at the list
  if (span.step == 1) {
    const auto first = self.items.begin() + span.start;
    dropped.assign(std::make_move_iterator(first), std::make_move_iterator(first + span.count));
    const std::size_t both = std::min(fresh.size(), static_cast<std::size_t>(span.count));
    std::move(fresh.begin(), fresh.begin() + static_cast<std::ptrdiff_t>(both), first);
    const auto at = first + static_cast<std::ptrdiff_t>(both);
    if (fresh.size() > both) {
      self.items.insert(at, std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(both)), std::make_move_iterator(fresh.end()));
    } else {
      self.items.erase(at, first + span.count);
    }
    return;
  }
  const auto each = [&](std::int64_t i) -> Value& { return self.items[static_cast<std::size_t>(span.start + i * span.step)]; };
  if (!value.is_undefined()) {
    if (static_cast<std::int64_t>(fresh.size()) != span.count)
      fail("ValueError", "attempt to assign sequence of size ", fresh.size(), " to extended slice of size ", span.count);
    for (std::int64_t i = 0; i < span.count; ++i) std::swap(each(i), fresh[static_cast<std::size_t>(i)]);
    return;
  }
  for (std::int64_t i = 0; i < span.count; ++i) dropped.push_back(std::exchange(each(i), Value()));
  std::erase_if(self.items, [](const Value& item) { return item.is_undefined(); });
}

void list_set_item(const Value& self, const Value& key, const Value& value) {
  List& own = slot_self<List>(self);
  if (const Slice* slice = as<Slice>(key)) return assign_slice(own, *slice, value);
  const std::size_t at = position(sequence_index(key, "list"), own.items.size(), kAssign);
  if (!value.is_undefined()) {
    own.items[at] = value;
    return;
  }
  const Value dropped = std::move(own.items[at]);
  own.items.erase(own.items.begin() + static_cast<std::ptrdiff_t>(at));
}

bool list_contains(const Value& self, const Value& item) {
  const Items& items = slot_self<List>(self).items;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (same_or_equal(Value(items[i]), item)) return true;
  return false;
}

Value construct_list(Type* cls, Args args) {
  if (cls == List::class_type()) no_keywords("list", args);
  check_count("list", args, 0, 1);
  auto made = of_class(make<List>(), cls);
  if (args.positional) extend(*made, args[0]);
  return made;
}

// ----------------------------------------------------------------------------------------------------------- methods

List& own(const Value* p) { return self_as<List>(p[0]); }

Value append(const Value* p) {
  own(p).items.push_back(p[1]);
  return Value::none();
}
Value extend_method(const Value* p) {
  extend(own(p), p[1]);
  return Value::none();
}
Value insert(Args args) {
  check_count("insert", args.rest(), 2, 2);
  Items& items = own(args.values).items;
  const std::int64_t length = static_cast<std::int64_t>(items.size());
  items.insert(items.begin() + clamp_index(Value::small(to_index(args[1])), length, length), args[2]);
  return Value::none();
}
Value pop(const Value* p) {
  Items& items = own(p).items;
  const std::int64_t index = to_index(p[1]);
  if (items.empty()) fail("IndexError", "pop from empty list");
  const std::size_t at = position(index, items.size(), "pop index");
  Value popped = std::move(items[at]);
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
  return popped;
}
Value remove(const Value* p) {
  Items& items = own(p).items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!same_or_equal(Value(items[i]), p[1])) continue;
    const Value dropped = std::move(items[i]);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    return Value::none();
  }
  fail("ValueError", "list.remove(x): x not in list");
}
Value clear(const Value* p) {
  Items dropped = std::move(own(p).items);
  own(p).items.clear();
  return Value::none();
}
Value index(const Value* p) {
  const Items& items = own(p).items;
  const std::int64_t length = static_cast<std::int64_t>(items.size());
  const std::int64_t first = clamp_index(p[2], length, 0), last = clamp_index(p[3], length, length);
  for (std::int64_t i = first; i < last && i < static_cast<std::int64_t>(items.size()); ++i)
    if (same_or_equal(Value(items[static_cast<std::size_t>(i)]), p[1])) return integer(i);
  fail("ValueError", repr(p[1]), " is not in list");
}
Value count(const Value* p) {
  const Items& items = own(p).items;
  std::int64_t times = 0;
  for (std::size_t i = 0; i < items.size(); ++i) times += same_or_equal(Value(items[i]), p[1]);
  return integer(times);
}
Value reverse(const Value* p) {
  std::reverse(own(p).items.begin(), own(p).items.end());
  return Value::none();
}
Value copy(const Value* p) { return list(own(p).items); }

Value sort(Args args) {
  if (args.positional > 1) fail("TypeError", "sort() takes no positional arguments");
  only_keywords("sort", args, {"key", "reverse"});
  const Value key = keyword(args, "key"), reverse = keyword(args, "reverse");
  List& self = own(args.values);
  Items items = std::move(self.items);  // empty meanwhile, as in CPython: a key function sees no half-sorted list
  self.items.clear();
  const bool backward = !reverse.is_undefined() && truth(reverse);
  const auto put_back = [&] {
    const bool touched = !self.items.empty();
    self.items = std::move(items);
    return touched;
  };
  try {
    sort_items(items, key.is_undefined() ? Value::none() : key, backward);
  } catch (...) {
    put_back();
    throw;
  }
  if (put_back()) fail("ValueError", "list modified during sort");
  return Value::none();
}

constexpr Method kMethods[] = {
    {"append(self, object, /)", append},
    {"extend(self, iterable, /)", extend_method},
    {"pop(self, index=-1, /)", pop},
    {"remove(self, value, /)", remove},
    {"clear(self, /)", clear},
    {"index(self, value, start=..., stop=..., /)", index},
    {"count(self, value, /)", count},
    {"reverse(self, /)", reverse},
    {"copy(self, /)", copy},
    {"__reversed__(self, /)", [](const Value* p) { return list_iterator(p[0], true); }},
};
constexpr RawMethod kRawMethods[] = {{"insert", insert}, {"sort", sort}};

}  // namespace

void fill_list(Type& type) {
  type.construct = construct_list;
  type.slots.binary = list_binary;
  type.slots.compare = list_compare;
  type.slots.get_item = list_get_item;
  type.slots.set_item = list_set_item;
  type.slots.contains = list_contains;
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<List>(self).items.size()); };
  type.slots.truth = [](const Value& self) { return !slot_self<List>(self).items.empty(); };
  type.slots.hash = nullptr;
  type.slots.iterate = [](const Value& self) { return list_iterator(self); };
  type.slots.repr = [](const Value& self) -> std::string {
    List& own_list = slot_self<List>(self);
    const Printing guard(&own_list);
    return guard.again() ? "[...]" : cat("[", join_reprs(own_list.items), "]");
  };
}

void add_list_methods() {
  add_methods(List::class_type(), kMethods);
  add_methods(List::class_type(), kRawMethods);
}

}  // namespace nabla
