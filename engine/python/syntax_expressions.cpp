// Expressions of tree-sitter's tree -> ast.h, and what may be assigned to.
#include "python/builtins/builtins.h"
#include "python/syntax_tree.h"

namespace nabla {

namespace {

CompareOp compare_of(std::string_view sign) {
  for (std::size_t i = 0; i < std::size(kCompareSigns); ++i) {
    if (kCompareSigns[i] == sign) return static_cast<CompareOp>(i);
  }
  if (sign == "is") return CompareOp::is;
  if (sign == "in") return CompareOp::in;
  return sign.starts_with("is") ? CompareOp::is_not : CompareOp::not_in;
}

Place join(const Place& a, const Place& b) { return {a.line, a.column, b.end_line, b.end_column}; }

}  // namespace

Binary binary_of_sign(std::string_view sign) {
  for (std::size_t i = 0; i < std::size(kBinarySigns); ++i) {
    if (kBinarySigns[i] == sign) return static_cast<Binary>(i);
  }
  return Binary::add;
}

struct Converter::Depth {
  explicit Depth(Converter& converter, TSNode node) : converter(converter) {
    if (++converter.depth_ > 200) throw SyntaxProblem{"RecursionError", "maximum recursion depth exceeded during compilation", place_of_node(node)};
  }
  ~Depth() { --converter.depth_; }
  Converter& converter;
};

Node* Converter::sequence(TSNode node, Kind kind) {
  Node* made = tree_.add(kind, place_of_node(node));
  for (const TSNode child : children_of(node)) made->items.push_back(expression(child));
  return made;
}

Node* Converter::binary(TSNode node) {
  // The left spine of a + b + c + ... is walked, not recursed into: it may be long.
  std::vector<TSNode> spine;
  TSNode left = node;
  while (type_of_node(left) == T::binary_operator) {
    spine.push_back(left);
    left = field(left, "left");
  }
  Node* made = expression(left);
  while (!spine.empty()) {
    const TSNode one = spine.back();
    spine.pop_back();
    Node* next = tree_.add(Kind::binary, place_of_node(one));
    next->op = static_cast<std::uint8_t>(binary_of_sign(text(field(one, "operator"))));
    next->a = made;
    next->b = expression(field(one, "right"));
    made = hoist_star(next);
  }
  return made;
}

Node* Converter::logical(TSNode node) {
  Node* made = tree_.add(text(field(node, "operator")) == "and" ? Kind::logical_and : Kind::logical_or, place_of_node(node));
  Node* left = expression(field(node, "left"));
  if (left->kind == made->kind && !left->bracketed) {
    made->items = left->items;
  } else {
    made->items = {left};
  }
  made->items.push_back(expression(field(node, "right")));
  return made;
}

/// The grammar reads `*f(x)` as a call of `*f`: the star belongs outside.
Node* Converter::hoist_star(Node* made) {
  Node** first = nullptr;
  switch (made->kind) {
    case Kind::call:
    case Kind::attribute:
    case Kind::subscript:
    case Kind::binary:
    case Kind::compare:
    case Kind::conditional: first = &made->a; break;
    case Kind::logical_and:
    case Kind::logical_or: first = &made->items[0]; break;
    default: return made;
  }
  Node* star = *first;
  if (star->kind != Kind::starred || star->bracketed) return made;
  *first = star->a;
  star->a = made;
  star->place.end_line = made->place.end_line;
  star->place.end_column = made->place.end_column;
  made->place.line = (*first)->place.line;
  made->place.column = (*first)->place.column;
  return star;
}

Node* Converter::expression(TSNode node) { return hoist_star(plain_expression(node)); }

Node* Converter::plain_expression(TSNode node) {
  const Depth depth(*this, node);
  const Place place = place_of_node(node);
  const auto add = [&](Kind kind) { return tree_.add(kind, place); };
  const auto constant = [&](Value value) {
    Node* made = add(Kind::constant);
    made->value = std::move(value);
    return made;
  };
  switch (type_of_node(node)) {
    case T::identifier:
    case T::keyword_identifier: {
      Node* made = add(Kind::name);
      made->name = intern(text(node));
      return made;
    }
    case T::integer: return number(node);
    case T::float_: return number(node);
    case T::string:
    case T::concatenated_string: return strings(node);
    case T::true_: return constant(Value::boolean(true));
    case T::false_: return constant(Value::boolean(false));
    case T::none: return constant(Value::none());
    case T::ellipsis: return constant(Value::ellipsis());
    case T::binary_operator: return binary(node);
    case T::boolean_operator: return logical(node);
    case T::unary_operator: {
      Node* made = add(Kind::unary);
      const std::string_view sign = text(field(node, "operator"));
      made->op = static_cast<std::uint8_t>(sign == "-" ? Unary::neg : sign == "+" ? Unary::pos : Unary::invert);
      made->a = expression(field(node, "argument"));
      return made;
    }
    case T::not_operator: {
      Node* made = add(Kind::logical_not);
      made->a = expression(field(node, "argument"));
      return made;
    }
    case T::comparison_operator: {
      Node* made = add(Kind::compare);
      for (const TSNode child : children_of(node, false)) {
        if (!ts_node_is_named(child)) {
          if (text(child) == "<>") throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(child)};
          made->ops.push_back(compare_of(text(child)));
        } else if (!made->a) {
          made->a = expression(child);
        } else {
          made->items.push_back(expression(child));
        }
      }
      return made;
    }
    case T::conditional_expression: {
      Node* made = add(Kind::conditional);
      const auto parts = children_of(node);
      made->a = expression(parts[0]);
      made->b = expression(parts[1]);
      made->c = expression(parts[2]);
      return made;
    }
    case T::named_expression: {
      Node* made = add(Kind::named);
      made->name = intern(text(field(node, "name")));
      made->a = expression(field(node, "value"));
      return made;
    }
    case T::lambda: {
      Node* made = add(Kind::lambda);
      static Str* const name = intern("<lambda>");
      made->function = tree_.add_function(FunctionNode::Kind::lambda, name, place);
      parameters(field(node, "parameters"), *made->function);
      made->function->body = {expression(field(node, "body"))};
      return made;
    }
    case T::call: {
      Node* made = add(Kind::call);
      made->a = expression(field(node, "function"));
      const TSNode arguments_node = field(node, "arguments");
      if (type_of_node(arguments_node) == T::generator_expression) {
        made->items = {expression(arguments_node)};
      } else {
        made->items = arguments(arguments_node);
      }
      return made;
    }
    case T::attribute: {
      Node* made = add(Kind::attribute);
      made->a = expression(field(node, "object"));
      made->name = intern(text(field(node, "attribute")));
      return made;
    }
    case T::subscript: {
      Node* made = add(Kind::subscript);
      const TSNode value = field(node, "value");
      made->a = expression(value);
      std::vector<Node*> keys;
      bool comma = false;
      for (const TSNode child : children_of(node, false)) {
        if (ts_node_eq(child, value)) continue;
        if (ts_node_is_named(child)) keys.push_back(expression(child));
        comma |= text(child) == ",";
      }
      if (keys.size() == 1 && !comma) {
        made->b = keys[0];
      } else {
        if (keys.empty()) throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
        made->b = tree_.add(Kind::tuple, join(keys.front()->place, keys.back()->place));
        made->b->items = keys;
      }
      return made;
    }
    case T::slice: {
      Node* made = add(Kind::slice);
      int part = 0;
      for (const TSNode child : children_of(node, false)) {
        if (text(child) == ":" && !ts_node_is_named(child)) {
          ++part;
        } else {
          (part == 0 ? made->a : part == 1 ? made->b : made->c) = expression(child);
        }
      }
      return made;
    }
    case T::list: return sequence(node, Kind::list);
    case T::set: return sequence(node, Kind::set);
    case T::tuple: {
      Node* made = sequence(node, Kind::tuple);
      made->bracketed = true;
      return made;
    }
    case T::expression_list:
    case T::pattern_list: return sequence(node, Kind::tuple);
    case T::tuple_pattern: {
      const auto parts = children_of(node, false);
      const bool is_tuple = parts.size() != 3;  // `(a)` alone is no tuple
      if (!is_tuple) return expression(parts[1]);
      Node* made = sequence(node, Kind::tuple);
      made->bracketed = true;
      return made;
    }
    case T::list_pattern: return sequence(node, Kind::list);
    case T::parenthesized_expression: {
      Node* made = expression(children_of(node)[0]);
      made->bracketed = true;
      return made;
    }
    case T::dictionary: {
      Node* made = add(Kind::dict);
      for (const TSNode child : children_of(node)) {
        if (type_of_node(child) == T::dictionary_splat) {
          made->items.push_back(nullptr);
          made->items.push_back(expression(children_of(child)[0]));
        } else {
          made->items.push_back(expression(field(child, "key")));
          made->items.push_back(expression(field(child, "value")));
        }
      }
      return made;
    }
    case T::list_splat:
    case T::list_splat_pattern: {
      Node* made = add(Kind::starred);
      made->a = expression(children_of(node)[0]);
      return made;
    }
    case T::list_comprehension: return comprehension(node, Kind::list_comp, "<listcomp>");
    case T::set_comprehension: return comprehension(node, Kind::set_comp, "<setcomp>");
    case T::dictionary_comprehension: return comprehension(node, Kind::dict_comp, "<dictcomp>");
    case T::generator_expression: return comprehension(node, Kind::generator, "<genexpr>");
    case T::yield: {
      const auto all = children_of(node, false);
      const bool from = all.size() > 1 && !ts_node_is_named(all[1]);
      Node* made = add(from ? Kind::yield_from : Kind::yield);
      if (from) {
        made->a = expression(all[2]);
      } else if (all.size() > 1) {
        made->a = expression(all[1]);
      }
      return made;
    }
    case T::await: unsupported(node, "await");
    case T::as_pattern: throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
    default: break;
  }
  throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
}

std::vector<Node*> Converter::arguments(TSNode node) {
  std::vector<Node*> out;
  bool seen_keyword = false, seen_double = false;
  Place splat;  // of the last **
  const auto children = children_of(node);
  for (const TSNode child : children) {
    const Place place = place_of_node(child);
    switch (type_of_node(child)) {
      case T::keyword_argument: {
        Node* made = tree_.add(Kind::keyword, place);
        made->name = intern(text(field(child, "name")));
        for (const Node* other : out) {
          if (other->kind == Kind::keyword && other->name == made->name) {
            throw SyntaxProblem{"SyntaxError", cat("keyword argument repeated: ", made->name->text), place};
          }
        }
        made->a = expression(field(child, "value"));
        out.push_back(made);
        seen_keyword = true;
        break;
      }
      case T::dictionary_splat: {
        Node* made = tree_.add(Kind::keyword, place);
        made->a = expression(children_of(child)[0]);
        out.push_back(made);
        seen_double = true;
        splat = place;
        break;
      }
      default: {
        Node* made = expression(child);
        if (made->kind != Kind::starred) {
          const char* words = seen_double ? "positional argument follows keyword argument unpacking" : "positional argument follows keyword argument";
          const Place end = place_of_node(node);  // CPython points at the closing bracket
          if (seen_keyword || seen_double) throw SyntaxProblem{"SyntaxError", words, {end.end_line, end.end_column - 1, end.end_line, end.end_column}};
        } else if (seen_double) {
          throw SyntaxProblem{"SyntaxError", "iterable argument unpacking follows keyword argument unpacking", splat};
        }
        out.push_back(made);
      }
    }
  }
  return out;
}

namespace {
/// f(x for x in a, b), [x for x in a, b]
[[noreturn]] void several_rights(TSNode node, const Node* made, TSNode comma) {
  const Place all = place_of_node(node), here = place_of_node(comma);
  if (made->kind != Kind::generator) throw SyntaxProblem{"SyntaxError", "invalid syntax", here};
  throw SyntaxProblem{"SyntaxError", "Generator expression must be parenthesized", {all.line, all.column + 1, here.line, here.column}};
}
}  // namespace

Node* Converter::comprehension(TSNode node, Kind kind, const char* name) {
  Node* made = tree_.add(kind, place_of_node(node));
  made->function = tree_.add_function(FunctionNode::Kind::comprehension, intern(name), made->place);
  const TSNode body = field(node, "body");
  for (const TSNode child : children_of(node)) {
    if (type_of_node(child) == T::for_in_clause) {
      refuse_async(child);
      Node* clause = tree_.add(Kind::comp_for, place_of_node(child));
      clause->a = target(field(child, "left"));
      clause->b = expression(field(child, "right"));
      for (std::uint32_t i = 0, rights = 0; i < ts_node_child_count(child); ++i) {  // the parser takes several, Python does not
        const char* role = ts_node_field_name_for_child(child, i);
        const bool comma = text(ts_node_child(child, i)) == ",";
        if (rights && comma) several_rights(node, made, ts_node_child(child, i));
        rights += role && std::string_view(role) == "right";
      }
      made->items.push_back(clause);
    } else if (type_of_node(child) == T::if_clause && !made->items.empty()) {
      made->items.back()->items.push_back(expression(children_of(child)[0]));
    }
  }
  if (kind == Kind::dict_comp) {
    made->a = expression(field(body, "key"));
    made->b = expression(field(body, "value"));
  } else {
    made->a = expression(body);
    if (made->a->kind == Kind::starred) throw SyntaxProblem{"SyntaxError", "iterable unpacking cannot be used in comprehension", made->a->place};
  }
  return made;
}

// ----------------------------------------------------------------------------------------------------------- targets

std::string Converter::describe(const Node* node) {
  switch (node->kind) {
    case Kind::constant:
      if (node->value.is_none()) return "None";
      if (node->value.is_bool()) return node->value.is_true() ? "True" : "False";
      return node->value.is_ellipsis() ? "ellipsis" : "literal";
    case Kind::joined: return "f-string expression";
    case Kind::binary:
    case Kind::unary:
    case Kind::logical_and:
    case Kind::logical_or:
    case Kind::logical_not: return "expression";
    case Kind::compare: return "comparison";
    case Kind::call: return "function call";
    case Kind::conditional: return "conditional expression";
    case Kind::lambda: return "lambda";
    case Kind::dict: return "dict literal";
    case Kind::set: return "set display";
    case Kind::list_comp: return "list comprehension";
    case Kind::set_comp: return "set comprehension";
    case Kind::dict_comp: return "dict comprehension";
    case Kind::generator: return "generator expression";
    case Kind::yield:
    case Kind::yield_from: return "yield expression";
    case Kind::named: return "named expression";
    case Kind::tuple: return "tuple";
    case Kind::list: return "list";
    default: return "expression";
  }
}

void Converter::check_target(const Node* node, const char* verb) {
  switch (node->kind) {
    case Kind::name:
    case Kind::attribute:
    case Kind::subscript: return;
    case Kind::starred:
      if (std::string_view(verb) == "delete") throw SyntaxProblem{"SyntaxError", "cannot delete starred", node->place};
      return check_target(node->a, verb);
    case Kind::tuple:
    case Kind::list:
      for (const Node* item : node->items) check_target(item, verb);
      return;
    default: break;
  }
  throw SyntaxProblem{"SyntaxError", cat("cannot ", verb, " ", describe(node)), node->place};
}

void Converter::explain_target(const Node* node, bool augmented, SyntaxProblem& problem) {
  const bool is_variable = node->kind == Kind::name || node->kind == Kind::attribute || node->kind == Kind::subscript;
  if (is_variable) return;
  if (augmented) {
    problem = {"SyntaxError", cat("'", describe(node), "' is an illegal expression for augmented assignment"), node->place};
    return;
  }
  try {
    check_target(node, "assign to");
  } catch (SyntaxProblem& found) {
    problem = std::move(found);
    // Alone on the left side, it may have been meant as a comparison.
    const bool keyword = node->kind == Kind::constant && (node->value.is_none() || node->value.is_bool());
    const bool sequence = node->kind == Kind::tuple || node->kind == Kind::list || node->kind == Kind::generator || node->kind == Kind::starred;
    if (!keyword && !sequence) problem.message += " here. Maybe you meant '==' instead of '='?";
  }
}

Node* Converter::target(TSNode node) {
  Node* made = expression(node);
  check_target(made, "assign to");
  return made;
}

}  // namespace nabla
