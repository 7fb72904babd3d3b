// Where the program's own text stands while a library runs on its behalf: see Probe::own_path.
#include "python/frame.h"
#include "python/machine.h"
#include "runtime/own_path.h"

namespace nabla {

std::uint64_t own_path() {
  const Frame* frame = Machine::current().frame();
  if (!frame || !frame->code->source->is_library) return 0;
  std::uint64_t path = 0;
  for (; frame; frame = frame->back) {
    if (frame->code->source->is_library) continue;
    path = (path ^ (reinterpret_cast<std::uintptr_t>(frame->code) + frame->instruction())) * 0x9E3779B97F4A7C15;
    path ^= path >> 29;
  }
  return path | 1;
}

}  // namespace nabla
