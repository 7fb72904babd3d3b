// What the files that apply operators have in common: applying, in_place, op_node, saved, single.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// Does this call extend the graph?
bool is_tracked(const Call& call);
/// Tells operand_observer, which must be there, of all tensors of a call.
void observe_operands(const Call& call, bool in_place = false);

/// Of a list of tensors: the sum of their versions.
inline std::uint32_t count_changes(const std::vector<Tensor>& list) {
  std::uint32_t sum = 0;
  for (const Tensor& x : list) sum += x ? x->version() : 0;
  return sum;
}

/// Notes the version of what a node keeps.
inline void save(Arg& arg) {
  if (arg.is_tensor()) arg.version = arg.impl()->version();
  else if (arg.kind() == Arg::Kind::tensors) arg.version = count_changes(arg.tensors());
}

/// The tensor that `arg` kept; RuntimeError when it was freed or changed since. `node` keeps it; it is that node's own result if `own`.
Tensor check_saved(const Arg& arg, const OpNode& node, bool own);

}  // namespace nabla
