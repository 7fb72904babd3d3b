// The standard modules: one function each that fills a new module's namespace. The list is in modules.cpp.
#pragma once
#include "python/builtins/functions.h"
#include "python/builtins/support.h"

namespace nabla {

void fill_math(Dict& names);
void fill_random(Dict& names);
void fill_time(Dict& names);
void fill_timeit(Dict& names);
void fill_sys(Dict& names);
void fill_itertools(Dict& names);
void fill_functools(Dict& names);
void fill_collections(Dict& names);
void fill_collections_abc(Dict& names);
void fill_numbers(Dict& names);
void fill_operator(Dict& names);
void fill_copy(Dict& names);
void fill_typing(Dict& names);
void fill_string(Dict& names);
void fill_future(Dict& names);
void fill_files(Dict& names);
void fill_pcre(Dict& names);
void fill_machine(Dict& names);

/// random's generator at its fixed seed: the start of a run.
void reset_random();

inline void add_value(Dict& names, std::string_view name, Value value) { names.set(intern(name), std::move(value)); }

}  // namespace nabla
