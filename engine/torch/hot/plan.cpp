// Holds a recorded round against the machine's own, and runs it.
#include "torch/hot/plan.h"

#include <algorithm>

#include "torch/optimizer.h"

namespace nabla::hot {
namespace {

using Kind = Sym::Kind;
constexpr std::uint64_t kChunk = 1024;

bool equal(double a, double b) { return __builtin_bit_cast(std::uint64_t, a) == __builtin_bit_cast(std::uint64_t, b) || (a != a && b != b); }
double read(const Slot& slot, DType dtype) { return dtype == DType::float32 ? static_cast<double>(slot.f) : slot.d; }
double element_of(const TensorImpl& x) { return x.dtype == DType::float32 ? static_cast<double>(*x.data_as<float>()) : *x.data_as<double>(); }

}  // namespace

Plan::Plan(Machine& machine, Frame& frame) : recorder_(machine, frame), frame_(frame), head_(frame.pc), begun_(machine.steps()) {
  recorder_.record();
  for (const SymTensor& x : recorder_.tensors) versions_.push_back(x.real ? x.real->version() : 0);
  for (const auto& one : recorder_.stepped) steps_.push_back(optimizers::self_of(one.optimizer).steps);
  for (const Appended& one : recorder_.appended) lengths_.push_back(one.list->items.size());
}

bool Plan::is_due(const Machine& machine, const Frame& frame) const {
  return &frame == &frame_ && frame.pc == head_ && machine.steps() == begun_ + recorder_.steps;
}

Value* Plan::place(const Variable& variable) const { return variable.dict ? variable.dict->find(variable.name) : frame_.registers() + variable.reg; }

TensorImpl* Plan::real(const SymTensor& x) const {
  return x.gradient_of < 0 ? x.real : recorder_.tensors[static_cast<std::size_t>(x.gradient_of)].real->grad.get();
}

bool Plan::same(std::uint32_t tensor, const TensorImpl* x) const {
  const SymTensor& sym = recorder_.tensors[tensor];
  if (!x || x->numel != 1 || x->dtype != sym.dtype || x->dim() != sym.rank || (sym.node >= 0) != static_cast<bool>(x->grad_fn) || x->requires_grad != sym.requires_grad) return false;
  const std::uint32_t slot = recorder_.memories[sym.memory].slot;
  return slot == Memory::kNone || equal(read(recorder_.program.slots[slot], sym.dtype), element_of(*x));
}

bool Plan::same(const Sym& sym, const Value& value) const {
  switch (sym.kind) {
    case Kind::undefined: return !value.is_object();  // a temporary that held a number need not be cleared
    case Kind::constant: return value == sym.value;
    case Kind::integer: return value.is_small() && value.as_small() == recorder_.program.slots[sym.index].i;
    case Kind::real: return value.is_float() && equal(value.as_float(), recorder_.program.slots[sym.index].d);
    case Kind::tensor: {
      const SymTensor& x = recorder_.tensors[sym.index];
      if (x.real && x.gradient_of < 0 && as_tensor(value) != x.real) return false;
      return same(sym.index, as_tensor(value));
    }
    default: return value.is_object();
  }
}

bool Plan::holds() const {
  for (const Variable& one : recorder_.variables) {
    const Value* value = place(one);
    if (!value || !same(one.now, *value)) return false;
  }
  for (const RangeState& one : recorder_.ranges) {
    if (one.range->value != recorder_.program.slots[one.value].i || one.range->remaining != recorder_.program.slots[one.remaining].i) return false;
  }
  for (std::size_t i = 0; i < recorder_.tensors.size(); ++i) {
    const SymTensor& x = recorder_.tensors[i];
    if (!x.real || x.gradient_of >= 0) continue;
    if (!can_be_slot(*x.real) || !same(static_cast<std::uint32_t>(i), x.real)) return false;
    if (x.memory == x.own_memory && x.real->version() - versions_[i] != recorder_.memories[x.memory].version) return false;
    if (x.grad == SymTensor::kUnknown) continue;
    const TensorImpl* const grad = x.real->grad.get();
    if (x.grad == SymTensor::kNone ? grad != nullptr : !same(static_cast<std::uint32_t>(x.grad), grad)) return false;
    if (grad && !can_be_slot(*grad)) return false;
  }
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (optimizers::self_of(recorder_.stepped[i].optimizer).steps != steps_[i] + recorder_.stepped[i].count) return false;
  }
  for (std::size_t i = 0; i < lengths_.size(); ++i) {
    const Appended& one = recorder_.appended[i];
    if (one.list->items.size() != lengths_[i] + one.real.size()) return false;
    for (std::size_t k = 0; k < one.real.size(); ++k) {
      const Slot slot = recorder_.program.logs[i][k];
      const Value& value = one.list->items[lengths_[i] + k];
      if (one.real[k] ? !value.is_float() || !equal(value.as_float(), slot.d) : !value.is_small() || value.as_small() != slot.i) return false;
    }
  }
  return true;
}

/// Fills the slots that a round begins with. False where a value has another type now.
bool Plan::load() {
  Program& program = recorder_.program;
  for (const Input& input : recorder_.inputs) {
    Slot& slot = program.slots[input.slot];
    switch (input.kind) {
      case Input::Kind::variable: {
        const Variable& variable = recorder_.variables[input.index];
        const Value& value = *place(variable);
        if (variable.start.is(Kind::integer) ? !value.is_small() : !value.is_float()) return false;
        if (value.is_small()) slot.i = value.as_small();
        else slot.d = value.as_float();
        break;
      }
      case Input::Kind::range_value: slot.i = recorder_.ranges[input.index].range->value; break;
      case Input::Kind::range_remaining: slot.i = recorder_.ranges[input.index].range->remaining; break;
      case Input::Kind::tensor: {
        const SymTensor& sym = recorder_.tensors[input.index];
        const TensorImpl* const x = real(sym);
        if (!x || !can_be_slot(*x) || x->dtype != sym.dtype) return false;
        if (sym.dtype == DType::float32) slot.f = *x->data_as<float>();
        else slot.d = *x->data_as<double>();
        break;
      }
    }
  }
  for (auto& log : program.logs) log.clear();
  return true;
}

/// What the last whole round began with, `rounds` after load().
void Plan::store(std::uint64_t rounds) {
  const Program& program = recorder_.program;
  for (const Input& input : recorder_.inputs) {
    const auto carry = std::find_if(program.carries.begin(), program.carries.end(), [&](const Carry& one) { return one.slot == input.slot; });
    if (carry == program.carries.end()) continue;
    const Slot slot = program.before[static_cast<std::size_t>(carry - program.carries.begin())];
    switch (input.kind) {
      case Input::Kind::variable: {
        const Variable& variable = recorder_.variables[input.index];
        *place(variable) = variable.start.is(Kind::integer) ? Value::small(slot.i) : Value::number(slot.d);
        break;
      }
      case Input::Kind::range_value: recorder_.ranges[input.index].range->value = slot.i; break;
      case Input::Kind::range_remaining: recorder_.ranges[input.index].range->remaining = slot.i; break;
      case Input::Kind::tensor: {
        TensorImpl& x = *real(recorder_.tensors[input.index]);
        if (x.dtype == DType::float32) *x.data_as<float>() = slot.f;
        else *x.data_as<double>() = slot.d;
        break;
      }
    }
  }
  for (std::size_t i = 0; i < recorder_.tensors.size(); ++i) {
    const SymTensor& x = recorder_.tensors[i];
    if (!x.real || (x.gradient_of >= 0 && recorder_.tensors[static_cast<std::size_t>(x.gradient_of)].grad != static_cast<std::int32_t>(i))) continue;
    for (std::uint64_t times = x.memory == x.own_memory ? rounds * recorder_.memories[x.memory].version : 0; times > 0; --times) real(x)->raise_version();
  }
  for (const auto& one : recorder_.stepped) optimizers::self_of(one.optimizer).steps += static_cast<std::int64_t>(rounds * one.count);
}

/// Gives the lists what `rounds` rounds, all but the last, have appended.
void Plan::flush(std::uint64_t rounds) {
  for (std::size_t i = 0; i < recorder_.appended.size(); ++i) {
    const Appended& one = recorder_.appended[i];
    std::vector<Slot>& log = recorder_.program.logs[i];
    const std::size_t each = one.real.size(), whole = static_cast<std::size_t>(rounds) * each, given = whole - std::min(each, whole);
    for (std::size_t k = 0; k < given; ++k) one.list->items.push_back(one.real[k % each] ? Value::number(log[k].d) : Value::small(log[k].i));
    log.resize(whole);
    log.erase(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(given));
  }
}

std::uint64_t Plan::run(std::int64_t& left) {
  const std::uint64_t most = static_cast<std::uint64_t>(std::max<std::int64_t>(left, 0)) / recorder_.steps;
  if (most < 2 || !load()) return 0;
  std::uint64_t done = 0, waiting = 0;  // rounds whose appended numbers wait
  for (;;) {
    const std::uint64_t asked = std::min(kChunk, most - done), whole = recorder_.program.run_rounds(asked);
    done += whole;
    waiting += whole;
    flush(waiting);
    waiting = std::min<std::uint64_t>(waiting, 1);
    if (whole < asked || done == most) break;
  }
  if (done < 2) return done;
  store(done - 1);
  left -= static_cast<std::int64_t>((done - 1) * recorder_.steps);
  return done;
}

}  // namespace nabla::hot
