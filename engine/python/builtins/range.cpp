// The type range and the iterators over ranges, lists and tuples (the machine walks these three itself in `for`).
#include "python/builtins/support.h"

namespace nabla {
namespace {

const Range& own(const Value& value) { return self_as<Range>(value); }

Value item(const Range& range, std::int64_t i) { return integer(range.start + i * range.step); }

Value construct_range(Type*, Args args) {
  no_keywords("range", args);
  check_count("range", args, 1, 3);
  if (args.positional == 1) return make<Range>(0, to_index(args[0]), 1);
  const std::int64_t step = args.positional == 3 ? to_index(args[2]) : 1;
  const std::int64_t start = to_index(args[0]), stop = to_index(args[1]);
  if (step == 0) fail("ValueError", "range() arg 3 must not be zero");
  return make<Range>(start, stop, step);
}

Value range_get_item(const Value& self, const Value& key) {
  const Range& range = own(self);
  const std::int64_t length = range.length();
  if (const Slice* slice = as<Slice>(key)) {
    const Span span = span_of(*slice, length);
    return make<Range>(range.start + span.start * range.step, range.start + span.stop * range.step, range.step * span.step);
  }
  if (!is_int(key) && type_of(key)->lookup(intern("__index__")).is_undefined())
    fail("TypeError", "range indices must be integers or slices, not ", type_name(key));
  return item(range, static_cast<std::int64_t>(position(to_index(key), static_cast<std::size_t>(length), "range object index")));
}

/// Where an integer stands in the range, or -1.
std::int64_t find(const Range& range, const Value& value) {
  Value whole = value;
  if (value.is_float() && value.as_float() == static_cast<double>(static_cast<std::int64_t>(value.as_float())))
    whole = integer(static_cast<std::int64_t>(value.as_float()));
  if (!is_int(whole) || is_wide(whole)) return -1;
  const std::int64_t distance = int_of(whole) - range.start;
  if (distance % range.step != 0) return -1;
  const std::int64_t i = distance / range.step;
  return i >= 0 && i < range.length() ? i : -1;
}

Value range_compare(Compare op, const Value& a, const Value& b) {
  const Range *left = as<Range>(a), *right = as<Range>(b);
  if (!left || !right || (op != Compare::eq && op != Compare::ne)) return Value::not_implemented();
  const std::int64_t length = left->length();
  bool same = length == right->length();
  if (same && length > 0) same = left->start == right->start && (length == 1 || left->step == right->step);
  return Value::boolean(same == (op == Compare::eq));
}

std::uint64_t range_hash(const Value& self) {
  const Range& range = own(self);
  const std::int64_t length = range.length();
  return hash_items({integer(length), length ? integer(range.start) : Value::none(), length > 1 ? integer(range.step) : Value::none()});
}

std::string range_repr(const Value& self) {
  const Range& range = own(self);
  if (range.step == 1) return cat("range(", range.start, ", ", range.stop, ")");
  return cat("range(", range.start, ", ", range.stop, ", ", range.step, ")");
}

Value index(const Value* p) {
  const std::int64_t at = find(own(p[0]), p[1]);
  if (at < 0) fail("ValueError", repr(p[1]), " is not in range");
  return integer(at);
}
Value count(const Value* p) { return integer(find(own(p[0]), p[1]) >= 0); }
Value reversed(const Value* p) {
  const Range& range = own(p[0]);
  const std::int64_t last = range.start + (range.length() - 1) * range.step;
  return make<RangeIterator>(Range(last, range.start - range.step, -range.step));
}

constexpr Method kMethods[] = {
    {"index(self, value, /)", index},
    {"count(self, value, /)", count},
    {"__reversed__(self, /)", reversed},
};
constexpr Property kProperties[] = {
    {"start", [](const Value& self) { return integer(own(self).start); }},
    {"stop", [](const Value& self) { return integer(own(self).stop); }},
    {"step", [](const Value& self) { return integer(own(self).step); }},
};

void fill_range(Type& type) {
  type.is_final = true;
  type.construct = construct_range;
  type.slots.compare = range_compare;
  type.slots.get_item = range_get_item;
  type.slots.contains = [](const Value& self, const Value& value) { return find(own(self), value) >= 0; };
  type.slots.length = [](const Value& self) { return own(self).length(); };
  type.slots.truth = [](const Value& self) { return own(self).length() > 0; };
  type.slots.hash = range_hash;
  type.slots.iterate = [](const Value& self) -> Value { return make<RangeIterator>(own(self)); };
  type.slots.repr = range_repr;
}

Value itself(const Value& self) { return self; }

/// The iterator of a list from the end.
struct ListReverseIterator final : Object {
  Ref<List> list;
  std::size_t left;
  explicit ListReverseIterator(Ref<List> list) : Object(class_type()), list(std::move(list)), left(this->list->items.size()) {}
  static Type* class_type() {
    static Type* const type = make_type("list_reverseiterator", [](Type& t) {
      t.slots.iterate = itself;
      t.slots.next = [](const Value& self) {
        auto& it = slot_self<ListReverseIterator>(self);
        return it.left && it.left <= it.list->items.size() ? it.list->items[--it.left] : Value();
      };
    });
    return type;
  }
};

}  // namespace

Type* Range::class_type() noexcept {
  static Type* const type = [] {
    Type* made = make_type("range", fill_range);
    add_methods(made, kMethods);
    add_properties(made, kProperties);
    return made;
  }();
  return type;
}
Type* range_type() { return Range::class_type(); }

Type* RangeIterator::class_type() noexcept {
  static Type* const type = make_type("range_iterator", [](Type& t) {
    t.slots.iterate = itself;
    t.slots.next = [](const Value& self) {
      auto& it = slot_self<RangeIterator>(self);
      if (it.remaining <= 0) return Value();
      --it.remaining;
      const std::int64_t value = it.value;
      if (it.remaining) it.value += it.step;  // not past the last: that could overflow
      return integer(value);
    };
  });
  return type;
}

Type* ListIterator::class_type() noexcept {
  static Type* const type = make_type("list_iterator", [](Type& t) {
    t.slots.iterate = itself;
    t.slots.next = [](const Value& self) {
      auto& it = slot_self<ListIterator>(self);
      if (it.list && it.index < it.list->items.size()) return it.list->items[it.index++];
      it.list = nullptr;
      return Value();
    };
  });
  return type;
}

Type* TupleIterator::class_type() noexcept {
  static Type* const type = make_type("tuple_iterator", [](Type& t) {
    t.slots.iterate = itself;
    t.slots.next = [](const Value& self) {
      auto& it = slot_self<TupleIterator>(self);
      if (it.tuple && it.index < it.tuple->items.size()) return it.tuple->items[it.index++];
      it.tuple = nullptr;
      return Value();
    };
  });
  return type;
}

Value list_iterator(const Value& value, bool backward) {
  Ref<List> list(&self_as<List>(value));
  if (backward) return make<ListReverseIterator>(std::move(list));
  return make<ListIterator>(std::move(list));
}

}  // namespace nabla
