# numpy.random: RandomState and the functions that draw from the one behind the module. The stream itself is C++ (_Stream), the rarer
# distributions are in numpy_distributions.py.
import numpy as np


def _count(size):
    if size is None:
        return (), 1
    shape = np._size(size)
    n = 1
    for i in shape:
        n *= i
    return shape, n


class _Draws:
    """What RandomState and Generator draw alike, each from its own stream."""

    def random(self, size=None):
        return self._plain(self._stream.uniform(_count(size)[1]), size)

    def _plain(self, draws, size):
        return draws[0].item() if size is None else draws.reshape(_count(size)[0])

    def standard_normal(self, size=None):
        return self._plain(self._stream.normal(_count(size)[1]), size)

    def _sized(self, size, *parameters):
        parameters = [np.asarray(p, float) for p in parameters]
        if size is None and np._any([p.ndim for p in parameters]):
            size = np._broadcast(parameters).shape
        return size, [p if p.ndim else p.item() for p in parameters]

    def normal(self, loc=0.0, scale=1.0, size=None):
        size, (loc, scale) = self._sized(size, loc, scale)
        if np.any(np.asarray(scale) < 0):
            raise ValueError('scale < 0')
        return loc + scale * self.standard_normal(size)

    def uniform(self, low=0.0, high=1.0, size=None):
        size, (low, high) = self._sized(size, low, high)
        return low + (high - low) * self.random(size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        draws = np.exp(self.normal(mean, sigma, size))
        return draws if size is not None else draws.item()

    def logistic(self, loc=0.0, scale=1.0, size=None):
        u = np.asarray(self.random(size))
        draws = loc + scale * np.log(u / (1.0 - u))
        return draws if size is not None else draws.item()

    def shuffle(self, x):
        for i in range(len(x) - 1, 0, -1):
            j = self._stream.interval(i)
            if isinstance(x, np.ndarray) and x.ndim > 1:
                x[[i, j]] = x[[j, i]]
            else:
                x[i], x[j] = x[j], x[i]

    def permutation(self, x):
        if not hasattr(x, '__len__'):
            order = np.arange(x)
            self.shuffle(order)
            return order
        x = np.asarray(x)
        order = np.arange(len(x))
        self.shuffle(order)
        return x[order]

    def choice(self, a, size=None, replace=True, p=None):
        if size is None and isinstance(a, (list, tuple)) and a and all(isinstance(one, str) for one in a):
            return a[int(self.choice(len(a), None, replace, p))]
        a = np.asarray(a)
        if a.ndim > 1:
            raise ValueError('a must be 1-dimensional')
        count = int(a) if a.ndim == 0 else len(a)
        if count <= 0:
            raise ValueError('a must be greater than 0 unless no samples are taken' if a.ndim == 0 else "'a' cannot be empty unless no samples are taken")
        shape, n = _count(size)
        if p is not None:
            p = np.array(p, float)
            if len(p) != count:
                raise ValueError("'a' and 'p' must have same size")
            if np.any(p < 0):
                raise ValueError('probabilities are not non-negative')
            if abs(p.sum() - 1) > 1.5e-8:
                raise ValueError('probabilities do not sum to 1')
        if replace:
            if p is None:
                picked = self._integers(0, count, size)
            else:
                cdf = p.cumsum()
                cdf /= cdf[-1]
                picked = np.searchsorted(cdf, self.random(size), 'right')
        else:
            if n > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            if p is None:
                picked = self._several(count, n)
            else:
                if np.count_nonzero(p > 0) < n:
                    raise ValueError('Fewer non-zero entries in p than size')
                picked = np.array([], int)
                while len(picked) < n:
                    x = self.random(n - len(picked))
                    p[picked] = 0
                    cdf = np.cumsum(p)
                    cdf /= cdf[-1]
                    new = cdf.searchsorted(x, 'right')
                    first = np.sort(np.unique(new, return_index=True)[1])
                    picked = np.concatenate([picked, new[first]])
            picked = picked[0] if size is None else picked.reshape(shape)
        return picked if a.ndim == 0 else a[picked]

class RandomState(_LegacyDistributions, _Draws):
    __module__ = 'numpy.random.mtrand'

    def __init__(self, seed=None):
        self._stream = _Stream()
        if seed is not None:
            self.seed(seed)

    def __repr__(self):
        return 'RandomState(MT19937)'

    def seed(self, seed=None):
        self._stream.seed(67280421310721 % 2 ** 32 if seed is None else seed)

    def random_sample(self, size=None):
        return self.random(size)

    def rand(self, *size):
        return self.random(size or None)

    def randn(self, *size):
        return self.standard_normal(size or None)

    def exponential(self, scale=1.0, size=None):
        size, (scale,) = self._sized(size, scale)
        draws = -np.log(1.0 - np.asarray(self.random(size)))
        return scale * (draws if size is not None else draws.item())

    def randint(self, low, high=None, size=None, dtype=int):
        if high is None:
            low, high = 0, low
        low, high = int(low), int(high)
        if low >= high:
            raise ValueError('low >= high' if low else 'high <= 0')
        draws = self._stream.integers(low, high - 1, _count(size)[1])
        if size is None:
            return int(draws[0]) if dtype is int else draws.astype(dtype)[0]
        return draws.reshape(_count(size)[0]).astype(dtype)

    def random_integers(self, low, high=None, size=None):
        return self.randint(1, low + 1, size) if high is None else self.randint(low, high + 1, size)

    def _integers(self, low, high, size):
        return self.randint(low, high, size)

    def _several(self, count, n):
        return self.permutation(count)[:n]

    def multivariate_normal(self, mean, cov, size=None, check_valid='warn', tol=1e-8):
        mean, cov = np.asarray(mean, float), np.asarray(cov, float)
        if mean.ndim != 1:
            raise ValueError('mean must be 1 dimensional')
        if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
            raise ValueError('cov must be 2 dimensional and square')
        if mean.shape[0] != cov.shape[0]:
            raise ValueError('mean and cov must have same length')
        shape = _count(size)[0] + mean.shape
        x = self.standard_normal(shape).reshape(-1, mean.shape[0])
        u, s, v = np.linalg.svd(cov)
        return (np.dot(x, np.sqrt(s)[:, None] * v) + mean).reshape(shape)


class Generator(_Distributions, _Draws):
    __module__ = 'numpy.random._generator'

    def __init__(self, seed=None):
        self._stream = _Pcg()
        self._stream.seed(0 if seed is None else seed)

    def __repr__(self):
        return f'Generator(PCG64) at 0x{id(self):X}'

    def __str__(self):
        return 'Generator(PCG64)'

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        low, high = (0, int(low)) if high is None else (int(low), int(high))
        if low >= high + endpoint:
            raise ValueError('low > high' if endpoint else 'low >= high' if low else 'high <= 0')
        draws = self._stream.integers(low, high - 1 + endpoint, _count(size)[1]).astype(dtype)
        return draws[0] if size is None else draws.reshape(_count(size)[0])

    def _integers(self, low, high, size):
        return self.integers(low, high, size)

    def _several(self, count, n):
        if count > 10000 and n > count // 50:
            order = list(range(count))
            for i in range(count - 1, max(count - n, 1) - 1, -1):
                j = self._stream.below(i)
                order[i], order[j] = order[j], order[i]
            return np.array(order[count - n:])
        seen, order = set(), []  # Floyd's way
        for j in range(count - n, count):
            i = self._stream.below(j)
            order.append(j if i in seen else i)
            seen.add(order[-1])
        for i in range(n - 1, 0, -1):
            j = self._stream.below(i)
            order[i], order[j] = order[j], order[i]
        return np.array(order, int)


def default_rng(seed=None):
    return seed if isinstance(seed, Generator) else Generator(seed)


_state = RandomState()
for _name in ('seed random_sample random rand randn standard_normal normal uniform exponential lognormal logistic randint random_integers shuffle '
              'permutation choice multivariate_normal binomial poisson geometric multinomial laplace gumbel triangular standard_exponential standard_gamma '
              'gamma beta chisquare standard_t dirichlet').split():
    globals()[_name] = getattr(_state, _name)
ranf = sample = random_sample
