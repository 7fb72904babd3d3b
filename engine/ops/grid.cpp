// grid_sampler_2d, what F.grid_sample is made of: an image looked at in the places of a grid, between its pixels; and its gradients.
// Sums, and the order of what is given back, are those of PyTorch's vectors of 8 floats (4 doubles), which fuse products and sums.
#include <algorithm>
#include <cmath>

#include "ops/families.h"
#include "ops/linalg.h"
#include "tensor/fused.h"

namespace nabla {
namespace {

enum Between : std::int64_t { kBilinear, kNearest, kBicubic };
enum Outside : std::int64_t { kZeros, kBorder, kReflection };

/// One axis of the image: from the grid's -1 .. 1 to pixels.
template <class T>
struct Scale {
  std::int64_t size;
  Outside outside;
  bool align_corners;
  T factor() const { return static_cast<T>(align_corners ? size - 1 : size) / 2; }
  T pixel(T x) const { return align_corners ? (x + 1) * factor() : fused(x + 1, factor(), T(-0.5)); }
  /// Where a place outside lies instead; `slope` becomes what its derivative is.
  T inside(T x, T& slope) const {
    if (outside == kZeros) return x;
    if (outside == kReflection) {
      const T low = align_corners ? T(0) : T(-0.5), round = static_cast<T>(align_corners ? size - 1 : size) * 2, moved = x - low;
      if (round <= 0) {
        slope = 0;
        return 0;
      }
      const T length = std::fabs(moved), extra = fused(-std::trunc(length / round), round, length), back = round - extra;
      if ((extra > back) != (moved < 0)) slope = -slope;
      x = std::min(extra, back) + low;
    }
    const T last = static_cast<T>(size - 1);
    if (!(x > 0) || x >= last) slope = 0;
    return !(x > 0) ? T(0) : std::min(x, last);
  }
  T place(T x) const {
    T slope = 1;
    return inside(x, slope);
  }
};

/// The weights of the four pixels around, of which the second lies t before the place; and their derivatives, with the sign turned.
template <class T>
struct Cubic {
  T weights[4], slopes[4];
  explicit Cubic(T t) {
    constexpr T a = T(-0.75);
    const auto near = [](T x) { return fused(fused(a + 2, x, -(a + 3)) * x, x, T(1)); };
    const auto far = [](T x) { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a; };
    const T before = -1 - t, here = -t, after = 1 - t, beyond = 2 - t;
    weights[0] = far(t + 1), weights[1] = near(t), weights[2] = near(after), weights[3] = far(beyond);
    slopes[0] = (-3 * a * before - 10 * a) * before - 8 * a;
    slopes[1] = (-3 * (a + 2) * here - 2 * (a + 3)) * here;
    slopes[2] = (3 * (a + 2) * after - 2 * (a + 3)) * after;
    slopes[3] = (3 * a * beyond - 10 * a) * beyond + 8 * a;
  }
};

/// The arguments, and one channel of one image as it is read from or given back to.
template <class T>
struct Sampler {
  std::int64_t batch, channels, height, width, places;  // places: of the grid
  Between between;
  Scale<T> down, across;
  Sampler(const Dims& image, const Dims& grid, std::int64_t between, std::int64_t outside, bool align_corners)
      : batch(image[0]), channels(image[1]), height(image[2]), width(image[3]), places(grid[1] * grid[2]), between(static_cast<Between>(between)),
        down{height, static_cast<Outside>(outside), align_corners}, across{width, static_cast<Outside>(outside), align_corners} {}

  /// The offset of a pixel, -1 outside.
  std::int64_t offset(T y, T x) const {
    if (!(x >= 0 && y >= 0 && x < static_cast<T>(width) && y < static_cast<T>(height))) return -1;
    return static_cast<std::int64_t>(y) * width + static_cast<std::int64_t>(x);
  }
};

/// One place of the grid in an image: the pixels about it and how they count.
template <class T>
struct Spot {
  int count;
  std::int64_t at[16];
  T weights[16], down[16], across[16];  // down, across: weights of bicubic's derivatives
  T top, bottom, left, right, down_slope, across_slope;
  Spot(const Sampler<T>& s, const T* grid) {
    T x = s.across.pixel(grid[0]), y = s.down.pixel(grid[1]);
    down_slope = s.down.factor(), across_slope = s.across.factor();
    if (s.between != kBicubic) x = s.across.inside(x, across_slope), y = s.down.inside(y, down_slope);
    if (s.between == kNearest) {
      count = 1, weights[0] = 1;
      at[0] = s.offset(std::nearbyint(y), std::nearbyint(x));
      return;
    }
    const T west = std::floor(x), north = std::floor(y);
    if (s.between == kBilinear) {
      count = 4;
      right = x - west, left = 1 - right, bottom = y - north, top = 1 - bottom;
      const T parts[] = {top * left, top * right, bottom * left, bottom * right};
      for (int k = 0; k < 4; ++k) weights[k] = parts[k], at[k] = s.offset(north + static_cast<T>(k / 2), west + static_cast<T>(k % 2));
      return;
    }
    count = 16;
    const Cubic<T> rows(y - north), columns(x - west);
    for (int k = 0; k < 16; ++k) {  // column by column, as gradients are given back
      const int i = k / 4, j = k % 4;
      at[k] = s.offset(s.down.place(north + static_cast<T>(j - 1)), s.across.place(west + static_cast<T>(i - 1)));
      down[k] = rows.weights[j], across[k] = columns.weights[i];
      weights[k] = 0;
    }
    for (int k = 0; k < 4; ++k) row_slopes[k] = rows.slopes[k], column_slopes[k] = columns.slopes[k];
  }
  T row_slopes[4], column_slopes[4];

  T value(const T* image, int k) const { return at[k] < 0 ? T(0) : image[at[k]]; }
  T look(const T* image) const {
    if (count == 1) return value(image, 0);
    T sum = 0;
    if (count == 4) {
      for (int k = 0; k < 4; ++k) sum = k ? fused(value(image, k), weights[k], sum) : value(image, k) * weights[k];
      return sum;
    }
    for (int j = 0; j < 4; ++j) {
      T row = fused(across[0], value(image, j), across[4] * value(image, 4 + j));
      for (int i = 2; i < 4; ++i) row += across[i * 4] * value(image, i * 4 + j);
      sum = j ? fused(down[j], row, sum) : down[0] * row;
    }
    return sum;
  }
  /// What pixel k gets of g.
  T share(int k, T g) const { return count == 1 ? g : count == 4 ? weights[k] * g : g * across[k] * down[k]; }
  /// Adds one channel's part to the derivatives by the place.
  void move(const T* image, T g, T& gx, T& gy) const {
    if (count == 1) return;
    if (count == 4) {
      const T nw = value(image, 0), ne = value(image, 1), sw = value(image, 2), se = value(image, 3);
      gx = fused(fused(se - sw, bottom, (ne - nw) * top), g, gx);
      gy = fused(fused(se - ne, right, (sw - nw) * left), g, gy);
      return;
    }
    for (int k = 0; k < 16; ++k) {
      const T part = value(image, k) * g;
      gx = fused(-(part * column_slopes[k / 4]), down[k], gx);
      gy = fused(-(part * row_slopes[k % 4]), across[k], gy);
    }
  }
};

void check(const Tensor& x, const Tensor& grid, std::int64_t between) {
  if (x->dim() != grid->dim() || x->dim() < 4 || x->dim() > 5) {
    fail("RuntimeError", "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with sizes ", x->sizes, " and grid with sizes ", grid->sizes);
  }
  if (x->dim() == 5 && between == kBicubic) fail("RuntimeError", "grid_sampler(): bicubic interpolation only supports 4D input");
  if (x->dim() == 5) fail("NotImplementedError", "grid_sample of 5-D input is not part of nabla yet");
  if (!is_floating(x->dtype)) fail("RuntimeError", "grid_sampler_2d_cpu not implemented for ", legacy_name(x->dtype));
  if (x->dtype != grid->dtype) fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name(grid->dtype));
}

}  // namespace

const OpDef kGridSlope{
    .name = "grid_sampler_2d_backward",
    .signatures = {{"grid_sampler_2d_backward(Tensor g, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool to_grid)"}},
    .spellings = 0,
    .doc = "A gradient of grid_sampler_2d.",
    .latex = R"(g\, \partial_{x})",
    .forward =
        [](Call& c) {
          const Tensor g = contiguous(c.tensor(0)), x = contiguous(c.tensor(1)), grid = contiguous(c.tensor(2)), out = zeros(c.flag(6) ? grid->sizes : x->sizes, x->dtype);
          with_floats(x->dtype, [&]<class T>(T*) {
            const Sampler<T> s(x->sizes, grid->sizes, c.integer(3), c.integer(4), c.flag(5));
            constexpr std::int64_t kLanes = 32 / static_cast<std::int64_t>(sizeof(T));
            T* const to = out->data_as<T>();
            for (std::int64_t n = 0; n < s.batch; ++n) {
              for (std::int64_t from = 0; from < s.places; from += kLanes) {
                std::vector<Spot<T>> spots;
                for (std::int64_t p = from; p < std::min(from + kLanes, s.places); ++p) spots.emplace_back(s, grid->data_as<T>() + (n * s.places + p) * 2);
                const auto lanes = static_cast<std::int64_t>(spots.size());
                T gx[kLanes] = {}, gy[kLanes] = {};
                for (std::int64_t channel = n * s.channels; channel < (n + 1) * s.channels; ++channel) {
                  const T *image = x->data_as<T>() + channel * s.height * s.width, *came = g->data_as<T>() + channel * s.places + from;
                  T* const back = to + channel * s.height * s.width;
                  for (std::int64_t i = 0; c.flag(6) && i < lanes; ++i) spots[i].move(image, came[i], gx[i], gy[i]);
                  for (int k = 0; !c.flag(6) && k < spots[0].count; ++k) {
                    for (std::int64_t i = 0; i < lanes; ++i) {
                      if (spots[i].at[k] >= 0) back[spots[i].at[k]] += spots[i].share(k, came[i]);
                    }
                  }
                }
                for (std::int64_t i = 0; c.flag(6) && s.between != kNearest && i < lanes; ++i) {
                  T* const place = to + (n * s.places + from + i) * 2;
                  place[0] = gx[i] * spots[i].across_slope;
                  place[1] = gy[i] * spots[i].down_slope;
                }
              }
            }
          });
          return out;
        },
    .gradients = {not_implemented(), not_implemented(), not_implemented()},
    .samples = {},
};

namespace {
template <bool to_grid>
Tensor grid_gradient(const Backward& b) {
  Call call(kGridSlope);
  call.count = 7;
  call.args[0] = Arg(b.g);
  call.args[1] = Arg(b.x());
  call.args[2] = Arg(b.y());
  for (int i = 3; i < 6; ++i) call.args[i] = b.arg(i - 1);
  call.args[6] = Arg(to_grid);
  return run(call);
}
}  // namespace

const OpDef kGridSampler{
    .name = "grid_sampler_2d",
    .signatures = {{"grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)", "GridSampler2DBackward0"}},
    .spellings = 0,
    .doc = "The input at the places of a grid, between its pixels.",
    .latex = R"(\sum_{i j} x_{i j}\, w_i(y)\, w_j(x))",
    .forward =
        [](Call& c) {
          check(c.tensor(0), c.tensor(1), c.integer(2));
          const Tensor x = contiguous(c.tensor(0)), grid = contiguous(c.tensor(1)), out = empty({x->sizes[0], x->sizes[1], grid->sizes[1], grid->sizes[2]}, x->dtype);
          with_floats(x->dtype, [&]<class T>(T*) {
            const Sampler<T> s(x->sizes, grid->sizes, c.integer(2), c.integer(3), c.flag(4));
            for (std::int64_t n = 0; n < s.batch; ++n) {
              for (std::int64_t p = 0; p < s.places; ++p) {
                const Spot<T> spot(s, grid->data_as<T>() + (n * s.places + p) * 2);
                for (std::int64_t channel = n * s.channels; channel < (n + 1) * s.channels; ++channel) {
                  out->data_as<T>()[channel * s.places + p] = spot.look(x->data_as<T>() + channel * s.height * s.width);
                }
              }
            }
          });
          return out;
        },
    .gradients = {gradient(grid_gradient<false>, R"(g\, w_i(y)\, w_j(x))"), gradient(grid_gradient<true>, R"(g\, \sum_{i j} x_{i j}\, w_i'(y)\, w_j(x))")},
    .samples = {},
};

const std::vector<const OpDef*>& grid_ops() {
  static const std::vector<const OpDef*> ops{&kGridSampler, &kGridSlope};
  return ops;
}

}  // namespace nabla
