// The syntax tree: one struct for every kind of node, since the compiler is the only reader. Nodes live in their Tree.
#pragma once
#include <deque>
#include <vector>

#include "python/code.h"
#include "python/object.h"

namespace nabla {

enum class Kind : std::uint8_t {
  // Expressions. In brackets what the fields hold.
  name,         // [name]
  constant,     // [value]
  tuple, list, set,  // [items]
  dict,         // [items: key, value, key, value; a null key for **value]
  binary,       // [op a b]
  unary,        // [op a]
  logical_not,  // [a]
  logical_and, logical_or,  // [items]
  compare,      // [a items ops]
  conditional,  // [a if b else c]
  lambda,       // [function]
  call,         // [a items: positional, starred, keyword]
  keyword,      // [name = a; no name for **a]
  starred,      // [a]
  attribute,    // [a.name]
  subscript,    // [a[b]]
  slice,        // [a:b:c, each may be null]
  named,        // [name := a]
  list_comp, set_comp, dict_comp, generator,  // [function; its body is the element (a, and b for a dict) and items of comp_for]
  comp_for,     // [for a in b, items: conditions]
  joined,       // f-string [items: constants and formatted]
  formatted,    // [a !op :b]
  yield, yield_from,  // [a]
  // Statements.
  expression,   // [a]
  assign,       // [items: targets, a: value]
  augmented,    // [a op= b]
  annotated,    // [a: c = b, b may be null]
  for_, while_, if_,  // [a b body orelse]
  with,         // [items: with_item, body]
  with_item,    // [a as b]
  function,     // [function, items: decorators]
  class_,       // [function: the body; items: bases and keywords; decorators in orelse]
  return_,      // [a]
  import,       // [items: alias]
  import_from,  // [text: module, items: alias; an alias named * for all]
  alias,        // [text as name]
  try_,         // [body, items: handler, orelse, last: finally]
  handler,      // [except a as name: body]
  raise,        // [a from b]
  assert_,      // [a, b]
  del,          // [items]
  global, nonlocal,  // [names]
  pass, break_, continue_,
  match,        // [a, items: case_]
  case_,        // [pattern a, guard b, body]
  // Patterns of match.
  match_value,     // [a: equal to it]
  match_identity,  // [value: None, True, False]
  match_capture,   // [name, or none for _]
  match_star,      // [name, or none for *_]
  match_sequence,  // [items]
  match_mapping,   // [items: key, pattern, key, pattern; name of **rest]
  match_class,     // [a, items: patterns; the last of them are for names]
  match_or,        // [items]
  match_as,        // [a as name]
};

/// The operators of a comparison, beyond Compare's six.
enum class CompareOp : std::uint8_t { lt, le, eq, ne, gt, ge, is, is_not, in, not_in };

struct FunctionNode;

inline namespace syntax {  // autograd has a Node too: they must not have the same name to the linker
struct Node {
  Kind kind;
  std::uint8_t op = 0;  // Binary, Unary, or the conversion of a formatted: 'r', 's', 'a'
  bool bracketed = false;  // a tuple or expression written in parentheses
  Place place;
  Str* name = nullptr;
  Value value;
  std::string text;
  Node *a = nullptr, *b = nullptr, *c = nullptr;
  std::vector<Node*> items, body, orelse, last;
  std::vector<CompareOp> ops;
  std::vector<Str*> names;
  FunctionNode* function = nullptr;
};
}  // namespace syntax

struct ParameterNode {
  enum class Kind : std::uint8_t { positional_only, normal, var_positional, keyword_only, var_keyword };
  Str* name;
  Kind kind;
  Node* default_value;  // or null
  Place place;
  Node* annotation = nullptr;
};

/// What has a scope of its own: functions, lambdas, comprehensions, classes, the module.
struct FunctionNode {
  enum class Kind : std::uint8_t { module_, function, lambda, comprehension, class_ };
  Kind kind;
  Str* name;
  Place place;
  std::vector<ParameterNode> parameters;
  std::vector<Node*> body;   // statements; of a lambda or comprehension one expression
  Node* returns = nullptr;   // annotation
};

struct Tree {
  bool lazy_annotations = false;  // from __future__ import annotations: they are kept as text
  std::deque<Node> nodes;
  std::deque<FunctionNode> functions;
  Node* add(Kind kind, Place place) {
    Node& node = nodes.emplace_back();
    node.kind = kind;
    node.place = place;
    return &node;
  }
  FunctionNode* add_function(FunctionNode::Kind kind, Str* name, Place place) {
    return &functions.emplace_back(FunctionNode{kind, name, place, {}, {}, nullptr});
  }
};

}  // namespace nabla
