// Which variable a name means: the scopes of a module, found before code is made. Also mangles private names (__x in class C is _C__x).
#pragma once
#include <deque>
#include <unordered_map>

#include "python/ast.h"

namespace nabla {

/// Where a name lives, seen from one scope.
enum class Where : std::uint8_t {
  local,   // a register
  cell,    // a register that holds a cell, since functions inside use it too
  free,    // a cell of a function around this one
  global,  // the module's namespace, then builtins
  space,   // class body: its namespace, then global
};

struct Symbol {
  bool assigned = false, parameter = false, global = false, nonlocal = false, captured = false;
  bool unsettled = false;  // may become unbound again (del, except ... as), or is bound in the middle of an expression
  Where where = Where::global;
  Place place;  // of its first use
};

struct Scope {
  FunctionNode* node = nullptr;
  Scope* parent = nullptr;
  std::vector<Str*> order;  // of the symbols, as they came
  std::unordered_map<Str*, Symbol> symbols;
  std::unordered_map<const FunctionNode*, Scope*> inner;
  bool is_generator = false;
  bool has_named = false;        // contains :=
  bool needs_class_cell = false;  // class: a method uses super() or __class__
  Symbol& symbol(Str* name, const Place& place) {
    const auto [found, is_new] = symbols.try_emplace(name);
    if (is_new) {
      order.push_back(name);
      found->second.place = place;
    }
    return found->second;
  }
};

struct Scopes {
  std::deque<Scope> all;  // the module first, outer before inner
};

/// Throws SyntaxProblem ("no binding for nonlocal 'x' found").
void find_scopes(FunctionNode& module, Scopes& scopes);

}  // namespace nabla
