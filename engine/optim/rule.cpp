// The rule of an optimizer as text.
#include "optim/rule.h"

#include <algorithm>

#include "base/error.h"

namespace nabla {
namespace {

/// Calls symbol(name) for every <name> and text(piece) for what is between.
template <class Text, class Symbol>
void walk(std::string_view tex, Text text, Symbol symbol) {
  for (;;) {
    const std::size_t open = tex.find('<');
    text(tex.substr(0, open));
    if (open == tex.npos) return;
    const std::size_t close = tex.find('>', open);
    symbol(tex.substr(open + 1, close - open - 1));
    tex.remove_prefix(close + 1);
  }
}

}  // namespace

RuleText::RuleText(const OptimizerDef& def)
    : RuleText(def, [&](std::string_view name) {
        for (const OptionDef& option : def.options) {
          if (option.name == name) return option.kind != OptionDef::Kind::flag;
        }
        for (const QuantityDef& quantity : def.quantities) {
          if (quantity.name == name) return quantity.usual;
        }
        return false;
      }) {}

std::string_view RuleText::resolved(std::string_view name) const {
  for (;;) {
    const auto sets = [&](const RuleLine* line) { return line->sets == name; };
    if (std::any_of(lines_.begin(), lines_.end(), sets)) return name;
    const char* otherwise = nullptr;
    for (const StateDef& state : def_.state) {
      if (state.name == name) otherwise = state.otherwise;
    }
    for (const QuantityDef& quantity : def_.quantities) {
      if (quantity.name == name) otherwise = quantity.otherwise;
    }
    if (!otherwise) return name;
    name = otherwise;
  }
}

std::string RuleText::right_side(const RuleLine& line) const {
  std::string out;
  walk(line.tex, [&](std::string_view text) { out += text; }, [&](std::string_view name) { out += cat("<", resolved(name), ">"); });
  return out;
}

std::vector<std::string> RuleText::symbols() const {
  std::vector<std::string> out;
  const auto add = [&](std::string_view name) {
    if (std::find(out.begin(), out.end(), name) == out.end()) out.emplace_back(name);
  };
  for (const RuleLine* line : lines_) {
    walk(line->tex, [](std::string_view) {}, [&](std::string_view name) { add(resolved(name)); });
    add(line->sets);
  }
  return out;
}

const char* RuleText::letter(std::string_view name) const {
  if (name == "grad") return "g";
  if (name == "param") return "\\theta";
  for (const OptionDef& option : def_.options) {
    if (!name.starts_with(option.name)) continue;
    const std::string_view rest = name.substr(std::string_view(option.name).size());
    if (rest.empty() || rest == "[0]") return option.tex;
    if (rest == "[1]") return option.second_tex;
  }
  for (const StateDef& state : def_.state) {
    if (state.name == name) return state.tex;
  }
  for (const QuantityDef& quantity : def_.quantities) {
    if (quantity.name == name) return quantity.tex;
  }
  return nullptr;
}

bool RuleText::keeps(const RuleLine& line) const {
  const std::string_view name = line.sets;
  return name == "param" || std::any_of(def_.state.begin(), def_.state.end(), [&](const StateDef& state) { return state.name == name; });
}

std::string latex_of(const OptimizerDef& def) {
  if (def.latex) return def.latex;
  const RuleText text(def);
  std::string out = "\\begin{aligned} ";
  for (const RuleLine* line : text.lines()) {
    if (line != text.lines().front()) out += " \\\\ ";
    out += cat(text.letter(line->sets), text.keeps(*line) ? " &\\leftarrow " : " &= ");
    walk(text.right_side(*line), [&](std::string_view piece) { out += piece; }, [&](std::string_view name) { out += text.letter(name); });
  }
  return out + " \\end{aligned}";
}

}  // namespace nabla
