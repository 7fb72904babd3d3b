# torch._utils: how copy and pickle take tensors apart, and put them together again, as PyTorch's __deepcopy__ and __reduce_ex__ do.
import copy
import warnings
from collections import OrderedDict

import torch


def _rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata=None):
    made = _placed(storage._flat, size, stride, storage_offset)
    made.requires_grad = requires_grad
    return made


def _rebuild_parameter(data, requires_grad, backward_hooks):
    return torch.nn.Parameter(data, requires_grad)


def _rebuild_from_type_v2(func, new_type, args, state):
    made = func(*args)
    if type(made) is not new_type:
        made = made.as_subclass(new_type)
    made.__dict__.update(state)
    return made


def _storage_copy(storage, memo):
    """What shares memory shares its copy."""
    copies = memo.setdefault('torch', {})
    address = storage.data_ptr()
    if address not in copies or storage.size() == 0:
        copies[address] = type(storage)(_copied(storage._flat))
    return copies[address]


def _deepcopy(self, memo):
    if id(self) in memo:
        return memo[id(self)]
    if isinstance(self, torch.nn.Parameter):
        made = type(self)(_copied(self), self.requires_grad)
    elif not self.is_leaf:
        raise RuntimeError('Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment')
    elif type(self) is not torch.Tensor:
        raise RuntimeError('The default implementation of __deepcopy__() for non-wrapper subclasses only works for subclass types that implement new_empty() and for '
                           'which that function returns another instance of the same subclass. You should either properly implement new_empty() for your subclass or '
                           'override __deepcopy__() if it is intended behavior for new_empty() to return an instance of a different type.')
    else:
        made = _placed(_storage_copy(self.storage(), memo)._flat, self.shape, self.stride(), self.storage_offset())
        made.requires_grad = self.requires_grad
        if self.grad is not None:
            made.grad = _deepcopy(self.grad, memo)
        made.__dict__.update(copy.deepcopy(self.__dict__, memo))
    memo[id(self)] = made
    return made


def _reduce(self, proto):
    if isinstance(self, torch.nn.Parameter):
        return _rebuild_parameter, (_placed(self.storage()._flat, self.shape, self.stride(), self.storage_offset()), self.requires_grad, OrderedDict())
    for hook in (self._backward_hooks or {}).values():
        if not hasattr(hook, '__torch_unserializable__'):
            warnings.warn(f'backward hook {hook!r} on tensor will not be serialized.  If this is expected, you can decorate the function with '
                          '@torch.utils.hooks.unserializable_hook to suppress this warning')
    parts = self.storage(), self.storage_offset(), tuple(self.shape), self.stride(), self.requires_grad, OrderedDict()
    if type(self) is torch.Tensor:
        return _rebuild_tensor_v2, parts
    return _rebuild_from_type_v2, (_rebuild_tensor_v2, type(self), parts, self.__dict__)
