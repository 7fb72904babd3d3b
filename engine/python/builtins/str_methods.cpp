// The methods of str, in groups: searching, splitting and joining, stripping and padding, the rest; those about case: str_case.cpp.
// Positions are code points in Python and bytes here; they agree in ASCII, and are translated in other text.
#include <algorithm>

#include "python/builtins/support.h"
#include "python/builtins/unicode.h"
#include "python/machine.h"

namespace nabla {
namespace {

using View = std::string_view;

const std::string& own(const Value* p) { return self_as<Str>(p[0]).text; }
Value text(View view) { return string(std::string(view)); }
bool given(const Value& value) { return !value.is_undefined() && !value.is_none(); }

/// A str argument: TypeError "replace() argument 1 must be str, not int"; without `what` just "must be str, not int".
const std::string& text_argument(const Value& value, std::string_view what = "", std::string_view also = "") {
  const std::string* text = text_of(value);
  if (!text) fail("TypeError", what, what.empty() ? "" : " ", "must be str", also, ", not ", type_name(value));
  return *text;
}

// --------------------------------------------------------------------------------------------------------- searching

/// self[start:end] as bytes, and where it begins. `valid` is false when start lies behind the end.
struct Part {
  View bytes;
  std::size_t from;
  bool valid;
};
Part part_of(const Str& self, const Value& start, const Value& end) {
  const std::int64_t length = self.length();
  std::int64_t first = 0;
  if (given(start)) {
    first = to_index(start);
    if (first < 0) first = std::max<std::int64_t>(first + length, 0);
  }
  const std::int64_t last = clamp_index(end, length, length);
  if (first > last) return {View(), 0, false};
  const auto byte = [&](std::int64_t n) { return self.is_ascii() ? static_cast<std::size_t>(n) : offset_of(self.text, n); };
  return {View(self.text).substr(byte(first), byte(last) - byte(first)), byte(first), true};
}

Value find_in(const Value* p, bool backward) {
  const Str& self = self_as<Str>(p[0]);
  const std::string& wanted = text_argument(p[1]);
  const Part part = part_of(self, p[2], p[3]);
  const std::size_t at = !part.valid ? View::npos : backward ? part.bytes.rfind(wanted) : part.bytes.find(wanted);
  if (at == View::npos) return integer(-1);
  const std::size_t byte = part.from + at;
  return integer(self.is_ascii() ? static_cast<std::int64_t>(byte) : count_code_points(View(self.text).substr(0, byte)));
}
Value found(Value position) {
  if (position.as_small() < 0) fail("ValueError", "substring not found");
  return position;
}
Value find(const Value* p) { return find_in(p, false); }
Value rfind(const Value* p) { return find_in(p, true); }
Value index(const Value* p) { return found(find_in(p, false)); }
Value rindex(const Value* p) { return found(find_in(p, true)); }

Value count(const Value* p) {
  const Part part = part_of(self_as<Str>(p[0]), p[2], p[3]);
  const std::string& wanted = text_argument(p[1]);
  if (!part.valid) return integer(0);
  if (wanted.empty()) return integer(count_code_points(part.bytes) + 1);
  std::int64_t times = 0;
  for (std::size_t at = 0; (at = part.bytes.find(wanted, at)) != View::npos; at += wanted.size()) ++times;
  return integer(times);
}

Value has_affix(const Value* p, const char* name, bool (*holds)(View, View)) {
  const Part part = part_of(self_as<Str>(p[0]), p[2], p[3]);
  if (const Tuple* choices = as<Tuple>(p[1])) {
    for (const Value& choice : choices->items) {
      const std::string* affix = text_of(choice);
      if (!affix) fail("TypeError", "tuple for ", name, " must only contain str, not ", type_name(choice));
      if (part.valid && holds(part.bytes, *affix)) return Value::boolean(true);
    }
    return Value::boolean(false);
  }
  const std::string* affix = text_of(p[1]);
  if (!affix) fail("TypeError", name, " first arg must be str or a tuple of str, not ", type_name(p[1]));
  return Value::boolean(part.valid && holds(part.bytes, *affix));
}
Value startswith(const Value* p) {
  return has_affix(p, "startswith", [](View all, View affix) { return all.starts_with(affix); });
}
Value endswith(const Value* p) {
  return has_affix(p, "endswith", [](View all, View affix) { return all.ends_with(affix); });
}

Value removeprefix(const Value* p) {
  View self = own(p);
  const View prefix = text_argument(p[1], "removeprefix() argument");
  if (self.starts_with(prefix)) self.remove_prefix(prefix.size());
  return text(self);
}
Value removesuffix(const Value* p) {
  View self = own(p);
  const View suffix = text_argument(p[1], "removesuffix() argument");
  if (self.ends_with(suffix)) self.remove_suffix(suffix.size());
  return text(self);
}

Value replace(const Value* p) {
  const std::string& self = own(p);
  const std::string& old = text_argument(p[1], "replace() argument 1");
  const std::string& fresh = text_argument(p[2], "replace() argument 2");
  std::int64_t left = to_index(p[3]);
  std::string out;
  std::size_t at = 0;
  if (old.empty()) {  // between all characters
    while (left != 0) {
      --left;
      out += fresh;
      if (at >= self.size()) break;
      const std::size_t from = at;
      decode(self, at);
      out.append(self, from, at - from);
    }
  } else {
    for (std::size_t hit; left != 0 && (hit = self.find(old, at)) != std::string::npos; --left) {
      out.append(self, at, hit - at).append(fresh);
      at = hit + old.size();
    }
  }
  if (at < self.size()) out.append(self, at);
  return string(std::move(out));
}

// ---------------------------------------------------------------------------------------------- splitting and joining

Value split_at_spaces(View self, std::int64_t most, bool backward) {
  std::vector<Value> parts;
  if (!backward) {
    std::size_t at = 0;
    for (;;) {
      std::size_t from = at;
      while (at < self.size() && is_space(decode(self, at))) from = at;
      if (from >= self.size()) break;
      if (most-- == 0) {
        parts.push_back(text(self.substr(from)));
        break;
      }
      std::size_t to = from;
      at = from;
      while (at < self.size() && !is_space(decode(self, at))) to = at;
      parts.push_back(text(self.substr(from, to - from)));
      at = to;
    }
    return list(std::move(parts));
  }
  for (View rest = self;;) {
    const View front = trimmed(rest);
    if (front.empty()) break;
    rest = rest.substr(0, static_cast<std::size_t>(front.data() + front.size() - rest.data()));
    if (most-- == 0) {
      parts.push_back(text(rest));
      break;
    }
    std::size_t word = 0;
    for (std::size_t at = 0; at < rest.size();)
      if (is_space(decode(rest, at))) word = at;
    parts.push_back(text(rest.substr(word)));
    rest = rest.substr(0, word);
  }
  std::reverse(parts.begin(), parts.end());
  return list(std::move(parts));
}

Value split_with(const Value* p, bool backward) {
  const std::string& self = own(p);
  const std::int64_t most = to_index(p[2]);
  if (p[1].is_none()) return split_at_spaces(self, most, backward);
  const std::string& separator = text_argument(p[1], "", " or None");
  if (separator.empty()) fail("ValueError", "empty separator");
  std::vector<Value> parts;
  if (most < 0 && separator.size() == 1) parts.reserve(static_cast<std::size_t>(std::count(self.begin(), self.end(), separator[0])) + 1);
  View rest = self;
  for (std::int64_t left = most; left != 0; --left) {
    const std::size_t hit = backward ? rest.rfind(separator) : rest.find(separator);
    if (hit == View::npos) break;
    parts.push_back(text(backward ? rest.substr(hit + separator.size()) : rest.substr(0, hit)));
    rest = backward ? rest.substr(0, hit) : rest.substr(hit + separator.size());
  }
  parts.push_back(text(rest));
  if (backward) std::reverse(parts.begin(), parts.end());
  return list(std::move(parts));
}
Value split(const Value* p) { return split_with(p, false); }
Value rsplit(const Value* p) { return split_with(p, true); }

bool ends_line(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

Value splitlines(const Value* p) {
  const std::string& self = own(p);
  const bool keep = truth(p[1]);
  std::vector<Value> lines;
  std::size_t from = 0;
  for (std::size_t at = 0; at < self.size();) {
    const std::size_t end = at;
    const char32_t c = decode(self, at);
    if (!ends_line(c)) continue;
    if (c == '\r' && at < self.size() && self[at] == '\n') ++at;
    lines.push_back(text(View(self).substr(from, (keep ? at : end) - from)));
    from = at;
  }
  if (from < self.size()) lines.push_back(text(View(self).substr(from)));
  return list(std::move(lines));
}

Value join(const Value* p) {
  const std::string& separator = own(p);
  std::vector<Value> kept;
  const std::vector<Value>* items = items_of(p[1]);
  if (!items) {
    if (!type_of(p[1])->slots.iterate && type_of(p[1])->lookup(intern("__getitem__")).is_undefined()) fail("TypeError", "can only join an iterable");
    kept = to_vector(p[1]);
    items = &kept;
  }
  std::size_t size = 0;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string* item = text_of((*items)[i]);
    if (!item) fail("TypeError", "sequence item ", i, ": expected str instance, ", type_name((*items)[i]), " found");
    size += item->size() + separator.size();
  }
  std::string out;
  out.reserve(size);
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (i) out += separator;
    out += *text_of((*items)[i]);
  }
  return string(std::move(out));
}

Value partition_at(const Value* p, bool backward) {
  const View self = own(p);
  const std::string& separator = text_argument(p[1]);
  if (separator.empty()) fail("ValueError", "empty separator");
  const std::size_t hit = backward ? self.rfind(separator) : self.find(separator);
  if (hit == View::npos) return backward ? tuple({string(""), string(""), p[0]}) : tuple({p[0], string(""), string("")});
  return tuple({text(self.substr(0, hit)), p[1], text(self.substr(hit + separator.size()))});
}
Value partition(const Value* p) { return partition_at(p, false); }
Value rpartition(const Value* p) { return partition_at(p, true); }

// ---------------------------------------------------------------------------------------------- stripping and padding

Value strip_at(const Value* p, const char* name, bool left, bool right) {
  View self = own(p);
  std::u32string taken;
  if (given(p[1])) {
    const std::string* characters = text_of(p[1]);
    if (!characters) fail("TypeError", name, " arg must be None or str");
    for (std::size_t at = 0; at < characters->size();) taken += decode(*characters, at);
  }
  const auto goes = [&](char32_t c) { return given(p[1]) ? taken.find(c) != std::u32string::npos : is_space(c); };
  std::size_t from = 0;
  if (left)
    for (std::size_t at = 0; at < self.size() && goes(decode(self, at));) from = at;
  self.remove_prefix(from);
  while (right && !self.empty()) {
    std::size_t last = self.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(self[last]) & 0xC0) == 0x80) --last;
    std::size_t at = last;
    if (!goes(decode(self, at))) break;
    self = self.substr(0, last);
  }
  return text(self);
}
Value strip(const Value* p) { return strip_at(p, "strip", true, true); }
Value lstrip(const Value* p) { return strip_at(p, "lstrip", true, false); }
Value rstrip(const Value* p) { return strip_at(p, "rstrip", false, true); }

/// The text with `left` and `right` copies of the fill character around it.
Value padded(const Value* p, std::int64_t left, std::int64_t right) {
  const std::string* fill = text_of(p[2]);
  if (!fill) fail("TypeError", "The fill character must be a unicode character, not ", type_name(p[2]));
  if (count_code_points(*fill) != 1) fail("TypeError", "The fill character must be exactly one character long");
  std::string out;
  for (std::int64_t i = 0; i < left; ++i) out += *fill;
  out += own(p);
  for (std::int64_t i = 0; i < right; ++i) out += *fill;
  return string(std::move(out));
}
std::int64_t missing(const Value* p) { return std::max<std::int64_t>(to_index(p[1]) - self_as<Str>(p[0]).length(), 0); }
Value ljust(const Value* p) { return padded(p, 0, missing(p)); }
Value rjust(const Value* p) { return padded(p, missing(p), 0); }
Value center(const Value* p) {
  const std::int64_t all = missing(p);
  const std::int64_t left = all / 2 + (all & to_index(p[1]) & 1);
  return padded(p, left, all - left);
}

Value zfill(const Value* p) {
  const std::string& self = own(p);
  const std::size_t sign = !self.empty() && (self[0] == '+' || self[0] == '-');
  return string(cat(View(self).substr(0, sign), std::string(static_cast<std::size_t>(missing(p)), '0'), View(self).substr(sign)));
}

Value expandtabs(const Value* p) {
  const std::int64_t size = to_index(p[1]);
  std::string out;
  std::int64_t column = 0;
  for (const char c : own(p)) {
    if (c == '\t') {
      const std::int64_t spaces = size > 0 ? size - column % size : 0;
      out.append(static_cast<std::size_t>(spaces), ' ');
      column += spaces;
      continue;
    }
    out += c;
    if (c == '\n' || c == '\r') column = 0;
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;
  }
  return string(std::move(out));
}

// -------------------------------------------------------------------------------------------------------------- rest

Value encode(const Value* p) {
  std::string name;
  for (const char c : text_argument(p[1], "encode() argument 'encoding'")) name += static_cast<char>(c == '_' ? '-' : c | 0x20);
  if (name == "utf-8" || name == "utf8") return make_bytes(own(p));
  if (name != "ascii" && name != "latin-1" && name != "latin1") fail("LookupError", "unknown encoding: ", *text_of(p[1]));
  const char32_t limit = name == "ascii" ? 128 : 256;
  const std::string& self = own(p);
  std::string bytes;
  for (std::size_t at = 0, n = 0; at < self.size(); ++n) {
    const char32_t c = decode(self, at);
    if (c >= limit && text_of(p[2]) && *text_of(p[2]) != "strict") return call(get_attribute(import_module("_bytes"), intern("encode")), {p[0], p[1], p[2]});
    if (c >= limit)
      raise("UnicodeEncodeError", {string(limit == 128 ? "ascii" : "latin-1"), p[0], integer(static_cast<std::int64_t>(n)), integer(static_cast<std::int64_t>(n + 1)),
                                   string(cat("ordinal not in range(", static_cast<unsigned>(limit), ")"))});
    bytes += static_cast<char>(c);
  }
  return make_bytes(std::move(bytes));
}

/// str.maketrans(x, y="", z="") and str.translate(table): tables are dicts from code points to code points, texts or None.
Value maketrans(const Value* p) {
  auto table = make<Dict>();
  if (p[1].is_undefined()) {
    const Dict* given_table = as<Dict>(p[0]);
    if (!given_table) fail("TypeError", "if you give only one argument to maketrans it must be a dict");
    for (const Dict::Entry& entry : given_table->entries) {
      if (entry.key.is_undefined()) continue;
      const std::string* key = text_of(entry.key);
      std::size_t at = 0;
      table->set(key ? integer(decode(*key, at)) : entry.key, entry.value);
    }
    return table;
  }
  const std::string& from = text_argument(p[0], "maketrans() argument 1");
  const std::string& to = text_argument(p[1], "maketrans() argument 2");
  if (count_code_points(from) != count_code_points(to))
    fail("ValueError", "the first two maketrans arguments must have equal length");
  for (std::size_t i = 0, j = 0; i < from.size();) {
    const char32_t key = decode(from, i);
    table->set(integer(key), integer(decode(to, j)));
  }
  if (!p[2].is_undefined()) {
    const std::string& dropped = text_argument(p[2], "maketrans() argument 3");
    for (std::size_t i = 0; i < dropped.size();) table->set(integer(decode(dropped, i)), Value::none());
  }
  return table;
}

Value translate(const Value* p) {
  Dict* table = as<Dict>(p[1]);
  if (!table) fail("TypeError", "'", type_name(p[1]), "' object is not subscriptable");
  const std::string& self = own(p);
  std::string out;
  for (std::size_t at = 0; at < self.size();) {
    const char32_t c = decode(self, at);
    const Value* to = table->find(integer(c));
    if (!to) append_utf8(out, c);
    else if (const std::string* fresh = text_of(*to)) out += *fresh;
    else if (!to->is_none()) append_utf8(out, static_cast<char32_t>(to_index(*to)));
  }
  return string(std::move(out));
}

Value format(Args args) {
  if (!args.positional) fail("TypeError", "unbound method str.format() needs an argument");
  return string(str_format(self_as<Str>(args[0]).text, args.rest(), Value()));
}
Value format_map(const Value* p) { return string(str_format(own(p), Args{}, p[1])); }

constexpr Method kMethods[] = {
    {"find(self, sub, start=None, end=None, /)", find},
    {"rfind(self, sub, start=None, end=None, /)", rfind},
    {"index(self, sub, start=None, end=None, /)", index},
    {"rindex(self, sub, start=None, end=None, /)", rindex},
    {"count(self, sub, start=None, end=None, /)", count},
    {"startswith(self, prefix, start=None, end=None, /)", startswith},
    {"endswith(self, suffix, start=None, end=None, /)", endswith},
    {"removeprefix(self, prefix, /)", removeprefix},
    {"removesuffix(self, suffix, /)", removesuffix},
    {"replace(self, old, new, count=-1, /)", replace},
    {"split(self, sep=None, maxsplit=-1)", split},
    {"rsplit(self, sep=None, maxsplit=-1)", rsplit},
    {"splitlines(self, keepends=False)", splitlines},
    {"join(self, iterable, /)", join},
    {"partition(self, sep, /)", partition},
    {"rpartition(self, sep, /)", rpartition},
    {"strip(self, chars=None, /)", strip},
    {"lstrip(self, chars=None, /)", lstrip},
    {"rstrip(self, chars=None, /)", rstrip},
    {"ljust(self, width, fillchar=' ', /)", ljust},
    {"rjust(self, width, fillchar=' ', /)", rjust},
    {"center(self, width, fillchar=' ', /)", center},
    {"zfill(self, width, /)", zfill},
    {"expandtabs(self, tabsize=8)", expandtabs},
    {"encode(self, encoding='utf-8', errors='strict')", encode},
    {"translate(self, table, /)", translate},
    {"format_map(self, mapping, /)", format_map},
};
constexpr RawMethod kRawMethods[] = {{"format", format}};

}  // namespace

void add_str_methods() {
  add_methods(Str::class_type(), kMethods);
  add_methods(Str::class_type(), kRawMethods);
  add_str_case_methods();
  add_static(Str::class_type(), "maketrans(x, y=..., z=..., /)", maketrans);
}

}  // namespace nabla
