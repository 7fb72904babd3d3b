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

}  // namespace

/// The value of an expression that is a constant, tuples of constants included; undefined else.
Value FunctionCompiler::folded(const Node* node) {
  switch (node->kind) {
    case Kind::constant: return node->value;
    case Kind::unary: {
      const Value inner = folded(node->a);
      const bool number = !inner.is_undefined() && is_number(inner);
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
    const bool looks_in = node->ops[0] == CompareOp::in || node->ops[0] == CompareOp::not_in;
    const Value set = looks_in ? constant_set(node->items[0]) : Value();
    const Operand a = operand(node->a), b = set.is_undefined() ? operand(node->items[0]) : constant(set);
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

}  // namespace nabla
