# torch.nn.utils.parametrize: a parameter of a module that is computed, at every reading, from others which the optimizer trains.
# A module that has one gets a class of its own, below its former one, with a property for each.
from contextlib import contextmanager

import torch
from torch import Tensor
from torch.nn import Module, ModuleDict, ModuleList, Parameter

_readers = 0  # how many cached() are open
_cache = {}


@contextmanager
def cached():
    global _readers
    _readers += 1
    try:
        yield
    finally:
        _readers -= 1
        if not _readers:
            _cache.clear()


def _register(module, name, tensor):
    if isinstance(tensor, Parameter):
        module.register_parameter(name, tensor)
    else:
        module.register_buffer(name, tensor)


def _inverted(parametrization, value):
    """What right_inverse makes of value, or value itself where there is none."""
    if hasattr(parametrization, 'right_inverse'):
        try:
            return parametrization.right_inverse(value)
        except NotImplementedError:
            pass
    return value


def _check_same(sentence, before, before_name, made, made_name):
    for of in 'dtype', 'shape':
        a, b = getattr(before, of), getattr(made, of)
        if a != b:
            raise ValueError(f'{sentence.format(of)}\n{before_name.format(of)}: {a}\n{made_name.format(of)}: {b}')


class ParametrizationList(ModuleList):
    """What one tensor is computed by, in order, and the tensor (or tensors) that it is computed from."""
    def __init__(self, modules, original, unsafe=False):
        if len(modules) == 0:
            raise ValueError('ParametrizationList requires one or more modules.')
        super().__init__(modules)
        self.unsafe = unsafe
        before = original.detach().clone()
        with torch.no_grad():
            new = original
            for module in reversed(self):
                new = _inverted(module, new)
        if not isinstance(new, (Tensor, list, tuple)):
            raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). "
                             f'Got {type(new).__name__}')
        self.is_tensor = isinstance(new, Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if original.dtype != new.dtype:
                raise ValueError('When `right_inverse` outputs one tensor, it may not change the dtype.\n'
                                 f'original.dtype: {original.dtype}\nright_inverse(original).dtype: {new.dtype}')
            with torch.no_grad():
                original.set_(new)
            _register(self, 'original', original)
        else:
            for i, piece in enumerate(new):
                if not isinstance(piece, Tensor):
                    raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). "
                                     f'Got element {i} of the sequence with type {type(piece).__name__}.')
                if isinstance(original, Parameter):
                    piece = Parameter(piece)
                piece.requires_grad_(original.requires_grad)
                _register(self, f'original{i}', piece)
        if not self.unsafe:
            made = self()
            if not isinstance(made, Tensor):
                raise ValueError(f'A parametrization must return a tensor. Got {type(made).__name__}.')
            _check_same('Registering a parametrization may not change the {} of the tensor, unless `unsafe` flag is enabled.', before, 'unparametrized {}',
                        made, 'parametrized {}')

    def right_inverse(self, value):
        with torch.no_grad():
            for module in reversed(self):
                if not hasattr(module, 'right_inverse'):
                    raise RuntimeError(f'parametrization {type(module).__name__} does not implement right_inverse.')
                value = module.right_inverse(value)
            if self.is_tensor:
                if not isinstance(value, Tensor):
                    raise ValueError(f'`right_inverse` should return a tensor. Got {type(value).__name__}')
                if value.dtype != self.original.dtype:
                    raise ValueError(f'The tensor returned by `right_inverse` has dtype {value.dtype} '
                                     f'while `original` has dtype {self.original.dtype}')
                self.original.set_(value)
                return
            if not isinstance(value, (list, tuple)):
                raise ValueError(f"'right_inverse' must return a sequence of tensors. Got {type(value).__name__}.")
            if len(value) != self.ntensors:
                raise ValueError(f"'right_inverse' must return a sequence of tensors of length {self.ntensors}. "
                                 f'Got a sequence of lenght {len(value)}.')
            for i, tensor in enumerate(value):
                original = getattr(self, f'original{i}')
                if not isinstance(tensor, Tensor):
                    raise ValueError(f'`right_inverse` must return a sequence of tensors. Got element {i} of type {type(tensor).__name__}')
                if original.dtype != tensor.dtype:
                    raise ValueError(f'Tensor {i} returned by `right_inverse` has dtype {tensor.dtype} '
                                     f'while `original{i}` has dtype {original.dtype}')
                original.set_(tensor)

    def forward(self):
        x = self[0](*([self.original] if self.is_tensor else [getattr(self, f'original{i}') for i in range(self.ntensors)]))
        for i in range(1, len(self)):
            x = self[i](x)
        return x


def _inject_class(module):
    def getstate(self):
        raise RuntimeError('Serialization of parametrized modules is only supported through state_dict(). See:\n'
                           'https://pytorch.org/tutorials/beginner/saving_loading_models.html'
                           '#saving-loading-a-general-checkpoint-for-inference-and-or-resuming-training')

    def deepcopy(self, memo):
        from copy import deepcopy
        replica = memo[id(self)] = self.__new__(self.__class__)
        replica.__dict__ = deepcopy(self.__dict__, memo)
        return replica

    own = {'__module__': __name__, '__getstate__': getstate}
    if not hasattr(module.__class__, '__deepcopy__'):
        own['__deepcopy__'] = deepcopy
    module.__class__ = type(f'Parametrized{module.__class__.__name__}', (module.__class__,), own)


def _inject_property(module, name):
    def get_parametrized(self):
        parametrization = self.parametrizations[name]
        if not _readers:
            return parametrization()
        key = id(module), name
        if _cache.get(key) is None:
            _cache[key] = parametrization()
        return _cache[key]

    def set_original(self, value):
        self.parametrizations[name].right_inverse(value)

    setattr(module.__class__, name, property(get_parametrized, set_original))


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        if not unsafe:
            before = getattr(module, tensor_name)
            made = parametrization(before)
            if not isinstance(made, Tensor):
                raise ValueError(f'A parametrization must return a tensor. Got {type(made).__name__}.')
            own = f'module.{tensor_name}.{{}}'
            _check_same('Registering a parametrization may not change the {} of the tensor, unless the `unsafe` flag is enabled.', before, own, made,
                        f'parametrization(module.{tensor_name}).{{}}')
            if hasattr(parametrization, 'right_inverse'):
                back = _inverted(parametrization, made)
                if not isinstance(back, Tensor):
                    raise ValueError(f'parametrization.right_inverse must return a tensor. Got: {type(back).__name__}')
                _check_same(f'The tensor returned by parametrization.right_inverse must have the same {{}} as module.{tensor_name}, unless the '
                            '`unsafe` flag is enabled.', before, own, back, 'returned {}')
        module.parametrizations[tensor_name].append(parametrization)
        module.parametrizations[tensor_name].unsafe |= unsafe
    elif tensor_name in module._buffers or tensor_name in module._parameters:
        original = getattr(module, tensor_name)
        parametrizations = ParametrizationList([parametrization], original, unsafe=unsafe)  # checks before anything changes
        delattr(module, tensor_name)
        if not is_parametrized(module):
            _inject_class(module)
            module.parametrizations = ModuleDict()
        _inject_property(module, tensor_name)
        module.parametrizations[tensor_name] = parametrizations
    else:
        raise ValueError(f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name '{tensor_name}'")
    return module


def is_parametrized(module, tensor_name=None):
    parametrizations = getattr(module, 'parametrizations', None)
    if not isinstance(parametrizations, ModuleDict):
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    if not is_parametrized(module, tensor_name):
        raise ValueError(f'Module {module} does not have a parametrization on {tensor_name}')
    parametrizations = module.parametrizations[tensor_name]
    if parametrizations.is_tensor:
        original = parametrizations.original
        if leave_parametrized:
            with torch.no_grad():
                original.set_(getattr(module, tensor_name))
    elif leave_parametrized:
        value = getattr(module, tensor_name)
        original = Parameter(value) if value.requires_grad else value
    else:
        raise ValueError('Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is parametrized in terms of a sequence of tensors.')
    delattr(module.__class__, tensor_name)
    del module.parametrizations[tensor_name]
    _register(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, 'parametrizations')
        module.__class__ = module.__class__.__bases__[0]
    return module


def type_before_parametrizations(module):
    return module.__class__.__bases__[0] if is_parametrized(module) else type(module)


def transfer_parametrizations_and_params(from_module, to_module, tensor_name=None):
    if is_parametrized(from_module):
        for name in from_module.parametrizations if tensor_name is None else [tensor_name]:
            if not hasattr(to_module, name):
                setattr(to_module, name, Parameter(getattr(from_module, name)))
            source = from_module.parametrizations[name]
            for parametrization in source:
                register_parametrization(to_module, name, parametrization)
            for key in ['original'] if source.is_tensor else [f'original{i}' for i in range(source.ntensors)]:
                setattr(to_module.parametrizations[name], key, getattr(source, key))
    return to_module
