# Nested tuples, lists and dicts of values, as torch.func's transforms take and give them (PyTorch's pytrees).

def _flatten(tree):
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in _flatten(value)]
    if isinstance(tree, (tuple, list)):
        return [leaf for value in tree for leaf in _flatten(value)]
    return [tree]


def _like(tree, leaves):
    """The same structure with the leaves that the iterator gives."""
    if isinstance(tree, dict):
        return type(tree)((key, _like(value, leaves)) for key, value in tree.items())
    if isinstance(tree, tuple) and hasattr(tree, '_fields'):
        return type(tree)(*[_like(value, leaves) for value in tree])
    if isinstance(tree, (tuple, list)):
        return type(tree)([_like(value, leaves) for value in tree])
    return next(leaves)


def _map(function, tree):
    return _like(tree, iter([function(leaf) for leaf in _flatten(tree)]))


def _structure(tree):
    """How PyTorch writes the structure of nested values."""
    if not isinstance(tree, (tuple, list, dict)):
        return '*'
    kind, parts = ('dict', list(tree.values())) if isinstance(tree, dict) else (type(tree).__name__, tree)
    return f'TreeSpec({kind}, {list(tree) if kind == "dict" else None}, [' + ', '.join(_structure(part) for part in parts) + '])'


def _shape_of(tree):
    """The same, as Python would write it."""
    if isinstance(tree, dict):
        return '{' + ', '.join(f'{key!r}: {_shape_of(value)}' for key, value in tree.items()) + '}'
    if not isinstance(tree, (tuple, list)):
        return '*'
    inside = ', '.join(_shape_of(part) for part in tree)
    if isinstance(tree, list):
        return f'[{inside}]'
    return f'({inside},)' if len(tree) == 1 else f'({inside})'


def _spread(dims, tree):
    """The dims of each leaf of the tree: one for all, or in the tree's own structure. None where the structures differ."""
    if not isinstance(dims, (tuple, list, dict)):
        return [dims] * len(_flatten(tree))
    if isinstance(dims, dict) and isinstance(tree, dict) and list(dims) == list(tree):
        parts = [_spread(dims[key], tree[key]) for key in tree]
    elif isinstance(dims, (tuple, list)) and type(dims) is type(tree) and len(dims) == len(tree):
        parts = [_spread(one, part) for one, part in zip(dims, tree)]
    else:
        return None
    return None if None in parts else [one for part in parts for one in part]
