// Modules whose text is Python: compiled and run when a program first imports them. Spans never point into them.
#pragma once
#include <string_view>

#include "python/object.h"

namespace nabla {

/// Runs `source` in the namespace of a new module.
Ref<Module> run_library_module(std::string_view name, std::string_view source);
/// The same in a module that is there already; `name` is the text's own. A text is compiled once and kept for later runs.
void run_library(Module& module, std::string_view name, std::string_view source);
/// A name of a module that was not made with it: of a submodule, or made by Module::populate. Null when there is none.
const Value* find_late(Module& module, Str* name);
Ref<Module> make_contextlib_module();
Ref<Module> make_dataclasses_module();

}  // namespace nabla
