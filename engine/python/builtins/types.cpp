// The type objects of the builtin types: where they live, the order in which they are made, and type_of().
//
// Note [Making the types]
// The types need each other before any of them is whole: each Type holds a Dict of its attributes, whose type is `dict`, and
// is itself an object whose type is `type`. So they live in static storage at fixed addresses, known before they are made, and
// make_builtin_types() makes them in two rounds: first all types with their slots (a type copies its base's), then methods.
#include <new>

#include "python/builtins/builtins.h"
#include "python/builtins/support.h"

namespace nabla {
namespace {

union Place {
  Type type;
  constexpr Place() : nothing(0) {}
  ~Place() {}
  char nothing;
};

Place g_object, g_type, g_int, g_bool, g_float, g_none, g_not_implemented, g_ellipsis, g_str, g_list, g_tuple, g_dict, g_set,
    g_frozenset, g_slice, g_module;

Type* make_at(Place& place, const char* name, Type* base, void (*fill)(Type&)) {
  Type* type = ::new (static_cast<void*>(&place.type)) Type(name, base);
  type->retain();  // lives for ever
  if (fill) fill(*type);
  return type;
}

}  // namespace

Type* object_type() noexcept { return &g_object.type; }
Type* type_type() noexcept { return &g_type.type; }
Type* int_type() noexcept { return &g_int.type; }
Type* bool_type() noexcept { return &g_bool.type; }
Type* float_type() noexcept { return &g_float.type; }
Type* none_type() noexcept { return &g_none.type; }
Type* not_implemented_type() noexcept { return &g_not_implemented.type; }
Type* ellipsis_type() noexcept { return &g_ellipsis.type; }
Type* frozenset_type() noexcept { return &g_frozenset.type; }
Type* Int::class_type() noexcept { return &g_int.type; }
Type* Str::class_type() noexcept { return &g_str.type; }
Type* List::class_type() noexcept { return &g_list.type; }
Type* Tuple::class_type() noexcept { return &g_tuple.type; }
Type* Dict::class_type() noexcept { return &g_dict.type; }
Type* Set::class_type() noexcept { return &g_set.type; }
Type* Slice::class_type() noexcept { return &g_slice.type; }
Type* Module::class_type() noexcept { return &g_module.type; }

Type* type_of(const Value& value) noexcept {
  if (value.is_object()) return value.as_object()->type;
  if (value.is_float()) return float_type();
  if (value.is_small()) return int_type();
  if (value.is_bool()) return bool_type();
  if (value.is_not_implemented()) return not_implemented_type();
  return value.is_ellipsis() ? ellipsis_type() : none_type();
}

void make_builtin_types() {
  static bool made = false;
  if (made) return;
  made = true;

  make_at(g_object, "object", nullptr, nullptr);
  Type* object = object_type();
  make_at(g_type, "type", object, nullptr);
  fill_object_slots(g_object.type.slots, g_type.type.slots);
  g_type.type.slots.binary = join_types;
  make_at(g_dict, "dict", object, fill_dict);
  make_at(g_str, "str", object, fill_str);
  make_at(g_int, "int", object, fill_int);
  make_at(g_bool, "bool", int_type(), fill_bool);
  make_at(g_float, "float", object, fill_float);
  make_at(g_none, "NoneType", object, fill_none);
  make_at(g_not_implemented, "NotImplementedType", object, fill_not_implemented);
  make_at(g_ellipsis, "ellipsis", object, fill_ellipsis);
  make_at(g_list, "list", object, fill_list);
  make_at(g_tuple, "tuple", object, fill_tuple);
  make_at(g_set, "set", object, fill_set);
  make_at(g_frozenset, "frozenset", object, fill_frozenset);
  make_at(g_slice, "slice", object, fill_slice);
  make_at(g_module, "module", object, nullptr);

  add_int_methods();
  add_float_methods();
  add_str_methods();
  add_list_methods();
  add_tuple_methods();
  add_dict_methods();
  add_set_methods();
  add_slice_methods();
}

}  // namespace nabla
