// The backward pass. Nodes with gradients waiting stand in order; the youngest comes first. Every edge points to an older node,
// so when a node comes up, all that could add to its gradients has run: no sort of the graph, no dependency counts, no
// recursion. Leaves come last, each once, in the order in which their gradients were complete.
#include "autograd/backward.h"

#include <algorithm>
#include <unordered_map>

#include "autograd/under_way.h"
#include "autograd/variable.h"
#include "base/error.h"

namespace nabla {

Anomaly anomaly;
BackwardObserver backward_observer = nullptr;
DetachObserver detach_observer = nullptr;
DualObserver dual_observer = nullptr;
FunctionObserver function_observer = nullptr;
int forwards_running = 0;
PassObserver pass_observer = nullptr;

GradientOps& gradient_ops() {
  static GradientOps ops{};
  return ops;
}

namespace {

std::uint32_t g_pass = 0;
bool g_reach_all = true;
Node* g_node_under_way = nullptr;

struct UnderWay {
  bool before = g_reach_all;
  explicit UnderWay(bool reaches_all) { g_reach_all = before && reaches_all; }
  ~UnderWay() { g_reach_all = before; }
};

// Note [Numbers]
// Small graphs are made of tensors of one element. While no graph of the gradient is asked for, a gradient of such a node travels as
// a plain number, rounded to the type of the tensors, and becomes a tensor only where one is needed: for hooks, for the observer, for
// nodes that cannot do it in numbers, and in `.grad`.

double rounded(double value, DType dtype) { return dtype == DType::float32 ? static_cast<double>(static_cast<float>(value)) : value; }

/// Node::pending is 0, the number of a slot, or this: the gradient is Node::number.
constexpr std::uint32_t kNumber = ~std::uint32_t{0};

/// The gradients that wait for one node, where they are no number.
struct Slot {
  Ref<Node> node;
  Tensor first;
  std::unique_ptr<std::vector<Tensor>> more;  // of outputs 1, 2, ...
  std::uint32_t outer_pending = 0;            // the node's place in an enclosing pass

  Tensor& gradient(std::uint32_t output) {
    if (output == 0) return first;
    if (!more) more = std::make_unique<std::vector<Tensor>>(node->outputs - 1);
    return (*more)[output - 1];
  }
};

Tensor number_as_tensor(const Node& node, double number) { return full(Dims(node.rank, 1), Scalar::of(number), node.dtype); }

/// The nodes with gradients waiting, and the youngest first. A node that becomes ready is most often older than few of those that wait, so
/// they stand in a list, linked by Node::next_ready; where it is not, and for nodes that wait in an enclosing pass too, there is a heap.
class Ready {
 public:
  bool empty() const noexcept { return !first_ && heap_.empty(); }
  /// A node whose gradient is a number.
  void add(Node& node) {
    Node** place = &first_;
    for (int i = 0; *place && (*place)->sequence > node.sequence; ++i) {
      if (i == kFew) return add_to_heap(node);
      place = &(*place)->next_ready;
    }
    node.next_ready = *place;
    *place = &node;
  }
  void add_to_heap(Node& node) {
    heap_.push_back({node.sequence, &node});
    std::push_heap(heap_.begin(), heap_.end());
  }
  /// A node that goes before all others.
  void add_first(Node& node) {
    heap_.push_back({~std::uint64_t{0}, &node});
    std::push_heap(heap_.begin(), heap_.end());
  }
  /// Takes out the youngest; null when there is none.
  Node* take() {
    Node* const node = first_;
    if (!heap_.empty() && (!node || heap_.front().sequence > node->sequence)) {
      Node* const from_heap = heap_.front().node;
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
      return from_heap;
    }
    if (node) first_ = node->next_ready;
    return node;
  }

 private:
  static constexpr int kFew = 8;
  struct Entry {
    std::uint64_t sequence;
    Node* node;
    bool operator<(const Entry& other) const { return sequence < other.sequence; }
  };
  Node* first_ = nullptr;
  std::vector<Entry> heap_;
};

/// The lists of a pass, kept for the next one: small graphs are walked often, and would spend their time on allocation.
struct Workspace {
  std::vector<Slot> slots;
  std::vector<std::uint32_t> free;
  Ready ready;
  std::vector<Node*> leaves;
};
std::unique_ptr<Workspace> g_spare_workspace;

class Pass {
 public:
  explicit Pass(const BackwardOptions& options) : options_(options), number_(++g_pass), work_(std::move(g_spare_workspace)) {
    if (!work_) work_ = std::make_unique<Workspace>();
  }
  ~Pass() {
    if (!work_->leaves.empty() || !work_->slots.empty() || !work_->ready.empty()) clear();
    g_spare_workspace = std::move(work_);
  }

  /// A null seed, or none, stands for ones.
  void run(std::span<const Tensor> roots, std::span<const Tensor> seeds) {
    if (!options_.inputs.empty()) {
      wanted_.resize(options_.inputs.size());
      find_needed(roots);
    }
    eager_leaves_ = leaf_hooks_exist;
    if (eager_leaves_) count_leaf_users(roots);
    numbers_ = !options_.create_graph && !needed_ && !eager_leaves_ && !anomaly.enabled;
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const Tensor& root = roots[i];
      Edge& edge = roots_.add();
      find_gradient_edge(*root, edge);
      if (i < seeds.size() && seeds[i]) send(edge, seed_for(edge, root, seeds[i], i));
      else if (edge.node && takes_numbers(*edge.node)) send(edge, 1);
      else send(edge, seed_for(edge, root, full(root->sizes, Scalar::of(1), root->dtype), i));
    }
    Node* node = nullptr;
    try {
      while ((node = work_->ready.take())) visit(*node);
    } catch (...) {
      if (node) store_finished(*node);
      throw;
    }
    std::vector<Node*>& leaves = work_->leaves;
    const auto earlier = [](const Node* a, const Node* b) { return a->arrival < b->arrival; };
    if (!std::is_sorted(leaves.begin(), leaves.end(), earlier)) std::sort(leaves.begin(), leaves.end(), earlier);
    for (Node* const leaf : leaves) visit(*leaf);
  }

  std::vector<Tensor> take_wanted() { return std::move(wanted_); }

 private:
  struct Capture {
    std::uint32_t number, input;
  };

  /// The pass fails at a node. In PyTorch a leaf gets its gradient as soon as that is whole, so those have it which neither this node leads to
  /// nor another that waits.
  void store_finished(Node& failed) {
    std::vector<Node*> stack{&failed}, unfinished;
    while (Node* const node = work_->ready.take()) unfinished.push_back(node);
    stack.insert(stack.end(), unfinished.begin(), unfinished.end());
    std::unordered_map<Node*, bool> seen;
    while (!stack.empty()) {
      Node& node = *stack.back();
      stack.pop_back();
      if (!seen.emplace(&node, true).second || (needed_ && !needed_->contains(&node))) continue;
      for (std::size_t i = 0; i < node.edges.size(); ++i) {
        if (Node* const next = node.edges[i].node.get()) stack.push_back(next);
      }
    }
    std::vector<Node*> finished;
    for (Node* const leaf : work_->leaves) (seen.contains(leaf) ? unfinished : finished).push_back(leaf);
    work_->leaves = std::move(unfinished);
    for (Node* const leaf : finished) visit(*leaf);
  }

  /// After a failure also what was not visited.
  void clear() {
    while (Node* const node = work_->ready.take()) work_->leaves.push_back(node);
    for (Node* const node : work_->leaves) {
      if (has_number(*node)) node->pending = 0;
    }
    for (Slot& slot : work_->slots) {
      if (slot.node) slot.node->pending = slot.outer_pending;
    }
    work_->slots.clear();
    work_->free.clear();
    work_->leaves.clear();
  }

  static Tensor seed_for(const Edge& edge, const Tensor& root, const Tensor& seed, std::size_t i) {
    Tensor out = seed;
    if (edge.node) fit(out, expected(edge, *root), nullptr, i);
    return out;
  }

  bool takes_numbers(const Node& node) const { return node.single && numbers_; }
  bool has_number(const Node& node) const { return node.pending == kNumber && node.pass == number_; }

  Slot& slot_of(Node& node) {
    std::vector<Slot>& slots = work_->slots;
    std::uint32_t index = node.pending;
    if (index == 0 || index > slots.size() || slots[index - 1].node.get() != &node) {
      if (node.sequence == 0) add_leaf(node);
      else work_->ready.add_to_heap(node);
      index = open(node);
    }
    return slots[index - 1];
  }

  void send(const Edge& edge, Tensor&& gradient) {
    if (!edge.node) return;
    Node& node = *edge.node;
    if (needed_ && !needed_->contains(&node)) return;
    Slot& slot = has_number(node) ? number_to_slot(node) : slot_of(node);
    Tensor& waiting = slot.gradient(edge.number);
    waiting = waiting ? gradient_ops().add(waiting, gradient) : std::move(gradient);
    node.arrival = ++arrivals_;
  }

  /// What a node gives. Where that is nothing, the next node still has its turn, with all that watches it, as in PyTorch.
  void send_on(const Edge& edge, Tensor& gradient) {
    if (gradient) return send(edge, std::move(gradient));
    if (!edge.node || has_number(*edge.node) || (needed_ && !needed_->contains(edge.node.get()))) return;
    slot_of(*edge.node);
    edge.node->arrival = ++arrivals_;
  }

  /// To a node that takes numbers.
  void send(const Edge& edge, double gradient) {
    Node& node = *edge.node;
    node.arrival = ++arrivals_;
    if (node.pending == 0) {
      node.pending = kNumber;
      node.pass = number_;
      node.number = gradient;
      if (node.sequence == 0) add_leaf(node);
      else work_->ready.add(node);
    } else if (has_number(node)) {
      node.number = rounded(node.number + gradient, node.dtype);
    } else {
      Slot& slot = slot_of(node);
      Tensor as_tensor = number_as_tensor(node, gradient);
      slot.first = slot.first ? gradient_ops().add(slot.first, as_tensor) : std::move(as_tensor);
    }
  }

  void add_leaf(Node& node) {
    if (!eager_leaves_) work_->leaves.push_back(&node);
    else if (leaf_users_[&node] == 0) book_ready_leaf(node);  // a root
  }

  // Note [Order of leaf hooks]
  // PyTorch visits a leaf as soon as all its users are done. Only hooks on leaves can tell, so only where there are some is that
  // counted; else leaves come last.
  void count_leaf_users(std::span<const Tensor> roots) {
    std::vector<Node*> stack;
    std::unordered_map<Node*, bool> seen;
    const auto reach = [&](const Ref<Node>& node) {
      if (node && seen.emplace(node.get(), true).second) stack.push_back(node.get());
    };
    std::vector<Edge> starts;
    for (const Tensor& root : roots) reach(starts.emplace_back(gradient_edge(root)).node);
    while (!stack.empty()) {
      Node& node = *stack.back();
      stack.pop_back();
      if (needed_) {
        const auto found = needed_->find(&node);
        if (found == needed_->end() || !found->second.runs) continue;
      }
      for (std::size_t i = 0; i < node.edges.size(); ++i) {
        const Ref<Node>& next = node.edges[i].node;
        if (next && next->sequence == 0) ++leaf_users_[next.get()];
        reach(next);
      }
    }
  }
  void book_ready_leaf(Node& node) {
    work_->ready.add_first(node);
  }
  /// The node was visited: which leaves have all their gradients now?
  void release_leaves(Node& node) {
    for (std::size_t i = 0; i < node.edges.size(); ++i) {
      Node* next = node.edges[i].node.get();
      if (!next || next->sequence != 0 || --leaf_users_[next] != 0) continue;
      const std::uint32_t index = next->pending;
      if (index != 0 && index <= work_->slots.size() && work_->slots[index - 1].node.get() == next) book_ready_leaf(*next);
    }
  }

  /// A new slot for the node; gives its number.
  std::uint32_t open(Node& node) {
    std::vector<Slot>& slots = work_->slots;
    std::uint32_t index;
    if (work_->free.empty()) {
      slots.emplace_back();
      index = static_cast<std::uint32_t>(slots.size());
    } else {
      index = work_->free.back();
      work_->free.pop_back();
    }
    Slot& slot = slots[index - 1];
    slot.node = Ref<Node>(&node);
    slot.outer_pending = std::exchange(node.pending, index);
    return index;
  }

  /// A slot with the node's number as a tensor.
  Slot& number_to_slot(Node& node) {
    node.pending = 0;
    Slot& slot = work_->slots[open(node) - 1];
    slot.first = number_as_tensor(node, node.number);
    return slot;
  }

  void visit(Node& node) {
    if (has_number(node) && !node.more && !backward_observer) [[likely]] {
      node.pending = 0;
      if (go_on_in_numbers(node, node.number)) return;
      number_to_slot(node);
    }
    visit_slowly(node);
  }

  void visit_slowly(Node& node) {
    const bool is_sink = node.sequence == 0;
    bool observed = false;
    if (has_number(node)) {
      node.pending = 0;
      if (!node.more) {
        const double number = node.number;
        if (backward_observer && is_sink) {
          backward_observer({.node = node, .pass = number_, .order = order_++, .number = number, .stores = true});
          observed = true;
        }
        if (go_on_in_numbers(node, number)) return;
      }
      number_to_slot(node);
    }
    // Taken out of its place first: what runs below may open new slots, and move them all.
    const std::uint32_t index = node.pending - 1;
    Slot slot = std::move(work_->slots[index]);
    node.pending = slot.outer_pending;
    work_->free.push_back(index + 1);
    if (node.more) run_hooks(slot);
    if (backward_observer && is_sink && !observed && slot.first) {
      const bool stores = !needed_ || needed_->find(&node)->second.runs;
      backward_observer({.node = node, .pass = number_, .order = order_++, .gradient = &slot.first, .stores = stores});
    }
    if (takes_numbers(node) && !is_sink && !node.more && slot.first && slot.first->dtype == node.dtype) {
      if (go_on_in_numbers(node, item(slot.first).to_double())) return;
    }
    if (needed_) {
      capture(slot);
      const auto found = needed_->find(&node);
      if (!found->second.runs) return;
    }
    if (node.more && !node.more->before.empty()) run_before(slot);
    std::vector<Tensor> many;
    const Tensor* in = &slot.first;
    if (node.outputs > 1) {
      many.reserve(node.outputs);
      for (std::uint32_t i = 0; i < node.outputs; ++i) many.push_back(std::move(slot.gradient(i)));
      in = many.data();
    }
    const std::size_t count = node.edges.size();
    if (count <= kInline) {
      Tensor out[kInline];
      step(node, in, out);
      if (backward_observer && !is_sink) observe(node, in, out);
      for (std::size_t i = 0; i < count; ++i) send_on(node.edges[i], out[i]);
    } else {
      std::vector<Tensor> out(count);
      step(node, in, out.data());
      if (backward_observer && !is_sink) observe(node, in, out.data());
      for (std::size_t i = 0; i < count; ++i) send_on(node.edges[i], out[i]);
    }
    if (eager_leaves_) release_leaves(node);
    if (!options_.retain_graph) node.release_saved();
  }

  /// The node's own backward, with all that watches it.
  void step(Node& node, const Tensor* in, Tensor* out) {
    if (!anomaly.enabled && !node.more) [[likely]] return node.backward(in, out);
    Node* const outer = std::exchange(g_node_under_way, anomaly.enabled ? &node : nullptr);
    try {
      node.backward(in, out);
    } catch (...) {
      g_node_under_way = outer;
      if (anomaly.enabled && node.sequence != 0) anomaly.report(node);
      throw;
    }
    g_node_under_way = outer;
    if (anomaly.enabled && anomaly.check_nan) {
      for (std::size_t i = 0; i < node.edges.size(); ++i) {
        if (!out[i] || !has_nan(*out[i])) continue;
        anomaly.report(node);
        fail("RuntimeError", "Function '", node.name(), "' returned nan values in its ", i, "th output.");
      }
    }
    if (!node.more) return;
    const auto hooks = node.more->after;  // a hook may remove itself
    for (const Ref<NodeHook>& hook : hooks) hook->run({out, node.edges.size()}, {in, node.outputs});
  }

  static bool has_nan(const TensorImpl& x) {
    if (!is_floating(x.dtype)) return false;
    for (std::int64_t i = 0; i < x.numel; ++i) {
      const double value = element(x, offset_of(x, i)).real;
      if (value != value) return true;
    }
    return false;
  }

  /// False, with nothing changed, where it cannot be done.
  bool go_on_in_numbers(Node& node, double number) {
    double out[kInline];
    const std::size_t count = node.edges.size();
    if (count > kInline || !node.backward_number(number, out)) return false;
    if (backward_observer && node.sequence != 0) {
      backward_observer({.node = node, .pass = number_, .order = order_++, .number = number, .numbers = out});
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Edge& edge = node.edges[i];
      if (!edge.node) continue;
      if (edge.node->single) send(edge, out[i]);
      else send(edge, node.input_gradient(i, out[i]));
    }
    if (!options_.retain_graph) node.freed = true;
    return true;
  }

  void observe(const Node& node, const Tensor* in, const Tensor* out) {
    std::uint32_t output = 0;
    while (output < node.outputs && !in[output]) ++output;
    if (output == node.outputs) return;
    backward_observer({.node = node, .pass = number_, .order = order_++, .output = output, .gradient = &in[output], .outs = out});
  }

  void run_hooks(Slot& slot) {
    const auto hooks = slot.node->more->hooks;  // a hook may remove itself
    for (const NodeExtra::Watch& watch : hooks) {
      Tensor& gradient = slot.gradient(watch.number);
      if (Tensor replaced = watch.hook->run(gradient)) gradient = replaced;
    }
  }

  void run_before(Slot& slot) {
    std::vector<Tensor> came;
    for (std::uint32_t i = 0; i < slot.node->outputs; ++i) came.push_back(slot.gradient(i));
    const auto hooks = slot.node->more->before;
    for (const Ref<NodeHook>& hook : hooks) hook->run(came, {});
    for (std::uint32_t i = 0; i < slot.node->outputs; ++i) slot.gradient(i) = came[i];
  }

  void capture(Slot& slot) {
    const auto found = needed_->find(slot.node.get());
    if (leaf_hooks_exist && slot.node->sequence == 0 && !found->second.captures.empty()) {
      auto* sink = dynamic_cast<AccumulateGrad*>(slot.node.get());  // which will not run itself
      if (sink && slot.first) slot.first = run_leaf_hooks(*sink->variable, slot.first);
    }
    for (const Capture& capture : found->second.captures) wanted_[capture.input] = slot.gradient(capture.number);
  }

  /// For a pass with chosen inputs: which nodes lead to one, and which of them run (a captured node runs only when an input
  /// lies behind it).
  void find_needed(std::span<const Tensor> roots) {
    needed_ = std::make_unique<std::unordered_map<Node*, Need>>();
    std::vector<Ref<Node>> found, stack;
    std::unordered_map<Node*, bool> seen;
    const auto reach = [&](const Ref<Node>& node) {
      if (node && seen.emplace(node.get(), true).second) stack.push_back(node);
    };
    for (const Tensor& root : roots) reach(gradient_edge(root).node);
    while (!stack.empty()) {
      const Ref<Node> node = std::move(stack.back());
      stack.pop_back();
      found.push_back(node);
      for (std::size_t i = 0; i < node->edges.size(); ++i) reach(node->edges[i].node);
    }
    for (std::uint32_t i = 0; i < options_.inputs.size(); ++i) {
      const Tensor& input = options_.inputs[i];
      if (!requires_grad(input)) fail("RuntimeError", "One of the differentiated Tensors does not require grad");
      const Edge edge = gradient_edge(input);
      if (!seen.contains(edge.node.get())) continue;
      Need& need = (*needed_)[edge.node.get()];
      if (options_.collect) need.captures.push_back({edge.number, i});
      else need.runs = true;  // where it is no leaf, a hook keeps the gradient
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a->sequence < b->sequence; });
    for (const Ref<Node>& node : found) {
      for (std::size_t i = 0; i < node->edges.size(); ++i) {
        if (!node->edges[i].node || !needed_->contains(node->edges[i].node.get())) continue;
        (*needed_)[node.get()].runs = true;
        break;
      }
    }
  }

  static constexpr std::size_t kInline = 4;
  struct Need {
    bool runs = false;
    std::vector<Capture> captures;
  };
  const BackwardOptions& options_;
  std::uint32_t number_;
  std::uint32_t order_ = 0, arrivals_ = 0;
  bool numbers_ = false;       // may gradients be numbers in this pass?
  bool eager_leaves_ = false;  // Note [Order of leaf hooks]
  std::unordered_map<Node*, std::uint32_t> leaf_users_;
  std::unique_ptr<Workspace> work_;
  Edges roots_;  // holds all nodes of the pass, whatever a hook lets go of
  std::unique_ptr<std::unordered_map<Node*, Need>> needed_;  // null: all nodes
  std::vector<Tensor> wanted_;
};

std::string size_text(const Tensor& x) { return cat("torch.Size(", x->sizes, ")"); }

}  // namespace

bool passes_reach_all() noexcept { return g_reach_all; }
Node* node_under_way() noexcept { return g_node_under_way; }

void check_roots(std::span<const Tensor> roots, std::span<const Tensor> given) {
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const Tensor& root = roots[i];
    if (i < given.size() && given[i]) {
      if (!(given[i]->sizes == root->sizes)) {
        fail("RuntimeError", "Mismatch in shape: grad_output[", i, "] has a shape of ", size_text(given[i]), " and output[", i,
             "] has a shape of ", size_text(root), ".");
      }
    } else if (requires_grad(root) && root->numel != 1) {
      fail("RuntimeError", "grad can be implicitly created only for scalar outputs");
    }
  }
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (!gradient_edge(roots[i]).node) fail("RuntimeError", "element ", i, " of tensors does not require grad and does not have a grad_fn");
  }
}

std::vector<Tensor> run_backward(std::span<const Tensor> roots, std::span<const Tensor> given, const BackwardOptions& options) {
  check_roots(roots, given);
  if (pass_observer) pass_observer(roots, given);
  const GradMode mode(options.create_graph);
  const Internal internal;
  const Shown shown(options.create_graph);
  const UnderWay under_way(options.inputs.empty());
  Pass pass(options);
  pass.run(roots, given);
  std::vector<Tensor> wanted = pass.take_wanted();
  if (!options.collect) return {};
  for (const Tensor& gradient : wanted) {
    if (!gradient && !options.allow_unused) {
      fail("RuntimeError",
           "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the "
           "desired behavior.");
    }
  }
  return wanted;
}

}  // namespace nabla
