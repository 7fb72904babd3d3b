// What the families of operators share: applying a kernel to the arguments of a call.
#pragma once
#include "base/error.h"
#include "ops/formula.h"
#include "ops/opdef.h"
#include "tensor/loops.h"

namespace nabla {

/// f applied to the first argument; integers are computed as floats when `to_float`.
Tensor unary(const Call& call, const Kernel& kernel, bool to_float = false);
/// f applied to arguments i and j with promotion and broadcasting; a number is passed as an immediate, not as a tensor.
Tensor binary(const Call& call, const Kernel& kernel, DType dtype, int i = 0, int j = 1);
/// The same with a bool result.
Tensor compare(const Call& call, const Kernel& kernel);
/// Integers and bools become the default float type; floats stay.
inline DType float_type(DType dtype) { return is_floating(dtype) ? dtype : default_dtype(); }

}  // namespace nabla
