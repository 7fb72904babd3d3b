# The module `collections`: what is native (modules/dicts.cpp, deque.cpp, namedtuple.cpp), and the classes that wrap others.
from _collections import *

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __missing__(self, key):
        raise KeyError(key)
    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def _merged(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return merged
    def __len__(self):
        return len(self._merged())
    def __iter__(self):
        return iter(self._merged())
    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)
    def __bool__(self):
        return any(self.maps)
    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"
    def keys(self):
        return self._merged().keys()
    def values(self):
        return [self[key] for key in self]
    def items(self):
        return [(key, self[key]) for key in self]
    def new_child(self, m=None, **kwargs):
        m = kwargs if m is None else {**m, **kwargs}
        return self.__class__(m, *self.maps)
    @property
    def parents(self):
        return self.__class__(*self.maps[1:])
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

class UserDict(dict):
    @property
    def data(self):
        return self
class UserList(list):
    @property
    def data(self):
        return self
class UserString(str):
    @property
    def data(self):
        return str(self)
