// Stable sorting: a merge sort over natural runs, quicker where all keys are floats and small ints, or are texts.
// std::stable_sort is not used: a comparison may raise, or contradict itself, and both must leave a permutation of the list.
#include <algorithm>

#include "python/builtins/support.h"

namespace nabla {
namespace {

using Items = std::vector<Value>;

/// What is sorted: the place of an item, and by what it is compared. Numbers are compared as doubles (exact for 48-bit integers).
struct ByNumber {
  double key;
  std::uint32_t place;
  static bool less(const ByNumber& a, const ByNumber& b) { return a.key < b.key; }
};
struct ByText {
  const std::string* key;
  std::uint32_t place;
  static bool less(const ByText& a, const ByText& b) { return *a.key < *b.key; }
};
struct ByValue {
  const Value* key;
  std::uint32_t place;
  static bool less(const ByValue& a, const ByValue& b) { return truth(compare(Compare::lt, *a.key, *b.key)); }
};

template <class Entry>
class Sorter {
 public:
  explicit Sorter(std::vector<Entry> entries) : order_(std::move(entries)), room_(order_.size()) {}

  const std::vector<Entry>& sorted() {
    std::vector<std::size_t> ends{0};  // of the runs found so far
    while (ends.back() < order_.size()) ends.push_back(run_end(ends.back()));
    while (ends.size() > 2) {  // merge neighbours until one run is left
      std::vector<std::size_t> merged{0};
      for (std::size_t i = 2; i < ends.size(); i += 2) {
        merge(ends[i - 2], ends[i - 1], ends[i]);
        merged.push_back(ends[i]);
      }
      if (ends.size() % 2 == 0) merged.push_back(ends.back());
      ends = std::move(merged);
    }
    return order_;
  }

 private:
  bool less(std::size_t a, std::size_t b) const { return Entry::less(order_[a], order_[b]); }

  /// The end of a run that begins here: as long as it rises (or falls strictly: then it is turned), and at least 16 by insertion.
  std::size_t run_end(std::size_t from) {
    constexpr std::size_t kShortest = 16;
    const std::size_t all = order_.size();
    std::size_t end = from + 1;
    if (end < all && less(end, from)) {
      for (++end; end < all && less(end, end - 1); ++end) {}
      std::reverse(order_.begin() + static_cast<std::ptrdiff_t>(from), order_.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      while (end < all && !less(end, end - 1)) ++end;
    }
    for (; end < all && end - from < kShortest; ++end) {
      const Entry entry = order_[end];
      std::size_t low = from, high = end;
      while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (Entry::less(entry, order_[middle])) high = middle;
        else low = middle + 1;
      }
      for (std::size_t i = end; i > low; --i) order_[i] = order_[i - 1];
      order_[low] = entry;
    }
    return end;
  }

  void merge(std::size_t from, std::size_t middle, std::size_t to) {
    if (!less(middle, middle - 1)) return;  // already in order
    for (std::size_t i = from; i < to; ++i) room_[i] = order_[i];
    std::size_t a = from, b = middle;
    for (std::size_t out = from; out < to; ++out) {
      const bool right = a == middle || (b < to && Entry::less(room_[b], room_[a]));
      order_[out] = right ? room_[b++] : room_[a++];
    }
  }

  std::vector<Entry> order_, room_;
};

/// Puts items into the order of their keys. `key_of` makes a sorter's key of a Value.
template <class Entry, class KeyOf>
void arrange(Items& items, const Items& keys, KeyOf key_of) {
  std::vector<Entry> entries;
  entries.reserve(keys.size());
  for (const Value& key : keys) entries.push_back({key_of(key), static_cast<std::uint32_t>(entries.size())});
  Sorter<Entry> sorter(std::move(entries));
  Items sorted;
  sorted.reserve(items.size());
  for (const Entry& entry : sorter.sorted()) sorted.push_back(std::move(items[entry.place]));
  items = std::move(sorted);
}

bool is_quick_number(const Value& key) { return key.is_float() || key.is_small(); }
bool is_plain_text(const Value& key) { return key.is_object() && key.as_object()->type == Str::class_type(); }

}  // namespace

void sort_items(Items& items, const Value& key, bool reverse) {
  Items keys;
  if (!key.is_none()) {
    keys.reserve(items.size());
    for (const Value& item : items) keys.push_back(call(key, {item}));
  }
  // Backward and stable: turn around, sort, turn around again.
  if (reverse) {
    std::reverse(items.begin(), items.end());
    std::reverse(keys.begin(), keys.end());
  }
  const Items& by = key.is_none() ? items : keys;
  if (items.size() > 1) {
    if (std::all_of(by.begin(), by.end(), is_quick_number)) {
      arrange<ByNumber>(items, by, [](const Value& v) { return v.is_float() ? v.as_float() : static_cast<double>(v.as_small()); });
    } else if (std::all_of(by.begin(), by.end(), is_plain_text)) {
      arrange<ByText>(items, by, [](const Value& v) { return &static_cast<Str*>(v.as_object())->text; });
    } else {
      arrange<ByValue>(items, by, [](const Value& v) { return &v; });
    }
  }
  if (reverse) std::reverse(items.begin(), items.end());
}

}  // namespace nabla
