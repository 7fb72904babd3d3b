# A decorator without its function.
@staticmethod
x = 1
