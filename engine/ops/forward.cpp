// Forward mode. An operator's tangents are made after it ran, by a watcher: while no level is open, nothing here costs anything.
#include "ops/forward.h"

#include <algorithm>

#include "autograd/backward.h"
#include "autograd/variable.h"
#include "base/error.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

bool g_open = false;
Tensor g_original;  // what an operator in place is about to overwrite, with its history and tangent
const TensorImpl* g_original_of = nullptr;

/// Stands where an argument's history would: formulas are asked for the gradients of those that have such an edge.
struct Wanted final : Node {
  void backward(const Tensor*, Tensor*) override {}
  std::string name() const override { return "Wanted"; }
};

/// Between an argument's history and that of the tangents that depend on it, as PyTorch has it.
struct Primal final : Node {
  explicit Primal(const Tensor& of) { edges.push_back(gradient_edge(of)); }
  void backward(const Tensor* in, Tensor* out) override { out[0] = in[0]; }
  std::string name() const override { return "Identity"; }
};

bool is_dual(const Arg& arg) {
  if (arg.is_tensor()) return static_cast<bool>(tangent_of(*arg.impl()));
  if (arg.kind() != Arg::Kind::tensors) return false;
  for (const Tensor& x : arg.tensors()) {
    if (x && tangent_of(*x)) return true;
  }
  return false;
}

void propagate(const Call& call, std::span<const Tensor> outs, bool in_place);
void keep_original(const Call& call);

/// While tangents are made, the operators that make them pass on none.
struct Quiet {
  Quiet() {
    if (depth++ == 0) pass_on(false);
  }
  ~Quiet() {
    if (--depth == 0) pass_on(true);
  }
  static void pass_on(bool on) {
    watch_ops(propagate, on);
    watch_in_place(keep_original, on);
  }

 private:
  static inline int depth = 0;
};

/// Is the tangent of what is changed in place changed likewise, and not overwritten by what its formula gives?
bool changes_tangent_itself(const OpDef& def) { return def.changes_tangent || def.clears_tangent; }

void keep_original(const Call& call) {
  const Tensor& self = call.tensor(0);
  bool dual = false;
  for (int i = 0; i < call.count; ++i) dual = dual || is_dual(call.args[i]);
  if (!dual || changes_tangent_itself(call.def)) return;
  const Quiet quiet;
  const Internal internal;
  g_original = gradient_ops().clone(self);
  g_original_of = self.get();
  if (const Tensor tangent = tangent_of(*self)) make_extra(g_original).tangent = gradient_ops().clone(tangent);
}

/// The tensor of whose tangent x's is a part; null when there is none.
Tensor tangent_base(const VariableExtra& more) { return more.tangent_alone ? Tensor() : more.tangent_base ? more.tangent_base : more.base; }

/// The part of the base's tangent that x shows.
Tensor shown_part(const Tensor& whole, const TensorImpl& x, const TensorImpl& base) {
  return gradient_ops().as_strided(whole, x.sizes, x.strides, x.offset - base.offset + whole->offset);
}

/// Zeros that lie in memory as x does, in as large a piece.
Tensor room_like(const TensorImpl& x, DType dtype) {
  const Tensor piece = zeros({x.storage()->bytes / item_size(x.dtype)}, dtype);
  return as_strided(piece, x.sizes, x.strides, x.offset);
}

/// The same values, in memory as x lies: parts of both can then be found alike.
Tensor tangent_laid_out(const Tensor& tangent, const TensorImpl& x) {
  bool alike = tangent->storage()->bytes / item_size(tangent->dtype) == x.storage()->bytes / item_size(x.dtype);
  for (std::size_t d = 0; d < x.dim(); ++d) {
    alike = alike && (x.sizes[d] < 2 || x.strides[d] == tangent->strides[d]);
    if (x.sizes[d] > 1 && x.strides[d] == 0) return tangent;  // several elements in one place
  }
  if (alike || x.numel == 0) return tangent;
  const Tensor room = room_like(x, tangent->dtype);
  gradient_ops().copy_(room, tangent);
  return room;
}

/// What was changed in place changes its tangent in place: views of it have views of its tangent. One without a tangent that is a view gets a part of
/// its base's.
void change_tangent(const Tensor& x, const Tensor& tangent) {
  const GradientOps& ops = gradient_ops();
  if (const Tensor before = tangent_of(*x); before && before->sizes == tangent->sizes) return ops.copy_(before, tangent);
  VariableExtra& own = make_extra(x);
  const Tensor base = tangent_base(own);
  if (!base) {
    own.tangent = tangent_laid_out(tangent, *x);
    return;
  }
  Tensor& whole = make_extra(base).tangent;
  if (!whole && base->sizes == x->sizes && base->strides == x->strides) {  // all of it
    whole = own.tangent = tangent_laid_out(tangent, *base);
    return;
  }
  if (!whole) whole = room_like(*base, tangent->dtype);
  own.tangent = shown_part(whole, *x, *base);
  ops.copy_(own.tangent, tangent);
}

/// Is it, or a view of it, the tangent of an argument? A result with values of its own needs a tangent of its own.
bool is_lent(const Tensor& tangent, const Call& call) {
  const auto holds = [&](const TensorImpl& x) {
    const Tensor other = tangent_of(x);
    return other && other->storage() == tangent->storage();
  };
  for (int i = 0; i < call.count; ++i) {
    if (call.args[i].is_tensor() && holds(*call.args[i].impl())) return true;
    if (call.args[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call.args[i].tensors()) {
      if (x && holds(*x)) return true;
    }
  }
  return false;
}

/// A view of a tensor whose tangent is no part of its base's: a part of that one.
void note_view(const Call& call, std::span<const Tensor> outs) {
  const VariableExtra* of = call.args[0].is_tensor() ? extra(*call.args[0].impl()) : nullptr;
  if (!of || !(of->tangent_alone || of->tangent_base)) return;
  for (const Tensor& out : outs) make_extra(out).tangent_base = of->tangent_alone ? call.tensor(0) : of->tangent_base;
}

/// The tangent of a view is the same view of the tangent; that of rows of an embedding, the same rows (its gradient leaves out padding, and is no transpose).
std::vector<Tensor> tangents_of_parts(Call call, std::size_t count) {
  const int of = call.def.view ? 0 : 1;
  const Tensor tangent = tangent_of(*call.args[of].impl());
  if (!tangent) return std::vector<Tensor>(count);
  call.args[of] = Arg(tangent);
  if (!call.def.view) call.count = 2;
  if (call.def.gives_many(call.signature)) return run_many(call);
  return {run(call)};
}

/// What the operator in place does to the tangent of what it changes: the same, with the tangents of its other arguments, or zeros.
void change_alike(Call call, const Tensor& tangent) {
  bool taken_part = false;
  for (int i = 1; i < call.count; ++i) {
    const auto type = call.def.parsed()[call.signature].parameters[i].type;
    const bool takes_part = call.def.gradient_of(i).state != Gradient::State::not_differentiable;
    if (!takes_part || (type != ParameterDef::Type::tensor && type != ParameterDef::Type::number)) continue;
    const Tensor other = call[i].is_tensor() ? tangent_of(*call[i].impl()) : Tensor();
    taken_part = taken_part || other;
    call.args[i] = other ? Arg(other) : call[i].is_tensor() ? Arg(zeros(call[i].impl()->sizes, call[i].impl()->dtype)) : Arg(0);
  }
  if (call.def.clears_tangent) {
    apply_in_place(*find_op("zero"), tangent);
    return;
  }
  const bool copies = call.def.name == std::string_view("copy");
  if (copies && !taken_part) {
    Call fill(*find_op("fill"), 1);
    fill.count = 2;
    fill.args[0] = Arg(tangent);
    fill.args[1] = Arg(0);
    run_in_place(fill);
    return;
  }
  call.args[0] = Arg(tangent);
  run_in_place(call);
}

void propagate(const Call& call, std::span<const Tensor> outs, bool in_place) {
  const bool view = call.def.view && !in_place;
  if (view) note_view(call, outs);
  const Tensor original = in_place && g_original_of == outs[0].get() ? std::exchange(g_original, nullptr) : Tensor();
  if (original) g_original_of = nullptr;
  if (inference_mode()) return;
  Call seen(call.def, call.signature);
  seen.count = call.count;
  bool dual = false, known = false;  // autograd does not look at an operator of inference tensors alone
  for (int i = 0; i < call.count; ++i) {
    seen.args[i] = call.args[i];
    known = known || call[i].kind() == Arg::Kind::tensors || (call[i].is_tensor() && !is_inference(*call[i].impl()));
    if (original && call.args[i].is_tensor() && call.args[i].impl() == outs[0].get()) seen.args[i] = Arg(original);
    dual = dual || is_dual(seen.args[i]);
  }
  if (!dual || (!known && !view)) return;
  const Quiet quiet;
  const Internal internal;
  if (const Tensor tangent = in_place && changes_tangent_itself(call.def) ? tangent_of(*outs[0]) : Tensor()) {
    change_alike(call, tangent);
    return;
  }
  if (in_place && call.def.clears_tangent) return;
  const bool part = view || call.def.name == std::string_view("embedding");
  const std::vector<Tensor> tangents = part ? tangents_of_parts(seen, outs.size()) : tangents_of(seen, outs, in_place);
  for (std::size_t k = 0; k < outs.size(); ++k) {
    if (!tangents[k]) continue;
    if (in_place) change_tangent(outs[k], tangents[k]);
    else make_extra(outs[k]).tangent = view ? tangents[k] : tangent_laid_out(tangents[k], *outs[k]);
    if (auto* node = dynamic_cast<OpNode*>(outs[k]->grad_fn.get())) node->carry_tangent(static_cast<int>(k), tangents[k]);
  }
}

}  // namespace

TangentObserver tangent_observer = nullptr;

bool dual_level_open() noexcept { return g_open; }

void enter_dual_level() {
  if (g_open) fail("RuntimeError", "Nested forward mode AD is not supported at the moment");
  g_open = true;
  Quiet::pass_on(true);
}

void exit_dual_level() {
  if (!g_open) fail("RuntimeError", "Dual level must be a positive number.");
  reset_forward_mode();
}

void reset_forward_mode() {
  if (!std::exchange(g_open, false)) return;
  Quiet::pass_on(false);
  g_original = nullptr;
  g_original_of = nullptr;
  std::vector<Tensor> gone;  // held, for dropping one may free others
  for (auto* more = VariableExtra::first(); more; more = more->next()) {
    if (!more->tangent) continue;
    if (tangent_observer) tangent_observer(*more->owner, *more->tangent);
    gone.push_back(std::move(more->tangent));
  }
}

Tensor tangent_of(const TensorImpl& x) {
  if (!x.view || !g_open) return {};
  VariableExtra& more = *extra(x);
  const Tensor base = more.tangent ? Tensor() : tangent_base(more);
  const VariableExtra* const of_base = base ? extra(*base) : nullptr;
  if (of_base && of_base->tangent) {
    const Quiet quiet;
    const Internal internal;
    more.tangent = shown_part(of_base->tangent, x, *base);
  }
  return more.tangent;
}

void part_from_base(const Tensor& x) { make_extra(x).tangent_alone = true; }

void set_tangent(const Tensor& x, const Tensor& tangent) {
  if (tangent_of(*x)) {
    fail("RuntimeError", "Making a dual Tensor based on a Tensor that already has a forward gradient at the same level 0 is not supported.");
  }
  if (!(x->sizes == tangent->sizes)) {
    fail("RuntimeError", "Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. Tensor is of size ",
         x->sizes, " while the given forward gradient is of size ", tangent->sizes, ".");
  }
  const Quiet quiet;
  const Internal internal;
  if (tangent->strides != x->strides) check_distinct(*x);
  make_extra(x).tangent = tangent_laid_out(tangent, *x);
}

namespace {

constexpr char kNotYet[] = " because it has not been implemented yet.\nPlease file an issue to PyTorch at https://github.com/pytorch/pytorch/issues/new?template=feature-request.yml so that we can "
                           "prioritize its implementation.";

[[noreturn]] void refuse_forward(const std::string& name, std::string_view why) { fail("NotImplementedError", "Trying to use forward AD with ", name, " that does not support it", why); }

void check_forward(const Call& call, int argument, bool in_place) {
  const char* const sign = in_place ? "_" : "";
  if (call.def.lacks_derivative(call.signature)) refuse_forward(cat(call.def.name, sign), kNotYet);
  if (call.def.tangent) return;
  if (call.def.parsed()[call.signature].node == "NotImplemented") refuse_forward(cat("aten::", call.def.name, sign), ".");
  if (call.def.gradient_of(argument).state == Gradient::State::not_implemented) refuse_forward(cat("aten::", call.def.name, sign), ".");
}

}  // namespace

Tensor Forward::refuse(const char* name) const {
  if (in_place) refuse_forward(cat(name, "_"), kNotYet);
  refuse_forward(name, cat(kNotYet, "\nNote that forward AD support for some operators require PyTorch to be built with TorchScript and for JIT to be enabled. If the environment "
                                    "var PYTORCH_JIT=0 is set or if the library is not built with TorchScript, some operators may no longer be used with forward AD."));
}

void check_forward_out(const Call& call, std::span<const Tensor> into, const std::string& name) {
  bool dual = false;
  for (int i = 0; i < call.count; ++i) dual = dual || is_dual(call.args[i]);
  for (const Tensor& x : into) dual = dual || tangent_of(*x);
  if (dual && g_open) refuse_forward(cat(name, "_out"), " because it is an out= function");
}

// Note [Twice backward]
// For an operator y = f(x) with Jacobian J, its formula gives u -> J^T u for any u. That is linear in u, and made of differentiable operators:
// its own gradient by u, along t, is J t. So the tangent is found by going back twice over one operator, at a point u that does not
// matter (zeros). Source: J. Townsend, "A new trick for calculating Jacobian vector products", 2017.
namespace {

/// Nodes made since then read what will have a tangent: no pass through them is one in numbers.
void not_in_numbers(Node* node, std::uint64_t since) {
  if (!node || node->sequence <= since) return;
  node->single = false;
  for (std::size_t i = 0; i < node->edges.size(); ++i) not_in_numbers(node->edges[i].node.get(), since);
}

}  // namespace

std::vector<Tensor> tangents_of(const Call& call, std::span<const Tensor> outs, bool in_place) {
  std::vector<Tensor> tangents(outs.size());
  bool differentiable = false;
  auto node = make<OpNode>(call, nullptr);
  node->outputs = static_cast<std::uint32_t>(outs.size());
  std::vector<Tensor> along(node->edges.size());  // of each edge: the tangent of its argument
  for (int i = 0; i < call.count; ++i) {
    const Arg& arg = call.args[i];
    const bool is_list = arg.kind() == Arg::Kind::tensors;
    if (!arg.is_tensor() && !is_list) continue;
    const int first = node->edge_of(i), end = node->edge_of(i + 1);
    for (int at = first; at < end; ++at) {
      const Tensor x = is_list ? arg.tensors()[at - first] : arg.tensor();
      differentiable = differentiable || requires_grad(*x);
      if (call.def.gradient_of(i).state != Gradient::State::not_differentiable) along[at] = tangent_of(*x);
      if (!along[at]) continue;
      check_forward(call, i, in_place);
      differentiable = differentiable || requires_grad(*along[at]);
    }
  }
  if (std::none_of(along.begin(), along.end(), [](const Tensor& t) { return static_cast<bool>(t); })) return tangents;
  differentiable = differentiable && grad_enabled();
  for (int i = 0; i < call.count && differentiable; ++i) {
    if (!call.args[i].is_tensor() || !requires_grad(*call.args[i].impl())) continue;
    const Tensor primal = alias(call.args[i].tensor());
    share_lanes(primal, *call.args[i].impl());
    set_history(primal, make<Primal>(call.args[i].tensor()));
    node->arg(i) = Arg(primal);
    node->arg(i).version = primal->version();
  }
  std::vector<Tensor> kept(outs.begin(), outs.end());  // as formulas may read them
  if (in_place && differentiable && requires_grad(*outs[0])) {
    kept[0] = alias(outs[0]);
    share_lanes(kept[0], *outs[0]);
    set_history(kept[0], make<Primal>(outs[0]));
  }
  const auto wanted = make<Wanted>();
  for (std::size_t at = 0; at < along.size(); ++at) node->edges[at].node = along[at] ? Ref<Node>(wanted) : Ref<Node>();
  if (call.def.keeps_output(call.signature)) node->lend_outputs(kept);
  const auto since = Node::last_sequence;
  if (auto own = own_tangents({call, kept, *node, along, in_place}); !own.empty()) {
    for (const Tensor& tangent : own) not_in_numbers(tangent ? grad_fn(tangent).get() : nullptr, since);
    return own;
  }

  std::vector<Tensor> in, inputs, roots, seeds, back(along.size());
  for (const Tensor& out : outs) {
    if (!is_floating(out->dtype)) {
      in.emplace_back();
      continue;
    }
    in.push_back(zeros(out->sizes, out->dtype));
    in.back()->requires_grad = true;
    inputs.push_back(in.back());
  }
  if (inputs.empty()) return tangents;
  {
    const GradMode on(true);
    node->backward(in.data(), back.data());
  }
  for (std::size_t at = 0; at < along.size(); ++at) {
    if (!along[at] || !back[at] || !requires_grad(*back[at])) continue;
    roots.push_back(back[at]);
    seeds.push_back(along[at]);
  }
  std::vector<Tensor> found(inputs.size());
  if (!roots.empty()) {
    found = run_backward(roots, seeds, {.retain_graph = true, .create_graph = differentiable, .inputs = inputs, .collect = true, .allow_unused = true});
  }
  std::size_t next = 0;
  for (std::size_t k = 0; k < outs.size(); ++k) {
    if (!in[k]) continue;
    tangents[k] = found[next++];
    if (!tangents[k]) tangents[k] = zeros(outs[k]->sizes, outs[k]->dtype);
    else if (is_lent(tangents[k], call)) tangents[k] = gradient_ops().clone(tangents[k]);
  }
  return tangents;
}

}  // namespace nabla
