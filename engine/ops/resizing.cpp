// Images in other sizes: interpolate. Along each axis an element is made of a few others, each with a weight.
#include <algorithm>
#include <cmath>

#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/pooling.h"
#include "ops/tangents.h"
#include "tensor/fused.h"

namespace nabla {
namespace {

/// What one position of the resized axis is made of.
struct Tap {
  std::int64_t at;
  double weight;
};
struct Axis {
  std::int64_t in;
  std::vector<std::vector<Tap>> taps;  // of each position
};

enum class Mode { nearest, exact, linear, cubic, smooth_linear, smooth_cubic };
constexpr Mode kModes[] = {Mode::nearest, Mode::nearest, Mode::nearest, Mode::exact, Mode::exact, Mode::exact, Mode::linear, Mode::linear, Mode::linear, Mode::cubic, Mode::smooth_linear, Mode::smooth_cubic};

/// The weight of a sample at distance x < 1 and 1 < x < 2; the spline's parameter is a. `fuses`: as PyTorch's vectorised kernels round it.
template <class T>
T cubic_near(T x, T a, bool fuses) {
  const T slope = fuses ? fused(a + 2, x, -(a + 3)) : (a + 2) * x - (a + 3);
  return slope * x * x + 1;
}
template <class T>
T cubic_far(T x, T a, bool fuses) {
  const T steep = fuses ? fused(a, x, -5 * a) : a * x - 5 * a, slope = fuses ? fused(steep, x, 8 * a) : steep * x + 8 * a;
  return slope * x - 4 * a;
}

/// The filter of antialiasing at distance x.
template <class T>
T smooth(T x, bool cubic) {
  x = std::fabs(x);
  if (!cubic) return x < 1 ? 1 - x : 0;
  return x < 1 ? cubic_near<T>(x, T(-0.5), false) : x < 2 ? (((x - 5) * x + 8) * x - 4) * T(-0.5) : 0;
}

/// One axis, with the weights of type T. `scale`, where it was given, is how much longer the axis becomes. `back`: with the weights of bicubic's gradient, whose kernel
/// rounds places and weights otherwise.
template <class T>
Axis axis_of(std::int64_t in, std::int64_t out, double scale, Mode mode, bool align_corners, bool back) {
  Axis axis{in, {}};
  const auto clamped = [in](std::int64_t k) { return std::clamp<std::int64_t>(k, 0, in - 1); };
  const auto step_of = [&]<class S>(S*) {
    return align_corners ? (out > 1 ? static_cast<S>(in - 1) / static_cast<S>(out - 1) : S(0)) : scale > 0 ? static_cast<S>(1 / scale) : static_cast<S>(in) / static_cast<S>(out);
  };
  const T step = step_of(static_cast<T*>(nullptr));
  for (std::int64_t i = 0; i < out; ++i) {
    std::vector<Tap>& taps = axis.taps.emplace_back();
    const double wide = static_cast<double>(step);
    double at = align_corners ? wide * static_cast<double>(i) : std::fma(wide, static_cast<double>(i) + 0.5, -0.5);
    switch (mode) {
      case Mode::nearest:
      case Mode::exact: {
        const float place = step_of(static_cast<float*>(nullptr)) * (static_cast<float>(i) + (mode == Mode::exact ? 0.5F : 0.0F));
        taps.push_back({in == out ? i : clamped(static_cast<std::int64_t>(std::floor(place))), 1});
        break;
      }
      case Mode::linear: {
        at = in == out ? static_cast<double>(i) : std::max(at, 0.0);
        const auto low = clamped(static_cast<std::int64_t>(at));
        const T share = static_cast<T>(at - static_cast<double>(low));
        taps = {{low, static_cast<double>(1 - share)}, {in == out ? low : clamped(low + 1), static_cast<double>(share)}};
        break;
      }
      case Mode::cubic: {
        constexpr T a = T(-0.75);
        if (back) at = align_corners ? step * static_cast<T>(i) : static_cast<T>(static_cast<T>(step * (static_cast<T>(i) + T(0.5))) - T(0.5));
        const auto low = static_cast<std::int64_t>(std::floor(static_cast<T>(at)));
        const T t = static_cast<T>(at - static_cast<double>(low)), rest = 1 - t;
        const T weights[] = {cubic_far<T>(t + 1, a, !back), cubic_near<T>(t, a, !back), cubic_near<T>(rest, a, !back), cubic_far<T>(rest + 1, a, !back)};
        for (int k = 0; k < 4; ++k) taps.push_back({clamped(low - 1 + k), static_cast<double>(weights[k])});
        break;
      }
      default: {
        const bool cubic = mode == Mode::smooth_cubic;
        const T reach = (cubic ? T(2) : T(1)) * std::max(step, T(1)), squeezed = step >= 1 ? 1 / step : T(1), centre = step * (static_cast<T>(i) + T(0.5));
        const auto from = std::max<std::int64_t>(static_cast<std::int64_t>(centre - reach + T(0.5)), 0), to = std::min<std::int64_t>(static_cast<std::int64_t>(centre + reach + T(0.5)), in);
        T total = 0;
        for (std::int64_t k = from; k < to; ++k) {
          const T weight = smooth<T>((static_cast<T>(k) - centre + T(0.5)) * squeezed, cubic);
          total += weight;
          taps.push_back({k, static_cast<double>(weight)});
        }
        for (Tap& tap : taps) tap.weight = static_cast<double>(total != 0 ? static_cast<T>(tap.weight) / total : static_cast<T>(tap.weight));
      }
    }
  }
  return axis;
}

/// The axes of an _upsample's arguments, outermost first.
template <class T>
std::vector<Axis> axes_for(const Dims& sizes, const Dims& wanted, const Arg& scales, Mode mode, bool align_corners, bool back = false) {
  std::vector<Axis> axes;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double scale = scales.is_none() ? 0 : element(*scales.impl(), static_cast<std::int64_t>(i)).to_double();
    axes.push_back(axis_of<T>(sizes[sizes.size() - wanted.size() + i], wanted[i], scale, mode, align_corners, back));
  }
  return axes;
}

/// The element made of the first `count` axes from x on; `places` tells which position along each. PyTorch's kernel adds two products with one
/// rounding less in the first, more of them onto the first.
template <class T>
T blend(const T* x, const Axis* axes, std::size_t count, const std::int64_t* places, bool smooth) {
  const std::vector<Tap>& taps = axes->taps[*places];
  std::int64_t inner = 1;
  for (std::size_t d = 1; d < count; ++d) inner *= axes[d].in;
  const auto part = [&](const Tap& tap) { return count == 1 ? x[tap.at] : blend(x + tap.at * inner, axes + 1, count - 1, places + 1, smooth); };
  if (taps.size() == 1 && taps[0].weight == 1) return part(taps[0]);
  const bool two = taps.size() > 1 && !smooth;  // the antialiasing kernel goes one by one
  T sum = two ? fused(part(taps[0]), static_cast<T>(taps[0].weight), part(taps[1]) * static_cast<T>(taps[1].weight)) : part(taps[0]) * static_cast<T>(taps[0].weight);
  for (std::size_t k = two ? 2 : 1; k < taps.size(); ++k) sum = fused(part(taps[k]), static_cast<T>(taps[k].weight), sum);
  return sum;
}

/// The same where there is one channel only, which another kernel serves: all products of an element are added in double.
template <class T>
double sum_up(const T* x, const Axis* axes, std::size_t count, const std::int64_t* places, T weight) {
  if (count == 0) return static_cast<double>(weight) * static_cast<double>(*x);
  std::int64_t inner = 1;
  for (std::size_t d = 1; d < count; ++d) inner *= axes[d].in;
  double sum = 0;
  for (const Tap& tap : axes->taps[*places]) sum += sum_up(x + tap.at * inner, axes + 1, count - 1, places + 1, weight * static_cast<T>(tap.weight));
  return sum;
}

/// f of each plane and each position in it, the last axis fastest.
template <class F>
void for_each_place(const std::vector<Axis>& axes, std::int64_t planes, F f) {
  for (const Axis& axis : axes) {
    if (axis.taps.empty()) return;
  }
  for (std::int64_t p = 0; p < planes; ++p) {
    std::int64_t places[3] = {};
    for (std::size_t d = 0; d < axes.size();) {
      f(p, places);
      for (d = axes.size(); d-- > 0 && ++places[d] == static_cast<std::int64_t>(axes[d].taps.size());) places[d] = 0;
      if (d >= axes.size()) break;
      d = 0;
    }
  }
}

std::int64_t volume(const std::vector<Axis>& axes) {
  std::int64_t count = 1;
  for (const Axis& axis : axes) count *= axis.in;
  return count;
}

template <class T>
void resize(const Tensor& x, const Tensor& out, const std::vector<Axis>& axes, bool alone, bool smooth) {
  const std::int64_t size = volume(axes);
  const T* from = x->data_as<T>();
  T* to = out->data_as<T>();
  for_each_place(axes, x->numel / std::max<std::int64_t>(size, 1), [&](std::int64_t p, const std::int64_t* places) {
    const T* const plane = from + p * size;
    *to++ = alone ? static_cast<T>(sum_up<T>(plane, axes.data(), axes.size(), places, 1)) : blend(plane, axes.data(), axes.size(), places, smooth);
  });
}

/// To each element what it gave: g times the weights of all axes, in order.
template <class T>
void give_back(T* to, const std::vector<Axis>& axes, std::size_t d, const std::int64_t* places, T weight, T g) {
  if (d == axes.size()) {
    *to = fused(weight, g, *to);
    return;
  }
  std::int64_t inner = 1;
  for (std::size_t e = d + 1; e < axes.size(); ++e) inner *= axes[e].in;
  for (const Tap& tap : axes[d].taps[places[d]]) give_back(to + tap.at * inner, axes, d + 1, places, d ? weight * static_cast<T>(tap.weight) : static_cast<T>(tap.weight), g);
}
/// The same in the order of bicubic's kernel, which rounds every step: column by column.
template <class T>
void give_back_cubic(T* to, const std::vector<Axis>& axes, const std::int64_t* places, T g) {
  for (const Tap& column : axes[1].taps[places[1]]) {
    for (const Tap& row : axes[0].taps[places[0]]) to[row.at * axes[1].in + column.at] += g * static_cast<T>(row.weight) * static_cast<T>(column.weight);
  }
}

/// The gradient without a graph.
Tensor resized_back(const Tensor& given, const Dims& sizes, const Backward& b, Mode mode, bool align_corners) {
  const Tensor g = contiguous(given), out = zeros(sizes, g->dtype);
  with_floats(g->dtype, [&]<class T>(T*) {
    const std::vector<Axis> axes = axes_for<T>(sizes, b.arg(1).ints(), b.arg(2), mode, align_corners, true);
    const std::int64_t size = volume(axes);
    const T* from = g->data_as<T>();
    for_each_place(axes, out->numel / std::max<std::int64_t>(size, 1), [&](std::int64_t p, const std::int64_t* places) {
      T* const to = out->data_as<T>() + p * size;
      if (mode == Mode::cubic) give_back_cubic<T>(to, axes, places, *from++);
      else give_back<T>(to, axes, 0, places, 1, *from++);
    });
  });
  return out;
}

/// The gradient of a graph: products with the weights as matrices.
Tensor resized_back_in_graph(const Backward& b, Mode mode, bool align_corners) {
  std::vector<AxisMap> maps;
  for (const Axis& axis : axes_for<double>(b.sizes(), b.arg(1).ints(), b.arg(2), mode, align_corners)) {
    AxisMap& map = maps.emplace_back(static_cast<std::int64_t>(axis.taps.size()), axis.in);
    for (std::int64_t i = 0; i < map.out; ++i) {
      for (const Tap& tap : axis.taps[i]) map.at(i, tap.at) += tap.weight;
    }
  }
  return mapped_back(b.g, maps);
}

/// Which form of _upsample a mode is for an input of this many dimensions; -1 where there is none.
int form_of(const std::string& mode, std::int64_t dims, bool smooth) {
  if (dims < 3 || dims > 5) return -1;
  const int axes = static_cast<int>(dims) - 3;
  if (mode == "nearest") return axes;
  if (mode == "nearest-exact") return 3 + axes;
  if (mode == "linear" && dims == 3) return 6;
  if (mode == "bilinear" && dims == 4) return smooth ? 10 : 7;
  if (mode == "trilinear" && dims == 5) return 8;
  return mode == "bicubic" && dims == 4 ? (smooth ? 11 : 9) : -1;
}

}  // namespace

/// Does an image or volume lie in memory pixel after pixel? PyTorch has kernels for these.
bool channels_come_last(const TensorImpl& x) {
  if (x.dim() < 4) return false;
  std::int64_t expected = 1;
  for (std::size_t i = 0; i < x.dim(); ++i) {
    const std::size_t d = i == 0 ? 1 : i + 1 == x.dim() ? 0 : x.dim() - i;
    if (x.sizes[d] == 1) continue;
    if (x.strides[d] != expected) return false;
    expected *= x.sizes[d];
  }
  return true;
}

// One form for each kernel of PyTorch; `scales` holds the factors that were given, instead of sizes.
#define NABLA_UPSAMPLE(kind) {"_upsample(Tensor input, ints size, Tensor? scales, bool align_corners)", "Upsample" kind "Backward1"}
const OpDef kUpsample{
    .name = "_upsample",
    .signatures = {NABLA_UPSAMPLE("Nearest1D"), NABLA_UPSAMPLE("Nearest2D"), NABLA_UPSAMPLE("Nearest3D"), NABLA_UPSAMPLE("NearestExact1D"), NABLA_UPSAMPLE("NearestExact2D"),
                   NABLA_UPSAMPLE("NearestExact3D"), NABLA_UPSAMPLE("Linear1D"), NABLA_UPSAMPLE("Bilinear2D"), NABLA_UPSAMPLE("Trilinear3D"), NABLA_UPSAMPLE("Bicubic2D"),
                   NABLA_UPSAMPLE("Bilinear2DAa"), NABLA_UPSAMPLE("Bicubic2DAa")},
    .spellings = 0,
    .doc = "An image in another size.",
    .latex = "R x C^{T}",
    .forward =
        [](Call& c) {
          const Tensor given = c.tensor(0);
          const Mode mode = kModes[c.signature];
          const bool nearest = mode == Mode::nearest || mode == Mode::exact;
          if (!is_floating(given->dtype) && !(nearest && given->dtype == DType::uint8)) {
            const std::string name = channels_come_last(*given) && (nearest || mode == Mode::linear) ? cat("upsample_", nearest ? "nearest" : given->dim() == 4 ? "bilinear" : "trilinear", given->dim() - 2, "d_channels_last")
                                            : cat("compute_indices_weights_", nearest ? "nearest" : mode == Mode::linear ? "linear" : mode == Mode::cubic ? "cubic" : "aa");
            not_implemented_for(name.c_str(), given->dtype);
          }
          const Tensor x = contiguous(cast(given, is_floating(given->dtype) ? given->dtype : DType::float32));
          Dims sizes = x->sizes;
          const Dims& wanted = c[1].ints();
          for (std::size_t i = 0; i < wanted.size(); ++i) sizes[sizes.size() - wanted.size() + i] = wanted[i];
          const Tensor out = empty(sizes, x->dtype);
          const bool alone = mode == Mode::linear && channels_come_last(*given);
          with_floats(x->dtype, [&]<class T>(T*) { resize<T>(x, out, axes_for<T>(x->sizes, wanted, c[2], mode, c.flag(3)), alone, mode > Mode::cubic); });
          return cast(out, given->dtype);
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Mode mode = kModes[b.signature()];
                        const bool align_corners = !b.arg(3).is_none() && b.arg(3).integer();
                        return grad_enabled() ? resized_back_in_graph(b, mode, align_corners) : resized_back(b.g, b.sizes(), b, mode, align_corners);
                      },
                      "R^{T} g C"),
                  not_differentiable(""), not_differentiable("a scale is a constant")},
    .tangent = auto_linear,
    .samples = {},
};
#undef NABLA_UPSAMPLE

const OpDef kInterpolate{
    .name = "interpolate",
    .signatures = {{"interpolate(Tensor input, ints? size=None, Number? scale_factor=None, str mode='nearest', bool? align_corners=None, bool? "
                    "recompute_scale_factor=None, bool antialias=False)"}},
    .spellings = kFunctional,
    .doc = "An image in another size, by the nearest pixels, linearly, or by cubic curves.",
    .latex = "R x C^{T}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const std::string mode = c.has(3) ? c[3].text() : "nearest";
          const bool corners = c.flag(4), blocks = mode == "nearest" || mode == "nearest-exact" || mode == "area";
          if (blocks && c.has(4)) {
            fail("ValueError", "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
          }
          if (c.flag(6) && !((mode == "bilinear" || mode == "bicubic") && x->dim() == 4)) fail("ValueError", "Anti-alias option is only supported for bilinear and bicubic modes");
          if (c.flag(5) && c.has(1) && !c.has(2)) fail("ValueError", "recompute_scale_factor is not meaningful with an explicit size.");
          const std::size_t rank = x->dim() > 2 ? x->dim() - 2 : 0;
          if (c.has(1) && c.has(2)) fail("ValueError", "only one of size or scale_factor should be defined");
          if (!c.has(1) && !c.has(2)) fail("ValueError", "either size or scale_factor should be defined");
          Dims wanted(rank, 0);
          Arg scales;
          if (c.has(1)) {
            if (const Dims given = c[1].kind() == Arg::Kind::ints ? c[1].ints() : Dims(); given.size() > 1 && given.size() != rank) {
              Dims spatial;
              for (std::size_t i = 0; i < rank; ++i) spatial.push_back(x->sizes[2 + i]);
              const std::string listed = cat(given);
              fail("ValueError", "Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of ", spatial,
                   " and output size of (", listed.substr(1, listed.size() - 2), given.size() == 1 ? ",)" : ")",
                   ". Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.");
            }
            wanted = axes_of(c[1], rank, {}, "");
          } else {
            const Tensor factors = c[2].is_tensor() ? c.tensor(2) : full({static_cast<std::int64_t>(rank)}, Scalar::of(c[2].real()), DType::float64);
            if (factors->numel != static_cast<std::int64_t>(rank)) fail("ValueError", "Input and scale_factor must have the same number of spatial dimensions");
            for (std::size_t i = 0; i < rank; ++i) {
              const double size = static_cast<double>(x->sizes[2 + i]) * factors->data_as<double>()[i];
              wanted[i] = static_cast<std::int64_t>(c.flag(5) ? std::floor(size) : size);
            }
            if (!c.flag(5)) scales = Arg(factors);
          }
          if (mode == "area") {
            if (x->dim() == 3) return apply(*find_op("adaptive_avg_pool1d"), x, wanted);
            if (x->dim() == 4) return apply(*find_op("adaptive_avg_pool2d"), x, wanted);
            if (x->dim() == 5) return apply(*find_op("adaptive_avg_pool3d"), x, wanted);
          }
          const int form = form_of(mode, static_cast<std::int64_t>(x->dim()), c.flag(6));
          if (form < 0) {
            const char* const wants = mode == "linear" ? "3D" : mode == "bilinear" ? "4D" : mode == "trilinear" ? "5D" : nullptr;
            if (wants && x->dim() >= 3 && x->dim() <= 5) fail("NotImplementedError", "Got ", x->dim(), "D input, but ", mode, " mode needs ", wants, " input");
            fail("NotImplementedError", "Input Error: Only 3D, 4D and 5D input Tensors supported (got ", x->dim(),
                 "D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got ", mode, ")");
          }
          const std::int64_t* const sizes = x->sizes.begin() + 2;
          if (std::any_of(wanted.begin(), wanted.end(), [](std::int64_t size) { return size <= 0; }) || std::any_of(sizes, static_cast<const std::int64_t*>(x->sizes.end()), [](std::int64_t size) { return size == 0; })) {
            const auto listed = [rank](const std::int64_t* at) {
              std::string text;
              for (std::size_t i = 0; i < rank; ++i) text += cat(i ? ", " : "", "DHW"[3 - rank + i], ": ", at[i]);
              return text;
            };
            fail("RuntimeError", "Input and output sizes should be greater than 0, but got input (", listed(sizes), rank == 1 ? ") and output (" : ") output (", listed(wanted.begin()), ")");
          }
          Call call(kUpsample, form);
          call.count = 4;
          call.args[0] = c[0];
          call.args[1] = Arg(wanted);
          call.args[2] = scales;
          call.args[3] = Arg(corners);
          return run(call);
        },
    .composite = true,
    .samples = {"f(1, 2, 3), scale_factor=2", "f(1, 1, 2, 3), (4, 3)", "f(1, 1, 3), 5, mode='linear'", "f(1, 1, 2, 3), scale_factor=2, mode='bilinear', align_corners=True",
                "f(1, 1, 3, 3), scale_factor=2, mode='bicubic'", "f(1, 1, 2, 2, 3), (3, 3, 4), mode='trilinear'", "f(1, 1, 4, 4), 3, mode='area'"},
    .failures = {{"torch.nn.functional.interpolate(torch.ones(1, 1, 2))", "ValueError: either size or scale_factor should be defined"}},
};

const std::vector<const OpDef*>& resizing_ops() {
  static const std::vector<const OpDef*> ops{&kUpsample, &kInterpolate};
  return ops;
}

}  // namespace nabla
