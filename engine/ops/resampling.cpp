// Maps of the axes of images: averages of windows (avg_pool, adaptive_avg_pool) and borders (pad). Each axis
// is mapped for itself, by a matrix; the gradient is the transposed matrices'. And pixel_shuffle, pixel_unshuffle.
#include <array>
#include <cmath>

#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/pooling.h"
#include "ops/slopes.h"
#include "ops/tangents.h"
#include "tensor/fused.h"
#include "tensor/layout.h"

namespace nabla {
namespace {

Tensor matrix_of(const AxisMap& map, DType dtype) {
  const Tensor out = empty({map.out, map.in}, dtype);
  for (std::int64_t i = 0; i < out->numel; ++i) set_element(*out, i, Scalar::of(map.weights[i]));
  return out;
}

/// One axis of contiguous x mapped.
template <class T>
void map_axis(const T* x, T* out, std::int64_t outer, std::int64_t inner, const AxisMap& map) {
  for (std::int64_t o = 0; o < outer; ++o) {
    for (std::int64_t i = 0; i < map.out; ++i) {
      for (std::int64_t n = 0; n < inner; ++n) {
        double sum = 0;
        for (std::int64_t k = 0; k < map.in; ++k) {
          const double weight = map.weights[i * map.in + k];
          if (weight != 0) sum += weight * static_cast<double>(x[(o * map.in + k) * inner + n]);
        }
        out[(o * map.out + i) * inner + n] = static_cast<T>(sum);
      }
    }
  }
}

}  // namespace

Tensor mapped(const Tensor& given, const std::vector<AxisMap>& maps) {
  Tensor x = contiguous(cast(given, DType::float64));
  for (std::size_t a = 0; a < maps.size(); ++a) {
    const std::size_t dim = x->dim() - maps.size() + a;
    Dims sizes = x->sizes;
    std::int64_t outer = 1, inner = 1;
    for (std::size_t d = 0; d < x->dim(); ++d) (d < dim ? outer : inner) *= d == dim ? 1 : sizes[d];
    sizes[dim] = maps[a].out;
    const Tensor out = empty(sizes, DType::float64);
    map_axis(x->data_as<double>(), out->data_as<double>(), outer, inner, maps[a]);
    x = out;
  }
  return cast(x, given->dtype);
}

Tensor mapped_back(const Tensor& g, const std::vector<AxisMap>& maps) {
  Tensor out = matmul(g, matrix_of(maps.back(), g->dtype));
  if (maps.size() > 1) out = matmul(transpose_last(matrix_of(maps[maps.size() - 2], g->dtype)), out);
  if (maps.size() > 2) {  // the axis before those two: it goes to the end and back
    Dims order;
    for (std::size_t i = 0; i < out->dim(); ++i) order.push_back(static_cast<std::int64_t>(i));
    std::swap(order[out->dim() - 3], order[out->dim() - 1]);
    out = permute_to(matmul(permute_to(out, order), matrix_of(maps[0], g->dtype)), order);
  }
  return out;
}

namespace {

std::int64_t size_at(const Dims& sizes, std::size_t rank, std::size_t axis) { return sizes[sizes.size() - rank + axis]; }

// ---- averages ----

/// One axis of avg_pool: `sums` without dividing.
AxisMap average_map(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding, bool ceil_mode, bool count_padding, bool sums) {
  AxisMap map(std::max<std::int64_t>(window_count(size, kernel, stride, padding, 1, ceil_mode), 0), size);
  for (std::int64_t i = 0; i < map.out; ++i) {
    const std::int64_t from = i * stride - padding, to = std::min(from + kernel, size + padding);
    const std::int64_t first = std::max<std::int64_t>(from, 0), last = std::min(to, size);
    const double extent = static_cast<double>(count_padding ? to - from : last - first);
    for (std::int64_t k = first; k < last; ++k) map.at(i, k) = sums ? 1 : 1 / extent;
    map.windows.push_back({first, std::max(first, last), sums ? 1 : static_cast<std::int64_t>(extent)});
  }
  return map;
}

struct Pool {
  Dims kernel, stride, padding;
  std::vector<AxisMap> maps;
  double divisor = 0;
};

// Arguments: input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override.
template <class Source>
Pool pool_of(const Source& arg, const Dims& sizes, std::size_t rank) {
  const auto text = [&](const char* name, const char* omitted = "") {
    return cat("avg_pool", rank, "d: ", name, rank == 2 ? " must either be " : " must be ", omitted, "a single int, or a tuple of ", rank == 2 ? "two" : "three", " ints");
  };
  Pool pool;
  pool.kernel = required_axes(arg(1), rank, text("kernel_size"));
  pool.stride = axes_of(none_if_empty(arg(2)), rank, pool.kernel, text("stride", "omitted, "));
  pool.padding = required_axes(arg(3).is_none() ? Arg(Dims{0}) : arg(3), rank, text("padding"));
  if (rank == 3 && sizes.size() != 4 && sizes.size() != 5) fail("RuntimeError", "non-empty 4D or 5D (batch mode) tensor expected for input");
  if (!arg(6).is_none()) {
    pool.divisor = static_cast<double>(arg(6).integer());
    if (pool.divisor == 0) fail("RuntimeError", "divisor must be not zero");
  }
  if (rank == 2 && sizes.size() < 3) (void)wrap_dim(-3, sizes.size());  // for its error
  if (rank == 2 && sizes.size() > 4) fail("RuntimeError", "non-empty 3D or 4D (batch mode) tensor expected for input");
  check_windows(sizes, pool.kernel, pool.stride, pool.padding, {}, "avg_pool3d()");
  const bool ceil_mode = !arg(4).is_none() && arg(4).integer() != 0;
  bool is_too_small = false;
  for (std::size_t i = 0; i < rank; ++i) {
    pool.maps.push_back(average_map(size_at(sizes, rank, i), pool.kernel[i], pool.stride[i], pool.padding[i], ceil_mode, flag_or_true(arg(5)), pool.divisor != 0));
    is_too_small = is_too_small || pool.maps[i].out < 1;
  }
  for (std::size_t i = 0; rank == 3 && i < 3; ++i) is_too_small = is_too_small || size_at(sizes, 3, i) < pool.kernel[i];
  if (is_too_small && rank == 3) {
    fail("RuntimeError", "input image (T: ", size_at(sizes, 3, 0), " H: ", size_at(sizes, 3, 1), " W: ", size_at(sizes, 3, 2), ") smaller than kernel size (kT: ", pool.kernel[0], " kH: ", pool.kernel[1], " kW: ",
         pool.kernel[2], ")");
  }
  if (is_too_small) {
    const std::int64_t channels = sizes[sizes.size() - rank - 1];
    std::string given = cat("(", channels), found = given;
    for (std::size_t i = 0; i < rank; ++i) {
      given += cat("x", size_at(sizes, rank, i));
      found += cat("x", window_count(size_at(sizes, rank, i), pool.kernel[i], pool.stride[i], pool.padding[i], 1, ceil_mode));
    }
    fail("RuntimeError", "Given input size: ", given, "). Calculated output size: ", found, "). Output size is too small");
  }
  if (pool.divisor != 0) {
    for (double& weight : pool.maps.back().weights) weight /= pool.divisor;
  }
  return pool;
}

AxisMap adaptive_map(std::int64_t in, std::int64_t out) {
  AxisMap map(out, in);
  for (std::int64_t i = 0; i < out; ++i) {
    const std::int64_t from = i * in / out, to = ((i + 1) * in + out - 1) / out;
    for (std::int64_t k = from; k < to; ++k) map.at(i, k) = 1 / static_cast<double>(to - from);
    map.windows.push_back({from, to, to - from});
  }
  return map;
}

std::vector<AxisMap> adaptive_maps(const Dims& sizes, const Dims& wanted) {
  std::vector<AxisMap> maps;
  for (std::size_t i = 0; i < wanted.size(); ++i) maps.push_back(adaptive_map(size_at(sizes, wanted.size(), i), wanted[i]));
  return maps;
}

// Note [Averages]
// PyTorch adds a window's elements up in turn and divides once by their number, or in the adaptive forms by each side's length after the
// other's; a gradient is divided likewise and added at each element. So is it here, on memory, where no graph of the gradient is asked for.

/// go(plane and window's number, count divided by in turn, offset of each element in its plane) in order.
template <class Go>
void each_window(const std::vector<AxisMap>& maps, std::int64_t planes, Go go) {
  static const AxisMap kFlat = [] {
    AxisMap one(1, 1);
    one.windows.push_back({0, 1, 1});
    return one;
  }();
  const AxisMap &t = maps.size() > 2 ? maps[maps.size() - 3] : kFlat, &h = maps.size() > 1 ? maps[maps.size() - 2] : kFlat, &w = maps.back();
  const std::int64_t size = t.in * h.in * w.in;
  for (std::int64_t plane = 0, at = 0; plane < planes; ++plane) {
    for (const auto& i : t.windows) {
      for (const auto& j : h.windows) {
        for (const auto& k : w.windows) go(at++, plane * size, std::array{i, j, k}, h.in, w.in);
      }
    }
  }
}
template <class T>
T share_of(T sum, const std::array<AxisMap::Window, 3>& window, bool adaptive, std::int64_t divisor) {
  if (divisor) return sum / static_cast<T>(divisor);
  if (!adaptive) return sum / static_cast<T>(window[0].extent * window[1].extent * window[2].extent);
  return sum / static_cast<T>(window[0].extent) / static_cast<T>(window[1].extent) / static_cast<T>(window[2].extent);
}
template <class Go>
void each_element(std::int64_t plane, const std::array<AxisMap::Window, 3>& window, std::int64_t height, std::int64_t width, Go go) {
  for (std::int64_t a = window[0].from; a < window[0].to; ++a) {
    for (std::int64_t b = window[1].from; b < window[1].to; ++b) {
      for (std::int64_t c = window[2].from; c < window[2].to; ++c) go(plane + (a * height + b) * width + c);
    }
  }
}

/// The averages of x's windows.
Tensor averaged(const Tensor& given, const std::vector<AxisMap>& maps, bool adaptive, std::int64_t divisor = 0) {
  const Tensor x = contiguous(cast(given, dtype_of(compute_type(given->dtype))));
  Dims sizes = x->sizes;
  std::int64_t size = 1;
  for (std::size_t i = 0; i < maps.size(); ++i) {
    sizes[sizes.size() - maps.size() + i] = maps[i].out;
    size *= maps[i].in;
  }
  const Tensor out = empty(sizes, x->dtype);
  const auto loop = [&]<class T>(T*) {
    each_window(maps, size ? x->numel / size : 0, [&](std::int64_t at, std::int64_t plane, const auto& window, std::int64_t height, std::int64_t width) {
      T sum = 0;
      each_element(plane, window, height, width, [&](std::int64_t from) { sum += x->data_as<T>()[from]; });
      out->data_as<T>()[at] = share_of(sum, window, adaptive, divisor);
    });
  };
  if (x->dtype == DType::float32) loop(static_cast<float*>(nullptr));
  else if (x->dtype == DType::float64) loop(static_cast<double*>(nullptr));
  else loop(static_cast<std::int64_t*>(nullptr));
  return cast(out, given->dtype);
}

Tensor averaged_back(const Backward& b, Maker maker, const std::vector<AxisMap>& maps, bool adaptive, std::int64_t divisor = 0) {
  (void)b.x();  // PyTorch keeps it
  if (!is_floating(b.g->dtype)) return mapped_back(b.g, maps);
  if (grad_enabled()) {
    const Tensor slope = mapped_back(b.g, maps);
    const GradMode off(false);
    const Tensor digits = averaged_back(b, maker, maps, adaptive, divisor);
    const GradMode on(true);
    return made_at(maker, slope, b.x(), digits);
  }
  const Tensor g = contiguous(b.g), out = zeros(b.sizes(), g->dtype);
  std::int64_t size = 1;
  for (const AxisMap& map : maps) size *= map.in;
  const auto loop = [&]<class T>(T*) {
    each_window(maps, size ? out->numel / size : 0, [&](std::int64_t at, std::int64_t plane, const auto& window, std::int64_t height, std::int64_t width) {
      const T share = share_of(g->data_as<T>()[at], window, adaptive, divisor);
      each_element(plane, window, height, width, [&](std::int64_t to) { out->data_as<T>()[to] += share; });
    });
  };
  if (g->dtype == DType::float32) loop(static_cast<float*>(nullptr));
  else loop(static_cast<double*>(nullptr));
  return out;
}

template <std::size_t rank>
Tensor average(Call& c) {
  const Tensor x = c.tensor(0);
  const Pool pool = pool_of([&](int i) -> const Arg& { return c[i]; }, x->sizes, rank);
  if (!is_floating(x->dtype) && x->dtype != DType::int64) not_implemented_for(rank == 2 ? "avg_pool2d" : "avg_pool3d_out_frame", x->dtype);
  return averaged(x, pool.maps, false, static_cast<std::int64_t>(pool.divisor));
}
template <std::size_t rank>
Tensor average_back(const Backward& b) {
  const Pool pool = pool_of([&](int i) -> const Arg& { return b.arg(i); }, b.sizes(), rank);
  return averaged_back(b, rank == 2 ? Maker::avg_pool2d : Maker::avg_pool3d, pool.maps, false, static_cast<std::int64_t>(pool.divisor));
}

/// adaptive_avg_pool2d or 3d: by `def`, or the mean where one window covers all.
template <std::size_t rank>
Tensor average_of_shares(Call& c, const OpDef& def) {
  const Tensor x = c.tensor(0);
  const char* const name = rank == 2 ? "adaptive_avg_pool2d" : "adaptive_avg_pool3d";
  const Dims& wanted = wanted_sizes(c[1], rank, cat(name, ": output_size must be ", rank));
  bool is_mean = true;
  Dims axes;
  std::string shown;
  for (std::size_t i = 0; i < rank; ++i) {
    is_mean = is_mean && wanted[i] == 1;
    axes.push_back(-1 - static_cast<std::int64_t>(i));
    shown += cat(i == 2 ? "," : i ? ", " : "", wanted[i]);
  }
  for (const std::int64_t size : wanted) {
    if (size < 0) fail("RuntimeError", "adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {", shown, "}");
  }
  if (!is_mean && x->dim() != rank + 1 && x->dim() != rank + 2) {
    fail("RuntimeError", name, "(): Expected ", rank + 1, "D or ", rank + 2, "D tensor, but got ", x->sizes);
  }
  if (!is_mean) {
    need_room(*x, rank, "input", cat(name, "()"));
    if (!is_floating(x->dtype) && std::find(wanted.begin(), wanted.end(), 0) == wanted.end()) not_implemented_for(rank == 2 ? name : "adaptive_avg_pool3d_cpu", x->dtype);
    return apply(def, x, wanted);
  }
  Call mean(*find_op("mean"), 1);
  mean.count = 4;
  mean.args[0] = Arg(x);
  mean.args[1] = Arg(axes);
  mean.args[2] = Arg(true);
  return run(mean);
}

// ---- borders ----

/// Which position of an axis each position of the padded one shows.
std::int64_t reflected(std::int64_t at, std::int64_t size) { return at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at; }
std::int64_t nearest(std::int64_t at, std::int64_t size) { return std::clamp<std::int64_t>(at, 0, size - 1); }

AxisMap border_map(std::int64_t size, std::int64_t before, std::int64_t after, std::int64_t (*source)(std::int64_t, std::int64_t)) {
  AxisMap map(size + before + after, size);
  for (std::int64_t i = 0; i < map.out; ++i) map.at(i, source(i - before, size)) = 1;
  return map;
}

/// The pairs of a pad argument, innermost axis first, as maps of the last axes.
std::vector<AxisMap> border_maps(const Dims& sizes, const Dims& pad, bool reflect) {
  std::vector<AxisMap> maps;
  const std::size_t rank = pad.size() / 2;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::size_t pair = 2 * (rank - 1 - i);
    maps.push_back(border_map(size_at(sizes, rank, i), pad[pair], pad[pair + 1], reflect ? reflected : nearest));
  }
  return maps;
}

Tensor bordered(const Call& c, bool reflect) {
  const Tensor x = c.tensor(0);
  const Dims& pad = c[1].ints();
  const std::size_t rank = pad.size() / 2;
  for (std::size_t i = x->dim() - rank - 1; i < x->dim(); ++i) {
    if (x->sizes[i] != 0) continue;
    fail("RuntimeError", "Expected ", rank + 1, "D or ", rank + 2, "D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ", x->sizes);
  }
  bool room = false;
  std::string before, after;
  Dims sizes = x->sizes;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t size = size_at(x->sizes, rank, i), out = size + pad[2 * (rank - 1 - i)] + pad[2 * (rank - 1 - i) + 1];
    const char axis = "DHW"[3 - rank + i];
    room = room || out >= 1;
    sizes[sizes.size() - rank + i] = out;
    before += cat(i ? ", " : "", axis, ": ", size);
    after += cat(" ", axis, ": ", out);
  }
  for (std::size_t i = 0; reflect && i < rank; ++i) {
    const std::int64_t size = size_at(x->sizes, rank, rank - 1 - i);
    if (pad[2 * i] < size && pad[2 * i + 1] < size) continue;
    if (rank > 1) {
      fail("RuntimeError", "Argument #", 4 + 2 * i, ": Padding size should be less than the corresponding input dimension, but got: padding (", pad[2 * i], ", ",
           pad[2 * i + 1], ") at dimension ", x->dim() - 1 - i, " of input ", rank == 2 ? cat(x->dim()) : cat(x->sizes));
    }
    fail("RuntimeError", "Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (", pad[0], ", ", pad[1], ") at dimension ",
         x->dim() - 1, " of input ", x->sizes);
  }
  if (!room) fail("RuntimeError", reflect && rank == 1 ? "2" : "", "input (", before, reflect && rank == 1 ? ")" : reflect || rank == 1 ? ") " : " ) ", "is too small. Calculated output", after);
  const auto negative = std::find_if(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; });
  if (negative != sizes.end()) fail("RuntimeError", "Trying to create tensor with negative dimension ", *negative, ": ", sizes);
  if (!is_floating(x->dtype)) not_implemented_for(cat(reflect ? "reflection" : "replication", "_pad", rank, reflect && rank < 3 ? "d" : "d_cpu"), x->dtype);
  return mapped(x, border_maps(x->sizes, pad, reflect));
}

/// x in a frame: by slices of the tensor itself, as PyTorch does.
Tensor circular(const Tensor& given, const Dims& given_pad) {
  const std::size_t rank = given_pad.size() / 2;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t left = given->sizes[given->dim() - 1 - i] + given_pad[2 * i] + given_pad[2 * i + 1];
    if (left < 0) fail("RuntimeError", "Negative padding value is resulting in an empty dimension");
  }
  Tensor x = given;
  Dims pad = given_pad;
  for (std::size_t i = 0; i < pad.size(); ++i) {  // what is cut off
    if (pad[i] >= 0) continue;
    const auto dim = static_cast<std::int64_t>(x->dim() - 1 - i / 2);
    const std::int64_t cut = std::min(-pad[i], x->sizes[dim]);
    x = slice_of(x, dim, i % 2 ? 0 : cut, x->sizes[dim] - cut);
    pad[i] = 0;
  }
  Dims sizes = x->sizes;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t size = x->sizes[x->dim() - 1 - i];
    if (pad[2 * i] > size || pad[2 * i + 1] > size) fail("RuntimeError", "Padding value causes wrapping around more than once.");
    sizes[x->dim() - 1 - i] += pad[2 * i] + pad[2 * i + 1];
  }
  const Tensor out = empty(sizes, x->dtype);
  follow_lanes(out, *x);  // what is written into it is an element of vmap's batch
  const auto part = [&](std::size_t axis, std::int64_t from, std::int64_t length) {
    Tensor view = out;
    for (std::size_t i = 0; i < rank; ++i) {
      const auto dim = static_cast<std::int64_t>(x->dim() - 1 - i);
      if (i < axis) continue;
      view = i == axis ? slice_of(view, dim, from, length) : slice_of(view, dim, pad[2 * i], x->sizes[dim]);
    }
    return view;
  };
  copy_in_place(part(0, pad[0], x->sizes[x->dim() - 1]), Arg(x));
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t size = x->sizes[x->dim() - 1 - i], before = pad[2 * i], after = pad[2 * i + 1];
    if (before > 0) copy_in_place(part(i, 0, before), Arg(part(i, size, before)));
    if (after > 0) copy_in_place(part(i, before + size, after), Arg(part(i, before, after)));
  }
  return out;
}

}  // namespace

const OpDef kAvgPool2d{
    .name = "avg_pool2d",
    .signatures = {{"avg_pool2d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, bool ceil_mode=False, bool count_include_pad=True, int? "
                    "divisor_override=None)",
                    "AvgPool2DBackward0"}},
    .spellings = kFunctional,
    .doc = "The average of each window.",
    .latex = R"(\frac{1}{n} \sum_{k, l} x_{s i + k,\, s j + l})",
    .forward = average<2>,
    .gradients = {gradient(average_back<2>, R"(\frac{1}{n} \sum g)")},
    .tangent = auto_linear,
    .in_c = true,
    .samples = {"f(1, 2, 4, 4), 2", "f(1, 5, 4), (3, 2), (1, 2), (1, 0)", "f(1, 1, 5, 5), 2, 2, 1, True, False", "f(1, 4, 4), 2, divisor_override=3"},
    .failures = {{"torch.nn.functional.avg_pool2d(torch.ones(1, 3, 4, 4), 5)",
                  "RuntimeError: Given input size: (3x4x4). Calculated output size: (3x0x0). Output size is too small"}},
};

const OpDef kAvgPool1d{
    .name = "avg_pool1d",
    .signatures = {{"avg_pool1d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, bool ceil_mode=False, bool count_include_pad=True)"}},
    .spellings = kTorch | kFunctional,
    .doc = "The average of each window of a line.",
    .latex = R"(\frac{1}{n} \sum_{k} x_{s i + k})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          check_line(*x, "avg_pool1d");
          const auto flat = [&](int i, std::int64_t still) { return i == 2 && (c[i].is_none() || c[i].ints().empty()) ? Arg() : Arg(Dims{still, one_int(c, i)}); };
          Call call(kAvgPool2d);
          call.count = 7;
          call.args[0] = Arg(unsqueeze_at(x, -2));
          call.args[1] = flat(1, 1);
          call.args[2] = flat(2, 1);
          call.args[3] = flat(3, 0);
          call.args[4] = c[4];
          call.args[5] = c[5];
          return squeeze_at(run(call), -2);
        },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 4), 2", "f(2, 5), 3, 1, 1"},
};

const OpDef kAdaptiveAvgPool2dOp{
    .name = "_adaptive_avg_pool2d",
    .signatures = {{"_adaptive_avg_pool2d(Tensor input, ints output_size)", "AdaptiveAvgPool2DBackward0"}},
    .spellings = 0,
    .doc = "The average of each window, where windows are chosen to give this size.",
    .latex = R"(\frac{1}{n} \sum_{k, l} x_{k l})",
    .forward = [](Call& c) { return averaged(c.tensor(0), adaptive_maps(c[0].impl()->sizes, c[1].ints()), true); },
    .gradients = {gradient(
        [](const Backward& b) {
          need_room(*b.g, 2, "grad_output", "adaptive_avg_pool2d_backward()");
          return averaged_back(b, Maker::adaptive_avg_pool2d, adaptive_maps(b.sizes(), b.arg(1).ints()), true);
        },
        R"(\frac{1}{n} \sum g)")},
    .tangent = auto_linear,
    .samples = {"f(1, 2, 4, 5), (2, 3)"},
};

const OpDef kAdaptiveAvgPool2d{
    .name = "adaptive_avg_pool2d",
    .signatures = {{"adaptive_avg_pool2d(Tensor input, ints output_size)"}},
    .spellings = kFunctional,
    .doc = "The average of each window, where windows are chosen to give this size.",
    .latex = R"(\frac{1}{n} \sum_{k, l} x_{k l})",
    .forward = [](Call& c) { return average_of_shares<2>(c, kAdaptiveAvgPool2dOp); },
    .composite = true,
    .samples = {"f(1, 2, 4, 5), (2, 3)", "f(1, 2, 3, 3), (1, 1)"},
};

const OpDef kAvgPool3d{
    .name = "avg_pool3d",
    .signatures = {{"avg_pool3d(Tensor input, ints kernel_size, ints? stride=None, ints padding=0, bool ceil_mode=False, bool count_include_pad=True, int? "
                    "divisor_override=None)",
                    "AvgPool3DBackward0"}},
    .spellings = kFunctional,
    .doc = "The average of each window of a box.",
    .latex = R"(\frac{1}{n} \sum_{k, l, m} x_{s h + k,\, s i + l,\, s j + m})",
    .forward = average<3>,
    .gradients = {gradient(average_back<3>, R"(\frac{1}{n} \sum g)")},
    .tangent = auto_linear,
    .in_c = true,
    .samples = {"f(1, 2, 4, 4, 4), 2", "f(1, 3, 5, 4), (1, 3, 2), (1, 1, 2), (0, 1, 0)", "f(1, 3, 3, 3), 2, divisor_override=3"},
};

const OpDef kAdaptiveAvgPool3dOp{
    .name = "_adaptive_avg_pool3d",
    .signatures = {{"_adaptive_avg_pool3d(Tensor input, ints output_size)", "AdaptiveAvgPool3DBackward0"}},
    .spellings = 0,
    .doc = "The average of each window of a box, where windows are chosen to give this size.",
    .latex = R"(\frac{1}{n} \sum_{k, l, m} x_{k l m})",
    .forward = [](Call& c) { return averaged(c.tensor(0), adaptive_maps(c[0].impl()->sizes, c[1].ints()), true); },
    .gradients = {gradient([](const Backward& b) { return averaged_back(b, Maker::adaptive_avg_pool2d, adaptive_maps(b.sizes(), b.arg(1).ints()), true); }, R"(\frac{1}{n} \sum g)")},
    .tangent = auto_linear,
    .samples = {"f(1, 2, 3, 4, 5), (2, 2, 3)"},
};

const OpDef kAdaptiveAvgPool3d{
    .name = "adaptive_avg_pool3d",
    .signatures = {{"adaptive_avg_pool3d(Tensor input, ints output_size)"}},
    .spellings = kFunctional,
    .doc = "The average of each window of a box, where windows are chosen to give this size.",
    .latex = R"(\frac{1}{n} \sum_{k, l, m} x_{k l m})",
    .forward = [](Call& c) { return average_of_shares<3>(c, kAdaptiveAvgPool3dOp); },
    .composite = true,
    .samples = {"f(1, 2, 3, 4, 5), (2, 2, 3)", "f(1, 2, 3, 3, 3), (1, 1, 1)"},
};

const OpDef kAdaptiveAvgPool1d{
    .name = "adaptive_avg_pool1d",
    .signatures = {{"adaptive_avg_pool1d(Tensor input, ints output_size)"}},
    .spellings = kTorch | kFunctional,
    .doc = "The average of each window of a line, where windows are chosen to give this size.",
    .latex = R"(\frac{1}{n} \sum_{k} x_{k})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          check_line(*x, "adaptive_avg_pool1d");
          return squeeze_at(apply(kAdaptiveAvgPool2d, unsqueeze_at(x, -2), Dims{1, one_int(c, 1)}), -2);
        },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 5), 2"},
};

const OpDef kConstantPad{
    .name = "constant_pad_nd",
    .signatures = {{"constant_pad_nd(Tensor input, size pad, Number value=0)"}},
    .spellings = kTorch,
    .doc = "A border of one value around the last dimensions; negative widths cut off.",
    .latex = "[v, x, v]",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims& pad = c[1].ints();
          if (pad.size() % 2) fail("RuntimeError", "Length of pad must be even but instead it equals ", pad.size());
          if (pad.size() / 2 > x->dim()) {
            fail("RuntimeError", "Length of pad should be no more than twice the number of dimensions of the input. Pad length is ", pad.size(),
                 "while the input has ", x->dim(), "dimensions.");
          }
          Dims sizes = x->sizes, left = x->sizes;
          for (std::size_t i = 0; i < pad.size(); ++i) {  // what is cut off, one end after the other
            if (pad[i] >= 0) continue;
            std::int64_t& size = left[x->dim() - 1 - i / 2];
            const std::int64_t start = i % 2 ? 0 : -pad[i], length = size + pad[i];
            if (start != size) (void)wrap_dim(start, static_cast<std::size_t>(size));
            if (length < 0) fail("RuntimeError", "start (", start, ") + length (", length, ") exceeds dimension size (", size, ").");
            size = length;
          }
          Tensor from = x;
          const bool grows = std::any_of(pad.begin(), pad.end(), [](std::int64_t width) { return width > 0; });
          for (std::size_t i = 0; i < pad.size() / 2; ++i) {
            const auto dim = static_cast<std::int64_t>(x->dim() - 1 - i);
            sizes[dim] += pad[2 * i] + pad[2 * i + 1];
            if (grows && sizes[dim] <= 0) {
              fail("RuntimeError", "The input size ", x->sizes[dim], ", plus negative padding ", pad[2 * i], " and ", pad[2 * i + 1],
                   " resulted in a negative output size, which is invalid. Check dimension ", dim, " of your input.");
            }
            const std::int64_t cut = std::max<std::int64_t>(-pad[2 * i], 0), end = x->sizes[dim] - std::max<std::int64_t>(-pad[2 * i + 1], 0);
            from = slice(from, dim, cut, std::max<std::int64_t>(end - cut, 0), 1);
          }
          if (!grows) return copy_as(from);
          const Tensor out = full(sizes, c.has(2) ? c.scalar(2) : Scalar::of(0), x->dtype);
          Tensor to = out;
          for (std::size_t i = 0; i < pad.size() / 2; ++i) {
            const auto dim = static_cast<std::int64_t>(x->dim() - 1 - i);
            to = slice(to, dim, std::max<std::int64_t>(pad[2 * i], 0), from->sizes[dim], 1);
          }
          copy_into(to, from);
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) {
          Dims back = b.arg(1).ints();
          for (std::int64_t& width : back) width = -width;
          return apply(*find_op("constant_pad_nd"), b.g, back, 0);
        },
        "g")},
    .tangent = [](const Forward& f) -> Tensor { return apply(*find_op("constant_pad_nd"), f.t(0).value, f.call[1], 0); },
    .samples = {"f(2, 3), (1, 2)", "f(2, 3), (1, 0, -1, 2), 0.5"},
};

namespace {
/// For the form of one, two or three dimensions.
Maker border_maker(const Backward& b, Maker line) { return static_cast<Maker>(static_cast<int>(line) + b.signature()); }
}  // namespace

const OpDef kReflectionPad{
    .name = "_reflection_pad",
    .signatures = {{"_reflection_pad(Tensor input, ints pad)", "ReflectionPad1DBackward0"}, {"_reflection_pad(Tensor input, ints pad)", "ReflectionPad2DBackward0"},
                   {"_reflection_pad(Tensor input, ints pad)", "ReflectionPad3DBackward0"}},
    .spellings = 0,
    .doc = "A border in which the tensor is mirrored.",
    .latex = "[x, x, x]",
    .forward = [](Call& c) { return bordered(c, true); },
    .gradients = {gradient([](const Backward& b) { return made_at(border_maker(b, Maker::reflection_pad1d), mapped_back(b.g, border_maps(b.sizes(), b.arg(1).ints(), true)), b.x()); }, "g")},
    .tangent = auto_linear,
    .samples = {"f(1, 3), (1, 2)", "f(1, 3, 3), (1, 0, 2, 1)"},
};

const OpDef kReplicationPad{
    .name = "_replication_pad",
    .signatures = {{"_replication_pad(Tensor input, ints pad)", "ReplicationPad1DBackward0"}, {"_replication_pad(Tensor input, ints pad)", "ReplicationPad2DBackward0"},
                   {"_replication_pad(Tensor input, ints pad)", "ReplicationPad3DBackward0"}},
    .spellings = 0,
    .doc = "A border that repeats the outermost elements.",
    .latex = "[x, x, x]",
    .forward = [](Call& c) { return bordered(c, false); },
    .gradients = {gradient([](const Backward& b) { return made_at(border_maker(b, Maker::replication_pad1d), mapped_back(b.g, border_maps(b.sizes(), b.arg(1).ints(), false)), b.x()); }, "g")},
    .tangent = auto_linear,
    .samples = {"f(1, 3), (1, 2)", "f(1, 3, 3), (1, 0, 2, 1)"},
};

const OpDef kPad{
    .name = "pad",
    .signatures = {{"pad(Tensor input, size pad, str mode='constant', Number? value=None)"}},
    .spellings = kFunctional,
    .doc = "A border around the last dimensions: of a constant, mirrored, repeated, or of the other end.",
    .latex = "[v, x, v]",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const Dims& pad = c[1].ints();
          const std::string mode = c.has(2) ? c[2].text() : "constant";
          if (pad.size() % 2) fail("RuntimeError", "Padding length must be divisible by 2");
          if (pad.size() / 2 > x->dim()) fail("RuntimeError", "Padding length too large");
          if (mode == "constant") return apply(kConstantPad, x, pad, c.has(3) ? c[3] : Arg(0));
          if (c.has(3) && c[3].real() != 0) fail("RuntimeError", "Padding mode \"", mode, "\" doesn't take in value argument");
          const std::size_t rank = pad.size() / 2;
          const bool fits = rank >= 1 && rank <= 3 && (x->dim() == rank + 1 || x->dim() == rank + 2);
          if (mode != "reflect" && mode != "replicate" && mode != "circular") fail("NotImplementedError", "Unrecognised padding mode ", mode);
          if (!fits) fail("NotImplementedError", "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now");
          if (mode == "circular" && x->dim() != rank + 2) fail("RuntimeError", "Invalid padding size, expected ", 2 * (x->dim() - 2), " but got ", pad.size());
          if (mode == "circular") return circular(x, pad);
          Call call(mode == "reflect" ? kReflectionPad : kReplicationPad, static_cast<int>(rank) - 1);
          call.count = 2;
          call.args[0] = c[0];
          call.args[1] = c[1];
          return run(call);
        },
    .composite = true,
    .samples = {"f(2, 3), (1, 1)", "f(1, 2, 3), (1, 2), mode='reflect'", "f(1, 2, 3), (1, 2, 0, 1), mode='replicate'", "f(1, 1, 2, 3), (1, 2, 0, 1), mode='circular'"},
    .failures = {{"torch.nn.functional.pad(torch.ones(2), (1,))", "RuntimeError: Padding length must be divisible by 2"}},
};

namespace {

/// [..., c r r, h, w] to [..., c, h r, w r], or back.
Tensor shuffled(const Tensor& x, std::int64_t r, bool back) {
  const std::size_t rank = x->dim();
  const std::int64_t c = x->sizes[rank - 3], h = x->sizes[rank - 2], w = x->sizes[rank - 1];
  Dims parts, order, sizes;
  for (std::size_t d = 0; d + 3 < rank; ++d) {
    parts.push_back(x->sizes[d]);
    sizes.push_back(x->sizes[d]);
    order.push_back(static_cast<std::int64_t>(d));
  }
  const auto at = static_cast<std::int64_t>(rank) - 3;
  for (std::int64_t size : back ? Dims{c, h / r, r, w / r, r} : Dims{c / (r * r), r, r, h, w}) parts.push_back(size);
  for (std::int64_t dim : back ? Dims{0, 2, 4, 1, 3} : Dims{0, 3, 1, 4, 2}) order.push_back(at + dim);
  for (std::int64_t size : back ? Dims{c * r * r, h / r, w / r} : Dims{c / (r * r), h * r, w * r}) sizes.push_back(size);
  const Tensor whole = contiguous(x), turned = copy(permute(as_strided(whole, parts, contiguous_strides(parts), whole->offset), order));
  return as_strided(turned, sizes, contiguous_strides(sizes), 0);
}

}  // namespace

const OpDef kPixelShuffle{
    .name = "pixel_shuffle",
    .signatures = {{"pixel_shuffle(Tensor input, int upscale_factor)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Groups of channels as the pixels of a finer image.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t r = c.integer(1);
          if (x->dim() < 3) fail("RuntimeError", "pixel_shuffle expects input to have at least 3 dimensions, but got input with ", x->dim(), " dimension(s)");
          if (r <= 0) fail("RuntimeError", "pixel_shuffle expects a positive upscale_factor, but got ", r);
          const std::int64_t channels = x->sizes[x->dim() - 3];
          if (channels % (r * r)) {
            fail("RuntimeError", "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=", channels,
                 " is not divisible by ", r * r);
          }
          return shuffled(x, r, false);
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("pixel_unshuffle"), b.g, b.arg(1)); }, "g")},
    .in_c = true,
    .samples = {"f(1, 4, 2, 3), 2"},
};

const OpDef kPixelUnshuffle{
    .name = "pixel_unshuffle",
    .signatures = {{"pixel_unshuffle(Tensor input, int downscale_factor)"}},
    .spellings = kTorch | kFunctional,
    .doc = "The pixels of small squares as channels of a coarser image.",
    .latex = "x",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::int64_t r = c.integer(1);
          if (x->dim() < 3) fail("RuntimeError", "pixel_unshuffle expects input to have at least 3 dimensions, but got input with ", x->dim(), " dimension(s)");
          if (r <= 0) fail("RuntimeError", "pixel_unshuffle expects a positive downscale_factor, but got ", r);
          for (int side = 2; side >= 1; --side) {
            const std::int64_t size = x->sizes[x->dim() - side];
            if (size % r == 0) continue;
            fail("RuntimeError", "pixel_unshuffle expects ", side == 2 ? "height" : "width", " to be divisible by downscale_factor, but input.size(-", side, ")=", size,
                 " is not divisible by ", r);
          }
          return x->numel ? shuffled(x, r, true) : clone(x);
        },
    .gradients = {gradient([](const Backward& b) { return apply(kPixelShuffle, b.g, b.arg(1)); }, "g")},
    .in_c = true,
    .samples = {"f(1, 1, 4, 2), 2"},
};

const std::vector<const OpDef*>& resampling_ops() {
  static const std::vector<const OpDef*> ops{&kAvgPool2d,   &kAvgPool1d,      &kAdaptiveAvgPool2dOp, &kAdaptiveAvgPool2d, &kAdaptiveAvgPool1d, &kConstantPad, &kReflectionPad, &kReplicationPad,      &kPad,               &kPixelShuffle,      &kPixelUnshuffle,
                                             &kAvgPool3d, &kAdaptiveAvgPool3dOp, &kAdaptiveAvgPool3d};
  return ops;
}

}  // namespace nabla
