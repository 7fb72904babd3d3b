# A name that a format lacks.
print('{a} {b}'.format(a=1))
