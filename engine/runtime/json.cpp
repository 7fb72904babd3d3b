// The JSON writer.
#include "runtime/json.h"

#include <cmath>
#include <cstdlib>

#include "base/format.h"

namespace nabla {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// How many bytes the UTF-8 character at the start of `text` has; 0 when there is none.
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool too_large = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : size;
}

void append_control(std::string& out, unsigned char c) {
  constexpr char kHex[] = "0123456789abcdef";
  out += "\\u00";
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

}  // namespace

Json& Json::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
  return *this;
}

Json& Json::close(char bracket) {
  out_ += bracket;
  first_ = false;
  return *this;
}

void Json::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

Json& Json::key(std::string_view name) {
  text(name);
  out_ += ':';
  first_ = true;  // no comma before the value
  return *this;
}

Json& Json::text(std::string_view utf8) {
  separate();
  out_ += '"';
  while (!utf8.empty()) {
    const char c = utf8[0];
    std::size_t size = 1;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\t': out_ += "\\t"; break;
      case '\r': out_ += "\\r"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          append_control(out_, static_cast<unsigned char>(c));
          break;
        }
        size = character_size(utf8);
        out_ += size ? utf8.substr(0, size) : kReplacement;
        if (!size) size = 1;
    }
    utf8.remove_prefix(size);
  }
  out_ += '"';
  return *this;
}

Json& Json::boolean(bool b) { return digits(b ? "true" : "false"); }
Json& Json::null() { return digits("null"); }
Json& Json::integer(std::int64_t i) { return digits(std::to_string(i)); }

Json& Json::number(double x) {
  if (!std::isfinite(x)) return text(shortest(x));
  if (x == std::floor(x) && std::fabs(x) < 1e15 && !(x == 0 && std::signbit(x))) return integer(static_cast<std::int64_t>(x));
  return digits(shortest(x));
}

Json& Json::number(float x) {
  if (!std::isfinite(x) || x == std::floor(x)) return number(static_cast<double>(x));
  constexpr int kFewest = 6, kMost = 9;  // significant digits that a float32 may need
  std::string best;
  for (int count = kFewest; count <= kMost; ++count) {
    best = general(x, count);
    if (std::strtof(best.c_str(), nullptr) == x) break;
  }
  return digits(std::move(best));
}

Json& Json::digits(std::string text) {
  separate();
  out_ += text;
  return *this;
}

}  // namespace nabla
