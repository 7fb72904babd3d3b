// match statements of tree-sitter's tree -> ast.h.
#include "python/builtins/builtins.h"
#include "python/syntax_tree.h"

namespace nabla {

void Converter::match_statement(TSNode node, Node* out) {
  std::vector<TSNode> subjects;
  bool comma = false;
  TSNode body{};
  for (const TSNode child : children_of(node, false)) {
    if (type_of_node(child) == T::block) {
      body = child;
    } else if (ts_node_is_named(child)) {
      subjects.push_back(child);
    } else {
      comma |= text(child) == ",";
    }
  }
  if (subjects.size() == 1 && !comma) {
    out->a = expression(subjects[0]);
  } else {
    out->a = tree_.add(Kind::tuple, out->place);
    for (const TSNode subject : subjects) out->a->items.push_back(expression(subject));
  }
  if (ts_node_is_null(body)) return;
  for (const TSNode clause : children_of(body)) {
    if (type_of_node(clause) != T::case_clause) throw SyntaxProblem{"SyntaxError", "invalid syntax", place_of_node(clause)};
    Node* made = tree_.add(Kind::case_, place_of_node(clause));
    std::vector<Node*> patterns;
    bool several = false;
    for (const TSNode child : children_of(clause, false)) {
      if (type_of_node(child) == T::case_pattern) patterns.push_back(pattern(child));
      several |= text(child) == ",";
    }
    if (patterns.size() == 1 && !several && patterns[0]->kind != Kind::match_star) {
      made->a = patterns[0];
    } else {
      made->a = tree_.add(Kind::match_sequence, made->place);
      made->a->items = patterns;
    }
    if (const TSNode guard = field(clause, "guard"); !ts_node_is_null(guard)) made->b = expression(children_of(guard)[0]);
    made->body = block(field(clause, "consequence"));
    out->items.push_back(made);
  }
}

Node* Converter::pattern(TSNode node) {
  const Place place = place_of_node(node);
  const auto add = [&](Kind kind) { return tree_.add(kind, place); };
  const auto all = children_of(node, false);
  const auto sequence = [&] {
    Node* made = add(Kind::match_sequence);
    for (const TSNode child : all) {
      if (ts_node_is_named(child)) made->items.push_back(pattern(child));
    }
    return made;
  };
  switch (type_of_node(node)) {
    case T::case_pattern: return pattern_of(all, place);
    case T::as_pattern: {
      Node* made = add(Kind::match_as);
      made->a = pattern(all[0]);
      made->name = intern(text(all.back()));
      return made;
    }
    case T::splat_pattern: {
      Node* made = add(Kind::match_star);
      const std::string_view name = text(all.back());
      if (name != "_") made->name = intern(name);
      return made;
    }
    case T::union_pattern: {
      Node* made = add(Kind::match_or);
      std::vector<TSNode> parts;
      for (const TSNode child : all) {
        if (text(child) != "|") {
          parts.push_back(child);
          continue;
        }
        made->items.push_back(pattern_of(parts, place));
        parts.clear();
      }
      made->items.push_back(pattern_of(parts, place));
      return made;
    }
    case T::list_pattern: return sequence();
    case T::tuple_pattern:
      if (all.size() == 3 && type_of_node(all[1]) == T::case_pattern) {  // brackets around one pattern, unless it is a star
        Node* inner = pattern(all[1]);
        if (inner->kind != Kind::match_star) return inner;
      }
      return sequence();
    case T::dict_pattern: {
      Node* made = add(Kind::match_mapping);
      std::vector<TSNode> key;
      for (const TSNode child : all) {
        if (type_of_node(child) == T::splat_pattern) {
          made->name = intern(text(children_of(child, false).back()));
        } else if (type_of_node(child) == T::case_pattern) {
          Node* value = pattern_of(key, place_of_node(key[0]));
          if (value->kind == Kind::match_identity) {
            Node* constant = tree_.add(Kind::constant, value->place);
            constant->value = value->value;
            value->a = constant;
          }
          made->items.push_back(value->a);
          made->items.push_back(pattern(child));
          key.clear();
        } else if (ts_node_is_named(child) || text(child) == "-") {
          key.push_back(child);
        }
      }
      return made;
    }
    case T::class_pattern: {
      Node* made = add(Kind::match_class);
      made->a = pattern_of({all[0]}, place_of_node(all[0]));
      made->a = made->a->kind == Kind::match_value ? made->a->a : name_expression(all[0]);
      for (std::size_t i = 1; i < all.size(); ++i) {
        if (type_of_node(all[i]) != T::case_pattern) continue;
        const auto inner = children_of(all[i], false);
        if (type_of_node(inner[0]) == T::keyword_pattern) {
          const auto parts = children_of(inner[0], false);
          made->names.push_back(intern(text(parts[0])));
          made->items.push_back(pattern_of(std::vector<TSNode>(parts.begin() + 2, parts.end()), place_of_node(parts[2])));
        } else {
          if (!made->names.empty()) throw SyntaxProblem{"SyntaxError", "positional patterns follow keyword patterns", place_of_node(all[i])};
          made->items.push_back(pattern(all[i]));
        }
      }
      return made;
    }
    case T::complex_pattern: throw SyntaxProblem{"SyntaxError", "complex numbers are not part of nabla yet", place};
    default: return pattern_of({node}, place);
  }
}

Node* Converter::name_expression(TSNode dotted_name) {
  Node* made = nullptr;
  for (const TSNode part : children_of(dotted_name)) {
    Node* next = tree_.add(made ? Kind::attribute : Kind::name, place_of_node(dotted_name));
    next->a = made;
    next->name = intern(text(part));
    made = next;
  }
  return made;
}

/// A simple pattern, given as its tokens: perhaps a minus, then a literal, a name or a pattern of its own.
Node* Converter::pattern_of(const std::vector<TSNode>& parts, const Place& place) {
  if (parts.empty()) throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
  const TSNode last = parts.back();
  switch (type_of_node(last)) {
    case T::integer:
    case T::float_:
    case T::string:
    case T::concatenated_string: {
      Node* made = tree_.add(Kind::match_value, place);
      made->a = expression(last);
      if (parts.size() > 1 && text(parts[0]) == "-") {
        Node* negative = tree_.add(Kind::unary, place);
        negative->op = static_cast<std::uint8_t>(Unary::neg);
        negative->a = made->a;
        made->a = negative;
      }
      return made;
    }
    case T::true_:
    case T::false_:
    case T::none: {
      Node* made = tree_.add(Kind::match_identity, place);
      made->value = expression(last)->value;
      return made;
    }
    case T::dotted_name: {
      if (children_of(last).size() == 1) {
        Node* made = tree_.add(Kind::match_capture, place);
        if (text(last) != "_") made->name = intern(text(last));
        return made;
      }
      Node* made = tree_.add(Kind::match_value, place);
      made->a = name_expression(last);
      return made;
    }
    default: break;
  }
  if (text(last) == "_") return tree_.add(Kind::match_capture, place);
  if (!ts_node_is_named(last)) throw SyntaxProblem{"SyntaxError", "invalid syntax", place};
  return pattern(last);
}

}  // namespace nabla
