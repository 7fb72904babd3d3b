// Tensors of random numbers: rand, randn, randint, randperm, their _like forms, normal, bernoulli, dropout; and uniform_, normal_,
// random_, bernoulli_, which overwrite.
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/format.h"
#include "ops/families.h"
#include "ops/support.h"
#include "tensor/layout.h"
#include "tensor/random.h"

namespace nabla {
namespace {

DType dtype_or(const Arg& arg, DType otherwise) { return arg.is_none() ? otherwise : arg.dtype(); }

// These fill a new tensor, in the order in which its elements lie in memory.
Tensor uniform(const Tensor& out, double from, double to) {
  if (!is_floating(out->dtype)) not_implemented_for("check_uniform_bounds", out->dtype);
  if (from > to) {
    fail("RuntimeError", "uniform_ expects to return a [from, to) range, but found from=", general(from, 6), " > to=", general(to, 6));
  }
  fill_uniform(out, from, to, default_generator());
  return out;
}

Tensor normal(const Tensor& out, double mean, double deviation, bool in_blocks = true) {
  if (!(deviation >= 0)) fail("RuntimeError", "normal expects std >= 0.0, but found std ", general(deviation, 6));
  if (!is_floating(out->dtype)) not_implemented_for("normal_kernel_cpu", out->dtype);
  fill_normal(out, mean, deviation, default_generator(), in_blocks);
  return out;
}

/// RuntimeError when a type cannot hold a bound of random whole numbers.
void check_holds(DType dtype, std::int64_t value, const char* name) {
  constexpr std::string_view kNames[] = {"bool", "unsigned char", "signed char", "short", "int", "long"};
  constexpr int kBits[] = {1, 8, 7, 15, 31, 63};
  if (is_floating(dtype) || dtype == DType::int64) return;
  const int at = static_cast<int>(dtype);
  const std::int64_t most = (std::int64_t{1} << kBits[at]) - 1, least = at < 2 ? 0 : -most - 1;
  if (value < least || value > most) fail("RuntimeError", name, " is out of bounds for ", kNames[at]);
}

Tensor integers(const Tensor& out, std::int64_t low, std::int64_t high) {
  if (low >= high) fail("RuntimeError", "random_ expects 'from' to be less than 'to', but got from=", low, " >= to=", high);
  check_holds(out->dtype, low, "from");
  check_holds(out->dtype, high - 1, "to - 1");
  fill_integers(out, low, high, default_generator());
  return out;
}

Tensor empty_like(const Call& c, DType dtype) { return empty_as(*c[0].impl(), dtype); }

double real_or(const Arg& arg, double otherwise) { return arg.is_none() ? otherwise : arg.real(); }

Tensor exponential(const Tensor& out, double rate) {
  if (!(rate >= 0)) fail("RuntimeError", "exponential_ expects lambda >= 0.0, but found lambda=", general(rate, 6));
  if (!is_floating(out->dtype)) not_implemented_for("exponential_cpu", out->dtype);
  for (std::int64_t i = 0; i < out->numel; ++i) {
    set_element(*out, i, Scalar::of(-1.0 / rate * std::log(1 - default_generator().uniform_double())));
  }
  return out;
}

/// Without replacement each weight is divided by an exponential number and the largest win; else each draw looks up
/// a uniform number among the running sums. As PyTorch draws them.
Tensor multinomial(const Tensor& given, std::int64_t count, bool replacement) {
  if (given->dim() == 0 || given->dim() > 2) fail("RuntimeError", "prob_dist must be 1 or 2 dim");
  if (!is_floating(given->dtype)) fail("RuntimeError", "multinomial only supports floating-point dtypes for input, got: ", legacy_name(given->dtype));
  const Tensor weights = contiguous(given);
  const std::int64_t size = weights->sizes.back(), rows = size ? weights->numel / size : 0;
  if (count <= 0) fail("RuntimeError", "cannot sample n_sample <= 0 samples");
  if (!replacement && count > size) fail("RuntimeError", "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  if (size == 0 && (given->dim() == 1 || given->sizes[0])) fail("RuntimeError", "invalid multinomial distribution (sum of probabilities <= 0)");
  std::vector<double> row(static_cast<std::size_t>(size));
  const auto read = [&](std::int64_t r) {
    double total = 0;
    for (std::int64_t i = 0; i < size; ++i) {
      const double w = row[static_cast<std::size_t>(i)] = element(*weights, r * size + i).to_double();
      if (replacement && w < 0) fail("RuntimeError", "invalid multinomial distribution (encountering probability entry < 0)");
      if (replacement && !std::isfinite(w)) fail("RuntimeError", "invalid multinomial distribution (encountering probability entry = infinity or NaN)");
      if (!(w >= 0) || std::isinf(w)) fail("RuntimeError", "probability tensor contains either `inf`, `nan` or element < 0");
      total += w;
    }
    if (!(total > 0)) fail("RuntimeError", "invalid multinomial distribution (sum of probabilities <= 0)");
  };
  for (std::int64_t r = 0; r < rows; ++r) read(r);
  Dims sizes = given->sizes;
  sizes[sizes.size() - 1] = count;
  const Tensor out = empty(sizes, DType::int64);
  auto* to = out->data_as<std::int64_t>();
  const auto rounded = [&](double x) { return weights->dtype == DType::float32 ? static_cast<double>(static_cast<float>(x)) : x; };
  for (std::int64_t r = 0; r < rows; ++r) {
    read(r);
    if (!replacement) {
      for (double& w : row) w = rounded(w / rounded(-std::log(1 - default_generator().uniform_double())));
      for (std::int64_t k = 0; k < count; ++k) {
        const auto best = std::max_element(row.begin(), row.end());
        *to++ = best - row.begin();
        *best = -1;
      }
      continue;
    }
    double total = 0;
    for (double& w : row) w = total = rounded(total + w);
    for (double& w : row) w = rounded(w / total);
    for (std::int64_t k = 0; k < count; ++k) {
      const auto found = std::lower_bound(row.begin(), row.end(), default_generator().uniform_double());
      *to++ = std::min<std::int64_t>(found - row.begin(), size - 1);
    }
  }
  return out;
}

/// 1 with probability p, else 0.
Tensor evenly(const Tensor& out, double p) {
  if (!(p >= 0 && p <= 1)) fail("RuntimeError", "bernoulli_ expects p to be in [0, 1], but got p=", general(p, 6));
  fill_bernoulli(out, p, default_generator());
  return out;
}

/// Tensors of probabilities.
void check_chances(const Tensor& x) {
  if (!is_floating(x->dtype)) not_implemented_for("bernoulli_tensor_cpu_p_", x->dtype);
  for (std::int64_t i = 0; i < x->numel; ++i) {
    const double p = element(*x, offset_of(*x, i)).to_double();
    if (p >= 0 && p <= 1) continue;
    fail("RuntimeError",
         "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an "
         "enhancement request to PyTorch.)");
  }
}

/// Room for drawn numbers. They are drawn in the order of memory: so it lies as the tensor of out= does, which stands behind the arguments.
Tensor room(const Call& c, const Dims& sizes, DType dtype) {
  const Arg& into = c[c.count];
  return into.is_tensor() && into.impl()->sizes == sizes ? empty_as(*into.impl(), dtype) : empty(sizes, dtype);
}
/// Does the tensor of out=, if any, lie row by row? Then PyTorch draws normal numbers in another way.
bool draws_in_rows(const Call& c, const Dims& sizes) {
  const Arg& into = c[c.count];
  return !into.is_tensor() || !(into.impl()->sizes == sizes) || into.impl()->is_contiguous();
}

const Gradient kOverwritten = gradient([](const Backward& b) { return zeros_like(b.g); }, "0");

}  // namespace

const OpDef kRand{
    .name = "rand",
    .signatures = {{"rand(size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Random numbers, evenly spread from 0 to 1.",
    .latex = R"(u \sim U(0, 1))",
    .forward = [](Call& c) { return uniform(room(c, c[0].ints(), dtype_or(c[1], default_dtype())), 0, 1); },
    .factory = true,
    .draws = true,
    .samples = {},
};

const OpDef kRandn{
    .name = "randn",
    .signatures = {{"randn(size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Random numbers from the standard normal distribution.",
    .latex = R"(z \sim N(0, 1))",
    .forward = [](Call& c) { return normal(room(c, c[0].ints(), dtype_or(c[1], default_dtype())), 0, 1, draws_in_rows(c, c[0].ints())); },
    .factory = true,
    .draws = true,
    .resizes_out = true,
    .samples = {},
};

const OpDef kRandint{
    .name = "randint",
    .signatures = {{"randint(int high, size size, *, dtype? dtype=None)"}, {"randint(int low, int high, size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Random whole numbers from low up to, not including, high.",
    .latex = R"(k \sim U\{a, \dots, b - 1\})",
    .forward =
        [](Call& c) {
          const int s = c.signature;
          return integers(room(c, c[1 + s].ints(), dtype_or(c[2 + s], DType::int64)), s ? c.integer(0) : 0, c.integer(s));
        },
    .factory = true,
    .draws = true,
    .samples = {},
    .failures = {{"torch.randint(3, 3, (2,))", "RuntimeError: random_ expects 'from' to be less than 'to', but got from=3 >= to=3"}},
};

const OpDef kRandperm{
    .name = "randperm",
    .signatures = {{"randperm(int n, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "The numbers from 0 to n - 1 in random order.",
    .latex = R"(\pi(0), \dots, \pi(n - 1))",
    .forward =
        [](Call& c) {
          const Tensor out = empty({c.integer(0)}, dtype_or(c[1], DType::int64));
          if (out->dtype == DType::bool_) not_implemented_for("randperm", out->dtype);
          fill_permutation(out, default_generator());
          return out;
        },
    .factory = true,
    .draws = true,
    .samples = {},
};

const OpDef kRandLike{
    .name = "rand_like",
    .signatures = {{"rand_like(Tensor input, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Random numbers from 0 to 1 in the size of another tensor.",
    .latex = R"(u \sim U(0, 1))",
    .forward = [](Call& c) { return uniform(empty_like(c, dtype_or(c[1], c.tensor(0)->dtype)), 0, 1); },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .draws = true,
    .samples = {},
};

const OpDef kRandnLike{
    .name = "randn_like",
    .signatures = {{"randn_like(Tensor input, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Normal random numbers in the size of another tensor.",
    .latex = R"(z \sim N(0, 1))",
    .forward = [](Call& c) { return normal(empty_like(c, dtype_or(c[1], c.tensor(0)->dtype)), 0, 1); },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .draws = true,
    .samples = {},
};

const OpDef kRandintLike{
    .name = "randint_like",
    .signatures = {{"randint_like(Tensor input, int high, *, dtype? dtype=None)"}, {"randint_like(Tensor input, int low, int high, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Random whole numbers in the size of another tensor.",
    .latex = R"(k \sim U\{a, \dots, b - 1\})",
    .forward =
        [](Call& c) {
          const int s = c.signature;
          return integers(empty_like(c, dtype_or(c[2 + s], c.tensor(0)->dtype)), s ? c.integer(1) : 0, c.integer(1 + s));
        },
    .gradients = {not_differentiable("only the size is used")},
    .factory = true,
    .draws = true,
    .samples = {},
};

const OpDef kNormal{
    .name = "normal",
    .signatures = {{"normal(Tensor mean, Tensor std)", "NormalBackward3"},
                   {"normal(Tensor mean, float std=1)", "NormalBackward1"},
                   {"normal(float mean, Tensor std)", "NormalBackward2"},
                   {"normal(float mean, float std, size size, *, dtype? dtype=None)"}},
    .spellings = kTorch,
    .doc = "Normal random numbers with a given mean and standard deviation.",
    .latex = R"(z \sim N(\mu, \sigma))",
    .forward =
        [](Call& c) {
          if (c.signature == 3) return normal(room(c, c[2].ints(), dtype_or(c[3], default_dtype())), c[0].real(), c[1].real(), draws_in_rows(c, c[2].ints()));
          const Tensor mean = c[0].is_tensor() ? c.tensor(0) : Tensor(), deviation = c[1].is_tensor() ? c.tensor(1) : Tensor();
          for (std::int64_t i = 0; deviation && i < deviation->numel; ++i) {
            if (!(element(*deviation, offset_of(*deviation, i)).to_double() >= 0)) fail("RuntimeError", "normal expects all elements of std >= 0.0");
          }
          if (!deviation && real_or(c[1], 1) < 0) fail("RuntimeError", "normal expects std >= 0.0, but found std ", general(real_or(c[1], 1), 6));
          const Dims sizes = !mean ? deviation->sizes : deviation ? broadcast(mean->sizes, deviation->sizes) : mean->sizes;
          // z * std + mean, without operators: nothing of it is differentiated.
          const Tensor z = normal(room(c, sizes, mean ? mean->dtype : deviation->dtype), 0, 1, draws_in_rows(c, sizes));
          constexpr auto times = [](auto x, auto y) { return x * y; };
          constexpr auto plus = [](auto x, auto y) { return x + y; };
          Call step(c.def);
          step.count = 2;
          step.args[0] = Arg(z);
          step.args[1] = deviation ? c[1] : Arg(real_or(c[1], 1));
          step.args[0] = Arg(binary(step, kBinaryFloat<decltype(times)>, z->dtype));
          step.args[1] = mean ? c[0] : Arg(real_or(c[0], 0));
          return binary(step, kBinaryFloat<decltype(plus)>, z->dtype);
        },
    .gradients = {gradient([](const Backward& b) { return zeros(b.sizes(0), b.dtype(0)); }, "0"),
                  gradient([](const Backward& b) { return zeros(b.sizes(1), b.dtype(1)); }, "0")},
    .factory = true,
    .draws = true,
    .samples = {},
    .failures = {{"torch.normal(0., -1., (2,))", "RuntimeError: normal expects std >= 0.0, but found std -1"}},
};

const OpDef kBernoulli{
    .name = "bernoulli",
    .signatures = {{"bernoulli(Tensor input)", "BernoulliBackward0"}, {.text = "bernoulli(Tensor input, float p)", .composite = true}},
    .doc = "1 with the probability that stands there, else 0.",
    .latex = R"([u < x],\ u \sim U(0, 1))",
    .forward =
        [](Call& c) {
          const Tensor x = c.tensor(0);
          if (c.signature == 1) return evenly(empty(x->sizes, x->dtype), c[1].real());
          check_chances(x);
          const Tensor out = empty(x->sizes, x->dtype);
          fill_bernoulli(out, x, default_generator());
          return out;
        },
    .gradients = {kOverwritten},
    .draws = true,
    .samples = {},
};

const OpDef kBernoulliInPlace{
    .name = "bernoulli",
    .signatures = {{"bernoulli(Tensor input, Tensor p)", "BernoulliBackward1"}, {"bernoulli(Tensor input, float p=0.5)", "BernoulliBackward2"}},
    .spellings = kInPlace,
    .doc = "Overwrites each element with 1 with probability p, else with 0.",
    .latex = R"([u < p],\ u \sim U(0, 1))",
    .forward =
        [](Call& c) {
          const Tensor out = empty_like(c, c.tensor(0)->dtype);
          if (c.signature == 1) return evenly(out, real_or(c[1], 0.5));
          const Tensor p = c.tensor(1);
          if (p->dim() > out->dim()) {
            fail("RuntimeError", "expand(", p->dtype == DType::bool_ ? std::string("CPUBoolType") : cat("torch.", legacy_name(p->dtype), "Tensor"), "{", p->sizes, "}, size=", out->sizes, "): the number of sizes provided (", out->dim(),
                 ") must be greater or equal to the number of dimensions in the tensor (", p->dim(), ")");
          }
          const Tensor chances = expand(p, out->sizes);
          check_chances(chances);
          fill_bernoulli(out, chances, default_generator());
          return out;
        },
    .gradients = {kOverwritten, gradient([](const Backward& b) { return zeros(b.sizes(1), b.dtype(1)); }, "0")},
    .draws = true,
    .clears_tangent = true,
    .samples = {},
};

const OpDef kUniformInPlace{
    .name = "uniform",
    .signatures = {{"uniform(Tensor input, float from=0, float to=1)"}},
    .spellings = kInPlace,
    .doc = "Overwrites each element with a random number, evenly spread between from and to.",
    .latex = R"(u \sim U(a, b))",
    .forward = [](Call& c) { return uniform(empty_like(c, c.tensor(0)->dtype), real_or(c[1], 0), real_or(c[2], 1)); },
    .gradients = {kOverwritten},
    .draws = true,
    .clears_tangent = true,
    .samples = {},
    .failures = {{"torch.ones(2).uniform_(1, 0)", "RuntimeError: uniform_ expects to return a [from, to) range, but found from=1 > to=0"}},
};

const OpDef kNormalInPlace{
    .name = "normal",
    .signatures = {{"normal(Tensor input, float mean=0, float std=1)", "NormalBackward0"}},
    .spellings = kInPlace,
    .doc = "Overwrites each element with a normal random number.",
    .latex = R"(z \sim N(\mu, \sigma))",
    .forward = [](Call& c) { return normal(empty_like(c, c.tensor(0)->dtype), real_or(c[1], 0), real_or(c[2], 1), c[0].impl()->is_contiguous()); },
    .gradients = {kOverwritten},
    .draws = true,
    .clears_tangent = true,
    .samples = {},
};

const OpDef kExponentialInPlace{
    .name = "exponential",
    .signatures = {{"exponential(Tensor input, float lambd=1)", "ExponentialBackward0"}},
    .spellings = kInPlace,
    .doc = "Overwrites each element with a random number of the exponential distribution.",
    .latex = R"(z \sim \operatorname{Exp}(\lambda))",
    .forward = [](Call& c) { return exponential(empty_like(c, c.tensor(0)->dtype), real_or(c[1], 1)); },
    .gradients = {kOverwritten},
    .draws = true,
    .clears_tangent = true,
    .samples = {},
    .failures = {{"torch.ones(2).exponential_(-1)", "RuntimeError: exponential_ expects lambda >= 0.0, but found lambda=-1"}},
};

const OpDef kMultinomial{
    .name = "multinomial",
    .signatures = {{"multinomial(Tensor input, int num_samples, bool replacement=False)"}},
    .doc = "Draws indices of each row with the probabilities, or weights, that stand there.",
    .latex = R"(P(i) = \frac{x_i}{\sum_j x_j})",
    .forward = [](Call& c) { return multinomial(c.tensor(0), c.integer(1), c.flag(2)); },
    .gradients = {not_differentiable("the result is an index")},
    .draws = true,
    .samples = {},
    .failures = {{"torch.multinomial(torch.tensor([-1., 2.]), 1)", "RuntimeError: probability tensor contains either `inf`, `nan` or element < 0"},
                 {"torch.multinomial(torch.tensor([0., 0.]), 1)", "RuntimeError: invalid multinomial distribution (sum of probabilities <= 0)"},
                 {"torch.multinomial(torch.ones(2), 3)", "RuntimeError: cannot sample n_sample > prob_dist.size(-1) samples without replacement"},
                 {"torch.multinomial(torch.ones(2), 0)", "RuntimeError: cannot sample n_sample <= 0 samples"},
                 {"torch.multinomial(torch.tensor(1.), 1)", "RuntimeError: prob_dist must be 1 or 2 dim"},
                 {"torch.multinomial(torch.tensor([1, 2]), 1)", "RuntimeError: multinomial only supports floating-point dtypes for input, got: Long"}},
};

const OpDef kRandomInPlace{
    .name = "random",
    .signatures = {{"random(Tensor input)", "RandomBackward2"},
                   {"random(Tensor input, int to)", "RandomBackward1"},
                   {"random(Tensor input, int from, int? to)", "RandomBackward0"}},
    .spellings = kInPlace,
    .doc = "Overwrites each element with a random whole number from `from` up to, not including, `to`.",
    .latex = R"(k \sim U\{a, \dots, b - 1\})",
    .forward =
        [](Call& c) {
          const DType dtype = c.tensor(0)->dtype;
          if (c.signature == 1) return integers(empty_like(c, dtype), 0, c.integer(1));
          if (c.signature == 2 && c.has(2)) return integers(empty_like(c, dtype), c.integer(1), c.integer(2));
          // All that the type can hold exactly; for int64 a 63-bit number from one 64-bit draw.
          if (c.signature == 0 && (dtype == DType::int64 || dtype == DType::float64)) {
            const Tensor out = empty_like(c, dtype);
            const std::uint64_t range = dtype == DType::int64 ? std::uint64_t{1} << 63 : (std::uint64_t{1} << 53) + 1;
            for (std::int64_t i = 0; i < out->numel; ++i) {
              set_element(*out, i, Scalar::of(static_cast<std::int64_t>(default_generator().next64() % range)));
            }
            return out;
          }
          const std::int64_t bits[] = {1, 8, 7, 15, 31, 63, 24, 53};
          const std::uint64_t end = (std::uint64_t{1} << bits[static_cast<int>(dtype)]) + (is_floating(dtype) ? 1 : 0);
          const Tensor out = empty_like(c, dtype);
          check_holds(dtype, c.integer(1), "from");
          fill_integers(out, c.integer(1), static_cast<std::int64_t>(end), default_generator());
          return out;
        },
    .gradients = {kOverwritten},
    .draws = true,
    .clears_tangent = true,
    .samples = {},
};

const OpDef kDropout{
    .name = "dropout",
    .signatures = {{"dropout(Tensor input, Number p=0.5, bool training=True, bool inplace=False)"}},
    .spellings = kFunctional,
    .doc = "While training, sets elements to zero with probability p and scales the others up.",
    .latex = R"(\frac{x\,[u < 1 - p]}{1 - p})",
    .forward =
        [](Call& c) {
          const double p = real_or(c[1], 0.5);
          if (p < 0 || p > 1) {
            const std::string given = c.scalar(1).is_real() ? shortest(p) : std::to_string(c.integer(1));
            fail("ValueError", "dropout probability has to be between 0 and 1, but got ", given);
          }
          const Tensor x = c.tensor(0);
          if (p == 0 || !flag_or_true(c[2]) || x->numel == 0) return x;
          const Tensor kept = p == 1 ? zeros({}, x->dtype) : empty(x->sizes, x->dtype);
          if (p < 1) fill_bernoulli(kept, 1 - p, default_generator());
          if (!is_floating(x->dtype) && p < 1) refuse_cast(DType::float32, legacy_name(x->dtype));
          const Tensor factors = p == 1 ? kept : kept / (1 - p);
          return c.flag(3) ? apply_in_place(*find_op("mul"), c[0], factors) : x * factors;
        },
    .composite = true,
    .samples = {},
};

const std::vector<const OpDef*>& sampling_ops() {
  static const std::vector<const OpDef*> ops{&kRand,           &kRandn,         &kRandint,          &kRandperm,       &kRandLike,
                                             &kRandnLike,      &kRandintLike,   &kNormal,           &kBernoulli,      &kBernoulliInPlace,
                                             &kUniformInPlace, &kNormalInPlace, &kExponentialInPlace, &kMultinomial, &kRandomInPlace, &kDropout};
  return ops;
}

}  // namespace nabla
