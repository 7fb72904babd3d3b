// PyTorch's backward operators: _slope computes a gradient in one step and has the formulas of its own gradients; _made gives a gradient its node.
#include "ops/slopes.h"

#include <numbers>

#include "ops/families.h"
#include "ops/support.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

// Note [Backward operators]
// In PyTorch a gradient is itself the result of an operator, tanh_backward for one, whose node (TanhBackwardBackward0) a learner meets as the grad_fn of a gradient
// made with create_graph=True, and whose last digits are those of a gradient without a graph. Where second derivatives matter to the last digit that operator
// is here too (_slope, with the formulas of derivatives.yaml). For the others nabla's formula is what the graph is made of; _made lies above it, with the name, and
// where asked for with the digits of a plain gradient. Gradients of piecewise linear operators have zeros as their gradient at x, not None.
Tensor op(const char* name, const Tensor& x) { return apply(*find_op(name), x); }

double number(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

Tensor step(SlopeOf kind, const Tensor& g, const Tensor& x, const Arg& y, const Arg& a, const Arg& b) {
  switch (kind) {
    case SlopeOf::tanh: return g * fused_sum(1.0, -x, x, g->dtype);
    case SlopeOf::sigmoid: return g * (1 - x) * x;
    case SlopeOf::softmax: return softmax_slope(g, x, a.integer(), false);
    case SlopeOf::log_softmax: return softmax_slope(g, x, a.integer(), true);
    case SlopeOf::gelu: return gelu_slope(g, x);
    case SlopeOf::softplus: {
      const Tensor scaled = x * number(a, 1), z = exp_in_vectors(scaled);
      return where(gt(scaled, number(b, 20)), g, g * z / (z + 1));
    }
    case SlopeOf::log_sigmoid: {
      const Tensor z = exp(-op("abs", x)), share = z / (1 + z);
      return where(gt(0, x), 1 - share, share) * g;
    }
    case SlopeOf::mse_loss: return (x - y) * (2 / a.real()) * g;
  }
  return {};
}

SlopeOf kind_of(const Backward& b) { return static_cast<SlopeOf>(b.signature()); }

/// Along the dimension of a softmax, kept.
Tensor total(const Backward& b, const Tensor& x) {
  std::vector<bool> dims(x->dim(), false);
  if (!dims.empty()) dims[wrap_dim(b.arg(3).integer(), dims.size())] = true;
  return sum(x, dims, true);
}

/// Into the gradient that came in.
Tensor to_incoming(const Backward& b) {
  const Tensor x = b.input(1), g = b.g;
  switch (kind_of(b)) {
    case SlopeOf::log_softmax: return g - total(b, g * exp(x));
    case SlopeOf::mse_loss: return sum_to_size(g * (2 / b.arg(3).real()) * (x - b.input(2)), b.sizes());
    default: return slope_of(kind_of(b), g, x, {}, b.arg(3), b.arg(4));
  }
}

/// Into x.
Tensor to_place(const Backward& b) {
  const Tensor g = b.g, before = b.input(0), x = b.input(1);
  switch (kind_of(b)) {
    case SlopeOf::tanh: return g * (-2 * x * before);
    case SlopeOf::sigmoid: return g * before * (-2 * x + 1);
    case SlopeOf::softmax: return before * g - total(b, x * before) * g - before * total(b, x * g);
    case SlopeOf::log_softmax: return -total(b, before) * exp(x) * g;
    case SlopeOf::gelu: {
      const Tensor density = exp(-0.5 * x * x) * (std::numbers::inv_sqrtpi * std::numbers::sqrt2 / 2);
      return g * before * (2 * density - x * x * density);
    }
    case SlopeOf::softplus: {
      const Tensor scaled = x * number(b.arg(3), 1), s = op("sigmoid", scaled);
      return slope_of(SlopeOf::sigmoid, g * before, s) * to_dtype(gt(number(b.arg(4), 20), scaled), g->dtype) * number(b.arg(3), 1);
    }
    case SlopeOf::log_sigmoid: {
      const Tensor z = op("sigmoid", x);
      return g * before * (z - 1) * z;
    }
    case SlopeOf::mse_loss: return 2 * (g * before) / b.arg(3).real();
  }
  return {};
}

#define NABLA_SLOPE(node) {"_slope(Tensor g, Tensor x, Number? y, Number? a, Number? b)", node "Backward0"}
#define NABLA_MADE(node) {"_made(Tensor slope)", node "BackwardBackward0"}
#define NABLA_FLAT(node) {"_made(Tensor slope, Tensor x)", node "BackwardBackward0"}

}  // namespace

const OpDef kSlope{
    .name = "_slope",
    .signatures = {NABLA_SLOPE("TanhBackward"), NABLA_SLOPE("SigmoidBackward"), NABLA_SLOPE("SoftmaxBackwardData"), NABLA_SLOPE("LogSoftmaxBackwardData"), NABLA_SLOPE("GeluBackward"),
                   NABLA_SLOPE("SoftplusBackward"), NABLA_SLOPE("LogSigmoidBackward"),
                   {"_slope(Tensor g, Tensor x, Tensor y, Number a, Number? b)", "MseLossBackwardBackward0"}},
    .spellings = 0,
    .doc = "The gradient through an operator, as an operator that can be differentiated again.",
    .latex = R"(g f'(x))",
    .forward =
        [](Call& c) {
          const GradMode off(false);
          const Internal internal;
          return step(static_cast<SlopeOf>(c.signature), c.tensor(0), c.tensor(1), c[2], c[3], c[4]);
        },
    .gradients = {gradient(to_incoming, "g f'(x)"), gradient(to_place, "g f''(x)"), gradient([](const Backward& b) { return -to_place(b); }, "-g f''(x)")},
    .samples = {"f(2, 3), f(2, 3), None, None, None"},
};

const OpDef kMade{
    .name = "_made",
    .signatures = {NABLA_FLAT("Threshold"), NABLA_FLAT("LeakyRelu"), NABLA_FLAT("Hardtanh"), NABLA_FLAT("Softshrink"), NABLA_FLAT("Hardshrink"), NABLA_FLAT("RreluWithNoise"),
                   NABLA_FLAT("NllLoss"), NABLA_FLAT("NllLoss2D"), NABLA_FLAT("AvgPool2D"), NABLA_FLAT("AvgPool3D"), NABLA_FLAT("AdaptiveAvgPool2D"), NABLA_FLAT("MaxPool2DWithIndices"),
                   NABLA_FLAT("MaxPool3DWithIndices"), NABLA_FLAT("AdaptiveMaxPool2D"), NABLA_FLAT("AdaptiveMaxPool3D"), NABLA_FLAT("ReflectionPad1D"), NABLA_FLAT("ReflectionPad2D"),
                   NABLA_FLAT("ReflectionPad3D"), NABLA_FLAT("ReplicationPad1D"), NABLA_FLAT("ReplicationPad2D"), NABLA_FLAT("ReplicationPad3D"), NABLA_FLAT("Prelu"), NABLA_MADE("Gelu"), NABLA_MADE("Elu"),
                   NABLA_MADE("Glu"), NABLA_MADE("Hardswish"), NABLA_MADE("SmoothL1Loss"), NABLA_MADE("HuberLoss"), NABLA_MADE("SoftMarginLoss"), NABLA_MADE("BinaryCrossEntropy"),
                   NABLA_MADE("NativeLayerNorm"), NABLA_MADE("NativeBatchNorm")},
    .spellings = 0,
    .doc = "A gradient that an operator's backward operator has made.",
    .latex = "g",
    .forward = [](Call& c) { return copy_as(c.tensor(0)); },
    .gradients = {gradient([](const Backward& b) { return b.g; }, "g"), gradient([](const Backward& b) { return zeros(b.sizes(1), b.g->dtype); }, "0")},
    .samples = {"f(2, 3), f(2, 3)"},
};
#undef NABLA_SLOPE
#undef NABLA_MADE
#undef NABLA_FLAT

Tensor slope_of(SlopeOf kind, const Tensor& g, const Tensor& x, const Arg& y, const Arg& a, const Arg& b) {
  if (!grad_enabled()) return step(kind, g, x, y, a, b);
  Call call(kSlope, static_cast<int>(kind));
  call.count = 5;
  call.args[0] = Arg(g);
  call.args[1] = Arg(x);
  call.args[2] = y;
  call.args[3] = a;
  call.args[4] = b;
  return run(call);
}

Tensor made_by(Maker maker, const Tensor& slope) { return made_at(maker, slope, {}); }

Tensor made_at(Maker maker, const Tensor& slope, const Tensor& x) {
  if (!grad_enabled()) return slope;
  Call call(kMade, static_cast<int>(maker));
  call.count = x ? 2 : 1;
  call.args[0] = Arg(slope);
  if (x) call.args[1] = Arg(x);
  return run(call);
}

Tensor made_at(Maker maker, const Tensor& slope, const Tensor& x, const Tensor& digits) {
  const Tensor out = made_at(maker, slope, x);
  copy_into(out, digits);
  return out;
}
Tensor made_with(Maker maker, const Tensor& slope, const Tensor& digits) { return made_at(maker, slope, {}, digits); }

const std::vector<const OpDef*>& slope_ops() {
  static const std::vector<const OpDef*> ops{&kSlope, &kMade};
  return ops;
}

}  // namespace nabla
