// The door: every call goes to the run now open.
#include "runtime/runtime.h"

#include "runtime/run.h"

namespace nabla {

Runtime::Runtime() = default;
Runtime::~Runtime() = default;

void Runtime::open(Document document, const Limits& limits, bool record) {
  run_ = nullptr;  // first: the engine holds one run at a time
  run_ = std::make_unique<Run>(std::move(document), limits, record);
}

void Runtime::inquire(Document document, Questions questions, const Limits& limits) {
  run_ = nullptr;
  run_ = std::make_unique<Run>(std::move(document), limits, false);
  run_->inquire(std::move(questions));
}

Status Runtime::step(std::uint64_t budget) { return run_ ? run_->step(budget) : Status::done; }

std::vector<OutputChunk> Runtime::take_output() { return run_ ? run_->take_output() : std::vector<OutputChunk>(); }

std::string Runtime::snapshot() { return run_ ? run_->snapshot() : trace_json({}, nullptr, nullptr); }

void Runtime::hold_at(std::int64_t loop, std::uint64_t rounds) {
  if (run_) run_->hold_at(loop, rounds);
}

bool Runtime::held() const { return run_ && run_->held(); }

std::string Runtime::describe(std::string_view path) { return run_ ? run_->describe(path) : "null"; }

int Runtime::exit_status() const { return run_ ? run_->exit_status() : 0; }

}  // namespace nabla
