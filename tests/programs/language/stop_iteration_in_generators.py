# A StopIteration raised inside a generator becomes a RuntimeError, also through yield from.
def inner():
    yield 1
    raise StopIteration(3)


def outer():
    result = yield from inner()
    print("never", result)


for use in [list, sum, lambda g: [x for x in g], lambda g: (next(g), next(g))]:
    try:
        use(outer())
    except RuntimeError as error:
        print(error, repr(error.__cause__))
g = (x for x in [1])
print(list(g), list(g), next(g, "done"))
