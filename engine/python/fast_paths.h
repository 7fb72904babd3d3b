// The inline paths of the two loops: what small integers and floats do without asking a type, and whom the signs of objects ask.
#pragma once
#include <cmath>

#include "python/code.h"
#include "python/function.h"

namespace nabla {

inline bool both_small(const Value& a, const Value& b) { return a.is_small() && b.is_small(); }

/// Both as floats, when they are floats or small integers and one is a float.
inline bool both_float(const Value& a, const Value& b, double& x, double& y) {
  if (a.is_float()) {
    x = a.as_float();
    if (b.is_float()) {
      y = b.as_float();
      return true;
    }
    if (b.is_small()) {
      y = static_cast<double>(b.as_small());
      return true;
    }
    return false;
  }
  if (a.is_small() && b.is_float()) {
    x = static_cast<double>(a.as_small());
    y = b.as_float();
    return true;
  }
  return false;
}

inline bool quick_truth(const Value& value, bool& result) {
  if (value.is_bool()) {
    result = value.is_true();
  } else if (value.is_none()) {
    result = false;
  } else if (value.is_small()) {
    result = value.as_small() != 0;
  } else if (value.is_float()) {
    result = value.as_float() != 0;
  } else {
    return false;
  }
  return true;
}

/// Is it an object whose class is written in Python?
inline bool of_python_class(const Value& value) { return value.is_object() && value.as_object()->type->is_heap; }

using BinarySlot = decltype(Slots::binary);

/// The slot that answers for both operands, where there is only one to ask: both are of one native type, or one is and the other a number
/// that is no object. Null where Python's order of asking matters.
inline BinarySlot only_binary_slot(const Value& x, const Value& y) {
  const Type* type = nullptr;
  if (x.is_object()) {
    type = x.as_object()->type;
    if (y.is_object() ? y.as_object()->type != type : !(y.is_float() || y.is_small())) return nullptr;
  } else if (y.is_object() && (x.is_float() || x.is_small())) {
    type = y.as_object()->type;
  }
  return type && !type->is_heap ? type->slots.binary : nullptr;
}

/// The short way for both operands; null where there is none.
inline decltype(Slots::short_binary) short_binary_slot(const Value& x, const Value& y) {
  const Type* const type = x.is_object() ? x.as_object()->type : y.is_object() ? y.as_object()->type : nullptr;
  if (!type || type->is_heap || !type->slots.short_binary) return nullptr;
  if (x.is_object() && y.is_object()) {
    const Type* const other = y.as_object()->type;
    if (other != type && (other->is_heap || other->slots.short_binary != type->slots.short_binary)) return nullptr;
  }
  return type->slots.short_binary;
}

/// The sign of an arithmetic instruction.
inline Binary sign_of(Op op) { return static_cast<Binary>(static_cast<unsigned>(op) - static_cast<unsigned>(op >= Op::iadd ? Op::iadd : Op::add)); }

/// Can a call with so many positional arguments put them straight into the registers of a new frame, and defaults behind them?
inline bool takes_plainly(const Function& function, std::uint32_t count) {
  const Code& code = *function.code;
  if (code.parameters != code.positional || (code.flags & Code::generator)) return false;
  return count == code.positional || (count < code.positional && count + function.defaults.size() >= code.positional);
}

template <class T>
bool holds(Compare op, T x, T y) {
  switch (op) {
    case Compare::lt: return x < y;
    case Compare::le: return x <= y;
    case Compare::eq: return x == y;
    case Compare::ne: return x != y;
    case Compare::gt: return x > y;
    default: return x >= y;
  }
}

inline std::int64_t floor_divide(std::int64_t x, std::int64_t y) {
  const std::int64_t quotient = x / y;
  return quotient - ((x % y != 0) && ((x < 0) != (y < 0)));
}

}  // namespace nabla
