// Modes that few programs use, as Python sees them: inference, forward mode, anomalies, hooks on what is saved for backward. Each watches the
// operators while it is on, and costs nothing while it is off.
#include <algorithm>

#include "autograd/backward.h"
#include "autograd/under_way.h"
#include "base/error.h"
#include "ops/forward.h"
#include "python/builtins/builtins.h"
#include "python/builtins/functions.h"
#include "python/library.h"
#include "python/builtins/support.h"
#include "python/traceback.h"
#include "torch/levels.h"
#include "torch/torch.h"

namespace nabla {
namespace {

Tensor tensor_of(const Value& value) {
  TensorImpl* x = as_tensor(value);
  if (!x) fail("TypeError", "expected a Tensor, got ", type_of(value)->name);
  return Tensor(x);
}

OpNode* maker_of(std::span<const Tensor> outs) {
  for (const Tensor& out : outs) {
    if (out->grad_fn) return dynamic_cast<OpNode*>(out->grad_fn.get());
  }
  return nullptr;
}

// ------------------------------------------------------------------------------------------------------------- inference

bool reads(const OpNode& node, const OpNode::Reads& found) {
  for (int i = 0; i < node.count; ++i) {
    if ((found.values >> i & 1) && node.arg(i).is_tensor() && is_inference(*node.arg(i).impl())) return true;
  }
  return false;
}

/// A graph keeps no inference tensor.
void refuse_saving(const OpNode& node) {
  if (!reads(node, node.reads())) return;
  fail("RuntimeError",
       "Inference tensors cannot be saved for backward. To work around you can make a clone to get a normal tensor and use it in autograd.");
}

/// How often PyTorch's own code changes a result in place, where it does: of inference tensors that counts, since nothing stands between that code and
/// the count. The first digit is of the form without a dimension, the second of that with one.
NABLA_LATE constexpr char kChangesWithin[] =
    " sum 11 mean 22 prod 11 amax 11 amin 11 max 12 min 12 std 10 var 10 all 11 any 11 median 01 logsumexp 11 sort 11 mode 22 kthvalue 11 clone 11 abs 11 repeat 11 to 11 "
    "nansum 11 diag 11 mse_loss 11 smooth_l1_loss 11 binary_cross_entropy 11 addmm 11 mv 11 logical_not 11 cummax 11 cummin 11 nan_to_num 11 "
    "_to_copy 11 histc 22 dot 11 nonzero 11 logical_and 11 bernoulli 11 normal 22 diag_embed 22 hardtanh 11 ";
int changes_within(const Call& call) {
  const std::string_view all = kChangesWithin;
  const std::string name = cat(" ", call.def.name, " ");
  const std::size_t at = all.find(name);
  return at == std::string_view::npos ? 0 : all[at + name.size() + (call.signature == 0 ? 0 : 1)] - '0';
}

/// In inference mode: marks what operators make. Outside of it, once there are such tensors: no graph may keep one.
void watch_inference(const Call& call, std::span<const Tensor> outs, bool in_place) {
  if (inference_mode()) {
    const bool of_normal = call.def.view && call.args[0].is_tensor() && !is_inference(*call.args[0].impl());
    for (const Tensor& out : outs) {
      if (!in_place && !of_normal) mark_inference(out);
    }
    return;
  }
  if (call.def.view && !in_place && call.args[0].is_tensor() && is_inference(*call.args[0].impl())) {
    for (const Tensor& out : outs) mark_inference(out);
  }
  bool any = false;
  for (int i = 0; i < call.count; ++i) any = any || (call.args[i].is_tensor() && is_inference(*call.args[i].impl()));
  if (!any) return;
  if (const OpNode* node = maker_of(outs)) refuse_saving(*node);
  if (in_place) return;
  for (const Tensor& out : outs) {
    for (int n = changes_within(call); n > 0; --n) out->raise_version();
  }
}

// --------------------------------------------------------------------------------------------------------------- anomalies

/// The watcher that notes where nodes are made. What formulas make tells of the backward pass.
void watch_origins(const Call&, std::span<const Tensor> outs, bool) {
  if (Internal::active() && !node_under_way()) return;
  for (const Tensor& out : outs) {
    if (auto* node = static_cast<Node*>(out->grad_fn.get())) note_origin(*node);
  }
}

/// The node in whose backward this one was made.
const Node* inducer(const Node& node) {
  auto* metadata = node.more ? static_cast<Dict*>(node.more->metadata.get()) : nullptr;
  const Value* parent = metadata ? metadata->find(intern("parent_")) : nullptr;
  return parent ? dynamic_cast<const Node*>(parent->as_object()) : nullptr;
}

void report_anomaly(const Node& node) {
  const auto tell = [](const std::string& what, const Node& of, const char* caused) {
    const bool known = of.more && !of.more->origin.empty();
    warn("UserWarning", cat(what, of.name(), known ? cat(". Traceback of forward call that ", caused, ":\n", of.more->origin)
                                                   : ". No forward pass information available. Enable detect anomaly during forward pass for more information."));
  };
  tell("Error detected in ", node, "caused the error");
  for (const Node* by = inducer(node); by; by = inducer(*by)) tell("\n\nPrevious calculation was induced by ", *by, "induced the previous calculation");
}

void set_anomaly(bool enabled, bool check_nan) {
  if (enabled != anomaly.enabled) watch_ops(watch_origins, enabled);
  anomaly = {enabled, check_nan, report_anomaly};
}

// --------------------------------------------------------------------------------------------------- hooks on what is saved

struct SavedHooks {
  Value pack, unpack;
};
std::vector<SavedHooks> g_hooks;     // the innermost last
std::vector<std::string> g_refusals;  // disable_saved_tensors_hooks

struct PackedByHook final : Packed, Listed<PackedByHook> {
  Value kept, unpack_hook;
  Tensor unpack() override {
    const Value out = call(unpack_hook, {kept});
    TensorImpl* x = as_tensor(out);
    if (!x) fail("TypeError", "Output of saved tensor unpack_hook expected to be a Tensor but got result of type ", type_of(out)->name);
    return Tensor(x);
  }
};

Ref<Packed> pack_by_hook(const Tensor& x) {
  const SavedHooks hooks = g_hooks.back();
  auto out = make<PackedByHook>();
  const GradMode off(false);  // what hooks do is not part of the graph
  const std::uint32_t version = is_inference(*x) ? 0 : x->version();
  out->kept = call(hooks.pack, {wrap(x)});
  if (!is_inference(*x) && x->version() != version) {
    fail("RuntimeError", "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook can not be modified by in-place operations as this "
                         "can lead to unexpected side-effects. Please open an issue if you need to perform in-place operations on the input to a pack hook.");
  }
  out->unpack_hook = hooks.unpack;
  return out;
}

void pack_node(OpNode* node);
bool g_packs = false, g_refuses = false;  // are hooks on; was there inference mode in this run?
void pack_checked(OpNode& node) {
  refuse_saving(node);  // before the hooks
  if (g_packs) pack_node(&node);
}
void pack_saved(const Call&, std::span<const Tensor> outs, bool) {
  if (OpNode* node = maker_of(outs)) pack_checked(*node);
}

void watch_saved(bool on) {
  watch_ops(pack_saved, g_packs = on);
  before_failure = on || g_refuses ? pack_checked : nullptr;  // PyTorch saves first, and then finds the mistake
}

/// Runs `pack` with the innermost hooks; what these do is not packed again.
template <class F>
void with_hooks(F pack) {
  const std::vector<SavedHooks> hooks = g_hooks;
  struct Restore {
    const std::vector<SavedHooks>& hooks;
    ~Restore() {
      g_hooks = hooks;
      watch_saved(true);
    }
  } const restore{hooks};
  watch_saved(false);
  g_hooks = {hooks.back()};
  pack();
}

/// What PyTorch's node of that name would keep, in its order.
std::vector<OpNode::Kept> kept_by(OpNode& node) {
  std::vector<Value> places;
  for (const int place : node.reads().order) places.push_back(integer(place));
  std::vector<OpNode::Kept> all;
  for (const Value& one : to_vector(ask_saved("kept", {wrap_node(Ref<Node>(&node)), tuple(std::move(places))}))) {
    if (TensorImpl* const other = as_tensor(one)) all.push_back({0, Tensor(other)});
    else all.push_back({static_cast<int>(to_scalar(one).integer), {}});
  }
  return all;
}

void pack_node(OpNode* node) {
  if (g_hooks.empty() || !node || (node->more && !node->more->packed.empty())) return;
  const std::vector<OpNode::Kept> all = kept_by(*node);
  if (all.empty()) return;
  with_hooks([&] {
    node->pack([](const Tensor& x) {
      const std::vector<SavedHooks> now = g_hooks;
      const Ref<Packed> out = pack_by_hook(x);
      g_hooks = now;
      return out;
    }, all);
  });
}

// -------------------------------------------------------------------------------------------------------- derived classes

/// What is made of an instance of a class derived from Tensor is an instance of it too.
void keep_class(const Call& call, std::span<const Tensor> outs, bool in_place) {
  if (in_place || Internal::active()) return;
  Type* found = nullptr;
  const auto look = [&](const TensorImpl& x) {
    if (!found && is_derived(x)) found = x.type;
  };
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor()) look(*call[i].impl());
    if (call[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call[i].tensors()) {
      if (x) look(*x);
    }
  }
  if (!found) return;
  for (const Tensor& out : outs) {
    if (!out || out->type != tensor_type()) continue;
    out->type = found;
    const Ref<Node> maker = grad_fn(out);
    if (!maker) continue;
    const Tensor plain = alias(out);  // as PyTorch, which makes an alias of the class's own
    set_history(plain, maker, out->output_number);
    Call call(*find_op("alias"));
    call.count = 1;
    call.args[0] = Arg(plain);
    set_history(out, make<OpNode>(call, nullptr));
  }
}

/// A saved tensor's place in its node: what `_raw_saved_self` gives.
struct SavedPlace final : Object {
  Ref<OpNode> node;
  int which;
  SavedPlace(OpNode& node, int which) : Object(class_type()), node(&node), which(which) {}
  static Type* class_type() {
    static Type* const type = [] {
      Type* const made = make_torch_type("SavedTensor", nullptr, "torch._C._autograd");
      static constexpr Method kMethods[] = {{"register_hooks(self, pack_hook, unpack_hook)", register_hooks}};
      add_methods(made, kMethods);
      return made;
    }();
    return type;
  }
  static Value register_hooks(const Value* p) {
    auto& place = *static_cast<SavedPlace*>(p[0].as_object());
    const OpNode::Reads found = place.node->reads();
    if (!(place.which < 0 ? found.outs >> (-1 - place.which) & 1 : found.values >> place.which & 1)) {
      fail("RuntimeError", "Calling register_hooks on a saved tensor with value None is forbidden");
    }
    if (place.node->freed) fail("RuntimeError", "Calling register_hooks on a saved tensor after it has been freed. Saved intermediate values of the graph are "
                                                "freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through "
                                                "the graph a second time or if you need to access saved variables after calling backward.");
    if (place.node->more) {
      for (const auto& [which, kept] : place.node->more->packed) {
        if (which == place.which) fail("RuntimeError", "Calling register_hooks on a saved tensor whose hooks have already been set. Hint: only one pair of hooks is allowed at a time.");
      }
    }
    g_hooks.push_back({p[1], p[2]});
    try {
      const OpNode::Kept one{place.which, {}};
      place.node->pack([](const Tensor& x) { return pack_by_hook(alias(x)); }, {&one, 1});
    } catch (...) {
      g_hooks.pop_back();
      throw;
    }
    g_hooks.pop_back();
    return Value::none();
  }
};

Value push_hooks(const Value* p) {
  if (!g_refusals.empty()) fail("RuntimeError", g_refusals.back());
  if (!is_callable(p[0]) || !is_callable(p[1])) {
    fail("TypeError", "_push_saved_tensors_default_hooks(): incompatible function arguments. The following argument types are supported:\n    1. (arg0: function, arg1: function) -> "
                      "None\n\nInvoked with: ", repr(p[0]), ", ", repr(p[1]));
  }
  g_hooks.push_back({p[0], p[1]});
  watch_saved(true);
  return Value::none();
}
Value pop_hooks(const Value*) {
  if (!g_hooks.empty()) g_hooks.pop_back();
  if (g_hooks.empty()) watch_saved(false);
  return Value::none();
}

// ------------------------------------------------------------------------------------------------------------ forward mode

/// For whoever watches, the two are operators of their own, whatever they are made of.
template <class Make>
Tensor unseen(const Make& make) {
  ++forwards_running;
  const Tensor out = make();
  --forwards_running;
  return out;
}

Value make_dual(const Value* p) {
  const Tensor x = tensor_of(p[0]), tangent = tensor_of(p[1]), out = unseen([&] { return apply(*find_op("view_as"), x, x); });
  set_tangent(out, tangent);
  part_from_base(out);
  if (dual_observer) dual_observer(x, tangent, {out});
  return wrap(out);
}

Value unpack_dual(const Value* p) {
  if (!as_tensor(p[0])) fail("TypeError", "_unpack_dual(): argument 'dual' (position 1) must be Tensor, not ", type_of(p[0])->name);
  const Tensor x = tensor_of(p[0]), tangent = tangent_of(*x);
  if (!tangent) return tuple({p[0], Value::none()});
  Call call(*find_op("alias"), dual_level_of_transform ? 0 : 1);  // AliasBackward0, or Identity
  call.count = 1;
  call.args[0] = Arg(x);
  const bool is_seen = requires_grad(x);  // then autograd has an operator of it
  const Tensor out = is_seen ? run(call) : unseen([&] { return run(call); });
  make_extra(out).tangent = nullptr;
  part_from_base(out);
  if (dual_observer) dual_observer(x, nullptr, is_seen ? std::vector{tangent} : std::vector{tangent, out});
  return tuple({wrap(out), wrap(tangent)});
}

constexpr Method kForward[] = {
    {"_enter()", [](const Value*) {
       enter_dual_level();
       dual_level_of_transform = false;
       return Value::none();
     }},
    {"_enter_transform()", [](const Value*) {  // is it the first?
       if (dual_level_open() && dual_level_of_transform) return Value::boolean(false);
       enter_dual_level();
       dual_level_of_transform = true;
       return Value::boolean(true);
     }},
    {"_exit()", [](const Value*) {
       exit_dual_level();
       return Value::none();
     }},
    {"_is_open()", [](const Value*) { return Value::boolean(dual_level_open()); }},
    {"_make_dual(tensor, tangent)", make_dual},
    {"_unpack_dual(tensor)", unpack_dual},
};

constexpr Method kAnomaly[] = {
    {"_set_anomaly(enabled, check_nan)", [](const Value* p) {
       set_anomaly(truth(p[0]), truth(p[1]));
       return Value::none();
     }},
};

constexpr Method kGraph[] = {
    {"_is_checkpoint_valid()", [](const Value*) { return Value::boolean(passes_reach_all()); }},
    {"_push_hooks(pack, unpack)", push_hooks},
    {"_pop_hooks()", pop_hooks},
    {"_refuse_hooks(message)", [](const Value* p) {
       if (!g_hooks.empty()) fail("RuntimeError", str(p[0]));
       g_refusals.push_back(str(p[0]));
       return Value::none();
     }},
    {"_allow_hooks()", [](const Value*) {
       g_refusals.pop_back();
       return Value::none();
     }},
};

constexpr Method kModes[] = {
    {"is_anomaly_enabled()", [](const Value*) { return Value::boolean(anomaly.enabled); }},
    {"is_anomaly_check_nan_enabled()", [](const Value*) { return Value::boolean(anomaly.check_nan); }},
    {"is_inference_mode_enabled()", [](const Value*) { return Value::boolean(inference_mode()); }},
    {"is_inference(input)", [](const Value* p) { return Value::boolean(is_inference(*tensor_of(p[0]))); }},
};

}  // namespace

bool is_derived(const TensorImpl& x) { return x.type != tensor_type() && x.type && x.type->is_heap && !x.type->is_subtype_of(parameter_type()); }

void set_class(const Tensor& x, Type* of) {
  if (x->type == of) return;
  if (of->is_heap && of->find(intern("__torch_function__"))) {
    fail("NotImplementedError", "__torch_function__ is not part of nabla yet: a class derived from Tensor gets its operators unchanged");
  }
  x->type = of;
  if (of->is_heap) watch_ops(keep_class, true);
}

Value pack_saved(const Value* p) {
  if (g_hooks.empty()) return Value::none();
  Ref<Packed> packed;
  with_hooks([&] { packed = pack_by_hook(tensor_of(p[0])); });
  const auto& by_hook = static_cast<const PackedByHook&>(*packed);
  return tuple({by_hook.kept, by_hook.unpack_hook});
}

void note_origin(Node& node) {
  NodeExtra& more = node.make_more();
  if (!more.origin.empty()) return;
  more.origin = format_stack();
  if (Node* const parent = node_under_way()) {
    if (!more.metadata) more.metadata = make<Dict>();
    static_cast<Dict*>(more.metadata.get())->set(intern("parent_"), wrap_node(Ref<Node>(parent)));
  }
}

Value saved_place(OpNode& node, int which) { return make<SavedPlace>(node, which); }

void mark_inference(const Tensor& x) {
  make_extra(x).inference = true;
  x->requires_grad = false;
}

void use_inference_mode(bool on) {
  if (on) {  // for the rest of the run
    watch_ops(watch_inference, g_refuses = true);
    before_failure = pack_checked;
  }
  set_inference_mode(on);
}

void add_forward_tools(Dict& module) { add_functions(module, kForward); }
void add_anomaly_tools(Dict& module) { add_functions(module, kAnomaly); }
void add_graph_tools(Dict& module) { add_functions(module, kGraph); }
void add_modes(Dict& torch) { add_functions(torch, kModes); }

void reset_modes() {
  reset_forward_mode();
  if (anomaly.enabled) set_anomaly(false, true);
  anomaly.check_nan = true;
  watch_ops(watch_inference, g_refuses = false);
  watch_saved(false);
  watch_ops(keep_class, false);
  set_inference_mode(false);
  g_hooks.clear();
  g_refusals.clear();
  reset_transforms();
  std::vector<Ref<PackedByHook>> all;
  for (PackedByHook* one = PackedByHook::first(); one; one = one->next()) all.emplace_back(one);
  for (const auto& one : all) one->kept = one->unpack_hook = Value::none();
}

}  // namespace nabla
