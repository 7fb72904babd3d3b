// Which loops are recorded, when, and for how long it is tried.
//
// Note [Hot loops]
// A loop over a small graph does the same few operations on single numbers in each round, and nobody looks at the objects that it makes and
// drops on the way. So once a loop has gone round often, one round of it is recorded as a straight list of operations on slots (Recorder),
// while nothing happens to the program itself; then the machine runs that round as ever, and what it leaves is held against what the
// recording says (Plan::holds). From there rounds are run on the slots alone.
//
// A round is a transaction. Where a check ends one (another branch, the end of the range), or the slice is used up, the state in which the
// last whole round began is put back into the variables and tensors, and the machine runs that round once more, and goes on. So
// every object that anybody can see afterwards (a loss with its graph, gradients, an exception with its traceback) is made by the machine. For
// that, all that a round reads of what the round before made must be such state: numbers in variables, tensors of one element that are
// changed in place, ranges, lists that numbers are appended to. What is not (another tensor in the same variable, a graph that grows from
// round to round, objects made and kept) is not recorded.
//
// Nothing is recorded while somebody watches: a trace, hooks, anomaly mode, forward mode, wide floats, code that runs nested in native code.
#include "torch/hot/hot_loop.h"

#include <algorithm>
#include <memory>

#include "autograd/backward.h"
#include "ops/operands.h"
#include "python/hot_loop.h"
#include "tensor/wide.h"
#include "torch/hot/plan.h"
#include "torch/torch.h"

namespace nabla::hot {

Stats stats;

namespace {

struct Loop {
  const nabla::Instruction* head;
  std::uint32_t failures = 0;  // in a row
  std::uint32_t short_runs = 0;
};
constexpr std::size_t kMostLoops = 64;
constexpr std::uint32_t kMostFailures = 6, kMostShortRuns = 8, kShortRun = 16;
constexpr std::int32_t kPatience = 1000;  // back edges of inner loops until the round that was recorded is over

std::vector<Loop> g_loops;
std::unique_ptr<Plan> g_plan;
std::int32_t g_patience = 0;

bool is_watched(const Machine& machine, const Frame& frame) {
  if (machine.on_store || machine.on_round || op_observer || operand_observer || before_in_place || before_failure || update_observer || backward_observer || pass_observer ||
      detach_observer || anomaly.enabled || leaf_hooks_exist || inference_mode() || floats_are_wide() || Internal::active()) {
    return true;
  }
  for (const Frame* at = &frame; at; at = at->back) {
    if (at->entry == Entry::native || at->generator) return true;
  }
  return false;
}

Loop& loop_at(const nabla::Instruction* head) {
  for (Loop& one : g_loops) {
    if (one.head == head) return one;
  }
  if (g_loops.size() == kMostLoops) g_loops.erase(g_loops.begin());
  return g_loops.emplace_back(Loop{head});
}

/// A loop that cannot be recorded is left alone for longer each time; but in tests it is tried again and again.
bool in_tests() { return hot_loops.after < HotLoops::kAfter; }
std::int32_t later(const Loop& loop) { return in_tests() ? hot_loops.after : hot_loops.after << std::min(loop.failures, 8u); }
bool is_hopeless(const Loop& loop) { return !in_tests() && (loop.failures >= kMostFailures || loop.short_runs >= kMostShortRuns); }

std::int32_t run(Loop& loop, Plan& plan, std::int64_t& left) {
  const std::uint64_t rounds = plan.run(left);
  if (rounds > 0) ++stats.entered;
  stats.rounds += rounds;
  if (rounds >= kShortRun) loop.failures = loop.short_runs = 0;
  else ++loop.short_runs;
  return rounds < 2 ? 1 : 2;  // the machine runs one round again, and one that is out of the ordinary
}

std::int32_t enter(Machine& machine, Frame& frame, std::int64_t& left) {
  if (is_watched(machine, frame)) {
    g_plan = nullptr;
    return hot_loops.after * 4;
  }
  if (g_plan) {
    if (!g_plan->is_due(machine, frame)) {
      if (--g_patience > 0) return 1;
      g_plan = nullptr;
      return hot_loops.after;
    }
    const std::unique_ptr<Plan> plan = std::move(g_plan);
    Loop& loop = loop_at(frame.pc);
    if (plan->holds()) return run(loop, *plan, left);
    ++stats.mistaken;
    loop.failures = kMostFailures;
    return hot_loops.after;
  }
  Loop& loop = loop_at(frame.pc);
  if (is_hopeless(loop)) return hot_loops.after << kMostFailures;
  try {
    g_plan = std::make_unique<Plan>(machine, frame);
    g_patience = kPatience;
    ++stats.recorded;
    return 1;
  } catch (const GiveUp& reason) {
    stats.gave_up = reason.why;
  } catch (...) {
    stats.gave_up = "an error";
  }
  ++loop.failures;
  return later(loop);
}

void forget() {
  g_plan = nullptr;
  g_loops.clear();
}

}  // namespace

void serve_hot_loops() { hot_loops.enter = enter, hot_loops.forget = forget; }

}  // namespace nabla::hot
