// Two walks: one notes what each scope binds and uses, one decides where each name lives.
#include "python/scopes.h"

#include "python/syntax.h"

namespace nabla {
namespace {

using FKind = FunctionNode::Kind;

class Collector {
 public:
  explicit Collector(Scopes& scopes) : scopes_(scopes) {}

  Scope* open(FunctionNode& node, Scope* parent) {
    Scope& scope = scopes_.all.emplace_back();
    scope.node = &node;
    scope.parent = parent;
    if (parent) parent->inner[&node] = &scope;
    return &scope;
  }

  void statements(const std::vector<Node*>& nodes, Scope* scope) {
    for (Node* node : nodes) visit(node, scope);
  }

  void visit(Node* node, Scope* scope) {
    if (!node) return;
    switch (node->kind) {
      case Kind::name:
        node->name = mangle(node->name);
        use(node->name, node->place, scope);
        return;
      case Kind::attribute:
        visit(node->a, scope);
        node->name = mangle(node->name);
        return;
      case Kind::keyword:
        visit(node->a, scope);
        return;
      case Kind::named: {
        visit(node->a, scope);
        node->name = mangle(node->name);
        // In a comprehension it binds the name in the function around it.
        Scope* owner = scope;
        for (; owner->node->kind == FKind::comprehension; owner = owner->parent) owner->has_named = true;
        owner->has_named = true;
        Symbol& symbol = owner->symbol(node->name, node->place);
        symbol.assigned = symbol.unsettled = true;
        if (owner != scope) {
          if (owner->node->kind == FKind::class_) {
            throw SyntaxProblem{"SyntaxError", "assignment expression within a comprehension cannot be used in a class body", node->place};
          }
          for (Scope* between = scope; between != owner; between = between->parent) {
            Symbol& outer = between->symbol(node->name, node->place);
            (owner->node->kind == FKind::module_ || symbol.global ? outer.global : outer.nonlocal) = true;
          }
        }
        return;
      }
      case Kind::lambda: return function(*node->function, scope);
      case Kind::list_comp:
      case Kind::set_comp:
      case Kind::dict_comp:
      case Kind::generator: return comprehension(node, scope);
      case Kind::yield:
      case Kind::yield_from:
        if (scope->node->kind == FKind::comprehension) throw SyntaxProblem{"SyntaxError", cat("'yield' inside ", scope->node->name->text == "<genexpr>" ? "generator expression" : "list comprehension"), node->place};
        if (scope->node->kind != FKind::function && scope->node->kind != FKind::lambda) {
          throw SyntaxProblem{"SyntaxError", "'yield' outside function", node->place};
        }
        scope->is_generator = true;
        visit(node->a, scope);
        return;
      case Kind::assign:
        visit(node->a, scope);
        for (Node* item : node->items) bind(item, scope);
        return;
      case Kind::augmented:
        visit(node->b, scope);
        if (node->a->kind != Kind::name) return visit(node->a, scope);
        bind(node->a, scope);
        return;
      case Kind::annotated:
        visit(node->b, scope);
        if (scope->node->kind == FKind::module_ || scope->node->kind == FKind::class_) visit(node->c, scope);
        bind(node->a, scope);
        return;
      case Kind::match_capture:
      case Kind::match_star:
      case Kind::match_mapping:
      case Kind::match_as:
        if (node->name) bind_name(node->name, node->place, scope).unsettled = true;
        break;
      case Kind::for_:
        visit(node->b, scope);
        bind(node->a, scope);
        statements(node->body, scope);
        statements(node->orelse, scope);
        return;
      case Kind::with_item:
        visit(node->a, scope);
        if (node->b) bind(node->b, scope);
        return;
      case Kind::function:
        statements(node->items, scope);
        node->name = mangle(node->name);
        bind_name(node->name, node->place, scope);
        return function(*node->function, scope);
      case Kind::class_: {
        statements(node->orelse, scope);
        statements(node->items, scope);
        node->name = mangle(node->name);
        bind_name(node->name, node->place, scope);
        Scope* inner = open(*node->function, scope);
        Str* outer_class = std::exchange(class_, node->name);
        statements(node->function->body, inner);
        class_ = outer_class;
        return;
      }
      case Kind::alias:
        if (node->text == "*") {
          if (scope->node->kind != FKind::module_) throw SyntaxProblem{"SyntaxError", "import * only allowed at module level", node->place};
          return;
        }
        if (!node->name) node->name = intern(std::string_view(node->text).substr(0, node->text.find('.')));
        bind_name(node->name, node->place, scope);
        return;
      case Kind::handler:
        visit(node->a, scope);
        if (node->name) bind_name(node->name, node->place, scope).unsettled = true;
        statements(node->body, scope);
        return;
      case Kind::del:
        for (Node* item : node->items) {
          bind(item, scope);
          unsettle(item, scope);
        }
        return;
      case Kind::global:
      case Kind::nonlocal:
        for (Str*& name : node->names) {
          name = mangle(name);
          const char* word = node->kind == Kind::global ? "global" : "nonlocal";
          const auto found = scope->symbols.find(name);
          if (found != scope->symbols.end() && !found->second.global && !found->second.nonlocal) {
            const Symbol& symbol = found->second;
            if (symbol.parameter) throw SyntaxProblem{"SyntaxError", cat("name '", name->text, "' is parameter and ", word), node->place};
            throw SyntaxProblem{"SyntaxError", cat("name '", name->text, "' is ", symbol.assigned ? "assigned to before " : "used prior to ", word, " declaration"), node->place};
          }
          if (node->kind == Kind::nonlocal && scope->node->kind == FKind::module_) {
            throw SyntaxProblem{"SyntaxError", "nonlocal declaration not allowed at module level", node->place};
          }
          Symbol& symbol = scope->symbol(name, node->place);
          (node->kind == Kind::global ? symbol.global : symbol.nonlocal) = true;
        }
        return;
      default: break;
    }
    visit(node->a, scope);
    visit(node->b, scope);
    visit(node->c, scope);
    statements(node->items, scope);
    statements(node->body, scope);
    statements(node->orelse, scope);
    statements(node->last, scope);
  }

 private:
  Str* mangle(Str* name) const {
    if (!class_ || !name->text.starts_with("__") || name->text.ends_with("__") || name->text.find('.') != std::string::npos) return name;
    std::string_view owner = class_->text;
    while (owner.starts_with('_')) owner.remove_prefix(1);
    return owner.empty() ? name : intern(cat("_", owner, name->text));
  }

  Symbol& bind_name(Str* name, const Place& place, Scope* scope) {
    Symbol& symbol = scope->symbol(name, place);
    symbol.assigned = true;
    return symbol;
  }

  void use(Str* name, const Place& place, Scope* scope) {
    scope->symbol(name, place);
    static Str* const super = intern("super");
    static Str* const cell = intern("__class__");
    if (name == super && scope->node->kind != FKind::module_ && class_) scope->symbol(cell, place);
  }

  void bind(Node* target, Scope* scope) {
    switch (target->kind) {
      case Kind::name:
        target->name = mangle(target->name);
        bind_name(target->name, target->place, scope);
        return;
      case Kind::starred: return bind(target->a, scope);
      case Kind::tuple:
      case Kind::list:
        for (Node* item : target->items) bind(item, scope);
        return;
      default: return visit(target, scope);
    }
  }

  void unsettle(Node* target, Scope* scope) {
    if (target->kind == Kind::name) scope->symbol(target->name, target->place).unsettled = true;
    for (Node* item : target->items) unsettle(item, scope);
  }

  void function(FunctionNode& node, Scope* scope) {
    for (ParameterNode& parameter : node.parameters) {
      visit(parameter.default_value, scope);
      visit(parameter.annotation, scope);
    }
    visit(node.returns, scope);
    Scope* inner = open(node, scope);
    for (ParameterNode& parameter : node.parameters) {
      parameter.name = mangle(parameter.name);
      Symbol& symbol = inner->symbol(parameter.name, parameter.place);
      symbol.assigned = symbol.parameter = true;
    }
    statements(node.body, inner);
  }

  void comprehension(Node* node, Scope* scope) {
    visit(node->items[0]->b, scope);
    Scope* inner = open(*node->function, scope);
    static Str* const argument = intern(".0");
    Symbol& symbol = inner->symbol(argument, node->place);
    symbol.assigned = symbol.parameter = true;
    for (std::size_t i = 0; i < node->items.size(); ++i) {
      Node* clause = node->items[i];
      if (i > 0) visit(clause->b, inner);
      bind(clause->a, inner);
      statements(clause->items, inner);
    }
    visit(node->a, inner);
    visit(node->b, inner);
    inner->is_generator = node->kind == Kind::generator;
  }

  Scopes& scopes_;
  Str* class_ = nullptr;
};

bool is_function(const Scope* scope) { return scope->node->kind != FKind::module_ && scope->node->kind != FKind::class_; }

/// Finds the variable of a function around `scope` and makes it reach down to here; false when there is none.
bool capture(Str* name, Scope* scope) {
  static Str* const cell = intern("__class__");
  for (Scope* outer = scope->parent; outer && outer->node->kind != FKind::module_; outer = outer->parent) {
    if (!is_function(outer)) {
      if (name != cell) continue;
      outer->needs_class_cell = true;
    } else {
      const auto found = outer->symbols.find(name);
      if (found == outer->symbols.end()) continue;
      Symbol& symbol = found->second;
      if (symbol.global) return false;
      if (!symbol.assigned || symbol.nonlocal) continue;
      symbol.captured = true;
    }
    for (Scope* between = scope->parent; between != outer; between = between->parent) {
      Symbol& symbol = between->symbol(name, scope->node->place);
      if (symbol.where == Where::global) symbol.where = Where::free;
      symbol.captured = true;
    }
    return true;
  }
  return false;
}

}  // namespace

void find_scopes(FunctionNode& module, Scopes& scopes) {
  Collector collector(scopes);
  Scope* top = collector.open(module, nullptr);
  collector.statements(module.body, top);
  for (Scope& scope : scopes.all) {
    for (std::size_t i = 0; i < scope.order.size(); ++i) {
      Str* name = scope.order[i];
      Symbol& symbol = scope.symbols.at(name);
      if (scope.node->kind == FKind::module_ || symbol.global) {
        symbol.where = Where::global;
      } else if (symbol.nonlocal) {
        if (!capture(name, &scope)) throw SyntaxProblem{"SyntaxError", cat("no binding for nonlocal '", name->text, "' found"), symbol.place};
        symbol.where = Where::free;
      } else if (symbol.assigned) {
        symbol.where = is_function(&scope) ? Where::local : Where::space;
      } else if (symbol.where != Where::free) {
        symbol.where = capture(name, &scope) ? Where::free : is_function(&scope) ? Where::global : Where::space;
      }
    }
  }
  for (Scope& scope : scopes.all) {
    for (auto& [name, symbol] : scope.symbols) {
      if (symbol.where == Where::local && symbol.captured) symbol.where = Where::cell;
    }
  }
}

}  // namespace nabla
