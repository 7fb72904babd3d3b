// Windows and attention: unfold and fold of images (each the other's gradient), scaled_dot_product_attention; and the functions of
// torch.nn.functional that end in _, which work in place.
#include <cmath>
#include <limits>

#include "ops/families.h"
#include "ops/pooling.h"

namespace nabla {
namespace {

/// Windows of images of one size: positions in rows and columns.
struct Windows {
  Dims kernel, dilation, padding, stride, image, count;  // two each
  Windows(const Dims& kernel, const Dims& dilation, const Dims& padding, const Dims& stride, const Dims& image)
      : kernel(kernel), dilation(dilation), padding(padding), stride(stride), image(image) {
    for (int i = 0; i < 2; ++i) {
      if (kernel[i] <= 0) fail("RuntimeError", "kernel size should be greater than zero, but got kernel_height: ", kernel[0], " kernel_width: ", kernel[1]);
      if (dilation[i] <= 0) fail("RuntimeError", "dilation should be greater than zero, but got dilation_height: ", dilation[0], " dilation_width: ", dilation[1]);
      if (padding[i] < 0) fail("RuntimeError", "padding should be non-negative, but got pad_height: ", padding[0], " pad_width: ", padding[1]);
      if (stride[i] <= 0) fail("RuntimeError", "stride should be greater than zero, but got stride_height: ", stride[0], " stride_width: ", stride[1]);
      const std::int64_t last = image[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1;  // where a window begins
      count.push_back(last < 0 ? -((-last + stride[i] - 1) / stride[i]) + 1 : last / stride[i] + 1);
    }
  }
  std::int64_t per_channel() const { return kernel[0] * kernel[1]; }
  std::int64_t windows() const { return count[0] * count[1]; }

  /// go(place in the image or -1, place in the columns) for one channel.
  template <class Go>
  void each(Go go) const {
    std::int64_t at = 0;
    for (std::int64_t a = 0; a < kernel[0]; ++a) {
      for (std::int64_t b = 0; b < kernel[1]; ++b) {
        for (std::int64_t i = 0; i < count[0]; ++i) {
          for (std::int64_t j = 0; j < count[1]; ++j) {
            const std::int64_t y = i * stride[0] + a * dilation[0] - padding[0], x = j * stride[1] + b * dilation[1] - padding[1];
            go(y >= 0 && y < image[0] && x >= 0 && x < image[1] ? y * image[1] + x : -1, at++);
          }
        }
      }
    }
  }
};

Dims pair(const Arg& given, std::int64_t otherwise, const char* name) {
  if (given.is_none()) return {otherwise, otherwise};
  return required_axes(given, 2, cat("It is expected ", name, " equals to 2, but got size ", given.ints().size()));
}

// unfold: input, kernel_size, dilation, padding, stride. fold: input, output_size, and the same.
template <class Source>
Windows windows_of(const Source& arg, int first, const Dims& image) {
  return {pair(arg(first), 1, "kernel_size"), pair(arg(first + 1), 1, "dilation"), pair(arg(first + 2), 0, "padding"), pair(arg(first + 3), 1, "stride"), image};
}

Dims last_two(const Dims& sizes) { return {sizes[sizes.size() - 2], sizes[sizes.size() - 1]}; }

Tensor in_place(Call& c, const char* name, int flag) {
  const OpDef* def = nullptr;
  for (const OpDef* op : all_ops()) {
    if ((op->spellings & kFunctional) && op->name == std::string_view(name)) def = op;
  }
  Call call(*def);
  call.count = static_cast<std::uint8_t>(flag + 1);
  for (int i = 0; i < flag; ++i) call.args[i] = c[i];
  call.args[flag] = Arg(true);
  return run(call);
}

}  // namespace

const OpDef kUnfold{
    .name = "unfold",
    .signatures = {{"unfold(Tensor input, ints kernel_size, ints dilation=1, ints padding=0, ints stride=1)", "Im2ColBackward0"}},
    .spellings = kFunctional,
    .doc = "The windows of an image as columns: what a convolution multiplies its weights with.",
    .latex = R"(x_{c,\, s i + k,\, s j + l})",
    .forward =
        [](Call& c) {
          const Tensor given = c.tensor(0);
          const auto arg = [&](int i) -> const Arg& { return c[i]; };
          (void)windows_of(arg, 1, {0, 0});  // for its errors
          for (const std::int64_t dim : {1, 2}) {
            if (given->dim() == 0) fail("IndexError", "Dimension specified as ", dim, " but tensor has no dimensions");
            (void)wrap_dim(dim, given->dim());
          }
          const bool is_empty = given->sizes[1] == 0 || given->sizes[2] == 0 || given->sizes[given->dim() == 3 ? 0 : given->dim() - 1] == 0;
          if ((given->dim() != 4 && given->dim() != 3) || is_empty) {
            fail("RuntimeError", "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ", given->sizes);
          }
          const Tensor x = contiguous(given);
          const Windows w = windows_of(arg, 1, last_two(x->sizes));
          if (w.count[0] < 1 || w.count[1] < 1) {
            fail("RuntimeError", "Given input with spatial size (", w.image[0], ", ", w.image[0], "), kernel_size=(", w.kernel[0], ", ", w.kernel[1], "), dilation=(", w.dilation[0], ", ",
                 w.dilation[1], "), padding=(", w.padding[0], ", ", w.padding[1], "), calculated shape of the array of sliding blocks as (", w.count[0], ", ", w.count[1],
                 "), but its components must be at least one.");
          }
          if (!is_floating(given->dtype)) not_implemented_for("im2col_out_cpu", given->dtype);
          const std::int64_t channels = x->sizes[x->dim() - 3];
          Dims sizes{channels * w.per_channel(), w.windows()};
          if (x->dim() == 4) sizes.insert(0, x->sizes[0]);
          const Tensor out = zeros(sizes, x->dtype);
          const std::int64_t planes = x->numel / (w.image[0] * w.image[1]), plane = w.image[0] * w.image[1], columns = w.per_channel() * w.windows();
          for (std::int64_t p = 0; p < planes; ++p) {
            w.each([&](std::int64_t from, std::int64_t to) {
              if (from >= 0) set_element(*out, p * columns + to, element(*x, p * plane + from));
            });
          }
          return out;
        },
    .gradients = {gradient(
        [](const Backward& b) { return apply(*find_op("fold"), b.g, last_two(b.sizes()), b.arg(1), b.arg(2), b.arg(3), b.arg(4)); }, R"(\operatorname{fold} g)")},
    .folds = true,
    .samples = {"f(1, 2, 3, 4), 2", "f(1, 4, 4), (2, 3), 1, (1, 0), 2"},
};

const OpDef kFold{
    .name = "fold",
    .signatures = {{"fold(Tensor input, ints output_size, ints kernel_size, ints dilation=1, ints padding=0, ints stride=1)", "Col2ImBackward0"}},
    .spellings = kFunctional,
    .doc = "Columns of windows added up into an image.",
    .latex = R"(\sum x)",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0));
          const Dims size = pair(c[1], 1, "output_size");
          (void)windows_of([&](int i) -> const Arg& { return c[i]; }, 2, size);  // for its errors
          if (x->dim() != 3 && x->dim() != 2) fail("RuntimeError", "Input Error: Only unbatched (2D) or batched (3D) input Tensors are supported (got ", x->dim(), "D)");
          const Windows w = windows_of([&](int i) -> const Arg& { return c[i]; }, 2, size);
          const std::int64_t rows = x->sizes[x->dim() - 2];
          if (rows % w.per_channel()) {
            fail("RuntimeError", "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=", rows, " and kernel_size=(", w.kernel[0], ", ",
                 w.kernel[1], ").");
          }
          if (x->sizes[x->dim() - 1] != w.windows()) {
            fail("RuntimeError", "Given output_size=(", w.image[0], ", ", w.image[1], "), kernel_size=(", w.kernel[0], ", ", w.kernel[1], "), dilation=(", w.dilation[0], ", ", w.dilation[1],
                 "), padding=(", w.padding[0], ", ", w.padding[1], "), stride=(", w.stride[0], ", ", w.stride[1], "), expected size of input's dimension 2 to match the calculated number of sliding blocks ",
                 w.count[0], " * ", w.count[1], " = ", w.windows(), ", but got input.size(2)=", x->sizes[x->dim() - 1], ".");
          }
          if (!is_floating(x->dtype)) not_implemented_for("col2im_out_cpu", x->dtype);
          Dims sizes{rows / w.per_channel(), w.image[0], w.image[1]};
          if (x->dim() == 3) sizes.insert(0, x->sizes[0]);
          const Tensor out = zeros(sizes, x->dtype);
          const std::int64_t plane = w.image[0] * w.image[1], columns = w.per_channel() * w.windows();
          for (std::int64_t p = 0; p < out->numel / plane; ++p) {
            w.each([&](std::int64_t to, std::int64_t from) {
              if (to >= 0) set_element(*out, p * plane + to, Scalar::of(element(*out, p * plane + to).to_double() + element(*x, p * columns + from).to_double()));
            });
          }
          return out;
        },
    .gradients = {gradient([](const Backward& b) { return apply(kUnfold, b.g, b.arg(2), b.arg(3), b.arg(4), b.arg(5)); }, R"(\operatorname{unfold} g)")},
    .folds = true,
    .samples = {"f(1, 8, 6), (3, 4), 2"},
};

const OpDef kScaledDotProductAttention{
    .name = "scaled_dot_product_attention",
    .signatures = {{"scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None)"}},
    .spellings = kFunctional,
    .doc = "Averages of the values, weighted by how well each query fits each key; from PyTorch 2.",
    .latex = R"(\operatorname{softmax}\left(\frac{Q K^{T}}{\sqrt{d}}\right) V)",
    .forward =
        [](Call& c) {
          const Tensor q = c.tensor(0), k = c.tensor(1), v = c.tensor(2);
          if (q->dim() < 2 || k->dim() < 2 || v->dim() < 2) {
            fail("RuntimeError", "scaled_dot_product_attention: Expected query, key, and value to all be at least 2 dimensional, but got query.dim(): ", q->dim(),
                 ", key.dim(): ", k->dim(), ", and value.dim(): ", v->dim(), " instead.");
          }
          const double scale = c.has(6) ? c[6].real() : 1 / std::sqrt(static_cast<double>(q->sizes.back()));
          Tensor scores = matmul(q, transpose_last(k)) * scale;
          constexpr double kNever = -std::numeric_limits<double>::infinity();
          if (c.flag(5)) {
            if (c.has(3)) fail("RuntimeError", "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
            const Tensor ones = full({scores->sizes[scores->dim() - 2], scores->sizes[scores->dim() - 1]}, Scalar::of(true), DType::bool_);
            scores = where(apply(*find_op("tril"), ones), scores, kNever);
          } else if (c.has(3)) {
            scores = c[3].impl()->dtype == DType::bool_ ? where(c.tensor(3), scores, kNever) : scores + c.tensor(3);
          }
          Tensor weights = apply(*find_op("softmax"), scores, -1);
          if (c.has(4) && c[4].real() > 0) weights = apply(*find_op("dropout"), weights, c[4], true);
          return matmul(weights, v);
        },
    .composite = true,
    .samples = {"f(2, 3, 4), f(2, 5, 4), f(2, 5, 2)", "f(3, 4), f(3, 4), f(3, 2), is_causal=True"},
};

#define NABLA_IN_PLACE(Name, text, parameters, count)                                                                              \
  const OpDef k##Name##_{                                                                                                          \
      .name = text "_",                                                                                                            \
      .signatures = {{text "_(" parameters ")"}},                                                                                  \
      .spellings = kFunctional,                                                                                                    \
      .doc = text " in place.",                                                                                                    \
      .latex = R"(x \leftarrow f(x))",                                                                                             \
      .forward = [](Call& c) { return in_place(c, text, count); },                                                                 \
      .composite = true,                                                                                                           \
      .samples = {},                                                                                                               \
  }
NABLA_IN_PLACE(Relu, "relu", "Tensor input", 1);
NABLA_IN_PLACE(LeakyRelu, "leaky_relu", "Tensor input, float negative_slope=0.01", 2);
NABLA_IN_PLACE(Elu, "elu", "Tensor input, float alpha=1.0", 2);
NABLA_IN_PLACE(Selu, "selu", "Tensor input", 1);
NABLA_IN_PLACE(Celu, "celu", "Tensor input, float alpha=1.0", 2);
NABLA_IN_PLACE(Hardtanh, "hardtanh", "Tensor input, float min_val=-1.0, float max_val=1.0", 3);
NABLA_IN_PLACE(Threshold, "threshold", "Tensor input, Number threshold, Number value", 3);
#undef NABLA_IN_PLACE

const std::vector<const OpDef*>& attention_ops() {
  static const std::vector<const OpDef*> ops{&kUnfold, &kFold, &kScaledDotProductAttention, &kRelu_, &kLeakyRelu_, &kElu_, &kSelu_, &kCelu_, &kHardtanh_, &kThreshold_};
  return ops;
}

}  // namespace nabla
