# The module `dataclasses`: where CPython writes the text of __init__ and runs it, closures do here.
import copy

class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"

MISSING = _Missing()

class _KwOnly:
    pass
KW_ONLY = _KwOnly()  # fields that are annotated below a field of this type are given by keyword

class InitVar:
    """A field of type InitVar[X] is an argument of __init__, handed on to __post_init__, and not kept."""
    def __init__(self, type):
        self.type = type
    def __class_getitem__(cls, type):
        return InitVar(type)
    def __repr__(self):
        return f"dataclasses.InitVar[{getattr(self.type, '__name__', None) or repr(self.type)}]"

class FrozenInstanceError(AttributeError):
    pass

class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.kw_only = kw_only
        self.metadata = {} if metadata is None else metadata
        self.only_init = False

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)

def _fields_of(cls, kw_only):
    found = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get("_dataclass_all", {}))
    own = cls.__dict__
    for name, type_ in own.get("__annotations__", {}).items():
        if str(type_).startswith(("typing.ClassVar", "ClassVar")):
            continue
        if type_ is KW_ONLY or (isinstance(type_, str) and type_.endswith("KW_ONLY")):
            kw_only = True
            continue
        default = own.get(name, MISSING)
        if isinstance(default, Field):
            item = default
            if item.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, item.default)
        else:
            if isinstance(default, (list, dict, set)):
                raise ValueError(f"mutable default {type(default)} for field {name} is not allowed: use default_factory")
            item = field(default=default)
        item.name, item.type = name, type_
        item.only_init = type_ is InitVar or isinstance(type_, InitVar)
        if item.kw_only is MISSING:
            item.kw_only = kw_only
        found[name] = item
    return found

def _names(names):
    names = [repr(name) for name in names]
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + ", and " + names[-1]

def _make_init(cls, fields):
    taken = [f for f in fields.values() if f.init]
    positional = [f.name for f in taken if not f.kw_only]
    seen_default = False
    for f in taken:
        has_default = f.default is not MISSING or f.default_factory is not MISSING
        if f.kw_only:
            continue
        if seen_default and not has_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
        seen_default = seen_default or has_default
    title = cls.__qualname__ + ".__init__()"
    def __init__(self, *args, **kwargs):
        if len(args) > len(positional):
            least = sum(f.default is MISSING and f.default_factory is MISSING for f in taken if not f.kw_only) + 1
            most = len(positional) + 1
            wanted = f"{most}" if least == most else f"from {least} to {most}"
            raise TypeError(f"{title} takes {wanted} positional argument{'s' if most > 1 else ''} but {len(args) + 1} were given")
        values = dict(zip(positional, args))
        known = {f.name for f in taken}
        for name, value in kwargs.items():
            if name not in known:
                raise TypeError(f"{title} got an unexpected keyword argument {name!r}")
            if name in values:
                raise TypeError(f"{title} got multiple values for argument {name!r}")
            values[name] = value
        for only, words in ((False, "positional"), (True, "keyword-only")):
            missing = [f.name for f in taken if f.kw_only == only and f.name not in values and f.default is MISSING and f.default_factory is MISSING]
            if missing:
                raise TypeError(f"{title} missing {len(missing)} required {words} argument{'s' if len(missing) > 1 else ''}: {_names(missing)}")
        handed = []
        for f in fields.values():
            if f.name in values:
                value = values[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if f.only_init:
                handed.append(value)
            else:
                object.__setattr__(self, f.name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__(*handed)
    return __init__

def _values(self, fields):
    return tuple(getattr(self, f.name) for f in fields.values() if f.compare)

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False):
    def decorate(cls):
        every = cls._dataclass_all = _fields_of(cls, kw_only)
        fields = cls.__dataclass_fields__ = {name: f for name, f in every.items() if not f.only_init}
        cls.__match_args__ = tuple(f.name for f in every.values() if f.init and not f.kw_only)
        own = cls.__dict__
        if init:
            cls.__init__ = _make_init(cls, every)
        if repr and "__repr__" not in own:
            def __repr__(self):
                shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields.values() if f.repr)
                return f"{type(self).__qualname__}({shown})"
            cls.__repr__ = __repr__
        if eq and "__eq__" not in own:
            def __eq__(self, other):
                if other.__class__ is self.__class__:
                    return _values(self, fields) == _values(other, fields)
                return NotImplemented
            cls.__eq__ = __eq__
        if order:
            def compare_with(sign):
                def method(self, other):
                    if other.__class__ is self.__class__:
                        return sign(_values(self, fields), _values(other, fields))
                    return NotImplemented
                return method
            cls.__lt__ = compare_with(lambda a, b: a < b)
            cls.__le__ = compare_with(lambda a, b: a <= b)
            cls.__gt__ = compare_with(lambda a, b: a > b)
            cls.__ge__ = compare_with(lambda a, b: a >= b)
        if frozen:
            def __setattr__(self, name, value):
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            def __delattr__(self, name):
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            cls.__setattr__ = __setattr__
            cls.__delattr__ = __delattr__
        if unsafe_hash or (eq and frozen):
            cls.__hash__ = lambda self: hash(_values(self, fields))
        elif eq and "__hash__" not in own:
            cls.__hash__ = None
        return cls
    return decorate if cls is None else decorate(cls)

def fields(class_or_instance):
    try:
        return tuple(class_or_instance.__dataclass_fields__.values())
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None

def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")

def _is_instance(obj):
    return is_dataclass(obj) and not isinstance(obj, type)

def _plain(value, make):
    if _is_instance(value):
        return make([(f.name, _plain(getattr(value, f.name), make)) for f in fields(value)])
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_plain(item, make) for item in value])
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(item, make) for item in value)
    if isinstance(value, dict):
        return type(value)((_plain(key, make), _plain(item, make)) for key, item in value.items())
    return copy.deepcopy(value)

def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _plain(obj, dict_factory)

def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _plain(obj, lambda pairs: tuple_factory([value for _, value in pairs]))

def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)

def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    space, types = dict(namespace or {}), {}
    for one in fields:
        name, type_, *default = (one, "typing.Any") if isinstance(one, str) else one
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if name in types:
            raise TypeError(f"Field name duplicated: {name!r}")
        types[name] = type_
        if default:
            space[name] = default[0]
    space["__annotations__"] = types
    return dataclass(type(cls_name, tuple(bases), space), **options)
