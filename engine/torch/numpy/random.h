// What the two streams of numpy.random share.
#pragma once
#include "base/error.h"
#include "torch/numpy/numpy.h"

namespace nabla {

/// A one-dimensional array of `count` draws.
template <class Draw>
Value filled_array(const Value& count, DType dtype, Draw draw) {
  const std::int64_t n = to_index(count);
  if (n < 0) fail("ValueError", "negative dimensions are not allowed");
  const Tensor out = empty({n}, dtype);
  for (std::int64_t i = 0; i < n; ++i) set_element(*out, i, draw());
  return array_of(out);
}

void add_numpy_generator(Dict& random);  // generator.cpp

}  // namespace nabla
