# Arguments for a class without a constructor.
class A:
    pass


A(1)
