// Optimizers in a recorded round: zero_grad(), and step() by the rule of the definition, on tensors that stand in for the real ones.
#include "python/builtins/builtins.h"
#include "tensor/loops.h"
#include "torch/hot/recorder.h"
#include "torch/optimizer.h"

namespace nabla::hot {

using namespace optimizers;

void Recorder::zero_grad(const Value& optimizer) {
  for (const Value& group : groups_of(self_of(optimizer))) {
    for (const Value& parameter : parameters_of(group)) {
      TensorImpl* const x = as_tensor(parameter);
      if (!x || !can_be_slot(*x)) give_up("a parameter of more than one element");
      set_gradient(sym_of(parameter).index, SymTensor::kNone);
    }
  }
}

void Recorder::optimizer_step(const Value& optimizer) {
  OptimizerObject& self = self_of(optimizer);
  if (!self.def || !self.def->update) give_up("an optimizer without a rule");
  const std::size_t states = self.def->state.size();
  if (states > UpdateCall::kMaxState || self.def->number_count() > UpdateCall::kMaxOptions) give_up("an optimizer with much state");
  std::size_t at = 0;
  while (at < stepped.size() && !(stepped[at].optimizer == optimizer)) ++at;
  if (at == stepped.size()) stepped.push_back({optimizer, 0});
  ++stepped[at].count;
  Dict& all = dict_attribute(self, names().state);
  for (const Value& group : groups_of(self)) {
    UpdateCall update{self.def};
    read_options(self, group, update.options);
    for (const Value& parameter : parameters_of(group)) {
      TensorImpl* const real = as_tensor(parameter);
      if (!real || !can_be_slot(*real)) give_up("a parameter of more than one element");
      const std::uint32_t x = sym_of(parameter).index;
      const std::int32_t grad = gradient(x);
      if (grad == SymTensor::kNone) continue;
      const auto g = static_cast<std::uint32_t>(grad);
      if (tensors[g].rank != tensors[x].rank || tensors[g].dtype != tensors[x].dtype) give_up("a gradient of another shape");
      update.parameter = empty(real->sizes, real->dtype);
      update.gradient = empty(real->sizes, real->dtype);
      update.in[0] = content(x);
      update.in[1] = content(g);
      update.out[0] = new_slot();
      const Value* found = all.find(parameter);
      Dict* const dict = found ? as<Dict>(*found) : nullptr;
      std::uint32_t tensor_of_state[UpdateCall::kMaxState];
      for (std::size_t i = 0; i < states; ++i) {
        const Value* value = dict ? self.state_names[i].in(*dict) : nullptr;
        TensorImpl* const state = value ? as_tensor(*value) : nullptr;
        update.state[i] = nullptr;
        if (value && self.def->state[i].kind == StateDef::Kind::integer) {
          Str* const name = self.state_names[i].name;
          const Sym count = read(dict, name, 0);
          if (!count.is(Sym::Kind::integer)) give_up("a count that is no int");
          update.state[i] = scalar_tensor(Scalar::of(std::int64_t{0}), DType::int64);
          update.in[2 + i] = static_cast<SlotNumber>(count.index);
          update.out[2 + i] = new_slot();
          write(dict, name, 0, Sym::of(Sym::Kind::integer, update.out[2 + i]));
          continue;
        }
        if (!state) continue;
        if (!can_be_slot(*state) || state->requires_grad) give_up("state of more than one element");
        tensor_of_state[i] = sym_of(*value).index;
        update.state[i] = empty(state->sizes, state->dtype);
        update.in[2 + i] = content(tensor_of_state[i]);
        update.out[2 + i] = new_slot();
      }
      const auto index = static_cast<SlotNumber>(program.updates.size());
      program.updates.push_back(update);
      emit(Operation::update, 0, index);
      for (std::size_t i = 0; i < states; ++i) {
        if (static_cast<bool>(program.updates[index].state[i]) != static_cast<bool>(update.state[i])) give_up("an optimizer's first step");
        if (update.state[i] && self.def->state[i].kind == StateDef::Kind::tensor) memories[tensors[tensor_of_state[i]].memory].slot = update.out[2 + i];
      }
      Memory& memory = memories[tensors[x].memory];
      memory.slot = update.out[0];
      ++memory.version;
    }
  }
}

}  // namespace nabla::hot
