// The levels of torch.func's transforms. All that an operator makes inside of one belongs to it, as in PyTorch, where every level wraps it; here nothing is
// wrapped, so each level keeps a list of its tensors while it lasts.
#include "torch/levels.h"

#include <unordered_map>
#include <unordered_set>

#include "autograd/variable.h"
#include "ops/opdef.h"

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

void note_made(const Call&, std::span<const Tensor> outs, bool) {
  for (Level& level : g_levels) {
    if (level.of_vmap) continue;
    for (const Tensor& out : outs) {
      if (!level.outer.contains(out.get())) level.made.emplace(out.get(), out);
    }
  }
}

void enter(Level level) {
  if (!level.of_vmap) watch_ops(note_made, true);
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

void enter_level(std::vector<Tensor> inner, std::vector<Tensor> outer, int above) {
  Level level{next_number() + above, false, std::move(inner), {}, {}};
  for (std::size_t i = 0; i < level.inner.size(); ++i) level.outer.emplace(level.inner[i].get(), outer[i]);
  enter(std::move(level));
}
void enter_vmap_level() { enter({next_number(), true, {}, {}, {}}); }

void leave_level() {
  if (!g_levels.empty()) g_levels.pop_back();
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
    if (!level.holds(x.get())) continue;
    const auto found = level.outer.find(x.get());
    if (numbers.empty() && found != level.outer.end()) shown = found->second;
    numbers.push_back(level.number);
  }
  if (numbers.empty()) return plain(x);
  if (shown == x && requires_grad(x) && !depends_on_others(x, inner)) shown = detach(x);
  std::string text = plain(shown);
  for (const int number : numbers) text = cat("GradTrackingTensor(lvl=", number, ", value=\n", indented(text), "\n)");
  return text;
}

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
      const bool ours = sink && std::find(inner.begin(), inner.end(), sink->variable) != inner.end();
      if (!ours) return true;
    }
    for (std::size_t i = 0; i < node.edges.size(); ++i) reach(node.edges[i].node.get());
  }
  return false;
}

}  // namespace nabla
