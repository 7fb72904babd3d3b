// Elementary functions of floats, by reduction of the argument and a polynomial, in pairs of floats where one is too short.
#include "ops/elementary.h"

#include <limits>
#include <numbers>

#include "ops/pair.h"

namespace nabla::elementary {
namespace {

// Note [Elementary]
// PyTorch computes these functions of float32 tensors with Sleef's vector functions (those within 1.0 ulp, for AVX2), which round about
// one value in ten otherwise than the C library. The steps here are theirs: the same reduction of the argument, the same polynomials, the
// same fused products, and pairs of floats (a value and what its rounding left) added and multiplied in the same order. Held to PyTorch's
// bits by tests/programs/operators/functions_to_the_last_digit.py. Sines beyond 125, which Sleef reduces in another way, are rounded from double.
// Those of doubles are in elementary_wide.cpp.
/// ln(2^e) + ln of what has the given (m - 1) / (m + 1).
float log_from(int e, Pair x) {
  const Pair whole = times(Pair{0.69314718246459960938f, -1.904654323148236017e-09f}, static_cast<float>(e));
  const float square = x.high * x.high;
  const float t = polynomial(square, 0.3027294874f, 0.3996108174f, 0.6666694880f);
  return ordered_sum(ordered_sum(whole, doubled(x)), Pair{square * x.high * t}).value();
}
// Pi in three parts.
constexpr float kPiA = 3.1414794921875f, kPiB = 0.00011315941810607910156f, kPiC = 1.9841872589410058936e-09f;
constexpr float kFarAngle = 125;

/// sin(x) of a small angle.
float sine_of(Pair x) {
  const Pair s = square(x);
  const float u = polynomial(s.high, 2.6083159809786593541503e-06f, -0.0001981069071916863322258f, 0.00833307858556509017944336f);
  return product(x, ordered_sum(Pair{1}, times(ordered_sum(-0.166666597127914428710938f, u * s.high), s)));
}

/// The angle of the point (x, y), y >= 0, as an angle from the axis.
Pair angle_of(Pair y, Pair x) {
  float quarters = x.high < 0 ? -2 : 0;
  if (x.high < 0) x = negative(x);
  const bool steep = x.high < y.high;
  if (steep) quarters += 1;
  const Pair s = steep ? quotient(negative(x), y) : quotient(y, x);
  Pair t = normal(square(s));
  const float u = polynomial(t.high, -0.00176397908944636583328247f, 0.0107900900766253471374512f, -0.0309564601629972457885742f, 0.0577365085482597351074219f,
                             -0.0838950723409652709960938f, 0.109463557600975036621094f, -0.142626821994781494140625f, 0.199983194470405578613281f);
  t = times(t, ordered_sum(-0.333332866430282592773438f, u * t.high));
  t = times(s, ordered_sum(Pair{1}, t));
  return ordered_sum(times(Pair{1.5707963705062866211f, -4.3711388286737928865e-08f}, quarters), t);
}

}  // namespace

float tan(float x) {
  if (!(std::fabs(x) < kFarAngle)) return static_cast<float>(std::tan(static_cast<double>(x)));
  if (x == 0) return x;
  const float quarters = std::rint(x * (2 * std::numbers::inv_pi_v<float>));
  Pair s = any_sum(fused(quarters, -kPiA * 0.5f, x), quarters * (-kPiB * 0.5f));
  s = ordered_sum(s, Pair{quarters * (-kPiC * 0.5f)});
  const bool odd = static_cast<int>(quarters) & 1;
  const Pair t = odd ? negative(s) : s;
  s = normal(square(t));
  const float u = polynomial(s.high, 0.00446636462584137916564941f, -8.3920182078145444393158e-05f, 0.0109639242291450500488281f, 0.0212360303848981857299805f,
                             0.0540687143802642822265625f);
  Pair y = ordered_sum(0.133325666189193725585938f, u * s.high);
  y = ordered_sum(Pair{1}, times(ordered_sum(Pair{0.33333361148834228515625f}, times(s, y)), s));
  y = times(t, y);
  return (odd ? reciprocal(y) : y).value();
}

float atan(float x) {
  if (std::isinf(x)) return std::copysign(std::numbers::pi_v<float> / 2, x);
  return std::isnan(x) ? x : std::copysign(angle_of(Pair{std::fabs(x)}, Pair{1}).value(), x);
}

float atan2(float y, float x) {
  if (!std::isfinite(x) || !std::isfinite(y) || x == 0 || y == 0) return std::atan2(y, x);
  const bool tiny = std::fabs(x) < 2.9387372783541830947e-39f;
  const float scale = tiny ? 0x1p24f : 1;
  const float r = angle_of(Pair{std::fabs(y * scale)}, Pair{x * scale}).value();
  return std::copysign(x < 0 ? -r : r, y);
}

float pow(float x, float y) {
  if (!std::isfinite(x) || !std::isfinite(y) || x == 0 || y == 0 || x == 1) return std::pow(x, y);
  float size = std::fabs(x), sign = 1;
  if (x < 0) {
    if (std::trunc(y) != y) return std::numeric_limits<float>::quiet_NaN();
    if (std::fmod(y, 2.0f) != 0) sign = -1;
  }
  // The logarithm as a pair.
  const bool tiny = size < std::numeric_limits<float>::min();
  if (tiny) size *= 0x1p64f;
  const int e = exponent_of(size);
  const float m = size * power_of_two(-e);
  const Pair r = quotient(any_sum(-1, m), any_sum(1, m)), r2 = square(r);
  const float t = polynomial(r2.high, 0.240320354700088500976562f, 0.285112679004669189453125f, 0.400007992982864379882812f);
  Pair log = ordered_sum(times(Pair{0.69314718246459960938f, -1.904654323148236017e-09f}, static_cast<float>(tiny ? e - 64 : e)), doubled(r));
  log = ordered_sum(log, times(times(r2, r), any_sum(times(r2, t), Pair{0.66666662693023681640625f, 3.69183861259614332084311e-09f})));
  // And e to the power of y times that.
  const Pair d = times(log, y);
  if (d.high < -kLargestExponent) return sign * 0.0f;
  if (d.high > kLargestExponent) return sign * std::numeric_limits<float>::infinity();
  const float q = std::rint(d.value() * std::numbers::log2e_v<float>);
  const Pair s = normal(any_sum(any_sum(d, Pair{q * -kLn2High}), Pair{q * -kLn2Low}));
  const float u = polynomial(s.high, 0.00136324646882712841033936f, 0.00836596917361021041870117f, 0.0416710823774337768554688f, 0.166665524244308471679688f,
                             0.499999850988388061523438f);
  return sign * scaled(ordered_sum(Pair{1}, ordered_sum(s, times(square(s), u))).value(), static_cast<int>(q));
}

float exp(float x) {
  if (!(x <= 100)) return x + std::numeric_limits<float>::infinity();
  if (x < -kLargestExponent) return 0;
  const float q = std::rint(x * std::numbers::log2e_v<float>);
  const float s = fused(q, -kLn2Low, fused(q, -kLn2High, x));
  const float u = polynomial(s, 0.000198527617612853646278381f, 0.00139304355252534151077271f, 0.00833336077630519866943359f, 0.0416664853692054748535156f,
                             0.166666671633720397949219f, 0.5f);
  return scaled(1 + fused(s * s, u, s), static_cast<int>(q));
}

float expm1(float x) {
  if (!(x <= 88.72283172607421875f)) return x + std::numeric_limits<float>::infinity();
  if (x < -16.635532333438687426013570f) return -1;
  return x == 0 ? x : any_sum(exp_pair(Pair{x}), Pair{-1}).value();
}

float log(float x) {
  if (!(x > 0)) return x == 0 ? -std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  if (x == std::numeric_limits<float>::infinity()) return x;
  const bool tiny = x < std::numeric_limits<float>::min();
  if (tiny) x *= 0x1p64f;
  const int e = exponent_of(x);
  const float m = x * power_of_two(-e);
  return log_from(tiny ? e - 64 : e, quotient(any_sum(-1, m), any_sum(1, m)));
}

float log1p(float x) {
  if (!(x > -1)) return x == -1 ? -std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  if (x > 1e38f || x == 0) return x > 1e38f && x < std::numeric_limits<float>::infinity() ? static_cast<float>(std::log1p(static_cast<double>(x))) : x;
  const int e = exponent_of(x + 1);
  const float t = power_of_two(-e), m = fused(x, t, t - 1);
  return log_from(e, quotient(Pair{m}, ordered_sum(2, m)));
}

float sin(float x) {
  if (!(std::fabs(x) < kFarAngle)) return static_cast<float>(std::sin(static_cast<double>(x)));
  if (x == 0) return x;
  const float turns = std::rint(x * std::numbers::inv_pi_v<float>);
  const Pair s = ordered_sum(any_sum(fused(turns, -kPiA, x), turns * -kPiB), Pair{turns * -kPiC});
  const float out = sine_of(s);
  return static_cast<int>(turns) & 1 ? -out : out;
}

float cos(float x) {
  if (!(std::fabs(x) < kFarAngle)) return static_cast<float>(std::cos(static_cast<double>(x)));
  const float turns = fused(std::rint(fused(x, std::numbers::inv_pi_v<float>, -0.5f)), 2.0f, 1.0f);  // of half a circle, odd
  Pair s = any_sum(x, turns * (-kPiA * 0.5f));
  s = any_sum(s, Pair{turns * (-kPiB * 0.5f)});
  s = any_sum(s, Pair{turns * (-kPiC * 0.5f)});
  const float out = sine_of(s);
  return static_cast<int>(turns) & 2 ? out : -out;
}

float sinh(float x) {
  if (!(std::fabs(x) <= 88)) return std::isnan(x) ? x : std::copysign(std::numeric_limits<float>::infinity(), x);
  const Pair e = exp_pair(Pair{std::fabs(x)});
  return std::copysign(ordered_sum(e, negative(reciprocal(e))).value() * 0.5f, x);
}

float cosh(float x) {
  if (!(std::fabs(x) <= 88)) return std::fabs(x) + std::numeric_limits<float>::infinity();
  const Pair e = exp_pair(Pair{std::fabs(x)});
  return ordered_sum(e, reciprocal(e)).value() * 0.5f;
}

float tanh(float x) {
  if (std::isnan(x)) return x;
  const float size = std::fabs(x);
  if (size > 8.664339742f) return std::copysign(1.0f, x);
  const Pair e = exp_pair(Pair{size}), r = reciprocal(e);
  return std::copysign(quotient(ordered_sum(e, negative(r)), ordered_sum(e, r)).value(), x);
}

}  // namespace nabla::elementary
