// Applying operators: type promotion, the node that remembers a call, and what formulas may read of it.
#include "ops/opdef.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "ops/operands.h"
#include "ops/overlap.h"
#include "ops/support.h"
#include "tensor/layout.h"
#include "tensor/loops.h"
#include "tensor/random.h"

namespace nabla {

OpObserver op_observer = nullptr;
OperandObserver operand_observer = nullptr;
OpObserver first_watcher = nullptr;
InPlaceObserver before_in_place = nullptr;
void (*before_failure)(OpNode& node) = nullptr;

namespace {

/// Adds a watcher to those of which `observer` calls all, or takes it away.
template <auto& observer, bool in_front, class... Args>
void watch(void (*watcher)(Args...), bool on) {
  static std::vector<void (*)(Args...)> watchers;
  std::erase(watchers, watcher);
  if (on) watchers.insert(in_front ? watchers.begin() : watchers.end(), watcher);
  observer = watchers.empty() ? nullptr : watchers.size() == 1 ? watchers[0] : [](Args... args) {
    const auto all = watchers;  // one may take itself away
    for (const auto one : all) one(args...);
  };
}

}  // namespace

void watch_ops(OpObserver watcher, bool on) {
  watch<op_observer, true>(watcher, on);
  if (on && first_watcher && watcher != first_watcher) watch<op_observer, true>(first_watcher, true);
}
void watch_in_place(InPlaceObserver watcher, bool on) { watch<before_in_place, false>(watcher, on); }

// ------------------------------------------------------------------------------------------------------------ arguments

Arg::Arg(Scalar s) noexcept : integer_(s.integer) {
  kind_ = s.kind == Scalar::Kind::boolean ? Kind::boolean : s.kind == Scalar::Kind::integer ? Kind::integer : Kind::real;
}

Scalar Arg::scalar() const noexcept {
  if (kind_ == Kind::tensor) return item(tensor());
  if (kind_ == Kind::real) return Scalar::of(real_);
  return kind_ == Kind::boolean ? Scalar::of(integer_ != 0) : Scalar::of(integer_);
}

Tensor Call::operand(int i) const {
  if (args[i].is_tensor()) return args[i].tensor();
  const Scalar s = args[i].scalar();
  return scalar_tensor(s, s.kind == Scalar::Kind::boolean ? DType::bool_ : s.is_real() ? DType::float64 : DType::int64);
}

namespace {

DType promoted(const Arg* args, int count) {
  ResultType type;
  if (count == 2 && args[0].is_number() && args[1].is_number()) {  // the first as a 0-d tensor of its own type
    type.add_tensor(args[0].kind() == Arg::Kind::real ? DType::float64 : args[0].kind() == Arg::Kind::integer ? DType::int64 : DType::bool_, true);
    type.add_number(args[1].scalar().kind);
    return type.get();
  }
  for (int i = 0; i < count; ++i) {
    const Arg& arg = args[i];
    if (arg.is_tensor()) {
      type.add_tensor(arg.impl()->dtype, arg.impl()->dim() == 0);
    } else if (arg.is_number()) {
      type.add_number(arg.scalar().kind);
    } else if (arg.kind() == Arg::Kind::tensors) {
      for (const Tensor& x : arg.tensors()) {
        if (x) type.add_tensor(x->dtype, x->dim() == 0);
      }
    }
  }
  return type.get();
}

}  // namespace

DType Call::result_type() const { return count == 2 ? operands_type() : promoted(args, count); }
DType Call::promote_operands() const { return promoted(args, 2); }

// ------------------------------------------------------------------------------------------------------------- operators

bool OpDef::is_differentiable() const {
  for (const Gradient& g : gradients) {
    if (g.state != Gradient::State::not_differentiable) return true;
  }
  return false;
}

const Gradient& OpDef::gradient_of(int argument) const {
  static const Gradient none{};
  return static_cast<std::size_t>(argument) < gradients.size() ? gradients.begin()[argument] : none;
}

const OpDef* find_op(std::string_view name) {
  static const auto table = [] {
    std::unordered_map<std::string_view, const OpDef*> names;
    for (const OpDef* def : all_ops()) {
      names.emplace(def->name, def);
      for (const char* alias : def->aliases) names.emplace(alias, def);
    }
    return names;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

// ----------------------------------------------------------------------------------------------------------------- nodes

namespace {

/// A tensor with x's shape and type, and no memory: what is left of a large argument once a graph was freed.
Tensor shape_of(const Tensor& x) {
  Tensor out = alias(x);
  out->set_storage(make<Storage>(0), 0, x->dtype);
  return out;
}

constexpr std::int64_t kKeptBytes = 4096;  // smaller arguments are not worth a shell of their own when a graph is freed

/// Of a list of tensors: the sum of their versions.
std::uint32_t count_changes(const std::vector<Tensor>& list) {
  std::uint32_t sum = 0;
  for (const Tensor& x : list) sum += x ? x->version() : 0;
  return sum;
}

void save(Arg& arg) {
  if (arg.is_tensor()) arg.version = arg.impl()->version();
  else if (arg.kind() == Arg::Kind::tensors) arg.version = count_changes(arg.tensors());
}

/// The tensor that `arg` kept; RuntimeError when it was freed or changed since. `node` keeps it; it is that node's own result if `own`.
Tensor check_saved(const Arg& arg, const OpNode& node, bool own) {
  if (node.freed) Node::fail_freed();
  const Tensor x = arg.tensor();
  if (x->version() != arg.version) {
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

using EdgeKind = ParsedSignature::EdgeKind;

/// May this argument take part in a backward pass in numbers? Note [Numbers] in backward.cpp.
bool fits_numbers(const Arg& arg, int i, const TensorImpl& out) {
  if (arg.is_tensor()) return i < 2 && arg.impl()->numel == 1 && arg.impl()->dtype == out.dtype;
  return arg.kind() < Arg::Kind::tensor || arg.kind() == Arg::Kind::ints;
}

bool wants_gradient(const Arg& arg) {
  if (arg.is_tensor()) return requires_grad(*arg.impl());
  if (arg.kind() != Arg::Kind::tensors) return false;
  for (const Tensor& x : arg.tensors()) {
    if (x && requires_grad(x)) return true;
  }
  return false;
}

/// Does this call extend the graph?
bool is_tracked(const Call& call) {
  if (!grad_enabled()) return false;
  for (int i = 0; i < call.count; ++i) {
    if (wants_gradient(call.args[i]) && call.def.gradient_of(i).state != Gradient::State::not_differentiable) return true;
  }
  return false;
}

/// A gradient as it crosses an edge: broadcasting undone, type as the input's.
void fit(Tensor& gradient, const TensorImpl& input, const Node& node, int edge) {
  if (!gradient) return;
  if (!(gradient->sizes == input.sizes)) {
    if (!is_expandable(input.sizes, gradient->sizes)) {
      fail("RuntimeError", "Function ", node.name(), " returned an invalid gradient at index ", edge, " - got ", gradient->sizes,
           " but expected shape compatible with ", input.sizes);
    }
    gradient = sum_to_size(gradient, input.sizes);
  }
  if (gradient->dtype != input.dtype) gradient = to_dtype(gradient, input.dtype);
}

}  // namespace

OpNode::OpNode(const Call& call, const TensorImpl* out) : def(call.def), signature(call.signature), count(call.count) {
  single = out && out->numel == 1 && def.slopes.f32;
  single_edges_ = def.parsed()[signature].single_edges;
  if (single) {
    rank = static_cast<std::uint8_t>(out->dim());
    dtype = out->dtype;
  }
  if (count > kInline) more_ = std::make_unique<Arg[]>(count - kInline);
  const auto& kinds = def.parsed()[signature].edges;
  for (int i = 0; i < count; ++i) {
    Arg& kept = arg(i);
    kept = call.args[i];
    save(kept);
    if (single) single = fits_numbers(kept, i, *out);
    if (kinds[i] == EdgeKind::none) continue;
    if (kinds[i] == EdgeKind::one) {
      Edge& edge = edges.add();
      if (kept.is_tensor()) find_gradient_edge(*kept.impl(), edge);
    } else if (call.has(i)) {
      for (const Tensor& x : call.args[i].tensors()) edges.push_back(gradient_edge(x));
    }
  }
  follow_edges();
}

OpNode::OpNode(const SingleForm& form) : def(*form.def), signature(form.signature), count(form.count), form_(&form), single_edges_(form.edges) {
  single = true;
  for (int i = 0; i < 2; ++i) {
    if (form.edges >> i & 1) edges.add();
  }
}

inline void OpNode::link_single(const SingleForm& form, const Tensor& out, const SingleOperand& x, const SingleOperand& y) {
  OpNode* node = form.spare;
  if (node) [[likely]] {
    form.spare = node->next_spare_;
    node->sequence = ++last_sequence;
    pool_take_back(sizeof(OpNode));
  } else {
    node = new OpNode(form);
  }
  node->rank = static_cast<std::uint8_t>(out->sizes.size());
  node->dtype = out->dtype;
  // The arguments were none, with nothing to destroy.
  const auto keep = [](Arg& place, const SingleOperand& operand) {
    if (operand.tensor) {
      std::construct_at(&place, Tensor(operand.tensor));
      place.version = operand.tensor->version();
    } else {
      std::construct_at(&place, operand.number);
    }
  };
  keep(node->inline_[0], x);
  if (form.count > 1) keep(node->inline_[1], y);
  if ((form.edges & 1) && x.tensor) find_plain_edge(*x.tensor, node->edges[0]);
  if ((form.edges & 2) && y.tensor) find_plain_edge(*y.tensor, node->edges[form.edges & 1]);
  out->grad_fn = Ref<Object>(node);
  if (form.keeps_output) node->save_outputs({&out, 1});
}

void OpNode::discard() noexcept {
  if (!form_ || more || !out_.is_none()) {
    delete this;
    return;
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (Node* const node = edges[i].node.detach()) node->release();
  }
  for (int i = 0; i < 2; ++i) inline_[i] = Arg();
  pending = 0;
  freed = false;
  trace_id = 0;
  next_spare_ = form_->spare;
  form_->spare = this;
  pool_set_aside(sizeof(OpNode));
}

int OpNode::edge_of(int wanted) const {
  const auto& kinds = def.parsed()[signature].edges;
  int edge = 0;
  for (int i = 0; i < wanted; ++i) {
    if (kinds[i] == EdgeKind::one) ++edge;
    if (kinds[i] == EdgeKind::list && !arg(i).is_none()) edge += static_cast<int>(arg(i).tensors().size());
  }
  return edge;
}

void OpNode::save_outputs(std::span<const Tensor> outs) {
  if (!def.keeps_output(signature)) return;
  if (outs.size() > 1) more_outs_ = std::make_unique<Arg[]>(outs.size() - 1);
  for (std::size_t i = 0; i < outs.size(); ++i) {
    Arg& kept = i == 0 ? out_ : more_outs_[i - 1];
    kept = Arg(alias(outs[i]));  // without its own node: no cycle
    kept.impl()->output_number = static_cast<std::uint32_t>(i);
    save(kept);
  }
}

void OpNode::carry_lanes(std::span<const Tensor> outs) {
  single = false;
  if (!def.keeps_output(signature)) return;
  for (std::size_t i = 0; i < outs.size(); ++i) {
    if (!kept_output(static_cast<int>(i)).is_none()) share_lanes(kept_output(static_cast<int>(i)).tensor(), *outs[i]);
  }
}

void OpNode::lend_outputs(std::span<const Tensor> outs) {
  lent_ = true;
  if (outs.size() > 1) more_outs_ = std::make_unique<Arg[]>(outs.size() - 1);
  for (std::size_t i = 0; i < outs.size(); ++i) {
    Arg& kept = i == 0 ? out_ : more_outs_[i - 1];
    kept = Arg(outs[i]);
    save(kept);
  }
}

void OpNode::carry_tangent(int number, const Tensor& tangent) {
  single = false;
  if (def.keeps_output(signature) && !kept_output(number).is_none()) make_extra(kept_output(number).tensor()).tangent = tangent;
}

std::string OpNode::name() const { return def.parsed()[signature].node; }

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

namespace {

/// Reads a saved argument as a number; false when it was changed since.
template <class T>
[[gnu::always_inline]] inline bool read_number(const Arg& saved, T* out) {
  if (saved.is_none()) return true;
  if (saved.is_tensor()) {
    const TensorImpl& x = *saved.impl();
    if (x.version() != saved.version) return false;
    *out = *x.data_as<T>();
  } else if (saved.is_number()) {
    *out = static_cast<T>(saved.real());
  }
  return true;
}

}  // namespace

template <class T>
bool OpNode::step(void (*rule)(Slope<T>&), double in, double* out) const {
  Slope<T> s{static_cast<T>(in)};
  if (!read_number(inline_[0], &s.x) || !read_number(inline_[1], &s.y) || !read_number(inline_[2], &s.z) || !read_number(out_, &s.out)) return false;
  const std::uint8_t mask = single_edges_;
  s.needs_y = (mask & 2) && edges[mask & 1].node;
  rule(s);
  if (mask & 1) *out++ = s.gx;
  if (mask & 2) *out = s.gy;
  return true;
}

bool OpNode::backward_number(double in, double* out) {
  if (freed) return false;
  return dtype == DType::float32 ? step<float>(def.slopes.f32, in, out) : step<double>(def.slopes.f64, in, out);
}

Tensor OpNode::input_gradient(std::size_t edge, double value) const {
  const auto& kinds = def.parsed()[signature].edges;
  const int i = edge == 0 && kinds[0] == EdgeKind::one ? 0 : 1;
  return full(arg(i).impl()->sizes, Scalar::of(value), dtype);
}

namespace {

/// A gradient without the history that it was made with; its tangent stays.
Tensor without_history(const Tensor& g) {
  if (!g || !requires_grad(g) || batched_as(*g)) return g;
  const Tensor out = detach(g);
  if (const Tensor tangent = tangent_of(*g)) make_extra(out).tangent = detach(tangent);
  return out;
}

}  // namespace

void OpNode::backward(const Tensor* in, Tensor* out) {
  if (op_observer && !grad_enabled() && dual_level_open()) [[unlikely]] {  // tangents pass through what a graph is made of
    {
      const GradMode on(true);
      backward(in, out);
    }
    for (std::size_t i = 0; i < edges.size(); ++i) out[i] = without_history(out[i]);
    return;
  }
  if (more && !more->packed.empty()) [[unlikely]] return backward_unpacked(in, out);
  differentiate(in, out);
}

std::array<int, kMaxArgs> OpNode::by_name() const {
  std::array<int, kMaxArgs> order;
  std::iota(order.begin(), order.end(), 0);
  const auto name = [&](int i) -> std::string_view {
    const std::string_view own = def.parsed()[signature].parameters[i].name;
    return own == "input" ? "self" : own;
  };
  std::sort(order.begin(), order.begin() + count, [&](int a, int b) { return name(a) < name(b); });
  return order;
}

void OpNode::differentiate(const Tensor* in, Tensor* out) {
  if (std::none_of(in, in + outputs, [](const Tensor& g) { return static_cast<bool>(g); })) return check_kept();
  if (def.lacks_derivative(signature)) fail("NotImplementedError", "the derivative for 'inplace version of ", def.name, "' is not implemented.");
  const Backward view{*this, in[0], in};
  const auto& kinds = def.parsed()[signature].edges;
  std::array<int, kMaxArgs> order;
  if (grad_enabled()) order = by_name();  // as PyTorch does; it is the order in which gradients meet later
  else std::iota(order.begin(), order.end(), 0);
  for (const int i : std::span(order.data(), count)) {
    const Arg& input = arg(i);
    if (kinds[i] == EdgeKind::none) continue;
    const int edge = edge_of(i);
    if (kinds[i] == EdgeKind::one) {
      const int at = edge;
      if (!edges[at].node) continue;
      const Gradient& rule = def.gradient_of(i);
      if (rule.state == Gradient::State::formula) {
        out[at] = rule.formula(view);
        fit(out[at], *input.impl(), *this, at);
      } else {
        fail("RuntimeError", "derivative for aten::", def.name, " is not implemented");
      }
    } else if (!input.is_none()) {
      const auto& list = input.tensors();
      bool needed = false;
      for (std::size_t k = 0; k < list.size(); ++k) needed = needed || edges[edge + k].node;
      if (needed) {
        const Gradient& rule = def.gradient_of(i);
        if (rule.state != Gradient::State::formula) fail("RuntimeError", "derivative for aten::", def.name, " is not implemented");
        const std::vector<Tensor> given = rule.formulas(view);
        for (std::size_t k = 0; k < list.size(); ++k) {
          if (!edges[edge + k].node) continue;
          out[edge + k] = given[k];
          fit(out[edge + k], *list[k], *this, edge + static_cast<int>(k));
        }
      }
    }
  }
}

// ------------------------------------------------------------------------------------------- what was saved, and how it is kept

namespace {

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
    if (node.freed || node.packed(i)) return like(*saved.impl());
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
  if (node.out_.is_none() && !node.freed) fail("SystemError", node.def.name, ": its formula reads out(), but reads_output is not set");
  if (g_reads) [[unlikely]] {
    g_reads->outs |= 1u << number;
    if (node.freed || node.packed(-1 - number)) return like(*gradients[number]);
  }
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
  return arg(i).impl()->sizes;
}
DType Backward::dtype(int i) const { return arg(i).impl()->dtype; }
int Backward::signature() const { return node.signature; }
bool Backward::needs(int i) const { return static_cast<bool>(node.edges[node.edge_of(i)].node); }

// -------------------------------------------------------------------------------------------------------------- applying

SingleForm single_form(const OpDef& def, int signature) {
  if (!def.single.f32) return {};
  const ParsedSignature& parsed = def.parsed()[signature];
  return {&def, static_cast<std::uint8_t>(signature), static_cast<std::uint8_t>(parsed.parameters.size()), parsed.single_edges, def.keeps_output(signature), def.single};
}

namespace {

template <class T>
[[gnu::always_inline]] inline T number_of(const SingleOperand& operand) {
  return operand.tensor ? *operand.tensor->data_as<T>() : static_cast<T>(operand.number.to_double());
}

void observe_single(const SingleForm& form, const SingleOperand& x, const SingleOperand& y, const Tensor& out) {
  Call call(*form.def, form.signature);
  call.count = form.count;
  const SingleOperand* const operands[] = {&x, &y};
  for (int i = 0; i < 2 && i < call.count; ++i) call.args[i] = operands[i]->tensor ? Arg(Tensor(operands[i]->tensor)) : Arg(operands[i]->number);
  op_observer(call, {&out, 1}, false);
}

void observe_operands(const Call& call, bool in_place = false) {
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor()) operand_observer(*call[i].impl(), in_place && i == 0);
    else if (call[i].kind() == Arg::Kind::tensors) {
      for (const Tensor& x : call[i].tensors()) operand_observer(*x, false);
    }
  }
}

}  // namespace

Tensor run_single(const SingleForm& form, const SingleOperand& x, const SingleOperand& y) {
  if (operand_observer) [[unlikely]] {
    if (x.tensor) operand_observer(*x.tensor, false);
    if (y.tensor) operand_observer(*y.tensor, false);
  }
  const TensorImpl& model = !x.tensor || (y.tensor && y.tensor->dim() > x.tensor->dim()) ? *y.tensor : *x.tensor;
  const std::size_t rank = model.dim();
  Tensor out;
  if (model.dtype == DType::float32) {
    out = rank <= 1 ? make_plain(static_cast<int>(rank) * kPlainVector) : empty(model.sizes, DType::float32);
    *out->data_as<float>() = form.rule.f32(number_of<float>(x), number_of<float>(y));
  } else {
    out = rank <= 1 ? make_plain(static_cast<int>(rank) * kPlainVector + kPlainDouble) : empty(model.sizes, DType::float64);
    *out->data_as<double>() = form.rule.f64(number_of<double>(x), number_of<double>(y));
  }
  if (grad_enabled() && ((x.tensor && requires_grad(*x.tensor)) || (y.tensor && requires_grad(*y.tensor)))) OpNode::link_single(form, out, x, y);
  if (op_observer) [[unlikely]] observe_single(form, x, y, out);
  return out;
}

Tensor run(Call& call) {
  if (operand_observer) observe_operands(call);
  Tensor out;
  if (before_failure) [[unlikely]] {
    try {
      out = call.def.forward(call);
    } catch (const Error&) {
      if (!call.def.is_composite(call.signature) && is_tracked(call)) before_failure(*make<OpNode>(call, nullptr));
      throw;
    }
  } else {
    out = call.def.forward(call);
  }
  if (call.def.is_composite(call.signature)) return out;
  if (is_tracked(call) && is_floating(out->dtype)) {
    auto node = make<OpNode>(call, out.get());
    if (call.def.reads_output) node->save_outputs({&out, 1});
    set_history(out, std::move(node));
  }
  if (call.def.view && call.args[0].is_tensor()) mark_view(out, call.tensor(0));
  if (op_observer) op_observer(call, {&out, 1}, false);
  return out;
}

std::vector<Tensor> run_many(Call& call) {
  if (operand_observer) observe_operands(call);
  std::vector<Tensor> outs = call.def.forward_many(call);
  if (call.def.is_composite(call.signature)) return outs;
  if (is_tracked(call)) {
    auto node = make<OpNode>(call, nullptr);
    node->outputs = static_cast<std::uint32_t>(outs.size());
    for (std::uint32_t i = 0; i < outs.size(); ++i) {
      if (is_floating(outs[i]->dtype)) set_history(outs[i], node, i);
    }
    node->save_outputs(outs);
  }
  if (call.def.view) {
    for (const Tensor& out : outs) mark_view(out, call.tensor(0), true);
  }
  if (op_observer) op_observer(call, outs, false);
  return outs;
}

namespace {

/// What is about to be overwritten, for formulas that read it: a clone.
Tensor original(const Tensor& x) {
  static const OpDef& clone = *find_op("clone");
  const OpObserver watchers = std::exchange(op_observer, nullptr);
  Tensor out = apply(clone, x);
  if (watchers && x->view) [[unlikely]] {
    if (const Tensor tangent = tangent_of(*x)) make_extra(out).tangent = apply(clone, tangent);
  }
  op_observer = watchers;
  if (batched_as(*x)) [[unlikely]] follow_lanes(out, *x, [](const Tensor& other) { return original(other); });
  return out;
}

}  // namespace

void check_operands(const Call& call, const TensorImpl& written) {
  constexpr std::string_view kApart[] = {"addmm", "addmv", "addbmm", "baddbmm", "masked_scatter", "fill"};  // these read all before they write
  if (std::find(std::begin(kApart), std::end(kApart), call.def.name) != std::end(kApart)) return;
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor()) check_overlap(written, *call[i].impl());
  }
}

const char* c_name(DType dtype) noexcept {
  constexpr const char* kNames[] = {"bool", "unsigned char", "signed char", "short int", "int", "long int", "float", "double"};
  return kNames[static_cast<int>(dtype)];
}

namespace {

/// What self shows more than once is written row after row, so that each row reads what those before it have written: PyTorch's loops do.
void write_in_turn(Call& call, const Tensor& self) {
  if (!overlaps(self->sizes, self->strides)) return copy_into(self, call.def.forward(call));
  for (std::int64_t i = 0; i < self->sizes[0]; ++i) {
    Call row = call;
    for (int k = 0; k < call.count; ++k) {
      if (!call[k].is_tensor() || call[k].impl()->dim() < self->dim()) continue;
      row.args[k] = Arg(select(call.tensor(k), 0, call[k].impl()->sizes[0] == 1 ? 0 : i));
    }
    write_in_turn(row, row.tensor(0));
  }
}

}  // namespace

namespace {

/// What formulas read of a tensor that is changed in place is what it was; and the graph must not hold the tensor itself, whose node this one becomes.
Tensor stand_in_for(const Tensor& self) {
  const Tensor out = copy(self);
  if (const Ref<Node> maker = grad_fn(self)) set_history(out, maker, self->output_number);
  if (batched_as(*self)) [[unlikely]] follow_lanes(out, *self, [](const Tensor& other) { return stand_in_for(other); });
  return out;
}

/// Makes self what an operator that is made of others has made of its stand-in.
Tensor take_over(const Tensor& self, const Tensor& result) {
  const Ref<Node> maker = grad_fn(result);
  copy_into(self, result);
  changed_in_place(self, maker);
  if (!batched_as(*self)) return self;
  for (const Lanes::Batch& one : extra(*self)->lanes->batches) {
    for (std::size_t i = 1; i <= one.others.size(); ++i) take_over(one.others[i - 1], in_lane(result, one.vmap, i));
  }
  return self;
}

}  // namespace

Tensor run_in_place(Call& call) {
  if (operand_observer) observe_operands(call, true);
  const Tensor self = call.tensor(0);
  if (std::prev(call.def.signatures.end())->in_place) call.signature = static_cast<std::uint8_t>(call.def.signatures.size() - 1);
  check_in_place(self, is_tracked(call));
  if (call.def.name != std::string_view("fill") && call.def.name != std::string_view("zero")) check_distinct(*self);
  if (call.def.name == std::string_view("masked_fill")) (void)broadcast(self->sizes, call[1].impl()->sizes);  // in this order
  if (call.def.name == std::string_view("index_put") && call[2].impl() == self.get()) {
    fail("RuntimeError", "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the "
                         "tensor before performing the operation.");
  }
  if (!self->owns_memory()) check_operands(call, *self);
  if (before_in_place) [[unlikely]] before_in_place(call);
  const bool composite = call.def.is_composite(call.signature);
  if (composite) call.args[0] = Arg(stand_in_for(self));
  Tensor result = call.def.forward(call);
  for (int i = 1; i < call.count; ++i) {
    if (call[i].kind() == Arg::Kind::dtype && call[i].dtype() != self->dtype) {
      fail("RuntimeError", "Bad in-place call: input tensor dtype ", c_name(self->dtype), " and output tensor dtype ", c_name(call[i].dtype()), " should match");
    }
  }
  if (!(result->sizes == self->sizes)) {
    fail("RuntimeError", "output with shape ", self->sizes, " doesn't match the broadcast shape ", result->sizes);
  }
  const bool fits = is_floating(self->dtype) || (!is_floating(result->dtype) && (self->dtype != DType::bool_ || result->dtype == DType::bool_)) ;
  if (!fits) {
    const std::string_view name = call.def.name;
    if (name == "pow" || name == "square") fail("RuntimeError", "Found dtype ", legacy_name(self->dtype), " but expected ", legacy_name(result->dtype));
    refuse_cast(result->dtype, name.starts_with("clamp") && !call[1].is_tensor() && (call.count < 3 || !call[2].is_tensor()) ? c_name(self->dtype) : legacy_name(self->dtype));
  }
  if (composite) return take_over(self, result);
  Ref<OpNode> node;
  if (is_tracked(call) && is_floating(self->dtype)) {
    node = make<OpNode>(call, nullptr);
    node->arg(0) = Arg(original(self));
    save(node->arg(0));
    for (int i = 1; i < call.count; ++i) {
      if (call[i].is_tensor() && call[i].impl() == self.get()) {
        const Tensor same = alias(self);  // else a cycle: this becomes its node
        share_lanes(same, *self);
        node->arg(i) = Arg(same);
        save(node->arg(i));
      }
    }
  }
  if (call.def.single.f32 && !self->owns_memory() && overlaps(self->sizes, self->strides)) write_in_turn(call, self);
  else copy_into(self, result);
  changed_in_place(self, node);
  if (node) node->save_outputs({&self, 1});
  if (op_observer) op_observer(call, {&self, 1}, true);
  return self;
}

}  // namespace nabla
