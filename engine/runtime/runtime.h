// Runtime: the only door to the engine. Open a document, run it in slices, read what it printed and the trace it left.
// Nothing is thrown through here: what goes wrong in the program is part of the trace.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nabla {

struct Document {
  struct Cell {
    enum class Kind : std::uint8_t { code, markdown };
    Kind kind = Kind::code;
    std::string source;  // UTF-8
  };
  /// A script is one file: no echo, a syntax error anywhere stops it before it starts, tracebacks name `name`.
  /// A notebook echoes the last expression of each cell and runs up to the first error; tracebacks name "<cell N>".
  enum class Kind : std::uint8_t { script, notebook };
  Kind kind = Kind::notebook;
  std::string name = "nabla";
  std::vector<Cell> cells;
  std::vector<std::string> input;  // the lines that input() reads, one a call; EOFError when there are no more
  bool live = false;  // someone is writing at it: what stands above a script's syntax error runs first, too
};

/// What a run may use. Every limit ends the run with a Python exception of its own (in brackets) that names the line.
struct Limits {
  std::uint64_t steps = 200'000'000;          // instructions (StepLimitError)
  std::size_t memory = 512u * 1024 * 1024;    // bytes of tensors and objects (MemoryError)
  std::uint32_t recursion = 1000;             // Python calls (RecursionError)
  std::size_t output = 1024 * 1024;           // bytes printed (OutputLimitError)
  std::size_t figures = 60;                   // shown (OutputLimitError)
  std::size_t figure = 1024 * 1024;           // bytes of one (OutputLimitError)
};

enum class Status : std::uint8_t { running, done, error };

/// A piece of output, in the order in which it came. Kinds as in trace.ts.
struct OutputChunk {
  enum class Kind : std::uint8_t { stdout_, result, warning, error, note, figure };
  Kind kind;
  std::uint32_t cell;
  std::string text;
};

/// Python text that runs beside a program and asks it questions. See Note [Inquiries] in runtime/inquiry.h.
struct Questions {
  std::string text;   // UTF-8
  bool wide = false;  // float32 is float64, with the same random numbers
};

class Run;

class Runtime {
 public:
  Runtime();
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Drops the run before, and readies this document. The engine holds one run at a time: that of another Runtime is ended, and
  /// leaves its last trace. Nothing of it has run yet. `record`: keep a trace of every operator.
  void open(Document document, const Limits& limits = {}, bool record = true);
  /// The same without a trace, and with what the program prints thrown away: what `questions` answer is the output, a line of JSON each.
  void inquire(Document document, Questions questions, const Limits& limits = {});
  /// Runs at most about `budget` instructions, and says how things stand. After done or error it does nothing.
  Status step(std::uint64_t budget);
  /// What was printed since the last call.
  std::vector<OutputChunk> take_output();
  /// The trace as JSON (wasm/src/trace.ts is its schema). May be asked at any time, also in the middle of a run.
  std::string snapshot();
  /// Holds the run when this loop (by its place in the trace's list) has done so many rounds and is about to begin another: step() comes
  /// back early, and held() is true until the next. A negative loop: never. Only while recording.
  void hold_at(std::int64_t loop, std::uint64_t rounds);
  bool held() const;
  /// What a dotted name means in the program as far as it ran, as JSON (Description in wasm/src/description.ts); "null" when it means nothing.
  /// The empty name stands for all names in sight.
  std::string describe(std::string_view path);
  /// What a process would exit with: 0, after an uncaught exception 1, after sys.exit(n) n.
  int exit_status() const;

 private:
  std::unique_ptr<Run> run_;
};

}  // namespace nabla
