// Floats as text, the way CPython writes them: the shortest form that reads back the same, and forms with a given precision.
// Infinity is "inf", not-a-number "nan" (never with a sign). Knows nothing of Python's format specs: python/builtins/format.cpp.
#pragma once
#include <string>

namespace nabla {

/// repr(x): the shortest digits that round-trip; an exponent below 1e-4 and from 1e16 on ("1e-05", "0.1", "3.0", "1e+16").
std::string shortest(double x);
/// "%.{digits}f"
std::string fixed(double x, int digits);
/// "%.{digits}e"
std::string scientific(double x, int digits);
/// "%.{digits}g": `digits` significant ones, trailing zeros dropped.
std::string general(double x, int digits);

/// The shortest round-trip digits of a finite x without sign: 0.00125 is {"125", -2}, the value being 0.125 * 10^point.
struct Decimal {
  std::string digits;
  int point;
};
Decimal shortest_digits(double x);
Decimal shortest_digits(float x);  // those that read back the same float

}  // namespace nabla
