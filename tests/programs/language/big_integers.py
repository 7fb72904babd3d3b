# Integers are exact at any size, in every operation.
a = 2**100
print(a, -a, a + 1, a - 1)
print(a * a, 3**200)
print(a // 3, -a // 3, a % 7, -a % 7, a % -7, divmod(-(10**20), 7))
print(a / 3, (2**53 + 1) / 1, (2**63 - 1) / (2**62 + 1))
print(a > 1e29, 10**30 == 1e30, 10**22 == 1e22, 2**63 > 2**63 - 1, 10**30 < float("inf"))
print(sum([2**62] * 4), abs(-(2**63)), -(-(2**63)), max(2**70, 2**69))
print(123456789**5, 1_000_000_000_000_000_000_000, 0xFFFF_FFFF_FFFF_FFFF_FFFF)
print(sorted([2**70, 1, -(2**80), 3.5]), [1, 2, 3][: 10**30], "abc"[-(10**30) :])

fib = [0, 1]
while len(fib) < 150:
    fib.append(fib[-1] + fib[-2])
print(fib[-1])
