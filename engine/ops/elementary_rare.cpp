// Elementary functions of floats that few programs need, after Note [Elementary]: log2, log10, erf, erfc, asin, acos, lgamma.
#include <limits>

#include "ops/elementary.h"
#include "ops/pair.h"

namespace nabla::elementary {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity(), kNan = std::numeric_limits<float>::quiet_NaN();
constexpr Pair kPi{3.1415927410125732422f, -8.7422776573475857731e-08f}, kLn2{0.69314718246459960938f, -1.904654323148236017e-09f};

constexpr Pair pair_of(double x) {
  const float high = static_cast<float>(x);
  return {high, static_cast<float>(x - high)};
}

/// A positive number as (1 + r) / (1 - r) 2^e.
struct Reduced {
  float e;
  Pair r;
};
Reduced reduced(float x) {
  const bool tiny = x < std::numeric_limits<float>::min();
  if (tiny) x *= 0x1p64f;
  const int e = exponent_of(x);
  const float m = x * power_of_two(-e);
  return {static_cast<float>(tiny ? e - 64 : e), quotient(any_sum(-1, m), any_sum(1, m))};
}
/// A logarithm of what is not positive and finite.
float log_of_other(float x) { return x == 0 ? -kInfinity : x > 0 ? x : kNan; }

/// ln x as a pair.
Pair log_pair(Pair x) {
  const int e = exponent_of(x.high);
  const float scale = power_of_two(-e);
  const Pair m{x.high * scale, x.low * scale};
  const Pair r = quotient(any_sum(m, Pair{-1}), any_sum(m, Pair{1})), r2 = square(r);
  const float t = polynomial(r2.high, 0.2392828464508056640625f, 0.28518211841583251953125f, 0.400005877017974853515625f, 0.666666686534881591796875f);
  return ordered_sum(ordered_sum(times(kLn2, static_cast<float>(e)), doubled(r)), times(times(r2, r), t));
}

Pair sqrt_pair(float x) {
  const float t = std::sqrt(x);
  const Pair s = times(any_sum(Pair{x}, times(Pair{t}, t)), reciprocal(Pair{t}));
  return {s.high * 0.5f, s.low * 0.5f};
}

HalfAngle<float> half_angle(float d) {
  return half_angle_of(d, sqrt_pair, [](float x2) { return polynomial(x2, 0.4197454825e-1f, 0.2424046025e-1f, 0.4547423869e-1f, 0.7495029271e-1f, 0.1666677296f); });
}

/// sin(pi x) as a pair.
Pair sine_of_turns(float x) {
  const float eighths = x * 4;
  int q = static_cast<int>(eighths);
  q = (q + (q < 0 ? 0 : 1)) & ~1;
  const bool turned = q & 2;
  const float t = eighths - static_cast<float>(q), s = t * t;
  const Pair s2 = times(Pair{t}, t);
  const float u = turned ? polynomial(s, -0.2430611801e-7f, 0.3590577080e-5f, -0.3259917721e-3f) : polynomial(s, 0.3093842054e-6f, -0.3657307388e-4f, 0.2490393585e-2f);
  Pair y = any_sum(Pair{u * s}, turned ? Pair{0.015854343771934509277f, 4.4940051354032242811e-10f} : Pair{-0.080745510756969451904f, -1.3373665339076936258e-09f});
  y = any_sum(times(s2, y), turned ? Pair{-0.30842512845993041992f, -9.0728339030733922277e-09f} : Pair{0.78539818525314331055f, -2.1857338617566484855e-08f});
  y = times(y, turned ? s2 : Pair{t});
  if (turned) y = any_sum(y, Pair{1});
  return q & 4 ? negative(y) : y;
}

}  // namespace

float log2(float x) {
  if (!(x > 0 && x < kInfinity)) return log_of_other(x);
  const Reduced m = reduced(x);
  const float r2 = m.r.high * m.r.high, t = polynomial(r2, 0.4374550283f, 0.5764790177f, 0.9618012905120f);
  return any_sum(any_sum(Pair{m.e}, times(m.r, Pair{2.8853900432586669922f, 3.2734474483568488616e-08f})), Pair{r2 * m.r.high * t}).value();
}

float log10(float x) {
  if (!(x > 0 && x < kInfinity)) return log_of_other(x);
  const Reduced m = reduced(x);
  const float r2 = m.r.high * m.r.high, t = polynomial(r2, 0.1314289868f, 0.1735493541f, 0.2895309627f);
  const Pair whole = ordered_sum(times(Pair{0.30103001f, -1.432098889e-08f}, m.e), times(m.r, Pair{0.868588984f, -2.170757285e-08f}));
  return ordered_sum(whole, Pair{r2 * m.r.high * t}).value();
}

float erf(float x) {
  const float a = std::fabs(x);
  if (!(a < 4)) return std::isnan(x) ? x : std::copysign(1.0f, x);
  const bool near = a < 1.1f, middle = a < 2.4f;
  const float u = near ? a * a : a;
  const float t = near     ? polynomial(u, 0.7089292194e-4f, -0.7768311189e-3f, 0.5159463733e-2f, -0.2683781274e-1f, 0.1128318012f)
                  : middle ? polynomial(u, -0.1792667899e-4f, 0.3937633010e-3f, -0.3949181177e-2f, 0.2445474640e-1f, -0.1070996150f)
                           : polynomial(u, -0.9495757695e-5f, 0.2481465926e-3f, -0.2918176819e-2f, 0.2059706673e-1f, -0.9901899844e-1f);
  Pair d = times(Pair{t}, u);
  d = any_sum(d, pair_of(near ? -0.376125876000657465175213237214 : middle ? -0.634588905908410389971210809210 : -0.643598050547891613081201721633));
  d = any_sum(times(d, u), pair_of(near ? 1.12837916021059138255978217023 : middle ? -1.12879855826694507209862753992 : -1.12461487742845562801052956293));
  d = times(d, a);
  return std::copysign((near ? d : ordered_sum(Pair{1}, negative(exp_pair(d)))).value(), x);
}

float erfc(float x) {
  const float a = std::fabs(x);
  float r = 0;
  if (a < 10.1f) {
    const int piece = a < 1 ? 0 : a < 2.2f ? 1 : a < 4.3f ? 2 : 3;
    const Pair u = piece < 2 ? Pair{a} : quotient(Pair{1}, Pair{a});
    const float t = piece == 0   ? polynomial(u.high, -0.8638041618e-4f, 0.6000166177e-3f, -0.1665703603e-2f, 0.1795156277e-3f, 0.1914106123e-1f)
                    : piece == 1 ? polynomial(u.high, -0.6236977242e-5f, 0.5749821503e-4f, 0.6002851478e-5f, -0.2851036377e-2f, 0.2260518074e-1f)
                    : piece == 2 ? polynomial(u.high, -0.3869504035f, 0.1288077235e+1f, -0.1816803217e+1f, 0.1249150872e+1f, -0.1328857988f)
                                 : polynomial(u.high, 0.1115344167e+1f, -0.9454904199f, -0.3667259514f, 0.7155663371f, -0.1262947265e-1f);
    const auto choose = [&](double first, double second, double third, double fourth) { return pair_of(piece == 0 ? first : piece == 1 ? second : piece == 2 ? third : fourth); };
    Pair d = any_sum(times(u, t), choose(-0.102775359343930288081655368891, -0.105247583459338632253369014063, -0.482365310333045318680618892669, -0.498961546254537647970305302739));
    d = any_sum(times(d, u), choose(-0.636619483208481931303752546439, -0.635609463574589034216723775292, -0.00134450203224533979217859332703, -0.0000471199543422848492080722832666));
    d = any_sum(times(d, u), choose(-1.12837917790537404939545770596, -1.12855987376668622084547028949, -0.572319781150472949561786101080, -0.572364030327966044425932623525));
    Pair y = piece < 2 ? times(d, a) : any_sum(times(Pair{-a}, a), d);
    y = exp_pair(y);
    if (piece >= 2) y = times(y, u);
    r = y.value();
  }
  return std::isnan(x) ? x : std::signbit(x) ? 2 - r : r;
}

float asin(float x) { return asin_from(half_angle(x), kPi, x); }
float acos(float x) { return acos_from(half_angle(x), kPi, x); }

// ln |Gamma(x)| as ln of a quotient and a sum: below 0.5 by reflection, from 2.3 on by Stirling's series (up to 7 that of x + 3, over
// x (x + 1) (x + 2)), in between by a polynomial around 1 or 2.
float lgamma(float a) {
  if (std::isinf(a) || (a <= 0 && a == std::trunc(a))) return kInfinity;
  if (std::isnan(a)) return a;
  Pair whole, over{1}, under{1};
  if (std::fabs(a) < 1e-30f) {
    whole = pair_of(41.58883083359671856503);  // ln 2^60
    under = Pair{a * 0x1p60f};
  } else {
    const bool reflected = a < 0.5f;
    Pair x = reflected ? any_sum(1, -a) : Pair{a};
    const bool first = 0.5f <= x.high && x.high <= 1.2f;
    if (x.high >= 2.3f) {
      if (x.high <= 7) {
        const Pair y = normal(times(any_sum(x, Pair{1}), x));
        over = normal(times(any_sum(x, Pair{2}), y));
        x = any_sum(x, Pair{3});
      }
      const float t = 1 / x.high;
      const float u = polynomial(t, 0.000839498720672087279971000786f, -5.17179090826059219329394422e-05f, -0.000592166437353693882857342347f, 6.97281375836585777403743539e-05f,
                                 0.000784039221720066627493314301f, -0.000229472093621399176949318732f, -0.002681327160493827160473958490f, 0.003472222222222222222175164840f,
                                 0.083333333333333333335592087900f);
      whole = any_sum(any_sum(times(any_sum(x, Pair{-0.5f}), log_pair(x)), negative(x)), pair_of(0.91893853320467278056));
      const Pair product = any_sum(times(Pair{u}, t), Pair{1});
      under = over;
      over = product;
    } else {
      const float t = normal(any_sum(x, Pair{first ? -1.0f : -2.0f})).high;
      const float u = first ? polynomial(t, 0.9435157776f, 0.8670063615f, 0.4826702476f, -0.8855129778e-1f, 0.1013825238f, -0.1493408978f, 0.1697509140f, -0.2072454542f, 0.2705872357f)
                            : polynomial(t, 0.1102489550e-3f, 0.8160019934e-4f, 0.1528468856e-3f, -0.2355068718e-3f, 0.4962242092e-3f, -0.1193488017e-2f, 0.2891599433e-2f, -0.7385451812e-2f,
                                         0.2058077045e-1f);
      Pair z = any_sum(times(Pair{u}, t), Pair{first ? -0.400686534596170958447352690395f : -0.0673523028297382446749257758235f});
      z = any_sum(times(z, t), Pair{first ? 0.822466960142643054450325495997f : 0.322467033928981157743538726901f});
      z = any_sum(times(z, t), Pair{first ? -0.577215665946766039837398973297f : 0.422784335087484338986941629852f});
      whole = times(z, t);
    }
    if (reflected) {
      whole = any_sum(pair_of(1.1447298858494001639), negative(whole));  // ln pi
      const Pair sine = sine_of_turns(a - 0x1p12f * std::trunc(a * 0x1p-12f)), product = times(over, sine);
      over = under;
      under = product;
    }
  }
  const Pair q = quotient(over, under);
  return any_sum(whole, log_pair(q.high < 0 ? negative(q) : q)).value();
}

}  // namespace nabla::elementary
