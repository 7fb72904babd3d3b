# A metaclass sees classes made, and answers for them.
class Registry(type):
    known = {}

    def __new__(mcs, name, bases, body, **options):
        cls = super().__new__(mcs, name, bases, body)
        mcs.known[name] = cls
        cls.options = options
        return cls

    def __init__(cls, name, bases, body, **options):
        super().__init__(name, bases, body)

    def __len__(cls):
        return 7

    def __getitem__(cls, key):
        return (cls.__name__, key)

    def __iter__(cls):
        return iter([1, 2])

    def __repr__(cls):
        return f"<registered {cls.__name__}>"


class Layer(metaclass=Registry, tag=1):
    pass


class Dense(Layer):
    pass


print(Layer.options, len(Layer), Layer["k"], list(Layer), Layer)
print(type(Dense), isinstance(Dense, Registry), Registry.known)
