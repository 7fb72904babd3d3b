// The levels of torch.func's transforms, as printing shows them: GradTrackingTensor(lvl=1, value=...).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tensor/tensor.h"

namespace nabla {

/// A transform begins: `inner` are its inputs as the function sees them, `outer` what they were made of. `above`: levels that the transform has besides (jacfwd's
/// vmap). What operators make from now on belongs to it. Vmap's own level is entered without tensors.
void enter_level(std::vector<Tensor> inner, std::vector<Tensor> outer, int above);
int enter_vmap_level();  // its number
void leave_level();
void reset_levels();
/// A tensor that no operator made (x.detach()).
void note_at_levels(const Tensor& made);
/// What printing shows of x, `plain` being the text of a tensor without transforms around it.
std::string text_at_levels(const Tensor& x, std::string (*plain)(const Tensor&));

/// Was the level of forward mode that is open opened by jvp? Then its tangents are not shown.
extern bool dual_level_of_transform;

/// The inputs of the transforms that differentiate within the level of this number; none where there are no such transforms.
std::optional<std::vector<Tensor>> tracked_within(int number);

// vmap, in transforms.cpp:
/// Does an operator run once more, for another element than the first?
bool in_other_lane();
/// All elements of the batch of the vmap whose level has this number (0: the innermost vmap), and the dimension along which they lie. Null where x is no element.
Tensor put_together(const Tensor& x, int number, int* dim);

/// Is a transform (vmap too) under way?
bool in_transform();

/// Does x depend on a leaf that is none of these, nor of a transform that has ended?
bool depends_on_others(const Tensor& x, const std::vector<Tensor>& inner);

}  // namespace nabla
