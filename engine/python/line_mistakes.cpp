// See line_mistakes.h.
#include "python/line_mistakes.h"

#include <algorithm>

namespace nabla {

bool one_of(std::string_view word, std::string_view words) {
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return !word.empty();
  }
  return false;
}

bool is_header(std::string_view word) { return one_of(word, "if elif else for while try except finally with def class"); }

namespace {

bool is_operand_end(const Lexeme& token) {
  if (token.kind == Token::number || token.kind == Token::string) return true;
  if (token.kind == Token::name) {
    return !one_of(token.text, "if else elif for while in is not and or lambda return import from as del assert raise with yield def class global nonlocal try except finally pass break continue async await");
  }
  return token.text == ")" || token.text == "]" || token.text == "}";
}
bool is_operand_start(const Lexeme& token) {
  if (token.kind == Token::op) return false;
  return is_operand_end(token);
}

// Note [Viable tokens]
// CPython says "invalid syntax" at the first token with which no program can go on. Most of those can be told from the token before: after
// an operator or an opening bracket an operand must follow, after an operand none can.

bool is_newline(const Lexeme& token) { return token.kind == Token::newline || token.text == ";"; }

/// Can an expression begin with this token?
bool can_start(const Lexeme& token) {
  if (token.kind == Token::op) return one_of(token.text, "( [ { + - ~ ...");
  return is_operand_start(token) || one_of(token.text, "not lambda await yield");
}

/// Does an operand have to follow?
bool needs_operand(const Lexeme& token) {
  if (token.kind == Token::name) return one_of(token.text, "and or not in is if elif while import as del assert global nonlocal def class for with await");
  if (token.kind != Token::op) return false;
  return !one_of(token.text, "( [ { ) ] } : , ; ... * ** / @ ->");
}

/// Is `token` impossible after `before`?
bool impossible(const Lexeme& before, const Lexeme* before_that, const Lexeme& token, bool in_header) {
  if (one_of(before.text, "pass break continue") && before.first) return !is_newline(token);
  if (before.text == "not" && token.text == "in") return !before_that || !is_operand_end(*before_that);
  if (before.text == "not" && before_that && is_operand_end(*before_that)) return true;
  if (before.text == "else" && before_that) return !can_start(token);
  if (before.text == "raise" || before.text == "return") return !is_newline(token) && !can_start(token) && token.text != "*";
  if (one_of(before.text, "def class") && before.first) return token.kind != Token::name || !is_operand_start(token) || one_of(token.text, "True False None");
  if (before.text == "lambda") return token.text != ":" && token.text != "*" && token.text != "**" && token.kind != Token::name;
  if (before.text == "from" && before_that && before_that->text == "yield") return !can_start(token);
  if (before.text == "import" || before.text == "from") return token.kind != Token::name && !one_of(token.text, "( * . ...");
  if (before.text == ".") return token.kind != Token::name && !one_of(token.text, ". ...");
  if (before.text == "=" && token.text == "*") return false;
  if (one_of(before.text, "in for del") && token.text == "*") return false;
  if (needs_operand(before)) return !can_start(token);
  const bool bracket = one_of(before.text, "( [ {");
  if (bracket && before.kind == Token::op) {
    if (one_of(token.text, "* ** ) ] }") || can_start(token)) return false;
    return !(before.text == "[" && token.text == ":") && !(token.text == "/" && in_header);
  }
  if (before.text == "," && before.kind == Token::op) {
    if (can_start(token) || token.kind == Token::newline || one_of(token.text, "* ** ) ] } = in for : ;")) return false;
    return !(token.text == "/" && in_header);
  }
  if (one_of(before.text, "* ** / @") && before.kind == Token::op) {
    if (before_that && before_that->text == "import") return !is_newline(token);
    if (before_that && before_that->text == "except" && token.text == ":") return false;  // said with the clause
    if (in_header && one_of(token.text, ", )")) return false;
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
    if (one_of(token.text, "( [ {")) {
      if (i == begin) return nullptr;
      ++depth;
    } else if (one_of(token.text, ") ] }")) {
      --depth;
    } else if (depth == 0 && (token.kind == Token::op ? token.text != "." : one_of(token.text, "and or not in is if lambda"))) {
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
  if (first.text == "for" && end - begin > 2 && one_of(list[begin + 2].text, "in") && (list[begin + 1].kind == Token::number || list[begin + 1].kind == Token::string)) {
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
        const bool literal = open.size() > 1 && one_of(list[here.start - 1].text, "[ {");
        if (literal && here.comma && !here.is_for && !here.dict && here.entry > here.start) {
          problem = {"SyntaxError", "did you forget parentheses around the comprehension target?", span(here.start, i - 1)};
          return true;
        }
        here.is_for = true;
      }
      if (token.text == "if" && i > here.entry && !lambda && i + 1 < end && can_start(list[i + 1])) {
        here.ternary = true;
        here.condition = i;
      }
      if (token.text == "else") here.ternary = false;
      if (one_of(token.text, "return in assert") && open.size() == 1) here.entry = i + 1;
      continue;
    }
    if (token.kind != Token::op || (lambda && token.text == ",")) continue;
    if (one_of(token.text, "( [ {")) {
      open.push_back({i + 1, false, false, false, false, false, i + 1, i});
    } else if (one_of(token.text, ") ] } ,")) {
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
          depth += one_of(list[k].text, "( [ {") - one_of(list[k].text, ") ] }");
          alone &= depth > 0 || !one_of(list[k].text, ", =");
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

/// Where the expression that ends with token i begins, up to a word or sign that no operand takes.
std::size_t expression_start(const std::vector<Lexeme>& list, std::size_t begin, std::size_t i) {
  int depth = 0;
  for (std::size_t at = i + 1; at-- > begin;) {
    const Lexeme& token = list[at];
    if (token.kind == Token::op && one_of(token.text, ") ] }")) ++depth;
    if (token.kind == Token::op && one_of(token.text, "( [ {") && --depth < 0) return at + 1;
    if (depth > 0) continue;
    if (token.kind == Token::name && one_of(token.text, "if else for lambda return yield from print") && at < i) return at + 1;
    if (token.kind != Token::op) continue;
    const bool assigns = token.text.ends_with('=') && !one_of(token.text, "== != <= >=");
    const bool unpacks = one_of(token.text, "* **") && at > begin && (one_of(list[at - 1].text, "( [ { ,"));
    if (assigns || unpacks || one_of(token.text, ", : ;")) return at + 1;
  }
  return begin;
}

/// Where the expression that begins with token i ends (the index of its last token).
std::size_t expression_end(const std::vector<Lexeme>& list, std::size_t i, std::size_t end) {
  int depth = 0;
  for (std::size_t at = i; at < end; ++at) {
    const Lexeme& token = list[at];
    const bool op = token.kind == Token::op;
    if (depth == 0 && at > i) {
      const bool assigns = op && token.text.ends_with('=') && !one_of(token.text, "== != <= >=");
      const bool word = token.kind == Token::name && one_of(token.text, "for else if");
      const bool touching = is_operand_end(list[at - 1]) && is_operand_start(token) && !(list[at - 1].kind == Token::string && token.kind == Token::string);
      if (assigns || word || touching || (op && one_of(token.text, ", : ; ) ] }"))) return at - 1;
    }
    if (op && one_of(token.text, "( [ {")) ++depth;
    if (op && one_of(token.text, ") ] }")) --depth;
  }
  return end - 1;
}

/// May tokens begin..end be annotated: x, a.b, a[0], (x)?
bool is_annotated_target(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end) {
  int depth = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    if (one_of(token.text, ") ] }")) --depth;
    const bool opens = token.text == "[" || (token.text == "(" && i == begin);
    if (depth == 0 && !opens && !one_of(token.text, ") ] .") && (token.kind != Token::name || !is_operand_end(token))) return false;
    if (one_of(token.text, "( [ {")) ++depth;
  }
  return true;
}

/// CPython compares a name with its soft keywords only as far as the name goes.
bool begins_soft_keyword(std::string_view name) { return std::string_view("match").starts_with(name) || std::string_view("case").starts_with(name); }

}  // namespace

bool breaks_off(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end) {
  const Lexeme &first = list[begin], &last = list[end - 1];
  const bool header = is_header(first.text) || one_of(first.text, "match case async");
  const std::string_view needed = header ? ":" : first.text == "from" ? "import" : last.text;
  bool found = false;
  for (std::size_t i = begin; i < end; ++i) found |= list[i].text == needed;
  if (!found) return true;
  if (last.kind == Token::name) return needs_operand(last) || one_of(last.text, "else lambda from");
  return last.kind == Token::op && !(header && last.text == ":") && !one_of(last.text, ") ] } ... , ;");
}

bool check_line(const std::vector<Lexeme>& list, std::size_t begin, std::size_t end, bool never_closed, SyntaxProblem& problem) {
  struct Level {
    char opener;
    bool is_call, awaits_in;  // the bracket follows an operand; a `for` waits for its `in`
  };
  const Lexeme& first = list[begin];
  const Lexeme& last = list[end - 1];
  const bool header = first.kind == Token::name && is_header(first.text);
  const bool parameters = first.text == "def" || first.text == "class";
  // match and case begin a block only where one follows.
  const Lexeme* next = end + 1 < list.size() ? &list[end + 1] : nullptr;
  const bool block_follows = last.text == ":" || (next && (first.text == "match" ? next->text == "case" : next->indent > first.indent));
  const bool soft = one_of(first.text, "match case") && end - begin > 1 && can_start(list[begin + 1]) && block_follows;
  std::vector<Level> open;
  std::vector<std::size_t> lambdas;  // for each that waits for its colon, in how many brackets it stands
  std::size_t lambda_colon = 0;
  bool has_colon = false, has_in = false;
  std::size_t argument = begin;  // where the argument of a call began, if this is one
  const auto at = [](const Lexeme& token) { return Place{token.line, token.column, token.end_line, token.kind == Token::newline ? token.column + 1 : token.end_column}; };
  const auto span = [&](std::size_t from, std::size_t to) { return Place{list[from].line, list[from].column, list[to].end_line, list[to].end_column}; };
  const auto say = [&](const char* words, Place place) {
    problem = {"SyntaxError", words, place, "", 0};
    return true;
  };
  if (first.kind == Token::op && !one_of(first.text, "( [ { + - ~ * @ ...")) return say("invalid syntax", at(first));
  if (first.kind == Token::name && one_of(first.text, "and or in is as")) return say("invalid syntax", at(first));
  if (check_shapes(list, begin, end, problem)) return true;
  for (std::size_t i = begin; i < end; ++i) {
    const Lexeme& token = list[i];
    const bool op = token.kind == Token::op;
    const char opener = open.empty() ? '\0' : open.back().opener;
    const bool in_lambda = !lambdas.empty() && lambdas.back() == open.size();
    const bool in_parameters = parameters && !has_colon && open.size() == 1 && opener == '(';
    if (i > begin) {
      const Lexeme& before = list[i - 1];
      if (is_operand_end(before) && is_operand_start(token) && !(soft && i == begin + 1) && !(before.kind == Token::string && token.kind == Token::string)) {
        if (i == begin + 1 && (before.text == "print" || before.text == "exec")) {
          problem = {"SyntaxError", cat("Missing parentheses in call to '", before.text, "'. Did you mean ", before.text, "(...)?"), span(i - 1, end - 1), "", 0};
          return true;
        }
        if (in_lambda || in_parameters) return say("invalid syntax", at(token));
        if (!open.empty()) {
          if (never_closed && token.line > before.line) return false;  // then it is the bracket that is wrong
          const std::size_t start = expression_start(list, begin, i - 1);
          if (list[start].kind == Token::name && begins_soft_keyword(list[start].text)) return say("invalid syntax", at(token));
          if (start == i - 1 && before.kind == Token::name && token.kind == Token::string) return say("invalid syntax", at(token));  // a prefix that is none
          return say("invalid syntax. Perhaps you forgot a comma?", span(start, expression_end(list, i, end)));
        }
        return say(!has_colon && one_of(first.text, "def else try finally") ? "expected ':'" : "invalid syntax", at(token));
      }
      if (in_parameters && before.text == "=" && one_of(token.text, ") ,")) return say("expected default value expression", at(before));
      if (opener && before.text == "not" && token.text != "in" && i > begin + 1 && is_operand_end(list[i - 2])) {
        return say("invalid syntax. Perhaps you forgot a comma?", span(expression_start(list, begin, i - 2), expression_end(list, i, end)));
      }
      if (first.text == "import" && op && !one_of(token.text, ". , ;")) return say("invalid syntax", at(token));
      if (in_lambda && one_of(token.text, "( [ .") && i > begin + 1 && one_of(list[i - 2].text, "lambda ,")) return say("invalid syntax", at(token));
      if (token.text == "<>") return say("invalid syntax", at(token));
      if (impossible(before, i > begin + 1 ? &list[i - 2] : nullptr, token, parameters || in_lambda)) return say("invalid syntax", at(token));
      if (before.text == ":" && before.kind == Token::op) {
        if (lambda_colon == i - 1) {
          if (!can_start(token)) return say("invalid syntax", at(token));
        } else if (opener == '{' && !can_start(token)) {
          if (one_of(token.text, "} ,")) return say("expression expected after dictionary key and ':'", point(before.line, before.column));
          return say("invalid syntax", at(token));
        } else if (in_parameters && !can_start(token) && token.text != "*") {
          return say("invalid syntax", at(token));
        }
      }
      if (before.text == ":" && open.empty() && has_colon && one_of(token.text, "-> = , :")) return say("invalid syntax", at(token));
      if (in_parameters && first.text == "def" && token.text == "." && i > begin + 2 && one_of(list[i - 2].text, "( ,")) return say("invalid syntax", at(token));
      if (before.text == "->" && token.text == ":") return say("expected ':'", at(before));
      if (open.empty() && !has_colon && first.text == "def" && before.text == ")" && token.kind == Token::name && !is_operand_start(token)) return say("expected ':'", at(token));
    }
    if (op && one_of(token.text, "( [ {")) {
      open.push_back({token.text[0], i > begin && is_operand_end(list[i - 1]), false});
      argument = i + 1;
      continue;
    }
    if (op && token.text == ":" && i + 1 == end && !in_lambda && open.empty() && !header && !soft && first.text != "async" && !is_annotated_target(list, begin, i)) {
      return say("invalid syntax", at(token));
    }
    if (op && token.text == ",") argument = i + 1;
    if (op && token.text == ";" && !open.empty()) return say("invalid syntax", at(token));
    if (op && token.text == ":" && !in_lambda && opener == '(' && !(in_parameters && first.text == "def")) return say("invalid syntax", at(token));
    if (token.text == "=" && opener == '(' && open.back().is_call && !parameters && lambdas.empty() && i > argument) {  // f(x.y = 1): a keyword must be a name
      const Lexeme& left = list[argument];
      if (i > argument + 1 || left.kind != Token::name) return say("expression cannot contain assignment, perhaps you meant \"==\"?", span(argument, i));
      if (one_of(left.text, "None True False")) {
        problem = {"SyntaxError", cat("cannot assign to ", left.text), span(argument, i), "", 0};
        return true;
      }
    }
    if (token.text == "=" && opener && !(opener == '(' && open.back().is_call) && !in_parameters && !in_lambda && i + 1 < end && i == argument + 1 && is_operand_end(list[argument]) &&
        list[argument].kind == Token::name && can_start(list[i + 1])) {
      return say("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", span(argument, expression_end(list, i + 1, end)));
    }
    if (token.kind == Token::name && token.text == "for" && !open.empty()) open.back().awaits_in = true;
    if (!open.empty() && open.back().awaits_in && (token.text == "if" || (op && one_of(token.text, ") ] }")))) return say("invalid syntax", at(token));
    if (token.kind == Token::name && token.text == "in") {
      has_in = true;
      if (!open.empty()) open.back().awaits_in = false;
    }
    if (op && one_of(token.text, ") ] }") && !open.empty()) {
      while (!lambdas.empty() && lambdas.back() >= open.size()) lambdas.pop_back();
      open.pop_back();
    }
    if (token.kind == Token::name && token.text == "lambda") lambdas.push_back(open.size());
    if (op && token.text == ":" && in_lambda) {
      lambdas.pop_back();
      lambda_colon = i;
    } else if (op && token.text == ":" && open.empty()) {
      has_colon = true;
    }
    const bool in_test = one_of(first.text, "if while elif");
    if (token.text == "=" && open.empty() && in_test && !has_colon && i > begin + 1 && i + 1 < end) {
      const Lexeme& left = list[begin + 1];
      if (const char* what = i > begin + 2 || left.kind != Token::name ? target_kind(list, begin + 1, i) : nullptr) {
        problem = {"SyntaxError", cat("cannot assign to ", what, " here. Maybe you meant '==' instead of '='?"), span(begin + 1, i - 1), "", 0};
        return true;
      }
      return say("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", span(begin + 1, i + 1));
    }
    if (token.text == "in" && first.text == "for" && open.empty() && !has_colon) {
      const char* what = i > begin + 1 ? target_kind(list, begin + 1, i) : nullptr;
      if (what && std::string_view(what) == "function call") return say("cannot assign to function call", span(begin + 1, i - 1));
    }
  }
  if (!open.empty()) return false;
  // The end of the line is a token too.
  Lexeme newline{Token::newline, "", last.end_line, last.end_column, last.end_line, last.end_column + 1, 0, false};
  if (end < list.size() && list[end].kind == Token::newline && list[end].line == last.end_line) newline.column = list[end].column;
  const Place behind{newline.line, newline.column, newline.line, newline.column + 1};
  if (first.text == "def" && end - begin == 2 && last.kind == Token::name) return say("expected '('", behind);
  if (first.text == "def" && !has_colon && last.text == "->") return say("expected ':'", at(last));
  const bool needs_name = one_of(first.text, "import from") && end - begin == 1;
  const bool needs_import = first.text == "from" && std::none_of(list.begin() + static_cast<std::ptrdiff_t>(begin), list.begin() + static_cast<std::ptrdiff_t>(end), [](const Lexeme& one) { return one.text == "import"; });
  const bool needs_body = !lambdas.empty() || (lambda_colon > 0 && lambda_colon == end - 1);
  const bool needs_annotation = end - begin == 2 && is_operand_end(first) && last.text == ":" && !header && !soft;
  const bool needs_more = last.kind == Token::op && last.text == "," && one_of(first.text, "assert global nonlocal");
  if (needs_name || needs_import || needs_body || needs_annotation || needs_more || (first.text == "for" && !has_in && !has_colon) ||
      impossible(last, end - begin > 1 ? &list[end - 2] : nullptr, newline, parameters)) {
    return say("invalid syntax", behind);
  }
  if ((header || soft) && !has_colon) return say("expected ':'", behind);
  return false;
}

}  // namespace nabla
