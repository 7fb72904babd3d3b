// Pairs of floats, a value and what its rounding left, for functions whose steps are too short in one float (Note [Elementary]).
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

#include "tensor/fused.h"

namespace nabla::elementary {

struct Pair {
  float high, low = 0;
  float value() const { return high + low; }
};

/// x + y exactly, where |x| is not below |y|; and for any two.
inline Pair ordered_sum(float x, float y) {
  const float s = x + y;
  return {s, (x - s) + y};
}
inline Pair any_sum(float x, float y) {
  const float s = x + y, v = s - x;
  return {s, (x - (s - v)) + (y - v)};
}
/// Pairs, the first the larger.
inline Pair ordered_sum(Pair x, Pair y) {
  const float s = x.high + y.high;
  return {s, (((x.high - s) + y.high) + x.low) + y.low};
}
inline Pair any_sum(Pair x, Pair y) {
  const Pair s = any_sum(x.high, y.high);
  return {s.high, s.low + (x.low + y.low)};
}
inline Pair negative(Pair x) { return {-x.high, -x.low}; }
inline Pair doubled(Pair x) { return {x.high * 2, x.low * 2}; }
inline Pair times(Pair x, float y) {
  const float s = x.high * y;
  return {s, fused(x.low, y, fused(x.high, y, -s))};
}
inline Pair times(Pair x, Pair y) {
  const float s = x.high * y.high;
  return {s, fused(x.high, y.low, fused(x.low, y.high, fused(x.high, y.high, -s)))};
}
inline Pair square(Pair x) {
  const float s = x.high * x.high;
  return {s, fused(x.high + x.high, x.low, fused(x.high, x.high, -s))};
}
inline float product(Pair x, Pair y) { return fused(x.high, y.high, fused(x.low, y.high, x.high * y.low)); }
inline Pair quotient(Pair x, Pair y) {
  const float t = 1 / y.high, s = x.high * t;
  const float rest = fused(-y.low, t, fused(-y.high, t, 1.0f));
  return {s, fused(s, rest, fused(x.low, t, fused(t, x.high, -s)))};
}
inline Pair reciprocal(Pair x) {
  const float s = 1 / x.high;
  return {s, s * fused(-x.low, s, fused(-x.high, s, 1.0f))};
}

/// The same value, what rounding left in the second place.
inline Pair normal(Pair x) { return ordered_sum(x.high, x.low); }

inline float power_of_two(int q) { return __builtin_bit_cast(float, static_cast<std::uint32_t>(q + 127) << 23); }
/// x 2^q, for q beyond the exponents of a float too.
inline float scaled(float x, int q) { return x * power_of_two(q >> 1) * power_of_two(q - (q >> 1)); }

constexpr float kLn2High = 0.693145751953125f, kLn2Low = 1.428606765330187045e-06f;
constexpr float kLargestExponent = 104;

/// e^x as a pair, for |x| up to about 100.
inline Pair exp_pair(Pair x) {
  const float q = std::rint(x.value() * std::numbers::log2e_v<float>);
  if (x.high < -kLargestExponent) return {0, 0};
  Pair s = any_sum(x, Pair{q * -kLn2High});
  s = any_sum(s, Pair{q * -kLn2Low});
  const float u = polynomial(s.high, 0.1980960224e-3f, 0.1394256484e-2f, 0.8333456703e-2f, 0.4166637361e-1f);
  Pair t = any_sum(times(s, u), Pair{0.166666659414234244790680580464f});
  t = any_sum(times(s, t), Pair{0.5f});
  t = ordered_sum(Pair{1}, any_sum(s, times(square(s), t)));
  return {scaled(t.high, static_cast<int>(q)), scaled(t.low, static_cast<int>(q))};
}

/// The exponent that brings x to [0.75, 1.5).
inline int exponent_of(float x) { return static_cast<int>(__builtin_bit_cast(std::uint32_t, x * (1 / 0.75f)) >> 23 & 0xff) - 127; }

}  // namespace nabla::elementary
