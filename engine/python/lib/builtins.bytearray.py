# The type bytearray: a list of bytes that answers as bytes do. Found when the name is first used (late_builtin).
import _bytes


def _data(value):
    if isinstance(value, bytearray):
        return bytes(value._items)
    if isinstance(value, bytes):
        return value
    if hasattr(value, "tobytes") and type(value).__name__ == "memoryview":
        return value.tobytes()
    raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'")


def _byte(value):
    if not hasattr(type(value), "__index__"):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    value = value.__index__()
    if not 0 <= value < 256:
        raise ValueError("byte must be in range(0, 256)")
    return value


def _plain(value):
    """Arguments of a method as bytes has them."""
    if isinstance(value, bytearray):
        return bytes(value._items)
    if isinstance(value, (tuple, list)):
        return type(value)(_plain(one) for one in value)
    return value


def _wrap(value):
    if isinstance(value, bytes):
        return bytearray(value)
    if isinstance(value, (tuple, list)):
        return type(value)(_wrap(one) for one in value)
    return value


class bytearray:
    """A mutable sequence of bytes."""
    __slots__ = ("_items",)
    __hash__ = None

    def __init__(self, source=b"", encoding=None, errors="strict"):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError("string argument without an encoding")
            self._items = list(source.encode(encoding, errors))
        elif isinstance(source, bytearray):
            self._items = list(source._items)
        elif isinstance(source, bytes):
            self._items = list(source)
        elif hasattr(type(source), "__index__"):
            if source.__index__() < 0:
                raise ValueError("negative count")
            self._items = [0] * source.__index__()
        else:
            try:
                items = iter(source)
            except TypeError:
                raise TypeError(f"cannot convert '{type(source).__name__}' object to bytearray") from None
            self._items = [_byte(one) for one in items]

    def __repr__(self):
        return f"{type(self).__name__}({bytes(self._items)!r})"

    def __bytes__(self):
        return bytes(self._items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, item):
        return (_data(item) if not hasattr(type(item), "__index__") else item) in bytes(self._items)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return bytearray(self._items[key])
        return self._items[self._at(key)]

    def _at(self, key):
        if not hasattr(type(key), "__index__"):
            raise TypeError(f"bytearray indices must be integers or slices, not {type(key).__name__}")
        i = key.__index__()
        if not -len(self._items) <= i < len(self._items):
            raise IndexError("bytearray index out of range")
        return i

    def __setitem__(self, key, value):
        if not isinstance(key, slice):
            self._items[self._at(key)] = _byte(value)
            return
        if isinstance(value, str):
            raise TypeError("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        given = [_byte(one) for one in value]
        if key.step not in (None, 1) and len(range(*key.indices(len(self._items)))) != len(given):
            size = len(range(*key.indices(len(self._items))))
            raise ValueError(f"attempt to assign bytes of size {len(given)} to extended slice of size {size}")
        self._items[key] = given

    def __delitem__(self, key):
        del self._items[key if isinstance(key, slice) else self._at(key)]

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray)):
            return bytes(self._items) == _data(other)
        return NotImplemented

    def __lt__(self, other):
        return bytes(self._items) < _data(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __le__(self, other):
        return bytes(self._items) <= _data(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __gt__(self, other):
        return bytes(self._items) > _data(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __ge__(self, other):
        return bytes(self._items) >= _data(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, (bytes, bytearray)):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        return bytearray(bytes(self._items) + _data(other))

    def __radd__(self, other):
        return other + bytes(self._items)

    def __iadd__(self, other):
        if not isinstance(other, (bytes, bytearray)):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        self._items += list(other)
        return self

    def __mul__(self, count):
        if not hasattr(type(count), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(count).__name__}'")
        return bytearray(self._items * count)

    __rmul__ = __mul__

    def __imul__(self, count):
        self._items *= count
        return self

    def __mod__(self, values):
        return bytearray(_bytes.percent(bytes(self._items), values))

    def append(self, item, /):
        self._items.append(_byte(item))

    def extend(self, items, /):
        if isinstance(items, str):
            raise TypeError("expected iterable of integers; got: 'str'")
        self._items += [_byte(one) for one in items]

    def insert(self, index, item, /):
        self._items.insert(index, _byte(item))

    def pop(self, index=-1, /):
        if not self._items:
            raise IndexError("pop from empty bytearray")
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("pop index out of range")
        return self._items.pop(index)

    def remove(self, value, /):
        if _byte(value) not in self._items:
            raise ValueError("value not found in bytearray")
        self._items.remove(value)

    def reverse(self):
        self._items.reverse()

    def clear(self):
        self._items.clear()

    def copy(self):
        return bytearray(self._items)

    @classmethod
    def fromhex(cls, text, /):
        return _bytes.fromhex(cls, text)

    maketrans = staticmethod(_bytes.maketrans)


def _method(name):
    def method(self, *args, **words):
        found = getattr(bytes(self._items), name)(*[_plain(one) for one in args], **words)
        return found if name in ("decode", "hex") else _wrap(found)
    method.__name__ = name
    method.__qualname__ = "bytearray." + name
    return method


for _name in ("capitalize center count decode endswith expandtabs find hex index isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust lower lstrip partition "
              "removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill").split():
    setattr(bytearray, _name, _method(_name))
