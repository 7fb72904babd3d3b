// OpDef: everything there is to say about one operator, in one place. Call: one application of it. Backward: what the formula of
// a gradient may read. The binding to Python, the tests, the page's explanations and the parity table derive from OpDefs.
#pragma once
#include <array>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "autograd/node.h"
#include "autograd/variable.h"
#include "tensor/tensor.h"

namespace nabla {

struct OpDef;

// ------------------------------------------------------------------------------------------------------------ arguments

/// Lists travel as counted objects, so that an argument stays 16 bytes.
struct IntList final : Object {
  Dims items;
  explicit IntList(Dims items) : items(std::move(items)) {}
};
struct TensorList final : Object {
  std::vector<Tensor> items;
  explicit TensorList(std::vector<Tensor> items) : items(std::move(items)) {}
};
struct Text final : Object {
  std::string text;
  explicit Text(std::string text) : text(std::move(text)) {}
};
/// One part of an index `x[a, b, ...]`.
struct IndexItem {
  enum class Kind : std::uint8_t { integer, slice, new_axis, ellipsis, tensor } kind;
  std::int64_t start = 0, stop = 0, step = 1;  // integer: start; slice: as Python wrote it, see has_*
  bool has_start = false, has_stop = false;
  Tensor tensor;  // int64 or bool
};
struct Index final : Object {
  std::vector<IndexItem> items;
};

/// One argument of an operator. A Python number given for a tensor stays a number.
class Arg {
 public:
  enum class Kind : std::uint8_t { none, boolean, integer, real, dtype, tensor, ints, tensors, text, index };

  Arg() noexcept : integer_(0) {}
  Arg(const Tensor& tensor) noexcept : Arg(Kind::tensor, tensor.get()) {}
  Arg(bool b) noexcept : kind_(Kind::boolean), integer_(b) {}
  Arg(int i) noexcept : kind_(Kind::integer), integer_(i) {}
  Arg(std::int64_t i) noexcept : kind_(Kind::integer), integer_(i) {}
  Arg(double d) noexcept : kind_(Kind::real), real_(d) {}
  Arg(DType dtype) noexcept : kind_(Kind::dtype), integer_(static_cast<int>(dtype)) {}
  Arg(Scalar s) noexcept;
  Arg(const Dims& items) : Arg(Kind::ints, new IntList(items)) {}
  Arg(std::vector<Tensor> items) : Arg(Kind::tensors, new TensorList(std::move(items))) {}
  Arg(std::string text) : Arg(Kind::text, new Text(std::move(text))) {}
  Arg(const Ref<Index>& index) noexcept : Arg(Kind::index, index.get()) {}
  Arg(const Arg& other) noexcept : kind_(other.kind_), version(other.version), integer_(other.integer_) {
    if (owns()) object_->retain();
  }
  Arg(Arg&& other) noexcept : kind_(std::exchange(other.kind_, Kind::none)), version(other.version), integer_(other.integer_) {}
  Arg& operator=(const Arg& other) noexcept { return *this = Arg(other); }
  Arg& operator=(Arg&& other) noexcept {
    Arg before;
    before.kind_ = kind_;
    before.integer_ = integer_;
    kind_ = std::exchange(other.kind_, Kind::none);
    version = other.version;
    integer_ = other.integer_;
    return *this;
  }
  ~Arg() {
    if (kind_ == Kind::tensor) impl()->release();
    else if (owns()) object_->release();
  }

  Kind kind() const noexcept { return kind_; }
  bool is_none() const noexcept { return kind_ == Kind::none; }
  bool is_tensor() const noexcept { return kind_ == Kind::tensor; }
  bool is_number() const noexcept { return kind_ == Kind::boolean || kind_ == Kind::integer || kind_ == Kind::real; }
  TensorImpl* impl() const noexcept { return static_cast<TensorImpl*>(object_); }
  Tensor tensor() const noexcept { return is_tensor() ? Tensor(impl()) : Tensor(); }
  Scalar scalar() const noexcept;
  std::int64_t integer() const noexcept { return integer_; }
  double real() const noexcept { return scalar().to_double(); }
  DType dtype() const noexcept { return static_cast<DType>(integer_); }
  const Dims& ints() const noexcept { return static_cast<IntList*>(object_)->items; }
  const std::vector<Tensor>& tensors() const noexcept { return static_cast<TensorList*>(object_)->items; }
  const std::string& text() const noexcept { return static_cast<Text*>(object_)->text; }
  const Index& index() const noexcept { return *static_cast<Index*>(object_); }

 private:
  Arg(Kind kind, Object* object) noexcept : kind_(object ? kind : Kind::none), integer_(0) {
    object_ = object;
    if (object) object->retain();
  }
  bool owns() const noexcept { return kind_ >= Kind::tensor; }

  Kind kind_ = Kind::none;

 public:
  std::uint32_t version = 0;  // of a saved tensor's storage when it was saved

 private:
  union {
    std::int64_t integer_;
    double real_;
    Object* object_;
  };
};

inline constexpr int kMaxArgs = 8;

/// An operator on its way to be applied: arguments in the order of the signature; those left out are none.
struct Call {
  const OpDef& def;
  std::uint8_t signature = 0;  // which of def.signatures
  std::uint8_t count = 0;
  Arg args[kMaxArgs];

  DType promote_operands() const;

  explicit Call(const OpDef& def, int signature = 0) : def(def), signature(static_cast<std::uint8_t>(signature)) {}

  const Arg& operator[](int i) const noexcept { return args[i]; }
  bool has(int i) const noexcept { return !args[i].is_none(); }
  Tensor tensor(int i) const noexcept { return args[i].tensor(); }
  /// A tensor, or a number as a 0-d tensor of its own kind's type (float64, int64 or bool).
  Tensor operand(int i) const;
  Scalar scalar(int i) const noexcept { return args[i].scalar(); }
  std::int64_t integer(int i, std::int64_t otherwise = 0) const noexcept { return has(i) ? args[i].integer() : otherwise; }
  bool flag(int i) const noexcept { return has(i) && args[i].integer() != 0; }
  /// The type that all tensor and number arguments promote to.
  DType result_type() const;
  /// The same for the first two arguments alone.
  DType operands_type() const {
    const TensorImpl* x = args[0].is_tensor() ? args[0].impl() : nullptr;
    const TensorImpl* y = args[1].is_tensor() ? args[1].impl() : nullptr;
    if (x && x->dtype >= DType::float32 && (y ? y->dtype == x->dtype : args[1].is_number())) return x->dtype;
    return promote_operands();
  }
};

// ------------------------------------------------------------------------------------------------------------- gradients

struct OpNode;

/// What a gradient's formula reads: `g`, the gradient that comes in, and what the operator was applied to. Reading a tensor
/// checks that it was neither freed nor changed in place since; sizes and numbers can always be read.
struct Backward {
  const OpNode& node;
  const Tensor& g;            // of the first result
  const Tensor* gradients;    // of all results; null where none came

  Tensor x() const { return input(0); }
  Tensor y() const { return input(1); }
  Tensor input(int i) const;
  std::vector<Tensor> inputs(int i) const;  // of a list of tensors
  /// A tensor or a number: either can be multiplied with.
  Arg operand(int i) const;
  Tensor out(int number = 0) const;
  const Arg& arg(int i) const;  // anything but a tensor's value
  const Dims& sizes(int i = 0) const;
  /// How argument i lay in memory when the node was made.
  const TensorImpl& shape(int i = 0) const;
  DType dtype(int i = 0) const;
  int signature() const;
  /// Is the gradient of argument i asked for?
  bool needs(int i) const;
};

/// The gradient of one input. There are three states and never a fourth.
struct Gradient {
  enum class State : std::uint8_t { formula, not_differentiable, not_implemented };
  State state = State::not_differentiable;
  Tensor (*formula)(const Backward&) = nullptr;
  const char* text = "";  // formula: in LaTeX, with g, x, y, out; otherwise why there is none
  /// For an argument that is a list of tensors.
  std::vector<Tensor> (*formulas)(const Backward&) = nullptr;
};
constexpr Gradient gradient(Tensor (*formula)(const Backward&), const char* latex) { return {Gradient::State::formula, formula, latex}; }
constexpr Gradient gradients(std::vector<Tensor> (*formulas)(const Backward&), const char* latex) {
  return {Gradient::State::formula, nullptr, latex, formulas};
}
constexpr Gradient not_differentiable(const char* why) { return {Gradient::State::not_differentiable, nullptr, why}; }
constexpr Gradient not_implemented() { return {Gradient::State::not_implemented, nullptr, ""}; }

struct Forward;  // what the formula of a tangent reads: tangents.h

/// The gradients of an operator on one-element tensors in plain arithmetic, which backward uses instead of the formulas where no graph
/// of the gradient is asked for. x, y and z are the first three arguments (z is 1 where there is none), out the result where
/// the formulas read it. A test holds both equal.
template <class T>
struct Slope {
  T g, x = 0, y = 0, z = 1, out = 0;
  T gx = 0, gy = 0;
  bool needs_y = false;  // is gy asked for?
};
struct Slopes {
  void (*f32)(Slope<float>&) = nullptr;
  void (*f64)(Slope<double>&) = nullptr;
};
/// From one stateless lambda on `auto&`.
template <class F>
constexpr Slopes slopes(F) {
  return {[](Slope<float>& s) { F{}(s); }, [](Slope<double>& s) { F{}(s); }};
}

/// The operator itself on one-element floating tensors (and numbers) in plain arithmetic; see run_single.
struct Single {
  float (*f32)(float x, float y) = nullptr;
  double (*f64)(double x, double y) = nullptr;
};
/// From the functor of a binary kernel.
template <class F>
constexpr Single single_of_two() {
  return {[](float x, float y) { return F{}(x, y); }, [](double x, double y) { return F{}(x, y); }};
}
/// From one stateless lambda on floats.
template <class F>
constexpr Single single_of_one(F) {
  return {[](float x, float) { return static_cast<float>(F{}(x)); }, [](double x, double) { return static_cast<double>(F{}(x)); }};
}

// ------------------------------------------------------------------------------------------------------------- operators

/// Where Python finds an operator.
enum Spelling : std::uint8_t {
  kTorch = 1,       // torch.name
  kMethod = 2,      // Tensor.name
  kInPlace = 4,     // Tensor.name_
  kFunctional = 8,  // torch.nn.functional.name
  kProperty = 16,   // Tensor.name without a call (T, mT)
};

/// A call form. The text is in the style of PyTorch's messages: "sum(Tensor input, ints? dim=None, bool keepdim=False, *,
/// dtype? dtype=None)". Types: Tensor, Number, int, float, bool, ints (an int or a sequence), size (ints that may also be
/// spread over the positional arguments), tensors ("tensors..." may be spread likewise), dtype, str, index; a "?" allows None.
struct Signature {
  const char* text;
  const char* node = nullptr;  // the node's name; null: from the operator's, "MulBackward0"
  bool reads_output = true;    // do formulas of this form read out(), if the operator's do at all?
  bool many = false;           // this form goes to forward_many, though the operator has a forward too
  bool composite = false;      // this form is made of other operators, which have the gradients
  bool lone = false;           // where forward_many gives one result, is it that tensor and no tuple?
  bool in_place = false;       // the last form may be that in place, which has a node of its own, and no derivative
};

struct ParameterDef {
  enum class Type : std::uint8_t { tensor, number, integer, real, boolean, ints, size, tensors, dtype, text, index };
  Type type;
  bool optional = false;      // may be None
  bool has_default = false;
  bool keyword_only = false;
  bool spread = false;        // tensors that may also be spread over the positional arguments
  std::string name;
  Arg default_value;
};
/// A parsed Signature.
struct ParsedSignature {
  std::string text;  // the parameters as PyTorch prints them, without the name
  std::string node;
  std::vector<ParameterDef> parameters;
  enum class EdgeKind : std::uint8_t { none, one, list };
  std::array<EdgeKind, kMaxArgs> edges = {};  // of each argument: where a gradient may go
  std::uint8_t single_edges = 0;              // a bit for each argument with EdgeKind::one
};

/// Inputs that must fail, as Python source, and what PyTorch says: "RuntimeError: ...".
struct Failure {
  const char* code;
  const char* error;
};

/// A list in a definition: constant data, so that definitions need no code at start-up.
template <class T>
using Items = std::initializer_list<T>;

/// A list that only tests read: left out of the engine that is sent to learners.
#ifdef NABLA_WITHOUT_SAMPLES
template <class T>
struct TestItems {
  constexpr TestItems() = default;
  constexpr TestItems(std::initializer_list<T>) {}
};
#else
template <class T>
using TestItems = std::initializer_list<T>;
#endif

/// How PyTorch refuses a result in place whose type self cannot hold.
/// in_c: with C++'s name of the type, if the operands are numbers; found: "Found dtype Float but expected ..."; call: any other type, as a bad in-place call.
enum class CastWords : std::uint8_t { usual, in_c, found, call };
/// How functorch refuses a batch in place in what is no batch: without a rule of the operator's own, with one, or with that of arithmetic.
enum class BatchRule : std::uint8_t { none, own, arithmetic };

struct OpDef {
  const char* name;
  Items<Signature> signatures;
  std::uint8_t spellings = kTorch | kMethod;
  Items<const char*> aliases = {};  // other names, in the same places
  const char* sign = nullptr;             // "*": the operator sign, binary or unary
  const char* doc;                        // one sentence
  const char* latex;                      // the rule, of x, y, ...
  Tensor (*forward)(Call&) = nullptr;
  std::vector<Tensor> (*forward_many)(Call&) = nullptr;  // instead, for operators with several results
  Items<const char*> results = {};  // their names, where Python sees a named tuple ("values", "indices")
  Items<Gradient> gradients = {};   // one for each tensor argument, by its index among the arguments
  Tensor (*tangent)(const Forward&) = nullptr;  // of each result, where PyTorch has a formula; null leaves it to Note [Twice backward]
  void (*refuse_batch)(const Call&) = nullptr;  // raises what PyTorch says under vmap, where the call cannot be made for each element
  Slopes slopes = {};                     // the gradients once more, for one element; few operators need it
  Single single = {};                     // the rule once more, for one element; only together with slopes
  bool reads_output : 1 = false;          // do formulas read out()?
  bool view : 1 = false;                  // does the result show the first argument's memory?
  bool composite : 1 = false;             // is it made of other operators, which have the gradients?
  bool numbers : 1 = false;               // may Python numbers stand for its tensors?
  bool truth : 1 = false;                 // is the result a Python bool?
  bool factory : 1 = false;               // does it make tensors, with dtype=, device= and requires_grad=?
  bool draws : 1 = false;                 // does it draw random numbers, with generator=?
  bool changes_tangent : 1 = false;       // in place, is what it does to the tangent the operator itself (masked_fill_)?
  bool clears_tangent : 1 = false;        // or does it leave zeros?
  bool overwrites : 1 = false;            // in place, does it write without reading?
  bool reads_first : 1 = false;           // has it read all operands before it writes, so that they may lie in what it writes?
  bool own_memory : 1 = false;            // in place, must its operands lie apart from what it writes?
  bool method_in_place : 1 = false;       // in place, is it a method only, and no function of torch?
  bool copies_out : 1 = false;            // is out= a copy of the result, with copy_'s rules and node?
  bool computes_in_out : 1 = false;       // does it compute in the type of out=?
  bool resizes_out : 1 = false;           // is out= resized before anything is written, so that it must not require grad?
  bool may_round : 1 = false;             // does it say, where out= is of another size, that rounding may be the reason?
  bool no_out : 1 = false;                // is it a function of torch without out=?
  bool in_c : 1 = false;                  // is F's function written in C? the others are Python's, with the words of Python's calls
  bool in_python : 1 = false;             // is torch's function written in Python? the others are C's
  bool by_place : 1 = false;              // is it a function of *args, which have no names?
  bool spread_alone : 1 = false;          // does it take tensors one by one, never a list of them?
  bool symbolic_sizes : 1 = false;        // can its sizes be symbols, as messages say?
  bool own_names : 1 = false;             // does it not know numpy's names for parameters, as its function is written in Python?
  bool folds : 1 = false;                 // does F's function hand each size on as a pair, made of one number alone?
  const char* apart = nullptr;            // in place, may it write where elements lie in one place? PyTorch tells that this will end for `tensor[mask] = scalar`: what follows "tensor["
  CastWords cast_words : 2 = CastWords::usual;
  BatchRule batch_rule : 2 = BatchRule::none;
  TestItems<const char*> samples = {};  // arguments as Python source for the tests; see Note [Samples]
  TestItems<Failure> failures = {};

  /// The signatures, parsed when first asked for.
  const std::vector<ParsedSignature>& parsed() const { return parsed_signatures ? *parsed_signatures : parse(); }
  /// Does this form give several results, through run_many?
  bool keeps_output(int signature) const { return reads_output && signatures.begin()[signature].reads_output; }
  bool gives_many(int signature) const { return !forward || signatures.begin()[signature].many; }
  bool is_composite(int signature) const { return composite || signatures.begin()[signature].composite; }
  bool is_differentiable() const;
  /// Is this form one in place without a derivative?
  bool lacks_derivative(int signature) const { return signatures.begin()[signature].in_place; }
  const Gradient& gradient_of(int argument) const;

  const std::vector<ParsedSignature>& parse() const;
  mutable const std::vector<ParsedSignature>* parsed_signatures = nullptr;  // use parsed(); lives for ever
};

// Note [Samples]
// A sample is what stands between the parentheses of a call, e.g. "f(2, 3), dim=1". The tests know these makers: f(*size) floats
// between -1 and 1 away from zero, p(*size) positive ones, i(*size) small integers, b(*size) bools; all in float64 where it
// matters, so that gradients can be checked against differences, to second order.

/// Connects the operators to autograd (gradient_ops). To be called once, before any operator runs.
void init_ops();

/// Every operator, from the explicit list in all_ops.cpp.
std::span<const OpDef* const> all_ops();
/// The operator of this name or alias; null when there is none.
const OpDef* find_op(std::string_view name);

// -------------------------------------------------------------------------------------------------------------- applying

/// A call form of run_single: an operator, one of its signatures, and what a Call would say of it.
struct SingleForm {
  const OpDef* def = nullptr;
  std::uint8_t signature = 0;
  std::uint8_t count = 0;
  std::uint8_t edges = 0;  // ParsedSignature::single_edges
  bool keeps_output = false;
  Single rule;
  mutable OpNode* spare = nullptr;  // see Note [Spare objects]
};
/// The form of this signature; one without a def where the operator has no `single`.
SingleForm single_form(const OpDef& def, int signature);
/// A one-element floating tensor that is no view, or a number.
struct SingleOperand {
  TensorImpl* tensor = nullptr;
  Scalar number = Scalar::of(0.0);
};
inline bool is_single(const TensorImpl& x) noexcept { return x.numel == 1 && x.dtype >= DType::float32 && !x.view; }

/// A node of the graph made by an operator: keeps the arguments (and the result, where formulas read it) with their versions.
struct OpNode final : Node {
  const OpDef& def;
  std::uint8_t signature;
  std::uint8_t count;

  /// The node of a call whose only result is `out`; null for operators with several.
  OpNode(const Call& call, const TensorImpl* out);
  /// The node of a short call, which becomes the history of its result. The form must live for ever.
  static void link_single(const SingleForm& form, const Tensor& out, const SingleOperand& x, const SingleOperand& y);
  void discard() noexcept override;  // see Note [Spare objects]
  const Arg& arg(int i) const noexcept { return i < kInline ? inline_[i] : more_[i - kInline]; }
  Arg& arg(int i) noexcept { return i < kInline ? inline_[i] : more_[i - kInline]; }
  /// The edge of tensor argument i; of its first tensor for a list.
  int edge_of(int i) const;
  void save_outputs(std::span<const Tensor> outs);
  /// The same without copies, for a node that is used at once: formulas read `outs` with the history that they have.
  void lend_outputs(std::span<const Tensor> outs);
  /// vmap: what formulas read as outputs belongs to the batches that these belong to.
  void carry_lanes(std::span<const Tensor> outs);
  /// Forward mode: what formulas read as output `number` has this tangent.
  void carry_tangent(int number, const Tensor& tangent);

  /// What the formulas of the gradients read, a bit for each argument or output: of those that are asked for, or of all. Found by running
  /// the operator and its formulas once, unseen.
  struct Reads {
    std::uint32_t values = 0, sizes = 0, outs = 0;
    std::vector<int> order;  // places of what is read, as PyTorch saves it: formula by formula, by their arguments' names, then the outputs
  };
  Reads reads(bool of_all = false) const;
  /// What a node keeps: an argument i (place i), an output k (-1 - k), or what its formulas do not read, though PyTorch's node keeps it.
  struct Kept {
    int place;
    Tensor other;
  };
  /// Gives each of these to `pack`, which keeps it in its place.
  void pack(Ref<Packed> (*pack)(const Tensor& x), std::span<const Kept> all);
  /// The saved value; null where it is no tensor. RuntimeError when it was freed or changed since.
  Tensor saved(int argument) const;
  Tensor saved_output(std::uint32_t number) const;

  void backward(const Tensor* in, Tensor* out) override;
  bool backward_number(double in, double* out) override;
  Tensor input_gradient(std::size_t edge, double value) const override;
  std::string name() const override;
  void release_saved() override;

 private:
  friend struct Backward;
  template <class T>
  bool step(void (*rule)(Slope<T>&), double in, double* out) const;
  const Arg& kept_output(int number) const noexcept { return number == 0 ? out_ : more_outs_[number - 1]; }
  Packed* packed(int which) const noexcept;
  /// The arguments in the order of PyTorch's names for them, of which the first is `self`.
  std::array<int, kMaxArgs> by_name() const;
  void differentiate(const Tensor* in, Tensor* out);
  void check_kept() const;
  void backward_unpacked(const Tensor* in, Tensor* out);

  explicit OpNode(const SingleForm& form);

  const SingleForm* form_ = nullptr;  // of a short call
  std::uint8_t single_edges_;         // ParsedSignature::single_edges
  OpNode* next_spare_ = nullptr;
  static constexpr int kInline = 3;
  Arg inline_[kInline];
  Arg out_;
  std::unique_ptr<Arg[]> more_;
  std::unique_ptr<Arg[]> more_outs_;
  bool lent_ = false;  // lend_outputs()
};

/// The short way of run() for one or two operands of one element and the same type, of which one is a tensor: no Call, no loops, no
/// broadcasting. Small graphs are made of these.
Tensor run_single(const SingleForm& form, const SingleOperand& x, const SingleOperand& y = {});
/// Applies the operator: computes, and extends the graph when grad mode is on and an argument requires grad.
Tensor run(Call& call);
std::vector<Tensor> run_many(Call& call);
/// Applies it and writes the result into its first argument, with autograd's rules for in-place changes.
Tensor run_in_place(Call& call);

template <class... Args>
void take_arguments(Call& call, const Args&... args) {
  (std::construct_at(&call.args[call.count++], args), ...);  // each was none, with nothing to destroy
}
/// apply(def, x, y, 2.0): a call from C++, as formulas make them.
template <class... Args>
Tensor apply(const OpDef& def, const Args&... args) {
  Call call(def);
  take_arguments(call, args...);
  return run(call);
}
/// The same in one of its forms.
template <class... Args>
Tensor apply_form(const OpDef& def, int signature, const Args&... args) {
  Call call(def, signature);
  take_arguments(call, args...);
  return run(call);
}
/// The same of an operator in place.
template <class... Args>
Tensor apply_in_place(const OpDef& def, const Args&... args) {
  Call call(def);
  take_arguments(call, args...);
  return run_in_place(call);
}

/// Called for every operator that ran, composite ones left out. The recorder watches so, and the modes that few programs use (forward mode,
/// anomalies, inference, hooks on what is saved): they cost nothing while they are off.
using OpObserver = void (*)(const Call& call, std::span<const Tensor> outs, bool in_place);
extern OpObserver op_observer;  // all watchers; null when there are none
/// Adds a watcher, in front of the others, or takes it away.
void watch_ops(OpObserver watcher, bool on);
/// Called before a tensor is overwritten by an operator. Set as above, but that a watcher goes behind the others.
using InPlaceObserver = void (*)(const Call& call);
extern InPlaceObserver before_in_place;
void watch_in_place(InPlaceObserver watcher, bool on);
/// Called with the node that a call would have made, when it fails: hooks on what is saved see its arguments. Null while there are none.
extern void (*before_failure)(OpNode& node);

}  // namespace nabla
