# The type memoryview, over bytes and bytearray: one axis of bytes. Found when the name is first used (late_builtin).


class memoryview:
    """A view of the memory of bytes or a bytearray."""
    __slots__ = ("_object", "_range")

    def __init__(self, object):
        if isinstance(object, memoryview):
            self._object, self._range = object._object, object._range
        elif isinstance(object, (bytes, bytearray)):
            self._object, self._range = object, range(len(object))
        else:
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(object).__name__}'")

    def _living(self):
        if self._object is None:
            raise ValueError("operation forbidden on released memoryview object")
        return self._object

    obj = property(lambda self: self._living())
    nbytes = property(lambda self: len(self))
    itemsize = property(lambda self: 1)
    format = property(lambda self: "B")
    ndim = property(lambda self: 1)
    shape = property(lambda self: (len(self),))
    strides = property(lambda self: (self._range.step,))
    readonly = property(lambda self: isinstance(self._living(), bytes))
    contiguous = c_contiguous = f_contiguous = property(lambda self: self._range.step == 1)

    def __len__(self):
        self._living()
        return len(self._range)

    def _at(self, key):
        if not hasattr(type(key), "__index__"):
            raise TypeError("memoryview: invalid slice key")
        try:
            return self._range[key]
        except IndexError:
            raise IndexError("index out of bounds on dimension 1") from None

    def __getitem__(self, key):
        memory = self._living()
        if not isinstance(key, slice):
            return memory[self._at(key)]
        made = memoryview(memory)
        made._range = self._range[key]
        return made

    def __setitem__(self, key, value):
        memory = self._living()
        if isinstance(memory, bytes):
            raise TypeError("cannot modify read-only memory")
        if isinstance(key, slice):
            places = self._range[key]
            given = list(value)
            if len(given) != len(places):
                raise ValueError("memoryview assignment: lvalue and rvalue have different structures")
            for place, byte in zip(places, given):
                memory[place] = byte
            return
        place = self._at(key)
        if not hasattr(type(value), "__index__"):
            raise TypeError("memoryview: invalid type for format 'B'")
        if not 0 <= value < 256:
            raise ValueError("memoryview: invalid value for format 'B'")
        memory[place] = value

    def __delitem__(self, key):
        raise TypeError("cannot delete memory")

    def __iter__(self):
        memory = self._living()
        return (memory[i] for i in self._range)

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray, memoryview)):
            return self.tobytes() == bytes(other)
        return NotImplemented

    def __hash__(self):
        if not self.readonly:
            raise ValueError("cannot hash writable memoryview object")
        return hash(self.tobytes())

    def __bytes__(self):
        return self.tobytes()

    def __repr__(self):
        return f"<{'released ' if self._object is None else ''}memory at {id(self):#x}>"

    def __enter__(self):
        self._living()
        return self

    def __exit__(self, *exception):
        self.release()

    def tobytes(self, order=None):
        return bytes(list(self))

    def tolist(self):
        return list(self)

    def hex(self, *args):
        return self.tobytes().hex(*args)

    def toreadonly(self):
        made = memoryview(self.tobytes())
        return made

    def release(self):
        self._object = None

    def cast(self, format, shape=None):
        if format in ("B", "b", "c") and shape is None:
            return memoryview(self)
        raise NotImplementedError(f"memoryview.cast to '{format}' is not part of nabla")
