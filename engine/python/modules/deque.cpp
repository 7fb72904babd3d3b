// collections.deque: a list with two ends, and perhaps a longest length.
#include <algorithm>

#include "python/modules/collections.h"
#include "python/modules/modules.h"
#include "python/type_name.h"

namespace nabla {
namespace {

using Values = std::vector<Value>;

/// A ring of values: item i is at (first + i) in room, wrapped around. The size of the room is a power of two.
class Ring {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  Value& operator[](std::size_t i) noexcept { return room_[(first_ + i) & (room_.size() - 1)]; }
  const Value& operator[](std::size_t i) const noexcept { return room_[(first_ + i) & (room_.size() - 1)]; }
  void push_back(Value value) {
    grow();
    (*this)[size_++] = std::move(value);
  }
  void push_front(Value value) {
    grow();
    --first_;
    ++size_;
    (*this)[0] = std::move(value);
  }
  Value pop_back() { return std::move((*this)[--size_]); }
  Value pop_front() {
    Value value = std::move((*this)[0]);
    ++first_;
    --size_;
    return value;
  }
  Values take() const {
    Values items;
    items.reserve(size_);
    for (std::size_t i = 0; i < size_; ++i) items.push_back((*this)[i]);
    return items;
  }
  void put(const Values& items) {
    *this = Ring();
    for (const Value& item : items) push_back(item);
  }

 private:
  void grow() {
    if (size_ < room_.size()) return;
    Values larger(std::max<std::size_t>(room_.size() * 2, 8));
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move((*this)[i]);
    room_ = std::move(larger);
    first_ = 0;
  }
  Values room_;
  std::size_t first_ = 0, size_ = 0;
};

struct Deque final : Container {
  Ring items;
  std::int64_t limit = -1;      // maxlen; -1 = none
  std::uint32_t changes = 0;    // an iterator notices
  explicit Deque(Type* type) : Container(type) {}
  void clear() override {
    const Ring gone = std::exchange(items, Ring());
    ++changes;
  }
  bool tell(Visitor& visitor) override {
    for (std::size_t i = 0; i < items.size(); ++i) visitor(items[i]);
    return true;
  }
  static Type* class_type() { return deque_type(); }

  bool full() const { return limit >= 0 && static_cast<std::int64_t>(items.size()) >= limit; }
  void append(const Value& value) {
    ++changes;
    items.push_back(value);
    if (limit >= 0 && static_cast<std::int64_t>(items.size()) > limit) items.pop_front();
  }
  void append_left(const Value& value) {
    ++changes;
    items.push_front(value);
    if (limit >= 0 && static_cast<std::int64_t>(items.size()) > limit) items.pop_back();
  }
};

Deque& own(const Value* p) { return self_as<Deque>(p[0]); }
Values listed(const Deque& deque) { return deque.items.take(); }

struct DequeIterator final : Object {
  Ref<Deque> deque;
  std::size_t at = 0;
  std::uint32_t changes;
  bool backward;
  DequeIterator(Ref<Deque> deque, bool backward) : Object(class_type()), deque(std::move(deque)), changes(this->deque->changes), backward(backward) {}
  static Type* class_type() {
    static Type* const type = make_type("_deque_iterator", [](Type& t) {
      t.slots.iterate = [](const Value& self) { return self; };
      t.slots.next = [](const Value& self) {
        auto& it = slot_self<DequeIterator>(self);
        const auto& items = it.deque->items;
        if (it.deque->changes != it.changes) fail("RuntimeError", "deque mutated during iteration");
        if (it.at >= items.size()) return Value();
        const std::size_t at = it.at++;
        return items[it.backward ? items.size() - 1 - at : at];
      };
    });
    return type;
  }
};

Value construct(Type* cls, Args args) {
  only_keywords("deque", args, {"iterable", "maxlen"});
  check_count("deque", args, 0, 2);
  const Value iterable = args.positional ? args[0] : keyword(args, "iterable");
  const Value limit = args.positional > 1 ? args[1] : keyword(args, "maxlen");
  auto made = of_class(make<Deque>(deque_type()), cls);
  if (!limit.is_undefined() && !limit.is_none()) {
    made->limit = to_index(limit);
    if (made->limit < 0) fail("ValueError", "maxlen must be non-negative");
  }
  if (!iterable.is_undefined()) {
    Walk walk(iterable);
    for (Value item; walk.next(item);) made->append(item);
  }
  return made;
}

Ref<Deque> copy_of(const Deque& deque) {
  auto made = of_class(make<Deque>(deque_type()), deque.type);
  made->items = deque.items;
  made->limit = deque.limit;
  return made;
}

Value append(const Value* p) { return own(p).append(p[1]), Value::none(); }
Value appendleft(const Value* p) { return own(p).append_left(p[1]), Value::none(); }
Value pop(const Value* p) {
  Deque& deque = own(p);
  if (deque.items.empty()) fail("IndexError", "pop from an empty deque");
  ++deque.changes;
  return deque.items.pop_back();
}
Value popleft(const Value* p) {
  Deque& deque = own(p);
  if (deque.items.empty()) fail("IndexError", "pop from an empty deque");
  ++deque.changes;
  return deque.items.pop_front();
}
Value extend(const Value* p) {
  for (const Value& item : to_vector(p[1])) own(p).append(item);
  return Value::none();
}
Value extendleft(const Value* p) {
  for (const Value& item : to_vector(p[1])) own(p).append_left(item);
  return Value::none();
}
Value rotate(const Value* p) {
  auto& items = own(p).items;
  if (items.empty()) return Value::none();
  const auto size = static_cast<std::int64_t>(items.size());
  std::int64_t steps = to_index(p[1]) % size;
  if (steps < 0) steps += size;
  for (; steps > 0; --steps) items.push_front(items.pop_back());
  ++own(p).changes;
  return Value::none();
}
Value clear(const Value* p) { return own(p).clear(), Value::none(); }
Value copy(const Value* p) { return copy_of(own(p)); }
Value reverse(const Value* p) {
  auto& items = own(p).items;
  for (std::size_t i = 0, j = items.size(); i + 1 < j; ++i) std::swap(items[i], items[--j]);
  return Value::none();
}
Value count(const Value* p) {
  std::int64_t times = 0;
  for (const Value& item : listed(own(p))) times += same_or_equal(item, p[1]);
  return integer(times);
}
Value index(const Value* p) {
  const Values items = listed(own(p));
  for (std::size_t i = 0; i < items.size(); ++i)
    if (same_or_equal(items[i], p[1])) return integer(static_cast<std::int64_t>(i));
  fail("ValueError", repr(p[1]), " is not in deque");
}
/// Removes the item at a place.
void erase(Deque& deque, std::size_t at) {
  Values items = listed(deque);
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
  deque.items.put(items);
  ++deque.changes;
}
Value remove(const Value* p) {
  const Values items = listed(own(p));
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!same_or_equal(items[i], p[1])) continue;
    erase(own(p), i);
    return Value::none();
  }
  fail("ValueError", repr(p[1]), " is not in deque");
}
Value insert(const Value* p) {
  Deque& deque = own(p);
  if (deque.full()) fail("IndexError", "deque already at its maximum size");
  Values items = listed(deque);
  const auto size = static_cast<std::int64_t>(items.size());
  items.insert(items.begin() + clamp_index(p[1], size, size), p[2]);
  deque.items.put(items);
  ++deque.changes;
  return Value::none();
}

constexpr Method kMethods[] = {
    {"append(self, item, /)", append},
    {"appendleft(self, item, /)", appendleft},
    {"pop(self, /)", pop},
    {"popleft(self, /)", popleft},
    {"extend(self, iterable, /)", extend},
    {"extendleft(self, iterable, /)", extendleft},
    {"rotate(self, n=1, /)", rotate},
    {"clear(self, /)", clear},
    {"copy(self, /)", copy},
    {"__copy__(self, /)", copy},
    {"reverse(self, /)", reverse},
    {"count(self, value, /)", count},
    {"index(self, value, /)", index},
    {"remove(self, value, /)", remove},
    {"insert(self, index, value, /)", insert},
    {"__reversed__(self, /)", [](const Value* p) -> Value { return make<DequeIterator>(Ref<Deque>(&own(p)), true); }},
};
constexpr Property kProperties[] = {
    {"maxlen", [](const Value& self) { return slot_self<Deque>(self).limit < 0 ? Value::none() : integer(slot_self<Deque>(self).limit); }},
};

std::string repr_of(const Value& self) {
  const Deque& deque = slot_self<Deque>(self);
  const Printing guard(&deque);
  if (guard.again()) return "[...]";
  const std::string items = cat(deque.type->name, "([", join_reprs(listed(deque)), "]");
  return deque.limit < 0 ? items + ")" : cat(items, ", maxlen=", deque.limit, ")");
}

void fill(Type& type) {
  type.module = "collections";
  name_with_module(&type);
  type.construct = construct;
  type.slots.repr = repr_of;
  type.slots.hash = nullptr;
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(slot_self<Deque>(self).items.size()); };
  type.slots.truth = [](const Value& self) { return !slot_self<Deque>(self).items.empty(); };
  type.slots.iterate = [](const Value& self) -> Value { return make<DequeIterator>(Ref<Deque>(&slot_self<Deque>(self)), false); };
  type.slots.get_item = [](const Value& self, const Value& key) {
    const auto& items = slot_self<Deque>(self).items;
    if (as<Slice>(key)) fail("TypeError", "sequence index must be integer, not 'slice'");
    return items[position(to_index(key), items.size(), "deque index")];
  };
  type.slots.set_item = [](const Value& self, const Value& key, const Value& value) {
    Deque& deque = slot_self<Deque>(self);
    const std::size_t at = position(to_index(key), deque.items.size(), "deque index");
    if (value.is_undefined()) erase(deque, at);
    else deque.items[at] = value;
  };
  type.slots.contains = [](const Value& self, const Value& item) {
    for (const Value& own_item : listed(slot_self<Deque>(self)))
      if (same_or_equal(own_item, item)) return true;
    return false;
  };
  type.slots.compare = [](Compare op, const Value& a, const Value& b) {
    const Deque *left = as<Deque>(a), *right = as<Deque>(b);
    if (!left || !right) return Value::not_implemented();
    return compare_items(op, listed(*left), listed(*right));
  };
  type.slots.binary = [](Binary op, const Value& a, const Value& b, bool in_place) -> Value {
    Deque *left = as<Deque>(a), *right = as<Deque>(b);
    if (op != Binary::add || !left) return Value::not_implemented();
    if (!right && !in_place) fail("TypeError", "can only concatenate deque (not \"", type_name(b), "\") to deque");
    Ref<Deque> sum = in_place ? Ref<Deque>(left) : copy_of(*left);
    for (const Value& item : to_vector(b)) sum->append(item);
    return sum;
  };
}

}  // namespace

Type* deque_type() {
  static Type* const type = [] {
    Type* made = make_type("deque", fill);
    add_methods(made, kMethods);
    add_properties(made, kProperties);
    return made;
  }();
  return type;
}

}  // namespace nabla
