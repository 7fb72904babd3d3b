# Division, floor and remainder with signs; the remainder takes the sign of the divisor.
for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2)):
    print(f"{a:2} / {b:2} = {a / b:4}   {a:2} // {b:2} = {a // b:2}   {a:2} % {b:2} = {a % b:2}")
    assert a == (a // b) * b + a % b
print(divmod(17, 5), divmod(-17, 5), 7.5 // 2, -7.5 % 2)
print(6 / 3, type(6 / 3).__name__, 6 // 3, 2**3, (-2) ** 3, -(2**2), 1e3 // 7)
