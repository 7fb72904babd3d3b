// The node that remembers a call: its edges, what it keeps, and its backward pass.
#include <algorithm>
#include <numeric>

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/applying.h"
#include "ops/formula.h"
#include "ops/forward.h"
#include "tensor/layout.h"

namespace nabla {

namespace {

using EdgeKind = ParsedSignature::EdgeKind;

/// May this argument take part in a backward pass in numbers? Note [Numbers] in backward.cpp.
bool fits_numbers(const Arg& arg, int i, const TensorImpl& out) {
  if (arg.is_tensor()) return i < 2 && arg.impl()->numel == 1 && arg.impl()->dtype == out.dtype;
  return arg.kind() < Arg::Kind::tensor || arg.kind() == Arg::Kind::ints;
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
  for (int end = 1; end < count; ++end) {
    for (int i = end; i > 0 && name(order[i]) < name(order[i - 1]); --i) std::swap(order[i], order[i - 1]);
  }
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
        fit(out[at], expected(edges[at], *input.impl()), this, at);
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
          fit(out[edge + k], expected(edges[edge + k], *list[k]), this, edge + k);
        }
      }
    }
  }
}

}  // namespace nabla
