// Operators on tensors of one element in a recorded round, the graph that they make, and backward() through it: what run_single,
// run_in_place and Pass (ops/opdef.cpp, autograd/backward.cpp) do to such tensors, in the same order.
#include <algorithm>

#include "torch/hot/recorder.h"

namespace nabla::hot {
namespace {

using Kind = Sym::Kind;
constexpr std::uint32_t kNoSlot = Memory::kNone;

const OperatorForms& operator_named(const char* name) {
  Form form;
  return *forms_behind(*tensor_type()->find(intern(name)), &form);
}

}  // namespace

std::uint32_t Recorder::tensor_of(TensorImpl& real, std::int32_t gradient_of) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (tensors[i].real == &real) return static_cast<std::uint32_t>(i);
  }
  SymTensor x;
  x.real = &real;
  x.gradient_of = gradient_of;
  x.memory = x.own_memory = static_cast<std::uint32_t>(memories.size());
  x.dtype = real.dtype;
  x.rank = static_cast<std::uint8_t>(real.dim());
  x.requires_grad = real.requires_grad;
  x.grad = SymTensor::kUnknown;
  memories.emplace_back();
  tensors.push_back(x);
  return static_cast<std::uint32_t>(tensors.size() - 1);
}

std::uint32_t Recorder::new_tensor(DType dtype, std::uint8_t rank, SlotNumber slot) {
  SymTensor x;
  x.memory = static_cast<std::uint32_t>(memories.size());
  x.dtype = dtype;
  x.rank = rank;
  memories.push_back({slot});
  tensors.push_back(x);
  return static_cast<std::uint32_t>(tensors.size() - 1);
}

std::uint32_t Recorder::alias(std::uint32_t of, bool is_data) {
  SymTensor x;
  x.memory = tensors[of].memory;
  x.dtype = tensors[of].dtype;
  x.rank = tensors[of].rank;
  x.is_data = is_data || tensors[of].is_data;
  (void)content(of);
  tensors.push_back(x);
  return static_cast<std::uint32_t>(tensors.size() - 1);
}

SlotNumber Recorder::content(std::uint32_t tensor) {
  Memory& memory = memories[tensors[tensor].memory];
  if (memory.slot == kNoSlot) {
    const SymTensor& x = tensors[tensor];
    const SlotNumber slot = new_slot();
    if (x.dtype == DType::float32) program.slots[slot].f = *x.real->data_as<float>();
    else program.slots[slot].d = *x.real->data_as<double>();
    memory.slot = memory.start = slot;
    inputs.push_back({Input::Kind::tensor, tensor, slot});
  }
  return static_cast<SlotNumber>(memory.slot);
}

std::int32_t Recorder::edge_to(std::uint32_t tensor) const {
  const SymTensor& x = tensors[tensor];
  return x.node >= 0 ? x.node : x.requires_grad ? -2 - static_cast<std::int32_t>(tensor) : -1;
}

Sym Recorder::apply(const SingleForm& form, const Sym& a, const Sym& b) {
  if (!form.def) give_up("an operator without a short form");
  const bool has_y = !b.is(Kind::undefined);
  const Sym& model = a.is(Kind::tensor) ? a : b;
  const DType dtype = tensors[model.index].dtype;
  std::uint8_t rank = 0;
  const auto slot_of = [&](const Sym& operand) {
    if (!operand.is(Kind::tensor)) return slot_in(dtype, operand);
    if (tensors[operand.index].dtype != dtype) give_up("tensors of two types");
    rank = std::max(rank, tensors[operand.index].rank);
    return content(operand.index);
  };
  const SlotNumber x = slot_of(a), y = has_y ? slot_of(b) : x;
  const SlotNumber out = compute(form, dtype, x, y, b);
  const std::uint32_t result = new_tensor(dtype, rank, out);
  const bool tracked = grad_enabled_ && ((a.is(Kind::tensor) && requires_grad(tensors[a.index])) || (b.is(Kind::tensor) && requires_grad(tensors[b.index])));
  if (tracked) {
    SymNode node{form.def, dtype, form.edges, x, y, out};
    const auto keep = [&](const Sym& operand, int i) {
      if (!operand.is(Kind::tensor)) return;
      const SymTensor& tensor = tensors[operand.index];
      if (form.edges >> i & 1) node.edges[i] = edge_to(operand.index);
      node.tensors[i] = static_cast<std::int32_t>(operand.index);
      node.memories[i] = tensor.memory;
      node.versions[i] = memories[tensor.memory].version;
    };
    keep(a, 0);
    if (has_y) keep(b, 1);
    if (has_y && b.is(Kind::constant)) {
      node.y_is_constant = true;
      node.y_constant = b.value.is_float() ? b.value.as_float() : static_cast<double>(b.value.as_small());
    }
    node.out_memory = tensors[result].memory;
    tensors[result].node = static_cast<std::int32_t>(nodes_.size());
    nodes_.push_back(node);
  }
  return Sym::of(Kind::tensor, result);
}

Sym Recorder::apply(const OperatorForms& forms, const Sym& a, const Sym& b) {
  const bool x = a.is(Kind::tensor), y = b.is(Kind::tensor);
  if ((!x && !a.is_number()) || (!y && !b.is_number()) || (!x && !y)) give_up("an operator on objects");
  return apply(!x ? forms.single_right : y ? forms.single_tensors : forms.single_left, a, b);
}

Sym Recorder::apply_one(const OperatorForms& forms, const Sym& x) {
  if (!x.is(Kind::tensor)) give_up("an operator on objects");
  const std::string_view name = forms.def->name;
  if (name == "sum" || name == "mean") return pass_on(x);
  return apply(forms.single_one, x, {});
}

/// The sum or mean of one element: itself, 0-d.
Sym Recorder::pass_on(const Sym& x) {
  const SymTensor from = tensors[x.index];
  const SlotNumber slot = content(x.index);
  const std::uint32_t result = new_tensor(from.dtype, 0, slot);
  if (grad_enabled_ && requires_grad(from)) {
    SymNode node{nullptr, from.dtype, 1, slot, slot, slot};
    node.edges[0] = edge_to(x.index);
    tensors[result].node = static_cast<std::int32_t>(nodes_.size());
    nodes_.push_back(node);
  }
  return Sym::of(Kind::tensor, result);
}

Sym Recorder::tensor_sign(Binary op, const Sym& a, const Sym& b, bool in_place_sign) {
  const OperatorForms& forms = forms_of(op);
  if (!forms.def) give_up("a sign between tensors");
  if (in_place_sign && a.is(Kind::tensor)) {
    if (!(forms.def->spellings & kInPlace)) give_up("a sign in place");
    return in_place(forms, a, b);
  }
  if (!a.is(Kind::tensor) && op == Binary::sub) return apply(forms_of_rsub().single_left, b, a);
  if (!a.is(Kind::tensor) && op == Binary::truediv) {
    if (!a.is_number()) give_up("a sign between objects");
    return apply(forms_of(Binary::mul), apply_one(operator_named("reciprocal"), b), a);
  }
  if (!a.is(Kind::tensor) && op == Binary::pow) give_up("a number to the power of a tensor");
  return apply(forms, a, b);
}

void Recorder::overwrite(std::uint32_t tensor, SlotNumber slot) {
  Memory& memory = memories[tensors[tensor].memory];
  memory.slot = slot;
  if (!tensors[tensor].is_data) ++memory.version;
}

Sym Recorder::in_place(const OperatorForms& forms, const Sym& self, const Sym& other) {
  if (!self.is(Kind::tensor)) give_up("an operator on objects");
  const bool with_tensor = other.is(Kind::tensor);
  const SymTensor x = tensors[self.index];
  if (grad_enabled_ && (requires_grad(x) || (with_tensor && requires_grad(tensors[other.index])))) give_up("a change that the graph follows");
  if (with_tensor && (tensors[other.index].dtype != x.dtype || tensors[other.index].rank > x.rank)) give_up("tensors of two types");
  const SingleForm& form = with_tensor ? forms.single_tensors : forms.single_left;
  if (!form.def) give_up("an operator without a short form");
  const SlotNumber a = content(self.index), b = with_tensor ? content(other.index) : slot_in(x.dtype, other);
  overwrite(self.index, compute(form, x.dtype, a, b, other));
  return self;
}

bool Recorder::tensor_compared(Compare op, const Sym& a, const Sym& b) {
  const DType dtype = tensors[(a.is(Kind::tensor) ? a : b).index].dtype;
  const auto slot_of = [&](const Sym& operand) {
    if (!operand.is(Kind::tensor)) return slot_in(dtype, operand);
    if (tensors[operand.index].dtype != dtype) give_up("tensors of two types");
    return content(operand.index);
  };
  const SlotNumber x = slot_of(a), y = slot_of(b);
  return decide(dtype == DType::float32 ? Operation::f_lt : Operation::d_lt, op, x, y);
}

Sym Recorder::item_of(std::uint32_t tensor) {
  const SlotNumber slot = content(tensor);
  return Sym::of(Kind::real, tensors[tensor].dtype == DType::float64 ? slot : compute(Operation::d_of_f, slot));
}

// --------------------------------------------------------------------------------------------------------------- gradients

std::int32_t Recorder::gradient(std::uint32_t tensor) {
  if (tensors[tensor].grad != SymTensor::kUnknown) return tensors[tensor].grad;
  TensorImpl* const grad = tensors[tensor].real->grad.get();
  std::int32_t found = SymTensor::kNone;
  if (grad) {
    if (!can_be_slot(*grad) || grad->requires_grad || grad->dtype != tensors[tensor].dtype) give_up("a gradient out of the ordinary");
    found = static_cast<std::int32_t>(tensor_of(*grad, static_cast<std::int32_t>(tensor)));
  }
  tensors[tensor].grad = tensors[tensor].grad_start = found;
  return found;
}

void Recorder::set_gradient(std::uint32_t tensor, std::int32_t gradient) { tensors[tensor].grad = gradient; }

void Recorder::accumulate(std::uint32_t leaf, SlotNumber g) {
  const std::int32_t grad = gradient(leaf);
  const DType dtype = tensors[leaf].dtype;
  if (grad == SymTensor::kNone) {
    const std::uint32_t made = new_tensor(dtype, tensors[leaf].rank, g);
    return set_gradient(leaf, static_cast<std::int32_t>(made));
  }
  const auto tensor = static_cast<std::uint32_t>(grad);
  if (tensors[tensor].dtype != dtype) give_up("a gradient of another type");
  const SlotNumber sum = compute(dtype == DType::float32 ? Operation::f_add : Operation::d_add, content(tensor), g);
  Memory& memory = memories[tensors[tensor].memory];
  memory.slot = sum;
  ++memory.version;
}

/// The gradients of a node's inputs, where there are edges for them: the operator's slopes.
void Recorder::slopes(const SymNode& node, SlotNumber g, SlotNumber* out) {
  if (!node.def) {
    out[0] = g;
    return;
  }
  const std::string_view name = node.def->name;
  const bool f32 = node.dtype == DType::float32;
  const auto in_type = [&](Operation of_floats) { return f32 ? of_floats : static_cast<Operation>(static_cast<unsigned>(of_floats) + static_cast<unsigned>(Operation::d_add)); };
  const bool x = node.edges[0] != -1, y = node.edges[1] != -1;
  const auto minus = [&] { return compute(in_type(Operation::f_neg), g); };
  if (name == "add") {
    out[0] = out[1] = g;
  } else if (name == "sub") {
    out[0] = g;
    if (y) out[1] = minus();
  } else if (name == "rsub") {
    if (x) out[0] = minus();
    out[1] = g;
  } else if (name == "neg") {
    out[0] = minus();
  } else if (name == "mul") {
    if (x) out[0] = compute(in_type(Operation::f_mul), g, node.y);
    if (y) out[1] = compute(in_type(Operation::f_mul), g, node.x);
  } else if (name == "pow" && node.y_is_constant && node.y_constant == 2) {
    out[0] = compute(in_type(Operation::f_mul), g, compute(in_type(Operation::f_mul), node.x, node.y));
  } else {
    if (!(f32 ? static_cast<bool>(node.def->slopes.f32) : static_cast<bool>(node.def->slopes.f64))) give_up("an operator without slopes");
    const SlotNumber to = new_slot();
    (void)new_slot();
    const SlotNumber one = f32 ? constant_slot(1.0f) : constant_slot(1.0);
    program.slopes.push_back({node.def->slopes, node.dtype, y, to, g, node.x, node.y, one, node.out});
    emit(Operation::slope, 0, static_cast<SlotNumber>(program.slopes.size() - 1));
    out[0] = to;
    out[1] = to + 1;
  }
}

void Recorder::backward(std::uint32_t root) {
  const SymTensor from = tensors[root];
  if (from.node < 0) give_up("backward() of a leaf");
  struct Waiting {
    std::uint32_t slot = kNoSlot;
    std::uint32_t arrival = 0;
  };
  std::vector<Waiting> at_node(nodes_.size()), at_leaf(tensors.size());
  std::vector<std::uint32_t> leaves;
  std::uint32_t arrivals = 0;
  const auto send = [&](std::int32_t edge, SlotNumber g, DType dtype) {
    if (edge == -1) return;
    const bool is_leaf = edge < 0;
    const auto index = static_cast<std::size_t>(is_leaf ? -2 - edge : edge);
    Waiting& waiting = is_leaf ? at_leaf[index] : at_node[index];
    if (is_leaf && waiting.slot == kNoSlot) leaves.push_back(static_cast<std::uint32_t>(index));
    waiting.slot = waiting.slot == kNoSlot ? g : compute(dtype == DType::float32 ? Operation::f_add : Operation::d_add, static_cast<SlotNumber>(waiting.slot), g);
    waiting.arrival = ++arrivals;
  };
  send(from.node, from.dtype == DType::float32 ? constant_slot(1.0f) : constant_slot(1.0), from.dtype);
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (at_node[i].slot == kNoSlot) continue;
    SymNode& node = nodes_[i];
    if (node.freed) give_up("a graph used twice");
    node.freed = true;
    if (node.def && memories[node.out_memory].version != 0) give_up("a saved value that was changed");
    for (int k = 0; k < 2; ++k) {
      if (node.tensors[k] < 0) continue;
      const SymTensor& saved = tensors[static_cast<std::size_t>(node.tensors[k])];
      if (saved.memory != node.memories[k] || memories[saved.memory].version != node.versions[k]) give_up("a saved value that was changed");
    }
    SlotNumber out[2];
    const SymNode now = node;
    slopes(now, static_cast<SlotNumber>(at_node[i].slot), out);
    send(now.edges[0], out[0], now.dtype);
    send(now.edges[1], out[1], now.dtype);
  }
  std::sort(leaves.begin(), leaves.end(), [&](std::uint32_t a, std::uint32_t b) { return at_leaf[a].arrival < at_leaf[b].arrival; });
  for (const std::uint32_t leaf : leaves) accumulate(leaf, static_cast<SlotNumber>(at_leaf[leaf].slot));
}

}  // namespace nabla::hot
