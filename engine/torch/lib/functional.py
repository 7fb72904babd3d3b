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


def _prepared(inputs, create_graph):
    return tuple(x.view_as(x) if create_graph and x.requires_grad else x.detach().requires_grad_() for x in inputs)


def _filled(gradients, inputs, strict, what):
    out = []
    for i, (g, x) in enumerate(zip(gradients, inputs)):
        if g is None and strict:
            raise RuntimeError(f'{what} is independent of input {i}. This is not allowed in strict mode.')
        out.append(torch.zeros_like(x) if g is None else g)
    return tuple(out)


def _finished(tensors, create_graph):
    return tensors if create_graph else tuple(x.detach() for x in tensors)


def _vectors(v, like, is_tuple, what):
    if v is None:
        if len(like) != 1 or like[0].nelement() != 1:
            raise RuntimeError(f'The vector v can only be None if {what} a single Tensor with a single element.')
        return (torch.ones_like(like[0]),)
    v = v if isinstance(v, tuple) else (v,)
    if len(v) != len(like):
        raise RuntimeError(f'v is a tuple of invalid length: should be {len(like)} but got {len(v)}.')
    for i, (one, x) in enumerate(zip(v, like)):
        if one.size() != x.size():
            prefix = f'Entry {i} in ' if is_tuple else ''
            raise RuntimeError(f'{prefix}v has invalid size: should be {x.size()} but got {one.size()}.')
    return v


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy='reverse-mode'):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'jacobian')
        inputs = _prepared(inputs, create_graph)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'jacobian')
        rows = ()
        for i, out in enumerate(outputs):
            parts = [[] for _ in inputs]
            for j in range(out.nelement()):
                given = (None,) * len(inputs)
                if out.requires_grad:
                    given = grad(out.reshape(-1)[j], inputs, retain_graph=True, create_graph=create_graph, allow_unused=True)
                elif strict:
                    raise RuntimeError(f'Output {i} of the user-provided function does not require gradients. The outputs must be computed in a '
                                       'differentiable manner from the input when running in strict mode.')
                given = _filled(given, inputs, strict, f'Output {i} of the user-provided function')
                for part, g in zip(parts, given):
                    part.append(g)
            rows += (tuple(torch.stack(part, dim=0).view(out.size() + x.size()) for part, x in zip(parts, inputs)),)
        rows = tuple(_finished(row, create_graph) for row in rows)
    rows = rows if inputs_tuple else tuple(row[0] for row in rows)
    return rows if outputs_tuple else rows[0]


def _scalar(func, inputs, function):
    is_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', function)
    if is_tuple or not isinstance(outputs[0], torch.Tensor):
        raise RuntimeError(f'The function given to {function} should return a single Tensor')
    if outputs[0].nelement() != 1:
        raise RuntimeError(f'The Tensor returned by the function given to {function} should contain a single element')
    return outputs[0].squeeze()


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy='reverse-mode'):
    inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'hessian')

    def gradients(*xs):
        return _filled(grad(_scalar(func, xs, 'hessian'), xs, create_graph=True, allow_unused=True), xs, strict, 'The function')

    rows = jacobian(gradients, inputs, create_graph=create_graph, strict=strict)
    return rows if inputs_tuple else rows[0][0]


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'vjp')
        inputs = _prepared(inputs, create_graph)
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'vjp')
        v = _vectors(v, outputs, outputs_tuple, 'the user-provided function returns')
        given = _filled(grad(outputs, inputs, v, create_graph=create_graph, allow_unused=True), inputs, strict, 'The output of the user-provided function')
    outputs, given = _finished(outputs, create_graph), _finished(given, create_graph)
    return outputs if outputs_tuple else outputs[0], given if inputs_tuple else given[0]


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        inputs_tuple, inputs = _as_tuple(inputs, 'inputs', 'jvp')
        inputs = _prepared(inputs, create_graph)
        v = _vectors(v, inputs, inputs_tuple, 'the input to the user-provided function is')
        outputs_tuple, outputs = _as_tuple(func(*inputs), 'outputs of the user-provided function', 'jvp')
        # Twice backward: the gradient of <J^T u, v> by u is J v.
        u = tuple(torch.zeros_like(out, requires_grad=True) for out in outputs)
        back = _filled(grad(outputs, inputs, u, create_graph=True, allow_unused=True), inputs, strict, 'The output of the user-provided function')
        pairs = [(b, one) for b, one in zip(back, v) if b.requires_grad]
        given = (None,) * len(u)
        if pairs:
            given = grad([b for b, _ in pairs], u, [one for _, one in pairs], create_graph=create_graph, allow_unused=True)
        given = _filled(given, outputs, False, '')
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
        v = _vectors(v, inputs, inputs_tuple, 'the input to the user-provided function is')
        output = _scalar(func, inputs, function)
        back = _filled(grad(output, inputs, create_graph=True, allow_unused=True), inputs, strict, 'The function')
        pairs = [(b, one) for b, one in zip(back, v) if b.requires_grad]
        given = (None,) * len(inputs)
        if pairs:
            given = grad([b for b, _ in pairs], inputs, [one for _, one in pairs], create_graph=create_graph, allow_unused=True)
        given = _filled(given, inputs, False, '')
    if not create_graph:
        output = output.detach()
    given = _finished(given, create_graph)
    return output, given if inputs_tuple else given[0]
