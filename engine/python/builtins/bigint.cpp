// Arithmetic of wide integers: Python's rules for signs, shifts and bits, exact rounding to float, digits in any base.
#include "python/builtins/bigint.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "python/function.h"

namespace nabla {

namespace {

constexpr std::uint64_t kMostBits = std::uint64_t{1} << 28;  // 32 MiB
std::int64_t g_most_digits = 4300;                           // sys.set_int_max_str_digits()

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();

std::uint64_t bits_of(const Big& number) { return number.is_zero() ? 0 : boost::multiprecision::msb(abs(number)) + 1; }

Big inverted(const Big& number) { return -number - 1; }

Big bit_and(const Big& a, const Big& b) {
  if (a >= 0 && b >= 0) return a & b;
  if (a < 0 && b < 0) return inverted(inverted(a) | inverted(b));
  const Big &positive = a < 0 ? b : a, &negative = a < 0 ? a : b;
  return positive - (positive & inverted(negative));
}
Big bit_or(const Big& a, const Big& b) { return inverted(bit_and(inverted(a), inverted(b))); }
Big bit_xor(const Big& a, const Big& b) {
  if (a < 0) return inverted(bit_xor(inverted(a), b));
  return b < 0 ? inverted(a ^ inverted(b)) : Big(a ^ b);
}

Big shifted_right(const Big& number, std::uint64_t by) {
  if (by >= bits_of(number)) return number < 0 ? -1 : 0;
  return number < 0 ? inverted(inverted(number) >> by) : Big(number >> by);
}

/// The amount of a shift; ValueError when it is negative.
std::uint64_t shift_count(const Value& value, std::string_view too_many) {
  const Big count = big_of(value);
  if (count < 0) fail("ValueError", "negative shift count");
  if (count > kMost) fail("OverflowError", too_many);
  return static_cast<std::uint64_t>(count);
}

/// numerator / denominator (both positive), rounded half to even to 53 bits; infinite when too large.
double quotient(const Big& numerator, const Big& denominator) {
  // Shifted so that the quotient has 64 bits or more (fewer where the result is below the normal range), with a bit for what is cut off.
  const auto scale = static_cast<std::int64_t>(bits_of(numerator)) - static_cast<std::int64_t>(bits_of(denominator));
  if (scale > 1025) return HUGE_VAL;
  if (scale < -1080) return 0;
  const std::int64_t kept = scale < -1022 ? 1076 : 64 - scale;  // value = quotient * 2^-kept
  Big whole, rest;
  if (kept >= 0) {
    boost::multiprecision::divide_qr(Big(numerator << kept), denominator, whole, rest);
  } else {
    boost::multiprecision::divide_qr(numerator, Big(denominator << -kept), whole, rest);
  }
  const auto width = static_cast<std::int64_t>(bits_of(whole));
  // The last bit that a double keeps, counted from the quotient's lowest.
  const std::int64_t cut = std::max<std::int64_t>(width - 53, kept - 1074);
  if (cut > 0) {
    const Big half = Big(1) << (cut - 1), tail = whole & ((Big(1) << cut) - 1);
    whole >>= cut;
    if (tail > half || (tail == half && (!rest.is_zero() || (whole & 1) != 0))) ++whole;
  }
  return std::ldexp(static_cast<double>(static_cast<std::uint64_t>(whole)), static_cast<int>(std::max<std::int64_t>(cut, 0) - kept));
}

std::string digits_in(const Big& magnitude, unsigned base, bool upper) {
  if (base == 10) return magnitude.str();
  const unsigned width = base == 2 ? 1 : base == 8 ? 3 : 4;  // bits of a digit
  std::string out;
  for (std::uint64_t i = std::max<std::uint64_t>((bits_of(magnitude) + width - 1) / width, 1); i-- > 0;) {
    unsigned digit = 0;
    for (unsigned bit = width; bit-- > 0;) digit = digit << 1 | bit_test(magnitude, static_cast<unsigned>(i * width + bit));
    out += (upper ? "0123456789ABCDEF" : "0123456789abcdef")[digit];
  }
  return out;
}

}  // namespace

Int::Int(std::int64_t number) : Object(class_type()), number(number) {}
Int::Int(std::unique_ptr<WideNumber> wide)
    : Object(class_type()), number(wide->value < 0 ? kLeast : kMost), wide(std::move(wide)) {}
Int::~Int() {
  if (type->is_heap) leave_class(*this);  // one derived from int
}

Big big_of(const Value& value) {
  if (value.is_small()) return value.as_small();
  if (!value.is_object()) return value.is_true() ? 1 : 0;
  const Int& number = *static_cast<Int*>(value.as_object());
  return number.wide ? number.wide->value : Big(number.number);
}

Value integer(Big number) {
  if (number >= kLeast && number <= kMost) return integer(static_cast<std::int64_t>(number));
  auto wide = std::make_unique<WideNumber>();
  wide->value = std::move(number);
  return make<Int>(std::move(wide));
}

void check_bits(std::uint64_t bits) {
  if (bits > kMostBits) fail("MemoryError", "an integer of ", bits, " bits is more than nabla can hold");
}

std::pair<Big, Big> floor_divide(const Big& a, const Big& b) {
  Big whole, rest;
  boost::multiprecision::divide_qr(a, b, whole, rest);
  if (!rest.is_zero() && (rest < 0) != (b < 0)) {
    --whole;
    rest += b;
  }
  return {std::move(whole), std::move(rest)};
}

Big power(const Big& base, std::uint64_t exponent) {
  if (base == 0 || base == 1) return exponent ? base : Big(1);
  if (base == -1) return exponent & 1 ? -1 : 1;
  check_bits(exponent > kMostBits ? exponent : (bits_of(base) - 1) * exponent);
  return boost::multiprecision::pow(base, static_cast<unsigned>(exponent));
}

bool is_wide(const Value& value) noexcept {
  const Int* number = as<Int>(value);
  return number && number->wide;
}

Value big_binary(Binary op, const Value& left, const Value& right) {
  const Big a = big_of(left), b = big_of(right);
  switch (op) {
    case Binary::add: return integer(Big(a + b));
    case Binary::sub: return integer(Big(a - b));
    case Binary::mul: check_bits(bits_of(a) + bits_of(b)); return integer(Big(a * b));
    case Binary::truediv: {
      if (b.is_zero()) fail("ZeroDivisionError", "division by zero");
      const double size = quotient(abs(a), abs(b));
      if (std::isinf(size)) fail("OverflowError", "integer division result too large for a float");
      return Value::number((a < 0) != (b < 0) ? -size : size);
    }
    case Binary::floordiv:
      if (b.is_zero()) fail("ZeroDivisionError", "integer division or modulo by zero");
      return integer(floor_divide(a, b).first);
    case Binary::mod:
      if (b.is_zero()) fail("ZeroDivisionError", "integer modulo by zero");
      return integer(floor_divide(a, b).second);
    case Binary::pow:
      if (b < 0) return binary(Binary::pow, Value::number(int_to_double(left)), Value::number(int_to_double(right)));
      return integer(power(a, b > kMost ? static_cast<std::uint64_t>(kMost) : static_cast<std::uint64_t>(b)));
    case Binary::lshift: {
      const std::uint64_t by = a.is_zero() && b >= 0 ? 0 : shift_count(right, "too many digits in integer");
      check_bits(by > kMostBits ? by : by + bits_of(a));
      return integer(a < 0 ? Big(-(Big(-a) << by)) : Big(a << by));
    }
    case Binary::rshift: return integer(shifted_right(a, b > kMost ? static_cast<std::uint64_t>(kMost) : shift_count(right, "")));
    case Binary::bit_and: return integer(bit_and(a, b));
    case Binary::bit_or: return integer(bit_or(a, b));
    case Binary::bit_xor: return integer(bit_xor(a, b));
    case Binary::matmul: break;
  }
  return Value::not_implemented();
}

int big_compare(const Value& a, const Value& b) {
  if (a.is_float()) return -big_compare(b, a);
  if (!b.is_float()) return big_of(a).compare(big_of(b));
  const double x = b.as_float();
  if (std::isinf(x)) return x > 0 ? -1 : 1;
  const double whole = std::floor(x);
  const int order = big_of(a).compare(Big(whole));
  return order == 0 && x > whole ? -1 : order;
}

Value plain_int(const Value& value) { return is_wide(value) ? integer(big_of(value)) : integer(int_of(value)); }

Value big_negative(const Value& value) { return integer(Big(-big_of(value))); }
Value big_inverted(const Value& value) { return integer(inverted(big_of(value))); }

double int_to_double(const Value& value) {
  if (!is_wide(value)) return static_cast<double>(int_of(value));
  const Big number = big_of(value);
  const double size = quotient(abs(number), 1);
  if (std::isinf(size)) fail("OverflowError", "int too large to convert to float");
  return number < 0 ? -size : size;
}

Value big_of_double(double whole) { return integer(Big(whole)); }

std::uint64_t big_hash(const Value& value) {
  const Big number = big_of(value);
  const auto rest = static_cast<std::int64_t>(Big(abs(number) % ((std::int64_t{1} << 61) - 1)));
  return hash_int(number < 0 ? -rest : rest);
}

std::uint64_t big_bit_length(const Value& value) { return bits_of(big_of(value)); }

std::string int_digits(const Value& value, unsigned base, bool upper) {
  if (!is_wide(value)) {
    const std::int64_t number = int_of(value);
    const std::uint64_t size = number < 0 ? -static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    return in_base(size, base, upper);
  }
  const Big magnitude = abs(big_of(value));
  const auto too_long = [] {
    fail("ValueError", "Exceeds the limit (", g_most_digits, " digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
  };
  // Told before the digits are made, where it can be: the bits tell how many there will be.
  if (base == 10 && g_most_digits && static_cast<double>(bits_of(magnitude)) * 0.30102 > static_cast<double>(g_most_digits) + 1) too_long();
  std::string digits = digits_in(magnitude, base, upper);
  if (base == 10 && g_most_digits && static_cast<std::int64_t>(digits.size()) > g_most_digits) too_long();
  return digits;
}

Value big_of_digits(std::string_view digits, unsigned base, bool negative) {
  const bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && g_most_digits && static_cast<std::int64_t>(digits.size()) > g_most_digits) {
    fail("ValueError", "Exceeds the limit (", g_most_digits, " digits) for integer string conversion: value has ", digits.size(),
         " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  check_bits(digits.size() * 6);
  Big number = 0;
  std::uint64_t chunk = 0, scale = 1;  // as many digits at a time as fit
  for (const char c : digits) {
    chunk = chunk * base + static_cast<unsigned>(c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0');
    scale *= base;
    if (scale < std::numeric_limits<std::uint64_t>::max() / 64 / 64) continue;
    number = number * scale + chunk;
    chunk = 0;
    scale = 1;
  }
  number = number * scale + chunk;
  return integer(negative ? Big(-number) : number);
}

std::int64_t most_digits() noexcept { return g_most_digits; }
void set_most_digits(std::int64_t count) noexcept { g_most_digits = count; }

}  // namespace nabla
