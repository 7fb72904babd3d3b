// One call of a torch.nn module, or of what computes derivatives: a function of torch.autograd or torch.func.
#pragma once
#include <string>

namespace nabla {

struct ModuleCall {
  std::string name;      // by which its parent has it, "fc1"; of the outermost one the variable's
  std::string type;      // "Linear"; empty for a function
  bool is_library;       // a class of torch.nn itself
};

}  // namespace nabla
