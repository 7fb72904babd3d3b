// The levels of torch.func's transforms. All that an operator makes inside of one belongs to it, as in PyTorch, where every level wraps it; here nothing is
// wrapped, so each level keeps a list of its tensors while it lasts.
#include "torch/levels.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "autograd/variable.h"
#include "ops/forward.h"

namespace nabla {
namespace {

struct Level {
  int number;
  bool of_vmap;
  std::vector<Tensor> inner;
  std::unordered_map<const TensorImpl*, Tensor> outer;  // of each of `inner`: what it was made of
  std::unordered_map<const TensorImpl*, Tensor> made;   // held, so that no other tensor takes the address

  bool holds(const TensorImpl* x) const { return outer.contains(x) || made.contains(x); }
};
std::vector<Level> g_levels;

const TensorImpl* base_of(const TensorImpl* x) {
  const VariableExtra* more = extra(*x);
  return more && more->base ? more->base.get() : x;
}

/// The name with its overload, as PyTorch writes it of what changes a tensor in place.
std::string overload(const Call& call) {
  const std::string_view name = call.def.name;
  const auto is_one_of = [&](std::string_view all) { return all.find(cat(" ", name, " ")) != std::string_view::npos; };
  const Arg& last = call.args[call.count - 1];
  const bool with_tensor = call.count > 1 && last.is_tensor();
  std::string out = cat("aten::", name, name.ends_with('_') ? "" : "_");
  if (is_one_of(" add sub mul div floor_divide ")) out += ".Tensor";
  else if (is_one_of(" pow remainder fmod fill masked_fill lerp eq ne lt le gt ge ")) out += with_tensor ? ".Tensor" : ".Scalar";
  else if (name == "index_fill") out += with_tensor ? ".int_Tensor" : ".int_Scalar";
  else if (name == "scatter") out += with_tensor ? ".src" : ".value";
  return out;
}

/// A function that is transformed may change only what it made itself, or was given.
void check_captured(const Call& call) {
  if (Internal::active() || in_other_lane()) return;
  const TensorImpl* const x = call.args[0].impl();
  for (const Level& level : g_levels) {
    if (level.of_vmap || level.holds(base_of(x))) continue;
    const bool given = std::any_of(level.inner.begin(), level.inner.end(), [&](const Tensor& one) { return base_of(one.get()) == base_of(x); });
    if (!given) {
      fail("RuntimeError", "During a grad (vjp, jvp, grad, etc) transform, the function provided attempted to call in-place operation (", overload(call), ") that would mutate a captured "
           "Tensor. This is not supported; please rewrite the function being transformed to explicitly accept the mutated Tensor(s) as inputs.");
    }
  }
}

void note_made(const Call&, std::span<const Tensor> outs, bool) {
  if (in_other_lane()) return;
  for (Level& level : g_levels) {
    if (level.of_vmap) continue;
    for (const Tensor& out : outs) {
      if (!level.outer.contains(out.get())) level.made.emplace(out.get(), out);
    }
  }
}

void enter(Level level) {
  if (!level.of_vmap) watch_ops(note_made, true);
  if (g_levels.empty()) watch_in_place(check_captured, true);
  g_levels.push_back(std::move(level));
}
int next_number() { return g_levels.empty() ? 1 : g_levels.back().number + 1; }

std::string indented(const std::string& text) {
  std::string out = "    ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

}  // namespace

bool dual_level_of_transform = false;

void enter_level(std::vector<Tensor> inner, std::vector<Tensor> outer, int above) {
  Level level{next_number() + above, false, std::move(inner), {}, {}};
  for (std::size_t i = 0; i < level.inner.size(); ++i) level.outer.emplace(level.inner[i].get(), outer[i]);
  enter(std::move(level));
}
int enter_vmap_level() {
  enter({next_number(), true, {}, {}, {}});
  return g_levels.back().number;
}

void leave_level() {
  if (g_levels.empty()) return;
  g_levels.pop_back();
  if (g_levels.empty()) watch_in_place(check_captured, false);
  for (const Level& level : g_levels) {
    if (!level.of_vmap) return;
  }
  watch_ops(note_made, false);
}
void reset_levels() {
  while (!g_levels.empty()) leave_level();
}

void note_at_levels(const Tensor& made) {
  if (!g_levels.empty()) note_made(Call(*find_op("alias")), {&made, 1}, false);
}

std::string text_at_levels(const Tensor& x, std::string (*plain)(const Tensor&)) {
  std::vector<int> numbers;
  std::vector<Tensor> inner;
  Tensor shown = x;  // what the outermost level that holds it wraps
  for (const Level& level : g_levels) {
    inner.insert(inner.end(), level.inner.begin(), level.inner.end());
    if (level.of_vmap || !level.holds(x.get())) continue;
    const auto found = level.outer.find(x.get());
    if (numbers.empty() && found != level.outer.end()) shown = found->second;
    numbers.push_back(level.number);
  }
  if (shown == x && !numbers.empty() && requires_grad(x) && !depends_on_others(x, inner)) shown = detach(x);
  if (shown == x && !numbers.empty() && dual_level_of_transform && tangent_of(*x)) {
    shown = alias(x);
    share_lanes(shown, *x);
    set_history(shown, grad_fn(x), x->output_number);
  }
  std::vector<std::string> words;  // from within
  for (auto level = g_levels.rbegin(); level != g_levels.rend(); ++level) {
    int dim = 0;
    const Tensor whole = level->of_vmap ? put_together(shown, level->number, &dim) : Tensor();
    if (whole) words.push_back(cat("BatchedTensor(lvl=", level->number, ", bdim=", dim, ", value=\n"));
    else if (std::find(numbers.begin(), numbers.end(), level->number) != numbers.end()) words.push_back(cat("GradTrackingTensor(lvl=", level->number, ", value=\n"));
    if (whole) shown = whole;
  }
  std::string text = plain(shown);
  for (auto word = words.rbegin(); word != words.rend(); ++word) text = cat(*word, indented(text), "\n)");
  return text;
}

std::optional<std::vector<Tensor>> tracked_within(int number) {
  std::optional<std::vector<Tensor>> found;
  for (const Level& level : g_levels) {
    if (level.of_vmap || level.number < number) continue;
    if (!found) found.emplace();
    found->insert(found->end(), level.inner.begin(), level.inner.end());
  }
  return found;
}

bool in_transform() { return !g_levels.empty(); }

bool depends_on_others(const Tensor& x, const std::vector<Tensor>& inner) {
  std::vector<Node*> stack;
  std::unordered_set<const Node*> seen;
  const Edge start = gradient_edge(x);
  const auto reach = [&](Node* node) {
    if (node && seen.insert(node).second) stack.push_back(node);
  };
  reach(start.node.get());
  while (!stack.empty()) {
    const Node& node = *stack.back();
    stack.pop_back();
    if (node.sequence == 0) {
      const auto* sink = dynamic_cast<const AccumulateGrad*>(&node);
      const auto is_among = [&](const std::vector<Tensor>& all) { return std::find(all.begin(), all.end(), sink->variable) != all.end(); };
      const auto is_open = [&] { return std::any_of(g_levels.begin(), g_levels.end(), [&](const Level& level) { return is_among(level.inner); }); };
      const bool made_by_one = sink && sink->variable && extra(*sink->variable) && extra(*sink->variable)->of_transform;
      const bool ours = sink && (is_among(inner) || (made_by_one && !is_open()));
      if (!ours) return true;
    }
    for (std::size_t i = 0; i < node.edges.size(); ++i) reach(node.edges[i].node.get());
  }
  return false;
}

}  // namespace nabla
