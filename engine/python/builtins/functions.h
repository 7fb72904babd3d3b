// The parts that install_builtins() is put together from, and how functions get into a namespace (modules use that as well).
#pragma once
#include <span>

#include "python/builtins/support.h"

namespace nabla {

void add_functions(Dict& names, std::span<const Method> functions);
void add_functions(Dict& names, std::span<const RawMethod> functions);
void add_number_functions(Dict& builtins);
void add_print(Dict& builtins);
/// sys.stdout or sys.stderr.
Value standard_stream(bool to_stderr);

}  // namespace nabla
