# An exception's traceback can be printed, kept and looked at.
import sys
import traceback


def inner(x):
    return 1 / x


def outer(x):
    return inner(x) + 1


try:
    outer(0)
except ZeroDivisionError as error:
    print(traceback.format_exc(), end="")
    print(sys.exc_info()[0].__name__, sys.exc_info()[1] is error)
    for frame in traceback.extract_tb(error.__traceback__):
        print(frame.lineno, frame.name, frame.line)
    print(traceback.format_exception_only(error), len(traceback.format_exception(error)))
    traceback.print_exc(file=sys.stdout)
    print("".join(traceback.format_tb(error.__traceback__.tb_next)), end="")
print(sys.exc_info(), traceback.format_exc())
try:
    raise ValueError("a") from int
except TypeError as error:
    print(error)
