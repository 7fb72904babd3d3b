# torch.autograd.gradcheck: gradients held against central differences. The function is called as often as PyTorch calls it and in the same order, so that
# what it prints, draws or counts is the same. First the numbers, then what is compared, then gradcheck() and gradgradcheck().
import collections.abc
import itertools
import warnings

import torch


class GradcheckError(RuntimeError):
    """What gradcheck() and gradgradcheck() raise."""
    __module__ = 'torch.autograd.gradcheck'


def _as_tuple(x):
    return tuple(x) if isinstance(x, (tuple, list)) else (x,)


def _is_float(x):
    return isinstance(x, torch.Tensor) and x.is_floating_point()


def _is_tracked(x):
    return isinstance(x, torch.Tensor) and x.requires_grad


def _tracked(values):
    """All tensors that require grad, in nested values."""
    if isinstance(values, torch.Tensor):
        return [values] if values.requires_grad else []
    if isinstance(values, collections.abc.Iterable) and not isinstance(values, str):
        return [x for value in values for x in _tracked(value)]
    return []


def _differentiable(outputs):
    return tuple([out for out in _as_tuple(outputs) if out.requires_grad])


# ------------------------------------------------------------------------------------------------------------------ numerical

def _differences(func, inputs, entry, by, norm, eps, where=''):
    """(f(x + by) - f(x - by)) / (2 norm) of each output, flat; `entry` is the memory of the part of the inputs that moves."""
    kept = entry.clone()
    entry.copy_(kept - by)
    below = tuple([out.clone() for out in _as_tuple(func(*inputs))])
    entry.copy_(kept + by)
    above = tuple([out.clone() for out in _as_tuple(func(*inputs))])
    entry.copy_(kept)
    out = []
    for a, b in zip(below, above):
        for what, one, other in (('shape', a.shape, b.shape), ('dtype', a.dtype, b.dtype)):
            assert one == other, (f'Expected `func` to return outputs with the same {what} when inputs are perturbed {where}by {eps}, but got: '
                                  f'{what}s {one} and {other}.')
        out.append(((b - a) / (2 * norm)).detach().reshape(-1))
    return out


def _numerical_of(func, inputs, outputs, x, eps):
    """One Jacobian for each floating output: a row for each element of x."""
    memory = x.data
    rows = [_differences(func, inputs, memory[at], eps, eps, eps, 'on index {idx} ') for at in itertools.product(*[range(size) for size in x.shape])]
    jacobians = [out.new_zeros((x.numel(), out.numel())) for out in outputs if _is_float(out)]
    for i, jacobian in enumerate(jacobians):
        for k, row in enumerate(rows):
            jacobian[k] = row[i]
    return jacobians


def _numerical(func, inputs, outputs, eps):
    return [_numerical_of(func, inputs, outputs, x, eps) for x in inputs if _is_tracked(x)]


# ------------------------------------------------------------------------------------------------------------------ analytical

_NOT_REENTRANT = """

NOTE: If your op relies on non-deterministic operations i.e., it is listed here:
https://pytorch.org/docs/stable/generated/torch.use_deterministic_algorithms.html
this failure might be expected.

If you are adding a new operator, please file an issue and then use one of the
workarounds. The workaround depends on how your test invokes gradcheck/gradgradcheck.
If the test
- manually invokes gradcheck/gradgradcheck, then call gradcheck/gradgradcheck
  with `nondet_tol=<tol>` as a keyword argument.
- is OpInfo-based (e.g., in test_ops_gradients.py), then modify the OpInfo for the test
  to have `gradcheck_nondet_tol=<tol>`.
- is a Module test (e.g., in common_nn.py), then modify the corresponding
  module_test entry to have `gradcheck_nondet_tol=<tol>`
"""


def _copies(gradients):
    return [g.clone() if isinstance(g, torch.Tensor) else None for g in gradients]


def _rows_of(back, sample):
    """For each input the gradients of each element of the output."""
    seed = torch.zeros(sample.shape, dtype=sample.dtype)
    flat, rows = seed.view(-1), []
    for j in range(flat.numel()):
        flat.zero_()
        flat[j] = 1.0
        rows.append(_copies(back(seed)))
    return [list(column) for column in zip(*rows)]


def _stacked(columns, inputs, count):
    """The Jacobians, whether all gradients have their input's size, and whether they have its type."""
    jacobians = [x.new_zeros((x.numel(), count)) for x in inputs if _is_float(x) and x.requires_grad]
    sizes_hold = types_hold = True
    for x, jacobian, column in zip(_tracked(inputs), jacobians, columns):
        for j, g in enumerate(column):
            if g is None:
                continue
            if g.size() != x.size():
                sizes_hold = False
            elif g.dtype != x.dtype:
                types_hold = False
            assert jacobian[:, j].numel() == g.numel()
            jacobian[:, j] = g.reshape(-1)
    return jacobians, sizes_hold, types_hold


def _twice(inputs, output, direction=None):
    """The Jacobians of one output (or their product with `direction`), computed twice."""
    leaves = _tracked(inputs)

    def back(seed):
        return torch.autograd.grad(output, leaves, seed, retain_graph=True, allow_unused=True)

    def compute():
        sample = output.clone()
        return _rows_of(back, sample) if direction is None else [[g] for g in _copies(back(direction.reshape(sample.shape)))]
    first, second = compute(), compute()
    count = output.numel() if direction is None else 1
    jacobians, sizes_hold, types_hold = _stacked(first, inputs, count)
    return jacobians, _stacked(second, inputs, count)[0], sizes_hold, types_hold


def _same(first, second, tolerance):
    return not any([a.numel() and (a - b).abs().max() > tolerance for a, b in zip(first, second)])


def _analytical(inputs, output, nondet_tol, check_grad_dtypes, direction=None):
    jacobians, again, sizes_hold, types_hold = _twice(inputs, output, direction)
    if not sizes_hold and check_grad_dtypes:  # PyTorch mixes the two up
        raise GradcheckError('Gradient has dtype mismatch')
    if not types_hold:
        raise GradcheckError('Analytical gradient has incorrect size')
    if not _same(jacobians, again, nondet_tol):
        raise GradcheckError('Backward is not reentrant, i.e., running backward with same input and grad_output multiple times gives different values, although analytical '
                             f'gradient matches numerical gradient.The tolerance for nondeterminism was {nondet_tol}.' + _NOT_REENTRANT)
    return jacobians


def _forward(func, inputs, outputs, directions=None):
    """Jacobians by forward mode, [input][output]; with a direction for each input their products, flat."""
    ad = torch.autograd.forward_ad
    found = []
    with ad.dual_level():
        for k, x in enumerate(inputs):
            if not _is_tracked(x):
                continue
            if directions is None:
                ways = [way.view(x.shape) for way in torch.eye(x.numel(), dtype=x.dtype)]
            else:
                ways = [directions[len(found)].view(x.shape)]
            rows = []
            for way in ways:
                duals = [ad.make_dual(y.detach(), way if i == k else torch.zeros_like(y)) if _is_tracked(y) else y for i, y in enumerate(inputs)]
                tangents = [ad.unpack_dual(out)[1] for out in _as_tuple(func(*duals)) if _is_float(out)]
                rows.append([torch.zeros(out.numel(), dtype=out.dtype) if t is None else t.detach().reshape(-1)
                             for t, out in zip(tangents, [out for out in outputs if _is_float(out)])])
            found.append([torch.stack(column) if directions is None else column[0] for column in zip(*rows)])
    return found


# -------------------------------------------------------------------------------------------------------------------- comparing

def _close(a, b, rtol, atol):
    kind = torch.promote_types(a.dtype, b.dtype)
    return torch.allclose(a.to(kind), b.to(kind), rtol, atol)


def _mismatch(analytical, numerical, output, input, forward):
    mode = 'computed with forward mode ' if forward else ''
    return f'Jacobian {mode}mismatch for output {output} with respect to input {input},\nnumerical:{numerical!s}\nanalytical:{analytical!s}\n'


def _check_zero(jacobians, tolerance=0):
    for jacobian in jacobians:
        if jacobian.numel() and jacobian.abs().max() > tolerance:
            raise GradcheckError('Numerical gradient for function expected to be zero')


def _check_slowly(func, func_out, inputs, outputs, options, forward):
    func_out = _as_tuple(func_out)
    numerical = _numerical(func, inputs, func_out, options['eps'])
    if not outputs:
        return _check_zero([jacobian for of_input in numerical for jacobian in of_input])
    by_output = [column for out, column in zip(func_out, zip(*numerical)) if out.requires_grad]
    by_forward = _forward(func, inputs, func_out) if forward else None
    for i, out in enumerate(outputs):
        analytical = [of_input[i] for of_input in by_forward] if forward else _analytical(inputs, out, options['nondet_tol'], options['check_grad_dtypes'])
        for j, (a, n) in enumerate(zip(analytical, by_output[i])):
            if not _close(a, n, options['rtol'], options['atol']):
                raise GradcheckError(_mismatch(a, n, i, j, forward))


_ONLY_FAST_FAILS = """
Fast gradcheck failed but element-wise differences are small. This means that the
test might've passed in slow_mode!

If you are adding a new operator, please file an issue and then use one of the
workarounds. The workaround depends on how your test invokes gradcheck/gradgradcheck:

If the test
- manually invokes gradcheck/gradgradcheck, then call gradcheck/gradgradcheck
  with `fast_mode=False` as a keyword argument.
- is OpInfo-based (e.g., in test_ops_gradients.py), then modify the OpInfo for the test
  to have `gradcheck_fast_mode=False`
- is a Module test (e.g., in common_nn.py), then modify the corresponding
  module_test entry to have `gradcheck_fast_mode=False`
""".strip()


def _slow_words(func, inputs, outputs, input, output, rtol, atol, forward):
    """What the slow way says of a mismatch that the fast one found."""
    numerical = _numerical(func, inputs, outputs, 1e-3)[input][output]
    if forward:
        at = [i for i, x in enumerate(inputs) if _is_tracked(x)][input]
        analytical = _forward(lambda x: _as_tuple(func(*inputs[:at], x, *inputs[at + 1:]))[output], (inputs[at],), (outputs[output],))[0][0]
    else:
        analytical = _analytical(inputs, outputs[output], float('inf'), False)[input]
    return ('\nThe above quantities relating the numerical and analytical jacobians are computed \n'
            'in fast mode. See: https://github.com/pytorch/pytorch/issues/53876 for more background \n'
            'about fast mode. Below, we recompute numerical and analytical jacobians in slow mode:\n\n'
            f'Numerical:\n {numerical}\nAnalytical:\n{analytical}\n\n'
            f'The max per-element difference (slow mode) is: {(numerical - analytical).abs().max()}.\n'
            + (_ONLY_FAST_FAILS if torch.allclose(analytical, numerical, rtol, atol) else ''))


def _random_directions(inputs, outputs, forward):
    """Of length 1, from a stream of their own: u for each input and, but for forward mode, v for each output."""
    stream = torch.Generator()

    def draw(x):
        way = torch.rand(x.numel(), generator=stream).to(x.dtype)
        return way / way.norm()
    us = [draw(x) for x in inputs if _is_tracked(x)]
    return us, None if forward else [draw(out) for out in outputs]


def _check_fast(func, func_out, inputs, outputs, options, forward):
    """Holds v J u against v J u, not the whole Jacobians."""
    eps, rtol, atol = options['eps'], options['rtol'], options['atol']
    us, vs = _random_directions(inputs, outputs, forward)
    numerical = []
    for x, u in zip([x for x in inputs if _is_tracked(x)], us):
        found = _differences(func, inputs, x.data, u.reshape(x.shape) * eps, eps, eps)
        found = [column for column, out in zip(found, _as_tuple(func_out)) if _is_float(out)]
        numerical.append(found if forward else [(v * column).sum() for v, column in zip(vs, found)])
    if forward:
        analytical = _forward(func, inputs, _as_tuple(func_out), us)
    else:
        if not outputs:
            for x, u in zip([x for x in inputs if _is_tracked(x)], us):
                _check_zero(_differences(func, inputs, x.data, u.reshape(x.shape) * eps, eps, eps), options['nondet_tol'])
        by_output = [[jacobian.T.squeeze(0).dot(u) for jacobian, u in zip(_analytical(inputs, out, options['nondet_tol'], options['check_grad_dtypes'], v), us)]
                     for out, v in zip(outputs, vs)]
        analytical = list(zip(*by_output))
    for i, (u, of_input) in enumerate(zip(us, numerical)):
        for j, n in enumerate(of_input):
            a = analytical[i][j]
            if not _close(a, n, rtol, atol * float(u.sum()) * (1. if vs is None else float(vs[j].sum()))):
                raise GradcheckError(_mismatch(a, n, j, i, forward) + _slow_words(func, inputs, outputs, i, j, rtol, atol, forward))


# ---------------------------------------------------------------------------------------------------------------- further checks

_FORWARD_BATCH = """
gradcheck failed while testing batched gradient computation with forward-mode AD.
This test is enabled automatically when both `check_batched_grad=True`
and `check_forward_ad=True`, but can be disabled in the following ways
dependong on how the test was invoked (via a test that calls gradcheck
directly or via an autogenerated test).

If you are adding a new operator, please file an issue and then use one of the
workarounds. The workaround depends on how your test invokes gradcheck/gradgradcheck.
If the test
- manually invokes gradcheck/gradgradcheck, then call gradcheck/gradgradcheck
  with `check_batched_forward_grad=False` as a keyword argument.
- is OpInfo-based (e.g., in test_ops_gradients.py), then modify the OpInfo for the test
  to have `check_batched_forward_grad=False`
"""

_BATCH = """
gradcheck or gradgradcheck failed while testing batched gradient computation.
This could have been invoked in a number of ways (via a test that calls
gradcheck/gradgradcheck directly or via an autogenerated test).

If you are adding a new operator, please file an issue and then use one of the
workarounds. The workaround depends on how your test invokes gradcheck/gradgradcheck.
If the test
- manually invokes gradcheck/gradgradcheck, then call gradcheck/gradgradcheck
  with `check_batched_grad=False` as a keyword argument.
- is OpInfo-based (e.g., in test_ops_gradients.py), then modify the OpInfo for the test
  to have `check_batched_grad=False` and/or `check_batched_gradgrad=False`.

If you're modifying an existing operator that supports batched grad computation,
or wish to make a new operator work with batched grad computation, please read
the following.

To compute batched grads (e.g., jacobians, hessians), we vmap over the backward
computation. The most common failure case is if there is a 'vmap-incompatible
operation' in the backward pass. Please see
NOTE: [How to write vmap-compatible backward formulas]
in the codebase for an explanation of how to fix this.
""".strip()


def _check_batch(function, like, output, words):
    """`function`, which gives a tuple, of two random tensors as of a batch of two."""
    given = [torch.randn_like(like) for _ in range(2)]
    expected = [torch.stack(parts) for parts in zip(*[function(x) for x in given])]
    try:
        result = torch.func.vmap(function)(torch.stack(given))
    except RuntimeError as error:
        raise GradcheckError(f'While computing batched gradients, got: {error}\n\n{words}')
    for k, (found, wanted) in enumerate(zip(result, expected)):
        if not torch.allclose(found, wanted):
            raise GradcheckError(f'For output {k if output is None else output} and input {k}:\n\n{words}\n\nGot:\n{found}\n\nExpected:\n{wanted}')


def _check_batched_grad(inputs, output, number):
    leaves = _tracked(inputs)

    def back(seed):
        found = torch.autograd.grad(output, leaves, seed, retain_graph=True, allow_unused=True)
        return tuple([torch.zeros((), dtype=x.dtype).expand(x.shape) if g is None else g for g, x in zip(found, leaves)])
    _check_batch(back, output, number, _BATCH)


def _check_batched_forward(func, inputs):
    ad = torch.autograd.forward_ad
    for k, x in enumerate(inputs):
        if not (_is_tracked(x) and _is_float(x)):
            continue

        def along(tangent):
            with ad.dual_level():
                plain = [y.detach() if isinstance(y, torch.Tensor) else y for y in inputs]
                plain[k] = ad.make_dual(plain[k], tangent)
                pairs = [ad.unpack_dual(out) for out in _as_tuple(func(*plain)) if out is not None]
                return tuple([torch.zeros((), dtype=primal.dtype).expand(primal.shape) if t is None else t for primal, t in pairs])
        _check_batch(along, x, None, _FORWARD_BATCH)


def _check_multiplied(outputs, inputs):
    """A gradient of zero must come back as zero."""
    leaves = _tracked(inputs)
    if not leaves:
        raise GradcheckError('no Tensors requiring grad found in input')
    found = torch.autograd.grad(outputs, leaves, [torch.zeros_like(out) for out in outputs], allow_unused=True)
    for g, x in zip(found, leaves):
        if g is None:
            continue
        if not g.eq(0).all():
            raise GradcheckError('backward not multiplied by grad_output')
        if g.dtype != x.dtype:
            raise GradcheckError('grad is incorrect type')
        if g.size() != x.size():
            raise GradcheckError('grad is incorrect size')


class _Undefined(torch.autograd.Function):
    """No gradient goes through it."""
    @staticmethod
    def forward(ctx, x):
        return x.view_as(x)

    @staticmethod
    def backward(ctx, g):
        return None


def _check_undefined(func, outputs, inputs):
    leaves = _tracked(inputs)

    def refuse(words):
        warnings.warn('Backwards compatibility: New undefined gradient support checking feature is enabled by default, but it may break existing callers of this function. If '
                      'this is true for you, you can call this function with "check_undefined_grad=False" to disable the feature')
        raise GradcheckError(words + ' Please look at "Notes about undefined output gradients" in "tools/autograd/derivatives.yaml"')

    cases = [[_Undefined.apply(out) for out in _differentiable(func(*inputs))]]
    if len(cases[0]) > 1:
        for k in range(len(outputs)):
            cases.append([_Undefined.apply(out) if i == k else out for i, out in enumerate(_differentiable(func(*inputs)))])
    for case in cases:
        try:
            found = torch.autograd.grad(case, leaves, [torch.zeros_like(out) for out in case], allow_unused=True)
        except RuntimeError:
            refuse('Expected backward function to handle undefined output grads.')
        if any([g is not None and not g.eq(0).all() for g in found]):
            refuse('Expected all input grads to be undefined or zero when all output grads are undefined or zero.')


def _check_undefined_forward(func, outputs, inputs):
    """No tangent must be as good as a tangent of zeros."""
    ad = torch.autograd.forward_ad
    us, _ = _random_directions(inputs, outputs, True)
    places = [k for k, x in enumerate(inputs) if _is_tracked(x)]
    with ad.dual_level():
        for k in places:
            def along(own):
                duals = list(inputs)
                for i, u in zip(places, us):
                    duals[i] = own if i == k else ad.make_dual(inputs[i].detach(), u.view(inputs[i].shape))
                return [ad.unpack_dual(out)[1] for out in _as_tuple(func(*duals)) if _is_float(out)]
            zeros = along(ad.make_dual(inputs[k].detach(), torch.zeros_like(inputs[k])))
            for number, (a, b) in enumerate(zip(zeros, along(inputs[k].detach()))):
                if not (a is None or b is None or torch.allclose(a, b)):
                    raise GradcheckError('Mismatch in tangent values for output with index: ', number, ' when input: ', inputs[k], ' has an undefined tangent value. ',
                                         ' Got: ', a, ' but expected: ', b)


# -------------------------------------------------------------------------------------------------------------------- the checks

def _check_inputs(inputs):
    for k, x in enumerate(inputs):
        if not _is_tracked(x):
            continue
        if x.dtype != torch.float64:
            warnings.warn(f'Input #{k} requires gradient and is not a double precision floating point or complex. This check will likely fail if all the inputs are '
                          'not of double precision floating point or complex. ')
        if any([step == 0 and size > 1 for step, size in zip(x.stride(), x.shape)]):
            raise RuntimeError(f'The {k}th input has a dimension with stride 0. gradcheck only supports inputs that are non-overlapping to be able to compute the numerical '
                               'gradients correctly. You should call .contiguous on the input before passing it to gradcheck.')
        x.retain_grad()
    if not any([_is_tracked(x) for x in inputs]):
        raise ValueError('gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.')


def _run(func, inputs, options):
    inputs = _as_tuple(inputs)
    _check_inputs(inputs)
    func_out = func(*inputs)
    outputs = _differentiable(func_out)
    check = _check_fast if options['fast_mode'] else _check_slowly
    if options['check_backward_ad']:
        check(func, func_out, inputs, outputs, options, False)
    if options['check_forward_ad']:
        check(func, func_out, inputs, outputs, options, True)
        if options['check_undefined_grad']:
            _check_undefined_forward(func, outputs, inputs)
    if options['check_batched_forward_grad']:
        _check_batched_forward(func, inputs)
    if options['check_backward_ad']:
        if options['check_batched_grad']:
            for number, out in enumerate(outputs):
                _check_batched_grad(inputs, out, number)
        _check_multiplied(outputs, inputs)
        if options['check_undefined_grad']:
            _check_undefined(func, outputs, inputs)
    return True


def gradcheck(func, inputs, *, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, check_sparse_nnz=False, nondet_tol=0.0,
              check_undefined_grad=True, check_grad_dtypes=False, check_batched_grad=False, check_batched_forward_grad=False,
              check_forward_ad=False, check_backward_ad=True, fast_mode=False):
    options = locals()
    assert check_forward_ad or check_backward_ad, 'Expected at least one of check_forward_ad or check_backward_ad to be True'
    assert check_backward_ad or not check_batched_grad, 'Setting check_batched_grad=True requires check_backward_ad to be True'
    assert check_forward_ad or not check_batched_forward_grad, 'Setting check_batched_forward_grad=True requires check_forward_ad to be True'
    try:
        return _run(func, inputs, options)
    except GradcheckError:
        if raise_exception:
            raise
        return False


def gradgradcheck(func, inputs, grad_outputs=None, *, eps=1e-6, atol=1e-5, rtol=1e-3, gen_non_contig_grad_outputs=False, raise_exception=True,
                  nondet_tol=0.0, check_undefined_grad=True, check_grad_dtypes=False, check_batched_grad=False, check_fwd_over_rev=False,
                  check_rev_over_rev=True, fast_mode=False):
    assert check_fwd_over_rev or check_rev_over_rev, 'Expected at least one of check_fwd_over_rev or check_rev_over_rev to be True'
    for name, wanted in (('check_undefined_grad', check_undefined_grad), ('check_batched_grad', check_batched_grad)):
        assert check_rev_over_rev or not wanted, f'Setting {name}=True requires check_rev_over_rev to be True'
    inputs = _as_tuple(inputs)

    def seed(out):
        drawn = torch.rand(out.shape, dtype=out.dtype if out.is_floating_point() else torch.float64)
        drawn = drawn + -1 * (1 - drawn)
        if gen_non_contig_grad_outputs and drawn.numel() > 1:
            drawn = torch.repeat_interleave(drawn, 2, dim=-1)[..., ::2]
        return drawn.requires_grad_()
    grad_outputs = tuple([seed(out) for out in _differentiable(func(*inputs))]) if grad_outputs is None else _as_tuple(grad_outputs)
    count = len(grad_outputs)
    tracked, tracked_seeds = [[_is_tracked(x) for x in values] for values in (inputs, grad_outputs)]

    def gradients(*args):
        given = [x.requires_grad_() if on else x for x, on in zip(args[:-count], tracked)]
        outputs = _differentiable(func(*given))
        seeds = [x.requires_grad_() if on else x for x, on in zip(args[-count:], tracked_seeds)]
        found = torch.autograd.grad(outputs, [x for x, on in zip(given, tracked) if on], seeds, create_graph=True, allow_unused=True)
        return tuple([g for g in found if g is not None])

    return gradcheck(gradients, inputs + grad_outputs, eps=eps, atol=atol, rtol=rtol, raise_exception=raise_exception, nondet_tol=nondet_tol,
                     check_undefined_grad=check_undefined_grad, check_grad_dtypes=check_grad_dtypes, check_batched_grad=check_batched_grad, fast_mode=fast_mode,
                     check_forward_ad=check_fwd_over_rev, check_backward_ad=check_rev_over_rev)
