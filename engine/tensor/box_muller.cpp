// The logarithm, sine and cosine with which PyTorch makes normal float32 numbers are neither the C library's nor those of torch.log and torch.sin, but polynomials in
// single precision. Source of the coefficients and of the reduction of the argument: S. Moshier's Cephes library (logf, sinf, cosf). Which sums are fused was found by trying
// all ways against PyTorch 1.13.1: this one gives its bits (tests/programs/random/normal_to_the_last_digit.py).
#include "tensor/box_muller.h"

#include <cmath>
#include <cstdint>
#include <numbers>

#include "tensor/fused.h"

namespace nabla {
namespace {

/// ln x of a positive normal number: x = m 2^e with m between sqrt(1/2) and sqrt(2).
float log_of(float x) {
  constexpr std::uint32_t kExponent = 0x7f800000u, kHalf = 0x3f000000u;
  const auto bits = __builtin_bit_cast(std::uint32_t, x);
  float e = static_cast<float>(static_cast<int>(bits >> 23) - 126);
  float m = __builtin_bit_cast(float, (bits & ~kExponent) | kHalf);
  const bool low = m < std::numbers::sqrt2_v<float> / 2;
  const float below = low ? m : 0;
  m = m - 1 + below;
  if (low) e -= 1;
  const float square = m * m;
  float y = polynomial(m, 7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f, -1.6668057665e-1f, 2.0000714765e-1f,
                           -2.4999993993e-1f, 3.3333331174e-1f) *
            m;
  y = fused(y, square, e * -2.12194440e-4f);  // ln 2 in two parts: 0.693359375 - 0.000212194440
  y = fused(-square, 0.5f, y);
  return fused(e, 0.693359375f, m + y);
}

struct Angle {
  float sine, cosine;
};
/// Of an angle that is not negative: reduced by quarters of a turn, in three parts of pi/4.
Angle angle_of(float x) {
  const int eighth = (static_cast<int>(x * 1.27323954473516f) + 1) & ~1;
  const float turns = static_cast<float>(eighth);
  x = fused(turns, -0.78515625f, x);
  x = fused(turns, -2.4187564849853515625e-4f, x);
  x = fused(turns, -3.77489497744594108e-8f, x);
  const float square = x * x;
  const float c = polynomial(square, 2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f) * square;
  const float cosine = fused(c, square, -(square * 0.5f)) + 1;
  const float s = polynomial(square, -1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f) * square;
  const float sine = fused(s, x, x);
  const bool exchanged = eighth & 2;
  const float first = exchanged ? cosine : sine, second = exchanged ? sine : cosine;
  return {eighth & 4 ? -first : first, (eighth - 2) & 4 ? second : -second};
}

}  // namespace

void box_muller_16(float* x, float mean, float deviation) {
  for (int j = 0; j < 8; ++j) {
    const float radius = std::sqrt(-2 * log_of(1 - x[j]));
    const Angle angle = angle_of(static_cast<float>(2 * std::numbers::pi) * x[j + 8]);
    x[j] = fused(radius * angle.cosine, deviation, mean);
    x[j + 8] = fused(radius * angle.sine, deviation, mean);
  }
}

void box_muller_16(double* x, double mean, double deviation) {
  for (int j = 0; j < 8; ++j) {
    const double radius = std::sqrt(-2 * std::log(1 - x[j])), angle = 2 * std::numbers::pi * x[j + 8];
    x[j] = radius * std::cos(angle) * deviation + mean;
    x[j + 8] = radius * std::sin(angle) * deviation + mean;
  }
}

}  // namespace nabla
