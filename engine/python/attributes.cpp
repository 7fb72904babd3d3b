// Attribute and global look-ups of instructions, with what a Site remembers. See Note [Sites].
//
// Note [Sites]
// A site keeps, for the class it saw last and the version of all classes then, where the name was found on the class; and the index of
// the entry that held the name in an instance's or module's dict. An index is only a guess: the entry's key is compared, which is
// enough, since a name stands in a dict once. For a global variable it keeps the place of the value itself, good as long as the dict's
// layout is what it was; null when the name is not in the dict.
#include "python/builtins/builtins.h"
#include "python/fast_paths.h"
#include "python/library.h"
#include "python/interpreter.h"

namespace nabla {
namespace {

const Value* class_attribute(const Type* type, Site& site) {
  if (site.type != type || site.version != class_version()) {
    site.attribute = type->find(site.name);
    const Type* kind = site.attribute && site.attribute->is_object() ? site.attribute->as_object()->type : nullptr;
    const bool is_method = kind == NativeFunction::class_type() && static_cast<NativeFunction*>(site.attribute->as_object())->owner;
    site.kind = kind == GetSet::class_type() ? Site::Kind::property : is_method ? Site::Kind::method : Site::Kind::other;
    site.type = type;
    site.version = class_version();
  }
  return site.attribute;
}

}  // namespace

Value Interpreter::load_attribute(const Value& object, Site& site) {
  if (object.is_object()) {
    Object* o = object.as_object();
    const Type* type = o->type;
    if (type == Module::class_type()) {
      if (const Value* found = static_cast<Module*>(o)->dict->find(site.name, site.index)) return *found;
    } else if (!type->attributes_first) {
      const Value* found = class_attribute(type, site);
      if (site.kind == Site::Kind::property) return static_cast<GetSet*>(found->as_object())->get(object);
      if (type->has_dict && !(found && is_data_descriptor(*found))) {
        auto* instance = static_cast<Instance*>(o);
        if (instance->dict) {
          if (const Value* value = instance->dict->find(site.name, site.index)) return *value;
        }
      }
    }
  }
  return get_attribute(object, site.name);
}

bool Interpreter::ask_attribute(Site& site) {
  Frame* const frame = m.frame_;
  const Instruction& i = frame->pc[-1];
  if (i.b & kConstant || m.depth_ >= m.recursion_limit) return false;
  const Value object = frame->registers()[i.b];
  const Type* type = object.as_object()->type;
  const Value* hook = type->find(names::getattr);
  const Value* found = class_attribute(type, site);
  const Value name = Value::object(site.name);
  if (type->attributes_first) return false;
  if (found) {
    if (hook || !found->is_object() || found->as_object()->type != PythonProperty::class_type()) return false;
    hook = &static_cast<PythonProperty*>(found->as_object())->get;
  } else if (!hook || !type->has_dict || type->slots.get_attribute || static_cast<Instance*>(object.as_object())->attributes().find(site.name)) {
    return false;
  }
  if (!hook->is_object() || hook->as_object()->type != Function::class_type()) return false;
  auto* const function = static_cast<Function*>(hook->as_object());
  if (!takes_plainly(*function, found ? 1 : 2)) return false;
  if (i.b >= frame->first_temporary) frame->registers()[i.b] = Value();
  enter_method(function, object, found ? nullptr : &name, i.a, Entry::call);
  return true;
}

Value Interpreter::load_method(const Value& object, Site& site, Value& self) {
  const Type* type = type_of(object);
  if (!type->attributes_first) {
    const Value* found = class_attribute(type, site);
    if (found && found->is_object()) {
      const Object* attribute = found->as_object();
      const bool binds = attribute->type == Function::class_type() ||
                         (attribute->type == NativeFunction::class_type() && static_cast<const NativeFunction*>(attribute)->owner);
      if (binds) {
        if (type->has_dict) {
          Dict* dict = static_cast<Instance*>(object.as_object())->dict.get();
          if (Value* own = dict ? dict->find(site.name) : nullptr) return *own;
        }
        self = object;
        return *found;
      }
    }
  }
  return load_attribute(object, site);
}

const NativeFunction* Interpreter::find_method(const Value& object, Site& site) {
  const Type* type = type_of(object);
  if (type->attributes_first || (class_attribute(type, site), site.kind != Site::Kind::method)) return nullptr;
  if (type->has_dict) {
    Dict* const dict = static_cast<Instance*>(object.as_object())->dict.get();
    if (dict && site.layout != dict->layout) {
      if (dict->find(site.name)) return nullptr;
      site.layout = dict->layout;
    }
  }
  return static_cast<const NativeFunction*>(site.attribute->as_object());
}

void Interpreter::store_attribute(const Value& object, Site& site, const Value& value) {
  const Type* type = object.is_object() ? object.as_object()->type : type_of(object);
  if (!type->slots.set_attribute || !(type->is_heap || type->attributes_first)) {
    const Value* found = class_attribute(type, site);
    if (site.kind == Site::Kind::property) {
      if (const auto set = static_cast<GetSet*>(found->as_object())->set) return set(object, value);
    }
  }
  if (type->has_dict && !type->slots.set_attribute) {
    const Value* found = site.attribute;
    if (!found || !is_data_descriptor(*found)) {
      Dict& dict = static_cast<Instance*>(object.as_object())->attributes();
      // Too few entries for the guess: an object that is being made gets its next attribute.
      if (Value* slot = site.index < dict.entries.size() ? dict.find(site.name, site.index) : nullptr) {
        *slot = value;
      } else {
        dict.set(site.name, value);
        if (dict.entries.back().key == Value::object(site.name)) site.index = static_cast<std::uint32_t>(dict.entries.size() - 1);
      }
      return;
    }
  }
  set_attribute(object, site.name, value);
}

Value Interpreter::load_global(Frame* frame, Site& site) {
  Dict& globals = *frame->globals;
  if (site.layout != globals.layout) {
    site.entry = globals.find(site.name);
    site.layout = globals.layout;
  }
  if (site.entry) return *site.entry;
  if (const Value* found = builtins_dict().find(site.name, site.index)) return *found;
  if (const Value* found = late_builtin(site.name)) return *found;
  missing_global(frame, site.name);
}

void Interpreter::place_global(Frame* frame, Site& site) {
  Dict& globals = *frame->globals;
  site.entry = globals.find(site.name);
  if (!site.entry) {
    globals.set(site.name, Value::none());
    site.entry = globals.find(site.name);
  }
  site.layout = globals.layout;
}

void Interpreter::missing_global(Frame* frame, Str* name) {
  const std::string message = cat("name '", name->text, "' is not defined");
  const Value value = make_exception(exception_type("NameError"), {string(message)});
  auto* exception = static_cast<Exception*>(value.as_object());
  exception->missing = name;
  // The names in sight are known only now: the suggestion is made before the traceback asks for it.
  std::vector<std::string_view> names;
  const Value* registers = frame->registers();
  for (std::size_t i = 0; i < frame->code->local_names.size(); ++i) {
    if (!registers[i].is_undefined()) names.push_back(frame->code->local_names[i]->text);
  }
  std::string best = suggest_name(name->text, names);
  const auto in_dict = [&](const Dict& dict) {
    names.clear();
    for (const Dict::Entry& entry : dict.entries) {
      if (const std::string* text = text_of(entry.key)) names.push_back(*text);
    }
    return suggest_name(name->text, names);
  };
  if (best.empty()) best = in_dict(*frame->globals);
  if (best.empty()) best = in_dict(builtins_dict());
  exception->suggestion = best;
  throw Raise{value};
}

}  // namespace nabla
