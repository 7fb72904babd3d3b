// From source text to the syntax tree of ast.h, by way of tree-sitter. The only place that includes tree-sitter is syntax*.cpp.
#pragma once
#include <string_view>

#include "python/ast.h"
#include "python/code.h"

namespace nabla {

struct Note;
enum class Mode : std::uint8_t;

/// In a place: CPython shows the line alone, without a caret.
inline constexpr std::uint32_t kWholeLine = UINT32_MAX;

/// What is wrong with a text, in CPython's words.
struct SyntaxProblem {
  const char* kind = "SyntaxError";
  std::string message;
  Place place;  // columns in bytes; end_line 0 = a single caret
  std::string shown = {};          // what CPython shows in the line's place: an f-string's expression in brackets. The place's columns are in it
  std::uint32_t shown_column = 0;  // where that expression begins in its line
};

/// Parses a whole text. When something is wrong with it, `problem` says what, and the tree holds the statements above it.
struct ParsedModule {
  Tree tree;
  std::vector<Node*> body;
  bool ok = true;
  SyntaxProblem problem;
};
void parse_module(std::string_view text, ParsedModule& out);

/// Blanks out the lines that are IPython's and not Python's ("%matplotlib inline", "!pip install x"), with a note for each.
std::string blank_magics(std::string_view text, std::uint32_t cell, std::vector<Note>& notes);

/// The part of an expression that a traceback marks with ^, in bytes: an operator, or a subscript's brackets.
struct Anchors {
  bool found = false;
  std::size_t begin = 0, end = 0;
};
Anchors find_anchors(std::string_view expression);

}  // namespace nabla
