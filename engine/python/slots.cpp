// Dunder methods and slots, both ways: the slot functions of classes written in Python call dunder methods (update_slots), and
// native types get dunder methods that call their slots (add_slot_wrappers).
#include "python/slots.h"

#include <array>

#include "python/builtins/support.h"
#include "python/exception.h"
#include "python/machine.h"

namespace nabla {
namespace {

// --------------------------------------------------------------------------------------------- slot -> method in Python

struct BinaryNames {
  std::array<Str*, 13> forward, reflected, in_place;
  BinaryNames() {
    for (std::size_t i = 0; i < 13; ++i) {
      forward[i] = intern(cat("__", kBinaryNames[i], "__"));
      reflected[i] = intern(cat("__r", kBinaryNames[i], "__"));
      in_place[i] = intern(cat("__i", kBinaryNames[i], "__"));
    }
  }
};
const BinaryNames& binary_names() {
  static const BinaryNames names;
  return names;
}

Str* compare_name(Compare op) {
  static const std::array<Str*, 6> names = [] {
    std::array<Str*, 6> made;
    for (std::size_t i = 0; i < 6; ++i) made[i] = intern(cat("__", kCompareNames[i], "__"));
    return made;
  }();
  return names[static_cast<std::size_t>(op)];
}

Value python_unary(Unary op, const Value& a) {
  static Str* const dunders[] = {intern("__neg__"), intern("__pos__"), intern("__invert__")};
  Value result = call_special(a, dunders[static_cast<std::size_t>(op)]);
  return result.is_undefined() ? Value::not_implemented() : result;
}
Value python_call(const Value& self, Args args) {
  Type* type = type_of(self);
  const Value method = bind_attribute(type->lookup(names::call), self, type);
  return call(method, args);
}
void python_set_attribute(const Value& self, Str* name, const Value& value) {
  const Type* type = type_of(self);
  Str* dunder = value.is_undefined() ? names::delattr : names::setattr;
  const Value* method = type->find(dunder);
  if (!method || as<SlotWrapper>(*method)) return set_attribute_default(self, name, value);
  if (value.is_undefined()) {
    call_special(self, dunder, {Value::object(name)});
  } else {
    call_special(self, dunder, {Value::object(name), value});
  }
}
Value python_get_item(const Value& self, const Value& key) { return call_special(self, names::getitem, {key}); }
void python_set_item(const Value& self, const Value& key, const Value& value) {
  const Value result = value.is_undefined() ? call_special(self, names::delitem, {key}) : call_special(self, names::setitem, {key, value});
  if (result.is_undefined()) {
    fail("TypeError", "'", type_of(self)->name, "' object ",
         value.is_undefined() ? "doesn't support item deletion" : "does not support item assignment");
  }
}
bool python_contains(const Value& self, const Value& item) { return truth(call_special(self, names::contains, {item})); }
std::int64_t python_length(const Value& self) { return must_be_length(call_special(self, names::len)); }
bool python_truth(const Value& self) { return must_be_bool(call_special(self, names::bool_)); }
std::uint64_t python_hash(const Value& self) {
  const Value result = call_special(self, names::hash);
  if (!is_int(result)) fail("TypeError", "__hash__ method should return an integer");
  return hash(to_integer(result));
}
Value python_iterate(const Value& self) {
  Value method = type_of(self)->lookup(names::iter);
  if (method.is_none()) fail("TypeError", "'", type_of(self)->name, "' object is not iterable");
  return call_special(self, names::iter);
}
Value python_next(const Value& self) {
  try {
    return call_special(self, names::next);
  } catch (const Raise& raise) {
    if (!is_instance(raise.value, exception_type("StopIteration"))) throw;
  }
  return Value();
}
std::string python_repr(const Value& self) { return must_be_text(call_special(self, names::repr), "__repr__"); }
std::string python_str(const Value& self) { return must_be_text(call_special(self, names::str), "__str__"); }
std::string python_format(const Value& self, std::string_view spec) {
  return must_be_text(call_special(self, names::format, {string(std::string(spec))}), "__format__");
}

/// __del__. Called from a destructor: its errors go to stderr, as in CPython.
void python_finalize(const Value& self) noexcept {
  if (!Machine::exists()) return;
  std::string error;
  try {
    call_special(self, names::del);
    return;
  } catch (const Raise& raise) {
    error = format_traceback(*static_cast<Exception*>(raise.value.as_object()));
  } catch (const Error& raised) {
    error = cat(raised.kind, ": ", raised.message, "\n");
  }
  const Value* method = type_of(self)->find(names::del);
  Machine::current().write(cat("Exception ignored in: ", method ? repr(*method) : "", "\n", error), true);
}

/// Is `name` defined by a class written in Python, looking along the mro?
bool defined_in_python(const Type* type, Str* name) {
  for (const Type* one : type->mro) {
    if (const Value* value = one->attributes->find(name)) return one->is_heap && !value->is_none();
  }
  return false;
}

/// Native types whose objects tell when they go (leave_class).
bool takes_side_dict(const Type* native) {
  for (const Type* one : {List::class_type(), Tuple::class_type(), Dict::class_type(), Set::class_type(), frozenset_type(), Str::class_type(), int_type(), float_type(), bytes_type()}) {
    if (native->is_subtype_of(one)) return true;
  }
  return false;
}

}  // namespace

Value python_binary_side(Binary op, const Value& a, const Value& b, bool in_place, bool reflected) {
  const auto i = static_cast<std::size_t>(op);
  if (in_place && !reflected) {
    Value result = call_special(a, binary_names().in_place[i], {b});
    if (!result.is_undefined() && !result.is_not_implemented()) return result;
  }
  Value result = reflected ? call_special(b, binary_names().reflected[i], {a}) : call_special(a, binary_names().forward[i], {b});
  return result.is_undefined() ? Value::not_implemented() : result;
}
Function* python_sign(Binary op, const Value& a, const Value& b, bool in_place, bool& reflected) {
  reflected = !a.is_object();
  if (reflected && !(a.is_small() || a.is_float())) return nullptr;
  const Value &self = reflected ? b : a, &other = reflected ? a : b;
  if (!self.is_object()) return nullptr;
  const Type* type = self.as_object()->type;
  if (!type->is_heap || !type->has_dict || type->slots.binary != python_binary) return nullptr;
  if (other.is_object() && other.as_object()->type != type && other.as_object()->type->is_heap) return nullptr;
  const auto i = static_cast<std::size_t>(op);
  if (in_place && !reflected && type->find(binary_names().in_place[i])) return nullptr;
  const Value* found = type->find((reflected ? binary_names().reflected : binary_names().forward)[i]);
  return found ? as<Function>(*found) : nullptr;
}
Value python_binary(Binary op, const Value& a, const Value& b, bool in_place) { return python_binary_side(op, a, b, in_place, false); }

const Value* compare_method(const Type* type, Compare op, bool& inverted) {
  const Value* found = type->find(compare_name(op));
  const SlotWrapper* wrapper = found && op == Compare::ne ? as<SlotWrapper>(*found) : nullptr;
  inverted = wrapper && wrapper->owner == object_type();
  return inverted ? type->find(names::eq) : found;
}

Value python_compare(Compare op, const Value& a, const Value& b) {
  bool inverted;
  if (!compare_method(type_of(a), op, inverted)) return Value::not_implemented();
  const Value result = call_special(a, inverted ? names::eq : compare_name(op), {b});
  return inverted && !result.is_not_implemented() ? Value::boolean(!truth(result)) : result;
}

std::string must_be_text(const Value& result, const char* method) {
  const std::string* text = text_of(result);
  if (!text) fail("TypeError", method, " returned non-string (type ", type_of(result)->name, ")");
  return *text;
}
std::int64_t must_be_length(const Value& result) {
  const std::int64_t length = to_index(result);
  if (length < 0) fail("ValueError", "__len__() should return >= 0");
  return length;
}
bool must_be_bool(const Value& result) {
  if (!result.is_bool()) fail("TypeError", "__bool__ should return bool, returned ", type_of(result)->name);
  return result.is_true();
}

void update_slots(Type* type) {
  inherit_slots(type);
  type->has_dict |= native_base(type) == object_type();
  type->has_side_dict = !type->has_dict && takes_side_dict(native_base(type));
  type->construct = construct_python;
  const auto has = [type](Str* name) { return defined_in_python(type, name); };
  Slots& slots = type->slots;
  const BinaryNames& binary = binary_names();
  for (std::size_t i = 0; i < 13; ++i) {
    if (has(binary.forward[i]) || has(binary.reflected[i]) || has(binary.in_place[i])) slots.binary = python_binary;
  }
  for (std::size_t i = 0; i < 6; ++i) {
    if (has(compare_name(static_cast<Compare>(i)))) slots.compare = python_compare;
  }
  static Str* const unaries[] = {intern("__neg__"), intern("__pos__"), intern("__invert__")};
  for (Str* name : unaries) {
    if (has(name)) slots.unary = python_unary;
  }
  if (has(names::call)) slots.call = python_call;
  if (type->is_closed) slots.set_attribute = set_attribute_default;
  if (has(names::setattr) || has(names::delattr)) slots.set_attribute = python_set_attribute;
  type->attributes_first = type->base->attributes_first || has(names::getattribute);
  if (has(names::getitem)) slots.get_item = python_get_item;
  if (has(names::setitem) || has(names::delitem)) slots.set_item = python_set_item;
  if (has(names::contains)) slots.contains = python_contains;
  if (has(names::len)) {
    slots.length = python_length;
    if (native_base(type) != int_type() && native_base(type) != float_type()) slots.truth = nullptr;  // then it is the length that counts
  }
  if (has(names::bool_)) slots.truth = python_truth;
  if (has(names::hash)) slots.hash = python_hash;
  if (const Value* hash = type->find(names::hash); hash && hash->is_none()) slots.hash = nullptr;
  if (has(names::iter)) slots.iterate = python_iterate;
  if (has(names::next)) slots.next = python_next;
  if (has(names::repr)) slots.repr = python_repr;
  if (has(names::str)) slots.str = python_str;
  if (has(names::format)) slots.format = python_format;
  if (has(names::del)) slots.finalize = python_finalize;
  for (Type* derived : type->subclasses) update_slots(derived);
}

// --------------------------------------------------------------------------------------------------- method -> slot

namespace {

enum Wrapped : std::uint8_t {
  w_binary = 0, w_reflected = 13, w_compare = 26, w_neg = 32, w_pos, w_invert, w_call, w_getitem, w_setitem, w_delitem, w_contains,
  w_len, w_bool, w_hash, w_iter, w_next, w_repr, w_str, w_format, w_setattr, w_delattr, w_getattribute, w_in_place, w_count = w_in_place + 13
};
constexpr std::string_view kRest[] = {"neg", "pos", "invert", "call", "getitem", "setitem", "delitem", "contains", "len", "bool",
                                      "hash", "iter", "next", "repr", "str", "format", "setattr", "delattr", "getattribute"};

std::string wrapped_name(unsigned which) {
  if (which < w_reflected) return cat("__", kBinaryNames[which], "__");
  if (which < w_compare) return cat("__r", kBinaryNames[which - w_reflected], "__");
  if (which < w_neg) return cat("__", kCompareNames[which - w_compare], "__");
  if (which >= w_in_place) return cat("__i", kBinaryNames[which - w_in_place], "__");
  return cat("__", kRest[which - w_neg], "__");
}

/// Tensors, the only other type with all signs of numbers.
bool is_tensor_type(const Type* type) { return type->slots.short_binary != nullptr; }

/// Which arithmetic a type has: one slot stands for thirteen methods.
bool has_binary(const Type* type, Binary op) {
  if (type == int_type()) return op != Binary::matmul;
  if (type == float_type()) return op <= Binary::pow;
  if (type == Str::class_type()) return op == Binary::add || op == Binary::mul || op == Binary::mod;
  if (type == List::class_type() || type == Tuple::class_type()) return op == Binary::add || op == Binary::mul;
  if (type == Set::class_type() || type == frozenset_type()) return op == Binary::sub || op >= Binary::bit_and;
  if (type == Dict::class_type()) return op == Binary::bit_or;
  return is_tensor_type(type);
}

bool has_slot(const Type* type, unsigned which) {
  const Slots& s = type->slots;
  const bool number = type == int_type() || type == float_type() || is_tensor_type(type);
  if (which >= w_in_place) return is_tensor_type(type);
  if (which < w_reflected) return s.binary && has_binary(type, static_cast<Binary>(which));
  if (which < w_compare) return s.binary && number && has_binary(type, static_cast<Binary>(which - w_reflected));
  if (which < w_neg) return s.compare || type == object_type();
  switch (which) {
    case w_neg: case w_pos: return s.unary && number;
    case w_invert: return s.unary && (type == int_type() || is_tensor_type(type));
    case w_call: return s.call;
    case w_getitem: return s.get_item;
    case w_setitem: case w_delitem: return s.set_item;
    case w_contains: return s.contains;
    case w_len: return s.length;
    case w_bool: return s.truth && number;
    case w_hash: return s.hash;
    case w_iter: return s.iterate;
    case w_next: return s.next;
    case w_repr: return s.repr;
    case w_str: return s.str || type == object_type();
    case w_format: return s.format || type == object_type();
    case w_setattr: case w_delattr: case w_getattribute: return type == object_type();
    default: return false;
  }
}

Value call_slot(const SlotWrapper& wrapper, Args args) {
  const Slots& s = wrapper.owner->slots;
  const unsigned which = wrapper.which;
  const std::string name = wrapped_name(which);
  if (args.positional == 0) fail("TypeError", "descriptor '", name, "' of '", wrapper.owner->name, "' object needs an argument");
  const Value& self = args[0];
  if (!is_instance(self, wrapper.owner)) {
    fail("TypeError", "descriptor '", name, "' requires a '", wrapper.owner->name, "' object but received a '", type_of(self)->name, "'");
  }
  if (which == w_call) return s.call(self, args.rest());
  const bool two = which < w_neg || which >= w_in_place || which == w_getitem || which == w_delitem || which == w_contains || which == w_format ||
                   which == w_delattr || which == w_getattribute;
  const bool three = which == w_setitem || which == w_setattr;
  const std::uint32_t wanted = three ? 2 : two ? 1 : 0;
  if (args.positional - 1 != wanted) fail("TypeError", "expected ", wanted, " argument", wanted == 1 ? "" : "s", ", got ", args.positional - 1);
  if (which < w_reflected) return s.binary(static_cast<Binary>(which), self, args[1], false);
  if (which < w_compare) return s.binary(static_cast<Binary>(which - w_reflected), args[1], self, false);
  if (which >= w_in_place) return s.binary(static_cast<Binary>(which - w_in_place), self, args[1], true);
  if (which < w_neg) {
    const auto op = static_cast<Compare>(which - w_compare);
    if (s.compare) return s.compare(op, self, args[1]);
    if (op == Compare::eq && self == args[1]) return Value::boolean(true);
    return Value::not_implemented();
  }
  const auto attribute_name = [&] {
    if (!text_of(args[1])) fail("TypeError", "attribute name must be string, not '", type_of(args[1])->name, "'");
    return intern(*text_of(args[1]));
  };
  switch (which) {
    case w_neg: return s.unary(Unary::neg, self);
    case w_pos: return s.unary(Unary::pos, self);
    case w_invert: return s.unary(Unary::invert, self);
    case w_getitem: return s.get_item(self, args[1]);
    case w_setitem: s.set_item(self, args[1], args[2]); return Value::none();
    case w_delitem: s.set_item(self, args[1], Value()); return Value::none();
    case w_contains: return Value::boolean(s.contains(self, args[1]));
    case w_len: return integer(s.length(self));
    case w_bool: return Value::boolean(s.truth(self));
    case w_hash: return integer(static_cast<std::int64_t>(s.hash(self)));
    case w_iter: return s.iterate(self);
    case w_next: {
      Value item = s.next(self);
      if (item.is_undefined()) raise("StopIteration", {});
      return item;
    }
    case w_repr: return string(s.repr(self));
    case w_str: return string(s.str ? s.str(self) : repr(self));
    case w_format: {
      const std::string* spec = text_of(args[1]);
      if (!spec) fail("TypeError", "__format__() argument must be str, not ", type_of(args[1])->name);
      if (s.format) return string(s.format(self, *spec));
      if (spec->empty()) return string(str(self));
      fail("TypeError", "unsupported format string passed to ", type_of(self)->name, ".__format__");
    }
    case w_setattr: case w_delattr: {
      const auto own = native_base(type_of(self))->slots.set_attribute;  // classes and functions have their own way
      (own ? own : set_attribute_default)(self, attribute_name(), which == w_setattr ? args[2] : Value());
      return Value::none();
    }
    default: return get_attribute_default(self, attribute_name());
  }
}

Value slot_wrapper_call(const Value& self, Args args) { return call_slot(*static_cast<SlotWrapper*>(self.as_object()), args); }
std::string slot_wrapper_repr(const Value& self) {
  const auto* wrapper = static_cast<SlotWrapper*>(self.as_object());
  return cat("<slot wrapper '", wrapped_name(wrapper->which), "' of '", wrapper->owner->name, "' objects>");
}

}  // namespace

SlotWrapper::SlotWrapper(Type* owner, std::uint8_t which) : Object(class_type()), owner(owner), which(which) {
  class_type()->slots.call = slot_wrapper_call;
  class_type()->slots.repr = slot_wrapper_repr;
}

void add_slot_wrappers(Type* type) {
  for (unsigned which = 0; which < w_count; ++which) {
    if (!has_slot(type, which)) continue;
    if (type->base && has_slot(type->base, which) && which < w_neg && type->slots.compare == type->base->slots.compare) continue;
    Str* name = intern(wrapped_name(which));
    if (!type->attributes->find(name)) type->attributes->set(name, make<SlotWrapper>(type, static_cast<std::uint8_t>(which)));
  }
  if (!type->slots.hash && !type->attributes->find(names::hash)) type->attributes->set(names::hash, Value::none());
}

namespace names {
#define NABLA_DEFINE(variable, text) Str* const variable = intern(text);
NABLA_NAMES(NABLA_DEFINE)
#undef NABLA_DEFINE
}  // namespace names

}  // namespace nabla
