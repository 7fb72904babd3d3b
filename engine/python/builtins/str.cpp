// The type str: slots, construction, indexing by code point, repr. Its methods are in str_methods.cpp.
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

namespace nabla {
namespace {

const std::string& text(const Value& value) { return static_cast<Str*>(value.as_object())->text; }

Value repeat(const std::string& unit, std::int64_t times) {
  if (static_cast<double>(unit.size()) * static_cast<double>(times) > 1e9) fail("MemoryError", "");
  std::string out;
  out.reserve(unit.size() * static_cast<std::size_t>(times));
  for (std::int64_t i = 0; i < times; ++i) out += unit;
  return string(std::move(out));
}

Value str_binary(Binary op, const Value& a, const Value& b, bool) {
  const std::string* left = text_of(a);
  const std::string* right = text_of(b);
  if (op == Binary::add && left) {
    if (right) return string(*left + *right);
    Value result = ask_other(op, a, b);
    if (!result.is_undefined()) return result;
    fail("TypeError", "can only concatenate str (not \"", type_name(b), "\") to str");
  }
  if (op == Binary::mul) {
    const Value& other = left ? b : a;
    if (left) {
      Value result = is_int(other) ? Value() : ask_other(op, a, b);
      if (!result.is_undefined()) return result;
    }
    return repeat(left ? *left : *right, repeat_count(other));
  }
  if (op == Binary::mod && left) return string(percent_format(*left, b));
  return Value::not_implemented();
}

Value str_compare(Compare op, const Value& a, const Value& b) {
  const std::string* left = text_of(a);
  const std::string* right = text_of(b);
  if (!left || !right) return Value::not_implemented();
  return ordering(op, left->compare(*right));  // UTF-8 sorts as its code points do
}

Value slice_text(const Str& self, const Slice& slice) {
  const Span span = span_of(slice, self.length());
  const std::string& all = self.text;
  if (self.is_ascii()) {
    if (span.step == 1) return string(all.substr(static_cast<std::size_t>(span.start), static_cast<std::size_t>(span.count)));
    std::string out;
    for (std::int64_t i = 0; i < span.count; ++i) out += all[static_cast<std::size_t>(span.start + i * span.step)];
    return string(std::move(out));
  }
  std::vector<std::size_t> offsets;  // of each code point, and the end
  for (std::size_t at = 0; at < all.size(); decode(all, at)) offsets.push_back(at);
  offsets.push_back(all.size());
  std::string out;
  for (std::int64_t i = 0; i < span.count; ++i) {
    const auto n = static_cast<std::size_t>(span.start + i * span.step);
    out.append(all, offsets[n], offsets[n + 1] - offsets[n]);
  }
  return string(std::move(out));
}

/// A str of one code point; those of ASCII are made once.
Value character(std::string_view bytes) {
  static Str* made[128];
  if (bytes.size() != 1) return string(std::string(bytes));
  Str*& one = made[static_cast<unsigned char>(bytes[0]) & 127];
  if (!one) one = intern(bytes);
  return Value::object(one);
}

Value str_get_item(const Value& self, const Value& key) {
  const Str& str = slot_self<Str>(self);
  if (const Slice* slice = as<Slice>(key)) return slice_text(str, *slice);
  if (!is_int(key) && type_of(key)->lookup(intern("__index__")).is_undefined())
    fail("TypeError", "string indices must be integers, not '", type_name(key), "'");
  const std::size_t n = position(to_index(key), static_cast<std::size_t>(str.length()), "string index");
  if (str.is_ascii()) return character(std::string_view(str.text).substr(n, 1));
  const std::size_t from = offset_of(str.text, static_cast<std::int64_t>(n));
  std::size_t to = from;
  decode(str.text, to);
  return character(std::string_view(str.text).substr(from, to - from));
}

struct StrIterator final : Object {
  Ref<Str> str;
  std::size_t at = 0;
  explicit StrIterator(Ref<Str> str) : Object(class_type()), str(std::move(str)) {}
  static Type* class_type() {
    static Type* const type = make_type("str_iterator", [](Type& t) {
      t.slots.iterate = [](const Value& self) { return self; };
      t.slots.next = [](const Value& self) {
        auto& it = slot_self<StrIterator>(self);
        const std::string& all = it.str->text;
        if (it.at >= all.size()) return Value();
        const std::size_t from = it.at;
        decode(all, it.at);
        return character(std::string_view(all).substr(from, it.at - from));
      };
    });
    return type;
  }
};

Value construct_str(Type* cls, Args args) {
  if (args.positional == 1 && !args.keywords && cls == Str::class_type()) return type_of(args[0]) == cls ? args[0] : string(str(args[0]));
  only_keywords("str", args, {"object", "encoding", "errors"});
  if (args.positional > 3) fail("TypeError", "str() takes at most 3 arguments (", args.positional, " given)");
  Value object = args.positional ? args[0] : keyword(args, "object");
  if (args.positional > 1) {
    if (!text_of(args[1])) fail("TypeError", "str() argument 'encoding' must be str, not ", type_name(args[1]));
    return call_special(object, "decode", {args[1]});
  }
  return of_class(make<Str>(object.is_undefined() ? std::string() : str(object)), cls);
}

bool str_contains(const Value& self, const Value& item) {
  const std::string* part = text_of(item);
  if (!part) fail("TypeError", "'in <string>' requires string as left operand, not ", type_name(item));
  return text(self).find(*part) != std::string::npos;
}

}  // namespace

std::string escaped(char32_t c) {
  const std::string digits = in_base(c, 16);
  const std::size_t size = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
  return cat(size == 2 ? "\\x" : size == 4 ? "\\u" : "\\U", std::string(size - digits.size(), '0'), digits);
}

std::string quoted(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos, twice = text.find('"') != std::string_view::npos;
  const char quote = single && !twice ? '"' : '\'';
  std::string out(1, quote);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = decode(text, at);
    if (c == static_cast<char32_t>(quote) || c == '\\') {
      out.append("\\").append(1, static_cast<char>(c));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (is_printable(c)) {
      out.append(text.substr(from, at - from));
    } else {
      out += escaped(c);
    }
  }
  return out += quote;
}

void fill_str(Type& type) {
  type.construct = construct_str;
  type.slots.binary = str_binary;
  type.slots.compare = str_compare;
  type.slots.get_item = str_get_item;
  type.slots.contains = str_contains;
  type.slots.length = [](const Value& self) { return slot_self<Str>(self).length(); };
  type.slots.truth = [](const Value& self) { return !text(self).empty(); };
  type.slots.hash = [](const Value& self) {
    hashed_at_random = true;
    return slot_self<Str>(self).hash();
  };
  type.slots.iterate = [](const Value& self) -> Value {
    return make<StrIterator>(Ref<Str>(&slot_self<Str>(self)));
  };
  type.slots.repr = [](const Value& self) { return quoted(text(self)); };
  type.slots.str = [](const Value& self) { return text(self); };
  type.slots.format = [](const Value& self, std::string_view spec) { return format_str(text(self), spec); };
}

}  // namespace nabla
