// Stable sorting: a merge sort over natural runs, with quick comparisons where all keys are floats, small ints or strs.
// std::stable_sort is not used: a comparison may raise, or contradict itself, and both must leave a permutation of the list.
#include <algorithm>

#include "python/builtins/support.h"

namespace nabla {
namespace {

using Items = std::vector<Value>;

bool less_number(const Value& a, const Value& b) {
  const double x = a.is_float() ? a.as_float() : static_cast<double>(a.as_small());
  const double y = b.is_float() ? b.as_float() : static_cast<double>(b.as_small());
  return x < y;  // 48-bit integers are exact
}
bool less_text(const Value& a, const Value& b) {
  return static_cast<Str*>(a.as_object())->text < static_cast<Str*>(b.as_object())->text;
}
bool less_any(const Value& a, const Value& b) { return truth(compare(Compare::lt, a, b)); }

using Less = bool (*)(const Value&, const Value&);

Less quickest(const Items& keys) {
  bool numbers = true, texts = true;
  for (const Value& key : keys) {
    numbers = numbers && (key.is_float() || key.is_small());
    texts = texts && key.is_object() && key.as_object()->type == Str::class_type();
  }
  return numbers ? less_number : texts ? less_text : less_any;
}

/// Sorts `order`, which are positions in `keys`.
class Sorter {
 public:
  Sorter(const Items& keys, Less less) : keys_(keys), less_(less) {
    order_.resize(keys.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<std::uint32_t>(i);
    room_.resize(order_.size());
  }

  const std::vector<std::uint32_t>& sorted() {
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
  bool less(std::uint32_t a, std::uint32_t b) const { return less_(keys_[a], keys_[b]); }

  /// The end of a run that begins here: as long as it rises (or falls strictly: then it is turned), and at least 16 by insertion.
  std::size_t run_end(std::size_t from) {
    constexpr std::size_t kShortest = 16;
    const std::size_t all = order_.size();
    std::size_t end = from + 1;
    if (end < all && less(order_[end], order_[from])) {
      for (++end; end < all && less(order_[end], order_[end - 1]); ++end) {}
      std::reverse(order_.begin() + static_cast<std::ptrdiff_t>(from), order_.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      while (end < all && !less(order_[end], order_[end - 1])) ++end;
    }
    for (; end < all && end - from < kShortest; ++end) {
      std::size_t low = from, high = end;
      while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (less(order_[end], order_[middle])) high = middle;
        else low = middle + 1;
      }
      std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(low), order_.begin() + static_cast<std::ptrdiff_t>(end),
                  order_.begin() + static_cast<std::ptrdiff_t>(end + 1));
    }
    return end;
  }

  void merge(std::size_t from, std::size_t middle, std::size_t to) {
    if (!less(order_[middle], order_[middle - 1])) return;  // already in order
    std::copy(order_.begin() + static_cast<std::ptrdiff_t>(from), order_.begin() + static_cast<std::ptrdiff_t>(to),
              room_.begin() + static_cast<std::ptrdiff_t>(from));
    std::size_t a = from, b = middle;
    for (std::size_t out = from; out < to; ++out) {
      const bool right = a == middle || (b < to && less(room_[b], room_[a]));
      order_[out] = right ? room_[b++] : room_[a++];
    }
  }

  const Items& keys_;
  Less less_;
  std::vector<std::uint32_t> order_, room_;
};

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
    Sorter sorter(by, quickest(by));
    const std::vector<std::uint32_t>& order = sorter.sorted();
    Items sorted;
    sorted.reserve(items.size());
    for (const std::uint32_t i : order) sorted.push_back(std::move(items[i]));
    items = std::move(sorted);
  }
  if (reverse) std::reverse(items.begin(), items.end());
}

}  // namespace nabla
