// Frames and generators: the machine's own view of what is running.
#pragma once
#include "python/code.h"
#include "python/function.h"

namespace nabla {

struct Generator;

/// The TypeErrors of a Python function that is given too many arguments, or too few. `were`: more about what was given.
[[noreturn]] void too_many_arguments(std::string_view function, std::size_t least, std::size_t most, const std::string& were);
[[noreturn]] void missing_arguments(std::string_view function, const char* kind, const std::vector<std::string_view>& names);

/// How a frame was entered, and so what its return (or yield) does.
enum class Entry : std::uint8_t {
  call,       // from Python: the result goes into a register of the frame before
  construct,  // an __init__: the new object is the result
  sign,       // a method of an operator sign; the instruction before the caller's pc still holds the operands. NotImplemented asks on
  answer,     // a method that some other instruction asks, which is before the caller's pc: settle() finishes it with the result
  memo,       // a function with a cache: the result is remembered
  native,     // from C++: Interpreter::run returns
  module_,    // a cell: the run is finished
  iterate,    // a generator, for for_iter
  next,       // a generator, for next(), send() and throw(): the end raises StopIteration
  delegate,   // a generator, for yield from
  closing     // the same, closed with the one that delegates to it: whatever it returns, that one ends too
};

/// One activation. Its registers follow it in memory.
struct Frame {
  Frame* back = nullptr;
  const Code* code = nullptr;
  Function* function = nullptr;    // owned; null for a module
  const Instruction* pc = nullptr;  // the next instruction; stored before anything that can call out
  Dict* globals = nullptr;          // owned
  Value handled;                    // the exception that an except block here is handling
  Value instance;                   // construct: the new object; memo: the Memo and the key
  Generator* generator = nullptr;   // whose frame this is
  std::uint16_t result = 0;         // the register of the frame before that gets the result
  Entry entry = Entry::call;
  std::uint16_t first_temporary = 0;  // these three are the code's
  const Value* constants = nullptr;
  Site* sites = nullptr;              // the code is shared, what its sites remember is not part of it

  Value* registers() noexcept { return reinterpret_cast<Value*>(this + 1); }
  std::uint32_t instruction() const noexcept { return static_cast<std::uint32_t>(pc - code->instructions.data()); }
  /// The place of the instruction before pc: the one that runs.
  const Place& place() const noexcept {
    const std::uint32_t i = instruction();
    return code->places[code->place_of[i ? i - 1 : 0]];
  }
};
static_assert(sizeof(Frame) % alignof(Value) == 0);

// Note [Spare frames]
// A frame that is left goes back to its code, emptied, for the next call: what does not change from call to call stays in place. The spare
// ones hang together by `back`, and go with the code.
Frame* new_frame(const Code* code);
inline Frame* make_frame(const Code* code, Function* function, Dict* globals) {
  Frame* frame = code->spare;
  if (frame) {
    code->spare = frame->back;
    frame->back = nullptr;
  } else {
    frame = new_frame(code);
  }
  frame->pc = code->instructions.data();
  frame->entry = Entry::call;
  frame->globals = globals;
  frame->function = function;
  if (function) function->retain();
  return frame;
}
/// Releases what the frame holds, and the frame.
inline void free_frame(Frame* frame) noexcept {
  const Code* code = frame->code;
  Value* registers = frame->registers();
  for (Value* end = registers + code->registers; registers != end; ++registers) *registers = Value();
  frame->handled = Value();
  frame->instance = Value();
  frame->generator = nullptr;
  Function* function = frame->function;
  frame->back = code->spare;
  code->spare = frame;
  if (function) function->release();  // last: it owns the code
}

struct Generator final : Container {
  Frame* frame = nullptr;  // owned; null once it has finished
  bool running = false;
  bool started = false;
  Value name, qualname;
  Value result;  // what it returned, until StopIteration takes it
  explicit Generator(Frame* frame);
  ~Generator() override;
  void clear() override;
  static Type* class_type() noexcept;
};

}  // namespace nabla
