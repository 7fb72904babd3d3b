# A context manager written as a generator.
from contextlib import contextmanager

@contextmanager
def indented(title):
    print(f"<{title}>")
    try:
        yield len(title)
    except ZeroDivisionError as error:
        print("  caught:", error)
    finally:
        print(f"</{title}>")

with indented("first") as n:
    print("  length", n)
with indented("second"):
    1 / 0
print("after")
