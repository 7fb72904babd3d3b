// PyTorch's backward operators as operators: what a gradient is the result of where a graph is made of it (Note [Backward operators]).
#pragma once
#include "ops/formula.h"

namespace nabla {

/// The gradient g through an operator as one step. x is the operator's input, or its result: of tanh, sigmoid, softmax and log_softmax. `a` and
/// `b`: softmax's dimension; softplus's beta and threshold; for mse_loss (with y, the target) the number of losses that are averaged.
enum class SlopeOf : std::uint8_t { tanh, sigmoid, softmax, log_softmax, gelu, softplus, log_sigmoid, mse_loss };
Tensor slope_of(SlopeOf kind, const Tensor& g, const Tensor& x, const Arg& y = {}, const Arg& a = {}, const Arg& b = {});

// The steps themselves, on memory.
Tensor softmax_slope(const Tensor& g, const Tensor& out, std::int64_t dim, bool logarithm);
Tensor gelu_slope(const Tensor& g, const Tensor& x);

/// Whose gradient: names of nodes.
enum class Maker : std::uint8_t {
  threshold, leaky_relu, hardtanh, softshrink, hardshrink, rrelu, nll_loss, nll_loss_2d, avg_pool2d, avg_pool3d, adaptive_avg_pool2d, max_pool2d, max_pool3d,
  adaptive_max_pool2d, adaptive_max_pool3d, reflection_pad1d, reflection_pad2d, reflection_pad3d, replication_pad1d, replication_pad2d, replication_pad3d, prelu,
  gelu, elu, glu, hardswish, smooth_l1_loss, huber_loss, soft_margin_loss, binary_cross_entropy, layer_norm, batch_norm
};
/// `slope`, a gradient with the graph it has, as the result of this operator's backward operator.
Tensor made_by(Maker maker, const Tensor& slope);
/// The same with other last digits: `digits` computes it in one piece, without a graph.
template <class F>
Tensor made_by(Maker maker, const Tensor& slope, F digits);
/// The same of a slope that stays as it is when x moves, so that x has zeros as its second derivative.
Tensor made_at(Maker maker, const Tensor& slope, const Tensor& x);
/// The same, of a slope for the graph and one without.
Tensor made_at(Maker maker, const Tensor& slope, const Tensor& x, const Tensor& digits);

Tensor made_with(Maker maker, const Tensor& slope, const Tensor& digits);
template <class F>
Tensor made_by(Maker maker, const Tensor& slope, F digits) {
  Tensor value;
  {
    const GradMode off(false);
    value = digits();
  }
  return made_with(maker, slope, value);
}

}  // namespace nabla
