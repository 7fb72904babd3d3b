# torch.func's grad and vjp: back through the ordinary graph, each level on leaves of its own.
from functools import wraps

import torch
from torch._func_trees import _flatten, _like, _map, _shape_of, _structure
from torch.autograd import grad as _back


def _track(x):
    if not isinstance(x, torch.Tensor):
        raise ValueError(f'Thing passed to transform API must be Tensor, got {type(x)}')
    if torch.is_grad_enabled() and x.requires_grad:
        return x.view_as(x)
    return _leaf(_give_tangent(x.detach(), _tangent(x), x))


def _call(func, inner, outer, args, kwargs={}, above=0):
    """Inside, printing shows that tensors are tracked."""
    _enter_level(inner, outer, above)
    try:
        return func(*args, **kwargs)
    finally:
        _leave_level()


def _let_go(tree, inner):
    """What leaves a level: without history, unless an outer level or the program itself will ask for it."""
    tracked = torch.is_grad_enabled()

    def one(x):
        if isinstance(x, torch.Tensor) and x.requires_grad and not (tracked and _depends_on_others(x, inner)):
            return _give_tangent(x.detach(), one(_tangent(x)), x)
        return x
    return _map(one, tree)


def _let_go_aux(aux, inner):
    for x in _flatten(aux):
        if x is not None and not isinstance(x, torch.Tensor):
            raise RuntimeError(f'Expected tensors, got unsupported type {type(x)}')
    return _let_go(aux, inner)


def _place(number, count):
    if not isinstance(number, int):
        raise RuntimeError(f'argnum must be int, got: {type(number)}')
    if not -count <= number < count:
        raise RuntimeError(f'Got argnum={number}, but only {count} positional inputs')
    return number % count


def _checked(args, argnums):
    """argnums, counted from the front."""
    if isinstance(argnums, int):
        return _place(argnums, len(args))
    if not isinstance(argnums, tuple):
        raise RuntimeError(f'argnums must be int or Tuple[int, ...], got: {type(argnums)}')
    if not argnums:
        raise RuntimeError('argnums must be non-empty')
    places = tuple(_place(number, len(args)) for number in argnums)
    if len(set(places)) != len(places):
        raise RuntimeError(f'argnums elements must be unique, got {places}')
    return places


def _picked(args, argnums):
    return tuple(args[number] for number in argnums) if isinstance(argnums, tuple) else args[argnums]


def _replaced(args, argnums, values):
    args = list(args)
    for number, value in zip(argnums, values) if isinstance(argnums, tuple) else ((argnums, values),):
        args[number] = value
    return args


def _split_aux(output, has_aux, function):
    if not has_aux:
        return output, None
    if not (isinstance(output, tuple) and len(output) == 2):
        raise RuntimeError(f'{function}: output of function f should be a tuple: (output, aux) if has_aux is True')
    return output


def _check_outputs(outputs, function):
    if not outputs or outputs == [None]:
        raise RuntimeError(f'{function}: Expected f to be a function that has non-empty output (got output = {outputs})')
    for out in outputs:
        if not isinstance(out, torch.Tensor):
            raise RuntimeError(f'{function}: expected f(*primals) to return only tensors, got unsupported type {type(out)}')


def _check_real(outputs):
    for out in outputs:
        if not out.is_floating_point():
            raise RuntimeError(f'vjp(f, ...): All outputs of f must be floating-point or complex Tensors, got Tensor with dtype {out.dtype}')


def _filled(gradients, like):
    return [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, like)]


def _pull(outputs, inputs, cotangents):
    """J^T cotangents, differentiable."""
    pairs = [(out, c) for out, c in zip(outputs, cotangents) if out.requires_grad]
    if not pairs:
        return _filled([None] * len(inputs), inputs)
    return _filled(_back([out for out, _ in pairs], inputs, [c for _, c in pairs], create_graph=True, allow_unused=True), inputs)


def _run_tracked(func, args, kwargs, argnums, has_aux, function):
    """The function on tracked arguments: these, in their structure and as a list, its output and aux."""
    places = _checked(args, argnums)
    outer = _picked(args, places)
    tracked = _map(_track, outer)
    inner = _flatten(tracked)
    return tracked, inner, *_split_aux(_call(func, inner, _flatten(outer), _replaced(args, places, tracked), kwargs), has_aux, function)


def grad_and_value(func, argnums=0, has_aux=False):
    @wraps(func)
    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            tracked, inner, output, aux = _run_tracked(func, args, kwargs, argnums, has_aux, 'grad_and_value(f)(*args)')
            if not isinstance(output, torch.Tensor):
                raise RuntimeError(f'grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {type(output)}')
            if output.dim() != 0:
                raise RuntimeError('grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with '
                                   f'{output.dim()} dims. Maybe you wanted to use the vjp or jacrev APIs instead?')
            gradients = _like(tracked, iter(_pull([output], inner, [torch.ones_like(output)])))
        gradients, output = _let_go(gradients, inner), _let_go(output, inner)
        return (gradients, (output, _let_go_aux(aux, inner))) if has_aux else (gradients, output)
    return wrapper


def grad(func, argnums=0, has_aux=False):
    both = grad_and_value(func, argnums, has_aux)

    @wraps(func)
    def wrapper(*args, **kwargs):
        gradients, rest = both(*args, **kwargs)
        return (gradients, rest[1]) if has_aux else gradients
    return wrapper


def _run_on(func, primals, has_aux, function):
    """The function on tracked primals: these, in their structure and as a list, its output, likewise, and aux."""
    tracked = _map(_track, primals)
    inner = _flatten(tracked)
    output, aux = _split_aux(_call(func, inner, _flatten(primals), tracked), has_aux, function)
    outputs = _flatten(output)
    _check_outputs(outputs, function)
    return tracked, inner, output, outputs, aux


def vjp(func, *primals, has_aux=False):
    return _vjp_with_argnums(func, primals, has_aux)


def _vjp_with_argnums(func, primals, has_aux):
    with torch.enable_grad():
        tracked, inner, output, outputs, aux = _run_on(func, primals, has_aux, 'vjp(f, *primals)')
        _check_real(outputs)

    def wrapper(cotangents, retain_graph=True, create_graph=None):
        flat = _flatten(cotangents)
        if _structure(cotangents) != _structure(output):
            raise RuntimeError('Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function. '
                               f'cotangents: {_shape_of(cotangents)}, primal output: {_shape_of(output)}')
        with torch.enable_grad():
            gradients = _pull(outputs, inner, flat)
        return _let_go(_like(tracked, iter(gradients)), inner)
    result = _let_go(output, inner)
    return (result, wrapper, _let_go_aux(aux, inner)) if has_aux else (result, wrapper)
