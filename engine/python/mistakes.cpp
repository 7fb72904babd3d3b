// See mistakes.h. One pass makes tokens; the checks go over them in CPython's order: strings, brackets, indentation, colons.
#include "python/mistakes.h"

#include <algorithm>

namespace nabla {
namespace {

enum class Token : std::uint8_t { name, number, string, op, newline, end };

struct Lexeme {
  Token kind;
  std::string_view text;
  std::uint32_t line, column, end_line, end_column;
  std::uint32_t indent;  // of the logical line it starts, for the first of a line; else 0
  bool first;            // first of a logical line
};

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where a number goes wrong; npos when it does not.
std::size_t bad_digit(std::string_view number) {
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
    if ((c | 0x20) == 'j' && last) continue;
    return c == '_' ? i + 1 : i;
  }
  return std::string_view::npos;
}

/// `1if x else y` is allowed: where a keyword begins right after the digits, or 0.
std::size_t keyword_after(std::string_view number) {
  std::size_t digits = 0;
  while (digits < number.size() && (is_digit(number[digits]) || number[digits] == '.' || number[digits] == '_')) ++digits;
  const std::string_view rest = number.substr(digits);
  for (const std::string_view word : {"if", "else", "or", "and", "in", "is", "for", "not"}) {
    if (rest == word) return digits;
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

struct Tokens {
  std::vector<Lexeme> list;
  bool failed = false;
  SyntaxProblem problem;
};

Place point(std::uint32_t line, std::uint32_t column) { return {line, column, 0, 0}; }

/// Tokens of the text up to the first string that never ends or bracket that does not fit.
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
      continue;
    }
    if (c == '\\' && i + 1 < text.size() && (text[i + 1] == '\n' || text[i + 1] == '\r')) {
      i += text[i + 1] == '\r' ? 3 : 2;
      ++line;
      line_start = static_cast<std::uint32_t>(i);
      continue;
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
      bool dot = c == '.';
      const bool prefixed = c == '0' && i + 1 < text.size() && !is_digit(text[i + 1]) && is_name(text[i + 1]);
      for (; i + length < text.size(); ++length) {
        const char next = text[i + length];
        const bool sign = (next == '+' || next == '-') && (text[i + length - 1] | 0x20) == 'e' && !prefixed;
        if (next == '.' && !dot && !prefixed) {
          dot = true;
        } else if (!is_name(next) && !sign) {
          break;
        }
      }
      if (const std::size_t word = keyword_after(text.substr(i, length)); word > 0) length = word;
      if (const std::size_t bad = bad_digit(text.substr(i, length)); bad != std::string_view::npos) {
        const std::string_view number = text.substr(i, length);
        const char base = number.size() > 1 && number[0] == '0' ? static_cast<char>(number[1] | 0x20) : ' ';
        const char* kind = base == 'x' ? "hexadecimal" : base == 'o' ? "octal" : base == 'b' ? "binary" : "decimal";
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
      for (int shift = 12; shift >= 0; shift -= 4) hex += "0123456789ABCDEF"[code >> shift & 15];
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
    static constexpr std::string_view kTwo[] = {"==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "**", "//", "<<", ">>"};
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

constexpr std::string_view kHeaders[] = {"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"};

bool is_header(std::string_view word) { return std::find(std::begin(kHeaders), std::end(kHeaders), word) != std::end(kHeaders); }

/// How CPython names the block that should follow.
std::string block_name(std::string_view word) {
  if (word == "def") return "function definition";
  if (word == "class") return "class definition";
  return cat("'", word, "' statement");
}

/// The logical lines: ranges of tokens without their newline.
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

bool check_indentation(const std::vector<Lexeme>& tokens, std::string_view text, SyntaxProblem& problem) {
  (void)text;
  std::vector<std::uint32_t> indents{0};
  const Lexeme* header = nullptr;  // of the line before, when it ended in a colon
  for (const auto& [begin, end] : logical_lines(tokens)) {
    const Lexeme& first = tokens[begin];
    // IndentationErrors point behind the line's first token, or at its end.
    if (header) {
      if (first.indent <= indents.back()) {
        problem = {"IndentationError", cat("expected an indented block after ", block_name(header->text), " on line ", header->line), point(first.line, first.column)};
        return true;
      }
      indents.push_back(first.indent);
    } else if (first.indent > indents.back()) {
      problem = {"IndentationError", "unexpected indent", point(first.line, first.column == 0 ? 0 : first.column - 1)};
      problem.place.column = first.column - 1;
      return true;
    } else {
      while (indents.back() > first.indent) indents.pop_back();
      if (indents.back() != first.indent) {
        const Lexeme& last = tokens[end - 1];
        problem = {"IndentationError", "unindent does not match any outer indentation level", point(first.line, last.end_column)};
        return true;
      }
    }
    const Lexeme& last = tokens[end - 1];
    const Lexeme& word = first.text == "async" && end > begin + 1 ? tokens[begin + 1] : first;
    header = last.text == ":" && word.kind == Token::name && (is_header(word.text) || word.text == "match" || word.text == "case") ? &word : nullptr;
  }
  if (header) {
    const Lexeme& last = tokens.back();
    problem = {"IndentationError", cat("expected an indented block after ", block_name(header->text), " on line ", header->line), point(last.line, last.column)};
    // CPython points at the end of the last line.
    for (std::size_t i = tokens.size(); i-- > 0;) {
      if (tokens[i].kind == Token::newline) continue;
      problem.place = point(tokens[i].end_line, tokens[i].end_column);
      break;
    }
    return true;
  }
  return false;
}

bool is_operand_end(const Lexeme& token) {
  static constexpr std::string_view kWords[] = {"if", "else", "elif", "for", "while", "in", "is", "not", "and", "or", "lambda", "return", "import", "from", "as", "del", "assert",
                                                "raise", "with", "yield", "def", "class", "global", "nonlocal", "try", "except", "finally", "pass", "break", "continue", "async", "await"};
  if (token.kind == Token::number || token.kind == Token::string) return true;
  if (token.kind == Token::name) return std::find(std::begin(kWords), std::end(kWords), token.text) == std::end(kWords);
  return token.text == ")" || token.text == "]" || token.text == "}";
}
bool is_operand_start(const Lexeme& token) {
  if (token.kind == Token::op) return false;
  return is_operand_end(token);
}

}  // namespace

void LineState::feed(std::string_view line) {
  continued_ = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (!quote_.empty()) {
      if (c == '\\') {
        ++i;
      } else if (line.substr(i, 3) == quote_) {
        quote_.clear();
        i += 2;
      }
      continue;
    }
    if (c == '#') return;
    if (c == '\'' || c == '"') {
      if (line.substr(i, 3) == std::string(3, c)) {
        quote_ = std::string(3, c);
        i += 2;
        continue;
      }
      for (++i; i < line.size() && line[i] != c; ++i) {
        if (line[i] == '\\') ++i;
      }
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if ((c == ')' || c == ']' || c == '}') && depth_ > 0) --depth_;
  }
  continued_ = !line.empty() && line.back() == '\\';
}

bool find_assignment(std::string_view text, std::uint32_t line, std::size_t& begin, std::size_t& sign, std::size_t& length) {
  const Tokens tokens = tokenize(text);
  for (const auto& [first, end] : logical_lines(tokens.list)) {
    if (tokens.list[end - 1].end_line < line) continue;
    begin = static_cast<std::size_t>(tokens.list[first].text.data() - text.data());
    int depth = 0;
    for (std::size_t i = first; i < end; ++i) {
      const std::string_view token = tokens.list[i].text;
      if (token == "(" || token == "[" || token == "{") ++depth;
      if (token == ")" || token == "]" || token == "}") --depth;
      if (token == ";" && depth == 0) begin = static_cast<std::size_t>(tokens.list[i].text.data() - text.data()) + 1;
      static constexpr std::string_view kNot[] = {"==", "!=", "<=", ">=", ":="};
      const bool assigns = tokens.list[i].kind == Token::op && token.ends_with('=') && std::find(std::begin(kNot), std::end(kNot), token) == std::end(kNot);
      if (!assigns || depth > 0) continue;
      sign = static_cast<std::size_t>(token.data() - text.data());
      length = token.size();
      return true;
    }
    return false;
  }
  return false;
}


namespace {

// Note [Viable tokens]
// CPython says "invalid syntax" at the first token with which no program can go on. Most of those can be told from the token before: after
// an operator or an opening bracket an operand must follow, after an operand none can.

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool is_newline(const Lexeme& token) { return token.kind == Token::newline || token.text == ";"; }

/// Can an expression begin with this token?
bool can_start(const Lexeme& token) {
  if (token.kind == Token::op) return one_of(token.text, {"(", "[", "{", "+", "-", "~", "..."});
  return is_operand_start(token) || one_of(token.text, {"not", "lambda", "await", "yield"});
}

/// Does an operand have to follow?
bool needs_operand(const Lexeme& token) {
  if (token.kind == Token::name) return one_of(token.text, {"and", "or", "not", "in", "is", "if", "elif", "while", "import", "as", "del", "assert", "global", "nonlocal", "def", "class", "for", "with"});
  if (token.kind != Token::op) return false;
  return !one_of(token.text, {"(", "[", "{", ")", "]", "}", ":", ",", ";", "...", "*", "**", "/", "@", "->"});
}

/// Is `token` impossible after `before`? `opener` is the bracket it stands in, or 0.
bool impossible(const Lexeme& before, const Lexeme* before_that, const Lexeme& token, char opener, bool in_header) {
  if (one_of(before.text, {"pass", "break", "continue"}) && before.first) return !is_newline(token);
  if (before.text == "not" && token.text == "in") return !before_that || !is_operand_end(*before_that);
  if (before.text == "raise" || before.text == "return") return !is_newline(token) && !can_start(token) && token.text != "*";
  if (before.text == "lambda") return token.text != ":" && token.text != "*" && token.text != "**" && token.kind != Token::name;
  if (before.text == "import" || before.text == "from") return token.kind != Token::name && !one_of(token.text, {"(", "*", ".", "..."});
  if (before.text == ".") return token.kind != Token::name && !one_of(token.text, {".", "..."});
  if (before.text == "=" && token.text == "*") return false;
  if (one_of(before.text, {"in", "for", "del"}) && token.text == "*") return false;
  if (needs_operand(before)) return !can_start(token);
  const bool bracket = one_of(before.text, {"(", "[", "{"});
  if (bracket && before.kind == Token::op) {
    if (one_of(token.text, {"*", "**", ")", "]", "}"}) || can_start(token)) return false;
    return !(before.text == "[" && token.text == ":") && !(token.text == "/" && in_header);
  }
  if (before.text == "," && before.kind == Token::op) {
    if (can_start(token) || token.kind == Token::newline || one_of(token.text, {"*", "**", ")", "]", "}", "=", "in", "for", ":", ";"})) return false;
    return !(token.text == "/" && in_header);
  }
  if (one_of(before.text, {"*", "**", "/", "@"}) && before.kind == Token::op) {
    if (in_header && opener == '(' && one_of(token.text, {",", ")"})) return false;
    return !can_start(token);
  }
  if (before.text == ";") return token.text == ";";
  return false;
}

/// The first mistake inside one logical line, or the end of a header without its colon.
bool check_line(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end, bool never_closed, SyntaxProblem& problem) {
  const Lexeme& first = list[begin];
  const Lexeme& last = list[end - 1];
  const bool header = first.kind == Token::name && is_header(first.text);
  const bool parameters = first.text == "def" || first.text == "class";
  std::string open;
  bool has_colon = false, lambda = false;
  std::size_t argument = begin;  // where the argument of a call began, if this is one
  const auto at = [](const Lexeme& token) { return Place{token.line, token.column, token.end_line, token.kind == Token::newline ? token.column + 1 : token.end_column}; };
  if (first.kind == Token::op && !one_of(first.text, {"(", "[", "{", "+", "-", "~", "*", "@", "..."})) {
    problem = {"SyntaxError", "invalid syntax", at(first)};
    return true;
  }
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    const char opener = open.empty() ? '\0' : open.back();
    if (i > begin) {
      const Lexeme& before = list[i - 1];
      if (is_operand_end(before) && is_operand_start(token) && !(before.kind == Token::string && token.kind == Token::string)) {
        if (i == begin + 1 && (before.text == "print" || before.text == "exec")) {
          problem = {"SyntaxError", cat("Missing parentheses in call to '", before.text, "'. Did you mean ", before.text, "(...)?"),
                     {before.line, before.column, last.end_line, last.end_column}};
        } else if (!open.empty()) {
          if (never_closed && token.line > before.line) return false;  // then it is the bracket that is wrong
          problem = {"SyntaxError", "invalid syntax. Perhaps you forgot a comma?", {before.line, before.column, token.end_line, token.end_column}};
        } else {
          const bool forced = !has_colon && one_of(first.text, {"def", "else", "try", "finally"});
          problem = {"SyntaxError", forced ? "expected ':'" : "invalid syntax", at(token)};
        }
        return true;
      }
      if (impossible(before, i > begin + 1 ? &list[i - 2] : nullptr, token, opener, parameters || lambda)) {
        const bool in_dict = before.text == ":" && opener == '{';
        problem = {"SyntaxError", in_dict ? "expression expected after dictionary key and ':'" : "invalid syntax", at(token)};
        return true;
      }
      if (before.text == ":" && opener == '{' && token.text == "}") {
        problem = {"SyntaxError", "expression expected after dictionary key and ':'", {before.line, before.column, 0, 0}};
        return true;
      }
    }
    if (one_of(token.text, {"(", "[", "{"}) && token.kind == Token::op) {
      open += token.text[0];
      argument = i + 1;
    }
    if (token.text == "," && token.kind == Token::op) argument = i + 1;
    if (token.text == "=" && opener == '(' && !parameters && !lambda && i > argument) {  // f(x.y = 1): a keyword must be a name
      const Lexeme& left = list[argument];
      const bool constant = one_of(left.text, {"None", "True", "False"});
      if (i > argument + 1 || left.kind != Token::name) {
        problem = {"SyntaxError", "expression cannot contain assignment, perhaps you meant \"==\"?", {left.line, left.column, token.end_line, token.end_column}};
        return true;
      }
      if (constant) {
        problem = {"SyntaxError", cat("cannot assign to ", left.text), {left.line, left.column, token.end_line, token.end_column}};
        return true;
      }
    }
    if (one_of(token.text, {")", "]", "}"}) && token.kind == Token::op && !open.empty()) open.pop_back();
    lambda |= token.text == "lambda";
    if (token.text == ":" && open.empty() && !lambda) has_colon = true;
    const bool in_test = one_of(first.text, {"if", "while", "elif"});
    if (token.text == "=" && open.empty() && in_test && i > begin + 1 && i + 1 < end) {
      const Lexeme& left = list[begin + 1];
      const Lexeme& right = list[i + 1];
      problem = {"SyntaxError", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", {left.line, left.column, right.end_line, right.end_column}};
      return true;
    }
  }
  if (!open.empty()) return false;
  // The end of the line is a token too.
  Lexeme newline{Token::newline, "", last.end_line, last.end_column, last.end_line, last.end_column + 1, 0, false};
  if (end < list.size() && list[end].kind == Token::newline) {
    newline.column = list[end].column;
    newline.line = list[end].line;
  }
  const bool needs_name = one_of(first.text, {"import", "from"}) && end - begin == 1;
  if (needs_name || impossible(last, end - begin > 1 ? &list[end - 2] : nullptr, newline, '\0', parameters)) {
    problem = {"SyntaxError", "invalid syntax", {last.end_line, last.end_column, last.end_line, last.end_column + 1}};
    return true;
  }
  if (header && !has_colon) {
    problem = {"SyntaxError", "expected ':'", {last.end_line, last.end_column, last.end_line, last.end_column + 1}};
    return true;
  }
  return false;
}

/// What is wrong with the holes of an f-string; null when nothing is.
const char* bad_holes(std::string_view token) {
  const std::size_t quote = token.find_first_of("'\"");
  std::string_view text = token.substr(quote);
  const std::size_t quotes = text.substr(0, 3) == std::string(3, text[0]) ? 3 : 1;
  text = text.substr(quotes, text.size() - 2 * quotes);
  int depth = 0;
  bool empty = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (depth == 0 && (c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      ++i;
    } else if (c == '{') {
      ++depth;
      empty = true;
    } else if (c == '}') {
      if (depth == 0) return "f-string: single '}' is not allowed";
      if (empty) return "f-string: empty expression not allowed";
      --depth;
    } else if (depth > 0 && c != ' ') {
      if (empty && (c == '!' || c == ':')) return "f-string: empty expression not allowed";
      empty = false;
    }
  }
  return depth > 0 ? "f-string: expecting '}'" : nullptr;
}

bool check_holes(const std::vector<Lexeme>& list, SyntaxProblem& problem) {
  for (std::size_t i = 0; i + 1 < list.size(); ++i) {
    if (list[i].kind != Token::string) continue;
    const std::string_view prefix = list[i].text.substr(0, list[i].text.find_first_of("'\""));
    if (prefix.find_first_of("fF") == std::string_view::npos) continue;
    if (const char* words = bad_holes(list[i].text)) {
      problem = {"SyntaxError", words, point(list[i + 1].line, list[i + 1].column)};  // CPython points behind the string
      return true;
    }
  }
  return false;
}

/// else, except and their like without the statement that they belong to; try without any of them.
bool check_clauses(const std::vector<Lexeme>& list, SyntaxProblem& problem) {
  std::vector<std::pair<std::uint32_t, std::string_view>> open;  // for each indentation the statement that stands last there
  for (const auto& [begin, end] : logical_lines(list)) {
    const Lexeme& first = list[begin];
    const Place here{first.line, first.column, first.end_line, first.end_column};
    while (!open.empty() && open.back().first > first.indent) open.pop_back();
    const bool same = !open.empty() && open.back().first == first.indent;
    const std::string_view before = same ? open.back().second : "";
    const bool clause = one_of(first.text, {"except", "finally", "else", "elif"});
    if (before == "try" && !one_of(first.text, {"except", "finally"})) {
      problem = {"SyntaxError", "expected 'except' or 'finally' block", here};
      return true;
    }
    bool fits = true;
    if (first.text == "else") fits = one_of(before, {"if", "elif", "for", "while", "except"});
    if (first.text == "elif") fits = one_of(before, {"if", "elif"});
    if (first.text == "except") fits = one_of(before, {"try", "except"});
    if (first.text == "finally") fits = one_of(before, {"try", "except", "else"});
    if (clause && !fits) {
      problem = {"SyntaxError", "invalid syntax", here};
      return true;
    }
    if (same) {
      open.back().second = first.text;
    } else {
      open.emplace_back(first.indent, first.text);
    }
  }
  return false;
}

}  // namespace

bool find_bad_tokens(std::string_view text, SyntaxProblem& problem) {
  const Tokens tokens = tokenize(text);
  if (tokens.failed) {
    problem = tokens.problem;
    return true;
  }
  return check_indentation(tokens.list, text, problem) || check_clauses(tokens.list, problem);
}

void find_mistake(std::string_view text, SyntaxProblem& problem) {
  const Tokens tokens = tokenize(text);
  const bool never_closed = tokens.failed && tokens.problem.message.ends_with("never closed");
  const std::uint32_t parser_line = problem.place.line;
  // The earliest line with a mistake counts.
  SyntaxProblem best, found;
  bool any = false;
  const auto offer = [&] {
    if (!any || found.place.line < best.place.line) best = found;
    any = true;
  };
  for (const auto& [begin, end] : logical_lines(tokens.list)) {
    const bool header = tokens.list[begin].kind == Token::name && is_header(tokens.list[begin].text);
    if (!header && !never_closed && tokens.list[end - 1].end_line < parser_line) continue;
    if (check_line(tokens.list, begin, end, never_closed, found)) {
      offer();
      break;
    }
  }
  const std::uint32_t bad_line = any ? best.place.line : UINT32_MAX;
  if (check_indentation(tokens.list, text, found) && found.place.line <= bad_line) best = found, any = true;
  if (check_clauses(tokens.list, found)) offer();
  if (check_holes(tokens.list, found)) offer();
  // What is wrong with the tokens themselves counts before a plain "invalid syntax", wherever it is; a bracket that stays open, when the
  // mistake is on a later line.
  if (tokens.failed && (!any || (never_closed ? tokens.problem.place.line < best.place.line : best.message == "invalid syntax" || tokens.problem.place.line <= best.place.line))) {
    best = tokens.problem;
    any = true;
  }
  if (any) problem = std::move(best);
}

}  // namespace nabla
