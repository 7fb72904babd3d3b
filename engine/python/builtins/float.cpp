// The type float, and the singletons' types: NoneType, NotImplementedType, ellipsis. Arithmetic is in number.cpp.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/format.h"
#include "python/builtins/derived.h"
#include "python/function.h"
#include "python/slots.h"

namespace nabla {

DerivedFloat::~DerivedFloat() {
  if (type && type->is_heap) leave_class(*this);
}

Value undressed(const Value& value) noexcept {
  if (!value.is_object() || !value.as_object()->type || !value.as_object()->type->is_heap || native_base(value.as_object()->type) != float_type()) return value;
  return Value::number(static_cast<const DerivedFloat*>(value.as_object())->number);
}

namespace {

/// Of a float, or of an instance of a class derived from it.
double number_of(const Value& self) { return undressed(self).as_float(); }

std::string float_repr(const Value& self) { return shortest(number_of(self)); }

Value float_unary(Unary op, const Value& self) {
  if (op == Unary::neg) return Value::number(-number_of(self));
  if (op == Unary::pos) return undressed(self);
  return Value::not_implemented();
}

Value construct_float(Type* cls, Args args) {
  if (cls == float_type()) no_keywords("float", args);
  check_count("float", args, 0, 1);
  const double number = args.positional ? to_float(args[0]) : 0.0;
  return cls == float_type() ? Value::number(number) : Value(of_class(make<DerivedFloat>(number), cls));
}

double own(const Value* p) {
  const Value plain = undressed(p[0]);
  if (!plain.is_float()) fail("TypeError", "descriptor requires a 'float' object but received a '", type_name(p[0]), "'");
  return plain.as_float();
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

/// "0x1.8p+1": the mantissa's 52 bits as 13 digits.
Value hex(const Value* p) {
  const double x = own(p);
  if (!std::isfinite(x)) return string(shortest(x));
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  const int biased = static_cast<int>(bits >> 52 & 0x7FF), exponent = biased ? biased - 1023 : -1022;
  const std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  std::string digits = in_base(mantissa, 16);
  digits.insert(0, 13 - digits.size(), '0');
  if (x == 0) return string(cat(std::signbit(x) ? "-" : "", "0x0.0p+0"));
  return string(cat(std::signbit(x) ? "-" : "", biased ? "0x1." : "0x0.", digits, exponent < 0 ? "p-" : "p+", std::abs(exponent)));
}

/// p[0] is the class.
Value fromhex(const Value* p) {
  const std::string* given = text_of(p[1]);
  if (!given) fail("TypeError", "bad argument type for built-in operation");
  std::string text = *given;
  const auto blank = [](char c) { return c == ' ' || (c >= 9 && c <= 13); };
  while (!text.empty() && blank(text.back())) text.pop_back();
  while (!text.empty() && blank(text.front())) text.erase(0, 1);
  std::string digits = text;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.erase(0, 1);
  for (char& c : digits) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  double x;
  if (digits == "nan" || digits == "inf" || digits == "infinity") {
    x = digits == "nan" ? std::nan("") : HUGE_VAL;
  } else {
    if (!digits.starts_with("0x")) digits.insert(0, "0x");
    char* end = nullptr;
    x = digits.size() > 2 && !blank(digits[2]) ? std::strtod(digits.c_str(), &end) : 0;
    if (!end || *end || digits[2] == '-' || digits[2] == '+') fail("ValueError", "invalid hexadecimal floating-point string");
    if (std::isinf(x)) fail("OverflowError", "hexadecimal value too large to represent as a float");
  }
  const Value made = Value::number(negative ? -x : x);
  return as<Type>(p[0]) == float_type() ? made : call(p[0], {made});
}

constexpr Method kMethods[] = {
    {"hex(self, /)", hex},
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
    {"real", [](const Value& self) { return undressed(self); }},
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
  type.construct = construct_float;
  type.slots.binary = number_binary;
  type.slots.unary = float_unary;
  type.slots.compare = number_compare;
  type.slots.truth = [](const Value& self) { return number_of(self) != 0; };
  type.slots.hash = [](const Value& self) { return hash_double(number_of(self)); };
  type.slots.repr = float_repr;
  type.slots.format = [](const Value& self, std::string_view spec) { return format_float(number_of(self), spec); };
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
  add_class_method(float_type(), "fromhex(cls, string, /)", fromhex);
  add_properties(float_type(), kProperties);
}

}  // namespace nabla
