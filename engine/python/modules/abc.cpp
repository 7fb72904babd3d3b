// The module abc: ABC and abstractmethod. A class that derives from ABC cannot be instantiated while a method of it is abstract.
#include "python/function.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

bool is_abstract(const Value& attribute) {
  if (const auto* property = as<PythonProperty>(attribute)) return is_abstract(property->get);
  if (const auto* method = as<StaticMethod>(attribute)) return is_abstract(method->function);
  if (const auto* method = as<ClassMethod>(attribute)) return is_abstract(method->function);
  const auto* function = as<Function>(attribute);
  return function && function->attributes && function->attributes->find(intern("__isabstractmethod__"));
}

/// The names whose first definition along the mro is abstract, in alphabetical order.
std::vector<Value> abstract_names(const Type* cls) {
  std::vector<Value> names;
  for (const Type* type : cls->mro) {
    for (const Dict::Entry& entry : type->attributes->entries) {
      const Str* name = entry.key.is_undefined() ? nullptr : as<Str>(entry.key);
      if (!name || !is_abstract(entry.value)) continue;
      if (*cls->find(intern(name->text)) == entry.value) names.push_back(entry.key);
    }
  }
  sort_items(names, Value::none(), false);
  return names;
}

Value construct(Type* cls, Args args) {
  const std::vector<Value> names = abstract_names(cls);
  if (!names.empty()) {
    std::string listed;
    for (const Value& name : names) listed += cat(listed.empty() ? "" : ", ", *text_of(name));
    fail("TypeError", "Can't instantiate abstract class ", cls->name, " with abstract method", names.size() == 1 ? " " : "s ", listed);
  }
  return object_type()->construct(cls, args);
}

Value abstractmethod(const Value* p) {
  if (as<Function>(p[0])) set_attribute(p[0], intern("__isabstractmethod__"), Value::boolean(true));
  return p[0];
}

}  // namespace

void fill_abc(Dict& names) {
  static Type* const type = [] {
    Type* made = make_type("ABC", [](Type& t) { t.module = "abc"; });
    made->has_dict = true;
    made->construct = construct;
    return made;
  }();
  add_value(names, "ABC", Value::object(type));
  add_value(names, "abstractmethod", native("abstractmethod(funcobj)", abstractmethod));
}

}  // namespace nabla
