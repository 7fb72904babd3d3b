# Fractions are exact: arithmetic, comparison, rounding, and what they are made of.
from fractions import Fraction
import math

a, b = Fraction(1, 3), Fraction("0.25")
print(a + b, a - b, a * b, a / b, a ** 2, a ** -2, -a, abs(Fraction(-3, 6)))
print(repr(a), a + 1, 2 * a, 1 - a, a + 0.5, 7 // Fraction(3, 2), Fraction(7, 2) % 1, divmod(Fraction(7, 2), Fraction(1, 3)))
print(a < b, a == Fraction(2, 6), Fraction(1, 2) == 0.5, Fraction(4, 2) == 2, a > 0.3)
print(hash(Fraction(1, 2)) == hash(0.5), hash(Fraction(6, 2)) == hash(3), {Fraction(1, 2): "half"}[0.5])
print(float(a), int(Fraction(-7, 2)), math.floor(Fraction(-7, 2)), math.ceil(Fraction(-7, 2)), round(Fraction(7, 2)), round(Fraction(22, 7), 2))
print(Fraction(0.1), Fraction(3.14159265).limit_denominator(100), Fraction("-3/6"), Fraction(" 1e-2 "))
print(sum([Fraction(1, n) for n in range(1, 11)]), a.numerator, a.denominator)
for make in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: a / 0):
    try:
        make()
    except (ZeroDivisionError, ValueError) as error:
        print(type(error).__name__, error)
