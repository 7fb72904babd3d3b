// Follows a round's instructions. Each case does to Syms what the machine's (quick.cpp, interpreter.cpp) does to values; what has no case
// here ends the recording.
#include "python/builtins/builtins.h"
#include "python/function.h"
#include "torch/hot/recorder.h"

namespace nabla::hot {
namespace {

using Kind = Sym::Kind;
constexpr std::uint64_t kMostSteps = 20'000;

/// What a fused instruction begins with is a load of its first variable; the others stand behind it.
Op unfused(Op op) { return op >= Op::sign_of_global && op <= Op::call_method_of_global ? Op::load_global : op; }

}  // namespace

bool can_be_slot(const TensorImpl& x) {
  return x.numel == 1 && is_floating(x.dtype) && !x.grad_fn && !x.view && !x.is_data && x.owns_memory() && (x.type == known_tensor_type || x.type == parameter_type());
}

Sym Recorder::get(std::uint16_t operand) {
  if (operand & kConstant) return sym_of(frame().constants[operand & 0x7FFF]);
  return frames_.size() == 1 ? read(nullptr, nullptr, operand) : frame().registers[operand];
}
void Recorder::drop(std::uint16_t operand) {
  if (is_temporary(operand)) set(operand, {});
}
Sym Recorder::take(std::uint16_t operand) {
  Sym sym = get(operand);
  drop(operand);
  return sym;
}
void Recorder::set(std::uint16_t reg, Sym sym) {
  if (frames_.size() == 1) write(nullptr, nullptr, reg, std::move(sym));
  else frame().registers[reg] = std::move(sym);
}

void Recorder::record() {
  const Code* const code = base_.code;
  frames_.push_back({code, nullptr, base_.globals, base_.sites, base_.constants, head_, 0, {}});
  grad_enabled_ = nabla::grad_enabled();
  do {
    if (++steps > kMostSteps) give_up("a long round");
    const nabla::Instruction& i = *frame().pc++;
    step(i);
  } while (frames_.size() > 1 || frame().pc != head_);
  finish();
}

void Recorder::step(const nabla::Instruction& i) {
  const auto jump_if = [&](bool yes) {
    if (yes) frame().pc += i.jump();
  };
  switch (unfused(i.op)) {
    case Op::move: return set(i.a, take(i.b));
    case Op::copy: return set(i.a, get(i.b));
    case Op::clear: return set(i.a, {});
    case Op::check:
      if (get(i.a).is(Kind::undefined)) give_up("an unbound variable");
      return;
    case Op::load_global: return set(i.a, load_global(frame().sites[i.b].name));
    case Op::store_global: return write(frame().globals, frame().sites[i.a].name, 0, take(i.b));
    case Op::add: case Op::sub: case Op::mul: case Op::truediv: case Op::floordiv: case Op::mod: case Op::pow:
    case Op::iadd: case Op::isub: case Op::imul: case Op::itruediv: case Op::ifloordiv: case Op::imod: case Op::ipow: {
      const Sym a = get(i.b), b = get(i.c);
      Sym out = sign(i.op, a, b);
      drop(i.b);
      drop(i.c);
      return set(i.a, std::move(out));
    }
    case Op::lt: case Op::le: case Op::eq: case Op::ne: case Op::gt: case Op::ge: {
      const Sym a = take(i.b), b = take(i.c);
      if (a.is(Kind::tensor) || b.is(Kind::tensor)) give_up("a tensor of truth values");
      return set(i.a, Sym::constant(Value::boolean(compared(static_cast<Compare>(static_cast<unsigned>(i.op) - static_cast<unsigned>(Op::lt)), a, b))));
    }
    case Op::is: case Op::is_not: {
      const Sym a = take(i.b), b = take(i.c);
      bool same = false;
      if (a.is(Kind::constant) && b.is(Kind::constant)) same = a.value == b.value;
      else if (a.is(Kind::tensor) && b.is(Kind::tensor)) same = a.index == b.index;
      else if (!(a.is(Kind::constant) && a.value.is_none()) && !(b.is(Kind::constant) && b.value.is_none())) give_up("the identity of numbers");
      return set(i.a, Sym::constant(Value::boolean(same == (i.op == Op::is))));
    }
    case Op::neg: return set(i.a, negative(take(i.b)));
    case Op::logical_not: return set(i.a, Sym::constant(Value::boolean(!truth(take(i.b)))));

    case Op::jump: frame().pc += i.jump(); return;
    case Op::jump_if_false: return jump_if(!truth(take(i.a)));
    case Op::jump_if_true: return jump_if(truth(take(i.a)));
    case Op::keep_jump_if_false: return jump_if(!truth(get(i.a)));
    case Op::keep_jump_if_true: return jump_if(truth(get(i.a)));
    case Op::unless_lt: case Op::unless_le: case Op::unless_eq: case Op::unless_ne: case Op::unless_gt: case Op::unless_ge:
    case Op::if_lt: case Op::if_le: case Op::if_eq: case Op::if_ne: case Op::if_gt: case Op::if_ge: {
      const bool when = i.op >= Op::if_lt;
      const Sym a = take(i.a), b = take(i.b);
      const auto op = static_cast<Compare>(static_cast<unsigned>(i.op) - static_cast<unsigned>(when ? Op::if_lt : Op::unless_lt));
      if (compared(op, a, b) == when) frame().pc += static_cast<std::int16_t>(i.c);
      return;
    }

    case Op::get_attribute: return set(i.a, attribute(take(i.b), frame().sites[i.c].name));
    case Op::set_attribute: {
      const Sym object = take(i.a);
      return set_attribute(object, frame().sites[i.b].name, take(i.c));
    }
    case Op::get_item: {
      const Sym object = take(i.b);
      return set(i.a, item(object, take(i.c)));
    }
    case Op::load_method: {
      const Sym object = take(i.b);
      return load_method(object, frame().sites[i.c].name, i.a);
    }
    case Op::call: case Op::call_method: {
      const Sym callee = take(i.a);
      std::uint16_t first = i.a + 1, count = i.b;
      if (i.op == Op::call_method) {
        if (get(first).is(Kind::undefined)) ++first;
        else ++count;
      }
      std::vector<Sym> args;
      for (std::uint16_t n = 0; n < count; ++n) {
        args.push_back(get(first + n));
        set(first + n, {});
      }
      return call(callee, std::move(args), i.c);
    }
    case Op::make_tuple: {
      std::vector<Sym> items;
      for (std::uint16_t n = 0; n < i.c; ++n) {
        items.push_back(get(i.b + n));
        set(i.b + n, {});
      }
      tuples_.push_back(std::move(items));
      return set(i.a, Sym::of(Kind::items, tuples_.size() - 1));
    }
    case Op::unpack: {
      const std::vector<Sym> items = unpacked(take(i.a));
      if (items.size() != i.c) give_up("a wrong number of values");
      for (std::uint16_t n = 0; n < i.c; ++n) set(i.b + n, items[n]);
      return;
    }
    case Op::get_iterator: {
      const Sym object = take(i.b);
      return set(i.a, iterator_over(object));
    }
    case Op::for_iter: return iterate(i.a, i.b, static_cast<std::int16_t>(i.c));
    case Op::return_: {
      if (frames_.size() == 1) give_up("the end of the function");
      Sym value = get(i.a);
      const std::uint16_t into = frame().result;
      frames_.pop_back();
      return set(into, std::move(value));
    }
    case Op::with_enter: {
      const Sym manager = take(i.b);
      if (!manager.is(Kind::mode)) give_up("a with statement");
      SymMode& mode = modes_[manager.index];
      mode.before = grad_enabled_;
      grad_enabled_ = mode.inside;
      set(i.a, manager);
      return set(i.a + 1, Sym::constant(Value::none()));
    }
    case Op::with_exit: {
      const Sym exit = take(i.a);
      if (!exit.is(Kind::mode)) give_up("a with statement");
      grad_enabled_ = modes_[exit.index].before;
      return;
    }
    default: give_up("an instruction that is not recorded");
  }
}

Sym Recorder::sign(Op op, const Sym& a, const Sym& b) {
  const bool in_place = op >= Op::iadd;
  const auto binary = static_cast<Binary>(static_cast<unsigned>(op) - static_cast<unsigned>(in_place ? Op::iadd : Op::add));
  if (a.is(Kind::tensor) || b.is(Kind::tensor)) return tensor_sign(binary, a, b, in_place);
  if (!a.is_number() || !b.is_number()) give_up("a sign between objects");
  return arithmetic(binary, a, b);
}

Sym Recorder::load_global(Str* name) {
  if (frame().globals->find(name)) return read(frame().globals, name, 0);
  for (const Variable& one : variables) {
    if (one.dict == frame().globals && one.name == name) give_up("a name without a value");
  }
  const Value* found = builtins_dict().find(name);
  if (!found) give_up("a name without a value");
  return sym_of(*found);
}

Sym Recorder::attribute(const Sym& object, Str* name) {
  if (object.is(Kind::tensor)) {
    const std::string& text = name->text;
    if (tensors[object.index].real && tensors[object.index].real->view) give_up("a tensor with attributes");
    if (text == "grad") {
      if (tensors[object.index].node >= 0) give_up("the gradient of a non-leaf");
      const std::int32_t grad = gradient(object.index);
      return grad == SymTensor::kNone ? Sym::constant(Value::none()) : Sym::of(Kind::tensor, static_cast<std::size_t>(grad));
    }
    if (text == "data") return Sym::of(Kind::tensor, alias(object.index, true));
    if (text == "requires_grad") return Sym::constant(Value::boolean(requires_grad(tensors[object.index])));
    give_up("an attribute of a tensor");
  }
  if (!object.is(Kind::constant) || !object.value.is_object()) give_up("an attribute of a value");
  Object* const o = object.value.as_object();
  const Type* const type = o->type;
  if (type == Module::class_type()) {
    const Value* found = static_cast<Module*>(o)->dict->find(name);
    if (!found) give_up("an attribute that a module has not yet");
    if (found->is_float() || found->is_small()) return read(static_cast<Module*>(o)->dict.get(), name, 0);
    return sym_of(*found);
  }
  if (type->attributes_first || !type->has_dict || type->has_side_dict || !type->is_heap || type->slots.get_attribute || as_tensor(object.value)) give_up("an attribute of an object");
  const Value* on_class = type->find(name);
  if (on_class && is_data_descriptor(*on_class)) give_up("a descriptor");
  Dict* const dict = static_cast<Instance*>(o)->dict.get();
  if (!dict || !dict->find(name)) give_up("an attribute of a class");
  return read(dict, name, 0);
}

void Recorder::set_attribute(const Sym& object, Str* name, const Sym& value) {
  if (object.is(Kind::tensor)) {
    if (name->text == "grad" && value.is(Kind::constant) && value.value.is_none()) return set_gradient(object.index, SymTensor::kNone);
    if (name->text == "data" && value.is(Kind::tensor)) {
      SymTensor& x = tensors[object.index];
      const SymTensor& from = tensors[value.index];
      if (from.real || from.dtype != x.dtype || from.rank != x.rank) give_up("data of another kind");
      x.memory = from.memory;
      return;
    }
    give_up("an attribute of a tensor");
  }
  if (!object.is(Kind::constant) || !object.value.is_object()) give_up("an attribute of a value");
  Object* const o = object.value.as_object();
  const Type* const type = o->type;
  if (!type->is_heap || !type->has_dict || type->has_side_dict || type->attributes_first || type->slots.set_attribute || as_tensor(object.value)) give_up("an attribute of an object");
  const Value* on_class = type->find(name);
  if (on_class && is_data_descriptor(*on_class)) give_up("a descriptor");
  Dict* const dict = static_cast<Instance*>(o)->dict.get();
  if (!dict) give_up("a new attribute");
  write(dict, name, 0, value);
}

std::vector<Sym> Recorder::unpacked(const Sym& object) {
  if (object.is(Kind::items)) return tuples_[object.index];
  if (!object.is(Kind::constant)) give_up("a value that is unpacked");
  const auto* list = as<List>(object.value);
  const auto* tuple = as<Tuple>(object.value);
  if (!list && !tuple) give_up("a value that is unpacked");
  if (list) looked_into_.push_back(list);
  for (const Appended& one : appended) {
    if (one.list.get() == list) give_up("a list that grows");
  }
  std::vector<Sym> out;
  for (const Value& value : list ? list->items : tuple->items) out.push_back(sym_of(value));
  return out;
}

Sym Recorder::item(const Sym& object, const Sym& key) {
  if (object.is(Kind::tensor)) give_up("an index of a tensor");
  const std::vector<Sym> items = unpacked(object);
  std::int64_t index = fixed(key);
  if (index < 0) index += static_cast<std::int64_t>(items.size());
  if (static_cast<std::uint64_t>(index) >= items.size()) give_up("an index out of range");
  return items[static_cast<std::size_t>(index)];
}

}  // namespace nabla::hot
