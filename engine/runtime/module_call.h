// One call of a torch.nn module.
#pragma once
#include <string>

namespace nabla {

struct ModuleCall {
  std::string name;      // by which its parent has it, "fc1"; of the outermost one the variable's
  std::string type;      // "Linear"
  bool is_library;       // a class of torch.nn itself
};

}  // namespace nabla
