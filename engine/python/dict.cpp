// Dict: entries in the order of insertion and, once there are more than a few, an open-addressing index into them.
#include <algorithm>

#include "python/object.h"

namespace nabla {
namespace {

constexpr std::size_t kLinear = 8;  // up to so many entries are searched one by one, without an index
constexpr std::int32_t kEmpty = -1;
constexpr std::int32_t kDeleted = -2;

std::uint64_t scatter(std::uint64_t hash) noexcept { return (hash * 0x9E3779B97F4A7C15) >> 20; }

bool same_text(const Value& key, const Str* name) noexcept {
  if (!key.is_object()) return false;
  const Object* object = key.as_object();
  return object == name || (object->type == Str::class_type() && static_cast<const Str*>(object)->text == name->text);
}

}  // namespace

static std::uint64_t g_layout = 0;

Dict::Dict() : Container(class_type()), layout(++g_layout) {}
Dict::Dict(Part part) : Container(class_type(), part), layout(++g_layout) {}

Value* Dict::find(Str* name) noexcept {
  if (index_.empty()) {
    const std::uint64_t hash = name->hash();
    for (Entry& entry : entries) {
      if (entry.hash == hash && same_text(entry.key, name)) return &entry.value;
    }
    return nullptr;
  }
  const std::uint64_t hash = name->hash();
  const std::size_t mask = index_.size() - 1;
  for (std::size_t slot = scatter(hash) & mask;; slot = (slot + 1) & mask) {
    const std::int32_t i = index_[slot];
    if (i == kEmpty) return nullptr;
    if (i >= 0 && entries[i].hash == hash && same_text(entries[i].key, name)) return &entries[i].value;
  }
}

Value* Dict::search(Str* name, std::uint32_t& guess) noexcept {
  Value* const found = find(name);
  // It lies inside an entry: which one follows from its address.
  if (found) guess = static_cast<std::uint32_t>(static_cast<std::size_t>(reinterpret_cast<const char*>(found) - reinterpret_cast<const char*>(entries.data())) / sizeof(Entry));
  return found;
}

std::int64_t Dict::find_entry(const Value& key, std::uint64_t hash) {
  // Comparing may run Python code, and that may change this very dict: then the search starts again.
  const auto matches = [&](std::size_t i, bool& restart) {
    const Entry& entry = entries[i];
    if (entry.hash != hash || entry.key.is_undefined()) return false;
    if (entry.key == key) return true;
    if (entry.key.is_small() && key.is_small()) return false;
    const Value candidate = entry.key;
    const Entry* before = entries.data();
    const bool result = equal(candidate, key);
    restart = before != entries.data() || i >= entries.size() || !(entries[i].key == candidate);
    return result;
  };
  for (;;) {
    bool restart = false;
    if (index_.empty()) {
      for (std::size_t i = 0; i < entries.size() && !restart; ++i) {
        if (matches(i, restart) && !restart) return static_cast<std::int64_t>(i);
      }
    } else {
      for (std::size_t slot = scatter(hash);; ++slot) {
        const std::int32_t i = index_[slot & (index_.size() - 1)];
        if (i == kEmpty) break;
        if (i >= 0 && matches(static_cast<std::size_t>(i), restart) && !restart) return i;
        if (restart) break;
      }
    }
    if (!restart) return -1;
  }
}

Value* Dict::find(const Value& key) {
  const std::int64_t i = find_entry(key, hash(key));
  return i < 0 ? nullptr : &entries[static_cast<std::size_t>(i)].value;
}

void Dict::set(const Value& key, Value value) {
  const std::uint64_t h = hash(key);
  if (const std::int64_t i = find_entry(key, h); i >= 0) {
    entries[static_cast<std::size_t>(i)].value = std::move(value);
    if (tag & kClassNamespace) class_changed();
    return;
  }
  append(h, key, std::move(value));
}

void Dict::set(Str* name, Value value) {
  if (Value* found = find(name)) {
    *found = std::move(value);
    if (tag & kClassNamespace) class_changed();
    return;
  }
  if (entries.capacity() == 0) entries.reserve(4);  // an instance has as many attributes, most often
  append(name->hash(), Value::object(name), std::move(value));
}

void Dict::append(std::uint64_t hash, const Value& key, Value value) {
  const bool full = index_.empty() ? entries.size() >= kLinear : std::max(used_, entries.size()) * 3 >= index_.size() * 2;
  if (full) rebuild(count + 1);
  if (!index_.empty()) {
    const std::size_t mask = index_.size() - 1;
    std::size_t slot = scatter(hash) & mask;
    while (index_[slot] >= 0) slot = (slot + 1) & mask;
    used_ += index_[slot] == kEmpty;
    index_[slot] = static_cast<std::int32_t>(entries.size());
  }
  entries.push_back({hash, key, std::move(value)});
  ++count;
  layout = ++g_layout;
  if (tag & kClassNamespace) class_changed();
}

bool Dict::erase(const Value& key) {
  const std::uint64_t h = hash(key);
  const std::int64_t i = find_entry(key, h);
  if (i < 0) return false;
  if (!index_.empty()) {
    const std::size_t mask = index_.size() - 1;
    std::size_t slot = scatter(h) & mask;
    while (index_[slot] != static_cast<std::int32_t>(i)) slot = (slot + 1) & mask;
    index_[slot] = kDeleted;
  }
  Entry gone = std::move(entries[static_cast<std::size_t>(i)]);  // released last: that may run anything
  --count;
  layout = ++g_layout;
  while (!entries.empty() && entries.back().key.is_undefined()) entries.pop_back();
  if (tag & kClassNamespace) class_changed();
  return true;
}

void Dict::clear() {
  std::vector<Entry> gone;
  gone.swap(entries);
  index_.clear();
  count = 0;
  layout = ++g_layout;
  if (tag & kClassNamespace) class_changed();
}

/// Drops the deleted entries and makes an index with room for `capacity` entries and some more.
void Dict::rebuild(std::size_t capacity) {
  if (entries.size() != count) {
    std::erase_if(entries, [](const Entry& entry) { return entry.key.is_undefined(); });
  }
  if (capacity <= kLinear) {
    index_.clear();
    return;
  }
  std::size_t size = 16;
  while (size < capacity * 2) size *= 2;
  index_.assign(size, kEmpty);
  used_ = entries.size();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t slot = scatter(entries[i].hash) & (size - 1);
    while (index_[slot] >= 0) slot = (slot + 1) & (size - 1);
    index_[slot] = static_cast<std::int32_t>(i);
  }
}

}  // namespace nabla
