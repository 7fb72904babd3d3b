// See tokens.h.
#include "python/tokens.h"

namespace nabla {
namespace {

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where a number goes wrong; npos when it does not.
std::size_t bad_digit(std::string_view number, bool& imaginary) {
  const char base = number.size() > 1 && number[0] == '0' ? static_cast<char>(number[1] | 0x20) : ' ';
  const auto fits = [base](char c) {
    if (base == 'x') return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    return base == 'o' ? c >= '0' && c <= '7' : c == '0' || c == '1';
  };
  if (base == 'x' || base == 'o' || base == 'b') {
    if (number.size() == 2) return 2;
    for (std::size_t i = 2; i < number.size(); ++i) {
      if (number[i] == '_' && i + 1 < number.size() && number[i + 1] != '_') continue;
      if (!fits(number[i])) return i;
    }
    return std::string_view::npos;
  }
  for (std::size_t i = 0; i < number.size(); ++i) {
    const char c = number[i];
    if (is_digit(c) || c == '.' || c == '+' || c == '-') continue;
    const bool last = i + 1 == number.size();
    if (c == '_' && !last && is_digit(number[i + 1]) && i > 0 && is_digit(number[i - 1])) continue;
    const bool signed_exponent = !last && (number[i + 1] == '+' || number[i + 1] == '-') && i + 2 < number.size();
    if ((c | 0x20) == 'e' && !last && (is_digit(number[i + 1]) || signed_exponent)) continue;
    if ((c | 0x20) == 'j' && (last || number[i + 1] == '.')) return std::string_view::npos;
    if ((c | 0x20) == 'j') imaginary = true;
    return c == '_' ? i + 1 : i;
  }
  return std::string_view::npos;
}

/// `1if x else y` is allowed: where a keyword begins right after a number, or 0. Of those with an `i` CPython reads two letters, no matter what follows.
std::size_t keyword_after(std::string_view number) {
  const auto is_number = [&](std::size_t length) {
    bool imaginary = false;
    return length > 0 && length < number.size() && bad_digit(number.substr(0, length), imaginary) == std::string_view::npos;
  };
  for (const std::string_view word : {"or", "for", "else", "and", "not"}) {
    if (number.ends_with(word) && is_number(number.size() - word.size())) return number.size() - word.size();
  }
  for (const std::string_view word : {"if", "in", "is"}) {
    if (const std::size_t at = number.find(word); at != std::string_view::npos && is_number(at)) return at;
  }
  return 0;
}

/// The length of a character that no Python token holds, such as a typographic quote; else 0.
std::size_t foreign_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0xC2) return 0;
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0;
  if (first == 0xC2) return second >= 0xA0 && second != 0xAA && second != 0xB5 && second != 0xBA && second != 0xB7 ? 2 : 0;
  if (first == 0xC3) return second == 0x97 || second == 0xB7 ? 2 : 0;
  if (first == 0xE2) return second >= 0x80 && second <= 0xAF && second != 0x81 && second != 0x84 && second != 0x85 ? 3 : 0;  // U+2000..U+2BFF
  if (first == 0xE3) return second == 0x80 ? 3 : 0;  // U+3000..U+303F
  if (first == 0xEF) return second == 0xBC || second == 0xBB ? 3 : 0;
  return first >= 0xF0 ? 4 : 0;
}

}  // namespace

Tokens tokenize(std::string_view text) {
  Tokens out;
  struct Open {
    char bracket;
    std::uint32_t line, column;
  };
  std::vector<Open> open;
  std::vector<std::uint32_t> indents{0};
  std::uint32_t line = 1, line_start = 0, indent = 0;
  bool at_line_start = true;
  const auto fail_at = [&](const char* kind, std::string message, Place place) {
    out.failed = true;
    out.problem = {kind, std::move(message), place};
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    const auto column = static_cast<std::uint32_t>(i - line_start);
    const auto add = [&](Token kind, std::size_t length) {
      out.list.push_back({kind, text.substr(i, length), line, column, line, static_cast<std::uint32_t>(column + length), at_line_start ? indent : 0, at_line_start});
      at_line_start = false;
      i += length;
    };
    if (c == '\n') {
      if (open.empty() && !at_line_start) {
        out.list.push_back({Token::newline, text.substr(i, 1), line, column, line, column + 1, 0, false});
        at_line_start = true;
      }
      ++i;
      ++line;
      line_start = static_cast<std::uint32_t>(i);
      indent = 0;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
      if (at_line_start) indent = c == '\t' ? (indent / 8 + 1) * 8 : indent + 1;
      ++i;
      continue;
    }
    if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      if (open.empty() && !at_line_start) {  // the line's end is counted from where its comment begins
        out.list.push_back({Token::newline, text.substr(i, 1), line, column, line, column + 1, 0, false});
        at_line_start = true;
      }
      continue;
    }
    if (c == '\\' && i + 1 < text.size() && (text[i + 1] == '\n' || text[i + 1] == '\r')) {
      i += text[i + 1] == '\r' ? 3 : 2;
      ++line;
      line_start = static_cast<std::uint32_t>(i);
      continue;
    }
    if (c == '\\') {
      fail_at("SyntaxError", "unexpected character after line continuation character", point(line, column + 1));
      break;
    }
    std::size_t quote_at = i;
    while (quote_at < text.size() && quote_at < i + 2 && std::string_view("rRbBuUfF").find(text[quote_at]) != std::string_view::npos) ++quote_at;
    if (quote_at < text.size() && (text[quote_at] == '\'' || text[quote_at] == '"')) {
      const char quote = text[quote_at];
      const bool triple = text.substr(quote_at, 3) == std::string(3, quote);
      const std::uint32_t start_line = line, start_column = column;
      std::size_t at = quote_at + (triple ? 3 : 1);
      bool closed = false;
      std::uint32_t end_start = line_start;
      while (at < text.size()) {
        if (text[at] == '\\') {
          if (at + 1 < text.size() && text[at + 1] == '\n') {
            ++line;
            end_start = static_cast<std::uint32_t>(at + 2);
          }
          at += 2;
          continue;
        }
        if (text[at] == '\n') {
          if (!triple) break;
          ++line;
          end_start = static_cast<std::uint32_t>(at + 1);
        }
        if (triple ? text.substr(at, 3) == std::string(3, quote) : text[at] == quote) {
          closed = true;
          at += triple ? 3 : 1;
          break;
        }
        ++at;
      }
      if (!closed) {
        if (triple) {
          // CPython counts the lines of the text, not one more for its last line end.
          std::uint32_t last = line;
          if (!text.empty() && text.back() == '\n' && last > start_line) --last;
          fail_at("SyntaxError", cat("unterminated triple-quoted string literal (detected at line ", last, ")"), point(start_line, start_column));
        } else {
          fail_at("SyntaxError", cat("unterminated string literal (detected at line ", line, ")"), point(start_line, start_column));
        }
        return out;
      }
      out.list.push_back({Token::string, text.substr(i, at - i), start_line, start_column, line, static_cast<std::uint32_t>(at - end_start), at_line_start ? indent : 0, at_line_start});
      at_line_start = false;
      line_start = end_start;
      i = at;
      continue;
    }
    if (is_digit(c) || (c == '.' && i + 1 < text.size() && is_digit(text[i + 1]))) {
      std::size_t length = 1;
      bool dot = c == '.';  // no more of them: also behind an exponent
      const bool prefixed = c == '0' && i + 1 < text.size() && !is_digit(text[i + 1]) && is_name(text[i + 1]) && (text[i + 1] | 0x20) != 'e';
      for (; i + length < text.size(); ++length) {
        const char next = text[i + length];
        const bool sign = (next == '+' || next == '-') && (text[i + length - 1] | 0x20) == 'e' && !prefixed;
        dot |= (next | 0x20) == 'e' && !prefixed;
        if (next == '.' && !dot && !prefixed) {
          dot = true;
        } else if (!is_name(next) && !sign) {
          break;
        }
      }
      if (const std::size_t word = keyword_after(text.substr(i, length)); word > 0) length = word;
      bool imaginary = false;
      if (const std::size_t bad = bad_digit(text.substr(i, length), imaginary); bad != std::string_view::npos) {
        const std::string_view number = text.substr(i, length);
        const char base = number.size() > 1 && number[0] == '0' ? static_cast<char>(number[1] | 0x20) : ' ';
        const char* kind = base == 'x' ? "hexadecimal" : base == 'o' ? "octal" : base == 'b' ? "binary" : imaginary ? "imaginary" : "decimal";
        const bool digit = (base == 'o' || base == 'b') && bad < number.size() && is_digit(number[bad]);
        fail_at("SyntaxError", digit ? cat("invalid digit '", number[bad], "' in ", kind, " literal") : cat("invalid ", kind, " literal"),
                point(line, static_cast<std::uint32_t>(column + bad - (digit ? 0 : 1))));
        return out;
      }
      add(Token::number, length);
      continue;
    }
    if (const std::size_t length = foreign_character(text.substr(i)); length > 0) {
      const std::string_view character = text.substr(i, length);
      std::uint32_t code = static_cast<unsigned char>(character[0]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07);
      for (std::size_t n = 1; n < length; ++n) code = code << 6 | (static_cast<unsigned char>(character[n]) & 0x3F);
      std::string hex;
      for (int shift = code > 0xFFFFF ? 20 : code > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) hex += "0123456789ABCDEF"[code >> shift & 15];
      const bool blank = code == 0xA0 || (code >= 0x2000 && code <= 0x200F) || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x3000 || code == 0xFEFF;
      fail_at("SyntaxError", blank ? cat("invalid non-printable character U+", hex) : cat("invalid character '", character, "' (U+", hex, ")"), point(line, column));
      return out;
    }
    if (is_name(c)) {
      std::size_t length = 1;
      while (i + length < text.size() && is_name(text[i + length]) && foreign_character(text.substr(i + length)) == 0) ++length;
      add(Token::name, length);
      continue;
    }
    if (c == '(' || c == '[' || c == '{') {
      open.push_back({c, line, column});
      add(Token::op, 1);
      continue;
    }
    if (c == ')' || c == ']' || c == '}') {
      const char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
      if (open.empty()) {
        fail_at("SyntaxError", cat("unmatched '", c, "'"), point(line, column));
        return out;
      }
      if (open.back().bracket != wanted) {
        const std::string where = open.back().line == line ? "" : cat(" on line ", open.back().line);
        fail_at("SyntaxError", cat("closing parenthesis '", c, "' does not match opening parenthesis '", open.back().bracket, "'", where), point(line, column));
        return out;
      }
      open.pop_back();
      add(Token::op, 1);
      continue;
    }
    static constexpr std::string_view kThree[] = {"**=", "//=", ">>=", "<<=", "..."};
    static constexpr std::string_view kTwo[] = {"==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**", "//", "<<", ">>", "<>"};
    std::size_t length = 1;
    for (const std::string_view op : kTwo) {
      if (text.substr(i, 2) == op) length = 2;
    }
    for (const std::string_view op : kThree) {
      if (text.substr(i, 3) == op) length = 3;
    }
    if (length == 1 && (c == '$' || c == '?' || c == '!' || c == '`')) {
      fail_at("SyntaxError", "invalid syntax", point(line, column));
      return out;
    }
    add(Token::op, length);
  }
  if (!open.empty()) {
    fail_at("SyntaxError", cat("'", open.back().bracket, "' was never closed"), point(open.back().line, open.back().column));
  }
  out.list.push_back({Token::newline, "", line, static_cast<std::uint32_t>(text.size() - line_start), line, static_cast<std::uint32_t>(text.size() - line_start), 0, false});
  return out;
}

std::vector<std::pair<std::size_t, std::size_t>> logical_lines(const std::vector<Lexeme>& tokens) {
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Token::newline) continue;
    if (i > begin) lines.emplace_back(begin, i);
    begin = i + 1;
  }
  if (begin < tokens.size()) lines.emplace_back(begin, tokens.size());
  return lines;
}

}  // namespace nabla
