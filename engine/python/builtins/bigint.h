// Integers of any size, over Boost.Multiprecision's cpp_int: what an Int holds beyond 64 bits, and the arithmetic that begins where
// 64 bits end. Only the files that need the digits include this one; the others ask through support.h.
#pragma once
#include <boost/multiprecision/cpp_int.hpp>

#include "python/builtins/support.h"

namespace nabla {

using Big = boost::multiprecision::cpp_int;

struct WideNumber {
  Big value;
};

/// The number in an int of any size, or a bool.
Big big_of(const Value& value);
/// As a Value: immediate, of 64 bits, or wide.
Value integer(Big number);
/// Memory for a result of that many bits: MemoryError beyond what a page can hold.
void check_bits(std::uint64_t bits);
/// floor(a / b) and what is left, b not zero.
std::pair<Big, Big> floor_divide(const Big& a, const Big& b);
/// base ** exponent by squaring.
Big power(const Big& base, std::uint64_t exponent);

}  // namespace nabla
