# Exceptions that carry nothing, and one that carries two values.
try:
    raise ValueError("epochs", 0)
except ValueError as error:
    print(error)
raise NotImplementedError
