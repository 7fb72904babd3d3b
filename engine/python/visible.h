// What can be read where a program stands.
#pragma once
#include "python/object.h"

namespace nabla {

/// The names that the program's own text can read there: of its module, and above them those of the function that runs.
Ref<Dict> visible_names();

}  // namespace nabla
