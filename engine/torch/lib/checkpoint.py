# torch.utils.checkpoint: what a part of the network computes is let go after the way forward and computed again on the way back.
import warnings

import torch
from torch.autograd.graph import saved_tensors_hooks


def check_backward_validity(inputs):
    if not any(isinstance(x, torch.Tensor) and x.requires_grad for x in inputs):
        warnings.warn('None of the inputs have requires_grad=True. Gradients will be None')


def detach_variable(inputs):
    if not isinstance(inputs, tuple):
        raise RuntimeError('Only tuple of tensors is supported. Got Unsupported input type: ', type(inputs).__name__)
    out = []
    for x in inputs:
        out.append(x.detach().requires_grad_(x.requires_grad) if isinstance(x, torch.Tensor) else x)
    return tuple(out)


class _Again:
    """The state of the random numbers as it was, for as long as a function is run again."""
    def __init__(self, preserve):
        self.state = torch.get_rng_state() if preserve else None

    def run(self, function, args, kwargs={}):
        with torch.random.fork_rng(enabled=self.state is not None):
            if self.state is not None:
                torch.set_rng_state(self.state)
            with torch.enable_grad():
                return function(*args, **kwargs)


class CheckpointFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, run_function, preserve_rng_state, *args):
        check_backward_validity(args)
        ctx.run_function = run_function
        ctx.again = _Again(preserve_rng_state)
        ctx.inputs = [None if isinstance(x, torch.Tensor) else x for x in args]
        ctx.places = [i for i, x in enumerate(args) if isinstance(x, torch.Tensor)]
        ctx.save_for_backward(*[args[i] for i in ctx.places])
        with torch.no_grad():
            return run_function(*args)

    @staticmethod
    def backward(ctx, *gradients):
        if not _is_checkpoint_valid():
            raise RuntimeError('Checkpointing is not compatible with .grad() or when an `inputs` parameter is passed to .backward(). Please use .backward() and '
                               'do not pass its `inputs` argument.')
        inputs = list(ctx.inputs)
        for i, x in zip(ctx.places, ctx.saved_tensors):
            inputs[i] = x
        inputs = detach_variable(tuple(inputs))
        outputs = ctx.again.run(ctx.run_function, inputs)
        if isinstance(outputs, torch.Tensor):
            outputs = (outputs,)
        pairs = [(out, g) for out, g in zip(outputs, gradients) if isinstance(out, torch.Tensor) and out.requires_grad]
        if not pairs:
            raise RuntimeError('none of output has requires_grad=True, this checkpoint() is not necessary')
        torch.autograd.backward([out for out, _ in pairs], [g for _, g in pairs])
        return (None, None) + tuple(x.grad if isinstance(x, torch.Tensor) else None for x in inputs)


def checkpoint(function, *args, use_reentrant=True, **kwargs):
    preserve = kwargs.pop('preserve_rng_state', True)
    if kwargs and use_reentrant:
        raise ValueError('Unexpected keyword arguments: ' + ','.join(kwargs))
    if use_reentrant:
        return CheckpointFunction.apply(function, preserve, *args)
    return _with_hooks(function, preserve, args, kwargs)


def _with_hooks(function, preserve, args, kwargs):
    """What the graph would keep is numbered; the first that backward asks for has all computed again."""
    again = _Again(preserve)
    count = 0
    kept = {}

    def pack(x):
        nonlocal count
        count += 1
        return count

    def unpack(number):
        if not kept:
            filled = 0

            def keep(x):
                nonlocal filled
                filled += 1
                kept[filled] = x.detach()
                return filled

            def never(number):
                raise RuntimeError('You are calling backwards on a tensor that is never exposed. Please open an issue.')

            with saved_tensors_hooks(keep, never):
                again.run(function, args, kwargs)
        if number not in kept:
            raise RuntimeError('Attempt to retrieve a tensor saved by autograd multiple times without checkpoint recomputation being triggered in between, this is '
                               'not currently supported. Please open an issue with details on your use case so that we can prioritize adding this.')
        return kept[number]

    with saved_tensors_hooks(pack, unpack):
        return function(*args, **kwargs)


def checkpoint_sequential(functions, segments, input, **kwargs):
    preserve = kwargs.pop('preserve_rng_state', True)
    if kwargs:
        raise ValueError('Unexpected keyword arguments: ' + ','.join(kwargs))
    functions = list(functions.children()) if isinstance(functions, torch.nn.Sequential) else functions

    def segment(part):
        def forward(input):
            for function in part:
                input = function(input)
            return input
        return forward

    size = len(functions) // segments
    begin = 0
    for begin in range(0, size * (segments - 1), size):  # the last is not worth the second run
        input = checkpoint(segment(functions[begin:begin + size]), input, preserve_rng_state=preserve)
    return segment(functions[size * (segments - 1):])(input)
