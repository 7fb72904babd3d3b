// Largest and power means of windows: max_pool1d, max_pool2d, adaptive_max_pool1d and 2d, lp_pool1d and 2d.
#include "ops/pooling.h"

#include <cmath>
#include <limits>

#include "ops/families.h"

namespace nabla {

Tensor squeeze_at(const Tensor& x, std::int64_t dim) {
  Call call(*find_op("squeeze"), 1);
  call.count = 2;
  call.args[0] = Arg(x);
  call.args[1] = Arg(dim);
  return run(call);
}

Dims axes_of(const Arg& given, std::size_t rank, const Dims& otherwise, std::string_view error) {
  if (given.is_none() || given.ints().empty()) return otherwise;
  const Dims& list = given.ints();
  if (list.size() == 1) return Dims(rank, list[0]);
  if (list.size() != rank) fail("RuntimeError", error);
  return list;
}

std::int64_t window_count(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t dilation, bool ceil_mode) {
  const std::int64_t room = size + 2 * padding - dilation * (kernel - 1) - 1 + (ceil_mode ? stride - 1 : 0);
  std::int64_t count = (room < 0 ? -((-room + stride - 1) / stride) : room / stride) + 1;
  if (ceil_mode && (count - 1) * stride >= size + padding) --count;
  return count;
}

namespace {

struct Windows {
  Dims kernel, stride, padding, dilation;
  std::int64_t rows, columns;  // windows
};

Windows windows_of(const Call& c) {
  const auto text = [](const char* name) { return cat("max_pool2d: ", name, " must either be a single int, or a tuple of two ints"); };
  Windows out;
  out.kernel = axes_of(c[1], 2, {}, text("kernel_size"));
  out.stride = axes_of(c[2], 2, out.kernel, "max_pool2d: stride must either be omitted, a single int, or a tuple of two ints");
  out.padding = axes_of(c[3], 2, {0, 0}, text("padding"));
  out.dilation = axes_of(c[4], 2, {1, 1}, text("dilation"));
  const Tensor x = c.tensor(0);
  for (int i = 0; i < 2; ++i) {
    if (out.stride[i] == 0) fail("RuntimeError", "stride should not be zero");
    if (out.kernel[i] <= 0) {
      fail("RuntimeError", "kernel size should be greater than zero, but got kH: ", out.kernel[0], " kW: ", out.kernel[1]);
    }
  }
  for (int i = 0; i < 2; ++i) {
    if (out.dilation[i] <= 0) {
      fail("RuntimeError", "dilation should be greater than zero, but got dilationH: ", out.dilation[0], " dilationW: ", out.dilation[1]);
    }
    if (out.stride[i] < 0) fail("RuntimeError", "stride should be greater than zero, but got dH: ", out.stride[0], " dW: ", out.stride[1]);
    if (out.padding[i] < 0) fail("RuntimeError", "pad must be non-negative, but got pad: ", out.padding[i]);
    if (out.padding[i] > out.kernel[i] / 2) {
      fail("RuntimeError", "pad should be at most half of kernel size, but got pad=", out.padding[i], " and kernel_size=", out.kernel[i]);
    }
  }
  if (x->dim() != 3 && x->dim() != 4) fail("RuntimeError", "non-empty 3D or 4D (batch mode) tensor expected for input");
  const Dims& sizes = x->sizes;
  const std::size_t first = x->dim() - 2;
  const auto count = [&](int i) { return window_count(sizes[first + i], out.kernel[i], out.stride[i], out.padding[i], out.dilation[i], c.flag(5)); };
  out.rows = count(0);
  out.columns = count(1);
  if (out.rows < 1 || out.columns < 1) {
    fail("RuntimeError", "Given input size: (", sizes[first - 1], "x", sizes[first], "x", sizes[first + 1], "). Calculated output size: (", sizes[first - 1], "x",
         out.rows, "x", out.columns, "). Output size is too small");
  }
  return out;
}

/// The largest element of each range of rows and columns, and where it stands in its plane.
template <class Rows, class Columns>
std::vector<Tensor> largest_of(const Tensor& given, std::int64_t rows, std::int64_t columns, const char* kernel, Rows row_at, Columns column_at) {
  if (!is_floating(given->dtype)) not_implemented_for(kernel, given->dtype);
  const Tensor x = contiguous(given);
  const std::int64_t height = x->sizes[x->dim() - 2], width = x->sizes[x->dim() - 1];
  Dims sizes = x->sizes;
  sizes[x->dim() - 2] = rows;
  sizes[x->dim() - 1] = columns;
  const Tensor out = empty(sizes, x->dtype), places = empty(sizes, DType::int64);
  const auto find = [&]<class T>(const T* in, T* to) {
    auto* place = places->data_as<std::int64_t>();
    for (std::int64_t plane = 0; plane < (out->numel > 0 ? out->numel / (rows * columns) : 0); ++plane, in += height * width) {
      for (std::int64_t i = 0; i < rows; ++i) {
        const auto [top, bottom, down] = row_at(i);
        for (std::int64_t j = 0; j < columns; ++j) {
          const auto [left, right, across] = column_at(j);
          std::int64_t best = top * width + left;
          for (std::int64_t a = top; a < bottom; a += down) {
            for (std::int64_t b = left; b < right; b += across) {
              const T v = in[a * width + b];
              if (v > in[best] || std::isnan(v)) best = a * width + b;
            }
          }
          *to++ = in[best];
          *place++ = best;
        }
      }
    }
  };
  if (x->dtype == DType::float32) find(x->data_as<float>(), out->data_as<float>());
  else find(x->data_as<double>(), out->data_as<double>());
  return {out, places};
}

struct Range {
  std::int64_t from, to, step;
};
/// The part of a window that lies inside the input.
Range inside(std::int64_t i, std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t dilation) {
  std::int64_t from = i * stride - padding;
  const std::int64_t to = std::min(from + (kernel - 1) * dilation + 1, size);
  while (from < 0) from += dilation;
  return {from, to, dilation};
}

/// g at the places that out(1) names in each plane.
Tensor to_places(const Backward& b) {
  const Dims& sizes = b.sizes();
  const std::size_t first = sizes.size() - 2;
  const Tensor places = b.out(1);
  const auto flat = [&](const Dims& from) {
    Dims out = from;
    out.resize(first + 1);
    out[first] = from[first] * from[first + 1];
    return out;
  };
  const Tensor zero = zeros(flat(sizes), b.dtype());
  const Tensor added = apply(*find_op("scatter_add"), zero, -1, reshape_to(places, flat(places->sizes)), reshape_to(b.g, flat(b.g->sizes)));
  return reshape_to(added, sizes);
}

std::vector<Tensor> run_pool(const OpDef& def, const Tensor& x, std::initializer_list<Arg> args) {
  Call call(def, 0);
  call.args[call.count++] = Arg(x);
  for (const Arg& arg : args) call.args[call.count++] = arg;
  return run_many(call);
}

/// A list for one axis as a list for two, whose first stands still.
Arg flat_axes(const Arg& arg, std::int64_t still, const char* error) {
  if (arg.is_none() || arg.ints().empty()) return Arg();
  if (arg.ints().size() != 1) fail("RuntimeError", error);
  return Arg(Dims{still, arg.ints()[0]});
}

std::vector<Tensor> with_wanted(std::vector<Tensor> parts, const Arg& return_indices) {
  if (return_indices.is_none() || return_indices.integer() == 0) parts.resize(1);
  return parts;
}

std::int64_t cut(std::int64_t i, std::int64_t in, std::int64_t out) { return i * in / out; }
std::int64_t cut_up(std::int64_t i, std::int64_t in, std::int64_t out) { return (i * in + out - 1) / out; }

/// lp_pool: the power, averages, times the size of the window, the root; relu keeps what rounding made negative from the root.
Tensor power_pool(const Call& c, const char* average, std::int64_t size) {
  const double p = c[1].real();
  Call call(*find_op(average));
  call.count = static_cast<std::uint8_t>(call.def.parsed()[0].parameters.size());
  for (int i = 0; i < call.count; ++i) call.args[i] = call.def.parsed()[0].parameters[i].default_value;
  call.args[0] = Arg(pow(c.tensor(0), c[1]));
  call.args[1] = c[2];
  call.args[2] = c[3];
  call.args[4] = c[4];
  const Tensor mean = run(call);
  const Tensor relu = apply(*find_op("relu"), mean * sign(mean));
  return pow(sign(mean) * relu * static_cast<double>(size), 1 / p);
}

}  // namespace

const OpDef kMaxPool2dWithIndices{
    .name = "max_pool2d_with_indices",
    .signatures = {{"max_pool2d_with_indices(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False)",
                    "MaxPool2DWithIndicesBackward0"}},
    .spellings = kFunctional,
    .doc = "The largest element of each window, and where it stands in its plane.",
    .latex = R"(\max_{k, l} x_{s i + k,\, s j + l})",
    .forward_many =
        [](Call& c) {
          const Windows w = windows_of(c);
          const Dims& sizes = c[0].impl()->sizes;
          const std::size_t first = sizes.size() - 2;
          const auto range = [&](int axis) {
            return [&w, &sizes, first, axis](std::int64_t i) {
              return inside(i, sizes[first + axis], w.kernel[axis], w.stride[axis], w.padding[axis], w.dilation[axis]);
            };
          };
          return largest_of(c.tensor(0), w.rows, w.columns, "max_pool2d", range(0), range(1));
        },
    .gradients = {gradient(to_places, R"(g \text{ at the largest})")},
    .reads_output = true,
    .samples = {"f(1, 2, 4, 4), 2", "f(1, 5, 4), (3, 2), (1, 2), (1, 0)", "f(1, 1, 5, 5), 2, 2, 0, 2, True"},
};

const OpDef kMaxPool2d{
    .name = "max_pool2d",
    .signatures = {{.text = "max_pool2d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False, bool return_indices=False)",
                    .lone = true}},
    .spellings = kTorch | kFunctional,
    .doc = "The largest element of each window.",
    .latex = R"(\max_{k, l} x_{s i + k,\, s j + l})",
    .forward_many =
        [](Call& c) { return with_wanted(run_pool(kMaxPool2dWithIndices, c.tensor(0), {c[1], c[2], c[3], c[4], c[5]}), c[6]); },
    .composite = true,
    .samples = {"f(1, 2, 4, 4), 2", "f(1, 1, 4, 4), 2, 1, return_indices=True"},
    .failures = {{"torch.nn.functional.max_pool2d(torch.ones(1, 3, 4, 4), 5)",
                  "RuntimeError: Given input size: (3x4x4). Calculated output size: (3x0x0). Output size is too small"},
                 {"torch.nn.functional.max_pool2d(torch.ones(1, 3, 4, 4), 2, padding=2)",
                  "RuntimeError: pad should be at most half of kernel size, but got pad=2 and kernel_size=2"}},
};

const OpDef kMaxPool1d{
    .name = "max_pool1d",
    .signatures = {{.text = "max_pool1d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False, bool return_indices=False)",
                    .lone = true}},
    .spellings = kTorch | kFunctional,
    .doc = "The largest element of each window of a line.",
    .latex = R"(\max_{k} x_{s i + k})",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() != 2 && x->dim() != 3) {
            fail("RuntimeError", "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:", x->sizes);
          }
          const char* const error = "max_pool1d() kernel_size, stride, padding and dilation must be a single int";
          std::vector<Tensor> parts = run_pool(kMaxPool2dWithIndices, unsqueeze_at(x, -2),
                                               {flat_axes(c[1], 1, error), flat_axes(c[2], 1, error), flat_axes(c[3], 0, error), flat_axes(c[4], 1, error), c[5]});
          parts = with_wanted(std::move(parts), c[6]);
          for (Tensor& part : parts) part = squeeze_at(part, -2);
          return parts;
        },
    .composite = true,
    .samples = {"f(1, 2, 4), 2", "f(2, 5), 3, 1, 1"},
};

const OpDef kAdaptiveMaxPool2d{
    .name = "adaptive_max_pool2d",
    .signatures = {{.text = "adaptive_max_pool2d(Tensor input, ints output_size, bool return_indices=False)", .node = "AdaptiveMaxPool2DBackward0", .lone = true}},
    .spellings = kFunctional,
    .doc = "The largest element of each window, where windows are chosen to give this size.",
    .latex = R"(\max_{k, l} x_{k l})",
    .forward_many = [](Call& c) { return with_wanted(run_pool(*find_op("adaptive_max_pool2d_with_indices"), c.tensor(0), {c[1]}), c[2]); },
    .composite = true,
    .samples = {"f(1, 2, 4, 5), (2, 3)"},
};

const OpDef kAdaptiveMaxPool2dWithIndices{
    .name = "adaptive_max_pool2d_with_indices",
    .signatures = {{"adaptive_max_pool2d_with_indices(Tensor input, ints output_size)", "AdaptiveMaxPool2DBackward0"}},
    .spellings = kFunctional,
    .doc = "adaptive_max_pool2d, and where each element stands in its plane.",
    .latex = R"(\max_{k, l} x_{k l})",
    .forward_many =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() != 3 && x->dim() != 4) fail("RuntimeError", "adaptive_max_pool2d(): Expected 3D or 4D tensor, but got: ", x->sizes);
          const Dims wanted = axes_of(c[1], 2, {}, "adaptive_max_pool2d(): internal error: output_size.size() must be 2");
          const std::int64_t height = x->sizes[x->dim() - 2], width = x->sizes[x->dim() - 1];
          const auto range = [](std::int64_t in, std::int64_t out) {
            return [in, out](std::int64_t i) { return Range{cut(i, in, out), cut_up(i + 1, in, out), 1}; };
          };
          return largest_of(x, wanted[0], wanted[1], "adaptive_max_pool2d", range(height, wanted[0]), range(width, wanted[1]));
        },
    .gradients = {gradient(to_places, R"(g \text{ at the largest})")},
    .reads_output = true,
    .samples = {"f(1, 2, 4, 5), (2, 3)"},
};

const OpDef kAdaptiveMaxPool1d{
    .name = "adaptive_max_pool1d",
    .signatures = {{.text = "adaptive_max_pool1d(Tensor input, ints output_size, bool return_indices=False)", .lone = true}},
    .spellings = kTorch | kFunctional,
    .doc = "The largest element of each window of a line, where windows are chosen to give this size.",
    .latex = R"(\max_{k} x_{k})",
    .forward_many =
        [](Call& c) {
          std::vector<Tensor> parts = run_pool(kAdaptiveMaxPool2dWithIndices, unsqueeze_at(c.tensor(0), -2),
                                               {flat_axes(c[1], 1, "adaptive_max_pool1d() argument 'output_size' must be a single int")});
          parts = with_wanted(std::move(parts), c[2]);
          for (Tensor& part : parts) part = squeeze_at(part, -2);
          return parts;
        },
    .composite = true,
    .samples = {"f(1, 2, 5), 2"},
};

const OpDef kLpPool2d{
    .name = "lp_pool2d",
    .signatures = {{"lp_pool2d(Tensor input, float norm_type, ints kernel_size, ints? stride=None, bool ceil_mode=False)"}},
    .spellings = kFunctional,
    .doc = "The p-norm of each window.",
    .latex = R"(\left(\sum_{k, l} x_{k l}^p\right)^{1/p})",
    .forward =
        [](Call& c) {
          const Dims kernel = axes_of(c[2], 2, {}, "lp_pool2d: kernel_size must either be a single int, or a tuple of two ints");
          return power_pool(c, "avg_pool2d", kernel[0] * kernel[1]);
        },
    .composite = true,
    .samples = {"p(1, 2, 4, 4), 2, 2"},
};

const OpDef kLpPool1d{
    .name = "lp_pool1d",
    .signatures = {{"lp_pool1d(Tensor input, float norm_type, ints kernel_size, ints? stride=None, bool ceil_mode=False)"}},
    .spellings = kFunctional,
    .doc = "The p-norm of each window of a line.",
    .latex = R"(\left(\sum_{k} x_{k}^p\right)^{1/p})",
    .forward = [](Call& c) { return power_pool(c, "avg_pool1d", c[2].ints()[0]); },
    .composite = true,
    .samples = {"p(1, 2, 4), 2, 2"},
};

const std::vector<const OpDef*>& pooling_ops() {
  static const std::vector<const OpDef*> ops{&kMaxPool2dWithIndices, &kMaxPool2d,         &kMaxPool1d, &kAdaptiveMaxPool2d,
                                             &kAdaptiveMaxPool2dWithIndices, &kAdaptiveMaxPool1d, &kLpPool2d,  &kLpPool1d};
  return ops;
}

}  // namespace nabla
