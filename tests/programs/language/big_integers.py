# Whole numbers have no largest value.
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)

print(factorial(25))
print(2**100, -(3**50))
print(2**100 // 3**20, 2**100 % 1000007, (2**64 - 1) // -10)
print(len(str(2**1000)), sum(int(digit) for digit in str(2**200)))
print(2**62 + 2**62 == 2**63, 10**18 * 10, int("123456789012345678901234567890") + 1)
