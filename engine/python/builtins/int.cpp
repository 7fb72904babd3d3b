// The types int and bool: slots, construction and methods. Arithmetic is in number.cpp.
#include <bit>

#include "python/builtins/support.h"

namespace nabla {
namespace {

std::string int_repr(const Value& self) { return std::to_string(int_of(self)); }

Value int_unary(Unary op, const Value& self) {
  const std::int64_t number = int_of(self);
  if (op == Unary::pos) return integer(number);
  if (op == Unary::invert) return integer(~number);
  std::int64_t negated;
  if (__builtin_sub_overflow(std::int64_t{0}, number, &negated)) integer_overflow();
  return integer(negated);
}

/// int(text, base): the base is checked here, the text must be one.
Value int_of_text(const Value& text, const Value& base_value) {
  const std::int64_t base = to_index(base_value);
  if (base != 0 && (base < 2 || base > 36)) fail("ValueError", "int() base must be >= 2 and <= 36, or 0");
  const std::string* characters = text_of(text);
  if (!characters) fail("TypeError", "int() can't convert non-string with explicit base");
  std::int64_t number;
  if (!parse_int(*characters, static_cast<int>(base), number))
    fail("ValueError", "invalid literal for int() with base ", base, ": ", quoted(*characters));
  return integer(number);
}

Value construct_int(Type*, Args args) {
  if (args.positional > 2) fail("TypeError", "int() takes at most 2 arguments (", args.positional, " given)");
  only_keywords("int", args, {"base"});
  Value base = keyword(args, "base");
  if (args.positional == 2) base = args[1];
  if (args.positional == 0) {
    if (!base.is_undefined()) fail("TypeError", "int() missing string argument");
    return integer(0);
  }
  return base.is_undefined() ? to_int(args[0]) : int_of_text(args[0], base);
}

Value construct_bool(Type*, Args args) {
  no_keywords("bool", args);
  check_count("bool", args, 0, 1);
  return Value::boolean(args.positional == 1 && truth(args[0]));
}

std::int64_t own(const Value* p) {
  if (!is_int(p[0])) fail("TypeError", "descriptor requires an 'int' object but received a '", type_name(p[0]), "'");
  return int_of(p[0]);
}
std::uint64_t magnitude(std::int64_t number) { return number < 0 ? -static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number); }

Value bit_length(const Value* p) { return integer(std::bit_width(magnitude(own(p)))); }
Value bit_count(const Value* p) { return integer(std::popcount(magnitude(own(p)))); }
Value as_integer_ratio(const Value* p) { return tuple({integer(own(p)), integer(1)}); }
Value itself(const Value* p) { return integer(own(p)); }
Value as_float(const Value* p) { return Value::number(static_cast<double>(own(p))); }

/// round(n, -2): to tens and more, half to even.
Value round_int(const Value* p) {
  const std::int64_t number = own(p);
  if (p[1].is_undefined() || p[1].is_none()) return integer(number);
  const std::int64_t digits = to_index(p[1]);
  if (digits >= 0) return integer(number);
  if (digits < -18) return integer(0);
  std::int64_t unit = 1;
  for (std::int64_t i = digits; i < 0; ++i) unit *= 10;
  const std::int64_t rest = number % unit, quotient = number / unit;
  const std::int64_t size = rest < 0 ? -rest : rest;
  const bool away = size > unit / 2 || (size == unit / 2 && quotient % 2 != 0);
  std::int64_t rounded;
  if (__builtin_mul_overflow(quotient + (away ? (number < 0 ? -1 : 1) : 0), unit, &rounded)) integer_overflow();
  return integer(rounded);
}

constexpr Method kMethods[] = {
    {"bit_length(self, /)", bit_length},
    {"bit_count(self, /)", bit_count},
    {"as_integer_ratio(self, /)", as_integer_ratio},
    {"conjugate(self, /)", itself},
    {"__int__(self, /)", itself},
    {"__index__(self, /)", itself},
    {"__trunc__(self, /)", itself},
    {"__floor__(self, /)", itself},
    {"__ceil__(self, /)", itself},
    {"__float__(self, /)", as_float},
    {"__round__(self, ndigits=..., /)", round_int},
};
constexpr Property kProperties[] = {
    {"real", [](const Value& self) { return integer(int_of(self)); }},
    {"imag", [](const Value&) { return integer(0); }},
    {"numerator", [](const Value& self) { return integer(int_of(self)); }},
    {"denominator", [](const Value&) { return integer(1); }},
};

}  // namespace

void fill_int(Type& type) {
  type.is_final = true;
  type.construct = construct_int;
  type.slots.binary = number_binary;
  type.slots.unary = int_unary;
  type.slots.compare = number_compare;
  type.slots.truth = [](const Value& self) { return int_of(self) != 0; };
  type.slots.hash = [](const Value& self) { return hash_int(int_of(self)); };
  type.slots.repr = int_repr;
  type.slots.str = int_repr;
  type.slots.format = [](const Value& self, std::string_view spec) { return format_int(int_of(self), spec, self); };
}

void fill_bool(Type& type) {
  type.is_final = true;
  type.construct = construct_bool;
  type.slots.repr = [](const Value& self) -> std::string { return self.is_true() ? "True" : "False"; };
  type.slots.str = type.slots.repr;
}

void add_int_methods() {
  add_methods(int_type(), kMethods);
  add_properties(int_type(), kProperties);
}

}  // namespace nabla
