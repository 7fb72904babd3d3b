// The families of operators, one file each: what all_ops.cpp joins.
#pragma once
#include <vector>

namespace nabla {

struct OpDef;

const std::vector<const OpDef*>& arithmetic_ops();
const std::vector<const OpDef*>& exponential_ops();
const std::vector<const OpDef*>& trigonometric_ops();
const std::vector<const OpDef*>& activation_ops();
const std::vector<const OpDef*>& rounding_ops();
const std::vector<const OpDef*>& extremal_ops();
const std::vector<const OpDef*>& comparison_ops();
const std::vector<const OpDef*>& logic_ops();
const std::vector<const OpDef*>& reduction_ops();
const std::vector<const OpDef*>& statistics_ops();
const std::vector<const OpDef*>& softmax_ops();
const std::vector<const OpDef*>& view_ops();
const std::vector<const OpDef*>& reshaping_ops();
const std::vector<const OpDef*>& joining_ops();
const std::vector<const OpDef*>& copying_ops();
const std::vector<const OpDef*>& indexing_ops();
const std::vector<const OpDef*>& matrix_ops();
const std::vector<const OpDef*>& ordering_ops();
const std::vector<const OpDef*>& creation_ops();
const std::vector<const OpDef*>& sampling_ops();
const std::vector<const OpDef*>& loss_ops();
const std::vector<const OpDef*>& classification_ops();
const std::vector<const OpDef*>& special_ops();
const std::vector<const OpDef*>& pair_ops();
const std::vector<const OpDef*>& arranging_ops();
const std::vector<const OpDef*>& splitting_ops();
const std::vector<const OpDef*>& views_in_place_ops();
const std::vector<const OpDef*>& convolution_ops();
const std::vector<const OpDef*>& pooling_ops();
const std::vector<const OpDef*>& resampling_ops();
const std::vector<const OpDef*>& resizing_ops();
const std::vector<const OpDef*>& grid_ops();
const std::vector<const OpDef*>& normalization_ops();
const std::vector<const OpDef*>& rectifying_ops();
const std::vector<const OpDef*>& margin_ops();
const std::vector<const OpDef*>& norm_ops();
const std::vector<const OpDef*>& product_ops();
const std::vector<const OpDef*>& einsum_ops();
const std::vector<const OpDef*>& inverse_ops();
const std::vector<const OpDef*>& decomposition_ops();
const std::vector<const OpDef*>& ranking_ops();
const std::vector<const OpDef*>& placing_ops();
const std::vector<const OpDef*>& counting_ops();
const std::vector<const OpDef*>& attention_ops();
const std::vector<const OpDef*>& slope_ops();

}  // namespace nabla
