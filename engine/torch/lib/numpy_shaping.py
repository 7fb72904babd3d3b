# numpy: other shapes of an array, joining and splitting.

# ---- shaping

def ndim(a):
    return asarray(a).ndim


def shape(a):
    return a.shape if isinstance(a, torch.Tensor) else asarray(a).shape


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


def reshape(a, newshape, order='C'):
    a = asarray(a)
    shape = [int(n) for n in newshape] if isinstance(newshape, (tuple, list, ndarray)) else [int(newshape)]
    known = 1
    for n in shape:
        known *= n if n != -1 else 1
    free = shape.count(-1)
    if free > 1:
        raise ValueError('can only specify one unknown dimension')
    if (free and (known == 0 or a.size % known)) or (not free and known != a.size):
        text = _free_text(shape) if free else _plain_shape(shape)
        raise ValueError(f'cannot reshape array of size {a.size} into shape {text}')
    if order == 'F':
        return reshape(a.T, shape[::-1]).T
    return _view(torch.reshape, a, shape)


def _free_text(shape):
    known = shape[1:] if shape[0] == -1 else shape
    parts = ['newaxis' if n == -1 else str(n) for n in known]
    return '(' + ','.join(parts) + (',)' if len(parts) == 1 and shape[0] != -1 else ')')


def _view(function, a, *args):
    """A function of PyTorch's that gives a view: of 0-d arrays too an array, no scalar."""
    return _made(function(_tensor(a), *args))


def ravel(a, order='C'):
    return reshape(a, -1, order)


def transpose(a, axes=None):
    a = asarray(a)
    if axes is not None and len(axes) != a.ndim:
        raise ValueError("axes don't match array")
    return _view(torch.permute, a, tuple(range(a.ndim))[::-1] if axes is None else tuple(axes))


def swapaxes(a, axis1, axis2):
    a = asarray(a)
    for name, axis in (('axis1', axis1), ('axis2', axis2)):
        if not -a.ndim <= axis < a.ndim:
            raise AxisError(f'{name}: axis {axis} is out of bounds for array of dimension {a.ndim}')
    return _view(torch.transpose, a, _axes(axis1, a.ndim)[0], _axes(axis2, a.ndim)[0])


def moveaxis(a, source, destination):
    return _view(torch.movedim, asarray(a), source, destination)


def squeeze(a, axis=None):
    a = asarray(a)
    if axis is None:
        return _view(torch.squeeze, a)
    for i in _axes(axis, a.ndim)[::-1]:
        if a.shape[i] != 1:
            raise ValueError('cannot select an axis to squeeze out which has size not equal to one')
        a = _view(torch.squeeze, a, i)
    return a


def expand_dims(a, axis):
    a = asarray(a)
    for i in sorted(axis) if isinstance(axis, (tuple, list)) else [axis]:
        a = _view(torch.unsqueeze, a, _along(i, a.ndim + 1))
    return a


def atleast_1d(*arys):
    out = [x if x.ndim else x.reshape(1) for x in [asarray(a) for a in arys]]
    return out[0] if len(out) == 1 else out


def atleast_2d(*arys):
    out = [x if x.ndim > 1 else x.reshape(1, -1) for x in [asarray(a) for a in arys]]
    return out[0] if len(out) == 1 else out


def broadcast_to(array, shape, subok=False):
    array = asarray(array)
    shape = _size(shape)
    if len(shape) < array.ndim:
        raise ValueError('input operand has more dimensions than allowed by the axis remapping')
    try:
        return _view(torch.broadcast_to, array, shape)
    except RuntimeError:
        raise ValueError(f'operands could not be broadcast together with remapped shapes [original->remapped]: {_plain_shape(array.shape)}  and requested shape {_plain_shape(shape)}') from None


def _plain_shape(shape):
    return '(' + ','.join([str(n) for n in shape]) + (',)' if len(shape) == 1 else ')')


def broadcast_arrays(*args):
    args = [asarray(a) for a in args]
    _check_broadcast(args)
    shape = (zeros(args[0].shape) if len(args) == 1 else _broadcast(args)).shape
    return [broadcast_to(a, shape) for a in args]


def _broadcast(args):
    total = zeros(args[0].shape)
    for a in args[1:]:
        total = total + zeros(a.shape)
    return total


def flip(m, axis=None):
    m = asarray(m)
    axes = _axes(axis, m.ndim)
    return m[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(m.ndim))]


def fliplr(m):
    if ndim(m) < 2:
        raise ValueError('Input must be >= 2-d.')
    return flip(m, 1)


def flipud(m):
    if ndim(m) < 1:
        raise ValueError('Input must be >= 1-d.')
    return flip(m, 0)


def roll(a, shift, axis=None):
    a = asarray(a)
    if axis is None:
        return reshape(_call(torch.roll, a.ravel(), shift, 0), a.shape)
    _axes(axis, a.ndim)
    return _call(torch.roll, a, shift, axis)


def rot90(m, k=1, axes=(0, 1)):
    return _call(torch.rot90, asarray(m), k, list(axes))


def repeat(a, repeats, axis=None):
    a = atleast_1d(a)
    if axis is None:
        a, axis = a.ravel(), 0
    return _call(torch.repeat_interleave, a, repeats if isinstance(repeats, int) else asarray(repeats), _along(axis, a.ndim))


def tile(A, reps):
    return _call(torch.tile, asarray(A), tuple(reps) if isinstance(reps, (tuple, list)) else (reps,))


def pad(array, pad_width, mode='constant', constant_values=0, **kwargs):
    array = asarray(array)
    if mode != 'constant':
        raise NotImplementedError(f"numpy.pad(mode='{mode}') is not part of nabla")
    widths = broadcast_to(asarray(pad_width), (array.ndim, 2)).tolist()
    result = full([n + a + b for n, (a, b) in zip(array.shape, widths)], constant_values, array.dtype)
    result[tuple(slice(a, a + n) for n, (a, b) in zip(array.shape, widths))] = array
    return result


def resize(a, new_shape):
    a = asarray(a).ravel()
    count = 1
    for n in _size(new_shape):
        count *= n
    return concatenate([a] * (count // len(a) + 1))[:count].reshape(new_shape)


# ---- joining and splitting

def _joined(arrays, word):
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError(f'need at least one array to {word}')
    kind = arrays[0].dtype
    for a in arrays[1:]:
        kind = _promote(kind, a.dtype)
    return [a.astype(kind) for a in arrays]


def concatenate(arrays, axis=0, out=None, *, dtype=None, casting=None):
    arrays = _joined(arrays, 'concatenate')
    if axis is None:
        arrays, axis = [a.ravel() for a in arrays], 0
    first = arrays[0]
    if first.ndim == 0:
        raise ValueError('zero-dimensional arrays cannot be concatenated')
    axis = _along(axis, first.ndim)
    for i, a in enumerate(arrays):
        if a.ndim != first.ndim:
            raise ValueError('all the input arrays must have same number of dimensions, but the array at index 0 has '
                             f'{first.ndim} dimension(s) and the array at index {i} has {a.ndim} dimension(s)')
        for d in range(a.ndim):
            if d != axis and a.shape[d] != first.shape[d]:
                raise ValueError('all the input array dimensions except for the concatenation axis must match exactly, but along dimension '
                                 f'{d}, the array at index 0 has size {first.shape[d]} and the array at index {i} has size {a.shape[d]}')
    return _finish(_call(torch.cat, arrays, axis), out, dtype)


def stack(arrays, axis=0, out=None):
    arrays = _joined(arrays, 'stack')
    if _any([a.shape != arrays[0].shape for a in arrays]):
        raise ValueError('all input arrays must have the same shape')
    return _finish(_call(torch.stack, arrays, _along(axis, arrays[0].ndim + 1)), out)


def vstack(tup):
    return concatenate([atleast_2d(a) for a in tup])


row_stack = vstack


def hstack(tup):
    arrays = [atleast_1d(a) for a in tup]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def column_stack(tup):
    return concatenate([x[:, None] if x.ndim == 1 else x for x in [atleast_1d(a) for a in tup]], 1)


def dstack(tup):
    return concatenate([x[:, :, None] if x.ndim == 2 else x for x in [atleast_2d(a) for a in tup]], 2)


def append(arr, values, axis=None):
    arr = asarray(arr)
    if axis is None:
        return concatenate([arr.ravel(), asarray(values).ravel()])
    return concatenate([arr, values], axis)


def array_split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    n = ary.shape[axis]
    if hasattr(indices_or_sections, '__len__'):
        cuts = [0] + [int(i) for i in indices_or_sections] + [n]
    else:
        each, extra = divmod(n, indices_or_sections)
        cuts = [0]
        for i in range(indices_or_sections):
            cuts.append(cuts[-1] + each + (i < extra))
    before = (slice(None),) * (axis % ary.ndim)
    return [ary[before + (slice(a, b),)] for a, b in zip(cuts[:-1], cuts[1:])]


def split(ary, indices_or_sections, axis=0):
    _axes(axis, ndim(ary))
    if not hasattr(indices_or_sections, '__len__') and asarray(ary).shape[axis] % indices_or_sections:
        raise ValueError('array split does not result in an equal division')
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    if ndim(ary) < 2:
        raise ValueError('vsplit only works on arrays of 2 or more dimensions')
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    if ndim(ary) < 1:
        raise ValueError('hsplit only works on arrays of 1 or more dimensions')
    return split(ary, indices_or_sections, 1 if ndim(ary) > 1 else 0)


def delete(arr, obj, axis=None):
    arr = asarray(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    axis = _along(axis, arr.ndim)
    kept = ones(arr.shape[axis], bool)
    kept[obj] = False
    return arr[(slice(None),) * axis + (kept,)]


def insert(arr, obj, values, axis=None):
    arr = asarray(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    axis = _along(axis, arr.ndim)
    before = (slice(None),) * axis
    values = asarray(values, arr.dtype)
    shape = list(arr.shape)
    shape[axis] = values.shape[axis] if values.ndim == arr.ndim else (values.size if arr.ndim == 1 else 1)
    return concatenate([arr[before + (slice(None, obj),)], broadcast_to(values, shape), arr[before + (slice(obj, None),)]], axis)
