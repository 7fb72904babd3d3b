// Forward mode: tensors that carry a tangent, and how operators pass it on. There is no second list of formulas: the derivative along a
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

/// The tangent of x; null when there is none.
Tensor tangent_of(const TensorImpl& x) noexcept;
/// Gives x a tangent, of the same shape. RuntimeErrors in PyTorch's words.
void set_tangent(const Tensor& x, const Tensor& tangent);

/// The derivative of the outputs `outs` of `call` along the tangents that its arguments have; null where it is 0 by construction. Differentiable
/// when grad mode is on and something it depends on requires grad.
std::vector<Tensor> tangents_of(const Call& call, std::span<const Tensor> outs);

}  // namespace nabla
