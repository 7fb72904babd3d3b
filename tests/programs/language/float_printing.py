# How floats print: repr, str, formats, rounding.
for x in [0.1, 1 / 3, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, -0.0, 2.0, 1e100, float("inf"), float("nan")]:
    print(x, f"{x:.3f}", f"{x:g}", f"{x:e}", f"{x:10.2f}|", round(x, 2) if x == x else x)
print(0.1 + 0.2, 1.1 * 3, 2**0.5, 10 / 4, 7 // 2.0, -7 // 2, -7 % 3, 7 % -3, divmod(-7, 2))
print(round(0.5), round(1.5), round(2.5), round(2.675, 2), round(-1.5), round(1234.5678, -2))
