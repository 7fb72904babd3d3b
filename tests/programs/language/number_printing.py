# How whole numbers and floats are written.
print(1.0, 1e16, 1e15, 1e-4, 1e-5, 0.1 + 0.2, 1 / 3)
print(1e100, 123456789.123, 2.5e-10, -0.0, 100000000000000000.0)
print(float("inf"), -float("inf"), float("nan"))
print(2**10, 2**0.5, 2**-1, 10**15, -7)
print(0x1F, 0b101, 0o17, 1_000_000, 1e3, .5, 5.)
print(repr(0.1), str(1.10), round(2.675, 2), round(2.5), round(3.5), round(-1.25, 1), round(1234, -2))
