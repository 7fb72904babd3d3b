# numpy: choosing, searching, sorting, counting.

def where(condition, x=None, y=None):
    condition = asarray(condition).astype(bool)
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError('either both or neither of x and y should be given')
    kind = _result_dtype([x, y])
    x, y = asarray(x).astype(kind), asarray(y).astype(kind)
    _check_broadcast([condition, x, y])
    result = _call(torch.where, *broadcast_arrays(condition, x, y))
    return result if isinstance(result, ndarray) else asarray(result)


def nonzero(a):
    return tuple(asarray(part) for part in _call(torch.nonzero, atleast_1d(a), as_tuple=True))


def flatnonzero(a):
    return nonzero(asarray(a).ravel())[0]


def argwhere(a):
    return _call(torch.nonzero, asarray(a))


def sort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), -1
    return _call(torch.sort, a, dim=_along(axis, a.ndim))[0]


def argsort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), -1
    values, order = _call(torch.sort, a, dim=_along(axis, a.ndim), stable=True)
    if a.ndim == 1 and len(a) > 16 and kind in (None, 'quicksort') and (values[1:] == values[:-1]).any():
        return array(_quick_order(a.tolist()))  # which of equal elements comes first is told by how numpy sorts
    return order


def _quick_order(v):
    """Where numpy's quicksort (its partition, and insertion in what has at most 16 elements) finds each element."""
    at = list(range(len(v)))
    todo = [(0, len(v) - 1)]
    while todo:
        low, high = todo.pop()
        if high - low <= 15:
            at[low:high + 1] = sorted(at[low:high + 1], key=v.__getitem__)
            continue
        middle = low + (high - low >> 1)
        for i, j in (middle, low), (high, middle), (middle, low):
            if v[at[i]] < v[at[j]]:
                at[i], at[j] = at[j], at[i]
        pivot, i, j = v[at[middle]], low, high - 1
        at[middle], at[j] = at[j], at[middle]
        while True:
            i += 1
            while v[at[i]] < pivot:
                i += 1
            j -= 1
            while pivot < v[at[j]]:
                j -= 1
            if i >= j:
                break
            at[i], at[j] = at[j], at[i]
        at[i], at[high - 1] = at[high - 1], at[i]
        todo += [(low, i - 1), (i + 1, high)]
    return at


def argpartition(a, kth, axis=-1):
    return argsort(a, axis)


def partition(a, kth, axis=-1):
    return sort(a, axis)


def searchsorted(a, v, side='left', sorter=None):
    a, v = asarray(a), asarray(v)
    kind = _promote(a.dtype, v.dtype)
    return _call(torch.searchsorted, a.astype(kind), v.astype(kind), right=side == 'right')


def digitize(x, bins, right=False):
    return searchsorted(asarray(bins), asarray(x), 'left' if right else 'right')


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    ar = asarray(ar)
    if axis is not None:
        if return_index:
            raise NotImplementedError('numpy.unique(return_index=True) with an axis is not part of nabla')
        found = _call(torch.unique, ar, True, return_inverse, return_counts, dim=axis)
        return found
    ar = ar.ravel()
    order = argsort(ar, kind='stable')
    values = ar[order]
    first = ones(len(ar), bool)
    if len(ar) > 1:
        first[1:] = values[1:] != values[:-1]
    out = [values[first]]
    if return_index:
        out.append(order[first])
    if return_inverse:
        inverse = zeros(len(ar), int)
        inverse[order] = cumsum(first) - 1
        out.append(inverse)
    if return_counts:
        out.append(diff(append(flatnonzero(first), len(ar))))
    return out[0] if len(out) == 1 else tuple(out)


def isin(element, test_elements, assume_unique=False, invert=False):
    element, test_elements = asarray(element), asarray(test_elements)
    kind = _promote(element.dtype, test_elements.dtype)
    return asarray(_call(torch.isin, element.astype(kind), test_elements.astype(kind), invert=invert))


in1d = isin


def intersect1d(ar1, ar2):
    a = unique(ar1)
    return a[isin(a, ar2)]


def union1d(ar1, ar2):
    return unique(concatenate([ar1, ar2], None))


def setdiff1d(ar1, ar2):
    a = unique(ar1)
    return a[isin(a, ar2, invert=True)]


def take(a, indices, axis=None, out=None, mode='raise'):
    a, indices = atleast_1d(a), asarray(indices)
    if axis is None:
        a, axis = a.ravel(), 0
    axis = _along(axis, a.ndim)
    if a.shape[axis] == 0 and indices.size:
        raise IndexError('cannot do a non-empty take from an empty axes.')
    return a[(slice(None),) * axis + (indices,)]


def put(a, ind, v, mode='raise'):
    ind = asarray(ind).ravel()
    if len(ind):
        flat = a.ravel()
        flat[ind] = resize(v, len(ind))
        a[...] = flat.reshape(a.shape)


def take_along_axis(arr, indices, axis):
    return _call(torch.take_along_dim, asarray(arr), asarray(indices), axis)


def choose(a, choices):
    return _call(torch.stack, [asarray(c) for c in choices])[asarray(a), arange(len(a))]


def select(condlist, choicelist, default=0):
    result = asarray(default)
    for condition, choice in list(zip(condlist, choicelist))[::-1]:
        result = where(condition, choice, result)
    return result


def bincount(x, weights=None, minlength=0):
    return _call(torch.bincount, asarray(x), None if weights is None else asarray(weights), minlength)


def histogram(a, bins=10, range=None, density=None, weights=None):
    a = asarray(a).ravel()
    if not hasattr(bins, '__len__'):
        low, high = (min(a), max(a)) if range is None and a.size else range or (0.0, 1.0)
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = linspace(low, high, bins + 1)
    else:
        edges = asarray(bins)
    inside = (a >= edges[0]) & (a <= edges[-1])
    where_ = minimum(searchsorted(edges, a[inside], 'right') - 1, len(edges) - 2)
    counts = bincount(where_, None if weights is None else asarray(weights)[inside], len(edges) - 1)
    if density:
        counts = counts / (edges[1:] - edges[:-1]) / sum(counts)
    return counts, edges
