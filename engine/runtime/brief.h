// What stands for a value in the list of variables: its repr, cut, and made without running any of the program's own code.
#pragma once
#include <string>

#include "python/object.h"

namespace nabla {

/// repr(value), cut at about `limit` bytes. Objects of classes written in Python are shown as `object.__repr__` shows them, since
/// asking them would run code in the middle of a run; addresses are left out.
std::string brief(const Value& value, std::size_t limit);

}  // namespace nabla
