// The types int and bool: slots, construction and methods. Arithmetic is in number.cpp.
#include <algorithm>

#include "python/builtins/bigint.h"

namespace nabla {
namespace {

std::string int_repr(const Value& self) { return cat(int_of(self) < 0 ? "-" : "", int_digits(self)); }

Value int_unary(Unary op, const Value& self) {
  if (op == Unary::pos) return plain_int(self);
  if (is_wide(self)) return op == Unary::invert ? big_inverted(self) : big_negative(self);
  const std::int64_t number = int_of(self);
  if (op == Unary::invert) return integer(~number);
  std::int64_t negated;
  return __builtin_sub_overflow(std::int64_t{0}, number, &negated) ? big_negative(self) : integer(negated);
}

/// int(text, base): the base is checked here, the text must be one.
Value int_of_text(const Value& text, const Value& base_value) {
  const std::int64_t base = to_index(base_value);
  if (base != 0 && (base < 2 || base > 36)) fail("ValueError", "int() base must be >= 2 and <= 36, or 0");
  const std::string* characters = text_of(text);
  if (!characters) fail("TypeError", "int() can't convert non-string with explicit base");
  Value number;
  if (!parse_int(*characters, static_cast<int>(base), number))
    fail("ValueError", "invalid literal for int() with base ", base, ": ", nabla::quoted(*characters));
  return number;
}

/// An instance of a class derived from int.
Value int_of_class(const Value& number, Type* cls) {
  if (!is_wide(number)) return of_class(make<Int>(int_of(number)), cls);
  auto wide = std::make_unique<WideNumber>();
  wide->value = big_of(number);
  return of_class(make<Int>(std::move(wide)), cls);
}

Value construct_number(Args args) {
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

Value construct_int(Type* cls, Args args) {
  const Value number = construct_number(args);
  return cls == int_type() ? number : int_of_class(number, cls);
}

Value construct_bool(Type*, Args args) {
  no_keywords("bool", args);
  check_count("bool", args, 0, 1);
  return Value::boolean(args.positional == 1 && truth(args[0]));
}

const Value& own(const Value* p) {
  if (!is_int(p[0])) fail("TypeError", "descriptor requires an 'int' object but received a '", type_name(p[0]), "'");
  return p[0];
}

Value bit_length(const Value* p) { return integer(static_cast<std::int64_t>(big_bit_length(own(p)))); }
Value bit_count(const Value* p) {
  const std::string bits = int_digits(own(p), 2);
  return integer(std::count(bits.begin(), bits.end(), '1'));
}
Value as_integer_ratio(const Value* p) { return tuple({plain_int(own(p)), integer(1)}); }
Value itself(const Value* p) { return plain_int(own(p)); }
Value as_float(const Value* p) { return Value::number(int_to_double(own(p))); }

/// round(n, -2): to tens and more, half to even.
Value round_int(const Value* p) {
  const Value& number = own(p);
  const std::int64_t digits = p[1].is_undefined() || p[1].is_none() ? 0 : to_index(p[1]);
  if (digits >= 0) return plain_int(number);
  if (static_cast<double>(-digits) > static_cast<double>(big_bit_length(number)) * 0.30103 + 1) return integer(0);
  const Big unit = power(10, static_cast<std::uint64_t>(-digits));
  auto [quotient, rest] = floor_divide(big_of(number), unit);
  const int half = Big(rest * 2).compare(unit);
  if (half > 0 || (half == 0 && (quotient & 1) != 0)) ++quotient;
  return integer(Big(quotient * unit));
}

bool little(const Value& order) {
  const std::string* text = text_of(order);
  if (!text) fail("TypeError", "to_bytes() argument 'byteorder' must be str, not ", type_name(order));
  if (*text != "little" && *text != "big") fail("ValueError", "byteorder must be either 'little' or 'big'");
  return *text == "little";
}

Value to_bytes(const Value* p) {
  const std::int64_t length = to_index(p[1]);
  if (length < 0) fail("ValueError", "length argument must be non-negative");
  const bool is_little = little(p[2]), is_signed = truth(p[3]);
  Big number = big_of(own(p));
  if (number < 0 && !is_signed) fail("OverflowError", "can't convert negative int to unsigned");
  check_bits(static_cast<std::uint64_t>(length) * 8);
  const Big range = Big(1) << static_cast<unsigned>(length * 8);
  if (is_signed ? number * 2 >= range || number * -2 > range : number >= range) fail("OverflowError", "int too big to convert");
  if (number < 0) number += range;
  std::string bytes;
  for (std::int64_t i = 0; i < length; ++i) {
    bytes += static_cast<char>(static_cast<unsigned>(Big(number & 255)));
    number >>= 8;
  }
  if (!is_little) std::reverse(bytes.begin(), bytes.end());
  return make_bytes(std::move(bytes));
}

/// p[0] is the class.
Value from_bytes(const Value* p) {
  const bool is_little = little(p[2]);
  std::vector<Value> bytes = to_vector(p[1]);
  if (is_little) std::reverse(bytes.begin(), bytes.end());
  Big number = 0;
  for (const Value& byte : bytes) number = (number << 8) | static_cast<unsigned>(to_index(byte));
  if (truth(p[3]) && !bytes.empty() && to_index(bytes[0]) >= 128) number -= Big(1) << static_cast<unsigned>(bytes.size() * 8);
  const Value made = integer(std::move(number));
  Type* cls = as<Type>(p[0]);
  return cls == int_type() ? made : call(p[0], {made});
}

constexpr Method kMethods[] = {
    {"bit_length(self, /)", bit_length},
    {"bit_count(self, /)", bit_count},
    {"as_integer_ratio(self, /)", as_integer_ratio},
    {"conjugate(self, /)", itself},
    {"to_bytes(self, /, length=1, byteorder='big', *, signed=False)", to_bytes},
    {"__int__(self, /)", itself},
    {"__index__(self, /)", itself},
    {"__trunc__(self, /)", itself},
    {"__floor__(self, /)", itself},
    {"__ceil__(self, /)", itself},
    {"__float__(self, /)", as_float},
    {"__round__(self, ndigits=..., /)", round_int},
};
constexpr Property kProperties[] = {
    {"real", [](const Value& self) { return plain_int(self); }},
    {"imag", [](const Value&) { return integer(0); }},
    {"numerator", [](const Value& self) { return plain_int(self); }},
    {"denominator", [](const Value&) { return integer(1); }},
};

}  // namespace

void fill_int(Type& type) {
  type.construct = construct_int;
  type.slots.binary = number_binary;
  type.slots.unary = int_unary;
  type.slots.compare = number_compare;
  type.slots.truth = [](const Value& self) { return int_of(self) != 0; };
  type.slots.hash = [](const Value& self) { return is_wide(self) ? big_hash(self) : hash_int(int_of(self)); };
  type.slots.repr = int_repr;
  type.slots.format = [](const Value& self, std::string_view spec) { return format_int(self, spec); };
}

void fill_bool(Type& type) {
  type.is_final = true;
  type.construct = construct_bool;
  type.slots.repr = [](const Value& self) -> std::string { return self.is_true() ? "True" : "False"; };
  type.slots.str = type.slots.repr;
}

void add_int_methods() {
  add_methods(int_type(), kMethods);
  add_class_method(int_type(), "from_bytes(cls, bytes, byteorder='big', *, signed=False)", from_bytes);
  add_properties(int_type(), kProperties);
}

}  // namespace nabla
