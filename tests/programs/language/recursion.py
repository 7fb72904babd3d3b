# Functions that call themselves: towers, permutations and a nested list.
def hanoi(n, a="A", b="B", c="C"):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c)

def permutations(items):
    if len(items) < 2:
        return [items]
    return [items[i:i + 1] + rest for i in range(len(items)) for rest in permutations(items[:i] + items[i + 1:])]

def flatten(nested):
    for item in nested:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item

print(hanoi(3), len(hanoi(8)))
print(permutations("abc"))
print(list(flatten([1, [2, [3, [4], []], 5]])))
