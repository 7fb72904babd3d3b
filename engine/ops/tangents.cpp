// PyTorch's formulas of tangents, from derivatives.yaml's `result:` entries: `linear` (auto_linear) is the operator applied to the tangents, `slope`
// (auto_element_wise) the formula of its gradient with the tangent in the place of g; the rest is written out. t(i) is an argument's tangent, p(i) its value.
#include "ops/tangents.h"

#include <cmath>

#include "ops/formula.h"
#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

/// An operator's name as a number, to switch over: no texts are kept.
constexpr std::uint32_t operator""_op(const char* text, std::size_t length) {
  std::uint32_t hash = 2166136261u;
  for (std::size_t i = 0; i < length; ++i) hash = (hash ^ static_cast<unsigned char>(text[i])) * 16777619u;
  return hash;
}
std::uint32_t number_of(const Call& call) { return operator""_op(call.def.name, std::string_view(call.def.name).size()); }

template <class... Args>
Tensor op(const char* name, const Args&... args) { return apply(*find_op(name), args...); }

/// A tangent, or the zeros that stand where there is none: what these are multiplied with is zero, whatever it is, and what is added to them stays as it is.
struct Part {
  Tensor value;
  bool zero = false;

  explicit Part(Tensor value, bool zero = false) : value(std::move(value)), zero(zero) {
    if (zero) copy_into(this->value, zeros(this->value->sizes, this->value->dtype));
  }
  operator Tensor() const { return value; }
};
Part operator*(const Part& t, const Arg& y) { return Part(Arg(t.value) * y, t.zero); }
Part operator*(const Arg& x, const Part& t) { return Part(x * Arg(t.value), t.zero); }
Part operator/(const Part& t, const Arg& y) { return Part(Arg(t.value) / y, t.zero); }
Part operator-(const Part& t) { return Part(-t.value, t.zero); }
Part sum_of(Tensor sum, const Part& a, const Part& b, bool minus) {
  if (a.zero == b.zero) return Part(std::move(sum), a.zero);
  const GradMode off(false);
  const Tensor whole = b.zero ? a.value : minus ? -b.value : b.value;
  if (whole->sizes == sum->sizes && whole->strides != sum->strides) {  // it lies in memory as that does
    const Tensor room = empty_as(*whole, sum->dtype);
    sum->set_storage(room->storage(), 0, sum->dtype);
    sum->strides = room->strides;
  }
  copy_into(sum, whole);
  return Part(std::move(sum));
}
Part operator+(const Part& a, const Part& b) { return sum_of(Arg(a.value) + Arg(b.value), a, b, false); }
Part operator-(const Part& a, const Part& b) { return sum_of(Arg(a.value) - Arg(b.value), a, b, true); }

struct Formula : Forward {
  explicit Formula(const Forward& f) : Forward(f) {}

  const Arg& p(int i) const { return node.arg(i); }
  Tensor x() const { return p(0).tensor(); }
  const Tensor& out(int k = 0) const { return outs[k]; }
  bool has(int i) const { return i < call.count && call.has(i); }
  Tensor raw(int i) const { return call[i].is_tensor() && node.edge_of(i) < node.edge_of(i + 1) ? along[node.edge_of(i)] : Tensor(); }
  Part t(int i) const {
    if (Tensor tangent = raw(i)) return Part(std::move(tangent));
    const Tensor x = call.operand(i);
    return Part(empty_as(*x, x->dtype == DType::bool_ ? DType::uint8 : x->dtype), true);
  }
  /// The gradient's formula of argument i, of g.
  Tensor slope(int i, const Tensor& g) const { return call.def.gradient_of(i).formula(Backward{node, g, &g}); }
  Part slope(int i) const {
    for (int k = 0; k < call.count; ++k) {
      if (call[k].is_number()) node.arg(k) = Arg(call.operand(k));
    }
    const Part g = t(i);
    return Part(slope(i, g), g.zero);
  }
  /// Of the only argument that has a tangent.
  Part slope() const {
    for (int i = 0; i < call.count; ++i) {
      if (raw(i)) return Part(slope(i, raw(i)));
    }
    return Part({});
  }
  /// The operator itself on the tangents.
  Call on_tangents() const {
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
  Tensor linear() const {
    Call on = on_tangents();
    return run(on);
  }

  /// maybe_multiply
  Part scaled(const Part& t, int alpha) const { return !has(alpha) || call[alpha].real() == 1 ? t : Part(with_number('*', t.value, call[alpha].scalar()), t.zero); }
  /// f of one argument's tangent and the other's value, and the other way around.
  Part product(const char* name, int i = 0, int j = 1) const {
    const Part a = t(i), b = t(j);
    return Part(op(name, a.value, p(j)), a.zero) + Part(op(name, p(i), b.value), b.zero);
  }

  std::vector<bool> dims(int i) const { return dimension_mask(has(i) ? call[i] : Arg(), call[0].impl()->dim()); }
  /// A reduction's result against the input.
  Tensor restored(const Tensor& result, int dim, int keepdim) const { return has(keepdim) && call.flag(keepdim) ? result : restore_dims(result, dims(dim)); }
  Part flat() const { return Part(zeros(out()->sizes, out()->dtype)); }
};

Dims listed(const std::vector<bool>& dims) {
  Dims list;
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (dims[d]) list.push_back(static_cast<std::int64_t>(d));
  }
  return list;
}

/// The sum over these dimensions, also where there is nothing to add.
Tensor total(const Tensor& x, const std::vector<bool>& dims, bool keepdim) { return apply_form(*find_op("sum"), 1, x, listed(dims), keepdim); }

Tensor masked_fill_in_place(const Tensor& x, const Tensor& mask) {
  Call call(*find_op("masked_fill"), 1);
  take_arguments(call, x, mask, 0);
  return run_in_place(call);
}

/// How much more the larger (or smaller) of two counts: all, or half where they are equal.
Tensor of_two(const Formula& f, bool larger) {
  const Arg &x = f.p(0), &y = f.p(1);
  const Part t = f.t(0), u = f.t(1);
  return u + where(eq(x, y), 0.5, to_dtype(larger ? gt(x, y) : gt(y, x), f.out()->dtype)) * (t - u);
}

/// As of maximum, where a nan counts less than any number.
Tensor of_two_numbers(const Formula& f, bool larger) {
  const Part t = f.t(0), u = f.t(1);
  return u + to_dtype(op("logical_or", larger ? gt(f.p(0), f.p(1)) : ge(f.p(1), f.p(0)), op("isnan", f.p(1))), DType::bool_) * (t - u);
}

/// max() and min(): evenly from all elements that are equal to it.
Tensor evenly_read(const Formula& f) {
  const Tensor mask = eq(f.x(), f.out());
  return sum(mask * (f.t(0) / sum(mask)).value);
}

Tensor amax(const Formula& f) {
  const Tensor mask = eq(f.x(), f.restored(f.out(), 1, 2));
  const bool kept = f.has(2) && f.call.flag(2);
  return total(where(mask, f.t(0).value, 0.0), f.dims(1), kept) / total(mask, f.dims(1), kept);
}

Tensor clamped(const Formula& f) {
  const Arg& x = f.p(0);
  if (!f.call[1].is_tensor()) return where(gt(f.p(2), x), f.t(0).value, f.t(2).value);
  if (!f.has(2) || !f.call[2].is_tensor()) return where(gt(x, f.p(1)), f.t(0).value, f.t(1).value);
  return where(gt(f.p(1), f.p(2)), f.t(2).value, where(gt(f.p(1), x), f.t(1).value, where(gt(x, f.p(2)), f.t(2).value, f.t(0).value)));
}

/// Twice the products of tangents and distances from the mean, summed, over their number.
Tensor variance(const Formula& f, int keepdim) {
  const bool whole = f.call.signature == 0;
  const std::vector<bool> dims = whole ? std::vector<bool>(f.x()->dim(), true) : f.dims(1);
  const double correction = f.call.signature == 2 ? (f.has(2) ? f.call[2].real() : 1) : flag_or_true(f.call[whole ? 1 : 2]);
  double count = 1;
  for (std::size_t d = 0; d < dims.size(); ++d) count *= dims[d] ? static_cast<double>(f.x()->sizes[d]) : 1;
  const bool all = whole || f.x()->dim() == 0 || !f.has(1) || (f.call[1].kind() == Arg::Kind::ints && f.call[1].ints().empty());
  const Tensor mean = all ? op("mean", f.x()) : apply_form(*find_op("mean"), 1, f.x(), f.call[1], true);
  const Tensor each = all && count == correction ? f.t(0).value * HUGE_VAL : f.t(0).value * (2.0 / (count - correction)) * (f.x() - mean);
  return total(each, dims, !whole && f.has(keepdim) && f.call.flag(keepdim));
}

/// The tangent of a norm: shared by all that have one. `norm` without keepdim.
Tensor of_norm(const Tensor& x, const Tensor& t, double p, const Tensor& norm, const std::vector<bool>& dims, bool kept) {
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

Tensor of_logsumexp(const Tensor& x, const Tensor& t, const std::vector<bool>& dims, bool kept) {
  const Tensor size = exp(x - op("amax", x, Arg(listed(dims)), true));
  const Tensor whole = total(size, dims, kept);
  return total(size * t, dims, kept) / whole;
}

std::vector<bool> one_dim(const Tensor& x, std::int64_t dim) {
  std::vector<bool> dims(x->dim(), false);
  if (!dims.empty()) dims[wrap_dim(dim, dims.size())] = true;
  return dims;
}

Tensor cumprod(const Formula& f) {
  const Tensor x = f.x(), t = f.t(0);
  const std::int64_t dim = f.call.integer(1);
  const Tensor all = op("cumsum", t / Arg(x), dim) * f.out(), zero = eq(x, 0);
  if (x->dim() == 0) return where(zero, t, all);
  // From the first zero on, the product with its tangent in its place.
  const Tensor count = op("cumsum", zero, dim), first = logical_and(zero, eq(count, 1));
  return where(gt(count, 0), op("cumprod", where(first, t, x), dim), all);
}

Tensor reduced(const Formula& f, const Tensor& losses, int reduction) {
  std::string how = f.has(reduction) ? f.call[reduction].text() : "mean";
  if (reduction >= 4) {  // after size_average and reduce
    if (f.has(reduction - 1) || f.has(reduction - 2)) how = f.has(reduction - 1) && !f.call.flag(reduction - 1) ? "none" : f.has(reduction - 2) && !f.call.flag(reduction - 2) ? "sum" : "mean";
  }
  return how == "none" ? losses : op(how.c_str(), losses);
}

/// The tangents of the single losses, summed or averaged. What PyTorch computes in the memory of all losses is copied.
Tensor of_loss(const Formula& f, int reduction, bool in_memory_of_all) {
  Call each(f.call.def, f.call.signature);
  each.count = static_cast<std::uint8_t>(std::max<int>(f.call.count, reduction + 1));
  for (int i = 0; i < f.call.count; ++i) each.args[i] = f.p(i);
  if (reduction >= 4) each.args[reduction - 1] = each.args[reduction - 2] = Arg();
  each.args[reduction] = Arg(std::string("none"));
  const auto node = make<OpNode>(each, nullptr);
  const auto slope = [&](int i) {
    const Part t = f.t(i);
    return Part(f.call.def.gradient_of(i).formula(Backward{*node, t.value, &t.value}), t.zero);
  };
  const Tensor losses = slope(0) + slope(1), out = reduced(f, losses, reduction);
  if (!in_memory_of_all || out->sizes == losses->sizes) return out;
  const Tensor room = zeros(out->sizes, out->dtype);
  copy_in_place(room, out);
  return room;
}

Tensor of_loss_with_logits(const Formula& f) {
  const Tensor x = f.x(), y = f.p(1).tensor();
  Tensor of_x, of_y;
  if (f.has(6)) {
    const Tensor w = f.p(6).tensor(), t = w * Arg(y);
    of_x = (t + 1 - Arg(y)) * op("sigmoid", x) - Arg(t);
    of_y = op("logsigmoid", -x) - w * Arg(op("logsigmoid", x));
  } else {
    of_x = op("sigmoid", x) - Arg(y);
    of_y = -x;
  }
  Part all = of_x * f.t(0);
  all = all + of_y * f.t(1);
  if (f.has(2)) all = all * f.p(2);
  return reduced(f, all, 5);
}

Tensor prelu(const Formula& f) {
  const Tensor x = f.x();
  const auto spread = [&](const Tensor& w) {
    Dims sizes, strides;
    for (std::size_t d = 0; d < x->dim(); ++d) {
      sizes.push_back(d == 1 && w->dim() == 1 ? w->sizes[0] : 1);
      strides.push_back(d == 1 && w->dim() == 1 ? w->strides[0] : 0);
    }
    return op("as_strided", w, sizes, strides);
  };
  const Part t = f.t(0), u = f.t(1), w = Part(spread(u), u.zero);
  return where(ge(x, 0), t.value, (spread(f.p(1).tensor()) * t + w * x).value);
}

Tensor convolution(const Formula& f) {
  const auto with = [&](const Arg& x, const Arg& weight, const Arg& bias) {
    Call call = f.call;
    call.args[0] = x;
    call.args[1] = weight;
    call.args[2] = bias;
    return run(call);
  };
  const Part x = f.t(0), w = f.t(1);
  const Tensor bias = f.has(2) ? f.raw(2) : Tensor();
  return Part(with(x.value, f.p(1), Arg()), x.zero) + Part(with(f.p(0), w.value, bias ? Arg(bias) : Arg()), w.zero && !bias);
}

/// Of beta * x + alpha * product(y, z).
Tensor with_product(const Formula& f, const char* product) {
  const Part t = f.t(1), u = f.t(2);
  return f.scaled(f.t(0), 3) + f.scaled(Part(op(product, t.value, f.p(2)), t.zero), 4) + f.scaled(Part(op(product, f.p(1), u.value), u.zero), 4);
}

std::vector<bool> all_dims(const Tensor& x) { return std::vector<bool>(x->dim(), true); }
double order_of(const Arg& p) { return p.is_number() ? p.real() : 2; }

Tensor tangent(const Formula& f) {
  const Call& c = f.call;
  switch (number_of(c)) {
    case "add"_op: return f.t(0) + f.scaled(f.t(1), 2);
    case "sub"_op: return f.t(0) - f.scaled(f.t(1), 2);
    case "rsub"_op: return c.signature == 1 ? f.slope() : -f.scaled(f.t(0), 2) + f.t(1);
    case "mul"_op: return f.t(1) * f.p(0) + f.t(0) * f.p(1);
    case "div"_op: return c.signature == 1 && c.has(2) ? f.flat() : (f.t(0) - f.t(1) * f.out()) / f.p(1);
    case "remainder"_op: return c.signature == 1 ? f.slope() : f.t(0) - f.t(1) * apply_form(*find_op("div"), 1, f.p(0), f.p(1), std::string("floor"));
    case "fmod"_op: return c.signature == 1 ? f.slope() : f.t(0) - f.t(1) * apply_form(*find_op("div"), 1, f.p(0), f.p(1), std::string("trunc"));
    case "pow"_op: return c.signature == 0 ? f.slope(0) + f.slope(1) : f.slope();
    case "atan2"_op: return (Arg(-f.x()) * f.t(1) + f.p(1) * f.t(0)) / (pow(f.p(0), 2) + pow(f.p(1), 2));
    case "maximum"_op: return of_two(f, true);
    case "minimum"_op: return of_two(f, false);
    case "fmax"_op: return of_two_numbers(f, true);
    case "fmin"_op: return of_two_numbers(f, false);
    case "max"_op: return c.signature == 0 ? evenly_read(f) : c.signature == 1 ? of_two(f, true) : Tensor();
    case "min"_op: return c.signature == 0 ? evenly_read(f) : c.signature == 1 ? of_two(f, false) : Tensor();
    case "median"_op:
    case "nanmedian"_op: return c.signature == 0 ? evenly_read(f) : Tensor();
    case "amax"_op:
    case "amin"_op: return amax(f);
    case "clamp"_op: return c.signature == 0 ? clamped(f) : f.slope();
    case "where"_op: return where(c.tensor(0), f.t(1).value, f.t(2).value);
    case "prod"_op: return c.signature == 0 ? sum(f.slope(0, expand(ones_like(f.out()), f.out()->sizes)) * f.t(0))
                                            : sum(f.slope(0, ones_like(f.out())) * f.t(0), f.dims(1), c.flag(2));
    case "var"_op: return variance(f, 3);
    case "std"_op: return masked_fill_in_place(variance(f, 3) / (f.out() * 2), eq(f.out(), 0));
    case "logsumexp"_op: return of_logsumexp(f.x(), f.t(0), f.dims(1), c.flag(2));
    case "softmax"_op: case "log_softmax"_op: {
      const Tensor x = to_dtype(f.x(), f.out()->dtype), t = to_dtype(f.t(0), f.out()->dtype);
      const Tensor apart = t - Arg(of_logsumexp(x, t, one_dim(x, c[1].integer()), true));
      return number_of(c) == "softmax"_op ? f.out() * Arg(apart) : apart;
    }
    case "norm"_op: case "linalg_vector_norm"_op: return of_norm(f.x(), f.t(0), order_of(c[1]), f.out(), f.dims(2), c.count > 3 && c.flag(3));
    case "dist"_op: {
      const Tensor apart = f.x() - f.p(1);
      return of_norm(apart, f.t(0) - f.t(1), order_of(c[2]), f.out(), all_dims(apart), false);
    }
    case "cumprod"_op: return cumprod(f);
    case "mse_loss"_op: case "smooth_l1_loss"_op: return of_loss(f, 4, true);
    case "huber_loss"_op: return of_loss(f, 2, false);
    case "binary_cross_entropy"_op: return of_loss(f, 5, true);
    case "binary_cross_entropy_with_logits"_op: return of_loss_with_logits(f);
    case "prelu"_op: return prelu(f);
    case "_convolution"_op: return convolution(f);
    case "mm"_op: case "mv"_op: case "bmm"_op: case "dot"_op: case "vdot"_op: case "outer"_op: return f.product(c.def.name);
    case "linalg_cross"_op: {
      const auto cross = [&](const Arg& x, const Arg& y) { return c.count > 2 ? op("linalg_cross", x, y, c[2]) : op("linalg_cross", x, y); };
      const Part t = f.t(0), u = f.t(1);
      return Part(cross(t.value, f.p(1)), t.zero) + Part(cross(f.p(0), u.value), u.zero);
    }
    case "addbmm"_op: {
      const auto bmm = [&](const Arg& x, const Arg& y, bool zero) { return f.scaled(Part(total(op("bmm", x, y), {true, false, false}, false), zero), 4); };
      const Part t = f.t(1), u = f.t(2);
      return f.scaled(f.t(0), 3) + bmm(t.value, f.p(2), t.zero) + bmm(f.p(1), u.value, u.zero);
    }
    case "constant_pad_nd"_op: return op("constant_pad_nd", f.t(0).value, c[1], 0);
    case "index_add"_op: {
      Call on = f.on_tangents();
      if (on.count > 4) {
        on.args[3] = Arg(f.scaled(f.t(3), 4).value);
        on.args[4] = Arg();
        on.count = 4;
      }
      return run(on);
    }
    case "addmm"_op: return with_product(f, "mm");
    case "addmv"_op: return with_product(f, "mv");
    case "addr"_op: return with_product(f, "outer");
    case "baddbmm"_op: return with_product(f, "bmm");
    case "hypot"_op: return f.t(0) * f.p(0) / f.out() + f.t(1) * f.p(1) / f.out();
    case "logaddexp"_op: case "logaddexp2"_op: return f.slope(0) + f.slope(1);
    case "addcmul"_op: return f.t(0) + f.scaled(f.t(1) * f.p(2), 3) + f.scaled(f.t(2) * f.p(1), 3);
    case "addcdiv"_op: return f.t(0) + f.scaled(f.t(1) / f.p(2), 3) - f.scaled(f.t(2) * (f.p(1) / f.p(2)) / f.p(2), 3);
    case "lerp"_op:
      if (c.signature == 1) return apply_form(c.def, 1, f.t(0).value, f.t(1).value, c[2]);
      return Part(op("lerp", f.t(0).value, f.t(1).value, f.p(2)), f.t(0).zero && f.t(1).zero) + f.t(2) * (f.p(1) - f.p(0));
    case "xlogy"_op: case "special_xlog1py"_op: {
      if (c.signature == 2) {
        const Tensor t = apply_form(c.def, 2, f.t(0).value, c[1]);
        return c[1].real() > (number_of(c) == "xlogy"_op ? 0 : -1) ? t : masked_fill_in_place(t, eq(f.x(), 0));
      }
      if (c.signature == 1) return f.slope();
      if (number_of(c) == "xlogy"_op) return f.t(0) * op("xlogy", op("ne", f.p(0), 0), f.p(1)) + f.t(1) * f.p(0) / f.p(1);
      return f.t(0) * op("log1p", f.p(1)) + f.t(1) * f.p(0) / (f.p(1) + Arg(1));
    }
    case "copysign"_op: return f.slope(0);
    case "nansum"_op: return total(where(op("isnan", f.x()), 0.0, f.t(0).value), f.dims(1), c.flag(2));
    case "linalg_inv"_op: case "inverse"_op: return -matmul(matmul(f.out(), f.t(0)), f.out());
    case "_unsafe_view"_op: case "scatter"_op: case "scatter_add"_op: case "index_copy"_op: case "masked_scatter"_op: case "select_scatter"_op: case "slice_scatter"_op:
    case "diagonal_scatter"_op: case "put"_op: case "diag_embed"_op: case "avg_pool2d"_op: case "avg_pool3d"_op: case "_adaptive_avg_pool2d"_op: case "_adaptive_avg_pool3d"_op:
    case "_upsample"_op: case "_reflection_pad"_op: case "_replication_pad"_op: case "index_fill"_op: case "nll_loss"_op: case "block_diag"_op: case "_squeeze_result"_op: case "_squeezed"_op: case "_unsqueezed"_op: case "_transposed"_op:
    case "sum"_op: case "mean"_op: case "cumsum"_op: case "trace"_op: case "cat"_op: case "stack"_op: case "neg"_op: case "repeat"_op: case "index_select"_op:
    case "gather"_op: case "masked_select"_op: case "flip"_op: case "roll"_op: case "tril"_op: case "triu"_op: case "take"_op: case "clone"_op: case "_to_copy"_op:
      return f.linear();
    case "exp"_op: case "exp2"_op: case "expm1"_op: case "log"_op: case "log2"_op: case "log10"_op: case "log1p"_op: case "sqrt"_op: case "rsqrt"_op: case "reciprocal"_op:
    case "erf"_op: case "erfc"_op: case "sin"_op: case "cos"_op: case "tan"_op: case "asin"_op: case "acos"_op: case "atan"_op: case "sinh"_op: case "cosh"_op:
    case "gelu"_op: case "softplus"_op: case "logsigmoid"_op: case "hardtanh"_op: case "_elu"_op: case "_celu"_op: case "_leaky_relu"_op: case "_threshold"_op: case "silu"_op:
    case "_mish"_op: case "_hardswish"_op: case "_hardsigmoid"_op: case "hardshrink"_op: case "softshrink"_op: case "rrelu_with_noise"_op: case "square"_op: case "lgamma"_op: case "digamma"_op:
    case "polygamma"_op: case "mvlgamma"_op: case "erfinv"_op: case "special_erfcx"_op: case "special_ndtri"_op: case "special_log_ndtr"_op: case "special_entr"_op: case "i0"_op:
    case "special_i0e"_op: case "special_i1"_op: case "special_i1e"_op: case "sinc"_op: case "logit"_op: case "nan_to_num"_op: case "deg2rad"_op: case "rad2deg"_op: case "_add_number"_op:
    case "_mul_number"_op: case "_div_number"_op:
    case "tanh"_op: case "asinh"_op: case "acosh"_op: case "atanh"_op: case "sigmoid"_op: case "relu"_op: case "frac"_op:
      return f.slope();
    default: return {};
  }
}

}  // namespace

std::vector<Tensor> own_tangents(const Forward& given) {
  const Formula f(given);
  const Call& c = f.call;
  switch (number_of(c)) {
    case "var_mean"_op:
    case "std_mean"_op: {
      Tensor first = variance(f, 3);
      if (number_of(c) == "std_mean"_op) first = masked_fill_in_place(first / (f.out() * 2), eq(f.out(), 0));
      const Tensor t = f.t(0);
      return {first, apply_form(*find_op("mean"), 1, t, c.signature == 0 ? Arg(Dims{}) : c[1], c.signature != 0 && f.has(3) && c.flag(3))};
    }
    case "linalg_inv_ex"_op: return {-matmul(matmul(f.out(), f.t(0)), f.out()), Tensor()};
    case "max_pool2d_with_indices"_op: case "max_pool3d_with_indices"_op: case "adaptive_max_pool2d_with_indices"_op: case "adaptive_max_pool3d_with_indices"_op: {
      const auto flat = [&](const Tensor& x) {
        const std::size_t rest = x->dim() - (std::string_view(c.def.name).find("3d") == std::string_view::npos ? 2 : 3);
        Dims sizes;
        for (std::size_t d = 0; d < rest; ++d) sizes.push_back(x->sizes[d]);
        sizes.push_back(-1);
        return op("reshape", x, sizes);
      };
      return {op("view", op("gather", flat(f.t(0)), -1, flat(f.out(1))), f.out()->sizes), Tensor()};
    }
    default: break;
  }
  if (f.outs.size() != 1 || !is_floating(f.outs[0]->dtype)) return {};
  if (number_of(f.call) == "copysign"_op && !f.along[0]) return {Tensor()};
  Tensor one = tangent(f);
  return one ? std::vector<Tensor>{std::move(one)} : std::vector<Tensor>();
}

bool changes_tangent_itself(const Call& call) {
  switch (number_of(call)) {
    case "zero"_op: case "fill"_op: case "masked_fill"_op: case "index_fill"_op: case "masked_scatter"_op: case "copy"_op: return true;
    default: return clears_tangent(call);
  }
}

bool clears_tangent(const Call& call) {
  switch (number_of(call)) {
    case "eq"_op: case "ne"_op: case "lt"_op: case "le"_op: case "gt"_op: case "ge"_op: case "bernoulli"_op: case "uniform"_op: case "normal"_op: case "exponential"_op: case "random"_op:
      return true;
    default: return false;
  }
}

}  // namespace nabla
