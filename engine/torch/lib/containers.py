# torch.nn: the containers of modules and of parameters.
import warnings


def _is_iterable(x):
    return hasattr(x, '__iter__') or hasattr(x, '__getitem__')


def _pairs(kind, given):
    """The (key, value) pairs of what update() was given."""
    if not _is_iterable(given):
        # PyTorch's message has a slip in one of the two names.
        shown = 'ParametersDict' if kind == 'ParameterDict' else kind
        raise TypeError(f'{shown}.update should be called with an iterable of key/value pairs, but got ' + type(given).__name__)
    if hasattr(given, 'items'):
        in_order = kind == 'ModuleDict' or isinstance(given, (OrderedDict, ParameterDict))
        return list(given.items()) if in_order else sorted(given.items())
    pairs = []
    for i, pair in enumerate(given):
        if not _is_iterable(pair):
            raise TypeError(f'{kind} update sequence element #{i} should be Iterable; is' + type(pair).__name__)
        if not len(pair) == 2:
            raise ValueError(f'{kind} update sequence element #{i} has length {len(pair)}; 2 is required')
        pairs.append((pair[0], pair[1]))
    return pairs


class Container(Module):
    def __init__(self, **kwargs):
        super().__init__()
        warnings.warn("nn.Container is deprecated. All of it's functionality is now implemented in nn.Module. Subclass that instead.")
        for name, module in kwargs.items():
            self.add_module(name, module)


class _Numbered(Module):
    """What Sequential, ModuleList and ParameterList share: members named by their place."""

    def _place(self, index):
        index = operator.index(index)
        if not -len(self) <= index < len(self):
            raise IndexError(f'index {index} is out of range')
        return index + len(self) if index < 0 else index

    def __dir__(self):
        return [name for name in super().__dir__() if not name.isdigit()]


class _NumberedModules(_Numbered):
    def __setitem__(self, index, module):
        setattr(self, self._name_at(index), module)

    def __delitem__(self, index):
        for name in list(self._modules)[index] if isinstance(index, slice) else [self._name_at(index)]:
            delattr(self, name)
        self._number(list(self._modules.values()))

    def _number(self, modules):
        self._modules.clear()
        for i, module in enumerate(modules):
            self._modules[str(i)] = module

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def pop(self, key):
        module = self[key]
        del self[key]
        return module


class Sequential(_NumberedModules):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], OrderedDict):
            for name, module in args[0].items():
                self.add_module(name, module)
        else:
            for i, module in enumerate(args):
                self.add_module(str(i), module)

    def _name_at(self, index):
        return list(self._modules)[self._place(index)]

    def __getitem__(self, index):
        if isinstance(index, slice):
            return type(self)(OrderedDict(list(self._modules.items())[index]))
        return self._modules[self._name_at(index)]

    def _check_other(self, other):
        if not isinstance(other, Sequential):
            raise ValueError(f'add operator supports only objects of Sequential class, but {type(other)} is given.')

    def _check_times(self, times):
        if not isinstance(times, int):
            raise TypeError(f'unsupported operand type(s) for *: {type(self)} and {type(times)}')
        if times <= 0:
            raise ValueError(f'Non-positive multiplication factor {times} for {type(self)}')

    def __add__(self, other):
        self._check_other(other)
        return Sequential(*self, *other)

    def __iadd__(self, other):
        self._check_other(other)
        return self.extend(list(other))

    def __mul__(self, times):
        self._check_times(times)
        return Sequential(*(list(self) * times))

    __rmul__ = __mul__

    def __imul__(self, times):
        self._check_times(times)
        return self.extend(list(self) * (times - 1))

    def insert(self, index, module):
        if not isinstance(module, Module):
            raise AssertionError(f'module should be of type: {Module}')
        count = len(self)
        if not -count <= index <= count:
            raise IndexError(f'Index out of range: {index}')
        modules = list(self)
        modules.insert(index + count if index < 0 else index, module)
        self._number(modules)
        return self

    def extend(self, sequential):
        for module in sequential:
            self.append(module)
        return self

    def forward(self, input):
        for module in self._modules.values():
            input = module(input)
        return input


class ModuleList(_NumberedModules):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self += modules

    def _name_at(self, index):
        return str(self._place(index))

    def __getitem__(self, index):
        if isinstance(index, slice):
            return type(self)(list(self._modules.values())[index])
        return self._modules[self._name_at(index)]

    def __iadd__(self, modules):
        return self.extend(modules)

    def __add__(self, other):
        return ModuleList(list(self) + list(other))

    def insert(self, index, module):
        modules = list(self)
        modules.insert(index, module)
        self._number(modules)

    def extend(self, modules):
        if not _is_iterable(modules):
            raise TypeError('ModuleList.extend should be called with an iterable, but got ' + type(modules).__name__)
        for module in list(modules):
            self.append(module)
        return self


class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        del self._modules[key]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, key):
        return key in self._modules

    def clear(self):
        self._modules.clear()

    def pop(self, key):
        module = self[key]
        del self[key]
        return module

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()

    def update(self, modules):
        for key, module in _pairs('ModuleDict', modules):
            self[key] = module


def _member_text(key, value, type_of):
    if not isinstance(value, Tensor):
        return f'  ({key}): Object of type: ' + type(value).__name__
    size = 'x'.join(str(n) for n in value.size())
    return f'  ({key}): {"Parameter" if isinstance(value, Parameter) else "Tensor"} containing: [{type_of(value)} of size {size}]'


def _as_parameter(value):
    return Parameter(value) if isinstance(value, Tensor) and not isinstance(value, Parameter) else value


class ParameterList(_Numbered):
    def __init__(self, values=None):
        super().__init__()
        self._size = 0
        if values is not None:
            self += values

    def __getitem__(self, index):
        if isinstance(index, slice):
            return type(self)([self[i] for i in range(*index.indices(self._size))])
        return getattr(self, str(self._place(index)))

    def __setitem__(self, index, param):
        setattr(self, str(self._place(index)), _as_parameter(param))

    def __len__(self):
        return self._size

    def __iter__(self):
        return iter(self[i] for i in range(self._size))

    def __iadd__(self, parameters):
        return self.extend(parameters)

    def append(self, value):
        self._size += 1
        self[self._size - 1] = value
        return self

    def extend(self, values):
        if not _is_iterable(values) or isinstance(values, Tensor):
            raise TypeError('ParameterList.extend should be called with an iterable, but got ' + type(values).__name__)
        for value in values:
            self.append(value)
        return self

    def extra_repr(self):
        return '\n'.join(_member_text(i, p, lambda p: p.dtype) for i, p in enumerate(self))

    def __call__(self, *args, **kwargs):
        raise RuntimeError('ParameterList should not be called.')


class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)

    def _name(self, key):
        if not isinstance(key, str):
            raise TypeError(f"Index given to ParameterDict cannot be used as a key as it is not a string (type is '{type(key).__name__}'). "
                            'Open an issue on github if you need non-string keys.')
        return key

    def __getitem__(self, key):
        return getattr(self, self._name(key))

    def __setitem__(self, key, param):
        self._keys[key] = None
        setattr(self, self._name(key), _as_parameter(param))

    def __delitem__(self, key):
        del self._keys[key]
        delattr(self, self._name(key))

    def __len__(self):
        return len(self._keys)

    def __iter__(self):
        return iter(self._keys)

    def __reversed__(self):
        return reversed(list(self._keys))

    def __contains__(self, key):
        return key in self._keys

    def keys(self):
        return self._keys.keys()

    def items(self):
        return ((key, self[key]) for key in self._keys)

    def values(self):
        return (self[key] for key in self._keys)

    def copy(self):
        return ParameterDict(OrderedDict(self.items()))

    def get(self, key, default=None):
        return self[key] if key in self else default

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key):
        value = self[key]
        del self[key]
        return value

    def popitem(self):
        key = list(self._keys)[-1]
        return key, self.pop(key)

    def clear(self):
        for key in list(self._keys):
            del self[key]

    def fromkeys(self, keys, default=None):
        return ParameterDict((key, default) for key in keys)

    def update(self, parameters):
        for key, param in _pairs('ParameterDict', parameters):
            self[key] = param

    def __or__(self, other):
        out = self.copy()
        out.update(other)
        return out

    def __ror__(self, other):
        out = other.copy()
        out.update(self)
        return out

    def __ior__(self, other):
        self.update(other)
        return self

    def extra_repr(self):
        return '\n'.join(_member_text(key, p, torch_typename) for key, p in self.items())

    def __call__(self, input):
        raise RuntimeError('ParameterDict should not be called.')
