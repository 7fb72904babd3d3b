// The registry of modules and the import statement. A module is made when a run first imports it, and lasts for that run.
#include <unordered_map>
#include <unordered_set>

#include "python/builtins/builtins.h"
#include "python/interpreter.h"
#include "python/library.h"
#include "python/warnings.h"

namespace nabla {
namespace {

using Maker = Ref<Module> (*)();

std::unordered_map<std::string, Maker>& makers() {
  static std::unordered_map<std::string, Maker> map{{"warnings", make_warnings_module}, {"builtins", [] {
                                                      auto module = make<Module>("builtins");
                                                      module->dict = Ref<Dict>(&builtins_dict());
                                                      make_permanent(*module);  // or the end of the run would empty the builtins
                                                      return module;
                                                    }}};
  return map;
}

/// Modules that are no attributes of their packages.
std::unordered_set<std::string>& by_import_alone() {
  static std::unordered_set<std::string> names;
  return names;
}

std::unordered_map<std::string, Ref<Module>>& loaded() {
  static std::unordered_map<std::string, Ref<Module>> map;
  return map;
}

/// What CPython has and nabla has not is listed in lib/_absent.py.
bool is_absent(std::string_view module, std::string_view name) {
  return truth(call(get_attribute(import_module("_absent"), intern("is_absent")), {string(std::string(module)), string(std::string(name))}));
}

/// A module of CPython's may have more than is made at once: the text _more_NAME, run when a name is first missed. What a module lacks is named.
void complete(Module& module) {
  if (!module.populate && find_text(kPythonLibrary, cat("_more_", module.name))) {
    module.populate = [](Module& self) { run_text(self, *find_text(kPythonLibrary, cat("_more_", self.name))); };
  }
  if (!module.missing) module.missing = name_what_is_absent;
}

/// The module of that name, made if need be; null when there is none.
Module* find_module(const std::string& name) {
  if (const auto found = loaded().find(name); found != loaded().end()) return found->second.get();
  Ref<Module> module;
  if (const auto maker = makers().find(name); maker != makers().end()) {
    module = maker->second();
  } else if (const LibraryText* text = find_text(kPythonLibrary, name)) {
    module = run_text(name, *text);
  } else {
    module = make_standard_module(name);
  }
  if (!module) return nullptr;
  complete(*module);
  loaded()[name] = module;
  // A submodule is an attribute of its package, but where that has something else of the name.
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && !by_import_alone().contains(name)) {
    Str* const own = intern(std::string_view(name).substr(dot + 1));
    if (Module* package = find_module(name.substr(0, dot)); package && !package->dict->find(own)) package->dict->set(own, Value::object(module.get()));
  }
  return loaded()[name].get();
}

[[noreturn]] void no_module(const std::string& name, const std::string& whole, bool is_package) {
  Error error{"ModuleNotFoundError", cat("No module named '", name, "'"), {}};
  if (!is_package && name == whole && name.find('.') != std::string::npos) error.message += cat("; '", name.substr(0, name.rfind('.')), "' is not a package");
  const std::string top = name.substr(0, name.find('.'));
  if (is_absent("", top)) error.notes.push_back(cat(top, " is not part of nabla yet"));
  throw error;
}

/// Makes all of a dotted name; gives the top module, or with `leaf` the last.
Value import_dotted(const std::string& name, bool leaf) {
  Module* module = nullptr;
  Module* top = nullptr;
  for (std::size_t end = name.find('.');; end = name.find('.', end + 1)) {
    const std::string part = name.substr(0, end);
    Module* next = find_module(part);
    if (!next && module) {  // os.path
      const Value* found = module->dict->find(intern(std::string_view(part).substr(part.rfind('.') + 1)));
      next = found ? as<Module>(*found) : nullptr;
    }
    if (!next) {
      bool is_package = false;
      for (const auto& [known, maker] : makers()) is_package |= known.starts_with(name.substr(0, name.rfind('.')) + ".");
      if (module && module->missing) {  // it may know the name as one that is not here
        try {
          module->missing(*module, intern(std::string_view(part).substr(part.rfind('.') + 1)));
        } catch (Error& error) {
          error.kind = "ModuleNotFoundError";
          throw;
        }
      }
      no_module(part, name, !module || is_package);
    }
    module = next;
    if (!top) top = module;
    if (end == std::string::npos) break;
  }
  return Value::object(leaf ? module : top);
}

}  // namespace

const LibraryText* find_text(const LibraryText* list, std::string_view name) {
  for (; !list->name.empty(); ++list) {
    if (list->name == name) return list;
  }
  return nullptr;
}

Ref<Module> run_text(std::string_view name, const LibraryText& text) {
  auto module = make<Module>(std::string(name));
  run_text(*module, text);
  return module;
}

void run_text(Module& module, const LibraryText& text) {
  // Compiled once: the code is the same in every run.
  static std::unordered_map<const LibraryText*, Ref<Code>> compiled;
  Ref<Code>& code = compiled[&text];
  if (!code) {
    Diagnostics diagnostics;
    code = compile(text.text, cat(text.name, ".py"), 0, Mode::script, false, diagnostics);
    if (!code) throw Raise{diagnostics.error};
    code->source->is_library = true;
  }
  Machine::current().call_function(make<Function>(code, module.dict).get(), Args{});
}

namespace {
std::vector<Str*> g_late_builtins;  // made in this run
}

const Value* late_builtin(Str* name) {
  const LibraryText* text = find_text(kPythonLibrary, cat("builtins.", name->text));
  if (!text) {
    text = find_text(kPythonLibrary, "builtins._rare");
    if (text->text.find(cat("\ndef ", name->text, "(")) == std::string_view::npos) return nullptr;
  }
  const Ref<Module> module = run_text("builtins", *text);
  builtins_dict().set(name, *module->dict->find(name));
  g_late_builtins.push_back(name);
  return builtins_dict().find(name);
}

const Value* find_late(Module& module, Str* name) {
  if (module.dict.get() == &builtins_dict()) return late_builtin(name);
  if (const std::string path = cat(module.name, ".", name->text); makers().contains(path)) {
    if (!by_import_alone().contains(path)) find_module(path);
  } else if (path == "collections.abc") {  // which CPython has imported before a program begins
    find_module(path);
  } else if (module.populate) {
    std::exchange(module.populate, nullptr)(module);
  }
  return module.dict->find(name);
}

void register_module(std::string_view name, Ref<Module> (*make_module)(), bool is_attribute) {
  makers()[std::string(name)] = make_module;
  if (!is_attribute) by_import_alone().insert(std::string(name));
}
Value import_module(std::string_view name) { return import_dotted(std::string(name), true); }
void forget_modules() {
  loaded().clear();
  for (Str* name : g_late_builtins) builtins_dict().erase(Value::object(name));
  g_late_builtins.clear();
}
void name_what_is_absent(const Module& module, Str* name) {
  if (is_absent(module.name, name->text)) fail("AttributeError", module.name, ".", name->text, " is not part of nabla yet");
}
const Value* loaded_name(const char* module, std::string_view name) {
  const auto found = loaded().find(module);
  return found == loaded().end() ? nullptr : found->second->dict->find(intern(name));
}

Value import_for_statement(Str* name, bool leaf) { return import_dotted(name->text, leaf); }

Value import_from(const Value& module, Str* name) {
  auto* object = static_cast<Module*>(module.as_object());
  if (const Value* found = object->dict->find(name)) return *found;
  if (const Value* found = find_late(*object, name)) return *found;
  if (Module* submodule = find_module(cat(object->name, ".", name->text))) return Value::object(submodule);
  if (object->missing) {
    try {
      object->missing(*object, name);
    } catch (Error& error) {
      error.kind = "ImportError";
      throw;
    }
  }
  fail("ImportError", "cannot import name '", name->text, "' from '", object->name, "' (unknown location)");
}

void import_star(const Value& value, Dict& into) {
  auto& module = *static_cast<Module*>(value.as_object());
  if (module.populate) std::exchange(module.populate, nullptr)(module);
  const Dict& names = *module.dict;
  if (const Value* all = module.dict->find(intern("__all__"))) {
    for (const Value& name : to_vector(*all)) into.set(intern(*text_of(name)), get_attribute(value, intern(*text_of(name))));
    return;
  }
  for (const Dict::Entry& entry : names.entries) {
    const std::string* name = text_of(entry.key);
    if (name && (*name)[0] != '_') into.set(intern(*name), entry.value);
  }
}

}  // namespace nabla
