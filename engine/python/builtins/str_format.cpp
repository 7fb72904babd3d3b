// str.format: "{0.name[key]!r:>{width}}". Fields are automatic, numbered or named; specs may hold fields themselves.
#include "python/builtins/support.h"
#include "python/builtins/unicode.h"

namespace nabla {
namespace {

class Formatter {
 public:
  Formatter(Args args, const Value& mapping) : args_(args), mapping_(mapping) {}

  std::string expand(std::string_view format, int depth = 2) {
    if (depth == 0) fail("ValueError", "Max string recursion exceeded");
    std::string out;
    for (std::size_t at = 0; at < format.size();) {
      const char c = format[at];
      if (c != '{' && c != '}') {
        const std::size_t next = std::min(format.find_first_of("{}", at), format.size());
        out += format.substr(at, next - at);
        at = next;
      } else if (at + 1 < format.size() && format[at + 1] == c) {
        out += c;
        at += 2;
      } else if (c == '}') {
        fail("ValueError", "Single '}' encountered in format string");
      } else {
        const std::size_t end = end_of_field(format, at + 1);
        out += field(format.substr(at + 1, end - at - 1), depth);
        at = end + 1;
      }
    }
    return out;
  }

 private:
  /// The position of the '}' that closes the field which begins at `from`.
  static std::size_t end_of_field(std::string_view format, std::size_t from) {
    if (from >= format.size()) fail("ValueError", "Single '{' encountered in format string");
    int depth = 1;
    bool bracket = false;
    for (std::size_t at = from; at < format.size(); ++at) {
      const char c = format[at];
      if (c == '[') bracket = true;
      if (c == ']') bracket = false;
      if (bracket) continue;
      depth += (c == '{') - (c == '}');
      if (depth == 0) return at;
    }
    fail("ValueError", "expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    std::size_t end = 0;
    for (bool bracket = false; end < text.size() && (bracket || (text[end] != ':' && text[end] != '!')); ++end) {
      if (text[end] == '[') bracket = true;
      if (text[end] == ']') bracket = false;
      if (text[end] == '{' && !bracket) fail("ValueError", "unexpected '{' in field name");
    }
    Value value = look_up(text.substr(0, end));
    if (end < text.size() && text[end] == '!') {
      if (end + 1 >= text.size()) fail("ValueError", "unmatched '{' in format spec");
      const char conversion = text[end + 1];
      if (end + 2 < text.size() && text[end + 2] != ':') fail("ValueError", "expected ':' after conversion specifier");
      if (conversion == 'r' || conversion == 'a') value = string(repr(value));
      else if (conversion == 's') value = string(str(value));
      else fail("ValueError", "Unknown conversion specifier ", conversion);
      end += 2;
    }
    const std::string_view spec = end < text.size() ? text.substr(end + 1) : std::string_view();
    if (spec.find_first_of("{}") == std::string_view::npos) return format(value, spec);
    return format(value, expand(spec, depth - 1));
  }

  /// "0.name[key]": the argument, then attributes and items of it.
  Value look_up(std::string_view path) {
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    Value value = argument(path.substr(0, end));
    for (std::size_t at = end; at < path.size();) {
      if (path[at] == '.') {
        const std::size_t next = std::min(path.find_first_of(".[", at + 1), path.size());
        if (next == at + 1) fail("ValueError", "Empty attribute in format string");
        value = get_attribute(value, intern(path.substr(at + 1, next - at - 1)));
        at = next;
      } else if (path[at] == '[') {
        const std::size_t close = path.find(']', at);
        if (close == std::string_view::npos) fail("ValueError", "Missing ']' in format string");
        const std::string_view key = path.substr(at + 1, close - at - 1);
        if (key.empty()) fail("ValueError", "Empty attribute in format string");
        value = get_item(value, is_number(key) ? integer(number(key)) : string(std::string(key)));
        at = close + 1;
      } else {
        fail("ValueError", "Only '.' or '[' may follow ']' in format field specifier");
      }
    }
    return value;
  }

  Value argument(std::string_view name) {
    if (!name.empty() && !is_number(name)) {
      if (!mapping_.is_undefined()) return get_item(mapping_, string(std::string(name)));
      Value value = keyword(args_, name);
      if (value.is_undefined()) raise("KeyError", {string(std::string(name))});
      return value;
    }
    const bool automatic = name.empty();
    if (automatic && numbered_ == Numbered::by_hand)
      fail("ValueError", "cannot switch from manual field specification to automatic field numbering");
    if (!automatic && numbered_ == Numbered::automatic)
      fail("ValueError", "cannot switch from automatic field numbering to manual field specification");
    numbered_ = automatic ? Numbered::automatic : Numbered::by_hand;
    if (!mapping_.is_undefined()) fail("ValueError", "Format string contains positional fields");
    const std::int64_t index = automatic ? next_++ : number(name);
    if (index >= args_.positional) fail("IndexError", "Replacement index ", index, " out of range for positional args tuple");
    return args_[static_cast<std::uint32_t>(index)];
  }

  static bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }
  static std::int64_t number(std::string_view text) {
    Value value;
    if (text.size() > 18 || !parse_int(text, 10, value)) fail("ValueError", "Too many decimal digits in format string");
    return int_of(value);
  }

  enum class Numbered { unknown, automatic, by_hand };
  Args args_;
  const Value& mapping_;
  Numbered numbered_ = Numbered::unknown;
  std::int64_t next_ = 0;
};

}  // namespace

std::string str_format(std::string_view format, Args args, const Value& mapping) {
  return Formatter(args, mapping).expand(format);
}

}  // namespace nabla
