// The type float, and the singletons' types: NoneType, NotImplementedType, ellipsis. Arithmetic is in number.cpp.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/format.h"
#include "python/builtins/support.h"

namespace nabla {
namespace {

std::string float_repr(const Value& self) { return shortest(self.as_float()); }

Value float_unary(Unary op, const Value& self) {
  if (op == Unary::neg) return Value::number(-self.as_float());
  if (op == Unary::pos) return self;
  return Value::not_implemented();
}

Value construct_float(Type*, Args args) {
  no_keywords("float", args);
  check_count("float", args, 0, 1);
  return Value::number(args.positional ? to_float(args[0]) : 0.0);
}

double own(const Value* p) {
  if (!p[0].is_float()) fail("TypeError", "descriptor requires a 'float' object but received a '", type_name(p[0]), "'");
  return p[0].as_float();
}

Value is_integer(const Value* p) { return Value::boolean(std::isfinite(own(p)) && std::floor(own(p)) == own(p)); }
Value itself(const Value* p) { return Value::number(own(p)); }
Value truncate(const Value* p) { return float_to_int(own(p)); }
Value floor(const Value* p) { return float_to_int(std::floor(own(p))); }
Value ceil(const Value* p) { return float_to_int(std::ceil(own(p))); }

Value as_integer_ratio(const Value* p) {
  const double x = own(p);
  if (std::isinf(x)) fail("OverflowError", "cannot convert Infinity to integer ratio");
  if (std::isnan(x)) fail("ValueError", "cannot convert NaN to integer ratio");
  int exponent;
  double mantissa = std::frexp(x, &exponent);
  while (mantissa != std::floor(mantissa)) {
    mantissa *= 2;
    --exponent;
  }
  const Value scale = binary(Binary::lshift, integer(1), integer(std::abs(exponent)));
  if (exponent < 0) return tuple({float_to_int(mantissa), scale});
  return tuple({binary(Binary::mul, float_to_int(mantissa), scale), integer(1)});
}

Value round_float(const Value* p) {
  const double x = own(p);
  if (p[1].is_undefined() || p[1].is_none()) {
    const double down = std::floor(x), rest = x - down;  // half to even, whatever the rounding mode
    return float_to_int(rest > 0.5 || (rest == 0.5 && std::fmod(down, 2) != 0) ? down + 1 : down);
  }
  const double rounded = round_to(x, to_index(p[1]));
  if (std::isinf(rounded) && std::isfinite(x)) fail("OverflowError", "rounded value too large to represent");
  return Value::number(rounded);
}

constexpr Method kMethods[] = {
    {"is_integer(self, /)", is_integer},
    {"as_integer_ratio(self, /)", as_integer_ratio},
    {"conjugate(self, /)", itself},
    {"__float__(self, /)", itself},
    {"__int__(self, /)", truncate},
    {"__trunc__(self, /)", truncate},
    {"__floor__(self, /)", floor},
    {"__ceil__(self, /)", ceil},
    {"__round__(self, ndigits=..., /)", round_float},
};
constexpr Property kProperties[] = {
    {"real", [](const Value& self) { return self; }},
    {"imag", [](const Value&) { return Value::number(0); }},
};

/// A type with one value, that gives this value when called.
template <Value (*value)() noexcept>
Value construct_singleton(Type* type, Args args) {
  if (args.positional || args.keyword_count()) fail("TypeError", type->name, " takes no arguments");
  return value();
}

}  // namespace

void fill_float(Type& type) {
  type.is_final = true;
  type.construct = construct_float;
  type.slots.binary = number_binary;
  type.slots.unary = float_unary;
  type.slots.compare = number_compare;
  type.slots.truth = [](const Value& self) { return self.as_float() != 0; };
  type.slots.hash = [](const Value& self) { return hash_double(self.as_float()); };
  type.slots.repr = float_repr;
  type.slots.str = float_repr;
  type.slots.format = [](const Value& self, std::string_view spec) { return format_float(self.as_float(), spec); };
}

void fill_none(Type& type) {
  type.is_final = true;
  type.construct = construct_singleton<Value::none>;
  type.slots.truth = [](const Value&) { return false; };
  type.slots.repr = [](const Value&) -> std::string { return "None"; };
  type.slots.str = type.slots.repr;
}

void fill_not_implemented(Type& type) {
  type.is_final = true;
  type.construct = construct_singleton<Value::not_implemented>;
  type.slots.repr = [](const Value&) -> std::string { return "NotImplemented"; };
  type.slots.str = type.slots.repr;
}

void fill_ellipsis(Type& type) {
  type.is_final = true;
  type.construct = construct_singleton<Value::ellipsis>;
  type.slots.repr = [](const Value&) -> std::string { return "Ellipsis"; };
  type.slots.str = type.slots.repr;
}

void add_float_methods() {
  add_methods(float_type(), kMethods);
  add_properties(float_type(), kProperties);
}

}  // namespace nabla
