// Samples of operators' arguments, from the Python source that stands in their OpDefs: a reader for the little Python they are
// written in, so that the tests of operators need no Python machine.
#pragma once
#include <string>
#include <vector>

#include "ops/opdef.h"

namespace nabla::test {

/// A call of `def` with the arguments of the sample; floats are float64 tensors. Fails when no signature fits. The makers draw from
/// a generator of their own, seeded by the text: the same sample always gives the same tensors.
Call read_sample(const OpDef& def, const std::string& text);

/// The float tensors among a call's arguments, also those in lists.
std::vector<Tensor> float_inputs(const Call& call);
/// The same call with other float tensors in their place.
Call with_inputs(const Call& call, const std::vector<Tensor>& inputs);
/// All results of a call, one or several.
std::vector<Tensor> results_of(Call call);

}  // namespace nabla::test
