// Products of vectors and matrices: dot, mv, mm, bmm, addmm, outer; and those made of them: matmul, linear. matmul takes the same steps
// as PyTorch's, so that the graph has the same nodes.
#include "ops/families.h"
#include "ops/gemm.h"
#include "ops/linalg.h"
#include "ops/tangents.h"

namespace nabla {
namespace {

/// out = a b for one matrix each, given as views of the operands' type; or out += a b.
void multiply_into(const Tensor& out, const Tensor& a, const Tensor& b, bool onto = false) {
  const std::int64_t m = a->sizes[0], k = a->sizes[1], n = b->sizes[1];
  const auto go = [&]<class T>(T*) {
    multiply(Matrix<const T>{a->data_as<T>(), a->strides[0], a->strides[1]}, Matrix<const T>{b->data_as<T>(), b->strides[0], b->strides[1]},
             Matrix<T>{out->data_as<T>(), out->strides[0], 1}, m, n, k, onto);
  };
  switch (compute_type(out->dtype)) {
    case Compute::float32: return go(static_cast<float*>(nullptr));
    case Compute::float64: return go(static_cast<double*>(nullptr));
    case Compute::int64: return go(static_cast<std::int64_t*>(nullptr));
  }
}

Tensor multiply_matrices(const Tensor& a, const Tensor& b) {
  const DType type = dtype_of(compute_type(a->dtype));
  const Tensor out = empty({a->sizes[0], b->sizes[1]}, type);
  multiply_into(out, cast(a, type), cast(b, type));
  return cast(out, a->dtype);
}

void need_same_type(const Tensor& a, const Tensor& b, const char* kernel) {
  if (a->dtype == DType::bool_ && a->numel && b->numel) not_implemented_for(kernel, a->dtype);
  if (a->dtype != b->dtype && a->numel && b->numel) fail("RuntimeError", "expected scalar type ", legacy_name(a->dtype), " but found ", legacy_name(b->dtype));
}

std::string shape_pair(const Tensor& a, const Tensor& b) {
  return cat("(", a->sizes[0], "x", a->sizes[1], " and ", b->sizes[0], "x", b->sizes[1], ")");
}

void check_product(const Tensor& a, const Tensor& b) {
  if (a->sizes[1] != b->sizes[0]) fail("RuntimeError", "mat1 and mat2 shapes cannot be multiplied ", shape_pair(a, b));
  need_same_type(a, b, "addmm_impl_cpu_");
}

/// Does BLAS add the products to out one by one? Where it goes along a column of the (transposed) first factor it does; where it goes
/// along a row it makes the whole sum first. Source: PyTorch's choice of what to call transposed, by strides, and the loops of the reference sgemm.
bool adds_one_by_one(const TensorImpl& a, const TensorImpl& b) {
  const std::int64_t m = a.sizes[0], k = a.sizes[1], n = b.sizes[1];
  if (n == 1) return a.strides[0] == 1 && a.strides[1] >= std::max<std::int64_t>(1, m);
  const bool by_row = b.strides[1] == 1 && b.strides[0] >= std::max<std::int64_t>(1, n);
  return by_row || !(b.strides[0] == 1 && b.strides[1] >= std::max<std::int64_t>(1, k));
}

Tensor times(const Tensor& x, double by) {
  if (by == 1) return x;
  const Tensor out = copy(x);
  const auto go = [&]<class T>(T*) {
    for (std::int64_t i = 0; i < out->numel; ++i) out->data_as<T>()[i] *= static_cast<T>(by);
  };
  switch (compute_type(out->dtype)) {
    case Compute::float32: go(static_cast<float*>(nullptr)); break;
    case Compute::float64: go(static_cast<double*>(nullptr)); break;
    case Compute::int64: go(static_cast<std::int64_t*>(nullptr)); break;
  }
  return out;
}

double number_or_one(const Arg& arg) { return arg.is_none() ? 1 : arg.real(); }
Tensor scaled(const Tensor& x, double by) { return by == 1 ? x : x * by; }

}  // namespace

void multiply_onto(const Tensor& out, const Tensor& a, const Tensor& b, double beta, double alpha, bool plainly) {
  const Tensor before = beta == 0 ? zeros(out->sizes, out->dtype) : times(out, beta);  // with beta 0 a nan in out does not count
  if (plainly || adds_one_by_one(*a, *b)) {
    if (!(before == out)) copy_into(out, before);
    const bool right = !plainly && b->sizes[1] == 1;  // BLAS multiplies its second factor by alpha
    return multiply_into(out, right ? a : times(a, alpha), right ? times(b, alpha) : b, true);
  }
  const Tensor product = empty(out->sizes, out->dtype);
  multiply_into(product, a, b);
  constexpr auto add = [](auto x, auto y) { return x + y; };
  for_each(out, {times(product, alpha), before}, kBinary<decltype(add)>.loops[static_cast<int>(compute_type(out->dtype))]);
}

const OpDef kDot{
    .name = "dot",
    .signatures = {{"dot(Tensor input, Tensor tensor)"}},
    .doc = "The sum of the products of two vectors' elements.",
    .latex = R"(\sum_i x_i y_i)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          if (x->dim() != 1 || y->dim() != 1) {
            fail("RuntimeError", "1D tensors expected, but got ", x->dim(), "D and ", y->dim(), "D tensors");
          }
          if (x->dtype != y->dtype) {
            fail("RuntimeError", "dot : expected both vectors to have same dtype, but found ", legacy_name(x->dtype), " and ", legacy_name(y->dtype));
          }
          if (x->numel != y->numel) {
            fail("RuntimeError", "inconsistent tensor size, expected tensor ", x->sizes, " and src ", y->sizes,
                 " to have the same number of elements, but got ", x->numel, " and ", y->numel, " elements respectively");
          }
          if (x->dtype == DType::bool_) not_implemented_for("dot", x->dtype);
          const Tensor product = multiply_matrices(unsqueeze(x, 0), unsqueeze(y, 1));
          return as_strided(product, {}, {}, 0);
        },
    .gradients = {gradient([](const Backward& b) { return b.g * b.y(); }, "g y"), gradient([](const Backward& b) { return b.g * b.x(); }, "g x")},
    .tangent = product_rule,
    .samples = {"f(3), f(3)", "f(0), f(0)"},
    .failures = {{"torch.dot(torch.ones(2, 2), torch.ones(2, 2))", "RuntimeError: 1D tensors expected, but got 2D and 2D tensors"}},
};

const OpDef kMv{
    .name = "mv",
    .signatures = {{"mv(Tensor input, Tensor vec)"}},
    .doc = "A matrix times a vector.",
    .latex = "A v",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0), v = c.tensor(1);
          if (a->dim() != 2 || v->dim() != 1) {
            fail("RuntimeError", "vector + matrix @ vector expected, got ", 1, ", ", a->dim(), ", ", v->dim());
          }
          if (a->sizes[1] != v->sizes[0]) {
            fail("RuntimeError", "size mismatch, got ", a->sizes[0], ", ", a->sizes[0], "x", a->sizes[1], ",", v->sizes[0]);
          }
          need_same_type(a, v, "addmv_impl_cpu");
          if (a->numel == 0) return zeros({a->sizes[0]}, v->dtype);
          const Tensor product = multiply_matrices(a, unsqueeze(v, 1));
          return as_strided(product, {a->sizes[0]}, {1}, 0);
        },
    .gradients = {gradient([](const Backward& b) { return unsqueeze_at(b.g, 1) * b.y(); }, "g v^{T}"),
                  gradient([](const Backward& b) { return apply(*find_op("mv"), transpose_last(b.x()), b.g); }, "A^{T} g")},
    .tangent = product_rule,
    .samples = {"f(2, 3), f(3)", "f(0, 3), f(3)"},
    .failures = {{"torch.mv(torch.ones(2, 2), torch.ones(2, 2))", "RuntimeError: vector + matrix @ vector expected, got 1, 2, 2"}},
};

const OpDef kMm{
    .name = "mm",
    .signatures = {{"mm(Tensor input, Tensor mat2)"}},
    .doc = "The product of two matrices.",
    .latex = "A B",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0), b = c.tensor(1);
          if (a->dim() != 2) fail("RuntimeError", "self must be a matrix");
          if (b->dim() != 2) fail("RuntimeError", "mat2 must be a matrix");
          check_product(a, b);
          return multiply_matrices(a, b);
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("mm"), b.g, transpose_last(b.y())); }, "g B^{T}"),
                  gradient([](const Backward& b) { return apply(*find_op("mm"), transpose_last(b.x()), b.g); }, "A^{T} g")},
    .tangent = product_rule,
    .samples = {"f(2, 3), f(3, 4)", "f(2, 0), f(0, 3)"},
    .failures = {{"torch.mm(torch.ones(2, 2), torch.ones(2))", "RuntimeError: mat2 must be a matrix"},
                 {"torch.mm(torch.ones(2, 3), torch.ones(2, 3))", "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"}},
};

const OpDef kBmm{
    .name = "bmm",
    .signatures = {{"bmm(Tensor input, Tensor mat2)"}},
    .doc = "The products of two stacks of matrices, one by one.",
    .latex = "A_i B_i",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0), b = c.tensor(1);
          if (a->dim() != 3) fail("RuntimeError", "batch1 must be a 3D tensor");
          if (b->dim() != 3) fail("RuntimeError", "batch2 must be a 3D tensor");
          if (a->sizes[0] != b->sizes[0] || a->sizes[2] != b->sizes[1]) {
            fail("RuntimeError", "Expected size for first two dimensions of batch2 tensor to be: [", a->sizes[0], ", ", a->sizes[2], "] but got: [",
                 b->sizes[0], ", ", b->sizes[1], "].");
          }
          need_same_type(a, b, "bmm");
          if (a->numel == 0 || b->numel == 0) return zeros({a->sizes[0], a->sizes[1], b->sizes[2]}, b->dtype);
          const DType type = dtype_of(compute_type(a->dtype));
          const Tensor left = cast(a, type), right = cast(b, type), out = empty({a->sizes[0], a->sizes[1], b->sizes[2]}, type);
          for (std::int64_t i = 0; i < a->sizes[0]; ++i) multiply_into(select(out, 0, i), select(left, 0, i), select(right, 0, i));
          return cast(out, a->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return apply(*find_op("bmm"), b.g, transpose_last(b.y())); }, "g_i B_i^{T}"),
                  gradient([](const Backward& b) { return apply(*find_op("bmm"), transpose_last(b.x()), b.g); }, "A_i^{T} g_i")},
    .tangent = product_rule,
    .samples = {"f(2, 2, 3), f(2, 3, 2)"},
    .failures = {{"torch.bmm(torch.ones(2, 2, 2), torch.ones(2, 2))", "RuntimeError: batch2 must be a 3D tensor"}},
};

const OpDef kAddmm{
    .name = "addmm",
    .signatures = {{"addmm(Tensor input, Tensor mat1, Tensor mat2, *, Number beta=1, Number alpha=1)"}},
    .spellings = kTorch | kMethod | kInPlace,
    .doc = "The product of two matrices added to input.",
    .latex = R"(\beta x + \alpha A B)",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), a = c.tensor(1), b = c.tensor(2);
          if (x->dtype != b->dtype) fail("RuntimeError", "self and mat2 must have the same dtype");
          if (a->dtype != b->dtype) fail("RuntimeError", "mat1 and mat2 must have the same dtype");
          if (a->dim() != 2) fail("RuntimeError", "mat1 must be a matrix, got ", a->dim(), "-D tensor");
          if (b->dim() != 2) fail("RuntimeError", "mat2 must be a matrix, got ", b->dim(), "-D tensor");
          check_product(a, b);
          need_same_type(x, a, "addmm_impl_cpu_");
          const DType type = dtype_of(compute_type(x->dtype));
          const Tensor out = copy(expand(cast(x, type), {a->sizes[0], b->sizes[1]}));
          multiply_onto(out, cast(a, type), cast(b, type), number_or_one(c[3]), number_or_one(c[4]));
          return cast(out, x->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return scaled(b.g, number_or_one(b.arg(3))); }, R"(\beta g)"),
                  gradient([](const Backward& b) { return scaled(apply(kMm, b.g, transpose_last(b.input(2))), number_or_one(b.arg(4))); },
                           R"(\alpha g B^{T})"),
                  gradient([](const Backward& b) { return scaled(apply(kMm, transpose_last(b.input(1)), b.g), number_or_one(b.arg(4))); },
                           R"(\alpha A^{T} g)")},
    .tangent = [](const Forward& f) -> Tensor { return with_product(f, "mm"); },
    .reads_first = true,
    .samples = {"f(2, 4), f(2, 3), f(3, 4)", "f(4), f(2, 3), f(3, 4)", "f(4), f(2, 3), f(3, 4), beta=0.5, alpha=2.0"},
};

const OpDef kTrace{
    .name = "trace",
    .signatures = {{"trace(Tensor input)"}},
    .doc = "The sum of a matrix's diagonal.",
    .latex = R"(\sum_i x_{ii})",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (x->dim() != 2) fail("RuntimeError", "trace: expected a matrix, but got tensor with dim ", x->dim());
          if (x->dtype == DType::bool_) not_implemented_for("trace", x->dtype);
          double total = 0;
          std::int64_t whole = 0;
          for (std::int64_t i = 0; i < std::min(x->sizes[0], x->sizes[1]); ++i) {
            const Scalar s = element(*x, i * (x->strides[0] + x->strides[1]));
            if (is_floating(x->dtype)) total += s.to_double();
            else whole += s.to_int();
          }
          return is_floating(x->dtype) ? full({}, Scalar::of(total), x->dtype) : full({}, Scalar::of(whole), DType::int64);
        },
    .gradients = {gradient(
        [](const Backward& b) {
          const Tensor ones = zeros(b.sizes(), b.dtype());
          for (std::int64_t i = 0; i < std::min(b.sizes()[0], b.sizes()[1]); ++i) set_element(*ones, i * (b.sizes()[1] + 1), Scalar::of(1));
          return b.g * ones;
        },
        "g I")},
    .tangent = auto_linear,
    .samples = {"f(3, 3)", "f(2, 3)"},
};

const OpDef kOuter{
    .name = "outer",
    .signatures = {{"outer(Tensor input, Tensor vec2)"}},
    .aliases = {"ger"},
    .doc = "All products of an element of one vector with an element of the other.",
    .latex = "x y^{T}",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), y = c.tensor(1);
          if (x->dim() != 1) fail("RuntimeError", "outer: Expected 1-D argument self, but got ", x->dim(), "-D");
          if (y->dim() != 1) fail("RuntimeError", "outer: Expected 1-D argument vec2, but got ", y->dim(), "-D");
          return reshape_to(x, {x->numel, 1}) * y;
        },
    .composite = true,
    .samples = {"f(2), f(3)"},
};

namespace {

Tensor mm(const Tensor& a, const Tensor& b) { return apply(kMm, a, b); }
Tensor unsafe_view(const Tensor& x, const Dims& sizes) { return apply(*find_op("_unsafe_view"), x, sizes); }

/// Can a's leading dimensions be folded into its rows, so that one mm does?
bool folds(const Tensor& a, const Tensor& b) {
  if (a->dim() < 3 || (b->dim() != 1 && b->dim() != 2)) return false;
  const bool transposed = a->dim() == 3 && b->dim() == 2 && a->strides.back() != 1 && a->strides[0] == a->sizes[1] * a->sizes[2];
  return !transposed;
}

Tensor multiply_folded(const Tensor& a, const Tensor& b) {
  Dims sizes = a->sizes;
  const std::int64_t inner = sizes.back();
  sizes.resize(sizes.size() - 1);
  const Tensor rows = reshape_to(a, {count_elements(sizes), inner});
  if (b->dim() == 1) return unsafe_view(apply(kMv, rows, b), sizes);
  sizes.push_back(b->sizes[1]);
  return unsafe_view(mm(rows, b), sizes);
}

Dims leading(const Tensor& x) {
  Dims out = x->sizes;
  out.resize(x->dim() > 2 ? x->dim() - 2 : 0);
  return out;
}

Tensor multiply_batches(const Tensor& a, const Tensor& b) {
  const std::int64_t n = a->dim() > 1 ? a->sizes[a->dim() - 2] : 1, inner = a->sizes.back();
  const bool vector = b->dim() == 1;
  const std::int64_t b_inner = vector ? b->sizes[0] : b->sizes[b->dim() - 2], p = vector ? 1 : b->sizes.back();
  Dims sizes = broadcast(leading(a), leading(b));
  const std::int64_t batch = count_elements(sizes);
  const auto with = [&](std::initializer_list<std::int64_t> last) {
    Dims out = sizes;
    for (std::int64_t size : last) out.push_back(size);
    return out;
  };
  const auto expand_always = [](const Tensor& x, const Dims& to) { return apply(*find_op("expand"), x, to); };
  const Tensor left = reshape_to(expand_always(a, with({n, inner})), {batch, n, inner});
  const Tensor right = vector ? unsqueeze_at(reshape_to(expand_always(b, with({b_inner})), {batch, b_inner}), 2)
                              : reshape_to(expand_always(b, with({b_inner, p})), {batch, b_inner, p});
  if (a->dim() > 1) sizes.push_back(n);
  if (!vector) sizes.push_back(p);
  const Tensor product = apply(kBmm, left, right);
  return unsafe_view(vector ? apply(*find_op("squeeze"), product, -1) : product, sizes);
}

}  // namespace

const OpDef kMatmul{
    .name = "matmul",
    .signatures = {{"matmul(Tensor input, Tensor other)"}},
    .aliases = {"linalg_matmul"},
    .sign = "@",
    .doc = "The product of vectors, matrices or stacks of matrices, by the number of dimensions.",
    .latex = "A B",
    .forward =
        [](Call& c) {
          const Tensor a = c.tensor(0), b = c.tensor(1);
          if (a->dim() == 0 || b->dim() == 0) {
            fail("RuntimeError", "both arguments to matmul need to be at least 1D, but they are ", a->dim(), "D and ", b->dim(), "D");
          }
          if (a->dim() == 1 && b->dim() == 1) return apply(kDot, a, b);
          if (a->dim() == 2 && b->dim() == 1) return apply(kMv, a, b);
          if (a->dim() == 1 && b->dim() == 2) {
            Call squeeze(*find_op("_squeeze_result"), 1);
            squeeze.count = 2;
            squeeze.args[0] = Arg(mm(unsqueeze_at(a, 0), b));
            squeeze.args[1] = Arg(0);
            return run(squeeze);
          }
          if (a->dim() == 2 && b->dim() == 2) return mm(a, b);
          if (folds(a, b)) return multiply_folded(a, b);
          if (folds(b, a)) {
            const Tensor out = multiply_folded(transpose_last(b), a->dim() == 2 ? apply(*find_op("t"), a) : a);
            return a->dim() == 2 ? apply(*find_op("contiguous"), transpose_last(out)) : out;
          }
          return multiply_batches(a, b);
        },
    .composite = true,
    .samples = {"f(3), f(3)", "f(2, 3), f(3)", "f(3), f(3, 2)", "f(2, 3), f(3, 2)", "f(2, 2, 3), f(3, 2)", "f(2, 2, 3), f(3)", "f(3), f(2, 3, 2)",
                "f(2, 3), f(2, 3, 2)", "f(2, 1, 2, 3), f(3, 3, 2)"},
    .failures = {{"torch.ones(2) @ torch.tensor(2.)", "RuntimeError: both arguments to matmul need to be at least 1D, but they are 1D and 0D"},
                 {"torch.ones(2, 3) @ torch.ones(2)", "RuntimeError: size mismatch, got 2, 2x3,2"}},
};

const OpDef kLinear{
    .name = "linear",
    .signatures = {{"linear(Tensor input, Tensor weight, Tensor? bias=None)"}},
    .spellings = kFunctional,
    .doc = "The product with the transposed weight, plus the bias.",
    .latex = "x W^{T} + b",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0), w = c.tensor(1), bias = c.tensor(2);
          const Tensor turned = apply(*find_op("t"), w);
          if (bias && x->dim() == 2) return apply(kAddmm, bias, x, turned);
          if (bias && x->dim() == 3 && x->is_contiguous()) {
            const Tensor rows = apply(*find_op("view"), x, Dims{x->sizes[0] * x->sizes[1], x->sizes[2]});
            return apply(*find_op("view"), apply(kAddmm, bias, rows, turned), Dims{x->sizes[0], x->sizes[1], w->sizes[0]});
          }
          const Tensor product = matmul(x, turned);
          if (!bias) return product;
          if (const Dims both = broadcast(product->sizes, bias->sizes); !(both == product->sizes)) {
            fail("RuntimeError", "output with shape ", product->sizes, " doesn't match the broadcast shape ", both);
          }
          if (bias->dtype == product->dtype) return product + bias;
          Call add(*find_op("add"));  // in place, so that the product's type stays
          add.count = 3;
          add.args[0] = Arg(product);
          add.args[1] = Arg(bias);
          return run_in_place(add);
        },
    .composite = true,
    .in_c = true,
    .samples = {"f(2, 3), f(4, 3), f(4)", "f(2, 3), f(4, 3)", "f(2, 2, 3), f(4, 3), f(4)", "f(3), f(4, 3), f(4)"},
};

const std::vector<const OpDef*>& matrix_ops() {
  static const std::vector<const OpDef*> ops{&kDot, &kMv, &kMm, &kBmm, &kAddmm, &kTrace, &kOuter, &kMatmul, &kLinear};
  return ops;
}

Tensor matmul(const Tensor& x, const Tensor& y) { return apply(kMatmul, x, y); }

}  // namespace nabla
