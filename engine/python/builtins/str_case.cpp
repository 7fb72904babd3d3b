// The methods of str about case (upper, title, ...) and about classes of characters (isalpha, islower, ...).
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

#undef isascii  // musl's ctype.h makes it a macro

namespace nabla {
namespace {

const std::string& own(const Value* p) { return self_as<Str>(p[0]).text; }

// -------------------------------------------------------------------------------------------------------------- case

void append_upper(std::string& out, char32_t c) {
  if (c == 0xDF) out += "SS";
  else append_utf8(out, to_upper(c));
}

/// The text with each of its letters in a to z (first = 'a') or A to Z turned over to the other case; for text all in ASCII.
Value ascii_case(const std::string& self, char first) {
  std::string out = self;
  for (char& c : out) c = static_cast<char>(c ^ (static_cast<unsigned char>(c - first) < 26 ? 0x20 : 0));
  return string(std::move(out));
}

template <class Each>
Value mapped(const Value* p, Each each) {
  const std::string& self = own(p);
  std::string out;
  out.reserve(self.size());
  for (std::size_t at = 0; at < self.size();) each(out, decode(self, at));
  return string(std::move(out));
}

Value upper(const Value* p) { return self_as<Str>(p[0]).is_ascii() ? ascii_case(own(p), 'a') : mapped(p, append_upper); }
Value lower(const Value* p) {
  if (self_as<Str>(p[0]).is_ascii()) return ascii_case(own(p), 'A');
  return mapped(p, [](std::string& out, char32_t c) { append_utf8(out, to_lower(c)); });
}
Value casefold(const Value* p) {
  return mapped(p, [](std::string& out, char32_t c) {
    if (c == 0xDF) out += "ss";
    else append_utf8(out, c == 0x3C2 ? U'\u03C3' : c == 0xB5 ? U'\u03BC' : to_lower(c));
  });
}
Value swapcase(const Value* p) {
  return mapped(p, [](std::string& out, char32_t c) {
    if (is_upper(c)) append_utf8(out, to_lower(c));
    else append_upper(out, c);
  });
}
Value capitalize(const Value* p) {
  return mapped(p, [first = true](std::string& out, char32_t c) mutable {
    append_utf8(out, first ? to_upper(c) : to_lower(c));
    first = false;
  });
}
Value title(const Value* p) {
  return mapped(p, [inside = false](std::string& out, char32_t c) mutable {
    const bool cased = is_upper(c) || is_lower(c);
    append_utf8(out, inside ? to_lower(c) : to_upper(c));
    inside = cased;
  });
}

// ----------------------------------------------------------------------------------------------------------- classes

template <class Holds>
Value all_are(const Value* p, Holds holds) {
  const std::string& self = own(p);
  for (std::size_t at = 0; at < self.size();)
    if (!holds(decode(self, at))) return Value::boolean(false);
  return Value::boolean(!self.empty());
}
Value isdigit(const Value* p) { return all_are(p, is_digit); }
Value isdecimal(const Value* p) {
  return all_are(p, [](char32_t c) { return is_digit(c) && (c < 0x80 || c >= 0x660) && !(c >= 0x2070 && c < 0x20A0); });
}
Value isalpha(const Value* p) { return all_are(p, is_letter); }
Value isalnum(const Value* p) {
  return all_are(p, [](char32_t c) { return is_letter(c) || is_digit(c); });
}
Value isspace(const Value* p) { return all_are(p, is_space); }
Value isascii(const Value* p) { return Value::boolean(self_as<Str>(p[0]).is_ascii()); }
Value isprintable(const Value* p) { return own(p).empty() ? Value::boolean(true) : all_are(p, is_printable); }
Value isidentifier(const Value* p) {
  return all_are(p, [first = true](char32_t c) mutable {
    const bool good = c == '_' || is_letter(c) || (!first && is_digit(c));
    first = false;
    return good;
  });
}

/// Has it a letter with case, and are all such letters of that case?
Value cased(const Value* p, bool (*wanted)(char32_t), bool (*unwanted)(char32_t)) {
  const std::string& self = own(p);
  bool any = false;
  for (std::size_t at = 0; at < self.size();) {
    const char32_t c = decode(self, at);
    if (unwanted(c)) return Value::boolean(false);
    any |= wanted(c);
  }
  return Value::boolean(any);
}
Value isupper(const Value* p) { return cased(p, is_upper, is_lower); }
Value islower(const Value* p) { return cased(p, is_lower, is_upper); }
Value istitle(const Value* p) {
  const std::string& self = own(p);
  bool any = false, inside = false;
  for (std::size_t at = 0; at < self.size();) {
    const char32_t c = decode(self, at);
    if ((is_upper(c) && inside) || (is_lower(c) && !inside)) return Value::boolean(false);
    inside = is_upper(c) || is_lower(c);
    any |= inside;
  }
  return Value::boolean(any);
}

constexpr Method kMethods[] = {
    {"upper(self, /)", upper},
    {"lower(self, /)", lower},
    {"casefold(self, /)", casefold},
    {"swapcase(self, /)", swapcase},
    {"capitalize(self, /)", capitalize},
    {"title(self, /)", title},
    {"isdigit(self, /)", isdigit},
    {"isnumeric(self, /)", isdigit},
    {"isdecimal(self, /)", isdecimal},
    {"isalpha(self, /)", isalpha},
    {"isalnum(self, /)", isalnum},
    {"isspace(self, /)", isspace},
    {"isascii(self, /)", isascii},
    {"isprintable(self, /)", isprintable},
    {"isidentifier(self, /)", isidentifier},
    {"isupper(self, /)", isupper},
    {"islower(self, /)", islower},
    {"istitle(self, /)", istitle},
};

}  // namespace

void add_str_case_methods() { add_methods(Str::class_type(), kMethods); }

}  // namespace nabla
