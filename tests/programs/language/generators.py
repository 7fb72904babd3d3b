# Functions that yield: values are made when they are asked for.
def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

def take(n, items):
    for i, item in zip(range(n), items):
        yield item

print(list(take(10, fibonacci())))

def countdown(n):
    print("start")
    while n:
        yield n
        n -= 1
    print("done")

for n in countdown(3):
    print(n, end=" ")
g = (c.upper() for c in "ab")
print(next(g), next(g), next(g, "nothing left"))
