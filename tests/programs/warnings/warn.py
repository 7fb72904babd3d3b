# warnings.warn: once for each place and text, with a category.
import warnings

def old_way(x):
    warnings.warn("old_way is old, use new_way", DeprecationWarning, stacklevel=2)
    return x

for n in range(3):
    old_way(n)
old_way(3)

for n in (1, 1, 2):
    warnings.warn(f"rounding {n}")
print("the program goes on")
