// Methods in Python that instructions ask without a call being written: entered as frames, so that a recursion through them needs no C++ stack.
//
// Note [Answers]
// `a == b`, `x in tree`, `len(node)`, `f"{child}"`, `node.depth` ask methods of classes written in Python. Where that is plain (one method to be asked
// first, a Python function that takes what it is given), ask() puts its frame on top and the machine goes on with it; its return comes to settle(),
// which finishes the instruction that asked: that is the one before the caller's pc, and its operands are still in their registers where it needs
// them again. Everything else goes the general way, nested on the C++ stack (operations.cpp), to the same result.
#include "python/builtins/builtins.h"
#include "python/fast_paths.h"
#include "python/interpreter.h"

namespace nabla {
namespace {

const Value& operand(Frame* frame, std::uint16_t n) { return n & kConstant ? frame->constants[n & ~kConstant] : frame->registers()[n]; }
void drop(Frame* frame, std::uint16_t n) {
  if (!(n & kConstant) && n >= frame->first_temporary) frame->registers()[n] = Value();
}

bool is_compare(Op op) { return op >= Op::lt && op <= Op::ge; }
bool is_compare_jump(Op op) { return op >= Op::unless_lt && op <= Op::if_ge; }
Compare comparison_of(Op op) {
  return static_cast<Compare>(static_cast<unsigned>(op) - static_cast<unsigned>(is_compare(op) ? Op::lt : op >= Op::if_lt ? Op::if_lt : Op::unless_lt));
}

/// The function, if it is one in Python that takes so many arguments.
Function* plain(const Value* found, std::uint32_t count) {
  if (!found || !found->is_object() || found->as_object()->type != Function::class_type()) return nullptr;
  auto* function = static_cast<Function*>(found->as_object());
  return takes_plainly(*function, count) ? function : nullptr;
}

/// The class, where it is one written in Python.
const Type* python_class(const Value& value) {
  const Type* type = value.is_object() ? value.as_object()->type : nullptr;
  return type && type->is_heap ? type : nullptr;
}

Function* comparing(Compare op, const Value& a, const Value& b) {
  const Type* left = python_class(a);
  const Type* right = type_of(b);
  if (!left || (left != right && right->slots.compare && right->is_subtype_of(left))) return nullptr;
  bool inverted;
  return plain(compare_method(left, op, inverted), 2);
}

/// __bool__, or __len__ where there is none.
Function* truth_of(const Value& value) {
  const Type* type = python_class(value);
  if (!type) return nullptr;
  const Value* found = type->find(names::bool_);
  return plain(found ? found : type->find(names::len), 1);
}

/// The method that makes the text: object's own __str__ asks __repr__.
Function* text_maker(const Value& value, bool is_repr) {
  const Type* type = python_class(value);
  if (!type) return nullptr;
  if (!is_repr) {
    const Value* found = type->find(names::str);
    const SlotWrapper* wrapper = found ? as<SlotWrapper>(*found) : nullptr;
    if (!wrapper || wrapper->owner != object_type()) return plain(found, 1);
  }
  return plain(type->find(names::repr), 1);
}

/// Is format(value) just str(value)?
bool formats_as_text(const Value& value) {
  const Type* type = python_class(value);
  const Value* found = type ? type->find(names::format) : nullptr;
  const SlotWrapper* wrapper = found ? as<SlotWrapper>(*found) : nullptr;
  return wrapper && wrapper->owner == object_type();
}

enum class Builtin : std::uint8_t { none, len, repr, str };
Builtin builtin_of(const Value& callee) {
  if (!callee.is_object()) return Builtin::none;
  if (callee.as_object() == Str::class_type()) return Builtin::str;
  const auto* native = as<NativeFunction>(callee);
  const MachineCall what = native ? native->machine_call : MachineCall::no;
  return what == MachineCall::len ? Builtin::len : what == MachineCall::repr ? Builtin::repr : Builtin::none;
}

}  // namespace

void Interpreter::enter_method(Function* function, const Value& self, const Value* other, std::uint16_t result, Entry entry) {
  Value* const r = push(function, other ? 2 : 1, result, entry)->registers();
  r[0] = self;
  if (other) r[1] = *other;
}

bool Interpreter::ask() {
  if (m.depth_ >= m.recursion_limit) return false;
  Frame* const frame = m.frame_;
  const Instruction& i = frame->pc[-1];
  const auto enter = [&](Function* function, const Value& self, const Value* other = nullptr) {
    if (function) enter_method(function, self, other, i.a, Entry::answer);
    return function != nullptr;
  };
  if (is_compare(i.op)) return enter(comparing(comparison_of(i.op), operand(frame, i.b), operand(frame, i.c)), operand(frame, i.b), &operand(frame, i.c));
  if (is_compare_jump(i.op)) return enter(comparing(comparison_of(i.op), operand(frame, i.a), operand(frame, i.b)), operand(frame, i.a), &operand(frame, i.b));
  switch (i.op) {
    case Op::get_item: {
      const Type* type = python_class(operand(frame, i.b));
      return enter(plain(type ? type->find(names::getitem) : nullptr, 2), operand(frame, i.b), &operand(frame, i.c));
    }
    case Op::in: case Op::not_in: {
      const Type* type = python_class(operand(frame, i.c));
      return enter(plain(type ? type->find(names::contains) : nullptr, 2), operand(frame, i.c), &operand(frame, i.b));
    }
    case Op::logical_not: return enter(truth_of(operand(frame, i.b)), operand(frame, i.b));
    case Op::jump_if_false: case Op::jump_if_true: case Op::keep_jump_if_false: case Op::keep_jump_if_true:
      return enter(truth_of(operand(frame, i.a)), operand(frame, i.a));
    case Op::convert: return i.c != 'a' && enter(text_maker(operand(frame, i.b), i.c == 'r'), operand(frame, i.b));
    case Op::format:
      return operand(frame, i.c).is_none() && formats_as_text(operand(frame, i.b)) && enter(text_maker(operand(frame, i.b), false), operand(frame, i.b));
    case Op::call: {
      const Builtin what = i.b == 1 ? builtin_of(frame->registers()[i.a]) : Builtin::none;
      const Value& of = frame->registers()[i.a + 1];
      if (what == Builtin::none) return false;
      if (what != Builtin::len) return enter(text_maker(of, what == Builtin::repr), of);
      const Type* type = python_class(of);
      return enter(plain(type ? type->find(names::len) : nullptr, 1), of);
    }
    default: return false;
  }
}

void Interpreter::settle(Entry entry, Value value) {
  Frame* const frame = m.frame_;
  const Instruction& i = frame->pc[-1];
  const auto b = [&]() -> const Value& { return operand(frame, i.b); };
  const auto c = [&]() -> const Value& { return operand(frame, i.c); };
  const auto give = [&](Value result, bool two = true) {
    drop(frame, i.b);
    if (two) drop(frame, i.c);
    frame->registers()[i.a] = std::move(result);
  };
  const auto jump = [&](bool yes) {
    if (yes) frame->pc += i.jump();
  };
  if (entry == Entry::sign) {
    if (value.is_not_implemented()) value = binary_rest(sign_of(i.op), b(), c(), i.op >= Op::iadd);
    return give(std::move(value));
  }
  if (is_compare(i.op) || is_compare_jump(i.op)) {
    const Compare op = comparison_of(i.op);
    const Value &x = is_compare(i.op) ? b() : operand(frame, i.a), &y = is_compare(i.op) ? c() : b();
    bool inverted;
    compare_method(type_of(x), op, inverted);
    if (value.is_not_implemented()) {
      value = compare_rest(op, x, y);
    } else if (inverted) {
      value = Value::boolean(!truth(value));
    }
    if (is_compare(i.op)) return give(std::move(value));
    const bool yes = truth(value);
    drop(frame, i.a);
    drop(frame, i.b);
    if (yes == (i.op >= Op::if_lt)) frame->pc += static_cast<std::int16_t>(i.c);
    return;
  }
  const auto as_truth = [&](const Value& of) { return type_of(of)->find(names::bool_) ? must_be_bool(value) : must_be_length(value) != 0; };
  switch (i.op) {
    case Op::get_item: return give(std::move(value));
    case Op::in: case Op::not_in: return give(Value::boolean(truth(value) == (i.op == Op::in)));
    case Op::logical_not: return give(Value::boolean(!as_truth(b())), false);
    case Op::jump_if_false: case Op::jump_if_true: {
      const bool yes = as_truth(operand(frame, i.a));
      drop(frame, i.a);
      return jump(yes == (i.op == Op::jump_if_true));
    }
    case Op::keep_jump_if_false: case Op::keep_jump_if_true: return jump(as_truth(operand(frame, i.a)) == (i.op == Op::keep_jump_if_true));
    case Op::convert: case Op::format:
      must_be_text(value, i.op == Op::convert && i.c == 'r' ? "__repr__" : "__str__");
      return give(std::move(value), i.op == Op::format);
    default: {  // a call of len, repr or str
      Value* const base = frame->registers() + i.a;
      const Builtin what = builtin_of(*base);
      if (what == Builtin::len) {
        value = integer(must_be_length(value));
      } else {
        must_be_text(value, what == Builtin::repr ? "__repr__" : "__str__");
      }
      base[0] = base[1] = Value();
      frame->registers()[i.c] = std::move(value);
    }
  }
}

}  // namespace nabla
