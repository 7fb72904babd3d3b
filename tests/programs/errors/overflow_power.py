# A power too large for a float.
print(10.0 ** 400)
