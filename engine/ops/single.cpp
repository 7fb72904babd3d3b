// The short way of operators on one-element tensors and numbers: run_single, its nodes, which are used again (Note [Spare objects]), and
// backward in numbers.
#include "ops/applying.h"
#include "ops/formula.h"
#include "ops/operands.h"
#include "tensor/layout.h"

namespace nabla {

SingleForm single_form(const OpDef& def, int signature) {
  if (!def.single.f32) return {};
  const ParsedSignature& parsed = def.parsed()[signature];
  return {&def, static_cast<std::uint8_t>(signature), static_cast<std::uint8_t>(parsed.parameters.size()), parsed.single_edges, def.keeps_output(signature), def.single};
}

OpNode::OpNode(const SingleForm& form) : def(*form.def), signature(form.signature), count(form.count), form_(&form), single_edges_(form.edges) {
  single = true;
  for (int i = 0; i < 2; ++i) {
    if (form.edges >> i & 1) edges.add();
  }
}

inline void OpNode::link_single(const SingleForm& form, const Tensor& out, const SingleOperand& x, const SingleOperand& y) {
  OpNode* node = form.spare;
  if (node) [[likely]] {
    form.spare = node->next_spare_;
    node->sequence = ++last_sequence;
    pool_take_back(sizeof(OpNode));
  } else {
    node = new OpNode(form);
  }
  node->rank = static_cast<std::uint8_t>(out->sizes.size());
  node->dtype = out->dtype;
  // The arguments were none, with nothing to destroy.
  const auto keep = [](Arg& place, const SingleOperand& operand) {
    if (operand.tensor) {
      std::construct_at(&place, Tensor(operand.tensor));
      place.version = operand.tensor->version();
    } else {
      std::construct_at(&place, operand.number);
    }
  };
  keep(node->inline_[0], x);
  if (form.count > 1) keep(node->inline_[1], y);
  if ((form.edges & 1) && x.tensor) find_plain_edge(*x.tensor, node->edges[0]);
  if ((form.edges & 2) && y.tensor) find_plain_edge(*y.tensor, node->edges[form.edges & 1]);
  out->grad_fn = Ref<Object>(node);
  if (form.keeps_output) node->save_outputs({&out, 1});
}

void OpNode::discard() noexcept {
  if (!form_ || more || !out_.is_none()) {
    delete this;
    return;
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (Node* const node = edges[i].node.detach()) node->release();
  }
  for (int i = 0; i < 2; ++i) inline_[i] = Arg();
  pending = 0;
  freed = false;
  trace_id = 0;
  next_spare_ = form_->spare;
  form_->spare = this;
  pool_set_aside(sizeof(OpNode));
}

namespace {

template <class T>
[[gnu::always_inline]] inline T number_of(const SingleOperand& operand) {
  return operand.tensor ? *operand.tensor->data_as<T>() : static_cast<T>(operand.number.to_double());
}

void observe_single(const SingleForm& form, const SingleOperand& x, const SingleOperand& y, const Tensor& out) {
  Call call(*form.def, form.signature);
  call.count = form.count;
  const SingleOperand* const operands[] = {&x, &y};
  for (int i = 0; i < 2 && i < call.count; ++i) call.args[i] = operands[i]->tensor ? Arg(Tensor(operands[i]->tensor)) : Arg(operands[i]->number);
  op_observer(call, {&out, 1}, false);
}

}  // namespace

Tensor run_single(const SingleForm& form, const SingleOperand& x, const SingleOperand& y) {
  if (operand_observer) [[unlikely]] {
    if (x.tensor) operand_observer(*x.tensor, false);
    if (y.tensor) operand_observer(*y.tensor, false);
  }
  const TensorImpl& model = !x.tensor || (y.tensor && y.tensor->dim() > x.tensor->dim()) ? *y.tensor : *x.tensor;
  const std::size_t rank = model.dim();
  Tensor out;
  if (model.dtype == DType::float32) {
    out = rank <= 1 ? make_plain(static_cast<int>(rank) * kPlainVector) : empty(model.sizes, DType::float32);
    *out->data_as<float>() = form.rule.f32(number_of<float>(x), number_of<float>(y));
  } else {
    out = rank <= 1 ? make_plain(static_cast<int>(rank) * kPlainVector + kPlainDouble) : empty(model.sizes, DType::float64);
    *out->data_as<double>() = form.rule.f64(number_of<double>(x), number_of<double>(y));
  }
  if (grad_enabled() && ((x.tensor && requires_grad(*x.tensor)) || (y.tensor && requires_grad(*y.tensor)))) OpNode::link_single(form, out, x, y);
  if (op_observer) [[unlikely]] observe_single(form, x, y, out);
  return out;
}

namespace {

/// Reads a saved argument as a number; false when it was changed since.
template <class T>
[[gnu::always_inline]] inline bool read_number(const Arg& saved, T* out) {
  if (saved.is_none()) return true;
  if (saved.is_tensor()) {
    const TensorImpl& x = *saved.impl();
    if (x.version() != saved.version || x.numel != 1 || x.dtype != (sizeof(T) == 4 ? DType::float32 : DType::float64)) return false;
    *out = *x.data_as<T>();
  } else if (saved.is_number()) {
    *out = static_cast<T>(saved.real());
  }
  return true;
}

}  // namespace

template <class T>
bool OpNode::step(void (*rule)(Slope<T>&), double in, double* out) const {
  Slope<T> s{static_cast<T>(in)};
  if (!read_number(inline_[0], &s.x) || !read_number(inline_[1], &s.y) || !read_number(inline_[2], &s.z) || !read_number(out_, &s.out)) return false;
  const std::uint8_t mask = single_edges_;
  s.needs_y = (mask & 2) && edges[mask & 1].node;
  rule(s);
  if (mask & 1) *out++ = s.gx;
  if (mask & 2) *out = s.gy;
  return true;
}

bool OpNode::backward_number(double in, double* out) {
  if (freed) return false;
  return dtype == DType::float32 ? step<float>(def.slopes.f32, in, out) : step<double>(def.slopes.f64, in, out);
}

Tensor OpNode::input_gradient(std::size_t edge, double value) const {
  const auto& kinds = def.parsed()[signature].edges;
  const int i = edge == 0 && kinds[0] == ParsedSignature::EdgeKind::one ? 0 : 1;
  return full(shape_then(*arg(i).impl(), sequence).sizes, Scalar::of(value), dtype);
}

}  // namespace nabla
