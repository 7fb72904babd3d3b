// Python's tokens, as far as the words of syntax errors need them.
#pragma once
#include <string_view>
#include <vector>

#include "python/syntax.h"

namespace nabla {

enum class Token : std::uint8_t { name, number, string, op, newline, end };

struct Lexeme {
  Token kind;
  std::string_view text;
  std::uint32_t line, column, end_line, end_column;
  std::uint32_t indent;  // of the logical line it starts, for the first of a line; else 0
  bool first;            // first of a logical line
};

struct Tokens {
  std::vector<Lexeme> list;
  bool failed = false;
  SyntaxProblem problem;
};

/// Tokens of the text up to the first string that never ends, bracket that does not fit, or number or character that is none.
Tokens tokenize(std::string_view text);
/// The logical lines: ranges of tokens without their newline.
std::vector<std::pair<std::size_t, std::size_t>> logical_lines(const std::vector<Lexeme>& tokens);
/// A place that a single caret marks.
inline Place point(std::uint32_t line, std::uint32_t column) { return {line, column, 0, 0}; }

}  // namespace nabla
