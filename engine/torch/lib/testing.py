# torch.testing: are two results close? In PyTorch's words where they are not.
import math

import torch

# dtype: relative and absolute tolerance; types of integers must be equal
_TOLERANCES = {torch.float32: (1.3e-6, 1e-5), torch.float64: (1e-7, 1e-7)}


def _tolerances(dtypes, rtol, atol):
    if (rtol is None) != (atol is None):
        raise ValueError(f"Both 'rtol' and 'atol' must be either specified or omitted, but got no {'rtol' if rtol is None else 'atol'}.")
    if rtol is not None:
        return rtol, atol
    pairs = [_TOLERANCES.get(dtype, (0.0, 0.0)) for dtype in dtypes]
    return max(pair[0] for pair in pairs), max(pair[1] for pair in pairs)



def _allowed(tolerances, which):
    return '' if tolerances == (0, 0) else f' (up to {tolerances[which]} allowed)'


class _Differ(Exception):
    """What differs, and where in nested lists and dicts."""

    def __init__(self, text, path=()):
        self.text, self.path = text, path


def _check_numbers(actual, expected, tolerances, equal_nan):
    rtol, atol = tolerances
    if actual == expected or (equal_nan and actual != actual and expected != expected):
        return
    difference = abs(actual - expected)
    if math.isfinite(actual) and math.isfinite(expected) and difference <= atol + rtol * abs(expected):
        return
    relative = difference / abs(expected) if expected else math.inf
    if isinstance(difference, float) and not isinstance(relative, float):
        relative = float(relative)
    raise _Differ(f"Scalars are not {'equal' if tolerances == (0, 0) else 'close'}!\n\n"
                  f'Absolute difference: {difference}{_allowed(tolerances, 1)}\nRelative difference: {relative}{_allowed(tolerances, 0)}')


def _check_tensors(actual, expected, rtol, atol, equal_nan, check_dtype, check_stride):
    if actual.shape != expected.shape:
        raise _Differ(f"The values for attribute 'shape' do not match: {actual.shape} != {expected.shape}.")
    if check_dtype and actual.dtype != expected.dtype:
        raise _Differ(f"The values for attribute 'dtype' do not match: {actual.dtype} != {expected.dtype}.")
    if check_stride and actual.stride() != expected.stride():
        raise _Differ(f"The values for attribute 'stride()' do not match: {actual.stride()} != {expected.stride()}.")
    tolerances = _tolerances((actual.dtype, expected.dtype), rtol, atol)
    actual, expected = actual.detach(), expected.detach()
    if actual.dtype != expected.dtype:
        wide = torch.promote_types(actual.dtype, expected.dtype)
        actual, expected = actual.to(wide), expected.to(wide)
    if actual.dtype in (torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32):
        actual, expected = actual.to(torch.int64), expected.to(torch.int64)
    matches = torch.isclose(actual, expected, rtol=tolerances[0], atol=tolerances[1], equal_nan=equal_nan)
    if matches.all():
        return
    if actual.dim() == 0:
        return _check_numbers(actual.item(), expected.item(), tolerances, equal_nan)
    if actual.is_floating_point():
        actual, expected = actual.double(), expected.double()
    differences = (actual - expected).abs()
    differences[matches] = 0
    relative = differences / expected.abs()
    relative[matches] = 0
    wrong, count = int((~matches).sum()), matches.numel()

    def greatest(of):
        at = int(of.reshape(-1).argmax())
        index = []
        for size in reversed(of.shape):
            index.insert(0, at % size)
            at //= size
        return f'{of.max().item()} at index {tuple(index)}'
    raise _Differ(f"Tensor-likes are not {'equal' if tolerances == (0, 0) else 'close'}!\n\n"
                  f'Mismatched elements: {wrong} / {count} ({wrong / count:.1%})\n'
                  f'Greatest absolute difference: {greatest(differences)}{_allowed(tolerances, 1)}\n'
                  f'Greatest relative difference: {greatest(relative)}{_allowed(tolerances, 0)}')


def _is_array(value):
    return type(value).__module__ == 'numpy' and hasattr(value, 'dtype')


def _check(actual, expected, options):
    kinds = actual, expected
    if all(isinstance(x, dict) for x in kinds):
        missing, additional = [key for key in expected if key not in actual], [key for key in actual if key not in expected]
        if missing or additional:
            raise _Differ('The keys of the mappings do not match:\n'
                          f"Missing keys in the actual mapping: {sorted(missing) or 'None'}\nAdditional keys in the actual mapping: {sorted(additional) or 'None'}".replace("'None'", 'None'))
        pairs = [(key, actual[key], expected[key]) for key in actual]
    elif all(isinstance(x, (list, tuple)) for x in kinds):
        if len(actual) != len(expected):
            raise _Differ(f'The length of the sequences mismatch: {len(actual)} != {len(expected)}')
        pairs = [(i, actual[i], expected[i]) for i in range(len(actual))]
    else:
        return _check_one(actual, expected, options)
    for key, a, b in pairs:
        try:
            _check(a, b, options)
        except _Differ as difference:
            raise _Differ(difference.text, (key, *difference.path))


def _check_one(actual, expected, options):
    rtol, atol, equal_nan, check_dtype, check_stride, allow_subclasses = options
    kinds = actual, expected
    if all(x is None for x in kinds):
        return
    if all(isinstance(x, bool) for x in kinds):
        if actual is not expected:
            raise _Differ(f'Booleans mismatch: {actual} is not {expected}')
    elif all(isinstance(x, (int, float)) for x in kinds):
        if check_dtype and type(actual) is not type(expected):
            raise _Differ(f'The (d)types do not match: {type(actual)} != {type(expected)}.')
        usual = [torch.float64 if isinstance(x, float) else torch.int64 for x in kinds]
        _check_numbers(actual, expected, _tolerances(usual, rtol, atol), equal_nan)
    elif all(isinstance(x, torch.Tensor) or _is_array(x) for x in kinds):
        _check_tensors(*[torch.asarray(x) if _is_array(x) else x for x in kinds], rtol, atol, equal_nan, check_dtype, check_stride)
    else:
        raise TypeError(f'No comparison pair was able to handle inputs of type {type(actual)} and {type(expected)}.')


def assert_close(actual, expected, *, allow_subclasses=True, rtol=None, atol=None, equal_nan=False, check_device=True, check_dtype=True, check_layout=True,
                 check_stride=False, msg=None):
    """AssertionError where |actual - expected| > atol + rtol * |expected|; tensors, numbers, and lists and dicts of them."""
    _tolerances((torch.float32,), rtol, atol)
    try:
        _check(actual, expected, (rtol, atol, equal_nan, check_dtype, check_stride, allow_subclasses))
    except _Differ as difference:
        where = ''.join([f'[{key!r}]' for key in difference.path])
        text = difference.text + (f'\n\nThe failure occurred for item {where}' if where else '')
    else:
        return
    raise AssertionError(text if msg is None else msg(text) if callable(msg) else msg)


_said = False


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=''):
    """The older form: numbers and lists become tensors, types need not agree."""
    global _said
    import warnings
    if not _said:
        _said = True
        warnings.warn('torch.testing.assert_allclose() is deprecated since 1.12 and will be removed in 1.14. Use torch.testing.assert_close() instead. '
                      'For detailed upgrade instructions see https://github.com/pytorch/pytorch/issues/61844.', FutureWarning, stacklevel=2)
    actual = actual if isinstance(actual, torch.Tensor) else torch.tensor(actual)
    expected = expected if isinstance(expected, torch.Tensor) else torch.tensor(expected, dtype=actual.dtype)
    if rtol is None and atol is None:
        rtol, atol = (1e-4, 1e-5) if torch.float32 in (actual.dtype, expected.dtype) else (1e-5, 1e-8)
    assert_close(actual, expected, rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=False, msg=msg or None)
