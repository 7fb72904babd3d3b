# The math module: constants, roots, logarithms, angles and whole numbers.
import math
from math import pi, sqrt

print(f"{pi:.6f} {math.e:.6f} {math.tau:.4f} {math.inf} {math.nan}")
print(sqrt(16), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.fabs(-3))
print(f"{math.sin(pi / 6):.4f} {math.cos(pi / 3):.4f} {math.atan2(1, 1):.4f} {math.degrees(pi):.1f} {math.radians(90):.4f}")
print(f"{math.exp(1):.5f} {math.log(10):.5f} {math.log10(1000):.1f} {math.log2(8)} {math.log(8, 2):.1f}")
print(math.factorial(10), math.gcd(48, 36), math.comb(5, 2), math.hypot(3, 4), math.pow(2, 3), math.isclose(0.1 + 0.2, 0.3))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1.0), math.copysign(1, -0.0), math.prod([1, 2, 3, 4]))
for wrong in (lambda: sqrt(-1), lambda: math.log(0), lambda: math.exp(1000)):
    try:
        wrong()
    except (ValueError, OverflowError) as error:
        print(f"{type(error).__name__}: {error}")
