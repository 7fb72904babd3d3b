// Classes of native code that a program may change while it runs.
#include "python/open_types.h"

#include <vector>

#include "base/error.h"
#include "python/function.h"

namespace nabla {
namespace {

struct OpenType {
  Type* type;
  void (*missing)(Str* name);
};
struct Change {
  Type* type;
  Value name, before;  // undefined: there was none
};

std::vector<OpenType>& open_types() {
  static std::vector<OpenType> types;
  return types;
}
std::vector<Change>& changes() {
  static std::vector<Change> changes;
  return changes;
}

}  // namespace

void open_type(Type* type, void (*missing)(Str* name)) { open_types().push_back({type, missing}); }

bool is_open(const Type* type) noexcept {
  for (const OpenType& one : open_types()) {
    if (one.type == type) return true;
  }
  return false;
}

bool ask_open_type(const Type* type, Str* name) {
  for (const OpenType& one : open_types()) {
    if (!one.missing || !type->is_subtype_of(one.type)) continue;
    one.missing(name);
    if (type->find(name)) return true;
  }
  return false;
}

void set_open_attribute(Type* type, Str* name, const Value& value) {
  if (name->text.starts_with("__")) {
    fail("TypeError", "changing ", type->name, ".", name->text, " is not part of nabla yet: derive a class from ", type->name);
  }
  const Value* before = type->attributes->find(name);
  if (value.is_undefined() && !before) fail("AttributeError", "type object '", type->name, "' has no attribute '", name->text, "'");
  changes().push_back({type, Value::object(name), before ? *before : Value()});
  if (value.is_undefined()) {
    type->attributes->erase(Value::object(name));
  } else {
    type->attributes->set(name, value);
    if (!as<Function>(value)) type->attributes_first = true;  // an instance may have one of that name
  }
}

void close_open_types() {
  for (auto change = changes().rbegin(); change != changes().rend(); ++change) {
    change->type->attributes_first = false;
    if (change->before.is_undefined()) {
      change->type->attributes->erase(change->name);
    } else {
      change->type->attributes->set(static_cast<Str*>(change->name.as_object()), change->before);
    }
  }
  changes().clear();
}

}  // namespace nabla
