# A place that a format lacks.
print('{} {}'.format(1))
