// Wide floats: while they are on, a program that asks for float32 gets float64 with the same random numbers, so that differences of what it
// computes are worth something. Read where Python names a type, and where random numbers are drawn. Off unless an inquiry wants them.
#pragma once
#include "tensor/dtype.h"

namespace nabla {

bool floats_are_wide() noexcept;
void set_floats_wide(bool wide) noexcept;
/// The type that a program gets when it names this one.
inline DType as_asked(DType dtype) noexcept { return dtype == DType::float32 && floats_are_wide() ? DType::float64 : dtype; }

}  // namespace nabla
