// See mistakes.h. The checks go over the tokens line by line; the earliest mistake counts.
#include "python/mistakes.h"

#include <algorithm>

#include "python/tokens.h"

namespace nabla {
namespace {

constexpr std::string_view kHeaders[] = {"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"};

bool is_header(std::string_view word) { return std::find(std::begin(kHeaders), std::end(kHeaders), word) != std::end(kHeaders); }

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
        problem = {"TabError", "inconsistent use of tabs and spaces in indentation", point(first.line, first.column)};
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
  if (one_of(before.text, {"def", "class"}) && before.first) return token.kind != Token::name;
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

/// What tokens begin..end are when they are one thing that a test may have meant to compare; null for anything else.
const char* target_kind(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end) {
  int depth = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    if (one_of(token.text, {"(", "[", "{"})) {
      if (i == begin) return nullptr;
      ++depth;
    } else if (one_of(token.text, {")", "]", "}"})) {
      --depth;
    } else if (depth == 0 && (token.kind == Token::op ? token.text != "." : one_of(token.text, {"and", "or", "not", "in", "is", "if", "lambda"}))) {
      return nullptr;
    }
  }
  const Lexeme& last = list[end - 1];
  if (end - begin == 1) return last.kind == Token::name ? nullptr : "literal";
  return last.text == ")" ? "function call" : last.text == "]" ? "subscript" : "attribute";
}

/// Mistakes that show in how the parts of a line stand together.
bool check_shapes(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end, SyntaxProblem& problem) {
  struct Bracket {
    std::size_t start;             // the first token inside
    bool comma, colon, is_for;     // seen in it; the colon in its current entry
    bool dict, ternary;            // a colon in an entry before; an if that waits for its else
    std::size_t entry, condition;  // where the current entry began, and its `if`
  };
  const auto span = [&](std::size_t from, std::size_t to) {
    return Place{list[from].line, list[from].column, list[to].end_line, list[to].end_column};
  };
  const Lexeme& first = list[begin];
  if (first.text == "def" && end - begin > 2 && list[begin + 1].kind == Token::name && list[begin + 2].text != "(") {
    problem = {"SyntaxError", "expected '('", span(begin + 2, begin + 2)};
    return true;
  }
  if (first.text == "for" && end - begin > 2 && one_of(list[begin + 2].text, {"in"}) && (list[begin + 1].kind == Token::number || list[begin + 1].kind == Token::string)) {
    problem = {"SyntaxError", "cannot assign to literal", span(begin + 1, begin + 1)};
    return true;
  }
  std::vector<Bracket> open{{begin, false, false, false, false, false, begin, begin}};
  bool lambda = false;
  const auto unfinished = [&](std::size_t before) {  // an entry ends here: was there an if without else?
    Bracket& here = open.back();
    if (here.ternary && !here.is_for && before > here.condition + 1) {
      problem = {"SyntaxError", "expected 'else' after 'if' expression", span(here.entry, before - 1)};
      return true;
    }
    here.ternary = false;
    return false;
  };
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    Bracket& here = open.back();
    if (token.kind == Token::name) {
      lambda |= token.text == "lambda";
      if (token.text == "for") {
        const bool literal = open.size() > 1 && one_of(list[here.start - 1].text, {"[", "{"});
        if (literal && here.comma && !here.is_for && !here.dict && here.entry > here.start) {
          problem = {"SyntaxError", "did you forget parentheses around the comprehension target?", span(here.start, i - 1)};
          return true;
        }
        here.is_for = true;
      }
      if (token.text == "if" && i > here.entry && !lambda) {
        here.ternary = true;
        here.condition = i;
      }
      if (token.text == "else") here.ternary = false;
      if (one_of(token.text, {"return", "in", "assert"}) && open.size() == 1) here.entry = i + 1;
      continue;
    }
    if (token.kind != Token::op) continue;
    if (one_of(token.text, {"(", "[", "{"})) {
      open.push_back({i + 1, false, false, false, false, false, i + 1, i});
    } else if (one_of(token.text, {")", "]", "}", ","})) {
      const bool closes = token.text != ",";
      const bool in_dict = open.size() > 1 && list[here.start - 1].text == "{";
      if (in_dict && here.dict && !here.colon && !here.is_for && i > here.entry && list[here.entry].text != "**") {
        problem = {"SyntaxError", "':' expected after dictionary key", point(list[i - 1].end_line, list[i - 1].end_column - 1)};
        return true;
      }
      if (unfinished(i)) return true;
      if (closes && open.size() == 1) return false;
      if (closes) {
        open.pop_back();
      } else {
        here.comma = true;
        here.entry = i + 1;
        here.colon = false;
      }
    } else if (token.text == ":" && !lambda) {
      here.colon = here.dict = true;
      if (open.size() == 1) return false;  // what follows a header's colon is another statement
      here.ternary = false;
    } else if (token.text == ":") {
      lambda = false;
    } else if (token.text == "=" && !lambda) {
      here.entry = i + 1;
      if (open.size() == 1 && i + 2 < end && list[i + 1].text == "*") {
        bool alone = true;
        int depth = 0;
        for (std::size_t k = i + 1; k < end; ++k) {
          depth += one_of(list[k].text, {"(", "[", "{"}) - one_of(list[k].text, {")", "]", "}"});
          alone &= depth > 0 || !one_of(list[k].text, {",", "="});
        }
        if (alone) {
          problem = {"SyntaxError", "can't use starred expression here", span(i + 1, end - 1)};
          return true;
        }
      }
    }
  }
  return open.size() == 1 && unfinished(end);
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
  if (check_shapes(list, begin, end, problem)) return true;
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
      if (const char* what = i > begin + 2 || left.kind != Token::name ? target_kind(list, begin + 1, i) : nullptr) {
        const Lexeme& until = list[i - 1];
        problem = {"SyntaxError", cat("cannot assign to ", what, " here. Maybe you meant '==' instead of '='?"), {left.line, left.column, until.end_line, until.end_column}};
        return true;
      }
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
    const Lexeme& last = list[end - 1];
    if (first.text == "from" && last.text == ",") {
      problem = {"SyntaxError", "trailing comma not allowed without surrounding parentheses", point(last.end_line, last.end_column)};
      return true;
    }
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
