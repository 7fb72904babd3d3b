# The module `types`: names for the types of functions, modules and the like, and SimpleNamespace.
def _function():
    yield
class _Class:
    def method(self):
        pass
    @property
    def attribute(self):
        pass

FunctionType = LambdaType = type(_function)
GeneratorType = type(_function())
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
CodeType = type(_function.__code__)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)
import sys as _sys
ModuleType = type(_sys)

class SimpleNamespace:
    def __init__(self, /, **kwargs):
        self.__dict__.update(kwargs)
    def __repr__(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return name + "(" + ", ".join(f"{key}={value!r}" for key, value in self.__dict__.items()) + ")"
    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented
    __hash__ = None

class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping
    def __getitem__(self, key):
        return self._mapping[key]
    def __setitem__(self, key, value):
        raise TypeError("'mappingproxy' object does not support item assignment")
    def __contains__(self, key):
        return key in self._mapping
    def __iter__(self):
        return iter(self._mapping)
    def __len__(self):
        return len(self._mapping)
    def __repr__(self):
        return f"mappingproxy({self._mapping!r})"
    def __str__(self):
        return str(self._mapping)
    def __eq__(self, other):
        return self._mapping == other
    def get(self, key, default=None):
        return self._mapping.get(key, default)
    def keys(self):
        return self._mapping.keys()
    def values(self):
        return self._mapping.values()
    def items(self):
        return self._mapping.items()
    def copy(self):
        return self._mapping.copy()

def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds or {})
    space = {}
    if exec_body is not None:
        exec_body(space)
    return kwds.pop("metaclass", type)(name, bases, space, **kwds)

class DynamicClassAttribute(property):
    pass

GenericAlias, UnionType = type(list[int]), type(int | str)
CellType = type((lambda x: lambda: x)(1).__closure__[0])
def resolve_bases(bases):
    return bases
