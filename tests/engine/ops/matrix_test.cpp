// Matrix products: the tiled float32 kernel against plain sums in float64, at sizes around its tiles and panels, for all strides.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "ops/formula.h"
#include "tensor/loops.h"
#include "tensor/random.h"

using namespace nabla;

namespace {

Tensor noise(const Dims& sizes, RandomGenerator& random) {
  const Tensor out = empty(sizes, DType::float32);
  fill_uniform(out, -1, 1, random);
  return out;
}

double largest_difference(const Tensor& a, const Tensor& b) {
  double most = 0;
  for (std::int64_t i = 0; i < a->numel; ++i) {
    most = std::max(most, std::fabs(element(*a, offset_of(*a, i)).to_double() - element(*b, offset_of(*b, i)).to_double()));
  }
  return most;
}

}  // namespace

TEST_CASE("matmul: tiles, panels and remainders agree with plain sums") {
  init_ops();
  RandomGenerator random(1);
  for (const auto& [m, n, k] : {std::array<std::int64_t, 3>{4, 8, 200}, {5, 9, 300}, {65, 17, 3}, {64, 64, 64}, {67, 70, 257}, {1, 500, 20}, {30, 1, 600}}) {
    CAPTURE(m);
    CAPTURE(n);
    CAPTURE(k);
    const Tensor a = noise({m, k}, random), b = noise({k, n}, random);
    const Tensor exact = matmul(cast(a, DType::float64), cast(b, DType::float64));
    CHECK(largest_difference(matmul(a, b), exact) < 1e-4);
    const Tensor at = transpose(copy(transpose(a, 0, 1)), 0, 1), bt = transpose(copy(transpose(b, 0, 1)), 0, 1);
    CHECK(largest_difference(matmul(at, b), exact) < 1e-4);
    CHECK(largest_difference(matmul(a, bt), exact) < 1e-4);
    CHECK(largest_difference(matmul(at, bt), exact) < 1e-4);
  }
}
