# torch.func's jvp, in forward mode, and whole Jacobians; linearize, which runs the function once for many directions, and a jvp inside of another
# go back twice (ops/forward.cpp says why).
from functools import wraps
from itertools import accumulate

import torch
import torch.autograd.forward_ad as _ad
from torch._func_grad import (_call, _check_outputs, _check_real, _checked, _filled, _leaf, _let_go, _let_go_aux, _picked, _pull, _replaced, _run_on, _run_tracked, _split_aux, _track)
from torch._func_trees import _flatten, _like, _map, _structure
from torch._func_vmap import _check_randomness, vmap
from torch.autograd import grad as _back


def _pusher(outputs, inputs):
    """The linear map t -> J t, differentiable."""
    us = [_leaf(torch.zeros_like(out)) for out in outputs]
    back = _pull(outputs, inputs, us)

    def push(tangents):
        pairs = [(b, t) for b, t in zip(back, tangents) if b.requires_grad]
        if not pairs:
            return _filled([None] * len(us), outputs)
        return _filled(_back([b for b, _ in pairs], us, [t for _, t in pairs], create_graph=True, retain_graph=True, allow_unused=True), outputs)
    return push, us


def _check_tangents(primals, tangents):
    if not isinstance(primals, tuple):
        raise RuntimeError('jvp(f, primals, tangents): Expected primals to be a tuple. E.g. it should be valid to call f(*primals).')
    if _structure(primals) != _structure(tangents):
        raise RuntimeError('jvp(f, primals, tangents): Expected primals and tangents to have the same python structure. For example, if primals is a tuple '
                           f'of 3 tensors, tangents also must be. Got primals with structure {_structure(primals)} and tangents with structure {_structure(tangents)}')
    if not _flatten(primals):
        raise RuntimeError('jvp(f, primals, tangents): Expected primals to contain at least one Tensor.')
    for name, tree in ('primals', primals), ('tangents', tangents):
        for x in _flatten(tree):
            if not isinstance(x, torch.Tensor):
                raise RuntimeError(f'jvp(f, primals, tangents): Expected {name} to only contain Tensors, got {type(x)}')
    for x, t in zip(_flatten(primals), _flatten(tangents)):
        for name, one in ('primal', x), ('tangent', t):
            if not one.is_floating_point():
                raise ValueError(f'Expected {name} to be floating point or complex, but got: {one.dtype}')
        if x.shape != t.shape:
            raise RuntimeError('Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. '
                               f'Tensor is of size {list(x.shape)} while the given forward gradient is of size {list(t.shape)}.')


def _push_along(outputs, inner):
    """The linear map t -> J t to all outputs; of those that are no floats it gives zeros."""
    smooth = [out for out in outputs if out.is_floating_point()]
    push, us = _pusher(smooth, inner)

    def along(tangents):
        found = iter(push(tangents) if smooth else ())
        return [next(found) if out.is_floating_point() else torch.zeros_like(out) for out in outputs]
    return along, us


def _check_strict(depends):
    if not all(depends):
        raise RuntimeError('jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. This is not allowed with strict=True.')


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    _check_tangents(primals, tangents)
    if not _ad._enter_transform():
        return _nested_jvp(func, primals, tangents, strict, has_aux)
    try:
        outer = _flatten(primals)
        inner = [_ad._make_dual(x, t) for x, t in zip(outer, _flatten(tangents))]
        output, aux = _split_aux(_call(func, inner, outer, _like(primals, iter(inner))), has_aux, 'jvp(f, primals, tangents)')
        outputs = _flatten(output)
        _check_outputs(outputs, 'jvp(f, primals, tangents)')
        aux = _let_go_aux(aux, inner) if has_aux else None
        parts = [_ad._unpack_dual(out) for out in outputs]
        if strict:
            _check_strict([t is not None for _, t in parts])
        parts = [(x, torch.zeros_like(x) if t is None else t) for x, t in parts]
    finally:
        _ad._exit()
    output, along = [_like(output, iter([part[k] for part in parts])) for k in range(2)]
    return (output, along, aux) if has_aux else (output, along)


def _nested_jvp(func, primals, tangents, strict, has_aux):
    with torch.enable_grad():
        _, inner, output, outputs, aux = _run_on(func, primals, has_aux, 'jvp(f, primals, tangents)')
        if strict:
            _check_strict([out.requires_grad for out in outputs])
        push, us = _push_along(outputs, inner)
        along = _like(output, iter(push(_flatten(tangents))))
    output, along = _let_go(output, inner), _let_go(along, inner + us)
    return (output, along, _let_go_aux(aux, inner)) if has_aux else (output, along)


def linearize(func, *primals):
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output = _call(func, inner, _flatten(primals), tracked)
        push, us = _push_along(_flatten(output), inner)

    def jvp_fn(*tangents):
        if _structure(tangents) != _structure(primals):
            raise RuntimeError(f'Expected the tangents {_structure(tangents)} to have the same structure as the primals {_structure(primals)}')
        for i, (t, x) in enumerate(zip(_flatten(tangents), _flatten(primals))):
            for what in 'shape', 'dtype':
                if getattr(t, what) != getattr(x, what):
                    raise RuntimeError(f"tangent:{i} with {what} {getattr(t, what)} in flattened pytree doesn't match the {what} {getattr(x, what)} of the corresponding primal.")
        with torch.enable_grad():
            along = _like(output, iter(push(_flatten(tangents))))
        return _let_go(along, inner + us)
    return _let_go(output, inner), jvp_fn


def _basis(x):
    for i in range(x.numel()):
        one = torch.zeros(x.numel(), dtype=x.dtype)
        one[i] = 1
        yield one.view(x.shape)


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    if chunk_size is not None and not chunk_size > 0:
        raise ValueError('jacrev: `chunk_size` should be greater than 0.')

    @wraps(func)
    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            tracked, inner, output, aux = _run_tracked(func, args, kwargs, argnums, has_aux, 'vjp(f, *primals)')
            outputs = _flatten(output)
            _check_outputs(outputs, 'vjp(f, *primals)')
            _check_real(outputs)
            zeros = [torch.zeros_like(out) for out in outputs]
            blocks = []
            for i, out in enumerate(outputs):
                rows = [_pull(outputs, inner, zeros[:i] + [one] + zeros[i + 1:]) for one in _basis(out)]
                blocks.append([torch.stack([row[k] for row in rows]).view(out.shape + x.shape) if rows else torch.zeros(out.shape + x.shape, dtype=x.dtype)
                               for k, x in enumerate(inner)])
            result = _like(output, iter([_like(tracked, iter(block)) for block in blocks]))
        result = _let_go(result, inner)
        return (result, _let_go_aux(aux, inner)) if has_aux else result
    return wrapper


def jacfwd(func, argnums=0, has_aux=False, *, randomness='error'):
    """All columns at once: a jvp under vmap."""
    @wraps(func)
    def wrapper(*args, **kwargs):
        places = _checked(args, argnums)
        primals = _picked(args, places)
        inputs = _flatten(primals)
        _check_randomness(randomness)
        for x in inputs:
            if isinstance(x, torch.Tensor) and not x.is_floating_point():
                raise ValueError(f'Expected primal to be floating point or complex, but got: {x.dtype}')

        def of_inputs(*values):
            return func(*_replaced(args, places, _like(primals, iter(values))), **kwargs)

        def along(*tangents):
            found = jvp(of_inputs, tuple(inputs), tangents, has_aux=has_aux)
            return found[1:]
        sizes = [x.numel() for x in inputs]
        basis = [torch.eye(sum(sizes), dtype=x.dtype)[:, before:before + x.numel()].view(-1, *x.shape) for x, before in zip(inputs, accumulate([0, *sizes]))]
        columns, *aux = vmap(along, randomness=randomness)(*basis)
        blocks = [[part.movedim(0, -1).view(part.shape[1:] + x.shape) for part, x in zip(out.split(sizes), inputs)] for out in _flatten(columns)]
        result = _like(columns, iter([_like(primals, iter(block)) for block in blocks]))
        return (result, _map(lambda x: x[0], aux[0])) if has_aux else result  # the same in each column
    return wrapper


def hessian(func, argnums=0):
    second = jacfwd(jacrev(func, argnums), argnums)

    @wraps(func)
    def wrapper(*args, **kwargs):
        result = second(*args, **kwargs)
        kinds = {x.dtype for x in _flatten(_picked(args, argnums))}
        return _map(lambda x: x.to(*kinds), result) if len(kinds) == 1 else result  # a number within may have made float64 of it
    return wrapper
