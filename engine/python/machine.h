// The machine: runs Code on frames that live on the heap, in slices. One for each Runtime; Machine::current() is the one running.
// This header is what runtime and torch may use; how it is done is in frame.h and machine*.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "python/code.h"
#include "python/exception.h"
#include "python/object.h"

namespace nabla {

struct Frame;
struct Function;
struct Generator;

/// A hint about the source that is not an error: "%matplotlib inline" is ignored, and the like.
struct Note {
  std::uint32_t cell, line;
  std::string text;
};

/// live: a script of which the statements above a syntax error are compiled, as of a notebook. expression: one, as for eval(); the code returns its value.
enum class Mode : std::uint8_t { script, live, notebook, expression };

/// What compile() has to say besides the code.
struct Diagnostics {
  std::vector<Note> notes;
  Value error;              // the SyntaxError, when there is one; undefined else
  bool runs_first = false;  // not of a script: the statements above the error were compiled, and are to run before it is raised
};

/// Compiles one cell or file. Null when nothing of it can run. With `record`, stores are reported to on_store.
Ref<Code> compile(std::string_view source, std::string filename, std::uint32_t cell, Mode mode, bool record, Diagnostics& diagnostics);

/// Says how the module of that (dotted) name is made. It is, when a run first imports it; then it lasts for that run. Once a process. One that is no
/// attribute of its package can only be imported.
void register_module(std::string_view name, Ref<Module> (*make)(), bool is_attribute = true);
/// The module of that name, made if need be; ModuleNotFoundError when there is none.
Value import_module(std::string_view name);
/// The modules of this run are made anew when imported again.
void forget_modules();

enum class RunState : std::uint8_t { idle, running, finished, failed };

class Machine {
 public:
  Machine();
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// The machine that is running, or was made last.
  static Machine& current() noexcept;
  static bool exists() noexcept;

  // ------------------------------------------------------------------------------------------------------------- running

  /// Readies one code cell to run in `__main__`, which lasts from one call to the next. Nothing of it has run yet.
  void start(const Ref<Code>& code);
  /// Runs about `budget` instructions of it. After finished or failed it does nothing until the next start().
  RunState run(std::uint64_t budget);
  /// To be called from a hook: the slice ends with the instruction that runs. Code that runs nested goes on to its end.
  void pause() noexcept {
    slice_ -= left_;
    left_ = 0;
  }
  /// After failed: the exception that nothing caught.
  const Exception* error() const noexcept;
  /// Makes `exception` the one that nothing caught (a SyntaxError at its turn).
  void set_error(Value exception);
  /// The end of a run: drops frames and namespaces, clears all containers. Leaves a fresh `__main__`.
  void reset();

  /// Instructions executed so far: the deterministic clock of a run.
  std::uint64_t steps() const noexcept { return steps_ + static_cast<std::uint64_t>(slice_ - left_); }
  std::uint64_t step_limit = 200'000'000;
  std::uint32_t recursion_limit = 1000;
  /// The namespace of `__main__`.
  Dict& globals() noexcept { return *globals_; }

  // --------------------------------------------------------------------------------------------------------------- hooks

  void* context = nullptr;  // whoever set the hooks finds himself again
  void (*on_output)(void* context, std::string_view text, bool to_stderr) = nullptr;
  /// The program shows a figure, as JSON (wasm/src/figure.ts), which begins with its id: one with the same id takes the earlier one's place.
  void (*on_figure)(void* context, std::string_view json) = nullptr;
  /// The value of a notebook cell's last expression statement; not called for None or after a trailing ';'.
  void (*on_result)(void* context, const Value& value) = nullptr;
  /// A name was bound, in code compiled with `record`: at module level, or in a function.
  void (*on_store)(void* context, Str* name, const Value& value, bool module_level) = nullptr;
  /// A loop begins another round, in code compiled with `record`. The iterator of a for, which has given its item; None of a while.
  void (*on_round)(void* context, const Value& iterator) = nullptr;
  /// A warning, as CPython prints it ("FILE:LINE: UserWarning: ...\n  source\n"), with its place.
  void (*on_warning)(void* context, std::string_view text, const SourceSpan& span) = nullptr;

  // ---------------------------------------------------------------------------------------------- where the program stands

  /// The place of the instruction now running, in the innermost Python frame. Cheap.
  SourceSpan span() const noexcept;
  /// Where it was called from, and so on up: equal for the same instruction reached along the same calls.
  std::uint64_t call_path() const noexcept;
  const Code* code() const noexcept;
  /// The operator sign that the running instruction stands for ("+", also for "+="); null for a call.
  const char* sign() const noexcept;
  /// The line and source of the innermost Python frame (0 when nothing runs).
  Place place() const noexcept;

  // ------------------------------------------------------------------------------------------- for the rest of this layer

  Value call_function(Function* function, Args args);
  /// next(), send() or throw() of a generator, to its next yield; undefined when it has finished (see Generator::result).
  Value resume(Generator* generator, Value sent, bool raise);
  void write(std::string_view text, bool to_stderr) {
    if (on_output) on_output(context, text, to_stderr);
  }
  Frame* frame() const noexcept { return frame_; }

 private:
  friend struct Interpreter;
  void refill();
  /// Asks hot_loops, and for when it wants to be asked again. The frame stands at the first instruction of a loop's round.
  void offer_loop();
  void make_main();
  Ref<Dict> globals_;
  Ref<Code> code_;             // of the cell that runs
  Frame* frame_ = nullptr;
  std::uint64_t steps_ = 0;    // used up in slices before this one
  std::int64_t slice_ = 0;     // what this slice began with
  std::int64_t left_ = 0;      // what is left of it
  std::int32_t back_edges_ = 0;  // until hot_loops is asked
  std::uint32_t depth_ = 0;    // Python frames
  RunState state_ = RunState::idle;
  Value error_;
};

/// Bounds the C++ stack: native code that calls back makes one of these, and gets a RecursionError before the stack overflows.
struct NativeCall {
  NativeCall();
  ~NativeCall();
  NativeCall(const NativeCall&) = delete;
  NativeCall& operator=(const NativeCall&) = delete;
};

}  // namespace nabla
