// What is written in Python: the files in a layer's folder lib/, compiled in as texts by CMakeLists.txt. A text is compiled to code when it
// first runs, and spans never point into it. See Note [Texts].
#pragma once
#include <string_view>

#include "base/late.h"
#include "python/object.h"

namespace nabla {

struct LibraryText {
  std::string_view name;  // of the file, without ".py"; empty at the end of a list
  std::string_view text;
};
/// engine/python/lib: each a module of that name.
extern const LibraryText kPythonLibrary[];

/// The text of that name; null when there is none.
const LibraryText* find_text(const LibraryText* list, std::string_view name);
/// Runs a text in the namespace of a module. Its code is kept for later runs.
void run_text(Module& module, const LibraryText& text);
/// The same in a new module.
Ref<Module> run_text(std::string_view module, const LibraryText& text);
/// The builtin of that name that is written in Python (lib/builtins.NAME.py, or a function in lib/builtins._rare.py), made if need be for this run. Null when there is none.
const Value* late_builtin(Str* name);
/// A name of a module that was not made with it: of a submodule, or made by Module::populate. Null when there is none.
const Value* find_late(Module& module, Str* name);

/// For Module::missing: an AttributeError that says so, where the module has the name in CPython or matplotlib (lib/_absent.py) but not here.
void name_what_is_absent(const Module& module, Str* name);
/// A name of a module that this run has imported; null when it has not, or there is none.
const Value* loaded_name(const char* module, std::string_view name);

// Note [Texts]
// In wasm the texts, and other data marked NABLA_LATE, lie in the second file (docs/architecture.md, "Two files"), whose memory is filled when it is loaded. So
// they may be read only by functions that are in that file too: those that no program of the profile runs.

}  // namespace nabla
