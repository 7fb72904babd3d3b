# torch.nn.utils.prune: masks that hold some of a parameter's elements at zero. The parameter is kept as NAME_orig, the mask as NAME_mask;
# before each forward() a hook sets NAME to their product.
from abc import ABC, abstractmethod

import torch


class BasePruningMethod(ABC):
    def __init__(self):
        pass

    def __call__(self, module, inputs):
        setattr(module, self._tensor_name, self.apply_mask(module))

    @abstractmethod
    def compute_mask(self, t, default_mask):
        pass

    def apply_mask(self, module):
        orig = getattr(module, self._tensor_name + '_orig')
        return getattr(module, self._tensor_name + '_mask').to(dtype=orig.dtype) * orig

    @classmethod
    def apply(cls, module, name, *args, importance_scores=None, **kwargs):
        key, old = _hook_of(module, name)
        if old:
            del module._forward_pre_hooks[key]
        method = cls(*args, **kwargs)
        method._tensor_name = name
        if old:
            container = old if isinstance(old, PruningContainer) else PruningContainer(old)
            container.add_pruning_method(method)
            method = container
        orig = getattr(module, name)
        if importance_scores is not None:
            assert importance_scores.shape == orig.shape, f'importance_scores should have the same shape as parameter                 {name} of {module}'
        else:
            importance_scores = orig
        if old:
            mask = getattr(module, name + '_mask').detach().clone()
        else:
            module.register_parameter(name + '_orig', orig)
            del module._parameters[name]
            mask = torch.ones_like(orig)
        try:
            module.register_buffer(name + '_mask', method.compute_mask(importance_scores, default_mask=mask))
            setattr(module, name, method.apply_mask(module))
            module.register_forward_pre_hook(method)
        except Exception:
            if not old:
                module.register_parameter(name, getattr(module, name + '_orig'))
                del module._parameters[name + '_orig']
            raise
        return method

    def prune(self, t, default_mask=None, importance_scores=None):
        if importance_scores is None:
            importance_scores = t
        assert importance_scores.shape == t.shape, 'importance_scores should have the same shape as tensor t'
        return t * self.compute_mask(importance_scores, default_mask=torch.ones_like(t) if default_mask is None else default_mask)

    def remove(self, module):
        name = self._tensor_name
        weight = self.apply_mask(module)
        if hasattr(module, name):
            delattr(module, name)
        orig = module._parameters[name + '_orig']
        orig.data = weight.data
        del module._parameters[name + '_orig']
        del module._buffers[name + '_mask']
        setattr(module, name, orig)


def _hook_of(module, name):
    """The key and the hook that prunes this parameter of the module, or None twice."""
    for key, hook in module._forward_pre_hooks.items():
        if isinstance(hook, BasePruningMethod) and hook._tensor_name == name:
            return key, hook
    return None, None


class PruningContainer(BasePruningMethod):
    """Several methods, one after the other, on one parameter: the last one sees what those before have left."""
    def __init__(self, *args):
        self._pruning_methods = ()
        if len(args) == 1:
            self._tensor_name = args[0]._tensor_name
        for method in args:
            self.add_pruning_method(method)

    def add_pruning_method(self, method):
        if method is not None:
            if not isinstance(method, BasePruningMethod):
                raise TypeError(f'{type(method)} is not a BasePruningMethod subclass')
            if self._tensor_name != method._tensor_name:
                raise ValueError(f"Can only add pruning methods acting on the parameter named '{self._tensor_name}' to PruningContainer {self}. "
                                 f"Found '{method._tensor_name}'")
        self._pruning_methods += method,

    def __len__(self):
        return len(self._pruning_methods)

    def __iter__(self):
        return iter(self._pruning_methods)

    def __getitem__(self, idx):
        return self._pruning_methods[idx]

    def compute_mask(self, t, default_mask):
        method = self._pruning_methods[-1]
        mask = default_mask.to(dtype=t.dtype)
        where = [slice(None)] * t.dim()
        if method.PRUNING_TYPE == 'unstructured':
            where = default_mask == 1
        elif method.PRUNING_TYPE == 'structured':
            if not hasattr(method, 'dim'):
                raise AttributeError('Pruning methods of PRUNING_TYPE "structured" need to have the attribute `dim` defined.')
            dim = method.dim if method.dim >= 0 else method.dim + t.dim()
            if dim < 0:
                raise IndexError(f'Index is out of bounds for tensor with dimensions {t.dim()}')
            where[dim] = default_mask.sum(dim=[d for d in range(t.dim()) if d != dim]) != 0
        elif method.PRUNING_TYPE != 'global':
            raise ValueError(f'Unrecognized PRUNING_TYPE {method.PRUNING_TYPE}')
        mask[where] = method.compute_mask(t[where], default_mask=default_mask[where]).to(dtype=mask.dtype)
        return mask


class Identity(BasePruningMethod):
    PRUNING_TYPE = 'unstructured'

    def compute_mask(self, t, default_mask):
        return default_mask


class _Amount(BasePruningMethod):
    """What prunes so many elements or channels, or such a part of them."""
    PRUNING_TYPE = 'unstructured'

    def __init__(self, amount):
        if not isinstance(amount, (int, float)):
            raise TypeError(f'Invalid type for amount: {amount}. Must be int or float.')
        if amount < 0 or (isinstance(amount, float) and amount > 1.0):
            raise ValueError(f'amount={amount} should either be a float in the range [0, 1] or a non-negative integer')
        self.amount = amount

    def count(self, size):
        count = self.amount if isinstance(self.amount, int) else round(self.amount * size)
        if count > size:
            raise ValueError(f'amount={count} should be smaller than the number of parameters to prune={size}')
        return count

    def compute_mask(self, t, default_mask):
        count = self.count(t.nelement())
        mask = default_mask.clone()
        if count:
            mask.view(-1)[self.least(t, count)] = 0
        return mask


class RandomUnstructured(_Amount):
    def least(self, t, count):
        return torch.topk(torch.rand_like(t).view(-1), k=count).indices


class L1Unstructured(_Amount):
    def least(self, t, count):
        return torch.topk(torch.abs(t).view(-1), k=count, largest=False).indices


class _Structured(_Amount):
    PRUNING_TYPE = 'structured'

    def __init__(self, amount, dim=-1):
        super().__init__(amount)
        self.dim = dim

    def compute_mask(self, t, default_mask):
        if t.dim() <= 1:
            raise ValueError(f'Structured pruning can only be applied to multidimensional tensors. Found tensor of shape {t.shape} with {t.dim()} dims')
        if self.dim >= t.dim():
            raise IndexError(f'Invalid index {self.dim} for tensor of size {t.shape}')
        size = t.shape[self.dim]
        count = self.count(size)
        kept = self.kept(t, size, count) if count or self.always else None
        if count == 0:
            return default_mask
        mask = torch.zeros_like(t)
        where = [slice(None)] * t.dim()
        where[self.dim] = kept
        mask[where] = 1
        return mask.mul_(default_mask.to(dtype=mask.dtype))


class RandomStructured(_Structured):
    always = False

    def kept(self, t, size, count):
        drawn = torch.rand(size)
        return drawn > torch.kthvalue(drawn, k=count).values


class LnStructured(_Structured):
    always = True

    def __init__(self, amount, n, dim=-1):
        super().__init__(amount, dim)
        self.n = n

    def kept(self, t, size, count):
        norm = torch.norm(t, p=self.n, dim=[d for d in range(t.dim()) if d != self.dim % t.dim()])
        return torch.topk(norm, k=size - count, largest=True).indices


class CustomFromMask(BasePruningMethod):
    PRUNING_TYPE = 'global'

    def __init__(self, mask):
        self.mask = mask

    def compute_mask(self, t, default_mask):
        assert default_mask.shape == self.mask.shape
        return default_mask * self.mask.to(dtype=default_mask.dtype)


def identity(module, name):
    Identity.apply(module, name)
    return module


def random_unstructured(module, name, amount):
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(module, name, amount, importance_scores=None):
    L1Unstructured.apply(module, name, amount=amount, importance_scores=importance_scores)
    return module


def random_structured(module, name, amount, dim):
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    LnStructured.apply(module, name, amount=amount, n=n, dim=dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module, name, mask):
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    if not hasattr(parameters, '__iter__'):
        raise TypeError('global_unstructured(): parameters is not an Iterable')
    importance_scores = {} if importance_scores is None else importance_scores
    if not isinstance(importance_scores, dict):
        raise TypeError('global_unstructured(): importance_scores must be of type dict')
    parameters = list(parameters)
    to_vector = torch.nn.utils.parameters_to_vector
    scores = to_vector([importance_scores.get((module, name), getattr(module, name)) for module, name in parameters])
    mask = to_vector([getattr(module, name + '_mask', torch.ones_like(getattr(module, name))) for module, name in parameters])
    method = pruning_method(**kwargs)
    if method.PRUNING_TYPE != 'unstructured':
        raise TypeError(f'Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method {pruning_method} of type {method.PRUNING_TYPE}')
    method._tensor_name = 'temp'
    mask = PruningContainer(method).compute_mask(scores, mask)
    at = 0
    for module, name in parameters:
        parameter = getattr(module, name)
        custom_from_mask(module, name, mask=mask[at:at + parameter.numel()].view_as(parameter))
        at += parameter.numel()


def remove(module, name):
    key, hook = _hook_of(module, name)
    if hook is None:
        raise ValueError(f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed")
    hook.remove(module)
    del module._forward_pre_hooks[key]
    return module


def is_pruned(module):
    return any(isinstance(hook, BasePruningMethod) for part in module.modules() for hook in part._forward_pre_hooks.values())
