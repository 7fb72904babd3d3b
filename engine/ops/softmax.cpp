// Scores as probabilities: softmax, log_softmax, as methods and in torch.nn.functional.
#include <algorithm>
#include <cmath>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/linalg.h"
#include "ops/rows.h"
#include "ops/slopes.h"
#include "ops/sums.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

// Note [Softmax]
// As PyTorch computes it. Along the last dimension a row is taken in vectors: lanes are added at the end, in halves; less than a vector
// in turn. Along another dimension eight neighbouring rows lie in the lanes, so each is added in turn; what is left of them goes
// through the C library's exponential (Note [In vectors]).
template <class T>
void normalize_rows(const Rows& rows, T* out, bool logarithm) {
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r, x += rows.length, out += rows.length) {
    const T most = *std::max_element(x, x + rows.length);
    for (std::int64_t i = 0; i < rows.length; ++i) out[i] = elementary::exp(x[i] - most);
    const T total = sum_of_row(out, rows.length), scale = logarithm ? elementary::log(total) : 1 / total;
    for (std::int64_t i = 0; i < rows.length; ++i) out[i] = logarithm ? x[i] - most - scale : out[i] * scale;
  }
}

/// The same where the rows lie `inner` abreast, each element of a row `inner` from the next.
template <class T>
void normalize_columns(const T* x, T* out, std::int64_t outer, std::int64_t length, std::int64_t inner, bool logarithm) {
  for (std::int64_t o = 0; o < outer; ++o, x += length * inner, out += length * inner) {
    for (std::int64_t c = 0; c < inner; ++c) {
      T most = x[c], total = 0;
      for (std::int64_t i = 1; i < length; ++i) most = std::max(most, x[i * inner + c]);
      const bool left_over = c >= inner - inner % kLanes<T>;
      for (std::int64_t i = c; i < length * inner; i += inner) {
        out[i] = left_over ? std::exp(x[i] - most) : elementary::exp(x[i] - most);
        total += out[i];
      }
      const T scale = logarithm ? elementary::log(total) : total;
      for (std::int64_t i = c; i < length * inner; i += inner) out[i] = logarithm ? x[i] - most - scale : out[i] / scale;
    }
  }
}

/// The gradients, in the same order: softmax's p (g - sum g p), log_softmax's g - p sum g, from out in rows or abreast.
template <class T>
void slope_of_rows(const T* g, const T* out, T* to, std::int64_t count, std::int64_t length, bool logarithm) {
  for (std::int64_t r = 0; r < count; ++r, g += length, out += length, to += length) {
    const T total = logarithm ? sum_of_row(g, length) : sum_of_products(g, out, length);
    for (std::int64_t i = 0; i < length; ++i) to[i] = logarithm ? fused(-elementary::exp(out[i]), total, g[i]) : (g[i] - total) * out[i];
  }
}
template <class T>
void slope_of_columns(const T* g, const T* out, T* to, std::int64_t outer, std::int64_t length, std::int64_t inner, bool logarithm) {
  for (std::int64_t o = 0; o < outer; ++o, g += length * inner, out += length * inner, to += length * inner) {
    for (std::int64_t c = 0; c < inner; ++c) {
      T total = 0;
      for (std::int64_t i = c; i < length * inner; i += inner) total = logarithm ? total + g[i] : fused(g[i], out[i], total);
      const bool left_over = c >= inner - inner % kLanes<T>;
      for (std::int64_t i = c; i < length * inner; i += inner) {
        to[i] = logarithm ? fused(left_over ? -std::exp(out[i]) : -elementary::exp(out[i]), total, g[i]) : (g[i] - total) * out[i];
      }
    }
  }
}

/// The dimension that torch.nn.functional takes when none is given, with its warning.
std::int64_t implicit_dim(const char* name, std::size_t rank, std::int64_t stack_level) {
  warn("UserWarning", cat("Implicit dimension choice for ", name, " has been deprecated. Change the call to include dim=X as an argument."), static_cast<int>(stack_level) - 3);
  return rank == 0 || rank == 1 || rank == 3 ? 0 : 1;
}

Tensor normalized(Call& c, const char* kernel, bool logarithm) {
  Tensor x = c.tensor(0);
  if (c.has(2)) x = cast(x, c[2].dtype());
  const std::int64_t dim = dimension(c, 1);
  const bool last = x->dim() == 0 || dim + 1 == static_cast<std::int64_t>(x->dim());
  if (!is_floating(x->dtype) && x->numel) {
    not_implemented_for(last ? cat(kernel, "_lastdim_kernel_impl") : "softmax_kernel_impl", x->dtype);
  }
  if (x->numel == 0) return copy(x);
  const Tensor in = contiguous(x), out = empty(x->sizes, x->dtype);
  std::int64_t inner = 1;
  for (std::size_t d = dim + 1; d < x->dim(); ++d) inner *= x->sizes[d];
  with_floats(x->dtype, [&]<class T>(T*) {
    const std::int64_t length = x->dim() ? x->sizes[dim] : 1;
    if (last) normalize_rows<T>(Rows{in, x->numel / length, length, {}}, out->data_as<T>(), logarithm);
    else normalize_columns<T>(in->data_as<T>(), out->data_as<T>(), x->numel / length / inner, length, inner, logarithm);
  });
  return out;
}

Tensor slope(const Backward& b, bool logarithm) {
  return slope_of(logarithm ? SlopeOf::log_softmax : SlopeOf::softmax, b.g, b.out(), {}, b.arg(1));
}

std::vector<bool> along(const Backward& b) {
  std::vector<bool> dims(b.sizes().size(), false);
  if (!dims.empty()) dims[wrap_dim(b.arg(1).integer(), dims.size())] = true;
  return dims;
}

Tensor functional(Call& c, const OpDef& def) {
  Call call(def);
  call.count = 3;
  call.args[0] = c[0];
  call.args[1] = c.has(1) ? c[1] : Arg(implicit_dim(def.name, c.tensor(0)->dim(), c.integer(2, 3)));
  call.args[2] = c[3];
  return run(call);
}

Tensor log_softmax_tangent(const Forward& f) {
  const Tensor x = to_dtype(f.x(), f.out()->dtype), t = to_dtype(f.t(0), f.out()->dtype);
  std::vector<bool> dims(x->dim(), false);
  if (!dims.empty()) dims[wrap_dim(f.call[1].integer(), dims.size())] = true;
  return t - Arg(tangent_of_logsumexp(x, t, dims, true));
}

}  // namespace

Tensor softmax_slope(const Tensor& gradient, const Tensor& output, std::int64_t along, bool logarithm) {
  const Tensor g = contiguous(gradient), out = contiguous(output), to = empty(out->sizes, out->dtype);
  if (out->numel == 0) return to;
  const std::size_t rank = out->dim();
  const std::size_t dim = rank ? static_cast<std::size_t>(wrap_dim(along, rank)) : 0;
  std::int64_t inner = 1;
  for (std::size_t d = dim + 1; d < rank; ++d) inner *= out->sizes[d];
  const std::int64_t length = rank ? out->sizes[dim] : 1, outer = out->numel / length / inner;
  with_floats(out->dtype, [&]<class T>(T*) {
    if (dim + 1 >= rank) slope_of_rows<T>(g->data_as<T>(), out->data_as<T>(), to->data_as<T>(), outer, length, logarithm);
    else slope_of_columns<T>(g->data_as<T>(), out->data_as<T>(), to->data_as<T>(), outer, length, inner, logarithm);
  });
  return to;
}

const OpDef kSoftmax{
    .name = "softmax",
    .signatures = {{"softmax(Tensor input, int dim, dtype? dtype=None)"}},
    .aliases = {"special_softmax"},
    .doc = "Exponentials divided by their sum along a dimension: probabilities from scores.",
    .latex = R"(\frac{e^{x_i}}{\sum_k e^{x_k}})",
    .forward = [](Call& c) { return normalized(c, "softmax", false); },
    .gradients = {gradient(
        [](const Backward& b) {
          if (b.g->dtype == b.out()->dtype) return slope(b, false);
          const Tensor out = b.out(), weighted = b.g * out;
          return weighted - out * sum(weighted, along(b), true);
        },
        R"(p\,(g - \sum_k g_k p_k))")},
    .tangent = [](const Forward& f) -> Tensor { return f.out() * Arg(log_softmax_tangent(f)); },
    .reads_output = true,
    .samples = {"f(3), 0", "f(2, 3), 1", "f(2, 3), 0", "f(), 0"},
};

const OpDef kLogSoftmax{
    .name = "log_softmax",
    .signatures = {{"log_softmax(Tensor input, int dim, dtype? dtype=None)"}},
    .doc = "The logarithm of softmax, without overflow.",
    .latex = R"(x_i - \ln \sum_k e^{x_k})",
    .forward = [](Call& c) { return normalized(c, "log_softmax", true); },
    .gradients = {gradient([](const Backward& b) { return b.g->dtype != b.out()->dtype ? b.g - exp(b.out()) * sum(b.g, along(b), true) : slope(b, true); }, R"(g - p \sum_k g_k)")},
    .tangent = log_softmax_tangent,
    .reads_output = true,
    .samples = {"f(3), 0", "f(2, 3), 1", "f(2, 3), 0"},
};

const OpDef kSpecialLogSoftmax{
    .name = "special_log_softmax",
    .signatures = {{"special_log_softmax(Tensor input, int dim, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = kLogSoftmax.doc,
    .latex = kLogSoftmax.latex,
    .forward = [](Call& c) { return apply(kLogSoftmax, c[0], c[1], c[2]); },
    .composite = true,
    .samples = {"f(2, 3), 1"},
};

const OpDef kFunctionalSoftmax{
    .name = "softmax",
    .signatures = {{"softmax(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None)"}},
    .spellings = kFunctional,
    .doc = kSoftmax.doc,
    .latex = kSoftmax.latex,
    .forward = [](Call& c) { return functional(c, kSoftmax); },
    .composite = true,
    .samples = {"f(2, 3), 1"},
};

const OpDef kFunctionalLogSoftmax{
    .name = "log_softmax",
    .signatures = {{"log_softmax(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None)"}},
    .spellings = kFunctional,
    .doc = kLogSoftmax.doc,
    .latex = kLogSoftmax.latex,
    .forward = [](Call& c) { return functional(c, kLogSoftmax); },
    .composite = true,
    .samples = {"f(2, 3), 1"},
};

const std::vector<const OpDef*>& softmax_ops() {
  static const std::vector<const OpDef*> ops{&kSoftmax, &kLogSoftmax, &kSpecialLogSoftmax, &kFunctionalSoftmax, &kFunctionalLogSoftmax};
  return ops;
}

}  // namespace nabla
