# Overloads that PyTorch still takes, though they are deprecated: numbers stand before or between the tensors.
import torch
import warnings

# The numbers and the tensors of each operator.
_FORMS = {'add': ('alpha', 'other'), 'sub': ('alpha', 'other'), 'addcmul': ('value', 'tensor1 tensor2'), 'addcdiv': ('value', 'tensor1 tensor2'),
          'addmm': ('beta alpha', 'mat1 mat2'), 'addmv': ('beta alpha', 'mat vec'), 'addr': ('beta alpha', 'vec1 vec2'),
          'addbmm': ('beta alpha', 'batch1 batch2'), 'baddbmm': ('beta alpha', 'batch1 batch2')}
_said = False


def _fits(name, value, numbers):
    is_number = isinstance(value, (int, float))
    return is_number if name in numbers else isinstance(value, torch.Tensor) or (is_number and name == 'other')


def call(called, is_method, args, keywords):
    """The result, in a tuple; None where these arguments fit no such form."""
    global _said
    operator = called.rstrip('_')
    if operator not in _FORMS or keywords.keys() - {'out'}:
        return None
    numbers, tensors = [names.split() for names in _FORMS[operator]]
    if is_method:
        orders = [['self'] + numbers + tensors, ['self'] + numbers[:1] + tensors]
    elif len(numbers) == 1:
        orders = [['input'] + numbers + tensors]
    else:
        orders = [['beta', 'input', 'alpha'] + tensors, ['beta', 'input'] + tensors]
    for order in orders:
        if len(order) != len(args) or not all(_fits(name, value, numbers) for name, value in zip(order, args)):
            continue
        if not _said:
            _said = True
            first, last = ('', '') if is_method else ('Tensor input, ', ', Tensor out')
            kinds = [('Number ' if name in numbers else 'Tensor ') + name for name in order if name != 'self']
            warnings.warn(f'This overload of {called} is deprecated:\n\t{called}({", ".join(kinds)}{last and ", *" + last})\n'
                          f'Consider using one of the following signatures instead:\n\t{called}({first}{", ".join("Tensor " + name for name in tensors)}, *, '
                          f'{", ".join("Number " + name for name in numbers)}{last})')
        given = dict(zip(order, args))
        function = getattr(given['self'], called) if is_method else getattr(torch, called)
        return function(*[given[name] for name in order if name not in numbers and name != 'self'], **{name: given[name] for name in order if name in numbers}, **keywords),
    return None
