# What cannot be done with a large integer, in CPython's words.
import math

attempts = {
    "float": lambda: float(10**400),
    "quotient": lambda: 10**400 / 3,
    "product": lambda: 10**400 * 1.0,
    "shift": lambda: 1 << -1,
    "index": lambda: [1][10**30],
    "repeat": lambda: [1] * 10**30,
    "factorial": lambda: math.factorial(-1),
    "digits": lambda: str(10**5000),
    "text": lambda: int("1" * 5000),
    "inverse": lambda: pow(2, -1, 4),
    "character": lambda: chr(10**30),
    "root": lambda: math.sqrt(10**400),
    "remainder": lambda: 10**30 % 0,
    "literal": lambda: int("9" * 30, 8),
    "logarithm": lambda: math.log(-(10**400)),
    "infinity": lambda: int(float("inf")),
    "bytes": lambda: (10**30).to_bytes(4, "big"),
}
for name, attempt in attempts.items():
    try:
        print(name, attempt())
    except Exception as error:
        print(name, type(error).__name__, error)
