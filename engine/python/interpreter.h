// The inside of the machine: what its files share. interpreter.cpp dispatches instructions, calls.cpp enters and leaves frames,
// unwind.cpp finds handlers, generators.cpp resumes generators, attributes.cpp caches lookups.
#pragma once
#include "python/exception.h"
#include "python/frame.h"
#include "python/machine.h"
#include "python/names.h"
#include "python/slots.h"

namespace nabla {

struct Interpreter {
  Machine& m;

  /// Runs from the machine's frame until `stop` returns or yields (then true, and `result` is set), or until the slice is used up
  /// (then false; never when `nested`). Throws Raise when an exception leaves `stop`.
  bool execute(Frame* stop, bool nested, Value& result);

  /// The inner loop: runs from the machine's frame until it meets an instruction that only the general loop can do, or until the slice is
  /// used up. May throw. Called through `quick`: wasm-opt would put a function with one caller into that caller, try blocks and all.
  void run_quick();
  static void (*quick)(Interpreter& self);
  /// The return from a frame that Python code called: drops it, and puts the value into the frame before. From an operator's method:
  /// asks the other operand where the value is NotImplemented, and drops the operands.
  void leave(Frame* frame, Value value);
  /// Enters the method in Python that the instruction before the frame's pc asks of its operands, where there is a plain one: an item, a
  /// comparison, `in`, a truth, a text, len(), repr(), str(). False: nobody was entered. See Note [Answers] in answers.cpp.
  bool ask();
  /// The same for an attribute: a property's function, or __getattr__.
  bool ask_attribute(Site& site);
  /// Finishes the instruction before the frame's pc with what the method gave.
  void settle(Entry entry, Value value);
  /// Enters `function` for the instruction before the frame's pc with these arguments, and empties its temporaries.
  void enter_method(Function* function, const Value& self, const Value* other, std::uint16_t result, Entry entry);

  /// Calls what lies in `callee` with the arguments at `args` (moved from), self already among them. Either enters a frame, or puts the
  /// result into the current frame's register. `room`: the register before args is free for a self.
  void call(Value callee, Value* args, std::uint32_t positional, const Tuple* keywords, std::uint16_t result, bool room);
  void call_function(Function* function, Value* args, std::uint32_t positional, const Tuple* keywords, std::uint16_t result, Entry entry, Value instance);
  void call_spread(Value* base, std::uint16_t result);
  void enter(Frame* frame);
  /// Puts a frame for `function` on top, which takes_plainly() so many arguments; they are the caller's to fill in.
  Frame* push(Function* function, std::uint32_t count, std::uint16_t result, Entry entry);
  /// Puts a generator's frame on top, and hands it `sent`.
  void enter_generator(Generator* generator, Value sent, Entry entry, std::uint16_t result);
  /// Raises `exception` where a suspended generator stands, passing it on to the generator that it delegates to.
  [[noreturn]] void throw_into(Generator* generator, Value exception, Entry entry, std::uint16_t result);
  /// Suspends the frame of a generator, and those that delegate to it, and delivers the value. True: it was resumed by native code.
  bool yield(Frame* frame, Value value, Value& result);
  /// The end of a generator: drops its frame and tells whoever resumed it. True: that was native code (`value` is what it returned).
  bool finish_generator(Frame* frame, Value& value);
  /// One step of `yield from`.
  enum class Delegated : std::uint8_t { entered, finished, yielded };
  Delegated delegate(Value* r, const Instruction& i, Value& value);

  /// Finds the handler of an exception, dropping frames down to `stop`. False: it left `stop`, which is dropped too.
  bool unwind(const Value& exception, Frame* stop, bool add_entry);
  void set_context(Exception& exception);

  Value load_attribute(const Value& object, Site& site);
  /// For object.name(...): the function, and in `self` the object when it is a method found on the class; else `self` stays undefined.
  Value load_method(const Value& object, Site& site, Value& self);
  /// For object.name(...): the method of a native class, where the name stands for one and the object has none of its own; else null.
  const NativeFunction* find_method(const Value& object, Site& site);
  void store_attribute(const Value& object, Site& site, const Value& value);
  Value load_global(Frame* frame, Site& site);
  /// Makes the site show where the variable's value lies, in a new entry if need be.
  void place_global(Frame* frame, Site& site);
  [[noreturn]] void missing_global(Frame* frame, Str* name);
  void make_function(Frame* frame, const Instruction& i, Value* r);
  void unpack(const Value& value, Value* out, std::uint32_t count);
  void unpack_star(const Value& value, Value* out, std::uint32_t before, std::uint32_t after);
  void make_class(Value* r, const Instruction& i, Str* name);
  Value raise_operand(const Value& value, const char* mistake = "exceptions must derive from BaseException");
  void with_enter(const Value& manager, Value* out);
};

void load_closure(Frame* frame, const Function& f);

inline Frame* Interpreter::push(Function* function, std::uint32_t count, std::uint16_t result, Entry entry) {
  Frame* const frame = make_frame(function->code.get(), function, function->globals.get());
  const std::uint32_t all = frame->code->positional;
  for (std::uint32_t n = count; n < all; ++n) frame->registers()[n] = function->defaults[n + function->defaults.size() - all];
  if (!function->closure.empty()) load_closure(frame, *function);
  frame->result = result;
  frame->entry = entry;
  frame->back = m.frame_;
  m.frame_ = frame;
  ++m.depth_;
  return frame;
}

/// What ** does in a call (`callee` for its errors) or a dict display.
void merge_dict(Dict& into, const Value& other, const Value* callee);
/// What * does in a call (`callee` for its errors) or a display.
void extend_list(std::vector<Value>& into, const Value& source, const Value* callee);
/// The names of a frame: of a function a new dict.
Value locals_of(Frame& frame);
/// ascii(value).
std::string ascii_of(const Value& value);
void bind_arguments(Frame* frame, const Function& f, Args args);
Value import_for_statement(Str* name, bool leaf);
/// How messages name what is called: "__main__.f()".
std::string callee_words(const Value& callee);
Value import_from(const Value& module, Str* name);
void import_star(const Value& module, Dict& into);
/// The exception that the code now running is handling, or undefined.
Value handled_exception(const Frame* frame);
/// Is the exception of the class, or of one of the classes in the tuple?
bool exception_matches(const Value& exception, const Value& classes);

}  // namespace nabla
