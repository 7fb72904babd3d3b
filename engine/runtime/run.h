// Run: one document on its way through the machine, from open() to the next. It owns the machine and the recorder, and gives
// back all that the engine holds when it ends.
#pragma once
#include <memory>

#include "python/machine.h"
#include "runtime/inquiry.h"
#include "runtime/recorder.h"
#include "runtime/runtime.h"
#include "runtime/trace.h"

namespace nabla {

class Run {
 public:
  Run(Document document, const Limits& limits, bool record);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Before the first step.
  void inquire(Questions questions);
  Status step(std::uint64_t budget);
  std::vector<OutputChunk> take_output() { return std::exchange(pending_, {}); }
  std::string snapshot();
  std::string describe(std::string_view path);
  void hold_at(std::int64_t loop, std::uint64_t rounds) {
    hold_loop_ = loop;
    hold_rounds_ = rounds;
  }
  bool held() const noexcept { return held_; }
  int exit_status() const noexcept { return exit_status_; }

 private:
  /// The code of one cell, compiled, or what keeps it from running.
  struct Compiled {
    Ref<Code> code;
    Diagnostics diagnostics;
  };

  void advance(std::uint64_t budget);
  void compile_script();
  Compiled compile_cell(std::size_t index);
  /// Starts the next code cell; false when there is none.
  bool start_cell();
  void end_cell();
  /// The program has ended, well or not, and the inquiry is asked what next: false when the run goes on from the top.
  bool is_over(const Exception* exception);
  void fail_with(const Exception& exception);
  void exit_with(const Exception& exception);
  /// For faults of the engine itself, and runs that another one ended.
  void break_off(std::string kind, std::string message);
  void end();

  void output(OutputChunk::Kind kind, std::string_view text, const std::optional<SourceSpan>& span);
  /// The same for what the program prints, which is limited.
  void print(OutputChunk::Kind kind, std::string_view text, const std::optional<SourceSpan>& span);
  void show_figure(std::string_view json);
  void say_notes(const std::vector<Note>& notes);
  void stored(Str* name, const Value& value, bool module_level);
  void begin_round(const Value& iterator);
  std::optional<SourceSpan> span_of(const Exception& exception) const;
  bool is_script() const noexcept { return document_.kind == Document::Kind::script; }
  bool compiles_first() const noexcept { return is_script() && !document_.live; }

  static Run* active_;  // the one that the engine's state belongs to

  Document document_;
  const Limits limits_;
  const bool record_;
  RunReport report_;
  std::vector<OutputChunk> pending_;
  std::unique_ptr<Machine> machine_;  // null once the run has ended
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Inquiry> inquiry_;
  std::string last_trace_;            // after the end
  std::vector<Compiled> compiled_;    // a script's, all of them
  std::vector<Ref<Code>> begun_;      // of the cells so far: the recorder tells places by where their code lies, so it must stay there
  std::vector<Ref<Source>> sources_;  // of the document, as distinct from those of Python's own library
  std::optional<Value> waiting_error_;  // a syntax error further down in the cell that now runs
  std::size_t cell_ = 0;              // the one that runs, or else the next
  bool in_cell_ = false;
  std::size_t printed_ = 0;
  std::size_t figures_ = 0;
  int exit_status_ = 0;
  std::int64_t hold_loop_ = -1;  // hold when this loop has done so many rounds; -1: never
  std::uint64_t hold_rounds_ = 0;
  bool held_ = false;
};

}  // namespace nabla
