# <> as in old Python.
print(1 <> 2)
