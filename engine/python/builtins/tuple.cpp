// The types tuple and slice.
#include "python/builtins/support.h"
#include "python/machine.h"

namespace nabla {
namespace {

using Items = std::vector<Value>;

Value tuple_binary(Binary op, const Value& a, const Value& b, bool) {
  const Tuple* left = as<Tuple>(a);
  if (op == Binary::add && left) {
    if (const Tuple* right = as<Tuple>(b)) {
      Items joined = left->items;
      joined.insert(joined.end(), right->items.begin(), right->items.end());
      return tuple(std::move(joined));
    }
    Value result = ask_other(op, a, b);
    if (!result.is_undefined()) return result;
    fail("TypeError", "can only concatenate tuple (not \"", type_name(b), "\") to tuple");
  }
  if (op == Binary::mul) {
    const Value& other = left ? b : a;
    if (left && !is_int(other)) {
      Value result = ask_other(op, a, b);
      if (!result.is_undefined()) return result;
    }
    const Items& unit = (left ? left : as<Tuple>(b))->items;
    const std::int64_t times = repeat_count(other);
    if (static_cast<double>(unit.size()) * static_cast<double>(times) > 1e8) fail("MemoryError", "");
    Items repeated;
    for (std::int64_t i = 0; i < times; ++i) repeated.insert(repeated.end(), unit.begin(), unit.end());
    return tuple(std::move(repeated));
  }
  return Value::not_implemented();
}

Value tuple_compare(Compare op, const Value& a, const Value& b) {
  const Tuple *left = as<Tuple>(a), *right = as<Tuple>(b);
  if (!left || !right) return Value::not_implemented();
  return compare_items(op, left->items, right->items);
}

Value tuple_get_item(const Value& self, const Value& key) {
  const Items& items = slot_self<Tuple>(self).items;
  if (const Slice* slice = as<Slice>(key)) return tuple(take(items, span_of(*slice, static_cast<std::int64_t>(items.size()))));
  return items[position(sequence_index(key, "tuple"), items.size(), "tuple index")];
}

bool tuple_contains(const Value& self, const Value& item) {
  for (const Value& own : slot_self<Tuple>(self).items)
    if (same_or_equal(own, item)) return true;
  return false;
}

std::string tuple_repr(const Value& self) {
  const Tuple& own = slot_self<Tuple>(self);
  const Printing guard(&own);
  if (guard.again()) return "(...)";
  return cat("(", join_reprs(own.items), own.items.size() == 1 ? ",)" : ")");
}

Value construct_tuple(Type* cls, Args args) {
  if (cls == Tuple::class_type()) no_keywords("tuple", args);
  check_count("tuple", args, 0, 1);
  if (args.positional && cls == Tuple::class_type() && type_of(args[0]) == cls) return args[0];
  return of_class(make<Tuple>(args.positional ? to_vector(args[0]) : Items()), cls);
}

Value index(const Value* p) {
  const Items& items = self_as<Tuple>(p[0]).items;
  const std::int64_t length = static_cast<std::int64_t>(items.size());
  const std::int64_t last = clamp_index(p[3], length, length);
  for (std::int64_t i = clamp_index(p[2], length, 0); i < last; ++i)
    if (same_or_equal(items[static_cast<std::size_t>(i)], p[1])) return integer(i);
  fail("ValueError", "tuple.index(x): x not in tuple");
}

Value count(const Value* p) {
  std::int64_t times = 0;
  for (const Value& item : self_as<Tuple>(p[0]).items) times += same_or_equal(item, p[1]);
  return integer(times);
}

constexpr Method kTupleMethods[] = {
    {"index(self, value, start=..., stop=..., /)", index},
    {"count(self, value, /)", count},
};

// ------------------------------------------------------------------------------------------------------------- slice

Value construct_slice(Type*, Args args) {
  no_keywords("slice", args);
  check_count("slice", args, 1, 3);
  if (args.positional == 1) return make<Slice>(Value::none(), args[0], Value::none());
  return make<Slice>(args[0], args[1], args.positional == 3 ? args[2] : Value::none());
}

Value slice_compare(Compare op, const Value& a, const Value& b) {
  const Slice *left = as<Slice>(a), *right = as<Slice>(b);
  if (!left || !right) return Value::not_implemented();
  return compare_items(op, {left->start, left->stop, left->step}, {right->start, right->stop, right->step});
}

Value indices(const Value* p) {
  const std::int64_t length = to_index(p[1]);
  if (length < 0) fail("ValueError", "length should not be negative");
  const Span span = span_of(self_as<Slice>(p[0]), length);
  return tuple({integer(span.start), integer(span.stop), integer(span.step)});
}

constexpr Method kSliceMethods[] = {{"indices(self, length, /)", indices}};
constexpr Property kSliceProperties[] = {
    {"start", [](const Value& self) { return slot_self<Slice>(self).start; }},
    {"stop", [](const Value& self) { return slot_self<Slice>(self).stop; }},
    {"step", [](const Value& self) { return slot_self<Slice>(self).step; }},
};

}  // namespace

void fill_tuple(Type& type) {
  type.construct = construct_tuple;
  type.slots.binary = tuple_binary;
  type.slots.compare = tuple_compare;
  type.slots.get_item = tuple_get_item;
  type.slots.contains = tuple_contains;
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<Tuple>(self).items.size()); };
  type.slots.truth = [](const Value& self) { return !slot_self<Tuple>(self).items.empty(); };
  type.slots.hash = [](const Value& self) {
    const NativeCall deeper;
    return hash_items(slot_self<Tuple>(self).items);
  };
  type.slots.iterate = [](const Value& self) -> Value { return make<TupleIterator>(Ref<Tuple>(&slot_self<Tuple>(self))); };
  type.slots.repr = tuple_repr;
}

void add_tuple_methods() { add_methods(Tuple::class_type(), kTupleMethods); }

void fill_slice(Type& type) {
  type.is_final = true;
  type.construct = construct_slice;
  type.slots.compare = slice_compare;
  type.slots.hash = nullptr;
  type.slots.repr = [](const Value& self) {
    const Slice& own = slot_self<Slice>(self);
    return cat("slice(", repr(own.start), ", ", repr(own.stop), ", ", repr(own.step), ")");
  };
}

void add_slice_methods() {
  add_methods(Slice::class_type(), kSliceMethods);
  add_properties(Slice::class_type(), kSliceProperties);
}

}  // namespace nabla
