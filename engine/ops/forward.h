// Forward mode: tensors that carry a tangent, and how operators pass it on. Where tangents.h has no formula, the derivative along a
// direction is had from the gradients' formulas, which are linear in the gradient that comes in. See Note [Twice backward].
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// Is a level of forward mode open? There is at most one.
bool dual_level_open() noexcept;
/// Opens a level. RuntimeError when one is open.
void enter_dual_level();
/// Closes it: all tangents are gone. RuntimeError when none is open.
void exit_dual_level();
/// Whatever is open is closed: the end of a run.
void reset_forward_mode();
/// Called for each tensor that loses its tangent because the level closes. Set by the runtime, null when off.
using TangentObserver = void (*)(const TensorImpl& x, const TensorImpl& tangent);
extern TangentObserver tangent_observer;

/// The tangent of x; null when there is none. A view has the part of its base's, once that was given one in place.
Tensor tangent_of(const TensorImpl& x);
/// Gives x a tangent, of the same shape: kept as it is where it lies in memory as x does, else as a copy that does. RuntimeErrors in PyTorch's words.
void set_tangent(const Tensor& x, const Tensor& tangent);
/// What is done to the tangent of x from now on is not done to its base's, nor the other way around.
void part_from_base(const Tensor& x);

/// The derivative of the outputs `outs` of `call` along the tangents that its arguments have; null where it is 0 by construction. Differentiable
/// when grad mode is on and something it depends on requires grad.
/// NotImplementedError, in PyTorch's words, of what has no forward mode there.
std::vector<Tensor> tangents_of(const Call& call, std::span<const Tensor> outs, bool in_place = false);
/// NotImplementedError where an argument or `into` (out=) has a tangent.
void check_forward_out(const Call& call, std::span<const Tensor> into, const std::string& name);

}  // namespace nabla
