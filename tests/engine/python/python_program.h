// Runs a Python program on a machine of its own, for the tests of this folder.
#pragma once
#include <string>
#include <string_view>

#include "python/machine.h"

namespace nabla {

struct Ran {
  std::string output;  // stdout and stderr together
  std::string error;   // the traceback of what nothing caught
  std::uint64_t steps = 0;
};

/// `slice`: so many instructions at a time.
inline Ran run_program(std::string_view source, std::uint64_t slice = 1'000'000, std::uint64_t step_limit = 100'000'000) {
  Machine machine;
  Ran ran;
  machine.step_limit = step_limit;
  machine.context = &ran;
  machine.on_output = [](void* context, std::string_view text, bool) { static_cast<Ran*>(context)->output += text; };
  Diagnostics diagnostics;
  const Ref<Code> code = compile(source, "test.py", 0, Mode::script, false, diagnostics);
  if (!code) {
    ran.error = format_traceback(*static_cast<Exception*>(diagnostics.error.as_object()));
    return ran;
  }
  machine.start(code);
  while (machine.run(slice) == RunState::running) {
  }
  ran.steps = machine.steps();
  if (machine.error()) ran.error = format_traceback(*machine.error());
  return ran;
}

}  // namespace nabla
