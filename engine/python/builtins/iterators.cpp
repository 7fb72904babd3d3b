// The iterator types that builtins make: enumerate, zip, map, filter, reversed, and iter(function, sentinel).
#include "python/builtins/iterators.h"

#include "python/function.h"

namespace nabla {

Type* make_iterator_type(const char* name, Value (*next)(const Value& self), Value (*construct)(Type*, Args)) {
  Type* type = make_type(name, [](Type& t) { t.slots.iterate = [](const Value& self) { return self; }; });
  type->slots.next = next;
  type->construct = construct;
  add_slot_wrappers(type);
  return type;
}

namespace {

// --------------------------------------------------------------------------------------------------------- enumerate

/// Note [Tuples used again]
/// enumerate and zip give a new tuple each time; when the one given last is held by nobody else any more (it was unpacked and
/// dropped), it is filled again, as CPython does.
Tuple* free_tuple(const Value& last, std::size_t size) {
  if (!last.is_object() || last.as_object()->refs != 1) return nullptr;
  auto* tuple = static_cast<Tuple*>(last.as_object());
  return tuple->items.size() == size ? tuple : nullptr;
}

struct Enumerate final : Object {
  Value iterator, last;
  std::int64_t count;
  Enumerate(Value iterator, std::int64_t count) : Object(enumerate_type()), iterator(std::move(iterator)), count(count) {}
};

Value next_enumerate(const Value& self) {
  auto& it = slot_self<Enumerate>(self);
  Value item = next(it.iterator);
  if (item.is_undefined()) return item;
  if (Tuple* again = free_tuple(it.last, 2)) {
    again->items[0] = integer(it.count++);
    again->items[1] = std::move(item);
  } else {
    it.last = tuple({integer(it.count++), std::move(item)});
  }
  return it.last;
}

Value construct_enumerate(Type*, Args args) {
  only_keywords("enumerate", args, {"iterable", "start"});
  const Value iterable = args.positional ? args[0] : keyword(args, "iterable");
  const Value start = args.positional > 1 ? args[1] : keyword(args, "start");
  if (iterable.is_undefined()) fail("TypeError", "enumerate() missing required argument 'iterable'");
  if (args.positional > 2) fail("TypeError", "enumerate() takes at most 2 arguments (", args.positional, " given)");
  return make<Enumerate>(iterate(iterable), start.is_undefined() ? 0 : to_index(start));
}

// --------------------------------------------------------------------------------------------------------------- zip

struct Zip final : Object {
  std::vector<Value> iterators;
  Value last;
  bool strict;
  Zip(std::vector<Value> iterators, bool strict) : Object(zip_type()), iterators(std::move(iterators)), strict(strict) {}
};

/// zip(strict=True): `i` ended first; is any other still going?
void check_lengths(const Zip& zip, std::size_t i) {
  const auto before = [](std::size_t n) { return n == 1 ? cat(" 1") : cat("s 1-", n); };
  if (i > 0) fail("ValueError", "zip() argument ", i + 1, " is shorter than argument", before(i));
  for (std::size_t j = 1; j < zip.iterators.size(); ++j)
    if (!next(zip.iterators[j]).is_undefined()) fail("ValueError", "zip() argument ", j + 1, " is longer than argument", before(j));
}

Value next_zip(const Value& self) {
  auto& zip = slot_self<Zip>(self);
  if (zip.iterators.empty()) return {};
  Tuple* again = free_tuple(zip.last, zip.iterators.size());
  const Value kept = again ? zip.last : Value();  // an iterator may ask this zip itself: it must not find the tuple free
  std::vector<Value> items;
  if (!again) items.reserve(zip.iterators.size());
  for (std::size_t i = 0; i < zip.iterators.size(); ++i) {
    Value item = next(zip.iterators[i]);
    if (item.is_undefined()) {
      if (zip.strict) check_lengths(zip, i);
      return {};
    }
    if (again) again->items[i] = std::move(item);
    else items.push_back(std::move(item));
  }
  if (!again) zip.last = tuple(std::move(items));
  return zip.last;
}

Value construct_zip(Type*, Args args) {
  only_keywords("zip", args, {"strict"});
  const Value strict = keyword(args, "strict");
  return make<Zip>(iterators_of(args, 0), !strict.is_undefined() && truth(strict));
}

// -------------------------------------------------------------------------------------------------------- map, filter

struct Map final : Object {
  Value function;
  std::vector<Value> iterators;
  Map(Value function, std::vector<Value> iterators) : Object(map_type()), function(std::move(function)), iterators(std::move(iterators)) {}
};

Value next_map(const Value& self) {
  auto& map = slot_self<Map>(self);
  std::vector<Value> items;
  items.reserve(map.iterators.size());
  for (const Value& iterator : map.iterators) {
    items.push_back(next(iterator));
    if (items.back().is_undefined()) return {};
  }
  return call(map.function, Args{items.data(), static_cast<std::uint32_t>(items.size()), nullptr});
}

Value construct_map(Type*, Args args) {
  no_keywords("map", args);
  if (args.positional < 2) fail("TypeError", "map() must have at least two arguments.");
  return make<Map>(args[0], iterators_of(args, 1));
}

struct Filter final : Object {
  Value function, iterator;
  Filter(Value function, Value iterator) : Object(filter_type()), function(std::move(function)), iterator(std::move(iterator)) {}
};

Value next_filter(const Value& self) {
  auto& filter = slot_self<Filter>(self);
  for (;;) {
    Value item = next(filter.iterator);
    if (item.is_undefined()) return item;
    if (truth(filter.function.is_none() ? item : call(filter.function, {item}))) return item;
  }
}

Value construct_filter(Type*, Args args) {
  no_keywords("filter", args);
  check_count("filter", args, 2, 2);
  return make<Filter>(args[0], iterate(args[1]));
}

// ---------------------------------------------------------------------------------------------------------- reversed

/// For what has a length and takes indices.
struct Reversed final : Object {
  Value sequence;
  std::int64_t left;
  Reversed(Value sequence, std::int64_t left) : Object(reversed_type()), sequence(std::move(sequence)), left(left) {}
};

Value next_reversed(const Value& self) {
  auto& it = slot_self<Reversed>(self);
  return it.left > 0 ? get_item(it.sequence, integer(--it.left)) : Value();
}

Value construct_reversed(Type*, Args args) {
  no_keywords("reversed", args);
  check_count("reversed", args, 1, 1);
  Value own = call_special(args[0], "__reversed__");
  if (!own.is_undefined()) return own;
  const Type* type = type_of(args[0]);
  if (!type->slots.length || !type->slots.get_item || as<Dict>(args[0]))
    fail("TypeError", "'", type->name, "' object is not reversible");
  return make<Reversed>(args[0], length(args[0]));
}

// --------------------------------------------------------------------------------------------- iter(function, sentinel)

struct CallIterator final : Object {
  Value function, sentinel;
  CallIterator(Type* type, Value function, Value sentinel) : Object(type), function(std::move(function)), sentinel(std::move(sentinel)) {}
};

Value next_call(const Value& self) {
  auto& it = slot_self<CallIterator>(self);
  if (it.function.is_undefined()) return {};
  Value item = call(it.function, {});
  if (!equal(item, it.sentinel)) return item;
  it.function = Value();
  return {};
}

}  // namespace

std::vector<Value> iterators_of(Args args, std::uint32_t from) {
  std::vector<Value> iterators;
  for (std::uint32_t i = from; i < args.positional; ++i) iterators.push_back(iterate(args[i]));
  return iterators;
}

Value call_iterator(const Value& function, const Value& sentinel) {
  static Type* const type = make_iterator_type("callable_iterator", next_call);
  return make<CallIterator>(type, function, sentinel);
}

Type* enumerate_type() {
  static Type* const type = make_iterator_type("enumerate", next_enumerate, construct_enumerate);
  return type;
}
Type* zip_type() {
  static Type* const type = make_iterator_type("zip", next_zip, construct_zip);
  return type;
}
Type* map_type() {
  static Type* const type = make_iterator_type("map", next_map, construct_map);
  return type;
}
Type* filter_type() {
  static Type* const type = make_iterator_type("filter", next_filter, construct_filter);
  return type;
}
Type* reversed_type() {
  static Type* const type = make_iterator_type("reversed", next_reversed, construct_reversed);
  return type;
}

}  // namespace nabla
