# torch.distributions.transforms: maps that carry the values of one distribution to those of another.
import math
import numbers

import torch
import torch.nn.functional as F
from torch.distributions import constraints


class Transform:
    """y = f(x), its inverse, and the logarithm of |dy/dx|."""
    bijective = False
    domain = codomain = constraints.real

    def __init__(self, cache_size=0):
        self._cache_size = cache_size

    @property
    def event_dim(self):
        return self.domain.event_dim

    @property
    def inv(self):
        return _InverseTransform(self)

    @property
    def sign(self):
        raise NotImplementedError

    def __eq__(self, other):
        return self is other or (type(self) is type(other) and isinstance(other, Transform) and self._equals(other))

    def __ne__(self, other):
        return not self == other

    __hash__ = object.__hash__

    def _equals(self, other):
        return True

    def __call__(self, x):
        return self._call(x)

    def _call(self, x):
        raise NotImplementedError

    def _inverse(self, y):
        raise NotImplementedError

    def log_abs_det_jacobian(self, x, y):
        raise NotImplementedError

    def forward_shape(self, shape):
        return shape

    def inverse_shape(self, shape):
        return shape

    def __repr__(self):
        return type(self).__name__ + '()'


class _InverseTransform(Transform):
    def __init__(self, transform):
        super().__init__(transform._cache_size)
        self._inv = transform

    inv = property(lambda self: self._inv)
    domain = property(lambda self: self._inv.codomain)
    codomain = property(lambda self: self._inv.domain)
    bijective = property(lambda self: self._inv.bijective)
    sign = property(lambda self: self._inv.sign)

    def _equals(self, other):
        return self._inv == other._inv

    def __call__(self, x):
        return self._inv._inverse(x)

    def log_abs_det_jacobian(self, x, y):
        return -self._inv.log_abs_det_jacobian(y, x)

    def forward_shape(self, shape):
        return self._inv.inverse_shape(shape)

    def inverse_shape(self, shape):
        return self._inv.forward_shape(shape)

    def __repr__(self):
        return f'_InverseTransform({self._inv!r})'


class ComposeTransform(Transform):
    """One after the other, the first first."""

    def __init__(self, parts, cache_size=0):
        super().__init__(cache_size)
        self.parts = parts

    domain = property(lambda self: self.parts[0].domain if self.parts else constraints.real)
    codomain = property(lambda self: self.parts[-1].codomain if self.parts else constraints.real)
    bijective = property(lambda self: all(part.bijective for part in self.parts))
    inv = property(lambda self: ComposeTransform([part.inv for part in reversed(self.parts)]))

    @property
    def sign(self):
        return math.prod(part.sign for part in self.parts)

    def _equals(self, other):
        return self.parts == other.parts

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def log_abs_det_jacobian(self, x, y):
        if not self.parts:
            return torch.zeros_like(x)
        total = 0
        for part in self.parts:
            total, x = total + part.log_abs_det_jacobian(x, part(x)), part(x)
        return total

    def forward_shape(self, shape):
        for part in self.parts:
            shape = part.forward_shape(shape)
        return shape

    def inverse_shape(self, shape):
        for part in reversed(self.parts):
            shape = part.inverse_shape(shape)
        return shape

    def __repr__(self):
        return 'ComposeTransform(\n    ' + ',\n    '.join(repr(part) for part in self.parts) + '\n)'


identity_transform = ComposeTransform([])


class AffineTransform(Transform):
    bijective = True

    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        super().__init__(cache_size)
        self.loc, self.scale, self._event_dim = loc, scale, event_dim

    event_dim = property(lambda self: self._event_dim)

    @property
    def domain(self):
        return constraints.independent(constraints.real, self._event_dim) if self._event_dim else constraints.real

    codomain = domain

    def _equals(self, other):
        return all(bool((torch.as_tensor(a) == torch.as_tensor(b)).all()) for a, b in ((self.loc, other.loc), (self.scale, other.scale)))

    @property
    def sign(self):
        if isinstance(self.scale, numbers.Real):
            return 1 if float(self.scale) > 0 else -1 if float(self.scale) < 0 else 0
        return self.scale.sign()

    def _call(self, x):
        return self.loc + self.scale * x

    def _inverse(self, y):
        return (y - self.loc) / self.scale

    def log_abs_det_jacobian(self, x, y):
        scale = self.scale
        result = torch.full_like(x, math.log(abs(scale))) if isinstance(scale, numbers.Real) else torch.abs(scale).log()
        if self._event_dim:
            result = result.view(result.size()[:-self._event_dim] + (-1,)).sum(-1)
        kept = x.shape[:-self._event_dim] if self._event_dim else x.shape
        return result.expand(kept)

    def _shape(self, shape):
        return torch.broadcast_shapes(shape, *[getattr(value, 'shape', ()) for value in (self.loc, self.scale)])

    forward_shape = inverse_shape = _shape


class ExpTransform(Transform):
    bijective, codomain, sign = True, constraints.positive, 1

    def _call(self, x):
        return x.exp()

    def _inverse(self, y):
        return y.log()

    def log_abs_det_jacobian(self, x, y):
        return x


class PowerTransform(Transform):
    bijective, domain, codomain, sign = True, constraints.positive, constraints.positive, 1

    def __init__(self, exponent, cache_size=0):
        super().__init__(cache_size)
        self.exponent = torch.as_tensor(exponent, dtype=torch.get_default_dtype()) if isinstance(exponent, (int, float)) else exponent

    def _equals(self, other):
        return bool(self.exponent.eq(other.exponent).all())

    def _call(self, x):
        return x.pow(self.exponent)

    def _inverse(self, y):
        return y.pow(1 / self.exponent)

    def log_abs_det_jacobian(self, x, y):
        return (self.exponent * y / x).abs().log()


def _inside(x):
    numbers_of = torch.finfo(x.dtype)
    return torch.clamp(x, min=numbers_of.tiny, max=1. - numbers_of.eps)


class SigmoidTransform(Transform):
    bijective, codomain, sign = True, constraints.unit_interval, 1

    def _call(self, x):
        return _inside(torch.sigmoid(x))

    def _inverse(self, y):
        y = _inside(y)
        return y.log() - (-y).log1p()

    def log_abs_det_jacobian(self, x, y):
        return -F.softplus(-x) - F.softplus(x)


class SoftplusTransform(Transform):
    bijective, codomain, sign = True, constraints.positive, 1

    def _call(self, x):
        return F.softplus(x)

    def _inverse(self, y):
        return (-y).expm1().neg().log() + y

    def log_abs_det_jacobian(self, x, y):
        return -F.softplus(-x)


class TanhTransform(Transform):
    bijective, codomain, sign = True, constraints.interval(-1.0, 1.0), 1

    def _call(self, x):
        return x.tanh()

    def _inverse(self, y):
        return torch.atanh(y)

    def log_abs_det_jacobian(self, x, y):
        return 2. * (math.log(2.) - x - F.softplus(-2. * x))


class AbsTransform(Transform):
    codomain = constraints.positive

    def _call(self, x):
        return x.abs()

    def _inverse(self, y):
        return y


class IndependentTransform(Transform):
    def __init__(self, base_transform, reinterpreted_batch_ndims, cache_size=0):
        super().__init__(cache_size)
        self.base_transform, self.reinterpreted_batch_ndims = base_transform, reinterpreted_batch_ndims

    domain = property(lambda self: constraints.independent(self.base_transform.domain, self.reinterpreted_batch_ndims))
    codomain = property(lambda self: constraints.independent(self.base_transform.codomain, self.reinterpreted_batch_ndims))
    bijective = property(lambda self: self.base_transform.bijective)
    sign = property(lambda self: self.base_transform.sign)

    def _need_dims(self, x):
        if x.dim() < self.domain.event_dim:
            raise ValueError('Too few dimensions on input')
        return x

    def _call(self, x):
        return self.base_transform(self._need_dims(x))

    def _inverse(self, y):
        return self.base_transform.inv(self._need_dims(y))

    def log_abs_det_jacobian(self, x, y):
        return self.base_transform.log_abs_det_jacobian(x, y).sum(tuple(range(-self.reinterpreted_batch_ndims, 0)))

    def forward_shape(self, shape):
        return self.base_transform.forward_shape(shape)

    def inverse_shape(self, shape):
        return self.base_transform.inverse_shape(shape)

    def __repr__(self):
        return f'IndependentTransform({self.base_transform!r}, {self.reinterpreted_batch_ndims})'


class ReshapeTransform(Transform):
    bijective = True

    def __init__(self, in_shape, out_shape, cache_size=0):
        self.in_shape, self.out_shape = torch.Size(in_shape), torch.Size(out_shape)
        if self.in_shape.numel() != self.out_shape.numel():
            raise ValueError('in_shape, out_shape have different numbers of elements')
        super().__init__(cache_size)

    domain = property(lambda self: constraints.independent(constraints.real, len(self.in_shape)))
    codomain = property(lambda self: constraints.independent(constraints.real, len(self.out_shape)))

    def _shape(self, shape, before, after):
        if len(shape) < len(before):
            raise ValueError('Too few dimensions on input')
        cut = len(shape) - len(before)
        if shape[cut:] != before:
            raise ValueError(f'Shape mismatch: expected {shape[cut:]} but got {before}')
        return shape[:cut] + after

    def forward_shape(self, shape):
        return self._shape(shape, self.in_shape, self.out_shape)

    def inverse_shape(self, shape):
        return self._shape(shape, self.out_shape, self.in_shape)

    def _call(self, x):
        return x.reshape(x.shape[:x.dim() - len(self.in_shape)] + self.out_shape)

    def _inverse(self, y):
        return y.reshape(y.shape[:y.dim() - len(self.out_shape)] + self.in_shape)

    def log_abs_det_jacobian(self, x, y):
        return x.new_zeros(x.shape[:x.dim() - len(self.in_shape)])


def _need_vector(shape):
    if len(shape) < 1:
        raise ValueError('Too few dimensions on input')
    return shape


class SoftmaxTransform(Transform):
    domain, codomain = constraints.real_vector, constraints.simplex

    def _call(self, x):
        probs = (x - x.max(-1, True)[0]).exp()
        return probs / probs.sum(-1, True)

    def _inverse(self, y):
        return y.log()

    forward_shape = inverse_shape = lambda self, shape: _need_vector(shape)


class StickBreakingTransform(Transform):
    """Each number tells which part of what is left of a stick is broken off; the last part is the rest."""
    bijective, domain, codomain = True, constraints.real_vector, constraints.simplex

    def _call(self, x):
        z = _inside(torch.sigmoid(x - self._offset(x).log()))
        return F.pad(z, [0, 1], value=1) * F.pad((1 - z).cumprod(-1), [1, 0], value=1)

    def _inverse(self, y):
        part = y[..., :-1]
        left = torch.clamp(1 - part.cumsum(-1), min=torch.finfo(y.dtype).tiny)
        return part.log() - left.log() + self._offset(part).log()

    def _offset(self, x):
        return x.shape[-1] + 1 - x.new_ones(x.shape[-1]).cumsum(-1)

    def log_abs_det_jacobian(self, x, y):
        x = x - self._offset(x).log()
        return (-x + F.logsigmoid(x) + y[..., :-1].log()).sum(-1)

    def forward_shape(self, shape):
        return _need_vector(shape)[:-1] + (shape[-1] + 1,)

    def inverse_shape(self, shape):
        return _need_vector(shape)[:-1] + (shape[-1] - 1,)


class LowerCholeskyTransform(Transform):
    domain, codomain = constraints.independent(constraints.real, 2), constraints.lower_cholesky

    def _call(self, x):
        return x.tril(-1) + x.diagonal(dim1=-2, dim2=-1).exp().diag_embed()

    def _inverse(self, y):
        return y.tril(-1) + y.diagonal(dim1=-2, dim2=-1).log().diag_embed()


def _below(matrix, diagonal):
    rows, columns = torch.tril_indices(matrix.shape[-1], matrix.shape[-1], diagonal)
    return matrix[..., rows, columns]


class CorrCholeskyTransform(Transform):
    bijective, domain, codomain = True, constraints.real_vector, constraints.corr_cholesky

    def _call(self, x):
        eps = torch.finfo(x.dtype).eps
        x = torch.tanh(x).clamp(min=-1 + eps, max=1 - eps)
        n = int((1 + (1 + 8 * x.shape[-1]) ** 0.5) / 2)
        if n * (n - 1) // 2 != x.shape[-1]:
            raise ValueError(f'The size of last dimension is {x.shape[-1]} which cannot be expressed as the lower triangular part of a square D x D matrix.')
        rows, columns = torch.tril_indices(n, n, -1)
        r = x.new_zeros(x.shape[:-1] + (n, n)).index_put((..., rows, columns) if x.dim() > 1 else (rows, columns), x)
        root = (1 - r ** 2).sqrt().cumprod(-1)
        return (r + torch.eye(n, dtype=r.dtype)) * F.pad(root[..., :-1], [1, 0], value=1)

    def _inverse(self, y):
        left = F.pad((1 - torch.cumsum(y * y, dim=-1))[..., :-1], [1, 0], value=1)
        t = _below(y, -1) / _below(left, -1).sqrt()
        return ((1 + t) / (1 - t)).log() / 2

    def log_abs_det_jacobian(self, x, y):
        stick = 0.5 * _below(1 - (y * y).cumsum(dim=-1), -2).log().sum(-1)
        return stick + -2 * (x + F.softplus(-2 * x) - math.log(2.)).sum(dim=-1)

    def forward_shape(self, shape):
        n = _need_vector(shape)[-1]
        side = round((0.25 + 2 * n) ** 0.5 + 0.5)
        if side * (side - 1) // 2 != n:
            raise ValueError('Input is not a flattend lower-diagonal number')
        return shape[:-1] + (side, side)

    def inverse_shape(self, shape):
        if len(shape) < 2:
            raise ValueError('Too few dimensions on input')
        if shape[-2] != shape[-1]:
            raise ValueError('Input is not square')
        return shape[:-2] + (shape[-1] * (shape[-1] - 1) // 2,)
