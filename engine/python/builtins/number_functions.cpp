// The builtin functions about numbers: abs, round, divmod, pow, sum, bin, oct, hex.
#include <cmath>

#include "python/builtins/bigint.h"
#include "python/builtins/derived.h"
#include "python/builtins/functions.h"
#include "python/function.h"
#include "python/library.h"

namespace nabla {

Value complex_number(double real, double imag) {
  static Str* const name = intern("complex");
  const Value* type = builtins_dict().find(name);
  if (!type) type = late_builtin(name);
  return call(Value(*type), {Value::number(real), Value::number(imag)});
}

namespace {

Value abs(const Value* p) {
  if (p[0].is_float()) return Value::number(std::fabs(p[0].as_float()));
  if (is_int(p[0])) return int_of(p[0]) < 0 ? unary(Unary::neg, p[0]) : plain_int(p[0]);
  Value own = call_special(p[0], "__abs__");
  if (const Value plain = undressed(p[0]); own.is_undefined() && plain.is_float()) return Value::number(std::fabs(plain.as_float()));
  if (own.is_undefined()) fail("TypeError", "bad operand type for abs(): '", type_name(p[0]), "'");
  return own;
}

Value round(const Value* p) {
  Value own = p[1].is_none() ? call_special(p[0], "__round__") : call_special(p[0], "__round__", {p[1]});
  if (own.is_undefined()) fail("TypeError", "type ", type_name(p[0]), " doesn't define __round__ method");
  return own;
}

Value divmod(const Value* p) {
  if (is_number(p[0]) && is_number(p[1])) {
    if ((p[0].is_float() || p[1].is_float()) && to_double(p[1]) == 0) fail("ZeroDivisionError", "float divmod()");
    return tuple({binary(Binary::floordiv, p[0], p[1]), binary(Binary::mod, p[0], p[1])});
  }
  Value own = call_special(p[0], "__divmod__", {p[1]});
  if (own.is_undefined() || own.is_not_implemented()) own = call_special(p[1], "__rdivmod__", {p[0]});
  const Value both[] = {undressed(p[0]), undressed(p[1])};
  if (own.is_undefined() && is_number(both[0]) && is_number(both[1])) return divmod(both);
  if (own.is_undefined() || own.is_not_implemented())
    fail("TypeError", "unsupported operand type(s) for divmod(): '", type_name(p[0]), "' and '", type_name(p[1]), "'");
  return own;
}

/// The x with x * number = 1 modulo `modulus`, which is positive.
Big inverse(const Big& number, const Big& modulus) {
  Big r = modulus, next_r = number, t = 0, next_t = 1;
  while (!next_r.is_zero()) {
    const Big quotient = r / next_r;
    r = std::exchange(next_r, Big(r - quotient * next_r));
    t = std::exchange(next_t, Big(t - quotient * next_t));
  }
  if (r != 1) fail("ValueError", "base is not invertible for the given modulus");
  return t < 0 ? Big(t + modulus) : t;
}

Value pow_modulo(const Value* p) {
  if (!is_number(p[0])) {
    const Value* method = type_of(p[0])->find(intern("__pow__"));
    const Value own = method && as<Function>(*method) ? call_special(p[0], "__pow__", {p[1], p[2]}) : Value();  // those written in C say only that they do not know it
    if (!own.is_undefined() && !own.is_not_implemented()) return own;
  }
  if (!is_int(p[0]) || !is_int(p[1]) || !is_int(p[2])) {
    if (is_number(p[0]) && is_number(p[1]) && is_number(p[2]))
      fail("TypeError", "pow() 3rd argument not allowed unless all arguments are integers");
    fail("TypeError", "unsupported operand type(s) for ** or pow(): '", type_name(p[0]), "', '", type_name(p[1]), "', '", type_name(p[2]), "'");
  }
  const Big signed_modulus = big_of(p[2]);
  if (signed_modulus.is_zero()) fail("ValueError", "pow() 3rd argument cannot be 0");
  const Big modulus = abs(signed_modulus);
  Big base = floor_divide(big_of(p[0]), modulus).second, exponent = big_of(p[1]);
  if (exponent < 0) {
    base = inverse(base, modulus);
    exponent = -exponent;
  }
  Big result = modulus == 1 ? Big(0) : Big(powm(base, exponent, modulus));
  if (signed_modulus < 0 && !result.is_zero()) result += signed_modulus;
  return integer(std::move(result));
}

Value pow(const Value* p) { return p[2].is_none() ? binary(Binary::pow, p[0], p[1]) : pow_modulo(p); }

Value sum(const Value* p) {
  if (text_of(p[1])) fail("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  if (bytes_of(p[1])) fail("TypeError", "sum() can't sum bytes [use b''.join(seq) instead]");
  Value total = p[1];
  Walk walk(p[0]);
  Value item;
  if (total.is_small() || total.is_float()) {  // as long as all are floats or small integers
    while (walk.next(item)) {
      if (total.is_small() && item.is_small()) {
        total = integer(total.as_small() + item.as_small());
        if (total.is_small()) continue;
        break;
      }
      if (!item.is_float() && !item.is_small()) {
        total = binary(Binary::add, total, item);
        break;
      }
      const double a = total.is_float() ? total.as_float() : static_cast<double>(total.as_small());
      total = Value::number(a + (item.is_float() ? item.as_float() : static_cast<double>(item.as_small())));
    }
  }
  while (walk.next(item)) total = binary(Binary::add, total, item);
  return total;
}

/// bin(), oct(), hex(): "-0b101".
Value with_prefix(const Value& value, const char* prefix, unsigned base) {
  const Value number = to_integer(value);
  return string(cat(int_of(number) < 0 ? "-" : "", prefix, int_digits(number, base)));
}

constexpr Method kFunctions[] = {
    {"abs(x, /)", abs},
    {"round(number, ndigits=None)", round},
    {"divmod(x, y, /)", divmod},
    {"pow(base, exp, mod=None)", pow},
    {"sum(iterable, /, start=0)", sum},
    {"bin(number, /)", [](const Value* p) { return with_prefix(p[0], "0b", 2); }},
    {"oct(number, /)", [](const Value* p) { return with_prefix(p[0], "0o", 8); }},
    {"hex(number, /)", [](const Value* p) { return with_prefix(p[0], "0x", 16); }},
};

}  // namespace

void add_number_functions(Dict& builtins) { add_functions(builtins, kFunctions); }

}  // namespace nabla
