# torch.linalg: factors and solutions that few programs ask for.
import torch as _torch


def _named(name, *fields):
    return _torch._other_spellings._named(name, *fields)


def _need_matrix(A, name):
    if A.dim() < 2:
        raise RuntimeError(f'{name}: Expected tensor with 2 or more dimensions. Got size: {list(A.shape)} instead')


def _eliminate(A):
    """Gauss with partial pivoting: the factors in one matrix, and the row that each step swapped with (from 1), of one matrix without a graph."""
    LU = A.detach().clone()
    pivots = []
    for k in range(min(LU.shape)):
        at = k + int(LU[k:, k].abs().argmax())
        pivots.append(at + 1)
        if at != k:
            LU[[k, at]] = LU[[at, k]]
        if LU[k, k] != 0:
            LU[k + 1:, k] *= 1 / LU[k, k]
            LU[k + 1:, k + 1:] -= LU[k + 1:, k:k + 1] * LU[k, k + 1:]
    return LU, pivots


def _order(pivots, rows):
    """Row i of P^T A is row order[i] of A."""
    order = list(range(rows))
    for k, at in enumerate(pivots):
        order[k], order[at - 1] = order[at - 1], order[k]
    return order


def _permutation(pivots, rows, dtype):
    P = _torch.zeros(rows, rows, dtype=dtype)
    P[_torch.tensor(_order(pivots, rows)), _torch.arange(rows)] = 1
    return P


def _each(A, work):
    """`work` on each matrix of a batch, its results stacked."""
    if A.dim() == 2:
        return work(A)
    results = [work(one) for one in A.reshape(-1, *A.shape[-2:])]
    return tuple([_torch.stack(part).reshape(A.shape[:-2] + part[0].shape) for part in zip(*results)])


def _parts(LU):
    m, n = LU.shape[-2:]
    k = min(m, n)
    L = LU[..., :, :k].tril(-1) + _torch.eye(m, k, dtype=LU.dtype)
    return L, LU[..., :k, :].triu()


def _factor_gradient(P, L, U, gL, gU):
    """Source: for A = P L U, square: P L^-T (tril(L^T gL, -1) + triu(gU U^T)) U^-T."""
    inner = (L.mT @ gL).tril(-1) + (gU @ U.mT).triu()
    left = _torch.linalg.solve_triangular(L.mT, inner, upper=True, unitriangular=True)
    return P @ _torch.linalg.solve_triangular(U.mT, left, upper=False, left=False)


def _need_square(sizes):
    if sizes[-1] != sizes[-2]:
        raise NotImplementedError('the gradient of torch.linalg.lu of a matrix that is not square is not part of nabla yet')


class LinalgLu(_torch.autograd.Function):
    _suffix = 'Backward0'

    @staticmethod
    def forward(ctx, A):
        def one(matrix):
            LU, pivots = _eliminate(matrix)
            return (_permutation(pivots, matrix.size(-2), matrix.dtype), *_parts(LU))
        P, L, U = _each(A, one)
        ctx.mark_non_differentiable(P)
        ctx.save_for_backward(P, L, U)
        return P, L, U

    @staticmethod
    def backward(ctx, gP, gL, gU):
        P, L, U = ctx.saved_tensors
        _need_square(U.shape)
        return _factor_gradient(P, L, U, gL, gU)


class LinalgLuFactorEx(_torch.autograd.Function):
    _suffix = 'Backward0'

    @staticmethod
    def forward(ctx, A):
        def one(matrix):
            LU, pivots = _eliminate(matrix)
            return LU, _torch.tensor(pivots, dtype=_torch.int32)
        LU, pivots = _each(A, one)
        ctx.mark_non_differentiable(pivots)
        ctx.save_for_backward(LU, pivots)
        return LU, pivots

    @staticmethod
    def backward(ctx, g, _):
        LU, pivots = ctx.saved_tensors
        _need_square(LU.shape)
        P, L, U = _unpack(LU, pivots)
        return _factor_gradient(P, L, U, g.tril(-1), g.triu())


_LinalgLu, _LinalgLuFactorEx = LinalgLu, LinalgLuFactorEx  # named for their nodes
del LinalgLu, LinalgLuFactorEx


def _unpack(LU, pivots):
    L, U = _parts(LU)
    rows = LU.size(-2)
    if LU.dim() == 2:
        return _permutation(pivots.tolist(), rows, LU.dtype), L, U
    P = [_permutation(one, rows, LU.dtype) for one in pivots.reshape(-1, pivots.size(-1)).tolist()]
    return _torch.stack(P).reshape(LU.shape[:-2] + (rows, rows)), L, U


def _need_pivots(pivot, name):
    if not pivot:
        raise RuntimeError(f'{name}: LU without pivoting is not implemented on the CPU')


def lu(A, *, pivot=True, out=None):
    """A = P L U."""
    _need_matrix(A, 'linalg.lu')
    _need_pivots(pivot, 'linalg.lu_factor')
    return _named('linalg_lu', 'P', 'L', 'U')(*_LinalgLu.apply(A))


def lu_factor_ex(A, *, pivot=True, check_errors=False, out=None):
    _need_matrix(A, 'torch.linalg.lu_factor')
    _need_pivots(pivot, 'linalg.lu_factor')
    LU, pivots = _LinalgLuFactorEx.apply(A)
    zero = LU.detach().diagonal(dim1=-2, dim2=-1) == 0
    info = _torch.where(zero.any(-1), zero.to(_torch.int32).argmax(-1) + 1, 0).to(_torch.int32)
    if check_errors and info.any():
        raise RuntimeError(_zero_pivot(info))
    return _named('linalg_lu_factor_ex', 'LU', 'pivots', 'info')(LU, pivots, info)


def _zero_pivot(info):
    at = int(info.max())
    return (f'torch.linalg.lu_factor: U[{at},{at}] is zero and using it on lu_solve would result in a division by zero. If you still want to perform the '
            'factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)')


def lu_factor(A, *, pivot=True, out=None):
    return _named('linalg_lu_factor', 'LU', 'pivots')(*lu_factor_ex(A, pivot=pivot, check_errors=True)[:2])


def lu_solve(LU, pivots, B, *, left=True, adjoint=False, out=None):
    """X with A X = B (or X A = B, or A^T X = B), where LU and pivots are what lu_factor(A) gave. Made of triangular solutions."""
    P, L, U = _unpack(LU, pivots)
    solve = _torch.linalg.solve_triangular
    if not left:
        return lu_solve(LU, pivots, B.mT, left=True, adjoint=not adjoint).mT
    if adjoint:
        return P @ solve(L.mT, solve(U.mT, B, upper=False), upper=True, unitriangular=True)
    return solve(U, solve(L, P.mT @ B, upper=False, unitriangular=True), upper=True)


def cholesky_ex(A, *, upper=False, check_errors=False, out=None):
    """The factor, and 0 or the order of the leading minor that is not positive-definite."""
    made = _named('linalg_cholesky_ex', 'L', 'info')
    try:
        return made(_torch.linalg.cholesky(A, upper=upper), _torch.zeros(A.shape[:-2], dtype=_torch.int32))
    except LinAlgError as error:
        if check_errors:
            raise LinAlgError(str(error).replace('linalg.cholesky:', 'linalg.cholesky_ex:'))
        if A.dim() > 2:
            raise NotImplementedError('torch.linalg.cholesky_ex of a batch in which a matrix is not positive-definite is not part of nabla yet')
        k = 1
        while True:
            try:
                _torch.linalg.cholesky(A.detach()[:k, :k])
            except LinAlgError:
                break
            k += 1
        return made(A.detach().triu() if upper else A.detach().tril(), _torch.tensor(k, dtype=_torch.int32))


def solve_ex(A, B, *, left=True, check_errors=False, out=None):
    return _named('linalg_solve_ex', 'result', 'info')(_torch.linalg.solve(A, B, left=left), _torch.zeros(A.shape[:-2], dtype=_torch.int32))


def _product(sizes):
    result = 1
    for size in sizes:
        result *= size
    return result


def _need_halves(A, at, spelled):
    first, last = _product(A.shape[:at]), _product(A.shape[at:])
    if first != last:
        raise RuntimeError(f'Expected self to satisfy the requirement prod(self.shape[{spelled}:]) == prod(self.shape[:{spelled}]), but got {last} != {first}')
    return first


def tensorinv(A, ind=2, *, out=None):
    """The inverse of A as a map from its last dimensions to its first `ind`."""
    if ind <= 0:
        raise RuntimeError(f"Expected a strictly positive integer for 'ind', but got {ind}")
    size = _need_halves(A, ind, 'ind')
    return _torch.linalg.inv(A.reshape(size, size)).reshape(A.shape[ind:] + A.shape[:ind])


def tensorsolve(A, B, dims=None, *, out=None):
    """X with tensordot(A, X, X.dim()) = B."""
    if dims is not None:
        A = A.movedim(tuple(dims), tuple(range(A.dim() - len(dims), A.dim())))
    size = _need_halves(A, B.dim(), 'other.ndim')
    return _torch.linalg.solve(A.reshape(size, size), B.reshape(size)).reshape(A.shape[B.dim():])


def _reflectors(A):
    """Householder's reflectors of one matrix as LAPACK keeps them: R above, below it the vectors (whose first element is 1), and the factor of each."""
    A = A.detach().clone()
    tau = A.new_zeros(min(A.shape))
    for k in range(len(tau)):
        alpha, rest = A[k, k].clone(), A[k + 1:, k]
        norm = rest.norm()
        if norm != 0:
            beta = -_torch.copysign(_torch.hypot(alpha, norm), alpha)
            tau[k] = (beta - alpha) / beta
            rest /= alpha - beta
            A[k, k] = 1
            A[k:, k + 1:] -= tau[k] * A[k:, k:k + 1] * (A[k:, k] @ A[k:, k + 1:])
            A[k, k] = beta
    return A, tau


def _geqrf(input):
    _need_matrix(input, 'torch.geqrf')
    return _named('geqrf', 'a', 'tau')(*_each(input, _reflectors))


def householder_product(A, tau):
    """The first columns of the product of the reflectors in A."""
    _need_matrix(A, 'torch.linalg.householder_product')
    m, n = A.shape[-2:]
    if m < n:
        raise RuntimeError('torch.linalg.householder_product: input.shape[-2] must be greater than or equal to input.shape[-1]')
    if n < tau.shape[-1]:
        raise RuntimeError('torch.linalg.householder_product: input.shape[-1] must be greater than or equal to tau.shape[-1]')
    Q = _torch.eye(m, n, dtype=A.dtype).expand(A.shape)
    V = A.tril(-1) + _torch.eye(m, n, dtype=A.dtype)
    for k in reversed(range(tau.shape[-1])):
        v = V[..., k:k + 1]
        Q = Q - tau[..., k, None, None] * v @ (v.mT @ Q)
    return Q
