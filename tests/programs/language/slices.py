# Slices of lists and strings, forwards and backwards, read and written.
letters = "abcdefgh"
print(letters[2:5], letters[:3], letters[-3:], letters[::2], letters[::-1], letters[6:2:-2], letters[10:])
numbers = list(range(10))
numbers[2:5] = ["x"]
print(numbers)
numbers[::4] = ["a", "b"]
print(numbers)
del numbers[1:3]
numbers[1:1] = [100, 200]
print(numbers, numbers[-1], (1, 2, 3)[:2])
print("abc"[slice(0, 2)], [1, 2, 3][True], "x" * 3 + "y", [0] * 2 + [1])
