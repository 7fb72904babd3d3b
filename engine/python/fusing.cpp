// Finds the instructions that may run as one. See Note [Fused] in code.h.
#include "python/code.h"

namespace nabla {
namespace {

bool is_sign(Op op) { return op >= Op::add && op <= Op::pow; }

/// What the load of a global variable at `i` becomes, with at least three instructions there; load_global where nothing fits.
Op fused(const Instruction* i) {
  const Instruction &next = i[1], &last = i[2];
  const std::uint16_t value = i->a;
  switch (next.op) {
    case Op::set_attribute: return next.a == value && next.c != value ? Op::set_attribute_of_global : Op::load_global;
    case Op::load_method:
      if (next.b != value) return Op::load_global;
      return last.op == Op::call_method && last.a == next.a && last.b == 0 ? Op::call_method_of_global : Op::load_method_of_global;
    case Op::load_global: return is_sign(last.op) && last.b == value && last.c == next.a ? Op::sign_of_globals : Op::load_global;
    default: return is_sign(next.op) && (next.b == value) != (next.c == value) ? Op::sign_of_global : Op::load_global;
  }
}

}  // namespace

void fuse(Code& code) noexcept {
  auto& instructions = code.instructions;
  for (std::size_t i = 0; i + 2 < instructions.size(); ++i) {
    if (instructions[i].op == Op::load_global && instructions[i].a >= code.first_temporary) instructions[i].op = fused(&instructions[i]);
  }
}

}  // namespace nabla
