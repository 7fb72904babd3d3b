# Positional, keyword, default, starred and keyword-only arguments.
def show(a, b=2, *rest, scale=1, **options):
    print(a, b, rest, scale, options)

show(1)
show(1, 3, 4, 5)
show(b=1, a=2)
show(1, scale=10, colour="red")
show(*[1, 2, 3], **{"scale": 5, "size": "big"})
show(*range(2), *"xy", **{"k": 1}, **{"l": 2})

def pure(x, /, y, *, z):
    return x + y + z

print(pure(1, y=2, z=3))

def remember(item, seen=[]):     # one list for all calls
    seen.append(item)
    return seen

remember("a")
print(remember("b"))
