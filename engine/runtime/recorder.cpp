// The recorder. See Note [Places] and Note [Slots].
#include "runtime/recorder.h"

#include <algorithm>
#include <cmath>

#include "autograd/variable.h"
#include "ops/formula.h"
#include "ops/forward.h"

namespace nabla {
namespace {

Recorder* g_watching = nullptr;

void watch_operation(const Call& call, std::span<const Tensor> outs, bool in_place) { g_watching->operation(call, outs, in_place); }

void watch_before(const Call& call) {
  if (g_watching) g_watching->before(call);
}

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t h = (a ^ (b + 0x9E37'79B9'7F4A'7C15)) * 0xBF58'476D'1CE4'E5B9;
  h = (h ^ (h >> 29)) * 0x94D0'49BB'1331'11EB;
  return h ^ (h >> 32);
}

/// One finite number, and so nothing to look for.
bool is_finite_single(const TensorImpl& x) {
  return x.numel == 1 && (x.dtype == DType::float32 ? std::isfinite(*x.data_as<float>()) : x.dtype == DType::float64 && std::isfinite(*x.data_as<double>()));
}

/// Is the operator that runs one of the program's, or of a graph that backward builds?
bool is_seen() { return forwards_running == 0 && (!Internal::active() || Shown::active()); }

/// Keys of sources, apart from those of operators: an operand, a result of a factory, a bound name.
enum SourceKey : std::uint64_t { kOperandKey = 0x100, kFactoryKey = 0x200, kBoundKey = 0x300, kAgainKey = 0x400 };

}  // namespace

void Recorder::start() {
  if (g_watching) g_watching->stop();
  g_watching = this;
  watching_ = true;
  watch_ops(watch_operation, true);
  watch_in_place(watch_before, true);
  backward_observer = [](const BackwardStep& step) { g_watching->gradient(step); };
  update_observer = [](const OptimizerDef& def, const Update& update, bool done) { g_watching->update(def, update, done); };
  detach_observer = [](const Tensor& out, const Tensor& from, bool by_data) { g_watching->detached(out, from, by_data); };
  dual_observer = [](const Tensor& x, const Tensor& tangent, const std::vector<Tensor>& outs) { g_watching->dual(x, tangent, outs); };
  function_observer = [](const std::string& name, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outs, Node* node) {
    g_watching->applied(name, inputs, outs, node);
  };
  forwards_running = 0;
  tensor_died = [](const TensorImpl& x) { g_watching->died(x); };
  tangent_observer = [](const TensorImpl& x, const TensorImpl& tangent) { g_watching->lost_tangent(x, tangent); };
}

void Recorder::stop() {
  if (!watching_) return;
  watching_ = false;
  g_watching = nullptr;
  watch_ops(watch_operation, false);
  watch_in_place(watch_before, false);
  backward_observer = nullptr;
  update_observer = nullptr;
  dual_observer = nullptr;
  detach_observer = nullptr;
  function_observer = nullptr;
  tensor_died = nullptr;
  tangent_observer = nullptr;
  for (Slot& slot : slots_) {
    if (slot.living) const_cast<TensorImpl*>(slot.living)->id = 0;
  }
}

// ---------------------------------------------------------------------------------------------------- slots and their places

std::uint32_t Recorder::find(const TensorImpl& x) const noexcept {
  return x.id && x.id <= slots_.size() && slots_[x.id - 1].living == &x ? static_cast<std::uint32_t>(x.id - 1) : kNone;
}

std::uint32_t Recorder::open_place(std::uint64_t key, std::uint32_t results, bool* is_new) {
  std::uint32_t index = last_place_ == kNone ? kNone : places_[last_place_].next;
  *is_new = false;
  if (index == kNone || places_[index].key != key) {
    const auto [found, added] = place_of_.try_emplace(key, static_cast<std::uint32_t>(places_.size()));
    index = found->second;
    *is_new = added;
    if (added) {
      Place& place = places_.emplace_back();
      place.key = key;
      place.span = probe_.span();
      place.first_id = next_id_;
      next_id_ += results;
    }
    if (last_place_ != kNone) places_[last_place_].next = index;
  }
  last_place_ = index;
  Place& place = places_[index];
  ++place.count;
  place.last = ++now_;
  return index;
}

std::uint32_t Recorder::open_slot(const TensorImpl& x, std::uint32_t place, std::uint32_t result) {
  std::uint32_t index;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  Slot& slot = slots_[index];
  slot.living = &x;
  slot.refs = 0;
  slot.place = place;
  slot.result = result;
  slot.made = now_;
  slot.name_count = 0;
  slot.grad_is_kept = false;
  slot.grad_fn = nullptr;
  slot.grad_pass = 0;
  slot.accumulated = 0;
  slot.gradient_of = kNone;
  slot.value.drop();
  slot.grad.drop();
  slot.tangent.reset();
  const_cast<TensorImpl&>(x).id = index + 1;
  return index;
}

void Recorder::release(std::uint32_t index) {
  if (index == kNone || --slots_[index].refs != 0) return;
  Slot& slot = slots_[index];
  if (slot.living) const_cast<TensorImpl*>(slot.living)->id = 0;
  slot.living = nullptr;
  free_.push_back(index);
}

void Recorder::set_result(std::uint32_t place, std::uint32_t result, std::uint32_t slot) {
  auto& results = places_[place].results;
  if (results.size() <= result) results.resize(result + 1, kNone);
  ++slots_[slot].refs;
  release(std::exchange(results[result], slot));
}

std::uint32_t Recorder::source(const TensorImpl& x, std::uint64_t key) {
  bool is_new;
  const std::uint32_t place = open_place(key, 1, &is_new);
  const std::uint32_t slot = open_slot(x, place, 0);
  find_owner(slots_[slot], x, is_new ? kNone : places_[place].results[0]);
  set_result(place, 0, slot);
  return slot;
}

std::uint32_t Recorder::slot_of(const TensorImpl& x, std::uint64_t key) {
  std::uint32_t known = find(x);
  if (known == kNone) known = saved_as(x);
  return known != kNone ? known : source(x, key);
}

/// A result that its own node kept comes back as another tensor of the same history: the slot of that result. kNone where it ran again since.
std::uint32_t Recorder::saved_as(const TensorImpl& x) const {
  const auto* node = static_cast<const Node*>(x.grad_fn.get());
  const std::uint32_t place = node ? place_of(*node) : kNone;
  if (place == kNone || !is_last_run(*node, places_[place])) return kNone;
  const std::vector<std::uint32_t>& results = places_[place].results;
  return x.output_number < results.size() ? results[x.output_number] : kNone;
}

/// Is x the .grad of a tensor that we know? `before` is what came from the same place the last time: most often it says so at once.
void Recorder::find_owner(Slot& slot, const TensorImpl& x, std::uint32_t before) {
  constexpr std::uint64_t kTries = 3;  // after so many runs of a place without an owner, nobody looks any more
  const auto owns = [&](std::uint32_t owner) { return slots_[owner].living && slots_[owner].living->grad.get() == &x; };
  std::uint32_t owner = before == kNone ? kNone : slots_[before].gradient_of;
  if (owner == kNone || !owns(owner)) {
    if (places_[slot.place].count > kTries) return;
    owner = 0;
    while (owner < slots_.size() && !owns(owner)) ++owner;
    if (owner == slots_.size()) return;
  }
  slot.gradient_of = owner;
  slot.owner_made = slots_[owner].made;
}

void Recorder::died(const TensorImpl& x) {
  const std::uint32_t index = find(x);
  if (index == kNone) return;
  if (x.view && extra(x)->tangent) lost_tangent(x, *extra(x)->tangent);
  Slot& slot = slots_[index];
  slot.living = nullptr;
  slot.requires_grad = requires_grad(x);
  slot.is_leaf = is_leaf(x);
  slot.retains_grad = x.retains_grad;
  slot.value.read(x);
  slot.offset = x.offset;
  slot.strides = x.strides;
  slot.grad_is_kept = static_cast<bool>(x.grad);
  if (x.grad) slot.grad.read(*x.grad);
}

// ----------------------------------------------------------------------------------------------------------------- operators

/// Puts the operands of a call into fresh_, each held; returns how many there was no room for.
std::uint32_t Recorder::read_operands(const Call& call, std::uint64_t key) {
  fresh_.clear();
  std::uint32_t left_out = 0;
  std::uint64_t source_key = mix(key, kOperandKey);
  const auto add = [&](int parameter, const Tensor* tensor, const Arg* value) {
    if (fresh_.size() == kMostOperands) {
      ++left_out;
      return;
    }
    Operand& operand = fresh_.emplace_back();
    operand.parameter = static_cast<std::uint8_t>(parameter);
    if (value) operand.value = *value;
    if (!tensor) return;
    operand.slot = slot_of(**tensor, source_key++);
    ++slots_[operand.slot].refs;
  };
  for (int i = 0; i < call.count; ++i) {
    const Arg& arg = call.args[i];
    switch (arg.kind()) {
      case Arg::Kind::none: break;
      case Arg::Kind::tensor: {
        const Tensor x = arg.tensor();
        add(i, &x, nullptr);
        break;
      }
      case Arg::Kind::tensors:
        for (const Tensor& x : arg.tensors()) add(i, &x, nullptr);
        break;
      case Arg::Kind::index: {
        bool has_tensor = false;
        for (const IndexItem& item : arg.index().items) {
          if (!item.tensor) continue;
          has_tensor = true;
          add(i, &item.tensor, nullptr);
        }
        if (!has_tensor) add(i, nullptr, &arg);  // one with tensors is not kept: it would keep them alive
        break;
      }
      default: add(i, nullptr, &arg);
    }
  }
  return left_out;
}

/// The key itself, or if that place ran in this episode already, one for this further run. See Note [Places].
std::uint64_t Recorder::key_in_library(std::uint64_t key) {
  for (std::uint32_t i = 1;; ++i) {
    const auto found = place_of_.find(key);
    if (found == place_of_.end() || places_[found->second].episode != episode_) return key;
    if (i == kMostAtOnce) break;
    key = mix(key, kAgainKey);
  }
  ++rolled_up_;
  return key;
}

void Recorder::before(const Call& call) {
  if (op_observer && is_seen()) before_.read(*call.tensor(0));
}

void Recorder::operation(const Call& call, std::span<const Tensor> outs, bool in_place) {
  if (!is_seen() || outs.empty()) return;
  if (const OpDef* const sign = sign_of_number(call)) {  // nothing that a reader should have to tell from the sign with a tensor
    Call same(*sign);
    same.count = call.count;
    std::copy_n(call.args, call.count, same.args);
    return operation(same, outs, in_place);
  }
  const std::uint64_t path = probe_.path(), clock = probe_.clock();
  at_once_ = path == last_path_ && clock == last_clock_ ? at_once_ + 1 : 0;
  const bool in_pass = Internal::active();
  if (const std::uint32_t most = in_pass ? kMostInPass : kMostAtOnce; at_once_ == most) {
    at_once_ = most - 1;
    ++rolled_up_;
  }
  last_path_ = path;
  last_clock_ = clock;
  std::uint64_t key = mix(mix(path, at_once_), reinterpret_cast<std::uintptr_t>(&call.def) + in_place);
  const std::uint64_t own_path = probe_.own_path();
  if (own_path == 0 || own_path != own_path_) ++episode_;
  own_path_ = own_path;
  if (own_path != 0) key = key_in_library(key);
  if (call.def.factory) {
    for (std::size_t i = 0; i < outs.size(); ++i) source(*outs[i], mix(key, kFactoryKey + i));
    return;
  }
  if (!in_place && call.count && call.args[0].is_tensor() && call.args[0].impl() == outs[0].get()) return;  // it did nothing
  if (operations_ == kMostOperations && !place_of_.contains(key)) {
    ++operations_left_out_;
    return;
  }
  bool is_new;
  const std::uint32_t index = open_place(key, static_cast<std::uint32_t>(outs.size()), &is_new);
  if (is_new) {
    ++operations_;
    places_[index].def = &call.def;
    places_[index].in_place = in_place;
    places_[index].sign = probe_.sign();
    places_[index].in_library = own_path != 0;
    places_[index].modules = probe_.modules();
    places_[index].in_pass = in_pass;
    std::string called = places_[index].sign ? "" : probe_.called();
    if (in_pass) {
      places_[index].modules.push_back({called.empty() ? "backward" : std::move(called), "", true});
      if (call.def.name[0] == '_') places_[index].called = name_of(call.def.parsed()[call.signature].node);
    } else if (call.def.name[0] == '_' || called.starts_with('[')) {
      places_[index].called = std::move(called);
    }
  }
  places_[index].signature = call.signature;
  places_[index].episode = episode_;
  places_[index].grad_mode = grad_enabled();
  places_[index].shares = call.def.view && !outs[0]->owns_memory();
  if (in_place && before_.present) {
    if (!places_[index].before) places_[index].before = std::make_unique<Preview>();
    *places_[index].before = before_;
  }
  before_.drop();

  // The new operands and results are held before the old operands are let go: they may be the same.
  const std::uint32_t left_out = read_operands(call, key);
  for (std::uint32_t i = 0; i < outs.size(); ++i) {
    TensorImpl& out = *outs[i];
    std::uint32_t slot = find(out);
    if (slot == kNone) slot = open_slot(out, index, i);
    set_result(index, i, slot);
    if (out.grad_fn) slots_[slot].grad_fn = &call.def.parsed()[call.signature].node;
  }
  Place& place = places_[index];
  place.left_out = left_out;
  place.operands.swap(fresh_);
  for (const Operand& old : fresh_) release(old.slot);
  if (non_finite_.place == kNone && !is_finite_single(*outs[0])) find_non_finite(call, outs, in_place, place);
  if (outs[0]->grad_fn) mark(*static_cast<Node*>(outs[0]->grad_fn.get()), index);
}

// --------------------------------------------------------------------------------------------------------------------- names

/// The binding of this key, made if need be; kNone when there is no room.
std::uint32_t Recorder::open_binding(std::uint64_t key, Str* name, bool module_level) {
  auto found = binding_of_.find(key);
  if (found == binding_of_.end()) {
    if (bindings_.size() == kMostBindings) {
      ++bindings_left_out_;
      return kNone;
    }
    found = binding_of_.emplace(key, static_cast<std::uint32_t>(bindings_.size())).first;
    bindings_.push_back({key, name, module_level, probe_.span()});
  }
  if (last_binding_ != kNone) bindings_[last_binding_].next = found->second;
  return found->second;
}

void Recorder::bound(Str* name, bool module_level, const TensorImpl* tensor, const double* number, DType dtype) {
  const std::uint64_t key = probe_.path();
  std::uint32_t index = last_binding_ == kNone ? kNone : bindings_[last_binding_].next;
  if (index == kNone || bindings_[index].key != key) {
    index = open_binding(key, name, module_level);
    if (index == kNone) return;
  }
  last_binding_ = index;
  ++episode_;
  Binding& binding = bindings_[index];
  binding.last = ++now_;
  binding.is_number = number;
  binding.tensor = {};
  if (number) {
    binding.last_number = *number;
    binding.dtype = dtype;
    record_number(binding, *number, dtype);
  }
  if (!tensor) return;
  if (tensor->numel == 1 && tensor->dtype != DType::bool_) record_number(binding, element(*tensor, 0).to_double(), tensor->dtype);
  binding.tensor = subject(slot_of(*tensor, mix(key, kBoundKey)));
  Slot& slot = slots_[binding.tensor.slot];
  Str** const end = slot.names + slot.name_count;
  Str** const known = std::find(slot.names, end, name);
  if (known != end) {
    std::rotate(known, known + 1, end);
  } else if (slot.name_count < kNames) {
    slot.names[slot.name_count++] = name;
  } else {
    std::copy(slot.names + 1, end, slot.names);
    slot.names[kNames - 1] = name;
  }
}

const Recorder::Loop* Recorder::round(std::int64_t number, std::int64_t of) {
  const std::uint64_t key = probe_.path();
  if (last_loop_ == kNone || loops_[last_loop_].key != key) {
    const auto found = std::find_if(loops_.begin(), loops_.end(), [&](const Loop& loop) { return loop.key == key; });
    if (found == loops_.end() && loops_.size() == kMostLoops) return nullptr;
    last_loop_ = static_cast<std::uint32_t>(found - loops_.begin());
    if (found == loops_.end()) {
      Loop& fresh = loops_.emplace_back();
      fresh.key = key;
      fresh.span = probe_.span();
    }
  }
  Loop& loop = loops_[last_loop_];
  ++loop.rounds;
  loop.round = number;
  loop.of = of;
  return &loop;
}

void Recorder::record_number(Binding& binding, double x, DType dtype) {
  if (++binding.numbers == 1) {
    binding.number = x;  // a series begins with the second
    return;
  }
  if (binding.history == kNone) {
    if (binding.numbers > 2) return;
    if (histories_.size() == kMostHistories) {
      ++histories_left_out_;
      return;
    }
    binding.history = static_cast<std::uint32_t>(histories_.size());
    History& history = histories_.emplace_back();
    history.values.reserve(kHistoryValues);
    history.values.push_back(binding.number);
    history.last = binding.number;
  }
  History& history = histories_[binding.history];
  history.counts = history.counts && dtype == DType::int64 && x == history.last + 1;
  history.dtype = dtype;
  history.last = x;
  if ((binding.numbers - 1) & (history.stride - 1)) return;
  history.values.push_back(x);
  if (history.values.size() < kHistoryValues) return;
  for (std::size_t i = 0; 2 * i < history.values.size(); ++i) history.values[i] = history.values[2 * i];
  history.values.resize((history.values.size() + 1) / 2);
  history.stride *= 2;
}

}  // namespace nabla
