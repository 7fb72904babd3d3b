// How messages call the type of a value.
#pragma once
#include <string>

#include "python/object.h"

namespace nabla {

/// Says that messages name this type with its module, as CPython does with types written in C: "collections.deque", "torch.Size".
void name_with_module(const Type* type);
/// "int", "torch.Size".
std::string type_name(const Value& value);

}  // namespace nabla
