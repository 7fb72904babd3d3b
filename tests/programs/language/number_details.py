# Hexadecimal floats, errors with their parts, code objects and other corners of the builtins.
print((0.1).hex(), float.fromhex("0x1.8p3"), float.fromhex("-inf"), (5e-324).hex(), (-0.0).hex(), float.fromhex("a.8"))
print((0.75).as_integer_ratio(), (255).bit_count(), (1000).to_bytes(2, "big"), int.from_bytes(b"\x03\xe8", "big"), pow(3, -1, 7))
for make in [lambda: float.fromhex("zz"), lambda: float.fromhex("0x1p2000"), lambda: sum([b"a"], b""), lambda: compile("a", "f", "x")]:
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
error = OSError(2, "No such file", "data.txt")
print(type(error).__name__, error, error.errno, error.strerror, error.filename, error.args)
error = UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "invalid start byte")
print(error, error.start, error.end, error.reason, error.object)
print(SystemExit(3).code, ImportError("m", name="n", path="p").name, issubclass(ConnectionResetError, OSError))
code = compile("x * 2", "<formula>", "eval")
print([eval(code, {"x": x}) for x in range(3)], eval(b"1 + 1"), ord(b"a"))
space = {}
exec(compile("def f(n):\n    return n + 1", "<text>", "exec"), space)
print(space["f"](1))
try:
    1 / 0
except ZeroDivisionError as error:
    print(error.__traceback__.tb_lineno, error.__traceback__.tb_next)
