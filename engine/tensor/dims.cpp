// Dims and the rules of shapes.
#include "tensor/dims.h"

#include "base/error.h"

namespace nabla {

void Dims::grow(std::size_t count) {
  auto* grown = new std::int64_t[count * 2];
  std::copy(data(), data() + size_, grown);
  delete[] heap_;
  heap_ = grown;
  capacity_ = static_cast<std::uint32_t>(count * 2);
}

void Dims::copy_heap(const Dims& other) {
  heap_ = new std::int64_t[other.size_];
  capacity_ = size_;
  std::copy(other.data(), other.data() + size_, heap_);
}

void Dims::insert(std::size_t at, std::int64_t item) {
  resize(size_ + 1);
  std::copy_backward(data() + at, data() + size_ - 1, data() + size_);
  data()[at] = item;
}

void Dims::erase(std::size_t at) {
  std::copy(data() + at + 1, data() + size_, data() + at);
  --size_;
}

void append(std::string& out, const Dims& dims) {
  out += '[';
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (i) out += ", ";
    append(out, dims[i]);
  }
  out += ']';
}

std::int64_t count_elements(const Dims& sizes) {
  std::int64_t count = 1;
  for (std::int64_t size : sizes) count *= size;
  return count;
}

Dims contiguous_strides(const Dims& sizes) {
  Dims strides;
  strides.resize(sizes.size());
  std::int64_t stride = 1;
  for (std::size_t i = sizes.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= std::max<std::int64_t>(sizes[i], 1);
  }
  return strides;
}

Dims broadcast(const Dims& a, const Dims& b) {
  const std::size_t rank = std::max(a.size(), b.size());
  Dims out;
  out.resize(rank);
  for (std::size_t i = rank; i-- > 0;) {
    const std::size_t from_end = rank - i;
    const std::int64_t x = from_end <= a.size() ? a[a.size() - from_end] : 1;
    const std::int64_t y = from_end <= b.size() ? b[b.size() - from_end] : 1;
    if (x != y && x != 1 && y != 1) {
      fail("RuntimeError", "The size of tensor a (", x, ") must match the size of tensor b (", y,
           ") at non-singleton dimension ", i);
    }
    out[i] = x == 1 ? y : x;
  }
  return out;
}

bool is_expandable(const Dims& from, const Dims& to) {
  if (from.size() > to.size()) return false;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    const std::int64_t size = from[from.size() - i];
    if (size != 1 && size != to[to.size() - i]) return false;
  }
  return true;
}

std::int64_t wrap_dim(std::int64_t dim, std::size_t rank) {
  const auto limit = static_cast<std::int64_t>(std::max<std::size_t>(rank, 1));
  if (dim < -limit || dim >= limit) {
    fail("IndexError", "Dimension out of range (expected to be in range of [", -limit, ", ", limit - 1, "], but got ", dim, ")");
  }
  return dim < 0 ? dim + limit : dim;
}

}  // namespace nabla
