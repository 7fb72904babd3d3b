# What PyTorch says of arguments that fit none of an operator's call forms (call_forms.py): `explain` raises it.
# The order of the checks is PyTorch's: forms one by one, parameters one by one. `type_name` is native.
import torch
from operator import index
from torch._call_forms import FORMS

_FACTORY = 'dtype? dtype=, Layout? layout=, Device? device=, bool? pin_memory=, bool? requires_grad='
_SHOWN = {'ints': 'tuple of ints', 'SymInts': 'tuple of SymInts', 'Tensors': 'tuple of Tensors', 'dtype': 'torch.dtype', 'Layout': 'torch.layout',
          'Device': 'torch.device', 'MemoryFormat': 'torch.memory_format', 'Generator': 'torch.Generator', 'names': 'tuple of names',
          'floats': 'tuple of floats', 'Storage': 'torch.Storage', 'PyObject*': 'object', 'Scalars': 'tuple of Scalars'}
_NUMPYS = {'dim': ('axis',), 'keepdim': ('keepdims',), 'input': ('x', 'a', 'x1'), 'other': ('x2',)}


class _Parameter:
    def __init__(self, text, keyword_only):
        kind, name = text.split(' ')
        self.optional = name.endswith('=')
        self.name = name.rstrip('=')
        self.nullable = kind.endswith('?')
        kind = kind.rstrip('?')
        self.one_will_do = kind.endswith('[]')
        self.kind = kind.removesuffix('[]')
        self.keyword_only = keyword_only

    def shown(self):
        return _SHOWN.get(self.kind, self.kind)


class _Form:
    def __init__(self, text):
        self.hidden = text.endswith('~')
        inside = text.rstrip('~')[1:-1].replace('&', _FACTORY)
        self.parameters = []
        star = False
        for part in inside.split(', ') if inside else []:
            if part == '*':
                star = True
            else:
                self.parameters.append(_Parameter(part, star))
        self.least = len([p for p in self.parameters if not p.optional])
        self.most_positional = len([p for p in self.parameters if not p.keyword_only])

    def columns(self):
        """(type, name) of each parameter as messages list them; the star is one."""
        out = []
        for p in self.parameters:
            if p.keyword_only and ('*', '*') not in out:
                out.append(('*', '*'))
            out.append((p.shown(), p.name))
        return out or [('', '')]  # so PyTorch counts

    def shown(self):
        return '(' + ', '.join(['*' if kind == '*' else (kind + ' ' + name).strip() for kind, name in self.columns()]) + ')'


def _forms_of(place, name):
    if place == '_C.':  # wherever PyTorch keeps it
        return _forms_of('_nn.', name) or _forms_of('torch.', name) or _forms_of('_VF.', name)
    key = '\n' + place + ('logsigmoid' if name == 'log_sigmoid' else name) + ':'
    at = FORMS.find(key)
    if at < 0:
        return None
    line = FORMS[at + len(key):FORMS.find('\n', at + 1)]
    inner, *forms = line.split('|')
    return inner or name, [_Form(text) for text in forms]


# ---- which values a parameter takes

def _is_int(value):
    return isinstance(value, int) and not isinstance(value, bool) or type_name(value).startswith('numpy.int')


def _is_index(value):
    if isinstance(value, bool):
        return False
    try:
        index(value)
    except Exception:
        return False
    return True


def _is_number(value):
    return isinstance(value, (int, float)) or type_name(value).startswith(('numpy.int', 'numpy.float', 'numpy.bool'))


def _is_sequence(value):
    return isinstance(value, (tuple, list))


def _is_plain_scalar(value):
    return isinstance(value, torch.Tensor) and value.dim() == 0 and not value.requires_grad


def _takes(p, value, at, numbers):
    kind = p.kind
    if kind == 'Tensor':
        return isinstance(value, torch.Tensor) or numbers and _is_number(value)
    if kind in ('Number', 'float'):
        return _is_number(value) or _is_plain_scalar(value)
    if kind in ('int', 'SymInt'):
        return _is_int(value) or _is_plain_scalar(value) and not value.dtype.is_floating_point and value.dtype != torch.bool
    if kind in ('ints', 'SymInts'):
        if _is_sequence(value):
            return len(value) == 0 or _is_index(value[0])
        return p.one_will_do and _is_int(value)
    if kind == 'Tensors':
        if not _is_sequence(value):
            return False
        for k, item in enumerate(value):
            if not isinstance(item, torch.Tensor):
                raise TypeError(f'expected Tensor as element {k} in argument {at}, but got {type_name(item)}')
        return True
    if kind == 'bool':
        return isinstance(value, bool)
    if kind == 'dtype':
        return isinstance(value, torch.dtype) or any([value is kind for kind in (bool, int, float)])
    if kind == 'str':
        return isinstance(value, str)
    if kind == 'name':
        return value is None or isinstance(value, str)
    if kind == 'names':
        if _is_sequence(value):
            return len(value) == 0 or value[0] is None or isinstance(value[0], str)
        return p.one_will_do and (value is None or isinstance(value, str))
    if kind == 'Device':
        return isinstance(value, (str, torch.device)) or _is_int(value)
    if kind == 'Generator':
        return isinstance(value, torch.Generator)
    if kind == 'Layout':
        return isinstance(value, torch.layout)
    if kind == 'PyObject*':
        return True
    if kind == 'floats' or kind == 'Scalars':
        return _is_sequence(value) and (len(value) == 0 or _is_number(value[0])) or p.one_will_do and _is_number(value)
    return False


def _keyword(p, keywords):
    for name in (p.name,) + _NUMPYS.get(p.name, ()):
        if name in keywords:
            return name
    return None


def _mistake(name, form, args, keywords, numbers, bound):
    """What is wrong with these arguments for this form; None when they fit: then `bound` has them by name."""
    parameters = form.parameters
    most = form.most_positional
    spread = most == 1 and parameters[0].kind in ('ints', 'SymInts')
    if len(args) > most and not spread:
        return _too_many(name, form, args)
    left = len(keywords)
    at = 0
    for i, p in enumerate(parameters):
        by_keyword = False
        there = False
        if at < len(args):
            if p.keyword_only:
                return _too_many(name, form, args)
            value, there = args[at], True
        else:
            by_keyword = True
            key = _keyword(p, keywords)
            if key is not None:
                value, there = keywords[key], True
        if not there and p.optional or there and value is None and p.nullable:
            bound[p.name] = None
        elif not there:
            missing = ['"' + q.name + '"' for q in parameters[i:] if not q.optional]
            return f'{name}() missing {len(missing)} required positional argument{"s" if len(missing) == 1 else ""}: {", ".join(missing)}'
        elif _takes(p, value, i, numbers):
            bound[p.name] = value
        elif spread and at == 0 and not by_keyword and _is_index(args[0]):
            bound[p.name] = args
            at = len(args)
            continue
        else:
            where = '' if by_keyword else f' (position {at + 1})'
            return f"{name}(): argument '{p.name}'{where} must be {p.shown()}, not {type_name(value)}"
        if not by_keyword:
            at += 1
        elif there:
            left -= 1
    if left > 0:
        names = [p.name for p in parameters]
        for key in keywords:
            if key not in names:
                return f"{name}() got an unexpected keyword argument '{key}'"
            if names.index(key) < len(args):
                return f"{name}() got multiple values for argument '{key}'"
        return 'invalid keyword arguments'
    return None


def _too_many(name, form, args):
    least, most, given = form.least, form.most_positional, len(args)
    if least != most:
        return f'{name}() takes from {least} to {most} positional arguments but {given} were given'
    return f'{name}() takes {most} positional argument{"" if most == 1 else "s"} but {given} {"was" if given == 1 else "were"} given'


# ---- when several forms come into question, all are listed

def _marked(form, args, keywords):
    columns = form.columns()
    out = []
    for i in range(len(args) + len(keywords)):
        value = args[i] if i < len(args) else keywords[columns[i][1]]
        kind = type_name(value)
        fits = i < len(columns) and (kind == columns[i][0] or columns[i][0] == 'float' and kind == 'int')
        text = '' if i < len(args) else columns[i][1] + '='
        text += kind
        out.append(text if fits else '!' + text + '!')
    return '(' + ', '.join(out) + (', ' if out and not args else '') + ')'


def _unknown(form, keywords):
    """Keywords that are none of the last parameters."""
    names = [name for _, name in form.columns()]
    last = names[max(0, len(names) - len(keywords)):]
    return [key for key in reversed(keywords) if key not in last]


def _invalid_combination(name, forms, args, keywords):
    said = name + '() received an invalid combination of arguments - got '
    if len(forms) == 1:
        unknown = _unknown(forms[0], keywords)
        if unknown:
            return said + 'unrecognized keyword arguments: ' + ', '.join(unknown)
        if len(forms[0].columns()) == len(args) + len(keywords):
            return said + _marked(forms[0], args, keywords) + ', but expected ' + forms[0].shown()
    got = [type_name(value) for value in args] + [key + '=' + type_name(keywords[key]) for key in reversed(keywords)]
    if len(forms) == 1:
        return said + '(' + ', '.join(got) + '), but expected ' + forms[0].shown()
    said += '(' + ', '.join(got) + (', ' if keywords and not args else '') + '), but expected one of:\n'
    for form in forms:
        said += ' * ' + form.shown() + '\n'
        if len(form.columns()) == len(args) + len(keywords):
            unknown = _unknown(form, keywords)
            if unknown:
                said += "      didn't match because some of the keywords were incorrect: " + ', '.join(unknown) + '\n'
            else:
                said += "      didn't match because some of the arguments have invalid types: " + _marked(form, args, keywords) + '\n'
    return said


# ---- arguments that PyTorch takes and nabla does not

# They know dimensions by their names only to refuse them.
_WITHOUT_NAMES = ('all', 'any', 'argsort', 'gather', 'index_add', 'index_copy', 'index_copy_', 'index_select', 'scatter', 'scatter_add', 'sort', 'squeeze_')


def _no_such_name(called, form, owner, bound):
    """A dimension by its name: no tensor here has names."""
    for p in form.parameters:
        if p.kind in ('name', 'names') and not p.optional:
            name = bound[p.name]
            if called in _WITHOUT_NAMES and not (isinstance(name, str) and not name.isidentifier()):
                raise RuntimeError(f"{called.rstrip('_')}: You passed a dimname (string) to this op in place of a dimension index but it does not yet support this behavior. "
                                   'Please pass a dimension index to work around this.')
            if bound[p.name] is None:
                raise RuntimeError('Please look up dimensions by name, got: name = None.')
        if p.kind in ('name', 'names') and bound[p.name]:
            name = bound[p.name] if isinstance(bound[p.name], str) else bound[p.name][0]
            if name is None:
                raise RuntimeError('Please look up dimensions by name, got: name = None.')
            of = owner if owner is not None else bound.get('input', bound.get('tensors'))
            of = of[0] if _is_sequence(of) and of else of
            if not name.isidentifier():
                raise RuntimeError('Invalid name: a valid identifier contains only digits, alphabetical characters, and/or underscore and starts with a '
                                   f"non-digit. got: '{name}'.")
            if isinstance(of, torch.Tensor) and p.name != 'names':
                raise RuntimeError(f"Name '{name}' not found in Tensor[{', '.join(['None'] * of.dim())}].")


def _wrong_element(name, form, bound):
    for p in form.parameters:
        if p.kind in ('ints', 'SymInts') and _is_sequence(bound[p.name]):
            for k, item in enumerate(bound[p.name]):
                if not _is_index(item) and not (k and isinstance(item, bool)):
                    raise TypeError(f"{name}(): argument '{p.name}' must be {p.shown()}, but found element of type {type_name(item)} at pos {k + 1}")


def _taken(name, x, bound):
    """What PyTorch's operator makes of tensors that nabla's takes no number from; else None."""
    if name == 'tensor_split':
        if x.dim() == 0:
            raise RuntimeError('tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims')
        given = bound['tensor_indices_or_sections']
        if given.dtype != torch.int64:
            raise RuntimeError('tensor_split expected tensor_indices_or_sections to have dtype of long, but got ' + given.type()[6:-6])
        if given.dim() > 1:
            raise RuntimeError(f'tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a tensor with {given.dim()} dims')
        return torch.tensor_split(x, given.tolist(), 0 if bound['dim'] is None else bound['dim'])
    if name == 'narrow':
        raise RuntimeError('start must be an 0-dim integral Tensor.')


def explain(place, name, owner, args, keywords, numbers):
    """Raises what PyTorch says; returns where it would take them, or where its forms are not known (and there what a function in Python gives)."""
    found = _forms_of(place, name)
    if found is None:
        from torch._python_functions import replay
        return replay(place, name, args if owner is None else (owner,) + args, keywords)
    name, forms = found
    said = None
    for form in forms:
        bound = {}
        said = _mistake(name, form, args, keywords, numbers, bound)
        if said is None:
            _no_such_name(name, form, owner, bound)
            _wrong_element(name, form, bound)
            return _taken(name, bound.get('input') if owner is None else owner, bound)
    if len(forms) > 1:
        given = len(args) + len(keywords)
        plausible = [form for form in forms if not form.hidden and form.least <= given <= len(form.parameters)]
        if len(plausible) == 1:
            said = _mistake(name, plausible[0], args, keywords, numbers, {})
        else:
            said = _invalid_combination(name, [form for form in forms if not form.hidden], args, keywords)
    raise TypeError(said[:1023])  # the length of PyTorch's buffer
