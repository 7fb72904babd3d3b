# except* handles the parts of a group that match, each by one clause, and raises what is left.
def handle(error):
    try:
        if error:
            raise error
    except* ValueError as part:
        print("values", repr(part))
    except* (TypeError, KeyError) as part:
        print("types and keys", part.exceptions)
    else:
        print("nothing")
    finally:
        print("finally")


handle(None)
handle(ValueError("alone"))
handle(ExceptionGroup("g", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])]))
try:
    handle(ExceptionGroup("g", [OSError(1), KeyError(2)]))
except ExceptionGroup as rest:
    print("left", repr(rest))
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise RuntimeError("new")
    except* TypeError:
        raise
except ExceptionGroup as both:
    print(repr(both), repr(both.exceptions[0].__context__))
for text in ["except* ValueError: pass\nexcept KeyError: pass", "except*: pass", "except* KeyError:\n    return"]:
    try:
        exec("def f():\n  try: pass\n  " + text.replace("\n", "\n  "))
    except SyntaxError as error:
        print(error.msg)
