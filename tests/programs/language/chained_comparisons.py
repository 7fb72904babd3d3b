# Comparisons in a chain, and the values that and, or and not give.
def value(n):
    print(f"({n})", end=" ")
    return n

print(value(1) < value(5) < value(3) < value(9))
print(0 <= 0.5 <= 1, 1 < 2 > 1, 1 == 1.0 == True, "a" < "b" <= "b")
print(0 or "default", "" or 0 or [], 3 and 4, None and 1 / 0, not [], not "x")
print(1 if [] else 2, [1, 2] < [1, 3], (1, "a") < (1, "b"), [] == [], None is None)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, -17 >> 2)
