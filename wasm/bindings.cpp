// What JavaScript sees of the engine: the class Runtime, and plain data going in and out. wasm/src/engine.ts is the only caller.
// A document is handed over cell by cell (`addCell`), then started (`open`): strings and numbers only, so nothing needs freeing
// but the Runtime itself.
#include <emscripten/bind.h>

#include <limits>
#include <string>
#include <utility>

#include "runtime/runtime.h"

namespace {

using namespace nabla;
using emscripten::val;

class Session {
 public:
  void add_cell(bool is_code, std::string source) {
    next_.cells.push_back({is_code ? Document::Cell::Kind::code : Document::Cell::Kind::markdown, std::move(source)});
  }

  /// A line for input().
  void add_input(std::string line) { next_.input.push_back(std::move(line)); }

  /// Opens the cells added since the last call. Limits come as JavaScript's numbers; a negative one stands for the default.
  void open(bool is_script, std::string name, double steps, double memory, double recursion, double output, bool record, bool live) {
    next_.kind = is_script ? Document::Kind::script : Document::Kind::notebook;
    next_.live = live;
    next_.name = std::move(name);
    Limits limits;
    set(limits.steps, steps);
    set(limits.memory, memory);
    set(limits.recursion, recursion);
    set(limits.output, output);
    runtime_.open(std::exchange(next_, {}), limits, record);
  }

  /// Inquires into the cells added since the last call. A negative limit stands for the default.
  void inquire(bool is_script, std::string name, std::string text, bool wide, double steps, double memory) {
    next_.kind = is_script ? Document::Kind::script : Document::Kind::notebook;
    next_.name = std::move(name);
    Limits limits;
    set(limits.steps, steps);
    set(limits.memory, memory);
    runtime_.inquire(std::exchange(next_, {}), {std::move(text), wide}, limits);
  }

  /// 0 running, 1 done, 2 error.
  int step(double budget) { return static_cast<int>(runtime_.step(static_cast<std::uint64_t>(budget))); }

  int exit_status() { return runtime_.exit_status(); }

  val take_output() {
    static const char* const kKinds[] = {"stdout", "result", "warning", "error", "note", "figure"};
    val list = val::array();
    for (OutputChunk& chunk : runtime_.take_output()) {
      val item = val::object();
      item.set("kind", std::string(kKinds[static_cast<int>(chunk.kind)]));
      item.set("cell", chunk.cell);
      item.set("text", std::move(chunk.text));
      list.call<void>("push", item);
    }
    return list;
  }

  std::string snapshot() { return runtime_.snapshot(); }

  void hold_at(double loop, double rounds) { runtime_.hold_at(static_cast<std::int64_t>(loop), static_cast<std::uint64_t>(rounds)); }
  bool held() { return runtime_.held(); }

  std::string describe(std::string path) { return runtime_.describe(path); }

 private:
  template <class Integer>
  static void set(Integer& limit, double value) {
    constexpr double kMost = static_cast<double>(std::numeric_limits<Integer>::max());
    if (value >= 0) limit = value < kMost ? static_cast<Integer>(value) : std::numeric_limits<Integer>::max();
  }

  Runtime runtime_;
  Document next_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(nabla) {
  emscripten::class_<Session>("Runtime")
      .constructor<>()
      .function("addCell", &Session::add_cell)
      .function("addInput", &Session::add_input)
      .function("open", &Session::open)
      .function("inquire", &Session::inquire)
      .function("step", &Session::step)
      .function("exitStatus", &Session::exit_status)
      .function("takeOutput", &Session::take_output)
      .function("holdAt", &Session::hold_at)
      .function("held", &Session::held)
      .function("describe", &Session::describe)
      .function("snapshot", &Session::snapshot);
}
