// Operators in place: run_in_place(), with autograd's rules for what is overwritten.
#include <algorithm>
#include <cstring>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/applying.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "ops/operands.h"
#include "ops/overlap.h"
#include "ops/support.h"
#include "tensor/layout.h"
#include "tensor/loops.h"

namespace nabla {

namespace {

/// What is about to be overwritten, for formulas that read it: a clone.
Tensor original(const Tensor& x) {
  static const OpDef& clone = *find_op("clone");
  const OpObserver watchers = std::exchange(op_observer, nullptr);
  Tensor out = apply(clone, x);
  if (watchers && x->view) [[unlikely]] {
    if (const Tensor tangent = tangent_of(*x)) make_extra(out).tangent = apply(clone, tangent);
  }
  op_observer = watchers;
  share_shapes(out, *x);
  if (batched_as(*x)) [[unlikely]] follow_lanes(out, *x, [](const Tensor& other) { return original(other); });
  return out;
}

/// What self shows more than once is written row after row, so that each row reads what those before it have written: PyTorch's loops do.
void write_in_turn(Call& call, const Tensor& self) {
  if (!overlaps(self->sizes, self->strides)) return copy_into(self, call.def.forward(call));
  for (std::int64_t i = 0; i < self->sizes[0]; ++i) {
    Call row = call;
    for (int k = 0; k < call.count; ++k) {
      if (!call[k].is_tensor() || call[k].impl()->dim() < self->dim()) continue;
      row.args[k] = Arg(select(call.tensor(k), 0, call[k].impl()->sizes[0] == 1 ? 0 : i));
    }
    write_in_turn(row, row.tensor(0));
  }
}

/// What formulas read of a tensor that is changed in place is what it was; and the graph must not hold the tensor itself, whose node this one becomes.
Tensor stand_in_for(const Tensor& self) {
  const Tensor out = copy(self);
  share_shapes(out, *self);
  if (const Ref<Node> maker = grad_fn(self)) set_history(out, maker, self->output_number);
  if (batched_as(*self)) [[unlikely]] follow_lanes(out, *self, [](const Tensor& other) { return stand_in_for(other); });
  return out;
}

/// Makes self what an operator that is made of others has made of its stand-in.
Tensor take_over(const Tensor& self, const Tensor& result) {
  const Ref<Node> maker = grad_fn(result);
  copy_into(self, result);
  changed_in_place(self, maker);
  if (!batched_as(*self)) return self;
  for (const Lanes::Batch& one : extra(*self)->lanes->batches) {
    for (std::size_t i = 1; i <= one.others.size(); ++i) take_over(one.others[i - 1], in_lane(result, one.vmap, i));
  }
  return self;
}

}  // namespace

void check_operands(const Call& call, const TensorImpl& written) {
  if (call.def.reads_first) return;
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor()) check_overlap(written, *call[i].impl());
  }
}

namespace {

/// Writes what differs from what self shows.
void write_changes(const Tensor& self, const Tensor& result) {
  const Tensor before = copy(self), now = cast(result, self->dtype);
  const std::int64_t size = item_size(self->dtype);
  for (std::int64_t i = 0; i < self->numel; ++i) {
    const char* const value = now->data() + offset_of(*now, i) * size;
    if (std::memcmp(value, before->data() + i * size, static_cast<std::size_t>(size))) std::memcpy(self->data() + offset_of(*self, i) * size, value, static_cast<std::size_t>(size));
  }
}

}  // namespace

Tensor run_in_place(Call& call) {
  if (operand_observer) observe_operands(call, true);
  const Tensor self = call.tensor(0);
  if (std::prev(call.def.signatures.end())->in_place) call.signature = static_cast<std::uint8_t>(call.def.signatures.size() - 1);
  check_in_place(self, is_tracked(call));
  const bool apart = std::find(self->strides.begin(), self->strides.end(), 0) != self->strides.end() && call.def.apart && overlaps(self->sizes, self->strides);
  if (apart) {
    warn("UserWarning", cat("Use of ", call.def.name, "_ on expanded tensors is deprecated. Please clone() the tensor before performing this operation. This also applies to advanced "
                            "indexing e.g. tensor[", call.def.apart));
  } else if (!call.def.overwrites) {
    check_distinct(*self);
  }
  for (int i = 1; i < call.count && call.def.own_memory; ++i) {
    if (!call[i].is_tensor() || call[i].impl() != self.get()) continue;
    fail("RuntimeError", "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the "
                         "tensor before performing the operation.");
  }
  if (!self->owns_memory()) check_operands(call, *self);
  if (before_in_place) [[unlikely]] before_in_place(call);
  const bool composite = call.def.is_composite(call.signature);
  if (composite) call.args[0] = Arg(stand_in_for(self));
  Tensor result = call.def.forward(call);
  for (int i = 1; i < call.count; ++i) {
    if (call[i].kind() == Arg::Kind::dtype && call[i].dtype() != self->dtype) {
      fail("RuntimeError", "Bad in-place call: input tensor dtype ", c_name(self->dtype), " and output tensor dtype ", c_name(call[i].dtype()), " should match");
    }
  }
  if (!(result->sizes == self->sizes)) {
    fail("RuntimeError", "output with shape ", self->sizes, " doesn't match the broadcast shape ", result->sizes);
  }
  if (result->dtype != self->dtype && call.def.cast_words == CastWords::call) {
    fail("RuntimeError", "Bad in-place call: input tensor dtype ", c_name(self->dtype), " and output tensor dtype ", c_name(result->dtype), " should match");
  }
  const bool fits = is_floating(self->dtype) || (!is_floating(result->dtype) && (self->dtype != DType::bool_ || result->dtype == DType::bool_)) ;
  if (!fits) {
    const bool by_numbers = !call[1].is_tensor() && (call.count < 3 || !call[2].is_tensor());
    if (call.def.cast_words == CastWords::found && by_numbers) fail("RuntimeError", "Found dtype ", legacy_name(self->dtype), " but expected ", legacy_name(result->dtype));
    refuse_cast(result->dtype, call.def.cast_words == CastWords::in_c && by_numbers ? c_name(self->dtype) : legacy_name(self->dtype));
  }
  if (composite) return take_over(self, result);
  Ref<OpNode> node;
  if (is_tracked(call) && is_floating(self->dtype)) {
    node = make<OpNode>(call, nullptr);
    node->arg(0) = Arg(original(self));
    save(node->arg(0));
    for (int i = 1; i < call.count; ++i) {
      if (call[i].is_tensor() && call[i].impl() == self.get()) {
        const Tensor same = alias(self);  // else a cycle: this becomes its node
        share_lanes(same, *self);
        node->arg(i) = Arg(same);
        save(node->arg(i));
      }
    }
  }
  if (apart) write_changes(self, result);
  else if (call.def.single.f32 && !self->owns_memory() && overlaps(self->sizes, self->strides)) write_in_turn(call, self);
  else copy_into(self, result);
  changed_in_place(self, node);
  if (node) node->save_outputs({&self, 1});
  if (op_observer) op_observer(call, {&self, 1}, true);
  return self;
}

}  // namespace nabla
