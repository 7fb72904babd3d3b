// What torch.func's transforms (lib/func_grad.py, lib/func_vmap.py) ask of the engine: levels, and the elements of vmap's batches.
#include <algorithm>
#include <cstring>

#include "autograd/variable.h"
#include "base/error.h"
#include "ops/forward.h"
#include "ops/operands.h"
#include "python/builtins/functions.h"
#include "tensor/random.h"
#include "torch/levels.h"
#include "torch/torch.h"

namespace nabla {
namespace {

std::vector<Tensor> tensors_in(const Value& values) {
  std::vector<Tensor> out;
  for (const Value& x : to_vector(values)) out.push_back(Tensor(as_tensor(x)));
  return out;
}

Value depends_on_others(const Value* p) { return Value::boolean(nabla::depends_on_others(Tensor(as_tensor(p[0])), tensors_in(p[1]))); }

/// Gives a copy of x the tangent, and in the other elements of x's batches the copy there that of x there.
void give_tangent(const Tensor& copy, const Tensor& tangent, const TensorImpl& x) {
  if (!tangent) return;
  make_extra(copy).tangent = tangent;
  if (!batched_as(x)) return;
  for (const Lanes::Batch& batch : extra(x)->lanes->batches) {
    for (std::size_t i = 0; i < batch.others.size(); ++i) {
      const Tensor own = tangent_of(*batch.others[i]);
      if (own) give_tangent(extra(*copy)->lanes->of(batch.vmap).others[i], requires_grad(tangent) ? own : detach(own), *batch.others[i]);
    }
  }
}

constexpr Method kLevels[] = {
    {"_depends_on_others(x, inner)", depends_on_others},
    {"_enter_level(inner, outer, above)", [](const Value* p) {
       enter_level(tensors_in(p[0]), tensors_in(p[1]), static_cast<int>(to_scalar(p[2]).integer));
       return Value::none();
     }},
    {"_leave_level()", [](const Value*) {
       leave_level();
       return Value::none();
     }},
    {"_tangent(x)", [](const Value* p) { return as_tensor(p[0]) ? wrap(tangent_of(*as_tensor(p[0]))) : Value::none(); }},
    {"_give_tangent(copy, tangent, x)", [](const Value* p) {
       give_tangent(Tensor(as_tensor(p[0])), Tensor(as_tensor(p[1])), *as_tensor(p[2]));
       return p[0];
     }},
    {"_leaf(x)", [](const Value* p) {
       const Tensor out = Tensor(as_tensor(p[0]));
       set_requires_grad(out, true);
       make_extra(out).of_transform = true;
       return p[0];
     }},
};

// ---- vmap

enum class Randomness : std::uint8_t { error, different, same };
struct VmapLevel {
  std::int64_t size;
  Randomness randomness;
  int number;              // of its level
  RandomGenerator before;  // as it was when the batch began; for randomness='same': before the operator that runs
};
std::vector<VmapLevel> g_vmap;
std::uint32_t g_open = 0;  // of which of these operators run for all elements: a bit for each
int g_others = 0;          // is an operator run for other elements than the first?

/// A scope in which elements of the vmaps from this one on stand for themselves.
struct Below {
  explicit Below(int vmap) : before(std::exchange(g_open, g_open & ((1u << vmap) - 1))) {}
  ~Below() { g_open = before; }
  const std::uint32_t before;
};

/// The vmaps of whose batches the arguments from the first on are elements.
std::uint32_t batched_in(const Call& call, int first) {
  std::uint32_t found = 0;
  for (int i = first; i < call.count; ++i) {
    if (call.args[i].is_tensor()) found |= batched_as(*call.args[i].impl());
    if (call.args[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call.args[i].tensors()) found |= x ? batched_as(*x) : 0;
  }
  return found & g_open;
}

Call in_lane(const Call& call, int vmap, std::size_t element) {
  Call out(call.def, call.signature);
  out.count = call.count;
  for (int i = 0; i < call.count; ++i) {
    const Arg& arg = call.args[i];
    if (arg.is_tensor()) {
      out.args[i] = Arg(in_lane(arg.tensor(), vmap, element));
    } else if (arg.kind() == Arg::Kind::tensors) {
      std::vector<Tensor> all;
      for (const Tensor& x : arg.tensors()) all.push_back(in_lane(x, vmap, element));
      out.args[i] = Arg(std::move(all));
    } else {
      out.args[i] = arg;
    }
  }
  if (call.def.name == std::string_view("as_strided") && call.has(3)) {  // from the element's own beginning
    out.args[3] = Arg(call[3].integer() + out[0].impl()->offset - call[0].impl()->offset);
  }
  return out;
}

Tensor cloned(const Tensor& x) { return apply(*find_op("clone"), x); }
Lanes& lanes_of(const Tensor& x) {
  VariableExtra& more = make_extra(x);
  if (!more.lanes) more.lanes = make<Lanes>();
  return *more.lanes;
}

/// Makes x, which all elements share, one of the batch: each gets its own.
void part_lanes(const Tensor& x, int vmap) {
  Lanes::Batch& batch = lanes_of(x).of(vmap);
  for (std::int64_t i = 1; i < g_vmap[vmap].size; ++i) {
    const Below below(vmap);
    batch.others.push_back(cloned(x));
  }
}

/// What is no element of a batch cannot take one in: it would have to become as many.
void refuse_spreading(const Call& call, std::uint32_t missing) {
  const BatchRule rule = call.def.batch_rule;
  const bool alone = rule != BatchRule::none;
  const std::string called = rule == BatchRule::arithmetic ? "inplace arithmetic" : cat(alone ? "" : "aten::", call.def.name, "_");
  int number = 0;
  for (std::size_t i = 0; i < g_vmap.size(); ++i) number = missing >> i & 1 ? g_vmap[i].number : number;
  if (call.def.name == std::string_view("add")) {  // PyTorch's has no word of its own
    Dims sizes = broadcast(call[0].impl()->sizes, call[1].impl()->sizes);
    sizes.insert(0, g_vmap[missing == 1 ? 0 : g_vmap.size() - 1].size);
    fail("RuntimeError", "output with shape ", call[0].impl()->sizes, " doesn't match the broadcast shape ", sizes);
  }
  fail("RuntimeError", "vmap: ", called, "(self, *extra_args) is not possible because there exists a Tensor `other` in extra_args that has more elements than `self`. This happened "
       "due to `other` being vmapped over but `self` not being vmapped over ", alone ? std::string("in a vmap") : cat("at level ", number), ". Please try to use out-of-place "
       "operators instead of ", called, ". If said operator is being called inside the PyTorch framework, please file a bug report instead.");
}

/// What comes of an element of a batch is one too: control flow may not depend on it. Random numbers need a word of their own.
[[noreturn]] void refuse_random() {
  fail("RuntimeError", "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform "
                       "the randomness operation out of vmap");
}

template <class Use>
void for_vmaps(std::uint32_t bits, const Use& use) {
  for (int vmap = 0; bits >> vmap; ++vmap) {
    if (bits >> vmap & 1) use(vmap);
  }
}

void before_change(const Call& call) {
  if (call.def.draws) {
    for_vmaps(g_open & ~batched_as(*call.args[0].impl()), [](int vmap) {
      if (g_vmap[vmap].randomness == Randomness::error) refuse_random();
      if (g_vmap[vmap].randomness == Randomness::same) return;
      fail("RuntimeError", "vmap: Cannot ask for different inplace randomness on an unbatched tensor. This will appear like same randomness. If this is necessary for your usage, please "
                           "file an issue with functorch.");
    });
  }
  const std::uint32_t missing = batched_in(call, 1) & ~batched_as(*call.args[0].impl());
  if (missing && !Internal::active()) refuse_spreading(call, missing);
  for_vmaps(missing, [&](int vmap) { part_lanes(call.tensor(0), vmap); });
}

/// What ran for the first element of a batch runs for the others.
void watch_vmap(const Call& call, std::span<const Tensor> outs, bool in_place) {
  std::uint32_t found = batched_in(call, 0);
  if (found && call.def.refuse_batch && !Internal::active()) call.def.refuse_batch(call);
  if (call.def.draws) {
    for_vmaps(g_open, [&](int vmap) {
      if (g_vmap[vmap].randomness == Randomness::error) refuse_random();
      if (g_vmap[vmap].randomness == Randomness::different) found |= 1u << vmap;
    });
  }
  ++g_others;
  const struct End {
    ~End() { --g_others; }
  } end;
  for_vmaps(found, [&](int vmap) {
    const Below below(vmap);
    const VmapLevel& level = g_vmap[vmap];
    for (const Tensor& out : outs) {
      if (!in_place) lanes_of(out).of(vmap).others.clear();
    }
    for (std::int64_t i = 1; i < level.size; ++i) {
      if (level.randomness == Randomness::same) default_generator() = level.before;
      Call own = in_lane(call, vmap, static_cast<std::size_t>(i));
      std::vector<Tensor> made;
      if (in_place) (void)run_in_place(own);
      else if (call.def.gives_many(call.signature)) made = run_many(own);
      else made.push_back(run(own));
      for (std::size_t k = 0; k < made.size(); ++k) lanes_of(outs[k]).of(vmap).others.push_back(made[k]);
    }
  });
  if (!g_vmap.empty() && g_vmap.back().randomness == Randomness::same) {
    for (VmapLevel& level : g_vmap) level.before = default_generator();
  }
  if (!found) return;
  if (auto* node = dynamic_cast<OpNode*>(outs[0]->grad_fn.get())) node->carry_lanes(outs);
}

void enter_vmap(std::int64_t size, Randomness randomness) {
  if (g_vmap.empty()) watch_in_place(before_change, true);
  g_open |= 1u << g_vmap.size();
  g_vmap.push_back({size, randomness, enter_vmap_level(), default_generator()});
  watch_ops(first_watcher = watch_vmap, true);
}

void leave_vmap() {
  const int vmap = static_cast<int>(g_vmap.size()) - 1;
  std::vector<Lanes::Batch> gone;  // held, for dropping one may free others
  for (auto* more = VariableExtra::first(); more; more = more->next()) {
    if (!more->lanes) continue;
    std::vector<Lanes::Batch>& all = more->lanes->batches;
    const auto at = std::find_if(all.begin(), all.end(), [&](const Lanes::Batch& one) { return one.vmap == vmap; });
    if (at == all.end()) continue;
    gone.push_back(std::move(*at));
    all.erase(at);
  }
  g_vmap.pop_back();
  g_open &= (1u << vmap) - 1;
  if (!g_vmap.empty()) return;
  first_watcher = nullptr;
  watch_ops(watch_vmap, false);
  watch_in_place(before_change, false);
}

Tensor selected(const Tensor& x, std::int64_t dim, std::int64_t i) { return apply(*find_op("select"), x, Arg(dim), Arg(i)); }

/// The first element of x along the dimension, of whose batch the others are. `alone`: it gets a history of its own.
Tensor take_apart(const Tensor& x, std::int64_t dim, int vmap, bool alone) {
  const Below below(vmap);
  const Tensor first = selected(x, dim, 0), out = alone ? detach(first) : first;
  Lanes::Batch batch{vmap, {}, x, static_cast<int>(dim)};
  for (std::int64_t i = 1; i < x->sizes[dim]; ++i) batch.others.push_back(selected(x, dim, i));
  lanes_of(out).batches.push_back(std::move(batch));
  return out;
}

Randomness randomness_of(const Value& name) {
  const std::string& text = *text_of(name);
  return text == "error" ? Randomness::error : text == "same" ? Randomness::same : Randomness::different;
}

int vmap_of(const Value& given) { return given.is_none() ? static_cast<int>(g_vmap.size()) - 1 : static_cast<int>(to_scalar(given).integer); }

/// x as levels outside of the batch see it: without the history that only transforms within ask for.
Tensor from_outside(const Tensor& x, int vmap) { return requires_grad(x) && !depends_on_others(x, tracked_within(g_vmap[vmap].number).value_or(std::vector<Tensor>())) ? detach(x) : x; }

/// The innermost batch of which one of the tensors is an element, as lib/func_rules.py takes it; None where none is.
Value batch_of(const Value* p) {
  std::uint32_t found = 0;
  for (const Tensor& x : tensors_in(p[0])) found |= batched_as(*x) & g_open;
  if (!found) return Value::none();
  int vmap = 0;
  while (found >> (vmap + 1)) ++vmap;
  static constexpr const char* kNames[] = {"error", "different", "same"};
  const VmapLevel& level = g_vmap[vmap];
  return tuple({integer(vmap), integer(level.size), string(kNames[static_cast<int>(level.randomness)]), Value::boolean(tracked_within(level.number).has_value())});
}

constexpr Method kVmap[] = {
    {"_enter_vmap(size, randomness)", [](const Value* p) {
       enter_vmap(to_scalar(p[0]).integer, randomness_of(p[1]));
       return Value::none();
     }},
    {"_leave_vmap()", [](const Value*) {
       leave_level();
       leave_vmap();
       return Value::none();
     }},
    {"_take_apart(x, dim, vmap=None, alone=False)",
     [](const Value* p) { return wrap(take_apart(Tensor(as_tensor(p[0])), to_scalar(p[1]).integer, vmap_of(p[2]), truth(p[3]))); }},
    {"_put_together(x, vmap=None)", [](const Value* p) {  // a pair; None where x is no element. For a rule, where a vmap is given
       int dim = 0;
       const int vmap = vmap_of(p[1]);
       const TensorImpl* const x = as_tensor(p[0]);
       const Tensor whole = x ? put_together(Tensor(as_tensor(p[0])), g_vmap[vmap].number, &dim) : Tensor();
       if (p[1].is_none()) return whole ? tuple({wrap(whole), integer(dim)}) : Value::none();
       return tuple({wrap(from_outside(whole ? whole : Tensor(as_tensor(p[0])), vmap)), whole ? integer(dim) : Value::none()});
     }},
    {"_batch_of(tensors)", batch_of},
    {"_below(vmap, back=False)", [](const Value* p) {
       const std::uint32_t given = static_cast<std::uint32_t>(to_scalar(p[0]).integer), before = g_open;
       g_open = truth(p[1]) ? given : g_open & ((1u << given) - 1);
       return integer(before);
     }},
    {"_in_lane(x, vmap, element)", [](const Value* p) {
       const std::int64_t element = to_scalar(p[2]).integer;
       const TensorImpl* const x = as_tensor(p[0]);
       return x && element > 0 ? wrap(in_lane(Tensor(as_tensor(p[0])), static_cast<int>(to_scalar(p[1]).integer), static_cast<std::size_t>(element))) : p[0];
     }},
    {"_set_lanes(x, vmap, others)", [](const Value* p) {
       lanes_of(Tensor(as_tensor(p[0]))).of(static_cast<int>(to_scalar(p[1]).integer)).others = tensors_in(p[2]);
       return Value::none();
     }},
    {"_check_random()", [](const Value*) {  // of what draws without being an operator that does (dropout)
       char before[RandomGenerator::kStateBytes], now[RandomGenerator::kStateBytes];
       g_vmap.back().before.save(before);
       default_generator().save(now);
       if (g_vmap.back().randomness == Randomness::error && std::memcmp(before, now, sizeof now) != 0) refuse_random();
       return Value::none();
     }},
    {"_is_batched(x)", [](const Value* p) {
       const TensorImpl* const x = as_tensor(p[0]);
       return Value::boolean(x && !g_vmap.empty() && (batched_as(*x) >> (g_vmap.size() - 1) & 1));
     }},
};

}  // namespace

void refuse_item() {
  fail("RuntimeError", "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite "
                       "what you're doing with other operations. If error is occurring somewhere inside PyTorch internals, please file a bug report.");
}

bool in_other_lane() { return g_others > 0; }

Tensor put_together(const Tensor& x, int number, int* dim) {
  int vmap = static_cast<int>(g_vmap.size()) - 1;
  while (number && vmap >= 0 && g_vmap[vmap].number != number) --vmap;
  if (vmap < 0 || !(batched_as(*x) >> vmap & 1)) return {};
  const Below below(vmap);
  const Lanes::Batch& batch = extra(*x)->lanes->of(vmap);
  *dim = batch.dim;
  if (batch.whole) return batch.whole;
  std::vector<Tensor> all{x};
  all.insert(all.end(), batch.others.begin(), batch.others.end());
  return apply(*find_op("stack"), Arg(std::move(all)), Arg(0));
}

bool is_batched(const TensorImpl& x) { return batched_as(x) != 0; }

void add_level_tools(Dict& module) { add_functions(module, kLevels); }
void add_vmap_tools(Dict& module) { add_functions(module, kVmap); }

void reset_transforms() {
  reset_levels();
  while (!g_vmap.empty()) leave_vmap();
  g_others = 0;
}

}  // namespace nabla
