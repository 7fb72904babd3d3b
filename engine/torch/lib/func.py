# torch.func: functions that make functions. grad and its kin go back through the ordinary graph; a directional derivative is had by going
# back twice (ops/forward.cpp says why); vmap runs the function once for each element and stacks what it gives.
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
    return x.detach().requires_grad_()


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


def _picked(args, argnums):
    if isinstance(argnums, tuple) and not argnums:
        raise RuntimeError('argnums must be non-empty')
    if isinstance(argnums, tuple) and len(set(argnums)) != len(argnums):
        raise RuntimeError(f'argnums elements must be unique, got {argnums}')
    for number in argnums if isinstance(argnums, tuple) else (argnums,):
        if not isinstance(number, int):
            raise RuntimeError(f'argnums must be int or Tuple[int, ...], got: {type(number)}')
        if not -len(args) <= number < len(args):
            raise RuntimeError(f'Got argnum={number}, but only {len(args)} positional inputs')
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
    us = [torch.zeros_like(out).requires_grad_() for out in outputs]
    back = _pull(outputs, inputs, us)

    def push(tangents):
        pairs = [(b, t) for b, t in zip(back, tangents) if b.requires_grad]
        if not pairs:
            return _filled([None] * len(us), outputs)
        return _filled(_back([b for b, _ in pairs], us, [t for _, t in pairs], create_graph=True, retain_graph=True, allow_unused=True), outputs)
    return push, us


def grad_and_value(func, argnums=0, has_aux=False):
    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            outer = _picked(args, argnums)
            tracked = _map(_track, outer)
            inner = _flatten(tracked)
            output = _call(func, inner, _flatten(outer), _replaced(args, argnums, tracked), kwargs)
            output, aux = _split_aux(output, has_aux, 'grad_and_value(f)(*args)')
            if not isinstance(output, torch.Tensor):
                raise RuntimeError(f'grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {type(output)}')
            if output.dim() != 0:
                raise RuntimeError('grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with '
                                   f'{output.dim()} dims. Maybe you wanted to use the vjp or jacrev APIs instead?')
            gradients = _like(tracked, iter(_pull([output], inner, [torch.ones_like(output)])))
        gradients, output, aux = _let_go(gradients, inner), _let_go(output, inner), _let_go(aux, inner)
        return (gradients, (output, aux)) if has_aux else (gradients, output)
    return wrapper


def grad(func, argnums=0, has_aux=False):
    both = grad_and_value(func, argnums, has_aux)

    def wrapper(*args, **kwargs):
        gradients, rest = both(*args, **kwargs)
        return (gradients, rest[1]) if has_aux else gradients
    return wrapper


def vjp(func, *primals, has_aux=False):
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output, aux = _split_aux(_call(func, inner, _flatten(primals), tracked), has_aux, 'vjp(f, *primals)')
        outputs = _flatten(output)
        _check_outputs(outputs, 'vjp(f, *primals)')

    def vjp_fn(*cotangents, retain_graph=True, create_graph=None):
        given = cotangents if isinstance(output, tuple) and len(cotangents) > 1 else cotangents[0]
        flat = _flatten(given)
        if len(flat) != len(outputs):
            raise RuntimeError('Expected pytree structure of cotangents to be the same as pytree structure of outputs to the function. '
                               f'cotangents: {_structure(given)}, primal output: {_structure(output)}')
        with torch.enable_grad():
            gradients = _pull(outputs, inner, flat)
        gradients = _let_go(_like(tracked, iter(gradients)), inner)
        return gradients
    result = _let_go(output, inner)
    return (result, vjp_fn, _let_go(aux, inner)) if has_aux else (result, vjp_fn)


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
        if x.shape != t.shape:
            raise RuntimeError('Trying to set a forward gradient that has a different size than that of the original Tensor, this is not supported. '
                               f'Tensor is of size {list(x.shape)} while the given forward gradient is of size {list(t.shape)}.')


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    _check_tangents(primals, tangents)
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output, aux = _split_aux(_call(func, inner, _flatten(primals), tracked), has_aux, 'jvp(f, primals, tangents)')
        outputs = _flatten(output)
        _check_outputs(outputs, 'jvp(f, primals, tangents)')
        push, us = _pusher(outputs, inner)
        along = _like(output, iter(push(_flatten(tangents))))
    output, along = _let_go(output, inner), _let_go(along, inner + us)
    return (output, along, _let_go(aux, inner)) if has_aux else (output, along)


def linearize(func, *primals):
    with torch.enable_grad():
        tracked = _map(_track, primals)
        inner = _flatten(tracked)
        output = _call(func, inner, _flatten(primals), tracked)
        push, us = _pusher(_flatten(output), inner)

    def jvp_fn(*tangents):
        with torch.enable_grad():
            along = _like(output, iter(push(_flatten(tangents))))
        return _let_go(along, inner + us)
    return _let_go(output, inner), jvp_fn


def _basis(x):
    for i in range(x.numel()):
        one = torch.zeros(x.numel(), dtype=x.dtype)
        one[i] = 1
        yield one.view(x.shape)


def _jacobian(func, argnums, has_aux, by_rows):
    function = 'vjp(f, *primals)' if by_rows else 'jvp(f, primals, tangents)'

    def wrapper(*args, **kwargs):
        with torch.enable_grad():
            outer = _picked(args, argnums)
            tracked = _map(_track, outer)
            inner = _flatten(tracked)
            output = _call(func, inner, _flatten(outer), _replaced(args, argnums, tracked), kwargs, 0 if by_rows else 1)
            output, aux = _split_aux(output, has_aux, function)
            outputs = _flatten(output)
            _check_outputs(outputs, function)
            hidden = list(inner)
            if by_rows:
                blocks = []
                for out in outputs:
                    rows = [_pull([out], inner, [one]) for one in _basis(out)]
                    blocks.append([torch.stack([row[k] for row in rows]).view(out.shape + x.shape) if rows else torch.zeros(out.shape + x.shape, dtype=x.dtype)
                                   for k, x in enumerate(inner)])
            else:
                push, us = _pusher(outputs, inner)
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
        return (result, _let_go(aux, hidden)) if has_aux else result
    return wrapper


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    return _jacobian(func, argnums, has_aux, True)


def jacfwd(func, argnums=0, has_aux=False, *, randomness='error'):
    return _jacobian(func, argnums, has_aux, False)


def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)


# ---- vmap

def _name(func):
    return getattr(func, '__name__', repr(func))


def _spread(dims, tree):
    """The dims of each leaf of the tree: one for all, or in the tree's own structure. None where the structures differ."""
    if dims is None or isinstance(dims, int):
        return [dims] * len(_flatten(tree))
    if isinstance(dims, dict) and isinstance(tree, dict) and list(dims) == list(tree):
        parts = [_spread(dims[key], tree[key]) for key in tree]
    elif isinstance(dims, (tuple, list)) and isinstance(tree, (tuple, list)) and len(dims) == len(tree):
        parts = [_spread(one, part) for one, part in zip(dims, tree)]
    else:
        return None
    return None if None in parts else [one for part in parts for one in part]


def vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None):
    if randomness not in ('error', 'different', 'same'):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")
    if not isinstance(in_dims, (int, tuple, list, dict)):
        raise ValueError(f'vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>): expected `in_dims` to be int or a (potentially nested) tuple '
                         f'matching the structure of inputs, got: {type(in_dims)}.')

    def wrapper(*args, **kwargs):
        here = f'vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>)'
        if not args:
            raise ValueError(f'vmap({_name(func)})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a function with no inputs. '
                             'The latter is unsupported.')
        dims = _spread(in_dims, args)
        if dims is None:
            raise ValueError(f'{here}: in_dims is not compatible with the structure of `inputs`. in_dims has structure {_structure(in_dims)} but inputs has '
                             f'structure {_structure(args)}.')
        leaves = _flatten(args)
        sizes = []
        for i, (x, dim) in enumerate(zip(leaves, dims)):
            if dim is None:
                continue
            if not isinstance(x, torch.Tensor):
                raise ValueError(f'{here}: Got in_dim={dim} for an input but the input is of type {type(x)}. We cannot vmap over non-Tensor '
                                 'arguments, please use None as the respective in_dim')
            if not -x.dim() <= dim < x.dim():
                raise ValueError(f'{here}: Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {x.dim()} so expected '
                                 f'in_dim to satisfy -{x.dim()} <= in_dim < {x.dim()}.')
            sizes.append(x.size(dim))
        sizes += [x.size(0) for x in _flatten(kwargs) if isinstance(x, torch.Tensor)]
        if not sizes:
            raise ValueError('vmap: at least one of the inputs must have a mapped dimension (an in_dim that is not None)')
        if any(size != sizes[0] for size in sizes):
            raise ValueError(f'vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension')

        def element(i):
            def part(x, dim):
                return x if dim is None else _batched(x.select(dim, i))
            own = _like(args, iter([part(x, dim) for x, dim in zip(leaves, dims)]))
            named = _map(lambda x: part(x, 0) if isinstance(x, torch.Tensor) else x, kwargs)
            return func(*own, **named)

        rows = []
        _enter_vmap(randomness == 'error')
        try:
            for i in range(sizes[0]):
                if randomness == 'same':
                    _repeat_random(i == 0)
                rows.append(element(i))
        finally:
            _leave_vmap()
        return _stacked(rows, out_dims, func)
    return wrapper


def _stacked(rows, out_dims, func):
    if not rows:
        raise RuntimeError('vmap: a batch of size 0 is not part of nabla yet')
    output = rows[0]
    columns = [_flatten(row) for row in rows]
    for leaf in columns[0]:
        if not isinstance(leaf, torch.Tensor):
            raise ValueError(f'vmap({_name(func)}, ...): `{_name(func)}` must only return Tensors, got type {type(leaf)} as a return.')
    dims = _spread(out_dims[0] if isinstance(out_dims, tuple) and len(out_dims) == 1 and isinstance(output, torch.Tensor) else out_dims, output)
    if dims is None:
        raise ValueError(f'vmap({_name(func)}, ..., out_dims={out_dims})(<inputs>): out_dims is not compatible with the structure of `outputs`. '
                         f'out_dims has structure {_structure(out_dims)} but outputs has structure {_structure(output)}.')
    parts = [leaf if dim is None else torch.stack([row[k] for row in columns], dim) for k, (leaf, dim) in enumerate(zip(columns[0], dims))]
    return _like(output, iter(parts))


# ---- modules as functions

def functional_call(module, parameter_and_buffer_dicts, args, kwargs=None, *, tie_weights=True, strict=False):
    dicts = parameter_and_buffer_dicts if isinstance(parameter_and_buffer_dicts, (tuple, list)) else (parameter_and_buffer_dicts,)
    values = {key: value for one in dicts for key, value in one.items()}
    own = dict(module.named_parameters())
    own.update(module.named_buffers())
    if strict and set(own) != set(values):
        missing, unexpected = [n for n in own if n not in values], [n for n in values if n not in own]
        raise RuntimeError('Missing key(s): ' + ', '.join(f'"{n}"' for n in missing) + '.' if missing else
                           'Unexpected key(s): ' + ', '.join(f'"{n}"' for n in unexpected) + '.')
    before = []
    try:
        for name, value in values.items():
            path, _, last = name.rpartition('.')
            place = module.get_submodule(path) if path else module
            names = place._parameters if last in place._parameters else place._buffers
            if last not in names:
                raise KeyError(name)
            before.append((names, last, names[last]))
            names[last] = value
        return module(*(args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    finally:
        for names, last, value in reversed(before):
            names[last] = value


def stack_module_state(models):
    if len(models) == 0:
        raise RuntimeError('stack_module_state: Expected at least one model, got 0.')
    if not all(type(model) is type(models[0]) for model in models):
        raise RuntimeError('stack_module_state: Expected all models to be of the same class.')
    states = [dict(model.named_parameters()) for model in models]
    params = {name: torch.stack([state[name] for state in states]).detach().requires_grad_(p.requires_grad) for name, p in states[0].items()}
    states = [dict(model.named_buffers()) for model in models]
    buffers = {name: torch.stack([state[name] for state in states]).detach() for name in states[0]}
    return params, buffers
