# Lazy sequences: what is evaluated when.
def noisy(x):
    print("eval", x)
    return x


squares = (noisy(x) ** 2 for x in range(3))
print("made")
print(next(squares), next(squares))
print(sum(x for x in range(10) if x % 3 == 0), any(noisy(x) > 0 for x in range(5)))
pairs = [(x, y) for x in range(3) for y in range(x)]
print(pairs, max((len(w), w) for w in ["a", "ccc", "bb"]))
print(dict((k, v) for k, v in zip("ab", [1, 2])), {x % 3 for x in range(10)}, [[j for j in range(i)] for i in range(3)])
