// What of collections other modules use: making named tuples. The types themselves are spread over namedtuple.cpp, deque.cpp and
// dicts.cpp (OrderedDict, defaultdict, Counter).
#pragma once
#include <string>
#include <vector>

#include "python/object.h"

namespace nabla {

/// A new class of named tuples, in that module; it lives for ever.
Type* make_namedtuple(const std::string& name, const std::vector<std::string>& fields, const std::string& module = "builtins",
                      const std::vector<Value>& defaults = {});
Value namedtuple(Args args);  // collections.namedtuple
Type* deque_type();
Type* ordered_dict_type();
Type* defaultdict_type();
Type* counter_type();

}  // namespace nabla
