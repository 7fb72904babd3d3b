// Literals: numbers, strings with their escapes, f-strings with their holes, and strings side by side.
#include <charconv>
#include <cstdlib>

#include "python/builtins/support.h"
#include "python/syntax_tree.h"

namespace nabla {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/// \N{name}: the letters of formulas. Python knows a name for every character; here are those that teaching code writes. 0 = unknown.
std::uint32_t character_named(std::string_view name) {
  static constexpr std::string_view kGreek[] = {"ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON", "ZETA", "ETA", "THETA", "IOTA", "KAPPA", "LAMDA", "MU", "NU",
                                                "XI", "OMICRON", "PI", "RHO", "FINAL SIGMA", "SIGMA", "TAU", "UPSILON", "PHI", "CHI", "PSI", "OMEGA"};
  struct Other {
    std::string_view name;
    std::uint32_t code;
  };
  static constexpr Other kOthers[] = {{"NABLA", 0x2207}, {"PARTIAL DIFFERENTIAL", 0x2202}, {"N-ARY SUMMATION", 0x2211}, {"INFINITY", 0x221E}, {"SQUARE ROOT", 0x221A},
                                      {"DEGREE SIGN", 0xB0}, {"MICRO SIGN", 0xB5}, {"PLUS-MINUS SIGN", 0xB1}, {"MULTIPLICATION SIGN", 0xD7}, {"RIGHTWARDS ARROW", 0x2192},
                                      {"BULLET", 0x2022}, {"CHECK MARK", 0x2713}, {"EN DASH", 0x2013}, {"EM DASH", 0x2014}, {"EURO SIGN", 0x20AC}, {"SUPERSCRIPT TWO", 0xB2}};
  for (const Other& other : kOthers) {
    if (other.name == name) return other.code;
  }
  const bool small = name.starts_with("GREEK SMALL LETTER "), capital = name.starts_with("GREEK CAPITAL LETTER ");
  if (!small && !capital) return 0;
  name.remove_prefix(small ? 19 : 21);
  for (std::uint32_t i = 0; i < std::size(kGreek); ++i) {
    if (kGreek[i] == name) return (small ? 0x3B1 : 0x391) + i;
  }
  return 0;
}

/// CPython points behind a literal that it cannot read.
Place behind(const Place& place) { return {place.end_line, place.end_column, 0, 0}; }

/// The text that a literal stands for. `bytes`: \x makes a byte, not a code point, and \u is nothing special.
std::string unescape(std::string_view text, bool bytes, const Place& place) {
  std::string out;
  out.reserve(text.size());
  std::size_t escape = 0;  // where the one being read begins
  const auto number = [&](std::size_t& i, int base, std::size_t most, std::size_t least, const char* shape) {
    std::uint32_t value = 0;
    std::size_t count = 0;
    while (count < most && i < text.size() && digit_of(text[i]) < base) value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_of(text[i++])), ++count;
    if (count < least) {
      throw SyntaxProblem{"SyntaxError", bytes ? std::string("(value error) invalid \\x escape at position 0")
                                               : cat("(unicode error) 'unicodeescape' codec can't decode bytes in position ", escape, "-", i - 1, ": truncated ", shape, " escape"),
                          behind(place)};
    }
    return value;
  };
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i++];
    if (c == '\r') {  // line ends are \n
      if (i < text.size() && text[i] == '\n') ++i;
      out += '\n';
      continue;
    }
    if (c != '\\' || i == text.size()) {
      out += c;
      continue;
    }
    escape = i - 1;
    const char e = text[i++];
    switch (e) {
      case '\n': break;
      case '\r':
        if (i < text.size() && text[i] == '\n') ++i;
        break;
      case '\\': case '\'': case '"': out += e; break;
      case 'a': out += '\a'; break;
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case 'v': out += '\v'; break;
      case 'x': {
        const std::uint32_t value = number(i, 16, 2, 2, "\\xXX");
        if (bytes) {
          out += static_cast<char>(value);
        } else {
          append_utf8(out, value);
        }
        break;
      }
      case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': {
        --i;
        const std::uint32_t value = number(i, 8, 3, 1, "\\ooo");
        if (bytes) {
          out += static_cast<char>(value);
        } else {
          append_utf8(out, value);
        }
        break;
      }
      case 'N': {
        const std::size_t end = !bytes && i < text.size() && text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        const std::uint32_t code = end == std::string_view::npos ? 0 : character_named(text.substr(i + 1, end - i - 1));
        if (code) {
          append_utf8(out, code);
          i = end + 1;
          break;
        }
        if (!bytes) {
          const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(i + 1, end - i - 1);
          if (!name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- ") == std::string_view::npos) {  // may well be one of Python's
            throw SyntaxProblem{"SyntaxError", cat("'\\N{", name, "}' is not part of nabla yet"), place};
          }
          const std::size_t last = end == std::string_view::npos ? i - 1 : end;
          const char* words = end == std::string_view::npos ? "malformed \\N character escape" : "unknown Unicode character name";
          throw SyntaxProblem{"SyntaxError", cat("(unicode error) 'unicodeescape' codec can't decode bytes in position ", escape, "-", last, ": ", words), behind(place)};
        }
        out += "\\N";
        break;
      }
      case 'u':
      case 'U':
        if (!bytes) {
          append_utf8(out, number(i, 16, e == 'u' ? 4 : 8, e == 'u' ? 4 : 8, e == 'u' ? "\\uXXXX" : "\\UXXXXXXXX"));
          break;
        }
        [[fallthrough]];
      default:
        out += '\\';
        out += e;
    }
  }
  return out;
}

bool has_letter(std::string_view prefix, char letter) {
  for (const char c : prefix) {
    if ((c | 0x20) == letter) return true;
  }
  return false;
}

}  // namespace

namespace {
constexpr std::int64_t kMostLiteralDigits = 4300;  // CPython's limit at compile time
}

Node* Converter::number(TSNode node) {
  Node* made = tree_.add(Kind::constant, place_of_node(node));
  std::string digits;
  for (const char c : text(node)) {
    if (c != '_') digits += c;
  }
  if ((digits.back() | 0x20) == 'j') {  // a call that makes it
    static const Value maker = native("complex(imag, /)", [](const Value* p) { return complex_number(0, p[0].as_float()); });
    Node* call = tree_.add(Kind::call, made->place);
    call->a = tree_.add(Kind::constant, made->place);
    call->a->value = maker;
    made->value = Value::number(std::strtod(digits.c_str(), nullptr));
    call->items = {made};
    return call;
  }
  if (type_of_node(node) == T::float_) {
    made->value = Value::number(std::strtod(digits.c_str(), nullptr));
    return made;
  }
  int base = 10;
  std::string_view rest = digits;
  if (rest.size() > 2 && rest[0] == '0') {
    const char letter = static_cast<char>(rest[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    if (base != 10) rest.remove_prefix(2);
  }
  if (base == 10 && rest.size() > 1 && rest[0] == '0' && rest.find_first_not_of('0') != std::string_view::npos) {
    throw SyntaxProblem{"SyntaxError", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                        {made->place.line, made->place.column, 0, 0}};
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, base);
  made->value = integer(value);
  if (error != std::errc{} || end != rest.data() + rest.size()) {
    if (base == 10 && static_cast<std::int64_t>(rest.size()) > kMostLiteralDigits) {
      throw SyntaxProblem{"SyntaxError", cat("Exceeds the limit (", kMostLiteralDigits, " digits) for integer string conversion: value has ", rest.size(),
                                             " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits."), made->place};
    }
    made->value = big_of_digits(rest, static_cast<unsigned>(base), false);
  }
  return made;
}

Node* Converter::literal_part(std::string content, Place place) {
  Node* made = tree_.add(Kind::constant, place);
  made->value = string(std::move(content));
  return made;
}

Node* Converter::strings(TSNode node) {
  const Place place = place_of_node(node);
  std::vector<Node*> parts;
  bool formatted = false, bytes = false, plain = false;
  if (type_of_node(node) == T::concatenated_string) {
    for (const TSNode one : children_of(node)) {
      bool is_bytes = false;
      string_parts(one, parts, formatted, is_bytes);
      (is_bytes ? bytes : plain) = true;
    }
    if (bytes && plain) throw SyntaxProblem{"SyntaxError", "cannot mix bytes and nonbytes literals", behind(place)};
  } else {
    string_parts(node, parts, formatted, bytes);
  }
  // Neighbouring pieces of text become one.
  std::vector<Node*> joined;
  for (Node* part : parts) {
    if (part->kind == Kind::constant && !joined.empty() && joined.back()->kind == Kind::constant) {
      joined.back()->value = string(*text_of(joined.back()->value) + *text_of(part->value));
    } else {
      joined.push_back(part);
    }
  }
  if (!formatted) {
    std::string content = joined.empty() ? "" : *text_of(joined[0]->value);
    Node* made = tree_.add(Kind::constant, place);
    made->value = bytes ? make_bytes(std::move(content)) : string(std::move(content));
    return made;
  }
  Node* made = tree_.add(Kind::joined, place);
  for (Node* part : joined) {
    if (part->kind != Kind::constant || !text_of(part->value)->empty()) made->items.push_back(part);
  }
  return made;
}

/// One literal's pieces: constants, and formatted ones for the holes of an f-string.
void Converter::string_parts(TSNode node, std::vector<Node*>& parts, bool& formatted, bool& bytes) {
  const Place place = place_of_node(node);
  TSNode start{}, end{};
  std::vector<TSNode> holes;
  for (const TSNode child : children_of(node, false)) {
    switch (type_of_node(child)) {
      case T::string_start: start = child; break;
      case T::string_end: end = child; break;
      case T::interpolation: holes.push_back(child); break;
      default: break;
    }
  }
  const std::string_view opening = text(start);
  const std::string_view prefix = opening.substr(0, opening.find_first_of("'\""));
  const bool raw = has_letter(prefix, 'r');
  bytes = has_letter(prefix, 'b');
  const std::uint32_t first = ts_node_end_byte(start), last = ts_node_start_byte(end);
  if (has_letter(prefix, 'f')) {
    formatted = true;
    return formatted_parts(first, last, holes, raw, false, parts);
  }
  const std::string_view content = source_.substr(first, last - first);
  if (bytes) {
    for (const char c : content) {
      if (c & 0x80) throw SyntaxProblem{"SyntaxError", "bytes can only contain ASCII literal characters", behind(place)};
    }
  }
  parts.push_back(literal_part(raw ? std::string(content) : unescape(content, bytes, place), place));
}

void Converter::formatted_parts(std::uint32_t begin, std::uint32_t end, const std::vector<TSNode>& holes, bool raw, bool spec, std::vector<Node*>& parts) {
  Place place;  // of literal pieces: nothing fails there
  place.line = place.end_line = 1;
  const auto literal = [&](std::uint32_t from, std::uint32_t to) {
    if (from >= to) return;
    std::string content(source_.substr(from, to - from));
    if (!raw) content = unescape(content, false, place);
    std::string out;
    for (std::size_t i = 0; i < content.size(); ++i) {
      out += content[i];
      if (!spec && (content[i] == '{' || content[i] == '}') && i + 1 < content.size() && content[i + 1] == content[i]) ++i;
    }
    parts.push_back(literal_part(std::move(out), place));
  };
  for (const TSNode one : holes) {
    literal(begin, ts_node_start_byte(one));
    hole(one, parts);
    begin = ts_node_end_byte(one);
  }
  literal(begin, end);
}

/// {expression = !r :spec}
void Converter::hole(TSNode node, std::vector<Node*>& parts) {
  const Place place = place_of_node(node);
  const TSNode inner = field(node, "expression");
  if (ts_node_is_null(inner)) throw SyntaxProblem{"SyntaxError", "f-string: empty expression not allowed", place};
  Node* made = tree_.add(Kind::formatted, place);
  made->a = expression(inner);
  const TSNode conversion = field(node, "type_conversion"), spec = field(node, "format_specifier");
  if (!ts_node_is_null(conversion)) {
    const char letter = text(conversion)[1];
    if (letter != 'r' && letter != 's' && letter != 'a') {
      throw SyntaxProblem{"SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'", behind(place_of_node(ts_node_parent(node)))};
    }
    made->op = static_cast<std::uint8_t>(letter);
  }
  for (const TSNode child : children_of(node, false)) {
    if (text(child) != "=" || ts_node_is_named(child)) continue;
    // {x = } shows its own text first, blanks included.
    std::uint32_t end = ts_node_end_byte(child);
    while (source_[end] == ' ') ++end;
    const std::uint32_t begin = ts_node_start_byte(node) + 1;
    parts.push_back(literal_part(std::string(source_.substr(begin, end - begin)), place));
    if (!made->op && ts_node_is_null(spec)) made->op = 'r';
  }
  if (!ts_node_is_null(spec)) {
    std::vector<TSNode> holes;
    for (const TSNode child : children_of(spec)) {
      if (type_of_node(child) == T::format_expression || type_of_node(child) == T::interpolation) holes.push_back(child);
    }
    made->b = tree_.add(Kind::joined, place);
    formatted_parts(ts_node_start_byte(spec) + 1, ts_node_end_byte(spec), holes, false, true, made->b->items);
  }
  parts.push_back(made);
}

}  // namespace nabla
