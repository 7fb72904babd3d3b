// The rule of an optimizer as text: which of its lines take part, and what they say.
#pragma once
#include <string>
#include <vector>

#include "optim/optimizer.h"

namespace nabla {

/// The lines that take part, and the symbols as they read there. `is_on` says whether an option or a flag is on.
class RuleText {
 public:
  template <class IsOn>
  RuleText(const OptimizerDef& def, IsOn is_on) : def_(def) {
    for (const RuleLine& line : def.rule) {
      if (holds(line.when, is_on)) lines_.push_back(&line);
    }
  }
  /// The rule in general: every number other than 0, every flag off.
  explicit RuleText(const OptimizerDef& def);

  const std::vector<const RuleLine*>& lines() const { return lines_; }
  /// The right side of a line; <name> where the line has a symbol, the one that stands in its place where it has.
  std::string right_side(const RuleLine& line) const;
  /// The names of the symbols in the lines, each once.
  std::vector<std::string> symbols() const;
  /// The letter of a symbol.
  const char* letter(std::string_view name) const;
  /// Does the line change something that is kept (state or the parameter)?
  bool keeps(const RuleLine& line) const;

 private:
  template <class IsOn>
  static bool holds(std::string_view when, IsOn& is_on) {
    while (!when.empty()) {
      const std::size_t end = when.find(' ');
      std::string_view name = when.substr(0, end);
      when = end == when.npos ? std::string_view() : when.substr(end + 1);
      const bool wanted = name[0] != '!';
      if (!wanted) name.remove_prefix(1);
      if (is_on(name) != wanted) return false;
    }
    return true;
  }
  /// The symbol that stands for this one.
  std::string_view resolved(std::string_view name) const;

  const OptimizerDef& def_;
  std::vector<const RuleLine*> lines_;
};

/// The rule in general as one LaTeX formula.
std::string latex_of(const OptimizerDef& def);

}  // namespace nabla
