// Largest and power means of windows: max_pool and adaptive_max_pool of one to three dimensions, lp_pool1d and 2d.
#include "ops/pooling.h"

#include <cmath>
#include <limits>

#include "autograd/variable.h"
#include "ops/families.h"
#include "ops/slopes.h"
#include "ops/tangents.h"

namespace nabla {

Dims axes_of(const Arg& given, std::size_t rank, const Dims& otherwise, std::string_view error) {
  if (given.is_none()) return otherwise;
  const Dims& list = given.ints();
  if (list.size() == 1) return Dims(rank, list[0]);
  if (list.size() != rank) fail("RuntimeError", error);
  return list;
}

std::int64_t one_int(const Call& c, int i) {
  const ParsedSignature& form = c.def.parsed()[c.signature];
  if (c[i].is_none()) return form.parameters[i].default_value.ints()[0];
  if (c[i].ints().size() != 1) {
    fail("RuntimeError", c.def.name, "() argument '", form.parameters[i].name, "' should contain one int (got ", c[i].ints().size(), ")");
  }
  return c[i].ints()[0];
}

const Dims& wanted_sizes(const Arg& given, std::size_t rank, std::string_view error) {
  if (given.ints().size() != rank) fail("RuntimeError", error);
  return given.ints();
}

Dims required_axes(const Arg& given, std::size_t rank, std::string_view error) {
  if (given.is_none() || given.ints().empty()) fail("RuntimeError", error);
  return axes_of(given, rank, {}, error);
}

void check_windows(const Dims& sizes, const Dims& kernel, const Dims& stride, const Dims& padding, const Dims& dilation, const char* function) {
  const std::size_t rank = kernel.size();
  const auto each = [&](const char* prefix, const Dims& of) {
    std::string out;
    for (std::size_t i = 0; i < rank; ++i) out += cat(i ? " " : "", prefix, rank == 3 ? "THW"[i] : "HW"[i], ": ", of[i]);
    return out;
  };
  for (std::size_t i = 0; i < rank; ++i) {
    if (stride[i] == 0) fail("RuntimeError", "stride should not be zero");
    if (padding[i] < 0) fail("RuntimeError", "pad must be non-negative, but got pad: ", padding[i]);
    if (padding[i] > kernel[i] / 2) fail("RuntimeError", "pad should be at most half of kernel size, but got pad=", padding[i], " and kernel_size=", kernel[i]);
  }
  const auto positive = [&](const char* what, const char* prefix, const Dims& of) {
    for (const std::int64_t size : of) {
      if (size <= 0) fail("RuntimeError", what, " should be greater than zero, but got ", each(prefix, of));
    }
  };
  positive("kernel size", "k", kernel);
  positive("stride", "d", stride);
  positive("dilation", "dilation", dilation);
  for (std::size_t i = sizes.size() == rank + 2; i < sizes.size(); ++i) {
    if (sizes[i] != 0) continue;
    if (rank == 2) fail("RuntimeError", "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:", sizes);
    fail("RuntimeError", function, ": Expected input's non-batch dimensions to have positive length, but input has a shape of ", sizes,
         " and non-batch dimension 0 has length zero!");
  }
}

void check_single(const Arg& arg, const char* function, const char* name) {
  if (!arg.is_none() && arg.ints().size() != 1) fail("RuntimeError", function, "() argument '", name, "' should contain one int (got ", arg.ints().size(), ")");
}

void check_line(const TensorImpl& x, const char* function) {
  if (x.dim() == 2 || x.dim() == 3) return;
  fail("RuntimeError", "Expected 2 to 3 dimensions, but got ", x.dim(), "-dimensional tensor for argument #1 'self' (while checking arguments for ", function, ")");
}

void need_room(const TensorImpl& x, std::size_t rank, const char* what, const std::string& function) {
  for (std::size_t i = x.dim() == rank + 2; i < x.dim(); ++i) {
    if (x.sizes[i] != 0) continue;
    fail("RuntimeError", function, ": Expected ", what, " to have non-zero size for non-batch dimensions, but ", what, " has sizes ", x.sizes, " with dimension ", i, " being empty");
  }
}

std::int64_t window_count(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t dilation, bool ceil_mode) {
  const std::int64_t room = size + 2 * padding - dilation * (kernel - 1) - 1 + (ceil_mode ? stride - 1 : 0);
  std::int64_t count = (room < 0 ? -((-room + stride - 1) / stride) : room / stride) + 1;
  if (ceil_mode && (count - 1) * stride >= size + padding) --count;
  return count;
}

namespace {

/// "(3x4x4)": channels and the sizes of the axes.
std::string sizes_text(std::int64_t channels, const std::int64_t* sizes, std::size_t rank) {
  std::string out = cat("(", channels);
  for (std::size_t i = 0; i < rank; ++i) out += cat("x", sizes[i]);
  return out + ")";
}

struct Windows {
  Dims kernel, stride, padding, dilation;
  Dims counts;  // windows along each axis
};

/// Of max_pool2d or max_pool3d.
Windows windows_of(const Call& c, std::size_t rank) {
  const auto text = [&](const char* name, const char* be) {
    return cat("max_pool", rank, "d: ", name, " must ", be, "a single int, or a tuple of ", rank == 2 ? "two" : "three", " ints");
  };
  Windows out;
  const auto required = [&](int at, std::int64_t usual, const std::string& error) { return required_axes(c[at].is_none() ? Arg(Dims{usual}) : c[at], rank, error); };
  out.kernel = required_axes(c[1], rank, text("kernel_size", "either be "));
  out.stride = axes_of(none_if_empty(c[2]), rank, out.kernel, text("stride", "either be omitted, "));
  out.padding = required(3, 0, text("padding", "be either be "));
  out.dilation = required(4, 1, text("dilation", "be either "));
  const Tensor x = c.tensor(0);
  if (x->dim() != rank + 1 && x->dim() != rank + 2) {
    fail("RuntimeError", "non-empty ", rank + 1, "D or ", rank + 2, "D (batch mode) tensor expected for input");
  }
  check_windows(x->sizes, out.kernel, out.stride, out.padding, out.dilation, "max_pool3d_with_indices_out_cpu_template()");
  const std::int64_t* const sizes = x->sizes.begin() + (x->dim() - rank);
  bool is_too_small = false;
  for (std::size_t i = 0; i < rank; ++i) {
    out.counts.push_back(window_count(sizes[i], out.kernel[i], out.stride[i], out.padding[i], out.dilation[i], c.flag(5)));
    is_too_small = is_too_small || out.counts[i] < 1;
  }
  if (is_too_small) {
    fail("RuntimeError", "Given input size: ", sizes_text(sizes[-1], sizes, rank), ". Calculated output size: ",
         sizes_text(sizes[-1], out.counts.begin(), rank), ". Output size is too small");
  }
  return out;
}

struct Range {
  std::int64_t from, to, step;
};

/// The largest element of each window of the last `rank` (2 or 3) axes, and where it stands in its plane or box. range(axis, i) is the part
/// of the axis that the i-th window covers.
template <class RangeOf>
std::vector<Tensor> largest_of(const Tensor& given, const Dims& counts, const char* kernel, RangeOf range) {
  if (!is_floating(given->dtype)) not_implemented_for(kernel, given->dtype);
  const Tensor x = contiguous(given);
  const std::size_t rank = counts.size(), first = x->dim() - rank;
  Dims sizes = x->sizes;
  std::int64_t windows = 1, box = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    windows *= sizes[first + i] = counts[i];
    box *= x->sizes[first + i];
  }
  const Tensor out = empty(sizes, x->dtype), places = empty(sizes, DType::int64);
  const std::int64_t height = x->sizes[x->dim() - 2], width = x->sizes[x->dim() - 1];
  const std::int64_t layers = rank == 3 ? counts[0] : 1, rows = counts[rank - 2], columns = counts[rank - 1];
  const auto find = [&]<class T>(const T* in, T* to) {
    auto* place = places->data_as<std::int64_t>();
    for (std::int64_t plane = 0; plane < (out->numel > 0 ? out->numel / windows : 0); ++plane, in += box) {
      for (std::int64_t l = 0; l < layers; ++l) {
        const Range deep = rank == 3 ? range(0, l) : Range{0, 1, 1};
        for (std::int64_t i = 0; i < rows; ++i) {
          const Range down = range(rank - 2, i);
          for (std::int64_t j = 0; j < columns; ++j) {
            const Range across = range(rank - 1, j);
            std::int64_t best = (deep.from * height + down.from) * width + across.from;
            for (std::int64_t d = deep.from; d < deep.to; d += deep.step) {
              for (std::int64_t a = down.from; a < down.to; a += down.step) {
                for (std::int64_t b = across.from; b < across.to; b += across.step) {
                  const std::int64_t at = (d * height + a) * width + b;
                  if (in[at] > in[best] || std::isnan(in[at])) best = at;
                }
              }
            }
            const bool none = deep.from >= deep.to || down.from >= down.to || across.from >= across.to;  // the padding alone
            *to++ = none ? -std::numeric_limits<T>::infinity() : in[best];
            *place++ = best;
          }
        }
      }
    }
  };
  if (x->dtype == DType::float32) find(x->data_as<float>(), out->data_as<float>());
  else find(x->data_as<double>(), out->data_as<double>());
  return {out, places};
}

/// The part of a window that lies inside the input.
Range inside(std::int64_t i, std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t dilation) {
  std::int64_t from = i * stride - padding;
  const std::int64_t to = std::min(from + (kernel - 1) * dilation + 1, size);
  while (from < 0) from += dilation;
  return {from, to, dilation};
}

/// g at the places that out(1) names in each plane or box.
template <std::size_t rank>
Tensor to_places(const Backward& b) {
  const Dims sizes = b.x()->sizes;
  const std::size_t first = sizes.size() - rank;
  const Tensor places = b.out(1);
  if (b.node.def.name[0] == 'a' && rank == 2) need_room(*b.g, rank, "grad_output", "adaptive_max_pooling2d_backward()");
  const auto flat = [&](const Dims& from) {
    Dims out = from;
    out.resize(first + 1);
    for (std::size_t i = 1; i < rank; ++i) out[first] *= from[first + i];
    return out;
  };
  const Tensor zero = zeros(flat(sizes), b.dtype());
  const Tensor added = apply(*find_op("scatter_add"), zero, -1, reshape_to(places, flat(places->sizes)), reshape_to(b.g, flat(b.g->sizes)));
  const bool adaptive = b.node.def.name[0] == 'a';
  return made_at(rank == 2 ? (adaptive ? Maker::adaptive_max_pool2d : Maker::max_pool2d) : adaptive ? Maker::adaptive_max_pool3d : Maker::max_pool3d, reshape_to(added, sizes), b.x());
}

/// max_pool2d or 3d, with places.
template <std::size_t rank>
std::vector<Tensor> largest_in_windows(const Call& c) {
  const Windows w = windows_of(c, rank);
  const Dims& sizes = c[0].impl()->sizes;
  return largest_of(c.tensor(0), w.counts, rank == 2 ? "max_pool2d" : "max_pool3d_with_indices_cpu", [&](std::size_t axis, std::int64_t i) {
    return inside(i, sizes[sizes.size() - rank + axis], w.kernel[axis], w.stride[axis], w.padding[axis], w.dilation[axis]);
  });
}

std::vector<Tensor> run_pool(const OpDef& def, const Tensor& x, std::initializer_list<Arg> args) {
  Call call(def, 0);
  call.args[call.count++] = Arg(x);
  for (const Arg& arg : args) call.args[call.count++] = arg;
  return run_many(call);
}

/// A list for one axis as a list for two, whose first stands still.
Arg flat_axes(const Arg& arg, std::int64_t still) { return arg.is_none() || arg.ints().empty() ? Arg() : Arg(Dims{still, arg.ints()[0]}); }

/// The checks of max_pool1d: one set where the places are wanted or a gradient is, another where not.
void check_max_pool1d(const Call& c, bool places) {
  constexpr const char* kNames[] = {"", "kernel_size", "stride", "padding", "dilation"};
  const TensorImpl& x = *c[0].impl();
  if (places) check_line(x, "max_pool1d");
  const bool fits = (x.dim() == 2 && x.numel != 0) || (x.dim() == 3 && x.sizes[1] != 0 && x.sizes[2] != 0);
  if (!places && !fits) fail("RuntimeError", "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:", x.sizes);
  if (places || (requires_grad(x) && grad_enabled())) {
    for (const int i : {1, 2, 3, 4}) check_single(i == 2 && c[i].is_none() ? c[1] : c[i], "max_pool1d", kNames[i]);
    return;
  }
  for (const int i : {1, 2, 3, 4}) {
    if (c[i].is_none() || c[i].ints().size() == 1 || (i == 2 && c[i].ints().empty())) continue;
    fail("RuntimeError", "max_pool1d() ", kNames[i], " must be ", i == 2 ? "None, an int, list of ints, or" : i == 3 ? "an int, list of ints, or" : "an int, list of ints or",
         " tuple of ints of size 1 but got size ", c[i].ints().size());
  }
  const auto value = [&](int i, std::int64_t usual) { return c[i].is_none() || c[i].ints().empty() ? usual : c[i].ints()[0]; };
  const std::int64_t kernel = value(1, 1), stride = value(2, kernel), padding = value(3, 0), dilation = value(4, 1);
  if (kernel <= 0) fail("RuntimeError", "max_pool1d() kernel_size must be greater than zero, but got ", kernel);
  if (stride <= 0) fail("RuntimeError", "max_pool1d() stride must be greater than zero, but got ", stride);
  if (padding < 0) fail("RuntimeError", "max_pool1d() padding must be non-negative, but got ", padding);
  if (padding > kernel / 2) fail("RuntimeError", "max_pool1d() padding should be at most half of kernel size, but got padding=", padding, " and kernel_size=", kernel);
  if (dilation <= 0) fail("RuntimeError", "max_pool1d() dilation must be greater than zero, but got ", dilation);
}

/// What max_pool1d gives without places or a gradient where no window fits: an empty tensor; else none.
Tensor no_windows(const Call& c) {
  const Tensor x = c.tensor(0);
  const auto value = [&](int i, std::int64_t usual) { return c[i].is_none() || c[i].ints().empty() ? usual : c[i].ints()[0]; };
  const std::int64_t kernel = value(1, 1);
  if ((requires_grad(*x) && grad_enabled()) || c.flag(6) || window_count(x->sizes.back(), kernel, value(2, kernel), value(3, 0), value(4, 1), c.flag(5)) != 0) return {};
  Dims sizes = x->sizes;
  sizes[sizes.size() - 1] = 0;
  return empty(sizes, x->dtype);
}

/// adaptive_max_pool1d, with places.
std::vector<Tensor> largest_in_line_shares(const Call& c) {
  check_line(*c[0].impl(), "adaptive_max_pool1d");
  check_single(c[1], "adaptive_max_pool1d", "output_size");
  std::vector<Tensor> parts = run_pool(*find_op("adaptive_max_pool2d_with_indices"), unsqueeze_at(c.tensor(0), -2), {flat_axes(c[1], 1)});
  for (Tensor& part : parts) part = squeeze_at(part, -2);
  return parts;
}

std::vector<Tensor> with_wanted(std::vector<Tensor> parts, const Arg& return_indices) {
  if (return_indices.is_none() || return_indices.integer() == 0) parts.resize(1);
  return parts;
}

std::int64_t cut(std::int64_t i, std::int64_t in, std::int64_t out) { return i * in / out; }
std::int64_t cut_up(std::int64_t i, std::int64_t in, std::int64_t out) { return (i * in + out - 1) / out; }

/// adaptive_max_pool2d or 3d, with places.
template <std::size_t rank>
std::vector<Tensor> largest_in_shares(const Call& c) {
  const Tensor x = c.tensor(0);
  if (x->dim() != rank + 1 && x->dim() != rank + 2) {
    fail("RuntimeError", "adaptive_max_pool", rank, "d(): Expected ", rank + 1, "D or ", rank + 2, "D tensor, but got: ", x->sizes);
  }
  need_room(*x, rank, "input", cat("adaptive_max_pool", rank, "d()"));
  const Dims& wanted = wanted_sizes(c[1], rank, cat("adaptive_max_pool", rank, "d(): internal error: output_size.size() must be ", rank));
  for (const std::int64_t size : wanted) {
    if (size >= 0) continue;
    Dims made = x->sizes;
    std::copy(wanted.begin(), wanted.end(), made.end() - rank);
    fail("RuntimeError", "Trying to create tensor with negative dimension ", size, ": ", made);
  }
  return largest_of(x, wanted, rank == 2 ? "adaptive_max_pool2d" : "adaptive_max_pool3d_cpu", [&](std::size_t axis, std::int64_t i) {
    const std::int64_t in = x->sizes[x->dim() - rank + axis];
    return Range{cut(i, in, wanted[axis]), cut_up(i + 1, in, wanted[axis]), 1};
  });
}

/// lp_pool: the power, averages, times the size of the window, the root; relu keeps what rounding made negative from the root.
Tensor power_pool(const Call& c, const char* average, std::int64_t size) {
  const double p = c[1].real();
  Call call(*find_op(average));
  call.count = static_cast<std::uint8_t>(call.def.parsed()[0].parameters.size());
  for (int i = 0; i < call.count; ++i) call.args[i] = call.def.parsed()[0].parameters[i].default_value;
  call.args[0] = Arg(pow(c.tensor(0), c[1]));
  call.args[1] = c[2].kind() == Arg::Kind::integer ? Arg(Dims{c[2].integer()}) : c[2];
  call.args[2] = c[3];
  call.args[4] = c[4];
  const Tensor mean = run(call);
  const Tensor relu = apply(*find_op("relu"), mean * sign(mean));
  if (p == 0) fail("ZeroDivisionError", "float division by zero");
  return pow(sign(mean) * relu * static_cast<double>(size), 1 / p);
}

/// The tangents at the places of the largest.
template <int axes>
Tensor tangent_at_largest(const Forward& f) {
  const auto flat = [](const Tensor& x) {
    Dims sizes;
    for (std::size_t d = 0; d + axes < x->dim(); ++d) sizes.push_back(x->sizes[d]);
    sizes.push_back(-1);
    return reshape_to(x, sizes);
  };
  return apply(*find_op("view"), apply(*find_op("gather"), flat(f.t(0)), -1, flat(f.out(1))), f.out()->sizes);
}

}  // namespace

const OpDef kMaxPool2dWithIndices{
    .name = "max_pool2d_with_indices",
    .signatures = {{"max_pool2d_with_indices(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False, bool return_indices=False)",
                    "MaxPool2DWithIndicesBackward0"}},
    .spellings = kFunctional,
    .doc = "The largest element of each window, and where it stands in its plane.",
    .latex = R"(\max_{k, l} x_{s i + k,\, s j + l})",
    .forward_many = [](Call& c) { return largest_in_windows<2>(c); },
    .gradients = {gradient(to_places<2>, R"(g \text{ at the largest})")},
    .tangent = tangent_at_largest<2>,
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
          check_max_pool1d(c, !c[6].is_none() && c[6].integer() != 0);
          if (const Tensor none = no_windows(c)) return std::vector<Tensor>{none};
          std::vector<Tensor> parts = run_pool(kMaxPool2dWithIndices, unsqueeze_at(c.tensor(0), -2),
                                               {flat_axes(c[1], 1), flat_axes(c[2], 1), flat_axes(c[3], 0), flat_axes(c[4], 1), c[5]});
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
    .signatures = {{"adaptive_max_pool2d_with_indices(Tensor input, ints output_size, bool return_indices=False)", "AdaptiveMaxPool2DBackward0"}},
    .spellings = kFunctional,
    .doc = "adaptive_max_pool2d, and where each element stands in its plane.",
    .latex = R"(\max_{k, l} x_{k l})",
    .forward_many = [](Call& c) { return largest_in_shares<2>(c); },
    .gradients = {gradient(to_places<2>, R"(g \text{ at the largest})")},
    .tangent = tangent_at_largest<2>,
    .reads_output = true,
    .samples = {"f(1, 2, 4, 5), (2, 3)"},
};

const OpDef kAdaptiveMaxPool1d{
    .name = "adaptive_max_pool1d",
    .signatures = {{.text = "adaptive_max_pool1d(Tensor input, ints output_size, bool return_indices=False)", .lone = true}},
    .spellings = kFunctional,
    .doc = "The largest element of each window of a line, where windows are chosen to give this size.",
    .latex = R"(\max_{k} x_{k})",
    .forward_many =
        [](Call& c) { return with_wanted(largest_in_line_shares(c), c[2]); },
    .composite = true,
    .samples = {"f(1, 2, 5), 2"},
};

const OpDef kMaxPool3dWithIndices{
    .name = "max_pool3d_with_indices",
    .signatures = {{"max_pool3d_with_indices(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False, bool return_indices=False)",
                    "MaxPool3DWithIndicesBackward0"}},
    .spellings = kFunctional,
    .doc = "The largest element of each window of a box, and where it stands there.",
    .latex = R"(\max_{k, l, m} x_{s h + k,\, s i + l,\, s j + m})",
    .forward_many = [](Call& c) { return largest_in_windows<3>(c); },
    .gradients = {gradient(to_places<3>, R"(g \text{ at the largest})")},
    .tangent = tangent_at_largest<3>,
    .reads_output = true,
    .samples = {"f(1, 2, 4, 4, 4), 2", "f(1, 3, 5, 4), (1, 3, 2), (1, 1, 2), (0, 1, 0)"},
};

const OpDef kMaxPool3d{
    .name = "max_pool3d",
    .signatures = {{.text = "max_pool3d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False, bool return_indices=False)",
                    .lone = true}},
    .spellings = kTorch | kFunctional,
    .doc = "The largest element of each window of a box.",
    .latex = R"(\max_{k, l, m} x_{s h + k,\, s i + l,\, s j + m})",
    .forward_many =
        [](Call& c) { return with_wanted(run_pool(kMaxPool3dWithIndices, c.tensor(0), {c[1], c[2], c[3], c[4], c[5]}), c[6]); },
    .composite = true,
    .samples = {"f(1, 2, 4, 4, 4), 2", "f(1, 3, 3, 3), 2, 1, return_indices=True"},
};

const OpDef kAdaptiveMaxPool3dWithIndices{
    .name = "adaptive_max_pool3d_with_indices",
    .signatures = {{"adaptive_max_pool3d_with_indices(Tensor input, ints output_size, bool return_indices=False)", "AdaptiveMaxPool3DBackward0"}},
    .spellings = kFunctional,
    .doc = "adaptive_max_pool3d, and where each element stands in its box.",
    .latex = R"(\max_{k, l, m} x_{k l m})",
    .forward_many = [](Call& c) { return largest_in_shares<3>(c); },
    .gradients = {gradient(to_places<3>, R"(g \text{ at the largest})")},
    .tangent = tangent_at_largest<3>,
    .reads_output = true,
    .samples = {"f(1, 2, 3, 4, 5), (1, 2, 3)"},
};

const OpDef kAdaptiveMaxPool3d{
    .name = "adaptive_max_pool3d",
    .signatures = {{.text = "adaptive_max_pool3d(Tensor input, ints output_size, bool return_indices=False)", .node = "AdaptiveMaxPool3DBackward0", .lone = true}},
    .spellings = kFunctional,
    .doc = "The largest element of each window of a box, where windows are chosen to give this size.",
    .latex = R"(\max_{k, l, m} x_{k l m})",
    .forward_many = [](Call& c) { return with_wanted(run_pool(kAdaptiveMaxPool3dWithIndices, c.tensor(0), {c[1]}), c[2]); },
    .composite = true,
    .samples = {"f(1, 2, 3, 4, 5), (1, 2, 3)"},
};

const OpDef kTorchAdaptiveMaxPool1d{
    .name = "adaptive_max_pool1d",
    .signatures = {{"adaptive_max_pool1d(Tensor input, ints output_size)"}},
    .spellings = kTorch,
    .doc = "The largest element of each window of a line, where windows are chosen to give this size, and where it stands.",
    .latex = R"(\max_{k} x_{k})",
    .forward_many =
        [](Call& c) { return largest_in_line_shares(c); },
    .composite = true,
    .samples = {"f(1, 2, 5), 2"},
};

const OpDef kLpPool2d{
    .name = "lp_pool2d",
    .signatures = {{"lp_pool2d(Tensor input, Number norm_type, ints kernel_size, ints? stride=None, bool ceil_mode=False)"}},
    .spellings = kFunctional,
    .doc = "The p-norm of each window.",
    .latex = R"(\left(\sum_{k, l} x_{k l}^p\right)^{1/p})",
    .forward =
        [](Call& c) {
          const Dims& given = c[2].ints();
          if (given.size() > 2) fail("ValueError", "too many values to unpack (expected 2)");
          if (given.empty()) fail("ValueError", "not enough values to unpack (expected 2, got 0)");
          const Dims kernel = axes_of(c[2], 2, {}, "");
          return power_pool(c, "avg_pool2d", kernel[0] * kernel[1]);
        },
    .composite = true,
    .samples = {"p(1, 2, 4, 4), 2, 2"},
};

const OpDef kLpPool1d{
    .name = "lp_pool1d",
    .signatures = {{"lp_pool1d(Tensor input, Number norm_type, int kernel_size, ints? stride=None, bool ceil_mode=False)"}},
    .spellings = kFunctional,
    .doc = "The p-norm of each window of a line.",
    .latex = R"(\left(\sum_{k} x_{k}^p\right)^{1/p})",
    .forward = [](Call& c) { return power_pool(c, "avg_pool1d", c[2].integer()); },
    .composite = true,
    .samples = {"p(1, 2, 4), 2, 2"},
};

const std::vector<const OpDef*>& pooling_ops() {
  static const std::vector<const OpDef*> ops{&kMaxPool2dWithIndices, &kMaxPool2d,         &kMaxPool1d, &kAdaptiveMaxPool2d,
                                             &kAdaptiveMaxPool2dWithIndices, &kAdaptiveMaxPool1d, &kTorchAdaptiveMaxPool1d, &kLpPool2d,  &kLpPool1d,
                                             &kMaxPool3dWithIndices, &kMaxPool3d, &kAdaptiveMaxPool3dWithIndices, &kAdaptiveMaxPool3d};
  return ops;
}

}  // namespace nabla
