# Of several mistakes in one call, the one that PyTorch finds first. A call that failed comes to tell() (call_op in torch/call.cpp), which raises
# PyTorch's words, or returns where those of the error stand; or gives what PyTorch's function gives. Each function here checks in PyTorch's order as far as that differs from the operator's.
import torch
from torch._out_types import C_NAMES
from torch._python_functions import replay


class _Found(Exception):
    """Carries the mistake to tell out of a check; anything else that a check stumbles over means that it does not know better."""

    def __init__(self, mistake):
        self.mistake = mistake


class _Given(dict):
    """The arguments by name; None for what was left out."""
    __getattr__ = dict.get


# Operators that bring their operands' sizes together before they look for a kernel.
_SIZES_FIRST = ('bitwise', 'logaddexp', 'gcd', 'lcm', '__', 'hypot', 'nextafter', 'fmod', 'remainder', 'floor_divide', 'lerp')


def tell(operator, called, place, args, keywords, parameters, message):
    given = replay(place, called, args, keywords)
    if given is not None:
        return given
    if 'leaf Variable that requires grad is being used' in message:
        return  # is found before all that follows
    if called.endswith('_') and not called.endswith('__'):
        tell_in_place(operator, called, args, keywords, message)
    operands = args + tuple(keywords.values())
    if ' not implemented for ' in message and operator.startswith(_SIZES_FIRST) and len(operands) > 1:
        tell_sizes(*operands[:2])
    check = _CHECKS.get(operator)
    if check is None:
        return
    given = _Given(zip(parameters, args))
    given.update(keywords)
    given['called'] = called
    given['place'] = place
    given['message'] = message
    given['args'] = args
    mistake = None
    try:
        check(given)
    except _Found as found:
        mistake = found.mistake
    except Exception:
        return
    if mistake is not None:
        raise mistake


def tell_sizes(x, y):
    mistake = None
    try:
        _sizes_meet(getattr(x, 'shape', ()), getattr(y, 'shape', ()))
    except _Found as found:
        mistake = found.mistake
    if mistake is not None:
        raise mistake


# Operators in place that look at their arguments before they ask whether elements share memory.
_PRODUCTS = ('addmm', 'addbmm', 'baddbmm', 'addmv', 'addr')
_LOOKS_FIRST = ('put', 'addcdiv', 'clamp', 'exponential', 'scatter_add', 'hardtanh_', 'celu_', 'threshold', 'addmm', 'addmv', 'baddbmm', 'dropout', 'dropout2d', 'relu', 'relu_')


def tell_in_place(operator, called, args, keywords, message):
    """Of an operator in place: shapes and types are asked before the kernel."""
    x = args[0] if args else keywords.get('input')
    if not isinstance(x, torch.Tensor):
        return
    if message.startswith('unsupported operation: more than one') and operator in _LOOKS_FIRST:
        function = getattr(torch.Tensor, called, None) or getattr(torch.nn.functional, called)
        mistake = None
        try:
            function(x.detach().clone(), *args[1:], **{name: value for name, value in keywords.items() if name != 'input'})
        except Exception as error:
            if operator == 'threshold' or ' not implemented for ' not in str(error):
                mistake = error
        if mistake is not None:
            raise mistake
    if operator not in _PRODUCTS and (' not implemented for ' in message or "can't be cast" in message or message == 'ZeroDivisionError'):
        shape = x.shape
        for y in args[1:] + tuple(keywords.values()):
            if isinstance(y, torch.Tensor):
                tell_sizes(torch.empty(shape), y)
                shape = _both_sizes(shape, y.shape)
            elif not isinstance(y, (int, float)):
                return
        if list(shape) != list(x.shape):
            raise RuntimeError(f"output with shape {_listed(x.shape)} doesn't match the broadcast shape {_listed(shape)}")
        if operator.startswith('bitwise') or operator in ('gcd', 'lcm', '__lshift__', '__rshift__', 'fmod', 'remainder', 'floor_divide'):
            other = args[1] if len(args) > 1 else keywords.get('other')
            kind = x.dtype if other is None else torch.result_type(x, other)
            if not torch.can_cast(kind, x.dtype):
                raise RuntimeError(f"result type {_kind(torch.zeros((), dtype=kind))} can't be cast to the desired output type {_kind(x)}")


def _say(kind, words):
    raise _Found(kind(words))


def _need(holds, *words):
    """A check of PyTorch's C++: RuntimeError unless it holds. The last words may be a function, since they are seldom needed."""
    if not holds:
        _say(RuntimeError, ''.join([word() if callable(word) else str(word) for word in words]))


def _kind(x):
    return x.type().removeprefix('torch.').removesuffix('Tensor')


def _listed(sizes):
    return str(list(sizes))


def _sizes_meet(a, b):
    """RuntimeError where two tensors do not broadcast, the first of them named first."""
    a, b = list(a), list(b)
    for k in range(max(len(a), len(b)) - 1, -1, -1):
        i, j = k - max(0, len(b) - len(a)), k - max(0, len(a) - len(b))
        if i >= 0 and j >= 0 and a[i] != b[j] and a[i] != 1 and b[j] != 1:
            _say(RuntimeError, f'The size of tensor a ({a[i]}) must match the size of tensor b ({b[j]}) at non-singleton dimension {k}')


def _both_sizes(a, b):
    a, b = list(a), list(b)
    rank = max(len(a), len(b))
    a, b = [1] * (rank - len(a)) + a, [1] * (rank - len(b)) + b
    return [j if i == 1 else i for i, j in zip(a, b)]


def _in_range(dim, rank):
    if rank == 0:
        rank = 1
    if not -rank <= dim < rank:
        _say(IndexError, f'Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dim})')


def _of_floats(x, function):
    _need(x.is_floating_point(), f'{function}: Expected a floating point or complex tensor as input. Got ', _kind(x))


def _matrix(x, function):
    _need(x.dim() >= 2, f'{function}: The input tensor A must have at least 2 dimensions.')


def _pair(given):
    return list(given) if isinstance(given, (tuple, list)) else [given] * 2


# ---- linear algebra

def _lstsq(v):
    a, b = v.input, v.b
    _need(a.dim() >= 2, 'torch.linalg.lstsq: input must have at least 2 dimensions.')
    _need(b.dim() >= 1, 'torch.linalg.lstsq: other must have at least 1 dimension.')
    _need(a.dtype == b.dtype, f"torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype {_kind(a)} and other's dtype {_kind(b)}")
    _need(0 <= a.dim() - b.dim() <= 1, 'torch.linalg.lstsq: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1')
    vector = a.dim() > b.dim()
    _need(a.shape[-2] == b.shape[-1 if vector else -2], f'torch.linalg.lstsq: input.size(-2) should match other.size({-1 if vector else -2})')
    if not a.is_floating_point() and 'driver' not in v.message:
        _need(v.rcond is not None, "This function doesn't handle types other than float and double")
        _need(False, f'"linalg_lstsq_cpu" not implemented for \'{_kind(a)}\'')


def _svd(v):
    _matrix(v.A, 'linalg.svd')
    _of_floats(v.A, 'linalg.svd')


def _solve_triangular(v):
    a, b, left = v.input, v.B, v.left is not False
    _matrix(a, 'linalg.solve_triangular')
    _need(a.shape[-1] == a.shape[-2], 'linalg.solve_triangular: A must be batches of square matrices, but they are ', f'{a.shape[-2]} by {a.shape[-1]} matrices')
    _need(b.dim() >= 2, 'linalg.solve_triangular: The input tensor B must have at least 2 dimensions.')
    _need(b.shape[-2 if left else -1] == a.shape[-1], 'linalg.solve_triangular: Incompatible shapes of A and B for the equation ', 'AX = B' if left else 'XA = B',
          f' ({a.shape[-2]}x{a.shape[-1]} and {b.shape[-2]}x{b.shape[-1]})')
    _need(a.is_floating_point(), f'"triangular_solve_cpu" not implemented for \'{_kind(a)}\'')


def _solve(v):
    a, b = v.A, v.B
    if v.message.startswith('The size of tensor a'):
        _sizes_meet(b.shape[:-2], a.shape[:-2])
    if v.left is False and a.shape[-1] == 1:
        _need('Incompatible' not in v.message or b.dim() != a.dim() - 1, 'linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is '
                                                                         'equivalent to B / A.squeeze(-1)')
    if v.left is False and 'Vector broadcasting' in v.message:
        _need(a.shape[-1] == 1, f'linalg.solve: Incompatible shapes of A and B for the equation XA = B ({a.shape[-2]}x{a.shape[-1]} and {b.shape[-1]}x1)')


def _dtype_for(v, function):
    _need(v.dtype is None or v.dtype.is_floating_point, f'{function}: dtype should be floating point or complex, but got ', lambda: _kind(torch.empty(0, dtype=v.dtype)))


def _matrix_norm(v):
    x, order, dims = v.input, v.ord, v.dim
    if isinstance(order, str):
        _need(order in ('fro', 'nuc'), f'linalg.matrix_norm: Order {order} not supported.')
    elif order is not None:
        _need(abs(order) in (1, 2, float('inf')), f'linalg.matrix_norm: Order {order:g} not supported.')
    _matrix(x, 'linalg.matrix_norm')
    _of_floats(x, 'linalg.matrix_norm')
    dims = (-2, -1) if dims is None else dims
    _need(len(dims) == 2, f'linalg.matrix_norm: dim must be a 2-tuple. Got {" ".join([str(d) for d in dims])}')
    for dim in dims:
        _in_range(dim, x.dim())
    dims = [dim % x.dim() for dim in dims]
    _need(dims[0] != dims[1], f'linalg.matrix_norm: dims must be different. Got ({dims[0]}, {dims[1]})')
    _dtype_for(v, 'linalg.matrix_norm')


def _norm_of_any(v):
    x, order, dims = v.input, v.ord, v.dim
    dims = [dims] if isinstance(dims, int) else dims
    if dims is not None:
        _need(len(dims) in (1, 2), f'linalg.norm: If dim is specified, it ', 'mut' if isinstance(order, str) else 'must', f' be of length 1 or 2. Got {_listed(dims)}')
    elif order is not None:
        _need(x.dim() in (1, 2), f'linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {x.dim()}D.')
    if order is not None and (isinstance(order, str) or (len(dims) if dims is not None else x.dim()) == 2):
        _matrix_norm(_Given(input=x, ord=order, dim=dims, dtype=v.dtype, message=v.message))
    elif dims is None or len(dims) in (1, 2):
        _of_floats(x, 'linalg.vector_norm')
        _dtype_for(v, 'linalg.vector_norm')


def _cond(v):
    x, p = v.input, v.p
    if 'out' in v and 'cast' in v.message:
        _say(RuntimeError, f'linalg.cond: Expected result to be safely castable from {_kind(x)} dtype, but got result with dtype {_kind(v.out)}')
    if not isinstance(p, str):
        _need(x.dim() >= 2, 'linalg.cond: The input tensor must have at least 2 dimensions.')
        _need(p is None or abs(p) in (1, 2, float('inf')), lambda: f'linalg.cond got an invalid norm type: {p + 0:g}')
    if isinstance(p, float) and 'linalg.cond(ord=' in v.message:
        _say(RuntimeError, v.message.replace(f'(ord={p:g})', f'(ord={p:f})'))


def _pinv(v):
    x = v.input
    if x.dim() == 1 and len(v.args) < 2 and v.atol is not None and v.rtol is None:
        _in_range(-2, 1)
    if 'out' in v and 'cast' in v.message:
        _say(RuntimeError, f'linalg.pinv: Expected result to be safely castable from {_kind(x)} dtype, but got result with dtype {_kind(v.out)}')
    _need(x.dim() >= 2 and x.is_floating_point() or v.atol is None or v.rtol is None,
          f'linalg.pinv({_kind(x)}{{{_listed(x.shape)}}}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types')


def _matrix_rank(v):
    if (v.rtol is not None or v.tol is not None or len(v.args) > 1) and v.input.dim() >= 2:
        _of_floats(v.input, 'linalg.svd')


def _multi_dot(v):
    tensors = v.args[0] if v.args and isinstance(v.args[0], (tuple, list)) else v.args or v.tensors
    for k, x in enumerate(tensors):
        if x.dtype != tensors[0].dtype and ('cannot be multiplied' in v.message or 'scalar type' in v.message or 'not implemented' in v.message):
            _say(RuntimeError, f'multi_dot(): all tensors must have be the same dtype but tensor 0 is {C_NAMES[_kind(tensors[0])]} and tensor {k} {C_NAMES[_kind(x)]}')
        if k and len(tensors) > 2 and tensors[k - 1].shape[-1] != x.shape[0]:
            return
    if 'out' in v and 'cast' in v.message:
        _say(RuntimeError, f'multi_dot(): expected out tensor to have dtype {C_NAMES[_kind(tensors[0])]} but got {C_NAMES[_kind(v.out)]}')


def _logdet(v):
    _need('slogdet' not in v.message, v.message.replace('linalg.slogdet', 'logdet'))


def _renorm(v):
    _need('norm(): input' not in v.message, f'linalg.vector_norm: Expected a floating point or complex tensor as input. Got {_kind(v.input)}')


def _bool_product(v):
    x = v.input if v.input is not None else v.a
    if v.called == 'inner' and x.dim() and x.shape[-1] == 1:
        _need('not implemented' not in v.message, f'expected scalar type Long but found {_kind(v.other)}')
    _need(x.dtype != torch.bool or 'expected scalar type' not in v.message or 'Long' in v.message, '"addmm_impl_cpu_" not implemented for \'Bool\'')


def _bool_before_other(v):
    """The kernel is chosen by the first operand, before the types are compared."""
    x = v.input
    x = v.mat if v.mat is not None else x
    kernel = {'bmm': 'bmm', 'linear': 'addmm_impl_cpu_', 'linalg_cross': 'cross', 'cross': 'cross', 'mv': 'addmv_impl_cpu', 'addmv': 'addmv_impl_cpu'}[v.called]
    _need(x.dtype != torch.bool or 'expected scalar type Bool' not in v.message, f'"{kernel}" not implemented for \'Bool\'')


def _no_dimensions(x, dim):
    if x.dim() == 0:
        _say(IndexError, f'Dimension specified as {dim} but tensor has no dimensions')


def _dimension_of_none(v):
    """On a lone number, a dimension that is asked for its size."""
    if v.message.startswith('Dimension out of range'):
        dim = v.dim if v.called not in ('avg_pool2d', 'instance_norm') else -3 if v.called == 'avg_pool2d' else 0
        _no_dimensions(v.input, dim)


def _size(x, dim):
    _no_dimensions(x, dim)
    _in_range(dim, x.dim())
    return x.shape[dim]


def _c_type(x):
    return 'CPUBoolType' if x.dtype == torch.bool else x.type()


def _expands(x, wanted):
    """expand() of x to this size."""
    _need(x.dim() <= len(wanted), lambda: f'expand({_c_type(x)}{{{_listed(x.shape)}}}, size={wanted}): the number of sizes provided ({len(wanted)}) must be greater or equal to the '
                                          f'number of dimensions in the tensor ({x.dim()})')
    for k in range(x.dim() - 1, -1, -1):
        at = k + len(wanted) - x.dim()
        _need(x.shape[k] in (1, wanted[at]), f'The expanded size of the tensor ({wanted[at]}) must match the existing size ({x.shape[k]}) at non-singleton dimension {at}.  '
                                             f'Target sizes: {wanted}.  Tensor sizes: {_listed(x.shape)}')


def _fits_in_place(v, wanted, kind):
    """What an operator in place gives must have the type and the size of the tensor."""
    x = v.input
    if v.called.endswith('_'):
        _need(x.dtype == kind, lambda: f'Bad in-place call: input tensor dtype {_c_name(x.dtype)} and output tensor dtype {_c_name(kind)} should match')
        _need(list(x.shape) == wanted, f'Bad in-place call: input tensor size {_listed(x.shape)} and output tensor size {_listed(wanted)} should match')


def _c_name(kind):
    return C_NAMES[_kind(torch.empty(0, dtype=kind))]


def _addmm(v):
    x, a, b = v.input, v.get('mat1'), v.get('mat2')
    _need(x.dtype == b.dtype, 'self and mat2 must have the same dtype')
    _need(a.dtype == b.dtype, 'mat1 and mat2 must have the same dtype')
    for name, of in (('mat1', a), ('mat2', b)):
        _need(of.dim() == 2, f'{name} must be a matrix, got {of.dim()}-D tensor')
    _need(a.shape[1] == b.shape[0], f'mat1 and mat2 shapes cannot be multiplied ({a.shape[0]}x{a.shape[1]} and {b.shape[0]}x{b.shape[1]})')
    wanted = [a.shape[0], b.shape[1]]
    _fits_in_place(v, wanted, b.dtype)
    _expands(x, wanted)


def _addbmm(v):
    x, a, b = v.input, v.batch1, v.batch2
    if torch.is_grad_enabled() and (x.requires_grad or a.requires_grad or b.requires_grad):
        _size(a, 0)  # is kept for the way back
    wanted = [_size(a, 1), _size(b, 2)]
    _expands(x, wanted)
    _need(a.dim() == 3, 'batch1 must be a 3D tensor')
    _need(b.dim() == 3, 'batch2 must be a 3D tensor')
    _need(a.shape[0] == b.shape[0], f'batch1 and batch2 must have same number of batches, got {a.shape[0]} and {b.shape[0]}')
    _need(a.shape[2] == b.shape[1], f'Incompatible matrix sizes for bmm ({a.shape[1]}x{a.shape[2]} and {b.shape[1]}x{b.shape[2]})')
    if a.shape[0]:
        _addmm(_Given(called=v.called, input=torch.empty(wanted, dtype=x.dtype), mat1=a[0], mat2=b[0]))


def _baddbmm(v):
    x, a, b = v.input, v.batch1, v.batch2
    wanted = [_size(a, 0), _size(a, 1), _size(b, 2)]
    _expands(x, wanted)
    _need(a.dim() == 3, 'batch1 must be a 3D tensor')
    _need(b.dim() == 3, 'batch2 must be a 3D tensor')
    sizes = [a.shape[0], a.shape[2]]
    _need(list(b.shape[:2]) == sizes, f'Expected size for first two dimensions of batch2 tensor to be: {_listed(sizes)} but got: {_listed(b.shape[:2])}.')
    _fits_in_place(v, wanted, b.dtype)
    _need('"bmm"' not in v.message and ('but found' not in v.message or a.dtype != torch.bool), '"baddbmm" not implemented for \'Bool\'')


def _addmv(v):
    x, m, y = v.input, v.mat, v.vec
    if v.called == 'addmv':
        _bool_before_other(v)
    if m.dim() == 2 and y.dim() == 1 and x.dim() < 2:
        if m.shape[1] != y.shape[0] or x.numel() not in (1, m.shape[0]):
            _no_dimensions(x, 0)
            _say(RuntimeError, f'size mismatch, got {x.shape[0]}, {m.shape[0]}x{m.shape[1]},{y.shape[0]}')
        _fits_in_place(v, [m.shape[0]], y.dtype)


def _addr(v):
    x, a, b = v.input, v.vec1, v.vec2
    _need(v.called != 'addr_' or x.dim() == 2 or a.dim() != 1 or b.dim() != 1 or not any([words in v.message for words in ('argument alpha', 'argument beta', 'Boolean alpha', 'Boolean beta')]), f'2D tensor expected, got {x.dim()}D tensor for input')
    if v.called == 'addr_' and any([words in v.message for words in ('expanded size', 'output with shape', 'expand(')]):
        _need(x.dim() == 2, f'2D tensor expected, got {x.dim()}D tensor for input')
        _say(RuntimeError, f'size mismatch, input: {_listed(x.shape)}, v1: {_listed(a.shape)}, v2: {_listed(b.shape)}')
    if a.dim() != 1 or b.dim() != 1 or 'integral' not in v.message and 'Boolean' not in v.message:
        return
    _expands(x, [a.shape[0], b.shape[0]])


# ---- pointwise and places

def _in_place_size(v):
    """An operator in place on a tensor that the result does not fit."""
    x, y = v.input, v.other
    if 'alpha' in v.message and isinstance(y, torch.Tensor):
        _sizes_meet(*[t.shape for t in ((y, x) if v.called == 'rsub' else (x, y))])
    first = ('unsupported operation', 'in-place operation', 'modified inplace', 'Subtraction')  # what is found before
    if v.called.endswith('_') and isinstance(y, torch.Tensor) and not any([words in v.message for words in first]):
        _sizes_meet(x.shape, y.shape)
        _need(list(x.shape) == _both_sizes(x.shape, y.shape), f"output with shape {_listed(x.shape)} doesn't match the broadcast shape {_both_sizes(x.shape, y.shape)}")


def _three_sizes(*names):
    def check(v):
        if v.message.startswith('The size of tensor a'):
            shape = []
            for name in names:
                part = v.get(name)
                if isinstance(part, torch.Tensor):
                    _sizes_meet(shape, part.shape)
                    shape = _both_sizes(shape, part.shape)
    return check


def _loss_sizes(v):
    if v.weight is not None and 'between 0 and 1' in v.message:
        _sizes_meet(v.input.shape, v.weight.shape)


def _scatter_reduce(v):
    _in_range(v.dim, v.input.dim())
    x, index, source = v.input, v.index, v.src
    if 'reduce argument' in v.message and index.numel() and index.dtype == torch.int64:
        of = [max(1, t.dim()) for t in (index, x, source)]
        _need(of[0] == of[1], 'Index tensor must have the same number of dimensions as self tensor')
        _need(of[0] == of[2], 'Index tensor must have the same number of dimensions as src tensor')
    _need(v.index.numel() or v.reduce in ('sum', 'prod', 'mean', 'amax', 'amin'), 'reduce argument must be either sum, prod, mean, amax or amin.')
    _need(v.index.dtype == torch.int64, 'scatter(): Expected dtype int64 for index')
    _need(v.input.dtype == v.src.dtype, 'scatter(): Expected self.dtype to be equal to src.dtype')


def _take_along_dim(v):
    if v.dim is None and 'int64' in v.message:
        for x in (v.input, v.indices):
            try:
                x.view(-1)
            except RuntimeError as error:
                raise _Found(error)


def _rot90(v):
    dims, rank = v.dims, v.input.dim()
    if dims is None or len(dims) != 2 or rank < 2:
        return
    _need(dims[0] != dims[1] and abs(dims[0] - dims[1]) != rank, f'expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}')
    for k, dim in enumerate(dims):
        _need(-rank <= dim < rank, f'Rotation dim{k} out of range, dim{k} = {dim}')


def _mv(v):
    _no_dimensions(v.input, 0)
    _bool_before_other(v)


def _repeat_interleave(v):
    _need(not isinstance(v.repeats, torch.Tensor) or v.repeats.dim() < 2, 'repeats must be 0-dim or 1-dim tensor')
    _dimension_of_none(v)
    if v.repeats is None or v.input is None:
        r = v.input if v.repeats is None else v.repeats
        _need(r.dtype in (torch.int32, torch.int64), f'"repeat_interleave_cpu" not implemented for \'{_kind(r)}\'')


def _cumulated(name):
    def check(v):
        x, kind = v.input, v.dtype
        _in_range(v.dim, x.dim())
        if v.called.endswith('_') and kind is not None:
            _need(kind == x.dtype, lambda: f'Bad in-place call: input tensor dtype {C_NAMES[_kind(x)]} and output tensor dtype {C_NAMES[_kind(torch.empty(0, dtype=kind))]} should match')
        elif v.called.endswith('_') and x.dtype == torch.bool:
            _need('cast' not in v.message, f'"{name}_out_cpu" not implemented for \'Bool\'')
    return check


def _vstack(v):
    _need('non-empty list' not in v.message, f'{v.called} expects a non-empty TensorList')


def _mvlgamma(v):
    x = v.input
    _need(x.dtype != torch.bool, 'The input tensor may not be a boolean tensor.')
    _need('cast' not in v.message, 'step must be nonzero')


def _aminmax(v):
    x = v.input
    if v.dim is None and x.numel() == 0:
        _say(RuntimeError, 'aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.')
    if v.message.startswith('amin(): Expected reduction dim'):
        _say(IndexError, v.message.replace('amin():', 'aminmax:'))


def _as_strided(v):
    x = v.input
    if 'invalid storage offset' in v.message and isinstance(v.storage_offset, int) and isinstance(v.size, (tuple, list)):
        size = x.element_size()
        reach = 0 if 0 in v.size else 1 + sum([(n - 1) * s for n, s in zip(v.size, v.stride)])
        needed, there = max(0, (reach + v.storage_offset) * size), x.storage().nbytes()
        _need(needed <= there, f'setStorage: sizes {_listed(v.size)}, strides {_listed(v.stride)}, storage offset {v.storage_offset}, and itemsize {size} requiring a storage '
                               f'size of {needed} are out of bounds for storage of size {there}')


def _masked_scatter(v):
    if v.called.endswith('_'):
        x, mask = v.input, v.mask
        source = v.source
        _need(x.dtype == source.dtype, lambda: f'masked_scatter: expected self and source to have same dtypes but got{_kind(x)} and {_kind(source)}')
        _expands(mask, list(x.shape))
    else:
        _sizes_meet(v.mask.shape, v.input.shape)


def _bincount(v):
    _need(not v.input.is_floating_point() and v.input.dtype != torch.bool, f'"bincount_cpu" not implemented for \'{_kind(v.input)}\'')


def _histc(v):
    x, low, high = v.input, v.min or 0, v.max or 0
    if not x.is_floating_point() and 'not implemented' in v.message:
        if x.numel() and low == high:
            low, high = x.min().item(), x.max().item()
        if low == high:
            low, high = low - 1, high + 1
        _need(low < high, 'torch.histc: max must be larger than min')
        _need(x.dtype != torch.bool, '"linspace_cpu" not implemented for \'Bool\'')


def _index_put(v):
    x, values = v.input, v.get('values')
    if 'out of bounds' in v.message:
        _need(x.dtype == values.dtype, f'Index put requires the source and destination dtypes match, got {_kind(x)} for the destination and {_kind(values)} for the source.')
        shape = []
        for index in v.indices:
            if index is not None and not index.is_floating_point() and index.dtype not in (torch.bool, torch.uint8):
                _sizes_meet(shape, index.shape)
                shape = _both_sizes(shape, index.shape)
            else:
                return
        shape += list(x.shape[len(v.indices):])
        given = list(values.shape)
        fits = len(given) <= len(shape) and all([g in (1, s) for g, s in zip(reversed(given), reversed(shape))])
        _need(fits, f'shape mismatch: value tensor of shape {given} cannot be broadcast to indexing result of shape {shape}')


def _index_copy(v):
    x, index, source = v.input, v.index, v.source
    _in_range(v.dim, x.dim())
    if index.dim() > 1:
        _say(IndexError, f'index_copy_(): Index should have dimension 1 or 0 (got {index.dim()})')
    if source.dim() and x.dim() != source.dim():
        _say(IndexError, 'index_copy_(): When source and destination are not scalars, their dimensionality must match. Source dimensionality '
                         f'({source.dim()}), destination dimensionality ({x.dim()})')
    if source.dim() == 0 and index.numel() != 1:
        _say(IndexError, f'index_copy_(): When source is scalar, index should have one element (got {index.numel()})')
    if x.dim() and source.dim() == x.dim() and 'Number of indices' in v.message:
        dim = v.dim % x.dim()
        a, b = list(x.shape), list(source.shape)
        del a[dim], b[dim]
        _need(a == b, f'index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: {" ".join([str(n) for n in a])} at dimension {dim} '
                      f'and source slice shape: {" ".join([str(n) for n in b])} at dimension 0.')


def _trapezoid(v):
    y, x = v.y, v.x
    if x is None and v.called.startswith('cumul'):
        _need(y.dtype != torch.bool, 'cumulative_trapezoid: received a bool input for `y`, but bool is not supported')
    if y.dim() == 0 and v.dim is not None and v.dim not in (0, -1) and x is None:
        _say(IndexError, 'slice() cannot be applied to a 0-dim tensor.' if v.called.startswith('cumul') else f'Dimension specified as {v.dim} but tensor has no dimensions')
    _in_range(v.dim if v.dim is not None else -1, y.dim())
    if y.dim() == 0 and x is not None and x.dim() == 1 and 'slice()' in v.message:
        _say(IndexError, 'Dimension specified as 0 but tensor has no dimensions')


def _normal(v):
    mean = v.mean
    if v.called == 'normal_':
        return
    if isinstance(mean, torch.Tensor) and 'not implemented' in v.message:
        _say(RuntimeError, f'"normal_kernel_cpu" not implemented for \'{_kind(mean)}\'')


# ---- torch.nn.functional

def _batch_norm(v):
    x = v.input
    if x.numel() == 0:
        return
    channels = x.shape[1] if x.dim() > 1 else 0
    for name in ('running_mean', 'running_var', 'weight', 'bias'):
        part = v.get(name)
        if part is not None:
            _need(part.numel() == channels, f'{name} should contain {channels} elements not {part.numel()}')
        elif name.startswith('running'):
            _need(v.training, f'{name} must be defined in evaluation mode')


def _instance_norm(v):
    if v.use_input_stats is False:
        _need(v.running_mean is not None and v.running_var is not None, 'Expected running_mean and running_var to be defined when use_input_stats is false')
    _dimension_of_none(v)


def _lp_pool2d(v):
    if v.message == 'non-empty 3D or 4D (batch mode) tensor expected for input':
        stride = _pair(v.stride if v.stride is not None else v.kernel_size)
        _need(0 not in stride, 'stride should not be zero')
        _say(RuntimeError, f'Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:{_listed(v.input.shape)}')


def _window(*names):
    """unfold and fold: every size comes as two numbers."""
    def check(v):
        if v.kernel_size is None:
            return  # Tensor.unfold
        for name in names:
            given = v.get(name)
            if given is not None:
                _need(not isinstance(given, (tuple, list)) or len(given) == 2, f'It is expected {name} equals to 2, but got size {len(_pair(given))}')
        if 'output_size' in names:
            x = v.input
            if 'Only unbatched' in v.message:
                _say(RuntimeError, 'Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: '
                                   f'{_listed(x.shape)}')
        else:
            kernel, dilation = _pair(v.kernel_size), _pair(1 if v.dilation is None else v.dilation)
            _need(min(kernel) > 0, f'kernel size should be greater than zero, but got kernel_height: {kernel[0]} kernel_width: {kernel[1]}')
            _need(min(dilation) > 0, f'dilation should be greater than zero, but got dilation_height: {dilation[0]} dilation_width: {dilation[1]}')
    return check


def _embedding(v):
    index, weight = v.input, v.weight
    if v.max_norm is not None:
        _need("#1 'indices'" not in v.message, v.message.replace("#1 'indices'", "#2 'indices'").replace('for embedding)', 'for embedding_renorm_)'))
        if 'out of range in self' in v.message:
            for k in index.flatten().tolist():
                if not -weight.shape[0] <= k < weight.shape[0]:
                    _say(IndexError, f'select(): index {k} out of range for tensor of size {_listed(weight.shape)} at dimension 0')
    elif weight.dim() == 2 and weight.shape[0] == 0 and index.numel():
        _say(RuntimeError, 'index_select(): self indexing axis dim should be positive')


def _huber(v):
    if v.delta is not None and "can't be cast" in v.message:
        _need(v.delta > 0, 'huber_loss does not support non-positive values for delta.')


def _nll(v):
    x, target, weight = v.input, v.target, v.weight
    if 'batch_size' in v.message or 'valid value' in v.message:
        return
    if x.dim() in (1, 2):
        _need(target.dim() <= 1, '0D or 1D target tensor expected, multi-target not supported')
        if x.dtype != torch.bool and target.dtype != torch.int64 and weight is not None and weight.dtype != x.dtype and 'scalar type Long' in v.message:
            _say(RuntimeError, f'expected scalar type {_kind(x)} but found {_kind(weight)}')
    elif x.dim() > 2 and '"nll_loss_out_frame"' in v.message:
        _say(RuntimeError, v.message.replace('nll_loss_out_frame', 'nll_loss2d_forward_out_frame'))
    elif x.dim() == 4:
        _need(target.dim() == 3, f'only batches of spatial targets supported (3D tensors) but got targets of dimension: {target.dim()}')
    elif x.dim() > 2:
        wanted = [x.shape[0]] + list(x.shape[2:])
        _need(list(target.shape) == wanted, f'Expected target size {wanted}, got {_listed(target.shape)}')


def _cross_entropy(v):
    """Where the sizes are the same, the target may hold probabilities; else it holds classes."""
    x, target, smooth = v.input, v.target, v.label_smoothing or 0.0
    same = list(x.shape) == list(target.shape)
    if same and target.is_floating_point():
        _need(v.ignore_index is None or v.ignore_index < 0, 'ignore_index is not supported for floating point target')
        if x.dim() > 1:
            _need(v.weight is None or list(v.weight.shape) == [x.shape[1]],
                  lambda: f'cross_entropy: weight tensor should be defined either for all {x.shape[1]} classes or no classes but got weight tensor of shape: {_listed(v.weight.shape)}')
    elif smooth > 0 and not same:
        _need(smooth <= 1.0, f'label_smoothing must be between 0.0 and 1.0. Got: {smooth:g}')
    elif same:
        return
    if same and x.dim() == 0:
        return
    try:
        torch.log_softmax(x.detach(), 0 if x.dim() == 1 else 1)
    except Exception as error:
        raise _Found(error)
    if x.dim() > 2 and not same:
        _nll(v)


def _prelu(v):
    _need('"prelu_cpu"' not in v.message or v.weight.dtype == v.input.dtype, f'Found dtype {_kind(v.weight)} but expected {_kind(v.input)}')
    _need(v.input.dim() > 0 or v.weight.numel() == 1, 'Not allow zero-dim input tensor.')


def _pad(v):
    mode = v.mode or 'constant'
    if mode not in ('constant', 'reflect', 'replicate', 'circular'):
        _say(NotImplementedError, f'Unrecognised padding mode {mode}')


def _max_pool1d(v):
    _need('"max_pool2d"' not in v.message, v.message.replace('max_pool2d', 'max_pool1d_impl'))


# ---- convolutions

def _convolution(v):
    x, weight, bias = v.input, v.weight, v.bias
    said, rank = v.message, int(v.called[-2])
    groups = 1 if v.groups is None else v.groups
    batch = x.dim() in (rank + 1, rank + 2)
    if not batch and isinstance(v.padding, str):
        return
    if v.called == 'conv2d' and bias is not None:
        _need(bias.dtype == x.dtype, f'Input type ({C_NAMES[_kind(x)]}) and bias type ({C_NAMES[_kind(bias)]}) should be the same')
    if batch and weight.dim() > 2 and weight.dim() != rank + 2:
        _need(groups > 0, 'non-positive groups is not supported')
        for name, usual in (('stride', 1), ('padding', 0), ('dilation', 1), ('output_padding', 0)):
            given = usual if v.get(name) is None else v.get(name)
            if isinstance(given, str) or name == 'output_padding' and 'transpose' not in v.called:
                continue
            given = [given] * rank if isinstance(given, int) else list(given)
            _need(len(given) in (1, weight.dim() - 2), f'expected {name} to be a single integer value or a list of {weight.dim() - 2} values to match the convolution dimensions, '
                                                       f'but got {name}={given}')
    if isinstance(v.padding, str) and '(unbatched)' not in said:
        _need(v.padding in ('same', 'valid'), f"Invalid padding string: '{v.padding}'")
        if 'Invalid padding string' in said:
            sizes = [1] * (x.dim() == rank + 1) + list(x.shape)
            _say(RuntimeError, f'Expected {weight.dim()}-dimensional input for {weight.dim()}-dimensional weight{_listed(weight.shape)}, but got {len(sizes)}-dimensional input '
                               f'of size {sizes} instead')
        if said.startswith('expected stride'):
            _say(RuntimeError, f'stride cannot broadcast to {rank} dimensions')
        if said.startswith('expected dilation'):
            _say(RuntimeError, f'dilation cannot broadcast to {rank} dimensions')
    if 'divisible by' in said and 'but got weight of size [' in said and '[[' not in said:
        _say(RuntimeError, said.replace('of size [', 'of size [[').replace('] instead', ']] instead'))
    if 'to be a single integer value' in said:
        _need(groups > 0, 'non-positive groups is not supported')
    if said == 'dilation should be greater than zero' and 'transpose' in v.called:
        given = v.dilation if isinstance(v.dilation, (tuple, list)) else [v.dilation]
        given = [1] * (rank == 1) + list(given) * (rank if len(given) == 1 and rank > 1 else 1)
        names = ('depth', 'height', 'width')[-len(given):]
        _say(RuntimeError, 'dilation should be greater than zero, but got ' + ', '.join([f'dilation_{name}: {n}' for name, n in zip(names, given)]))
    if 'transpose' in v.called and not x.is_floating_point() and x.dtype != torch.int64 and said.startswith('expected scalar type'):
        _say(RuntimeError, f'"slow_conv_transpose{max(2, rank)}d_out_cpu" not implemented for \'{_kind(x)}\'')


def _unique(v):
    x = v.input
    if v.dim is not None and x.dim() == 0:
        _say(IndexError, f'Dimension specified as {v.dim} but tensor has no dimensions')


def _index_add(v):
    x, source = v.input, v.source
    _in_range(v.dim, x.dim())
    dim = v.dim % max(1, x.dim())
    _need(v.index.dim() > 1 or dim == 0 or dim < source.dim(), f'index_add_(): Indexing dim {dim} is out of bounds of the source tensor with dim {source.dim()}')


def _twice(v):
    """Dimensions out of range are found before those named twice."""
    if 'multiple times' in v.message:
        for dims in (v.dim,) + v.args[1:]:
            if isinstance(dims, (tuple, list)):
                for dim in dims:
                    _in_range(dim, v.input.dim())


def _nansum(v):
    if 'nansum_cpu' in v.message and v.dim is not None:
        seen = []
        for dim in v.dim if isinstance(v.dim, (tuple, list)) else [v.dim]:
            _in_range(dim, v.input.dim())
            dim %= max(1, v.input.dim())
            _need(dim not in seen, f'dim {dim} appears multiple times in the list of dims')
            seen.append(dim)


def _trace(v):
    _need(v.input.dtype != torch.bool, '"trace" not implemented for \'Bool\'')


def _dist(v):
    if 'expects norm to be' in v.message:
        x, y = v.input, v.other
        _sizes_meet(x.shape, y.shape)
        _need(x.dtype != torch.bool or y.dtype != torch.bool, 'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator '
                                                              'instead.')
        _need(x.is_floating_point() or y.is_floating_point(), f'norm(): input dtype should be either floating point or complex. Got {_kind(x)} instead.')


def _unflatten(v):
    x, sizes = v.input, v.sizes
    _in_range(v.dim, x.dim())
    if x.dim() == 0:
        _say(IndexError, 'Dimension specified as 0 but tensor has no dimensions')
    _need(list(sizes).count(-1) < 2, 'unflatten got an unexpected error:\nonly one dimension can be inferred')
    for n in sizes:
        _need(n >= -1, f'invalid shape dimension {n}')
    if 'is invalid for input' in v.message:
        dim = v.dim % x.dim()
        _say(RuntimeError, f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {dim} ({x.shape[dim]}) in the input tensor")


def _searchsorted(v):
    sorts, values = v.sorted_sequence, v.get('self') if v.input is None else v.input
    if 'positive dimension' in v.message and (not isinstance(values, torch.Tensor) or values.dim() == 0):
        _say(RuntimeError, 'torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, but we got boundaries tensor dim(0) and input '
                           "value's dim(0) numel(1)")


def _unbind(v):
    _in_range(v.dim or 0, v.input.dim())


def _masked_fill(v):
    if v.called.endswith('_'):
        shape, value = v.input.shape, v.value
        _need(not isinstance(value, torch.Tensor) or value.dim() == 0, lambda: f'masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {value.dim()} dimension(s).')
        _sizes_meet(shape, v.mask.shape)
        shape = _both_sizes(shape, v.mask.shape)
        _need(list(v.input.shape) == shape, f"output with shape {_listed(v.input.shape)} doesn't match the broadcast shape {shape}")
    elif '0-dimensional value tensor' in v.message:
        _sizes_meet(v.mask.shape, v.input.shape)


def _avg_pool2d(v):
    _dimension_of_none(v)
    if v.input.dim() > 4:
        _lp_pool2d(v)


def _index_select(v):
    x = v.input
    if x.dim() and 'out of range in self' in v.message:
        dim = v.dim % x.dim()
        size = x.shape[dim]
        _need(size > 0, 'index_select(): self indexing axis dim should be positive')
        if dim == 1:  # a kernel of its own
            for k in v.index.flatten().tolist():
                _need(0 <= k < size, f'INDICES element is out of DATA bounds, id={k} axis_dim={size}')


def _put(v):
    if 'on a tensor of 0 elements' in v.message:
        _say(IndexError, 'put_(): Tried to put elements into an empty tensor')


def _cosine(v):
    if v.message.startswith('The size of tensor'):
        kind = torch.promote_types(v.x1.dtype, v.x2.dtype)
        _need(kind.is_floating_point, 'expected common dtype to be floating point, yet common dtype is ', lambda: _kind(torch.empty(0, dtype=kind)))


def _meshgrid(v):
    tensors = v.args[0] if isinstance(v.args[0], (tuple, list)) else v.args
    if 'Expected 0D or 1D' in v.message:
        for x in tensors:
            if x.dim() > 1:
                _say(RuntimeError, 'torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ' + shown_by_c(x))
    elif 'indexing must be' in v.message:
        for x in tensors:
            _need(x.dtype == tensors[0].dtype, 'meshgrid expects all tensors to have the same dtype')


# ---- a tensor as C++ prints it

def _column(values):
    """How the numbers of a tensor are printed there: (digits, width, the factor in front)."""
    numbers = [abs(n) for n in values if n == n and n not in (float('inf'), float('-inf'))]
    whole = all([n == int(n) for n in numbers])
    def places(n):
        digits = 0
        while n >= 10 ** digits if digits else n >= 1:
            digits += 1
        if n == 0:
            return 1
        if n < 1:
            digits = 0
            while n < 10 ** (digits - 1):
                digits -= 1
        return digits
    low, high = (places(min(numbers)), places(max(numbers))) if numbers else (1, 1)
    if whole:
        return (6, high + 5, None) if high > 9 else (0, high + 1, None)
    if high - low > 4:
        return 4, 11 if abs(high) < 100 and abs(low) < 100 else 12, 'e'
    if high > 5 or high < 0:
        return 4, 6, 10.0 ** (high - 1)
    return 4, (7 if high == 0 else high + 6), None


def _number(value, digits, width, form):
    if value != value:
        text = 'nan'
    elif value in (float('inf'), float('-inf')):
        text = 'inf' if value > 0 else '-inf'
    else:
        text = f'{value:.{digits}e}' if form == 'e' else f'{value:.{digits}f}'
    return text.rjust(width)


def _rows(x, indent=False):
    values = [float(n) for n in x.flatten().tolist()]
    digits, width, form = _column(values)
    factor = form if isinstance(form, float) else 1.0
    head = f'{factor:g} *\n' if factor != 1.0 else ''
    table = x.tolist()
    lines = [' '.join([_number(float(n) / factor, digits, width, form) for n in row]) for row in table]
    return head + ''.join([' ' * (indent or bool(head)) + line + '\n' for line in lines])


def shown_by_c(x):
    """A tensor as C++ streams it, in messages: no brackets, its type and sizes below."""
    kind = _c_type(x)
    sizes = '{' + ','.join([str(n) for n in x.shape]) + '}'
    if x.numel() == 0:
        return f'[ {kind}{sizes} ]'
    if x.dim() == 2:
        return f'{_rows(x)}[ {kind}{sizes} ]'
    out, lead = '', list(x.shape[:-2])
    count = 1
    for n in lead:
        count *= n
    pages = x.reshape([count] + list(x.shape[-2:]))
    for k in range(count):
        at, rest = [], k
        for n in reversed(lead):
            at.insert(0, str(rest % n + 1))
            rest //= n
        out += ('\n' if k else '') + f'({",".join(at)},.,.) = \n{_rows(pages[k], True)}'
    return f'{out}[ {kind}{sizes} ]'


_CHECKS = {
    'linalg_lstsq': _lstsq, 'linalg_svd': _svd, 'linalg_svdvals': _svd, 'linalg_solve_triangular': _solve_triangular, 'linalg_solve': _solve,
    'linalg_matrix_norm': _matrix_norm, 'linalg_norm': _norm_of_any, 'linalg_cond': _cond, 'linalg_pinv': _pinv, 'linalg_matrix_rank': _matrix_rank,
    'linalg_multi_dot': _multi_dot, 'chain_matmul': _multi_dot, 'logdet': _logdet, 'renorm': _renorm, 'avg_pool2d': _avg_pool2d, 'searchsorted': _searchsorted, 'unbind': _unbind, 'masked_fill': _masked_fill, 'unique_consecutive': _dimension_of_none, 'mv': _mv, 'inner': _bool_product, 'bmm': _bool_before_other, 'linear': _bool_before_other, 'linalg_cross': _bool_before_other, 'cross': _bool_before_other, 'tensordot': _bool_product,
    'addbmm': _addbmm, 'addmm': _addmm, 'baddbmm': _baddbmm, 'addmv': _addmv, 'addr': _addr,
    'add': _in_place_size, 'rsub': _in_place_size, 'sub': _in_place_size, 'logical_xor': _in_place_size, 'logical_and': _in_place_size, 'logical_or': _in_place_size,
    'addcdiv': _three_sizes('input', 'tensor1', 'tensor2'), 'addcmul': _three_sizes('input', 'tensor1', 'tensor2'),
    'binary_cross_entropy': _loss_sizes, 'scatter_reduce': _scatter_reduce, 'take_along_dim': _take_along_dim, 'rot90': _rot90,
    'repeat_interleave': _repeat_interleave, 'cumsum': _cumulated('cumsum'), 'cumprod': _cumulated('cumprod'), 'vstack': _vstack, 'hstack': _vstack, 'dstack': _vstack,
    'mvlgamma': _mvlgamma, 'aminmax': _aminmax, 'as_strided': _as_strided, 'masked_scatter': _masked_scatter, 'bincount': _bincount, 'histc': _histc,
    'index_put': _index_put, 'index_copy': _index_copy, 'trapezoid': _trapezoid, 'cumulative_trapezoid': _trapezoid, 'normal': _normal,
    'batch_norm': _batch_norm, 'instance_norm': _instance_norm,
    'lp_pool2d': _lp_pool2d, 'unfold': _window('kernel_size', 'dilation', 'padding', 'stride'),
    'fold': _window('output_size', 'kernel_size', 'dilation', 'padding', 'stride'), 'embedding': _embedding,
    'huber_loss': _huber, 'nll_loss': _nll, 'cross_entropy': _cross_entropy, 'prelu': _prelu, 'pad': _pad, 'max_pool1d': _max_pool1d,
    'conv1d': _convolution, 'conv2d': _convolution, 'conv3d': _convolution, 'conv_transpose1d': _convolution, 'conv_transpose2d': _convolution,
    'conv_transpose3d': _convolution, 'unique': _unique, 'index_add': _index_add, **dict.fromkeys(('sum', 'count_nonzero', 'mean', 'logsumexp', 'amax', 'amin', 'norm', 'nanmean'), _twice), 'nansum': _nansum, 'trace': _trace, 'dist': _dist,
    'unflatten': _unflatten, 'index_select': _index_select, 'put': _put, 'cosine_similarity': _cosine, 'meshgrid': _meshgrid,
}
