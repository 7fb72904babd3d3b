// Special functions as PyTorch's kernels compute them (Math.h there, after the Cephes library), in floats or in doubles: the same ranges, the
// same series, the same fused products, so that the last digits are the same.
#pragma once
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "tensor/fused.h"

namespace nabla::special {

template <class T>
constexpr T kInfinity = std::numeric_limits<T>::infinity();
template <class T>
constexpr T kNan = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T kPi = std::numbers::pi_v<T>;

/// The polynomial with these coefficients, the highest first.
template <class T, class... C>
T polynomial_of(T x, double first, C... rest) {
  T out = static_cast<T>(first);
  ((out = fused(out, x, static_cast<T>(rest))), ...);
  return out;
}
/// The Chebyshev series of x / 2 with these coefficients, the highest first (Clenshaw's sums).
template <class T, class... C>
T chebyshev(T x, double first, C... rest) {
  T b0 = static_cast<T>(first), b1 = 0, b2 = 0;
  ((b2 = b1, b1 = b0, b0 = fused(x, b1, -b2) + static_cast<T>(rest)), ...);
  return T(0.5) * (b0 - b2);
}

// ---- the gamma family ----

/// The Hurwitz zeta function (in doubles for floats too). Source: the Euler-Maclaurin formula, after nine terms of the sum and more.
inline double zeta(double x, double q) {
  constexpr double kEnough = 1.11022302462515654042e-16;
  if (x == 1) return kInfinity<double>;
  if (!(x > 1)) return kNan<double>;
  if (q <= 0) {
    if (q == std::floor(q)) return kInfinity<double>;
    if (x != std::floor(x)) return kNan<double>;
  }
  double s = std::pow(q, -x), a = q, b = 0;
  for (int i = 0; i < 9 || a <= 9;) {
    ++i;
    a += 1;
    b = std::pow(a, -x);
    s += b;
    if (-kEnough * s < b && b < kEnough * s) return s;
  }
  const double w = a;
  s += b * w / (x - 1);
  s = std::fma(-0.5, b, s);
  double factor = 1, k = 0;
  bool done = false;
  const auto term = [&](double divisor) {
    if (done) return;
    factor *= x + k;
    b /= w;
    const double t = factor * b / divisor;
    s = s + t;
    done = std::fabs(t / s) < kEnough;
    k += 1;
    factor *= x + k;
    b /= w;
    k += 1;
  };
  // (2k)! over Bernoulli's numbers
  term(12.0), term(-720.0), term(30240.0), term(-1209600.0), term(47900160.0), term(-1.8924375803183791606e9), term(7.47242496e10), term(-2.950130727918164224e12);
  term(1.1646782814350067249e14), term(-4.5979787224074726105e15), term(1.8152105401943546773e17), term(-7.1661652561756670113e18);
  return s;
}

template <class T>
T digamma(T x) {
  if (x == 0) return std::copysign(kInfinity<T>, -x);
  if (x < 0) {
    if (x == std::trunc(x)) return kNan<T>;
    double whole;
    const double rest = std::modf(static_cast<double>(x), &whole);
    return digamma(1 - x) - static_cast<T>(kPi<double> / std::tan(kPi<double> * rest));
  }
  T sum = 0;
  while (x < 10) {
    sum -= 1 / x;
    x += 1;
  }
  if (x == 10) return sum + T(2.25175258906672110764);
  T y = 0;
  if (x < T(1e17)) {
    const T z = 1 / (x * x);
    y = z * polynomial_of(z, 1.0 / 12, -2.10927960927960927961e-2, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12);
  }
  return sum + std::log(x) - T(0.5) / x - y;
}

template <class T>
T trigamma(T x) {
  T sign = 1, sum = 0;
  if (x < T(0.5)) {
    sign = -1;
    const T s = std::sin(kPi<T> * x);
    sum -= kPi<T> * kPi<T> / (s * s);
    x = 1 - x;
  }
  for (int i = 0; i < 6; ++i) {
    sum += 1 / (x * x);
    x += 1;
  }
  const T r = 1 / (x * x);
  sum += fused(r, fused(-r, fused(-r, T(1) / 42, T(1) / 30), T(1) / 6), 1 + 1 / (2 * x)) / x;
  return sign * sum;
}

template <class T>
T polygamma(int n, T x) {
  if (n == 0) return digamma(x);
  if (n == 1) return trigamma(x);
  return (n % 2 ? T(1) : T(-1)) * std::exp(std::lgamma(static_cast<T>(n) + 1)) * static_cast<T>(zeta(static_cast<T>(n + 1), x));
}

// ---- Bessel functions of order 0 and 1: Chebyshev series up to 8 and beyond ----

template <class T>
T i0_series(T x) {
  return chebyshev(x / 2 - 2, -4.41534164647933937950e-18, 3.33079451882223809783e-17, -2.43127984654795469359e-16, 1.71539128555513303061e-15, -1.16853328779934516808e-14,
                   7.67618549860493561688e-14, -4.85644678311192946090e-13, 2.95505266312963983461e-12, -1.72682629144155570723e-11, 9.67580903537323691224e-11,
                   -5.18979560163526290666e-10, 2.65982372468238665035e-9, -1.30002500998624804212e-8, 6.04699502254191894932e-8, -2.67079385394061173391e-7,
                   1.11738753912010371815e-6, -4.41673835845875056359e-6, 1.64484480707288970893e-5, -5.75419501008210370398e-5, 1.88502885095841655729e-4,
                   -5.76375574538582365885e-4, 1.63947561694133579842e-3, -4.32430999505057594430e-3, 1.05464603945949983183e-2, -2.37374148058994688156e-2,
                   4.93052842396707084878e-2, -9.49010970480476444210e-2, 1.71620901522208775349e-1, -3.04682672343198398683e-1, 6.76795274409476084995e-1);
}
template <class T>
T i0_far_series(T x) {
  return chebyshev(32 / x - 2, -7.23318048787475395456e-18, -4.83050448594418207126e-18, 4.46562142029675999901e-17, 3.46122286769746109310e-17, -2.82762398051658348494e-16,
                   -3.42548561967721913462e-16, 1.77256013305652638360e-15, 3.81168066935262242075e-15, -9.55484669882830764870e-15, -4.15056934728722208663e-14,
                   1.54008621752140982691e-14, 3.85277838274214270114e-13, 7.18012445138366623367e-13, -1.79417853150680611778e-12, -1.32158118404477131188e-11,
                   -3.14991652796324136454e-11, 1.18891471078464383424e-11, 4.94060238822496958910e-10, 3.39623202570838634515e-9, 2.26666899049817806459e-8,
                   2.04891858946906374183e-7, 2.89137052083475648297e-6, 6.88975834691682398426e-5, 3.36911647825569408990e-3, 8.04490411014108831608e-1);
}
inline double i1_series(double x) {
  return chebyshev(x / 2 - 2, 2.77791411276104639959e-18, -2.11142121435816608115e-17, 1.55363195773620046921e-16, -1.10559694773538630805e-15, 7.60068429473540693410e-15,
                   -5.04218550472791168711e-14, 3.22379336594557470981e-13, -1.98397439776494371520e-12, 1.17361862988909016308e-11, -6.66348972350202774223e-11,
                   3.62559028155211703701e-10, -1.88724975172282928790e-9, 9.38153738649577178388e-9, -4.44505912879632808065e-8, 2.00329475355213526229e-7,
                   -8.56872026469545474066e-7, 3.47025130813767847674e-6, -1.32731636560394358279e-5, 4.78156510755005422638e-5, -1.61760815825896745588e-4,
                   5.12285956168575772895e-4, -1.51357245063125314899e-3, 4.15642294431288815669e-3, -1.05640848946261981558e-2, 2.47264490306265168283e-2,
                   -5.29459812080949914269e-2, 1.02643658689847095384e-1, -1.76416518357834055153e-1, 2.52587186443633654823e-1);
}
inline float i1_series(float x) {
  return chebyshev(x / 2 - 2, 9.38153738649577178388e-9, -4.44505912879632808065e-8, 2.00329475355213526229e-7, -8.56872026469545474066e-7, 3.47025130813767847674e-6,
                   -1.32731636560394358279e-5, 4.78156510755005422638e-5, -1.61760815825896745588e-4, 5.12285956168575772895e-4, -1.51357245063125314899e-3,
                   4.15642294431288815669e-3, -1.05640848946261981558e-2, 2.47264490306265168283e-2, -5.29459812080949914269e-2, 1.02643658689847095384e-1,
                   -1.76416518357834055153e-1, 2.52587186443633654823e-1);
}
inline double i1_far_series(double x) {
  return chebyshev(32 / x - 2, 7.51729631084210481353e-18, 4.41434832307170791151e-18, -4.65030536848935832153e-17, -3.20952592199342395980e-17, 2.96262899764595013876e-16,
                   3.30820231092092828324e-16, -1.88035477551078244854e-15, -3.81440307243700780478e-15, 1.04202769841288027642e-14, 4.27244001671195135429e-14,
                   -2.10154184277266431302e-14, -4.08355111109219731823e-13, -7.19855177624590851209e-13, 2.03562854414708950722e-12, 1.41258074366137813316e-11,
                   3.25260358301548823856e-11, -1.89749581235054123450e-11, -5.58974346219658380687e-10, -3.83538038596423702205e-9, -2.63146884688951950684e-8,
                   -2.51223623787020892529e-7, -3.88256480887769039346e-6, -1.10588938762623716291e-4, -9.76109749136146840777e-3, 7.78576235018280120474e-1);
}
inline float i1_far_series(float x) {
  return chebyshev(32 / x - 2, -3.83538038596423702205e-9, -2.63146884688951950684e-8, -2.51223623787020892529e-7, -3.88256480887769039346e-6, -1.10588938762623716291e-4,
                   -9.76109749136146840777e-3, 7.78576235018280120474e-1);
}

template <class T>
T i0e(T x) {
  x = std::fabs(x);
  return x <= 8 ? i0_series(x) : static_cast<T>(i0_far_series(x) / std::sqrt(static_cast<double>(x)));
}
template <class T>
T i0(T x) {
  x = std::fabs(x);
  return x <= 8 ? std::exp(x) * i0_series(x) : std::exp(x) * i0_far_series(x) / std::sqrt(x);
}
template <class T>
T i1e(T x) {
  const T size = std::fabs(x), out = size <= 8 ? i1_series(size) * size : i1_far_series(size) / std::sqrt(size);
  return x < 0 ? -out : out;
}
template <class T>
T i1(T x) {
  const T size = std::fabs(x), e = std::exp(size), out = size <= 8 ? e * size * i1_series(size) : e * i1_far_series(size) / std::sqrt(size);
  return x < 0 ? -out : out;
}

// ---- the error function's relatives ----

/// Source: a rational function for a start, then two of Newton's steps.
template <class T>
T erfinv(T y) {
  const T size = std::fabs(y);
  if (!(size <= 1)) return kNan<T>;
  if (size == 1) return std::copysign(kInfinity<T>, y);
  T x;
  if (size <= T(0.7)) {
    const T z = y * y;
    x = y * polynomial_of(z, -0.140543331, 0.914624893, -1.645349621, 0.886226899) / polynomial_of(z, 0.012229801, -0.329097515, 1.442710462, -2.118377725, 1.0);
  } else {
    const T z = std::sqrt(-std::log((1 - size) / 2));
    x = std::copysign(polynomial_of(z, 1.641345311, 3.429567803, -1.624906493, -1.970840454), y) / polynomial_of(z, 1.637067800, 3.543889200, 1.0);
  }
  for (int i = 0; i < 2; ++i) x = x - (std::erf(x) - y) / (2 / static_cast<T>(std::sqrt(kPi<double>)) * std::exp(-x * x));
  return x;
}

/// The number below which a standard normal one lies with probability p.
template <class T>
T ndtri(T p) {
  if (!(p >= 0 && p <= 1)) return kNan<T>;
  if (p == 0 || p == 1) return p == 0 ? -kInfinity<T> : kInfinity<T>;
  constexpr T kTail = T(0.13533528323661269189);  // e^-2
  const bool upper = p > 1 - kTail;
  T y = upper ? 1 - p : p;
  if (y > kTail) {
    y -= T(0.5);
    const T y2 = y * y;
    const T above = polynomial_of(y2, -5.99633501014107895267e1, 9.80010754185999661536e1, -5.66762857469070293439e1, 1.39312609387279679503e1, -1.23916583867381258016e0);
    const T below = polynomial_of(y2, 1.0, 1.95448858338141759834e0, 4.67627912898881538453e0, 8.63602421390890590575e1, -2.25462687854119370527e2, 2.00260212380060660359e2,
                                  -8.20372256168333339912e1, 1.59056225126211695515e1, -1.18331621121330003142e0);
    return fused(y, y2 * above / below, y) * T(2.50662827463100050242e0);
  }
  const T x = std::sqrt(-2 * std::log(y)), x0 = x - std::log(x) / x, z = 1 / x;
  T x1;
  if (x < 8) {
    const T above = polynomial_of(z, 4.05544892305962419923e0, 3.15251094599893866154e1, 5.71628192246421288162e1, 4.40805073893200834700e1, 1.46849561928858024014e1,
                                  2.18663306850790267539e0, -1.40256079171354495875e-1, -3.50424626827848203418e-2, -8.57456785154685413611e-4);
    x1 = z * above / polynomial_of(z, 1.0, 1.57799883256466749731e1, 4.53907635128879210584e1, 4.13172038254672030440e1, 1.50425385692907503408e1, 2.50464946208309415979e0,
                                   -1.42182922854787788574e-1, -3.80806407691578277194e-2, -9.33259480895457427372e-4);
  } else {
    const T above = polynomial_of(z, 3.23774891776946035970e0, 6.91522889068984211695e0, 3.93881025292474443415e0, 1.33303460815807542389e0, 2.01485389549179081538e-1,
                                  1.23716634817820021358e-2, 3.01581553508235416007e-4, 2.65806974686737550832e-6, 6.23974539184983293730e-9);
    x1 = z * above / polynomial_of(z, 1.0, 6.02427039364742014255e0, 3.67983563856160859403e0, 1.37702099489081330271e0, 2.16236993594496635890e-1, 1.34204006088543189037e-2,
                                   3.28014464682127739104e-4, 2.89247864745380683936e-6, 6.79019408009981274425e-9);
  }
  return upper ? x0 - x1 : x1 - x0;
}

}  // namespace nabla::special
