// Native classes to which a program may give attributes, since they are written in Python elsewhere (torch.Tensor): `torch.Tensor.describe = f`. What a
// run gives them is taken back when it ends.
#pragma once
#include "python/object.h"

namespace nabla {

/// Opens `type`. `missing` is asked when neither the class nor an instance has a name: it may set the attribute, or raise; null when there is nothing to ask.
void open_type(Type* type, void (*missing)(Str* name));
/// Whether `type` is open.
bool is_open(const Type* type) noexcept;
/// Lets the class that was opened say what it knows of a missing name; true when the class has it now. Classes derived from it are asked for too.
bool ask_open_type(const Type* type, Str* name);
/// Sets (or, with an undefined value, deletes) an attribute until the run ends. TypeError for dunder names, which native code would not ask for.
void set_open_attribute(Type* type, Str* name, const Value& value);
/// Gives every open class back what it had: the end of a run.
void close_open_types();

}  // namespace nabla
