# numpy.random: distributions that are drawn from uniform numbers one by one, in the order of numpy's own, so that a seed gives the same draws.
import math
import numpy as np


class _Distributions:
    """Needs of the class that has it: random(), standard_normal(), _sized()."""

    def _each(self, draw, size, *parameters):
        size, parameters = self._sized(size, *parameters)
        if size is None:
            return draw(*parameters)
        shape, n = (size, 0) if isinstance(size, tuple) else ((size,), 0)
        columns = [np.broadcast_to(p, shape).ravel() for p in parameters]
        return np.array([draw(*row) for row in zip(*[c.tolist() for c in columns])]).reshape(shape)

    def binomial(self, n, p, size=None):
        if np.any(np.asarray(n) < 0):
            raise ValueError('n < 0')
        if np.any((np.asarray(p) < 0) | (np.asarray(p) > 1)):
            raise ValueError('p < 0, p > 1 or p is NaN')
        return self._each(self._binomial, size, n, p)

    def _binomial(self, n, p):
        n = int(n)
        if n == 0 or p == 0:
            return 0
        if p > 0.5:
            return n - self._binomial(n, 1.0 - p)
        return self._by_inversion(n, p) if p * n <= 30.0 else self._by_btpe(n, p)

    def _by_inversion(self, n, p):
        q = 1.0 - p
        none = math.exp(n * math.log1p(-p))
        bound = min(n, n * p + 10.0 * math.sqrt(n * p * q + 1))
        x, px, u = 0, none, self.random()
        while u > px:
            x += 1
            if x > int(bound):
                x, px, u = 0, none, self.random()
            else:
                u -= px
                px = (n - x + 1) * p * px / (x * q)
        return x

    def _by_btpe(self, n, r):
        """Kachitvichyanukul and Schmeiser, Binomial random variate generation, 1988: a triangle, two sides, two exponential tails."""
        q = 1.0 - r
        fm = n * r + r
        m = math.floor(fm)
        p1 = math.floor(2.195 * math.sqrt(n * r * q) - 4.6 * q) + 0.5
        xm = m + 0.5
        xl, xr = xm - p1, xm + p1
        c = 0.134 + 20.5 / (15.3 + m)
        a = (fm - xl) / (fm - xl * r)
        left = a * (1.0 + a / 2.0)
        a = (xr - fm) / (xr * q)
        right = a * (1.0 + a / 2.0)
        p2 = p1 * (1.0 + 2.0 * c)
        p3 = p2 + c / left
        p4 = p3 + c / right
        nrq = n * r * q
        while True:
            u, v = self.random() * p4, self.random()
            if u <= p1:
                return math.floor(xm - p1 * v + u)
            if u <= p2:
                x = xl + (u - p1) / c
                v = v * c + 1.0 - abs(m - x + 0.5) / p1
                if v > 1.0:
                    continue
                y = math.floor(x)
            elif v == 0.0:
                continue
            elif u <= p3:
                y = math.floor(xl + math.log(v) / left)
                if y < 0:
                    continue
                v = v * (u - p2) * left
            else:
                y = math.floor(xr - math.log(v) / right)
                if y > n:
                    continue
                v = v * (u - p3) * right
            k = abs(y - m)
            if k <= 20 or k >= nrq / 2.0 - 1:
                s = r / q
                a = s * (n + 1)
                f = 1.0
                for i in range(m + 1, y + 1):
                    f *= a / i - s
                for i in range(y + 1, m + 1):
                    f /= a / i - s
                if v <= f:
                    return y
                continue
            rho = (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5)
            t = -k * k / (2.0 * nrq)
            log_v = math.log(v)
            if log_v < t - rho:
                return y
            if log_v > t + rho:
                continue
            x1, f1, z, w = y + 1, m + 1, n + 1 - m, n - y + 1
            bound = xm * math.log(f1 / x1) + (n - m + 0.5) * math.log(z / w) + (y - m) * math.log(w * r / (x1 * q))
            for one in (f1, z, x1, w):
                square = one * one
                bound += (13680. - (462. - (132. - (99. - 140. / square) / square) / square) / square) / one / 166320.
            if log_v <= bound:
                return y

    def poisson(self, lam=1.0, size=None):
        if np.any(np.asarray(lam) < 0):
            raise ValueError('lam < 0 or lam is NaN')
        return self._each(self._poisson, size, lam)

    def _poisson(self, lam):
        if lam < 10:
            least, count, product = math.exp(-lam), 0, 1.0
            while lam:
                product *= self.random()
                if product <= least:
                    break
                count += 1
            return count
        # Hörmann, The transformed rejection method for generating Poisson random variables, 1993
        b = 0.931 + 2.53 * math.sqrt(lam)
        a = -0.059 + 0.02483 * b
        inverse = 1.1239 + 1.1328 / (b - 3.4)
        ratio = 0.9277 - 3.6224 / (b - 2)
        while True:
            u, v = self.random() - 0.5, self.random()
            us = 0.5 - abs(u)
            k = math.floor((2 * a / us + b) * u + lam + 0.43)
            if us >= 0.07 and v <= ratio:
                return k
            if k < 0 or (us < 0.013 and v > us):
                continue
            if math.log(v) + math.log(inverse) - math.log(a / (us * us) + b) <= -lam + k * math.log(lam) - math.lgamma(k + 1):
                return k

    def geometric(self, p, size=None):
        if np.any((np.asarray(p) <= 0) | (np.asarray(p) > 1)):
            raise ValueError('p <= 0, p > 1 or p contains NaNs')
        return self._each(self._geometric, size, p)

    def _geometric(self, p):
        if p < 0.333333333333333333333333:
            return math.ceil(math.log1p(-self.random()) / math.log(1.0 - p))
        count, total, each, u = 1, p, p, self.random()
        while u > total:
            each *= 1.0 - p
            total += each
            count += 1
        return count

    def multinomial(self, n, pvals, size=None):
        pvals = np.asarray(pvals, float).tolist()
        if math.fsum(pvals[:-1]) > 1.0 + 1e-12:
            raise ValueError('sum(pvals[:-1]) > 1.0')
        shape = np._size(() if size is None else size) + (len(pvals),)
        rows = []
        for _ in range(math.prod(shape[:-1])):
            left, rest, row = n, 1.0, [0] * len(pvals)
            for i, p in enumerate(pvals[:-1]):
                row[i] = self._binomial(left, p / rest)
                left -= row[i]
                if left <= 0:
                    break
                rest -= p
            row[-1] += max(left, 0)
            rows.append(row)
        return np.array(rows, int).reshape(shape)

    def laplace(self, loc=0.0, scale=1.0, size=None):
        return self._each(self._laplace, size, loc, scale)

    def _laplace(self, loc, scale):
        u = self.random()
        while u == 0.0:
            u = self.random()
        return loc - scale * math.log(2.0 - u - u) if u >= 0.5 else loc + scale * math.log(u + u)

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        return self._each(lambda loc, scale: loc - scale * math.log(-math.log(1.0 - self.random())), size, loc, scale)

    def triangular(self, left, mode, right, size=None):
        return self._each(self._triangular, size, left, mode, right)

    def _triangular(self, left, mode, right):
        base, u = right - left, self.random()
        if u <= (mode - left) / base:
            return left + math.sqrt(u * (mode - left) * base)
        return right - math.sqrt((1.0 - u) * (right - mode) * base)


class _LegacyDistributions(_Distributions):
    """Those that RandomState draws otherwise than Generator."""

    def standard_exponential(self, size=None):
        return self.exponential(1.0, size)

    def standard_gamma(self, shape, size=None):
        return self._each(self._gamma, size, shape)

    def gamma(self, shape, scale=1.0, size=None):
        if np.any(np.asarray(shape) < 0):
            raise ValueError('shape < 0')
        return self._each(lambda shape, scale: scale * self._gamma(shape), size, shape, scale)

    def _gamma(self, shape):
        if shape == 1.0:
            return self.exponential()
        if shape == 0.0:
            return 0.0
        if shape < 1.0:
            while True:
                u, v = self.random(), self.exponential()
                if u <= 1.0 - shape:
                    x = u ** (1.0 / shape)
                    if x <= v:
                        return x
                else:
                    y = -math.log((1 - u) / shape)
                    x = (1.0 - shape + shape * y) ** (1.0 / shape)
                    if x <= v + y:
                        return x
        # Marsaglia and Tsang, A simple method for generating gamma variables, 2000
        b = shape - 1.0 / 3.0
        c = 1.0 / math.sqrt(9 * b)
        while True:
            x = self.standard_normal()
            v = 1.0 + c * x
            while v <= 0.0:
                x = self.standard_normal()
                v = 1.0 + c * x
            v = v * v * v
            u = self.random()
            if u < 1.0 - 0.0331 * (x * x) * (x * x) or math.log(u) < 0.5 * x * x + b * (1.0 - v + math.log(v)):
                return b * v

    def beta(self, a, b, size=None):
        if np.any(np.asarray(a) <= 0) or np.any(np.asarray(b) <= 0):
            raise ValueError('a <= 0' if np.any(np.asarray(a) <= 0) else 'b <= 0')
        return self._each(self._beta, size, a, b)

    def _beta(self, a, b):
        if a > 1.0 or b > 1.0:
            x, y = self._gamma(a), self._gamma(b)
            return x / (x + y)
        while True:  # Jöhnk's way
            u, v = self.random(), self.random()
            x, y = u ** (1.0 / a), v ** (1.0 / b)
            if x + y <= 1.0:
                if x + y > 0:
                    return x / (x + y)
                x, y = math.log(u) / a, math.log(v) / b
                top = max(x, y)
                return math.exp(x - top - math.log(math.exp(x - top) + math.exp(y - top)))

    def chisquare(self, df, size=None):
        return self._each(lambda df: 2.0 * self._gamma(df / 2.0), size, df)

    def standard_t(self, df, size=None):
        def draw(df):
            x = self.standard_normal()
            return math.sqrt(df / 2) * x / math.sqrt(self._gamma(df / 2))
        return self._each(draw, size, df)

    def dirichlet(self, alpha, size=None):
        alpha = np.asarray(alpha, float).tolist()
        shape = np._size(() if size is None else size) + (len(alpha),)
        rows = [[self._gamma(a) for a in alpha] for _ in range(math.prod(shape[:-1]))]
        return np.array([[x * (1.0 / sum(row)) for x in row] for row in rows], float).reshape(shape)
