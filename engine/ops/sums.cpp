// The order of additions in a sum of floats.
#include "ops/sums.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#include "tensor/layout.h"

namespace nabla {
namespace {

// Note [Sums]
// Adding floats in another order gives another last digit, so the order is PyTorch's (SumKernel.cpp with 32-byte vectors, one thread).
// The tensor is walked in slabs of two dimensions, the one that is summed first (`Slab`). Four sums go on at once: of four neighbouring
// rows, or of one row dealt out to them in turn. What fits in vectors is added in vectors; where the row itself is contiguous, the
// lanes are added last. Each sum is a cascade: it goes in chunks of 2^p elements, p = max(4, log2(n) / 4), whose sums are again
// added in chunks, over four levels.
template <class T>
struct Slab {
  char* out;
  const char* x;
  std::int64_t size[2];          // summed over; kept (or summed over later)
  std::ptrdiff_t x_stride[2];    // in bytes
  std::ptrdiff_t out_stride[2];
};

/// What PyTorch has in one register: eight floats or four doubles.
template <class T>
struct Vector {
  typedef T Half __attribute__((vector_size(16)));
  Half low{}, high{};
  T lane(int i) const {
    constexpr int kHalf = kLanes<T> / 2;
    return i < kHalf ? low[i] : high[i - kHalf];
  }
  void operator+=(const Vector& x) { low += x.low, high += x.high; }
};

template <class V>
V load(const char* from) {
  V out;
  std::memcpy(&out, from, sizeof out);
  return out;
}

/// Four sums side by side; members, since LLVM's wasm target does not unroll loops.
template <class V>
struct Four {
  V a{}, b{}, c{}, d{};
  void add(const Four& x) { a += x.a, b += x.b, c += x.c, d += x.d; }
  void add(const char* x, std::ptrdiff_t apart) {
    a += load<V>(x), b += load<V>(x + apart), c += load<V>(x + 2 * apart), d += load<V>(x + 3 * apart);
  }
};

/// The sums of four rows of `count` elements, `step` bytes from one to the next, the rows `apart`.
template <class V>
Four<V> add_rows(const char* x, std::ptrdiff_t step, std::ptrdiff_t apart, std::int64_t count) {
  constexpr int kLevels = 4;
  const int power = std::max<int>(4, std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(count, 1) - 1)) / kLevels);
  const std::int64_t chunk = std::int64_t{1} << power;
  Four<V> sums[kLevels];
  std::int64_t i = 0;
  while (i + chunk <= count) {
    for (const std::int64_t end = i + chunk; i < end; ++i, x += step) sums[0].add(x, apart);
    for (int level = 1; level < kLevels; ++level) {
      sums[level].add(sums[level - 1]);
      sums[level - 1] = {};
      if (i & ((chunk - 1) << (level * power))) break;
    }
  }
  for (; i < count; ++i, x += step) sums[0].add(x, apart);
  for (int level = 1; level < kLevels; ++level) sums[0].add(sums[level]);
  return sums[0];
}

/// The sum of one row.
template <class V>
V add_row(const char* x, std::ptrdiff_t step, std::int64_t count) {
  Four<V> sums = add_rows<V>(x, 4 * step, step, count / 4);
  for (std::int64_t i = count & ~std::int64_t{3}; i < count; ++i) sums.a += load<V>(x + i * step);
  sums.a += sums.b, sums.a += sums.c, sums.a += sums.d;
  return sums.a;
}

/// The sum of a contiguous row.
template <class T>
T add_contiguous(const char* x, std::int64_t count) {
  using V = Vector<T>;
  const V lanes = add_row<V>(x, sizeof(V), count / kLanes<T>);
  T total = 0;
  for (std::int64_t i = count - count % kLanes<T>; i < count; ++i) total += load<T>(x + i * sizeof(T));
  for (int i = 0; i < kLanes<T>; ++i) total += lanes.lane(i);
  return total;
}

template <class T>
void add_slab(Slab<T> s) {
  using V = Vector<T>;
  constexpr std::int64_t kWidth = kLanes<T>;
  if (s.out_stride[0] != 0 && s.out_stride[1] == 0) {
    std::swap(s.size[0], s.size[1]);
    std::swap(s.x_stride[0], s.x_stride[1]);
    std::swap(s.out_stride[0], s.out_stride[1]);
  }
  const auto put = [&](std::int64_t j, T value) { *reinterpret_cast<T*>(s.out + j * s.out_stride[1]) += value; };
  const auto put_lanes = [&](std::int64_t j, const V& values) {
    for (int i = 0; i < kWidth; ++i) put(j + i, values.lane(i));
  };
  const std::int64_t count = s.size[0], rows = s.size[1];
  const std::ptrdiff_t step = s.x_stride[0], apart = s.x_stride[1];
  if (s.out_stride[0] != 0) {  // nothing is summed over
    for (std::int64_t j = 0; j < rows; ++j) {
      for (std::int64_t i = 0; i < count; ++i) {
        *reinterpret_cast<T*>(s.out + i * s.out_stride[0] + j * s.out_stride[1]) += load<T>(s.x + i * step + j * apart);
      }
    }
    return;
  }
  std::int64_t j = 0;
  if (step == sizeof(T) && count >= kWidth) {
    for (; j < rows; ++j) put(j, add_contiguous<T>(s.x + j * apart, count));
    return;
  }
  if (apart == sizeof(T) && rows >= kWidth) {
    for (; j + 4 * kWidth <= rows; j += 4 * kWidth) {
      const Four<V> sums = add_rows<V>(s.x + j * apart, step, sizeof(V), count);
      put_lanes(j, sums.a), put_lanes(j + kWidth, sums.b), put_lanes(j + 2 * kWidth, sums.c), put_lanes(j + 3 * kWidth, sums.d);
    }
    for (; j + kWidth <= rows; j += kWidth) put_lanes(j, add_row<V>(s.x + j * apart, step, count));
  } else if (step >= apart) {
    for (; j + 4 <= rows; j += 4) {
      const Four<T> sums = add_rows<T>(s.x + j * apart, step, apart, count);
      put(j, sums.a), put(j + 1, sums.b), put(j + 2, sums.c), put(j + 3, sums.d);
    }
  }
  for (; j < rows; ++j) put(j, add_row<T>(s.x + j * apart, step, count));
}

/// The dimensions innermost first, neighbours merged where both operands allow it.
struct Merged {
  int rank = 0;
  std::int64_t sizes[64];
  std::int64_t out[64], x[64];  // strides in elements

  Merged(const TensorImpl& to, const TensorImpl& from) {
    const TensorImpl* const operands[] = {&to, &from};
    for (const std::size_t d : walking_order(from.sizes, operands, true)) {
      const std::int64_t size = from.sizes[d];
      const int last = rank - 1;
      const bool merges = rank && (sizes[last] == 1 || size == 1 || (out[last] * sizes[last] == to.strides[d] && x[last] * sizes[last] == from.strides[d]));
      const int at = merges ? last : rank++;
      if (!merges || sizes[at] == 1) {
        out[at] = to.strides[d];
        x[at] = from.strides[d];
      }
      sizes[at] = merges ? sizes[at] * size : size;
    }
  }
};

template <class T>
void add_all(const Tensor& out, const Tensor& x) {
  Merged m(*out, *x);
  while (m.rank < 2) {
    m.sizes[m.rank] = 1;
    m.out[m.rank] = m.x[m.rank] = 0;
    ++m.rank;
  }
  const auto bytes = [](std::int64_t elements) { return static_cast<std::ptrdiff_t>(elements * static_cast<std::int64_t>(sizeof(T))); };
  Slab<T> slab{out->data(), x->data(), {m.sizes[0], m.sizes[1]}, {bytes(m.x[0]), bytes(m.x[1])}, {bytes(m.out[0]), bytes(m.out[1])}};
  std::int64_t index[64] = {};
  for (;;) {
    add_slab(slab);
    int d = 2;
    for (; d < m.rank; ++d) {
      slab.x += bytes(m.x[d]);
      slab.out += bytes(m.out[d]);
      if (++index[d] < m.sizes[d]) break;
      slab.x -= bytes(m.x[d] * m.sizes[d]);
      slab.out -= bytes(m.out[d] * m.sizes[d]);
      index[d] = 0;
    }
    if (d == m.rank) return;
  }
}

}  // namespace

void add_up(const Tensor& out, const Tensor& x) {
  if (x->numel == 0) return;
  if (x->dtype == DType::float32) add_all<float>(out, x);
  else add_all<double>(out, x);
}

}  // namespace nabla
