// Reflections bring a matrix to few diagonals; rotations then chase what is left beside the main one to zero. The steps follow the
// published algorithms behind LAPACK (Golub and Kahan; Demmel and Kahan; the implicit QL method), so that signs come out the same.
#include "ops/factors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nabla {
namespace {

constexpr double kEps = std::numeric_limits<double>::epsilon() / 2;
constexpr double kTiny = std::numeric_limits<double>::min();

/// A reflection I - tau v v^T (v[0] = 1) that takes x to (beta, 0, ..., 0); in the order of LAPACK's larfg and larf.
template <class T>
struct ReflectionOf {
  std::vector<T> v;
  T tau = 0, beta = 0;
  explicit ReflectionOf(std::vector<T> x) : v(std::move(x)) {
    T rest = 0;
    for (std::size_t i = 1; i < v.size(); ++i) rest += v[i] * v[i];
    beta = v.empty() ? 0 : v[0];
    if (rest != 0) {
      const T alpha = v[0], size = std::sqrt(rest), most = std::max(std::fabs(alpha), size), ratio = std::min(std::fabs(alpha), size) / most;
      beta = -std::copysign(most * std::sqrt(1 + ratio * ratio), alpha);
      tau = (beta - alpha) / beta;
      const T scale = 1 / (alpha - beta);
      for (std::size_t i = 1; i < v.size(); ++i) v[i] *= scale;
    }
    if (!v.empty()) v[0] = 1;
  }
  /// Applied from the left to rows `from` and on, columns `first` and on.
  void left(DenseOf<T>& a, std::int64_t from, std::int64_t first) const {
    if (tau == 0) return;
    for (std::int64_t j = first; j < a.columns; ++j) {
      T dot = 0;
      for (std::size_t i = 0; i < v.size(); ++i) dot += v[i] * a(from + static_cast<std::int64_t>(i), j);
      for (std::size_t i = 0; i < v.size(); ++i) a(from + static_cast<std::int64_t>(i), j) -= tau * dot * v[i];
    }
  }
  void right(DenseOf<T>& a, std::int64_t from, std::int64_t first) const {
    if (tau == 0) return;
    for (std::int64_t i = first; i < a.rows; ++i) {
      T dot = 0;
      for (std::size_t j = 0; j < v.size(); ++j) dot += v[j] * a(i, from + static_cast<std::int64_t>(j));
      for (std::size_t j = 0; j < v.size(); ++j) a(i, from + static_cast<std::int64_t>(j)) -= tau * dot * v[j];
    }
  }
};
using Reflection = ReflectionOf<double>;

template <class T>
std::vector<T> column_part(const DenseOf<T>& a, std::int64_t j, std::int64_t from) {
  std::vector<T> out;
  for (std::int64_t i = from; i < a.rows; ++i) out.push_back(a(i, j));
  return out;
}
std::vector<double> row_part(const Dense& a, std::int64_t i, std::int64_t from) {
  std::vector<double> out;
  for (std::int64_t j = from; j < a.columns; ++j) out.push_back(a(i, j));
  return out;
}

/// c and s with (c s; -s c) (f, g) = (r, 0).
struct Rotation {
  double c = 1, s = 0, r;
  Rotation(double f, double g) : r(f) {
    if (g == 0) return;
    if (f == 0) {
      c = 0;
      s = std::copysign(1.0, g);
      r = std::fabs(g);
      return;
    }
    const double d = std::sqrt(f * f + g * g);
    c = std::fabs(f) / d;
    r = std::copysign(d, f);
    s = g / r;
  }
};

void rotate_columns(Dense& a, std::int64_t i, std::int64_t j, double c, double s) {
  for (std::int64_t k = 0; k < a.rows; ++k) {
    const double x = a(k, i), y = a(k, j);
    a(k, i) = c * x + s * y;
    a(k, j) = c * y - s * x;
  }
}
void rotate_rows(Dense& a, std::int64_t i, std::int64_t j, double c, double s) {
  for (std::int64_t k = 0; k < a.columns; ++k) {
    const double x = a(i, k), y = a(j, k);
    a(i, k) = c * x + s * y;
    a(j, k) = c * y - s * x;
  }
}

/// Eigenvalues and the vector (c, s) of the first for (a b; b c), |rt1| >= |rt2|.
void symmetric_pair(double a, double b, double c, double& rt1, double& rt2, double& cs, double& sn) {
  const double sum = a + c, difference = a - c, twice = b + b, rt = std::hypot(difference, twice);
  const double larger = std::fabs(a) > std::fabs(c) ? a : c, smaller = std::fabs(a) > std::fabs(c) ? c : a;
  int sign1 = 1;
  if (sum < 0) {
    rt1 = 0.5 * (sum - rt);
    sign1 = -1;
    rt2 = (larger / rt1) * smaller - (b / rt1) * b;
  } else if (sum > 0) {
    rt1 = 0.5 * (sum + rt);
    rt2 = (larger / rt1) * smaller - (b / rt1) * b;
  } else {
    rt1 = 0.5 * rt;
    rt2 = -0.5 * rt;
  }
  const int sign2 = difference >= 0 ? 1 : -1;
  const double x = difference >= 0 ? difference + rt : difference - rt;
  if (std::fabs(x) > std::fabs(twice)) {
    const double t = -twice / x;
    sn = 1 / std::sqrt(1 + t * t);
    cs = t * sn;
  } else if (twice == 0) {
    cs = 1;
    sn = 0;
  } else {
    const double t = -x / twice;
    cs = 1 / std::sqrt(1 + t * t);
    sn = t * cs;
  }
  if (sign1 == sign2) {
    const double t = cs;
    cs = -sn;
    sn = t;
  }
}

/// The implicit QL (or, from the other end, QR) method on a symmetric matrix of three diagonals; z collects the rotations.
bool iterate_symmetric(std::vector<double>& d, std::vector<double>& e, Dense& z) {
  const auto n = static_cast<std::int64_t>(d.size());
  std::int64_t budget = n * 30, begin = 0;
  while (begin < n) {
    if (begin > 0) e[begin - 1] = 0;
    std::int64_t m = begin;
    for (; m + 1 < n; ++m) {
      const double size = std::fabs(e[m]);
      if (size == 0) break;
      if (size <= std::sqrt(std::fabs(d[m])) * std::sqrt(std::fabs(d[m + 1])) * kEps) {
        e[m] = 0;
        break;
      }
    }
    std::int64_t l = begin, end = m;
    begin = m + 1;
    if (end == l) continue;
    if (std::fabs(d[end]) < std::fabs(d[l])) std::swap(l, end);
    const bool down = end > l;  // QL works downwards, QR upwards
    const std::int64_t step = down ? 1 : -1;
    const auto between = [&](std::int64_t i) { return down ? i : i - 1; };  // e beside d[i], towards end
    while (down ? l <= end : l >= end) {
      for (m = l; m != end; m += step) {
        const double size = e[between(m)] * e[between(m)];
        if (size <= (kEps * kEps * std::fabs(d[m])) * std::fabs(d[m + step]) + kTiny) break;
      }
      if (m != end) e[between(m)] = 0;
      if (m == l) {
        l += step;
        continue;
      }
      if (m == l + step) {
        double rt1, rt2, c, s;
        const std::int64_t low = std::min(l, m);
        symmetric_pair(d[low], e[low], d[low + 1], rt1, rt2, c, s);
        rotate_columns(z, low, low + 1, c, s);
        d[low] = rt1;
        d[low + 1] = rt2;
        e[low] = 0;
        l += 2 * step;
        continue;
      }
      if (budget-- == 0) return false;
      double p = d[l], g = (d[l + step] - p) / (2 * e[between(l)]), r = std::hypot(g, 1.0);
      g = d[m] - p + e[between(l)] / (g + std::copysign(r, g));
      double s = 1, c = 1;
      p = 0;
      for (std::int64_t i = m - step; down ? i >= l : i <= l; i -= step) {
        const double f = s * e[between(i)], b = c * e[between(i)];
        const Rotation turn(g, f);
        c = turn.c;
        s = turn.s;
        if (i != m - step) e[between(i + step)] = turn.r;
        g = d[i + step] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + step] = g + p;
        g = c * r - b;
        if (down) rotate_columns(z, i, i + 1, c, -s);
        else rotate_columns(z, i - 1, i, c, s);
      }
      d[l] -= p;
      e[between(l)] = g;
    }
  }
  return true;
}

/// The smaller and the larger singular value of (f g; 0 h).
void triangle_values(double f, double g, double h, double& least, double& most) {
  const double fa = std::fabs(f), ga = std::fabs(g), ha = std::fabs(h), low = std::min(fa, ha), high = std::max(fa, ha);
  if (low == 0) {
    least = 0;
    most = high == 0 ? ga : std::hypot(high, ga);
    return;
  }
  if (ga < high) {
    const double as = 1 + low / high, at = (high - low) / high, au = (ga / high) * (ga / high), c = 2 / (std::sqrt(as * as + au) + std::sqrt(at * at + au));
    least = low * c;
    most = high / c;
    return;
  }
  const double au = high / ga;
  if (au == 0) {
    least = (low * high) / ga;
    most = ga;
    return;
  }
  const double as = 1 + low / high, at = (high - low) / high;
  const double c = 1 / (std::sqrt(1 + (as * au) * (as * au)) + std::sqrt(1 + (at * au) * (at * au)));
  least = 2 * (low * c) * au;
  most = ga / (c + c);
}

/// Singular values with sign and both rotations of (f g; 0 h): (cl sl; -sl cl) (f g; 0 h) (cr -sr; sr cr) = diag(most, least).
void triangle_pair(double f, double g, double h, double& least, double& most, double& sr, double& cr, double& sl, double& cl) {
  double ft = f, fa = std::fabs(f), ht = h, ha = std::fabs(h);
  int pmax = 1;
  const bool swapped = ha > fa;
  if (swapped) {
    pmax = 3;
    std::swap(ft, ht);
    std::swap(fa, ha);
  }
  const double gt = g, ga = std::fabs(gt);
  double clt, crt, slt, srt;
  if (ga == 0) {
    least = ha;
    most = fa;
    clt = crt = 1;
    slt = srt = 0;
  } else {
    bool small = true;
    if (ga > fa) {
      pmax = 2;
      if (fa / ga < kEps) {
        small = false;
        most = ga;
        least = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
        clt = 1;
        slt = ht / gt;
        srt = 1;
        crt = ft / gt;
      }
    }
    if (small) {
      const double d = fa - ha, l0 = d == fa ? 1 : d / fa, m = gt / ft, t0 = 2 - l0, mm = m * m, tt = t0 * t0, s = std::sqrt(tt + mm);
      const double r = l0 == 0 ? std::fabs(m) : std::sqrt(l0 * l0 + mm), a = 0.5 * (s + r);
      least = ha / a;
      most = fa * a;
      double t;
      if (mm == 0) t = l0 == 0 ? std::copysign(2.0, ft) * std::copysign(1.0, gt) : gt / std::copysign(d, ft) + m / t0;
      else t = (m / (s + t0) + m / (r + l0)) * (1 + a);
      const double l = std::sqrt(t * t + 4);
      crt = 2 / l;
      srt = t / l;
      clt = (crt + srt * m) / a;
      slt = (ht / ft) * srt / a;
    }
  }
  if (swapped) {
    cl = srt;
    sl = crt;
    cr = slt;
    sr = clt;
  } else {
    cl = clt;
    sl = slt;
    cr = crt;
    sr = srt;
  }
  double sign = 1;
  if (pmax == 1) sign = std::copysign(1.0, cr) * std::copysign(1.0, cl) * std::copysign(1.0, f);
  if (pmax == 2) sign = std::copysign(1.0, sr) * std::copysign(1.0, cl) * std::copysign(1.0, g);
  if (pmax == 3) sign = std::copysign(1.0, sr) * std::copysign(1.0, sl) * std::copysign(1.0, h);
  most = std::copysign(most, sign);
  least = std::copysign(least, sign * std::copysign(1.0, f) * std::copysign(1.0, h));
}

/// Demmel and Kahan's QR iteration on an upper matrix of two diagonals; u and vt collect the rotations.
bool iterate_bidiagonal(std::vector<double>& d, std::vector<double>& e, Dense& u, Dense& vt) {
  const auto n = static_cast<std::int64_t>(d.size());
  const double tolerance = std::max(10.0, std::min(100.0, std::pow(kEps, -0.125))) * kEps;
  double least = n ? std::fabs(d[0]) : 0;
  double mu = least;
  for (std::int64_t i = 1; i < n && least != 0; ++i) {
    mu = std::fabs(d[i]) * (mu / (mu + std::fabs(e[i - 1])));
    least = std::min(least, mu);
  }
  const double threshold = std::max(tolerance * least / std::sqrt(static_cast<double>(std::max<std::int64_t>(n, 1))), 6.0 * static_cast<double>(n * n) * kTiny);
  std::int64_t budget = 6 * n * n + 30, old_low = -1, old_high = -1, m = n - 1, direction = 0;
  while (m > 0) {
    if (budget-- == 0) return false;
    double most = std::fabs(d[m]);
    std::int64_t low = m - 1;
    bool split = false;
    for (; low >= 0; --low) {
      const double size = std::fabs(e[low]);
      if (size <= threshold) {
        e[low] = 0;
        split = true;
        break;
      }
      most = std::max({most, std::fabs(d[low]), size});
    }
    if (split && low == m - 1) {
      --m;
      continue;
    }
    ++low;
    if (low == m - 1) {
      double smaller, larger, sr, cr, sl, cl;
      triangle_pair(d[m - 1], e[m - 1], d[m], smaller, larger, sr, cr, sl, cl);
      d[m - 1] = larger;
      e[m - 1] = 0;
      d[m] = smaller;
      rotate_rows(vt, m - 1, m, cr, sr);
      rotate_columns(u, m - 1, m, cl, sl);
      m -= 2;
      continue;
    }
    if (low > old_high || m < old_low) direction = std::fabs(d[low]) >= std::fabs(d[m]) ? 1 : 2;
    // Is something beside the diagonal small enough already?
    bool again = false;
    double smin = 0;
    if (direction == 1) {
      if (std::fabs(e[m - 1]) <= tolerance * std::fabs(d[m])) {
        e[m - 1] = 0;
        continue;
      }
      mu = smin = std::fabs(d[low]);
      for (std::int64_t i = low; i < m && !again; ++i) {
        if (std::fabs(e[i]) <= tolerance * mu) {
          e[i] = 0;
          again = true;
          break;
        }
        mu = std::fabs(d[i + 1]) * (mu / (mu + std::fabs(e[i])));
        smin = std::min(smin, mu);
      }
    } else {
      if (std::fabs(e[low]) <= tolerance * std::fabs(d[low])) {
        e[low] = 0;
        continue;
      }
      mu = smin = std::fabs(d[m]);
      for (std::int64_t i = m - 1; i >= low && !again; --i) {
        if (std::fabs(e[i]) <= tolerance * mu) {
          e[i] = 0;
          again = true;
          break;
        }
        mu = std::fabs(d[i]) * (mu / (mu + std::fabs(e[i])));
        smin = std::min(smin, mu);
      }
    }
    if (again) continue;
    old_low = low;
    old_high = m;
    double shift = 0;
    if (static_cast<double>(n) * tolerance * (smin / most) > std::max(kEps, 0.01 * tolerance)) {
      double r;
      const double edge = std::fabs(direction == 1 ? d[low] : d[m]);
      if (direction == 1) triangle_values(d[m - 1], e[m - 1], d[m], shift, r);
      else triangle_values(d[low], e[low], d[low + 1], shift, r);
      if (edge > 0 && (shift / edge) * (shift / edge) < kEps) shift = 0;
    }
    if (shift == 0) {
      double c = 1, old_c = 1, s = 0, old_s = 0;
      if (direction == 1) {
        for (std::int64_t i = low; i < m; ++i) {
          const Rotation first(d[i] * c, e[i]);
          c = first.c;
          s = first.s;
          if (i > low) e[i - 1] = old_s * first.r;
          const Rotation second(old_c * first.r, d[i + 1] * s);
          old_c = second.c;
          old_s = second.s;
          d[i] = second.r;
          rotate_rows(vt, i, i + 1, c, s);
          rotate_columns(u, i, i + 1, old_c, old_s);
        }
        const double h = d[m] * c;
        d[m] = h * old_c;
        e[m - 1] = h * old_s;
        if (std::fabs(e[m - 1]) <= threshold) e[m - 1] = 0;
      } else {
        for (std::int64_t i = m; i > low; --i) {
          const Rotation first(d[i] * c, e[i - 1]);
          c = first.c;
          s = first.s;
          if (i < m) e[i] = old_s * first.r;
          const Rotation second(old_c * first.r, d[i - 1] * s);
          old_c = second.c;
          old_s = second.s;
          d[i] = second.r;
          rotate_rows(vt, i - 1, i, old_c, -old_s);
          rotate_columns(u, i - 1, i, c, -s);
        }
        const double h = d[low] * c;
        d[low] = h * old_c;
        e[low] = h * old_s;
        if (std::fabs(e[low]) <= threshold) e[low] = 0;
      }
      continue;
    }
    if (direction == 1) {
      double f = (std::fabs(d[low]) - shift) * (std::copysign(1.0, d[low]) + shift / d[low]), g = e[low];
      for (std::int64_t i = low; i < m; ++i) {
        const Rotation right(f, g);
        if (i > low) e[i - 1] = right.r;
        f = right.c * d[i] + right.s * e[i];
        e[i] = right.c * e[i] - right.s * d[i];
        g = right.s * d[i + 1];
        d[i + 1] *= right.c;
        const Rotation left(f, g);
        d[i] = left.r;
        f = left.c * e[i] + left.s * d[i + 1];
        d[i + 1] = left.c * d[i + 1] - left.s * e[i];
        if (i + 1 < m) {
          g = left.s * e[i + 1];
          e[i + 1] *= left.c;
        }
        rotate_rows(vt, i, i + 1, right.c, right.s);
        rotate_columns(u, i, i + 1, left.c, left.s);
      }
      e[m - 1] = f;
      if (std::fabs(e[m - 1]) <= threshold) e[m - 1] = 0;
    } else {
      double f = (std::fabs(d[m]) - shift) * (std::copysign(1.0, d[m]) + shift / d[m]), g = e[m - 1];
      for (std::int64_t i = m; i > low; --i) {
        const Rotation right(f, g);
        if (i < m) e[i] = right.r;
        f = right.c * d[i] + right.s * e[i - 1];
        e[i - 1] = right.c * e[i - 1] - right.s * d[i];
        g = right.s * d[i - 1];
        d[i - 1] *= right.c;
        const Rotation left(f, g);
        d[i] = left.r;
        f = left.c * e[i - 1] + left.s * d[i - 1];
        d[i - 1] = left.c * d[i - 1] - left.s * e[i - 1];
        if (i > low + 1) {
          g = left.s * e[i - 2];
          e[i - 2] *= left.c;
        }
        rotate_rows(vt, i - 1, i, left.c, -left.s);
        rotate_columns(u, i - 1, i, right.c, -right.s);
      }
      e[low] = f;
      if (std::fabs(e[low]) <= threshold) e[low] = 0;
    }
  }
  // No negative values; the largest first.
  for (std::int64_t i = 0; i < n; ++i) {
    if (d[i] >= 0) continue;
    d[i] = -d[i];
    for (std::int64_t k = 0; k < vt.columns; ++k) vt(i, k) = -vt(i, k);
  }
  for (std::int64_t last = n - 1; last > 0; --last) {
    std::int64_t smallest = 0;
    for (std::int64_t i = 1; i <= last; ++i) {
      if (d[i] <= d[smallest]) smallest = i;
    }
    if (smallest == last) continue;
    std::swap(d[smallest], d[last]);
    for (std::int64_t k = 0; k < vt.columns; ++k) std::swap(vt(smallest, k), vt(last, k));
    for (std::int64_t k = 0; k < u.rows; ++k) std::swap(u(k, smallest), u(k, last));
  }
  return true;
}

/// product(reflections in order) applied to the columns of z, whose row count may be larger.
void apply_all(const std::vector<Reflection>& reflections, Dense& z, std::int64_t offset) {
  for (auto i = static_cast<std::int64_t>(reflections.size()); i-- > 0;) reflections[i].left(z, i + offset, 0);
}

/// z in the upper left corner of a larger matrix, ones on the diagonal behind it.
Dense padded(const Dense& z, std::int64_t rows, std::int64_t columns) {
  Dense out(rows, columns);
  for (std::int64_t i = 0; i < z.rows; ++i) {
    for (std::int64_t j = 0; j < z.columns; ++j) out(i, j) = z(i, j);
  }
  for (std::int64_t i = z.rows; i < std::min(rows, columns); ++i) out(i, i) = 1;
  return out;
}

/// The tall case: at least as many rows as columns.
bool factor_tall(Dense a, Dense& u, std::vector<double>& values, Dense& vt, bool full) {
  const std::int64_t m = a.rows, n = a.columns;
  // Much taller ones are first brought to a square triangle.
  if (n > 0 && m >= static_cast<std::int64_t>(static_cast<double>(n) * 11.0 / 6.0)) {
    const Dense q = factor_qr(a, full ? m : n);
    Dense square(n, n);
    for (std::int64_t i = 0; i < n; ++i) {
      for (std::int64_t j = i; j < n; ++j) square(i, j) = a(i, j);
    }
    if (m > n) {
      Dense inner(0, 0);
      if (!factor_tall(square, inner, values, vt, false)) return false;
      const Dense wide = padded(inner, q.columns, q.columns);
      u = Dense(m, q.columns);
      for (std::int64_t i = 0; i < m; ++i) {
        for (std::int64_t k = 0; k < q.columns; ++k) {
          for (std::int64_t j = 0; j < q.columns; ++j) u(i, j) += q(i, k) * wide(k, j);
        }
      }
      return true;
    }
  }
  std::vector<double> e;
  std::vector<Reflection> left, right;
  values.clear();
  for (std::int64_t i = 0; i < n; ++i) {
    left.emplace_back(column_part(a, i, i));
    left.back().left(a, i, i + 1);
    values.push_back(left.back().beta);
    if (i + 1 >= n) continue;
    right.emplace_back(row_part(a, i, i + 1));
    right.back().right(a, i + 1, i + 1);
    e.push_back(right.back().beta);
  }
  u = Dense::identity(n);
  vt = Dense::identity(n);
  if (n == 1) {
    if (values[0] < 0) u(0, 0) = -1, values[0] = -values[0];
  } else if (!iterate_bidiagonal(values, e, u, vt)) {
    return false;
  }
  u = padded(u, m, full ? m : n);
  apply_all(left, u, 0);
  Dense v = vt.transposed();
  apply_all(right, v, 1);
  vt = v.transposed();
  return true;
}

/// The wide case, which is not simply the tall one of the transpose: its two diagonals lie below, and are turned up first.
bool factor_wide(Dense a, Dense& u, std::vector<double>& values, Dense& vt, bool full) {
  const std::int64_t m = a.rows, n = a.columns;
  if (m > 0 && n >= static_cast<std::int64_t>(static_cast<double>(m) * 11.0 / 6.0)) {
    Dense turned = a.transposed();
    const Dense q = factor_qr(turned, full ? n : m);
    Dense square(m, m);
    for (std::int64_t i = 0; i < m; ++i) {
      for (std::int64_t j = 0; j <= i; ++j) square(i, j) = turned(j, i);
    }
    Dense inner(0, 0);
    if (!factor_tall(square, u, values, inner, false)) return false;
    const Dense wide = padded(inner, q.columns, q.columns);
    vt = Dense(q.columns, n);
    for (std::int64_t i = 0; i < q.columns; ++i) {
      for (std::int64_t k = 0; k < q.columns; ++k) {
        for (std::int64_t j = 0; j < n; ++j) vt(i, j) += wide(i, k) * q(j, k);
      }
    }
    return true;
  }
  std::vector<double> e;
  std::vector<Reflection> left, right;
  values.clear();
  for (std::int64_t i = 0; i < m; ++i) {
    right.emplace_back(row_part(a, i, i));
    right.back().right(a, i, i + 1);
    values.push_back(right.back().beta);
    if (i + 1 >= m) continue;
    left.emplace_back(column_part(a, i, i + 1));
    left.back().left(a, i + 1, i + 1);
    e.push_back(left.back().beta);
  }
  u = Dense::identity(m);
  vt = Dense::identity(m);
  if (m == 1) {
    if (values[0] < 0) u(0, 0) = -1, values[0] = -values[0];
  } else {
    for (std::int64_t i = 0; i + 1 < m; ++i) {
      const Rotation turn(values[i], e[i]);
      values[i] = turn.r;
      e[i] = turn.s * values[i + 1];
      values[i + 1] *= turn.c;
      rotate_columns(u, i, i + 1, turn.c, turn.s);
    }
    if (!iterate_bidiagonal(values, e, u, vt)) return false;
  }
  apply_all(left, u, 1);
  Dense v = padded(vt.transposed(), n, full ? n : m);
  apply_all(right, v, 0);
  vt = v.transposed();
  return true;
}

}  // namespace

template <class T>
DenseOf<T> DenseOf<T>::identity(std::int64_t n) {
  DenseOf out(n, n);
  for (std::int64_t i = 0; i < n; ++i) out(i, i) = 1;
  return out;
}
template <class T>
DenseOf<T> DenseOf<T>::transposed() const {
  DenseOf out(columns, rows);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j) out(j, i) = (*this)(i, j);
  }
  return out;
}
template struct DenseOf<double>;

template <class T>
DenseOf<T> factor_qr(DenseOf<T>& a, std::int64_t q_columns) {
  std::vector<ReflectionOf<T>> reflections;
  for (std::int64_t i = 0; i < std::min(a.rows, a.columns); ++i) {
    reflections.emplace_back(column_part(a, i, i));
    reflections.back().left(a, i, i + 1);
    a(i, i) = reflections.back().beta;
    for (std::int64_t k = i + 1; k < a.rows; ++k) a(k, i) = 0;
  }
  // Column by column from the last, so that zeros have LAPACK's signs too.
  DenseOf<T> q(a.rows, q_columns);
  for (std::int64_t i = 0; i < std::min(a.rows, q_columns); ++i) q(i, i) = 1;
  for (auto i = static_cast<std::int64_t>(reflections.size()); i-- > 0;) {
    const ReflectionOf<T>& one = reflections[i];
    one.left(q, i, i + 1);
    q(i, i) = 1 - one.tau;
    for (std::int64_t k = i + 1; k < a.rows; ++k) q(k, i) = -one.tau * one.v[k - i];
  }
  return q;
}
template DenseOf<float> factor_qr(DenseOf<float>& a, std::int64_t q_columns);
template DenseOf<double> factor_qr(DenseOf<double>& a, std::int64_t q_columns);

bool factor_symmetric(Dense& a, std::vector<double>& values) {
  const std::int64_t n = a.rows;
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = i + 1; j < n; ++j) a(i, j) = a(j, i);
  }
  std::vector<double> e;
  std::vector<Reflection> reflections;
  values.clear();
  for (std::int64_t i = 0; i < n; ++i) {
    values.push_back(a(i, i));
    if (i + 1 >= n) break;
    reflections.emplace_back(column_part(a, i, i + 1));
    e.push_back(reflections.back().beta);
    reflections.back().left(a, i + 1, i + 1);
    reflections.back().right(a, i + 1, i + 1);
    values.back() = a(i, i);
  }
  Dense z = Dense::identity(n);
  if (!iterate_symmetric(values, e, z)) return false;
  for (std::int64_t i = 0; i + 1 < n; ++i) {
    std::int64_t least = i;
    for (std::int64_t j = i + 1; j < n; ++j) {
      if (values[j] < values[least]) least = j;
    }
    if (least == i) continue;
    std::swap(values[i], values[least]);
    for (std::int64_t k = 0; k < n; ++k) std::swap(z(k, i), z(k, least));
  }
  apply_all(reflections, z, 1);
  a = std::move(z);
  return true;
}

bool factor_singular(const Dense& a, Dense& u, std::vector<double>& values, Dense& vt, bool full) {
  if (std::min(a.rows, a.columns) == 0) {
    u = Dense::identity(full ? a.rows : 0);
    vt = Dense::identity(full ? a.columns : 0);
    values.clear();
    return true;
  }
  return a.rows >= a.columns ? factor_tall(a, u, values, vt, full) : factor_wide(a, u, values, vt, full);
}

}  // namespace nabla
