# The small tools that are always there.
numbers = [3, -1, 4, -1, 5]
print(len(numbers), sum(numbers), min(numbers), max(numbers), sorted(numbers))
print(abs(-2.5), pow(2, 8), pow(3, 4, 5), divmod(7, 3), round(3.14159, 3))
print(max("b", "a"), max(numbers, key=abs), min([], default="none"), sum([[1], [2]], []))
print(any(n > 4 for n in numbers), all(n > 0 for n in numbers), list(reversed(numbers)))
print(list(map(str, numbers)), list(filter(None, [0, 1, "", "x"])))
print(int("42"), int(3.9), int("ff", 16), float("1e-3"), str(2.50), bool([]), chr(65), ord("a"))
print(isinstance(3, int), isinstance(True, int), isinstance(3, (str, float)), callable(len), type(3) is int)
