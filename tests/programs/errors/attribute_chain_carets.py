# The attribute of a chain that fails.
class A:
    pass


a = A()
a.b = A()
a.b.c.d = 1
