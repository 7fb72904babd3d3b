// The inline paths of the dispatch loop: what small integers and floats do without asking a type. For interpreter.cpp alone: the macros
// use its names (r, i, pc, GIVE into register a, the labels of the slow paths).
#pragma once
#include <cmath>

#include "python/object.h"

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

// clang-format off
// The global variable of a site, if it is where it was.
#define IS_PLACED(site) ((site).layout == frame->globals->layout && (site).entry)
// An object as the result of an instruction. The store into a global variable that mostly follows is done with it.
#define GIVE_OBJECT(target, value)                                                     \
  {                                                                                    \
    if (pc->op == Op::store_global && pc->b == (target) && (target) >= temps) {        \
      Site& place = sites[pc->a];                                                      \
      if (IS_PLACED(place)) {                                                          \
        ++pc;                                                                          \
        --left;                                                                        \
        *place.entry = (value);                                                        \
        break;                                                                         \
      }                                                                                \
    }                                                                                  \
    r[target] = (value);                                                               \
    break;                                                                             \
  }
// One arithmetic instruction: `small` and `real` are what it does to integers and to floats.
#define ARITHMETIC(name, small, real)                                   \
  case Op::name: case Op::i##name: {                                    \
    const Value &x = R(i.b), &y = R(i.c);                               \
    double p, q;                                                        \
    if (both_small(x, y)) {                                             \
      const std::int64_t a = x.as_small(), b = y.as_small();            \
      small                                                             \
    } else if (both_float(x, y, p, q)) {                                \
      real                                                              \
    }                                                                   \
    goto slow_binary;                                                   \
  }
#define GIVE(value) { r[i.a] = (value); break; }
#define GIVE_SMALL(number) { const std::int64_t n = (number); if (Value::fits_small(n)) GIVE(Value::small(n)) }

#define COMPARISON(name)                                                                                          \
  case Op::name: {                                                                                                \
    const Value &x = R(i.b), &y = R(i.c);                                                                         \
    double p, q;                                                                                                  \
    if (both_small(x, y)) GIVE(Value::boolean(holds(Compare::name, x.as_small(), y.as_small())))                  \
    if (both_float(x, y, p, q)) GIVE(Value::boolean(holds(Compare::name, p, q)))                                  \
    goto slow_compare;                                                                                            \
  }
#define COMPARE_JUMP(name)                                                                                        \
  case Op::unless_##name: {                                                                                       \
    const Value &x = R(i.a), &y = R(i.b);                                                                         \
    double p, q;                                                                                                  \
    bool yes;                                                                                                     \
    if (both_small(x, y)) yes = holds(Compare::name, x.as_small(), y.as_small());                                 \
    else if (both_float(x, y, p, q)) yes = holds(Compare::name, p, q);                                            \
    else goto slow_compare_jump;                                                                                  \
    if (!yes) pc += static_cast<std::int16_t>(i.c);                                                               \
    break;                                                                                                        \
  }                                                                                                               \
  case Op::if_##name: {                                                                                           \
    const Value &x = R(i.a), &y = R(i.b);                                                                         \
    double p, q;                                                                                                  \
    bool yes;                                                                                                     \
    if (both_small(x, y)) yes = holds(Compare::name, x.as_small(), y.as_small());                                 \
    else if (both_float(x, y, p, q)) yes = holds(Compare::name, p, q);                                            \
    else goto slow_compare_jump;                                                                                  \
    if (yes) pc += static_cast<std::int16_t>(i.c);                                                                \
    break;                                                                                                        \
  }
// clang-format on
