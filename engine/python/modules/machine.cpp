// The module _machine: what only the machine knows, for the modules gc, sys and traceback, which are Python.
#include "python/interpreter.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

const Exception& exception(const Value* p) { return self_as<Exception>(p[0]); }

constexpr Method kFunctions[] = {
    {"collect()", [](const Value*) { return integer(static_cast<std::int64_t>(collect_cycles(true))); }},
    {"handled()", [](const Value*) {
       const Value handled = handled_exception(Machine::current().frame());
       return handled.is_undefined() ? Value::none() : handled;
     }},
    {"format(exception)", [](const Value* p) { return string(format_traceback(exception(p))); }},
    {"format_only(exception)", [](const Value* p) { return string(format_exception_only(exception(p))); }},
};

}  // namespace

void fill_machine(Dict& names) { add_functions(names, kFunctions); }

}  // namespace nabla
