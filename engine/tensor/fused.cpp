// Products and sums of doubles with one rounding, where there is no instruction for it.
#include "tensor/fused.h"

#include <cstdint>

namespace nabla {

#ifdef __wasm__
// Source: S. Boldo, G. Melquiond, Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd (2008).
double fused(double a, double b, double c) {
  const double p = a * b, s = p + c, size = std::fabs(p);
  const double sizes = std::fabs(a) + std::fabs(b) + std::fabs(c);
  if (!(sizes < 0x1p400 && size > 0x1p-400)) return p == 0 && sizes < 0x1p400 && (a == 0 || b == 0) ? s : std::fma(a, b, c);
  const double e = rest_of_product(a, b, p), v = s - p, t = (p - (s - v)) + (c - v);  // a b + c = s + t + e
  const double z = t + e, w = z - t, rest = (t - (z - w)) + (e - w);
  // Rounded to odd: where z is not exact, of its two neighbours the one whose last bit is set.
  const auto bits = __builtin_bit_cast(std::uint64_t, z), down = (bits ^ __builtin_bit_cast(std::uint64_t, rest)) >> 63;
  return s + __builtin_bit_cast(double, bits + (rest != 0 && !(bits & 1) ? 1 - 2 * down : 0));
}
#endif

}  // namespace nabla
