# / and * in parameter lists, defaults evaluated once.
def f(a, b=2, /, c=3, *, d, e=5):
    return a, b, c, d, e


print(f(1, d=4), f(1, 2, c=9, d=4), f(1, 2, 3, d=4, e=0))
for attempt in [lambda: f(a=1, d=2), lambda: f(1), lambda: f(1, 2, 3, 4, d=5), lambda: f(1, d=1, z=2), lambda: f(), lambda: f(1, d=2, c=3, **{"c": 4})]:
    try:
        print(attempt())
    except TypeError as error:
        print(error)


def grow(item, into=[]):
    into.append(item)
    return into


print(grow(1), grow(2), grow(3, []), f.__defaults__, f.__kwdefaults__)
