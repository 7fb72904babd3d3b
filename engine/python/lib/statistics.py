# The module `statistics`, over exact fractions where CPython's is exact: sums are of integer ratios and rounded once.
import math as _math
import random as _random
from collections import Counter as _Counter

class StatisticsError(ValueError):
    pass

def _exact(data):
    total, scale, count, real = 0, 1, 0, False
    for x in data:
        count += 1
        if isinstance(x, float):
            real = True
            if not _math.isfinite(x):
                return None, None, len(list(data)) + count, True
        n, d = x.as_integer_ratio()
        if d == scale:
            total += n
        else:
            total, scale = total * d + n * scale, scale * d
            if scale > 1 << 2200:
                g = _math.gcd(total, scale)
                total, scale = total // g, scale // g
    return total, scale, count, real

def _out(n, d, real):
    if not real and n % d == 0:
        return n // d
    return n / d

def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError("mean requires at least one data point")
    n, d, count, real = _exact(data)
    if n is None:
        return sum(data) / len(data)
    return _out(n, d * count, real)

def fmean(data, weights=None):
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError("fmean requires at least one data point")
        return _math.fsum(data) / len(data)
    weights = list(weights)
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    total = _math.fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return _math.fsum(x * w for x, w in zip(data, weights)) / total

def geometric_mean(data):
    data = list(data)
    try:
        return _math.exp(fmean(map(_math.log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None

def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    weights = [1] * len(data) if weights is None else list(weights)
    if any(x < 0 for x in data):
        raise StatisticsError("harmonic mean does not support negative values")
    if any(x == 0 for x in data):
        return 0
    n, d, count, real = _exact([w / x for x, w in zip(data, weights)])
    return _out(sum(weights) * d, n, True)

def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2
def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]
def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]

def mode(data):
    pairs = _Counter(iter(data)).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]
def multimode(data):
    counts = _Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]

def _squares(data, center):
    n, d, count, real = _exact(data)
    if center is not None:
        cn, cd = center.as_integer_ratio()
    else:
        cn, cd = n, d * count
    total, scale = 0, 1
    for x in data:
        xn, xd = x.as_integer_ratio()
        top, bottom = (xn * cd - cn * xd) ** 2, (xd * cd) ** 2
        if bottom == scale:
            total += top
        else:
            total, scale = total * bottom + top * scale, scale * bottom
            g = _math.gcd(total, scale)
            total, scale = total // g, scale // g
    return total, scale, count, real

def _spread(data, center, name, least, drop):
    data = list(data)
    if len(data) < least:
        raise StatisticsError(f"{name} requires at least {'two data points' if least == 2 else 'one data point'}")
    n, d, count, real = _squares(data, center)
    return n, d * (count - drop), real
def variance(data, xbar=None):
    return _out(*_spread(data, xbar, "variance", 2, 1))
def pvariance(data, mu=None):
    return _out(*_spread(data, mu, "pvariance", 1, 0))

def _root(n, d):
    if n == 0:
        return 0.0
    # An integer root with 64 bits and more, its last bit set when something is cut off: then one correct rounding.
    shift = max(0, 110 - (n.bit_length() - d.bit_length()) // 2 * 2)
    shift += shift % 2
    top = n << 2 * shift
    quotient, rest = divmod(top, d)
    root = _math.isqrt(quotient)
    if root * root != quotient or rest:
        root = root << 1 | 1
    else:
        root = root << 1
    return root / (1 << shift + 1)
def stdev(data, xbar=None):
    n, d, real = _spread(data, xbar, "stdev", 2, 1)
    return _root(n, d)
def pstdev(data, mu=None):
    n, d, real = _spread(data, mu, "pstdev", 1, 0)
    return _root(n, d)

def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    result = []
    if method == "inclusive":
        m = size - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == "exclusive":
        m = size + 1
        for i in range(1, n):
            j = i * m // n
            j = 1 if j < 1 else size - 1 if j > size - 1 else j
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f"Unknown method: {method!r}")

def _count_of_pairs(name, x, y):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError(f"{name} requires at least two data points")
    return n
def covariance(x, y, /):
    n = _count_of_pairs("covariance", x, y)
    xbar, ybar = _math.fsum(x) / n, _math.fsum(y) / n
    return _math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)) / (n - 1)
def correlation(x, y, /):
    n = _count_of_pairs("correlation", x, y)
    xbar, ybar = _math.fsum(x) / n, _math.fsum(y) / n
    sxy = _math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y))
    sxx = _math.fsum((d := xi - xbar) * d for xi in x)
    syy = _math.fsum((d := yi - ybar) * d for yi in y)
    try:
        return sxy / _math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")

class _LinearRegression(tuple):
    def __new__(cls, slope, intercept):
        return super().__new__(cls, (slope, intercept))
    slope = property(lambda self: self[0])
    intercept = property(lambda self: self[1])
    def __repr__(self):
        return f"LinearRegression(slope={self[0]!r}, intercept={self[1]!r})"
def linear_regression(x, y, /, *, proportional=False):
    n = _count_of_pairs("linear regression", x, y)
    if proportional:
        sxy, sxx = _math.fsum(xi * yi for xi, yi in zip(x, y)), _math.fsum(xi * xi for xi in x)
    else:
        xbar, ybar = _math.fsum(x) / n, _math.fsum(y) / n
        sxy = _math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y))
        sxx = _math.fsum((d := xi - xbar) * d for xi in x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    return _LinearRegression(slope, 0.0 if proportional else ybar - slope * xbar)

class NormalDist:
    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)
    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))
    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)
    def samples(self, n, *, seed=None):
        gauss = _random.gauss if seed is None else _random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]
    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        diff = x - self._mu
        return _math.exp(diff * diff / (-2.0 * variance)) / _math.sqrt(_math.tau * variance)
    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + _math.erf((x - self._mu) / (self._sigma * _math.sqrt(2.0))))
    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma
    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)
    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * _math.fabs(other))
    __radd__, __rmul__ = __add__, __mul__
    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma
    def __hash__(self):
        return hash((self._mu, self._sigma))
    def __repr__(self):
        return f"NormalDist(mu={self._mu!r}, sigma={self._sigma!r})"

def median_grouped(data, interval=1):
    """The median of data that stand for intervals around them, by interpolation."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    x = data[len(data) // 2]
    below = sum([1 for one in data if one < x])
    same = sum([1 for one in data if one == x])
    return float(x) - interval / 2 + interval * (len(data) / 2 - below) / same
