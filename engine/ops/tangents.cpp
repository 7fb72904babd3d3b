// What formulas of tangents are written in, and those that several families share.
#include "ops/tangents.h"

#include <cmath>

#include "autograd/variable.h"

namespace nabla {
namespace {

template <class... Args>
Tensor op(const char* name, const Args&... args) { return apply(*find_op(name), args...); }

/// Gives to, which was just made, the values of from, of all elements of a batch. With its_strides it lies in memory as that does.
void overwrite(const Tensor& to, const Tensor& from, bool its_strides) {
  if (its_strides && from->sizes == to->sizes && from->strides != to->strides) {
    const Tensor room = empty_as(*from, to->dtype);
    to->set_storage(room->storage(), 0, to->dtype);
    to->strides = room->strides;
  }
  copy_into(to, from);
  if (!batched_as(*to)) return;
  for (const Lanes::Batch& batch : extra(*to)->lanes->batches) {
    for (std::size_t i = 0; i < batch.others.size(); ++i) overwrite(batch.others[i], in_lane(from, batch.vmap, i + 1), its_strides);
  }
}

Tangent sum_of(Tensor sum, const Tangent& a, const Tangent& b, bool minus) {
  if (a.zero == b.zero) return Tangent(std::move(sum), a.zero);
  const GradMode off(false);
  overwrite(sum, b.zero ? a.value : minus ? -b.value : b.value, true);
  return Tangent(std::move(sum));
}

Dims listed(const std::vector<bool>& dims) {
  Dims list;
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (dims[d]) list.push_back(static_cast<std::int64_t>(d));
  }
  return list;
}

}  // namespace

Tangent::Tangent(Tensor value, bool zero) : value(std::move(value)), zero(zero) {
  if (zero) overwrite(this->value, zeros(this->value->sizes, this->value->dtype), false);
}
Tangent operator*(const Tangent& t, const Arg& y) { return Tangent(Arg(t.value) * y, t.zero); }
Tangent operator*(const Arg& x, const Tangent& t) { return Tangent(x * Arg(t.value), t.zero); }
Tangent operator/(const Tangent& t, const Arg& y) { return Tangent(Arg(t.value) / y, t.zero); }
Tangent operator-(const Tangent& t) { return Tangent(-t.value, t.zero); }
Tangent operator+(const Tangent& a, const Tangent& b) { return sum_of(Arg(a.value) + Arg(b.value), a, b, false); }
Tangent operator-(const Tangent& a, const Tangent& b) { return sum_of(Arg(a.value) - Arg(b.value), a, b, true); }

Tangent Forward::t(int i) const {
  if (Tensor tangent = raw(i)) return Tangent(std::move(tangent));
  const Tensor x = call.operand(i);
  return Tangent(empty_as(*x, x->dtype == DType::bool_ ? DType::uint8 : x->dtype), true);
}

Tangent Forward::slope(int i) const {
  for (int k = 0; k < call.count; ++k) {
    if (call[k].is_number()) node.arg(k) = Arg(call.operand(k));
  }
  const Tangent g = t(i);
  return Tangent(slope(i, g), g.zero);
}

Tensor Forward::slope() const {
  for (int i = 0; i < call.count; ++i) {
    if (const Tensor g = raw(i)) return slope(i, g);
  }
  return {};
}

Call Forward::on_tangents() const {
  Call linear(call.def, call.signature);
  linear.count = call.count;
  for (int i = 0; i < call.count; ++i) {
    linear.args[i] = call[i];
    if (call.def.gradient_of(i).state == Gradient::State::not_differentiable) continue;
    if (call[i].is_tensor()) linear.args[i] = Arg(t(i).value);
    if (call[i].is_number() && call.def.gradient_of(i).state == Gradient::State::formula) linear.args[i] = Arg(0);
    if (call[i].kind() != Arg::Kind::tensors) continue;
    std::vector<Tensor> list(along.begin() + node.edge_of(i), along.begin() + node.edge_of(i + 1));
    for (std::size_t e = 0; e < list.size(); ++e) {
      if (const Tensor& x = call[i].tensors()[e]; !list[e]) list[e] = zeros(x->sizes, x->dtype);
    }
    linear.args[i] = Arg(std::move(list));
  }
  return linear;
}

Tangent Forward::scaled(const Tangent& t, int alpha) const {
  return !has(alpha) || call[alpha].real() == 1 ? t : Tangent(with_number('*', t.value, call[alpha].scalar()), t.zero);
}

Tensor Forward::none() const {
  has_none = true;
  return {};
}

std::vector<Tensor> own_tangents(Forward f) {
  if (!f.call.def.tangent) return {};
  std::vector<Tensor> all(f.outs.size());
  for (; f.number < static_cast<int>(all.size()); ++f.number) {
    if (!is_floating(f.out(f.number)->dtype)) continue;
    all[f.number] = f.call.def.tangent(f);
    if (!all[f.number] && !f.has_none) return {};
  }
  return all;
}

// ------------------------------------------------------------------------------------------------------------- formulas

Tensor auto_linear(const Forward& f) {
  Call on = f.on_tangents();
  return run(on);
}

Tensor auto_element_wise(const Forward& f) { return f.slope(); }

Tensor no_forward_mode(const Forward& f) { f.refuse(f.call.def.name); }

Tensor product_rule(const Forward& f) {
  return product_rule(f, [&](const Arg& x, const Arg& y) { return apply(f.call.def, x, y); });
}

Tensor with_product(const Forward& f, const char* product) {
  const Tangent t = f.t(1), u = f.t(2);
  return f.scaled(f.t(0), 3) + f.scaled(Tangent(op(product, t.value, f.p(2)), t.zero), 4) + f.scaled(Tangent(op(product, f.p(1), u.value), u.zero), 4);
}

Tensor evenly_read(const Forward& f) {
  const Tensor mask = eq(f.x(), f.out());
  return sum(mask * (f.t(0) / sum(mask)).value);
}

Tensor tangent_of_variance(const Forward& f) {
  const bool whole = f.signature() == 0;
  const std::vector<bool> dims = whole ? std::vector<bool>(f.x()->dim(), true) : f.dims(1);
  const double correction = f.signature() == 2 ? (f.has(2) ? f.call[2].real() : 1) : flag_or_true(f.call[whole ? 1 : 2]);
  double count = 1;
  for (std::size_t d = 0; d < dims.size(); ++d) count *= dims[d] ? static_cast<double>(f.x()->sizes[d]) : 1;
  const bool all = whole || f.x()->dim() == 0 || !f.has(1) || (f.call[1].kind() == Arg::Kind::ints && f.call[1].ints().empty());
  const Tensor mean = all ? op("mean", f.x()) : apply_form(*find_op("mean"), 1, f.x(), f.call[1], true);
  const Tensor each = all && count == correction ? f.t(0).value * HUGE_VAL : f.t(0).value * (2.0 / (count - correction)) * (f.x() - mean);
  return total(each, dims, !whole && f.has(3) && f.call.flag(3));
}

Tensor tangent_of_mean(const Forward& f) {
  const bool whole = f.signature() == 0;
  return apply_form(*find_op("mean"), 1, f.t(0).value, whole ? Arg(Dims{}) : f.call[1], !whole && f.has(3) && f.call.flag(3));
}

Tensor tangent_of_norm(const Tensor& x, const Tensor& t, double p, const Tensor& norm, const std::vector<bool>& dims, bool kept) {
  const auto flat = [&](const Tensor& out) { return masked_fill_in_place(out, eq(norm, 0)); };
  if (p == 0) return zeros(norm->sizes, norm->dtype);
  if (p == 1) return total(op("sgn", x) * t, dims, kept);
  if (p == 2) return flat(total(x * t, dims, kept) / norm);
  if (std::isinf(p)) {
    const Tensor whole = kept ? norm : restore_dims(norm, dims), size = op("abs", x);
    const Tensor hit = op("logical_or", eq(size, whole), op("isnan", size));
    return total(op("sgn", x) * t * hit / sum(hit, dims, true), dims, kept);
  }
  const Tensor inner = op("sgn", x) * t;
  if (p < 1) return total(masked_fill_in_place(pow(op("abs", x), p - 1), eq(x, 0)) * inner, dims, kept) * pow(norm, 1 - p);
  return flat(total(pow(op("abs", x), p - 1) * inner, dims, kept) / pow(norm, p - 1));
}

Tensor tangent_of_logsumexp(const Tensor& x, const Tensor& t, const std::vector<bool>& dims, bool kept) {
  const Tensor size = exp(x - op("amax", x, Arg(listed(dims)), true));
  const Tensor whole = total(size, dims, kept);
  return total(size * t, dims, kept) / whole;
}

Tensor total(const Tensor& x, const std::vector<bool>& dims, bool keepdim) { return apply_form(*find_op("sum"), 1, x, listed(dims), keepdim); }

Tensor masked_fill_in_place(const Tensor& x, const Tensor& mask) {
  Call call(*find_op("masked_fill"), 1);
  take_arguments(call, x, mask, 0);
  return run_in_place(call);
}

}  // namespace nabla
