// Random numbers, the same as PyTorch's for the same seed: the Mersenne Twister, and what draws from it.
#pragma once
#include <cstdint>

#include "tensor/tensor.h"

namespace nabla {

/// MT19937 with a normal number kept back, as PyTorch's CPUGenerator has.
class RandomGenerator {
 public:
  explicit RandomGenerator(std::uint64_t seed) { reseed(seed); }
  void reseed(std::uint64_t seed);
  std::uint64_t initial_seed() const { return seed_; }

  std::uint32_t next32();
  std::uint64_t next64();  // two 32-bit draws, the first on top
  float uniform_float() { return static_cast<float>(next32() & ((1u << 24) - 1)) * 0x1p-24f; }
  double uniform_double() { return static_cast<double>(next64() & ((std::uint64_t{1} << 53) - 1)) * 0x1p-53; }
  double normal();  // Box-Muller; the second of each pair is kept for the next call

  /// The bytes of PyTorch's CPUGeneratorImplState: the seed, how many numbers are left, where the next one lies, the words, a normal number kept back.
  static constexpr std::size_t kStateBytes = 5056;
  void save(char* bytes) const;
  bool load(const char* bytes);  // false, with nothing changed, when they are none of this twister's


 private:
  void refill();
  static constexpr int kSize = 624;
  std::uint32_t state_[kSize];
  int used_;  // of the words; one more than there are while none has been drawn since the seed
  std::uint64_t seed_;
  double kept_;
  bool has_kept_;
};

/// The generator that operators draw from: that of torch.manual_seed, or another within a UseGenerator.
RandomGenerator& default_generator();
void manual_seed(std::uint64_t seed);

/// Makes operators draw from this generator, for a scope of C++; null: no change.
class UseGenerator {
 public:
  explicit UseGenerator(RandomGenerator* generator);
  ~UseGenerator();
  UseGenerator(const UseGenerator&) = delete;

 private:
  RandomGenerator* before_;
};

// ---- filling contiguous or strided tensors, in row-major order ----

void fill_uniform(const Tensor& x, double from, double to, RandomGenerator& random);
/// 16 and more in blocks, which draw otherwise, unless x stands for a tensor with gaps.
void fill_normal(const Tensor& x, double mean, double deviation, RandomGenerator& random, bool in_blocks = true);
/// Whole numbers in [low, high).
void fill_integers(const Tensor& x, std::int64_t low, std::int64_t high, RandomGenerator& random);
/// 1 with probability p, else 0.
void fill_bernoulli(const Tensor& x, double p, RandomGenerator& random);
/// 1 with the probability that stands at the same place, else 0.
void fill_bernoulli(const Tensor& x, const Tensor& probabilities, RandomGenerator& random);
/// 0 to n - 1 in random order.
void fill_permutation(const Tensor& x, RandomGenerator& random);

}  // namespace nabla
