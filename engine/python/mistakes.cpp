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
      while (i + length < text.size() && (is_name(text[i + length]) || text[i + length] == '.' ||
                                          ((text[i + length] == '+' || text[i + length] == '-') && (text[i + length - 1] | 0x20) == 'e' && text.substr(i, 2) != "0x"))) {
        ++length;
      }
      add(Token::number, length);
      continue;
    }
    if (is_name(c)) {
      std::size_t length = 1;
      while (i + length < text.size() && is_name(text[i + length])) ++length;
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

bool find_bad_indentation(std::string_view text, SyntaxProblem& problem) {
  const Tokens tokens = tokenize(text);
  return !tokens.failed && check_indentation(tokens.list, text, problem);
}

namespace {

/// The first mistake inside one logical line, or the end of a header without its colon.
bool check_line(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end, bool never_closed, SyntaxProblem& problem) {
  const Lexeme& first = list[begin];
  const Lexeme& last = list[end - 1];
  const bool header = first.kind == Token::name && is_header(first.text);
  int depth = 0;
  bool has_colon = false, lambda = false;
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    if (token.text == "(" || token.text == "[" || token.text == "{") ++depth;
    if (token.text == ")" || token.text == "]" || token.text == "}") --depth;
    lambda |= token.text == "lambda";
    if (token.text == ":" && depth == 0 && !lambda) has_colon = true;
    if (i == begin) continue;
    const Lexeme& before = list[i - 1];
    const Place here{token.line, token.column, token.end_line, token.end_column};
    if (is_operand_end(before) && is_operand_start(token) && !(before.kind == Token::string && token.kind == Token::string)) {
      if (i == begin + 1 && (before.text == "print" || before.text == "exec")) {
        problem = {"SyntaxError", cat("Missing parentheses in call to '", before.text, "'. Did you mean ", before.text, "(...)?"),
                   {before.line, before.column, last.end_line, last.end_column}};
      } else if (depth > 0) {
        if (never_closed) return false;  // that is what CPython says then
        problem = {"SyntaxError", "invalid syntax. Perhaps you forgot a comma?", {before.line, before.column, token.end_line, token.end_column}};
      } else {
        problem = {"SyntaxError", header && !has_colon && i + 1 < end ? "expected ':'" : "invalid syntax", here};
      }
      return true;
    }
    const bool in_test = first.text == "if" || first.text == "while" || first.text == "elif";
    if (token.text == "=" && depth == 0 && in_test && i > begin + 1 && i + 1 < end) {
      const Lexeme& left = list[begin + 1];
      const Lexeme& right = list[i + 1];
      problem = {"SyntaxError", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", {left.line, left.column, right.end_line, right.end_column}};
      return true;
    }
  }
  if (header && !has_colon && depth == 0) {
    problem = {"SyntaxError", "expected ':'", {last.end_line, last.end_column, last.end_line, last.end_column + 1}};
    return true;
  }
  return false;
}

}  // namespace

void find_mistake(std::string_view text, SyntaxProblem& problem) {
  const Tokens tokens = tokenize(text);
  const bool never_closed = tokens.failed && tokens.problem.message.ends_with("never closed");
  const std::uint32_t parser_line = problem.place.line;
  SyntaxProblem indentation;
  const bool bad_indentation = check_indentation(tokens.list, text, indentation);
  // The earliest line with a mistake counts. The tokens' own failures (strings, brackets) end the list of tokens.
  SyntaxProblem in_line;
  bool found = false;
  for (const auto& [begin, end] : logical_lines(tokens.list)) {
    const bool header = tokens.list[begin].kind == Token::name && is_header(tokens.list[begin].text);
    if (!header && !never_closed && tokens.list[end - 1].end_line < parser_line) continue;
    if ((found = check_line(tokens.list, begin, end, never_closed, in_line))) break;
  }
  if (found && bad_indentation && indentation.place.line <= in_line.place.line) found = false;
  const bool token_first = tokens.failed && !never_closed;
  if (found && !(token_first && tokens.problem.place.line < in_line.place.line)) {
    problem = in_line;
  } else if (bad_indentation && !(tokens.failed && tokens.problem.place.line < indentation.place.line)) {
    problem = indentation;
  } else if (tokens.failed) {
    problem = tokens.problem;
  }
}

}  // namespace nabla
