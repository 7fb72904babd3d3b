// Losses of distributions, margins and distances: kl_div, poisson_nll_loss, gaussian_nll_loss; hinge_embedding_loss, margin_ranking_loss,
// multi_margin_loss, multilabel_margin_loss, soft_margin_loss, multilabel_soft_margin_loss; triplet_margin_loss, cosine_embedding_loss;
// and pairwise_distance, cosine_similarity.
#include <cmath>
#include <numbers>

#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/slopes.h"
#include "ops/loss.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

Tensor op(const char* name, const Arg& x) { return apply(*find_op(name), x); }
Tensor op(const char* name, const Arg& x, const Arg& y) { return apply(*find_op(name), x, y); }
/// clamp_min of a number, as a node of that form.
Tensor at_least(const Tensor& x, double least) { return apply_form(*find_op("clamp_min"), 1, x, least); }
double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

/// The losses' mean, sum, or they themselves, as operators.
Tensor finished(const Tensor& losses, Reduction reduction) {
  return reduction == Reduction::none ? losses : op(reduction == Reduction::mean ? "mean" : "sum", losses);
}

std::vector<bool> only(std::size_t rank, std::int64_t dim) {
  std::vector<bool> dims(rank, false);
  if (rank) dims[wrap_dim(dim, rank)] = true;
  return dims;
}

Tensor distance(const Tensor& x, const Tensor& y, const Arg& p, double eps, bool keepdim) {
  const auto rank = static_cast<std::int64_t>(std::max(x->dim(), y->dim()));
  return apply(*find_op("norm"), (x - y) + eps, p.is_none() ? Arg(2.0) : p, Dims{std::max<std::int64_t>(rank - 1, 0)}, keepdim);
}

/// The gradient that comes to each single loss where `count` of them were averaged.
double averaged(const Backward& b, int size_average, double count) {
  const Arg &average = b.arg(size_average), &reduce = b.arg(size_average + 1);
  const bool old = !average.is_none() || !reduce.is_none();  // these two count before `reduction`; forward has warned of them
  return (old ? flag_or_true(average) && flag_or_true(reduce) : reduction_from({}, {}, b.arg(size_average + 2)) == Reduction::mean) ? count : 1;
}
Tensor per_loss(const Backward& b, int size_average, double count) {
  count = averaged(b, size_average, count);
  return count == 1 ? b.g : b.g / count;
}

// ---- multi_margin_loss: input, target, p, margin, weight, size_average, reduce, reduction ----

/// Ones at the targets' classes.
Tensor one_hot_of(const Tensor& target, const Dims& sizes, DType dtype) {
  const Tensor out = zeros(sizes, dtype), wanted = contiguous(target);
  const std::int64_t classes = sizes.back();
  for (std::int64_t i = 0; i < wanted->numel; ++i) set_element(*out, i * classes + wanted->data_as<std::int64_t>()[i], Scalar::of(1));
  return out;
}

void need_long(const Tensor& target) {
  if (target->dtype != DType::int64) fail("RuntimeError", "expected scalar type Long but found ", legacy_name(target->dtype));
}

void need_rows(const TensorImpl& x) {
  if (x.dim() > 2 || (x.dim() && x.sizes.back() == 0)) fail("RuntimeError", "Expected non-empty vector or matrix with optional 0-dim batch size, but got: ", x.sizes);
}

void check_multi_margin(const Call& c) {
  const Tensor x = c.tensor(0), target = c.tensor(1);
  const double p = c.has(2) ? c[2].real() : 1;
  if (p != 1 && p != 2) fail("ValueError", "only p == 1 and p == 2 supported");
  if (c.has(4) && c[4].impl()->dim() != 1) fail("ValueError", "weight must be one-dimensional");
  need_rows(*x);
  const std::int64_t rows = x->dim() == 2 ? x->sizes[0] : 1;
  if (target->numel != rows || target->dim() > 1) fail("RuntimeError", "inconsistent target size, got: ", target->sizes);
  if (!is_floating(x->dtype)) not_implemented_for("multi_margin_loss_cpu_kernel", x->dtype);
  need_long(target);
  for (std::int64_t i = 0; i < target->numel; ++i) {
    const std::int64_t k = element(*target, offset_of(*target, i)).to_int();
    if (k < 0 || k >= (x->dim() ? x->sizes.back() : 1)) fail("RuntimeError", "target out of range");
  }
}

/// Per class the margin that is not kept, zero at the target; and the weight of each row's target.
struct Margins {
  Tensor hot, missed, weight;
  Margins(const Tensor& x, const Tensor& target, double margin, const Tensor& weights)
      : hot(in_lanes({target}, [&](const std::vector<Tensor>& from) { return one_hot_of(from[0], x->sizes, x->dtype); })) {
    const std::vector<bool> last = only(x->dim(), -1);
    const Tensor own = sum(x * hot, last, true);
    missed = op("clamp_min", (x - own + margin) * (1 - hot), 0);
    if (weights) weight = sum(hot * weights, last, true);
  }
};

/// A lone number counts as a row of one class.
Tensor as_row_of_one(const Tensor& x) { return x->dim() ? x : reshape_to(x, {1}); }

/// f(row, class, target, z) for each class that comes within the margin of the row's target, by z; in PyTorch's order and roundings.
template <class T, class F>
void for_each_missed(const Tensor& x, const Tensor& target, T margin, F f) {
  const Tensor rows = contiguous(x), wanted = contiguous(target);
  const std::int64_t classes = rows->sizes.back();
  const T* row = rows->data_as<T>();
  for (std::int64_t r = 0; r < wanted->numel; ++r, row += classes) {
    const std::int64_t own = wanted->data_as<std::int64_t>()[r];
    for (std::int64_t k = 0; k < classes; ++k) {
      const T z = margin - row[own] + row[k];
      if (k != own && z > 0) f(r, k, own, z);
    }
  }
}
template <class T>
T weight_of(const Tensor& weights, std::int64_t k) { return weights ? static_cast<T>(element(*weights, k * weights->strides[0]).to_double()) : T(1); }

/// Losses of rows as their mean or sum, which PyTorch adds up in double; or as they are; divided by `parts`.
Tensor of_rows(const Tensor& losses, bool is_single, Reduction reduction, double parts = 1) {
  if (reduction == Reduction::none) return (is_single ? reshape_to(losses, {}) : losses) / parts;
  double sum = 0;
  for (std::int64_t r = 0; r < losses->numel; ++r) sum += element(*losses, r).to_double();
  sum /= parts;
  return full({}, Scalar::of(reduction == Reduction::mean ? sum / static_cast<double>(losses->numel) : sum), losses->dtype);
}

Tensor multi_margin(Call& c) {
  const Reduction reduction = reduction_from(c[5], c[6], c[7]);
  check_multi_margin(c);
  const GradMode off(false);
  const Tensor x = as_row_of_one(c.tensor(0)), weights = c.tensor(4), losses = zeros({c.tensor(1)->numel}, x->dtype);
  const bool squares = c.has(2) && c[2].real() == 2;
  with_floats(x->dtype, [&]<class T>(T*) {
    T* const out = losses->data_as<T>();
    for_each_missed<T>(x, c.tensor(1), static_cast<T>(real_or(c[3], 1)), [&](std::int64_t r, std::int64_t, std::int64_t own, T z) {
      out[r] += (squares ? z * z : z) * weight_of<T>(weights, own);
    });
    for (std::int64_t r = 0; r < losses->numel; ++r) out[r] /= static_cast<T>(x->sizes.back());
  });
  return of_rows(losses, c[1].impl()->dim() == 0, reduction);
}

Tensor multi_margin_gradient(const Backward& b) {
  const Tensor x = as_row_of_one(b.x()), weights = b.arg(4).tensor();
  const std::vector<bool> last = only(x->dim(), -1);
  const bool squares = !b.arg(2).is_none() && b.arg(2).real() == 2;
  const double rows = x->dim() == 2 ? static_cast<double>(x->sizes[0]) : 1, margin = real_or(b.arg(3), 1);
  if (!grad_enabled()) {
    const Tensor slope = zeros(x->sizes, x->dtype);
    with_floats(x->dtype, [&]<class T>(T*) {
      const T share = static_cast<T>(1 / (averaged(b, 5, rows) * static_cast<double>(x->sizes.back())));
      T* const out = slope->data_as<T>();
      for_each_missed<T>(x, b.y(), static_cast<T>(margin), [&](std::int64_t r, std::int64_t k, std::int64_t own, T z) {
        const T step = (squares ? 2 * share * z : share) * weight_of<T>(weights, own);
        out[r * x->sizes.back() + k] = step;
        out[r * x->sizes.back() + own] -= step;
      });
    });
    return reshape_to(slope * (b.g->dim() == 1 && x->dim() == 2 ? unsqueeze_at(b.g, 1) : b.g), b.sizes());
  }
  const Margins m(x, b.y(), margin, weights);
  Tensor slope = to_dtype(gt(m.missed, 0), x->dtype);
  if (squares) slope = m.missed * 2;
  if (m.weight) slope = slope * m.weight;
  slope = slope - m.hot * sum(slope, last, true);
  const Tensor g = per_loss(b, 5, rows);
  return reshape_to((g->dim() == 1 && x->dim() == 2 ? unsqueeze_at(g, 1) : g) * slope / static_cast<double>(x->sizes.back()), b.sizes());
}

// ---- multilabel_margin_loss: input, target, size_average, reduce, reduction ----

/// The loss of each row, not yet divided by the number of classes, and, where wanted, its slope: for each wanted class and each other one, how much the margin of 1 is missed by.
Tensor multilabel_margin(const Tensor& given, const Tensor& target, const Tensor& slope, double share = 1) {
  const Tensor x = contiguous(given), wanted = contiguous(target);
  const std::int64_t classes = x->dim() ? x->sizes.back() : 1, rows = x->dim() == 2 ? x->sizes[0] : 1;
  const Tensor losses = zeros({rows}, x->dtype);
  for (std::int64_t r = 0; r < rows; ++r) {
    const auto* labels = wanted->data_as<std::int64_t>() + r * classes;
    std::vector<bool> is_label(static_cast<std::size_t>(classes), false);
    std::int64_t count = 0;
    while (count < classes && labels[count] >= 0) {
      if (labels[count] >= classes) fail("RuntimeError", "argument #2 target out of range");
      is_label[labels[count++]] = true;
    }
    double loss = 0;
    const auto missed_by = [&](std::int64_t own, std::int64_t other) {
      return with_floats(x->dtype, [&]<class T>(T*) { return static_cast<double>(1 - x->data_as<T>()[r * classes + own] + x->data_as<T>()[r * classes + other]); });
    };
    for (std::int64_t k = 0; k < count; ++k) {
      for (std::int64_t i = 0; i < classes; ++i) {
        if (is_label[i]) continue;
        const double missed = missed_by(labels[k], i);
        if (!(missed > 0)) continue;
        loss += missed;
        if (!slope) continue;
        const auto add = [&](std::int64_t at, double step) { set_element(*slope, at, Scalar::of(element(*slope, at).to_double() + step)); };
        add(r * classes + labels[k], -share);
        add(r * classes + i, share);
      }
    }
    set_element(*losses, r, Scalar::of(loss));
  }
  return losses;
}

}  // namespace

const OpDef kPairwiseDistance{
    .name = "pairwise_distance",
    .signatures = {{"pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False)"}},
    .spellings = kTorch | kFunctional,
    .doc = "The distance between vectors, row by row.",
    .latex = R"(\|x - y + \epsilon\|_p)",
    .forward = [](Call& c) { return distance(c.tensor(0), c.tensor(1), c[2], real_or(c[3], 1e-6), c.flag(4)); },
    .composite = true,
    .in_c = true,
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), 1.0, keepdim=True"},
};

const OpDef kCosineSimilarity{
    .name = "cosine_similarity",
    .signatures = {{"cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)"}},
    .spellings = kTorch | kFunctional,
    .doc = "The cosine of the angle between vectors.",
    .latex = R"(\frac{x \cdot y}{\|x\| \|y\|})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const Dims sizes = broadcast(x->sizes, y->sizes);
          const DType type = c.operands_type();
          if (!is_floating(type)) fail("RuntimeError", "expected common dtype to be floating point, yet common dtype is ", legacy_name(type));
          const std::int64_t dim = wrap_dim(c.integer(2, 1), sizes.size());
          const double eps = real_or(c[3], 1e-8);
          const auto unit = [&](const Tensor& given) {
            const Tensor v = expand_to(to_dtype(given, type), sizes);
            const Tensor squares = clone(sum(pow(v, 2), only(sizes.size(), dim), true));
            {
              const GradMode off(false);  // gradients pass as if nothing were clamped
              copy_into(squares, op("clamp_min", squares, eps * eps));
            }
            return v / sqrt(squares);
          };
          return sum(unit(x) * unit(y), only(sizes.size(), dim), false);
        },
    .composite = true,
    .in_c = true,
    .samples = {"f(2, 3), f(2, 3)", "f(3), f(3), 0"},
};

const OpDef kKlDiv{
    .name = "kl_div",
    .signatures = {{"kl_div(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean', bool log_target=False)"}},
    .spellings = kFunctional,
    .doc = "How far the distribution whose logarithm is input lies from target; 'batchmean' divides by the batch alone.",
    .latex = R"(\sum_i y_i (\ln y_i - x_i))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const bool batch = c[4].kind() == Arg::Kind::text && c[4].text() == "batchmean" && !c.has(2) && !c.has(3);
          const Reduction reduction = batch ? Reduction::sum : reduction_from(c[2], c[3], c[4]);
          if (reduction == Reduction::mean && !c.has(2) && !c.has(3)) {
            warn_once("UserWarning",
                 "reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL "
                 "div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.");
          }
          if (!is_floating(x->dtype) || !is_floating(y->dtype)) fail("RuntimeError", "kl_div: Integral inputs not supported.");
          const Tensor losses = c.flag(5) ? exp(y) * (y - x) : op("xlogy", y, y) - y * x;
          const Tensor out = finished(losses, reduction);
          return c[4].kind() == Arg::Kind::text && c[4].text() == "batchmean" && x->dim() ? out / Arg(x->sizes[0]) : out;  // Python's number, so DivBackward0
        },
    .composite = true,
    .samples = {"f(2, 3), p(2, 3)", "f(2, 3), f(2, 3), reduction='batchmean', log_target=True"},
};

const OpDef kPoissonNllLoss{
    .name = "poisson_nll_loss",
    .signatures = {{"poisson_nll_loss(Tensor input, Tensor target, bool log_input=True, bool full=False, bool? size_average=None, float eps=1e-08, bool? reduce=None, str "
                    "reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "Minus the log-probability of counts, whose expected values (or their logarithms) are input.",
    .latex = R"(\frac{1}{n} \sum_i e^{x_i} - y_i x_i)",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[4], c[6], c[7]);
          const Tensor x = c.tensor(0), y = c.tensor(1);
          Tensor losses = flag_or_true(c[2]) ? exp(x) - y * x : x - y * log(x + real_or(c[5], 1e-8));
          if (c.flag(3)) {
            const Tensor stirling = y * log(y) - y + 0.5 * log(2 * std::numbers::pi * y);
            losses = losses + where(ge(1.0, y), 0.0, stirling);
          }
          return finished(losses, reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), p(2, 3)", "p(3), p(3) + 1.0, False, True, reduction='sum'"},
};

const OpDef kGaussianNllLoss{
    .name = "gaussian_nll_loss",
    .signatures = {{"gaussian_nll_loss(Tensor input, Tensor target, Tensor var, bool full=False, float eps=1e-06, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "Minus the log-probability of targets that lie normally around input with variance var.",
    .latex = R"(\frac{1}{2 n} \sum_i \ln v_i + \frac{(x_i - y_i)^2}{v_i})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          Tensor var = c.tensor(2);
          if (!(var->sizes == x->sizes)) {
            Dims shorter = x->sizes, line = x->sizes;
            if (!shorter.empty()) {
              shorter.erase(shorter.size() - 1);
              line[line.size() - 1] = 1;
            }
            if (var->sizes == shorter) var = unsqueeze_at(var, -1);
            else if (!(var->sizes == line)) fail("ValueError", "var is of incorrect size");
          }
          const std::string& word = c[5].text();
          if (word != "none" && word != "mean" && word != "sum") fail("ValueError", word, " is not valid");
          for (std::int64_t i = 0; i < var->numel; ++i) {
            if (element(*var, offset_of(*var, i)).to_double() < 0) fail("ValueError", "var has negative entry/entries");
          }
          if (!is_floating(var->dtype)) refuse_cast(default_dtype(), c_name(var->dtype));
          var = clone(var);
          {
            const GradMode off(false);
            copy_in_place(var, Arg(op("clamp_min", var, real_or(c[4], 1e-6))));
          }
          const Tensor miss = x - y;
          Tensor losses = Arg(0.5) * (log(var) + pow(miss, 2) / var);
          if (c.flag(3)) losses = losses + Arg(0.5 * std::log(2 * std::numbers::pi));
          const Reduction reduction = reduction_from({}, {}, c[5]);
          return finished(losses, reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), f(2, 3), p(2, 3)", "f(2, 3), f(2, 3), p(2), True, reduction='sum'"},
};

const OpDef kHingeEmbeddingLoss{
    .name = "hinge_embedding_loss",
    .signatures = {{"hinge_embedding_loss(Tensor input, Tensor target, float margin=1.0, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "The input where the target is 1, what it misses the margin by where it is -1, averaged.",
    .latex = R"(\frac{1}{n} \sum_i x_i\,[y_i = 1] + \max(0, m - x_i)\,[y_i = -1])",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[3], c[4], c[5]);
          const Tensor x = c.tensor(0), y = c.tensor(1);
          const Tensor missed = op("clamp_min", full({}, Scalar::of(real_or(c[2], 1)), x->dtype) - x, 0), none = zeros(x->sizes, x->dtype);
          return finished(where(eq(y, 1), none, missed) + where(eq(y, -1), none, x), reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), b(2, 3) * 2 + -1"},
};

const OpDef kMarginRankingLoss{
    .name = "margin_ranking_loss",
    .signatures = {{"margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "By how much input1 is not ranked above input2 (target 1) or below it (target -1), averaged.",
    .latex = R"(\frac{1}{n} \sum_i \max(0, -y_i (x_{1 i} - x_{2 i}) + m))",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[4], c[5], c[6]);
          const Tensor x = c.tensor(0), y = c.tensor(1), target = c.tensor(2);
          if (x->dim() != y->dim() || x->dim() != target->dim()) {
            fail("RuntimeError", "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: torch.Size(", x->sizes, "), input2: torch.Size(",
                 y->sizes, "), target: torch.Size(", target->sizes, ") ");
          }
          return finished(at_least((-target) * (x - y) + real_or(c[3], 0), 0), reduction);
        },
    .composite = true,
    .samples = {"f(3), f(3), f(3), 0.5"},
};

const OpDef kMultiMarginLoss{
    .name = "multi_margin_loss",
    .signatures = {{"multi_margin_loss(Tensor input, Tensor target, Number p=1, float margin=1.0, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str "
                    "reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "By how much other classes come within the margin of the target's, averaged.",
    .latex = R"(\frac{1}{n} \sum_{k \ne y} \max(0, m - x_y + x_k)^p)",
    .forward = multi_margin,
    .gradients = {gradient(multi_margin_gradient, R"(\frac{g}{n}\,[m - x_y + x_k > 0])"), not_differentiable("a class is a whole number"), not_differentiable(""),
                  not_differentiable(""), not_differentiable("a weight is a constant")},
    .tangent = no_forward_mode,
    .samples = {"f(2, 3), i(2)", "f(2, 3), i(2), 2, 0.7", "f(3), i(), reduction='sum'", "f(2, 3), i(2), reduction='none'"},
    .failures = {{"torch.nn.functional.multi_margin_loss(torch.ones(2, 3), torch.tensor([0, 1]), p=3)", "ValueError: only p == 1 and p == 2 supported"}},
};

const OpDef kMultilabelMarginLoss{
    .name = "multilabel_margin_loss",
    .signatures = {{"multilabel_margin_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "By how much classes that are not among the target's (which end at -1) come within a margin of 1 of those that are.",
    .latex = R"(\frac{1}{n} \sum_{j \in y, k \notin y} \max(0, 1 - x_j + x_k))",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[2], c[3], c[4]);
          const GradMode off(false);
          const TensorImpl &x = *c[0].impl(), &target = *c[1].impl();
          need_rows(x);
          if (x.dim() == 2 ? !(target.sizes == x.sizes) : target.dim() > 1 || target.numel != x.numel) {
            fail("RuntimeError", "inconsistent size ", target.sizes, " for argument #2 'target'");
          }
          const std::int64_t classes = x.dim() ? x.sizes.back() : 1;
          for (std::int64_t i = 0; i < target.numel; ++i) {
            const double k = element(target, offset_of(target, i)).to_double();
            if (k < -1 || k >= static_cast<double>(classes)) fail("RuntimeError", "argument #2 'target' is out of range");
          }
          if (!is_floating(x.dtype)) not_implemented_for("multilabel_margin_loss_forward_out_frame", x.dtype);
          need_long(c.tensor(1));
          return of_rows(multilabel_margin(c.tensor(0), c.tensor(1), {}), x.dim() < 2, reduction, static_cast<double>(classes));
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const bool many = b.sizes().size() == 2;
                        const double count = averaged(b, 2, many ? static_cast<double>(b.sizes()[0]) : 1) * static_cast<double>(b.sizes().empty() ? 1 : b.sizes().back());
                        const Tensor slope = in_lanes({b.x(), b.y()}, [&](const std::vector<Tensor>& from) {
                          const Tensor out = zeros(b.sizes(), b.dtype());
                          multilabel_margin(from[0], from[1], out, b.dtype() == DType::float32 ? static_cast<double>(static_cast<float>(1 / count)) : 1 / count);
                          return out;
                        });
                        return slope * (b.g->dim() == 1 && many ? unsqueeze_at(b.g, 1) : b.g);
                      },
                      R"(\pm \frac{g}{n})"),
                  not_differentiable("a class is a whole number")},
    .tangent = [](const Forward& f) -> Tensor { return f.refuse("multilabel_margin_loss_forward"); },
    .samples = {"f(2, 3), i(2, 3)", "f(3), i(3)"},
};

const OpDef kSoftMarginLoss{
    .name = "soft_margin_loss",
    .signatures = {{"soft_margin_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "The logistic loss for targets 1 and -1, averaged.",
    .latex = R"(\frac{1}{n} \sum_i \ln(1 + e^{-y_i x_i}))",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[2], c[3], c[4]);
          const GradMode off(false);
          const Tensor x = c.tensor(0), y = to_dtype(c.tensor(1), x->dtype), turned = -x;
          const Dims sizes = broadcast(x->sizes, y->sizes);
          if (!(sizes == x->sizes)) fail("RuntimeError", "output with shape ", x->sizes, " doesn't match the broadcast shape ", sizes);
          if (!is_floating(x->dtype)) refuse_cast(float_type(c[1].impl()->dtype), legacy_name(x->dtype));
          return finished(log(exp(turned * y) + 1), reduction);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Tensor y = b.y(), z = exp(-y * b.x());  // unsigned targets wrap around, in PyTorch too
                        return made_by(Maker::soft_margin_loss, to_dtype(y, b.dtype()) * z * (-1 / averaged(b, 2, static_cast<double>(count_elements(b.sizes())))) / (z + 1) * b.g);
                      },
                      R"(-\frac{g}{n} y\, \sigma(-y x))"),
                  not_differentiable("a target is a constant")},
    .samples = {"f(2, 3), i(2, 3) * 2 + -1", "f(3), i(3), reduction='none'"},
};

const OpDef kMultilabelSoftMarginLoss{
    .name = "multilabel_soft_margin_loss",
    .signatures = {{"multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "The cross entropy of each label for itself, averaged.",
    .latex = R"(-\frac{1}{n} \sum_i y_i \ln \sigma(x_i) + (1 - y_i) \ln \sigma(-x_i))",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[3], c[4], c[5]);
          const Tensor x = c.tensor(0), y = c.tensor(1);
          if (!x->dim()) fail("IndexError", "Dimension specified as -1 but tensor has no dimensions");
          Tensor losses = -(y * op("logsigmoid", x) + (1 - y) * op("logsigmoid", -x));
          if (c.has(2)) losses = losses * c.tensor(2);
          const Tensor rows = sum(losses, only(x->dim(), -1), false) / Arg(x->sizes.back());
          return finished(rows, reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), p(2, 3)", "f(2, 3), p(2, 3), reduction='sum'"},
};

const OpDef kTripletMarginLoss{
    .name = "triplet_margin_loss",
    .signatures = {{"triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "By how much the anchor is not nearer to the positive than to the negative, by the margin, averaged.",
    .latex = R"(\frac{1}{n} \sum_i \max(0, d(a_i, p_i) - d(a_i, n_i) + m))",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from({}, {}, c[7]);
          const double eps = real_or(c[5], 1e-6);
          if (c[0].impl()->dim() != c[1].impl()->dim() || c[1].impl()->dim() != c[2].impl()->dim()) {
            fail("RuntimeError", "All inputs should have same dimension but got ", c[0].impl()->dim(), "D, ", c[1].impl()->dim(), "D and ", c[2].impl()->dim(), "D inputs.");
          }
          const Tensor near = distance(c.tensor(0), c.tensor(1), c[4], eps, false);
          Tensor far = distance(c.tensor(0), c.tensor(2), c[4], eps, false);
          if (c.flag(6)) far = op("minimum", far, distance(c.tensor(1), c.tensor(2), c[4], eps, false));
          return finished(at_least(real_or(c[3], 1) + near - far, 0), reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), f(2, 3), f(2, 3)", "f(2, 3), f(2, 3), f(2, 3), swap=True, reduction='sum'"},
};

const OpDef kCosineEmbeddingLoss{
    .name = "cosine_embedding_loss",
    .signatures = {{"cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0, bool? size_average=None, bool? reduce=None, str reduction='mean')"}},
    .spellings = kFunctional,
    .doc = "How far vectors are from parallel (target 1), or nearer than the margin (target -1), averaged.",
    .latex = R"(\frac{1}{n} \sum_i (1 - \cos_i)\,[y_i = 1] + \max(0, \cos_i - m)\,[y_i = -1])",
    .forward =
        [](Call& c) {
          const Reduction reduction = reduction_from(c[4], c[5], c[6]);
          const Tensor x = c.tensor(0), y = c.tensor(1), target = c.tensor(2);
          if (target->dim() > 1) fail("RuntimeError", "0D or 1D target tensor expected, multi-target not supported");
          const std::size_t wanted = target->dim() + 1;
          if (x->dim() != wanted) {
            fail("RuntimeError", target->dim(), "D target tensor expects ", wanted, "D input tensors, but found inputs with sizes ", x->sizes, " and ", y->sizes, ".");
          }
          constexpr double kEpsilon = 1e-12;
          const std::vector<bool> last = only(x->dim(), -1);
          const Tensor product = sum(x * y, last, false);  // made first, so that its gradient is added last
          const Tensor size = sum(x * x, last, false) + kEpsilon, other_size = sum(y * y, last, false) + kEpsilon, cosine = product / sqrt(size * other_size);
          const Tensor far = op("clamp_min", cosine - real_or(c[3], 0), 0);
          return finished(where(eq(target, 1), 1 - cosine, 0.0) + where(eq(target, -1), far, 0.0), reduction);
        },
    .composite = true,
    .samples = {"f(2, 3), f(2, 3), i(2) * 2 + -1"},
};

const std::vector<const OpDef*>& margin_ops() {
  static const std::vector<const OpDef*> ops{&kPairwiseDistance,  &kCosineSimilarity, &kKlDiv,           &kPoissonNllLoss,       &kGaussianNllLoss,
                                             &kHingeEmbeddingLoss, &kMarginRankingLoss, &kMultiMarginLoss, &kMultilabelMarginLoss, &kSoftMarginLoss,
                                             &kMultilabelSoftMarginLoss, &kTripletMarginLoss, &kCosineEmbeddingLoss};
  return ops;
}

}  // namespace nabla
