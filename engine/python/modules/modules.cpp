// The list of standard modules.
#include "python/modules/modules.h"

namespace nabla {
namespace {

struct Entry {
  std::string_view name;
  void (*fill)(Dict&);
};
constexpr Entry kModules[] = {
    {"math", fill_math},
    {"random", fill_random},
    {"time", fill_time},
    {"timeit", fill_timeit},
    {"sys", fill_sys},
    {"itertools", fill_itertools},
    {"_functools", fill_functools},
    {"_collections", fill_collections},
    {"collections.abc", fill_collections_abc},
    {"numbers", fill_numbers},
    {"operator", fill_operator},
    {"copy", fill_copy},
    {"_typing", fill_typing},
    {"string", fill_string},
    {"__future__", fill_future},
    {"_files", fill_files},
    {"_pcre", fill_pcre},
    {"_machine", fill_machine},
};

}  // namespace

Ref<Module> make_standard_module(std::string_view name) {
  for (const Entry& entry : kModules) {
    if (entry.name != name) continue;
    auto module = make<Module>(std::string(name));
    entry.fill(*module->dict);
    return module;
  }
  return nullptr;
}

void reset_builtins() { reset_random(); }

}  // namespace nabla
