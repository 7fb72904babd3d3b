// The families of operators, one file each: what all_ops.cpp joins.
#pragma once
#include <vector>

namespace nabla {

struct OpDef;

const std::vector<const OpDef*>& arithmetic_ops();
const std::vector<const OpDef*>& pointwise_ops();
const std::vector<const OpDef*>& comparison_ops();
const std::vector<const OpDef*>& reduction_ops();
const std::vector<const OpDef*>& shape_ops();
const std::vector<const OpDef*>& indexing_ops();
const std::vector<const OpDef*>& matrix_ops();
const std::vector<const OpDef*>& creation_ops();

}  // namespace nabla
