// Instances of classes derived from float: objects, while floats themselves are immediate values.
#pragma once
#include "python/builtins/support.h"

namespace nabla {

struct DerivedFloat final : Object {
  const double number;
  explicit DerivedFloat(double number) : number(number) {}
  ~DerivedFloat() override;
};

/// The value itself, or the plain float of an instance of a class derived from float.
Value undressed(const Value& value) noexcept;

}  // namespace nabla
