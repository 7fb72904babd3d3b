// Tensors as text, to PyTorch's letter, and the options of torch.set_printoptions.
#pragma once
#include <optional>
#include <string>

#include "tensor/tensor.h"

namespace nabla {

struct PrintOptions {
  int precision = 4;
  double threshold = 1000;  // more elements than this are summarised
  int edgeitems = 3;
  int linewidth = 80;
  std::optional<bool> sci_mode;
};
/// The options in force; a run starts with the default ones.
PrintOptions& print_options();

/// "tensor([1., 2.], requires_grad=True)". `tail` is what autograd adds ("grad_fn=<AddBackward0>"), `more` what comes behind it; empty for nothing.
std::string to_text(const Tensor& x, const std::string& tail, const std::string& more = "", const std::string& name = "tensor");

/// Only the elements and brackets: "[1., 2.]".
std::string elements_text(const Tensor& x);

}  // namespace nabla
