// Dims: the sizes or strides of a tensor, a short vector of 64-bit integers that needs no memory of its own up to four
// dimensions; its printed form; and what shapes alone decide: broadcasting, wrapping of negative dimensions.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <utility>

namespace nabla {

class Dims {
 public:
  Dims() noexcept {}
  Dims(std::initializer_list<std::int64_t> items) { assign(items.begin(), items.size()); }
  Dims(std::size_t count, std::int64_t item) {
    resize(count);
    std::fill(begin(), end(), item);
  }
  Dims(const Dims& other) : size_(other.size_) {
    if (other.heap_) copy_heap(other);
    else std::memcpy(inline_, other.inline_, sizeof inline_);
  }
  Dims(Dims&& other) noexcept { take(other); }
  Dims& operator=(const Dims& other) {
    if (!heap_ && !other.heap_) {
      std::memcpy(inline_, other.inline_, sizeof inline_);
      size_ = other.size_;
    } else if (this != &other) {
      assign(other.data(), other.size_);
    }
    return *this;
  }
  Dims& operator=(Dims&& other) noexcept {
    if (this != &other) {
      delete[] heap_;
      heap_ = nullptr;
      take(other);
    }
    return *this;
  }
  ~Dims() { delete[] heap_; }

  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  std::int64_t* data() noexcept { return heap_ ? heap_ : inline_; }
  const std::int64_t* data() const noexcept { return heap_ ? heap_ : inline_; }
  std::int64_t& operator[](std::size_t i) noexcept { return data()[i]; }
  std::int64_t operator[](std::size_t i) const noexcept { return data()[i]; }
  std::int64_t* begin() noexcept { return data(); }
  std::int64_t* end() noexcept { return data() + size_; }
  const std::int64_t* begin() const noexcept { return data(); }
  const std::int64_t* end() const noexcept { return data() + size_; }
  std::int64_t back() const noexcept { return data()[size_ - 1]; }

  void resize(std::size_t count) {  // new items are not initialised
    if (count > capacity_) grow(count);
    size_ = static_cast<std::uint32_t>(count);
  }
  void push_back(std::int64_t item) {
    resize(size_ + 1);
    data()[size_ - 1] = item;
  }
  void insert(std::size_t at, std::int64_t item);
  void erase(std::size_t at);

  friend bool operator==(const Dims& a, const Dims& b) noexcept {
    if (a.size_ != b.size_) return false;
    const std::int64_t *x = a.data(), *y = b.data();
    for (std::uint32_t i = 0; i < a.size_; ++i) {
      if (x[i] != y[i]) return false;
    }
    return true;
  }

 private:
  void assign(const std::int64_t* items, std::size_t count) {
    resize(count);
    std::copy(items, items + count, data());
  }
  void take(Dims& other) noexcept {
    heap_ = std::exchange(other.heap_, nullptr);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, kInline);
    if (!heap_) std::memcpy(inline_, other.inline_, sizeof inline_);
  }
  void grow(std::size_t count);
  void copy_heap(const Dims& other);

  static constexpr std::uint32_t kInline = 4;
  std::int64_t inline_[kInline];
  std::int64_t* heap_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = kInline;
};

/// "[2, 3]", as PyTorch's messages print sizes.
void append(std::string& out, const Dims& dims);

/// The product of the sizes; 1 for a 0-d shape.
std::int64_t count_elements(const Dims& sizes);

/// Row-major strides for these sizes.
Dims contiguous_strides(const Dims& sizes);

/// The shape that two shapes broadcast to. RuntimeError when they do not ("The size of tensor a (3) must match ...").
Dims broadcast(const Dims& a, const Dims& b);

/// May a tensor of shape `from` be expanded to `to`?
bool is_expandable(const Dims& from, const Dims& to);

/// A dimension in [-rank, rank) as one in [0, rank); 0-d counts as 1-d. IndexError "Dimension out of range (expected ...)".
std::int64_t wrap_dim(std::int64_t dim, std::size_t rank);

}  // namespace nabla
