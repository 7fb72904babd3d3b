// The trace as JSON; wasm/src/trace.ts is its schema, field by field.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "python/code.h"
#include "runtime/recorder.h"
#include "runtime/runtime.h"

namespace nabla {

struct Output {
  OutputChunk::Kind kind;
  std::string text;
  std::optional<SourceSpan> span;
};

struct CellState {
  enum class Status : std::uint8_t { markdown, waiting, running, done, error };
  Status status = Status::waiting;
  std::vector<Output> outputs;
};

struct RunError {
  std::string kind, message;
  std::vector<std::string> notes;
  std::string traceback;
  std::optional<SourceSpan> span;
};

/// How a run stands, apart from what the recorder knows.
struct RunReport {
  Status status = Status::done;
  std::uint64_t steps = 0;
  std::vector<CellState> cells;
  std::optional<RunError> error;
  std::optional<SourceSpan> position;  // while it runs
};

/// `globals`: the namespace of the program; null when there is none yet. `recorder`: null when nothing is recorded.
std::string trace_json(const RunReport& report, const Dict* globals, const Recorder* recorder);

}  // namespace nabla
