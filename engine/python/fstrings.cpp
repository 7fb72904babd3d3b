// See fstrings.h. A string is read as CPython 3.11 reads it, character by character: text, and between braces an expression, "=", a
// conversion and a format, in which there may be braces again.
#include "python/fstrings.h"

#include <algorithm>

namespace nabla {
namespace {

/// What is wrong, as an Error of this file alone.
struct Refused {
  std::string words;
  std::string shown;           // the expression as it is parsed, when it is that which is wrong
  Place place;                 // in `shown`
  const char* begin = nullptr;  // where the expression stands
};

class Reader {
 public:
  Reader(std::string_view text, bool raw, bool parse) : s_(text), raw_(raw), parse_(parse) {}
  /// Text and holes; in a format (level 1, 2) up to the brace that ends it.
  void read(int level) {
    while (i_ < s_.size()) {
      const char c = s_[i_];
      if (!raw_ && c == '\\' && i_ + 1 < s_.size()) {
        const char escaped = s_[i_ + 1];
        if (escaped == 'N' && i_ + 2 < s_.size() && s_[i_ + 2] == '{') {
          const std::size_t end = s_.find('}', i_);
          i_ = end == std::string_view::npos ? s_.size() : end + 1;
        } else {
          i_ += escaped == '{' || escaped == '}' ? 1 : 2;
        }
        continue;
      }
      if (c == '{' || c == '}') {
        if (level == 0 && i_ + 1 < s_.size() && s_[i_ + 1] == c) {
          i_ += 2;
          continue;
        }
        if (c == '}' && level == 0) refuse("f-string: single '}' is not allowed");
        if (c == '}') return;
        hole(level);
        continue;
      }
      ++i_;
    }
  }
  const std::vector<const char*>& with_equals() const { return with_equals_; }

 private:
  [[noreturn]] static void refuse(std::string words) { throw Refused{std::move(words), "", {}, nullptr}; }
  bool at_end() const { return i_ >= s_.size(); }
  void more() const {
    if (at_end()) refuse("f-string: expecting '}'");
  }

  void hole(int level) {
    if (level >= 2) refuse("f-string: expressions nested too deeply");
    const std::size_t begin = ++i_;
    find_end();
    more();
    expression(begin);
    if (s_[i_] == '=') {
      do ++i_;
      while (!at_end() && (s_[i_] == ' ' || s_[i_] == '\t' || s_[i_] == '\n'));
      more();
    }
    if (s_[i_] == '!') {
      ++i_;
      more();
      const char letter = s_[i_++];
      if (letter != 's' && letter != 'r' && letter != 'a') refuse("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      more();
    }
    if (s_[i_] == ':') {
      ++i_;
      more();
      if (s_[i_] == '=') with_equals_.push_back(s_.data() + i_);
      read(level + 1);
    }
    if (at_end() || s_[i_] != '}') refuse("f-string: expecting '}'");
    ++i_;
  }

  /// Goes to the end of the expression.
  void find_end() {
    std::string open;       // brackets
    std::string_view quote;  // of a string in it
    for (; !at_end(); ++i_) {
      const char c = s_[i_];
      if (c == '\\') refuse("f-string expression part cannot include a backslash");
      if (!quote.empty()) {
        if (s_.substr(i_, quote.size()) == quote) {
          i_ += quote.size() - 1;
          quote = {};
        }
        continue;
      }
      if (c == '\'' || c == '"') {
        const std::string_view three = s_.substr(i_, 3);
        quote = three.size() == 3 && three[1] == c && three[2] == c ? three : three.substr(0, 1);
        i_ += quote.size() - 1;
        continue;
      }
      if (c == '[' || c == '{' || c == '(') {
        open += c;
        continue;
      }
      if (c == '#') refuse("f-string expression part cannot include '#'");
      if (open.empty() && std::string_view("!:}=<>").find(c) != std::string_view::npos) {
        if ((c == '!' || c == '=' || c == '<' || c == '>') && i_ + 1 < s_.size() && s_[i_ + 1] == '=') {
          ++i_;
          continue;
        }
        if (c == '<' || c == '>') continue;
        return;
      }
      if (c != ']' && c != '}' && c != ')') continue;
      if (open.empty()) refuse(cat("f-string: unmatched '", std::string(1, c), "'"));
      const char opening = open.back();
      open.pop_back();
      if (c != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
        refuse(cat("f-string: closing parenthesis '", std::string(1, c), "' does not match opening parenthesis '", std::string(1, opening), "'"));
      }
    }
    if (!quote.empty()) refuse("f-string: unterminated string");
    if (!open.empty()) refuse(cat("f-string: unmatched '", open.substr(open.size() - 1), "'"));
  }

  void expression(std::size_t begin) const {
    const std::string_view text = s_.substr(begin, i_ - begin);
    const std::size_t first = text.find_first_not_of(" \t\n\f\r");
    if (first == std::string_view::npos) {
      refuse(s_[i_] == '}' ? "f-string: empty expression not allowed" : cat("f-string: expression required before '", s_.substr(i_, 1), "'"));
    }
    if (!parse_ && text[first] != '*' && text.find("lambda") == std::string_view::npos) return;
    const std::string shown = cat("(", text, ")");
    ParsedModule parsed;
    parse_module(shown, parsed);
    if (parsed.ok) return;
    std::string words = std::move(parsed.problem.message);
    if (words.starts_with("can't use starred")) words = "cannot" + words.substr(5);
    if (!words.starts_with("f-string")) words = "f-string: " + words;
    throw Refused{std::move(words), shown, parsed.problem.place, text.data()};
  }

  std::string_view s_;
  std::size_t i_ = 0;
  bool raw_, parse_;
  std::vector<const char*> with_equals_;
};

/// Reads one token; throws Refused. Gives what formats_with_equals() gives.
std::vector<const char*> read_string(std::string_view token, bool parse) {
  const std::size_t quote = token.find_first_of("'\"");
  const std::string_view prefix = token.substr(0, quote);
  if (prefix.find_first_of("fF") == std::string_view::npos) return {};
  token.remove_prefix(quote);
  const std::size_t quotes = token.size() >= 6 && token.substr(0, 3) == std::string(3, token[0]) ? 3 : 1;
  Reader reader(token.substr(quotes, token.size() - 2 * quotes), prefix.find_first_of("rR") != std::string_view::npos, parse);
  reader.read(0);
  return reader.with_equals();
}

}  // namespace

bool check_fstrings(const std::vector<Lexeme>& tokens, bool parse, SyntaxProblem& problem, std::size_t& string) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != Token::string) continue;
    try {
      read_string(tokens[i].text, parse);
    } catch (const Refused& refused) {
      string = i;
      if (!refused.begin) {
        std::size_t behind = i + 1;  // CPython points behind the strings that stand side by side
        while (behind + 1 < tokens.size() && tokens[behind].kind == Token::string) ++behind;
        problem = {"SyntaxError", refused.words, point(tokens[behind].line, tokens[behind].column), "", 0};
        return true;
      }
      const Lexeme& token = tokens[i];
      const std::string_view before(token.text.data(), static_cast<std::size_t>(refused.begin - token.text.data()));
      const auto lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
      const auto column = static_cast<std::uint32_t>(lines ? before.size() - before.rfind('\n') - 1 : token.column + before.size());
      problem = {"SyntaxError", refused.words, refused.place, refused.shown, column};
      problem.place.line += token.line + lines - 1;
      if (problem.place.end_line) problem.place.end_line += token.line + lines - 1;
      return true;
    }
  }
  return false;
}

std::vector<const char*> formats_with_equals(const std::vector<Lexeme>& tokens) {
  std::vector<const char*> out;
  for (const Lexeme& token : tokens) {
    if (token.kind != Token::string || token.text.find(":=") == std::string_view::npos) continue;
    try {
      for (const char* place : read_string(token.text, false)) out.push_back(place);
    } catch (const Refused&) {  // told by check_fstrings()
    }
  }
  return out;
}

}  // namespace nabla
