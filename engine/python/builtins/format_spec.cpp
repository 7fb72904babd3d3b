// Format specs: [[fill]align][sign][z][#][0][width][grouping][.precision][type], for int, float and str; the errors are CPython's.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/format.h"
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

namespace nabla {
namespace {

struct Spec {
  std::string fill = " ";
  char align = 0;  // 0 = the type's own
  char sign = '-';
  bool sign_given = false;
  bool no_negative_zero = false;
  bool alternate = false;
  std::int64_t width = 0;
  char grouping = 0;           // ',' or '_'
  std::int64_t precision = -1; // -1 = none
  char32_t type = 0;           // 0 = none
};

bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

bool one_of(std::string_view types, char32_t type) { return type < 128 && types.find(static_cast<char>(type)) != std::string_view::npos; }

std::int64_t read_number(std::string_view spec, std::size_t& at) {
  std::int64_t number = -1;
  for (; at < spec.size() && spec[at] >= '0' && spec[at] <= '9'; ++at) {
    number = (number < 0 ? 0 : number) * 10 + (spec[at] - '0');
    if (number > 1'000'000'000) fail("ValueError", "Too many decimal digits in format string");
  }
  return number;
}

/// A type character for a message: as it is when it is plain, else "\\xe9".
std::string shown(char32_t type) {
  return type > 32 && type < 128 ? std::string(1, static_cast<char>(type)) : cat("\\x", in_base(type, 16));
}

[[noreturn]] void cannot_group(char grouping, char32_t type) {
  fail("ValueError", "Cannot specify '", grouping, "' with '", shown(type), "'.");
}

Spec parse(std::string_view text, std::string_view type_name, char default_align) {
  Spec spec;
  std::size_t at = 0;
  std::size_t after_first = 0;
  if (!text.empty()) decode(text, after_first);
  bool fill_given = false;
  if (after_first && after_first < text.size() && is_align(text[after_first])) {
    spec.fill = text.substr(0, after_first);
    spec.align = text[after_first];
    at = after_first + 1;
    fill_given = true;
  } else if (!text.empty() && is_align(text[0])) {
    spec.align = text[at++];
  }
  const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
  if (peek() == '+' || peek() == '-' || peek() == ' ') {
    spec.sign = text[at++];
    spec.sign_given = true;
  }
  if (peek() == 'z') spec.no_negative_zero = ++at;
  if (peek() == '#') spec.alternate = ++at;
  if (peek() == '0' && !fill_given) {
    spec.fill = "0";
    if (!spec.align && default_align == '>') spec.align = '=';
    ++at;
  }
  spec.width = std::max<std::int64_t>(read_number(text, at), 0);
  while (peek() == ',' || peek() == '_') {
    const char sign = text[at];
    if (spec.grouping && spec.grouping != sign) fail("ValueError", "Cannot specify both ',' and '_'.");
    if (spec.grouping) cannot_group(sign, sign);
    spec.grouping = sign;
    ++at;
  }
  if (peek() == '.') {
    ++at;
    spec.precision = read_number(text, at);
    if (spec.precision < 0) fail("ValueError", "Format specifier missing precision");
  }
  if (text.size() - at > 1) {
    std::size_t end = at;
    decode(text, end);
    if (end != text.size()) fail("ValueError", "Invalid format specifier '", text, "' for object of type '", type_name, "'");
  }
  if (at < text.size()) spec.type = decode(text, at);
  if (spec.grouping) {
    if (default_align == '<' && !spec.type) cannot_group(spec.grouping, 's');
    const bool base = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
    const bool decimal = spec.type == 0 || one_of("defgEFG%", spec.type);
    if (!decimal && !(base && spec.grouping == '_')) cannot_group(spec.grouping, spec.type);
  }
  return spec;
}

[[noreturn]] void unknown_code(char32_t code, std::string_view type_name) {
  fail("ValueError", "Unknown format code '", shown(code), "' for object of type '", type_name, "'");
}

std::string repeated(std::string_view fill, std::int64_t count) {
  std::string out;
  for (std::int64_t i = 0; i < count; ++i) out += fill;
  return out;
}

/// `prefix` (sign, "0x") and `body`, filled up to the width; with '=' the fill goes between the two.
std::string pad(const Spec& spec, std::string_view prefix, std::string_view body, char own_align) {
  const std::int64_t missing = spec.width - count_code_points(prefix) - count_code_points(body);
  if (missing <= 0) return cat(prefix, body);
  switch (spec.align ? spec.align : own_align) {
    case '<': return cat(prefix, body, repeated(spec.fill, missing));
    case '^': return cat(repeated(spec.fill, missing / 2), prefix, body, repeated(spec.fill, missing - missing / 2));
    case '=': return cat(prefix, repeated(spec.fill, missing), body);
    default: return cat(repeated(spec.fill, missing), prefix, body);
  }
}

/// Digits with separators every `size`; zeros in front until sign, digits and tail fill the width (for "010,d").
std::string grouped(const Spec& spec, std::string_view digits, std::size_t size, std::int64_t taken) {
  const bool zeros = spec.fill == "0" && spec.align == '=';
  std::string backwards;
  std::size_t count = 0;
  for (std::size_t i = digits.size(); i > 0 || (zeros && static_cast<std::int64_t>(backwards.size()) < spec.width - taken);) {
    if (spec.grouping && count && count % size == 0) backwards += spec.grouping;
    backwards += i > 0 ? digits[--i] : '0';
    ++count;
  }
  return {backwards.rbegin(), backwards.rend()};
}

std::string_view sign_of(const Spec& spec, bool negative) {
  if (negative) return "-";
  return spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

/// A number's text (no sign) in its final form: digits grouped, tail ('.5e+10%') kept.
std::string finish(const Spec& spec, std::string_view sign, std::string_view text) {
  std::size_t whole = 0;
  while (whole < text.size() && text[whole] >= '0' && text[whole] <= '9') ++whole;
  if (whole == 0 || !spec.grouping) return pad(spec, sign, text, '>');
  const std::string_view tail = text.substr(whole);
  const std::string body = grouped(spec, text.substr(0, whole), 3, static_cast<std::int64_t>(sign.size() + tail.size()));
  return pad(spec, sign, cat(body, tail), '>');
}

/// '#': a point is kept although no digit follows.
std::string with_point(std::string text) {
  const std::size_t end = text.find_first_not_of("0123456789");
  if (end == std::string::npos) return text + '.';
  return text[end] == 'e' ? text.insert(end, ".") : text;
}

/// %g with '#': trailing zeros stay.
std::string general_alternate(double x, int precision) {
  const std::string probe = scientific(x, precision - 1);
  const int exponent = std::atoi(probe.c_str() + probe.find('e') + 1);
  if (exponent < -4 || exponent >= precision) return with_point(probe);
  return with_point(fixed(x, precision - 1 - exponent));
}

/// No type: like 'g', but as many digits as repr() has, and at least one after the point.
std::string as_repr(double x, std::int64_t precision, bool alternate) {
  if (precision < 0) return alternate ? with_point(shortest(x)) : shortest(x);
  const int digits = static_cast<int>(std::max<std::int64_t>(precision, 1));
  const std::string probe = scientific(x, digits - 1);
  const int exponent = std::atoi(probe.c_str() + probe.find('e') + 1);
  // An exponent one step earlier than 'g' has it, so that the ".0" does not pretend to a digit more.
  if (exponent < -4 || exponent >= digits - 1) {
    std::string mantissa = probe.substr(0, probe.find('e'));
    if (!alternate && mantissa.find('.') != std::string::npos) {
      mantissa.resize(mantissa.find_last_not_of('0') + 1);
      if (mantissa.back() == '.') mantissa.pop_back();
    } else if (alternate && mantissa.find('.') == std::string::npos) {
      mantissa += '.';
    }
    return mantissa + probe.substr(probe.find('e'));
  }
  std::string text = alternate ? general_alternate(x, digits) : general(x, digits);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string format_float_as(const Spec& spec, double x) {
  const char32_t type = spec.type;
  if (type != 0 && !one_of("eEfFgGn%", type)) unknown_code(type, "float");
  const double size = std::fabs(x);
  std::string text;
  const int precision = static_cast<int>(spec.precision < 0 ? 6 : spec.precision);
  if (std::isnan(x) || std::isinf(x)) {
    text = std::isnan(x) ? "nan" : "inf";
    if (type == '%') text += '%';
  } else if (type == 0) {
    text = as_repr(size, spec.precision, spec.alternate);
  } else if (type == 'e' || type == 'E') {
    text = scientific(size, precision);
  } else if (type == 'f' || type == 'F') {
    text = fixed(size, precision);
  } else if (type == 'g' || type == 'G' || type == 'n') {
    text = spec.alternate ? general_alternate(size, std::max(precision, 1)) : general(size, precision);
  } else {
    text = std::isinf(size * 100) ? "inf" : fixed(size * 100, precision);
  }
  if (spec.alternate && std::isfinite(x) && type != 0) text = with_point(std::move(text));
  if (type == '%' && std::isfinite(x)) text += '%';
  if (type == 'E' || type == 'F' || type == 'G')
    for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  bool negative = std::signbit(x) && !std::isnan(x);
  if (spec.no_negative_zero && std::isfinite(x) && text.find_first_of("123456789") == std::string::npos) negative = false;
  return finish(spec, sign_of(spec, negative), text);
}

}  // namespace

std::string in_base(std::uint64_t number, unsigned base, bool upper) {
  const char* digits = upper ? "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string backwards;
  do backwards += digits[number % base];
  while (number /= base);
  return {backwards.rbegin(), backwards.rend()};
}

std::string format_int(const Value& value, std::string_view text) {
  if (text.empty()) return str(value);
  const Spec spec = parse(text, type_name(value), '>');
  const char32_t type = spec.type ? spec.type : U'd';
  if (one_of("eEfFgG%", type)) return format_float_as(spec, int_to_double(value));
  if (!one_of("bcdnoxX", type)) unknown_code(type, type_name(value));
  if (spec.precision >= 0) fail("ValueError", "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero)
    fail("ValueError", "Negative zero coercion (z) not allowed in integer format specifier");
  const std::int64_t number = int_of(value);
  if (type == 'c') {
    if (spec.sign_given) fail("ValueError", "Sign not allowed with integer format specifier 'c'");
    if (spec.alternate) fail("ValueError", "Alternate form (#) not allowed with integer format specifier 'c'");
    if (number < 0 || number >= 0x110000) fail("OverflowError", "%c arg not in range(0x110000)");
    std::string character;
    append_utf8(character, static_cast<char32_t>(number));
    return pad(spec, "", character, '>');
  }
  std::string prefix(sign_of(spec, number < 0));
  std::string digits;
  std::size_t group = 3;
  if (type == 'd' || type == 'n') {
    digits = int_digits(value);
  } else {
    if (spec.alternate) prefix.append("0").append(1, static_cast<char>(type));
    digits = int_digits(value, type == 'b' ? 2 : type == 'o' ? 8 : 16, type == 'X');
    group = 4;
  }
  if (spec.grouping) digits = grouped(spec, digits, group, static_cast<std::int64_t>(prefix.size()));
  return pad(spec, prefix, digits, '>');
}

std::string format_float(double x, std::string_view text) {
  if (text.empty()) return shortest(x);
  return format_float_as(parse(text, "float", '>'), x);
}

std::string format_str(std::string_view value, std::string_view text) {
  if (text.empty()) return std::string(value);
  const Spec spec = parse(text, "str", '<');
  if (spec.type && spec.type != 's') unknown_code(spec.type, "str");
  if (spec.sign_given) fail("ValueError", spec.sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
  if (spec.no_negative_zero) fail("ValueError", "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) fail("ValueError", "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') fail("ValueError", "'=' alignment not allowed in string format specifier");
  if (spec.precision >= 0) value = value.substr(0, offset_of(value, spec.precision));
  return pad(spec, "", value, '<');
}

}  // namespace nabla
