// The graph: Node, one per differentiable operation that ran, and Edge, where a gradient goes next. A node's number grows
// with time, and edges point only to older nodes: backward leans on that (backward.cpp).
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tensor/tensor.h"

namespace nabla {

struct Node;

/// "The gradient goes into `node`, as that of its output `number`." A null node: nobody needs this gradient.
struct Edge {
  Ref<Node> node;
  std::uint32_t number = 0;
};

/// The first few edges lie in the node itself.
class Edges {
 public:
  std::size_t size() const noexcept { return size_; }
  Edge& operator[](std::size_t i) noexcept { return i < kInline ? inline_[i] : (*more_)[i - kInline]; }
  const Edge& operator[](std::size_t i) const noexcept { return i < kInline ? inline_[i] : (*more_)[i - kInline]; }
  /// A new edge at the end, to be filled.
  Edge& add() {
    if (size_ < kInline) return inline_[size_++];
    if (!more_) more_ = std::make_unique<std::vector<Edge>>();
    ++size_;
    return more_->emplace_back();
  }
  void push_back(Edge&& edge) { add() = std::move(edge); }

 private:
  static constexpr std::size_t kInline = 2;
  Edge inline_[kInline];
  std::unique_ptr<std::vector<Edge>> more_;
  std::uint32_t size_ = 0;
};

/// Keeps a list of all living Ts, for the end of a run. See Note [Cycles of gradients].
template <class T>
class Listed {
 public:
  static T* first() noexcept { return static_cast<T*>(first_); }
  T* next() const noexcept { return static_cast<T*>(next_); }

 protected:
  Listed() noexcept : next_(first_) {
    if (next_) next_->previous_ = this;
    first_ = this;
  }
  ~Listed() {
    (previous_ ? previous_->next_ : first_) = next_;
    if (next_) next_->previous_ = previous_;
  }
  Listed(const Listed&) = delete;

 private:
  static inline Listed* first_ = nullptr;
  Listed* previous_ = nullptr;
  Listed* next_;
};

/// Called with the finished gradient of one tensor; may give another in its place (null: no change).
struct GradientHook : Object, Listed<GradientHook> {
  virtual Tensor run(const Tensor& gradient) = 0;
  /// The end of a run: lets go of everything that could lead back to the graph.
  virtual void clear() {}
};

/// A hook on a node. Before its backward: `changed` are the gradients that came in. After it: `changed` are those that go out, one for each
/// edge, and `came` what came in. What it writes into `changed` takes the place of what was there.
struct NodeHook : Object, Listed<NodeHook> {
  virtual void run(std::span<Tensor> changed, std::span<const Tensor> came) = 0;
  /// As GradientHook::clear().
  virtual void clear() {}
};

/// A saved value that a hook of the program holds in a form of its own.
struct Packed : Object {
  virtual Tensor unpack() = 0;
};

/// What few nodes have.
struct NodeExtra {
  struct Watch {
    std::uint32_t number;  // of the output whose gradient it gets
    Ref<GradientHook> hook;
  };
  std::vector<Watch> hooks;                   // on the gradients that come in, of one tensor each
  std::vector<Ref<NodeHook>> before, after;
  std::string origin;                         // where the program made the node, as a traceback: in anomaly mode only
  Ref<Object> metadata;                       // Python's dict of that name
  std::vector<std::pair<int, Ref<Packed>>> packed;  // by argument; output k has the number -1 - k
};

struct Node : Object {
  static inline std::uint64_t last_sequence = 0;
  std::uint64_t sequence;          // 0 for AccumulateGrad: gradients are stored last, each once
  Edges edges;                     // next_functions
  std::uint32_t outputs = 1;       // how many tensors it made, so how many gradients may come in
  // Used by a backward pass in progress: where the gradients of this node wait (see Pass), and the last came.
  std::uint32_t pending = 0;
  std::uint32_t pass = 0;
  std::uint32_t arrival = 0;
  // Note [Numbers] in backward.cpp: the gradient of a single output of one element may come as a plain number.
  bool single = false;
  bool freed = false;              // release_saved() was called
  std::uint8_t rank = 0;           // of that output
  DType dtype = DType::float32;    // of that output
  std::unique_ptr<NodeExtra> more;
  std::uint64_t trace_id = 0;      // the trace's number for the operation; 0 when it was not recorded
  double number;                   // the gradient that waits, while pending is Pass's kNumber
  Node* next_ready;                // then also: the next of the nodes that are ready

  Node() : Node(++last_sequence) {}
  /// Once its edges are there: every edge points to an older node, also where finding it gave a view its history anew.
  void follow_edges() noexcept {
    if (sequence != last_sequence) sequence = ++last_sequence;
  }
  NodeExtra& make_more() {
    if (!more) more = std::make_unique<NodeExtra>();
    return *more;
  }

  /// Gradients of the inputs from those of the outputs. `in` holds `outputs` gradients, null where none came; `out` has one
  /// place for each edge, to be filled where that edge has a node.
  virtual void backward(const Tensor* in, Tensor* out) = 0;
  /// The same for a single node, in numbers; `out` has one place for each edge. False: it cannot now, and backward() must do it.
  virtual bool backward_number(double, double*) { return false; }
  /// A number for the given edge as a tensor of the input's shape.
  virtual Tensor input_gradient(std::size_t, double) const { return {}; }
  /// "MulBackward0"
  virtual std::string name() const = 0;
  /// As PyTorch's engine calls it: "torch::autograd::CopySlices", but "MulBackward0".
  std::string full_name() const;
  /// Lets go of what only another backward pass would need. A single node has nothing large: it is only marked as freed.
  virtual void release_saved() {}
  /// The error of a second pass through what the first has let go of.
  [[noreturn]] static void fail_freed();

 protected:
  explicit Node(std::uint64_t sequence);
};

/// The sink of a leaf's gradient: adds it to `.grad`.
struct AccumulateGrad final : Node, Listed<AccumulateGrad> {
  Tensor variable;  // null while the sink is spare: its leaf lives, but no graph leads to it
  std::uint64_t made_at = last_sequence;  // the newest node when a graph first led to it
  explicit AccumulateGrad(const Tensor& variable);
  void discard() noexcept override;  // see Note [Spare objects]
  void backward(const Tensor* in, Tensor* out) override;
  bool backward_number(double in, double* out) override;
  std::string name() const override { return "AccumulateGrad"; }
};

// Note [Cycles of gradients]
// A gradient made with create_graph has a history, and that history holds the tensor whose gradient it is; a hook may hold its own
// tensor. Reference counts never free such a circle. Each passes through the sink of a leaf or through a hook, so those are listed.

/// The end of a run: cuts the circles of Note [Cycles of gradients].
void clear_gradients();

/// The Python class of grad_fn objects, set once by the layer that makes Python classes.
void set_node_type(Type* type);

/// Sets the grad mode for a scope of C++.
class GradMode {
 public:
  explicit GradMode(bool enabled) noexcept : before_(std::exchange(enabled_, enabled)) {}
  ~GradMode() { enabled_ = before_; }
  GradMode(const GradMode&) = delete;

 private:
  friend bool grad_enabled() noexcept;
  friend bool grad_mode() noexcept;
  friend void set_grad_enabled(bool enabled) noexcept;
  friend bool inference_mode() noexcept;
  friend void set_inference_mode(bool on) noexcept;
  static inline bool enabled_ = true;
  static inline bool inference_ = false;
  static inline bool wanted_ = true;  // in inference mode: what Python set, to no effect
  bool before_;
};

/// Is a graph being built? What no_grad and inference mode switch off.
inline bool grad_enabled() noexcept { return GradMode::enabled_; }
/// The mode as Python sees it: inference mode does not change it.
bool grad_mode() noexcept;
void set_grad_enabled(bool enabled) noexcept;
bool inference_mode() noexcept;
void set_inference_mode(bool on) noexcept;

/// A scope in which the engine works for itself, as the formulas of gradients do: what runs there is not the program's, and
/// observers leave it out.
class Internal {
 public:
  Internal() noexcept { ++depth_; }
  ~Internal() { --depth_; }
  Internal(const Internal&) = delete;
  static bool active() noexcept { return depth_ != 0; }

 private:
  friend class Shown;
  static inline int depth_ = 0;
};

/// A scope whose operators observers see although the engine applies them: the formulas of a pass that builds a graph of the gradients,
/// which becomes part of what the program computes. It ends where another Internal begins.
class Shown {
 public:
  explicit Shown(bool on) noexcept : before_(depth_) {
    if (on) depth_ = Internal::depth_;
  }
  ~Shown() { depth_ = before_; }
  Shown(const Shown&) = delete;
  static bool active() noexcept { return depth_ != 0 && depth_ == Internal::depth_; }

 private:
  static inline int depth_ = 0;
  int before_;
};

}  // namespace nabla
