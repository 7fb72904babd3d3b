# numpy.linalg over torch.linalg.
import math

import torch
from numpy import _call, _promote, _plain_shape, array, asarray, broadcast_to, exp, eye, floating, issubdtype, sqrt, sum, transpose


class LinAlgError(Exception):
    __module__ = 'numpy.linalg'


def _matrix(a, square=True):
    a = asarray(a)
    if a.ndim < 2:
        raise LinAlgError(f'{a.ndim}-dimensional array given. Array must be at least two-dimensional')
    if square and a.shape[-1] != a.shape[-2]:
        raise LinAlgError('Last 2 dimensions of the array must be square')
    return a if issubdtype(a.dtype, floating) else a.astype(float)


def _try(words, function, *args):
    try:
        return _call(function, *args)
    except RuntimeError:
        raise LinAlgError(words) from None


# LAPACK is given the matrix itself here; PyTorch gives it the transposed one, which leaves other last digits.

def _solved(a, b):
    if a.dtype == torch.float32:
        return torch.linalg.solve(a, b)
    factors, pivots, info = torch.linalg.lu_factor_ex(a)
    if info.any():
        raise RuntimeError
    vector = b.dim() == a.dim() - 1
    x = torch.linalg.lu_solve(factors, pivots, b.unsqueeze(-1) if vector else b)
    return x.squeeze(-1) if vector else x


def inv(a):
    a = _matrix(a)
    return _try('Singular matrix', _solved, a, broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape))


def solve(a, b):
    a, b = _matrix(a), asarray(b)
    if b.shape[-2 if b.ndim > 1 else -1] != a.shape[-1]:
        core = '(m,m),(m,n)->(m,n)' if b.ndim > 1 else '(m,m),(m)->(m)'
        raise ValueError(f'solve{"" if b.ndim > 1 else "1"}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {core} (size {b.shape[0]} is different from {a.shape[-1]})')
    kind = _promote(a.dtype, b.dtype)
    return _try('Singular matrix', _solved, a.astype(kind), b.astype(kind))


def det(a):
    sign, log = slogdet(a)
    return sign * exp(log)


def slogdet(a):
    a = _matrix(a)
    if a.ndim > 2:
        signs, logs = zip(*[slogdet(one) for one in a])
        return array(signs), array(logs)
    factors, pivots, _ = _call(torch.linalg.lu_factor_ex, a)
    kind, sign, log = a.dtype.type, 1.0, 0.0
    for place, (pivot, row) in enumerate(zip(pivots, factors)):
        x = float(row[place])
        if x == 0:
            return kind(0), kind(-math.inf)
        sign *= (1 if pivot == place + 1 else -1) * (1 if x > 0 else -1)
        log = float(kind(log + float(kind(math.log(abs(x))))))
    return kind(sign), kind(log)


def eigh(a, UPLO='L'):
    return tuple(_try('Eigenvalues did not converge', torch.linalg.eigh, _matrix(a), UPLO))


def eigvalsh(a, UPLO='L'):
    return _try('Eigenvalues did not converge', torch.linalg.eigvalsh, _matrix(a), UPLO)


def _symmetric(a, name):
    a = _matrix(a)
    if not (a == transpose(a)).all():
        raise NotImplementedError(f'numpy.linalg.{name} of a matrix that is not symmetric is not part of nabla')
    return a


def eig(a):
    return eigh(_symmetric(a, 'eig'))


def eigvals(a):
    return eigvalsh(_symmetric(a, 'eigvals'))


def svd(a, full_matrices=True, compute_uv=True):
    a = _matrix(a, False)
    found = _try('SVD did not converge', torch.linalg.svd if compute_uv else torch.linalg.svdvals, *([a, full_matrices] if compute_uv else [a]))
    return tuple(found) if compute_uv else found


def qr(a, mode='reduced'):
    return tuple(_call(torch.linalg.qr, _matrix(a, False), mode))


def cholesky(a):
    return _try('Matrix is not positive definite', torch.linalg.cholesky, _matrix(a))


def pinv(a, rcond=1e-15):
    return _call(torch.linalg.pinv, _matrix(a, False), rtol=rcond)


def matrix_rank(A):
    return _try('SVD did not converge', torch.linalg.matrix_rank, _matrix(A, False))


def matrix_power(a, n):
    whole = asarray(a)
    a = _matrix(a)
    if not isinstance(n, int):
        raise TypeError('exponent must be an integer')
    a = whole if n >= 0 else inv(a)
    result = None if n else broadcast_to(eye(a.shape[-1], dtype=a.dtype), a.shape)
    for digit in bin(abs(n))[:1:-1]:
        result = result if digit == '0' or not n else a if result is None else result @ a
        a = a @ a
    return result


def cond(x, p=None):
    return _call(torch.linalg.cond, _matrix(x, False), p)


def lstsq(a, b, rcond=None):
    a, b = _matrix(a, False), asarray(b, float)
    columns = b if b.ndim > 1 else b[:, None]
    u, s, vh = svd(a, False)
    kept = s > (2.220446049250313e-16 * max(a.shape) if rcond is None or rcond == -1 else rcond) * s.max()
    rank = int(kept.sum())
    x = vh.T[:, kept] @ ((u.T @ columns)[kept] / s[kept, None])
    left = columns - a @ x
    residuals = sum(left * left, 0) if a.shape[0] > a.shape[1] == rank else array([])
    return x if b.ndim > 1 else x[:, 0], residuals, rank, s


def norm(x, ord=None, axis=None, keepdims=False):
    x = asarray(x)
    x = x if issubdtype(x.dtype, floating) else x.astype(float)
    if ord is None and axis is None:
        flat = x.ravel()
        result = sqrt(flat @ flat)
        return result.reshape((1,) * x.ndim) if keepdims else result
    if ord is None or (axis is not None and ord == 2 and not isinstance(axis, tuple)):
        return sqrt(sum(x * x, axis, keepdims=keepdims))
    if x.ndim == 1 or (axis is not None and not isinstance(axis, tuple)):
        return _call(torch.linalg.vector_norm, x, ord, axis, keepdims)
    return _call(torch.linalg.matrix_norm, x, ord, axis or (-2, -1), keepdims)


def multi_dot(arrays):
    result = arrays[0]
    for one in arrays[1:]:
        result = result @ one
    return result
