// torch.nn's modules as the trace tells of them: in which of their calls an operator ran, and what their parameters are called. Looks at
// the objects only; runs none of their code.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "python/object.h"
#include "runtime/module_call.h"

namespace nabla {

struct TensorImpl;

/// The calls of modules that are running, the outermost first.
std::vector<ModuleCall> module_calls();

/// The parameters of the modules bound in a namespace, by attribute: "fc1.weight". With the variable's name before it where that alone
/// would not tell them apart.
std::unordered_map<const TensorImpl*, std::string> parameter_names(const Dict& globals);

}  // namespace nabla
