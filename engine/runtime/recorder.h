// The recorder: watches operators, backward passes and names while a program runs, and keeps what the trace will tell of them.
// Its cost is what counts: in the steady state an operator is a look-up and a few plain writes, and nothing is allocated.
//
// Note [Places]
// A place is an instruction reached along one path of calls, and if the instruction applies several operators, which of them. A
// place keeps how often it ran and what its last run did. So a loop, however long, takes as much room as its body.
// In a library (nn.Sequential's loop over its layers) that would make one of many: there the runs of an instruction within one step of the
// program's own text (an episode) are places of their own, up to kMostAtOnce.
//
// Note [Slots]
// What is known of a tensor stands in a slot. A slot lives as long as the last run of some place speaks of its tensor, as an operand or a
// result; it outlives the tensor, whose last state is written down when it dies. A tensor that no place speaks of any more loses its slot,
// though it may live on: so there are never more slots than places have operands and results.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "autograd/backward.h"
#include "ops/opdef.h"
#include "optim/optimizer.h"
#include "python/code.h"
#include "runtime/module_call.h"
#include "runtime/preview.h"

namespace nabla {

struct Str;

/// Where the program stands, asked of the machine.
struct Probe {
  std::uint64_t (*own_path)();  // the same of the program's own text, where a library runs on its behalf; else 0
  std::uint64_t (*path)();   // equal for the same instruction reached along the same calls
  std::uint64_t (*clock)();  // grows with every instruction
  SourceSpan (*span)();
  const char* (*sign)();     // the operator sign that the instruction stands for; null for a call
  std::string (*called)();   // the name that the source calls there; empty when there is none
  std::vector<ModuleCall> (*modules)();  // the calls of torch.nn modules that are running, the outermost first
};

class Recorder {
 public:
  /// Places of operators, and places where names are bound, beyond which nothing new is recorded.
  static constexpr std::uint32_t kMostOperations = 4000, kMostBindings = 4000;
  static constexpr std::uint32_t kMostHistories = 100, kMostLoops = 100;
  /// Operands of one operator that are kept.
  static constexpr std::uint32_t kMostOperands = 32;
  /// Operators that one instruction applies and that are told apart (sum() of a list of tensors).
  static constexpr std::uint32_t kMostAtOnce = 32;
  /// The same of backward(create_graph=True).
  static constexpr std::uint32_t kMostInPass = 1000;
  static constexpr std::size_t kHistoryValues = 256;
  /// Places from which backward passes start, and those that step an optimizer; nodes of one pass, parameters of one step.
  static constexpr std::size_t kMostPasses = 32, kMostUpdates = 32;
  static constexpr std::uint32_t kMostSteps = 300, kMostChanges = 64;
  static constexpr int kNames = 4;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// A node's trace id says which run of which place made it; places beyond 18 bits cannot occur.
  static constexpr int kPlaceBits = 18;
  static_assert((kMostOperations + 1) * (kMostOperands + 1) + kMostBindings < 1u << kPlaceBits);

  /// One argument of an operator: a tensor by its slot, or anything else.
  struct Operand {
    std::uint32_t slot = kNone;
    std::uint8_t parameter = 0;  // its index in the signature
    Arg value;
  };

  /// Where an operator is applied, or (without `def`) where a tensor came from that no operator made.
  struct Place {
    const OpDef* def = nullptr;
    std::uint64_t key = 0;
    std::uint32_t next = kNone;  // the place that came after it the last time: most often it comes again, and need not be looked up
    std::uint8_t signature = 0;
    bool in_place = false;
    bool shares = false;         // its results showed the memory of its first operand when it ran last
    bool grad_mode = true;       // was a graph being built when it ran last?
    const char* sign = nullptr;
    std::string called;          // for indexing, and operators with a name of PyTorch's own ("_reshape_alias"): what the program wrote
    SourceSpan span;
    std::uint32_t first_id = 0;  // of its first result in the trace
    std::uint32_t pass = 0, order = 0;  // of the last backward pass that went through its last run
    std::uint64_t count = 0;
    std::uint64_t last = 0;      // when it ran last
    std::uint64_t episode = 0;   // in which it ran last
    std::uint32_t left_out = 0;  // operands beyond kMostOperands
    std::vector<Operand> operands;
    std::vector<std::uint32_t> results;  // slots
    std::vector<ModuleCall> modules;     // in whose calls it ran first
    bool in_pass = false;                // backward(create_graph=True) applies it
    bool in_library = false;             // a library applies it on behalf of the program
    std::unique_ptr<Preview> before;     // of an operator in place: its first operand, before the last run
  };

  struct Slot {
    const TensorImpl* living = nullptr;  // null once it has died
    std::uint32_t refs = 0;
    std::uint32_t place = kNone;  // whose result it is
    std::uint32_t result = 0;     // which
    std::uint64_t made = 0;
    std::uint8_t name_count = 0;
    bool requires_grad = false, is_leaf = true, retains_grad = false, grad_is_kept = false;  // of a dead one
    Str* names[kNames];                   // the newest last
    const std::string* grad_fn = nullptr; // the printed name of what made it, for a dead one
    std::uint32_t grad_pass = 0;
    std::uint32_t accumulated = 0;        // passes that were added up in its .grad since that was last empty or zero
    std::uint32_t gradient_of = kNone;    // it is the .grad of the tensor in this slot
    std::uint64_t owner_made = 0;
    Preview value;  // of a dead one
    Dims strides;   // of a dead one
    std::int64_t offset = 0;
    Preview grad;   // what flowed through it last; of a dead one that kept its gradient, that
    std::unique_ptr<Preview> tangent;  // of one that is dead, or whose level of forward mode was closed
  };

  /// The numbers bound to one name at one place.
  struct History {
    std::vector<double> values;  // every `stride`-th
    std::uint64_t stride = 1;  // a power of two
    double last = 0;
    DType dtype = DType::float64;  // of Python's numbers
    bool counts = true;  // integers that rise by one: no news to anybody
  };
  /// A tensor as it was then: the slot may speak of another one now.
  struct Subject {
    std::uint32_t slot = kNone;
    std::uint64_t made = 0;
  };
  /// Where a name is bound.
  struct Binding {
    std::uint64_t key;
    Str* name;
    bool module_level;
    SourceSpan span;
    std::uint32_t next = kNone;  // as in Place
    std::uint64_t last = 0;      // when it ran last
    std::uint64_t numbers = 0;   // how many numbers were bound
    double number = 0;           // the first of them
    std::uint32_t history = kNone;
    bool is_number = false;      // the last value: a Python number, or a tensor (or, with neither, something else)
    DType dtype = DType::float64;
    double last_number = 0;
    Subject tensor;
  };
  /// A loop of the program, reached along one path of calls.
  struct Loop {
    std::uint64_t key;
    SourceSpan span;
    std::uint64_t rounds = 0;    // that began, all times together
    std::int64_t round = -1;     // that began the last time, and how many there will be; -1 where the iterator does not know
    std::int64_t of = -1;
  };

  /// One node of a backward pass.
  struct Step {
    std::uint32_t place = kNone;  // kNone: a leaf's sink
    std::uint64_t run = 0;        // which run of the place; an earlier one than the last, if it is not Place::last
    std::uint32_t output = 0;
    bool stores = false;
    bool in_numbers = false;      // then `number` and `numbers` hold what gradient, before and outs would, all of one type and rank
    std::uint8_t rank = 0;
    DType dtype = DType::float32;
    std::uint32_t out_count = 0;  // edges
    std::uint32_t has = 0;        // a bit for each of `numbers` that is there
    double number = 0;
    double numbers[4];            // a leaf's .grad before, or what goes out along each edge
    Subject leaf;
    Preview gradient;
    Preview before;               // a leaf's .grad
    std::vector<Preview> outs;    // for each edge
    struct Other {
      std::uint32_t output;
      Preview gradient;
    };
    std::vector<Other> others;    // the gradients of the outputs behind `output`, of those that have one

    Preview incoming() const { return in_numbers ? as_preview(number) : gradient; }
    Preview leaf_before() const { return in_numbers ? numbers_at(0) : before; }
    Preview out(std::uint32_t edge) const { return in_numbers ? numbers_at(edge) : outs[edge]; }

   private:
    Preview as_preview(double value) const {
      Preview out;
      out.set(value, rank, dtype);
      return out;
    }
    Preview numbers_at(std::uint32_t i) const { return has >> i & 1 ? as_preview(numbers[i]) : Preview(); }
  };
  /// A place from which backward passes start, and the last of them.
  struct Pass {
    std::uint64_t key;
    SourceSpan span;
    std::uint32_t number = 0;
    std::uint64_t last = 0, count = 0;
    std::uint32_t step_count = 0, left_out = 0;
    std::vector<Step> steps;
  };
  /// One parameter in a step of an optimizer: what the rule was given. What it made of that is kept only where it is told (LBFGS); else
  /// the trace has it worked out once more, for the last step alone: a rule works element by element, and always in the same way.
  struct Change {
    Subject parameter;
    Preview before, after, gradient;
    std::vector<Preview> state_before, state;
    std::vector<Preview> initial;     // of state that the step made: as it began
    std::vector<Preview> quantities;  // of the definition, worked out on the way
    std::vector<double> options;
    bool is_done = false;

    Change worked_out(const OptimizerDef& def) const;
  };
  /// A place where an optimizer takes steps, and the last of them.
  struct OptimizerStep {
    std::uint64_t key;
    const OptimizerDef* def;
    SourceSpan span;
    std::uint64_t clock = 0;
    std::uint64_t last = 0, count = 0;
    std::uint32_t change_count = 0, left_out = 0;
    std::vector<Change> changes;
  };
  /// The first operator that made NaN or infinity of finite numbers, forward or backward.
  struct NonFinite {
    std::uint32_t place = kNone;
    std::uint64_t run = 0;        // the how manieth run of the place
    bool is_backward = false;
    std::uint32_t edge = 0;       // backward: where it went out
    double value = 0;
    Preview gradient;             // backward: what came in
    std::vector<Preview> operands;
  };

  explicit Recorder(const Probe& probe) : probe_(probe) {}
  ~Recorder() { stop(); }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Sets and clears the hooks of the layers below. One recorder watches at a time.
  void start();
  void stop();

  /// An operator in place is about to run.
  void before(const Call& call);
  void operation(const Call& call, std::span<const Tensor> outs, bool in_place);
  void gradient(const BackwardStep& step);
  void update(const OptimizerDef& def, const Update& update, bool done);
  void detached(const Tensor& out, const Tensor& from, bool by_data);
  /// An autograd.Function stands in the trace as one operator, of a definition of its own; what it is called says its place.
  static bool is_function(const OpDef& def) noexcept;
  void dual(const Tensor& x, const Tensor& tangent, const std::vector<Tensor>& outs);
  void applied(const std::string& name, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outs, Node* node);
  void died(const TensorImpl& x);
  void lost_tangent(const TensorImpl& x, const TensorImpl& tangent);
  /// `name` was bound to a tensor, to a number, or (both null) to something else.
  /// Python's ints are int64, its floats float64.
  void bound(Str* name, bool module_level, const TensorImpl* tensor, const double* number, DType dtype);
  /// A loop begins another round: the `number`th of `of`, where those are known (else -1). Gives the loop; null when there is no room for it.
  const Loop* round(std::int64_t number, std::int64_t of);

  // ---- what the trace reads

  const std::vector<Place>& places() const noexcept { return places_; }
  const std::vector<Slot>& slots() const noexcept { return slots_; }
  const std::vector<Binding>& bindings() const noexcept { return bindings_; }
  const std::vector<History>& histories() const noexcept { return histories_; }
  const std::vector<Loop>& loops() const noexcept { return loops_; }
  const std::vector<Pass>& passes() const noexcept { return passes_; }
  const std::vector<OptimizerStep>& optimizer_steps() const noexcept { return optimizer_steps_; }
  const NonFinite& non_finite() const noexcept { return non_finite_; }
  std::uint32_t last_pass() const noexcept { return last_pass_; }
  /// The slot of a living tensor; kNone when it has none.
  std::uint32_t find(const TensorImpl& x) const noexcept;
  /// How many runs of operators, and bindings of names, were left out.
  std::uint64_t operations_left_out() const noexcept { return operations_left_out_; }
  /// Of calls that applied more than kMostAtOnce operators: the ones beyond, which are runs of the last place.
  std::uint64_t operations_rolled_up() const noexcept { return rolled_up_; }
  std::uint64_t bindings_left_out() const noexcept { return bindings_left_out_; }
  std::uint64_t histories_left_out() const noexcept { return histories_left_out_; }

 private:
  std::uint32_t open_place(std::uint64_t key, std::uint32_t results, bool* is_new);
  std::uint32_t open_slot(const TensorImpl& x, std::uint32_t place, std::uint32_t result);
  /// The slot of x; where it has none, x becomes a source, known by `key`.
  std::uint32_t slot_of(const TensorImpl& x, std::uint64_t key);
  std::uint32_t saved_as(const TensorImpl& x) const;
  /// A node's trace id: the place and its run that made it.
  void mark(Node& node, std::uint32_t place) const { node.trace_id = places_[place].last << kPlaceBits | place; }
  std::uint32_t place_of(const Node& node) const {
    const auto place = static_cast<std::uint32_t>(node.trace_id & ((1u << kPlaceBits) - 1));
    return node.trace_id && place < places_.size() ? place : kNone;
  }
  /// What a node goes back through, by the node's name: "Swish" of "SwishBackward".
  static std::string name_of(const std::string& node) { return node.substr(0, node.rfind("Backward")); }
  static bool is_last_run(const Node& node, const Place& place) { return place.last == node.trace_id >> kPlaceBits; }
  std::uint32_t source(const TensorImpl& x, std::uint64_t key);
  std::uint64_t key_in_library(std::uint64_t key);
  void set_result(std::uint32_t place, std::uint32_t result, std::uint32_t slot);
  void find_owner(Slot& slot, const TensorImpl& x, std::uint32_t before);
  std::uint32_t read_operands(const Call& call, std::uint64_t key);
  std::uint32_t open_binding(std::uint64_t key, Str* name, bool module_level);
  OptimizerStep* open_optimizer_step(const OptimizerDef& def);
  Pass* open_pass(std::uint32_t number);
  bool record_step(const BackwardStep& step, std::uint32_t place, std::uint32_t leaf);
  void record_leaf(const BackwardStep& step, Slot& slot);
  Slot* awaiting(std::uint32_t index, std::uint32_t pass);
  void find_non_finite(const Call& call, std::span<const Tensor> outs, bool in_place, const Place& place);
  void find_non_finite(const BackwardStep& step, const Place& place);
  Subject subject(std::uint32_t slot) const { return {slot, slot == kNone ? 0 : slots_[slot].made}; }
  void record_number(Binding& binding, double x, DType dtype);
  void release(std::uint32_t slot);

  const Probe probe_;
  bool watching_ = false;
  std::vector<Place> places_;
  std::vector<Slot> slots_;
  std::vector<Binding> bindings_;
  std::vector<History> histories_;
  std::vector<Loop> loops_;
  std::vector<Pass> passes_;
  std::vector<OptimizerStep> optimizer_steps_;
  NonFinite non_finite_;
  std::uint32_t pass_ = kNone;       // the one now recorded
  std::uint32_t optimizer_step_ = kNone;
  std::vector<std::uint32_t> free_;  // slots
  std::unordered_map<std::uint64_t, std::uint32_t> place_of_, binding_of_;
  std::vector<Operand> fresh_;       // the operands of the operator now recorded
  std::uint64_t now_ = 0;
  std::uint32_t last_place_ = kNone, last_binding_ = kNone, last_loop_ = kNone;
  std::uint64_t last_path_ = 0, last_clock_ = 0;
  std::uint32_t at_once_ = 0;
  Preview before_;  // what the operator in place that now runs is about to overwrite
  std::uint64_t own_path_ = 0, episode_ = 1;
  std::uint32_t next_id_ = 1;
  std::uint32_t operations_ = 0;
  std::uint32_t last_pass_ = 0;
  std::uint64_t rolled_up_ = 0;
  std::uint64_t operations_left_out_ = 0, bindings_left_out_ = 0, histories_left_out_ = 0;
};

}  // namespace nabla
