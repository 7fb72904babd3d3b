# Builtins that only say that they are not part of nabla. Found when one of the names is first used (late_builtin).


def _absent(name, instead=""):
    raise NotImplementedError(f"{name}() is not part of nabla{instead}")


def aiter(*args):
    _absent("aiter", ": there is no async")


def anext(*args):
    _absent("anext", ": there is no async")


def breakpoint(*args, **words):
    _absent("breakpoint")


def help(*args):
    _absent("help", ": hover over a name in the page to read about it")


def copyright():
    _absent("copyright")


def credits():
    _absent("credits")


def license():
    _absent("license")


def __build_class__(*args, **words):
    _absent("__build_class__", ": type(name, bases, dict) makes a class")
