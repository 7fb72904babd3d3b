# The module `abc`: classes that cannot be instantiated while a method of theirs is abstract.
def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj

def abstractproperty(fget=None):
    return property(abstractmethod(fget))

class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {key for key, value in namespace.items() if getattr(value, "__isabstractmethod__", False)}
        for base in bases:
            for key in getattr(base, "__abstractmethods__", ()):
                if getattr(getattr(cls, key, None), "__isabstractmethod__", False):
                    abstract.add(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = []
        return cls
    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        cls._abc_registry.append(subclass)
        return subclass
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))
    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hook = getattr(cls, "__subclasshook__", None)
        if hook is not None:
            answer = hook(subclass)
            if answer is not NotImplemented:
                return answer
        return any(issubclass(subclass, one) for one in cls._abc_registry) or any(issubclass(subclass, one) for one in cls.__subclasses__())

class ABC(metaclass=ABCMeta):
    __slots__ = ()

def abstractclassmethod(callable):
    return classmethod(abstractmethod(callable))
def abstractstaticmethod(callable):
    return staticmethod(abstractmethod(callable))
def update_abstractmethods(cls):
    return cls
def get_cache_token():
    return 0
