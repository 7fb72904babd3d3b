// What a text's tokens show of mistakes, without its grammar: brackets, strings, indentation, a missing colon.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "python/syntax.h"

namespace nabla {

/// Follows a text line by line: is the end of this line inside brackets or a triple-quoted string?
class LineState {
 public:
  void feed(std::string_view line);
  bool inside() const { return !quote_.empty() || depth_ > 0 || continued_; }

 private:
  std::string quote_;  // the triple quote that is open
  int depth_ = 0;
  bool continued_ = false;
};

/// Has a text that parses something that asks for find_mistake()? The parser lets pass more than CPython: a line that breaks off goes on with the
/// next; indentation and clauses need not fit.
bool is_suspicious(std::string_view text);
/// Words and place of the first mistake: of a text that does not parse, or of one that is suspicious. Where nothing is found, false, and
/// `problem` stays as it is (the parser's own guess).
bool find_mistake(std::string_view text, bool parses, SyntaxProblem& problem);
/// Where, in bytes, the logical line around `line` begins, and its first sign of assignment ("=", "+=") outside brackets stands.
bool find_assignment(std::string_view text, std::uint32_t line, std::size_t& begin, std::size_t& sign, std::size_t& length);

}  // namespace nabla
