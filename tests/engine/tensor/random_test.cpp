// Random numbers, held to what PyTorch 1.13 draws with the same seeds.
#include <doctest/doctest.h>

#include "tensor/random.h"

using namespace nabla;

namespace {

std::vector<double> values(const Tensor& x) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < x->numel; ++i) out.push_back(element(*x, offset_of(*x, i)).to_double());
  return out;
}
using Values = std::vector<double>;

}  // namespace

TEST_CASE("random: uniform and few normal numbers, bit for bit") {
  RandomGenerator random(42);
  const Tensor u = empty({4}, DType::float32), z = empty({3}, DType::float32), d = empty({2}, DType::float64);
  fill_uniform(u, 0, 1, random);
  fill_normal(z, 0, 1, random);
  fill_uniform(d, 0, 1, random);
  CHECK(values(u) == Values{0.8822692632675171, 0.9150039553642273, 0.38286375999450684, 0.9593056440353394});
  CHECK(values(z) == Values{0.23446236550807953, 0.23033303022384644, -1.1228563785552979});
  CHECK(values(d) == Values{0.9552357002491416, 0.9287525814574296});
}

TEST_CASE("random: sixteen and more normal numbers come in blocks, the last one drawn again") {
  RandomGenerator random(0);
  const Tensor z = empty({20}, DType::float32);
  fill_normal(z, 0, 1, random);
  const Values expected{-1.12584, -1.15236, -0.25058, -0.43388, 0.59884, -1.5551, -0.34136, 1.85301, 0.4681,  -0.15771,
                        1.44366,  0.26605,  1.38937,  1.58633,  0.9463,  -0.84368, 0.93183, 1.25901, 2.00498, 0.05374};
  const Values got = values(z);
  for (std::size_t i = 0; i < got.size(); ++i) CHECK(got[i] == doctest::Approx(expected[i]).epsilon(1e-4));
}

TEST_CASE("random: whole numbers and permutations") {
  RandomGenerator random(1);
  const Tensor k = empty({6}, DType::int64), p = empty({8}, DType::int64), large = empty({2}, DType::int64);
  fill_integers(k, 0, 100, random);
  fill_permutation(p, random);
  fill_integers(large, 0, std::int64_t{1} << 40, random);
  CHECK(values(k) == Values{45, 39, 24, 68, 63, 13});
  CHECK(values(p) == Values{3, 6, 7, 5, 4, 0, 1, 2});
  CHECK(values(large) == Values{306426850029, 1084035861894});
}

TEST_CASE("random: a range of its own, and coins") {
  RandomGenerator random(1337);
  const Tensor u = empty({3}, DType::float32), coins = empty({8}, DType::float32);
  fill_uniform(u, -2, 3, random);
  fill_bernoulli(coins, 0.5, random);
  CHECK(values(u) == Values{-1.6084144115447998, 0.47808367013931274, 1.1154906749725342});
  CHECK(values(coins) == Values{1, 1, 0, 1, 0, 1, 0, 0});
}
