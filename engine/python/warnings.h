// Python's warnings: the filters, "once for each place", and the text that CPython prints.
#pragma once
#include <string_view>

#include "python/object.h"

namespace nabla {

/// Receives warnings from native code (base's warn()) while a program runs.
void python_warning(std::string_view category, std::string_view message, int levels);
/// The same, from `levels` Python frames further out (warnings.warn's stacklevel).
void show_warning(const Value& message, Type* category, int levels);
/// Every run starts with the default filters and nothing shown.
void reset_warnings();
Ref<Module> make_warnings_module();

}  // namespace nabla
