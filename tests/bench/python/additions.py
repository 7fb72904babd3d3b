# Ten million additions in a loop.
def add(n):
    total = 0
    for i in range(n):
        total = total + i
    return total


print(add(10_000_000))
