// Making instances and classes: what `cls(...)` does for a class written in Python, the `class` statement, type(name, bases, dict).
#include <algorithm>

#include "python/builtins/support.h"
#include "python/exception.h"
#include "python/machine.h"
#include "python/slots.h"

namespace nabla {
namespace {

[[noreturn]] void not_a_mapping(const Value& metaclass, const Value& space) {
  const Type* type = as<Type>(metaclass);
  fail("TypeError", type ? type->name : "<metaclass>", ".__prepare__() must return a mapping, not ", type_of(space)->name);
}

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
    check_concrete(cls);
    if (!has_init && args.positional + args.keyword_count() > 0) fail("TypeError", cls->name, "() takes no arguments");
    return make<Instance>(cls);
  }
  if (!native->construct) fail("TypeError", "cannot create '", cls->name, "' instances");
  // What cannot change later takes its value now; the mutable containers take theirs from their __init__.
  const bool immutable = native == type_type() || native == int_type() || native == float_type() || native == bytes_type() || native == Str::class_type() || native == Tuple::class_type() || native == frozenset_type();
  if (immutable) return native->construct(cls, args);
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

void check_concrete(const Type* cls) {
  if (!cls->is_abstract) return;
  static Str* const abstract = intern("__abstractmethods__");
  const Value* names = cls->find(abstract);
  std::vector<Value> sorted = names ? to_vector(*names) : std::vector<Value>();
  std::sort(sorted.begin(), sorted.end(), [](const Value& a, const Value& b) { return str(a) < str(b); });
  std::string listed;
  for (const Value& name : sorted) listed += cat(listed.empty() ? "" : ", ", str(name));
  fail("TypeError", "Can't instantiate abstract class ", cls->name, " with abstract method", sorted.size() == 1 ? " " : "s ", listed);
}

namespace {

/// The most derived of the metaclass and the bases' own.
Type* best_metaclass(Type* metaclass, const std::vector<Value>& bases) {
  for (const Value& base : bases) {
    Type* other = type_of(base);
    if (!as<Type>(base) || metaclass->is_subtype_of(other)) continue;
    if (!other->is_subtype_of(metaclass)) {
      fail("TypeError", "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    }
    metaclass = other;
  }
  return metaclass;
}

/// __slots__ closes a class whose bases are closed too.
void close_class(Type& type) {
  const Value* found = type.attributes->find(names::slots);
  const Type* native = native_base(&type);
  if (!found || (native != object_type() && native->has_dict)) return;
  for (const Ref<Type>& base : type.bases) {
    if (base->is_heap && !base->is_closed) return;
  }
  const std::vector<Value> slots = text_of(*found) ? std::vector<Value>{*found} : to_vector(*found);
  for (const Value& slot : slots) {
    const std::string* text = text_of(slot);
    if (!text) fail("TypeError", "__slots__ items must be strings, not '", type_of(slot)->name, "'");
    if (*text == "__dict__") return;
    if (type.attributes->find(slot)) fail("ValueError", "'", *text, "' in __slots__ conflicts with class variable");
  }
  type.is_closed = true;
}

}  // namespace

Value build_class(Str* name, std::vector<Value> bases, const Value& body, Dict* keywords) {
  static Str* const mro_entries = intern("__mro_entries__");
  static Str* const metaclass_name = intern("metaclass");
  const std::vector<Value> written = bases;
  bool replaced = false;
  for (std::size_t i = bases.size(); i-- > 0;) {
    if (as<Type>(bases[i])) continue;
    const Value entries = call_special(bases[i], mro_entries, {tuple(written)});
    const auto* given = as<Tuple>(entries);
    if (!given) continue;
    bases.erase(bases.begin() + static_cast<std::ptrdiff_t>(i));
    bases.insert(bases.begin() + static_cast<std::ptrdiff_t>(i), given->items.begin(), given->items.end());
    replaced = true;
  }
  Value metaclass = Value::object(type_type());
  std::vector<Value> arguments{Value::object(name), tuple(bases), Value()}, words;
  if (keywords) {
    for (const Dict::Entry& entry : keywords->entries) {
      if (entry.key.is_undefined()) continue;
      if (entry.key == Value::object(metaclass_name)) {
        metaclass = entry.value;
        continue;
      }
      words.push_back(Value::object(intern(str(entry.key))));
      arguments.push_back(entry.value);
    }
  }
  const auto names_of_keywords = make<Tuple>(words);
  const Tuple* given = words.empty() ? nullptr : names_of_keywords.get();
  if (Type* type = as<Type>(metaclass)) metaclass = Value::object(best_metaclass(type, bases));
  const bool plain = metaclass == Value::object(type_type());
  Value space;
  if (!plain) {
    const Value prepare = find_attribute(metaclass, names::prepare);
    if (!prepare.is_undefined()) {
      std::vector<Value> without_space = arguments;
      without_space.erase(without_space.begin() + 2);
      space = call(prepare, Args{without_space.data(), 2, given});
      if (!as<Dict>(space)) not_a_mapping(metaclass, space);
    }
  }
  if (space.is_undefined()) space = make<Dict>();
  call(body, {space});
  if (replaced) as<Dict>(space)->set(intern("__orig_bases__"), tuple(written));
  if (plain) return make_class(name->text, bases, *as<Dict>(space), type_type(), Args{arguments.data() + 3, 0, given});
  arguments[2] = space;
  return call(metaclass, Args{arguments.data(), 3, given});
}

Value make_class(std::string name, const std::vector<Value>& bases, const Dict& body, Type* metaclass, Args keywords) {
  metaclass = best_metaclass(metaclass, bases);
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
  if (metaclass->is_heap) {
    metaclass->retain();
    type->type = metaclass;
  }
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
  close_class(*type);
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
      call(bound, keywords);
      break;
    }
  }
  return type;
}

Value construct_type(Type* cls, Args args) {
  if (args.positional == 1 && cls == type_type()) return Value::object(type_of(args[0]));
  const std::string* name = args.positional == 3 ? text_of(args[0]) : nullptr;
  const Tuple* bases = args.positional == 3 ? as<Tuple>(args[1]) : nullptr;
  const Dict* body = args.positional == 3 ? as<Dict>(args[2]) : nullptr;
  if (args.positional != 3) fail("TypeError", "type() takes 1 or 3 arguments");
  if (!name) fail("TypeError", "type.__new__() argument 1 must be str, not ", type_of(args[0])->name);
  if (!bases) fail("TypeError", "type.__new__() argument 2 must be tuple, not ", type_of(args[1])->name);
  if (!body) fail("TypeError", "type.__new__() argument 3 must be dict, not ", type_of(args[2])->name);
  Value made = make_class(*name, bases->items, *body, cls, Args{args.values + 3, 0, args.keywords});
  Type* type = as<Type>(made);
  if (!type->attributes->find(names::module)) {
    type->attributes->set(names::module, string("__main__"));
    type->module = "__main__";
  }
  return made;
}

}  // namespace nabla
