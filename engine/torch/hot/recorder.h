// The recorder: goes through one round of a loop as the machine would, on values that are slots of a Program, and writes down what it does.
// Nothing of the program's own is touched. variables.cpp keeps what the round reads and leaves behind, numbers.cpp computes with
// Python's numbers, instructions.cpp follows the code, calls.cpp its calls, tensors.cpp operators and backward(), steps.cpp optimizers.
#pragma once
#include <vector>

#include "python/frame.h"
#include "python/machine.h"
#include "torch/hot/program.h"
#include "torch/operation.h"

namespace nabla::hot {

/// Thrown where a round does something that is not written down.
struct GiveUp {
  const char* why;
};

/// What a variable holds while a round is recorded.
struct Sym {
  enum class Kind : std::uint8_t {
    undefined,
    constant,  // `value`, each round the same: a literal, None, an object
    integer,   // a Python int in slot `index`
    real,      // a Python float in slot `index`
    tensor,    // number `index` of Recorder::tensors
    iterator,  // number `index` of Recorder::iterators: made in the round
    items,     // a tuple made in the round, number `index` of Recorder::tuples
    mode       // torch.no_grad() and its like, made in the round: `index` of Recorder::modes; also its __exit__
  };
  Kind kind = Kind::undefined;
  std::uint32_t index = 0;
  Value value;

  static Sym constant(Value value) { return {Kind::constant, 0, std::move(value)}; }
  static Sym of(Kind kind, std::size_t index) { return {kind, static_cast<std::uint32_t>(index), {}}; }
  bool is(Kind wanted) const { return kind == wanted; }
  bool is_number() const { return kind == Kind::integer || kind == Kind::real || (kind == Kind::constant && (value.is_small() || value.is_float())); }
};

/// The memory of tensors: one element, that of a real tensor or made in the round.
struct Memory {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t slot = kNone;   // what it holds now
  std::uint32_t start = kNone;  // the slot it was loaded into, where the round reads what was there before
  std::uint32_t version = 0;    // changes in this round
};

/// A tensor of one element, real or made in the round.
struct SymTensor {
  static constexpr std::int32_t kUnknown = -2, kNone = -1;
  TensorImpl* real = nullptr;
  std::int32_t gradient_of = -1;  // a real one that is reached as the .grad of that tensor
  std::uint32_t memory = 0;
  std::uint32_t own_memory = 0;   // of a real one: its memory when the round began
  DType dtype = DType::float32;
  std::uint8_t rank = 0;
  bool requires_grad = false;     // of a leaf
  bool is_data = false;
  std::int32_t node = -1;
  std::int32_t grad = kNone;      // its .grad; unknown: not looked at yet
  std::int32_t grad_start = kUnknown;
};

/// A node of the graph that the round makes. An edge is the number of a node, or of a leaf below -1, or -1.
struct SymNode {
  const OpDef* def;         // null: passes its gradient on (sum, mean)
  DType dtype;
  std::uint8_t edge_mask;   // SingleForm::edges
  SlotNumber x, y, out;
  bool y_is_constant = false;
  double y_constant = 0;
  std::int32_t edges[2] = {-1, -1};
  // What it saved, and of which version.
  std::int32_t tensors[2] = {-1, -1};
  std::uint32_t memories[2], versions[2];
  std::uint32_t out_memory = 0;
  bool freed = false;
};

/// A variable: a register of the loop's frame, or an entry of a namespace.
struct Variable {
  Dict* dict;  // null: a register
  Str* name;
  std::uint16_t reg;
  Sym start, now;
  bool read = false, written = false;
};

/// The iterator of a range() that a `for` in the frame holds.
struct RangeState {
  RangeIterator* range;
  SlotNumber value_start, remaining_start, value, remaining;
};

/// Something that iterates, made in the round; its course is the same in each.
struct SymIterator {
  enum class Kind : std::uint8_t { range, list, zip, enumerate } kind;
  std::int64_t at = 0, end = 0, step = 1;
  Value list;                          // list, tuple
  std::uint32_t items = ~0u;           // or a tuple made in the round
  std::vector<std::uint32_t> parts;    // zip, enumerate
};

struct SymMode {
  bool inside, before;
};

/// Numbers that a round appends to one list.
struct Appended {
  Ref<List> list;
  std::size_t count = 0;  // a round
  std::vector<bool> real;   // each: a float, or an int
  std::vector<SlotNumber> slots;
};

/// What goes into a slot before the first round.
struct Input {
  enum class Kind : std::uint8_t { variable, range_value, range_remaining, tensor } kind;
  std::uint32_t index;
  SlotNumber slot;
};

struct SymFrame {
  const Code* code;
  const Function* function;  // null: the loop's own frame
  Dict* globals;
  const Site* sites;
  const Value* constants;
  const nabla::Instruction* pc;
  std::uint16_t result = 0;
  std::vector<Sym> registers;  // not of the loop's own frame
};

class Recorder {
 public:
  Recorder(Machine& machine, Frame& frame) : machine_(machine), base_(frame), head_(frame.pc) {}
  /// Records one round, and computes it. Throws GiveUp.
  void record();

  // What came of it.
  Program program;
  std::uint64_t steps = 0;  // instructions in a round
  std::vector<Variable> variables;
  std::vector<RangeState> ranges;
  std::vector<SymTensor> tensors;
  std::vector<Memory> memories;
  std::vector<Appended> appended;
  std::vector<Input> inputs;
  std::vector<Value> held;  // what the plan names, so that it lives
  struct Stepped {
    Value optimizer;
    std::uint32_t count;
  };
  std::vector<Stepped> stepped;

 private:
  [[noreturn]] static void give_up(const char* why) { throw GiveUp{why}; }

  // ---- variables.cpp
  Variable& variable(Dict* dict, Str* name, std::uint16_t reg);
  Sym& start_of(Variable& variable);
  const Sym& read(Dict* dict, Str* name, std::uint16_t reg);
  void write(Dict* dict, Str* name, std::uint16_t reg, Sym sym);
  Sym sym_of(const Value& value);
  RangeState& range_state(RangeIterator& range);
  /// What the round leaves must be what it began with, but for the values of slots.
  void finish();
  void finish_variables();
  void finish_tensors();
  void carry(std::uint32_t start, std::uint32_t now);

  // ---- numbers.cpp
  SlotNumber new_slot();
  SlotNumber constant_slot(double value);
  SlotNumber constant_slot(std::int64_t value);
  SlotNumber constant_slot(float value);
  /// Writes the operation down and does it. GiveUp where it is a check that does not hold.
  void emit(Operation operation, std::uint16_t to, SlotNumber a, SlotNumber b = 0, std::uint16_t c = 0);
  SlotNumber compute(Operation operation, SlotNumber a, SlotNumber b = 0, std::uint16_t c = 0);
  /// Checks that `a op b` is what it is now; says what.
  bool decide(Operation less_than, Compare op, SlotNumber a, SlotNumber b);
  SlotNumber integer_slot(const Sym& number);
  SlotNumber real_slot(const Sym& number);  // of an int too
  SlotNumber slot_in(DType dtype, const Sym& number);
  static bool is_integer(const Sym& number) { return number.is(Sym::Kind::integer) || (number.is(Sym::Kind::constant) && number.value.is_small()); }
  Sym arithmetic(Binary op, const Sym& a, const Sym& b);
  Sym negative(const Sym& a);
  bool compared(Compare op, const Sym& a, const Sym& b);
  bool truth(const Sym& a);
  /// An int as a constant: checked where it lies in a slot.
  std::int64_t fixed(const Sym& number);

  // ---- instructions.cpp
  SymFrame& frame() { return frames_.back(); }
  Sym get(std::uint16_t operand);
  Sym take(std::uint16_t operand);
  void drop(std::uint16_t operand);
  void set(std::uint16_t reg, Sym sym);
  bool is_temporary(std::uint16_t operand) { return !(operand & kConstant) && operand >= frame().code->first_temporary; }
  void step(const nabla::Instruction& i);
  Sym sign(Op op, const Sym& a, const Sym& b);
  Sym load_global(Str* name);
  Sym attribute(const Sym& object, Str* name);
  void set_attribute(const Sym& object, Str* name, const Sym& value);
  Sym item(const Sym& object, const Sym& key);
  std::vector<Sym> unpacked(const Sym& object);
  void iterate(std::uint16_t iterator, std::uint16_t into, std::int16_t exit);
  bool next(SymIterator& iterator, Sym& out);
  Sym iterator_over(const Sym& object);

  // ---- calls.cpp
  void load_method(const Sym& object, Str* name, std::uint16_t into);
  void call(const Sym& callee, std::vector<Sym> args, std::uint16_t result);
  void enter(const Function& function, std::vector<Sym> args, std::uint16_t result);
  Sym call_native(const Sym& callee, const NativeFunction& function, std::vector<Sym>& args);
  Sym call_type(const Type& type, std::vector<Sym>& args);
  Sym call_method(std::string_view name, std::uint32_t tensor);
  void append(const Sym& list, const Sym& item);

  // ---- tensors.cpp
  std::uint32_t tensor_of(TensorImpl& real, std::int32_t gradient_of = -1);
  std::uint32_t new_tensor(DType dtype, std::uint8_t rank, SlotNumber slot);
  std::uint32_t alias(std::uint32_t tensor, bool is_data);
  SlotNumber content(std::uint32_t tensor);
  bool requires_grad(const SymTensor& x) const { return x.requires_grad || x.node >= 0; }
  std::int32_t edge_to(std::uint32_t tensor) const;
  Sym apply(const SingleForm& form, const Sym& x, const Sym& y);
  Sym apply(const OperatorForms& forms, const Sym& x, const Sym& y);
  Sym apply_one(const OperatorForms& forms, const Sym& x);
  SlotNumber compute(const SingleForm& form, DType dtype, SlotNumber x, SlotNumber y, const Sym& exponent);
  Sym pass_on(const Sym& x);
  Sym in_place(const OperatorForms& forms, const Sym& self, const Sym& other);
  void overwrite(std::uint32_t tensor, SlotNumber slot);
  std::int32_t gradient(std::uint32_t tensor);
  void set_gradient(std::uint32_t tensor, std::int32_t gradient);
  Sym tensor_sign(Binary op, const Sym& a, const Sym& b, bool in_place);
  bool tensor_compared(Compare op, const Sym& a, const Sym& b);
  void backward(std::uint32_t root);
  void slopes(const SymNode& node, SlotNumber g, SlotNumber* out);
  void accumulate(std::uint32_t leaf, SlotNumber g);
  Sym item_of(std::uint32_t tensor);

  // ---- steps.cpp
  void optimizer_step(const Value& optimizer);
  void zero_grad(const Value& optimizer);

  Machine& machine_;
  Frame& base_;
  const nabla::Instruction* head_;
  std::vector<SymFrame> frames_;
  std::vector<SymNode> nodes_;
  std::vector<SymIterator> iterators_;
  std::vector<std::vector<Sym>> tuples_;
  std::vector<SymMode> modes_;
  std::vector<const Object*> looked_into_;  // lists whose items the round reads
  bool grad_enabled_ = true;
};

/// Is it a tensor that a slot can stand for: one floating element of its own, no view, with no history?
bool can_be_slot(const TensorImpl& x);

}  // namespace nabla::hot
