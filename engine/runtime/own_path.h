// Asked of the machine for the recorder.
#pragma once
#include <cstdint>

namespace nabla {

/// Equal for the same instruction of the program's own text, reached along the same calls of it, while a library runs there; 0 where the
/// program's own text runs itself.
std::uint64_t own_path();

}  // namespace nabla
