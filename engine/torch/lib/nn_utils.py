# torch.nn.utils: gradient clipping, parameters as one vector, weight and spectral norm.
import warnings

import torch
import torch.nn.functional as F


def _tensors(parameters):
    return [parameters] if isinstance(parameters, torch.Tensor) else list(parameters)


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    grads = [p.grad for p in _tensors(parameters) if p.grad is not None]
    max_norm, norm_type = float(max_norm), float(norm_type)
    if not grads:
        return torch.tensor(0.0)
    if norm_type == float('inf'):
        norms = [g.detach().abs().max() for g in grads]
        total = norms[0] if len(norms) == 1 else torch.max(torch.stack(norms))
    else:
        total = torch.norm(torch.stack([torch.norm(g.detach(), norm_type) for g in grads]), norm_type)
    if error_if_nonfinite and not torch.isfinite(total):
        raise RuntimeError(f'The total norm of order {norm_type} for gradients from `parameters` is non-finite, so it cannot be clipped. To '
                           'disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`')
    scale = torch.clamp(max_norm / (total + 1e-6), max=1.0)
    for g in grads:
        g.detach().mul_(scale)
    return total


def clip_grad_value_(parameters, clip_value):
    limit = float(clip_value)
    for p in _tensors(parameters):
        if p.grad is not None:
            p.grad.detach().clamp_(min=-limit, max=limit)


def parameters_to_vector(parameters):
    return torch.cat([p.view(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    if not isinstance(vec, torch.Tensor):
        raise TypeError(f'expected torch.Tensor, but got: {torch.typename(vec) if hasattr(torch, "typename") else type(vec).__name__}')
    at = 0
    for p in parameters:
        p.data = vec[at:at + p.numel()].view_as(p).data
        at += p.numel()


def clip_grad_norm(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    warnings.warn('torch.nn.utils.clip_grad_norm is now deprecated in favor of torch.nn.utils.clip_grad_norm_.', stacklevel=2)
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite)


def skip_init(module_cls, *args, **kwargs):
    """The module; its initial values are drawn all the same, since they cost nothing here."""
    kwargs.pop('device', None)
    return module_cls(*args, **kwargs)


# ---- a parameter that is computed before every forward()


class _Computed:
    """The forward pre-hook: sets module.name to what `compute` makes of the parameters that stand for it."""
    def __init__(self, name):
        self.name = name

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute(module))

    @classmethod
    def check(cls, module, name, title):
        for hook in module._forward_pre_hooks.values():
            if isinstance(hook, cls) and hook.name == name:
                raise RuntimeError(f'Cannot register two {title} hooks on the same parameter {name}')

    @classmethod
    def remove_from(cls, module, name, title):
        for key, hook in module._forward_pre_hooks.items():
            if isinstance(hook, cls) and hook.name == name:
                hook.remove(module)
                del module._forward_pre_hooks[key]
                return module
        raise ValueError(f"{title} of '{name}' not found in {module}")


class _WeightNorm(_Computed):
    def __init__(self, name, dim):
        super().__init__(name)
        self.dim = dim

    def norm(self, v):
        if self.dim == -1:
            return v.norm(2)
        return v.norm(2, dim=[d for d in range(v.dim()) if d != self.dim], keepdim=True)

    def compute(self, module):
        g, v = getattr(module, self.name + '_g'), getattr(module, self.name + '_v')
        return v * (g / self.norm(v))

    def remove(self, module):
        weight = self.compute(module)
        delattr(module, self.name)
        del module._parameters[self.name + '_g']
        del module._parameters[self.name + '_v']
        setattr(module, self.name, torch.nn.Parameter(weight.data))


def weight_norm(module, name='weight', dim=0):
    _WeightNorm.check(module, name, 'weight_norm')
    hook = _WeightNorm(name, -1 if dim is None else dim)
    weight = getattr(module, name)
    del module._parameters[name]
    module.register_parameter(name + '_g', torch.nn.Parameter(hook.norm(weight).data))
    module.register_parameter(name + '_v', torch.nn.Parameter(weight.data))
    hook(module, None)
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module, name='weight'):
    return _WeightNorm.remove_from(module, name, 'weight_norm')


class _SpectralNorm(_Computed):
    def __init__(self, name, iterations, dim, eps):
        super().__init__(name)
        if iterations <= 0:
            raise ValueError(f'Expected n_power_iterations to be positive, but got n_power_iterations={iterations}')
        self.iterations, self.dim, self.eps = iterations, dim, eps

    def matrix(self, weight):
        if self.dim != 0:
            weight = weight.permute(self.dim, *[d for d in range(weight.dim()) if d != self.dim])
        return weight.reshape(weight.size(0), -1)

    def compute(self, module, iterate=None):
        weight, u, v = [getattr(module, self.name + end) for end in ('_orig', '_u', '_v')]
        matrix = self.matrix(weight)
        if module.training if iterate is None else iterate:
            with torch.no_grad():
                for _ in range(self.iterations):
                    v.copy_(F.normalize(torch.mv(matrix.t(), u), dim=0, eps=self.eps))
                    u.copy_(F.normalize(torch.mv(matrix, v), dim=0, eps=self.eps))
                u, v = u.clone(), v.clone()  # the next pass changes them, and two passes may share one backward
        return weight / torch.dot(u, torch.mv(matrix, v))

    def remove(self, module):
        with torch.no_grad():
            weight = self.compute(module, iterate=False)
        for end in ('', '_u', '_v', '_orig'):
            delattr(module, self.name + end)
        module.register_parameter(self.name, torch.nn.Parameter(weight.detach()))


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if isinstance(module, (torch.nn.ConvTranspose1d, torch.nn.ConvTranspose2d)) else 0
    _SpectralNorm.check(module, name, 'spectral_norm')
    hook = _SpectralNorm(name, n_power_iterations, dim, eps)
    weight = module._parameters[name]
    if weight is None:
        raise ValueError(f'`SpectralNorm` cannot be applied as parameter `{name}` is None')
    with torch.no_grad():
        h, w = hook.matrix(weight).size()
        u, v = [F.normalize(torch.empty(n, dtype=weight.dtype).normal_(0, 1), dim=0, eps=eps) for n in (h, w)]
    delattr(module, name)
    module.register_parameter(name + '_orig', weight)
    setattr(module, name, weight.data)
    module.register_buffer(name + '_u', u)
    module.register_buffer(name + '_v', v)
    module.register_forward_pre_hook(hook)
    return module


def remove_spectral_norm(module, name='weight'):
    return _SpectralNorm.remove_from(module, name, 'spectral_norm')
