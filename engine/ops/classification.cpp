// Losses of classes: nll_loss, cross_entropy; and one_hot, normalize. In torch.nn.functional.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "ops/families.h"
#include "ops/slopes.h"
#include "ops/linalg.h"
#include "ops/loss.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// What an nll_loss comes to: for each target a class and a weight (0 where it is ignored).
struct Targets {
  std::int64_t dim;             // of the classes in the input
  std::vector<std::int64_t> at;  // offset of each target's element in a contiguous input
  std::vector<double> weights;
};

Targets find_targets(const Tensor& x, const Tensor& target, const Tensor& weight, std::int64_t ignored) {
  Targets out;
  out.dim = x->dim() < 2 ? 0 : 1;
  if (x->dim() == 0) fail("ValueError", "Expected 1 or more dimensions (got 0)");
  if (x->dim() != 1 && x->sizes[0] != (target->dim() ? target->sizes[0] : 0)) {
    fail("ValueError", "Expected input batch_size (", x->sizes[0], ") to match target batch_size (", target->dim() ? target->sizes[0] : 0, ").");
  }
  const std::int64_t classes = x->sizes[out.dim];
  for (std::size_t d = 2; d < x->dim(); ++d) {
    if (target->dim() + 1 == x->dim() && target->sizes[d - 1] == x->sizes[d]) continue;
    Dims expected = x->sizes;
    expected.erase(1);
    fail("RuntimeError", "Expected target size ", expected, ", got ", target->sizes);
  }
  if (x->dim() < 3 && target->dim() > 1) fail("RuntimeError", "0D or 1D target tensor expected, multi-target not supported");
  if (x->dim() == 1 && target->dim() == 1 && target->sizes[0] != x->sizes[0]) {
    fail("RuntimeError", "size mismatch (got input: ", x->sizes, ", target: ", target->sizes, ")");
  }
  if (weight && (weight->dim() != 1 || weight->numel != classes)) {
    if (x->dim() > 2) fail("RuntimeError", "weight tensor should be defined either for all or no classes");
    fail("RuntimeError", "weight tensor should be defined either for all ", classes, " classes or no classes but got weight tensor of shape: ", weight->sizes);
  }
  if (!is_floating(x->dtype)) not_implemented_for("nll_loss_out_frame", x->dtype);
  if (weight && weight->dtype != x->dtype) fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name(weight->dtype));
  if (target->dtype != DType::int64 && target->numel && (target->dtype != DType::uint8 || x->dim() > 2)) fail("RuntimeError", "expected scalar type Long but found ", legacy_name(target->dtype));
  std::int64_t inner = 1;
  for (std::size_t d = 2; d < x->dim(); ++d) inner *= x->sizes[d];
  const Tensor wanted = contiguous(cast(target, DType::int64));
  const std::int64_t count = x->dim() == 1 ? std::min<std::int64_t>(wanted->numel, 1) : wanted->numel;  // of one row only the first target is read
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t k = wanted->data_as<std::int64_t>()[i];
    if (k != ignored && (k < 0 || k >= classes)) fail("IndexError", "Target ", k, " is out of bounds.");
    const double w = k == ignored ? 0 : weight ? element(*weight, k * weight->strides[0]).to_double() : 1;
    out.at.push_back(((i / inner) * classes + (k == ignored ? 0 : k)) * inner + i % inner);
    out.weights.push_back(w);
  }
  return out;
}

/// The sum of term(0), term(1), ... as PyTorch's nll_loss adds up: in chunks of 2^p, these in chunks again, over eight levels.
template <class T, class Term>
T cascade(std::int64_t count, Term term) {
  constexpr int kLevels = 8;
  const int power = std::max<int>(4, std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(count, 1) - 1)) / kLevels);
  const std::int64_t mask = (std::int64_t{1} << power) - 1;
  T sums[kLevels] = {};
  for (std::int64_t i = 0; i < count; ++i) {
    sums[0] += term(i);
    for (int level = 0; level + 1 < kLevels && !(i & (mask << (level * power))); ++level) {
      sums[level + 1] += sums[level];
      sums[level] = 0;
    }
  }
  T total = 0;
  for (const T sum : sums) total += sum;
  return total;
}

/// What a mean divides by, added up in a tensor's type.
double total_weight(const Targets& targets, DType dtype) {
  return with_floats(dtype, [&]<class T>(T*) {
    return static_cast<double>(cascade<T>(static_cast<std::int64_t>(targets.weights.size()), [&](std::int64_t i) { return static_cast<T>(targets.weights[i]); }));
  });
}

// Arguments: input, target, weight, size_average, ignore_index, reduce, reduction.
std::int64_t ignored(const Arg& arg) { return arg.is_none() ? -100 : arg.integer(); }

/// Of inputs with one or with three and more dimensions behind the classes: these are folded into one, as a picture of one line.
Tensor folded_nll(Call& c, bool single) {
  const Tensor x = c.tensor(0), target = c.tensor(1);
  const auto view = [](const Tensor& of, const Dims& sizes) { return apply(*find_op("view"), of, sizes); };
  const auto in_rows = [](const Tensor& of) { return of->is_contiguous() ? of : apply(*find_op("contiguous"), of); };
  const std::int64_t n = x->sizes[0], lines = x->numel ? 1 : 0, length = x->numel ? x->numel / (n * x->sizes[1]) : 0;
  Call flat = c;
  flat.args[0] = Arg(view(in_rows(x), {n, x->sizes[1], lines, length}));
  flat.args[1] = Arg(view(in_rows(target), {n, lines, length}));
  c.signature = 2;
  const Tensor out = run(flat);
  return single ? view(out, target->sizes) : out;
}

Tensor nll_forward(Call& c) {
  const Tensor x = c.tensor(0), target = c.tensor(1);
  const Reduction reduction = reduction_from(c[3], c[5], c[6]);
  const Targets targets = find_targets(x, target, c.tensor(2), ignored(c[4]));
  if (x->dim() == 3 || x->dim() > 4) return folded_nll(c, reduction == Reduction::none);
  if (x->dim() > 2) c.signature = 1;  // the node is called otherwise
  const Tensor from = contiguous(x), losses = zeros(x->dim() == 1 ? Dims{} : target->sizes, x->dtype);
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(targets.at.size()); ++i) {
    const double loss = (x->dim() == 1 ? 0.0 : -0.0) - targets.weights[i] * element(*from, targets.at[i]).to_double();  // of one row it is a sum, from 0 on
    set_element(*losses, i, Scalar::of(targets.weights[i] == 0 ? 0.0 : loss));
  }
  if (reduction == Reduction::none) return losses;
  return with_floats(x->dtype, [&]<class T>(T*) {
    const T total = cascade<T>(losses->numel, [&](std::int64_t i) { return losses->data_as<T>()[i]; });
    return full({}, Scalar::of(static_cast<double>(reduction == Reduction::sum ? total : total / static_cast<T>(total_weight(targets, x->dtype)))), x->dtype);
  });
}

/// g times a constant: minus the weight at each target's class, zero elsewhere.
Tensor nll_gradient(const Backward& b) {
  (void)b.x();  // PyTorch keeps it
  const Arg& word = b.arg(6);
  const bool legacy = !b.arg(3).is_none() || !b.arg(5).is_none();  // size_average and reduce
  const bool none = legacy ? !flag_or_true(b.arg(5)) : !word.is_none() && word.text() == "none";
  const bool mean = legacy ? !none && flag_or_true(b.arg(3)) : word.is_none() || word.text() == "mean";
  double total = 0;
  const auto slope = [&](const std::vector<Tensor>& from) {
    const Tensor x = zeros(b.sizes(), b.dtype());
    const Targets targets = find_targets(x, from[0], from[1], ignored(b.arg(4)));
    for (std::size_t i = 0; i < targets.at.size(); ++i) {
      if (targets.weights[i] != 0) set_element(*x, targets.at[i], Scalar::of(-targets.weights[i]));
    }
    total = total_weight(targets, x->dtype);
    return x;
  };
  const Tensor target = b.y(), weight = b.arg(2).tensor(), x = in_lanes({target, weight}, slope);
  Tensor g = none && b.sizes().size() > 1 ? unsqueeze_at(b.g, 1) : b.g;
  if (mean && batched_as(*x)) {
    g = g / in_lanes({target, weight}, [&](const std::vector<Tensor>& from) { return (void)slope(from), full({}, Scalar::of(total), b.dtype()); });
  } else if (mean) {
    g = g / total;
  }
  return made_at(b.node.name().find("2D") != std::string::npos ? Maker::nll_loss_2d : Maker::nll_loss, where(eq(x, 0), 0.0, g * x), b.x());
}

/// A weight for each class, in a shape that broadcasts against x.
Tensor weights_along(const Tensor& weight, const Tensor& x, std::int64_t dim) {
  if (weight->dim() != 1 || weight->numel != x->sizes[dim]) {
    fail("RuntimeError", "cross_entropy: weight tensor should be defined either for all ", x->sizes[dim],
         " classes or no classes but got weight tensor of shape: ", weight->sizes);
  }
  Dims sizes(x->dim(), 1);
  sizes[dim] = weight->numel;
  return reshape_to(weight, sizes);
}

Tensor log_softmax(const Tensor& x, std::int64_t dim) { return apply(*find_op("log_softmax"), x, dim); }

}  // namespace

const OpDef kNllLoss{
    .name = "nll_loss",
    .signatures = {{"nll_loss(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, "
                    "str reduction='mean')"},
                   {"nll_loss(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, "
                    "str reduction='mean')",
                    "NllLoss2DBackward0"},
                   {.text = "nll_loss(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, "
                            "str reduction='mean')",
                    .composite = true}},
    .spellings = kFunctional,
    .doc = "Minus the log-probability that input gives to each target's class, averaged.",
    .latex = R"(-\frac{1}{n} \sum_i x_{i, y_i})",
    .forward = nll_forward,
    .gradients = {gradient(nll_gradient, R"(-\frac{g}{n}\,[k = y_i])"), not_differentiable("a class is a whole number"),
                  not_differentiable("a weight is a constant")},
    .tangent = auto_linear,
    .samples = {"f(3, 2), i(3)", "f(2), i()", "f(3, 2), i(3), reduction='none'", "f(2, 2, 3), i(2, 3), reduction='sum'", "f(3, 2), i(3), p(2)"},
    .failures = {{"torch.nn.functional.nll_loss(torch.ones(1, 2), torch.tensor([2]))", "IndexError: Target 2 is out of bounds."},
                 {"torch.nn.functional.nll_loss(torch.ones(2, 2), torch.tensor([1, 0, 1]))",
                  "ValueError: Expected input batch_size (2) to match target batch_size (3)."}},
};

const OpDef kCrossEntropy{
    .name = "cross_entropy",
    .signatures = {{"cross_entropy(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None, "
                    "str reduction='mean', float label_smoothing=0.0)"}},
    .spellings = kFunctional,
    .doc = "nll_loss of log_softmax: how badly scores foretell the target classes, or the target probabilities.",
    .latex = R"(-\frac{1}{n} \sum_i \ln \frac{e^{x_{i, y_i}}}{\sum_k e^{x_{i, k}}})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), target = c.tensor(1);
          const Reduction reduction = reduction_from(c[3], c[5], c[6]);
          const std::int64_t dim = x->dim() < 2 ? 0 : 1;
          const double smoothing = c.has(7) ? c[7].real() : 0;
          const bool probabilities = x->sizes == target->sizes;
          if (probabilities && !is_floating(target->dtype)) {
            fail("RuntimeError", "Expected floating point type for target with class probabilities, got ", legacy_name(target->dtype));
          }
          if (probabilities && ignored(c[4]) >= 0) fail("RuntimeError", "ignore_index is not supported for floating point target");
          if (!x->dim()) fail("IndexError", "Dimension specified as 1 but tensor has no dimensions");
          if (smoothing > 1) fail("RuntimeError", "label_smoothing must be between 0.0 and 1.0. Got: ", general(smoothing, 6));
          const Tensor scores = log_softmax(x, dim);
          std::vector<bool> classes(x->dim(), false);
          if (x->dim()) classes[dim] = true;
          const double rows = x->dim() < 2 ? 1 : static_cast<double>(x->numel / std::max<std::int64_t>(x->sizes[dim], 1));
          if (probabilities) {
            Tensor wanted = target;
            if (smoothing > 0) wanted = wanted * (1 - smoothing) + smoothing / static_cast<double>(x->sizes[dim]);
            Tensor parts = scores * wanted;
            if (c.has(2)) parts = parts * weights_along(c.tensor(2), x, dim);
            if (reduction == Reduction::none) return -sum(parts, classes, false);
            if (reduction == Reduction::mean && x->numel == 0) return -(sum(parts) * std::numeric_limits<double>::quiet_NaN());
            const Tensor total = -sum(parts);
            return reduction == Reduction::sum ? total : total / rows;
          }
          Call nll(kNllLoss);
          nll.count = 7;
          for (int i = 1; i < 7; ++i) nll.args[i] = c[i];
          nll.args[0] = Arg(scores);
          const Tensor hard = run(nll);
          if (!(smoothing > 0)) return hard;
          Tensor soft = -sum(c.has(2) ? scores * weights_along(c.tensor(2), x, dim) : scores, classes, false);
          soft = where(eq(target, ignored(c[4])), 0.0, soft);
          if (reduction != Reduction::none) soft = sum(soft);
          if (reduction == Reduction::mean) {
            soft = soft / sum(in_lanes({target, c.tensor(2)}, [&](const std::vector<Tensor>& from) {
                     const Targets targets = find_targets(x, from[0], from[1], ignored(c[4]));
                     const Tensor weights = empty(target->sizes, x->dtype);
                     for (std::int64_t i = 0; i < weights->numel; ++i) set_element(*weights, i, Scalar::of(targets.weights[i]));
                     return weights;
                   }));
          }
          return hard * (1 - smoothing) + soft * (smoothing / static_cast<double>(x->sizes[dim]));
        },
    .composite = true,
    .samples = {"f(3, 2), i(3)", "f(2), i()", "f(3, 2), p(3, 2)", "f(3, 2), i(3), label_smoothing=0.1", "f(3, 2), i(3), p(2)",
                "f(3, 2), p(3, 2), p(2), label_smoothing=0.2", "f(2, 3, 2), i(2, 2), reduction='none', label_smoothing=0.2"},
};

const OpDef kOneHot{
    .name = "one_hot",
    .signatures = {{"one_hot(Tensor input, int num_classes=-1)"}},
    .spellings = kFunctional,
    .doc = "For each class a row of zeros with a one at its place.",
    .latex = "[k = x_i]",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0));
          if (x->dtype != DType::int64) fail("RuntimeError", "one_hot is only applicable to index tensor.");
          std::int64_t classes = c.integer(1, -1), most = -1;
          for (std::int64_t i = 0; i < x->numel; ++i) {
            if (x->data_as<std::int64_t>()[i] < 0) fail("RuntimeError", "Class values must be non-negative.");
            most = std::max(most, x->data_as<std::int64_t>()[i]);
          }
          if (classes == -1) {
            if (x->numel == 0) fail("RuntimeError", "Can not infer total number of classes from empty tensor.");
            classes = most + 1;
          }
          if (classes <= most) fail("RuntimeError", "Class values must be smaller than num_classes.");
          Dims sizes = x->sizes;
          sizes.push_back(classes);
          const Tensor out = zeros(sizes, DType::int64);
          for (std::int64_t i = 0; i < x->numel; ++i) out->data_as<std::int64_t>()[i * classes + x->data_as<std::int64_t>()[i]] = 1;
          return out;
        },
    .gradients = {not_differentiable("a class is a whole number")},
    .refuse_batch =
        [](const Call& c) {
          if (c.integer(1, -1) == -1) fail("RuntimeError", "When vmap-ing torch.nn.functional.one_hot, please provide an explicit positive num_classes argument.");
        },
    .in_c = true,
    .samples = {"i(3), 2"},
};

const OpDef kNormalize{
    .name = "normalize",
    .signatures = {{"normalize(Tensor input, Number p=2.0, int dim=1, float eps=1e-12, Tensor? out=None)"}},
    .spellings = kFunctional,
    .doc = "Divides by the norm along a dimension, so that the length becomes one.",
    .latex = R"(\frac{x}{\max(\|x\|_p, \epsilon)})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims dim{dimension(c, 2, 1)};
          const Tensor length = apply(*find_op("norm"), x, c.has(1) ? c[1] : Arg(2.0), dim, true);
          if (c.has(4)) fail("RuntimeError", "normalize(): out= is for lib/python_functions.py");
          return x / expand_to(apply_form(*find_op("clamp_min"), 1, length, c.has(3) ? c[3].real() : 1e-12), x->sizes);
        },
    .composite = true,
    .samples = {"f(2, 3)", "f(3), dim=0"},
};

const std::vector<const OpDef*>& classification_ops() {
  static const std::vector<const OpDef*> ops{&kNllLoss, &kCrossEntropy, &kOneHot, &kNormalize};
  return ops;
}

}  // namespace nabla
