// What any value can be asked: the Python expressions as C++ functions. Each tries the slots of the types involved, in Python's
// order, and raises what Python raises when none answers.
#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/function.h"
#include "python/machine.h"
#include "python/slots.h"
#include "python/type_name.h"

namespace nabla {
namespace {

Value ask_binary(const Type* type, Binary op, const Value& a, const Value& b, bool in_place, bool reflected) {
  const auto slot = type->slots.binary;
  if (!slot) return Value::not_implemented();
  if (slot == python_binary) return python_binary_side(op, a, b, in_place, reflected);
  return slot(op, a, b, in_place);
}

bool is_sequence(const Value& value) { return text_of(value) || as<List>(value) || as<Tuple>(value); }

/// x *= [1]: CPython asks the sequence only where x is a plain number.
bool asks_right(Binary op, const Value& a, const Value& b, bool in_place) { return !(in_place && op == Binary::mul && a.is_object() && is_sequence(b)); }

[[noreturn]] void no_binary(Binary op, const Value& a, const Value& b, bool in_place) {
  if (op == Binary::add && is_sequence(a)) {
    const char* kind = text_of(a) ? "str" : as<List>(a) ? "list" : "tuple";
    fail("TypeError", "can only concatenate ", kind, " (not \"", type_name(b), "\") to ", kind);
  }
  if (op == Binary::mul && (is_sequence(a) || (is_sequence(b) && asks_right(op, a, b, in_place)))) {
    fail("TypeError", "can't multiply sequence by non-int of type '", type_name(is_sequence(a) ? b : a), "'");
  }
  std::string sign(kBinarySigns[static_cast<std::size_t>(op)]);
  if (in_place) {
    sign += "=";
  } else if (op == Binary::pow) {
    sign = "** or pow()";
  }
  fail("TypeError", "unsupported operand type(s) for ", sign, ": '", type_name(a), "' and '", type_name(b), "'");
}

/// Iterates over what has only __getitem__: 0, 1, 2, ... until IndexError.
struct IndexIterator final : Object {
  Value sequence;
  std::int64_t index = 0;
  explicit IndexIterator(Value sequence) : Object(class_type()), sequence(std::move(sequence)) {}
  static Type* class_type() {
    static Type* const type = [] {
      Type* made = new Type("iterator", object_type());
      made->retain();
      made->slots.iterate = [](const Value& self) { return self; };
      made->slots.next = [](const Value& self) {
        auto* iterator = static_cast<IndexIterator*>(self.as_object());
        try {
          return get_item(iterator->sequence, integer(iterator->index++));
        } catch (const Error& error) {
          if (error.kind != "IndexError") throw;
          return Value();
        } catch (const Raise& raise) {
          if (!is_instance(raise.value, exception_type("IndexError"))) throw;
          return Value();
        }
      };
      return made;
    }();
    return type;
  }
};

}  // namespace

Value binary(Binary op, const Value& a, const Value& b, bool in_place) {
  const Type* left = type_of(a);
  const Type* right = type_of(b);
  const bool right_first = left != right && right->slots.binary && right->slots.binary != left->slots.binary && right->is_subtype_of(left);
  const bool right_overrides = left != right && right->slots.binary == python_binary && right->is_subtype_of(left);
  if ((right_first || right_overrides) && !in_place) {
    Value result = ask_binary(right, op, a, b, false, true);
    if (!result.is_not_implemented()) return result;
  }
  Value result = ask_binary(left, op, a, b, in_place, false);
  if (!result.is_not_implemented()) return result;
  if (left != right && asks_right(op, a, b, in_place)) {
    result = ask_binary(right, op, a, b, false, true);
    if (!result.is_not_implemented()) return result;
  }
  no_binary(op, a, b, in_place);
}

Value binary_rest(Binary op, const Value& a, const Value& b, bool in_place) {
  const Type* right = type_of(b);
  if (a.is_object() && type_of(a) != right && asks_right(op, a, b, in_place)) {
    Value result = ask_binary(right, op, a, b, false, true);
    if (!result.is_not_implemented()) return result;
  }
  no_binary(op, a, b, in_place);
}

Value unary(Unary op, const Value& a) {
  const auto slot = type_of(a)->slots.unary;
  Value result = slot ? slot(op, a) : Value::not_implemented();
  if (!result.is_not_implemented()) return result;
  const char* sign = op == Unary::neg ? "-" : op == Unary::pos ? "+" : "~";
  fail("TypeError", "bad operand type for unary ", sign, ": '", type_name(a), "'");
}

Value compare(Compare op, const Value& a, const Value& b) {
  const Type* left = type_of(a);
  const Type* right = type_of(b);
  const Compare swapped = kSwapped[static_cast<std::size_t>(op)];
  const bool right_first = left != right && right->slots.compare && right->is_subtype_of(left);
  if (right_first) {
    Value result = right->slots.compare(swapped, b, a);
    if (!result.is_not_implemented()) return result;
  }
  if (left->slots.compare) {
    Value result = left->slots.compare(op, a, b);
    if (!result.is_not_implemented()) return result;
  }
  return compare_rest(op, a, b);
}

Value compare_rest(Compare op, const Value& a, const Value& b) {
  const Type* left = type_of(a);
  const Type* right = type_of(b);
  const bool was_first = left != right && right->slots.compare && right->is_subtype_of(left);
  if (!was_first && right->slots.compare) {
    Value result = right->slots.compare(kSwapped[static_cast<std::size_t>(op)], b, a);
    if (!result.is_not_implemented()) return result;
  }
  if (op == Compare::eq) return Value::boolean(a == b);
  if (op == Compare::ne) return Value::boolean(!(a == b));
  fail("TypeError", "'", kCompareSigns[static_cast<std::size_t>(op)], "' not supported between instances of '", type_name(a), "' and '",
       type_name(b), "'");
}

bool equal(const Value& a, const Value& b) {
  if (a == b && !a.is_float()) return true;
  if (a.is_small() && b.is_small()) return false;
  if (a.is_float() && b.is_float()) return a.as_float() == b.as_float();
  if (a.is_object() && b.is_object() && a.as_object()->type == Str::class_type() && b.as_object()->type == Str::class_type()) {
    return static_cast<Str*>(a.as_object())->text == static_cast<Str*>(b.as_object())->text;
  }
  return truth(compare(Compare::eq, a, b));
}

bool truth(const Value& value) {
  if (value.is_bool()) return value.is_true();
  if (value.is_none()) return false;
  if (value.is_small()) return value.as_small() != 0;
  if (value.is_float()) return value.as_float() != 0;
  const Slots& slots = type_of(value)->slots;
  if (slots.truth) return slots.truth(value);
  if (slots.length) return slots.length(value) != 0;
  return true;
}

bool hashed_at_random = false;

std::uint64_t hash(const Value& value) {
  if (value.is_small()) return static_cast<std::uint64_t>(value.as_small()) - (value.as_small() == -1);
  if (value.is_object() && value.as_object()->type == Str::class_type()) {
    hashed_at_random = true;
    return static_cast<Str*>(value.as_object())->hash();
  }
  const auto slot = type_of(value)->slots.hash;
  if (!slot) fail("TypeError", "unhashable type: '", type_name(value), "'");
  return slot(value);
}

std::int64_t length(const Value& value) {
  const auto slot = type_of(value)->slots.length;
  if (!slot) fail("TypeError", "object of type '", type_name(value), "' has no len()");
  return slot(value);
}

Value get_item(const Value& object, const Value& key) {
  if (const auto slot = type_of(object)->slots.get_item) return slot(object, key);
  if (const Type* type = as<Type>(object)) {
    if (const Value* hook = type->find(names::class_getitem)) return call(bind_attribute(*hook, Value(), const_cast<Type*>(type)), {key});
    if (!type->is_heap) return subscript_type(object, key);
    fail("TypeError", "type '", type->name, "' is not subscriptable");
  }
  fail("TypeError", "'", type_name(object), "' object is not subscriptable");
}

void set_item(const Value& object, const Value& key, const Value& value) {
  const auto slot = type_of(object)->slots.set_item;
  if (slot) return slot(object, key, value);
  fail("TypeError", "'", type_name(object), "' object ", value.is_undefined() ? "doesn't support item deletion" : "does not support item assignment");
}

bool contains(const Value& object, const Value& item) {
  const Slots& slots = type_of(object)->slots;
  if (slots.contains) return slots.contains(object, item);
  if (!slots.iterate && !slots.get_item) fail("TypeError", "argument of type '", type_name(object), "' is not iterable");
  const Value iterator = iterate(object);
  for (Value one = next(iterator); !one.is_undefined(); one = next(iterator)) {
    if (one == item || equal(one, item)) return true;
  }
  return false;
}

Value iterate(const Value& object) {
  const Slots& slots = type_of(object)->slots;
  if (slots.iterate) {
    Value iterator = slots.iterate(object);
    if (!type_of(iterator)->slots.next) fail("TypeError", "iter() returned non-iterator of type '", type_name(iterator), "'");
    return iterator;
  }
  if (slots.get_item && !as<Dict>(object)) return make<IndexIterator>(object);
  fail("TypeError", "'", type_name(object), "' object is not iterable");
}

Value next(const Value& iterator) {
  const auto slot = type_of(iterator)->slots.next;
  if (!slot) fail("TypeError", "'", type_name(iterator), "' object is not an iterator");
  return slot(iterator);
}

std::vector<Value> to_vector(const Value& iterable) {
  if (const List* list = as<List>(iterable); list && iterable.as_object()->type == List::class_type()) return list->items;
  if (const Tuple* tuple = as<Tuple>(iterable)) return tuple->items;
  const Value iterator = iterate(iterable);
  std::vector<Value> items;
  const auto step = type_of(iterator)->slots.next;
  for (Value item = step(iterator); !item.is_undefined(); item = step(iterator)) items.push_back(std::move(item));
  return items;
}

std::string repr(const Value& value) {
  const NativeCall guard;
  const auto slot = type_of(value)->slots.repr;
  return slot ? slot(value) : repr_default(value);
}

std::string str(const Value& value) {
  if (const std::string* text = text_of(value); text && value.as_object()->type == Str::class_type()) return *text;
  const auto slot = type_of(value)->slots.str;
  if (!slot) return repr(value);
  const NativeCall guard;
  return slot(value);
}

std::string format(const Value& value, std::string_view spec) {
  if (const auto slot = type_of(value)->slots.format) return slot(value, spec);
  if (spec.empty()) return str(value);
  fail("TypeError", "unsupported format string passed to ", type_name(value), ".__format__");
}

bool is_instance(const Value& value, Type* type) noexcept { return type_of(value)->is_subtype_of(type); }

Value call(const Value& function, std::initializer_list<Value> positional) {
  return call(function, Args{positional.begin(), static_cast<std::uint32_t>(positional.size()), nullptr});
}

Value call(const Value& function, Args args) {
  if (!function.is_object()) fail("TypeError", "'", type_name(function), "' object is not callable");
  Object* object = function.as_object();
  const Type* kind = object->type;
  const NativeCall guard;
  if (kind == NativeFunction::class_type()) return call_native(*static_cast<NativeFunction*>(object), args);
  if (kind == Function::class_type()) return Machine::current().call_function(static_cast<Function*>(object), args);
  if (kind->is_subtype_of(BoundMethod::class_type())) {
    const auto* method = static_cast<BoundMethod*>(object);
    std::vector<Value> values;
    values.reserve(args.positional + args.keyword_count() + 1);
    values.push_back(method->self);
    values.insert(values.end(), args.values, args.values + args.positional + args.keyword_count());
    return call(method->function, Args{values.data(), args.positional + 1, args.keywords});
  }
  if (kind == type_type() || (kind->is_heap && !kind->slots.call && kind->is_subtype_of(type_type()))) {
    auto* type = static_cast<Type*>(object);
    if (type == type_type() && args.positional == 1 && !args.keywords) return Value::object(type_of(args[0]));
    if (!type->construct) fail("TypeError", "cannot create '", type->name, "' instances");
    return type->construct(type, args);
  }
  if (kind->slots.call) return kind->slots.call(function, args);
  fail("TypeError", "'", type_name(function), "' object is not callable");
}

Value call_special(const Value& object, Str* name, std::initializer_list<Value> rest) {
  Type* type = type_of(object);
  const Value* found = type->find(name);
  if (!found) return Value();
  const Value attribute = *found;
  const Object* function = attribute.is_object() ? attribute.as_object() : nullptr;
  if (function && (function->type == Function::class_type() || function->type == NativeFunction::class_type() || function->type == SlotWrapper::class_type())) {
    Value values[8];
    std::uint32_t count = 0;
    values[count++] = object;
    for (const Value& value : rest) values[count++] = value;
    return call(attribute, Args{values, count, nullptr});
  }
  return call(bind_attribute(attribute, object, type), Args{rest.begin(), static_cast<std::uint32_t>(rest.size()), nullptr});
}

}  // namespace nabla
