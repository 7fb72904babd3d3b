# The module `inspect`: signatures, sources, members, kinds and frames. A frame is a picture of the moment at which it was asked for.
import enum as _enum
import types as _types
from collections import OrderedDict as _OrderedDict, namedtuple as _namedtuple
from _machine import about as _about, frames as _frames

class _empty:
    pass

class _ParameterKind(_enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4
    def __str__(self):
        return self._name_
    @property
    def description(self):
        return ("positional-only", "positional or keyword", "variadic positional", "keyword-only", "variadic keyword")[self]

def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)

class Parameter:
    POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
    KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
    VAR_KEYWORD = _ParameterKind.VAR_KEYWORD
    empty = _empty
    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, _ParameterKind(kind), default, annotation
    def replace(self, *, name=_empty, kind=_empty, default=_empty, annotation=_empty):
        given = [old if new is _empty else new for old, new in ((self.name, name), (self.kind, kind), (self.default, default), (self.annotation, annotation))]
        return type(self)(given[0], given[1], default=given[2], annotation=given[3])
    def __str__(self):
        text = self.name
        if self.annotation is not _empty:
            text += ": " + formatannotation(self.annotation)
        if self.default is not _empty:
            text += (" = " if self.annotation is not _empty else "=") + repr(self.default)
        return {self.VAR_POSITIONAL: "*", self.VAR_KEYWORD: "**"}.get(self.kind, "") + text
    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'
    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)
    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments
    @property
    def args(self):
        out = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind >= Parameter.KEYWORD_ONLY or name not in self.arguments:
                break
            if parameter.kind == Parameter.VAR_POSITIONAL:
                out.extend(self.arguments[name])
            else:
                out.append(self.arguments[name])
        return tuple(out)
    @property
    def kwargs(self):
        out, by_name = {}, False
        for name, parameter in self.signature.parameters.items():
            by_name = by_name or parameter.kind >= Parameter.KEYWORD_ONLY or name not in self.arguments
            if not by_name or name not in self.arguments:
                continue
            if parameter.kind == Parameter.VAR_KEYWORD:
                out.update(self.arguments[name])
            else:
                out[name] = self.arguments[name]
        return out
    def apply_defaults(self):
        arguments = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _empty:
                arguments[name] = parameter.default
            elif parameter.kind == Parameter.VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind == Parameter.VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments
    def __repr__(self):
        return f"<{type(self).__name__} ({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})>"

class Signature:
    empty = _empty
    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = _OrderedDict((one.name, one) for one in parameters or ())
        self.return_annotation = return_annotation
    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True):
        return signature(obj, follow_wrapped=follow_wrapped)
    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return type(self)(self.parameters.values() if parameters is _empty else parameters,
                          return_annotation=self.return_annotation if return_annotation is _empty else return_annotation)
    def __str__(self):
        out, slash, star = [], False, True
        for parameter in self.parameters.values():
            kind = parameter.kind
            if slash and kind != Parameter.POSITIONAL_ONLY:
                out.append("/")
            slash = kind == Parameter.POSITIONAL_ONLY
            if kind == Parameter.VAR_POSITIONAL:
                star = False
            elif kind == Parameter.KEYWORD_ONLY and star:
                out.append("*")
                star = False
            out.append(str(parameter))
        if slash:
            out.append("/")
        arrow = "" if self.return_annotation is _empty else " -> " + formatannotation(self.return_annotation)
        return "(" + ", ".join(out) + ")" + arrow
    def __repr__(self):
        return f"<{type(self).__name__} {self}>"
    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self.parameters.values()) == list(other.parameters.values()) and self.return_annotation == other.return_annotation
    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs)
    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)
    def _bind(self, args, kwargs, partial=False):
        arguments, rest, kwargs = {}, list(args), dict(kwargs)
        for name, parameter in self.parameters.items():
            kind = parameter.kind
            if kind == Parameter.VAR_POSITIONAL:
                if rest:
                    arguments[name] = tuple(rest)
                rest = []
            elif kind == Parameter.VAR_KEYWORD:
                if kwargs:
                    arguments[name], kwargs = kwargs, {}
            elif rest and kind <= Parameter.POSITIONAL_OR_KEYWORD:
                if name in kwargs and kind == Parameter.POSITIONAL_OR_KEYWORD:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = rest.pop(0)
            elif name in kwargs and kind != Parameter.POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f"missing a required{' keyword-only' if kind == Parameter.KEYWORD_ONLY else ''} argument: {name!r}")
        if rest:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func

def _of_function(function):
    code = function.__code__
    positional, positional_only, keyword_only, star, stars = _about(code)[:5]
    names, annotations = code.co_varnames, getattr(function, "__annotations__", {})
    defaults, by_name = function.__defaults__ or (), function.__kwdefaults__ or {}
    def made(name, kind, default=_empty):
        return Parameter(name, kind, default=default, annotation=annotations.get(name, _empty))
    out = []
    for i, name in enumerate(names[:positional]):
        given = i - (positional - len(defaults))
        out.append(made(name, Parameter.POSITIONAL_ONLY if i < positional_only else Parameter.POSITIONAL_OR_KEYWORD, defaults[given] if given >= 0 else _empty))
    end = positional + keyword_only
    if star:
        out.append(made(names[end], Parameter.VAR_POSITIONAL))
    out += [made(name, Parameter.KEYWORD_ONLY, by_name.get(name, _empty)) for name in names[positional:end]]
    if stars:
        out.append(made(names[end + star], Parameter.VAR_KEYWORD))
    return Signature(out, return_annotation=annotations.get("return", _empty))

class _factory:
    def __repr__(self):
        return "<factory>"

def _of_fields(cls):
    from dataclasses import MISSING
    out = []
    for field in cls.__dataclass_fields__.values():
        default = field.default if field.default is not MISSING else _empty if field.default_factory is MISSING else _factory()
        kind = Parameter.KEYWORD_ONLY if field.kw_only else Parameter.POSITIONAL_OR_KEYWORD
        if field.init:
            out.append(Parameter(field.name, kind, default=default, annotation=field.type))
    return Signature(sorted(out, key=lambda one: one.kind), return_annotation=None)

def _without_first(signature):
    parameters = list(signature.parameters.values())
    if not parameters:
        raise ValueError("invalid method signature")
    return signature if parameters[0].kind == Parameter.VAR_POSITIONAL else signature.replace(parameters=parameters[1:])

def signature(obj, *, follow_wrapped=True):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return _without_first(signature(obj.__func__, follow_wrapped=follow_wrapped))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda one: hasattr(one, "__signature__"))
    if getattr(obj, "__signature__", None) is not None:
        return obj.__signature__
    if isfunction(obj):
        return _of_function(obj)
    if isclass(obj):
        for name in ("__new__", "__init__"):
            own = getattr(obj, name, None)
            if isfunction(own) and own.__module__ == "dataclasses":
                return _of_fields(obj)
            if isfunction(own):
                return _without_first(_of_function(own))
        if obj.__module__ != "builtins" and obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
    elif isfunction(getattr(type(obj), "__call__", None)):
        return _without_first(_of_function(type(obj).__call__))
    raise ValueError(f"no signature found for builtin {'type ' if isclass(obj) else ''}{obj!r}")

FullArgSpec = _namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
ArgInfo = _namedtuple("ArgInfo", "args varargs keywords locals")

def getfullargspec(func):
    function = func.__func__ if ismethod(func) else func.__init__ if isclass(func) else func
    if not isfunction(function):
        raise TypeError("unsupported callable")
    arguments = _arguments(function.__code__)
    positional, _, keyword_only = _about(function.__code__)[:3]
    notes = dict(getattr(function, "__annotations__", {}))
    if "return" in notes:
        notes = {"return": notes.pop("return"), **notes}
    return FullArgSpec(arguments[0], arguments[1], arguments[2], function.__defaults__, list(function.__code__.co_varnames[positional:positional + keyword_only]),
                       function.__kwdefaults__, notes)

def _arguments(code):
    positional, _, keyword_only, star, stars = _about(code)[:5]
    names, end = code.co_varnames, positional + keyword_only
    return list(names[:positional]), names[end] if star else None, names[end + star] if stars else None

class FrameInfo(_namedtuple("FrameInfo", "frame filename lineno function code_context index")):
    pass

class _Frame:
    def __init__(self, rest):
        self._rest = rest
        self.f_locals, self.f_globals, self.f_code, self.f_lineno = rest[0]
    @property
    def f_back(self):
        return _Frame(self._rest[1:]) if len(self._rest) > 1 else None
    def __repr__(self):
        return f"<frame at 0x{id(self):x}, file {_about(self.f_code)[7]!r}, line {self.f_lineno}, code {self.f_code.co_name}>"

def currentframe():
    return _Frame(_frames()[1:])

def getargvalues(frame):
    return ArgInfo(*_arguments(frame.f_code), frame.f_locals)

def stack(context=1):
    out, frame = [], _Frame(_frames()[1:])
    while frame is not None:
        about = _about(frame.f_code)
        lines = about[8].split("\n")[frame.f_lineno - 1:frame.f_lineno]
        out.append(FrameInfo(frame, about[7], frame.f_lineno, frame.f_code.co_name, [lines[0] + "\n"] if lines else None, 0))
        frame = frame.f_back
    return out

def _code_of(object):
    object = unwrap(object.__func__ if ismethod(object) else object)
    if hasattr(object, "__code__"):
        return object.__code__
    if isclass(object) and object.__module__ == "builtins":
        raise TypeError(f"{object!r} is a built-in class")
    if isclass(object):
        for member in vars(object).values():
            member = getattr(member, "__func__", None) or getattr(member, "fget", None) or member
            if isfunction(member) and member.__module__ == object.__module__:
                return member.__code__
        raise OSError("could not find class definition")
    raise TypeError(f"module, class, method, function, traceback, frame, or code object was expected, got {type(object).__name__}")

def getsourcelines(object):
    about = _about(_code_of(object))
    lines = [line + "\n" for line in about[8].split("\n")]
    first = about[6] - 1
    if isclass(object):
        name = object.__qualname__.split(".")[-1]
        while first >= 0 and not (lines[first].lstrip().startswith(("class " + name + ":", "class " + name + "(", "class " + name + " "))):
            first -= 1
        if first < 0:
            raise OSError("could not find class definition")
    while first > 0 and lines[first - 1].lstrip().startswith("@"):
        first -= 1
    return _block(lines[first:]), first + 1

def _block(lines):
    def depth(line):
        return len(line) - len(line.lstrip())
    outer, end, opened, began = depth(lines[0]), 0, 0, False
    for i, line in enumerate(lines):
        text = line.split("#")[0]
        blank = not text.strip()
        if began and opened <= 0 and not blank and depth(line) <= outer:
            break
        opened += sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")
        began = began or (opened <= 0 and not line.lstrip().startswith("@"))
        if not blank or opened > 0:
            end = i + 1
    return lines[:end]

def getsource(object):
    return "".join(getsourcelines(object)[0])
def getsourcefile(object):
    return _about(_code_of(object))[7]
getfile = getsourcefile
def getmodule(object):
    import sys
    return object if ismodule(object) else sys.modules.get(getattr(object, "__module__", None))

def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    lines = [lines[0].lstrip()] + [line[min(margins, default=0):] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)

def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None and isclass(object):
        doc = next((base.__doc__ for base in object.__mro__ if base is not _builtin_object and base.__doc__), None)
    return cleandoc(doc) if isinstance(doc, str) else None
_builtin_object = object

def getmro(cls):
    return cls.__mro__
def getmembers(object, predicate=None):
    members = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            members.append((name, value))
    return sorted(members, key=lambda pair: pair[0])

def isfunction(object):
    return isinstance(object, _types.FunctionType)
def ismethod(object):
    return isinstance(object, _types.MethodType) and not isbuiltin(object)
def isclass(object):
    return isinstance(object, type)
def ismodule(object):
    return isinstance(object, _types.ModuleType)
def isbuiltin(object):
    return isinstance(object, (_types.BuiltinFunctionType, type([].append)))
def isgenerator(object):
    return isinstance(object, _types.GeneratorType)
def isgeneratorfunction(object):
    object = object.__func__ if ismethod(object) else object
    return isfunction(object) and _about(object.__code__)[5]
def iscode(object):
    return isinstance(object, _types.CodeType)
def isframe(object):
    return isinstance(object, _Frame)
def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)
def iscoroutinefunction(object):
    return False
def iscoroutine(object):
    return False
def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))
