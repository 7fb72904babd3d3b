# yield from hands values in and out, and gives back what the inner generator returns.
def inner():
    x = yield 1
    return f"inner got {x}"


def outer():
    result = yield from inner()
    yield result


o = outer()
print(next(o), o.send("hi"), list(o))
try:
    next(o)
except StopIteration as stop:
    print("stopped", stop.value)
