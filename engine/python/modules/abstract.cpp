// The modules collections.abc and numbers: classes that isinstance() answers for by what a type can do.
#include "python/modules/modules.h"

namespace nabla {
namespace {

using Slot = bool (*)(const Type*);

bool has(const Type* type, const char* name) {
  const Value* found = type->find(intern(name));
  return found && !found->is_none();
}
bool is_any(const Type* type, std::initializer_list<const Type*> bases) {
  for (const Type* base : bases)
    if (type->is_subtype_of(base)) return true;
  return false;
}

bool is_iterable(const Type* type) { return type->slots.iterate || has(type, "__iter__"); }
bool is_iterator(const Type* type) { return type->slots.next && is_iterable(type); }
bool is_sized(const Type* type) { return type->slots.length != nullptr; }
bool is_container(const Type* type) { return type->slots.contains || has(type, "__contains__"); }
bool is_collection(const Type* type) { return is_iterable(type) && is_sized(type) && is_container(type); }
bool is_callable(const Type* type) { return type->slots.call || type == type_type() || has(type, "__call__"); }
bool is_hashable(const Type* type) { return type->slots.hash != nullptr; }
bool is_reversible(const Type* type) {
  return is_any(type, {List::class_type(), Tuple::class_type(), Str::class_type(), range_type(), Dict::class_type()}) || has(type, "__reversed__");
}
bool is_sequence(const Type* type) { return is_any(type, {List::class_type(), Tuple::class_type(), Str::class_type(), range_type(), bytes_type()}); }
bool is_mutable_sequence(const Type* type) { return is_any(type, {List::class_type()}); }
bool is_mapping(const Type* type) { return is_any(type, {Dict::class_type()}); }
bool is_set(const Type* type) { return is_any(type, {Set::class_type(), frozenset_type()}); }
bool is_mutable_set(const Type* type) { return is_any(type, {Set::class_type()}); }
bool is_generator(const Type* type) { return type->name == "generator"; }

bool is_real(const Type* type) { return is_any(type, {int_type(), float_type()}); }
bool is_integral(const Type* type) { return is_any(type, {int_type()}); }

struct Class {
  const char* name;
  Slot holds;
};
constexpr Class kCollections[] = {
    {"Iterable", is_iterable},     {"Iterator", is_iterator},     {"Generator", is_generator},
    {"Sized", is_sized},           {"Container", is_container},   {"Collection", is_collection},
    {"Callable", is_callable},     {"Hashable", is_hashable},     {"Reversible", is_reversible},
    {"Sequence", is_sequence},     {"Mapping", is_mapping},       {"Set", is_set},
    {"MutableSequence", is_mutable_sequence}, {"MutableMapping", is_mapping}, {"MutableSet", is_mutable_set},
};
constexpr Class kNumbers[] = {
    {"Number", is_real}, {"Complex", is_real}, {"Real", is_real}, {"Rational", is_integral}, {"Integral", is_integral},
};

std::vector<Type*> make_types(std::span<const Class> classes, const char* module) {
  std::vector<Type*> types;
  for (const Class& one : classes) {
    types.push_back(make_abstract_type(one.name, one.holds));
    types.back()->module = module;
  }
  return types;
}

}  // namespace

void fill_collections_abc(Dict& names) {
  static const std::vector<Type*> types = make_types(kCollections, "collections.abc");
  for (Type* type : types) add_value(names, type->name, Value::object(type));
}

void fill_numbers(Dict& names) {
  static const std::vector<Type*> types = make_types(kNumbers, "numbers");
  for (Type* type : types) add_value(names, type->name, Value::object(type));
}

}  // namespace nabla
