// The arithmetic that int, bool and float share: any mix of them, with Python's rules for // % ** and its errors.
// Integers of 64 bits are done here, wider ones and results in bigint.cpp.
#include <cmath>

#include "python/builtins/derived.h"

namespace nabla {

std::int64_t int_of(const Value& value) noexcept {
  if (value.is_small()) return value.as_small();
  if (value.is_object()) return static_cast<Int*>(value.as_object())->number;
  return value.is_true();
}

namespace {

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return quotient - ((a % b != 0) && ((a < 0) != (b < 0)));
}

std::int64_t modulo(std::int64_t a, std::int64_t b) {
  if (b == -1) return 0;
  const std::int64_t remainder = a % b;
  return remainder != 0 && ((remainder < 0) != (b < 0)) ? remainder + b : remainder;
}

/// False when 64 bits are not enough.
bool power(std::int64_t base, std::int64_t exponent, std::int64_t& result) {
  result = 1;
  for (;;) {
    if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) return false;
    exponent >>= 1;
    if (!exponent) return true;
    if (__builtin_mul_overflow(base, base, &base)) return false;
  }
}

bool shift_left(std::int64_t number, std::int64_t by, std::int64_t& result) {
  result = 0;
  if (number == 0) return true;
  if (by > 63) return false;
  result = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << by);
  return result >> by == number;
}

double float_modulo(double a, double b) {
  double remainder = std::fmod(a, b);
  if (remainder == 0) return std::copysign(0.0, b);
  return (b < 0) != (remainder < 0) ? remainder + b : remainder;
}

double float_floor_divide(double a, double b) {
  const double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0 && (b < 0) != (remainder < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double whole = std::floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

[[noreturn]] void out_of_range() { raise("OverflowError", {integer(34), string("Numerical result out of range")}); }

double float_power(double a, double b) {
  if (a == 0 && b < 0) fail("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) out_of_range();
  return result;
}

[[noreturn]] void division_by_zero(const char* words) { fail("ZeroDivisionError", words); }

Value float_binary(Binary op, double a, double b) {
  switch (op) {
    case Binary::add: return Value::number(a + b);
    case Binary::sub: return Value::number(a - b);
    case Binary::mul: return Value::number(a * b);
    case Binary::truediv:
      if (b == 0) division_by_zero("float division by zero");
      return Value::number(a / b);
    case Binary::floordiv:
      if (b == 0) division_by_zero("float floor division by zero");
      return Value::number(float_floor_divide(a, b));
    case Binary::mod:
      if (b == 0) division_by_zero("float modulo");
      return Value::number(float_modulo(a, b));
    case Binary::pow:
      if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) return binary(op, complex_number(a, 0), Value::number(b));
      return Value::number(float_power(a, b));
    default: return Value::not_implemented();
  }
}

/// Both fit in 64 bits; undefined when the result does not, or not exactly.
Value int_binary(Binary op, std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;  // up to here a double holds every integer
  std::int64_t result = 0;
  switch (op) {
    case Binary::add: return __builtin_add_overflow(a, b, &result) ? Value() : integer(result);
    case Binary::sub: return __builtin_sub_overflow(a, b, &result) ? Value() : integer(result);
    case Binary::mul: return __builtin_mul_overflow(a, b, &result) ? Value() : integer(result);
    case Binary::truediv:
      if (b == 0) division_by_zero("division by zero");
      if (a > kExact || a < -kExact || b > kExact || b < -kExact) return Value();
      return Value::number(static_cast<double>(a) / static_cast<double>(b));
    case Binary::floordiv:
      if (b == 0) division_by_zero("integer division or modulo by zero");
      if (b == -1) return __builtin_sub_overflow(std::int64_t{0}, a, &result) ? Value() : integer(result);
      return integer(floor_divide(a, b));
    case Binary::mod:
      if (b == 0) division_by_zero("integer modulo by zero");
      return integer(modulo(a, b));
    case Binary::pow:
      if (b < 0) return Value::number(float_power(static_cast<double>(a), static_cast<double>(b)));
      return power(a, b, result) ? integer(result) : Value();
    case Binary::lshift:
      if (b < 0) fail("ValueError", "negative shift count");
      return shift_left(a, b, result) ? integer(result) : Value();
    case Binary::rshift:
      if (b < 0) fail("ValueError", "negative shift count");
      return integer(a >> (b > 63 ? 63 : b));
    case Binary::bit_and: return integer(a & b);
    case Binary::bit_or: return integer(a | b);
    case Binary::bit_xor: return integer(a ^ b);
    case Binary::matmul: break;
  }
  return Value::not_implemented();
}

}  // namespace

Value number_binary(Binary op, const Value& a, const Value& b, bool) {
  const bool a_int = is_int(a), b_int = is_int(b);
  if (a_int && b_int) {
    Value result = is_wide(a) || is_wide(b) ? Value() : int_binary(op, int_of(a), int_of(b));
    if (result.is_undefined()) return big_binary(op, a, b);
    const bool bitwise = op == Binary::bit_and || op == Binary::bit_or || op == Binary::bit_xor;
    return bitwise && a.is_bool() && b.is_bool() ? Value::boolean(int_of(result) != 0) : result;
  }
  if ((a_int || a.is_float()) && (b_int || b.is_float()))
    return float_binary(op, a_int ? int_to_double(a) : a.as_float(), b_int ? int_to_double(b) : b.as_float());
  const Value plain_a = undressed(a), plain_b = undressed(b);
  return plain_a == a && plain_b == b ? Value::not_implemented() : number_binary(op, plain_a, plain_b, false);
}

Value number_compare(Compare op, const Value& a, const Value& b) {
  const bool a_int = is_int(a), b_int = is_int(b);
  if (a_int && b_int && !is_wide(a) && !is_wide(b)) {
    const std::int64_t x = int_of(a), y = int_of(b);
    return ordering(op, x < y ? -1 : x > y);
  }
  if (!(a_int || a.is_float()) || !(b_int || b.is_float())) {
    const Value plain_a = undressed(a), plain_b = undressed(b);
    return plain_a == a && plain_b == b ? Value::not_implemented() : number_compare(op, plain_a, plain_b);
  }
  const auto fits = [](bool is_whole, const Value& v) { return !is_whole || (int_of(v) >> 53) == (int_of(v) >> 63); };
  if (fits(a_int, a) && fits(b_int, b)) {
    const double x = a_int ? static_cast<double>(int_of(a)) : a.as_float();
    const double y = b_int ? static_cast<double>(int_of(b)) : b.as_float();
    if (x != x || y != y) return Value::boolean(op == Compare::ne);
    return ordering(op, x < y ? -1 : x > y);
  }
  if ((a.is_float() && std::isnan(a.as_float())) || (b.is_float() && std::isnan(b.as_float()))) return Value::boolean(op == Compare::ne);
  return ordering(op, big_compare(a, b));
}

// -------------------------------------------------------------------------------------------------------------- hash

// Note [Hashes of numbers]
// As in CPython: the value modulo the prime 2^61 - 1, so that 1, 1.0 and True are one dict key; -1 is left to errors there, and
// sets of small integers come out in the same order (see Note [Order of sets]).
namespace {
constexpr int kHashBits = 61;
constexpr std::uint64_t kHashPrime = (std::uint64_t{1} << kHashBits) - 1;
}  // namespace

std::uint64_t hash_int(std::int64_t i) noexcept {
  const std::uint64_t size = i < 0 ? -static_cast<std::uint64_t>(i) : static_cast<std::uint64_t>(i);
  const std::uint64_t rest = size % kHashPrime;
  const std::uint64_t hash = i < 0 ? -rest : rest;
  return hash == ~std::uint64_t{0} ? hash - 1 : hash;
}

std::uint64_t hash_double(double x) noexcept {
  if (std::isinf(x)) return x > 0 ? 314159 : -std::uint64_t{314159};
  if (std::isnan(x)) return 0;
  int exponent;
  double mantissa = std::frexp(std::fabs(x), &exponent);
  std::uint64_t hash = 0;
  while (mantissa != 0) {  // 28 bits at a time
    hash = ((hash << 28) & kHashPrime) | hash >> (kHashBits - 28);
    mantissa *= 268435456.0;
    exponent -= 28;
    const auto part = static_cast<std::uint64_t>(mantissa);
    mantissa -= static_cast<double>(part);
    hash += part;
    if (hash >= kHashPrime) hash -= kHashPrime;
  }
  exponent = exponent >= 0 ? exponent % kHashBits : kHashBits - 1 - ((-1 - exponent) % kHashBits);
  hash = ((hash << exponent) & kHashPrime) | hash >> (kHashBits - exponent);
  if (x < 0) hash = -hash;
  return hash == ~std::uint64_t{0} ? hash - 1 : hash;
}

std::uint64_t hash_items(const std::vector<Value>& items) {
  // CPython's variant of xxHash, so that tuples of numbers hash as there.
  constexpr std::uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u, kPrime5 = 2870177450012600261u;
  std::uint64_t sum = kPrime5;
  for (const Value& item : items) {
    sum += hash(item) * kPrime2;
    sum = (sum << 31 | sum >> 33) * kPrime1;
  }
  sum += items.size() ^ (kPrime5 ^ 3527539u);
  return sum == ~std::uint64_t{0} ? 1546275796u : sum;
}

}  // namespace nabla
