# Random fills that few programs ask for, from PyTorch's own stream: cauchy_, geometric_, log_normal_ (methods of Tensor) and poisson,
# binomial. Each element takes uniform numbers of 53 bits (or normal ones) in turn, as PyTorch's CPU kernels do.
import builtins as _python  # whose names torch has for itself
import math as _math
import torch as _torch


def _need(x, kernel, wanted=True):
    if not wanted or x.dtype == _torch.bool:
        raise RuntimeError(f'"{kernel}" not implemented for \'{x.type()[6:-6]}\'')


def _uniform(count, generator):
    return _torch.rand(count, dtype=_torch.float64, generator=generator)


def _fill_cauchy(self, median=0, sigma=1, *, generator=None):
    _need(self, 'cauchy_cpu', self.dtype.is_floating_point)
    u = _uniform(self.numel(), generator)
    return self.copy_((median + sigma * _torch.tan(_math.pi * (u - 0.5))).view(self.shape))


def _fill_geometric(self, p, *, generator=None):
    if not 0 < p < 1:
        raise RuntimeError(f'geometric_ expects p to be in (0, 1), but got p={p:g}')
    _need(self, 'geometric_cpu')
    u = _uniform(self.numel(), generator)
    return self.copy_(_torch.ceil(_torch.log(u) / _math.log1p(-p)).view(self.shape))


def _fill_log_normal(self, mean=1, std=2, *, generator=None):
    if not std > 0:
        raise RuntimeError(f'log_normal_ expects std > 0.0, but found std={std:g}')
    _need(self, 'log_normal_cpu', self.dtype.is_floating_point)
    # Fewer than 16 at once: larger blocks of normal numbers are drawn in another way.
    parts = [_torch.randn(_python.min(15, self.numel() - i), dtype=_torch.float64, generator=generator) for i in _python.range(0, self.numel(), 15)]
    return self.copy_(_torch.exp(_torch.cat(parts) * std + mean).view(self.shape)) if parts else self


def _draw_poisson(rate, u):
    """Source: products of uniform numbers below 10, above it Hoermann's transformed rejection (1993)."""
    if rate < 0:
        raise RuntimeError('invalid Poisson rate, expected rate to be non-negative')
    if rate == 0:
        return 0
    if rate < 10:
        least, product, count = _math.exp(-rate), 1.0, 0
        while True:
            product *= u()
            if product <= least:
                return count
            count += 1
    b = 0.931 + 2.53 * _math.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    while True:
        first, v = u() - 0.5, u()
        us = 0.5 - _python.abs(first)
        k = _math.floor((2 * a / us + b) * first + rate + 0.43) if us else -1
        if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if _math.log(v) + _math.log(inverse_alpha) - _math.log(a / (us * us) + b) <= -rate + k * _math.log(rate) - _math.lgamma(k + 1):
            return k


class Poisson(_torch.autograd.Function):
    """The gradient of a draw by its rate is zero."""
    _suffix = 'Backward0'

    @staticmethod
    def forward(ctx, input, generator):
        def u():
            return _uniform(1, generator).item()
        return _torch.tensor([_draw_poisson(rate, u) for rate in input.reshape(-1).tolist()], dtype=input.dtype).view(input.shape).clone()

    @staticmethod
    def backward(ctx, g):
        return _torch.zeros_like(g), None


_Poisson = Poisson  # named for its node
del Poisson


def poisson(input, generator=None):
    if not isinstance(input, _torch.Tensor):
        raise TypeError(f"poisson(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
    _need(input, 'poisson_cpu', input.dtype.is_floating_point)
    return _Poisson.apply(input, generator)


def _stirling_tail(k):
    """ln k! less Stirling's formula."""
    tails = (0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
             0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287)
    if k <= 9:
        return tails[_python.int(k)]
    square = (k + 1) * (k + 1)
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1)


def _draw_binomial(count, p, u):
    """Source: Hoermann's BTRS (1993) where 10 are expected or more, else gaps between successes."""
    if count <= 0 or p <= 0:
        return 0
    if p >= 1:
        return count
    if p > 0.5:
        return count - _draw_binomial(count, 1 - p, u)
    if count * p < 10:
        total, found = 0, 0
        while True:
            total += _math.ceil(_math.log(u()) / _math.log1p(-p))
            if total > count:
                return found
            found += 1
    deviation = _math.sqrt(count * p * (1 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    r, m = p / (1 - p), _math.floor((count + 1) * p)
    while True:
        first, v = u() - 0.5, u()
        us = 0.5 - _python.abs(first)
        k = _math.floor((2 * a / us + b) * first + count * p + 0.5) if us else -1
        if k < 0 or k > count:
            continue
        if us >= 0.07 and v <= 0.92 - 4.2 / b:
            return k
        most = ((m + 0.5) * _math.log((m + 1) / (r * (count - m + 1))) + (count + 1) * _math.log((count - m + 1) / (count - k + 1))
                + (k + 0.5) * _math.log(r * (count - k + 1) / (k + 1))
                + _stirling_tail(m) + _stirling_tail(count - m) - _stirling_tail(k) - _stirling_tail(count - k))
        if _math.log(v * (2.83 + 5.1 / b) * deviation / (a / (us * us) + b)) <= most:
            return k


def binomial(count, prob, generator=None):
    """A draw for each pair; the arguments are broadcast."""
    if count.dtype != prob.dtype:
        raise RuntimeError(f'Found dtype {prob.type()[6:-6]} but expected {count.type()[6:-6]}')
    _need(count, 'binomial_cpu', count.dtype.is_floating_point)
    counts, probs = _torch.broadcast_tensors(count.detach(), prob.detach())

    def u():
        return _uniform(1, generator).item()
    drawn = [_draw_binomial(n, p, u) for n, p in zip(counts.reshape(-1).tolist(), probs.reshape(-1).tolist())]
    return _torch.tensor(drawn, dtype=count.dtype).view(counts.shape)


for _name in ('cauchy_', 'geometric_', 'log_normal_'):
    setattr(_torch.Tensor, _name, globals()['_fill_' + _name[:-1]])
