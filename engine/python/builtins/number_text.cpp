// Text to numbers, and what int() and float() make of any value.
#include <cmath>
#include <cstdlib>

#include "base/format.h"
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

namespace nabla {
namespace {

int digit_of(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

/// Takes the base's prefix ("0x") off; base 0 becomes the base that the prefix tells.
std::string_view without_prefix(std::string_view digits, int& base) {
  if (digits.size() > 2 && digits[0] == '0') {
    const char letter = static_cast<char>(digits[1] | 0x20);
    const int told = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (told && (base == 0 || base == told)) {
      base = told;
      digits.remove_prefix(digits[2] == '_' ? 3 : 2);
    }
  }
  if (base == 0) base = digits.find_first_not_of("0_") != std::string_view::npos && digits[0] == '0' ? 1 : 10;
  return digits;
}

}  // namespace

bool parse_int(std::string_view text, int base, Value& number) {
  text = trimmed(text);
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const std::string_view digits = without_prefix(text, base);
  if (digits.empty() || base == 1) return false;  // 1: a leading zero where Python allows none
  std::int64_t total = 0;
  bool after_digit = false, overflow = false;
  for (const char c : digits) {
    if (c == '_' && after_digit) {
      after_digit = false;
      continue;
    }
    const int digit = digit_of(c);
    if (digit >= base) return false;
    overflow |= __builtin_mul_overflow(total, std::int64_t{base}, &total);
    overflow |= __builtin_sub_overflow(total, std::int64_t{digit}, &total);  // downwards: the least integer has no positive twin
    after_digit = true;
  }
  if (!after_digit) return false;
  overflow |= !negative && __builtin_sub_overflow(std::int64_t{0}, total, &total);
  number = integer(total);
  if (overflow) {
    std::string plain(digits);
    std::erase(plain, '_');
    number = big_of_digits(plain, static_cast<unsigned>(base), negative);
  }
  return true;
}

bool parse_float(std::string_view text, double& number) {
  text = trimmed(text);
  std::string plain;
  bool digits = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (c == '_') {
      const bool between = i > 0 && i + 1 < text.size() && digit_of(text[i - 1]) < 10 && digit_of(text[i + 1]) < 10;
      if (!between) return false;
      continue;
    }
    digits |= digit;
    plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  }
  const std::size_t sign = !plain.empty() && (plain[0] == '-' || plain[0] == '+');
  const std::string_view word = std::string_view(plain).substr(sign);
  const bool named = word == "inf" || word == "infinity" || word == "nan";
  if (!named && (!digits || plain.find_first_not_of("0123456789.e+-") != std::string::npos)) return false;
  char* end = nullptr;
  number = std::strtod(plain.c_str(), &end);
  return end == plain.c_str() + plain.size();
}

Value float_to_int(double x) {
  if (std::isnan(x)) fail("ValueError", "cannot convert float NaN to integer");
  if (std::isinf(x)) fail("OverflowError", "cannot convert float infinity to integer");
  if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) return big_of_double(x);
  return integer(static_cast<std::int64_t>(x));
}

Value to_int(const Value& value) {
  if (value.is_float()) return float_to_int(value.as_float());
  if (is_int(value)) return plain_int(value);
  if (const std::string* text = text_of(value)) {
    Value number;
    if (!parse_int(*text, 10, number)) fail("ValueError", "invalid literal for int() with base 10: ", quoted(*text));
    return number;
  }
  for (const char* name : {"__int__", "__index__", "__trunc__"}) {
    const Value result = call_special(value, name);
    if (result.is_undefined()) continue;
    if (!is_int(result)) fail("TypeError", name, " returned non-int (type ", type_name(result), ")");
    return plain_int(result);
  }
  fail("TypeError", "int() argument must be a string, a bytes-like object or a real number, not '", type_name(value), "'");
}

double to_float(const Value& value) {
  if (value.is_float()) return value.as_float();
  if (is_int(value)) return int_to_double(value);
  if (const std::string* text = text_of(value)) {
    double number;
    if (!parse_float(*text, number)) fail("ValueError", "could not convert string to float: ", quoted(*text));
    return number;
  }
  const Value result = call_special(value, "__float__");
  if (result.is_float()) return result.as_float();
  if (!result.is_undefined()) fail("TypeError", type_name(value), ".__float__ returned non-float (type ", type_name(result), ")");
  const Value whole = call_special(value, "__index__");
  if (!whole.is_undefined()) return to_float(whole);
  fail("TypeError", "float() argument must be a string or a real number, not '", type_name(value), "'");
}

double round_to(double x, std::int64_t digits) {
  if (!std::isfinite(x) || x == 0 || digits > 323) return x;
  if (digits >= 0) return std::strtod(fixed(x, static_cast<int>(digits)).c_str(), nullptr);
  // Tens and more: as many significant digits as are left before the place that is rounded to.
  const int exponent = static_cast<int>(std::floor(std::log10(std::fabs(x))));
  const std::int64_t kept = exponent + digits;
  if (kept >= 0) return std::strtod(scientific(x, static_cast<int>(kept)).c_str(), nullptr);
  if (kept < -2) return std::copysign(0.0, x);
  const double unit = std::pow(10.0, static_cast<double>(-digits));
  return std::copysign(std::fabs(x) > unit / 2 ? unit : 0.0, x);
}

}  // namespace nabla
