// What a recorded round reads of the program's state, and what it leaves behind.
#include "python/builtins/builtins.h"
#include "torch/hot/recorder.h"

namespace nabla::hot {

Variable& Recorder::variable(Dict* dict, Str* name, std::uint16_t reg) {
  for (Variable& one : variables) {
    if (one.dict == dict && one.name == name && one.reg == reg) return one;
  }
  return variables.emplace_back(Variable{dict, name, reg});
}

Sym Recorder::sym_of(const Value& value) {
  if (value.is_undefined()) return {};
  if (TensorImpl* x = as_tensor(value); x && can_be_slot(*x)) {
    held.push_back(value);
    return Sym::of(Sym::Kind::tensor, tensor_of(*x));
  }
  if (value.is_object()) {
    if (type_of(value)->slots.finalize) give_up("an object with a destructor");
    held.push_back(value);
  }
  return Sym::constant(value);
}

const Sym& Recorder::read(Dict* dict, Str* name, std::uint16_t reg) {
  Variable& one = variable(dict, name, reg);
  if (one.written || one.read) return one.now;
  const Value* place = dict ? dict->find(name) : base_.registers() + reg;
  if (!place) give_up("a name without a value");
  if (place->is_small() || place->is_float()) {
    const SlotNumber slot = new_slot();
    if (place->is_small()) program.slots[slot].i = place->as_small();
    else program.slots[slot].d = place->as_float();
    inputs.push_back({Input::Kind::variable, static_cast<std::uint32_t>(&one - variables.data()), slot});
    one.start = Sym::of(place->is_small() ? Sym::Kind::integer : Sym::Kind::real, slot);
  } else {
    Sym sym = sym_of(*place);
    variable(dict, name, reg).start = std::move(sym);
  }
  Variable& again = variable(dict, name, reg);
  again.now = again.start;
  again.read = true;
  return again.now;
}

void Recorder::write(Dict* dict, Str* name, std::uint16_t reg, Sym sym) {
  Variable& one = variable(dict, name, reg);
  if (dict && !one.written && !one.read && !dict->find(name)) give_up("a new name");
  one.now = std::move(sym);
  one.written = true;
}

RangeState& Recorder::range_state(RangeIterator& range) {
  for (RangeState& one : ranges) {
    if (one.range == &range) return one;
  }
  const std::int64_t last = range.value + range.remaining * range.step;
  if (range.remaining > (std::int64_t{1} << 46) || !Value::fits_small(range.value) || !Value::fits_small(last)) give_up("a wide range");
  held.push_back(Value::object(&range));
  const SlotNumber value = new_slot(), remaining = new_slot();
  program.slots[value].i = range.value;
  program.slots[remaining].i = range.remaining;
  const auto index = static_cast<std::uint32_t>(ranges.size());
  inputs.push_back({Input::Kind::range_value, index, value});
  inputs.push_back({Input::Kind::range_remaining, index, remaining});
  return ranges.emplace_back(RangeState{&range, value, remaining, value, remaining});
}

void Recorder::carry(std::uint32_t start, std::uint32_t now) {
  if (start != now) program.carries.push_back({static_cast<SlotNumber>(start), static_cast<SlotNumber>(now), -1});
}

void Recorder::finish_variables() {
  for (Variable& one : variables) {
    if (!one.read || !one.written) continue;
    using Kind = Sym::Kind;
    switch (one.start.kind) {
      case Kind::integer:
        if (!is_integer(one.now)) give_up("a variable's type changes");
        carry(one.start.index, integer_slot(one.now));
        break;
      case Kind::real:
        if (!one.now.is_number() || is_integer(one.now)) give_up("a variable's type changes");
        carry(one.start.index, real_slot(one.now));
        break;
      case Kind::constant:
        if (!one.now.is(Kind::constant) || !(one.now.value == one.start.value)) give_up("a variable gets another object");
        break;
      case Kind::tensor:
        if (!one.now.is(Kind::tensor) || one.now.index != one.start.index) give_up("a variable gets another tensor");
        break;
      default:
        if (one.now.kind != one.start.kind) give_up("a variable gets a value");
    }
  }
}

void Recorder::finish_tensors() {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const SymTensor& x = tensors[i];
    if (!x.real) continue;
    // That a gradient is there, or is not, must stay as it is; that it is another one in each round matters only where it is read.
    if (x.grad_start != SymTensor::kUnknown && (x.grad == SymTensor::kNone) != (x.grad_start == SymTensor::kNone)) give_up("a gradient comes or goes");
    if (x.gradient_of >= 0 && tensors[static_cast<std::size_t>(x.gradient_of)].grad != static_cast<std::int32_t>(i)) {
      if (memories[x.own_memory].start != Memory::kNone || memories[x.own_memory].version) give_up("a gradient is read that the round before made");
      continue;
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (tensors[k].real && tensors[k].memory == x.memory) give_up("tensors that share their memory");
    }
    const Memory &own = memories[x.own_memory], &now = memories[x.memory];
    if (own.start != Memory::kNone) carry(own.start, now.slot);
  }
}

void Recorder::finish() {
  if (grad_enabled_ != nabla::grad_enabled()) give_up("the grad mode changes");
  finish_variables();
  for (const RangeState& one : ranges) {
    carry(one.value_start, one.value);
    carry(one.remaining_start, one.remaining);
  }
  finish_tensors();
  for (Carry& carry : program.carries) {
    for (std::size_t k = 0; k < program.carries.size(); ++k) {
      if (program.carries[k].slot == carry.from) carry.from_carry = static_cast<std::int32_t>(k);
    }
  }
  program.before.resize(program.carries.size());
}

}  // namespace nabla::hot
