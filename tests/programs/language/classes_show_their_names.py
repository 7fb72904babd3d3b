# The names of a class can be looked at, not set, in its __dict__; a code object tells its plain local variables.
class A:
    x = 1


def outer(a, b):
    shared = a

    def inner():
        return shared
    return inner, b


print(type(A.__dict__), 'x' in A.__dict__, A.__dict__['x'], A.__dict__.get('y'))
for wrong in ("A.__dict__['y'] = 2", "del A.__dict__['x']", "A.__dict__ = {}"):
    try:
        exec(wrong)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(outer.__code__.co_varnames, outer(1, 2)[0].__code__.co_varnames)
