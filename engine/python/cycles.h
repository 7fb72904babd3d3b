// The list of all containers, shared by those that link themselves into it (object.cpp) and the search for cycles (cycles.cpp).
#pragma once
#include "python/object.h"

namespace nabla {

/// The newest first; from `old` on those that a search for cycles has seen.
struct ContainerList {
  Container* first = nullptr;
  Container* old = nullptr;
};
extern ContainerList containers;

}  // namespace nabla
