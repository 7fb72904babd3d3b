// What PyTorch's own formulas make a tangent of, where they are other operators than going back twice would show. forward.cpp asks for them.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// What the formula of a tangent reads. In place, the first argument is a clone of what it was.
struct Forward {
  const Call& call;
  std::span<const Tensor> outs;
  OpNode& node;                     // keeps the arguments as formulas may read them: with history, but without a tangent
  std::span<const Tensor> along;    // of each edge of the node: the tangent of its argument, or null
  bool in_place;
};

/// The tangents of the results in the operators that PyTorch has for them; none where it is left to Note [Twice backward].
std::vector<Tensor> own_tangents(const Forward& f);
/// Is the tangent of what is changed in place changed by the operator itself (masked_fill_), and not overwritten by what its formula gives?
bool changes_tangent_itself(const Call& call);
/// Are zeros what it leaves of that?
bool clears_tangent(const Call& call);

}  // namespace nabla
