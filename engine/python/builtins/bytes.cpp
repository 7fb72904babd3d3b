// The type bytes, as far as programs meet it: literals, indexing, joining, decoding. Immutable.
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"
#include "python/function.h"
#include "python/machine.h"

namespace nabla {
namespace {

struct Bytes final : Object {
  const std::string bytes;
  explicit Bytes(std::string bytes) : Object(bytes_type()), bytes(std::move(bytes)) {}
  ~Bytes() override {
    if (type && type->is_heap) leave_class(*this);
  }
  static Type* class_type() { return bytes_type(); }
};

}  // namespace

const std::string* bytes_of(const Value& value) noexcept {
  const Bytes* object = as<Bytes>(value);
  return object ? &object->bytes : nullptr;
}

namespace {

/// A function of lib/_bytes.py.
Value rare(std::string_view name, Args args) { return call(get_attribute(import_module("_bytes"), intern(name)), args); }
Value rare_method(const void* data, Args args) { return rare(static_cast<const char*>(data), args); }
constexpr const char* kRareMethods[] = {"hex", "translate", "expandtabs"};

const std::string& own(const Value& value) { return self_as<Bytes>(value).bytes; }
Value construct_plain(Args args) {
  only_keywords("bytes", args, {"encoding"});
  check_count("bytes", args, 0, 2);
  if (!args.positional) return make_bytes("");
  const Value encoding = args.positional == 2 ? args[1] : keyword(args, "encoding");
  if (text_of(args[0])) {
    if (encoding.is_undefined()) fail("TypeError", "string argument without an encoding");
    return call_special(args[0], "encode", {encoding});
  }
  if (bytes_of(args[0])) return type_of(args[0]) == bytes_type() ? args[0] : make_bytes(*bytes_of(args[0]));
  if (Value own = call_special(args[0], "__bytes__"); !own.is_undefined()) return own;
  if (is_int(args[0]) || (!type_of(args[0])->slots.iterate && type_of(args[0])->find(intern("__index__")))) {
    const std::int64_t size = to_index(args[0]);
    if (size < 0) fail("ValueError", "negative count");
    return make_bytes(std::string(static_cast<std::size_t>(size), '\0'));
  }
  std::string bytes;
  Walk walk(args[0]);
  for (Value item; walk.next(item);) {
    const std::int64_t byte = to_index(item);
    if (byte < 0 || byte > 255) fail("ValueError", "bytes must be in range(0, 256)");
    bytes += static_cast<char>(byte);
  }
  return make_bytes(std::move(bytes));
}

Value construct_bytes(Type* cls, Args args) {
  const Value made = construct_plain(args);
  return cls == bytes_type() ? made : Value(of_class(make<Bytes>(*bytes_of(made)), cls));
}

Value bytes_binary(Binary op, const Value& a, const Value& b, bool) {
  const std::string *left = bytes_of(a), *right = bytes_of(b);
  if (op == Binary::mod && left) {
    const Value both[] = {a, b};
    return rare("percent", Args{both, 2, nullptr});
  }
  if (op == Binary::add && left) {
    if (!right && type_of(b)->find(intern("__radd__"))) return Value::not_implemented();
    if (!right) fail("TypeError", "can't concat ", type_name(b), " to bytes");
    return make_bytes(*left + *right);
  }
  if (op == Binary::mul) {
    std::string out;
    for (std::int64_t i = repeat_count(left ? b : a); i > 0; --i) out += left ? *left : *right;
    return make_bytes(std::move(out));
  }
  return Value::not_implemented();
}

Value bytes_compare(Compare op, const Value& a, const Value& b) {
  const std::string *left = bytes_of(a), *right = bytes_of(b);
  if (!left || !right) return Value::not_implemented();
  return ordering(op, left->compare(*right));
}

Value byte(char c) { return integer(static_cast<unsigned char>(c)); }

Value bytes_get_item(const Value& self, const Value& key) {
  const std::string& bytes = own(self);
  if (const Slice* slice = as<Slice>(key)) {
    const Span span = span_of(*slice, static_cast<std::int64_t>(bytes.size()));
    std::string out;
    for (std::int64_t i = 0; i < span.count; ++i) out += bytes[static_cast<std::size_t>(span.start + i * span.step)];
    return make_bytes(std::move(out));
  }
  return byte(bytes[position(sequence_index(key, "byte"), bytes.size(), "index")]);
}

std::string bytes_repr(const Value& self) {
  const std::string& bytes = own(self);
  const char quote = bytes.find('\'') != std::string::npos && bytes.find('"') == std::string::npos ? '"' : '\'';
  std::string out = cat("b", quote);
  for (const char c : bytes) {
    if (c == quote || c == '\\') out.append("\\").append(1, c);
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (c >= 0x20 && c < 0x7F) out += c;
    else out += escaped(static_cast<unsigned char>(c));
  }
  return out += quote;
}

bool bytes_contains(const Value& self, const Value& item) {
  if (const std::string* part = bytes_of(item)) return own(self).find(*part) != std::string::npos;
  if (!is_int(item)) fail("TypeError", "a bytes-like object is required, not '", type_name(item), "'");
  return own(self).find(static_cast<char>(int_of(item))) != std::string::npos;
}

Value bytes_iterate(const Value& self) {
  std::vector<Value> items;
  for (const char c : own(self)) items.push_back(byte(c));
  return iterate(list(std::move(items)));
}

/// The length of the UTF-8 sequence that begins at `at`, or 0 when it is broken.
std::size_t sequence_length(const std::string& bytes, std::size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF5 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (at + size > bytes.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((static_cast<unsigned char>(bytes[at + i]) & 0xC0) != 0x80) return 0;
  return size;
}

Value decode_method(const Value* p) {
  const std::string& bytes = own(p[0]);
  const std::string *encoding = text_of(p[1]), *errors = text_of(p[2]);
  if (!encoding || !errors) fail("TypeError", "decode() argument '", encoding ? "errors" : "encoding", "' must be str, not ", type_name(encoding ? p[2] : p[1]));
  if (*errors != "strict" || (*encoding != "utf-8" && *encoding != "utf8" && *encoding != "UTF-8")) return rare("decode", Args{p, 3, nullptr});
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = sequence_length(bytes, at);
    if (!size) {
      const bool starts = static_cast<unsigned char>(bytes[at]) >= 0xC2 && static_cast<unsigned char>(bytes[at]) < 0xF5;
      std::size_t end = at + 1;  // a sequence that is broken or cut off, as far as it goes
      while (starts && end < bytes.size() && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80) ++end;
      raise("UnicodeDecodeError", {string("utf-8"), p[0], integer(static_cast<std::int64_t>(at)), integer(static_cast<std::int64_t>(end)),
                                   string(!starts ? "invalid start byte" : end == bytes.size() ? "unexpected end of data" : "invalid continuation byte")});
    }
    at += size;
  }
  return string(bytes);
}

// Note [Bytes as text]
// Most methods of bytes do what those of str do. They are asked there: ASCII stands for itself, and the bytes above it become characters of
// no meaning (U+F780 and up), which no method takes for a letter or a blank.
constexpr std::uint32_t kByteCharacters = 0xF700;

Value as_text(const Value& value) {
  const std::string* bytes = bytes_of(value);
  if (bytes) {
    std::string out;
    for (const char c : *bytes) {
      const auto code = static_cast<unsigned char>(c);
      if (code < 0x80) out += c;
      else out.append({static_cast<char>(0xEF), static_cast<char>(0x80 | ((kByteCharacters + code) >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))});
    }
    return string(std::move(out));
  }
  if (text_of(value)) fail("TypeError", "a bytes-like object is required, not 'str'");
  const Tuple* many = as<Tuple>(value);
  const List* list_of = as<List>(value);
  if (!many && !list_of) return value;
  std::vector<Value> items;
  for (const Value& item : many ? many->items : list_of->items) items.push_back(as_text(item));
  return many ? tuple(std::move(items)) : list(std::move(items));
}

Value as_bytes(const Value& value) {
  if (const std::string* text = text_of(value)) {
    std::string out;
    for (std::size_t i = 0; i < text->size(); ++i) {
      const auto lead = static_cast<unsigned char>((*text)[i]);
      if (lead < 0x80) {
        out += (*text)[i];
      } else {
        out += static_cast<char>((static_cast<unsigned char>((*text)[i + 1]) & 3) << 6 | (static_cast<unsigned char>((*text)[i + 2]) & 0x3F));
        i += 2;
      }
    }
    return make_bytes(std::move(out));
  }
  const Tuple* many = as<Tuple>(value);
  const List* list_of = as<List>(value);
  if (!many && !list_of) return value;
  std::vector<Value> items;
  for (const Value& item : many ? many->items : list_of->items) items.push_back(as_bytes(item));
  return many ? tuple(std::move(items)) : list(std::move(items));
}

/// The method of str with the name at `data`.
Value text_method(const void* data, Args args) {
  std::vector<Value> values;
  for (std::uint32_t i = 0; i < args.positional + args.keyword_count(); ++i) values.push_back(as_text(args.values[i]));
  const Value method = get_attribute(Value::object(Str::class_type()), intern(static_cast<const char*>(data)));
  return as_bytes(call(method, Args{values.data(), args.positional, args.keywords}));
}
constexpr const char* kTextMethods[] = {"capitalize", "center", "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace", "istitle", "isupper", "join",
                                        "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split",
                                        "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill"};

constexpr Method kMethods[] = {
    {"decode(self, encoding='utf-8', errors='strict')", decode_method},
};

void fill_bytes(Type& type) {
  type.construct = construct_bytes;
  type.slots.binary = bytes_binary;
  type.slots.compare = bytes_compare;
  type.slots.get_item = bytes_get_item;
  type.slots.contains = bytes_contains;
  type.slots.length = [](const Value& self) { return static_cast<std::int64_t>(own(self).size()); };
  type.slots.truth = [](const Value& self) { return !own(self).empty(); };
  type.slots.hash = [](const Value& self) {
    hashed_at_random = true;
    return Str(own(self)).hash();
  };
  type.slots.iterate = bytes_iterate;
  type.slots.repr = bytes_repr;
}

}  // namespace

Type* bytes_type() {
  static Type* const type = [] {
    Type* made = make_type("bytes", fill_bytes);
    add_methods(made, kMethods);
    for (const char* name : kRareMethods) made->attributes->set(intern(name), native_closure(name, rare_method, name, made));
    add_class_method(made, "fromhex", [](Args args) { return rare("fromhex", args); });
    add_static(made, "maketrans(frm, to, /)", [](const Value* p) { return rare("maketrans", Args{p, 2, nullptr}); });
    for (const char* name : kTextMethods) made->attributes->set(intern(name), native_closure(name, text_method, name, made));
    return made;
  }();
  return type;
}

Value make_bytes(std::string bytes) { return make<Bytes>(std::move(bytes)); }

}  // namespace nabla
