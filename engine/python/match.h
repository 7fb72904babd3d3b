// What patterns of match ask of their subject, as native functions that compiled code calls. Each gives the parts found, or None.
#pragma once
#include "python/object.h"

namespace nabla {

Value match_sequence_function();  // (subject, count, index of the star or -1)
Value match_mapping_function();   // (subject, keys, with the rest?)
Value match_class_function();     // (subject, class, how many by position, names)

}  // namespace nabla
