// Float formatting. {fmt}'s Dragonbox gives the shortest digits; the C library's printf, exact in glibc and musl alike, the rest.
#include "base/format.h"

#include <cmath>
#include <cstdio>

#define FMT_HEADER_ONLY
#include <fmt/format.h>

namespace nabla {
namespace {

std::string print(const char* pattern, double x, int digits) {
  if (std::isnan(x)) return "nan";
  if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
  char room[64];
  const int size = std::snprintf(room, sizeof room, pattern, digits, x);
  if (size < static_cast<int>(sizeof room)) return std::string(room, static_cast<std::size_t>(size));
  std::string text(static_cast<std::size_t>(size), '\0');
  std::snprintf(text.data(), text.size() + 1, pattern, digits, x);
  return text;
}

}  // namespace

namespace {
template <class Float>
Decimal digits_of(Float x) {
  if (x == 0) return {"0", 1};
  const auto decimal = fmt::detail::dragonbox::to_decimal(std::fabs(x));
  std::string digits = std::to_string(decimal.significand);
  const int point = static_cast<int>(digits.size()) + decimal.exponent;
  digits.resize(digits.find_last_not_of('0') + 1);
  return {digits, point};
}
}  // namespace

Decimal shortest_digits(double x) { return digits_of(x); }
Decimal shortest_digits(float x) { return digits_of(x); }

std::string shortest(double x) {
  if (std::isnan(x)) return "nan";
  if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
  auto [digits, point] = shortest_digits(x);
  std::string out = std::signbit(x) ? "-" : "";
  const int count = static_cast<int>(digits.size());
  if (point > 16 || point < -3) {
    out += digits[0];
    if (count > 1) out.append(".").append(digits, 1);
    const int exponent = point - 1;
    out += exponent < 0 ? "e-" : "e+";
    if (std::abs(exponent) < 10) out += '0';
    out += std::to_string(std::abs(exponent));
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else if (count <= point) {
    out.append(digits).append(static_cast<std::size_t>(point - count), '0').append(".0");
  } else {
    out.append(digits, 0, static_cast<std::size_t>(point)).append(".").append(digits, static_cast<std::size_t>(point));
  }
  return out;
}

std::string fixed(double x, int digits) { return print("%.*f", x, digits); }
std::string scientific(double x, int digits) { return print("%.*e", x, digits); }
std::string general(double x, int digits) { return print("%.*g", x, digits); }

}  // namespace nabla
