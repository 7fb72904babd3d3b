# What is printed goes where sys.stdout points; contextlib puts it back.
import contextlib
import io
import sys

buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    print("kept", 1, 2, sep="-")
    sys.stdout.write("and this\n")
print(repr(buffer.getvalue()))
errors = io.StringIO()
with contextlib.redirect_stderr(errors):
    print("to stderr", file=sys.stderr)
print(repr(errors.getvalue()))
old, sys.stdout = sys.stdout, io.StringIO()
print("lost")
text, sys.stdout = sys.stdout.getvalue(), old
print(text.upper(), end="")
try:
    with contextlib.redirect_stdout(io.StringIO()):
        print("never seen")
        raise KeyError("x")
except KeyError as error:
    print("back again", error)
