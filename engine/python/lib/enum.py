# The module `enum`: a metaclass that makes the names in a class's body its members, and the kinds of enumeration that stand on it.
class auto:
    _from = None
    def __repr__(self):
        return "auto(_auto_null)"

class member:
    def __init__(self, value):
        self.value = value

class nonmember:
    def __init__(self, value):
        self.value = value

def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"
def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"
def _is_descriptor(value):
    kind = type(value)
    return hasattr(kind, "__get__") or kind.__name__ in ("function", "property", "staticmethod", "classmethod", "builtin_function_or_method", "method")
def _is_private(cls_name, name):
    return name.startswith("_" + cls_name.lstrip("_") + "__")

_SUNDERS = ("_order_", "_generate_next_value_", "_missing_", "_ignore_", "_iter_member_", "_iter_member_by_value_", "_iter_member_by_def_", "_boundary_")

class EnumDict(dict):
    def __init__(self, name=""):
        super().__init__()
        self._cls_name = name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS:
                raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
            if key == "_generate_next_value_":
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                self._ignore = value.replace(",", " ").split() if isinstance(value, str) else list(value)
        elif _is_dunder(key):
            pass
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if isinstance(value, member):
                value = value.value
            elif key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, auto):
                value = self._next(key)
            elif isinstance(value, tuple) and any(isinstance(one, auto) for one in value):
                value = tuple(self._next(key) if isinstance(one, auto) else one for one in value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)
    def _next(self, key):
        return self._generate(key, 1, len(self._member_names), self._last_values[:])

Enum = Flag = None

class EnumType(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        if Enum is None:
            return {}
        space = EnumDict(name)
        for base in bases:
            if issubclass(base, Enum):
                mcs._check_extends(name, base)
                space._generate = base._generate_next_value_
        return space

    @staticmethod
    def _check_extends(name, base):
        if base._member_map_:
            raise TypeError(f"<enum {name!r}> cannot extend {base!r}")

    def __new__(mcs, name, bases, space, *, boundary=None, **kw):
        if Enum is None:
            return super().__new__(mcs, name, bases, dict(space))
        names = list(space._member_names)
        values = {key: space[key] for key in names}
        body = {key: value for key, value in space.items() if key not in values and key not in space._ignore and key != "_ignore_"}
        if isinstance(body.get("_generate_next_value_"), type(_is_dunder)):
            body["_generate_next_value_"] = staticmethod(body["_generate_next_value_"])
        data = mcs._data_type(bases)
        own_new = body.get("__new__")
        make = own_new
        if make is None:
            for base in bases:
                for one in base.__mro__:
                    if "_user_new_" in one.__dict__:
                        make = one.__dict__["_user_new_"]
                        break
                if make is not None:
                    break
        if own_new is not None:
            body["_user_new_"] = own_new
            del body["__new__"]
        body["_member_map_"] = {}
        body["_member_names_"] = []
        body["_value2member_map_"] = {}
        body["_member_type_"] = data
        if boundary is not None:
            body["_boundary_"] = boundary
        cls = super().__new__(mcs, name, bases, body, **kw)
        if isinstance(make, staticmethod):
            make = make.__func__
        flag = Flag is not None and issubclass(cls, Flag)
        cls._all_bits_ = cls._flag_mask_ = 0
        for key in names:
            value = values[key]
            arguments = value if isinstance(value, tuple) else (value,)
            if data is tuple:
                arguments = (arguments,)
            if make is not None:
                one = make(cls, *arguments)
            elif data is object:
                one = object.__new__(cls)
            else:
                one = data.__new__(cls, *arguments)
            if not hasattr(one, "_value_"):
                if data is object:
                    one._value_ = value
                else:
                    one._value_ = data(*arguments)
            one._name_ = key
            one.__objclass__ = cls
            one._sort_order_ = len(cls._member_names_)
            init = cls.__init__
            if init is not object.__init__ and init is not Enum.__init__:
                init(one, *arguments)
            value = one._value_
            known = cls._find(value)
            if known is not None:
                one = known
            elif flag and isinstance(value, int):
                if value > 0 and value & (value - 1) == 0:
                    cls._flag_mask_ |= value
                    cls._member_names_.append(key)
                elif value == 0 or value & ~cls._flag_mask_ == 0:
                    pass
                else:
                    cls._flag_mask_ |= value
                    cls._member_names_.append(key)
            else:
                cls._member_names_.append(key)
            type.__setattr__(cls, key, one)
            cls._member_map_[key] = one
            if known is None:
                try:
                    cls._value2member_map_[value] = one
                except TypeError:
                    pass
        return cls

    @staticmethod
    def _data_type(bases):
        for base in bases:
            for one in base.__mro__:
                if one is object or isinstance(one, EnumType):
                    if isinstance(one, EnumType) and one.__dict__.get("_member_type_", object) is not object:
                        return one._member_type_
                    continue
                if one in (int, str, float, tuple, bytes, dict, list):
                    return one
        return object

    def _find(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for one in cls._member_map_.values():
                if one._value_ == value:
                    return one
        return None

    def __call__(cls, value, names=None, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None and not values:
            if isinstance(value, cls):
                return value
            found = cls._find(value)
            return found if found is not None else cls._miss(value)
        bases = (cls,) if type is None else (type, cls)
        space = cls.__prepare__(value, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        pairs = names.items() if isinstance(names, dict) else names
        made = []
        for at, one in enumerate(pairs):
            if isinstance(one, str):
                key, number = one, space._generate(one, start, at, made[:])
            else:
                key, number = one
            made.append(number)
            space[key] = number
        cls = EnumType.__new__(cls.__class__, value, bases, space)
        cls.__module__ = module or "__main__"
        cls.__qualname__ = qualname or value
        return cls

    def _miss(cls, value):
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        if found is None:
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        raise TypeError("error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, found))

    def __getattr__(cls, name):
        raise AttributeError(name) from None
    def __getitem__(cls, name):
        return cls._member_map_[name]
    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)
    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))
    def __len__(cls):
        return len(cls._member_names_)
    def __bool__(cls):
        return True
    def __contains__(cls, one):
        if not isinstance(one, Enum):
            import warnings
            warnings.warn("in 3.12 __contains__ will no longer raise TypeError, but will return True or\nFalse depending on whether the value is a member or the value of a member", DeprecationWarning, stacklevel=2)
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (type(one).__qualname__, cls.__class__.__qualname__))
        return isinstance(one, cls) and one._name_ in cls._member_map_
    def __repr__(cls):
        return "<flag %r>" % cls.__name__ if Flag is not None and issubclass(cls, Flag) else "<enum %r>" % cls.__name__
    @property
    def __members__(cls):
        return _MappingProxy(cls._member_map_)
    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)
    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

EnumMeta = EnumType

class _MappingProxy(dict):
    def __repr__(self):
        return "mappingproxy(%s)" % super().__repr__()
    def __str__(self):
        return super().__repr__()

class Enum(metaclass=EnumType):
    _member_map_ = {}
    _member_names_ = []
    _value2member_map_ = {}
    _member_type_ = object
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            for value in reversed(last_values):
                if isinstance(value, int):
                    return value + 1
            return start
    @classmethod
    def _missing_(cls, value):
        return None
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    def __init__(self, *args, **kwds):
        pass
    def __repr__(self):
        kind = self._member_type_
        text = repr(self._value_) if kind is object or self._value_.__class__ is kind else kind.__repr__(self._value_)
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, text)
    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)
    def __format__(self, spec):
        return str.__format__(str(self), spec)
    def __hash__(self):
        return hash(self._name_)
    def __eq__(self, other):
        if self._member_type_ is object:
            return NotImplemented if self is not other else True
        return self._member_type_.__eq__(self, other)
    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)
    def __copy__(self):
        return self
    def __deepcopy__(self, memo):
        return self
    def __dir__(self):
        return ["__class__", "__doc__", "__module__", "name", "value"]

class ReprEnum(Enum):
    pass

class IntEnum(int, ReprEnum):
    __repr__ = Enum.__repr__
    def __str__(self):
        return int.__repr__(self)
    def __format__(self, spec):
        return int.__format__(int(self), spec)
    __hash__ = int.__hash__
    __eq__ = int.__eq__

class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    __repr__ = Enum.__repr__
    def __str__(self):
        return str.__str__(self)
    def __format__(self, spec):
        return str.__format__(self, spec)
    __hash__ = str.__hash__
    __eq__ = str.__eq__

STRICT, CONFORM, EJECT, KEEP = "STRICT", "CONFORM", "EJECT", "KEEP"

class Flag(Enum):
    _boundary_ = STRICT
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        return 2 ** max(last_values).bit_length()
    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask = cls._flag_mask_
        every = 2 ** mask.bit_length() - 1
        if value < 0:
            value = every + 1 + value if cls._boundary_ != KEEP else value & every
        if value & ~mask:
            if cls._boundary_ == STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (cls, value, _bits(value, width), _bits(mask, width)))
            if cls._boundary_ == CONFORM:
                value &= mask
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        made._value_ = value
        names = [one._name_ for one in cls if one._value_ and one._value_ & value == one._value_]
        unknown = value & ~mask
        made._name_ = None if not names else "|".join(names + ([str(unknown)] if unknown else []))
        cls._value2member_map_[value] = made
        return made
    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (other.__class__.__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_
    def __iter__(self):
        for one in self.__class__:
            if one._value_ & self._value_ and one._value_ & (one._value_ - 1) == 0:
                yield one
    def __len__(self):
        return self._value_.bit_count()
    def __bool__(self):
        return bool(self._value_)
    def __repr__(self):
        if self._name_ is None:
            return "<%s: %r>" % (self.__class__.__name__, self._value_)
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)
    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)
    def _operand(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return int(other)
        return None
    def __or__(self, other):
        number = self._operand(other)
        return NotImplemented if number is None else self.__class__(self._value_ | number)
    def __and__(self, other):
        number = self._operand(other)
        return NotImplemented if number is None else self.__class__(self._value_ & number)
    def __xor__(self, other):
        number = self._operand(other)
        return NotImplemented if number is None else self.__class__(self._value_ ^ number)
    def __invert__(self):
        if self._boundary_ == KEEP:
            return self.__class__(~self._value_)
        return self.__class__(self._flag_mask_ & ~self._value_)
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

class IntFlag(int, Flag):
    _boundary_ = KEEP
    __repr__ = Flag.__repr__
    def __str__(self):
        return int.__repr__(self)
    def __format__(self, spec):
        return int.__format__(int(self), spec)
    __or__, __and__, __xor__, __invert__ = Flag.__or__, Flag.__and__, Flag.__xor__, Flag.__invert__
    __ror__, __rand__, __rxor__ = Flag.__or__, Flag.__and__, Flag.__xor__
    __contains__, __iter__, __len__, __bool__ = Flag.__contains__, Flag.__iter__, Flag.__len__, Flag.__bool__
    __hash__ = int.__hash__
    __eq__ = int.__eq__

def _bits(value, width):
    return "0b%d %s" % (value < 0, bin(value)[2:].zfill(width))

def unique(enumeration):
    aliases = [(alias, one.name) for alias, one in enumeration.__members__.items() if alias != one.name]
    if aliases:
        raise ValueError("duplicate values found in %r: %s" % (enumeration, ", ".join("%s -> %s" % pair for pair in aliases)))
    return enumeration

property = property
