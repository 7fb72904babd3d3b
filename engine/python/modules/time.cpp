// The modules time and timeit (default_timer alone). The clock is the embedder's (set_clock); sleeping takes no time here, since nothing else waits for it.
#include <chrono>

#include "python/modules/modules.h"

namespace nabla {
namespace {

double system_clock() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}
Clock g_clock = system_clock;

/// perf_counter() and the like start near zero, as they may.
double elapsed() {
  static const double start = g_clock();
  return g_clock() - start;
}

Value nanoseconds(double seconds) { return integer(static_cast<std::int64_t>(seconds * 1e9)); }

Value sleep(const Value* p) {
  if (to_double(p[0]) < 0) fail("ValueError", "sleep length must be non-negative");
  return Value::none();
}

constexpr Method kFunctions[] = {
    {"time()", [](const Value*) { return Value::number(g_clock()); }},
    {"time_ns()", [](const Value*) { return nanoseconds(g_clock()); }},
    {"perf_counter()", [](const Value*) { return Value::number(elapsed()); }},
    {"perf_counter_ns()", [](const Value*) { return nanoseconds(elapsed()); }},
    {"process_time()", [](const Value*) { return Value::number(elapsed()); }},
    {"monotonic()", [](const Value*) { return Value::number(elapsed()); }},
    {"sleep(secs, /)", sleep},
};

}  // namespace

void set_clock(Clock clock) noexcept { g_clock = clock ? clock : system_clock; }

void fill_time(Dict& names) { add_functions(names, kFunctions); }

void fill_timeit(Dict& names) {
  add_value(names, "default_timer", native("perf_counter()", [](const Value*) { return Value::number(elapsed()); }));
}

}  // namespace nabla
