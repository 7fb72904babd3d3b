// Plain gradients of batch_norm, layer_norm and group_norm, computed on memory in the order and with the fused products of PyTorch's kernels.
#include <cmath>

#include "ops/formula.h"
#include "ops/linalg.h"
#include "ops/moments.h"
#include "ops/normalization.h"
#include "ops/sums.h"

namespace nabla {

namespace {

/// Where input or gradient are not contiguous: products are added in double, and nothing is fused.
Tensor spread_slope(const Backward& b, int of) {
  const Tensor given = b.x(), x = contiguous(given), g = contiguous(b.g);
  const bool training = !b.arg(5).is_none() && b.arg(5).integer() != 0;
  const double eps = b.arg(7).is_none() ? 1e-5 : b.arg(7).real();
  const std::int64_t items = x->sizes[0], channels = x->sizes[1], inner = x->numel ? x->numel / items / channels : 0, count = items * inner;
  std::vector<bool> others(x->dim(), true);
  others[1] = false;
  const Tensor totals = sum(b.g, others, false);
  if (of == 2) return totals;
  const bool apart = !given->is_contiguous();
  const Tensor middles = apart && training ? sum(given, others, false) / static_cast<double>(count) : Tensor();
  const Tensor out = of == 0 ? empty(x->sizes, x->dtype) : empty({channels}, x->dtype);
  const auto at = [](const Tensor& line, std::int64_t k) { return element(*line, k * line->strides[0]).to_double(); };
  with_floats(x->dtype, [&]<class T>(T*) {
    for (std::int64_t k = 0; k < channels; ++k) {
      T mean, scale;
      if (!training) {
        mean = static_cast<T>(at(b.input(3), k));
        scale = static_cast<T>(1 / std::sqrt(at(b.input(4), k) + eps));
      } else if (apart) {
        const SpreadMoments<T> m(x->data_as<T>(), items, channels, inner, k, middles->data_as<T>()[k]);
        mean = m.mean;
        scale = m.scale(count, eps);
      } else {
        const BatchMoments<T> m(x->data_as<T>(), items, channels, inner, k);
        mean = m.mean;
        scale = m.scale(static_cast<T>(count), eps);
      }
      const auto each = [&](auto f) {
        for (std::int64_t n = 0; n < items; ++n) {
          for (std::int64_t e = (n * channels + k) * inner, end = e + inner; e < end; ++e) f(e, x->data_as<T>()[e] - mean, g->data_as<T>()[e]);
        }
      };
      double products = 0;
      each([&](std::int64_t, T distance, T slope) { products += static_cast<double>(distance * slope); });
      if (of == 1) {
        out->data_as<T>()[k] = static_cast<T>(products * static_cast<double>(scale));
        continue;
      }
      const T weight = b.arg(1).is_tensor() ? static_cast<T>(at(b.input(1), k)) : 1;
      const T share = static_cast<T>(products) * scale * scale / static_cast<T>(count), middle = totals->data_as<T>()[k] / static_cast<T>(count);
      each([&](std::int64_t e, T distance, T slope) {
        out->data_as<T>()[e] = training ? (slope - middle - distance * share) * scale * weight : slope * scale * weight;
      });
    }
  });
  return out;
}

}  // namespace

// With d = x - mean and k = sum(g d) / (sigma^2 n): (g - mean(g) - d k) / sigma w.
Tensor batch_norm_slope(const Backward& b, int of) {
  if (!b.x()->is_contiguous() || !b.g->is_contiguous()) return spread_slope(b, of);
  const Tensor x = contiguous(b.x()), g = contiguous(b.g);
  const bool training = !b.arg(5).is_none() && b.arg(5).integer() != 0;
  const double eps = b.arg(7).is_none() ? 1e-5 : b.arg(7).real();
  const std::int64_t items = x->sizes[0], channels = x->sizes[1], inner = x->numel ? x->numel / items / channels : 0;
  const Tensor out = of == 0 ? empty(x->sizes, x->dtype) : empty({channels}, x->dtype);
  const auto at = [](const Tensor& line, std::int64_t k) { return element(*line, k * line->strides[0]).to_double(); };
  with_floats(x->dtype, [&]<class T>(T*) {
    std::vector<T> apart(static_cast<std::size_t>(inner));
    for (std::int64_t k = 0; k < channels; ++k) {
      const T count = static_cast<T>(items * inner);
      const BatchMoments<T> m = training ? BatchMoments<T>(x->data_as<T>(), items, channels, inner, k) : BatchMoments<T>(static_cast<T>(at(b.input(3), k)), 0);
      const T scale = training ? m.scale(count, eps) : static_cast<T>(1 / std::sqrt(at(b.input(4), k) + eps));
      double wide = 0, wide_products = 0;
      T narrow = 0, narrow_products = 0;
      for (std::int64_t n = 0; n < items; ++n) {
        const std::int64_t from = (n * channels + k) * inner;
        const T *values = x->data_as<T>() + from, *slopes = g->data_as<T>() + from;
        for (std::int64_t i = 0; i < inner; ++i) apart[i] = values[i] - m.mean;
        if (inner == 1) {
          narrow += *slopes;
          narrow_products = fused(apart[0], *slopes, narrow_products);
        } else if (inner) {
          wide += sum_of_row(slopes, inner);
          wide_products += sum_of_products(apart.data(), slopes, inner);
        }
      }
      const T total = inner == 1 ? narrow : static_cast<T>(wide), products = inner == 1 ? narrow_products : static_cast<T>(wide_products);
      if (of == 2) out->data_as<T>()[k] = total;
      if (of == 1) out->data_as<T>()[k] = inner == 1 ? products * scale : static_cast<T>(wide_products * static_cast<double>(scale));
      if (of != 0) continue;
      const T weight = b.arg(1).is_tensor() ? static_cast<T>(at(b.input(1), k)) : 1;
      const T share = training ? products * scale * scale / count : 0, middle = !training ? 0 : inner == 1 ? total / count : static_cast<T>(wide / static_cast<double>(count));
      for (std::int64_t n = 0; n < items; ++n) {
        for (std::int64_t i = 0; i < inner; ++i) {
          const std::int64_t e = (n * channels + k) * inner + i;
          out->data_as<T>()[e] = fused(m.mean - x->data_as<T>()[e], share, g->data_as<T>()[e] - middle) * scale * weight;
        }
      }
    }
  });
  return out;
}

// With a = 1 / sigma, b = (sum(g w) mean - sum(g x w)) a^3 / n, c = -b mean - sum(g w) a / n: a g w + b x + c.
Tensor layer_norm_slope(const Backward& b, int of) {
  const Tensor x = contiguous(b.x()), g = contiguous(b.g);
  const std::int64_t length = count_elements(b.arg(1).ints());
  const double eps = b.arg(4).is_none() ? 1e-5 : b.arg(4).real();
  const Tensor weight = b.arg(2).is_tensor() ? contiguous(b.input(2)) : Tensor();
  const Tensor out = of == 0 ? empty(x->sizes, x->dtype) : zeros(b.arg(1).ints(), x->dtype);
  with_floats(x->dtype, [&]<class T>(T*) {
    const T* const w = weight ? weight->data_as<T>() : nullptr;
    T* const to = out->data_as<T>();
    const T share = 1 / static_cast<T>(length);
    for (std::int64_t from = 0; length && from < x->numel; from += length) {
      const T *row = x->data_as<T>() + from, *slopes = g->data_as<T>() + from;
      const Moments<T> m = moments_of(row, length);
      const T scale = 1 / std::sqrt(m.squares / static_cast<T>(length) + static_cast<T>(eps)), shift = -scale * m.mean;
      if (of == 3) {
        for (std::int64_t i = 0; i < length; ++i) to[i] += slopes[i];
      } else if (of == 2) {
        for (std::int64_t i = 0; i < length; ++i) to[i] = fused(slopes[i], fused(row[i], scale, shift), to[i]);
      } else {
        const T products = sum_of_products(slopes, row, length, w), total = w ? sum_of_products(slopes, w, length) : sum_of_row(slopes, length);
        const T by = fused(total, m.mean, -products) * scale * scale * scale * share;
        const T then = fused(-by, m.mean, -(total * scale * share));
        for (std::int64_t i = 0; i < length; ++i) {
          const T own = w ? scale * slopes[i] * w[i] : scale * slopes[i];
          to[from + i] = fused(by, row[i], own) + then;
        }
      }
    }
  });
  return out;
}

namespace {

/// The sum of x y, or of x, in lanes that are added in turn; what is left over from vectors comes last.
template <class T>
T lanes_in_turn(const T* x, const T* y, std::int64_t count) {
  constexpr std::int64_t kWidth = kLanes<T>;
  const std::int64_t whole = count - count % kWidth;
  T lanes[kWidth] = {}, sum = 0;
  const auto onto = [&](T sum, std::int64_t i) { return y ? fused(x[i], y[i], sum) : sum + x[i]; };
  for (std::int64_t i = 0; i < whole; ++i) lanes[i % kWidth] = onto(lanes[i % kWidth], i);
  for (std::int64_t k = 0; whole && k < kWidth; ++k) sum += lanes[k];
  const std::int64_t halves = whole + (count - whole) / (kWidth / 2) * (kWidth / 2);  // in half a vector products are rounded first
  for (std::int64_t i = whole; i < halves; ++i) {
    const T product = y ? x[i] * y[i] : x[i];
    sum += product;
  }
  for (std::int64_t i = halves; i < count; ++i) sum = onto(sum, i);
  return sum;
}

}  // namespace

// With the sums of a channel p = sum(g x) and q = sum(g), and P, Q those of p w and q w over a group of n elements, a = 1 / sigma:
// b = (Q mean - P) a^3 / n, c = -b mean - Q a / n: a w g + b x + c.
Tensor group_norm_slope(const Backward& b, int of) {
  const Tensor x = contiguous(b.x()), g = contiguous(b.g);
  const std::int64_t items = x->sizes[0], channels = x->sizes[1], groups = b.arg(1).integer(), per_group = channels / groups;
  const std::int64_t inner = x->numel ? x->numel / items / channels : 0, length = inner * per_group;
  const double eps = b.arg(4).is_none() ? 1e-5 : b.arg(4).real();
  const Tensor weight = b.arg(2).is_tensor() ? contiguous(b.input(2)) : Tensor();
  const Tensor out = of == 0 ? empty(x->sizes, x->dtype) : zeros({channels}, x->dtype);
  if (x->numel == 0) return out;
  with_floats(x->dtype, [&]<class T>(T*) {
    const T *values = x->data_as<T>(), *slopes = g->data_as<T>(), *const w = weight ? weight->data_as<T>() : nullptr;
    T* const to = out->data_as<T>();
    std::vector<T> products(static_cast<std::size_t>(per_group)), totals(products.size());
    for (std::int64_t k = 0; k < items * groups; ++k, values += length, slopes += length) {
      const Moments<T> m = moments_of(values, length);
      const T scale = 1 / std::sqrt(std::max(m.squares / static_cast<T>(length), T(0)) + static_cast<T>(eps));
      const std::int64_t first = k % groups * per_group;
      for (std::int64_t d = 0; d < per_group; ++d) {
        products[d] = lanes_in_turn(slopes + d * inner, values + d * inner, inner);
        totals[d] = lanes_in_turn<T>(slopes + d * inner, nullptr, inner);
        T& sum = to[of == 0 ? 0 : first + d];
        if (of == 3) sum += totals[d];
        if (of == 2) sum = fused(fused(-totals[d], m.mean, products[d]), scale, sum);
      }
      if (of != 0) continue;
      const T* const line = w ? w + first : nullptr;
      const T product = lanes_in_turn(products.data(), line, per_group), total = lanes_in_turn(totals.data(), line, per_group);
      const T by = fused(total, m.mean, -product) * scale * scale * scale * (1 / static_cast<T>(length));
      const T then = fused(-by, m.mean, -(total * scale * (1 / static_cast<T>(length))));
      for (std::int64_t i = 0; i < length; ++i) to[k * length + i] = fused(w ? scale * line[i / inner] : scale, slopes[i], by * values[i]) + then;
    }
  });
  return out;
}

}  // namespace nabla
