// What input() reads: lines that were given before the run. A program that asks for more ends with EOFError; whoever gave the lines can ask
// a person and run it again with one more (nabla's runs are the same each time).
#pragma once
#include <deque>
#include <string>

namespace nabla {

/// The lines that are left; set at the start of a run.
inline std::deque<std::string>& input_lines() {
  static std::deque<std::string> lines;
  return lines;
}

}  // namespace nabla
