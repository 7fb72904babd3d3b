// Preview: what the trace keeps of a tensor's elements: plain data, no memory of its own.
#pragma once
#include <cstdint>
#include <cstring>

#include "tensor/tensor.h"

namespace nabla {

/// The sizes, the type and the first elements of a tensor that may be gone by the time anyone looks.
struct Preview {
  static constexpr int kElements = 64;
  static constexpr int kDims = 8;

  DType dtype = DType::float32;
  std::uint8_t dims = 0;   // those beyond kDims are left out
  std::uint8_t count = 0;  // elements kept
  bool present = false;
  std::int64_t sizes[kDims];
  double values[kElements];

  void read(const TensorImpl& x);
  /// Of a tensor of one element.
  void set(double value, int rank, DType type) noexcept {
    dtype = type;
    dims = static_cast<std::uint8_t>(rank < kDims ? rank : kDims);
    for (int i = 0; i < dims; ++i) sizes[i] = 1;
    count = 1;
    values[0] = value;
    present = true;
  }
  void drop() noexcept { present = false; }
};

}  // namespace nabla
