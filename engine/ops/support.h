// What the families of operators share: applying a kernel to the arguments of a call, and errors that many of them raise.
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
/// x + y * z in a floating type, broadcast, rounded once.
Tensor fused_sum(const Arg& x, const Arg& y, const Arg& z, DType dtype);
/// e to the power of each element of a tensor of floats, without a graph, in kernels of Note [In vectors].
Tensor exp_in_vectors(const Tensor& x);
/// Integers and bools become the default float type; floats stay.
inline DType float_type(DType dtype) { return is_floating(dtype) ? dtype : default_dtype(); }

/// f, a stateless lambda on floats, applied to every element of the first argument.
template <class F>
Tensor on_floats(const Call& call, F) {
  return unary(call, kUnaryFloat<F>, true);
}

/// `out`, lying in memory as x of the same size does: what an element-wise operator gives that computed in row-major order.
Tensor laid_out(const Tensor& out, const TensorImpl& x);

/// RuntimeError: "softplus" not implemented for 'Long'
[[noreturn]] inline void not_implemented_for(std::string_view kernel, DType dtype) {
  fail("RuntimeError", "\"", kernel, "\" not implemented for '", legacy_name(dtype), "'");
}

/// RuntimeError: result type Float can't be cast to the desired output type Long
[[noreturn]] inline void refuse_cast(DType result, std::string_view wanted) {
  fail("RuntimeError", "result type ", legacy_name(result), " can't be cast to the desired output type ", wanted);
}

/// RuntimeError under vmap: each element of the batch would have a result of its own size.
[[noreturn]] inline void refuse_sizes_in_batch(std::string_view name) {
  fail("RuntimeError", "vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over aten::", name,
       ". Please voice your support in https://github.com/pytorch/functorch/issues/256");
}

/// The dimensions named by an argument (an int, ints or none) as one flag each; none and () stand for all of them.
/// IndexError when out of range, RuntimeError when one is named twice.
std::vector<bool> dimension_mask(const Arg& dims, std::size_t rank);
/// A dimension argument of a 0-d or larger tensor, wrapped.
inline std::int64_t dimension(const Call& call, int i, std::int64_t otherwise = 0) {
  return wrap_dim(call.integer(i, otherwise), call.tensor(0)->dim());
}
/// Is the flag set, or left out while it is on by default?
inline bool flag_or_true(const Arg& arg) { return arg.is_none() || arg.integer() != 0; }

}  // namespace nabla
