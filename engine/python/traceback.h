// Where the program stands, as text.
#pragma once
#include <string>

namespace nabla {

/// The frames that run now, outermost first, as CPython's traceback.format_stack() prints them. Library frames are left out.
std::string format_stack();

}  // namespace nabla
