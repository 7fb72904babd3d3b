// Losses between an input and a target of the same kind, in torch.nn.functional: mse_loss, l1_loss, smooth_l1_loss, huber_loss,
// binary_cross_entropy, binary_cross_entropy_with_logits. Each ends in a reduction: 'mean', 'sum' or 'none'.
#include "ops/loss.h"

#include <cmath>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/slopes.h"
#include "ops/support.h"
#include "ops/tangents.h"
#include "tensor/layout.h"

namespace nabla {

Reduction reduction_from(const Arg& size_average, const Arg& reduce, const Arg& reduction) {
  if (!size_average.is_none() || !reduce.is_none()) {
    const bool mean = flag_or_true(size_average), whole = flag_or_true(reduce);
    const char* name = !whole ? "none" : mean ? "mean" : "sum";
    warn("UserWarning", cat("size_average and reduce args will be deprecated, please use reduction='", name, "' instead."), -1);
    return !whole ? Reduction::none : mean ? Reduction::mean : Reduction::sum;
  }
  const std::string name = reduction.is_none() ? "mean" : reduction.text();
  if (name == "mean") return Reduction::mean;
  if (name == "sum") return Reduction::sum;
  if (name == "none") return Reduction::none;
  fail("ValueError", name, " is not a valid value for reduction");
}

Tensor reduced(const Tensor& losses, Reduction reduction) {
  if (reduction == Reduction::none) return losses;
  Call call(*find_op(reduction == Reduction::mean ? "mean" : "sum"));
  call.count = 1;
  call.args[0] = Arg(losses);
  return call.def.forward(call);
}

namespace {

std::string size_text(const Tensor& x) { return cat("torch.Size(", x->sizes, ")"); }

void warn_of_sizes(const Call& c) {
  const Tensor x = c.tensor(0), y = c.tensor(1);
  if (x->sizes == y->sizes) return;
  warn("UserWarning", cat("Using a target size (", size_text(y), ") that is different to the input size (", size_text(x),
                          "). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size."));
}

/// Warns where input and target differ in size, and expands the one that is smaller, as an operator.
void match_sizes(Call& c) {
  warn_of_sizes(c);
  const Dims sizes = broadcast(c[0].impl()->sizes, c[1].impl()->sizes);
  for (int i = 0; i < 2; ++i) {
    if (!(c[i].impl()->sizes == sizes)) c.args[i] = Arg(expand_to(c.tensor(i), sizes));
  }
}

/// f of each pair of elements, computed in the floating type of both.
template <class F>
Tensor on_pairs(const Tensor& x, const Tensor& y, const char* kernel, F f) {
  const DType type = promote(x->dtype, y->dtype);
  if (!is_floating(type)) not_implemented_for(kernel, type);
  const Dims sizes = broadcast(x->sizes, y->sizes);
  const Tensor a = contiguous(expand(cast(x, type), sizes)), b = contiguous(expand(cast(y, type), sizes));
  const TensorImpl* const inputs[] = {x.get(), y.get()};
  const Tensor result = empty_for(sizes, type, inputs), out = result->is_contiguous() ? result : empty(sizes, type);
  const auto loop = [&]<class T>(T*) {
    for (std::int64_t i = 0; i < out->numel; ++i) out->data_as<T>()[i] = f(a->data_as<T>()[i], b->data_as<T>()[i]);
  };
  if (type == DType::float32) loop(static_cast<float*>(nullptr));
  else loop(static_cast<double*>(nullptr));
  if (out != result) copy_into(result, out);
  return result;
}

/// How many losses are averaged, for arguments (input, target, size_average, reduce, reduction, ...); 1 where they are not.
double loss_count(const Backward& b, int reduction = 4) {
  const Arg none;
  const bool legacy = reduction >= 4;
  const bool silent = legacy && (!b.arg(reduction - 2).is_none() || !b.arg(reduction - 1).is_none());
  const Reduction kind = silent ? (!flag_or_true(b.arg(reduction - 1)) ? Reduction::none
                                   : flag_or_true(b.arg(reduction - 2)) ? Reduction::mean : Reduction::sum)
                                : reduction_from(none, none, b.arg(reduction));
  return kind != Reduction::mean ? 1 : static_cast<double>(count_elements(broadcast(b.sizes(0), b.sizes(1))));
}
Tensor over_count(const Tensor& g, const Backward& b, int reduction = 4) {
  const double count = loss_count(b, reduction);
  return count == 1 ? g : g / count;
}

double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

Tensor smooth_slope(const Backward& b) {
  const double beta = real_or(b.arg(5), 1);
  const bool mixed = !grad_enabled() && b.dtype(0) != b.dtype(1);  // truth values are subtracted by the kernel alone
  const Tensor difference = mixed ? to_dtype(b.x(), promote(b.dtype(0), b.dtype(1))) - to_dtype(b.y(), promote(b.dtype(0), b.dtype(1))) : b.x() - b.y();
  if (beta == 0) return sign(difference);
  const Tensor far = ge(difference * sign(difference), beta);  // not where one is no number
  return where(far, sign(difference), difference / beta);
}

/// From the other of input and target to the one whose gradient is wanted, argument `to`: the kernels for these gradients take one type alone.
void need_one_type(const Backward& b, int to) {
  if (b.dtype(0) != b.dtype(1)) fail("RuntimeError", "Found dtype ", legacy_name(b.dtype(1 - to)), " but expected ", legacy_name(b.dtype(to)));
}
Tensor difference(const Backward& b, int to) {
  need_one_type(b, to);
  return b.input(to) - b.input(1 - to);
}

Tensor mse_slope(const Backward& b, int to) {
  need_one_type(b, to);
  return slope_of(SlopeOf::mse_loss, b.g, b.input(to), b.input(1 - to), loss_count(b));
}

Tensor huber_slope(const Backward& b, int to) {
  const double delta = real_or(b.arg(3), 1);
  const Tensor difference = nabla::difference(b, to);
  return where(gt(difference * sign(difference), delta), sign(difference) * delta, difference);
}

/// A slope as PyTorch computes it where no whole vectors are left over: those elements with the bend in double and products in another order.
Tensor with_rest(const Backward& b, int to, const Tensor& slope, double norm, double bend, bool huber) {
  const Tensor x = contiguous(b.input(to)), y = contiguous(b.input(1 - to));
  if (x->dtype != y->dtype || !(x->sizes == y->sizes) || !(slope->sizes == x->sizes)) return slope;
  const Tensor g = contiguous(expand(b.g, x->sizes)), out = clone(contiguous(slope));
  with_floats(x->dtype, [&]<class T>(T*) {
    constexpr std::int64_t kTwoVectors = 64 / static_cast<std::int64_t>(sizeof(T));
    for (std::int64_t i = out->numel - out->numel % kTwoVectors; i < out->numel; ++i) {
      const T d = x->data_as<T>()[i] - y->data_as<T>()[i], came = static_cast<T>(norm) * g->data_as<T>()[i], near = static_cast<T>(norm) * d * g->data_as<T>()[i];
      const double size = static_cast<double>(std::fabs(d)), side = d < 0 ? -1 : 1;
      out->data_as<T>()[i] = static_cast<T>(huber ? (size > bend ? side * static_cast<double>(came) * bend : static_cast<double>(near))
                                                  : (size >= bend ? side * static_cast<double>(came) : static_cast<double>(near) / bend));
    }
  });
  return out;
}
/// The gradient of smooth_l1_loss or huber_loss into argument `to`.
Tensor bent_gradient(const Backward& b, int to, const Tensor& slope, double count, bool huber) {
  const Tensor g = slope * (1 / count) * b.g;
  const double bend = real_or(b.arg(huber ? 3 : 5), 1);
  return made_by(huber ? Maker::huber_loss : Maker::smooth_l1_loss, g, [&] { return bend == 0 ? g : with_rest(b, to, g, 1 / count, bend, huber); });
}

Tensor weighted(const Tensor& losses, const Arg& weight) {
  if (!weight.is_tensor()) return losses;
  return on_pairs(losses, weight.tensor(), "binary_cross_entropy", [](auto x, auto w) { return x * w; });
}
Tensor times_weight(const Tensor& g, const Backward& b) { return b.arg(2).is_tensor() ? g * b.arg(2) : g; }

/// A loss from the tangents of the single losses.
Tensor reduced_tangent(const Forward& f, const Tensor& losses, int reduction) {
  std::string how = f.has(reduction) ? f.call[reduction].text() : "mean";
  if (reduction >= 4) {  // after size_average and reduce
    if (f.has(reduction - 1) || f.has(reduction - 2)) how = f.has(reduction - 1) && !f.call.flag(reduction - 1) ? "none" : f.has(reduction - 2) && !f.call.flag(reduction - 2) ? "sum" : "mean";
  }
  return how == "none" ? losses : apply(*find_op(how), losses);
}

/// The tangents of the single losses, summed or averaged. What PyTorch computes in the memory of all losses is copied.
Tensor tangent_of_losses(const Forward& f, int reduction, bool in_memory_of_all) {
  Call each(f.call.def, f.call.signature);
  each.count = static_cast<std::uint8_t>(std::max<int>(f.call.count, reduction + 1));
  for (int i = 0; i < f.call.count; ++i) each.args[i] = f.p(i);
  if (reduction >= 4) each.args[reduction - 1] = each.args[reduction - 2] = Arg();
  each.args[reduction] = Arg(std::string("none"));
  const auto node = make<OpNode>(each, nullptr);
  const auto slope = [&](int i) {
    const Tangent t = f.t(i);
    return Tangent(f.call.def.gradient_of(i).formula(Backward{*node, t.value, &t.value}), t.zero);
  };
  const Tensor losses = slope(0) + slope(1), out = reduced_tangent(f, losses, reduction);
  if (!in_memory_of_all || out->sizes == losses->sizes) return out;
  const Tensor room = zeros(out->sizes, out->dtype);
  copy_in_place(room, out);
  return room;
}

Tensor tangent_with_logits(const Forward& f) {
  const OpDef &sigmoid = *find_op("sigmoid"), &logsigmoid = *find_op("logsigmoid");
  const Tensor x = f.x(), y = f.p(1).tensor();
  Tensor of_x, of_y;
  if (f.has(6)) {
    const Tensor w = f.p(6).tensor(), t = w * Arg(y);
    of_x = (t + 1 - Arg(y)) * apply(sigmoid, x) - Arg(t);
    of_y = apply(logsigmoid, -x) - w * Arg(apply(logsigmoid, x));
  } else {
    of_x = apply(sigmoid, x) - Arg(y);
    of_y = -x;
  }
  Tangent all = of_x * f.t(0);
  all = all + of_y * f.t(1);
  if (f.has(2)) all = all * f.p(2);
  return reduced_tangent(f, all, 5);
}

}  // namespace

const OpDef kMseLoss{
    .name = "mse_loss",
    .signatures = {{"mse_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "The squared distances between input and target, averaged.",
    .latex = R"(\frac{1}{n} \sum_i (x_i - y_i)^2)",
    .forward =
        [](Call& c) {
          match_sizes(c);
          const Reduction reduction = reduction_from(c[2], c[3], c[4]);
          return reduced(on_pairs(c.tensor(0), c.tensor(1), "mse_cpu", [](auto x, auto y) { return (x - y) * (x - y); }), reduction);
        },
    .gradients = {gradient([](const Backward& b) { return mse_slope(b, 0); }, R"(\frac{2 g}{n} (x - y))"),
                  gradient([](const Backward& b) { return mse_slope(b, 1); }, R"(\frac{2 g}{n} (y - x))")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_losses(f, 4, true); },
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), reduction='sum'", "f(3), f(3), reduction='none'"},
    .failures = {{"torch.nn.functional.mse_loss(torch.ones(1), torch.ones(1), reduction='a')",
                  "ValueError: a is not a valid value for reduction"}},
};

const OpDef kL1Loss{
    .name = "l1_loss",
    .signatures = {{"l1_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "The absolute distances between input and target, averaged.",
    .latex = R"(\frac{1}{n} \sum_i |x_i - y_i|)",
    .forward =
        [](Call& c) {
          match_sizes(c);
          const Reduction reduction = reduction_from(c[2], c[3], c[4]);
          const Tensor losses = apply(*find_op("abs"), c.tensor(0) - c.tensor(1));
          return reduction == Reduction::none ? losses : apply(*find_op(reduction == Reduction::mean ? "mean" : "sum"), losses);
        },
    .composite = true,
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), reduction='none'"},
};

const OpDef kSmoothL1Loss{
    .name = "smooth_l1_loss",
    .signatures = {{"smooth_l1_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean', float beta=1.0)",
                    "SmoothL1LossBackward0"}},
    .spellings = kFunctional,
    .doc = "Squared distances where they are smaller than beta, absolute ones elsewhere, averaged.",
    .latex = R"(\frac{1}{n} \sum_i \frac{d_i^2}{2 \beta} \text{ if } |d_i| < \beta \text{ else } |d_i| - \frac{\beta}{2})",
    .forward =
        [](Call& c) {
          match_sizes(c);
          const double beta = real_or(c[5], 1);
          if (!(beta >= 0)) fail("RuntimeError", "smooth_l1_loss does not support negative values for beta.");
          const Reduction reduction = reduction_from(c[2], c[3], c[4]);
          const Tensor losses = on_pairs(c.tensor(0), c.tensor(1), "smooth_l1_cpu", [beta](auto x, auto y) {
            using T = decltype(x);
            const T size = std::fabs(x - y), bend = static_cast<T>(beta);
            return size < bend ? T(0.5) * size * size / bend : size - T(0.5) * bend;
          });
          return reduced(losses, reduction);
        },
    .gradients = {gradient([](const Backward& b) { return bent_gradient(b, 0, smooth_slope(b), loss_count(b), false); }, R"(\frac{g}{n} \operatorname{clip}(d / \beta))"),
                  gradient([](const Backward& b) { return bent_gradient(b, 1, -smooth_slope(b), loss_count(b), false); }, R"(-\frac{g}{n} \operatorname{clip}(d / \beta))")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_losses(f, 4, true); },
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), reduction='sum', beta=0.5"},
};

const OpDef kHuberLoss{
    .name = "huber_loss",
    .signatures = {{"huber_loss(Tensor input, Tensor target, str reduction='mean', float delta=1.0)"}},
    .spellings = kFunctional,
    .doc = "Half squared distances up to delta, linear beyond, averaged.",
    .latex = R"(\frac{1}{n} \sum_i \frac{d_i^2}{2} \text{ if } |d_i| \le \delta \text{ else } \delta (|d_i| - \frac{\delta}{2}))",
    .forward =
        [](Call& c) {
          match_sizes(c);
          const double delta = real_or(c[3], 1);
          const DType type = c.tensor(0)->dtype, common = promote(type, c.tensor(1)->dtype);
          if (is_floating(common) > is_floating(type) || (type == DType::bool_ && common != type)) refuse_cast(common, legacy_name(type));
          if (!(delta > 0)) fail("RuntimeError", "huber_loss does not support non-positive values for delta.");
          const Reduction reduction = reduction_from({}, {}, c[2]);
          const Tensor losses = on_pairs(c.tensor(0), c.tensor(1), "huber_cpu", [delta](auto x, auto y) {
            using T = decltype(x);
            const T size = std::fabs(x - y), bend = static_cast<T>(delta);
            return size <= bend ? T(0.5) * size * size : bend * (size - T(0.5) * bend);
          });
          return reduced(cast(losses, type), reduction);
        },
    .gradients = {gradient([](const Backward& b) { return bent_gradient(b, 0, huber_slope(b, 0), loss_count(b, 2), true); }, R"(\frac{g}{n} \operatorname{clip}(d, \delta))"),
                  gradient([](const Backward& b) { return bent_gradient(b, 1, huber_slope(b, 1), loss_count(b, 2), true); }, R"(-\frac{g}{n} \operatorname{clip}(d, \delta))")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_losses(f, 2, false); },
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), delta=0.5"},
};

const OpDef kBinaryCrossEntropy{
    .name = "binary_cross_entropy",
    .signatures = {{"binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str "
                    "reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "How badly the probabilities of input foretell the targets 0 and 1, averaged; logarithms stop at -100.",
    .latex = R"(-\frac{1}{n} \sum_i y_i \ln x_i + (1 - y_i) \ln(1 - x_i))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const Reduction reduction = reduction_from(c[3], c[4], c[5]);
          if (!(x->sizes == y->sizes)) {
            fail("ValueError", "Using a target size (", size_text(y), ") that is different to the input size (", size_text(x),
                 ") is deprecated. Please ensure they have the same size.");
          }
          refuse_gradient(c[2], "binary_cross_entropy", "weight");
          if (x->dtype != y->dtype) fail("RuntimeError", "Found dtype ", legacy_name(y->dtype), " but expected ", legacy_name(x->dtype));
          const Tensor losses = on_pairs(x, y, "binary_cross_entropy", [](auto p, auto target) {
            using T = decltype(p);
            if (!(p >= 0 && p <= 1)) fail("RuntimeError", "all elements of input should be between 0 and 1");
            return (target - 1) * std::max(std::log(1 - p), T(-100)) - target * std::max(std::log(p), T(-100));
          });
          return reduced(weighted(losses, c[2]), reduction);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor x = b.x();
                        return made_by(Maker::binary_cross_entropy, over_count(times_weight(b.g * (x - b.y()) / apply(*find_op("clamp_min"), (1 - x) * x, 1e-12), b), b, 5));
                      },
                      R"(\frac{g}{n} \frac{x - y}{x (1 - x)})"),
                  gradient([](const Backward& b) { return over_count(times_weight(b.g * (log(1 - b.x()) - log(b.x())), b), b, 5); },
                           R"(\frac{g}{n} \ln \frac{1 - x}{x})"),
                  not_differentiable("a weight is a constant")},
    .tangent = [](const Forward& f) -> Tensor { return tangent_of_losses(f, 5, true); },
    .samples = {"p(2, 3) * 0.5, p(2, 3) * 0.5", "p(3) * 0.5, p(3) * 0.5, reduction='none'"},
    .failures = {{"torch.nn.functional.binary_cross_entropy(torch.tensor([2.]), torch.ones(1))",
                  "RuntimeError: all elements of input should be between 0 and 1"}},
};

const OpDef kBinaryCrossEntropyWithLogits{
    .name = "binary_cross_entropy_with_logits",
    .signatures = {{"binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, "
                    "str reduction='mean', Tensor? pos_weight=None)"}},
    .spellings = kFunctional,
    .doc = "binary_cross_entropy of the sigmoid of input, computed without overflow.",
    .latex = R"(\frac{1}{n} \sum_i ((1 - y_i) x_i - (1 + (q - 1) y_i) \ln \sigma(x_i)))",
    .forward =
        [](Call& c) {
          refuse_gradient(c[2], "binary_cross_entropy_with_logits", "weight");
          refuse_gradient(c[6], "binary_cross_entropy_with_logits", "pos_weight");
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const Reduction reduction = reduction_from(c[3], c[4], c[5]);
          if (!(x->sizes == y->sizes)) fail("ValueError", "Target size (", size_text(y), ") must be the same as input size (", size_text(x), ")");
          if (x->dtype == DType::bool_) (void)-x;  // for its error
          if (y->dtype == DType::bool_) {
            fail("RuntimeError", "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.");
          }
          if (is_integral(x->dtype) || is_integral(y->dtype)) {  // 1 - target is multiplied in place
            refuse_cast(float_type((is_integral(y->dtype) ? x : y)->dtype), legacy_name((is_integral(y->dtype) ? y : x)->dtype));
          }
          // (1 - y) x + s (ln(e^-m + e^(-x - m)) + m), where m is the larger of -x and 0; without s, m is added first.
          const auto most = [](auto v) { return std::max(-v, decltype(v)(0)); };
          const auto rest = [&](auto v) { return elementary::log(elementary::exp(-most(v)) + elementary::exp(-v - most(v))); };
          constexpr const char* kKernel = "binary_cross_entropy";
          const Tensor linear = on_pairs(x, y, kKernel, [&](auto v, auto target) { return (1 - target) * v; });
          Tensor losses;
          if (!c.has(6)) {
            const Tensor first = on_pairs(x, x, kKernel, [&](auto v, auto) { return most(v); }), second = on_pairs(x, x, kKernel, [&](auto v, auto) { return rest(v); });
            constexpr auto plus = [](auto a, auto b) { return a + b; };
            losses = on_pairs(on_pairs(linear, first, kKernel, plus), second, kKernel, plus);
          } else {
            const GradMode off(false);
            const Tensor share = on_pairs(y, c.tensor(6) - 1, kKernel, [](auto target, auto q) { return q * target + 1; });
            const Tensor gain = on_pairs(x, share, kKernel, [&](auto v, auto s) { return s * (rest(v) + most(v)); });
            losses = on_pairs(linear, gain, kKernel, [](auto a, auto b) { return a + b; });
          }
          return reduced(cast(weighted(losses, c[2]), y->dtype), reduction);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor y = b.y(), s = apply(*find_op("sigmoid"), b.x());
                        const auto finished = [&](const Tensor& slope) { return over_count(times_weight(slope * b.g, b), b, 5); };
                        if (!b.arg(6).is_tensor()) return finished(s - y);
                        const Tensor share = b.input(6) * y;
                        return finished((share + 1 - y) * s - share);
                      },
                      R"(\frac{g}{n} (\sigma(x) - y))"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor x = b.x(), g = over_count(times_weight(b.g, b), b, 5);
                        const auto log_sigmoid = [](const Tensor& v) { return apply(*find_op("logsigmoid"), v); };
                        if (!b.arg(6).is_tensor()) return g * -x;
                        return g * (log_sigmoid(-x) - b.input(6) * log_sigmoid(x));
                      },
                      R"(-\frac{g}{n} x)"),
                  not_differentiable("a weight is a constant"), not_differentiable(""), not_differentiable(""), not_differentiable(""),
                  not_differentiable("a weight is a constant")},
    .tangent = tangent_with_logits,
    .samples = {"f(2, 3), p(2, 3) * 0.5", "f(3), p(3) * 0.5, reduction='sum'"},
};

const std::vector<const OpDef*>& loss_ops() {
  static const std::vector<const OpDef*> ops{&kMseLoss, &kL1Loss, &kSmoothL1Loss, &kHuberLoss, &kBinaryCrossEntropy, &kBinaryCrossEntropyWithLogits};
  return ops;
}

}  // namespace nabla
