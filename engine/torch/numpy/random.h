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

/// In [0, most], by masking and drawing again.
template <class Bits>
std::uint64_t masked_draw(Bits& bits, std::uint64_t most) {
  if (most == 0) return 0;
  std::uint64_t mask = most, drawn;
  for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
  do {
    drawn = (most > 0xffffffff ? bits.next64() : bits.next32()) & mask;
  } while (drawn > most);
  return drawn;
}

/// The methods that both streams have; `Of` gives the stream of a Value.
template <auto Of>
constexpr Method kDraws[] = {
    {"uniform(self, count)", [](const Value* p) { return filled_array(p[1], DType::float64, [&] { return Scalar::of(Of(p[0]).uniform()); }); }},
    {"normal(self, count)", [](const Value* p) { return filled_array(p[1], DType::float64, [&] { return Scalar::of(Of(p[0]).normal()); }); }},
    {"integers(self, low, most, count)",
     [](const Value* p) {
       const auto low = static_cast<std::uint64_t>(to_index(p[1])), most = static_cast<std::uint64_t>(to_index(p[2])) - low;
       return filled_array(p[3], DType::int64, [&] { return Scalar::of(static_cast<std::int64_t>(Of(p[0]).below(most) + low)); });
     }},
};

void add_numpy_generator(Dict& random);  // generator.cpp

}  // namespace nabla
