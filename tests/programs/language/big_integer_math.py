# The module math and pow() with integers of any size.
import math

print(math.factorial(30), math.factorial(50))
print(math.comb(100, 50), math.perm(30, 20))
print(math.gcd(2**100, 6**50), math.lcm(2**70, 3**40), math.isqrt(10**41))
print(pow(3, 1000, 10**20), pow(3, -1, 10**20 + 1), pow(-3, 5, -7))
print(math.log2(2**2000), math.log10(10**500), math.floor(1e30), math.ceil(-1e20))
print(math.prod(range(1, 26)), math.trunc(2**80), math.sqrt(2**100))
