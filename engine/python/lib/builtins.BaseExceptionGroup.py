# BaseExceptionGroup, ExceptionGroup, and what except* does. Found when one of the names is first used (late_builtin).


def _of_types(condition):
    return isinstance(condition, type) and issubclass(condition, BaseException)


def _tester(condition):
    if _of_types(condition) or isinstance(condition, tuple) and all(_of_types(one) for one in condition):
        return lambda exception: isinstance(exception, condition)
    if not isinstance(condition, type) and callable(condition):
        return condition
    raise TypeError("expected a function, exception type or tuple of exception types")


def _part(group, exceptions):
    """A group like `group` of some of its exceptions."""
    if not exceptions:
        return None
    made = group.derive(exceptions)
    if not isinstance(made, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    made.__traceback__ = group.__traceback__
    made.__context__ = group.__context__
    made.__cause__ = group.__cause__
    notes = getattr(group, "__notes__", None)
    if notes is not None:
        made.__notes__ = list(notes)
    return made


def _split(group, test):
    if test(group):
        return group, None
    matched, rest = [], []
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            some, others = _split(one, test)
            if some is not None:
                matched.append(some)
            if others is not None:
                rest.append(others)
        else:
            (matched if test(one) else rest).append(one)
    return _part(group, matched), _part(group, rest)


class BaseExceptionGroup(BaseException):
    """A combination of multiple unrelated exceptions."""

    def __new__(cls, *args):
        if len(args) != 2:
            raise TypeError(f"BaseExceptionGroup.__new__() takes exactly 2 arguments ({len(args)} given)")
        message, exceptions = args
        if not isinstance(message, str):
            raise TypeError(f"BaseExceptionGroup.__new__() argument 1 must be str, not {type(message).__name__}")
        if isinstance(exceptions, (set, frozenset, dict)) or not hasattr(type(exceptions), "__getitem__"):
            raise TypeError("second argument (exceptions) must be a sequence")
        parts = tuple(exceptions)
        if not parts:
            raise ValueError("second argument (exceptions) must be a non-empty sequence")
        for i, one in enumerate(parts):
            if not isinstance(one, BaseException):
                raise ValueError(f"Item {i} of second argument (exceptions) is not an exception")
        if not all(isinstance(one, Exception) for one in parts):
            if cls is ExceptionGroup:
                raise TypeError("Cannot nest BaseExceptions in an ExceptionGroup")
            if issubclass(cls, Exception):
                raise TypeError(f"Cannot nest BaseExceptions in '{cls.__name__}'")
        elif cls is BaseExceptionGroup:
            cls = ExceptionGroup
        made = BaseException.__new__(cls, message, exceptions)
        made.message = message
        made.exceptions = parts
        return made

    def __init__(self, *args):
        BaseException.__init__(self, *args)

    def __str__(self):
        count = len(self.exceptions)
        return f"{self.message} ({count} sub-exception{'' if count == 1 else 's'})"

    def derive(self, excs, /):
        return BaseExceptionGroup(self.message, excs)

    def split(self, condition, /):
        return _split(self, _tester(condition))

    def subgroup(self, condition, /):
        return _split(self, _tester(condition))[0]

    def __class_getitem__(cls, item):
        return cls


class ExceptionGroup(BaseExceptionGroup, Exception):
    pass


def _leaves(exception):
    if not isinstance(exception, BaseExceptionGroup):
        return [exception]
    return [leaf for one in exception.exceptions for leaf in _leaves(one)]


class _Star:
    """A try statement with except* that handles `whole`: what of it is left, and what its clauses raised."""

    def __init__(self, whole):
        self.whole = self.rest = whole
        self.matches = []
        self.raised = []

    def match(self, types):
        """The part of the rest that a clause handles, or None."""
        for one in types if isinstance(types, tuple) else (types,):
            if not _of_types(one):
                raise TypeError("catching classes that do not inherit from BaseException is not allowed")
            if issubclass(one, BaseExceptionGroup):
                raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
        if self.rest is None:
            return None
        if isinstance(self.rest, BaseExceptionGroup):
            matched, self.rest = _split(self.rest, lambda exception: isinstance(exception, types))
        elif isinstance(self.rest, types):
            matched, self.rest = BaseExceptionGroup("", (self.rest,)), None
        else:
            return None
        if matched is not None:
            self.matches.append(matched)
        return matched

    def caught(self, exception):
        self.raised.append(exception)

    def finish(self, _):
        """What the whole statement raises, or None."""
        if not isinstance(self.whole, BaseExceptionGroup):
            return self.raised[0] if self.raised else self.rest
        again = [one for one in self.raised if any(one is match for match in self.matches)]
        raised = [one for one in self.raised if all(one is not other for other in again)]
        if self.rest is not None:
            again.append(self.rest)
        kept = None
        if again:
            leaves = [leaf for one in again for leaf in _leaves(one)]
            kept = _split(self.whole, lambda exception: any(exception is leaf for leaf in leaves))[0]
        if not raised:
            return kept
        if kept is not None:
            raised.append(kept)
        return BaseExceptionGroup("", raised)


BaseExceptionGroup._star = _Star
