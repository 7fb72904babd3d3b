# torch.nn: Module and its hooks. What PyTorch writes in Python is Python here too.
import functools
import operator
import warnings
from collections import OrderedDict, namedtuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.hooks import RemovableHandle, _register_hook


class _IncompatibleKeys(namedtuple('IncompatibleKeys', ['missing_keys', 'unexpected_keys'])):
    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return '<All keys matched successfully>'
        return super().__repr__()

    __str__ = __repr__


def _add_hook(hooks, hook):
    return _register_hook(hooks, hook)[1]


# Hooks of every module, which a program registers with torch.nn.modules.module.
_global_forward_hooks, _global_forward_pre_hooks = OrderedDict(), OrderedDict()


def register_module_forward_hook(hook):
    return _add_hook(_global_forward_hooks, hook)


def register_module_forward_pre_hook(hook):
    return _add_hook(_global_forward_pre_hooks, hook)


def _indented(text, spaces):
    first, *rest = text.split('\n')
    return '\n'.join([first] + [' ' * spaces + line for line in rest])


class Module:
    dump_patches = False
    _version = 1
    __module__ = 'torch.nn.modules.module'

    def __init__(self):
        put = object.__setattr__
        put(self, 'training', True)
        for name in ('_parameters', '_buffers', '_non_persistent_buffers_set', '_backward_hooks', '_is_full_backward_hook', '_forward_hooks', '_forward_pre_hooks',
                     '_state_dict_hooks', '_load_state_dict_pre_hooks', '_load_state_dict_post_hooks', '_modules'):
            put(self, name, set() if name == '_non_persistent_buffers_set' else None if name == '_is_full_backward_hook' else OrderedDict())

    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    # ---- calling

    def __call__(self, *input, **kwargs):
        if not (self._backward_hooks or self._forward_hooks or self._forward_pre_hooks or _global_forward_hooks or _global_forward_pre_hooks):
            return self.forward(*input, **kwargs)
        for hook in [*_global_forward_pre_hooks.values(), *self._forward_pre_hooks.values()]:
            result = hook(self, input)
            if result is not None:
                input = result if isinstance(result, tuple) else (result,)
        hooks = list(self._backward_hooks.values())
        backward = _BackwardHooks(self, hooks) if hooks and self._is_full_backward_hook else None
        if backward:
            input = backward.watch_inputs(input)
        result = self.forward(*input, **kwargs)
        for hook in [*_global_forward_hooks.values(), *self._forward_hooks.values()]:
            replaced = hook(self, input, result)
            if replaced is not None:
                result = replaced
        if backward:
            return backward.watch_outputs(result)
        if hooks:
            _hook_on_node(self, hooks, input, result)
        return result

    # ---- attributes

    def __setattr__(self, name, value):
        fields = self.__dict__
        parameters = fields.get('_parameters')
        if isinstance(value, Parameter):
            if parameters is None:
                raise AttributeError('cannot assign parameters before Module.__init__() call')
            self._forget(name, '_buffers', '_modules')
            self.register_parameter(name, value)
            return
        if parameters is not None and name in parameters:
            if value is not None:
                raise TypeError(f"cannot assign '{torch_typename(value)}' as parameter '{name}' (torch.nn.Parameter or None expected)")
            self.register_parameter(name, value)
            return
        modules = fields.get('_modules')
        if isinstance(value, Module):
            if modules is None:
                raise AttributeError('cannot assign module before Module.__init__() call')
            self._forget(name, '_parameters', '_buffers')
            modules[name] = value
            return
        if modules is not None and name in modules:
            if value is not None:
                raise TypeError(f"cannot assign '{torch_typename(value)}' as child module '{name}' (torch.nn.Module or None expected)")
            modules[name] = value
            return
        buffers = fields.get('_buffers')
        if buffers is not None and name in buffers:
            if value is not None and not isinstance(value, Tensor):
                raise TypeError(f"cannot assign '{torch_typename(value)}' as buffer '{name}' (torch.Tensor or None expected)")
            buffers[name] = value
            return
        object.__setattr__(self, name, value)

    def _forget(self, name, *places):
        self.__dict__.pop(name, None)
        for place in places:
            self.__dict__[place].pop(name, None)
        self._non_persistent_buffers_set.discard(name)

    def __getattr__(self, name):
        fields = self.__dict__
        for place in ('_parameters', '_buffers', '_modules'):
            if place in fields and name in fields[place]:
                return fields[place][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for place in (self._parameters, self._buffers, self._modules):
            if name in place:
                del place[name]
                self._non_persistent_buffers_set.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self):
        names = dir(type(self)) + list(self.__dict__) + list(self._parameters) + list(self._modules) + list(self._buffers)
        return sorted(name for name in names if not name[0].isdigit())

    # ---- registration

    def _check_name(self, kind, name, place):
        if not isinstance(name, str):
            raise TypeError(f'{kind} name should be a string. Got {torch_typename(name)}')
        if hasattr(self, name) and name not in place:
            raise KeyError(f"attribute '{name}' already exists")
        if '.' in name:
            raise KeyError(f'{kind} name can\'t contain "."' + (f', got: {name}' if kind == 'module' else ''))
        if name == '':
            raise KeyError(f'{kind} name can\'t be empty string ""')

    def register_parameter(self, name, param):
        if '_parameters' not in self.__dict__:
            raise AttributeError('cannot assign parameter before Module.__init__() call')
        self._check_name('parameter', name, self._parameters)
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(f"cannot assign '{torch_typename(param)}' object to parameter '{name}' (torch.nn.Parameter or None required)")
        if param is not None and param.grad_fn is not None:
            raise ValueError(f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be created explicitly. To express "
                             f"'{name}' as a function of another Tensor, compute the value in the forward() method.")
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        if '_buffers' not in self.__dict__:
            raise AttributeError('cannot assign buffer before Module.__init__() call')
        self._check_name('buffer', name, self._buffers)
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(f"cannot assign '{torch_typename(tensor)}' object to buffer '{name}' (torch Tensor or None required)")
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(f'{torch_typename(module)} is not a Module subclass')
        self._check_name('module', name, self._modules)
        self._modules[name] = module

    def register_module(self, name, module):
        self.add_module(name, module)

    def register_forward_hook(self, hook):
        return _add_hook(self._forward_hooks, hook)

    def register_forward_pre_hook(self, hook):
        return _add_hook(self._forward_pre_hooks, hook)

    def _add_backward_hook(self, hook, full):
        if self._is_full_backward_hook not in (None, full):
            raise RuntimeError('Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one of them.')
        object.__setattr__(self, '_is_full_backward_hook', full)
        return _add_hook(self._backward_hooks, hook)

    def register_full_backward_hook(self, hook):
        return self._add_backward_hook(hook, True)

    def register_backward_hook(self, hook):
        return self._add_backward_hook(hook, False)

    def register_load_state_dict_post_hook(self, hook):
        return _add_hook(self._load_state_dict_post_hooks, hook)

    def _register_state_dict_hook(self, hook):
        return _add_hook(self._state_dict_hooks, hook)

    def _named_members(self, members, prefix, recurse):
        seen = set()
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, member in members(module):
                if member is None or id(member) in seen:
                    continue
                seen.add(id(member))
                yield path + ('.' if path else '') + name, member

    def named_parameters(self, prefix='', recurse=True):
        return self._named_members(lambda module: module._parameters.items(), prefix, recurse)

    def parameters(self, recurse=True):
        for name, param in self.named_parameters(recurse=recurse):
            yield param

    def named_buffers(self, prefix='', recurse=True):
        return self._named_members(lambda module: module._buffers.items(), prefix, recurse)

    def buffers(self, recurse=True):
        for name, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def named_children(self):
        seen = set()
        for name, module in self._modules.items():
            if module is not None and id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def children(self):
        for name, module in self.named_children():
            yield module

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, prefix + ('.' if prefix else '') + name, remove_duplicate)

    def modules(self):
        for name, module in self.named_modules():
            yield module

    def get_submodule(self, target):
        module = self
        for name in target.split('.') if target else []:
            if not hasattr(module, name):
                raise AttributeError(f'{type(module).__name__} has no attribute `{name}`')
            module = getattr(module, name)
            if not isinstance(module, Module):
                raise AttributeError(f'`{name}` is not an nn.Module')
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition('.')
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(f'{type(module).__name__} has no attribute `{name}`')
        param = getattr(module, name)
        if not isinstance(param, Parameter):
            raise AttributeError(f'`{name}` is not an nn.Parameter')
        return param

    def get_buffer(self, target):
        path, _, name = target.rpartition('.')
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(f'{type(module).__name__} has no attribute `{name}`')
        if name not in module._buffers:
            raise AttributeError(f'`{name}` is not a buffer')
        return getattr(module, name)

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    # ---- changing

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError('training mode is expected to be boolean')
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for param in self.parameters():
            param.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        for param in self.parameters():
            if param.grad is None:
                continue
            if set_to_none:
                param.grad = None
            else:
                param.grad = torch.zeros_like(param.grad)

    def _apply(self, fn):
        for module in self.children():
            module._apply(fn)
        for param in self._parameters.values():
            if param is not None:
                with torch.no_grad():
                    param.data = fn(param.data)
                    if param.grad is not None:
                        param.grad = fn(param.grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args, **kwargs):
        for dtype in args + tuple(kwargs.values()):
            if isinstance(dtype, torch.dtype) and not dtype.is_floating_point:
                raise TypeError(f'nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}')
        return self._apply(lambda x: x.to(*args, **kwargs) if x.is_floating_point() else x)

    def type(self, dst_type):
        return self._apply(lambda x: x.type(dst_type))

    def float(self):
        return self._apply(lambda x: x.float() if x.is_floating_point() else x)

    def double(self):
        return self._apply(lambda x: x.double() if x.is_floating_point() else x)

    def half(self):
        return self._apply(lambda x: x.to(torch.float16) if x.is_floating_point() else x)

    def bfloat16(self):
        return self._apply(lambda x: x.to(torch.bfloat16) if x.is_floating_point() else x)

    def to_empty(self, *, device):
        return self._apply(lambda x: torch.empty_like(x, device=device))

    def cpu(self):
        return self

    def cuda(self, device=None):
        raise AssertionError('Torch not compiled with CUDA enabled')

    def share_memory(self):
        return self

    # ---- state

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, param in self._parameters.items():
            if param is not None:
                destination[prefix + name] = param if keep_vars or isinstance(param, UninitializedParameter) else param.detach()
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = buffer if keep_vars else buffer.detach()
        if type(self).get_extra_state is not Module.get_extra_state:
            destination[prefix + '_extra_state'] = self.get_extra_state()

    def get_extra_state(self):
        raise RuntimeError('Reached a code path in Module.get_extra_state() that should never be called. Please file an issue at '
                           'https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml to report this bug.')

    def set_extra_state(self, state):
        raise RuntimeError('Reached a code path in Module.set_extra_state() that should never be called. Please file an issue at '
                           'https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml to report this bug.')

    def state_dict(self, destination=None, prefix='', keep_vars=False):
        destination = OrderedDict() if destination is None else destination
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=prefix + name + '.', keep_vars=keep_vars)
        for hook in list(self._state_dict_hooks.values()):
            changed = hook(self, destination, prefix, {})
            if changed is not None:
                destination = changed
        return destination

    def load_state_dict(self, state_dict, strict=True):
        if not hasattr(state_dict, 'items'):
            raise TypeError(f'Expected state_dict to be dict-like, got {type(state_dict)}.')
        own = self.state_dict(keep_vars=True)
        missing = [name for name in own if name not in state_dict]
        for name in [name for name in missing if name.endswith('num_batches_tracked')]:  # batch norm did not always have it
            prefix = name[:-len('num_batches_tracked')]
            if not (isinstance(state_dict, OrderedDict) and any(key.startswith(prefix) for key in state_dict)):
                missing.remove(name)
                own[name].detach().zero_()
        unexpected = [name for name in state_dict if name not in own]
        errors = []
        for name, target in own.items():
            if name not in state_dict:
                continue
            if name.rpartition('.')[2] == '_extra_state':
                self.get_submodule(name.rpartition('.')[0]).set_extra_state(state_dict[name])
            if not isinstance(target, Tensor):
                continue
            value = state_dict[name]
            if not isinstance(value, Tensor):
                errors.append(f'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object from checkpoint but received {type(value)}')
                continue
            if isinstance(target, UninitializedParameter) and not isinstance(value, UninitializedParameter):
                target.materialize(value.shape)
            if value.shape != target.shape:
                errors.append(f'size mismatch for {name}: copying a param with shape {value.shape} from checkpoint, '
                              f'the shape in current model is {target.shape}.')
                continue
            with torch.no_grad():
                target.copy_(value)
        if strict:
            if unexpected:
                errors.insert(0, 'Unexpected key(s) in state_dict: ' + ', '.join(f'"{name}"' for name in unexpected) + '. ')
            if missing:
                errors.insert(0, 'Missing key(s) in state_dict: ' + ', '.join(f'"{name}"' for name in missing) + '. ')
        result = _IncompatibleKeys(missing, unexpected)
        for module in self.modules():
            for hook in list(module._load_state_dict_post_hooks.values()):
                if hook(module, result) is not None:
                    raise AssertionError('Hooks registered with ``register_load_state_dict_post_hook`` are notexpected to return new values, if '
                                         'incompatible_keys need to be modified,it should be done inplace.')
        if errors:
            raise RuntimeError('Error(s) in loading state_dict for {}:\n\t{}'.format(type(self).__name__, '\n\t'.join(errors)))
        return result

    # ---- printing

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        return ''

    def __repr__(self):
        extra = self.extra_repr()
        extra_lines = extra.split('\n') if extra else []
        lines = [f'({name}): ' + _indented(repr(module), 2) for name, module in self._modules.items()]
        out = self._get_name() + '('
        if extra_lines + lines:
            if len(extra_lines) == 1 and not lines:
                out += extra_lines[0]
            else:
                out += '\n  ' + '\n  '.join(extra_lines + lines) + '\n'
        return out + ')'


def torch_typename(x):
    if isinstance(x, Tensor):
        return x.type()
    name = getattr(x, '__name__', None)
    if isinstance(x, type):
        kind = x
    elif name and getattr(torch, name, None) is x:
        return f'torch._VariableFunctionsClass.{name}'
    elif name and getattr(torch.nn.functional, name, None) is x:
        return f'torch.nn.functional.{name}'
    elif name and hasattr(x, '__qualname__') and getattr(x, '__module__', None) not in (None, 'builtins'):
        return f'{x.__module__}.{x.__qualname__}'
    else:
        kind = type(x) if not isinstance(x, type(print)) else x
    return kind.__name__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__name__}'


class BackwardHookFunction(torch.autograd.Function):
    """A node that passes on what comes."""
    @staticmethod
    def forward(ctx, *args):
        outputs = tuple([x.view_as(x) for x in args])
        ctx.mark_non_differentiable(*[out for out, x in zip(outputs, args) if not x.requires_grad])
        return outputs

    @staticmethod
    def backward(ctx, *gradients):
        return gradients


class _BackwardHooks:
    """Full backward hooks of one call: they run when the gradients of the inputs are there, and may replace them."""

    def __init__(self, module, hooks):
        self.module, self.hooks = module, hooks
        self.grad_output = self.places = None

    def _behind_a_node(self, values, hook):
        """The values, the tensors among them behind a node with that hook; and the places of these, None where nothing is tracked."""
        places = [i for i, x in enumerate(values) if isinstance(x, Tensor)]
        if not (torch.is_grad_enabled() and any([values[i].requires_grad for i in places])):
            return values, None
        passed = BackwardHookFunction.apply(*[values[i] for i in places])
        next(x.grad_fn for x in passed if x.grad_fn is not None).register_hook(hook)
        out = list(values)
        for i, x in zip(places, passed):
            out[i] = x
        return tuple(out), places

    def watch_inputs(self, input):
        def hook(gradients, _):
            if self.grad_output is None:  # they did not come through the output
                return None
            grad_input = _at_places(gradients, self.places, len(input))
            for given_hook in self.hooks:
                result = given_hook(self.module, grad_input, self.grad_output)
                if result is None:
                    continue
                if len(result) != len(grad_input):
                    raise RuntimeError(f'Backward hook returned an invalid number of grad_input, got {len(result)}, but expected {len(grad_input)}')
                grad_input = result
            self.grad_output = None
            return tuple([grad_input[i] for i in self.places])

        self.count = len(input)
        input, self.places = self._behind_a_node(input, hook)
        return input

    def watch_outputs(self, result):
        outputs = result if isinstance(result, tuple) else (result,)

        def hook(_, gradients):
            self.grad_output = _at_places(gradients, places, len(outputs))
            if self.places is None:
                for given_hook in self.hooks:
                    given = given_hook(self.module, (None,) * self.count, self.grad_output)
                    if given is not None and not (isinstance(given, tuple) and all([g is None for g in given])):
                        raise RuntimeError('Backward hook for Modules where no input requires gradient should always return None or None for all gradients.')
                self.grad_output = None

        watched, places = self._behind_a_node(outputs, hook)
        return watched if isinstance(result, tuple) else watched[0]


def _at_places(values, places, count):
    out = [None] * count
    for i, value in zip(places, values):
        out[i] = value
    return tuple(out)


def _hook_on_node(module, hooks, inputs, result):
    """Hooks from register_backward_hook(): on the node that made the result, whatever that is."""
    found = result
    while not isinstance(found, Tensor):
        found = next(x for x in found.values() if isinstance(x, Tensor)) if isinstance(found, dict) else found[0]
    node = found.grad_fn
    if node is None:
        return
    for hook in hooks:
        node.register_hook(functools.partial(hook, module))
    use_full = ' Please use register_full_backward_hook to get the documented behavior.'
    later = 'is deprecated and will be removed in future versions. This hook will be missing some'

    def are_tensors(values):
        return isinstance(values, tuple) and all([isinstance(x, Tensor) for x in values])
    result = (result,) if isinstance(result, Tensor) else result
    if not are_tensors(result):
        warnings.warn(f'Using non-full backward hooks on a Module that does not return a single Tensor or a tuple of Tensors {later} of the grad_output.{use_full}')
    elif not are_tensors(inputs):
        warnings.warn(f'Using non-full backward hooks on a Module that does not take as input a single Tensor or a tuple of Tensors {later} of the grad_input.{use_full}')
    elif {x.grad_fn for x in result} - {None, node}:
        warnings.warn(f'Using a non-full backward hook when outputs are generated by different autograd Nodes {later} grad_output.{use_full}')
    elif {x.grad_fn for x in inputs} - {None} != {next_node for next_node, _ in node.next_functions}:
        warnings.warn(f'Using a non-full backward hook when the forward contains multiple autograd Nodes {later} grad_input.{use_full}')
