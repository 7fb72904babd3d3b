// Classes: the order of bases, lookup along it with a cache, and what instances are made and attributes found with.
#include <algorithm>

#include "python/builtins/builtins.h"
#include "python/exception.h"
#include "python/function.h"
#include "python/names.h"
#include "python/slots.h"
#include "python/type_name.h"

namespace nabla {

// Note [Lookups are cached]
// (class, name) -> where the attribute lies, in a small table for all classes. Entries carry the version of the world of
// classes in which they were made; any change to any class makes a new version. Programs define their classes first and then run.
namespace {

struct CacheLine {
  const Type* type = nullptr;
  const Str* name = nullptr;
  const Value* value = nullptr;
  std::uint32_t version = 0;
};
CacheLine g_cache[1024];

/// C3: takes the first head that stands in no tail, until all lists are used up.
std::vector<Type*> linearize(Type* type) {
  std::vector<std::vector<Type*>> lists;
  for (const Ref<Type>& base : type->bases) lists.push_back(base->mro);
  std::vector<Type*> direct;
  for (const Ref<Type>& base : type->bases) direct.push_back(base.get());
  lists.push_back(direct);
  std::vector<Type*> order{type};
  for (;;) {
    std::erase_if(lists, [](const auto& list) { return list.empty(); });
    if (lists.empty()) return order;
    Type* next = nullptr;
    for (const auto& list : lists) {
      const auto in_tail = [&](const auto& other) { return std::find(other.begin() + 1, other.end(), list[0]) != other.end(); };
      if (std::none_of(lists.begin(), lists.end(), in_tail)) {
        next = list[0];
        break;
      }
    }
    if (!next) {
      std::string names;
      for (const auto& list : lists) {
        if (names.find(list[0]->name) == std::string::npos) names += (names.empty() ? "" : ", ") + list[0]->name;
      }
      fail("TypeError", "Cannot create a consistent method resolution\norder (MRO) for bases ", names);
    }
    order.push_back(next);
    for (auto& list : lists) {
      if (list[0] == next) list.erase(list.begin());
    }
  }
}

Ref<Dict> make_namespace() {
  Ref<Dict> dict = make<Dict>();
  dict->tag = Dict::kClassNamespace;
  return dict;
}

/// The base whose instances ours look like: the first that is not plain `object`.
Type* best_base(const std::vector<Ref<Type>>& bases) {
  for (const Ref<Type>& base : bases) {
    if (native_base(base.get()) != object_type()) return base.get();
  }
  return bases[0].get();
}

}  // namespace

std::uint32_t current_class_version = 1;
void class_changed() noexcept { ++current_class_version; }

Type::Type(std::string name, Type* base) : Object(type_type()), name(std::move(name)), base(base), attributes(make_namespace()) {
  make_permanent(*attributes);
  if (base) {
    bases.emplace_back(base);
    mro = base->mro;
  }
  mro.insert(mro.begin(), this);
  inherit_slots(this);
}

Type::Type(std::string name, std::vector<Ref<Type>> the_bases)
    : Object(type_type()), name(std::move(name)), bases(std::move(the_bases)), attributes(make_namespace()), is_heap(true) {
  base = best_base(bases);
  attributes_first = base->attributes_first;
  mro = linearize(this);
  for (const Ref<Type>& one : bases) one->subclasses.push_back(this);
  update_slots(this);
}

Type::~Type() {
  if (type->is_heap) type->release();  // its metaclass
  for (const Ref<Type>& one : bases) std::erase(one->subclasses, this);
  class_changed();
}

void inherit_slots(Type* type) {
  if (!type->base) return;
  type->slots = type->base->slots;
  type->construct = type->base == object_type() ? nullptr : type->base->construct;  // else one could make NoneType()
  type->has_dict = type->base->has_dict;
}

Type* native_base(Type* type) noexcept {
  while (type->is_heap) type = type->base;
  return type;
}

bool Type::is_subtype_of(const Type* other) const noexcept {
  if (this == other) return true;
  for (const Type* one : mro) {
    if (one == other) return true;
  }
  return false;
}

const Value* Type::find(Str* name) const noexcept {
  const std::size_t hash = (reinterpret_cast<std::uintptr_t>(this) >> 4) ^ (reinterpret_cast<std::uintptr_t>(name) >> 3);
  CacheLine& line = g_cache[hash % std::size(g_cache)];
  if (line.type == this && line.name == name && line.version == current_class_version) return line.value;
  const Value* value = nullptr;
  for (const Type* one : mro) {
    if ((value = one->attributes->find(name))) break;
  }
  line = {this, name, value, current_class_version};
  return value;
}

Value Type::lookup(Str* name) const {
  const Value* value = find(name);
  return value ? *value : Value();
}

void set_type_attribute(Type* type, std::string_view name, const Value& value) { type->attributes->set(intern(name), value); }

Function* find_plain_init(const Type* cls) noexcept {
  const Type* native = native_base(const_cast<Type*>(cls));
  const bool is_plain = cls->construct == construct_python && !cls->is_abstract && cls->has_dict && native == object_type() && cls->find(names::new_) == native->find(names::new_);
  const Value* init = is_plain ? cls->find(names::init) : nullptr;
  cls->plain_init_version = class_version();
  return cls->plain_init = init ? as<Function>(*init) : nullptr;
}

// ----------------------------------------------------------------------------------------------------------- attributes

Value bind_attribute(const Value& attribute, const Value& object, Type* type) {
  if (!attribute.is_object()) return attribute;
  Object* a = attribute.as_object();
  const Type* kind = a->type;
  if (kind == Function::class_type() || kind == SlotWrapper::class_type()) {
    return object.is_undefined() ? attribute : Value(make<BoundMethod>(attribute, object));
  }
  if (kind == NativeFunction::class_type()) {
    if (object.is_undefined() || !static_cast<NativeFunction*>(a)->owner) return attribute;
    return make<BoundMethod>(attribute, object);
  }
  if (kind == GetSet::class_type()) return object.is_undefined() ? attribute : static_cast<GetSet*>(a)->get(object);
  if (kind->is_subtype_of(PythonProperty::class_type())) {
    if (object.is_undefined()) return attribute;
    const auto* property = static_cast<PythonProperty*>(a);
    if (property->get.is_none()) {
      const Value* name = nullptr;
      for (const Type* one : type->mro) {
        for (const Dict::Entry& entry : one->attributes->entries) {
          if (entry.value == attribute) name = &entry.key;
        }
      }
      fail("AttributeError", "property ", name ? repr(*name) + " " : "", "of '", type->name, "' object has no getter");
    }
    return call(property->get, {object});
  }
  if (kind == StaticMethod::class_type()) return static_cast<StaticMethod*>(a)->function;
  if (kind == ClassMethod::class_type()) {
    return make<BoundMethod>(static_cast<ClassMethod*>(a)->function, Value::object(type));
  }
  if (kind->is_heap || kind->slots.call) {  // a native one that is called like a function may bind like one (lru_cache)
    if (const Value* get = kind->find(names::get)) {
      return call(*get, {attribute, object.is_undefined() ? Value::none() : object, Value::object(type)});
    }
  }
  return attribute;
}

bool is_data_descriptor(const Value& attribute) noexcept {
  if (!attribute.is_object()) return false;
  const Type* kind = attribute.as_object()->type;
  if (kind == GetSet::class_type() || kind->is_subtype_of(PythonProperty::class_type())) return true;
  return kind->is_heap && kind->find(names::set);
}

Dict* instance_dict(const Value& object) noexcept {
  if (!object.is_object()) return nullptr;
  if (object.as_object()->type->has_side_dict) return &side_dict(object.as_object());
  if (!object.as_object()->type->has_dict) return nullptr;
  return &static_cast<Instance*>(object.as_object())->attributes();
}

namespace {

/// What a property gives; where it lacks an attribute itself, __getattr__ is asked for the property.
Value read_descriptor(const Value& attribute, const Value& object, Str* name, Type* type) {
  const Value* hook = type->is_heap && attribute.as_object()->type != GetSet::class_type() ? type->find(names::getattr) : nullptr;
  if (!hook) return bind_attribute(attribute, object, type);
  const Value kept = *hook;
  try {
    return bind_attribute(attribute, object, type);
  } catch (const Error& error) {
    if (error.kind != "AttributeError") throw;
  } catch (const Raise& raise) {
    if (!is_instance(raise.value, exception_type("AttributeError"))) throw;
  }
  return call(kept, {object, Value::object(name)});
}

/// What __getattr__ says, or undefined where the class has none.
Value ask_getattr(const Value& object, Str* name, const Type* type) {
  const Value* hook = type->is_heap && name != names::getattr ? type->find(names::getattr) : nullptr;
  return hook ? call(Value(*hook), {object, Value::object(name)}) : Value();
}

/// __getattribute__ in Python, then __getattr__.
Value ask_getattribute(const Value& object, Str* name, const Type* type, const Value& method) {
  if (!type->find(names::getattr)) return call(method, {object, Value::object(name)});
  try {
    return call(method, {object, Value::object(name)});
  } catch (const Error& error) {
    if (error.kind != "AttributeError") throw;
  } catch (const Raise& raise) {
    if (!is_instance(raise.value, exception_type("AttributeError"))) throw;
  }
  return ask_getattr(object, name, type);
}

/// The attribute; undefined when nothing has it. What properties and __getattr__ raise goes through. `plainly`: as object.__getattribute__ finds it.
Value lookup_attribute(const Value& object, Str* name, bool plainly = false) {
  Type* type = type_of(object);
  if (type->is_heap && type->attributes_first && !plainly) {
    const Value method = type->lookup(names::getattribute);
    if (as<Function>(method)) return ask_getattribute(object, name, type, method);
  }
  const Value* found = type->find(name);
  if (found && is_data_descriptor(*found)) return read_descriptor(*found, object, name, type);
  if (const Dict* dict = instance_dict(object)) {
    if (const Value* value = const_cast<Dict*>(dict)->find(name)) return *value;
  }
  if (type->slots.get_attribute && (type->attributes_first || !found)) {
    Value value = type->slots.get_attribute(object, name);
    if (!value.is_undefined()) return value;
    found = type->find(name);
  }
  if (found) return bind_attribute(*found, object, type);
  return plainly ? Value() : ask_getattr(object, name, type);
}

}  // namespace

Value find_attribute(const Value& object, Str* name) {
  try {
    return lookup_attribute(object, name);
  } catch (const Error& error) {
    if (error.kind != "AttributeError") throw;
  } catch (const Raise& raise) {
    if (!is_instance(raise.value, exception_type("AttributeError"))) throw;
  }
  return Value();
}

Value get_attribute(const Value& object, Str* name) {
  try {
    Value value = lookup_attribute(object, name);
    if (!value.is_undefined()) return value;
  } catch (const Raise& raise) {
    note_attribute(raise.value, object, name);
    throw;
  }
  missing_attribute(object, name);
}

Value get_attribute_default(const Value& object, Str* name) {
  Value value = lookup_attribute(object, name, true);
  if (value.is_undefined()) missing_attribute(object, name);
  return value;
}

void missing_attribute(const Value& object, Str* name) {
  std::string message;
  if (const Type* type = as<Type>(object)) {
    message = cat("type object '", type->name, "' has no attribute '", name->text, "'");
  } else if (const Module* module = as<Module>(object)) {
    message = cat("module '", module->name, "' has no attribute '", name->text, "'");
  } else if (const Super* super = as<Super>(object)) {
    (void)super;
    message = cat("'super' object has no attribute '", name->text, "'");
  } else {
    message = cat("'", type_name(object), "' object has no attribute '", name->text, "'");
  }
  raise_attribute_error(std::move(message), object, name);
}

namespace {
/// Does a class along the mro name it in its __slots__?
bool in_slots(const Type* type, Str* name) {
  for (const Type* one : type->mro) {
    const Value* slots = one->is_heap ? one->attributes->find(names::slots) : nullptr;
    if (!slots) continue;
    if (text_of(*slots) ? *text_of(*slots) == name->text : contains(*slots, Value::object(name))) return true;
  }
  return false;
}
}  // namespace

/// object.__setattr__: setters first, then the instance's own dict.
void set_attribute_default(const Value& object, Str* name, const Value& value) {
  Type* type = type_of(object);
  if (const Value* found = type->find(name); found && is_data_descriptor(*found)) {
    const Value attribute = *found;
    if (const auto* getset = as<GetSet>(attribute)) {
      if (!getset->set) {
        fail("AttributeError", "attribute '", name->text, "' of '", getset->owner->name, "' objects is not writable");
      }
      getset->set(object, value);
    } else if (const auto* property = as<PythonProperty>(attribute)) {
      const Value& function = value.is_undefined() ? property->del : property->set;
      if (function.is_none()) {
        fail("AttributeError", "property '", name->text, "' of '", type->name, "' object has no ", value.is_undefined() ? "deleter" : "setter");
      }
      if (value.is_undefined()) {
        call(function, {object});
      } else {
        call(function, {object, value});
      }
    } else if (value.is_undefined()) {
      call_special(attribute, intern("__delete__"), {object});
    } else {
      call_special(attribute, names::set, {object, value});
    }
    return;
  }
  Dict* dict = instance_dict(object);
  if (!dict) {
    if (type->find(name)) fail("AttributeError", "'", type->name, "' object attribute '", name->text, "' is read-only");
    missing_attribute(object, name);
  }
  if (type->is_closed && !in_slots(type, name)) {
    if (type->find(name)) fail("AttributeError", "'", type->name, "' object attribute '", name->text, "' is read-only");
    missing_attribute(object, name);
  }
  if (!value.is_undefined()) {
    dict->set(name, value);
  } else if (!dict->erase(Value::object(name))) {
    if (type->is_closed) raise_attribute_error(name->text, object, name);
    missing_attribute(object, name);
  }
}

void set_attribute(const Value& object, Str* name, const Value& value) {
  const Type* type = type_of(object);
  if (type->slots.set_attribute) return type->slots.set_attribute(object, name, value);
  set_attribute_default(object, name, value);
}

}  // namespace nabla
