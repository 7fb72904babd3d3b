// The module math. Errors follow CPython: a result that is not a number where no argument was raises "math domain error", an
// infinite one "math range error" (or a domain error, where the function has a pole).
#include <cmath>
#include <limits>

#include "python/builtins/bigint.h"
#include "python/modules/modules.h"

namespace nabla {
namespace {

[[noreturn]] void domain_error() { fail("ValueError", "math domain error"); }
[[noreturn]] void range_error() { fail("OverflowError", "math range error"); }

constexpr double kPi = 3.14159265358979323846;

/// f(x) of a real number. `pole`: an infinite result is a domain error, else it is an overflow.
template <double (*f)(double), bool pole = false>
Value real_function(const Value* p) {
  const double x = to_double(p[0]), result = f(x);
  if (std::isnan(result) && !std::isnan(x)) domain_error();
  if (std::isinf(result) && std::isfinite(x)) pole ? domain_error() : range_error();
  return Value::number(result);
}

Value number(double x) { return Value::number(x); }

double gamma_function(double x) {
  if (x == std::floor(x) && (x <= 0)) return std::isinf(x) ? std::numeric_limits<double>::quiet_NaN() : (domain_error(), 0);
  return std::tgamma(x);
}
double log_gamma(double x) {
  if (x == std::floor(x) && x <= 0 && std::isfinite(x)) domain_error();
  return std::isinf(x) ? HUGE_VAL : std::lgamma(x);
}

// -------------------------------------------------------------------------------------------------- whole parts, powers

/// floor() and ceil(): the special method, or through a float.
Value whole_part(const Value& value, const char* special, double (*part)(double)) {
  if (is_int(value)) return plain_int(value);
  if (!value.is_float()) {
    Value own = call_special(value, special);
    if (!own.is_undefined()) return own;
  }
  return float_to_int(part(to_double(value)));
}
Value floor(const Value* p) { return whole_part(p[0], "__floor__", std::floor); }
Value ceil(const Value* p) { return whole_part(p[0], "__ceil__", std::ceil); }
Value trunc(const Value* p) {
  Value own = call_special(p[0], "__trunc__");
  if (own.is_undefined()) fail("TypeError", "type ", type_name(p[0]), " doesn't define __trunc__ method");
  return own;
}

double positive_log(double x) {
  if (std::isnan(x)) return x;
  if (!(x > 0)) domain_error();
  return std::log(x);
}
/// log(x), of an integer too large for a float too: `f` of its leading digits, and log(2) for each bit cut off.
double log_of(const Value& value, double (*f)(double), double log_of_two) {
  if (!is_wide(value)) return f(to_double(value));
  if (int_of(value) < 0) domain_error();
  const auto cut = static_cast<std::int64_t>(big_bit_length(value)) - 64;
  return cut <= 950 ? f(to_double(value)) : f(to_double(big_binary(Binary::rshift, value, integer(cut)))) + static_cast<double>(cut) * log_of_two;
}
Value log(Args args) {
  check_count("log", args, 1, 2);
  const double x = log_of(args[0], positive_log, 0.6931471805599453);
  if (args.positional == 1) return number(x);
  const double base = log_of(args[1], positive_log, 0.6931471805599453);
  if (base == 0) fail("ZeroDivisionError", "float division by zero");
  return number(x / base);
}

Value pow(const Value* p) {
  const double x = to_double(p[0]), y = to_double(p[1]);
  const double result = std::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(result)) domain_error();
    if (std::isinf(result)) x == 0 ? domain_error() : range_error();
  }
  return number(result);
}
Value fmod(const Value* p) {
  const double x = to_double(p[0]), y = to_double(p[1]);
  const double result = std::fmod(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) domain_error();
  return number(result);
}
Value remainder(const Value* p) {
  const double x = to_double(p[0]), y = to_double(p[1]);
  const double result = std::remainder(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) domain_error();
  return number(result);
}
Value atan2(const Value* p) { return number(std::atan2(to_double(p[0]), to_double(p[1]))); }
Value copysign(const Value* p) { return number(std::copysign(to_double(p[0]), to_double(p[1]))); }
Value nextafter(const Value* p) { return number(std::nextafter(to_double(p[0]), to_double(p[1]))); }
Value ulp(const Value* p) {
  const double x = std::fabs(to_double(p[0]));
  if (!std::isfinite(x)) return number(x);
  const double above = std::nextafter(x, HUGE_VAL);
  return number(std::isinf(above) ? x - std::nextafter(x, 0.0) : above - x);
}
Value ldexp(const Value* p) {
  const double x = to_double(p[0]);
  const std::int64_t exponent = to_index(p[1]);
  const double result = std::ldexp(x, static_cast<int>(std::max<std::int64_t>(-5000, std::min<std::int64_t>(5000, exponent))));
  if (std::isinf(result) && std::isfinite(x)) range_error();
  return number(result);
}
Value frexp(const Value* p) {
  int exponent = 0;
  const double x = to_double(p[0]), mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return tuple({number(mantissa), integer(exponent)});
}
Value modf(const Value* p) {
  double whole;
  const double fraction = std::modf(to_double(p[0]), &whole);
  return tuple({number(fraction), number(whole)});
}

Value isclose(const Value* p) {
  const double a = to_double(p[0]), b = to_double(p[1]), relative = to_double(p[2]), absolute = to_double(p[3]);
  if (relative < 0 || absolute < 0) fail("ValueError", "tolerances must be non-negative");
  if (a == b) return Value::boolean(true);
  if (std::isinf(a) || std::isinf(b)) return Value::boolean(false);
  const double difference = std::fabs(b - a);
  return Value::boolean(difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) || difference <= absolute);
}

// ----------------------------------------------------------------------------------------------- many numbers together

/// The exact sum, rounded once: partial sums that do not overlap, after Shewchuk.
Value fsum(const Value* p) {
  std::vector<double> partials;
  double special = 0;
  Walk walk(p[0]);
  for (Value item; walk.next(item);) {
    double x = to_double(item);
    if (!std::isfinite(x)) {
      if (std::isinf(x) && std::isinf(special) && special != x) fail("ValueError", "-inf + inf in fsum");
      special += x;
      continue;
    }
    std::size_t kept = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) partials[kept++] = low;
      x = high;
    }
    if (std::isinf(x)) fail("OverflowError", "intermediate overflow in fsum");
    partials.resize(kept);
    partials.push_back(x);
  }
  if (special != 0 || std::isnan(special)) return number(special);
  double high = 0, low = 0;
  std::size_t n = partials.size();
  if (n) high = partials[--n];
  while (n) {
    const double x = high, y = partials[--n];
    high = x + y;
    low = y - (high - x);
    if (low != 0) break;
  }
  // Half-way cases: the rest below decides which way to round.
  if (n && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
    const double twice = low * 2, rounded = high + twice;
    if (twice == rounded - high) high = rounded;
  }
  return number(high);
}

double length_of(const std::vector<double>& parts) {
  if (parts.size() == 2) return std::hypot(parts[0], parts[1]);
  long double sum = 0;  // with more digits and a wider range: one rounding at the end
  for (const double x : parts) {
    if (std::isinf(x)) return HUGE_VAL;
    sum += static_cast<long double>(x) * x;
  }
  return static_cast<double>(std::sqrt(sum));
}
Value hypot(Args args) {
  std::vector<double> parts;
  for (std::uint32_t i = 0; i < args.positional; ++i) parts.push_back(to_double(args[i]));
  return number(length_of(parts));
}
Value dist(const Value* p) {
  const std::vector<Value> a = to_vector(p[0]), b = to_vector(p[1]);
  if (a.size() != b.size()) fail("ValueError", "both points must have the same number of dimensions");
  std::vector<double> parts;
  for (std::size_t i = 0; i < a.size(); ++i) parts.push_back(to_double(a[i]) - to_double(b[i]));
  return number(length_of(parts));
}

Value prod(const Value* p) {
  Value product = p[1];
  Walk walk(p[0]);
  for (Value item; walk.next(item);) product = binary(Binary::mul, product, item);
  return product;
}

// ---------------------------------------------------------------------------------------------------- whole numbers

Value gcd(Args args) {
  Big divisor = 0;
  for (std::uint32_t i = 0; i < args.positional; ++i) divisor = boost::multiprecision::gcd(divisor, big_of(to_integer(args[i])));
  return integer(Big(abs(divisor)));
}
Value lcm(Args args) {
  Big multiple = 1;
  for (std::uint32_t i = 0; i < args.positional; ++i) {
    const Big n = abs(big_of(to_integer(args[i])));
    if (n.is_zero()) return integer(0);
    multiple *= n / boost::multiprecision::gcd(multiple, n);
  }
  return integer(std::move(multiple));
}

/// The product of the whole numbers from `low` to `high`, by halves, so that the factors stay alike in size.
Big product_of_range(std::int64_t low, std::int64_t high) {
  if (low > high) return 1;
  if (high - low < 8) {
    Big product = low;
    for (std::int64_t i = low + 1; i <= high; ++i) product *= i;
    return product;
  }
  const std::int64_t middle = low + (high - low) / 2;
  return product_of_range(low, middle) * product_of_range(middle + 1, high);
}
/// A result of `factors` factors up to `largest` must fit.
void check_product(std::int64_t factors, std::int64_t largest) {
  const double bits = static_cast<double>(factors) * (std::log2(static_cast<double>(largest) + 1) + 1);
  check_bits(static_cast<std::uint64_t>(std::min(bits, 1e18)));
}

Value factorial(const Value* p) {
  if (p[0].is_float()) fail("TypeError", "'float' object cannot be interpreted as an integer");
  const Value number = to_integer(p[0]);
  if (int_of(number) < 0) fail("ValueError", "factorial() not defined for negative values");
  if (is_wide(number)) fail("OverflowError", "factorial() argument should not exceed 9223372036854775807");
  const std::int64_t n = int_of(number);
  check_product(n, n);
  return integer(product_of_range(1, n));
}

struct Choice {
  std::int64_t n, k;
};
/// The arguments of perm() and comb(); k < 0 when the answer is 0.
Choice read_choice(const Value& first, const Value& second) {
  const Value all = to_integer(first), some = second.is_none() ? all : to_integer(second);
  if (int_of(all) < 0) fail("ValueError", "n must be a non-negative integer");
  if (int_of(some) < 0) fail("ValueError", "k must be a non-negative integer");
  if (big_compare(some, all) > 0) return {0, -1};
  return {to_index(all), to_index(some)};
}
Value perm(const Value* p) {
  const auto [n, k] = read_choice(p[0], p[1]);
  if (k < 0) return integer(0);
  check_product(k, n);
  return integer(product_of_range(n - k + 1, n));
}
Value comb(const Value* p) {
  auto [n, k] = read_choice(p[0], p[1]);
  if (k < 0) return integer(0);
  k = std::min(k, n - k);
  check_product(k, n);
  return integer(Big(product_of_range(n - k + 1, n) / product_of_range(1, k)));
}
Value isqrt(const Value* p) {
  const Big n = big_of(to_integer(p[0]));
  if (n < 0) fail("ValueError", "isqrt() argument must be nonnegative");
  return integer(Big(sqrt(n)));
}

Value isnan(const Value* p) { return Value::boolean(std::isnan(to_double(p[0]))); }
Value isinf(const Value* p) { return Value::boolean(std::isinf(to_double(p[0]))); }
Value isfinite(const Value* p) { return Value::boolean(std::isfinite(to_double(p[0]))); }
Value degrees(const Value* p) { return number(to_double(p[0]) * (180 / kPi)); }
Value radians(const Value* p) { return number(to_double(p[0]) * (kPi / 180)); }

constexpr Method kFunctions[] = {
    {"acos(x, /)", real_function<std::acos>},
    {"acosh(x, /)", real_function<std::acosh>},
    {"asin(x, /)", real_function<std::asin>},
    {"asinh(x, /)", real_function<std::asinh>},
    {"atan(x, /)", real_function<std::atan>},
    {"atan2(y, x, /)", atan2},
    {"atanh(x, /)", real_function<std::atanh, true>},
    {"cbrt(x, /)", real_function<std::cbrt>},
    {"ceil(x, /)", ceil},
    {"comb(n, k, /)", comb},
    {"copysign(x, y, /)", copysign},
    {"cos(x, /)", real_function<std::cos>},
    {"cosh(x, /)", real_function<std::cosh>},
    {"degrees(x, /)", degrees},
    {"dist(p, q, /)", dist},
    {"erf(x, /)", real_function<std::erf>},
    {"erfc(x, /)", real_function<std::erfc>},
    {"exp(x, /)", real_function<std::exp>},
    {"exp2(x, /)", real_function<std::exp2>},
    {"expm1(x, /)", real_function<std::expm1>},
    {"fabs(x, /)", real_function<std::fabs>},
    {"factorial(n, /)", factorial},
    {"floor(x, /)", floor},
    {"fmod(x, y, /)", fmod},
    {"frexp(x, /)", frexp},
    {"fsum(seq, /)", fsum},
    {"gamma(x, /)", real_function<gamma_function>},
    {"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose},
    {"isfinite(x, /)", isfinite},
    {"isinf(x, /)", isinf},
    {"isnan(x, /)", isnan},
    {"isqrt(n, /)", isqrt},
    {"ldexp(x, i, /)", ldexp},
    {"lgamma(x, /)", real_function<log_gamma>},
    {"log10(x, /)", [](const Value* p) { return is_wide(p[0]) ? number(log_of(p[0], std::log10, 0.3010299956639812)) : real_function<std::log10, true>(p); }},
    {"log1p(x, /)", real_function<std::log1p, true>},
    {"log2(x, /)", [](const Value* p) { return is_wide(p[0]) ? number(log_of(p[0], std::log2, 1)) : real_function<std::log2, true>(p); }},
    {"modf(x, /)", modf},
    {"nextafter(x, y, /)", nextafter},
    {"perm(n, k=None, /)", perm},
    {"pow(x, y, /)", pow},
    {"prod(iterable, /, *, start=1)", prod},
    {"radians(x, /)", radians},
    {"remainder(x, y, /)", remainder},
    {"sin(x, /)", real_function<std::sin>},
    {"sinh(x, /)", real_function<std::sinh>},
    {"sqrt(x, /)", real_function<std::sqrt>},
    {"tan(x, /)", real_function<std::tan>},
    {"tanh(x, /)", real_function<std::tanh>},
    {"trunc(x, /)", trunc},
    {"ulp(x, /)", ulp},
};
constexpr RawMethod kRawFunctions[] = {{"log", log}, {"hypot", hypot}, {"gcd", gcd}, {"lcm", lcm}};

}  // namespace

void fill_math(Dict& names) {
  add_functions(names, kFunctions);
  add_functions(names, kRawFunctions);
  add_value(names, "pi", number(kPi));
  add_value(names, "e", number(2.718281828459045));
  add_value(names, "tau", number(2 * kPi));
  add_value(names, "inf", number(HUGE_VAL));
  add_value(names, "nan", number(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace nabla
