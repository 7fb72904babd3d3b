# An attribute compared with one =.
class A:
    x = 1


if A.x = 1:
    pass
