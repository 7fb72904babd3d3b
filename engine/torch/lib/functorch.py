# functorch, as torch.func was called before 2.0: its transforms, and modules made functions by taking their parameters out.
from copy import deepcopy

import torch
from torch.func import functional_call as _functional_call, functionalize, grad, grad_and_value, hessian, jacfwd, jacrev, jvp, stack_module_state, vjp, vmap


class _Stateless:
    def __init__(self, module):
        self.stateless_model = module
        self.param_names = tuple(name for name, _ in module.named_parameters())
        self.buffer_names = tuple(name for name, _ in module.named_buffers())

    def _run(self, names, values, args, kwargs):
        return _functional_call(self.stateless_model, dict(zip(names, values)), args, kwargs)

    def eval(self):
        self.stateless_model.eval()
        return self

    def train(self, mode=True):
        self.stateless_model.train(mode)
        return self


class FunctionalModule(_Stateless):
    def __call__(self, params, *args, **kwargs):
        return self._run(self.param_names, params, args, kwargs)


class FunctionalModuleWithBuffers(_Stateless):
    def __call__(self, params, buffers, *args, **kwargs):
        return self._run(self.param_names + self.buffer_names, tuple(params) + tuple(buffers), args, kwargs)


def _parted(kind, model, disable_autograd_tracking):
    module = deepcopy(model)
    params = tuple(module.parameters())
    if disable_autograd_tracking:
        for param in params:
            param.requires_grad_(False)
    return kind(module), params, tuple(module.buffers())


def make_functional(model, disable_autograd_tracking=False):
    if list(model.buffers()):
        raise RuntimeError('make_functional(model): `model` has buffers. Please use make_functional_with_buffers(model) instead.')
    return _parted(FunctionalModule, model, disable_autograd_tracking)[:2]


def make_functional_with_buffers(model, disable_autograd_tracking=False):
    return _parted(FunctionalModuleWithBuffers, model, disable_autograd_tracking)


def combine_state_for_ensemble(models):
    if len(models) == 0:
        raise RuntimeError('combine_state_for_ensemble: Expected at least one model, got 0.')
    if not (all(model.training for model in models) or all(not model.training for model in models)):
        raise RuntimeError('combine_state_for_ensemble: Expected all models to have the same training/eval mode.')
    if not all(type(model) is type(models[0]) for model in models):
        raise RuntimeError('combine_state_for_ensemble: Expected all models to be of the same class.')
    functions, params, buffers = zip(*[make_functional_with_buffers(model) for model in models])

    def stacked(states):
        return tuple(torch.stack(parts).detach() for parts in zip(*states))
    return functions[0], stacked(params), stacked(buffers)
