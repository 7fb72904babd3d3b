// Parsing a whole text, and what is said when it does not parse: CPython's words for the common mistakes, "invalid syntax" for the rest.
#include <algorithm>
#include <optional>
#include <utility>

#include "python/fstrings.h"
#include "python/machine.h"
#include "python/mistakes.h"
#include "python/syntax_tree.h"
#include "python/tokens.h"

namespace nabla {
namespace {

struct ParseTree {
  TSTree* tree;
  explicit ParseTree(std::string_view text) {
    // `type(x).count = 0` is no `type X = ...`: the grammar sees another name there. What names say is read from the program's own text.
    std::string shown(text);
    for (std::size_t at = 0; (at = shown.find("type(", at)) != std::string::npos; ++at) shown[at] = 'T';
    tree = ts_parser_parse_string(python_parser(), nullptr, shown.data(), static_cast<std::uint32_t>(shown.size()));
  }
  ~ParseTree() { ts_tree_delete(tree); }
  ParseTree(const ParseTree&) = delete;
  ParseTree& operator=(const ParseTree&) = delete;
  TSNode root() const { return ts_tree_root_node(tree); }
};

/// The first place where the parser found something it did not expect.
Place first_error(TSNode node) {
  while (true) {
    if (ts_node_is_missing(node)) return place_of_node(node);
    bool deeper = false;
    const std::uint32_t count = ts_node_child_count(node);
    for (std::uint32_t i = 0; i < count; ++i) {
      const TSNode child = ts_node_child(node, i);
      if (ts_node_is_error(child)) {
        // What an ERROR node wraps is either the unexpected token alone, or a statement that broke off: then its end is the place.
        const std::uint32_t parts = ts_node_child_count(child);
        return place_of_node(parts == 0 ? child : ts_node_child(child, parts - 1));
      }
      if (ts_node_has_error(child) || ts_node_is_missing(child)) {
        node = child;
        deeper = true;
        break;
      }
    }
    if (!deeper) return place_of_node(node);
  }
}

/// Something is assigned to what is no variable: f() = 1, x + 1 = 2, None = 3.
void find_bad_target(std::string_view text, SyntaxProblem& problem) {
  std::size_t begin, sign, length;
  if (!find_assignment(text, problem.place.line, begin, sign, length)) return;
  std::string left(text.substr(0, sign));  // the same lines, with nothing in them but the left side
  for (std::size_t i = 0; i < begin; ++i) {
    if (left[i] != '\n') left[i] = ' ';
  }
  const ParseTree parsed(left);
  const TSNode root = parsed.root();
  if (ts_node_has_error(root) || ts_node_named_child_count(root) != 1) return;
  Tree tree;
  std::vector<Node*> body;
  try {
    Converter(left, tree).statement(ts_node_named_child(root, 0), body);
  } catch (const SyntaxProblem&) {
    return;
  }
  if (body.size() == 1 && body[0]->kind == Kind::expression) Converter::explain_target(body[0]->a, length > 1, problem);
}

/// Spaces in the place of lines for which is_left_out(number, line from its first sign on) holds, outside brackets and strings.
template <class Test>
void blank_lines(std::string& text, Test is_left_out) {
  std::uint32_t number = 1;
  LineState state;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t");
    if (!state.inside() && first != std::string_view::npos && is_left_out(number, line.substr(first))) std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    else state.feed(line);
    begin = end + 1;
  }
}

/// For the parser, which looks from each comment within a block to the end of all that follow: without lines that are comments.
std::string without_comments(std::string_view text) {
  std::string out(text);
  blank_lines(out, [](std::uint32_t, std::string_view line) { return line[0] == '#'; });
  return out;
}

/// What the parser misreads, given to it in another form of the same length: a line in brackets that begins left of its block, which it takes
/// for the end of that block, behind spaces instead of a line end; a format that begins with "=" (formats_with_equals) with another sign.
/// Places are told by the text's own lines as long as this lives.
class SecondReading {
 public:
  SecondReading() : outer_(std::exchange(line_starts, nullptr)) {}
  ~SecondReading() { line_starts = outer_; }
  SecondReading(const SecondReading&) = delete;
  SecondReading& operator=(const SecondReading&) = delete;
  void read(std::string_view text) {
    const Tokens tokens = tokenize(text);
    if (tokens.failed) return;
    std::string changed = without_comments(text);
    const auto at = [&](const char* place) { return changed.begin() + (place - text.data()); };
    for (std::size_t i = 1; i < tokens.list.size(); ++i) {
      const Lexeme &before = tokens.list[i - 1], &next = tokens.list[i];
      if (before.kind == Token::newline || next.kind == Token::newline || before.end_line == next.line) continue;
      std::fill(at(before.text.data() + before.text.size()), at(next.text.data()), ' ');
    }
    for (const char* place : formats_with_equals(tokens.list)) *at(place) = '-';
    if (changed == text) return;
    parsed_.emplace(changed);
    if (ts_node_has_error(parsed_->root())) {
      parsed_.reset();
      return;
    }
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) starts_.push_back(static_cast<std::uint32_t>(end + 1));
    line_starts = &starts_;
  }
  /// The tree, if the text is sound.
  const std::optional<ParseTree>& parsed() const { return parsed_; }

 private:
  const std::vector<std::uint32_t>* outer_;
  std::optional<ParseTree> parsed_;
  std::vector<std::uint32_t> starts_{0};
};

}  // namespace

void parse_module(std::string_view text, ParsedModule& out) {
  const ParseTree first(without_comments(text));
  SecondReading second;
  if (ts_node_has_error(first.root())) second.read(text);
  Converter converter(text, out.tree);
  const TSNode root = second.parsed() ? second.parsed()->root() : first.root();
  const auto fail_with = [&out](SyntaxProblem problem) {
    out.ok = false;
    out.problem = std::move(problem);
  };
  SyntaxProblem early;  // what the tokens alone show, wherever it is
  bool broken = ts_node_has_error(root);
  if (broken) {
    early = {"SyntaxError", "invalid syntax", first_error(root)};
    find_mistake(text, false, early);
    if (early.message == "invalid syntax") find_bad_target(text, early);
  } else if (is_suspicious(text)) {
    broken = find_mistake(text, true, early);
  }
  if (ts_node_is_error(root)) return fail_with(std::move(early));
  for (const TSNode child : children_of(root)) {
    const bool reaches_mistake = broken && place_of_node(child).end_line >= early.place.line && place_of_node(child).line <= early.place.line;
    if (ts_node_has_error(child) || ts_node_is_error(child) || reaches_mistake) return fail_with(std::move(early));
    const std::size_t before = out.body.size();
    try {
      converter.statement(child, out.body);
    } catch (SyntaxProblem& problem) {
      out.body.resize(before);
      return fail_with(std::move(problem));
    }
  }
  if (broken) fail_with(std::move(early));
}

std::string blank_magics(std::string_view text, std::uint32_t cell, std::vector<Note>& notes) {
  std::string out(text);
  if (out.find('%') == std::string::npos && out.find('!') == std::string::npos) return out;
  blank_lines(out, [&](std::uint32_t line, std::string_view shown) {
    if (shown[0] != '%' && shown[0] != '!') return false;
    while (shown.back() == '\r' || shown.back() == ' ') shown.remove_suffix(1);
    notes.push_back({cell, line, cat("line ", line, ": ", shown, " is ignored")});
    return true;
  });
  return out;
}

Anchors find_anchors(std::string_view expression) {
  const ParseTree parsed(expression);
  const TSNode root = parsed.root();
  if (ts_node_has_error(root) || ts_node_named_child_count(root) != 1) return {};
  const TSNode statement = ts_node_named_child(root, 0);
  if (type_of_node(statement) != T::expression_statement || ts_node_named_child_count(statement) != 1) return {};
  const TSNode node = ts_node_named_child(statement, 0);
  if (type_of_node(node) == T::binary_operator) {
    const TSNode sign = ts_node_child_by_field_name(node, "operator", 8);
    // CPython looks for the sign from the end of the left operand, not counting its brackets.
    TSNode left = ts_node_child_by_field_name(node, "left", 4);
    if (type_of_node(left) == T::parenthesized_expression) return {true, ts_node_end_byte(left) - 1, ts_node_end_byte(left)};
    return {true, ts_node_start_byte(sign), ts_node_end_byte(sign)};
  }
  if (type_of_node(node) == T::subscript) {
    const TSNode value = ts_node_child_by_field_name(node, "value", 5);
    return {true, ts_node_end_byte(value), ts_node_end_byte(node)};
  }
  return {};
}

}  // namespace nabla
