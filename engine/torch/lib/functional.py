# torch.autograd.functional: whole Jacobians and Hessians, and their products with vectors.
import torch
from torch.autograd import grad


def _as_tuple(value, argument, function):
    is_tuple = isinstance(value, tuple)
    values = value if is_tuple else (value,)
    for i, item in enumerate(values):
        if not isinstance(item, torch.Tensor):
            if is_tuple:
                raise TypeError(f'The {argument} given to {function} must be either a Tensor or a tuple of Tensors but the value at index {i} '
                                f'has type {type(item)}.')
            raise TypeError(f'The {argument} given to {function} must be either a Tensor or a tuple of Tensors but the given {argument} has '
                            f'type {type(item)}.')
    return is_tuple, values


def _prepared(inputs, create_graph, need_graph=True):
    return tuple(x.view_as(x) if create_graph and x.requires_grad else x.detach().requires_grad_(need_graph) for x in inputs)


def _filled(gradients, inputs, strict, create_graph, stage):
    """Zeros where there is no gradient, but not in strict mode. `stage`: of which pass they are."""
    missing = {'back': 'The output of the user-provided function is independent of input {}. This is not allowed in strict mode.',
               'back_trick': 'The gradient with respect to the input is independent of entry {} in the grad_outputs when using the double backward trick to compute '
                             'forward mode gradients. This is not allowed in strict mode.',
               'double_back': 'The jacobian of the user-provided function is independent of input {}. This is not allowed in strict mode.',
               'double_back_trick': 'The hessian of the user-provided function is independent of entry {} in the grad_jacobian. This is not allowed in strict mode as it '
                                    'prevents from using the double backward trick to replace forward mode AD.'}
    out = []
    for i, (g, x) in enumerate(zip(gradients, inputs)):
        if g is None and strict:
            raise RuntimeError(missing[stage].format(i))
        if g is not None and strict and create_graph and not g.requires_grad:
            what = 'hessian' if 'double' in stage else 'jacobian'
            raise RuntimeError(f'The {what} of the user-provided function is independent of input {i}. This is not allowed in strict mode when create_graph=True.')
        out.append(torch.zeros_like(x) if g is None else g)
    return tuple(out)


def _need_graph(tensors, strict, what='outputs'):
    """In strict mode all must depend on the inputs."""
    for i, x in enumerate(tensors if strict else ()):
        if x is None:
            raise RuntimeError(f'The output of the user-provided function is independent of input {i}. This is not allowed in strict mode.')
        if x.requires_grad:
            continue
        raise RuntimeError({
            'hessian': f'The hessian of the user-provided function with respect to input {i} is independent of the input. This is not allowed in strict mode. You should '
                       'ensure that your function is thrice differentiable and that the hessian depends on the inputs.',
            'jacobian': f'While computing the hessian, found that the jacobian of the user-provided function with respect to input {i} is independent of the input. This '
                        'is not allowed in strict mode. You should ensure that your function is twice differentiable and that the jacobian depends on the inputs (this '
                        'would be violated by a linear function for example).',
            'grad_inputs': f'The gradient with respect to input {i} is independent of the inputs of the user-provided function. This is not allowed in strict mode.',
            'outputs': f'Output {i} of the user-provided function does not require gradients. The outputs must be computed in a differentiable manner from the input when '
                       'running in strict mode.'}[what])


def _grad(outputs, inputs, seeds=None, create_graph=False, retain_graph=None):
    """torch.autograd.grad of those outputs that have a history."""
    seeds = (None,) * len(outputs) if seeds is None else seeds
    pairs = [(out, seed) for out, seed in zip(outputs, seeds) if out is not None and out.requires_grad]
    if not pairs:
        return (None,) * len(inputs)
    return grad([out for out, _ in pairs], inputs, [seed for _, seed in pairs], allow_unused=True, create_graph=create_graph, retain_graph=retain_graph)


def _finished(tensors, create_graph):
    return tensors if create_graph else tuple(x.detach() for x in tensors)


def _vectors(v, like, is_tuple, what, function, create_graph):
    if v is None:
        if len(like) != 1 or like[0].nelement() != 1:
            raise RuntimeError(f'The vector v can only be None if {what} a single Tensor with a single element.')
        return None
    v = _prepared(_as_tuple(v, 'v', function)[1], create_graph, need_graph=False)
    if len(v) != len(like):
        raise RuntimeError(f'v is a tuple of invalid length: should be {len(like)} but got {len(v)}.' if is_tuple else 'The given v should contain a single Tensor.')
    for i, (one, x) in enumerate(zip(v, like)):
        if one.size() != x.size():
            prefix = f'Entry {i} in ' if is_tuple else ''
            raise RuntimeError(f'{prefix}v has invalid size: should be {x.size()} but got {one.size()}.')
    return v


def _by_columns(func, inputs, strict, vectorize):
    """The Jacobian by forward mode, where PyTorch has it."""
    if strict:
        raise RuntimeError('torch.autograd.functional.jacobian: `strict=True` and `strategy="forward-mode"` are not supported together (yet). Please either set '
                           '`strict=False` or `strategy="reverse-mode"`.')
    if not vectorize:
        raise NotImplementedError('Computing Jacobian using forward-AD or forward-over-reverse Hessian isonly implemented for `vectorize=True`.')
    from torch._func_grad import _depends_on_others
    from torch._func_jacobians import _basis, _push_along
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'jacobian')
        inputs = _prepared(inputs, True)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs', None)  # PyTorch's own words
        push = _push_along(list(outputs), list(inputs))[0]
        zeros = [torch.zeros_like(x) for x in inputs]
        columns = [push(zeros[:k] + [one] + zeros[k + 1:]) for k, x in enumerate(inputs) for one in _basis(x)]
        rows = []
        for i, out in enumerate(outputs):  # as PyTorch leaves them: in lists, and with a history where the function reads what is tracked outside
            whole = torch.stack([column[i] for column in columns]) if out.requires_grad else torch.zeros_like(out).expand(len(columns), *out.size())
            tracked = out.requires_grad and _depends_on_others(out, inputs)
            whole = whole if tracked and whole.requires_grad else whole.detach().requires_grad_(tracked)
            parts = whole.split([x.nelement() for x in inputs], dim=0)
            rows.append([part.permute(*range(1, part.dim()), 0).reshape(out.size() + x.size()) for part, x in zip(parts, inputs)])
    rows = rows if inputs_tuple else tuple(row[0] for row in rows)
    return rows if outputs_tuple else rows[0]


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy='reverse-mode'):
    assert strategy in ('forward-mode', 'reverse-mode'), (
        'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your function has more outputs than inputs, "forward-mode" tends to be more performant. '
        'Otherwise, prefer to use "reverse-mode".')
    if strategy == 'forward-mode':
        if create_graph:
            raise NotImplementedError('torch.autograd.functional.jacobian: `create_graph=True` and `strategy="forward-mode"` are not supported together (yet). Please either '
                                      'set `create_graph=False` or `strategy="reverse-mode"`.')
        return _by_columns(func, inputs, strict, vectorize)
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'jacobian')
        inputs = _prepared(inputs, create_graph)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'jacobian')
        _need_graph(outputs, strict)
        if vectorize and strict:
            raise RuntimeError('torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported together. Please either set `strict=False` or '
                               '`vectorize=False`.')
        if vectorize and not any([out.nelement() for out in outputs]) and any([out.requires_grad for out in outputs]):
            raise IndexError('index 0 is out of bounds for dimension 0 with size 0')
        rows = ()
        for i, out in enumerate(outputs):
            parts = [[] for _ in inputs]
            for j in range(out.nelement()):
                if vectorize:  # PyTorch goes back from all outputs at once
                    seeds = [torch.zeros(one.shape, dtype=one.dtype) for one in outputs]
                    seeds[i].view(-1)[j] = 1
                    given = _grad(outputs, inputs, seeds, retain_graph=True, create_graph=create_graph)
                else:
                    given = _grad((out.reshape(-1)[j],), inputs, retain_graph=True, create_graph=create_graph)
                for k, (part, g, x) in enumerate(zip(parts, given, inputs)):
                    if g is None and strict:
                        raise RuntimeError(f'Output {i} of the user-provided function is independent of input {k}. This is not allowed in strict mode.')
                    if g is not None and strict and create_graph and not g.requires_grad:
                        raise RuntimeError(f'The jacobian of the user-provided function is independent of input {i}. This is not allowed in strict mode when create_graph=True.')
                    part.append(torch.zeros_like(x) if g is None else g)
            rows += (tuple((torch.stack(part, dim=0) if part or not vectorize else x.new_zeros(0)).view(out.size() + x.size()) for part, x in zip(parts, inputs)),)
        rows = tuple(_finished(row, create_graph) for row in rows)
    rows = rows if inputs_tuple else tuple(row[0] for row in rows)
    return rows if outputs_tuple else rows[0]


def _scalar(func, inputs, function, strict):
    is_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', function)
    _need_graph(outputs, strict)
    if is_tuple or not isinstance(outputs[0], torch.Tensor):
        raise RuntimeError(f'The function given to {function} should return a single Tensor')
    if outputs[0].nelement() != 1:
        raise RuntimeError(f'The Tensor returned by the function given to {function} should contain a single element')
    return outputs[0]


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy='reverse-mode'):
    inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'hessian')
    assert outer_jacobian_strategy in ('forward-mode', 'reverse-mode'), 'Expected strategy to be either "forward-mode" or "reverse-mode".'

    def gradients(*xs):
        rows = jacobian(lambda *inner: _scalar(func, inner, 'hessian', strict).squeeze(), xs, create_graph=True)
        _need_graph(rows, strict, 'jacobian')
        return rows

    if outer_jacobian_strategy == 'forward-mode':
        inputs = tuple(x if x.requires_grad else x.detach().requires_grad_() for x in inputs)
    rows = jacobian(gradients, inputs, create_graph=create_graph, strict=strict, vectorize=vectorize, strategy=outer_jacobian_strategy)
    return rows if inputs_tuple else rows[0][0]


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'vjp')
        inputs = _prepared(inputs, create_graph)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'vjp')
        _need_graph(outputs, strict)
        v = _vectors(v, outputs, outputs_tuple, 'the user-provided function returns', 'vjp', create_graph)
    with torch.set_grad_enabled(create_graph or torch.is_grad_enabled()):
        given = _filled(_grad(outputs, inputs, v, create_graph), inputs, strict, create_graph, 'back')
    outputs, given = _finished(outputs, create_graph), _finished(given, create_graph)
    return outputs if outputs_tuple else outputs[0], given if inputs_tuple else given[0]


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'jvp')
        inputs = _prepared(inputs, create_graph)
        v = _vectors(v, inputs, inputs_tuple, 'the input to the user-provided function is', 'jvp', create_graph)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'jvp')
        _need_graph(outputs, strict)
        # Twice backward: the gradient of <J^T u, v> by u is J v.
        u = tuple(torch.zeros_like(out, requires_grad=True) for out in outputs)
        back = _grad(outputs, inputs, u, True)
        _need_graph(back, strict, 'grad_inputs')
        given = _filled(_grad(back, u, v, create_graph), outputs, strict, create_graph, 'back_trick')
    outputs, given = _finished(outputs, create_graph), _finished(given, create_graph)
    return outputs if outputs_tuple else outputs[0], given if outputs_tuple else given[0]


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    return _hessian_product(func, inputs, v, create_graph, strict, 'vhp')


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    return _hessian_product(func, inputs, v, create_graph, strict, 'hvp')


def _hessian_product(func, inputs, v, create_graph, strict, function):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', function)
        inputs = _prepared(inputs, create_graph)
        v = _vectors(v, inputs, inputs_tuple, 'the input to the user-provided function is', function, create_graph)
        outputs = (_scalar(func, inputs, function, strict),)
        back = _grad(outputs, inputs, None, True)
        _need_graph(back, strict, 'jacobian')
        if function == 'vhp':
            given = _filled(_grad(back, inputs, v, create_graph), inputs, strict, create_graph, 'double_back')
        else:  # as jvp does it
            u = tuple(torch.zeros_like(x, requires_grad=True) for x in inputs)
            twice = _grad(back, inputs, u, True)
            _need_graph(back, strict, 'hessian')
            given = _filled(_grad(twice, u, v, create_graph), inputs, strict, create_graph, 'double_back_trick')
    outputs, given = _finished(outputs, create_graph), _finished(given, create_graph)
    return outputs[0], given if inputs_tuple else given[0]
