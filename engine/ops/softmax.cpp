// Scores as probabilities: softmax, log_softmax, as methods and in torch.nn.functional.
#include <cmath>
#include <limits>

#include "ops/families.h"
#include "ops/rows.h"
#include "ops/support.h"

namespace nabla {
namespace {

template <class T>
void normalize_rows(const Rows& rows, T* out, bool logarithm) {
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r, x += rows.length, out += rows.length) {
    T most = -std::numeric_limits<T>::infinity();
    for (std::int64_t i = 0; i < rows.length; ++i) most = std::max(most, x[i]);
    T total = 0;
    for (std::int64_t i = 0; i < rows.length; ++i) total += out[i] = std::exp(x[i] - most);
    const T scale = logarithm ? std::log(total) : 1 / total;
    for (std::int64_t i = 0; i < rows.length; ++i) out[i] = logarithm ? x[i] - most - scale : out[i] * scale;
  }
}

/// The dimension that torch.nn.functional takes when none is given, with its warning.
std::int64_t implicit_dim(const char* name, std::size_t rank) {
  warn("UserWarning", cat("Implicit dimension choice for ", name, " has been deprecated. Change the call to include dim=X as an argument."));
  return rank == 0 || rank == 1 || rank == 3 ? 0 : 1;
}

Tensor normalized(Call& c, const char* kernel, bool logarithm) {
  Tensor x = c.tensor(0);
  if (c.has(2)) x = cast(x, c[2].dtype());
  const std::int64_t dim = dimension(c, 1);
  if (!is_floating(x->dtype) && x->numel) {
    const bool last = x->dim() == 0 || dim + 1 == static_cast<std::int64_t>(x->dim());
    not_implemented_for(last ? cat(kernel, "_lastdim_kernel_impl") : "softmax_kernel_impl", x->dtype);
  }
  if (x->numel == 0) return copy(x);
  const Rows rows = to_rows(x, dim, x->dtype);
  const Tensor out = empty(rows.data->sizes, x->dtype);
  if (x->dtype == DType::float32) normalize_rows(rows, out->data_as<float>(), logarithm);
  else normalize_rows(rows, out->data_as<double>(), logarithm);
  return from_rows(out, x, dim);
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
  call.args[1] = c.has(1) ? c[1] : Arg(implicit_dim(def.name, c.tensor(0)->dim()));
  call.args[2] = c[3];
  return run(call);
}

}  // namespace

const OpDef kSoftmax{
    .name = "softmax",
    .signatures = {{"softmax(Tensor input, int dim, dtype? dtype=None)"}},
    .aliases = {"special_softmax"},
    .doc = "Exponentials divided by their sum along a dimension: probabilities from scores.",
    .latex = R"(\frac{e^{x_i}}{\sum_k e^{x_k}})",
    .forward = [](Call& c) { return normalized(c, "softmax", false); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor out = b.out(), weighted = b.g * out;
          return weighted - out * sum(weighted, along(b), true);
        },
        R"(p\,(g - \sum_k g_k p_k))")},
    .reads_output = true,
    .samples = {"f(3), 0", "f(2, 3), 1", "f(2, 3), 0", "f(), 0"},
};

const OpDef kLogSoftmax{
    .name = "log_softmax",
    .signatures = {{"log_softmax(Tensor input, int dim, dtype? dtype=None)"}},
    .aliases = {"special_log_softmax"},
    .doc = "The logarithm of softmax, without overflow.",
    .latex = R"(x_i - \ln \sum_k e^{x_k})",
    .forward = [](Call& c) { return normalized(c, "log_softmax", true); },
    .gradients = {gradient([](const Backward& b) { return b.g - exp(b.out()) * sum(b.g, along(b), true); }, R"(g - p \sum_k g_k)")},
    .reads_output = true,
    .samples = {"f(3), 0", "f(2, 3), 1", "f(2, 3), 0"},
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
  static const std::vector<const OpDef*> ops{&kSoftmax, &kLogSoftmax, &kFunctionalSoftmax, &kFunctionalLogSoftmax};
  return ops;
}

}  // namespace nabla
