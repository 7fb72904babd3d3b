// Parsing the signatures of operators: "sum(Tensor input, ints? dim=None, bool keepdim=False, *, dtype? dtype=None)".
#include <cctype>
#include <cstdlib>

#include "base/error.h"
#include "ops/opdef.h"

namespace nabla {
namespace {

using Type = ParameterDef::Type;

constexpr struct {
  std::string_view name;
  Type type;
} kTypes[] = {{"Tensor", Type::tensor}, {"Number", Type::number},   {"int", Type::integer}, {"float", Type::real},
              {"bool", Type::boolean},  {"ints", Type::ints},       {"size", Type::size},   {"tensors", Type::tensors},
              {"dtype", Type::dtype},   {"str", Type::text},        {"index", Type::index},
              {"pairs", Type::ints}};  // two lists of ints, which travel as one: the second behind the first

[[noreturn]] void bad(const char* text) { fail("SystemError", "bad operator signature: ", text); }

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

Arg parse_default(Type type, std::string_view text, const char* whole) {
  if (text == "None") return {};
  if (text == "True" || text == "False") return Arg(text == "True");
  if (type == Type::text) return Arg(std::string(text.substr(1, text.size() - 2)));
  if (type == Type::ints || type == Type::size) {
    Dims items;
    std::string_view rest = text;
    if (!rest.empty() && rest.front() == '(') rest = rest.substr(1, rest.size() - 2);
    while (!(rest = trim(rest)).empty()) {
      const std::size_t comma = rest.find(',');
      items.push_back(std::atoll(std::string(rest.substr(0, comma)).c_str()));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return Arg(items);
  }
  char* end = nullptr;
  const std::string copy(text);
  const bool real = type == Type::real || copy.find_first_of(".e") != std::string::npos;
  const Arg value = real ? Arg(std::strtod(copy.c_str(), &end)) : Arg(static_cast<std::int64_t>(std::strtoll(copy.c_str(), &end, 10)));
  if (*end) bad(whole);
  return value;
}

ParameterDef parse_parameter(std::string_view text, bool keyword_only, const char* whole) {
  ParameterDef out;
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) bad(whole);
  std::string_view type = text.substr(0, space);
  if (type.back() == '?') {
    out.optional = true;
    type.remove_suffix(1);
  }
  if (type.ends_with("...")) {
    out.spread = true;
    type.remove_suffix(3);
  }
  if (type == "pairs") out.spread = true;
  bool known = false;
  for (const auto& entry : kTypes) {
    if (entry.name == type) {
      out.type = entry.type;
      known = true;
    }
  }
  if (!known) bad(whole);
  std::string_view name = trim(text.substr(space));
  if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
    out.has_default = true;
    out.default_value = parse_default(out.type, name.substr(equals + 1), whole);
    name = name.substr(0, equals);
  }
  out.name = std::string(name);
  out.keyword_only = keyword_only;
  return out;
}

std::string default_node(std::string_view name) {
  std::string out;
  bool upper = true;
  for (char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return out + "Backward0";
}

ParsedSignature parse_signature(const OpDef& def, const Signature& signature) {
  ParsedSignature out;
  out.node = signature.node ? signature.node : default_node(def.name);
  std::string_view text = signature.text;
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') bad(signature.text);
  text = text.substr(open + 1, text.size() - open - 2);
  out.text = std::string(text);
  bool keyword_only = false;
  while (!(text = trim(text)).empty()) {
    int depth = 0;
    std::size_t end = 0;
    while (end < text.size() && (depth > 0 || text[end] != ',')) {
      depth += (text[end] == '(') - (text[end] == ')');
      ++end;
    }
    const std::string_view part = trim(text.substr(0, end));
    if (part == "*") keyword_only = true;
    else out.parameters.push_back(parse_parameter(part, keyword_only, signature.text));
    if (out.parameters.size() > kMaxArgs) bad(signature.text);
    text = end < text.size() ? text.substr(end + 1) : std::string_view();
  }
  for (std::size_t i = 0; i < out.parameters.size(); ++i) {
    if (def.gradient_of(static_cast<int>(i)).state == Gradient::State::not_differentiable) continue;
    if (out.parameters[i].type == Type::tensor) {
      out.edges[i] = ParsedSignature::EdgeKind::one;
      out.single_edges |= static_cast<std::uint8_t>(1u << i);
    }
    if (out.parameters[i].type == Type::tensors) out.edges[i] = ParsedSignature::EdgeKind::list;
  }
  return out;
}

}  // namespace

const std::vector<ParsedSignature>& OpDef::parse() const {
  auto* list = new std::vector<ParsedSignature>;
  for (const Signature& signature : signatures) list->push_back(parse_signature(*this, signature));
  parsed_signatures = list;
  return *list;
}

}  // namespace nabla
