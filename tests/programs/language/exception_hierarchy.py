# Which exception is which.
checks = [
    (lambda: {}["k"], LookupError),
    (lambda: [][1], LookupError),
    (lambda: 1 / 0, ArithmeticError),
    (lambda: int("x"), ValueError),
    (lambda: None.x, AttributeError),
    (lambda: undefined, NameError),
    (lambda: "a" + 1, TypeError),
    (lambda: next(iter([])), StopIteration),
    (lambda: 2.0**10000, ArithmeticError),
    (lambda: __import__("nothing_here"), ImportError),
    (lambda: "é".encode("ascii"), UnicodeError),
]
for action, kind in checks:
    try:
        action()
    except Exception as error:
        print(type(error).__name__, isinstance(error, kind), error)
