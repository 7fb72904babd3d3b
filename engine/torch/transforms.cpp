// What torch.func's transforms (lib/func_grad.py, lib/func_vmap.py) ask of the engine: levels, and the elements of vmap's batches.
#include <cstring>
#include <optional>

#include "autograd/variable.h"
#include "base/error.h"
#include "ops/forward.h"
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
    {"_give_tangent(x, tangent)", [](const Value* p) {
       if (as_tensor(p[1])) make_extra(Tensor(as_tensor(p[0]))).tangent = Tensor(as_tensor(p[1]));
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

struct VmapLevel {
  bool random_is_error;
  std::optional<RandomGenerator> random;  // randomness='same': what each element begins with
  int number;                             // of its level
  RandomGenerator before;                 // as it was when the batch began
};
std::vector<VmapLevel> g_vmap;

std::uint32_t batched_as(const TensorImpl& x) { return x.view ? extra(x)->batched : 0; }
/// The vmaps of whose batches the arguments from the first on are elements.
std::uint32_t batched_in(const Call& call, int first) {
  std::uint32_t found = 0;
  for (int i = first; i < call.count; ++i) {
    if (call.args[i].is_tensor()) found |= batched_as(*call.args[i].impl());
    if (call.args[i].kind() != Arg::Kind::tensors) continue;
    for (const Tensor& x : call.args[i].tensors()) found |= x ? batched_as(*x) : 0;
  }
  return found;
}

/// What is no element of a batch cannot take one in: it would have to become as many.
void check_vmap(const Call& call) {
  if (Internal::active()) return;
  const std::uint32_t missing = batched_in(call, 1) & ~batched_as(*call.args[0].impl());
  if (!missing) return;
  const std::string_view name = call.def.name;
  const bool arithmetic = name == "add" || name == "sub" || name == "mul" || name == "div" || name == "copy" || name == "masked_fill";
  const bool alone = arithmetic || name == "fill" || name == "index_put";
  const std::string called = arithmetic ? "inplace arithmetic" : cat(alone ? "" : "aten::", name, "_");
  int number = 0;
  for (std::size_t i = 0; i < g_vmap.size(); ++i) number = missing >> i & 1 ? g_vmap[i].number : number;
  fail("RuntimeError", "vmap: ", called, "(self, *extra_args) is not possible because there exists a Tensor `other` in extra_args that has more elements than `self`. This happened "
       "due to `other` being vmapped over but `self` not being vmapped over ", alone ? std::string("in a vmap") : cat("at level ", number), ". Please try to use out-of-place "
       "operators instead of ", called, ". If said operator is being called inside the PyTorch framework, please file a bug report instead.");
}

/// What comes of an element of a batch is one too: control flow may not depend on it. Random numbers need a word of their own.
[[noreturn]] void refuse_random() {
  fail("RuntimeError", "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform "
                       "the randomness operation out of vmap");
}

/// What gives each element of the batch a size of its own.
void refuse_dynamic(const Call& call) {
  const std::string_view name = call.def.name;
  if (name == "nonzero" || name == "unique" || name == "unique_consecutive" || name == "argwhere") {
    fail("RuntimeError", "vmap: We do not support batching operators that can output dynamic shape. Attempted to vmap over aten::", name == "unique" ? "_unique2" : name == "argwhere" ? "nonzero" : name,
         ". Please voice your support in https://github.com/pytorch/functorch/issues/256");
  }
  if (name == "masked_select") {
    fail("RuntimeError", "vmap: Attempted to vmap over `mask` in torch.masked_select(self, mask) We cannot support this because for each batch this would return a differently shaped "
                         "Tensor. Please voice your support in https://github.com/pytorch/functorch/issues/256");
  }
  if (name == "equal") fail("RuntimeError", "Batching rule not implemented for aten::equal. We could not generate a fallback.");
  if (name == "allclose") fail("RuntimeError", "vmap over torch.allclose isn't supported yet. Please voice your support over at github.com/pytorch/functorch/issues/275");
  if (name != "index") return;
  for (const Tensor& at : call.args[1].tensors()) {
    if (!at || !batched_as(*at) || (at->dtype != DType::bool_ && at->dtype != DType::uint8)) continue;
    fail("RuntimeError", "vmap: We do not support batching operators that can support dynamic shape. Attempting to batch over indexing with a boolean mask.");
  }
}

void watch_vmap(const Call& call, std::span<const Tensor> outs, bool) {
  if (call.def.draws && g_vmap.back().random_is_error) refuse_random();
  const std::uint32_t found = batched_in(call, 0);
  if (!found) return;
  if (!Internal::active()) refuse_dynamic(call);
  for (const Tensor& out : outs) make_extra(out).batched |= found;
}

void leave_vmap() {
  if (!g_vmap.empty()) g_vmap.pop_back();
  const std::uint32_t rest = (1u << g_vmap.size()) - 1;
  for (auto* more = VariableExtra::first(); more; more = more->next()) more->batched &= rest;
  if (!g_vmap.empty()) return;
  watch_ops(watch_vmap, false);
  watch_in_place(check_vmap, false);
}

constexpr Method kVmap[] = {
    {"_enter_vmap(random_is_error)", [](const Value* p) {
       if (g_vmap.empty()) watch_in_place(check_vmap, true);
       g_vmap.push_back({truth(p[0]), {}, enter_vmap_level(), default_generator()});
       watch_ops(watch_vmap, true);
       return Value::none();
     }},
    {"_leave_vmap()", [](const Value*) {
       leave_level();
       leave_vmap();
       return Value::none();
     }},
    {"_batched(x)", [](const Value* p) {
       make_extra(Tensor(as_tensor(p[0]))).batched |= 1u << (g_vmap.size() - 1);
       return p[0];
     }},
    {"_check_random()", [](const Value*) {  // of what draws without being an operator that does (dropout)
       char before[RandomGenerator::kStateBytes], now[RandomGenerator::kStateBytes];
       g_vmap.back().before.save(before);
       default_generator().save(now);
       if (g_vmap.back().random_is_error && std::memcmp(before, now, sizeof now) != 0) refuse_random();
       return Value::none();
     }},
    {"_is_batched(x)", [](const Value* p) {
       const TensorImpl* const x = as_tensor(p[0]);
       return Value::boolean(x && !g_vmap.empty() && (batched_as(*x) >> (g_vmap.size() - 1) & 1));
     }},
    {"_repeat_random(first)", [](const Value* p) {
       if (truth(p[0])) g_vmap.back().random = default_generator();
       else default_generator() = *g_vmap.back().random;
       return Value::none();
     }},
};

}  // namespace

void refuse_item() {
  fail("RuntimeError", "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite "
                       "what you're doing with other operations. If error is occurring somewhere inside PyTorch internals, please file a bug report.");
}

bool is_batched(const TensorImpl& x) { return batched_as(x) != 0; }

void add_level_tools(Dict& module) { add_functions(module, kLevels); }
void add_vmap_tools(Dict& module) { add_functions(module, kVmap); }

void reset_transforms() {
  reset_levels();
  while (!g_vmap.empty()) leave_vmap();
}

}  // namespace nabla
