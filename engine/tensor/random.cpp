// The Mersenne Twister and PyTorch's ways of drawing from it. Checked bit for bit against PyTorch 1.13.
#include "tensor/random.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "tensor/box_muller.h"
#include "tensor/wide.h"

namespace nabla {

void RandomGenerator::reseed(std::uint64_t seed) {
  seed_ = seed;
  has_kept_ = false;
  used_ = kSize + 1;
  state_[0] = static_cast<std::uint32_t>(seed);
  for (std::uint32_t i = 1; i < kSize; ++i) state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + i;
}

void RandomGenerator::refill() {
  constexpr int kMiddle = 397;
  const auto twist = [](std::uint32_t high, std::uint32_t low) {
    const std::uint32_t mixed = (high & 0x80000000u) | (low & 0x7fffffffu);
    return (mixed >> 1) ^ (low & 1 ? 0x9908b0dfu : 0u);
  };
  for (int i = 0; i < kSize; ++i) state_[i] = state_[(i + kMiddle) % kSize] ^ twist(state_[i], state_[(i + 1) % kSize]);
  used_ = 0;
}

std::uint32_t RandomGenerator::next32() {
  if (used_ >= kSize) refill();
  std::uint32_t x = state_[used_++];
  x ^= x >> 11;
  x ^= (x << 7) & 0x9d2c5680u;
  x ^= (x << 15) & 0xefc60000u;
  return x ^ (x >> 18);
}

std::uint64_t RandomGenerator::next64() {
  const std::uint64_t high = next32();
  return high << 32 | next32();
}

double RandomGenerator::normal() {
  if (has_kept_) {
    has_kept_ = false;
    return kept_;
  }
  const double u1 = uniform_double(), u2 = uniform_double();
  const double radius = std::sqrt(-2.0 * std::log(1 - u2)), angle = 2.0 * std::numbers::pi * u1;
  kept_ = radius * std::sin(angle);
  has_kept_ = true;
  return radius * std::cos(angle);
}

namespace {

/// As it lies in PyTorch's memory (CPUGeneratorImpl.cpp), where each word has the room of two.
struct SavedState {
  std::uint64_t seed;
  std::int32_t left, seeded;
  std::uint64_t next, words[624];
  double normal_x, normal_y, normal_rho;
  std::int32_t normal_is_kept;
  float next_float;
  bool next_float_is_kept;
};
static_assert(sizeof(SavedState) <= RandomGenerator::kStateBytes && RandomGenerator::kStateBytes - sizeof(SavedState) <= 8);

}  // namespace

void RandomGenerator::save(char* bytes) const {
  const bool fresh = used_ > kSize;
  SavedState saved{};
  saved.seed = seed_;
  saved.left = fresh ? 1 : kSize + 1 - used_;
  saved.seeded = 1;
  saved.next = fresh ? 0 : static_cast<std::uint64_t>(used_);
  std::copy(state_, state_ + kSize, saved.words);
  saved.normal_is_kept = has_kept_;
  saved.normal_y = has_kept_ ? kept_ : 0;
  std::fill(bytes, bytes + kStateBytes, 0);
  std::memcpy(bytes, &saved, sizeof saved);
}

bool RandomGenerator::load(const char* bytes) {
  SavedState saved;
  std::memcpy(&saved, bytes, sizeof saved);
  const bool fresh = saved.left == 1 && saved.next == 0;
  if (saved.seeded != 1 || saved.left < 1 || saved.next > kSize || (!fresh && saved.left + saved.next != kSize + 1)) return false;
  seed_ = saved.seed;
  used_ = fresh ? kSize + 1 : static_cast<int>(saved.next);
  for (int i = 0; i < kSize; ++i) state_[i] = static_cast<std::uint32_t>(saved.words[i]);
  has_kept_ = saved.normal_is_kept != 0;
  kept_ = saved.normal_y;
  return true;
}

namespace {
RandomGenerator* g_in_use = nullptr;
}

RandomGenerator& default_generator() {
  static RandomGenerator generator(67280421310721);  // PyTorch's constant for a generator that nobody seeded
  return g_in_use ? *g_in_use : generator;
}

UseGenerator::UseGenerator(RandomGenerator* generator) : before_(g_in_use) {
  if (generator) g_in_use = generator;
}
UseGenerator::~UseGenerator() { g_in_use = before_; }

void manual_seed(std::uint64_t seed) { default_generator().reseed(seed); }

namespace {

/// Calls `write(offset)` for every element, in the order in which the elements lie in memory.
template <class Write>
void in_memory_order(const TensorImpl& x, Write write) {
  if (x.is_contiguous()) {
    for (std::int64_t i = 0; i < x.numel; ++i) write(i);
    return;
  }
  Dims order;
  for (std::size_t d = 0; d < x.dim(); ++d) order.push_back(static_cast<std::int64_t>(d));
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return x.strides[a] > x.strides[b]; });
  Dims index(x.dim(), 0);
  for (std::int64_t i = 0; i < x.numel; ++i) {
    std::int64_t offset = 0;
    for (std::size_t d = 0; d < x.dim(); ++d) offset += index[d] * x.strides[d];
    write(offset);
    for (std::size_t k = x.dim(); k-- > 0 && ++index[order[k]] == x.sizes[order[k]];) index[order[k]] = 0;
  }
}

template <class T>
T uniform(RandomGenerator& random) {
  if constexpr (sizeof(T) == 4) return random.uniform_float();
  else return random.uniform_double();
}

template <class T>
void normal_blocks(T* x, std::int64_t count, double mean, double deviation, RandomGenerator& random) {
  for (std::int64_t i = 0; i < count; ++i) x[i] = uniform<T>(random);
  for (std::int64_t i = 0; i + 15 < count; i += 16) box_muller_16(x + i, static_cast<T>(mean), static_cast<T>(deviation));
  if (count % 16 == 0) return;
  T* last = x + count - 16;  // an incomplete block: the last sixteen are drawn again
  for (int i = 0; i < 16; ++i) last[i] = uniform<T>(random);
  box_muller_16(last, static_cast<T>(mean), static_cast<T>(deviation));
}

/// Draws what the same program in float32 would draw, and puts it into x. See floats_are_wide.
template <class Fill>
void draw_narrow(const Tensor& x, Fill fill) {
  const Tensor drawn = empty(x->sizes, DType::float32);
  fill(drawn);
  for (std::int64_t i = 0; i < x->numel; ++i) set_element(*x, offset_of(*x, i), element(*drawn, i));
}
bool draws_narrow(const TensorImpl& x) { return x.dtype == DType::float64 && floats_are_wide(); }

}  // namespace

void fill_uniform(const Tensor& x, double from, double to, RandomGenerator& random) {
  if (draws_narrow(*x)) return draw_narrow(x, [&](const Tensor& drawn) { fill_uniform(drawn, from, to, random); });
  if (x->dtype == DType::float32) {
    // One rounding, as with a fused multiply-add: the product of two floats is exact in double.
    const double low = static_cast<float>(from), range = static_cast<float>(to) - static_cast<float>(from);
    in_memory_order(*x, [&](std::int64_t at) { x->data_as<float>()[at] = static_cast<float>(random.uniform_float() * range + low); });
  } else {
    in_memory_order(*x, [&](std::int64_t at) { x->data_as<double>()[at] = std::fma(random.uniform_double(), to - from, from); });
  }
}

void fill_normal(const Tensor& x, double mean, double deviation, RandomGenerator& random, bool in_blocks) {
  if (draws_narrow(*x)) return draw_narrow(x, [&](const Tensor& drawn) { fill_normal(drawn, mean, deviation, random, in_blocks); });
  const bool single = x->dtype == DType::float32;
  if (in_blocks && x->numel >= 16 && x->is_contiguous()) {
    if (single) normal_blocks(x->data_as<float>(), x->numel, mean, deviation, random);
    else normal_blocks(x->data_as<double>(), x->numel, mean, deviation, random);
    return;
  }
  in_memory_order(*x, [&](std::int64_t at) {
    const double value = random.normal() * deviation + mean;
    if (single) x->data_as<float>()[at] = static_cast<float>(value);
    else x->data_as<double>()[at] = value;
  });
}

void fill_integers(const Tensor& x, std::int64_t low, std::int64_t high, RandomGenerator& random) {
  const std::uint64_t range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  in_memory_order(*x, [&](std::int64_t at) {
    const std::uint64_t drawn = range >= (std::uint64_t{1} << 32) ? random.next64() % range : random.next32() % range;
    set_element(*x, at, Scalar::of(static_cast<std::int64_t>(drawn + static_cast<std::uint64_t>(low))));
  });
}

void fill_bernoulli(const Tensor& x, double p, RandomGenerator& random) {
  in_memory_order(*x, [&](std::int64_t at) { set_element(*x, at, Scalar::of(std::int64_t{random.uniform_double() < p})); });
}

void fill_bernoulli(const Tensor& x, const Tensor& probabilities, RandomGenerator& random) {
  for (std::int64_t i = 0; i < x->numel; ++i) {
    const double p = element(*probabilities, offset_of(*probabilities, i)).to_double();
    const bool hit = probabilities->dtype == DType::float32 || draws_narrow(*probabilities) ? random.uniform_float() < p : random.uniform_double() < p;
    set_element(*x, offset_of(*x, i), Scalar::of(std::int64_t{hit}));
  }
}

void fill_permutation(const Tensor& x, RandomGenerator& random) {
  const std::int64_t n = x->numel;
  for (std::int64_t i = 0; i < n; ++i) set_element(*x, i, Scalar::of(i));
  for (std::int64_t i = 0; i + 1 < n; ++i) {
    const std::int64_t other = i + static_cast<std::int64_t>(random.next32() % static_cast<std::uint64_t>(n - i));
    const Scalar kept = element(*x, i);
    set_element(*x, i, element(*x, other));
    set_element(*x, other, kept);
  }
}

}  // namespace nabla
