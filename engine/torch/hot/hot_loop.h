// Hot loops: see Note [Hot loops] in hot_loop.cpp.
#pragma once
#include <cstdint>

namespace nabla::hot {

/// What became of hot loops since the process began; for tests.
struct Stats {
  std::uint64_t recorded = 0, entered = 0, rounds = 0;
  std::uint64_t mistaken = 0;       // recordings that the machine did not confirm
  const char* gave_up = "";         // why the last recording ended
};
extern Stats stats;
/// Offers the machine what is here. Once a process.
void serve_hot_loops();

}  // namespace nabla::hot
