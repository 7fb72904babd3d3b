// What nodes have saved: what a formula reads of it, checked for changes; which of it the formulas read at all; hooks that pack it.
#include <algorithm>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/applying.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "tensor/layout.h"
#include "tensor/random.h"

namespace nabla {

Tensor check_saved(const Arg& arg, const OpNode& node, bool own) {
  if (node.freed) Node::fail_freed();
  const Tensor x = arg.tensor();
  if (x->version() != arg.version) {
    for (const int place : node.reads().order) {  // as PyTorch, which unpacks all in this order, tell of the first
      if (place < 0 || &node.arg(place) == &arg) break;
      if (node.arg(place).is_tensor() && node.arg(place).impl()->version() != node.arg(place).version) return check_saved(node.arg(place), node, false);
    }
    const Ref<Node> maker = own ? Ref<Node>() : grad_fn(x);
    for (int i = 0; i < node.count && !own && !requires_grad(x) && x->version() == arg.version + 1; ++i) {  // an alias of what this node itself changed
      own = &node.arg(i) == &arg && node.def.parsed()[node.signature].edges[i] == ParsedSignature::EdgeKind::one && node.edges[node.edge_of(i)].node;
    }
    const std::string made_by = own ? node.full_name() : maker ? maker->full_name() : "";
    fail("RuntimeError", "one of the variables needed for gradient computation has been modified by an inplace operation: [", describe(*x), "]",
         made_by.empty() ? "" : cat(", which is output ", x->output_number, " of ", made_by, ","), " is at version ", x->version(),
         "; expected version ", arg.version,
         anomaly.enabled ? " instead. Hint: the backtrace further above shows the operation that failed to compute its gradient. The variable in "
                           "question was changed in there or anywhere later. Good luck!"
                         : " instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with "
                           "torch.autograd.set_detect_anomaly(True).");
  }
  return x;
}

namespace {

/// A tensor with x's shape and type, and no memory: what is left of a large argument once a graph was freed.
Tensor shape_of(const Tensor& x) {
  Tensor out = alias(x);
  out->set_storage(make<Storage>(0), 0, x->dtype);
  return out;
}

constexpr std::int64_t kKeptBytes = 4096;  // smaller arguments are not worth a shell of their own when a graph is freed

OpNode::Reads* g_reads = nullptr;  // while reads() listens

/// Of that shape: in the place of what a freed node has let go of, while reads() listens.
Tensor like(const TensorImpl& x) { return zeros(x.sizes, x.dtype); }

/// Where NodeExtra::packed has an element of an argument that is a list, and what no formula reads.
constexpr int element_place(int argument, std::size_t element) { return kMaxArgs * (1 + static_cast<int>(element)) + argument; }
constexpr int kOther = -100;

/// What a node in its backward pass has unpacked: all at once and in order, as PyTorch does.
struct Unpacked {
  const OpNode* node;
  std::vector<std::pair<int, Tensor>> values;
  Unpacked* before;
};
Unpacked* g_unpacked = nullptr;

Tensor unpacked(const OpNode& node, int which, Packed& kept) {
  if (g_unpacked && g_unpacked->node == &node) {
    for (const auto& [number, value] : g_unpacked->values) {
      if (number == which) return value;
    }
  }
  return kept.unpack();
}

/// Where the gradient of a saved argument goes on: what unpack() gave has no history of its own.
struct PassOn final : Node {
  explicit PassOn(const Edge& edge) { edges.push_back(Edge(edge)); }
  void backward(const Tensor* in, Tensor* out) override { out[0] = in[0]; }
  std::string name() const override { return "Identity"; }
};

}  // namespace

void OpNode::release_saved() {
  freed = true;
  if (more) more->packed.clear();
  if (single) return;
  if (!out_.is_none()) out_ = Arg();
  if (more_outs_) more_outs_.reset();
  for (int i = 0; i < count; ++i) {
    Arg& saved = arg(i);
    if (saved.is_tensor() && saved.impl()->numel * item_size(saved.impl()->dtype) > kKeptBytes) saved = Arg(shape_of(saved.tensor()));
  }
}

Packed* OpNode::packed(int which) const noexcept {
  if (!more) return nullptr;
  for (const auto& [number, value] : more->packed) {
    if (number == which) return value.get();
  }
  return nullptr;
}

void OpNode::backward_unpacked(const Tensor* in, Tensor* out) {
  struct Scope {
    Unpacked now;
    explicit Scope(const OpNode* node) : now{node, {}, g_unpacked} { g_unpacked = &now; }
    ~Scope() { g_unpacked = now.before; }
  } scope(this);
  for (const auto& [which, kept] : more->packed) scope.now.values.emplace_back(which, kept->unpack());
  differentiate(in, out);
}

/// A node that gets no gradient still reads what it saved, as in PyTorch.
void OpNode::check_kept() const {
  const Reads found = reads();
  for (int i = 0; i < count; ++i) {
    if (!(found.values >> i & 1)) continue;
    const bool is_list = arg(i).kind() == Arg::Kind::tensors, is_operand = def.parsed()[signature].parameters[i].type == ParameterDef::Type::tensor;
    if (arg(i).is_tensor() && !packed(i)) (void)check_saved(arg(i), *this, false);
    else if (freed && (is_list || is_operand)) fail_freed();
  }
  for (std::uint32_t k = 0; k < outputs; ++k) {
    if (!(found.outs >> k & 1)) continue;
    if (freed) fail_freed();
    if (!packed(-1 - static_cast<int>(k))) (void)check_saved(kept_output(static_cast<int>(k)), *this, true);
  }
}

OpNode::Reads OpNode::reads(bool of_all) const {
  Reads found;
  if (def.lacks_derivative(signature)) return found;
  const GradMode off(false);
  const Internal internal;
  const OpObserver watchers = std::exchange(op_observer, nullptr);
  const RandomGenerator random = default_generator();
  OpNode::Reads* const before = std::exchange(g_reads, nullptr);
  try {
    Call call(def, signature);
    call.count = count;
    for (int i = 0; i < count; ++i) call.args[i] = freed && arg(i).is_tensor() ? Arg(like(*arg(i).impl())) : arg(i);
    std::vector<Tensor> outs;
    try {
      if (def.gives_many(signature)) outs = def.forward_many(call);
      else outs.push_back(def.forward(call));
    } catch (const Error&) {  // of a call that fails, what it would have saved
      outs.assign(std::max<std::uint32_t>(1, outputs), scalar_tensor(Scalar::of(0.0), default_dtype()));
    }
    std::vector<Tensor> in;
    for (const Tensor& one : outs) in.push_back(full(one->sizes, Scalar::of(0), is_floating(one->dtype) ? one->dtype : default_dtype()));
    g_reads = &found;
    const Backward view{*this, in[0], in.data()};
    const auto order = by_name();
    for (const int i : std::span(order.data(), count)) {
      const Gradient& rule = def.gradient_of(i);
      if (rule.state != Gradient::State::formula) continue;
      bool asked = of_all;
      for (int at = edge_of(i); at < edge_of(i + 1); ++at) asked = asked || edges[at].node;
      if (!asked) continue;
      const struct Note {
        Reads& reads;
        std::uint32_t before = reads.values;
        ~Note() {
          for (int k = 0; k < kMaxArgs; ++k) {
            if ((reads.values & ~before) >> k & 1) reads.order.push_back(k);
          }
        }
      } note{found};
      try {
        if (rule.formula) rule.formula(view);
        else rule.formulas(view);
      } catch (const Error&) {  // what was read until then is all there is to tell
      }
    }
  } catch (const Error&) {
  }
  g_reads = before;
  op_observer = watchers;
  default_generator() = random;
  for (std::uint32_t k = 0; k < outputs; ++k) {
    if (found.outs >> k & 1) found.order.push_back(-1 - static_cast<int>(k));
  }
  return found;
}

void OpNode::pack(Ref<Packed> (*pack)(const Tensor& x), std::span<const Kept> all) {
  const auto& parameters = def.parsed()[signature].parameters;
  const auto put = [&](Arg& kept, int which) {
    const bool as_tensor = which >= 0 && kept.is_number() && parameters[which].type == ParameterDef::Type::tensor;
    if (as_tensor) kept = Arg(scalar_tensor(kept.scalar(), kept.kind() == Arg::Kind::real ? DType::float64 : kept.kind() == Arg::Kind::boolean ? DType::bool_ : DType::int64));
    if (kept.kind() == Arg::Kind::tensors) {
      const auto& list = kept.tensors();
      for (std::size_t e = 0; e < list.size(); ++e) {
        if (list[e]) make_more().packed.emplace_back(element_place(which, e), pack(list[e]));
      }
    }
    if (!kept.is_tensor()) return;
    Tensor x = kept.tensor();
    if (which < 0 && is_floating(x->dtype)) set_history(x = alias(x), Ref<Node>(this), static_cast<std::uint32_t>(-1 - which));
    make_more().packed.emplace_back(which, pack(x));
    kept = Arg(shape_of(x));
    save(kept);
  };
  single = false;
  for (const auto& [place, other] : all) {
    if (other) make_more().packed.emplace_back(kOther, pack(other));
    else put(place >= 0 ? arg(place) : place == -1 ? out_ : more_outs_[-2 - place], place);
  }
}

Tensor OpNode::saved(int argument) const {
  if (freed) fail_freed();
  if (Packed* kept = packed(argument)) {
    const Tensor x = alias(kept->unpack());
    const Edge& edge = edges[edge_of(argument)];
    if (edge.node && edge.node->sequence == 0) x->requires_grad = true;  // of a leaf
    else if (edge.node) set_history(x, edge.node, edge.number);
    return x;
  }
  return arg(argument).is_tensor() ? check_saved(arg(argument), *this, false) : Tensor();
}

Tensor OpNode::saved_output(std::uint32_t number) const {
  if (freed) fail_freed();
  Packed* const kept = packed(-1 - static_cast<int>(number));
  Tensor out = alias(kept ? kept->unpack() : check_saved(kept_output(static_cast<int>(number)), *this, true));
  if (is_floating(out->dtype)) set_history(out, Ref<Node>(const_cast<OpNode*>(this)), number);
  return out;
}

const Arg& Backward::arg(int i) const {
  static const Arg none;
  if (i >= node.count) return none;
  const Arg& kept = node.arg(i);
  if (g_reads && !kept.is_tensor() && kept.kind() != Arg::Kind::tensors) [[unlikely]] g_reads->values |= 1u << i;
  return kept;
}

Tensor Backward::input(int i) const {
  const Arg& saved = arg(i);
  if (!saved.is_tensor()) return {};
  if (g_reads) [[unlikely]] {
    g_reads->values |= 1u << i;
    return node.freed || node.packed(i) ? like(*saved.impl()) : saved.tensor();
  }
  if (node.more) [[unlikely]] {
    if (Packed* kept = node.packed(i)) {
      if (node.freed) Node::fail_freed();
      Tensor x = alias(unpacked(node, i, *kept));
      const Edge& edge = node.edges[node.edge_of(i)];
      if (grad_enabled() && edge.node) set_history(x, make<PassOn>(edge));
      return x;
    }
  }
  return check_saved(saved, node, false);
}

std::vector<Tensor> Backward::inputs(int i) const {
  std::vector<Tensor> list = arg(i).tensors();
  if (g_reads) [[unlikely]] {
    g_reads->values |= 1u << i;
    return list;
  }
  if (node.freed) Node::fail_freed();
  const std::uint32_t changes = count_changes(list) - arg(i).version;
  for (std::size_t e = 0; e < list.size(); ++e) {
    if (!list[e]) continue;
    if (Packed* const kept = node.packed(element_place(i, e))) {
      list[e] = unpacked(node, element_place(i, e), *kept);
    } else if (changes > 0 && list[e]->version() >= changes) {  // told of the first that may have been changed
      Arg one(list[e]);
      one.version = list[e]->version() - changes;
      (void)check_saved(one, node, false);
    }
  }
  return list;
}

Arg Backward::operand(int i) const {
  if (node.freed && !g_reads && !arg(i).is_tensor() && node.def.parsed()[node.signature].parameters[i].type == ParameterDef::Type::tensor) {
    Node::fail_freed();  // PyTorch saves a number as a tensor there
  }
  return arg(i).is_tensor() ? Arg(input(i)) : arg(i);
}

Tensor Backward::out(int number) const {
  if (g_reads) [[unlikely]] {
    g_reads->outs |= 1u << number;
    return node.freed || node.out_.is_none() || node.packed(-1 - number) ? like(*gradients[number]) : node.kept_output(number).tensor();
  }
  if (node.out_.is_none() && !node.freed) fail("SystemError", node.def.name, ": its formula reads out(), but reads_output is not set");
  if (node.freed) Node::fail_freed();
  Packed* const kept = node.packed(-1 - number);
  const Tensor saved = kept ? unpacked(node, -1 - number, *kept) : check_saved(node.kept_output(number), node, true);
  if (!grad_enabled() || node.lent_) return saved;
  Tensor tracked = alias(saved);  // for a second derivative the result must know its own node
  if (saved->view) [[unlikely]] {
    make_extra(tracked).tangent = extra(*saved)->tangent;
    share_lanes(tracked, *saved);
  }
  set_history(tracked, Ref<Node>(const_cast<OpNode*>(&node)), static_cast<std::uint32_t>(number));
  return tracked;
}

const Dims& Backward::sizes(int i) const {
  if (g_reads) [[unlikely]] g_reads->sizes |= 1u << i;
  return shape(i).sizes;
}
const TensorImpl& Backward::shape(int i) const { return shape_then(*arg(i).impl(), node.sequence); }
DType Backward::dtype(int i) const { return shape(i).dtype; }
int Backward::signature() const { return node.signature; }
bool Backward::needs(int i) const { return static_cast<bool>(node.edges[node.edge_of(i)].node); }

}  // namespace nabla
