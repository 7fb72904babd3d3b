// A look at what operators are about to be applied to, for the runtime.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// Called for each tensor that an operator is about to be applied to, composite ones included; `overwritten`: in place. It may change the
/// elements. Null when off.
using OperandObserver = void (*)(TensorImpl& x, bool overwritten);
extern OperandObserver operand_observer;
/// The one that stays in front of all that watch operators: what the others look at must belong to its batch by then.
extern OpObserver first_watcher;

}  // namespace nabla
