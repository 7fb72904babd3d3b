# Lists, sets, dictionaries and generators built in one expression.
print([n * n for n in range(6)])
print([n for n in range(20) if n % 3 == 0 if n % 2])
print([(x, y) for x in range(3) for y in range(x)])
print([[row * column for column in range(1, 4)] for row in range(1, 4)])
print({word: len(word) for word in ("one", "three", "five")})
print(sorted({n % 4 for n in range(10)}))
print(sum(n for n in range(101)), ", ".join(str(n) for n in range(5)))
n = "outside"
squares = [n * n for n in range(3)]
print(n, squares, ["even" if k % 2 == 0 else "odd" for k in range(3)])
