# The module `pprint`: containers over several lines, where one is too short.
import re as _re

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]

def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)

def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)

def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)

def saferepr(object):
    return PrettyPrinter()._short(object, (), 0)

def isreadable(object):
    return PrettyPrinter().isreadable(object)

def isrecursive(object):
    return PrettyPrinter().isrecursive(object)

class _Key:
    """Keys of different kinds are put in order by the names of their types."""
    def __init__(self, key):
        self.key = key
    def __lt__(self, other):
        try:
            return self.key < other.key
        except TypeError:
            return (str(type(self.key)), id(self.key)) < (str(type(other.key)), id(other.key))

class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent, self._width, self._depth, self._stream = indent, width, depth, stream
        self._compact, self._sort, self._underscores = compact, sort_dicts, underscore_numbers

    def pprint(self, object):
        print(self.pformat(object), file=self._stream)
    def pformat(self, object):
        out = []
        self._write(object, out, 0, 0, (), 0)
        return "".join(out)
    def isrecursive(self, object):
        return "<Recursion on " in self._short(object, (), 0)
    def isreadable(self, object):
        return not self.isrecursive(object) and "<" not in self._short(object, (), 0)

    def _sorted(self, items):
        return sorted(items, key=lambda pair: _Key(pair[0])) if self._sort else list(items)

    def _short(self, value, seen, level):
        """On one line."""
        kind, method = type(value), type(value).__repr__
        if kind is int and self._underscores:
            return f"{value:_d}"
        if kind in (list, tuple, dict) or method in (list.__repr__, tuple.__repr__, dict.__repr__):
            is_dict = isinstance(value, dict)
            if not value:
                return "{}" if is_dict else "[]" if isinstance(value, list) else "()"
            ends = "{}" if is_dict else "[]" if isinstance(value, list) else "()"
            if self._depth is not None and level >= self._depth:
                return ends[0] + "..." + ends[1]
            if id(value) in seen:
                return f"<Recursion on {kind.__name__} with id={id(value)}>"
            seen += (id(value),)
            if is_dict:
                parts = [self._short(k, seen, level + 1) + ": " + self._short(v, seen, level + 1) for k, v in self._sorted(value.items())]
            else:
                parts = [self._short(one, seen, level + 1) for one in value]
            return ends[0] + ", ".join(parts) + ("," if ends == "()" and len(parts) == 1 else "") + ends[1]
        return repr(value)

    def _write(self, value, out, indent, allowance, seen, level):
        text = self._short(value, seen, level)
        if id(value) in seen or len(text) <= self._width - indent - allowance:
            out.append(text)
            return
        method = type(value).__repr__
        seen += (id(value),)
        level += 1
        if method is dict.__repr__:
            self._dict(value, out, indent, allowance, seen, level)
        elif type(value).__name__ == "OrderedDict" and isinstance(value, dict) and value:
            name = type(value).__name__
            out.append(name + "(")
            self._items([tuple(pair) for pair in value.items()], out, indent + len(name) + 1, allowance + 1, seen, level, "[]")
            out.append(")")
        elif type(value).__name__ in ("defaultdict", "Counter") and isinstance(value, dict):
            self._counted(value, out, indent, allowance, seen, level)
        elif method is list.__repr__:
            self._items(value, out, indent, allowance, seen, level, "[]")
        elif method is tuple.__repr__:
            self._items(value, out, indent, allowance, seen, level, "()", "," if len(value) == 1 else "")
        elif isinstance(value, (set, frozenset)) and value and method in (set.__repr__, frozenset.__repr__):
            ends = "{}"
            if type(value) is not set:
                out.append(type(value).__name__ + "(")
                indent += len(type(value).__name__) + 1
                allowance += 1
            self._items(sorted(value, key=_Key), out, indent, allowance, seen, level, ends)
            if type(value) is not set:
                out.append(")")
        elif method is str.__repr__:
            self._str(value, out, indent, allowance, level)
        elif type(value).__name__ == "SimpleNamespace":
            out.append("namespace(")
            self._fields(list(value.__dict__.items()), out, indent + len("namespace("), allowance, seen, level)
            out.append(")")
        elif hasattr(type(value), "__dataclass_fields__") and "__create_fn__" in getattr(type(value).__repr__, "__qualname__", "") + "__create_fn__":
            name = type(value).__qualname__
            out.append(name + "(")
            shown = [(f, getattr(value, f)) for f, field in type(value).__dataclass_fields__.items() if field.repr and hasattr(value, f)]
            self._fields(shown, out, indent + len(name) + 1, allowance, seen, level)
            out.append(")")
        else:
            out.append(text)

    def _counted(self, value, out, indent, allowance, seen, level):
        name = type(value).__name__
        if name == "Counter":
            out.append(name + "({")
            if self._indent > 1:
                out.append((self._indent - 1) * " ")
            self._pairs(value.most_common(), out, indent + len(name) + 1, allowance + 2, seen, level)
            out.append("})")
            return
        factory = self._short(value.default_factory, seen, level)
        indent += len(name) + 1
        out.append(f"{name}({factory},\n" + " " * indent)
        self._dict(value, out, indent, allowance + 1, seen, level)
        out.append(")")

    def _dict(self, value, out, indent, allowance, seen, level):
        out.append("{")
        if self._indent > 1:
            out.append((self._indent - 1) * " ")
        if value:
            self._pairs(self._sorted(value.items()), out, indent, allowance + 1, seen, level)
        out.append("}")

    def _pairs(self, pairs, out, indent, allowance, seen, level):
        indent += self._indent
        for i, (key, value) in enumerate(pairs):
            if i:
                out.append(",\n" + " " * indent)
            shown = self._short(key, seen, level)
            out.append(shown + ": ")
            self._write(value, out, indent + len(shown) + 2, allowance if i == len(pairs) - 1 else 1, seen, level)

    def _fields(self, pairs, out, indent, allowance, seen, level):
        for i, (name, value) in enumerate(pairs):
            if i:
                out.append(",\n" + " " * indent)
            out.append(name + "=")
            if id(value) in seen:
                out.append("...")
            else:
                self._write(value, out, indent + len(name) + 1, allowance if i == len(pairs) - 1 else 1, seen, level)

    def _items(self, items, out, indent, allowance, seen, level, ends, comma=""):
        out.append(ends[0])
        if self._indent > 1:
            out.append((self._indent - 1) * " ")
        indent += self._indent
        allowance += len(comma) + 1
        items = list(items)
        room = width = self._width - indent + 1
        separator = ""
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                text = self._short(item, seen, level)
                needed = len(text) + 2
                if room < needed:
                    room = width
                    if separator:
                        separator = ",\n" + " " * indent
                if room >= needed:
                    room -= needed
                    out.append(separator + text)
                    separator = ", "
                    continue
            out.append(separator)
            separator = ",\n" + " " * indent
            self._write(item, out, indent, allowance if last else 1, seen, level)
        out.append(comma + ends[1])

    def _str(self, text, out, indent, allowance, level):
        if not text:
            out.append(repr(text))
            return
        parenthesised = level == 1
        if parenthesised:
            indent += 1
            allowance += 1
        room = width = self._width - indent
        pieces, lines = [], text.splitlines(True)
        for i, line in enumerate(lines):
            if i == len(lines) - 1:
                width -= allowance
            if len(repr(line)) <= width:
                pieces.append(repr(line))
                continue
            words = _re.findall(r"\S*\s*", line)[:-1]
            last, current = width, ""
            for j, word in enumerate(words):
                joined = current + word
                if j == len(words) - 1 and i == len(lines) - 1:
                    last -= allowance
                if len(repr(joined)) > last:
                    if current:
                        pieces.append(repr(current))
                    current = word
                else:
                    current = joined
            if current:
                pieces.append(repr(current))
        if len(pieces) == 1:
            out.append(pieces[0])
            return
        out.append(("(" if parenthesised else "") + ("\n" + " " * indent).join(pieces) + (")" if parenthesised else ""))
