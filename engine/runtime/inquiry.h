// Inquiry: Python text of nabla's own (of the check, of the optimizer lab, of a test) beside a program, that asks it questions while it
// runs. Knows the machine and autograd; what it is told about documents is nothing.
//
// Note [Inquiries]
// To see how a result depends on a leaf, the program is run again with that leaf moved. What to move, when to look and what to make of it is
// said in Python, in a namespace of its own. It may define
//   before_pass(number, roots, seeds, names)   called before each backward pass of the program (from 1); `names` are those that the program's
//                                              own text can read there
//   at_end(names), at_error(text, names)       called when the program ended, or an exception ended it
// and it finds there
//   answer(value)            hands a value on, as a line of JSON (numbers as the trace has them, a tensor as {"shape", "values"})
//   evaluate(text, names)    the value of a Python expression
//   first_use(tensor)        the number of the first use of the tensor with the elements that it has now; None if there was none
//   again(moves)             runs the program anew from its top. A move (use, element, value) sets an element of the tensor that is used then,
//                            just before it is. Uses count the tensors that operators are applied to, in order: until the first move a program
//                            does the same each time, so a number from one run holds in the next.
//   finish()                 ends the run
// A move changes the memory behind autograd's back: versions, graphs and what was computed before stay as they are. So a tensor in the middle of
// a computation can be moved like a leaf, and what follows from it follows from the moved one.
// While the inquiry's own text runs, nothing is counted.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "python/exception.h"
#include "python/machine.h"
#include "runtime/runtime.h"
#include "tensor/tensor.h"

namespace nabla {

class Inquiry {
 public:
  using Answer = void (*)(void* context, std::string_view line);
  enum class Next : std::uint8_t { nothing, again, finish };

  Inquiry(Questions questions, Answer answer, void* context);
  ~Inquiry();
  Inquiry(const Inquiry&) = delete;
  Inquiry& operator=(const Inquiry&) = delete;

  bool has_begun() const noexcept { return static_cast<bool>(names_); }
  /// Runs the text. Raises what it raises.
  void begin();
  /// Calls what the text defines for it, if it does.
  void at_end();
  void at_error(std::string_view text);
  /// Is this exception the one by which the inquiry broke the program off? Raises what went wrong in the inquiry itself.
  bool broke_off(const Exception& exception) const;
  Next next() const noexcept { return next_; }
  /// The program starts over, with the moves that were asked for.
  void start_over();

 private:
  struct Move {
    std::uint64_t use;
    std::int64_t element;
    double value;
  };
  struct Slot {
    TensorImpl* x = nullptr;  // null when free
    std::uint64_t first_use = 0;
    std::uint32_t version = 0;
  };
  friend struct InquiryFunctions;

  void before_pass(std::span<const Tensor> roots, std::span<const Tensor> seeds);
  void used(TensorImpl& x, bool overwritten);
  void ask(const char* name, std::initializer_list<Value> args);
  Value evaluate(const std::string& text, const Ref<Dict>& names);
  Slot& slot_of(TensorImpl& x);
  void forget_tensors();

  static Inquiry* current_;

  const Questions questions_;
  const Answer answer_;
  void* const context_;
  Ref<Dict> names_;
  std::unordered_map<std::string, Ref<Code>> compiled_;
  std::vector<Move> moves_, next_moves_;  // by use
  std::size_t moved_ = 0;                 // of moves_
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::uint64_t uses_ = 0;
  std::int64_t passes_ = 0;
  bool asking_ = false;
  Next next_ = Next::nothing;
  Value fault_;  // the exception that the inquiry's own text ended in
};

}  // namespace nabla
