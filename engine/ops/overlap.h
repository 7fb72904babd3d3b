// Memory that an operator reads and writes.
#pragma once
#include "ops/opdef.h"

namespace nabla {

/// RuntimeError where an operand lies partly where the result is written.
void check_operands(const Call& call, const TensorImpl& written);

}  // namespace nabla
