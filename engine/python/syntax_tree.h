// What the syntax*.cpp files share: tree-sitter's node types as an enum, and the Converter.
#pragma once
#include <tree_sitter/api.h>

#include <string_view>
#include <vector>

#include "python/syntax.h"

namespace nabla {

#define NABLA_NODES(X)                                                                                                       \
  X(module) X(block) X(comment) X(expression_statement) X(assignment) X(augmented_assignment) X(if_statement) X(elif_clause) \
  X(else_clause) X(for_statement) X(while_statement) X(try_statement) X(except_clause) X(finally_clause) X(with_statement)   \
  X(with_clause) X(with_item) X(function_definition) X(class_definition) X(decorated_definition) X(decorator)                \
  X(return_statement) X(raise_statement) X(assert_statement) X(delete_statement) X(global_statement) X(nonlocal_statement)   \
  X(pass_statement) X(break_statement) X(continue_statement) X(import_statement) X(future_import_statement)                  \
  X(import_from_statement) X(relative_import) X(wildcard_import) X(aliased_import) X(dotted_name) X(print_statement)         \
  X(exec_statement) X(match_statement) X(type_alias_statement) X(identifier) X(keyword_identifier) X(integer) X(string)      \
  X(concatenated_string) X(none) X(ellipsis) X(binary_operator) X(boolean_operator) X(unary_operator) X(not_operator)        \
  X(comparison_operator) X(conditional_expression) X(named_expression) X(lambda) X(call) X(attribute) X(subscript) X(slice)  \
  X(list) X(set) X(tuple) X(expression_list) X(pattern_list) X(tuple_pattern) X(list_pattern) X(parenthesized_expression)    \
  X(dictionary) X(dictionary_splat) X(list_splat) X(list_splat_pattern) X(dictionary_splat_pattern) X(list_comprehension)    \
  X(set_comprehension) X(dictionary_comprehension) X(generator_expression) X(for_in_clause) X(if_clause) X(yield) X(await)   \
  X(as_pattern) X(keyword_argument) X(argument_list) X(default_parameter) X(typed_default_parameter) X(typed_parameter)      \
  X(keyword_separator) X(positional_separator) X(interpolation) X(string_start) X(string_end) X(string_content)              \
  X(format_specifier) X(format_expression) X(type_conversion) X(type) X(generic_type) X(union_type) X(member_type)             \
  X(case_clause) X(case_pattern) X(keyword_pattern) X(class_pattern) X(splat_pattern) X(union_pattern) X(dict_pattern) X(complex_pattern)

enum class T : std::uint8_t {
  other, error, float_, true_, false_,
#define NABLA_NODE(name) name,
  NABLA_NODES(NABLA_NODE)
#undef NABLA_NODE
};

TSParser* python_parser();
T type_of_node(TSNode node);
Place place_of_node(TSNode node);
/// Where each line of the text begins, as long as the parser was given one with fewer line ends; else null.
extern const std::vector<std::uint32_t>* line_starts;
/// The children, comments left out; all of them, or the named ones.
std::vector<TSNode> children_of(TSNode node, bool named = true);

Binary binary_of_sign(std::string_view sign);

/// Converts statements and expressions; throws SyntaxProblem.
class Converter {
 public:
  Converter(std::string_view source, Tree& tree) : source_(source), tree_(tree) {}
  void statement(TSNode node, std::vector<Node*>& out);
  Node* expression(TSNode node);
  /// Says why `node` cannot stand left of `=` (or of `+=`); leaves `problem` when it can.
  static void explain_target(const Node* node, bool augmented, SyntaxProblem& problem);

 private:
  struct Depth;
  std::string_view text(TSNode node) const {
    if (ts_node_is_null(node)) return {};
    const std::uint32_t start = ts_node_start_byte(node);
    return source_.substr(start, ts_node_end_byte(node) - start);
  }
  static TSNode field(TSNode node, std::string_view name) {
    return ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
  }
  [[noreturn]] void unsupported(TSNode node, std::string_view what);
  void refuse_async(TSNode node);
  std::vector<Node*> block(TSNode node);
  std::vector<Node*> suite(TSNode parent);
  void expression_statement(TSNode node, std::vector<Node*>& out);
  void assignment(TSNode node, std::vector<Node*>& out);
  Node* if_statement(TSNode node);
  void try_statement(TSNode node, Node* out);
  std::vector<Node*> with_items(TSNode clause);
  std::vector<Node*> aliases(TSNode node, TSNode skip);
  std::string dotted(TSNode node);
  Node* function_definition(TSNode node, std::vector<Node*> decorators);
  Node* annotation(TSNode node);
  void match_statement(TSNode node, Node* out);
  Node* pattern(TSNode node);
  Node* name_expression(TSNode dotted_name);
  Node* pattern_of(const std::vector<TSNode>& parts, const Place& place);
  Node* class_definition(TSNode node, std::vector<Node*> decorators);
  void parameters(TSNode node, FunctionNode& function);
  Node* plain_expression(TSNode node);
  static Node* hoist_star(Node* made);
  Node* sequence(TSNode node, Kind kind);
  Node* binary(TSNode node);
  Node* logical(TSNode node);
  std::vector<Node*> arguments(TSNode node);
  Node* comprehension(TSNode node, Kind kind, const char* name);
  Node* number(TSNode node);
  Node* strings(TSNode node);
  void string_parts(TSNode node, std::vector<Node*>& parts, bool& formatted, bool& bytes);
  void formatted_parts(std::uint32_t begin, std::uint32_t end, const std::vector<TSNode>& holes, bool raw, bool spec, std::vector<Node*>& parts);
  void hole(TSNode node, std::vector<Node*>& parts);
  Node* literal_part(std::string text, Place place);
  static std::string describe(const Node* node);
  static void check_target(const Node* node, const char* verb);
  Node* target(TSNode node);

  std::string_view source_;
  Tree& tree_;
  int depth_ = 0;
};

}  // namespace nabla
