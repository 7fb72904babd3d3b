// Making iterator types: shared by builtins/iterators.cpp and modules/itertools.cpp.
#pragma once
#include <vector>

#include "python/builtins/support.h"

namespace nabla {

/// A type whose instances are iterators: `next` gives the next item or undefined.
Type* make_iterator_type(const char* name, Value (*next)(const Value& self), Value (*construct)(Type*, Args) = nullptr);
/// iter() of each positional argument from that one on.
std::vector<Value> iterators_of(Args args, std::uint32_t from);
/// iter(function, sentinel)
Value call_iterator(const Value& function, const Value& sentinel);

}  // namespace nabla
