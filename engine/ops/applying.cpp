// Applying operators: who watches, which calls extend the graph, run() and run_many().
#include "ops/applying.h"

#include "autograd/backward.h"
#include "base/error.h"
#include "ops/operands.h"

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

namespace {

bool wants_gradient(const Arg& arg) {
  if (arg.is_tensor()) return requires_grad(*arg.impl());
  if (arg.kind() != Arg::Kind::tensors) return false;
  for (const Tensor& x : arg.tensors()) {
    if (x && requires_grad(x)) return true;
  }
  return false;
}

}  // namespace

bool is_tracked(const Call& call) {
  if (!grad_enabled()) return false;
  for (int i = 0; i < call.count; ++i) {
    if (wants_gradient(call.args[i]) && call.def.gradient_of(i).state != Gradient::State::not_differentiable) return true;
  }
  return false;
}

void observe_operands(const Call& call, bool in_place) {
  for (int i = 0; i < call.count; ++i) {
    if (call[i].is_tensor()) operand_observer(*call[i].impl(), in_place && i == 0);
    else if (call[i].kind() == Arg::Kind::tensors) {
      for (const Tensor& x : call[i].tensors()) operand_observer(*x, false);
    }
  }
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

}  // namespace nabla
