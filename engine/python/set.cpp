// Set: a table like that of CPython's sets, so that a set is walked, and pops, in CPython's order.
//
// Note [Order of sets]
// CPython walks a set in the order of its hash table, which for integers looks sorted ({3, 1, 2} prints as {1, 2, 3}) and is part
// of what people see. What the table looks like depends on all that was done with the set: how it grew, what was deleted, in which order
// the keys of another came in. So the table here is CPython's (open addressing: ten neighbours, then a jump; a new key takes the last
// deleted slot that was passed on the way to a free one; it grows when three fifths are not free), each operation goes through it as there, and numbers and tuples of numbers hash as there.
// Texts and identities hash otherwise in every run of CPython, so nobody can count on their order: a set to which such a key is added
// (`hashed_at_random` tells) keeps the order of insertion from then on; as a list while it is small, then in a Dict.
#include <utility>

#include "python/object.h"

namespace nabla {
namespace {

constexpr std::size_t kNeighbours = 9;
constexpr std::size_t kSmall = 8;  // items of a loose set without a Dict
constexpr std::uint64_t kDeleted = ~std::uint64_t{0};  // no key hashes to this: hash(-1) is -2

bool is_free(const Set::Slot& slot) noexcept { return slot.key.is_undefined() && slot.hash != kDeleted; }

/// Calls `visit(i)` for the slots of a table where a key of that hash may lie, in their order, until it says true.
template <class Visit>
void probe(std::uint64_t hash, std::size_t mask, Visit visit) {
  std::uint64_t perturb = hash;
  for (std::size_t i = hash & mask;;) {
    const std::size_t last = i + kNeighbours <= mask ? i + kNeighbours : i;
    for (std::size_t j = i; j <= last; ++j) {
      if (visit(j)) return;
    }
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

/// The hash of a key; `fixed`: it is the same in each run of CPython.
std::uint64_t hash_of(const Value& key, bool& fixed) {
  fixed = true;
  if (key.is_small()) return hash(key);
  hashed_at_random = false;
  const std::uint64_t result = hash(key);
  fixed = !hashed_at_random;
  return result;
}

std::size_t grown(std::size_t count) noexcept { return count > 50000 ? count * 2 : count * 4; }

}  // namespace

// -------------------------------------------------------------------------------------------------------------- the table

/// The slot of a key, or -1; then `deleted` is the last deleted one on the way to the free slot that ended the search, or -1.
std::int64_t Set::find(const Value& key, std::uint64_t hash, std::int64_t& deleted) {
  deleted = -1;
  if (slots_.empty()) return -1;
  for (;;) {
    std::int64_t found = -1;
    deleted = -1;
    bool restart = false;
    const auto visit = [&](std::size_t i) {
      const Slot& slot = slots_[i];
      if (slot.key.is_undefined()) {
        if (slot.hash != kDeleted) return true;
        deleted = static_cast<std::int64_t>(i);
        return false;
      }
      if (slot.hash != hash) return false;
      if (!(slot.key == key)) {
        if (slot.key.is_small() && key.is_small()) return false;
        // Comparing may run Python code, and that may change this very set: then the search starts again.
        const Value candidate = slot.key;
        const Slot* const before = slots_.data();
        const bool same = equal(candidate, key);
        restart = before != slots_.data() || i >= slots_.size() || !(slots_[i].key == candidate);
        if (restart) return true;
        if (!same) return false;
      }
      found = static_cast<std::int64_t>(i);
      return true;
    };
    if (loose_) {
      for (std::size_t i = 0; i < slots_.size() && !visit(i); ++i) continue;
    } else {
      probe(hash, slots_.size() - 1, visit);
    }
    if (!restart) return found;
    if (slots_.empty()) return -1;
  }
}

/// Puts a key that is not there into the first free slot.
void Set::put(const Value& key, std::uint64_t hash) {
  if (slots_.empty()) slots_.resize(8);
  probe(hash, slots_.size() - 1, [&](std::size_t i) {
    if (!is_free(slots_[i])) return false;
    slots_[i] = {hash, key};
    return true;
  });
  ++fill_;
  ++count;
}

/// A table with more than `least` slots, into which the items come in the order of the old one.
void Set::resize(std::size_t least) {
  std::size_t size = 8;
  while (size <= least) size *= 2;
  std::vector<Slot> old(size);
  old.swap(slots_);
  fill_ = count = 0;
  for (Slot& slot : old) {
    if (!slot.key.is_undefined()) put(slot.key, slot.hash);
  }
}

void Set::leave_table() {
  std::erase_if(slots_, [](const Slot& slot) { return slot.key.is_undefined(); });
  fill_ = 0;
  loose_ = true;
}

/// Adds a key that is not there to a loose set.
void Set::add_loosely(const Value& key, std::uint64_t hash) {
  if (!dict_ && count < kSmall) {
    if (slots_.capacity() == 0) slots_.reserve(kSmall / 2);
    slots_.push_back({hash, key});
  } else {
    if (!dict_) {
      dict_ = make<Dict>(Part::yes);
      for (const Slot& slot : std::exchange(slots_, {})) dict_->append(slot.hash, slot.key, Value::none());
    }
    dict_->append(hash, key, Value::none());
  }
  ++count;
}

/// `fixed`: as hash_of() says.
bool Set::add_hashed(const Value& key, std::uint64_t hash, bool fixed) {
  std::int64_t deleted;
  if (dict_ ? dict_->find_entry(key, hash) >= 0 : find(key, hash, deleted) >= 0) return false;
  if (!fixed && !loose_) leave_table();
  if (loose_) {
    add_loosely(key, hash);
    return true;
  }
  if (deleted >= 0) {
    slots_[static_cast<std::size_t>(deleted)] = {hash, key};
    ++count;
    return true;
  }
  put(key, hash);
  if (fill_ * 5 >= mask() * 3) resize(grown(count));
  return true;
}

bool Set::erase_hashed(const Value& key, std::uint64_t hash) {
  std::int64_t deleted;
  const std::int64_t i = find(key, hash, deleted);
  if (i < 0) return false;
  const Value gone = std::exchange(slots_[static_cast<std::size_t>(i)].key, Value());  // released last: that may run anything
  if (loose_) slots_.erase(slots_.begin() + i);
  else slots_[static_cast<std::size_t>(i)].hash = kDeleted;
  --count;
  return true;
}

// ------------------------------------------------------------------------------------------------------------ single keys

bool Set::contains(const Value& key) {
  std::int64_t deleted;
  return dict_ ? dict_->find(key) != nullptr : find(key, hash(key), deleted) >= 0;
}

bool Set::add(const Value& key) {
  bool fixed;
  const std::uint64_t hash = hash_of(key, fixed);
  return add_hashed(key, hash, fixed);
}

bool Set::erase(const Value& key) {
  if (dict_) {
    const bool erased = dict_->erase(key);
    count = dict_->count;
    return erased;
  }
  return erase_hashed(key, hash(key));
}

Value Set::pop() {
  if (count == 0) return {};
  if (loose_) {
    std::size_t position = 0;
    const Value key = next(position);
    erase(key);
    return key;
  }
  std::size_t i = finger_ & mask();
  while (slots_[i].key.is_undefined()) i = (i + 1) & mask();
  Value key = std::exchange(slots_[i].key, Value());
  slots_[i].hash = kDeleted;
  --count;
  finger_ = i + 1;
  return key;
}

void Set::clear() {
  std::vector<Slot> gone;
  gone.swap(slots_);
  count = fill_ = finger_ = 0;
  loose_ = false;
  const Ref<Dict> dict = std::exchange(dict_, nullptr);
}

Value Set::next(std::size_t& position) const {
  if (dict_) {
    while (position < dict_->entries.size()) {
      const Value& key = dict_->entries[position++].key;
      if (!key.is_undefined()) return key;
    }
    return {};
  }
  while (position < slots_.size()) {
    const Value& key = slots_[position++].key;
    if (!key.is_undefined()) return key;
  }
  return {};
}

std::uint64_t Set::hash_before(std::size_t position) const { return dict_ ? dict_->entries[position - 1].hash : slots_[position - 1].hash; }

void Set::swap(Set& other) noexcept {
  slots_.swap(other.slots_);
  std::swap(dict_, other.dict_);
  std::swap(loose_, other.loose_);
  std::swap(count, other.count);
  std::swap(fill_, other.fill_);
  std::swap(finger_, other.finger_);
}

// ------------------------------------------------------------------------------------------------------------- whole sets

void Set::reserve_for(std::size_t others) {
  if (!loose_ && (fill_ + others) * 5 >= mask() * 3) resize((count + others) * 2);
}

void Set::merge(Set& other) {
  if (&other == this || other.count == 0) return;
  if (!loose_ && !other.loose_) {
    reserve_for(other.count);
    if (fill_ == 0 && mask() == other.mask() && other.fill_ == other.count) {
      slots_ = other.slots_;
      fill_ = count = other.count;
      return;
    }
    const bool clean = fill_ == 0;
    const std::vector<Slot> theirs = clean ? std::vector<Slot>() : other.slots_;  // comparing may change them
    for (const Slot& slot : clean ? other.slots_ : theirs) {
      if (slot.key.is_undefined()) continue;
      if (clean) {
        put(slot.key, slot.hash);
      } else {
        add_hashed(slot.key, slot.hash, true);
      }
    }
    return;
  }
  std::size_t position = 0;
  for (Value key; key = other.next(position), !key.is_undefined();) add(key);
}

Ref<Set> Set::copy() {
  auto made = make<Set>();
  made->merge(*this);
  return made;
}

Ref<Set> Set::intersection(Set& other) {
  if (&other == this) return copy();
  Set& smaller = other.count > count ? *this : other;
  Set& larger = &smaller == this ? other : *this;
  auto made = make<Set>();
  std::size_t position = 0;
  for (Value key; key = smaller.next(position), !key.is_undefined();) {
    if (larger.contains(key)) made->add(key);
  }
  return made;
}

Ref<Set> Set::difference(Set& other) {
  if (count >> 2 > other.count) {
    auto made = copy();
    made->remove_all(other);
    return made;
  }
  auto made = make<Set>();
  std::size_t position = 0;
  for (Value key; key = next(position), !key.is_undefined();) {
    if (!other.contains(key)) made->add(key);
  }
  return made;
}

void Set::remove_all(Set& other) {
  if (&other == this) return clear();
  const Ref<Set> common = other.count >> 3 > count ? intersection(other) : nullptr;
  Set& gone = common ? *common : other;
  std::size_t position = 0;
  for (Value key; key = gone.next(position), !key.is_undefined();) erase(key);
  drop_deleted();
}

void Set::drop_deleted() {
  if (!loose_ && fill_ - count > mask() / 4) resize(grown(count));
}

void Set::toggle_all(Set& other) {
  if (&other == this) return clear();
  std::size_t position = 0;
  for (Value key; key = other.next(position), !key.is_undefined();) {
    if (!erase(key)) add(key);
  }
}

}  // namespace nabla
