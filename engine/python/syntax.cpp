// tree-sitter's concrete tree -> the tree of ast.h. Statements here, expressions in syntax_expressions.cpp, literals in literals.cpp;
// what is said about a text that does not parse, in syntax_errors.cpp.
#include "python/syntax.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "python/builtins/builtins.h"
#include "python/machine.h"
#include "python/syntax_tree.h"

namespace nabla {

// ------------------------------------------------------------------------------------------------------- tree-sitter

extern "C" const TSLanguage* tree_sitter_python(void);

TSParser* python_parser() {
  static TSParser* const parser = [] {
    TSParser* made = ts_parser_new();
    ts_parser_set_language(made, tree_sitter_python());
    return made;
  }();
  return parser;
}

T type_of_node(TSNode node) {
  static const std::vector<T> table = [] {
    std::unordered_map<std::string_view, T> names;
#define NABLA_NODE(name) names.emplace(#name, T::name);
    NABLA_NODES(NABLA_NODE)
#undef NABLA_NODE
    names["ERROR"] = T::error;
    names["float"] = T::float_;
    names["true"] = T::true_;
    names["false"] = T::false_;
    const TSLanguage* language = tree_sitter_python();
    std::vector<T> made(ts_language_symbol_count(language), T::other);
    for (std::uint32_t i = 0; i < made.size(); ++i) {
      if (ts_language_symbol_type(language, static_cast<TSSymbol>(i)) != TSSymbolTypeRegular) continue;
      const auto found = names.find(ts_language_symbol_name(language, static_cast<TSSymbol>(i)));
      if (found != names.end()) made[i] = found->second;
    }
    return made;
  }();
  const TSSymbol symbol = ts_node_symbol(node);
  return symbol < table.size() ? table[symbol] : T::error;
}

const std::vector<std::uint32_t>* line_starts = nullptr;

Place place_of_node(TSNode node) {
  const auto point = [](TSPoint place, std::uint32_t byte) {
    if (!line_starts) return TSPoint{place.row + 1, place.column};
    const auto after = std::upper_bound(line_starts->begin(), line_starts->end(), byte);
    return TSPoint{static_cast<std::uint32_t>(after - line_starts->begin()), byte - *(after - 1)};
  };
  const TSPoint start = point(ts_node_start_point(node), ts_node_start_byte(node)), end = point(ts_node_end_point(node), ts_node_end_byte(node));
  return {start.row, start.column, end.row, end.column};
}

std::vector<TSNode> children_of(TSNode node, bool named) {
  std::vector<TSNode> out;
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (ts_node_is_extra(child) && type_of_node(child) != T::error) continue;  // comments, line continuations
      if (!named || ts_node_is_named(child)) out.push_back(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return out;
}

// -------------------------------------------------------------------------------------------------------- statements

namespace {

Place join(const Place& a, const Place& b) { return {a.line, a.column, b.end_line, b.end_column}; }

}  // namespace

void Converter::unsupported(TSNode node, std::string_view what) {
  throw SyntaxProblem{"SyntaxError", cat("'", what, "' is not part of nabla yet"), place_of_node(node)};
}

std::vector<Node*> Converter::block(TSNode node) {
  std::vector<Node*> out;
  for (const TSNode child : children_of(node)) statement(child, out);
  return out;
}

std::vector<Node*> Converter::suite(TSNode parent) {
  for (const TSNode child : children_of(parent)) {
    if (type_of_node(child) == T::block) return block(child);
  }
  return {};
}

void Converter::statement(TSNode node, std::vector<Node*>& out) {
  const Place place = place_of_node(node);
  const auto add = [&](Kind kind) {
    Node* made = tree_.add(kind, place);
    out.push_back(made);
    return made;
  };
  switch (type_of_node(node)) {
    case T::expression_statement: return expression_statement(node, out);
    case T::if_statement: out.push_back(if_statement(node)); return;
    case T::for_statement: {
      refuse_async(node);
      Node* made = add(Kind::for_);
      made->a = target(field(node, "left"));
      made->b = expression(field(node, "right"));
      made->body = block(field(node, "body"));
      if (const TSNode other = field(node, "alternative"); !ts_node_is_null(other)) made->orelse = block(field(other, "body"));
      return;
    }
    case T::while_statement: {
      Node* made = add(Kind::while_);
      made->a = expression(field(node, "condition"));
      made->body = block(field(node, "body"));
      if (const TSNode other = field(node, "alternative"); !ts_node_is_null(other)) made->orelse = block(field(other, "body"));
      return;
    }
    case T::try_statement: return try_statement(node, add(Kind::try_));
    case T::with_statement: {
      refuse_async(node);
      Node* made = add(Kind::with);
      made->items = with_items(children_of(node)[0]);
      made->body = block(field(node, "body"));
      return;
    }
    case T::function_definition: out.push_back(function_definition(node, {})); return;
    case T::class_definition: out.push_back(class_definition(node, {})); return;
    case T::decorated_definition: {
      std::vector<Node*> decorators;
      for (const TSNode child : children_of(node)) {
        if (type_of_node(child) == T::decorator) decorators.push_back(expression(children_of(child)[0]));
      }
      const TSNode definition = field(node, "definition");
      const bool is_class = type_of_node(definition) == T::class_definition;
      out.push_back(is_class ? class_definition(definition, decorators) : function_definition(definition, decorators));
      return;
    }
    case T::return_statement: {
      Node* made = add(Kind::return_);
      const auto parts = children_of(node);
      if (!parts.empty()) made->a = expression(parts[0]);
      return;
    }
    case T::raise_statement: {
      Node* made = add(Kind::raise);
      const TSNode cause = field(node, "cause");
      if (text(ts_node_child(node, 1)) == "from") throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(ts_node_child(node, 1))};
      for (const TSNode child : children_of(node)) {
        if (ts_node_eq(child, cause)) {
          made->b = expression(child);
        } else {
          made->a = expression(child);
        }
      }
      return;
    }
    case T::assert_statement: {
      Node* made = add(Kind::assert_);
      const auto parts = children_of(node);
      made->a = expression(parts[0]);
      if (parts.size() > 1) made->b = expression(parts[1]);
      return;
    }
    case T::delete_statement: {
      Node* made = add(Kind::del);
      Node* targets = expression(children_of(node)[0]);
      if (targets->kind == Kind::tuple && !targets->bracketed) {
        made->items = targets->items;
      } else {
        made->items = {targets};
      }
      for (Node* item : made->items) check_target(item, "delete");
      return;
    }
    case T::global_statement:
    case T::nonlocal_statement: {
      Node* made = add(type_of_node(node) == T::global_statement ? Kind::global : Kind::nonlocal);
      for (const TSNode child : children_of(node)) made->names.push_back(intern(text(child)));
      return;
    }
    case T::pass_statement: add(Kind::pass); return;
    case T::break_statement: add(Kind::break_); return;
    case T::continue_statement: add(Kind::continue_); return;
    case T::import_statement: {
      Node* made = add(Kind::import);
      made->items = aliases(node, TSNode{});
      return;
    }
    case T::future_import_statement:
      for (const TSNode name : children_of(node)) tree_.lazy_annotations |= text(name) == "annotations";
      add(Kind::pass);
      return;
    case T::import_from_statement: {
      Node* made = add(Kind::import_from);
      const TSNode module = field(node, "module_name");
      made->text = std::string(text(module));
      if (type_of_node(module) == T::relative_import) unsupported(module, "relative import");
      made->items = aliases(node, module);
      return;
    }
    case T::print_statement:
      throw SyntaxProblem{"SyntaxError", "Missing parentheses in call to 'print'. Did you mean print(...)?", place};
    case T::exec_statement:
      throw SyntaxProblem{"SyntaxError", "Missing parentheses in call to 'exec'. Did you mean exec(...)?", place};
    case T::match_statement: return match_statement(node, add(Kind::match));
    case T::type_alias_statement: unsupported(node, "type");
    case T::comment: return;
    case T::error: throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
    default: break;
  }
  throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
}

void Converter::refuse_async(TSNode node) {
  const TSNode first = ts_node_child(node, 0);
  if (text(first) == "async") unsupported(first, "async");
}

std::vector<Node*> Converter::aliases(TSNode node, TSNode skip) {
  std::vector<Node*> out;
  for (const TSNode child : children_of(node)) {
    if (!ts_node_is_null(skip) && ts_node_eq(child, skip)) continue;
    Node* alias = tree_.add(Kind::alias, place_of_node(child));
    if (type_of_node(child) == T::wildcard_import) {
      alias->text = "*";
    } else if (type_of_node(child) == T::aliased_import) {
      alias->text = dotted(field(child, "name"));
      alias->name = intern(text(field(child, "alias")));
    } else {
      alias->text = dotted(child);
    }
    out.push_back(alias);
  }
  return out;
}

std::string Converter::dotted(TSNode node) {
  std::string out;
  for (const TSNode part : children_of(node)) out += (out.empty() ? "" : ".") + std::string(text(part));
  return out;
}

Node* Converter::if_statement(TSNode node) {
  Node* first = tree_.add(Kind::if_, place_of_node(node));
  first->a = expression(field(node, "condition"));
  first->body = block(field(node, "consequence"));
  Node* last = first;
  for (const TSNode child : children_of(node)) {
    if (type_of_node(child) == T::elif_clause) {
      Node* next = tree_.add(Kind::if_, place_of_node(child));
      next->a = expression(field(child, "condition"));
      next->body = block(field(child, "consequence"));
      last->orelse = {next};
      last = next;
    } else if (type_of_node(child) == T::else_clause) {
      last->orelse = block(field(child, "body"));
    }
  }
  return first;
}

void Converter::try_statement(TSNode node, Node* out) {
  out->body = block(field(node, "body"));
  for (const TSNode child : children_of(node)) {
    switch (type_of_node(child)) {
      case T::except_clause: {
        Node* handler = tree_.add(Kind::handler, place_of_node(child));
        handler->op = text(ts_node_child(child, 1)) == "*";
        if (!out->items.empty() && out->items.back()->op != handler->op) {
          throw SyntaxProblem{"SyntaxError", "cannot have both 'except' and 'except*' on the same 'try'", place_of_node(child)};
        }
        std::vector<TSNode> parts = children_of(child);
        for (const TSNode part : parts) {
          if (type_of_node(part) == T::block) {
            handler->body = block(part);
          } else if (type_of_node(part) == T::as_pattern) {
            const auto inner = children_of(part);
            handler->a = expression(inner[0]);
            handler->name = intern(text(inner[1]));
          } else if (!handler->a) {
            handler->a = expression(part);
          } else if (const TSNode alias = field(child, "alias"); !ts_node_is_null(alias) && ts_node_eq(alias, part)) {
            handler->name = intern(text(part));
          } else {
            throw SyntaxProblem{"SyntaxError", "multiple exception types must be parenthesized", join(handler->a->place, place_of_node(part))};
          }
        }
        out->items.push_back(handler);
        break;
      }
      case T::else_clause: out->orelse = block(field(child, "body")); break;
      case T::finally_clause: out->last = suite(child); break;
      default: break;
    }
  }
  for (std::size_t i = 0; i + 1 < out->items.size(); ++i) {
    if (!out->items[i]->a) throw SyntaxProblem{"SyntaxError", "default 'except:' must be last", out->items[i]->place};
  }
}

std::vector<Node*> Converter::with_items(TSNode clause) {
  std::vector<Node*> out;
  const auto add = [&](TSNode value) {
    Node* item = tree_.add(Kind::with_item, place_of_node(value));
    if (type_of_node(value) == T::as_pattern) {
      const auto parts = children_of(value);
      item->a = expression(parts[0]);
      item->b = target(children_of(parts[1])[0]);
    } else {
      item->a = expression(value);
    }
    out.push_back(item);
  };
  for (const TSNode child : children_of(clause)) {
    const TSNode value = field(child, "value");
    // `with (a as b, c as d):` reads as one tuple of as-patterns.
    const bool group = type_of_node(value) == T::tuple || type_of_node(value) == T::parenthesized_expression;
    bool has_as = false;
    if (group) {
      for (const TSNode part : children_of(value)) has_as |= type_of_node(part) == T::as_pattern;
    }
    if (has_as) {
      for (const TSNode part : children_of(value)) add(part);
    } else {
      add(value);
    }
  }
  return out;
}

void Converter::expression_statement(TSNode node, std::vector<Node*>& out) {
  const auto parts = children_of(node);
  const Place place = place_of_node(node);
  const TSNode first = parts[0];
  if (type_of_node(first) == T::assignment) return assignment(first, out);
  if (type_of_node(first) == T::augmented_assignment) {
    Node* made = tree_.add(Kind::augmented, place_of_node(first));
    made->a = expression(field(first, "left"));
    if (made->a->kind != Kind::name && made->a->kind != Kind::attribute && made->a->kind != Kind::subscript) {
      throw SyntaxProblem{"SyntaxError", cat("'", describe(made->a), "' is an illegal expression for augmented assignment"), made->a->place};
    }
    std::string_view sign = text(field(first, "operator"));
    sign.remove_suffix(1);
    made->op = static_cast<std::uint8_t>(binary_of_sign(sign));
    made->b = expression(field(first, "right"));
    out.push_back(made);
    return;
  }
  if (type_of_node(first) == T::named_expression) {  // only in brackets
    throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(ts_node_child(first, 1))};
  }
  Node* made = tree_.add(Kind::expression, place);
  made->a = children_of(node, false).size() > 1 ? sequence(node, Kind::tuple) : expression(first);
  out.push_back(made);
}

void Converter::assignment(TSNode node, std::vector<Node*>& out) {
  const Place place = place_of_node(node);
  const TSNode annotation = field(node, "type");
  if (!ts_node_is_null(annotation)) {
    Node* made = tree_.add(Kind::annotated, place);
    made->a = target(field(node, "left"));
    if (made->a->kind == Kind::tuple) throw SyntaxProblem{"SyntaxError", "only single target (not tuple) can be annotated", made->a->place};
    if (made->a->kind == Kind::list) throw SyntaxProblem{"SyntaxError", "only single target (not list) can be annotated", made->a->place};
    made->c = this->annotation(annotation);
    if (const TSNode right = field(node, "right"); !ts_node_is_null(right)) made->b = expression(right);
    out.push_back(made);
    return;
  }
  Node* made = tree_.add(Kind::assign, place);
  TSNode right = node;
  while (type_of_node(right) == T::assignment) {
    if (!ts_node_is_null(field(right, "type"))) throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(field(right, "type"))};
    made->items.push_back(target(field(right, "left")));
    right = field(right, "right");
  }
  made->a = expression(right);
  out.push_back(made);
}

Node* Converter::function_definition(TSNode node, std::vector<Node*> decorators) {
  refuse_async(node);
  if (const TSNode types = field(node, "type_parameters"); !ts_node_is_null(types)) unsupported(types, "type parameters");
  Node* made = tree_.add(Kind::function, place_of_node(node));
  made->name = intern(text(field(node, "name")));
  made->items = std::move(decorators);
  made->function = tree_.add_function(FunctionNode::Kind::function, made->name, made->place);
  parameters(field(node, "parameters"), *made->function);
  if (const TSNode returns = field(node, "return_type"); !ts_node_is_null(returns)) made->function->returns = annotation(returns);
  made->function->body = block(field(node, "body"));
  return made;
}

/// A `type` node: an expression, or one of the forms that the grammar keeps for types.
Node* Converter::annotation(TSNode node) {
  const Place place = place_of_node(node);
  const auto parts = children_of(node);
  switch (type_of_node(node)) {
    case T::type: return annotation(parts[0]);
    case T::generic_type: {
      Node* made = tree_.add(Kind::subscript, place);
      made->a = expression(parts[0]);
      std::vector<Node*> keys;
      for (const TSNode part : children_of(parts[1])) keys.push_back(annotation(part));
      made->b = keys[0];
      if (keys.size() > 1) {
        made->b = tree_.add(Kind::tuple, place_of_node(parts[1]));
        made->b->items = keys;
      }
      return made;
    }
    case T::union_type: {
      Node* made = tree_.add(Kind::binary, place);
      made->op = static_cast<std::uint8_t>(Binary::bit_or);
      made->a = annotation(parts[0]);
      made->b = annotation(parts[1]);
      return made;
    }
    case T::member_type: {
      Node* made = tree_.add(Kind::attribute, place);
      made->a = annotation(parts[0]);
      made->name = intern(text(parts[1]));
      return made;
    }
    default: return expression(node);
  }
}

Node* Converter::class_definition(TSNode node, std::vector<Node*> decorators) {
  if (const TSNode types = field(node, "type_parameters"); !ts_node_is_null(types)) unsupported(types, "type parameters");
  Node* made = tree_.add(Kind::class_, place_of_node(node));
  made->name = intern(text(field(node, "name")));
  made->orelse = std::move(decorators);
  if (const TSNode bases = field(node, "superclasses"); !ts_node_is_null(bases)) made->items = arguments(bases);
  made->function = tree_.add_function(FunctionNode::Kind::class_, made->name, made->place);
  made->function->body = block(field(node, "body"));
  return made;
}

void Converter::parameters(TSNode node, FunctionNode& function) {
  using PKind = ParameterNode::Kind;
  if (ts_node_is_null(node)) return;
  bool after_star = false, after_default = false, after_double = false;
  const auto wrong = [](const char* words, TSNode place) { throw SyntaxProblem{"SyntaxError", words, place_of_node(place)}; };
  bool slash = false;
  TSNode bare{};  // a * alone, which something must follow
  const auto add = [&](TSNode name, PKind kind, Node* value, TSNode whole) -> ParameterNode& {
    Str* interned = intern(text(name));
    for (const ParameterNode& other : function.parameters) {
      if (other.name == interned) {
        throw SyntaxProblem{"SyntaxError", cat("duplicate argument '", interned->text, "' in function definition"), place_of_node(name)};
      }
    }
    if (after_double) wrong("arguments cannot follow var-keyword argument", name);
    if (kind == PKind::var_keyword) {
      if (!ts_node_is_null(bare)) wrong("named arguments must follow bare *", bare);
      after_double = true;
    }
    if (kind == PKind::var_positional && after_star) wrong("* argument may appear only once", ts_node_child(whole, 0));
    if (kind == PKind::normal) bare = TSNode{};
    if (kind == PKind::normal && after_star) kind = PKind::keyword_only;
    if (kind == PKind::normal) {
      if (!value && after_default) throw SyntaxProblem{"SyntaxError", "non-default argument follows default argument", place_of_node(name)};
      after_default |= value != nullptr;
    }
    function.parameters.push_back({interned, kind, value, place_of_node(whole)});
    if (const TSNode type = field(whole, "type"); !ts_node_is_null(type)) function.parameters.back().annotation = annotation(type);
    return function.parameters.back();
  };
  for (const TSNode child : children_of(node)) {
    switch (type_of_node(child)) {
      case T::identifier: add(child, PKind::normal, nullptr, child); break;
      case T::default_parameter:
      case T::typed_default_parameter: add(field(child, "name"), PKind::normal, expression(field(child, "value")), child); break;
      case T::typed_parameter: {
        const TSNode name = children_of(child)[0];
        if (type_of_node(name) == T::list_splat_pattern) {
          add(children_of(name)[0], PKind::var_positional, nullptr, child);
          after_star = true;
        } else if (type_of_node(name) == T::dictionary_splat_pattern) {
          add(children_of(name)[0], PKind::var_keyword, nullptr, child);
        } else {
          add(name, PKind::normal, nullptr, child);
        }
        break;
      }
      case T::list_splat_pattern:
        add(children_of(child)[0], PKind::var_positional, nullptr, child);
        after_star = true;
        break;
      case T::dictionary_splat_pattern: add(children_of(child)[0], PKind::var_keyword, nullptr, child); break;
      case T::keyword_separator:
        if (after_star) wrong("* argument may appear only once", child);
        after_star = true;
        bare = child;
        break;
      case T::positional_separator:
        if (function.parameters.empty()) wrong("at least one argument must precede /", child);
        if (slash) wrong("/ may appear only once", child);
        slash = true;
        for (ParameterNode& parameter : function.parameters) parameter.kind = PKind::positional_only;
        break;
      default: throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(child)};
    }
  }
  if (!ts_node_is_null(bare)) wrong("named arguments must follow bare *", bare);
}

}  // namespace nabla
