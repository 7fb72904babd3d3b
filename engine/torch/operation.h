// An operator as signs and plain calls reach it, and the short forms of these calls.
#pragma once
#include "torch/torch.h"

namespace nabla {

/// Which of its signatures takes (tensor, tensor), (tensor, number), (number, tensor), and the short forms of these.
struct OperatorForms {
  const OpDef* def = nullptr;
  std::int8_t tensors = -1, left = -1, right = -1;
  SingleForm single_tensors, single_left, single_right, single_one;
};

/// What stands behind a sign; what `number - tensor` is; the operator behind a function or method, with the form of its calls, or null.
const OperatorForms& forms_of(Binary sign);
const OperatorForms& forms_of_rsub();
const OperatorForms* forms_behind(const Value& function, Form* form);

}  // namespace nabla
