// Modules whose text is Python: compiled and run when a program first imports them. Spans never point into them.
#pragma once
#include <string_view>

#include "python/object.h"

namespace nabla {

/// Runs `source` in the namespace of a new module.
Ref<Module> run_library_module(std::string_view name, std::string_view source);
Ref<Module> make_contextlib_module();
Ref<Module> make_dataclasses_module();

}  // namespace nabla
