// The recorder, second part: what backward passes and optimizers do, where the graph is cut, and where the first NaN came from.
#include <algorithm>
#include <cmath>

#include "autograd/variable.h"
#include "runtime/recorder.h"

namespace nabla {
namespace {

/// Tensor.detach and Tensor.data stand in the trace as operators, though to autograd they are none.
constexpr Gradient kCut = not_differentiable("it cuts the graph");
const OpDef kDetach{
    .name = "detach",
    .signatures = {{"detach(Tensor input)"}},
    .spellings = kMethod,
    .doc = "The same numbers, cut off from the graph: no gradient flows back through it.",
    .latex = "x",
    .gradients = {kCut},
    .view = true,
};
const OpDef kData{
    .name = "data",
    .signatures = {{"data(Tensor input)"}},
    .spellings = kProperty,
    .doc = "The same memory, which autograd does not watch.",
    .latex = "x",
    .gradients = {kCut},
    .view = true,
};

/// So do the two ends of forward mode, whatever they are made of,
const OpDef kMakeDual{
    .name = "make_dual",
    .signatures = {{"make_dual(Tensor tensor, Tensor tangent)", "ViewBackward0"}},
    .spellings = kTorch,
    .doc = "The same numbers, with a direction beside them along which derivatives are taken.",
    .latex = "x",
    .gradients = {kCut, kCut},
};
const OpDef kUnpackDual{
    .name = "unpack_dual",
    .signatures = {{"unpack_dual(Tensor tensor)"}},
    .spellings = kTorch,
    .doc = "The numbers, and apart from them their derivative along the direction.",
    .latex = "x",
    .gradients = {kCut},
};

/// and an autograd.Function, whatever its name.
const OpDef kFunction{
    .name = "Function",
    .signatures = {{"Function(tensors inputs)"}},
    .spellings = kTorch,
    .doc = "An operator of the program's own: its forward gives the value, its backward the gradients.",
    .latex = R"(\text{forward}(x))",
    .gradients = {gradient([](const Backward&) { return Tensor(); }, R"(\text{backward}(g))")},
};

template <class T>
bool all_finite(const T* values, std::int64_t count) {
  T sum = 0;  // 0 for finite numbers, else NaN
  for (std::int64_t i = 0; i < count; ++i) sum += values[i] * T(0);
  return sum == 0;
}

/// Of a floating tensor of one element.
double only_element(const TensorImpl& x) { return x.dtype == DType::float32 ? *x.data_as<float>() : element(x, 0).to_double(); }

bool is_finite(const TensorImpl& x) {
  if (!is_floating(x.dtype)) return true;
  if (x.numel == 1) return std::isfinite(only_element(x));
  if (x.is_contiguous()) {
    if (x.dtype == DType::float32) return all_finite(x.data_as<float>(), x.numel);
    if (x.dtype == DType::float64) return all_finite(x.data_as<double>(), x.numel);
  }
  for (std::int64_t i = 0; i < x.numel; ++i) {
    if (!std::isfinite(element(x, offset_of(x, i)).to_double())) return false;
  }
  return true;
}

bool is_finite(const Arg& arg) {
  if (arg.is_tensor()) return is_finite(*arg.impl());
  if (arg.kind() == Arg::Kind::real) return std::isfinite(arg.real());
  if (arg.kind() == Arg::Kind::tensors) return std::all_of(arg.tensors().begin(), arg.tensors().end(), [](const Tensor& x) { return is_finite(*x); });
  return true;
}

double first_non_finite(const TensorImpl& x) {
  for (std::int64_t i = 0; i < x.numel; ++i) {
    const double value = element(x, offset_of(x, i)).to_double();
    if (!std::isfinite(value)) return value;
  }
  return 0;
}

/// Ends at the first element that is not zero, so it costs something only where all are.
bool is_zero(const TensorImpl& x) {
  if (x.numel == 1) return only_element(x) == 0;
  for (std::int64_t i = 0; i < x.numel; ++i) {
    if (element(x, offset_of(x, i)).to_double() != 0) return false;
  }
  return true;
}

}  // namespace

// ------------------------------------------------------------------------------------------------------------ backward passes

/// The pass of this number, opened if it is new; null when there is no room.
Recorder::Pass* Recorder::open_pass(std::uint32_t number) {
  // An outer pass goes on after one within a hook.
  const auto known = std::find_if(passes_.begin(), passes_.end(), [&](const Pass& pass) { return pass.number == number; });
  if (known != passes_.end()) {
    pass_ = static_cast<std::uint32_t>(known - passes_.begin());
    return &*known;
  }
  const std::uint64_t key = probe_.path();
  auto found = std::find_if(passes_.begin(), passes_.end(), [&](const Pass& pass) { return pass.key == key; });
  if (found == passes_.end()) {
    if (passes_.size() == kMostPasses) return nullptr;
    Pass& fresh = passes_.emplace_back();
    fresh.key = key;
    fresh.span = probe_.span();
    found = passes_.end() - 1;
  }
  pass_ = static_cast<std::uint32_t>(found - passes_.begin());
  found->number = number;
  ++episode_;
  found->last = ++now_;
  ++found->count;
  found->step_count = 0;
  found->left_out = 0;
  return &*found;
}

void Recorder::gradient(const BackwardStep& step) {
  last_pass_ = step.pass;
  const Node& node = step.node;
  std::uint32_t index = kNone, made_by = kNone;
  if (node.sequence == 0) {  // a leaf's sink
    index = find(*static_cast<const AccumulateGrad&>(node).variable);
  } else if (node.trace_id) {
    made_by = place_of(node);
    if (made_by == kNone) return;
    Place& place = places_[made_by];
    if (is_last_run(node, place)) {
      place.pass = step.pass;
      place.order = step.order;
      if (step.output < place.results.size()) index = place.results[step.output];
    }
  }
  const bool finite = record_step(step, made_by, index);
  if (!finite && made_by != kNone && non_finite_.place == kNone) find_non_finite(step, places_[made_by]);
  if (index == kNone) return;
  if (Slot* const slot = awaiting(index, step.pass)) {
    if (step.gradient) slot->grad.read(**step.gradient);
    else slot->grad.set(step.number, node.rank, node.dtype);
  }
  if (node.outputs == 1 || made_by == kNone || !step.gradient) return;
  const Place& place = places_[made_by];
  for (std::uint32_t output = step.output + 1; output < std::min<std::size_t>(node.outputs, place.results.size()); ++output) {
    const Tensor& gradient = step.gradient[output - step.output];
    if (!gradient || place.results[output] == kNone) continue;
    if (Slot* const slot = awaiting(place.results[output], step.pass)) slot->grad.read(*gradient);
  }
}

/// The slot whose gradient is to be what this pass brings; null when it has that already.
Recorder::Slot* Recorder::awaiting(std::uint32_t index, std::uint32_t pass) {
  Slot& slot = slots_[index];
  // A tensor that was changed in place has several nodes; the first that a pass meets is that of its last value.
  if (slot.grad_pass == pass || (!slot.living && slot.grad_is_kept)) return nullptr;
  slot.grad_pass = pass;
  return &slot;
}

/// False where what goes out has to be looked at: is it finite?
bool Recorder::record_step(const BackwardStep& seen, std::uint32_t place, std::uint32_t slot) {
  Pass* const pass = pass_ != kNone && passes_[pass_].number == seen.pass ? &passes_[pass_] : open_pass(seen.pass);
  const bool is_leaf = seen.node.sequence == 0;
  if (is_leaf && slot != kNone) record_leaf(seen, slots_[slot]);
  if (!pass || (place == kNone && slot == kNone)) return false;
  if (pass->step_count == kMostSteps) {
    ++pass->left_out;
    return false;
  }
  if (pass->step_count == pass->steps.size()) pass->steps.emplace_back();
  Step& step = pass->steps[pass->step_count++];
  step.place = place;
  step.run = seen.node.trace_id >> kPlaceBits;
  step.output = seen.output;
  step.stores = seen.stores;
  step.leaf = is_leaf ? subject(slot) : Subject{};
  step.out_count = 0;
  step.others.clear();
  const Edges& edges = seen.node.edges;
  const TensorImpl* const before = is_leaf && seen.stores ? static_cast<const AccumulateGrad&>(seen.node).variable->grad.get() : nullptr;
  step.in_numbers = !seen.gradient && (!before || (before->numel == 1 && before->dtype == seen.node.dtype)) && edges.size() <= std::size(step.numbers);
  if (step.in_numbers) {
    step.number = seen.number;
    step.rank = seen.node.rank;
    step.dtype = seen.node.dtype;
    step.has = before ? 1 : 0;
    if (before) step.numbers[0] = only_element(*before);
    step.out_count = static_cast<std::uint32_t>(edges.size());
    double sum = 0;  // 0 for finite numbers, else NaN
    for (std::uint32_t i = 0; i < step.out_count; ++i) {
      if (!edges[i].node) continue;
      step.numbers[i] = seen.numbers[i];
      sum += seen.numbers[i] * 0;
      step.has |= 1u << i;
    }
    return sum == 0;
  }
  if (seen.gradient) step.gradient.read(**seen.gradient);
  else step.gradient.set(seen.number, seen.node.rank, seen.node.dtype);
  for (std::uint32_t output = seen.output + 1; seen.gradient && output < seen.node.outputs && step.others.size() < kMostOperands; ++output) {
    if (!seen.gradient[output - seen.output]) continue;
    step.others.push_back({output, {}});
    step.others.back().gradient.read(*seen.gradient[output - seen.output]);
  }
  step.before.drop();
  if (before) step.before.read(*before);
  if (is_leaf || edges.size() > kMostOperands) return false;
  step.out_count = static_cast<std::uint32_t>(edges.size());
  if (step.outs.size() < edges.size()) step.outs.resize(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    Preview& out = step.outs[i];
    if (!edges[i].node) out.drop();
    else if (!seen.outs) out.set(seen.numbers[i], seen.node.rank, seen.node.dtype);
    else if (seen.outs[i]) out.read(*seen.outs[i]);
    else out.drop();
  }
  return false;
}

void Recorder::record_leaf(const BackwardStep& step, Slot& slot) {
  if (!step.stores) return;
  const Tensor& grad = static_cast<const AccumulateGrad&>(step.node).variable->grad;
  slot.accumulated = grad && !is_zero(*grad) ? slot.accumulated + 1 : 1;
}

// ---------------------------------------------------------------------------------------------------------------- optimizers

/// The step that is being taken, opened if it is new; null when there is no room.
Recorder::OptimizerStep* Recorder::open_optimizer_step(const OptimizerDef& def) {
  const std::uint64_t clock = probe_.clock();
  if (optimizer_step_ != kNone) {
    OptimizerStep& last = optimizer_steps_[optimizer_step_];
    if (last.clock == clock && last.def == &def) return &last;
  }
  const std::uint64_t key = probe_.path();
  auto found = std::find_if(optimizer_steps_.begin(), optimizer_steps_.end(), [&](const OptimizerStep& step) { return step.key == key && step.def == &def; });
  if (found == optimizer_steps_.end()) {
    if (optimizer_steps_.size() == kMostUpdates) return nullptr;
    OptimizerStep& fresh = optimizer_steps_.emplace_back();
    fresh.key = key;
    fresh.def = &def;
    fresh.span = probe_.span();
    found = optimizer_steps_.end() - 1;
  }
  optimizer_step_ = static_cast<std::uint32_t>(found - optimizer_steps_.begin());
  found->clock = clock;
  ++episode_;
  found->last = ++now_;
  ++found->count;
  found->change_count = 0;
  found->left_out = 0;
  return &*found;
}

namespace {

void read(std::vector<Preview>& into, const Tensor* tensors, std::size_t count) {
  into.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (tensors[i]) into[i].read(*tensors[i]);
    else into[i].drop();
  }
}

/// The elements that a preview kept, as a tensor of one dimension (or of none); null where there is no preview.
Tensor as_tensor(const Preview& seen) {
  if (!seen.present) return Tensor();
  const Tensor x = empty(seen.dims == 0 ? Dims() : Dims{seen.count}, seen.dtype);
  for (int i = 0; i < seen.count; ++i) set_element(*x, i, Scalar::of(seen.values[i]));
  return x;
}

/// The other way: tensors with a dimension have that of the parameter.
void read_like(const Preview& parameter, Preview& into, const Tensor& x) {
  if (!x) return into.drop();
  into.read(*x);
  if (into.dims == 0) return;
  into.dims = parameter.dims;
  std::copy_n(parameter.sizes, parameter.dims, into.sizes);
}

}  // namespace

Recorder::Change Recorder::Change::worked_out(const OptimizerDef& def) const {
  Change all = *this;
  if (!def.update || !is_done) return all;
  const Tensor x = as_tensor(before), g = as_tensor(gradient);
  Tensor kept[kMaxState];
  for (std::size_t i = 0; i < def.state.size(); ++i) kept[i] = as_tensor(state_before[i]);
  Told told;
  def.update({x, g, kept, options.data(), &told});
  const auto read_all = [&](std::vector<Preview>& into, const Tensor* tensors, std::size_t count) {
    into.resize(count);
    for (std::size_t i = 0; i < count; ++i) read_like(before, into[i], tensors[i]);
  };
  read_like(before, all.after, x);
  read_all(all.state, kept, def.state.size());
  read_all(all.initial, told.initial, def.state.size());
  read_all(all.quantities, told.quantities, def.quantities.size());
  return all;
}

void Recorder::update(const OptimizerDef& def, const Update& update, bool done) {
  OptimizerStep* const step = open_optimizer_step(def);
  if (!step) return;
  if (done) {
    if (step->left_out) return;
    Change& change = step->changes[step->change_count - 1];
    change.is_done = true;
    if (!update.told) return;
    change.after.read(*update.parameter);
    read(change.state, update.state, def.state.size());
    read(change.initial, update.told->initial, def.state.size());
    read(change.quantities, update.told->quantities, def.quantities.size());
    return;
  }
  if (step->change_count == kMostChanges) {
    ++step->left_out;
    return;
  }
  if (step->change_count == step->changes.size()) step->changes.emplace_back();
  Change& change = step->changes[step->change_count++];
  change.parameter = subject(find(*update.parameter));
  change.before.read(*update.parameter);
  change.gradient.read(*update.gradient);
  read(change.state_before, update.state, def.state.size());
  change.options.assign(update.options, update.options + def.number_count());
  change.is_done = false;
}

void Recorder::detached(const Tensor& out, const Tensor& from, bool by_data) {
  if (find(*from) == kNone) return;  // nothing is known of it
  Call call(by_data ? kData : kDetach);
  call.args[0] = Arg(from);
  call.count = 1;
  operation(call, {&out, 1}, false);
}

void Recorder::dual(const Tensor& x, const Tensor& tangent, const std::vector<Tensor>& outs) {
  Call call(tangent ? kMakeDual : kUnpackDual);
  call.args[call.count++] = Arg(x);
  if (tangent) call.args[call.count++] = Arg(tangent);
  std::vector<Tensor> made;  // not the tangent that make_dual() was given, where it is handed on
  std::copy_if(outs.begin(), outs.end(), std::back_inserter(made), [&](const Tensor& out) { return find(*out) == kNone; });
  operation(call, made, false);
}

bool Recorder::is_function(const OpDef& def) noexcept { return &def == &kFunction; }

void Recorder::lost_tangent(const TensorImpl& x, const TensorImpl& tangent) {
  const std::uint32_t index = find(x);
  if (index == kNone) return;
  Slot& slot = slots_[index];
  if (!slot.tangent) slot.tangent = std::make_unique<Preview>();
  slot.tangent->read(tangent);
}

void Recorder::applied(const std::string& name, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outs, Node* node) {
  Call call(kFunction);
  call.args[0] = Arg(inputs);
  call.count = 1;
  const std::uint64_t before = now_;
  const auto is_input = [&](const Tensor& out) { return std::find(inputs.begin(), inputs.end(), out) != inputs.end(); };
  std::vector<Tensor> made;  // not what came from elsewhere and is handed on
  std::copy_if(outs.begin(), outs.end(), std::back_inserter(made), [&](const Tensor& out) { return is_input(out) || find(*out) == kNone; });
  operation(call, made, !made.empty() && is_input(made[0]));
  if (now_ == before || places_[last_place_].def != &kFunction) return;
  Place& place = places_[last_place_];
  place.called = name_of(name);
  for (const std::uint32_t slot : place.results) slots_[slot].grad_fn = node ? &name : nullptr;
  if (node) mark(*node, last_place_);
}

// ------------------------------------------------------------------------------------------------------------- NaN and infinity

void Recorder::find_non_finite(const Call& call, std::span<const Tensor> outs, bool in_place, const Place& place) {
  if (call.def.view) return;
  const auto bad = std::find_if(outs.begin(), outs.end(), [](const Tensor& out) { return !is_finite(*out); });
  if (bad == outs.end()) return;
  for (int i = in_place ? 1 : 0; i < call.count; ++i) {
    if (!is_finite(call.args[i])) return;
  }
  non_finite_.place = static_cast<std::uint32_t>(&place - places_.data());
  non_finite_.run = place.count;
  non_finite_.value = first_non_finite(**bad);
  for (int i = in_place ? 1 : 0; i < call.count; ++i) {
    if (call.args[i].is_tensor()) non_finite_.operands.emplace_back().read(*call.args[i].impl());
  }
}

void Recorder::find_non_finite(const BackwardStep& step, const Place& place) {
  if (step.gradient ? !is_finite(**step.gradient) : !std::isfinite(step.number)) return;
  for (std::uint32_t i = 0; i < step.node.edges.size(); ++i) {
    if (!step.node.edges[i].node) continue;
    if (step.outs ? !step.outs[i] || is_finite(*step.outs[i]) : std::isfinite(step.numbers[i])) continue;
    non_finite_.place = static_cast<std::uint32_t>(&place - places_.data());
    non_finite_.run = place.count;
    non_finite_.is_backward = true;
    non_finite_.edge = i;
    non_finite_.value = step.outs ? first_non_finite(*step.outs[i]) : step.numbers[i];
    if (step.gradient) non_finite_.gradient.read(**step.gradient);
    else non_finite_.gradient.set(step.number, step.node.rank, step.node.dtype);
    return;
  }
}

}  // namespace nabla
