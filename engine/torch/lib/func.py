# torch.func: functions that make functions. grad and its kin go back through the ordinary graph; a directional derivative is had by going
# back twice (ops/forward.cpp says why); vmap runs the function once for each element and stacks what it gives.
from functools import wraps

import torch
from torch.autograd import grad as _back


# ---- nested tuples, lists and dicts of values

def _flatten(tree):
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in _flatten(value)]
    if isinstance(tree, (tuple, list)):
        return [leaf for value in tree for leaf in _flatten(value)]
    return [tree]


def _like(tree, leaves):
    """The same structure with the leaves that the iterator gives."""
    if isinstance(tree, dict):
        return type(tree)((key, _like(value, leaves)) for key, value in tree.items())
    if isinstance(tree, tuple) and hasattr(tree, '_fields'):
        return type(tree)(*[_like(value, leaves) for value in tree])
    if isinstance(tree, (tuple, list)):
        return type(tree)([_like(value, leaves) for value in tree])
    return next(leaves)


def _map(function, tree):
    return _like(tree, iter([function(leaf) for leaf in _flatten(tree)]))


# ---- one level of differentiation

def _track(x):
    if not isinstance(x, torch.Tensor):
        raise ValueError(f'Thing passed to transform API must be Tensor, got {type(x)}')
    if torch.is_grad_enabled() and x.requires_grad:
        return x.view_as(x)
    return _leaf(x.detach())


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
            return x.detach()
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


def _structure(tree):
    """How PyTorch writes the structure of nested values."""
    if not isinstance(tree, (tuple, list, dict)):
        return '*'
    kind, parts = ('dict', list(tree.values())) if isinstance(tree, dict) else (type(tree).__name__, tree)
    return f'TreeSpec({kind}, {list(tree) if kind == "dict" else None}, [' + ', '.join(_structure(part) for part in parts) + '])'


def _shape_of(tree):
    """The same, as Python would write it."""
    if isinstance(tree, dict):
        return '{' + ', '.join(f'{key!r}: {_shape_of(value)}' for key, value in tree.items()) + '}'
    if not isinstance(tree, (tuple, list)):
        return '*'
    inside = ', '.join(_shape_of(part) for part in tree)
    if isinstance(tree, list):
        return f'[{inside}]'
    return f'({inside},)' if len(tree) == 1 else f'({inside})'


def _filled(gradients, like):
    return [torch.zeros_like(x) if g is None else g for g, x in zip(gradients, like)]


def _pull(outputs, inputs, cotangents):
    """J^T cotangents, differentiable."""
    pairs = [(out, c) for out, c in zip(outputs, cotangents) if out.requires_grad]
    if not pairs:
        return _filled([None] * len(inputs), inputs)
    return _filled(_back([out for out, _ in pairs], inputs, [c for _, c in pairs], create_graph=True, allow_unused=True), inputs)


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


def grad_and_value(func, argnums=0, has_aux=False):
    @wraps(func)
    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            places = _checked(args, argnums)
            outer = _picked(args, places)
            tracked = _map(_track, outer)
            inner = _flatten(tracked)
            output = _call(func, inner, _flatten(outer), _replaced(args, places, tracked), kwargs)
            output, aux = _split_aux(output, has_aux, 'grad_and_value(f)(*args)')
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


def vjp(func, *primals, has_aux=False):
    return _vjp_with_argnums(func, primals, has_aux)


def _vjp_with_argnums(func, primals, has_aux):
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output, aux = _split_aux(_call(func, inner, _flatten(primals), tracked), has_aux, 'vjp(f, *primals)')
        outputs = _flatten(output)
        _check_outputs(outputs, 'vjp(f, *primals)')
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


def _check_real(outputs):
    for out in outputs:
        if not out.is_floating_point():
            raise RuntimeError(f'vjp(f, ...): All outputs of f must be floating-point or complex Tensors, got Tensor with dtype {out.dtype}')


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


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    _check_tangents(primals, tangents)
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output, aux = _split_aux(_call(func, inner, _flatten(primals), tracked), has_aux, 'jvp(f, primals, tangents)')
        outputs = _flatten(output)
        _check_outputs(outputs, 'jvp(f, primals, tangents)')
        if strict and not all(out.requires_grad for out in outputs):
            raise RuntimeError('jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. This is not allowed with strict=True.')
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


def _jacobian(func, argnums, has_aux, randomness=None):
    """Row by row, or column by column where a randomness is given: there PyTorch has a vmap around the function."""
    by_rows = randomness is None
    function = 'vjp(f, *primals)' if by_rows else 'jvp(f, primals, tangents)'

    def run(places, outer, tracked, args, kwargs):
        given = _replaced(args, places, tracked)
        if by_rows:
            return _call(func, _flatten(tracked), _flatten(outer), given, kwargs)
        _enter_vmap(randomness == 'error')
        try:
            output = _call(func, _flatten(tracked), _flatten(outer), given, kwargs)
            _check_random()
            return output
        finally:
            _leave_vmap()

    @wraps(func)
    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            places = _checked(args, argnums)
            outer = _picked(args, places)
            if not by_rows:
                _check_randomness(randomness)
                for x in _flatten(outer):
                    if isinstance(x, torch.Tensor) and not x.is_floating_point():
                        raise ValueError(f'Expected primal to be floating point or complex, but got: {x.dtype}')
            tracked = _map(_track, outer)
            inner = _flatten(tracked)
            output, aux = _split_aux(run(places, outer, tracked, args, kwargs), has_aux, function)
            outputs = _flatten(output)
            _check_outputs(outputs, function)
            hidden = list(inner)
            if by_rows:
                _check_real(outputs)
                zeros = [torch.zeros_like(out) for out in outputs]
                blocks = []
                for i, out in enumerate(outputs):
                    rows = [_pull(outputs, inner, zeros[:i] + [one] + zeros[i + 1:]) for one in _basis(out)]
                    blocks.append([torch.stack([row[k] for row in rows]).view(out.shape + x.shape) if rows else torch.zeros(out.shape + x.shape, dtype=x.dtype)
                                   for k, x in enumerate(inner)])
            else:
                push, us = _push_along(outputs, inner)
                hidden += us
                zeros = [torch.zeros_like(x) for x in inner]
                blocks = [[] for _ in outputs]
                for k, x in enumerate(inner):
                    columns = [push(zeros[:k] + [one] + zeros[k + 1:]) for one in _basis(x)]
                    for i, out in enumerate(outputs):
                        block = [column[i] for column in columns]
                        blocks[i].append(torch.stack(block, dim=-1).view(out.shape + x.shape) if block else torch.zeros(out.shape + x.shape, dtype=x.dtype))
            result = _like(output, iter([_like(tracked, iter(block)) for block in blocks]))
        result = _let_go(result, hidden)
        return (result, _let_go_aux(aux, hidden)) if has_aux else result
    return wrapper


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    if chunk_size is not None and not chunk_size > 0:
        raise ValueError('jacrev: `chunk_size` should be greater than 0.')
    return _jacobian(func, argnums, has_aux)


def jacfwd(func, argnums=0, has_aux=False, *, randomness='error'):
    return _jacobian(func, argnums, has_aux, randomness)


def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)


def functionalize(func, *, remove='mutations'):
    """The function itself: that nothing is changed in place, or shown twice, would be seen only in a list of its operators (make_fx)."""
    if remove not in ('mutations', 'mutations_and_views'):
        raise RuntimeError("functionalize(f, remove='mutations'): received invalid argument for remove=. Valid options are:\n     remove='mutations': all inplace and out= operators "
                           "will be removed from the program, and replaced with their out-of-place equivalents.\n     remove='mutations_and_views': In addition to the above, all "
                           "aliasing operators {view} will be replaced with their non-aliasing counterparts, {view}_copy.\n")

    @wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper


# ---- vmap

def _name(func):
    return getattr(func, '__name__', repr(func))


def _spread(dims, tree):
    """The dims of each leaf of the tree: one for all, or in the tree's own structure. None where the structures differ."""
    if not isinstance(dims, (tuple, list, dict)):
        return [dims] * len(_flatten(tree))
    if isinstance(dims, dict) and isinstance(tree, dict) and list(dims) == list(tree):
        parts = [_spread(dims[key], tree[key]) for key in tree]
    elif isinstance(dims, (tuple, list)) and type(dims) is type(tree) and len(dims) == len(tree):
        parts = [_spread(one, part) for one, part in zip(dims, tree)]
    else:
        return None
    return None if None in parts else [one for part in parts for one in part]


def _check_randomness(randomness):
    if randomness not in ('error', 'different', 'same'):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")


def _mapped(func, in_dims, args):
    """The leaves of the arguments, the dimension of each that is mapped, and the size of the batch."""
    here = f'vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>)'
    if not isinstance(in_dims, (int, tuple)):
        raise ValueError(f'{here}: expected `in_dims` to be int or a (potentially nested) tuple matching the structure of inputs, got: {type(in_dims)}.')
    if not args:
        raise ValueError(f'vmap({_name(func)})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a function with no inputs. '
                         'The latter is unsupported.')
    dims = _spread(in_dims, args)
    if dims is None:
        raise ValueError(f'{here}: in_dims is not compatible with the structure of `inputs`. in_dims has structure {_structure(in_dims)} but inputs has '
                         f'structure {_structure(args)}.')
    leaves = _flatten(args)
    for x, dim in zip(leaves, dims):
        if dim is None:
            continue
        if not isinstance(dim, int):
            raise ValueError(f'{here}: Got in_dim={dim} for an input but in_dim must be either an integer dimension or None.')
        if not isinstance(x, torch.Tensor):
            raise ValueError(f'{here}: Got in_dim={dim} for an input but the input is of type {type(x)}. We cannot vmap over non-Tensor '
                             'arguments, please use None as the respective in_dim')
        if not -x.dim() <= dim < x.dim():
            raise ValueError(f'{here}: Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {x.dim()} so expected '
                             f'in_dim to satisfy -{x.dim()} <= in_dim < {x.dim()}.')
    sizes = [x.size(dim) for x, dim in zip(leaves, dims) if dim is not None]
    if not sizes:
        raise ValueError('vmap: Expected at least one Tensor to vmap over')
    if any(size != sizes[0] for size in sizes):
        raise ValueError(f'vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension')
    return leaves, dims, sizes[0]


def _without(x, dim):
    """An element of an empty batch, to see what comes of one."""
    return torch.zeros([size for d, size in enumerate(x.shape) if d != dim % x.dim()], dtype=x.dtype)


def vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None):
    _check_randomness(randomness)
    if chunk_size is not None and not chunk_size > 0:
        raise ValueError(f'vmap: chunk_size should be None or greater than 0. (got {chunk_size})')

    @wraps(func)
    def wrapper(*args, **kwargs):
        for dim in _flatten(out_dims):
            if dim is not None and not isinstance(dim, int):
                raise ValueError(f'vmap({_name(func)}, ..., out_dims={out_dims}): `out_dims` must be an int or a python collection of ints representing where in the '
                                 'outputs the vmapped dimension should appear.')
        leaves, dims, size = _mapped(func, in_dims, args)
        rows = []
        _enter_vmap(randomness == 'error')
        try:
            for i in range(size or 1):
                if randomness == 'same':
                    _repeat_random(i == 0)
                own = [x if dim is None else _batched(x.select(dim, i) if size else _without(x, dim)) for x, dim in zip(leaves, dims)]
                rows.append(func(*_like(args, iter(own)), **kwargs))
                if i == 0:
                    dims_out = _dims_of_outputs(rows[0], out_dims, func)
                _check_random()
        finally:
            _leave_vmap()
        columns = [_flatten(row) for row in rows]
        parts = [leaf if dim is None else torch.stack([row[k] for row in columns][:size] or [leaf], dim) for k, (leaf, dim) in enumerate(zip(columns[0], dims_out))]
        if size == 0:
            parts = [part if dim is None else part.narrow(dim, 0, 0) for part, dim in zip(parts, dims_out)]
        return _like(rows[0], iter(parts))
    return wrapper


def _dims_of_outputs(output, out_dims, func):
    """Where the batch goes in each leaf of the output: called while the batch lasts."""
    lone = isinstance(output, torch.Tensor)
    dims = _spread(out_dims[0] if lone and isinstance(out_dims, tuple) and len(out_dims) == 1 else out_dims, output)
    if dims is None:
        raise ValueError(f'vmap({_name(func)}, ..., out_dims={out_dims})(<inputs>): out_dims is not compatible with the structure of `outputs`. '
                         f'out_dims has structure {_structure(out_dims)} but outputs has structure {_structure(output)}.')
    for leaf, dim in zip(_flatten(output), dims):
        if dim is None and _is_batched(leaf):
            raise ValueError(f'vmap({_name(func)}, ...): `{_name(func)}` can not return a BatchedTensor when out_dim is None')
        if dim is not None and not isinstance(leaf, torch.Tensor):
            raise ValueError(f'vmap({_name(func)}, ...): `{_name(func)}` must only return Tensors, got type {type(leaf)} as a return.')
    return dims


# ---- modules as functions

def _named(module):
    """All parameters and buffers, each under all of its names."""
    return {f'{path}.{name}' if path else name: value for path, place in module.named_modules(remove_duplicate=False)
            for held in (place._parameters, place._buffers) for name, value in held.items() if value is not None}


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    if isinstance(parameter_and_buffer_dicts, dict):
        values = parameter_and_buffer_dicts
    elif isinstance(parameter_and_buffer_dicts, (tuple, list)):
        if not all(isinstance(one, dict) for one in parameter_and_buffer_dicts):
            raise ValueError('Expected all elements of parameter_and_buffer_dicts to be dictionaries')
        keys = [key for one in parameter_and_buffer_dicts for key in one]
        twice = tuple(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        if twice:
            raise ValueError(f'{list(twice)} appeared in multiple dictionaries; behavior of functional call is ambiguous')
        values = {key: value for one in parameter_and_buffer_dicts for key, value in one.items()}
    else:
        raise ValueError(f'Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got {type(parameter_and_buffer_dicts)}')
    own = _named(module)
    if tie_weights:
        values = {other: value for name, value in values.items()
                  for other in ([n for n, x in own.items() if x is own[name]] if name in own else [name])}
    if strict:
        told = [f'{what} key(s): ' + ', '.join(map(repr, keys)) + '.' for what, keys in (('Unexpected', [n for n in values if n not in own]),
                                                                                        ('Missing', [n for n in own if n not in values])) if keys]
        if told:
            raise RuntimeError(f'Error(s) in loading state_dict for {type(module).__name__}:\n\t' + '\n\t'.join(told))
    before = []
    try:
        for name, value in values.items():
            path, _, last = name.rpartition('.')
            place = module.get_submodule(path) if path else module
            held = place._parameters if last in place._parameters else place._buffers
            if last in held:
                before.append((held, last, held[last]))
                held[last] = value
        return module(*(() if args is None else args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    finally:
        for held, last, value in reversed(before):
            held[last] = value


def stack_module_state(models):
    if len(models) == 0:
        raise RuntimeError('stack_module_state: Expected at least one model, got 0.')
    if not (all(model.training for model in models) or all(not model.training for model in models)):
        raise RuntimeError('stack_module_state: Expected all models to have the same training/eval mode.')
    if not all(type(model) is type(models[0]) for model in models):
        raise RuntimeError('stack_module_state: Expected all models to be of the same class.')

    def stacked(states):
        out = {}
        for name in states[0]:
            tensors = [state[name] for state in states]
            tracked = [x.requires_grad for x in tensors]
            if any(tracked) and not all(tracked):
                raise RuntimeError(f'Expected {name} from each model to have the same .requires_grad')
            out[name] = torch.stack(tensors).detach().requires_grad_(all(tracked))
        return out
    return stacked([dict(model.named_parameters()) for model in models]), stacked([dict(model.named_buffers()) for model in models])
