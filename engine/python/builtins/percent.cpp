// `format % values`: %[(key)][flags][width][.precision]type.
#include <cmath>

#include "base/format.h"
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

namespace nabla {
namespace {

struct Directive {
  bool left = false, zero = false, plus = false, space = false, alternate = false;
  std::int64_t width = 0, precision = -1;
};

/// The values on the right of %: a tuple's items in turn, or the one value, or a mapping's by key.
class Values {
 public:
  explicit Values(const Value& all) : all_(all), tuple_(as<Tuple>(all)) {}
  const Value& next() {
    if (used_ >= (tuple_ ? tuple_->items.size() : 1)) fail("TypeError", "not enough arguments for format string");
    return tuple_ ? tuple_->items[used_++] : (++used_, all_);
  }
  Value keyed(const std::string& key) {
    if (tuple_ || text_of(all_) || !type_of(all_)->slots.get_item) fail("TypeError", "format requires a mapping");
    used_ = 1;
    return get_item(all_, string(key));
  }
  void finish() const {
    const bool rest = tuple_ ? used_ < tuple_->items.size() : used_ == 0 && (text_of(all_) || as<List>(all_) || !type_of(all_)->slots.get_item);
    if (rest) fail("TypeError", "not all arguments converted during string formatting");
  }

 private:
  const Value& all_;
  const Tuple* tuple_;
  std::size_t used_ = 0;
};

std::string pad(const Directive& d, std::string_view sign, std::string_view body, bool zeros) {
  const std::int64_t missing = d.width - count_code_points(body) - static_cast<std::int64_t>(sign.size());
  if (missing <= 0) return cat(sign, body);
  const std::string fill(static_cast<std::size_t>(missing), zeros && d.zero && !d.left ? '0' : ' ');
  if (d.left) return cat(sign, body, fill);
  return zeros && d.zero ? cat(sign, fill, body) : cat(fill, sign, body);
}

std::string sign_of(const Directive& d, bool negative) { return negative ? "-" : d.plus ? "+" : d.space ? " " : ""; }

std::string whole(const Directive& d, const Value& value, char type) {
  Value number;
  const bool decimal = type == 'd' || type == 'i' || type == 'u';
  if (is_int(value)) {
    number = value;
  } else if (decimal && !text_of(value)) {
    if (value.is_float()) number = float_to_int(value.as_float());
    else number = call_special(value, "__int__");
    if (number.is_undefined()) number = call_special(value, "__index__");
  } else if (!decimal) {
    number = call_special(value, "__index__");
  }
  if (number.is_undefined())
    fail("TypeError", "%", type, " format: ", decimal ? "a real number" : "an integer", " is required, not ", type_name(value));
  std::string digits = int_digits(number, type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : 10, type == 'X');
  if (d.precision > static_cast<std::int64_t>(digits.size())) digits.insert(0, static_cast<std::size_t>(d.precision) - digits.size(), '0');
  std::string sign = sign_of(d, int_of(number) < 0);
  if (d.alternate && !decimal) sign.append("0").append(1, type);
  return pad(d, sign, digits, true);
}

std::string real(const Directive& d, const Value& value, char type) {
  const double x = value.is_float() || is_int(value) || !text_of(value) ? to_double(value) : 0;
  if (text_of(value)) fail("TypeError", "must be real number, not str");
  const std::string spec = cat(d.alternate ? "#" : "", ".", d.precision < 0 ? 6 : d.precision, type);
  return pad(d, sign_of(d, std::signbit(x) && !std::isnan(x)), format_float(std::fabs(x), spec), true);
}

std::string character(const Directive& d, const Value& value) {
  std::string out;
  if (const std::string* text = text_of(value)) {
    if (count_code_points(*text) != 1) fail("TypeError", "%c requires int or char");
    out = *text;
  } else {
    if (!is_int(value)) fail("TypeError", "%c requires int or char");
    const std::int64_t code = int_of(value);
    if (code < 0 || code >= 0x110000) fail("OverflowError", "%c arg not in range(0x110000)");
    append_utf8(out, static_cast<char32_t>(code));
  }
  return pad(d, "", out, false);
}

std::string ascii_only(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode(text, at);
    out += c < 128 ? std::string(1, static_cast<char>(c)) : escaped(c);
  }
  return out;
}

std::string formatted(const Directive& d, const Value& value, char type) {
  switch (type) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': return whole(d, value, type);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return real(d, value, type);
    case 'c': return character(d, value);
    default: break;
  }
  std::string text = type == 's' ? str(value) : repr(value);
  if (type == 'a') text = ascii_only(text);
  if (d.precision >= 0) text.resize(offset_of(text, d.precision));
  return pad(d, "", text, false);
}

}  // namespace

std::string percent_format(std::string_view format, const Value& arguments) {
  Values values(arguments);
  std::string out;
  std::size_t at = 0;
  const auto peek = [&] {
    if (at >= format.size()) fail("ValueError", "incomplete format");
    return format[at];
  };
  const auto amount = [&]() -> std::int64_t {  // digits, or * for the next value
    if (peek() == '*') {
      ++at;
      const Value& given = values.next();
      if (!is_int(given)) fail("TypeError", "* wants int");
      return int_of(given);
    }
    std::int64_t number = 0;
    while (peek() >= '0' && peek() <= '9') number = number * 10 + (format[at++] - '0');
    return number;
  };
  while (at < format.size()) {
    const std::size_t percent = std::min(format.find('%', at), format.size());
    out += format.substr(at, percent - at);
    if (percent == format.size()) break;
    at = percent + 1;
    if (peek() == '%') {
      out += '%';
      ++at;
      continue;
    }
    Directive d;
    Value value;
    if (peek() == '(') {
      int depth = 1;
      const std::size_t from = ++at;
      for (; depth > 0; ++at) {
        if (at >= format.size()) fail("ValueError", "incomplete format key");
        depth += (format[at] == '(') - (format[at] == ')');
      }
      value = values.keyed(std::string(format.substr(from, at - 1 - from)));
    }
    for (bool flag = true; flag;) {
      switch (peek()) {
        case '-': d.left = true; break;
        case '0': d.zero = true; break;
        case '+': d.plus = true; break;
        case ' ': d.space = true; break;
        case '#': d.alternate = true; break;
        default: flag = false;
      }
      at += flag;
    }
    d.width = amount();
    if (d.width < 0) {
      d.left = true;
      d.width = -d.width;
    }
    if (peek() == '.') {
      ++at;
      d.precision = std::max<std::int64_t>(amount(), 0);
    }
    while (peek() == 'l' || peek() == 'h' || peek() == 'L') ++at;
    const std::size_t type_at = at;
    const char type = format[at++];
    if (type == '%') {
      out += '%';
      continue;
    }
    if (value.is_undefined()) value = values.next();
    if (std::string_view("diuxXoeEfFgGcsra").find(type) == std::string_view::npos)
      fail("ValueError", "unsupported format character '", type, "' (0x", in_base(static_cast<unsigned char>(type), 16), ") at index ", type_at);
    out += formatted(d, value, type);
  }
  values.finish();
  return out;
}

}  // namespace nabla
