// Expressions -> instructions. operand() gives a value where it already is, when it can; into() puts it into a given register.
#include "python/builtins/builtins.h"
#include "python/compiler.h"
#include "python/names.h"

namespace nabla {
namespace {

Op binary_op(std::uint8_t op, bool in_place = false) {
  return static_cast<Op>(static_cast<unsigned>(in_place ? Op::iadd : Op::add) + op);
}

Op compare_op(CompareOp op) { return static_cast<Op>(static_cast<unsigned>(Op::lt) + static_cast<unsigned>(op)); }

/// The type of what is surely no function, for warnings; null for the rest.
const char* literal_type(const Node* node) {
  switch (node->kind) {
    case Kind::constant:
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

bool has_star(const Node* node) {
  for (const Node* item : node->items) {
    if (item && item->kind == Kind::starred) return true;
  }
  return false;
}

}  // namespace

/// The value of an expression that is a constant, tuples of constants included; undefined else.
Value FunctionCompiler::folded(const Node* node) {
  switch (node->kind) {
    case Kind::constant: return node->value;
    case Kind::unary: {
      const Value inner = folded(node->a);
      const bool number = inner.is_float() || inner.is_small();
      if (!number || static_cast<Unary>(node->op) == Unary::invert) return Value();
      return nabla::unary(static_cast<Unary>(node->op), inner);
    }
    case Kind::tuple: {
      std::vector<Value> items;
      for (const Node* item : node->items) {
        items.push_back(folded(item));
        if (items.back().is_undefined()) return Value();
      }
      auto made = make<Tuple>(std::move(items));
      make_permanent(*made);  // it belongs to the code, and holds only constants
      return made;
    }
    default: return Value();
  }
}

Operand FunctionCompiler::operand(Node* node) {
  if (node->kind == Kind::name && where(node->name) == Where::local && !scope_.has_named) {
    if (!bound(node->name)) {
      at(node);
      emit(Op::check, register_of(node->name), name_index(node->name));
      settled_[register_of(node->name)] = true;
    }
    return register_of(node->name);
  }
  if (Value value = folded(node); !value.is_undefined()) return constant(std::move(value));
  const Operand target = temporary();
  into(node, target);
  return target;
}

void FunctionCompiler::into(Node* node, Operand target) {
  const Operand mark = top_;
  if (Value value = folded(node); !value.is_undefined()) {
    at(node);
    emit(Op::move, target, constant(std::move(value)));
    return;
  }
  switch (node->kind) {
    case Kind::name:
      at(node);
      load_name(node->name, target);
      break;
    case Kind::tuple:
    case Kind::list:
    case Kind::set: sequence(node, target); break;
    case Kind::dict: dict(node, target); break;
    case Kind::binary: binary(node, target); break;
    case Kind::unary: {
      const Operand a = operand(node->a);
      at(node);
      static constexpr Op kOps[] = {Op::neg, Op::pos, Op::invert};
      emit(kOps[node->op], target, a);
      break;
    }
    case Kind::logical_not: {
      const Operand a = operand(node->a);
      at(node);
      emit(Op::logical_not, target, a);
      break;
    }
    case Kind::logical_and:
    case Kind::logical_or: logical(node, target); break;
    case Kind::compare: compare(node, target); break;
    case Kind::conditional: {
      Label other, end;
      branch(node->b, false, other);
      top_ = mark;
      const auto before = settled_;
      into(node->a, target);
      jump(Op::jump, 0, end);
      bind(other);
      settled_ = before;
      into(node->c, target);
      settled_ = before;
      bind(end);
      break;
    }
    case Kind::lambda: {
      Scope& inner = *scope_.inner.at(node->function);
      FunctionCompiler compiler(options_, inner, inner_qualname(node->function->name), this);
      const Ref<Code> code = compiler.function();
      at(node);
      make_function_object(code, inner, node->function, target);
      break;
    }
    case Kind::call: call(node, target); break;
    case Kind::attribute: {
      const Operand object = operand(node->a);
      at_attribute(node, node->place);
      emit(Op::get_attribute, target, object, site(node->name));
      break;
    }
    case Kind::subscript: {
      check_subscript(node);
      const Operand object = operand(node->a), key = operand(node->b);
      at(node);
      emit(Op::get_item, target, object, key);
      break;
    }
    case Kind::slice: {
      const Operand first = temporary();
      temporary();
      temporary();
      Node* const parts[] = {node->a, node->b, node->c};
      for (Operand i = 0; i < 3; ++i) {
        if (parts[i]) {
          into(parts[i], first + i);
        } else {
          emit(Op::move, first + i, constant(Value::none()));
        }
      }
      at(node);
      emit(Op::make_slice, first);
      if (target != first) emit(Op::move, target, first);
      break;
    }
    case Kind::named: {
      const Operand value = operand(node->a);
      const Operand kept = temporary();
      at(node);
      emit(Op::move, kept, value);
      emit(Op::copy, target, kept);
      store_name(node->name, kept, node->place);
      break;
    }
    case Kind::list_comp:
    case Kind::set_comp:
    case Kind::dict_comp:
    case Kind::generator: comprehension_call(node, target); break;
    case Kind::joined: joined(node, target); break;
    case Kind::yield: {
      const Operand value = node->a ? operand(node->a) : constant(Value::none());
      at(node);
      emit(Op::yield_, target, value);
      break;
    }
    case Kind::yield_from: {
      const Operand value = operand(node->a), iterator = temporary(), result = temporary();
      at(node);
      emit(Op::get_iterator, iterator, value);
      emit(Op::clear, result);  // what is sent in goes through it
      emit(Op::yield_from, result, iterator);
      emit(Op::move, target, result);
      break;
    }
    case Kind::starred: error(node, "can't use starred expression here");
    default: error(node, "invalid syntax");
  }
  top_ = mark;
}

void FunctionCompiler::binary(Node* node, Operand target) {
  // The left spine is walked, for it may be long.
  std::vector<Node*> spine;
  Node* left = node;
  while (left->kind == Kind::binary) {
    spine.push_back(left);
    left = left->a;
  }
  const Operand mark = top_;
  Operand a = operand(left);
  while (!spine.empty()) {
    Node* one = spine.back();
    spine.pop_back();
    const Operand b = operand(one->b);
    top_ = mark;
    const Operand result = spine.empty() ? target : temporary();
    at(one);
    emit(binary_op(one->op), result, a, b);
    a = result;
  }
}

void FunctionCompiler::check_identity(const Node* node) {
  // "is" compares objects: with a literal it tells nothing.
  const Node* left = node->a;
  for (std::size_t i = 0; i < node->ops.size(); left = node->items[i++]) {
    if (node->ops[i] != CompareOp::is && node->ops[i] != CompareOp::is_not) continue;
    const auto is_literal = [this](const Node* one) {
      const Value value = folded(one);
      return !value.is_undefined() && !value.is_none() && !value.is_bool() && !value.is_ellipsis();
    };
    if (!is_literal(left) && !is_literal(node->items[i])) continue;
    warn(node, node->ops[i] == CompareOp::is ? "\"is\" with a literal. Did you mean \"==\"?" : "\"is not\" with a literal. Did you mean \"!=\"?");
    return;
  }
}

void FunctionCompiler::compare(Node* node, Operand target) {
  check_identity(node);
  if (node->items.size() == 1) {
    const Operand a = operand(node->a), b = operand(node->items[0]);
    at(node);
    emit(compare_op(node->ops[0]), target, a, b);
    return;
  }
  // a < b < c: b is computed once, and nothing after a comparison that fails.
  Label end;
  const Operand result = temporary();
  Operand left = temporary();
  into(node->a, left);
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const bool last = i + 1 == node->items.size();
    const Operand right = temporary();
    into(node->items[i], right);
    at(node);
    if (last) {
      emit(compare_op(node->ops[i]), result, left, right);
    } else {
      const Operand kept = temporary();
      emit(Op::copy, kept, right);
      emit(compare_op(node->ops[i]), result, left, right);
      jump(Op::keep_jump_if_false, result, end);
      left = kept;
    }
  }
  bind(end);
  emit(Op::move, target, result);
}

void FunctionCompiler::logical(Node* node, Operand target) {
  Label end;
  const Op op = node->kind == Kind::logical_and ? Op::keep_jump_if_false : Op::keep_jump_if_true;
  // The target may be a local that the operands still read: so the result is made in a temporary.
  const Operand result = is_temporary(target) ? target : temporary();
  const auto before = settled_;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    into(node->items[i], result);
    at(node->items[i]);
    if (i + 1 < node->items.size()) jump(op, result, end);
  }
  settled_ = before;
  bind(end);
  if (result != target) emit(Op::move, target, result);
}

void FunctionCompiler::branch(Node* node, bool when, Label& target) {
  const Operand mark = top_;
  if (const Value value = folded(node); !value.is_undefined()) {
    if (truth(value) == when) jump(Op::jump, 0, target);
    return;
  }
  switch (node->kind) {
    case Kind::logical_not: return branch(node->a, !when, target);
    case Kind::logical_and:
    case Kind::logical_or: {
      const bool is_and = node->kind == Kind::logical_and;
      const auto before = settled_;
      if (is_and == !when) {  // any operand decides
        for (Node* item : node->items) branch(item, when, target);
      } else {
        Label through;
        for (std::size_t i = 0; i + 1 < node->items.size(); ++i) branch(node->items[i], !when, through);
        branch(node->items.back(), when, target);
        bind(through);
      }
      settled_ = before;
      return;
    }
    case Kind::compare:
      if (node->items.size() == 1 && node->ops[0] <= CompareOp::ge) {
        const Operand a = operand(node->a), b = operand(node->items[0]);
        top_ = mark;
        at(node);
        const unsigned base = static_cast<unsigned>(when ? Op::if_lt : Op::unless_lt);
        short_jump(static_cast<Op>(base + static_cast<unsigned>(node->ops[0])), a, b, target);
        return;
      }
      break;
    default: break;
  }
  const Operand value = operand(node);
  top_ = mark;
  at(node);
  jump(when ? Op::jump_if_true : Op::jump_if_false, value, target);
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
  at(node);
  emit(Op::call_spread, base);
  if (target != base) emit(Op::move, target, base);
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
  const Operand first = static_cast<Operand>(kTemporaries + top_);
  for (Node* item : node->items) into(item, temporary());
  at(node);
  const Op op = node->kind == Kind::tuple ? Op::make_tuple : node->kind == Kind::list ? Op::make_list : Op::make_set;
  emit(op, target, first, static_cast<Operand>(node->items.size()));
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
