// Histories: leaves, gradient edges, hooks, views and what an in-place change does to them.
#include "autograd/variable.h"

#include <algorithm>

#include "autograd/backward.h"
#include "tensor/layout.h"
#include "tensor/loops.h"
#include "base/error.h"

namespace nabla {
namespace {

Type* g_node_type = nullptr;
constexpr std::size_t kMostShapes = 16;  // of one tensor that are remembered

/// Tells a RetainHook whether its tensor still lives: the tensor owns the cell and empties it when it dies.
struct LifeCell final : Object {
  TensorImpl* tensor;
  explicit LifeCell(TensorImpl* tensor) : tensor(tensor) {}
};
struct LifeGuard final : Object {
  Ref<LifeCell> cell;
  explicit LifeGuard(Ref<LifeCell> cell) : cell(std::move(cell)) {}
  ~LifeGuard() override { cell->tensor = nullptr; }
};

struct RetainHook final : GradientHook {
  Ref<LifeCell> cell;
  explicit RetainHook(Ref<LifeCell> cell) : cell(std::move(cell)) {}
  void clear() override {
    if (cell->tensor) cell->tensor->grad = nullptr;
  }
  Tensor run(const Tensor& gradient) override {
    TensorImpl* tensor = cell->tensor;
    if (!tensor || !gradient) return {};
    if (!tensor->grad) tensor->grad = gradient_ops().clone(gradient);
    else tensor->grad = gradient_ops().add(tensor->grad, gradient);
    return {};
  }
};

/// The history of a tensor part of which was changed in place: the gradient of that part goes through the change's own node,
/// the rest passes. Source: PyTorch's note on in-place operations on views.
struct CopySlices final : Node {
  Dims sizes, strides;  // of the view that was changed
  std::int64_t offset;
  Dims base_sizes, base_strides;
  std::int64_t base_offset;
  Tensor expected_shape;  // of the gradient that goes on to the base's own history, where that is not the base's now
  Ref<Node> change;

  CopySlices(const Tensor& base, const Tensor& view, const Ref<Node>& change)
      : sizes(view->sizes), strides(view->strides), offset(view->offset), base_sizes(base->sizes), base_strides(base->strides), base_offset(base->offset), change(change) {
    edges.push_back(gradient_edge(base));
    if (edges[0].node) {
      const TensorImpl& wanted = expected(edges[0], *base);
      if (&wanted != base.get()) expected_shape = Tensor(const_cast<TensorImpl*>(&wanted));
    }
    for (std::size_t i = 1; i < change->edges.size(); ++i) edges.push_back(Edge(change->edges[i]));
    change->edges[0] = edges[0];  // instead of the view's own node, which holds the base: a circle
  }

  void backward(const Tensor* in, Tensor* out) override {
    if (!in[0]) return;
    if (freed) fail_freed();
    const Tensor whole = laid_out(in[0]);
    const Tensor part = gradient_ops().as_strided(whole, sizes, strides, offset - base_offset);
    const Tensor given = gradient_ops().clone(part);
    std::vector<Tensor> results(change->edges.size());
    change->backward(&given, results.data());
    gradient_ops().copy_(part, results[0] ? results[0] : zeros(sizes, whole->dtype));
    out[0] = whole;
    if (expected_shape) fit(out[0], *expected_shape, this, 0);
    for (std::size_t i = 1; i < results.size(); ++i) out[i] = results[i];
  }
  /// A copy of g that lies in memory as the base does.
  Tensor laid_out(const Tensor& g) const {
    std::int64_t last = 0;
    for (std::size_t d = 0; d < base_sizes.size(); ++d) last += std::max<std::int64_t>(base_sizes[d] - 1, 0) * base_strides[d];
    const Tensor out = as_strided(empty({last + 1}, g->dtype), base_sizes, base_strides, 0);
    gradient_ops().copy_(out, g);
    return out;
  }
  std::string name() const override { return "CopySlices"; }
  void release_saved() override {
    freed = true;
    change->release_saved();
  }
};

/// A view whose history an in-place change would leave unclear. `what`: "is being", or what has been done to others.
[[noreturn]] void ambiguous_view(const Tensor& x, std::string_view what) {
  const Made made = extra(*x)->made;
  const auto* maker = static_cast<const Node*>(x->grad_fn.get());
  const bool in_inference = made == Made::in_inference, by_mode = in_inference || made == Made::without_grad || !maker;
  const std::string output = maker ? cat("Output ", x->output_number, " of ", maker->full_name(), " is a view") : "A view";
  const std::string_view mode = in_inference ? "inference" : "no_grad";
  const std::string which = by_mode ? cat(output, maker ? " of a view which" : "", " was created in ", mode, " mode and ", what, " modified inplace ",
                                          in_inference ? "in normal mode." : "with grad mode enabled.")
                                    : cat(output, " and ", what, " modified inplace.");
  if (made == Made::of_many) {
    fail("RuntimeError", which, " This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should "
                                "replace the inplace operation by an out-of-place one.");
  }
  if (made == Made::in_function) {
    fail("RuntimeError", which, " This view was created inside a custom Function (or because an input was returned as-is) and the autograd logic to handle view+inplace would override "
                                "the custom backward associated with the custom Function, leading to incorrect gradients. This behavior is forbidden. You can fix this by cloning the "
                                "output of the custom Function.");
  }
  fail("RuntimeError", which, " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both "
                              "inside the ", mode, in_inference ? "_mode" : "", " block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).");
}

}  // namespace

bool grad_mode() noexcept { return GradMode::inference_ ? GradMode::wanted_ : GradMode::enabled_; }
bool inference_mode() noexcept { return GradMode::inference_; }
void set_grad_enabled(bool enabled) noexcept {
  GradMode::wanted_ = enabled;
  GradMode::enabled_ = enabled && !GradMode::inference_;
}
void set_inference_mode(bool on) noexcept {
  const bool wanted = grad_mode();
  GradMode::inference_ = on;
  set_grad_enabled(wanted);
}
void set_node_type(Type* type) { g_node_type = type; }

std::string Node::full_name() const {
  std::string own = name();
  const bool of_engine = own == "AccumulateGrad" || own == "CopySlices" || own == "CopyBackwards" || own == "NotImplemented" || own == "Identity" || own == "Error";
  return of_engine ? "torch::autograd::" + own : own;
}

void Node::fail_freed() {
  fail("RuntimeError",
       "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved "
       "intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
       "backward through the graph a second time or if you need to access saved tensors after calling backward.");
}

Node::Node(std::uint64_t sequence) : Object(g_node_type), sequence(sequence) {}

AccumulateGrad::AccumulateGrad(const Tensor& variable) : Node(0), variable(variable) {
  variable->accumulator = this;
  single = variable->numel == 1 && is_floating(variable->dtype);
  rank = static_cast<std::uint8_t>(variable->dim());
  dtype = variable->dtype;
}

void AccumulateGrad::discard() noexcept {
  const Tensor leaf = std::move(variable);
  if (leaf && leaf->refs > 1 && !more) {
    pending = 0;
    trace_id = 0;
    return;
  }
  if (leaf && leaf->accumulator == this) leaf->accumulator = nullptr;
  delete this;
}

Tensor run_leaf_hooks(const TensorImpl& leaf, Tensor gradient) {
  const VariableExtra* more = extra(leaf);
  if (!more || !gradient) return gradient;
  const auto hooks = more->hooks;  // a hook may remove itself
  for (const auto& hook : hooks) {
    if (Tensor replaced = hook->run(gradient)) gradient = replaced;
  }
  return gradient;
}

namespace {

bool fills_memory(const TensorImpl& leaf) { return leaf.is_contiguous() || is_dense(leaf); }

/// PyTorch's "gradient layout contract": a gradient lies in memory as the leaf does, or row by row where that has gaps.
bool obeys_layout(const TensorImpl& gradient, const TensorImpl& leaf) {
  if (!fills_memory(leaf)) return gradient.is_contiguous();
  for (std::size_t d = 0; d < gradient.dim(); ++d) {
    if (gradient.sizes[d] == 1 ? gradient.strides[d] == 0 : d >= leaf.dim() || gradient.strides[d] != leaf.strides[d]) return false;
  }
  return true;
}

void check_layout(const TensorImpl& gradient, const TensorImpl& leaf) {
  static constexpr const char* kWhat = "grad and param do not obey the gradient layout contract. This is not an error, but may impair performance.\ngrad.sizes() = ";
  if (obeys_layout(gradient, leaf) || !is_first_time(kWhat)) return;
  warn("UserWarning", cat(kWhat, gradient.sizes, ", strides() = ", gradient.strides, "\nparam.sizes() = ", leaf.sizes, ", strides() = ", leaf.strides));
}

}  // namespace

void AccumulateGrad::backward(const Tensor* in, Tensor*) {
  const Tensor gradient = run_leaf_hooks(*variable, in[0]);
  if (!gradient || !nabla::requires_grad(*variable)) return;  // it did when the graph was made
  Tensor& grad = variable->grad;
  if (grad) {
    const Tensor sum = grad_enabled() ? gradient_ops().add(grad, gradient) : grad;
    if (!grad_enabled()) gradient_ops().accumulate(grad, gradient);
    check_layout(*sum, *variable);
    grad = sum;
    return;
  }
  if (!grad_enabled() && gradient->refs <= 2 && obeys_layout(*gradient, *variable)) {  // `in` and `gradient` are its only owners
    grad = gradient->view ? detach(gradient) : gradient;
  } else if (!fills_memory(*variable)) {
    grad = gradient_ops().clone(gradient);
  } else {
    grad = empty_as(*variable, variable->dtype);  // before the copy, so that who watches knows whose it is
    try {
      gradient_ops().copy_(grad, gradient);
    } catch (...) {
      grad = nullptr;
      throw;
    }
  }
  if (!grad_enabled() && grad->view) extra(*grad)->tangent = nullptr;
}

void clear_gradients() {
  leaf_hooks_exist = false;
  // What is listed is held first: clearing one may free others.
  std::vector<Tensor> leaves;
  for (auto* sink = AccumulateGrad::first(); sink; sink = sink->next()) {
    if (sink->variable) leaves.push_back(sink->variable);
  }
  std::vector<Ref<GradientHook>> hooks;
  for (GradientHook* hook = GradientHook::first(); hook; hook = hook->next()) hooks.emplace_back(hook);
  std::vector<Tensor> others;
  for (auto* more = VariableExtra::first(); more; more = more->next()) others.emplace_back(more->owner);
  std::vector<Ref<NodeHook>> node_hooks;
  for (NodeHook* hook = NodeHook::first(); hook; hook = hook->next()) node_hooks.emplace_back(hook);
  for (const Tensor& leaf : leaves) leaf->grad = nullptr;
  for (const Tensor& x : others) {
    x->grad_fn = nullptr;
    extra(*x)->tangent = extra(*x)->tangent_base = nullptr;
    extra(*x)->attributes = nullptr;
    extra(*x)->kept_sink = nullptr;
  }
  for (const auto& hook : hooks) hook->clear();
  for (const auto& hook : node_hooks) hook->clear();
}

void keep_shape(const Tensor& x, bool other_type) {
  std::vector<Shape>& shapes = make_extra(x).shapes;
  if (shapes.empty() || shapes.back().until != Node::last_sequence) {
    if (shapes.size() == kMostShapes) shapes.erase(shapes.begin());
    const Tensor was = alias(x);
    was->set_storage(make<Storage>(0), x->offset, x->dtype);
    shapes.push_back({Node::last_sequence, was});
  }
  auto* const sink = static_cast<AccumulateGrad*>(x->accumulator);
  if (!sink) return;
  if (!sink->variable || other_type) x->accumulator = nullptr;  // what comes now gets a sink of its own
  if (!sink->variable) sink->discard();
  else sink->single = false;
}

const TensorImpl& former_shape(const TensorImpl& x, std::uint64_t sequence) noexcept {
  for (const Shape& shape : extra(x)->shapes) {
    if (sequence <= shape.until) return *shape.was;
  }
  return x;
}

void share_shapes(const Tensor& to, const TensorImpl& x) {
  if (x.view && !extra(x)->shapes.empty()) make_extra(to).shapes = extra(x)->shapes;
}

const TensorImpl& expected(const Edge& edge, const TensorImpl& x) noexcept {
  if (!x.view) return x;
  const Node& node = *edge.node;
  return former_shape(x, node.sequence ? node.sequence : static_cast<const AccumulateGrad&>(node).made_at);
}

void fit(Tensor& gradient, const Dims& sizes, DType dtype, const Node* node, std::size_t edge) {
  if (!gradient || !fits_gradients) return;
  if (!(gradient->sizes == sizes)) {
    if (!is_expandable(sizes, gradient->sizes)) {
      fail("RuntimeError", node ? cat("Function ", node->full_name(), " returned an invalid") : "invalid", " gradient at index ", edge, " - got ", gradient->sizes,
           " but expected shape compatible with ", sizes);
    }
    gradient = gradient_ops().sum_to_size(gradient, sizes);
  }
  if (gradient->dtype != dtype) gradient = gradient_ops().cast(gradient, dtype);
}

bool AccumulateGrad::backward_number(double in, double*) {
  if (const VariableExtra* more = extra(*variable); more && !more->hooks.empty()) return false;
  if (!nabla::requires_grad(*variable)) return true;
  Tensor& grad = variable->grad;
  if (!grad) {
    grad = variable->plain() >= 0 ? make_plain(variable->plain()) : empty_one(*variable, dtype);
    if (dtype == DType::float32) *grad->data_as<float>() = static_cast<float>(in);
    else *grad->data_as<double>() = in;
    return true;
  }
  if (grad->numel != 1 || grad->dtype != dtype) return false;
  if (dtype == DType::float32) *grad->data_as<float>() += static_cast<float>(in);
  else *grad->data_as<double>() += in;
  grad->raise_version();
  return true;
}

bool views_tracked(const TensorImpl& x) noexcept {
  const VariableExtra* more = extra(x);
  return more->base && (more->base->requires_grad || more->base->grad_fn);
}

VariableExtra* extra(const TensorImpl& x) noexcept { return static_cast<VariableExtra*>(x.view.get()); }

VariableExtra& make_extra(const Tensor& x) {
  if (!x->view) x->view = make<VariableExtra>(x.get());
  return *extra(*x);
}

namespace {
/// A new history for a tensor that may have had one: what retain_grad() asked for goes along, so that `.grad` is that of the values after the change;
/// other hooks stay. So does that of a base of which a view changes: there PyTorch keeps the gradient of the values before.
void replace_history(const Tensor& x, Ref<Node> node, std::uint32_t number) {
  Ref<GradientHook> kept;
  if (auto* const before = static_cast<Node*>(x->grad_fn.get()); x->retains_grad && before && before->more) {
    std::erase_if(before->more->hooks, [&](const NodeExtra::Watch& watch) {
      const auto* const hook = dynamic_cast<const RetainHook*>(watch.hook.get());
      if (!hook || hook->cell->tensor != x.get()) return false;
      kept = watch.hook;
      return true;
    });
  }
  if (kept && node) node->make_more().hooks.push_back({number, kept});
  set_history(x, std::move(node), number);
}
}  // namespace

Ref<Node> grad_fn(const Tensor& x) {
  VariableExtra* more = extra(*x);
  if (more && more->base && more->version != x->version() && (x->grad_fn || requires_grad(more->base))) {
    if (more->made != Made::plainly) ambiguous_view(x, "its base or another view of its base has been");
    more->version = x->version();
    replace_history(x, gradient_ops().view_node(more->base, x->sizes, x->strides, x->offset), 0);
  }
  return Ref<Node>(static_cast<Node*>(x->grad_fn.get()));
}

void find_gradient_edge(TensorImpl& x, Edge& out) {
  if (x.view) (void)grad_fn(Tensor(&x));  // brings a view up to date
  if (x.grad_fn) {
    out.node = Ref<Node>(static_cast<Node*>(x.grad_fn.get()));
    out.number = x.output_number;
  } else if (x.requires_grad) {
    out.number = 0;
    if (auto* sink = static_cast<AccumulateGrad*>(x.accumulator)) {
      if (!sink->variable) {
        sink->variable = Tensor(&x);
        sink->made_at = Node::last_sequence;
      }
      out.node = Ref<Node>(sink);
    } else {
      out.node = Ref<Node>(new AccumulateGrad(Tensor(&x)));
    }
  }
}

void set_requires_grad(const Tensor& x, bool value) {
  if (x->grad_fn) {
    if (value) return;
    fail("RuntimeError",
         "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that "
         "doesn't require differentiation use var_no_grad = var.detach().");
  }
  if (value && is_inference(*x) && !inference_mode()) {
    fail("RuntimeError", "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.");
  }
  if (value && !is_floating(x->dtype)) fail("RuntimeError", "only Tensors of floating point dtype can require gradients");
  x->requires_grad = value;
}

void add_hook(const Tensor& x, Ref<GradientHook> hook) {
  if (!requires_grad(x)) fail("RuntimeError", "cannot register a hook on a tensor that doesn't require gradient");
  const Ref<Node> node = grad_fn(x);
  if (!node) {
    make_extra(x).hooks.push_back(std::move(hook));
    leaf_hooks_exist = true;
    return;
  }
  node->make_more().hooks.push_back({x->output_number, std::move(hook)});
}

void retain_grad(const Tensor& x) {
  if (!requires_grad(x)) fail("RuntimeError", "can't retain_grad on Tensor that has requires_grad=False");
  if (is_leaf(*x) || x->retains_grad) return;
  auto cell = make<LifeCell>(x.get());
  add_hook(x, make<RetainHook>(cell));
  make_extra(x).retained = make<LifeGuard>(cell);
  x->retains_grad = true;
}

Lanes::Batch& Lanes::of(int vmap) {
  for (Batch& one : batches) {
    if (one.vmap == vmap) return one;
  }
  return batches.emplace_back(Batch{vmap, {}, {}});
}

std::uint32_t batched_as(const TensorImpl& x) noexcept {
  std::uint32_t found = 0;
  if (!x.view || !extra(x)->lanes) return found;
  for (const Lanes::Batch& one : extra(x)->lanes->batches) found |= 1u << one.vmap;
  return found;
}

void follow_lanes(const Tensor& to, const TensorImpl& x, FunctionRef<Tensor(const Tensor& other)> make) {
  if (!batched_as(x)) return;
  auto lanes = nabla::make<Lanes>();
  for (const Lanes::Batch& one : extra(x)->lanes->batches) {
    Lanes::Batch& own = lanes->of(one.vmap);
    for (const Tensor& other : one.others) own.others.push_back(make(other));
  }
  make_extra(to).lanes = std::move(lanes);
}

Tensor in_lane(const Tensor& x, int vmap, std::size_t element) {
  if (!x || !(batched_as(*x) >> vmap & 1)) return x;
  return extra(*x)->lanes->of(vmap).others[element - 1];
}

Tensor in_lanes(const std::vector<Tensor>& from, FunctionRef<Tensor(const std::vector<Tensor>& from)> make) {
  const Tensor out = make(from);
  for (const Tensor& x : from) {
    if (!x || !batched_as(*x)) continue;
    VariableExtra& more = make_extra(out);
    if (!more.lanes) more.lanes = nabla::make<Lanes>();
    for (const Lanes::Batch& one : extra(*x)->lanes->batches) {
      std::vector<Tensor>& others = more.lanes->of(one.vmap).others;
      while (others.size() < one.others.size()) {
        std::vector<Tensor> own;
        for (const Tensor& each : from) own.push_back(in_lane(each, one.vmap, others.size() + 1));
        others.push_back(in_lanes(own, make));
      }
    }
  }
  return out;
}

void share_lanes(const Tensor& to, const TensorImpl& x) {
  if (batched_as(x)) make_extra(to).lanes = extra(x)->lanes;
}

void follow_lanes(const Tensor& to, const TensorImpl& x) {
  follow_lanes(to, x, [&](const Tensor& other) {
    const Tensor out = copy_as(to);
    follow_lanes(out, *other);
    return out;
  });
}

namespace {

[[gnu::noinline]] void detach_lanes(const Tensor& to, const TensorImpl& x) {
  follow_lanes(to, x, [](const Tensor& other) { return detach(other); });
  for (const Lanes::Batch& one : extra(x)->lanes->batches) {
    Lanes::Batch& own = extra(*to)->lanes->of(one.vmap);
    if (one.whole) own.whole = detach(one.whole);
    own.dim = one.dim;
  }
}

}  // namespace

Tensor detach(const Tensor& x) {
  const Tensor out = alias(x);
  if (batched_as(*x)) [[unlikely]] detach_lanes(out, *x);
  if (is_inference(*x)) {
    VariableExtra& more = make_extra(out);
    more.inference = true;
    more.made = inference_mode() ? Made::plainly : Made::in_inference;  // without a base: may be changed anywhere
  }
  return out;
}

void set_history(const Tensor& x, Ref<Node> node, std::uint32_t number) {
  x->grad_fn = std::move(node);
  x->output_number = number;
  x->requires_grad = false;
}

void mark_view(const Tensor& out, const Tensor& base, bool of_many) {
  VariableExtra& more = make_extra(out);
  const VariableExtra* of_base = extra(*base);
  more.base = of_base && of_base->base ? of_base->base : base;
  more.version = out->version();
  more.made = inference_mode() ? Made::in_inference : !grad_enabled() ? Made::without_grad : of_many ? Made::of_many : of_base && of_base->base ? of_base->made : Made::plainly;
}

void check_in_place(const Tensor& x, bool tracked) {
  const VariableExtra* more = extra(*x);
  if (grad_enabled()) {
    const bool is_view = more && more->base;
    if (is_view && (tracked || requires_grad(x)) && more->made != Made::plainly) ambiguous_view(x, "is being");
    if (is_view && requires_grad(x) && is_leaf(*more->base)) {
      fail("RuntimeError", "a view of a leaf Variable that requires grad is being used in an in-place operation.");
    }
    if (!is_view && x->requires_grad && is_leaf(*x)) {
      fail("RuntimeError", "a leaf Variable that requires grad is being used in an in-place operation.");
    }
  }
}

void check_distinct(const TensorImpl& x) {
  if (x.numel == 0) return;
  for (std::size_t i = 0; i < x.dim(); ++i) {
    if (x.strides[i] == 0 && x.sizes[i] > 1) {
      fail("RuntimeError",
           "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please "
           "clone() the tensor before performing the operation.");
    }
  }
}

void check_overlap(const TensorImpl& written, const TensorImpl& read) {
  if (&written == &read || written.numel == 0 || read.numel == 0 || written.storage()->memory() != read.storage()->memory() || !is_dense(written) || !is_dense(read)) return;
  const std::int64_t a = written.offset, b = read.offset;
  const bool same_place = a == b && written.numel == read.numel;
  if (same_place ? written.strides == read.strides : a >= b + read.numel || b >= a + written.numel) return;
  fail("RuntimeError", "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the "
                       "tensor before performing the operation.");
}

void check_inference_change(const TensorImpl& x) {
  if (!is_inference(x) || inference_mode() || (!extra(x)->base && extra(x)->made == Made::in_inference)) return;
  fail("RuntimeError",
       "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal tensor before doing "
       "inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details.");
}

void count_change(TensorImpl& x) {
  check_inference_change(x);
  if (!x.is_data || x.storage()->whole) x.raise_version();
}

void rebase_history(const Tensor& x, const Ref<Node>& node, std::uint32_t number) {
  make_extra(x);
  if (!is_view(*x)) return replace_history(x, node, number);
  const Tensor base = extra(*x)->base;
  make_extra(base);
  set_history(base, make<CopySlices>(base, x, node));
  x->requires_grad = false;
  (void)grad_fn(x);
}

void changed_in_place(const Tensor& x, const Ref<Node>& node) {
  count_change(*x);
  if (node) rebase_history(x, node);
}

void cut_off(TensorImpl& x) noexcept {
  x.grad_fn = nullptr;
  x.requires_grad = false;
  x.output_number = 0;
  if (x.view) extra(x)->tangent = nullptr;
}

std::string describe(const TensorImpl& x) { return cat("torch.", legacy_name(x.dtype), "Tensor ", x.sizes); }

}  // namespace nabla
