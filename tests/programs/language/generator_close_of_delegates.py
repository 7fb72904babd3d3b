# Closing a generator closes the one that it delegates to, whatever that one returns.
def inner():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("inner closed")
    return "ignored"
def outer():
    try:
        print("never", (yield from inner()))
    except GeneratorExit:
        print("outer closed")
        raise
it = outer()
print(next(it))
print(it.close())
it = outer()
next(it)
try:
    it.throw(GeneratorExit)
except GeneratorExit as error:
    print("thrown", repr(error))
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("no")
            return "gone"
def outer2():
    try:
        yield from stubborn()
    except GeneratorExit as error:
        print("outer2:", repr(error))
        yield 7
it = outer2()
next(it)
print(it.throw(GeneratorExit))
print(next(it, "over"))
