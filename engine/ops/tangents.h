// The formulas of tangents (OpDef::tangent) and what they are written in. They are PyTorch's, from derivatives.yaml's `result:` entries; the code of what
// several families share is in tangents.cpp. forward.cpp asks for them.
#pragma once
#include "ops/formula.h"
#include "ops/opdef.h"
#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {

/// A tangent, or the zeros that stand where there is none: what these are multiplied with is zero, whatever it is, and what is added to them stays as it is.
struct Tangent {
  Tensor value;
  bool zero = false;

  explicit Tangent(Tensor value, bool zero = false);
  operator Tensor() const { return value; }
};
Tangent operator*(const Tangent& t, const Arg& y);
Tangent operator*(const Arg& x, const Tangent& t);
Tangent operator/(const Tangent& t, const Arg& y);
Tangent operator-(const Tangent& t);
Tangent operator+(const Tangent& a, const Tangent& b);
Tangent operator-(const Tangent& a, const Tangent& b);

/// What the formula of a tangent reads: t(i) is an argument's tangent, p(i) its value. In place, the first argument is a clone of what it was.
struct Forward {
  const Call& call;
  std::span<const Tensor> outs;
  OpNode& node;                     // keeps the arguments as formulas may read them: with history, but without a tangent
  std::span<const Tensor> along;    // of each edge of the node: the tangent of its argument, or null
  bool in_place;
  int number = 0;                   // the result whose tangent is asked for
  mutable bool has_none = false;    // see none()

  const Arg& p(int i) const { return node.arg(i); }
  Tensor x() const { return p(0).tensor(); }
  const Tensor& out(int k = 0) const { return outs[k]; }
  bool has(int i) const { return i < call.count && call.has(i); }
  int signature() const { return call.signature; }
  /// The tangent as it was given: null where there is none.
  Tensor raw(int i) const { return call[i].is_tensor() && node.edge_of(i) < node.edge_of(i + 1) ? along[node.edge_of(i)] : Tensor(); }
  Tangent t(int i) const;
  /// The gradient's formula of argument i, of g.
  Tensor slope(int i, const Tensor& g) const { return call.def.gradient_of(i).formula(Backward{node, g, &g}); }
  Tangent slope(int i) const;
  /// Of the only argument that has a tangent.
  Tensor slope() const;
  /// The operator itself on the tangents.
  Call on_tangents() const;
  /// t, times the number that argument alpha is, if it is there and not 1 (maybe_multiply).
  Tangent scaled(const Tangent& t, int alpha) const;
  /// The dimensions that argument i names.
  std::vector<bool> dims(int i) const { return dimension_mask(has(i) ? call[i] : Arg(), call[0].impl()->dim()); }
  Tensor flat() const { return zeros(out()->sizes, out()->dtype); }
  /// The result has no tangent.
  Tensor none() const;
  /// NotImplementedError: PyTorch, whose operator has this name, has a gradient for it but no forward mode.
  [[noreturn]] Tensor refuse(const char* name) const;
};

/// The tangents of the results in the operators that PyTorch has for them; none where it is left to Note [Twice backward].
std::vector<Tensor> own_tangents(Forward f);

// ------------------------------------------------------------------------------------------------------------- formulas

/// As derivatives.yaml calls it: the operator applied to the tangents.
Tensor auto_linear(const Forward& f);
/// As derivatives.yaml calls it: the formula of the gradient, with the tangent in the place of g.
Tensor auto_element_wise(const Forward& f);
/// Refuses by the operator's own name.
Tensor no_forward_mode(const Forward& f);
/// f of one of two arguments' tangent and the other's value, and the other way around.
template <class F>
Tangent product_rule(const Forward& f, const F& product) {
  const Tangent t = f.t(0), u = f.t(1);
  return Tangent(product(t.value, f.p(1)), t.zero) + Tangent(product(f.p(0), u.value), u.zero);
}
/// The same of the operator itself.
Tensor product_rule(const Forward& f);
/// Of beta * x + alpha * product(y, z).
Tensor with_product(const Forward& f, const char* product);
/// max(), min() and median() of all elements: evenly from all that are equal to it.
Tensor evenly_read(const Forward& f);
/// Twice the products of tangents and distances from the mean, summed, over their number; and the mean that comes with it as a second result.
Tensor tangent_of_variance(const Forward& f);
Tensor tangent_of_mean(const Forward& f);
/// Of a norm of order p along dims; `norm` is its result.
Tensor tangent_of_norm(const Tensor& x, const Tensor& t, double p, const Tensor& norm, const std::vector<bool>& dims, bool keepdim);
inline double norm_order(const Arg& p) { return p.is_number() ? p.real() : 2; }
Tensor tangent_of_logsumexp(const Tensor& x, const Tensor& t, const std::vector<bool>& dims, bool keepdim);

/// The sum over these dimensions, also where there is nothing to add.
Tensor total(const Tensor& x, const std::vector<bool>& dims, bool keepdim);
/// x, which is changed, with zeros where the mask is on.
Tensor masked_fill_in_place(const Tensor& x, const Tensor& mask);

}  // namespace nabla
