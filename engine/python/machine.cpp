// The machine as the outside sees it: starting code, running slices, limits, where the program stands.
#include "python/machine.h"

#include <algorithm>

#include "python/builtins/builtins.h"
#include "python/frame.h"
#include "python/hot_loop.h"
#include "python/interpreter.h"
#include "python/open_types.h"
#include "python/visible.h"
#include "python/warnings.h"

namespace nabla {
namespace {

Machine* g_current = nullptr;
std::uint32_t g_nested = 0;
// So deep may native code and Python code call each other. Each level costs the C++ stack about two kilobytes, of wasm's one megabyte.
constexpr std::uint32_t kMostNested = 200;
// What nested code, which cannot be interrupted, is given at a time between two looks at the limit.
constexpr std::int64_t kNestedSlice = 1000;

std::string with_commas(std::uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

/// Its place is the instruction that would be next: the one before it in the code need not have run.
Value step_limit_error(Frame& frame, std::uint64_t limit) {
  ++frame.pc;
  return to_exception(Error{"StepLimitError", cat("the program was stopped after ", with_commas(limit), " steps"), {}});
}

}  // namespace

NativeCall::NativeCall() {
  if (g_nested >= kMostNested) fail("RecursionError", "maximum recursion depth exceeded");
  ++g_nested;
}
NativeCall::~NativeCall() { --g_nested; }

Machine::Machine() {
  init_python();
  g_current = this;
  reset_warnings();
  reset_builtins();
  make_main();
}

Machine::~Machine() {
  reset();
  globals_ = nullptr;
  if (g_current == this) g_current = nullptr;
}

Machine& Machine::current() noexcept { return *g_current; }
bool Machine::exists() noexcept { return g_current; }

void Machine::start(const Ref<Code>& code) {
  code_ = code;
  back_edges_ = hot_loops.first();
  frame_ = make_frame(code.get(), nullptr, globals_.get());
  frame_->entry = Entry::module_;
  depth_ = 1;
  state_ = RunState::running;
  error_ = Value();
}

RunState Machine::run(std::uint64_t budget) {
  if (state_ != RunState::running) return state_;
  g_current = this;
  const WarningHandler handler_before = set_warning_handler(python_warning);
  Frame* bottom = frame_;
  while (bottom->back) bottom = bottom->back;
  Interpreter interpreter{*this};
  Value result;
  try {
    const std::uint64_t allowed = steps_ < step_limit ? step_limit - steps_ : 0;
    if (allowed == 0) {
      const Value error = step_limit_error(*frame_, step_limit);
      interpreter.unwind(error, bottom, true);
      throw Raise{error};
    }
    slice_ = left_ = static_cast<std::int64_t>(std::min<std::uint64_t>(budget, allowed));
    if (interpreter.execute(bottom, false, result)) state_ = RunState::finished;
  } catch (const Raise& raise) {
    error_ = raise.value;
    state_ = RunState::failed;
  }
  steps_ = steps();
  slice_ = left_ = 0;
  if (state_ != RunState::running) {
    frame_ = nullptr;
    code_ = nullptr;
    depth_ = 0;
  }
  set_warning_handler(handler_before);
  return state_;
}

void Machine::offer_loop() { back_edges_ = hot_loops.after > 0 && hot_loops.enter ? std::max(hot_loops.enter(*this, *frame_, left_), 1) : hot_loops.first(); }

/// Nested code has used up the slice: it gets some more, if the limit allows.
void Machine::refill() {
  steps_ = steps();
  slice_ = left_ = 0;
  if (steps_ >= step_limit) throw Raise{step_limit_error(*frame_, step_limit)};
  slice_ = left_ = static_cast<std::int64_t>(std::min<std::uint64_t>(kNestedSlice, step_limit - steps_));
}

const Exception* Machine::error() const noexcept { return error_.is_object() ? static_cast<const Exception*>(error_.as_object()) : nullptr; }

void Machine::set_error(Value exception) {
  error_ = std::move(exception);
  state_ = RunState::failed;
}

void Machine::reset() {
  if (hot_loops.forget) hot_loops.forget();
  while (frame_) {
    Frame* frame = std::exchange(frame_, frame_->back);
    if (Generator* generator = frame->generator) {
      generator->running = false;
      generator->frame = nullptr;
      free_frame(frame);
      generator->release();
    } else {
      free_frame(frame);
    }
  }
  error_ = Value();
  code_ = nullptr;
  state_ = RunState::idle;
  steps_ = 0;
  slice_ = left_ = 0;
  depth_ = 0;
  forget_modules();
  reset_warnings();
  globals_ = nullptr;
  close_open_types();
  clear_containers();
  reset_builtins();
  make_main();
}

void Machine::make_main() {
  globals_ = make<Dict>();
  globals_->set(names::name, string("__main__"));
  globals_->set(names::doc, Value::none());
}

// ------------------------------------------------------------------------------------------ where the program stands

namespace {

/// The innermost frame that runs the program's own text.
const Frame* own_frame(const Frame* frame) noexcept {
  while (frame && frame->back && frame->code->source->is_library) frame = frame->back;
  return frame;
}

}  // namespace

SourceSpan Machine::span() const noexcept {
  const Frame* frame = own_frame(frame_);
  return frame ? to_span(*frame->code->source, frame->place()) : SourceSpan{};
}
Place Machine::place() const noexcept {
  const Frame* frame = own_frame(frame_);
  return frame ? frame->place() : Place{};
}
const Code* Machine::code() const noexcept {
  const Frame* frame = own_frame(frame_);
  return frame ? frame->code : nullptr;
}

std::uint64_t Machine::call_path() const noexcept {
  std::uint64_t path = 0;
  for (const Frame* frame = frame_; frame; frame = frame->back) {
    path = (path ^ (reinterpret_cast<std::uintptr_t>(frame->code) + frame->instruction())) * 0x9E3779B97F4A7C15;
    path ^= path >> 29;
  }
  return path;
}

const char* Machine::sign() const noexcept {
  static const char* const kSigns[] = {"+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"};
  static const char* const kCompare[] = {"<", "<=", "==", "!=", ">", ">="};
  if (!frame_ || frame_->instruction() == 0) return nullptr;
  const Op op = frame_->pc[-1].op;
  if (op >= Op::add && op <= Op::bit_xor) return kSigns[static_cast<unsigned>(op) - static_cast<unsigned>(Op::add)];
  if (op >= Op::iadd && op <= Op::ibit_xor) return kSigns[static_cast<unsigned>(op) - static_cast<unsigned>(Op::iadd)];
  if (op >= Op::lt && op <= Op::ge) return kCompare[static_cast<unsigned>(op) - static_cast<unsigned>(Op::lt)];
  if (op >= Op::unless_lt && op <= Op::if_ge) return kCompare[(static_cast<unsigned>(op) - static_cast<unsigned>(Op::unless_lt)) % 6];
  if (op == Op::neg) return "-";
  if (op == Op::pos) return "+";
  if (op == Op::invert) return "~";
  return nullptr;
}

Value current_globals() {
  const Frame* frame = Machine::current().frame();
  return frame ? Value::object(frame->globals) : Value::object(&Machine::current().globals());
}

namespace {

void add_locals(Frame& frame, Dict& locals) {
  for (std::size_t i = 0; i < frame.code->local_names.size(); ++i) {
    Value value = frame.registers()[i];
    if (const auto* cell = as<Cell>(value)) value = cell->value;
    if (!value.is_undefined() && frame.code->local_names[i]->text[0] != '.') locals.set(frame.code->local_names[i], value);
  }
}

}  // namespace

Value locals_of(Frame& frame) {
  if (!frame.function) return Value::object(frame.globals);
  if (frame.code->flags & Code::class_body) return frame.registers()[0];
  auto locals = make<Dict>();
  add_locals(frame, *locals);
  return locals;
}

Value current_locals() {
  Frame* frame = Machine::current().frame();
  return frame ? locals_of(*frame) : current_globals();
}

Ref<Dict> visible_names() {
  Machine& machine = Machine::current();
  auto out = make<Dict>();
  auto* frame = const_cast<Frame*>(own_frame(machine.frame()));
  for (const Dict::Entry& entry : (frame ? *frame->globals : machine.globals()).entries) {
    if (!entry.key.is_undefined()) out->set(entry.key, entry.value);
  }
  if (frame && frame->function && !(frame->code->flags & Code::class_body)) add_locals(*frame, *out);
  return out;
}

// --------------------------------------------------------------------------------------------------------- source texts

Source::Source(std::string filename, std::string the_text, std::uint32_t cell) : filename(std::move(filename)), text(std::move(the_text)), cell(cell), ascii(true) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && (text[i] & 0x80)) ascii = false;
    if (i < text.size() && text[i] != '\n') continue;
    std::string_view one = std::string_view(text).substr(begin, i - begin);
    if (!one.empty() && one.back() == '\r') one.remove_suffix(1);
    lines.push_back(one);
    begin = i + 1;
  }
}

std::string_view Source::line(std::uint32_t number) const noexcept {
  return number >= 1 && number <= lines.size() ? lines[number - 1] : std::string_view{};
}

SourceSpan to_span(const Source& source, const Place& place) noexcept {
  SourceSpan span{source.cell, place.line, place.column, place.end_line, place.end_column};
  if (source.ascii) return span;
  const auto utf16 = [&source](std::uint32_t line, std::uint32_t bytes) {
    std::uint32_t units = 0;
    for (const char c : source.line(line).substr(0, bytes)) {
      if ((c & 0xC0) != 0x80) units += (c & 0xF8) == 0xF0 ? 2 : 1;  // beyond the basic plane: a surrogate pair
    }
    return units;
  };
  span.column = utf16(place.line, place.column);
  span.end_column = utf16(place.end_line, place.end_column);
  return span;
}

}  // namespace nabla
