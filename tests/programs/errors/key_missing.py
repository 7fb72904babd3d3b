# A key that a dict lacks.
d = {'lr': 0.1}
print(d['momentum'])
