// Calls, displays, f-strings and comprehensions -> instructions.
#include <cmath>

#include "python/builtins/builtins.h"
#include "python/compiler.h"
#include "python/exception.h"
#include "python/function.h"

namespace nabla {
namespace {

bool has_star(const Node* node) {
  for (const Node* item : node->items) {
    if (item && item->kind == Kind::starred) return true;
  }
  return false;
}

}  // namespace

/// The type of what is surely no function, for warnings; null for the rest.
const char* FunctionCompiler::literal_type(const Node* node) {
  switch (node->kind) {
    case Kind::constant:
      if (as<NativeFunction>(node->value)) return nullptr;  // of a literal like 2j
      if (node->value.is_ellipsis()) return "ellipsis";
      return type_of(node->value)->name.c_str();
    case Kind::tuple: return "tuple";
    case Kind::list:
    case Kind::list_comp: return "list";
    case Kind::dict:
    case Kind::dict_comp: return "dict";
    case Kind::set:
    case Kind::set_comp: return "set";
    case Kind::generator: return "generator";
    case Kind::joined: return "str";
    default: return nullptr;
  }
}

// -------------------------------------------------------------------------------------------------------------- calls

/// The place of an attribute access, or of a call of it: in a chain over several lines it begins at the name itself.
void FunctionCompiler::at_attribute(const Node* attribute, const Place& whole) {
  at(whole);
  const Place& place = attribute->place;
  if (place.line == place.end_line) return;
  place_.line = place.end_line;
  place_.column = place.end_column - static_cast<std::uint32_t>(std::min<std::size_t>(attribute->name->text.size(), place.end_column));
}

bool FunctionCompiler::is_super_call(const Node* node) const {
  static Str* const super = intern("super");
  static Str* const cell = intern("__class__");
  return node->a->kind == Kind::name && node->a->name == super && node->items.empty() && where(super) == Where::global &&
         where(cell) == Where::free && code_->parameters > 0;
}

void FunctionCompiler::call(Node* node, Operand target) {
  bool spread = false;
  for (const Node* item : node->items) spread |= item->kind == Kind::starred || (item->kind == Kind::keyword && !item->name);
  if (spread || node->items.size() > 200) return call_spread(node, target);
  if (const char* literal = literal_type(node->a)) warn(node, cat("'", literal, "' object is not callable; perhaps you missed a comma?"));
  const bool method = node->a->kind == Kind::attribute;
  const Operand base = temporary();
  if (method) {
    const Operand self = temporary();
    const Operand mark = top_;
    Operand object = operand(node->a->a);
    if (is_temporary(object) && object != base) {  // computed after base and self: that is where it may stay
      top_ = mark;
    }
    at_attribute(node->a, node->a->place);
    emit(Op::load_method, base, object, site(node->a->name));
    (void)self;
  } else {
    into(node->a, base);
  }
  std::uint16_t positional = 0;
  std::vector<Value> keywords;
  for (Node* item : node->items) {
    into(item->kind == Kind::keyword ? item->a : item, temporary());
    if (item->kind == Kind::keyword) {
      keywords.push_back(Value::object(item->name));
    } else {
      ++positional;
    }
  }
  at(node);
  if (method) at_attribute(node->a, node->place);
  if (is_super_call(node)) {
    static Str* const cell = intern("__class__");
    const Operand start = temporary(), self = temporary();
    emit(Op::load_cell, start, register_of(cell), name_index(cell));
    Str* first = code_->local_names[0];
    if (where(first) == Where::cell) {
      emit(Op::load_cell, self, register_of(first), name_index(first));
    } else {
      emit(Op::move, self, register_of(first));
    }
    positional = 2;
  }
  if (keywords.empty()) {
    emit(method ? Op::call_method : Op::call, base, positional, target);
    return;
  }
  auto names = make<Tuple>(std::move(keywords));
  make_permanent(*names);
  emit(method ? Op::call_method_keywords : Op::call_keywords, base, positional, static_cast<Operand>(constant(names) & ~kConstant));
  if (target != base) emit(Op::move, target, base);
}

void FunctionCompiler::call_spread(Node* node, Operand target) {
  const Operand base = temporary(), list = temporary(), keywords = temporary();
  into(node->a, base);
  spread_arguments(node, base, list, keywords);
  at(node);
  emit(Op::call_spread, base);
  if (target != base) emit(Op::move, target, base);
}

void FunctionCompiler::spread_arguments(Node* node, Operand base, Operand list, Operand keywords) {
  at(node);
  emit(Op::make_list, list, list, 0);
  emit(Op::clear, keywords);
  bool any = false, spread_before = false;
  for (Node* item : node->items) {
    const Operand mark = top_;
    if (item->kind == Kind::starred) {
      const Operand value = operand(item->a);
      at(node);
      emit(Op::list_extend, list, value, node->items[0] == item && (node->items.size() == 1 || node->items[1]->kind == Kind::keyword));
    } else if (item->kind == Kind::keyword) {
      if (!any) emit(Op::make_dict, keywords, keywords, 0);
      any = true;
      const Operand value = operand(item->a);
      at(node);
      if (item->name && spread_before) {  // it may be there already
        const Operand one = temporary();
        emit(Op::make_dict, one, one, 0);
        emit(Op::dict_set, one, constant(Value::object(item->name)), value);
        emit(Op::dict_merge, keywords, one, base);
      } else if (item->name) {
        emit(Op::dict_set, keywords, constant(Value::object(item->name)), value);
      } else {
        spread_before = true;
        emit(Op::dict_merge, keywords, value, base);
      }
    } else {
      const Operand value = operand(item);
      emit(Op::list_append, list, value);
    }
    top_ = mark;
  }
}

void FunctionCompiler::check_subscript(const Node* node) {
  const char* object = literal_type(node->a);
  if (!object) return;
  const std::string_view type = object;
  if (type == "NoneType" || type == "bool" || type == "int" || type == "float" || type == "ellipsis" || type == "set" || type == "generator") {
    return warn(node, cat("'", type, "' object is not subscriptable; perhaps you missed a comma?"));
  }
  const char* key = literal_type(node->b);
  const bool is_sequence = type == "str" || type == "tuple" || type == "list" || type == "bytes";
  if (!key || !is_sequence || std::string_view(key) == "int" || std::string_view(key) == "bool") return;
  warn(node, cat(type == "str" ? "str" : type, " indices must be integers or slices, not ", key, "; perhaps you missed a comma?"));
}

// ----------------------------------------------------------------------------------------------------------- displays

void FunctionCompiler::sequence(Node* node, Operand target) {
  if (has_star(node) || node->items.size() > 200) return sequence_spread(node, target);
  at(node);
  const Op op = node->kind == Kind::tuple ? Op::make_tuple : node->kind == Kind::list ? Op::make_list : Op::make_set;
  if (const Value set = op == Op::make_set ? constant_set(node) : Value(); !set.is_undefined()) {
    const Operand made = temporary();
    emit(op, made, made, 0);
    emit(Op::set_update, made, constant(set));
    emit(Op::move, target, made);
    return;
  }
  const Operand first = static_cast<Operand>(kTemporaries + top_);
  for (Node* item : node->items) into(item, temporary());
  at(node);
  emit(op, target, first, static_cast<Operand>(node->items.size()));
}

namespace {

/// What CPython works out of a sum, product or power of constant numbers when it compiles; undefined of anything else.
Value folded_number(const Node* node, const Value& constant) {
  if (!constant.is_undefined() || node->kind != Kind::binary) return constant;
  const auto side = [](const Node* one) { return folded_number(one, one->kind == Kind::constant && is_number(one->value) ? one->value : Value()); };
  const Value a = side(node->a), b = side(node->b);
  if (a.is_undefined() || b.is_undefined() || (static_cast<Binary>(node->op) == Binary::pow && (!is_int(b) || std::abs(to_double(b)) > 128))) return {};
  try {
    return nabla::binary(static_cast<Binary>(node->op), a, b);
  } catch (const Error&) {
  } catch (const Raise&) {
  }
  return {};
}

}  // namespace

/// What a display of three or more constants is filled from, or undefined. CPython makes a frozenset of them, and that one once more from its items:
/// it shows in the order in which the set is walked.
Value FunctionCompiler::constant_set(const Node* node) {
  if (node->kind != Kind::set || node->items.size() < 3) return {};
  std::vector<Value> items;
  for (const Node* item : node->items) {
    items.push_back(folded_number(item, folded(item)));
    if (items.back().is_undefined()) return {};
  }
  auto once = make<Set>(), again = make<Set>();
  for (const Value& item : items) once->add(item);
  if (once->is_loose()) return {};
  std::size_t position = 0;
  for (Value item; item = once->next(position), !item.is_undefined();) again->add(item);
  again->type = frozenset_type();
  make_permanent(*again);  // it belongs to the code, and holds only constants
  return again;
}

void FunctionCompiler::sequence_spread(Node* node, Operand target) {
  const bool is_set = node->kind == Kind::set;
  const Operand result = temporary();
  emit(is_set ? Op::make_set : Op::make_list, result, result, 0);
  for (Node* item : node->items) {
    const Operand mark = top_;
    if (item->kind == Kind::starred) {
      const Operand value = operand(item->a);
      at(item);
      emit(is_set ? Op::set_update : Op::list_extend, result, value);
    } else {
      const Operand value = operand(item);
      at(node);
      emit(is_set ? Op::set_add : Op::list_append, result, value);
    }
    top_ = mark;
  }
  if (node->kind == Kind::tuple) emit(Op::list_to_tuple, result);
  emit(Op::move, target, result);
}

void FunctionCompiler::dict(Node* node, Operand target) {
  bool spread = node->items.size() > 100;
  for (std::size_t i = 0; i < node->items.size(); i += 2) spread |= !node->items[i];
  if (!spread) {
    const Operand first = static_cast<Operand>(kTemporaries + top_);
    for (Node* item : node->items) into(item, temporary());
    at(node);
    emit(Op::make_dict, target, first, static_cast<Operand>(node->items.size() / 2));
    return;
  }
  const Operand result = temporary();
  at(node);
  emit(Op::make_dict, result, result, 0);
  for (std::size_t i = 0; i < node->items.size(); i += 2) {
    const Operand mark = top_;
    if (node->items[i]) {
      const Operand key = operand(node->items[i]), value = operand(node->items[i + 1]);
      at(node);
      emit(Op::dict_set, result, key, value);
    } else {
      const Operand other = operand(node->items[i + 1]);
      at(node);
      emit(Op::dict_update, result, other);
    }
    top_ = mark;
  }
  emit(Op::move, target, result);
}

void FunctionCompiler::joined(Node* node, Operand target) {
  const Operand first = static_cast<Operand>(kTemporaries + top_);
  for (Node* item : node->items) {
    const Operand piece = temporary();
    const Operand mark = top_;
    if (item->kind == Kind::constant) {
      emit(Op::move, piece, constant(item->value));
      continue;
    }
    Operand value = operand(item->a);
    at(node);
    if (item->op) {
      const Operand converted = temporary();
      emit(Op::convert, converted, value, item->op);
      value = converted;
    }
    Operand spec = constant(Value::none());
    if (item->b && !item->b->items.empty()) {
      const Node* only = item->b->items.size() == 1 ? item->b->items[0] : nullptr;
      if (only && only->kind == Kind::constant) {
        spec = constant(only->value);
      } else {
        spec = temporary();
        joined(item->b, spec);
      }
    }
    at(node);
    emit(Op::format, piece, value, spec);
    top_ = mark;
  }
  at(node);
  emit(Op::build_string, target, first, static_cast<Operand>(node->items.size()));
}

// ------------------------------------------------------------------------------------------------------ comprehensions

void FunctionCompiler::comprehension_call(Node* node, Operand target) {
  Scope& inner = *scope_.inner.at(node->function);
  FunctionCompiler compiler(options_, inner, inner_qualname(node->function->name), this);
  const Ref<Code> code = compiler.comprehension(node);
  const Operand base = temporary(), argument = temporary();
  at(node);
  make_function_object(code, inner, node->function, base);
  const Operand mark = top_;
  const Operand iterable = operand(node->items[0]->b);
  top_ = mark;
  at(node);
  emit(Op::get_iterator, argument, iterable);
  at(node);
  emit(Op::call, base, 1, target);
}

Ref<Code> FunctionCompiler::comprehension(Node* node) {
  code_->positional = code_->parameters = 1;
  settled_[0] = true;
  at(node);
  for (Str* name : scope_.order) {
    if (where(name) == Where::cell) emit(Op::make_cell, register_of(name));
  }
  const Operand result = temporary();
  if (node->kind == Kind::list_comp) emit(Op::make_list, result, result, 0);
  if (node->kind == Kind::set_comp) emit(Op::make_set, result, result, 0);
  if (node->kind == Kind::dict_comp) emit(Op::make_dict, result, result, 0);
  comprehension_clauses(node, 0, result, 0);
  at(node);
  emit(Op::return_, node->kind == Kind::generator ? constant(Value::none()) : result);
  return finish();
}

void FunctionCompiler::comprehension_clauses(Node* node, std::size_t i, Operand result, Operand argument) {
  const Operand outer_mark = top_;
  if (i == node->items.size()) {
    switch (node->kind) {
      case Kind::generator: {
        const Operand value = operand(node->a), sent = temporary();
        at(node);
        emit(Op::yield_, sent, value);
        emit(Op::clear, sent);
        break;
      }
      case Kind::dict_comp: {
        const Operand key = operand(node->a), value = operand(node->b);
        at(node);
        emit(Op::dict_set, result, key, value);
        break;
      }
      default: {
        const Operand value = operand(node->a);
        at(node);
        emit(node->kind == Kind::list_comp ? Op::list_append : Op::set_add, result, value);
      }
    }
    top_ = outer_mark;
    return;
  }
  Node* clause = node->items[i];
  Operand iterator = argument;
  if (i > 0) {
    iterator = temporary();
    const Operand mark = top_;
    const Operand iterable = operand(clause->b);
    top_ = mark;
    at(node);
    emit(Op::get_iterator, iterator, iterable);
  }
  Label start, end;
  bind(start);
  const Operand mark = top_;
  Operand item;
  const bool direct = clause->a->kind == Kind::name && where(clause->a->name) == Where::local;
  item = direct ? register_of(clause->a->name) : temporary();
  at(node);
  short_jump(Op::for_iter, iterator, item, end);
  if (direct) {
    settled_[item] = true;
  } else {
    store(clause->a, item);
  }
  top_ = mark;
  for (Node* condition : clause->items) branch(condition, false, start);
  comprehension_clauses(node, i + 1, result, 0);
  jump(Op::jump, 0, start);
  bind(end);
  top_ = outer_mark;
}

}  // namespace nabla
