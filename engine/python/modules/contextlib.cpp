// The module contextlib: contextmanager, suppress, nullcontext, closing.
#include <algorithm>

#include "python/exception.h"
#include "python/function.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

// ---------------------------------------------------------------------------------------------------- contextmanager

/// What a function decorated with @contextmanager gives: a generator that runs to its yield, and on from there at the end.
struct Manager final : Object {
  Value generator;
  Value function;          // and the arguments, to begin anew when it is used as a decorator
  std::vector<Value> positional;
  Manager(Value generator, Value function, std::vector<Value> positional)
      : Object(class_type()), generator(std::move(generator)), function(std::move(function)), positional(std::move(positional)) {}
  static Type* class_type();
};

Value enter(const Value* p) {
  Value item = next(self_as<Manager>(p[0]).generator);
  if (item.is_undefined()) fail("RuntimeError", "generator didn't yield");
  return item;
}

/// __exit__(type, value, traceback): an exception is raised inside the generator, at its yield.
Value exit(const Value* p) {
  const Value generator = self_as<Manager>(p[0]).generator;
  if (p[1].is_none()) {
    if (!next(generator).is_undefined()) fail("RuntimeError", "generator didn't stop");
    return Value::boolean(false);
  }
  try {
    call(get_attribute(generator, intern("throw")), {p[2]});
  } catch (const Raise& raised) {
    if (raised.value == p[2]) return Value::boolean(false);
    if (is_instance(raised.value, exception_type("StopIteration"))) return Value::boolean(true);
    throw;
  } catch (const Error& error) {
    if (error.kind == "StopIteration") return Value::boolean(true);
    throw;
  }
  fail("RuntimeError", "generator didn't stop after throw()");
}

/// @manager(): each call of the function runs inside a manager of its own.
struct Wrapped final : Object {
  Value manager, function;
  Wrapped(Value manager, Value function) : Object(class_type()), manager(std::move(manager)), function(std::move(function)) {}
  static Type* class_type();
};

Value call_function(const Value& function, const std::vector<Value>& positional) {
  return call(function, Args{positional.data(), static_cast<std::uint32_t>(positional.size()), nullptr});
}

Value call_wrapped(const Value& self, Args args) {
  const auto& wrapped = slot_self<Wrapped>(self);
  const auto& pattern = slot_self<Manager>(wrapped.manager);
  const Value manager = make<Manager>(call_function(pattern.function, pattern.positional), pattern.function, pattern.positional);
  enter(&manager);
  const auto leave = [&](const Value& exception) {
    const Value type = exception.is_none() ? Value::none() : Value::object(type_of(exception));
    const Value arguments[] = {manager, type, exception, Value::none()};
    return truth(exit(arguments));
  };
  Value result = Value::none(), exception = Value::none();
  try {
    result = call(Value(wrapped.function), args);
  } catch (const Raise& raised) {
    exception = raised.value;
  } catch (const Error& error) {
    exception = to_exception(error);
  }
  if (!leave(exception) && !exception.is_none()) throw Raise{exception};
  return result;
}

/// The function that @contextmanager gives.
struct Maker final : Object {
  Value function;
  explicit Maker(Value function) : Object(class_type()), function(std::move(function)) {}
  static Type* class_type();
};

Value call_maker(const Value& self, Args args) {
  const Value function = slot_self<Maker>(self).function;
  Value generator = call(function, args);
  return make<Manager>(std::move(generator), function, std::vector<Value>(args.values, args.values + args.positional));
}
Value bind_maker(const Value* p) { return p[1].is_none() ? p[0] : Value(make<BoundMethod>(p[0], p[1])); }

constexpr Method kManagerMethods[] = {
    {"__enter__(self, /)", enter},
    {"__exit__(self, typ, value, traceback, /)", exit},
};
constexpr Method kMakerMethods[] = {{"__get__(self, instance, owner=None, /)", bind_maker}};

Type* Manager::class_type() {
  static Type* const type = [] {
    Type* made = make_type("_GeneratorContextManager", [](Type& t) {
      t.module = "contextlib";
      t.slots.call = [](const Value& self, Args args) -> Value {
        check_count("inner", args, 1, 1);
        return make<Wrapped>(self, args[0]);
      };
    });
    add_methods(made, kManagerMethods);
    return made;
  }();
  return type;
}

/// A type of things that stand for a function: its name and documentation are theirs.
template <class T>
Type* function_like(const char* name, Value (*called)(const Value&, Args)) {
  Type* type = make_type(name, [](Type& t) {
    t.slots.get_attribute = [](const Value& self, Str* attribute) { return find_attribute(slot_self<T>(self).function, attribute); };
  });
  type->slots.call = called;
  add_methods(type, kMakerMethods);
  return type;
}
Type* Maker::class_type() {
  static Type* const type = function_like<Maker>("function", call_maker);
  return type;
}
Type* Wrapped::class_type() {
  static Type* const type = function_like<Wrapped>("function", call_wrapped);
  return type;
}

// ------------------------------------------------------------------------------------------- suppress and the like

/// A context manager that keeps some values: what they mean is its type's affair.
struct Keeper final : Object {
  std::vector<Value> values;
  Keeper(Type* type, std::vector<Value> values) : Object(type), values(std::move(values)) {}
};
std::vector<Value>& kept(const Value* p) { return static_cast<Keeper*>(p[0].as_object())->values; }

Value construct_keeper(Type* type, Args args) {
  no_keywords(type->name, args);
  return make<Keeper>(type, std::vector<Value>(args.values, args.values + args.positional));
}
Value construct_closing(Type* type, Args args) {
  check_count("closing", args, 1, 1);
  return construct_keeper(type, args);
}

Value enter_first(const Value* p) { return kept(p).empty() ? Value::none() : kept(p)[0]; }
Value exit_suppress(const Value* p) {
  const auto& classes = kept(p);
  return Value::boolean(!p[2].is_none() && std::any_of(classes.begin(), classes.end(), [&](const Value& one) {
    const Type* type = as<Type>(one);
    return type && type_of(p[2])->is_subtype_of(type);
  }));
}
Value exit_closing(const Value* p) {
  call(get_attribute(kept(p)[0], intern("close")), {});
  return Value::none();
}

constexpr Method kSuppress[] = {{"__enter__(self, /)", [](const Value*) { return Value::none(); }},
                                {"__exit__(self, exctype, excinst, exctb, /)", exit_suppress}};
constexpr Method kNull[] = {{"__enter__(self, /)", enter_first}, {"__exit__(self, *excinfo)", [](const Value*) { return Value::none(); }}};
constexpr Method kClosing[] = {{"__enter__(self, /)", enter_first}, {"__exit__(self, *excinfo)", exit_closing}};

Type* keeper_type(const char* name, Value (*construct)(Type*, Args), std::span<const Method> methods) {
  Type* type = make_type(name, nullptr);
  type->module = "contextlib";
  type->construct = construct;
  add_methods(type, methods);
  return type;
}

}  // namespace

void fill_contextlib(Dict& names) {
  static Type* const types[] = {keeper_type("suppress", construct_keeper, kSuppress), keeper_type("nullcontext", construct_keeper, kNull),
                                keeper_type("closing", construct_closing, kClosing)};
  for (Type* type : types) add_value(names, type->name, Value::object(type));
  add_value(names, "contextmanager", native("contextmanager(func)", [](const Value* p) -> Value { return make<Maker>(p[0]); }));
}

}  // namespace nabla
