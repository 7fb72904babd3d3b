// Adding up and multiplying: sum, mean, prod; all, any; cumsum, cumprod.
#include <algorithm>
#include <type_traits>

#include "ops/families.h"
#include "ops/rows.h"
#include "ops/sums.h"
#include "ops/support.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// out += x for whole numbers; `out` has stride 0 where it is summed over.
void add_loop(char* const* data, const std::ptrdiff_t* strides, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    *reinterpret_cast<std::uint64_t*>(data[0] + i * strides[0]) += *reinterpret_cast<const std::uint64_t*>(data[1] + i * strides[1]);
  }
}

/// The sizes of a reduction's result; with `keepdim`, 1 stands for what is reduced.
Dims reduced_sizes(const Dims& sizes, const std::vector<bool>& dims, bool keepdim) {
  Dims out;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!dims[i]) out.push_back(sizes[i]);
    else if (keepdim) out.push_back(1);
  }
  return out;
}

Tensor sum_over(const Tensor& x, const std::vector<bool>& dims, bool keepdim, DType dtype) {
  if (x->numel == 1 && x->dtype == dtype) {
    Tensor out = empty(reduced_sizes(x->sizes, dims, keepdim), dtype);
    copy_into(out, as_strided(x, out->sizes, out->strides, x->offset));
    if (is_floating(dtype) && element(*out, 0).to_double() == 0) set_element(*out, 0, Scalar::of(0.0));  // 0 + -0 is 0
    return out;
  }
  const DType type = dtype_of(compute_type(dtype));
  const Tensor in = cast(cast(x, dtype), type);
  const Tensor total = zeros(reduced_sizes(x->sizes, dims, true), type);
  Dims strides = total->strides;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) strides[i] = 0;
  }
  const Tensor shown = as_strided(total, x->sizes, strides, 0);
  if (is_floating(type)) add_up(shown, in);
  else for_each(shown, {in}, add_loop);
  const Dims sizes = reduced_sizes(x->sizes, dims, keepdim);
  return cast(as_strided(total, sizes, contiguous_strides(sizes), 0), dtype);
}

DType sum_type(const Call& c, const Arg& dtype) {
  if (!dtype.is_none()) return dtype.dtype();
  const DType type = c.tensor(0)->dtype;
  return is_floating(type) ? type : DType::int64;
}

DType mean_type(const Call& c, const Arg& dtype) {
  const DType type = dtype.is_none() ? c.tensor(0)->dtype : dtype.dtype();
  if (!is_floating(type)) {
    fail("RuntimeError", "mean(): could not infer output dtype. ", dtype.is_none() ? "Input" : "Optional",
         " dtype must be either a floating point or complex dtype. Got: ", legacy_name(type));
  }
  return type;
}

/// g, of a reduced shape, spread over the shape that was reduced.
Tensor spread(const Tensor& g, const Backward& b) {
  const bool kept = b.signature() == 0 || b.arg(2).integer();
  return apply(*find_op("expand"), kept ? g : restore_dims(g, dimension_mask(b.arg(1), b.sizes().size())), b.sizes());
}

double reduced_count(const Backward& b) {
  const std::vector<bool> dims = dimension_mask(b.signature() == 0 ? Arg() : b.arg(1), b.sizes().size());
  double count = 1;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) count *= static_cast<double>(b.sizes()[i]);
  }
  return count;
}

Tensor divide(const Tensor& total, double count) {
  Call call(*find_op("div"));
  call.count = 2;
  call.args[0] = Arg(total);
  call.args[1] = Arg(count);
  return call.def.forward(call);
}

// ---- rows ----

template <class T, class F>
void fold_rows(const Rows& rows, T start, T* out, F f) {
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r) {
    T folded = start;
    for (std::int64_t i = 0; i < rows.length; ++i) folded = f(folded, *x++);
    out[r] = folded;
  }
}

/// The products of rows in PyTorch's order: of a run, four vectors of 32 bytes side by side, then what is left over.
template <class T>
void multiply_rows(const Rows& rows, T* out) {
  constexpr std::int64_t kLanes = 32 / sizeof(T), kStep = 4 * kLanes;
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r, x += rows.length) {
    T product = 1;
    std::int64_t i = 0;
    if (rows.runs && rows.length >= kStep) {
      T lanes[kStep];
      std::copy_n(x, kStep, lanes);
      for (i = kStep; i + kStep <= rows.length; i += kStep) {
        for (std::int64_t k = 0; k < kStep; ++k) lanes[k] *= x[i + k];
      }
      for (std::int64_t k = 0; k < kLanes; ++k) product *= (lanes[k] * lanes[k + kLanes]) * (lanes[k + 2 * kLanes] * lanes[k + 3 * kLanes]);
    }
    for (; i < rows.length; ++i) product *= x[i];
    out[r] = product;
  }
}

Tensor product_over(const Tensor& x, const std::vector<bool>& dims, bool keepdim, DType dtype) {
  const Compute type = compute_type(dtype);
  const Rows rows = to_rows(cast(x, dtype), dims, keepdim, dtype_of(type), RowOrder::in_memory);
  const Tensor out = empty(rows.out_sizes, dtype_of(type));
  const auto times = [](auto a, auto b) { return a * b; };
  if (type == Compute::float32) multiply_rows(rows, out->data_as<float>());
  else if (type == Compute::float64) multiply_rows(rows, out->data_as<double>());
  else fold_rows<std::uint64_t>(rows, 1, out->data_as<std::uint64_t>(), times);
  return cast(out, dtype);
}

std::int64_t count_zeros(const Tensor& x) {
  const Tensor flags = contiguous(cast(x, DType::bool_));
  const auto* begin = flags->data_as<std::uint8_t>();
  return std::count(begin, begin + flags->numel, 0);
}

/// Of prod where there are zeros: the products of what comes before and of what comes after, as PyTorch takes them.
Tensor products_of_others(const Tensor& g, const Tensor& x, std::int64_t dim) {
  const std::int64_t size = x->sizes[dim];
  if (size <= 1) return size == 1 ? g : expand_to(g, x->sizes);
  Dims one = x->sizes;
  one[dim] = 1;
  const Tensor ones = full(one, Scalar::of(1.0), x->dtype);
  const auto products = [&](const Tensor& rest) { return apply(*find_op("cumprod"), concatenate({ones, rest}, dim), dim); };
  const auto turned = [&](const Tensor& t) {
    const Tensor backwards = empty({t->sizes[dim]}, DType::int64);
    for (std::int64_t i = 0; i < backwards->numel; ++i) backwards->data_as<std::int64_t>()[i] = backwards->numel - 1 - i;
    return apply(*find_op("index_select"), t, dim, backwards);
  };
  const Tensor before = products(slice_of(x, dim, 0, size - 1)), after = turned(products(turned(slice_of(x, dim, 1, size - 1))));
  return g * (before * after);
}

/// Of prod: the product of the others. Without zeros that is the product over the element.
Tensor product_gradient(const Backward& b) {
  const bool whole = b.signature() == 0;
  const Tensor input = b.x(), out = b.out();
  if (input->dim() == 0) return b.g;
  const std::int64_t dim = whole ? 0 : wrap_dim(b.arg(1).integer(), input->dim());
  const bool kept = whole || b.arg(2).integer() || input->dim() == 1;
  const auto restore = [&](const Tensor& t) { return kept ? t : unsqueeze_at(t, dim); };
  const std::int64_t zeros = count_zeros(input);
  if (zeros == 0) return restore(b.g) * (restore(out) / input);
  if (whole && zeros > 1) return zeros_like(input);
  if (!whole) return products_of_others(restore(b.g), input, dim);
  const OpDef& view = *find_op("view");
  return apply(view, products_of_others(b.g, apply(view, apply(*find_op("contiguous"), input), Dims{-1}), 0), b.sizes());
}

/// Sums from each element to the end.
Tensor sums_behind(const Tensor& x, std::int64_t dim) {
  if (x->dim() == 0) return x;
  const auto flip = [dim](const Tensor& t) { return apply(*find_op("flip"), t, Dims{dim}); };
  return flip(apply(*find_op("cumsum"), flip(x), dim));
}

/// Of cumprod where there are zeros, by which one cannot divide: for each position along dim, what g says of the products
/// from there on, each without that position's own factor.
Tensor product_sums(const Tensor& g, const Tensor& x, std::int64_t dim) {
  const std::int64_t size = x->sizes[dim];
  std::vector<bool> dims(x->dim(), false);
  dims[dim] = true;
  std::vector<Tensor> parts;
  for (std::int64_t k = 0; k < size; ++k) {
    const Tensor own = zeros(x->sizes, DType::bool_);
    copy_into(select(own, dim, k), full({}, Scalar::of(true), DType::bool_));
    const Tensor others = apply(*find_op("cumprod"), where(own, 1.0, x), dim);
    parts.push_back(sum(slice_of(g * others, dim, k, size - k), dims, true));
  }
  return concatenate(std::move(parts), dim);
}

/// all() and any(): bool, but uint8 for uint8.
Tensor test_rows(const Call& c, bool all) {
  const Tensor x = c.tensor(0);
  std::vector<bool> dims(x->dim(), c.signature == 0);
  if (c.signature == 1 && x->dim()) dims[dimension(c, 1)] = true;
  else if (c.signature == 1) dimension(c, 1);
  const Rows rows = to_rows(x, dims, c.signature == 1 && c.flag(2), DType::bool_);
  const Tensor out = empty(rows.out_sizes, DType::bool_);
  fold_rows<bool>(rows, all, out->data_as<bool>(), [all](bool a, bool b) { return all ? a && b : a || b; });
  return x->dtype == DType::uint8 ? cast(out, DType::uint8) : out;
}

/// As in PyTorch, what runs along floats is a double.
template <class T, class F>
void scan_rows(const Rows& rows, T start, T* out, F f) {
  using Running = std::conditional_t<std::is_same_v<T, float>, double, T>;
  const T* x = rows.data->data_as<T>();
  for (std::int64_t r = 0; r < rows.count; ++r) {
    Running running = start;
    for (std::int64_t i = 0; i < rows.length; ++i) *out++ = static_cast<T>(running = f(running, static_cast<Running>(*x++)));
  }
}

template <class F>
Tensor scan(const Call& c, int start, F f) {
  const Tensor x = c.tensor(0);
  const std::int64_t dim = dimension(c, 1);
  const DType dtype = sum_type(c, c[2]);
  if (dtype == DType::bool_) not_implemented_for(cat(c.def.name, "_out_cpu"), dtype);
  const Compute type = compute_type(dtype);
  const Rows rows = to_rows(x, dim, dtype_of(type));
  const Tensor out = empty(rows.data->sizes, dtype_of(type));
  if (type == Compute::float32) scan_rows<float>(rows, static_cast<float>(start), out->data_as<float>(), f);
  else if (type == Compute::float64) scan_rows<double>(rows, start, out->data_as<double>(), f);
  else scan_rows<std::int64_t>(rows, start, out->data_as<std::int64_t>(), f);
  return cast(from_rows(out, x, dim), dtype);
}

Tensor tangent_of_cumprod(const Forward& f) {
  const OpDef &cumsum = *find_op("cumsum"), &cumprod = f.call.def;
  const Tensor x = f.x(), t = f.t(0);
  const std::int64_t dim = f.call.integer(1);
  const Tensor all = apply(cumsum, t / Arg(x), dim) * f.out(), zero = eq(x, 0);
  if (x->dim() == 0) return where(zero, t, all);
  // From the first zero on, the product with its tangent in its place.
  const Tensor count = apply(cumsum, zero, dim), first = logical_and(zero, eq(count, 1));
  return where(gt(count, 0), apply(cumprod, where(first, t, x), dim), all);
}

}  // namespace

const OpDef kSum{
    .name = "sum",
    .signatures = {{"sum(Tensor input, *, dtype? dtype=None)", "SumBackward0"},
                   {"sum(Tensor input, ints? dim, bool keepdim=False, *, dtype? dtype=None)", "SumBackward1"}},
    .doc = "Adds up all elements, or those along some dimensions.",
    .latex = R"(\sum_i x_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c.signature == 0) return sum_over(x, std::vector<bool>(x->dim(), true), false, sum_type(c, c[1]));
          return sum_over(x, dimension_mask(c[1], x->dim()), c.flag(2), sum_type(c, c[3]));
        },
    .gradients = {gradient([](const Backward& b) { return spread(b.g, b); }, "g")},
    .tangent = auto_linear,
    .slopes = slopes([](auto& s) { s.gx = s.g; }),
    .computes_in_out = true,
    .samples = {"f(2, 3)", "f(2, 3), 0", "f(2, 3, 2), (0, 2)", "f(2, 3), 1, True", "f()", "f(0, 3)", "f(0, 3), 1"},
    .failures = {{"torch.ones(2).sum(1)", "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)"},
                 {"torch.ones(2, 2).sum((0, 0))", "RuntimeError: dim 0 appears multiple times in the list of dims"}},
};

const OpDef kMean{
    .name = "mean",
    .signatures = {{"mean(Tensor input, *, dtype? dtype=None)", "MeanBackward0"},
                   {"mean(Tensor input, ints? dim, bool keepdim=False, *, dtype? dtype=None)", "MeanBackward1"}},
    .doc = "The average of all elements, or of those along some dimensions.",
    .latex = R"(\frac{1}{n} \sum_i x_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          const bool whole = c.signature == 0;
          const DType dtype = mean_type(c, c[whole ? 1 : 3]);
          const std::vector<bool> dims = dimension_mask(whole ? Arg() : c[1], x->dim());
          const Tensor total = sum_over(x, dims, !whole && c.flag(2), dtype);
          double count = 1;
          for (std::size_t i = 0; i < dims.size(); ++i) {
            if (dims[i]) count *= static_cast<double>(x->sizes[i]);
          }
          return divide(total, count);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          if (b.signature() == 1) (void)b.x();  // PyTorch keeps it
          return spread(b.g, b) / reduced_count(b);
        },
        R"(\frac{g}{n})")},
    .tangent = auto_linear,
    .slopes = slopes([](auto& s) { s.gx = s.g; }),
    .samples = {"f(2, 3)", "f(2, 3), 0", "f(2, 3), (0, 1), True", "f()"},
    .failures = {{"torch.tensor([1, 2]).mean()",
                  "RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: "
                  "Long"}},
};

const OpDef kProd{
    .name = "prod",
    .signatures = {{"prod(Tensor input, *, dtype? dtype=None)", "ProdBackward0"},
                   {"prod(Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None)", "ProdBackward1"}},
    .doc = "Multiplies all elements, or those along a dimension.",
    .latex = R"(\prod_i x_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          std::vector<bool> dims(x->dim(), c.signature == 0);
          if (c.signature == 0) return product_over(x, dims, false, sum_type(c, c[1]));
          const std::int64_t dim = dimension(c, 1);
          if (x->dim()) dims[dim] = true;
          return product_over(x, dims, c.flag(2), sum_type(c, c[3]));
        },
    .gradients = {gradient(product_gradient, R"(g \prod_{k \ne i} x_k)")},
    .tangent =
        [](const Forward& f) -> Tensor {
          if (f.signature() == 0) return sum(f.slope(0, expand_to(ones_like(f.out()), f.out()->sizes)) * f.t(0));
          return sum(f.slope(0, ones_like(f.out())) * f.t(0), f.dims(1), f.call.flag(2));
        },
    .reads_output = true,
    .computes_in_out = true,
    .samples = {"f(3)", "f(2, 3), 1", "f(2, 3), 0, True", "f()", "f(2, 2)"},
};

const OpDef kAll{
    .name = "all",
    .signatures = {{"all(Tensor input)"}, {"all(Tensor input, int dim, bool keepdim=False)"}},
    .doc = "Are all elements true (not zero)?",
    .latex = R"(\forall i: x_i)",
    .forward = [](Call& c) { return test_rows(c, true); },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"b(2, 3)", "b(2, 3), 1"},
};

const OpDef kAny{
    .name = "any",
    .signatures = {{"any(Tensor input)"}, {"any(Tensor input, int dim, bool keepdim=False)"}},
    .doc = "Is any element true (not zero)?",
    .latex = R"(\exists i: x_i)",
    .forward = [](Call& c) { return test_rows(c, false); },
    .gradients = {not_differentiable("a truth value has no slope")},
    .samples = {"b(2, 3)", "b(2, 3), 1, True"},
};

const OpDef kCumsum{
    .name = "cumsum",
    .signatures = {{"cumsum(Tensor input, int dim, *, dtype? dtype=None)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Running sums along a dimension.",
    .latex = R"(\sum_{k \le i} x_k)",
    .forward = [](Call& c) { return scan(c, 0, [](auto a, auto b) { return a + b; }); },
    .gradients = {gradient([](const Backward& b) { return sums_behind(b.g, b.arg(1).integer()); }, R"(\sum_{k \ge i} g_k)")},
    .tangent = auto_linear,
    .computes_in_out = true,
    .samples = {"f(3), 0", "f(2, 3), 1", "f(2, 3), 0"},
};

const OpDef kCumprod{
    .name = "cumprod",
    .signatures = {{"cumprod(Tensor input, int dim, *, dtype? dtype=None)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "Running products along a dimension.",
    .latex = R"(\prod_{k \le i} x_k)",
    .forward = [](Call& c) { return scan(c, 1, [](auto a, auto b) { return a * b; }); },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor x = b.x(), out = b.out();
          if (x->dim() && !!count_zeros(x)) return product_sums(b.g, x, wrap_dim(b.arg(1).integer(), x->dim()));
          if (x->dim() == 0) return b.g;
          return sums_behind(b.g * out, b.arg(1).integer()) / x;
        },
        R"(\frac{1}{x_i} \sum_{k \ge i} g_k \prod_{j \le k} x_j)")},
    .tangent = tangent_of_cumprod,
    .reads_output = true,
    .computes_in_out = true,
    .samples = {"f(2, 3), 1"},
};

const std::vector<const OpDef*>& reduction_ops() {
  static const std::vector<const OpDef*> ops{&kSum, &kMean, &kProd, &kAll, &kAny, &kCumsum, &kCumprod};
  return ops;
}

Tensor sum(const Tensor& x) { return apply(kSum, x); }

Tensor sum(const Tensor& x, const std::vector<bool>& dims, bool keepdim) {
  Call call(kSum, 1);
  call.count = 3;
  Dims list;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i]) list.push_back(static_cast<std::int64_t>(i));
  }
  if (list.empty()) return x;  // no dimension; an empty list would stand for all
  call.args[0] = Arg(x);
  call.args[1] = Arg(list);
  call.args[2] = Arg(keepdim);
  return run(call);
}

Tensor sum_to_size(const Tensor& x, const Dims& sizes) {
  const std::size_t added = x->dim() - sizes.size();
  std::vector<bool> dims(x->dim(), false);
  for (std::size_t i = 0; i < x->dim(); ++i) dims[i] = i < added || (sizes[i - added] == 1 && x->sizes[i] != 1);
  if (sizes.empty() && x->dim()) return sum(x);
  const Tensor out = sum(x, dims, true);
  return added ? apply(*find_op("view"), out, sizes) : out;
}

}  // namespace nabla
