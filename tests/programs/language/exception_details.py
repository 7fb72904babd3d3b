# else, finally, re-raising, nested handlers, attributes of exceptions.
def f(n):
    try:
        if n == 0:
            raise KeyError("k")
        if n == 1:
            return "returned"
    except KeyError as error:
        print("handled", repr(error), error.args)
    else:
        print("else")
    finally:
        print("finally", n)
    return "end"


print([f(n) for n in range(3)])
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise RuntimeError("wrapped") from error
except RuntimeError as error:
    print(error, repr(error.__cause__), error.__suppress_context__, type(error.__context__).__name__)


def always():
    for i in range(3):
        try:
            continue
        finally:
            print("f", i)


always()
error = ValueError("a", 1)
error.add_note("a note")
print(error.args, str(error), error.__notes__, ValueError(), repr(ValueError("x")))
