// Convolutions: conv1d to conv3d and conv_transpose1d to 3d, all by one operator, whose kernels lay the windows of the input out as the
// columns of a matrix and multiply. Its three forms are each other's gradients; see Note [Three forms].
#include <array>
#include <utility>
#include <vector>

#include "ops/elementary.h"
#include "ops/families.h"
#include "ops/gemm.h"
#include "ops/pooling.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

// Note [Three forms]
// A convolution is linear in the input x, the weight w and (as a gradient) in the output g. Keeping two of them gives the third:
// output(x, w), input(g, w), which is also what a transposed convolution computes, and weight(x, g). The derivative of each form is one
// of the other two, to any order.

/// Sizes and steps of a convolution in three spatial dimensions; missing ones in front are 1.
struct Geometry {
  using Triple = std::array<std::int64_t, 3>;
  std::int64_t batch, groups, inputs, outputs;  // channels in each group
  Triple in, out, kernel, stride, padding, dilation;

  std::int64_t in_count() const { return in[0] * in[1] * in[2]; }
  std::int64_t out_count() const { return out[0] * out[1] * out[2]; }
  std::int64_t kernel_count() const { return kernel[0] * kernel[1] * kernel[2]; }
};

Geometry::Triple triple(const Dims& sizes, std::size_t from, std::int64_t otherwise) {
  Geometry::Triple out{otherwise, otherwise, otherwise};
  const std::size_t count = sizes.size() - from;
  for (std::size_t i = 0; i < count; ++i) out[3 - count + i] = sizes[from + i];
  return out;
}

Geometry geometry_of(const Dims& x, const Dims& w, const Dims& y, const Dims& stride, const Dims& padding, const Dims& dilation, std::int64_t groups) {
  return {x[0], groups, x[1] / groups, y[1] / groups, triple(x, 2, 1), triple(y, 2, 1), triple(w, 2, 1), triple(stride, 0, 1), triple(padding, 0, 0), triple(dilation, 0, 1)};
}

/// go(input offset or -1, column index) for each element of one channel's windows: kernel position by output position.
template <class Go>
void each_window_element(const Geometry& s, Go go) {
  std::int64_t at = 0;
  for (std::int64_t a = 0; a < s.kernel[0]; ++a) {
    for (std::int64_t b = 0; b < s.kernel[1]; ++b) {
      for (std::int64_t c = 0; c < s.kernel[2]; ++c) {
        for (std::int64_t i = 0; i < s.out[0]; ++i) {
          const std::int64_t z = i * s.stride[0] + a * s.dilation[0] - s.padding[0];
          for (std::int64_t j = 0; j < s.out[1]; ++j) {
            const std::int64_t y = j * s.stride[1] + b * s.dilation[1] - s.padding[1];
            const bool inside = z >= 0 && z < s.in[0] && y >= 0 && y < s.in[1];
            std::int64_t x = c * s.dilation[2] - s.padding[2];
            for (std::int64_t k = 0; k < s.out[2]; ++k, x += s.stride[2]) {
              go(inside && x >= 0 && x < s.in[2] ? (z * s.in[1] + y) * s.in[2] + x : -1, at++);
            }
          }
        }
      }
    }
  }
}

template <class T>
void to_columns(const Geometry& s, const T* x, T* columns) {
  for (std::int64_t c = 0; c < s.inputs; ++c, x += s.in_count(), columns += s.kernel_count() * s.out_count()) {
    each_window_element(s, [&](std::int64_t from, std::int64_t to) { columns[to] = from < 0 ? T(0) : x[from]; });
  }
}
template <class T>
void add_columns(const Geometry& s, const T* columns, T* x) {
  for (std::int64_t c = 0; c < s.inputs; ++c, x += s.in_count(), columns += s.kernel_count() * s.out_count()) {
    each_window_element(s, [&](std::int64_t to, std::int64_t from) {
      if (to >= 0) x[to] += columns[from];
    });
  }
}

enum class Form { output, input, weight };

/// One of the three forms: the result's memory is zero when it comes, or with `onto` that of the output form holds what is added to.
template <class T>
void convolve(const Geometry& s, Form form, T* x, T* w, T* y, bool onto) {
  const std::int64_t rows = s.inputs * s.kernel_count(), n = s.out_count();
  std::vector<T> columns(static_cast<std::size_t>(rows * n)), product(form == Form::weight ? static_cast<std::size_t>(s.outputs * rows) : 0);
  for (std::int64_t b = 0; b < s.batch; ++b) {
    for (std::int64_t g = 0; g < s.groups; ++g) {
      T* const x_part = x + (b * s.groups + g) * s.inputs * s.in_count();
      T* const w_part = w + g * s.outputs * rows;
      T* const y_part = y + (b * s.groups + g) * s.outputs * n;
      if (form != Form::input) to_columns(s, x_part, columns.data());
      if (form == Form::output) {
        multiply(Matrix<const T>{w_part, rows, 1}, Matrix<const T>{columns.data(), n, 1}, Matrix<T>{y_part, n, 1}, s.outputs, n, rows, onto);
      } else if (form == Form::input) {
        multiply(Matrix<const T>{w_part, 1, rows}, Matrix<const T>{y_part, n, 1}, Matrix<T>{columns.data(), n, 1}, rows, n, s.outputs);
        add_columns(s, columns.data(), x_part);
      } else {
        multiply(Matrix<const T>{y_part, n, 1}, Matrix<const T>{columns.data(), 1, n}, Matrix<T>{product.data(), rows, 1}, s.outputs, rows, n);
        for (std::int64_t i = 0; i < s.outputs * rows; ++i) w_part[i] += product[i];
      }
    }
  }
}

// Note [Blocks of channels]
// PyTorch gives most convolutions of floats to oneDNN, the small ones of a single image to loops of its own. oneDNN (its AVX-512 kernels)
// goes over the kernel's places and adds up 16 channels at each by fused products; the sums of several blocks of 16 are added, the first
// with the bias. The weight's gradient goes over images and places in order. Found by trying orders; held to PyTorch's bits by
// tests/programs/operators/convolutions_to_the_last_digit.py. Not followed: the weight's gradient of kernels of one place.
constexpr std::int64_t kBlock = 16;

/// Does PyTorch leave this to oneDNN? Source: use_mkldnn in its Convolution.cpp.
bool in_blocks(const Geometry& s) {
  const auto [depth, height, width] = s.kernel;
  bool steps = false;
  for (int i = 0; i < 3; ++i) steps = steps || s.stride[i] != 1 || s.dilation[i] != 1;
  constexpr std::int64_t kManyImages = 16, kLarge = 20480;
  return s.batch * s.in_count() * s.out_count() * s.inputs != 0 && (steps || s.batch >= kManyImages || height != 1 || width != 1) &&
         (s.groups > 1 || (height > 3 && width > 3) || s.batch > 1 || s.batch * s.inputs * s.in_count() > kLarge);
}

// Fused products of floats are taken in double, two at a time; eight such pairs keep the processor busy, for each sum waits for the one before.
using Pair [[gnu::vector_size(16)]] = double;
using Halves [[gnu::vector_size(8)]] = float;
constexpr std::int64_t kTile = 16;

template <int... Is>
inline void fuse(Pair (&sums)[8], double factor, const double* from, std::integer_sequence<int, Is...>) {
  const auto one = [&](Pair& sum, const double* at) {
    Pair values;
    __builtin_memcpy(&values, at, sizeof values);
    sum = __builtin_convertvector(__builtin_convertvector(values * Pair{factor, factor} + sum, Halves), Pair);
  };
  (one(sums[Is], from + 2 * Is), ...);
}
void fuse_tile(const float* factors, const double* rows, std::int64_t width, std::int64_t count, double* out) {
  Pair sums[8];
  __builtin_memcpy(sums, out, sizeof sums);
  for (std::int64_t k = 0; k < count; ++k) fuse(sums, factors[k], rows + k * width, std::make_integer_sequence<int, 8>());
  __builtin_memcpy(out, sums, sizeof sums);
}
void (*volatile fuse_kernel)(const float*, const double*, std::int64_t, std::int64_t, double*) = fuse_tile;

/// Rows of floats, widened, each padded to whole tiles.
struct WideRows {
  std::int64_t length, width;
  std::vector<double> items;
  WideRows(std::int64_t count, std::int64_t length) : length(length), width((length + kTile - 1) / kTile * kTile), items(static_cast<std::size_t>(count * width)) {}
  double* row(std::int64_t i) { return items.data() + i * width; }
  /// sums[j] += factors[k] times element j of row k, fused, for each k in order.
  void add_up(const float* factors, std::int64_t count, float* sums) {
    for (std::int64_t at = 0; at < length; at += kTile) {
      const std::int64_t used = std::min(kTile, length - at);
      double tile[kTile] = {};
      std::copy_n(sums + at, used, tile);
      fuse_kernel(factors, row(0) + at, width, count, tile);
      for (std::int64_t j = 0; j < used; ++j) sums[at + j] = static_cast<float>(tile[j]);
    }
  }
};

/// The three forms in blocks of channels, of one group; `bias` of the output form may be null.
void convolve_group(const Geometry& s, Form form, float* x, float* w, float* y, const float* bias, bool bias_first = false) {
  const std::int64_t places = s.kernel_count(), rows = s.inputs * places, n = s.out_count();
  const bool single = places == 1;  // oneDNN has a kernel for that, which begins with the bias and adds all channels up in one run
  const bool forwards = form == Form::output;
  const std::int64_t channels = forwards ? s.inputs : s.outputs, others = forwards ? s.outputs : s.inputs, size = forwards ? n : s.in_count();
  const std::int64_t depth = single ? channels : kBlock;
  std::vector<float> columns(static_cast<std::size_t>(form == Form::input ? 0 : rows * n)), sums(static_cast<std::size_t>(size)), factors(static_cast<std::size_t>(depth * places));
  // What is summed over: places of a block's channels; of the weight form, places of the output.
  WideRows terms = form == Form::weight ? WideRows(n, rows) : WideRows(depth * places, size);
  for (std::int64_t b = 0; b < s.batch; ++b, x += s.inputs * s.in_count(), y += s.outputs * n) {
    if (form != Form::input) to_columns(s, x, columns.data());
    if (form == Form::weight) {
      for (std::int64_t r = 0; r < rows; ++r) {
        for (std::int64_t j = 0; j < n; ++j) terms.row(j)[r] = columns[static_cast<std::size_t>(r * n + j)];
      }
      for (std::int64_t o = 0; o < s.outputs; ++o) terms.add_up(y + o * n, n, w + o * rows);
      continue;
    }
    for (std::int64_t block = 0; block < channels; block += depth) {
      const std::int64_t here = std::min(depth, channels - block);
      if (forwards) {
        for (std::int64_t k = 0; k < places; ++k) {
          for (std::int64_t i = 0; i < here; ++i) std::copy_n(columns.data() + ((block + i) * places + k) * n, n, terms.row(k * here + i));
        }
      } else {
        std::fill(terms.items.begin(), terms.items.end(), 0.0);
        each_window_element(s, [&](std::int64_t to, std::int64_t at) {
          for (std::int64_t o = 0; to >= 0 && o < here; ++o) terms.row(at / n * here + o)[to] = y[(block + o) * n + at % n];
        });
      }
      for (std::int64_t other = 0; other < others; ++other) {
        for (std::int64_t k = 0; k < places; ++k) {
          for (std::int64_t i = 0; i < here; ++i) {
            factors[static_cast<std::size_t>(k * here + i)] = forwards ? w[other * rows + (block + i) * places + k] : w[(block + i) * rows + other * places + k];
          }
        }
        float* const to = forwards ? y + other * n : x + other * size;
        std::fill(sums.begin(), sums.end(), (single || bias_first) && bias ? bias[other] : 0.0f);
        terms.add_up(factors.data(), places * here, sums.data());
        const float first = bias && !single && !bias_first ? bias[other] : 0;
        for (std::int64_t j = 0; j < size; ++j) to[j] = sums[static_cast<std::size_t>(j)] + (block ? to[j] : first);
      }
    }
  }
}

/// The three forms of one image and group as oneDNN does them by a product of matrices: each sum is a run of fused products, to which the rest is added.
void convolve_by_product(const Geometry& s, Form form, float* x, float* w, float* y, const float* bias) {
  const std::int64_t rows = s.inputs * s.kernel_count(), n = s.out_count();
  std::vector<float> columns(static_cast<std::size_t>(rows * n));
  const auto run = [](const float* a, std::int64_t a_step, const float* b, std::int64_t b_step, std::int64_t count) {
    float sum = 0;
    for (std::int64_t k = 0; k < count; ++k) sum = fused(a[k * a_step], b[k * b_step], sum);
    return sum;
  };
  if (form != Form::input) to_columns(s, x, columns.data());
  for (std::int64_t o = 0; form == Form::output && o < s.outputs; ++o) {
    for (std::int64_t j = 0; j < n; ++j) y[o * n + j] = run(w + o * rows, 1, columns.data() + j, n, rows) + (bias ? bias[o] : 0);
  }
  for (std::int64_t o = 0; form == Form::weight && o < s.outputs; ++o) {
    for (std::int64_t r = 0; r < rows; ++r) w[o * rows + r] += run(y + o * n, 1, columns.data() + r * n, 1, n);
  }
  if (form != Form::input) return;
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t j = 0; j < n; ++j) columns[static_cast<std::size_t>(r * n + j)] = run(w + r, rows, y + j, n, s.outputs);
  }
  add_columns(s, columns.data(), x);
}

void convolve_in_blocks(const Geometry& s, Form form, float* x, float* w, float* y, const float* bias) {
  if (s.groups == 1) return convolve_group(s, form, x, w, y, bias);
  Geometry one = s;
  one.batch = one.groups = 1;
  const std::int64_t weights = s.outputs * s.inputs * s.kernel_count();
  for (std::int64_t b = 0; b < s.batch; ++b) {
    for (std::int64_t g = 0; g < s.groups; ++g) {
      const std::int64_t part = b * s.groups + g;
      float *const in = x + part * s.inputs * s.in_count(), *const out = y + part * s.outputs * s.out_count();
      const float* const onto = bias ? bias + g * s.outputs : nullptr;
      if (s.inputs == 1 && s.outputs == 1) convolve_group(one, form, in, w + g * weights, out, onto, true);
      else convolve_by_product(one, form, in, w + g * weights, out, onto);
    }
  }
}

void convolve(const Geometry& s, Form form, const Tensor& x, const Tensor& w, const Tensor& y, bool onto = false) {
  if (s.groups * s.batch == 0) return;
  if (y->dtype == DType::float32) convolve(s, form, x->data_as<float>(), w->data_as<float>(), y->data_as<float>(), onto);
  else if (y->dtype == DType::float64) convolve(s, form, x->data_as<double>(), w->data_as<double>(), y->data_as<double>(), onto);
  else convolve(s, form, x->data_as<std::int64_t>(), w->data_as<std::int64_t>(), y->data_as<std::int64_t>(), onto);
}

/// y + bias, one number for each channel.
void add_bias(const Tensor& y, const Tensor& bias) {
  if (!bias) return;
  Dims line(y->dim(), 1);
  line[1] = y->sizes[1];
  const Tensor column = as_strided(contiguous(cast(bias, y->dtype)), line, contiguous_strides(line), bias->is_contiguous() ? bias->offset : 0);
  constexpr auto add = [](auto a, auto b) { return a + b; };
  for_each(y, {y, column}, kBinary<decltype(add)>.loops[static_cast<int>(compute_type(y->dtype))]);
}

// Arguments of _convolution: input, weight, bias, stride, padding (transposed: followed by output_padding), dilation, transposed, groups.

bool is_transposed(const Arg& arg) { return !arg.is_none() && arg.integer() != 0; }

Dims part(const Dims& list, std::size_t from, std::size_t count) {
  Dims out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(list[from + i]);
  return out;
}

Dims output_sizes(const Call& c) {
  const Dims &x = c[0].impl()->sizes, &w = c[1].impl()->sizes, &stride = c[3].ints(), &padding = c[4].ints(), &dilation = c[5].ints();
  const std::size_t rank = x.size() - 2;
  const bool transposed = is_transposed(c[6]);
  Dims out{x[0], transposed ? w[1] * c.integer(7) : w[0]};
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t span = dilation[i] * (w[2 + i] - 1) + 1;
    out.push_back(transposed ? (x[2 + i] - 1) * stride[i] - 2 * padding[i] + span + padding[rank + i]
                             : (x[2 + i] + 2 * padding[i] - span) / stride[i] + 1);
  }
  return out;
}

Tensor convolved(Call& c) {
  const Compute type = compute_type(c[0].impl()->dtype);
  const Tensor x = contiguous(cast(c.tensor(0), dtype_of(type))), w = contiguous(cast(c.tensor(1), dtype_of(type)));
  const Tensor out = zeros(output_sizes(c), dtype_of(type));
  const Dims padding = part(c[4].ints(), 0, x->dim() - 2);
  const bool transposed = is_transposed(c[6]);
  const Tensor &input = transposed ? out : x, &output = transposed ? x : out;
  const Geometry sizes = geometry_of(input->sizes, w->sizes, output->sizes, c[3].ints(), padding, c[5].ints(), c.integer(7));
  const bool of_gradient = c.signature == 1;
  if (out->dtype == DType::float32 && transposed == of_gradient && in_blocks(sizes)) {
    const Tensor bias = c.has(2) ? contiguous(cast(c.tensor(2), out->dtype)) : Tensor();
    convolve_in_blocks(sizes, transposed ? Form::input : Form::output, input->data_as<float>(), w->data_as<float>(), output->data_as<float>(),
                       bias ? bias->data_as<float>() : nullptr);
    return out;
  }
  // PyTorch's own loops add the products onto the bias.
  const bool onto = !transposed && c.has(2) && type != Compute::int64;
  if (onto) add_bias(out, c.tensor(2));
  convolve(sizes, transposed ? Form::input : Form::output, input, w, output, onto);
  if (c.has(2) && !onto) add_bias(out, c.tensor(2));
  return cast(out, c[0].impl()->dtype);
}


/// _convolution without bias, the other way round or not, as part of a gradient.
Tensor convolution(const Tensor& x, const Tensor& w, const Arg& stride, const Dims& padding, const Arg& dilation, bool transposed, const Arg& groups) {
  Call call(*find_op("_convolution"), 1);
  call.count = 8;
  call.args[0] = Arg(x);
  call.args[1] = Arg(w);
  call.args[3] = stride;
  call.args[4] = Arg(padding);
  call.args[5] = dilation;
  call.args[6] = Arg(transposed);
  call.args[7] = groups;
  return run(call);
}

/// padding for the transposed form that gives these input sizes back: followed by what the division by the stride lost.
Dims with_lost(const Dims& padding, const Dims& in, const Dims& out, const Dims& kernel, const Dims& stride, const Dims& dilation) {
  Dims both = padding;
  for (std::size_t i = 0; i < padding.size(); ++i) {
    both.push_back(in[2 + i] - ((out[2 + i] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel[2 + i] - 1) + 1));
  }
  return both;
}

/// The weight form: input, output, and the sizes of the weight.
Tensor weight_of(const Tensor& x, const Tensor& y, const Dims& sizes, const Arg& stride, const Dims& padding, const Arg& dilation, const Arg& groups, bool transposed) {
  Call call(*find_op("_convolution_weight"), transposed);
  call.count = 7;
  const Arg args[] = {Arg(x), Arg(y), Arg(sizes), stride, Arg(padding), dilation, groups};
  std::copy(std::begin(args), std::end(args), call.args);
  return run(call);
}

Tensor input_gradient(const Backward& b) {
  const Dims padding = part(b.arg(4).ints(), 0, b.sizes(0).size() - 2);
  if (is_transposed(b.arg(6))) return convolution(b.g, b.y(), b.arg(3), padding, b.arg(5), false, b.arg(7));
  return convolution(b.g, b.y(), b.arg(3), with_lost(padding, b.sizes(0), b.g->sizes, b.sizes(1), b.arg(3).ints(), b.arg(5).ints()), b.arg(5), true, b.arg(7));
}

Tensor weight_gradient(const Backward& b) {
  const Dims padding = part(b.arg(4).ints(), 0, b.sizes(0).size() - 2);
  const bool transposed = is_transposed(b.arg(6));
  return weight_of(transposed ? b.g : b.x(), transposed ? b.x() : b.g, b.sizes(1), b.arg(3), padding, b.arg(5), b.arg(7), transposed);
}

Tensor bias_gradient(const Backward& b) {
  std::vector<bool> dims(b.g->dim(), true);
  dims[1] = false;
  const bool transposed = is_transposed(b.arg(6));
  if (grad_enabled() || transposed || b.g->dtype != DType::float32 ||
      !in_blocks(geometry_of(b.sizes(0), b.sizes(1), b.g->sizes, b.arg(3).ints(), b.arg(4).ints(), b.arg(5).ints(), b.arg(7).integer()))) {
    return sum(b.g, dims, false);
  }
  const Tensor g = contiguous(b.g), out = zeros({g->sizes[1]}, g->dtype);  // oneDNN adds them up one by one
  const std::int64_t count = g->numel / g->sizes[0] / g->sizes[1];
  for (std::int64_t i = 0; i < g->numel; ++i) out->data_as<float>()[i / count % g->sizes[1]] += g->data_as<float>()[i];
  return out;
}

// ---- the operators of torch ----

/// A list of a number for each dimension of the weight; of one for all.
Dims list_of(const Arg& given, std::size_t operator_rank, std::int64_t otherwise, const char* name, std::size_t rank) {
  const Dims list = given.is_none() ? Dims(operator_rank, otherwise) : given.ints();
  if (list.size() == 1 && (operator_rank == 1 || operator_rank == rank)) return Dims(rank, list[0]);
  if (list.size() != rank) {
    fail("RuntimeError", "expected ", name, " to be a single integer value or a list of ", rank, " values to match the convolution dimensions, but got ", name, "=",
         list.size() == 1 ? Dims(operator_rank, list[0]) : list);
  }
  return list;
}

/// "(4 x 4)"
std::string crossed(const Dims& sizes) {
  std::string out = "(";
  for (std::size_t i = 0; i < sizes.size(); ++i) out += cat(i ? " x " : "", sizes[i]);
  return out + ")";
}

std::size_t rank_of(const Tensor& w) {
  if (w->dim() < 3) fail("RuntimeError", "weight should have at least three dimensions");
  return w->dim() - 2;
}

/// `onednn`: it is left to oneDNN, which has words of its own. A bias of another type is copied into the result, but for that of an image.
void check_types(const Tensor& x, const Tensor& w, const Tensor& bias, bool transposed, bool onednn = false) {
  if (x->dtype == DType::bool_ || (transposed && !is_floating(x->dtype) && x->dtype != DType::int64)) {
    const std::size_t rank = w->dim() - 2;
    not_implemented_for(transposed ? rank == 3 ? "slow_conv_transpose3d_out_cpu" : "slow_conv_transpose2d_out_cpu" : rank == 3 ? "compute_columns3d" : "slow_conv2d_cpu", x->dtype);
  }
  if (bias && bias->dtype != x->dtype && !transposed && w->dim() == 4) {
    fail("RuntimeError", "Input type (", c_name(x->dtype), ") and bias type (", c_name(bias->dtype), ") should be the same");
  }
  for (const Tensor& other : {w, bias}) {
    if (!other || other->dtype == x->dtype || (other == bias && !transposed && !onednn)) continue;
    const char* const name = other == w ? "weight" : "bias";
    if (onednn) {
      fail("RuntimeError", "Input type (torch.", legacy_name(x->dtype), "Tensor) and ", name, " type (torch.", legacy_name(other->dtype),
           "Tensor) should be the same or input should be a MKLDNN tensor and ", name, " is a dense tensor");
    }
    fail("RuntimeError", "expected scalar type ", legacy_name(x->dtype), " but found ", legacy_name(other->dtype));
  }
}

/// What a transposed convolution asks of its sizes, before its kernel asks for types. `more`: output_padding.
void check_transposed_sizes(const Tensor& x, const Tensor& w, const Dims& stride, const Dims& padding, const Dims& dilation, const Dims& more) {
  const std::size_t rank = more.size();
  if (w->numel == 0) {
    fail("RuntimeError", rank == 3 ? "non-empty 5D (n_output_plane x n_input_plane x kernel_depth x kernel_height x kernel_width) tensor expected for weight, but got: "
                                   : "non-empty 2D or 4D weight tensor expected, but got: ", w->sizes);
  }
  Dims ins, outs, shown = x->sizes;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t in = x->sizes[2 + i];
    ins.push_back(in);
    outs.push_back((in - 1) * stride[i] - 2 * padding[i] + dilation[i] * (w->sizes[2 + i] - 1) + more[i] + 1);
  }
  if (rank == 1) {  // a line is an image one pixel high
    shown.insert(2, 1);
    ins.insert(0, 1);
    outs.insert(0, 1);
  }
  if (std::find(ins.begin(), ins.end(), 0) != ins.end()) {
    fail("RuntimeError", "Only zero batch or zero channel inputs are supported, but got input shape: ", shown);
  }
  if (std::any_of(outs.begin(), outs.end(), [](std::int64_t size) { return size < 1; })) {
    fail("RuntimeError", "Given input size per channel: ", crossed(ins), ". Calculated output size per channel: ", crossed(outs), ". Output size is too small");
  }
}

void check(const Tensor& x, const Tensor& w, const Tensor& bias, const Dims& padding, const Dims& stride, const Dims& dilation, std::int64_t groups, bool transposed) {
  if (groups <= 0) fail("RuntimeError", "non-positive groups is not supported");
  for (std::int64_t p : padding) {
    if (p < 0) fail("RuntimeError", "negative padding is not supported");
  }
  for (std::int64_t s : stride) {
    if (s <= 0) fail("RuntimeError", "non-positive stride is not supported");
  }
  for (std::int64_t d : dilation) {
    if (d > 0 || !transposed) continue;
    if (dilation.size() != 2) fail("RuntimeError", "dilation should be greater than zero");
    fail("RuntimeError", "dilation should be greater than zero, but got dilation_height: ", dilation[0], ", dilation_width: ", dilation[1]);
  }
  const std::string given = transposed ? "transposed=1" : cat("groups=", groups);
  if (w->dim() != x->dim()) {
    fail("RuntimeError", "Expected ", w->dim(), "-dimensional input for ", w->dim(), "-dimensional weight ", w->sizes, ", but got ", x->dim(), "-dimensional input of size ",
         x->sizes, " instead");
  }
  if (w->sizes[0] < groups) {
    fail("RuntimeError", "Given groups=", groups, ", expected weight to be at least ", groups, " at dimension 0, but got weight of size ", w->sizes, " instead");
  }
  if (w->sizes[0] % groups) {
    fail("RuntimeError", "Given groups=", groups, ", expected weight to be divisible by ", groups, " at dimension 0, but got weight of size ", w->sizes, " instead");
  }
  const std::int64_t wanted = transposed ? w->sizes[0] : w->sizes[1] * groups, outputs = transposed ? w->sizes[1] * groups : w->sizes[0];
  if (x->sizes[1] != wanted) {
    fail("RuntimeError", "Given ", given, ", weight of size ", w->sizes, ", expected input", x->sizes, " to have ", wanted, " channels, but got ", x->sizes[1],
         " channels instead");
  }
  if (bias && (bias->dim() != 1 || bias->sizes[0] != outputs)) {
    fail("RuntimeError", "Given ", transposed ? "transposed=1, " : "", "weight of size ", w->sizes, ", expected bias to be 1-dimensional with ", outputs,
         " elements, but got bias of size ", bias->sizes, " instead");
  }
  if (stride.size() < 3 && std::any_of(w->sizes.begin() + 2, w->sizes.end(), [](std::int64_t size) { return size == 0; })) {
    fail("RuntimeError", "kernel size should be greater than zero, but got kernel_height: ", stride.size() < 2 ? 1 : w->sizes[2], " kernel_width: ", w->sizes.back());
  }
  if (stride.size() == 3 && !transposed && std::find(w->sizes.begin() + 2, w->sizes.end(), 0) != w->sizes.end()) {
    fail("RuntimeError", "kernel size should be greater than zero, but got: ", w->sizes[2], " x ", w->sizes[3], " x ", w->sizes[4], " (TxHxW)");
  }
  if (!transposed) {
    Dims padded, spans;
    bool fits = true;
    for (std::size_t i = 0; i < stride.size(); ++i) {
      padded.push_back(x->sizes[2 + i] + 2 * padding[i]);
      spans.push_back(dilation[i] * (w->sizes[2 + i] - 1) + 1);
      fits = fits && padded[i] >= spans[i];
    }
    if (!fits) {
      fail("RuntimeError", "Calculated padded input size per channel: ", crossed(padded), ". Kernel size: ", crossed(spans),
           ". Kernel size can't be greater than actual input size");
    }
    for (const std::int64_t d : dilation) {
      if (d <= 0) fail("RuntimeError", "dilation should be greater than zero, but got ", dilation.size() == 1 ? Dims{1, d} : dilation);
    }
  }
  if (transposed) return;
  Dims out = {x->sizes[0], outputs};
  for (std::size_t i = 0; i < stride.size(); ++i) out.push_back((x->sizes[2 + i] + 2 * padding[i] - dilation[i] * (w->sizes[2 + i] - 1) - 1) / stride[i] + 1);
  check_types(x, w, bias, false, x->dtype == DType::float32 && in_blocks(geometry_of(x->sizes, w->sizes, out, stride, padding, dilation, groups)));
}

/// The input with a dimension for the batch, whether or not it had one.
Tensor batched(const Tensor& x, std::size_t rank, const char* name) {
  if (x->dim() != rank + 1 && x->dim() != rank + 2) {
    fail("RuntimeError", "Expected ", rank + 1, "D (unbatched) or ", rank + 2, "D (batched) input to ", name, ", but got input of size: ", x->sizes);
  }
  return x->dim() == rank + 1 ? unsqueeze_at(x, 0) : x;
}

Tensor run_convolution(const Call& c, std::size_t rank, const Tensor& input, const Dims& stride, const Dims& padding, const Dims& dilation, std::int64_t groups,
                       bool transposed) {
  const Tensor bias = c.tensor(2);
  const Tensor out = apply(*find_op("_convolution"), input, c.tensor(1), bias ? Arg(to_dtype(bias, input->dtype)) : Arg(), stride, padding, dilation, transposed, groups);
  return c.tensor(0)->dim() == rank + 1 ? squeeze_at(out, 0) : out;
}

// Arguments: input, weight, bias, stride, padding, dilation, groups.
Tensor conv(Call& c, std::size_t rank) {
  Tensor x = batched(c.tensor(0), rank, c.def.name);
  const Tensor w = c.tensor(1);
  const std::size_t dims = rank_of(w);
  const Dims stride = list_of(c[3], rank, 1, "stride", dims);
  const std::int64_t groups = c.integer(6, 1);
  Dims padding(dims, 0);
  if (c.signature == 0) padding = list_of(c[4], rank, 0, "padding", dims);
  const Dims dilation = list_of(c[5], rank, 1, "dilation", dims);
  if (c.signature == 0 || c[4].text() == "valid") {
    // as it is
  } else if (c[4].text() == "same" && dims == rank) {
    Dims added;  // behind the last, the innermost dimension first, where an even kernel needs one more
    bool uneven = false;
    for (std::size_t i = 0; i < rank; ++i) {
      if (stride[i] != 1) fail("RuntimeError", "padding='same' is not supported for strided convolutions");
      const std::int64_t total = dilation[i] * (w->sizes[2 + i] - 1);
      if (total < 0) fail("RuntimeError", "negative padding is not supported");
      padding[i] = total / 2;
      uneven = uneven || total % 2;
    }
    if (uneven) {
      warn_once("UserWarning", "Using padding='same' with even kernel lengths and odd dilation may require a zero-padded copy of the input be created");
      for (std::size_t i = rank; i-- > 0;) {
        added.push_back(0);
        added.push_back(dilation[i] * (w->sizes[2 + i] - 1) % 2);
      }
      x = apply(*find_op("constant_pad_nd"), x, added);
    }
  } else {
    fail("RuntimeError", "Invalid padding string: '", c[4].text(), "'");
  }
  check(x, w, c.tensor(2), padding, stride, dilation, groups, false);
  return run_convolution(c, rank, x, stride, padding, dilation, groups, false);
}

// Arguments: input, weight, bias, stride, padding, output_padding, groups, dilation.
Tensor conv_transpose(Call& c, std::size_t rank) {
  const Tensor x = batched(c.tensor(0), rank, c.def.name);
  const std::size_t dims = rank_of(c.tensor(1));
  const Dims stride = list_of(c[3], rank, 1, "stride", dims);
  Dims padding = list_of(c[4], rank, 0, "padding", dims);
  const Dims dilation = list_of(c[7], rank, 1, "dilation", dims), more = list_of(c[5], rank, 0, "output_padding", dims);
  const std::int64_t groups = c.integer(6, 1);
  if (std::any_of(more.begin(), more.end(), [](std::int64_t size) { return size < 0; })) fail("RuntimeError", "negative output_padding is not supported");
  check(x, c.tensor(1), c.tensor(2), padding, stride, dilation, groups, true);
  for (std::size_t i = 0; i < rank; ++i) {
    if (more[i] < std::max(stride[i], dilation[i])) continue;
    constexpr const char* kSides[] = {"depth", "height", "width"};
    std::string text;
    const struct {
      const char* name;
      const Dims& list;
    } lists[] = {{"output_padding", more}, {"stride", stride}, {"dilation", dilation}};
    for (const auto& [name, list] : lists) {
      for (int side = rank == 3 ? 0 : 1; side < 3; ++side) {
        const std::size_t at = rank == 1 ? 0 : static_cast<std::size_t>(side) - (3 - rank);
        text += cat(text.empty() ? "" : " ", name, "_", kSides[side], ": ", rank == 1 && side == 1 ? (list.data() == more.data() ? 0 : 1) : list[at]);
      }
    }
    fail("RuntimeError", "output padding must be smaller than either stride or dilation, but got ", text);
  }
  check_transposed_sizes(x, c.tensor(1), stride, padding, dilation, more);
  check_types(x, c.tensor(1), c.tensor(2), true);
  for (std::int64_t size : more) padding.push_back(size);
  return run_convolution(c, rank, x, stride, padding, dilation, groups, true);
}

Tensor convolution_tangent(const Forward& f) {
  const auto with = [&](const Arg& x, const Arg& weight, const Arg& bias) {
    Call call = f.call;
    call.args[0] = x;
    call.args[1] = weight;
    call.args[2] = bias;
    return run(call);
  };
  const Tangent x = f.t(0), w = f.t(1);
  const Tensor bias = f.has(2) ? f.raw(2) : Tensor();
  return Tangent(with(x.value, f.p(1), Arg()), x.zero) + Tangent(with(f.p(0), w.value, bias ? Arg(bias) : Arg()), w.zero && !bias);
}

}  // namespace

const OpDef kConvolution{
    .name = "_convolution",
    .signatures = {{"_convolution(Tensor input, Tensor weight, Tensor? bias, ints stride, ints padding, ints dilation, bool transposed, int groups)", "ConvolutionBackward0"},
                   {"_convolution(Tensor input, Tensor weight, Tensor? bias, ints stride, ints padding, ints dilation, bool transposed, int groups)",
                    "ConvolutionBackwardBackward0"}},
    .spellings = 0,
    .doc = "What all convolutions come to.",
    .latex = R"(x * w + b)",
    .forward = convolved,
    .gradients = {gradient(input_gradient, R"(g *^{T} w)"), gradient(weight_gradient, R"(x * g)"), gradient(bias_gradient, R"(\sum g)")},
    .tangent = convolution_tangent,
    .samples = {"f(2, 2, 5), f(3, 2, 3), f(3), (1), (0), (1), False, 1", "f(1, 2, 5, 4), f(3, 2, 3, 2), None, (2, 1), (1, 0), (1, 2), False, 1",
                "f(1, 2, 3, 3), f(2, 2, 2, 3), f(2), (2, 1), (1, 1, 1, 0), (1, 1), True, 1", "f(2, 4, 4), f(4, 2, 2), None, (1), (0), (1), False, 2",
                "f(1, 4, 3), f(4, 1, 2), None, (2), (0, 1), (1), True, 2"},
};

const OpDef kConvolutionWeight{
    .name = "_convolution_weight",
    .signatures = {{"_convolution_weight(Tensor input, Tensor output, ints size, ints stride, ints padding, ints dilation, int groups)", "ConvolutionBackwardBackward0"},
                   {"_convolution_weight(Tensor input, Tensor output, ints size, ints stride, ints padding, ints dilation, int groups)", "ConvolutionBackwardBackward0"}},
    .spellings = 0,
    .doc = "The gradient of a convolution with respect to its weight.",
    .latex = "x * g",
    .forward =
        [](Call& c) {
          const Tensor x = contiguous(c.tensor(0)), y = contiguous(c.tensor(1)), out = zeros(c[2].ints(), x->dtype);
          const Geometry sizes = geometry_of(x->sizes, out->sizes, y->sizes, c[3].ints(), c[4].ints(), c[5].ints(), c.integer(6));
          const bool transposed = c.signature == 1;
          if (out->dtype == DType::float32 && !transposed && in_blocks(sizes)) {
            convolve_in_blocks(sizes, Form::weight, x->data_as<float>(), out->data_as<float>(), y->data_as<float>(), nullptr);
          } else {
            convolve(sizes, Form::weight, x, out, y);
          }
          return out;
        },
    .gradients = {gradient(
                      [](const Backward& b) {
                        const Dims lost = with_lost(b.arg(4).ints(), b.sizes(0), b.sizes(1), b.arg(2).ints(), b.arg(3).ints(), b.arg(5).ints());
                        return convolution(b.y(), b.g, b.arg(3), lost, b.arg(5), true, b.arg(6));
                      },
                      R"(y *^{T} g)"),
                  gradient([](const Backward& b) { return convolution(b.x(), b.g, b.arg(3), b.arg(4).ints(), b.arg(5), false, b.arg(6)); }, "x * g")},
    .samples = {"f(2, 2, 5), f(2, 3, 3), (3, 2, 3), (1), (0), (1), 1"},
};


const OpDef kConv1d{
    .name = "conv1d",
    .signatures = {{"conv1d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints dilation=1, int groups=1)"},
                   {"conv1d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, str padding='valid', ints dilation=1, int groups=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Slides the weights over a line and adds up the products at each place, for each output channel.",
    .latex = R"(\sum_{c, k} w_{o c k}\, x_{c,\, s i + k})",
    .forward = [](Call& c) { return conv(c, 1); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 5), f(3, 2, 3), f(3)", "f(2, 4), f(3, 2, 2), padding='same'"},
};

const OpDef kConv2d{
    .name = "conv2d",
    .signatures = {{"conv2d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints dilation=1, int groups=1)"},
                   {"conv2d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, str padding='valid', ints dilation=1, int groups=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Slides the weights over an image and adds up the products at each place, for each output channel.",
    .latex = R"(\sum_{c, k, l} w_{o c k l}\, x_{c,\, s i + k,\, s j + l})",
    .forward = [](Call& c) { return conv(c, 2); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 4, 4), f(3, 2, 3, 3), f(3)", "f(2, 4, 4), f(2, 2, 3, 3), padding=1, stride=2"},
    .failures = {{"torch.conv2d(torch.ones(1, 3, 4, 4), torch.ones(2, 2, 3, 3))",
                  "RuntimeError: Given groups=1, weight of size [2, 2, 3, 3], expected input[1, 3, 4, 4] to have 2 channels, but got 3 channels instead"},
                 {"torch.conv2d(torch.ones(1, 3, 4, 4), torch.ones(2, 3, 5, 5))",
                  "RuntimeError: Calculated padded input size per channel: (4 x 4). Kernel size: (5 x 5). Kernel size can't be greater than actual input size"},
                 {"torch.conv2d(torch.ones(4, 4), torch.ones(2, 3, 3, 3))",
                  "RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [4, 4]"}},
};

const OpDef kConv3d{
    .name = "conv3d",
    .signatures = {{"conv3d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints dilation=1, int groups=1)"},
                   {"conv3d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, str padding='valid', ints dilation=1, int groups=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Slides the weights over a volume and adds up the products at each place, for each output channel.",
    .latex = R"(\sum_{c, k} w_{o c k}\, x_{c,\, s i + k})",
    .forward = [](Call& c) { return conv(c, 3); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 1, 2, 3, 3), f(1, 1, 2, 2, 2)"},
};

const OpDef kConvTranspose1d{
    .name = "conv_transpose1d",
    .signatures = {{"conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints output_padding=0, int groups=1, ints dilation=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Lays a scaled copy of the weights around each place of a line and adds them up: the gradient of conv1d.",
    .latex = R"(\sum_{c, i} w_{c o,\, j - s i}\, x_{c i})",
    .forward = [](Call& c) { return conv_transpose(c, 1); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 3), f(2, 3, 3), f(3), 2"},
};

const OpDef kConvTranspose2d{
    .name = "conv_transpose2d",
    .signatures = {{"conv_transpose2d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints output_padding=0, int groups=1, ints dilation=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Lays a scaled copy of the weights around each place of an image and adds them up: the gradient of conv2d.",
    .latex = R"(\sum_{c, i} w_{c o,\, j - s i}\, x_{c i})",
    .forward = [](Call& c) { return conv_transpose(c, 2); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 2, 2, 2), f(2, 1, 3, 3), None, 2, 1, 1", "f(2, 2, 2), f(2, 1, 2, 2)"},
    .failures = {{"torch.conv_transpose2d(torch.ones(1, 3, 4, 4), torch.ones(2, 3, 3, 3))",
                  "RuntimeError: Given transposed=1, weight of size [2, 3, 3, 3], expected input[1, 3, 4, 4] to have 2 channels, but got 3 channels instead"}},
};

const OpDef kConvTranspose3d{
    .name = "conv_transpose3d",
    .signatures = {{"conv_transpose3d(Tensor input, Tensor weight, Tensor? bias=None, ints stride=1, ints padding=0, ints output_padding=0, int groups=1, ints dilation=1)"}},
    .spellings = kTorch | kFunctional,
    .doc = "Lays a scaled copy of the weights around each place of a volume and adds them up: the gradient of conv3d.",
    .latex = R"(\sum_{c, i} w_{c o,\, j - s i}\, x_{c i})",
    .forward = [](Call& c) { return conv_transpose(c, 3); },
    .composite = true,
    .in_c = true,
    .samples = {"f(1, 1, 2, 2, 2), f(1, 1, 2, 2, 2)"},
};

const std::vector<const OpDef*>& convolution_ops() {
  static const std::vector<const OpDef*> ops{&kConvolution, &kConvolutionWeight, &kConv1d,         &kConv2d,
                                             &kConv3d,      &kConvTranspose1d,     &kConvTranspose2d, &kConvTranspose3d};
  return ops;
}

}  // namespace nabla
