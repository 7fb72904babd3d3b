// What a hot loop becomes: one round of it as a straight list of operations on slots, and the machine that runs rounds. Knows neither
// Python nor graphs. See Note [Hot loops] in hot_loop.cpp.
#pragma once
#include <cstdint>
#include <vector>

#include "ops/opdef.h"
#include "optim/optimizer.h"

namespace nabla::hot {

/// A float32 (f), a float64 or Python float (d), or a Python int (i): which, the operations know.
union Slot {
  float f;
  double d;
  std::int64_t i;
};
using SlotNumber = std::uint16_t;

// f_, d_, i_: the type that is computed in. A check ends the round where it does not hold; it has changed nothing then but slots.
#define NABLA_HOT_OPERATIONS(X)                                                                                                   \
  X(f_add) X(f_sub) X(f_mul) X(f_div) X(f_neg) X(f_call) /* b: unused where the rule takes one; c: index into f_rules */          \
  X(d_add) X(d_sub) X(d_mul) X(d_div) X(d_neg) X(d_call)                                                                          \
  X(i_add) X(i_sub) X(i_mul) /* all three checked: the product for overflow */ X(i_floordiv) X(i_mod) X(i_neg) X(d_power)         \
  X(f_of_d) X(f_of_i) X(d_of_f) X(d_of_i)                                                                                         \
  X(f_lt) X(f_le) X(f_eq) X(f_ne) X(f_gt) X(f_ge) /* check that `a op b` is what `to` says */                                     \
  X(d_lt) X(d_le) X(d_eq) X(d_ne) X(d_gt) X(d_ge) X(i_lt) X(i_le) X(i_eq) X(i_ne) X(i_gt) X(i_ge)                                 \
  X(is_small) /* check: a is an int of 48 bits */ X(is_finite) /* check */                                                        \
  X(slope) /* a: index into slopes */ X(update) /* a: index into updates */ X(append) /* a: index into logs; b */

enum class Operation : std::uint16_t {
#define NABLA_HOT_NAME(name) name,
  NABLA_HOT_OPERATIONS(NABLA_HOT_NAME)
#undef NABLA_HOT_NAME
};

struct Instruction {
  Operation operation;
  SlotNumber to, a, b;
  std::uint16_t c;
};

/// The gradients of an operator, by its OpDef::slopes: gx goes to `to`, gy behind it.
struct SlopeCall {
  Slopes rule;
  DType dtype;
  bool needs_y;
  SlotNumber to, g, x, y, z, out;
};

/// One parameter's step by the optimizer's own rule, on tensors that stand in for it, its gradient and its state.
struct UpdateCall {
  static constexpr std::size_t kMaxState = 8, kMaxOptions = 16;
  const OptimizerDef* def;
  Tensor parameter, gradient, state[kMaxState];
  double options[kMaxOptions];
  SlotNumber in[2 + kMaxState];   // parameter, gradient, state
  SlotNumber out[2 + kMaxState];
};

/// A slot that a round begins with another value than the round before; `from` holds it at the end of a round.
struct Carry {
  SlotNumber slot, from;
  std::int32_t from_carry;  // the carry whose slot `from` is, or -1
};

struct Program {
  std::vector<Instruction> code;
  std::vector<Slot> slots;
  std::vector<Carry> carries;
  std::vector<Slot> before;  // what the slots of `carries` were when the last whole round began
  std::vector<float (*)(float, float)> f_rules;
  std::vector<double (*)(double, double)> d_rules;
  std::vector<SlopeCall> slopes;
  std::vector<UpdateCall> updates;
  std::vector<std::vector<Slot>> logs;  // what rounds append to lists

  /// Does the operations from `begin`; false where a check does not hold.
  bool run(std::size_t begin);
  /// Puts the end of a round where the next begins.
  void advance();
  /// Does at most so many rounds; gives how many were whole.
  std::uint64_t run_rounds(std::uint64_t most);
};

}  // namespace nabla::hot
