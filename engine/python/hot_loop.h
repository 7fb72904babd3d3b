// Loops that go round often. The machine counts back edges and hands a loop over, now and then; who takes it lies above this layer
// (torch/hot), so it is reached through pointers.
#pragma once
#include <cstdint>
#include <limits>

namespace nabla {

class Machine;
struct Frame;

struct HotLoops {
  /// After how many back edges a loop is first handed over: a prime, so that of loops inside each other each gets its turn. 0: never.
  static constexpr std::int32_t kAfter = 61;
  std::int32_t after = kAfter;
  /// A loop is about to begin another round: `frame`, the innermost, stands at its first instruction. May do any number of whole rounds, and
  /// leaves all as if the machine had run them, `left` too (what is left of the slice). Says after how many back edges it wants to be asked again.
  std::int32_t (*enter)(Machine& machine, Frame& frame, std::int64_t& left) = nullptr;
  /// The end of a run: the code that it knew may go.
  void (*forget)() = nullptr;

  std::int32_t first() const { return enter && after > 0 ? after : std::numeric_limits<std::int32_t>::max(); }
};
inline HotLoops hot_loops;

}  // namespace nabla
