// What a name means in a program that ran: for completion, hover texts and signatures. Wholly from the live values and the definitions
// of operators and optimizers. Runs none of the program's own code.
#pragma once
#include <string>
#include <string_view>

#include "python/object.h"

namespace nabla {

/// A dotted name ("torch.nn.Linear", "model.fc1.weight") as JSON, Description in wasm/src/description.ts; "null" when it means nothing. The empty
/// name stands for all names in sight, as `members`.
std::string describe(Dict& globals, std::string_view path);

}  // namespace nabla
