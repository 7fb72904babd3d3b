// Elementary functions of doubles, after Note [Elementary].
#include <algorithm>
#include <initializer_list>
#include <limits>
#include <numbers>

#include "base/late.h"
#include "ops/elementary.h"
#include "ops/pair.h"

namespace nabla::elementary::wide {
namespace {

using Wide = WidePair;
constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();
constexpr Wide kPi{3.141592653589793116, 1.2246467991473532072e-16}, kLn2{0.693147180559945286226764, 2.319046813846299558417771e-17};

// Of the sums of a polynomial few are fused as Sleef's all are: in wasm that is dear, and what it changes lies below the last digit, but for one result in
// some 10,000. Where more came through, as many as told are fused at each level (of Horner's scheme, the last).

/// The polynomial in x whose coefficients are given from the highest down, by Estrin's scheme: neighbours first, then what came of them with
/// x^2, x^4 and so on.
template <int kFused = 0, class... C>
double estrin(double x, C... given) {
  constexpr int kLast = sizeof...(C) - 1;
  double c[] = {given...};
  for (int n = kLast + 1; n > 1; n = (n + 1) / 2, x *= x) {
    for (int i = 0; i < n / 2; ++i) {
      double& to = c[kLast - i];
      const double high = c[kLast - 2 * i - 1], low = c[kLast - 2 * i];
      to = i < kFused ? fused_within(x, high, low) : x * high + low;
    }
    if (n % 2) c[kLast - n / 2] = c[kLast - n + 1];
  }
  return c[kLast];
}
/// The polynomial by Horner's scheme, on top of `first`.
template <class... C>
double horner(double x, double first, C... rest) {
  ((first = fused_within(first, x, rest)), ...);
  return first;
}
/// One column of a table of coefficients, by Horner's scheme; the last twelve sums are fused.
template <int kPieces, std::size_t kCount>
double horner(double x, const double (&table)[kCount][kPieces], int piece) {
  double out = table[0][piece];
  for (std::size_t i = 1; i < kCount; ++i) out = i + 12 < kCount ? out * x + table[i][piece] : fused_within(out, x, table[i][piece]);
  return out;
}

// ln 2 in two parts.
constexpr double kLn2Upper = .69314718055966295651160180568695068359375, kLn2Lower = .28235290563031577122588448175013436025525412068e-12;

/// x without q ln 2.
Wide without_ln2(Wide x, double q) { return any_sum(any_sum(x, Wide{q * -kLn2Upper}), Wide{q * -kLn2Lower}); }

/// e^x as a pair.
Wide exp_wide(Wide x) {
  if (x.high < -1000) return {0, 0};
  const double q = std::rint(x.value() * std::numbers::log2e);
  const Wide s = without_ln2(x, q);
  const double u = estrin(s.high, 0.1602472219709932072e-9, 0.2092255183563157007e-8, 0.2505230023782644465e-7, 0.2755724800902135303e-6, 0.2755731892386044373e-5,
                          0.2480158735605815065e-4, 0.1984126984148071858e-3, 0.1388888888886763255e-2, 0.8333333333333347095e-2, 0.4166666666666669905e-1);
  Wide t = ordered_sum(Wide{0.5}, times(s, 0.1666666666666666574));
  t = ordered_sum(Wide{1}, times(t, s));
  t = ordered_sum(Wide{1}, times(t, s));
  t = ordered_sum(t, times(square(square(s)), u));
  return {scaled(t.high, static_cast<int>(q)), scaled(t.low, static_cast<int>(q))};
}
/// e^x of a pair, as one number.
double exp_of(Wide x) {
  if (x.high < -1000) return 0;
  const double q = std::rint(x.value() * std::numbers::log2e);
  const Wide s = normal(without_ln2(x, q));
  const double u = estrin<1>(s.high, 2.51069683420950419527139e-08, 2.76286166770270649116855e-07, 2.75572496725023574143864e-06, 2.48014973989819794114153e-05,
                          0.000198412698809069797676111, 0.0013888888939977128960529, 0.00833333333332371417601081, 0.0416666666665409524128449, 0.166666666666666740681535,
                          0.500000000000000999200722);
  return scaled(ordered_sum(ordered_sum(Wide{1}, s), times(square(s), u)).value(), static_cast<int>(q));
}

/// A positive number as (1 + r) / (1 - r) 2^e.
struct Reduced {
  double e;
  Wide r;
};
Reduced reduced(double x) {
  const bool tiny = x < std::numeric_limits<double>::min();
  if (tiny) x *= 0x1p64;
  const int e = exponent_of(x);
  const double m = x * power_of_two<double>(-(e >> 1)) * power_of_two<double>(-(e - (e >> 1)));
  return {static_cast<double>(tiny ? e - 64 : e), quotient(any_sum(-1, m), any_sum(1, m))};
}
/// A logarithm of what is not positive and finite.
double log_of_other(double x) { return x == 0 ? -kInfinity : x > 0 ? x : kNan; }
double log_from(double e, Wide r) {
  const double r2 = r.high * r.high;
  const double t = estrin(r2, 0.1532076988502701353, 0.1525629051003428716, 0.1818605932937785996, 0.2222214519839380009, 0.2857142932794299317, 0.3999999999635251990, 0.6666666666667333541);
  return ordered_sum(ordered_sum(times(kLn2, e), doubled(r)), Wide{r2 * r.high * t}).value();
}
/// ln x as a pair; exact enough for powers.
Wide log_wide(double x) {
  const Reduced m = reduced(x);
  Wide r = m.r;
  const Wide r2 = square(r);
  const double t = estrin(r2.high, 0.116255524079935043668677, 0.103239680901072952701192, 0.117754809412463995466069, 0.13332981086846273921509, 0.153846227114512262845736,
                          0.181818180850050775676507, 0.222222222230083560345903, 0.285714285714249172087875, 0.400000000000000077715612);
  Wide s = ordered_sum(times(kLn2, m.e), doubled(r));
  r = times(r2, r);
  s = ordered_sum(s, times(r, Wide{0.666666666666666629659233, 3.80554962542412056336616e-17}));
  return ordered_sum(s, times(times(r2, r), t));
}

// Pi in four parts, for angles up to 1e14; in two below 15.
constexpr double kPiA = 3.1415926218032836914, kPiB = 3.1786509424591713469e-08, kPiC = 1.2246467864107188502e-16, kPiD = 1.2736634327021899816e-24;
constexpr double kNear = 15, kFar = 1e14;

/// x without q times pi / parts, of which `big` (a multiple of 2^24) is a part, from x - big pi / parts on.
Wide without_pi(double x, double big, double small, double parts, bool ordered) {
  const double a = kPiA / parts, b = kPiB / parts, c = kPiC / parts, d = kPiD / parts, u = fused_within(big, -a, x);
  Wide s = ordered ? ordered_sum(u, small * -a) : any_sum(u, small * -a);
  for (const double y : {big * -b, small * -b, big * -c, small * -c}) s = any_sum(s, Wide{y});
  return ordered_sum(s, Wide{(big + small) * -d});
}

/// sin(x) of a small angle.
double sine_of(Wide x) {
  const Wide s = square(x);
  const double u = fused_within(estrin(s.high, 2.72052416138529567917983e-15, -7.6429259411395447190023e-13, 1.60589370117277896211623e-10, -2.5052106814843123359368e-08,
                                2.75573192104428224777379e-06, -0.000198412698412046454654947),
                         s.high, 0.00833333333333318056201922);
  return product(x, ordered_sum(Wide{1}, times(ordered_sum(-0.166666666666666657414808, u * s.high), s)));
}

/// The angle of the point (x, y), y >= 0, as an angle from the axis.
Wide angle_of(Wide y, Wide x) {
  double quarters = x.high < 0 ? -2 : 0;
  if (x.high < 0) x = negative(x);
  const bool steep = x.high < y.high;
  if (steep) quarters += 1;
  const Wide s = steep ? quotient(negative(x), y) : quotient(y, x);
  const Wide t = normal(square(s));
  const double u = horner(t.high,
                          estrin<4>(t.high, 1.06298484191448746607415e-05, -0.000125620649967286867384336, 0.00070557664296393412389774, -0.00251865614498713360352999,
                                 0.00646262899036991172313504, -0.0128281333663399031014274, 0.0208024799924145797902497, -0.0289002344784740315686289, 0.0359785005035104590853656,
                                 -0.041848579703592507506027, 0.0470843011653283988193763, -0.0524914210588448421068719, 0.0587946590969581003860434, -0.0666620884778795497194182,
                                 0.0769225330296203768654095, -0.0909090442773387574781907),
                          0.111111108376896236538123, -0.142857142756268568062339, 0.199999999997977351284817, -0.333333333333317605173818);
  return ordered_sum(times(Wide{1.570796326794896557998982, 6.12323399573676603586882e-17}, quarters), ordered_sum(s, times(times(s, t), u)));
}

Wide sqrt_wide(Wide x) {
  const double t = std::sqrt(x.value()), square_of_t = t * t, r = 1 / t;
  const Wide s = times(any_sum(x, Wide{square_of_t, rest_of_product(t, t, square_of_t)}), Wide{r, r * -rest_of_product(t, r, 1)});
  return {s.high * 0.5, s.low * 0.5};
}

HalfAngle<double> half_angle(double d) {
  return half_angle_of(d, [](double x2) { return sqrt_wide(Wide{x2}); }, [](double x2) {
    return estrin<1>(x2, 0.3161587650653934628e-1, -0.1581918243329996643e-1, 0.1929045477267910674e-1, 0.6606077476277170610e-2, 0.1215360525577377331e-1, 0.1388715184501609218e-1,
                     0.1735956991223614604e-1, 0.2237176181932048341e-1, 0.3038195928038132237e-1, 0.4464285681377102438e-1, 0.7500000000378581611e-1, 0.1666666666666497543);
  });
}

}  // namespace

double exp(double x) {
  if (!(x <= 709.78271114955742909217217426)) return x + kInfinity;
  if (x < -1000) return 0;
  const double q = std::rint(x * std::numbers::log2e);
  const double s = q * -kLn2Lower + (q * -kLn2Upper + x);
  const double u = estrin(s, 0.2081276378237164457e-8, 0.2511210703042288022e-7, 0.2755762628169491192e-6, 0.2755723402025388239e-5, 0.2480158687479686264e-4, 0.1984126989855865850e-3,
                          0.1388888888914497797e-2, 0.8333333333314938210e-2, 0.4166666666666602598e-1, 0.1666666666666669072);
  return scaled(horner(s, u, 0.5, 1.0, 1.0), static_cast<int>(q));
}

double expm1(double x) {
  if (!(x <= 709.782712893383996732223)) return x + kInfinity;
  if (x < -36.736800569677101399113302437) return -1;
  return x == 0 ? x : any_sum(exp_wide(Wide{x}), Wide{-1}).value();
}

double log(double x) {
  if (!(x > 0 && x < kInfinity)) return log_of_other(x);
  const Reduced m = reduced(x);
  return log_from(m.e, m.r);
}

double log1p(double x) {
  if (!(x > -1)) return x == -1 ? -kInfinity : kNan;
  if (x > 1e307 || x == 0) return x > 0 ? kInfinity : x;
  const int e = exponent_of(x + 1);
  const double t = power_of_two<double>(-e), m = fused_within(x, t, t - 1);
  return log_from(e, quotient(Wide{m}, ordered_sum(2, m)));
}

double log2(double x) {
  if (!(x > 0 && x < kInfinity)) return log_of_other(x);
  const Reduced m = reduced(x);
  const double r2 = m.r.high * m.r.high;
  const double t = estrin(r2, 0.2211941750456081490, 0.2200768693152277689, 0.2623708057488514656, 0.3205977477944495502, 0.4121985945485324709, 0.5770780162997058982, 0.96179669392608091449);
  return any_sum(any_sum(Wide{m.e}, times(m.r, Wide{2.885390081777926774, 6.0561604995516736434e-18})), Wide{r2 * m.r.high * t}).value();
}

double log10(double x) {
  if (!(x > 0 && x < kInfinity)) return log_of_other(x);
  const Reduced m = reduced(x);
  const double r2 = m.r.high * m.r.high;
  const double t = estrin(r2, 0.6653725819576758460e-1, 0.6625722782820833712e-1, 0.7898105214313944078e-1, 0.9650955035715275132e-1, 0.1240841409721444993, 0.1737177927454605086,
                          0.2895296546021972617);
  const Wide whole = ordered_sum(times(Wide{0.30102999566398119802, -2.803728127785170339e-18}, m.e), times(m.r, Wide{0.86858896380650363334, 1.1430059694096389311e-17}));
  return ordered_sum(whole, Wide{r2 * m.r.high * t}).value();
}

double sin(double x) {
  if (!(std::fabs(x) < kFar)) return std::sin(x);
  if (x == 0) return x;
  double big = 0, turns;
  Wide s;
  if (std::fabs(x) < kNear) {
    turns = std::rint(x * std::numbers::inv_pi);
    s = ordered_sum(turns * -kPi.high + x, turns * -kPi.low);  // the first product is exact
  } else {
    big = std::trunc(x * (std::numbers::inv_pi / 0x1p24)) * 0x1p24;
    turns = std::rint(fused_within(x, std::numbers::inv_pi, -big));
    s = without_pi(x, big, turns, 1, true);
  }
  const double out = sine_of(s);
  return static_cast<std::int64_t>(turns) & 1 ? -out : out;
}

double cos(double x) {
  if (!(std::fabs(x) < kFar)) return std::cos(x);
  double turns;  // of half a circle, odd
  Wide s;
  if (std::fabs(x) < kNear) {
    turns = std::rint(fused_within(x, std::numbers::inv_pi, -0.5)) * 2 + 1;
    s = ordered_sum(any_sum(x, turns * (-kPi.high * 0.5)), Wide{turns * (-kPi.low * 0.5)});
  } else {
    const double big = std::trunc(fused_within(x, std::numbers::inv_pi / 0x1p23, -std::numbers::inv_pi / 0x1p24));
    turns = std::rint(x * std::numbers::inv_pi + fused_within(big, -0x1p23, -0.5)) * 2 + 1;
    s = without_pi(x, big * 0x1p24, turns, 2, false);
  }
  const double out = sine_of(s);
  return static_cast<std::int64_t>(turns) & 2 ? out : -out;
}

double tan(double x) {
  if (!(std::fabs(x) < kFar)) return std::tan(x);
  if (x == 0) return x;
  double quarters;
  Wide s;
  if (std::fabs(x) < kNear) {
    quarters = std::rint(x * (2 * std::numbers::inv_pi));
    s = ordered_sum(quarters * (-kPi.high * 0.5) + x, quarters * (-kPi.low * 0.5));
  } else {
    const double big = std::trunc(x * (2 * std::numbers::inv_pi / 0x1p24)) * 0x1p24;
    quarters = std::trunc(any_sum(times(Wide{0.63661977236758138243, -3.9357353350364971764e-17}, x), Wide{(x < 0 ? -0.5 : 0.5) - big}).value());
    s = without_pi(x, big, quarters, 2, true);
  }
  const Wide t{s.high * 0.5, s.low * 0.5};
  s = square(t);
  const double u = fused_within(estrin(s.high, 0.3245098826639276316e-3, 0.5619219738114323735e-3, 0.1460781502402784494e-2, 0.3591611540792499519e-2, 0.8863268409563113126e-2,
                                0.2186948728185535498e-1, 0.5396825399517272970e-1, 0.1333333333330500581),
                         s.high, 0.3333333333333343695);
  const Wide half = ordered_sum(t, times(times(s, t), u)), y = ordered_sum(Wide{-1}, square(half)), x2{half.high * -2, half.low * -2};
  return (static_cast<std::int64_t>(quarters) & 1 ? quotient(negative(y), x2) : quotient(x2, y)).value();
}

double atan(double x) {
  if (std::isinf(x)) return std::copysign(kPi.high / 2, x);
  return std::isnan(x) ? x : std::copysign(angle_of(Wide{std::fabs(x)}, Wide{1}).value(), x);
}

double atan2(double y, double x) {
  if (!std::isfinite(x) || !std::isfinite(y) || x == 0 || y == 0) return std::atan2(y, x);
  const bool tiny = std::fabs(x) < 5.5626846462680083984e-309;
  const double scale = tiny ? 0x1p53 : 1;
  const double r = angle_of(Wide{std::fabs(y * scale)}, Wide{x * scale}).value();
  return std::copysign(x < 0 ? -r : r, y);
}

double asin(double x) { return asin_from(half_angle(x), kPi, x); }
double acos(double x) { return acos_from(half_angle(x), kPi, x); }

double hypot(double x, double y) {
  const double most = std::max(std::fabs(x), std::fabs(y)), least = std::min(std::fabs(x), std::fabs(y));
  if (!(least > 0 && most < kInfinity)) return std::hypot(x, y);
  const double scale = most < std::numeric_limits<double>::min() ? 0x1p54 : 1;
  const Wide s = any_sum(square(quotient(Wide{least * scale}, Wide{most * scale})), Wide{1});
  return times(sqrt_wide(s), most).value();
}

double sinh(double x) {
  if (!(std::fabs(x) <= 710)) return std::isnan(x) ? x : std::copysign(kInfinity, x);
  const Wide e = exp_wide(Wide{std::fabs(x)});
  return std::copysign(ordered_sum(e, negative(reciprocal(e))).value() * 0.5, x);
}

double cosh(double x) {
  if (!(std::fabs(x) <= 710)) return std::fabs(x) + kInfinity;
  const Wide e = exp_wide(Wide{std::fabs(x)});
  return ordered_sum(e, reciprocal(e)).value() * 0.5;
}

double tanh(double x) {
  if (std::isnan(x)) return x;
  if (std::fabs(x) > 18.714973875) return std::copysign(1.0, x);
  const Wide e = exp_wide(Wide{std::fabs(x)}), r = reciprocal(e);
  return std::copysign(quotient(any_sum(e, negative(r)), any_sum(e, r)).value(), x);
}

double pow(double x, double y) {
  if (!std::isfinite(x) || !std::isfinite(y) || x == 0 || y == 0 || x == 1) return std::pow(x, y);
  double sign = 1;
  if (x < 0) {
    if (std::trunc(y) != y) return kNan;
    if (std::fmod(y, 2.0) != 0) sign = -1;
  }
  const Wide d = times(log_wide(std::fabs(x)), y);
  return sign * (d.high > 709.78271114955742909217217426 ? kInfinity : exp_of(d));
}

double erf(double x) {
  const double a = std::fabs(x);
  if (!(a < 6)) return std::isnan(x) ? x : std::copysign(1.0, x);
  const int piece = a < 1 ? 0 : a < 3.7 ? 1 : 2;
  const double u = piece ? a : a * a;
  NABLA_LATE static constexpr double kTerms[][3] = {
      {6.801072401395392e-21, 2.8309545220877177e-14, -5.8467504042696105e-18},
      {-2.1617662475700564e-19, -1.509491946179482e-12, 6.076691048812608e-16},
      {4.695919173301599e-18, 3.827857177807173e-11, -3.007518609604894e-14},
      {-9.049140419888011e-17, -6.139733921558987e-10, 9.427906260824646e-13},
      {1.6340189035574115e-15, 6.985387934608039e-09, -2.1001109082693936e-11},
      {-2.7834857863334552e-14, -5.988224513034371e-08, 3.5346395234612235e-10},
      {4.4632212767864127e-13, 4.0057169523553466e-07, -4.664967728285396e-09},
      {-6.711366622850139e-12, -2.1321901045757844e-06, 4.9438232837690005e-08},
      {9.422759050232658e-11, 9.09246130404263e-06, -4.271203394761148e-07},
      {-1.2290555301002285e-09, -3.0791880809662055e-05, 3.034067677404916e-06},
      {1.480719281585085e-08, 7.971413443082371e-05, -1.776295289066871e-05},
      {-1.6365844691234027e-07, -0.00013878532152254429, 8.524547630559505e-05},
      {1.6462114365889234e-06, 6.469678026257591e-05, -0.00032905829449617844},
      {-1.4925650358406249e-05, 0.0004996645280372946, 0.0009696966068789101},
      {0.00012055332981789665, -0.0016228024828425205, -0.0018125276280469861},
      {-0.0008548327023450851, 0.00016153205570493772, -0.0004725409828123619},
      {0.005223977625442189, 0.019152623255748756, 0.020903154279242293},
      {-0.026866170645131256, -0.10278182984860335, -0.10520419218427766},
      {0.11283791670955128, -0.6366172819842504, -0.6345351808766568},
      {-0.37612638903183754, -1.1283795906489105, -1.1294429291035244}};
  NABLA_LATE static constexpr Wide kLast[] = {{1.1283791670955126, 1.5335459613165823e-17}, {3.411064473619614e-08, -2.4875650708323294e-24}, {0.0002496303569052644, -5.436266503485626e-21}};
  const double t = horner(u, kTerms, piece);
  const Wide d = any_sum(times(Wide{t}, u), kLast[piece]);
  return std::copysign((piece ? ordered_sum(Wide{1}, negative(exp_wide(d))) : times(d, a)).value(), x);
}

double erfc(double given) {
  const double a = std::fabs(given);
  if (std::isnan(given)) return given;
  if (!(a < 27.3)) return given < 0 ? 2 : 0;
  const int piece = a < 1 ? 0 : a < 2.2 ? 1 : a < 4.2 ? 2 : 3;
  const double a2 = a * a;
  const Wide u = piece == 0 ? Wide{a2, rest_of_product(a, a, a2)} : piece == 1 ? Wide{a} : quotient(Wide{1}, Wide{a});
  NABLA_LATE static constexpr double kTerms[][4] = {
      {0.6801072401395386139e-20, 0.3438010341362585303e-12, -0.5757819536420710449e+2, 0.2334249729638701319e+5},
      {-0.2161766247570055669e-18, -0.1237021188160598264e-10, 0.4669289654498104483e+3, -0.4695661044933107769e+5},
      {0.4695919173301595670e-17, 0.2117985839877627852e-09, -0.1796329879461355858e+4, 0.3173403108748643353e+5},
      {-0.9049140419888007122e-16, -0.2290560929177369506e-08, 0.4355892193699575728e+4, 0.3242982786959573787e+4},
      {0.1634018903557410728e-14, 0.1748931621698149538e-07, -0.7456258884965764992e+4, -0.2014717999760347811e+5},
      {-0.2783485786333451745e-13, -0.9956602606623249195e-07, 0.9553977358167021521e+4, 0.1554006970967118286e+5},
      {0.4463221276786415752e-12, 0.4330010240640327080e-06, -0.9470019905444229153e+4, -0.6150874190563554293e+4},
      {-0.6711366622850136563e-11, -0.1435050600991763331e-05, 0.7387344321849855078e+4, 0.1240047765634815732e+4},
      {0.9422759050232662223e-10, 0.3460139479650695662e-05, -0.4557713054166382790e+4, -0.8210325475752699731e+2},
      {-0.1229055530100229098e-08, -0.4988908180632898173e-05, 0.2207866967354055305e+4, 0.3242443880839930870e+2},
      {0.1480719281585086512e-07, -0.1308775976326352012e-05, -0.8217975658621754746e+3, -0.2923418863833160586e+2},
      {-0.1636584469123399803e-06, 0.2825086540850310103e-04, 0.2268659483507917400e+3, 0.3457461732814383071},
      {0.1646211436588923575e-05, -0.6393913713069986071e-04, -0.4633361260318560682e+2, 0.5489730155952392998e+1},
      {-0.1492565035840623511e-04, -0.2566436514695078926e-04, 0.9557380123733945965e+1, 0.1559934132251294134e-2},
      {0.1205533298178967851e-03, 0.5895792375659440364e-03, -0.2958429331939661289e+1, -0.1541741566831520638e+1},
      {-0.8548327023450850081e-03, -0.1695715579163588598e-02, 0.1670329508092765480, 0.2823152230558364186e-5},
      {0.5223977625442187932e-02, 0.2089116434918055149e-03, 0.6096615680115419211, 0.6249999184195342838},
      {-0.2686617064513125222e-01, 0.1912855949584917753e-01, 0.1059212443193543585e-2, 0.1741749416408701288e-8}};
  NABLA_LATE static constexpr Wide kPairs[][4] = {
      {{0.11283791670955126141, -4.0175691625932118483e-18}, {-0.10277263343147646779, -6.2338714083404900225e-18}, {-0.50005180473999022439, 2.6362140569041995803e-17}, {-0.5000000000258444377, -4.0074044712386992281e-17}},
      {{-0.37612638903183753802, 1.3391897206042552387e-17}, {-0.63661976742916359662, 7.6321019159085724662e-18}, {1.601106273924963368e-06, 1.1974001857764476775e-23}, {2.3761973137523364792e-13, -1.1670076950531026582e-29}},
      {{1.1283791670955125586, 1.5335459613165822674e-17}, {-1.1283791674717296161, 8.0896847755965377194e-17}, {-0.57236496645145429341, 3.0704553245872027258e-17}, {-0.57236494292470108114, -2.3984352208056898003e-17}}};
  const double t = horner(u.high, kTerms, piece);
  Wide d = any_sum(times(u, t), kPairs[0][piece]);
  d = any_sum(times(d, u), kPairs[1][piece]);
  d = any_sum(times(d, u), kPairs[2][piece]);
  Wide y = piece < 2 ? times(d, a) : any_sum(times(Wide{-a}, a), d);
  y = piece == 0 ? ordered_sum(Wide{1}, negative(y)) : exp_wide(y);
  if (piece >= 2) y = times(y, u);
  return given < 0 ? 2 - y.value() : y.value();
}

}  // namespace nabla::elementary::wide
