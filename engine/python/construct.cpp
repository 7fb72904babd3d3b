// Making instances and classes: what `cls(...)` does for a class written in Python, the `class` statement, type(name, bases, dict).
#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/machine.h"
#include "python/slots.h"

namespace nabla {
namespace {

/// The attribute as a class written in Python defines it, or null.
const Value* find_in_python(const Type* type, Str* name) {
  for (const Type* one : type->mro) {
    if (const Value* value = one->attributes->find(name)) return one->is_heap ? value : nullptr;
  }
  return nullptr;
}

}  // namespace

Value construct_new(Type* cls, Args args, bool& initialize) {
  const bool has_init = find_in_python(cls, names::init);
  if (const Value* found = find_in_python(cls, names::new_)) {
    const auto* wrapper = as<StaticMethod>(*found);
    const Value function = wrapper ? wrapper->function : *found;
    std::vector<Value> values{Value::object(cls)};
    values.insert(values.end(), args.values, args.values + args.positional + args.keyword_count());
    Value made = call(function, Args{values.data(), args.positional + 1, args.keywords});
    initialize = has_init && is_instance(made, cls);
    return made;
  }
  initialize = has_init;
  Type* native = native_base(cls);
  if (native == object_type()) {
    if (!has_init && args.positional + args.keyword_count() > 0) fail("TypeError", cls->name, "() takes no arguments");
    return make<Instance>(cls);
  }
  if (!native->construct) fail("TypeError", "cannot create '", cls->name, "' instances");
  if (has_init && !native->is_subtype_of(Exception::class_type())) return native->construct(cls, Args{});
  return native->construct(cls, has_init ? Args{args.values, args.positional, nullptr} : args);
}

void check_init_result(const Value& result) {
  if (!result.is_none()) fail("TypeError", "__init__() should return None, not '", type_of(result)->name, "'");
}

Value construct_python(Type* cls, Args args) {
  bool initialize = false;
  Value made = construct_new(cls, args, initialize);
  if (!initialize) return made;
  const Value init = bind_attribute(type_of(made)->lookup(names::init), made, type_of(made));
  check_init_result(call(init, args));
  return made;
}

Value make_class(std::string name, const std::vector<Value>& bases, const Dict& body) {
  std::vector<Ref<Type>> types;
  for (const Value& base : bases) {
    Type* type = as<Type>(base);
    if (!type) fail("TypeError", "bases must be types");
    if (type->is_final) fail("TypeError", "type '", type->name, "' is not an acceptable base type");
    for (const Ref<Type>& earlier : types) {
      if (earlier.get() == type) fail("TypeError", "duplicate base class ", type->name);
    }
    types.emplace_back(type);
  }
  if (types.empty()) types.emplace_back(object_type());
  auto type = make<Type>(std::move(name), std::move(types));
  for (const Dict::Entry& entry : body.entries) {
    if (entry.key.is_undefined()) continue;
    if (entry.key == Value::object(names::classcell)) {
      if (auto* cell = as<Cell>(entry.value)) cell->value = type;
      continue;
    }
    type->attributes->set(entry.key, entry.value);
  }
  Dict& attributes = *type->attributes;
  if (const Value* module = attributes.find(names::module)) {
    if (const std::string* text = text_of(*module)) type->module = *text;
  }
  // Functions of these three names are static or class methods without being told so.
  const auto wrap = [&](Str* method, auto make_wrapper) {
    if (const Value* found = attributes.find(method); found && as<Function>(*found)) attributes.set(method, make_wrapper(*found));
  };
  wrap(names::new_, [](const Value& f) -> Value { return make<StaticMethod>(f); });
  wrap(names::init_subclass, [](const Value& f) -> Value { return make<ClassMethod>(f); });
  wrap(names::class_getitem, [](const Value& f) -> Value { return make<ClassMethod>(f); });
  if (attributes.find(names::eq) && !attributes.find(names::hash)) attributes.set(names::hash, Value::none());
  if (!attributes.find(names::doc)) attributes.set(names::doc, Value::none());
  update_slots(type.get());
  const std::vector<Dict::Entry> entries = attributes.entries;
  for (const Dict::Entry& entry : entries) {
    if (!entry.value.is_object() || !type_of(entry.value)->is_heap || !type_of(entry.value)->find(names::set_name)) continue;
    call_special(entry.value, names::set_name, {type, entry.key});
  }
  for (const Type* one : type->mro) {
    if (one == type.get()) continue;
    if (const Value* hook = one->attributes->find(names::init_subclass)) {
      const Value bound = bind_attribute(*hook, Value(), type.get());
      call(bound, Args{});
      break;
    }
  }
  return type;
}

Value construct_type(Type*, Args args) {
  if (args.positional == 1) return Value::object(type_of(args[0]));
  const std::string* name = args.positional == 3 ? text_of(args[0]) : nullptr;
  const Tuple* bases = args.positional == 3 ? as<Tuple>(args[1]) : nullptr;
  const Dict* body = args.positional == 3 ? as<Dict>(args[2]) : nullptr;
  if (args.positional != 3) fail("TypeError", "type() takes 1 or 3 arguments");
  if (!name) fail("TypeError", "type.__new__() argument 1 must be str, not ", type_of(args[0])->name);
  if (!bases) fail("TypeError", "type.__new__() argument 2 must be tuple, not ", type_of(args[1])->name);
  if (!body) fail("TypeError", "type.__new__() argument 3 must be dict, not ", type_of(args[2])->name);
  Value made = make_class(*name, bases->items, *body);
  Type* type = as<Type>(made);
  if (!type->attributes->find(names::module)) {
    type->attributes->set(names::module, string("__main__"));
    type->module = "__main__";
  }
  return made;
}

}  // namespace nabla
