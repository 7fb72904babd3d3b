// See mistakes.h. The checks go over the tokens line by line; the earliest mistake counts.
#include "python/mistakes.h"

#include <algorithm>

#include "python/fstrings.h"
#include "python/line_mistakes.h"
#include "python/tokens.h"

namespace nabla {
namespace {

/// How CPython names the block that should follow.
std::string block_name(std::string_view word) {
  if (word == "def") return "function definition";
  if (word == "class") return "class definition";
  return cat("'", word, "' statement");
}


bool check_indentation(const std::vector<Lexeme>& tokens, std::string_view text, SyntaxProblem& problem) {
  std::vector<std::uint32_t> indents{0};
  std::vector<std::uint32_t> widths{0};  // the same with tabs of one column: both must grow and shrink alike
  bool tabs = false;
  const Lexeme* header = nullptr;  // of the line before, when it ended in a colon
  for (const auto& [begin, end] : logical_lines(tokens)) {
    const Lexeme& first = tokens[begin];
    const auto width = static_cast<std::uint32_t>(first.column);
    const bool seen_tab = std::string_view(first.text.data() - first.column, first.column).find('\t') != std::string_view::npos || tabs;
    tabs |= seen_tab;
    if (seen_tab && first.text.data() - text.data() >= static_cast<std::ptrdiff_t>(first.column)) {
      std::size_t level = indents.size() - 1;
      while (level > 0 && indents[level] > first.indent) --level;
      const bool same = indents[level] == first.indent;
      if (same ? widths[level] != width : level + 1 == indents.size() && width <= widths[level]) {
        problem = {"TabError", "inconsistent use of tabs and spaces in indentation", point(first.line, kWholeLine)};
        return true;
      }
    }
    // IndentationErrors point behind the line's first token, or at its end.
    if (header) {
      if (first.indent <= indents.back()) {
        problem = {"IndentationError", cat("expected an indented block after ", block_name(header->text), " on line ", header->line), point(first.line, first.column)};
        return true;
      }
      indents.push_back(first.indent);
      widths.push_back(width);
    } else if (first.indent > indents.back()) {
      problem = {"IndentationError", "unexpected indent", point(first.line, first.column == 0 ? 0 : first.column - 1)};
      problem.place.column = first.column - 1;
      return true;
    } else {
      while (indents.back() > first.indent) {
        indents.pop_back();
        widths.pop_back();
      }
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

/// else, except and their like without the statement that they belong to; try without any of them.
bool check_clauses(const std::vector<Lexeme>& list, SyntaxProblem& problem) {
  bool decorator = false;        // the line before is one
  const Lexeme* tail = nullptr;  // the last token so far
  std::vector<std::pair<std::uint32_t, std::string_view>> open;  // for each indentation the statement that stands last there
  for (const auto& [begin, end] : logical_lines(list)) {
    const Lexeme& first = list[begin];
    const Place here{first.line, first.column, first.end_line, first.end_column};
    const Lexeme& last = list[end - 1];
    if (first.text == "import" && last.text == ",") {
      problem = {"SyntaxError", "invalid syntax", point(last.end_line, end < list.size() ? list[end].column : last.end_column)};
      return true;
    }
    if (decorator && !one_of(first.text, "def class async @")) {
      problem = {"SyntaxError", "invalid syntax", here};
      return true;
    }
    decorator = first.text == "@";
    if (first.text == "from" && last.text == ",") {
      problem = {"SyntaxError", "trailing comma not allowed without surrounding parentheses", point(last.end_line, last.end_column)};
      return true;
    }
    for (; !open.empty() && open.back().first > first.indent; open.pop_back()) {
      if (open.back().second != "try") continue;
      problem = {"SyntaxError", "expected 'except' or 'finally' block", point(first.line, kWholeLine)};
      return true;
    }
    const bool same = !open.empty() && open.back().first == first.indent;
    const std::string_view before = same ? open.back().second : "";
    const bool clause = one_of(first.text, "except finally else elif");
    if (before == "try" && !one_of(first.text, "except finally")) {
      problem = {"SyntaxError", "expected 'except' or 'finally' block", here};
      return true;
    }
    bool fits = true;
    if (first.text == "else") fits = one_of(before, "if elif for while except");
    if (first.text == "elif") fits = one_of(before, "if elif");
    if (first.text == "except") fits = one_of(before, "try except");
    if (first.text == "finally") fits = one_of(before, "try except else");
    if (clause && !fits) {
      problem = {"SyntaxError", "invalid syntax", here};
      return true;
    }
    if (same) {
      open.back().second = first.text;
    } else {
      open.emplace_back(first.indent, first.text);
    }
    tail = &last;
  }
  for (const auto& [indent, word] : open) {
    if (word != "try") continue;
    problem = {"SyntaxError", "expected 'except' or 'finally' block", point(tail->end_line, tail->end_column)};
    return true;
  }
  return false;
}

/// The line up to which CPython has read when it tells of a problem: to see that a part of a line is wrong it has to look at the token behind that part.
std::uint32_t line_read(const std::vector<Lexeme>& list, const SyntaxProblem& problem) {
  const Place& place = problem.place;
  if (place.end_line == 0 || problem.message == "invalid syntax") return place.line;
  const auto behind = std::find_if(list.begin(), list.end(), [&](const Lexeme& token) {
    return token.line > place.end_line || (token.line == place.end_line && token.column >= place.end_column);
  });
  return behind == list.end() ? place.end_line : behind->line;
}

}  // namespace

bool is_suspicious(std::string_view text) {
  const Tokens tokens = tokenize(text);
  const auto lines = logical_lines(tokens.list);
  SyntaxProblem problem;
  std::size_t string;
  return tokens.failed || std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return breaks_off(tokens.list, line.first, line.second); }) ||
         check_indentation(tokens.list, text, problem) || check_clauses(tokens.list, problem) || check_fstrings(tokens.list, false, problem, string);
}

bool find_mistake(std::string_view text, bool parses, SyntaxProblem& problem) {
  const Tokens tokens = tokenize(text);
  const bool never_closed = tokens.failed && tokens.problem.message.ends_with("never closed");
  // The earliest line with a mistake counts.
  SyntaxProblem best, found;
  bool any = false;
  const auto offer = [&] {
    const bool same = any && found.place.line == best.place.line && found.place.column <= best.place.column;
    if (!any || same || found.place.line < best.place.line) best = found;
    any = true;
  };
  for (const auto& [begin, end] : logical_lines(tokens.list)) {
    if (parses && !breaks_off(tokens.list, begin, end)) continue;
    if (check_line(tokens.list, begin, end, never_closed, found)) {
      offer();
      break;
    }
  }
  const std::uint32_t bad_line = any ? best.place.line : UINT32_MAX;
  if (check_indentation(tokens.list, text, found) && found.place.line <= bad_line) best = found, any = true;
  if (check_clauses(tokens.list, found)) offer();
  // An f-string is read as soon as it has been passed, so what is wrong in it goes before all that comes after.
  if (std::size_t at; check_fstrings(tokens.list, !parses, found, at)) {
    const Lexeme& string = tokens.list[at];
    if (!any || string.line < best.place.line || (string.line == best.place.line && string.column <= best.place.column)) best = found, any = true;
  }
  // What is wrong with the tokens themselves counts before a plain "invalid syntax", wherever it is; a bracket that stays open, when the
  // mistake is on a later line.
  if (tokens.failed && (!any || (never_closed ? tokens.problem.place.line < line_read(tokens.list, best) : best.message == "invalid syntax" || tokens.problem.place.line <= best.place.line))) {
    best = tokens.problem;
    any = true;
  }
  if (any) problem = std::move(best);
  return any;
}

}  // namespace nabla
