// The module _machine: what only the machine knows, for the modules gc, inspect, sys and traceback, which are Python.
#include "python/interpreter.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

const Exception& exception(const Value* p) { return self_as<Exception>(p[0]); }

/// Of each frame, the innermost first: its names, its globals, its code and its line.
Value frames(const Value*) {
  std::vector<Value> all;
  for (Frame* frame = const_cast<Frame*>(Machine::current().frame()); frame; frame = frame->back) {
    if (frame->code->source) all.push_back(tuple({locals_of(*frame), Ref<Dict>(frame->globals), Ref<Code>(const_cast<Code*>(frame->code)), integer(frame->place().line)}));
  }
  return list(std::move(all));
}

/// What inspect has to know of a function's code: its parameters (positional, of these without a name, keyword-only, * and **), whether it makes a
/// generator, its first line, and the file with its text.
Value about(const Value* p) {
  const Code& code = self_as<Code>(p[0]);
  const auto flag = [&](Code::Flags one) { return Value::boolean(code.flags & one); };
  return tuple({integer(code.positional), integer(code.positional_only), integer(code.keyword_only), flag(Code::var_positional), flag(Code::var_keyword),
                flag(Code::generator), integer(code.first_line), string(code.source->filename), string(code.source->text)});
}

constexpr Method kFunctions[] = {
    {"frames()", frames},
    {"about(code)", about},
    {"collect()", [](const Value*) { return integer(static_cast<std::int64_t>(collect_cycles(true))); }},
    {"handled()", [](const Value*) {
       const Value handled = handled_exception(Machine::current().frame());
       return handled.is_undefined() ? Value::none() : handled;
     }},
    {"format(exception)", [](const Value* p) { return string(format_traceback(exception(p), false)); }},
    {"format_only(exception)", [](const Value* p) { return string(format_exception_only(exception(p), false)); }},
};

}  // namespace

void fill_machine(Dict& names) { add_functions(names, kFunctions); }

}  // namespace nabla
