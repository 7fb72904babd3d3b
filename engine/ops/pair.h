// Pairs of numbers, a value and what its rounding left, for functions whose steps are too short in one float or double (Note [Elementary]).
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>
#include <type_traits>

#include "tensor/fused.h"

namespace nabla::elementary {

template <class T>
struct PairOf {
  T high, low = 0;
  T value() const { return high + low; }
};
using Pair = PairOf<float>;
using WidePair = PairOf<double>;

/// a b + c, for a sum whose own rounding is far below the last digit of what comes of it: for doubles, whose product is dear to fuse in wasm, not fused.
inline float nearly_fused(float a, float b, float c) { return fused(a, b, c); }
inline double nearly_fused(double a, double b, double c) { return a * b + c; }

/// x + y exactly, where |x| is not below |y|; and for any two.
template <class T>
PairOf<T> ordered_sum(std::type_identity_t<T> x, T y) {
  const T s = x + y;
  return {s, (x - s) + y};
}
template <class T>
PairOf<T> any_sum(std::type_identity_t<T> x, T y) {
  const T s = x + y, v = s - x;
  return {s, (x - (s - v)) + (y - v)};
}
/// Pairs, the first the larger.
template <class T>
PairOf<T> ordered_sum(PairOf<T> x, PairOf<T> y) {
  const T s = x.high + y.high;
  return {s, (((x.high - s) + y.high) + x.low) + y.low};
}
template <class T>
PairOf<T> any_sum(PairOf<T> x, PairOf<T> y) {
  const PairOf<T> s = any_sum(x.high, y.high);
  return {s.high, s.low + (x.low + y.low)};
}
template <class T>
PairOf<T> negative(PairOf<T> x) {
  return {-x.high, -x.low};
}
template <class T>
PairOf<T> doubled(PairOf<T> x) {
  return {x.high * 2, x.low * 2};
}
template <class T>
PairOf<T> times(PairOf<T> x, std::type_identity_t<T> y) {
  const T s = x.high * y;
  return {s, nearly_fused(x.low, y, rest_of_product(x.high, y, s))};
}
template <class T>
PairOf<T> times(PairOf<T> x, PairOf<T> y) {
  const T s = x.high * y.high;
  return {s, nearly_fused(x.high, y.low, nearly_fused(x.low, y.high, rest_of_product(x.high, y.high, s)))};
}
template <class T>
PairOf<T> square(PairOf<T> x) {
  const T s = x.high * x.high;
  return {s, nearly_fused(x.high + x.high, x.low, rest_of_product(x.high, x.high, s))};
}
template <class T>
T product(PairOf<T> x, PairOf<T> y) {
  return fused_within(x.high, y.high, nearly_fused(x.low, y.high, x.high * y.low));
}
template <class T>
PairOf<T> quotient(PairOf<T> x, PairOf<T> y) {
  const T t = 1 / y.high, s = x.high * t;
  const T rest = nearly_fused(-y.low, t, -rest_of_product(y.high, t, T(1)));
  return {s, nearly_fused(s, rest, nearly_fused(x.low, t, rest_of_product(t, x.high, s)))};
}
template <class T>
PairOf<T> reciprocal(PairOf<T> x) {
  const T s = 1 / x.high;
  return {s, s * nearly_fused(-x.low, s, -rest_of_product(x.high, s, T(1)))};
}

/// The same value, what rounding left in the second place.
template <class T>
PairOf<T> normal(PairOf<T> x) {
  return ordered_sum(x.high, x.low);
}

template <class T>
constexpr PairOf<T> part(PairOf<T> x, std::type_identity_t<T> of) {
  return {x.high / of, x.low / of};
}

/// The angle whose sine is x, for the small one of the two ways: of x itself below 0.5, and from the other end half the angle of sqrt((1 - x) / 2).
template <class T>
struct HalfAngle {
  bool small;
  PairOf<T> x;
  T rest;
};
/// `root` gives the square root as a pair, `series` what the angle's series has beside x^3.
template <class T, class Root, class Series>
HalfAngle<T> half_angle_of(T d, Root root, Series series) {
  const T size = std::fabs(d);
  const bool small = size < T(0.5);
  const T x2 = small ? d * d : (1 - size) * T(0.5);
  const PairOf<T> x = small ? PairOf<T>{size} : size == 1 ? PairOf<T>{0} : root(x2);
  return {small, x, series(x2) * (x2 * x.high)};
}
/// asin(x) and acos(x).
template <class T>
T asin_from(const HalfAngle<T>& half, PairOf<T> pi, T x) {
  const T r = half.small ? half.rest + half.x.high : ordered_sum(ordered_sum(part(pi, 4), negative(half.x)), PairOf<T>{-half.rest}).value() * 2;
  return std::copysign(r, x);
}
template <class T>
T acos_from(const HalfAngle<T>& half, PairOf<T> pi, T x) {
  if (half.small) return ordered_sum(part(pi, 2), negative(ordered_sum(std::copysign(half.x.high, x), std::copysign(half.rest, x)))).value();
  const PairOf<T> y = doubled(ordered_sum(half.x, PairOf<T>{half.rest}));
  return (x < 0 ? ordered_sum(pi, negative(y)) : y).value();
}

/// 2^q, and the exponent that brings x to [0.75, 1.5).
template <class T = float>
T power_of_two(int q) {
  if constexpr (sizeof(T) == sizeof(float)) return __builtin_bit_cast(float, static_cast<std::uint32_t>(q + 127) << 23);
  else return __builtin_bit_cast(double, static_cast<std::uint64_t>(q + 1023) << 52);
}
inline int exponent_of(float x) { return static_cast<int>(__builtin_bit_cast(std::uint32_t, x * (1 / 0.75f)) >> 23 & 0xff) - 127; }
inline int exponent_of(double x) { return static_cast<int>(__builtin_bit_cast(std::uint64_t, x * (1 / 0.75)) >> 52 & 0x7ff) - 1023; }
/// x 2^q, for q beyond the exponents of a float too.
template <class T>
T scaled(T x, int q) {
  return x * power_of_two<T>(q >> 1) * power_of_two<T>(q - (q >> 1));
}

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

}  // namespace nabla::elementary
