# The module `typing`: the names that mean nothing at run time come from modules/sys.cpp; here are those that do something.
from _typing import *
from collections import namedtuple as _namedtuple

_KEPT = ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_field_types", "_make", "_replace", "_asdict", "_source")

class _NamedTupleMeta(type):
    def __new__(mcs, name, bases, space):
        types = space.get("__annotations__", {})
        defaults = []
        for field in types:
            if field in space:
                defaults.append(space[field])
            elif defaults:
                raise TypeError(f"non-default namedtuple field {field} cannot follow default field {field!r}")
        made = _namedtuple(name, list(types), defaults=defaults)
        body = {key: value for key, value in space.items() if key not in types and key != "__classcell__"}
        for key in body:
            if key in _KEPT:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
        body["__annotations__"] = dict(types)
        return type(name, (made,), body)

class _NamedTuple:
    def __call__(self, typename, fields=None, /, **kwargs):
        fields = kwargs.items() if fields is None else fields
        types = dict(fields)
        made = _namedtuple(typename, list(types))
        return type(typename, (made,), {"__annotations__": types})
    def __mro_entries__(self, bases):
        return (_named_tuple_base,)
    def __repr__(self):
        return "<function NamedTuple>"
_named_tuple_base = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple = _NamedTuple()

class _TypedDictMeta(type):
    def __new__(mcs, name, bases, space, total=True):
        types = {}
        for base in bases:
            types.update(getattr(base, "__annotations__", {}))
        types.update(space.get("__annotations__", {}))
        return super().__new__(mcs, name, (), {**space, "__annotations__": types, "__total__": total})
    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)
class _TypedDict:
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or kwargs)}, total=total)
    def __mro_entries__(self, bases):
        return (_typed_dict_base,)
_typed_dict_base = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict = _TypedDict()

class NewType:
    def __init__(self, name, tp):
        self.__name__, self.__supertype__ = name, tp
    def __call__(self, x):
        return x
    def __repr__(self):
        return "__main__." + self.__name__

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get("__annotations__", {}))
    else:
        hints.update(getattr(obj, "__annotations__", {}))
    if globalns is None:
        globalns = getattr(obj, "__globals__", {})
    for key, value in hints.items():
        if isinstance(value, str):
            try:
                value = eval(value, globalns, localns)
            except NameError:  # of a class of the program, whose names are not known here
                pass
        hints[key] = type(None) if value is None else value
    return hints

def get_args(tp):
    arguments = getattr(tp, "_arguments", None)
    return getattr(tp, "__args__", ()) if arguments is None else arguments
def get_origin(tp):
    import collections.abc
    base = getattr(tp, "_base", None)
    if not base:
        return getattr(tp, "__origin__", None)
    classes = {"List": list, "Dict": dict, "Tuple": tuple, "Set": set, "FrozenSet": frozenset, "Type": type, "Deque": collections.deque,
               "DefaultDict": collections.defaultdict, "Counter": collections.Counter, "OrderedDict": collections.OrderedDict}
    return classes.get(base) or vars(collections.abc).get(base) or globals()[base]

def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")
def assert_type(val, typ, /):
    return val
def reveal_type(obj, /):
    return obj
def no_type_check(arg):
    return arg
def no_type_check_decorator(decorator):
    return decorator
def clear_overloads():
    pass
def get_overloads(func):
    return []
def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)
def dataclass_transform(**kwargs):
    return lambda cls: cls
def ParamSpec(name, **kwargs):
    return TypeVar(name)
TypeVarTuple = ParamSpec
for _name in ("Concatenate AbstractSet ByteString Container ContextManager ItemsView KeysView MappingView MutableSequence MutableSet ValuesView Awaitable AsyncIterator AsyncIterable "
              "Coroutine AsyncGenerator AsyncContextManager Reversible SupportsAbs SupportsBytes SupportsComplex SupportsIndex SupportsRound ChainMap BinaryIO IO Match Pattern TextIO "
              "LiteralString Never NotRequired Required TypeGuard Unpack").split():
    globals()[_name] = TypeVar(_name)
