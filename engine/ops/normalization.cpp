// What steadies the training of networks: batch_norm, layer_norm, group_norm, instance_norm, local_response_norm; dropout of whole channels
// and alpha_dropout; and embedding.
#include <cmath>

#include "base/format.h"
#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/slopes.h"
#include "ops/linalg.h"
#include "ops/moments.h"
#include "ops/normalization.h"
#include "ops/pooling.h"
#include "tensor/random.h"

namespace nabla {
namespace {

std::vector<bool> all_but_channels(std::size_t rank) {
  std::vector<bool> dims(rank, true);
  dims[1] = false;
  return dims;
}
Dims channel_line(const Dims& sizes) {
  Dims line(sizes.size(), 1);
  line[1] = sizes[1];
  return line;
}

double count_of(const Dims& sizes, const std::vector<bool>& dims) {
  double count = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) count *= static_cast<double>(sizes[i]);
  }
  return count;
}

/// x less its mean, over its deviation, along the marked dimensions; made of operators.
struct Standardized {
  Tensor x, scale;
  Standardized(const Tensor& given, const std::vector<bool>& dims, double eps) {
    const double count = count_of(given->sizes, dims);
    const Tensor centred = given - sum(given, dims, true) / count;
    scale = pow(sum(centred * centred, dims, true) / count + eps, -0.5);
    x = centred * scale;
  }
};

/// Of x in such a standardization, from the gradient of its result.
Tensor standardized_gradient(const Tensor& g, const Standardized& s, const std::vector<bool>& dims) {
  const double count = count_of(s.x->sizes, dims);
  return s.scale * (g - sum(g, dims, true) / count - s.x * (sum(g * s.x, dims, true) / count));
}

/// A weight or bias as contiguous elements of x's type; null where there is none.
template <class T>
struct Line {
  Tensor held;
  const T* data = nullptr;
  Line(const Tensor& given, DType dtype) {
    if (!given) return;
    held = contiguous(cast(given, dtype));
    data = held->data_as<T>();
  }
  T at(std::int64_t i, T otherwise) const { return data ? data[i] : otherwise; }
};

/// Is no graph made of the gradient?
bool is_plain(const Backward& b) { return !grad_enabled() && b.g->dtype == b.x()->dtype; }

/// A gradient with a graph as PyTorch's operator makes it; `of` as for batch_norm_slope and layer_norm_slope.
Tensor made(const Backward& b, Maker maker, const Tensor& slope, int of) {
  if (b.g->dtype != b.x()->dtype) return made_by(maker, slope);
  return made_by(maker, slope, [&] { return maker == Maker::batch_norm ? batch_norm_slope(b, of) : layer_norm_slope(b, of); });
}

double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

Tensor times(const Tensor& g, const Backward& b, int weight, const Dims& line) {
  return b.arg(weight).is_tensor() ? g * reshape_to(b.input(weight), line) : g;
}

// ---- batch_norm: input, weight, bias, running_mean, running_var, training, momentum, eps ----

/// running = (1 - momentum) running + momentum value, of which values of float are rounded in between; `fuses`: but not the second product.
/// `wide`: in double.
void mix_in(const Tensor& running, const Tensor& value, double momentum, bool fuses, bool wide) {
  if (!running) return;
  const Tensor mixed = copy(running);
  with_floats(running->dtype, [&]<class T>(T*) {
    for (std::int64_t i = 0; i < mixed->numel; ++i) {
      T& to = mixed->data_as<T>()[i];
      const T share = static_cast<T>(momentum), part = static_cast<T>(value->data_as<double>()[i]), rest = static_cast<T>(1 - momentum) * to;
      const T product = share * part;
      to = wide ? static_cast<T>(momentum * value->data_as<double>()[i] + (1 - momentum) * to) : fuses ? fused(share, part, rest) : rest + product;
    }
  });
  copy_into(running, mixed);
  changed_in_place(running, {});
}

void check_batch_norm(const Call& c) {
  const TensorImpl& x = *c[0].impl();
  const bool training = c.flag(5);
  const std::int64_t channels = x.dim() > 1 ? x.sizes[1] : 0;
  constexpr const char* kNames[] = {"", "weight", "bias", "running_mean", "running_var"};
  if (!training) {
    for (int i : {3, 4}) {
      if (!c.has(i)) fail("RuntimeError", kNames[i], " must be defined in evaluation mode");
    }
  }
  for (int i : {3, 4, 1, 2}) {
    if (c.has(i) && c[i].impl()->numel != channels) fail("RuntimeError", kNames[i], " should contain ", channels, " elements not ", c[i].impl()->numel);
  }
}

/// Parameters of another type than x: PyTorch goes by the first of them.
void check_batch_norm_types(const Call& c) {
  const DType dtype = c[0].impl()->dtype;
  const TensorImpl *first = nullptr, *other = nullptr;
  bool floats = true;
  for (int i : {1, 2, 3, 4}) {
    if (!c.has(i)) continue;
    if (!first) first = c[i].impl();
    if (c[i].impl()->dtype != dtype) other = c[i].impl();
    floats = floats && c[i].impl()->dtype == DType::float32;
  }
  if (!other) return;
  if (first->dtype == dtype) fail("RuntimeError", "expected scalar type ", legacy_name(dtype), " but found ", legacy_name(other->dtype));
  fail("RuntimeError", "mixed dtype (CPU): expect ", floats ? "input" : "parameter", " to have scalar type of ", floats ? "BFloat16" : "Float");
}

/// The same for layer_norm and group_norm: weight and bias, arguments 2 and 3.
void check_affine_types(const Call& c) {
  for (int i : {2, 3}) {
    if (c.has(i) && c[i].impl()->dtype != c[0].impl()->dtype) {
      fail("RuntimeError", "expected scalar type ", legacy_name(c[0].impl()->dtype), " but found ", legacy_name(c[i].impl()->dtype));
    }
  }
}

Tensor batch_normalized(Call& c) {
  const Tensor x = c.tensor(0);
  check_batch_norm(c);
  if (x->dim() < 2) fail("IndexError", "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
  const bool training = c.flag(5);
  if (!is_floating(x->dtype)) not_implemented_for("batch_norm", x->dtype);
  check_batch_norm_types(c);
  const Dims line = channel_line(x->sizes);
  const double eps = real_or(c[7], 1e-5);
  const std::int64_t channels = x->sizes[1], inner = x->numel && channels ? x->numel / x->sizes[0] / channels : 0, count = x->sizes[0] * inner;
  const Tensor in = contiguous(x), out = empty(x->sizes, x->dtype);
  const bool spread = !x->is_contiguous();  // then PyTorch goes another way
  const GradMode off(false);
  const Tensor middles = spread && training ? sum(x, all_but_channels(x->dim()), false) / static_cast<double>(count) : Tensor();
  const Tensor means = empty({channels}, DType::float64), variances = empty({channels}, DType::float64);  // for the running statistics
  with_floats(x->dtype, [&]<class T>(T*) {
    const Line<T> weight(c.tensor(1), x->dtype), bias(c.tensor(2), x->dtype), mean(training ? Tensor() : c.tensor(3), x->dtype), variance(training ? Tensor() : c.tensor(4), x->dtype);
    for (std::int64_t k = 0; k < channels; ++k) {
      const auto at = [&](const Tensor& of, std::int64_t n) { return of->data_as<T>() + (n * channels + k) * inner; };
      if (spread) {
        const SpreadMoments<T> m(in->data_as<T>(), x->sizes[0], channels, inner, k, training ? middles->data_as<T>()[k] : mean.data[k]);
        means->data_as<double>()[k] = m.mean;
        variances->data_as<double>()[k] = m.squares / static_cast<double>(count - 1);
        const T scale = training ? m.scale(count, eps) : 1 / std::sqrt(variance.data[k] + static_cast<T>(eps));
        for (std::int64_t n = 0; n < x->sizes[0]; ++n) {
          for (std::int64_t i = 0; i < inner; ++i) at(out, n)[i] = (at(in, n)[i] - m.mean) * scale * weight.at(k, 1) + bias.at(k, 0);
        }
        continue;
      }
      const BatchMoments<T> m = training ? BatchMoments<T>(in->data_as<T>(), x->sizes[0], channels, inner, k) : BatchMoments<T>{mean.data[k], 0};
      means->data_as<double>()[k] = m.mean;
      variances->data_as<double>()[k] = m.squares / static_cast<T>(count - 1);
      const T scale = training ? m.scale(static_cast<T>(count), eps) : 1 / std::sqrt(variance.data[k] + static_cast<T>(eps));
      const T slope = scale * weight.at(k, 1), shift = fused(-m.mean, slope, bias.at(k, 0));
      for (std::int64_t n = 0; n < x->sizes[0]; ++n) {
        for (std::int64_t i = 0; i < inner; ++i) at(out, n)[i] = fused(at(in, n)[i], slope, shift);
      }
    }
  });
  if (training) {
    const double momentum = real_or(c[6], 0.1);
    mix_in(c.tensor(3), means, momentum, false, spread);
    if (c.has(4)) mix_in(c.tensor(4), variances, momentum, true, spread);
  }
  return out;
}

Tensor batch_standardized(const Backward& b) {
  const Tensor x = b.x();
  const Dims line = channel_line(x->sizes);
  const double eps = real_or(b.arg(7), 1e-5);
  if (!b.arg(5).is_none() && b.arg(5).integer()) return Standardized(x, all_but_channels(x->dim()), eps).x;
  return (x - reshape_to(b.input(3), line)) * pow(reshape_to(b.input(4), line) + eps, -0.5);
}

// ---- layer_norm: input, normalized_shape, weight, bias, eps ----

std::vector<bool> last_dims(std::size_t rank, std::size_t count, bool others = false) {
  std::vector<bool> dims(rank, others);
  for (std::size_t i = rank - count; i < rank; ++i) dims[i] = !others;
  return dims;
}

Tensor layer_normalized(Call& c) {
  const Tensor x = c.tensor(0);
  const Dims& shape = c[1].ints();
  if (shape.empty()) {
    fail("RuntimeError", "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []");
  }
  for (int i : {2, 3}) {
    if (c.has(i) && !(c[i].impl()->sizes == shape)) {
      const char* const name = i == 2 ? "weight" : "bias";
      fail("RuntimeError", "Expected ", name, " to be of same shape as normalized_shape, but got ", name, " of shape ", c[i].impl()->sizes, " and normalized_shape = ", shape);
    }
  }
  bool fits = x->dim() >= shape.size();
  for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = x->sizes[x->dim() - shape.size() + i] == shape[i];
  if (!fits) {
    std::string wanted = "[*";
    for (std::int64_t size : shape) wanted += cat(", ", size);
    fail("RuntimeError", "Given normalized_shape=", shape, ", expected input with shape ", wanted, "], but got input of size", x->sizes);
  }
  if (!is_floating(x->dtype)) not_implemented_for("LayerNormKernelImpl", x->dtype);
  check_affine_types(c);
  const Tensor in = contiguous(x), out = empty(x->sizes, x->dtype);
  const std::int64_t length = count_elements(shape);
  with_floats(x->dtype, [&]<class T>(T*) {
    const Line<T> weight(c.tensor(2), x->dtype), bias(c.tensor(3), x->dtype);
    const T* row = in->data_as<T>();
    T* to = out->data_as<T>();
    for (const T* const end = row + x->numel; row < end; row += length, to += length) {
      const Moments<T> m = moments_of(row, length);
      const T scale = 1 / std::sqrt(m.squares / static_cast<T>(length) + static_cast<T>(real_or(c[4], 1e-5)));
      for (std::int64_t i = 0; i < length; ++i) to[i] = fused(fused(row[i], scale, -scale * m.mean), weight.at(i, 1), bias.at(i, 0));
    }
  });
  return out;
}

Standardized layer_standardized(const Backward& b) {
  return {b.x(), last_dims(b.sizes().size(), b.arg(1).ints().size()), real_or(b.arg(4), 1e-5)};
}

// ---- group_norm: input, num_groups, weight, bias, eps ----

Dims grouped(const Dims& sizes, std::int64_t groups) {
  const std::int64_t per_item = sizes[0] ? count_elements(sizes) / sizes[0] : 0;
  return {sizes[0], groups, groups ? per_item / groups : 0};
}

Tensor group_normalized(Call& c) {
  const Tensor x = c.tensor(0);
  const std::int64_t groups = c.integer(1);
  if (x->dim() == 0) fail("IndexError", "Dimension specified as 0 but tensor has no dimensions");
  if (x->dim() < 2) fail("IndexError", "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
  if (groups <= 0) fail("RuntimeError", "Expected num groups to be greater than 0, got ", groups);
  if (x->sizes[1] % groups) {
    fail("RuntimeError", "Expected number of channels in input to be divisible by num_groups, but got input of shape ", x->sizes, " and num_groups=", groups);
  }
  for (int i : {2, 3}) {
    if (c.has(i) && (c[i].impl()->dim() != 1 || c[i].impl()->numel != x->sizes[1])) {
      fail("RuntimeError", "Expected ", i == 2 ? "weight" : "bias", " to be a vector of size equal to the number of channels in input, but got ", i == 2 ? "weight" : "bias",
           " of shape ", c.has(2) ? c[2].impl()->sizes : Dims{0}, " and input of shape ", x->sizes);
    }
  }
  if (!is_floating(x->dtype)) not_implemented_for("GroupNormKernelImpl", x->dtype);
  check_affine_types(c);
  const Tensor in = contiguous(x), out = empty(x->sizes, x->dtype);
  if (x->numel == 0) return out;
  const std::int64_t inner = x->numel / x->sizes[0] / x->sizes[1], per_group = x->sizes[1] / groups, length = inner * per_group;
  with_floats(x->dtype, [&]<class T>(T*) {
    const Line<T> weight(c.tensor(2), x->dtype), bias(c.tensor(3), x->dtype);
    const bool plain = !weight.data && !bias.data;
    const T* row = in->data_as<T>();
    T* to = out->data_as<T>();
    for (std::int64_t g = 0; g < x->sizes[0] * groups; ++g, row += length, to += length) {
      const Moments<T> m = moments_of(row, length);
      const T scale = 1 / std::sqrt(std::max(m.squares / static_cast<T>(length), T(0)) + static_cast<T>(real_or(c[4], 1e-5)));
      for (std::int64_t i = 0; i < length; ++i) {
        const std::int64_t k = g % groups * per_group + i / inner;
        const T slope = scale * weight.at(k, 1);
        to[i] = plain ? (row[i] - m.mean) * scale : fused(slope, row[i], -slope * m.mean + bias.at(k, 0));
      }
    }
  });
  return out;
}

Standardized group_standardized(const Backward& b) {
  return {reshape_to(b.x(), grouped(b.sizes(), b.arg(1).integer())), {false, false, true}, real_or(b.arg(4), 1e-5)};
}

// ---- dropout ----

void check_probability(const Arg& given) {
  if (given.is_none() || (given.real() >= 0 && given.real() <= 1)) return;
  fail("ValueError", "dropout probability has to be between 0 and 1, but got ", given.kind() == Arg::Kind::real ? shortest(given.real()) : std::to_string(given.integer()));
}

Tensor keep_mask(const Dims& sizes, DType dtype, double p) {
  const Tensor out = empty(sizes, dtype);
  fill_bernoulli(out, 1 - p, default_generator());
  return out;
}

/// One mask element for each channel. Arguments: input, p, training, inplace. Writes into x when it is to be changed in place.
Tensor drop_channels(Call& c) {
  const Tensor x = c.tensor(0);
  const double p = real_or(c[1], 0.5);
  check_probability(c[1]);
  if (p == 0 || !flag_or_true(c[2]) || x->numel == 0) return x;
  if (p == 1 && !c.flag(3)) return x * zeros({}, x->dtype);
  if (x->dim() < 2) fail("RuntimeError", "Feature dropout requires at least 2 dimensions in the input");
  Dims sizes(x->dim(), 1);
  for (int i = 0; i < 2; ++i) sizes[i] = x->sizes[i];
  const Tensor kept = keep_mask(sizes, x->dtype, p);
  if (!is_floating(x->dtype) && p < 1) refuse_cast(DType::float32, legacy_name(x->dtype));
  const Tensor mask = p == 1 ? zeros_like(kept) : kept / (1 - p);
  Call mul(*find_op("mul"));
  mul.count = 2;
  mul.args[0] = c[0];
  mul.args[1] = Arg(mask);
  return c.flag(3) ? run_in_place(mul) : run(mul);
}

/// The same for items of so many dimensions, or with a batch around them: a single item becomes a batch of one.
Tensor drop_batched(Call& c, std::size_t item_dims) {
  check_probability(c[1]);
  const Tensor x = c.tensor(0);
  if (x->dim() == item_dims + 1) return drop_channels(c);
  Call whole(c.def);
  whole.count = c.count;
  for (int i = 1; i < c.count; ++i) whole.args[i] = c[i];
  if (c.flag(3)) {
    Call wide(*find_op("unsqueeze_"));
    wide.count = 2;
    wide.args[0] = c[0];
    wide.args[1] = Arg(0);
    run(wide);
    whole.args[0] = c[0];
    drop_channels(whole);
    Call narrow(*find_op("squeeze_"), 1);
    narrow.count = 2;
    narrow.args[0] = c[0];
    narrow.args[1] = Arg(0);
    return run(narrow);
  }
  whole.args[0] = Arg(unsqueeze_at(x, 0));
  return squeeze_at(drop_channels(whole), 0);
}
Tensor drop_in_lines(Call& c) {
  const std::size_t rank = c[0].impl()->dim();
  check_probability(c[1]);
  if (rank != 2 && rank != 3) {
    fail("RuntimeError", "dropout1d: Expected 2D or 3D input, but received a ", rank,
         "D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch "
         "dimension (i.e. 2D or 3D inputs).");
  }
  return drop_batched(c, 2);
}

/// A warning where the input has not the dimensions of `space` axes.
void warn_of_dimensions(const Call& c, std::size_t space) {
  check_probability(c[1]);
  const std::size_t rank = c[0].impl()->dim();
  if (rank == space + 1 || rank == space + 2) return;
  const std::string name = cat("dropout", space, "d");
  warn("UserWarning", cat(name, ": Received a ", rank, "-D input to ", name, ", which is deprecated and will result in an error in a future release. To retain the behavior and silence "
                          "this warning, please use dropout instead. Note that ", name, " exists to provide channel-wise dropout on inputs with ", space,
                          " spatial dimensions, a channel dimension, and an optional batch dimension (i.e. ", space + 1, "D or ", space + 2, "D inputs)."));
}
Tensor drop_in_planes(Call& c) {
  warn_of_dimensions(c, 2);
  if (c[0].impl()->dim() == 3) {
    warn("UserWarning", "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input is interpreted as shape (N, C, L), where C is "
                        "the channel dim. This behavior will change in a future release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the "
                        "1D channel-wise dropout behavior, please switch to using dropout1d instead.");
  }
  return drop_channels(c);
}
Tensor drop_in_volumes(Call& c) {
  warn_of_dimensions(c, 3);
  return drop_batched(c, 4);
}

}  // namespace

const OpDef kBatchNormOp{
    .name = "native_batch_norm",
    .signatures = {{"native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps)"}},
    .spellings = 0,
    .doc = "What batch_norm computes.",
    .latex = R"(w \frac{x - \bar{x}}{\sqrt{\sigma^2 + \epsilon}} + b)",
    .forward = batch_normalized,
    .gradients = {gradient(
                      [](const Backward& b) {
                        if (is_plain(b)) return batch_norm_slope(b, 0);
                        const Tensor x = b.x();
                        const Dims line = channel_line(x->sizes);
                        const Tensor g = times(b.g, b, 1, line);
                        const double eps = real_or(b.arg(7), 1e-5);
                        if (b.arg(5).is_none() || !b.arg(5).integer()) return made(b, Maker::batch_norm, g * pow(reshape_to(b.input(4), line) + eps, -0.5), 0);
                        const std::vector<bool> dims = all_but_channels(x->dim());
                        return made(b, Maker::batch_norm, standardized_gradient(g, Standardized(x, dims, eps), dims), 0);
                      },
                      R"(\frac{w}{\sigma} (g - \bar{g} - \hat{x}\, \overline{g \hat{x}}))"),
                  gradient([](const Backward& b) { return is_plain(b) ? batch_norm_slope(b, 1) : made(b, Maker::batch_norm, sum(b.g * batch_standardized(b), all_but_channels(b.g->dim()), false), 1); }, R"(\sum g \hat{x})"),
                  gradient([](const Backward& b) { return is_plain(b) ? batch_norm_slope(b, 2) : made(b, Maker::batch_norm, sum(b.g, all_but_channels(b.g->dim()), false), 2); }, R"(\sum g)"),
                  not_differentiable("running statistics are constants"), not_differentiable("running statistics are constants")},
    .refuse_batch =
        [](const Call& c) {
          if (!c.flag(5) || !c.has(3) || batched_as(*c[3].impl())) return;
          fail("RuntimeError", "Batch norm got a batched tensor as input while the running_mean or running_var, which will be updated in place, were not batched.\nIf you are using a module "
               "and do not need eval mode, please set `track_running_stats` to be False.If you are using a prebuilt module and do not need eval mode, please see the functorch website for "
               "resources on how to patch your module to work with vmap");
        },
    .samples = {"f(4, 2), f(2), f(2), None, None, True, 0.1, 0.01", "f(2, 2, 3), None, None, None, None, True, 0.1, 0.01"},
};

const OpDef kBatchNorm{
    .name = "batch_norm",
    .signatures = {{"batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, "
                    "float eps=1e-5)"}},
    .spellings = kFunctional,
    .doc = "Brings each channel to mean 0 and variance 1 over the batch (or by the running statistics), then scales and shifts it.",
    .latex = R"(w \frac{x - \bar{x}}{\sqrt{\sigma^2 + \epsilon}} + b)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c.flag(5) && x->dim() >= 2) {
            std::int64_t count = x->sizes[0];
            for (std::size_t i = 2; i < x->dim(); ++i) count *= x->sizes[i];
            if (count == 1) fail("ValueError", "Expected more than 1 value per channel when training, got input size torch.Size(", x->sizes, ")");
          }
          Call call(kBatchNormOp);
          call.count = 8;
          constexpr int kOrder[] = {0, 3, 4, 1, 2, 5, 6, 7};
          for (int i = 0; i < 8; ++i) call.args[i] = c[kOrder[i]];
          if (x->numel) return run(call);
          Tensor out = apply(*find_op("clone"), x);
          if (call.has(1)) out = out * apply(*find_op("select"), call[1], 0, 0);
          return call.has(2) ? out + apply(*find_op("select"), call[2], 0, 0) : out;
        },
    .composite = true,
    .samples = {"f(4, 2), None, None, training=True"},
    .failures = {{"torch.nn.functional.batch_norm(torch.ones(1, 3), None, None, training=True)",
                  "ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 3])"},
                 {"torch.nn.functional.batch_norm(torch.ones(2, 3), None, None)", "RuntimeError: running_mean must be defined in evaluation mode"}},
};

const OpDef kLayerNorm{
    .name = "layer_norm",
    .signatures = {{"layer_norm(Tensor input, size normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-5, bool cudnn_enable=True)", "NativeLayerNormBackward0"}},
    .spellings = kTorch | kFunctional,
    .doc = "Brings each item to mean 0 and variance 1 over its last dimensions, then scales and shifts it.",
    .latex = R"(w \frac{x - \bar{x}}{\sqrt{\sigma^2 + \epsilon}} + b)",
    .forward = layer_normalized,
    .gradients = {gradient(
                      [](const Backward& b) {
                        (void)b.input(3);  // PyTorch keeps it
                        if (is_plain(b)) return layer_norm_slope(b, 0);
                        const std::vector<bool> dims = last_dims(b.sizes().size(), b.arg(1).ints().size());
                        return made(b, Maker::layer_norm, standardized_gradient(times(b.g, b, 2, b.arg(1).ints()), layer_standardized(b), dims), 0);
                      },
                      R"(\frac{1}{\sigma} (g w - \overline{g w} - \hat{x}\, \overline{g w \hat{x}}))"),
                  not_differentiable(""),
                  gradient([](const Backward& b) { return is_plain(b) ? layer_norm_slope(b, 2) : made(b, Maker::layer_norm, sum(b.g * layer_standardized(b).x, last_dims(b.g->dim(), b.arg(1).ints().size(), true), false), 2); }, R"(\sum g \hat{x})"),
                  gradient([](const Backward& b) { return is_plain(b) ? layer_norm_slope(b, 3) : made(b, Maker::layer_norm, sum(b.g, last_dims(b.g->dim(), b.arg(1).ints().size(), true), false), 3); }, R"(\sum g)")},
    .samples = {"f(2, 4), (4), f(4), f(4), 0.01", "f(2, 3, 2), (3, 2), None, None, 0.01"},
    .failures = {{"torch.nn.functional.layer_norm(torch.ones(4, 3), (4,))",
                  "RuntimeError: Given normalized_shape=[4], expected input with shape [*, 4], but got input of size[4, 3]"}},
};

const OpDef kGroupNorm{
    .name = "group_norm",
    .signatures = {{"group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-5, bool cudnn_enabled=True)", "NativeGroupNormBackward0"}},
    .spellings = kTorch,
    .doc = "Brings each group of channels of each item to mean 0 and variance 1, then scales and shifts the channels.",
    .latex = R"(w \frac{x - \bar{x}}{\sqrt{\sigma^2 + \epsilon}} + b)",
    .forward = group_normalized,
    .gradients = {gradient(
                      [](const Backward& b) {
                        if (is_plain(b)) return group_norm_slope(b, 0);
                        const Dims sizes = grouped(b.sizes(), b.arg(1).integer());
                        const Tensor g = reshape_to(times(b.g, b, 2, channel_line(b.sizes())), sizes);
                        return reshape_to(standardized_gradient(g, group_standardized(b), {false, false, true}), b.sizes());
                      },
                      R"(\frac{1}{\sigma} (g w - \overline{g w} - \hat{x}\, \overline{g w \hat{x}}))"),
                  not_differentiable(""),
                  gradient([](const Backward& b) { return is_plain(b) ? group_norm_slope(b, 2) : sum(b.g * reshape_to(group_standardized(b).x, b.sizes()), all_but_channels(b.g->dim()), false); }, R"(\sum g \hat{x})"),
                  gradient([](const Backward& b) { return is_plain(b) ? group_norm_slope(b, 3) : sum(b.g, all_but_channels(b.g->dim()), false); }, R"(\sum g)")},
    .samples = {"f(2, 4, 3), 2, f(4), f(4), 0.01", "f(2, 4), 2, None, None, 0.01"},
    .failures = {{"torch.group_norm(torch.ones(2, 5, 3), 2)",
                  "RuntimeError: Expected number of channels in input to be divisible by num_groups, but got input of shape [2, 5, 3] and num_groups=2"}},
};

const OpDef kInstanceNorm{
    .name = "instance_norm",
    .signatures = {{"instance_norm(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor? weight=None, Tensor? bias=None, bool use_input_stats=True, "
                    "float momentum=0.1, float eps=1e-5)"}},
    .spellings = kFunctional,
    .doc = "Brings each channel of each item to mean 0 and variance 1, then scales and shifts it.",
    .latex = R"(w \frac{x - \bar{x}}{\sqrt{\sigma^2 + \epsilon}} + b)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const bool own = flag_or_true(c[5]);
          std::int64_t spatial = 1;
          for (std::size_t i = 2; i < x->dim(); ++i) spatial *= x->sizes[i];
          if (own && spatial == 1) fail("ValueError", "Expected more than 1 spatial element when training, got input size torch.Size(", x->sizes, ")");
          if (x->dim() < 2) fail("IndexError", "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
          const std::int64_t items = x->sizes[0], channels = x->sizes[1];
          Dims sizes = x->sizes;
          sizes[0] = 1;
          sizes[1] = items * channels;
          const auto repeated = [&](int i) { return c.has(i) ? apply(*find_op("repeat"), c.tensor(i), Dims{items}) : Tensor(); };
          Call call(kBatchNormOp);
          call.count = 8;
          call.args[0] = Arg(apply(*find_op("view"), apply(*find_op("contiguous"), x), sizes));
          for (int i = 1; i < 5; ++i) call.args[i] = Arg(repeated(i < 3 ? i + 2 : i - 2));
          call.args[5] = Arg(own);
          call.args[6] = c[6];
          call.args[7] = c[7];
          const Tensor out = apply(*find_op("view"), run(call), x->sizes);
          for (int i : {1, 2}) {
            if (!c.has(i) || !own) continue;
            const GradMode off(false);
            copy_in_place(c.tensor(i), Arg(sum(reshape_to(call.tensor(i + 2), {items, channels}), {true, false}, false) / static_cast<double>(items)));
          }
          return out;
        },
    .composite = true,
    .samples = {"f(2, 2, 3), eps=0.01"},
};

const OpDef kLocalResponseNorm{
    .name = "local_response_norm",
    .signatures = {{"local_response_norm(Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0)"}},
    .spellings = kFunctional,
    .doc = "Divides by a power of the squares' average over neighbouring channels.",
    .latex = R"(\frac{x}{(k + \frac{\alpha}{n} \sum x^2)^{\beta}})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() < 3) fail("ValueError", "Expected 3D or higher dimensionality                          input (got ", x->dim(), " dimensions)");
          if (x->numel == 0) return x;
          const std::int64_t n = c.integer(1);
          const Tensor squares = reshape_to(x * x, {x->sizes[0], 1, x->sizes[1], -1});
          const Tensor framed = apply(*find_op("constant_pad_nd"), squares, Dims{0, 0, n / 2, (n - 1) / 2}, 0);
          Call pool(*find_op("avg_pool2d"));
          pool.count = 7;
          pool.args[0] = Arg(framed);
          pool.args[1] = Arg(Dims{n, 1});
          pool.args[2] = Arg(Dims{1, 1});
          const Tensor average = reshape_to(run(pool), x->sizes);
          return x / pow(average * Arg(real_or(c[2], 1e-4)) + Arg(real_or(c[4], 1)), real_or(c[3], 0.75));
        },
    .composite = true,
    .samples = {"f(1, 3, 2), 2, 0.5"},
};

#define NABLA_DROPOUT(Name, text, run)                                                                                   \
  const OpDef k##Name{                                                                                                \
      .name = text,                                                                                                   \
      .signatures = {{text "(Tensor input, Number p=0.5, bool training=True, bool inplace=False)"}},                  \
      .spellings = kFunctional,                                                                                       \
      .doc = "While training, sets whole channels to zero with probability p and scales the others up.",              \
      .latex = R"(\frac{x\,[u_c < 1 - p]}{1 - p})",                                                                   \
      .forward = run,                                                                                                 \
      .composite = true,                                                                                              \
      .samples = {},                                                                                                  \
  }
NABLA_DROPOUT(Dropout1d, "dropout1d", drop_in_lines);
NABLA_DROPOUT(Dropout2d, "dropout2d", drop_in_planes);
NABLA_DROPOUT(Dropout3d, "dropout3d", drop_in_volumes);
#undef NABLA_DROPOUT

const OpDef kAlphaDropout{
    .name = "alpha_dropout",
    .signatures = {{"alpha_dropout(Tensor input, Number p=0.5, bool training=False, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "Dropout that keeps mean and variance where selu is used.",
    .latex = R"(a (x\,[u < 1 - p] + \alpha' [u \ge 1 - p]) + b)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const double p = real_or(c[1], 0.5);
          check_probability(c[1]);
          if (p == 0 || !c.flag(2) || x->numel == 0) return x;
          const auto times = [&](const Tensor& factors) { return c.flag(3) ? apply_in_place(*find_op("mul"), c[0], factors) : x * factors; };
          if (p == 1) return times(zeros({}, x->dtype));
          constexpr double kAlpha = 1.7580993408473766;
          const double a = 1 / std::sqrt((kAlpha * kAlpha * p + 1) * (1 - p));
          const Tensor kept = keep_mask(x->sizes, x->dtype, p);
          if (!is_floating(x->dtype)) refuse_cast(DType::float32, x->dtype == DType::bool_ ? "Long" : legacy_name(x->dtype));
          const Tensor shift = (kept - 1) * (kAlpha * a) + kAlpha * a * p;
          const Tensor out = times(kept * a);
          return c.flag(3) ? apply_in_place(*find_op("add"), out, shift) : out + shift;
        },
    .composite = true,
    .samples = {},
};

const OpDef kEmbedding{
    .name = "embedding",
    .signatures = {{"embedding(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False)"}},
    .spellings = kFunctional,
    .doc = "The rows of weight that input names.",
    .latex = "w_{x}",
    .forward =
        [](Call& c) {
          const Tensor index = c.tensor(0), weight = c.tensor(1);
          if (c.has(3) && weight->dim() != 2) {
            fail("RuntimeError", "Expected 2-dimensional tensor, but got ", weight->dim(), "-dimensional tensor for argument #1 'self' (while checking arguments for embedding_renorm_)");
          }
          if (weight->dim() != 2) fail("RuntimeError", "'weight' must be 2-D");
          if (c.has(2) && (c.integer(2) >= weight->sizes[0] || c.integer(2) < -weight->sizes[0])) fail("AssertionError", "Padding_idx must be within num_embeddings");
          if (index->dtype != DType::int64 && index->dtype != DType::int32) {
            fail("RuntimeError", "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got ",
                 index->dtype == DType::bool_ ? "CPUBoolType" : cat("torch.", legacy_name(index->dtype), "Tensor"), " instead (while checking arguments for embedding)");
          }
          const Tensor rows = contiguous(cast(index, DType::int64));
          const auto* at = rows->data_as<std::int64_t>();
          for (std::int64_t i = 0; i < rows->numel; ++i) {
            if (at[i] < 0 || at[i] >= weight->sizes[0]) fail("IndexError", "index out of range in self");
          }
          if (c.has(3)) {  // rows that are longer are shortened in the weight itself
            const GradMode off(false);
            for (std::int64_t i = 0; i < rows->numel; ++i) {
              const Tensor row = select(weight, 0, at[i]);
              const double length = item(apply(*find_op("norm"), row, real_or(c[4], 2))).to_double();
              if (length > c[3].real()) copy_into(row, cast(row * (c[3].real() / (length + 1e-7)), row->dtype));
            }
            changed_in_place(weight, {});
          }
          Dims sizes = index->sizes;
          sizes.push_back(weight->sizes[1]);
          const Tensor out = empty(sizes, weight->dtype), from = contiguous(weight);
          const std::int64_t bytes = weight->sizes[1] * item_size(weight->dtype);
          for (std::int64_t i = 0; i < rows->numel; ++i) std::copy_n(from->data() + at[i] * bytes, bytes, out->data() + i * bytes);
          return out;
        },
    .gradients = {not_differentiable("a position is a whole number"),
                  gradient(
                      [](const Backward& b) {
                        const Tensor index = contiguous(cast(b.input(0), DType::int64));
                        Tensor g = b.g;
                        const bool by_count = !b.arg(5).is_none() && b.arg(5).integer();
                        if (!b.arg(2).is_none() || by_count) {
                          std::vector<double> counts(static_cast<std::size_t>(b.sizes(1)[0]), 0);
                          for (std::int64_t i = 0; i < index->numel; ++i) counts[index->data_as<std::int64_t>()[i]] += 1;
                          Dims line = index->sizes;
                          line.push_back(1);
                          const Tensor share = empty(line, g->dtype);
                          const std::int64_t skipped = b.arg(2).is_none() ? b.sizes(1)[0] : b.arg(2).integer() + (b.arg(2).integer() < 0 ? b.sizes(1)[0] : 0);
                          for (std::int64_t i = 0; i < index->numel; ++i) {
                            const std::int64_t row = index->data_as<std::int64_t>()[i];
                            set_element(*share, i, Scalar::of(row == skipped ? 0.0 : by_count ? 1 / counts[row] : 1.0));
                          }
                          g = g * share;
                        }
                        return apply(*find_op("index_put"), zeros(b.sizes(1), g->dtype), Arg(std::vector<Tensor>{index}), g, true);
                      },
                      R"(\sum_{x_k = i} g_k)")},
    .samples = {"i(3), f(2, 3)", "i(2, 2), f(4, 2)"},
    .failures = {{"torch.nn.functional.embedding(torch.tensor([5]), torch.ones(2, 3))", "IndexError: index out of range in self"},
                 {"torch.nn.functional.embedding(torch.tensor([1]), torch.ones(2))", "RuntimeError: 'weight' must be 2-D"}},
};

const std::vector<const OpDef*>& normalization_ops() {
  static const std::vector<const OpDef*> ops{&kBatchNormOp, &kBatchNorm, &kLayerNorm, &kGroupNorm,    &kInstanceNorm, &kLocalResponseNorm,
                                             &kDropout1d,   &kDropout2d, &kDropout3d, &kAlphaDropout, &kEmbedding};
  return ops;
}

}  // namespace nabla
